//! The ratio of two means from pairs, and what stands in its place where there is none.
//!
//! A ratio such as cost per gain has no mean worth estimating, for the denominator may come near
//! to 0. Fieller's set holds every ratio that a t test on the same pairs would not reject: R is in
//! it when the mean of numerator - R x denominator is no further from 0 than t standard errors. For
//! normal pairs it covers exactly. It is an interval only where the denominator is surely not 0;
//! else it goes on without end, and the net benefit says what can be said.
//!
//! Source: Fieller (1954), Some problems in interval estimation, Journal of the Royal Statistical
//! Society B 16(2) 175-185; for costs and effects Willan & O'Brien (1996), Health Economics 5(4)
//! 297-305. Net benefit: Stinnett & Mullahy (1998), Medical Decision Making 18(2) S68-S80.

use super::estimate::Estimate;
use super::moments::{PairedMoments, paired_difference_at_level};
use super::student_t::two_sided;

/// All ratios that the pairs do not rule out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RatioSet {
    /// From `low` to `high`: the mean of the denominators is surely not 0.
    Between {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// At most `below` or at least `above`: the numerator is surely not 0, the denominator may be.
    /// One of the two may be infinite, and then there is only the other.
    Outside {
        /// The end of the ray from minus infinity.
        below: f64,
        /// The beginning of the ray to infinity.
        above: f64,
    },
    /// Every number: both means may be 0.
    Everything,
}

/// A ratio of means that is bounded on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// Number of pairs.
    pub n: u64,
    /// Mean numerator over mean denominator.
    pub ratio: f64,
    /// Lower end of Fieller's interval.
    pub low: f64,
    /// Upper end of Fieller's interval.
    pub high: f64,
}

impl RatioSet {
    /// Whether `ratio` is not ruled out, ends included.
    #[must_use]
    pub fn covers(&self, ratio: f64) -> bool {
        match *self {
            Self::Between { low, high } => (low..=high).contains(&ratio),
            Self::Outside { below, above } => ratio <= below || ratio >= above,
            Self::Everything => true,
        }
    }
}

/// Fieller's set for the mean of `numerators` over the mean of `denominators`, paired, with
/// 100(1 - `alpha`)% confidence. `None` for fewer than two pairs, for slices of different
/// lengths, and when all denominators are 0.
///
/// With y, x the means, s the variances and covariance and q = t^2 / n, the ratios R with
/// (y - R x)^2 <= q (s_yy - 2 R s_xy + R^2 s_xx), that is a R^2 - 2 b R + c <= 0 for
/// a = x^2 - q s_xx, b = x y - q s_xy, c = y^2 - q s_yy. For a > 0 they lie between the roots, for
/// a < 0 outside them, or there are no roots and it is everything.
///
/// Worked, at alpha = 0.05: (6, 9, 9, 12, 14) over (2, 3, 4, 4, 5) has the ratio 10/3.6 = 2.777778
/// and the interval from 2.370127 to 3.287062.
#[must_use]
pub fn fieller(numerators: &[f64], denominators: &[f64], alpha: f64) -> Option<RatioSet> {
    let pairs = PairedMoments::of(numerators, denominators)?;
    if denominators
        .iter()
        .all(|denominator| denominator.abs() <= 0.0)
    {
        return None;
    }
    let (y, x) = (pairs.left_mean, pairs.right_mean);
    let q = two_sided(alpha, (pairs.n - 1) as f64).powi(2) / pairs.n as f64;
    let a = x * x - q * pairs.right_variance;
    let b = x * y - q * pairs.covariance;
    let c = y * y - q * pairs.left_variance;
    Some(solved(a, b, c, discriminant(&pairs, q)))
}

