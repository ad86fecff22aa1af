//! Calibrations as a user runs them: what is found, what cannot be, what does not fit, what is refused.

use super::{done, files};
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

/// A small service over a quarter, of which every run takes a moment.
const SERVICE: &str = r#"# A small service.
schema = 1
title = "A small service"
[period]
start = 2026-01-05
weeks = 13
warm_up_weeks = 8
[experiment]
seed = 20261005
[demand]
referrals_per_1000_a_year = 20.0    # a guess
[waiting_list]
patience_days = { exponential = { mean = 60 } }     # days
[[case_types]]
name = "all"
contacts = 3
[[practices]]
name = "Elm"
list_size = 9000
[[practices]]
name = "Oak"
list_size = 5000
[[posts]]
name = "Ann"
wte = 1.0
client_share = 0.6      # D
caseload_cap = 12
[[options]]
name = "A larger list of cases"
set."posts.0.caseload_cap" = 20
[provenance]
"demand.referrals_per_1000_a_year" = { source = "a large study", grade = "A" }
"#;

/// What is asked: patience and places, from four numbers and one held back.
const ASKED: &str = r#"
schema = 1
scenario = "service.toml"
[calibrate]
points = 8
replications = 40
[[calibrate.vary]]
key = "waiting_list.patience_days.exponential.mean"
from = 15
to = 240
scale = "log"
[[calibrate.vary]]
key = "posts.*.caseload_cap"
from = 4
to = 30
[[calibrate.observed]]
measure = "waiting_list"
date = 2026-03-25
value = 24
standard_error = 2
[[calibrate.observed]]
measure = "caseload_mean"
post = "Ann"
value = 11.8
standard_error = 0.5
[[calibrate.observed]]
measure = "lapsed"
value = 32
[[calibrate.observed]]
measure = "waiting_list_mean"
value = 24
hold_back = "yes"
"#;

/// A folder with the service and what is asked of it.
fn place(service: &str, asked: &str) -> TempDir {
    let place = tempdir().expect("a temporary folder");
    fs::write(place.path().join("service.toml"), service).expect("written");
    fs::write(place.path().join("asked.toml"), asked).expect("written");
    place
}

fn calibrate(place: &TempDir, more: &[&str]) -> (Option<i32>, String, String) {
    let mut arguments = vec!["calibrate", "asked.toml", "--out", "out"];
    arguments.extend(more);
    done(place.path(), &arguments)
}

/// What a calibration that goes well says, in one line.
fn said(asked: &str, more: &[&str]) -> (TempDir, String) {
    let place = place(SERVICE, asked);
    let (code, told, errors) = calibrate(&place, more);
    assert_eq!(code, Some(0), "{errors}");
    let words: Vec<&str> = told.split_whitespace().collect();
    (place, words.join(" "))
}

/// The text with another in place of a part of it, which it has.
fn with(text: &str, old: &str, new: &str) -> String {
    let changed = text.replace(old, new);
    assert_ne!(changed, text, "`{old}` is not there");
    changed
}

fn read(place: &TempDir, name: &str) -> String {
    fs::read_to_string(place.path().join(name)).expect(name)
}

/// A cell of a table: of the first row that begins so, the one under this heading.
fn cell(table: &str, begin: &str, heading: &str) -> String {
    let mut lines = table.lines();
    let headings: Vec<&str> = lines.next().expect("headings").split(',').collect();
    let row = lines.find(|line| line.starts_with(begin)).expect("the row");
    let at = headings.iter().position(|it| *it == heading);
    row.split(',')
        .nth(at.expect("the column"))
        .expect("the cell")
        .to_owned()
}

