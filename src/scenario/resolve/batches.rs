//! Batches of referrals: dates to days, and what lies outside the simulated time.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Resolver;
use super::clock::Clock;
use super::names::{Names, practices};
use crate::model::{Batch, Calendar, Day, SourceId};
use crate::scenario::file::{BatchTable, ScenarioFile};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::reader::Written;

/// Days within which the next working day is looked for.
const LONGEST_CLOSURE: i64 = 366;

/// The batches; those outside the simulated time are left out, and noted.
pub fn batches(
    file: &ScenarioFile,
    tables: &[BatchTable],
    clock: &Clock,
    names: &Names,
    r: &mut Resolver,
) -> Vec<Batch> {
    if tables.is_empty() {
        return Vec::new();
    }
    let closed_days = file.period.peek().map(|it| it.closed_days.items());
    let calendar = clock.calendar(closed_days.unwrap_or_default());
    let sources = source_names(file);
    let count = file.practices.items().len();
    let mut of_date: BTreeMap<Date, u64> = BTreeMap::new();
    let read = tables.iter().enumerate().filter_map(|(index, table)| {
        let listed = table.practices.peek().and_then(Option::as_ref);
        let practices = practices(listed, names, count, &mut r.findings);
        check_not_empty(table, practices.is_empty() && count > 0, r);
        let source = table.source.name();
        let source = source.and_then(|source| sources.find(source, &mut r.findings));
        let (date, referrals) = (table.date.given()?, table.referrals.peek()?.clone());
        let of_day = of_date.entry(date.value).or_insert(0);
        let key = Batch::key_of(date.value, *of_day);
        *of_day += 1;
        Some(Batch {
            number: index as u32 + 1,
            day: day(table, date, clock, &calendar, r)?,
            key,
            referrals,
            practices,
            source: source.map(|index| SourceId(index as u8)),
        })
    });
    read.collect()
}

/// Sources by name; that two share one is reported where the sources are read.
fn source_names(file: &ScenarioFile) -> Names {
    let mut names = Names::of("source");
    for (position, table) in file.sources.items().iter().enumerate() {
        names.add(table.name.name(), position, &mut Findings::default());
    }
    names
}

fn check_not_empty(table: &BatchTable, is_empty: bool, r: &mut Resolver) {
    if let Some(Written {
        value: Some(listed),
        at,
    }) = table.practices.given()
        && is_empty
        && listed.is_empty()
    {
        let finding = Finding::at(at, "names no practice");
        r.findings
            .add(finding.allowed("at least one practice, or \"all\""));
    }
}

/// The day of a date; a date on which no practice is open is reported, one outside the simulated
/// time noted.
fn day(
    table: &BatchTable,
    date: &Written<Date>,
    clock: &Clock,
    calendar: &Calendar,
    r: &mut Resolver,
) -> Option<Day> {
    let day = clock.day_of(date.value);
    if day < 0 || clock.is_after_all(day) {
        r.notes.push(format!(
            "{} lies outside the simulated time and has no effect.",
            table.at.path
        ));
        return None;
    }
    if !calendar.is_working_date(date.value) {
        let finding = Finding::at(&date.at, "is not a working day: no practice is open");
        let finding = finding.found(date.value.to_string());
        r.findings
            .add(match next_working_date(calendar, date.value) {
                Some(next) => finding.allowed(format!("a working day; the next one is {next}")),
                None => finding.allowed("a working day"),
            });
    }
    u32::try_from(day).ok().map(Day)
}

fn next_working_date(calendar: &Calendar, date: Date) -> Option<Date> {
    (1..=LONGEST_CLOSURE)
        .filter_map(|days| date.checked_add(days.days()).ok())
        .find(|date| calendar.is_working_date(*date))
}
