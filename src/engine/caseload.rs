//! Caseload places: how one is taken, from whom, and how it is freed.

use super::events::{Event, Slot, Stamp};
use super::log::{Activity, Observer};
use super::observations::{Clock, Count, WaitEnd, service_levels};
use super::register::{Referral, Stage};
use super::simulation::{Simulation, note_caseload};
use crate::model::{LapseUntil, PostId, SimTime};

impl<O: Observer> Simulation<'_, O> {
    /// Gives a referral (not on a list any more) a place at `post`; the first piece of work falls
    /// due at once.
    pub(super) fn assign(&mut self, slot: Slot, post: PostId) {
        self.take_place(slot, post);
        if self.register[slot].assigned_before {
            self.seen.posts[post.index()]
                .scope
                .add(Count::TransferredIn);
        } else {
            self.note_first_assignment(slot, post);
        }
        let referral = &mut self.register[slot];
        referral.assigned_before = true;
        referral.booked = self.now;
        if self.plan.model.policy.lapse_until == LapseUntil::Assignment {
            referral.patience = Stamp::NONE;
        }
        self.log_slot(Activity::Assigned, slot, Some(post));
        self.fall_due(slot);
    }

    fn note_first_assignment(&mut self, slot: Slot, post: PostId) {
        let referral = &self.register[slot];
        let at_once = self.now == referral.waits_since();
        self.seen.for_scopes(referral.scopes(), |scope| {
            scope.add(Count::Assigned);
            if referral.in_cohort && at_once {
                scope.add(Count::CohortAtOnce);
            }
        });
        self.seen.posts[post.index()].scope.add(Count::Assigned);
        self.end_wait(slot, Clock::OnList, WaitEnd::Happened);
    }

    /// Takes a place at `post`.
    pub(super) fn take_place(&mut self, slot: Slot, post: PostId) {
        let now = self.now;
        self.register.set_holding(slot, true);
        let referral = &mut self.register[slot];
        (referral.post, referral.assigned) = (post, now);
        self.posts[post.index()].open += 1;
        self.seen
            .for_scopes(referral.scopes(), |scope| scope.open.increase(now));
        let tally = &mut self.seen.posts[post.index()];
        note_caseload(tally, now);
        tally.scope.open.increase(now);
        self.stand(post);
    }

    /// Frees the place that a case holds, without filling it.
    pub(super) fn release_place(&mut self, slot: Slot) {
        let now = self.now;
        self.register.set_holding(slot, false);
        let referral = &self.register[slot];
        let post = referral.post;
        let state = &mut self.posts[post.index()];
        state.open -= 1;
        state.last_freed = now;
        self.seen.for_scopes(referral.scopes(), |scope| {
            scope.open.decrease(now);
            scope.add(Count::PlacesFreed);
        });
        let tally = &mut self.seen.posts[post.index()];
        note_caseload(tally, now);
        tally.scope.open.decrease(now);
        tally.scope.add(Count::PlacesFreed);
        self.seen.open_accrued += self.in_period(referral.assigned, now);
        self.stand(post);
    }

    /// Fills the free places of `post` from the waiting list.
    pub(super) fn fill_places(&mut self, post: PostId) {
        while self.has_room(post)
            && let Some(slot) = self.next_on_list(post)
        {
            self.leave_list(slot);
            self.assign(slot, post);
        }
    }

    /// Ends a referral: counts how, ends its open waits, and takes it out of wherever it is. A
    /// place that it held is freed but not filled.
    pub(super) fn close(&mut self, slot: Slot, how: Count, activity: Activity) {
        let now = self.now;
        let Referral { stage, post, .. } = self.register[slot];
        let holder = match stage {
            Stage::Listed => {
                self.leave_list(slot);
                None
            }
            _ => {
                self.withdraw_work(slot);
                self.release_place(slot);
                self.seen.posts[post.index()].scope.add(how);
                Some(post)
            }
        };
        let referral = &self.register[slot];
        self.seen.for_scopes(referral.scopes(), |scope| {
            scope.add(how);
            if !referral.contacted {
                scope.awaiting_first_contact.decrease(now);
            }
        });
        self.end_open_waits(slot, WaitEnd::Left);
        self.log_slot(activity, slot, holder);
        self.register.remove(slot);
    }

    /// Completes a case; the person may be referred again.
    pub(super) fn complete(&mut self, slot: Slot) {
        let referral = &self.register[slot];
        let (identity, referred_by) = (referral.identity, referral.referred_by);
        if !referral.open_from_start {
            let duration = self.now - referral.assigned;
            self.seen
                .for_scopes(referral.scopes(), |scope| scope.case_duration.add(duration));
            let tally = &mut self.seen.posts[referral.post.index()];
            tally.scope.case_duration.add(duration);
        }
        self.close(slot, Count::Completed, Activity::Completed);
        self.expect_re_referral(identity, referred_by);
    }

    /// The wait for an outside service ends: the case is completed and its place filled.
    pub(super) fn complete_and_refill(&mut self, slot: Slot) {
        let post = self.register[slot].post;
        self.complete(slot);
        self.fill_places(post);
    }

    /// After the last contact: completed, or open for an outside service a while longer.
    pub(super) fn finish_contacts(&mut self, slot: Slot) {
        let referral = &mut self.register[slot];
        referral.stage = Stage::Between;
        let case = &self.plan.cases[referral.case_type.index()];
        if case.onward_wait_share > 0.0 {
            let mut draws = referral.identity.onward_wait();
            if draws.uniform() < case.onward_wait_share {
                let until = self.now + case.onward_wait.draw(&mut draws);
                referral.stage = Stage::Onward;
                referral.pending = self.events.schedule(until, Event::OnwardWaitEnds(slot));
                let holder = referral.post;
                self.log_slot(Activity::OnwardWaitBegins, slot, Some(holder));
                return;
            }
        }
        self.complete(slot);
    }

    /// A call has been answered: the wait for first contact ends now, when the call begins.
    pub(super) fn make_first_contact(&mut self, slot: Slot, post: PostId) {
        let now = self.now;
        let closes = self.closes;
        let referral = &self.register[slot];
        let received = referral.waits_since();
        let wait = now.since(received);
        self.seen.for_scopes(referral.scopes(), |scope| {
            scope.add(Count::FirstContacts);
            scope.awaiting_first_contact.decrease(now);
            if referral.in_cohort {
                for index in service_levels(received, closes) {
                    let within = super::observations::SERVICE_LEVEL_DAYS[index];
                    if wait.seconds() <= within * crate::model::time::SECONDS_PER_DAY {
                        scope.service_level_met[index] += 1;
                    }
                }
            }
        });
        let tally = &mut self.seen.posts[post.index()];
        tally.scope.add(Count::FirstContacts);
        if referral.in_cohort {
            tally.wait_to_first_contact.add(wait);
        }
        self.end_wait(slot, Clock::ToFirstContact, WaitEnd::Happened);
        let referral = &mut self.register[slot];
        referral.contacted = true;
        referral.patience = Stamp::NONE;
    }

    /// When something scheduled `delay` from now happens.
    #[inline]
    pub(super) fn after(&self, delay: crate::model::SimDuration) -> SimTime {
        self.now + delay
    }
}
