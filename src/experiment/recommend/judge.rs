//! Whether a plan meets the targets, from its replications: surely, surely not, or not yet known.
//!
//! Each plan is looked at after 20, 40, 80 ... replications. At each look each requirement has a lower and an
//! upper bound of its expectation, each wrong with probability at most the level: confidence left
//! over, divided by all plans, requirements and looks. Only one of the two can lead to a wrong verdict, as the
//! truth lies on one side of the target. By Bonferroni's inequality all verdicts about all plans
//! hold at once with the confidence asked, whatever the order in which plans are looked at and
//! whenever one stops: the schedule of looks is fixed beforehand, and dependence between plans, which
//! share their random numbers, does no harm.
//!
//! Bounds are Student's t for means. A share that was 0 or 1 in every replication is a count of
//! replications, and has the exact bounds of Clopper and Pearson (1934), as has the share of years.

use super::{Goal, Question};
use crate::stats::student_t::one_sided;
use crate::stats::{Accumulator, proportion_high, proportion_low};

/// What is known about one requirement, or a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is surely met.
    Meets,
    /// It is surely missed.
    Fails,
    /// Neither is sure.
    Undecided,
}

/// A requirement and what is known about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// The mean of the replications so far; `None` where there is none.
    pub mean: Option<f64>,
    /// The expectation is at least this, by the best look so far.
    pub low: Option<f64>,
    /// The expectation is at most this, by the best look so far.
    pub high: Option<f64>,
    /// What follows.
    pub verdict: Verdict,
}

impl Judged {
    /// Before the first look.
    pub const UNSEEN: Self = Self {
        mean: None,
        low: None,
        high: None,
        verdict: Verdict::Undecided,
    };

    /// The verdict after one more look, at all `values` so far. Bounds of all looks hold at once, so
    /// that the best of each counts.
    #[must_use]
    pub fn after(self, goal: &Goal, values: &[Option<f64>], level: f64) -> Self {
        let defined: Vec<f64> = values.iter().copied().flatten().collect();
        let is_endless = goal.is_endless_if_undefined && defined.len() < values.len();
        if defined.is_empty() || is_endless {
            // What is never reached has no mean, or an endless one.
            return Self {
                verdict: Verdict::Fails,
                ..Self::UNSEEN
            };
        }
        let (mean, low, high) = bounds(&defined, goal.is_share, level);
        let best = |old: Option<f64>, new: Option<f64>, pick: fn(f64, f64) -> f64| {
            old.zip(new)
                .map(|(old, new)| pick(old, new))
                .or(old)
                .or(new)
        };
        let (low, high) = (
            best(self.low, low, f64::max),
            best(self.high, high, f64::min),
        );
        let verdict = match (self.verdict, low.zip(high)) {
            (Verdict::Undecided, Some((low, high))) => verdict(goal, low, high),
            (known, _) => known,
        };
        Self {
            mean: Some(mean),
            low,
            high,
            verdict,
        }
    }
}

fn verdict(goal: &Goal, low: f64, high: f64) -> Verdict {
    match (goal.is_met_by(low), goal.is_met_by(high)) {
        (true, true) => Verdict::Meets,
        (false, false) => Verdict::Fails,
        _ => Verdict::Undecided,
    }
}

/// Mean, lower and upper bound, each bound wrong with probability at most `level`.
fn bounds(values: &[f64], is_share: bool, level: f64) -> (f64, Option<f64>, Option<f64>) {
    let all = Accumulator::of(values);
    let n = values.len() as f64;
    let mean = all.mean().unwrap_or_default();
    if is_share && values.iter().all(|value| *value <= 0.0 || *value >= 1.0) {
        let (ones, trials) = (
            values.iter().filter(|it| **it >= 1.0).count() as u64,
            values.len() as u64,
        );
        let low = proportion_low(ones, trials, level);
        return (mean, Some(low), Some(proportion_high(ones, trials, level)));
    }
    let reach = all.sd().map(|sd| one_sided(level, n - 1.0) * sd / n.sqrt());
    let (least, most) = match is_share {
        true => (0.0, 1.0),
        false => (f64::NEG_INFINITY, f64::INFINITY),
    };
    let low = reach.map(|reach| (mean - reach).max(least));
    (mean, low, reach.map(|reach| (mean + reach).min(most)))
}

/// For each replication whether it meets every goal: 1 or 0. One without a value of some goal
/// does not.
#[must_use]
pub fn years(question: &Question, columns: &[Vec<Option<f64>>]) -> Vec<Option<f64>> {
    let many = columns.first().map_or(0, Vec::len);
    let meets = |year: usize| {
        let mut goals = question.goals.iter().zip(columns);
        goals.all(|(goal, column)| column[year].is_some_and(|value| goal.is_met_by(value)))
    };
    (0..many)
        .map(|year| Some(if meets(year) { 1.0 } else { 0.0 }))
        .collect()
}

/// The verdict on a plan: it fails with any requirement, and meets with all.
#[must_use]
pub fn of_plan(requirements: &[Judged]) -> Verdict {
    let is = |verdict: Verdict| move |judged: &Judged| judged.verdict == verdict;
    if requirements.iter().any(is(Verdict::Fails)) {
        Verdict::Fails
    } else if requirements.iter().all(is(Verdict::Meets)) {
        Verdict::Meets
    } else {
        Verdict::Undecided
    }
}
