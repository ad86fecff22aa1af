//! What is counted and summed of the PCN, a practice, a case type, a source or a post.

use crate::model::{SimDuration, SimTime};

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
const COUNTS: usize = Count::CohortAtOnce as usize + 1;

/// The service levels: contacted within this many days.
pub const SERVICE_LEVEL_DAYS: [u64; 3] = [7, 14, 28];

/// A number of people over time: its area is exact, and changes may come in any order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// People now.
    pub value: u64,
    /// Person-seconds up to when it was last brought up to date.
    pub area: u64,
    /// What `value` x time is too much, for those who joined after the clock's zero: it wraps, and
    /// the difference comes out right.
    offset: u64,
}

impl Level {
    /// Brings the area up to `now`.
    #[inline]
    pub fn advance(&mut self, now: SimTime) {
        self.area = self
            .value
            .wrapping_mul(now.seconds())
            .wrapping_sub(self.offset);
    }

    /// One more from `now` on.
    #[inline]
    pub fn increase(&mut self, now: SimTime) {
        self.value += 1;
        self.offset = self.offset.wrapping_add(now.seconds());
    }

    /// One fewer from `now` on.
    #[inline]
    pub fn decrease(&mut self, now: SimTime) {
        debug_assert!(self.value > 0, "nobody leaves an empty place");
        self.value -= 1;
        self.offset = self.offset.wrapping_sub(now.seconds());
    }

    /// Adds another level that has been brought up to the same instant.
    fn add_up(&mut self, other: &Self) {
        self.value += other.value;
        self.area += other.area;
        self.offset = self.offset.wrapping_add(other.offset);
    }

    /// Forgets the past: the period opens at `now`.
    pub fn open(&mut self, now: SimTime) {
        self.area = 0;
        self.offset = self.value.wrapping_mul(now.seconds());
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

    fn add_up(&mut self, other: &Self) {
        self.count += other.count;
        self.seconds += other.seconds;
    }
}

/// What was seen of the PCN, a practice, a case type or a source.
#[derive(Clone, Copy, Debug, Default)]
pub struct ScopeTally {
    counts: [u64; COUNTS],
    /// People on the waiting list.
    pub waiting: Level,
    /// The most that were on it at one time; counted by module `peaks`.
    pub most_waiting: u64,
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

    /// What several scopes amount to together, all of them brought up to the same instant.
    #[must_use]
    pub fn sum<'a>(scopes: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut sum = Self::default();
        for scope in scopes {
            add_each(&mut sum.counts, &scope.counts);
            sum.waiting.add_up(&scope.waiting);
            sum.awaiting_first_contact
                .add_up(&scope.awaiting_first_contact);
            sum.open.add_up(&scope.open);
            sum.paused.add_up(&scope.paused);
            add_each(&mut sum.service_level_of, &scope.service_level_of);
            add_each(&mut sum.service_level_met, &scope.service_level_met);
            sum.follow_up_lateness.add_up(&scope.follow_up_lateness);
            sum.case_duration.add_up(&scope.case_duration);
        }
        sum
    }

    /// The part of it that a case type can have: who is turned back at receipt has none.
    #[must_use]
    pub fn of_a_case_type(mut self) -> Self {
        for at_receipt in [Count::Received, Count::Inappropriate] {
            self.counts[at_receipt as usize] = 0;
        }
        self.paused = Level::default();
        self
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

fn add_each<const N: usize>(sums: &mut [u64; N], values: &[u64; N]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

/// What was seen of a post.
#[derive(Clone, Debug, Default)]
pub struct PostTally {
    /// Cases, as for any other scope; a post has no waiting list.
    pub scope: ScopeTally,
    /// Seconds spent at each number of open cases, up to `caseload_since`.
    pub seconds_at_caseload: Vec<u64>,
    /// Since when it has had as many open cases as now, or when the period opened.
    pub caseload_since: SimTime,
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
    /// Client time worked, in the window or beyond it; known once the period has closed.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A tally in which each thing has happened another number of times.
    fn tally(times: u64) -> ScopeTally {
        let total = Total {
            count: times,
            seconds: 10 * times,
        };
        let level = |value: u64| Level {
            value,
            area: 100 * value,
            offset: 7 * value,
        };
        let mut tally = ScopeTally {
            waiting: level(times),
            most_waiting: times,
            awaiting_first_contact: level(2 * times),
            open: level(3 * times),
            paused: level(1),
            service_level_of: [times, 2 * times, 3 * times],
            service_level_met: [times; 3],
            follow_up_lateness: total,
            case_duration: total,
            ..ScopeTally::default()
        };
        for what in [Count::Received, Count::Inappropriate, Count::Refused] {
            (0..times).for_each(|_| tally.add(what));
        }
        tally
    }

    /// But for the most that waited at one time, which no sum tells.
    #[test]
    fn a_sum_has_everything_of_its_scopes() {
        let mut expected = tally(5);
        expected.paused = Level {
            value: 2,
            area: 200,
            offset: 14,
        };
        expected.most_waiting = 0;
        let sum = ScopeTally::sum(&[tally(2), tally(3)]);
        assert_eq!(format!("{sum:?}"), format!("{expected:?}"));
    }

    #[test]
    fn a_case_type_has_nothing_of_those_turned_back_at_receipt() {
        let of_a_case_type = tally(4).of_a_case_type();
        let counts = [Count::Received, Count::Inappropriate, Count::Refused];
        assert_eq!(counts.map(|what| of_a_case_type.count(what)), [0, 0, 4]);
        assert_eq!(of_a_case_type.paused, Level::default());
        assert_eq!(of_a_case_type.open, tally(4).open);
    }
}
