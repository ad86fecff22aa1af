//! Demand out of a log: rates by practice, month and weekday factors, growth, dispersion.
//!
//! What is fitted is what the simulation draws (model, section 4): the number of referrals of a practice in a
//! month has the mean that list, rate, factors and growth give, and `dispersion` times that as variance. Factors
//! and growth are fitted to the days of all practices together; given those, the rate of a practice is its
//! referrals over what a rate of 1 would have given. What is not fitted, for want of rows or of years, has the
//! scenario's own value, and the rates allow for it.

use super::current::Current;
use super::input::{Estimate, Input, Rows, Verdict, fewer_than, list, path, path_at};
use super::reader::Log;
use super::season::{DAYS_PER_YEAR, Days};
use crate::import::words::number;
use crate::scenario::file::writing::literal;
use crate::stats::chi_squared::Goodness;
use crate::stats::disclosure::LARGEST_SMALL;
use crate::stats::rates::{
    Cell, Dispersion, LinearVariance, Shape, ShapeFit, Wanted, dispersion, fit_shape,
};

const RATE: &str = "demand.referrals_per_1000_a_year";
/// Rows that the rate of all practices takes, and that of one.
const FOR_RATE: (u64, u64) = (30, 20);
/// Rows and days that month factors take.
const FOR_MONTHS: (u64, i64) = (1_000, 365);
/// Rows that weekday factors take.
const FOR_WEEKDAYS: u64 = 250;
/// Rows and days that growth takes.
const FOR_GROWTH: (u64, i64) = (200, 730);
/// Rows and months of practices that dispersion takes.
const FOR_DISPERSION: (u64, usize) = (100, 24);
/// Growth a year that is believed.
const GROWTH: (f64, f64) = (-0.9, 1.0);

const BY_LIKELIHOOD: &str = "maximum likelihood (Poisson by day); error widened by the dispersion";
/// How practices with too few rows of their own get one rate together.
pub const POOLED: &str =
    "rows of all practices with fewer than 20 together; maximum likelihood (Poisson by day)";
const WEEKDAY_METHOD: &str = "maximum likelihood (Poisson by day)";
const BY_MOMENTS: &str = "moments (Pearson's statistic over practices and months)";

/// The inputs of `[demand]` and the rates of practices.
#[must_use]
pub fn inputs(log: &Log, now: &Current<'_>) -> Vec<Input> {
    let Some(days) = Days::of(log, now) else {
        return Vec::new();
    };
    let Some(demand) = Demand::fit(log, now, &days) else {
        return Vec::new();
    };
    let mut inputs = vec![demand.rate_of_all()];
    inputs.extend((0..now.practices.len()).map(|index| demand.rate_of(index)));
    inputs.push(demand.months());
    inputs.push(demand.weekdays());
    inputs.push(demand.growth());
    inputs.push(demand.dispersion());
    inputs.extend(demand.no_referral_twice());
    inputs
}

/// Referrals a year that the log has, at the level of the scenario's first day; nothing where no rate was fitted.
#[must_use]
pub fn a_year(log: &Log, inputs: &[Input], now: &Current<'_>) -> Option<f64> {
    let is_rate = |it: &&Input| it.key == RATE && it.is_used();
    let rate = inputs.iter().find(is_rate)?.estimates.first()?.value;
    let is_in_log = |index: usize| log.entries.iter().any(|it| it.practice == index);
    let practices = now.practices.iter().enumerate();
    let in_log = practices.filter(|(index, _)| is_in_log(*index));
    let list: f64 = in_log.map(|(_, it)| it.list_size).sum();
    Some(rate * list / 1_000.0)
}

struct Demand<'a> {
    log: &'a Log,
    now: &'a Current<'a>,
    /// The factors and what else was fitted.
    fit: ShapeFit,
    wanted: Wanted,
    counts: Vec<u64>,
    /// Years that the log stands for, at a rate of 1.
    years: f64,
    found: Option<Found>,
    /// Variance over mean that errors allow for.
    spread: f64,
}

/// The dispersion and the cells that it is of.
struct Found {
    dispersion: Dispersion,
    cells: Vec<Cell>,
}

