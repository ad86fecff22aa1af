//! The short table of the answer, and the verdict on each target.

use super::Answer;
use crate::experiment::SummaryRow;
use crate::measure::{Better, Unit, all_measures};
use crate::report::comparison::words;
use crate::report::number::{counted, percent_to_a_decimal, readable};
use crate::report::prose::aligned;
use crate::report::workbook::TargetLine;
use crate::stats::Estimate;

/// A measure of the PCN that is shown, with its words.
pub(in crate::report) type Shown<'a> = (&'static str, &'a SummaryRow);

/// A target of the file: what is reached of it, its value, and the verdict in a few words.
pub(in crate::report) type TargetTold<'a> = (&'a SummaryRow, f64, &'static str);

impl Answer<'_> {
    pub(super) fn table(&self) -> String {
        let header = vec![
            self.so_many_runs(),
            "mean".to_owned(),
            "95% interval".to_owned(),
            "8 in 10 runs".to_owned(),
        ];
        let rows = self
            .shown()
            .into_iter()
            .map(|(label, row)| cells(label, row));
        aligned(&std::iter::once(header).chain(rows).collect::<Vec<_>>())
    }

    /// "200 replications of 104 weeks".
    pub(in crate::report) fn so_many_runs(&self) -> String {
        format!(
            "{} of {}",
            counted(self.replications.count(), "replication"),
            counted(self.model.period.weeks(), "week")
        )
    }

    /// The measures of the PCN that are shown.
    pub(in crate::report) fn shown(&self) -> Vec<Shown<'_>> {
        let wanted = [
            ("referrals_accepted", "Referrals accepted"),
            ("share_contacted_ever", "Share ever contacted"),
            (
                "wait_to_first_contact_days_mean",
                "Wait to first contact, days",
            ),
            (
                "wait_to_first_appointment_days_mean",
                "Wait to first appointment, days",
            ),
            ("contacted_within_28_days", "Contacted within 28 days"),
            ("waiting_list_mean", "People on the waiting list"),
            ("caseload_mean", "Open cases"),
            ("cases_a_year_per_wte", "Cases a year per WTE"),
            ("utilisation", "Client time in use (1 is all)"),
            ("hours_load", "Hours load (1 is full)"),
            ("places_load", "Places load (1 is full)"),
            ("follow_up_lateness_days_mean", "Follow-ups late by, days"),
            ("dna_share", "Contacts missed"),
        ];
        let always = wanted.into_iter();
        let always = always.filter_map(|(measure, label)| Some((label, self.pcn(measure)?)));
        // What is nothing in every run is left out.
        let where_any = [
            ("refused", "Refused while paused"),
            ("leavers", "People who left"),
            ("vacancy_weeks", "Weeks of vacancy, all posts"),
            ("weeks_at_risk", "Weeks at risk, all posts"),
        ];
        let any = where_any.into_iter().filter_map(|(measure, label)| {
            let row = self.pcn(measure).filter(|row| row.mean() > Some(0.0));
            Some((label, row?))
        });
        always.chain(any).collect()
    }

    pub(super) fn targets(&self) -> String {
        if self.story.targets.is_empty() {
            return String::new();
        }
        let mut text = String::from("\nTargets\n");
        let rows = self.targets_told().into_iter().map(target_cells);
        text += &aligned(&rows.collect::<Vec<_>>());
        text
    }

    /// What is reached of each target.
    pub(in crate::report) fn targets_told(&self) -> Vec<TargetTold<'_>> {
        let targets = self.story.targets.iter();
        let told = targets.filter_map(|(measure, target)| {
            let row = self.pcn(measure)?;
            let is_lower_better = row.column.measure.better == Some(Better::Lower);
            let verdict = row.estimate.map_or("cannot be said", |estimate| {
                verdict(&estimate, *target, is_lower_better)
            });
            Some((row, *target, verdict))
        });
        told.collect()
    }

    /// Each target and what is reached of it, for the workbook.
    #[must_use]
    pub fn target_lines(&self) -> Vec<TargetLine> {
        let line = |(row, target, verdict): TargetTold| TargetLine {
            name: row.column.measure.name,
            measure: words::measure(row.column.measure.name).heading,
            unit: row.column.unit(),
            side: wanted(row),
            value: target,
            reached: vec![(row.mean(), verdict.to_owned())],
        };
        self.targets_told().into_iter().map(line).collect()
    }
}

