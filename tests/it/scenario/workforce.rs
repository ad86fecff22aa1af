//! What may be said of pauses, holders, fixed terms and volunteers, and what is refused.

use splw_sim::model::{Pause, PauseScope, PostKind};

use super::{refused_for, scenario, small_and, small_with};

fn list(keys: &str) -> String {
    small_and(&format!("[waiting_list]\n{keys}"))
}

#[test]
fn a_pause_has_two_thresholds_in_their_order() {
    let model = scenario(&list("pause_at = 40\nresume_at = 20")).model;
    let pause = Pause {
        pause_at: 40,
        resume_at: 20,
        scope: PauseScope::Practice,
    };
    assert_eq!(model.policy.pause, Some(pause));
    refused_for(
        &list("pause_at = 40"),
        "waiting_list.resume_at",
        "because `pause_at` is given",
    );
    refused_for(
        &list("resume_at = 20"),
        "waiting_list.pause_at",
        "because `resume_at` is given",
    );
    refused_for(
        &list("pause_at = 20\nresume_at = 20"),
        "waiting_list.resume_at",
        "a whole number from 0 to 19",
    );
    refused_for(
        &list("pause_at = -1\nresume_at = 20"),
        "waiting_list.pause_at",
        "a whole number from 1",
    );
}

#[test]
fn rates_and_weeks_are_not_negative() {
    for key in ["leaving_rate_a_year", "notice_weeks", "ramp_weeks"] {
        for value in ["-0.1", "nan", "inf"] {
            let text = small_and(&format!("{key} = {value}"));
            refused_for(&text, &format!("posts.0.{key}"), "a number from 0");
        }
    }
}

/// The small scenario's period begins on 5 October 2026.
#[test]
fn a_fixed_term_ends_after_it_began() {
    refused_for(
        &small_and("starts = 2026-12-01\ncontract_ends = 2026-11-30"),
        "posts.0.contract_ends",
        "is not after the post's first day",
    );
    refused_for(
        &small_and("contract_ends = 2026-10-05"),
        "posts.0.contract_ends",
        "is before the simulated time",
    );
    let model = scenario(&small_and("contract_ends = 2026-10-06")).model;
    let contract = model.posts[0].tenure.contract.expect("it was given");
    assert_eq!(contract.ends.seconds(), 86_400);
    assert!((contract.renewal_share - 0.7).abs() < 1e-12);
}

#[test]
fn only_volunteers_pass_cases_on() {
    refused_for(
        &small_and("escalation_share = 0.25"),
        "posts.0.escalation_share",
        "add kind = \"volunteer\"",
    );
    let post = &scenario(&small_and("kind = \"volunteer\"\nescalation_share = 0.25"))
        .model
        .posts[0];
    assert_eq!(post.kind, PostKind::Volunteer);
    assert!((post.escalation_share - 0.25).abs() < 1e-12);
    refused_for(
        &small_and("kind = \"volunter\""),
        "posts.0.kind",
        "did you mean `volunteer`?",
    );
}

#[test]
fn a_post_takes_case_types_of_the_file() {
    refused_for(
        &small_and("case_types = [\"ful\"]"),
        "posts.0.case_types.0",
        "did you mean `full`?",
    );
    refused_for(
        &small_and("case_types = []"),
        "posts.0.case_types",
        "the post could take nobody",
    );
}

#[test]
fn strain_has_effects_when_asked_for() {
    let strain = |keys: &str| {
        let scenario = scenario(&small_and(&format!("[strain]\n{keys}")));
        (scenario.model.strain.feedback, scenario.compares_feedback)
    };
    assert_eq!(strain(""), (None, false));
    let (on, both) = (strain("feedback = \"on\""), strain("feedback = \"both\""));
    assert!(on.0.is_some() && !on.1);
    assert!(both.0 == on.0 && both.1);
    refused_for(
        &small_and("[strain]\nfeedback = true"),
        "strain.feedback",
        "\"off\" or \"on\" or \"both\"",
    );
}

#[test]
fn weeks_to_hire_may_be_drawn() {
    let post = &scenario(&small_with(
        "name = \"Link worker\"",
        "name = \"Link worker\"\nadvertised = 2026-10-12\ntime_to_hire_weeks = { uniform = { min = 1, max = 2 } }",
    ))
    .model
    .posts[0];
    assert_eq!((post.starts, post.advertised), (None, Some(7 * 86_400)));
}