impl<'a> Demand<'a> {
    fn fit(log: &'a Log, now: &'a Current<'a>, days: &Days) -> Option<Self> {
        let rows = log.entries.len() as u64;
        let length = Days::length(log);
        let has = |(needed, days): (u64, i64)| rows >= needed && length >= days;
        let mut wanted = Wanted {
            months: has(FOR_MONTHS) && now.factors.is_some(),
            weekdays: rows >= FOR_WEEKDAYS && now.factors.is_some(),
            growth: has(FOR_GROWTH),
        };
        let (months, weekdays) = now.factors.unwrap_or(([1.0; 12], [1.0; 5]));
        let given = Shape {
            months,
            weekdays,
            growth: libm::log1p(now.growth),
        };
        let counts = (0..now.practices.len())
            .map(|it| {
                log.entries
                    .iter()
                    .filter(|entry| entry.practice == it)
                    .count() as u64
            })
            .collect();
        let mut fitted = fit_shape(&days.all, given, wanted);
        if fitted.is_none_or(|fit| wanted.months && has_small(&fit.by_month)) {
            wanted.months = false;
            fitted = fit_shape(&days.all, given, wanted);
        }
        if fitted.is_none_or(|fit| wanted.weekdays && has_small(&fit.by_weekday)) {
            wanted.weekdays = false;
            fitted = fit_shape(&days.all, given, wanted);
        }
        let mut demand = Self {
            log,
            now,
            fit: fitted?,
            wanted,
            counts,
            years: 1.0,
            found: None,
            spread: 1.0,
        };
        demand.allow_for_spread(days);
        Some(demand)
    }

    /// Puts in the years, the dispersion, and the variance that errors allow for.
    fn allow_for_spread(&mut self, days: &Days) {
        let weights = days.weights(&self.fit.shape, self.now);
        let all: f64 = weights.iter().sum();
        self.years = all / DAYS_PER_YEAR;
        let months = Days::whole_months(self.log);
        let mut cells = Vec::new();
        for (practice, count) in self.counts.iter().enumerate() {
            if *count < FOR_RATE.1 {
                continue;
            }
            let entries = self.log.entries.iter().enumerate();
            let of_it: Vec<(i16, i8)> = entries
                .filter(|(_, entry)| entry.practice == practice)
                .map(|(index, _)| days.month_of(index))
                .collect();
            for month in &months {
                let expected = *count as f64 * days.in_month(&weights, *month) / all;
                let seen = of_it.iter().filter(|it| *it == month).count() as u64;
                cells.push(Cell { seen, expected });
            }
        }
        let practices = self
            .counts
            .iter()
            .filter(|count| **count >= FOR_RATE.1)
            .count();
        let factors = if self.wanted.months { 11 } else { 0 };
        let parameters = practices + factors + usize::from(self.wanted.growth);
        let has_enough = self.log.entries.len() as u64 >= FOR_DISPERSION.0
            && cells.len() >= FOR_DISPERSION.1 + parameters;
        self.found = dispersion(&cells, parameters as u32)
            .filter(|_| has_enough)
            .map(|dispersion| Found { dispersion, cells });
        let found = self.found.as_ref().map(|it| it.dispersion.value);
        self.spread = found.unwrap_or(self.now.dispersion).max(1.0);
    }

    /// Relative standard error of a rate that so many rows give.
    fn relative_error(&self, rows: u64) -> f64 {
        let of_growth = match self.wanted.growth {
            true => self.fit.mean_time * self.fit.growth_standard_error * self.spread.sqrt(),
            false => 0.0,
        };
        (self.spread / rows as f64 + of_growth * of_growth).sqrt()
    }

    /// Referrals, and thousands of registered patients, of the practices that the log has.
    fn of_all(&self) -> (u64, f64) {
        let each = self.counts.iter().zip(&self.now.practices);
        let in_log = each.filter(|(count, _)| **count > 0);
        in_log.fold((0, 0.0), |(rows, list), (count, it)| {
            (rows + count, list + it.list_size / 1_000.0)
        })
    }

    fn rate_of_all(&self) -> Input {
        let (rows, list) = self.of_all();
        let rate = rows as f64 / list / self.years;
        let label = "referrals per 1,000 patients a year";
        Input::new(
            path("demand", "referrals_per_1000_a_year"),
            RATE,
            label,
            "referrals",
        )
        .from_rows(Rows::All(rows), FOR_RATE.0)
        .by(BY_LIKELIHOOD)
        .with_one(Estimate::positive(
            "value",
            rate,
            rate * self.relative_error(rows),
        ))
        .tested(
            "chance alone (Poisson)",
            self.found.as_ref().map(|it| it.dispersion.poisson),
        )
    }

