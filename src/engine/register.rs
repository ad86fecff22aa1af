//! The register: every referral that is somewhere in the service, in re-used slots.
//!
//! Queues (waiting lists and diaries) are chains through the register, so that joining, leaving
//! from anywhere and counting cost the same however long they are, and nothing is allocated per
//! referral once the register has reached its greatest size.

use super::bookings::NOBODY;
use super::events::{Slot, Stamp};
use super::streams::StreamKey;
use crate::model::pathway::MOST_CONTACTS;
use crate::model::{CaseTypeId, Claim, Parts, PoolId, PostId, PracticeId, SimTime, SourceId};

/// Where a referral is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The slot is free.
    Vacant,
    /// A person who completed and will be referred again.
    Expected,
    /// An inappropriate referral that waits for triage.
    Triage,
    /// On the waiting list.
    Listed,
    /// Holds a place; the next piece of work falls due later.
    Between,
    /// Holds a place; the next piece of work is due and waits in a diary.
    Due,
    /// Somebody is at work on it.
    InHand,
    /// Somebody is at the triage of an inappropriate referral.
    TriageInHand,
    /// Holds a place; all contacts are done and an outside service is awaited.
    Onward,
}

// A referral counts its contacts in 16 bits.
const _: () = assert!(MOST_CONTACTS <= u16::MAX as u32);

/// Who a referral is: what keys its own random stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The stream of its practice.
    pub stream: StreamKey,
    /// Its ordinal number at the practice, with the generation of a re-referral above bit 48.
    pub code: u64,
}

impl Identity {
    /// The first referral number `ordinal` of the practice with stream `stream`.
    #[must_use]
    pub const fn first(stream: StreamKey, ordinal: u64) -> Self {
        Self {
            stream,
            code: ordinal,
        }
    }

    /// The person's next referral.
    #[must_use]
    pub const fn again(self) -> Self {
        Self {
            stream: self.stream,
            code: self.code + (1 << 48),
        }
    }

    /// Ordinal number of the first referral.
    #[must_use]
    pub const fn ordinal(self) -> u64 {
        self.code & ((1 << 48) - 1)
    }

    /// 0 for a first referral, 1 for the first re-referral, and so on.
    #[must_use]
    pub const fn generation(self) -> u64 {
        self.code >> 48
    }
}

/// What a referral counts for, beside the PCN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes {
    /// The practice.
    pub practice: PracticeId,
    /// The case type.
    pub case_type: CaseTypeId,
    /// The source, or unknown.
    pub source: SourceId,
}

/// One person's episode.
// In this order, on two lines of memory of their own: what each contact touches is on the first, so
// that of many thousands of referrals one line each has to be near.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub struct Referral {
    /// Who it is.
    pub identity: Identity,
    /// Its pending falling due or end of onward wait.
    pub pending: Stamp,
    /// When the next piece of work fell or falls due; of somebody on a waiting list, when it joined.
    pub due: SimTime,
    pub(super) before: u32,
    pub(super) after: u32,
    /// The post that holds the case, once assigned.
    pub post: PostId,
    /// Which practice it counts for: the one that referred, or the one that it has merged into.
    pub practice: PracticeId,
    /// Which practice referred.
    pub referred_by: PracticeId,
    /// What kind of work it is.
    pub case_type: CaseTypeId,
    /// Contacts missed running, less 65,536 as often as that goes: limits are far below it.
    pub missed_running: u16,
    /// Contacts held.
    pub contacts_held: u16,
    /// Contacts that the case takes in all.
    pub contacts_planned: u16,
    /// Where it is.
    pub stage: Stage,
    /// Whether a call has been answered.
    pub contacted: bool,
    /// Whether a first appointment has been held.
    pub appointed: bool,
    /// Who referred: a source, or unknown for those there at the start.
    pub source: SourceId,
    /// When the next contact was booked, as the contact or call before ended, where anybody asks.
    pub booked: SimTime,
    /// When it was received, in seconds from the clock's zero: negative for those who have waited
    /// since before it.
    pub received: i64,
    /// When it was last assigned.
    pub assigned: SimTime,
    /// Its pending end of patience, or that this came while a call was in hand.
    pub patience: Stamp,
    /// Seconds on working days between receipt and the clock's zero.
    pub worked_before: u64,
    /// Which posts can take it.
    pub pool: PoolId,
    /// The place in a clinic that is booked for it.
    pub booking: u32,
    /// Attempts made in all.
    pub attempts: u32,
    /// Of these, attempts made by earlier posts: each post has all of its own.
    pub attempts_before: u32,
    /// Times that the post that held it ended, less 65,536 as often as that goes.
    pub handovers: u16,
    /// Priority class, 0 first.
    pub priority: u8,
    /// Whether it was received in the results collection period and accepted.
    pub in_cohort: bool,
    /// Whether it was on the waiting list when the simulation started.
    pub from_start: bool,
    /// Whether it was open when the simulation started: since when is not known.
    pub open_from_start: bool,
    /// Whether it was assigned before (it is on the list again after a handover).
    pub assigned_before: bool,
    /// Whether a volunteer has passed it on.
    pub escalated: bool,
}

