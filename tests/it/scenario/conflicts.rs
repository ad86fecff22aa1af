//! Keys that exclude one another, keys of studies, and scenarios that are too large.

use super::{refused_for, scenario, small_and, small_with};

#[test]
fn what_excludes_one_another_does_not_stand_together() {
    refused_for(
        &small_with("weeks = 52", "weeks = 52\ndays = 3"),
        "period.days",
        "cannot stand together with `weeks`",
    );
    refused_for(
        &small_with("wte = 1.0", "wte = 1.0\nfte = 1.0"),
        "posts.0.fte",
        "cannot stand together with `wte`",
    );
    let season = "[demand]\nseasonal = { amplitude = 0.2, period_days = 365 }\nweekday_factors = [1,1,1,1,1]";
    refused_for(
        &small_and(season),
        "demand.weekday_factors",
        "cannot stand together with `seasonal`",
    );
    refused_for(
        &small_and("[[case_types]]\nname = \"full\"\ncontacts = 8"),
        "case_types",
        "cannot stand together with `pathway`",
    );
    let sharing = small_with("[period]", "sharing = \"pooled\"\n[period]");
    refused_for(
        &sharing.replace("wte = 1.0", "wte = 1.0\nserves = \"all\""),
        "posts.0.serves",
        "cannot stand together with `sharing`",
    );
    let both = small_with("weeks = 52", "weeks = 52\nwarm_up_weeks = 1");
    refused_for(
        &format!("{both}\n[start]\n"),
        "period.warm_up_weeks",
        "cannot stand together with `start`",
    );
}

#[test]
fn keys_of_studies_are_refused_as_such() {
    let words = "belongs to a study, which is a file of its own";
    refused_for(&small_and("[sweep]\nx = 1"), "sweep", words);
    refused_for(
        &small_with("title", "scenario = \"other.toml\"\ntitle"),
        "scenario",
        words,
    );
}

#[test]
fn what_no_computer_could_simulate_is_refused() {
    let crowd = small_with("9000", "10000000").replace(
        "list_size = 6000",
        "list_size = 6000\nreferrals_per_1000_a_year = 100000",
    );
    let crowd = crowd.replace("weeks = 52", "weeks = 3000");
    refused_for(
        &crowd.replace(
            "list_size = 10000000",
            "list_size = 10000000\nreferrals_per_1000_a_year = 100000",
        ),
        "practices",
        "at most 100,000,000",
    );
    let posts = "[[posts]]\nname = \"P\"\nwte = 50\n";
    let many: String = (0..201)
        .map(|n| posts.replace("\"P\"", &format!("\"P{n}\"")))
        .collect();
    refused_for(&small_and(&many), "posts", "at most 10,000 workers");
    let practices: String = (0..2_000)
        .map(|n| format!("[[practices]]\nname = \"Q{n}\"\nlist_size = 1\n"))
        .collect();
    let large = small_and(&practices).replace("wte = 1.0", "wte = 50")
        + &(0..120)
            .map(|n| posts.replace("\"P\"", &format!("\"P{n}\"")))
            .collect::<String>();
    refused_for(&large, "posts", "at most 10,000,000 practices");
    let shared =
        |how: &str| large.replacen("[period]", &format!("sharing = \"{how}\"\n[period]"), 1);
    refused_for(&shared("pooled"), "posts", "at most 10,000,000 practices");
    scenario(&shared("dedicated"));
}

#[test]
fn one_wrong_word_gives_one_problem() {
    // Nothing that depends on the wrong value is reported as wrong too.
    refused_for(
        &small_with("name = \"Mill Lane\"", "name = 3"),
        "practices.0.name",
        "found 3",
    );
    refused_for(
        &small_with("[period]", "[perod]"),
        "perod",
        "did you mean `period`?",
    );
    refused_for(
        &small_with(
            "[[practices]]\nname = \"High",
            "[[practices]]\nnam = \"High",
        ),
        "practices.1.nam",
        "did you mean `name`?",
    );
    let served = small_and("serves = [\"High Street\"]");
    refused_for(
        &served.replacen("name = \"High Street\"", "name = \"=High\"", 1),
        "practices.1.name",
        "spreadsheet",
    );
}
