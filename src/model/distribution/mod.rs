//! Distributions: what a drawn time or count looks like, and how one is drawn.
//!
//! A [`Distribution`] is a description as a scenario gives it: it can be checked, and knows its
//! mean, variance and cumulative distribution. A [`Sampler`] is the same thing prepared for
//! drawing. Every value is a time or a count in the unit of the key that holds it, so nothing here
//! is ever below 0. Nothing here knows units, keys of random streams or the scenario file.

mod check;
mod cumulative;
mod moments;
mod poisson;
mod quantile;
mod rounded;
mod sampler;
mod table;

pub use rounded::to_count;
pub use sampler::{Sampler, unit};

/// A probability distribution of a time or a count.
///
/// Everything but [`Distribution::check`] expects a distribution that has passed it.
#[derive(Clone, Debug, PartialEq)]
pub enum Distribution {
    /// Always the same value; draws no random number.
    Constant(f64),
    /// Exponential.
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// Gamma: shape 1 / cv^2.
    Gamma {
        /// Mean.
        mean: f64,
        /// Coefficient of variation: standard deviation / mean.
        cv: f64,
    },
    /// Lognormal: the logarithm is normal with variance ln(1 + cv^2).
    Lognormal {
        /// Mean of the values, not of their logarithms.
        mean: f64,
        /// Coefficient of variation: standard deviation / mean.
        cv: f64,
    },
    /// Weibull: P(X > x) = exp(-(x / scale)^shape).
    Weibull {
        /// Shape; 1 is exponential.
        shape: f64,
        /// Scale: about 63% of values lie below it.
        scale: f64,
    },
    /// Uniform.
    Uniform {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// Triangular.
    Triangular {
        /// Smallest value.
        min: f64,
        /// Most likely value.
        mode: f64,
        /// Largest value.
        max: f64,
    },
    /// Normal truncated at 0: conditional on not being negative, so that its mean lies above the
    /// parameter `mean` and its standard deviation below `sd`, visibly so where `mean` is less
    /// than about three times `sd`.
    Normal {
        /// Mean before truncation.
        mean: f64,
        /// Standard deviation before truncation.
        sd: f64,
    },
    /// Erlang: the sum of equal independent exponential stages.
    Erlang {
        /// Number of stages.
        stages: u32,
        /// Mean of the sum.
        mean: f64,
    },
    /// Hyperexponential: exponential with one of several means.
    Hyperexponential {
        /// Probability of each mean; sums to 1.
        shares: Vec<f64>,
        /// The means.
        means: Vec<f64>,
    },
    /// Geometric on 1, 2, …: trials up to and including the first success.
    Geometric {
        /// Mean, at least 1.
        mean: f64,
    },
    /// Poisson.
    Poisson {
        /// Mean.
        mean: f64,
    },
    /// Listed values with their probabilities.
    Discrete {
        /// The values.
        values: Vec<f64>,
        /// Probability of each value; sums to 1.
        shares: Vec<f64>,
    },
    /// Observed values, each as likely as any other.
    Empirical(Vec<f64>),
}

impl Distribution {
    /// The value of a constant; `None` for everything else.
    #[must_use]
    pub const fn is_constant(&self) -> Option<f64> {
        match self {
            Self::Constant(value) => Some(*value),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
