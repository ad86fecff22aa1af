//! Posts that start and end on a date, and what becomes of the cases of a post that ended.

use splw_sim::engine::Activity::{
    Answered, Assigned, AttemptBegins, Completed, ContactBegins, ContactHeld, LostAtHandover,
    NotAnswered, NotReached, OnwardWaitBegins, PostEnds, PostStarts, ReturnedToList,
};

use crate::support::{ORDINARY, Told, assert_lines, tell, tell_of};

/// The first day in post is Wednesday 5 January 2000, day 2 of the clock, from midnight.
#[test]
fn a_post_starts_on_its_first_day() {
    let told = tell(&["posts.0.starts=2000-01-05", "case_types.0.contacts=0"]);
    assert_lines(
        &told.told(|_| true),
        "2d 00:00 PostStarts W1 1|0
         2d 00:00 a Assigned W1 0|1
         2d 00:00 a FallsDue - 0|1
         2d 00:00 a AttemptBegins W1 0|1
         2d 00:00 a Answered W1 0|1
         2d 00:10 a Completed W1 0|0",
    );
    assert_eq!(told.seen.posts[0].available_seconds, 58 * 86_400);
}

/// Advertised on 27 December 1999 with 2 weeks to hire: the first day is 10 January 2000, day 7.
#[test]
fn an_advertised_post_starts_after_the_time_to_hire() {
    let told = tell(&[
        "posts.0.advertised=1999-12-27",
        "posts.0.time_to_hire_weeks=2",
        "case_types.0.contacts=0",
    ]);
    assert_lines(
        &told.told(|row| row.activity == PostStarts),
        "7d 00:00 PostStarts W1 1|0",
    );
}

/// Advertised so long ago that the first day, although drawn, is over: the post is held from the very
/// beginning, and the first in the file takes the person who waits.
#[test]
fn a_post_that_was_advertised_long_ago_is_held_from_the_beginning() {
    let text =
        format!("{ORDINARY}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\ncaseload_cap = 1\n");
    let keys = [
        "posts.0.advertised=1999-10-04",
        "posts.0.time_to_hire_weeks={ uniform = { min = 1, max = 2 } }",
    ];
    let told = tell_of(&text, &keys, 1);
    assert_lines(
        &told.told(|row| matches!(row.activity, PostStarts | Assigned)),
        "0d 00:00 PostStarts W1 0|0
         0d 00:00 PostStarts W2 0|0
         0d 00:00 a Assigned W1 0|1",
    );
}

/// A post whose last day was before the first simulated one is never held.
#[test]
fn a_post_that_ended_before_is_never_held() {
    let told = tell(&["posts.0.ends=1999-12-01"]);
    assert_lines(&told.told(|_| true), "");
    assert!((told.of_pcn("still_waiting_at_end") - 1.0).abs() < 1e-9);
}

/// A second post, pooled, of which the first ends on 5 January 2000, day 2.
fn two_posts(overrides: &[&str]) -> Told {
    let text =
        format!("{ORDINARY}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\ncaseload_cap = 1\n");
    let all = [&["posts.0.ends=2000-01-05", "period.days=30"], overrides].concat();
    tell_of(&text, &all, 1)
}

/// Every case is lost: at midnight of day 2, before the appointment that falls due at 00:10.
#[test]
fn open_cases_are_lost_with_the_share() {
    let told = two_posts(&["posts.0.lost_at_handover_share=1"]);
    assert_lines(
        &told.told(|row| matches!(row.activity, PostEnds | LostAtHandover | ContactBegins)),
        "2d 00:00 PostEnds W1 0|1
         2d 00:00 a LostAtHandover W1 0|0",
    );
    assert!((told.of_pcn("lost_at_handover") - 1.0).abs() < 1e-9);
}

