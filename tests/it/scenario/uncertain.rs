//! Uncertain numbers: what is read, what is drawn, and what is refused.

use super::{SMALL, refusal, refused_for, scenario, small_and, small_with};
use splw_sim::model::Distribution;
use splw_sim::scenario::{
    NoFiles, Override, Quantiles, Scenario, UncertainInput, read, read_drawn,
};

/// 0.8 to 1.2 WTE, surely no more.
const WTE: &str = "{ uncertain = { uniform = { min = 0.8, max = 1.2 } } }";

fn small_wte() -> String {
    small_with("wte = 1.0", &format!("wte = {WTE}"))
}

fn drawn(text: &str, quantiles: &[(&str, f64)]) -> Scenario {
    let quantiles = quantiles.iter().map(|(key, at)| ((*key).to_owned(), *at));
    let quantiles: Quantiles = quantiles.collect();
    read_drawn(
        text.as_bytes(),
        "test.toml",
        &[],
        &NoFiles,
        &super::MEASURES,
        &quantiles,
    )
    .unwrap_or_else(|problems| panic!("refused:\n{problems}"))
}

fn keys(scenario: &Scenario) -> Vec<&str> {
    let inputs = scenario.uncertainty.inputs.iter();
    inputs.map(|input| input.key.as_str()).collect()
}

fn wte_in_all(scenario: &Scenario) -> f64 {
    scenario.model.posts.iter().map(|post| post.wte).sum()
}

#[test]
fn an_uncertain_number_stands_for_its_mean_unless_it_is_drawn() {
    let text = small_wte();
    let central = scenario(&text);
    let key = "posts.\"Link worker\".wte";
    assert_eq!(
        central.uncertainty.inputs,
        [UncertainInput {
            key: key.to_owned(),
            distribution: Distribution::Uniform { min: 0.8, max: 1.2 },
            is_whole: false,
            central: 1.0,
            default_grade: None,
        }]
    );
    assert_eq!(wte_in_all(&central), 1.0);
    assert_eq!(wte_in_all(&drawn(&text, &[(key, 0.25)])), 0.9);
    assert_eq!(wte_in_all(&drawn(&text, &[])), 1.0);
    // A draw above one WTE is two workers.
    let more = drawn(&text, &[(key, 0.75)]);
    assert_eq!((more.model.posts.len(), wte_in_all(&more)), (2, 1.1));
}

#[test]
fn a_file_without_uncertain_numbers_has_no_uncertain_inputs() {
    let plain = scenario(SMALL).uncertainty;
    assert!(plain.inputs.is_empty() && plain.is_drawn && !plain.includes_defaults);
    assert_eq!(
        (plain.draws, plain.hypercubes, plain.replications),
        (100, 10, 10)
    );
}

#[test]
fn whole_numbers_are_rounded_to_the_nearest() {
    let text = small_and("")
        + "\n[first_contact]\nattempts = { uncertain = { uniform = { min = 1, max = 5 } } }\n";
    let attempts = |at| {
        drawn(&text, &[("first_contact.attempts", at)])
            .model
            .first_contact
            .attempts
    };
    assert_eq!(scenario(&text).model.first_contact.attempts, 3);
    assert_eq!([0.1, 0.13, 0.5, 0.9].map(attempts), [1, 2, 3, 5]);
}

#[test]
fn parameters_of_distributions_and_items_of_lists_may_be_uncertain() {
    let patience = "patience_days = { exponential = { mean = { uncertain = { uniform = { min = 60, max = 120 } } } } }";
    let weekdays =
        "weekday_factors = [1, 1, 1, 1, { uncertain = { uniform = { min = 0, max = 1 } } }]";
    let text = small_and(&format!("[waiting_list]\n{patience}\n[demand]\n{weekdays}"));
    let central = scenario(&text);
    let (list, mean) = (
        "demand.weekday_factors.4",
        "waiting_list.patience_days.exponential.mean",
    );
    assert_eq!(keys(&central), [list, mean]);
    let shortest = drawn(&text, &[(mean, 0.5), (list, 0.25)]).model;
    assert_eq!(
        shortest.policy.patience_days,
        Some(Distribution::Exponential { mean: 90.0 })
    );
}

