//! Where the points of a study meet the scenario's target on the measure that they are told by.

use super::Sweep;
use crate::experiment::recommend::Goal;
use crate::measure::{Better, Measure, Unit};
use crate::report::answer::show;
use crate::report::comparison::words;
use crate::report::number::{grouped, percent};

/// The target of the first measure.
#[derive(Clone, Debug)]
pub(in crate::report) struct Target {
    /// What is asked.
    pub(in crate::report) goal: Goal,
    /// The same in words: "at least 95%".
    pub(in crate::report) words: String,
}

/// How many points meet a target.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::report) struct Met {
    /// With the mean.
    pub(in crate::report) by_mean: usize,
    /// With the whole 95% interval.
    pub(in crate::report) surely: usize,
}

impl Target {
    /// Whether a mean meets it, and whether its whole interval says the same.
    pub(in crate::report) fn judge(&self, mean: f64, ends: Option<(f64, f64)>) -> (bool, bool) {
        let is_met = self.goal.is_met_by(mean);
        let is_sure = ends.is_some_and(|(low, high)| {
            [low, high]
                .iter()
                .all(|it| self.goal.is_met_by(*it) == is_met)
        });
        (is_met, is_sure)
    }
}

impl Sweep<'_> {
    /// The target of the first measure among these of the scenario, if there is one with a better side.
    pub(in crate::report) fn target(&self, targets: &[(String, f64)]) -> Option<Target> {
        let measure = self.first_measure()?;
        let (_, value) = targets.iter().find(|(name, _)| name == measure.name)?;
        let goal = Goal::of(measure, *value)?;
        let side = match goal.better {
            Better::Higher => "at least",
            Better::Lower => "at most",
        };
        Some(Target {
            words: format!("{side} {}", shown(measure.unit, *value)),
            goal,
        })
    }

    /// How many points meet a target; those without a value do not.
    pub(in crate::report) fn met(&self, target: &Target) -> Met {
        let judged = self.done.values().filter_map(|done| {
            let (mean, ends) = done.measured(0)?;
            Some(target.judge(mean, ends))
        });
        judged.fold(Met::default(), |met, (is_met, is_sure)| Met {
            by_mean: met.by_mean + usize::from(is_met),
            surely: met.surely + usize::from(is_met && is_sure),
        })
    }

    /// What a study says first: where the target is met, or from what to what the measure goes.
    pub(in crate::report) fn finding(&self, targets: &[(String, f64)]) -> String {
        let points = self.done.len();
        let Some((measure, name)) = self.first_measure().zip(self.facts.measures.first()) else {
            return format!("{points} points were run");
        };
        let heading = words::measure(name).heading;
        if let Some(target) = self.target(targets) {
            let met = self.met(&target).by_mean;
            let asked = &target.words;
            return match met {
                0 => format!(
                    "{heading} meets the target of {asked} at no point{}",
                    self.at_best(measure)
                ),
                met if met == points => {
                    format!("{heading} meets the target of {asked} at every point")
                }
                met => format!(
                    "{heading} meets the target of {asked} at {} of {} points",
                    grouped(met as f64, 0),
                    grouped(points as f64, 0)
                ),
            };
        }
        let (low, high) = self.least_and_most();
        match low <= high {
            true => format!(
                "{heading} goes from {} to {} over the points",
                show(measure.unit, low),
                show(measure.unit, high)
            ),
            false => format!("{heading} has no value at any point"),
        }
    }

    /// The least and the greatest mean over the points.
    fn least_and_most(&self) -> (f64, f64) {
        let means = self
            .done
            .values()
            .filter_map(|done| Some(done.measured(0)?.0));
        means.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
            (low.min(it), high.max(it))
        })
    }

    /// ": 89.3% at best", or nothing where no point has a value.
    fn at_best(&self, measure: &Measure) -> String {
        let (low, high) = self.least_and_most();
        let best = match measure.better {
            Some(Better::Lower) => low,
            _ => high,
        };
        match best.is_finite() {
            true => format!(": {} at best", show(measure.unit, best)),
            false => String::new(),
        }
    }
}

/// What is asked, without decimals that say nothing.
fn shown(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Share => percent(value),
        other => show(other, value),
    }
}
