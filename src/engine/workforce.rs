//! Who is at work on which day: leave, training and sickness of each post.
//!
//! All of it is drawn from the post's own streams, keyed by the post and the date (leave and
//! training by the leave year), never by what happened: two options meet the same absences.
//!
//! - **Annual leave** is an entitlement in hours: `(days + bank holidays) x weekly hours / 5`,
//!   less the hours that bank holidays take from the post's own pattern, so a part-timer on five
//!   short days has as many days as anyone, and one who never works on Mondays gets the Monday
//!   bank holidays back. The leave year runs from 1 April. [`WHOLE_WEEKS`] of it is taken as
//!   whole weeks, drawn without replacement; the rest as single days; a last part of a day is a
//!   whole day with that probability, so that the expectation is exact.
//! - **Training** days are single days that are left.
//! - **Sickness**: on every date a spell starts with a small probability and a drawn length in
//!   calendar days; the post is sick on the union of the spells. The probability is solved so that
//!   the share of days covered is `sickness_share`. A sick day counts where the post would
//!   otherwise have worked.

use super::streams::{Draws, Purpose, ReplicationKey};
use crate::model::distribution::Sampler;
use crate::model::{Calendar, CalendarKind, Day, Distribution, Model, Post, SimDuration};
use jiff::civil::Date;

/// Share of annual leave that is taken as whole weeks (assumption, grade D: 27 days are four weeks
/// and seven single days).
pub const WHOLE_WEEKS: f64 = 0.75;

/// A spell is no longer than this many days, and none that began longer ago is looked for.
const LONGEST_SPELL_DAYS: u32 = 366;

/// Sickness spells: 90% lognormal with mean 4 days, 10% with mean 40 days (evidence, section E;
/// assumption). The coefficient of variation is 1 in both (assumption, grade D).
const SPELLS: [(f64, f64); 2] = [(0.9, 4.0), (0.1, 40.0)];
const SPELL_CV: f64 = 1.0;

/// Why a post is not at work on a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absence {
    /// It is at work, if it has contracted time that day.
    #[default]
    None,
    /// Annual leave.
    Leave,
    /// Training.
    Training,
    /// Sickness.
    Sickness,
}

/// How sickness spells are drawn.
#[derive(Clone, Debug)]
pub struct Spells {
    lengths: [Sampler; 2],
}

impl Default for Spells {
    fn default() -> Self {
        Self {
            lengths: SPELLS.map(|(_, mean)| spell_length(mean).sampler()),
        }
    }
}

fn spell_length(mean: f64) -> Distribution {
    Distribution::Lognormal { mean, cv: SPELL_CV }
}

impl Spells {
    /// Length of a spell in whole days, at least 1.
    fn days(&self, kind: f64, draws: &mut Draws) -> u32 {
        let length = &self.lengths[usize::from(kind >= SPELLS[0].0)];
        (length.sample(draws).ceil() as u32).clamp(1, LONGEST_SPELL_DAYS)
    }

    /// Probability that a spell starts on a day such that `share` of days are covered: with S(k)
    /// the probability that a spell outlasts k days, a day is free with probability
    /// `product over k of (1 - p S(k))`; solved by bisection.
    #[must_use]
    pub fn start_probability(share: f64) -> f64 {
        let outlasts = |days: u32| -> f64 {
            SPELLS
                .iter()
                .map(|(weight, mean)| weight * (1.0 - spell_length(*mean).cdf(f64::from(days))))
                .sum()
        };
        let outlasts: Vec<f64> = (0..LONGEST_SPELL_DAYS).map(outlasts).collect();
        let free = |p: f64| outlasts.iter().map(|s| libm::log1p(-p * s)).sum::<f64>();
        let wanted = libm::log1p(-share);
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if free(middle) > wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    }
}

/// Writes each simulated day's absence of `post` in replication `key` into `plan`.
/// `start_probability` is [`Spells::start_probability`] of the post's sickness share.
pub fn plan_absences(
    model: &Model,
    post: &Post,
    spells: &Spells,
    start_probability: f64,
    key: ReplicationKey,
    plan: &mut Vec<Absence>,
) {
    plan.clear();
    plan.resize(model.days() as usize, Absence::None);
    if post.sickness_share > 0.0 {
        plan_sickness(model, post, spells, start_probability, key, plan);
    }
    if post.annual_leave_days > 0.0 || post.training_days > 0.0 {
        let calendar = &model.calendar;
        let first = leave_year(calendar.first());
        let last = leave_year(calendar.date(Day(model.days().saturating_sub(1))));
        for year in first..=last {
            LeaveYear::new(calendar, post, year).plan(key, plan);
        }
    }
}

fn plan_sickness(
    model: &Model,
    post: &Post,
    spells: &Spells,
    start_probability: f64,
    key: ReplicationKey,
    plan: &mut [Absence],
) {
    let stream = key.stream_key(Purpose::Sickness, post.key());
    let first = days_since_2000(model.calendar.first());
    let mut sick_until = 0;
    for back in 0..LONGEST_SPELL_DAYS + plan.len() as u32 {
        let date = first - i64::from(LONGEST_SPELL_DAYS) + i64::from(back);
        let mut draws = stream.draws(date as u64, 0);
        if draws.uniform() < start_probability {
            let kind = draws.uniform();
            sick_until = sick_until.max(back + spells.days(kind, &mut draws));
        }
        if back >= LONGEST_SPELL_DAYS && back < sick_until {
            plan[(back - LONGEST_SPELL_DAYS) as usize] = Absence::Sickness;
        }
    }
}

