//! Laws fitted to whole numbers of which some are only known to be larger: days between two dates,
//! some of which have not come yet.
//!
//! What is drawn has decimals, what is seen is the nearest whole number `k`: it says that the value lies
//! from `k - 1/2` to `k + 1/2`. What has not happened when it ended after `c` (right-censored) says that it
//! lies beyond `c`; a count known to be more than `c`, that it lies beyond `c + 1/2`. Laws are fitted by maximum likelihood of just that, so that a value of 0 is nothing
//! special and ties are no approximation.
//!
//! | file | answers |
//! | --- | --- |
//! | [`Sample`] (here) | what was seen; the share beyond each whole number (Kaplan and Meier 1958) |
//! | `law` | the laws: exponential, gamma, lognormal, Weibull, Poisson, geometric |
//! | `likelihood` | parameters with standard errors; which of several laws |
//! | `goodness` | whether the law is right: chi-squared on what was expected, given who was at risk |
//! | `sums` | a gamma law of which only sums of several values are seen |

mod goodness;
mod law;
mod likelihood;
mod sums;

pub use law::{Family, Law};
pub use likelihood::{LawFit, Parameter};
pub use sums::{Sum, SumsFit, fit_sums};

use std::collections::BTreeMap;

/// Whole numbers that were seen, and those only known to be exceeded.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sample {
    counts: BTreeMap<u32, Times>,
}

/// How often there was something at a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Times {
    /// It was seen.
    seen: u64,
    /// It lies beyond the value itself.
    passed: u64,
    /// It lies beyond the value and a half.
    beyond: u64,
}

impl Times {
    const fn all(self) -> u64 {
        self.seen + self.passed + self.beyond
    }
}

impl Sample {
    /// Adds a value that was seen.
    pub fn seen(&mut self, value: u32) {
        self.counts.entry(value).or_default().seen += 1;
    }

    /// Adds a time that had not come when `value` had passed.
    pub fn passed(&mut self, value: u32) {
        self.counts.entry(value).or_default().passed += 1;
    }

    /// Adds a count that is only known to be more than `value`.
    pub fn beyond(&mut self, value: u32) {
        self.counts.entry(value).or_default().beyond += 1;
    }

