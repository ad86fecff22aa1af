//! The future event list: a wheel of stretches of time, most of them with one event or none.
//!
//! Time is cut into stretches of equal width; stretch number `n` is kept in bucket `n mod N`, and a
//! bit for each bucket says whether anything is in it. An event of a stretch still to come is
//! dropped into its bucket, in any order; the clock goes from one bucket with events to the next,
//! however many empty ones lie between. Several events of one stretch are sorted into `near`, where
//! an event of a stretch that the clock has come to is put in its place. All of that is a few steps
//! however many events are pending, as long as few share a stretch and few wait for a later turn of
//! the wheel: the width follows what was seen (Brown, "Calendar queues", Communications of the ACM
//! 31, 1988). It decides what an event costs and nothing else: the order is that of the packed
//! numbers. Events are cancelled lazily (see [`super::events::Stamp`]), so the list only ever adds
//! and takes.

use super::events::{Event, Scheduled, Stamp};
use crate::model::SimTime;

/// Nothing more in this bucket.
const END: u32 = u32::MAX;
/// Fewest buckets, and most; always a power of two.
const FEWEST_BUCKETS: usize = 256;
const MOST_BUCKETS: usize = 65_536;
/// Buckets for each pending event, so that few share a stretch or wait for a later turn.
const BUCKETS_AN_EVENT: usize = 16;
/// Width to begin with, as a power of two seconds: some four minutes.
const FIRST_SHIFT: u32 = 8;
/// Widest stretch, as a power of two seconds: twelve days.
const WIDEST_SHIFT: u32 = 20;
/// Events met or passed between two looks at the width, unless more are pending.
const LOOK_EVERY: usize = 1_024;
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
    /// The soonest of all, taken out ahead: while what happens now schedules more, the processor
    /// need not wait for that to know what comes next.
    next: Scheduled,
    /// One event that is kept apart from all others: see [`Self::schedule_apart`].
    apart: Scheduled,
    /// Events of stretches before `coming`, the soonest last.
    near: Vec<Scheduled>,
    /// The first stretch that the clock has not come to.
    coming: u64,
    /// Width of a stretch as a power of two seconds.
    shift: u32,
    /// Later events and, chained from `vacant`, places for more.
    later: Vec<Later>,
    vacant: u32,
    scheduled: u64,
    seen: Seen,
    /// A bit for each bucket: whether it holds any.
    occupied: Vec<u64>,
    /// First of the later events in each bucket.
    buckets: Vec<u32>,
}

/// What was met since the last look at the width.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Stretches that were come to with events.
    met: usize,
    /// Events beyond one in a stretch.
    crowded: usize,
    /// Events that were passed because they are of a later turn of the wheel.
    passed: usize,
}

impl Default for EventList {
    fn default() -> Self {
        Self {
            next: Scheduled::NEVER,
            apart: Scheduled::NEVER,
            near: Vec::new(),
            coming: 1,
            shift: FIRST_SHIFT,
            later: Vec::new(),
            vacant: END,
            scheduled: 0,
            seen: Seen::default(),
            occupied: vec![0; FEWEST_BUCKETS / 64],
            buckets: vec![END; FEWEST_BUCKETS],
        }
    }
}

impl EventList {
    /// Forgets all events and starts stamping from one again; keeps the memory and the width.
    pub fn clear(&mut self) {
        self.empty();
        (self.next, self.apart) = (Scheduled::NEVER, Scheduled::NEVER);
        (self.coming, self.scheduled) = (1, 0);
    }

    /// Empties everything but `next` and `apart`.
    fn empty(&mut self) {
        self.near.clear();
        self.later.clear();
        self.vacant = END;
        // Not all buckets: most of them hold nothing.
        for bucket in set_bits(&self.occupied) {
            self.buckets[bucket] = END;
        }
        self.occupied.fill(0);
    }

    /// Events scheduled since the list was cleared.
    #[must_use]
    pub const fn scheduled(&self) -> u64 {
        self.scheduled
    }

    /// Adds `event` at `time` and returns its stamp.
    // Inlined so that the kind of event, known where this is called, costs nothing to pack.
    #[inline(always)]
    pub fn schedule(&mut self, time: SimTime, event: Event) -> Stamp {
        self.scheduled += 1;
        let stamp = Stamp(self.scheduled);
        self.add(Scheduled::new(time, event, stamp));
        stamp
    }

