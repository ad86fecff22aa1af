//! Bad input and wrong usage: a clear message, the right exit code, nothing made.

use super::{done, names, program};
use std::path::Path;
use tempfile::{TempDir, tempdir};

/// A scenario that is right, and small.
pub const SMALL: &str = r#"schema = 1
title = "Small"
[period]
start = 2026-10-05
weeks = 4
[[case_types]]
name = "all"
contacts = 2
[[practices]]
name = "Practice"
list_size = 3000
[[posts]]
name = "Link worker"
wte = 1.0
"#;

/// Runs the bytes as a scenario; gives the exit code, stderr, and what is left in the folder.
fn refused(bytes: &[u8]) -> (Option<i32>, String, Vec<String>) {
    let place = tempdir().expect("a temporary folder");
    std::fs::write(place.path().join("s.toml"), bytes).expect("a scenario");
    run_in(&place, "s.toml")
}

fn run_in(place: &TempDir, name: &str) -> (Option<i32>, String, Vec<String>) {
    let mut command = program();
    command
        .current_dir(place.path())
        .args(["run", name, "--quiet"]);
    let output = command.output().expect("the program runs");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), stderr, names(place.path()))
}

#[test]
fn the_small_scenario_is_right() {
    let (code, stderr, left) = refused(SMALL.as_bytes());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    assert_eq!(left, ["output", "s.toml"]);
}

#[test]
fn seven_mistakes_give_seven_messages_and_no_folder() {
    let text = SMALL
        .replace("weeks = 4", "weeks = -4")
        .replace("start = 2026-10-05", "start = 2026-13-05x")
        .replace("contacts = 2", "contacts = nan");
    let (code, _, left) = refused(text.as_bytes());
    assert_eq!(code, Some(1), "a syntax error");
    assert_eq!(left, ["s.toml"]);

    let text = SMALL
        .replace("weeks = 4", "weeks = -4")
        .replace("contacts = 2", "contacts = nan\ndna_share = 1.2")
        .replace("list_size = 3000", "list_size = 0\nlistsize = 3")
        .replace("wte = 1.0", "wte = 0\nserves = [\"Nowhere\"]");
    let (code, stderr, left) = refused(text.as_bytes());
    assert_eq!(code, Some(1));
    assert_eq!(stderr.matches("error: ").count(), 7, "{stderr}");
    for line in [5, 8, 9, 12, 13, 16, 17] {
        assert!(
            stderr.contains(&format!("s.toml:{line}:")),
            "line {line} in\n{stderr}"
        );
    }
    assert_eq!(stderr.matches("found").count(), 7, "{stderr}");
    assert_eq!(left, ["s.toml"], "no folder is made");
}

#[test]
fn what_is_no_scenario_gets_a_clear_line() {
    let utf16: Vec<u8> = SMALL.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let with_mark = [&[0xff, 0xfe][..], &utf16].concat();
    let cases: [(&[u8], &str); 6] = [
        (b"", "empty"),
        (&[0, 159, 146, 150, 0, 1, 2], "binary"),
        (&utf16, "save it as UTF-8"),
        (&with_mark, "save it as UTF-8"),
        (b"title = \"caf\xe9\"", "save it as UTF-8"),
        (b"PK\x03\x04rest", "zip"),
    ];
    for (bytes, expected) in cases {
        let (code, stderr, left) = refused(bytes);
        assert_eq!(code, Some(1), "{expected}");
        assert!(stderr.contains(expected), "{expected} in {stderr}");
        assert!(stderr.lines().count() <= 6, "short: {stderr}");
        assert_eq!(left, ["s.toml"]);
    }
}

#[test]
fn a_byte_order_mark_and_dos_line_ends_are_fine() {
    let text = format!("\u{feff}{}", SMALL.replace('\n', "\r\n"));
    assert_eq!(refused(text.as_bytes()).0, Some(0));
}

#[test]
fn a_huge_file_is_refused_unread() {
    let place = tempdir().expect("a temporary folder");
    let file = std::fs::File::create(place.path().join("s.toml")).expect("a file");
    file.set_len(100_000_000).expect("a sparse file");
    let (code, stderr, _) = run_in(&place, "s.toml");
    assert_eq!(code, Some(1));
    assert!(stderr.contains("larger than 10 MB"), "{stderr}");
}

