//! The sinusoid of `demand.seasonal`: its peak, its height and nothing besides, on both calendars
//! and after a warm-up, which does not move the peak.

use std::f64::consts::TAU;

use jiff::civil::{Date, date};
use splw_sim::engine::arrivals::Intensity;
use splw_sim::model::{Day, Model, PracticeId};

use super::process::{instants, open_practice, service};
use super::{dates, is_worked};
use crate::goodness::{assert_follows, standard_errors};

const START: Date = date(2027, 2, 10);
const WARM_UP: f64 = 33.0;
const AMPLITUDE: f64 = 0.6;
const PERIOD: f64 = 91.5;
const PEAK: f64 = 20.0;

fn seasonal(calendar: &str, days: u32) -> Model {
    service(
        &format!(
            "start = {START}\ndays = {days}\nwarm_up_days = {WARM_UP}\ncalendar = \"{calendar}\""
        ),
        &format!(
            "seasonal = {{ amplitude = {AMPLITUDE}, period_days = {PERIOD}, peak_day = {PEAK} }}"
        ),
        &open_practice("Elm", 20.0),
    )
}

/// Angle from the peak at `day` days after the clock's zero.
fn angle(day: f64) -> f64 {
    TAU * (day - WARM_UP - PEAK) / PERIOD
}

/// On England's calendar a working day has its weight, days / working days of its year, times the
/// sinusoid at noon; on the always-open one every day has the sinusoid's integral over it.
#[test]
fn each_day_has_its_part_of_the_sinusoid() {
    for calendar in ["england", "always-open"] {
        let model = seasonal(calendar, 700);
        let intensity = Intensity::new(&model);
        let first = START.saturating_sub(jiff::Span::new().days(WARM_UP as i32));
        let mut highest = (0.0, 0);
        for (number, day) in (0..model.days()).zip(dates(first, 733)) {
            let at = f64::from(number);
            let expected = if calendar == "england" {
                let length = if day.in_leap_year() { 366 } else { 365 };
                let year = dates(date(day.year(), 1, 1), length);
                let worked = year.filter(|it| is_worked(*it)).count();
                let weight = f64::from(length) / worked as f64 * f64::from(is_worked(day));
                20.0 * weight * (1.0 + AMPLITUDE * angle(at + 0.5).cos())
            } else {
                let swing = angle(at + 1.0).sin() - angle(at).sin();
                20.0 * (1.0 + AMPLITUDE * PERIOD / TAU * swing)
            };
            let found = intensity.expected(&model.demand, PracticeId(0), Day(number));
            assert!(
                (found - expected).abs() < 1e-9,
                "{calendar}, {day}: {found} for {expected}"
            );
            if at < WARM_UP + PERIOD / 2.0 && found > highest.0 {
                highest = (found, number);
            }
        }
        // 20 days after the start, within a weekend.
        let peak = f64::from(highest.1) - WARM_UP;
        assert!((peak - PEAK).abs() <= 3.0, "{calendar}: highest on {peak}");
    }
}

/// Over whole periods, angles from the peak have the density (1 + a cos) / 2 pi: the mean cosine is
/// a / 2 with variance 1/2 - a^2 / 4, the mean sine 0 with variance 1/2, and both harmonics of
/// twice the frequency have the mean 0 and at most the variance 1/2.
#[test]
fn arrivals_have_the_sinusoids_phase_and_height() {
    // Warm-up and period are 8 periods of 91.5 days.
    let model = seasonal("always-open", 699);
    let mut angles = Vec::new();
    for replication in 0..20 {
        let times = instants(&model, 0, replication);
        angles.extend(times.iter().map(|it| angle(it.seconds() as f64 / 86_400.0)));
    }
    let n = angles.len() as f64;
    let mean = |f: &dyn Fn(f64) -> f64| angles.iter().map(|it| f(*it)).sum::<f64>() / n;
    let sure = |variance: f64| standard_errors() * (variance / n).sqrt();
    let (cosine, sine) = (mean(&f64::cos), mean(&f64::sin));
    let limit = sure(0.5 - AMPLITUDE * AMPLITUDE / 4.0);
    assert!(limit < 0.01, "the height is known to {limit}");
    assert!((cosine - AMPLITUDE / 2.0).abs() < limit, "{cosine}");
    assert!(sine.abs() < sure(0.5), "{sine}");
    for twice in [mean(&|it| (2.0 * it).cos()), mean(&|it| (2.0 * it).sin())] {
        assert!(twice.abs() < sure(0.5), "{twice}");
    }
    // In days: the peak is where it should be, within a third of a day.
    let peak = sine.atan2(cosine) / TAU * PERIOD;
    let limit = sure(0.5) / (AMPLITUDE / 2.0) / TAU * PERIOD;
    assert!(limit < 0.33 && peak.abs() < limit, "{peak} +- {limit}");
    // The total is Poisson with the mean rate: 20 a day.
    let expected = 20.0 * 732.0 * 20.0;
    assert!((n - expected).abs() < standard_errors() * expected.sqrt());
}

/// A period of one day: the sinusoid within the day is followed as well.
#[test]
fn a_sinusoid_of_one_day_shapes_the_hours() {
    let (amplitude, peak) = (0.9, 0.25);
    let model = service(
        "start = 2027-01-01\ndays = 1000\ncalendar = \"always-open\"",
        &format!("seasonal = {{ amplitude = {amplitude}, period_days = 1, peak_day = {peak} }}"),
        &open_practice("Elm", 100.0),
    );
    let times = instants(&model, 0, 0);
    let mut hours: Vec<f64> = times
        .iter()
        .map(|it| ((it.seconds() % 86_400) as f64 + 0.5) / 86_400.0)
        .collect();
    hours.sort_unstable_by(f64::total_cmp);
    let swing = |day: f64| (TAU * (day - peak)).sin();
    let below = |day: f64| day + amplitude / TAU * (swing(day) - swing(0.0));
    assert_follows(&hours, below, "within the day");
}