/// None is lost, and W2 (which starts that day) has room: a goes there at once with one extra
/// contact: 4 in place of 3, none held so far.
#[test]
fn a_returned_case_has_one_extra_contact() {
    let told = two_posts(&[
        "posts.0.lost_at_handover_share=0",
        "posts.1.starts=2000-01-05",
        "period.days=60",
    ]);
    assert!((told.of_pcn("contacts_held") - 4.0).abs() < 1e-9);
    assert!((told.of_pcn("completed") - 1.0).abs() < 1e-9);
    assert_eq!(told.only(&[Answered]).len(), 1, "contacted once, by W1");
    assert_eq!(
        told.seen.posts[1]
            .scope
            .count(splw_sim::engine::observations::Count::TransferredIn),
        1
    );
    assert_eq!(
        told.seen.posts[0]
            .scope
            .count(splw_sim::engine::observations::Count::TransferredOut),
        1
    );
}

/// Head of the list: a (waited 1 day) is W1's, b (waited 9 days) and c (8 days) are with W2 and on
/// the list. When W1 ends, a stands before c although c has waited longer, and takes W2's place
/// when b is complete: b's call is the whole case, but it lasts 3 days (4,320 minutes).
#[test]
fn a_returned_case_stands_at_the_head() {
    let text = format!(
        "{}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\ncaseload_cap = 1\nserves = [\"Elm\", \"Oak\"]\n\
         [[practices]]\nname = \"Oak\"\nlist_size = 10\n[[case_types]]\nname = \"call\"\nshare = 0\ncontacts = 0\n",
        ORDINARY.replace("wte = 1\n", "wte = 1\nserves = [\"Elm\", \"Oak\"]\n")
    );
    let told = tell_of(
        &text,
        &[
            "case_types.0.share=1",
            "posts.0.ends=2000-01-04",
            "posts.0.lost_at_handover_share=0",
            "first_contact.attempt_minutes=1000",
            "start.waiting=[{ practice = \"Elm\", waited_days = [9], case_type = \"full\" }, \
             { practice = \"Oak\", waited_days = [8], case_type = \"full\" }, \
             { practice = \"Elm\", waited_days = [7], case_type = \"full\" }]",
            "case_types.0.contacts=1",
        ],
        1,
    );
    // a to W1, b to W2 (least loaded), c on the list; calls 0d 00:00 to 16:40. W1 ends on day 1: a
    // is before c. b: appointment 2 days after the call, 45 minutes: 2d 16:40 to 17:25; a then, with
    // 2 contacts, the first 00:00 after it is assigned.
    assert_lines(
        &told.only(&[Assigned]),
        "0d 00:00 a Assigned W1 2|1
         0d 00:00 b Assigned W2 1|2
         2d 17:25 a Assigned W2 1|1
         9d 18:30 c Assigned W2 0|1",
    );
    let returned: Vec<_> = told
        .log
        .iter()
        .filter(|row| row.activity == ReturnedToList)
        .map(|row| (row.time.seconds(), row.post.map(|post| post.0)))
        .collect();
    assert_eq!(returned, [(86_400, Some(0))]);
}

/// The head of the waiting list is ahead of everybody, also of those of a practice that other posts
/// serve: W1 serves Elm, W2 Elm and Oak. a (11 days) and c (10 days) are of Oak, b (9 days) of Elm: a
/// is W2's, b is W1's and returns on day 1; c has waited longer, but b stands at the head.
#[test]
fn a_returned_case_stands_before_those_of_other_practices() {
    let text = format!(
        "{}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\ncaseload_cap = 1\nserves = [\"Elm\", \"Oak\"]\n\
         [[practices]]\nname = \"Oak\"\nlist_size = 10\n",
        ORDINARY.replace("wte = 1\n", "wte = 1\nserves = [\"Elm\"]\n")
    );
    let told = tell_of(
        &text,
        &[
            "posts.0.ends=2000-01-04",
            "posts.0.lost_at_handover_share=0",
            "start.waiting=[{ practice = \"Oak\", waited_days = [11, 10] }, \
             { practice = \"Elm\", waited_days = [9] }]",
            "case_types.0.contacts=1",
        ],
        1,
    );
    // a is complete at 2d 00:55; b then has 2 contacts, the first at once (45 minutes, to 01:40), the
    // second 7 days later (20 minutes): 9d 02:00.
    assert_lines(
        &told.only(&[Assigned]),
        "0d 00:00 a Assigned W2 2|1
         0d 00:00 b Assigned W1 1|2
         2d 00:55 b Assigned W2 1|1
         9d 02:00 c Assigned W2 0|1",
    );
}

