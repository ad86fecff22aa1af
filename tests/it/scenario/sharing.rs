//! Sharing graphs that one word stands for.

use super::scenario;

/// Whom each worker serves, for practices with these lists and posts of these WTE.
fn served(sharing: &str, lists: &[u32], wtes: &[f64]) -> Vec<Vec<u32>> {
    let practices: String = lists
        .iter()
        .enumerate()
        .map(|(n, list)| format!("[[practices]]\nname = \"Practice {n}\"\nlist_size = {list}\n"))
        .collect();
    let posts: String = wtes
        .iter()
        .enumerate()
        .map(|(n, wte)| format!("[[posts]]\nname = \"Post {n}\"\nwte = {wte}\n"))
        .collect();
    let text = format!(
        "schema = 1\ntitle = \"Sharing\"\npathway = \"guidance\"\nsharing = \"{sharing}\"\n\
         [period]\nstart = 2026-10-05\nweeks = 1\n{practices}{posts}"
    );
    let posts = scenario(&text).model.posts;
    posts
        .iter()
        .map(|post| post.serves.iter().map(|it| it.0).collect())
        .collect()
}

#[test]
fn pooled_workers_serve_everybody() {
    assert_eq!(
        served("pooled", &[1, 2, 3], &[1.0, 0.5]),
        [[0, 1, 2], [0, 1, 2]]
    );
}

#[test]
fn as_many_workers_as_practices_pair_up() {
    assert_eq!(
        served("dedicated", &[5, 9, 2], &[1.0, 0.5, 0.5]),
        [[0], [1], [2]]
    );
    assert_eq!(
        served("chained", &[5, 9, 2], &[1.0, 0.5, 0.5]),
        [vec![0, 1], vec![1, 2], vec![0, 2]]
    );
}

#[test]
fn fewer_workers_share_the_lists_evenly_by_wte() {
    // By decreasing list: 9 to the first; 6 to the second, 12 per WTE; 5 to the first, 14 per WTE;
    // 2 to the second.
    let served = |sharing| served(sharing, &[9, 6, 5, 2], &[1.0, 0.5]);
    assert_eq!(served("dedicated"), [[0, 2], [1, 3]]);
    assert_eq!(served("chained"), [[0, 1, 2], [0, 1, 3]]);
}

#[test]
fn more_workers_go_where_the_need_is() {
    // Largest unserved first: practice 1, then 0; then the larger list per WTE: 9 against 5.
    assert_eq!(
        served("dedicated", &[5, 9], &[1.0, 1.0, 1.0]),
        [[1], [0], [1]]
    );
    assert_eq!(
        served("chained", &[5, 9], &[1.0, 1.0, 1.0]),
        [[0, 1], [0, 1], [0, 1]]
    );
}

#[test]
fn a_post_above_one_wte_is_shared_out_by_its_workers() {
    assert_eq!(served("dedicated", &[5, 9, 2], &[3.0]), [[0], [1], [2]]);
}

#[test]
fn a_chain_links_all_practices() {
    for posts in 1..8 {
        let graph = served("chained", &[5, 4, 3, 2], &vec![1.0; posts]);
        let mut reached = vec![0];
        for _ in 0..8 {
            for serves in &graph {
                if serves.iter().any(|it| reached.contains(it)) {
                    reached.extend(serves);
                }
            }
        }
        assert!(
            (0..4).all(|practice| reached.contains(&practice)),
            "{posts} posts: {graph:?}"
        );
    }
}

#[test]
fn nobody_to_share_is_no_trouble() {
    assert_eq!(served("chained", &[5], &[]), Vec::<Vec<u32>>::new());
    assert_eq!(served("chained", &[5], &[1.0]), [[0]]);
}
