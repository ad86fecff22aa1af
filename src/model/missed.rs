//! Missed contacts: the share that is missed, by how long ahead the contact was booked.

use super::time::SimDuration;

/// The share of booked contacts that the person misses: a step function of the booking lead time,
/// from the booking (the end of the contact or call before) to the beginning of the contact.
///
/// With 6% from 0 days and 11.4% from 8 days on, a contact booked 7.9 days ahead is missed with
/// probability 0.06 and one booked 8 days ahead with 0.114 (Appointments in General Practice to
/// November 2025: social prescribing, the same day and 8 to 14 days ahead).
#[derive(Clone, Debug, PartialEq)]
pub struct MissedShare {
    /// Shares by the lead from which they hold, rising; the first holds from zero.
    steps: Vec<(SimDuration, f64)>,
}

impl MissedShare {
    /// One share, however long ahead the contact was booked.
    #[must_use]
    pub fn constant(share: f64) -> Self {
        Self {
            steps: vec![(SimDuration::ZERO, share)],
        }
    }

    /// Shares (each below 1) from these leads on; `steps` begins at zero and rises.
    #[must_use]
    pub fn by_lead(steps: Vec<(SimDuration, f64)>) -> Self {
        debug_assert!(
            steps
                .first()
                .is_some_and(|(lead, _)| *lead == SimDuration::ZERO)
                && steps.windows(2).all(|pair| pair[0].0 < pair[1].0),
            "steps begin at zero and rise"
        );
        Self { steps }
    }

    /// The same with every share multiplied by `factor`: a reminder of 0.8 turns 10% into 8%.
    #[must_use]
    pub fn times(mut self, factor: f64) -> Self {
        for (_, share) in &mut self.steps {
            *share *= factor;
        }
        self
    }

    /// The share that is missed of contacts booked `lead` ahead.
    #[inline]
    #[must_use]
    pub fn at(&self, lead: SimDuration) -> f64 {
        if let [(_, share)] = self.steps.as_slice() {
            return *share;
        }
        let mut steps = self.steps.iter().rev();
        steps
            .find(|(from, _)| *from <= lead)
            .map_or(0.0, |(_, share)| *share)
    }

    /// The greatest of the shares.
    #[must_use]
    pub fn greatest(&self) -> f64 {
        let shares = self.steps.iter().map(|(_, share)| *share);
        shares.fold(0.0, f64::max)
    }

    /// Whether the lead does not matter.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.steps.len() < 2
    }

    /// The share at a lead in days, for sums on paper.
    #[must_use]
    pub fn at_days(&self, days: f64) -> f64 {
        self.at(SimDuration::from_days(days))
    }
}
