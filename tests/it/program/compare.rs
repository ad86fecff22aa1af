//! `splw-sim compare`: what it leaves, what it says, and what it refuses.

use super::refusals::SMALL;
use super::{done, files, names};
use serde_json::Value;
use splw_sim::stats::Estimate;
use std::collections::BTreeMap;
use tempfile::{TempDir, tempdir};

/// Options of [`SMALL`]; the second removes the post and adds another in its place.
pub(super) const OPTIONS: &str = r#"
[[options]]
name = "A second"
cost_pounds_a_year = 42575
add.posts = [{ name = "Link worker 2", like = "Link worker" }]

[[options]]
name = "Another in their place"
remove = ["posts.Link worker"]
add.posts = [{ name = "Somebody else", wte = 1.0 }, { name = "Half", wte = 0.5 }]

[[options]]
name = "Another practice first"
remove = ["practices.Practice"]
add.practices = [{ name = "New", list_size = 500 }, { name = "Practice", list_size = 90000 }]
"#;

/// Half a year in which there is more to do than one worker can: the small scenario is too idle.
pub(super) fn busy(more: &str) -> String {
    let text = SMALL
        .replace("weeks = 4", "weeks = 26")
        .replace("list_size = 3000", "list_size = 90000");
    format!("{text}{OPTIONS}{more}")
}

const WAIT: &str = "wait_to_first_contact_days_mean";

pub(super) fn place(text: &str) -> TempDir {
    let place = tempdir().expect("a temporary folder");
    std::fs::write(place.path().join("s.toml"), text).expect("a scenario");
    place
}

/// Compares with these arguments and returns what is printed.
pub(super) fn compared(place: &TempDir, arguments: &[&str]) -> String {
    let all = [&["compare", "s.toml"], arguments].concat();
    let (code, stdout, stderr) = done(place.path(), &all);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{stdout}");
    stdout
}

/// The table of this name in the folder that was left, its rows as cells by their header.
pub(super) fn rows(place: &TempDir, table: &str) -> Vec<BTreeMap<String, String>> {
    let path = place.path().join("output/s").join(table);
    let mut reader = csv::Reader::from_path(path).expect("the table is there");
    let header = reader.headers().expect("a header").clone();
    let row = |record: csv::StringRecord| {
        let cells = header.iter().zip(record.iter());
        cells
            .map(|(key, cell)| (key.to_owned(), cell.to_owned()))
            .collect()
    };
    let records = reader.records().map(|it| it.expect("a row"));
    records.map(row).collect()
}

#[test]
fn the_base_is_what_the_file_gives_without_its_options() {
    let place = place(&busy(""));
    compared(&place, &["--replications", "6"]);
    let alone = busy("").replace(OPTIONS, "");
    std::fs::write(place.path().join("alone.toml"), alone).expect("a scenario");
    let run = ["run", "alone.toml", "--replications", "6", "--quiet"];
    assert_eq!(done(place.path(), &run).0, Some(0));
    let output = place.path().join("output");
    let (compared, alone) = (files(&output.join("s")), files(&output.join("alone")));
    for table in ["summary.csv", "replications.csv", "weekly.csv", "waits.csv"] {
        let text = String::from_utf8(compared[table].clone()).expect("UTF-8");
        let is_of_base = |row: &&str| row.starts_with("base,") || row.starts_with("option,");
        let of_base: Vec<&str> = text.lines().filter(is_of_base).collect();
        let alone = String::from_utf8(alone[table].clone()).expect("UTF-8");
        assert_eq!(of_base, alone.lines().collect::<Vec<_>>(), "{table}");
        assert!(text.lines().count() > 3 * of_base.len(), "{table}");
    }
}

