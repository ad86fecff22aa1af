//! Contracted time of a post: hours by weekday, and the WTE.

use super::Resolver;
use super::clock::Clock;
use crate::model::CalendarKind;
use crate::scenario::file::{Hours, PostTable};
use crate::scenario::finding::Finding;
use crate::scenario::kind::grouped;
use crate::scenario::reader::{Field, Written};

/// Contracted hours of 1 WTE on a working day, 37.5 a week (evidence, section B).
const HOURS_A_DAY: f64 = 7.5;
/// How far `wte` and `hours` may differ, as a share of `wte`.
const WTE_TOLERANCE: f64 = 0.005;

/// Hours by weekday if the file gives them; hours on days that are never worked are reported.
pub fn hours(table: &PostTable, clock: &Clock, r: &mut Resolver) -> Option<[f64; 7]> {
    let Written { value: it, at } = table.hours.given()?;
    let weekend = [&it.saturday, &it.sunday];
    let by_day = by_weekday(it);
    if clock.kind == CalendarKind::England {
        let worked = weekend
            .into_iter()
            .filter_map(Field::given)
            .find(|hours| hours.value > 0.0);
        if let Some(hours) = worked {
            let finding = Finding::at(&hours.at, "is not a working day");
            r.findings
                .add(finding.allowed("hours from Monday to Friday on the England calendar"));
        }
    }
    let sum: f64 = by_day.iter().sum();
    let is_known = !is_any_wrong(it);
    if is_known && sum <= 0.0 {
        r.findings.add(Finding::at(at, "has no hours at all"));
    }
    Some(by_day)
}

fn by_weekday(hours: &Hours) -> [f64; 7] {
    [
        &hours.monday,
        &hours.tuesday,
        &hours.wednesday,
        &hours.thursday,
        &hours.friday,
        &hours.saturday,
        &hours.sunday,
    ]
    .map(|day| day.peek().copied().unwrap_or_default())
}

fn is_any_wrong(hours: &Hours) -> bool {
    let days = [
        &hours.monday,
        &hours.tuesday,
        &hours.wednesday,
        &hours.thursday,
        &hours.friday,
    ];
    let weekend = [&hours.saturday, &hours.sunday];
    days.into_iter().chain(weekend).any(Field::is_wrong)
}

/// Hours by weekday of so many WTE when the file gives none.
pub fn usual_hours(wte: f64, kind: CalendarKind) -> [f64; 7] {
    match kind {
        CalendarKind::AlwaysOpen => [24.0 * wte; 7],
        CalendarKind::England => {
            std::array::from_fn(|day| if day < 5 { HOURS_A_DAY * wte } else { 0.0 })
        }
    }
}

/// Contracted time as a share of a full week; 1 where it was refused.
pub fn wte(table: &PostTable, hours: &Option<[f64; 7]>, clock: &Clock, r: &mut Resolver) -> f64 {
    let full_week: f64 = usual_hours(1.0, clock.kind).iter().sum();
    let given = table.wte.given().or_else(|| table.fte.given());
    let of_hours = hours.map(|hours| hours.iter().sum::<f64>() / full_week);
    if let (Some(given), Some(of_hours)) = (given, of_hours) {
        check_agreement(given, of_hours, r);
    }
    if given.is_none() && of_hours.is_none() {
        check_presence(table, r);
    }
    given.map(|given| given.value).or(of_hours).unwrap_or(1.0)
}

fn check_agreement(given: &Written<f64>, of_hours: f64, r: &mut Resolver) {
    if (given.value - of_hours).abs() > WTE_TOLERANCE * given.value {
        let hours = grouped((of_hours * 10_000.0).round() / 10_000.0);
        let finding = Finding::at(&given.at, "does not agree with `hours`");
        let allowed = format!("{hours}, which is what `hours` come to; or remove one of the two");
        r.findings
            .add(finding.found(grouped(given.value)).allowed(allowed));
    }
}

fn check_presence(table: &PostTable, r: &mut Resolver) {
    let is_given = table.wte.is_in_file() || table.fte.is_in_file() || table.hours.is_in_file();
    // With `like` the other post lacks it too, or is none: that is reported there.
    if !is_given && !table.like.is_in_file() {
        let path = format!("{}.wte", table.at.path);
        let finding = Finding::new(table.at.place, &path, "is missing");
        r.findings
            .add(finding.allowed("`wte`, or `hours` by weekday"));
    }
}
