//! Base and options until the *differences* between them are known as precisely as was asked.

use super::replications::{Experiment, PRECISE_DAYS, Replications, Stop, run_more};
use crate::model::Model;
use crate::stats::{DifferenceAlgorithm, PrecisionTarget, Progress, mean};
use std::sync::atomic::AtomicBool;

/// Replications between two looks; the first of them say what the mean of the base is. Whoever has
/// reached the precision within a round has the whole of it.
const ROUND: u64 = 20;

/// What is asked.
#[derive(Clone, Debug)]
pub struct DifferencePrecision {
    /// Half-width of the 95% interval of the difference / mean of the base, at most.
    pub relative: f64,
    /// Replications of each at most.
    pub budget: u64,
    /// The measure of the PCN whose differences are meant.
    pub measure: String,
}

/// Base and options, each with as many replications as it took.
#[derive(Clone, Debug)]
pub struct PreciseRuns {
    /// The base first, then the options in order; the base has as many as the longest of them.
    pub runs: Vec<Replications>,
    /// The half-width asked for, in the unit of the measure; `None` where the base has no mean.
    pub half_width: Option<f64>,
    /// How each option ended.
    pub ends: Vec<Progress>,
}

/// Replicates `models`, the base first, until the interval of each option's difference from the base
/// reaches at most the share asked for of the base's mean over its first 20 replications to either
/// side, or 0.1 day of a wait. Those that have got there are run no more.
///
/// # Errors
/// [`Stop`], with nothing kept.
pub fn until_precise(
    models: &[&Model],
    experiment: &Experiment,
    asked: &DifferencePrecision,
    stop: &AtomicBool,
    progress: &dyn Fn(u64, u64),
) -> Result<PreciseRuns, Stop> {
    let mut runs: Vec<Replications> = models.iter().map(|it| Replications::none(it, 0)).collect();
    let first = ROUND.min(asked.budget);
    for (run, model) in runs.iter_mut().zip(models) {
        run_more(run, model, experiment, first, stop)?;
    }
    let half_width = wanted(&runs[0], asked);
    let target = PrecisionTarget {
        budget: asked.budget,
        ..PrecisionTarget::default()
    };
    let algorithm = DifferenceAlgorithm::new(half_width.unwrap_or(0.0), target);
    let mut algorithms = vec![algorithm; models.len() - 1];
    let mut ends = vec![Progress::Continue; models.len() - 1];
    let mut to = first;
    loop {
        for (at, algorithm) in algorithms.iter_mut().enumerate() {
            if ends[at] == Progress::Continue {
                ends[at] = push(algorithm, &runs[0], &runs[at + 1], &asked.measure);
            }
        }
        progress(to, asked.budget);
        let open: Vec<usize> = (0..ends.len())
            .filter(|at| ends[*at] == Progress::Continue)
            .collect();
        if open.is_empty() || to >= asked.budget {
            return Ok(PreciseRuns {
                runs,
                half_width,
                ends,
            });
        }
        to = asked.budget.min(to + ROUND);
        for at in std::iter::once(0).chain(open.into_iter().map(|at| at + 1)) {
            run_more(&mut runs[at], models[at], experiment, to, stop)?;
        }
    }
}

/// The half-width asked for, from the first replications of the base.
fn wanted(base: &Replications, asked: &DifferencePrecision) -> Option<f64> {
    let values = value_by_value(base, &asked.measure, 0);
    let mean = mean(&values.into_iter().flatten().collect::<Vec<f64>>())?;
    let least = match asked.measure.starts_with("wait_") {
        true => PRECISE_DAYS,
        false => 0.0,
    };
    Some((asked.relative * mean.abs()).max(least))
}

/// Takes in the pairs that are new, until it has enough.
fn push(
    algorithm: &mut DifferenceAlgorithm,
    base: &Replications,
    option: &Replications,
    measure: &str,
) -> Progress {
    let from = algorithm.run() as usize;
    let before = value_by_value(base, measure, from);
    let after = value_by_value(option, measure, from);
    let mut ended = Progress::Continue;
    for (before, after) in before.into_iter().zip(after) {
        ended = algorithm.push(before, after);
        if ended != Progress::Continue {
            break;
        }
    }
    ended
}

fn value_by_value(run: &Replications, measure: &str, from: usize) -> Vec<Option<f64>> {
    match run.of_pcn(measure) {
        Some(at) => run.column(at).skip(from).map(|it| it.defined()).collect(),
        None => vec![None; run.count() - from],
    }
}
