//! Scenarios with uncertain inputs, run as a user runs them.

use super::{files, program};
use std::path::{Path, PathBuf};
use tempfile::{TempDir, tempdir};

const SCENARIO: &str = r#"schema = 1
title = "A small service of which little is known"
pathway = "guidance"
[period]
start = 2026-10-05
weeks = 26
[experiment]
replications = 5
seed = 20261005
[uncertainty]
draws = 20
replications = 3
[demand]
referrals_per_1000_a_year = 20
[first_contact]
answered_share = { uncertain = { triangular = { min = 0.4, mode = 0.6, max = 0.8 } } }
[[practices]]
name = "Mill Lane"
list_size = 9000
[[posts]]
name = "Link worker"
wte = 1.0
client_share = { uncertain = { uniform = { min = 0.5, max = 0.7 } } }
[targets]
contacted_within_14_days = 0.5
[[options]]
name = "Half a post more"
scale."posts.*.wte" = 1.5
"#;

fn written(text: &str) -> (TempDir, PathBuf) {
    let place = tempdir().expect("a temporary folder");
    let path = place.path().join("scenario.toml");
    std::fs::write(&path, text).expect("the folder can be written");
    (place, path)
}

fn run(scenario: &Path, out: &Path, options: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = program();
    command.arg("run").arg(scenario).arg("--out").arg(out);
    command.args(options).assert()
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("the file is there")
}

#[test]
fn draws_leave_their_tables_and_are_told() {
    let (place, scenario) = written(SCENARIO);
    let out = place.path().join("out");
    let done = run(&scenario, &out, &["--threads", "2"]).success();
    let said = String::from_utf8_lossy(&done.get_output().stdout).into_owned();
    assert!(
        said.contains("What is not known, and what is chance"),
        "{said}"
    );
    assert!(
        said.contains("2 uncertain inputs are drawn 20 times"),
        "{said}"
    );
    let draws = text(&out, "draws.csv");
    assert_eq!(draws.lines().next(), Some("draw,hypercube,input,value"));
    assert_eq!(draws.lines().count(), 1 + 20 * 2);
    let shares: Vec<f64> = draws
        .lines()
        .filter(|line| line.contains("client_share"))
        .filter_map(|line| line.rsplit(',').next()?.parse().ok())
        .collect();
    // Of the two draws of each hypercube one lies in either half.
    assert_eq!(shares.len(), 20);
    for pair in shares.chunks(2) {
        let below = pair.iter().filter(|share| **share < 0.6).count();
        assert_eq!(below, 1, "{pair:?}");
    }
    let summary = text(&out, "summary.csv");
    let row = summary
        .lines()
        .find(|line| line.contains(",referrals_accepted,"));
    assert!(row.expect("a row").contains(",60,"), "{row:?}");
    let table = text(&out, "uncertainty.csv");
    assert_eq!(table.lines().count(), 1 + summary.lines().count() - 1);
    assert!(text(&out, "tornado.csv").contains("contacted_within_14_days,share,"));
    assert!(text(&out, "plots/tornado.svg").contains("contacted within 14 days"));
    assert!(text(&out, "manifest.json").contains("\"replications\": 60"));
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let (place, scenario) = written(SCENARIO);
    let folder = |name: &str, threads: &str| {
        let out = place.path().join(name);
        run(&scenario, &out, &["--threads", threads, "--quiet"]).success();
        files(&out)
    };
    assert_eq!(folder("one", "1"), folder("three", "3"));
}

