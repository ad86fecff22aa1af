//! Parts of a network that never meet: which they are, and that each is as it would be alone.

use std::cell::Cell;

use splw_sim::engine::{
    Entry, Observations, Plan, ReplicationKey, Simulation, Unobserved, simulate,
};

use super::random::on_services;
use super::same_bytes::told;
use crate::support::read;

const HEAD: &str = r#"
schema = 1
title = "Elm and Ash, Oak and Yew"

[period]
start = 2026-10-05
weeks = 40
warm_up_weeks = 10
calendar = "england"

[demand]
referrals_per_1000_a_year = 60
re_referral_share = 0.2

[waiting_list]
patience_days = { exponential = { mean = 40 } }

[strain]
feedback = "on"

[[case_types]]
name = "light"
share = 0.6
contacts = 2
first_appointment_minutes = 45
follow_up_minutes = 20
days_between_contacts = { exponential = { mean = 14 } }

[[case_types]]
name = "full"
share = 0.4
contacts = 5
first_appointment_minutes = 60
follow_up_minutes = { exponential = { mean = 30 } }
days_between_contacts = { exponential = { mean = 14 } }

"#;

/// A practice of each name, and posts by name and whom they serve, with more keys.
fn network(practices: &[&str], posts: &[(&str, &str, &str)]) -> String {
    let practices = practices
        .iter()
        .map(|name| format!("[[practices]]\nname = \"{name}\"\nlist_size = 9000\n"));
    let posts = posts.iter().map(|(name, serves, more)| {
        format!(
            "[[posts]]\nname = \"{name}\"\nwte = 1\ncaseload_cap = 20\nserves = {serves}\n{more}\n"
        )
    });
    let parts: Vec<String> = practices.chain(posts).collect();
    format!("{HEAD}{}", parts.join("\n"))
}

/// The part of each practice, then that of each post.
fn parts(text: &str, more: &[&str]) -> (Vec<usize>, Vec<usize>) {
    let model = read(text, more).model;
    let plan = Plan::new(&model);
    let parts = plan.parts.clone();
    (parts.of_practices, parts.of_posts)
}

const FOUR: [&str; 4] = ["Elm", "Ash", "Oak", "Yew"];

#[test]
fn who_shares_a_post_is_of_one_part() {
    let apart = [
        ("W1", "[\"Elm\", \"Oak\"]", ""),
        ("W2", "[\"Ash\"]", ""),
        ("W3", "[\"Oak\"]", ""),
    ];
    let text = network(&FOUR, &apart);
    // Nobody serves Yew.
    assert_eq!(parts(&text, &[]), (vec![0, 1, 0, 2], vec![0, 1, 0]));
    let chain = [
        ("W1", "[\"Elm\", \"Ash\"]", ""),
        ("W2", "[\"Oak\", \"Yew\"]", ""),
        ("W3", "[\"Ash\", \"Oak\"]", ""),
    ];
    let text = network(&FOUR, &chain);
    assert_eq!(parts(&text, &[]), (vec![0; 4], vec![0; 3]));
}

/// Who takes light cases alone brings together whom it serves, even where others take the rest.
#[test]
fn a_post_for_some_cases_brings_practices_together() {
    let posts = [
        ("W1", "[\"Elm\", \"Ash\"]", ""),
        ("W2", "[\"Oak\"]", ""),
        ("W3", "[\"Yew\"]", ""),
        ("V", "[\"Oak\", \"Yew\"]", "case_types = [\"light\"]"),
    ];
    let text = network(&FOUR, &posts);
    assert_eq!(parts(&text, &[]), (vec![0, 0, 1, 1], vec![0, 1, 1, 1]));
}

/// Full cases, which nobody takes, wait on one list of the whole network.
#[test]
fn a_list_that_nobody_serves_brings_its_practices_together() {
    let light = "case_types = [\"light\"]";
    let posts = [("W1", "[\"Elm\"]", light), ("W2", "[\"Ash\"]", light)];
    let text = network(&["Elm", "Ash"], &posts);
    assert_eq!(parts(&text, &[]), (vec![0, 0], vec![0, 0]));
}

#[test]
fn what_the_whole_network_decides_brings_all_together() {
    let posts = [("W1", "[\"Elm\"]", ""), ("W2", "[\"Ash\"]", "")];
    let text = network(&["Elm", "Ash"], &posts);
    assert_eq!(parts(&text, &[]).1, [0, 1]);
    let pause = ["waiting_list.pause_at=9", "waiting_list.resume_at=5"];
    assert_eq!(parts(&text, &pause).1, [0, 1], "each practice for itself");
    let pause = [&pause[..], &["waiting_list.pause_scope=pcn"]].concat();
    assert_eq!(parts(&text, &pause).1, [0, 0]);
    let merger = "[[mergers]]\ndate = 2027-01-04\npractices = [\"Elm\", \"Ash\"]\ninto = \"Elm\"";
    assert_eq!(parts(&format!("{text}{merger}"), &[]).1, [0, 0]);
}

/// Two parts in one network: each practice and post has seen what it sees where the other part is
/// not there at all.
#[test]
fn each_part_is_as_it_would_be_alone() {
    let first = [("W1", "[\"Elm\", \"Ash\"]", "leaving_rate_a_year = 1.5")];
    let second = [
        ("W2", "[\"Oak\", \"Yew\"]", ""),
        ("W3", "[\"Yew\"]", "leaving_rate_a_year = 1"),
    ];
    let both = [&first[..], &second[..]].concat();
    let seen = |text: &str, replication| -> Observations {
        let model = read(text, &[]).model;
        simulate(
            &model,
            ReplicationKey {
                seed: 7,
                replication,
            },
        )
    };
    let whole = network(&FOUR, &both);
    assert_eq!(parts(&whole, &[]).1, [0, 1, 1]);
    for replication in 0..20 {
        let whole = seen(&whole, replication);
        let first = seen(&network(&FOUR[..2], &first), replication);
        let second = seen(&network(&FOUR[2..], &second), replication);
        let practices = [first.practices, second.practices].concat();
        let posts = [first.posts, second.posts].concat();
        assert_eq!(format!("{:?}", whole.practices), format!("{practices:?}"));
        assert_eq!(format!("{:?}", whole.posts), format!("{posts:?}"));
    }
}

/// Random services of several parts: simulated one after the other they have seen what they see when
/// somebody watches and all are simulated together.
#[test]
fn together_is_as_one_after_the_other() {
    let in_parts = Cell::new(0);
    on_services(10_000, |service| {
        let model = read(&service.text, &[]).model;
        let plan = Plan::new(&model);
        if plan.parts.number == 1 {
            return;
        }
        let mut apart = Simulation::new(&plan, Unobserved);
        let mut together = Simulation::new(&plan, Vec::<Entry>::new());
        for replication in 0..4 {
            let key = ReplicationKey {
                seed: service.seed,
                replication,
            };
            assert_eq!(told(apart.run(key)), told(together.run(key)));
        }
        in_parts.set(in_parts.get() + 1);
    });
    assert!(in_parts.get() > 500, "{in_parts:?} fall into parts");
}
