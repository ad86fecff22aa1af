//! `splw-sim trace`: the log that the tests of the pathway read, as a table.

use super::{files, names, program, rayleigh};
use crate::laws::chance::Choices;
use crate::laws::services::service;
use crate::support::{IN_ENGLAND, OBSERVED, ORDINARY, Told, tell_of};
use assert_cmd::Command;
use jiff::SignedDuration;
use jiff::civil::{DateTime, Time};
use splw_sim::engine::{Activity, Entry, Origin};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;
use tempfile::tempdir;

const HEADER: &str = "case_id,activity,timestamp,resource,event_id,practice,seconds,in_period,\
                      waiting,open_cases";

/// The trace of Rayleigh with these options.
fn trace(options: &[&str]) -> Command {
    let mut command = program();
    command.arg("trace").arg(rayleigh()).args(options);
    command
}

/// What a command prints, which must go well.
fn printed(mut command: Command) -> String {
    let output = command.output().expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), said.as_str()), (Some(0), ""));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The trace of a scenario's text.
fn trace_of(text: &str, options: &[&str]) -> String {
    let place = tempdir().expect("a temporary folder");
    std::fs::write(place.path().join("s.toml"), text).expect("a scenario");
    std::fs::write(place.path().join("observed.csv"), OBSERVED).expect("its file");
    let mut command = program();
    command
        .current_dir(place.path())
        .args(["trace", "s.toml"])
        .args(options);
    printed(command)
}

