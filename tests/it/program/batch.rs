//! A folder of scenarios: each as if run alone, what they come to together, stopping and going on.

use super::{done, files, names, rayleigh};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::{TempDir, tempdir};

const FEW: [&str; 3] = ["--replications", "4", "--quiet"];

/// Three services of different practices: Rayleigh with one post, with none, and with two.
fn services(place: &TempDir) -> PathBuf {
    let folder = place.path().join("services");
    fs::create_dir(&folder).expect("a folder");
    let text = fs::read_to_string(rayleigh()).expect("the scenario");
    let post = text.find("\n[[posts]]").expect("a post");
    let after = text.find("\n[targets]").expect("targets");
    let others = |text: &str, letter: &str| text.replace("\"F81", &format!("\"{letter}81"));
    let options = text.find("\n[[options]]").expect("options of the post");
    let without = [&text[..post], &text[after..options]].concat();
    let none = others(&without, "G");
    let two = others(&text, "H").replace("wte = 1.0", "wte = 2.0");
    for (name, text) in [("a-one", &text), ("b-none", &none), ("c-two", &two)] {
        fs::write(folder.join(format!("{name}.toml")), text).expect("written");
    }
    fs::write(folder.join("notes.txt"), "not a scenario").expect("written");
    folder
}

fn run(folder: &Path, out: &Path, more: &[&str]) -> (Option<i32>, String, String) {
    let (folder, out) = (folder.to_string_lossy(), out.to_string_lossy());
    let mut arguments = vec!["run", &folder, "--out", &out];
    arguments.extend(more);
    done(Path::new(env!("CARGO_MANIFEST_DIR")), &arguments)
}

fn table(path: &Path) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    reader.records().map(|row| row.expect("a row")).collect()
}

#[test]
fn each_scenario_is_as_if_run_alone_and_its_pcn_stands_in_the_summary_of_all() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    assert_eq!(run(&folder, &out, &FEW).0, Some(0));
    assert_eq!(names(&out.join("scenarios")), ["a-one", "b-none", "c-two"]);
    let mut together = Vec::new();
    for name in ["a-one", "b-none", "c-two"] {
        let alone = place.path().join(name);
        let file = folder.join(format!("{name}.toml"));
        assert_eq!(run(&file, &alone, &FEW).0, Some(0));
        let own = files(&out.join("scenarios").join(name));
        for file in ["summary.csv", "scenario.toml", "manifest.json"] {
            assert_eq!(own[file], files(&alone)[file], "{name}: {file}");
        }
        let of_pcn = table(&alone.join("summary.csv"));
        let of_pcn = of_pcn.iter().filter(|row| &row[1] == "pcn");
        together.extend(of_pcn.map(|row| {
            let named = std::iter::once(name).chain(row.iter());
            named.map(str::to_owned).collect::<Vec<_>>()
        }));
    }
    let summary = table(&out.join("summary.csv"));
    let summary = summary
        .iter()
        .map(|row| row.iter().map(str::to_owned).collect());
    assert_eq!(summary.collect::<Vec<Vec<String>>>(), together);
}

#[test]
fn a_row_for_each_scenario_says_what_it_is_and_what_came_of_it() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    assert_eq!(run(&folder, &out, &FEW).0, Some(0));
    let rows = table(&out.join("scenarios.csv"));
    let facts: Vec<Vec<&str>> = rows
        .iter()
        .map(|row| row.iter().skip(2).take(4).collect())
        .collect();
    let expected = [
        ["6", "57477", "1", "1"],
        ["6", "57477", "0", "0"],
        ["6", "57477", "2", "2"],
    ];
    assert_eq!(
        facts, expected,
        "practices, patients, posts (one a worker), WTE"
    );
    let summary = table(&out.join("scenarios/c-two/summary.csv"));
    let wanted = summary
        .iter()
        .find(|row| &row[1] == "pcn" && &row[3] == "contacted_within_28_days");
    let wanted = wanted.expect("the measure");
    let header = csv::Reader::from_path(out.join("scenarios.csv"))
        .expect("a table")
        .headers()
        .expect("a header")
        .clone();
    let at = header
        .iter()
        .position(|name| name == "contacted_within_28_days")
        .expect("the column");
    let told: Vec<&str> = (at..at + 3).map(|at| &rows[2][at]).collect();
    assert_eq!(told, [&wanted[6], &wanted[7], &wanted[8]]);
}

