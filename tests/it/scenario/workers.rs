//! Posts: hours, windows, places, dates, and posts above 1 WTE as several workers.

use super::{refused_for, scenario, small_and, small_with};
use splw_sim::model::{Post, SimDuration, SimTime};
use splw_sim::scenario::Scenario;

fn with(keys: &str) -> Scenario {
    scenario(&small_with("wte = 1.0", keys))
}

fn hours(post: &Post) -> Vec<f64> {
    post.contracted_time
        .iter()
        .map(|time| time.hours())
        .collect()
}

#[test]
fn a_post_above_one_wte_stands_as_several_workers() {
    let scenario = with(
        "wte = 2.4\ncaseload_cap = 50\nhours = { monday = 18, tuesday = 18, friday = 18, thursday = 18, wednesday = 18 }",
    );
    let posts = &scenario.model.posts;
    let names: Vec<&str> = posts.iter().map(|post| post.name.as_str()).collect();
    assert_eq!(names, ["Link worker", "Link worker (2)", "Link worker (3)"]);
    assert!((posts[2].wte - 0.4).abs() < 1e-9);
    assert_eq!((posts[0].wte, posts[1].wte), (1.0, 1.0));
    let caps: Vec<Option<u32>> = posts.iter().map(|post| post.caseload_cap).collect();
    assert_eq!(caps, [Some(50), Some(50), Some(20)]);
    assert_eq!(hours(&posts[0])[..5], [7.5; 5]);
    assert_eq!(
        posts[2].contracted_time[0],
        SimDuration::from_minutes(180.0)
    );
    assert_eq!(posts[2].client_time[0], SimDuration::from_minutes(108.0));
    assert_eq!(
        scenario.notes,
        [
            "Post Link worker of 2.4 WTE stands as 3 workers. `caseload_cap` = 50 is taken per WTE: places 50 each, 20 for the last."
        ]
    );
}

#[test]
fn whole_numbers_of_wte_leave_no_rest() {
    for (wte, count) in [("1.0", 1), ("2", 2), ("3.0", 3), ("0.3", 1), ("50", 50)] {
        let posts = with(&format!("wte = {wte}")).model.posts;
        assert_eq!(posts.len(), count);
        assert!(posts.iter().all(|post| post.wte <= 1.0));
    }
    // Hours whose sum is 3 WTE but for a rounding.
    let posts = with("hours = { monday = 22.5, tuesday = 22.5, wednesday = 22.5, thursday = 22.5, friday = 22.5 }").model.posts;
    assert_eq!(posts.len(), 3);
}

#[test]
fn a_second_worker_must_not_bear_another_posts_name() {
    let text = small_with("wte = 1.0", "wte = 2").replace(
        "[[posts]]",
        "[[posts]]\nname = \"Link worker (2)\"\nwte = 1\n[[posts]]",
    );
    refused_for(&text, "posts.1.name", "already taken by another post");
}

#[test]
fn places_are_80_per_wte_unless_said() {
    let cap = |keys: &str| with(keys).model.posts[0].caseload_cap;
    assert_eq!(cap("wte = 1.0"), Some(80));
    assert_eq!(cap("wte = 0.6"), Some(48));
    assert_eq!(cap("wte = 0.001"), Some(1));
    assert_eq!(cap("wte = 0.6\ncaseload_cap = 80"), Some(80));
    assert_eq!(cap("wte = 0.6\ncaseload_cap = \"none\""), None);
    let row = with("wte = 0.6")
        .defaults
        .into_iter()
        .find(|it| it.key == "posts.*.caseload_cap");
    assert_eq!(row.map(|it| it.value), Some("80 per WTE".to_owned()));
}

