//! Inputs that reproduce what a service observed, how surely they are known, and what cannot be known.
//!
//! The method of simulated moments with common random numbers. The numbers of a service are those of one
//! run of its period, so that the spread between replications, with how the numbers go together, says how
//! far chance alone may have put them from their means; what counting adds to that comes on top. A first
//! look at points spread over the bounds finds where to begin; Levenberg and Marquardt's method goes on from
//! the best few, and the weights are then those of the covariance at the best point. Numbers that are held
//! back are simulated along and never looked at by the search.

mod axes;
mod sample;
mod search;

pub use axes::Axis;
pub use sample::{ModelAt, Number, Sample, Sampler, Watch};

use super::Stop;
use super::spread::stream;
use crate::stats::simulated_moments::{GREAT_PART, Inference, Misfit};
use crate::stats::student_t::two_sided;
use search::{Ended, fitted};

/// A probability below this is said to be no chance.
pub const NO_CHANCE: f64 = 0.01;
/// Confidence left out of the intervals.
const ALPHA: f64 = 0.05;
/// Correlation of two estimates from which they are said to be hard to tell apart.
const ALIKE: f64 = 0.9;

/// What was observed of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// The value.
    pub value: f64,
    /// What counting adds to chance: a standard error, 0 for none.
    pub standard_error: f64,
    /// Whether it is held back to test the fit.
    pub is_held_back: bool,
}

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What was observed, in the order of the sampler's numbers.
    pub observed: Vec<Observation>,
    /// The values of the file, where it has them.
    pub start: Vec<Option<f64>>,
    /// Points of the first look.
    pub points: usize,
    /// Replications of each point, and a quarter of them in the first look.
    pub replications: u64,
    /// Where the points come from.
    pub seed: u64,
}

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// Somebody asked to stop, or no thread could be started.
    Stopped(Stop),
    /// At no point that was looked at are all numbers defined: the position of the one that most often
    /// is not, where one is.
    NeverDefined(Option<usize>),
    /// This number is the same in every run, so that nothing says how far it may be off.
    NeverVaries(usize),
}

impl From<Stop> for Unanswered {
    fn from(stop: Stop) -> Self {
        Self::Stopped(stop)
    }
}

/// At which bound an estimate stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The least value.
    Low,
    /// The greatest value.
    High,
}

/// What is known of an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InputFit {
    /// The value that fits best.
    pub estimate: f64,
    /// Whether the numbers say something of it.
    pub is_known: bool,
    /// Its standard error; `None` where it is not known, or nothing fits.
    pub standard_error: Option<f64>,
    /// Its 95% interval, within the bounds; `None` where it is not known, or nothing fits.
    pub interval: Option<(f64, f64)>,
    /// The bound at which it stands, where it would go on.
    pub bound: Option<Bound>,
}

/// How a number is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NumberFit {
    /// What was observed.
    pub observed: Observation,
    /// Its simulated mean with the file as it is; `None` where there is none.
    pub before: Option<f64>,
    /// Its simulated mean with the inputs that fit best.
    pub after: f64,
    /// 95% of such numbers lie here: chance, what counting adds, and of one held back that inputs are
    /// known only so far.
    pub interval: (f64, f64),
    /// Observed less simulated, in standard deviations of that.
    pub standardised: f64,
    /// The same with the file as it is, in the same standard deviations.
    pub standardised_before: Option<f64>,
}

impl NumberFit {
    /// Whether the number lies within the interval.
    #[must_use]
    pub fn is_met(&self) -> bool {
        (self.interval.0..=self.interval.1).contains(&self.observed.value)
    }
}

/// The answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibrated {
    /// Of each input.
    pub inputs: Vec<InputFit>,
    /// Of each number.
    pub numbers: Vec<NumberFit>,
    /// Sets of inputs of which the numbers cannot say more than how they hang together: positions, and
    /// how far each moves, with its sign. A set of one cannot be known at all.
    pub not_known: Vec<Vec<(usize, f64)>>,
    /// Pairs of inputs that are hard to tell apart, with the correlation of their estimates.
    pub alike: Vec<(usize, usize, f64)>,
    /// Scaled condition number of the slopes.
    pub condition: f64,
    /// How surprising what is left over is.
    pub misfit: Misfit,
    /// How surprising the numbers held back are, together.
    pub held_back: Option<Misfit>,
    /// Other values of the inputs, far from these, that meet the numbers as well.
    pub others: Vec<Vec<f64>>,
    /// Whether the search ended because nothing better is near.
    pub is_settled: bool,
}

impl Calibrated {
    /// Whether chance alone explains what is left over.
    #[must_use]
    pub fn is_reproduced(&self) -> bool {
        is_chance(&self.misfit)
    }
}

