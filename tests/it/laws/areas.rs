//! Law 2: the area under the waiting list equals the waiting time accrued inside the period,
//! exactly; the same for the caseload and the internal queue. Three accounts are held against each
//! other: levels over time, person by person, and the event log read from outside.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use splw_sim::engine::Activity::{self, Accepted, Assigned, ReturnedToList};
use splw_sim::model::SimTime;

use super::random::on_services;
use crate::support::Told;

fn check_areas(told: &Told, number: u64) {
    let seen = &told.seen;
    assert_eq!(
        seen.pcn.waiting.area, seen.waiting_accrued,
        "service {number}: waiting"
    );
    assert_eq!(
        seen.pcn.open.area, seen.open_accrued,
        "service {number}: open"
    );
    assert_eq!(seen.due.area, seen.due_accrued, "service {number}: due");
    let scopes = |of: fn(&splw_sim::engine::observations::ScopeTally) -> u128| {
        let practices: u128 = seen.practices.iter().map(of).sum();
        let case_types: u128 = seen.case_types.iter().map(of).sum();
        assert_eq!(
            (practices, case_types),
            (of(&seen.pcn), of(&seen.pcn)),
            "service {number}"
        );
        // Who was there at the start is of no source; without such people sources add up too.
        let (sources, whole) = (seen.sources.iter().map(of).sum::<u128>(), of(&seen.pcn));
        let all = told.model.start.is_none() && !seen.sources.is_empty();
        assert!(
            sources <= whole && (!all || sources == whole),
            "service {number}: {sources} of {whole} by source"
        );
    };
    scopes(|scope| u128::from(scope.waiting.area));
    scopes(|scope| u128::from(scope.open.area));
    scopes(|scope| u128::from(scope.awaiting_first_contact.area));
    let length = told.model.period.length().seconds();
    for post in &seen.posts {
        assert_eq!(
            post.seconds_at_caseload.iter().sum::<u64>(),
            length,
            "service {number}"
        );
        let weighted: u128 = post
            .seconds_at_caseload
            .iter()
            .zip(0_u128..)
            .map(|(seconds, open)| u128::from(*seconds) * open)
            .sum();
        assert_eq!(
            weighted,
            u128::from(post.scope.open.area),
            "service {number}"
        );
    }
    let of_posts: u128 = seen
        .posts
        .iter()
        .map(|post| u128::from(post.scope.open.area))
        .sum();
    assert_eq!(
        of_posts,
        u128::from(seen.pcn.open.area),
        "service {number}: of posts"
    );
    check_weeks(told, number);
}

/// The weeks add up to the period, scope by scope.
fn check_weeks(told: &Told, number: u64) {
    let seen = &told.seen;
    let scopes = seen.scopes_a_week();
    let of = |scope: usize| seen.weeks.iter().skip(scope).step_by(scopes);
    let length: u64 = of(0).map(|week| week.length).sum();
    assert_eq!(
        length,
        told.model.period.length().seconds(),
        "service {number}"
    );
    let total = |scope| {
        of(scope).fold((0, 0, 0, 0), |sum, week| {
            (
                sum.0 + u128::from(week.waiting_area),
                sum.1 + u128::from(week.open_area),
                sum.2 + week.available_seconds,
                sum.3 + week.busy_seconds,
            )
        })
    };
    let (waiting, open, available, busy) = total(0);
    assert_eq!(
        waiting,
        u128::from(seen.pcn.waiting.area),
        "service {number}"
    );
    assert_eq!(open, u128::from(seen.pcn.open.area), "service {number}");
    assert_eq!(
        available,
        seen.posts
            .iter()
            .map(|post| post.available_seconds)
            .sum::<u64>(),
        "service {number}"
    );
    assert_eq!(
        busy,
        seen.posts.iter().map(|post| post.busy_seconds).sum::<u64>(),
        "service {number}"
    );
    for (index, post) in seen.posts.iter().enumerate() {
        let (_, open, available, busy) = total(1 + seen.practices.len() + index);
        assert_eq!(open, u128::from(post.scope.open.area), "service {number}");
        assert_eq!(
            (available, busy),
            (post.available_seconds, post.busy_seconds),
            "service {number}"
        );
    }
}

#[test]
fn areas_equal_the_time_accrued() {
    on_services(2_500, |service| check_areas(&service.tell(), service.seed));
}

/// Where a person stands, and since when.
enum Place {
    List(u64),
    Case(u64),
}

