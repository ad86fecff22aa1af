//! Two alternatives compared pair by pair, and how many pairs are enough.
//!
//! Both were measured under the same conditions, so that what happens to both cancels out of the
//! difference. Knows nothing of what was measured or of how the pairs were made. Source: Law
//! (2015), Simulation modeling and analysis, 5th edition, sections 10.2, 10.3 and 11.2.

use super::estimate::Estimate;
use super::moments::{PairedMoments, correlation, paired_difference_at_level};
use super::replications::{PrecisionTarget, Progress, ReplicationsAlgorithm};

/// Which values are the better ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preference {
    /// Large values are.
    Larger,
    /// Small values are.
    Smaller,
}

/// The difference of two alternatives over pairs, and what pairing them was worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Comparison {
    /// Mean of after less before, with its t interval at the confidence asked for.
    pub difference: Estimate,
    /// Pearson's correlation over the pairs; `None` where one of the two does not vary.
    pub correlation: Option<f64>,
    /// (Var(before) + Var(after)) / Var(after - before): how many times as many replications two
    /// independent samples would need. Above 1 where pairing helped; `None` for fewer than two
    /// pairs and where the difference does not vary.
    pub variance_reduction: Option<f64>,
}

impl Comparison {
    /// `after[i]` less `before[i]` with the 100(1 - `alpha`)% interval of the mean; `None` when
    /// there are no pairs or the slices have different lengths. For one of several comparisons that
    /// are to hold together give [`bonferroni`]'s `alpha`.
    ///
    /// Worked: before (10, 20, 30), after (12, 21, 33), alpha = 0.05: difference 2 from -0.484138
    /// to 4.484138, variances 100 and 111, of the difference 1: a reduction of 211.
    #[must_use]
    pub fn of(before: &[f64], after: &[f64], alpha: f64) -> Option<Self> {
        let difference = paired_difference_at_level(before, after, alpha)?;
        Some(Self {
            difference,
            correlation: correlation(before, after),
            variance_reduction: variance_reduction(before, after, &difference),
        })
    }

    /// How many replications *of each* alternative two independent samples would need to have the
    /// standard error that these pairs have: n x `variance_reduction`, rounded up; `None` where
    /// that is.
    ///
    /// Worked: 3 pairs and a reduction of 211 make 633.
    #[must_use]
    pub fn unpaired_replications(&self) -> Option<u64> {
        let needed = self.difference.n as f64 * self.variance_reduction?;
        Some(needed.ceil() as u64)
    }
}

/// See [`Comparison::variance_reduction`].
fn variance_reduction(before: &[f64], after: &[f64], difference: &Estimate) -> Option<f64> {
    let moments = PairedMoments::of(before, after)?;
    let apart = moments.left_variance + moments.right_variance;
    let paired = difference.sd?.powi(2);
    (paired > 0.0).then(|| apart / paired)
}

/// The alpha of each of `comparisons` intervals that are to hold together with confidence
/// 1 - `alpha`: `alpha` / `comparisons` (Bonferroni's inequality). None
/// at all count as one.
///
/// Worked: ten at 0.05 are 0.005 each; with 30 pairs t is then 3.038047, not 2.045230.
#[must_use]
pub fn bonferroni(alpha: f64, comparisons: usize) -> f64 {
    alpha / comparisons.max(1) as f64
}

/// Share of pairs in which `after[i]` is better than `before[i]`, equal ones counting half: an
/// estimate of P(better) + P(equal) / 2 for a pair to come. `None` when there are no pairs or the
/// slices have different lengths.
///
/// It does not tend to 0 or 1 as pairs are added, for it is about one pair and not about the mean.
///
/// Worked: before (1, 2, 3, 4), after (0, 2, 2, 5), smaller preferred: (1 + 1/2 + 1 + 0) / 4 =
/// 0.625.
#[must_use]
pub fn probability_better(before: &[f64], after: &[f64], preference: Preference) -> Option<f64> {
    if before.is_empty() || before.len() != after.len() {
        return None;
    }
    let score = |(before, after): (&f64, &f64)| {
        let (better, worse) = match preference {
            Preference::Larger => (after > before, after < before),
            Preference::Smaller => (after < before, after > before),
        };
        0.5 + 0.5 * f64::from(u8::from(better)) - 0.5 * f64::from(u8::from(worse))
    };
    let sum: f64 = before.iter().zip(after).map(score).sum();
    Some(sum / before.len() as f64)
}

