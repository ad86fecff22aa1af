//! How surely two mean differences have which signs: the four quadrants of the plane.
//!
//! The plane is that of the *means*: how sure one can be, after so many pairs, of the signs that
//! endless pairs would show. It is not the share of single pairs in each quadrant, which does not
//! become clearer however many there are. The means are taken to follow a bivariate t about what
//! was seen, with the standard errors and the correlation that were seen and n - 1 degrees of
//! freedom. So the half planes agree with the t intervals that stand beside them: the quadrants
//! with a positive effect have 97.5% together exactly where the 95% interval of the effect begins
//! at 0. (A bootstrap of the means, the other habit, needs random numbers, tends to the same thing,
//! and with few pairs is too sure.)
//!
//! Source: van Hout, Al, Gordon & Rutten (1994), Costs, effects and C/E-ratios alongside a clinical
//! trial, Health Economics 3(5) 309-319, with normal means; Black (1990) for the plane.

use super::bivariate_t::{below, both_below};
use super::moments::PairedMoments;

/// Probabilities of the signs of two means; their sum is 1. "Costs" and "effects" stand for any two
/// differences.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quadrants {
    /// Effect above 0 and cost above 0.
    pub more_for_more: f64,
    /// Effect above 0 and cost below 0: better on both counts.
    pub more_for_less: f64,
    /// Effect below 0 and cost above 0: worse on both counts.
    pub less_for_more: f64,
    /// Effect below 0 and cost below 0.
    pub less_for_less: f64,
}

/// The quadrants of the mean of `effects` and the mean of `costs`, paired differences; `None` for
/// fewer than two pairs and for slices of different lengths.
///
/// A difference that does not vary has a sign for sure, or, being 0, half of each.
///
/// Worked: effects (1, 2, 3, -2), costs (1, -2, 2, -1): means 1 and 0 with standard errors 1.080123
/// and 0.912871, correlation 0.422577: more for more 0.440870, less for less 0.152283.
#[must_use]
pub fn quadrants(effects: &[f64], costs: &[f64]) -> Option<Quadrants> {
    let pairs = PairedMoments::of(effects, costs)?;
    let effect = Side::of(pairs.left_mean, pairs.left_variance, pairs.n);
    let cost = Side::of(pairs.right_mean, pairs.right_variance, pairs.n);
    let spread = (pairs.left_variance * pairs.right_variance).sqrt();
    let more_for_more = if spread > 0.0 {
        // P(both above 0) is P(both deviations below what was seen), by symmetry.
        let rho = pairs.covariance / spread;
        both_below(effect.t, cost.t, rho, (pairs.n - 1) as f64)
    } else {
        effect.above * cost.above
    };
    Some(Quadrants {
        more_for_more,
        more_for_less: (effect.above - more_for_more).max(0.0),
        less_for_more: (cost.above - more_for_more).max(0.0),
        less_for_less: (1.0 - effect.above - cost.above + more_for_more).max(0.0),
    })
}

/// One of the two means.
struct Side {
    /// In standard errors; infinite where it does not vary, unless it is 0.
    t: f64,
    /// The probability that it is above 0.
    above: f64,
}