/// Monday to Wednesday: somebody waits from the start, is called on Monday from 09:00 to 09:10, has
/// the one appointment two days later from 09:10 to 09:55, and goes.
#[test]
fn a_case_by_hand() {
    let mut set = IN_ENGLAND.to_vec();
    set.extend([
        "period.days=3",
        "case_types.0.contacts=1",
        "posts.0.name=\"Worker, one\"",
    ]);
    let options: Vec<&str> = set.iter().flat_map(|it| ["--set", it]).collect();
    let text = trace_of(ORDINARY, &options);
    let expected = [
        HEADER,
        ",post_starts,2026-10-05T00:00:00,\"Worker, one\",1,,0,true,0,0",
        "Elm-w1,assigned,2026-10-05T00:00:00,\"Worker, one\",2,Elm,0,true,0,1",
        "Elm-w1,falls_due,2026-10-05T00:00:00,,3,Elm,0,true,0,1",
        ",window_opens,2026-10-05T09:00:00,\"Worker, one\",4,,32400,true,0,1",
        "Elm-w1,attempt_begins,2026-10-05T09:00:00,\"Worker, one\",5,Elm,32400,true,0,1",
        "Elm-w1,answered,2026-10-05T09:00:00,\"Worker, one\",6,Elm,32400,true,0,1",
        ",window_closes,2026-10-05T13:30:00,\"Worker, one\",7,,48600,true,0,1",
        ",window_opens,2026-10-06T09:00:00,\"Worker, one\",8,,118800,true,0,1",
        ",window_closes,2026-10-06T13:30:00,\"Worker, one\",9,,135000,true,0,1",
        ",window_opens,2026-10-07T09:00:00,\"Worker, one\",10,,205200,true,0,1",
        "Elm-w1,falls_due,2026-10-07T09:10:00,,11,Elm,205800,true,0,1",
        "Elm-w1,contact_begins,2026-10-07T09:10:00,\"Worker, one\",12,Elm,205800,true,0,1",
        "Elm-w1,contact_held,2026-10-07T09:55:00,\"Worker, one\",13,Elm,208500,true,0,1",
        "Elm-w1,completed,2026-10-07T09:55:00,\"Worker, one\",14,Elm,208500,true,0,0",
        ",window_closes,2026-10-07T13:30:00,\"Worker, one\",15,,221400,true,0,0",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
    let cases = trace_of(ORDINARY, &[&options[..], &["--cases-only"]].concat());
    let of_cases: Vec<&str> = cases.lines().skip(1).collect();
    let without_posts = |line: &&&str| line.starts_with("Elm");
    assert_eq!(
        of_cases.len(),
        expected.iter().filter(without_posts).count()
    );
    assert!(of_cases[0].ends_with(",1,Elm,0,true,0,1"), "numbered anew");
}

/// A row as it should be, put together here from the log and the calendar's first day.
fn row(told: &Told, index: usize, entry: &Entry) -> String {
    let model = &told.model;
    let seconds = entry.time.seconds();
    let midnight = model.calendar.first().to_datetime(Time::midnight());
    let at: DateTime = midnight + SignedDuration::from_secs(seconds.cast_signed());
    let (case, practice) = entry.referral.map_or_else(
        || (String::new(), String::new()),
        |(practice, ordinal, generation)| {
            let practice = &model.practices[practice.index()];
            let code = practice.ods_code.as_ref().unwrap_or(&practice.name);
            let mut case = match entry.origin {
                Origin::Arrived => format!("{code}-{ordinal}"),
                Origin::WaitingAtStart => format!("{code}-w{ordinal}"),
                Origin::OpenAtStart(post) => format!("{code}-p{}o{ordinal}", post.0 + 1),
                Origin::Batch(batch) => format!("{code}-b{batch}n{}", ordinal & 0xffff),
            };
            if generation > 0 {
                case += &format!(".{generation}");
            }
            (case, practice.name.clone())
        },
    );
    let post = entry
        .post
        .map_or("", |post| model.posts[post.index()].name.as_str());
    let (what, in_period) = (entry.activity.name(), entry.time >= model.period.opens);
    let (waiting, open, number) = (entry.waiting, entry.open, index + 1);
    format!(
        "{case},{what},{at},{post},{number},{practice},{seconds},{in_period},{waiting},{open}\n"
    )
}

/// Random services on both calendars, with warm-up and without, with people there at the start.
#[test]
fn the_rows_are_those_of_the_log() {
    let mut seen = BTreeSet::new();
    for number in 0..40 {
        let text = service(&Choices::numbered(number));
        let told = tell_of(&text, &[], 20_261_005);
        let rows = told.log.iter().enumerate();
        let rows: String = rows.map(|(at, entry)| row(&told, at, entry)).collect();
        let traced = trace_of(&text, &["--seed", "20261005"]);
        assert_eq!(traced, format!("{HEADER}\n{rows}"), "service {number}");
        seen.extend(told.log.iter().map(|entry| entry.activity.name()));
        assert_no_case_shares_its_name(&traced);
    }
    assert!(seen.len() >= 22, "of all activities only {seen:?}");
    assert!(
        seen.iter()
            .all(|name| Activity::ALL.iter().any(|it| it.name() == *name))
    );
}

/// Who is referred in the replication is received once; who was there at the start never was.
fn assert_no_case_shares_its_name(trace: &str) {
    let mut received: BTreeMap<&str, u32> = BTreeMap::new();
    let mut ended: BTreeSet<&str> = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for line in trace.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let (case, what) = (cells[0], cells[1]);
        assert!(!ended.contains(case), "{case} goes on after its end");
        numbers.insert(cells[4]);
        if case.is_empty() {
            continue;
        }
        let came = received.entry(case).or_default();
        *came += u32::from(matches!(what, "accepted" | "inappropriate" | "refused"));
        let (_, number) = case.rsplit_once('-').expect("a number");
        let was_there = number.starts_with(['w', 'p']) && !number.contains('.');
        assert_eq!(*came, u32::from(!was_there), "{line}");
        let ends = [
            "completed",
            "lapsed",
            "not_reached",
            "disengaged",
            "dropped_out",
            "lost_at_handover",
            "returned",
        ];
        if ends.contains(&what) {
            ended.insert(case);
        }
    }
    assert_eq!(numbers.len(), trace.lines().count() - 1, "one number a row");
}

/// Two rows of open cases at one post are different people, with names and chance of their own.
#[test]
fn open_cases_of_two_rows_are_different_people() {
    let text = ORDINARY.replace("waited_days = [0]", "waited_days = []");
    let open = "start.open=[{ post = \"Link worker 1\", count = 2 }, { post = \"Link worker 1\", count = 2 }]";
    let set = ["--set", open, "--set", "posts.0.caseload_cap=4"];
    let text = trace_of(&text, &[&set[..], &["--cases-only"]].concat());
    let mut due: BTreeMap<&str, &str> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        due.entry(cells[0]).or_insert(cells[6]);
    }
    let cases: Vec<&str> = due.keys().copied().collect();
    assert_eq!(cases, ["Elm-p1o1", "Elm-p1o2", "Elm-p1o3", "Elm-p1o4"]);
    let instants: BTreeSet<&str> = due.values().copied().collect();
    assert_eq!(instants.len(), 4, "each falls due at its own time: {due:?}");
}

