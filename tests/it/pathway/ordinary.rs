//! The ordinary case on the always-open calendar: call, first appointment, follow-ups, completion.

use crate::support::{assert_lines, tell};

/// Call 0d 00:00 to 00:10; first appointment 2 days after its end, 45 minutes; follow-ups of 20
/// minutes, each 7 days after the end of the contact before.
#[test]
fn a_case_runs_from_the_list_to_completion() {
    let told = tell(&[]);
    assert_lines(
        &told.people_and_due(),
        "0d 00:00 a Assigned W1 0|1
         0d 00:00 a FallsDue - 0|1
         0d 00:00 a AttemptBegins W1 0|1
         0d 00:00 a Answered W1 0|1
         2d 00:10 a FallsDue - 0|1
         2d 00:10 a ContactBegins W1 0|1
         2d 00:55 a ContactHeld W1 0|1
         9d 00:55 a FallsDue - 0|1
         9d 00:55 a ContactBegins W1 0|1
         9d 01:15 a ContactHeld W1 0|1
         16d 01:15 a FallsDue - 0|1
         16d 01:15 a ContactBegins W1 0|1
         16d 01:35 a ContactHeld W1 0|1
         16d 01:35 a Completed W1 0|0",
    );
}

/// Without a figure for the first appointment, it comes an interval between contacts (7 days)
/// after the call's end at 00:10.
#[test]
fn the_first_appointment_comes_an_interval_after_the_call_unless_said() {
    let text = crate::support::ORDINARY.replace("days_to_first_appointment = 2\n", "");
    let told = crate::support::tell_of(&text, &["case_types.0.contacts=1"], 1);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 0|1
         0d 00:00 a AttemptBegins W1 0|1
         0d 00:00 a Answered W1 0|1
         7d 00:10 a ContactBegins W1 0|1
         7d 00:55 a ContactHeld W1 0|1
         7d 00:55 a Completed W1 0|0",
    );
}

/// No contacts: the call was all, and the case is complete when it ends; an onward wait follows a
/// last contact, and there was none.
#[test]
fn without_contacts_the_call_is_all() {
    let told = tell(&[
        "case_types.0.contacts=0",
        "case_types.0.onward_wait_share=1",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 0|1
         0d 00:00 a AttemptBegins W1 0|1
         0d 00:00 a Answered W1 0|1
         0d 00:10 a Completed W1 0|0",
    );
}

/// Contacts are rounded to the nearest whole number: 0.4 is none, 1.6 is two.
#[test]
fn contacts_are_rounded_to_the_nearest() {
    let held = |contacts: &str| {
        let told = tell(&[&format!("case_types.0.contacts={contacts}")]);
        told.of_pcn("contacts_held")
    };
    for (contacts, expected) in [("0.4", 0.0), ("0.6", 1.0), ("1.4", 1.0), ("1.6", 2.0)] {
        assert!((held(contacts) - expected).abs() < 1e-9, "{contacts}");
    }
}

/// A short follow-up interval: contacts follow each other, the next due counted from the END of
/// the last. First appointment at 2d 00:10, 45 minutes; interval 1 minute (0.000694444 days).
#[test]
fn the_next_contact_falls_due_after_the_end_of_the_last() {
    let told = tell(&["case_types.0.days_between_contacts=0.000694444"]);
    assert_lines(
        &told.only(&[
            splw_sim::engine::Activity::ContactBegins,
            splw_sim::engine::Activity::ContactHeld,
        ]),
        "2d 00:10 a ContactBegins W1 0|1
         2d 00:55 a ContactHeld W1 0|1
         2d 00:56 a ContactBegins W1 0|1
         2d 01:16 a ContactHeld W1 0|1
         2d 01:17 a ContactBegins W1 0|1
         2d 01:37 a ContactHeld W1 0|1",
    );
}
