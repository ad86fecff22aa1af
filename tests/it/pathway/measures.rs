//! Measures of one replication worked out by hand, or again from the event log.

use splw_sim::engine::{ReplicationKey, simulate};
use splw_sim::measure::{Frame, Scope, all_measures, weekly, weekly_columns};

use crate::support::{Told, tell};

/// The measure of the first entity of the scope has this value.
#[track_caller]
pub fn assert_near(told: &Told, scope: Scope, name: &str, expected: f64) {
    let value = told.value(scope, 0, name).expect("it is defined");
    assert!(
        (value - expected).abs() < 1e-9,
        "{name}: {value} in place of {expected}"
    );
}

/// The ordinary case: open from 0d to 16d 01:35, in 60 days; 10 + 45 + 20 + 20 minutes of work.
#[test]
fn the_ordinary_case_has_these_measures() {
    let told = tell(&[]);
    let open_days = 16.0 + 95.0 / 1_440.0;
    for scope in [Scope::Pcn, Scope::Post] {
        assert_near(&told, scope, "caseload_mean", open_days / 60.0);
        assert_near(&told, scope, "case_duration_days_mean", open_days);
        assert_near(&told, scope, "contacts_held", 3.0);
        assert_near(&told, scope, "dna_share", 0.0);
        assert_near(&told, scope, "follow_up_lateness_days_mean", 0.0);
        assert_near(&told, scope, "client_hours_available", 1_440.0);
        assert_near(&told, scope, "client_hours_used", 95.0 / 60.0);
        assert_near(&told, scope, "utilisation", 95.0 / 60.0 / 1_440.0);
        assert_near(&told, scope, "overrun_hours", 0.0);
        assert_near(&told, scope, "posts_filled_mean", 1.0);
        assert_near(&told, scope, "first_contacts", 1.0);
        // One first contact of 1 WTE in 60 days.
        assert_near(&told, scope, "cases_a_year_per_wte", 365.25 / 60.0);
    }
    assert_near(&told, Scope::Pcn, "posts_at_0_50_cases_a_year", 1.0);
    assert_near(&told, Scope::Post, "caseload_max", 1.0);
    // Open in 26.8% of the time: not exceeded in 95% of it is 1.
    assert_near(&told, Scope::Post, "caseload_p95", 1.0);
    assert_near(&told, Scope::Pcn, "waiting_list_mean", 0.0);
    assert_near(&told, Scope::Pcn, "share_contacted_ever", 1.0);
    for undefined in [
        "wait_to_first_contact_days_mean",
        "contacted_within_7_days",
        "waited_share",
    ] {
        assert!(
            told.value(Scope::Pcn, 0, undefined).is_none(),
            "{undefined}"
        );
    }
}

/// A case of 10 minutes in 60 days: no open case in far more than 95% of the time.
#[test]
fn the_caseload_not_exceeded_in_95_in_100_of_the_time() {
    assert_near(
        &tell(&["case_types.0.contacts=0"]),
        Scope::Post,
        "caseload_p95",
        0.0,
    );
}

/// A case that ends in the second in which it opened is at no time an open one.
#[test]
fn what_is_over_at_once_is_no_caseload() {
    let told = tell(&["case_types.0.contacts=0", "first_contact.attempt_minutes=0"]);
    assert_near(&told, Scope::Pcn, "completed", 1.0);
    assert_near(&told, Scope::Post, "caseload_max", 0.0);
}

/// b waits for a's place from 0d to 16d 01:35; the list ends empty: it shrinks by 2 people in 60/7
/// weeks (both stand on it when the period opens). a awaits contact for no time at all, b as long
/// as on the list.
#[test]
fn the_waiting_list_is_measured_over_the_period() {
    let told = tell(&[
        "start.waiting.0.waited_days=[1, 0]",
        "posts.0.ends=2000-02-28",
    ]);
    let waiting = (16.0 + 95.0 / 1_440.0) / 60.0;
    assert_near(&told, Scope::Pcn, "waiting_list_mean", waiting);
    assert_near(&told, Scope::Practice, "waiting_list_mean", waiting);
    assert_near(
        &told,
        Scope::CaseType,
        "awaiting_first_contact_mean",
        waiting,
    );
    assert_near(&told, Scope::Pcn, "waiting_list_max", 2.0);
    assert_near(&told, Scope::Pcn, "waiting_list_end", 0.0);
    assert_near(&told, Scope::Pcn, "waiting_at_start", 2.0);
    assert_near(&told, Scope::Pcn, "open_at_start", 0.0);
    assert_near(
        &told,
        Scope::Pcn,
        "waiting_list_growth_per_week",
        -2.0 / (60.0 / 7.0),
    );
    // The post is held for 56 of 60 days: from 3 January to 28 February 2000.
    assert_near(&told, Scope::Post, "posts_filled_mean", 56.0 / 60.0);
    assert_near(&told, Scope::Post, "client_hours_available", 56.0 * 24.0);
    // Two first contacts of 1 WTE in 56 days.
    assert_near(
        &told,
        Scope::Pcn,
        "cases_a_year_per_wte",
        2.0 * 365.25 / 56.0,
    );
}