/// Every difference is that of the means in the summary, of the entity of the same *name*: the
/// practice that both have stands at another position in the option.
#[test]
fn differences_are_of_the_same_name_wherever_it_stands() {
    let place = place(&busy(""));
    compared(&place, &["--replications", "8"]);
    let key = |row: &BTreeMap<String, String>, option: &str| {
        [option, &row["scope"], &row["name"], &row["measure"]].map(str::to_owned)
    };
    let means: BTreeMap<[String; 4], f64> = rows(&place, "summary.csv")
        .iter()
        .filter_map(|row| Some((key(row, &row["option"]), row["mean"].parse().ok()?)))
        .collect();
    let differences = rows(&place, "differences.csv");
    let mut compared = 0;
    for row in &differences {
        assert_eq!(row["versus"], "base");
        let both = means
            .get(&key(row, &row["option"]))
            .zip(means.get(&key(row, "base")));
        let Some((after, before)) = both else {
            assert!(row["mean_difference"].is_empty(), "{row:?}");
            continue;
        };
        // Where every replication has a value the mean of differences is the difference of means.
        if row["n"] == "8" {
            let told: f64 = row["mean_difference"].parse().expect("a number");
            let size = 1.0 + after.abs() + before.abs();
            assert!((told - (after - before)).abs() < 1e-6 * size, "{row:?}");
            compared += 1;
        }
    }
    assert!(compared > 300, "only {compared}");
    // The same people arrive, whoever serves them.
    let arrivals = differences.iter().find(|row| {
        row["option"] == "A second"
            && row["scope"] == "pcn"
            && row["measure"] == "referrals_received"
    });
    let correlation = arrivals.map(|row| row["correlation"].parse::<f64>().expect("a number"));
    assert!(correlation > Some(0.95), "{correlation:?}");
    let of = |option: &str, scope: &str| {
        let these = differences.iter();
        let mut names: Vec<String> = these
            .filter(|row| row["option"] == option && row["scope"] == scope)
            .map(|row| row["name"].clone())
            .collect();
        names.dedup();
        names
    };
    assert_eq!(of("A second", "post"), ["Link worker"]);
    assert!(of("Another in their place", "post").is_empty());
    assert_eq!(of("Another practice first", "practice"), ["Practice"]);
}

#[test]
fn any_number_of_threads_gives_the_same_folder() {
    let more =
        "[compare]\nrank_by = \"wait_to_first_contact_days_mean\"\nindifference_zone = 0.4\n";
    let place = place(&busy(more));
    for arguments in [
        &["--replications", "12"][..],
        &["--difference-precision", "0.2"],
    ] {
        let with = |threads: &str| {
            let all = [arguments, &["--threads", threads, "--overwrite"]].concat();
            let printed = compared(&place, &all);
            (printed, files(&place.path().join("output/s")))
        };
        let one = with("1");
        assert!(one.1.contains_key("plots/cost_effectiveness.png"));
        assert!(one.1.contains_key("plots/differences.svg"));
        assert_eq!(one, with("3"), "{arguments:?}");
    }
}

/// The folder's own tables are replaced, and none is taken for the user's.
#[test]
fn a_second_comparison_replaces_the_first() {
    let place = place(&busy("[compare]\nmeasures = [\"lapsed\"]\n"));
    compared(&place, &["--replications", "4"]);
    let before = files(&place.path().join("output/s"));
    let other = ["--replications", "5", "--overwrite"];
    compared(&place, &other);
    let after = files(&place.path().join("output/s"));
    for table in ["differences.csv", "cost_effectiveness.csv"] {
        assert_ne!(before[table], after[table], "{table}");
    }
}

#[test]
fn the_text_says_how_much_how_sure_and_for_how_much() {
    let place = place(&busy(""));
    let text = compared(&place, &["--replications", "10"]);
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Of the 3 options, \"",
        "with 95% confidence, from 10 pairs of simulated runs",
        "all 15 intervals hold at once with 95% confidence (5 measures, 3 options; widened for that by Bonferroni's rule)",
        "Weeks at risk, each post a year, weeks; less is better",
        "A second: costs £42,575 more; £21,215 over the 26 weeks.",
        "people ever contacted",
        "No cost is given for \"Another in their place\" and \"Another practice first\"",
        "Results are in output/s",
    ] {
        assert!(flat.contains(words), "no \"{words}\" in\n{text}");
    }
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
}

