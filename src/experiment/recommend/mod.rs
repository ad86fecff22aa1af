//! The cheapest plan that surely meets every target, found without trying every plan.
//!
//! A plan is one value of each key that may change. What is asked ([`Question`]), which plans there are
//! ([`Grid`]) and who simulates them ([`Sampler`]) are kept apart, so that the search can be held against
//! closed forms. How sure it is: see `judge`; which plans it looks at: see `search`.

mod bounds;
mod frontier;
mod grid;
mod judge;
mod search;
#[cfg(test)]
mod tests;

pub use bounds::RARE;
pub use frontier::frontier;
pub use grid::{Grid, GridKey};
pub use judge::{Judged, Verdict};
pub use search::{Ending, Examined, Found, recommend};

use crate::measure::{Better, Measure, Unit};
use std::ops::Range;

/// Replications of the first look at a plan; each further look doubles them.
pub const FIRST_LOOK: u64 = 20;

/// Measures beside the targets that say what a plan is like for people and for posts.
pub const SHOWN: [&str; 2] = ["wait_to_first_contact_days_mean", "strain_mean"];

/// A value that the expectation of a measure must reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goal {
    /// The value, in the unit of the measure.
    pub value: f64,
    /// Which side of it is right.
    pub better: Better,
    /// Whether the measure lies between 0 and 1.
    pub is_share: bool,
    /// Between which values the measure lies; without an end where it has none.
    pub ends: (f64, f64),
    /// Whether it is missed where a replication has no value, because there it is never reached.
    pub is_endless_if_undefined: bool,
}

/// What a plan must do, and how sure we must be.
#[derive(Clone, Debug)]
pub struct Question {
    /// The targets.
    pub goals: Vec<Goal>,
    /// Share of replications that must meet all of them as well.
    pub share_of_years: Option<f64>,
    /// Confidence with which all verdicts hold at once.
    pub confidence: f64,
    /// Replications of all plans together at most.
    pub budget: u64,
}

/// Who simulates plans.
pub trait Sampler {
    /// Why nothing came back.
    type Error;

    /// Why no simulation is needed to know that a plan fails, in words; `None` if one is.
    ///
    /// # Errors
    /// When the plan is none.
    fn on_paper(&mut self, plan: usize) -> Result<Option<String>, Self::Error>;

    /// The values of replications of a plan: of each the goals' measures in their order, then
    /// [`SHOWN`]. The same replication of two plans meets the same people.
    ///
    /// # Errors
    /// When it was interrupted, or the plan is none.
    fn sample(
        &mut self,
        plan: usize,
        replications: Range<u64>,
    ) -> Result<Vec<Vec<Option<f64>>>, Self::Error>;
}

impl Goal {
    /// The goal that a measure reaches this value; `None` for a measure without a better side.
    #[must_use]
    pub fn of(measure: &Measure, value: f64) -> Option<Self> {
        Some(Self {
            value,
            better: measure.better?,
            is_share: measure.unit == Unit::Share,
            ends: ends(measure),
            is_endless_if_undefined: measure.is_quantile_of_waits(),
        })
    }

    /// Whether a value is on the right side, the goal itself included.
    #[must_use]
    pub fn is_met_by(&self, value: f64) -> bool {
        match self.better {
            Better::Higher => value >= self.value,
            Better::Lower => value <= self.value,
        }
    }

    /// How far a value falls short, as a share of the goal (or in its unit, where the goal is 0);
    /// below 0 where it is met with something to spare.
    ///
    /// Worked: 0.6 of a goal of at least 0.8 falls short by 0.25; 28 days of at most 21 by 0.333.
    #[must_use]
    pub fn shortfall(&self, value: f64) -> f64 {
        let missing = match self.better {
            Better::Higher => self.value - value,
            Better::Lower => value - self.value,
        };
        match self.value.abs() {
            size if size > 0.0 => missing / size,
            _ => missing,
        }
    }
}

/// Weeks that a year has at most, begun ones included.
const WEEKS_A_YEAR: f64 = 53.0;

/// Between which values a measure lies. Money may be gained, and a list may shrink; all else is counted from 0.
fn ends(measure: &Measure) -> (f64, f64) {
    match measure.unit {
        Unit::Share => (0.0, 1.0),
        Unit::Pounds => (f64::NEG_INFINITY, f64::INFINITY),
        Unit::Weeks if measure.name.ends_with("_a_post_year") => (0.0, WEEKS_A_YEAR),
        _ if measure.name.contains("growth") => (f64::NEG_INFINITY, f64::INFINITY),
        _ => (0.0, f64::INFINITY),
    }
}

impl Question {
    /// The targets, and as one more that so many replications meet them all.
    #[must_use]
    pub fn requirements(&self) -> Vec<Goal> {
        let years = self.share_of_years.map(|value| Goal {
            value,
            better: Better::Higher,
            is_share: true,
            ends: (0.0, 1.0),
            is_endless_if_undefined: false,
        });
        self.goals.iter().copied().chain(years).collect()
    }

    /// Looks at one plan at most: the budget divided by the first look, in doublings, and the first.
    #[must_use]
    pub const fn looks(&self) -> u32 {
        match self.budget / FIRST_LOOK {
            0 => 1,
            times => times.ilog2() + 1,
        }
    }

    /// The error that one bound may have: what is left of the confidence, divided by plans,
    /// requirements and looks (Bonferroni).
    #[must_use]
    pub fn level(&self, plans: usize) -> f64 {
        let bounds = plans as f64 * self.requirements().len() as f64 * f64::from(self.looks());
        (1.0 - self.confidence) / bounds
    }
}
