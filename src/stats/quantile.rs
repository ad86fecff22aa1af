//! Sample quantiles, and confidence intervals for quantiles from order statistics.
//!
//! Two different quantities are easily confused: a quantile *within* each replication, whose mean
//! across replications has a t interval ([`super::estimate`]), and a quantile *across*
//! replications ("one year in ten is worse than this"), whose interval is here.

use statrs::function::beta::beta_reg;

/// The `p`-quantile of `sorted` (ascending) by linear interpolation; `None` when it is empty or
/// `p` is not within 0 and 1.
///
/// With h = (n - 1) p and k = floor(h): x(k+1) + (h - k)(x(k+2) - x(k+1)), counting from 1. This is
/// type 7 of Hyndman & Fan (1996), the default of R and `NumPy`. It lies within the sample: with few
/// values the tails are drawn inwards.
///
/// Worked: the 0.9-quantile of 1, 2, 3, 4 is 3.7.
#[must_use]
pub fn sample_quantile(sorted: &[f64], p: f64) -> Option<f64> {
    debug_assert!(sorted.is_sorted(), "the sample is ascending");
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    let last = sorted.len().checked_sub(1)?;
    let position = last as f64 * p;
    let below = (position as usize).min(last);
    let above = (below + 1).min(last);
    Some(sorted[below] + (position - below as f64) * (sorted[above] - sorted[below]))
}

/// The quantiles of `values` at `shares`, which ascend, as [`sample_quantile`] has them; `None` when
/// there are no values or a share is not within 0 and 1. The values are put in another order, but not
/// sorted: only those next to a quantile are looked for.
///
/// Worked: of 4, 1, 3, 2 at 0.5 and 0.9: 2.5 and 3.7.
#[must_use]
pub fn sample_quantiles<const N: usize>(values: &mut [f64], shares: [f64; N]) -> Option<[f64; N]> {
    debug_assert!(shares.is_sorted(), "shares ascend");
    if values.is_empty() || shares.iter().any(|p| !(0.0..=1.0).contains(p)) {
        return None;
    }
    let last = values.len() - 1;
    let mut settled = 0;
    Some(shares.map(|p| {
        let position = last as f64 * p;
        let below = (position as usize).min(last);
        // What lies before the last quantile is no greater than it, and stays.
        let (_, low, greater) =
            values[settled..].select_nth_unstable_by(below - settled, f64::total_cmp);
        settled = below;
        let low = *low;
        let high = greater.iter().copied().min_by(f64::total_cmp);
        low + (position - below as f64) * (high.unwrap_or(low) - low)
    }))
}

/// Order statistics between which a quantile lies, with at least the confidence asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OrderStatisticInterval {
    /// Which value, counted from 1 in ascending order, is the lower end; `None`: unbounded.
    pub low: Option<usize>,
    /// Which value, counted from 1 in ascending order, is the upper end; `None`: unbounded.
    pub high: Option<usize>,
    /// The confidence attained: for values from a continuous distribution, the probability that the
    /// interval holds the quantile. At least what was asked for.
    pub coverage: f64,
}

/// The 100(1 - `alpha`)% interval for the `p`-quantile from `n` independent values, whatever their
/// distribution; `None` when `p` or `alpha` is not strictly between 0 and 1.
///
/// The number of values at or below the quantile is binomial, B ~ Bin(n, p). The lower end is the
/// highest rank l with P(B < l) <= alpha/2, the upper end the lowest rank u with
/// P(B >= u) <= alpha/2, coverage P(l <= B < u) (David & Nagaraja 2003, section 7.1).
///
/// Worked, at alpha = 0.05: n = 100, p = 0.9 gives ranks 84 and 96 with coverage 0.955690; n = 30,
/// p = 0.9 gives 23 and no upper end: 30 replications cannot bound a year that is 1 in 10.
#[must_use]
pub fn order_statistic_interval(n: usize, p: f64, alpha: f64) -> Option<OrderStatisticInterval> {
    let inside = |share: f64| share > 0.0 && share < 1.0;
    if !(inside(p) && inside(alpha)) {
        return None;
    }
    // Ranks run from 0 (unbounded below) to n + 1 (unbounded above).
    let below_low = |rank: usize| binomial_below(rank, n, p);
    let low = first_rank(n + 1, |rank| below_low(rank) > alpha / 2.0) - 1;
    let above_high = |rank: usize| 1.0 - binomial_below(rank, n, p);
    let high = first_rank(n + 1, |rank| above_high(rank) <= alpha / 2.0);
    Some(OrderStatisticInterval {
        low: (low > 0).then_some(low),
        high: (high <= n).then_some(high),
        coverage: binomial_below(high, n, p) - binomial_below(low, n, p),
    })
}

