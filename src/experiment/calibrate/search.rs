//! The search for the inputs that fit best.

use super::sample::{Sample, Sampler};
use super::{Observation, Question, Unanswered};
use crate::experiment::spread::Spread;
use crate::stats::levenberg_marquardt::{Ending, Surface, leans, minimise, neighbours};
use crate::stats::simulated_moments::{Fit, Inference};
use crate::stats::symmetric::{Cholesky, Matrix, dot};
use std::collections::BTreeMap;

/// Half the width of differences, as a share of the way between the bounds.
const STEP: f64 = 0.04;
/// Points from which the search goes on after the first look.
const BEGINNINGS: usize = 3;
/// How far apart two points are, in some input, to count as different.
const APART: f64 = 0.25;
/// Of the variance by chance, what every number may be off besides, so that two that are the same in every
/// run need not agree to the last digit: a tenth of the standard deviation.
const LEAST_OFF: f64 = 0.01;
/// Spread, beside its mean, of a number that is the same in every run but for rounding.
const ROUNDING: f64 = 1e-9;
/// Replications of each point of the first look at least.
const FEWEST: u64 = 20;
/// Times that weights are made anew at most.
const MOST_WEIGHTS: usize = 3;
/// What another point may be worse by, in squared distance, to be called as good: the 95% point of
/// chi-square with one degree of freedom.
const AS_GOOD: f64 = 3.84;
/// When searches end: after the first look, and with all replications.
const ROUGH: Ending = Ending {
    most_steps: 8,
    least_step: 0.01,
};
const FINE: Ending = Ending {
    most_steps: 12,
    least_step: 0.001,
};

/// Where the search ended.
pub struct Ended {
    /// The share of the way of each input.
    pub point: Vec<f64>,
    /// What was simulated there.
    pub sample: Sample,
    /// Covariance of the deviations from chance and counting, of all numbers.
    pub covariance: Matrix,
    /// Of each replication, each input and each number: the change over all the way.
    pub effects: Vec<Matrix>,
    /// Of each input whether it is free to move.
    pub is_free: Vec<bool>,
    /// Points far off that are as good.
    pub others: Vec<Vec<f64>>,
    /// Whether nothing better is near.
    pub is_settled: bool,
}

/// The squared distance that is made small.
struct Distance<'q, 's, 'm> {
    question: &'q Question,
    sampler: &'s mut Sampler<'m>,
    factor: Cholesky,
    replications: u64,
}

impl Surface for Distance<'_, '_, '_> {
    type Error = Unanswered;

    fn deviations(&mut self, points: &[Vec<f64>]) -> Result<Vec<Option<Vec<f64>>>, Unanswered> {
        let samples = self.sampler.at(points, self.replications)?;
        let weighted = |sample: Option<Sample>| {
            let deviations = deviations(&sample?, &self.question.observed);
            Some(self.factor.whitened(&used(&deviations, self.question)))
        };
        Ok(samples.into_iter().map(weighted).collect())
    }

    fn snapped(&self, unknown: usize, value: f64) -> f64 {
        self.sampler.axes()[unknown].snapped(value)
    }

    fn step(&self, unknown: usize) -> f64 {
        self.sampler.axes()[unknown].step(STEP)
    }
}

/// Searches.
///
/// # Errors
/// Why nothing was found.
pub fn fitted(question: &Question, sampler: &mut Sampler<'_>) -> Result<Ended, Unanswered> {
    let few = (question.replications / 4)
        .max(FEWEST)
        .min(question.replications);
    let (beginnings, scale) = first_look(question, sampler, few)?;
    let mut rough = Distance {
        question,
        sampler,
        factor: scale,
        replications: few,
    };
    let mut ends: Vec<(f64, Vec<f64>)> = Vec::new();
    for beginning in &beginnings {
        let end = minimise(beginning, &mut rough, ROUGH)?;
        ends.extend(end.map(|it| (it.sum_of_squares, it.point)));
    }
    ends.sort_by(|one, other| one.0.total_cmp(&other.0));
    let Some((_, best)) = ends.first().cloned() else {
        return Err(never_defined(sampler));
    };
    let ends: Vec<Vec<f64>> = ends.into_iter().map(|(_, point)| point).collect();
    refined(question, sampler, best, &ends)
}

