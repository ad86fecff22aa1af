//! The draws of one person: each purpose has words of its own, and none tells anything about
//! another.

use rand::Rng;

use super::*;
use crate::engine::streams::{Purpose, ReplicationKey};
use crate::goodness::{SEED, assert_even, assert_uncorrelated};
use crate::model::EntityKey;

const PEOPLE: u64 = 100_000;

fn person(ordinal: u64) -> Identity {
    let key = ReplicationKey {
        seed: SEED,
        replication: 0,
    };
    let stream = key.stream_key(Purpose::Referral, EntityKey::of("F81061"));
    Identity::first(stream, ordinal)
}

/// A draw of a person: its name, the address, and which draw there.
type Draw = (&'static str, fn(Identity) -> Draws, usize);

/// Every purpose; both draws of those that have two; neighbours of those that are numbered, and the
/// next generation.
const DRAWS: [Draw; 36] = [
    ("case type", |it| it.case_type_and_source(), 0),
    ("source", |it| it.case_type_and_source(), 1),
    ("inappropriate", |it| it.fate(), 0),
    ("reverts to the GP", |it| it.fate(), 1),
    ("patience", |it| it.patience(), 0),
    ("contacts", |it| it.contacts(), 0),
    ("stays open", |it| it.onward_wait(), 0),
    ("onward wait", |it| it.onward_wait(), 1),
    ("referred again", |it| it.re_referral(), 0),
    ("after how long", |it| it.re_referral(), 1),
    ("triage", |it| it.triage(), 0),
    ("to first appointment", |it| it.to_first_appointment(), 0),
    ("start", |it| it.start(), 0),
    ("start, second", |it| it.start(), 1),
    ("handover 1", |it| it.handover(1), 0),
    ("handover 2", |it| it.handover(2), 0),
    ("attempt 1", |it| it.attempt(1), 0),
    ("attempt 2", |it| it.attempt(2), 0),
    ("attempt minutes 1", |it| it.attempt_minutes(1), 0),
    ("attempt gap 1", |it| it.attempt_gap(1), 0),
    ("contact minutes 1", |it| it.contact_minutes(1), 0),
    ("contact minutes 2", |it| it.contact_minutes(2), 0),
    ("contact interval 1", |it| it.contact_interval(1), 0),
    ("contact interval 2", |it| it.contact_interval(2), 0),
    ("contact mode 1", |it| it.contact_mode(1), 0),
    ("contact mode 2", |it| it.contact_mode(2), 0),
    ("drop-out 1", |it| it.drop_out(1), 0),
    ("drop-out 2", |it| it.drop_out(2), 0),
    ("missed 1, 1", |it| it.missed(1, 1), 0),
    ("missed 1, 2", |it| it.missed(1, 2), 0),
    ("missed 2, 1", |it| it.missed(2, 1), 0),
    ("missed minutes 1, 1", |it| it.missed_minutes(1, 1), 0),
    ("missed interval 1, 1", |it| it.missed_interval(1, 1), 0),
    ("patience, again", |it| it.again().patience(), 0),
    ("contacts, again", |it| it.again().contacts(), 0),
    ("contacts, third", |it| it.again().again().contacts(), 0),
];

fn uniforms((_, at, number): Draw) -> Vec<f64> {
    (1..=PEOPLE)
        .map(|ordinal| {
            let mut draws = at(person(ordinal));
            (0..number).for_each(|_| {
                draws.uniform();
            });
            draws.uniform()
        })
        .collect()
}

/// Each is uniform over 100,000 people, and no two of the 630 pairs are correlated.
#[test]
fn no_draw_of_a_person_tells_another() {
    let drawn = DRAWS.map(uniforms);
    for ((name, ..), values) in DRAWS.iter().zip(&drawn) {
        let mut cells = vec![0; 100];
        for uniform in values {
            cells[(uniform * 100.0) as usize] += 1;
        }
        assert_even(&cells, name);
    }
    for (number, one) in drawn.iter().enumerate() {
        for (later, other) in drawn.iter().enumerate().skip(number + 1) {
            let pairs = one.iter().copied().zip(other.iter().copied());
            assert_uncorrelated(
                pairs,
                &format!("{} and {}", DRAWS[number].0, DRAWS[later].0),
            );
        }
    }
}

/// Nor do the draws of one person tell those of the next.
#[test]
fn no_draw_tells_that_of_the_next_person() {
    for draw in DRAWS {
        let values = uniforms(draw);
        let pairs = values.iter().copied().zip(values[1..].iter().copied());
        assert_uncorrelated(pairs, draw.0);
    }
}

/// First words at every address that a person can have, with numbers and tries up to their limits,
/// for three generations: none is that of another. By chance two of 400,000 are alike once in 200
/// million times.
#[test]
fn no_two_addresses_of_a_person_share_their_words() {
    let numbers = (0..200).chain([MOST_CONTACTS - 1, MOST_CONTACTS, 0x3fff]);
    let numbers: Vec<u32> = numbers.collect();
    let first = person(7);
    let mut words = Vec::new();
    for it in [first, first.again(), first.again().again()] {
        let mut add = |mut draws: Draws| words.push(draws.next_u64());
        add(it.case_type_and_source());
        add(it.fate());
        add(it.patience());
        add(it.contacts());
        add(it.onward_wait());
        add(it.re_referral());
        add(it.triage());
        add(it.to_first_appointment());
        add(it.start());
        for number in &numbers {
            add(it.handover(*number));
            add(it.attempt(*number));
            add(it.attempt_minutes(*number));
            add(it.attempt_gap(*number));
            add(it.contact_minutes(*number));
            add(it.contact_interval(*number));
            add(it.contact_mode(*number));
            add(it.drop_out(*number));
            for try_number in &numbers {
                add(it.missed(*number, *try_number));
                add(it.missed_minutes(*number, *try_number));
                add(it.missed_interval(*number, *try_number));
            }
        }
    }
    let count = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), count);
}
