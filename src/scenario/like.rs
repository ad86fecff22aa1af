//! `like`: a post takes from another post the keys that it does not give itself.

use std::collections::BTreeMap;

use super::finding::{Finding, Findings};
use super::nearest::nearest;
use super::node::{Entry, Node, Value};
use super::path::join;

/// Keys that are never taken over.
const OWN: [&str; 2] = ["name", "like"];
/// Keys that are taken over only together: a post that gives one of them gives them all.
const TOGETHER: [&[&str]; 2] = [&["wte", "fte", "hours"], &["starts", "advertised"]];
/// Values copied at most in one scenario.
const MOST_COPIED: usize = 1_000_000;

/// Copies into every post with `like` what the other post says.
pub fn apply(root: &mut Node, findings: &mut Findings) {
    let Some(Value::List(posts)) = root.child_mut("posts").map(|node| &mut node.value) else {
        return;
    };
    let models = models(posts, findings);
    let mut left = MOST_COPIED;
    for index in in_order(posts, &models, findings) {
        let Some(model) = models[index] else { continue };
        let copied = taken_over(&posts[index], &posts[model]);
        let size: usize = copied.iter().map(|entry| entry.node.size()).sum();
        let Some(rest) = left.checked_sub(size) else {
            let place = posts[index].place;
            findings.add(Finding::new(
                place,
                "posts",
                "copy too much with `like`: more than 1,000,000 values",
            ));
            return;
        };
        left = rest;
        if let Value::Table(entries) = &mut posts[index].value {
            entries.extend(copied);
        }
    }
}

/// Takes `like` out of every post, so that none depends on another any longer.
pub fn forget(root: &mut Node) {
    if let Some(Value::List(posts)) = root.child_mut("posts").map(|node| &mut node.value) {
        posts.iter_mut().for_each(|post| post.forget("like"));
    }
}

/// For each post the position of the post that it is like.
fn models(posts: &[Node], findings: &mut Findings) -> Vec<Option<usize>> {
    let mut by_name = BTreeMap::new();
    for (index, post) in posts.iter().enumerate() {
        if let Some(name) = post.child("name").and_then(Node::text) {
            by_name.entry(name).or_insert(index);
        }
    }
    let model = |(index, post): (usize, &Node)| {
        let like = post.child("like")?;
        let name = like.text()?;
        let known = by_name.get(name).copied();
        if known.is_none() && findings.has_room() {
            let finding = Finding::new(like.place, &path_of(index), "is no post of this file");
            let right = nearest(name, by_name.keys().copied());
            findings.add(finding.found_value(like).did_you_mean(right));
        }
        known
    };
    posts.iter().enumerate().map(model).collect()
}

fn path_of(index: usize) -> String {
    join(&join("posts", &index.to_string()), "like")
}

/// How far the search for an order has come with a post.
#[derive(Clone, Copy, PartialEq)]
enum Visit {
    Unseen,
    InChain,
    Done,
}

/// Positions in an order in which each post comes after the one that it is like; posts that are,
/// through others, like themselves are reported and left out.
fn in_order(posts: &[Node], models: &[Option<usize>], findings: &mut Findings) -> Vec<usize> {
    let mut visits = vec![Visit::Unseen; posts.len()];
    let mut order = Vec::with_capacity(posts.len());
    for first in 0..posts.len() {
        let mut chain = Vec::new();
        let mut next = Some(first);
        while let Some(index) = next.filter(|index| visits[*index] == Visit::Unseen) {
            visits[index] = Visit::InChain;
            chain.push(index);
            next = models[index];
        }
        let is_circle = next.is_some_and(|index| visits[index] == Visit::InChain);
        for index in &chain {
            visits[*index] = Visit::Done;
        }
        match (is_circle, chain.last()) {
            (true, Some(&last)) => refuse_circle(&posts[last], last, findings),
            _ => order.extend(chain.into_iter().rev()),
        }
    }
    order
}

fn refuse_circle(post: &Node, index: usize, findings: &mut Findings) {
    let place = post.child("like").map_or(post.place, |like| like.place);
    findings.add(
        Finding::new(place, &path_of(index), "goes round in a circle")
            .hint("each post may be like another, but not, through others, like itself"),
    );
}

/// The entries of `model` that `post` takes over.
fn taken_over(post: &Node, model: &Node) -> Vec<Entry> {
    let gives = |key: &str| post.entry(key).is_some();
    let gives_one_of = |key: &str| {
        let group = TOGETHER.iter().find(|group| group.contains(&key));
        group.is_some_and(|group| group.iter().any(|key| gives(key)))
    };
    let is_taken = |key: &str| !OWN.contains(&key) && !gives(key) && !gives_one_of(key);
    let entries = model.entries().unwrap_or_default();
    entries
        .iter()
        .filter(|entry| is_taken(&entry.key))
        .cloned()
        .collect()
}
