//! Missed contacts, and days between contacts.

use super::cases::{Sorting, of_type};
use super::current::Current;
use super::entry::{Outcome, Pathway, days_between};
use super::input::{Estimate, Input, Rows};
use super::pathway::{FOR_LAW, with_share_and_error};
use super::reader::Log;
use crate::import::kinds::log as columns;
use crate::stats::disclosure::LARGEST_SMALL;
use crate::stats::rounded::{Family, Law, Sum, SumsFit, fit_sums};

/// Missed contacts and days between contacts of each case type; of all together where the log does not
/// tell them apart.
#[must_use]
pub fn inputs(log: &Log, now: &Current<'_>) -> Vec<Input> {
    let sorting = Sorting::of(log, now);
    let mut inputs = Vec::new();
    for index in 0..now.case_types.len() {
        inputs.push(missed(log, now, (&sorting, index)));
        inputs.push(between(log, now, (&sorting, index)));
    }
    inputs
}

/// Accepted referrals of a type, or all where types are not told.
fn of<'a>(log: &'a Log, sorting: &Sorting, index: usize) -> impl Iterator<Item = &'a Pathway> {
    let of_all = matches!(sorting, Sorting::ByContacts(_) | Sorting::Unknown);
    let sorting = sorting.clone();
    let accepted = log
        .pathways()
        .map(|(_, it)| it)
        .filter(|it| it.is_accepted());
    accepted.filter(move |it| of_all || sorting.type_of(it) == Some(index))
}

fn missed(log: &Log, now: &Current<'_>, (sorting, index): (&Sorting, usize)) -> Input {
    let input = of_type(
        now,
        index,
        ("dna_share", "share of contacts missed", "share"),
    );
    if !log.has(columns::MISSED) || !log.has(columns::CONTACTS) {
        return input.stays("the log has no column missed or contacts");
    }
    if now.case_types[index].missed_by_lead {
        return input.stays("the scenario has shares by days ahead, or a reminder, instead");
    }
    let booked = of(log, sorting, index).filter_map(|it| {
        let (held, missed) = (it.contacts?, it.missed?);
        Some((u64::from(missed), u64::from(held + missed))).filter(|it| it.1 > 0)
    });
    let booked: Vec<(u64, u64)> = booked.collect();
    let (such, all) = booked
        .iter()
        .fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    // Some people miss more than others: the error is that of a ratio over people.
    let share = such as f64 / (all.max(1)) as f64;
    let off = |it: &(u64, u64)| it.0 as f64 - share * it.1 as f64;
    let squares: f64 = booked.iter().map(|it| off(it) * off(it)).sum();
    let error = squares.sqrt() / all.max(1) as f64;
    with_share_and_error(input, such, all, booked.len() as u64, Some(error))
        .by("missed of all booked; error over people, not bookings")
}

fn between(log: &Log, now: &Current<'_>, (sorting, index): (&Sorting, usize)) -> Input {
    let wanted = ("days_between_contacts", "days between contacts", "days");
    let input = of_type(now, index, wanted);
    let needed = [
        columns::FIRST_APPOINTMENT,
        columns::CONTACTS,
        columns::DISCHARGED,
    ];
    if !needed.iter().all(|column| log.has(*column)) {
        return input.stays("the log has no column first appointment, contacts or discharged");
    }
    let missed_share = now.case_types[index].missed_share;
    let all: Vec<&Pathway> = of(log, sorting, index).collect();
    let sums_of = |wanted: &dyn Fn(&Pathway) -> bool| -> Vec<Sum> {
        let cases = all.iter().filter(|it| wanted(it));
        cases.filter_map(|it| sum(it, missed_share)).collect()
    };
    // Of cases without a missed contact the number of intervals is known.
    let sums = match sums_of(&|it| it.missed == Some(0)) {
        plain if plain.len() as u64 >= FOR_LAW => plain,
        _ => sums_of(&|_| true),
    };
    let input = input
        .from_rows(Rows::Of(sums.len() as u64), FOR_LAW)
        .by("maximum likelihood (gamma) from first and last day of completed cases");
    if (sums.len() as u64) < FOR_LAW {
        return input;
    }
    let Some(fit) = fit_sums(&sums) else {
        return input.stays("no law could be fitted");
    };
    let (mean, cv) = (Estimate::of(&fit.mean), Estimate::of(&fit.cv));
    let value = format!(
        "{{ gamma = {{ mean = {}, cv = {} }} }}",
        mean.shown(),
        cv.shown()
    );
    let mut input = input
        .with(vec![mean, cv], value)
        .tested("gamma law", fit.goodness);
    input.pairs = pairs(&fit);
    input
}

/// From first appointment to discharge of a completed case: an interval before each further contact, and one
/// more for each missed after the first appointment, which is as many as its share of all contacts.
fn sum(it: &Pathway, missed_share: f64) -> Option<Sum> {
    let (first, last) = (it.first_appointment?, it.discharged?);
    let held = it.contacts.filter(|held| *held >= 2)?;
    let further = f64::from(held - 1);
    let values = match it.missed {
        Some(missed) => further + f64::from(missed) * further / f64::from(held),
        None => further / (1.0 - missed_share),
    };
    let total = f64::from(days_between(first, last));
    (it.outcome == Some(Outcome::Completed)).then_some(Sum { values, total })
}

/// Quantiles of single intervals, as far as sums tell them.
fn pairs(fit: &SumsFit) -> Vec<(f64, f64)> {
    let law = Law {
        family: Family::Gamma,
        parameters: vec![fit.mean.value, fit.cv.value],
    };
    let number = fit.shares_below.len();
    let steps = (number / (LARGEST_SMALL as usize + 1)).min(20);
    (1..steps)
        .map(|step| {
            let p = step as f64 / steps as f64;
            let place = ((p * number as f64) as usize).min(number - 1);
            let seen = fit.shares_below[place].clamp(1e-6, 1.0 - 1e-6);
            (law.rounded_quantile(p), law.rounded_quantile(seen))
        })
        .collect()
}
