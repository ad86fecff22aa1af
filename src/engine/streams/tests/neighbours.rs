//! Neighbouring addresses: even, uncorrelated, in no part dropped and in no two alike.
//!
//! The fault looked for is a key part that is lost, weakly mixed or added to another. Tests run
//! over each part of the address by itself, near 0 and near a number with many digits.

use std::collections::BTreeSet;

use rand::Rng;

use super::*;
use crate::goodness::{SEED, assert_even, assert_uncorrelated, standard_errors};

/// Everything that a word depends on, but for its number within the slot.
#[derive(Clone, Copy, Debug)]
struct Address {
    seed: u64,
    replication: u64,
    purpose: Purpose,
    entity: u64,
    ordinal: u64,
    slot: u64,
}

const HERE: Address = Address {
    seed: SEED,
    replication: 17,
    purpose: Purpose::Referral,
    entity: ENTITY.0,
    ordinal: 41,
    slot: 3,
};

impl Address {
    fn draws(self) -> Draws {
        let key = ReplicationKey {
            seed: self.seed,
            replication: self.replication,
        };
        key.stream_key(self.purpose, EntityKey(self.entity))
            .draws(self.ordinal, self.slot)
    }

    fn word(self) -> u64 {
        self.draws().next_u64()
    }

    fn uniform(self) -> f64 {
        self.draws().uniform()
    }
}

/// A part of the address, how many bits it has, and how it is set.
type Part = (&'static str, u32, fn(u64) -> Address);

/// The purpose, of which there are nine, has tests of its own.
const PARTS: [Part; 5] = [
    ("seed", 64, |seed| Address { seed, ..HERE }),
    ("replication", 64, |replication| Address {
        replication,
        ..HERE
    }),
    ("entity", 64, |entity| Address { entity, ..HERE }),
    ("ordinal", 64, |ordinal| Address { ordinal, ..HERE }),
    ("slot", 32, |slot| Address { slot, ..HERE }),
];

/// Where neighbours begin: at 0, and among numbers of 31 bits.
const BEGINNINGS: [u64; 2] = [0, 0x5851_f42d];

/// First draws of 131,072 neighbours fill 1,024 equal cells evenly, by the highest bits and by the
/// lowest of the 53 that are used.
#[test]
fn the_first_draws_of_neighbours_are_uniform() {
    for (part, _, at) in PARTS {
        for begin in BEGINNINGS {
            let (mut high, mut low) = (vec![0; 1_024], vec![0; 1_024]);
            for index in 0..1 << 17 {
                let word = at(begin + index).word();
                high[(word >> 54) as usize] += 1;
                low[(word >> 11) as usize % 1_024] += 1;
            }
            assert_even(&high, &format!("{part} from {begin}, highest bits"));
            assert_even(&low, &format!("{part} from {begin}, lowest bits"));
        }
    }
}

/// Pairs of neighbours, each key in one pair, fill a square of 32 x 32 cells evenly.
#[test]
fn neighbours_fill_the_square() {
    for (part, _, at) in PARTS {
        for begin in BEGINNINGS {
            let mut cells = vec![0; 1_024];
            for pair in 0..1 << 17 {
                let one = at(begin + 2 * pair).word() >> 59;
                let other = at(begin + 2 * pair + 1).word() >> 59;
                cells[(one * 32 + other) as usize] += 1;
            }
            assert_even(&cells, &format!("{part} from {begin}"));
        }
    }
}

#[test]
fn neighbours_are_uncorrelated() {
    for (part, _, at) in PARTS {
        for begin in BEGINNINGS {
            let drawn: Vec<f64> = (0..100_003)
                .map(|index| at(begin + index).uniform())
                .collect();
            for lag in 1..=3 {
                let pairs = drawn.iter().copied().zip(drawn[lag..].iter().copied());
                assert_uncorrelated(pairs, &format!("{part} from {begin}, {lag} apart"));
            }
        }
    }
}

/// Consecutive draws of one slot, too, within a block and across blocks.
#[test]
fn consecutive_draws_are_uncorrelated() {
    let mut draws = HERE.draws();
    let drawn: Vec<f64> = (0..200_001).map(|_| draws.uniform()).collect();
    for lag in 1..=3 {
        let pairs = drawn.iter().copied().zip(drawn[lag..].iter().copied());
        assert_uncorrelated(pairs, &format!("{lag} apart"));
    }
}

/// Turning any one bit of any part turns half of the word's 64 bits: over 1,000 addresses their
/// mean number is 32 with a standard error of 4 / sqrt(1,000); so each bit of each part counts,
/// also those that no experiment of ours reaches.
#[test]
fn every_bit_of_every_part_turns_half_of_the_word() {
    const ADDRESSES: u64 = 1_000;
    let limit = standard_errors() * 4.0 / (ADDRESSES as f64).sqrt();
    for (part, bits, at) in PARTS {
        for bit in 0..bits {
            let turned: u32 = (0..ADDRESSES)
                .map(|number| (at(number).word() ^ at(number ^ 1 << bit).word()).count_ones())
                .sum();
            let mean = f64::from(turned) / ADDRESSES as f64;
            assert!(
                (mean - 32.0).abs() < limit,
                "bit {bit} of the {part}: {mean} bits turn"
            );
        }
    }
}

/// The same with nothing but one bit in the whole address, where a weak mix shows first.
#[test]
fn addresses_of_one_bit_are_told_apart() {
    let zero = Address {
        seed: 0,
        replication: 0,
        entity: 0,
        ordinal: 0,
        slot: 0,
        ..HERE
    };
    let mut words = BTreeSet::from([zero.word()]);
    let mut count = 1;
    for bit in 0..64 {
        let it = 1 << bit;
        let mut addresses = vec![
            Address { seed: it, ..zero },
            Address {
                replication: it,
                ..zero
            },
            Address { entity: it, ..zero },
            Address {
                ordinal: it,
                ..zero
            },
        ];
        if bit < 32 {
            addresses.push(Address { slot: it, ..zero });
        }
        count += addresses.len();
        words.extend(addresses.into_iter().map(Address::word));
    }
    assert_eq!(words.len(), count);
}

/// All combinations of small numbers in every part: where a weak mix (a sum, an exclusive or, two
/// parts that change places) gives two addresses one stream, and where a part that is dropped
/// gives many. By chance two of 70,000 words are alike once in 7 billion times.
#[test]
fn all_small_addresses_have_streams_of_their_own() {
    let mut words = Vec::new();
    for purpose in ALL_PURPOSES {
        for code in 0..6_u64.pow(5) {
            let digit = |place| code / 6_u64.pow(place) % 6;
            let address = Address {
                seed: digit(0),
                replication: digit(1),
                purpose,
                entity: digit(2),
                ordinal: digit(3),
                slot: digit(4),
            };
            words.push(address.word());
        }
    }
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count);
}

