//! `recommend`: what is printed and written, and what is refused.

use super::refusals::SMALL;
use super::{done, files, names};
use serde_json::Value;
use tempfile::{TempDir, tempdir};

const RECOMMEND: &str = r#"
[targets]
contacted_within_14_days = 0.5

[recommend]
budget_replications = 400

[[recommend.vary]]
key = "posts.*.wte"
values = [0.1, 0.5, 1.0, 2.0]
cost_pounds_a_year_each = 42575
"#;

fn place_of(text: &str) -> TempDir {
    let place = tempdir().expect("a temporary folder");
    std::fs::write(place.path().join("s.toml"), text).expect("a scenario");
    place
}

/// The small scenario with a year of warm-up, which may vary the WTE of its post.
fn text() -> String {
    let year = SMALL.replace("weeks = 4", "weeks = 26\nwarm_up_weeks = 26");
    format!("{year}{RECOMMEND}")
}

/// Recommends for the file in that folder, with little work.
fn recommended(place: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let few = ["recommend", "s.toml", "--replications", "4"];
    done(place.path(), &[&few, arguments].concat())
}

fn json(place: &TempDir, arguments: &[&str]) -> Value {
    let json = [&["--format", "json"], arguments].concat();
    let (code, stdout, stderr) = recommended(place, &json);
    assert_eq!((code, stderr.as_str()), (Some(0), ""));
    serde_json::from_str(&stdout).expect("it is JSON")
}

