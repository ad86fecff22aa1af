//! `[start]`: people who wait and cases that are open when the period opens.

use splw_sim::engine::Activity::{Answered, Assigned, Completed, ContactBegins, Lapsed};
use splw_sim::engine::observations::Count;

use crate::support::{assert_lines, tell};

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
    let told = tell(&[
        "start.waiting.0.waited_days=[3, 2.5, 0.5, 0]",
        "case_types.0.contacts=0",
        "first_contact.attempt_minutes=1440",
    ]);
    for (name, expected) in [("p50", 2.5), ("p90", 3.5), ("p95", 3.5)] {
        let measure = format!("wait_to_first_contact_days_{name}");
        assert!((told.of_pcn(&measure) - expected).abs() < 1e-9, "{measure}");
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
