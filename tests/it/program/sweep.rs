//! Studies: points as if run alone, stopping and going on, parts and their merger, what is refused.

use super::{done, files, names, program, rayleigh};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::{TempDir, tempdir};

/// A grid of 2 x 3 points of which each takes a moment.
const GRID: &str = r#"
schema = 1
scenario = "rayleigh.toml"

[sweep]
design = "grid"
replications = 3
measures = ["contacted_within_28_days", "wait_to_first_contact_days_mean", "lapsed"]

[[sweep.vary]]
key = "posts.0.wte"
values = [1.0, 2.0]

[[sweep.vary]]
key = "demand.referrals_per_1000_a_year"
from = 10
to = 20
steps = 3
"#;

/// A folder with Rayleigh, of half a year to be quick, and a study of it.
pub fn study(text: &str) -> (TempDir, PathBuf) {
    let place = tempdir().expect("a temporary folder");
    let scenario = fs::read_to_string(rayleigh()).expect("the scenario");
    let short = scenario
        .replace("weeks = 104", "weeks = 26")
        .replace("warm_up_weeks = 52", "warm_up_weeks = 4");
    assert_ne!(short, scenario, "the period is as it was");
    fs::write(place.path().join("rayleigh.toml"), short).expect("written");
    let file = place.path().join("study.toml");
    fs::write(&file, text).expect("written");
    (place, file)
}

fn sweep(place: &TempDir, out: &str, more: &[&str]) -> (Option<i32>, String, String) {
    let mut arguments = vec!["sweep", "study.toml", "--out", out];
    arguments.extend(more);
    done(place.path(), &arguments)
}

/// A sweep that has to go well.
fn swept(place: &TempDir, out: &str, more: &[&str]) -> String {
    let (code, told, errors) = sweep(place, out, more);
    assert_eq!(code, Some(0), "{errors}");
    told
}

fn table(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_path(path)
        .expect("a table");
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| row.iter().map(str::to_owned).collect())
        .collect()
}

/// Fails unless a folder, of a part or of a study that is not finished, has no page, figures or workbook.
#[track_caller]
fn has_nothing_for_people(out: &Path) {
    for name in [
        "report.html",
        "stress-des.md",
        "results.xlsx",
        "plots",
        "metamodel.csv",
    ] {
        assert!(!out.join(name).exists(), "{name} is there");
    }
}

/// Lines of a results folder's journal, the first one included.
fn lines(out: &Path) -> usize {
    fs::read_to_string(out.join("journal.txt")).map_or(0, |text| text.lines().count())
}