    /// Adds `event` at `time` in a place apart from the others, or with them where that is taken.
    ///
    /// The order is the same; for what is soon over, and of which there are few at a time, it spares
    /// going into the list and out again.
    #[inline(always)]
    pub fn schedule_apart(&mut self, time: SimTime, event: Event) {
        self.scheduled += 1;
        let event = Scheduled::new(time, event, Stamp(self.scheduled));
        if self.apart == Scheduled::NEVER {
            self.apart = event;
        } else {
            self.add(event);
        }
    }

    /// Stamps what is scheduled next after what others have had, in lists of the same replication.
    pub const fn stamp_from(&mut self, scheduled: u64) {
        self.scheduled = scheduled;
    }

    /// Adds an event that has its stamp.
    #[inline(never)]
    pub fn add(&mut self, event: Scheduled) {
        if event < self.next {
            self.put_first(event);
        } else {
            self.put_behind(event);
        }
    }

    #[inline(never)]
    fn put_first(&mut self, event: Scheduled) {
        let second = std::mem::replace(&mut self.next, event);
        if second != Scheduled::NEVER {
            self.put_behind(second);
        }
    }

    #[inline(always)]
    fn put_behind(&mut self, event: Scheduled) {
        if event.stretch(self.shift) < self.coming {
            self.put_near(event);
        } else {
            self.put_later(event);
        }
    }

    /// When the next event is; after everything when there is none.
    #[inline]
    #[must_use]
    pub fn next_time(&self) -> SimTime {
        self.next.min(self.apart).time()
    }

    /// Takes the next event by the tie law; [`Scheduled::NEVER`] when there is none.
    #[inline]
    pub fn take_next(&mut self) -> Scheduled {
        if self.apart < self.next {
            return std::mem::replace(&mut self.apart, Scheduled::NEVER);
        }
        let behind = match self.near.pop() {
            Some(behind) => behind,
            None => self.turn(),
        };
        std::mem::replace(&mut self.next, behind)
    }

    /// The bucket of a stretch.
    #[inline(always)]
    const fn bucket_of(&self, stretch: u64) -> usize {
        stretch as usize & (self.buckets.len() - 1)
    }

    /// Puts an event in its place among the next ones.
    #[inline(never)]
    fn put_near(&mut self, event: Scheduled) {
        // From the end, where the soonest are: it is mostly one of them.
        let mut place = self.near.len();
        self.near.push(event);
        while let [.., before, own] = &mut self.near[..=place]
            && *before < *own
        {
            std::mem::swap(before, own);
            place -= 1;
        }
        if self.near.len() > MANY_NEAR {
            self.narrow();
        }
    }

    #[inline(always)]
    fn put_later(&mut self, event: Scheduled) {
        let bucket = self.bucket_of(event.stretch(self.shift));
        let later = Later {
            event,
            next: self.buckets[bucket],
        };
        self.occupied[bucket / 64] |= 1 << (bucket % 64);
        if let Some(place) = self.later.get_mut(self.vacant as usize) {
            self.buckets[bucket] = self.vacant;
            self.vacant = place.next;
            *place = later;
        } else {
            self.buckets[bucket] = self.later.len() as u32;
            self.grow(later);
        }
    }

    // Kept apart, for what it needs is saved and restored around it each time.
    #[inline(never)]
    fn grow(&mut self, later: Later) {
        self.later.push(later);
        if buckets_for(self.later.len()) > self.buckets.len() {
            self.deal_again(self.shift);
        }
    }

    /// Comes to the next stretch with an event, if there is any, and takes it.
    #[inline(never)]
    fn turn(&mut self) -> Scheduled {
        while let Some(bucket) = self.next_occupied() {
            let place = self.buckets[bucket];
            self.coming += 1;
            self.seen.met += 1;
            match self.later.get_mut(place as usize) {
                Some(only)
                    if only.next == END && only.event.stretch(self.shift) == self.coming - 1 =>
                {
                    only.next = self.vacant;
                    (self.vacant, self.buckets[bucket]) = (place, END);
                    self.occupied[bucket / 64] &= !(1 << (bucket % 64));
                    return only.event;
                }
                _ => self.take_several(bucket),
            }
            if let Some(next) = self.near.pop() {
                return next;
            }
        }
        Scheduled::NEVER
    }

    /// Moves `coming` on to the first stretch whose bucket holds any event, and returns the bucket.
    #[inline(always)]
    fn next_occupied(&mut self) -> Option<usize> {
        let bucket = self.bucket_of(self.coming);
        let bits = self.occupied[bucket / 64] >> (bucket % 64);
        if bits != 0 {
            let ahead = bits.trailing_zeros();
            self.coming += u64::from(ahead);
            return Some(bucket + ahead as usize);
        }
        self.next_occupied_word()
    }

