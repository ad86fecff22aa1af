//! Logs made up from known parameters, and the scenario that they are of.

use crate::dice::Dice;
use jiff::{ToSpan, civil::Date, civil::date};
use splw_sim::import::Given;
use splw_sim::import::log::{
    Current, Input, Log, Meanings, Period, PracticeNow, TypeNow, inputs, read,
};
use splw_sim::model::{Calendar, CalendarKind};

/// What a log is made from.
#[derive(Clone, Copy, Debug)]
pub struct Truth {
    pub months: [f64; 12],
    pub weekdays: [f64; 5],
    /// Growth a year, counted from the first day of the scenario.
    pub growth: f64,
    pub dispersion: f64,
    /// Referrals per 1,000 a year of the practices.
    pub rates: [f64; 4],
    pub lists: [f64; 4],
    pub inappropriate: f64,
    /// Mean days of patience, exponential.
    pub patience: f64,
    /// Share of calls answered, of three.
    pub answered: f64,
    /// Mean and coefficient of variation of days to the first appointment, gamma.
    pub appointment: (f64, f64),
    /// Share of light cases.
    pub light: f64,
    /// Mean and coefficient of variation of contacts, gamma: light, full.
    pub contacts: [(f64, f64); 2],
    pub missed: f64,
    /// Mean and coefficient of variation of days between contacts, gamma.
    pub between: (f64, f64),
    pub dropped: f64,
}

pub const TRUTH: Truth = Truth {
    months: [1.1, 1.05, 1.1, 1.0, 1.0, 1.0, 0.9, 0.8, 1.0, 1.1, 1.05, 0.9],
    weekdays: [0.95, 1.1, 1.1, 1.05, 0.8],
    growth: 0.10,
    dispersion: 2.0,
    rates: [14.0, 22.0, 30.0, 18.0],
    lists: [12_000.0, 9_000.0, 8_000.0, 15_000.0],
    inappropriate: 0.10,
    patience: 80.0,
    answered: 0.6,
    appointment: (10.0, 0.5),
    light: 0.58,
    contacts: [(2.5, 0.4), (8.0, 0.25)],
    missed: 0.08,
    between: (14.0, 0.3),
    dropped: 0.04,
};

/// First day of the scenario; the day after the last of the logs.
pub const START: Date = date(2026, 10, 5);
/// First and last day of the logs.
pub const FROM: Date = date(2023, 10, 1);
pub const TO: Date = date(2026, 9, 30);
/// The last day that they know of.
pub const SEEN: Date = date(2026, 10, 2);

pub const HEADER: &str = "Date received,GP Practice,Patient notes,Type,First contact,First appointment,Sessions,DNAs,Calls,Discharge date,Outcome";

/// The calendar of the scenario.
pub fn calendar() -> Calendar {
    Calendar::new(CalendarKind::England, START, 728, &[])
}

/// What the scenario of these logs says: nothing that they do not know better.
pub fn current(calendar: &Calendar) -> Current<'_> {
    let practice = |(index, list_size): (usize, f64)| PracticeNow {
        name: format!("{} Surgery", ["Elm", "Oak", "Ash", "Yew"][index]),
        code: Some(format!("F8100{index}")),
        list_size,
    };
    let case_type = |name: &str, contacts: f64| TypeNow {
        name: name.to_owned(),
        contacts,
        missed_share: 0.08,
        missed_by_lead: false,
    };
    Current {
        calendar,
        start: START,
        practices: TRUTH.lists.into_iter().enumerate().map(practice).collect(),
        case_types: vec![case_type("light", 2.0), case_type("full", 8.0)],
        sources: Vec::new(),
        factors: Some(([1.0; 12], [1.0; 5])),
        growth: 0.0,
        dispersion: 2.0,
        attempts: 3,
        refers_again: true,
    }
}

/// A log of this seed.
pub fn log(truth: &Truth, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let calendar = calendar();
    let mut text = format!("{HEADER}\n");
    for practice in 0..4 {
        let (mut month, mut multiplier) = ((0, 0), 1.0);
        for day in FROM.series(1.day()).take_while(|it| *it <= TO) {
            let expected = |day: Date| expected(truth, &calendar, practice, day);
            if month != (day.year(), day.month()) {
                month = (day.year(), day.month());
                let all: f64 = day
                    .series(1.day())
                    .take_while(|it| it.month() == day.month())
                    .map(expected)
                    .sum();
                let shape = all / (truth.dispersion - 1.0);
                multiplier = gamma(&mut dice, shape) / shape;
            }
            let mean = expected(day) * multiplier;
            let mut wanted = dice.exponential();
            while wanted < mean {
                text += &person(truth, &mut dice, practice, day);
                text.push('\n');
                wanted += dice.exponential();
            }
        }
    }
    text
}

