//! Volunteers: which cases they take, on which days they come, and what they pass on.

use splw_sim::engine::Activity::{Assigned, ContactHeld, Escalated, WindowOpens};
use splw_sim::engine::observations::Count;

use crate::support::{IN_ENGLAND, ORDINARY, Told, assert_lines, tell_of};

/// A volunteer and a paid link worker; people are light or full cases.
fn told(more: &[&str]) -> Told {
    let text = format!(
        "{ORDINARY}
        [[posts]]
        name = \"Volunteer\"
        wte = 1
        caseload_cap = 1
        kind = \"volunteer\"
        case_types = [\"light\"]
        [[case_types]]
        name = \"light\"
        share = 0.5
        contacts = 2
        dna_share = 0
        first_appointment_minutes = 45
        follow_up_minutes = 20
        days_between_contacts = 7
        "
    );
    let share = ["case_types.0.share=0.5"];
    tell_of(&text, &[&share[..], more].concat(), 1)
}

/// a and b are full cases: b waits, although the volunteer has room.
#[test]
fn a_volunteer_takes_no_case_that_is_too_much() {
    let told = told(&[
        "start.waiting.0.waited_days=[1, 0]",
        "start.waiting.0.case_type=full",
    ]);
    assert_lines(
        &told.only(&[Assigned]),
        "0d 00:00 a Assigned W1 1|1
         16d 01:35 b Assigned W1 0|1",
    );
    assert_eq!(told.seen.posts[1].scope.count(Count::Assigned), 0);
}

/// a and b are light: a goes to the first in the file, b to the volunteer.
#[test]
fn a_volunteer_takes_light_cases() {
    let told = told(&[
        "start.waiting.0.waited_days=[1, 0]",
        "start.waiting.0.case_type=light",
    ]);
    assert_lines(
        &told.only(&[Assigned]),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 b Assigned W2 0|2",
    );
}

/// Everything is passed on after the first appointment, which ends at 2d 00:10 + 45 minutes. a's place
/// at W1 is free from 9d 01:15 on (2d 00:55 + 7 d + 20 minutes): b goes to the head of the list until
/// then, and has one contact to come, which falls due at once.
#[test]
fn cases_are_passed_on_after_the_first_appointment() {
    let told = told(&[
        "start.waiting.0.waited_days=[1, 0]",
        "start.waiting.0.case_type=light",
        "posts.1.escalation_share=1",
    ]);
    assert_lines(
        &told.only(&[Assigned, Escalated, ContactHeld]),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 b Assigned W2 0|2
         2d 00:55 a ContactHeld W1 0|2
         2d 00:55 b ContactHeld W2 0|2
         2d 00:55 b Escalated W2 0|1
         9d 01:15 a ContactHeld W1 1|1
         9d 01:15 b Assigned W1 0|1
         9d 01:35 b ContactHeld W1 0|1",
    );
    assert!((told.of_pcn("escalated") - 1.0).abs() < 1e-12);
    assert_eq!(told.seen.posts[1].scope.count(Count::TransferredOut), 1);
    assert_eq!(told.seen.posts[0].scope.count(Count::TransferredIn), 1);
}

/// 1,000 weeks of five days, of which the volunteer comes on 85%: 4,250, give or take 3.3 standard
/// deviations of 25. The link worker comes on all.
#[test]
fn volunteers_turn_up_or_not() {
    let keys = [
        "posts.1.turn_up_share=0.85",
        "period.days=7000",
        "period.closed_days=[]",
        "posts.*.leaving_rate_a_year=0",
    ];
    let told = told(&[IN_ENGLAND, &keys].concat());
    let days = |post: u32| {
        let rows = told.log.iter().filter(|row| row.activity == WindowOpens);
        rows.filter(|row| row.post.is_some_and(|it| it.0 == post))
            .count() as f64
    };
    let share = days(1) / days(0);
    let tolerance = 3.3 * (0.85 * 0.15 / days(0)).sqrt();
    assert!((share - 0.85).abs() < tolerance, "{share}");
    assert!(days(0) > 4_500.0);
}

/// A volunteer passes on a quarter of 399 cases, the paid worker having one: 100, deviation 8.7, five of
/// which are allowed.
#[test]
fn as_many_are_passed_on_as_the_share_says() {
    let told = told(&[
        "posts.1.caseload_cap=400",
        "posts.1.escalation_share=0.25",
        "start.waiting.0={ practice = \"Elm\", case_type = \"light\", count = 400, waited_days = 0 }",
    ]);
    let passed_on = told.seen.posts[1].scope.count(Count::Escalated) as f64;
    assert!((passed_on - 100.0).abs() < 5.0 * 8.7, "{passed_on}");
}
