//! What the documentation shows is true: its commands run, its links lead somewhere, and what it
//! says that the program prints is what the program prints (`readme`).

mod markdown;
mod readme;
mod shipped;

use crate::program::files;
use assert_cmd::Command;
use markdown::{anchors, code_lines, code_spans, links, words};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use tempfile::{TempDir, tempdir};

/// The scenario of the README's main command.
const MAIN: &str = "scenarios/rayleigh.toml";

#[test]
fn commands_run() {
    let place = place_with_scenarios();
    let mut seen = BTreeSet::new();
    for (file, command) in shown_commands() {
        if !seen.insert(command.clone()) {
            continue;
        }
        let output = output_of(place.path(), &shortened(words(&command)));
        assert!(
            output.status.success(),
            "{file} shows `{command}`, which ends with {}:\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert!(seen.iter().any(|command| command.starts_with("check")));
    assert!(seen.contains(&format!("run {MAIN}")));
}

#[test]
fn links_lead_somewhere() {
    let broken: Vec<String> = documents()
        .iter()
        .flat_map(|(file, text)| {
            let broken = links(text).into_iter().filter_map(|link| {
                let why = why_broken(file, &link)?;
                Some(format!("{file} links to {link}: {why}"))
            });
            broken.collect::<Vec<_>>()
        })
        .collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

/// What the program does with `words` in the folder `place`.
fn output_of<S: AsRef<OsStr>>(place: &Path, words: &[S]) -> Output {
    Command::cargo_bin("splw-sim")
        .expect("the program is built with the tests")
        .current_dir(place)
        .args(words)
        .output()
        .expect("the program starts")
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A temporary folder with the shipped scenarios in it, where commands can be run.
fn place_with_scenarios() -> TempDir {
    let place = tempdir().expect("a temporary folder");
    for (name, content) in files(&root().join("scenarios")) {
        let path = place.path().join("scenarios").join(name);
        fs::create_dir_all(path.parent().expect("below the folder")).expect("a folder is made");
        fs::write(path, content).expect("a scenario is copied");
    }
    // What docs/import.md imports, without the published files.
    let imported = place.path().join("rayleigh.toml");
    fs::copy(root().join(MAIN), imported).expect("a scenario is copied");
    // What docs/import-log.md fits, of one referral.
    let log = "received,practice\n2026-04-01,F81061\n";
    fs::write(place.path().join("log.csv"), log).expect("a log is written");
    place
}

/// The documents: name and text.
fn documents() -> Vec<(String, String)> {
    let docs = fs::read_dir(root().join("docs")).expect("docs can be read");
    let mut names: Vec<String> = docs
        .map(|entry| entry.expect("docs can be read").file_name())
        .map(|name| format!("docs/{}", name.to_string_lossy()))
        .filter(|name| name.ends_with(".md"))
        .chain(["README.md".to_owned(), "CHANGELOG.md".to_owned()])
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| (name.clone(), read(&name)))
        .collect()
}

/// The commands that documents and scenarios show, without the program's name, and where.
fn shown_commands() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (file, text) in documents() {
        // In prose a command may be named without its file.
        let spans = code_spans(&text).into_iter();
        let spans = spans.filter(|span| span.contains(".toml") || span.contains("--"));
        let of_document = code_lines(&text).into_iter().chain(spans);
        found.extend(of_document.map(|line| (file.clone(), line)));
    }
    for (name, content) in files(&root().join("scenarios")) {
        let text = String::from_utf8(content).expect("scenarios are UTF-8");
        let comments = text.lines().filter_map(|line| line.strip_prefix('#'));
        found.extend(comments.map(|line| (format!("scenarios/{name}"), line.trim().to_owned())));
    }
    found
        .into_iter()
        .filter_map(|(file, line)| Some((file, arguments(&line)?)))
        .collect()
}

/// What is typed after the program's name, if `line` is a command and no pattern of one.
fn arguments(line: &str) -> Option<String> {
    let line = line.trim();
    let typed = ["splw-sim ", "cargo run --release -- "]
        .iter()
        .find_map(|program| line.strip_prefix(program))?;
    let ends = [" > ", " | ", " # "]
        .iter()
        .filter_map(|end| typed.find(end));
    let typed = typed[..ends.min().unwrap_or(typed.len())].trim_end();
    let is_placeholder =
        |word: &str| word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase);
    // Within a script `$` begins a value that only the script knows.
    let is_script = typed.contains('$');
    let is_pattern =
        is_script || typed.contains("...") || words(typed).iter().any(|word| is_placeholder(word));
    (!is_pattern).then(|| typed.to_owned())
}

/// The same command with few replications.
fn shortened(mut words: Vec<String>) -> Vec<String> {
    if words.first().is_some_and(|command| command == "verify") {
        return of_one_system(words);
    }
    if words.first().is_some_and(|command| command == "sweep") {
        return of_two_points(words);
    }
    if words.first().is_some_and(|command| command == "calibrate") {
        words.extend(["--replications", "40", "--overwrite"].map(str::to_owned));
        return words;
    }
    if words.first().is_none_or(|command| command != "run") || words.contains(&"--help".to_owned())
    {
        return words;
    }
    let few: &[&str] = if words.contains(&"--precision".to_owned()) {
        &["experiment.replications=2", "experiment.max_replications=9"]
    } else if words.contains(&"--replication-range".to_owned()) {
        &[]
    } else if let Some(at) = words.iter().position(|word| word == "--replications") {
        words[at + 1] = "2".to_owned();
        &[]
    } else {
        &["experiment.replications=2"]
    };
    words.extend(
        few.iter()
            .flat_map(|key| ["--set".to_owned(), (*key).to_owned()]),
    );
    words.push("--overwrite".to_owned());
    words
}

/// A study of two points, each simulated once.
fn of_two_points(mut words: Vec<String>) -> Vec<String> {
    if !words.iter().any(|word| word == "--dry-run") {
        let few = ["--max-points", "2", "--replications", "1", "--overwrite"];
        words.extend(few.map(str::to_owned));
    }
    words
}

/// A proof of the system that takes least, in the quick form.
fn of_one_system(mut words: Vec<String>) -> Vec<String> {
    for (option, value) in [("--quick", None), ("--only", Some("erlang-b"))] {
        if !words.iter().any(|word| word == option) {
            words.push(option.to_owned());
            words.extend(value.map(str::to_owned));
        }
    }
    words
}

/// Why a link of `file` does not lead anywhere; links to other sites are taken on trust.
fn why_broken(file: &str, link: &str) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (path, heading) = link.split_once('#').unwrap_or((link, ""));
    let folder = root().join(Path::new(file).parent().unwrap_or(Path::new("")));
    let target = if path.is_empty() {
        root().join(file)
    } else {
        folder.join(path)
    };
    if !target.exists() {
        return Some("there is no such file".to_owned());
    }
    if heading.is_empty() {
        return None;
    }
    let text = fs::read_to_string(&target).unwrap_or_default();
    let is_there = anchors(&text).iter().any(|anchor| anchor == heading);
    (!is_there).then(|| "there is no such heading".to_owned())
}

#[test]
fn commands_and_patterns_of_commands_are_told_apart() {
    assert_eq!(arguments("splw-sim run FILE"), None);
    assert_eq!(arguments("splw-sim run a.toml --set ..."), None);
    assert_eq!(arguments("splw-sim"), None);
    let typed = |line| arguments(line).expect("a command");
    assert_eq!(
        typed("splw-sim schema > docs/scenario.schema.json"),
        "schema"
    );
    assert_eq!(typed("cargo run --release -- check a.toml"), "check a.toml");
    assert_eq!(
        shortened(words("run a.toml --replications 500")),
        ["run", "a.toml", "--replications", "2", "--overwrite"]
    );
    assert_eq!(shortened(words("check a.toml")), ["check", "a.toml"]);
    assert_eq!(
        shortened(words("verify")),
        ["verify", "--quick", "--only", "erlang-b"]
    );
}
