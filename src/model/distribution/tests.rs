//! Laws of distributions and of their samplers. The cases and the fixed generator are here.

mod checks;
mod draws;
mod formulae;
mod laws;
mod quantiles;
mod rounding;
mod textbook;
mod values;
mod whole;

use std::convert::Infallible;

use rand::{Rng, TryRng};

use super::Distribution::{self, *};

/// SplitMix64 (Steele, Lea and Flood 2014): a generator that owes nothing to the engine's.
struct SplitMix(u64);

impl TryRng for SplitMix {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next_u64() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(word ^ (word >> 31))
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Infallible> {
        for chunk in destination.chunks_mut(8) {
            chunk.copy_from_slice(&self.next_u64().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// Continuous distributions, through every branch of the samplers and of the formulae.
fn continuous() -> Vec<Distribution> {
    vec![
        Exponential { mean: 91.0 },
        Gamma {
            mean: 14.0,
            cv: 0.3,
        },
        Gamma {
            mean: 14.0,
            cv: 1.0,
        },
        Gamma { mean: 2.0, cv: 1.5 },
        // Shape 250,000: the expansion of the cumulative distribution.
        Gamma {
            mean: 30.0,
            cv: 0.002,
        },
        Lognormal {
            mean: 20.0,
            cv: 0.5,
        },
        Lognormal {
            mean: 20.0,
            cv: 1.0,
        },
        Weibull {
            shape: 0.8,
            scale: 10.0,
        },
        Weibull {
            shape: 3.0,
            scale: 10.0,
        },
        Uniform {
            min: 3.0,
            max: 10.5,
        },
        Triangular {
            min: 6.0,
            mode: 8.0,
            max: 12.0,
        },
        Triangular {
            min: 0.0,
            mode: 0.0,
            max: 4.0,
        },
        Triangular {
            min: 1.0,
            mode: 4.0,
            max: 4.0,
        },
        Normal {
            mean: 45.0,
            sd: 10.0,
        },
        Normal {
            mean: 5.0,
            sd: 10.0,
        },
        Normal { mean: 0.0, sd: 1.0 },
        Erlang {
            stages: 1,
            mean: 7.0,
        },
        Erlang {
            stages: 4,
            mean: 7.0,
        },
        Hyperexponential {
            shares: vec![0.8, 0.2],
            means: vec![2.0, 12.0],
        },
    ]
}

/// Distributions on separate values, likewise.
fn discrete() -> Vec<Distribution> {
    vec![
        Geometric { mean: 1.0 },
        Geometric { mean: 3.5 },
        Geometric { mean: 400.0 },
        Poisson { mean: 0.5 },
        Poisson { mean: 9.99 },
        Poisson { mean: 10.0 },
        Poisson { mean: 25.0 },
        Poisson { mean: 4_000.0 },
        Poisson { mean: 1e9 },
        Discrete {
            values: vec![20.0, 45.0, 0.0],
            shares: vec![0.7, 0.25, 0.05],
        },
        Empirical(vec![3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0]),
    ]
}
