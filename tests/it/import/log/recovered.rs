//! Logs with known parameters: 100 of them, each parameter within its 95% interval in at least 90.

use super::made::{TRUTH, Truth, fitted, log};
use splw_sim::import::log::Input;
use std::collections::BTreeMap;

const SEED: u64 = 20_261_005;
const TRIALS: u64 = 100;

/// What each estimate should be: key, name of the estimate, true value.
fn wanted(truth: &Truth) -> Vec<(String, &'static str, f64)> {
    let mut wanted = Vec::new();
    let mut add =
        |key: &str, name: &'static str, value: f64| wanted.push((key.to_owned(), name, value));
    let list: f64 = truth.lists.iter().sum();
    let all: f64 = truth
        .rates
        .iter()
        .zip(truth.lists)
        .map(|(rate, list)| rate * list)
        .sum();
    add("demand.referrals_per_1000_a_year", "value", all / list);
    for (name, rate) in ["Elm", "Oak", "Ash", "Yew"].iter().zip(truth.rates) {
        let key = format!("practices.\"{name} Surgery\".referrals_per_1000_a_year");
        add(&key, "value", rate);
    }
    add("demand.growth_a_year", "value", truth.growth);
    add("demand.dispersion", "value", truth.dispersion);
    add("demand.inappropriate_share", "value", truth.inappropriate);
    add("waiting_list.patience_days", "mean", truth.patience);
    add("first_contact.answered_share", "value", truth.answered);
    add(
        "first_contact.days_to_first_appointment",
        "mean",
        truth.appointment.0,
    );
    add(
        "first_contact.days_to_first_appointment",
        "cv",
        truth.appointment.1,
    );
    for (index, name) in ["light", "full"].into_iter().enumerate() {
        let key = |of: &str| format!("case_types.\"{name}\".{of}");
        let share = if index == 0 {
            truth.light
        } else {
            1.0 - truth.light
        };
        add(&key("share"), "value", share);
        add(&key("contacts"), "mean", truth.contacts[index].0);
        add(&key("contacts"), "cv", truth.contacts[index].1);
        add(&key("dna_share"), "value", truth.missed);
        add(&key("drop_out_share"), "value", truth.dropped);
        add(&key("days_between_contacts"), "mean", truth.between.0);
        add(&key("days_between_contacts"), "cv", truth.between.1);
    }
    // Factors of mean 1 over the working days of the log, which is nearly that of the factors themselves.
    let months = truth.months.iter().sum::<f64>() / 12.0;
    for (name, factor) in MONTHS.into_iter().zip(truth.months) {
        add("demand.month_factors", name, factor / months);
    }
    for (name, factor) in WEEKDAYS.into_iter().zip(truth.weekdays) {
        add("demand.weekday_factors", name, factor);
    }
    wanted
}

const MONTHS: [&str; 12] = [
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
const WEEKDAYS: [&str; 5] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

/// The estimate of a key, also where it is not taken: its value, standard error and interval.
fn estimate(inputs: &[Input], key: &str, name: &str) -> Option<(f64, f64, (f64, f64))> {
    let input = inputs.iter().find(|it| it.key == key)?;
    let it = input.estimates.iter().find(|it| it.name == name)?;
    Some((it.value, it.standard_error, it.interval))
}

#[test]
fn known_parameters_come_back_within_their_errors() {
    let mut within: BTreeMap<(String, &str), u64> = BTreeMap::new();
    let mut moments: BTreeMap<(String, &str), Vec<(f64, f64)>> = BTreeMap::new();
    for trial in 0..TRIALS {
        let inputs = fitted(&log(&TRUTH, SEED + trial));
        for (key, name, truth) in wanted(&TRUTH) {
            let Some((value, error, (low, high))) = estimate(&inputs, &key, name) else {
                continue;
            };
            *within.entry((key.clone(), name)).or_default() +=
                u64::from((low..=high).contains(&truth));
            moments
                .entry((key, name))
                .or_default()
                .push((value - truth, error));
        }
    }
    let mut missed = Vec::new();
    for (key, name, truth) in wanted(&TRUTH) {
        let all = moments
            .get(&(key.clone(), name))
            .cloned()
            .unwrap_or_default();
        let number = all.len() as f64;
        let bias = all.iter().map(|it| it.0).sum::<f64>() / number;
        let spread = (all.iter().map(|it| (it.0 - bias).powi(2)).sum::<f64>() / number).sqrt();
        let said = all.iter().map(|it| it.1).sum::<f64>() / number;
        let count = within.get(&(key.clone(), name)).copied().unwrap_or(0);
        let line = format!(
            "{key} {name}: {count} of {} within; truth {truth:.4}, off by {bias:.4}, spread {spread:.4}, said {said:.4}",
            all.len()
        );
        // The error that is said is also not far too large, which would be within for nothing.
        if count < 90 || said > 1.35 * spread {
            missed.push(line);
        }
    }
    assert!(missed.is_empty(), "\n{}", missed.join("\n"));
}

#[test]
fn without_growth_the_rates_are_those_of_the_log() {
    let truth = Truth {
        growth: 0.0,
        ..TRUTH
    };
    let mut within = 0;
    for trial in 0..20 {
        let inputs = fitted(&log(&truth, SEED + 1_000 + trial));
        let (_, _, (low, high)) =
            estimate(&inputs, "demand.referrals_per_1000_a_year", "value").expect("a rate");
        let all: f64 = truth
            .rates
            .iter()
            .zip(truth.lists)
            .map(|(rate, list)| rate * list)
            .sum();
        let rate = all / truth.lists.iter().sum::<f64>();
        within += u64::from((low..=high).contains(&rate));
    }
    assert!(within >= 16, "{within} of 20");
}
