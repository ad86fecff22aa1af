//! The order of the list, held against a sorted set, and how its width and buckets follow.

use super::*;
use crate::model::PracticeId;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A list beside a sorted set of the same events.
#[derive(Default)]
struct Both {
    list: EventList,
    set: BTreeSet<Scheduled>,
    now: u64,
}

impl Both {
    fn schedule(&mut self, delay: u64) {
        let time = SimTime::from_seconds(self.now + delay);
        let event = Event::ReferralArrives(PracticeId(7));
        let stamp = self.list.schedule(time, event);
        self.set.insert(Scheduled::new(time, event, stamp));
    }

    fn schedule_apart(&mut self, delay: u64) {
        let time = SimTime::from_seconds(self.now + delay);
        let event = Event::ReferralArrives(PracticeId(7));
        self.list.schedule_apart(time, event);
        let stamp = Stamp(self.list.scheduled());
        self.set.insert(Scheduled::new(time, event, stamp));
    }

    /// Takes an event from both; whether they agreed.
    fn take(&mut self) -> bool {
        let next = self.list.take_next();
        if next != Scheduled::NEVER {
            self.now = next.time().seconds();
        }
        next == self.set.pop_first().unwrap_or(Scheduled::NEVER)
    }

    fn clear(&mut self) {
        self.list.clear();
        self.set.clear();
        self.now = 0;
    }
}

/// Now, soon, within days, within years.
fn delay() -> impl Strategy<Value = u64> {
    prop_oneof![
        Just(0),
        0..3_u64,
        0..5_000_u64,
        0..2_000_000_u64,
        0..100_000_000_u64
    ]
}

proptest! {
    #[test]
    fn adding_and_taking_in_any_order_gives_the_order_of_the_tie_law(
        rounds in proptest::collection::vec(
            (proptest::collection::vec((delay(), any::<bool>()), 0..40), 0..40_usize),
            1..60,
        ),
    ) {
        let mut both = Both::default();
        for _ in 0..2 {
            for (delays, taken) in &rounds {
                for (delay, is_apart) in delays {
                    match is_apart {
                        true => both.schedule_apart(*delay),
                        false => both.schedule(*delay),
                    }
                }
                for _ in 0..*taken {
                    let next = both.set.first().map(|next| next.time());
                    prop_assert_eq!(both.list.next_time(), next.unwrap_or(Scheduled::NEVER.time()));
                    prop_assert!(both.take());
                }
            }
            while !both.set.is_empty() {
                prop_assert!(both.take());
            }
            prop_assert!(both.take(), "both are empty");
            both.clear();
        }
    }
}

/// Each event taken schedules the next, `delay` later; `pending` of them at a time.
fn hold(both: &mut Both, pending: u64, events: u64, delay: impl Fn(u64) -> u64) {
    (0..pending).for_each(|number| both.schedule(delay(number)));
    for number in 0..events {
        assert!(both.take());
        both.schedule(delay(number));
    }
}

#[test]
fn stretches_are_made_narrower_where_events_crowd_and_wider_where_they_are_rare() {
    let mut both = Both::default();
    hold(&mut both, 2_000, 20_000, |number| {
        1 + number * 7_919 % 3_000
    });
    let narrow = both.list.shift;
    assert!(narrow < FIRST_SHIFT - 4, "{narrow}");
    both.clear();
    hold(&mut both, 2, 50_000, |number| {
        200_000 + number * 7_919 % 9_000_000
    });
    assert!(both.list.shift > narrow + 4, "{}", both.list.shift);
}

#[test]
fn buckets_are_added_for_many_events_and_kept() {
    let mut both = Both::default();
    hold(&mut both, 10, 100, |number| 1 + number * 7_919 % 900_000);
    assert_eq!(both.list.buckets.len(), FEWEST_BUCKETS);
    hold(&mut both, 1_000, 3_000, |number| {
        1 + number * 7_919 % 900_000
    });
    assert_eq!(both.list.buckets.len(), 16_384);
    while !both.set.is_empty() {
        assert!(both.take());
    }
    hold(&mut both, 6_000, 9_000, |number| number * 7_919 % 900_000);
    assert_eq!(both.list.buckets.len(), MOST_BUCKETS);
    both.clear();
    assert_eq!(both.list.buckets.len(), MOST_BUCKETS);
}

#[test]
fn many_at_one_instant_stay_in_order() {
    let mut both = Both::default();
    (0..5_000).for_each(|_| both.schedule(3_600));
    hold(&mut both, 10, 20_000, |number| number % 2 * 1_800);
    while !both.set.is_empty() {
        assert!(both.take());
    }
}

#[test]
fn a_crowd_ahead_in_the_stretch_that_is_on_is_dealt_out_again() {
    let mut both = Both::default();
    both.schedule(10);
    assert!(both.take());
    (0..400).for_each(|number| both.schedule(4_000 - number * 10));
    assert!(both.list.near.len() <= MANY_NEAR);
    both.schedule(0);
    while !both.set.is_empty() {
        assert!(both.take());
    }
}

#[test]
fn events_are_counted_and_forgotten() {
    let mut list = EventList::default();
    for expected in 1..=2 {
        let stamp = list.schedule(SimTime::ZERO, Event::ReferralArrives(PracticeId(0)));
        assert_eq!((stamp, list.scheduled()), (Stamp(expected), expected));
    }
    let later = SimTime::from_seconds(1 << 30);
    list.schedule(later, Event::ReferralArrives(PracticeId(0)));
    list.schedule_apart(later, Event::ReferralArrives(PracticeId(0)));
    list.clear();
    assert_eq!((list.take_next(), list.scheduled()), (Scheduled::NEVER, 0));
}
