//! The results folder: what it holds, what it replaces, and that it is whole or not there.

use super::{done, files, names, program, rayleigh, run_rayleigh};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;
use tempfile::tempdir;

const FEW: [&str; 3] = ["--replications", "3", "--quiet"];

#[test]
fn a_run_leaves_what_the_interface_promises() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    run_rayleigh(&out, &FEW).assert().success();
    let top = [
        "bad_years.csv",
        "manifest.json",
        "plots",
        "replications.csv",
        "replications.parquet",
        "report.html",
        "results.xlsx",
        "run.log",
        "scenario.toml",
        "stress-des.md",
        "summary.csv",
        "waits.csv",
        "weekly.csv",
    ];
    assert_eq!(names(&out), top);
    let plots = [
        "caseload",
        "cases_a_year",
        "contacted",
        "outcomes",
        "practices_by_month",
        "strain",
        "waiting_list",
    ];
    let expected: Vec<String> = plots
        .iter()
        .flat_map(|name| [format!("{name}.png"), format!("{name}.svg")])
        .collect();
    assert_eq!(names(&out.join("plots")), expected);
    let scenario = std::fs::read(rayleigh()).expect("the scenario");
    assert_eq!(
        files(&out)["scenario.toml"],
        scenario,
        "the copy is verbatim"
    );
    assert_eq!(names(place.path()), ["out"], "nothing stays beside it");
}

#[test]
fn tables_have_the_promised_headers_and_no_nan() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    run_rayleigh(&out, &FEW).assert().success();
    let headers = [
        (
            "summary.csv",
            "option,scope,name,measure,unit,n,mean,ci95_low,ci95_high,p10,p50,p90",
        ),
        (
            "replications.csv",
            "option,replication,scope,name,measure,unit,value",
        ),
        (
            "weekly.csv",
            "option,week,date,scope,name,measure,unit,mean,p10,p50,p90",
        ),
        ("waits.csv", "option,scope,name,wait,day,share_contacted"),
        (
            "bad_years.csv",
            "option,scope,name,measure,unit,n,one_in,value,ci95_low,ci95_high",
        ),
    ];
    for (name, header) in headers {
        let text = String::from_utf8(files(&out)[name].clone()).expect("UTF-8");
        assert_eq!(text.lines().next(), Some(header), "{name}");
        assert!(!text.contains("NaN") && !text.contains("inf"), "{name}");
        assert!(!text.contains('\r') && text.ends_with('\n'), "{name}");
    }
}

#[test]
fn results_of_something_else_are_replaced_only_on_request() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    run_rayleigh(&out, &FEW).assert().success();
    run_rayleigh(&out, &FEW).assert().success();
    let before = files(&out);
    let other = ["--replications", "3", "--quiet", "--set", "posts.0.wte=0.8"];
    let refused = run_rayleigh(&out, &other).assert().code(3);
    let message = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
    assert!(
        message.contains("another scenario, command or set of overrides"),
        "{message}"
    );
    assert!(message.contains("--overwrite"), "{message}");
    assert_eq!(before, files(&out), "nothing changed");
    std::fs::write(out.join("my notes.txt"), "mine").expect("a note of the user's");
    run_rayleigh(&out, &other)
        .arg("--overwrite")
        .assert()
        .success();
    assert_ne!(before["summary.csv"], files(&out)["summary.csv"]);
    assert_eq!(
        files(&out)["my notes.txt"],
        b"mine",
        "the user's own file is kept"
    );
}

#[test]
fn a_folder_of_other_things_is_never_replaced() {
    let place = tempdir().expect("a temporary folder");
    std::fs::write(place.path().join("letters.txt"), "mine").expect("a file");
    for options in [&[][..], &["--overwrite"]] {
        let refused = run_rayleigh(place.path(), &FEW)
            .args(options)
            .assert()
            .code(3);
        let message = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(message.contains("holds other things"), "{message}");
    }
    assert_eq!(names(place.path()), ["letters.txt"]);
}

#[test]
fn a_place_that_cannot_be_written_is_found_before_the_work() {
    let place = tempdir().expect("a temporary folder");
    let file = place.path().join("file");
    std::fs::write(&file, "x").expect("a file");
    for out in [file.clone(), file.join("below")] {
        let refused = run_rayleigh(&out, &["--replications", "1000000"])
            .assert()
            .code(3);
        let message = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(
            message.starts_with("error: ") && message.contains("file, not a folder"),
            "{message}"
        );
    }
    assert_eq!(std::fs::read(&file).expect("still there"), b"x");
}

