//! The internal queue: work that is due at a worker, and what happens when it is done.
//!
//! A piece of work that falls due is begun at once by a free worker, else it waits in a diary: the
//! diary of the post that holds the case, or (under any-worker continuity, and for triage) that
//! of the pool. A face-to-face contact of a post with a rota waits in the diary of its site. A diary
//! has three ranks: follow-ups; attempts and first appointments; triage.

use super::bookings::NOBODY;
use super::events::{Event, Slot, Stamp};
use super::log::{Activity, Observer};
use super::observations::{Clock, Count, WaitEnd};
use super::plan::CasePlan;
use super::register::{Referral, Stage};
use super::shifts::Work;
use super::simulation::Simulation;
use crate::model::{Continuity, PostId, SimDuration, SimTime};

const FOLLOW_UPS: usize = 0;
const NEW: usize = 1;
const TRIAGE: usize = 2;

impl<O: Observer> Simulation<'_, O> {
    /// The next piece of work of `slot` falls due now.
    pub(super) fn fall_due(&mut self, slot: Slot) {
        let now = self.now;
        self.seen.events += 1;
        let referral = &mut self.register[slot];
        referral.pending = Stamp::NONE;
        referral.due = now;
        if self.is_for_clinic(&self.register[slot]) {
            self.book(slot);
            return;
        }
        self.log_slot(Activity::FallsDue, slot, None);
        match self.free_worker_for(&self.register[slot]) {
            Some(post) => {
                self.end_idleness(post);
                self.begin_work(slot, post);
            }
            None => self.join_diary(slot),
        }
    }

    fn is_anybodys(&self, referral: &Referral) -> bool {
        referral.stage == Stage::Triage
            || self.plan.model.policy.continuity == Continuity::AnyWorker
    }

    /// A worker who can begin at once; of several the longest idle.
    fn free_worker_for(&self, referral: &Referral) -> Option<PostId> {
        let is_free = |post: &PostId| self.posts[post.index()].is_free(self.now);
        if self.is_anybodys(referral) {
            let pool = &self.plan.pools.pools[referral.pool.index()];
            let free = pool.posts.iter().copied().filter(is_free);
            free.min_by_key(|post| self.posts[post.index()].idle_since)
        } else {
            Some(referral.post)
                .filter(is_free)
                .filter(|post| self.is_where_wanted(*post, referral))
        }
    }

    /// The diary and rank in which the next work of `referral` waits.
    fn diary_of(&self, referral: &Referral) -> (usize, usize) {
        let diary = if self.is_anybodys(referral) {
            self.posts.len() + referral.pool.index()
        } else if let Some(site) = self.site_wanted(referral) {
            self.plan.posts[referral.post.index()].site_diaries + site
        } else {
            referral.post.index()
        };
        let rank = match referral.stage {
            Stage::Triage => TRIAGE,
            _ if referral.next_is_follow_up() => FOLLOW_UPS,
            _ => NEW,
        };
        (diary, rank)
    }

    /// Where the pieces of work in `diary`, in which `slot` waits, are counted: with those of all
    /// pools, or with those of the post that holds the case.
    fn count_due(&mut self, slot: Slot, diary: usize) -> &mut usize {
        let pools = self.posts.len()..self.posts.len() + self.plan.pools.pools.len();
        if pools.contains(&diary) {
            &mut self.shared_due
        } else {
            &mut self.posts[self.register[slot].post.index()].due
        }
    }

    fn join_diary(&mut self, slot: Slot) {
        let now = self.now;
        let (diary, rank) = self.diary_of(&self.register[slot]);
        self.diaries[diary][rank].join(&mut self.register, slot);
        *self.count_due(slot, diary) += 1;
        let referral = &mut self.register[slot];
        referral.queued = now;
        if referral.stage != Stage::Triage {
            referral.stage = Stage::Due;
        }
        self.seen.due.increase(now);
    }

    fn leave_diary(&mut self, slot: Slot) {
        let (diary, rank) = self.diary_of(&self.register[slot]);
        self.diaries[diary][rank].leave(&mut self.register, slot);
        *self.count_due(slot, diary) -= 1;
        self.seen.due.decrease(self.now);
        self.seen.due_accrued += self.in_period(self.register[slot].queued, self.now);
    }

    /// Cancels the next piece of work of a case, due or to come.
    pub(super) fn withdraw_work(&mut self, slot: Slot) {
        if self.register[slot].stage == Stage::Due {
            self.leave_diary(slot);
        }
        self.register[slot].pending = Stamp::NONE;
        if self.register[slot].booking != NOBODY {
            self.cancel_booking(slot);
        }
    }

    /// A worker on duty with nothing in hand sets off for the next site, takes up the next piece of
    /// work, or is idle.
    pub(super) fn begin_next_work(&mut self, post: PostId) {
        if let Some(site) = self.posts[post.index()].whereabouts.bound_for {
            self.begin_travel(post, site);
            return;
        }
        match self.next_in_diary(post) {
            Some(slot) => {
                self.leave_diary(slot);
                self.begin_work(slot, post);
            }
            None => self.posts[post.index()].idle_since = self.now,
        }
    }

    /// What `post` does first, by the order of work.
    #[inline]
    fn next_in_diary(&self, post: PostId) -> Option<Slot> {
        if self.shared_due == 0 && self.posts[post.index()].due == 0 {
            return None;
        }
        match self.plan.ranks {
            Some(ranks) => ranks
                .into_iter()
                .find_map(|rank| self.first_due(post, rank)),
            None => [FOLLOW_UPS, NEW, TRIAGE]
                .into_iter()
                .filter_map(|rank| self.first_due(post, rank))
                .min_by_key(|slot| self.register[*slot].due),
        }
    }

    /// What fell due first of one rank, in the post's own diary, that of the site where it is and
    /// those of its pools.
    #[inline]
    fn first_due(&self, post: PostId, rank: usize) -> Option<Slot> {
        let own = self.diaries[post.index()][rank].first();
        let here = self
            .diary_here(post)
            .and_then(|diary| self.diaries[diary][rank].first());
        if self.shared_due == 0 && here.is_none() {
            return own;
        }
        let pools = self.plan.posts[post.index()].pools.iter();
        let shared =
            pools.filter_map(|pool| self.diaries[self.posts.len() + pool.index()][rank].first());
        own.into_iter()
            .chain(here)
            .chain(shared)
            .min_by_key(|slot| self.register[*slot].due)
    }

    /// `post` begins the due work of `slot`.
    fn begin_work(&mut self, slot: Slot, post: PostId) {
        let referral = &self.register[slot];
        let (work, length) = match referral.stage {
            Stage::Triage => self.begin_triage(slot, post),
            _ if !referral.contacted => self.begin_attempt(slot, post),
            _ => self.begin_contact(slot, post),
        };
        self.register[slot].stage = match work {
            Work::Triage => Stage::TriageInHand,
            _ => Stage::InHand,
        };
        self.posts[post.index()].in_hand = Some((slot, work, self.now));
        self.events
            .schedule(self.now + length, Event::WorkEnds(post));
    }

    fn begin_triage(&mut self, slot: Slot, post: PostId) -> (Work, SimDuration) {
        self.log_slot(Activity::TriageBegins, slot, Some(post));
        let triage = self.plan.triage.as_ref();
        let mut draws = self.register[slot].identity.triage();
        let length = triage.map_or(SimDuration::ZERO, |triage| triage.draw(&mut draws));
        (Work::Triage, length)
    }

    fn begin_attempt(&mut self, slot: Slot, post: PostId) -> (Work, SimDuration) {
        let referral = self.register[slot];
        let number = referral.attempts;
        self.register[slot].attempts += 1;
        self.log(Activity::AttemptBegins, &referral, Some(post));
        let answered_share = self.plan.model.first_contact.answered_share;
        if referral.identity.attempt(number).uniform() < answered_share {
            self.make_first_contact(slot, post);
            self.log(Activity::Answered, &referral, Some(post));
        }
        let length = self
            .plan
            .attempt
            .draw(&mut referral.identity.attempt_minutes(number));
        (Work::Attempt, length)
    }

    fn begin_contact(&mut self, slot: Slot, post: PostId) -> (Work, SimDuration) {
        self.note_contact_begins(slot, post);
        let referral = &self.register[slot];
        let case = &self.plan.cases[referral.case_type.index()];
        if self.is_missed(referral) {
            let (number, tried) = (referral.contacts_held, referral.missed_running);
            let length = match &case.missed {
                Some(timer) => timer.draw(&mut referral.identity.missed_minutes(number, tried)),
                None => contact_length(case, referral),
            };
            return (Work::MissedContact, length);
        }
        let length = contact_length(case, referral);
        self.note_contact_attended(slot);
        (Work::Contact, length)
    }

    /// A contact begins, attended or missed.
    pub(super) fn note_contact_begins(&mut self, slot: Slot, post: PostId) {
        let referral = &self.register[slot];
        if referral.next_is_follow_up() {
            let (scopes, late) = (referral.scopes(), self.now.since(referral.due));
            self.for_scopes(scopes, |scope| scope.follow_up_lateness.add(late));
            self.seen.posts[post.index()]
                .scope
                .follow_up_lateness
                .add(late);
        }
        self.log_slot(Activity::ContactBegins, slot, Some(post));
    }

    /// The person is there: the wait for the first appointment ends, if it was one.
    pub(super) fn note_contact_attended(&mut self, slot: Slot) {
        let referral = &self.register[slot];
        if referral.contacts_held == 0 && !referral.appointed {
            let referral = *referral;
            self.end_wait(&referral, Clock::ToFirstAppointment, WaitEnd::Happened);
            self.register[slot].appointed = true;
        }
    }

    /// Whether the person misses the contact that begins now.
    #[inline]
    pub(super) fn is_missed(&self, referral: &Referral) -> bool {
        let case = &self.plan.cases[referral.case_type.index()];
        let factor = self.plan.dna_factors[referral.referred_by.index()];
        let share = factor * case.missed_share.at(self.now.since(referral.booked));
        let (number, tried) = (referral.contacts_held, referral.missed_running);
        share > 0.0 && referral.identity.missed(number, tried).uniform() < share
    }

    /// A piece of work ends: the referral moves on, the worker takes up the next piece, and a
    /// place that was freed is filled.
    pub(super) fn work_ends(&mut self, post: PostId) {
        self.seen.events += 1;
        let Some((slot, work, began)) = self.posts[post.index()].in_hand.take() else {
            return;
        };
        if work == Work::Travel {
            self.end_travel(post, slot, began);
            return;
        }
        self.end_busy_time(post, began);
        self.end_overrun(post);
        let holder = self.register[slot].post;
        let others = self.take_group(post);
        match work {
            Work::Triage => self.end_triage(slot, post),
            Work::Attempt => self.end_attempt(slot, post),
            Work::Contact => self.end_contact(slot, post),
            Work::MissedContact => self.end_missed_contact(slot, post),
            Work::Travel => {}
        }
        for other in &others {
            self.end_contact(*other, post);
        }
        self.take_up_work(post);
        if work != Work::Triage {
            self.fill_places(holder);
            for slot in std::iter::once(slot).chain(others) {
                self.hand_over_if_ended(slot, holder);
            }
        }
    }

    /// A worker whose hands are free again takes up the next piece of work, if on duty.
    pub(super) fn take_up_work(&mut self, post: PostId) {
        if self.plan.has_clinics && self.begin_turn(post) {
            return;
        }
        if self.posts[post.index()].is_free(self.now) {
            self.begin_next_work(post);
        } else {
            self.posts[post.index()].idle_since = self.now;
        }
    }

    /// A case whose holder has gone while work was in hand is handed over now, also where the post
    /// has been filled again since.
    fn hand_over_if_ended(&mut self, slot: Slot, holder: PostId) {
        let referral = &self.register[slot];
        let open =
            matches!(referral.stage, Stage::Between | Stage::Onward) && referral.post == holder;
        let state = &self.posts[holder.index()];
        if open && (!state.held || referral.assigned < state.held_since) {
            let returned = self.hand_over(slot);
            self.return_to_lists(returned.as_slice());
        }
    }

    fn end_triage(&mut self, slot: Slot, post: PostId) {
        let referral = self.register[slot];
        self.register.remove(slot);
        self.log(Activity::Returned, &referral, Some(post));
    }

    fn end_attempt(&mut self, slot: Slot, post: PostId) {
        let referral = self.register[slot];
        let identity = referral.identity;
        if referral.contacted && referral.contacts_planned == 0 {
            self.complete(slot);
        } else if referral.contacted {
            let case = &self.plan.cases[referral.case_type.index()];
            let timer = self
                .plan
                .to_first_appointment
                .as_ref()
                .unwrap_or(&case.interval);
            let delay = timer.draw(&mut identity.to_first_appointment());
            self.schedule_work(slot, delay);
        } else {
            self.log(Activity::NotAnswered, &referral, Some(post));
            if referral.attempts - referral.attempts_before
                >= self.plan.model.first_contact.attempts
            {
                self.close(slot, Count::NotReached, Activity::NotReached);
            } else if referral.patience_over {
                self.lapse(slot);
            } else {
                let delay = self
                    .plan
                    .attempt_gap
                    .draw(&mut identity.attempt_gap(referral.attempts - 1));
                self.schedule_work(slot, delay);
            }
        }
    }

    fn end_contact(&mut self, slot: Slot, post: PostId) {
        let referral = &mut self.register[slot];
        let number = referral.contacts_held;
        referral.contacts_held += 1;
        referral.missed_running = 0;
        let scopes = referral.scopes();
        self.for_scopes(scopes, |scope| scope.add(Count::ContactsHeld));
        self.seen.posts[post.index()].scope.add(Count::ContactsHeld);
        self.log_slot(Activity::ContactHeld, slot, Some(post));
        let referral = &self.register[slot];
        let case = &self.plan.cases[referral.case_type.index()];
        if referral.contacts_held >= self.contacts_under_strain(referral) {
            self.register[slot].stage = Stage::Between;
            self.finish_contacts(slot);
        } else if number == 0 && self.is_passed_on(referral) {
            self.escalate(slot);
        } else if case.drop_out_share > 0.0
            && referral.identity.drop_out(number).uniform() < case.drop_out_share
        {
            self.close(slot, Count::DroppedOut, Activity::DroppedOut);
        } else {
            let delay = case
                .interval
                .draw(&mut referral.identity.contact_interval(number));
            self.schedule_work(slot, delay);
        }
    }

    pub(super) fn end_missed_contact(&mut self, slot: Slot, post: PostId) {
        let referral = &mut self.register[slot];
        let (number, tried) = (referral.contacts_held, referral.missed_running);
        referral.missed_running += 1;
        let scopes = referral.scopes();
        self.for_scopes(scopes, |scope| scope.add(Count::ContactsMissed));
        self.seen.posts[post.index()]
            .scope
            .add(Count::ContactsMissed);
        self.log_slot(Activity::Missed, slot, Some(post));
        let referral = &self.register[slot];
        let case = &self.plan.cases[referral.case_type.index()];
        if referral.missed_running >= case.dna_limit {
            self.close(slot, Count::Disengaged, Activity::Disengaged);
        } else {
            let timer = case.after_missed.as_ref().unwrap_or(&case.interval);
            let delay = timer.draw(&mut referral.identity.missed_interval(number, tried));
            self.schedule_work(slot, delay);
        }
    }

    /// The next piece of work falls due `delay` from now.
    fn schedule_work(&mut self, slot: Slot, delay: SimDuration) {
        self.await_work(slot, self.after(delay));
    }

    /// The next piece of work falls due at `due`; a contact that is held in a clinic is booked.
    pub(super) fn await_work(&mut self, slot: Slot, due: SimTime) {
        let referral = &mut self.register[slot];
        (referral.stage, referral.booked, referral.due) = (Stage::Between, self.now, due);
        if self.is_for_clinic(&self.register[slot]) {
            self.book(slot);
        } else {
            self.register[slot].pending = self.events.schedule(due, Event::FallsDue(slot));
        }
    }
}

/// Length of the next contact of `referral`.
fn contact_length(case: &CasePlan, referral: &Referral) -> SimDuration {
    let number = referral.contacts_held;
    let timer = if number == 0 {
        &case.first_appointment
    } else {
        &case.follow_up
    };
    timer.draw(&mut referral.identity.contact_minutes(number))
}