/// An open case at the start is counted there and at the end, and not among first contacts.
#[test]
fn stocks_at_both_ends_are_counted() {
    let told = tell(&[
        "start.open=[{ post = \"Link worker 1\", count = 1, contacts_left = 60 }]",
        "posts.0.caseload_cap=2",
        "start.waiting.0.waited_days=[0, 0, 0]",
        "case_types.0.contacts=0",
    ]);
    for scope in [Scope::Pcn, Scope::Post] {
        assert_near(&told, scope, "open_at_start", 1.0);
        assert_near(&told, scope, "open_at_end", 1.0);
        assert_near(&told, scope, "first_contacts", 3.0);
        assert_near(&told, scope, "completed", 3.0);
    }
    assert_near(&told, Scope::Pcn, "waiting_at_start", 3.0);
    assert_near(&told, Scope::Pcn, "still_waiting_at_end", 0.0);
}

/// Weeks of the ordinary case in 17.5 days: contacts in weeks 0, 1 and 2; open throughout the first
/// two weeks and for 2d 01:35 of the last, which has 3.5 days.
#[test]
fn weeks_are_counted_from_the_opening() {
    let told = tell(&["period.days=17.5"]);
    let frame = Frame::new(&told.model);
    let columns = weekly_columns(&frame);
    let values = weekly(&frame, &columns, &told.seen);
    let series = |scope: Scope, name: &str| -> Vec<f64> {
        let at = columns
            .iter()
            .position(|it| it.scope == scope && it.measure == name);
        let weeks = values.chunks(columns.len());
        weeks
            .map(|week| week[at.expect("there is one")].defined().expect("defined"))
            .collect()
    };
    let close = |told: Vec<f64>, expected: [f64; 3]| {
        assert_eq!(told.len(), 3);
        assert!(
            told.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-9),
            "{told:?} for {expected:?}"
        );
    };
    for scope in [Scope::Pcn, Scope::Post] {
        close(series(scope, "contacts_held"), [1.0, 1.0, 1.0]);
        close(
            series(scope, "caseload"),
            [1.0, 1.0, (2.0 + 95.0 / 1_440.0) / 3.5],
        );
        close(series(scope, "posts_filled"), [1.0; 3]);
        close(
            series(scope, "utilisation"),
            [55.0 / 10_080.0, 20.0 / 10_080.0, 20.0 / 5_040.0],
        );
    }
    close(series(Scope::Practice, "waiting_list"), [0.0; 3]);
    close(series(Scope::Pcn, "referrals_received"), [0.0; 3]);
}

/// Points of waits may never be reached; a point of the caseload, or a mean wait, is something else.
#[test]
fn points_of_waits_are_known_by_their_names() {
    let points = all_measures().iter().filter(|it| it.is_quantile_of_waits());
    let names: Vec<&str> = points.map(|it| it.name).collect();
    // Three clocks, two units, three points.
    assert_eq!(names.len(), 18, "{names:?}");
    assert!(names.contains(&"wait_to_first_contact_days_p90"));
    assert!(!names.contains(&"caseload_p95"));
}

/// The short form gives what a simulation gives that is watched.
#[test]
fn one_call_simulates_a_replication() {
    let told = tell(&[]);
    let key = ReplicationKey {
        seed: 1,
        replication: 0,
    };
    let seen = simulate(&told.model, key);
    assert_eq!(format!("{seen:?}"), format!("{:?}", told.seen));
}