/// The text with its lines put together.
fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_answer_names_the_plan_and_why_less_does_not_do() {
    let place = place_of(&text());
    let (code, stdout, stderr) = recommended(&place, &[]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{stdout}");
    let told = flowing(&stdout);
    for words in [
        "is the cheapest of 4 plans that meets every target, with 95% confidence",
        "One step less does not do: with posts.*.wte = 0.",
        "Target 1: contacted within 14 days at least 50.0%",
        "-> is the plan recommended.",
        " a year, is the cheapest",
        "Costs are those that [[recommend.vary]] gives for what may change, nothing else.",
        "More of posts.*.wte is taken never to make a target worse: an assumption.",
    ] {
        assert!(told.contains(words), "no \"{words}\" in\n{stdout}");
    }
    let folder = place.path().join("output/s");
    let written = [
        "bad_years.csv",
        "differences.csv",
        "manifest.json",
        "plans.csv",
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
    assert_eq!(names(&folder), written);
    let told = std::fs::read_to_string(folder.join("stress-des.md")).expect("it is there");
    let how_often =
        "It was run 4 times because the file says so; plans were run until every verdict was sure";
    assert!(
        told.contains(how_often) && !told.contains("No precision"),
        "{told}"
    );
    assert!(
        told.contains("4 replications as things are with seed")
            && told.contains(" as things are is ")
    );
    let table = std::fs::read_to_string(folder.join("summary.csv")).expect("it is there");
    assert!(table.contains("\nbase,pcn,") && table.contains("\nrecommended,pcn,"));
}

#[test]
fn every_plan_looked_at_is_in_the_table_with_its_numbers() {
    let place = place_of(&text());
    let told = json(&place, &["--set", "recommend.share_of_years=0.1"]);
    let table = place.path().join("output/s/plans.csv");
    let table = std::fs::read_to_string(table).expect("it is there");
    let mut lines = table.lines();
    let header = "plan,posts.*.wte,cost_pounds_a_year,plan_verdict,on_frontier,measure,unit,target,mean,low,high,\
                  verdict,replications,wte_in_all,recommended";
    assert_eq!(lines.next(), Some(header));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    // Two requirements, wait and strain, of each plan.
    let looked = told["plans_looked_at"].as_u64().expect("a number");
    assert_eq!(rows.len() as u64, 4 * looked);
    assert_eq!(rows[1][5], "share_of_replications_meeting_all");
    let mut spent: Vec<(&str, u64)> = rows
        .iter()
        .map(|row| (row[0], row[12].parse().expect("a number")))
        .collect();
    spent.dedup();
    let spent: u64 = spent.iter().map(|(_, replications)| replications).sum();
    assert_eq!(told["replications"].as_u64(), Some(spent));
    let recommended = told["recommended"]["plan"].to_string();
    let cost = told["recommended"]["cost_pounds_a_year"]
        .as_f64()
        .expect("a cost");
    let row = rows
        .iter()
        .find(|row| row[0] == recommended)
        .expect("it was looked at");
    assert_eq!((row[3], row[11]), ("meets", "meets"));
    let wte: f64 = row[1].parse().expect("a number");
    for row in &rows {
        assert_eq!(row[13], row[1], "one post: its WTE is all there is");
        assert_eq!(row[14] == "yes", row[0] == recommended, "{row:?}");
    }
    assert!((cost - 42_575.0 * wte).abs() < 0.01, "{cost} of {wte}");
}

#[test]
fn threads_leave_no_trace() {
    let place = place_of(&text());
    for threads in ["1", "2"] {
        let out = format!("out{threads}");
        let (code, _, stderr) =
            recommended(&place, &["--threads", threads, "--out", &out, "--quiet"]);
        assert_eq!((code, stderr.as_str()), (Some(0), ""));
    }
    assert!(files(&place.path().join("out1")) == files(&place.path().join("out2")));
}

#[test]
fn an_impossible_target_is_told_from_paper() {
    let place = place_of(&text());
    let told = json(&place, &["--set", "targets.contacted_within_14_days=0.99"]);
    assert_eq!(told["ending"], "none meets");
    assert_eq!(told["replications"], 0);
    let answer = told["answer"].to_string();
    assert!(
        answer.contains("No staffing reaches the target of 99%"),
        "{answer}"
    );
    assert!(
        answer.contains("None of the 4 plans meets every target.\""),
        "no confidence in arithmetic: {answer}"
    );
    assert!(
        answer.contains("No run was needed to know that: arithmetic rules out 4 plans."),
        "{answer}"
    );
    let plots = place.path().join("output/s/plots");
    assert!(!plots.join("frontier.svg").exists(), "nothing to draw");
    assert!(
        answer.contains("Which comes nearest is not known: none was simulated"),
        "{answer}"
    );
    let careful = told["be_careful"].to_string();
    assert!(!careful.contains("was simulated for itself"), "{careful}");
}

/// Nothing can be below 0 but money and the growth of a list.
#[test]
fn a_target_below_nought_is_refused_where_it_is_read() {
    let place = place_of(&text());
    let refused = |name: &str| {
        let (code, _, stderr) = recommended(&place, &["--set", &format!("targets.{name}=-1")]);
        assert!(
            code == Some(0) || stderr.contains("never below 0"),
            "{stderr}"
        );
        code == Some(1)
    };
    for name in [
        "wait_to_first_contact_days_p90",
        "weeks_at_risk_a_post_year",
        "hours_load",
    ] {
        assert!(refused(name), "{name}");
    }
    assert!(!refused("waiting_list_growth_per_week"));
}

/// A target about what never happens here is met by sameness, and the answer says so.
#[test]
fn what_is_the_same_in_all_runs_is_told_as_such() {
    let place = place_of(&text());
    let never = [
        "--set",
        "targets.lost_at_handover=0.5",
        "--set",
        "posts.0.leaving_rate_a_year=0",
    ];
    let budget = ["--set", "recommend.budget_replications=5000"];
    let told = json(&place, &[&never[..], &budget[..]].concat());
    let answer = told["answer"].to_string();
    assert!(answer.contains("lost at handover is 0 in all "), "{answer}");
    let careful = told["be_careful"].to_string();
    assert!(careful.contains("less than one run in 50"), "{careful}");
}

#[test]
fn where_none_meets_the_nearest_and_its_target_are_named() {
    let place = place_of(&text());
    let vary = "recommend.vary.0.values=[0.05, 0.1]";
    let told = json(&place, &["--set", vary]);
    assert_eq!(told["ending"], "none meets");
    assert_eq!(told["recommended"], Value::Null);
    let answer = told["answer"].to_string();
    assert!(
        answer.contains("The nearest is 0.1 WTE in all, in 1 post (posts.*.wte = 0.1)"),
        "{answer}"
    );
    assert!(answer.contains("contacted within 14 days is"), "{answer}");
    let folder = place.path().join("output/s");
    assert!(
        !names(&folder).contains(&"differences.csv".to_owned()),
        "no plan to compare"
    );
}

#[test]
fn what_the_budget_does_not_decide_is_undecided() {
    let place = place_of(&text());
    let told = json(&place, &["--set", "recommend.budget_replications=20"]);
    assert_eq!(told["ending"], "undecided within budget");
    let answer = told["answer"].to_string();
    assert!(
        answer.contains("Undecided within the budget of 20 replications. That is a budget of computing, not of money"),
        "{answer}"
    );
}

#[test]
fn a_scenario_that_may_change_nothing_is_refused() {
    let place = place_of(SMALL);
    let (code, stdout, stderr) = recommended(&place, &[]);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(
        stderr.contains("the scenario has no [recommend]"),
        "{stderr}"
    );
    assert_eq!(names(place.path()), ["s.toml"]);
}

#[test]
fn values_that_do_not_go_together_end_the_search_with_their_names() {
    let more = r#"
[[recommend.vary]]
key = "posts.0.starts"
values = [2027-03-01]
[[recommend.vary]]
key = "posts.0.ends"
values = [2026-12-31]
"#;
    let place = place_of(&format!("{}{more}", text()));
    let (code, _, stderr) =
        recommended(&place, &["--set", "targets.contacted_within_14_days=0.93"]);
    assert_eq!(code, Some(1), "{stderr}");
    assert!(stderr.contains("is refused: `posts.0.ends`"), "{stderr}");
}

/// Five posts of 1.1 WTE are five posts, whatever the simulation makes of them.
#[test]
fn posts_are_those_of_the_file() {
    let more = (2..=5).fold(String::new(), |all, nth| {
        format!("{all}[[posts]]\nname = \"Link worker {nth}\"\nwte = 1.0\n")
    });
    let text = text().replace("[targets]", &format!("{more}[targets]"));
    let place = place_of(&text);
    let vary = "recommend.vary.0.values=[1.1]";
    let told = json(&place, &["--set", vary]);
    let answer = told["answer"].to_string();
    assert!(
        answer.contains("5.5 WTE in all: 5 posts of 1.1 WTE each (posts.*.wte = 1.1), at £234,162 a year, is the only plan"),
        "{answer}"
    );
    assert!(
        told["be_careful"]
            .to_string()
            .contains("A post above 1 WTE is one post here")
    );
}

/// Without costs in `[[recommend.vary]]` those of posts count, and what is reimbursed of them is told.
#[test]
fn costs_of_posts_price_the_plans() {
    let costs = "\n[costs]\nprice_year = \"2025/26\"\nsalary_pounds_a_year = 30000\non_costs_share = 0.2\n\
                 [[costs.reimbursement]]\nfinancial_year = \"2026/27\"\nmaximum_pounds_a_year_per_wte = 20000\n\
                 [[costs.reimbursement]]\nfinancial_year = \"2027/28\"\nmaximum_pounds_a_year_per_wte = 20000\n";
    let priced = |text: &str| text.replace("cost_pounds_a_year_each = 42575\n", "") + costs;
    let place = place_of(&priced(&text()));
    let (code, stdout, stderr) = recommended(&place, &[]);
    assert_eq!(code, Some(0), "{stderr}");
    let told = flowing(&stdout);
    for words in [
        "(posts.*.wte = 0.5), at £18,000 a year,",
        "By [costs], in prices of 2025/26, all posts of this plan cost £18,000 a year if they are filled \
         throughout; of that at most £10,000 is reimbursed and £8,000 left to pay.",
        "[[recommend.vary]] gives no costs, so a plan costs what all its posts cost by [costs]",
    ] {
        assert!(told.contains(words), "no \"{words}\" in {told}");
    }
    let plans = std::fs::read_to_string(place.path().join("output/s/plans.csv"));
    let plans = plans.expect("plans.csv");
    assert!(plans.contains(",0.5,18000,meets,"), "{plans}");
    // One key with a cost and one without, which changes what posts cost too.
    let other =
        "[[recommend.vary]]\nkey = \"costs.salary_pounds_a_year\"\nvalues = [30000, 35000]\n";
    let mixed = place_of(&format!("{}{other}{costs}", text()));
    let (code, _, stderr) = recommended(&mixed, &[]);
    assert_eq!(code, Some(1));
    assert!(
        stderr.contains("has no cost, though other keys have one"),
        "{stderr}"
    );
    // Costs that do not add up over the keys are refused, not guessed.
    let place = place_of(&priced(&text()).replace("[costs]", &format!("{other}[costs]")));
    let (code, _, stderr) = recommended(&place, &[]);
    assert_eq!(code, Some(1));
    assert!(
        stderr.contains("is not what its values cost one by one"),
        "{stderr}"
    );
}

#[test]
fn no_cost_at_all_is_said_and_not_taken_for_nothing() {
    let place = place_of(&text().replace("cost_pounds_a_year_each = 42575\n", ""));
    let (code, stdout, _) = recommended(&place, &[]);
    assert_eq!(code, Some(0));
    let told = flowing(&stdout);
    assert!(told.contains("at a cost that is not given,"), "{told}");
    assert!(
        told.contains("No costs are given, neither in [[recommend.vary]]"),
        "{told}"
    );
    assert!(!told.contains("£0") && !told.contains("0 pounds"), "{told}");
}
