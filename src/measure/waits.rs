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
use crate::stats::{Exit, ExitKind, Watch};

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
    /// Whether there are several practices, and several case types: else the one is everybody's.
    has_practices: bool,
    has_case_types: bool,
    case_types: usize,
    sources: usize,
    scopes: usize,
}

impl Positions {
    const PRACTICES: usize = 1;

    /// Whether everybody is of this scope: one practice or one case type is the whole PCN.
    const fn is_everybody(&self, scope: usize) -> bool {
        scope == 0
            || (!self.has_practices && scope == Self::PRACTICES)
            || (!self.has_case_types && scope == self.case_types)
    }

    const fn of(seen: &Observations) -> Self {
        let case_types = Self::PRACTICES + seen.practices.len();
        let sources = case_types + seen.case_types.len();
        Self {
            has_practices: seen.practices.len() > 1,
            has_case_types: seen.case_types.len() > 1,
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
                    work.write_curve(scope, &mut curves.shares[from..from + days]);
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

/// Who waits in one scope, and sums over those who count in means.
#[derive(Clone, Debug, Default)]
struct Group {
    watch: Watch,
    happened: u64,
    sum: f64,
    squares: f64,
}

impl Group {
    fn clear(&mut self) {
        self.watch.clear();
        (self.happened, self.sum, self.squares) = (0, 0.0, 0.0);
    }

    /// A wait of so many `days` ends.
    #[inline(always)]
    fn end(&mut self, exit: Exit, counts: bool, days: f64) {
        self.watch.leave(exit);
        if counts {
            self.happened += 1;
            self.sum += days;
            self.squares += days * days;
        }
    }
}

/// A wait as it is sorted, with all that it is dealt out by: nothing need be looked up afterwards.
#[derive(Clone, Copy, Debug)]
struct Ended {
    /// Its seconds, above two bits for how it ended ([`how`]): in order of time, at one time the
    /// censored last.
    order: u64,
    practice: u32,
    case_type: u16,
    source: u8,
}

/// What waited for happened, to somebody of the cohort: it counts in means.
const HAPPENED_TO_COHORT: u64 = 0;
const HAPPENED: u64 = 1;
const LEFT: u64 = 2;
const CENSORED: u64 = 3;

/// How a wait ended and whether it was one of the cohort's.
const fn how(wait: &Wait) -> u64 {
    match wait.end {
        WaitEnd::Happened if wait.in_cohort => HAPPENED_TO_COHORT,
        WaitEnd::Happened => HAPPENED,
        WaitEnd::Left => LEFT,
        WaitEnd::Censored => CENSORED,
    }
}

impl Ended {
    const fn new(wait: &Wait, time: u64) -> Self {
        Self {
            order: time << 2 | how(wait),
            practice: wait.practice,
            case_type: wait.case_type,
            source: wait.source,
        }
    }

    const fn time(&self) -> u64 {
        self.order >> 2
    }

    const fn counts(&self) -> bool {
        self.order & 3 == HAPPENED_TO_COHORT
    }

    const fn exit(&self) -> Exit {
        let kind = match self.order & 3 {
            HAPPENED_TO_COHORT | HAPPENED => ExitKind::Event,
            LEFT => ExitKind::Competing,
            _ => ExitKind::Censored,
        };
        Exit {
            time: self.time(),
            kind,
        }
    }

    /// Places of the groups that it is of; past the end where there is none.
    #[inline]
    fn places(&self, positions: &Positions) -> [usize; 4] {
        let or_none = |has: bool, place: usize| if has { place } else { usize::MAX };
        [
            0,
            or_none(
                positions.has_practices,
                Positions::PRACTICES + self.practice as usize,
            ),
            or_none(
                positions.has_case_types,
                positions.case_types + usize::from(self.case_type),
            ),
            // A single source has no group, and who was there at the start is of no source.
            positions.sources + usize::from(self.source),
        ]
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
}

impl Groups {
    fn new(positions: Positions) -> Self {
        Self {
            ended: Vec::new(),
            groups: vec![Group::default(); positions.scopes],
            positions,
        }
    }

    /// Sorts `waits` by time and deals them out to their scopes.
    fn sort(&mut self, waits: &[Wait], unit: In) {
        let (groups, positions) = (self.groups.as_mut_slice(), &self.positions);
        groups.iter_mut().for_each(Group::clear);
        self.ended.clear();
        for wait in waits {
            let (time, entered) = of_unit(wait, unit);
            let ended = Ended::new(wait, time);
            let late_entry = (entered > 0).then_some(entered);
            // Whoever left at the very instant of entry was never at risk in the period.
            if late_entry.is_some_and(|entry| time <= entry) {
                continue;
            }
            for place in ended.places(positions) {
                if let Some(group) = groups.get_mut(place) {
                    group.watch.come(late_entry);
                }
            }
            self.ended.push(ended);
        }
        radsort::sort_by_key(&mut self.ended, |ended| ended.order);
        groups.iter_mut().for_each(|group| group.watch.begin());
        for ended in &self.ended {
            let (exit, counts, days) = (ended.exit(), ended.counts(), in_days(ended.time()));
            for place in ended.places(positions) {
                if let Some(group) = groups.get_mut(place) {
                    group.end(exit, counts, days);
                }
            }
        }
    }

    /// The summary of one scope.
    fn summarise(&self, scope: usize) -> Summary {
        let group = &self.groups[scope];
        let curve = group.watch.curve();
        let n = group.happened as f64;
        let mean = ratio(group.sum, n);
        let spread = mean.map(|mean| (group.squares - n * mean * mean).max(0.0));
        Summary {
            mean,
            sd: spread
                .and_then(|spread| ratio(spread, n - 1.0))
                .map(f64::sqrt),
            quantiles: QUANTILES.map(|p| curve.quantile(p).map(in_days)),
            ever: curve.plateau(),
        }
    }

    /// Writes the curve of one scope, day by day.
    fn write_curve(&self, scope: usize, shares: &mut [f32]) {
        let curve = self.groups[scope].watch.curve();
        if curve.plateau().is_none() {
            return;
        }
        let days = (0..shares.len() as u64).map(|day| day * SECONDS_PER_DAY);
        for (share, reached) in shares.iter_mut().zip(curve.at_each(days)) {
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
