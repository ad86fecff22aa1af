//! `--option`: what is run, where it goes and what is said of it.

use super::refusals::SMALL;
use super::{done, files, names};
use serde_json::Value;
use tempfile::{TempDir, tempdir};

/// The small scenario with options in a folder of its own.
fn place() -> TempDir {
    let place = tempdir().expect("a temporary folder");
    let options = r#"
[[options]]
name = "A second, from 12 October"
cost_pounds_a_year = 42575
add.posts = [{ name = "Link worker 2", like = "Link worker", starts = 2026-10-12 }]

[[options]]
name = "Half"
cost_pounds_a_year = -20000
set."posts.*.wte" = 0.5

[[options]]
name = "?!"
scale."practices.*.list_size" = 2
"#;
    std::fs::write(place.path().join("s.toml"), format!("{SMALL}{options}")).expect("a scenario");
    place
}

/// A shipped scenario that has no options.
fn without_options() -> String {
    format!(
        "{}/scenarios/verification/erlang-c.toml",
        env!("CARGO_MANIFEST_DIR")
    )
}

/// Runs with these options of the command line and returns what is printed.
fn ran(place: &TempDir, options: &[&str]) -> String {
    let run = ["run", "s.toml", "--replications", "2"];
    let (code, stdout, stderr) = done(place.path(), &[&run, options].concat());
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    stdout
}

#[test]
fn each_option_has_its_folder_and_its_name_in_the_tables() {
    let place = place();
    let base = ran(&place, &[]);
    let line = "This is the base; the file has 3 options: run one with\n--option \"A second, from 12 October\"\n";
    assert!(base.contains(line), "{base}");
    let option = ran(&place, &["--option", "A second, from 12 October"]);
    let line = "This is the option \"A second, from 12 October\"; the file has 3 options: run one with\n--option \"Half\"\n";
    assert!(option.contains(line), "{option}");
    assert!(
        option.starts_with("Small; option: A second, from 12 October\n"),
        "{option}"
    );
    assert_eq!(ran(&place, &["--option", "?!", "--quiet"]), "");
    let output = place.path().join("output");
    assert_eq!(
        names(&output),
        ["s", "s-a-second-from-12-october", "s-option-3"]
    );
    let (base, option) = (
        files(&output.join("s")),
        files(&output.join("s-a-second-from-12-october")),
    );
    for table in ["summary.csv", "replications.csv", "weekly.csv", "waits.csv"] {
        let rows = |file: &[u8], begins: &str| {
            let text = String::from_utf8(file.to_vec()).expect("UTF-8");
            assert!(
                text.lines().skip(1).all(|row| row.starts_with(begins)),
                "{table}"
            );
            text.lines().count()
        };
        let (in_base, in_option) = (
            rows(&base[table], "base,"),
            rows(&option[table], "\"A second, from 12 October\","),
        );
        // There is another post in the option, and no other entity that has waits.
        assert_eq!(in_option > in_base, table != "waits.csv", "{table}");
    }
    assert_eq!(base["scenario.toml"], option["scenario.toml"]);
    let manifest: Value = serde_json::from_slice(&option["manifest.json"]).expect("JSON");
    assert_eq!(
        manifest["overrides"],
        serde_json::json!([
            "experiment.replications=2",
            "option=A second, from 12 October"
        ])
    );
}

#[test]
fn an_option_is_what_the_file_would_be_with_its_changes() {
    let place = place();
    ran(&place, &["--option", "Half", "--out", "option"]);
    ran(&place, &["--set", "posts.*.wte=0.5", "--out", "set"]);
    let [option, set] = ["option", "set"].map(|it| files(&place.path().join(it)));
    for table in ["summary.csv", "replications.csv", "weekly.csv", "waits.csv"] {
        let option = String::from_utf8_lossy(&option[table]).replace("\nHalf,", "\nbase,");
        assert_eq!(option, String::from_utf8_lossy(&set[table]), "{table}");
    }
    // The base by its name is the base.
    ran(&place, &["--out", "base"]);
    let base = files(&place.path().join("base"));
    ran(&place, &["--option", "base", "--out", "base"]);
    assert_eq!(base, files(&place.path().join("base")));
}