/// Days from 1 January 2000, for keys that do not depend on the period.
pub(super) fn days_since_2000(date: Date) -> i64 {
    let epoch = jiff::civil::date(2000, 1, 1);
    i64::from(date.duration_since(epoch).as_hours() as i32 / 24)
}

/// The year in whose April the leave year of `date` began.
fn leave_year(date: Date) -> i16 {
    date.year() - i16::from(date.month() < 4)
}

/// A day on which the post would work, with its contracted hours.
#[derive(Clone, Copy, Debug)]
struct WorkingDate {
    date: Date,
    hours: f64,
}

/// One leave year of one post.
struct LeaveYear<'a> {
    calendar: &'a Calendar,
    post: &'a Post,
    year: i16,
    /// Hours of one day of leave as the contract counts them.
    day_hours: f64,
    weekly_hours: f64,
    working: Vec<WorkingDate>,
    /// Bank holidays of the year, and the hours that they take from the post's pattern.
    bank_holidays: f64,
    bank_holiday_hours: f64,
}

impl<'a> LeaveYear<'a> {
    fn new(calendar: &'a Calendar, post: &'a Post, year: i16) -> Self {
        let hours = post.contracted_time.map(SimDuration::hours);
        let weekly_hours: f64 = hours.iter().sum();
        let days_a_week = match calendar.kind() {
            CalendarKind::England => 5.0,
            CalendarKind::AlwaysOpen => 7.0,
        };
        let mut this = Self {
            calendar,
            post,
            year,
            day_hours: weekly_hours / days_a_week,
            weekly_hours,
            working: Vec::new(),
            bank_holidays: 0.0,
            bank_holiday_hours: 0.0,
        };
        let first = jiff::civil::date(year, 4, 1);
        let last = jiff::civil::date(year + 1, 3, 31);
        for date in first
            .series(jiff::Span::new().days(1))
            .take_while(|date| *date <= last)
        {
            let hours = hours[date.weekday().to_monday_zero_offset() as usize];
            if calendar.is_bank_holiday(date) {
                this.bank_holidays += 1.0;
                this.bank_holiday_hours += hours;
            } else if hours > 0.0 && calendar.is_working_date(date) {
                this.working.push(WorkingDate { date, hours });
            }
        }
        this
    }

    fn plan(mut self, key: ReplicationKey, plan: &mut [Absence]) {
        let mut draws = key
            .stream_key(Purpose::Leave, self.post.key())
            .draws(self.year as u64, 0);
        let entitled = (self.post.annual_leave_days + self.bank_holidays) * self.day_hours;
        let mut left = (entitled - self.bank_holiday_hours).max(0.0);
        left -= self.take_whole_weeks(left, &mut draws, plan);
        self.take_single_days(left, Absence::Leave, &mut draws, plan);
        let mut draws = key
            .stream_key(Purpose::Training, self.post.key())
            .draws(self.year as u64, 0);
        let training = self.post.training_days * self.day_hours;
        self.take_single_days(training, Absence::Training, &mut draws, plan);
    }

    /// Takes whole weeks out of `hours` of leave; returns the hours they cost.
    fn take_whole_weeks(&mut self, hours: f64, draws: &mut Draws, plan: &mut [Absence]) -> f64 {
        let wanted = (WHOLE_WEEKS * hours / self.weekly_hours).floor() as usize;
        let mut mondays: Vec<Date> = self.working.iter().map(|day| monday(day.date)).collect();
        mondays.dedup();
        let chosen = choose(&mut mondays, wanted, draws);
        let mut cost = 0.0;
        let (taken, left): (Vec<WorkingDate>, Vec<WorkingDate>) = self
            .working
            .iter()
            .copied()
            .partition(|day| chosen.contains(&monday(day.date)));
        for day in taken {
            cost += day.hours;
            mark(self.calendar, plan, day.date, Absence::Leave);
        }
        self.working = left;
        cost
    }

    /// Takes `hours` as single days from the days that are left.
    fn take_single_days(
        &mut self,
        hours: f64,
        absence: Absence,
        draws: &mut Draws,
        plan: &mut [Absence],
    ) {
        let mut left = hours;
        while left > 1e-9 && !self.working.is_empty() {
            let chosen = (draws.uniform() * self.working.len() as f64) as usize;
            let day = self.working[chosen];
            if day.hours > left + 1e-9 && draws.uniform() >= left / day.hours {
                return;
            }
            self.working.swap_remove(chosen);
            mark(self.calendar, plan, day.date, absence);
            left -= day.hours;
        }
    }
}

/// The Monday of the week of `date`.
fn monday(date: Date) -> Date {
    let back = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_sub(jiff::Span::new().days(back))
}

/// `wanted` of `items`, without replacement (Fisher and Yates).
fn choose<'a>(items: &'a mut [Date], wanted: usize, draws: &mut Draws) -> &'a [Date] {
    let wanted = wanted.min(items.len());
    for index in 0..wanted {
        let other = index + (draws.uniform() * (items.len() - index) as f64) as usize;
        items.swap(index, other);
    }
    &items[..wanted]
}

/// Marks `date` in the plan, if it is simulated. Leave and training stand before sickness.
fn mark(calendar: &Calendar, plan: &mut [Absence], date: Date, absence: Absence) {
    if let Some(day) = calendar.day_of(date)
        && let Some(place) = plan.get_mut(day.index())
    {
        *place = absence;
    }
}
