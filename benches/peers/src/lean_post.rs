//! A post for the fast yardsticks: whole ticks, one array for each property of the cases, and no
//! store that grows but the waiting list. The same transitions as [`crate::post`].

use crate::due_heap::Key;
use crate::numbers::{
    CALL_HOURS, CONTACT_HOURS, CONTACT_SHAPE, CONTACTS, GAP_AFTER_MISSED_HOURS, GAP_HOURS,
    LOST_HOURS, MISSED, PERIOD_HOURS, PLACES,
};
use crate::post::Sums;
use rand::{Rng, RngExt};
use rand_distr::{Distribution, Exp1};
use std::collections::VecDeque;

/// Ticks of an hour: 2^32. The period is less than 2^44 of them.
pub const TICKS_AN_HOUR: f64 = 4_294_967_296.0;
/// The period in ticks.
pub const PERIOD: u64 = ticks(PERIOD_HOURS);

/// Slots of the arrays: a power of two, so that an index can be masked in place of a check.
const SLOTS: usize = 64;
const _: () = assert!(PLACES <= SLOTS);

/// Hours as ticks, rounded down.
const fn ticks(hours: f64) -> u64 {
    (hours * TICKS_AN_HOUR) as u64
}

/// An exponential draw, in ticks.
#[inline]
pub fn exponential(mean_hours: f64, rng: &mut impl Rng) -> u64 {
    let one: f64 = Exp1.sample(rng);
    ticks(mean_hours * one)
}

/// A gamma draw of a whole shape, in ticks: a sum of exponentials.
#[inline]
fn contact(rng: &mut impl Rng) -> u64 {
    let draws = (0..CONTACT_SHAPE).map(|_| -> f64 { Exp1.sample(rng) });
    ticks(CONTACT_HOURS / f64::from(CONTACT_SHAPE) * draws.sum::<f64>())
}

/// A post with its waiting list and its cases.
#[derive(Clone, Debug)]
pub struct LeanPost {
    waiting: VecDeque<u64>,
    referred: [u64; SLOTS],
    /// Pieces of work that a case still needs: the call and the contacts.
    needed: [u8; SLOTS],
    free: [u8; SLOTS],
    frees: usize,
    /// Places in order of falling due: a ring from `first_due` to `next_due`, which count on.
    due: [u8; SLOTS],
    first_due: usize,
    next_due: usize,
    /// The place that is being worked on, and whether the person is there.
    place: u8,
    is_attended: bool,
    /// When the work ends; [`u64::MAX`] if there is none.
    work_ends: u64,
    calls: u64,
    waited: u64,
    open: u64,
    worked: u64,
}

impl Default for LeanPost {
    fn default() -> Self {
        Self {
            waiting: VecDeque::with_capacity(256),
            referred: [0; SLOTS],
            needed: [0; SLOTS],
            free: std::array::from_fn(|place| place as u8),
            frees: PLACES,
            due: [0; SLOTS],
            first_due: 0,
            next_due: 0,
            place: 0,
            is_attended: false,
            work_ends: u64::MAX,
            calls: 0,
            waited: 0,
            open: 0,
            worked: 0,
        }
    }
}

impl LeanPost {
    /// When the work in hand ends; [`u64::MAX`] if there is none.
    #[inline]
    pub fn work_ends(&self) -> u64 {
        self.work_ends
    }

    /// A referral comes.
    #[inline]
    pub fn receive(&mut self, now: u64) {
        if self.frees == 0 {
            self.waiting.push_back(now);
        } else {
            self.frees -= 1;
            self.open(self.free[self.frees % SLOTS], now, now);
        }
    }

    /// The case in `place` falls due.
    #[inline]
    pub fn fall_due(&mut self, place: u8) {
        self.due[self.next_due % SLOTS] = place;
        self.next_due += 1;
    }

    /// Begins what is due first if the post is free; whether work has begun.
    #[inline]
    pub fn begin(&mut self, now: u64, rng: &mut impl Rng) -> bool {
        if self.work_ends != u64::MAX || self.first_due == self.next_due {
            return false;
        }
        self.place = self.due[self.first_due % SLOTS];
        self.first_due += 1;
        let case = usize::from(self.place) % SLOTS;
        self.is_attended = true;
        let length = if self.needed[case] > CONTACTS {
            self.calls += 1;
            self.waited += now - self.referred[case];
            exponential(CALL_HOURS, rng)
        } else if rng.random::<f64>() < MISSED {
            self.is_attended = false;
            ticks(LOST_HOURS)
        } else {
            contact(rng)
        };
        self.worked += length.min(PERIOD - now);
        self.work_ends = now + length;
        true
    }

    /// The work in hand ends: when the case falls due again, if it goes on.
    #[inline]
    pub fn end(&mut self, now: u64, rng: &mut impl Rng) -> Option<Key> {
        self.work_ends = u64::MAX;
        let case = usize::from(self.place) % SLOTS;
        let gap = if self.is_attended {
            self.needed[case] -= 1;
            if self.needed[case] == 0 {
                self.close(self.place, now);
                return None;
            }
            exponential(GAP_HOURS, rng)
        } else {
            ticks(GAP_AFTER_MISSED_HOURS)
        };
        Some(Key::new(now + gap, self.place))
    }

    /// The sums so far, with `events` from whoever kept the time.
    pub fn sums(&self, events: u64) -> Sums {
        Sums {
            events,
            calls: self.calls,
            wait_hours: self.waited as f64 / TICKS_AN_HOUR,
            open_hours: self.open as f64 / TICKS_AN_HOUR,
            worked_hours: self.worked as f64 / TICKS_AN_HOUR,
        }
    }

    #[inline]
    fn open(&mut self, place: u8, referred: u64, now: u64) {
        let case = usize::from(place) % SLOTS;
        self.referred[case] = referred;
        self.needed[case] = 1 + CONTACTS;
        self.open += PERIOD - now;
        self.fall_due(place);
    }

    #[inline]
    fn close(&mut self, place: u8, now: u64) {
        self.open -= PERIOD - now;
        match self.waiting.pop_front() {
            Some(referred) => self.open(place, referred, now),
            None => {
                self.free[self.frees % SLOTS] = place;
                self.frees += 1;
            }
        }
    }
}
