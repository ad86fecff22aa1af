//! How long something lasts, as [`super::infinite_server`] needs it: its moments up to a time, and
//! its transform at a frequency.

use libm::erfc;
use statrs::function::gamma::checked_gamma_ur;
use std::f64::consts::{SQRT_2, TAU};

/// The distribution of a length of time, by its mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stay {
    /// Exponential.
    Exponential {
        /// Mean.
        mean: f64,
    },
    /// Always the same.
    Constant {
        /// That length.
        mean: f64,
    },
    /// The sum of so many exponential stages of the same mean.
    Erlang {
        /// Stages, at least 1.
        stages: u32,
        /// Mean of the whole.
        mean: f64,
    },
    /// Lognormal.
    Lognormal {
        /// Mean.
        mean: f64,
        /// Squared coefficient of variation: variance / mean^2.
        cv2: f64,
    },
}

/// 1 - E exp(-i g S) = `cosine` + i `sine`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Transform {
    /// E (1 - cos g S).
    pub cosine: f64,
    /// E sin g S.
    pub sine: f64,
}

impl Stay {
    /// Whether all of its numbers are positive and finite.
    #[must_use]
    pub fn is_proper(&self) -> bool {
        let positive = |number: f64| number > 0.0 && number.is_finite();
        positive(self.mean())
            && match self {
                Self::Exponential { .. } | Self::Constant { .. } => true,
                Self::Erlang { stages, .. } => *stages > 0,
                Self::Lognormal { cv2, .. } => positive(*cv2),
            }
    }

    /// The mean length.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match *self {
            Self::Exponential { mean }
            | Self::Constant { mean }
            | Self::Erlang { mean, .. }
            | Self::Lognormal { mean, .. } => mean,
        }
    }

    /// E min(S, t): the mean time spent by `time`, for a `time` of 0 or more.
    pub(super) fn mean_until(&self, time: f64) -> f64 {
        let [longer, mean, _] = self.split_moments(time);
        mean + time * longer
    }

    /// E min(S, t)^2.
    pub(super) fn square_until(&self, time: f64) -> f64 {
        let [longer, _, square] = self.split_moments(time);
        square + time * time * longer
    }

    /// P(S > t), E(S; S <= t) and E(S^2; S <= t).
    fn split_moments(&self, time: f64) -> [f64; 3] {
        match *self {
            Self::Exponential { mean } => erlang_moments(1, mean, time),
            Self::Erlang { stages, mean } => erlang_moments(stages, mean, time),
            Self::Constant { mean } if time < mean => [1.0, 0.0, 0.0],
            Self::Constant { mean } => [0.0, mean, mean * mean],
            Self::Lognormal { mean, cv2 } => {
                // ln S is normal; weighing by S^j moves its mean by j variances.
                let variance = cv2.ln_1p();
                let score = |weighed: f64| {
                    ((time / mean).ln() + (0.5 - weighed) * variance) / variance.sqrt()
                };
                [
                    normal_above(score(0.0)),
                    mean * normal_above(-score(1.0)),
                    mean * mean * (1.0 + cv2) * normal_above(-score(2.0)),
                ]
            }
        }
    }

    /// 1 - E exp(-i g S) at a frequency g above 0, without the cancellation of that difference.
    /// `None` for a lognormal at a frequency so high that its integral does not settle.
    pub(super) fn transform(&self, frequency: f64) -> Option<Transform> {
        let fixed = |angle: f64| Transform {
            cosine: 2.0 * (angle / 2.0).sin().powi(2),
            sine: angle.sin(),
        };
        match *self {
            Self::Exponential { mean } => Some(erlang_transform(1, mean * frequency)),
            Self::Erlang { stages, mean } => Some(erlang_transform(stages, mean * frequency)),
            Self::Constant { mean } => Some(fixed(frequency * mean)),
            Self::Lognormal { mean, cv2 } => {
                let variance = cv2.ln_1p();
                let deviation = variance.sqrt();
                let median = frequency * mean * (-variance / 2.0).exp();
                normal_mean(|score| fixed(median * (deviation * score).exp()))
            }
        }
    }
}

fn erlang_moments(stages: u32, mean: f64, time: f64) -> [f64; 3] {
    let stages = f64::from(stages);
    let stage = mean / stages;
    // P(more than `time` for so many stages); no time at all is no argument of the library.
    let above = |stages: f64| checked_gamma_ur(stages, time / stage).unwrap_or(1.0);
    [
        above(stages),
        mean * (1.0 - above(stages + 1.0)),
        mean * (mean + stage) * (1.0 - above(stages + 2.0)),
    ]
}

/// With k stages of rate r, E exp(-i g S) = (1 + i g / r)^-k = rho exp(-i angle).
fn erlang_transform(stages: u32, mean_angle: f64) -> Transform {
    let stages = f64::from(stages);
    let ratio = mean_angle / stages;
    let shrink = -0.5 * stages * (ratio * ratio).ln_1p();
    let angle = stages * ratio.atan();
    Transform {
        cosine: -shrink.exp_m1() + shrink.exp() * 2.0 * (angle / 2.0).sin().powi(2),
        sine: shrink.exp() * angle.sin(),
    }
}

/// P(Z > score) for a standard normal Z.
fn normal_above(score: f64) -> f64 {
    0.5 * erfc(score / SQRT_2)
}

/// The mean of a function of a standard normal score, by the trapezoidal rule, which converges
/// faster than any power of the step on a smooth function of this weight (Trefethen & Weideman
/// 2014); steps are halved until that changes nothing.
fn normal_mean(of: impl Fn(f64) -> Transform) -> Option<Transform> {
    const FURTHEST: f64 = 9.0;
    let sum = |steps: u32, first: f64| {
        let step = 2.0 * FURTHEST / f64::from(steps);
        (0..steps).fold((0.0, 0.0), |(cosine, sine), place| {
            let score = step * (f64::from(place) + first) - FURTHEST;
            let weight = step * (-0.5 * score * score).exp() / TAU.sqrt();
            let value = of(score);
            (cosine + weight * value.cosine, sine + weight * value.sine)
        })
    };
    let mut steps = 128;
    let mut found = sum(steps, 0.0);
    while steps < 1 << 20 {
        // The points half way between the last ones.
        let between = sum(steps, 0.5);
        let settled = (found.0 - between.0).abs() + (found.1 - between.1).abs() < 1e-14 * TAU;
        found = ((found.0 + between.0) / 2.0, (found.1 + between.1) / 2.0);
        steps *= 2;
        if settled {
            let (cosine, sine) = found;
            return Some(Transform { cosine, sine });
        }
    }
    None
}
