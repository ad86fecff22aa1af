//! Booked clinics: contacts are booked into slots, and seen as the slots come.
//!
//! A day with clinics is a timetable of stretches: free time, slots, and time off duty. Who comes to
//! a slot takes a turn; turns are taken in order, late if the one before or a call in hand lasts
//! longer, beyond the clinic if need be. A contact lasts as long as its slot; a missed one wastes
//! what is left of it. The second person of an overbooked slot has the slot if the first misses it,
//! and is seen after the last slot if both come.

use std::collections::VecDeque;

use super::bookings::{Bookings, ClinicDay, NOBODY, Need, WeekSlot};
use super::events::{Event, Slot, Stamp};
use super::log::{Activity, Observer};
use super::register::{Referral, Stage};
use super::shifts::Work;
use super::simulation::Simulation;
use super::workforce::Absence;
use crate::model::{Day, PostId, PracticeId, SimDuration, SimTime};

/// What a worker with clinics does from a time on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Off duty.
    Off,
    /// Calls and triage.
    Free,
    /// A slot of the week.
    Slot(usize),
}

/// Somebody's turn (or that of a group, whose others follow in `companions`).
#[derive(Clone, Copy, Debug)]
struct Turn {
    slot: Slot,
    others: usize,
    is_missed: bool,
    length: SimDuration,
    /// When the slot ends: a missed contact takes no longer.
    ends: SimTime,
}

/// The clinics of a post as they stand.
#[derive(Clone, Debug, Default)]
pub struct ClinicState {
    bookings: Bookings,
    /// Today's phases and when each begins.
    timetable: Vec<(SimTime, Phase)>,
    /// Phases of it that have begun.
    begun: usize,
    /// The clinic in progress.
    clinic: Option<usize>,
    /// Whose turn is next.
    room: VecDeque<Turn>,
    /// Second people of overbooked slots, who wait for the end of the clinic.
    late: VecDeque<Turn>,
    /// Others of the groups in the room, in order.
    companions: VecDeque<Slot>,
    /// Others of the group in hand.
    group: Vec<Slot>,
    /// Who is being taken out of a slot.
    called: Vec<u32>,
}

impl ClinicState {
    /// Nothing is booked and nobody is there.
    pub fn clear(&mut self) {
        self.bookings.clear();
        self.end_day();
        self.group.clear();
    }

    fn end_day(&mut self) {
        self.timetable.clear();
        self.begun = 0;
        self.clinic = None;
        self.room.clear();
        self.late.clear();
        self.companions.clear();
    }
}

