//! `[recommend]`: what may change, what it costs, and what is refused.

use super::{SMALL, refused_for, scenario, set, try_set};
use splw_sim::scenario::{Recommendation, Scenario};

const TARGETS: &str = "[targets]\ncontacted_within_7_days = 0.8\n";

const VARY: &str = r#"
[recommend]

[[recommend.vary]]
key = "posts.*.wte"
values = [1.0, 0.5, 2]
cost_pounds_a_year_each = 40000

[[recommend.vary]]
key = "sharing"
values = ["pooled", "dedicated"]
costs_pounds_a_year = [0, 1500.5]
"#;

/// The small scenario with a second post like the first, targets and what may change.
fn text() -> String {
    format!("{SMALL}\n[[posts]]\nname = \"Second\"\nlike = \"Link worker\"\n{TARGETS}{VARY}")
}

fn with(piece: &str, by: &str) -> String {
    let text = text();
    assert!(text.contains(piece), "{piece} is in the text");
    text.replacen(piece, by, 1)
}

fn recommendation(scenario: &Scenario) -> &Recommendation {
    scenario.recommendation.as_ref().expect("the file has one")
}

#[test]
fn what_is_not_given_has_its_default() {
    let scenario = scenario(&text());
    let it = recommendation(&scenario);
    assert_eq!(
        (it.confidence, it.share_of_years, it.budget_replications),
        (0.95, None, 20_000)
    );
    assert!(scenario.options.is_empty());
    assert!(super::scenario(SMALL).recommendation.is_none());
}

/// A price of each unit counts for every post that the path leads to.
#[test]
fn costs_are_of_each_place_or_of_each_value() {
    let scenario = scenario(&text());
    let it = recommendation(&scenario);
    assert_eq!(
        it.vary[0].costs_pounds_a_year,
        [80_000.0, 40_000.0, 160_000.0]
    );
    assert_eq!(it.vary[1].costs_pounds_a_year, [0.0, 1_500.5]);
    let one = super::scenario(&with("posts.*.wte", "posts.Second.wte"));
    assert_eq!(
        recommendation(&one).vary[0].costs_pounds_a_year,
        [40_000.0, 20_000.0, 80_000.0]
    );
    let free = super::scenario(&with("cost_pounds_a_year_each = 40000", ""));
    assert_eq!(recommendation(&free).vary[0].costs_pounds_a_year, [0.0; 3]);
}

#[test]
fn more_wte_is_more_and_one_way_of_sharing_is_not() {
    let scenario = scenario(&text());
    let it = recommendation(&scenario);
    assert_eq!(it.vary[0].ranks, Some(vec![1, 0, 2]));
    assert_eq!(it.vary[1].ranks, None);
}

#[test]
fn a_plan_is_the_file_with_its_values() {
    let scenario = scenario(&text());
    let it = recommendation(&scenario);
    assert_eq!(it.plans(), 6);
    assert_eq!(it.choice(3), [1, 1], "the last key changes fastest");
    assert_eq!(
        it.words(3),
        ["posts.*.wte = 0.5", "sharing = \"dedicated\""]
    );
    for plan in 0..it.plans() {
        let words = it.words(plan);
        let wanted: Vec<String> = words.iter().map(|it| it.replace(" = ", "=")).collect();
        let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
        // The file itself, without `like`, so that --set and a plan say the same.
        let file = set(SMALL_OF_TWO, &wanted);
        let plan = it.plan(plan).expect("it is right");
        assert_eq!(
            format!("{:?}", plan.model),
            format!("{:?}", file.model),
            "{words:?}"
        );
        assert!(plan.recommendation.is_none());
    }
}

const SMALL_OF_TWO: &str = r#"schema = 1
title = "Small"
pathway = "guidance"

[period]
start = 2026-10-05
weeks = 52

[[practices]]
name = "Mill Lane"
ods_code = "A10001"
list_size = 9000

[[practices]]
name = "High Street"
list_size = 6000

[[posts]]
name = "Link worker"
wte = 1.0

[[posts]]
name = "Second"
wte = 1.0
"#;

#[test]
fn a_change_of_one_post_changes_no_other_that_is_like_it() {
    let scenario = scenario(&with("posts.*.wte", "posts.0.wte"));
    let plan = recommendation(&scenario).plan(4).expect("it is right");
    let wte: f64 = plan.model.posts.iter().map(|post| post.wte).sum();
    assert_eq!(wte, 3.0, "two of the first and the second as it was");
}