#[test]
fn any_number_of_threads_gives_the_same_folder() {
    let place = tempdir().expect("a temporary folder");
    let folder = services(&place);
    let (one, three) = (place.path().join("one"), place.path().join("three"));
    assert_eq!(
        run(&folder, &one, &[&FEW[..], &["--threads", "1"]].concat()).0,
        Some(0)
    );
    assert_eq!(
        run(&folder, &three, &[&FEW[..], &["--threads", "3"]].concat()).0,
        Some(0)
    );
    assert_eq!(files(&one), files(&three));
}

#[test]
fn what_is_finished_is_not_run_again_and_what_is_missing_is() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    assert_eq!(run(&folder, &out, &FEW).0, Some(0));
    let whole = files(&out);
    // As after an interruption: one is missing, one was in the making, nothing is summed up.
    fs::remove_dir_all(out.join("scenarios/b-none")).expect("removed");
    fs::create_dir(out.join("scenarios/.c-two.partial-1")).expect("a folder");
    fs::remove_file(out.join("summary.csv")).expect("removed");
    // A finished one is taken as it is: what is written there shows in the summary of all.
    let (code, text, _) = run(&folder, &out, &FEW[..2]);
    assert_eq!(code, Some(0));
    assert!(
        text.contains("2 scenarios had been finished by an earlier go"),
        "{text}"
    );
    assert_eq!(files(&out), whole);
    let log = fs::read_to_string(out.join("run.log")).expect("the log");
    assert!(!log.contains("events: 0\n"), "one was run: {log}");
}

#[test]
fn other_settings_are_another_run() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    assert_eq!(run(&folder, &out, &FEW).0, Some(0));
    let before = files(&out);
    let (code, _, said) = run(&folder, &out, &["--replications", "5", "--quiet"]);
    assert_eq!(code, Some(3));
    assert!(said.contains("--overwrite"), "{said}");
    assert_eq!(files(&out), before, "nothing is lost");
    let again = ["--replications", "5", "--quiet", "--overwrite"];
    fs::remove_file(folder.join("b-none.toml")).expect("removed");
    assert_eq!(run(&folder, &out, &again).0, Some(0));
    assert_eq!(names(&out.join("scenarios")), ["a-one", "c-two"]);
    assert_eq!(&table(&out.join("scenarios/c-two/summary.csv"))[0][5], "5");
}

#[test]
fn in_full_leaves_what_a_run_of_its_own_leaves() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    assert_eq!(run(&folder, &out, &FEW).0, Some(0));
    assert_eq!(
        run(&folder, &out, &[&FEW[..], &["--in-full"]].concat()).0,
        Some(0)
    );
    let alone = place.path().join("alone");
    assert_eq!(run(&folder.join("c-two.toml"), &alone, &FEW).0, Some(0));
    let mut own = files(&out.join("scenarios/c-two"));
    own.remove("run.log");
    assert_eq!(own, files(&alone));
}

#[test]
fn all_that_is_wrong_is_told_and_nothing_is_run() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    let text = fs::read_to_string(rayleigh()).expect("the scenario");
    fs::write(folder.join("d.toml"), text.replace("wte = 1.0", "wte = -1")).expect("written");
    fs::write(folder.join("e.toml"), b"title = \"\xff\"").expect("written");
    let (code, _, said) = run(&folder, &out, &FEW);
    assert_eq!(code, Some(1));
    for told in [
        "d.toml",
        "-1",
        "e.toml",
        "2 of 5 scenarios are refused; none was run",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
    assert!(!out.exists());
}

