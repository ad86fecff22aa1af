//! Order of work: what a free worker does first.
//!
//! a, b and c are called one after the other, a day (1,440 minutes) each: 0d to 3d. The first
//! appointment comes an interval after the call and takes 3 days (4,320 minutes), a follow-up one
//! day. a (interval 1 day): first appointment due 2d, held 3d to 6d, follow-up due 7d. c (interval
//! 1 day): first appointment due 4d, held 6d to 9d. b's first appointment is due at 6d 12:00, at
//! 7d or at 8d, as its interval is 4.5, 5 or 6 days. So at 9d both a's follow-up (due 7d) and b's first
//! appointment wait.

use splw_sim::engine::Activity::ContactBegins;

use crate::support::{ORDINARY, assert_lines, tell_of};

fn beginnings(order: &str, interval_of_b: &str) -> Vec<String> {
    let text = ORDINARY
        .replace("days_to_first_appointment = 2\n", "")
        .replace("[[practices]]", "[[case_types]]\nname = \"other\"\nshare = 0\ncontacts = 1\nfirst_appointment_minutes = 4320\ndays_between_contacts = 6\ndna_share = 0\n\n[[practices]]");
    let overrides = [
        &format!("order_of_work={order}"),
        &format!("case_types.1.days_between_contacts={interval_of_b}"),
        "first_contact.attempt_minutes=1440",
        "case_types.0.share=1",
        "case_types.0.contacts=2",
        "case_types.0.first_appointment_minutes=4320",
        "case_types.0.follow_up_minutes=1440",
        "case_types.0.days_between_contacts=1",
        "posts.0.caseload_cap=3",
        "start.waiting=[{ practice = \"Elm\", waited_days = [3], case_type = \"full\" }, \
         { practice = \"Elm\", waited_days = [2], case_type = \"other\" }, \
         { practice = \"Elm\", waited_days = [1], case_type = \"full\" }]",
    ];
    tell_of(&text, &overrides, 1).only(&[ContactBegins])
}

/// b due at 6d 12:00, before a's follow-up of 7d: first under new-first and oldest-due-first.
/// Otherwise a's follow-up 9d to 10d; then, at 10d: b's first (due 6d 12:00) and, at 10d itself,
/// c's follow-up (9d + 1 day). Work ends before work falls due, so b's first appointment is taken.
#[test]
fn follow_ups_go_first() {
    for interval in ["4.5", "6"] {
        assert_lines(
            &beginnings("follow-ups-first", interval),
            "3d 00:00 a ContactBegins W1 0|3
             6d 00:00 c ContactBegins W1 0|3
             9d 00:00 a ContactBegins W1 0|3
             10d 00:00 b ContactBegins W1 0|2
             13d 00:00 c ContactBegins W1 0|1",
        );
    }
}

/// b's first appointment 9d to 12d, whenever it fell due; then the follow-ups due 7d and 10d.
#[test]
fn new_work_goes_first() {
    for interval in ["4.5", "6"] {
        assert_lines(
            &beginnings("new-first", interval),
            "3d 00:00 a ContactBegins W1 0|3
             6d 00:00 c ContactBegins W1 0|3
             9d 00:00 b ContactBegins W1 0|3
             12d 00:00 a ContactBegins W1 0|2
             13d 00:00 c ContactBegins W1 0|1",
        );
    }
}

/// By due time alone: b's 6d 12:00 before a's 7d; but b's 8d after a's 7d and before c's 10d. Where b's
/// falls due at 7d too, the follow-up goes first, as it usually does.
#[test]
fn the_oldest_due_goes_first() {
    assert_lines(
        &beginnings("oldest-due-first", "4.5"),
        "3d 00:00 a ContactBegins W1 0|3
         6d 00:00 c ContactBegins W1 0|3
         9d 00:00 b ContactBegins W1 0|3
         12d 00:00 a ContactBegins W1 0|2
         13d 00:00 c ContactBegins W1 0|1",
    );
    for interval in ["5", "6"] {
        assert_lines(
            &beginnings("oldest-due-first", interval),
            "3d 00:00 a ContactBegins W1 0|3
             6d 00:00 c ContactBegins W1 0|3
             9d 00:00 a ContactBegins W1 0|3
             10d 00:00 b ContactBegins W1 0|2
             13d 00:00 c ContactBegins W1 0|1",
        );
    }
}
