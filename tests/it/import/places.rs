//! Where scenarios go: ICBs and England as folders, files that are there already.

use super::{ELM, Files};
use std::fs;

#[test]
fn a_pcn_in_two_icbs_is_counted_once() {
    let elmshire = Files::new()
        .import(&["--icb", "Q9A", "--out", "icb"])
        .succeeded();
    let rows = elmshire.rows("icb/pcns.csv");
    let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str()).collect();
    assert_eq!(codes, ["U90001", "U90004"]);
    let told = elmshire
        .told
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    assert!(
        told.contains("Ash and Oak PCN (U90002) has practices here too"),
        "{told}"
    );
    assert!(
        told.contains("1 practice, 300 patients: in no PCN of the map (Walk-in Centre (P90010))"),
        "{told}"
    );

    let ash = Files::new()
        .import(&["--icb", "ash, oak", "--out", "icb"])
        .succeeded();
    let rows = ash.rows("icb/pcns.csv");
    let codes: Vec<&str> = rows.iter().map(|row| row["code"].as_str()).collect();
    assert_eq!(codes, ["U90002", "U90003"]);
    assert_eq!(rows[0]["icb_code"], "Q9B5C");
    assert_eq!(rows[0]["sub_icb_codes"], "91A 92B3C");
    assert_eq!(rows[0]["patients"], "14000");
    let told = ash.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("Its practices lie in 2 ICBs; it is counted in NHS Ash"),
        "{told}"
    );
}

#[test]
fn england_is_a_folder_with_a_table() {
    let all = Files::new()
        .import(&["--england", "--out", "all"])
        .succeeded();
    let rows = all.rows("all/pcns.csv");
    let told = |row: usize, columns: [&str; 6]| columns.map(|it| rows[row][it].clone());
    let columns = [
        "code",
        "practices",
        "patients",
        "in_workforce_file",
        "posts",
        "fte",
    ];
    assert_eq!(
        told(0, columns),
        ["U90001", "3", "26500", "yes", "7", "4.936667"]
    );
    let in_mental_health = |row: usize| rows[row]["mental_health_wte"].as_str();
    assert_eq!([0, 1, 2].map(in_mental_health), ["0.75", "", "0"]);
    // Not known is empty, none is 0.
    assert_eq!(told(1, columns), ["U90002", "2", "14000", "no", "", ""]);
    assert_eq!(told(2, columns), ["U90003", "1", "7000", "yes", "0", "0"]);
    for row in &rows {
        let scenario = all.scenario(&format!("all/{}", row["scenario"]));
        let patients: f64 = scenario.model.practices.iter().map(|it| it.list_size).sum();
        assert_eq!(format!("{patients}"), row["patients"]);
        assert!(scenario.title.starts_with(&row["name"]));
    }
    // Two PCNs of one name are told apart.
    assert!(
        all.scenario("all/U90003.toml")
            .title
            .starts_with("Twin PCN (U90003): ")
    );
    let unmatched = all.rows("all/not_matched.csv");
    let of = |code: &str| unmatched.iter().find(|row| row["code"] == code);
    let why = |code: &str| of(code).map(|row| row["why"].clone()).unwrap_or_default();
    assert_eq!(why("U90099"), "in the workforce file, not in the map");
    assert_eq!(of("U90099").map(|row| row["fte"].as_str()), Some("0.8"));
    assert_eq!(
        of("U90099").map(|row| row["name"].as_str()),
        Some("CLOSED and GONE PCN")
    );
    assert_eq!(why("P90099"), "in the list sizes, not in the map");
    assert_eq!(why("P90010"), "in no PCN of the map");
    assert_eq!(
        why("P90007"),
        "no list size in the file of list sizes, so left out"
    );
    assert_eq!(why("U90002"), "not in the workforce file, posts not known");
    // The ICB of most of its patients, as in pcns.csv.
    let icb = |code: &str| of(code).map(|row| row["icb_code"].as_str());
    assert_eq!((icb("U90002"), icb("U90099")), (Some("Q9B5C"), Some("")));
}

