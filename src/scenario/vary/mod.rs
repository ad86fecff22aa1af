//! Keys that take other values than the file's, as `recommend` and studies ask: which keys may, where
//! they lead, and what the file is with other values.
//!
//! Values change the tree of the file as options do: after `like`, before the pathway's case types.
//! What they mean is therefore exactly what a file with these values would mean. Nothing here knows
//! why values are tried, or which.

mod keys;
mod reach;

pub use keys::{Met, distinct, lost, same, steps};
pub use reach::{Address, places};

use std::collections::BTreeMap;

use super::checked::{NoFiles, Scenario};
use super::file::ScenarioFile;
use super::finding::Findings;
use super::kind::Kind;
use super::node::{Node, Place};
use super::path::Step;
use super::reader::Table as _;
use super::setting::{Action, Setting};
use super::text::quoted;
use super::{Checked, Outside, Quantiles, checked, like, presets};

/// A key and the value that it takes.
#[derive(Clone, Copy, Debug)]
pub struct Put<'a> {
    /// The steps to the key.
    pub steps: &'a [Step],
    /// The value.
    pub node: &'a Node,
}

/// A file whose keys take other values, with all that reading it again needs.
#[derive(Clone, Debug)]
pub struct Trunk {
    /// The tree, as [`trunk`] makes it.
    pub tree: Node,
    referred: BTreeMap<String, Vec<u8>>,
    targets: Vec<String>,
}

impl Trunk {
    /// The file of this tree, whose files `referred` has.
    #[must_use]
    pub fn of(tree: Node, referred: &BTreeMap<String, Vec<u8>>, targets: &[&str]) -> Self {
        Self {
            tree,
            referred: referred.clone(),
            targets: targets.iter().map(|it| (*it).to_owned()).collect(),
        }
    }

    /// The scenario of the file with these values, uncertain numbers at their centre.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn with(&self, puts: &[Put<'_>]) -> Result<Scenario, Findings> {
        let mut findings = Findings::default();
        let tree = changed(&self.tree, puts, &mut findings);
        let targets: Vec<&str> = self.targets.iter().map(String::as_str).collect();
        let central = Quantiles::new();
        let outside = Outside {
            files: &NoFiles,
            targets: &targets,
            quantiles: &central,
        };
        let known = self.referred.clone();
        let read: Checked = checked(&tree, &outside, &BTreeMap::new(), known, findings);
        match (read.findings.is_empty(), read.scenario) {
            (true, Some(scenario)) => Ok(scenario),
            _ => Err(read.findings),
        }
    }
}

/// The tree that values change: the file without options and [recommend], each post complete without
/// `like`.
#[must_use]
pub fn trunk(root: &Node) -> Node {
    let mut trunk = root.clone();
    trunk.forget("options");
    trunk.forget("recommend");
    like::forget(&mut trunk);
    trunk
}

/// The tree with these values; a pathway first, because others may reach into its case types.
pub fn changed(trunk: &Node, puts: &[Put<'_>], findings: &mut Findings) -> Node {
    let mut tree = trunk.clone();
    let is_pathway = |put: &Put<'_>| matches!(put.steps, [Step::Word(only)] if only == "pathway");
    let pathways = puts.iter().filter(|put| is_pathway(put));
    for put in pathways.chain(puts.iter().filter(|put| !is_pathway(put))) {
        expand_for(put.steps, &mut tree);
        let setting = Setting {
            place: put.node.place,
            action: Action::Put(put.node.clone()),
        };
        if let Err(lost) = setting.make(&mut tree, put.steps) {
            findings.add(lost.finding(put.node.place));
        }
    }
    presets::expand_pathway(&mut tree);
    tree
}

/// Expands the pathway of a tree for a path that leads into its case types.
pub fn expand_for(steps: &[Step], tree: &mut Node) {
    if matches!(steps.first(), Some(Step::Word(first)) if first == "case_types") {
        presets::expand_pathway(tree);
    }
}

/// The first problem, in a sentence without its end.
#[must_use]
pub fn first_words(findings: Findings) -> String {
    let first = findings.into_list().0.into_iter().next();
    first.map_or_else(
        || "it is no scenario".to_owned(),
        |finding| {
            let (_, _, what) = finding.identity();
            format!("`{}` {what}", quoted(finding.key()))
        },
    )
}

/// Whether one place lies in the other.
#[must_use]
pub fn is_within(place: Place, around: Place) -> bool {
    match (place, around) {
        (Place::File(from, to), Place::File(start, end)) => start <= from && to <= end,
        (place, around) => place == around,
    }
}

/// The kind of the whole file.
#[must_use]
pub fn kind_of_file() -> Kind {
    Kind::Table(ScenarioFile::describe)
}
