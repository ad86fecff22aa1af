//! Which parameters a distribution may have, in words for a planner.
//!
//! Every check asks whether a value is right, never whether it is wrong, so that "not a number"
//! fails all of them. The limits are far outside what a service can need; they keep every formula
//! of this module inside what floating point holds.

use std::ops::RangeInclusive;

use super::Distribution;

/// The largest mean or value. In days it is nearly three million years.
const LARGEST: f64 = 1e9;
/// Coefficients of variation: below, a constant is meant; above, nearly every value is 0.
const CV: RangeInclusive<f64> = 1e-6..=1e3;
/// Weibull shapes: at 0.1 the mean is already 3.6 million times the scale.
const WEIBULL_SHAPE: RangeInclusive<f64> = 0.1..=1e3;
/// Erlang stages: at a million the values differ by a thousandth.
const STAGES: RangeInclusive<u32> = 1..=1_000_000;
/// How far shares may miss 1, for each share: what decimal notation and addition can lose.
const SHARE_TOLERANCE: f64 = 1e-9;

impl Distribution {
    /// Checks the parameters.
    ///
    /// # Errors
    ///
    /// Every problem at once, in plain English, separated by semicolons.
    pub fn check(&self) -> Result<(), String> {
        let problems = self.problems();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems.join("; "))
        }
    }

    fn problems(&self) -> Vec<String> {
        let mut found = Problems::default();
        match self {
            Self::Constant(value) => found.value("the value", *value),
            Self::Exponential { mean } | Self::Poisson { mean } => found.positive("mean", *mean),
            Self::Gamma { mean, cv } | Self::Lognormal { mean, cv } => {
                found.positive("mean", *mean);
                found.within("cv", *cv, &CV);
            }
            Self::Weibull { shape, scale } => {
                found.within("shape", *shape, &WEIBULL_SHAPE);
                found.positive("scale", *scale);
            }
            Self::Uniform { min, max } => found.range(*min, None, *max),
            Self::Triangular { min, mode, max } => found.range(*min, Some(*mode), *max),
            Self::Normal { mean, sd } => {
                found.value("mean", *mean);
                found.positive("sd", *sd);
            }
            Self::Erlang { stages, mean } => {
                found.stages(*stages);
                found.positive("mean", *mean);
            }
            Self::Hyperexponential { shares, means } => {
                found.shares(shares, "means", means.len());
                found.each("means", means, "above 0", |mean| mean > 0.0);
            }
            Self::Geometric { mean } => found.within("mean", *mean, &(1.0..=LARGEST)),
            Self::Discrete { values, shares } => {
                found.shares(shares, "values", values.len());
                found.each("values", values, "at least 0", |value| value >= 0.0);
            }
            Self::Empirical(values) => {
                found.require(!values.is_empty(), || "there are no values".to_owned());
                found.each("values", values, "at least 0", |value| value >= 0.0);
            }
        }
        found.mean(self);
        found.0
    }
}

/// The problems found so far.
#[derive(Default)]
struct Problems(Vec<String>);

impl Problems {
    fn require(&mut self, is_right: bool, otherwise: impl FnOnce() -> String) {
        if !is_right {
            self.0.push(otherwise());
        }
    }

    fn within(&mut self, name: &str, found: f64, allowed: &RangeInclusive<f64>) {
        self.require(allowed.contains(&found), || {
            let (least, most) = (allowed.start(), allowed.end());
            format!("{name} must be from {least} to {most}, but is {found}")
        });
    }

    fn value(&mut self, name: &str, found: f64) {
        self.within(name, found, &(0.0..=LARGEST));
    }

    fn positive(&mut self, name: &str, found: f64) {
        self.require(found > 0.0 && found <= LARGEST, || {
            format!("{name} must be above 0 and at most {LARGEST}, but is {found}")
        });
    }

    fn stages(&mut self, found: u32) {
        self.require(STAGES.contains(&found), || {
            let (least, most) = (STAGES.start(), STAGES.end());
            format!("stages must be from {least} to {most}, but is {found}")
        });
    }

    fn range(&mut self, min: f64, mode: Option<f64>, max: f64) {
        self.value("min", min);
        self.value("max", max);
        self.require(min < max, || {
            format!("min must be below max, but min is {min} and max is {max}")
        });
        if let Some(mode) = mode {
            self.require(min <= mode && mode <= max, || {
                format!("mode must be from min to max, but is {mode}")
            });
        }
    }

    /// Says where and not what: a list may come from a file of records, whose content is never
    /// repeated.
    fn each(&mut self, name: &str, found: &[f64], rule: &str, is_right: impl Fn(f64) -> bool) {
        let wrong = |value: &f64| !(is_right(*value) && *value <= LARGEST);
        let count = found.iter().filter(|value| wrong(value)).count();
        if let Some(first) = found.iter().position(wrong) {
            let place = first + 1;
            let others = match count - 1 {
                0 => String::new(),
                others => format!(" (and {others} more)"),
            };
            self.0.push(format!(
                "{name} must each be {rule} and at most {LARGEST}, but number {place} in the list is not{others}"
            ));
        }
    }

    fn shares(&mut self, shares: &[f64], name: &str, expected: usize) {
        let count = shares.len();
        self.require(count > 0, || "there are no shares".to_owned());
        self.require(count == expected, || {
            format!("there must be as many shares as {name}, but there are {count} and {expected}")
        });
        let are_shares = shares.iter().all(|share| (0.0..=1.0).contains(share));
        self.require(are_shares, || "shares must each be from 0 to 1".to_owned());
        let sum: f64 = shares.iter().sum();
        let is_whole = (sum - 1.0).abs() <= SHARE_TOLERANCE * count as f64;
        self.require(is_whole || count == 0, || {
            format!("shares must sum to 1, but sum to {sum}")
        });
    }

    /// Parameters that are each in order can still give an absurd mean (a Weibull with a small
    /// shape).
    fn mean(&mut self, distribution: &Distribution) {
        if self.0.is_empty() {
            let mean = distribution.mean();
            self.require(mean <= LARGEST * (1.0 + 1e-9), || {
                format!("the mean must be at most {LARGEST}, but is {mean}")
            });
        }
    }
}