#[test]
fn every_patient_and_every_hour_is_accounted_for() {
    let all = Files::new()
        .import(&["--england", "--out", "all"])
        .succeeded();
    let sum = |table: &str, column: &str| -> f64 {
        let rows = all.rows(table);
        rows.iter()
            .filter_map(|row| row[column].parse::<f64>().ok())
            .sum()
    };
    let outside = |what: &str, column: &str| -> f64 {
        let rows = all.rows("all/not_matched.csv");
        let those = rows
            .iter()
            .filter(|row| row["what"] == what && row["pcn_code"].is_empty());
        those
            .filter_map(|row| row[column].parse::<f64>().ok())
            .sum()
    };
    // 59,100 in the fixtures' lists: 58,500 in PCNs, 300 in none, 300 not in the map.
    assert!((sum("all/pcns.csv", "patients") - 58_500.0).abs() < 1e-9);
    assert!((outside("practice", "patients") - 600.0).abs() < 1e-9);
    // 6.803333 of link workers in the fixtures' workforce, 0.8 of it in a PCN that is gone.
    assert!((sum("all/pcns.csv", "fte") - 6.003_334).abs() < 2e-6);
    assert!((outside("pcn", "fte") - 0.8).abs() < 1e-9);
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let one = Files::new()
        .import(&["--england", "--out", "all"])
        .succeeded();
    let other = Files::new()
        .import(&["--england", "--out", "all"])
        .succeeded();
    let files = |import: &super::Import| crate::program::files(&import.path("all"));
    assert_eq!(files(&one), files(&other));
    assert_eq!(one.told, other.told);
}

#[test]
fn a_file_that_is_there_is_kept_unless_asked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("mine.toml"), "mine").expect("it is written");
    let arguments = ["--pcn", "U90001", "--out", "mine.toml"];
    let import = Files::new().import_in(folder, &arguments);
    import.refused(3, &["mine.toml exists already", "--overwrite"]);
    assert_eq!(import.text("mine.toml"), "mine");
    let import =
        Files::new().import_in(import.folder, &[&arguments[..], &["--overwrite"]].concat());
    assert!(import.succeeded().text("mine.toml").contains("Elm Valley"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("there")).expect("a folder");
    let import = Files::new().import_in(folder, &["--pcn", "U90001", "--out", "there"]);
    import.refused(2, &["there is a folder"]);
    // A file goes into folders that are not there yet.
    Files::new()
        .import(&["--pcn", "U90001", "--out", "a/b/c.toml"])
        .succeeded()
        .text("a/b/c.toml");
}

#[test]
fn a_folder_keeps_what_is_not_ours() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("all")).expect("a folder");
    fs::write(folder.path().join("all/letter.txt"), "mine").expect("it is written");
    let arguments = ["--england", "--out", "all"];
    let import = Files::new().import_in(folder, &arguments);
    import.refused(3, &["holds other things"]);
    assert_eq!(import.text("all/letter.txt"), "mine");

    let import = Files::new().import(&arguments).succeeded();
    for name in ["all/study.toml", "all/notes/a.txt"] {
        let path = import.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, "mine").expect("it is written");
    }
    let import = Files::new().import_in(import.folder, &arguments);
    import.refused(3, &["holds imported scenarios already", "--overwrite"]);
    // A PCN that is gone next month goes; what the planner put there stays.
    let gone = super::MAP.replace("U90004", "U90001");
    let again = [&arguments[..], &["--overwrite"]].concat();
    let import = Files::new()
        .with_map(gone)
        .import_in(import.folder, &again)
        .succeeded();
    assert!(!import.path("all/U90004.toml").exists());
    assert_eq!(import.text("all/study.toml"), "mine");
    assert_eq!(import.text("all/notes/a.txt"), "mine");
    assert_eq!(import.rows("all/pcns.csv").len(), 3);
}

#[test]
fn quiet_is_quiet() {
    let import = Files::new()
        .import(&[&ELM[..], &["--quiet"]].concat())
        .succeeded();
    assert_eq!((import.told.as_str(), import.errors.as_str()), ("", ""));
}
