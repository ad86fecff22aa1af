//! Annual leave and training.
//!
//! - **Annual leave** is an entitlement in hours: `(days + bank holidays) x weekly hours / 5`,
//!   less the hours that bank holidays take from the post's own pattern, so a part-timer on five
//!   short days has as many days as anyone, and one who never works on Mondays gets the Monday
//!   bank holidays back. The leave year runs from 1 April. [`WHOLE_WEEKS`] of it is taken as
//!   whole weeks, drawn without replacement; the rest as single days; a last part of a day is a
//!   whole day with that probability, so that the expectation is exact.
//! - **Leave at the same time**: of the workers who serve a practice only a share, and at least one,
//!   may be away in one whole week of a leave year. They choose in the order of the file, each in
//!   an order of weeks of its own; who comes later yields. The limit is that of those who have
//!   chosen so far, so that a worker at the end of the file changes nobody's leave but its own.
//! - **Training** days are single days that are left.

use super::super::streams::{Draws, Purpose, ReplicationKey};
use super::Absence;
use crate::model::time::SECONDS_PER_WEEK;
use crate::model::{Calendar, CalendarKind, Day, Model, PoolId, Post, SimDuration, SimTime};
use jiff::civil::Date;

/// Share of annual leave that is taken as whole weeks (assumption, grade D: 27 days are four weeks
/// and seven single days).
pub const WHOLE_WEEKS: f64 = 0.75;

/// The year in whose April the leave year of `date` began.
pub fn leave_year(date: Date) -> i16 {
    date.year() - i16::from(date.month() < 4)
}

/// A day on which the post would work, with its contracted hours.
#[derive(Clone, Copy, Debug)]
struct WorkingDate {
    /// The Monday of its week.
    monday: Date,
    /// The simulated day, if it is one.
    day: Option<Day>,
    hours: f64,
}

/// One leave year of one post: what is the same in all replications.
#[derive(Clone, Debug)]
pub struct LeaveYear {
    year: i16,
    weekly_hours: f64,
    /// Hours of leave beside bank holidays.
    leave_hours: f64,
    training_hours: f64,
    working: Vec<WorkingDate>,
}

impl LeaveYear {
    /// The year from April of `year` of `post`.
    pub fn new(calendar: &Calendar, post: &Post, year: i16) -> Self {
        let hours = post.contracted_time.map(SimDuration::hours);
        let weekly_hours: f64 = hours.iter().sum();
        let days_a_week = match calendar.kind() {
            CalendarKind::England => 5.0,
            CalendarKind::AlwaysOpen => 7.0,
        };
        // Bank holidays of the year, and the hours that they take from the post's pattern.
        let (mut bank_holidays, mut bank_holiday_hours) = (0.0, 0.0);
        let mut working = Vec::new();
        let first = jiff::civil::date(year, 4, 1);
        let last = jiff::civil::date(year + 1, 3, 31);
        for date in first
            .series(jiff::Span::new().days(1))
            .take_while(|date| *date <= last)
        {
            let hours = hours[date.weekday().to_monday_zero_offset() as usize];
            if calendar.is_bank_holiday(date) {
                bank_holidays += 1.0;
                bank_holiday_hours += hours;
            } else if hours > 0.0 && calendar.is_working_date(date) {
                working.push(WorkingDate {
                    monday: monday(date),
                    day: calendar.day_of(date),
                    hours,
                });
            }
        }
        // Hours of one day of leave as the contract counts them.
        let day_hours = weekly_hours / days_a_week;
        let entitled = (post.annual_leave_days + bank_holidays) * day_hours;
        Self {
            year,
            weekly_hours,
            leave_hours: (entitled - bank_holiday_hours).max(0.0),
            training_hours: post.training_days * day_hours,
            working,
        }
    }

    /// Writes leave and training of `post` into its plan.
    pub fn plan(
        &self,
        post: &Post,
        key: ReplicationKey,
        together: &mut Together,
        plan: &mut [Absence],
    ) {
        let draws_of = |purpose, slot| {
            let stream = key.stream_key(purpose, post.key());
            stream.draws(self.year as u64, slot)
        };
        let mut draws = draws_of(Purpose::Leave, 0);
        let mut spare = draws_of(Purpose::Leave, 1);
        let mondays = self.choose_weeks([&mut draws, &mut spare], together);
        let mut left = self.working.clone();
        let hours = self.leave_hours - take_whole_weeks(&mondays, &mut left, plan);
        take_single_days(hours, Absence::Leave, &mut draws, &mut left, plan);
        let mut draws = draws_of(Purpose::Training, 0);
        let hours = self.training_hours;
        take_single_days(hours, Absence::Training, &mut draws, &mut left, plan);
    }

    /// Mondays of the whole weeks that are taken, in a drawn order of all weeks: the first that the rule permits, then, where these are too few, the first of the others.
    ///
    /// As many weeks as are wanted are drawn from the first draws, and more from the second ones,
    /// so that a refused week changes no other draw.
    fn choose_weeks(&self, [draws, spare]: [&mut Draws; 2], together: &mut Together) -> Vec<Date> {
        let wanted = (WHOLE_WEEKS * self.leave_hours / self.weekly_hours).floor() as usize;
        let mut mondays: Vec<Date> = self.working.iter().map(|day| day.monday).collect();
        mondays.dedup();
        let (mut chosen, mut refused) = (Vec::new(), Vec::new());
        for index in 0..mondays.len() {
            if chosen.len() == wanted {
                break;
            }
            let draws = if index < wanted {
                &mut *draws
            } else {
                &mut *spare
            };
            let left = mondays.len() - index;
            mondays.swap(index, index + (draws.uniform() * left as f64) as usize);
            if together.takes(mondays[index]) {
                chosen.push(mondays[index]);
            } else {
                refused.push(mondays[index]);
            }
        }
        let lacking = wanted - chosen.len().min(wanted);
        chosen.extend(refused.into_iter().take(lacking));
        chosen
    }
}

