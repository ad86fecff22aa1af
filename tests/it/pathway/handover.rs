//! Posts that start and end on a date, and what becomes of the cases of a post that ended.

use splw_sim::engine::Activity::{
    Answered, Assigned, AttemptBegins, Completed, ContactBegins, LostAtHandover, NotAnswered,
    PostEnds, PostStarts, ReturnedToList,
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
    use splw_sim::engine::Activity::Missed;
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
