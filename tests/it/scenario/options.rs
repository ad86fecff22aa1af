//! `[[options]]`: what they change, and what is told when they are wrong.

use super::{RAYLEIGH, SMALL, refusal, scenario, set, small_and, try_set};
use splw_sim::model::{Distribution, Post, SimTime};
use splw_sim::scenario::{BASE, Files, NoFiles, OptionScenario, Problems, Scenario, read};

/// The small scenario with a second post like the first, and options.
fn with(options: &str) -> String {
    small_and(&format!(
        "[[posts]]\nname = \"Second\"\nlike = \"Link worker\"\ncaseload_cap = 50\n\n{options}"
    ))
}

/// One option called Try.
fn tried(changes: &str) -> String {
    with(&format!("[[options]]\nname = \"Try\"\n{changes}"))
}

/// The scenario of the only option.
fn only(changes: &str) -> Scenario {
    let scenario = scenario(&tried(changes));
    assert_eq!(scenario.options.len(), 1);
    *scenario.options[0].scenario.clone()
}

fn posts(changes: &str, of: impl Fn(&Post) -> f64) -> Vec<f64> {
    only(changes).model.posts.iter().map(of).collect()
}

fn wtes(changes: &str) -> Vec<f64> {
    posts(changes, |post| post.wte)
}

/// All that a scenario says of the service.
fn told(scenario: &Scenario) -> String {
    format!("{:?}", scenario.model)
}

#[test]
fn the_options_of_the_interface_are_right() {
    let text = format!(
        "{RAYLEIGH}\n{}",
        r#"[[options]]
name = "Second link worker from January"
cost_pounds_a_year = 42575
add.posts = [{ name = "Link worker 2", like = "Link worker 1", starts = 2027-01-04 }]

[[options]]
name = "Half the missed appointments"
set."case_types.*.dna_share" = 0.04

[[options]]
name = "Both"
combine = ["Second link worker from January", "Half the missed appointments"]
"#
    );
    let scenario = scenario(&text);
    assert_eq!(
        told(&scenario),
        told(&super::scenario(RAYLEIGH)),
        "the base stays"
    );
    let [second, half, both] = scenario.options.as_slice() else {
        panic!("three options");
    };
    let missed = |option: &OptionScenario| -> Vec<f64> {
        let types = option.scenario.model.case_types.iter();
        types.map(|it| it.missed_share.greatest()).collect()
    };
    let many = |option: &OptionScenario| option.scenario.model.posts.len();
    assert_eq!(second.cost_pounds_a_year, Some(42_575.0));
    assert_eq!((many(second), missed(second)), (2, vec![0.08, 0.08]));
    assert_eq!((many(half), missed(half)), (1, vec![0.04, 0.04]));
    assert_eq!((many(both), missed(both)), (2, vec![0.04, 0.04]));
    assert_eq!(both.name, "Both");
    assert_eq!(both.cost_pounds_a_year, None);
    let post = &both.scenario.model.posts[1];
    assert_eq!(
        (&*post.name, post.caseload_cap),
        ("Link worker 2", Some(80))
    );
    // 4 January 2027 is day 455 after 6 October 2025, when the warm-up begins.
    assert_eq!(post.starts, Some(SimTime::from_seconds(455 * 86_400)));
    assert_eq!(second.changes, ["with posts.Link worker 2"]);
    assert_eq!(half.changes, ["case_types.*.dna_share = 0.04"]);
    assert_eq!(both.changes.len(), 2);
}

