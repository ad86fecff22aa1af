//! What the capacity of working hours gives for a target.

use super::super::{WorkingYear, case_hours, referrals_per_wte, referrals_served};
use super::{Family, Target, parse};

pub(super) const FAMILY: Family = Family {
    computed,
    at_least: 20,
};

fn computed(target: &Target) -> Option<f64> {
    match target.model() {
        "HOURS" => Some(available_hours()),
        "CAPY" => capacity(target),
        "DEM" => demand(target),
        _ => None,
    }
}

/// "less 27+8 days, 5% sickness, 5 training days".
fn available_hours() -> f64 {
    let year = WorkingYear {
        weekly_hours: 37.5,
        leave_days: 35.0,
        sickness_share: 0.05,
        training_days: 5.0,
    };
    year.available_hours()
}

/// "CAPY.0.6.12": client share and contacts; "CAPY.mix.0.6": 10% signposted in 15 minutes, 52% two
/// contacts, 38% eight.
fn capacity(target: &Target) -> Option<f64> {
    let case = |contacts| case_hours(contacts, 45.0, 20.0, 0.0);
    let rest = target.id.strip_prefix("CAPY.")?;
    let (share, hours) = match rest.strip_prefix("mix.") {
        Some(share) => (share, 0.1 * 0.25 + 0.52 * case(2) + 0.38 * case(8)),
        None => {
            let (share, contacts) = rest.rsplit_once('.')?;
            (share, case(contacts.parse().ok()?))
        }
    };
    Some(referrals_served(available_hours(), parse(share), hours))
}

/// "2 for 35k at 20.8/1000/yr", "1 for 3 surgeries x 9,444 at 10/1000/yr".
fn demand(target: &Target) -> Option<f64> {
    let (service, rate) = target.parameters.split_once(" at ")?;
    let (workers, people) = service.split_once(" for ")?;
    let patients = match people.split_once(" surgeries x ") {
        Some((surgeries, list)) => parse(surgeries) * parse(&list.replace(',', "")),
        None => parse(people.strip_suffix('k')?) * 1_000.0,
    };
    let per_1000 = parse(rate.strip_suffix("/1000/yr")?);
    Some(referrals_per_wte(patients, per_1000, parse(workers)))
}
