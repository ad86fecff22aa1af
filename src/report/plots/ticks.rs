//! Where the ticks of an axis are and what they say: few, round, never touching.
//!
//! Must not know what is drawn.

use jiff::civil::Date;

use super::glyphs::width;
use super::style::{LABEL, Weight};
use super::wording::{day, month, number};

/// Intervals that a value axis aims at.
const INTERVALS: f64 = 5.0;
/// The smallest value that a value axis reaches, so that next to nothing looks it.
const LEAST_TOP: f64 = 10.0;
/// Values farther from 0 than this are not drawn on both sides of it.
pub(super) const FARTHEST: f64 = 1e15;
/// Free space between neighbouring tick labels, in user units.
const BETWEEN: f64 = 22.0;
/// Labels of a calendar axis at most, though more would fit.
const MOST_DATES: usize = 8;
/// Steps between ticks on a calendar axis, in months.
const MONTH_STEPS: [i32; 10] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600];
/// Steps between ticks on a calendar axis, in weeks.
const WEEK_STEPS: [usize; 4] = [1, 2, 4, 8];

/// An axis begins at nought unless its lowest value is above this share of its highest.
const FAR_FROM_NOUGHT: f64 = 0.4;
/// Ticks of an axis at most.
const MOST_TICKS: usize = 20;

/// A tick: its position on the axis and its label.
pub(super) type Tick = (f64, String);

/// Ticks from 0 to the first round value at or above `highest`, for counts.
pub(super) fn value_ticks(highest: f64) -> Vec<f64> {
    let top = highest.max(LEAST_TOP);
    let step = round_step(top / INTERVALS);
    let count = (top / step - 1e-9).ceil().clamp(1.0, 20.0) as usize;
    (0..=count).map(|nth| nth as f64 * step).collect()
}

/// Round ticks on both sides of 0, the first at or below `low` and the last at or above `high`, which
/// are on either side of it or 0; from -1 to 1 where both are 0. Values beyond reason are cut off.
pub(super) fn signed_ticks(low: f64, high: f64) -> Vec<f64> {
    let reasonable = |value: f64| value.clamp(-FARTHEST, FARTHEST);
    let (low, high) = (reasonable(low.min(0.0)), reasonable(high.max(0.0)));
    let span = high - low;
    if span < 1e-9 {
        return vec![-1.0, 0.0, 1.0];
    }
    let step = round_step(span / INTERVALS);
    let first = (low / step + 1e-9).floor() as i64;
    let last = (high / step - 1e-9).ceil() as i64;
    (first..=last).map(|nth| nth as f64 * step).collect()
}

/// Round ticks around values, from nought unless all are far from it.
pub(super) fn around(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let finite = values.filter(|value| value.is_finite());
    let ends = finite.fold(None, |ends: Option<(f64, f64)>, value| {
        let (low, high) = ends.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    });
    let (low, high) = ends.unwrap_or((0.0, 0.0));
    let is_far = low > FAR_FROM_NOUGHT * high && high - low > high * 1e-6;
    if !is_far {
        return signed_ticks(low, high);
    }
    let steps = signed_ticks(0.0, high - low);
    let step = steps[1] - steps[0];
    let first = (low / step).floor();
    let ticks = (0..MOST_TICKS).map(|nth| (first + nth as f64) * step);
    let below = ticks.clone().take_while(|tick| *tick < high).count();
    ticks.take(below + 1).collect()
}

/// Round ticks around values of any size, as [`around`], with steps that need not be whole numbers.
pub(super) fn fine_around(values: &[f64]) -> Vec<f64> {
    let finite = values.iter().filter(|value| value.is_finite());
    let size = finite.fold(0.0_f64, |most, value| most.max(value.abs()));
    let scale = match size {
        size if size <= 0.0 || size >= 50.0 => 1.0,
        size => 10_f64.powf((50.0 / size).log10().ceil().min(12.0)),
    };
    let ticks = around(values.iter().map(|value| value * scale));
    ticks.into_iter().map(|tick| tick / scale).collect()
}

/// How a tick between others at this distance is written, with its sign: as many decimals as tell
/// it from its neighbours.
pub(super) fn signed_label(value: f64, step: f64) -> String {
    let sign = if value > step / 2.0 { "+" } else { "" };
    let digits = (-step.log10().floor()).max(0.0) as usize;
    let is_quarter = (step * 10_f64.powi(digits as i32)).fract().abs() > 1e-6;
    let decimals = digits + usize::from(is_quarter);
    let is_nothing = value.abs() < step / 2.0;
    match decimals {
        _ if is_nothing => "0".to_owned(),
        0 => format!("{sign}{}", number(value)),
        few => format!("{sign}{value:.few$}"),
    }
}