#[test]
fn a_folder_has_the_fit_and_a_scenario_that_runs() {
    let (place, told) = said(ASKED, &["--threads", "1"]);
    assert!(
        told.contains("The model reproduces the 3 numbers"),
        "{told}"
    );
    assert!(told.contains("The number held back"), "{told}");
    let calibrated = read(&place, "out/calibrated.toml");
    assert!(calibrated.starts_with("# A small service.\n") && calibrated.contains("# a guess"));
    let inputs = read(&place, "out/calibration.csv");
    for key in [
        "waiting_list.patience_days.exponential.mean",
        "posts.*.caseload_cap",
    ] {
        let estimate = cell(&inputs, key, "estimate");
        assert!(
            calibrated.contains(&format!("= {estimate}")),
            "{key}: {estimate}"
        );
        let row = format!("\"{key}\" = {{ source = \"calibrated with splw-sim");
        assert!(calibrated.contains(&row), "{calibrated}");
        assert_eq!(cell(&inputs, key, "identified"), "yes");
    }
    assert!(calibrated.contains("[[options]]"), "the options are lost");
    let numbers = read(&place, "out/fit.csv");
    assert_eq!(
        cell(&numbers, "pcn,PCN,waiting_list,", "date"),
        "2026-03-25"
    );
    assert_eq!(
        cell(&numbers, "pcn,PCN,waiting_list_mean", "held_back"),
        "yes"
    );
    assert_eq!(cell(&numbers, "post,Ann,caseload_mean", "within"), "yes");
    for name in [
        "plots/fit.svg",
        "plots/fit.png",
        "manifest.json",
        "calibration.toml",
        "run.log",
    ] {
        assert!(place.path().join("out").join(name).is_file(), "{name}");
    }
    let (code, _, errors) = done(place.path(), &["check", "out/calibrated.toml"]);
    assert_eq!(code, Some(0), "{errors}");

    // The folder can be calibrated again by itself, on other threads, to the same bytes.
    let again = [
        "calibrate",
        "out/calibration.toml",
        "--out",
        "again",
        "--threads",
        "2",
    ];
    let (code, _, errors) = done(place.path(), &again);
    assert_eq!(code, Some(0), "{errors}");
    let bytes = |folder: &str| files(&place.path().join(folder));
    let (mut one, mut other) = (bytes("out"), bytes("again"));
    one.retain(|name, _| !name.ends_with("run.log"));
    other.retain(|name, _| !name.ends_with("run.log"));
    assert!(one.len() > 6 && one == other, "not the same bytes");
}

#[test]
fn numbers_that_nothing_fits_are_told_and_no_scenario_is_written() {
    // Nobody gives up, though the list is long and people wait.
    let (place, told) = said(&with(ASKED, "value = 32", "value = 250"), &[]);
    assert!(
        told.contains("No values within the bounds reproduce the 3 numbers"),
        "{told}"
    );
    assert!(told.contains("Furthest off is"), "{told}");
    assert!(!place.path().join("out/calibrated.toml").exists());
    let inputs = read(&place, "out/calibration.csv");
    assert_eq!(cell(&inputs, "posts", "ci95_low"), "");
}

#[test]
fn an_estimate_at_its_bound_is_said_to_be() {
    let bounded = with(ASKED, "to = 240", "to = 30");
    let loose = with(&bounded, "value = 32", "value = 20\nstandard_error = 30");
    let loose = with(&loose, "standard_error = 2\n", "standard_error = 6\n");
    let (_, told) = said(&loose, &[]);
    assert!(
        told.contains("waiting_list.patience_days.exponential.mean stands at its upper bound, 30"),
        "{told}"
    );
}

#[test]
fn a_number_held_back_that_does_not_fit_is_flagged() {
    let (place, told) = said(
        &with(ASKED, "value = 24\nhold_back", "value = 60\nhold_back"),
        &[],
    );
    assert!(
        told.contains("The model reproduces the 3 numbers"),
        "{told}"
    );
    assert!(
        told.contains("does not lie where the fit foretold: waiting list mean (60 observed"),
        "{told}"
    );
    let numbers = read(&place, "out/fit.csv");
    assert_eq!(cell(&numbers, "pcn,PCN,waiting_list_mean", "within"), "no");
    assert!(told.contains("below the level of 5%"), "{told}");
    let figure = read(&place, "out/plots/fit.svg");
    assert!(
        figure.contains("the one held back does not"),
        "the title says so"
    );
    assert!(
        figure.contains("Observed less simulated"),
        "as in the table"
    );
    let (_, it) = figure
        .split_once("waiting list mean: 60 observed")
        .expect("its distance");
    let (_, after) = it.split_once("after ").expect("its distance");
    assert!(
        after.starts_with(|it: char| it.is_ascii_digit()),
        "{after:.20}"
    );
}

