//! Least squares of a function that can only be computed, within bounds: Levenberg and Marquardt's
//! method with differences in place of derivatives.
//!
//! A point has a coordinate from 0 to 1 for each unknown: a share of the way from its lower to its upper
//! bound. The function gives deviations, already weighted, whose squares are added up; where it has none
//! (`None`) a point is as bad as can be. It may be a simulation with common random numbers, which is
//! nearly smooth: differences are taken over a step that is wide beside its roughness.
//!
//! Sources: Levenberg (1944), A method for the solution of certain non-linear problems in least squares,
//! Quarterly of Applied Mathematics 2, 164-168; Marquardt (1963), An algorithm for least-squares
//! estimation of nonlinear parameters, Journal of the Society for Industrial and Applied Mathematics 11(2),
//! 431-441; bounds by projection with the unknowns that lean on them held (Bertsekas 1982, Projected
//! Newton methods for optimization problems with simple constraints, SIAM Journal on Control and
//! Optimization 20(2), 221-246).

use super::symmetric::{Cholesky, Matrix, dot, gram};

/// The damping at first, beside a diagonal of 1.
const FIRST_DAMPING: f64 = 0.01;
/// How much a step that does not help, or one that does, changes the damping.
const DAMPING: (f64, f64) = (6.0, 0.2);
/// Steps that are tried from one point at most.
const MOST_TRIES: usize = 5;
/// Of the mean curvature, what is added to that of every unknown, so that a flat one does not run away.
const ADDED: f64 = 1e-4;
/// Share of the way between its bounds by which an unknown may move in one step.
const LONGEST: f64 = 0.3;

/// What is to be made small.
pub trait Surface {
    /// Why a point cannot be looked at.
    type Error;

    /// The deviations at each of these points, whose squares are added up; `None` where there are none.
    ///
    /// # Errors
    /// When the search must end.
    fn deviations(&mut self, points: &[Vec<f64>]) -> Result<Vec<Option<Vec<f64>>>, Self::Error>;

    /// The nearest value that an unknown can take: itself, unless only some are allowed.
    fn snapped(&self, _unknown: usize, value: f64) -> f64 {
        value
    }

    /// Half the width over which the difference of an unknown is taken.
    fn step(&self, unknown: usize) -> f64;
}

/// When the search ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ending {
    /// Steps at most.
    pub most_steps: usize,
    /// A step shorter than this, in every unknown, is the last.
    pub least_step: f64,
}

/// Where a search ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum {
    /// The point, a coordinate from 0 to 1 for each unknown.
    pub point: Vec<f64>,
    /// The sum of squares there.
    pub sum_of_squares: f64,
    /// Whether it ended because nothing better is near, and not because of too many steps.
    pub is_settled: bool,
}

/// The lowest point near `start`, which has deviations; `None` where it has none.
///
/// Worked: deviations 10 (y - x^2) and 1 - x (Rosenbrock 1960), x and y from -2 to 2, come from (-1.2, 1)
/// to 0 at (1, 1).
///
/// # Errors
/// Those of the surface.
pub fn minimise<S: Surface>(
    start: &[f64],
    surface: &mut S,
    ending: Ending,
) -> Result<Option<Minimum>, S::Error> {
    let point = snapped(start, surface);
    let first = surface.deviations(std::slice::from_ref(&point))?;
    let Some(mut here) = first.into_iter().next().flatten() else {
        return Ok(None);
    };
    let mut found = Minimum {
        sum_of_squares: dot(&here, &here),
        point,
        is_settled: false,
    };
    let mut damping = FIRST_DAMPING;
    for _ in 0..ending.most_steps {
        let slopes = slopes(&found.point, &here, surface)?;
        match better(&found, &here, &slopes, &mut damping, surface, ending)? {
            Some((next, deviations, is_last)) => {
                found = next;
                here = deviations;
                found.is_settled = is_last;
            }
            None => found.is_settled = true,
        }
        if found.is_settled {
            break;
        }
    }
    Ok(Some(found))
}

