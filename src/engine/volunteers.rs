//! Volunteers: what is too much for them they pass on to paid workers.

use super::events::Slot;
use super::log::{Activity, Observer};
use super::observations::Count;
use super::register::Stage;
use super::simulation::Simulation;
use crate::model::Claim;

impl<O: Observer> Simulation<'_, O> {
    /// Whether the volunteer who holds a case passes it on after the first appointment; not where no
    /// paid worker may take it.
    pub(super) fn is_passed_on(&self, slot: Slot) -> bool {
        let referral = &self.register[slot];
        let share = self.plan.model.posts[referral.post.index()].escalation_share;
        if share <= 0.0 || referral.identity.escalation().uniform() >= share {
            return false;
        }
        let pool = self.pool_now(referral.practice, Claim::Escalated(referral.case_type));
        !self.plan.pools.pools[pool.index()].posts.is_empty()
    }

    /// A volunteer passes a case on: paid workers with room are offered it, else it stands at the
    /// head of the waiting list for them. It takes the contacts that are left.
    pub(super) fn escalate(&mut self, slot: Slot) {
        let referral = self.register[slot];
        self.register[slot].stage = Stage::Between;
        self.release_place(slot);
        let holder = &mut self.seen.posts[referral.post.index()].scope;
        holder.add(Count::TransferredOut);
        holder.add(Count::Escalated);
        self.seen
            .for_scopes(referral.scopes(), |scope| scope.add(Count::Escalated));
        let claim = Claim::Escalated(referral.case_type);
        let pool = self.pool_now(referral.practice, claim);
        let case = &mut self.register[slot];
        (case.escalated, case.pool) = (true, pool);
        self.log(Activity::Escalated, &referral, Some(referral.post));
        self.return_to_lists(&[slot]);
    }
}
