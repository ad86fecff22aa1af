//! What is not known and what is chance: draws of the inputs, each simulated several times.
//!
//! The outer loop draws (`design`), the inner one replicates. Every draw has replications with
//! keys of their own, draw d of m replications the numbers d m to d m + m - 1, so that draws share
//! no luck; options meet the same draws and, within each, the same replications. The random
//! numbers of a replication do not depend on the values drawn.
//!
//! Draws run in parallel; each is read, planned, simulated and dropped by one thread, and results are
//! put in the order of the draws before anything is added up.

use super::design::Design;
use super::replications::{Outcome, Replications, Stop, Worker};
use crate::engine::{Plan, ReplicationKey};
use crate::measure::{Frame, Scope, Value, columns, weekly_columns};
use crate::model::Model;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

/// Draws that a thread takes between two looks at the clock.
const BATCH_PER_THREAD: usize = 4;

/// The service with the values of one draw.
#[derive(Clone, Debug)]
pub struct DrawnModel {
    /// The model.
    pub model: Model,
    /// Whether its waits have no steady mean.
    pub has_no_steady_state: bool,
}

/// Replications of all draws.
#[derive(Clone, Debug)]
pub struct Nested {
    /// How it was drawn.
    pub design: Design,
    /// The replications, draw by draw, with the columns of the central model: what a
    /// draw lacks (a post, say) is undefined there, and what only some draws have is left out.
    pub replications: Replications,
    /// Draws without a steady state.
    pub without_steady_state: usize,
}

/// Why no draws came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoDraws<E> {
    /// As for any run.
    Stop(Stop),
    /// A draw could not be made into a model.
    Draw(E),
}

/// Runs all draws. `central` is the model at the central values, which has the practices, case types
/// and sources of all; `model_of` gives the model of a draw; `stop` and `progress` are as in
/// [`super::run`].
///
/// # Errors
/// [`NoDraws`], with nothing kept: the first draw that fails, in order.
pub fn run_draws<E: Send>(
    central: &Model,
    (design, threads): (&Design, usize),
    model_of: &(dyn Fn(usize) -> Result<DrawnModel, E> + Sync),
    stop: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Nested, NoDraws<E>> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.max(1))
        .build()
        .map_err(|_| NoDraws::Stop(Stop::NoThreads))?;
    let mut nested = Nested {
        design: *design,
        replications: Replications {
            design: Some(*design),
            ..Replications::none(central, 0)
        },
        without_steady_state: 0,
    };
    let all: Vec<usize> = (0..design.draws).collect();
    for batch in all.chunks(BATCH_PER_THREAD * threads.max(1)) {
        let outcomes: Vec<Result<Drawn, E>> = pool.install(|| {
            let draws = batch.par_iter();
            draws
                .map(|draw| {
                    let drawn = model_of(*draw)?;
                    Ok(simulated(central, &drawn, design, *draw, stop))
                })
                .collect()
        });
        if stop.load(Ordering::Relaxed) {
            return Err(NoDraws::Stop(Stop::Interrupted));
        }
        for drawn in outcomes {
            nested.add(drawn.map_err(NoDraws::Draw)?);
        }
        progress(nested.replications.count() as u64, design.count() as u64);
    }
    Ok(nested)
}

/// What one draw gives.
struct Drawn {
    outcomes: Vec<Outcome>,
    has_no_steady_state: bool,
}

fn simulated(
    central: &Model,
    drawn: &DrawnModel,
    design: &Design,
    draw: usize,
    stop: &AtomicBool,
) -> Drawn {
    let plan = Plan::new(&drawn.model);
    let frame = Frame::new(&drawn.model);
    let weekly = weekly_columns(&frame);
    let alignment = Alignment::of(central, &drawn.model);
    let mut worker = Worker::new(&plan);
    let first = draw * design.replications;
    let numbers = first..first + design.replications;
    let outcomes = numbers.map_while(|number| {
        let key = ReplicationKey {
            seed: design.seed,
            replication: number as u64,
        };
        (!stop.load(Ordering::Relaxed)).then(|| worker.replicate(&frame, &weekly, key))
    });
    let outcomes = outcomes.map(|outcome| match &alignment {
        Some(alignment) => alignment.aligned(outcome),
        None => outcome,
    });
    Drawn {
        outcomes: outcomes.collect(),
        has_no_steady_state: drawn.has_no_steady_state,
    }
}

/// Where the columns of the central model are among those of a draw that has others: above one WTE a
/// post is several workers, and some measures are there only where an input is not nought.
struct Alignment {
    columns: Vec<Option<usize>>,
    weekly: Vec<Option<usize>>,
    weekly_width: usize,
}

