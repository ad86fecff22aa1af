//! Priorities (theory, C12), and people who come back at once (C16, Jackson).

use super::{RATE, per_year, shipped};
use crate::theory::{Feedback, priority_waits_of_servers};
use crate::verification::{Reading, System};

const WAITS: [Reading; 3] = [
    Reading::Source(0, "wait_on_list_days_mean"),
    Reading::Source(1, "wait_on_list_days_mean"),
    Reading::Source(2, "wait_on_list_days_mean"),
];

pub fn systems() -> Vec<System> {
    vec![
        classes("c = 5, two classes, load 0.8", &[1.0, 3.0], 1.0, 5).set(DAYS, 22_000),
        classes("c = 1, two classes, load 0.8", &[0.2, 0.6], 1.0, 1)
            .set(DAYS, 33_000)
            .set("experiment.replications", 420),
        classes("c = 5, three classes, load 0.89", &[4.0, 12.0, 4.0], 4.5, 5)
            .set(DAYS, 22_000)
            .long(),
        come_back(4.0, 5.0, 0.1),
    ]
}

const DAYS: &str = "period.days";

/// Classes of `rates` a day before servers of `service` a day.
fn classes(name: &str, rates: &[f64], service: f64, servers: u32) -> System {
    let total: f64 = rates.iter().sum();
    let waits = priority_waits_of_servers(rates, service, servers).expect("it is stable");
    let length = format!("{{ exponential = {{ mean = {} }} }}", 1_440.0 / service);
    let system = System::new("Priorities (Cobham)", shipped!("priorities.toml"), name)
        .set(RATE, per_year(total))
        .set("first_contact.attempt_minutes", length)
        .set("posts.0.wte", servers);
    let system = (0..WAITS.len()).fold(system, |system, index| {
        let share = rates
            .get(index)
            .map_or(0.0, |rate| (rate / total * 1e9).round() / 1e9);
        system.set(&format!("sources.{index}.share"), share)
    });
    let readings = WAITS.into_iter().zip(waits);
    readings.fold(system, |system, (reading, wait)| {
        system.gives(reading, wait)
    })
}

fn come_back(arrivals: f64, service: f64, again: f64) -> System {
    let theory = Feedback::new(arrivals, service, 1, again).expect("it is stable");
    System::new(
        "M/M/1 with feedback (Jackson)",
        shipped!("re-referral.toml"),
        "one in ten comes back, load 0.89",
    )
    .set("demand.re_referral_share", again)
    .gives(
        Reading::PerDay("referrals_accepted"),
        arrivals * theory.visits_each,
    )
    .gives(
        Reading::Pcn("wait_on_list_days_mean"),
        theory.visits.mean_wait,
    )
    .gives(Reading::Pcn("utilisation"), theory.visits.utilisation)
}
