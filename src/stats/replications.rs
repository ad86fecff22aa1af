//! How many replications are enough: the sequential algorithm of Hoad, Robinson & Davies.
//!
//! Fed one value a replication, in order, it says when the interval of the mean has become narrow
//! enough and has stayed so. Knows nothing of what is measured or of how replications are run.
//! Source: Hoad, Robinson & Davies (2010), Automated selection of the number of replications for a
//! discrete-event simulation, Journal of the Operational Research Society 61(11) 1632-1644; the
//! `ReplicationsAlgorithm` of the Python package sim-tools follows the same paper.

use super::estimate::{ALPHA, Accumulator, Estimate};

/// Replications before which precision is not judged: the standard deviation of two is a guess.
const FIRST_JUDGED: u64 = 3;

/// When a mean is known well enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrecisionTarget {
    /// Half-width of the interval as a share of the absolute mean: 0.05 is 5%. This is the paper's
    /// d = 100 t s / (sqrt(n) |mean|), not in per cent.
    pub relative: f64,
    /// A half-width that is narrow enough whatever the mean, in the unit of the values; for means
    /// near 0, which never reach a relative precision.
    pub absolute_half_width: Option<f64>,
    /// One minus the confidence of the interval.
    pub alpha: f64,
    /// For how many further replications precision must hold: this many up to 100 replications,
    /// then this per cent of them.
    pub look_ahead: u64,
    /// The most replications that may be run, look-ahead included.
    pub budget: u64,
}

impl Default for PrecisionTarget {
    /// 5% of the mean at 95% confidence, look-ahead 5, at most 1,000 replications.
    fn default() -> Self {
        Self {
            relative: 0.05,
            absolute_half_width: None,
            alpha: ALPHA,
            look_ahead: 5,
            budget: 1_000,
        }
    }
}

/// What to do after a replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Run another.
    Continue,
    /// Precision was reached and held throughout the look-ahead.
    Reached {
        /// The number recommended for further experiments: at which precision was first reached
        /// and from which on it held. The paper's Nsol, sim-tools' `nreps`.
        replications: u64,
        /// The number run by then, which is the one above plus its look-ahead. An estimate should
        /// use them all.
        with_look_ahead: u64,
    },
    /// As many were run as may be, and precision was not reached or had not held long enough.
    BudgetSpent,
}

/// The algorithm in progress.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReplicationsAlgorithm {
    target: PrecisionTarget,
    values: Accumulator,
    undefined: u64,
    /// The number of replications since which precision has held.
    held_since: Option<u64>,
    reached: Option<Progress>,
}

impl ReplicationsAlgorithm {
    /// Nothing run yet.
    #[must_use]
    pub const fn new(target: PrecisionTarget) -> Self {
        Self {
            target,
            values: Accumulator::new(),
            undefined: 0,
            held_since: None,
            reached: None,
        }
    }

    /// Takes in the next replication's value, `None` where the measure does not exist in it.
    ///
    /// From the third replication on precision holds when the half-width t s / sqrt(n) is at most
    /// `relative` x |mean|, or at most `absolute_half_width`. Say that it first holds at n: then it
    /// must hold for the next int(look_ahead / 100 x max(n, 100)) too. If it is lost on the way,
    /// the search goes on as if it had never held. An undefined value counts towards the budget,
    /// and precision is not reached from then on: a mean over those that have the measure would be
    /// the mean of something else. A caller who wants that mean leaves the undefined out.
    ///
    /// A mean of 0 with no spread has been reached: 0 is at most 0. Once reached, the answer stands
    /// whatever comes after.
    pub fn push(&mut self, value: impl Into<Option<f64>>) -> Progress {
        match value.into() {
            Some(value) => self.values.push(value),
            None => self.undefined += 1,
        }
        if let Some(reached) = self.reached {
            return reached;
        }
        self.held_since = self
            .is_precise()
            .then(|| self.held_since.unwrap_or(self.run()));
        self.reached = self.settled();
        match self.reached {
            Some(reached) => reached,
            None if self.run() >= self.target.budget => Progress::BudgetSpent,
            None => Progress::Continue,
        }
    }