#[test]
fn setting_is_the_same_as_setting_from_outside() {
    for change in [
        ("demand.growth_a_year", "0.03"),
        ("posts.0.fte", "0.5"),
        ("posts.*.wte", "0.4"),
        ("practices.A10001.list_size", "100"),
        ("case_types.full.contacts", "{ poisson = { mean = 4 } }"),
        ("pathway", "\"observed-mix\""),
        ("waiting_list.patience_days", "30"),
        ("assignment", "\"longest-idle\""),
    ] {
        let (key, value) = change;
        let option = scenario(&small_and(&format!(
            "[[options]]\nname = \"Try\"\nset.'{key}' = {value}"
        )));
        let outside = set(SMALL, &[&format!("{key}={value}")]);
        assert_eq!(told(&option.options[0].scenario), told(&outside), "{key}");
        assert_ne!(told(&option), told(&outside), "{key} changes something");
    }
}

#[test]
fn what_is_set_from_outside_comes_first() {
    let text = tried("scale.\"posts.*.wte\" = 0.5");
    let scenario = set(&text, &["posts.0.wte=0.8"]);
    assert_eq!(scenario.options[0].scenario.model.posts[0].wte, 0.4);
    let other = set(&text, &["options.Try.scale.\"posts.*.wte\"=0.25"]);
    assert_eq!(other.options[0].scenario.model.posts[0].wte, 0.25);
    let costs = set(&text, &["options.0.cost_pounds_a_year=-7"]);
    assert_eq!(costs.options[0].cost_pounds_a_year, Some(-7.0));
}

#[test]
fn posts_stand_as_they_are_after_like() {
    assert_eq!(wtes("set.\"posts.Link worker.wte\" = 0.5"), [0.5, 1.0]);
    assert_eq!(wtes("set.\"posts.*.wte\" = 0.5"), [0.5, 0.5]);
    assert_eq!(wtes("scale.\"posts.*.wte\" = 0.5"), [0.5, 0.5]);
    assert_eq!(wtes("scale.\"posts.Second.wte\" = 0.5"), [1.0, 0.5]);
    // The one that the other is like goes, and leaves what it gave.
    assert_eq!(wtes("remove = [\"posts.Link worker\"]"), [1.0]);
    // What is added is like what stands there in the end.
    let added =
        "set.\"posts.Second.wte\" = 0.6\nadd.posts = [{ name = \"Third\", like = \"Second\" }]";
    assert_eq!(wtes(added), [1.0, 0.6, 0.6]);
    let cap = |post: &Post| f64::from(post.caseload_cap.unwrap_or(0));
    assert_eq!(posts(added, cap), [80.0, 50.0, 50.0]);
}

#[test]
fn keys_without_quotes_and_tables_set_what_they_name() {
    let growth = only("set.demand.growth_a_year = 0.02\nset.demand.dispersion = 2")
        .model
        .demand;
    assert_eq!((growth.growth_a_year, growth.dispersion), (0.02, 2.0));
    assert_eq!(wtes("set.posts.1.wte = 0.3"), [1.0, 0.3]);
    assert_eq!(wtes("set.posts.\"*\".wte = 0.3"), [0.3, 0.3]);
    assert_eq!(wtes("set.\"posts.Second\" = { wte = 0.2 }"), [1.0, 0.2]);
}