#[test]
fn a_folder_and_a_missing_file_are_said_to_be_so() {
    let place = tempdir().expect("a temporary folder");
    std::fs::create_dir(place.path().join("folder")).expect("a folder");
    let (code, stderr, _) = run_in(&place, "folder");
    assert_eq!(code, Some(1));
    let empty = "there is no scenario in folder: no file whose name ends in .toml";
    assert!(stderr.contains(empty), "{stderr}");
    let (code, _, stderr) = done(place.path(), &["check", "folder"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("it is a folder"), "{stderr}");
    let (code, stderr, _) = run_in(&place, "nothing.toml");
    assert_eq!(code, Some(1));
    assert!(stderr.contains("there is no such file"), "{stderr}");
}

#[test]
fn wrong_usage_is_told_from_a_refused_scenario() {
    let scenario = super::rayleigh();
    let scenario = scenario.to_string_lossy();
    let wrong: [&[&str]; 7] = [
        &["run"],
        &["dance"],
        &["run", &scenario, "--threads", "0"],
        &["run", &scenario, "--replication-range", "5..5"],
        &["run", &scenario, "--replication-range", "a..b"],
        &["run", &scenario, "--set", "posts.0.wte"],
        &[
            "run",
            &scenario,
            "--replications",
            "5",
            "--precision",
            "0.1",
        ],
    ];
    for arguments in wrong {
        let output = program()
            .args(arguments)
            .output()
            .expect("the program runs");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty());
        assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
    }
}

#[test]
fn an_override_is_named_where_it_is_wrong() {
    let output = program()
        .arg("check")
        .arg(super::rayleigh())
        .args([
            "--set",
            "posts.0.wte=-1",
            "--set",
            "posts.0.wtee=1",
            "--seed",
            "3",
        ])
        .output()
        .expect("the program runs");
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr.contains("--set posts.0.wte=-1"), "{stderr}");
    assert!(stderr.contains("did you mean"), "{stderr}");
}

#[test]
fn a_referred_file_stays_inside_the_folder() {
    let place = tempdir().expect("a temporary folder");
    let inside = place.path().join("inside");
    std::fs::create_dir(&inside).expect("a folder");
    std::fs::write(place.path().join("secret.csv"), "days\n1\n").expect("a file");
    std::fs::write(inside.join("days.csv"), "days\n7\n14\n21\n").expect("a file");
    let scenario = |file: &str| {
        SMALL.replace(
            "contacts = 2",
            &format!("contacts = {{ empirical = {{ file = \"{file}\", column = \"days\" }} }}"),
        )
    };
    let run = |file: &str| {
        std::fs::write(inside.join("s.toml"), scenario(file)).expect("a scenario");
        let mut command = program();
        command.current_dir(&inside).args([
            "run",
            "s.toml",
            "--quiet",
            "--overwrite",
            "--replications",
            "2",
        ]);
        let output = command.output().expect("the program runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    assert_eq!(run("days.csv").0, Some(0));
    assert_eq!(
        std::fs::read(inside.join("output/s/inputs/days.csv")).expect("a copy"),
        b"days\n7\n14\n21\n"
    );
    for outside in [
        "../secret.csv",
        &place.path().join("secret.csv").to_string_lossy(),
    ] {
        let (code, stderr) = run(outside);
        assert_eq!(code, Some(1), "{outside}: {stderr}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(place.path().join("secret.csv"), inside.join("link.csv"))
            .expect("a link");
        assert_eq!(run("link.csv").0, Some(1), "links are resolved first");
    }
}

/// The folder of a copied run holds its inputs, and runs again by itself.
#[test]
fn inputs_of_a_results_folder_are_found_again() {
    let place = tempdir().expect("a temporary folder");
    std::fs::write(place.path().join("days.csv"), "days\n1\n2\n3\n").expect("a file");
    let text = SMALL.replace(
        "contacts = 2",
        "contacts = { empirical = { file = \"days.csv\", column = \"days\" } }",
    );
    std::fs::write(place.path().join("s.toml"), text).expect("a scenario");
    let run = |folder: &Path, name: &str, out: &str| {
        let mut command = program();
        command.current_dir(folder).args([
            "run",
            name,
            "--quiet",
            "--replications",
            "2",
            "--out",
            out,
        ]);
        command.assert().success();
    };
    run(place.path(), "s.toml", "first");
    run(&place.path().join("first"), "scenario.toml", "../second");
    assert_eq!(
        super::files(&place.path().join("first")),
        super::files(&place.path().join("second"))
    );
}