#[test]
fn one_statement_is_one_input() {
    let like = small_wte() + "\n[[posts]]\nname = \"Second\"\nlike = \"Link worker\"\n";
    let both = scenario(&like);
    assert_eq!(keys(&both), ["posts.\"Link worker\".wte"]);
    assert_eq!(
        wte_in_all(&drawn(&like, &[("posts.\"Link worker\".wte", 0.25)])),
        1.8
    );

    let set = Override::parse(&format!("posts.*.wte={WTE}")).expect("an override");
    let plain = like.replace(WTE, "1.0");
    let read = read(
        plain.as_bytes(),
        "test.toml",
        &[set],
        &NoFiles,
        &super::MEASURES,
    );
    assert_eq!(
        keys(&read.expect("it is right")),
        ["posts.\"Link worker\".wte"]
    );
}

#[test]
fn options_meet_the_draws_of_the_base() {
    let text = small_wte()
        + r#"
[[options]]
name = "Twice"
scale."posts.*.wte" = 2.0
[[options]]
name = "Other"
set."posts.0.wte" = { uncertain = { uniform = { min = 1, max = 3 } } }
[[options]]
name = "Another in front"
remove = ["posts.0"]
add.posts = [{ name = "New", wte = 0.5 }]
[[options]]
name = "Own"
set."first_contact.answered_share" = { uncertain = { uniform = { min = 0.4, max = 0.8 } } }
"#;
    let key = "posts.\"Link worker\".wte";
    let central = scenario(&text);
    let option = |of: &Scenario, at: usize| (*of.options[at].scenario).clone();
    assert_eq!(keys(&central), [key]);
    assert_eq!(keys(&option(&central, 0)), [key]);
    assert_eq!(keys(&option(&central, 1)), [key]);
    assert!(keys(&option(&central, 2)).is_empty());
    assert_eq!(
        keys(&option(&central, 3)),
        ["first_contact.answered_share", key]
    );
    let at = drawn(&text, &[(key, 0.25), ("first_contact.answered_share", 0.5)]);
    let wte: Vec<f64> = (0..4)
        .map(|index| wte_in_all(&option(&at, index)))
        .collect();
    assert_eq!((wte_in_all(&at), wte), (0.9, vec![1.8, 1.5, 0.5, 0.9]));
    assert_eq!(option(&at, 3).model.first_contact.answered_share, 0.6);
    assert_eq!(at.model.first_contact.answered_share, 0.6);
}

#[test]
fn a_post_keeps_its_draw_where_another_is_removed_before_it() {
    let second = "\n[[posts]]\nname = \"Second\"\nwte = { uncertain = { uniform = { min = 0, max = 1 } } }\n";
    let second = second.replace("min = 0,", "min = 0.2,");
    let text = small_wte()
        + &second
        + "[[options]]\nname = \"Without the first\"\nremove = [\"posts.0\"]\n";
    let central = scenario(&text);
    assert_eq!(keys(&central.options[0].scenario), ["posts.Second.wte"]);
    let at = drawn(
        &text,
        &[
            ("posts.Second.wte", 0.25),
            ("posts.\"Link worker\".wte", 0.5),
        ],
    );
    assert!((wte_in_all(&at.options[0].scenario) - 0.4).abs() < 1e-12);
}

/// The statement belongs to the first post; what is like it keeps its draw, also where the first is gone.
#[test]
fn a_copy_keeps_its_draw_where_the_original_is_removed() {
    let text = small_wte()
        + "\n[[posts]]\nname = \"Second\"\nlike = \"Link worker\"\n"
        + "[[options]]\nname = \"Without the first\"\nremove = [\"posts.0\"]\n";
    let key = "posts.\"Link worker\".wte";
    assert_eq!(keys(&scenario(&text).options[0].scenario), [key]);
    let at = drawn(&text, &[(key, 0.25)]);
    assert_eq!(wte_in_all(&at.options[0].scenario), 0.9);
}

