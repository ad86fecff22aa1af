//! What is printed: it fits a terminal, has colours there and nowhere else, and scripts have JSON.

use super::{done, program, rayleigh, run_rayleigh};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::tempdir;

const ESCAPE: char = '\u{1b}';

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every shipped scenario.
fn shipped() -> Vec<PathBuf> {
    let entries = fs::read_dir(here().join("scenarios")).expect("they are there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<PathBuf> = paths
        .filter(|it| it.extension().is_some_and(|it| it == "toml"))
        .collect();
    files.sort();
    assert!(files.len() > 10);
    files
}

/// What the program prints for these arguments, into a folder that goes again.
fn printed(arguments: &[&str]) -> String {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out").to_string_lossy().into_owned();
    let mut all = arguments.to_vec();
    if arguments[0] != "check" {
        all.extend(["--out", &out]);
    }
    let (code, text, told) = done(here(), &all);
    assert_eq!(code, Some(0), "{arguments:?}: {told}");
    text.replace(&out, "OUT")
}

#[track_caller]
fn assert_fits(text: &str, what: &str) {
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{what}: {line}");
    }
}

#[test]
fn every_answer_fits_eighty_columns() {
    for file in shipped() {
        let text = fs::read_to_string(&file).expect("it can be read");
        let file = file.to_string_lossy();
        assert_fits(&printed(&["check", &file]), &format!("check {file}"));
        let is_uncertain = text.contains("[uncertainty]");
        let few = if is_uncertain {
            "uncertainty.replications=2"
        } else {
            "experiment.replications=3"
        };
        assert_fits(
            &printed(&["run", &file, "--set", few]),
            &format!("run {file}"),
        );
        if text.contains("[[options]]") {
            assert_fits(
                &printed(&["compare", &file, "--set", few]),
                &format!("compare {file}"),
            );
        }
        if text.contains("[recommend]") {
            let budget = "recommend.budget_replications=200";
            let told = printed(&["recommend", &file, "--set", budget, "--set", few]);
            assert_fits(&told, &format!("recommend {file}"));
        }
    }
}

#[test]
fn a_run_shows_the_waiting_list_week_by_week() {
    let file = rayleigh();
    let text = printed(&["run", &file.to_string_lossy(), "--replications", "3"]);
    let after = text
        .split("People on the waiting list, week by week\n  ")
        .nth(1)
        .expect("it is shown");
    let blocks: Vec<char> = after.lines().next().expect("a line").chars().collect();
    // 104 weeks, two a block.
    assert_eq!(blocks.len(), 52);
    assert!(blocks.iter().all(|it| ('▁'..='█').contains(it)));
    assert!(
        after
            .lines()
            .nth(1)
            .is_some_and(|it| it.contains("in the first week")),
        "{after}"
    );
}

#[test]
fn nothing_of_colour_reaches_a_pipe() {
    let file = rayleigh();
    let file = file.to_string_lossy();
    let few = ["--replications", "20"];
    for command in ["run", "compare", "check"] {
        let mut arguments = vec![command, &file];
        if command != "check" {
            arguments.extend(few);
        }
        assert!(!printed(&arguments).contains(ESCAPE), "{command}");
    }
    for arguments in [
        &["verify", "--quick", "--only", "little"][..],
        &["--help"],
        &["schema"],
        &["man"],
        &["nothing"],
    ] {
        let (_, out, told) = done(here(), arguments);
        assert!(!(out + &told).contains(ESCAPE), "{arguments:?}");
    }
}

/// A run of Rayleigh with these variables, as printed.
fn run_with(variables: &[(&str, &str)]) -> String {
    let place = tempdir().expect("a temporary folder");
    let mut command = run_rayleigh(&place.path().join("out"), &["--replications", "3"]);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    let output = command
        .envs(variables.iter().copied())
        .output()
        .expect("it runs");
    let text = String::from_utf8(output.stdout).expect("text is UTF-8");
    text.lines()
        .filter(|it| !it.starts_with("Results are in"))
        .map(|it| format!("{it}\n"))
        .collect()
}

#[test]
fn colour_can_be_asked_for_and_refused() {
    let plain = run_with(&[]);
    let coloured = run_with(&[("CLICOLOR_FORCE", "1")]);
    assert!(!plain.contains(ESCAPE));
    assert!(
        coloured.contains("\u{1b}[1mBe careful\u{1b}[0m\n"),
        "{coloured}"
    );
    assert!(
        coloured.contains("\u{1b}[31mmissed\u{1b}[0m\n"),
        "{coloured}"
    );
    let marks = ["\u{1b}[1m", "\u{1b}[31m", "\u{1b}[32m", "\u{1b}[0m"];
    let bare = marks
        .iter()
        .fold(coloured, |text, mark| text.replace(mark, ""));
    assert_eq!(bare, plain, "the letters are the same");
    let refused = run_with(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]);
    assert_eq!(refused, plain);
}

