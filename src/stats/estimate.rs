//! A mean across independent values, with its confidence interval.
//!
//! One value a replication: values from within one replication depend on each other and must not
//! be given to these functions one by one. All values are finite; undefined ones are left out by
//! the caller, who says how many there were.

use super::student_t::two_sided;

/// One minus the confidence of every interval that does not say otherwise: 95%.
pub const ALPHA: f64 = 0.05;

/// Means of shares nearer to 0 or to 1 than this get their interval on the logit scale.
const NEAR_THE_EDGE: f64 = 0.1;

/// A mean and how surely it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Number of values; at least 1.
    pub n: u64,
    /// Their mean.
    pub mean: f64,
    /// Their sample standard deviation (divisor n - 1); `None` for one value.
    pub sd: Option<f64>,
    /// Lower end of the confidence interval of the mean; `None` for one value.
    pub low: Option<f64>,
    /// Upper end of the confidence interval of the mean; `None` for one value.
    pub high: Option<f64>,
}

/// Mean and standard deviation of a stream of values in one pass, without keeping them.
///
/// Welford (1962): no cancellation when the mean is large beside the spread, and a spread of
/// exactly 0 when all values are equal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Accumulator {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Estimate {
    /// The mean of `values` with its 95% t interval; `None` when there are none.
    ///
    /// Worked: 1, 2, 3, 4, 5 gives mean 3, sd 1.581139, interval 1.036757 to 4.963243.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        Self::at_level(values, ALPHA)
    }

    /// The mean of `values` with its 100(1 - `alpha`)% t interval: mean -+ t sd / sqrt(n), with
    /// n - 1 degrees of freedom; `None` when there are no values. For m simultaneous intervals use
    /// `alpha` / m.
    #[must_use]
    pub fn at_level(values: &[f64], alpha: f64) -> Option<Self> {
        Accumulator::of(values).estimate(alpha)
    }

    /// Half the length of the interval; `None` for one value.
    #[must_use]
    pub fn half_width(&self) -> Option<f64> {
        Some((self.high? - self.low?) / 2.0)
    }

    /// Whether `value` lies in the interval, ends included; `false` when there is none.
    #[must_use]
    pub fn covers(&self, value: f64) -> bool {
        self.low.is_some_and(|low| low <= value) && self.high.is_some_and(|high| value <= high)
    }
}

impl Accumulator {
    /// Nothing seen yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            n: 0,
            mean: 0.0,
            squares: 0.0,
        }
    }

    /// All of `values`, in their order.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        let mut accumulator = Self::new();
        for value in values {
            accumulator.push(*value);
        }
        accumulator
    }

    /// Takes in one more value, which must be finite.
    pub fn push(&mut self, value: f64) {
        debug_assert!(value.is_finite(), "undefined values are left out");
        self.n += 1;
        let before = value - self.mean;
        self.mean += before / self.n as f64;
        self.squares += before * (value - self.mean);
    }

    /// How many values were taken in.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Their mean; `None` when there are none.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then_some(self.mean)
    }

    /// Their sample standard deviation (divisor n - 1); `None` for fewer than two.
    #[must_use]
    pub fn sd(&self) -> Option<f64> {
        (self.n > 1).then(|| (self.squares / (self.n - 1) as f64).max(0.0).sqrt())
    }

    /// Half the length of the 100(1 - `alpha`)% t interval of the mean: t sd / sqrt(n); `None` for
    /// fewer than two values.
    #[must_use]
    pub fn half_width(&self, alpha: f64) -> Option<f64> {
        let sd = self.sd()?;
        let n = self.n as f64;
        Some(two_sided(alpha, n - 1.0) * sd / n.sqrt())
    }

    /// The mean with its 100(1 - `alpha`)% t interval; `None` when there are no values.
    #[must_use]
    pub fn estimate(&self, alpha: f64) -> Option<Estimate> {
        let half_width = self.half_width(alpha);
        Some(Estimate {
            n: self.n,
            mean: self.mean()?,
            sd: self.sd(),
            low: half_width.map(|half| self.mean - half),
            high: half_width.map(|half| self.mean + half),
        })
    }
}

/// The mean of shares, each between 0 and 1, with a 95% interval that stays between 0 and 1;
/// `None` when there are none.
///
/// For a mean from 0.1 to 0.9: the t interval on the shares themselves, cut off at 0 and 1 (no mean
/// of shares lies beyond, so that the confidence is not touched). For a mean below 0.1 or above
/// 0.9, and strictly between 0 and 1: the t interval on the logit scale by the delta method,
/// logit(mean) -+ t se / (mean (1 - mean)), carried back; it is never cut off and reaches further
/// towards the middle than towards the edge. Shares that are all equal have an interval of no
/// width.
///
/// Never a binomial interval of pooled people: those within one replication depend on each other.
///
/// Worked: 0.02, 0.04, 0.06 gives mean 0.04 and 0.011297 to 0.131904, where the t interval would
/// reach down to -0.0097.
#[must_use]
pub fn share_interval(shares: &[f64]) -> Option<Estimate> {
    debug_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)));
    let accumulator = Accumulator::of(shares);
    let estimate = accumulator.estimate(ALPHA)?;
    let Some(half_width) = accumulator.half_width(ALPHA) else {
        return Some(estimate);
    };
    let (low, high) = share_ends(estimate.mean, half_width);
    Some(Estimate {
        low: Some(low),
        high: Some(high),
        ..estimate
    })
}

