//! Known answers, identity with direct blocks, and independence of neighbouring keys.

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

/// From `kat_vectors` of the Random123 distribution.
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

/// From the same file.
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

#[test]
fn uniforms_keep_to_their_interval() {
    assert_eq!(unit(0).to_bits(), 0.0_f64.to_bits());
    assert!(unit(u64::MAX) < 1.0);
    assert_eq!(unit(1 << 63).to_bits(), 0.5_f64.to_bits());
}

/// The values are in published results: this test changes only with a value-breaking release.
#[test]
fn the_key_of_a_stream_is_stable() {
    let key = KEY.stream_key(Purpose::Arrivals, EntityKey::of("F81061"));
    assert_eq!(key, StreamKey(PINNED_KEY));
    let numbers = ALL_PURPOSES.map(|purpose| purpose as u64);
    assert_eq!(numbers, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
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

/// Small numbers in every part, all purposes: where a weak mix (a sum, an exclusive or) collides.
#[test]
fn no_two_combinations_of_parts_share_a_key() {
    let mut keys = BTreeSet::new();
    let mut count = 0;
    for seed in 0..12 {
        for replication in 0..12 {
            for purpose in ALL_PURPOSES {
                for entity in 0..12 {
                    let key = ReplicationKey { seed, replication };
                    keys.insert(key.stream_key(purpose, EntityKey(entity)).0);
                    count += 1;
                }
            }
        }
    }
    assert_eq!(keys.len(), count);
}

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

/// Pairs of uniforms from neighbours.
const PAIRS: u64 = 100_000;

/// Correlation of neighbours: under independence, with uniform variates, its standard error is
/// 1 / sqrt(n); 4.5 of them are passed by chance once in 150,000 times.
#[track_caller]
fn assert_uncorrelated(uniform: impl Fn(u64) -> f64) {
    let covariance: f64 = (0..PAIRS)
        .map(|index| (uniform(index) - 0.5) * (uniform(index + 1) - 0.5))
        .sum();
    let variance: f64 = (0..PAIRS).map(|index| (uniform(index) - 0.5).powi(2)).sum();
    let correlation = covariance / variance;
    let limit = 4.5 / (PAIRS as f64).sqrt();
    assert!(
        correlation.abs() < limit,
        "correlation {correlation} beyond {limit}"
    );
    let variance = variance / PAIRS as f64;
    // A uniform's variance is 1/12; that of (U - 1/2)^2 is 1/180.
    let limit = 4.5 * (1.0 / 180.0 / PAIRS as f64).sqrt();
    assert!((variance - 1.0 / 12.0).abs() < limit, "variance {variance}");
}

#[test]
fn neighbouring_ordinals_are_uncorrelated() {
    let stream = KEY.stream_key(Purpose::Referral, ENTITY);
    assert_uncorrelated(|ordinal| stream.draws(ordinal, 0).uniform());
}

#[test]
fn neighbouring_slots_are_uncorrelated() {
    let stream = KEY.stream_key(Purpose::Referral, ENTITY);
    assert_uncorrelated(|slot| stream.draws(0, slot).uniform());
}

#[test]
fn consecutive_draws_are_uncorrelated() {
    let mut draws = KEY.stream_key(Purpose::Referral, ENTITY).draws(0, 0);
    let drawn: Vec<f64> = (0..=PAIRS).map(|_| draws.uniform()).collect();
    assert_uncorrelated(|index| drawn[index as usize]);
}

#[test]
fn neighbouring_seeds_are_uncorrelated() {
    assert_uncorrelated(|seed| {
        let key = ReplicationKey { seed, ..KEY };
        key.stream_key(Purpose::Referral, ENTITY)
            .draws(0, 0)
            .uniform()
    });
}

#[test]
fn neighbouring_replications_are_uncorrelated() {
    assert_uncorrelated(|replication| {
        let key = ReplicationKey { replication, ..KEY };
        key.stream_key(Purpose::Referral, ENTITY)
            .draws(0, 0)
            .uniform()
    });
}

#[test]
fn neighbouring_entities_are_uncorrelated() {
    assert_uncorrelated(|entity| {
        KEY.stream_key(Purpose::Referral, EntityKey(entity))
            .draws(0, 0)
            .uniform()
    });
}

#[test]
fn purposes_are_uncorrelated() {
    // Neighbours in this order differ in purpose and agree in all but every ninth ordinal.
    let streams = ALL_PURPOSES.map(|purpose| KEY.stream_key(purpose, ENTITY));
    assert_uncorrelated(|index| {
        let purpose = (index % 9) as usize;
        streams[purpose].draws(index / 9, 0).uniform()
    });
}
