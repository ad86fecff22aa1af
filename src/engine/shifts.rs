//! Who is on duty: posts that start and end, and the client-time window of each working day.
//!
//! A window is the day's contracted time x client share from the opening hour on. Work in hand
//! when a window closes is finished; the time beyond it is *owed* to the worker and shortens the
//! next window at its end (further ones, where it is longer than the next), so that client time is
//! conserved: busy + idle + travel + taken back = available + overrun, exactly, for every post.

use super::events::{Event, Slot, Stamp};
use super::log::{Activity, Observer};
use super::observations::{Count, PostTally};
use super::plan::PostPlan;
use super::register::{Referral, Stage};
use super::rota::Whereabouts;
use super::simulation::Simulation;
use super::workforce::{Absence, plan_absences};
use crate::model::{Day, PostId, SimDuration, SimTime};

/// What a worker has in hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// Triage of an inappropriate referral.
    Triage,
    /// A first-contact attempt.
    Attempt,
    /// A contact that the person attends.
    Contact,
    /// A contact that the person misses.
    MissedContact,
    /// The way to another site; the slot in hand is the site.
    Travel,
}

/// Where a post stands.
// In this order, on lines of memory of their own: what each piece of work touches comes first.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub struct PostState {
    /// What is in hand, and since when.
    pub in_hand: Option<(Slot, Work, SimTime)>,
    /// When the open window closes; no work begins from then on.
    pub window_closes: SimTime,
    /// Since when it has been idle, while on duty with nothing in hand.
    pub idle_since: SimTime,
    /// Since when the present or last holder has held it.
    pub held_since: SimTime,
    /// Client seconds worked since time zero, work in hand apart.
    pub worked: u64,
    /// Pieces of work that wait in its own diaries.
    pub due: u32,
    /// Open cases.
    pub open: u32,
    /// Its window is open.
    pub on_duty: bool,
    /// Somebody holds the post.
    pub held: bool,
    /// The post is no more.
    pub ended: bool,
    /// Whether the holder came within the replication and works up to full speed.
    pub works_up: bool,
    /// Whether the holder has resigned.
    pub has_resigned: bool,
    /// From the end of the contact in hand to the next, if it has been drawn.
    pub interval: Option<SimDuration>,
    /// Since when the work in hand has been beyond the window.
    pub outside_since: Option<SimTime>,
    /// Client seconds worked when the period opened.
    pub worked_before_opening: u64,
    /// Client seconds worked when the present week began, or the holder in it.
    pub worked_before_week: u64,
    /// Since when the present week has run.
    pub week_since: SimTime,
    /// Strain of the holder.
    pub strain: f64,
    /// When a place was last freed.
    pub last_freed: SimTime,
    /// Overrun not yet taken back, in seconds.
    pub owed_seconds: u64,
    /// Where it is, if it has a rota.
    pub whereabouts: Whereabouts,
    /// Which holder it has or had last, counted from 1.
    pub holder: u64,
    /// Since when it has been vacant.
    pub vacant_since: SimTime,
    /// When the next holder has been found.
    pub successor_from: SimTime,
    /// What is left of the exponential draw that ends in resignation, at `hazard_since`.
    pub hazard_left: f64,
    /// When that was so.
    pub hazard_since: SimTime,
    /// How many times the usual leaving rate the holder has at present.
    pub leaving_factor: f64,
    /// Fixed terms that have ended.
    pub terms: u64,
    /// Client seconds available in the present week so far, where windows open.
    pub week_available: u64,
    /// Seconds of travel in the present week so far, travel under way apart.
    pub week_travel: u64,
    /// Load ratio of the last week.
    pub load: Option<f64>,
    /// Weeks running with strain above 1.
    pub weeks_over: u32,
    /// The pending resignation, leaving or filling.
    pub tenure: Stamp,
    /// The pending opening of a window.
    pub window: Stamp,
}

