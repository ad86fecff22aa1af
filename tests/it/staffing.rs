//! Posts that are added to find out how many WTE a service needs.

use crate::support::read;
use splw_sim::experiment::staffing::{pattern, with_more};
use splw_sim::model::Post;

const SERVICE: &str = include_str!("../../scenarios/rayleigh.toml");

fn week(time: &[splw_sim::model::SimDuration; 7]) -> f64 {
    time.iter().map(|it| it.hours()).sum()
}

/// The posts that five steps add to a service.
fn added(text: &str) -> Vec<Post> {
    let model = read(text, &[]).model;
    let pattern = pattern(&model).expect("a post");
    let before = model.posts.len();
    with_more(&model, pattern, 5).posts[before..].to_vec()
}

#[test]
fn steps_are_whole_posts_and_one_for_the_rest() {
    let posts = added(SERVICE);
    let wte: Vec<f64> = posts.iter().map(|it| it.wte).collect();
    assert_eq!(wte, [1.0, 0.25]);
    let caps: Vec<Option<u32>> = posts.iter().map(|it| it.caseload_cap).collect();
    assert_eq!(caps, [Some(80), Some(20)]);
    for (post, wte) in posts.iter().zip(wte) {
        assert!((week(&post.contracted_time) - 37.5 * wte).abs() < 0.01);
        assert!((week(&post.client_time) - 0.6 * 37.5 * wte).abs() < 0.01);
        assert_eq!(post.serves.len(), 6);
    }
    assert_ne!(posts[0].key(), posts[1].key(), "each has chance of its own");
}

#[test]
fn whoever_works_a_few_days_or_starts_late_is_no_pattern_for_that() {
    let part_time = SERVICE.replacen(
        "wte = 1.0 ",
        "hours = { monday = 7.5, thursday = 7.5 }\nstarts = 2027-01-04 #",
        1,
    );
    assert_ne!(part_time, SERVICE);
    let posts = added(&part_time);
    assert_eq!(posts.len(), 2);
    assert!((week(&posts[0].contracted_time) - 37.5).abs() < 0.01);
    assert!(posts[0].contracted_time.iter().all(|it| it.hours() < 7.6));
    assert_eq!(posts[0].caseload_cap, Some(200), "80 for 0.4 WTE");
    assert_eq!(posts[0].starts, None);
}