/// b^2 - a c, without the squares of the means that cancel out of it.
fn discriminant(pairs: &PairedMoments, q: f64) -> f64 {
    let (y, x) = (pairs.left_mean, pairs.right_mean);
    let (s_yy, s_xx, s_xy) = (pairs.left_variance, pairs.right_variance, pairs.covariance);
    q * (y * y * s_xx - 2.0 * x * y * s_xy + x * x * s_yy) - q * q * (s_yy * s_xx - s_xy * s_xy)
}

/// Where a R^2 - 2 b R + c <= 0.
fn solved(a: f64, b: f64, c: f64, discriminant: f64) -> RatioSet {
    // The ratio of the means is always in the set: with a > 0 there are roots, but for rounding.
    let root = discriminant.max(0.0).sqrt();
    if a > 0.0 {
        let (low, high) = roots(a, b, c, root);
        RatioSet::Between { low, high }
    } else if discriminant <= 0.0 {
        RatioSet::Everything
    } else if a < 0.0 {
        let (below, above) = roots(a, b, c, root);
        RatioSet::Outside { below, above }
    } else if b > 0.0 {
        let (below, above) = (f64::NEG_INFINITY, c / (2.0 * b));
        RatioSet::Outside { below, above }
    } else {
        let (below, above) = (c / (2.0 * b), f64::INFINITY);
        RatioSet::Outside { below, above }
    }
}

/// Both roots ascending, each by the formula in which nothing cancels.
fn roots(a: f64, b: f64, c: f64, root: f64) -> (f64, f64) {
    let far = b + root.copysign(b);
    let first = far / a;
    // Both are 0 only when b and c are.
    let second = if far.abs() > 0.0 { c / far } else { first };
    (first.min(second), first.max(second))
}

/// The mean of `numerators` over the mean of `denominators` with Fieller's 100(1 - `alpha`)%
/// interval; `None` where the t interval of the mean denominator at that confidence includes 0 (its
/// ends are part of it), for fewer than two pairs and for slices of different lengths.
///
/// A negative ratio has two meanings (more for less, less for more), and a positive one two as
/// well, so that a ratio is told together with the signs: see [`super::quadrants()`].
///
/// Worked: as for [`fieller`].
#[must_use]
pub fn ratio(numerators: &[f64], denominators: &[f64], alpha: f64) -> Option<Ratio> {
    // The set is an interval exactly where a > 0, that is where the mean denominator is further from 0
    // than the half-width of its own interval.
    let RatioSet::Between { low, high } = fieller(numerators, denominators, alpha)? else {
        return None;
    };
    let numerator = Estimate::at_level(numerators, alpha)?;
    let denominator = Estimate::at_level(denominators, alpha)?;
    Some(Ratio {
        n: denominator.n,
        ratio: numerator.mean / denominator.mean,
        low,
        high,
    })
}