impl Default for PostState {
    fn default() -> Self {
        Self {
            held: false,
            ended: false,
            holder: 0,
            held_since: SimTime::ZERO,
            vacant_since: SimTime::ZERO,
            works_up: false,
            has_resigned: false,
            successor_from: SimTime::ZERO,
            hazard_left: 0.0,
            hazard_since: SimTime::ZERO,
            leaving_factor: 1.0,
            terms: 0,
            week_since: SimTime::ZERO,
            week_available: 0,
            worked: 0,
            worked_before_opening: 0,
            worked_before_week: 0,
            week_travel: 0,
            load: None,
            strain: 0.0,
            weeks_over: 0,
            tenure: Stamp::NONE,
            window: Stamp::NONE,
            on_duty: false,
            window_closes: SimTime::ZERO,
            in_hand: None,
            idle_since: SimTime::ZERO,
            interval: None,
            outside_since: None,
            owed_seconds: 0,
            open: 0,
            due: 0,
            last_freed: SimTime::ZERO,
            whereabouts: Whereabouts::default(),
        }
    }
}

impl PostState {
    /// Whether it can begin a piece of work at `now`.
    #[inline]
    #[must_use]
    pub fn is_free(&self, now: SimTime) -> bool {
        self.on_duty && self.in_hand.is_none() && now < self.window_closes
    }

    /// Client seconds available and worked since the period opened, up to `now`, work in hand
    /// included.
    #[must_use]
    pub(super) fn running(&self, tally: &PostTally, plan: &PostPlan, now: SimTime) -> (u64, u64) {
        let available = if plan.always_on {
            tally.held.area
        } else {
            tally.available_seconds
        };
        (available, self.worked_by(now) - self.worked_before_opening)
    }

    /// Client seconds worked from time zero to `now`, work in hand included.
    #[must_use]
    pub(super) fn worked_by(&self, now: SimTime) -> u64 {
        let in_hand = self.in_hand.filter(|(_, work, _)| *work != Work::Travel);
        self.worked + in_hand.map_or(0, |(_, _, began)| now.since(began).seconds())
    }
}

