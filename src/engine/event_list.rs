//! The future event list: a wheel of stretches of time, the next few events in order.
//!
//! Time is cut into stretches of equal width; stretch number `n` is kept in bucket `n mod N`. An
//! event of a stretch still to come is dropped into its bucket, in any order; as the clock comes to
//! a stretch its events are sorted into `near`, where an event of a stretch that the clock has come
//! to is put in its place. Both are a few steps however many events are pending, as long as a
//! stretch holds a few events: width and number of buckets follow what was seen (Brown, "Calendar
//! queues", Communications of the ACM 31, 1988). They decide what an event costs and nothing else:
//! the order is that of the packed numbers. Events are cancelled lazily (see
//! [`super::events::Stamp`]), so the list only ever adds and takes.

use super::events::{Event, Scheduled, Stamp};
use crate::model::SimTime;

/// Nothing more in this bucket.
const END: u32 = u32::MAX;
/// Fewest buckets.
const FEWEST_BUCKETS: usize = 256;
/// Width to begin with, as a power of two seconds: a little over an hour.
const FIRST_SHIFT: u32 = 12;
/// Widest stretch, as a power of two seconds: twelve days.
const WIDEST_SHIFT: u32 = 20;
/// Events taken between two looks at the width.
const LOOK_EVERY: u64 = 1_024;
/// Events a stretch holds on average at most, before stretches are made narrower.
const MANY_A_STRETCH: u64 = 12;
/// Stretches passed for one event at most, before stretches are made wider.
const MANY_STRETCHES: u64 = 2;
/// Events in order at most, before stretches are made narrower at once.
const MANY_NEAR: usize = 256;

/// An event of a stretch to come, chained to the others of its bucket.
#[derive(Clone, Copy, Debug)]
struct Later {
    event: Scheduled,
    next: u32,
}

/// Pending events, soonest first.
#[derive(Clone, Debug)]
pub struct EventList {
    /// Events of stretches before `coming`, ascending; those before `head` have been taken.
    near: Vec<Scheduled>,
    head: usize,
    /// The first stretch that the clock has not come to.
    coming: u64,
    /// Width of a stretch as a power of two seconds.
    shift: u32,
    /// First of the later events in each bucket.
    buckets: Vec<u32>,
    /// Later events and, chained from `vacant`, places for more.
    later: Vec<Later>,
    vacant: u32,
    /// Events in buckets.
    pending: usize,
    scheduled: u64,
    /// Events sorted and stretches passed since the last look at the width.
    sorted: u64,
    passed: u64,
}

impl Default for EventList {
    fn default() -> Self {
        Self {
            near: Vec::new(),
            head: 0,
            coming: 1,
            shift: FIRST_SHIFT,
            buckets: vec![END; FEWEST_BUCKETS],
            later: Vec::new(),
            vacant: END,
            pending: 0,
            scheduled: 0,
            sorted: 0,
            passed: 0,
        }
    }
}

impl EventList {
    /// Forgets all events and starts stamping from one again; keeps the memory and the width.
    pub fn clear(&mut self) {
        self.near.clear();
        self.later.clear();
        self.buckets.fill(END);
        (self.head, self.coming, self.vacant, self.pending) = (0, 1, END, 0);
        (self.scheduled, self.sorted, self.passed) = (0, 0, 0);
    }

    /// Events scheduled since the list was cleared.
    #[must_use]
    pub const fn scheduled(&self) -> u64 {
        self.scheduled
    }

    /// Adds `event` at `time` and returns its stamp.
    #[inline]
    pub fn schedule(&mut self, time: SimTime, event: Event) -> Stamp {
        self.scheduled += 1;
        let stamp = Stamp(self.scheduled);
        let event = Scheduled::new(time, event, stamp);
        if time.seconds() >> self.shift < self.coming {
            self.put_near(event);
        } else {
            self.put_later(event);
        }
        stamp
    }

    /// Takes the next event by the tie law.
    #[inline]
    pub fn take_next(&mut self) -> Option<Scheduled> {
        if self.head == self.near.len() {
            self.turn();
        }
        let next = *self.near.get(self.head)?;
        self.head += 1;
        Some(next)
    }

    /// Puts an event in its place among the next ones, from the end: most are the last.
    #[inline]
    fn put_near(&mut self, event: Scheduled) {
        let mut place = self.near.len();
        self.near.push(event);
        while place > self.head && self.near[place - 1] > event {
            self.near[place] = self.near[place - 1];
            place -= 1;
        }
        self.near[place] = event;
        if self.near.len() - self.head > MANY_NEAR {
            self.narrow();
        }
    }