#[test]
fn inputs_that_cannot_be_told_apart_are_named_together() {
    let key = "key = \"waiting_list.patience_days.exponential.mean\"\nfrom = 15\nto = 240\nscale = \"log\"";
    let asked = with(
        ASKED,
        key,
        "key = \"practices.Elm.list_size\"\nfrom = 2000\nto = 20000\nscale = \"log\"",
    );
    let rest = asked.find("[[calibrate.observed]]").expect("it observes");
    let places = "key = \"posts.*.caseload_cap\"\nfrom = 4\nto = 30";
    let asked = with(
        &asked[..rest],
        places,
        "key = \"demand.referrals_per_1000_a_year\"\nfrom = 8\nto = 60\nscale = \"log\"\noverride_evidence = \"yes\"",
    );
    let asked = format!(
        "{asked}[[calibrate.observed]]\nmeasure = \"referrals_received\"\nvalue = 70\n\
         [[calibrate.observed]]\nmeasure = \"referrals_accepted\"\nvalue = 70\n"
    );
    let (_, told) = said(&asked, &[]);
    assert!(
        told.contains(
            "practices.Elm.list_size and demand.referrals_per_1000_a_year cannot be told apart"
        ),
        "{told}"
    );
    assert!(told.contains("less of"), "{told}");
    assert!(
        told.contains("Adjusted against evidence, as asked: demand"),
        "{told}"
    );
}