    /// Replications taken in, those without a value included.
    #[must_use]
    pub const fn run(&self) -> u64 {
        self.values.n() + self.undefined
    }

    /// Replications in which the measure did not exist.
    #[must_use]
    pub const fn undefined(&self) -> u64 {
        self.undefined
    }

    /// The mean so far, of the replications that have a value, with its interval at the target's
    /// confidence; `None` when there is none.
    #[must_use]
    pub fn estimate(&self) -> Option<Estimate> {
        self.values.estimate(self.target.alpha)
    }

    /// Whether the interval is narrow enough now.
    fn is_precise(&self) -> bool {
        if self.undefined > 0 || self.run() < FIRST_JUDGED {
            return false;
        }
        let (Some(mean), Some(half_width)) = (
            self.values.mean(),
            self.values.half_width(self.target.alpha),
        ) else {
            return false;
        };
        // Multiplied out, so that a mean of 0 divides nothing.
        let narrow = |limit: f64| half_width <= limit;
        narrow(self.target.relative * mean.abs())
            || self.target.absolute_half_width.is_some_and(narrow)
    }

    /// The final answer, once precision has held long enough.
    fn settled(&self) -> Option<Progress> {
        let replications = self.held_since?;
        let with_look_ahead = replications + self.look_ahead_from(replications);
        (self.run() >= with_look_ahead).then_some(Progress::Reached {
            replications,
            with_look_ahead,
        })
    }

