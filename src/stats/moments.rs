//! Mean, spread and correlation of plain slices, the moments of pairs, and the mean of paired
//! differences.
//!
//! All values are finite. Undefined results are `None`, never NaN.

use super::estimate::{ALPHA, Accumulator, Estimate};

/// The mean of `values`; `None` when there are none.
#[must_use]
pub fn mean(values: &[f64]) -> Option<f64> {
    Accumulator::of(values).mean()
}

/// The sample standard deviation of `values` (divisor n - 1); `None` for fewer than two.
#[must_use]
pub fn sample_sd(values: &[f64]) -> Option<f64> {
    Accumulator::of(values).sd()
}

/// Pearson's correlation of `left[i]` with `right[i]`, from -1 to 1.
///
/// `None` for fewer than two pairs, for slices of different lengths, and when either slice does not
/// vary. Worked: (1, 2, 3) with (1, 3, 2) gives 0.5.
#[must_use]
pub fn correlation(left: &[f64], right: &[f64]) -> Option<f64> {
    if left.len() != right.len() {
        return None;
    }
    let spread = sample_sd(left)? * sample_sd(right)?;
    let covariance = PairedMoments::of(left, right)?.covariance;
    // Rounding can carry a perfect correlation past 1.
    (spread > 0.0).then(|| (covariance / spread).clamp(-1.0, 1.0))
}

/// Means, variances and covariance of pairs: all that an interval made from two measures of the
/// same replications needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedMoments {
    /// Number of pairs; at least 2.
    pub n: u64,
    /// Mean of the left values.
    pub left_mean: f64,
    /// Mean of the right values.
    pub right_mean: f64,
    /// Sample variance of the left values (divisor n - 1).
    pub left_variance: f64,
    /// Sample variance of the right values (divisor n - 1).
    pub right_variance: f64,
    /// Sample covariance of the pairs (divisor n - 1).
    pub covariance: f64,
}

impl PairedMoments {
    /// The moments of `left[i]` with `right[i]`; `None` for fewer than two pairs and for slices of
    /// different lengths.
    ///
    /// Worked: (1, 2, 3) with (1, 3, 2) gives means 2 and 2, variances 1 and 1, covariance 0.5.
    #[must_use]
    pub fn of(left: &[f64], right: &[f64]) -> Option<Self> {
        if left.len() != right.len() {
            return None;
        }
        let (left_mean, right_mean) = (mean(left)?, mean(right)?);
        let products: f64 = left
            .iter()
            .zip(right)
            .map(|(x, y)| (x - left_mean) * (y - right_mean))
            .sum();
        Some(Self {
            n: left.len() as u64,
            left_mean,
            right_mean,
            left_variance: sample_sd(left)?.powi(2),
            right_variance: sample_sd(right)?.powi(2),
            covariance: products / (left.len() - 1) as f64,
        })
    }
}

/// The mean of `after[i] - before[i]` with its 95% t interval.
///
/// `None` when there are no pairs or the slices have different lengths. Pairs share their random
/// numbers, so that this interval is narrower than that of two independent means by as much as
/// [`correlation`] is high: Var(difference) = Var(after) + Var(before) - 2 cov.
///
/// Worked: before (10, 20, 30), after (12, 21, 33) gives mean 2, interval -0.484138 to 4.484138.
#[must_use]
pub fn paired_difference(before: &[f64], after: &[f64]) -> Option<Estimate> {
    paired_difference_at_level(before, after, ALPHA)
}

/// The same with the 100(1 - `alpha`)% interval.
#[must_use]
pub fn paired_difference_at_level(before: &[f64], after: &[f64], alpha: f64) -> Option<Estimate> {
    if before.len() != after.len() {
        return None;
    }
    let differences: Vec<f64> = before.iter().zip(after).map(|(b, a)| a - b).collect();
    Estimate::at_level(&differences, alpha)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(value: Option<f64>, target: f64) {
        let value = value.expect("a value");
        assert!((value - target).abs() < 5e-7, "{value} is not {target}");
    }

    #[test]
    fn moments_by_hand() {
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert_near(mean(&values), 5.0);
        assert_near(sample_sd(&values), (32.0_f64 / 7.0).sqrt());
        assert_eq!(mean(&[]), None);
        assert_eq!(sample_sd(&[1.0]), None);
    }

    #[test]
    fn correlation_by_hand_and_at_its_ends() {
        assert_near(correlation(&[1.0, 2.0, 3.0], &[1.0, 3.0, 2.0]), 0.5);
        assert_near(correlation(&[1.0, 2.0, 3.0], &[0.1, 0.2, 0.3]), 1.0);
        assert_near(correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0]), -1.0);
    }

    #[test]
    fn moments_of_pairs_by_hand() {
        let moments = PairedMoments::of(&[1.0, 2.0, 6.0], &[4.0, 3.0, -1.0]).expect("three pairs");
        assert_eq!(moments.n, 3);
        // About 3: -2, -1, 3; about 2: 2, 1, -3.
        assert_near(Some(moments.left_mean), 3.0);
        assert_near(Some(moments.right_mean), 2.0);
        assert_near(Some(moments.left_variance), 7.0);
        assert_near(Some(moments.right_variance), 7.0);
        assert_near(Some(moments.covariance), -7.0);
        assert_eq!(PairedMoments::of(&[1.0], &[2.0]), None);
        assert_eq!(PairedMoments::of(&[1.0, 2.0], &[2.0]), None);
    }

    #[test]
    fn correlation_is_undefined_without_variation_or_pairs() {
        assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(correlation(&[1.0], &[2.0]), None);
        assert_eq!(correlation(&[1.0, 2.0], &[1.0, 2.0, 3.0]), None);
    }

    /// Student's (1908) ten patients and two drugs, hours of sleep gained; R prints for its data set
    /// `sleep` the paired interval -2.4598858 to -0.7001142 about -1.58 (first less second).
    #[test]
    fn the_published_paired_difference() {
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let difference = paired_difference(&second, &first).expect("ten pairs");
        assert_eq!(difference.n, 10);
        assert_near(Some(difference.mean), -1.58);
        assert_near(difference.low, -2.459_885_8);
        assert_near(difference.high, -0.700_114_2);
        assert_near(difference.sd, 1.229_995_5);
        assert_near(correlation(&first, &second), 0.795_170_2);
    }

    #[test]
    fn paired_difference_is_after_less_before() {
        let difference = paired_difference(&[10.0, 20.0, 30.0], &[12.0, 21.0, 33.0]);
        let difference = difference.expect("three pairs");
        assert_near(Some(difference.mean), 2.0);
        assert_near(difference.sd, 1.0);
        assert_near(difference.low, -0.484_138);
        assert_near(difference.high, 4.484_138);
        assert_eq!(paired_difference(&[1.0], &[]), None);
        assert_eq!(paired_difference(&[], &[]), None);
    }
}