#[test]
fn the_best_is_found_or_said_to_be_undecided() {
    let ranked = |zone: &str, budget: u32| {
        let more = format!(
            "[compare]\nrank_by = \"share_contacted_ever\"\nindifference_zone = {zone}\nbudget_replications = {budget}\n"
        );
        let place = place(&busy(&more));
        let text = compared(&place, &["--replications", "10", "--format", "json"]);
        let told: Value = serde_json::from_str(&text).expect("JSON");
        let standings = rows(&place, "ranking.csv");
        (told["ranking"].clone(), standings)
    };
    let (told, standings) = ranked("0.05", 400);
    let best: Vec<&str> = standings
        .iter()
        .filter(|row| row["standing"] == "best")
        .map(|row| row["option"].as_str())
        .collect();
    assert_eq!(told["best"].as_str(), best.first().copied());
    assert_eq!(best.len(), 1);
    // One worker alone is behind a worker and a half and two.
    let base = standings.iter().find(|row| row["option"] == "base");
    assert_eq!(base.map(|row| row["standing"].as_str()), Some("behind"));
    let (told, standings) = ranked("0.0000001", 20);
    assert!(told["best"].is_null());
    let left = standings.iter().filter(|row| row["standing"] == "left");
    for row in left.clone() {
        assert_eq!(row["n"], "20", "the whole budget");
    }
    assert!(left.count() > 1);
}

/// Net benefit puts people and pounds together: at nothing a person the cheapest is the best, at ten
/// thousand the one that reaches most.
#[test]
fn the_worth_of_a_person_decides_by_net_benefit() {
    let priced = busy("").replace(
        "name = \"Another",
        "cost_pounds_a_year = 20000\nname = \"Another",
    );
    for (worth, zone, best) in [("0", 500, "base"), ("1e4", 100_000, "A second")] {
        let more = format!(
            "[compare]\nrank_by = \"net_benefit_pounds\"\nindifference_zone = {zone}\npounds_per_extra_person_contacted = {worth}\n"
        );
        let place = place(&format!("{priced}{more}"));
        let text = compared(&place, &["--replications", "10", "--format", "json"]);
        let told: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!(told["ranking"]["best"], best, "{worth}");
        let net = &told["options"][0]["money"][0]["net_benefit_pounds_a_year"]["mean"];
        let gained = &told["options"][0]["money"][0]["gained_a_year"]["mean"];
        let worth: f64 = worth.parse().expect("a number");
        let wanted = worth * gained.as_f64().expect("a mean") - 42_575.0;
        assert!((net.as_f64().expect("a mean") / wanted - 1.0).abs() < 1e-9);
    }
}