/// For each unknown the change of the deviations by moving it across the whole way, from the difference
/// over one step to each side, or to the side that there is; none where there is none.
///
/// # Errors
/// Those of the surface.
pub fn slopes<S: Surface>(
    point: &[f64],
    here: &[f64],
    surface: &mut S,
) -> Result<Matrix, S::Error> {
    let sides: Vec<[Vec<f64>; 2]> = (0..point.len())
        .map(|unknown| neighbours(point, unknown, surface))
        .collect();
    let points: Vec<Vec<f64>> = sides.iter().flatten().cloned().collect();
    let deviations = surface.deviations(&points)?;
    let slope = |(unknown, pair): (usize, &[Option<Vec<f64>>])| {
        let at = |side: usize| sides[unknown][side][unknown];
        let (low, high) = match pair {
            [Some(low), Some(high)] => ((low.as_slice(), at(0)), (high.as_slice(), at(1))),
            [Some(low), _] => ((low.as_slice(), at(0)), (here, point[unknown])),
            [_, Some(high)] => ((here, point[unknown]), (high.as_slice(), at(1))),
            _ => return vec![0.0; here.len()],
        };
        let width = high.1 - low.1;
        let of = |(low, high): (&f64, &f64)| {
            if width > 0.0 {
                (high - low) / width
            } else {
                0.0
            }
        };
        low.0.iter().zip(high.0).map(of).collect()
    };
    Ok(deviations.chunks(2).enumerate().map(slope).collect())
}

/// The points one step of an unknown below and above, within the bounds.
pub fn neighbours<S: Surface>(point: &[f64], unknown: usize, surface: &S) -> [Vec<f64>; 2] {
    let step = surface.step(unknown);
    [-step, step].map(|step| {
        let mut point = point.to_vec();
        let moved = (point[unknown] + step).clamp(0.0, 1.0);
        point[unknown] = surface.snapped(unknown, moved);
        point
    })
}

/// A point that is better, its deviations, and whether it is so near that it is the last.
type Better = (Minimum, Vec<f64>, bool);

fn better<S: Surface>(
    found: &Minimum,
    here: &[f64],
    slopes: &Matrix,
    damping: &mut f64,
    surface: &mut S,
    ending: Ending,
) -> Result<Option<Better>, S::Error> {
    for _ in 0..MOST_TRIES {
        let Some(step) = step(&found.point, here, slopes, *damping) else {
            return Ok(None);
        };
        let moved: Vec<f64> = found
            .point
            .iter()
            .zip(step)
            .map(|(at, by)| at + by)
            .collect();
        let moved = snapped(&moved, surface);
        let by = moved
            .iter()
            .zip(&found.point)
            .map(|(to, from)| (to - from).abs());
        let length = by.fold(0.0_f64, f64::max);
        if length <= f64::EPSILON {
            return Ok(None);
        }
        let deviations = surface.deviations(std::slice::from_ref(&moved))?;
        let deviations = deviations.into_iter().next().flatten();
        let sum = deviations.as_ref().map(|it| dot(it, it));
        if let (Some(deviations), Some(sum)) = (deviations, sum)
            && sum < found.sum_of_squares
        {
            *damping = (*damping * DAMPING.1).max(1e-6);
            let next = Minimum {
                point: moved,
                sum_of_squares: sum,
                is_settled: false,
            };
            return Ok(Some((next, deviations, length < ending.least_step)));
        }
        if length < ending.least_step {
            return Ok(None);
        }
        *damping *= DAMPING.0;
    }
    Ok(None)
}

