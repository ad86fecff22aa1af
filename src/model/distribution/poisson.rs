//! Poisson variates of large mean.
//!
//! Algorithm PTRS of Hörmann, "The transformed rejection method for generating Poisson random
//! variables", Insurance: Mathematics and Economics 12 (1993) 39-45, whose letters and constants
//! are kept. It is exact, at a cost that does not grow with the mean. (Below a mean of 10, where
//! it does not hold, a [`super::table::Table`] serves.)

use std::f64::consts::PI;

use rand::Rng;

use super::sampler::uniform;

/// Poisson variates of mean 10 and above.
#[derive(Clone, Debug)]
pub(super) struct Poisson {
    mean: f64,
    a: f64,
    b: f64,
    inverse_alpha: f64,
    v_r: f64,
}

impl Poisson {
    pub(super) fn new(mean: f64) -> Self {
        let b = 0.931 + 2.53 * mean.sqrt();
        Self {
            mean,
            a: -0.059 + 0.02483 * b,
            b,
            inverse_alpha: 1.1239 + 1.1328 / (b - 3.4),
            v_r: 0.9277 - 3.6224 / (b - 2.0),
        }
    }

    pub(super) fn sample<R: Rng>(&self, rng: &mut R) -> f64 {
        loop {
            let u = uniform(rng) - 0.5;
            let v = uniform(rng);
            let us = 0.5 - u.abs();
            let k = ((2.0 * self.a / us + self.b) * u + self.mean + 0.43).floor();
            if us >= 0.07 && v <= self.v_r {
                return k;
            }
            if k < 0.0 || (us < 0.013 && v > us) {
                continue;
            }
            let height = v * self.inverse_alpha / (self.a / (us * us) + self.b);
            if libm::log(height) <= self.log_probability(k) {
                return k;
            }
        }
    }

    /// ln P(N = k) = k ln(mean) - mean - ln k!. From 16 on by Stirling's series, in which
    /// k ln(mean / k) + k - mean is formed from the relative difference of mean and k: for a mean
    /// of 1e9 the plain formula would keep six decimals only.
    fn log_probability(&self, k: f64) -> f64 {
        if k < 16.0 {
            return k * libm::log(self.mean) - self.mean - libm::lgamma(k + 1.0);
        }
        let difference = (self.mean - k) / k;
        let series = (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / (k * k)) / (k * k)) / k;
        k * (libm::log1p(difference) - difference) - 0.5 * libm::log(2.0 * PI * k) - series
    }
}