/// Ticks from 0 to the first round value at or above `highest`, for ratios around 1.
pub(super) fn ratio_ticks(highest: f64) -> Vec<f64> {
    const FINE: f64 = 0.5;
    const MOST_FINE: f64 = 2.5;
    if highest > MOST_FINE {
        return value_ticks(highest);
    }
    let count = (highest / FINE - 1e-9).ceil().max(3.0) as usize;
    (0..=count).map(|nth| nth as f64 * FINE).collect()
}

/// The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.log10().floor());
    let rounds = [1.0, 2.0, 2.5, 5.0, 10.0].map(|factor| factor * power);
    let whole = |round: &f64| (round - round.round()).abs() < 1e-9;
    rounds
        .into_iter()
        .find(|round| *round >= step * (1.0 - 1e-9) && whole(round))
        .unwrap_or(10.0 * power)
}

/// Days from `start` to `date`.
pub(super) fn days_between(start: Date, date: Date) -> f64 {
    date.duration_since(start).as_hours() as f64 / 24.0
}

/// Ticks in days since `start`, for an axis from `first` to `last` that is `room` user units
/// wide: starts of years, of months, or days where there are few months.
pub(super) fn date_ticks(start: Date, first: Date, last: Date, room: f64) -> Vec<Tick> {
    let months = MONTH_STEPS
        .into_iter()
        .map(|step| month_ticks(start, first, last, step))
        .find(|ticks| ticks.len() <= MOST_DATES && fit(ticks, first, last, room))
        .unwrap_or_default();
    if months.len() >= 2 {
        return months;
    }
    WEEK_STEPS
        .into_iter()
        .map(|step| week_ticks(start, first, last, step))
        .find(|ticks| fit(ticks, first, last, room))
        .unwrap_or_else(|| vec![(days_between(start, first), day(first))])
}

fn month_ticks(start: Date, first: Date, last: Date, step: i32) -> Vec<Tick> {
    let number = |date: Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let mut ticks = Vec::new();
    let aligned = (number(first)..=number(last)).filter(|number| number % step == 0);
    for number in aligned {
        let opens = Date::new((number / 12) as i16, (number % 12 + 1) as i8, 1);
        let opens = opens.expect("a month between two dates has a first day");
        if opens >= first {
            let label = match step % 12 {
                0 => opens.year().to_string(),
                _ => month(opens),
            };
            ticks.push((days_between(start, opens), label));
        }
    }
    ticks
}

fn week_ticks(start: Date, first: Date, last: Date, step: usize) -> Vec<Tick> {
    let days = first.series(jiff::Span::new().days(7)).step_by(step);
    days.take_while(|date| *date <= last)
        .map(|date| (days_between(start, date), day(date)))
        .collect()
}

/// Whether neighbouring labels keep clear of each other.
fn fit(ticks: &[Tick], first: Date, last: Date, room: f64) -> bool {
    let span = days_between(first, last).max(1.0);
    let half = |label: &str| width(label, LABEL, Weight::Regular) / 2.0;
    ticks.windows(2).all(|pair| match pair {
        [(from, left), (to, right)] => {
            (to - from) / span * room >= half(left) + half(right) + BETWEEN
        }
        _ => true,
    })
}

/// Ticks for days since referral from 0 to `last`, on an axis `room` user units wide: all of
/// `wanted` that fit, then round numbers of weeks.
pub(super) fn day_ticks(wanted: &[f64], last: f64, room: f64) -> Vec<Tick> {
    let step = [7.0, 14.0, 28.0, 56.0, 91.0, 182.0, 364.0, 728.0, 3_640.0];
    let step = step.into_iter().find(|step| last / step <= 8.0);
    let step = step.unwrap_or(last / 8.0);
    let rest = (1..=(last / step) as usize).map(|nth| nth as f64 * step);
    let mut ticks: Vec<Tick> = Vec::new();
    for day in std::iter::once(0.0)
        .chain(wanted.iter().copied())
        .chain(rest)
    {
        let tick = (day, format!("{day:.0}"));
        let clear = |other: &Tick| apart(&tick, other, last, room);
        if day <= last && ticks.iter().all(clear) {
            ticks.push(tick);
        }
    }
    ticks.sort_by(|left, right| left.0.total_cmp(&right.0));
    ticks
}

