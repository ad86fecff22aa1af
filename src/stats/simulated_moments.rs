//! What numbers that a simulation was fitted to say of its unknowns: the simulated method of moments.
//!
//! Somebody observed numbers y once; a simulation gives their means m(u) over R replications with common
//! random numbers, u being the unknowns, each a share from 0 to 1 of the way between its bounds. At the best
//! u the deviations m - y are what chance left: their covariance is that of one replication, which stands
//! for the one time that was lived through, times 1 + 1/R, because m itself is a mean of R. Slopes of m
//! come from differences under common random numbers, replication by replication, so that their own noise
//! is known and taken out of the information.
//!
//! Unknowns without a clear effect are not declared known: along a direction in which 95% of the
//! confidence reaches as far as half the way between the bounds or further, the numbers say nothing, and
//! the uncertainty is that of a value anywhere between the bounds.
//!
//! Sources: McFadden (1989), A method of simulated moments for estimation of discrete response models
//! without numerical integration, Econometrica 57(5), 995-1026; Gourieroux & Monfort (1996),
//! Simulation-Based Econometric Methods, chapter 2 (the factor 1 + 1/R); Hansen (1982), Large sample
//! properties of generalized method of moments estimators, Econometrica 50(4), 1029-1054 (the test of what
//! is left over); Belsley, Kuh & Welsch (1980), Regression Diagnostics, section 3.2 (scaled condition
//! numbers); Hotelling (1931), The generalization of Student's ratio, Annals of Mathematical Statistics
//! 2(3), 360-378.

use super::fisher_f::f_above;
use super::symmetric::{Cholesky, Eigen, Matrix, dot, gram, times};

/// Information per square of the way between the bounds below which a direction is not known: 1.96
/// standard errors are then half the way.
const LEAST_INFORMATION: f64 = 15.4;
/// Part of a direction of length 1 from which an unknown is said to belong to it.
pub const GREAT_PART: f64 = 0.25;
/// Information of a value anywhere between its bounds: 1 over the variance of the uniform distribution.
const ANYWHERE: f64 = 12.0;

/// A fit, as far as inference needs it. Numbers are in one order throughout.
#[derive(Clone, Debug)]
pub struct Fit<'a> {
    /// Simulated mean less observed value, of each number.
    pub deviations: &'a [f64],
    /// Of each number whether it was fitted to; the others were held back.
    pub is_used: &'a [bool],
    /// What would stand in `deviations` from chance alone: covariance, with everything in it.
    pub covariance: &'a Matrix,
    /// Of each replication, each unknown and each number: the change by moving the unknown all the way.
    pub effects: &'a [Matrix],
    /// Of each unknown whether it is free to move: one that leans on a bound is not.
    pub is_free: &'a [bool],
}

/// What the numbers say.
#[derive(Clone, Debug, PartialEq)]
pub struct Inference {
    /// Covariance of the unknowns, as shares of the way between their bounds.
    pub covariance: Matrix,
    /// Directions of which the numbers say nothing, each of length 1, the least known first.
    pub unknown_directions: Vec<Vec<f64>>,
    /// The condition number of the slopes, each scaled to length 1: 1 where unknowns are told apart
    /// perfectly, above 30 where they hardly are; infinite where one has no effect at all.
    pub condition: f64,
    /// How surprising what is left over is, of the numbers used.
    pub misfit: Misfit,
    /// Standard deviations of the deviations of the numbers held back, and of those used from chance
    /// alone.
    pub sds: Vec<f64>,
    /// How surprising the deviations of the numbers held back are together; `None` where there are none.
    pub held_back: Option<Misfit>,
}

/// A squared distance, and how surprising it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Misfit {
    /// Hotelling's T squared: of well-known covariance, chi-square.
    pub distance: f64,
    /// Numbers beyond those that the unknowns took up; 0 where nothing is left over to be tested.
    pub degrees: usize,
    /// The probability of as great a distance from chance alone.
    pub p_value: f64,
}