/// The search with all replications and with the weights of the best point.
fn refined(
    question: &Question,
    sampler: &mut Sampler<'_>,
    mut point: Vec<f64>,
    ends: &[Vec<f64>],
) -> Result<Ended, Unanswered> {
    let replications = question.replications;
    let mut is_settled = false;
    let mut candidates: Vec<Vec<f64>> = ends.to_vec();
    for _ in 0..MOST_WEIGHTS {
        let factor = weights(question, sampler, &point)?;
        let mut distance = Distance {
            question,
            sampler,
            factor,
            replications,
        };
        let start = nearest(&candidates, &mut distance)?.unwrap_or_else(|| point.clone());
        let Some(end) = minimise(&start, &mut distance, FINE)? else {
            return Err(never_defined(sampler));
        };
        let is_same = furthest(&end.point, &point) < FINE.least_step;
        (point, is_settled) = (end.point, end.is_settled);
        candidates = vec![point.clone()];
        if is_same {
            break;
        }
    }
    let factor = weights(question, sampler, &point)?;
    let mut distance = Distance {
        question,
        sampler,
        factor,
        replications,
    };
    let others = as_good(&point, ends, &mut distance)?;
    let (effects, is_free) = effects(&point, &mut distance)?;
    let sample = sample_at(&point, sampler, replications)?;
    Ok(Ended {
        covariance: covariance(&sample, question),
        sample,
        point,
        effects,
        is_free,
        others,
        is_settled,
    })
}

/// Points to begin from, the best and others far from it, and the weights to begin with: each number's own
/// spread, the middle one of the points that were looked at.
fn first_look(
    question: &Question,
    sampler: &mut Sampler<'_>,
    replications: u64,
) -> Result<(Vec<Vec<f64>>, Cholesky), Unanswered> {
    let axes = sampler.axes().to_vec();
    let spread = Spread::LatinHypercube(question.points);
    let places = spread.places(axes.len(), question.seed);
    let own = own_point(question, sampler);
    let points: Vec<Vec<f64>> = own
        .into_iter()
        .chain(places)
        .map(|place| {
            let shares = axes.iter().zip(place);
            shares.map(|(axis, share)| axis.snapped(share)).collect()
        })
        .collect();
    let samples = sampler.at(&points, replications)?;
    let found: Vec<(Vec<f64>, Sample)> = points
        .into_iter()
        .zip(samples)
        .filter_map(|(point, sample)| Some((point, sample?)))
        .collect();
    if found.is_empty() {
        return Err(never_defined(sampler));
    }
    let spreads: Vec<Matrix> = found
        .iter()
        .map(|(_, it)| covariance(it, question))
        .collect();
    let scale = own_spreads(&spreads, question)?;
    let mut ranked: Vec<(f64, Vec<f64>)> = found
        .into_iter()
        .map(|(point, sample)| {
            let off = used(&deviations(&sample, &question.observed), question);
            let white = scale.whitened(&off);
            (dot(&white, &white), point)
        })
        .collect();
    ranked.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut beginnings: Vec<Vec<f64>> = Vec::new();
    for (_, point) in ranked {
        let is_apart = beginnings.iter().all(|it| furthest(it, &point) >= APART);
        if is_apart && beginnings.len() < BEGINNINGS {
            beginnings.push(point);
        }
    }
    Ok((beginnings, scale))
}

/// Where the values of the file lie, if all are known and within the bounds.
fn own_point(question: &Question, sampler: &Sampler<'_>) -> Option<Vec<f64>> {
    let shares = sampler.axes().iter().zip(&question.start);
    let shares = shares.map(|(axis, value)| {
        let share = axis.share((*value)?);
        (0.0..=1.0).contains(&share).then_some(share)
    });
    shares.collect()
}