#[test]
fn what_is_wrong_with_a_value_is_told_of_the_value() {
    refused_for(
        &with("0.5, 2]", "0.5, -2]"),
        "recommend.vary.0.values.2",
        "found -2",
    );
    refused_for(
        &with("\"dedicated\"]", "\"dedicate\"]"),
        "recommend.vary.1.values.1",
        "did you mean `dedicated`?",
    );
    // Sharing by one word does not go together with whom a post serves.
    let served = with("wte = 1.0", "wte = 1.0\nserves = \"all\"");
    let served = served.replace("\"pooled\", \"dedicated\"]", "\"pooled\"]");
    let served = served.replace("[0, 1500.5]", "[0]");
    refused_for(
        &served,
        "recommend.vary.1.values.0",
        "does not fit the rest",
    );
}

#[test]
fn what_is_wrong_with_a_key_is_told_of_the_key() {
    let key = |key: &str| with("posts.*.wte", key);
    let at = "recommend.vary.0.key";
    refused_for(&key("posts.*.wet"), at, "did you mean `wte`?");
    refused_for(&key("posts.0"), at, "it is a table");
    refused_for(&key("posts"), at, "it is a table");
    refused_for(&key("period.weeks"), at, "is the same for all plans");
    refused_for(
        &key("targets.contacted_within_7_days"),
        at,
        "is the same for all plans",
    );
    refused_for(&key("posts..wte"), at, "empty step");
    let twice = key("sharing").replace("[1.0, 0.5, 2]", "[\"pooled\"]");
    let twice = twice.replace("cost_pounds_a_year_each = 40000", "");
    refused_for(&twice, "recommend.vary.1.key", "for the second time");
    refused_for(&key("posts.9.wte"), at, "positions are 0 to 1");
}

/// What is asked, names and the pounds of what year are no inputs; nor is how things are found out.
#[test]
fn what_is_no_input_is_not_varied() {
    let key = |key: &str| with("posts.*.wte", key);
    let at = "recommend.vary.0.key";
    for fixed in [
        "title",
        "question",
        "uncertainty.draws",
        "compare.confidence",
    ] {
        refused_for(&key(fixed), at, "is the same for all plans");
    }
    for name in ["posts.0.name", "practices.*.name"] {
        refused_for(&key(name), at, "a name is what things are told apart by");
    }
    refused_for(&key("costs.price_year"), at, "pounds of two years");
}

/// One place under two spellings would be paid for twice, and be two plans where there is one.
#[test]
fn a_place_is_varied_once_however_it_is_spelt() {
    let again = |first: &str, second: &str| {
        let text = with("posts.*.wte", first).replace("\"sharing\"", &format!("\"{second}\""));
        let text = text.replace("[\"pooled\", \"dedicated\"]", "[0.7, 0.8]");
        text.replace("costs_pounds_a_year = [0, 1500.5]", "")
    };
    let at = "recommend.vary.1.key";
    for (first, second) in [
        ("posts.0.wte", "posts.Link worker.wte"),
        ("posts.*.wte", "posts.Second.wte"),
        ("posts.1.wte", "posts.*.wte"),
    ] {
        refused_for(&again(first, second), at, "leads to what is varied already");
        refused_for(&again(first, second), at, "first given at");
    }
    let apart = scenario(&again("posts.0.wte", "posts.Second.wte"));
    assert_eq!(recommendation(&apart).plans(), 6);
    scenario(&again("posts.0.wte", "posts.0.client_share"));
}

#[test]
fn a_value_of_a_plan_is_certain() {
    let one = with(
        "0.5, 2]",
        "0.5, { uncertain = { uniform = { min = 1, max = 2 } } }]",
    );
    let at = "recommend.vary.0.values.2";
    refused_for(
        &one,
        at,
        "cannot be uncertain: a plan is one value of each key",
    );
    refused_for(&one, at, "may be uncertain where the file gives it");
}

#[test]
fn lists_of_values_and_costs_are_complete() {
    let values = "recommend.vary.0.values";
    refused_for(&with("[1.0, 0.5, 2]", "[]"), values, "has no values");
    refused_for(
        &with("0.5, 2]", "0.5, 1]"),
        "recommend.vary.0.values.2",
        "for the second time",
    );
    refused_for(
        &with("[0, 1500.5]", "[0]"),
        "recommend.vary.1.costs_pounds_a_year",
        "not one cost for each value",
    );
    refused_for(
        &with(
            "costs_pounds_a_year = [0, 1500.5]",
            "cost_pounds_a_year_each = 3",
        ),
        "recommend.vary.1.cost_pounds_a_year_each",
        "for values that are numbers",
    );
    let both = with(
        "_each = 40000",
        "_each = 40000\ncosts_pounds_a_year = [1, 2, 3]",
    );
    refused_for(
        &both,
        "recommend.vary.0.costs_pounds_a_year",
        "cannot stand together",
    );
}