#[test]
fn factors_multiply_numbers_defaults_and_what_grows_of_distributions() {
    let contacts = |given: &str| {
        let change = format!("set.\"case_types.full.contacts\" = {given}\n");
        let scale = "scale.\"case_types.*.contacts\" = 1.5";
        let text = with(&format!("[[options]]\nname = \"A\"\n{change}{scale}"));
        scenario(&text).options[0].scenario.model.case_types[0]
            .contacts
            .clone()
    };
    assert_eq!(contacts("4"), Distribution::Constant(6.0));
    let gamma = Distribution::Gamma { mean: 6.0, cv: 0.5 };
    assert_eq!(contacts("{ gamma = { mean = 4, cv = 0.5 } }"), gamma);
    let triangular = Distribution::Triangular {
        min: 3.0,
        mode: 6.0,
        max: 12.0,
    };
    let given = "{ triangular = { min = 2, mode = 4, max = 8 } }";
    assert_eq!(contacts(given), triangular);
    let normal = Distribution::Normal { mean: 6.0, sd: 1.5 };
    assert_eq!(contacts("{ normal = { mean = 4, sd = 1 } }"), normal);
    let weibull = Distribution::Weibull {
        shape: 2.0,
        scale: 6.0,
    };
    assert_eq!(contacts("{ weibull = { shape = 2, scale = 4 } }"), weibull);
    let erlang = Distribution::Erlang {
        stages: 3,
        mean: 6.0,
    };
    assert_eq!(contacts("{ erlang = { stages = 3, mean = 4 } }"), erlang);
    let (shares, means) = (vec![0.5, 0.5], vec![3.0, 6.0]);
    let given = "{ hyperexponential = { shares = [0.5, 0.5], means = [2, 4] } }";
    assert_eq!(
        contacts(given),
        Distribution::Hyperexponential {
            shares: shares.clone(),
            means: means.clone()
        }
    );
    let given = "{ discrete = { shares = [0.5, 0.5], values = [2, 4] } }";
    let values = means;
    assert_eq!(contacts(given), Distribution::Discrete { values, shares });
    // Nothing is given of these: sickness 0.05, and the usual call of so many minutes.
    let sickness = |post: &Post| post.sickness_share;
    let half = "scale.\"posts.*.sickness_share\" = 0.5";
    assert_eq!(posts(half, sickness), [0.025, 0.025]);
    // 50 x 1.1 is whole, whatever floats make of it; 80 per WTE is nobody's number.
    let cap = |post: &Post| f64::from(post.caseload_cap.unwrap_or(0));
    let scaled = "scale.\"posts.Second.caseload_cap\" = 1.1";
    assert_eq!(posts(scaled, cap), [80.0, 55.0]);
}

#[test]
fn changes_are_made_in_their_order() {
    // Set, then scaled, then removed by the positions of the file, then added.
    let all = "add.posts = [{ name = \"Second\", wte = 0.9 }]\nremove = [\"posts.1\"]\n\
               scale.\"posts.1.wte\" = 0.5\nset.\"posts.1.wte\" = 0.4";
    assert_eq!(wtes(all), [1.0, 0.9]);
    assert_eq!(
        wtes("scale.\"posts.1.wte\" = 0.5\nset.\"posts.1.wte\" = 0.4"),
        [1.0, 0.2]
    );
    assert_eq!(wtes("remove = [\"posts.0\", \"posts.1\"]"), [0.0; 0]);
    assert_eq!(wtes("remove = [\"posts.*\", \"posts.1\"]"), [0.0; 0]);
}

#[test]
fn combined_options_are_made_in_order_and_once() {
    let text = with(
        "[[options]]\nname = \"All\"\ncombine = [\"Both\", \"Third\"]\nscale.\"posts.*.wte\" = 0.5\n\
         [[options]]\nname = \"Both\"\ncombine = [\"Third\", \"Less\"]\n\
         [[options]]\nname = \"Third\"\nadd.posts = [{ name = \"Third\", wte = 0.8 }]\n\
         [[options]]\nname = \"Less\"\nset.\"posts.*.wte\" = 0.6\n\
         [[options]]\nname = \"Other way round\"\ncombine = [\"Less\", \"Third\"]",
    );
    let scenario = scenario(&text);
    let wtes: Vec<Vec<f64>> = scenario
        .options
        .iter()
        .map(|it| {
            it.scenario
                .model
                .posts
                .iter()
                .map(|post| post.wte)
                .collect()
        })
        .collect();
    let expected: [&[f64]; 5] = [
        &[0.3, 0.3, 0.3],
        &[0.6, 0.6, 0.6],
        &[1.0, 1.0, 0.8],
        &[0.6, 0.6],
        &[0.6, 0.6, 0.8],
    ];
    assert_eq!(wtes, expected);
}