/// Each number's own spread: the middle one over the points.
fn own_spreads(spreads: &[Matrix], question: &Question) -> Result<Cholesky, Unanswered> {
    let places: Vec<usize> = places(question);
    let mut matrix = vec![vec![0.0; places.len()]; places.len()];
    for (row, at) in places.iter().enumerate() {
        let mut of_points: Vec<f64> = spreads.iter().map(|it| it[*at][*at]).collect();
        of_points.retain(|it| *it > 0.0);
        of_points.sort_by(f64::total_cmp);
        let middle = of_points.get(of_points.len() / 2);
        matrix[row][row] = *middle.ok_or(Unanswered::NeverVaries(*at))?;
    }
    Cholesky::of(&matrix).ok_or(Unanswered::NeverVaries(places[0]))
}

/// The weights that belong to a point.
fn weights(
    question: &Question,
    sampler: &mut Sampler<'_>,
    point: &[f64],
) -> Result<Cholesky, Unanswered> {
    let sample = sample_at(point, sampler, question.replications)?;
    let all = covariance(&sample, question);
    let places = places(question);
    let never = places.iter().find(|at| all[**at][**at] <= 0.0);
    if let Some(never) = never {
        return Err(Unanswered::NeverVaries(*never));
    }
    let row = |at: &usize| places.iter().map(|other| all[*at][*other]).collect();
    let part: Matrix = places.iter().map(row).collect();
    Cholesky::of(&part).ok_or(Unanswered::NeverVaries(places[0]))
}

fn sample_at(
    point: &[f64],
    sampler: &mut Sampler<'_>,
    replications: u64,
) -> Result<Sample, Unanswered> {
    let samples = sampler.at(&[point.to_vec()], replications)?;
    let sample = samples.into_iter().next().flatten();
    sample.ok_or_else(|| never_defined(sampler))
}

/// Covariance of what chance and counting put between observed and simulated: of one run and of the mean of
/// R, which makes 1 + 1/R, and of counting.
fn covariance(sample: &Sample, question: &Question) -> Matrix {
    let both = 1.0 + 1.0 / sample.count() as f64;
    let mut matrix = sample.covariance();
    for (at, mean) in sample.means().into_iter().enumerate() {
        // What is left of a number that never varies is rounding.
        if matrix[at][at].sqrt() <= ROUNDING * mean.abs() {
            matrix[at].iter_mut().for_each(|cell| *cell = 0.0);
            matrix.iter_mut().for_each(|row| row[at] = 0.0);
        }
    }
    for (at, (row, observed)) in matrix.iter_mut().zip(&question.observed).enumerate() {
        row.iter_mut().for_each(|cell| *cell *= both);
        row[at] += LEAST_OFF * row[at] + observed.standard_error.powi(2);
    }
    matrix
}

/// Of these points the nearest to what was observed; `None` where none has all numbers.
fn nearest(
    points: &[Vec<f64>],
    distance: &mut Distance<'_, '_, '_>,
) -> Result<Option<Vec<f64>>, Unanswered> {
    let sums = squares(points, distance)?;
    let all = points.iter().zip(sums);
    let defined = all.filter_map(|(point, sum)| Some((point, sum?)));
    let best = defined.min_by(|one, other| one.1.total_cmp(&other.1));
    Ok(best.map(|(point, _)| point.clone()))
}

/// Points far from the best, and from each other, that are as good.
fn as_good(
    best: &[f64],
    points: &[Vec<f64>],
    distance: &mut Distance<'_, '_, '_>,
) -> Result<Vec<Vec<f64>>, Unanswered> {
    let least = squares(&[best.to_vec()], distance)?
        .into_iter()
        .next()
        .flatten();
    let sums = squares(points, distance)?;
    let mut found: Vec<Vec<f64>> = Vec::new();
    for (point, sum) in points.iter().zip(sums) {
        let is_as_good = sum
            .zip(least)
            .is_some_and(|(sum, least)| sum < least + AS_GOOD);
        let is_apart =
            furthest(point, best) >= APART && found.iter().all(|it| furthest(it, point) >= APART);
        if is_as_good && is_apart {
            found.push(point.clone());
        }
    }
    Ok(found)
}

