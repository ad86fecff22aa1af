//! Whom the tables are about: sources where there are several, and not where there is one.

use super::refusals::SMALL;
use super::{files, program};
use std::collections::{BTreeMap, BTreeSet};
use tempfile::tempdir;

const TWO: &str = "[[sources]]
name = \"GP\"
share = 0.7
priority = 2
[[sources]]
name = \"Self-referral\"
share = 0.3
";

const ONE: &str = "[[sources]]\nname = \"GP\"\nshare = 1\n";

/// The files of a run of the small service with these sources, as text.
fn run(sources: &str) -> BTreeMap<String, String> {
    let place = tempdir().expect("a temporary folder");
    let scenario = place.path().join("small.toml");
    std::fs::write(&scenario, format!("{SMALL}{sources}")).expect("a scenario");
    let out = place.path().join("out");
    let mut command = program();
    command.arg("run").arg(&scenario).arg("--out").arg(&out);
    command.args(["--quiet", "--replications", "4"]);
    command.assert().success();
    let tables = files(&out)
        .into_iter()
        .filter(|(name, _)| name.ends_with("csv"));
    tables
        .map(|(name, bytes)| (name, String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

/// Names of the scope `source` in a table, by the columns of its header.
fn sources(table: &str) -> BTreeSet<&str> {
    let mut rows = table
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let header = rows.next().expect("a header");
    let scope = header.iter().position(|it| *it == "scope").expect("scope");
    let of_sources = rows.filter(|row| row[scope] == "source");
    of_sources.map(|row| row[scope + 1]).collect()
}

#[test]
fn two_sources_have_rows() {
    let tables = run(TWO);
    for name in ["summary.csv", "replications.csv", "waits.csv"] {
        let told = sources(&tables[name]);
        assert_eq!(told, BTreeSet::from(["GP", "Self-referral"]), "{name}");
    }
    assert!(sources(&tables["weekly.csv"]).is_empty());
    for measure in [
        "referrals_received",
        "inappropriate",
        "wait_to_first_contact_days_mean",
        "caseload_mean",
    ] {
        let row = format!("base,source,Self-referral,{measure},");
        assert!(tables["summary.csv"].contains(&row), "{row}");
    }
}

/// A single source gives the very tables of a file that names none.
#[test]
fn one_source_has_none_and_changes_nothing() {
    let tables = run(ONE);
    assert!(tables.values().all(|table| sources(table).is_empty()));
    assert!(tables == run(""), "a single source is no source");
}
