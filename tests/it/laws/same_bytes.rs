//! Law 4: the same scenario and seed give the same bytes on any number of threads, in any order,
//! alone or in shards; watched or not; in a simulation that was used before or not.

use std::sync::atomic::AtomicBool;

use splw_sim::engine::{Entry, Observations, Plan, ReplicationKey, Simulation, Unobserved};
use splw_sim::experiment::{Experiment, Replications, Stopping, run};
use splw_sim::measure::Value;
use splw_sim::model::Model;

use super::random::on_services;
use crate::support::read;

fn replications(model: &Model, threads: usize, range: std::ops::Range<u64>) -> Replications {
    let experiment = Experiment {
        seed: 7,
        stopping: Stopping::Range(range),
        threads,
    };
    run(model, &experiment, &AtomicBool::new(false), &|_, _| {}).expect("nobody stops it")
}

fn bits(of: &Replications) -> Vec<Vec<Option<u64>>> {
    let bits = |row: Vec<Value>| {
        row.into_iter()
            .map(|value| value.defined().map(f64::to_bits))
            .collect()
    };
    of.rows().map(bits).collect()
}

#[test]
fn threads_do_not_change_a_bit() {
    on_services(200, |service| {
        let model = read(&service.text, &[]).model;
        let alone = replications(&model, 1, 0..20);
        for threads in [2, 5] {
            let together = replications(&model, threads, 0..20);
            assert_eq!(bits(&alone), bits(&together), "{threads} threads");
            assert_eq!(
                format!("{alone:?}"),
                format!("{together:?}"),
                "{threads} threads"
            );
        }
    });
}

#[test]
fn shards_join_to_the_whole() {
    on_services(500, |service| {
        let model = read(&service.text, &[]).model;
        let whole = replications(&model, 2, 0..6);
        let (first, second) = (replications(&model, 1, 0..2), replications(&model, 3, 2..6));
        assert_eq!(second.first, 2);
        let joined = [bits(&first), bits(&second)].concat();
        assert_eq!(bits(&whole), joined);
        assert_eq!(whole.events, first.events + second.events);
    });
}

/// Every whole number that a replication saw: forwards, backwards, alone, watched.
#[test]
fn order_and_watching_do_not_matter() {
    on_services(2_000, |service| {
        let model = read(&service.text, &[]).model;
        let plan = Plan::new(&model);
        let key = |replication| ReplicationKey {
            seed: service.seed,
            replication,
        };
        let mut used = Simulation::new(&plan, Unobserved);
        let mut run = |replication| told(used.run(key(replication)));
        let [first, second] = [0, 1].map(&mut run);
        let [second_again, first_again] = [1, 0].map(&mut run);
        assert_eq!((&first, &second), (&first_again, &second_again));
        let mut watched = Simulation::new(&plan, Vec::<Entry>::new());
        assert_eq!(second, told(watched.run(key(1))));
    });
}

/// Everything seen; waits are in no order, and are put in one.
pub fn told(seen: &Observations) -> String {
    let mut seen = seen.clone();
    for waits in &mut seen.waits {
        waits.sort_by_cached_key(|wait| format!("{wait:?}"));
    }
    format!("{seen:?}")
}
