//! One replication: the state, the loop, and what happens at the edges of the period.
//!
//! The loop takes the next event and matches on it; each arm is one named transition, to be found
//! in the file of its concern: `reception` (arrivals and patience), `waiting_list`, `assignment`,
//! `caseload` (places), `diary` (work), `shifts` (who is on duty), `rota` (where),
//! `clinics` (who is seen when).

use super::arrivals::Arrivals;
use super::assignment::Standing;
use super::batches::BatchReferral;
use super::clinics::ClinicState;
use super::event_list::EventList;
use super::events::{Event, Slot, Stamp};
use super::log::{Activity, Entry, Observer, Origin};
use super::observations::{CLOCKS, Clock, Count, Observations, Wait, WaitEnd, WeekRow};
use super::parts::lists_for;
use super::peaks::Peaks;
use super::plan::Plan;
use super::register::{Chain, Referral, Register, Stage};
use super::shifts::PostState;
use super::strain::Burden;
use super::streams::{Purpose, ReplicationKey, StreamKey};
use super::workforce::Absence;
use crate::model::{Post, PostId, PracticeId, SimDuration, SimTime};

/// A simulation that can run one replication after another, re-using its memory.
#[derive(Debug)]
pub struct Simulation<'p, O: Observer> {
    pub(super) plan: &'p Plan<'p>,
    pub(super) key: ReplicationKey,
    pub(super) now: SimTime,
    pub(super) opens: SimTime,
    pub(super) closes: SimTime,
    /// Pending events of the part that has its turn.
    pub(super) events: EventList,
    /// Which part that is.
    pub(super) part: usize,
    /// How many parts have turns; see [`super::parts`].
    pub(super) turns: usize,
    /// Pending events of the others.
    pub(super) events_of_parts: Vec<EventList>,
    pub(super) register: Register,
    pub(super) arrivals: Vec<Arrivals>,
    /// The practice as which each practice's people are received.
    pub(super) received_as: Vec<PracticeId>,
    /// People of batches, in the order of the file.
    pub(super) batches: Vec<BatchReferral>,
    /// Stream of the referrals of each practice.
    pub(super) streams: Vec<StreamKey>,
    /// Waiting lists: pool x priority class.
    pub(super) lists: Vec<Chain>,
    /// Diaries by rank: one for each post, then one for each pool, then one for each site of each
    /// post with a rota.
    pub(super) diaries: Vec<[Chain; 3]>,
    /// Pieces of work in the diaries of pools: while there are none, nobody looks there.
    pub(super) shared_due: usize,
    pub(super) posts: Vec<PostState>,
    /// How each post stands among those that may take a case.
    pub(super) standings: Vec<Standing>,
    pub(super) absences: Vec<Vec<Absence>>,
    /// What the open cases of each post amounted to at the end of the last week.
    pub(super) burdens: Vec<Burden>,
    /// The clinics of each post.
    pub(super) clinics: Vec<ClinicState>,
    pub(super) seen: Observations,
    pub(super) peaks: Peaks,
    pub(super) week_base: Vec<WeekRow>,
    pub(super) week_began: SimTime,
    observer: O,
}

impl<'p, O: Observer> Simulation<'p, O> {
    /// A simulation of `plan`, watched by `observer`.
    #[must_use]
    pub fn new(plan: &'p Plan<'p>, observer: O) -> Self {
        let model = plan.model;
        let (practices, posts) = (model.practices.len(), model.posts.len());
        // What is watched is wanted in order of time.
        let turns = if O::WATCHES { 1 } else { plan.parts.number };
        let seen = Observations::new(model);
        Self {
            plan,
            key: ReplicationKey {
                seed: 0,
                replication: 0,
            },
            now: SimTime::ZERO,
            opens: model.period.opens,
            closes: model.period.closes,
            events: EventList::default(),
            part: 0,
            turns,
            events_of_parts: lists_for(turns),
            register: Register::new(&plan.parts),
            arrivals: Vec::with_capacity(practices),
            received_as: Vec::with_capacity(practices),
            batches: Vec::new(),
            streams: Vec::with_capacity(practices),
            lists: vec![Chain::default(); plan.pools.pools.len() * plan.classes],
            diaries: vec![[Chain::default(); 3]; plan.diaries],
            shared_due: 0,
            posts: vec![PostState::default(); posts],
            standings: vec![Standing::NO_ROOM; posts],
            absences: vec![Vec::new(); posts],
            burdens: vec![Burden::default(); posts],
            clinics: vec![ClinicState::default(); posts],
            peaks: Peaks::new(&seen, turns == 1),
            seen,
            week_base: Vec::new(),
            week_began: SimTime::ZERO,
            observer,
        }
    }

