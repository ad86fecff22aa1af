//! When first referrals arrive: a non-homogeneous Poisson process per practice.
//!
//! The `n`-th referral of a practice arrives where the practice's cumulative expected count
//! reaches the sum of the first `n` standard exponential draws (time change of a unit-rate
//! Poisson process; Çinlar 1975). So a referral keeps its number, and with it everything about the
//! person, when a rate changes: a busier option meets the same people sooner.
//!
//! Within a day the intensity is constant over the practice's opening hours, except for the
//! sinusoid on the always-open calendar, which is followed exactly.

use super::streams::{Purpose, ReplicationKey, StreamKey};
use crate::model::time::{DAYS_PER_YEAR, SECONDS_PER_DAY};
use crate::model::{
    Calendar, CalendarKind, Day, Demand, Distribution, Model, Pattern, Practice, PracticeId, Ramp,
    SimDuration, SimTime,
};
use jiff::civil::Date;
use rand_distr::{Distribution as _, Exp1};
use std::f64::consts::TAU;

/// Coefficients of variation of the monthly multiplier that can be drawn. Below the least it is 1
/// for all that can be told; above the greatest a practice refers somebody once in thousands of
/// months, and how those bunch cannot be told either.
const MULTIPLIER_CV: (f64, f64) = (1e-6, 1e3);

/// Expected first referrals by practice and day: what the engine draws from, and what `check`
/// and the tests hold against it.
#[derive(Clone, Debug)]
pub struct Intensity {
    /// Weight of each day, 1 on average, for days from the first of the month of day 0 to the end
    /// of the month of the last day.
    weights: Vec<f64>,
    /// Days before day 0 in `weights`.
    lead: usize,
    /// Where each calendar month begins in `weights`, and a last one where the last ends.
    months: Vec<usize>,
    /// Year x 12 + month of the first month.
    first_month: u64,
    /// Referrals a day at weight 1, by practice.
    daily: Vec<f64>,
    /// Coefficient of variation of the monthly multiplier, practice by practice and month by month;
    /// not finite where nobody is expected. Empty where there is no multiplier.
    multiplier_cvs: Vec<f64>,
    /// The continuous sinusoid, on the always-open calendar.
    wave: Option<Wave>,
}

/// `1 + amplitude x cos(2 pi (t - peak) / period)`, in days from the clock's zero.
#[derive(Clone, Copy, Debug)]
struct Wave {
    amplitude: f64,
    period: f64,
    peak: f64,
}

impl Wave {
    fn at(self, day: f64) -> f64 {
        1.0 + self.amplitude * libm::cos(TAU * (day - self.peak) / self.period)
    }

    /// Integral from the start of the peak's phase to `day`.
    fn integral(self, day: f64) -> f64 {
        let phase = TAU * (day - self.peak) / self.period;
        day + self.amplitude * self.period / TAU * libm::sin(phase)
    }

