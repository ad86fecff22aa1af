//! Running replications: how many, on how many threads, until when.

use super::design::Design;
use super::in_order::in_order;
use super::kept::Kept;
use crate::engine::{Plan, ReplicationKey, Simulation, Unobserved};
use crate::measure::{
    Column, Curves, Frame, Scope, Value, WeeklyColumn, columns, measure, weekly, weekly_columns,
};
use crate::model::Model;
use crate::stats::{PrecisionTarget, Progress, ReplicationsAlgorithm};
use std::ops::{ControlFlow, Range};
use std::sync::atomic::AtomicBool;

/// Series (weekly values, daily curves) are kept for at most this many replications, and fewer of
/// large scenarios; later ones count in means alone, so that memory does not grow with them.
const SERIES_KEPT: (usize, usize) = (20, 1_000);

/// Values of series that are kept, unless the least number of replications takes more.
const SERIES_VALUES: usize = 8_000_000;

/// Replications between two words of how many are done.
const TOLD_EVERY: u64 = 16;

/// The wait whose precision `--precision` is about.
const PRECISION_MEASURE: &str = "wait_to_first_contact_days_mean";

/// Half-width in days that is precise enough whatever the mean.
pub(super) const PRECISE_DAYS: f64 = 0.1;

/// When to stop.
#[derive(Clone, Debug, PartialEq)]
pub enum Stopping {
    /// After these replications, numbered from 0.
    Range(Range<u64>),
    /// When the mean wait to first contact is precise enough (Hoad, Robinson and Davies 2010), or
    /// the budget is spent.
    Precision {
        /// Half-width / mean of the 95% interval.
        relative: f64,
        /// Most replications.
        budget: u64,
    },
}

/// What to run.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// Base seed.
    pub seed: u64,
    /// When to stop.
    pub stopping: Stopping,
    /// Threads; results do not depend on them.
    pub threads: usize,
}

/// Why no results came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// Somebody asked to stop.
    Interrupted,
    /// No thread could be started.
    NoThreads,
}

/// The replications of one scenario, in order.
#[derive(Clone, Debug)]
pub struct Replications {
    /// Number of the first.
    pub first: u64,
    /// What the values of a replication are.
    pub columns: Vec<Column>,
    /// What the weekly values are.
    pub weekly_columns: Vec<WeeklyColumn>,
    /// Days of the curves.
    pub curve_days: usize,
    /// Events simulated, warm-up included.
    pub events: u64,
    /// What the precision algorithm ended on, if it was asked.
    pub precision: Option<Progress>,
    /// How the uncertain inputs were drawn, if they were.
    pub design: Option<Design>,
    pub(super) kept: Kept<Value>,
    pub(super) weekly: Kept<f32>,
    pub(super) weekly_sums: Vec<(f64, u64)>,
    pub(super) curves: Kept<f32>,
    pub(super) curve_sums: Vec<(f64, u64)>,
}

/// What one replication gives.
pub(super) struct Outcome {
    pub(super) replication: u64,
    pub(super) values: Vec<Value>,
    pub(super) weekly: Vec<Value>,
    pub(super) curves: Vec<f32>,
    pub(super) events: u64,
}

impl Replications {
    /// None yet of `model`; the first will have this number.
    #[must_use]
    pub fn none(model: &Model, first: u64) -> Self {
        let frame = &Frame::new(model);
        let columns = columns(frame);
        Self {
            first,
            kept: Kept::none(),
            columns,
            weekly_columns: weekly_columns(frame),
            curve_days: frame.curve_days,
            events: 0,
            precision: None,
            design: None,
            weekly: Kept::none(),
            weekly_sums: Vec::new(),
            curves: Kept::none(),
            curve_sums: Vec::new(),
        }
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.kept.count()
    }

    /// Their numbers.
    #[must_use]
    pub const fn numbers(&self) -> Range<u64> {
        self.first..self.first + self.count() as u64
    }

    /// The values of each, in the order of [`Replications::columns`].
    pub fn rows(&self) -> impl Iterator<Item = Vec<Value>> + '_ {
        self.kept.rows()
    }

    /// The values of one column, replication by replication.
    pub fn column(&self, column: usize) -> std::vec::IntoIter<Value> {
        self.kept.column(column).into_iter()
    }

    /// The position of the column of this measure of the PCN; `None` where the model has none.
    #[must_use]
    pub fn of_pcn(&self, measure: &str) -> Option<usize> {
        let is_it = |it: &Column| it.scope == Scope::Pcn && it.measure.name == measure;
        self.columns.iter().position(is_it)
    }

    /// Bytes of memory that their values and series take, about.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.kept.bytes() + self.weekly.bytes() + self.curves.bytes()
    }

    pub(super) fn add(&mut self, outcome: Outcome) {
        self.events += outcome.events;
        self.kept.add(&outcome.values);
        let weekly: Vec<f32> = outcome
            .weekly
            .iter()
            .map(|value| value.defined().map_or(f32::NAN, |value| value as f32))
            .collect();
        add_up(
            &mut self.weekly_sums,
            outcome.weekly.iter().map(|value| value.defined()),
        );
        add_up(
            &mut self.curve_sums,
            outcome
                .curves
                .iter()
                .map(|share| (!share.is_nan()).then_some(f64::from(*share))),
        );
        let width = weekly.len() + self.curve_days + 1;
        if self.count() <= (SERIES_VALUES / width).clamp(SERIES_KEPT.0, SERIES_KEPT.1) {
            self.weekly.add(&weekly);
            self.curves.add(&outcome.curves[..=self.curve_days]);
        }
    }
}