#[test]
fn graded_defaults_in_use_can_be_uncertain() {
    let text = small_and("[uncertainty]\ndefaults = \"graded-c-and-d\"");
    let asked = scenario(&text);
    let keys = keys(&asked);
    for key in [
        "posts.*.client_share",
        "posts.*.time_to_hire_weeks",
        "case_types.*.follow_up_minutes",
    ] {
        assert!(keys.contains(&key), "{key}: {keys:?}");
    }
    // Not in use: nobody's term ends, and strain has no effects.
    assert!(!keys.contains(&"posts.*.renewal_share"), "{keys:?}");
    assert!(!keys.contains(&"strain.leaving_hazard_ratio"), "{keys:?}");
    // Given, so no default; graded A and B, so known.
    let given = text.replace("wte = 1.0", "wte = 1.0\nclient_share = 0.6");
    assert!(!self::keys(&scenario(&given)).contains(&"posts.*.client_share"));
    assert!(
        !keys.contains(&"posts.*.sickness_share") && !keys.contains(&"posts.*.annual_leave_days")
    );
    // Central values are the defaults; half of the triangle from 0.5 to 0.7 lies on either side.
    let share = |scenario: &Scenario| {
        let post = &scenario.model.posts[0];
        post.client_time[0].seconds() as f64 / post.contracted_time[0].seconds() as f64
    };
    // Windows are whole seconds: 27,000 a day.
    let near = |share: f64, expected: f64| assert!((share - expected).abs() < 1e-4, "{share}");
    near(share(&asked), 0.6);
    near(
        share(&drawn(&text, &[("posts.*.client_share", 0.125)])),
        0.55,
    );
    let rows = asked.defaults.iter();
    let row = rows
        .clone()
        .find(|row| row.key == "posts.*.client_share")
        .expect("a row");
    assert_eq!(row.value, "0.6, uncertain: 0.5 to 0.7");
    // Those that no range is known of stay as they are.
    let fixed = rows
        .clone()
        .find(|row| row.key == "posts.*.notice_weeks")
        .expect("a row");
    assert_eq!(fixed.value, "6");
}

#[test]
fn every_declared_range_holds_its_default() {
    let all = small_and("[uncertainty]\ndefaults = \"graded-c-and-d\"")
        .replace("wte = 1.0", "wte = 1.0\ncontract_ends = 2026-11-02")
        + "\n[strain]\nfeedback = \"on\"\n";
    let read = scenario(&all);
    assert!(read.uncertainty.inputs.len() >= 15, "{:?}", keys(&read));
    for input in &read.uncertainty.inputs {
        // A default may stand at the end of its range; a millionth of the draws lies beyond.
        let (low, high) = (input.value(0.0), input.value(1.0));
        let near = 0.01 * (high - low);
        assert!(
            low - near <= input.central && input.central <= high + near,
            "{}",
            input.key
        );
        assert!(
            matches!(input.default_grade, Some('C' | 'D')),
            "{}",
            input.key
        );
    }
}

#[test]
fn central_values_can_be_asked_for() {
    let text = small_wte() + "\n[uncertainty]\nvalues = \"central\"\n";
    let central = scenario(&text);
    assert!(central.uncertainty.inputs.is_empty() && !central.uncertainty.is_drawn);
    assert_eq!(
        wte_in_all(&drawn(&text, &[("posts.\"Link worker\".wte", 0.25)])),
        1.0
    );
}

