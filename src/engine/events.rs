//! What can happen, and the tie law.
//!
//! An event is data: a kind and the index of whom it concerns. Scheduled events are packed into
//! one `u128` whose order *is* the order of the simulation:
//!
//! ```text
//! time 44 bits | class 3 | sequence 41 | kind 5 | index 35
//! ```
//!
//! The **tie law** of the model (section 3): at one instant the edges of the period and of weeks come
//! first, which are no events (module `weeks`); then work ends, then holders of posts leave, then
//! practices merge and workers come on and go off, then contacts and attempts fall due, then patience
//! runs out, then referrals arrive; within a class, what was scheduled first.

use crate::model::{PostId, PracticeId, SimTime};

/// Position of a referral in the register of the replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(pub u32);

impl Slot {
    /// As an index.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A piece of work ends.
    WorkEnds(PostId),
    /// A post is held from now on.
    PostStarts(PostId),
    /// A post is held no longer.
    PostEnds(PostId),
    /// The holder of a post resigns.
    HolderResigns(PostId),
    /// The holder of a post leaves.
    HolderLeaves(PostId),
    /// A vacant post is filled.
    PostFilled(PostId),
    /// A fixed term ends.
    ContractEnds(PostId),
    /// A post's client-time window of the day opens.
    WindowOpens(PostId),
    /// A post's client-time window of the day closes.
    WindowCloses(PostId),
    /// An attempt or a contact falls due.
    FallsDue(Slot),
    /// The outside service has taken over a case that was open for it.
    OnwardWaitEnds(Slot),
    /// A person gives up.
    PatienceEnds(Slot),
    /// A first referral arrives.
    ReferralArrives(PracticeId),
    /// A person who completed is referred again.
    ReReferralArrives(Slot),
    /// A person of a batch is referred: the position among all of the replication.
    BatchArrives(u32),
    /// Practices become one: the position among the mergers.
    PracticesMerge(u32),
    /// A stretch of a post's day with clinics begins: a slot, free time or time off duty.
    SlotBegins(PostId),
    /// A post's rota changes to another site.
    SiteChanges(PostId),
}

impl Event {
    /// Class in the tie law, kind and index.
    #[inline(always)]
    const fn code(self) -> (u128, u128, u32) {
        match self {
            Self::WorkEnds(post) => (1, 2, post.0),
            Self::PostStarts(post) => (3, 3, post.0),
            Self::PostEnds(post) => (3, 4, post.0),
            Self::WindowOpens(post) => (3, 5, post.0),
            Self::WindowCloses(post) => (3, 6, post.0),
            Self::FallsDue(slot) => (4, 7, slot.0),
            Self::OnwardWaitEnds(slot) => (4, 8, slot.0),
            Self::PatienceEnds(slot) => (5, 9, slot.0),
            Self::ReferralArrives(practice) => (6, 10, practice.0),
            Self::ReReferralArrives(slot) => (6, 11, slot.0),
            Self::HolderResigns(post) => (2, 12, post.0),
            Self::PostFilled(post) => (3, 13, post.0),
            Self::HolderLeaves(post) => (2, 14, post.0),
            Self::ContractEnds(post) => (2, 15, post.0),
            Self::BatchArrives(person) => (6, 16, person),
            Self::PracticesMerge(merger) => (3, 17, merger),
            Self::SlotBegins(post) => (3, 18, post.0),
            Self::SiteChanges(post) => (3, 19, post.0),
        }
    }

    const fn from_code(kind: u8, index: u32) -> Self {
        match kind {
            2 => Self::WorkEnds(PostId(index)),
            3 => Self::PostStarts(PostId(index)),
            4 => Self::PostEnds(PostId(index)),
            5 => Self::WindowOpens(PostId(index)),
            6 => Self::WindowCloses(PostId(index)),
            7 => Self::FallsDue(Slot(index)),
            8 => Self::OnwardWaitEnds(Slot(index)),
            9 => Self::PatienceEnds(Slot(index)),
            10 => Self::ReferralArrives(PracticeId(index)),
            11 => Self::ReReferralArrives(Slot(index)),
            12 => Self::HolderResigns(PostId(index)),
            13 => Self::PostFilled(PostId(index)),
            14 => Self::HolderLeaves(PostId(index)),
            15 => Self::ContractEnds(PostId(index)),
            16 => Self::BatchArrives(index),
            17 => Self::PracticesMerge(index),
            18 => Self::SlotBegins(PostId(index)),
            _ => Self::SiteChanges(PostId(index)),
        }
    }
}

/// When something was scheduled, as a number that no other scheduled event of the replication
/// has. Zero is never given out and means "nothing scheduled".
///
/// An event is cancelled by forgetting its stamp: when it comes up, the stamp kept by the person
/// concerned no longer equals its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stamp(pub u64);

impl Stamp {
    /// Nothing is scheduled.
    pub const NONE: Self = Self(0);
    /// What was scheduled has come up and is still to be heeded.
    pub const OVER: Self = Self(u64::MAX);
}

const INDEX_BITS: u32 = 35;
const KIND_BITS: u32 = 5;
const SEQUENCE_BITS: u32 = 41;
const CLASS_BITS: u32 = 3;
const KIND_SHIFT: u32 = INDEX_BITS;
const SEQUENCE_SHIFT: u32 = KIND_SHIFT + KIND_BITS;
const CLASS_SHIFT: u32 = SEQUENCE_SHIFT + SEQUENCE_BITS;
const TIME_SHIFT: u32 = CLASS_SHIFT + CLASS_BITS;

