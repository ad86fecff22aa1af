//! Demand: expected counts by month and weekday, season, shocks, ramps and growth, and the
//! dispersion of monthly counts. Every tolerance is derived from the law of the counts.
//!
//! The tests here count what whole simulations log; the submodules look closer at the process by
//! itself: `intended` day by day and hour by hour, `seasonal` at the sinusoid, `counts` at chance.

mod counts;
mod intended;
mod process;
mod seasonal;

use std::collections::BTreeMap;

use jiff::civil::Date;
use splw_sim::engine::Activity::{Accepted, Inappropriate, Refused};
use splw_sim::engine::{Entry, Plan, ReplicationKey, Simulation};
use splw_sim::model::calendar::bank_holidays;

use crate::support::read;

/// Standard deviations that a test allows: 1 in 150,000 for one normal variable.
const MANY: f64 = 4.5;

const MONTHS: [f64; 12] = [1.3, 1.0, 0.9, 1.1, 1.0, 0.7, 0.8, 0.5, 1.2, 1.2, 1.1, 0.6];
const WEEKDAYS: [f64; 5] = [0.94, 1.11, 1.07, 1.10, 0.78];

fn text(start: &str, days: u32, keys: &str) -> String {
    format!(
        "schema = 1\ntitle = \"Referrals\"\n[period]\nstart = {start}\ndays = {days}\n{keys}\n\
         [[case_types]]\nname = \"full\"\ncontacts = 0\n\
         [[practices]]\nname = \"Elm\"\nlist_size = 1000\n"
    )
}

/// Referrals by date and replication.
fn arrivals(text: &str, replications: u64) -> Vec<BTreeMap<Date, u64>> {
    let model = read(text, &[]).model;
    let plan = Plan::new(&model);
    let mut simulation = Simulation::new(&plan, Vec::<Entry>::new());
    (0..replications)
        .map(|replication| {
            simulation.run(ReplicationKey {
                seed: 5,
                replication,
            });
            let mut counts = BTreeMap::new();
            for row in simulation.observer().drain(..) {
                if matches!(row.activity, Accepted | Inappropriate | Refused) {
                    *counts
                        .entry(model.calendar.date(row.time.day()))
                        .or_default() += 1;
                }
            }
            counts
        })
        .collect()
}

fn dates(start: Date, days: i32) -> impl Iterator<Item = Date> {
    (0..days).map(move |day| start.saturating_add(jiff::Span::new().days(day)))
}

fn is_worked(date: Date) -> bool {
    date.weekday().to_monday_zero_offset() < 5 && !holidays(date.year()).contains(&date)
}

fn holidays(year: i16) -> Vec<Date> {
    bank_holidays(year).into_iter().collect()
}

/// A Poisson count of this mean.
#[track_caller]
fn assert_poisson(count: u64, mean: f64, what: &str) {
    assert!(
        (count as f64 - mean).abs() < MANY * mean.sqrt(),
        "{what}: {count} for {mean}"
    );
}

/// England, calendar year 2027: 400 a year of 365.25 days are 400 x 365 / 365.25 in its 365 days,
/// spread in proportion to month factor x weekday factor over its working days.
#[test]
fn months_and_weekdays_have_their_shares() {
    let keys = format!(
        "[demand]\nreferrals_per_1000_a_year = 400\nmonth_factors = {MONTHS:?}\nweekday_factors = {WEEKDAYS:?}\n"
    );
    let replications = 150;
    let seen = arrivals(&text("2027-01-01", 365, &keys), replications);
    let first = jiff::civil::date(2027, 1, 1);
    let weight = |date: Date| {
        let weekday = date.weekday().to_monday_zero_offset() as usize;
        f64::from(u8::from(is_worked(date)))
            * MONTHS[date.month() as usize - 1]
            * WEEKDAYS.get(weekday).unwrap_or(&0.0)
    };
    let all: f64 = dates(first, 365).map(weight).sum();
    let total = 400.0 * 365.0 / 365.25 * replications as f64;
    let count = |wanted: &dyn Fn(Date) -> bool| -> u64 {
        seen.iter()
            .flatten()
            .filter(|(date, _)| wanted(**date))
            .map(|(_, count)| count)
            .sum()
    };
    let share = |wanted: &dyn Fn(Date) -> bool| {
        dates(first, 365)
            .filter(|date| wanted(*date))
            .map(weight)
            .sum::<f64>()
            / all
    };
    for month in 1..=12 {
        let wanted = |date: Date| date.month() == month;
        assert_poisson(
            count(&wanted),
            total * share(&wanted),
            &format!("month {month}"),
        );
    }
    for weekday in 0..5 {
        let wanted = |date: Date| date.weekday().to_monday_zero_offset() == weekday;
        assert_poisson(
            count(&wanted),
            total * share(&wanted),
            &format!("weekday {weekday}"),
        );
    }
    assert_poisson(count(&|_| true), total, "all year");
    assert_eq!(
        count(&|date| !is_worked(date)),
        0,
        "weekends and bank holidays"
    );
}

