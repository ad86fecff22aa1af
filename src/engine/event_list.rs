//! The future event list: a four-ary heap of packed events.
//!
//! Chosen by measurement among heaps, calendar queues and pairing heaps for a hundred to a few
//! thousand pending events. Events are cancelled lazily (see [`super::events::Stamp`]), so the
//! list only ever pushes and pops.

use super::events::{Event, Scheduled, Stamp};
use crate::model::SimTime;

const ARITY: usize = 4;

/// Pending events, soonest first.
#[derive(Clone, Debug, Default)]
pub struct EventList {
    heap: Vec<Scheduled>,
    scheduled: u64,
}

impl EventList {
    /// Forgets all events and starts stamping from one again; keeps the memory.
    pub fn clear(&mut self) {
        self.heap.clear();
        self.scheduled = 0;
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
        self.heap.push(Scheduled::new(time, event, stamp));
        self.rise(self.heap.len() - 1);
        stamp
    }

    /// Takes the next event by the tie law.
    #[inline]
    pub fn take_next(&mut self) -> Option<Scheduled> {
        let next = *self.heap.first()?;
        let last = self.heap.pop()?;
        if !self.heap.is_empty() {
            self.sink(last);
        }
        Some(next)
    }

    #[inline]
    fn rise(&mut self, mut index: usize) {
        let rising = self.heap[index];
        while index > 0 {
            let parent = (index - 1) / ARITY;
            if self.heap[parent] <= rising {
                break;
            }
            self.heap[index] = self.heap[parent];
            index = parent;
        }
        self.heap[index] = rising;
    }

    /// Puts `sinking` at the top and lets it sink to its place.
    #[inline]
    fn sink(&mut self, sinking: Scheduled) {
        let mut index = 0;
        loop {
            let first_child = index * ARITY + 1;
            let Some(children) = self
                .heap
                .get(first_child..self.heap.len().min(first_child + ARITY))
                .filter(|children| !children.is_empty())
            else {
                break;
            };
            let (mut least, mut least_child) = (0, children[0]);
            for (offset, child) in children.iter().enumerate().skip(1) {
                if *child < least_child {
                    (least, least_child) = (offset, *child);
                }
            }
            if sinking <= least_child {
                break;
            }
            self.heap[index] = least_child;
            index = first_child + least;
        }
        self.heap[index] = sinking;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PracticeId;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn comes_out_in_the_order_of_the_tie_law(times in proptest::collection::vec(0u64..50, 0..200)) {
            let mut list = EventList::default();
            let mut expected: Vec<_> = times
                .iter()
                .enumerate()
                .map(|(index, time)| {
                    let time = SimTime::from_seconds(*time);
                    let event = Event::ReferralArrives(PracticeId(index as u32));
                    Scheduled::new(time, event, list.schedule(time, event))
                })
                .collect();
            expected.sort_unstable();
            let drained: Vec<_> = std::iter::from_fn(|| list.take_next()).collect();
            prop_assert_eq!(drained, expected);
        }
    }

    #[test]
    fn events_are_counted_and_forgotten() {
        let mut list = EventList::default();
        for expected in 1..=2 {
            let stamp = list.schedule(SimTime::ZERO, Event::WeekEnds);
            assert_eq!((stamp, list.scheduled()), (Stamp(expected), expected));
        }
        list.clear();
        assert_eq!((list.take_next(), list.scheduled()), (None, 0));
    }
}