/// How many pairs are enough: goes on until the interval of the mean difference reaches no further
/// than wanted to either side, and has stayed so.
///
/// The rule is [`ReplicationsAlgorithm`]'s, on differences, with an absolute half-width alone: the
/// smallest difference that matters, or a part of it. That the interval excludes 0 is no reason to
/// stop: who stops there finds a difference between equal alternatives far more often than `alpha`
/// says, and overstates those that there are. (Stopping by width looks at the spread alone, which
/// for normal values tells nothing of the mean; the look-ahead makes good most of what is lost by
/// stopping when the spread happens to look small. Of 95% intervals 93 to 95% then cover.)
///
/// ```
/// use splw_sim::stats::{DifferenceAlgorithm, PrecisionTarget, Progress};
///
/// let mut algorithm = DifferenceAlgorithm::new(0.5, PrecisionTarget::default());
/// let mut progress = Progress::Continue;
/// let mut before = 10.0;
/// while progress == Progress::Continue {
///     before += 1.0;
///     progress = algorithm.push(before, before + 2.0);
/// }
/// // Differences that are all equal: known at the third, confirmed five later.
/// assert!(matches!(progress, Progress::Reached { replications: 3, with_look_ahead: 8 }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferenceAlgorithm(ReplicationsAlgorithm);

impl DifferenceAlgorithm {
    /// Nothing run yet. `half_width` is in the unit of the values; confidence, look-ahead and
    /// budget are those of `target`, its two precisions are not used.
    #[must_use]
    pub const fn new(half_width: f64, target: PrecisionTarget) -> Self {
        Self(ReplicationsAlgorithm::new(PrecisionTarget {
            relative: 0.0,
            absolute_half_width: Some(half_width),
            ..target
        }))
    }

    /// Takes in the next pair; either may be `None` where the measure does not exist, and then
    /// precision is not reached from then on ([`ReplicationsAlgorithm::push`]).
    pub fn push(
        &mut self,
        before: impl Into<Option<f64>>,
        after: impl Into<Option<f64>>,
    ) -> Progress {
        let difference = before.into().zip(after.into());
        self.0
            .push(difference.map(|(before, after)| after - before))
    }

    /// The mean of after less before so far, with its interval; `None` when there is none.
    #[must_use]
    pub fn estimate(&self) -> Option<Estimate> {
        self.0.estimate()
    }