fn add_up(sums: &mut Vec<(f64, u64)>, values: impl ExactSizeIterator<Item = Option<f64>>) {
    sums.resize(sums.len().max(values.len()), (0.0, 0));
    for (sum, value) in sums.iter_mut().zip(values) {
        if let Some(value) = value {
            sum.0 += value;
            sum.1 += 1;
        }
    }
}

/// One thread's simulation and its buffers.
pub(super) struct Worker<'p> {
    simulation: Simulation<'p, Unobserved>,
    curves: Curves,
}

impl<'p> Worker<'p> {
    pub(super) fn new(plan: &'p Plan<'p>) -> Self {
        Self {
            simulation: Simulation::new(plan, Unobserved),
            curves: Curves::default(),
        }
    }

    pub(super) fn replicate(
        &mut self,
        frame: &Frame,
        columns: &[WeeklyColumn],
        key: ReplicationKey,
    ) -> Outcome {
        let seen = self.simulation.run(key);
        Outcome {
            replication: key.replication,
            values: measure(frame, seen, &mut self.curves),
            weekly: weekly(frame, columns, seen),
            curves: self.curves.shares.clone(),
            events: seen.events,
        }
    }
}

/// Runs the replications of `model`. `stop` ends the run when it becomes true; `progress` is told
/// how many replications are done, and how many there may be.
///
/// # Errors
/// [`Stop`], with nothing kept.
pub fn run(
    model: &Model,
    experiment: &Experiment,
    stop: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Replications, Stop> {
    let (range, mut algorithm) = bounds(&experiment.stopping);
    let mut results = Replications::none(model, range.start);
    let to = range.end;
    go_on(
        &mut results,
        (model, experiment, to),
        &mut algorithm,
        (stop, progress),
    )?;
    Ok(results)
}

/// Runs more replications of `model`, up to but not including number `to`, as if they had been run
/// with those that `results` has; when to stop is not asked.
///
/// # Errors
/// [`Stop`], with `results` of no use.
pub fn run_more(
    results: &mut Replications,
    model: &Model,
    experiment: &Experiment,
    to: u64,
    stop: &AtomicBool,
) -> Result<(), Stop> {
    let task = (model, experiment, to);
    go_on(results, task, &mut None, (stop, &|_, _| {}))
}

/// Adds replications until number `to`, or until the algorithm says so.
fn go_on(
    results: &mut Replications,
    (model, experiment, to): (&Model, &Experiment, u64),
    algorithm: &mut Option<ReplicationsAlgorithm>,
    (stop, progress): (&AtomicBool, &(dyn Fn(u64, u64) + Sync)),
) -> Result<(), Stop> {
    let plan = Plan::new(model);
    let frame = Frame::new(model);
    let watched = results.of_pcn(PRECISION_MEASURE).unwrap_or(0);
    let weekly_columns = results.weekly_columns.clone();
    let (first, numbers) = (results.first, results.numbers().end..to);
    let most = numbers.end.saturating_sub(numbers.start).max(1);
    let threads = (experiment.threads as u64).clamp(1, most);
    let replicate = |worker: &mut Worker, replication: u64| {
        let key = ReplicationKey {
            seed: experiment.seed,
            replication,
        };
        worker.replicate(&frame, &weekly_columns, key)
    };
    let mut take = |outcome: Outcome| {
        let value = outcome.values[watched].defined();
        let done = outcome.replication + 1;
        results.add(outcome);
        if done.is_multiple_of(TOLD_EVERY) || done == to {
            progress(done - first, to - first);
        }
        let ended = algorithm.as_mut().map(|algorithm| algorithm.push(value));
        match ended.filter(|ended| *ended != Progress::Continue) {
            Some(ended) => {
                results.precision = Some(ended);
                ControlFlow::Break(())
            }
            None => ControlFlow::Continue(()),
        }
    };
    let begin = || Worker::new(&plan);
    in_order(threads, &begin, (numbers, stop), &replicate, &mut take)
}

fn bounds(stopping: &Stopping) -> (Range<u64>, Option<ReplicationsAlgorithm>) {
    match stopping {
        Stopping::Range(range) => (range.clone(), None),
        Stopping::Precision { relative, budget } => {
            let target = PrecisionTarget {
                relative: *relative,
                absolute_half_width: Some(PRECISE_DAYS),
                budget: *budget,
                ..PrecisionTarget::default()
            };
            (0..*budget, Some(ReplicationsAlgorithm::new(target)))
        }
    }
}