fn squares(
    points: &[Vec<f64>],
    distance: &mut Distance<'_, '_, '_>,
) -> Result<Vec<Option<f64>>, Unanswered> {
    let all = distance.deviations(points)?;
    Ok(all
        .into_iter()
        .map(|it| it.map(|it| dot(&it, &it)))
        .collect())
}

/// The effects of each input, replication by replication, and which inputs are free.
fn effects(
    point: &[f64],
    distance: &mut Distance<'_, '_, '_>,
) -> Result<(Vec<Matrix>, Vec<bool>), Unanswered> {
    let inputs = point.len();
    let sides = (0..inputs).flat_map(|at| neighbours(point, at, distance));
    let sides: Vec<Vec<f64>> = sides.collect();
    let replications = distance.replications;
    let here = sample_at(point, distance.sampler, replications)?;
    let samples = distance.sampler.at(&sides, replications)?;
    let mut by_input: Vec<BTreeMap<u64, Vec<f64>>> = Vec::new();
    for at in 0..inputs {
        // Where a side has no numbers, the point itself stands for it.
        let side = |side: usize| match &samples[2 * at + side] {
            Some(sample) => (sample, sides[2 * at + side][at]),
            None => (&here, point[at]),
        };
        let ((low, from), (high, to)) = (side(0), side(1));
        let width = if to > from { to - from } else { 1.0 };
        by_input.push(high.slopes(low, width));
    }
    let shared: Vec<u64> = by_input.first().map_or_else(Vec::new, |first| {
        let has_all = |number: &&u64| by_input.iter().all(|it| it.contains_key(number));
        first.keys().filter(has_all).copied().collect()
    });
    let effects: Vec<Matrix> = shared
        .iter()
        .map(|number| by_input.iter().map(|it| it[number].clone()).collect())
        .collect();
    let off = used(
        &deviations(&here, &distance.question.observed),
        distance.question,
    );
    let white = distance.factor.whitened(&off);
    let free = (0..inputs).map(|at| {
        let many = effects.len().max(1) as f64;
        let numbers = places(distance.question);
        let slope = numbers
            .iter()
            .map(|number| effects.iter().map(|it| it[at][*number]).sum::<f64>() / many);
        let slope = distance.factor.whitened(&slope.collect::<Vec<f64>>());
        !leans(point[at], dot(&slope, &white))
    });
    let free: Vec<bool> = free.collect();
    Ok((effects, free))
}

impl Ended {
    /// What the numbers say here.
    pub fn inference(&self, question: &Question) -> Option<Inference> {
        let is_used: Vec<bool> = question
            .observed
            .iter()
            .map(|it| !it.is_held_back)
            .collect();
        Inference::of(&Fit {
            deviations: &deviations(&self.sample, &question.observed),
            is_used: &is_used,
            covariance: &self.covariance,
            effects: &self.effects,
            is_free: &self.is_free,
        })
    }
}

/// Simulated mean less observed value of each number.
fn deviations(sample: &Sample, observed: &[Observation]) -> Vec<f64> {
    let means = sample.means().into_iter().zip(observed);
    means
        .map(|(mean, observed)| mean - observed.value)
        .collect()
}

/// Positions of the numbers that are fitted to.
fn places(question: &Question) -> Vec<usize> {
    let all = question.observed.iter().enumerate();
    all.filter(|(_, it)| !it.is_held_back)
        .map(|(at, _)| at)
        .collect()
}

fn used(values: &[f64], question: &Question) -> Vec<f64> {
    places(question).into_iter().map(|at| values[at]).collect()
}

/// How far two points are apart in the input in which they are furthest apart.
fn furthest(one: &[f64], other: &[f64]) -> f64 {
    let apart = one
        .iter()
        .zip(other)
        .map(|(one, other)| (one - other).abs());
    apart.fold(0.0, f64::max)
}

/// Which number it is that most points do not have.
fn never_defined(sampler: &Sampler<'_>) -> Unanswered {
    let counts = sampler.undefined.iter().enumerate();
    let most = counts
        .filter(|(_, count)| **count > 0)
        .max_by_key(|(_, count)| **count);
    Unanswered::NeverDefined(most.map(|(at, _)| at))
}
