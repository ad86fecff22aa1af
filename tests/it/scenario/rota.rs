//! Rotas: what they mean, and how mistakes are told.

use super::{refused_for, scenario, set, small_and, small_with};
use splw_sim::model::PracticeId;

fn with(keys: &str) -> String {
    small_and(keys)
}

#[test]
fn a_rota_visits_practices_by_name_or_code_in_the_order_of_the_day() {
    let scenario = scenario(&with(
        "rota = { monday = [\"Mill Lane\"], tuesday = [\"High Street\", \"A10001\"] }\ntravel_minutes = 25",
    ));
    let rota = scenario.model.posts[0].rota.as_ref().expect("a rota");
    assert_eq!(rota.sites(), [PracticeId(0), PracticeId(1)]);
    assert_eq!(rota.of_day(0), [0]);
    assert_eq!(rota.of_day(1), [1, 0]);
    assert!(rota.of_day(2).is_empty());
    assert_eq!(rota.site_of(PracticeId(1)), Some(1));
    assert_eq!(rota.travel_minutes.is_constant(), Some(25.0));
    assert!(scenario.notes.is_empty(), "{:?}", scenario.notes);
    let taken = |key: &str| scenario.defaults.iter().any(|row| row.key.contains(key));
    assert!(!taken("travel_minutes"));
}

#[test]
fn defaults_are_told_only_where_they_matter() {
    let taken = |text: &str, key: &str| {
        let scenario = scenario(text);
        scenario.defaults.iter().any(|row| row.key.contains(key))
    };
    let one = with("rota = { monday = [\"Mill Lane\"] }");
    let two = with("rota = { monday = [\"Mill Lane\", \"High Street\"] }");
    assert!(!taken(&with(""), "travel_minutes") && !taken(&one, "travel_minutes"));
    assert!(taken(&two, "travel_minutes"));
}

#[test]
fn a_practice_that_no_day_visits_is_noted() {
    let scenario = scenario(&with("rota = { monday = [\"Mill Lane\"] }"));
    assert_eq!(
        scenario.notes,
        [
            "No day of the rota of Link worker visits High Street: their face-to-face contacts are held wherever the worker is."
        ]
    );
}

#[test]
fn mistakes_in_a_rota_are_told() {
    let refused = |keys: &str, key: &str, words: &str| refused_for(&with(keys), key, words);
    refused(
        "rota = { monday = [\"Mil Lane\"] }",
        "posts.0.rota.monday.0",
        "is no practice of this file",
    );
    refused(
        "rota = { monday = [\"Mill Lane\", \"A10001\"] }",
        "posts.0.rota.monday.1",
        "names a practice for the second time on one day",
    );
    refused(
        "rota = { monday = [\"Mill Lane\"] }\nserves = [\"High Street\"]",
        "posts.0.rota.monday.0",
        "is a practice that Link worker does not serve",
    );
    refused(
        "rota = { saturday = [\"Mill Lane\"] }",
        "posts.0.rota.saturday",
        "is a day on which Link worker has no client time",
    );
    refused(
        "rota = { mondy = [\"Mill Lane\"] }",
        "posts.0.rota.mondy",
        "is not a known key",
    );
}

#[test]
fn a_rota_is_of_one_worker() {
    refused_for(
        &small_with("[period]", "continuity = \"any-worker\"\n[period]").replace(
            "wte = 1.0",
            "wte = 1.0\nrota = { monday = [\"Mill Lane\"] }",
        ),
        "posts.0.rota",
        "cannot stand together with `continuity = \"any-worker\"`",
    );
}

/// With 2 WTE both workers have the rota; with `sharing` each of them must serve its practices.
#[test]
fn every_worker_of_a_post_has_its_rota() {
    let text = with("rota = { monday = [\"Mill Lane\", \"High Street\"] }");
    let two = set(&text, &["posts.0.wte=2"]);
    assert!(two.model.posts.iter().all(|post| post.rota.is_some()));
    refused_for(
        &text
            .replace("[period]", "sharing = \"dedicated\"\n[period]")
            .replace("wte = 1.0", "wte = 2")
            .replace(", \"High Street\"] }", "] }"),
        "posts.0.rota.monday.0",
        "is a practice that Link worker (2) does not serve",
    );
}

/// So an option may take a rota away.
#[test]
fn a_rota_that_visits_nothing_is_none() {
    for rota in ["rota = {}", "rota = { monday = [] }"] {
        let post = &scenario(&small_and(rota)).model.posts[0];
        assert_eq!(post.rota, None);
    }
}