#[test]
fn a_folder_without_scenarios_and_options_of_one_file_are_refused() {
    let place = tempdir().expect("a temporary folder");
    let (code, _, said) = run(place.path(), &place.path().join("out"), &[]);
    assert_eq!(
        (code, said.contains("no file whose name ends in .toml")),
        (Some(1), true),
        "{said}"
    );
    let folder = services(&place);
    let (code, _, said) = run(&folder, &place.path().join("out"), &["--option", "More"]);
    assert_eq!(
        (code, said.contains("not a folder")),
        (Some(2), true),
        "{said}"
    );
}

#[test]
fn sums_are_given_only_where_nobody_is_counted_twice() {
    let place = tempdir().expect("a temporary folder");
    let folder = services(&place);
    let (_, text, _) = run(&folder, &place.path().join("out"), &FEW[..2]);
    assert!(
        text.contains("18 practices, 172,431 patients and 3 WTE"),
        "{text}"
    );
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    fs::copy(folder.join("a-one.toml"), folder.join("d-again.toml")).expect("copied");
    let (_, text, _) = run(&folder, &place.path().join("out-2"), &FEW[..2]);
    assert!(!text.contains("patients and"), "{text}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("would count people twice"), "{text}");
}

/// What an import says of its networks, as it says it.
const NETWORKS: &str = "code,name,icb_code,icb_name,in_workforce_file,deprivation_fifth\n\
    a-one,One,QKK,South East,yes,1\nb-none,None,QKK,South East,no,1\nc-two,Two,QJK,Devon,yes,5\n";

#[test]
fn networks_of_an_import_are_told_by_icb_and_fifth_and_unknown_posts_are_not_none() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    fs::write(folder.join("pcns.csv"), NETWORKS).expect("written");
    let (code, text, said) = run(&folder, &out, &FEW[..2]);
    assert_eq!(code, Some(0), "{said}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "3 WTE of link workers, 0.26 for 10,000 patients of those whose posts are known",
        "In 2 of 2 scenarios (100%)",
        "Of 1 nobody knows the posts",
        "most deprived 114,954 0.17 1 of 1",
        "least deprived 57,477 0.35 1 of 1",
        "Link workers whom others employ than PCNs are not in the workforce file",
        "3 scenarios take England's usual referral rate",
    ] {
        assert!(words.contains(told), "{told}: {text}");
    }
    let groups = table(&out.join("groups.csv"));
    let told: Vec<Vec<&str>> = groups
        .iter()
        .map(|row| row.iter().take(7).collect())
        .collect();
    let expected = [
        [
            "deprivation_fifth",
            "1",
            "2",
            "1",
            "114954",
            "1",
            "0.173982637",
        ],
        [
            "deprivation_fifth",
            "5",
            "1",
            "1",
            "57477",
            "2",
            "0.347965273",
        ],
        ["icb", "QJK Devon", "1", "1", "57477", "2", "0.347965273"],
        [
            "icb",
            "QKK South East",
            "2",
            "1",
            "114954",
            "1",
            "0.173982637",
        ],
    ];
    assert_eq!(told, expected);
    let by_icb = fs::read_to_string(out.join("plots/by_icb.svg")).expect("the figure");
    assert!(by_icb.contains("QKK South East") && by_icb.contains("QJK Devon"));
    // The share of a group with one scenario whose posts are known is that scenario's.
    let alone = table(&out.join("scenarios/a-one/summary.csv"));
    let alone = alone
        .iter()
        .find(|row| &row[1] == "pcn" && &row[3] == "share_contacted_ever");
    assert_eq!(
        groups[0][14].parse::<f64>().ok(),
        alone.expect("the measure")[6].parse().ok()
    );
}

#[test]
fn where_all_posts_are_unknown_nothing_is_told_of_loads_and_shares() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    let unknown = NETWORKS.replace(",yes,", ",no,");
    fs::write(folder.join("pcns.csv"), unknown).expect("written");
    for known in ["a-one.toml", "c-two.toml"] {
        fs::remove_file(folder.join(known)).expect("removed");
    }
    let (code, text, said) = run(&folder, &out, &FEW[..2]);
    assert_eq!(code, Some(0), "{said}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Of 1 nobody knows the posts"), "{text}");
    for untold in ["0 of 0", "NaN", "more is asked for", "are accepted"] {
        assert!(!words.contains(untold), "{untold}: {text}");
    }
}

