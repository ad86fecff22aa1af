//! `[start]`: people who wait and cases that are open when the period opens.

use std::collections::{BTreeMap, BTreeSet};

use splw_sim::engine::Activity::{Answered, Assigned, Completed, ContactBegins, FallsDue, Lapsed};
use splw_sim::engine::Origin;
use splw_sim::engine::observations::Count;
use splw_sim::measure::Scope;
use splw_sim::model::PostId;

use crate::support::{IN_ENGLAND, ORDINARY, assert_lines, tell, tell_of};

/// Open cases hold their places at once and are past first contact; one contact left each. The
/// person who waits gets the place that the first completion frees.
#[test]
fn open_cases_hold_their_places() {
    let told = tell(&[
        "start.open=[{ post = \"Link worker 1\", count = 2, contacts_left = 1 }]",
        "posts.0.caseload_cap=2",
    ]);
    assert_eq!(told.seen.pcn.count(Count::OpenAtStart), 2);
    assert_eq!(told.seen.pcn.count(Count::WaitingAtStart), 1);
    assert_eq!(
        told.only(&[Answered]).len(),
        1,
        "only the person who waited"
    );
    let rows: Vec<_> = told
        .log
        .iter()
        .filter(|row| matches!(row.activity, Completed | Assigned))
        .collect();
    assert_eq!(rows[0].activity, Completed);
    assert_eq!(rows[1].activity, Assigned);
    assert_eq!(rows[0].time, rows[1].time);
    assert!(
        rows[0].time.day().0 < 7,
        "due within an interval of the start"
    );
    assert_eq!(rows.len(), 4);
    assert!(rows[1].open == 2);
}

/// The case of a post that ends on day 2 is handed over like any other: the other post has it transferred,
/// not assigned for the first time, and it comes before b, who has waited for 400 days.
#[test]
fn open_cases_have_been_assigned_before() {
    let text =
        format!("{ORDINARY}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\ncaseload_cap = 1\n");
    let told = tell_of(
        &text,
        &[
            "start.open=[{ post = \"Link worker 1\", count = 1, contacts_left = 50 }]",
            "start.waiting.0.waited_days=[400]",
            "posts.0.ends=2000-01-05",
            "posts.0.lost_at_handover_share=0",
            "posts.1.starts=2000-01-10",
            "period.days=20",
        ],
        1,
    );
    assert_lines(&told.only(&[Assigned]), "7d 00:00 a Assigned W2 1|1");
    let count = |what| told.seen.posts[1].scope.count(what);
    let counts = [Count::Assigned, Count::TransferredIn].map(count);
    assert_eq!(counts, [0, 1]);
}

/// A case with 3 contacts left makes 3.
#[test]
fn open_cases_have_their_contacts_left() {
    for left in [1, 3, 5] {
        let told = tell(&[
            &format!(
                "start.open=[{{ post = \"Link worker 1\", count = 1, contacts_left = {left} }}]"
            ),
            "start.waiting=[]",
        ]);
        assert!((told.of_pcn("contacts_held") - f64::from(left)).abs() < 1e-9);
        assert_eq!(told.only(&[ContactBegins]).len(), left as usize);
        assert_eq!(told.only(&[Completed]).len(), 1);
    }
}

/// People who wait at the start are not of the cohort: received counts nobody, and there is no mean
/// wait; but they are among those whose waits make the curve.
#[test]
fn people_of_the_start_are_not_of_the_cohort() {
    let told = tell(&[
        "start.waiting.0.waited_days=[4, 2, 0]",
        "case_types.0.contacts=0",
    ]);
    for name in ["referrals_received", "referrals_accepted"] {
        assert!(told.of_pcn(name).abs() < 1e-9);
    }
    let scope = splw_sim::measure::Scope::Pcn;
    assert!(
        told.value(scope, 0, "wait_to_first_contact_days_mean")
            .is_none()
    );
    assert!((told.of_pcn("waiting_at_start") - 3.0).abs() < 1e-9);
    assert!((told.of_pcn("completed") - 3.0).abs() < 1e-9);
}

