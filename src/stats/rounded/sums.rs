//! A gamma law of which only sums of several values are seen: intervals between contacts, of which first and
//! last day and the number are known.
//!
//! The sum of `m` values of shape `a` and scale `s` is gamma of shape `m a` and scale `s`. The maximum
//! likelihood estimate of the mean is the total over the number of values; that of the shape has to be searched.

use super::likelihood::{Parameter, search};
use crate::stats::chi_squared::Goodness;
use libm::{lgamma, log};
use statrs::function::gamma::gamma_lr;

/// Groups of the test of fit.
const GROUPS: usize = 10;
/// Sums for each group at least.
const FEWEST_EACH: usize = 5;

/// A sum of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sum {
    /// How many values; above 0.
    pub values: f64,
    /// What they come to; a sum of nothing is taken as a half.
    pub total: f64,
}

/// The law of single values.
#[derive(Clone, Debug, PartialEq)]
pub struct SumsFit {
    /// Mean, with the standard error of a ratio, which does not lean on the law.
    pub mean: Parameter,
    /// Coefficient of variation.
    pub cv: Parameter,
    /// Whether sums are where the law says: chi-squared over ten equally likely ranges.
    pub goodness: Option<Goodness>,
    /// Shares of the law below each sum, in order: evenly spread from 0 to 1 where it is right.
    pub shares_below: Vec<f64>,
}

/// Fits the law; `None` for fewer than two sums, or where they do not vary.
#[must_use]
pub fn fit_sums(sums: &[Sum]) -> Option<SumsFit> {
    let number: f64 = sums.iter().map(|it| it.values).sum();
    let total: f64 = sums.iter().map(|it| it.total.max(0.5)).sum();
    let has_values = number > 0.0;
    if sums.len() < 2 || !has_values {
        return None;
    }
    let mean = total / number;
    let off = |it: &Sum| it.total.max(0.5) - mean * it.values;
    let squares: f64 = sums.iter().map(|it| off(it) * off(it)).sum();
    let few = sums.len() as f64;
    let standard_error = (squares * few / (few - 1.0)).sqrt() / number;
    let value = |logs: &[f64]| -log_likelihood(sums, mean, libm::exp(logs[0]));
    let at = search(&[log(4.0)], &value)[0];
    let shape = libm::exp(at);
    let step = 1e-3;
    let curvature =
        (value(&[at + step]) - 2.0 * value(&[at]) + value(&[at - step])) / (step * step);
    let is_peak = curvature > 0.0 && (1e-3..1e5).contains(&shape);
    if !is_peak {
        return None;
    }
    let cv = 1.0 / shape.sqrt();
    let mut shares_below: Vec<f64> = sums
        .iter()
        .map(|it| gamma_lr(it.values * shape, it.total.max(0.5) / mean * shape))
        .collect();
    shares_below.sort_by(f64::total_cmp);
    Some(SumsFit {
        mean: Parameter {
            name: "mean",
            value: mean,
            standard_error,
        },
        // The logarithm of the coefficient is minus half that of the shape.
        cv: Parameter {
            name: "cv",
            value: cv,
            standard_error: cv / 2.0 / curvature.sqrt(),
        },
        goodness: evenness(&shares_below),
        shares_below,
    })
}

fn log_likelihood(sums: &[Sum], mean: f64, shape: f64) -> f64 {
    let scale = mean / shape;
    let each = sums.iter().map(|it| {
        let (shape, total) = (it.values * shape, it.total.max(0.5));
        (shape - 1.0) * log(total / scale) - total / scale - log(scale) - lgamma(shape)
    });
    each.sum()
}

/// Chi-squared of shares that ought to be even, of which two parameters were taken.
fn evenness(shares: &[f64]) -> Option<Goodness> {
    if shares.len() < GROUPS * FEWEST_EACH {
        return None;
    }
    let mut groups = [0.0; GROUPS];
    for share in shares {
        groups[((share * GROUPS as f64) as usize).min(GROUPS - 1)] += 1.0;
    }
    let expected = shares.len() as f64 / GROUPS as f64;
    let statistic = groups
        .iter()
        .map(|it| (it - expected) * (it - expected) / expected);
    Goodness::of(statistic.sum(), GROUPS as u32 - 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::rounded::{Family, Law};

    #[test]
    fn sums_of_gamma_values_give_the_law_back() {
        let mut sums = Vec::new();
        for values in [1.0_f64, 2.0, 5.0] {
            let parameters = vec![14.0 * values, 0.3 / values.sqrt()];
            let law = Law {
                family: Family::Gamma,
                parameters,
            };
            for step in 0..300 {
                let p = (f64::from(step) + 0.5) / 300.0;
                sums.push(Sum {
                    values,
                    total: law.rounded_quantile(p),
                });
            }
        }
        let fit = fit_sums(&sums).expect("a fit");
        assert!((fit.mean.value - 14.0).abs() < 0.05, "{:?}", fit.mean);
        assert!((fit.cv.value - 0.3).abs() < 0.01, "{:?}", fit.cv);
        assert!(
            fit.goodness.is_some_and(|it| it.p > 0.5),
            "{:?}",
            fit.goodness
        );
    }

    #[test]
    fn one_sum_has_no_spread() {
        let one = Sum {
            values: 2.0,
            total: 28.0,
        };
        assert_eq!(fit_sums(&[one]), None);
        assert_eq!(fit_sums(&[one; 40]), None);
    }
}