impl Inference {
    /// What a fit says; `None` where the covariance is not one of numbers that vary, or there are fewer
    /// than two replications.
    ///
    /// Worked: one number with a slope of 100 and a covariance of 4 x (1 + 1/R) has an unknown with a
    /// standard error of 0.02 sqrt(1 + 1/R).
    #[must_use]
    pub fn of(fit: &Fit<'_>) -> Option<Self> {
        let used: Vec<usize> = chosen(fit.is_used, true);
        let held: Vec<usize> = chosen(fit.is_used, false);
        let factor = Cholesky::of(&part(fit.covariance, &used, &used))?;
        let replications = fit.effects.len();
        if replications < 2 {
            return None;
        }
        let slopes = mean_slopes(fit.effects);
        let white: Matrix = slopes
            .iter()
            .map(|slope| factor.whitened(&picked(slope, &used)))
            .collect();
        let noise = noise(fit.effects, &white, (&factor, &used));
        let information: Matrix = outer(&white)
            .iter()
            .zip(&noise)
            .map(|(row, noise)| row.iter().zip(noise).map(|(it, off)| it - off).collect())
            .collect();
        let eigen = Eigen::of(&information);
        let covariance = eigen.with_values(|value| 1.0 / value.max(ANYWHERE));
        let left = factor.whitened(&picked(fit.deviations, &used));
        let free = fit.is_free.iter().filter(|it| **it).count();
        let misfit = Misfit::of(
            dot(&left, &left),
            used.len().saturating_sub(free),
            replications,
        );
        let errors = errors(fit, (&used, &held), (&slopes, &white, &covariance), &factor);
        let held_back = (!held.is_empty()).then(|| {
            let deviations = picked(fit.deviations, &held);
            let distance = distance(&deviations, &errors);
            Misfit::of(distance, held.len(), replications)
        });
        let mut sds: Vec<f64> = (0..fit.deviations.len())
            .map(|at| fit.covariance[at][at].sqrt())
            .collect();
        for (row, at) in held.iter().enumerate() {
            sds[*at] = errors[row][row].sqrt();
        }
        let directions = eigen.values.iter().zip(&eigen.vectors).rev();
        let weak = directions.filter(|(value, _)| **value < LEAST_INFORMATION);
        Some(Self {
            unknown_directions: weak.map(|(_, vector)| vector.clone()).collect(),
            condition: condition(&white),
            covariance,
            misfit,
            sds,
            held_back,
        })
    }

    /// The standard error of an unknown, as a share of the way between its bounds.
    #[must_use]
    pub fn standard_error(&self, unknown: usize) -> f64 {
        self.covariance[unknown][unknown].sqrt()
    }

    /// Whether the numbers say something of an unknown: it has no great part in a direction of which
    /// they say nothing.
    #[must_use]
    pub fn is_known(&self, unknown: usize) -> bool {
        let mut directions = self.unknown_directions.iter();
        let has_part = directions.any(|it| it[unknown].abs() > GREAT_PART);
        !has_part && 1.96 * self.standard_error(unknown) < 0.5
    }

    /// The correlation of two estimates.
    #[must_use]
    pub fn correlation(&self, one: usize, other: usize) -> f64 {
        let errors = self.standard_error(one) * self.standard_error(other);
        self.covariance[one][other] / errors
    }
}

impl Misfit {
    /// Of a squared distance whose covariance is known from so many replications; `degrees` of 0 are
    /// judged like 1, so that numbers that are not met at all are told even then.
    fn of(distance: f64, degrees: usize, replications: usize) -> Self {
        let judged = degrees.max(1) as f64;
        let below = (replications as f64 - judged).max(1.0);
        let ratio = distance * below / ((replications as f64 - 1.0) * judged);
        Self {
            distance,
            degrees,
            p_value: f_above(ratio, judged, below),
        }
    }
}

/// The positions with this mark.
fn chosen(marks: &[bool], mark: bool) -> Vec<usize> {
    let all = marks.iter().enumerate();
    all.filter(|(_, it)| **it == mark)
        .map(|(at, _)| at)
        .collect()
}

fn picked(values: &[f64], places: &[usize]) -> Vec<f64> {
    places.iter().map(|at| values[*at]).collect()
}

fn part(matrix: &Matrix, rows: &[usize], columns: &[usize]) -> Matrix {
    rows.iter()
        .map(|row| picked(&matrix[*row], columns))
        .collect()
}

/// The mean effect of each unknown on each number.
fn mean_slopes(effects: &[Matrix]) -> Matrix {
    let mut mean = effects[0].clone();
    for (at, row) in mean.iter_mut().enumerate() {
        for (number, cell) in row.iter_mut().enumerate() {
            let sum: f64 = effects.iter().map(|it| it[at][number]).sum();
            *cell = sum / effects.len() as f64;
        }
    }
    mean
}

/// Products of vectors, each with each.
fn outer(vectors: &[Vec<f64>]) -> Matrix {
    let row = |one: &Vec<f64>| vectors.iter().map(|other| dot(one, other)).collect();
    vectors.iter().map(row).collect()
}