const _: () = assert!(size_of::<Referral>() == 2 * 64);

impl Referral {
    /// A referral received at `received`, not yet anywhere.
    #[must_use]
    pub const fn new(
        identity: Identity,
        stage: Stage,
        practice: PracticeId,
        pool: PoolId,
        received: SimTime,
    ) -> Self {
        Self {
            identity,
            stage,
            practice,
            referred_by: practice,
            pool,
            case_type: CaseTypeId(0),
            source: SourceId::UNKNOWN,
            priority: 0,
            in_cohort: false,
            from_start: false,
            open_from_start: false,
            contacted: false,
            appointed: false,
            assigned_before: false,
            escalated: false,
            attempts: 0,
            attempts_before: 0,
            contacts_planned: 0,
            contacts_held: 0,
            missed_running: 0,
            handovers: 0,
            post: PostId(NOBODY),
            received: received.seconds() as i64,
            due: received,
            booked: received,
            assigned: received,
            worked_before: 0,
            patience: Stamp::NONE,
            pending: Stamp::NONE,
            booking: NOBODY,
            before: NOBODY,
            after: NOBODY,
        }
    }

    /// What it counts for.
    #[inline]
    #[must_use]
    pub const fn scopes(&self) -> Scopes {
        Scopes {
            practice: self.practice,
            case_type: self.case_type,
            source: self.source,
        }
    }

    /// Who comes first on the waiting list: those returned after a handover, then whoever was
    /// received first (seconds from the clock's zero, negative before it).
    #[inline]
    #[must_use]
    pub const fn queue_key(&self) -> (bool, i64) {
        (!self.assigned_before, self.received)
    }

    /// Since when it has waited within the clock's time.
    #[inline]
    #[must_use]
    pub fn waits_since(&self) -> SimTime {
        SimTime::from_seconds(self.received.max(0) as u64)
    }

    /// Seconds that it waited before the clock's zero.
    #[inline]
    #[must_use]
    pub fn waited_before(&self) -> u64 {
        self.received.min(0).unsigned_abs()
    }

    /// Who may take it.
    #[inline]
    #[must_use]
    pub const fn claim(&self) -> Claim {
        match self.escalated {
            true => Claim::Escalated(self.case_type),
            false => Claim::Type(self.case_type),
        }
    }

    /// Number of the next contact, from 0, and how many times running it has been missed.
    #[inline]
    #[must_use]
    pub const fn contact_and_try(&self) -> (u32, u32) {
        (self.contacts_held as u32, self.missed_running as u32)
    }

    /// Whether the next piece of work is a follow-up.
    #[must_use]
    pub const fn next_is_follow_up(&self) -> bool {
        self.contacts_held > 0
    }
}

/// Slots whose places are bits of one word.
const BITS: usize = u64::BITS as usize;

/// All referrals of a replication.
///
/// Slots are used again by the part of the network that had them: within each part their order, which
/// decides between people received at one instant, is the same whether or not parts are simulated
/// one after the other.
#[derive(Clone, Debug)]
pub struct Register {
    referrals: Vec<Referral>,
    /// Slots to be used again, by part.
    vacant: Vec<Vec<u32>>,
    part_of_pool: Vec<usize>,
    /// A bit for each slot: whether it holds a place.
    holding: Vec<u64>,
}

impl Register {
    /// An empty register.
    #[must_use]
    pub fn new(parts: &Parts) -> Self {
        Self {
            referrals: Vec::new(),
            vacant: vec![Vec::new(); parts.number],
            part_of_pool: parts.of_pools.clone(),
            holding: Vec::new(),
        }
    }

    /// Empties the register; keeps the memory.
    pub fn clear(&mut self) {
        self.referrals.clear();
        self.vacant.iter_mut().for_each(Vec::clear);
        self.holding.clear();
    }

    /// Enters a referral.
    #[inline]
    pub fn enter(&mut self, referral: Referral) -> Slot {
        let part = self.part_of_pool[referral.pool.index()];
        if let Some(index) = self.vacant[part].pop() {
            self.referrals[index as usize] = referral;
            Slot(index)
        } else {
            let index = self.referrals.len();
            if index.is_multiple_of(BITS) {
                self.holding.push(0);
            }
            self.referrals.push(referral);
            Slot(index as u32)
        }
    }

