//! The laws that are fitted: how much of each lies beyond a value.

use libm::{exp, expm1, log, log1p, pow};
use statrs::function::erf::erfc;
use statrs::function::gamma::{gamma_lr, gamma_ur};
use std::f64::consts::SQRT_2;

/// Half-way marks that are searched at most for a quantile.
const FARTHEST: u32 = 100_000;

/// A law without its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// Memoryless; parameter: mean.
    Exponential,
    /// Parameters: mean, coefficient of variation.
    Gamma,
    /// Parameters: mean and coefficient of variation of the values themselves.
    Lognormal,
    /// Parameters: shape, scale.
    Weibull,
    /// Parameter: mean.
    Poisson,
    /// Trials up to and including the first success, from 1; parameter: mean.
    Geometric,
}

impl Family {
    /// Names of the parameters, in order.
    #[must_use]
    pub const fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::Exponential | Self::Poisson | Self::Geometric => &["mean"],
            Self::Gamma | Self::Lognormal => &["mean", "cv"],
            Self::Weibull => &["shape", "scale"],
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exponential => "exponential",
            Self::Gamma => "gamma",
            Self::Lognormal => "lognormal",
            Self::Weibull => "weibull",
            Self::Poisson => "poisson",
            Self::Geometric => "geometric",
        }
    }
}

/// A law with its parameters, all above 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Law {
    /// Which.
    pub family: Family,
    /// Its parameters, in the order of [`Family::parameters`].
    pub parameters: Vec<f64>,
}

impl Law {
    fn parameter(&self, index: usize) -> f64 {
        self.parameters.get(index).copied().unwrap_or(f64::NAN)
    }

    /// P(X > x).
    ///
    /// Worked: exponential of mean 10 at 10: 1/e = 0.367879.
    #[must_use]
    pub fn above(&self, x: f64) -> f64 {
        if x <= 0.0 {
            return match self.family {
                Family::Poisson if x >= 0.0 => -expm1(-self.parameter(0)),
                _ => 1.0,
            };
        }
        let (first, second) = (self.parameter(0), self.parameter(1));
        match self.family {
            Family::Exponential => exp(-x / first),
            Family::Gamma => {
                let shape = 1.0 / (second * second);
                gamma_ur(shape, x / first * shape)
            }
            Family::Lognormal => {
                let variance = log1p(second * second);
                let middle = log(first) - variance / 2.0;
                erfc((log(x) - middle) / (variance.sqrt() * SQRT_2)) / 2.0
            }
            Family::Weibull => exp(-pow(x / second, first)),
            Family::Poisson => gamma_lr(x.floor() + 1.0, first),
            Family::Geometric => exp(x.floor() * log1p(-1.0 / first.max(1.0 + 1e-9))),
        }
    }

    /// Its mean.
    ///
    /// Worked: Weibull of shape 2 and scale 1: the square root of pi by 2, 0.886227.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self.family {
            Family::Weibull => self.parameter(1) * libm::tgamma(1.0 + 1.0 / self.parameter(0)),
            _ => self.parameter(0),
        }
    }

    /// Probability of the whole number `value` after rounding.
    #[must_use]
    pub fn probability(&self, value: u32) -> f64 {
        let value = f64::from(value);
        self.above(value - 0.5) - self.above(value + 0.5)
    }

    /// The value that a share `p` does not exceed after rounding: half-way marks joined by straight lines,
    /// as [`super::Sample::quantile`] has it.
    #[must_use]
    pub fn rounded_quantile(&self, p: f64) -> f64 {
        let mut below = 0.0;
        for value in 0..FARTHEST {
            let end = f64::from(value) + 0.5;
            let reached = 1.0 - self.above(end);
            if reached >= p {
                let start = (end - 1.0).max(0.0);
                let part = (p - below) / (reached - below).max(f64::MIN_POSITIVE);
                return start + part * (end - start);
            }
            below = reached;
        }
        f64::from(FARTHEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn law(family: Family, parameters: &[f64]) -> Law {
        Law {
            family,
            parameters: parameters.to_vec(),
        }
    }

    /// Against values of the R functions pexp, pgamma, plnorm, pweibull, ppois and pgeom, upper tails.
    #[test]
    fn tails_are_those_of_the_tables() {
        let cases = [
            (law(Family::Exponential, &[10.0]), 10.0, 0.367_879_441),
            (law(Family::Gamma, &[2.0, 1.0]), 2.0, 0.367_879_441),
            // Shape 4, scale 1/2: e^-4 (1 + 4 + 8 + 64/6) at 2.
            (law(Family::Gamma, &[2.0, 0.5]), 2.0, 0.433_470_12),
            (law(Family::Weibull, &[2.0, 1.0]), 1.0, 0.367_879_441),
            (law(Family::Poisson, &[2.0]), 2.5, 0.323_323_58),
            (law(Family::Geometric, &[4.0]), 2.5, 0.5625),
        ];
        for (law, x, wanted) in cases {
            assert!(
                (law.above(x) - wanted).abs() < 1e-8,
                "{law:?} at {x}: {}",
                law.above(x)
            );
        }
        // Half of a lognormal lies below its median, mean / sqrt(1 + cv^2).
        let lognormal = law(Family::Lognormal, &[5.0, 0.75]);
        assert!((lognormal.above(4.0) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn all_whole_numbers_together_are_certain() {
        for family in [
            Family::Gamma,
            Family::Lognormal,
            Family::Poisson,
            Family::Geometric,
        ] {
            let law = law(family, &[6.0, 0.5]);
            let sum: f64 = (0..500).map(|value| law.probability(value)).sum();
            assert!((sum - 1.0).abs() < 1e-9, "{family:?}: {sum}");
        }
    }

    #[test]
    fn quantiles_are_where_the_tail_says() {
        let law = law(Family::Exponential, &[100.0]);
        assert!((law.rounded_quantile(0.5) - 69.3).abs() < 0.05);
        assert!((law.mean() - 100.0).abs() < 1e-12);
    }
}
