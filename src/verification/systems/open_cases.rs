//! Cases that stay open, and cases that come back for contacts (theory, C6, C7 and C9).

use super::{RATE, per_year, shipped};
use crate::theory::{
    ErlangR, OfferedLoad, RateStep, Sinusoid, Stay, WEEKS_PER_GREGORIAN_YEAR, number_present,
    number_under,
};
use crate::verification::{Reading, System};

const AT_START: Reading = Reading::Pcn("open_at_start");
const AT_END: Reading = Reading::Pcn("open_at_end");

/// Weeks that a case stays open on average.
const STAY_WEEKS: f64 = 12.0;

pub fn systems() -> Vec<System> {
    let mut systems: Vec<System> = [(225.0, 12.0), (200.0, 6.0), (250.0, 16.0)]
        .map(|(a_year, weeks)| little(a_year, weeks))
        .into();
    for (name, stay, key) in stays() {
        systems.push(seasonal(name, &stay, &key, 0.0));
        systems.push(seasonal(name, &stay, &key, 13.0));
    }
    systems.extend(steps());
    systems.extend(
        [
            (8.0, 35.0, 5.0 / 6.0, 0.5, 2),
            (20.0, 40.0, 5.0 / 6.0, 1.0 / 3.0, 4),
        ]
        .map(erlang_r),
    );
    systems.extend([0.0, 13.0].map(seasonal_contacts));
    systems
}

fn little(a_year: f64, weeks: f64) -> System {
    System::new(
        "Little's law",
        shipped!("little.toml"),
        format!("{a_year} a year, {weeks} weeks each"),
    )
    .set(RATE, a_year)
    .set("case_types.0.onward_wait_days", weeks * 7.0)
    .gives(
        Reading::Pcn("caseload_mean"),
        number_present(a_year / WEEKS_PER_GREGORIAN_YEAR, weeks),
    )
}

fn stays() -> [(&'static str, Stay, String); 4] {
    let days = STAY_WEEKS * 7.0;
    [
        (
            "exponential",
            Stay::Exponential { mean: STAY_WEEKS },
            format!("{{ exponential = {{ mean = {days} }} }}"),
        ),
        (
            "constant",
            Stay::Constant { mean: STAY_WEEKS },
            days.to_string(),
        ),
        (
            "Erlang, cv^2 0.5",
            Stay::Erlang {
                stages: 2,
                mean: STAY_WEEKS,
            },
            format!("{{ erlang = {{ stages = 2, mean = {days} }} }}"),
        ),
        (
            "lognormal, cv^2 0.5",
            Stay::Lognormal {
                mean: STAY_WEEKS,
                cv2: 0.5,
            },
            format!(
                "{{ lognormal = {{ mean = {days}, cv = {} }} }}",
                0.5_f64.sqrt()
            ),
        ),
    ]
}

/// Open cases `from` weeks into the season, and half a year later.
fn seasonal(name: &str, stay: &Stay, key: &str, from: f64) -> System {
    let rate = Sinusoid::rate(5.0, 1.0, 52.0).expect("a proper rate");
    let open = number_under(&rate, stay).expect("a proper stay");
    System::new(
        "Mt/G/inf, seasonal",
        shipped!("seasonal-open-cases.toml"),
        format!("{name}, weeks {from} and {}", from + 26.0),
    )
    .set("case_types.0.onward_wait_days", key)
    .set("demand.seasonal.peak_day", (13.0 - from) * 7.0)
    .gives(AT_START, open.at(from))
    .gives(AT_END, open.at(from + 26.0))
}

/// Open cases some weeks after referrals doubled.
fn steps() -> Vec<System> {
    let stays = stays();
    let cases = [(0, 4.0), (0, 12.0), (0, 26.0), (1, 4.0), (1, 12.0)];
    cases
        .map(|(index, weeks)| {
            let (name, stay, key) = &stays[index];
            let open = RateStep::new(5.0, 10.0, *stay).expect("proper rates");
            System::new(
                "Mt/G/inf, step",
                shipped!("step-of-demand.toml"),
                format!("{name}, {weeks} weeks later"),
            )
            .set("case_types.0.onward_wait_days", key)
            .set("period.weeks", weeks)
            .gives(AT_END, open.at(weeks))
        })
        .into()
}

fn erlang_r((arrivals, contacts, again, back, servers): (f64, f64, f64, f64, u32)) -> System {
    let theory = ErlangR::new(arrivals, contacts, again, back, servers).expect("it is stable");
    let length = format!("{{ exponential = {{ mean = {} }} }}", 1_440.0 / contacts);
    let between = format!("{{ exponential = {{ mean = {} }} }}", 1.0 / back);
    System::new(
        "Erlang-R",
        shipped!("erlang-r.toml"),
        format!("c = {servers}, load {:.2}", theory.utilisation),
    )
    .set(RATE, per_year(arrivals))
    .set("first_contact.attempt_minutes", &length)
    .set("first_contact.days_to_first_appointment", &between)
    .set("case_types.1.first_appointment_minutes", &length)
    .set("case_types.1.follow_up_minutes", &length)
    .set("case_types.1.days_between_contacts", &between)
    .set("posts.0.wte", servers)
    .gives(
        Reading::Pcn("wait_to_first_contact_days_mean"),
        theory.mean_wait,
    )
    .gives(
        Reading::Pcn("follow_up_lateness_days_mean"),
        theory.mean_wait,
    )
    .gives(Reading::Pcn("caseload_mean"), theory.open_cases)
    .gives(
        Reading::Pcn("case_duration_days_mean"),
        theory.case_duration,
    )
    .gives(Reading::Pcn("utilisation"), theory.utilisation)
}

/// Open cases under a season, with workers in plenty: `from` weeks into it and half a year later.
fn seasonal_contacts(from: f64) -> System {
    let rate = Sinusoid::rate(20.0, 4.0, 52.0).expect("a proper rate");
    let load = OfferedLoad::new(&rate, 40.0, 5.0 / 6.0, 1.0 / 3.0).expect("proper rates");
    System::new(
        "Erlang-R, seasonal",
        shipped!("seasonal-erlang-r.toml"),
        format!("weeks {from} and {}", from + 26.0),
    )
    .set("demand.seasonal.peak_day", (13.0 - from) * 7.0)
    .gives(AT_START, load.open_cases.at(from))
    .gives(AT_END, load.open_cases.at(from + 26.0))
}
