//! When a post exists and who holds it: from its first day, until it ends, and how holders come and
//! go meanwhile.

use super::Resolver;
use super::clock::Clock;
use crate::model::time::SECONDS_PER_DAY;
use crate::model::{Contract, Distribution, SimDuration, SimTime, Tenure};
use crate::scenario::file::PostTable;
use crate::scenario::finding::Finding;
use crate::scenario::reader::{At, Written};

/// A day of the clock, and where it was written.
type DayAt<'a> = (i64, &'a At);

/// When a post exists and how its holders come and go.
#[derive(Debug)]
pub struct InPost {
    /// First instant, if not from the beginning.
    pub starts: Option<SimTime>,
    /// First instant no longer.
    pub ends: Option<SimTime>,
    /// Seconds from the clock's zero at which it was advertised, where the time to hire is drawn.
    pub advertised: Option<i64>,
    /// How its holders come and go.
    pub tenure: Tenure,
}

/// When a post exists and how its holders come and go; dates in the wrong order are reported.
pub fn in_post(table: &PostTable, clock: &Clock, r: &mut Resolver) -> InPost {
    let day_of = |date: &'_ Written<jiff::civil::Date>| clock.day_of(date.value);
    let weeks_to_hire = weeks_to_hire(table, r);
    let advertised = table.advertised.given().map(|it| (day_of(it), &it.at));
    let starts = match (advertised, weeks_to_hire.is_constant()) {
        (Some((day, at)), Some(weeks)) => Some((day + (weeks * 7.0).round() as i64, at)),
        (Some(advertised), None) => Some(advertised),
        (None, _) => table.starts.given().map(|it| (day_of(it), &it.at)),
    };
    let ends = table.ends.given().map(|it| (day_of(it), &it.at));
    check_order("the post's first day", starts, ends, r);
    note_never_held(table, clock, starts, ends, r);
    let contract = contract(table, clock, starts, r);
    let is_drawn = advertised.is_some() && weeks_to_hire.is_constant().is_none();
    let first = starts.filter(|(day, _)| *day > 0 && !is_drawn);
    InPost {
        starts: first.map(|(day, _)| clock.midnight(day)),
        ends: ends.map(|(day, _)| clock.midnight(day)),
        advertised: advertised
            .filter(|_| is_drawn)
            .map(|(day, _)| day * SECONDS_PER_DAY as i64),
        tenure: tenure(table, weeks_to_hire, contract, r),
    }
}

/// Weeks from advertisement to first day; the default counts as used where a post is advertised or
/// can fall vacant.
fn weeks_to_hire(table: &PostTable, r: &mut Resolver) -> Distribution {
    let is_used = table.advertised.is_in_file() || leaving_rate(table) > 0.0;
    if !is_used && table.time_to_hire_weeks.given().is_some() {
        r.notes.push(format!(
            "{}: `time_to_hire_weeks` has no effect: the post is not `advertised`, and nobody leaves it.",
            name_of(table)
        ));
    }
    let field = &table.time_to_hire_weeks;
    let weeks = match is_used {
        true => field.used(&mut r.ledger),
        false => field.peek().cloned(),
    };
    weeks.unwrap_or(Distribution::Constant(0.0))
}

fn leaving_rate(table: &PostTable) -> f64 {
    table.leaving_rate_a_year.peek().copied().unwrap_or(0.0)
}

/// How holders come and go. Defaults count as used where they can matter.
fn tenure(
    table: &PostTable,
    weeks_to_hire: Distribution,
    contract: Option<Contract>,
    r: &mut Resolver,
) -> Tenure {
    let leaving_rate_a_year = table.leaving_rate_a_year.used_or(&mut r.ledger, 0.0);
    let someone_new =
        leaving_rate_a_year > 0.0 || table.starts.is_in_file() || table.advertised.is_in_file();
    let weeks = |weeks: f64| SimDuration::from_days(weeks * 7.0);
    let ledger = &mut r.ledger;
    let ramp_weeks = match someone_new {
        true => table.ramp_weeks.used_or(ledger, 0.0),
        false => table.ramp_weeks.peek().copied().unwrap_or(0.0),
    };
    let ramp_from_share = match someone_new && ramp_weeks > 0.0 {
        true => table.ramp_from_share.used_or(ledger, 1.0),
        false => table.ramp_from_share.peek().copied().unwrap_or(1.0),
    };
    let notice_weeks = match leaving_rate_a_year > 0.0 {
        true => table.notice_weeks.used_or(ledger, 0.0),
        false => 0.0,
    };
    Tenure {
        leaving_rate_a_year,
        notice: weeks(notice_weeks),
        weeks_to_hire,
        ramp: weeks(ramp_weeks),
        ramp_from_share,
        contract,
    }
}

/// The fixed term; one that ends before the post begins or before the simulated time is reported.
fn contract(
    table: &PostTable,
    clock: &Clock,
    starts: Option<DayAt<'_>>,
    r: &mut Resolver,
) -> Option<Contract> {
    let given = table.contract_ends.given()?;
    let day = clock.day_of(given.value);
    check_order("the post's first day", starts, Some((day, &given.at)), r);
    if day <= 0 {
        let finding = Finding::at(&given.at, "is before the simulated time");
        r.findings
            .add(finding.found(given.value.to_string()).allowed(
                "a later date, because by then the term has been renewed or the post has ended",
            ));
    }
    let weeks = table.renewed_weeks.used_or(&mut r.ledger, 52.0);
    Some(Contract {
        ends: clock.midnight(day),
        renewal_share: table.renewal_share.used_or(&mut r.ledger, 0.0),
        renewed_for: SimDuration::from_days(weeks * 7.0),
    })
}

fn check_order(what: &str, starts: Option<DayAt<'_>>, ends: Option<DayAt<'_>>, r: &mut Resolver) {
    if let (Some((first, starts)), Some((after, ends))) = (starts, ends)
        && after <= first
    {
        let finding = Finding::at(ends, format!("is not after {what}"));
        r.findings
            .add(finding.allowed("a later date").first_given(starts.place));
    }
}

fn note_never_held(
    table: &PostTable,
    clock: &Clock,
    starts: Option<DayAt<'_>>,
    ends: Option<DayAt<'_>>,
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