    /// Removes a referral; its slot may be used again.
    #[inline]
    pub fn remove(&mut self, slot: Slot) {
        let referral = &mut self.referrals[slot.index()];
        referral.stage = Stage::Vacant;
        referral.patience = Stamp::NONE;
        referral.pending = Stamp::NONE;
        let part = self.part_of_pool[referral.pool.index()];
        self.vacant[part].push(slot.0);
    }

    /// A referral gets a place at a post, or gives it back.
    #[inline]
    pub fn set_holding(&mut self, slot: Slot, holds: bool) {
        let (word, bit) = (slot.index() / BITS, 1 << (slot.index() % BITS));
        match holds {
            true => self.holding[word] |= bit,
            false => self.holding[word] &= !bit,
        }
    }

    /// Everybody who holds a place, in order of slots.
    pub fn for_each_holding(&self, mut heed: impl FnMut(&Referral)) {
        let words = self.holding.iter().zip(self.referrals.chunks(BITS));
        for (word, referrals) in words {
            let mut bits = *word;
            while bits != 0 {
                heed(&referrals[bits.trailing_zeros() as usize]);
                bits &= bits - 1;
            }
        }
    }

    /// Every slot, vacant or not, in order.
    pub fn slots(&self) -> impl Iterator<Item = Slot> + use<> {
        (0..self.referrals.len() as u32).map(Slot)
    }

    /// Every occupied slot, in order.
    pub fn occupied(&self) -> impl Iterator<Item = (Slot, &Referral)> {
        self.referrals
            .iter()
            .enumerate()
            .filter(|(_, referral)| referral.stage != Stage::Vacant)
            .map(|(index, referral)| (Slot(index as u32), referral))
    }
}

impl std::ops::Index<Slot> for Register {
    type Output = Referral;
    #[inline]
    fn index(&self, slot: Slot) -> &Referral {
        &self.referrals[slot.index()]
    }
}

impl std::ops::IndexMut<Slot> for Register {
    #[inline]
    fn index_mut(&mut self, slot: Slot) -> &mut Referral {
        &mut self.referrals[slot.index()]
    }
}

/// A queue of referrals, chained through the register.
#[derive(Clone, Copy, Debug)]
pub struct Chain {
    first: u32,
    last: u32,
}

impl Default for Chain {
    fn default() -> Self {
        Self {
            first: NOBODY,
            last: NOBODY,
        }
    }
}

impl Chain {
    /// Who is first.
    #[inline]
    #[must_use]
    pub fn first(&self) -> Option<Slot> {
        (self.first != NOBODY).then_some(Slot(self.first))
    }

    /// Everybody, from first to last.
    pub fn slots<'a>(&self, register: &'a Register) -> impl Iterator<Item = Slot> + use<'a> {
        let after = |slot: &Slot| match register[*slot].after {
            NOBODY => None,
            after => Some(Slot(after)),
        };
        std::iter::successors(self.first(), after)
    }

    /// Joins at the end.
    #[inline]
    pub fn join(&mut self, register: &mut Register, slot: Slot) {
        let referral = &mut register[slot];
        (referral.before, referral.after) = (self.last, NOBODY);
        match self.last {
            NOBODY => self.first = slot.0,
            last => register[Slot(last)].after = slot.0,
        }
        self.last = slot.0;
    }

    /// Joins a waiting list behind everybody whose turn is not after its own.
    pub fn join_in_turn(&mut self, register: &mut Register, slot: Slot) {
        let turn = register[slot].queue_key();
        let (mut before, mut after) = (NOBODY, self.first);
        while after != NOBODY && register[Slot(after)].queue_key() <= turn {
            (before, after) = (after, register[Slot(after)].after);
        }
        let referral = &mut register[slot];
        (referral.before, referral.after) = (before, after);
        match before {
            NOBODY => self.first = slot.0,
            before => register[Slot(before)].after = slot.0,
        }
        match after {
            NOBODY => self.last = slot.0,
            after => register[Slot(after)].before = slot.0,
        }
    }

    /// Leaves from wherever it stands; it must be in this chain.
    #[inline]
    pub fn leave(&mut self, register: &mut Register, slot: Slot) {
        let Referral { before, after, .. } = register[slot];
        match before {
            NOBODY => self.first = after,
            before => register[Slot(before)].after = after,
        }
        match after {
            NOBODY => self.last = before,
            after => register[Slot(after)].before = before,
        }
    }
}