    #[inline]
    fn put_later(&mut self, event: Scheduled) {
        let stretch = event.time().seconds() >> self.shift;
        let bucket = stretch as usize & (self.buckets.len() - 1);
        let later = Later {
            event,
            next: self.buckets[bucket],
        };
        self.pending += 1;
        if self.vacant == END {
            self.buckets[bucket] = self.later.len() as u32;
            self.later.push(later);
        } else {
            self.buckets[bucket] = self.vacant;
            let place = &mut self.later[self.vacant as usize];
            self.vacant = place.next;
            *place = later;
        }
    }

    /// Comes to the next stretch with an event, if there is any.
    #[inline(never)]
    fn turn(&mut self) {
        self.near.clear();
        self.head = 0;
        if self.pending == 0 {
            return;
        }
        if self.sorted >= LOOK_EVERY || self.passed >= MANY_STRETCHES * LOOK_EVERY {
            self.look_at_the_width();
        }
        while self.near.is_empty() {
            self.empty_bucket();
            self.passed += 1;
            self.coming += 1;
        }
        self.sorted += self.near.len() as u64;
    }

    /// Moves the events of the coming stretch out of its bucket, in order.
    #[inline]
    fn empty_bucket(&mut self) {
        let bucket = self.coming as usize & (self.buckets.len() - 1);
        let (mut place, mut kept) = (self.buckets[bucket], END);
        while place != END {
            let later = &mut self.later[place as usize];
            let next = later.next;
            if later.event.time().seconds() >> self.shift == self.coming {
                self.near.push(later.event);
                (later.next, self.vacant) = (self.vacant, place);
            } else {
                (later.next, kept) = (kept, place);
            }
            place = next;
        }
        self.buckets[bucket] = kept;
        self.pending -= self.near.len();
        if self.near.len() > 1 {
            self.near.sort_unstable();
        }
    }

    /// Makes stretches wider or narrower where they hold too few or too many events.
    #[cold]
    fn look_at_the_width(&mut self) {
        let shift = if self.passed > MANY_STRETCHES * self.sorted {
            (self.shift + 2).min(WIDEST_SHIFT)
        } else if self.sorted > MANY_A_STRETCH * self.passed {
            self.shift.saturating_sub(2)
        } else {
            self.shift
        };
        (self.sorted, self.passed) = (0, 0);
        let buckets = self.buckets.len().max(self.pending.next_power_of_two());
        if shift != self.shift || buckets != self.buckets.len() {
            self.deal_again(self.coming << self.shift, shift, buckets);
        }
    }

    /// Makes stretches narrower when far too many events have come near, unless they are so close
    /// that it would not help.
    #[cold]
    fn narrow(&mut self) {
        let (first, last) = (self.near[self.head], self.near[self.near.len() - 1]);
        let seconds = last.time().since(first.time()).seconds();
        if self.shift > 0 && seconds > 2 * MANY_NEAR as u64 {
            let from = first.time().seconds();
            self.deal_again(from, self.shift.saturating_sub(2), self.buckets.len());
        }
    }

    /// Deals all events out again: those pending are not before the second `from`.
    fn deal_again(&mut self, from: u64, shift: u32, buckets: usize) {
        let mut events = self.near.split_off(self.head);
        for first in &self.buckets {
            let mut place = *first;
            while place != END {
                let Later { event, next } = self.later[place as usize];
                events.push(event);
                place = next;
            }
        }
        self.near.clear();
        self.later.clear();
        self.buckets.clear();
        self.buckets.resize(buckets, END);
        (self.head, self.vacant, self.pending) = (0, END, 0);
        (self.coming, self.shift) = (from >> shift, shift);
        for event in events {
            self.put_later(event);
        }
    }
}

#[cfg(test)]
mod tests {
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

        /// Takes an event from both; whether they agreed.
        fn take(&mut self) -> bool {
            let next = self.list.take_next();
            if let Some(event) = next {
                self.now = event.time().seconds();
            }
            next == self.set.pop_first()
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
            rounds in proptest::collection::vec((proptest::collection::vec(delay(), 0..40), 0..40_usize), 1..60),
        ) {
            let mut both = Both::default();
            for _ in 0..2 {
                for (delays, taken) in &rounds {
                    delays.iter().for_each(|delay| both.schedule(*delay));
                    for _ in 0..*taken {
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
        assert!(both.list.shift < FIRST_SHIFT - 4, "{}", both.list.shift);
        assert!(both.list.buckets.len() >= 2_048);
        both.clear();
        hold(&mut both, 2, 50_000, |number| {
            20_000 + number * 7_919 % 900_000
        });
        assert!(both.list.shift > FIRST_SHIFT, "{}", both.list.shift);
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
            let stamp = list.schedule(SimTime::ZERO, Event::WeekEnds);
            assert_eq!((stamp, list.scheduled()), (Stamp(expected), expected));
        }
        list.schedule(SimTime::from_seconds(1 << 30), Event::WeekEnds);
        list.clear();
        assert_eq!((list.take_next(), list.scheduled()), (None, 0));
    }
}
