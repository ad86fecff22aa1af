//! The pre-assignment queue: one list for each pool of practices and priority class.
//!
//! A list is in order of receipt. A free place takes the head that has waited longest among the
//! best priority class of the pools that its post serves.

use super::events::Slot;
use super::log::Observer;
use super::register::Stage;
use super::simulation::Simulation;
use crate::model::PostId;

impl<O: Observer> Simulation<'_, O> {
    fn list_of(&self, slot: Slot) -> usize {
        let referral = &self.register[slot];
        referral.pool.index() * self.plan.classes + usize::from(referral.priority)
    }

    /// Joins the waiting list at its end.
    pub(super) fn join_list(&mut self, slot: Slot) {
        let list = self.list_of(slot);
        self.lists[list].join(&mut self.register, slot);
        self.note_joined(slot);
    }

    /// Cases returned after a handover are offered to other posts in order of class, then receipt;
    /// those whom nobody has room for stand at the head of their lists, again in order of receipt
    /// where others were returned before them.
    pub(super) fn return_to_lists(&mut self, returned: &[Slot]) {
        for slot in returned {
            if let Some(post) = self.post_with_room(*slot) {
                self.assign(*slot, post);
            } else {
                let list = self.list_of(*slot);
                self.lists[list].join_in_turn(&mut self.register, *slot);
                self.note_joined(*slot);
            }
        }
    }

    fn note_joined(&mut self, slot: Slot) {
        let now = self.now;
        let referral = &mut self.register[slot];
        referral.stage = Stage::Listed;
        referral.due = now;
        let scopes = referral.scopes();
        self.seen.pcn.waiting.increase(now);
        self.seen
            .for_scopes(scopes, |scope| scope.waiting.increase(now));
        self.peaks.note(now, scopes, true);
        self.heed_list(scopes.practice);
    }

    /// Leaves the waiting list.
    pub(super) fn leave_list(&mut self, slot: Slot) {
        let now = self.now;
        let list = self.list_of(slot);
        self.lists[list].leave(&mut self.register, slot);
        let referral = &self.register[slot];
        let scopes = referral.scopes();
        self.seen.waiting_accrued += self.in_period(referral.due, now);
        self.seen.pcn.waiting.decrease(now);
        self.seen
            .for_scopes(scopes, |scope| scope.waiting.decrease(now));
        self.peaks.note(now, scopes, false);
        self.heed_list(scopes.practice);
    }

    /// Who is next for a free place of `post`.
    #[inline]
    pub(super) fn next_on_list(&self, post: PostId) -> Option<Slot> {
        let plan = self.plan;
        let pools = &plan.posts[post.index()].pools;
        for class in 0..plan.classes {
            let mut next: Option<Slot> = None;
            for pool in pools {
                let head = self.lists[pool.index() * plan.classes + class].first();
                let turn = |slot: Slot| self.register[slot].queue_key();
                if let Some(head) = head
                    && next.is_none_or(|next| turn(head) < turn(next))
                {
                    next = Some(head);
                }
            }
            if next.is_some() {
                return next;
            }
        }
        None
    }

    /// At the start: everybody who waits is offered a place, longest wait first.
    pub(super) fn assign_from_lists(&mut self) {
        let mut waiting: Vec<(u8, (bool, i64), u32)> = self
            .register
            .occupied()
            .filter(|(_, referral)| referral.stage == Stage::Listed)
            .map(|(slot, referral)| (referral.priority, referral.queue_key(), slot.0))
            .collect();
        waiting.sort_unstable();
        for (_, _, slot) in waiting {
            if let Some(post) = self.post_with_room(Slot(slot)) {
                self.leave_list(Slot(slot));
                self.assign(Slot(slot), post);
            }
        }
    }
}
