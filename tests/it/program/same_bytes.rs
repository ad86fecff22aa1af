//! Law 4: the same scenario and seed give the same bytes, on any number of threads, again and
//! again, and in parts.

use super::{files, run_rayleigh};
use tempfile::tempdir;

#[test]
fn any_number_of_threads_gives_the_same_folder() {
    let place = tempdir().expect("a temporary folder");
    let run = |name: &str, threads: &str| {
        let out = place.path().join(name);
        run_rayleigh(
            &out,
            &["--replications", "40", "--threads", threads, "--quiet"],
        )
        .assert()
        .success();
        files(&out)
    };
    let one = run("one", "1");
    assert!(one.contains_key("summary.csv") && one.contains_key("plots/contacted.png"));
    assert_eq!(one, run("two", "2"), "two threads");
    assert_eq!(one, run("five", "5"), "five threads");
    assert_eq!(one, run("again", "2"), "a second run");
}

#[test]
fn parts_of_the_replications_concatenate_to_the_whole() {
    let place = tempdir().expect("a temporary folder");
    let rows = |name: &str, options: &[&str]| {
        let out = place.path().join(name);
        run_rayleigh(&out, options)
            .arg("--quiet")
            .assert()
            .success();
        let text =
            std::fs::read_to_string(out.join("replications.csv")).expect("the table is there");
        let (header, rows) = text.split_once('\n').expect("a header");
        (header.to_owned(), rows.to_owned())
    };
    let (header, whole) = rows("whole", &["--replications", "12"]);
    let (_, first) = rows(
        "first",
        &["--replications", "12", "--replication-range", "0..5"],
    );
    let (_, second) = rows(
        "second",
        &["--replications", "12", "--replication-range", "5..12"],
    );
    assert_eq!(header, "option,replication,scope,name,measure,unit,value");
    assert_eq!(whole, first + &second);
}

#[test]
fn precision_stops_at_the_same_replication_on_any_number_of_threads() {
    let place = tempdir().expect("a temporary folder");
    let run = |name: &str, threads: &str| {
        let out = place.path().join(name);
        let options = ["--precision", "0.02", "--threads", threads, "--quiet"];
        run_rayleigh(&out, &options).assert().success();
        files(&out)
    };
    assert_eq!(run("one", "1"), run("three", "3"));
}

#[test]
fn a_results_folder_can_be_run_again_by_itself() {
    let place = tempdir().expect("a temporary folder");
    let (first, again) = (place.path().join("first"), place.path().join("again"));
    let options = ["--replications", "6", "--set", "posts.0.wte=2", "--quiet"];
    run_rayleigh(&first, &options).assert().success();
    super::program()
        .arg("run")
        .arg(first.join("scenario.toml"))
        .arg("--out")
        .arg(&again)
        .args(options)
        .assert()
        .success();
    assert_eq!(files(&first), files(&again));
}