/// Ends of the interval of a mean share, from its half-width on the scale of shares.
fn share_ends(mean: f64, half_width: f64) -> (f64, f64) {
    let near_the_edge = mean.min(1.0 - mean) < NEAR_THE_EDGE;
    let strictly_inside = mean > 0.0 && mean < 1.0;
    if half_width > 0.0 && near_the_edge && strictly_inside {
        let centre = (mean / (1.0 - mean)).ln();
        let reach = half_width / (mean * (1.0 - mean));
        (logistic(centre - reach), logistic(centre + reach))
    } else {
        ((mean - half_width).max(0.0), (mean + half_width).min(1.0))
    }
}

/// The share whose logit is `logit`.
fn logistic(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_near(value: Option<f64>, target: f64) {
        let value = value.expect("a value");
        assert!((value - target).abs() < 5e-7, "{value} is not {target}");
    }

    #[test]
    fn five_values_by_hand() {
        let estimate = Estimate::of(&[1.0, 2.0, 3.0, 4.0, 5.0]).expect("five values");
        assert_eq!(estimate.n, 5);
        assert_near(Some(estimate.mean), 3.0);
        assert_near(estimate.sd, 2.5_f64.sqrt());
        assert_near(estimate.low, 1.036_757);
        assert_near(estimate.high, 4.963_243);
        assert_near(estimate.half_width(), 1.963_243);
        assert!(estimate.covers(4.9) && !estimate.covers(5.0));
    }

    #[test]
    fn one_value_has_no_interval_and_none_no_estimate() {
        let estimate = Estimate::of(&[7.0]).expect("one value");
        assert_near(Some(estimate.mean), 7.0);
        assert_eq!(
            (estimate.sd, estimate.low, estimate.high),
            (None, None, None)
        );
        assert_eq!(estimate.half_width(), None);
        assert!(!estimate.covers(7.0));
        assert_eq!(Estimate::of(&[]), None);
        assert_eq!(share_interval(&[]), None);
        assert_eq!(share_interval(&[0.5]).and_then(|share| share.low), None);
    }

    #[test]
    fn a_large_mean_does_not_drown_the_spread() {
        let values = [1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0];
        assert_near(Accumulator::of(&values).sd(), 30.0_f64.sqrt());
    }

    #[test]
    fn shares_near_an_edge_keep_inside_by_the_logit() {
        let low = share_interval(&[0.02, 0.04, 0.06]).expect("three values");
        assert_near(low.low, 0.011_297);
        assert_near(low.high, 0.131_904);
        let high = share_interval(&[0.98, 0.96, 0.94]).expect("three values");
        assert_near(high.low, 1.0 - 0.131_904);
        assert_near(high.high, 1.0 - 0.011_297);
    }

    #[test]
    fn shares_in_the_middle_have_the_plain_interval() {
        let values = [0.4, 0.5, 0.6];
        let (share, plain) = (share_interval(&values), Estimate::of(&values));
        assert_eq!(share, plain);
        let cut = share_interval(&[0.0, 1.0]).expect("two values");
        assert_near(cut.low, 0.0);
        assert_near(cut.high, 1.0);
    }

    #[test]
    fn equal_shares_have_no_width() {
        for share in [0.0, 0.03, 0.3, 0.97, 1.0] {
            let estimate = share_interval(&[share; 7]).expect("seven values");
            assert_eq!(estimate.low, Some(share));
            assert_eq!(estimate.high, Some(share));
        }
    }

    proptest! {
        #[test]
        fn share_intervals_hold_the_mean_and_stay_inside(
            shares in proptest::collection::vec(0.0..=1.0_f64, 2..20), power in 1.0..30.0_f64,
        ) {
            let shares: Vec<f64> = shares.iter().map(|share| share.powf(power)).collect();
            let estimate = share_interval(&shares).expect("some values");
            let (low, high) = (estimate.low.expect("low"), estimate.high.expect("high"));
            prop_assert!(0.0 <= low && low <= estimate.mean && estimate.mean <= high && high <= 1.0);
        }

        #[test]
        fn streaming_agrees_with_two_passes(
            values in proptest::collection::vec(-1e3..1e3_f64, 2..50),
        ) {
            let n = values.len() as f64;
            let mean = values.iter().sum::<f64>() / n;
            let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            let accumulator = Accumulator::of(&values);
            prop_assert!((accumulator.mean().expect("mean") - mean).abs() < 1e-9);
            let sd = accumulator.sd().expect("sd");
            prop_assert!((sd - (squares / (n - 1.0)).sqrt()).abs() < 1e-9);
        }
    }
}
