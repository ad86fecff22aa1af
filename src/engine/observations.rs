//! What one replication saw: whole numbers, counted and summed as they happen.
//!
//! Nothing here is an average or a share; `measure` turns observations into measures. Times are
//! seconds. Everything is confined to the results collection period.

use super::register::{Referral, Scopes};
pub use super::tallies::{
    ContractedTime, Count, FilledTime, Level, PostTally, SERVICE_LEVEL_DAYS, ScopeTally,
    StrainTally, Total,
};
use crate::model::time::SECONDS_PER_DAY;
use crate::model::{Model, PostId, SimTime};

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitEnd {
    /// What was waited for happened.
    Happened,
    /// The person left before.
    Left,
    /// Still waiting when the period closed.
    Censored,
}

/// The three clocks, all from receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Clock {
    /// To assignment.
    OnList,
    /// To the beginning of the answered call.
    ToFirstContact,
    /// To the beginning of the first appointment held.
    ToFirstAppointment,
}

/// Number of [`Clock`]s.
pub const CLOCKS: usize = 3;

/// One person's wait on one clock.
#[derive(Clone, Copy, Debug)]
pub struct Wait {
    /// Seconds from receipt.
    pub seconds: u64,
    /// Of these, seconds on working days.
    pub working_seconds: u64,
    /// For a person who was waiting at the start: seconds from receipt to the start.
    pub entered: u64,
    /// The same on working days.
    pub working_entered: u64,
    /// Which practice.
    pub practice: u32,
    /// Which case type.
    pub case_type: u16,
    /// Which source; of a person who was waiting at the start, a position that no source has.
    pub source: u8,
    /// How it ended.
    pub end: WaitEnd,
    /// Whether the person is of the cohort (rather than there from the start).
    pub in_cohort: bool,
}

impl Wait {
    /// Whether working days are fewer than calendar days; never so where every day is worked.
    #[inline]
    #[must_use]
    pub const fn has_idle_days(&self) -> bool {
        self.working_seconds != self.seconds || self.working_entered != self.entered
    }
}

/// One week of one scope, as areas and counts since the week before.
#[derive(Clone, Copy, Debug, Default)]
pub struct WeekRow {
    /// Person-seconds on the waiting list.
    pub waiting_area: u64,
    /// Person-seconds in open cases.
    pub open_area: u64,
    /// Referrals received.
    pub received: u64,
    /// Contacts held.
    pub contacts_held: u64,
    /// Client seconds available.
    pub available_seconds: u64,
    /// Client seconds worked.
    pub busy_seconds: u64,
    /// Post-seconds held.
    pub held_area: u64,
    /// Seconds in the week (the last may be short).
    pub length: u64,
    /// Load ratio of the week.
    pub load: Option<f64>,
    /// Strain at its end.
    pub strain: Option<f64>,
}

impl WeekRow {
    /// What was added to `base` in `length` seconds.
    #[must_use]
    pub const fn less(&self, base: &Self, length: u64) -> Self {
        Self {
            waiting_area: self.waiting_area - base.waiting_area,
            open_area: self.open_area - base.open_area,
            received: self.received - base.received,
            contacts_held: self.contacts_held - base.contacts_held,
            available_seconds: self.available_seconds - base.available_seconds,
            busy_seconds: self.busy_seconds - base.busy_seconds,
            held_area: self.held_area - base.held_area,
            length,
            load: None,
            strain: None,
        }
    }
}

/// Everything that one replication saw.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    /// The PCN: until the period has closed its waiting list alone, the rest is added up from the
    /// practices then.
    pub pcn: ScopeTally,
    /// Each practice.
    pub practices: Vec<ScopeTally>,
    /// Each case type.
    pub case_types: Vec<ScopeTally>,
    /// Each source, where there are several. People who are there at the start are of none, so
    /// that with them the sources add up to less than the PCN.
    pub sources: Vec<ScopeTally>,
    /// Each post.
    pub posts: Vec<PostTally>,
    /// Waits on each clock, of the cohort and of those there from the start, in no order.
    pub waits: [Vec<Wait>; CLOCKS],
    /// Work that is due and waits in a diary.
    pub due: Level,
    /// Waiting time that people accrued in the period, added up person by person.
    pub waiting_accrued: u64,
    /// Time in open cases that people accrued in the period, person by person.
    pub open_accrued: u64,
    /// Time in diaries that work accrued in the period, piece by piece.
    pub due_accrued: u64,
    /// Weeks x (PCN, practices, posts), in that order within a week.
    pub weeks: Vec<WeekRow>,
    /// Events that happened over the whole replication, warm-up included.
    pub events: u64,
}