/// A name and the addresses of a purpose along a part.
type Along = (&'static str, fn(Purpose, u64) -> Address);

/// Any two of the nine purposes, over ordinals and over entities.
#[test]
fn any_two_purposes_are_uncorrelated() {
    const DRAWS: u64 = 100_000;
    let over: [Along; 2] = [
        ("ordinals", |purpose, ordinal| Address {
            purpose,
            ordinal,
            ..HERE
        }),
        ("entities", |purpose, entity| Address {
            purpose,
            entity,
            ..HERE
        }),
    ];
    for (name, at) in over {
        let drawn = ALL_PURPOSES.map(|purpose| -> Vec<f64> {
            (0..DRAWS).map(|it| at(purpose, it).uniform()).collect()
        });
        for (number, one) in drawn.iter().enumerate() {
            for (later, other) in drawn.iter().enumerate().skip(number + 1) {
                let pairs = one.iter().copied().zip(other.iter().copied());
                assert_uncorrelated(pairs, &format!("purposes {number} and {later} over {name}"));
            }
        }
    }
}

/// Every code of a letter and five digits, as practices have: keys of their own, first draws even,
/// neighbouring codes uncorrelated.
#[test]
fn every_code_of_a_practice_has_a_stream_of_its_own() {
    let code = |letter: char, number: u32| EntityKey::of(&format!("{letter}{number:05}")).0;
    let mut keys = Vec::new();
    for letter in 'A'..='Z' {
        keys.extend((0..100_000).map(|number| code(letter, number)));
    }
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);

    let drawn: Vec<f64> = (0..100_000)
        .map(|number| {
            let entity = code('F', number);
            Address { entity, ..HERE }.uniform()
        })
        .collect();
    let mut cells = vec![0; 256];
    for uniform in &drawn {
        cells[(uniform * 256.0) as usize] += 1;
    }
    assert_even(&cells, "codes");
    let pairs = drawn.iter().copied().zip(drawn[1..].iter().copied());
    assert_uncorrelated(pairs, "neighbouring codes");
}

/// Names that a person could take for one another: their people have nothing in common.
#[test]
fn practices_with_similar_names_are_uncorrelated() {
    const PEOPLE: u64 = 100_000;
    let names = [
        "F81061", "F81062", "F81016", "f81061", "F81061 ", "Elm", "elm", "Elms", "Elm 1", "Elm 2",
        "1 Elm",
    ];
    let drawn = names.map(|name| -> Vec<f64> {
        let entity = EntityKey::of(name).0;
        (0..PEOPLE)
            .map(|ordinal| {
                Address {
                    entity,
                    ordinal,
                    ..HERE
                }
                .uniform()
            })
            .collect()
    });
    for (number, one) in drawn.iter().enumerate() {
        for (later, other) in drawn.iter().enumerate().skip(number + 1) {
            let pairs = one.iter().copied().zip(other.iter().copied());
            assert_uncorrelated(
                pairs,
                &format!("{:?} and {:?}", names[number], names[later]),
            );
        }
    }
}