#[test]
fn posts_that_the_user_has_put_in_are_known_whatever_the_import_found() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    let unknown = NETWORKS.replace(",yes,", ",no,");
    fs::write(folder.join("pcns.csv"), unknown).expect("written");
    let (_, text, _) = run(&folder, &out, &FEW[..2]);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for told in [
        "Of 1 nobody knows the posts",
        "In 2 of 2 scenarios",
        "and 3 WTE",
    ] {
        assert!(words.contains(told), "{told}: {text}");
    }
}

/// The title counted those whose posts nobody knows, and not those that it drew.
#[test]
fn the_figure_of_loads_counts_what_the_terminal_counts() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    let title = || {
        let svg = fs::read_to_string(out.join("plots/load.svg")).expect("the figure");
        let (_, after) = svg.split_once("<title>").expect("a title");
        let (title, rest) = after.split_once('<').expect("its end");
        (title.to_owned(), rest.to_owned())
    };
    let (_, text, _) = run(&folder, &out, &FEW[..2]);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (said, rest) = title();
    assert!(words.contains("In 3 of 3 scenarios"), "{text}");
    assert_eq!(
        said,
        "In 3 of 3 scenarios more is asked for than there is; 1 of these has no post"
    );
    assert!(rest.contains("Not drawn: 1 (no post)."), "{rest}");
    let unknown = NETWORKS.replace(",yes,", ",no,");
    fs::write(folder.join("pcns.csv"), unknown).expect("written");
    let again = [&FEW[..2], &["--overwrite"]].concat();
    let (code, _, told) = run(&folder, &out, &again);
    assert_eq!(code, Some(0), "{told}");
    let (said, rest) = title();
    assert_eq!(said, "In 2 of 2 scenarios more is asked for than there is");
    assert!(rest.contains("Not drawn: 1 (posts not known)."), "{rest}");
}

#[test]
fn programs_are_told_what_the_tables_have() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    fs::write(folder.join("pcns.csv"), NETWORKS).expect("written");
    let (code, told, said) = run(&folder, &out, &[&FEW[..2], &["--format", "json"]].concat());
    assert_eq!(code, Some(0), "{said}");
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let two = &told["scenarios"][2];
    assert_eq!(two["scenario"], "c-two");
    assert_eq!(
        (&two["wte"], &two["icb"]),
        (&2.0.into(), &"QJK Devon".into())
    );
    assert_eq!(told["scenarios"][1]["posts_known"], false);
    let summary = table(&out.join("scenarios/c-two/summary.csv"));
    let share = summary
        .iter()
        .find(|row| &row[1] == "pcn" && &row[3] == "share_contacted_ever");
    let share: f64 = share.expect("the measure")[6].parse().expect("a number");
    let mean = two["measures"]["share_contacted_ever"]["mean"].as_f64();
    assert!(
        (mean.expect("a mean") - share).abs() < 1e-8,
        "{mean:?} {share}"
    );
}

#[test]
fn the_folder_where_one_stands_has_results_by_its_name() {
    let place = tempdir().expect("a temporary folder");
    let folder = services(&place);
    let (code, _, said) = done(&folder, &[&["run", "."], &FEW[..]].concat());
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(names(&folder.join("output")), ["services"]);
}

/// The services with a target that more staff reaches.
fn services_that_can_reach_it(place: &TempDir) -> PathBuf {
    let folder = services(place);
    for name in ["a-one", "b-none", "c-two"] {
        let file = folder.join(format!("{name}.toml"));
        let text = fs::read_to_string(&file).expect("the scenario");
        let (before, _) = text.split_once("\n[targets]").expect("targets");
        let text = format!("{before}\n[targets]\nshare_contacted_ever = 0.5\n");
        let short = text
            .replace("weeks = 104", "weeks = 26")
            .replace("warm_up_weeks = 52", "warm_up_weeks = 13");
        fs::write(&file, short).expect("written");
    }
    folder
}

