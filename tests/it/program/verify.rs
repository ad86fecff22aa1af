//! `splw-sim verify` as a user meets it; what it proves is tested in `verification`.

use super::{names, program};
use std::path::Path;
use std::process::Output;
use tempfile::tempdir;

/// The proof of the system that takes least.
fn verify(place: &Path, options: &[&str]) -> Output {
    program()
        .current_dir(place)
        .args(["verify", "--quick", "--only", "erlang-b"])
        .args(options)
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn it_prints_theory_ours_interval_and_verdict() {
    let place = tempdir().expect("a temporary folder");
    let output = verify(place.path(), &[]);
    assert_eq!(
        (output.status.code(), text(&output.stderr).as_str()),
        (Some(0), "")
    );
    let printed = text(&output.stdout);
    let row = printed
        .lines()
        .find(|line| line.contains("lapsed / referrals_accepted"));
    let row: Vec<&str> = row.expect("a row").split_whitespace().collect();
    assert_eq!(row[..4], ["lapsed", "/", "referrals_accepted", "0.1680"]);
    assert_eq!((row[6], row[8]), ("to", "holds"));
    assert!(
        printed.contains("All 6 known answers of 3 systems (1 model) hold."),
        "{printed}"
    );
    assert_eq!(
        verify(place.path(), &["--threads", "1"]).stdout,
        output.stdout
    );
    assert!(
        names(place.path()).is_empty(),
        "nothing is written unless asked for"
    );
}

#[test]
fn its_table_goes_into_a_folder_of_its_own() {
    let place = tempdir().expect("a temporary folder");
    let output = verify(place.path(), &["--out", "proof"]);
    assert!(text(&output.stdout).ends_with("The table is in proof/verification.csv\n"));
    assert_eq!(
        names(&place.path().join("proof")),
        ["manifest.json", "verification.csv"]
    );
    let table =
        std::fs::read_to_string(place.path().join("proof/verification.csv")).expect("it is there");
    assert_eq!(table.lines().count(), 7);
    assert!(
        table.lines().skip(1).all(|row| row.ends_with(",holds")),
        "{table}"
    );
    let other = program()
        .current_dir(place.path())
        .args(["verify", "--quick", "--only", "little", "--out", "proof"])
        .output()
        .expect("the program runs");
    assert_eq!(
        other.status.code(),
        Some(3),
        "another proof's folder is not written over"
    );
    let seed = verify(place.path(), &["--out", "proof", "--seed", "7"]);
    assert_eq!(seed.status.code(), Some(3), "nor one of another seed");
    assert_ne!(
        verify(place.path(), &["--seed", "7"]).stdout,
        verify(place.path(), &[]).stdout,
        "another seed is other chance"
    );
}

#[test]
fn what_is_not_there_is_refused() {
    let place = tempdir().expect("a temporary folder");
    let output = program()
        .current_dir(place.path())
        .args(["verify", "--only", "rayleigh"])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(
        said.contains("rayleigh") && said.contains("erlang-a, erlang-b, erlang-c"),
        "{said}"
    );
}