/// On which side of a target the mean is to be.
fn wanted(row: &SummaryRow) -> &'static str {
    match row.column.measure.better {
        Some(Better::Lower) => "at most",
        _ => "at least",
    }
}

pub(in crate::report) fn show(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Share => percent_to_a_decimal(value),
        Unit::Ratio => format!("{value:.2}"),
        _ => readable(value),
    }
}

/// " (95% interval a to b)", or nothing.
pub(super) fn interval(row: &SummaryRow) -> String {
    let unit = row.column.unit();
    row.estimate
        .and_then(|estimate| Some((estimate.low?, estimate.high?)))
        .map(|(low, high)| {
            format!(
                " (95% interval {} to {})",
                show(unit, low),
                show(unit, high)
            )
        })
        .unwrap_or_default()
}

fn cells(label: &str, row: &SummaryRow) -> Vec<String> {
    cells_over(label, row, 1.0)
}

/// The cells of a row whose values are divided by `years`.
pub(super) fn cells_over(label: &str, row: &SummaryRow, years: f64) -> Vec<String> {
    let unit = row.column.unit();
    let Some(estimate) = row.estimate else {
        return vec![
            label.to_owned(),
            "-".to_owned(),
            "-".to_owned(),
            "-".to_owned(),
        ];
    };
    let range = |low: Option<f64>, high: Option<f64>| match (low, high) {
        (Some(low), Some(high)) => {
            let [low, high] = [low, high].map(|end| show(unit, end / years));
            format!("{low} to {high}")
        }
        _ => "-".to_owned(),
    };
    let spread = row.spread.filter(|_| estimate.n > 1);
    vec![
        label.to_owned(),
        show(unit, estimate.mean / years),
        range(estimate.low, estimate.high),
        range(
            spread.map(|spread| spread[0]),
            spread.map(|spread| spread[2]),
        ),
    ]
}

fn target_cells((row, target, verdict): TargetTold) -> Vec<String> {
    let name = row.column.measure.name.replace('_', " ");
    let unit = row.column.unit();
    let reached = row.mean().map_or("-".to_owned(), |mean| show(unit, mean));
    vec![name, asked(row, target), reached, verdict.to_owned()]
}

/// "at least 80.0%".
pub(in crate::report) fn asked(row: &SummaryRow, target: f64) -> String {
    format!("{} {}", wanted(row), show(row.column.unit(), target))
}

/// Met or missed where the whole interval says so, else which way the mean leans.
fn verdict(estimate: &Estimate, target: f64, lower_is_better: bool) -> &'static str {
    let meets = |value: f64| {
        if lower_is_better {
            value <= target
        } else {
            value >= target
        }
    };
    let ends = estimate.low.zip(estimate.high);
    match ends.map(|(low, high)| (meets(low), meets(high))) {
        Some((true, true)) => "met",
        Some((false, false)) => "missed",
        _ if meets(estimate.mean) => "met on average, not surely",
        _ => "missed on average, not surely",
    }
}

/// Names of all measures that a target may be set for.
#[must_use]
pub fn target_names() -> Vec<&'static str> {
    all_measures()
        .iter()
        .filter(|measure| measure.better.is_some())
        .map(|measure| measure.name)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_met_only_by_the_whole_interval() {
        let at_least = |values: &[f64]| verdict(&Estimate::of(values).expect("values"), 0.8, false);
        assert_eq!(at_least(&[0.9, 0.91, 0.92]), "met");
        assert_eq!(at_least(&[0.1, 0.11, 0.12]), "missed");
        assert_eq!(at_least(&[0.7, 0.95]), "met on average, not surely");
        assert_eq!(at_least(&[0.6, 0.9]), "missed on average, not surely");
        assert_eq!(
            at_least(&[0.9]),
            "met on average, not surely",
            "one run gives no interval"
        );
        assert_eq!(
            verdict(&Estimate::of(&[5.0, 5.1]).expect("values"), 21.0, true),
            "met"
        );
    }
}