impl Observations {
    /// For the practices, case types, sources and posts of `model`.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let scopes = |number: usize| vec![ScopeTally::default(); number];
        let years = model.costs.as_ref().map_or(0, |it| it.reimbursement.len());
        let post = PostTally {
            financial_years: vec![FilledTime::default(); years],
            ..PostTally::default()
        };
        Self {
            practices: scopes(model.practices.len()),
            case_types: scopes(model.case_types.len()),
            sources: scopes(model.demand.sources_told_apart().len()),
            posts: vec![post; model.posts.len()],
            ..Self::default()
        }
    }

    /// Forgets everything; keeps the memory.
    pub fn clear(&mut self) {
        self.pcn = ScopeTally::default();
        self.practices.fill(ScopeTally::default());
        self.case_types.fill(ScopeTally::default());
        self.sources.fill(ScopeTally::default());
        for post in &mut self.posts {
            let mut seconds_at_caseload = std::mem::take(&mut post.seconds_at_caseload);
            seconds_at_caseload.clear();
            let mut financial_years = std::mem::take(&mut post.financial_years);
            financial_years.fill(FilledTime::default());
            *post = PostTally {
                seconds_at_caseload,
                financial_years,
                ..PostTally::default()
            };
        }
        for waits in &mut self.waits {
            waits.clear();
        }
        self.due = Level::default();
        (self.waiting_accrued, self.open_accrued, self.due_accrued) = (0, 0, 0);
        self.weeks.clear();
        self.events = 0;
    }

    /// Applies `change` to the practice, the case type and the source in `scopes`. The PCN, its
    /// waiting list apart, and a case type that is the only one are added up from the practices.
    #[inline]
    pub(super) fn for_scopes(&mut self, scopes: Scopes, change: impl Fn(&mut ScopeTally)) {
        if self.case_types.len() > 1 {
            change(&mut self.case_types[scopes.case_type.index()]);
        }
        self.for_scopes_at_receipt(scopes, change);
    }

    /// Applies `change` to the scopes of a referral that may turn out to be inappropriate: such a
    /// one has no case type. A single source is not told apart and has no tally.
    #[inline]
    pub(super) fn for_scopes_at_receipt(
        &mut self,
        scopes: Scopes,
        change: impl Fn(&mut ScopeTally),
    ) {
        change(&mut self.practices[scopes.practice.index()]);
        if let Some(source) = self.sources.get_mut(scopes.source.index()) {
            change(source);
        }
    }

    /// Counts how late a contact of `referral` begins at `post`, if it is a follow-up.
    #[inline]
    pub(super) fn count_contact_begun(&mut self, referral: &Referral, post: PostId, now: SimTime) {
        if referral.next_is_follow_up() {
            let late = now.since(referral.due);
            self.for_scopes(referral.scopes(), |scope| {
                scope.follow_up_lateness.add(late);
            });
            let tally = &mut self.posts[post.index()].scope;
            tally.follow_up_lateness.add(late);
        }
    }

    /// Counts a contact of `referral` at `post`, held or missed.
    #[inline]
    pub(super) fn count_contact(&mut self, referral: &Referral, post: PostId, what: Count) {
        self.for_scopes(referral.scopes(), |scope| scope.add(what));
        self.posts[post.index()].scope.add(what);
    }

    /// Adds up from the practices what was not counted as it happened.
    pub(super) fn add_up_scopes(&mut self) {
        let mut sum = ScopeTally::sum(&self.practices);
        sum.waiting = self.pcn.waiting;
        self.pcn = sum;
        if let [only] = self.case_types.as_mut_slice() {
            *only = self.pcn.of_a_case_type();
        }
    }

    /// Scopes in one week of [`Observations::weeks`].
    #[must_use]
    pub fn scopes_a_week(&self) -> usize {
        1 + self.practices.len() + self.posts.len()
    }
}

/// Index of the service levels that somebody received at `received` counts for: those whose days
/// have passed when the period closes.
#[inline]
pub fn service_levels(received: SimTime, closes: SimTime) -> impl Iterator<Item = usize> {
    let time = closes.since(received).seconds();
    (0..SERVICE_LEVEL_DAYS.len())
        .filter(move |index| SERVICE_LEVEL_DAYS[*index] * SECONDS_PER_DAY <= time)
}
