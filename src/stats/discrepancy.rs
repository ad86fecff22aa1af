//! How evenly points fill a cube: the centred L2 discrepancy.
//!
//! The smaller, the nearer the share of points in every box from a corner is to the box's volume, in all
//! subsets of the dimensions at once, seen from the centre. Source: Hickernell (1998), "A generalized
//! discrepancy and quadrature error bound", Mathematics of Computation 67(221), 299-322, equation 5.1c.

/// The square of the centred L2 discrepancy of points `[point][dimension]` in the unit cube; 0 of no point.
/// Takes time in the square of the number of points.
///
/// Worked: the middle of the interval alone 13/12 - 2 + 1 = 1/12; n points in the middles of n equal
/// slices 1/(12 n^2); n points at random, on average, ((5/4)^d - (13/12)^d) / n in d dimensions.
#[must_use]
pub fn centred_discrepancy(points: &[Vec<f64>]) -> f64 {
    let (Some(first), many) = (points.first(), points.len() as f64) else {
        return 0.0;
    };
    let empty = (13.0_f64 / 12.0).powi(first.len() as i32);
    let alone: f64 = points.iter().map(|point| one(point)).sum();
    let mut together = 0.0;
    for (at, point) in points.iter().enumerate() {
        together += pair(point, point);
        let later = points[at + 1..].iter();
        together += 2.0 * later.map(|other| pair(point, other)).sum::<f64>();
    }
    empty - 2.0 / many * alone + together / (many * many)
}

/// How far a coordinate is from the middle.
fn off(value: f64) -> f64 {
    (value - 0.5).abs()
}

fn one(point: &[f64]) -> f64 {
    let factors = point.iter().map(|it| off(*it));
    factors
        .map(|off| 1.0 + 0.5 * off - 0.5 * off * off)
        .product()
}

fn pair(point: &[f64], other: &[f64]) -> f64 {
    let pairs = point.iter().zip(other);
    pairs
        .map(|(a, b)| 1.0 + 0.5 * off(*a) + 0.5 * off(*b) - 0.5 * (a - b).abs())
        .product()
}

#[cfg(test)]
mod tests {
    use super::super::congruence::numbers;
    use super::super::sobol_sequence::{direction_numbers, sobol_point};
    use super::super::{latin_hypercube, maximin};
    use super::*;

    fn near(value: f64, expected: f64, off: f64) {
        assert!((value - expected).abs() < off, "{value} and not {expected}");
    }

    /// Worked by hand: the centre of d dimensions has (13/12)^d - 1.
    #[test]
    fn the_centre_alone_has_what_is_worked_by_hand() {
        for dimensions in 1..=8 {
            let expected = (13.0_f64 / 12.0).powi(dimensions) - 1.0;
            let centre = vec![vec![0.5; dimensions as usize]];
            near(centred_discrepancy(&centre), expected, 1e-12);
        }
        near(centred_discrepancy(&[]), 0.0, 1e-300);
    }

    /// The best that n points of one dimension can do: the middles of n slices, 1/(12 n^2).
    #[test]
    fn the_middles_of_slices_have_the_least_there_is() {
        for n in [1_u32, 2, 3, 7, 64] {
            let points: Vec<Vec<f64>> = (0..n)
                .map(|at| vec![(f64::from(at) + 0.5) / f64::from(n)])
                .collect();
            let least = 1.0 / (12.0 * f64::from(n).powi(2));
            near(centred_discrepancy(&points), least, 1e-12);
        }
    }

    /// Two designs of six points that Fang, Li and Sudjianto (2006), "Design and modeling for computer
    /// experiments", compare; the values, to four places, are also those that SciPy tests `qmc.discrepancy` with.
    #[test]
    fn two_published_designs_have_their_published_values() {
        let places = |seconds: [f64; 6]| -> Vec<Vec<f64>> {
            let place = |level: f64| (2.0 * level - 1.0) / 12.0;
            let seconds = seconds.into_iter().enumerate();
            seconds
                .map(|(at, second)| vec![place(at as f64 + 1.0), place(second)])
                .collect()
        };
        let good = centred_discrepancy(&places([3.0, 6.0, 2.0, 5.0, 1.0, 4.0]));
        let poor = centred_discrepancy(&places([5.0, 4.0, 3.0, 2.0, 1.0, 6.0]));
        near(good, 0.0081, 0.00005);
        near(poor, 0.0105, 0.00005);
    }

    /// On average ((5/4)^d - (13/12)^d) / n at random; hypercubes and Sobol' points are far more even.
    #[test]
    fn spread_designs_are_more_even_than_chance() {
        const POINTS: usize = 64;
        const DIMENSIONS: usize = 4;
        let chance = (1.25_f64.powi(4) - (13.0_f64 / 12.0).powi(4)) / POINTS as f64;
        let mean_of = |design: &dyn Fn(u64) -> Vec<Vec<f64>>| {
            let all = (0..60).map(|seed| centred_discrepancy(&design(seed)));
            all.sum::<f64>() / 60.0
        };
        let random = mean_of(&|seed| {
            let mut next = numbers(seed);
            let mut point = || (0..DIMENSIONS).map(|_| next()).collect();
            (0..POINTS).map(|_| point()).collect()
        });
        near(random, chance, 0.1 * chance);
        let even = mean_of(&|seed| latin_hypercube(POINTS, DIMENSIONS, numbers(seed)));
        assert!(even < 0.6 * chance, "{even} and {chance}");
        let apart = centred_discrepancy(&maximin(POINTS, DIMENSIONS, numbers(1)));
        assert!(apart < even * 1.1, "{apart} and {even}");
        let all: Vec<_> = (0..DIMENSIONS).map(direction_numbers).collect();
        let sobol: Vec<Vec<f64>> = (0..POINTS as u32)
            .map(|index| {
                let place = |numbers| f64::from(sobol_point(index, numbers)) / 2_f64.powi(32);
                // The middles of the smallest cells, not their lower corners.
                let middle = 0.5 / POINTS as f64;
                all.iter().map(|it| place(it) + middle).collect()
            })
            .collect();
        let sobol = centred_discrepancy(&sobol);
        assert!(sobol < 0.25 * chance, "{sobol} and {chance}");
    }
}
