//! Whether the weeks at risk sit on a knife-edge: a small change of a cap or of the rate of referrals
//! changes them by more than half.
//!
//! The service is run a few times more with each change, with the random numbers of the first
//! replications, and compared with these pair by pair. Runs of few replications are not looked at.

use super::replications::{Experiment, Replications, Stop, Stopping, run};
use crate::measure::Scope;
use crate::model::Model;
use crate::stats::{mean, paired_difference};
use std::sync::atomic::AtomicBool;

/// Replications that are compared: an eighth of all, so that the four changes cost half a run more,
/// and at most this many.
const COMPARED_AT_MOST: usize = 25;
/// Below this many a change is not told from chance, and nothing is compared.
const COMPARED_AT_LEAST: usize = 8;
/// How much is changed.
const STEP: f64 = 0.05;
/// A change of the weeks at risk beyond this share of them is reported.
const MUCH: f64 = 0.5;
/// Weeks at risk in the whole period, all posts together, below which a change is no news.
const NOTABLE_WEEKS: f64 = 1.0;

/// A small change with a large effect.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KnifeEdge {
    /// What was changed.
    pub change: Change,
    /// Mean weeks at risk without the change.
    pub before: f64,
    /// The same with it.
    pub after: f64,
}

/// A change of 5%.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Caseload caps are higher.
    HigherCaps,
    /// Caseload caps are lower.
    LowerCaps,
    /// More people are referred.
    HigherRates,
    /// Fewer people are referred.
    LowerRates,
}

impl Change {
    const ALL: [Self; 4] = [
        Self::HigherCaps,
        Self::LowerCaps,
        Self::HigherRates,
        Self::LowerRates,
    ];

    /// The model with the change; `None` where it changes nothing.
    fn of(self, model: &Model) -> Option<Model> {
        let factor = match self {
            Self::HigherCaps | Self::HigherRates => 1.0 + STEP,
            Self::LowerCaps | Self::LowerRates => 1.0 - STEP,
        };
        let mut changed = model.clone();
        match self {
            Self::HigherCaps | Self::LowerCaps => {
                for post in &mut changed.posts {
                    let cap = post.caseload_cap.map(f64::from);
                    post.caseload_cap = cap.map(|cap| ((cap * factor).round() as u32).max(1));
                }
                (changed.posts != model.posts).then_some(changed)
            }
            Self::HigherRates | Self::LowerRates => {
                for practice in &mut changed.practices {
                    practice.referrals_per_1000_a_year *= factor;
                }
                (changed.practices != model.practices).then_some(changed)
            }
        }
    }
}

/// The small changes of `model` that change the weeks at risk in `base` by more than half, and by more
/// than chance.
///
/// # Errors
/// [`Stop`], when somebody asks to stop.
pub fn knife_edges(
    model: &Model,
    experiment: &Experiment,
    base: &Replications,
    stop: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Vec<KnifeEdge>, Stop> {
    let count = (base.count() / 8).min(COMPARED_AT_MOST);
    if count < COMPARED_AT_LEAST {
        return Ok(Vec::new());
    }
    let Some(before) = weeks_at_risk(base, count) else {
        return Ok(Vec::new());
    };
    let compared = Experiment {
        stopping: Stopping::Range(base.first..base.first + count as u64),
        ..experiment.clone()
    };
    let mut edges = Vec::new();
    let most = (Change::ALL.len() * count) as u64;
    for (at, change) in Change::ALL.into_iter().enumerate() {
        let Some(changed) = change.of(model) else {
            continue;
        };
        let changed = run(&changed, &compared, stop, &|done, _| {
            progress((at * count) as u64 + done, most);
        })?;
        if let Some(after) = weeks_at_risk(&changed, count) {
            edges.extend(judge(change, &before, &after));
        }
    }
    Ok(edges)
}

/// The weeks at risk of the PCN in the first replications.
fn weeks_at_risk(replications: &Replications, count: usize) -> Option<Vec<f64>> {
    let column = replications
        .columns
        .iter()
        .position(|column| column.scope == Scope::Pcn && column.measure.name == "weeks_at_risk")?;
    let values = replications.column(column).take(count);
    let values: Option<Vec<f64>> = values.map(|value| value.defined()).collect();
    values.filter(|values| values.len() > 1)
}

fn judge(change: Change, before: &[f64], after: &[f64]) -> Option<KnifeEdge> {
    let difference = paired_difference(before, after)?;
    let (before, after) = (mean(before)?, mean(after)?);
    let is_sure = difference.low? > 0.0 || difference.high? < 0.0;
    let is_much = difference.mean.abs() > MUCH * before;
    let is_notable = before.max(after) >= NOTABLE_WEEKS;
    (is_sure && is_much && is_notable).then_some(KnifeEdge {
        change,
        before,
        after,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_must_be_large_sure_and_of_some_weeks() {
        let judge = |before: &[f64], after: &[f64]| {
            judge(Change::LowerCaps, before, after).map(|edge| (edge.before, edge.after))
        };
        assert_eq!(
            judge(&[10.0, 12.0, 11.0], &[2.0, 3.0, 1.0]),
            Some((11.0, 2.0))
        );
        assert_eq!(
            judge(&[10.0, 12.0, 11.0], &[8.0, 9.0, 7.0]),
            None,
            "not much"
        );
        assert_eq!(judge(&[0.0, 30.0, 1.0], &[0.0, 9.0, 4.0]), None, "not sure");
        assert_eq!(judge(&[0.1, 0.2, 0.1], &[0.4, 0.5, 0.4]), None, "no news");
    }
}
