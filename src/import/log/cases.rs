//! Case types: their shares, how many contacts they have, how many people end early.

use super::current::Current;
use super::entry::{Outcome, Pathway};
use super::input::{Input, path_at};
use super::pathway::{with_law, with_share_and_error, with_shares};
use super::reader::Log;
use crate::import::kinds::log as columns;
use crate::scenario::file::writing::literal;
use crate::stats::rounded::{Family, Sample};

/// Shares of case types, contacts and drop-out of each.
#[must_use]
pub fn inputs(log: &Log, now: &Current<'_>) -> Vec<Input> {
    let sorting = Sorting::of(log, now);
    let mut inputs = shares(log, now, &sorting);
    for index in 0..now.case_types.len() {
        inputs.push(contacts(log, now, (&sorting, index)));
        inputs.push(drop_out(log, now, (&sorting, index)));
    }
    inputs
}

/// An input of a case type.
#[must_use]
pub fn of_type(
    now: &Current<'_>,
    index: usize,
    (key, label, unit): (&str, &str, &'static str),
) -> Input {
    let name = &now.case_types[index].name;
    let shown = format!("case_types.{}.{key}", literal(name));
    Input::new(
        path_at("case_types", index, key),
        &shown,
        &format!("{label}, {name}"),
        unit,
    )
}

/// How rows are sorted into case types.
#[derive(Clone, Debug, PartialEq)]
pub enum Sorting {
    /// There is one alone.
    One,
    /// The log says.
    Told,
    /// By the number of contacts of completed cases: the type whose mean is nearest.
    ByContacts(Vec<f64>),
    /// Not at all: what is known of all holds for each.
    Unknown,
}

impl Sorting {
    /// As far as the log goes.
    #[must_use]
    pub fn of(log: &Log, now: &Current<'_>) -> Self {
        let means = now
            .case_types
            .iter()
            .map(|it| it.contacts)
            .collect::<Vec<_>>();
        match means.len() {
            1 => Self::One,
            _ if log.has(columns::TYPE) => Self::Told,
            _ if log.has(columns::CONTACTS) => Self::ByContacts(means),
            _ => Self::Unknown,
        }
    }

    /// The case type of a referral.
    #[must_use]
    pub fn type_of(&self, it: &Pathway) -> Option<usize> {
        match self {
            Self::One => Some(0),
            Self::Told => it.case_type,
            Self::ByContacts(means) => {
                let contacts = it
                    .contacts
                    .filter(|_| it.outcome == Some(Outcome::Completed))?;
                let off = |mean: &f64| (mean - f64::from(contacts)).abs();
                let nearest = means
                    .iter()
                    .enumerate()
                    .min_by(|a, b| off(a.1).total_cmp(&off(b.1)));
                nearest.map(|(index, _)| index)
            }
            Self::Unknown => None,
        }
    }
}

fn shares(log: &Log, now: &Current<'_>, sorting: &Sorting) -> Vec<Input> {
    let inputs: Vec<Input> = (0..now.case_types.len())
        .map(|index| {
            of_type(
                now,
                index,
                ("share", "share of accepted referrals", "share"),
            )
        })
        .collect();
    let method = match sorting {
        Sorting::One => return Vec::new(),
        Sorting::Unknown => {
            let why = "the log has no column type or contacts";
            return inputs.into_iter().map(|it| it.stays(why)).collect();
        }
        Sorting::Told => "share of accepted rows whose type is known",
        Sorting::ByContacts(_) => "share of completed cases, sorted by their contacts",
    };
    let accepted = || log.pathways().filter(|(_, it)| it.is_accepted());
    let counts: Vec<u64> = (0..inputs.len())
        .map(|index| {
            accepted()
                .filter(|(_, it)| sorting.type_of(it) == Some(index))
                .count() as u64
        })
        .collect();
    with_shares(inputs, &counts, method)
}

fn contacts(log: &Log, now: &Current<'_>, (sorting, index): (&Sorting, usize)) -> Input {
    let input = of_type(now, index, ("contacts", "contacts of a case", "contacts"));
    if !log.has(columns::CONTACTS) {
        return input.stays("the log has no column contacts");
    }
    let of_it = log
        .pathways()
        .map(|(_, it)| it)
        .filter(|it| it.is_accepted());
    let mut sample = Sample::default();
    for it in of_it.filter(|it| sorting.type_of(it) == Some(index)) {
        match (it.outcome, it.contacts) {
            (Some(Outcome::Completed), Some(held)) => sample.seen(held),
            (Some(Outcome::Declined), held) if it.is_reached() => sample.seen(held.unwrap_or(0)),
            // Whoever goes on, or left before the end, would have had more.
            (_, Some(held)) if held > 0 => sample.beyond(held),
            _ => {}
        }
    }
    with_law(
        input,
        &sample,
        &[
            Family::Gamma,
            Family::Lognormal,
            Family::Poisson,
            Family::Geometric,
        ],
    )
}

fn drop_out(log: &Log, now: &Current<'_>, (sorting, index): (&Sorting, usize)) -> Input {
    let wanted = (
        "drop_out_share",
        "share who end early after a contact",
        "share",
    );
    let input = of_type(now, index, wanted);
    if !log.has(columns::CONTACTS) || !log.has(columns::OUTCOME) {
        return input.stays("the log has no column contacts or outcome");
    }
    if matches!(sorting, Sorting::ByContacts(_)) {
        return input.stays("of those who ended early the log does not say the type");
    }
    let (mut such, mut contacts, mut rows) = (0, 0, 0);
    for (_, it) in log
        .pathways()
        .filter(|(_, it)| sorting.type_of(it) == Some(index))
    {
        let held = u64::from(it.contacts.unwrap_or(0));
        if held == 0 || !it.is_accepted() {
            continue;
        }
        rows += 1;
        such += u64::from(it.outcome == Some(Outcome::DroppedOut));
        // After the last contact there is nothing left to leave early.
        contacts += held - u64::from(it.outcome == Some(Outcome::Completed));
    }
    with_share_and_error(input, such, contacts, rows, None)
}
