//! Loads, lateness and hours of a busy service of constants, worked out again from the event log.

use splw_sim::engine::Activity::{
    Accepted, Assigned, Completed, ContactBegins, ContactHeld, FallsDue, Inappropriate, Missed,
};
use splw_sim::measure::Scope;

use super::measures::assert_near;
use crate::support::{IN_ENGLAND, ORDINARY, Told, tell_of};

/// A service in England with too little time: constants, so that paper loads are plain sums.
fn busy() -> Told {
    let text = ORDINARY.replace(
        "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n",
        "",
    );
    tell_of(
        &text,
        &[
            IN_ENGLAND,
            &[
                "period.days=150",
                "demand.referrals_per_1000_a_year=1000",
                "demand.inappropriate_share=0.2",
                "demand.triage_minutes=30",
                "posts.0.caseload_cap=60",
                "case_types.0.dna_share=0.2",
                "case_types.0.dna_limit=\"none\"",
            ],
        ]
        .concat(),
        4,
    )
}

fn count(told: &Told, activity: splw_sim::engine::Activity) -> f64 {
    told.log
        .iter()
        .filter(|row| row.activity == activity)
        .count() as f64
}

/// Hours load: hours that the referrals received ask for over hours available. A referral is
/// answered at once (10 minutes) and has 3 contacts of 45, 20 and 20 minutes; a fifth of all bookings
/// is missed, each missed slot as long as its contact: x 1.25; triage takes 30 minutes.
#[test]
fn the_hours_load_is_what_is_asked_for() {
    let told = busy();
    let minutes =
        count(&told, Accepted) * (10.0 + 85.0 * 1.25) + count(&told, Inappropriate) * 30.0;
    let available = told.of_pcn("client_hours_available") * 60.0;
    assert!(count(&told, Inappropriate) > 50.0);
    assert_near(&told, Scope::Pcn, "hours_load", minutes / available);
}

/// Places load: accepted referrals x mean time a place is held / (places x time). The mean is by
/// Little's law, open person-time over the mean of places taken and places freed; the mean duration
/// of a case is over those completed.
#[test]
fn the_places_load_is_what_is_held() {
    let told = busy();
    let mut begun = std::collections::BTreeMap::new();
    let mut completed = Vec::new();
    for row in &told.log {
        let who = row.referral.map(|it| it.1);
        match row.activity {
            Assigned => drop(begun.insert(who, row.time.seconds())),
            Completed => {
                let began = begun.remove(&who).expect("assigned before");
                completed.push(row.time.seconds() - began);
            }
            _ => {}
        }
    }
    assert!(completed.len() > 50 && begun.len() > 5);
    let end = 150 * 86_400;
    let in_completed: u64 = completed.iter().sum();
    let still_open: u64 = begun.values().map(|began| end - began).sum();
    let turned_over = completed.len() as f64 + begun.len() as f64 / 2.0;
    let mean_held = (in_completed + still_open) as f64 / turned_over;
    let places = 60.0 * end as f64;
    let load = count(&told, Accepted) * mean_held / places;
    assert_near(&told, Scope::Pcn, "places_load", load);
    let mean_completed = in_completed as f64 / completed.len() as f64;
    assert_near(
        &told,
        Scope::Pcn,
        "case_duration_days_mean",
        mean_completed / 86_400.0,
    );
}

/// The share missed is of all bookings, and lateness is from falling due to beginning, over all
/// follow-ups begun (held or missed).
#[test]
fn missed_share_and_lateness_are_of_all_bookings() {
    let told = busy();
    let (held, missed) = (count(&told, ContactHeld), count(&told, Missed));
    assert!(missed > 50.0);
    assert_near(&told, Scope::Pcn, "dna_share", missed / (held + missed));
    let (mut due, mut contacts) = (
        std::collections::BTreeMap::new(),
        std::collections::BTreeMap::new(),
    );
    let (mut late, mut follow_ups) = (0, 0.0);
    for row in &told.log {
        let (who, now) = (row.referral.map(|it| it.1), row.time.seconds());
        match row.activity {
            FallsDue => drop(due.insert(who, now)),
            ContactHeld => *contacts.entry(who).or_insert(0) += 1,
            ContactBegins if contacts.contains_key(&who) => {
                late += now - due[&who];
                follow_ups += 1.0;
            }
            _ => {}
        }
    }
    let mean = late as f64 / 86_400.0 / follow_ups;
    assert!(mean > 0.01, "{mean}");
    for scope in [Scope::Pcn, Scope::Post, Scope::Practice, Scope::CaseType] {
        assert_near(&told, scope, "follow_up_lateness_days_mean", mean);
    }
}

/// Hours used of a post are its work: calls, contacts held, missed slots and triage, all constants.
#[test]
fn hours_used_are_the_work_done() {
    let told = busy();
    // What is in hand when the period closes at midnight is nothing: the window closes at 13:30.
    let first: f64 = {
        let mut seen = std::collections::BTreeSet::new();
        let held = told.log.iter().filter(|row| row.activity == ContactHeld);
        held.filter(|row| seen.insert(row.referral.map(|it| it.1)))
            .count() as f64
    };
    let mut held_before = std::collections::BTreeSet::new();
    let mut missed_minutes = 0.0;
    for row in &told.log {
        let who = row.referral.map(|it| it.1);
        match row.activity {
            ContactHeld => drop(held_before.insert(who)),
            Missed => {
                missed_minutes += if held_before.contains(&who) {
                    20.0
                } else {
                    45.0
                }
            }
            _ => {}
        }
    }
    let minutes = count(&told, splw_sim::engine::Activity::AttemptBegins) * 10.0
        + first * 45.0
        + (count(&told, ContactHeld) - first) * 20.0
        + missed_minutes
        + count(&told, splw_sim::engine::Activity::Returned) * 30.0;
    assert_near(&told, Scope::Post, "client_hours_used", minutes / 60.0);
    assert_near(&told, Scope::Pcn, "client_hours_used", minutes / 60.0);
}