/// The damped step, with the unknowns held that lean on a bound; `None` where all are.
fn step(point: &[f64], here: &[f64], slopes: &Matrix, damping: f64) -> Option<Vec<f64>> {
    let mut free: Vec<usize> = (0..point.len())
        .filter(|unknown| !leans(point[*unknown], dot(&slopes[*unknown], here)))
        .collect();
    // A step that would leave by a bound is made again without the unknown that would.
    loop {
        if free.is_empty() {
            return None;
        }
        let step = damped(&free, here, slopes, damping)?;
        let leaves = free.iter().zip(&step).position(|(unknown, by)| {
            let at = point[*unknown];
            (at <= 0.0 && *by < 0.0) || (at >= 1.0 && *by > 0.0)
        });
        let Some(leaves) = leaves else {
            let mut all = vec![0.0; point.len()];
            for (unknown, by) in free.iter().zip(step) {
                all[*unknown] = by;
            }
            return Some(all);
        };
        free.remove(leaves);
    }
}

/// Whether an unknown stands at a bound and would be better beyond it.
#[must_use]
pub fn leans(at: f64, gradient: f64) -> bool {
    (at <= 0.0 && gradient > 0.0) || (at >= 1.0 && gradient < 0.0)
}

fn damped(free: &[usize], here: &[f64], slopes: &Matrix, damping: f64) -> Option<Vec<f64>> {
    let columns: Matrix = free
        .iter()
        .map(|unknown| slopes[*unknown].clone())
        .collect();
    let rows: Matrix = (0..here.len())
        .map(|at| columns.iter().map(|column| column[at]).collect())
        .collect();
    let mut normal = gram(&rows, free.len());
    let mean = (0..free.len()).map(|at| normal[at][at]).sum::<f64>() / free.len() as f64;
    for (at, row) in normal.iter_mut().enumerate() {
        row[at] += damping * row[at] + ADDED * mean;
    }
    let against: Vec<f64> = columns.iter().map(|column| -dot(column, here)).collect();
    let step = Cholesky::of(&normal)?.solved(&against);
    let longest = step.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
    let scale = (LONGEST / longest).min(1.0);
    Some(step.into_iter().map(|it| it * scale).collect())
}

