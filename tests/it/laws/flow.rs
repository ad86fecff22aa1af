//! Law 1: what was received equals what ended in each way plus what is still there; for the PCN,
//! each practice, each case type, each source and each post.

use std::cell::Cell;

use splw_sim::engine::observations::{Count, Observations, ScopeTally};

use super::random::on_services;
use crate::support::{Told, tell_of};

const WAYS_OUT: [Count; 6] = [
    Count::Lapsed,
    Count::NotReached,
    Count::Disengaged,
    Count::DroppedOut,
    Count::Completed,
    Count::LostAtHandover,
];

fn sum(tally: &ScopeTally, of: &[Count]) -> u64 {
    of.iter().map(|count| tally.count(*count)).sum()
}

fn check_flow(told: &Told, number: u64) {
    let seen = &told.seen;
    let scopes = std::iter::once(&seen.pcn)
        .chain(&seen.practices)
        .chain(&seen.case_types)
        .chain(&seen.sources);
    for (index, scope) in scopes.enumerate() {
        let there = sum(
            scope,
            &[Count::WaitingAtStart, Count::OpenAtStart, Count::Accepted],
        );
        let gone = sum(scope, &WAYS_OUT);
        let left = sum(scope, &[Count::WaitingAtEnd, Count::OpenAtEnd]);
        assert_eq!(there, gone + left, "service {number}, scope {index}");
        assert_eq!(
            scope.waiting.value,
            scope.count(Count::WaitingAtEnd),
            "service {number}, scope {index}"
        );
        assert_eq!(
            scope.open.value,
            scope.count(Count::OpenAtEnd),
            "service {number}, scope {index}"
        );
    }
    for (index, post) in seen.posts.iter().enumerate() {
        let scope = &post.scope;
        let there = sum(
            scope,
            &[Count::OpenAtStart, Count::Assigned, Count::TransferredIn],
        );
        let gone = sum(scope, &WAYS_OUT) + scope.count(Count::TransferredOut);
        assert_eq!(
            there,
            gone + scope.count(Count::OpenAtEnd),
            "service {number}, post {index}"
        );
    }
    for what in WAYS_OUT.into_iter().chain([
        Count::Accepted,
        Count::WaitingAtEnd,
        Count::OpenAtEnd,
        Count::FirstContacts,
        Count::ContactsHeld,
        Count::ContactsMissed,
        Count::Assigned,
        Count::Cohort,
        Count::CohortAtOnce,
    ]) {
        let of = |scopes: &[ScopeTally]| scopes.iter().map(|scope| scope.count(what)).sum::<u64>();
        assert_eq!(
            of(&seen.practices),
            seen.pcn.count(what),
            "service {number}: {what:?} of practices"
        );
        assert_eq!(
            of(&seen.case_types),
            seen.pcn.count(what),
            "service {number}: {what:?} of case types"
        );
    }
    check_sources(told, number);
}

fn of_sources(seen: &Observations, what: Count) -> u64 {
    seen.sources.iter().map(|scope| scope.count(what)).sum()
}

/// Sources add up to the PCN in what concerns those received: whoever was there at the start is of
/// none. Without such people they add up in everything.
fn check_sources(told: &Told, number: u64) {
    let (seen, model) = (&told.seen, &told.model);
    let several = model.demand.sources.len() > 1;
    let expected = if several {
        model.demand.sources.len()
    } else {
        0
    };
    assert_eq!(seen.sources.len(), expected, "service {number}");
    let all = [
        Count::Received,
        Count::Inappropriate,
        Count::Refused,
        Count::Accepted,
        Count::Cohort,
        Count::CohortAtOnce,
    ];
    let without_start = WAYS_OUT.into_iter().chain([
        Count::RevertedToGp,
        Count::WaitingAtStart,
        Count::OpenAtStart,
        Count::WaitingAtEnd,
        Count::OpenAtEnd,
        Count::FirstContacts,
        Count::PlacesFreed,
        Count::ContactsHeld,
        Count::ContactsMissed,
        Count::Assigned,
    ]);
    if several {
        for what in all {
            let whole = seen.pcn.count(what);
            assert_eq!(
                of_sources(seen, what),
                whole,
                "service {number}: {what:?} of sources"
            );
        }
        for what in without_start {
            let (sum, whole) = (of_sources(seen, what), seen.pcn.count(what));
            let right = match model.start {
                Some(_) => sum <= whole,
                None => sum == whole,
            };
            assert!(
                right,
                "service {number}: {what:?} of sources, {sum} of {whole}"
            );
        }
    }
    for scope in &seen.sources {
        let received = [Count::Inappropriate, Count::Accepted, Count::Refused];
        assert_eq!(
            scope.count(Count::Received),
            sum(scope, &received),
            "service {number}: received by source"
        );
    }
}

#[test]
fn flows_balance() {
    let (referrals, by_source) = (Cell::new(0), Cell::new(0));
    on_services(2_500, |service| {
        let told = service.tell();
        check_flow(&told, service.seed);
        referrals.set(referrals.get() + told.seen.pcn.count(Count::Accepted));
        by_source.set(by_source.get() + of_sources(&told.seen, Count::Completed));
    });
    let (referrals, by_source) = (referrals.get(), by_source.get());
    assert!(
        referrals > 50_000,
        "the services have something to do: {referrals}"
    );
    assert!(by_source > 1_000, "sources too: {by_source}");
}

/// The same where ten times as many people are referred as usual in these services.
#[test]
fn flows_balance_in_larger_services() {
    let referrals = Cell::new(0);
    on_services(250, |service| {
        let told = tell_of(
            &service.text,
            &["practices.*.list_size=16000"],
            service.seed,
        );
        check_flow(&told, service.seed);
        referrals.set(referrals.get() + told.seen.pcn.count(Count::Accepted));
    });
    assert!(referrals.get() > 200_000, "{referrals:?}");
}
