//! The tie law at one instant: work ends; workers come on and go off; contacts and attempts fall
//! due; patience runs out; referrals arrive; within a class, what was scheduled first.

use splw_sim::engine::Activity::{
    Accepted, Answered, Assigned, AttemptBegins, Completed, ContactBegins, Lapsed, LostAtHandover,
    NotAnswered, PostEnds, WindowOpens,
};

use crate::support::{IN_ENGLAND, ORDINARY, assert_lines, tell, tell_of};

/// Work ends before patience runs out: a's call of 2 days (2,880 minutes) ends at 2d 00:00, when b's
/// patience (3 days, 1 gone) ends as well. b gets the place and is reached by a call that begins
/// then.
#[test]
fn a_place_freed_at_the_end_of_patience_is_in_time() {
    let told = tell(&[
        "first_contact.attempt_minutes=2880",
        "case_types.0.contacts=0",
        "waiting_list.patience_days=3",
        "start.waiting.0.waited_days=[2, 1]",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 a AttemptBegins W1 1|1
         0d 00:00 a Answered W1 1|1
         2d 00:00 a Completed W1 1|0
         2d 00:00 b Assigned W1 0|1
         2d 00:00 b AttemptBegins W1 0|1
         2d 00:00 b Answered W1 0|1
         4d 00:00 b Completed W1 0|0",
    );
}

/// An attempt falls due before patience runs out: calls of a day, unanswered, the next 3 days after
/// the end: at 4d 00:00, when patience of 4 days ends. The call is made, and then the person is gone.
#[test]
fn an_attempt_due_at_the_end_of_patience_is_made() {
    let told = tell(&[
        "first_contact.attempt_minutes=1440",
        "first_contact.answered_share=0",
        "waiting_list.patience_days=4",
    ]);
    assert_lines(
        &told.only(&[AttemptBegins, NotAnswered, Lapsed]),
        "0d 00:00 a AttemptBegins W1 0|1
         1d 00:00 a NotAnswered W1 0|1
         4d 00:00 a AttemptBegins W1 0|1
         5d 00:00 a NotAnswered W1 0|1
         5d 00:00 a Lapsed W1 0|0",
    );
}

/// Patience runs out before referrals arrive: a is complete at 00:10 and comes back 4 days later at
/// 4d 00:10; d's patience ends at that instant. The list is one shorter before the arrival: with
/// b's long case in the only place, d lapses first and then a arrives.
#[test]
fn patience_runs_out_before_a_referral_arrives() {
    // Patience 10 days; c has waited 10 - 4d 00:10 = 5.99305556 days.
    let text = format!(
        "{}\n[[case_types]]\nname = \"call\"\nshare = 0\ncontacts = 0\n",
        crate::support::ORDINARY
    );
    let told = crate::support::tell_of(
        &text,
        &[
            "case_types.0.share=1",
            "waiting_list.patience_days=10",
            "demand.re_referral_share=1",
            "demand.re_referral_delay_days=4",
            "period.days=5",
            "start.waiting=[{ practice = \"Elm\", waited_days = [8], case_type = \"call\" }, \
             { practice = \"Elm\", waited_days = [7], case_type = \"full\" }, \
             { practice = \"Elm\", waited_days = [5.99305556], case_type = \"full\" }]",
        ],
        1,
    );
    assert_lines(
        &told.only(&[Assigned, Completed, Lapsed, Accepted]),
        "0d 00:00 a Assigned W1 2|1
         0d 00:10 a Completed W1 2|0
         0d 00:10 b Assigned W1 1|1
         4d 00:10 c Lapsed - 0|1
         4d 00:10 a' Accepted - 0|1",
    );
}

/// Work ends before a post ends: the call that is the whole case ends at 2d 00:00, the last instant
/// of the post (2,880 minutes; ends on 5 January 2000): complete, not lost.
#[test]
fn work_that_ends_with_the_post_is_done() {
    let told = tell(&[
        "first_contact.attempt_minutes=2880",
        "case_types.0.contacts=0",
        "posts.0.ends=2000-01-05",
        "posts.0.lost_at_handover_share=1",
    ]);
    assert_lines(
        &told.told(|row| matches!(row.activity, Completed | LostAtHandover | PostEnds)),
        "2d 00:00 a Completed W1 0|0
         2d 00:00 PostEnds W1 0|0",
    );
}

/// A post ends before work falls due: the appointment due at 2d 00:00 exactly (call of a day, one
/// day to the appointment) is not begun.
#[test]
fn work_due_at_the_end_of_the_post_is_not_begun() {
    let told = tell(&[
        "first_contact.attempt_minutes=1440",
        "first_contact.days_to_first_appointment=1",
        "posts.0.ends=2000-01-05",
        "posts.0.lost_at_handover_share=1",
    ]);
    assert_lines(
        &told.told(|row| matches!(row.activity, ContactBegins | LostAtHandover | PostEnds)),
        "2d 00:00 PostEnds W1 0|1
         2d 00:00 a LostAtHandover W1 0|0",
    );
}

/// A worker comes on before work falls due: the call ends at 09:10, the appointment falls due 23 h
/// 50 min later (0.99305556 days), at 09:00 when the window opens, and begins at once. And a worker
/// goes off before work falls due: due at 13:30 (0.18055556 days = 4 h 20 min after 09:10), when the
/// window closes, it waits for the next morning.
#[test]
fn work_due_when_a_window_opens_or_closes() {
    for (days, expected) in [
        ("0.99305556", "1d 09:00 a ContactBegins W1 0|1"),
        ("0.18055556", "1d 09:00 a ContactBegins W1 0|1"),
        ("0.18054398", "0d 13:29:59 a ContactBegins W1 0|1"),
    ] {
        let key = format!("first_contact.days_to_first_appointment={days}");
        let told = tell(&[IN_ENGLAND, &["case_types.0.contacts=1", &key]].concat());
        assert_lines(&told.only(&[ContactBegins]), expected);
    }
}

/// Work ends before work falls due: at 1d 00:00 a's call ends and the worker, free, takes the call
/// that waits (b's); a's appointment falls due at that very instant (0 days after the call's end) and
/// has to wait for b's call.
#[test]
fn a_worker_takes_what_waits_before_what_falls_due_now() {
    let told = tell(&[
        "first_contact.attempt_minutes=1440",
        "first_contact.days_to_first_appointment=0",
        "posts.0.caseload_cap=2",
        "start.waiting.0.waited_days=[1, 0]",
        "case_types.0.contacts=1",
        "period.days=10",
    ]);
    assert_lines(
        &told.only(&[Answered, ContactBegins]),
        "0d 00:00 a Answered W1 1|1
         1d 00:00 b Answered W1 0|2
         2d 00:00 a ContactBegins W1 0|2
         2d 00:45 b ContactBegins W1 0|1",
    );
}

/// Within a class what was scheduled first: two cases whose appointments fall due at the same
/// instant, on an England Sunday, are seen on Monday in the order in which they were booked.
#[test]
fn of_equals_the_first_scheduled_goes_first() {
    let told = tell(
        &[
            IN_ENGLAND,
            &[
                "posts.0.caseload_cap=2",
                "start.waiting.0.waited_days=[1, 0]",
                "case_types.0.contacts=1",
                "first_contact.attempt_minutes=0",
                "first_contact.days_to_first_appointment=6",
            ],
        ]
        .concat(),
    );
    assert_lines(
        &told.only(&[Answered, ContactBegins]),
        "0d 09:00 a Answered W1 0|2
         0d 09:00 b Answered W1 0|2
         7d 09:00 a ContactBegins W1 0|2
         7d 09:45 b ContactBegins W1 0|1",
    );
}

/// Windows that open at one instant open in the order in which they were scheduled, and a window is
/// scheduled as the one before opens: whoever was at work last opens last, and of two who were at work
/// on the same day whoever opened first. Two workers who turn up on every other day, over a year.
#[test]
fn windows_open_in_the_order_of_those_before() {
    let text = format!("{ORDINARY}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\n");
    let keys = ["posts.*.turn_up_share=0.5", "period.days=364"];
    let told = tell_of(&text, &[IN_ENGLAND, &keys].concat(), 1);
    let opened: Vec<(u64, u32)> = told
        .log
        .iter()
        .filter(|row| row.activity == WindowOpens)
        .map(|row| (row.time.seconds(), row.post.expect("it is of a post").0))
        .collect();
    // Who opened last stands last.
    let mut order = vec![0, 1];
    let mut second_first = 0;
    for at_once in opened.chunk_by(|a, b| a.0 == b.0) {
        let posts: Vec<u32> = at_once.iter().map(|(_, post)| *post).collect();
        let expected: Vec<u32> = order
            .iter()
            .copied()
            .filter(|it| posts.contains(it))
            .collect();
        assert_eq!(posts, expected, "{at_once:?}");
        second_first += usize::from(posts == [1, 0]);
        order.retain(|post| !posts.contains(post));
        order.extend(posts);
    }
    assert!(second_first > 10, "{second_first} days");
}