/// By another route: people and weeks a year from the values of the replications, and the ratio of the
/// means, which for a cost that does not vary has the reciprocals of the gain's interval as its ends.
#[test]
fn each_pound_buys_what_the_replications_say() {
    let place = place(&busy(""));
    compared(&place, &["--replications", "9"]);
    let values = rows(&place, "replications.csv");
    let value = |option: &str, replication: usize, measure: &str| -> f64 {
        let is_it = |row: &&BTreeMap<String, String>| {
            row["option"] == option
                && row["scope"] == "pcn"
                && row["measure"] == measure
                && row["replication"] == replication.to_string()
        };
        let row = values.iter().find(is_it).expect("a value");
        row["value"].parse().expect("a number")
    };
    let years = 182.0 / 365.25;
    let people = |option: &str, at: usize| {
        let all = value(option, at, "referrals_accepted") + value(option, at, "refused");
        value(option, at, "contacted_within_28_days") * all / years
    };
    let weeks =
        |option: &str, at: usize| -value(option, at, "awaiting_first_contact_mean") * 365.25 / 7.0;
    let mean = |a_year: &dyn Fn(&str, usize) -> f64| {
        let gained = (0..9).map(|at| a_year("A second", at) - a_year("base", at));
        gained.sum::<f64>() / 9.0
    };
    let told = rows(&place, "cost_effectiveness.csv");
    let ever = |option: &str, at: usize| {
        let all = value(option, at, "referrals_accepted") + value(option, at, "refused");
        value(option, at, "share_contacted_ever") * all / years
    };
    assert_eq!(told.len(), 3, "the others have no cost");
    let gains: Vec<&str> = told.iter().map(|row| row["gain"].as_str()).collect();
    assert_eq!(
        gains,
        [
            "contacted_within_28_days",
            "wait_weeks_removed",
            "contacted_ever"
        ]
    );
    for (row, gained) in told.iter().zip([mean(&people), mean(&weeks), mean(&ever)]) {
        let number = |key: &str| -> f64 { row[key].parse().expect("a number") };
        let near = |key: &str, wanted: f64| {
            assert!(
                (number(key) / wanted - 1.0).abs() < 1e-6,
                "{key} of {row:?}: {wanted}"
            );
        };
        near("gained_a_year", gained);
        near("cost_pounds_a_year", 42_575.0);
        near("pounds_per_unit", 42_575.0 / gained);
        near("ratio_ci95_low", 42_575.0 / number("gained_ci95_high"));
        near("ratio_ci95_high", 42_575.0 / number("gained_ci95_low"));
        let corners = [
            "better_and_dearer",
            "better_and_cheaper",
            "worse_and_dearer",
            "worse_and_cheaper",
        ];
        assert!((corners.map(number).iter().sum::<f64>() - 1.0).abs() < 1e-8);
        assert!(number("better_and_dearer") > 0.975, "a gain for sure");
    }
}

/// Where the gain may be nothing there is no ratio, but the chances of the four corners.
#[test]
fn a_gain_that_may_be_nothing_has_no_ratio() {
    let text = SMALL.replace("weeks = 4", "weeks = 10");
    let text = format!(
        "{text}\n[[options]]\nname = \"Nothing much\"\ncost_pounds_a_year = 1000\nscale.\"case_types.*.dna_share\" = 0.99\n"
    );
    let place = place(&text);
    let printed = compared(&place, &["--replications", "10"]);
    let flat = printed.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("No more people contacted within 28 days. ") && !flat.contains(" each ("),
        "{printed}"
    );
    assert!(
        flat.contains("No option improves the share of people contacted within 28 days"),
        "{printed}"
    );
    let told = rows(&place, "cost_effectiveness.csv");
    assert_eq!(
        (
            told[0]["pounds_per_unit"].as_str(),
            told[0]["ratio_ci95_low"].as_str()
        ),
        ("", "")
    );
    assert!(!told[0]["worse_and_dearer"].is_empty());
}

