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
    #[inline(always)]
    pub(super) fn fall_due(&mut self, slot: Slot) {
        let (plan, now) = (self.plan, self.now);
        self.seen.events += 1;
        let referral = &mut self.register[slot];
        (referral.pending, referral.due) = (Stamp::NONE, now);
        if plan.is_for_clinic(referral) {
            self.book(slot);
            return;
        }
        let (holder, is_for_holder) = (referral.post, plan.is_for_holder(referral));
        self.log_slot(Activity::FallsDue, slot, None);
        let worker = match is_for_holder {
            true => self.posts[holder.index()].is_free(now).then_some(holder),
            false => self.free_worker_for(&self.register[slot]),
        };
        match worker {
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

    /// The diary and rank in which the next work of `referral` waits, and whether it is a pool's.
    #[inline]
    fn diary_of(&self, referral: &Referral) -> (usize, usize, bool) {
        let rank = match referral.stage {
            Stage::Triage => TRIAGE,
            _ if referral.next_is_follow_up() => FOLLOW_UPS,
            _ => NEW,
        };
        let holder = referral.post.index();
        if self.plan.is_for_holder(referral) {
            (holder, rank, false)
        } else if self.is_anybodys(referral) {
            (self.posts.len() + referral.pool.index(), rank, true)
        } else if let Some(site) = self.site_wanted(referral) {
            (self.plan.posts[holder].site_diaries + site, rank, false)
        } else {
            (holder, rank, false)
        }
    }

    #[inline]
    fn join_diary(&mut self, slot: Slot) {
        let now = self.now;
        let (diary, rank, is_shared) = self.diary_of(&self.register[slot]);
        self.diaries[diary][rank].join(&mut self.register, slot);
        let referral = &mut self.register[slot];
        if referral.stage != Stage::Triage {
            referral.stage = Stage::Due;
        }
        match is_shared {
            true => self.shared_due += 1,
            false => self.posts[referral.post.index()].due += 1,
        }
        self.seen.due.increase(now);
    }

    #[inline]
    fn leave_diary(&mut self, slot: Slot) {
        let now = self.now;
        let (diary, rank, is_shared) = self.diary_of(&self.register[slot]);
        self.diaries[diary][rank].leave(&mut self.register, slot);
        let referral = &self.register[slot];
        match is_shared {
            true => self.shared_due -= 1,
            false => self.posts[referral.post.index()].due -= 1,
        }
        self.seen.due_accrued += self.in_period(referral.due, now);
        self.seen.due.decrease(now);
    }

    /// Cancels the next piece of work of a case, due or to come.
    pub(super) fn withdraw_work(&mut self, slot: Slot) {
        if self.register[slot].stage == Stage::Due {
            self.leave_diary(slot);
        }
        self.register[slot].pending = Stamp::NONE;
        if self.plan.has_clinics && self.register[slot].booking != NOBODY {
            self.cancel_booking(slot);
        }
    }

    /// A worker on duty with nothing in hand sets off for the next site, takes up the next piece of
    /// work, or is idle.
    pub(super) fn begin_next_work(&mut self, post: PostId) {
        if self.plan.has_rotas
            && let Some(site) = self.posts[post.index()].whereabouts.bound_for
        {
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
        let own = &self.diaries[post.index()];
        let has_others = self.shared_due > 0 || self.plan.has_rotas;
        let is_own = |rank: usize| self.plan.holders_do_all && rank != TRIAGE;
        let first_due = |rank: usize| match has_others && !is_own(rank) {
            true => self.first_due(post, rank),
            false => own[rank].first(),
        };
        match self.plan.ranks {
            Some([first, second, third]) => first_due(first)
                .or_else(|| first_due(second))
                .or_else(|| first_due(third)),
            None => {
                let of_contacts = self.sooner_due(first_due(FOLLOW_UPS), first_due(NEW));
                self.sooner_due(of_contacts, first_due(TRIAGE))
            }
        }
    }

    /// What fell due first of one rank, in the post's own diary, that of the site where it is and
    /// those of its pools.
    #[inline(never)]
    fn first_due(&self, post: PostId, rank: usize) -> Option<Slot> {
        let mut first = self.diaries[post.index()][rank].first();
        if self.plan.has_rotas
            && let Some(here) = self.diary_here(post)
        {
            first = self.sooner_due(first, self.diaries[here][rank].first());
        }
        if self.shared_due > 0 {
            for pool in &self.plan.posts[post.index()].pools {
                let shared = self.diaries[self.posts.len() + pool.index()][rank].first();
                first = self.sooner_due(first, shared);
            }
        }
        first
    }

    /// Of two pieces of work the one that fell due first; the first named where both did.
    #[inline]
    fn sooner_due(&self, one: Option<Slot>, other: Option<Slot>) -> Option<Slot> {
        match (one, other) {
            (Some(first), Some(second)) => {
                let is_later = self.register[second].due < self.register[first].due;
                Some(if is_later { second } else { first })
            }
            (one, other) => one.or(other),
        }
    }

    /// `post` begins the due work of `slot`.
    #[inline(never)]
    fn begin_work(&mut self, slot: Slot, post: PostId) {
        let referral = &self.register[slot];
        if referral.contacted {
            self.begin_contact(slot, post);
        } else if referral.stage == Stage::Triage {
            self.begin_triage(slot, post);
        } else {
            self.begin_attempt(slot, post);
        }
    }

    /// `post` has `work` in hand from now on.
    #[inline]
    pub(super) fn take_in_hand(
        &mut self,
        slot: Slot,
        post: PostId,
        work: Work,
        length: SimDuration,
    ) {
        self.posts[post.index()].in_hand = Some((slot, work, self.now));
        // Of a part with one worker there is never another.
        self.events
            .schedule_apart(self.now + length, Event::WorkEnds(post));
    }

    fn begin_triage(&mut self, slot: Slot, post: PostId) {
        self.log_slot(Activity::TriageBegins, slot, Some(post));
        let referral = &mut self.register[slot];
        referral.stage = Stage::TriageInHand;
        let triage = self.plan.triage.as_ref();
        let mut draws = referral.identity.triage();
        let length = triage.map_or(SimDuration::ZERO, |triage| triage.draw(&mut draws));
        self.take_in_hand(slot, post, Work::Triage, length);
    }

    fn begin_attempt(&mut self, slot: Slot, post: PostId) {
        self.log_slot(Activity::AttemptBegins, slot, Some(post));
        let referral = &mut self.register[slot];
        let (identity, number) = (referral.identity, referral.attempts);
        (referral.stage, referral.attempts) = (Stage::InHand, number + 1);
        let answered_share = self.plan.model.first_contact.answered_share;
        if answered_share >= 1.0 || identity.attempt(number).uniform() < answered_share {
            self.make_first_contact(slot, post);
            self.log_slot(Activity::Answered, slot, Some(post));
        }
        let length = self
            .plan
            .attempt
            .draw(&mut identity.attempt_minutes(number));
        self.take_in_hand(slot, post, Work::Attempt, length);
    }

    #[inline(always)]
    fn begin_contact(&mut self, slot: Slot, post: PostId) {
        self.log_slot(Activity::ContactBegins, slot, Some(post));
        let (plan, now) = (self.plan, self.now);
        let referral = &mut self.register[slot];
        self.seen.count_contact_begun(referral, post, now);
        referral.stage = Stage::InHand;
        let case = &plan.cases[referral.case_type.index()];
        let is_missed = plan.is_missed(referral, case, now);
        let (work, length) = if is_missed {
            let (number, tried) = referral.contact_and_try();
            let length = match &case.missed {
                Some(timer) => timer.draw(&mut referral.identity.missed_minutes(number, tried)),
                None => contact_length(case, referral),
            };
            (Work::MissedContact, length)
        } else {
            (Work::Contact, contact_length(case, referral))
        };
        let is_first = !is_missed && !referral.appointed;
        // What follows is drawn along: the processor works on independent draws side by side.
        let goes_on = !is_missed && referral.contacts_held + 1 < referral.contacts_planned;
        let number = u32::from(referral.contacts_held);
        self.posts[post.index()].interval =
            goes_on.then(|| case.interval_after(referral.identity, number));
        self.take_in_hand(slot, post, work, length);
        if is_first {
            self.note_contact_attended(slot);
        }
    }

    /// A contact begins, attended or missed.
    pub(super) fn note_contact_begins(&mut self, slot: Slot, post: PostId) {
        self.log_slot(Activity::ContactBegins, slot, Some(post));
        let referral = &self.register[slot];
        self.seen.count_contact_begun(referral, post, self.now);
    }

    /// The person is there: the wait for the first appointment ends, if it was one.
    pub(super) fn note_contact_attended(&mut self, slot: Slot) {
        let referral = &mut self.register[slot];
        if referral.contacts_held == 0 && !referral.appointed {
            referral.appointed = true;
            self.end_wait(slot, Clock::ToFirstAppointment, WaitEnd::Happened);
        }
    }

    /// A piece of work ends: the referral moves on, the worker takes up the next piece, and a
    /// place that was freed is filled.
    #[inline]
    pub(super) fn work_ends(&mut self, post: PostId) {
        self.seen.events += 1;
        let state = &mut self.posts[post.index()];
        let Some((slot, work, began)) = state.in_hand.take() else {
            return;
        };
        if work == Work::Travel {
            self.end_travel(post, slot, began);
            return;
        }
        state.worked += (self.now - began).seconds();
        if !state.on_duty {
            self.end_overrun(post);
        }
        if work == Work::Triage {
            self.end_triage(slot, post);
            return;
        }
        let holder = self.register[slot].post;
        let open_before = self.posts[holder.index()].open;
        let others = self.take_group(post);
        match work {
            Work::Contact => self.end_contact(slot, post),
            Work::MissedContact => self.end_missed_contact(slot, post),
            Work::Attempt => self.end_attempt(slot, post),
            Work::Triage | Work::Travel => {}
        }
        for other in &others {
            self.end_contact(*other, post);
        }
        self.take_up_work(post);
        if self.posts[holder.index()].open < open_before {
            self.fill_places(holder);
        }
        for slot in std::iter::once(slot).chain(others) {
            self.hand_over_if_ended(slot, holder, began);
        }
    }

    /// A worker whose hands are free again takes up the next piece of work, if on duty.
    #[inline(always)]
    pub(super) fn take_up_work(&mut self, post: PostId) {
        if self.plan.has_clinics && self.begin_turn(post) {
            return;
        }
        let (now, has_rotas) = (self.now, self.plan.has_rotas);
        let state = &mut self.posts[post.index()];
        let has_nothing_to_do = state.due == 0
            && self.shared_due == 0
            && !(has_rotas && state.whereabouts.bound_for.is_some());
        if has_nothing_to_do || !state.is_free(now) {
            state.idle_since = now;
        } else {
            self.begin_next_work(post);
        }
    }

    /// A case whose holder has gone while work that `began` then was in hand is handed over now,
    /// also where the post has been filled again since.
    #[inline]
    fn hand_over_if_ended(&mut self, slot: Slot, holder: PostId, began: SimTime) {
        let state = &self.posts[holder.index()];
        if state.held && state.held_since < began {
            // Whoever came before the work began is its holder still.
            return;
        }
        let referral = &self.register[slot];
        if (!state.held || referral.assigned < state.held_since)
            && matches!(referral.stage, Stage::Between | Stage::Onward)
            && referral.post == holder
        {
            let returned = self.hand_over(slot);
            self.return_to_lists(returned.as_slice());
            self.fill_places(holder);
        }
    }

    fn end_triage(&mut self, slot: Slot, post: PostId) {
        self.log_slot(Activity::Returned, slot, Some(post));
        self.register.remove(slot);
        self.take_up_work(post);
    }

    fn end_attempt(&mut self, slot: Slot, post: PostId) {
        let referral = &self.register[slot];
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
            self.log_slot(Activity::NotAnswered, slot, Some(post));
            let referral = &self.register[slot];
            if referral.attempts - referral.attempts_before
                >= self.plan.model.first_contact.attempts
            {
                self.close(slot, Count::NotReached, Activity::NotReached);
            } else if referral.patience == Stamp::OVER {
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

    #[inline(always)]
    fn end_contact(&mut self, slot: Slot, post: PostId) {
        self.log_slot(Activity::ContactHeld, slot, Some(post));
        let plan = self.plan;
        let referral = &mut self.register[slot];
        let number = u32::from(referral.contacts_held);
        referral.contacts_held += 1;
        referral.missed_running = 0;
        self.seen.count_contact(referral, post, Count::ContactsHeld);
        let case = &plan.cases[referral.case_type.index()];
        let identity = referral.identity;
        let interval = self.posts[post.index()].interval.take();
        let strain = || self.posts[referral.post.index()].strain;
        if number + 1 >= plan.contacts_under_strain(u32::from(referral.contacts_planned), strain) {
            self.finish_contacts(slot);
        } else if number == 0 && plan.has_volunteers && self.is_passed_on(slot) {
            self.escalate(slot);
        } else if case.ends_early(identity, number) {
            self.close(slot, Count::DroppedOut, Activity::DroppedOut);
        } else {
            let interval = interval.unwrap_or_else(|| case.interval_after(identity, number));
            self.await_work(slot, self.now + interval);
        }
    }

    pub(super) fn end_missed_contact(&mut self, slot: Slot, post: PostId) {
        let referral = &mut self.register[slot];
        let (number, tried) = referral.contact_and_try();
        referral.missed_running = referral.missed_running.wrapping_add(1);
        self.seen
            .count_contact(referral, post, Count::ContactsMissed);
        self.log_slot(Activity::Missed, slot, Some(post));
        let referral = &self.register[slot];
        let case = &self.plan.cases[referral.case_type.index()];
        if u32::from(referral.missed_running) >= case.dna_limit {
            self.close(slot, Count::Disengaged, Activity::Disengaged);
        } else {
            let timer = case.after_missed.as_ref().unwrap_or(&case.interval);
            let delay = timer.draw(&mut referral.identity.missed_interval(number, tried));
            self.schedule_work(slot, delay);
        }
    }

    /// The next piece of work falls due `delay` from now.
    #[inline]
    fn schedule_work(&mut self, slot: Slot, delay: SimDuration) {
        self.await_work(slot, self.after(delay));
    }

    /// The next piece of work falls due at `due`; a contact that is held in a clinic is booked.
    #[inline]
    pub(super) fn await_work(&mut self, slot: Slot, due: SimTime) {
        let referral = &mut self.register[slot];
        (referral.stage, referral.due) = (Stage::Between, due);
        if self.plan.has_lead_times {
            referral.booked = self.now;
        }
        if self.plan.is_for_clinic(referral) {
            self.book(slot);
        } else {
            referral.pending = self.events.schedule(due, Event::FallsDue(slot));
        }
    }
}

/// Length of the next contact of `referral`.
#[inline(always)]
fn contact_length(case: &CasePlan, referral: &Referral) -> SimDuration {
    let number = u32::from(referral.contacts_held);
    let timer = if number == 0 {
        &case.first_appointment
    } else {
        &case.follow_up
    };
    timer.draw(&mut referral.identity.contact_minutes(number))
}
