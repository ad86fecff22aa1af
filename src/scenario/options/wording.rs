//! The changes of an option in words, for lists of options.

use crate::scenario::file::OptionTable;
use crate::scenario::node::Node;
use crate::scenario::text::quoted;

/// Each change in a few words.
#[must_use]
pub fn changes(option: &OptionTable) -> Vec<String> {
    let combined = option.combine.items().iter();
    let combined = combined.map(|it| format!("what \"{}\" does", it.value));
    let set = option.set.items().iter();
    let set = set.map(|(key, value)| format!("{} = {}", key.value, value.written()));
    let scaled = option.scale.items().iter();
    let scaled = scaled.map(|(key, factor)| format!("{} x {factor}", key.value));
    let removed = option.remove.items().iter();
    let removed = removed.map(|it| format!("without {}", it.value));
    let added = option.add.peek().map(|it| it.arrays()).unwrap_or_default();
    let added = added.into_iter().flat_map(|(key, list)| {
        let items = list.value.items().unwrap_or_default().iter();
        items.map(move |item| format!("with {key}.{}", name_of(item)))
    });
    combined
        .chain(set)
        .chain(scaled)
        .chain(removed)
        .chain(added)
        .map(|it| quoted(&it))
        .collect()
}

/// What a table is called, or what it is if it has no name.
fn name_of(item: &Node) -> String {
    let name = item.child("name").and_then(Node::text);
    name.map_or_else(|| item.written(), str::to_owned)
}
