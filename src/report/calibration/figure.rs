//! The figure of a calibration: which numbers it shows, and the finding in its title.

use super::Calibration;
use super::words::shown;
use crate::report::number::counted;
use crate::report::plots::{FitFigure, FitRow};

/// Standard deviations that 95% of numbers lie within.
const USUAL: f64 = 1.96;

impl Calibration<'_> {
    /// How far each number is off, before and after.
    #[must_use]
    pub fn figure(&self) -> FitFigure {
        let rows = self
            .numbers
            .iter()
            .zip(&self.answer.numbers)
            .map(|(number, fit)| FitRow {
                name: number.label(),
                before: fit.standardised_before,
                after: fit.standardised,
                said: [
                    shown(number.unit, fit.observed.value),
                    shown(number.unit, fit.after),
                ],
                is_held_back: fit.observed.is_held_back,
            });
        FitFigure {
            title: self.finding(),
            subtitle: format!(
                "Observed against simulated, before and after. {}",
                self.story.title
            ),
            rows: rows.collect(),
            usual: USUAL,
        }
    }

    /// That the numbers held back do not fit together, where they do not.
    fn held_back_fail(&self) -> &'static str {
        match (self.is_held_back_chance(), self.held().count()) {
            (Some(false), 1) => "; the one held back does not",
            (Some(false), _) => "; those held back together do not",
            _ => "",
        }
    }

    fn finding(&self) -> String {
        let all = self.answer.numbers.len();
        let met = self.answer.numbers.iter().filter(|it| it.is_met()).count();
        match self.answer.is_reproduced() {
            true => format!(
                "{met} of {} lie within chance of the fitted model{}",
                counted(all, "number"),
                self.held_back_fail()
            ),
            false => "No inputs within the bounds reproduce these numbers".to_owned(),
        }
    }
}
