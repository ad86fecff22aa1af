//! Drawing from a distribution.
//!
//! Results must not depend on the platform, nor on which other crates are compiled along. So only
//! the standard exponential and the standard normal variate come from `rand_distr`, pinned to one
//! version; everything else is built here from those two, from uniforms of 53 bits, and from
//! `libm`. (The tails of those two use the platform's logarithm: measured on 20 million draws, two
//! in a million differ from `libm`'s, by one unit in the 16th decimal, which rounding to seconds
//! removes.) The tests pin the values drawn: to change one is to change every published number.

use rand::Rng;
use rand_distr::{Distribution as _, Exp1, StandardNormal};

use super::Distribution;
use super::cumulative::lognormal_parameters;
use super::poisson::Poisson;
use super::table::Table;

/// Poisson mean from which values come by rejection; below it, from a table.
const POISSON_REJECTION_FROM: f64 = 10.0;

/// A [`Distribution`] prepared for drawing.
#[derive(Clone, Debug)]
pub struct Sampler(Kind);

/// One formula each, with its constants worked out.
#[derive(Clone, Debug)]
enum Kind {
    Constant(f64),
    Exponential { mean: f64 },
    Gamma(Gamma),
    BoostedGamma { gamma: Gamma, inverse_shape: f64 },
    Lognormal { mu: f64, sigma: f64 },
    Weibull { inverse_shape: f64, scale: f64 },
    Uniform { min: f64, range: f64 },
    Triangular(Triangular),
    Normal { mean: f64, sd: f64 },
    Hyperexponential(Table),
    Geometric { stage: f64 },
    Poisson(Poisson),
    Listed(Table),
    Empirical(Box<[f64]>),
}

impl Distribution {
    /// Prepares the distribution for drawing. It must have passed [`Distribution::check`].
    #[must_use]
    pub fn sampler(&self) -> Sampler {
        debug_assert_eq!(self.check(), Ok(()), "only checked distributions are drawn");
        Sampler(match self {
            Self::Constant(value) => Kind::Constant(*value),
            Self::Exponential { mean } | Self::Erlang { stages: 1, mean } => {
                Kind::Exponential { mean: *mean }
            }
            Self::Gamma { mean, cv } => Kind::gamma(*mean, 1.0 / (cv * cv)),
            Self::Erlang { stages, mean } => Kind::gamma(*mean, f64::from(*stages)),
            Self::Lognormal { mean, cv } => {
                let (mu, sigma) = lognormal_parameters(*mean, *cv);
                Kind::Lognormal { mu, sigma }
            }
            Self::Weibull { shape, scale } => Kind::Weibull {
                inverse_shape: 1.0 / shape,
                scale: *scale,
            },
            Self::Uniform { min, max } => Kind::Uniform {
                min: *min,
                range: max - min,
            },
            Self::Triangular { min, mode, max } => {
                Kind::Triangular(Triangular::new(*min, *mode, *max))
            }
            Self::Normal { mean, sd } => Kind::Normal {
                mean: *mean,
                sd: *sd,
            },
            Self::Hyperexponential { shares, means } => {
                Kind::Hyperexponential(Table::new(means, shares))
            }
            Self::Geometric { mean } => Kind::Geometric {
                stage: -1.0 / libm::log1p(-1.0 / mean),
            },
            Self::Poisson { mean } if *mean < POISSON_REJECTION_FROM => {
                Kind::Listed(Table::poisson(*mean))
            }
            Self::Poisson { mean } => Kind::Poisson(Poisson::new(*mean)),
            Self::Discrete { values, shares } => Kind::Listed(Table::new(values, shares)),
            Self::Empirical(values) => {
                let mut values = values.clone();
                values.sort_unstable_by(f64::total_cmp);
                Kind::Empirical(values.into())
            }
        })
    }
}

impl Sampler {
    /// Draws one value, at least 0. A constant leaves the generator alone.
    // Each place that draws asks for the commonest kinds itself, where the processor learns which
    // one it is; one jump for all of them would be guessed wrong time and again.
    #[inline(always)]
    pub fn sample<R: Rng>(&self, rng: &mut R) -> f64 {
        match &self.0 {
            Kind::Constant(value) => *value,
            Kind::Exponential { mean } => mean * exponential(rng),
            Kind::Gamma(gamma) => gamma.sample(rng),
            rarer => rarer.sample(rng),
        }
    }
}