/// What the simulation expects of a practice on a day.
fn expected(truth: &Truth, calendar: &Calendar, practice: usize, day: Date) -> f64 {
    if !calendar.is_working_date(day) {
        return 0.0;
    }
    let weight = |day: Date| {
        let weekday = day.weekday().to_monday_zero_offset() as usize;
        truth.months[day.month() as usize - 1] * truth.weekdays.get(weekday).copied().unwrap_or(0.0)
    };
    let scale = YEARS.with(|years| {
        let mut years = years.borrow_mut();
        *years.entry(day.year()).or_insert_with(|| {
            let first = date(day.year(), 1, 1);
            let days = first
                .series(1.day())
                .take_while(|it| it.year() == first.year());
            let (mut number, mut sum) = (0.0, 0.0);
            for it in days {
                number += 1.0;
                sum += if calendar.is_working_date(it) {
                    weight(it)
                } else {
                    0.0
                };
            }
            number / sum
        })
    });
    let years = (day.duration_since(START).as_hours() as f64 / 24.0 + 0.5) / 365.25;
    let daily = truth.rates[practice] * truth.lists[practice] / 1_000.0 / 365.25;
    daily * weight(day) * scale * (1.0 + truth.growth).powf(years)
}

thread_local! {
    /// What makes the weights of a year sum to its days; of [`TRUTH`]'s factors alone.
    static YEARS: std::cell::RefCell<std::collections::BTreeMap<i16, f64>> = const { std::cell::RefCell::new(std::collections::BTreeMap::new()) };
}

/// One referral as a row, from then on.
fn person(truth: &Truth, dice: &mut Dice, practice: usize, received: Date) -> String {
    let name = match dice.below(3) {
        0 => format!("F8100{practice}"),
        1 => format!("{} surgery", ["elm", "oak", "ash", "yew"][practice]),
        _ => ["Elm", "Oak", "Ash", "Yew"][practice].to_owned(),
    };
    let is_light = dice.uniform() < truth.light;
    let kind = if is_light { "light" } else { "Full" };
    let begin = format!("{},{name},,{kind}", uk(received));
    let later = |from: f64, days: f64| from + days;
    let seen = SEEN.duration_since(received).as_hours() as f64 / 24.0 + 0.5;
    let on = |time: f64| match time < seen {
        true => uk(received.saturating_add((time.round() as i64).days())),
        false => String::new(),
    };
    if dice.uniform() < truth.inappropriate {
        let end = 1.0 + dice.uniform() * 5.0;
        let outcome = if end < seen { "Inappropriate" } else { "" };
        return format!("{begin},,,,,,{},{outcome}", on(end));
    }
    let patience = truth.patience * dice.exponential();
    let first_call = 20.0 + 30.0 * dice.exponential();
    let mut calls = 1;
    while calls < 3 && dice.uniform() >= truth.answered {
        calls += 1;
    }
    let is_answered = calls < 3 || dice.uniform() < truth.answered;
    let contact = first_call + 3.0 * f64::from(calls - 1);
    if patience < contact {
        let outcome = if patience < seen {
            "left while waiting"
        } else {
            ""
        };
        let called =
            (0..calls).filter(|call| first_call + 3.0 * f64::from(*call) < patience.min(seen));
        return format!("{begin},,,,,{},{},{outcome}", called.count(), on(patience));
    }
    let called = (0..calls).filter(|call| first_call + 3.0 * f64::from(*call) < seen);
    let made = called.count();
    if !is_answered {
        let outcome = if contact < seen { "No contact" } else { "" };
        return format!("{begin},,,,,{made},{},{outcome}", on(contact));
    }
    let appointment = later(contact, draw(dice, truth.appointment));
    let wanted = loop {
        let contacts = draw(dice, truth.contacts[usize::from(!is_light)]).round() as u32;
        if contacts > 0 {
            break contacts;
        }
    };
    let (mut time, mut held, mut missed, mut outcome) = (appointment, 0, 0, "");
    let mut first = String::new();
    while time < seen && outcome.is_empty() {
        if dice.uniform() < truth.missed {
            missed += 1;
            time += draw(dice, truth.between);
            continue;
        }
        held += 1;
        if held == 1 {
            first = on(time);
        }
        if held == wanted {
            outcome = "Seen/completed";
        } else if dice.uniform() < truth.dropped {
            outcome = "dropped out";
        } else {
            time += draw(dice, truth.between);
        }
    }
    let end = if outcome.is_empty() {
        String::new()
    } else {
        on(time)
    };
    format!(
        "{begin},{},{first},{held},{missed},{made},{end},{outcome}",
        on(contact)
    )
}

fn uk(date: Date) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// A gamma variate of this mean and coefficient of variation.
fn draw(dice: &mut Dice, (mean, cv): (f64, f64)) -> f64 {
    let shape = 1.0 / (cv * cv);
    gamma(dice, shape) * mean / shape
}

/// A gamma variate of scale 1 (Marsaglia and Tsang 2000).
fn gamma(dice: &mut Dice, shape: f64) -> f64 {
    if shape < 1.0 {
        return gamma(dice, shape + 1.0) * dice.uniform().powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = dice.normal();
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 && dice.uniform().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

/// A log as read, against the scenario of [`current`].
pub fn read_text(text: &str, now: &Current<'_>) -> Log {
    let given = Given {
        name: "log.csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    read(&given, &Meanings::of(now), Period::default()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// What a log says.
pub fn fitted(text: &str) -> Vec<Input> {
    let calendar = calendar();
    let now = current(&calendar);
    inputs(&read_text(text, &now), &now)
}
