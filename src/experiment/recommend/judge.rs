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
//! Bounds are those of [`Bounds`]: of means, of what is rare, and exact ones of what is counted. A verdict
//! is what the bounds say now: where later looks contradict earlier ones, only the last is believed.

use super::bounds::Bounds;
use super::{Goal, Question};
use crate::measure::Better;

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
    /// The expectation is at least this, by the best look so far; `None` where that cannot be said.
    pub low: Option<f64>,
    /// The expectation is at most this, by the best look so far; `None` where that cannot be said.
    pub high: Option<f64>,
    /// Whether all replications have the same value. So many of them that another is surely rare are
    /// believed, and then lead to a verdict without bounds.
    pub is_same: bool,
    /// Whether some replication had a value.
    pub has_values: bool,
    /// What follows.
    pub verdict: Verdict,
}

impl Judged {
    /// Before the first look.
    pub const UNSEEN: Self = Self {
        mean: None,
        low: None,
        high: None,
        is_same: false,
        has_values: false,
        verdict: Verdict::Undecided,
    };

    /// The verdict after one more look, at all `values` so far. Bounds of all looks hold at once, so
    /// that the best of each counts; unless they contradict each other or the mean, which shows that
    /// one of them is wrong.
    #[must_use]
    pub fn after(self, goal: &Goal, values: &[Option<f64>], level: f64) -> Self {
        let defined: Vec<f64> = values.iter().copied().flatten().collect();
        let is_endless = goal.is_endless_if_undefined && defined.len() < values.len();
        let now = match is_endless {
            true => None,
            false => bounds(&defined, goal, level),
        };
        let Some(now) = now else {
            // What is never reached has no mean, or an endless one.
            return Self {
                has_values: !defined.is_empty(),
                verdict: Verdict::Fails,
                ..Self::UNSEEN
            };
        };
        let low = best(self.low, now.low, f64::max);
        let high = best(self.high, now.high, f64::min);
        let is_held = low.is_none_or(|low| low <= now.mean) && high.is_none_or(|it| now.mean <= it);
        let (low, high) = match is_held {
            true => (low, high),
            false => (now.low, now.high),
        };
        let judged = Self {
            mean: Some(now.mean),
            low,
            high,
            is_same: now.is_same,
            has_values: true,
            verdict: verdict(goal, low, high),
        };
        match judged.verdict {
            Verdict::Undecided if now.is_settled => judged.by_sameness(goal, now.mean),
            _ => judged,
        }
    }

    /// The verdict on what is the same in so many replications that it is believed. The bound that would
    /// leave it open is of no use then, and is not told.
    fn by_sameness(self, goal: &Goal, mean: f64) -> Self {
        let verdict = verdict(goal, Some(mean), Some(mean));
        let is_open = |bound: &f64| goal.is_met_by(*bound) != (verdict == Verdict::Meets);
        Self {
            low: self.low.filter(|it| !is_open(it)),
            high: self.high.filter(|it| !is_open(it)),
            verdict,
            ..self
        }
    }

    /// Whether the verdict rests on so many replications having been the same that no bound is needed.
    #[must_use]
    pub fn is_by_sameness(&self) -> bool {
        let is_known = self.verdict != Verdict::Undecided && self.mean.is_some();
        is_known && self.is_same && (self.low.is_none() || self.high.is_none())
    }

    /// Whether only time can tell: the goal is met in the same way by every replication so far, and too
    /// few are known to say that others are rare.
    #[must_use]
    pub fn is_promising(&self, goal: &Goal) -> bool {
        let is_met = self.mean.is_some_and(|mean| goal.is_met_by(mean));
        self.verdict == Verdict::Undecided && self.is_same && is_met
    }
}

/// The better of an older and a newer bound.
fn best(old: Option<f64>, new: Option<f64>, pick: fn(f64, f64) -> f64) -> Option<f64> {
    let both = old.zip(new).map(|(old, new)| pick(old, new));
    both.or(old).or(new)
}

/// What bounds say: the one on the wrong side of the goal must have passed it.
fn verdict(goal: &Goal, low: Option<f64>, high: Option<f64>) -> Verdict {
    let (worst, best) = match goal.better {
        Better::Higher => (low, high),
        Better::Lower => (high, low),
    };
    if worst.is_some_and(|it| goal.is_met_by(it)) {
        Verdict::Meets
    } else if best.is_some_and(|it| !goal.is_met_by(it)) {
        Verdict::Fails
    } else {
        Verdict::Undecided
    }
}

/// Bounds of the expectation, each wrong with probability at most `level`: a share that was 0 or 1 in every
/// replication is a count.
fn bounds(values: &[f64], goal: &Goal, level: f64) -> Option<Bounds> {
    if goal.is_share && values.iter().all(|value| *value <= 0.0 || *value >= 1.0) {
        let ones = values.iter().filter(|it| **it >= 1.0).count();
        return Bounds::of_count(ones as u64, values.len() as u64, level);
    }
    Bounds::of(values, goal.ends, level)
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