fn apart(one: &Tick, other: &Tick, last: f64, room: f64) -> bool {
    let half = |label: &str| width(label, LABEL, Weight::Regular) / 2.0;
    (one.0 - other.0).abs() / last * room >= half(&one.1) + half(&other.1) + 5.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn value_ticks_are_few_round_and_cover() {
        for highest in [0.0, 0.3, 7.0, 11.0, 250.0, 312.0, 99_999.0, 1e9, 1e15] {
            let ticks = value_ticks(highest);
            assert!((2..=8).contains(&ticks.len()), "{highest}: {ticks:?}");
            assert!(ticks.last().is_some_and(|top| *top >= highest));
        }
        assert_eq!(value_ticks(312.0).len(), 5);
    }

    #[test]
    fn signed_ticks_hold_nothing_and_both_ends() {
        for (low, high) in [
            (0.0, 0.0),
            (-3.0, 0.0),
            (-0.02, 0.07),
            (-1e9, 2e12),
            (0.0, 42_575.0),
        ] {
            let ticks = signed_ticks(low, high);
            assert!((2..=9).contains(&ticks.len()), "{low} {high}: {ticks:?}");
            assert!(
                ticks[0] <= low && ticks[ticks.len() - 1] >= high,
                "{ticks:?}"
            );
            assert!(ticks.iter().any(|tick| tick.abs() < 1e-12), "{ticks:?}");
        }
        assert!(signed_ticks(-f64::MAX, 1.0).len() <= 8);
    }

    #[test]
    fn small_values_have_ticks_between_them() {
        let of = |values: &[f64]| -> Vec<String> {
            let ticks = fine_around(values);
            ticks.iter().map(|tick| format!("{tick:.2}")).collect()
        };
        assert_eq!(
            of(&[0.0, 0.93]),
            ["0.00", "0.20", "0.40", "0.60", "0.80", "1.00"]
        );
        assert_eq!(
            of(&[0.9, 0.95]),
            ["0.90", "0.91", "0.92", "0.93", "0.94", "0.95"]
        );
        assert_eq!(fine_around(&[0.0, 312.0]), around([0.0, 312.0].into_iter()));
        assert!(fine_around(&[]).len() >= 2 && fine_around(&[f64::NAN]).len() >= 2);
        assert!(fine_around(&[1e-300, 1e-290]).len() >= 2);
    }

    #[test]
    fn signed_labels_tell_neighbours_apart() {
        let cases = [
            (0.25, 0.25, "+0.25"),
            (-0.02, 0.02, "-0.02"),
            (0.0, 0.5, "0"),
            (2.5, 2.5, "+2.5"),
            (-5.0, 5.0, "-5"),
            (20_000.0, 10_000.0, "+20,000"),
        ];
        for (value, step, expected) in cases {
            assert_eq!(signed_label(value, step), expected);
        }
    }

    #[test]
    fn ratio_ticks_have_halves_up_to_two_and_a_half() {
        assert_eq!(ratio_ticks(0.7), [0.0, 0.5, 1.0, 1.5]);
        assert_eq!(ratio_ticks(1.75), [0.0, 0.5, 1.0, 1.5, 2.0]);
        assert_eq!(ratio_ticks(2.5).last(), Some(&2.5));
        assert_eq!(ratio_ticks(7.0), value_ticks(7.0));
    }

    #[test]
    fn date_labels_never_touch() {
        let start = Date::constant(2026, 10, 5);
        for days in [0, 7, 30, 61, 364, 728, 3_650, 36_500] {
            let last = start.saturating_add(jiff::Span::new().days(days));
            let ticks = date_ticks(start, start, last, 560.0);
            assert!(!ticks.is_empty());
            assert!(fit(&ticks, start, last, 560.0));
            assert!(ticks.len() <= 8, "{days}: {ticks:?}");
        }
    }

    /// Three years on a small panel have the years, not one lonely date.
    #[test]
    fn narrow_axes_of_years_name_the_years() {
        let start = Date::constant(2026, 10, 5);
        let last = Date::constant(2029, 10, 1);
        let ticks = date_ticks(start, start, last, 210.0);
        let labels: Vec<&str> = ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["2027", "2028", "2029"]);
    }

    #[test]
    fn day_ticks_hold_the_wanted_days() {
        let ticks = day_ticks(&[7.0, 14.0, 28.0], 182.0, 560.0);
        let days: Vec<&str> = ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(
            days,
            ["0", "7", "14", "28", "56", "84", "112", "140", "168"]
        );
    }
}
