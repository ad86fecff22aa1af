//! Patience: until when people can give up, and what happens to the call in hand.

use crate::support::{assert_lines, tell};

/// Patience of 8 days from receipt. a has waited 5 days and is called at once; b has waited 1 day,
/// so gives up 7 days from now, while a's case holds the only place.
#[test]
fn patience_ends_on_the_list() {
    let told = tell(&[
        "waiting_list.patience_days=8",
        "start.waiting.0.waited_days=[5, 1]",
        "case_types.0.contacts=1",
        "first_contact.days_to_first_appointment=10",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 a AttemptBegins W1 1|1
         0d 00:00 a Answered W1 1|1
         7d 00:00 b Lapsed - 0|1
         10d 00:10 a ContactBegins W1 0|1
         10d 00:55 a ContactHeld W1 0|1
         10d 00:55 a Completed W1 0|0",
    );
}

/// Patience of 4 days, of which one is gone: it ends at 3d 00:00, between the call at 00:00 and
/// that of 3d 00:10. The place goes to the next at once: b has waited 0.5 days, so that patience
/// ends at 3d 12:00, between calls as well.
#[test]
fn patience_ends_between_attempts_and_frees_the_place() {
    let told = tell(&[
        "first_contact.answered_share=0",
        "waiting_list.patience_days=4",
        "start.waiting.0.waited_days=[1, 0.5]",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 a AttemptBegins W1 1|1
         0d 00:10 a NotAnswered W1 1|1
         3d 00:00 a Lapsed W1 1|0
         3d 00:00 b Assigned W1 0|1
         3d 00:00 b AttemptBegins W1 0|1
         3d 00:10 b NotAnswered W1 0|1
         3d 12:00 b Lapsed W1 0|0",
    );
}

/// Patience of 1 day ends during the unanswered call of 2 days (2,880 minutes): the call is
/// finished first, then the person has gone.
#[test]
fn an_unanswered_call_in_hand_is_finished_before_the_lapse() {
    let told = tell(&[
        "first_contact.answered_share=0",
        "first_contact.attempt_minutes=2880",
        "waiting_list.patience_days=1",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 0|1
         0d 00:00 a AttemptBegins W1 0|1
         2d 00:00 a NotAnswered W1 0|1
         2d 00:00 a Lapsed W1 0|0",
    );
}

/// The same call answered: patience runs until the answered call begins, so nobody lapses.
#[test]
fn an_answered_call_in_hand_ends_patience() {
    let told = tell(&[
        "first_contact.attempt_minutes=2880",
        "waiting_list.patience_days=1",
        "case_types.0.contacts=0",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 0|1
         0d 00:00 a AttemptBegins W1 0|1
         0d 00:00 a Answered W1 0|1
         2d 00:00 a Completed W1 0|0",
    );
}

/// Patience ends during the LAST call: the call in hand finishes first, and its end closes the
/// referral as not reached before the lapse is looked at. (The model's page leaves open which.)
#[test]
fn patience_ending_during_the_last_call_is_not_reached() {
    let told = tell(&[
        "first_contact.answered_share=0",
        "first_contact.attempts=1",
        "first_contact.attempt_minutes=2880",
        "waiting_list.patience_days=1",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 0|1
         0d 00:00 a AttemptBegins W1 0|1
         2d 00:00 a NotAnswered W1 0|1
         2d 00:00 a NotReached W1 0|0",
    );
}

/// With `lapse_until = "assignment"` only the list counts: a is never answered and closed as not
/// reached at 6d 00:30, long after 4 days of patience; b, still on the list, lapses on day 4.
#[test]
fn until_assignment_only_the_list_counts() {
    let told = tell(&[
        "first_contact.answered_share=0",
        "waiting_list.patience_days=5",
        "waiting_list.lapse_until=assignment",
        "start.waiting.0.waited_days=[2, 1]",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 a AttemptBegins W1 1|1
         0d 00:10 a NotAnswered W1 1|1
         3d 00:10 a AttemptBegins W1 1|1
         3d 00:20 a NotAnswered W1 1|1
         4d 00:00 b Lapsed - 0|1
         6d 00:20 a AttemptBegins W1 0|1
         6d 00:30 a NotAnswered W1 0|1
         6d 00:30 a NotReached W1 0|0",
    );
}

/// A call waits at a busy worker: b is assigned at once (two places) but called only when a's call
/// of 2 days ends; b's patience of 1 day ends before, so b lapses while assigned.
#[test]
fn patience_ends_while_the_first_call_waits_at_the_worker() {
    let told = tell(&[
        "first_contact.attempt_minutes=2880",
        "waiting_list.patience_days=3",
        "start.waiting.0.waited_days=[2.5, 2]",
        "posts.0.caseload_cap=2",
        "case_types.0.contacts=0",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 a AttemptBegins W1 1|1
         0d 00:00 a Answered W1 1|1
         0d 00:00 b Assigned W1 0|2
         1d 00:00 b Lapsed W1 0|1
         2d 00:00 a Completed W1 0|0",
    );
}

/// Of those who lapse all, or none, go back to their GP.
#[test]
fn lapses_revert_to_the_gp_by_their_share() {
    for (share, expected) in [("0", 0.0), ("1", 1.0)] {
        let told = tell(&[
            "first_contact.answered_share=0",
            "waiting_list.patience_days=1",
            &format!("waiting_list.gp_reversion_share={share}"),
        ]);
        assert!((told.of_pcn("lapsed") - 1.0).abs() < 1e-9);
        assert!((told.of_pcn("gp_appointments_from_lapses") - expected).abs() < 1e-9);
    }
}
