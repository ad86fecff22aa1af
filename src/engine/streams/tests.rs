//! Known answers, identity with direct blocks, and that no part of an address is dropped;
//! independence of neighbouring addresses in `neighbours`.

mod neighbours;

use std::collections::BTreeSet;

use rand::Rng;

use super::*;

const ENTITY: EntityKey = EntityKey(0x0123_4567_89ab_cdef);
const KEY: ReplicationKey = ReplicationKey {
    seed: 20_261_005,
    replication: 17,
};

/// Counter, key, output.
type Known = ([u64; 2], u64, [u64; 2]);

const PI_DIGITS: ([u64; 2], u64) = (
    [0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344],
    0xa409_3822_299f_31d0,
);

/// From the authors' own list of known answers: file `kat_vectors` among the tests of Random123
/// (Salmon, Moraes, Dror and Shaw; D. E. Shaw Research), lines `philox2x64 7`.
const SEVEN_ROUNDS: [Known; 3] = [
    ([0, 0], 0, [0xb41d_a69f_bfef_c666, 0x511e_9ce1_a553_4056]),
    (
        [u64::MAX, u64::MAX],
        u64::MAX,
        [0xa469_6cc0_4462_015d, 0x7247_82da_e171_69e9],
    ),
    (
        PI_DIGITS.0,
        PI_DIGITS.1,
        [0x98ed_1534_392b_f372, 0x6752_8b15_6888_2fd5],
    ),
];

/// From the same file, lines `philox2x64 10`.
const TEN_ROUNDS: [Known; 3] = [
    ([0, 0], 0, [0xca00_a045_9843_d731, 0x66c2_4222_c9a8_45b5]),
    (
        [u64::MAX, u64::MAX],
        u64::MAX,
        [0x65b0_21d6_0cd8_310f, 0x4d02_f322_2f86_df20],
    ),
    (
        PI_DIGITS.0,
        PI_DIGITS.1,
        [0x0a5e_742c_2997_341c, 0xb0f8_83d3_8000_de5d],
    ),
];

#[test]
fn philox_gives_the_authors_known_answers() {
    for (counter, key, expected) in SEVEN_ROUNDS {
        assert_eq!(philox2x64::<7>(counter, key), expected);
    }
    for (counter, key, expected) in TEN_ROUNDS {
        assert_eq!(philox2x64::<10>(counter, key), expected);
    }
}

#[test]
fn a_stream_is_the_blocks_of_its_counter_in_order() {
    let stream = KEY.stream_key(Purpose::Referral, ENTITY);
    let (ordinal, slot) = (u64::MAX - 3, (1 << 32) - 1);
    let mut draws = stream.draws(ordinal, slot);
    for block in 0..5 {
        let expected = philox2x64::<10>([ordinal, slot << 32 | block], stream.0);
        assert_eq!([draws.next_u64(), draws.next_u64()], expected);
    }
}

#[test]
fn every_reading_of_the_words_agrees() {
    let draws = KEY.stream_key(Purpose::Leave, ENTITY).draws(1, 2);
    let words: Vec<u64> = {
        let mut rng = draws.clone();
        (0..4).map(|_| rng.next_u64()).collect()
    };
    let mut rng = draws.clone();
    assert!(
        words
            .iter()
            .all(|word| rng.uniform().to_bits() == unit(*word).to_bits())
    );
    let mut rng = draws.clone();
    assert!(
        words
            .iter()
            .all(|word| u64::from(rng.next_u32()) == word >> 32)
    );
    let mut bytes = [0; 13];
    draws.clone().fill_bytes(&mut bytes);
    assert_eq!(bytes[..8], words[0].to_le_bytes());
    assert_eq!(bytes[8..], words[1].to_le_bytes()[..5]);
}

