//! Who is reached and who gives up: sources, returned referrals, patience, answered calls, days to the first
//! appointment.

use super::current::Current;
use super::entry::{Outcome, Pathway, days_between};
use super::input::{Estimate, Input, path, path_at};
use super::pathway::{FOR_SHARE, with_law, with_share, with_share_and_error, with_shares};
use super::reader::Log;
use crate::import::kinds::log as columns;
use crate::scenario::file::writing::literal;
use crate::stats::rounded::{Family, Sample};
use jiff::{ToSpan, civil::Date};

/// Days after which it is decided whether a referral is taken.
const DECIDED_AFTER_DAYS: i64 = 28;

/// Sources, returned referrals, patience, answered calls, days to the first appointment.
#[must_use]
pub fn inputs(log: &Log, now: &Current<'_>) -> Vec<Input> {
    let mut inputs = sources(log, now);
    inputs.push(inappropriate(log));
    inputs.push(patience(log));
    inputs.push(answered(log, now));
    inputs.push(to_first_appointment(log));
    inputs
}

/// Without this column.
fn lacks(input: Input, columns: &str) -> Input {
    input.stays(&format!("the log has no column {columns}"))
}

fn sources(log: &Log, now: &Current<'_>) -> Vec<Input> {
    let inputs = now.sources.iter().enumerate().map(|(index, name)| {
        let key = format!("sources.{}.share", literal(name));
        let label = format!("share of referrals from {name}");
        Input::new(path_at("sources", index, "share"), &key, &label, "share")
    });
    if !log.has(columns::SOURCE) {
        return inputs.map(|it| lacks(it, "source")).collect();
    }
    let counts: Vec<u64> = (0..now.sources.len())
        .map(|index| {
            log.pathways()
                .filter(|(_, it)| it.source == Some(index))
                .count() as u64
        })
        .collect();
    with_shares(
        inputs.collect(),
        &counts,
        "share of rows whose source is known",
    )
}

fn inappropriate(log: &Log) -> Input {
    let key = "demand.inappropriate_share";
    let input = Input::new(
        path("demand", "inappropriate_share"),
        key,
        "share of referrals returned",
        "share",
    );
    if !log.has(columns::OUTCOME) {
        return lacks(input, "outcome");
    }
    let decided = log.seen_until.saturating_sub(DECIDED_AFTER_DAYS.days());
    let old = || log.pathways().filter(|(received, _)| *received <= decided);
    let such = old()
        .filter(|(_, it)| it.outcome == Some(Outcome::Inappropriate))
        .count() as u64;
    with_share(input, such, old().count() as u64)
}

fn patience(log: &Log) -> Input {
    let key = "waiting_list.patience_days";
    let label = "days until people give up waiting";
    let input = Input::new(path("waiting_list", "patience_days"), key, label, "days");
    let is_dated = log.has(columns::DISCHARGED) && log.has(columns::OUTCOME);
    if !is_dated || !(log.has(columns::FIRST_CONTACT) || log.has(columns::FIRST_APPOINTMENT)) {
        return lacks(input, "first contact, discharged or outcome");
    }
    let mut sample = Sample::default();
    for (received, it) in log.pathways().filter(|(_, it)| it.is_accepted()) {
        let contact = it.first_contact.or(it.first_appointment);
        let days = |until: Date| days_between(received, until);
        match (it.outcome, contact, it.discharged) {
            (_, Some(contact), _) => sample.passed(days(contact)),
            (Some(Outcome::LeftWaiting), None, Some(left)) => sample.seen(days(left)),
            (Some(_), None, Some(ended)) => sample.passed(days(ended)),
            (None, None, _) => sample.passed(days(log.seen_until)),
            (Some(_), None, None) => {}
        }
    }
    with_law(
        input,
        &sample,
        &[Family::Exponential, Family::Weibull, Family::Gamma],
    )
}

fn answered(log: &Log, now: &Current<'_>) -> Input {
    let key = "first_contact.answered_share";
    let input = Input::new(
        path("first_contact", "answered_share"),
        key,
        "share of calls answered",
        "share",
    );
    let ended_unreached = |it: &Pathway| it.outcome == Some(Outcome::NotReached);
    let accepted = || {
        log.pathways()
            .map(|(_, it)| it)
            .filter(|it| it.is_accepted())
    };
    if log.has(columns::ATTEMPTS) {
        let told = accepted().filter_map(|it| Some((it, it.attempts.filter(|it| *it > 0)?)));
        let told: Vec<(&Pathway, u32)> = told.collect();
        let calls: u64 = told.iter().map(|(_, calls)| u64::from(*calls)).sum();
        let reached = told.iter().filter(|(it, _)| it.is_reached()).count() as u64;
        return with_share_and_error(input, reached, calls, told.len() as u64, None);
    }
    if !log.has(columns::OUTCOME) {
        return lacks(input, "attempts or outcome");
    }
    // Of those who ended: with A calls at share a, 1 - (1 - a)^A are reached.
    let reached = accepted().filter(|it| it.is_reached()).count() as u64;
    let missed = accepted()
        .filter(|it| !it.is_reached() && ended_unreached(it))
        .count() as u64;
    let rows = reached + missed;
    let input = with_share(input, reached, rows);
    if !input.is_used() || rows < FOR_SHARE {
        return input;
    }
    let share = reached as f64 / rows as f64;
    let calls = f64::from(now.attempts);
    let answered = -libm::expm1(libm::log1p(-share) / calls);
    let error = (share * (1.0 - share) / rows as f64).sqrt();
    let slope = (1.0 - answered) / (calls * (1.0 - share));
    input
        .with_one(Estimate::share("value", answered, error * slope))
        .by("share reached, for the scenario's number of calls")
}

fn to_first_appointment(log: &Log) -> Input {
    let key = "first_contact.days_to_first_appointment";
    let label = "days to first appointment";
    let input = Input::new(
        path("first_contact", "days_to_first_appointment"),
        key,
        label,
        "days",
    );
    if !log.has(columns::FIRST_CONTACT) || !log.has(columns::FIRST_APPOINTMENT) {
        return lacks(input, "first contact or first appointment");
    }
    let mut sample = Sample::default();
    // Where a contact was missed, the first appointment may have been put off for it.
    let is_plain = |it: &Pathway| it.is_accepted() && it.missed.unwrap_or(0) == 0;
    for (_, it) in log.pathways().filter(|(_, it)| is_plain(it)) {
        match (it.first_contact, it.first_appointment, it.outcome) {
            (Some(contact), Some(appointment), _) => {
                sample.seen(days_between(contact, appointment))
            }
            (Some(contact), None, None) => sample.passed(days_between(contact, log.seen_until)),
            _ => {}
        }
    }
    with_law(
        input,
        &sample,
        &[Family::Gamma, Family::Lognormal, Family::Weibull],
    )
}