impl Alignment {
    /// `None` where all is in its place.
    fn of(central: &Model, drawn: &Model) -> Option<Self> {
        let (here, there) = (Names::of(central), Names::of(drawn));
        if here == there {
            return None;
        }
        let posts: Vec<Option<usize>> = here
            .posts
            .iter()
            .map(|name| there.posts.iter().position(|it| it == name))
            .collect();
        Some(Self {
            columns: positions(&here.columns, &there.columns, &posts),
            weekly: positions(&here.weekly, &there.weekly, &posts),
            weekly_width: there.weekly.len(),
        })
    }

    fn aligned(&self, outcome: Outcome) -> Outcome {
        let chosen = |values: &[Value], positions: &[Option<usize>]| -> Vec<Value> {
            let values = positions
                .iter()
                .map(|it| it.map(|position| values[position]));
            values.map(|it| it.unwrap_or(Value::UNDEFINED)).collect()
        };
        let weeks = outcome.weekly.chunks_exact(self.weekly_width);
        Outcome {
            values: chosen(&outcome.values, &self.columns),
            weekly: weeks.flat_map(|week| chosen(week, &self.weekly)).collect(),
            ..outcome
        }
    }
}

/// What the columns of a model are called.
#[derive(PartialEq)]
struct Names<'m> {
    posts: Vec<&'m str>,
    columns: Vec<Name>,
    weekly: Vec<Name>,
}

impl<'m> Names<'m> {
    fn of(model: &'m Model) -> Self {
        let frame = Frame::new(model);
        let all = columns(&frame).into_iter();
        let weekly = weekly_columns(&frame).into_iter();
        Self {
            posts: model.posts.iter().map(|post| post.name.as_str()).collect(),
            columns: all
                .map(|it| (it.scope, it.entity, it.measure.name))
                .collect(),
            weekly: weekly.map(|it| (it.scope, it.entity, it.measure)).collect(),
        }
    }
}

/// Whom a column is about, and what it says.
type Name = (Scope, usize, &'static str);

/// Where each of the `wanted` columns is among those that are `there`; `posts` has the position there
/// of each post.
fn positions(wanted: &[Name], there: &[Name], posts: &[Option<usize>]) -> Vec<Option<usize>> {
    let there: BTreeMap<Name, usize> = there.iter().copied().zip(0..).collect();
    let position = |(scope, entity, measure): &Name| {
        let entity = match scope {
            Scope::Post => posts[*entity]?,
            _ => *entity,
        };
        there.get(&(*scope, entity, measure)).copied()
    };
    wanted.iter().map(position).collect()
}

impl Nested {
    fn add(&mut self, drawn: Drawn) {
        self.without_steady_state += usize::from(drawn.has_no_steady_state);
        for outcome in drawn.outcomes {
            self.replications.add(outcome);
        }
    }

    /// The defined values of a column, draw by draw.
    #[must_use]
    pub fn by_draw(&self, column: usize) -> Vec<Vec<f64>> {
        let values: Vec<Value> = self.replications.column(column).collect();
        let draws = values.chunks(self.design.replications);
        draws
            .map(|draw| draw.iter().filter_map(|value| value.defined()).collect())
            .collect()
    }
}

/// The mean of each draw; `None` where it has no value.
#[must_use]
pub fn means_of_draws(by_draw: &[Vec<f64>]) -> Vec<Option<f64>> {
    by_draw
        .iter()
        .map(|draw| crate::stats::mean(draw))
        .collect()
}

/// The mean of each hypercube over values of single replications, in their order: what an interval that
/// includes what is not known is made from.
#[must_use]
pub fn means_of_hypercubes_over(design: &Design, values: &[Option<f64>]) -> Vec<f64> {
    means_of_hypercubes(design, &means_over_draws(design, values))
}

/// The mean of each draw over values of single replications, in their order.
#[must_use]
pub fn means_over_draws(design: &Design, values: &[Option<f64>]) -> Vec<Option<f64>> {
    let draws = values.chunks(design.replications);
    let defined: Vec<Vec<f64>> = draws
        .map(|draw| draw.iter().copied().flatten().collect())
        .collect();
    means_of_draws(&defined)
}

/// The mean of each hypercube over the draws that have one; hypercubes without any are left out.
#[must_use]
pub fn means_of_hypercubes(design: &Design, of_draws: &[Option<f64>]) -> Vec<f64> {
    let hypercubes = of_draws.chunks(design.points());
    hypercubes
        .filter_map(|draws| {
            let defined: Vec<f64> = draws.iter().copied().flatten().collect();
            crate::stats::mean(&defined)
        })
        .collect()
}
