//! Small changes with a large effect: when they are found, and that few replications find none.

use std::sync::atomic::AtomicBool;

use splw_sim::experiment::{Change, Experiment, KnifeEdge, Stopping, knife_edges, run};

use crate::support::{ORDINARY, read};

/// What is found around a caseload that is always as full as its cap allows: 100 people wait, each is a
/// full-case equivalent for years, and a load of 1 is `reference` of them.
fn found(cap: u32, reference: f64, replications: u64) -> Vec<KnifeEdge> {
    let model = read(
        ORDINARY,
        &[
            &format!("posts.0.caseload_cap={cap}"),
            &format!("strain.reference_caseload_per_wte={reference}"),
            "case_types.0.contacts=8",
            "case_types.0.days_between_contacts=300",
            "start.waiting.0.waited_days={ exponential = { mean = 30 } }",
            "start.waiting.0.count=100",
            "period.days=700",
        ],
    )
    .model;
    let experiment = Experiment {
        seed: 20_261_005,
        stopping: Stopping::Range(0..replications),
        threads: 2,
    };
    let stop = AtomicBool::new(false);
    let base = run(&model, &experiment, &stop, &|_, _| {}).expect("it runs");
    knife_edges(&model, &experiment, &base, &stop, &|_, _| {}).expect("it runs")
}

/// Twenty cases are 0.98 of what is bearable, and 21 are 1.02; 19 are fewer than both. Nobody is
/// referred, so other rates change nothing.
#[test]
fn a_place_more_that_puts_everybody_at_risk_is_found() {
    let edges = found(20, 20.5, 64);
    assert_eq!(edges.len(), 1, "{edges:?}");
    assert_eq!(edges[0].change, Change::HigherCaps);
    assert!(edges[0].before.abs() < 1e-12 && edges[0].after > 1.0);
    let edges = found(20, 19.5, 64);
    assert_eq!(edges.len(), 1, "{edges:?}");
    assert_eq!(edges[0].change, Change::LowerCaps);
}

/// Far from what is bearable a place more or less changes nothing.
#[test]
fn a_service_far_from_the_edge_has_none() {
    assert_eq!(found(20, 30.0, 64), []);
    assert_eq!(found(20, 10.0, 64), []);
}

#[test]
fn few_replications_are_not_looked_at() {
    assert_eq!(found(20, 20.5, 63), []);
}
