//! Sharing: the graph of posts and practices, gathered into pools.
//!
//! Practices that are served by the same posts form a [`Pool`]: their people wait on one list,
//! because whoever can take one of them can take any other. A pooled team is one pool however
//! many practices it has, so the cost of finding the next person does not grow with them.

use super::ids::{PoolId, PostId, PracticeId};
use super::post::Post;

/// Practices that are served by the same posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The practices, in order.
    pub practices: Vec<PracticeId>,
    /// The posts that serve them, in order; may be empty.
    pub posts: Vec<PostId>,
}

/// The pools of a sharing graph, and each practice's pool.
#[must_use]
pub fn pools(practices: usize, posts: &[Post]) -> (Vec<Pool>, Vec<PoolId>) {
    let mut serving: Vec<Vec<PostId>> = vec![Vec::new(); practices];
    for (index, post) in posts.iter().enumerate() {
        for practice in &post.serves {
            serving[practice.index()].push(PostId(index as u32));
        }
    }
    let mut pools: Vec<Pool> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    let pool_of = serving
        .into_iter()
        .enumerate()
        .map(|(index, posts)| {
            let next = PoolId(pools.len() as u32);
            let pool = *known.entry(posts.clone()).or_insert(next);
            if pool == next {
                pools.push(Pool {
                    practices: Vec::new(),
                    posts,
                });
            }
            pools[pool.index()].practices.push(PracticeId(index as u32));
            pool
        })
        .collect();
    (pools, pool_of)
}
