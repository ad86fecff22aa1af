//! Keyed random streams: every draw is a function of what it is for.
//!
//! No generator is built anywhere else, and none carries state from one purpose to another. A draw
//! is found by base seed, replication, purpose, entity, ordinal, slot and its number within the
//! slot; which draws were made before, or on which thread, cannot change it. The scenario is not in
//! the key, so two options meet the same people and the same absences (common random numbers).
//!
//! The words come from Philox2x64-10, the counter-based generator of Salmon, Moraes, Dror and Shaw,
//! "Parallel random numbers: as easy as 1, 2, 3" (SC 2011): a bijection of 128-bit counters for
//! each 64-bit key, with no known statistical defect from 6 rounds on; 10 is the authors' default.
//! Making a stream costs nothing and a block of two words a few nanoseconds.
//!
//! Nothing here knows what a draw decides; `engine::draws` and `engine::workforce` do.

use std::convert::Infallible;

use rand::TryRng;

use crate::model::EntityKey;
use crate::model::distribution::unit;

/// Rounds of Philox behind every draw. Changing it changes every result.
pub const ROUNDS: u32 = 10;

/// The multiplier of Philox2x64 (Salmon et al. 2011, table 2).
const MULTIPLIER: u64 = 0xD2B7_4407_B1CE_6E93;
/// What the key grows by from round to round: a Weyl sequence by the golden ratio.
const WEYL: u64 = 0x9E37_79B9_7F4A_7C15;

/// What a stream is for.
///
/// The numbers are part of every result: they are never changed or used again, and a new purpose
/// takes the next one, which leaves all other streams as they were.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Times of a practice's first referrals.
    Arrivals = 1,
    /// A practice's monthly multiplier of its rate.
    MonthlyRate = 2,
    /// What a referral of a practice is and does.
    Referral = 3,
    /// People of a practice who wait at the start.
    StartWaiting = 4,
    /// Cases of a post that are open at the start.
    StartOpen = 5,
    /// A post's annual leave.
    Leave = 6,
    /// A post's training days.
    Training = 7,
    /// A post's sickness.
    Sickness = 8,
    /// Permutations of the practices' labels, for the gap between practices that chance gives.
    PracticeLabels = 9,
    /// How long the holders of a post stay.
    Tenure = 10,
    /// Whether a post's fixed term is renewed.
    ContractRenewal = 11,
    /// How long it takes to hire somebody for a post.
    Hiring = 12,
    /// On which days the holder of a post turns up.
    TurnUp = 13,
    /// Batches: how many people, whose they are, and what each is and does.
    Batch = 14,
    /// A post's travel from site to site.
    Travel = 15,
    /// Values of inputs that are not known.
    Unknowns = 16,
    /// Where the points of a study lie.
    Points = 17,
}

/// One replication's randomness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReplicationKey {
    /// The base seed of the experiment.
    pub seed: u64,
    /// Number of the replication within it.
    pub replication: u64,
}

impl ReplicationKey {
    /// The key of an entity's stream for a purpose in this replication.
    ///
    /// Two blocks of Philox: seed and replication are the counter of the first under the purpose
    /// as key, and its output the counter of the second under the entity as key. Each part has a
    /// place of its own, so no two can change places or cancel; each block maps different counters
    /// to different outputs, so keys collide no more often than random ones (for 10 million
    /// streams, once in 300,000 experiments).
    #[inline]
    #[must_use]
    pub fn stream_key(self, purpose: Purpose, entity: EntityKey) -> StreamKey {
        let mixed = philox2x64::<ROUNDS>([self.seed, self.replication], purpose as u64);
        let [key, _] = philox2x64::<ROUNDS>(mixed, entity.0);
        StreamKey(key)
    }
}

/// The key of one entity's stream for one purpose in one replication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StreamKey(u64);

impl StreamKey {
    /// The draws of one slot of the entity's `ordinal`-th thing (a practice's referral, a post's
    /// day). A slot is below 2^32; so is the number of blocks that may be drawn from it.
    #[inline]
    #[must_use]
    pub const fn draws(self, ordinal: u64, slot: u64) -> Draws {
        debug_assert!(slot < 1 << 32, "a slot has 32 bits");
        Draws {
            key: self.0,
            ordinal,
            slot_and_block: slot << 32,
            spare: None,
        }
    }
}

/// The random words of one slot, in order; a generator for `rand` and for
/// [`crate::model::distribution::Sampler`]. No block is computed before it is asked for.
#[derive(Clone, Debug)]
pub struct Draws {
    key: u64,
    ordinal: u64,
    /// The second half of the counter: the slot, then the number of the next block.
    slot_and_block: u64,
    /// The second word of the last block, if it is still to be drawn.
    spare: Option<u64>,
}

impl Draws {
    /// The next number in `[0, 1)`, from the top 53 bits of the next word.
    #[inline]
    pub fn uniform(&mut self) -> f64 {
        unit(self.next_word())
    }

    #[inline]
    fn next_word(&mut self) -> u64 {
        if let Some(word) = self.spare.take() {
            return word;
        }
        let (first, second) = block(self.ordinal, self.slot_and_block, self.key);
        self.slot_and_block += 1;
        self.spare = Some(second);
        first
    }
}

/// The two words of a block. A function of its own, in registers alone: within the loop of a
/// sampler the compiler works out all round keys beforehand and puts them aside, which takes longer
/// than the rounds.
#[inline(never)]
fn block(ordinal: u64, slot_and_block: u64, key: u64) -> (u64, u64) {
    let [first, second] = philox2x64::<ROUNDS>([ordinal, slot_and_block], key);
    (first, second)
}

impl TryRng for Draws {
    type Error = Infallible;

    /// The top half of a word of its own.
    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next_word() >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next_word())
    }

    /// Words in little-endian order; what is left of the last one is dropped.
    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Infallible> {
        for chunk in destination.chunks_mut(8) {
            chunk.copy_from_slice(&self.next_word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

/// One block of Philox2x64 (Salmon et al. 2011, section 3.3): two words that depend on the counter
/// and the key and on nothing else.
#[inline]
#[must_use]
pub fn philox2x64<const ROUNDS: u32>(counter: [u64; 2], key: u64) -> [u64; 2] {
    let [mut left, mut right] = counter;
    let mut round_key = key;
    // One addition a round; a step that the compiler knows becomes a constant of its own for each.
    let step = std::hint::black_box(WEYL);
    for _ in 0..ROUNDS {
        let product = u128::from(left) * u128::from(MULTIPLIER);
        left = (product >> 64) as u64 ^ round_key ^ right;
        right = product as u64;
        round_key = round_key.wrapping_add(step);
    }
    [left, right]
}

#[cfg(test)]
mod tests;
