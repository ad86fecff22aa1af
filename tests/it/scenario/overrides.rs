//! `--set`: every kind of path, and paths that lead nowhere.

use super::{RAYLEIGH, SMALL, set, try_set};
use splw_sim::model::{Distribution, LapseUntil};
use splw_sim::scenario::{Override, ProblemPlace};

fn wtes(set_to: &[&str]) -> Vec<f64> {
    let text =
        format!("{SMALL}\n[[posts]]\nname = \"Second. Post\"\nlike = \"Link worker\"\nwte = 0.5\n");
    set(&text, set_to)
        .model
        .posts
        .iter()
        .map(|post| post.wte)
        .collect()
}

#[test]
fn tables_of_an_array_are_found_by_position_name_or_all_together() {
    assert_eq!(wtes(&["posts.1.wte=0.4"]), [1.0, 0.4]);
    assert_eq!(wtes(&["posts.Link worker.wte=0.4"]), [0.4, 0.5]);
    assert_eq!(wtes(&["posts.\"Second. Post\".wte = 0.4"]), [1.0, 0.4]);
    assert_eq!(wtes(&["posts.*.wte=0.4"]), [0.4, 0.4]);
    assert_eq!(wtes(&["posts.*.wte=0.4", "posts.0.wte=0.3"]), [0.3, 0.4]);
    let by_code = set(SMALL, &["practices.A10001.list_size=1"]);
    assert_eq!(by_code.model.practices[0].list_size, 1.0);
    let by_name = set(RAYLEIGH, &["case_types.full.dna_share=0.2"]);
    assert_eq!(by_name.model.case_types[0].missed_share.at_days(0.0), 0.08);
    assert_eq!(by_name.model.case_types[1].missed_share.at_days(0.0), 0.2);
}

#[test]
fn absent_keys_and_tables_are_reached() {
    let seeded = set(SMALL, &["experiment.seed=7"]);
    assert_eq!(seeded.experiment.seed, 7);
    let lapsing = set(
        SMALL,
        &[
            "waiting_list.patience_days=30",
            "waiting_list.lapse_until=assignment",
        ],
    );
    assert_eq!(
        lapsing.model.policy.patience_days,
        Some(Distribution::Constant(30.0))
    );
    assert_eq!(lapsing.model.policy.lapse_until, LapseUntil::Assignment);
    let drawn = set(SMALL, &["waiting_list.patience_days.exponential.mean=30"]);
    assert_eq!(
        drawn.model.policy.patience_days,
        Some(Distribution::Exponential { mean: 30.0 })
    );
    let target = set(SMALL, &["targets.contacted_within_7_days=0.5"]);
    assert_eq!(target.targets[0].value, 0.5);
}

#[test]
fn values_are_toml_or_else_text() {
    assert_eq!(set(SMALL, &["title=Plain words"]).title, "Plain words");
    assert_eq!(
        set(SMALL, &["title=\"Quoted = words\""]).title,
        "Quoted = words"
    );
    let shifted = set(SMALL, &["period.start=2027-01-04"]);
    assert_eq!(shifted.model.calendar.first().to_string(), "2027-01-04");
    let listed = set(SMALL, &["posts.0.serves=[\"High Street\"]"]);
    assert_eq!(listed.model.posts[0].serves.len(), 1);
    let table = set(SMALL, &["posts=[{ name = \"Only\", wte = 0.2 }]"]);
    assert_eq!(table.model.posts[0].name, "Only");
}

#[test]
fn a_key_replaces_those_that_it_stands_for() {
    let fte = set(SMALL, &["posts.0.fte=0.5"]);
    assert_eq!(fte.model.posts[0].wte, 0.5);
    let days = set(SMALL, &["period.days=3.5"]);
    assert_eq!(days.model.period.length().days(), 3.5);
}

#[test]
fn case_types_of_a_pathway_are_reached_in_any_order() {
    for order in [
        ["pathway=observed-mix", "case_types.light.dna_share=0.2"],
        ["case_types.light.dna_share=0.2", "pathway=observed-mix"],
    ] {
        let model = set(SMALL, &order).model;
        assert_eq!(model.case_types[1].missed_share.at_days(0.0), 0.2);
    }
}

fn told(argument: &str) -> String {
    match try_set(SMALL, &[argument]) {
        Ok(_) => panic!("accepted {argument}"),
        Err(problems) => {
            assert_eq!(problems.count(), 1, "\n{problems}");
            problems.to_string()
        }
    }
}

#[test]
fn a_wrong_value_is_told_as_it_was_given() {
    let expected = "error: `posts.0.wte` is out of range
 --> --set posts.0.wte=-1
  = found -1; allowed: a number above 0 and at most 50
";
    assert_eq!(told("posts.0.wte=-1"), expected);
    let problems = try_set(SMALL, &["posts.0.wte=-1"]).expect_err("refused");
    let place = &problems.iter().next().expect("one").place;
    assert_eq!(
        *place,
        ProblemPlace::Override("--set posts.0.wte=-1".to_owned())
    );
}

#[test]
fn paths_that_lead_nowhere_are_told_with_the_nearest() {
    assert!(told("posts.0.wet=1").contains("did you mean `wte`?"));
    assert!(told("posts.Link werker.wte=1").contains("did you mean `Link worker`?"));
    assert!(told("posts.3.wte=1").contains("positions are 0 to 0"));
    assert!(told("posts.wte=1").contains("a position, a name or *"));
    assert!(told("perod.weeks=1").contains("did you mean `period`?"));
    assert!(told("banana=1").contains("the keys here are `schema`"));
    assert!(told("period.weeks.days=1").contains("set as a whole"));
    assert!(told("period.*=1").contains("not a known key"));
    assert!(told("sweep.x=1").contains("a study"));
    assert!(told("posts.0.cost_pounds_a_year=1").contains("`cost_pounds_a_year_per_wte`"));
    assert!(told("sources.0.share=1").contains("is not there"));
    assert!(told("posts..wte=1").contains("empty step"));
    assert!(told("posts.\"x.wte=1").contains("not closed"));
}

#[test]
fn an_argument_has_a_path_and_a_value() {
    assert!(Override::parse("posts.0.wte").is_err());
    let quoted = Override::parse("posts.\"a=b\".wte=2").expect("right");
    assert_eq!(
        (quoted.path.as_str(), quoted.value.as_str()),
        ("posts.\"a=b\".wte", "2")
    );
    let apostrophe = Override::parse("posts.GP's worker.wte=2").expect("right");
    assert_eq!(apostrophe.path, "posts.GP's worker.wte");
}