    /// The fraction of the day from `day` on at which `share` of that day's mass has passed.
    fn invert(self, day: f64, share: f64) -> f64 {
        let from = self.integral(day);
        let wanted = share * (self.integral(day + 1.0) - from);
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..48 {
            let middle = 0.5 * (low + high);
            if self.integral(day + middle) - from < wanted {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }
}

impl Intensity {
    /// The intensity of `model`.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let calendar = &model.calendar;
        let first = calendar.first().first_of_month();
        let last = calendar
            .date(Day(model.days().saturating_sub(1)))
            .last_of_month();
        let wave = wave(model);
        let mut weights = Vec::new();
        let mut months = Vec::new();
        let mut year = YearShape::of(calendar, &model.demand, first.year());
        for date in first
            .series(jiff::Span::new().days(1))
            .take_while(|date| *date <= last)
        {
            if date.year() != year.year {
                year = YearShape::of(calendar, &model.demand, date.year());
            }
            if date.day() == 1 {
                months.push(weights.len());
            }
            let day = days_between(calendar.first(), date);
            let seasonal = match (wave, calendar.kind()) {
                (Some(wave), CalendarKind::England) => wave.at(day + 0.5),
                (Some(wave), CalendarKind::AlwaysOpen) => {
                    wave.integral(day + 1.0) - wave.integral(day)
                }
                (None, _) => 1.0,
            };
            weights.push(year.weight(calendar, date) * seasonal * growth(model, day));
        }
        months.push(weights.len());
        let mut intensity = Self {
            lead: days_between(first, calendar.first()) as usize,
            weights,
            months,
            first_month: first.year() as u64 * 12 + first.month() as u64 - 1,
            daily: model
                .practices
                .iter()
                .map(|practice| practice.referrals_a_year() / DAYS_PER_YEAR)
                .collect(),
            multiplier_cvs: Vec::new(),
            wave: wave.filter(|_| calendar.kind() == CalendarKind::AlwaysOpen),
        };
        if model.demand.dispersion > 1.0 {
            let practices = (0..model.practices.len()).map(|index| PracticeId(index as u32));
            intensity.multiplier_cvs = practices
                .flat_map(|practice| intensity.cvs_by_month(&model.demand, practice))
                .collect();
        }
        intensity
    }

    /// Expected first referrals of `practice` on the day at `index` of `weights`.
    fn expected_at(&self, demand: &Demand, practice: PracticeId, index: usize) -> f64 {
        let usual = self.daily[practice.index()] * self.weights[index];
        if demand.shocks.is_empty() && demand.ramps.is_empty() {
            return usual;
        }
        usual * factor(demand, practice, index as f64 - self.lead as f64)
    }

    /// Expected first referrals of `practice` on `day`.
    #[must_use]
    pub fn expected(&self, demand: &Demand, practice: PracticeId, day: Day) -> f64 {
        self.expected_at(demand, practice, self.lead + day.index())
    }

    /// Which month of the simulation holds `day`, as an index into `months`.
    fn month_of(&self, day: Day, hint: usize) -> usize {
        let index = self.lead + day.index();
        let mut month = hint;
        while self.months[month + 1] <= index {
            month += 1;
        }
        month
    }

    /// The monthly multiplier gives counts of variance `dispersion` x mean: its own variance is
    /// (dispersion - 1) / expected count of the whole calendar month.
    fn cvs_by_month(&self, demand: &Demand, practice: PracticeId) -> impl Iterator<Item = f64> {
        self.months.windows(2).map(move |month| {
            let expected: f64 = (month[0]..month[1])
                .map(|index| self.expected_at(demand, practice, index))
                .sum();
            ((demand.dispersion - 1.0) / expected).sqrt()
        })
    }

    /// Coefficient of variation of a practice's multiplier in a month; `None` where there is none.
    fn multiplier_cv(&self, practice: PracticeId, month: usize) -> Option<f64> {
        let months = self.months.len() - 1;
        let cv = self.multiplier_cvs.get(practice.index() * months + month);
        cv.copied().filter(|cv| cv.is_finite())
    }
}

/// Month and weekday factors of one calendar year, normalised so that the weights of its days sum
/// to the number of its days.
struct YearShape {
    year: i16,
    month: [f64; 12],
    weekday: [f64; 7],
    scale: f64,
}

impl YearShape {
    fn of(calendar: &Calendar, demand: &Demand, year: i16) -> Self {
        let (month, weekday) = match &demand.pattern {
            Pattern::Factors { month, weekday } => (*month, *weekday),
            Pattern::Seasonal { .. } => ([1.0; 12], [1.0; 7]),
        };
        let mut shape = Self {
            year,
            month,
            weekday,
            scale: 1.0,
        };
        let days = jiff::civil::date(year, 1, 1)
            .series(jiff::Span::new().days(1))
            .take_while(|date| date.year() == year);
        let (mut count, mut sum) = (0.0, 0.0);
        for date in days {
            count += 1.0;
            sum += shape.weight(calendar, date);
        }
        shape.scale = if sum > 0.0 { count / sum } else { 0.0 };
        shape
    }

