//! The calendar: which days are working days, and how days of the simulation clock become dates.
//!
//! Two calendars exist (model, section 3). *England* works Monday to Friday less the bank holidays
//! of England and Wales, which follow from a few rules and a list of one-off changes; *always
//! open* works every day and is how the engine is configured down to textbook queues. Everything
//! that a replication asks is answered from tables made once. Nothing here knows leave, rotas or
//! opening hours: those belong to posts and practices.

mod bank_holidays;

use jiff::SignedDuration;
use jiff::civil::Date;

pub use bank_holidays::bank_holidays;

use super::time::{Day, SECONDS_PER_DAY, SimDuration, SimTime};

/// Days in the tables after the last day asked for: a quarter, so that what falls due near the
/// end of a period still finds its next working day.
const MARGIN_DAYS: u32 = 13 * 7;

/// What [`Calendar::next_working_day`]'s table holds where the tables end first.
const NO_DAY: u32 = u32::MAX;

/// Which days of a week, and of a year, are worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarKind {
    /// Monday to Friday less the bank holidays of England and Wales.
    England,
    /// Every day.
    AlwaysOpen,
}

/// Dates and working days of one run, from its day 0.
///
/// The tables cover the days asked for and 13 weeks more; days past them are not working days.
#[derive(Clone, Debug, PartialEq)]
pub struct Calendar {
    kind: CalendarKind,
    first: Date,
    /// Weekday of day 0, Monday 0.
    first_weekday: usize,
    /// Sorted, without repeats.
    extra_closed: Vec<Date>,
    working: Vec<bool>,
    /// Working days before each day; one entry more than `working`.
    working_before: Vec<u32>,
    /// The first working day after each day, or [`NO_DAY`].
    next_working: Vec<u32>,
}

impl Calendar {
    /// The calendar of `days` days from `first`, which is day 0. `extra_closed` are dates on which
    /// nobody works although the kind of calendar says so: a local closure, a bank holiday
    /// proclaimed since this was written.
    #[must_use]
    pub fn new(kind: CalendarKind, first: Date, days: u32, extra_closed: &[Date]) -> Self {
        let mut extra_closed = extra_closed.to_vec();
        extra_closed.sort_unstable();
        extra_closed.dedup();
        let length = days.saturating_add(MARGIN_DAYS);
        let working = working_days(kind, first, length, &extra_closed);
        Self {
            kind,
            first,
            first_weekday: weekday_of(first),
            extra_closed,
            working_before: counts_before(&working),
            next_working: next_after(&working),
            working,
        }
    }

    /// Which kind of calendar this is.
    #[must_use]
    pub const fn kind(&self) -> CalendarKind {
        self.kind
    }

    /// The date of day 0.
    #[must_use]
    pub const fn first(&self) -> Date {
        self.first
    }

    /// The date of a day, also past the tables (up to the year 9999, where dates end).
    #[must_use]
    pub fn date(&self, day: Day) -> Date {
        date_after(self.first, day.0)
    }

    /// The day of a date; `None` before day 0 or past the tables.
    #[must_use]
    pub fn day_of(&self, date: Date) -> Option<Day> {
        index_of(self.first, self.working.len(), date).map(|index| Day(index as u32))
    }

    /// Weekday: Monday 0 to Sunday 6.
    #[must_use]
    pub const fn weekday(&self, day: Day) -> usize {
        (self.first_weekday + day.index()) % 7
    }

    /// Whether a day is a working day; never past the tables.
    #[inline]
    #[must_use]
    pub fn is_working_day(&self, day: Day) -> bool {
        self.working.get(day.index()).copied().unwrap_or(false)
    }

    /// Whether a date is a working day, by rule where the tables do not reach: a leave year may
    /// stick out of the period at both ends.
    #[must_use]
    pub fn is_working_date(&self, date: Date) -> bool {
        match self.day_of(date) {
            Some(day) => self.is_working_day(day),
            None => is_open(self.kind, weekday_of(date)) && !self.is_closed(date),
        }
    }

