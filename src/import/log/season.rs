//! The days of a log: which are working days, how much the scenario expects of each, what was received.

use super::current::Current;
use super::entry::Entry;
use super::reader::Log;
use crate::stats::rates::{DayCount, Shape};
use jiff::{ToSpan, civil::Date};

/// Days of a year in a rate.
pub const DAYS_PER_YEAR: f64 = 365.25;

/// The working days of a log with what was received on them.
#[derive(Clone, Debug, PartialEq)]
pub struct Days {
    dates: Vec<Date>,
    /// Counts of all practices.
    pub all: Vec<DayCount>,
    /// Position of the day of each entry.
    day_of: Vec<usize>,
    /// Referrals received on days that are no working days, moved to the next one.
    pub moved: usize,
}

impl Days {
    /// Those of a log. What was received on a day that is no working day counts on the next, or on the last
    /// before it where the log ends; nothing where it has no working day.
    #[must_use]
    pub fn of(log: &Log, now: &Current<'_>) -> Option<Self> {
        let is_working = |date: &Date| now.calendar.is_working_date(*date);
        let dates: Vec<Date> = each_day(log.from, log.to).filter(is_working).collect();
        let last = dates.len().checked_sub(1)?;
        let day = |date: &Date| DayCount {
            month: date.month() as usize - 1,
            weekday: (date.weekday().to_monday_zero_offset() as usize).min(4),
            time: years_between(now.start, *date),
            count: 0.0,
        };
        let mut all: Vec<DayCount> = dates.iter().map(day).collect();
        let place = |entry: &Entry| {
            dates
                .partition_point(|date| *date < entry.received)
                .min(last)
        };
        let day_of: Vec<usize> = log.entries.iter().map(place).collect();
        let mut moved = 0;
        for (entry, day) in log.entries.iter().zip(&day_of) {
            all[*day].count += 1.0;
            moved += usize::from(dates[*day] != entry.received);
        }
        Some(Self {
            dates,
            all,
            day_of,
            moved,
        })
    }

    /// Days from the first day of the log to the last, all of them.
    #[must_use]
    pub fn length(log: &Log) -> i64 {
        log.to.duration_since(log.from).as_hours() / 24 + 1
    }

    /// Weight of each day as the simulation has it: factors normalised over each calendar year, so that the
    /// weights of its days sum to their number, and growth.
    #[must_use]
    pub fn weights(&self, shape: &Shape, now: &Current<'_>) -> Vec<f64> {
        let mut scale = (i16::MIN, 1.0);
        let each = self.dates.iter().zip(&self.all);
        each.map(|(date, day)| {
            if scale.0 != date.year() {
                scale = (date.year(), year_scale(shape, now, date.year()));
            }
            shape.weight(day) * scale.1
        })
        .collect()
    }

    /// Whole calendar months of the log: year and month.
    #[must_use]
    pub fn whole_months(log: &Log) -> Vec<(i16, i8)> {
        let mut months = Vec::new();
        let mut first = log.from.first_of_month();
        while first <= log.to {
            if first >= log.from && first.last_of_month() <= log.to {
                months.push((first.year(), first.month()));
            }
            first = first.saturating_add(1.month());
        }
        months
    }

    /// The sum of weights in a month.
    #[must_use]
    pub fn in_month(&self, weights: &[f64], month: (i16, i8)) -> f64 {
        let each = self.dates.iter().zip(weights);
        let within = each.filter(|(date, _)| (date.year(), date.month()) == month);
        within.map(|(_, weight)| weight).sum()
    }

    /// The month of the day on which an entry counts.
    #[must_use]
    pub fn month_of(&self, entry: usize) -> (i16, i8) {
        let date = self.dates[self.day_of[entry]];
        (date.year(), date.month())
    }
}

/// Every day from one to another.
fn each_day(from: Date, to: Date) -> impl Iterator<Item = Date> {
    from.series(1.day()).take_while(move |date| *date <= to)
}

/// Years from one date to the middle of another.
fn years_between(from: Date, to: Date) -> f64 {
    (to.duration_since(from).as_hours() as f64 / 24.0 + 0.5) / DAYS_PER_YEAR
}

/// What makes the weights of a calendar year sum to the number of its days.
fn year_scale(shape: &Shape, now: &Current<'_>, year: i16) -> f64 {
    let first = jiff::civil::date(year, 1, 1);
    let (mut days, mut sum) = (0.0, 0.0);
    for date in each_day(first, first.last_of_year()) {
        days += 1.0;
        if now.calendar.is_working_date(date) {
            let weekday = (date.weekday().to_monday_zero_offset() as usize).min(4);
            sum += shape.months[date.month() as usize - 1] * shape.weekdays[weekday];
        }
    }
    if sum > 0.0 { days / sum } else { 0.0 }
}