    /// Who watches.
    pub fn observer(&mut self) -> &mut O {
        &mut self.observer
    }

    /// Runs the replication `key` from time zero to the end of the period, or until the observer
    /// wants no more.
    pub fn run(&mut self, key: ReplicationKey) -> &Observations {
        self.prepare(key);
        while self.now < self.closes {
            let edge = self.next_edge();
            self.simulate_until(edge);
            if O::WATCHES && self.observer.has_ended() {
                break;
            }
            self.now = edge;
            self.come_to_edge();
        }
        &self.seen
    }

    /// Everything that happens before `edge`, part by part.
    fn simulate_until(&mut self, edge: SimTime) {
        for part in 0..self.turns {
            self.enter_part(part);
            self.simulate_part_until(edge);
        }
    }

    /// The loop.
    fn simulate_part_until(&mut self, edge: SimTime) {
        while self.events.next_time() < edge {
            if O::WATCHES && self.observer.has_ended() {
                return;
            }
            let scheduled = self.events.take_next();
            self.now = scheduled.time();
            self.happen(scheduled.event(), scheduled.stamp());
        }
    }

    /// The one match: every event and its transition.
    #[inline(always)]
    fn happen(&mut self, event: Event, stamp: Stamp) {
        match event {
            Event::WorkEnds(post) => self.work_ends(post),
            Event::PostStarts(post) => self.post_starts(post),
            Event::PostEnds(post) => self.post_ends(post),
            Event::ContractEnds(post) => self.contract_ends(post),
            Event::HolderResigns(post) if self.posts[post.index()].tenure == stamp => {
                self.holder_resigns(post)
            }
            Event::HolderLeaves(post) if self.posts[post.index()].tenure == stamp => {
                self.holder_leaves(post)
            }
            Event::PostFilled(post) if self.posts[post.index()].tenure == stamp => {
                self.post_filled(post)
            }
            Event::WindowOpens(post) if self.posts[post.index()].window == stamp => {
                self.window_opens(post)
            }
            Event::WindowCloses(post) => self.window_closes(post),
            Event::SlotBegins(post) => self.phase_begins(post),
            Event::SiteChanges(post) => self.site_changes(post),
            Event::FallsDue(slot) if self.register[slot].pending == stamp => self.fall_due(slot),
            Event::OnwardWaitEnds(slot) if self.register[slot].pending == stamp => {
                self.complete_and_refill(slot)
            }
            Event::PatienceEnds(slot) if self.register[slot].patience == stamp => {
                self.patience_ends(slot)
            }
            Event::FallsDue(_)
            | Event::OnwardWaitEnds(_)
            | Event::PatienceEnds(_)
            | Event::HolderResigns(_)
            | Event::HolderLeaves(_)
            | Event::PostFilled(_)
            | Event::WindowOpens(_) => {}
            Event::ReferralArrives(practice) => self.first_referral_arrives(practice),
            Event::ReReferralArrives(slot) => self.re_referral_arrives(slot),
            Event::BatchArrives(person) => self.batch_arrives(person),
            Event::PracticesMerge(merger) => self.practices_merge(merger),
        }
    }

    /// Clears the last replication and sets the scene for `key`.
    fn prepare(&mut self, key: ReplicationKey) {
        let model = self.plan.model;
        self.key = key;
        self.now = SimTime::ZERO;
        self.clear_lists();
        self.register.clear();
        self.lists.fill(Chain::default());
        self.diaries.fill([Chain::default(); 3]);
        self.shared_due = 0;
        self.posts.fill(PostState::default());
        self.standings.fill(Standing::NO_ROOM);
        self.clinics.iter_mut().for_each(ClinicState::clear);
        self.seen.clear();
        self.peaks.clear();
        self.week_base.clear();
        self.streams.clear();
        self.arrivals.clear();
        for (index, practice) in model.practices.iter().enumerate() {
            let id = PracticeId(index as u32);
            self.streams
                .push(key.stream_key(Purpose::Referral, practice.key()));
            self.arrivals
                .push(Arrivals::new(model, &self.plan.intensity, id, key));
        }
        self.schedule_mergers();
        self.schedule_workforce();
        self.seat_open_cases();
        self.list_waiting_people();
        if self.opens == SimTime::ZERO {
            self.period_opens();
        }
        self.assign_from_lists();
        for index in 0..model.practices.len() {
            self.schedule_next_referral(PracticeId(index as u32));
        }
        self.schedule_batches();
        self.deal_out_events();
    }

