//! Where the points of a study lie: spread designs with keyed random numbers.
//!
//! A design is a function of its size, the number of keys and the seed. Nothing here knows what the
//! keys are: a place is a share from 0 to 1 of the way through each.

use crate::engine::ReplicationKey;
use crate::engine::streams::Purpose;
use crate::model::EntityKey;
use crate::stats::maximin;
use crate::stats::morris::walks;
use crate::stats::sobol_indices;
use crate::stats::sobol_sequence::{direction_numbers, owen_scrambled, sobol_point};
use serde::{Deserialize, Serialize};

/// A design whose points are spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Spread {
    /// A Latin hypercube of so many points that keep away from each other.
    LatinHypercube(usize),
    /// So many base points of a scrambled Sobol' sequence, and what Sobol' indices need of each.
    Sobol(usize),
    /// So many walks through so many levels, which are even.
    Morris(usize, usize),
}

impl Spread {
    /// Whether indices or effects are worked out from its points.
    #[must_use]
    pub const fn is_for_sensitivity(self) -> bool {
        matches!(self, Self::Sobol(_) | Self::Morris(..))
    }

    /// The places of all points over so many keys, `[point][key]`, from 0 to 1; strictly within but
    /// for walks. Of Sobol' base points at most 20 keys.
    ///
    /// Worked: 128 base points and 8 keys are 128 x (8 + 2) = 1,280 points; 10 walks over 8 keys are
    /// 10 x (8 + 1) = 90.
    #[must_use]
    pub fn places(self, keys: usize, seed: u64) -> Vec<Vec<f64>> {
        match self {
            Self::LatinHypercube(points) => {
                let mut draws = stream(seed, "latin-hypercube").draws(0, 0);
                maximin(points, keys, || draws.uniform())
            }
            Self::Morris(trajectories, levels) => {
                let mut draws = stream(seed, "morris").draws(0, 0);
                walks(keys, trajectories, levels, || draws.uniform())
            }
            Self::Sobol(base) => sobol(base, keys, seed),
        }
    }
}

/// The random words of a design, or of what is worked out from it.
pub(super) fn stream(seed: u64, what: &str) -> crate::engine::streams::StreamKey {
    let key = ReplicationKey {
        seed,
        replication: 0,
    };
    key.stream_key(Purpose::Points, EntityKey::of(what))
}

/// The points of the design for Sobol' indices, each dimension scrambled with coins of its own.
fn sobol(base: usize, keys: usize, seed: u64) -> Vec<Vec<f64>> {
    let dimensions: Vec<_> = (0..2 * keys)
        .map(|dimension| {
            let coins = stream(seed, &format!("sobol {dimension}"));
            (direction_numbers(dimension), coins)
        })
        .collect();
    sobol_indices::design(base, keys, |point, dimension| {
        let (numbers, coins) = &dimensions[dimension];
        let index = u32::try_from(point).unwrap_or(u32::MAX);
        owen_scrambled(sobol_point(index, numbers), |places, what| {
            coins.draws(u64::from(what), u64::from(places)).uniform() < 0.5
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: u64 = 20_261_005;

    /// Of each key's places one in each of `points` slices.
    fn is_even(places: &[Vec<f64>], key: usize) -> bool {
        let mut slices: Vec<usize> = places
            .iter()
            .map(|place| (place[key] * places.len() as f64) as usize)
            .collect();
        slices.sort_unstable();
        slices == (0..places.len()).collect::<Vec<_>>()
    }

    #[test]
    fn every_key_of_a_hypercube_has_a_point_in_every_slice() {
        let places = Spread::LatinHypercube(30).places(4, SEED);
        assert!((0..4).all(|key| is_even(&places, key)));
    }

    /// Base points A and B of a Sobol' design are each even; the points after them are A with one key
    /// from B.
    #[test]
    fn sobol_points_are_even_and_mixed_one_key_at_a_time() {
        let places = Spread::Sobol(64).places(3, SEED);
        assert_eq!(places.len(), 64 * 5);
        let every = |offset: usize| -> Vec<Vec<f64>> {
            places.iter().skip(offset).step_by(5).cloned().collect()
        };
        let (a, b) = (every(0), every(1));
        for key in 0..3 {
            assert!(is_even(&a, key) && is_even(&b, key));
            let mixed = every(2 + key);
            for (point, mixed) in mixed.iter().enumerate() {
                let mut expected = a[point].clone();
                expected[key] = b[point][key];
                assert_eq!(mixed, &expected);
            }
        }
    }

    #[test]
    fn a_walk_changes_one_key_a_step() {
        let places = Spread::Morris(5, 4).places(6, SEED);
        assert_eq!(places.len(), 5 * 7);
        for walk in places.chunks(7) {
            for step in walk.windows(2) {
                let changed = step[0].iter().zip(&step[1]);
                let changed = changed.filter(|(from, to)| (*from - *to).abs() > 1e-9);
                assert_eq!(changed.count(), 1);
            }
        }
    }

    #[test]
    fn places_are_a_function_of_the_seed() {
        for spread in [
            Spread::LatinHypercube(8),
            Spread::Sobol(8),
            Spread::Morris(4, 4),
        ] {
            assert_eq!(spread.places(2, SEED), spread.places(2, SEED));
            assert_ne!(spread.places(2, SEED), spread.places(2, SEED + 1));
        }
    }
}