/// What the noise of the slopes adds to their products on average.
fn noise(effects: &[Matrix], white: &Matrix, (factor, used): (&Cholesky, &[usize])) -> Matrix {
    let many = effects.len() as f64;
    let mut sum = vec![vec![0.0; white.len()]; white.len()];
    for effect in effects {
        let off: Matrix = effect
            .iter()
            .zip(white)
            .map(|(slope, mean)| {
                let own = factor.whitened(&picked(slope, used));
                own.iter().zip(mean).map(|(own, mean)| own - mean).collect()
            })
            .collect();
        for (line, products) in sum.iter_mut().zip(outer(&off)) {
            for (cell, product) in line.iter_mut().zip(products) {
                *cell += product / (many * (many - 1.0));
            }
        }
    }
    sum
}

/// The covariance of the deviations of the numbers held back: chance, and that the unknowns are not known
/// for sure, less what both owe to the same chance.
fn errors(
    fit: &Fit<'_>,
    (used, held): (&[usize], &[usize]),
    (slopes, white, covariance): (&Matrix, &Matrix, &Matrix),
    factor: &Cholesky,
) -> Matrix {
    let of_held: Matrix = held
        .iter()
        .map(|at| slopes.iter().map(|slope| slope[*at]).collect())
        .collect();
    let mut result = part(fit.covariance, held, held);
    // The estimate moves with the chance in the numbers used by covariance x slopes' x 1/covariance.
    let shared = part(fit.covariance, held, used);
    let shared: Matrix = shared
        .iter()
        .map(|row| {
            let white_row = factor.whitened(row);
            let of = |column: &Vec<f64>| dot(column, &white_row);
            times(covariance, &white.iter().map(of).collect::<Vec<f64>>())
        })
        .collect();
    for (row, line) in result.iter_mut().enumerate() {
        for (column, cell) in line.iter_mut().enumerate() {
            let spread = times(covariance, &of_held[column]);
            *cell += dot(&of_held[row], &spread)
                - dot(&of_held[row], &shared[column])
                - dot(&of_held[column], &shared[row]);
        }
    }
    for (row, at) in held.iter().enumerate() {
        let least = 1e-6 * fit.covariance[*at][*at];
        result[row][row] = result[row][row].max(least);
    }
    result
}

/// The squared distance of deviations with this covariance; of one that is not definite, as if they were
/// independent.
fn distance(deviations: &[f64], covariance: &Matrix) -> f64 {
    match Cholesky::of(covariance) {
        Some(factor) => {
            let white = factor.whitened(deviations);
            dot(&white, &white)
        }
        None => deviations
            .iter()
            .enumerate()
            .map(|(at, it)| it * it / covariance[at][at])
            .sum(),
    }
}