/// Left truncation, by hand. Calls of a day, one place, each the whole case: a (waited 3 days) is
/// called at 0d, b (2.5 days) at 1d, c (0.5 days) at 2d, d (0 days) at 3d. Days from receipt to the
/// call: a 3.0 (entered at 3: never at risk), b 3.5 (from 2.5), c 2.5 (from 0.5), d 3.0 (from 0).
/// In order: 2.5 at risk c, d (b enters at 2.5 and is not at risk yet): share 1/2. Then 3.0: at
/// risk d, b: 1/2 of the other half: 3/4. Then 3.5: b alone: 1. So the median is 2.5 days, and the
/// 90% and 95% points 3.5.
#[test]
fn people_of_the_start_enter_left_truncated() {
    // Another practice and another kind of work, of which nobody is.
    let text = format!(
        "{}\n[[practices]]\nname = \"Oak\"\nlist_size = 10\n[[case_types]]\nname = \"call\"\nshare = 0\ncontacts = 0\n",
        ORDINARY
    );
    let keys = [
        "start.waiting.0.waited_days=[3, 2.5, 0.5, 0]",
        "case_types.0.contacts=0",
        "case_types.0.share=1",
        "first_contact.attempt_minutes=1440",
    ];
    let told = tell_of(&text, &keys, 1);
    for (name, expected) in [("p50", 2.5), ("p90", 3.5), ("p95", 3.5)] {
        let measure = format!("wait_to_first_contact_days_{name}");
        for scope in [Scope::Pcn, Scope::Practice, Scope::CaseType] {
            let days = told.value(scope, 0, &measure).expect("there were calls");
            assert!((days - expected).abs() < 1e-9, "{scope:?} {measure} {days}");
        }
    }
}

/// Somebody who is still waiting has more patience than the wait so far: with patience uniform from
/// 0 to 10 days and 8 days waited, all of 100 people give up between now and 2 days from now.
#[test]
fn patience_has_outlasted_the_wait_so_far() {
    let told = tell(&[
        "waiting_list.patience_days={ uniform = { min = 0, max = 10 } }",
        "start.waiting.0={ practice = \"Elm\", count = 101, waited_days = 8 }",
        "first_contact.days_to_first_appointment=50",
    ]);
    let lapses: Vec<_> = told
        .log
        .iter()
        .filter(|row| row.activity == Lapsed)
        .collect();
    assert_eq!(lapses.len(), 100);
    assert!(lapses.iter().all(|row| row.time.seconds() <= 2 * 86_400));
    let mean = lapses
        .iter()
        .map(|row| row.time.seconds() as f64)
        .sum::<f64>()
        / 100.0
        / 86_400.0;
    // Uniform on 0 to 2 days: mean 1, standard deviation of the mean of 100 is 0.0577.
    assert!((mean - 1.0).abs() < 5.0 * 0.0577, "{mean}");
}

/// Whoever has waited longest is first, whatever the order in the file and the practice.
#[test]
fn the_longest_waiting_is_first() {
    let text = format!(
        "{}\n[[practices]]\nname = \"Oak\"\nlist_size = 10\n",
        crate::support::ORDINARY
    );
    let told = crate::support::tell_of(
        &text,
        &[
            "start.waiting=[{ practice = \"Elm\", waited_days = [1, 5] }, { practice = \"Oak\", waited_days = [3, 9] }]",
            "case_types.0.contacts=0",
        ],
        1,
    );
    let practices: Vec<u32> = told
        .log
        .iter()
        .filter(|row| row.activity == Assigned)
        .filter_map(|row| row.referral.map(|it| it.0.0))
        .collect();
    assert_eq!(practices, [1, 0, 1, 0]);
    assert_lines(&told.only(&[Lapsed]), "");
}

/// Open cases are in proportion to share x contacts: 0.25 x 6 and 0.75 x 2 are as many. Of 3,000 it is
/// 1,500 with a standard deviation of 27.4; five of them are less than a tenth.
#[test]
fn longer_cases_are_open_more_often() {
    let text =
        format!("{ORDINARY}\n[[case_types]]\nname = \"brief\"\nshare = 0.75\ncontacts = 2\n");
    let told = tell_of(
        &text,
        &[
            "case_types.0.share=0.25",
            "case_types.0.contacts=6",
            "posts.0.caseload_cap=3000",
            "start.open=[{ post = \"Link worker 1\", count = 3000 }]",
            "start.waiting=[]",
            "period.days=1",
        ],
        20_261_005,
    );
    let open = |index: usize| told.seen.case_types[index].count(Count::OpenAtStart);
    assert_eq!(open(0) + open(1), 3_000);
    assert!((open(0) as f64 - 1_500.0).abs() < 5.0 * 27.4, "{}", open(0));
}