impl OrderStatisticInterval {
    /// The ends in the sample itself, `sorted` ascending; `None` where unbounded.
    ///
    /// The sample must have as many values as the interval was made for.
    #[must_use]
    pub fn ends(&self, sorted: &[f64]) -> (Option<f64>, Option<f64>) {
        let value = |rank: Option<usize>| sorted.get(rank?.checked_sub(1)?).copied();
        (value(self.low), value(self.high))
    }
}

/// A quantile across independent values with an interval that is bounded on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuantileEstimate {
    /// Number of values.
    pub n: usize,
    /// Which quantile: 0.9 is what one value in ten exceeds.
    pub p: f64,
    /// The sample quantile ([`sample_quantile`]).
    pub value: f64,
    /// Lower end of the interval, one of the values.
    pub low: f64,
    /// Upper end of the interval, one of the values.
    pub high: f64,
    /// The confidence attained, at least what was asked for (for a continuous distribution).
    pub coverage: f64,
}

/// The `p`-quantile of `sorted` (ascending, independent values) with its 100(1 - `alpha`)% interval
/// from order statistics: "one in ten exceeds this" at p = 0.9, "one in twenty" at p = 0.95.
///
/// `None` when either end is unbounded, for then the largest (or smallest) of all values that will
/// ever be seen is not known to lie beyond the quantile: [`replications_needed`] says how many
/// values would do. `None` also when `p` or `alpha` is not strictly between 0 and 1.
///
/// Worked: of the values 1 to 100, p = 0.9 at alpha = 0.05 is 90.1, from 84 to 96.
#[must_use]
pub fn quantile_estimate(sorted: &[f64], p: f64, alpha: f64) -> Option<QuantileEstimate> {
    let interval = order_statistic_interval(sorted.len(), p, alpha)?;
    let (low, high) = interval.ends(sorted);
    Some(QuantileEstimate {
        n: sorted.len(),
        p,
        value: sample_quantile(sorted, p)?,
        low: low?,
        high: high?,
        coverage: interval.coverage,
    })
}

/// The fewest independent values with which [`quantile_estimate`] has an interval: the fewest n with
/// P(all n below the quantile) = p^n and P(all n above it) = (1 - p)^n both at most `alpha` / 2.
/// `None` when `p` or `alpha` is not strictly between 0 and 1.
///
/// Worked, at alpha = 0.05: 36 for one in ten (0.9^36 = 0.0225, 0.9^35 = 0.0250324), 72 for one in
/// twenty, 6 for the median.
#[must_use]
pub fn replications_needed(p: f64, alpha: f64) -> Option<usize> {
    let inside = |share: f64| share > 0.0 && share < 1.0;
    if !(inside(p) && inside(alpha)) {
        return None;
    }
    let (rarer, half) = (p.max(1.0 - p), alpha / 2.0);
    // A whole number of logarithms may come out a little high: begin below it and step up.
    let about = (half.ln() / rarer.ln()).floor() - 1.0;
    let bounds = |n: &f64| rarer.powf(*n) <= half;
    let steps = (0..4).map(|step| (about + f64::from(step)).max(1.0));
    steps.into_iter().find(bounds).map(|n| n as usize)
}

