//! `[compare]`: what it means and what is refused.

use super::{refused_for, scenario, set, small_and, small_with};

#[test]
fn without_it_the_usual_is_done() {
    let comparison = scenario(&small_and("")).comparison;
    assert!(comparison.measures.is_empty());
    assert_eq!(comparison.ranking, None);
    assert_eq!(comparison.confidence, 0.95);
    assert_eq!(comparison.difference_precision, None);
    assert_eq!(comparison.budget_replications, 1_000);
}

#[test]
fn all_that_it_says_is_taken() {
    let text = small_and(
        "[compare]\nmeasures = [\"contacted_within_7_days\", \"contacted_within_14_days\"]\nrank_by = \"net_benefit_pounds\"
indifference_zone = 1000\nconfidence = 0.9\ndifference_precision = 0.05\nbudget_replications = 400
pounds_per_extra_person_contacted = 150",
    );
    let comparison = scenario(&text).comparison;
    assert_eq!(
        comparison.measures,
        ["contacted_within_7_days", "contacted_within_14_days"]
    );
    let ranking = comparison.ranking.expect("a ranking");
    assert_eq!(ranking.measure, "net_benefit_pounds");
    assert_eq!(ranking.indifference_zone, 1_000.0);
    assert_eq!(comparison.confidence, 0.9);
    assert_eq!(comparison.difference_precision, Some(0.05));
    assert_eq!(comparison.budget_replications, 400);
    assert_eq!(comparison.pounds_per_extra_person_contacted, Some(150.0));
}

#[test]
fn it_can_be_given_from_outside() {
    let given = set(&small_and(""), &["compare.difference_precision=0.1"]);
    assert_eq!(given.comparison.difference_precision, Some(0.1));
    let budget = set(&small_and(""), &["experiment.max_replications=77"]);
    assert_eq!(
        budget.comparison.budget_replications, 100,
        "at least the replications"
    );
}

#[test]
fn measures_are_known_and_named_once() {
    let with = |keys: &str| small_and(&format!("[compare]\n{keys}"));
    refused_for(
        &with("measures = [\"contacted_within_8_days\"]"),
        "compare.measures.0",
        "did you mean `contacted_within_7_days`?",
    );
    refused_for(
        &with("measures = [\"contacted_within_7_days\", \"contacted_within_7_days\"]"),
        "compare.measures.1",
        "for the second time",
    );
    refused_for(
        &with("measures = []"),
        "compare.measures",
        "names no measure",
    );
    refused_for(
        &with("measures = [\"net_benefit_pounds\"]"),
        "compare.measures.0",
        "is no measure",
    );
}

#[test]
fn a_ranking_needs_its_zone_and_its_worth() {
    let with = |keys: &str| small_and(&format!("[compare]\n{keys}"));
    refused_for(
        &with("rank_by = \"contacted_within_7_days\""),
        "compare.rank_by",
        "stands without `indifference_zone`",
    );
    refused_for(
        &with("indifference_zone = 0.01"),
        "compare.indifference_zone",
        "stands without `rank_by`",
    );
    for zone in ["0", "-1", "nan"] {
        refused_for(
            &with(&format!(
                "rank_by = \"contacted_within_7_days\"\nindifference_zone = {zone}"
            )),
            "compare.indifference_zone",
            "",
        );
    }
    refused_for(
        &with("rank_by = \"net_benefit_pounds\"\nindifference_zone = 100"),
        "compare.rank_by",
        "needs `pounds_per_extra_person_contacted`",
    );
}

#[test]
fn numbers_are_in_range() {
    let with = |keys: &str| small_and(&format!("[compare]\n{keys}"));
    for (keys, key) in [
        ("confidence = 1.0", "compare.confidence"),
        ("confidence = 0.4", "compare.confidence"),
        ("difference_precision = 0", "compare.difference_precision"),
        ("budget_replications = 9", "compare.budget_replications"),
        (
            "pounds_per_extra_person_contacted = -1",
            "compare.pounds_per_extra_person_contacted",
        ),
    ] {
        refused_for(&with(keys), key, "is out of range");
    }
    let more =
        "[experiment]\nreplications = 300\n\n[compare]\nbudget_replications = 200\n\n[period]";
    refused_for(
        &small_with("[period]", more),
        "compare.budget_replications",
        "is below `experiment.replications`",
    );
}