#[test]
fn a_post_that_another_was_added_like_may_go() {
    let text = with(
        "[[options]]\nname = \"Third\"\nadd.posts = [{ name = \"Third\", like = \"Second\" }]\n\
         [[options]]\nname = \"Without\"\nremove = [\"posts.Second\"]\n\
         [[options]]\nname = \"Both\"\ncombine = [\"Third\", \"Without\"]",
    );
    let both = scenario(&text).into_option("Both").expect("it is there");
    let caps: Vec<Option<u32>> = both.model.posts.iter().map(|it| it.caseload_cap).collect();
    assert_eq!(caps, [Some(80), Some(50)]);
}

#[test]
fn tables_of_all_sorts_are_added_and_removed() {
    let practice = only("add.practices = [{ name = \"New\", list_size = 100 }]").model;
    assert_eq!(practice.practices.len(), 3);
    assert_eq!(practice.posts[0].serves.len(), 3, "all are served");
    let sources =
        "add.sources = [{ name = \"GP\", share = 0.7 }, { name = \"Self\", share = 0.3 }]";
    assert_eq!(only(sources).model.demand.sources.len(), 2);
    let full = "set.pathway = \"observed-mix\"\nremove = [\"case_types.signposted\", \"case_types.light\"]\n\
                set.\"case_types.full.share\" = 1";
    assert_eq!(only(full).model.case_types.len(), 1);
    // A pathway instead of case types: without tables the array is gone.
    let text = super::small_with("pathway = \"guidance\"\n", "");
    let types = "[[case_types]]\nname = \"all\"\ncontacts = 3\n";
    let option =
        "[[options]]\nname = \"A\"\nset.pathway = \"guidance\"\nremove = [\"case_types.*\"]";
    let scenario = scenario(&format!("{text}{types}{option}"));
    let types = &scenario.options[0].scenario.model.case_types;
    assert_eq!(types[0].contacts, Distribution::Constant(8.0));
    let rows = "[[demand.shocks]]\nfactor = 2\nstarts = 2026-11-02\nends = 2026-12-07\n";
    let shocks = format!(
        "{}\n{rows}{}",
        tried("remove = [\"demand.shocks.1\"]"),
        rows.replace("= 2\n", "= 3\n")
    );
    let scenario = super::scenario(&shocks);
    assert_eq!(scenario.model.demand.shocks.len(), 2);
    let left = &scenario.options[0].scenario.model.demand.shocks;
    assert_eq!((left.len(), left[0].factor), (1, 2.0));
}

#[test]
fn an_option_is_taken_by_name() {
    let scenario = scenario(&with(
        "[[options]]\nname = \"Half\"\nset.\"posts.*.wte\" = 0.5\n\
         [[options]]\nname = \"Third\"\nset.\"posts.*.wte\" = 0.3",
    ));
    let base = scenario.clone().into_option(BASE).expect("it is there");
    assert_eq!(told(&base), told(&scenario));
    let third = scenario.clone().into_option("Third").expect("it is there");
    assert_eq!((third.model.posts[0].wte, third.options.len()), (0.3, 0));
    let unknown = |name: &str| scenario.clone().into_option(name).expect_err("it is not");
    assert_eq!(
        unknown("half"),
        "there is no such option; did you mean \"Half\"? The options are \"Half\", \"Third\""
    );
    assert_eq!(
        unknown("banana"),
        "there is no such option; the options are \"Half\", \"Third\""
    );
    let none = super::scenario(SMALL).into_option("Half");
    assert_eq!(none.expect_err("there are none"), "the file has no options");
}

/// Counts what is read.
struct Counted(std::cell::Cell<u32>);

impl Files for Counted {
    fn read(&self, _: &str) -> Result<Vec<u8>, String> {
        self.0.set(self.0.get() + 1);
        Ok(b"days\n7\n14\n".to_vec())
    }
}

