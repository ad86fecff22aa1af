//! Points spread evenly in every dimension at once: Latin hypercubes, and what is known from
//! several of them.
//!
//! Each of n points lies in another one of n slices of every dimension, so that effects that add up
//! hardly vary from one hypercube to the next. The points of one hypercube depend on each other:
//! nothing about uncertainty can be learnt from their spread, and intervals come from several
//! independent hypercubes. No generator is built here; the caller hands in uniform numbers.
//!
//! Source: McKay, Beckman & Conover (1979), A comparison of three methods for selecting values of
//! input variables, Technometrics 21(2) 239-245; Stein (1987), Technometrics 29(2) 143-151.

use super::estimate::{Accumulator, Estimate};

/// Independent hypercubes below which there is no interval: with fewer, t is large and the spread
/// of their means a guess.
pub const FEWEST_HYPERCUBES: usize = 10;

/// How near a point comes to the edge of its slice, in slices, so that no rounding carries it
/// across (up to a million slices).
const EDGE: f64 = 1e-9;

/// `points` points of `dimensions` coordinates, each strictly between 0 and 1:
/// `[point][dimension]`.
///
/// Of every dimension each slice from i/n to (i + 1)/n holds exactly one point, anywhere in it, and
/// which point that is is independent from dimension to dimension. `uniform` gives independent
/// numbers between 0 and 1, points x dimensions x 2 - dimensions of them in this order: for each
/// dimension one fewer than there are points to shuffle the slices (Fisher & Yates, the last
/// first), then one a point for the place within its slice.
///
/// Worked: two points of one dimension, numbers 0.7, 0.5, 0.25: the slices are not exchanged, the
/// points lie at 0.25 and 0.625. With 0.2 first they are exchanged: 0.75 and 0.125.
#[must_use]
pub fn latin_hypercube(
    points: usize,
    dimensions: usize,
    mut uniform: impl FnMut() -> f64,
) -> Vec<Vec<f64>> {
    let mut hypercube = vec![vec![0.0; dimensions]; points];
    for dimension in 0..dimensions {
        let slices = shuffled(points, &mut uniform);
        for (point, slice) in hypercube.iter_mut().zip(slices) {
            let within = uniform().clamp(EDGE, 1.0 - EDGE);
            point[dimension] = (slice as f64 + within) / points as f64;
        }
    }
    hypercube
}

/// 0 to n - 1 in an order in which each is as likely as any other.
fn shuffled(n: usize, uniform: &mut impl FnMut() -> f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for last in (1..n).rev() {
        let chosen = (uniform() * (last + 1) as f64) as usize;
        order.swap(last, chosen.min(last));
    }
    order
}

