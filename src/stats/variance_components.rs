//! Two levels of variation: what differs between groups and what differs within them.
//!
//! The groups are draws of what is not known (inputs, say); the values within a group are repeats
//! of chance alone. The balanced one-way analysis of variance, random effects: y_ij = mean + g_i +
//! e_ij, with a groups of m values. Values within a group, and groups, are independent of each
//! other; that asks for repeats whose random numbers are not shared between groups.
//!
//! Points of one Latin hypercube are not quite independent: they are spread too evenly, which makes
//! `between` too high by at most a part in a - 1 and leaves `within` as it is. Then take the
//! components of each of several hypercubes and the interval of their mean
//! ([`super::latin_hypercube()`]).
//!
//! Source: Searle, Casella & McCulloch (1992), Variance components, chapter 3; for simulation Sun,
//! Apley & Staum (2011), Operations Research 59(4) 998-1007.

use super::estimate::{Accumulator, Estimate};
use super::fisher_f::{chi_square_quantile, f_quantile};

/// How much of the variance of one value is between the groups and how much within.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceComponents {
    /// a, the number of groups; at least 2.
    pub groups: u64,
    /// m, the number of values in each group; at least 2.
    pub repeats: u64,
    /// The mean, with the t interval of the groups' means (a - 1 degrees of freedom).
    pub mean: Estimate,
    /// Mean square between: m times the sample variance of the groups' means.
    pub mean_square_between: f64,
    /// Mean square within: the mean of the groups' sample variances.
    pub mean_square_within: f64,
}

