//! The short table of the answer, and the verdict on each target.

use super::Answer;
use crate::experiment::SummaryRow;
use crate::measure::{Better, Unit, all_measures};
use crate::report::comparison::words;
use crate::report::number::{counted, percent_to_a_decimal, readable};
use crate::report::prose::aligned;
use crate::report::workbook::TargetLine;
use crate::stats::Estimate;

impl Answer<'_> {
    pub(super) fn table(&self) -> String {
        let mut rows = vec![vec![
            format!(
                "{} of {}",
                counted(self.replications.count(), "replication"),
                counted(self.model.period.weeks(), "week")
            ),
            "mean".to_owned(),
            "95% interval".to_owned(),
            "8 in 10 runs".to_owned(),
        ]];
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
        for (measure, label) in wanted {
            rows.extend(self.pcn(measure).map(|row| cells(label, row)));
        }
        // What is nothing in every run is left out.
        let where_any = [
            ("refused", "Refused while paused"),
            ("leavers", "People who left"),
            ("vacancy_weeks", "Weeks of vacancy, all posts"),
            ("weeks_at_risk", "Weeks at risk, all posts"),
        ];
        for (measure, label) in where_any {
            let row = self.pcn(measure).filter(|row| row.mean() > Some(0.0));
            rows.extend(row.map(|row| cells(label, row)));
        }
        aligned(&rows)
    }

    pub(super) fn targets(&self) -> String {
        if self.story.targets.is_empty() {
            return String::new();
        }
        let mut text = String::from("\nTargets\n");
        let mut rows = Vec::new();
        for (measure, target) in &self.story.targets {
            rows.extend(self.pcn(measure).map(|row| target_cells(row, *target)));
        }
        text += &aligned(&rows);
        text
    }
}

impl Answer<'_> {
    /// Each target and what is reached of it, for the workbook.
    #[must_use]
    pub fn target_lines(&self) -> Vec<TargetLine> {
        let line = |(measure, target): &(String, f64)| {
            let row = self.pcn(measure)?;
            let (_, verdict) = judged(row, *target);
            Some(TargetLine {
                name: row.column.measure.name,
                measure: words::measure(measure).heading,
                unit: row.column.unit(),
                side: wanted(row),
                value: *target,
                reached: vec![(row.mean(), verdict.to_owned())],
            })
        };
        self.story.targets.iter().filter_map(line).collect()
    }
}

/// On which side of a target the mean is to be.
fn wanted(row: &SummaryRow) -> &'static str {
    match row.column.measure.better {
        Some(Better::Lower) => "at most",
        _ => "at least",
    }
}

/// What is reached of a target, in words, and the verdict.
fn judged(row: &SummaryRow, target: f64) -> (String, &'static str) {
    let unit = row.column.unit();
    let lower_is_better = row.column.measure.better == Some(Better::Lower);
    let reached = row.mean().map_or("-".to_owned(), |mean| show(unit, mean));
    let verdict = row.estimate.map_or("cannot be said", |estimate| {
        verdict(&estimate, target, lower_is_better)
    });
    (reached, verdict)
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

fn target_cells(row: &SummaryRow, target: f64) -> Vec<String> {
    let unit = row.column.unit();
    let name = row.column.measure.name.replace('_', " ");
    let (reached, verdict) = judged(row, target);
    vec![
        name,
        format!("{} {}", wanted(row), show(unit, target)),
        reached,
        verdict.to_owned(),
    ]
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