/// Says why a test did nothing.
fn skipped(why: &str) {
    // Nobody has to read it.
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// Runs the program on a terminal of its own; `None` where there is no `script` that makes one.
fn on_a_terminal(line: &str, variables: &[(&str, &str)]) -> Option<String> {
    let mut command = Command::new("script");
    command
        .args(["-qec", line, "/dev/null"])
        .current_dir(here())
        .stdin(Stdio::null());
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "LC_ALL",
        "LC_CTYPE",
    ] {
        command.env_remove(name);
    }
    command
        .env("TERM", "xterm")
        .env("LANG", "C.UTF-8")
        .envs(variables.iter().copied());
    let output = command.output().ok().filter(|it| it.status.success())?;
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn a_terminal_has_colour_progress_and_the_letters_it_can_show() {
    let place = tempdir().expect("a temporary folder");
    let bin = assert_cmd::cargo::cargo_bin("splw-sim");
    let line = |out: &str| {
        format!(
            "{} run scenarios/rayleigh.toml --replications 40 --out {}",
            bin.display(),
            place.path().join(out).display()
        )
    };
    let Some(text) = on_a_terminal(&line("a"), &[]) else {
        skipped("there is no script(1) to make a terminal");
        return;
    };
    assert!(
        text.contains("\u{1b}[1mBe careful\u{1b}[0m") && text.contains('█'),
        "{text}"
    );
    assert!(
        text.contains("of 40 replications, ") && text.contains(" left"),
        "{text}"
    );
    let bare = on_a_terminal(&line("b"), &[("NO_COLOR", "1"), ("LANG", "C")]).expect("as before");
    assert!(
        !bare.contains("\u{1b}[1m") && !bare.contains("\u{1b}[31m"),
        "{bare}"
    );
    assert!(
        !bare.contains('█') && bare.contains("week by week"),
        "{bare}"
    );
    let without = on_a_terminal(&line("c"), &[("CLICOLOR", "0")]).expect("as before");
    assert!(
        !without.contains("\u{1b}[1m") && without.contains('█'),
        "{without}"
    );
    let quiet = on_a_terminal(&format!("{} --quiet", line("d")), &[]).expect("as before");
    assert!(quiet.trim().is_empty(), "{quiet}");
}

#[test]
fn every_command_that_prints_a_result_prints_json() {
    let file = rayleigh();
    let file = file.to_string_lossy();
    let read = |text: String| serde_json::from_str::<Value>(&text).expect("JSON");
    let few = ["--replications", "20", "--format", "json"];
    let run = read(printed(&[&["run", &file][..], &few].concat()));
    assert_eq!(run["targets"][0]["reached"][0]["verdict"], "missed");
    assert_eq!(run["targets"][0]["measure"], "contacted_within_14_days");
    let compared = read(printed(&[&["compare", &file][..], &few].concat()));
    assert_eq!(
        compared["targets"][1]["reached"].as_array().map(Vec::len),
        Some(4)
    );
    assert_eq!(compared["targets"][1]["reached"][3]["option"], "Both");
    read(printed(&["check", &file, "--format", "json"]));
    let traced = read(printed(&["trace", &file, "--format", "json"]));
    assert!(
        traced["rows"].as_u64().is_some_and(|rows| rows > 1_000),
        "{traced}"
    );
    assert_eq!(traced["file"], "OUT/trace.csv");
    let budget = "recommend.budget_replications=100";
    let asked = [
        "recommend",
        "scenarios/recruit-to-target.toml",
        "--set",
        budget,
    ];
    let told = read(printed(&[&asked[..], &few].concat()));
    assert!(told["answer"].is_array());
    let (code, out, _) = done(
        here(),
        &["verify", "--quick", "--only", "little", "--format", "json"],
    );
    assert_eq!(code, Some(0));
    read(out);
    let (code, _, told) = done(here(), &["trace", &file, "--format", "json"]);
    assert_eq!(code, Some(2), "rows on stdout are CSV: {told}");
}

#[test]
fn shells_complete_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = done(here(), &["completions", shell]);
        assert_eq!(code, Some(0), "{shell}");
        for word in [
            "recommend",
            "compare",
            "replication-range",
            "completions",
            "overwrite",
        ] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    let (code, _, told) = done(here(), &["completions", "basic"]);
    assert_eq!(code, Some(2));
    assert!(
        told.contains("bash") && told.contains("powershell"),
        "{told}"
    );
}

/// What bash completes, asked as bash asks.
#[test]
fn bash_takes_its_script() {
    let (_, script, _) = done(here(), &["completions", "bash"]);
    let ask = "COMP_WORDS=(splw-sim com); COMP_CWORD=1; \
               [[ $(complete -p splw-sim) =~ -F\\ ([^ ]+) ]]; \"${BASH_REMATCH[1]}\" splw-sim com splw-sim; echo \"${COMPREPLY[*]}\"";
    let bash = Command::new("bash")
        .args(["--norc", "-c", &format!("{script}\n{ask}")])
        .output();
    let Ok(output) = bash else {
        skipped("there is no bash");
        return;
    };
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(
        said.trim(),
        "compare completions",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn there_is_a_manual_page_of_the_program_and_of_each_command() {
    let (code, page, _) = done(here(), &["man"]);
    assert_eq!(code, Some(0));
    for part in [".TH splw-sim 1", ".SH NAME", ".SH SUBCOMMANDS", "recommend"] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let (code, page, _) = done(here(), &["man", "compare"]);
    assert_eq!(code, Some(0));
    for part in [
        ".TH splw-sim-compare 1",
        "difference\\-precision",
        "splw\\-sim compare",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
    let (code, _, told) = done(here(), &["man", "walk"]);
    assert_eq!(code, Some(2));
    assert!(
        told.contains("there is no command walk") && told.contains("recommend"),
        "{told}"
    );
    let again = program().arg("man").output().expect("it runs").stdout;
    let first = program().arg("man").output().expect("it runs").stdout;
    assert_eq!(first, again, "no date of today");
}
