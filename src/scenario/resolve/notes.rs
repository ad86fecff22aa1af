//! Things worth a planner's attention about a service as a whole.

use super::Resolver;
use crate::model::{Model, PracticeId};

/// Notes practices that nobody serves and posts that serve nobody.
pub fn note_idle(model: &Model, r: &mut Resolver) {
    if model.posts.is_empty() {
        r.notes
            .push("There are no posts: nobody is ever contacted.".to_owned());
        return;
    }
    let unserved = unserved(model);
    if !unserved.is_empty() {
        let names = listed(&unserved);
        r.notes.push(format!(
            "No post serves {names}: their people are never contacted."
        ));
    }
    let idle = model.posts.iter().filter(|post| post.serves.is_empty());
    let idle: Vec<&str> = idle.map(|post| post.name.as_str()).collect();
    if !idle.is_empty() {
        r.notes.push(format!(
            "No practice is served by {}: no work will come.",
            listed(&idle)
        ));
    }
}

/// Names of the practices that nobody serves.
fn unserved(model: &Model) -> Vec<&str> {
    let mut is_served = vec![false; model.practices.len()];
    for practice in model.posts.iter().flat_map(|post| &post.serves) {
        if let Some(served) = is_served.get_mut(practice.index()) {
            *served = true;
        }
    }
    // Whoever merges into another practice is served with it in the end.
    let ends = model.period.closes;
    let is_ever_served = |index: &usize| {
        let merged = model.received_as(PracticeId(*index as u32), ends);
        is_served[*index] || is_served[merged.index()]
    };
    (0..model.practices.len())
        .filter(|index| !is_ever_served(index))
        .map(|index| model.practices[index].name.as_str())
        .collect()
}

/// Names in a sentence, the first few if there are many.
pub fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let shown = names
        .iter()
        .take(SHOWN)
        .copied()
        .collect::<Vec<_>>()
        .join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
