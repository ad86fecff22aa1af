//! Booked clinics: slots of given lengths at a given time of a weekday, and the free time around.

use super::ids::PracticeId;
use super::time::SimDuration;

/// A clinic that is held every week.
#[derive(Clone, Debug, PartialEq)]
pub struct Clinic {
    /// For whose people; `None`: of any practice that the post serves.
    pub practice: Option<PracticeId>,
    /// 0 is Monday.
    pub weekday: usize,
    /// When it begins, from midnight.
    pub opens: SimDuration,
    /// Length of each slot, in order.
    pub slots: Vec<SimDuration>,
    /// The first so many slots are given to two people.
    pub overbooked: u32,
    /// People seen at once in a slot: above 1 it is a group, for first appointments alone.
    pub places: u32,
}

impl Clinic {
    /// Its slots together: three of 45 and four of 20 minutes are 3 h 35 min.
    #[must_use]
    pub fn length(&self) -> SimDuration {
        let seconds = self.slots.iter().map(|slot| slot.seconds()).sum();
        SimDuration::from_seconds(seconds)
    }

    /// When it ends, from midnight.
    #[must_use]
    pub fn closes(&self) -> SimDuration {
        self.opens + self.length()
    }

    /// Whether its slots are for groups.
    #[must_use]
    pub const fn is_group(&self) -> bool {
        self.places > 1
    }

    /// People who may be booked into slot number `slot`.
    #[must_use]
    pub fn room_in(&self, slot: usize) -> u32 {
        match slot < self.overbooked as usize {
            true => 2,
            false => self.places,
        }
    }
}

/// The free time of a day, from midnight: `client_time` less that of the clinics, from
/// `window_opens` on and around the clinics, which come in their order and do not overlap.
///
/// With 4.5 h from 09:00 and a clinic from 10:00 to 12:00: 09:00 to 10:00 and 12:00 to 13:30.
#[must_use]
pub fn free_time<'a>(
    window_opens: SimDuration,
    client_time: SimDuration,
    clinics: impl Iterator<Item = &'a Clinic> + Clone,
) -> Vec<(SimDuration, SimDuration)> {
    let booked: u64 = clinics
        .clone()
        .map(|clinic| clinic.length().seconds())
        .sum();
    let mut left = client_time.saturating_sub(SimDuration::from_seconds(booked));
    let mut from = window_opens;
    let mut free = Vec::new();
    for clinic in clinics.filter(|clinic| clinic.closes() > window_opens) {
        let gap = clinic.opens.saturating_sub(from).min(left);
        if gap > SimDuration::ZERO {
            free.push((from, from + gap));
        }
        left = left.saturating_sub(gap);
        from = from.max(clinic.closes());
    }
    if left > SimDuration::ZERO {
        free.push((from, from + left));
    }
    free
}
