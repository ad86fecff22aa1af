//! Who may import whom: the rooms of `src/` and the paths between them.
//!
//! The sources are read as text, without comments, strings and test modules, and every path that
//! begins with `crate`, or climbs out of its module with `super`, is held against [`ROOMS`].

mod source;

use source::{Source, test_modules};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Each room of `src/` and what it may import from this crate, besides itself.
const ROOMS: [(&str, &[&str]); 11] = [
    ("model", &[]),
    ("stats", &[]),
    ("theory", &[]),
    ("scenario", &["model"]),
    ("engine", &["model"]),
    (
        "measure",
        &[
            "model",
            "engine::Observations",
            "engine::observations",
            "stats",
        ],
    ),
    ("experiment", &["model", "engine", "measure", "stats"]),
    (
        "verification",
        &["scenario", "measure", "experiment", "stats", "theory"],
    ),
    (
        "report",
        &[
            "model",
            "measure",
            "experiment",
            "stats",
            "theory",
            "verification",
        ],
    ),
    ("import", &["scenario::file", "model::calendar", "stats"]),
    ("cli", &[ANYTHING]),
];

/// May be imported: everything.
const ANYTHING: &str = "*";

/// Crates that only one place may name.
const ONLY_IN: [(&str, &str); 12] = [
    ("plotters", "report/plots"),
    ("resvg", "report/plots"),
    ("rayon", "experiment"),
    ("radsort", "measure"),
    ("rust_xlsxwriter", "report/workbook"),
    ("parquet", "report/columnar"),
    ("clap", "cli"),
    ("clap_complete", "cli"),
    ("clap_mangen", "cli"),
    ("indicatif", "cli"),
    ("ctrlc", "cli"),
    ("toml", "scenario"),
];

/// Lines of a source file at most.
const LONGEST_FILE: usize = 500;

#[test]
fn every_import_goes_down() {
    let sources = sources();
    let rooms: BTreeSet<&str> = sources.iter().filter_map(Source::room).collect();
    let unlisted = rooms
        .iter()
        .filter(|room| !ROOMS.iter().any(|(known, _)| known == *room))
        .map(|room| format!("src/{room} is no room that this test knows"));
    let astray = sources.iter().flat_map(astray);
    assert_none(unlisted.chain(astray).collect());
}

#[test]
fn each_tool_has_its_place() {
    let misplaced = |source: &Source| -> Vec<String> {
        let named = source.tokens.iter().filter_map(|token| {
            let (name, place) = ONLY_IN.iter().find(|(name, _)| token.text == *name)?;
            let at_home = source.name.starts_with(&format!("{place}/"))
                || source.name == format!("{place}.rs");
            (!at_home).then(|| {
                format!(
                    "src/{}:{} names {name}, which only src/{place} may",
                    source.name, token.line
                )
            })
        });
        named.collect()
    };
    assert_none(sources().iter().flat_map(misplaced).collect());
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = |(name, text): &(String, String)| {
        (!text.starts_with("//!")).then(|| format!("src/{name} does not open with //!"))
    };
    assert_none(files().iter().filter_map(silent).collect());
}

#[test]
fn no_file_is_too_long_to_read() {
    let long = |(name, text): &(String, String)| {
        let lines = text.lines().count();
        (lines > LONGEST_FILE)
            .then(|| format!("src/{name} has {lines} lines, more than {LONGEST_FILE}"))
    };
    assert_none(files().iter().filter_map(long).collect());
}

fn assert_none(problems: Vec<String>) {
    assert!(problems.is_empty(), "\n{}", problems.join("\n"));
}

/// The paths of a source that leave its room for one that it may not import.
fn astray(source: &Source) -> Vec<String> {
    let Some(room) = source.room() else {
        return Vec::new();
    };
    let allowed = ROOMS
        .iter()
        .find(|(known, _)| *known == room)
        .map_or(&[] as &[&str], |(_, allowed)| *allowed);
    let is_allowed = |path: &str| {
        let within = |of: &&str| path == *of || path.starts_with(&format!("{of}::"));
        allowed.contains(&ANYTHING) || within(&room) || allowed.iter().any(within)
    };
    let leaving = source
        .paths()
        .into_iter()
        .filter(|(_, path)| !is_allowed(path.as_str()));
    leaving
        .map(|(line, path)| {
            format!(
                "src/{}:{line}: {room} may not import crate::{path}",
                source.name
            )
        })
        .collect()
}

/// Every file below `src/`: its path there, with slashes, and its text.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src is readable") {
            let path = entry.expect("src is readable").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).expect("sources are UTF-8");
                found.insert(name_below(&root, &path), text);
            }
        }
    }
    found.into_iter().collect()
}

fn name_below(root: &Path, path: &Path) -> String {
    let parts = path
        .strip_prefix(root)
        .expect("found below the root")
        .components()
        .map(|part| part.as_os_str().to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}

/// The sources without those that are compiled for tests alone.
fn sources() -> Vec<Source> {
    let files = files();
    let for_tests: Vec<PathBuf> = files
        .iter()
        .flat_map(|(name, text)| test_modules(name, text))
        .collect();
    let is_for_tests = |name: &str| {
        let path = Path::new(name).with_extension("");
        for_tests.iter().any(|module| path.starts_with(module))
    };
    files
        .iter()
        .filter(|(name, _)| !is_for_tests(name))
        .map(|(name, text)| Source::new(name, text))
        .collect()
}

#[test]
fn a_path_upwards_is_a_problem() {
    let problems = |name: &str, text: &str| astray(&Source::new(name, text)).len();
    assert_eq!(problems("model/time.rs", "use crate::engine::Plan;"), 1);
    assert_eq!(
        problems("stats/moments.rs", "use super::super::model::Day;"),
        1
    );
    assert_eq!(problems("measure/work.rs", "use crate::engine::Plan;"), 1);
    assert_eq!(
        problems("measure/work.rs", "use crate::engine::observations::Count;"),
        0
    );
    assert_eq!(
        problems(
            "report/answer.rs",
            "use crate::{model::Model, scenario::read};"
        ),
        1
    );
    assert_eq!(problems("cli/run.rs", "use crate::report::tables;"), 0);
    assert_eq!(problems("lib.rs", "pub use crate::cli::main;"), 0);
}