/// Ctrl-C as a terminal sends it.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_promptly_and_leaves_nothing() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    let child = Command::new(env!("CARGO_BIN_EXE_splw-sim"))
        .arg("run")
        .arg(rayleigh())
        .args(["--replications", "1000000", "--out"])
        .arg(&out)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    while names(place.path()).is_empty() {
        std::thread::sleep(Duration::from_millis(20));
    }
    let sent = Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
    let ended = child.wait_with_output().expect("the program ends");
    assert_eq!(ended.status.code(), Some(130));
    assert_eq!(
        String::from_utf8_lossy(&ended.stderr),
        "interrupted: nothing was written\n"
    );
    assert!(names(place.path()).is_empty(), "nothing stays");
}

/// A reader that goes away has read enough: the results are there all the same.
#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure_of_a_run() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    let mut child = Command::new(env!("CARGO_BIN_EXE_splw-sim"))
        .arg("run")
        .arg(rayleigh())
        .args(["--replications", "3", "--out"])
        .arg(&out)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let ended = child.wait_with_output().expect("the program ends");
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
    assert!(out.join("summary.csv").exists());
}

#[test]
fn many_replications_are_written_only_on_request() {
    let place = tempdir().expect("a temporary folder");
    let scenario = place.path().join("small.toml");
    std::fs::write(&scenario, super::refusals::SMALL).expect("a scenario");
    let run = |name: &str, options: &[&str]| {
        let out = place.path().join(name);
        let mut command = program();
        command
            .arg("run")
            .arg(&scenario)
            .arg("--out")
            .arg(&out)
            .args(["--quiet", "--replications", "1001"])
            .args(options);
        command.assert().success();
        let [rows, columns] =
            ["csv", "parquet"].map(|it| out.join(format!("replications.{it}")).exists());
        assert_eq!(rows, columns, "both or none");
        rows
    };
    assert!(!run("without", &[]));
    assert!(run("with", &["--keep-replications"]));
    // Those of an earlier run do not stay beside what a later one says.
    assert!(!run("with", &[]));
}

/// A table that is not on the list of a folder's own files would be taken for the user's, and kept when
/// the folder is made anew.
#[test]
fn every_table_that_a_command_writes_is_the_folders_own() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // A folder of scenarios has a list of its own.
    let lists = ["src/report/folder.rs", "src/report/batch/folder.rs"];
    let own = lists.map(|list| std::fs::read_to_string(root.join(list)).expect("the source"));
    let own = own.concat();
    let mut tables = 0;
    for (file, bytes) in files(&root.join("src/cli")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for written in text.split("write(\"").skip(1) {
            let name = written.split('"').next().expect("a closed text");
            assert!(own.contains(&format!("\"{name}\"")), "{file}: {name}");
            tables += 1;
        }
    }
    assert!(tables >= 12, "{tables}");
}

/// Runs each kind of command into one folder in turn, each replacing what the one before left: the
/// folder is as if it were the first, and the user's own file stays.
#[test]
fn results_of_another_kind_of_command_leave_nothing_behind() {
    let place = tempdir().expect("a temporary folder");
    let folder = place.path().join("services");
    std::fs::create_dir(&folder).expect("a folder");
    let text = std::fs::read_to_string(rayleigh()).expect("the scenario");
    let short = text
        .replace("weeks = 104", "weeks = 26")
        .replace("warm_up_weeks = 52", "warm_up_weeks = 4");
    std::fs::write(folder.join("rayleigh.toml"), short).expect("written");
    let study = "schema = 1\nscenario = \"services/rayleigh.toml\"\n[sweep]\ndesign = \"morris\"\n\
                 trajectories = 2\nreplications = 2\n[[sweep.vary]]\nkey = \"posts.0.wte\"\nfrom = 1\nto = 2\n";
    std::fs::write(place.path().join("study.toml"), study).expect("written");
    let commands: [&[&str]; 3] = [
        &["run", "services/rayleigh.toml", "--replications", "2"],
        &["run", "services", "--replications", "2"],
        &["sweep", "study.toml"],
    ];
    let into = |command: &[&str], out: &str| {
        let more = ["--quiet", "--overwrite", "--out", out];
        let (code, _, said) = done(place.path(), &[command, &more].concat());
        assert_eq!(code, Some(0), "{command:?}: {said}");
    };
    std::fs::create_dir(place.path().join("one")).expect("a folder");
    into(commands[0], "one");
    std::fs::write(place.path().join("one/mine.txt"), "my own").expect("written");
    for turn in [1, 2, 0, 2, 1, 0] {
        into(commands[turn], "one");
        let fresh = format!("fresh-{turn}");
        into(commands[turn], &fresh);
        let mut left = files(&place.path().join("one"));
        assert_eq!(left.remove("mine.txt").as_deref(), Some(&b"my own"[..]));
        left.retain(|name, _| !name.ends_with("run.log"));
        let mut fresh = files(&place.path().join(fresh));
        fresh.retain(|name, _| !name.ends_with("run.log"));
        let names = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
            files.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(names(&left), names(&fresh), "{:?}", commands[turn]);
        assert!(
            left == fresh,
            "{:?}: the same files, other bytes",
            commands[turn]
        );
    }
}