/// Each option stops when its own difference is known as precisely as was asked.
#[test]
fn precision_of_the_difference_is_reached() {
    let place = place(&busy(""));
    let text = compared(
        &place,
        &["--difference-precision", "0.02", "--format", "json"],
    );
    let told: Value = serde_json::from_str(&text).expect("JSON");
    let all = rows(&place, "replications.csv");
    let waits = |option: &str| -> Vec<f64> {
        let these = all.iter().filter(|row| {
            row["option"] == option && row["scope"] == "pcn" && row["measure"] == WAIT
        });
        these
            .map(|row| row["value"].parse().expect("a number"))
            .collect()
    };
    let base = waits("base");
    let wanted = (0.02 * base[..20].iter().sum::<f64>() / 20.0).max(0.1);
    let mut counts = Vec::new();
    for option in told["options"].as_array().expect("options") {
        let rows = option["differences"].as_array().expect("rows");
        let is_wait = |row: &&Value| row["scope"] == "pcn" && row["measure"] == WAIT;
        let row = rows.iter().find(is_wait).expect("the wait");
        let pairs = base
            .iter()
            .zip(waits(option["name"].as_str().expect("a name")));
        let differences: Vec<f64> = pairs.map(|(before, after)| after - before).collect();
        // Reached within the last round or the look-ahead before it (5% of them); what remains of a
        // round is kept and may widen the interval again.
        let last = differences.len();
        let reached = (last.saturating_sub(20 + last / 20)..=last).any(|n| {
            let half = Estimate::of(&differences[..n]).and_then(|it| it.half_width());
            half.is_some_and(|half| half <= wanted)
        });
        assert!(reached, "{row} {wanted}");
        assert_eq!(row["n"], option["replications"]);
        counts.push(option["replications"].as_u64().expect("a count"));
    }
    let most = counts.iter().max().copied();
    assert_eq!(
        told["replications"].as_u64(),
        most,
        "the base has as many as the longest"
    );
    let most = most.expect("three options");
    assert!(most > 20 && most < 1_000, "{counts:?}");
    // Round by round gives what all at once does.
    let base = || -> Vec<BTreeMap<String, String>> {
        let all = rows(&place, "summary.csv");
        all.into_iter()
            .filter(|row| row["option"] == "base")
            .collect()
    };
    let by_rounds = base();
    compared(
        &place,
        &["--replications", &most.to_string(), "--overwrite"],
    );
    assert_eq!(by_rounds, base());
}

#[test]
fn what_cannot_be_compared_is_refused_before_anything_is_made() {
    let refused = |text: &str, arguments: &[&str], words: &str| {
        let place = place(text);
        let all = [&["compare", "s.toml", "--replications", "4"], arguments].concat();
        let (code, stdout, stderr) = done(place.path(), &all);
        assert_eq!((code, stdout.as_str()), (Some(1), ""), "{stderr}");
        assert!(stderr.contains(words), "no \"{words}\" in\n{stderr}");
        assert_eq!(names(place.path()), ["s.toml"]);
    };
    refused(SMALL, &[], "no options to compare; write at least one");
    refused(SMALL, &[], "[[options]]\nname = ");
    refused(
        &busy("[compare]\nmeasures = [\"clinic_slots_missed\"]\n"),
        &[],
        "asks for `clinic_slots_missed`, which the scenario does not have",
    );
    refused(
        &busy(
            "[compare]\nrank_by = \"net_benefit_pounds\"\nindifference_zone = 1\npounds_per_extra_person_contacted = 5\n",
        ),
        &[],
        "the cost of \"Another in their place\" is not known",
    );
    refused(
        &busy("[compare]\nmeasures = [\"lapsd\"]\n"),
        &[],
        "did you mean `lapsed`?",
    );
    let twice = busy("[[options]]\nname = \"A second\"\nset.\"posts.*.wte\" = 2\n");
    refused(&twice, &[], "A second");
}

#[test]
fn the_command_line_is_checked() {
    let place = place(&busy(""));
    for arguments in [
        &["--option", "A second"][..],
        &["--replications", "5", "--difference-precision", "0.1"],
        &["--replication-range", "0..5"],
    ] {
        let all = [&["compare", "s.toml"], arguments].concat();
        assert_eq!(done(place.path(), &all).0, Some(2), "{arguments:?}");
    }
    let (code, _, stderr) = done(
        place.path(),
        &["compare", "s.toml", "--difference-precision", "0"],
    );
    assert_eq!(code, Some(2));
    assert!(stderr.contains("--difference-precision"), "{stderr}");
    assert!(stderr.contains("for example 0.05 or 5%"), "{stderr}");
    let of_five = done(
        place.path(),
        &["compare", "s.toml", "--difference-precision", "5"],
    );
    assert_eq!(of_five.0, Some(2));
    assert!(
        of_five.2.contains("for 5% write 0.05 or 5%"),
        "{}",
        of_five.2
    );
}