/// Whether chance alone may be as far off.
fn is_chance(misfit: &Misfit) -> bool {
    misfit.p_value >= NO_CHANCE
}

/// Fits the inputs of a sampler to what was observed of its numbers.
///
/// # Errors
/// Why there is no answer.
pub fn calibrate(question: &Question, sampler: &mut Sampler<'_>) -> Result<Calibrated, Unanswered> {
    let ended = fitted(question, sampler)?;
    let before = sampler.base(question.replications)?.map(|it| it.means());
    let inference = ended.inference(question).ok_or_else(|| {
        let vary = (0..question.observed.len()).find(|at| ended.covariance[*at][*at] <= 0.0);
        Unanswered::NeverVaries(vary.unwrap_or(0))
    })?;
    let reach = two_sided(ALPHA, ended.sample.count() as f64 - 1.0);
    let axes = sampler.axes();
    let inputs = (0..axes.len()).map(|at| input_fit(&axes[at], at, (&ended, &inference), reach));
    let means = ended.sample.means();
    let numbers = question.observed.iter().enumerate().map(|(at, observed)| {
        let before = before.as_ref().map(|it| it[at]);
        number_fit(*observed, (before, means[at]), inference.sds[at], reach)
    });
    let values = |point: &Vec<f64>| -> Vec<f64> {
        let shares = axes.iter().zip(point);
        shares.map(|(axis, share)| axis.value(*share)).collect()
    };
    Ok(Calibrated {
        inputs: inputs.collect(),
        numbers: numbers.collect(),
        not_known: inference
            .unknown_directions
            .iter()
            .map(|it| named(it))
            .collect(),
        alike: alike(&inference, axes.len()),
        condition: inference.condition,
        misfit: inference.misfit,
        held_back: inference.held_back,
        others: ended.others.iter().map(values).collect(),
        is_settled: ended.is_settled,
    })
}

fn input_fit(
    axis: &Axis,
    at: usize,
    (ended, inference): (&Ended, &Inference),
    reach: f64,
) -> InputFit {
    let share = ended.point[at];
    let error = inference.standard_error(at);
    let is_known = inference.is_known(at);
    let end = |sign: f64| axis.value((share + sign * reach * error).clamp(0.0, 1.0));
    // Where nothing fits, the deviations are no chance, and intervals that take them for it are wrong.
    let has_interval = is_known && is_chance(&inference.misfit);
    InputFit {
        estimate: axis.value(share),
        is_known,
        standard_error: has_interval.then(|| error * axis.slope(share)),
        interval: has_interval.then(|| (end(-1.0), end(1.0))),
        bound: match ended.is_free[at] {
            true => None,
            false if share < 0.5 => Some(Bound::Low),
            false => Some(Bound::High),
        },
    }
}

fn number_fit(
    observed: Observation,
    (before, after): (Option<f64>, f64),
    sd: f64,
    reach: f64,
) -> NumberFit {
    let standardised = |mean: f64| (observed.value - mean) / sd;
    NumberFit {
        observed,
        before,
        after,
        interval: (after - reach * sd, after + reach * sd),
        standardised: standardised(after),
        standardised_before: before.map(standardised),
    }
}

/// The inputs that have a part in a direction.
fn named(direction: &[f64]) -> Vec<(usize, f64)> {
    let parts = direction.iter().copied().enumerate();
    parts.filter(|(_, part)| part.abs() > GREAT_PART).collect()
}

/// Pairs that are both known and yet hard to tell apart.
fn alike(inference: &Inference, inputs: usize) -> Vec<(usize, usize, f64)> {
    let pairs = (0..inputs).flat_map(|one| (one + 1..inputs).map(move |other| (one, other)));
    let known = pairs.filter(|(one, other)| inference.is_known(*one) && inference.is_known(*other));
    known
        .map(|(one, other)| (one, other, inference.correlation(one, other)))
        .filter(|(_, _, correlation)| correlation.abs() > ALIKE)
        .collect()
}

/// Which of so many numbers are held back: this share of them, to the nearest whole number, by the seed.
///
/// Worked: a share of 0.25 of 6 numbers holds 2 back.
#[must_use]
pub fn held_back(many: usize, share: f64, seed: u64) -> Vec<bool> {
    let mut draws = stream(seed, "held back").draws(0, 0);
    let mut left: Vec<usize> = (0..many).collect();
    let mut marks = vec![false; many];
    for _ in 0..held_back_of(many, share) {
        let at = (draws.uniform() * left.len() as f64) as usize;
        marks[left.remove(at.min(left.len() - 1))] = true;
    }
    marks
}

/// How many of so many numbers are held back.
#[must_use]
pub fn held_back_of(many: usize, share: f64) -> usize {
    ((many as f64 * share).round() as usize).min(many)
}
