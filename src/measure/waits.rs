//! Waits on three clocks, told honestly.
//!
//! The cohort is everybody received in the period and accepted. Mean and standard deviation are
//! over those of the cohort to whom it happened by the end, and stand beside the share to whom it
//! ever happens. Quantiles and curves are of the cumulative incidence (Aalen and Johansen 1978)
//! over everyone accepted: people who lapsed, were not reached or left otherwise count as never;
//! only those still waiting at the end are censored; people who were waiting at the start enter
//! when the period opens (left truncation).

use super::Frame;
use super::catalogue::{self as measures, Measure};
use super::sheet::{Scope, Sheet, ratio};
use crate::engine::Observations;
use crate::engine::observations::{CLOCKS, Clock, Count, PostTally, ScopeTally, Wait, WaitEnd};
use crate::stats::{Curve, Exit, ExitKind, cumulative_incidence};

const SECONDS_PER_DAY: u64 = 86_400;

/// The clocks, in the order of [`Curves`], as the file of curves names them.
pub const CURVE_CLOCKS: [(Clock, &str); CLOCKS] = [
    (Clock::ToFirstContact, "to_first_contact"),
    (Clock::ToFirstAppointment, "to_first_appointment"),
    (Clock::OnList, "on_list"),
];

/// Cumulative incidence by whole days of one replication: scopes (PCN, practices, case types,
/// sources) x [`CURVE_CLOCKS`] x days from 0; not-a-number where there was nobody.
#[derive(Clone, Debug, Default)]
pub struct Curves {
    /// The shares.
    pub shares: Vec<f32>,
}

/// Mean, deviation and quantiles of one clock in one unit, in days.
#[derive(Clone, Copy, Debug, Default)]
struct Summary {
    mean: Option<f64>,
    sd: Option<f64>,
    quantiles: [Option<f64>; 3],
    ever: Option<f64>,
}

const QUANTILES: [f64; 3] = [0.5, 0.9, 0.95];

