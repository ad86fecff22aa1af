//! Chance after a handover: the next worker's calls, contacts and handovers are decided afresh.

use splw_sim::engine::Activity::{Answered, AttemptBegins, LostAtHandover, Missed};

use crate::support::{ORDINARY, tell_of};

/// Chance has no memory: 200 people were called in vain once (half are answered) when their worker
/// leaves. The next worker's first calls are answered half the time again, not never.
#[test]
fn calls_after_a_handover_are_new_calls() {
    let text = format!(
        "{ORDINARY}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\nstarts = 2000-01-05\ncaseload_cap = \"none\"\n"
    );
    let told = tell_of(
        &text,
        &[
            "posts.0.ends=2000-01-05",
            "posts.0.caseload_cap=\"none\"",
            "posts.0.lost_at_handover_share=0",
            "first_contact.answered_share=0.5",
            "first_contact.attempt_minutes=1",
            "first_contact.days_between_attempts=30",
            "start.waiting.0={ practice = \"Elm\", count = 200, waited_days = 0 }",
            "period.days=10",
        ],
        1,
    );
    let calls_of = |activity| {
        let of_second =
            |row: &&splw_sim::engine::Entry| row.activity == activity && row.time.day().0 >= 2;
        told.log.iter().filter(of_second).count()
    };
    let (calls, answered) = (calls_of(AttemptBegins), calls_of(Answered));
    assert!(
        calls > 70,
        "about 100 were not answered the first time: {calls}"
    );
    let share = answered as f64 / calls as f64;
    assert!(
        (share - 0.5).abs() < 5.0 * (0.25 / calls as f64).sqrt(),
        "{answered} of {calls}"
    );
}

/// The same for missed contacts: 200 people with a first appointment missed half the time, whose
/// worker leaves before the next.
#[test]
fn contacts_after_a_handover_are_missed_afresh() {
    let text = format!(
        "{ORDINARY}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\nstarts = 2000-01-08\ncaseload_cap = \"none\"\n"
    );
    let told = tell_of(
        &text,
        &[
            "posts.0.ends=2000-01-08",
            "posts.0.caseload_cap=\"none\"",
            "posts.0.lost_at_handover_share=0",
            "first_contact.attempt_minutes=1",
            "case_types.0.first_appointment_minutes=1",
            "case_types.0.days_between_contacts=30",
            "case_types.0.dna_share=0.5",
            "case_types.0.contacts=1",
            "start.waiting.0={ practice = \"Elm\", count = 200, waited_days = 0 }",
            "period.days=20",
        ],
        1,
    );
    let missed_first: Vec<_> = told
        .log
        .iter()
        .filter(|row| row.activity == Missed && row.time.day().0 < 5)
        .map(|row| row.referral)
        .collect();
    let missed_again = told
        .log
        .iter()
        .filter(|row| row.activity == Missed && row.time.day().0 >= 5)
        .filter(|row| missed_first.contains(&row.referral))
        .count();
    assert!(missed_first.len() > 70, "{}", missed_first.len());
    let share = missed_again as f64 / missed_first.len() as f64;
    let sd = (0.25 / missed_first.len() as f64).sqrt();
    assert!(
        (share - 0.5).abs() < 5.0 * sd,
        "{missed_again} of {}",
        missed_first.len()
    );
}

/// And for the loss itself: of 400 people half are lost at the first handover, and half of the rest
/// at the second, not none.
#[test]
fn each_handover_loses_its_share() {
    let text = format!(
        "{ORDINARY}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\nstarts = 2000-01-05\nends = 2000-01-07\n\
         caseload_cap = \"none\"\nlost_at_handover_share = 0.5\n"
    );
    let told = tell_of(
        &text,
        &[
            "posts.0.ends=2000-01-05",
            "posts.0.caseload_cap=\"none\"",
            "posts.0.lost_at_handover_share=0.5",
            "first_contact.attempt_minutes=1",
            "first_contact.days_to_first_appointment=50",
            "start.waiting.0={ practice = \"Elm\", count = 400, waited_days = 0 }",
            "case_types.0.first_appointment_minutes=0.5",
            "case_types.0.days_between_contacts=50",
        ],
        1,
    );
    let lost_on = |day| {
        let rows = told.log.iter().filter(|row| row.activity == LostAtHandover);
        rows.filter(|row| row.time.day().0 == day).count() as f64
    };
    let (first, second) = (lost_on(2), lost_on(4));
    assert!(
        (first - 200.0).abs() < 50.0,
        "{first}: 5 standard deviations of 10"
    );
    let left = 400.0 - first;
    assert!(
        (second - left / 2.0).abs() < 5.0 * (left / 4.0).sqrt(),
        "{second} of {left}"
    );
}
