//! Referral pause with hysteresis: when a waiting list has grown to a number, referrals are refused
//! until it has fallen to another.
//!
//! Who waits already is not concerned. A referral that arrives while referrals are paused for its
//! practice is refused, unless it is inappropriate, which is found out first. Refused people go back
//! to their GP as often as those who lapse, by the same draw.

use super::log::{Activity, Observer};
use super::observations::{Count, service_levels};
use super::register::Referral;
use super::simulation::Simulation;
use crate::model::{PauseScope, PracticeId};

impl<O: Observer> Simulation<'_, O> {
    /// The list of `practice` has changed: referrals may be paused or resumed.
    #[inline]
    pub(super) fn heed_list(&mut self, practice: PracticeId) {
        if let Some(pause) = self.plan.model.policy.pause {
            match pause.scope {
                PauseScope::Practice => {
                    let waiting = self.seen.practices[practice.index()].waiting.value;
                    self.heed(practice, waiting, pause.pause_at, pause.resume_at);
                }
                PauseScope::Pcn => {
                    let waiting = self.seen.pcn.waiting.value;
                    for index in 0..self.seen.practices.len() {
                        let practice = PracticeId(index as u32);
                        self.heed(practice, waiting, pause.pause_at, pause.resume_at);
                    }
                }
            }
        }
    }

    fn heed(&mut self, practice: PracticeId, waiting: u64, pause_at: u64, resume_at: u64) {
        let now = self.now;
        let level = &mut self.seen.practices[practice.index()].paused;
        if level.value == 0 && waiting >= pause_at {
            level.increase(now);
        } else if level.value > 0 && waiting <= resume_at {
            level.decrease(now);
        }
    }

    /// Whether referrals of `practice` are refused at present.
    #[inline]
    pub(super) fn is_paused(&self, practice: PracticeId) -> bool {
        self.seen.practices[practice.index()].paused.value > 0
    }

    /// A referral is refused. It stays in the denominator of every service level.
    pub(super) fn refuse(&mut self, referral: &Referral) {
        let (now, opens, closes) = (self.now, self.opens, self.closes);
        let mut draws = referral.identity.fate();
        draws.uniform();
        let to_gp = draws.uniform() < self.plan.model.policy.gp_reversion_share;
        self.seen.for_scopes(referral.scopes(), |scope| {
            scope.add(Count::Refused);
            if to_gp {
                scope.add(Count::RefusedToGp);
            }
            if now >= opens {
                service_levels(now, closes).for_each(|index| scope.service_level_of[index] += 1);
            }
        });
        self.log(Activity::Refused, referral, None);
    }
}
