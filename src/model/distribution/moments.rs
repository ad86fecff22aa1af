//! Mean and variance of each distribution, in closed form.
//!
//! The formulae are those of Johnson, Kotz and Balakrishnan, *Continuous Univariate Distributions*
//! (2nd ed., 1994/95) and Johnson, Kemp and Kotz, *Univariate Discrete Distributions* (3rd ed.,
//! 2005), arranged so that no two large numbers are subtracted.

use std::f64::consts::{PI, SQRT_2};

use statrs::function::erf::erfc;

use super::Distribution;

impl Distribution {
    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(mean)
            | Self::Exponential { mean }
            | Self::Gamma { mean, .. }
            | Self::Lognormal { mean, .. }
            | Self::Erlang { mean, .. }
            | Self::Geometric { mean }
            | Self::Poisson { mean } => *mean,
            Self::Weibull { shape, scale } => scale * libm::tgamma(1.0 + 1.0 / shape),
            Self::Uniform { min, max } => f64::midpoint(*min, *max),
            Self::Triangular { min, mode, max } => (min + mode + max) / 3.0,
            Self::Normal { mean, sd } => {
                mean + sd * truncation_shift(deviations_above_0(*mean, *sd))
            }
            Self::Hyperexponential { shares, means } => expectation(shares, means, |mean| mean),
            Self::Discrete { values, shares } => expectation(shares, values, |value| value),
            Self::Empirical(values) => average(values, |value| value),
        }
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        let centre = self.mean();
        match self {
            Self::Constant(_) => 0.0,
            Self::Exponential { mean } => mean * mean,
            Self::Gamma { mean, cv } | Self::Lognormal { mean, cv } => (mean * cv) * (mean * cv),
            Self::Weibull { shape, scale } => scale * scale * weibull_unit_variance(*shape),
            Self::Uniform { min, max } => (max - min) * (max - min) / 12.0,
            Self::Triangular { min, mode, max } => {
                let (mode, max) = (mode - min, max - min);
                (mode * mode + max * max - mode * max) / 18.0
            }
            Self::Normal { mean, sd } => {
                let below = deviations_above_0(*mean, *sd);
                let shift = truncation_shift(below);
                sd * sd * (1.0 - shift * (shift + below))
            }
            Self::Erlang { stages, mean } => mean * mean / f64::from(*stages),
            Self::Hyperexponential { shares, means } => {
                // The variance within the stages and the variance between them.
                expectation(shares, means, |mean| mean * mean + square(mean - centre))
            }
            Self::Geometric { mean } => mean * (mean - 1.0),
            Self::Poisson { mean } => *mean,
            Self::Discrete { values, shares } => {
                expectation(shares, values, |value| square(value - centre))
            }
            Self::Empirical(values) => average(values, |value| square(value - centre)),
        }
    }
}

fn square(value: f64) -> f64 {
    value * value
}

/// Sum of share x f(value). Shares may miss 1 by a rounding; their sum is divided out.
fn expectation(shares: &[f64], values: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    let weighted: f64 = shares.iter().zip(values).map(|(p, x)| p * f(*x)).sum();
    weighted / shares.iter().sum::<f64>()
}

/// Mean of f(value) over observed values.
fn average(values: &[f64], f: impl Fn(f64) -> f64) -> f64 {
    values.iter().map(|value| f(*value)).sum::<f64>() / values.len() as f64
}

/// Mean of a standard normal variate that is not below -`below`: phi(below) / Phi(below), the
/// inverse Mills ratio.
fn truncation_shift(below: f64) -> f64 {
    let density = libm::exp(-below * below / 2.0) / (2.0 * PI).sqrt();
    let kept = erfc(-below / SQRT_2) / 2.0;
    density / kept
}

/// How many standard deviations 0 lies below the mean of a normal. From 40 on the density there is
/// 0 in floating point; cutting it keeps the formulae finite for the smallest deviations.
fn deviations_above_0(mean: f64, sd: f64) -> f64 {
    (mean / sd).min(40.0)
}

/// Variance of a Weibull variate of scale 1: Gamma(1 + 2/k) - Gamma(1 + 1/k)^2, through
/// logarithms, because for a large shape the two are nearly equal.
fn weibull_unit_variance(shape: f64) -> f64 {
    let first = libm::lgamma(1.0 + 1.0 / shape);
    let second = libm::lgamma(1.0 + 2.0 / shape);
    libm::exp(2.0 * first) * libm::expm1(second - 2.0 * first)
}
