//! Files with random damage: nothing panics, and whatever is accepted makes right scenarios.

use super::archive::{Packed, zip};
use super::{AGE_BANDS, DEPRIVATION, MAP, WORKFORCE, targets};
use splw_sim::import::Given;
use splw_sim::import::pcn::{
    Choices, Files, Sources, networks_csv, not_matched_csv, read, scenario,
};
use splw_sim::scenario::{NoFiles, read as read_scenario};

const SEED: u64 = 20_261_005;
const DAMAGED: u64 = 1_500;

/// What is put into files: whatever has a meaning for a CSV, a number, a name or a spreadsheet.
const PIECES: [&str; 20] = [
    ",",
    "\"",
    "\n",
    "\r",
    "=",
    "@",
    "0",
    "-1",
    "NaN",
    "1e9",
    " ",
    "é",
    "\u{202e}",
    "\u{0}",
    "\\",
    "ALL",
    "U",
    "P90001",
    "9434765919",
    "Social Prescribing Link Workers",
];

/// Numbers from a seed (xorshift, Marsaglia 2003).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

fn damage(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    if bytes.is_empty() {
        return;
    }
    let at = numbers.below(bytes.len());
    let end = (at + numbers.below(30)).min(bytes.len());
    match numbers.below(6) {
        0 => bytes[at] = numbers.below(256) as u8,
        1 => drop(bytes.drain(at..end)),
        2 => bytes.truncate(at),
        3 => {
            let again = bytes[at..end].to_vec();
            bytes.splice(end..end, again).for_each(drop);
        }
        4 => {
            let long = "x".repeat(numbers.below(400)).into_bytes();
            bytes.splice(at..at, long).for_each(drop);
        }
        _ => {
            let piece = PIECES[numbers.below(PIECES.len())].bytes();
            bytes.splice(at..at, piece).for_each(drop);
        }
    }
}

#[test]
fn whatever_is_accepted_makes_right_scenarios() {
    let packed = zip(&[("quin-age.csv", AGE_BANDS.as_bytes(), Packed::Deflated)]);
    let given = |name: &str, bytes: &[u8]| Given {
        name: name.to_owned(),
        bytes: bytes.to_vec(),
    };
    let choices = Choices {
        with_mental_health: true,
        mixed_months: true,
    };
    let mut accepted = 0;
    for seed in 0..DAMAGED {
        let mut numbers = Numbers(SEED + seed * 7_919);
        let mut files = Files {
            map: given("map.csv", MAP.as_bytes()),
            lists: given("lists.zip", &packed),
            workforce: given("workforce.csv", WORKFORCE.as_bytes()),
            deprivation: Some(given("scores.csv", DEPRIVATION.as_bytes())),
        };
        let kinds = [&mut files.map, &mut files.lists, &mut files.workforce];
        let damaged = match (numbers.below(4), &mut files.deprivation) {
            (3, Some(scores)) => scores,
            (kind, _) => kinds.into_iter().nth(kind % 3).expect("there are three"),
        };
        for _ in 0..=numbers.below(3) {
            damage(&mut damaged.bytes, &mut numbers);
        }
        let Ok(published) = read(&files, choices) else {
            continue;
        };
        accepted += 1;
        let england = published.join();
        let sources = Sources::of(&published, &england.remarks);
        for network in england.networks.values() {
            let text = scenario(network, &sources, Some(&[1.2, 1.1, 1.0, 0.9, 0.8]));
            let read = read_scenario(text.as_bytes(), "it", &[], &NoFiles, &targets());
            assert!(read.is_ok(), "seed {seed}: {}\n{text}", read.unwrap_err());
        }
        let networks: Vec<_> = england.networks.values().collect();
        let unmatched: Vec<_> = england.not_matched.iter().collect();
        for table in [networks_csv(&networks), not_matched_csv(&unmatched)] {
            let mut reader = csv::Reader::from_reader(&table[..]);
            for row in reader.records() {
                let row = row.expect("tables are right");
                let formula = row
                    .iter()
                    .find(|cell| cell.starts_with(['=', '+', '-', '@']));
                assert!(formula.is_none(), "seed {seed}: {formula:?}");
            }
        }
    }
    assert!(
        (200..DAMAGED).contains(&accepted),
        "{accepted} were accepted"
    );
}