/// The lowest rank in 1..=`last` at which `holds`, which stays true once it is; `last` if none.
fn first_rank(last: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (1, last);
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
}

/// P(B < `rank`) for B ~ Bin(`n`, `p`), by the regularised incomplete beta function.
fn binomial_below(rank: usize, n: usize, p: f64) -> f64 {
    if rank == 0 {
        0.0
    } else if rank > n {
        1.0
    } else {
        beta_reg((n - rank + 1) as f64, rank as f64, 1.0 - p)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_near(value: Option<f64>, target: f64) {
        let value = value.expect("a value");
        assert!((value - target).abs() < 1e-9, "{value} is not {target}");
    }

    #[test]
    fn quantiles_interpolate() {
        let sorted = [1.0, 2.0, 3.0, 4.0];
        assert_near(sample_quantile(&sorted, 0.9), 3.7);
        assert_near(sample_quantile(&sorted, 0.5), 2.5);
        assert_near(sample_quantile(&sorted, 0.0), 1.0);
        assert_near(sample_quantile(&sorted, 1.0), 4.0);
        assert_near(sample_quantile(&[7.0], 0.3), 7.0);
    }

    proptest! {
        /// To the bit, ties and both zeros included.
        #[test]
        fn quantiles_looked_for_are_those_of_the_sorted_sample(
            mut values in proptest::collection::vec(
                prop_oneof![-1e3..1e3, (-3..3_i8).prop_map(f64::from), Just(-0.0)],
                1..60,
            ),
            (one, other) in (0.0..=1.0, prop_oneof![Just(0.0), Just(0.5), Just(1.0)]),
        ) {
            let shares = [f64::min(one, other), one, f64::max(one, other)];
            let mut sorted = values.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let expected = shares.map(|p| sample_quantile(&sorted, p).map(f64::to_bits));
            let found = sample_quantiles(&mut values, shares).expect("there are values");
            prop_assert_eq!(found.map(|it| Some(it.to_bits())), expected);
            values.sort_unstable_by(f64::total_cmp);
            prop_assert_eq!(values, sorted, "the same values");
        }
    }

    #[test]
    fn no_values_or_no_share_have_no_quantile() {
        assert_eq!(sample_quantiles(&mut [], [0.5]), None);
        assert_eq!(sample_quantiles(&mut [1.0], [0.5, 1.1]), None);
        assert_eq!(sample_quantiles(&mut [1.0], [f64::NAN]), None);
        assert_eq!(sample_quantile(&[], 0.5), None);
        assert_eq!(sample_quantile(&[1.0], 1.1), None);
        assert_eq!(sample_quantile(&[1.0], f64::NAN), None);
        assert_eq!(order_statistic_interval(10, 1.0, 0.05), None);
        assert_eq!(order_statistic_interval(10, 0.5, 0.0), None);
    }

    #[test]
    fn published_order_statistic_intervals() {
        for (n, p, low, high, coverage) in [
            (100, 0.9, 84, Some(96), 0.955_690),
            (30, 0.9, 23, None, 0.992_216),
            (100, 0.5, 40, Some(61), 0.964_800),
            (200, 0.95, 184, Some(197), 0.967_152),
        ] {
            let interval = order_statistic_interval(n, p, 0.05).expect("a proper share");
            assert_eq!(
                (interval.low, interval.high),
                (Some(low), high),
                "n = {n}, p = {p}"
            );
            assert!(
                (interval.coverage - coverage).abs() < 5e-7,
                "{}",
                interval.coverage
            );
        }
    }

    #[test]
    fn few_values_bound_nothing() {
        let interval = order_statistic_interval(0, 0.5, 0.05).expect("a proper share");
        assert_eq!((interval.low, interval.high), (None, None));
        let interval = order_statistic_interval(10, 0.05, 0.05).expect("a proper share");
        assert_eq!(interval.low, None);
    }

    #[test]
    fn ends_are_counted_from_one() {
        let interval = order_statistic_interval(30, 0.9, 0.05).expect("a proper share");
        let sorted: Vec<f64> = (1..=30).map(f64::from).collect();
        assert_eq!(interval.ends(&sorted), (Some(23.0), None));
    }

    #[test]
    fn a_bad_year_has_an_interval_or_none() {
        let sorted: Vec<f64> = (1..=100).map(f64::from).collect();
        let bad = quantile_estimate(&sorted, 0.9, 0.05).expect("a hundred bound it");
        assert_eq!((bad.n, bad.low, bad.high), (100, 84.0, 96.0));
        assert_near(Some(bad.value), 90.1);
        assert!((bad.coverage - 0.955_690).abs() < 5e-7);
        assert_eq!(quantile_estimate(&sorted[..30], 0.9, 0.05), None);
        assert_eq!(quantile_estimate(&sorted[..30], 0.1, 0.05), None);
        assert_eq!(quantile_estimate(&[], 0.5, 0.05), None);
    }

    #[test]
    fn so_many_are_needed() {
        for (p, alpha, needed) in [
            (0.9, 0.05, 36),
            (0.95, 0.05, 72),
            (0.1, 0.05, 36),
            (0.5, 0.05, 6),
            (0.9, 0.05 / 10.0, 57),
            // Exactly so many: 0.5^2 = 0.5 / 2.
            (0.5, 0.5, 2),
            (0.5, 0.999, 2),
        ] {
            assert_eq!(replications_needed(p, alpha), Some(needed), "{p} {alpha}");
        }
        assert_eq!(replications_needed(1.0, 0.05), None);
        assert_eq!(replications_needed(0.9, 0.0), None);
        assert_eq!(replications_needed(f64::NAN, 0.05), None);
    }

    /// P(B = k) for every k, by multiplying out one trial at a time.
    fn binomial_by_convolution(n: usize, p: f64) -> Vec<f64> {
        let mut mass = vec![1.0];
        for _ in 0..n {
            let mut next = vec![0.0; mass.len() + 1];
            for (k, share) in mass.iter().enumerate() {
                next[k] += share * (1.0 - p);
                next[k + 1] += share * p;
            }
            mass = next;
        }
        mass
    }

    proptest! {
        #[test]
        fn one_fewer_than_needed_bounds_nothing(p in 0.03..0.97_f64, alpha in 0.001..0.5_f64) {
            let needed = replications_needed(p, alpha).expect("proper shares");
            let is_bounded = |n: usize| {
                let values: Vec<f64> = (0..n).map(|value| value as f64).collect();
                quantile_estimate(&values, p, alpha)
            };
            prop_assert_eq!(is_bounded(needed - 1), None);
            let quantile = is_bounded(needed).expect("enough");
            prop_assert!(quantile.low <= quantile.value && quantile.value <= quantile.high);
        }

        #[test]
        fn intervals_are_the_tightest_with_half_the_error_on_each_side(
            n in 1..80_usize, p in 0.01..0.99_f64, alpha in 0.001..0.3_f64,
        ) {
            let interval = order_statistic_interval(n, p, alpha).expect("proper shares");
            let mass = binomial_by_convolution(n, p);
            let below = |rank: usize| mass[..rank].iter().sum::<f64>();
            let (low, high) = (interval.low.unwrap_or(0), interval.high.unwrap_or(n + 1));
            let half = alpha / 2.0;
            prop_assert!(below(low) <= half + 1e-12 && below(low + 1) >= half - 1e-12);
            prop_assert!(1.0 - below(high) <= half + 1e-12 && 1.0 - below(high - 1) >= half - 1e-12);
            prop_assert!((interval.coverage - below(high) + below(low)).abs() < 1e-12);
            prop_assert!(interval.coverage >= 1.0 - alpha - 1e-12);
        }
    }
}
