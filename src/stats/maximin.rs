//! Latin hypercubes whose points keep away from each other.
//!
//! A Latin hypercube is even in each dimension and may still have two points side by side. Swapping
//! coordinates of two points keeps it a Latin hypercube; a swap stays where it lowers the sum of the
//! distances to the power -15 over all pairs, which is governed by the nearest. No generator is built here;
//! the caller hands in uniform numbers.
//!
//! Sources: Johnson, Moore & Ylvisaker (1990), Minimax and maximin distance designs, Journal of Statistical
//! Planning and Inference 26(2) 131-148; Morris & Mitchell (1995), Exploratory designs for computational
//! experiments, ibid. 43(3) 381-402, whose criterion phi_p this is.

use super::latin_hypercube::latin_hypercube;

/// Power of the distance in the criterion.
const POWER: i32 = 15;
/// Swaps tried for each coordinate.
const SWAPS_A_COORDINATE: usize = 50;
/// Distances that are worked out at most, so that large designs end in seconds.
const MOST_DISTANCES: usize = 200_000_000;

/// A Latin hypercube of `points` points in `dimensions` dimensions, each coordinate strictly between 0
/// and 1, improved by swaps: `[point][dimension]`. `uniform` gives independent numbers between 0 and 1.
#[must_use]
pub fn maximin(
    points: usize,
    dimensions: usize,
    mut uniform: impl FnMut() -> f64,
) -> Vec<Vec<f64>> {
    let mut design = latin_hypercube(points, dimensions, &mut uniform);
    if points < 3 || dimensions < 2 {
        return design;
    }
    let swaps = (SWAPS_A_COORDINATE * points * dimensions).min(MOST_DISTANCES / (4 * points));
    for _ in 0..swaps {
        let mut below = |count: usize| ((uniform() * count as f64) as usize).min(count - 1);
        let (one, other, dimension) = (below(points), below(points), below(dimensions));
        if one == other {
            continue;
        }
        let before = crowding(&design, one, other);
        swap(&mut design, one, other, dimension);
        if crowding(&design, one, other) > before {
            swap(&mut design, one, other, dimension);
        }
    }
    design
}

fn swap(design: &mut [Vec<f64>], one: usize, other: usize, dimension: usize) {
    let kept = design[one][dimension];
    design[one][dimension] = design[other][dimension];
    design[other][dimension] = kept;
}

/// The part of the criterion that two points have with all others; their own distance stays.
fn crowding(design: &[Vec<f64>], one: usize, other: usize) -> f64 {
    let of = |point: usize| {
        let others = design
            .iter()
            .enumerate()
            .filter(move |(at, _)| *at != one && *at != other);
        others
            .map(move |(_, it)| squared_distance(it, &design[point]).sqrt().powi(-POWER))
            .sum::<f64>()
    };
    of(one) + of(other)
}

fn squared_distance(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(a, b)| (a - b).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::congruence::numbers;
    use super::*;

    fn nearest(design: &[Vec<f64>]) -> f64 {
        let mut nearest = f64::INFINITY;
        for (at, one) in design.iter().enumerate() {
            for other in &design[at + 1..] {
                nearest = nearest.min(squared_distance(one, other).sqrt());
            }
        }
        nearest
    }

    #[test]
    fn it_stays_a_latin_hypercube() {
        let design = maximin(30, 4, numbers(1));
        for dimension in 0..4 {
            let mut slices: Vec<usize> = design
                .iter()
                .map(|it| (it[dimension] * 30.0) as usize)
                .collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..30).collect::<Vec<_>>());
        }
    }

    /// Of a hundred random ones the best has its nearest points some 0.2 apart; this is farther.
    #[test]
    fn its_nearest_points_are_farther_apart_than_in_the_best_of_a_hundred() {
        let improved = nearest(&maximin(30, 4, numbers(1)));
        let best = (0..100)
            .map(|seed| nearest(&latin_hypercube(30, 4, numbers(seed))))
            .fold(0.0, f64::max);
        assert!(improved > 1.2 * best, "{improved} against {best}");
    }

    #[test]
    fn small_ones_are_left_as_they_are() {
        assert_eq!(maximin(2, 3, numbers(1)), latin_hypercube(2, 3, numbers(1)));
        assert_eq!(maximin(5, 1, numbers(1)), latin_hypercube(5, 1, numbers(1)));
        assert!(maximin(0, 3, numbers(1)).is_empty());
    }
}