#[test]
fn files_of_options_are_kept_with_the_scenario_and_read_once() {
    let file = "{ empirical = { file = \"days.csv\", column = \"days\" } }";
    let options = ["A", "B"].map(|name| {
        format!("[[options]]\nname = \"{name}\"\nset.\"waiting_list.patience_days\" = {file}\n")
    });
    let text = small_and(&options.concat());
    let files = Counted(std::cell::Cell::new(0));
    let scenario = read(text.as_bytes(), "test.toml", &[], &files, &[]).expect("it is right");
    assert_eq!((files.0.get(), scenario.files.len()), (1, 1));
    let option = scenario.into_option("A").expect("it is there");
    assert_eq!(option.files[0].name, "days.csv");
    assert!(read(text.as_bytes(), "test.toml", &[], &NoFiles, &[]).is_err());
}

/// Asserts that a text is refused for exactly these keys, and that the words are told.
#[track_caller]
fn refused(text: &str, keys: &[&str], words: &[&str]) {
    check_told(&refusal(text), keys, words);
}

#[track_caller]
fn check_told(problems: &Problems, keys: &[&str], words: &[&str]) {
    let found: Vec<&str> = problems.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(found, keys, "\n{problems}");
    let told = problems.to_string();
    for words in words {
        assert!(told.contains(words), "no \"{words}\" in\n{told}");
    }
}

fn quoted_if_a_path(key: &str) -> String {
    match key.contains('.') {
        true => format!("\"{key}\""),
        false => key.to_owned(),
    }
}

#[test]
fn the_form_of_an_option_is_checked() {
    let one = |changes: &str, key: &str, words: &[&str]| refused(&tried(changes), &[key], words);
    one(
        "",
        "options.0",
        &["changes nothing", "at least one of `set`"],
    );
    one("cost_pounds_a_year = 5", "options.0", &["changes nothing"]);
    one(
        "set = {}\ncombine = []\nadd.posts = []",
        "options.0",
        &["changes nothing"],
    );
    let set = "\nset.\"posts.*.wte\" = 0.5";
    one(
        &format!("sett = 1{set}"),
        "options.0.sett",
        &["not a known key", "did you mean `set`?"],
    );
    one(
        &format!("cost_pounds_a_year = 1e10{set}"),
        "options.0.cost_pounds_a_year",
        &["out of range"],
    );
    one(
        "scale.\"posts.*.wte\" = -1",
        "options.0.scale.\"posts.*.wte\"",
        &["from 0 to 1,000"],
    );
    one(
        "scale.posts.0.wte = 2",
        "options.0.scale.posts",
        &["put the whole path in quotes"],
    );
    one(
        "add.post = []",
        "options.0.add.post",
        &["did you mean `posts`?"],
    );
    one(
        "add.posts = 3",
        "options.0.add.posts",
        &["not a list of tables", "write add.posts = [{ ... }]"],
    );
    one("remove = \"posts.0\"", "options.0.remove", &["wrong kind"]);
    refused(
        &with("[[options]]\nset.\"posts.*.wte\" = 0.5"),
        &["options.0.name"],
        &["is missing"],
    );
    refused(
        &small_and("options = 3")
            .replace("schema", "options = 3\nschema")
            .replacen("\noptions = 3\n", "\n", 1),
        &["options"],
        &["not an array of tables"],
    );
}

#[test]
fn names_of_options_are_their_own() {
    let named = |name: &str| format!("[[options]]\nname = \"{name}\"\nset.\"posts.*.wte\" = 0.5\n");
    let twice = format!("{}{}", named("A"), named("A"));
    refused(
        &with(&twice),
        &["options.1.name"],
        &["already taken by another option", "first given at"],
    );
    for base in ["base", "Base"] {
        refused(
            &with(&named(base)),
            &["options.0.name"],
            &["is the name of the service without any option"],
        );
    }
    let many: String = (0..101).map(|it| named(&it.to_string())).collect();
    refused(&with(&many), &["options"], &["at most 100 tables"]);
    let most: String = (0..100).map(|it| named(&it.to_string())).collect();
    assert_eq!(scenario(&with(&most)).options.len(), 100);
}

