//! The file that the interface prints is accepted as it stands, and means what it says.

use super::{RAYLEIGH, scenario};
use splw_sim::model::{
    Assignment, CalendarKind, Continuity, Distribution, LapseUntil, OrderOfWork, Pattern,
    PracticeId, SimDuration, SimTime,
};

const DAY: u64 = 86_400;

#[test]
fn the_period_lies_after_the_warm_up() {
    let model = scenario(RAYLEIGH).model;
    assert_eq!(model.calendar.first().to_string(), "2025-10-06");
    assert_eq!(model.calendar.kind(), CalendarKind::England);
    assert_eq!(model.period.opens, SimTime::from_seconds(52 * 7 * DAY));
    assert_eq!(model.period.closes, SimTime::from_seconds(156 * 7 * DAY));
    assert!(model.is_steady_state());
}

#[test]
fn practices_and_posts_stand_as_written() {
    let model = scenario(RAYLEIGH).model;
    let lists: Vec<f64> = model.practices.iter().map(|it| it.list_size).collect();
    assert_eq!(lists, [7993.0, 4313.0, 6521.0, 20868.0, 13908.0, 3874.0]);
    assert_eq!(model.practices[3].ods_code.as_deref(), Some("F81123"));
    assert_eq!(model.practices[0].case_type_shares, [0.58, 0.42]);
    let [post] = model.posts.as_slice() else {
        panic!("one post");
    };
    assert_eq!(post.serves, (0..6).map(PracticeId).collect::<Vec<_>>());
    assert_eq!(post.contracted_time[0], SimDuration::from_minutes(450.0));
    assert_eq!(post.client_time[4], SimDuration::from_minutes(270.0));
    assert_eq!(post.client_time[5], SimDuration::ZERO);
    assert_eq!(post.window_opens, SimDuration::from_minutes(540.0));
    assert_eq!(post.caseload_cap, Some(80));
}

#[test]
fn demand_and_pathway_stand_as_written() {
    let model = scenario(RAYLEIGH).model;
    let Pattern::Factors { month, weekday } = model.demand.pattern else {
        panic!("factors");
    };
    assert_eq!(month[7], 0.85);
    assert_eq!(weekday, [0.94, 1.11, 1.07, 1.10, 0.78, 0.0, 0.0]);
    assert_eq!(model.demand.sources.len(), 1);
    assert_eq!(model.demand.sources[0].inappropriate_share, 0.10);
    let full = &model.case_types[1];
    let contacts = Distribution::Triangular {
        min: 6.0,
        mode: 8.0,
        max: 12.0,
    };
    assert_eq!(full.contacts, contacts);
    assert_eq!(full.dna_limit, Some(3));
    assert_eq!(
        model.policy.patience_days,
        Some(Distribution::Exponential { mean: 91.0 })
    );
    assert_eq!(model.policy.assignment, Assignment::LeastLoaded);
    assert_eq!(model.policy.order_of_work, OrderOfWork::FollowUpsFirst);
    assert_eq!(model.policy.continuity, Continuity::SameWorker);
    assert_eq!(model.policy.lapse_until, LapseUntil::FirstContact);
}

#[test]
fn what_stands_around_the_model_is_kept_in_order() {
    let scenario = scenario(RAYLEIGH);
    assert_eq!(scenario.experiment.replications, 200);
    assert_eq!(scenario.experiment.seed, 20_261_005);
    assert_eq!(scenario.experiment.precision, None);
    let targets: Vec<&str> = scenario
        .targets
        .iter()
        .map(|it| it.measure.as_str())
        .collect();
    assert_eq!(
        targets,
        ["contacted_within_14_days", "contacted_within_28_days"]
    );
    let keys: Vec<&str> = scenario
        .provenance
        .iter()
        .map(|it| it.key.as_str())
        .collect();
    assert_eq!(
        keys,
        [
            "practices.*.list_size",
            "posts.*.wte",
            "waiting_list.patience_days"
        ]
    );
    assert_eq!(scenario.provenance[0].grade, Some('A'));
    assert_eq!(scenario.provenance[2].date, None);
    assert_eq!(scenario.notes, Vec::<String>::new());
}

#[test]
fn every_default_that_was_used_is_listed_and_no_other() {
    let scenario = scenario(RAYLEIGH);
    let rows: Vec<String> = scenario
        .defaults
        .iter()
        .map(|it| format!("{} = {} ({})", it.key, it.value, it.grade))
        .collect();
    let expected = [
        "assignment = \"least-loaded\" (D)",
        "order_of_work = \"follow-ups-first\" (D)",
        "continuity = \"same-worker\" (D)",
        "demand.growth_a_year = 0 (D)",
        "demand.opening_hours = [\"08:00\", \"18:30\"] (D)",
        "waiting_list.lapse_until = \"first-contact\" (D)",
        "case_types.*.dna_limit = 3 (D)",
        "case_types.*.drop_out_share = 0 (D)",
        "case_types.*.onward_wait_share = 0 (D)",
        "posts.*.time_to_hire_weeks = 14 (C)",
        "posts.*.leaving_rate_a_year = 0.085 (B)",
        "posts.*.ramp_weeks = 12 (D)",
        "posts.*.ramp_from_share = 0.5 (D)",
        "posts.*.notice_weeks = 6 (D)",
        "posts.*.lost_at_handover_share = 0.2 (C)",
        "absence.winter_sickness_factor = 1.15 (D)",
        "strain.reference_caseload_per_wte = 52 (B)",
        "strain.memory_weeks = 8 (D)",
    ];
    assert_eq!(rows, expected);
}
