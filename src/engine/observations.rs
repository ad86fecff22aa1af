//! What one replication saw: whole numbers, counted and summed as they happen.
//!
//! Nothing here is an average or a share; `measure` turns observations into measures. Times are
//! seconds. Everything is confined to the results collection period.

use crate::model::time::SECONDS_PER_DAY;
use crate::model::{Model, SimDuration, SimTime};

/// Things that are counted per scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub enum Count {
    /// Referrals received, inappropriate ones included.
    Received,
    /// Inappropriate referrals.
    Inappropriate,
    /// Referrals accepted.
    Accepted,
    /// People who gave up before first contact.
    Lapsed,
    /// Of these, those who went back to their GP.
    RevertedToGp,
    /// Referrals closed after the last unanswered attempt.
    NotReached,
    /// Cases closed after too many missed contacts running.
    Disengaged,
    /// Cases that the person ended early.
    DroppedOut,
    /// Cases completed.
    Completed,
    /// Open cases lost when their post ended.
    LostAtHandover,
    /// First contacts.
    FirstContacts,
    /// Caseload places freed, whatever the outcome.
    PlacesFreed,
    /// Contacts held.
    ContactsHeld,
    /// Contacts missed.
    ContactsMissed,
    /// First assignments.
    Assigned,
    /// Cases taken over after another post ended.
    TransferredIn,
    /// Open cases returned to the waiting list when their post ended.
    TransferredOut,
    /// Cases that volunteers passed on to paid workers.
    Escalated,
    /// On the waiting list when the period opened.
    WaitingAtStart,
    /// Open when the period opened.
    OpenAtStart,
    /// On the waiting list when the period closed.
    WaitingAtEnd,
    /// Open when the period closed.
    OpenAtEnd,
    /// Referrals refused because referrals were paused.
    Refused,
    /// Of these, people who went back to their GP.
    RefusedToGp,
    /// Members of the cohort (received in the period and accepted).
    Cohort,
    /// Of these, those assigned at the very instant of receipt.
    CohortAtOnce,
}

/// Number of [`Count`]s.
pub const COUNTS: usize = Count::CohortAtOnce as usize + 1;

/// The service levels: contacted within this many days.
pub const SERVICE_LEVEL_DAYS: [u64; 3] = [7, 14, 28];

/// A number of people over time: its area is exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// People now.
    pub value: u64,
    /// Person-seconds up to `since`.
    pub area: u64,
    /// Greatest value in the period.
    pub greatest: u64,
    since: u64,
}

impl Level {
    /// Brings the area up to `now`.
    #[inline]
    pub fn advance(&mut self, now: SimTime) {
        self.area += self.value * (now.seconds() - self.since);
        self.since = now.seconds();
    }

    /// One more from `now` on.
    #[inline]
    pub fn increase(&mut self, now: SimTime) {
        self.advance(now);
        self.value += 1;
        self.greatest = self.greatest.max(self.value);
    }

    /// One fewer from `now` on.
    #[inline]
    pub fn decrease(&mut self, now: SimTime) {
        self.advance(now);
        debug_assert!(self.value > 0, "nobody leaves an empty place");
        self.value -= 1;
    }

    /// Seconds from the last change to `now`.
    #[inline]
    #[must_use]
    pub const fn seconds_until(&self, now: SimTime) -> u64 {
        now.seconds() - self.since
    }

    /// Forgets the past: the period opens at `now`.
    pub fn open(&mut self, now: SimTime) {
        (self.area, self.greatest, self.since) = (0, self.value, now.seconds());
    }
}

/// A sum of durations and how many there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    /// How many.
    pub count: u64,
    /// Their sum in seconds.
    pub seconds: u64,
}

impl Total {
    /// Adds one.
    #[inline]
    pub fn add(&mut self, duration: SimDuration) {
        self.count += 1;
        self.seconds += duration.seconds();
    }
}

/// What was seen of the PCN, a practice, a case type or a source.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScopeTally {
    counts: [u64; COUNTS],
    /// People on the waiting list.
    pub waiting: Level,
    /// People accepted and not yet contacted, on the list or assigned.
    pub awaiting_first_contact: Level,
    /// Open cases.
    pub open: Level,
    /// Practices whose referrals are paused.
    pub paused: Level,
    /// Referrals (accepted and refused) received early enough to have had each number of
    /// [`SERVICE_LEVEL_DAYS`].
    pub service_level_of: [u64; 3],
    /// Of these, those contacted in time.
    pub service_level_met: [u64; 3],
    /// Lateness of follow-ups begun.
    pub follow_up_lateness: Total,
    /// From assignment to the end of cases completed.
    pub case_duration: Total,
}