impl Kind {
    fn sample<R: Rng>(&self, rng: &mut R) -> f64 {
        match self {
            Self::Constant(value) => *value,
            Self::Exponential { mean } => mean * exponential(rng),
            Self::Gamma(gamma) => gamma.sample(rng),
            // Marsaglia and Tsang (2000), section 6: X(shape + 1) x U^(1 / shape), and -ln U is
            // exponential.
            Self::BoostedGamma {
                gamma,
                inverse_shape,
            } => gamma.sample(rng) * libm::exp(-exponential(rng) * inverse_shape),
            Self::Lognormal { mu, sigma } => libm::exp(mu + sigma * normal(rng)),
            // P(X > x) = exp(-(x / scale)^shape), so (X / scale)^shape is exponential.
            Self::Weibull {
                inverse_shape,
                scale,
            } => scale * libm::pow(exponential(rng), *inverse_shape),
            Self::Uniform { min, range } => min + range * uniform(rng),
            Self::Triangular(triangular) => triangular.value_at(uniform(rng)),
            Self::Normal { mean, sd } => truncated_normal(*mean, *sd, rng),
            Self::Hyperexponential(means) => means.value_at(uniform(rng)) * exponential(rng),
            // An exponential variate's whole part is geometric: P(floor(sE) >= k) =
            // exp(-k / s) = (1 - 1/mean)^k with s = -1 / ln(1 - 1/mean).
            Self::Geometric { stage } => 1.0 + (stage * exponential(rng)).floor(),
            Self::Poisson(poisson) => poisson.sample(rng),
            Self::Listed(table) => table.value_at(uniform(rng)),
            Self::Empirical(values) => {
                let index = (uniform(rng) * values.len() as f64) as usize;
                values[index.min(values.len() - 1)]
            }
        }
    }
}

/// The top 53 bits of a random word as a number in `[0, 1)`, every multiple of 2^-53 equally
/// likely.
#[inline]
#[must_use]
pub fn unit(bits: u64) -> f64 {
    const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
    (bits >> 11) as f64 * STEP
}

#[inline]
pub(super) fn uniform<R: Rng>(rng: &mut R) -> f64 {
    unit(rng.next_u64())
}

fn exponential<R: Rng>(rng: &mut R) -> f64 {
    Exp1.sample(rng)
}

#[inline]
fn normal<R: Rng>(rng: &mut R) -> f64 {
    StandardNormal.sample(rng)
}

/// Draws until the value is not negative. The check allows no mean below 0, so at least every
/// second draw is kept.
fn truncated_normal<R: Rng>(mean: f64, sd: f64, rng: &mut R) -> f64 {
    loop {
        let value = mean + sd * normal(rng);
        if value >= 0.0 {
            return value;
        }
    }
}

/// Gamma variates of shape 1 and above: Marsaglia and Tsang, "A simple method for generating gamma
/// variables", ACM Transactions on Mathematical Software 26 (2000) 363-372, whose letters are
/// kept.
#[derive(Clone, Debug)]
struct Gamma {
    d: f64,
    c: f64,
    scale: f64,
}

impl Kind {
    fn gamma(mean: f64, shape: f64) -> Self {
        let scale = mean / shape;
        if shape >= 1.0 {
            Self::Gamma(Gamma::new(shape, scale))
        } else {
            Self::BoostedGamma {
                gamma: Gamma::new(shape + 1.0, scale),
                inverse_shape: 1.0 / shape,
            }
        }
    }
}

impl Gamma {
    fn new(shape: f64, scale: f64) -> Self {
        let d = shape - 1.0 / 3.0;
        Self {
            d,
            c: 1.0 / (9.0 * d).sqrt(),
            scale,
        }
    }

    fn sample<R: Rng>(&self, rng: &mut R) -> f64 {
        loop {
            let x = normal(rng);
            let root = 1.0 + self.c * x;
            if root <= 0.0 {
                continue;
            }
            let v = root * root * root;
            let u = uniform(rng);
            let x2 = x * x;
            if u < 1.0 - 0.0331 * x2 * x2
                || libm::log(u) < 0.5 * x2 + self.d * (1.0 - v + libm::log(v))
            {
                return self.d * v * self.scale;
            }
        }
    }
}

/// Triangular variates by inversion.
#[derive(Clone, Debug)]
struct Triangular {
    min: f64,
    max: f64,
    /// Probability of a value below the mode.
    below_mode: f64,
    /// (max - min) x (mode - min).
    rising: f64,
    /// (max - min) x (max - mode).
    falling: f64,
}

impl Triangular {
    fn new(min: f64, mode: f64, max: f64) -> Self {
        Self {
            min,
            max,
            below_mode: (mode - min) / (max - min),
            rising: (max - min) * (mode - min),
            falling: (max - min) * (max - mode),
        }
    }

    #[inline]
    fn value_at(&self, u: f64) -> f64 {
        if u < self.below_mode {
            self.min + (u * self.rising).sqrt()
        } else {
            self.max - ((1.0 - u) * self.falling).sqrt()
        }
    }
}