    fn rate_of(&self, index: usize) -> Input {
        let practice = &self.now.practices[index];
        let rows = self.counts[index];
        let rate = rows as f64 / (practice.list_size / 1_000.0) / self.years;
        let key = format!(
            "practices.{}.referrals_per_1000_a_year",
            literal(&practice.name)
        );
        let label = format!("per 1,000 a year, {}", practice.name);
        let (all, list) = self.of_all();
        let expected = all as f64 * practice.list_size / 1_000.0 / list;
        let off = rows as f64 - expected;
        let apart = Goodness::of(
            off * off / (self.spread * expected * (1.0 - expected / all as f64)),
            1,
        );
        let input = Input::new(
            path_at("practices", index, "referrals_per_1000_a_year"),
            &key,
            &label,
            "referrals",
        );
        let input = input
            .from_rows(Rows::OfPractice(index, rows), FOR_RATE.1)
            .by(BY_LIKELIHOOD);
        match rows {
            0 => input.stays("no row names it; it has the rate of all practices"),
            rows if rows < FOR_RATE.1 => self.rate_of_small(input),
            rows => input
                .with_one(Estimate::positive(
                    "value",
                    rate,
                    rate * self.relative_error(rows),
                ))
                .tested("same rate as all practices", apart),
        }
    }

    /// The rate of a practice with too few rows of its own: that of all such practices together. It tells
    /// nothing more of them than what the rates of all and of the others leave for them.
    fn rate_of_small(&self, input: Input) -> Input {
        let each = self.counts.iter().zip(&self.now.practices);
        let small = each.filter(|(count, _)| (1..FOR_RATE.1).contains(*count));
        let (practices, rows, list) =
            small.fold((0, 0, 0.0), |(number, rows, list), (count, it)| {
                (number + 1, rows + count, list + it.list_size / 1_000.0)
            });
        if self.of_all().0 < FOR_RATE.0 {
            return input;
        }
        if rows < FOR_RATE.1 {
            let why = fewer_than(FOR_RATE.1);
            return match practices {
                1 => input.stays(&why),
                _ => input.stays(&format!("{why}, as have all such practices together")),
            };
        }
        let rate = rows as f64 / list / self.years;
        let error = rate * self.relative_error(rows);
        input
            .from_rows(Rows::Of(rows), FOR_RATE.1)
            .by(POOLED)
            .with_one(Estimate::positive("value", rate, error))
    }

    fn months(&self) -> Input {
        const NAMES: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let input = Input::new(
            path("demand", "month_factors"),
            "demand.month_factors",
            "months of the year",
            "factor",
        )
        .from_rows(Rows::All(self.fit.total as u64), FOR_MONTHS.0)
        .by(BY_LIKELIHOOD);
        self.factors(
            input,
            self.wanted.months,
            (&NAMES, &self.fit.shape.months, &self.fit.by_month),
            self.spread,
        )
        .unless_long(self.log, FOR_MONTHS.1, "the log is shorter than a year")
    }

    fn weekdays(&self) -> Input {
        const NAMES: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
        let key = "demand.weekday_factors";
        let input = Input::new(
            path("demand", "weekday_factors"),
            key,
            "days of the week",
            "factor",
        )
        .from_rows(Rows::All(self.fit.total as u64), FOR_WEEKDAYS)
        .by(WEEKDAY_METHOD);
        // What makes a month busy makes all its weekdays busy: their shares vary by chance alone.
        self.factors(
            input,
            self.wanted.weekdays,
            (&NAMES, &self.fit.shape.weekdays, &self.fit.by_weekday),
            1.0,
        )
    }

    fn factors(
        &self,
        input: Input,
        is_fitted: bool,
        (names, factors, counts): (&[&str], &[f64], &[f64]),
        spread: f64,
    ) -> Input {
        if self.now.factors.is_none() {
            return input.stays("the scenario has a seasonal curve instead");
        }
        if !is_fitted {
            let few = input.rows.count() >= input.needed;
            return input.unless(few, "one of them has fewer than 8 rows");
        }
        let total = self.fit.total;
        let each = names.iter().zip(factors).zip(counts);
        let estimates: Vec<Estimate> = each
            .map(|((name, factor), count)| {
                let error = ShapeFit::standard_error(*factor, *count, total, spread);
                Estimate::positive(name, *factor, error)
            })
            .collect();
        let alike = factors.iter().zip(counts).map(|(factor, count)| {
            let expected = count / factor;
            (count - expected) * (count - expected) / (spread * expected)
        });
        let test = Goodness::of(alike.sum(), factors.len() as u32 - 1);
        let value = list(&estimates);
        input.with(estimates, value).tested("all alike", test)
    }