/// Cases of 4 contacts, 7 days apart, met at any instant: 1, 2, 3 and 4 contacts are left as often,
/// and the next falls due at any instant of the coming 7 days. Of 400 cases each number has 100,
/// deviation 8.7; the mean is 3.5 days, deviation 7 / 12^0.5 / 20 = 0.101. Five of these are allowed.
/// How long they had been open is not known: there is no duration.
#[test]
fn open_cases_are_met_at_any_instant() {
    let told = tell_of(
        ORDINARY,
        &[
            "case_types.0.contacts=4",
            "case_types.0.first_appointment_minutes=1",
            "case_types.0.follow_up_minutes=1",
            "posts.0.caseload_cap=400",
            "start.open=[{ post = \"Link worker 1\", count = 400 }]",
            "start.waiting=[]",
        ],
        20_261_005,
    );
    let mut due: BTreeMap<u64, Vec<f64>> = BTreeMap::new();
    for row in told.log.iter().filter(|row| row.activity == FallsDue) {
        let (_, ordinal, _) = row.referral.expect("it is about a person");
        let days = row.time.seconds() as f64 / 86_400.0;
        due.entry(ordinal).or_default().push(days);
    }
    assert_eq!(due.len(), 400);
    for left in 1..=4 {
        let cases = due.values().filter(|times| times.len() == left).count();
        assert!(
            (cases as f64 - 100.0).abs() < 5.0 * 8.7,
            "{cases} of {left}"
        );
    }
    let first = due.values().map(|times| times[0]);
    assert!(first.clone().all(|days| days < 7.0));
    let mean = first.sum::<f64>() / 400.0;
    assert!((mean - 3.5).abs() < 5.0 * 0.101, "{mean}");
    assert_eq!(told.value(Scope::Pcn, 0, "case_duration_days_mean"), None);
    assert_eq!(told.value(Scope::Post, 0, "case_duration_days_mean"), None);
}

/// Somebody has waited 4 days on Monday 5 October 2026, from Thursday on: 2 of them are working days.
/// The call is at 09:00.
#[test]
fn the_wait_so_far_is_told_in_working_days_too() {
    let told = tell(&[IN_ENGLAND, &["start.waiting.0.waited_days=[4]"]].concat());
    for (unit, days) in [("days", 4.375), ("working_days", 2.375)] {
        let median = told.of_pcn(&format!("wait_to_first_contact_{unit}_p50"));
        assert!((median - days).abs() < 1e-9, "{median} {unit}");
    }
}

const SECOND: &str = "\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\ncaseload_cap = 2\n";

/// Posts that start on the first day are there from the start: of two people each takes one.
#[test]
fn posts_of_the_first_day_share_who_waits() {
    let keys = [
        "posts.0.caseload_cap=2",
        "posts.*.starts=2000-01-03",
        "start.waiting.0.waited_days=[1, 0]",
    ];
    let told = tell_of(&format!("{ORDINARY}{SECOND}"), &keys, 1);
    assert_lines(
        &told.only(&[Assigned]),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 b Assigned W2 0|2",
    );
}

/// The log says with which post a case was open at the start.
#[test]
fn open_cases_come_from_their_posts() {
    let open = |post: &str| format!("{{ post = \"{post}\", count = 1, contacts_left = 1 }}");
    let start = format!(
        "start.open=[{}, {}]",
        open("Link worker 1"),
        open("Link worker 2")
    );
    let keys = [&start, "start.waiting=[]"];
    let told = tell_of(&format!("{ORDINARY}{SECOND}"), &keys, 1);
    let held = told.log.iter().filter(|row| row.activity == Completed);
    let origins: BTreeSet<_> = held
        .map(|row| (row.post, format!("{:?}", row.origin)))
        .collect();
    let expected = [0, 1].map(|index| {
        let post = PostId(index);
        (Some(post), format!("{:?}", Origin::OpenAtStart(post)))
    });
    assert_eq!(origins, BTreeSet::from(expected));
}