/// A part of the variance with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl VarianceComponents {
    /// The analysis of `groups`, each with the same number of values; the interval of the mean has
    /// confidence 1 - `alpha`. `None` for fewer than two groups, fewer than two values in a group,
    /// and groups that differ in size.
    ///
    /// Worked: (1, 3), (4, 6), (8, 8): means 2, 5, 8; mean square between 2 x 9 = 18, within
    /// (2 + 2 + 0) / 3 = 4/3; between (18 - 4/3) / 2 = 25/3, a share of 25/29.
    #[must_use]
    pub fn of(groups: &[Vec<f64>], alpha: f64) -> Option<Self> {
        let repeats = groups.first()?.len();
        if groups.len() < 2 || repeats < 2 || groups.iter().any(|it| it.len() != repeats) {
            return None;
        }
        let (mut means, mut within) = (Accumulator::new(), Accumulator::new());
        for group in groups {
            let group = Accumulator::of(group);
            means.push(group.mean()?);
            within.push(group.sd()?.powi(2));
        }
        Some(Self {
            groups: groups.len() as u64,
            repeats: repeats as u64,
            mean: means.estimate(alpha)?,
            mean_square_between: repeats as f64 * means.sd()?.powi(2),
            mean_square_within: within.mean()?,
        })
    }

    /// The variance between groups, max(0, (MSB - MSW) / m): that of the groups' means less what
    /// chance within them adds. Without the cut at 0 it is unbiased.
    ///
    /// It has no exact interval (its distribution involves both variances); that of
    /// [`VarianceComponents::share_between`] is exact and says what matters.
    #[must_use]
    pub fn between(&self) -> f64 {
        let excess = self.mean_square_between - self.mean_square_within;
        (excess / self.repeats as f64).max(0.0)
    }

    /// `means`, those of the groups, drawn in to their middle so far that their variance is
    /// [`VarianceComponents::between`]: where the groups themselves lie, without the chance that a mean
    /// of few values still has. Exact for the variance, and for quantiles where both levels are normal
    /// and chance is the same in all groups.
    ///
    /// Source: Louis (1984), Estimating a population of parameter values using Bayes and empirical
    /// Bayes methods, Journal of the American Statistical Association 79(386) 393-398.
    ///
    /// Worked: for the groups above the means 2, 5, 8 vary by 9, and between is 25/3: each is drawn in
    /// by sqrt(25/27), to 2.113249, 5 and 7.886751.
    #[must_use]
    pub fn without_chance(&self, means: &[f64]) -> Vec<f64> {
        let seen = self.mean_square_between / self.repeats as f64;
        let by = if seen > 0.0 {
            (self.between() / seen).sqrt()
        } else {
            0.0
        };
        let middle = self.mean.mean;
        means
            .iter()
            .map(|mean| middle + by * (mean - middle))
            .collect()
    }

    /// The variance within groups, MSW, with its 100(1 - `alpha`)% interval, exact for normal
    /// values: a (m - 1) MSW over the quantiles of chi-square.
    ///
    /// Worked: for the groups above, 4/3 from 0.427881 to 18.536086.
    #[must_use]
    pub fn within(&self, alpha: f64) -> Part {
        let df = self.df_within();
        let squares = df * self.mean_square_within;
        Part {
            value: self.mean_square_within,
            low: squares / chi_square_quantile(1.0 - alpha / 2.0, df),
            high: squares / chi_square_quantile(alpha / 2.0, df),
        }
    }

    /// The share of the variance of one value that is between groups (the intraclass correlation),
    /// between / (between + within), with its 100(1 - `alpha`)% interval, exact for normal groups
    /// and values; `None` where nothing varies.
    ///
    /// With F = MSB / MSW, f = F / (the upper or lower quantile of F with a - 1 and a (m - 1)
    /// degrees of freedom): (f - 1) / (f - 1 + m), cut off at 0.
    ///
    /// Worked: for the groups above F = 13.5 and the share 0.862069, from -0.086112 (cut off
    /// to 0) to 0.996225.
    #[must_use]
    pub fn share_between(&self, alpha: f64) -> Option<Part> {
        let (between, within) = (self.between(), self.mean_square_within);
        if between + within <= 0.0 {
            return None;
        }
        let end = |p: f64| {
            let quantile = f_quantile(p, (self.groups - 1) as f64, self.df_within());
            let squares = self.mean_square_between / quantile;
            // As above with both multiplied by MSW, which may be 0.
            let excess = (squares - within).max(0.0);
            excess / (excess + self.repeats as f64 * within)
        };
        Some(Part {
            value: between / (between + within),
            low: end(1.0 - alpha / 2.0),
            high: end(alpha / 2.0),
        })
    }

    fn df_within(&self) -> f64 {
        (self.groups * (self.repeats - 1)) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ALPHA;
    use proptest::prelude::*;

    fn assert_near(value: f64, target: f64) {
        assert!((value - target).abs() < 5e-7, "{value} is not {target}");
    }

    fn by_hand() -> VarianceComponents {
        let groups = [vec![1.0, 3.0], vec![4.0, 6.0], vec![8.0, 8.0]];
        VarianceComponents::of(&groups, ALPHA).expect("three groups of two")
    }

    #[test]
    fn means_without_chance_vary_by_what_is_between() {
        let drawn_in = by_hand().without_chance(&[2.0, 5.0, 8.0]);
        for (value, target) in drawn_in.iter().zip([2.113_249, 5.0, 7.886_751]) {
            assert_near(*value, target);
        }
        // Means that differ less than chance alone would have them are all the middle.
        let groups = [vec![1.0, 9.0], vec![2.0, 10.0]];
        let chance = VarianceComponents::of(&groups, ALPHA).expect("two groups of two");
        assert_eq!(chance.without_chance(&[5.0, 6.0]), [5.5, 5.5]);
    }

    #[test]
    fn three_groups_by_hand() {
        let components = by_hand();
        assert_eq!((components.groups, components.repeats), (3, 2));
        assert_near(components.mean_square_between, 18.0);
        assert_near(components.mean_square_within, 4.0 / 3.0);
        assert_near(components.between(), 25.0 / 3.0);
        // 5 -+ 4.302653 x 3 / sqrt(3).
        assert_near(components.mean.mean, 5.0);
        assert_near(
            components.mean.high.expect("high"),
            5.0 + 4.302_652_7 * 3.0_f64.sqrt(),
        );
    }

    /// Chi-square with 3 degrees of freedom 0.215795 and 9.348404; F with 2 and 3 degrees 16.044106
    /// and 0.0255327 (tables).
    #[test]
    fn their_intervals_by_hand() {
        let within = by_hand().within(ALPHA);
        assert_near(within.value, 4.0 / 3.0);
        assert_near(within.low, 0.427_880_5);
        assert_near(within.high, 18.536_086_4);
        let share = by_hand().share_between(ALPHA).expect("they vary");
        assert_near(share.value, 25.0 / 29.0);
        assert_near(share.low, 0.0);
        assert_near(share.high, 0.996_224_5);
        // At 80%: F 5.462383.
        let narrower = by_hand().share_between(0.2).expect("they vary");
        assert_near(
            narrower.low,
            (13.5 / 5.462_383_2 - 1.0) / (13.5 / 5.462_383_2 + 1.0),
        );
    }

    #[test]
    fn groups_that_differ_less_than_chance_have_nothing_between() {
        let groups = [vec![1.0, 9.0], vec![2.0, 8.0], vec![0.0, 10.0]];
        let components = VarianceComponents::of(&groups, ALPHA).expect("three groups");
        assert_near(components.between(), 0.0);
        let share = components.share_between(ALPHA).expect("they vary");
        assert_near(share.value, 0.0);
        assert_near(share.low, 0.0);
        assert_near(share.high, 0.0);
    }

    #[test]
    fn all_between_and_no_variation_at_all() {
        let apart = [vec![1.0, 1.0], vec![4.0, 4.0]];
        let apart = VarianceComponents::of(&apart, ALPHA).expect("two groups");
        let share = apart.share_between(ALPHA).expect("they vary");
        assert_near(share.value, 1.0);
        assert_near(share.low, 1.0);
        assert_near(share.high, 1.0);
        let equal = VarianceComponents::of(&[vec![2.0; 3], vec![2.0; 3]], ALPHA);
        assert_eq!(equal.expect("two groups").share_between(ALPHA), None);
    }

    #[test]
    fn unbalanced_or_single_ones_have_no_analysis() {
        let of = |groups: &[Vec<f64>]| VarianceComponents::of(groups, ALPHA);
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[vec![1.0, 2.0]]), None);
        assert_eq!(of(&[vec![1.0], vec![2.0]]), None);
        assert_eq!(of(&[vec![1.0, 2.0], vec![2.0, 3.0, 4.0]]), None);
    }

    proptest! {
        /// The law of total variance, in squares: about the mean of all = between + within.
        #[test]
        fn squares_add_up(
            values in proptest::collection::vec(-50.0..50.0_f64, 24), repeats in 2..9_usize,
        ) {
            let groups: Vec<Vec<f64>> = values.chunks_exact(repeats).map(<[f64]>::to_vec).collect();
            let components = VarianceComponents::of(&groups, ALPHA).expect("several groups");
            let used = &values[..groups.len() * repeats];
            let mean = used.iter().sum::<f64>() / used.len() as f64;
            let total: f64 = used.iter().map(|value| (value - mean).powi(2)).sum();
            let (a, m) = (groups.len() as f64, repeats as f64);
            let parts = (a - 1.0) * components.mean_square_between
                + a * (m - 1.0) * components.mean_square_within;
            prop_assert!((parts / total - 1.0).abs() < 1e-9);
            prop_assert!((components.mean.mean - mean).abs() < 1e-9);
            let share = components.share_between(ALPHA).expect("they vary");
            prop_assert!(share.low <= share.value && share.value <= share.high);
            prop_assert!(0.0 <= share.low && share.high <= 1.0);
        }
    }
}
