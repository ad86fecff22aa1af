//! `like`: one post takes over what another says.

use super::{refused_for, scenario, small_and};
use splw_sim::model::{Post, PracticeId, SimDuration};

fn posts(more: &str) -> Vec<Post> {
    scenario(&small_and(more)).model.posts
}

#[test]
fn keys_are_taken_over_unless_given() {
    let more = "serves = [\"High Street\"]\ncaseload_cap = 30\nsickness_share = 0.1\n
[[posts]]\nname = \"B\"\nlike = \"Link worker\"\ncaseload_cap = 20";
    let posts = posts(more);
    assert_eq!(posts[1].name, "B");
    assert_eq!(posts[1].serves, [PracticeId(1)]);
    assert_eq!(posts[1].caseload_cap, Some(20));
    assert_eq!(posts[1].sickness_share, 0.1);
    assert_eq!(posts[1].wte, 1.0);
}

#[test]
fn chains_work_in_any_order() {
    let more = "[[posts]]\nname = \"C\"\nlike = \"B\"
[[posts]]\nname = \"B\"\nlike = \"Link worker\"\ncaseload_cap = 20";
    let posts = posts(more);
    assert_eq!(posts[1].caseload_cap, Some(20));
    assert_eq!(posts[1].wte, 1.0);
}

#[test]
fn contracted_time_is_taken_over_as_a_whole() {
    let text = small_and("[[posts]]\nname = \"B\"\nlike = \"Link worker\"\nwte = 0.4")
        .replace("wte = 1.0", "hours = { monday = 7.5, tuesday = 7.5 }");
    let posts = scenario(&text).model.posts;
    assert_eq!(posts[0].wte, 0.4);
    assert_eq!(posts[0].days_a_week(), 2);
    assert_eq!(posts[1].days_a_week(), 5);
    assert_eq!(
        posts[1].contracted_time[4],
        SimDuration::from_minutes(180.0)
    );
}

#[test]
fn a_mistake_that_is_taken_over_is_told_once() {
    let more = "caseload_cap = 0\n[[posts]]\nname = \"B\"\nlike = \"Link worker\"
[[posts]]\nname = \"C\"\nlike = \"Link worker\"";
    refused_for(&small_and(more), "posts.0.caseload_cap", "found 0");
}

#[test]
fn unknown_posts_and_circles_are_refused() {
    refused_for(
        &small_and("[[posts]]\nname = \"B\"\nlike = \"Link werker\""),
        "posts.1.like",
        "did you mean `Link worker`?",
    );
    refused_for(
        &small_and("[[posts]]\nname = \"B\"\nlike = \"B\""),
        "posts.1.like",
        "goes round in a circle",
    );
    let circle = "[[posts]]\nname = \"B\"\nlike = \"C\"\n[[posts]]\nname = \"C\"\nlike = \"B\"
[[posts]]\nname = \"D\"\nlike = \"C\"";
    refused_for(&small_and(circle), "posts.2.like", "goes round in a circle");
}

#[test]
fn a_long_chain_is_no_trouble() {
    let more: String = (0..5_000)
        .map(|n| {
            let model = if n == 4_999 {
                "Link worker".to_owned()
            } else {
                format!("P{}", n + 1)
            };
            format!("[[posts]]\nname = \"P{n}\"\nlike = \"{model}\"\n")
        })
        .collect();
    assert_eq!(posts(&more).len(), 5_001);
}

#[test]
fn copying_has_a_limit() {
    let names: Vec<String> = (0..1_000).map(|n| format!("\"Practice {n}\"")).collect();
    let practices: String = names
        .iter()
        .map(|it| format!("[[practices]]\nname = {it}\nlist_size = 1\n"))
        .collect();
    let posts: String = (0..2_000)
        .map(|n| format!("[[posts]]\nname = \"P{n}\"\nlike = \"Link worker\"\n"))
        .collect();
    let text = small_and(&format!(
        "serves = [{}]\n{practices}{posts}",
        names.join(",")
    ));
    refused_for(&text, "posts", "copy too much");
}
