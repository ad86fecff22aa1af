//! Continuity: the worker who holds the case, or whoever is free first.

use splw_sim::engine::Activity::{Assigned, Completed, ContactBegins};

use crate::support::{ORDINARY, assert_lines, tell_of};

/// W1 is there from the beginning, takes a and b and calls them (00:00 and 00:10); W2 starts on day
/// 1 (4 January 2000). First appointments, a day long, fall due 2 days after the calls: 2d 00:10
/// and 2d 00:20.
fn service(continuity: &str) -> crate::support::Told {
    let text = format!(
        "{}\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\nstarts = 2000-01-04\n",
        ORDINARY.replace("caseload_cap = 1\n", "caseload_cap = 2\n")
    );
    let overrides = [
        &format!("continuity={continuity}")[..],
        "case_types.0.contacts=1",
        "case_types.0.first_appointment_minutes=1440",
        "start.waiting.0.waited_days=[1, 0]",
    ];
    tell_of(&text, &overrides, 1)
}

/// W1 holds both appointments, one after the other.
#[test]
fn the_same_worker_holds_all_contacts() {
    assert_lines(
        &service("same-worker").only(&[Assigned, ContactBegins, Completed]),
        "0d 00:00 a Assigned W1 1|1
         0d 00:00 b Assigned W1 0|2
         2d 00:10 a ContactBegins W1 0|2
         3d 00:10 a Completed W1 0|1
         3d 00:10 b ContactBegins W1 0|1
         4d 00:10 b Completed W1 0|0",
    );
}

/// Both workers are free at 2d 00:10: one takes a, the other takes b at 2d 00:20 without waiting.
/// The case stays W1's: its places are freed.
#[test]
fn any_worker_takes_what_falls_due() {
    let told = service("any-worker");
    let contacts: Vec<_> = told
        .log
        .iter()
        .filter(|row| row.activity == ContactBegins)
        .collect();
    let times: Vec<_> = contacts.iter().map(|row| row.time.seconds()).collect();
    assert_eq!(times, [2 * 86_400 + 600, 2 * 86_400 + 1_200]);
    assert_ne!(contacts[0].post, contacts[1].post);
    assert_eq!(
        told.seen.posts[0]
            .scope
            .count(splw_sim::engine::observations::Count::PlacesFreed),
        2
    );
    assert_eq!(
        told.seen.posts[1]
            .scope
            .count(splw_sim::engine::observations::Count::PlacesFreed),
        0
    );
    assert_eq!(told.seen.posts[1].busy_seconds, 86_400);
}
