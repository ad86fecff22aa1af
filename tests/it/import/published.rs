//! The real files, where they are beside the repository: sums that were worked out by another
//! program, reconciled to the row.

use super::{Import, real_files, scenario_of};
use crate::program::{done, rayleigh};
use splw_sim::scenario::{NoFiles, read};
use std::collections::BTreeMap;
use std::io::Write;
use tempfile::tempdir;

const MAP: &str = "gp-reg-pat-prac-map_2026-07.zip";
const LISTS: &str = "gp-reg-pat-prac-quin-age_2026-07.zip";
const WORKFORCE: &str = "PCNWFIndividualCSV.062026.zip";
const SCORES: &str = "fingertips-imd-2025-gp-practice.csv";

/// Imports from the real files; says so and gives nothing where they are not there.
fn import(arguments: &[&str]) -> Option<Import> {
    let Some(files) = real_files() else {
        let told = b"skipped: the published files are not beside the repository\n";
        std::io::stderr().write_all(told).expect("stderr takes it");
        return None;
    };
    let path = |name: &str| files.join(name).to_string_lossy().into_owned();
    let given = [
        ("--map", MAP),
        ("--lists", LISTS),
        ("--workforce", WORKFORCE),
    ];
    let mut typed = vec!["import".to_owned(), "pcn".to_owned()];
    for (flag, name) in given.into_iter().chain([("--deprivation", SCORES)]) {
        typed.extend([flag.to_owned(), path(name)]);
    }
    typed.extend(arguments.iter().map(|it| (*it).to_owned()));
    let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
    let folder = tempdir().expect("a temporary folder");
    let (code, told, errors) = done(folder.path(), &typed);
    let import = Import {
        folder,
        code,
        told,
        errors,
    };
    Some(import.succeeded())
}

fn sum(rows: &[BTreeMap<String, String>], column: &str) -> f64 {
    rows.iter()
        .filter_map(|row| row[column].parse::<f64>().ok())
        .sum()
}

/// Practices, posts and everything that chance meets are those of the shipped scenario.
#[test]
fn rayleigh_is_the_shipped_rayleigh() {
    let Some(import) = import(&["--pcn", "U30335", "--out", "out.toml"]) else {
        return;
    };
    let imported = import.scenario("out.toml");
    let shipped = std::fs::read_to_string(rayleigh()).expect("it is shipped");
    let shipped = scenario_of(&shipped);
    assert_eq!(imported.title, shipped.title);
    assert_eq!(imported.question, shipped.question);
    assert_eq!(imported.model.practices.len(), 6);
    let patients: f64 = imported.model.practices.iter().map(|it| it.list_size).sum();
    assert!((patients - 57_477.0).abs() < 1e-9);
    assert_eq!(
        format!("{:?}", imported.model),
        format!("{:?}", shipped.model)
    );
    let (code, told, errors) = done(
        import.folder.path(),
        &["run", "out.toml", "--replications", "5", "--out", "results"],
    );
    assert_eq!(code, Some(0), "{errors}");
    assert!(told.contains("Rayleigh and District PCN"));
}

#[test]
fn south_east_london_has_37_pcns() {
    let Some(import) = import(&["--icb", "QKK", "--out", "icb"]) else {
        return;
    };
    let rows = import.rows("icb/pcns.csv");
    assert_eq!(rows.len(), 37);
    assert!((sum(&rows, "patients") - 2_087_618.0).abs() < 1e-9);
    assert!((sum(&rows, "practices") - 188.0).abs() < 1e-9);
    assert!(rows.iter().all(|row| row["icb_code"] == "QKK"));
}

