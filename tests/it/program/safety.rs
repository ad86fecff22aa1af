//! Safety of inputs and outputs: what could be taken for a formula or a person is refused, nothing says who
//! ran it, nothing talks to a network, and an open workbook is not written over.

use super::{done, files, rayleigh, run_rayleigh};
use std::fs;
use std::path::Path;
use tempfile::tempdir;

/// Refuses Rayleigh with one text of it in another's place; gives what is told.
fn told_of(text: &str, instead: &str) -> (Option<i32>, String) {
    let place = tempdir().expect("a temporary folder");
    let scenario = fs::read_to_string(rayleigh()).expect("it is there");
    assert!(scenario.contains(text), "{text}");
    fs::write(
        place.path().join("odd.toml"),
        scenario.replacen(text, instead, 1),
    )
    .expect("written");
    let (code, _, told) = done(
        place.path(),
        &["run", "odd.toml", "--replications", "1", "--quiet"],
    );
    assert_eq!(
        place.path().join("output").exists(),
        code == Some(0),
        "{told}"
    );
    (code, told)
}

#[test]
fn text_that_a_spreadsheet_takes_for_a_formula_is_refused_wherever_it_stands() {
    let texts = [
        "\"Rayleigh and District PCN: one link worker, six practices\"",
        "\"How many of the people referred are ever seen, and after how long?\"",
        "\"Conner & Partners\"",
        "\"F81061\"",
        "\"Link worker 1\"",
        "\"light\"",
        "\"Half the missed appointments\"",
    ];
    for text in texts {
        for bad in [
            "=1+1",
            "+44",
            "-1",
            "@SUM(A1)",
            "＝1",
            "\\t=1",
            "a\\u0007b",
            "a\\u202Eb",
        ] {
            let (code, told) = told_of(text, &format!("\"{bad}\""));
            assert_eq!(code, Some(1), "{bad} for {text}: {told}");
        }
    }
}

#[test]
fn what_looks_like_an_nhs_number_is_refused_and_not_repeated() {
    for number in ["9434765919", "943 476 5919"] {
        let (code, told) = told_of("\"Link worker 1\"", &format!("\"for {number}\""));
        assert_eq!(code, Some(1));
        assert!(told.contains("looks like an NHS number"), "{told}");
        assert!(!told.contains("5919"), "{told}");
    }
}

#[test]
fn nothing_says_who_ran_it_or_where() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    let user = "surname-of-somebody";
    let mut run = run_rayleigh(&out, &["--replications", "2", "--quiet"]);
    run.env("USER", user)
        .env("USERNAME", user)
        .env("LOGNAME", user)
        .env("HOSTNAME", user);
    run.assert().success();
    let folder = place.path().to_string_lossy().into_owned();
    let mut written = files(&out);
    written.insert(
        "run.log".to_owned(),
        fs::read(out.join("run.log")).expect("it is there"),
    );
    for (name, bytes) in written {
        for secret in [user, folder.as_str()] {
            let is_there = bytes
                .windows(secret.len())
                .any(|it| it == secret.as_bytes());
            assert!(!is_there, "{name} has {secret}");
        }
    }
}

/// No source file names the network, and no crate that the program is built from is made for it.
#[test]
fn nothing_talks_to_a_network() {
    let sources = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    for (name, text) in sources {
        let text = String::from_utf8_lossy(&text).into_owned();
        assert!(
            !text.contains("std::net") && !text.contains("TcpStream"),
            "{name}"
        );
    }
    let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"));
    let lock = lock.expect("it is there");
    let networking = [
        "reqwest",
        "hyper",
        "ureq",
        "curl",
        "tokio",
        "rustls",
        "native-tls",
        "socket2",
        "mio",
    ];
    for name in networking {
        assert!(!lock.contains(&format!("name = \"{name}\"")), "{name}");
    }
}

/// Found before anything is simulated, and what is there stays.
#[test]
fn a_workbook_that_is_open_is_not_written_over() {
    for lock in [".~lock.results.xlsx#", "~$results.xlsx"] {
        let place = tempdir().expect("a temporary folder");
        let out = place.path().join("out");
        let options = ["--replications", "2", "--quiet"];
        run_rayleigh(&out, &options).assert().success();
        let before = files(&out);
        fs::write(out.join(lock), "somebody").expect("it can be written");
        let again = run_rayleigh(&out, &options).output().expect("it runs");
        assert_eq!(again.status.code(), Some(3));
        let told = String::from_utf8_lossy(&again.stderr).into_owned();
        assert!(
            told.contains("results.xlsx is open in another program; close it and run again"),
            "{told}"
        );
        fs::remove_file(out.join(lock)).expect("it is there");
        assert_eq!(files(&out), before);
        run_rayleigh(&out, &options).assert().success();
    }
}
