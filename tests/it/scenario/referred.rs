//! Files that a scenario refers to: observed values.

use super::{MEASURES, small_and};
use splw_sim::model::Distribution;
use splw_sim::scenario::{Files, Problems, Scenario, read};

/// One file, whatever its name.
struct One(&'static [u8]);

impl Files for One {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        match name {
            "waits.csv" | "data/waits.csv" => Ok(self.0.to_vec()),
            _ => Err("there is no such file".to_owned()),
        }
    }
}

fn with(file: &str, column: &str, content: &'static [u8]) -> Result<Scenario, Problems> {
    let values = format!("{{ empirical = {{ file = \"{file}\", column = \"{column}\" }} }}");
    let text = small_and(&format!("[waiting_list]\npatience_days = {values}"));
    read(text.as_bytes(), "test.toml", &[], &One(content), &MEASURES)
}

fn told(file: &str, column: &str, content: &'static [u8]) -> String {
    match with(file, column, content) {
        Ok(_) => panic!("accepted"),
        Err(problems) => {
            assert_eq!(problems.count(), 1, "\n{problems}");
            problems.to_string()
        }
    }
}

const GOOD: &[u8] = b"\xef\xbb\xbfweek,days\r\n1,3\r\n2,14.5\r\n3,0\r\n";

#[test]
fn values_come_from_a_column() {
    let scenario = with("data/waits.csv", "days", GOOD).expect("right");
    let values = Distribution::Empirical(vec![3.0, 14.5, 0.0]);
    assert_eq!(scenario.model.policy.patience_days, Some(values));
    assert_eq!(scenario.files.len(), 1);
    assert_eq!(scenario.files[0].name, "data/waits.csv");
    assert_eq!(scenario.files[0].bytes, GOOD);
}

#[test]
fn files_stay_inside_the_folder() {
    for outside in [
        "../waits.csv",
        "/etc/passwd",
        "a/../../b",
        "C:waits.csv",
        "a\\\\b.csv",
        "./a",
        "a//b",
    ] {
        assert!(
            told(outside, "days", GOOD).contains("out of the scenario's folder"),
            "{outside}"
        );
    }
}

#[test]
fn what_is_wrong_is_told_by_row_and_column_never_by_content() {
    assert!(told("none.csv", "days", GOOD).contains("there is no such file"));
    assert!(told("waits.csv", "day", GOOD).contains("did you mean `days`?"));
    let told_row = told("waits.csv", "days", b"week,days\n1,3\n2,Smith\n");
    assert!(
        told_row.contains("row 3, column `days`") && !told_row.contains("Smith"),
        "{told_row}"
    );
    assert!(told("waits.csv", "days", b"week,days\n1,-3\n").contains("row 2"));
    assert!(told("waits.csv", "days", b"week,days\n1,nan\n").contains("row 2"));
    assert!(told("waits.csv", "days", b"week,days\n1\n").contains("row 2"));
    assert!(told("waits.csv", "days", b"week,days\n").contains("has no rows"));
    assert!(told("waits.csv", "days", b"").contains("the file is empty"));
    assert!(told("waits.csv", "days", b"d\0a\0y\0s\0").contains("UTF-16"));
}