/// What `run` counts in its replication 2 is what the trace of replication 2 has in the period.
#[test]
fn rows_in_the_period_add_up_to_the_measures_of_the_run() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    super::run_rayleigh(&out, &["--replications", "3", "--quiet"])
        .assert()
        .success();
    let table = std::fs::read_to_string(out.join("replications.csv")).expect("a table");
    let measured = |name: &str| -> f64 {
        let row = format!("base,2,pcn,PCN,{name},");
        let row = table.lines().find(|line| line.starts_with(&row));
        let value = row.and_then(|row| row.rsplit(',').next()).expect("a value");
        value.parse().expect("a number")
    };
    let text = printed(trace(&["--replication", "2"]));
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for line in text.lines().filter(|line| line.contains(",true,")) {
        *counts
            .entry(line.split(',').nth(1).expect("a word"))
            .or_default() += 1;
    }
    let counted = |name: &str| f64::from(counts.get(name).copied().unwrap_or(0));
    for (activity, measure) in [
        ("accepted", "referrals_accepted"),
        ("inappropriate", "inappropriate"),
        ("answered", "first_contacts"),
        ("contact_held", "contacts_held"),
        ("completed", "completed"),
        ("lapsed", "lapsed"),
        ("not_reached", "not_reached"),
        ("disengaged", "disengaged"),
    ] {
        let (rows, value) = (counted(activity), measured(measure));
        assert!((rows - value).abs() < 1e-6, "{activity}: {rows}, {value}");
    }
    assert!(counted("completed") > 100.0 && counted("lapsed") > 100.0);
    let warm_up = text.lines().filter(|line| line.contains(",false,"));
    assert!(warm_up.count() > 1_000, "the warm-up is there too");
}

#[test]
fn the_same_trace_again_and_in_a_folder() {
    let place = tempdir().expect("a temporary folder");
    let text = printed(trace(&[]));
    assert_eq!(text, printed(trace(&["--replication", "0"])));
    assert_ne!(text, printed(trace(&["--replication", "1"])));
    assert_ne!(text, printed(trace(&["--seed", "7"])));
    assert!(text.ends_with('\n') && !text.contains('\r'));
    let out = place.path().join("out");
    let mut command = trace(&["--out"]);
    command.arg(&out);
    let said = printed(command);
    let rows = text.lines().count() - 1;
    assert!(
        said.starts_with(&format!("{rows} rows of replication 0 are in ")),
        "{said}"
    );
    assert_eq!(names(&out), ["manifest.json", "scenario.toml", "trace.csv"]);
    assert_eq!(names(place.path()), ["out"], "nothing stays beside it");
    let left = files(&out);
    assert_eq!(left["trace.csv"], text.as_bytes());
    assert_eq!(
        left["scenario.toml"],
        std::fs::read(rayleigh()).expect("the scenario")
    );
    let manifest: serde_json::Value = serde_json::from_slice(&left["manifest.json"]).expect("JSON");
    assert_eq!(manifest["command"], "trace");
    assert_eq!(manifest["replication_range"], serde_json::json!([0, 1]));
    assert_eq!(manifest["replications"], 1);
}

#[test]
fn another_trace_or_a_run_is_replaced_only_on_request() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    let into = |options: &[&str]| {
        let mut command = trace(options);
        command.arg("--out").arg(&out);
        command.assert()
    };
    into(&[]).success();
    into(&[]).success();
    let before = files(&out);
    for other in [
        &["--replication", "1"][..],
        &["--set", "posts.0.wte=0.8"],
        &["--seed", "7"],
    ] {
        let refused = into(other).code(3);
        let message = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(message.contains("--overwrite"), "{message}");
    }
    super::run_rayleigh(&out, &["--replications", "2", "--quiet"])
        .assert()
        .code(3);
    assert_eq!(before, files(&out), "nothing changed");
    std::fs::write(out.join("my notes.txt"), "mine").expect("a note of the user's");
    into(&["--replication", "1", "--overwrite"]).success();
    assert_ne!(before["trace.csv"], files(&out)["trace.csv"]);
    super::run_rayleigh(&out, &["--replications", "2", "--quiet", "--overwrite"])
        .assert()
        .success();
    assert!(!names(&out).contains(&"trace.csv".to_owned()));
    assert!(names(&out).contains(&"my notes.txt".to_owned()));
}