/// A shock of 1.7 from 1 March to 30 April, inclusive, and a ramp from 0.5 to 2 in 8 weeks from 1
/// June, on the always-open calendar: 730.5 a year are 2 a day.
#[test]
fn shocks_and_ramps_multiply_the_rate() {
    let keys = "calendar = \"always-open\"\n[demand]\nreferrals_per_1000_a_year = 730.5\n\
        [[demand.shocks]]\nfactor = 1.7\nstarts = 2027-03-01\nends = 2027-04-30\n\
        [[demand.ramps]]\nfrom_factor = 0.5\nto_factor = 2\nstarts = 2027-06-01\nweeks = 8\n";
    let replications = 150;
    let seen = arrivals(&text("2027-01-01", 365, keys), replications);
    let count = |from: Date, to: Date| -> u64 {
        let inside = seen
            .iter()
            .flatten()
            .filter(|(date, _)| (from..=to).contains(*date));
        inside.map(|(_, count)| count).sum()
    };
    let on = |month, day| jiff::civil::date(2027, month, day);
    let n = 2.0 * replications as f64;
    assert_poisson(count(on(1, 1), on(2, 28)), 59.0 * 0.5 * n, "before");
    assert_poisson(count(on(3, 1), on(4, 30)), 61.0 * 0.5 * 1.7 * n, "shock");
    assert_poisson(
        count(on(5, 1), on(5, 31)),
        31.0 * 0.5 * n,
        "after the shock",
    );
    // The ramp: 56 days, on average 1.25; its first half 0.875.
    assert_poisson(
        count(on(6, 1), on(6, 28)),
        28.0 * 0.875 * n,
        "first half of the ramp",
    );
    assert_poisson(
        count(on(6, 29), on(7, 26)),
        28.0 * 1.625 * n,
        "second half of the ramp",
    );
    assert_poisson(
        count(on(7, 27), on(12, 31)),
        158.0 * 2.0 * n,
        "after the ramp",
    );
}

/// A sinusoid with its peak on day 30 of 120: the half-period about the peak has the share
/// 1/2 + amplitude / pi. And growth of 21% a year: over two years 1 and 1.21 are integrated,
/// (g - 1) / ln g a year.
#[test]
fn seasons_and_growth_shape_the_rate() {
    let keys = "calendar = \"always-open\"\n[demand]\nreferrals_per_1000_a_year = 730.5\n\
        seasonal = { amplitude = 0.8, period_days = 120, peak_day = 30 }\n";
    let replications = 150;
    let seen = arrivals(&text("2027-01-01", 120, keys), replications);
    let first = jiff::civil::date(2027, 1, 1);
    let near_peak: Vec<Date> = dates(first, 60).collect();
    let inside: u64 = seen
        .iter()
        .flatten()
        .filter(|(date, _)| near_peak.contains(date))
        .map(|(_, count)| count)
        .sum();
    let n = 240.0 * replications as f64;
    assert_poisson(
        inside,
        n * (0.5 + 0.8 / std::f64::consts::PI),
        "about the peak",
    );
    assert_poisson(
        seen.iter().flat_map(BTreeMap::values).sum(),
        n,
        "whole period",
    );

    let keys = "calendar = \"always-open\"\n[demand]\nreferrals_per_1000_a_year = 730.5\ngrowth_a_year = 0.21\n";
    let seen = arrivals(&text("2027-01-01", 731, keys), replications);
    let middle = jiff::civil::date(2028, 1, 1);
    let year = |later: bool| -> u64 {
        seen.iter()
            .flatten()
            .filter(|(date, _)| (**date >= middle) == later)
            .map(|(_, count)| count)
            .sum()
    };
    let n = 2.0 * replications as f64;
    let (log, years) = (1.21_f64.ln(), |days: f64| days / 365.25);
    let integral =
        |from: f64, to: f64| 365.25 * (1.21_f64.powf(years(to)) - 1.21_f64.powf(years(from))) / log;
    assert_poisson(year(false), n * integral(0.0, 365.0), "first year");
    assert_poisson(year(true), n * integral(365.0, 731.0), "second year");
}

/// Dispersion 3: monthly counts have three times their mean as variance, month by month, each
/// practice by itself. A gamma-mixed Poisson count with beta = dispersion - 1 has the fourth
/// cumulant mean x dispersion x (1 + 6 beta + 6 beta^2), from which the variance of the sample
/// variance follows: fourth cumulant / n + 2 variance^2 / (n - 1).
#[test]
fn monthly_counts_are_dispersed() {
    for dispersion in [1.0_f64, 3.0] {
        let keys = format!(
            "calendar = \"always-open\"\n[demand]\nreferrals_per_1000_a_year = 365.25\ndispersion = {dispersion}\n"
        );
        let replications = 500;
        let seen = arrivals(&text("2027-01-01", 365, &keys), replications);
        let (mut sum, mut variance_of_sum) = (0.0, 0.0);
        for month in 1..=12 {
            let counts: Vec<f64> = seen
                .iter()
                .map(|dates| {
                    let of = dates.iter().filter(|(date, _)| date.month() == month);
                    of.map(|(_, count)| *count as f64).sum()
                })
                .collect();
            let n = counts.len() as f64;
            let expected = f64::from(jiff::civil::date(2027, month, 1).days_in_month());
            let mean = counts.iter().sum::<f64>() / n;
            assert!(
                (mean - expected).abs() < MANY * (expected * dispersion / n).sqrt(),
                "month {month}: {mean}"
            );
            let variance = counts.iter().map(|it| (it - mean).powi(2)).sum::<f64>() / (n - 1.0);
            let beta = dispersion - 1.0;
            let fourth = expected * dispersion * (1.0 + 6.0 * beta + 6.0 * beta * beta);
            let true_variance = expected * dispersion;
            let of_variance = fourth / n + 2.0 * true_variance * true_variance / (n - 1.0);
            sum += variance / expected;
            variance_of_sum += of_variance / (expected * expected);
        }
        let (ratio, tolerance) = (sum / 12.0, MANY * variance_of_sum.sqrt() / 12.0);
        assert!(tolerance < 0.1 * dispersion, "{tolerance}");
        assert!(
            (ratio - dispersion).abs() < tolerance,
            "{ratio} +- {tolerance} for {dispersion}"
        );
    }
}