/// Takes whole weeks from the days that are `left`; returns the hours they cost.
fn take_whole_weeks(mondays: &[Date], left: &mut Vec<WorkingDate>, plan: &mut [Absence]) -> f64 {
    let mut cost = 0.0;
    left.retain(|day| {
        let is_taken = mondays.contains(&day.monday);
        if is_taken {
            cost += day.hours;
            mark(*day, Absence::Leave, plan);
        }
        !is_taken
    });
    cost
}

/// Takes `hours` as single days from the days that are `left`.
fn take_single_days(
    mut hours: f64,
    absence: Absence,
    draws: &mut Draws,
    left: &mut Vec<WorkingDate>,
    plan: &mut [Absence],
) {
    while hours > 1e-9 && !left.is_empty() {
        let chosen = (draws.uniform() * left.len() as f64) as usize;
        let day = left[chosen];
        if day.hours > hours + 1e-9 && draws.uniform() >= hours / day.hours {
            return;
        }
        left.swap_remove(chosen);
        mark(day, absence, plan);
        hours -= day.hours;
    }
}

/// Marks a day in the plan, if it is simulated. Leave and training stand before sickness.
fn mark(day: WorkingDate, absence: Absence, plan: &mut [Absence]) {
    if let Some(place) = day.day.and_then(|day| plan.get_mut(day.index())) {
        *place = absence;
    }
}

/// The Monday of the week of `date`.
fn monday(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_sub(jiff::Span::new().days(back))
}

/// Weeks that a leave year touches, at most.
const WEEKS: usize = 54;

/// The workers of each pool of practices in each week of a leave year: how many there are, and how
/// many of them are away for the whole week.
///
/// Practices that the same workers serve are one pool, so that a large team costs no more than a
/// small one.
pub struct Together {
    share: f64,
    /// Monday of the first week.
    first_monday: Date,
    /// The same in seconds of the clock: it may lie before the clock's zero.
    begins: i64,
    /// Pool x week: workers, and workers away.
    weeks: Vec<(u32, u32)>,
    /// Pools and weeks of whoever chooses.
    pools: Vec<PoolId>,
    held: [bool; WEEKS],
}

impl Together {
    /// Nobody has chosen yet in the leave year from April of `year`.
    pub fn new(model: &Model, pools: usize, year: i16) -> Self {
        let first_monday = monday(jiff::civil::date(year, 4, 1));
        let share = model.absence.on_leave_together_share;
        let before = model.calendar.first().duration_since(first_monday);
        Self {
            share,
            first_monday,
            begins: -before.as_secs(),
            weeks: if share < 1.0 {
                vec![(0, 0); pools * WEEKS]
            } else {
                Vec::new()
            },
            pools: Vec::new(),
            held: [false; WEEKS],
        }
    }

    /// `post`, which serves `pools`, is the next to choose.
    pub fn joined_by(&mut self, post: &Post, pools: &[PoolId]) {
        if self.weeks.is_empty() {
            return;
        }
        self.pools.clear();
        self.pools.extend_from_slice(pools);
        for week in 0..WEEKS {
            self.held[week] = self.is_held(post, week);
            if self.held[week] {
                for pool in pools {
                    self.weeks[pool.index() * WEEKS + week].0 += 1;
                }
            }
        }
    }

    /// Whether the post is held in some part of a week.
    fn is_held(&self, post: &Post, week: usize) -> bool {
        let begins = self.begins + (week as u64 * SECONDS_PER_WEEK) as i64;
        let ends = begins + SECONDS_PER_WEEK as i64;
        let seconds = |time: SimTime| time.seconds() as i64;
        post.starts.is_none_or(|starts| seconds(starts) < ends)
            && post.ends.is_none_or(|after| seconds(after) > begins)
    }

    /// Whether the rule lets whoever chooses take the week of `monday`; then it is taken.
    fn takes(&mut self, monday: Date) -> bool {
        let days = monday.duration_since(self.first_monday).as_hours() / 24;
        let week = (days / 7) as usize;
        if self.weeks.is_empty() || !self.held[week] {
            return true;
        }
        let share = self.share;
        let has_room = |&(workers, away): &(u32, u32)| {
            // A little is added, for shares such as 1/3 of 3.
            let most = (share * f64::from(workers) + 1e-9) as u32;
            away < most.max(1)
        };
        let place = |pool: &PoolId| pool.index() * WEEKS + week;
        if !self
            .pools
            .iter()
            .all(|pool| has_room(&self.weeks[place(pool)]))
        {
            return false;
        }
        for pool in &self.pools {
            self.weeks[place(pool)].1 += 1;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leave_years_begin_in_april() {
        let year = |month, day| leave_year(jiff::civil::date(2027, month, day));
        let years = [(1, 1), (3, 31), (4, 1), (12, 31)].map(|(month, day)| year(month, day));
        assert_eq!(years, [2026, 2026, 2027, 2027]);
    }
}