impl ScopeTally {
    /// How many.
    #[must_use]
    pub const fn count(&self, what: Count) -> u64 {
        self.counts[what as usize]
    }

    /// One more.
    #[inline]
    pub fn add(&mut self, what: Count) {
        self.counts[what as usize] += 1;
    }

    /// The levels, for whoever brings all of them up to date.
    pub fn levels(&mut self) -> [&mut Level; 4] {
        [
            &mut self.waiting,
            &mut self.awaiting_first_contact,
            &mut self.open,
            &mut self.paused,
        ]
    }

    /// Forgets what happened before `now`, but not who is there.
    pub fn open(&mut self, now: SimTime) {
        let Self {
            waiting,
            awaiting_first_contact,
            open,
            paused,
            ..
        } = *self;
        *self = Self {
            waiting,
            awaiting_first_contact,
            open,
            paused,
            ..Self::default()
        };
        for level in self.levels() {
            level.open(now);
        }
    }
}

/// What was seen of a post.
#[derive(Clone, Debug, Default)]
pub struct PostTally {
    /// Cases, as for any other scope; a post has no waiting list.
    pub scope: ScopeTally,
    /// Seconds spent at each number of open cases.
    pub seconds_at_caseload: Vec<u64>,
    /// 1 while the post is held.
    pub held: Level,
    /// 1 while it is vacant between two holders.
    pub vacant: Level,
    /// Holders who left: resigned, or whose term was not renewed.
    pub leavers: u64,
    /// Where contracted time went.
    pub year: ContractedTime,
    /// Strain, week by week.
    pub strain: StrainTally,
    /// Nominal client time in the period, in seconds.
    pub available_seconds: u64,
    /// Of this, what made up for earlier overruns.
    pub taken_back_seconds: u64,
    /// Client time worked, in the window or beyond it.
    pub busy_seconds: u64,
    /// Client time in a window with no work in hand.
    pub idle_seconds: u64,
    /// Client time spent on the way between sites, in the window or beyond it.
    pub travel_seconds: u64,
    /// Clinic slots that were held, whether anybody came or not.
    pub clinic_slots_offered: u64,
    /// Of these, slots to which somebody came.
    pub clinic_slots_used: u64,
    /// Slots to which nobody came of those booked.
    pub clinic_slots_missed: u64,
    /// Client time worked, or spent on the way, outside windows.
    pub overrun_seconds: u64,
    /// Working days lost to sickness.
    pub sickness_days: u64,
    /// From receipt to first contact, of first contacts that the post made to the cohort.
    pub wait_to_first_contact: Total,
    /// Holders who began within the replication and in the period.
    pub hires: u64,
    /// Time filled and vacant in each financial year of the model's reimbursement.
    pub financial_years: Vec<FilledTime>,
}

/// How long a post was filled and how long vacant, in seconds of the period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FilledTime {
    /// Filled, notice that is worked included.
    pub filled: u64,
    /// Vacant between two holders.
    pub vacant: u64,
}

/// Where the contracted time of a post went, in seconds of the period. What is not listed here is
/// client time: [`PostTally::available_seconds`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ContractedTime {
    /// All of it, from the post's first day to its last.
    pub contracted: u64,
    /// On working days present, beside client time.
    pub non_client: u64,
    /// On days that are closed: bank holidays and the file's closed days.
    pub closed: u64,
    /// On annual leave.
    pub leave: u64,
    /// In training.
    pub training: u64,
    /// Lost to sickness.
    pub sickness: u64,
    /// Of days on which a holder should have come and did not.
    pub not_turned_up: u64,
    /// While the post was vacant between two holders.
    pub vacancy: u64,
    /// Client time that a new holder did not have yet.
    pub ramp: u64,
}

/// Strain of a post over the weeks of the period with available hours.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct StrainTally {
    /// Sum of strain at the ends of weeks.
    pub sum: f64,
    /// Weeks.
    pub weeks: u64,
    /// Weeks at risk.
    pub weeks_at_risk: u64,
    /// Weeks at risk running, at present.
    pub spell: u64,
    /// Most weeks at risk running.
    pub longest_spell: u64,
    /// Which year of 52 weeks of the period it is, counted from 0.
    pub year: u64,
    /// Weeks at risk in it.
    pub at_risk_this_year: u64,
    /// Whether some year had more than twelve.
    pub had_many_weeks: bool,
}

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
    /// The PCN.
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
    /// Waits on each clock, of the cohort and of those there from the start.
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
