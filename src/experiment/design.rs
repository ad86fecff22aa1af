//! The outer design of what is not known: where each draw lies in the distribution of each input.
//!
//! Several Latin hypercubes, independent of each other: the points of one are not independent, so
//! that intervals come from the hypercubes' means. Each input has random numbers of its own, found by
//! its key; adding an input moves no other's draws, and options meet the draws of the base.

use crate::engine::ReplicationKey;
use crate::engine::streams::Purpose;
use crate::model::EntityKey;
use crate::stats::latin_hypercube;

/// How what is not known is drawn, and how often each draw is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Design {
    /// Base seed.
    pub seed: u64,
    /// Draws in all; a multiple of the hypercubes.
    pub draws: usize,
    /// Independent Latin hypercubes.
    pub hypercubes: usize,
    /// Replications of each draw.
    pub replications: usize,
}

impl Design {
    /// Draws in one hypercube.
    #[must_use]
    pub const fn points(&self) -> usize {
        self.draws / self.hypercubes
    }

    /// Replications of all draws together.
    #[must_use]
    pub const fn count(&self) -> usize {
        self.draws * self.replications
    }

    /// Where the draws of the input of this key lie in its distribution, strictly between 0 and 1,
    /// hypercube by hypercube. In each hypercube each of as many slices as it has draws holds one.
    ///
    /// Worked: of 20 draws in 10 hypercubes each two have one below and one above 0.5.
    #[must_use]
    pub fn quantiles(&self, key: &str) -> Vec<f64> {
        let of_hypercube = |hypercube: usize| {
            let replication = ReplicationKey {
                seed: self.seed,
                replication: hypercube as u64,
            };
            let stream = replication.stream_key(Purpose::Unknowns, EntityKey::of(key));
            let mut draws = stream.draws(0, 0);
            latin_hypercube(self.points(), 1, || draws.uniform())
        };
        let points = (0..self.hypercubes).flat_map(of_hypercube);
        points.flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESIGN: Design = Design {
        seed: 20_261_005,
        draws: 200,
        hypercubes: 10,
        replications: 5,
    };

    #[test]
    fn every_slice_of_every_hypercube_holds_one_draw() {
        let quantiles = DESIGN.quantiles("posts.*.wte");
        assert_eq!(quantiles.len(), 200);
        for hypercube in quantiles.chunks(20) {
            let mut slices: Vec<usize> = hypercube.iter().map(|it| (it * 20.0) as usize).collect();
            slices.sort_unstable();
            assert_eq!(slices, (0..20).collect::<Vec<_>>());
        }
    }

    /// Correlations of independent orders have a standard deviation of 1 / sqrt(n - 1) = 0.071 over
    /// 200 draws; 0.35 is five of them.
    #[test]
    fn inputs_hypercubes_and_seeds_are_independent() {
        let one = DESIGN.quantiles("a");
        let halves = |it: &[f64]| (it[..100].to_vec(), it[100..].to_vec());
        let other_seed = Design { seed: 1, ..DESIGN };
        let (first, second) = halves(&one);
        let pairs = [
            (one.clone(), DESIGN.quantiles("b")),
            (one.clone(), other_seed.quantiles("a")),
            (first, second),
        ];
        for (left, right) in pairs {
            let correlation = crate::stats::correlation(&left, &right).expect("both vary");
            let bound = 5.0 / (left.len() as f64 - 1.0).sqrt();
            assert!(correlation.abs() < bound, "{correlation}");
            assert_ne!(left, right);
        }
    }

    #[test]
    fn draws_are_a_function_of_the_key() {
        assert_eq!(DESIGN.quantiles("a"), DESIGN.quantiles("a"));
    }
}