    /// Whether a date is a Monday to Friday that is closed, by a bank holiday or as an extra
    /// closed day.
    #[must_use]
    pub fn is_bank_holiday(&self, date: Date) -> bool {
        weekday_of(date) < 5 && self.is_closed(date)
    }

    /// The first working day strictly after `day`; `None` where the tables end first.
    #[inline]
    #[must_use]
    pub fn next_working_day(&self, day: Day) -> Option<Day> {
        match self.next_working.get(day.index()) {
            None | Some(&NO_DAY) => None,
            Some(&next) => Some(Day(next)),
        }
    }

    /// Time of `[from, to)` that lies on working days, a working day counting from midnight to
    /// midnight; none when `to` is not after `from`.
    #[inline]
    #[must_use]
    pub fn working_time_between(&self, from: SimTime, to: SimTime) -> SimDuration {
        let seconds = self
            .working_seconds_before(to)
            .saturating_sub(self.working_seconds_before(from));
        SimDuration::from_seconds(seconds)
    }

    /// Seconds on working days from the clock's zero to `time`.
    fn working_seconds_before(&self, time: SimTime) -> u64 {
        let days = self.working.len() as u64;
        let index = (time.seconds() / SECONDS_PER_DAY).min(days) as usize;
        let today = if self.working.get(index).copied().unwrap_or(false) {
            time.seconds() % SECONDS_PER_DAY
        } else {
            0
        };
        u64::from(self.working_before[index]) * SECONDS_PER_DAY + today
    }

    /// Whether a date is closed by a bank holiday or as an extra closed day.
    fn is_closed(&self, date: Date) -> bool {
        self.extra_closed.binary_search(&date).is_ok()
            || (self.kind == CalendarKind::England && bank_holidays(date.year()).contains(&date))
    }
}

/// Whether the weekday (Monday 0) is worked when nothing else closes it.
const fn is_open(kind: CalendarKind, weekday: usize) -> bool {
    match kind {
        CalendarKind::England => weekday < 5,
        CalendarKind::AlwaysOpen => true,
    }
}

/// For each of `length` days from `first`: is it a working day?
fn working_days(kind: CalendarKind, first: Date, length: u32, extra_closed: &[Date]) -> Vec<bool> {
    let weekday = weekday_of(first);
    let mut working: Vec<bool> = (0..length as usize)
        .map(|day| is_open(kind, (weekday + day) % 7))
        .collect();
    let holidays = match kind {
        CalendarKind::England => (first.year()..=date_after(first, length).year())
            .flat_map(bank_holidays)
            .collect(),
        CalendarKind::AlwaysOpen => Vec::new(),
    };
    for date in holidays.iter().chain(extra_closed) {
        if let Some(index) = index_of(first, working.len(), *date) {
            working[index] = false;
        }
    }
    working
}

/// Working days before each day, and before the day after the last.
fn counts_before(working: &[bool]) -> Vec<u32> {
    let mut count = 0;
    let mut before = Vec::with_capacity(working.len() + 1);
    before.push(count);
    for &is_working in working {
        count += u32::from(is_working);
        before.push(count);
    }
    before
}

/// The first working day strictly after each day, or [`NO_DAY`].
fn next_after(working: &[bool]) -> Vec<u32> {
    let mut next = vec![NO_DAY; working.len()];
    let mut seen = NO_DAY;
    for (index, &is_working) in working.iter().enumerate().rev() {
        next[index] = seen;
        if is_working {
            seen = index as u32;
        }
    }
    next
}

/// The date `days` after `first`, or the last date there is.
fn date_after(first: Date, days: u32) -> Date {
    first.saturating_add(SignedDuration::from_hours(24 * i64::from(days)))
}

/// Days from `first` to `date`, if that is an index into tables of `length` days.
fn index_of(first: Date, length: usize, date: Date) -> Option<usize> {
    let days = date.duration_since(first).as_hours() / 24;
    usize::try_from(days).ok().filter(|index| *index < length)
}

/// Monday 0 to Sunday 6.
fn weekday_of(date: Date) -> usize {
    date.weekday().to_monday_zero_offset() as usize
}

#[cfg(test)]
mod tests;
