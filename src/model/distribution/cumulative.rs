//! Cumulative distribution functions: P(X <= x).
//!
//! For checks, tables of whole numbers and tests; no draw depends on them. The special functions
//! come from statrs.

use std::f64::consts::{PI, SQRT_2};

use statrs::function::erf::erfc;
use statrs::function::gamma::{gamma_lr, gamma_ur};

use super::Distribution;

/// Gamma shape from which the asymptotic expansion replaces the series, whose cost grows with the
/// root of the shape. The expansion is then good to about 1e-10.
const LARGE_SHAPE: f64 = 1e5;

impl Distribution {
    /// The probability of a value of at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        match self {
            Self::Constant(value) => step(x >= *value),
            Self::Exponential { mean } => -libm::expm1(-x / mean),
            Self::Gamma { mean, cv } => {
                let shape = 1.0 / (cv * cv);
                gamma_below(shape, x / mean * shape)
            }
            Self::Lognormal { mean, cv } => {
                let (mu, sigma) = lognormal_parameters(*mean, *cv);
                standard_normal_below((libm::log(x) - mu) / sigma)
            }
            Self::Weibull { shape, scale } => -libm::expm1(-libm::pow(x / scale, *shape)),
            Self::Uniform { min, max } => ((x - min) / (max - min)).clamp(0.0, 1.0),
            Self::Triangular { min, mode, max } => triangular_below(*min, *mode, *max, x),
            Self::Normal { mean, sd } => {
                1.0 - standard_normal_below((mean - x) / sd) / standard_normal_below(mean / sd)
            }
            Self::Erlang { stages, mean } => {
                let shape = f64::from(*stages);
                gamma_below(shape, x / mean * shape)
            }
            Self::Hyperexponential { shares, means } => {
                share_of(shares, means, |mean| -libm::expm1(-x / mean))
            }
            Self::Geometric { mean } => geometric_below(*mean, x),
            Self::Poisson { mean } => gamma_above(x.floor() + 1.0, *mean),
            Self::Discrete { values, shares } => share_of(shares, values, |v| step(v <= x)),
            Self::Empirical(values) => {
                values.iter().filter(|value| **value <= x).count() as f64 / values.len() as f64
            }
        }
    }
}

/// Mean and standard deviation of the logarithm of a lognormal variate.
pub(super) fn lognormal_parameters(mean: f64, cv: f64) -> (f64, f64) {
    let variance = libm::log1p(cv * cv);
    (libm::log(mean) - variance / 2.0, variance.sqrt())
}

fn step(is_reached: bool) -> f64 {
    if is_reached { 1.0 } else { 0.0 }
}

/// Sum of share x probability, with the sum of the shares divided out.
fn share_of(shares: &[f64], values: &[f64], probability: impl Fn(f64) -> f64) -> f64 {
    let weighted: f64 = shares
        .iter()
        .zip(values)
        .map(|(p, x)| p * probability(*x))
        .sum();
    (weighted / shares.iter().sum::<f64>()).min(1.0)
}

/// P(Z <= z) of a standard normal Z.
fn standard_normal_below(z: f64) -> f64 {
    erfc(-z / SQRT_2) / 2.0
}

fn triangular_below(min: f64, mode: f64, max: f64, x: f64) -> f64 {
    if x <= min {
        0.0
    } else if x >= max {
        1.0
    } else if x < mode {
        (x - min) * (x - min) / ((max - min) * (mode - min))
    } else {
        1.0 - (max - x) * (max - x) / ((max - min) * (max - mode))
    }
}

/// P(N <= x) = 1 - (1 - 1/mean)^floor(x).
fn geometric_below(mean: f64, x: f64) -> f64 {
    if x < 1.0 {
        return 0.0;
    }
    -libm::expm1(x.floor() * libm::log1p(-1.0 / mean))
}

/// The regularised lower incomplete gamma function P(shape, x).
fn gamma_below(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if shape < LARGE_SHAPE {
        gamma_lr(shape, x)
    } else {
        let (normal, correction) = gamma_expansion(shape, x);
        (1.0 - normal - correction).clamp(0.0, 1.0)
    }
}

/// The regularised upper incomplete gamma function Q(shape, x), for x above 0.
fn gamma_above(shape: f64, x: f64) -> f64 {
    if shape < LARGE_SHAPE {
        gamma_ur(shape, x)
    } else {
        let (normal, correction) = gamma_expansion(shape, x);
        (normal + correction).clamp(0.0, 1.0)
    }
}

/// Temme's uniform expansion of Q(a, x), normal part and first correction (DLMF 8.12.4, 8.12.10;
/// Temme 1979): relative to the density the next term is below 0.002 / a.
fn gamma_expansion(a: f64, x: f64) -> (f64, f64) {
    let mu = (x - a) / a;
    let eta = (2.0 * (mu - libm::log1p(mu))).max(0.0).sqrt().copysign(mu);
    // Near 0 the difference of the two reciprocals loses its digits; its series (DLMF 8.12.11)
    // does not.
    let coefficient = if eta.abs() < 1e-3 {
        -1.0 / 3.0 + eta / 12.0 - 2.0 * eta * eta / 135.0
    } else {
        1.0 / mu - 1.0 / eta
    };
    let density = libm::exp(-a * eta * eta / 2.0) / (2.0 * PI * a).sqrt();
    (erfc(eta * (a / 2.0).sqrt()) / 2.0, density * coefficient)
}