    /// The paper's kLimit.
    fn look_ahead_from(&self, replications: u64) -> u64 {
        self.target.look_ahead * replications.max(100) / 100
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn replications(look_ahead: u64, budget: u64) -> ReplicationsAlgorithm {
        ReplicationsAlgorithm::new(PrecisionTarget {
            look_ahead,
            budget,
            ..PrecisionTarget::default()
        })
    }

    fn progress(algorithm: &mut ReplicationsAlgorithm, values: &[f64]) -> Vec<Progress> {
        values.iter().map(|value| algorithm.push(*value)).collect()
    }

    const fn reached(replications: u64, with_look_ahead: u64) -> Progress {
        Progress::Reached {
            replications,
            with_look_ahead,
        }
    }

    #[test]
    fn equal_values_are_reached_at_three_and_confirmed_five_later() {
        let seen = progress(&mut replications(5, 1_000), &[10.0; 9]);
        assert_eq!(seen[..7], [Progress::Continue; 7]);
        assert_eq!(seen[7], reached(3, 8));
        assert_eq!(seen[8], reached(3, 8), "the answer stands");
    }

    /// 9, 10, 11: t s / sqrt(n) = 4.3027 / sqrt(3) = 2.4841, that is 24.8% of the mean. With a
    /// fourth value of 10, s = 0.8165, t = 3.1824: 1.2992, 13.0%.
    #[test]
    fn precision_by_hand() {
        for (relative, first) in [(0.249, 3), (0.248, 4), (0.130, 4)] {
            let mut algorithm = ReplicationsAlgorithm::new(PrecisionTarget {
                relative,
                look_ahead: 0,
                ..PrecisionTarget::default()
            });
            let seen = progress(&mut algorithm, &[9.0, 10.0, 11.0, 10.0]);
            assert_eq!(seen[3], reached(first, first), "{relative}");
        }
        let mut algorithm = ReplicationsAlgorithm::new(PrecisionTarget {
            relative: 0.129,
            look_ahead: 0,
            ..PrecisionTarget::default()
        });
        assert_eq!(
            progress(&mut algorithm, &[9.0, 10.0, 11.0, 10.0])[3],
            Progress::Continue
        );
    }

    /// Precise at 3 and 4; the fifth value, 20, destroys it; thirty more tens restore it.
    #[test]
    fn precision_lost_within_the_look_ahead_starts_again() {
        let mut values = vec![10.0; 4];
        values.push(20.0);
        values.resize(60, 10.0);
        let seen = progress(&mut replications(5, 1_000), &values);
        // With m tens and one 20, n = m + 1: mean 10 + 10/n, s = 10/sqrt(n), so the half-width is
        // 10 t/n and precision holds when t <= 0.05 (n + 1): 41 and 2.0211 <= 2.1 is beyond n = 40,
        // where 2.0227 <= 2.05 holds too; n = 39 has 2.0244 > 2.0.
        assert_eq!(seen[43], Progress::Continue);
        assert_eq!(seen[44], reached(40, 45));
    }

    /// sim-tools 1.3.0, `ReplicationsAlgorithm(half_width_precision=...).select`, on a series that
    /// anybody can make again: 100 + spread ((7919 i + 13) mod 101 / 50 - 1) (1 + (i mod 7) / 7).
    /// It counts the look-ahead by the replications run so far, we by those recommended, as the
    /// paper does; the recommendation is the same.
    #[test]
    fn recommendations_match_another_program() {
        for (spread, relative, replications) in [
            (20.0, 0.05, 47),
            (20.0, 0.1, 15),
            (50.0, 0.05, 278),
            (50.0, 0.1, 72),
            (80.0, 0.05, 714),
            (80.0, 0.1, 179),
        ] {
            let mut algorithm = ReplicationsAlgorithm::new(PrecisionTarget {
                relative,
                ..PrecisionTarget::default()
            });
            let value = |i: u32| {
                let wave = f64::from((i * 7_919 + 13) % 101) / 50.0 - 1.0;
                100.0 + spread * wave * (1.0 + f64::from(i % 7) / 7.0)
            };
            let ended = (0..1_000)
                .map(|i| algorithm.push(value(i)))
                .find(|progress| *progress != Progress::Continue);
            let with_look_ahead = replications + algorithm.look_ahead_from(replications);
            assert_eq!(ended, Some(reached(replications, with_look_ahead)));
        }
    }

    #[test]
    fn the_look_ahead_grows_with_the_number_beyond_a_hundred() {
        let algorithm = replications(5, 1_000);
        for (n, look_ahead) in [(3, 5), (100, 5), (119, 5), (120, 6), (1_000, 50)] {
            assert_eq!(algorithm.look_ahead_from(n), look_ahead);
        }
    }

    #[test]
    fn the_budget_ends_the_search_even_within_the_look_ahead() {
        let seen = progress(&mut replications(5, 7), &[10.0; 7]);
        assert_eq!(seen[5..], [Progress::Continue, Progress::BudgetSpent]);
        assert_eq!(
            progress(&mut replications(5, 8), &[10.0; 8])[7],
            reached(3, 8)
        );
    }

    #[test]
    fn means_near_zero_need_an_absolute_half_width() {
        let values: Vec<f64> = (0..40)
            .map(|i| if i % 2 == 0 { 0.1 } else { -0.1 })
            .collect();
        let last = progress(&mut replications(5, 40), &values)[39];
        assert_eq!(last, Progress::BudgetSpent);
        let mut algorithm = ReplicationsAlgorithm::new(PrecisionTarget {
            absolute_half_width: Some(0.1),
            ..PrecisionTarget::default()
        });
        let seen = progress(&mut algorithm, &values);
        // s = 0.1 sqrt(n/(n-1)) for even n: 3.1824 x 0.11547 / 2 = 0.1837 at 4, 2.5706 x 0.10954 /
        // 2.4495 = 0.1150 at 6; at 7 s = 0.10690 and 2.4469 x 0.10690 / 2.6458 = 0.0989.
        assert_eq!(seen[11], reached(7, 12));
    }

    #[test]
    fn zeros_are_precise() {
        assert_eq!(
            progress(&mut replications(0, 1_000), &[0.0; 3])[2],
            reached(3, 3)
        );
    }

    #[test]
    fn undefined_values_count_and_keep_precision_from_being_reached() {
        let mut algorithm = replications(5, 20);
        assert_eq!(algorithm.push(None), Progress::Continue);
        assert_eq!(algorithm.push(None), Progress::Continue);
        let seen = progress(&mut algorithm, &[10.0; 18]);
        assert_eq!(seen[16..], [Progress::Continue, Progress::BudgetSpent]);
        assert_eq!((algorithm.run(), algorithm.undefined()), (20, 2));
        assert_eq!(algorithm.estimate().map(|estimate| estimate.n), Some(18));
    }
}
