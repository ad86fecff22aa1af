//! Missed contacts: what they cost, when they fall due again, and when the case is closed.

use splw_sim::engine::Activity::{ContactBegins, ContactHeld, Disengaged, DroppedOut, Missed};

use crate::support::{assert_lines, tell};

/// Missed with probability 0.999: three times running in all likelihood, and with this seed. The
/// slot of 45 minutes is lost each time; it falls due again a fresh interval (7 days) after its
/// end; after the third the case is closed and the place free.
#[test]
fn three_missed_contacts_running_close_the_case() {
    let told = tell(&["case_types.0.dna_share=0.999"]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 0|1
         0d 00:00 a AttemptBegins W1 0|1
         0d 00:00 a Answered W1 0|1
         2d 00:10 a ContactBegins W1 0|1
         2d 00:55 a Missed W1 0|1
         9d 00:55 a ContactBegins W1 0|1
         9d 01:40 a Missed W1 0|1
         16d 01:40 a ContactBegins W1 0|1
         16d 02:25 a Missed W1 0|1
         16d 02:25 a Disengaged W1 0|0",
    );
}

/// Only 5 minutes are lost, and it falls due again 4 days after them; two running close the case.
#[test]
fn missed_minutes_days_after_and_limit_are_as_given() {
    let told = tell(&[
        "case_types.0.dna_share=0.999",
        "case_types.0.dna_minutes=5",
        "case_types.0.days_after_dna=4",
        "case_types.0.dna_limit=2",
    ]);
    assert_lines(
        &told.only(&[ContactBegins, Missed, Disengaged]),
        "2d 00:10 a ContactBegins W1 0|1
         2d 00:15 a Missed W1 0|1
         6d 00:15 a ContactBegins W1 0|1
         6d 00:20 a Missed W1 0|1
         6d 00:20 a Disengaged W1 0|0",
    );
}

/// 300 people, contacts missed half the time: a case is closed exactly when three are missed
/// running, never later, never earlier, and a contact held starts the count again.
#[test]
fn a_contact_held_starts_the_count_again() {
    let told = tell(&[
        "case_types.0.dna_share=0.5",
        "case_types.0.contacts=5",
        "posts.0.caseload_cap=\"none\"",
        "period.days=600",
        "start.waiting.0={ practice = \"Elm\", count = 300, waited_days = 0 }",
    ]);
    let mut people: Vec<_> = told.log.iter().filter_map(|row| row.referral).collect();
    people.sort_unstable_by_key(|it| it.1);
    people.dedup();
    let (mut disengaged, mut recovered) = (0, 0);
    for person in people {
        let mut running = 0;
        for row in told.log.iter().filter(|row| row.referral == Some(person)) {
            match row.activity {
                Missed => running += 1,
                ContactHeld => {
                    recovered += u32::from(running == 2);
                    running = 0;
                }
                Disengaged => {
                    assert_eq!(running, 3);
                    disengaged += 1;
                }
                ContactBegins => assert!(running < 3),
                _ => {}
            }
        }
    }
    assert!(
        disengaged > 30 && recovered > 30,
        "{disengaged}, {recovered}"
    );
    assert!((told.of_pcn("disengaged") - f64::from(disengaged)).abs() < 1e-9);
}

/// With no limit nobody is ever disengaged.
#[test]
fn without_a_limit_nobody_is_disengaged() {
    let told = tell(&[
        "case_types.0.dna_share=0.9",
        "case_types.0.dna_limit=\"none\"",
        "period.days=3000",
        "start.waiting.0={ practice = \"Elm\", count = 50, waited_days = 0 }",
        "posts.0.caseload_cap=\"none\"",
    ]);
    assert!(told.only(&[Disengaged]).is_empty());
    assert!((told.of_pcn("completed") - 50.0).abs() < 1e-9);
}

/// Drop-out after the first contact: 2d 00:10 + 45 minutes. It is not tried after the last.
#[test]
fn a_person_drops_out_after_a_contact_but_not_after_the_last() {
    let told = tell(&["case_types.0.drop_out_share=1"]);
    assert_lines(
        &told.only(&[ContactHeld, DroppedOut]),
        "2d 00:55 a ContactHeld W1 0|1
         2d 00:55 a DroppedOut W1 0|0",
    );
    let told = tell(&["case_types.0.drop_out_share=1", "case_types.0.contacts=1"]);
    assert!(told.only(&[DroppedOut]).is_empty());
    assert!((told.of_pcn("completed") - 1.0).abs() < 1e-9);
}

/// A quarter drops out after the first of two contacts: of 400 people 100, deviation 8.7, five of which
/// are allowed.
#[test]
fn as_many_drop_out_as_the_share_says() {
    let told = tell(&[
        "case_types.0.contacts=2",
        "case_types.0.drop_out_share=0.25",
        "posts.0.caseload_cap=400",
        "start.waiting.0={ practice = \"Elm\", count = 400, waited_days = 0 }",
    ]);
    let dropped = told.of_pcn("dropped_out");
    assert!((dropped - 100.0).abs() < 5.0 * 8.7, "{dropped}");
    assert!((told.of_pcn("completed") - (400.0 - dropped)).abs() < 1e-9);
}