    fn growth(&self) -> Input {
        let input = Input::new(
            path("demand", "growth_a_year"),
            "demand.growth_a_year",
            "growth of referrals a year",
            "share",
        )
        .from_rows(Rows::All(self.fit.total as u64), FOR_GROWTH.0)
        .by(BY_LIKELIHOOD);
        if !self.wanted.growth {
            let short = "the log is shorter than two years";
            return input.unless_long(self.log, FOR_GROWTH.1, short);
        }
        let error = self.fit.growth_standard_error * self.spread.sqrt();
        let value = libm::expm1(self.fit.shape.growth);
        let estimate = Estimate::plain("value", value, (1.0 + value) * error);
        // Rates are those of the scenario's first day: without their growth they would be too sure.
        input.with_one(estimate).unless(
            !(GROWTH.0..=GROWTH.1).contains(&value),
            "it is more than a scenario takes; the rates allow for it",
        )
    }

    fn dispersion(&self) -> Input {
        let input = Input::new(
            path("demand", "dispersion"),
            "demand.dispersion",
            "dispersion of monthly counts",
            "ratio",
        )
        .by(BY_MOMENTS);
        let rows = Rows::All(self.fit.total as u64);
        let Some(found) = &self.found else {
            return input.from_rows(rows, FOR_DISPERSION.0).unless(
                self.fit.total as u64 >= FOR_DISPERSION.0,
                "there are fewer than 24 whole months of practices to spare",
            );
        };
        let it = &found.dispersion;
        let estimate = Estimate::positive("value", it.value, it.standard_error);
        // Less than chance alone is not simulated.
        let value = match it.value < 1.0 {
            true => "1.0".to_owned(),
            false => estimate.shown(),
        };
        let mut input = input
            .from_rows(rows, FOR_DISPERSION.0)
            .with(vec![estimate], value)
            .tested("negative binomial", it.goodness);
        input.pairs = pairs(found);
        input
    }

    /// The rate of a log has people who were referred before; on top of it they would count twice.
    fn no_referral_twice(&self) -> Option<Input> {
        let key = "demand.re_referral_share";
        self.now.refers_again.then(|| {
            let mut input = Input::new(
                path("demand", "re_referral_share"),
                key,
                "referred again, on top of the rate",
                "share",
            )
            .from_rows(Rows::All(self.fit.total as u64), FOR_RATE.0)
            .by("none: the rates count every row, people referred again among them");
            if self.fit.total as u64 >= FOR_RATE.0 {
                input.verdict = Verdict::Used(number(0.0));
            }
            input
        })
    }
}

impl Input {
    /// The scenario's own value stays where this is so.
    fn unless(self, is_so: bool, why: &str) -> Self {
        match is_so {
            true => self.stays(why),
            false => self,
        }
    }
}

impl Input {
    /// The scenario's own value stays where the log has fewer days; that there are too few rows is told too.
    fn unless_long(self, log: &Log, days: i64, short: &str) -> Self {
        if Days::length(log) >= days {
            return self;
        }
        let why = match self.rows.count() < self.needed {
            true => format!("{}, and {short}", fewer_than(self.needed)),
            false => short.to_owned(),
        };
        self.stays(&why)
    }
}

fn has_small(counts: &[f64]) -> bool {
    counts.iter().any(|count| *count <= LARGEST_SMALL as f64)
}

/// Quantiles of monthly counts, as if all practices and months expected the same.
fn pairs(found: &Found) -> Vec<(f64, f64)> {
    let dispersion = found.dispersion.value.max(1.0);
    let number = found.cells.len();
    let mean = found.cells.iter().map(|it| it.expected).sum::<f64>() / number as f64;
    let law = LinearVariance { mean, dispersion };
    let middle = |cell: &Cell| {
        let law = LinearVariance {
            mean: cell.expected,
            dispersion,
        };
        law.middle(cell.seen)
    };
    let mut shares: Vec<f64> = found.cells.iter().map(middle).collect();
    shares.sort_by(f64::total_cmp);
    let steps = (number / (LARGEST_SMALL as usize + 1)).min(20);
    (1..steps)
        .map(|step| {
            let p = step as f64 / steps as f64;
            let place = ((p * number as f64) as usize).min(number - 1);
            (
                law.quantile(p),
                law.quantile(shares[place].clamp(1e-6, 1.0 - 1e-6)),
            )
        })
        .collect()
}
