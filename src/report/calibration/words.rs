//! How observed numbers and probabilities are said.

use super::{Calibration, Input, ObservedNumber};
use crate::experiment::calibrate::InputFit;
use crate::report::number::{counted, percent_to_a_decimal, readable};

/// A value in its unit: shares as percentages.
pub fn shown(unit: &str, value: f64) -> String {
    match unit {
        "share" => percent_to_a_decimal(value),
        _ => readable(value),
    }
}

/// "p = 0.43", or below a thousandth "p < 0.001".
pub fn probability(p_value: f64) -> String {
    match p_value {
        p if p < 0.001 => "p < 0.001".to_owned(),
        p if p < 0.1 => format!("p = {p:.3}"),
        p => format!("p = {p:.2}"),
    }
}

impl ObservedNumber {
    /// What it is called: "waiting list of Oak Surgery, week of 2026-10-01".
    pub fn label(&self) -> String {
        let of = match self.scope {
            "pcn" => String::new(),
            _ => format!(" of {}", self.name),
        };
        let when = match &self.dates {
            None => String::new(),
            Some((date, None)) => format!(", week of {date}"),
            Some((date, Some(until))) => format!(", {date} to {until}"),
        };
        format!("{}{of}{when}", self.measure.replace('_', " "))
    }

    /// The end of an interval, within what the number can be.
    pub fn end(&self, value: f64) -> String {
        shown(self.unit, self.within(value))
    }

    /// A value as near as the number can come to it.
    pub fn within(&self, value: f64) -> f64 {
        let is_signed = self.measure.ends_with("_pounds") || self.measure.contains("growth");
        match self.unit {
            "share" => value.clamp(0.0, 1.0),
            _ if is_signed => value,
            _ => value.max(0.0),
        }
    }
}

impl Input {
    /// "50.1 to 79.7", or why there is none.
    pub fn interval(&self, fit: &InputFit) -> String {
        match (fit.interval, fit.is_known) {
            (Some((low, high)), _) => format!("{} to {}", readable(low), readable(high)),
            (None, true) => "no fit".to_owned(),
            (None, false) => "not known".to_owned(),
        }
    }

    /// How surely its value is known, and what it was before, for `[provenance]`.
    #[must_use]
    pub fn note(&self, fit: &InputFit, source: Option<&str>) -> String {
        let surely = match fit.interval {
            Some(_) => format!("95% interval {}", self.interval(fit)),
            None => "of which these numbers alone say next to nothing".to_owned(),
        };
        let source = source.map_or(String::new(), |it| format!(" ({it})"));
        let note = format!("{surely}; before: {}{source}", self.before);
        // A note may have 1,000 characters.
        note.chars().take(900).collect()
    }
}

impl Calibration<'_> {
    /// From where the values are, for `[provenance]`.
    #[must_use]
    pub fn source(&self) -> String {
        let (weeks, first) = self.period;
        let used = self
            .answer
            .numbers
            .iter()
            .filter(|it| !it.observed.is_held_back);
        format!(
            "calibrated with splw-sim calibrate to {} of {} from {first}",
            counted(used.count(), "observed number"),
            counted(weeks, "week")
        )
    }

    /// The answer for programs; `folder` is where the results are.
    #[must_use]
    pub fn json(&self, folder: &str) -> serde_json::Value {
        let answer = self.answer;
        let inputs = self.inputs.iter().zip(&answer.inputs);
        let inputs = inputs.map(|(input, fit)| {
            serde_json::json!({
                "key": input.key,
                "start": input.start,
                "estimate": fit.estimate,
                "standard_error": fit.standard_error,
                "ci95": fit.interval.map(|(low, high)| [low, high]),
                "bounds": [input.bounds.0, input.bounds.1],
                "identified": fit.is_known,
                "at_bound": fit.bound.is_some(),
            })
        });
        let numbers = self.numbers.iter().zip(&answer.numbers);
        let numbers = numbers.map(|(number, fit)| {
            serde_json::json!({
                "scope": number.scope,
                "name": number.name,
                "measure": number.measure,
                "unit": number.unit,
                "observed": fit.observed.value,
                "before": fit.before,
                "after": fit.after,
                "predicted": [number.within(fit.interval.0), number.within(fit.interval.1)],
                "held_back": fit.observed.is_held_back,
                "within": fit.is_met(),
            })
        });
        serde_json::json!({
            "title": self.story.title,
            "reproduced": answer.is_reproduced(),
            "misfit_p_value": answer.misfit.p_value,
            "held_back_p_value": answer.held_back.map(|it| it.p_value),
            "condition_number": Some(answer.condition).filter(|it| it.is_finite()),
            "inputs": inputs.collect::<Vec<_>>(),
            "numbers": numbers.collect::<Vec<_>>(),
            "answer": self.sentences(),
            "be_careful": self.cautions(),
            "replications": self.replications.1,
            "folder": folder,
        })
    }
}