#[test]
fn programs_get_the_same_answer() {
    let (_, told) = said(ASKED, &["--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&told).expect("it is JSON");
    assert_eq!(json["reproduced"], true);
    assert_eq!(json["inputs"][1]["key"], "posts.*.caseload_cap");
    assert!(json["inputs"][1]["ci95"][0].as_f64().expect("an end") >= 4.0);
    assert_eq!(json["numbers"][3]["held_back"], true);
}

#[test]
fn everything_wrong_with_a_file_is_told_at_once() {
    let wrong = r#"
schema = 1
scenario = "service.toml"
[calibrate]
replications = 40
[[calibrate.vary]]
key = "demand.referrals_per_1000_a_year"
from = 10
to = 30
[[calibrate.vary]]
key = "posts.0.client_shaer"
from = 0.4
to = 0.8
[[calibrate.vary]]
key = "waiting_list.patience_days"
from = 20
to = 100
[[calibrate.vary]]
key = "posts.*.sickness_share"
from = 0.2
to = 0.1
[[calibrate.vary]]
key = "posts.0.training_days"
from = 0
to = 10
scale = "log"
[[calibrate.vary]]
key = "posts.0.wte"
from = 0.5
to = 20000
[[calibrate.observed]]
measure = "contacted_within_28_days"
value = 62
[[calibrate.observed]]
measure = "waiting_list"
value = 130
[[calibrate.observed]]
measure = "waiting_list"
date = 2026-10-01
value = 130
[[calibrate.observed]]
measure = "caselaod_mean"
post = "Ann"
value = 70
[[calibrate.observed]]
measure = "caseload_mean"
post = "Anne"
value = 70
[[calibrate.observed]]
measure = "lapsed"
value = 20
sampled = 50
"#;
    let place = place(SERVICE, wrong);
    let (code, told, errors) = calibrate(&place, &[]);
    assert_eq!((code, told.as_str()), (Some(1), ""));
    for (what, line) in [
        ("rests on evidence of grade A", 7),
        ("leads to no key: `client_shaer`", 11),
        ("\"waiting_list.patience_days.exponential.mean\"", 15),
        ("is not more than `from`", 21),
        ("is not above 0, where factors begin", 24),
        ("`calibrate.vary.5.to` is out of range", 30),
        ("for 62% write 0.62", 33),
        ("say which week with `date`", 35),
        ("lies outside the period", 39),
        ("did you mean `caseload_mean`?", 42),
        ("did you mean `Ann`?", 47),
        ("is for shares alone", 52),
    ] {
        assert!(errors.contains(what), "`{what}` is not told:\n{errors}");
        assert!(
            errors.contains(&format!("asked.toml:{line}:")),
            "line {line} of `{what}`:\n{errors}"
        );
    }
    assert!(!place.path().join("out").exists(), "a folder is left");
}

#[test]
fn what_is_too_little_is_refused() {
    let two = ASKED
        .find("[[calibrate.observed]]\nmeasure = \"caseload_mean\"")
        .expect("the second");
    let place_of = |asked: &str| {
        let place = place(SERVICE, asked);
        let (code, _, errors) = calibrate(&place, &[]);
        assert_eq!(code, Some(1), "{errors}");
        errors
    };
    let errors = place_of(&ASKED[..two]);
    assert!(
        errors.contains("has fewer numbers to fit to than there are keys to adjust"),
        "{errors}"
    );
    let shared = with(
        ASKED,
        "replications = 40",
        "replications = 40\nhold_back_share = 0.7",
    );
    assert!(
        place_of(&shared).contains("has fewer numbers"),
        "those held back count"
    );
    let none = &ASKED[..ASKED.find("[[calibrate.vary]]").expect("it varies")];
    let errors = place_of(none);
    assert!(errors.contains("`calibrate.vary` is missing"), "{errors}");
    assert!(
        errors.contains("`calibrate.observed` is missing"),
        "{errors}"
    );
    // Nobody is refused in any run.
    let same = with(
        ASKED,
        "measure = \"lapsed\"\nvalue = 32",
        "measure = \"refused\"\nvalue = 0",
    );
    let errors = place_of(&same);
    assert!(
        errors.contains("`refused` is the same in every run"),
        "{errors}"
    );
}

#[test]
fn files_of_other_kinds_are_told_what_they_are() {
    let place = place(SERVICE, ASKED);
    let tell = |arguments: &[&str]| {
        let (code, _, errors) = done(place.path(), arguments);
        assert_eq!(code, Some(1), "{errors}");
        errors
    };
    assert!(tell(&["calibrate", "service.toml"]).contains("this is a scenario, not a calibration"));
    let run = tell(&["run", "asked.toml"]);
    assert!(
        run.contains("this is a calibration of a scenario") && run.contains("splw-sim calibrate")
    );
    assert!(tell(&["sweep", "asked.toml"]).contains("this is a calibration, not a study"));
    let (code, _, errors) = calibrate(&place, &["--set", "calibrate.points=3"]);
    assert_eq!(code, Some(2), "{errors}");
}

/// What is given on the command line is in what is run and in what is written.
#[test]
fn overrides_are_kept() {
    let (place, _) = said(
        ASKED,
        &[
            "--set",
            "posts.Ann.wte=0.8",
            "--set",
            "first_contact.attempts=2",
        ],
    );
    let calibrated = read(&place, "out/calibrated.toml");
    assert!(
        calibrated.contains("wte = 0.8") && calibrated.contains("[first_contact]\nattempts = 2")
    );
}

/// Another calibration's results are not replaced unasked, and a scenario with [start] keeps its day.
#[test]
fn a_time_of_its_own_is_not_mixed_with_a_list_of_today() {
    let today = with(SERVICE, "warm_up_weeks = 8\n", "");
    let today = format!(
        "{today}[start]\nwaiting = [{{ practice = \"Elm\", count = 5, waited_days = 10 }}]\n"
    );
    let asked = with(
        ASKED,
        "[calibrate]\n",
        "[calibrate]\nstart = 2026-01-05\nwarm_up_weeks = 4\n",
    );
    let place = place(&today, &asked);
    let (code, _, errors) = calibrate(&place, &[]);
    assert_eq!(code, Some(1), "{errors}");
    assert!(errors.contains("the scenario has [start]"), "{errors}");
    assert!(!Path::new("out").exists());
}
