//! First-contact attempts: the gap between them, and closing as not reached.

use splw_sim::engine::Activity::{Answered, AttemptBegins, NotAnswered};

use crate::support::{assert_lines, tell};

/// Three calls of 10 minutes, the next 3 days after the end of the last; then not reached, and the
/// place is free for the next person at that instant.
#[test]
fn nobody_answers_and_the_referral_is_closed() {
    let told = tell(&[
        "first_contact.answered_share=0",
        "start.waiting.0.waited_days=[1, 0]",
        "period.days=7",
    ]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 a AttemptBegins W1 1|1
         0d 00:10 a NotAnswered W1 1|1
         3d 00:10 a AttemptBegins W1 1|1
         3d 00:20 a NotAnswered W1 1|1
         6d 00:20 a AttemptBegins W1 1|1
         6d 00:30 a NotAnswered W1 1|1
         6d 00:30 a NotReached W1 1|0
         6d 00:30 b Assigned W1 0|1
         6d 00:30 b AttemptBegins W1 0|1
         6d 00:40 b NotAnswered W1 0|1",
    );
}

/// One attempt only.
#[test]
fn a_single_attempt_is_the_last() {
    let told = tell(&["first_contact.answered_share=0", "first_contact.attempts=1"]);
    assert_lines(
        &told.people(),
        "0d 00:00 a Assigned W1 0|1
         0d 00:00 a AttemptBegins W1 0|1
         0d 00:10 a NotAnswered W1 0|1
         0d 00:10 a NotReached W1 0|0",
    );
}

/// Whoever answers was called until then and never afterwards; nobody is called more than three
/// times. 200 people, no caps on anything, calls answered half the time.
#[test]
fn calls_stop_when_one_is_answered() {
    let told = tell(&[
        "first_contact.answered_share=0.5",
        "posts.0.caseload_cap=\"none\"",
        "start.waiting.0={ practice = \"Elm\", count = 200, waited_days = 0 }",
    ]);
    let of = |person| {
        told.log
            .iter()
            .filter(move |row| row.referral == Some(person))
    };
    let mut everybody: Vec<_> = told.log.iter().filter_map(|row| row.referral).collect();
    everybody.sort_unstable_by_key(|(practice, ordinal, again)| (practice.0, *ordinal, *again));
    everybody.dedup();
    assert_eq!(everybody.len(), 200);
    let mut seen = [0; 4];
    for person in everybody {
        let calls: Vec<_> = of(person)
            .filter(|row| matches!(row.activity, AttemptBegins | Answered | NotAnswered))
            .map(|row| row.activity)
            .collect();
        let expected: &[&[_]] = &[
            &[AttemptBegins, Answered],
            &[AttemptBegins, NotAnswered, AttemptBegins, Answered],
            &[
                AttemptBegins,
                NotAnswered,
                AttemptBegins,
                NotAnswered,
                AttemptBegins,
                Answered,
            ],
            &[
                AttemptBegins,
                NotAnswered,
                AttemptBegins,
                NotAnswered,
                AttemptBegins,
                NotAnswered,
            ],
        ];
        let way = expected.iter().position(|it| *it == calls.as_slice());
        seen[way.expect("calls stop at the answer or after three")] += 1;
    }
    // 200 people: 100, 50, 25 and 25 expected; standard deviations 7.1, 6.1, 4.7; within 5 of them.
    for (count, expected, sd) in [
        (seen[0], 100, 7.1),
        (seen[1], 50, 6.1),
        (seen[2], 25, 4.7),
        (seen[3], 25, 4.7),
    ] {
        assert!(
            (f64::from(count) - f64::from(expected)).abs() < 5.0 * sd,
            "{seen:?}"
        );
    }
}
