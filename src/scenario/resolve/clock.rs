//! The clock of a run: dates to instants, from the midnight that opens the first simulated day.

use jiff::civil::Date;
use jiff::{SignedDuration, ToSpan};

use super::Resolver;
use crate::model::time::SECONDS_PER_DAY;
use crate::model::{Calendar, CalendarKind, Period, SimDuration, SimTime};
use crate::scenario::file::{MOST_DAYS, PeriodTable};
use crate::scenario::finding::Finding;
use crate::scenario::reader::Written;

/// The first day of runs on the always-open calendar that give none: a Monday.
const SOME_MONDAY: Date = jiff::civil::date(2000, 1, 3);
/// Years whose bank holidays are known.
const ENGLAND_YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;

/// The clock of a run.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Which days are worked.
    pub kind: CalendarKind,
    /// The first simulated day.
    pub zero: Date,
    /// The results collection period.
    pub period: Period,
}

impl Clock {
    /// A clock to go on with when the period was refused.
    const SOME: Self = Self {
        kind: CalendarKind::England,
        zero: SOME_MONDAY,
        period: Period {
            opens: SimTime::ZERO,
            closes: SimTime::from_seconds(7 * SECONDS_PER_DAY),
        },
    };

    /// Days from the first simulated day to a date; below zero before it.
    #[must_use]
    pub fn day_of(&self, date: Date) -> i64 {
        date.duration_since(self.zero).as_hours() / 24
    }

    /// The midnight that opens the day of that number; zero for the days before.
    #[must_use]
    pub fn midnight(&self, day: i64) -> SimTime {
        SimTime::from_seconds(u64::try_from(day).unwrap_or(0) * SECONDS_PER_DAY)
    }

    /// Whether the day of that number begins only when all is over.
    #[must_use]
    pub fn is_after_all(&self, day: i64) -> bool {
        self.midnight(day) >= self.period.closes
    }

    /// The calendar of the simulated days.
    #[must_use]
    pub fn calendar(&self, closed_days: &[Date]) -> Calendar {
        let days = self.period.closes.seconds().div_ceil(SECONDS_PER_DAY);
        Calendar::new(self.kind, self.zero, days as u32, closed_days)
    }
}

/// The clock of a period; what is wrong with it is reported.
pub fn clock(period: Option<&Written<PeriodTable>>, has_start: bool, r: &mut Resolver) -> Clock {
    let Some(Written { value: period, .. }) = period else {
        return Clock::SOME;
    };
    let kind = period.calendar.used(&mut r.ledger);
    let (start, length) = (start_of(period, kind, r), length_of(period, r));
    let warm_up = warm_up_days(period, has_start, r);
    let (Some(kind), Some(start), Some(length), Some(warm_up)) = (kind, start, length, warm_up)
    else {
        return Clock {
            kind: kind.unwrap_or(CalendarKind::England),
            ..Clock::SOME
        };
    };
    let opens = SimTime::ZERO + SimDuration::from_seconds(warm_up * SECONDS_PER_DAY);
    let zero = start.checked_sub((warm_up as i64).days()).unwrap_or(start);
    let clock = Clock {
        kind,
        zero,
        period: Period {
            opens,
            closes: opens + length,
        },
    };
    check_years(period, &clock, start, r);
    clock
}

fn start_of(period: &PeriodTable, kind: Option<CalendarKind>, r: &mut Resolver) -> Option<Date> {
    if period.start.is_in_file() {
        return period.start.peek().copied();
    }
    match kind? {
        CalendarKind::AlwaysOpen => Some(SOME_MONDAY),
        CalendarKind::England => {
            let finding = Finding::new(period.at.place, "period.start", "is missing");
            r.findings
                .add(finding.allowed("a date such as 2026-10-05, without quotes"));
            None
        }
    }
}

fn length_of(period: &PeriodTable, r: &mut Resolver) -> Option<SimDuration> {
    if !period.weeks.is_in_file() && !period.days.is_in_file() {
        let finding = Finding::new(period.at.place, "period.weeks", "is missing");
        r.findings.add(finding.allowed("one of `weeks` and `days`"));
        return None;
    }
    let weeks = period
        .weeks
        .given()
        .map(|weeks| (weeks.value * 7.0, &weeks.at));
    let (days, at) = weeks.or_else(|| period.days.given().map(|days| (days.value, &days.at)))?;
    let length = SimDuration::from_days(days);
    if length == SimDuration::ZERO {
        let finding = Finding::at(at, "is shorter than a second");
        r.findings.add(finding);
        return None;
    }
    Some(length)
}

fn warm_up_days(period: &PeriodTable, has_start: bool, r: &mut Resolver) -> Option<u64> {
    if period.warm_up_weeks.is_wrong() || period.warm_up_days.is_wrong() {
        return None;
    }
    let weeks = period
        .warm_up_weeks
        .given()
        .map(|weeks| (weeks.value * 7, &weeks.at));
    let given = weeks.or_else(|| {
        period
            .warm_up_days
            .given()
            .map(|days| (days.value, &days.at))
    });
    match given {
        Some((days, at)) if has_start && days > 0 => {
            r.findings.add(
                Finding::at(at, "cannot stand together with `start`").hint(
                    "a run that starts from today's list has no warm-up: remove one of the two",
                ),
            );
            None
        }
        Some((days, _)) => Some(days),
        None => Some(0),
    }
}

fn check_years(period: &PeriodTable, clock: &Clock, start: Date, r: &mut Resolver) {
    let seconds = i64::try_from(clock.period.closes.seconds()).unwrap_or(i64::MAX);
    let last_day = SignedDuration::from_hours((seconds - 1) / SECONDS_PER_DAY as i64 * 24);
    let last = clock.zero.checked_add(last_day);
    let finding = |what: &str| Finding::new(period.at.place, "period", what);
    if clock.period.closes.seconds() as f64 > MOST_DAYS * SECONDS_PER_DAY as f64 {
        r.findings
            .add(finding("is longer than 100 years, warm-up included"));
    } else if last.is_err() || start.checked_sub(36_525.days()).is_err() {
        r.findings
            .add(finding("reaches beyond the years 101 to 9999"));
    }
    let known = |date: Date| ENGLAND_YEARS.contains(&date.year());
    let is_known = known(clock.zero) && last.is_ok_and(known);
    if clock.kind == CalendarKind::England && !is_known {
        r.findings.add(
            finding("leaves the years 2000 to 2100, warm-up included").hint(
                "bank holidays are known for these years; `calendar = \"always-open\"` has none",
            ),
        );
    }
}