/// Person-seconds on the list and in open cases inside the period, by the log alone.
fn areas_of_log(told: &Told) -> (u128, u128) {
    let period = told.model.period;
    let (opens, closes) = (period.opens.seconds(), period.closes.seconds());
    let inside = |from: u64, to: u64| u128::from(to.min(closes).saturating_sub(from.max(opens)));
    let (mut list, mut cases) = (0, 0);
    let mut places = BTreeMap::new();
    for row in &told.log {
        let Some((practice, ordinal, generation)) = row.referral else {
            continue;
        };
        let (who, now) = ((practice.0, ordinal, generation), row.time.seconds());
        let next = match row.activity {
            Accepted | ReturnedToList => Some(Place::List(now)),
            Assigned => Some(Place::Case(now)),
            Activity::Completed
            | Activity::Lapsed
            | Activity::NotReached
            | Activity::Disengaged
            | Activity::DroppedOut
            | Activity::LostAtHandover => None,
            _ => continue,
        };
        match places.remove(&who) {
            Some(Place::List(since)) => list += inside(since, now),
            Some(Place::Case(since)) => cases += inside(since, now),
            None => assert!(matches!(row.activity, Accepted), "{row:?}"),
        }
        places.extend(next.map(|place| (who, place)));
    }
    for place in places.into_values() {
        match place {
            Place::List(since) => list += inside(since, closes),
            Place::Case(since) => cases += inside(since, closes),
        }
    }
    (list, cases)
}

/// The most people who waited at one time inside the period, by the log alone: after all that
/// happens at an instant, and as the period opens.
fn most_waiting_of_log(told: &Told) -> usize {
    let period = told.model.period;
    let (mut listed, mut most) = (BTreeSet::new(), 0);
    let mut at = SimTime::ZERO;
    for row in &told.log {
        let counts = at >= period.opens || row.time >= period.opens;
        if row.time > at && counts {
            most = most.max(listed.len());
        }
        at = row.time;
        let Some(who) = row.referral else {
            continue;
        };
        match row.activity {
            Accepted | ReturnedToList => listed.insert(who),
            Assigned | Activity::Lapsed => listed.remove(&who),
            _ => continue,
        };
    }
    most.max(listed.len())
}

#[test]
fn the_log_tells_the_same_areas() {
    let checked = Cell::new(0);
    on_services(3_500, |service| {
        if service.text.contains("[[start") {
            return;
        }
        let (told, number) = (service.tell(), service.seed);
        let (list, cases) = areas_of_log(&told);
        assert_eq!(
            list,
            u128::from(told.seen.pcn.waiting.area),
            "service {number}: waiting"
        );
        assert_eq!(
            cases,
            u128::from(told.seen.pcn.open.area),
            "service {number}: open"
        );
        assert_eq!(
            most_waiting_of_log(&told) as u64,
            told.seen.pcn.most_waiting,
            "service {number}: most waiting"
        );
        checked.set(checked.get() + 1);
    });
    assert!(checked.get() > 2_000, "{checked:?}");
}

/// The counts beside the last row of an instant are those after it: people whom the log has put on
/// the list and not taken off it, and open cases likewise. (The row of an acceptance or a return is
/// written before people join the list.)
#[test]
fn the_counts_beside_the_rows_are_right() {
    let checked = Cell::new(0);
    on_services(3_500, |service| {
        if service.text.contains("[[start") {
            return;
        }
        let (told, number) = (service.tell(), service.seed);
        let (mut waiting, mut open) = (0_i64, 0_i64);
        let mut returned_at = None;
        for (row, next) in told.log.iter().zip(told.log.iter().skip(1)) {
            match row.activity {
                Accepted => waiting += 1,
                Assigned => (waiting, open) = (waiting - 1, open + 1),
                ReturnedToList => {
                    (waiting, open) = (waiting + 1, open - 1);
                    returned_at = Some(row.time);
                }
                Activity::Lapsed if row.post.is_none() => waiting -= 1,
                Activity::Completed
                | Activity::Lapsed
                | Activity::NotReached
                | Activity::Disengaged
                | Activity::DroppedOut
                | Activity::LostAtHandover => open -= 1,
                _ => {}
            }
            let joins = row.activity == Accepted || returned_at == Some(row.time);
            if next.time > row.time && !joins {
                let told = (row.waiting as i64, row.open as i64);
                assert_eq!(told, (waiting, open), "service {number}: {row:?}");
                checked.set(checked.get() + 1);
            }
        }
    });
    assert!(checked.get() > 100_000, "{checked:?}");
}
