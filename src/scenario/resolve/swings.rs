//! Shocks and ramps: dates to instants, and what lies before the first simulated day.

use super::Resolver;
use super::clock::Clock;
use super::names::{Names, practices};
use crate::model::{PracticeId, Ramp, Shock, SimDuration};
use crate::scenario::file::{RampTable, ShockTable};
use crate::scenario::finding::Finding;
use crate::scenario::reader::{Field, Written};

/// The shocks; those wholly outside the simulated time are left out, and noted.
pub fn shocks(
    tables: &[ShockTable],
    clock: &Clock,
    names: &Names,
    count: usize,
    r: &mut Resolver,
) -> Vec<Shock> {
    let read = tables.iter().filter_map(|table| {
        let practices = concerned(&table.practices, names, count, r);
        let factor = *table.factor.peek()?;
        let (starts, ends) = (table.starts.given()?, table.ends.given()?);
        if ends.value < starts.value {
            let finding = Finding::at(&ends.at, "is before `starts`");
            r.findings.add(
                finding
                    .found(ends.value.to_string())
                    .allowed("a date not before `starts`"),
            );
        }
        let (first, after) = (clock.day_of(starts.value), clock.day_of(ends.value) + 1);
        if after <= 0 || clock.is_after_all(first) {
            r.notes.push(format!(
                "{} lies outside the simulated time and has no effect.",
                table.at.path
            ));
            return None;
        }
        Some(Shock {
            factor,
            starts: clock.midnight(first),
            ends: clock.midnight(after),
            practices,
        })
    });
    read.collect()
}

/// The ramps.
pub fn ramps(
    tables: &[RampTable],
    clock: &Clock,
    names: &Names,
    count: usize,
    r: &mut Resolver,
) -> Vec<Ramp> {
    let read = tables.iter().filter_map(|table| {
        let practices = concerned(&table.practices, names, count, r);
        let (from, to) = (*table.from_factor.peek()?, *table.to_factor.peek()?);
        let days = *table.weeks.peek()? * 7.0;
        let first = clock.day_of(table.starts.given()?.value);
        Some(ramp(from, to, first, days, clock, practices))
    });
    read.collect()
}

/// A ramp of `days` days from the day `first`, which may lie before the first simulated day. What
/// is left of it then begins with the value that it has reached, so its slope is kept; one that is
/// over leaves a constant.
fn ramp(
    from: f64,
    to: f64,
    first: i64,
    days: f64,
    clock: &Clock,
    practices: Vec<PracticeId>,
) -> Ramp {
    let elapsed = (-(first.min(0)) as f64 / days).min(1.0);
    let left = SimDuration::from_days(days * (1.0 - elapsed)).max(SimDuration::from_seconds(1));
    let starts = clock.midnight(first);
    Ramp {
        // Written so that a ramp that is over gives `to` exactly.
        from_factor: from * (1.0 - elapsed) + to * elapsed,
        to_factor: to,
        starts,
        ends: starts + left,
        practices,
    }
}

fn concerned(
    field: &Field<Option<Vec<Written<String>>>>,
    names: &Names,
    count: usize,
    r: &mut Resolver,
) -> Vec<PracticeId> {
    let listed = field.peek().and_then(Option::as_ref);
    practices(listed, names, count, &mut r.findings)
}