#[test]
fn combinations_are_of_options_that_are_there() {
    let option = |name: &str, combine: &str| {
        format!("[[options]]\nname = \"{name}\"\ncombine = {combine}\n")
    };
    let half = "[[options]]\nname = \"Half\"\nset.\"posts.*.wte\" = 0.5\n";
    refused(
        &with(&format!("{half}{}", option("A", "[\"Hal\"]"))),
        &["options.1.combine.0"],
        &["is no option of this file", "did you mean `Half`?"],
    );
    refused(
        &with(&format!("{half}{}", option("A", "[\"Half\", \"Half\"]"))),
        &["options.1.combine.1"],
        &["names an option for the second time"],
    );
    refused(
        &with(&option("A", "[\"A\"]")),
        &["options.0.combine"],
        &["goes round in a circle"],
    );
    // Each circle is told once, and not for whoever leads into it.
    let circle = [
        option("Into", "[\"A\"]"),
        option("A", "[\"B\"]"),
        option("B", "[\"A\"]"),
    ];
    refused(
        &with(&circle.concat()),
        &["options.1.combine"],
        &["goes round in a circle"],
    );
}

#[test]
fn paths_that_lead_nowhere_are_told_with_their_option() {
    let one = |changes: &str, key: &str, words: &[&str]| {
        refused(&tried(changes), &[&format!("options.Try.{key}")], words);
    };
    one(
        "set.\"posts.*.wet\" = 1",
        "set.\"posts.*.wet\"",
        &[
            "leads nowhere: `posts.0.wet` is not a known key",
            "did you mean `wte`?",
        ],
    );
    one(
        "set.\"posts.Secnd.wte\" = 1",
        "set.\"posts.Secnd.wte\"",
        &["did you mean `Second`?"],
    );
    one(
        "set.\"posts.wte\" = 1",
        "set.\"posts.wte\"",
        &["needs a position, a name or *"],
    );
    one(
        "set.\"posts..wte\" = 1",
        "set.\"posts..wte\"",
        &["has an empty step"],
    );
    one(
        "set.demand.growth = 1",
        "set.demand.growth",
        &["did you mean `growth_a_year`?"],
    );
    one(
        "scale.\"posts.7.wte\" = 1",
        "scale.\"posts.7.wte\"",
        &["positions are 0 to 1"],
    );
    one(
        "remove = [\"posts.7\"]",
        "remove.0",
        &["positions are 0 to 1"],
    );
    one(
        "remove = [\"posts.Secnd\"]",
        "remove.0",
        &["did you mean `Second`?"],
    );
    one(
        "remove = [\"posts\"]",
        "remove.0",
        &["is no table of an array"],
    );
    one(
        "remove = [\"posts.0.wte\"]",
        "remove.0",
        &["is no table of an array"],
    );
    one(
        "remove = [\"posts.0.wte.x\"]",
        "remove.0",
        &["is no table of an array"],
    );
    one(
        "remove = [\"sources.0\"]",
        "remove.0",
        &["the file has none"],
    );
    one(
        "remove = [\"posts.0.x.0\"]",
        "remove.0",
        &["not a known key"],
    );
    one("set.\"sweep.x\" = 1", "set.\"sweep.x\"", &["a study"]);
}

#[test]
fn what_is_the_same_for_all_options_is_left_alone() {
    for key in [
        "period.weeks",
        "experiment.seed",
        "schema",
        "options.0.name",
        "recommend.confidence",
    ] {
        refused(
            &tried(&format!("set.\"{key}\" = 1")),
            &[&format!("options.Try.set.{}", quoted_if_a_path(key))],
            &["is the same for all options", "with the same people"],
        );
    }
    for key in [
        "title",
        "question",
        "targets.contacted_within_7_days",
        "compare.confidence",
    ] {
        refused(
            &tried(&format!("set.\"{key}\" = 0.5")),
            &[&format!("options.Try.set.{}", quoted_if_a_path(key))],
            &["is the same for all options", "answers to one question"],
        );
    }
    refused(
        &tried("remove = [\"options.0\"]"),
        &["options.Try.remove.0"],
        &["is the same for all options"],
    );
}

