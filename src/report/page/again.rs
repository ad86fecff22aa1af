//! How to run it again: the exact command, version, seed and checksums.

use super::table::{Cell, Column, Place, Row, Table};
use super::whole::{Part, Section};
use crate::report::manifest::Manifest;

/// The section.
pub(super) fn section(manifest: &Manifest) -> Section {
    Section {
        id: "again",
        heading: "How to run it again".to_owned(),
        parts: vec![
            Part::Words(format!(
                "In the folder of this page, with version {} of {}:",
                manifest.version, manifest.program
            )),
            Part::Code(command(manifest)),
            Part::Words(
                "gives the same numbers to the last digit, on any machine and any number of threads; `diff` of the two \
                 folders shows run.log alone, which says when and where it was run."
                    .to_owned(),
            ),
            Part::Table(facts(manifest)),
        ],
    }
}

/// The command that gives the folder again, from the copy of the scenario that lies in it.
pub(super) fn command(manifest: &Manifest) -> String {
    let mut words = vec![
        manifest.program.clone(),
        manifest.command.clone(),
        what_is_run(manifest).to_owned(),
    ];
    for change in &manifest.overrides {
        let given = GIVEN.iter().find_map(|(key, option)| {
            let value = change.strip_prefix(key)?;
            Some([(*option).to_owned(), quoted(value)])
        });
        words.extend(given.unwrap_or_else(|| ["--set".to_owned(), quoted(change)]));
    }
    if let Some([from, to]) = manifest.replication_range {
        words.extend(["--replication-range".to_owned(), format!("{from}..{to}")]);
    }
    words.extend(["--out".to_owned(), "again".to_owned()]);
    words.join(" ")
}

/// Overrides that have an option of their own on the command line.
const GIVEN: [(&str, &str); 3] = [
    ("option=", "--option"),
    ("sweep.seed=", "--seed"),
    ("sweep.replications=", "--replications"),
];

/// The file's name in the folder.
const STUDY: &str = "study.toml";

/// The file that is run: of a study the study, which names its scenario.
fn what_is_run(manifest: &Manifest) -> &'static str {
    match manifest.command.as_str() {
        "sweep" => STUDY,
        _ => "scenario.toml",
    }
}

/// A word as a shell takes it whole, in double quotes where that is enough.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-=/:+,".contains(c);
    if word.chars().all(is_plain) {
        return word.to_owned();
    }
    match word.contains(['"', '$', '`', '\\', '!']) {
        true => format!("'{}'", word.replace('\'', "'\\''")),
        false => format!("\"{word}\""),
    }
}

fn facts(manifest: &Manifest) -> Table {
    let mut facts = vec![
        (
            "Program".to_owned(),
            format!("{} {}", manifest.program, manifest.version),
        ),
        (
            "Format of the file".to_owned(),
            format!("schema {}", manifest.schema),
        ),
        ("Seed".to_owned(), manifest.seed.to_string()),
        ("Replications".to_owned(), manifest.replications.to_string()),
        (
            "SHA-256 of scenario.toml".to_owned(),
            manifest.scenario_sha256.clone(),
        ),
    ];
    let inputs = manifest.inputs.iter();
    facts.extend(inputs.map(|(name, sum)| {
        let name = match name.as_str() {
            STUDY => STUDY.to_owned(),
            name => format!("inputs/{name}"),
        };
        (format!("SHA-256 of {name}"), sum.clone())
    }));
    let rows = facts.into_iter().map(|(name, value)| Row {
        name,
        place: Place::default(),
        cells: vec![Cell::Words(value)],
    });
    Table {
        id: "manifest".to_owned(),
        caption: "What was run".to_owned(),
        columns: vec![Column::of_words("What"), Column::of_words("Value")],
        rows: rows.collect(),
        note: "manifest.json says the same for programs.".to_owned(),
        ..Table::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_can_be_typed_as_it_stands() {
        let cases = [
            ("posts.0.wte=2", "posts.0.wte=2"),
            (
                "posts.\"Link worker 1\".wte=2",
                "'posts.\"Link worker 1\".wte=2'",
            ),
            ("Second post", "\"Second post\""),
            ("it's $5", "'it'\\''s $5'"),
            ("posts.*.wte=1", "\"posts.*.wte=1\""),
        ];
        for (word, expected) in cases {
            assert_eq!(quoted(word), expected);
        }
    }
}