fn snapped<S: Surface>(point: &[f64], surface: &S) -> Vec<f64> {
    let values = point.iter().enumerate();
    values
        .map(|(unknown, value)| surface.snapped(unknown, value.clamp(0.0, 1.0)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENDING: Ending = Ending {
        most_steps: 200,
        least_step: 1e-9,
    };

    /// A function of coordinates, with a step of its own and perhaps a grid.
    struct Made<F: Fn(&[f64]) -> Option<Vec<f64>>> {
        of: F,
        step: f64,
        grid: Option<f64>,
        looked_at: usize,
    }

    impl<F: Fn(&[f64]) -> Option<Vec<f64>>> Surface for Made<F> {
        type Error = ();

        fn deviations(&mut self, points: &[Vec<f64>]) -> Result<Vec<Option<Vec<f64>>>, ()> {
            self.looked_at += points.len();
            let inside = |it: &&f64| (0.0..=1.0).contains(*it);
            assert!(
                points
                    .iter()
                    .all(|it| it.iter().filter(inside).count() == it.len())
            );
            Ok(points.iter().map(|it| (self.of)(it)).collect())
        }

        fn snapped(&self, _unknown: usize, value: f64) -> f64 {
            self.grid
                .map_or(value, |grid| (value * grid).round() / grid)
        }

        fn step(&self, _unknown: usize) -> f64 {
            self.step
        }
    }

    fn lowest(start: &[f64], of: impl Fn(&[f64]) -> Option<Vec<f64>>) -> Minimum {
        let mut made = Made {
            of,
            step: 1e-5,
            grid: None,
            looked_at: 0,
        };
        minimise(start, &mut made, ENDING)
            .expect("no failure")
            .expect("a start")
    }

    fn near(value: f64, expected: f64, by: f64) {
        assert!((value - expected).abs() < by, "{value} and not {expected}");
    }

    /// From 0 to 1 to from -2 to 2.
    fn wide(share: f64) -> f64 {
        4.0 * share - 2.0
    }

    #[test]
    fn rosenbrocks_valley_is_followed_to_its_end() {
        let found = lowest(&[0.2, 0.75], |it| {
            let (x, y) = (wide(it[0]), wide(it[1]));
            Some(vec![10.0 * (y - x * x), 1.0 - x])
        });
        near(wide(found.point[0]), 1.0, 1e-4);
        near(wide(found.point[1]), 1.0, 1e-4);
        assert!(found.sum_of_squares < 1e-9 && found.is_settled);
    }

    /// Misra1a of the NIST Statistical Reference Datasets (nonlinear regression, lower difficulty):
    /// y = b1 (1 - exp(-b2 x)); certified b1 238.94212918, b2 5.5015643181E-04, residual sum of squares
    /// 0.12455138894.
    #[test]
    fn a_certified_regression_is_found() {
        let data = [
            (77.6, 10.07),
            (114.9, 14.73),
            (141.1, 17.94),
            (190.8, 23.93),
            (239.9, 29.61),
            (289.0, 35.18),
            (332.8, 40.02),
            (378.4, 44.82),
            (434.8, 50.76),
            (477.3, 55.05),
            (536.8, 61.01),
            (593.1, 66.40),
            (689.1, 75.47),
            (760.0, 81.78),
        ];
        let found = lowest(&[0.5, 0.1], |it| {
            let (one, two) = (1_000.0 * it[0], 0.001 * it[1]);
            let of = |(x, y): &(f64, f64)| one * (1.0 - (-two * x).exp()) - y;
            Some(data.iter().map(of).collect())
        });
        near(1_000.0 * found.point[0], 238.942_129_18, 1e-3);
        near(0.001 * found.point[1], 5.501_564_318_1e-4, 1e-9);
        near(found.sum_of_squares, 0.124_551_388_94, 1e-8);
    }

    #[test]
    fn a_bound_holds_and_the_rest_is_as_good_as_can_be() {
        // The line through both would have a slope of 2; at most 1 is allowed, then the other is 1.5.
        let found = lowest(&[0.3, 0.3], |it| {
            let (slope, other) = (it[0], 3.0 * it[1]);
            Some(vec![slope - 2.0, slope + other - 2.5])
        });
        near(found.point[0], 1.0, 1e-9);
        near(3.0 * found.point[1], 1.5, 1e-6);
        assert!(leans(1.0, -1.0) && leans(0.0, 1.0) && !leans(1.0, 1.0) && !leans(0.5, 1.0));
    }

    #[test]
    fn points_without_a_value_are_gone_round() {
        let found = lowest(&[0.2], |it| (it[0] < 0.7).then(|| vec![it[0] - 0.65]));
        near(found.point[0], 0.65, 1e-6);
        let nowhere = &mut Made {
            of: |_: &[f64]| None,
            step: 0.1,
            grid: None,
            looked_at: 0,
        };
        assert_eq!(minimise(&[0.5], nowhere, ENDING), Ok(None));
    }

    #[test]
    fn on_a_grid_the_nearest_allowed_point_is_found() {
        let mut made = Made {
            of: |it: &[f64]| Some(vec![it[0] - 0.463, it[1] - 0.21]),
            step: 0.05,
            grid: Some(20.0),
            looked_at: 0,
        };
        let found = minimise(&[0.0, 1.0], &mut made, ENDING).expect("no failure");
        let found = found.expect("a start");
        near(found.point[0], 0.45, 1e-12);
        near(found.point[1], 0.20, 1e-12);
        assert!(made.looked_at < 60, "{} points", made.looked_at);
    }

    /// An unknown that changes nothing stays where it was.
    #[test]
    fn a_flat_unknown_does_not_run_away() {
        let found = lowest(&[0.2, 0.9], |it| Some(vec![it[0] - 0.5]));
        near(found.point[0], 0.5, 1e-6);
        near(found.point[1], 0.9, 1e-6);
    }
}