#[test]
fn what_cannot_be_multiplied_is_told() {
    let one = |key: &str, words: &str| {
        let text = tried(&format!("scale.\"{key}\" = 2"));
        let shown = quoted_if_a_path(key);
        refused(&text, &[&format!("options.Try.scale.{shown}")], &[words]);
    };
    one("title", "is the same for all options");
    one("posts.Second.name", "cannot be multiplied");
    one("posts.Second.serves", "cannot be multiplied");
    one("demand", "is not given in the file");
    one("posts.Link worker.caseload_cap", "is not given in the file");
    one(
        "practices.0.referrals_per_1000_a_year",
        "is not given in the file",
    );
    one("posts.Second.sickness_share.mean", "set as a whole");
    let file = "waiting_list.patience_days";
    let text = small_and(&format!(
        "[waiting_list]\npatience_days = {{ empirical = {{ file = \"a.csv\", column = \"days\" }} }}\n\
         [[options]]\nname = \"Try\"\nscale.\"{file}\" = 2"
    ));
    let files = Counted(std::cell::Cell::new(0));
    let problems = read(text.as_bytes(), "test.toml", &[], &files, &[]).expect_err("refused");
    let key = format!("options.Try.scale.\"{file}\"");
    check_told(&problems, &[&key], &["cannot be multiplied"]);
    // Half of 55 places is no whole number; a share may not become more than all.
    let text = tried("scale.\"posts.Second.caseload_cap\" = 0.55");
    let key = "options.Try.scale.\"posts.Second.caseload_cap\"";
    refused(&text, &[key], &["found 27.5", "a whole number"]);
    let text = tried("scale.\"posts.*.client_share\" = 2");
    let key = "options.Try.scale.\"posts.*.client_share\"";
    refused(&text, &[key], &["found 1.2", "from 0 to 1"]);
}

#[test]
fn wrong_values_are_told_where_the_option_gives_them() {
    let one = |changes: &str, key: &str, words: &[&str]| {
        refused(&tried(changes), &[&format!("options.Try.{key}")], words);
    };
    one(
        "set.\"posts.*.wte\" = 60",
        "set.\"posts.*.wte\"",
        &["found 60", "test.toml:"],
    );
    one(
        "set.\"case_types.*.contacts\" = { gamma = { mean = 3 } }",
        "set.\"case_types.*.contacts\".gamma.cv",
        &["is missing"],
    );
    one(
        "add.posts = [{ name = \"Third\", wet = 1, wte = 1 }]",
        "add.posts.0.wet",
        &["did you mean `wte`?"],
    );
    one(
        "add.posts = [{ wte = 1 }]",
        "add.posts.0.name",
        &["is missing"],
    );
    one("add.posts = [7]", "add.posts.0", &["is not a table"]);
    one(
        "add.posts = [{ name = \"Third\", like = \"Secnd\", wte = 1 }]",
        "add.posts.0.like",
        &["is no post of this file", "did you mean `Second`?"],
    );
    one(
        "add.posts = [{ name = \"Second\", wte = 1 }]",
        "add.posts.0.name",
        &["already taken by another post", "first given at"],
    );
    let text = with("[[options]]\nname = \"Half the missed\"\nset.\"case_types.*.dna_share\" = -1");
    let told = refusal(&text).to_string();
    let expected =
        "error: `options.\"Half the missed\".set.\"case_types.*.dna_share\"` is out of range\n";
    assert!(told.starts_with(expected), "{told}");
    assert!(
        told.contains("29 | set.\"case_types.*.dna_share\" = -1\n"),
        "{told}"
    );
}