    fn weight(&self, calendar: &Calendar, date: Date) -> f64 {
        if !calendar.is_working_date(date) {
            return 0.0;
        }
        let month = self.month[date.month() as usize - 1];
        let weekday = self.weekday[date.weekday().to_monday_zero_offset() as usize];
        month * weekday * self.scale
    }
}

fn wave(model: &Model) -> Option<Wave> {
    match model.demand.pattern {
        Pattern::Seasonal {
            amplitude,
            period_days,
            peak_day,
        } => Some(Wave {
            amplitude,
            period: period_days,
            peak: peak_day + model.period.opens.since(SimTime::ZERO).days(),
        }),
        Pattern::Factors { .. } => None,
    }
}

/// Compound growth at the middle of a day counted from the clock's zero.
fn growth(model: &Model, day: f64) -> f64 {
    if model.demand.growth_a_year.abs() > 0.0 {
        let years = (day + 0.5 - model.period.opens.since(SimTime::ZERO).days()) / DAYS_PER_YEAR;
        libm::pow(1.0 + model.demand.growth_a_year, years)
    } else {
        1.0
    }
}

/// Shocks and ramps on a day counted from the clock's zero (its middle).
fn factor(demand: &Demand, practice: PracticeId, day: f64) -> f64 {
    let middle = day + 0.5;
    let shocks = demand
        .shocks
        .iter()
        .filter(|shock| shock.practices.contains(&practice))
        .filter(|shock| in_days(shock.starts) <= middle && middle < in_days(shock.ends))
        .map(|shock| shock.factor);
    let ramps = demand
        .ramps
        .iter()
        .filter(|ramp| ramp.practices.contains(&practice))
        .map(|ramp| ramp_at(ramp, middle));
    shocks.product::<f64>() * ramps.product::<f64>()
}

fn ramp_at(ramp: &Ramp, day: f64) -> f64 {
    let (starts, ends) = (in_days(ramp.starts), in_days(ramp.ends));
    let done = ((day - starts) / (ends - starts)).clamp(0.0, 1.0);
    ramp.from_factor + (ramp.to_factor - ramp.from_factor) * done
}

fn in_days(time: SimTime) -> f64 {
    time.since(SimTime::ZERO).days()
}

fn days_between(from: Date, to: Date) -> f64 {
    to.duration_since(from).as_hours() as f64 / 24.0
}

/// The arrival process of one practice in one replication.
#[derive(Clone, Debug)]
pub struct Arrivals {
    practice: PracticeId,
    arrivals: StreamKey,
    months: StreamKey,
    ordinal: u64,
    day: Day,
    /// Expected referrals of `day`, and how much of it has passed.
    mass: f64,
    passed: f64,
    month: usize,
    multiplier: f64,
}

impl Arrivals {
    /// At the beginning of the replication `key`.
    #[must_use]
    pub fn new(model: &Model, intensity: &Intensity, id: PracticeId, key: ReplicationKey) -> Self {
        let entity = model.practices[id.index()].key();
        let mut arrivals = Self {
            practice: id,
            arrivals: key.stream_key(Purpose::Arrivals, entity),
            months: key.stream_key(Purpose::MonthlyRate, entity),
            ordinal: 0,
            day: Day(0),
            mass: 0.0,
            passed: 0.0,
            month: 0,
            multiplier: 1.0,
        };
        arrivals.draw_multiplier(intensity);
        arrivals.mass = arrivals.mass_today(model, intensity);
        arrivals
    }

    /// Ordinal number of the referral that [`Arrivals::next`] gave last, from 1.
    #[must_use]
    pub const fn ordinal(&self) -> u64 {
        self.ordinal
    }

    /// When the next referral arrives; `None` when not within the replication.
    pub fn next(&mut self, model: &Model, intensity: &Intensity) -> Option<SimTime> {
        self.ordinal += 1;
        let mut draws = self.arrivals.draws(self.ordinal, 0);
        let mut wanted: f64 = Exp1.sample(&mut draws);
        while self.mass - self.passed <= wanted {
            wanted -= self.mass - self.passed;
            self.begin_next_day(model, intensity)?;
        }
        self.passed += wanted;
        let time = self.instant(&model.practices[self.practice.index()], intensity);
        (time < model.period.closes).then_some(time)
    }

    fn begin_next_day(&mut self, model: &Model, intensity: &Intensity) -> Option<()> {
        self.day = self.day.next();
        if self.day.0 >= model.days() {
            return None;
        }
        let month = intensity.month_of(self.day, self.month);
        if month != self.month {
            self.month = month;
            self.draw_multiplier(intensity);
        }
        self.mass = self.mass_today(model, intensity);
        self.passed = 0.0;
        Some(())
    }

    fn mass_today(&self, model: &Model, intensity: &Intensity) -> f64 {
        intensity.expected(&model.demand, self.practice, self.day) * self.multiplier
    }

    /// The gamma multiplier of this month.
    fn draw_multiplier(&mut self, intensity: &Intensity) {
        let Some(cv) = intensity.multiplier_cv(self.practice, self.month) else {
            return;
        };
        let gamma = Distribution::Gamma {
            mean: 1.0,
            cv: cv.clamp(MULTIPLIER_CV.0, MULTIPLIER_CV.1),
        };
        let month = intensity.first_month + self.month as u64;
        self.multiplier = gamma.sampler().sample(&mut self.months.draws(month, 0));
    }

    /// Where the passed mass stands within the day's opening hours.
    fn instant(&self, practice: &Practice, intensity: &Intensity) -> SimTime {
        let share = self.passed / self.mass;
        let within = match intensity.wave {
            Some(wave) => wave.invert(f64::from(self.day.0), share),
            None => share,
        };
        let open = practice.opening.length().seconds();
        // Floored, and kept within the hours against rounding up to the closing instant.
        let offset = ((within * open as f64) as u64).min(open - 1);
        self.day.opens() + practice.opening.opens + SimDuration::from_seconds(offset)
    }
}

/// The first instant at or after `time` at which the practice is open; `None` past the tables of
/// the calendar.
#[must_use]
pub fn next_opening(calendar: &Calendar, practice: &Practice, time: SimTime) -> Option<SimTime> {
    let day = time.day();
    let within = SimDuration::from_seconds(time.seconds() % SECONDS_PER_DAY);
    if calendar.is_working_day(day) && within < practice.opening.closes {
        return Some(day.opens() + within.max(practice.opening.opens));
    }
    calendar
        .next_working_day(day)
        .map(|day| day.opens() + practice.opening.opens)
}
