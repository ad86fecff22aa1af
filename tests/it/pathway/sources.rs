//! What priority does to the waits of each source, worked out by hand.
//!
//! a is there at the start and is called for 10 days; everybody else arrives during these days'
//! first and waits. Each of them is called for 10 days in turn, which ends the case: the k-th taken
//! is assigned, and reached, at k x 10 days. The urgent ones (u of them) are taken first, so their
//! mean time of assignment is 10 (u + 1) / 2 days; that of the r routine ones is
//! 10 (u + (r + 1) / 2) days. Waits are these less the mean time of receipt.
//!
//! Who is of which source is read from a second run in which every urgent referral is
//! inappropriate: what a referral draws does not depend on that.

use std::collections::BTreeSet;

use splw_sim::engine::Activity::{Accepted, Inappropriate};
use splw_sim::engine::observations::{Clock, WaitEnd};
use splw_sim::measure::{Frame, Scope, columns};
use splw_sim::model::time::SECONDS_PER_DAY;

use crate::support::{ORDINARY, Told, tell, tell_of};

const ROUTINE: usize = 0;
const URGENT: usize = 1;

/// One link worker, and about 20 people from two sources who arrive on the first day.
fn told(more: &[&str]) -> Told {
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
    tell_of(&text, &[&keys[..], more].concat(), 3)
}

/// Days of receipt of the routine and of the urgent.
fn receipts() -> [Vec<f64>; 2] {
    let named = told(&["sources.1.inappropriate_share=1"]);
    let urgent: BTreeSet<u64> = named
        .log
        .iter()
        .filter(|row| row.activity == Inappropriate)
        .filter_map(|row| row.referral.map(|(_, ordinal, _)| ordinal))
        .collect();
    let mut receipts = [Vec::new(), Vec::new()];
    for row in told(&[]).log.iter().filter(|row| row.activity == Accepted) {
        let (_, ordinal, _) = row.referral.expect("it is about a person");
        let days = row.time.seconds() as f64 / SECONDS_PER_DAY as f64;
        receipts[usize::from(urgent.contains(&ordinal))].push(days);
    }
    let [routine, urgent] = [receipts[ROUTINE].len(), receipts[URGENT].len()];
    assert!(routine >= 5 && urgent >= 5, "{routine} and {urgent}");
    receipts
}

#[track_caller]
fn assert_near(told: &Told, source: usize, name: &str, expected: f64) {
    let value = told.value(Scope::Source, source, name).expect("defined");
    assert!(
        (value - expected).abs() < 1e-9,
        "{name} of source {source}: {value} in place of {expected}"
    );
}

#[test]
fn the_urgent_wait_for_the_urgent_and_the_routine_for_all() {
    let told = told(&[]);
    let receipts = receipts();
    let [r, u] = [
        receipts[ROUTINE].len() as f64,
        receipts[URGENT].len() as f64,
    ];
    let assigned = [10.0 * (u + (r + 1.0) / 2.0), 10.0 * (u + 1.0) / 2.0];
    for source in [ROUTINE, URGENT] {
        let people = receipts[source].len() as f64;
        let wait = assigned[source] - receipts[source].iter().sum::<f64>() / people;
        assert_near(&told, source, "wait_on_list_days_mean", wait);
        assert_near(&told, source, "wait_to_first_contact_days_mean", wait);
        assert_near(&told, source, "waiting_list_mean", wait * people / 1000.0);
        assert_near(
            &told,
            source,
            "awaiting_first_contact_mean",
            wait * people / 1000.0,
        );
        assert_near(&told, source, "caseload_mean", 10.0 * people / 1000.0);
        assert_near(&told, source, "case_duration_days_mean", 10.0);
        assert_near(&told, source, "waiting_list_max", people);
        assert_near(&told, source, "waited_share", 1.0);
        assert_near(&told, source, "share_contacted_ever", 1.0);
        for count in [
            "referrals_received",
            "referrals_accepted",
            "first_contacts",
            "completed",
        ] {
            assert_near(&told, source, count, people);
        }
        for nothing in ["inappropriate", "lapsed", "waiting_at_start", "open_at_end"] {
            assert_near(&told, source, nothing, 0.0);
        }
    }
    // a was there at the start: of the PCN, of no source.
    assert!((told.of_pcn("completed") - (r + u + 1.0)).abs() < 1e-9);
}

/// The inappropriate are counted with their source; a routine referral then waits for nobody else.
#[test]
fn the_inappropriate_are_of_their_source() {
    let told = told(&["sources.1.inappropriate_share=1"]);
    let receipts = receipts();
    let [r, u] = [
        receipts[ROUTINE].len() as f64,
        receipts[URGENT].len() as f64,
    ];
    assert_near(&told, URGENT, "referrals_received", u);
    assert_near(&told, URGENT, "inappropriate", u);
    assert_near(&told, URGENT, "referrals_accepted", 0.0);
    assert_near(&told, ROUTINE, "referrals_received", r);
    assert_near(&told, ROUTINE, "inappropriate", 0.0);
    let wait = 10.0 * (r + 1.0) / 2.0 - receipts[ROUTINE].iter().sum::<f64>() / r;
    assert_near(&told, ROUTINE, "wait_on_list_days_mean", wait);
    assert_eq!(
        told.value(Scope::Source, URGENT, "wait_on_list_days_mean"),
        None
    );
}

/// A wait of somebody of the start is in the curves of the PCN alone; those of the cohort are in
/// one source each.
#[test]
fn who_was_there_at_the_start_is_of_no_source() {
    let told = told(&[]);
    let waits = &told.seen.waits[Clock::ToFirstContact as usize];
    assert!(waits.iter().all(|wait| wait.end == WaitEnd::Happened));
    for wait in waits {
        let known = usize::from(wait.source) < told.seen.sources.len();
        assert_eq!(known, wait.in_cohort, "{wait:?}");
    }
    let start = waits.iter().filter(|wait| !wait.in_cohort).count();
    assert_eq!(start, 1, "a");
}

/// The columns by source are those of a practice, and there are none with a single source.
#[test]
fn a_single_source_is_not_told_apart() {
    let names = |told: &Told, scope: Scope| -> Vec<&str> {
        let columns = columns(&Frame::new(&told.model));
        let first = columns
            .iter()
            .filter(|it| it.scope == scope && it.entity == 0);
        first.map(|it| it.measure.name).collect()
    };
    let several = told(&[]);
    let mut of_practice = names(&several, Scope::Practice);
    of_practice.retain(|name| *name != "paused_share_of_time");
    assert_eq!(names(&several, Scope::Source), of_practice);
    assert!(names(&tell(&[]), Scope::Source).is_empty());
    let one = "sources=[{ name = \"GP\", share = 1, priority = 2 }]";
    assert!(names(&tell(&[one]), Scope::Source).is_empty());
}
