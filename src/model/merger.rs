//! Mergers: practices that become one on a date.

use super::Model;
use super::ids::PracticeId;
use super::time::SimTime;

/// Practices whose people are referred as those of another from an instant on.
///
/// Referrals go on to be drawn from the practice that they come from: a merger changes whom a
/// person belongs to, not who is referred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merger {
    /// First instant as one practice; zero for mergers before the simulated time.
    pub at: SimTime,
    /// The practices that are no more.
    pub others: Vec<PracticeId>,
    /// The practice that stands for all.
    pub into: PracticeId,
}

impl Model {
    /// The practice as which people of `practice` are received at `time`.
    #[must_use]
    pub fn received_as(&self, practice: PracticeId, time: SimTime) -> PracticeId {
        let until = self.mergers.iter().take_while(|merger| merger.at <= time);
        until.fold(practice, |home, merger| {
            match merger.others.contains(&home) {
                true => merger.into,
                false => home,
            }
        })
    }
}
