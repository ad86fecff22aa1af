//! A post that is away today and on the next working day is passed over while another has room.

use splw_sim::engine::Activity::{Accepted, Assigned, WindowOpens};
use splw_sim::model::PostId;

use crate::support::{IN_ENGLAND, ORDINARY, tell_of};

/// Two pooled posts without caps, of which the first is often sick; referrals arrive singly. Days
/// at work are read from the windows in the log. Whoever arrives while the first is away on that day
/// and the next working day goes to the second, unless it is away too; otherwise the least loaded
/// takes it, which is the first when nobody stays (a call is the whole case, caps do not matter).
#[test]
fn somebody_away_is_passed_over() {
    let text = ORDINARY.replace(
        "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n",
        "",
    ) + "\n[[posts]]\nname = \"Link worker 2\"\nlike = \"Link worker 1\"\n";
    let told = tell_of(
        &text,
        &[
            IN_ENGLAND,
            &[
                "period.start=2027-02-01",
                "period.days=49",
                "demand.referrals_per_1000_a_year=1500",
                "case_types.0.contacts=0",
                "posts.*.caseload_cap=\"none\"",
                "posts.*.sickness_share=0.4",
                "first_contact.attempt_minutes=1",
                "first_contact.answered_share=1",
            ],
        ]
        .concat(),
        11,
    );
    // 1 February 2027 is a Monday, and there is no bank holiday before Good Friday, 26 March.
    let mut at_work = [[false; 60]; 2];
    for row in told.log.iter().filter(|row| row.activity == WindowOpens) {
        let post = row.post.expect("a window is a post's").index();
        at_work[post][row.time.day().index()] = true;
    }
    let is_away = |post: usize, day: usize| {
        let next = if day % 7 >= 4 {
            day + 7 - day % 7
        } else {
            day + 1
        };
        !at_work[post][day] && !at_work[post][next]
    };
    let mut cases = [0; 4];
    let arrivals = told
        .log
        .windows(2)
        .filter(|pair| pair[0].activity == Accepted);
    for pair in arrivals.filter(|pair| pair[0].time.day().0 < 45) {
        let day = pair[0].time.day().index();
        assert_eq!(
            pair[1].activity, Assigned,
            "uncapped posts take a referral at once"
        );
        let taken_by = pair[1].post.expect("assigned to somebody").index();
        match (is_away(0, day), is_away(1, day)) {
            (true, false) => assert_eq!(taken_by, 1, "day {day}"),
            (false, true) => assert_eq!(taken_by, 0, "day {day}"),
            _ => {}
        }
        cases[usize::from(is_away(0, day)) * 2 + usize::from(is_away(1, day))] += 1;
    }
    assert!(
        cases.iter().all(|count| *count > 0),
        "all four cases: {cases:?}"
    );
}

/// Whoever works on Mondays alone is away on Tuesday: two people of that day (day 1) go to the other
/// post, although the first has room for them.
#[test]
fn days_without_hours_are_days_away() {
    let text = ORDINARY.replace(
        "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n",
        "",
    ) + "\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\ncaseload_cap = 2\n";
    let keys = [
        "posts.0.wte=0.2",
        "posts.0.hours={ monday = 7.5 }",
        "posts.0.caseload_cap=2",
        "demand.batches=[{ date = 2026-10-06, referrals = 2 }]",
        "period.days=7",
    ];
    let told = tell_of(&text, &[IN_ENGLAND, &keys].concat(), 1);
    let assigned = told.log.iter().filter(|row| row.activity == Assigned);
    let posts: Vec<_> = assigned.filter_map(|row| row.post).collect();
    assert_eq!(posts, [PostId(1), PostId(1)]);
}
