//! Missed contacts, and days between contacts.

use super::cases::{Sorting, of_type};
use super::current::{Current, TypeNow};
use super::entry::{Outcome, Pathway, days_between};
use super::input::{Assumption, Estimate, Input, Rows};
use super::pathway::{FOR_LAW, with_share_and_error};
use super::reader::Log;
use crate::import::kinds::log as columns;
use crate::import::words::number;
use crate::stats::disclosure::LARGEST_SMALL;
use crate::stats::rounded::{Family, Law, Sum, SumsFit, fit_sums};

/// How days between contacts are estimated: from cases without a missed contact, from those of which the log says how
/// many were missed, and from those of which it does not.
const WITHOUT: &str = "maximum likelihood (gamma) from first and last day of completed cases without a missed contact";
const COUNTED: &str = "maximum likelihood (gamma) from first and last day of completed cases, missed contacts counted";
const ASSUMED: &str = "maximum likelihood (gamma) from first and last day of completed cases, the scenario's share of \
                       missed contacts taken out";
/// What the log does not say of any case, or of some.
const OF_NONE: &str = "the log does not say how many contacts were missed, and a missed one takes an interval too, so the \
                       scenario's share of missed contacts is taken out of days between contacts";
const OF_SOME: &str = "the log does not say of every case how many contacts were missed, and a missed one takes an \
                       interval too, so the scenario's share of missed contacts is taken out of those where it does not";
/// Share of contacts missed at most.
const MOST_MISSED: f64 = 0.9;

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
    let all: Vec<&Pathway> = of(log, sorting, index).collect();
    let (cases, method) = completed(&all);
    let input = input
        .from_rows(Rows::Of(cases.len() as u64), FOR_LAW)
        .by(method);
    if (cases.len() as u64) < FOR_LAW {
        return input;
    }
    let what = match log.has(columns::MISSED) {
        true => OF_SOME,
        false => OF_NONE,
    };
    with_intervals(input, &cases, &now.case_types[index], what)
}

/// With the law of the intervals of these cases; `what` says what the log does not, where it does not.
fn with_intervals(input: Input, cases: &[&Pathway], now: &TypeNow, what: &'static str) -> Input {
    let fitted = |missed_share: f64| {
        let sums = cases.iter().filter_map(|it| sum(it, missed_share));
        fit_sums(&sums.collect::<Vec<Sum>>())
    };
    let Some(fit) = fitted(now.missed_share) else {
        return input.stays("no law could be fitted");
    };
    let (mean, cv) = (Estimate::of(&fit.mean), Estimate::of(&fit.cv));
    let value = format!(
        "{{ gamma = {{ mean = {}, cv = {} }} }}",
        mean.shown(),
        cv.shown()
    );
    let assumption = (input.method == ASSUMED).then(|| Assumption {
        what,
        effect: effect(now, &mean, |share| Some(fitted(share)?.mean.value)),
    });
    let mut input = input
        .with(vec![mean, cv], value)
        .tested("gamma law", fit.goodness);
    (input.pairs, input.assumption) = (pairs(&fit), assumption);
    input
}

/// Completed cases whose first and last day tell of intervals, and how they do. Of cases without a missed contact
/// the number of intervals is known.
fn completed<'a>(all: &[&'a Pathway]) -> (Vec<&'a Pathway>, &'static str) {
    let tells = |it: &&'a Pathway| sum(it, 0.0).is_some();
    let cases: Vec<&Pathway> = all.iter().copied().filter(tells).collect();
    let without = cases.iter().copied().filter(|it| it.missed == Some(0));
    let without: Vec<&Pathway> = without.collect();
    if without.len() as u64 >= FOR_LAW {
        return (without, WITHOUT);
    }
    match cases.iter().all(|it| it.missed.is_some()) {
        true => (cases, COUNTED),
        false => (cases, ASSUMED),
    }
}

/// What the share missed that is taken out does to the mean, which is fitted anew with none and with twice as many.
fn effect(now: &TypeNow, mean: &Estimate, fitted: impl Fn(f64) -> Option<f64>) -> String {
    let share = now.missed_share;
    let others = match share > 0.0 {
        true => [
            Some((0.0, "none")),
            Some(((2.0 * share).min(MOST_MISSED), "twice as many")),
        ],
        false => [Some((0.1, "one in ten")), None],
    };
    let told = others.into_iter().flatten().filter_map(|(share, words)| {
        Some(format!(
            "{} with {words} missed",
            mean.to_error(fitted(share)?)
        ))
    });
    let told: Vec<String> = told.collect();
    let of = match now.missed_by_lead {
        true => ", that of contacts booked for the same day",
        false => "",
    };
    format!(
        "with its {}{of} the mean is {} days; it would be {}",
        number(share),
        mean.shown(),
        told.join(" and ")
    )
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
