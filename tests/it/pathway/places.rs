//! Caseload places: who gets the next one, and when.

use splw_sim::engine::Activity::{Assigned, Completed, Inappropriate};

use crate::support::{ORDINARY, assert_lines, tell, tell_of};

/// One place: the next from the list, the longest-waiting, gets it at the instant of the discharge
/// (call to 00:10, one contact 2 days later, 45 minutes: 2d 00:55 after assignment).
#[test]
fn the_longest_waiting_gets_the_place_at_the_instant_of_discharge() {
    let told = tell(&[
        "start.waiting.0.waited_days=[1, 30, 2]",
        "case_types.0.contacts=1",
    ]);
    // b has waited 30 days, c 2 and a 1: letters go by first mention, so they are a, b and c here.
    assert_lines(
        &told.only(&[Assigned, Completed]),
        "0d 00:00 a Assigned W1 2|1
         2d 00:55 a Completed W1 2|0
         2d 00:55 b Assigned W1 1|1
         4d 01:50 b Completed W1 1|0
         4d 01:50 c Assigned W1 0|1
         6d 02:45 c Completed W1 0|0",
    );
    // On the list from receipt: 30 days, 2 days + 2d 00:55, 1 day + 4d 01:50.
    let mut waits: Vec<u64> = told.seen.waits[0].iter().map(|wait| wait.seconds).collect();
    waits.sort_unstable();
    let minutes = |days: u64, minutes: u64| days * 86_400 + minutes * 60;
    assert_eq!(waits, [minutes(4, 55), minutes(5, 110), minutes(30, 0)]);
}

/// Three places, uncapped, and 2 WTE with the default of 80 a WTE (a post above 1 WTE stands as
/// several workers).
#[test]
fn as_many_are_assigned_as_there_are_places() {
    let assigned = |overrides: &[&str]| {
        let people = "start.waiting.0={ practice = \"Elm\", count = 200, waited_days = 0 }";
        let told = tell(&[overrides, &[people, "period.days=1"]].concat());
        told.seen
            .pcn
            .count(splw_sim::engine::observations::Count::OpenAtEnd)
    };
    assert_eq!(assigned(&["posts.0.caseload_cap=3"]), 3);
    assert_eq!(assigned(&["posts.0.caseload_cap=\"none\""]), 200);
    let text = ORDINARY.replace("caseload_cap = 1\n", "");
    let told = |wte: &str| {
        let people = "start.waiting.0={ practice = \"Elm\", count = 200, waited_days = 0 }";
        let told = tell_of(&text, &[people, "period.days=1", wte], 1);
        told.seen
            .pcn
            .count(splw_sim::engine::observations::Count::OpenAtEnd)
    };
    assert_eq!(told("posts.0.wte=1"), 80);
    assert_eq!(told("posts.0.wte=0.5"), 40);
    assert_eq!(told("posts.0.wte=2"), 160);
}

/// Priority classes: all of class 1 in order of receipt, then all of class 2. Who is of which
/// source is read from a second run in which every referral of the urgent source is inappropriate:
/// the draws of a referral do not depend on the shares of what is inappropriate.
#[test]
fn the_best_class_goes_first_and_within_it_the_first_received() {
    let text = format!(
        "{ORDINARY}
        [[demand.shocks]]
        factor = 0
        starts = 2000-01-04
        ends = 2003-01-01
        [[sources]]
        name = \"routine\"
        share = 0.6
        priority = 2
        [[sources]]
        name = \"urgent\"
        share = 0.4
        priority = 1
        "
    );
    let keys = [
        "demand.referrals_per_1000_a_year=7300",
        "period.days=1000",
        "first_contact.attempt_minutes=14400",
        "case_types.0.contacts=0",
    ];
    let told = tell_of(&text, &keys, 3);
    let all_urgent_ones_named = [&keys[..], &["sources.1.inappropriate_share=1"]].concat();
    let named = tell_of(&text, &all_urgent_ones_named, 3);
    let urgent: Vec<_> = named
        .log
        .iter()
        .filter(|row| row.activity == Inappropriate)
        .map(|row| row.referral)
        .collect();
    let of_first_day = |row: &&splw_sim::engine::Entry| row.activity == Assigned;
    // The first row is the person of the start; the others arrive during the first day, in which
    // the worker is on the first call of 10 days.
    let order: Vec<_> = told.log.iter().filter(of_first_day).skip(1).collect();
    assert!(order.len() >= 10, "the case needs people: {}", order.len());
    let classes: Vec<bool> = order
        .iter()
        .map(|row| urgent.contains(&row.referral))
        .collect();
    let first_routine = classes.iter().position(|it| !it).expect("some are routine");
    assert!(first_routine >= 2, "some are urgent");
    assert!(classes[first_routine..].iter().all(|urgent| !urgent));
    for class in [&order[..first_routine], &order[first_routine..]] {
        assert!(
            class
                .windows(2)
                .all(|pair| { pair[0].referral.map(|it| it.1) < pair[1].referral.map(|it| it.1) })
        );
    }
}