#[test]
fn another_input_moves_no_draws_of_the_others() {
    let more = SCENARIO.replace(
        "[first_contact]\n",
        "[first_contact]\nattempts = { uncertain = { uniform = { min = 1, max = 5 } } }\n",
    );
    let draws = |text_of: &str| {
        let (place, scenario) = written(text_of);
        let out = place.path().join("out");
        run(&scenario, &out, &["--quiet"]).success();
        let all = text(&out, "draws.csv");
        let rows = all.lines().filter(|line| !line.contains("attempts"));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(draws(SCENARIO), draws(&more));
}

#[test]
fn central_values_are_those_of_a_file_with_plain_numbers() {
    let (place, scenario) = written(SCENARIO);
    let central = place.path().join("central");
    run(&scenario, &central, &["--central", "--quiet"]).success();
    let plain = SCENARIO
        .replace(
            "{ uncertain = { triangular = { min = 0.4, mode = 0.6, max = 0.8 } } }",
            "0.6",
        )
        .replace(
            "{ uncertain = { uniform = { min = 0.5, max = 0.7 } } }",
            "0.6",
        );
    let (place, scenario) = written(&plain);
    let out = place.path().join("out");
    run(&scenario, &out, &["--quiet"]).success();
    // Page, workbook and checklist name the file and what it says, as the manifest does.
    const NAMING: [&str; 6] = [
        "scenario.toml",
        "manifest.json",
        "replications.parquet",
        "report.html",
        "results.xlsx",
        "stress-des.md",
    ];
    let tables = |folder: &Path| {
        let mut all = files(folder);
        all.retain(|name, _| !NAMING.contains(&name.as_str()));
        all
    };
    assert_eq!(tables(&central), tables(&out));
    assert!(!out.join("uncertainty.csv").exists());
}

/// What a run leaves is its own: nothing of the run before stays in the folder.
#[test]
fn another_run_replaces_the_tables_of_the_first() {
    let (place, scenario) = written(SCENARIO);
    let [first, second] = ["first", "second"].map(|name| place.path().join(name));
    run(&scenario, &first, &["--quiet"]).success();
    let again = ["--seed", "7", "--quiet", "--overwrite"];
    run(&scenario, &first, &again).success();
    run(&scenario, &second, &again).success();
    assert_eq!(files(&first), files(&second));
    run(&scenario, &first, &["--central", "--quiet", "--overwrite"]).success();
    for table in ["uncertainty.csv", "draws.csv", "tornado.csv"] {
        assert!(!first.join(table).exists(), "{table}");
    }
}

#[test]
fn what_draws_decide_cannot_be_asked_for_otherwise() {
    let (place, scenario) = written(SCENARIO);
    let out = place.path().join("out");
    for options in [
        ["--replications", "5"],
        ["--precision", "0.1"],
        ["--replication-range", "0..5"],
    ] {
        let refused = run(&scenario, &out, &options).code(2);
        let said = String::from_utf8_lossy(&refused.get_output().stderr).into_owned();
        assert!(
            said.contains(options[0]) && said.contains("--central"),
            "{said}"
        );
    }
    assert!(!out.exists());
}

#[test]
fn an_option_meets_the_draws_of_the_base() {
    let (place, scenario) = written(SCENARIO);
    let draws = |name: &str, options: &[&str]| {
        let out = place.path().join(name);
        run(&scenario, &out, &[&["--quiet"], options].concat()).success();
        text(&out, "draws.csv")
    };
    assert_eq!(
        draws("base", &[]),
        draws("option", &["--option", "Half a post more"])
    );
}

#[test]
fn check_lists_what_is_uncertain() {
    let (_place, scenario) = written(SCENARIO);
    let done = program().arg("check").arg(&scenario).assert().success();
    let said = String::from_utf8_lossy(&done.get_output().stdout).into_owned();
    assert!(
        said.contains("Uncertain: 20 draws, each replicated 3 times"),
        "{said}"
    );
    assert!(
        said.contains("posts.\"Link worker\".client_share"),
        "{said}"
    );
}

/// An input that is hardly uncertain: what differs between draws is chance, and no range of no width is
/// told.
#[test]
fn a_difference_that_differs_by_chance_alone_has_no_range() {
    let wide = "{ uncertain = { uniform = { min = 0.5, max = 0.7 } } }";
    let narrow = "{ uncertain = { uniform = { min = 0.6, max = 0.600001 } } }";
    let sure = "{ uncertain = { triangular = { min = 0.4, mode = 0.6, max = 0.8 } } }";
    let (place, scenario) = written(&SCENARIO.replace(wide, narrow).replace(sure, "0.6"));
    let done = program()
        .arg("compare")
        .arg(&scenario)
        .arg("--out")
        .arg(place.path().join("out"))
        .output()
        .expect("it runs");
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(said.contains("chance alone"), "{said}");
    let words: Vec<&str> = said.split_whitespace().collect();
    let mut ranges = words.windows(3).filter(|it| it[1] == "to");
    let is_empty = |it: &[&str]| it[0].starts_with(['+', '-']) && it[0] == it[2];
    assert!(!ranges.any(is_empty), "{said}");
}

/// The option alone has another uncertain input; the intervals of differences are those of the ten
/// hypercubes' means, and everything that needs independent replications is refused.
#[test]
fn options_are_compared_over_the_draws() {
    let more = "[[options]]\nname = \"More answer\"\n\
                set.\"first_contact.days_between_attempts\" = { uncertain = { uniform = { min = 1, max = 5 } } }\n";
    let (place, scenario) = written(&format!("{SCENARIO}{more}"));
    let compare = |name: &str, options: &[&str]| {
        let mut command = program();
        command.arg("compare").arg(&scenario).arg("--out");
        command
            .arg(place.path().join(name))
            .args(options)
            .output()
            .expect("it runs")
    };
    let done = compare("one", &["--threads", "1"]);
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("the uncertain ones were drawn 20 times")
            && said.contains("in 8 of 10 draws of the uncertain inputs the difference is"),
        "{said}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    compare("two", &["--threads", "2"]);
    let (one, two) = (place.path().join("one"), place.path().join("two"));
    assert_eq!(files(&one), files(&two));
    let (summary, rows) = (text(&one, "summary.csv"), text(&one, "differences.csv"));
    assert!(summary.contains("base,pcn,PCN,share_contacted_ever,share,60,"));
    assert!(summary.contains("More answer,pcn,PCN,share_contacted_ever,share,60,"));
    let line = rows
        .lines()
        .find(|row| row.starts_with("Half a post more,base,pcn,PCN,waiting_list_mean,people,60,"));
    let line = line.expect("a difference");
    let header: Vec<&str> = rows.lines().next().unwrap_or_default().split(',').collect();
    let cells: Vec<&str> = line.split(',').collect();
    let number = |column: &str| -> f64 {
        let at = header.iter().position(|it| *it == column);
        let cell = cells[at.expect("the column is there")];
        cell.parse().expect("a number")
    };
    let shares = ["share_of_draws_better", "share_of_draws_same"].map(number);
    let points = ["draws_p10", "draws_p50", "draws_p90"].map(number);
    assert!(shares[0] > 0.0 && shares[1] > 0.0, "{line}");
    assert!(points.is_sorted() && points[0] < points[2], "{line}");
    differences_over_draws_are_what_the_replications_say(&one, points, shares);
    let of_option = rows
        .lines()
        .filter(|row| row.starts_with("Half a post more,"));
    assert!(of_option.clone().count() > 100, "{}", of_option.count());
    for (option, words) in [
        (&["--replications", "5"][..], "--replications"),
        (&["--difference-precision", "0.1"], "difference_precision"),
    ] {
        let refused = compare("refused", option);
        assert!(!refused.status.success());
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(told.contains(words) && told.contains("--central"), "{told}");
    }
    assert!(compare("central", &["--central"]).status.success());
}

/// By another route, from `replications.csv`: the mean difference of each draw of three replications, drawn
/// in until they vary by what the analysis of variance leaves between draws (but for draws without any
/// difference), and their quantiles; how many are better and how many the same; and that
/// the tables of draws are there, with the difference beside the levels.
fn differences_over_draws_are_what_the_replications_say(
    out: &std::path::Path,
    told: [f64; 3],
    shares: [f64; 2],
) {
    let table = text(out, "replications.csv");
    let values = |option: &str| -> Vec<f64> {
        let rows = table.lines().filter(|row| {
            row.starts_with(&format!("{option},")) && row.contains(",pcn,PCN,waiting_list_mean,")
        });
        rows.filter_map(|row| row.rsplit(',').next()?.parse().ok())
            .collect()
    };
    let (before, after) = (values("base"), values("Half a post more"));
    let differences: Vec<f64> = after
        .iter()
        .zip(&before)
        .map(|(after, before)| after - before)
        .collect();
    assert_eq!(differences.len(), 60);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let variance = |values: &[f64]| {
        let middle = mean(values);
        values.iter().map(|it| (it - middle).powi(2)).sum::<f64>() / (values.len() - 1) as f64
    };
    let draws: Vec<&[f64]> = differences.chunks(3).collect();
    let means: Vec<f64> = draws.iter().map(|draw| mean(draw)).collect();
    let within = mean(&draws.iter().map(|draw| variance(draw)).collect::<Vec<_>>());
    let seen = variance(&means);
    let by = ((seen - within / 3.0).max(0.0) / seen).sqrt();
    let mut drawn_in: Vec<f64> = means
        .iter()
        .map(|it| match *it {
            none if none.abs() < 1e-300 => none,
            some => mean(&means) + by * (some - mean(&means)),
        })
        .collect();
    let share = |is_it: fn(f64) -> bool| {
        means.iter().filter(|it| is_it(**it)).count() as f64 / means.len() as f64
    };
    let [better, same] = [share(|it| it < 0.0), share(|it| it.abs() < 1e-300)];
    assert!((shares[0] - better).abs() < 1e-12 && (shares[1] - same).abs() < 1e-12);
    drawn_in.sort_by(f64::total_cmp);
    for (told, p) in told.into_iter().zip([0.1, 0.5, 0.9]) {
        let place: f64 = p * 19.0;
        let (below, above) = (
            drawn_in[place.floor() as usize],
            drawn_in[place.ceil() as usize],
        );
        let wanted = below + place.fract() * (above - below);
        assert!(
            (told - wanted).abs() < 1e-5 * (1.0 + wanted.abs()),
            "{told} is not {wanted}"
        );
    }
    let uncertainty = text(out, "uncertainty.csv");
    let of = |begin: &str, versus: &str| {
        let mut rows = uncertainty.lines();
        rows.any(|row| row.starts_with(begin) && row.rsplit(',').next() == Some(versus))
    };
    assert!(of("base,pcn,PCN,waiting_list_mean,people,20,", ""));
    assert!(of(
        "Half a post more,pcn,PCN,waiting_list_mean,people,20,",
        ""
    ));
    assert!(of(
        "Half a post more,pcn,PCN,waiting_list_mean,people,20,",
        "base"
    ));
    let tornado = text(out, "tornado.csv");
    let input = "More answer,share_contacted_ever,share,first_contact.days_between_attempts,";
    assert!(
        tornado.lines().any(|row| row.starts_with(input)),
        "{tornado}"
    );
    // Three inputs, one of them of an option alone, in each of 20 draws.
    assert_eq!(text(out, "draws.csv").lines().count(), 1 + 20 * 3);
}