/// Work in hand at the end of the post is finished first, and the case handed over then: a call of
/// 3 days (4,320 minutes), unanswered, the first of three.
#[test]
fn work_in_hand_is_finished_before_the_handover() {
    let told = two_posts(&[
        "posts.0.lost_at_handover_share=1",
        "first_contact.attempt_minutes=4320",
        "first_contact.answered_share=0",
    ]);
    assert_lines(
        &told.told(|row| {
            matches!(
                row.activity,
                PostEnds | AttemptBegins | NotAnswered | LostAtHandover
            )
        }),
        "0d 00:00 a AttemptBegins W1 0|1
         2d 00:00 PostEnds W1 0|1
         3d 00:00 a NotAnswered W1 0|1
         3d 00:00 a LostAtHandover W1 0|0",
    );
}

/// The work in hand is the last of its case: a call of 3 days that is the whole case. It is complete on
/// day 3, and nothing is left to hand over.
#[test]
fn a_case_that_is_complete_is_not_handed_over() {
    let told = two_posts(&[
        "case_types.0.contacts=0",
        "first_contact.attempt_minutes=4320",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 0|1
         0d 00:00 a AttemptBegins W1 0|1
         0d 00:00 a Answered W1 0|1
         3d 00:00 a Completed W1 0|0",
    );
}

/// Each post has all three attempts of its own: one by W1 on day 0, three by W2 from day 2 on, every
/// three days and ten minutes.
#[test]
fn each_post_has_its_own_attempts() {
    let told = two_posts(&["first_contact.answered_share=0"]);
    assert_lines(
        &told.only(&[AttemptBegins, NotReached]),
        "0d 00:00 a AttemptBegins W1 0|1
         2d 00:00 a AttemptBegins W2 0|1
         5d 00:10 a AttemptBegins W2 0|1
         8d 00:20 a AttemptBegins W2 0|1
         8d 00:30 a NotReached W2 0|0",
    );
}

/// A case that awaits an outside service when its post ends (on day 2, from 1 day and 0 h 55 min on) goes
/// on with W2: the end of the wait, a week after it began, is nobody's any more.
#[test]
fn an_onward_wait_ends_with_the_post() {
    let told = two_posts(&[
        "case_types.0.contacts=1",
        "case_types.0.onward_wait_share=1",
        "case_types.0.onward_wait_days=7",
        "first_contact.days_to_first_appointment=1",
        "case_types.0.days_between_contacts=10",
    ]);
    assert_lines(
        &told.only(&[OnwardWaitBegins, ReturnedToList, ContactHeld, Completed]),
        "1d 00:55 a ContactHeld W1 0|1
         1d 00:55 a OnwardWaitBegins W1 0|1
         2d 00:00 a ReturnedToList W1 0|0
         2d 00:20 a ContactHeld W2 0|1
         2d 00:20 a OnwardWaitBegins W2 0|1
         9d 00:20 a Completed W2 0|0",
    );
}

/// A post that has ended takes nobody: b waits for ever when W1, the only post, ends while its case
/// is lost.
#[test]
fn a_post_that_ended_takes_nobody() {
    let told = tell(&[
        "posts.0.ends=2000-01-05",
        "posts.0.lost_at_handover_share=1",
        "start.waiting.0.waited_days=[1, 0]",
    ]);
    assert_eq!(told.only(&[Assigned, Completed]).len(), 1);
    assert!((told.of_pcn("still_waiting_at_end") - 1.0).abs() < 1e-9);
    assert_eq!(told.seen.posts[0].available_seconds, 2 * 86_400);
}