    /// The results collection period opens: what happened before is forgotten, who is there stays.
    pub(super) fn period_opens(&mut self) {
        let now = self.now;
        self.peaks.advance(now);
        self.peaks.open();
        let Observations {
            pcn,
            practices,
            case_types,
            sources,
            posts,
            due,
            ..
        } = &mut self.seen;
        let scopes = std::iter::once(pcn)
            .chain(practices)
            .chain(case_types)
            .chain(sources);
        for scope in scopes.chain(posts.iter_mut().map(|post| &mut post.scope)) {
            scope.open(now);
            (0..scope.waiting.value).for_each(|_| scope.add(Count::WaitingAtStart));
            (0..scope.open.value).for_each(|_| scope.add(Count::OpenAtStart));
        }
        for (post, state) in posts.iter_mut().zip(&mut self.posts) {
            post.seconds_at_caseload.clear();
            post.caseload_since = now;
            post.held.open(now);
            post.vacant.open(now);
            state.worked_before_opening = state.worked_by(now);
        }
        due.open(now);
        self.week_began = now;
        self.week_base = vec![WeekRow::default(); self.seen.scopes_a_week()];
    }

    /// Brings every level's area up to now.
    pub(super) fn advance_levels(&mut self) {
        let now = self.now;
        let Observations {
            pcn,
            practices,
            case_types,
            sources,
            posts,
            due,
            ..
        } = &mut self.seen;
        let scopes = std::iter::once(pcn)
            .chain(practices)
            .chain(case_types)
            .chain(sources);
        for scope in scopes {
            scope
                .levels()
                .into_iter()
                .for_each(|level| level.advance(now));
        }
        for post in posts {
            note_caseload(post, now);
            post.scope.open.advance(now);
            post.held.advance(now);
            post.vacant.advance(now);
        }
        due.advance(now);
    }

    /// The period closes: what is under way is counted up to now, and who still waits is censored.
    pub(super) fn period_closes(&mut self) {
        let length = (self.closes - self.opens).seconds();
        if length.is_multiple_of(SimDuration::WEEK.seconds()) {
            self.weigh_week();
        }
        self.end_shifts();
        self.note_week();
        for slot in self.register.slots() {
            self.count_still_there(slot);
        }
        self.seen.add_up_scopes();
        self.peaks.advance(self.now);
        self.peaks.tell(&mut self.seen);
    }

    fn count_still_there(&mut self, slot: Slot) {
        let referral = &self.register[slot];
        match referral.stage {
            Stage::Listed => {
                self.seen
                    .for_scopes(referral.scopes(), |scope| scope.add(Count::WaitingAtEnd));
                self.seen.waiting_accrued += self.in_period(referral.due, self.now);
            }
            Stage::Between | Stage::Due | Stage::InHand | Stage::Onward => {
                self.seen
                    .for_scopes(referral.scopes(), |scope| scope.add(Count::OpenAtEnd));
                self.seen.posts[referral.post.index()]
                    .scope
                    .add(Count::OpenAtEnd);
                self.seen.open_accrued += self.in_period(referral.assigned, self.now);
            }
            Stage::Vacant | Stage::Expected | Stage::Triage | Stage::TriageInHand => {}
        }
        if matches!(referral.stage, Stage::Due | Stage::Triage) {
            self.seen.due_accrued += self.in_period(referral.due, self.now);
        }
        if !matches!(
            referral.stage,
            Stage::Vacant | Stage::Expected | Stage::Triage | Stage::TriageInHand
        ) {
            self.end_open_waits(slot, WaitEnd::Censored);
        }
    }

    /// Seconds of `from..to` inside the results collection period.
    #[inline]
    pub(super) fn in_period(&self, from: SimTime, to: SimTime) -> u64 {
        to.min(self.closes).since(from.max(self.opens)).seconds()
    }