    /// The same where the rest of the word has none.
    fn next_occupied_word(&mut self) -> Option<usize> {
        let words = self.occupied.len();
        let from = self.bucket_of(self.coming) / 64;
        let ahead = (1..=words).find(|ahead| self.occupied[(from + ahead) & (words - 1)] != 0)?;
        let word = (from + ahead) & (words - 1);
        let bit = self.occupied[word].trailing_zeros();
        self.coming = (self.coming / 64 + ahead as u64) * 64 + u64::from(bit);
        Some(word * 64 + bit as usize)
    }

    /// Moves the events of the stretch just come to out of its bucket, in order; those of later
    /// turns stay.
    #[inline(never)]
    fn take_several(&mut self, bucket: usize) {
        let (mut place, mut kept) = (self.buckets[bucket], END);
        while let Some(later) = self.later.get_mut(place as usize) {
            let next = later.next;
            if later.event.stretch(self.shift) == self.coming - 1 {
                self.near.push(later.event);
                (later.next, self.vacant) = (self.vacant, place);
            } else {
                (later.next, kept) = (kept, place);
                self.seen.passed += 1;
            }
            place = next;
        }
        self.buckets[bucket] = kept;
        if kept == END {
            self.occupied[bucket / 64] &= !(1 << (bucket % 64));
        }
        self.seen.crowded += self.near.len().saturating_sub(1);
        match self.near.as_mut_slice() {
            [] | [_] => {}
            [one, other] => {
                if one < other {
                    std::mem::swap(one, other);
                }
            }
            several => several.sort_unstable_by(|one, other| other.cmp(one)),
        }
        if self.seen.met + self.seen.crowded + self.seen.passed >= LOOK_EVERY.max(self.later.len())
        {
            self.look_at_the_width();
        }
    }

    /// Makes stretches wider or narrower where too many events are passed or share a stretch.
    #[cold]
    fn look_at_the_width(&mut self) {
        let seen = std::mem::take(&mut self.seen);
        // Far enough apart that one does not undo the other.
        let shift = if seen.passed > seen.met / 4 && seen.passed > 2 * seen.crowded {
            (self.shift + 1).min(WIDEST_SHIFT)
        } else if seen.crowded > seen.met && seen.crowded > 4 * seen.passed {
            self.shift.saturating_sub(1)
        } else {
            self.shift
        };
        if shift != self.shift {
            self.deal_again(shift);
        }
    }

    /// Makes stretches narrower when far too many events have come near, unless they are so close
    /// that it would not help.
    #[cold]
    fn narrow(&mut self) {
        if let [last, .., first] = self.near[..] {
            let seconds = last.time().since(first.time()).seconds();
            if self.shift > 0 && seconds > 2 * MANY_NEAR as u64 {
                self.deal_again(self.shift.saturating_sub(2));
            }
        }
    }

    /// Deals all events out again into stretches of this width, and more buckets where they are many.
    #[cold]
    fn deal_again(&mut self, shift: u32) {
        let mut events = std::mem::take(&mut self.near);
        for bucket in set_bits(&self.occupied) {
            let mut place = self.buckets[bucket];
            while let Some(Later { event, next }) = self.later.get(place as usize) {
                events.push(*event);
                place = *next;
            }
        }
        self.empty();
        self.shift = shift;
        let buckets = buckets_for(events.len()).max(self.buckets.len());
        self.buckets.resize(buckets, END);
        self.occupied.resize(buckets / 64, 0);
        let first = events.iter().map(|event| event.stretch(shift)).min();
        self.coming = first.unwrap_or(self.coming);
        for event in &events {
            self.put_later(*event);
        }
        events.clear();
        self.near = events;
    }
}

/// Buckets for so many events.
fn buckets_for(events: usize) -> usize {
    let several = (events * BUCKETS_AN_EVENT).next_power_of_two();
    several.clamp(FEWEST_BUCKETS, MOST_BUCKETS)
}

/// Positions of the bits that are set, in order.
fn set_bits(words: &[u64]) -> impl Iterator<Item = usize> {
    words.iter().enumerate().flat_map(|(number, word)| {
        let without_lowest = |word: &u64| Some(word & (word - 1)).filter(|rest| *rest != 0);
        let first = Some(*word).filter(|word| *word != 0);
        std::iter::successors(first, without_lowest)
            .map(move |rest| number * 64 + rest.trailing_zeros() as usize)
    })
}

#[cfg(test)]
mod tests;