    /// Pairs taken in, those without a difference included.
    #[must_use]
    pub const fn run(&self) -> u64 {
        self.0.run()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ALPHA;

    fn assert_near(value: Option<f64>, target: f64) {
        let value = value.expect("a value");
        assert!(
            (value / target - 1.0).abs() < 5e-7,
            "{value} is not {target}"
        );
    }

    #[test]
    fn three_pairs_by_hand() {
        let comparison = Comparison::of(&[10.0, 20.0, 30.0], &[12.0, 21.0, 33.0], ALPHA);
        let comparison = comparison.expect("three pairs");
        assert_near(Some(comparison.difference.mean), 2.0);
        assert_near(comparison.difference.low, -0.484_137_7);
        assert_near(comparison.difference.high, 4.484_137_7);
        // Covariance (10 x 10 + 0 + 10 x 11) / 2 = 105 beside variances of 100 and 111.
        assert_near(comparison.correlation, 105.0 / 11_100.0_f64.sqrt());
        assert_near(comparison.variance_reduction, 211.0);
        assert_eq!(comparison.unpaired_replications(), Some(633));
    }

    /// Student's (1908) ten patients: R's `var` gives 3.200556 and 4.009, of the difference
    /// 1.512889; the reduction is 1 / (1 - 2 cov / sum) with cov = 2.848333.
    #[test]
    fn pairs_of_the_published_ten_patients_were_worth_five_times_as_many() {
        let first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
        let second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
        let comparison = Comparison::of(&second, &first, ALPHA).expect("ten pairs");
        assert_near(comparison.difference.low, -2.459_885_8);
        assert_near(comparison.variance_reduction, 7.209_556 / 1.512_889);
        assert_eq!(comparison.unpaired_replications(), Some(48));
        assert_eq!(
            probability_better(&first, &second, Preference::Larger),
            Some(0.95)
        );
    }

    /// With sd 1 the half-width of 30 is t / sqrt(30), here of ten simultaneous intervals.
    #[test]
    fn simultaneous_intervals_reach_as_far_as_bonferroni_says() {
        let before = [0.0; 30];
        let unit = (29.0_f64 / 30.0).sqrt();
        let after: Vec<f64> = (0..30)
            .map(|i| if i % 2 == 0 { unit } else { -unit })
            .collect();
        let comparison = Comparison::of(&before, &after, bonferroni(ALPHA, 10)).expect("pairs");
        let half_width = comparison.difference.half_width();
        assert_near(half_width.map(|it| it * 30.0_f64.sqrt()), 3.038_046_7);
        assert_near(Some(bonferroni(ALPHA, 0)), ALPHA);
    }

    #[test]
    fn what_does_not_vary_has_no_reduction() {
        let comparison = Comparison::of(&[1.0, 2.0], &[3.0, 4.0], ALPHA).expect("two pairs");
        assert_eq!(comparison.difference.sd, Some(0.0));
        assert_eq!(comparison.variance_reduction, None);
        assert_eq!(comparison.unpaired_replications(), None);
        let one = Comparison::of(&[1.0], &[3.0], ALPHA).expect("one pair");
        assert_eq!((one.difference.low, one.variance_reduction), (None, None));
        assert_eq!(Comparison::of(&[1.0], &[], ALPHA), None);
        assert_eq!(Comparison::of(&[], &[], ALPHA), None);
    }

    #[test]
    fn pairs_that_disagree_are_worth_less_than_none() {
        let comparison = Comparison::of(&[1.0, 2.0, 3.0], &[3.0, 2.0, 1.0], ALPHA);
        let comparison = comparison.expect("three pairs");
        // Differences 2, 0, -2: variance 4 beside 1 + 1.
        assert_near(comparison.variance_reduction, 0.5);
        assert_eq!(comparison.unpaired_replications(), Some(2));
    }

    #[test]
    fn better_is_counted_by_preference_and_ties_by_half() {
        let (before, after) = ([1.0, 2.0, 3.0, 4.0], [0.0, 2.0, 2.0, 5.0]);
        let share = |preference| probability_better(&before, &after, preference);
        assert_eq!(share(Preference::Smaller), Some(0.625));
        assert_eq!(share(Preference::Larger), Some(0.375));
        assert_eq!(probability_better(&[], &[], Preference::Larger), None);
        assert_eq!(probability_better(&[1.0], &[], Preference::Larger), None);
    }

    fn algorithm(half_width: f64) -> DifferenceAlgorithm {
        DifferenceAlgorithm::new(half_width, PrecisionTarget::default())
    }

    /// Differences 9, 10, 11: half-width 2.4841 at three, and with a fourth of 10 it is 1.2992.
    /// Equal ones after that make it narrower at each step.
    #[test]
    fn the_width_alone_decides() {
        for (half_width, first) in [(2.49, 3), (2.48, 4), (1.30, 4), (1.29, 5)] {
            let mut algorithm = algorithm(half_width);
            let differences = [9.0, 10.0, 11.0].into_iter().chain([10.0; 30]);
            let ended = differences
                .map(|difference| algorithm.push(100.0, 100.0 + difference))
                .find(|progress| *progress != Progress::Continue);
            let with_look_ahead = first + 5;
            let reached = Progress::Reached {
                replications: first,
                with_look_ahead,
            };
            assert_eq!(ended, Some(reached), "{half_width}");
            assert_eq!(algorithm.run(), with_look_ahead);
            assert_near(algorithm.estimate().map(|it| it.mean), 10.0);
        }
    }

    #[test]
    fn neither_relative_precision_nor_an_interval_beside_zero_stops_it() {
        let mut algorithm = algorithm(0.01);
        for i in 0..200 {
            // About 1,000 -+ 0.5: a thousandth of the mean, and far from 0.
            let progress = algorithm.push(0.0, 1_000.0 + f64::from(i % 2));
            assert_eq!(progress, Progress::Continue);
        }
    }

    #[test]
    fn a_pair_without_a_difference_keeps_precision_from_being_reached() {
        let mut algorithm = algorithm(1.0);
        assert_eq!(algorithm.push(None, 1.0), Progress::Continue);
        let last = (0..999).map(|_| algorithm.push(1.0, 2.0)).last();
        assert_eq!(last, Some(Progress::BudgetSpent));
        assert_eq!(algorithm.run(), 1_000);
    }
}