#[test]
fn a_folder_of_another_option_is_left_alone() {
    let place = place();
    ran(&place, &["--out", "out"]);
    let run = [
        "run",
        "s.toml",
        "--replications",
        "2",
        "--out",
        "out",
        "--option",
        "Half",
    ];
    let (code, _, stderr) = done(place.path(), &run);
    assert_eq!(code, Some(3));
    assert!(
        stderr.contains("another scenario, command or set of overrides"),
        "{stderr}"
    );
    ran(&place, &["--out", "out", "--option", "Half", "--overwrite"]);
    ran(&place, &["--out", "out", "--option", "Half"]);
}

#[test]
fn an_unknown_option_is_wrong_usage() {
    let place = place();
    for command in ["run", "check", "trace"] {
        let (code, stdout, stderr) = done(place.path(), &[command, "s.toml", "--option", "Hlf"]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""), "{command}");
        assert_eq!(
            stderr,
            "error: --option \"Hlf\": there is no such option; did you mean \"Half\"? The options are \
             \"A second, from 12 October\", \"Half\", \"?!\"\n"
        );
    }
    assert_eq!(names(place.path()), ["s.toml"]);
    let (code, _, stderr) = done(
        place.path(),
        &["run", &without_options(), "--option", "Half"],
    );
    assert_eq!(code, Some(2));
    assert_eq!(
        stderr,
        "error: --option \"Half\": the file has no options\n"
    );
}

#[test]
fn check_lists_the_options_with_their_loads() {
    let place = place();
    let (_, text, _) = done(place.path(), &["check", "s.toml"]);
    let (_, listed) = text.split_once("\n  Options").expect("a list");
    let lines: Vec<&str> = listed.lines().skip(1).collect();
    let load = |line: &str, column: usize| -> f64 {
        let loads: Vec<&str> = line.split_whitespace().rev().take(2).collect();
        loads[1 - column].parse().expect("a load")
    };
    assert!(lines[0].starts_with("  base "), "{text}");
    assert!(lines[2].starts_with("  Half "), "{text}");
    // Half the hours, twice the load; caps are per WTE, so with places as with hours. Rounded to
    // 0.01, so 0.015 is what twice the one may be off the other.
    for column in [0, 1] {
        let (base, half) = (load(lines[0], column), load(lines[2], column));
        assert!((half - 2.0 * base).abs() <= 0.015, "{text}");
        let twice = load(lines[3], column);
        assert!((twice - 2.0 * base).abs() <= 0.015, "{text}");
    }
    for line in [
        "  - A second, from 12 October: with posts.Link worker 2; costs 42,575 pounds a\n    year.\n",
        "  - Half: posts.*.wte = 0.5; saves 20,000 pounds a year.\n",
        "  - ?!: practices.*.list_size x 2.\n",
    ] {
        assert!(text.contains(line), "{text}");
    }
    let (_, json, _) = done(
        place.path(),
        &["check", "s.toml", "--format", "json", "--option", "Half"],
    );
    let json: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["option"], "Half");
    assert_eq!(json["options"][1]["name"], "Half");
    assert_eq!(json["options"][1]["hours_load"], json["hours_load"]);
    assert_eq!(json["options"][1]["places_load"], json["places_load"]);
    assert_eq!(json["options"][0]["cost_pounds_a_year"], 42_575.0);
    let (_, plain, _) = done(place.path(), &["check", &without_options()]);
    assert!(!plain.contains("Options"), "{plain}");
}

#[test]
fn a_trace_is_of_the_option() {
    let place = place();
    let (code, rows, _) = done(
        place.path(),
        &["trace", "s.toml", "--option", "A second, from 12 October"],
    );
    assert_eq!(code, Some(0));
    assert!(rows.contains("Link worker 2"));
    let (_, rows, _) = done(place.path(), &["trace", "s.toml"]);
    assert!(!rows.contains("Link worker 2"));
}

#[test]
fn json_says_which_option_was_run() {
    let place = place();
    let json: Value = serde_json::from_str(&ran(&place, &["--format", "json"])).expect("JSON");
    assert_eq!(json["option"], "base");
    assert_eq!(json["options"].as_array().map(Vec::len), Some(3));
}
