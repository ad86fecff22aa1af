//! The simulation's own history, written as a service would write it, gives back what was simulated.

use crate::program::done;
use std::collections::BTreeMap;
use std::fs;
use tempfile::tempdir;

/// Two practices, hands enough, three years.
const SCENARIO: &str = r#"schema = 1
title = "Two practices"

[period]
start = 2026-10-05
weeks = 156
warm_up_weeks = 26
calendar = "england"

[experiment]
seed = 20261005

[demand]
referrals_per_1000_a_year = 24.0
weekday_factors = [0.9, 1.1, 1.1, 1.1, 0.8]
dispersion = 2.0
inappropriate_share = 0.1

[waiting_list]
patience_days = { exponential = { mean = 40 } }

[first_contact]
attempts = 3
answered_share = 0.5
days_between_attempts = 7
days_to_first_appointment = 10

[[case_types]]
name = "all"
contacts = { gamma = { mean = 5, cv = 0.4 } }
days_between_contacts = { gamma = { mean = 14, cv = 0.3 } }
dna_share = 0.1

[[practices]]
name = "Elm Surgery"
list_size = 20000

[[practices]]
name = "Oak Surgery"
list_size = 30000
referrals_per_1000_a_year = 16.0

[[posts]]
name = "Link worker 1"
wte = 12.0
leaving_rate_a_year = 0
annual_leave_days = 0
sickness_share = 0
"#;

/// What a service would have written down of a case.
#[derive(Default)]
struct Case {
    received: String,
    practice: String,
    contact: String,
    appointment: String,
    held: u32,
    missed: u32,
    calls: u32,
    ended: String,
    outcome: &'static str,
}

/// The log of a trace, from the first day of the period on.
fn log_of(trace: &str) -> String {
    let mut cases: BTreeMap<String, Case> = BTreeMap::new();
    let mut reader = csv::Reader::from_reader(trace.as_bytes());
    for row in reader.records() {
        let row = row.expect("a row");
        let day = row[2].get(..10).unwrap_or_default().to_owned();
        if row[0].is_empty() {
            continue;
        }
        let case = cases.entry(row[0].to_owned()).or_default();
        case.practice = row[5].to_owned();
        match &row[1] {
            "accepted" => case.received = day,
            // Returned at once: triage takes no time here.
            "inappropriate" => {
                (case.received, case.ended, case.outcome) = (day.clone(), day, "inappropriate");
            }
            "attempt_begins" => case.calls += 1,
            "answered" => case.contact = day,
            "contact_held" => {
                case.held += 1;
                if case.held == 1 {
                    case.appointment = day;
                }
            }
            "missed" => case.missed += 1,
            other => {
                let outcome = match other {
                    "completed" => "completed",
                    "lapsed" => "left while waiting",
                    "not_reached" => "not reached",
                    "disengaged" => "disengaged",
                    _ => continue,
                };
                (case.ended, case.outcome) = (day, outcome);
            }
        }
    }
    let mut log = String::from(
        "received,practice,first contact,first appointment,contacts,missed,attempts,discharged,outcome\n",
    );
    for it in cases.values().filter(|it| !it.received.is_empty()) {
        log += &format!(
            "{},{},{},{},{},{},{},{},{}\n",
            it.received,
            it.practice,
            it.contact,
            it.appointment,
            it.held,
            it.missed,
            it.calls,
            it.ended,
            it.outcome
        );
    }
    log
}

#[test]
fn what_was_simulated_comes_back() {
    let folder = tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    fs::write(at("two.toml"), SCENARIO).expect("a scenario");
    let (code, trace, errors) = done(folder.path(), &["trace", "two.toml", "--cases-only"]);
    assert_eq!(code, Some(0), "{errors}");
    fs::write(at("log.csv"), log_of(&trace)).expect("a log");
    // The scenario into which the fits go has none of what was simulated.
    let blank = SCENARIO
        .replace("= 24.0", "= 20.0")
        .replace("referrals_per_1000_a_year = 16.0\n", "")
        .replace("mean = 40", "mean = 91")
        .replace("answered_share = 0.5", "answered_share = 0.6")
        .replace("mean = 5, cv = 0.4", "mean = 3, cv = 0.9");
    fs::write(at("blank.toml"), blank).expect("a scenario");
    let fit = [
        "import",
        "log",
        "--referrals",
        "log.csv",
        "--scenario",
        "blank.toml",
        "--out",
        "fitted",
    ];
    let (code, _, errors) = done(folder.path(), &fit);
    assert_eq!(code, Some(0), "{errors}");
    let mut reader = csv::Reader::from_path(at("fitted/fits.csv")).expect("the table");
    let mut found: BTreeMap<(String, String), [f64; 3]> = BTreeMap::new();
    for row in reader.records() {
        let row = row.expect("a row");
        let number = |column: usize| row[column].parse().unwrap_or(f64::NAN);
        found.insert(
            (row[0].to_owned(), row[2].to_owned()),
            [number(4), number(6), number(7)],
        );
    }
    let wanted = [
        (
            "practices.\"Elm Surgery\".referrals_per_1000_a_year",
            "value",
            24.0,
        ),
        (
            "practices.\"Oak Surgery\".referrals_per_1000_a_year",
            "value",
            16.0,
        ),
        ("demand.dispersion", "value", 2.0),
        ("demand.inappropriate_share", "value", 0.1),
        ("waiting_list.patience_days", "mean", 40.0),
        ("first_contact.answered_share", "value", 0.5),
        ("case_types.\"all\".contacts", "mean", 5.0),
        ("case_types.\"all\".contacts", "cv", 0.4),
        ("case_types.\"all\".dna_share", "value", 0.1),
    ];
    for (key, name, truth) in wanted {
        let fit = found.get(&(key.to_owned(), name.to_owned()));
        let [value, low, high] = *fit.unwrap_or_else(|| panic!("no {key} {name}: {found:?}"));
        // An interval in twenty misses; none of these by more than half its width.
        let slack = (high - low) / 2.0;
        assert!(
            (low - slack..=high + slack).contains(&truth),
            "{key} {name}: {value} ({low} to {high})"
        );
    }
    // Waits for the next working day and a free worker are in these, and nothing else.
    let days = |key: &str| found[&(key.to_owned(), "mean".to_owned())][0];
    assert!((10.0..13.0).contains(&days("first_contact.days_to_first_appointment")));
    assert!((14.0..17.0).contains(&days("case_types.\"all\".days_between_contacts")));
}
