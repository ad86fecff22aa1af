//! Waits of every scope worked out by hand: means, deviations, quantiles and curves of two practices
//! that share nothing but the link worker.
//!
//! Each call takes a day and is the whole case, and there is one place. Four people of Elm, all of
//! them brief cases from the surgery, come together on day 0 and are called on days 0, 1, 2 and 3:
//! they wait 0, 1, 2 and 3 days. Four people of Oak, all full cases from the hospital, come on day
//! 10 and are called on days 10, 11 and 12; the fourth still waits when the period closes on day 13.
//! A second link worker, for Elm alone, is there from day 7 on and has nothing to do.

use splw_sim::measure::{Curves, Frame, Scope, columns, measure, weekly, weekly_columns};

use super::measures::assert_near;
use crate::support::{ORDINARY, Told, tell_of};

fn told(more: &[&str]) -> Told {
    let nobody = ORDINARY.replace(
        "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n",
        "",
    );
    let text = nobody.replace(
        "list_size = 1000\n",
        "list_size = 1000\ncase_type_tilt = { full = 0 }\n",
    ) + "
        [[practices]]
        name = \"Oak\"
        list_size = 500
        case_type_tilt = { brief = 0 }
        [[case_types]]
        name = \"brief\"
        share = 0.5
        contacts = 0
        [[posts]]
        name = \"Link worker 2\"
        wte = 1
        caseload_cap = 1
        serves = [\"Elm\"]
        starts = 2000-01-10
        [[sources]]
        name = \"surgery\"
        share = 0.5
        [[sources]]
        name = \"hospital\"
        share = 0.5
        [[demand.batches]]
        date = 2000-01-03
        referrals = 4
        practices = [\"Elm\"]
        source = \"surgery\"
        [[demand.batches]]
        date = 2000-01-13
        referrals = 4
        practices = [\"Oak\"]
        source = \"hospital\"
        ";
    let keys = [
        "period.days=13",
        "case_types.0.share=0.5",
        "case_types.0.contacts=0",
        "first_contact.attempt_minutes=1440",
    ];
    tell_of(&text, &[&keys[..], more].concat(), 1)
}

const DAYS: usize = 13;

/// What is expected of a scope: mean, deviation, the three quantiles and the share ever contacted.
type Expected = (f64, f64, [Option<f64>; 3], f64);

/// Elm: 0, 1, 2, 3, the deviation the root of 5 / 3; half are contacted within 1 day.
fn of_elm() -> Expected {
    (
        1.5,
        (5.0_f64 / 3.0).sqrt(),
        [Some(1.0), Some(3.0), Some(3.0)],
        1.0,
    )
}

/// Oak: 0, 1, 2 and one who is not contacted: 90% never are.
fn of_oak() -> Expected {
    (1.0, 1.0, [Some(1.0), None, None], 0.75)
}

/// All: 9 days over 7 people, squares 19. At 3 days two are at risk: one is contacted then, and the
/// other, whose time is up at the same instant, counts among those who might have been: 6 / 8 + 1 / 8.
fn of_all() -> Expected {
    let deviation = ((19.0 - 81.0 / 7.0) / 6.0_f64).sqrt();
    (9.0 / 7.0, deviation, [Some(1.0), None, None], 0.875)
}

#[track_caller]
fn check(told: &Told, scope: Scope, entity: usize, expected: Expected) {
    let (mean, sd, quantiles, ever) = expected;
    let assert_is = |name: &str, expected: Option<f64>| {
        let value = told.value(scope, entity, name);
        let is_same = match (value, expected) {
            (Some(value), Some(expected)) => (value - expected).abs() < 1e-9,
            (value, expected) => value == expected,
        };
        assert!(is_same, "{name}: {value:?} in place of {expected:?}");
    };
    for (clock, unit) in [
        ("wait_to_first_contact", "days"),
        ("wait_to_first_contact", "working_days"),
        ("wait_on_list", "days"),
        ("wait_on_list", "working_days"),
    ] {
        assert_is(&format!("{clock}_{unit}_mean"), Some(mean));
        assert_is(&format!("{clock}_{unit}_sd"), Some(sd));
        for (name, quantile) in ["p50", "p90", "p95"].iter().zip(quantiles) {
            assert_is(&format!("{clock}_{unit}_{name}"), quantile);
        }
    }
    assert_is("wait_to_first_appointment_days_mean", None);
    assert_is("wait_to_first_appointment_days_p50", None);
    assert_is("share_contacted_ever", Some(ever));
}

#[test]
fn every_scope_has_its_own_waits() {
    let told = told(&[]);
    check(&told, Scope::Pcn, 0, of_all());
    for scope in [Scope::Practice, Scope::Source] {
        check(&told, scope, 0, of_elm());
        check(&told, scope, 1, of_oak());
    }
    check(&told, Scope::CaseType, 0, of_oak());
    check(&told, Scope::CaseType, 1, of_elm());
    let of_post = |post| told.value(Scope::Post, post, "wait_to_first_contact_days_mean");
    assert!((of_post(0).expect("people were reached") - 9.0 / 7.0).abs() < 1e-9);
    assert_eq!(of_post(1), None);
}

/// Shares contacted, and shares assigned, by days since receipt.
#[test]
fn every_scope_has_its_own_curves() {
    let told = told(&[]);
    let frame = Frame::new(&told.model);
    let mut curves = Curves::default();
    measure(&frame, &told.seen, &mut curves);
    let steps = |first: [f32; 4]| -> Vec<f32> { (0..=DAYS).map(|day| first[day.min(3)]).collect() };
    let all = steps([0.25, 0.5, 0.75, 0.875]);
    let elm = steps([0.25, 0.5, 0.75, 1.0]);
    let oak = steps([0.25, 0.5, 0.75, 0.75]);
    let nobody = steps([0.0; 4]);
    // Case types the other way round.
    let scopes = [&all, &elm, &oak, &oak, &elm, &elm, &oak];
    let expected: Vec<f32> = scopes
        .into_iter()
        .flat_map(|it| [it, &nobody, it].into_iter().flatten().copied())
        .collect();
    assert_eq!(curves.shares.len(), expected.len());
    for (index, (told, expected)) in curves.shares.iter().zip(&expected).enumerate() {
        assert!((told - expected).abs() < 1e-6, "{index}: {told}");
    }
}

/// Elm's list has 3, 2 and 1 people on the first days of the first week, Oak's on the last three days
/// of the second, which has 6 days.
#[test]
fn every_practice_and_post_has_its_own_weeks() {
    let told = told(&[]);
    let frame = Frame::new(&told.model);
    let columns = weekly_columns(&frame);
    let values = weekly(&frame, &columns, &told.seen);
    let check = |scope: Scope, entity: usize, name: &str, expected: [f64; 2]| {
        let at = columns
            .iter()
            .position(|it| (it.scope, it.entity, it.measure) == (scope, entity, name))
            .expect("there is one");
        for (week, expected) in values.chunks(columns.len()).zip(expected) {
            let value = week[at].defined().expect("it is defined");
            assert!((value - expected).abs() < 1e-9, "{name}: {value}");
        }
    };
    check(Scope::Pcn, 0, "waiting_list", [6.0 / 7.0, 1.0]);
    check(Scope::Practice, 0, "waiting_list", [6.0 / 7.0, 0.0]);
    check(Scope::Practice, 1, "waiting_list", [0.0, 1.0]);
    check(Scope::Practice, 1, "caseload", [0.0, 0.5]);
    check(Scope::Post, 0, "caseload", [4.0 / 7.0, 0.5]);
    check(Scope::Post, 0, "posts_filled", [1.0, 1.0]);
    check(Scope::Post, 1, "posts_filled", [0.0, 1.0]);
    check(Scope::Pcn, 0, "referrals_received", [4.0, 4.0]);
}

/// 7 first contacts in 13 days are 197 a year; the second link worker has none.
#[test]
fn posts_are_told_apart_by_cases_a_year() {
    let told = told(&[]);
    assert_near(&told, Scope::Pcn, "posts_at_151_200_cases_a_year", 1.0);
    assert_near(&told, Scope::Pcn, "posts_at_0_50_cases_a_year", 1.0);
}

/// A post that nobody ever holds has no places and needs no cap: 8 people are accepted, a place is
/// held 7 days in all, taken 7 times and freed 6 times, in 13 days of one place.
#[test]
fn posts_never_held_have_no_places() {
    let told = told(&["posts.1.starts=2000-02-01", "posts.1.caseload_cap=none"]);
    assert_near(&told, Scope::Pcn, "places_load", 8.0 * (7.0 / 6.5) / 13.0);
}

#[test]
fn no_column_stands_twice() {
    let told = told(&[]);
    let mut names: Vec<_> = columns(&Frame::new(&told.model))
        .iter()
        .map(|it| (it.scope, it.entity, it.measure.name))
        .collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}

/// Events are referrals, work falling due and work ended: 8 people are received, the work of 7 falls
/// due, and 6 pieces of it end before the period closes.
#[test]
fn events_are_counted() {
    assert_eq!(told(&[]).seen.events, 8 + 7 + 6);
}