/// Each of the top 53 bits of a word adds its power of two, the lowest 11 nothing: exactly, so that
/// uniforms are the multiples of 2^-53 from 0 to 1 - 2^-53.
#[test]
fn a_uniform_is_the_top_53_bits_of_a_word() {
    let same = |found: f64, expected: f64| assert_eq!(found.to_bits(), expected.to_bits());
    for bit in 0..64 {
        let expected = match bit {
            0..11 => 0.0,
            _ => 2.0_f64.powi(bit - 64),
        };
        same(unit(1 << bit), expected);
    }
    same(unit(0), 0.0);
    same(unit(u64::MAX), 1.0 - 2.0_f64.powi(-53));
    same(unit(0b101 << 61 | 0x7ff), 0.625);
    assert!(unit(u64::MAX) < 1.0);
}

/// The values are in published results: this test changes only with a value-breaking release.
#[test]
fn the_key_of_a_stream_is_stable() {
    let key = KEY.stream_key(Purpose::Arrivals, EntityKey::of("F81061"));
    assert_eq!(key, StreamKey(PINNED_KEY));
    let numbers = ALL_PURPOSES.map(|purpose| purpose as u64);
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
}

/// Whole addresses and their words, worked out outside this program from the definition: two
/// blocks for the key, and one for the word.
#[test]
fn the_words_of_an_address_are_stable() {
    let word = |key: ReplicationKey, purpose, name: &str, ordinal, slot, number: usize| {
        let stream = key.stream_key(purpose, EntityKey::of(name));
        let mut draws = stream.draws(ordinal, slot);
        (0..=number).map(|_| draws.next_u64()).last()
    };
    let arrival = |number| word(KEY, Purpose::Arrivals, "F81061", 1, 0, number);
    assert_eq!(arrival(0), Some(0x5b4d_7c34_3b40_e99e));
    assert_eq!(arrival(1), Some(0x63e1_aa8b_6760_5514));
    assert_eq!(arrival(2), Some(0x76b8_24d3_7cce_6e12));
    // Person 5 of Elm, referred again for the second time: contact 3 at its third try.
    let again = word(
        KEY,
        Purpose::Referral,
        "Elm",
        2 << 48 | 5,
        7 << 28 | 3 << 14 | 2,
        0,
    );
    assert_eq!(again, Some(0xedfb_6872_db63_0e90));
    let all_ones = ReplicationKey {
        seed: u64::MAX,
        replication: u64::MAX,
    };
    let last = word(
        all_ones,
        Purpose::PracticeLabels,
        "",
        u64::MAX,
        (1 << 32) - 1,
        3,
    );
    assert_eq!(last, Some(0x165e_d35b_d9ad_0c30));
}

const PINNED_KEY: u64 = 0x6d99_0d8d_a3b9_0b52;

const ALL_PURPOSES: [Purpose; 9] = [
    Purpose::Arrivals,
    Purpose::MonthlyRate,
    Purpose::Referral,
    Purpose::StartWaiting,
    Purpose::StartOpen,
    Purpose::Leave,
    Purpose::Training,
    Purpose::Sickness,
    Purpose::PracticeLabels,
];

/// The first word under a change of each part, one at a time: a part that was dropped would leave
/// it as it is.
#[test]
fn every_part_of_the_address_matters() {
    let first = |key: ReplicationKey, purpose, entity, ordinal, slot| {
        key.stream_key(purpose, entity)
            .draws(ordinal, slot)
            .next_u64()
    };
    let other_seed = ReplicationKey {
        seed: KEY.seed + 1,
        ..KEY
    };
    let other_replication = ReplicationKey {
        replication: KEY.replication + 1,
        ..KEY
    };
    let words = BTreeSet::from([
        first(KEY, Purpose::Leave, ENTITY, 0, 0),
        first(other_seed, Purpose::Leave, ENTITY, 0, 0),
        first(other_replication, Purpose::Leave, ENTITY, 0, 0),
        first(KEY, Purpose::Training, ENTITY, 0, 0),
        first(KEY, Purpose::Leave, EntityKey(ENTITY.0 + 1), 0, 0),
        first(KEY, Purpose::Leave, ENTITY, 1, 0),
        first(KEY, Purpose::Leave, ENTITY, 0, 1),
    ]);
    assert_eq!(words.len(), 7);
}