#[test]
fn without_targets_or_keys_there_is_nothing_to_recommend() {
    let text = text();
    refused_for(
        &text.replace(TARGETS, ""),
        "recommend",
        "has nothing to reach",
    );
    let (head, _) = text.split_once("[[recommend.vary]]").expect("it has one");
    refused_for(head, "recommend.vary", "is missing");
    refused_for(
        &head.replace("[recommend]", "[recommend]\nvary = []"),
        "recommend.vary",
        "says nothing that may change",
    );
}

#[test]
fn a_measure_without_a_better_side_is_no_target() {
    let text = with("contacted_within_7_days = 0.8", "caseload_mean = 30");
    refused_for(
        &text,
        "targets.caseload_mean",
        "is no measure that a target may have",
    );
}

#[test]
fn confidence_share_and_budget_have_ranges() {
    let with_key = |line: &str| with("[recommend]\n", &format!("[recommend]\n{line}\n"));
    for (key, values) in [
        ("confidence", &["0.4", "1"][..]),
        ("share_of_years", &["0", "1", "1.5"]),
        ("budget_replications", &["19", "0", "1000001", "20.5"]),
    ] {
        for value in values {
            let text = with_key(&format!("{key} = {value}"));
            refused_for(&text, &format!("recommend.{key}"), "out of range");
        }
    }
    let it = scenario(&with_key(
        "confidence = 0.99\nshare_of_years = 0.8\nbudget_replications = 20",
    ));
    let it = recommendation(&it);
    assert_eq!(
        (it.confidence, it.share_of_years, it.budget_replications),
        (0.99, Some(0.8), 20)
    );
}

#[test]
fn too_many_plans_are_refused() {
    let values = |many: u32| {
        let list: Vec<String> = (1..=many)
            .map(|nth| format!("{}", f64::from(nth) / 1e3))
            .collect();
        format!("[{}]", list.join(", "))
    };
    let vary = |key: &str| {
        format!(
            "\n[[recommend.vary]]\nkey = \"{key}\"\nvalues = {}\n",
            values(47)
        )
    };
    let keys = [
        "posts.0.client_share",
        "posts.1.client_share",
        "posts.0.sickness_share",
    ];
    let more: String = keys.iter().map(|key| vary(key)).collect();
    // 47 x 47 x 47 = 103,823 plans.
    let text = format!("{SMALL_OF_TWO}{TARGETS}[recommend]\n{more}");
    refused_for(&text, "recommend.vary", "makes too many plans");
}

#[test]
fn values_may_come_from_the_command_line() {
    let it = set(
        &text(),
        &["recommend.vary.0.values=[3, 4]", "recommend.confidence=0.9"],
    );
    let it = recommendation(&it);
    assert_eq!((it.vary[0].values.len(), it.confidence), (2, 0.9));
    let problems = try_set(&text(), &["recommend.vary.0.values=[3, 400]"]);
    let problems = problems.expect_err("400 WTE are too many").to_string();
    assert!(problems.contains("recommend.vary.0.values.1"), "{problems}");
}

/// What is wrong with the file itself is told once, not once for each value.
#[test]
fn problems_of_the_file_are_not_repeated() {
    refused_for(
        &with("list_size = 9000", "list_size = -1"),
        "practices.0.list_size",
        "out of range",
    );
}

#[test]
fn values_that_do_not_go_together_are_told_when_the_plan_is_asked_for() {
    let vary = r#"
[recommend]
[[recommend.vary]]
key = "posts.0.starts"
values = [2026-10-05, 2027-03-01]
[[recommend.vary]]
key = "posts.0.ends"
values = [2026-12-31, 2027-06-30]
"#;
    let text = format!("{SMALL_OF_TWO}{TARGETS}{vary}");
    let scenario = scenario(&text);
    let it = recommendation(&scenario);
    assert!(it.plan(0).is_ok() && it.plan(1).is_ok() && it.plan(3).is_ok());
    let why = it.plan(2).expect_err("it ends before it starts");
    assert!(why.contains("posts.0.ends"), "{why}");
}
