//! Files that were changed at random are accepted or refused, but never end in a panic, and what is
//! told is fit to be shown.

use super::{MEASURES, RAYLEIGH};
use proptest::prelude::*;
use splw_sim::scenario::{NoFiles, Override, read};

/// A file with every table.
const RICH: &str = include_str!("rich.toml");

/// One change of some bytes.
#[derive(Clone, Debug)]
enum Change {
    /// Another byte.
    Byte(usize, u8),
    /// A piece taken out.
    Cut(usize, usize),
    /// A piece put in elsewhere.
    Move(usize, usize, usize),
    /// A word put in the place of a value.
    Value(usize, &'static str),
    /// A line taken out.
    Line(usize),
}

const VALUES: [&str; 22] = [
    "nan",
    "-inf",
    "0",
    "-1",
    "1e308",
    "9223372036854775807",
    "99999999999999999999",
    "\"\"",
    "\"all\"",
    "\"none\"",
    "[]",
    "{}",
    "true",
    "1979-05-27",
    "0001-01-01",
    "9999-12-31",
    "[[1]]",
    "{ uncertain = 1 }",
    "\"9434765919\"",
    "{ gamma = { mean = 1, cv = 1 } }",
    "[1, \"a\", 2000-01-01]",
    "\"\\u0000\"",
];

fn change() -> impl Strategy<Value = Change> {
    let at = any::<usize>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, byte)| Change::Byte(at, byte)),
        (at(), 0..40_usize).prop_map(|(at, length)| Change::Cut(at, length)),
        (at(), 0..200_usize, at()).prop_map(|(from, length, to)| Change::Move(from, length, to)),
        (at(), prop::sample::select(VALUES.to_vec()))
            .prop_map(|(at, value)| Change::Value(at, value)),
        at().prop_map(Change::Line),
    ]
}

/// The byte range of the line that is `number`th, counted round and round.
fn line(bytes: &[u8], number: usize) -> std::ops::Range<usize> {
    let starts: Vec<usize> = std::iter::once(0)
        .chain(
            bytes
                .iter()
                .enumerate()
                .filter(|(_, b)| **b == b'\n')
                .map(|(at, _)| at + 1),
        )
        .collect();
    let index = number % starts.len();
    starts[index]..starts.get(index + 1).copied().unwrap_or(bytes.len())
}

fn apply(bytes: &mut Vec<u8>, change: &Change) {
    if bytes.is_empty() {
        return;
    }
    let within = |at: usize| at % bytes.len();
    let piece = |at: usize, length: usize| at..(at + length).min(bytes.len());
    match *change {
        Change::Byte(at, byte) => {
            let at = within(at);
            bytes[at] = byte;
        }
        Change::Cut(at, length) => {
            let range = piece(within(at), length);
            bytes.drain(range);
        }
        Change::Move(from, length, to) => {
            let (moved, to) = (bytes[piece(within(from), length)].to_vec(), within(to));
            bytes.splice(to..to, moved);
        }
        Change::Value(number, value) => {
            let range = line(bytes, number);
            let text = String::from_utf8_lossy(&bytes[range.clone()]).into_owned();
            if let Some((key, _)) = text.split_once('=') {
                bytes.splice(range, format!("{key}= {value}\n").into_bytes());
            }
        }
        Change::Line(number) => {
            let range = line(bytes, number);
            bytes.drain(range);
        }
    }
}

fn is_fit_to_show(told: &str) -> bool {
    told.chars().all(|c| c == '\n' || !c.is_control()) && hides_nhs_number(told)
}

/// Whether the NHS number that is put in does not come out; within a longer number it is none.
pub fn hides_nhs_number(told: &str) -> bool {
    let mut numbers = told.split(|c: char| !c.is_ascii_digit());
    numbers.all(|number| number != "9434765919")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_files_never_panic(
        rich in any::<bool>(),
        changes in prop::collection::vec(change(), 1..8),
    ) {
        let mut bytes = if rich { RICH } else { RAYLEIGH }.as_bytes().to_vec();
        for change in &changes {
            apply(&mut bytes, change);
        }
        if let Err(problems) = read(&bytes, "test.toml", &[], &NoFiles, &MEASURES) {
            prop_assert!(problems.count() > 0);
            prop_assert!(is_fit_to_show(&problems.to_string()), "{problems}");
        }
    }

    #[test]
    fn any_override_never_panics(
        path in "(posts|practices|period|demand|case_types|start|waiting_list|provenance|targets|options|[a-z]{0,8})([.](0|[*]|9|wte|weeks|hours|shocks|open|set|scale|add|remove|combine|\"x\"|[a-z ]{0,8})){0,4}",
        value in prop::sample::select(VALUES.to_vec()),
    ) {
        let set = [Override { path, value: value.to_owned() }];
        if let Err(problems) = read(RICH.as_bytes(), "test.toml", &set, &NoFiles, &MEASURES) {
            prop_assert!(is_fit_to_show(&problems.to_string()), "{problems}");
        }
    }

    #[test]
    fn any_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, "test.toml", &[], &NoFiles, &MEASURES);
    }
}

#[test]
fn the_rich_file_is_right() {
    super::scenario(RICH);
}