impl Side {
    fn of(mean: f64, variance: f64, n: u64) -> Self {
        let error = (variance / n as f64).sqrt();
        if error > 0.0 {
            let t = mean / error;
            let above = below(t, (n - 1) as f64);
            return Self { t, above };
        }
        let above = if mean > 0.0 {
            1.0
        } else if mean < 0.0 {
            0.0
        } else {
            0.5
        };
        Self { t: 0.0, above }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Estimate;
    use proptest::prelude::*;

    fn assert_near(value: f64, target: f64) {
        assert!((value - target).abs() < 5e-7, "{value} is not {target}");
    }

    fn sum(of: &Quadrants) -> f64 {
        of.more_for_more + of.more_for_less + of.less_for_more + of.less_for_less
    }

    /// By another route: the bivariate normal, itself by Simpson's rule over one of the two, over
    /// the distribution of the spread.
    #[test]
    fn four_pairs_worked_out_apart() {
        let shares = quadrants(&[1.0, 2.0, 3.0, -2.0], &[1.0, -2.0, 2.0, -1.0]);
        let shares = shares.expect("four pairs");
        assert_near(shares.more_for_more, 0.440_870);
        assert_near(shares.more_for_less, 0.347_717);
        assert_near(shares.less_for_more, 0.059_130);
        assert_near(shares.less_for_less, 0.152_283);
    }

    /// Means of 0: 1/4 + asin(rho) / (2 pi) for equal signs, here rho = 1/2: 1/3 and 1/6.
    #[test]
    fn means_of_zero_have_a_closed_form() {
        let shares = quadrants(&[-1.0, 0.0, 1.0], &[-1.0, 1.0, 0.0]).expect("three pairs");
        assert_near(shares.more_for_more, 1.0 / 3.0);
        assert_near(shares.less_for_less, 1.0 / 3.0);
        assert_near(shares.more_for_less, 1.0 / 6.0);
        assert_near(shares.less_for_more, 1.0 / 6.0);
    }

    #[test]
    fn what_does_not_vary_has_a_sign_for_sure_or_half_of_each() {
        let costs = [1.0, 2.0, 3.0];
        let above = below(2.0 / (1.0_f64 / 3.0).sqrt(), 2.0);
        let sure = quadrants(&[5.0; 3], &costs).expect("three pairs");
        assert_near(sure.more_for_more, above);
        assert_near(sure.more_for_less, 1.0 - above);
        assert_near(sure.less_for_more + sure.less_for_less, 0.0);
        let worse = quadrants(&[-5.0; 3], &[-1.0; 3]).expect("three pairs");
        assert_near(worse.less_for_less, 1.0);
        let same = quadrants(&[0.0; 3], &costs).expect("three pairs");
        assert_near(same.more_for_more, 0.5 * above);
        assert_near(same.less_for_less, 0.5 * (1.0 - above));
        assert_eq!(quadrants(&[1.0], &[1.0]), None);
        assert_eq!(quadrants(&[1.0, 2.0], &[1.0]), None);
    }

    #[test]
    fn proportional_differences_share_their_sign() {
        let shares = quadrants(&[1.0, 2.0, 4.0], &[2.0, 4.0, 8.0]).expect("three pairs");
        assert_near(shares.more_for_less + shares.less_for_more, 0.0);
        let opposed = quadrants(&[1.0, 2.0, 4.0], &[-2.0, -4.0, -8.0]).expect("three pairs");
        assert_near(opposed.more_for_more + opposed.less_for_less, 0.0);
    }

    proptest! {
        #[test]
        fn half_planes_agree_with_t_intervals_and_mirrors_with_each_other(
            pairs in proptest::collection::vec((-9.0..12.0_f64, -12.0..9.0_f64), 3..20),
            alpha in 0.01..0.5_f64,
        ) {
            let (effects, costs): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let shares = quadrants(&effects, &costs).expect("some pairs");
            prop_assert!((sum(&shares) - 1.0).abs() < 1e-12);
            let above = shares.more_for_more + shares.more_for_less;
            let low = Estimate::at_level(&effects, alpha).and_then(|it| it.low).expect("low");
            prop_assert_eq!(low > 0.0, above > 1.0 - alpha / 2.0);
            let negated: Vec<f64> = effects.iter().map(|effect| -effect).collect();
            let mirrored = quadrants(&negated, &costs).expect("some pairs");
            prop_assert!((shares.more_for_more - mirrored.less_for_more).abs() < 1e-9);
            prop_assert!((shares.less_for_less - mirrored.more_for_less).abs() < 1e-9);
            let exchanged = quadrants(&costs, &effects).expect("some pairs");
            prop_assert!((shares.more_for_less - exchanged.less_for_more).abs() < 1e-9);
        }
    }
}