#[test]
fn what_no_longer_fits_is_told_of_the_option() {
    let served = SMALL.replace("wte = 1.0", "wte = 1.0\nserves = [\"High Street\"]");
    let text =
        format!("{served}\n[[options]]\nname = \"Try\"\nremove = [\"practices.High Street\"]");
    refused(
        &text,
        &["options.Try"],
        &[
            "does not fit the rest: `posts.0.serves.0` is no practice of this file",
            "found \"High Street\"",
        ],
    );
    refused(
        &tried("remove = [\"practices.*\"]"),
        &["options.Try"],
        &["does not fit the rest: `practices` is missing"],
    );
    // An option that combines it is no worse.
    let both = format!(
        "{text}\n[[options]]\nname = \"More\"\nset.\"posts.*.wte\" = 0.5\n\
         [[options]]\nname = \"Both\"\ncombine = [\"More\", \"Try\"]"
    );
    refused(&both, &["options.Try"], &[]);
    // What goes wrong only together is told of the combination.
    let together = with(
        "[[options]]\nname = \"Without\"\nremove = [\"posts.Second\"]\n\
         [[options]]\nname = \"Less\"\nset.\"posts.Second.wte\" = 0.5\n\
         [[options]]\nname = \"Both\"\ncombine = [\"Without\", \"Less\"]",
    );
    refused(
        &together,
        &["options.Less.set.\"posts.Second.wte\""],
        &["leads nowhere: `posts.Second` is not there"],
    );
}

#[test]
fn everything_is_told_at_once_and_nothing_twice() {
    let text = tried(
        "set.\"posts.*.client_share\" = 3\nscale.\"demand.dispersion\" = 0\nremove = [\"posts.9\"]",
    )
    .replace("list_size = 6000", "list_size = 0\nbanana = 1")
    .replace("weeks = 52", "weeks = -1");
    let more = "\n[[options]]\nname = \"Again\"\ncombine = [\"Try\"]\nset.\"posts.*.wte\" = 0\n";
    refused(
        &format!("{text}{more}"),
        &[
            "period.weeks",
            "practices.1.list_size",
            "practices.1.banana",
            "options.Try.set.\"posts.*.client_share\"",
            "options.Try.scale.\"demand.dispersion\"",
            "options.Try.remove.0",
            "options.Again.set.\"posts.*.wte\"",
        ],
        &[],
    );
    let outside = try_set(
        &tried("set.\"posts.*.client_share\" = 0.5"),
        &["posts.0.wte=-1"],
    );
    check_told(
        &outside.expect_err("refused"),
        &["posts.0.wte"],
        &["--set posts.0.wte=-1"],
    );
}

#[test]
fn options_of_a_large_file_are_limited() {
    let tables = |array: &str, keys: &str, many: u32| -> String {
        let table = |it| format!("[[{array}]]\nname = \"{array} {it}\"\n{keys}\n");
        (0..many).map(table).collect()
    };
    let options = tables("options", "set.\"demand.growth_a_year\" = 0.01", 100);
    // 1,000 workers who serve 1,000 practices each: 20 options are 20,000,000.
    let practices = tables("practices", "list_size = 10", 998);
    let posts = tables("posts", "wte = 1", 999);
    let problems = refusal(&small_and(&format!("{practices}{posts}{options}")));
    let words = ["is one option too many", "20,000,000 practices"];
    check_told(&problems, &["options.20"], &words);
    // 100 files of 50,000 values and some have more than 5,000,000.
    let waited = "1,".repeat(50_000);
    let waited = format!("[[start.waiting]]\npractice = \"Mill Lane\"\nwaited_days = [{waited}]\n");
    let problems = refusal(&small_and(&format!("{waited}{options}")));
    let words = ["is one option too many", "5,000,000 values"];
    check_told(&problems, &["options.99"], &words);
}