    /// How many were seen.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.counts.values().map(|it| it.seen).sum()
    }

    /// How many there are in all.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.counts.values().map(|it| it.all()).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty()
    }

    /// All added up, what is only known to be exceeded as far as it is known.
    #[must_use]
    pub fn total(&self) -> f64 {
        let each = self.counts.iter();
        each.map(|(value, it)| f64::from(*value) * it.all() as f64 + 0.5 * it.beyond as f64)
            .sum()
    }

    /// The value that at least a share `p` of all that were seen have, if there is one; the smallest of several.
    #[must_use]
    pub fn usual_value(&self, p: f64) -> Option<u32> {
        let wanted = p * self.events() as f64;
        let usual = |it: &Times| it.seen > 0 && it.seen as f64 >= wanted;
        self.counts
            .iter()
            .find(|(_, it)| usual(it))
            .map(|(value, _)| *value)
    }

    /// Value, how many are at risk of it (known to be at least it), how many were seen there, in order.
    fn at_risk(&self) -> impl Iterator<Item = (u32, u64, u64)> + '_ {
        let mut left = self.len();
        self.counts.iter().map(move |(value, it)| {
            let now = left;
            left -= it.all();
            (*value, now, it.seen)
        })
    }

    /// The share beyond each value at which something was seen, in order (product-limit estimate;
    /// Kaplan and Meier 1958, Journal of the American Statistical Association 53, 457-481).
    ///
    /// Worked: 1 seen, beyond 1, 2 seen gives (1, 2/3) and (2, 0).
    #[must_use]
    pub fn share_beyond(&self) -> Vec<(u32, f64)> {
        let mut share = 1.0;
        let seen = self.at_risk().filter(|(_, _, seen)| *seen > 0);
        seen.map(|(value, at_risk, seen)| {
            share *= 1.0 - seen as f64 / at_risk as f64;
            (value, share)
        })
        .collect()
    }

    /// The value that a share `p` does not exceed: half-way marks between whole numbers joined by straight
    /// lines; `None` where the sample does not reach so far.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let (mut from, mut below) = (None, 0.0);
        for (value, share) in self.share_beyond() {
            let start = f64::from(value) - 0.5;
            let start = from.map_or(start, |from: f64| from.max(start)).max(0.0);
            let reached = 1.0 - share;
            if reached >= p {
                let part = (p - below) / (reached - below);
                return Some(start + part * (f64::from(value) + 0.5 - start));
            }
            (from, below) = (Some(f64::from(value) + 0.5), reached);
        }
        None
    }

    /// Pairs of quantiles, expected by a law and seen, at shares that stand for at least `each` of those
    /// that were seen, at most 19 of them; those that the sample reaches while at least `each` are at risk.
    #[must_use]
    pub fn quantile_pairs(&self, law: &Law, each: u64) -> Vec<(f64, f64)> {
        let steps = (self.events() / each.max(1)).min(20);
        let shares = (1..steps).map(|step| step as f64 / steps as f64);
        let many = self
            .at_risk()
            .take_while(|(_, at_risk, _)| *at_risk >= each);
        let last = many
            .last()
            .map_or(0.0, |(value, _, _)| f64::from(value) + 0.5);
        let seen = shares.map_while(|p| Some((p, self.quantile(p).filter(|it| *it <= last)?)));
        seen.map(|(p, seen)| (law.rounded_quantile(p), seen))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_beyond_is_the_product_limit() {
        let mut sample = Sample::default();
        sample.seen(1);
        sample.beyond(1);
        sample.seen(2);
        let shares = sample.share_beyond();
        assert_eq!(shares.len(), 2);
        assert!((shares[0].1 - 2.0 / 3.0).abs() < 1e-12 && shares[1].1.abs() < 1e-12);
        assert_eq!((sample.events(), sample.len()), (2, 3));
        assert_eq!(
            (sample.usual_value(0.5), sample.usual_value(0.6)),
            (Some(1), None)
        );
    }

    #[test]
    fn quantiles_end_where_few_are_left() {
        let law = Law {
            family: Family::Exponential,
            parameters: vec![30.0],
        };
        let mut sample = Sample::default();
        for value in 0..40 {
            sample.seen(value);
        }
        assert_eq!(sample.quantile_pairs(&law, 8).len(), 4);
        (0..400).for_each(|_| sample.passed(10));
        // After day 10, of 440 are 29 left: a quarter and more are reached later by few.
        let pairs = sample.quantile_pairs(&law, 30);
        assert!(pairs.iter().all(|(_, seen)| *seen <= 11.0), "{pairs:?}");
    }

    /// Freireich and others (1963), remission in weeks on 6-MP, as in Kalbfleisch and Prentice, "The
    /// Statistical Analysis of Failure Time Data", table 1.4 of the published survival shares.
    #[test]
    fn remissions_of_leukaemia_are_as_published() {
        let sample = leukaemia();
        let shares: BTreeMap<u32, f64> = sample.share_beyond().into_iter().collect();
        for (week, share) in [
            (6, 0.857),
            (7, 0.807),
            (10, 0.753),
            (13, 0.690),
            (16, 0.627),
        ] {
            assert!(
                (shares[&week] - share).abs() < 6e-4,
                "{week}: {}",
                shares[&week]
            );
        }
        assert!((shares[&22] - 0.538).abs() < 6e-4 && (shares[&23] - 0.448).abs() < 6e-4);
    }

    #[test]
    fn quantiles_lie_between_half_way_marks() {
        let mut sample = Sample::default();
        for value in [3, 4, 4, 5] {
            sample.seen(value);
        }
        let at = |p| sample.quantile(p).unwrap_or(f64::NAN);
        assert!((at(0.25) - 3.5).abs() < 1e-12 && (at(0.5) - 4.0).abs() < 1e-12);
        sample.beyond(9);
        assert_eq!(sample.quantile(0.9), None);
    }

    pub(super) fn leukaemia() -> Sample {
        let mut sample = Sample::default();
        for week in [6, 6, 6, 7, 10, 13, 16, 22, 23] {
            sample.seen(week);
        }
        for week in [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35] {
            sample.passed(week);
        }
        sample
    }
}