#[test]
fn the_wte_needed_is_the_least_that_was_tried_and_meets_the_targets() {
    let place = tempdir().expect("a temporary folder");
    let folder = services_that_can_reach_it(&place);
    fs::write(folder.join("pcns.csv"), NETWORKS).expect("written");
    let out = place.path().join("out");
    assert_eq!(run(&folder, &out, &FEW).0, Some(0));
    // What is finished is done again for what was not asked before.
    let (code, text, said) = run(&folder, &out, &[&FEW[..2], &["--wte-needed"]].concat());
    assert_eq!(code, Some(0), "{said}");
    assert!(text.contains("To meet every target on the mean"), "{text}");
    let header = csv::Reader::from_path(out.join("scenarios.csv"))
        .and_then(|mut table| table.headers().cloned())
        .expect("a table");
    let at = header.iter().position(|it| it == "wte_needed").expect("it");
    let mut needed = Vec::new();
    for row in table(&out.join("scenarios.csv")) {
        let wte: f64 = row[5].parse().expect("WTE");
        let told: f64 = row[at].parse().expect("WTE needed");
        let tried = table(&out.join("scenarios").join(&row[0]).join("staffing.csv"));
        let mean = |row: &csv::StringRecord| row[6].parse::<f64>().expect("a mean");
        let number = |row: &csv::StringRecord, at: usize| row[at].parse::<f64>().expect("it");
        for staffing in &tried {
            let enough = mean(staffing) >= 0.5;
            assert_eq!(number(staffing, 1) >= told - 1e-9, enough, "{staffing:?}");
        }
        // The next smaller one was tried too, or there is none.
        let before = (told - wte < 1e-9)
            || tried
                .iter()
                .any(|it| (number(it, 1) - (told - 0.25)).abs() < 1e-9);
        assert!(before, "{}: {told}", &row[0]);
        // With none more it is the run itself.
        let summary = table(&out.join("scenarios").join(&row[0]).join("summary.csv"));
        let own = summary
            .iter()
            .find(|it| &it[1] == "pcn" && &it[3] == "share_contacted_ever");
        assert_eq!(&tried[0][6], &own.expect("the measure")[6], "{}", &row[0]);
        needed.push(told);
    }
    // One list for all: who is there already makes no difference to what is needed but a little.
    assert!(
        needed.iter().all(|it| (it - needed[0]).abs() <= 0.5),
        "{needed:?}"
    );
    let one_thread = place.path().join("one-thread");
    let more = [&FEW[..], &["--wte-needed", "--threads", "1"]].concat();
    assert_eq!(run(&folder, &one_thread, &more).0, Some(0));
    assert_eq!(files(&one_thread), files(&out));
}

#[test]
fn people_a_year_are_of_the_years_that_are_observed() {
    let place = tempdir().expect("a temporary folder");
    let (folder, out) = (services(&place), place.path().join("out"));
    let (_, text, _) = run(&folder, &out, &FEW[..2]);
    let accepted = |name: &str| {
        let summary = table(&out.join("scenarios").join(name).join("summary.csv"));
        let row = summary
            .iter()
            .find(|row| &row[1] == "pcn" && &row[3] == "referrals_accepted");
        row.expect("the measure")[6].parse::<f64>().expect("a mean")
    };
    let all: f64 = ["a-one", "b-none", "c-two"].map(accepted).iter().sum();
    // 104 weeks, and a year of warm-up that does not count.
    let a_year = all / (104.0 * 7.0 / 365.25);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (_, told) = words.split_once("accept ").expect("it is told");
    let told: String = told.chars().take_while(|it| *it != ' ').collect();
    let told: f64 = told.replace(',', "").parse().expect("a number");
    assert!((told - a_year).abs() <= 0.51, "{a_year}: {text}");
}