#[test]
fn hours_by_weekday_give_the_wte() {
    let post = &with("hours = { monday = 10, wednesday = 5 }").model.posts[0];
    assert_eq!(post.wte, 0.4);
    assert_eq!(hours(post), [10.0, 0.0, 5.0, 0.0, 0.0, 0.0, 0.0]);
    with("wte = 0.401\nhours = { monday = 10, wednesday = 5 }");
    let text = |keys: &str| small_with("wte = 1.0", keys);
    refused_for(
        &text("wte = 0.5\nhours = { monday = 10, wednesday = 5 }"),
        "posts.0.wte",
        "0.4, which is what `hours` come to",
    );
    refused_for(
        &text("hours = { monday = 25 }"),
        "posts.0.hours.monday",
        "from 0 to 24",
    );
    refused_for(
        &text("hours = { munday = 7 }"),
        "posts.0.hours.munday",
        "did you mean `monday`?",
    );
    refused_for(&text("hours = { }"), "posts.0.hours", "no hours at all");
    refused_for(
        &text("hours = { monday = 7.5, sunday = 2 }"),
        "posts.0.hours.sunday",
        "not a working day",
    );
    refused_for(
        &text("hours = { monday = 20 }\nclient_share = 0.8"),
        "posts.0.hours",
        "past midnight",
    );
    refused_for(&text(""), "posts.0.wte", "`wte`, or `hours` by weekday");
}

#[test]
fn dates_become_midnights_of_the_clock() {
    let starts = |keys: &str| with(&format!("wte = 1\n{keys}")).model.posts[0].starts;
    assert_eq!(
        starts("starts = 2026-10-07"),
        Some(SimTime::from_seconds(2 * 86_400))
    );
    assert_eq!(starts("starts = 2026-10-05"), None);
    assert_eq!(starts("starts = 2020-01-01"), None);
    assert_eq!(
        starts("advertised = 2026-10-05"),
        Some(SimTime::from_seconds(14 * 7 * 86_400))
    );
    assert_eq!(
        starts("advertised = 2026-10-05\ntime_to_hire_weeks = 0.5"),
        Some(SimTime::from_seconds(4 * 86_400))
    );
    let ends = with("wte = 1\nends = 2026-10-06").model.posts[0].ends;
    assert_eq!(ends, Some(SimTime::from_seconds(86_400)));
}

#[test]
fn posts_that_are_never_filled_are_noted() {
    let ended = with("wte = 1\nends = 2026-10-05");
    assert!(!ended.model.posts[0].exists_at(SimTime::ZERO));
    assert_eq!(
        ended.notes,
        ["Link worker ended before the simulated time: it is never filled."]
    );
    let late = with("wte = 1\nstarts = 2030-01-01");
    assert_eq!(
        late.notes,
        ["Link worker starts only after the simulated time: it is never filled."]
    );
    let unused = with("wte = 1\ntime_to_hire_weeks = 3\nleaving_rate_a_year = 0");
    assert_eq!(
        unused.notes,
        [
            "Link worker: `time_to_hire_weeks` has no effect: the post is not `advertised`, and nobody leaves it."
        ]
    );
}

#[test]
fn the_defaults_of_some_posts_are_listed_one_by_one() {
    let scenario = scenario(&small_and(
        "sickness_share = 0.1\nleaving_rate_a_year = 0\n[[posts]]\nname = \"B\"\nwte = 1\n\
         leaving_rate_a_year = 0",
    ));
    let keys: Vec<&str> = scenario.defaults.iter().map(|it| it.key.as_str()).collect();
    assert!(keys.contains(&"posts.1.sickness_share"), "{keys:?}");
    assert!(keys.contains(&"posts.*.training_days"), "{keys:?}");
    // A post that never ends has no use for the share lost when it does.
    assert!(
        !keys.contains(&"posts.*.lost_at_handover_share"),
        "{keys:?}"
    );
}

#[test]
fn nobody_serving_and_nobody_served_are_noted() {
    let notes = with("wte = 1\nserves = []").notes;
    assert_eq!(
        notes,
        [
            "No post serves Mill Lane, High Street: their people are never contacted.",
            "No practice is served by Link worker: no work will come."
        ]
    );
    let bare = small_with("[[posts]]\nname = \"Link worker\"\nwte = 1.0\n", "");
    assert_eq!(
        scenario(&bare).notes,
        ["There are no posts: nobody is ever contacted."]
    );
}
