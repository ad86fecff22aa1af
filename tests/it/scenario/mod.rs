//! Scenario files: what is accepted, what it means, and how what is wrong is told.

#![allow(
    clippy::float_cmp,
    reason = "values are read, not computed: they come out exactly"
)]

mod clinics;
mod compare;
mod conflicts;
mod contract;
mod costs;
mod door;
mod fuzz;
mod lead_time;
mod like;
mod meaning;
mod mistakes;
mod mutation;
mod naming;
mod options;
mod overrides;
mod presets;
mod published;
mod recommend;
mod referred;
mod refusals;
mod rota;
mod sharing;
mod start;
mod uncertain;
mod workers;
mod workforce;

use splw_sim::scenario::{NoFiles, Override, Problems, Scenario, read};

/// The scenario that the interface prints, to the letter.
const RAYLEIGH: &str = include_str!("rayleigh.toml");

/// Measures that targets may use here.
const MEASURES: [&str; 3] = [
    "contacted_within_7_days",
    "contacted_within_14_days",
    "contacted_within_28_days",
];

/// A small scenario with everything that must be there.
const SMALL: &str = r#"schema = 1
title = "Small"
pathway = "guidance"

[period]
start = 2026-10-05
weeks = 52

[[practices]]
name = "Mill Lane"
ods_code = "A10001"
list_size = 9000

[[practices]]
name = "High Street"
list_size = 6000

[[posts]]
name = "Link worker"
wte = 1.0
"#;

fn try_read(text: &str) -> Result<Scenario, Problems> {
    read(text.as_bytes(), "test.toml", &[], &NoFiles, &MEASURES)
}

/// The scenario of a text that is right.
fn scenario(text: &str) -> Scenario {
    try_read(text).unwrap_or_else(|problems| panic!("refused:\n{problems}"))
}

/// What is said about a text that is wrong.
fn refusal(text: &str) -> Problems {
    match try_read(text) {
        Ok(_) => panic!("accepted:\n{text}"),
        Err(problems) => problems,
    }
}

/// The small scenario with one piece replaced.
fn small_with(piece: &str, by: &str) -> String {
    assert!(SMALL.contains(piece), "{piece} is in the small scenario");
    SMALL.replacen(piece, by, 1)
}

/// The small scenario with more at its end.
fn small_and(more: &str) -> String {
    format!("{SMALL}\n{more}\n")
}

/// A scenario with values set from outside: `path=value`.
fn try_set(text: &str, set: &[&str]) -> Result<Scenario, Problems> {
    let overrides: Vec<Override> = set
        .iter()
        .map(|argument| Override::parse(argument).expect("path=value"))
        .collect();
    read(
        text.as_bytes(),
        "test.toml",
        &overrides,
        &NoFiles,
        &MEASURES,
    )
}

fn set(text: &str, set: &[&str]) -> Scenario {
    try_set(text, set).unwrap_or_else(|problems| panic!("refused:\n{problems}"))
}

/// Asserts that a text is refused with exactly one problem, about this key and in these words.
#[track_caller]
fn refused_for(text: &str, key: &str, words: &str) {
    let problems = refusal(text);
    let told: Vec<&str> = problems
        .iter()
        .map(|problem| problem.key.as_str())
        .collect();
    assert_eq!(told, [key], "\n{problems}");
    assert!(
        problems.to_string().contains(words),
        "no \"{words}\" in\n{problems}"
    );
}