#[test]
fn a_grid_has_every_choice_of_values_and_a_tidy_row_for_each_measure() {
    let (place, _) = study(GRID);
    let told = swept(&place, "out", &[]);
    let points = table(&place.path().join("out/points.csv"));
    let expected = [
        ["point", "posts.0.wte", "demand.referrals_per_1000_a_year"],
        ["1", "1.0", "10"],
        ["2", "1.0", "15"],
        ["3", "1.0", "20"],
        ["4", "2.0", "10"],
        ["5", "2.0", "15"],
        ["6", "2.0", "20"],
    ];
    assert_eq!(points, expected);
    let rows = table(&place.path().join("out/sweep.csv"));
    let header = "point,posts.0.wte,demand.referrals_per_1000_a_year,scope,name,measure,unit,n,mean,ci95_low,\
                  ci95_high,p10,p50,p90";
    assert_eq!(rows[0].join(","), header);
    assert_eq!(rows.len(), 1 + 6 * 3);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert!(
        rows.iter().skip(1).all(|row| row[7] == "3"),
        "n of each row"
    );
    assert!(
        told.lines().all(|line| line.chars().count() <= 80),
        "{told}"
    );
    for words in [
        "6 points",
        "the best point is",
        "Be careful",
        "more is better",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

/// A row of a point is, to the last digit, that of `run` with the point's values.
#[test]
fn a_point_is_as_if_run_alone() {
    let (place, _) = study(GRID);
    swept(&place, "out", &["--quiet"]);
    let set = [
        "--set",
        "posts.0.wte=2.0",
        "--set",
        "demand.referrals_per_1000_a_year=15",
    ];
    let run = [
        "run",
        "rayleigh.toml",
        "--out",
        "alone",
        "--replications",
        "3",
    ];
    let (code, _, errors) = done(place.path(), &[&run[..], &set[..]].concat());
    assert_eq!(code, Some(0), "{errors}");
    let alone = table(&place.path().join("alone/summary.csv"));
    let rows = table(&place.path().join("out/sweep.csv"));
    let of_point: Vec<&Vec<String>> = rows.iter().filter(|row| row[0] == "5").collect();
    assert_eq!(of_point.len(), 3);
    for row in of_point {
        let same = alone.iter().find(|it| it[1] == "pcn" && it[3] == row[5]);
        assert_eq!(row[3..], same.expect("the measure")[1..], "{}", row[5]);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_folder() {
    let (place, _) = study(GRID);
    swept(&place, "one", &["--threads", "1", "--quiet"]);
    swept(&place, "three", &["--threads", "3", "--quiet"]);
    let (one, three) = (place.path().join("one"), place.path().join("three"));
    assert_eq!(files(&one), files(&three));
    let expected = [
        "journal.txt",
        "manifest.json",
        "plots",
        "points.csv",
        "report.html",
        "results.xlsx",
        "run.log",
        "scenario.toml",
        "stress-des.md",
        "study.toml",
        "sweep.csv",
        "sweep.parquet",
    ];
    assert_eq!(names(&one), expected);
}

#[test]
fn stopped_after_some_points_it_goes_on_and_runs_none_twice() {
    let (place, _) = study(GRID);
    swept(&place, "whole", &["--quiet"]);
    let told = swept(&place, "parts", &["--max-points", "2"]);
    assert!(told.contains("2 of 6 points are done so far"), "{told}");
    let out = place.path().join("parts");
    assert!(out.join("sweep-so-far.csv").is_file());
    assert!(!out.join("sweep.csv").exists() && !out.join("sweep.parquet").exists());
    has_nothing_for_people(&out);
    assert_eq!(lines(&out), 3);
    let told = swept(&place, "parts", &["--resume"]);
    assert!(told.contains("2 points had been finished"), "{told}");
    let log = fs::read_to_string(out.join("run.log")).expect("a log");
    assert!(log.contains("replications: 12"), "4 points of 3: {log}");
    assert_eq!(files(&place.path().join("whole")), files(&out));
    swept(&place, "parts", &[]);
    let log = fs::read_to_string(out.join("run.log")).expect("a log");
    assert!(log.contains("replications: 0"), "{log}");
    assert_eq!(files(&place.path().join("whole")), files(&out));
    swept(&place, "parts", &["--overwrite", "--max-points", "1"]);
    assert!(!out.join("sweep.csv").exists() && !out.join("sweep.parquet").exists());
}

/// Ended by SIGKILL at three moments (after so many points as the journal shows), and each time gone
/// on with, the folder is that of one go.
#[test]
fn killed_at_any_moment_it_goes_on_to_the_same_bytes() {
    let text = GRID
        .replace("steps = 3", "steps = 20")
        .replace("replications = 3", "replications = 20");
    let (place, _) = study(&text);
    swept(&place, "whole", &["--quiet"]);
    let out = place.path().join("killed");
    let mut killed = 0;
    for points in [3, 11, 24] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("splw-sim"))
            .current_dir(place.path())
            .args(["sweep", "study.toml", "--out", "killed", "--quiet"])
            .spawn()
            .expect("the program starts");
        while lines(&out) < points && child.try_wait().expect("a child").is_none() {
            std::thread::yield_now();
        }
        killed += usize::from(child.try_wait().expect("a child").is_none());
        // A child that has ended by itself cannot be killed; it is counted.
        let _ = child.kill();
        child.wait().expect("it has ended");
        assert!(killed == 0 || !out.join("sweep.csv").exists() || lines(&out) == 41);
    }
    assert!(killed > 0, "it was never killed in time");
    swept(&place, "killed", &["--resume", "--quiet"]);
    assert_eq!(files(&place.path().join("whole")), files(&out));
}

/// Ctrl-C says how many points are finished, and they stay; no table is written.
#[cfg(unix)]
#[test]
fn ctrl_c_says_how_many_points_are_finished() {
    let text = GRID
        .replace("steps = 3", "steps = 20")
        .replace("replications = 3", "replications = 200");
    let (place, _) = study(&text);
    let out = place.path().join("out");
    let child = Command::new(assert_cmd::cargo::cargo_bin("splw-sim"))
        .current_dir(place.path())
        .args(["sweep", "study.toml", "--out", "out", "--quiet"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("the program starts");
    // The first line says what the study is.
    while lines(&out) < 3 {
        std::thread::yield_now();
    }
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(130));
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    let finished = lines(&out) - 1;
    assert_eq!(
        said,
        format!(
            "interrupted: {finished} of 40 points are finished and stay; the same command goes on from there\n"
        )
    );
    assert!(!out.join("sweep-so-far.csv").exists());
}

/// Seven parts of six points, of which the last has none.
#[test]
fn parts_merge_to_the_whole() {
    let (place, _) = study(GRID);
    swept(&place, "whole", &["--quiet"]);
    for part in [3, 1, 7, 4, 2, 6, 5] {
        let (out, shard) = (format!("part-{part}"), format!("{part}/7"));
        swept(&place, &out, &["--shard", &shard, "--quiet"]);
    }
    has_nothing_for_people(&place.path().join("part-1"));
    let parts = [2, 4, 7, 1, 3, 5, 6].map(|part| format!("part-{part}"));
    let parts = parts.iter().map(String::as_str);
    let merge: Vec<&str> = ["merge"]
        .into_iter()
        .chain(parts)
        .chain(["--out", "merged"])
        .collect();
    let (code, told, errors) = done(place.path(), &merge);
    assert_eq!(code, Some(0), "{errors}");
    assert!(told.contains("6 points"), "{told}");
    let (whole, merged) = (place.path().join("whole"), place.path().join("merged"));
    assert!(merged.join("sweep.parquet").is_file());
    assert_eq!(files(&whole), files(&merged));
}

#[test]
fn parts_that_are_missing_repeated_foreign_or_unfinished_are_refused_by_name() {
    let (place, file) = study(GRID);
    for part in ["1/3", "2/3"] {
        swept(
            &place,
            &part.replace('/', "-"),
            &["--shard", part, "--quiet"],
        );
    }
    swept(
        &place,
        "half-done",
        &["--shard", "3/3", "--max-points", "1", "--quiet"],
    );
    swept(&place, "whole", &["--quiet"]);
    swept(
        &place,
        "other-seed",
        &["--shard", "3/3", "--seed", "7", "--quiet"],
    );
    swept(&place, "of-two", &["--shard", "1/2", "--quiet"]);
    fs::write(&file, GRID.replace("steps = 3", "steps = 4")).expect("written");
    swept(&place, "other-study", &["--shard", "3/3", "--quiet"]);
    let refused = |folders: &[&str]| {
        let arguments = [&["merge"], folders, &["--out", "merged"]].concat();
        let (code, _, errors) = done(place.path(), &arguments);
        assert_eq!(code, Some(1), "{errors}");
        assert!(!place.path().join("merged").exists());
        errors
    };
    let told = |folders: &[&str], words: &[&str]| {
        let errors = refused(folders);
        for word in words {
            assert!(errors.contains(word), "{word}: {errors}");
        }
    };
    told(&["1-3", "2-3"], &["part 3 of 3 missing"]);
    told(
        &["1-3", "2-3", "2-3"],
        &[
            "part 2 of 3 is there twice: 2-3 and 2-3",
            "part 3 of 3 missing",
        ],
    );
    told(
        &["1-3", "2-3", "half-done"],
        &["half-done is not finished: 1 of its 2 points"],
    );
    told(&["1-3", "2-3", "whole"], &["whole: it holds a whole study"]);
    told(
        &["1-3", "2-3", "other-seed"],
        &["other-seed is of another study, scenario, seed"],
    );
    told(
        &["1-3", "2-3", "other-study"],
        &["other-study is of another study"],
    );
    told(
        &["1-3", "2-3", "of-two"],
        &["of-two is of another division (part 1 of 2"],
    );
    told(&["1-3", "nothing"], &["nothing: it holds no results"]);
    let manifest = place.path().join("2-3/manifest.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(&manifest, text.replace(&version, "\"version\": \"0.0.9\"")).expect("written");
    told(
        &["1-3", "2-3"],
        &["2-3 is of another version of splw-sim (0.0.9, not"],
    );
}

#[test]
fn a_folder_of_another_study_or_version_is_not_gone_on_with() {
    let (place, file) = study(GRID);
    swept(&place, "out", &["--max-points", "1", "--quiet"]);
    let (code, _, errors) = sweep(&place, "out", &["--seed", "3"]);
    assert_eq!(
        (code, errors.contains("another scenario")),
        (Some(3), true),
        "{errors}"
    );
    let (code, _, errors) = sweep(&place, "new", &["--resume"]);
    assert_eq!(
        (code, errors.contains("nothing to go on with")),
        (Some(3), true),
        "{errors}"
    );
    let manifest = place.path().join("out/manifest.json");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let version = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
    fs::write(&manifest, text.replace(&version, "\"version\": \"0.0.9\"")).expect("written");
    let (code, _, errors) = sweep(&place, "out", &[]);
    assert_eq!(
        (code, errors.contains("splw-sim 0.0.9 has begun")),
        (Some(3), true),
        "{errors}"
    );
    fs::write(&file, GRID.replace("2.0]", "3.0]")).expect("written");
    let (code, _, _) = sweep(&place, "out", &["--quiet"]);
    assert_eq!(code, Some(3));
    swept(&place, "out", &["--overwrite", "--quiet"]);
    assert_eq!(table(&place.path().join("out/sweep.csv")).len(), 19);
}

/// The folder that a study leaves is a study that can be run, with the same results.
#[test]
fn the_folder_can_be_run_again_by_itself() {
    let (place, _) = study(GRID);
    swept(&place, "out", &["--quiet"]);
    let again = ["sweep", "out/study.toml", "--out", "again", "--quiet"];
    fs::remove_file(place.path().join("rayleigh.toml")).expect("removed");
    let (code, _, errors) = done(place.path(), &again);
    assert_eq!(code, Some(0), "{errors}");
    let (first, second) = (place.path().join("out"), place.path().join("again"));
    assert_eq!(files(&first), files(&second));
}

#[test]
fn points_from_a_file_are_those_of_the_file() {
    let text = "schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\ndesign = \"csv\"\nfile = \"points.csv\"\nreplications = 3\n\
                measures = [\"contacted_within_28_days\", \"wait_to_first_contact_days_mean\", \"lapsed\"]\n";
    let (place, file) = study(text);
    let rows = "posts.0.wte,demand.referrals_per_1000_a_year\n2.0,15\n1.0,20\n";
    fs::write(place.path().join("points.csv"), rows).expect("written");
    swept(&place, "listed", &["--quiet"]);
    fs::write(&file, GRID).expect("written");
    swept(&place, "grid", &["--quiet"]);
    let of = |out: &str, point: &str| -> Vec<Vec<String>> {
        let rows = table(&place.path().join(out).join("sweep.csv"));
        let rows = rows.into_iter().filter(|row| row[0] == point);
        rows.map(|row| row[1..].to_vec()).collect()
    };
    assert_eq!(of("listed", "1"), of("grid", "5"));
    assert_eq!(of("listed", "2"), of("grid", "3"));
    assert!(place.path().join("listed/inputs/points.csv").is_file());
}

#[test]
fn options_vary_by_name() {
    let text = "schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\ndesign = \"grid\"\nreplications = 2\n\
                [[sweep.vary]]\nkey = \"option\"\nvalues = [\"base\", \"Half the missed appointments\"]\n\
                [[sweep.vary]]\nkey = \"posts.0.wte\"\nvalues = [1.0, 1.5]\n";
    let (place, file) = study(text);
    let scenario = fs::read_to_string(place.path().join("rayleigh.toml")).expect("the scenario");
    let first = scenario.find("name = \"").expect("a name");
    assert!(first > 0);
    let options = scenario.split("[[options]]").nth(1).expect("an option");
    let name = options.split('"').nth(1).expect("its name").to_owned();
    fs::write(&file, text.replace("Half the missed appointments", &name)).expect("written");
    swept(&place, "out", &["--quiet"]);
    let points = table(&place.path().join("out/points.csv"));
    assert_eq!(points[3], ["3", name.as_str(), "1.0"]);
    fs::write(
        &file,
        text.replace("Half the missed appointments", "Nobody"),
    )
    .expect("written");
    let (code, _, errors) = sweep(&place, "other", &[]);
    assert_eq!(code, Some(1));
    for words in [
        "is no option of the scenario",
        "\"base\" or",
        "sweep.vary.0.values.1",
    ] {
        assert!(errors.contains(words), "{words}: {errors}");
    }
}

#[test]
fn spread_designs_have_so_many_points() {
    let text = |design: &str| {
        format!(
            "schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\n{design}\nreplications = 1\nmeasures = [\"lapsed\"]\n\
             [[sweep.vary]]\nkey = \"posts.0.caseload_cap\"\nfrom = 60\nto = 63\n\
             [[sweep.vary]]\nkey = \"posts.0.wte\"\ndistribution = {{ triangular = {{ min = 0.6, mode = 1.0, max = 1.2 }} }}\n"
        )
    };
    let (place, file) = study(&text(""));
    for (design, points) in [
        ("design = \"latin-hypercube\"\npoints = 8", 8),
        ("design = \"sobol\"\npoints = 4", 4 * 4),
        ("design = \"morris\"\ntrajectories = 3", 3 * 3),
    ] {
        fs::write(&file, text(design)).expect("written");
        swept(&place, "out", &["--overwrite", "--quiet"]);
        let rows = table(&place.path().join("out/points.csv"));
        assert_eq!(rows.len(), 1 + points, "{design}");
        for row in &rows[1..] {
            let (cap, wte): (f64, f64) =
                (row[1].parse().expect("a cap"), row[2].parse().expect("WTE"));
            assert!(["60", "61", "62", "63"].contains(&row[1].as_str()), "{cap}");
            assert!((0.6..=1.2).contains(&wte));
        }
        if points == 8 {
            let mut caps: Vec<&String> = rows[1..].iter().map(|row| &row[1]).collect();
            caps.sort_unstable();
            assert_eq!(caps, ["60", "60", "61", "61", "62", "62", "63", "63"]);
        }
    }
}

#[test]
fn independent_points_have_other_people() {
    let text = "schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\ndesign = \"grid\"\nreplications = 2\nmeasures = \
                [\"referrals_received\"]\n[[sweep.vary]]\nkey = \"posts.0.wte\"\nvalues = [1.0, 2.0]\n";
    let (place, file) = study(text);
    let received = |out: &str| -> Vec<String> {
        let rows = table(&place.path().join(out).join("sweep.csv"));
        rows[1..].iter().map(|row| row[7].clone()).collect()
    };
    let never_again = ["--set", "demand.re_referral_share=0"];
    swept(&place, "common", &[&never_again[..], &["--quiet"]].concat());
    let common = received("common");
    assert_eq!(common[0], common[1]);
    let independent = text.replace("\nmeasures", "\nstreams = \"independent\"\nmeasures");
    fs::write(&file, independent).expect("written");
    let told = swept(&place, "independent", &never_again);
    let independent = received("independent");
    assert_ne!(independent[0], independent[1]);
    assert!(told.contains("random numbers of its own"), "{told}");
}

#[test]
fn everything_that_is_wrong_is_told_with_its_place() {
    let text = r#"
schema = 1
scenario = "rayleigh.toml"
[sweep]
design = "grid"
points = 8
measures = ["contacted_within_28_day", "lapsed", "lapsed"]
[[sweep.vary]]
key = "posts.0.wtee"
values = [1.0]
[[sweep.vary]]
key = "posts.0.wte"
values = [1.0, -2.0, 1.00, { uncertain = { uniform = { min = 1, max = 2 } } }]
[[sweep.vary]]
key = "posts.Link worker 1.wte"
values = [1.0]
[[sweep.vary]]
key = "waiting_list.patience_days"
from = 30
[[sweep.vary]]
key = "demand.inappropriate_share"
values = [0.1, 1.7]
[[sweep.vary]]
key = "experiment.seed"
values = [1, 2]
"#;
    let (place, _) = study(text);
    let (code, _, errors) = sweep(&place, "out", &[]);
    assert_eq!(code, Some(1));
    for words in [
        "`sweep.points` is of \"latin-hypercube\"",
        "did you mean `contacted_within_28_days`?",
        "names a measure for the second time",
        "did you mean `wte`?",
        "is given for the second time",
        "cannot be uncertain",
        "has no other end",
        "`sweep.vary.4.values.1` is out of range",
        "`experiment` is the same for all points",
        "study.toml:6:",
    ] {
        assert!(errors.contains(words), "{words}: {errors}");
    }
    assert!(!place.path().join("out").exists());
}

#[test]
fn a_point_whose_values_do_not_fit_together_is_refused_before_any_is_run() {
    let text = GRID
        .replace("posts.0.wte", "first_contact.attempts")
        .replace("[1.0, 2.0]", "[3, 900]");
    let (place, _) = study(&text);
    let (code, _, errors) = sweep(&place, "out", &[]);
    assert_eq!(code, Some(1));
    assert!(errors.contains("`sweep.vary.0.values.1`"), "{errors}");
    let csv = "schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\ndesign = \"csv\"\nfile = \"points.csv\"\n";
    let (place, _) = study(csv);
    let rows = "posts.0.wte,demand.inappropriate_share\n1.0,0.1\n1.0,7\n2.0\n";
    fs::write(place.path().join("points.csv"), rows).expect("written");
    let (code, _, errors) = sweep(&place, "out", &[]);
    assert_eq!(code, Some(1));
    assert!(
        errors.contains("has 1 values in line 4 under 2 headings"),
        "{errors}"
    );
    fs::write(place.path().join("points.csv"), rows.replace("2.0\n", "")).expect("written");
    let (code, _, errors) = sweep(&place, "out", &[]);
    assert_eq!(code, Some(1));
    for words in [
        "points.csv, line 3: point 2 (posts.0.wte = 1.0, demand.inappropriate_share = 7)",
        "none was run",
    ] {
        assert!(errors.contains(words), "{words}: {errors}");
    }
    let semicolons = rows.replace("2.0\n", "").replace(',', ";");
    fs::write(place.path().join("points.csv"), semicolons).expect("written");
    let (code, _, errors) = sweep(&place, "out", &[]);
    assert_eq!(code, Some(1));
    assert!(
        errors.contains("has columns that are not set apart by commas"),
        "{errors}"
    );
    assert!(!errors.contains("no key"), "{errors}");
    assert!(!place.path().join("out").exists());
}

#[test]
fn studies_and_scenarios_are_not_taken_for_one_another() {
    let (place, file) = study(GRID);
    let (code, _, errors) = done(place.path(), &["run", "study.toml"]);
    assert_eq!(code, Some(1));
    assert!(errors.contains("splw-sim sweep"), "{errors}");
    let (code, _, errors) = done(place.path(), &["sweep", "rayleigh.toml"]);
    assert_eq!(code, Some(1));
    assert!(errors.contains("not a study"), "{errors}");
    for (named, words) in [
        ("nothing.toml", "there is no such file"),
        ("../../rayleigh.toml", "leads out of"),
        ("/etc/passwd", "leads out of"),
    ] {
        fs::write(&file, GRID.replace("rayleigh.toml", named)).expect("written");
        let (code, _, errors) = sweep(&place, "out", &[]);
        assert_eq!(code, Some(1));
        assert!(
            errors.contains(words) && errors.contains("study.toml:3:"),
            "{errors}"
        );
    }
    let two = GRID.replace("design = \"grid\"", "design = \"sobol\"\npoints = 12");
    fs::write(&file, two.replace("steps = 3", "")).expect("written");
    let (code, _, errors) = sweep(&place, "out", &[]);
    assert_eq!(code, Some(1));
    assert!(
        errors.contains("is no power of two") && errors.contains("8 or 16"),
        "{errors}"
    );
}

#[test]
fn a_dry_run_says_how_much_it_is_and_writes_nothing() {
    let (place, _) = study(GRID);
    let told = swept(&place, "out", &["--dry-run"]);
    for words in [
        "6 points over 2 keys",
        "18 replications",
        "seconds on",
        "Nothing was written",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert_eq!(names(place.path()), ["rayleigh.toml", "study.toml"]);
}

/// Every shipped study is right, and says itself how it is run.
#[test]
fn shipped_studies_are_right() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/studies");
    let studies = names(&folder);
    assert!(studies.len() >= 2);
    for name in studies {
        let file = format!("scenarios/studies/{name}");
        let text = fs::read_to_string(folder.join(&name)).expect("a study");
        assert!(text.contains(&format!("splw-sim sweep {file}")), "{name}");
        let output = program()
            .args(["sweep", &file, "--dry-run"])
            .output()
            .expect("it runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}

/// A study over what decides how many are referred, what shifts when they are seen, and what does next to
/// nothing.
fn sensitivity_study(design: &str) -> String {
    let head = format!(
        "schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\n{design}\nreplications = 3\n\
         measures = [\"lapsed\", \"referrals_accepted\", \"travel_hours\"]\n"
    );
    let keys = [
        ("demand.referrals_per_1000_a_year", "10", "30"),
        ("first_contact.days_to_first_appointment", "9", "11"),
        ("demand.triage_minutes", "10", "10.01"),
    ];
    let vary = keys.map(|(key, from, to)| {
        format!("[[sweep.vary]]\nkey = \"{key}\"\nfrom = {from}\nto = {to}\n")
    });
    head + &vary.concat()
}

#[test]
fn a_sobol_design_says_what_the_results_depend_on() {
    let (place, _) = study(&sensitivity_study("design = \"sobol\"\npoints = 16"));
    let told = swept(&place, "out", &[]);
    let rows = table(&place.path().join("out/sensitivity.csv"));
    assert_eq!(
        rows[0].join(","),
        "measure,unit,rank,key,index,value,ci95_low,ci95_high"
    );
    let of = |measure: &str| -> Vec<&Vec<String>> {
        rows.iter().filter(|row| row[0] == measure).collect()
    };
    let accepted = of("referrals_accepted");
    assert_eq!(accepted.len(), 6, "three keys, two indices");
    assert_eq!(accepted[0][3], "demand.referrals_per_1000_a_year");
    let number = |cell: &String| cell.parse::<f64>().expect("a number");
    // Referrals depend on nothing else.
    assert!(number(&accepted[1][5]) > 0.95, "{accepted:?}");
    assert!(
        accepted[2..].iter().all(|row| number(&row[5]).abs() < 0.02),
        "{accepted:?}"
    );
    assert!(of("travel_hours").is_empty(), "nobody travels, at no point");
    for words in [
        "lapsed depends on",
        "To know demand.referrals_per_1000_a_year",
        "how far each key was varied",
    ] {
        let plain = told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(plain.contains(words), "{words}: {told}");
    }
    assert!(
        told.lines().all(|line| line.chars().count() <= 80),
        "{told}"
    );
}

#[test]
fn walks_say_what_the_results_depend_on() {
    let (place, _) = study(&sensitivity_study(
        "design = \"morris\"\ntrajectories = 6\nlevels = 4",
    ));
    swept(&place, "out", &[]);
    let rows = table(&place.path().join("out/sensitivity.csv"));
    let accepted: Vec<&Vec<String>> = rows
        .iter()
        .filter(|row| row[0] == "referrals_accepted")
        .collect();
    let indices: Vec<&str> = accepted.iter().take(3).map(|row| row[4].as_str()).collect();
    assert_eq!(indices, ["mu_star", "mu", "sigma"]);
    assert_eq!(accepted[0][3], "demand.referrals_per_1000_a_year");
    // Twenty more for a thousand patients a year are some 460 in 26 weeks, less those that are inappropriate.
    let effect = accepted[0][5].parse::<f64>().expect("a number");
    assert!((450.0..650.0).contains(&effect), "{accepted:?}");
}

/// Effects of whole and of listed numbers are over the steps as they were rounded: the number referred grows as
/// the rate does, so that effects hardly differ, however far a step went.
#[test]
fn effects_are_over_the_steps_as_rounded() {
    let text = "schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\ndesign = \"morris\"\ntrajectories = 6\n\
                replications = 2\nmeasures = [\"referrals_accepted\"]\n\
                [[sweep.vary]]\nkey = \"first_contact.attempts\"\nfrom = 2\nto = 4\n\
                [[sweep.vary]]\nkey = \"demand.referrals_per_1000_a_year\"\nvalues = [10, 20, 30]\n";
    let (place, _) = study(text);
    swept(&place, "out", &[]);
    let rows = table(&place.path().join("out/sensitivity.csv"));
    let of = |row: usize| rows[row][5].parse::<f64>().expect("a number");
    assert_eq!(rows[1][3], "demand.referrals_per_1000_a_year");
    assert!(
        of(3) < 0.2 * of(1) && (450.0..650.0).contains(&of(1)),
        "{rows:?}"
    );
}

#[test]
fn parts_say_nothing_of_what_matters_and_the_whole_does() {
    let (place, _) = study(&sensitivity_study("design = \"sobol\"\npoints = 4"));
    swept(&place, "whole", &[]);
    for part in ["1", "2"] {
        swept(&place, part, &["--shard", &format!("{part}/2")]);
        assert!(!place.path().join(part).join("sensitivity.csv").exists());
    }
    let (code, _, errors) = done(place.path(), &["merge", "1", "2", "--out", "joined"]);
    assert_eq!(code, Some(0), "{errors}");
    assert_eq!(
        files(&place.path().join("joined")),
        files(&place.path().join("whole"))
    );
}