#[test]
fn england_is_reconciled_to_the_row() {
    let Some(import) = import(&["--england", "--out", "all", "--quiet"]) else {
        return;
    };
    let rows = import.rows("all/pcns.csv");
    assert_eq!(rows.len(), 1_298);
    assert!((sum(&rows, "patients") - 63_216_178.0).abs() < 1e-9);
    assert!((sum(&rows, "practices") - 6_087.0).abs() < 1e-9);
    // The sum of the published column, by another program; the table has six decimals.
    assert!((sum(&rows, "fte") - 2_752.503_600_029).abs() < 1e-3);
    let count = |column: &str, value: &str| rows.iter().filter(|row| row[column] == value).count();
    assert_eq!(count("in_workforce_file", "no"), 27);
    assert_eq!(count("posts", ""), 27);
    assert_eq!(count("posts", "0"), 192);
    let unmatched = import.rows("all/not_matched.csv");
    let outside: Vec<_> = unmatched
        .iter()
        .filter(|row| row["pcn_code"].is_empty())
        .collect();
    assert_eq!(outside.len(), 52);
    let outside: f64 = outside
        .iter()
        .filter_map(|row| row["patients"].parse::<f64>().ok())
        .sum();
    assert!((outside - 220_330.0).abs() < 1e-9);
    assert!((sum(&rows, "patients") + outside - 63_436_508.0).abs() < 1e-9);
    // Eleven PCNs straddle sub-ICB locations, one of them two ICBs, where it is counted once.
    let straddle = rows.iter().filter(|row| row["sub_icb_codes"].contains(' '));
    assert_eq!(straddle.count(), 11);
    let coast = rows
        .iter()
        .find(|row| row["code"] == "U41591")
        .expect("it is there");
    assert_eq!((&*coast["icb_code"], &*coast["patients"]), ("QJK", "35793"));
    let twins = rows.iter().filter(|row| row["name"] == "Grand Union PCN");
    let titles: Vec<String> = twins
        .map(|row| import.scenario(&format!("all/{}", row["scenario"])).title)
        .collect();
    assert!(titles[0].starts_with("Grand Union PCN (U09187): "));
    assert!(titles[1].starts_with("Grand Union PCN (U41025): "));
    fifths_are_fifths(&rows);
    hours_of_posts(&import, &rows);
}

/// Each fifth has a fifth of the 1,298 PCNs.
fn fifths_are_fifths(rows: &[BTreeMap<String, String>]) {
    for fifth in ["1", "2", "3", "4", "5"] {
        let count = rows
            .iter()
            .filter(|row| row["deprivation_fifth"] == fifth)
            .count();
        assert!((259..=260).contains(&count), "{count} in fifth {fifth}");
    }
}

/// The posts of all scenarios have the hours of all records.
fn hours_of_posts(import: &Import, rows: &[BTreeMap<String, String>]) {
    let mut wte = 0.0;
    for row in rows {
        let text = import.text(&format!("all/{}", row["scenario"]));
        let posts = read(
            text.as_bytes(),
            &row["scenario"],
            &[],
            &NoFiles,
            &super::targets(),
        );
        let posts = posts.expect("it is right").model.posts;
        assert!(posts.iter().all(|post| post.wte <= 1.000_001));
        wte += posts.iter().map(|post| post.wte).sum::<f64>();
    }
    assert!((wte - 2_752.503_600_029).abs() < 0.01, "{wte}");
}

#[test]
fn without_mental_health_there_are_110_fewer() {
    let Some(import) = import(&["--england", "--out", "all", "--without-mental-health"]) else {
        return;
    };
    let fte = sum(&import.rows("all/pcns.csv"), "fte");
    assert!((fte - 2_642.4).abs() < 0.05, "{fte}");
}

/// What the document shows is what the program says.
#[test]
fn the_document_shows_what_is_told() {
    let Some(files) = real_files() else {
        return;
    };
    let folder = tempdir().expect("a temporary folder");
    let path = |name: &str| files.join(name).to_string_lossy().into_owned();
    let (map, lists, workforce) = (path(MAP), path(LISTS), path(WORKFORCE));
    let typed = [
        "import",
        "pcn",
        "--map",
        &map,
        "--lists",
        &lists,
        "--workforce",
        &workforce,
    ];
    let typed = [&typed[..], &["--pcn", "rayleigh", "--out", "rayleigh.toml"]].concat();
    let (code, told, errors) = done(folder.path(), &typed);
    assert_eq!(code, Some(0), "{errors}");
    let document = include_str!("../../../docs/import.md");
    assert!(
        document.contains(&told),
        "docs/import.md does not show\n{told}"
    );
}
