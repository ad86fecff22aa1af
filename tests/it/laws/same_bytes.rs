//! Law 4: the same scenario and seed give the same bytes on any number of threads, in any order,
//! alone or in shards; watched or not; in a simulation that was used before or not.

use std::sync::atomic::AtomicBool;

use splw_sim::engine::{Entry, Plan, ReplicationKey, Simulation, Unobserved};
use splw_sim::experiment::{Experiment, Replications, Stopping, run};
use splw_sim::model::Model;

use super::services::service;
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
    let row = |index| {
        let values = of.row(index).iter();
        values
            .map(|value| value.defined().map(f64::to_bits))
            .collect()
    };
    (0..of.count()).map(row).collect()
}

#[test]
fn threads_do_not_change_a_bit() {
    for number in 0..25 {
        let model = read(&service(number), &[]).model;
        let alone = replications(&model, 1, 0..40);
        for threads in [2, 5] {
            let together = replications(&model, threads, 0..40);
            assert_eq!(
                bits(&alone),
                bits(&together),
                "service {number}, {threads} threads"
            );
            assert_eq!(
                format!("{alone:?}"),
                format!("{together:?}"),
                "service {number}, {threads} threads"
            );
        }
    }
}

#[test]
fn shards_join_to_the_whole() {
    for number in 25..50 {
        let model = read(&service(number), &[]).model;
        let whole = replications(&model, 2, 0..12);
        let (first, second) = (
            replications(&model, 1, 0..5),
            replications(&model, 3, 5..12),
        );
        assert_eq!(second.first, 5);
        let joined = [bits(&first), bits(&second)].concat();
        assert_eq!(bits(&whole), joined, "service {number}");
        assert_eq!(
            whole.events,
            first.events + second.events,
            "service {number}"
        );
    }
}

/// Every whole number that a replication saw, in order: forwards, backwards, alone, watched.
#[test]
fn order_and_watching_do_not_matter() {
    for number in 50..110 {
        let model = read(&service(number), &[]).model;
        let plan = Plan::new(&model);
        let key = |replication| ReplicationKey {
            seed: 3,
            replication,
        };
        let mut used = Simulation::new(&plan, Unobserved);
        let forwards: Vec<String> = (0..4)
            .map(|it| format!("{:?}", used.run(key(it))))
            .collect();
        let backwards: Vec<String> = (0..4)
            .rev()
            .map(|it| format!("{:?}", used.run(key(it))))
            .collect();
        for replication in 0..4 {
            let index = replication as usize;
            assert_eq!(forwards[index], backwards[3 - index], "service {number}");
            let mut fresh = Simulation::new(&plan, Vec::<Entry>::new());
            assert_eq!(
                forwards[index],
                format!("{:?}", fresh.run(key(replication))),
                "service {number}"
            );
        }
    }
}