#[test]
fn wrong_usage_and_a_wrong_scenario_are_refused() {
    for wrong in [
        &["--overwrite"][..],
        &["--replication", "-1"],
        &["--replication", "1000000"],
        &["--format", "json"],
        &["--set", "posts.0.wte"],
    ] {
        let refused = trace(wrong).assert().code(2);
        assert!(refused.get_output().stdout.is_empty(), "{wrong:?}");
    }
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    let mut command = trace(&["--set", "posts.0.wte=-1"]);
    command.arg("--out").arg(&out).assert().code(1);
    assert!(!out.exists());
    let file = place.path().join("file");
    std::fs::write(&file, "x").expect("a file");
    let mut command = trace(&["--out"]);
    command.arg(&file).assert().code(3);
}

/// The program, started with pipes.
fn start(options: &[&str]) -> std::process::Child {
    std::process::Command::new(env!("CARGO_BIN_EXE_splw-sim"))
        .arg("trace")
        .arg(rayleigh())
        .args(options)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

/// So many rows that nobody waits for all of them: it takes minutes.
const ENDLESS: [&str; 4] = [
    "--set",
    "demand.referrals_per_1000_a_year=5000",
    "--set",
    "period.weeks=1000",
];

/// A reader that goes away has read enough, and the rest is not simulated.
#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_the_trace_quietly() {
    use std::io::Read as _;
    let mut child = start(&ENDLESS);
    let mut stdout = child.stdout.take().expect("a pipe");
    let mut beginning = [0; 7];
    stdout.read_exact(&mut beginning).expect("a header");
    assert_eq!(&beginning, b"case_id");
    drop(stdout);
    let ended = child.wait_with_output().expect("the program ends");
    assert_eq!(ended.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
    // Few rows stay in the buffer until the end, many do not.
    let few = ["--set", "period.weeks=1", "--set", "period.warm_up_weeks=0"];
    for options in [&few[..], &[], &ENDLESS] {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_splw-sim"));
        let full = full.as_ref().expect("a full device");
        command.arg("trace").arg(rayleigh()).args(options);
        command.stdout(full.try_clone().expect("a handle"));
        let output = command.output().expect("the program runs");
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{stderr}");
        assert!(stderr.starts_with("error: cannot write to stdout: "));
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
    }
}

/// Ctrl-C as a terminal sends it.
#[cfg(unix)]
fn interrupt(child: &std::process::Child) {
    let sent = std::process::Command::new("kill")
        .args(["-INT", &child.id().to_string()])
        .status();
    assert!(sent.expect("kill runs").success());
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_no_folder() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    let mut options = ENDLESS.to_vec();
    let out = out.to_string_lossy();
    options.extend(["--out", &out]);
    let child = start(&options);
    while !has_a_trace(place.path()) {
        std::thread::sleep(Duration::from_millis(10));
    }
    interrupt(&child);
    let ended = child.wait_with_output().expect("the program ends");
    assert_eq!(ended.status.code(), Some(130));
    assert_eq!(
        String::from_utf8_lossy(&ended.stderr),
        "interrupted: nothing was written\n"
    );
    assert!(names(place.path()).is_empty(), "nothing stays");
}

fn has_a_trace(place: &Path) -> bool {
    names(place)
        .iter()
        .any(|name| place.join(name).join("trace.csv").exists())
}

/// Nobody reads, so that the program stands still in the middle of writing.
#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_trace_that_nobody_reads() {
    use std::io::Read as _;
    let mut child = start(&ENDLESS);
    let mut stdout = child.stdout.take().expect("a pipe");
    let mut beginning = [0; 1];
    stdout.read_exact(&mut beginning).expect("a header");
    interrupt(&child);
    let ended = child.wait_with_output().expect("the program ends");
    assert_eq!(ended.status.code(), Some(130));
    assert_eq!(
        String::from_utf8_lossy(&ended.stderr),
        "interrupted: the rows end early\n"
    );
    drop(stdout);
}

#[test]
fn every_column_and_activity_is_documented() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/trace.md")).expect("a document");
    for column in HEADER.split(',') {
        assert!(text.contains(&format!("\n| `{column}` | ")), "{column}");
    }
    let table: String = Activity::ALL
        .iter()
        .map(|it| format!("| `{}` | {} |\n", it.name(), it.description()))
        .collect();
    assert!(text.contains(&table), "docs/trace.md should have\n{table}");
    let names: BTreeSet<&str> = Activity::ALL.iter().map(|it| it.name()).collect();
    assert_eq!(names.len(), Activity::ALL.len());
}
