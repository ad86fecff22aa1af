//! To which places of the file a path leads, so that two spellings of one key are told to be one.

use crate::scenario::keys::{Below, below, key};
use crate::scenario::kind::Kind;
use crate::scenario::node::Node;
use crate::scenario::path::{Step, join};
use crate::scenario::setting::chosen_tables;

/// A place: keys, and positions of tables, from the top of the file.
pub type Address = Vec<String>;

/// The places of the tree to which a path leads: `posts.*.wte` to one for each post, and `posts.Ann.wte`
/// to `posts.0.wte` where Ann's is the first. What the file does not have is one place.
pub fn places(node: &Node, kind: &Kind, steps: &[Step]) -> Vec<Address> {
    let mut found = Vec::new();
    walk(Some(node), kind, steps, &mut Vec::new(), &mut found);
    found
}

fn walk(
    node: Option<&Node>,
    kind: &Kind,
    steps: &[Step],
    way: &mut Address,
    found: &mut Vec<Address>,
) {
    let Some((step, rest)) = steps.split_first() else {
        found.push(way.clone());
        return;
    };
    let mut go = |node: Option<&Node>, kind: &Kind, word: String| {
        way.push(word);
        walk(node, kind, rest, way, found);
        way.pop();
    };
    match (below(kind), kind, node) {
        (Ok(Below::Tables(table)), Kind::Tables(describe, _), Some(node)) => {
            let items = node.items().unwrap_or_default();
            for index in chosen_tables(node, &table, step, "").unwrap_or_default() {
                let kind = Kind::Table(*describe);
                go(items.get(index), &kind, index.to_string());
            }
        }
        (Ok(Below::Keys(table)), _, _) => {
            let known = key(&table, step).ok().map(|known| known.kind.clone());
            let child = node.and_then(|node| node.child(step.written()));
            go(
                child,
                &known.unwrap_or(Kind::Anything),
                step.written().to_owned(),
            );
        }
        _ => go(None, &Kind::Anything, step.written().to_owned()),
    }
}

/// A place to which both lead, or of which one leads to a part, as it is written in a path.
pub fn shared(one: &[Address], other: &[Address]) -> Option<String> {
    let is_shared = |place: &&Address| {
        let holds = |it: &Address| it.starts_with(place) || place.starts_with(it);
        other.iter().any(holds)
    };
    let place = one.iter().find(is_shared)?;
    Some(
        place
            .iter()
            .fold(String::new(), |path, step| join(&path, step)),
    )
}
