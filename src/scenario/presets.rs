//! Pathways that one word stands for (evidence, section B.1), put into the tree as case types.

use super::checked::DefaultTaken;
use super::file::{PATHWAYS, Pathway};
use super::node::{Entry, Node};
use super::reader::own_value;

/// 10% are signposted in the first call, 52% are light, 38% have a full case of 8 contacts.
const OBSERVED_MIX: &str = r#"[
    { name = "signposted", share = 0.10, contacts = 0 },
    { name = "light", share = 0.52, contacts = 2 },
    { name = "full", share = 0.38, contacts = 8 },
]"#;
/// Everybody has a full case, as guidance describes the work.
const GUIDANCE: &str = r#"[{ name = "full", share = 1, contacts = 8 }]"#;

const BU: &str =
    "Bu et al., British Journal of Psychiatry 2024: 90% contacted, 38% had an intervention";
const HEE: &str = "Health Education England and training hubs: 6 to 12 contacts";

/// Puts the case types of `pathway` into the tree, unless it has case types already. A word that is
/// no pathway is left for the reader to refuse.
pub fn expand_pathway(root: &mut Node) {
    let Some((place, pathway)) = pathway(root) else {
        return;
    };
    let case_types = own_value(match pathway {
        Pathway::ObservedMix => OBSERVED_MIX,
        Pathway::Guidance => GUIDANCE,
    });
    if let super::node::Value::Table(entries) = &mut root.value
        && !entries.iter().any(|entry| entry.key == "case_types")
    {
        entries.push(Entry {
            key: "case_types".to_owned(),
            key_place: place,
            node: case_types,
        });
    }
}

/// The pathway that the file names, and where.
fn pathway(root: &Node) -> Option<(super::node::Place, Pathway)> {
    let node = root.child("pathway")?;
    let known = PATHWAYS
        .0
        .iter()
        .find(|(word, _)| Some(*word) == node.text());
    known.map(|(_, pathway)| (node.place, *pathway))
}

/// Whether the file's calendar is always open, which some defaults depend on.
#[must_use]
pub fn is_always_open(root: &Node) -> bool {
    let period = root.child("period");
    let calendar = period.and_then(|period| period.child("calendar"));
    calendar.and_then(Node::text) == Some("always-open")
}

/// What choosing a pathway takes for granted.
#[must_use]
pub fn taken_with(pathway: Pathway) -> Vec<DefaultTaken> {
    let row = |key: &str, value: &str, grade, source: &str| DefaultTaken {
        key: key.to_owned(),
        value: value.to_owned(),
        grade,
        source: source.to_owned(),
    };
    match pathway {
        Pathway::ObservedMix => vec![
            row("case_types.signposted.share", "0.1", 'A', BU),
            row("case_types.light.share", "0.52", 'A', BU),
            row("case_types.light.contacts", "2", 'D', "assumption"),
            row("case_types.full.share", "0.38", 'A', BU),
            row("case_types.full.contacts", "8", 'B', HEE),
        ],
        Pathway::Guidance => vec![row("case_types.full.contacts", "8", 'B', HEE)],
    }
}