impl<O: Observer> Simulation<'_, O> {
    /// Books the next contact of a case into the first slot on or after the day on which it falls
    /// due; in the simulated time there may be none.
    pub(super) fn book(&mut self, slot: Slot) {
        let now = self.now;
        let referral = self.register[slot];
        let post = referral.post;
        let Some(plan) = self.plan.posts[post.index()].clinics.as_ref() else {
            return;
        };
        let case = &mut self.register[slot];
        (case.stage, case.pending, case.booked) = (Stage::Between, Stamp::NONE, now);
        let now_of = self.received_as[referral.practice.index()];
        let class = |need| {
            let of = |practice: PracticeId| plan.class(practice.0, referral.case_type.0, need);
            of(referral.practice).or_else(|| of(now_of))
        };
        let class = match self.need_of(&referral) {
            Need::Group => class(Need::Group).or_else(|| class(Need::First)),
            need => class(need),
        };
        let from = referral
            .due
            .day()
            .opens()
            .max(now + SimDuration::from_seconds(1));
        let mut bookings = std::mem::take(&mut self.clinics[post.index()].bookings);
        let place = class.and_then(|class| {
            bookings.book(plan, class, from, slot.0, |day| {
                self.expects_clinic(post, day)
            })
        });
        self.clinics[post.index()].bookings = bookings;
        if let Some(place) = place {
            self.register[slot].booking = place;
            self.log(Activity::Booked, &referral, Some(post));
        }
    }

    fn need_of(&self, referral: &Referral) -> Need {
        let group_share = self.plan.model.first_contact.group_share;
        if referral.next_is_follow_up() {
            Need::FollowUp
        } else if group_share > 0.0 && referral.identity.group().uniform() < group_share {
            Need::Group
        } else {
            Need::First
        }
    }

    /// Whether clinics may be booked on a day: leave and training are known ahead; sickness is not,
    /// nor who will hold the post.
    fn expects_clinic(&self, id: PostId, day: Day) -> bool {
        let absence = self.absences[id.index()].get(day.index()).copied();
        let is_planned = matches!(absence, Some(Absence::Leave | Absence::Training));
        !is_planned && self.plan.model.calendar.is_working_day(day)
    }

    /// Gives back the slot into which the next contact of a case is booked, if it is.
    pub(super) fn cancel_booking(&mut self, slot: Slot) {
        let referral = self.register[slot];
        let place = std::mem::replace(&mut self.register[slot].booking, NOBODY);
        let plan = self.plan.posts.get(referral.post.index());
        if let Some(plan) = plan.and_then(|post| post.clinics.as_ref())
            && place != NOBODY
        {
            let bookings = &mut self.clinics[referral.post.index()].bookings;
            bookings.cancel(plan, place);
            self.log(Activity::BookingCancelled, &referral, Some(referral.post));
        }
    }

    /// The day's clinics, if the post has any on that weekday.
    pub(super) fn clinic_day(&self, id: PostId, day: Day) -> Option<&ClinicDay> {
        let plan = self.plan.posts[id.index()].clinics.as_ref()?;
        plan.days[self.plan.model.calendar.weekday(day)].as_ref()
    }

    /// Whether clinics were booked on a day on which the worker turns out to be sick.
    pub(super) fn is_clinic_cancelled(&self, id: PostId, day: Day) -> bool {
        self.clinic_day(id, day).is_some()
            && matches!(
                self.absences[id.index()].get(day.index()),
                Some(Absence::Sickness | Absence::NotTurnedUp)
            )
            && self.would_work(id, day)
    }

    /// The worker is sick: the day's bookings are made anew.
    pub(super) fn cancel_clinics(&mut self, id: PostId) {
        let plan = self.plan;
        let Some(clinics) = plan.posts[id.index()].clinics.as_ref() else {
            return;
        };
        let Some(slots) = self
            .clinic_day(id, self.now.day())
            .map(|day| day.slots.clone())
        else {
            return;
        };
        let (week, _) = clinics.week_of(self.now);
        let mut called = std::mem::take(&mut self.clinics[id.index()].called);
        called.clear();
        for slot in slots {
            self.call_out(id, (week, slot), &mut called);
        }
        for who in &called {
            let slot = Slot(*who);
            self.register[slot].booking = NOBODY;
            let referral = self.register[slot];
            self.log(Activity::BookingCancelled, &referral, Some(id));
            self.book(slot);
        }
        self.clinics[id.index()].called = called;
    }

    /// A day with clinics begins: its timetable, free time shortened by what the worker is owed.
    pub(super) fn open_clinic_day(&mut self, id: PostId) {
        let plan = self.plan;
        let today = self.now.day();
        let (Some(clinics), Some(day)) = (
            plan.posts[id.index()].clinics.as_ref(),
            self.clinic_day(id, today).cloned(),
        ) else {
            return;
        };
        let at = |time: SimDuration| today.opens() + time;
        let midnight = clinics.week_of(today.opens()).1;
        let mut stretches: Vec<(SimTime, SimTime, Phase)> = Vec::new();
        for (from, to) in day.free.iter().rev() {
            let kept = self.take_back(id, at(*from), at(*to));
            stretches.extend((kept > at(*from)).then_some((at(*from), kept, Phase::Free)));
        }
        for slot in day.slots.clone() {
            let WeekSlot { begins, length, .. } = clinics.slots[slot];
            let from = at(SimDuration::from_seconds(begins.seconds() - midnight));
            self.count_clinic_time(id, from, from + length);
            stretches.push((from, from + length, Phase::Slot(slot)));
        }
        stretches.sort_by_key(|(from, ..)| *from);
        let state = &mut self.clinics[id.index()];
        state.timetable.clear();
        state.begun = 0;
        for (index, (from, to, phase)) in stretches.iter().enumerate() {
            state.timetable.push((*from, *phase));
            if stretches.get(index + 1).is_none_or(|next| next.0 > *to) {
                state.timetable.push((*to, Phase::Off));
            }
        }
        self.schedule_phase(id);
    }

    /// Counts a stretch of a day with clinics as available. Its client time is part of contracted
    /// time at whatever hour it stands.
    fn count_clinic_time(&mut self, id: PostId, from: SimTime, to: SimTime) {
        let available = self.in_period(from, to);
        self.posts[id.index()].week_available += (to - from).seconds();
        let tally = &mut self.seen.posts[id.index()];
        tally.available_seconds += available;
        tally.year.contracted += available;
    }

    /// Counts a free stretch as available and takes back from its end what the worker is owed;
    /// returns when it ends then.
    fn take_back(&mut self, id: PostId, from: SimTime, to: SimTime) -> SimTime {
        let state = &mut self.posts[id.index()];
        let taken_back = state.owed_seconds.min((to - from).seconds());
        state.owed_seconds -= taken_back;
        let kept = SimTime::from_seconds(to.seconds() - taken_back);
        self.count_clinic_time(id, from, to);
        let given_back = self.in_period(kept, to);
        let tally = &mut self.seen.posts[id.index()];
        tally.taken_back_seconds += given_back;
        kept
    }

    fn schedule_phase(&mut self, id: PostId) {
        let state = &self.clinics[id.index()];
        if let Some((time, _)) = state.timetable.get(state.begun) {
            self.events.schedule(*time, Event::SlotBegins(id));
        }
    }

    /// The next phase of the day's timetable begins. (An event left over from a day that a post did
    /// not see to its end has no effect.)
    pub(super) fn phase_begins(&mut self, id: PostId) {
        let state = &mut self.clinics[id.index()];
        let Some((time, phase)) = state.timetable.get(state.begun).copied() else {
            return;
        };
        if time != self.now {
            return;
        }
        state.begun += 1;
        let ends = state.timetable.get(state.begun).map(|(time, _)| *time);
        self.schedule_phase(id);
        self.end_clinic_before(id, phase);
        self.go_on_or_off_duty(id, phase != Phase::Off);
        // Calls and triage begin in free time alone.
        self.posts[id.index()].window_closes = match phase {
            Phase::Free => ends.unwrap_or(self.now),
            Phase::Off | Phase::Slot(_) => SimTime::ZERO,
        };
        let closed = match phase {
            Phase::Slot(slot) => self.call(id, slot),
            Phase::Off | Phase::Free => false,
        };
        if self.posts[id.index()].in_hand.is_none() {
            if self.posts[id.index()].on_duty {
                self.end_idleness(id);
            }
            self.take_up_work(id);
        }
        if closed {
            self.fill_places(id);
        }
    }

    /// The day's timetable ends before the next window opens, should both be at one instant.
    pub(super) fn end_clinic_day(&mut self, id: PostId) {
        let state = &self.clinics[id.index()];
        if state.timetable.get(state.begun) == Some(&(self.now, Phase::Off)) {
            self.phase_begins(id);
        }
    }

    /// Whoever waits for the end of a clinic that is over has a turn now.
    fn end_clinic_before(&mut self, id: PostId, phase: Phase) {
        let clinic = match (phase, &self.plan.posts[id.index()].clinics) {
            (Phase::Slot(slot), Some(plan)) => Some(plan.slots[slot].clinic),
            _ => None,
        };
        let state = &mut self.clinics[id.index()];
        if state.clinic != clinic {
            state.clinic = clinic;
            state.room.append(&mut state.late);
        }
    }

    fn go_on_or_off_duty(&mut self, id: PostId, is_on: bool) {
        let state = self.posts[id.index()];
        if is_on && !state.on_duty {
            self.log_post(Activity::WindowOpens, id);
            self.end_overrun(id);
            let state = &mut self.posts[id.index()];
            (state.on_duty, state.idle_since) = (true, self.now);
        } else if !is_on && state.on_duty {
            self.go_off_duty(id);
            self.log_post(Activity::WindowCloses, id);
        }
    }

    /// A slot begins: those who come take their turn. Returns whether somebody missed it in a way that
    /// took no time, which may have freed a place.
    fn call(&mut self, id: PostId, number: usize) -> bool {
        let Some(plan) = self.plan.posts[id.index()].clinics.as_ref() else {
            return false;
        };
        let (week, _) = plan.week_of(self.now);
        let mut called = std::mem::take(&mut self.clinics[id.index()].called);
        called.clear();
        self.call_out(id, (week, number), &mut called);
        for who in &called {
            self.register[Slot(*who)].booking = NOBODY;
        }
        // Those who come first, each in the order of booking.
        let misses = |who: &u32| {
            let referral = &self.register[Slot(*who)];
            let case = &self.plan.cases[referral.case_type.index()];
            self.plan.is_missed(referral, case, self.now)
        };
        called.sort_by_key(misses);
        let coming = called.partition_point(|who| !misses(who));
        self.count_slot(id, called.len(), coming);
        // If nobody comes, the first who does not come wastes the slot.
        let seen = coming.max(1).min(called.len());
        self.give_turns(id, &plan.slots[number], &called[..seen], coming == 0);
        for who in &called[seen..] {
            self.note_contact_begins(Slot(*who), id);
            self.end_missed_contact(Slot(*who), id);
        }
        let is_any_missed = seen < called.len();
        self.clinics[id.index()].called = called;
        is_any_missed
    }

    /// Takes out everybody who is booked into a slot.
    fn call_out(&mut self, id: PostId, slot: (usize, usize), called: &mut Vec<u32>) {
        let Some(plan) = self.plan.posts[id.index()].clinics.as_ref() else {
            return;
        };
        let mut bookings = std::mem::take(&mut self.clinics[id.index()].bookings);
        bookings.empty(plan, slot, called, |day| self.expects_clinic(id, day));
        self.clinics[id.index()].bookings = bookings;
    }

    fn count_slot(&mut self, id: PostId, booked: usize, coming: usize) {
        if self.now < self.opens {
            return;
        }
        let tally = &mut self.seen.posts[id.index()];
        tally.clinic_slots_offered += 1;
        tally.clinic_slots_used += u64::from(coming > 0);
        tally.clinic_slots_missed += u64::from(booked > 0 && coming == 0);
    }

    /// A turn for each of `people`, or one together; a second person waits for the clinic's end.
    fn give_turns(&mut self, id: PostId, slot: &WeekSlot, people: &[u32], is_missed: bool) {
        let Some((first, others)) = people.split_first() else {
            return;
        };
        let turn = Turn {
            slot: Slot(*first),
            others: if slot.is_group { others.len() } else { 0 },
            is_missed,
            length: slot.length,
            ends: self.now + slot.length,
        };
        let state = &mut self.clinics[id.index()];
        state.room.push_back(turn);
        for other in others {
            match slot.is_group {
                true => state.companions.push_back(Slot(*other)),
                false => state.late.push_back(Turn {
                    slot: Slot(*other),
                    ..turn
                }),
            }
        }
    }

    /// Begins the next turn, on duty or beyond it; returns whether there was one.
    pub(super) fn begin_turn(&mut self, id: PostId) -> bool {
        let now = self.now;
        let Some(turn) = self.clinics[id.index()].room.pop_front() else {
            return false;
        };
        self.begin_booked(turn.slot, id, turn.is_missed);
        for _ in 0..turn.others {
            if let Some(slot) = self.clinics[id.index()].companions.pop_front() {
                self.begin_booked(slot, id, false);
                self.clinics[id.index()].group.push(slot);
            }
        }
        let (work, length) = match turn.is_missed {
            true => (Work::MissedContact, turn.ends.since(now).min(turn.length)),
            false => (Work::Contact, turn.length),
        };
        self.take_in_hand(turn.slot, id, work, length);
        let state = &mut self.posts[id.index()];
        if !state.on_duty {
            state.outside_since = Some(now);
        }
        true
    }

    fn begin_booked(&mut self, slot: Slot, post: PostId, is_missed: bool) {
        self.note_contact_begins(slot, post);
        if !is_missed {
            self.note_contact_attended(slot);
        }
        self.register[slot].stage = Stage::InHand;
    }

    /// The others of the group in hand, whose contact ends with it.
    pub(super) fn take_group(&mut self, id: PostId) -> Vec<Slot> {
        match self.plan.has_clinics {
            true => std::mem::take(&mut self.clinics[id.index()].group),
            false => Vec::new(),
        }
    }

    /// A post ends: nobody has a turn any more. Bookings are given back case by case.
    pub(super) fn break_off_clinics(&mut self, id: PostId) {
        self.clinics[id.index()].end_day();
    }
}
