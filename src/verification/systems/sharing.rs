//! Who may serve whom (theory, C10): dedicated, chained and flexible servers of one customer a day
//! each, at the same load.

use super::shipped;
use crate::theory::compatibility::long_chain;
use crate::theory::{Compatibility, CompatibleWaits, ErlangC};
use crate::verification::{Reading, System};

const DAYS: &str = "period.days";
const WAIT: Reading = Reading::Pcn("wait_on_list_days_mean");
const WAITS: [Reading; 3] = [
    Reading::Practice(0, "wait_on_list_days_mean"),
    Reading::Practice(1, "wait_on_list_days_mean"),
    Reading::Practice(2, "wait_on_list_days_mean"),
];

pub fn systems() -> Vec<System> {
    vec![
        dedicated(),
        chain_of_three(),
        uneven_chain(),
        chain_of_six(),
        n_model(),
    ]
}

/// Servers of one customer a day each: `posts_of` has a bit for each server of a practice.
fn steady_state(arrivals: &[f64], servers: usize, posts_of: Vec<u32>) -> CompatibleWaits {
    let graph = Compatibility {
        arrival_rates: arrivals.to_vec(),
        service_rates: vec![1.0; servers],
        posts_of,
    };
    graph.steady_state().expect("it is stable")
}

fn dedicated() -> System {
    let alone = ErlangC::new(0.8, 1.0, 1).expect("it is stable");
    System::new(
        "Dedicated servers",
        shipped!("dedicated.toml"),
        "three, load 0.8",
    )
    .set(DAYS, 16_000)
    .gives(WAIT, alone.mean_wait)
}

fn chain_of_three() -> System {
    let theory = steady_state(&[0.8; 3], 3, long_chain(3));
    System::new(
        "Chain (FCFS-ALIS product form)",
        shipped!("chain-of-three.toml"),
        "three, load 0.8",
    )
    .set(DAYS, 15_000)
    .gives(WAIT, theory.overall_mean_wait)
    .gives(WAITS[0], theory.mean_wait[0])
}

fn uneven_chain() -> System {
    let theory = steady_state(&[0.5, 0.8, 1.1], 3, long_chain(3));
    let system = System::new(
        "Chain (FCFS-ALIS product form)",
        shipped!("chain-of-three.toml"),
        "three uneven, load 0.8",
    )
    .set("practices.0.list_size", 625)
    .set("practices.2.list_size", 1_375)
    .set(DAYS, 18_000)
    .gives(WAIT, theory.overall_mean_wait);
    let readings = WAITS.into_iter().zip(theory.mean_wait.clone());
    readings.fold(system, |system, (reading, wait)| {
        system.gives(reading, wait)
    })
}

fn chain_of_six() -> System {
    let theory = steady_state(&[0.8; 6], 6, long_chain(6));
    System::new(
        "Chain (FCFS-ALIS product form)",
        shipped!("chain-of-six.toml"),
        "six, load 0.8",
    )
    .set(DAYS, 6_500)
    .gives(WAIT, theory.overall_mean_wait)
}

fn n_model() -> System {
    let theory = steady_state(&[0.7; 2], 2, vec![0b11, 0b10]);
    System::new(
        "N-model (FCFS-ALIS product form)",
        shipped!("n-model.toml"),
        "load 0.7",
    )
    .set(DAYS, 22_000)
    .gives(WAIT, theory.overall_mean_wait)
    .gives(WAITS[0], theory.mean_wait[0])
    .gives(WAITS[1], theory.mean_wait[1])
}
