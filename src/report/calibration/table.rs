//! The inputs and the numbers, for people and as `calibration.csv` and `fit.csv`.

use super::words::shown;
use super::{Calibration, Input, ObservedNumber};
use crate::experiment::calibrate::{Bound, InputFit, NumberFit};
use crate::report::number::{for_file, optional_for_file, readable};
use crate::report::prose::{aligned, paragraph};
use crate::report::tables::Table;
use std::io::{Result, Write};

impl Calibration<'_> {
    /// The inputs, then the numbers.
    pub(super) fn tables(&self) -> String {
        let head = ["input", "before", "fits best", "95% interval"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for (input, fit) in self.inputs.iter().zip(&self.answer.inputs) {
            rows.push(vec![
                input.key.clone(),
                input.before.clone(),
                readable(fit.estimate),
                input.interval(fit),
            ]);
        }
        let mut text = aligned(&rows);
        text.push('\n');
        let head = ["number", "observed", "before", "after", "expected", ""];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for (number, fit) in self.numbers.iter().zip(&self.answer.numbers) {
            rows.push(vec![
                number.label(),
                shown(number.unit, fit.observed.value),
                fit.before
                    .map_or("-".to_owned(), |it| shown(number.unit, it)),
                shown(number.unit, fit.after),
                format!(
                    "{} to {}",
                    number.end(fit.interval.0),
                    number.end(fit.interval.1)
                ),
                mark(fit).to_owned(),
            ]);
        }
        text += &aligned(&rows);
        text += &paragraph(
            "before, after: simulated means with the file as it was and with what fits best. expected: where 95 of 100 numbers \
             counted so lie if the fit is right. held: held back, not fitted to. off: outside.",
        );
        text
    }

    /// `calibration.csv`: a row for each input.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn inputs_table(&self, into: impl Write) -> Result<()> {
        let header = "key,start,estimate,standard_error,ci95_low,ci95_high,bound_low,bound_high,grade,identified,at_bound";
        let mut writer = Table::begin(into, header)?;
        for (input, fit) in self.inputs.iter().zip(&self.answer.inputs) {
            let cells = input_cells(input, fit);
            writer.row(cells.iter().map(String::as_str))?;
        }
        writer.end()
    }

    /// `fit.csv`: a row for each number.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn numbers_table(&self, into: impl Write) -> Result<()> {
        let header = "scope,name,measure,unit,date,until,held_back,observed,observed_standard_error,before,after,\
                      predicted_low,predicted_high,standardised_before,standardised_after,within";
        let mut writer = Table::begin(into, header)?;
        for (number, fit) in self.numbers.iter().zip(&self.answer.numbers) {
            let cells = number_cells(number, fit);
            writer.row(cells.iter().map(String::as_str))?;
        }
        writer.end()
    }
}

/// A word for a number that is held back, or is not met.
fn mark(fit: &NumberFit) -> &'static str {
    match (fit.observed.is_held_back, fit.is_met()) {
        (true, true) => "held",
        (true, false) => "held, off",
        (false, true) => "",
        (false, false) => "off",
    }
}

fn input_cells(input: &Input, fit: &InputFit) -> Vec<String> {
    let end = |pick: fn((f64, f64)) -> f64| optional_for_file(fit.interval.map(pick));
    vec![
        input.key.clone(),
        optional_for_file(input.start),
        for_file(fit.estimate),
        optional_for_file(fit.standard_error),
        end(|it| it.0),
        end(|it| it.1),
        for_file(input.bounds.0),
        for_file(input.bounds.1),
        input.grade.map(String::from).unwrap_or_default(),
        yes(fit.is_known),
        match fit.bound {
            None => "",
            Some(Bound::Low) => "low",
            Some(Bound::High) => "high",
        }
        .to_owned(),
    ]
}

fn number_cells(number: &ObservedNumber, fit: &NumberFit) -> Vec<String> {
    let error = Some(fit.observed.standard_error).filter(|it| *it > 0.0);
    let date = number.dates.map(|(date, _)| date.to_string());
    let until = number.dates.and_then(|(_, until)| Some(until?.to_string()));
    vec![
        number.scope.to_owned(),
        number.name.clone(),
        number.measure.clone(),
        number.unit.to_owned(),
        date.unwrap_or_default(),
        until.unwrap_or_default(),
        yes(fit.observed.is_held_back),
        for_file(fit.observed.value),
        optional_for_file(error),
        optional_for_file(fit.before),
        for_file(fit.after),
        for_file(number.within(fit.interval.0)),
        for_file(number.within(fit.interval.1)),
        optional_for_file(fit.standardised_before),
        for_file(fit.standardised),
        yes(fit.is_met()),
    ]
}

fn yes(is_so: bool) -> String {
    if is_so { "yes" } else { "no" }.to_owned()
}
