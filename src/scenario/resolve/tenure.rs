//! When a post is held: from its first day, and until it ends.

use super::Resolver;
use super::clock::Clock;
use crate::model::SimTime;
use crate::scenario::file::PostTable;
use crate::scenario::finding::Finding;
use crate::scenario::reader::At;

/// When the post is held: from, and until.
pub fn in_post(
    table: &PostTable,
    clock: &Clock,
    r: &mut Resolver,
) -> (Option<SimTime>, Option<SimTime>) {
    let starts = match table.advertised.given() {
        Some(advertised) => {
            let weeks = table.time_to_hire_weeks.used_or(&mut r.ledger, 0.0);
            Some((
                clock.day_of(advertised.value) + (weeks * 7.0).round() as i64,
                &advertised.at,
            ))
        }
        None => table
            .starts
            .given()
            .map(|date| (clock.day_of(date.value), &date.at)),
    };
    let ends = table
        .ends
        .given()
        .map(|date| (clock.day_of(date.value), &date.at));
    check_order(starts, ends, r);
    note_never_held(table, clock, starts, ends, r);
    if table.time_to_hire_weeks.given().is_some() && !table.advertised.is_in_file() {
        r.notes.push(format!(
            "{}: `time_to_hire_weeks` has no effect without `advertised`.",
            name_of(table)
        ));
    }
    let starts = starts
        .filter(|(day, _)| *day > 0)
        .map(|(day, _)| clock.midnight(day));
    (starts, ends.map(|(day, _)| clock.midnight(day)))
}

fn check_order(starts: Option<(i64, &At)>, ends: Option<(i64, &At)>, r: &mut Resolver) {
    if let (Some((first, starts)), Some((after, ends))) = (starts, ends)
        && after <= first
    {
        let finding = Finding::at(ends, "is not after the post's first day");
        r.findings
            .add(finding.allowed("a later date").first_given(starts.place));
    }
}

fn note_never_held(
    table: &PostTable,
    clock: &Clock,
    starts: Option<(i64, &At)>,
    ends: Option<(i64, &At)>,
    r: &mut Resolver,
) {
    let name = name_of(table);
    if starts.is_some_and(|(day, _)| clock.is_after_all(day)) {
        r.notes.push(format!(
            "{name} starts only after the simulated time: it is never filled."
        ));
    }
    if ends.is_some_and(|(day, _)| day <= 0) {
        r.notes.push(format!(
            "{name} ended before the simulated time: it is never filled."
        ));
    }
}

fn name_of(table: &PostTable) -> &str {
    table
        .name
        .given()
        .map_or(table.at.path.as_str(), |it| it.value.value.as_str())
}
