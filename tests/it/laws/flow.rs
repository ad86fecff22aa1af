//! Law 1: what was received equals what ended in each way plus what is still there; for the PCN,
//! each practice, each case type and each post.

use splw_sim::engine::observations::{Count, ScopeTally};

use super::services::service;
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
        .chain(&seen.case_types);
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
}

#[test]
fn flows_balance() {
    let mut referrals = 0;
    for number in 0..400 {
        let told = tell_of(&service(number), &[], number);
        check_flow(&told, number);
        referrals += told.seen.pcn.count(Count::Accepted);
    }
    assert!(
        referrals > 20_000,
        "the services have something to do: {referrals}"
    );
}