/// The mean over independent hypercubes, each with the outcomes at its points, with the
/// 100(1 - `alpha`)% t interval of the hypercubes' means. `None` for fewer than
/// [`FEWEST_HYPERCUBES`], for hypercubes that differ in size, and for empty ones.
///
/// The mean of one hypercube is one value, however many points it has: an interval from the single
/// points would be far too wide where effects add up, and is not to be trusted elsewhere.
///
/// Worked: ten hypercubes of two points whose outcomes are i and i + 2 for i from 1 to 10: mean 6.5
/// (means 2 to 11), sd 3.027650, interval 4.334149 to 8.665851.
#[must_use]
pub fn hypercubes_mean(outcomes: &[Vec<f64>], alpha: f64) -> Option<Estimate> {
    let points = outcomes.first()?.len();
    if outcomes.len() < FEWEST_HYPERCUBES || outcomes.iter().any(|it| it.len() != points) {
        return None;
    }
    let means = outcomes.iter().map(|it| Accumulator::of(it).mean());
    let means: Vec<f64> = means.collect::<Option<_>>()?;
    Estimate::at_level(&means, alpha)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ALPHA;
    use proptest::prelude::*;

    fn from(numbers: &[f64]) -> impl FnMut() -> f64 {
        let mut numbers = numbers.iter().copied();
        move || numbers.next().expect("no more are asked for than said")
    }

    fn assert_near(value: f64, target: f64) {
        assert!((value - target).abs() < 5e-7, "{value} is not {target}");
    }

    #[test]
    fn two_points_by_hand() {
        let kept = latin_hypercube(2, 1, from(&[0.7, 0.5, 0.25]));
        assert_eq!(kept, [[0.25], [0.625]]);
        let exchanged = latin_hypercube(2, 1, from(&[0.2, 0.5, 0.25]));
        assert_eq!(exchanged, [[0.75], [0.125]]);
    }

    /// Fisher & Yates by hand on three: 0.5 x 3 = 1: the last changes with the second (0, 2, 1);
    /// then 0.2 x 2 = 0: the second changes with the first (2, 0, 1).
    #[test]
    fn a_shuffle_by_hand() {
        assert_eq!(shuffled(3, &mut from(&[0.5, 0.2])), [2, 0, 1]);
        assert_eq!(shuffled(3, &mut from(&[0.9, 0.9])), [0, 1, 2]);
        // A uniform number may be rounded up to 1.
        assert_eq!(shuffled(3, &mut from(&[1.0, 1.0])), [0, 1, 2]);
        assert!(shuffled(0, &mut from(&[])).is_empty());
    }

    #[test]
    fn no_points_or_no_dimensions_ask_for_nothing() {
        assert!(latin_hypercube(0, 3, from(&[])).is_empty());
        let empty: Vec<f64> = Vec::new();
        assert_eq!(latin_hypercube(2, 0, from(&[])), [empty.clone(), empty]);
    }

    /// Of a thousand numbers at the edges of what a generator gives, none leaves its slice.
    #[test]
    fn edges_stay_within_their_slices() {
        for edge in [0.0, 1.0 - f64::EPSILON / 2.0, 1.0] {
            for points in [1, 7, 1_000, 99_991] {
                let hypercube = latin_hypercube(points, 1, || edge);
                let mut seen = vec![false; points];
                for point in &hypercube {
                    assert!(point[0] > 0.0 && point[0] < 1.0);
                    seen[(point[0] * points as f64) as usize] = true;
                }
                assert!(seen.iter().all(|it| *it), "{points} from {edge}");
            }
        }
    }

    #[test]
    fn hypercubes_by_hand() {
        let outcomes: Vec<Vec<f64>> = (1..=10)
            .map(|i| vec![f64::from(i), f64::from(i + 2)])
            .collect();
        let estimate = hypercubes_mean(&outcomes, ALPHA).expect("ten hypercubes");
        assert_eq!(estimate.n, 10);
        assert_near(estimate.mean, 6.5);
        assert_near(estimate.low.expect("low"), 4.334_149_4);
        assert_near(estimate.high.expect("high"), 8.665_850_6);
    }

    #[test]
    fn few_unequal_or_empty_hypercubes_have_no_interval() {
        assert_eq!(hypercubes_mean(&vec![vec![1.0]; 9], ALPHA), None);
        assert_eq!(hypercubes_mean(&[], ALPHA), None);
        assert_eq!(hypercubes_mean(&vec![vec![]; 10], ALPHA), None);
        let mut unequal = vec![vec![1.0]; 11];
        unequal[7].push(2.0);
        assert_eq!(hypercubes_mean(&unequal, ALPHA), None);
    }

    proptest! {
        #[test]
        fn every_slice_of_every_dimension_holds_one_point(
            points in 1..60_usize, dimensions in 1..5_usize,
            numbers in proptest::collection::vec(0.0..1.0_f64, 600),
        ) {
            let asked = 2 * points * dimensions - dimensions;
            let hypercube = latin_hypercube(points, dimensions, from(&numbers[..asked]));
            prop_assert_eq!(hypercube.len(), points);
            for dimension in 0..dimensions {
                let slice = |point: &Vec<f64>| (point[dimension] * points as f64) as usize;
                let mut slices: Vec<usize> = hypercube.iter().map(slice).collect();
                slices.sort_unstable();
                prop_assert_eq!(slices, (0..points).collect::<Vec<_>>());
            }
        }
    }
}