impl<O: Observer> Simulation<'_, O> {
    /// Plans the absences and schedules the starts, ends and first windows of all posts.
    pub(super) fn schedule_workforce(&mut self) {
        self.plan_absences();
        for index in 0..self.posts.len() {
            let id = PostId(index as u32);
            let post = &self.plan.model.posts[index];
            if let Some(ends) = post.ends {
                self.events.schedule(ends, Event::PostEnds(id));
            }
            if let Some(contract) = post.tenure.contract {
                self.schedule_contract_end(id, contract.ends);
            }
            let drawn = post.advertised.map(|at| self.first_day_of(id, at));
            match drawn.or(post.starts) {
                Some(starts) if starts > SimTime::ZERO => {
                    self.events.schedule(starts, Event::PostStarts(id));
                }
                _ if post.exists_at(SimTime::ZERO) => self.take_up_post(id, Activity::PostStarts),
                _ => {}
            }
        }
    }

    /// Plans everybody's absences.
    fn plan_absences(&mut self) {
        if !self.plan.posts.iter().any(|post| post.can_be_absent) {
            return;
        }
        plan_absences(self.plan, self.key, &mut self.absences);
    }

    /// Whether the post has contracted time on `day`, absences apart.
    pub(super) fn would_work(&self, id: PostId, day: Day) -> bool {
        let model = self.plan.model;
        let post = &model.posts[id.index()];
        model.calendar.is_working_day(day)
            && post.client_time[model.calendar.weekday(day)].seconds() > 0
            && post.exists_at(day.opens() + post.window_opens)
    }

    /// Whether the post has a window on `day`.
    pub(super) fn works_on(&self, id: PostId, day: Day) -> bool {
        if self.plan.posts[id.index()].always_on {
            return self.posts[id.index()].held;
        }
        let absent = self.absences[id.index()]
            .get(day.index())
            .is_some_and(|absence| *absence != Absence::None);
        !absent && self.would_work(id, day)
    }

    /// Somebody holds the post from now on.
    pub(super) fn take_up_post(&mut self, id: PostId, activity: Activity) {
        let now = self.now;
        let leaving_factor = self.first_leaving_factor(id);
        let state = &mut self.posts[id.index()];
        state.held = true;
        state.last_freed = now;
        self.stand(id);
        let state = &mut self.posts[id.index()];
        (state.has_resigned, state.leaving_factor) = (false, leaving_factor);
        (state.strain, state.weeks_over, state.load) = (0.0, 0, None);
        state.worked_before_week = state.worked_by(now);
        (state.week_available, state.week_travel) = (0, 0);
        state.works_up = now > SimTime::ZERO;
        state.owed_seconds = 0;
        let is_hire = state.works_up && now >= self.opens;
        self.seen.posts[id.index()].hires += u64::from(is_hire);
        self.seen.posts[id.index()].held.increase(now);
        self.begin_tenure(id);
        self.log_post(activity, id);
        if self.plan.posts[id.index()].always_on {
            self.end_overrun(id);
            let state = &mut self.posts[id.index()];
            (state.on_duty, state.idle_since) = (true, now);
            state.window_closes = SimTime::from_seconds(u64::MAX);
        } else {
            self.schedule_window(id, now.day());
        }
    }

    /// A post starts within the simulated time: its places are filled from the waiting list. Where
    /// it is on duty round the clock no window opens later, so it takes up now what is due.
    pub(super) fn post_starts(&mut self, id: PostId) {
        if self.posts[id.index()].ended {
            return;
        }
        self.take_up_post(id, Activity::PostStarts);
        self.begin_what_waits(id);
    }

    /// A new holder takes up the work that is due and fills the places.
    pub(super) fn begin_what_waits(&mut self, id: PostId) {
        if self.posts[id.index()].is_free(self.now) {
            self.begin_next_work(id);
        }
        self.fill_places(id);
    }

    /// A post ends: its open cases are lost or go back to the waiting list. Work in hand is
    /// finished first, and the case handed over then.
    pub(super) fn post_ends(&mut self, id: PostId) {
        let state = &mut self.posts[id.index()];
        state.ended = true;
        state.tenure = Stamp::NONE;
        if state.held {
            self.vacate(id, Activity::PostEnds);
        } else if self.seen.posts[id.index()].vacant.value > 0 {
            self.end_vacancy(id);
            self.log_post(Activity::PostEnds, id);
        }
    }

    /// Nobody holds the post any more, for a time or for good.
    pub(super) fn vacate(&mut self, id: PostId, activity: Activity) {
        let now = self.now;
        self.account_for_holding(id);
        self.seen.posts[id.index()].held.decrease(now);
        self.go_off_duty(id);
        self.break_off_clinics(id);
        let state = &mut self.posts[id.index()];
        (state.held, state.window, state.vacant_since) = (false, Stamp::NONE, now);
        self.stand(id);
        self.log_post(activity, id);
        let mut cases: Vec<(Slot, Referral)> = self
            .register
            .occupied()
            .filter(|(_, referral)| {
                referral.post == id
                    && matches!(referral.stage, Stage::Between | Stage::Due | Stage::Onward)
            })
            .map(|(slot, referral)| (slot, *referral))
            .collect();
        cases.sort_by_key(|(slot, referral)| (referral.priority, referral.queue_key(), slot.0));
        let mut returned: Vec<Slot> = Vec::new();
        for (slot, _) in cases {
            returned.extend(self.hand_over(slot));
        }
        self.return_to_lists(&returned);
    }

    /// Takes a case from a post that has ended; gives it back unless it is lost.
    pub(super) fn hand_over(&mut self, slot: Slot) -> Option<Slot> {
        let referral = self.register[slot];
        let post = &self.plan.model.posts[referral.post.index()];
        self.register[slot].handovers = referral.handovers.wrapping_add(1);
        let lost = referral
            .identity
            .handover(u32::from(referral.handovers))
            .uniform();
        if lost < post.lost_at_handover_share {
            self.close(slot, Count::LostAtHandover, Activity::LostAtHandover);
            return None;
        }
        self.withdraw_work(slot);
        self.release_place(slot);
        self.seen.posts[referral.post.index()]
            .scope
            .add(Count::TransferredOut);
        let pool = self.pool_now(referral.practice, referral.claim());
        let case = &mut self.register[slot];
        case.pool = pool;
        if case.contacted {
            let most = case.contacts_planned.max(case.contacts_held);
            case.contacts_planned = most.saturating_add(1);
        } else {
            case.attempts_before = case.attempts;
        }
        self.log(Activity::ReturnedToList, &referral, Some(referral.post));
        Some(slot)
    }

    /// Schedules the next window of the post on `from` or later.
    fn schedule_window(&mut self, id: PostId, from: Day) {
        let opens_at = |day: Day| {
            let usual = self.plan.model.posts[id.index()].window_opens;
            day.opens()
                + self
                    .clinic_day(id, day)
                    .map_or(usual, |clinics| clinics.opens)
        };
        let is_day = |day: Day| self.works_on(id, day) || self.is_clinic_cancelled(id, day);
        let next = (from.0..self.plan.model.days())
            .map(Day)
            .find(|day| is_day(*day) && opens_at(*day) >= self.now);
        if let Some(day) = next {
            self.posts[id.index()].window =
                self.events.schedule(opens_at(day), Event::WindowOpens(id));
        }
    }

    /// A window opens, shortened by what the worker is owed; not where the worker has fallen ill
    /// since it was scheduled.
    pub(super) fn window_opens(&mut self, id: PostId) {
        let now = self.now;
        self.end_clinic_day(id);
        if self.clinic_day(id, now.day()).is_some() {
            match self.works_on(id, now.day()) {
                true => self.open_clinic_day(id),
                false => self.cancel_clinics(id),
            }
            self.schedule_window(id, now.day().next());
            return;
        }
        if !self.works_on(id, now.day()) {
            return self.schedule_window(id, now.day().next());
        }
        let length = self.client_time_today(id);
        self.posts[id.index()].week_available += length.seconds();
        self.end_overrun(id);
        self.count_ramp(id, length);
        let state = &mut self.posts[id.index()];
        let taken_back = state.owed_seconds.min(length.seconds());
        state.owed_seconds -= taken_back;
        let nominal_end = now + length;
        let closes = SimTime::from_seconds(nominal_end.seconds() - taken_back);
        let available = self.in_period(now, nominal_end);
        let given_back = self.in_period(closes, nominal_end);
        let tally = &mut self.seen.posts[id.index()];
        tally.available_seconds += available;
        tally.taken_back_seconds += given_back;
        if closes > now {
            self.events.schedule(closes, Event::WindowCloses(id));
            self.come_on_duty(id, closes);
        } else if self.posts[id.index()].in_hand.is_some() {
            self.posts[id.index()].outside_since = Some(now);
        }
        self.schedule_window(id, now.day().next());
    }

    fn come_on_duty(&mut self, id: PostId, closes: SimTime) {
        let now = self.now;
        self.log_post(Activity::WindowOpens, id);
        let state = &mut self.posts[id.index()];
        state.on_duty = true;
        state.window_closes = closes;
        state.idle_since = now;
        self.go_to_first_site(id);
        if self.posts[id.index()].in_hand.is_none() {
            self.begin_next_work(id);
        }
    }

    /// A window closes: work in hand goes on beyond it.
    pub(super) fn window_closes(&mut self, id: PostId) {
        let state = self.posts[id.index()];
        if state.on_duty && state.window_closes == self.now {
            self.go_off_duty(id);
            self.log_post(Activity::WindowCloses, id);
        }
    }

    pub(super) fn go_off_duty(&mut self, id: PostId) {
        let now = self.now;
        let state = self.posts[id.index()];
        if state.on_duty {
            if state.in_hand.is_none() {
                self.end_idleness(id);
            } else {
                self.posts[id.index()].outside_since = Some(now);
            }
        }
        self.posts[id.index()].on_duty = false;
    }

    /// Counts the idle time up to now.
    pub(super) fn end_idleness(&mut self, id: PostId) {
        let idle = self.in_period(self.posts[id.index()].idle_since, self.now);
        self.seen.posts[id.index()].idle_seconds += idle;
    }

    /// Counts the time beyond the window up to now.
    pub(super) fn end_overrun(&mut self, id: PostId) {
        if let Some(since) = self.posts[id.index()].outside_since.take() {
            self.posts[id.index()].owed_seconds += (self.now - since).seconds();
            self.seen.posts[id.index()].overrun_seconds += self.in_period(since, self.now);
        }
    }

    /// The period closes: counts everybody's time up to now.
    pub(super) fn end_shifts(&mut self) {
        for index in 0..self.posts.len() {
            let id = PostId(index as u32);
            self.end_overrun(id);
            let state = self.posts[index];
            match state.in_hand {
                Some((_, Work::Travel, began)) => self.end_travel_time(id, began),
                None if state.on_duty => self.end_idleness(id),
                Some(_) | None => {}
            }
            let worked = state.worked_by(self.now);
            (self.posts[index].worked, self.posts[index].in_hand) = (worked, None);
            let tally = &mut self.seen.posts[index];
            tally.busy_seconds = worked - state.worked_before_opening;
            tally.held.advance(self.now);
            self.close_accounts(id);
            let tally = &mut self.seen.posts[index];
            if self.plan.posts[index].always_on {
                tally.available_seconds = tally.held.area;
            }
        }
    }
}
