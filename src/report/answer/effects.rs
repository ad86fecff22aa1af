//! What strain does: the scenario run with its effects and without, and the paired difference.

use super::Answer;
use super::table::show;
use crate::experiment::DifferenceRow;
use crate::measure::{Scope, Unit};
use crate::report::prose::{aligned, paragraph};

/// What is shown of the difference: measure of the PCN and words.
const SHOWN: [(&str, &str); 8] = [
    ("leavers", "People who left"),
    ("vacancy_weeks", "Weeks of vacancy, all posts"),
    ("sickness_days", "Working days lost to sickness"),
    ("weeks_at_risk", "Weeks at risk, all posts"),
    ("waiting_list_mean", "People on the waiting list"),
    ("wait_to_first_contact_days_mean", "Days to first contact"),
    ("share_contacted_ever", "Share ever contacted"),
    ("lost_at_handover", "Cases lost at handover"),
];

impl Answer<'_> {
    /// A table of the difference that the effects of strain make, where the scenario was run both
    /// ways.
    pub(super) fn effects_of_strain(&self) -> String {
        if self.effects.is_empty() {
            return String::new();
        }
        let header = ["", "with", "difference", "95% interval"].map(str::to_owned);
        let rows = self.effects_shown().into_iter().filter_map(|(words, row)| {
            let difference = row.estimate?;
            let (low, high) = (difference.low?, difference.high?);
            let unit = row.column.unit();
            let with = self.mean(row.column.measure.name)? + difference.mean;
            Some(vec![
                words.to_owned(),
                show(unit, with),
                signed(unit, difference.mean),
                format!("{} to {}", signed(unit, low), signed(unit, high)),
            ])
        });
        let rows: Vec<Vec<String>> = std::iter::once(header.to_vec()).chain(rows).collect();
        let mut text = String::from("\nWith the effects of strain\n");
        text += &aligned(&rows);
        for note in self.on_effects() {
            text += &paragraph(&note);
        }
        text
    }

    /// The differences that are shown, with their words.
    pub(in crate::report) fn effects_shown(&self) -> Vec<(&'static str, &DifferenceRow)> {
        let shown = SHOWN.into_iter();
        let shown = shown.filter_map(|(measure, words)| Some((words, self.effect(measure)?)));
        shown.collect()
    }

    /// How the differences are to be read.
    pub(in crate::report) fn on_effects(&self) -> Vec<String> {
        let mut notes = vec![
            "Everything else is without them. With them, people whose strain is above 1 resign and fall ill more \
             often; that they do is told by many, how much more is an assumption ([strain]), so that this difference is \
             as uncertain as it."
                .to_owned(),
        ];
        let fewer = self
            .effect("weeks_at_risk")
            .and_then(|row| row.estimate?.high);
        if fewer.is_some_and(|high| high < 0.0) {
            notes.push(
                "That weeks at risk are fewer is no relief: a vacant post has none, and whoever is new begins without \
                 strain."
                    .to_owned(),
            );
        }
        notes
    }

    fn effect(&self, measure: &str) -> Option<&DifferenceRow> {
        self.effects
            .iter()
            .find(|row| row.column.scope == Scope::Pcn && row.column.measure.name == measure)
    }
}

/// A number with its sign.
fn signed(unit: Unit, value: f64) -> String {
    let text = show(unit, value.abs());
    match value < 0.0 {
        true => format!("-{text}"),
        false => format!("+{text}"),
    }
}