/// The five measures of one clock in one unit.
type Family = [&'static Measure; 5];

const FAMILIES: [[Family; 2]; CLOCKS] = [
    [
        [
            &measures::TO_FIRST_CONTACT_DAYS_MEAN,
            &measures::TO_FIRST_CONTACT_DAYS_SD,
            &measures::TO_FIRST_CONTACT_DAYS_P50,
            &measures::TO_FIRST_CONTACT_DAYS_P90,
            &measures::TO_FIRST_CONTACT_DAYS_P95,
        ],
        [
            &measures::TO_FIRST_CONTACT_WORKING_DAYS_MEAN,
            &measures::TO_FIRST_CONTACT_WORKING_DAYS_SD,
            &measures::TO_FIRST_CONTACT_WORKING_DAYS_P50,
            &measures::TO_FIRST_CONTACT_WORKING_DAYS_P90,
            &measures::TO_FIRST_CONTACT_WORKING_DAYS_P95,
        ],
    ],
    [
        [
            &measures::TO_FIRST_APPOINTMENT_DAYS_MEAN,
            &measures::TO_FIRST_APPOINTMENT_DAYS_SD,
            &measures::TO_FIRST_APPOINTMENT_DAYS_P50,
            &measures::TO_FIRST_APPOINTMENT_DAYS_P90,
            &measures::TO_FIRST_APPOINTMENT_DAYS_P95,
        ],
        [
            &measures::TO_FIRST_APPOINTMENT_WORKING_DAYS_MEAN,
            &measures::TO_FIRST_APPOINTMENT_WORKING_DAYS_SD,
            &measures::TO_FIRST_APPOINTMENT_WORKING_DAYS_P50,
            &measures::TO_FIRST_APPOINTMENT_WORKING_DAYS_P90,
            &measures::TO_FIRST_APPOINTMENT_WORKING_DAYS_P95,
        ],
    ],
    [
        [
            &measures::ON_LIST_DAYS_MEAN,
            &measures::ON_LIST_DAYS_SD,
            &measures::ON_LIST_DAYS_P50,
            &measures::ON_LIST_DAYS_P90,
            &measures::ON_LIST_DAYS_P95,
        ],
        [
            &measures::ON_LIST_WORKING_DAYS_MEAN,
            &measures::ON_LIST_WORKING_DAYS_SD,
            &measures::ON_LIST_WORKING_DAYS_P50,
            &measures::ON_LIST_WORKING_DAYS_P90,
            &measures::ON_LIST_WORKING_DAYS_P95,
        ],
    ],
];

/// Calendar or working days.
#[derive(Clone, Copy, Debug)]
enum In {
    CalendarDays,
    WorkingDays,
}

/// Where the scopes of each kind stand among all: the PCN, then practices, case types, sources.
#[derive(Clone, Copy, Debug)]
struct Positions {
    case_types: usize,
    sources: usize,
    scopes: usize,
}

impl Positions {
    const PRACTICES: usize = 1;

    /// Whether everybody is of this scope: one practice or one case type is the whole PCN.
    const fn is_everybody(&self, scope: usize) -> bool {
        let one_practice = self.case_types == Self::PRACTICES + 1;
        let one_case_type = self.sources == self.case_types + 1;
        scope == 0
            || (one_practice && scope == Self::PRACTICES)
            || (one_case_type && scope == self.case_types)
    }

    const fn of(seen: &Observations) -> Self {
        let case_types = Self::PRACTICES + seen.practices.len();
        let sources = case_types + seen.case_types.len();
        Self {
            case_types,
            sources,
            scopes: sources + seen.sources.len(),
        }
    }
}

/// The summaries of every scope, clock and unit.
pub struct Summaries {
    /// Scopes (PCN, practices, case types, sources) x clocks x units.
    all: Vec<Summary>,
    positions: Positions,
}

impl Summaries {
    /// Works out every summary, and writes the daily curves.
    pub fn new(frame: &Frame, seen: &Observations, curves: &mut Curves) -> Self {
        let positions = Positions::of(seen);
        let scopes = positions.scopes;
        curves.shares.clear();
        curves
            .shares
            .resize(scopes * CLOCKS * (frame.curve_days + 1), f32::NAN);
        let mut all = vec![Summary::default(); scopes * CLOCKS * 2];
        let mut work = Groups::new(positions);
        for (clock_index, (clock, _)) in CURVE_CLOCKS.iter().enumerate() {
            let waits = &seen.waits[*clock as usize];
            let at = |scope: usize| (scope * CLOCKS + clock_index) * 2;
            let days = frame.curve_days + 1;
            work.sort(waits, In::CalendarDays);
            for scope in 0..scopes {
                let from = (scope * CLOCKS + clock_index) * days;
                if scope > 0 && positions.is_everybody(scope) {
                    all[at(scope)] = all[at(0)];
                    let of_everybody = clock_index * days;
                    curves
                        .shares
                        .copy_within(of_everybody..of_everybody + days, from);
                } else {
                    all[at(scope)] = work.summarise(scope);
                    work.write_curve(&mut curves.shares[from..from + days]);
                }
                all[at(scope) + 1] = all[at(scope)];
            }
            if waits.iter().any(Wait::has_idle_days) {
                work.sort(waits, In::WorkingDays);
                for scope in 0..scopes {
                    all[at(scope) + 1] = match scope > 0 && positions.is_everybody(scope) {
                        true => all[at(0) + 1],
                        false => work.summarise(scope),
                    };
                }
            }
        }
        Self { all, positions }
    }

    /// Writes the waits of the PCN, a practice, a case type or a source.
    pub fn of_scope(
        &self,
        _frame: &Frame,
        scope: Scope,
        entity: usize,
        tally: &ScopeTally,
        sheet: &mut Sheet,
    ) {
        let index = match scope {
            Scope::Practice => Positions::PRACTICES + entity,
            Scope::CaseType => self.positions.case_types + entity,
            Scope::Source => self.positions.sources + entity,
            Scope::Pcn | Scope::Post => 0,
        };
        for (clock, families) in FAMILIES.iter().enumerate() {
            for (unit, family) in families.iter().enumerate() {
                let summary = &self.all[(index * CLOCKS + clock) * 2 + unit];
                sheet.put(family[0], summary.mean);
                sheet.put(family[1], summary.sd);
                for (measure, quantile) in family[2..].iter().zip(summary.quantiles) {
                    sheet.put(measure, quantile);
                }
            }
            if clock == 0 {
                sheet.put(
                    &measures::SHARE_CONTACTED_EVER,
                    self.all[index * CLOCKS * 2].ever,
                );
            }
        }
        service_levels(tally, sheet);
    }
}

fn service_levels(tally: &ScopeTally, sheet: &mut Sheet) {
    let cohort = tally.count(Count::Cohort) as f64;
    sheet.put(
        &measures::WAITED_SHARE,
        ratio(cohort - tally.count(Count::CohortAtOnce) as f64, cohort),
    );
    let levels = [
        &measures::CONTACTED_WITHIN_7_DAYS,
        &measures::CONTACTED_WITHIN_14_DAYS,
        &measures::CONTACTED_WITHIN_28_DAYS,
    ];
    for (index, measure) in levels.into_iter().enumerate() {
        let share = ratio(
            tally.service_level_met[index] as f64,
            tally.service_level_of[index] as f64,
        );
        sheet.put(measure, share);
    }
}

/// The mean wait of the people whom a post contacted first.
pub fn of_post(tally: &PostTally, sheet: &mut Sheet) {
    let wait = &tally.wait_to_first_contact;
    let days = wait.seconds as f64 / SECONDS_PER_DAY as f64;
    sheet.put(
        &measures::TO_FIRST_CONTACT_DAYS_MEAN,
        ratio(days, wait.count as f64),
    );
}

/// Exits, late entries and sums of one scope.
#[derive(Clone, Debug, Default)]
struct Group {
    exits: Vec<Exit>,
    entries: Vec<u64>,
    happened: u64,
    sum: f64,
    squares: f64,
}

impl Group {
    fn clear(&mut self) {
        self.exits.clear();
        self.entries.clear();
        (self.happened, self.sum, self.squares) = (0, 0.0, 0.0);
    }

    #[inline]
    fn add(&mut self, time: u64, how: How) {
        self.exits.push(Exit {
            time,
            kind: how.kind(),
        });
        if how.counts() {
            let days = in_days(time);
            self.happened += 1;
            self.sum += days;
            self.squares += days * days;
        }
    }
}

/// A wait as it is sorted, with all that it is dealt out by: nothing need be looked up afterwards.
#[derive(Clone, Copy, Debug)]
struct Ended {
    time: u64,
    practice: u32,
    case_type: u16,
    source: u8,
    how: How,
}

impl Ended {
    /// Applies `change` to the group of everybody and to those of its scopes.
    #[inline]
    fn deal(&self, groups: &mut [Group], positions: Positions, change: impl Fn(&mut Group)) {
        change(&mut groups[0]);
        if !positions.is_everybody(Positions::PRACTICES) {
            change(&mut groups[Positions::PRACTICES + self.practice as usize]);
        }
        if !positions.is_everybody(positions.case_types) {
            change(&mut groups[positions.case_types + usize::from(self.case_type)]);
        }
        // A single source has no group, and who was there at the start is of no source.
        if let Some(group) = groups.get_mut(positions.sources + usize::from(self.source)) {
            change(group);
        }
    }
}

/// How a wait ended and whether it was one of the cohort's: in one byte, for what lies in a branch is
/// often guessed wrong.
#[derive(Clone, Copy, Debug)]
struct How(u8);

impl How {
    const OF_COHORT: u8 = 4;

    const fn of(wait: &Wait) -> Self {
        Self(wait.end as u8 | if wait.in_cohort { Self::OF_COHORT } else { 0 })
    }

    const fn kind(self) -> ExitKind {
        const HAPPENED: u8 = WaitEnd::Happened as u8;
        const LEFT: u8 = WaitEnd::Left as u8;
        match self.0 & !Self::OF_COHORT {
            HAPPENED => ExitKind::Event,
            LEFT => ExitKind::Competing,
            _ => ExitKind::Censored,
        }
    }

    /// Whether it counts in means: what waited for happened, to somebody of the cohort.
    const fn counts(self) -> bool {
        self.0 == WaitEnd::Happened as u8 | Self::OF_COHORT
    }
}

fn in_days(seconds: u64) -> f64 {
    seconds as f64 / SECONDS_PER_DAY as f64
}

/// The waits of one clock and unit by scope, re-using memory.
struct Groups {
    ended: Vec<Ended>,
    groups: Vec<Group>,
    positions: Positions,
    curve: Curve,
}

impl Groups {
    fn new(positions: Positions) -> Self {
        Self {
            ended: Vec::new(),
            groups: vec![Group::default(); positions.scopes],
            positions,
            curve: Curve::default(),
        }
    }

    /// Sorts `waits` by time and deals them out to their scopes.
    fn sort(&mut self, waits: &[Wait], unit: In) {
        let (groups, positions) = (&mut self.groups, self.positions);
        groups.iter_mut().for_each(Group::clear);
        self.ended.clear();
        for wait in waits {
            let (time, entered) = of_unit(wait, unit);
            let ended = Ended {
                time,
                practice: wait.practice,
                case_type: wait.case_type,
                source: wait.source,
                how: How::of(wait),
            };
            if entered > 0 {
                // Whoever left at the very instant of entry was never at risk in the period.
                if time <= entered {
                    continue;
                }
                ended.deal(groups, positions, |group| group.entries.push(entered));
            }
            self.ended.push(ended);
        }
        radsort::sort_by_key(&mut self.ended, |ended| ended.time);
        for ended in &self.ended {
            ended.deal(groups, positions, |group| group.add(ended.time, ended.how));
        }
        for group in groups {
            group.entries.sort_unstable();
        }
    }

    /// The summary of one scope; leaves its curve to be written.
    fn summarise(&mut self, scope: usize) -> Summary {
        let group = &self.groups[scope];
        cumulative_incidence(&group.exits, &group.entries, &mut self.curve);
        let n = group.happened as f64;
        let mean = ratio(group.sum, n);
        let spread = mean.map(|mean| (group.squares - n * mean * mean).max(0.0));
        Summary {
            mean,
            sd: spread
                .and_then(|spread| ratio(spread, n - 1.0))
                .map(f64::sqrt),
            quantiles: QUANTILES.map(|p| self.curve.quantile(p).map(in_days)),
            ever: self.curve.plateau(),
        }
    }

    /// Writes the curve last summarised, day by day.
    fn write_curve(&self, shares: &mut [f32]) {
        if self.curve.plateau().is_none() {
            return;
        }
        let mut steps = self.curve.steps().iter().peekable();
        let mut reached = 0.0;
        for (day, share) in shares.iter_mut().enumerate() {
            let time = day as u64 * SECONDS_PER_DAY;
            while let Some((_, step)) = steps.next_if(|step| step.0 <= time) {
                reached = *step;
            }
            *share = reached as f32;
        }
    }
}

/// Seconds from receipt to the end of a wait and to its entry.
#[inline]
const fn of_unit(wait: &Wait, unit: In) -> (u64, u64) {
    match unit {
        In::CalendarDays => (wait.seconds, wait.entered),
        In::WorkingDays => (wait.working_seconds, wait.working_entered),
    }
}