/// The greatest over the least singular value of slopes scaled to length 1.
fn condition(white: &Matrix) -> f64 {
    let scaled: Option<Matrix> = white
        .iter()
        .map(|slope| {
            let length = dot(slope, slope).sqrt();
            (length > 0.0).then(|| slope.iter().map(|it| it / length).collect())
        })
        .collect();
    let Some(scaled) = scaled else {
        return f64::INFINITY;
    };
    let rows: Matrix = (0..scaled.first().map_or(0, Vec::len))
        .map(|at| scaled.iter().map(|slope| slope[at]).collect())
        .collect();
    let values = Eigen::of(&gram(&rows, scaled.len())).values;
    match (values.first(), values.last()) {
        (Some(most), Some(least)) if *least > 1e-12 => (most / least).sqrt(),
        _ => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many replications that all have these slopes.
    fn sure(slopes: Matrix, replications: usize) -> Vec<Matrix> {
        vec![slopes; replications]
    }

    fn near(value: f64, expected: f64) {
        assert!(
            (value - expected).abs() < 1e-9,
            "{value} and not {expected}"
        );
    }

    fn diagonal(values: &[f64]) -> Matrix {
        let row = |at: usize| {
            let cell = |other: usize| if at == other { values[at] } else { 0.0 };
            (0..values.len()).map(cell).collect()
        };
        (0..values.len()).map(row).collect()
    }

    /// A line through three points by weighted least squares: (X'WX)^-1 by hand.
    #[test]
    fn a_straight_line_has_the_textbook_covariance() {
        let effects = sure(vec![vec![100.0; 3], vec![0.0, 100.0, 200.0]], 50);
        let inference = Inference::of(&Fit {
            deviations: &[1.0, -2.0, 1.0],
            is_used: &[true; 3],
            covariance: &diagonal(&[4.0; 3]),
            effects: &effects,
            is_free: &[true; 2],
        });
        let inference = inference.expect("it varies");
        // (X'X)^-1 of x = 0, 1, 2 is ((5, -3), (-3, 3)) / 6; 4 / 100^2 times that.
        let unit = 4.0 / 1e4 / 6.0;
        near(inference.covariance[0][0], 5.0 * unit);
        near(inference.covariance[0][1], -3.0 * unit);
        near(inference.covariance[1][1], 3.0 * unit);
        near(inference.correlation(0, 1), -3.0 / 15.0_f64.sqrt());
        // 6 / 4 with one degree left over.
        near(inference.misfit.distance, 1.5);
        assert_eq!(inference.misfit.degrees, 1);
        assert!((0.2..0.25).contains(&inference.misfit.p_value));
        assert!(inference.unknown_directions.is_empty() && inference.is_known(0));
        assert!(inference.condition > 2.0 && inference.condition < 5.0);
    }

    #[test]
    fn a_number_held_back_is_predicted_as_by_regression() {
        let effects = sure(vec![vec![100.0; 4], vec![0.0, 100.0, 200.0, 300.0]], 50);
        let inference = Inference::of(&Fit {
            deviations: &[0.0, 0.0, 0.0, 14.0],
            is_used: &[true, true, true, false],
            covariance: &diagonal(&[4.0; 4]),
            effects: &effects,
            is_free: &[true; 2],
        });
        let inference = inference.expect("it varies");
        // 4 (1 + (5 - 2 x 3 x 3 + 3 x 9) / 6): the textbook variance of a prediction at x = 3.
        let variance: f64 = 4.0 * (1.0 + 14.0 / 6.0);
        near(inference.sds[3], variance.sqrt());
        let held = inference.held_back.expect("one is held back");
        near(held.distance, 196.0 / variance);
        assert!(held.p_value < 0.001 && inference.misfit.p_value > 0.99);
    }

    /// Numbers that go up and down together: what is held back is all but known from what is used.
    #[test]
    fn chance_that_is_shared_is_not_counted_twice() {
        let effects = sure(vec![vec![100.0, 100.0]], 50);
        let close = vec![vec![4.0, 3.96], vec![3.96, 4.0]];
        let of = |covariance: &Matrix| {
            Inference::of(&Fit {
                deviations: &[0.0, 1.0],
                is_used: &[true, false],
                covariance,
                effects: &effects,
                is_free: &[true],
            })
            .expect("it varies")
            .sds[1]
        };
        near(of(&close), (2.0_f64 * 0.04).sqrt());
        near(of(&diagonal(&[4.0; 2])), 8.0_f64.sqrt());
    }

    #[test]
    fn unknowns_that_do_the_same_are_not_told_apart() {
        let effects = sure(vec![vec![100.0, 50.0], vec![-200.0, -100.0]], 50);
        let inference = Inference::of(&Fit {
            deviations: &[0.0; 2],
            is_used: &[true; 2],
            covariance: &diagonal(&[1.0; 2]),
            effects: &effects,
            is_free: &[true; 2],
        });
        let inference = inference.expect("it varies");
        let direction = &inference.unknown_directions;
        assert_eq!(direction.len(), 1);
        // Twice as far along the first as along the second, both up.
        near(direction[0][0], 2.0 / 5.0_f64.sqrt());
        near(direction[0][1], 1.0 / 5.0_f64.sqrt());
        assert!(!inference.is_known(0) && !inference.is_known(1));
        assert!(inference.condition.is_infinite());
        assert!(inference.standard_error(0) < 12.0_f64.powf(-0.5));
    }

    /// Slopes that are all noise carry no information, however large they look.
    #[test]
    fn noise_is_no_effect() {
        let effects: Vec<Matrix> = (0..100)
            .map(|at| vec![vec![if at % 2 == 0 { 300.0 } else { -280.0 }]])
            .collect();
        let noisy = Inference::of(&Fit {
            deviations: &[0.0],
            is_used: &[true],
            covariance: &diagonal(&[1.0]),
            effects: &effects,
            is_free: &[true],
        });
        let noisy = noisy.expect("it varies");
        assert_eq!(noisy.unknown_directions.len(), 1);
        assert!(!noisy.is_known(0));
    }

    #[test]
    fn nothing_is_said_of_what_does_not_vary() {
        let effects = sure(vec![vec![1.0]], 50);
        let none = Inference::of(&Fit {
            deviations: &[0.0],
            is_used: &[true],
            covariance: &diagonal(&[0.0]),
            effects: &effects,
            is_free: &[true],
        });
        assert!(none.is_none());
    }
}