    /// Notes that the wait of `slot`'s referral on `clock` ended now.
    #[inline]
    pub(super) fn end_wait(&mut self, slot: Slot, clock: Clock, end: WaitEnd) {
        if let Some(wait) = self.wait_until_now(slot, end) {
            self.seen.waits[clock as usize].push(wait);
        }
    }

    /// How long `slot`'s referral has waited, of whichever clock; `None` if it counts on none.
    #[inline]
    fn wait_until_now(&self, slot: Slot, end: WaitEnd) -> Option<Wait> {
        let referral = &self.register[slot];
        let counts = referral.in_cohort || referral.from_start;
        counts.then(|| {
            let calendar = &self.plan.model.calendar;
            let (since, before) = (referral.waits_since(), referral.waited_before());
            let working = calendar.working_time_between(since, self.now).seconds();
            Wait {
                seconds: self.now.since(since).seconds() + before,
                working_seconds: working + referral.worked_before,
                entered: before,
                working_entered: referral.worked_before,
                practice: referral.practice.0,
                case_type: referral.case_type.0,
                source: referral.source.0,
                end,
                in_cohort: referral.in_cohort,
            }
        })
    }

    /// Ends the waits of `slot`'s referral that have not ended yet.
    pub(super) fn end_open_waits(&mut self, slot: Slot, end: WaitEnd) {
        let referral = &self.register[slot];
        let over: [bool; CLOCKS] = [
            referral.assigned_before,
            referral.contacted,
            referral.appointed,
        ];
        if over == [true; CLOCKS] {
            return;
        }
        if let Some(wait) = self.wait_until_now(slot, end) {
            for (waits, over) in self.seen.waits.iter_mut().zip(over) {
                if !over {
                    waits.push(wait);
                }
            }
        }
    }

    /// Reports a transition of `slot`'s referral.
    #[inline]
    pub(super) fn log_slot(&mut self, activity: Activity, slot: Slot, post: Option<PostId>) {
        if O::WATCHES {
            let referral = self.register[slot];
            self.log(activity, &referral, post);
        }
    }

    /// Reports a transition of `referral`.
    #[inline]
    pub(super) fn log(&mut self, activity: Activity, referral: &Referral, post: Option<PostId>) {
        if O::WATCHES {
            let who = (
                referral.referred_by,
                referral.identity.ordinal(),
                referral.identity.generation(),
            );
            self.record(activity, Some(who), self.origin_of(referral), post);
        }
    }

    /// Where a referral comes from, told by its stream: re-referrals keep that of the first.
    fn origin_of(&self, referral: &Referral) -> Origin {
        let stream = referral.identity.stream;
        if stream == self.streams[referral.referred_by.index()] {
            return Origin::Arrived;
        }
        if let Some(batch) = self.batch_of(referral) {
            return Origin::Batch(batch.number);
        }
        let posts = self.plan.model.posts.iter();
        let is_of = |post: &Post| self.key.stream_key(Purpose::StartOpen, post.key()) == stream;
        match posts.map(is_of).position(|is_it| is_it) {
            Some(index) => Origin::OpenAtStart(PostId(index as u32)),
            None => Origin::WaitingAtStart,
        }
    }

    /// Reports a transition of a post.
    #[inline]
    pub(super) fn log_post(&mut self, activity: Activity, post: PostId) {
        if O::WATCHES {
            self.record(activity, None, Origin::Arrived, Some(post));
        }
    }

    fn record(
        &mut self,
        activity: Activity,
        referral: Option<(PracticeId, u64, u64)>,
        origin: Origin,
        post: Option<PostId>,
    ) {
        self.observer.record(Entry {
            time: self.now,
            activity,
            referral,
            origin,
            post,
            waiting: self.seen.pcn.waiting.value,
            open: self.posts.iter().map(|post| u64::from(post.open)).sum(),
        });
    }
}

/// Brings a post's time at its present number of open cases up to `now`.
#[inline]
pub(super) fn note_caseload(post: &mut super::observations::PostTally, now: SimTime) {
    let value = post.scope.open.value as usize;
    if post.seconds_at_caseload.len() <= value {
        post.seconds_at_caseload.resize(value + 1, 0);
    }
    post.seconds_at_caseload[value] += (now - post.caseload_since).seconds();
    post.caseload_since = now;
}