/// The mean of `value` x effect - cost over pairs with its 100(1 - `alpha`)% t interval: what a
/// gain is worth beyond what it costs, where each unit of effect is worth `value` in the unit of
/// the costs. `None` when there are no pairs or the slices have different lengths.
///
/// It exists whatever the signs. It is above 0 exactly where, for a positive mean effect, the ratio
/// is below `value`, and Fieller's interval ends where this one reaches 0.
///
/// Worked: effects (2, 3, 4, 4, 5), costs (6, 9, 9, 12, 14), value 3: mean 0.8, from -0.818932 to
/// 2.418932 at alpha = 0.05.
#[must_use]
pub fn net_benefit(effects: &[f64], costs: &[f64], value: f64, alpha: f64) -> Option<Estimate> {
    let worth: Vec<f64> = effects.iter().map(|effect| value * effect).collect();
    paired_difference_at_level(costs, &worth, alpha)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ALPHA;
    use proptest::prelude::*;

    const COSTS: [f64; 5] = [6.0, 9.0, 9.0, 12.0, 14.0];
    const EFFECTS: [f64; 5] = [2.0, 3.0, 4.0, 4.0, 5.0];

    fn assert_near(value: f64, target: f64) {
        let error = (value - target).abs();
        assert!(
            error < 5e-7 * (1.0 + target.abs()),
            "{value} is not {target}"
        );
    }

    /// Whether the t test at 5% does not reject that the ratio is `ratio`.
    fn is_not_rejected(numerators: &[f64], denominators: &[f64], ratio: f64) -> bool {
        let pairs = numerators.iter().zip(denominators);
        let rests: Vec<f64> = pairs.map(|(y, x)| y - ratio * x).collect();
        Estimate::of(&rests).expect("some pairs").covers(0.0)
    }

    /// Means 10 and 3.6, variances 9.5 and 1.3, covariance 3.25, q = 7.708647 / 5 = 1.541729:
    /// a = 10.955752, b = 30.989379, c = 85.353570.
    #[test]
    fn the_roots_of_the_quadratic_by_hand() {
        let (a, b, c) = (10.955_751_67, 30.989_379_18, 85.353_569_88);
        let root = f64::sqrt(b * b - a * c);
        let ratio = ratio(&COSTS, &EFFECTS, ALPHA).expect("effects are above 0");
        assert_eq!(ratio.n, 5);
        assert_near(ratio.ratio, 25.0 / 9.0);
        assert!((ratio.low - (b - root) / a).abs() < 1e-6);
        assert!((ratio.high - (b + root) / a).abs() < 1e-6);
    }

    /// The other route: at the ends, and nowhere between or beyond, the t test changes its mind.
    #[test]
    fn the_ends_are_where_the_t_test_begins_to_reject() {
        let ratio = ratio(&COSTS, &EFFECTS, ALPHA).expect("effects are above 0");
        let holds = |ratio: f64| is_not_rejected(&COSTS, &EFFECTS, ratio);
        let change = |mut inside: f64, mut outside: f64| {
            for _ in 0..60 {
                let middle = f64::midpoint(inside, outside);
                *(if holds(middle) {
                    &mut inside
                } else {
                    &mut outside
                }) = middle;
            }
            inside
        };
        assert!((ratio.low - change(ratio.ratio, 0.0)).abs() < 1e-9);
        assert!((ratio.high - change(ratio.ratio, 10.0)).abs() < 1e-9);
        let benefit = net_benefit(&EFFECTS, &COSTS, ratio.high, ALPHA).expect("five pairs");
        assert!(benefit.low.is_some_and(|low| low.abs() < 1e-9));
    }

    #[test]
    fn a_denominator_that_may_be_zero_has_no_ratio() {
        let near_zero = [1.0, -2.0, 3.0, -1.0, 1.0];
        assert_eq!(ratio(&COSTS, &near_zero, ALPHA), None);
        let set = fieller(&COSTS, &near_zero, ALPHA).expect("five pairs");
        let RatioSet::Outside { below, above } = set else {
            panic!("{set:?}")
        };
        assert!(below < 0.0 && above > 0.0, "{set:?}");
        let neither = fieller(&[2.0, -3.0, 1.0, 1.0, -1.0], &near_zero, ALPHA);
        assert_eq!(neither, Some(RatioSet::Everything));
        assert!(RatioSet::Everything.covers(-7.0));
    }

    /// The interval of the denominators ends at 0 exactly: mean 1, half-width t sd / sqrt(2) = 1.
    #[test]
    fn a_denominator_whose_interval_ends_at_zero_leaves_one_ray() {
        let up = solved(0.0, 2.0, 12.0, 4.0);
        assert!(matches!(up, RatioSet::Outside { below, above }
            if below.is_infinite() && (above - 3.0).abs() < 1e-12));
        let down = solved(0.0, -2.0, 12.0, 4.0);
        assert!(matches!(down, RatioSet::Outside { below, above }
            if above.is_infinite() && (below + 3.0).abs() < 1e-12));
        assert_eq!(solved(0.0, 0.0, -1.0, 0.0), RatioSet::Everything);
    }

    #[test]
    fn few_or_unequal_or_empty_pairs_have_no_ratio() {
        for (costs, effects) in [
            (&[][..], &[][..]),
            (&[1.0][..], &[2.0][..]),
            (&[1.0, 2.0][..], &[2.0][..]),
            (&[1.0, 2.0][..], &[0.0, 0.0][..]),
        ] {
            assert_eq!(ratio(costs, effects, ALPHA), None);
            assert_eq!(fieller(costs, effects, ALPHA), None);
        }
        // Exactly proportional, and not varying at all.
        let exact = ratio(&[2.0, 4.0, 6.0], &[10.0, 20.0, 30.0], 0.5).expect("three pairs");
        assert_near(exact.low, 0.2);
        assert_near(exact.high, 0.2);
        let fixed = ratio(&[3.0; 4], &[2.0; 4], ALPHA).expect("four pairs");
        assert_eq!((fixed.low, fixed.ratio, fixed.high), (1.5, 1.5, 1.5));
        let free = ratio(&[0.0; 4], &[2.0; 4], ALPHA).expect("four pairs");
        assert_eq!((free.low, free.ratio, free.high), (0.0, 0.0, 0.0));
    }

    #[test]
    fn net_benefit_by_hand() {
        // 3 x effects - costs: 0, 0, 3, 0, 1: mean 0.8, sd sqrt(1.7).
        let benefit = net_benefit(&EFFECTS, &COSTS, 3.0, ALPHA).expect("five pairs");
        assert_near(benefit.mean, 0.8);
        let half_width = 2.776_445_1 * (1.7_f64 / 5.0).sqrt();
        assert_near(benefit.low.expect("low"), 0.8 - half_width);
        assert_near(benefit.high.expect("high"), 0.8 + half_width);
        assert_eq!(net_benefit(&EFFECTS, &[], 3.0, ALPHA), None);
    }

    #[test]
    fn large_means_do_not_drown_the_interval() {
        let shifted = |values: &[f64], by: f64| -> Vec<f64> {
            values.iter().map(|value| value + by).collect()
        };
        let (costs, effects) = (shifted(&COSTS, 3e7), shifted(&EFFECTS, 1e7));
        let ratio = ratio(&costs, &effects, ALPHA).expect("effects are above 0");
        // The spread of costs - 3 effects is that of 0, 0, -3, 0, -1: its half-width over 1e7.
        let half_width = 2.776_445_1 * (1.7_f64 / 5.0).sqrt() / 1e7;
        let wide = ratio.high - ratio.low;
        assert!((wide / (2.0 * half_width) - 1.0).abs() < 1e-5, "{wide}");
    }

    proptest! {
        /// The set is what the t test does not reject, whatever its shape.
        #[test]
        fn the_set_is_the_inverted_test(
            pairs in proptest::collection::vec((-20..20_i32, -6..20_i32), 3..9),
            tried in -9.0..9.0_f64,
        ) {
            let (numerators, denominators): (Vec<f64>, Vec<f64>) = pairs
                .iter()
                .map(|(y, x)| (f64::from(*y), f64::from(*x)))
                .unzip();
            let Some(set) = fieller(&numerators, &denominators, ALPHA) else {
                prop_assert!(denominators.iter().all(|x| x.abs() < 0.5));
                return Ok(());
            };
            prop_assert_eq!(
                set.covers(tried),
                is_not_rejected(&numerators, &denominators, tried),
                "{:?}", set
            );
            let told = ratio(&numerators, &denominators, ALPHA);
            let denominator = Estimate::of(&denominators).expect("some");
            prop_assert_eq!(told.is_some(), !denominator.covers(0.0));
            if let Some(told) = told {
                prop_assert_eq!(set, RatioSet::Between { low: told.low, high: told.high });
                prop_assert!(told.low <= told.ratio + 1e-9 && told.ratio <= told.high + 1e-9);
            }
        }
    }
}