/// A scheduled event, packed so that comparing numbers compares by the tie law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Scheduled(pub u128);

impl Scheduled {
    /// After everything that is scheduled.
    pub const NEVER: Self = Self(u128::MAX);

    /// `event` at `time`, the `stamp`-th to be scheduled.
    #[inline(always)]
    #[must_use]
    pub fn new(time: SimTime, event: Event, stamp: Stamp) -> Self {
        let (class, kind, index) = event.code();
        debug_assert!(time.seconds() < 1 << 44 && stamp.0 < 1 << SEQUENCE_BITS);
        Self(
            u128::from(time.seconds()) << TIME_SHIFT
                | class << CLASS_SHIFT
                | u128::from(stamp.0) << SEQUENCE_SHIFT
                | kind << KIND_SHIFT
                | u128::from(index),
        )
    }

    /// When it happens.
    #[inline]
    #[must_use]
    pub const fn time(self) -> SimTime {
        SimTime::from_seconds((self.0 >> TIME_SHIFT) as u64)
    }

    /// Which stretch of 2^`shift` seconds it happens in, counted from the clock's zero.
    #[inline]
    #[must_use]
    pub const fn stretch(self, shift: u32) -> u64 {
        self.time().seconds() >> shift
    }

    /// Its stamp.
    #[inline]
    #[must_use]
    pub const fn stamp(self) -> Stamp {
        Stamp((self.0 >> SEQUENCE_SHIFT) as u64 & ((1 << SEQUENCE_BITS) - 1))
    }

    /// What happens.
    #[inline]
    #[must_use]
    pub const fn event(self) -> Event {
        let kind = (self.0 >> KIND_SHIFT) as u8 & ((1 << KIND_BITS) - 1);
        Event::from_code(kind, self.0 as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_event() -> [Event; 18] {
        [
            Event::WorkEnds(PostId(3)),
            Event::PostStarts(PostId(3)),
            Event::PostEnds(PostId(3)),
            Event::WindowOpens(PostId(3)),
            Event::WindowCloses(PostId(3)),
            Event::FallsDue(Slot(u32::MAX)),
            Event::OnwardWaitEnds(Slot(7)),
            Event::PatienceEnds(Slot(7)),
            Event::ReferralArrives(PracticeId(1)),
            Event::ReReferralArrives(Slot(7)),
            Event::HolderResigns(PostId(3)),
            Event::HolderLeaves(PostId(3)),
            Event::PostFilled(PostId(3)),
            Event::ContractEnds(PostId(3)),
            Event::BatchArrives(u32::MAX),
            Event::PracticesMerge(2),
            Event::SiteChanges(PostId(3)),
            Event::SlotBegins(PostId(3)),
        ]
    }

    #[test]
    fn packing_loses_nothing() {
        for (index, event) in every_event().into_iter().enumerate() {
            let time = SimTime::from_seconds((1 << 44) - 1 - index as u64);
            let stamp = Stamp((1 << 41) - 1);
            let packed = Scheduled::new(time, event, stamp);
            assert_eq!(
                (packed.time(), packed.event(), packed.stamp()),
                (time, event, stamp)
            );
        }
    }

    #[test]
    fn at_one_instant_the_tie_law_decides_before_the_stamp() {
        let now = SimTime::from_seconds(1_000);
        let classes: [&[Event]; 6] = [
            &[Event::WorkEnds(PostId(9))],
            &[
                Event::HolderResigns(PostId(9)),
                Event::HolderLeaves(PostId(9)),
                Event::ContractEnds(PostId(9)),
            ],
            &[
                Event::PostStarts(PostId(9)),
                Event::PostEnds(PostId(9)),
                Event::PostFilled(PostId(9)),
                Event::WindowOpens(PostId(9)),
                Event::WindowCloses(PostId(9)),
                Event::PracticesMerge(9),
                Event::SiteChanges(PostId(9)),
                Event::SlotBegins(PostId(9)),
            ],
            &[Event::FallsDue(Slot(9)), Event::OnwardWaitEnds(Slot(9))],
            &[Event::PatienceEnds(Slot(9))],
            &[
                Event::ReferralArrives(PracticeId(0)),
                Event::ReReferralArrives(Slot(0)),
                Event::BatchArrives(0),
            ],
        ];
        for pair in classes.windows(2) {
            for earlier in pair[0] {
                for later in pair[1] {
                    let (late_stamp, early_stamp) = (Stamp(99), Stamp(1));
                    assert!(
                        Scheduled::new(now, *earlier, late_stamp)
                            < Scheduled::new(now, *later, early_stamp)
                    );
                }
            }
        }
    }

    #[test]
    fn within_a_class_what_was_scheduled_first_comes_first_and_time_beats_all() {
        let now = SimTime::from_seconds(1_000);
        let first = Scheduled::new(now, Event::WindowCloses(PostId(9)), Stamp(1));
        let second = Scheduled::new(now, Event::PostStarts(PostId(0)), Stamp(2));
        let sooner = Scheduled::new(
            SimTime::from_seconds(999),
            Event::ReReferralArrives(Slot(9)),
            Stamp(3),
        );
        assert!(first < second && sooner < first);
    }
}