#[test]
fn what_is_no_uncertain_number_is_refused() {
    let wte = |value: &str| small_with("wte = 1.0", &format!("wte = {value}"));
    for (value, key, words) in [
        (
            "{ uncertain = 1.0 }",
            "posts.0.wte.uncertain",
            "is no distribution",
        ),
        (
            "{ uncertain = {} }",
            "posts.0.wte.uncertain",
            "names more or less than one",
        ),
        (
            "{ uncertain = { triangle = { min = 1 } } }",
            "posts.0.wte.uncertain.triangle",
            "is not a known key",
        ),
        (
            "{ uncertain = { uniform = { min = 2, max = 1 } } }",
            "posts.0.wte.uncertain",
            "is not a distribution",
        ),
        (
            "{ uncertain = { uniform = { min = 1, max = 2 } }, x = 1 }",
            "posts.0.wte",
            "something beside",
        ),
        (
            "{ uncertain = { uniform = { min = 1, max = { uncertain = { uniform = { min = 2, max = 3 } } } } } }",
            "posts.0.wte.uncertain.uniform.max",
            "within what is uncertain",
        ),
        (
            "{ uncertain = { uncertain = { uniform = { min = 1, max = 2 } } } }",
            "posts.0.wte.uncertain.uncertain",
            "is not a known key",
        ),
    ] {
        refused_for(&wte(value), key, words);
    }
    let name = small_with("name = \"Link worker\"", &format!("name = {WTE}"));
    refused_for(&name, "posts.0.name", "only a number can");
    let start = small_with("start = 2026-10-05", &format!("start = {WTE}"));
    refused_for(&start, "period.start", "only a number can");
}

#[test]
fn what_is_the_same_in_all_draws_cannot_be_uncertain() {
    let words = "is the same in all draws";
    refused_for(
        &small_with("schema = 1", &format!("schema = {WTE}")),
        "schema",
        words,
    );
    refused_for(
        &small_with("weeks = 52", &format!("weeks = {WTE}")),
        "period.weeks",
        words,
    );
    let experiment = |key: &str| small_and(&format!("[experiment]\n{key} = {WTE}"));
    refused_for(&experiment("seed"), "experiment.seed", words);
    refused_for(
        &experiment("replications"),
        "experiment.replications",
        words,
    );
    let draws = small_and(&format!("[uncertainty]\ndraws = {WTE}"));
    refused_for(&draws, "uncertainty.draws", words);
    let target = small_and(&format!("[targets]\ncontacted_within_7_days = {WTE}"));
    refused_for(&target, "targets.contacted_within_7_days", words);
}

#[test]
fn values_out_of_range_are_refused_where_they_could_come() {
    let wte = |form: &str| {
        small_with(
            "wte = 1.0",
            &format!("wte = {{ uncertain = {{ {form} }} }}"),
        )
    };
    let words = "can come to a value out of range";
    refused_for(
        &wte("uniform = { min = 1, max = 51 }"),
        "posts.0.wte",
        words,
    );
    // An exponential comes to 13.8 times its mean in a draw of a million.
    refused_for(&wte("exponential = { mean = 4 }"), "posts.0.wte", words);
    assert_eq!(keys(&scenario(&wte("exponential = { mean = 3 }"))).len(), 1);
    let told = refusal(&wte("uniform = { min = 1, max = 51 }")).to_string();
    assert!(
        told.contains("test.toml:20") && told.contains("at most 50"),
        "{told}"
    );
}

#[test]
fn what_does_not_fit_the_rest_at_an_end_is_refused() {
    let list = "[waiting_list]\npause_at = { uncertain = { uniform = { min = 20, max = 60 } } }\nresume_at = 30";
    let told = refusal(&small_and(list));
    let problem = told
        .iter()
        .find(|it| it.key == "waiting_list.pause_at")
        .expect("told");
    assert!(problem.what.contains("can come to 20"), "{told}");
    let fits = list.replace("min = 20", "min = 40");
    assert_eq!(
        keys(&scenario(&small_and(&fits))),
        ["waiting_list.pause_at"]
    );
}

#[test]
fn draws_are_divided_into_hypercubes() {
    let words = "cannot be divided into the hypercubes";
    refused_for(
        &small_and("[uncertainty]\ndraws = 25"),
        "uncertainty.draws",
        words,
    );
    refused_for(
        &small_and("[uncertainty]\ndraws = 100000\nreplications = 11"),
        "uncertainty.draws",
        "more than can be kept",
    );
    let asked = scenario(&small_and(
        "[uncertainty]\ndraws = 60\nhypercubes = 20\nreplications = 5",
    ));
    let it = asked.uncertainty;
    assert_eq!((it.draws, it.hypercubes, it.replications), (60, 20, 5));
}
