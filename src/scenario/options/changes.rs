//! The changes of an option, made to a tree in their order.

use super::removal::Removal;
use crate::scenario::file::{OptionTable, ScenarioFile};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::keys::follow;
use crate::scenario::kind::Kind;
use crate::scenario::like;
use crate::scenario::node::{Entry, Node, Place, Value};
use crate::scenario::path::{Step, parse};
use crate::scenario::presets;
use crate::scenario::reader::{At, Table as _, Written};
use crate::scenario::setting::{Action, Lost, Setting};

/// Tables that are the same for all options: without the same people and the same time there is
/// nothing to compare.
const FIXED: [&str; 6] = [
    "schema",
    "experiment",
    "uncertainty",
    "period",
    "options",
    "recommend",
];
/// What is asked, which options answer: a change would do nothing, and be told as a difference of nothing.
const ASKED: [&str; 4] = ["title", "question", "targets", "compare"];

/// The changes of an option and of those that it combines.
pub struct Changes<'a> {
    /// The options in the order in which they are made.
    pub parts: &'a [&'a OptionTable],
    /// Whether the calendar is always open, on which defaults depend.
    pub always_open: bool,
    /// Values that a tree may have at most; beyond, nothing more is made.
    pub most_values: usize,
}

/// A path and what it is for.
struct Target {
    at: At,
    steps: Vec<Step>,
}

impl Changes<'_> {
    /// Makes them, in order; paths that lead nowhere are reported.
    pub fn make(&self, tree: &mut Node, findings: &mut Findings) {
        // The pathway comes first, because others may reach into the case types that it stands for.
        for option in self.parts {
            set(tree, option, true, findings);
        }
        for option in self.parts {
            set(tree, option, false, findings);
            self.scale(tree, option, findings);
            remove(tree, option, findings);
            add(tree, option);
            // What stands is complete: the next option may remove the post that another is like.
            like::apply(tree, findings);
            like::forget(tree);
            if tree.size() > self.most_values {
                // It is refused for its size by whoever asked for the changes.
                return;
            }
        }
    }

    fn scale(&self, tree: &mut Node, option: &OptionTable, findings: &mut Findings) {
        for (key, factor) in option.scale.items() {
            let Some(target) = target(key, findings) else {
                continue;
            };
            let action = Action::Multiply {
                by: *factor,
                always_open: self.always_open,
            };
            change(tree, &target, action, findings);
        }
    }
}

/// Sets the pathway, or everything else that an option sets.
fn set(tree: &mut Node, option: &OptionTable, pathway: bool, findings: &mut Findings) {
    for (key, value) in option.set.items() {
        if (key.value.trim() == "pathway") != pathway {
            continue;
        }
        if let Some(target) = target(key, findings) {
            for (target, value) in leaves(target, value) {
                change(tree, &target, Action::Put(value), findings);
            }
        }
    }
}

fn change(tree: &mut Node, target: &Target, action: Action, findings: &mut Findings) {
    if changes_price_year(tree, &target.steps, &action) {
        let what = "cannot be changed: `costs.price_year` is the same for all options";
        let hint = "pounds of two years cannot be compared";
        findings.add(Finding::at(&target.at, what).hint(hint));
        return;
    }
    let setting = Setting {
        place: target.at.place,
        action,
    };
    expand(tree, &target.steps);
    if let Err(lost) = setting.make(tree, &target.steps) {
        findings.add(nowhere(&target.at, &lost));
    }
}

/// Puts the case types of a pathway in place before something reaches into them.
fn expand(tree: &mut Node, steps: &[Step]) {
    if matches!(steps.first(), Some(Step::Word(first)) if first == "case_types") {
        presets::expand_pathway(tree);
    }
}

/// The steps of a path, unless it is none or leads to what options leave alone.
fn target(key: &Written<String>, findings: &mut Findings) -> Option<Target> {
    let steps = match parse(&key.value) {
        Ok(steps) => steps,
        Err(what) => {
            findings.add(Finding::at(&key.at, what));
            return None;
        }
    };
    if let Some(Step::Word(first)) = steps.first()
        && let Some(hint) = same_for_all(first)
    {
        let what = format!("cannot be changed: `{first}` is the same for all options");
        findings.add(Finding::at(&key.at, what).hint(hint));
        return None;
    }
    Some(Target {
        at: key.at.clone(),
        steps,
    })
}

/// Why a table or key is the same for all options; `None` if it need not be.
fn same_for_all(first: &str) -> Option<&'static str> {
    if FIXED.contains(&first) {
        Some("options are compared over the same time, with the same people")
    } else if ASKED.contains(&first) {
        Some("options are answers to one question, held against the same targets")
    } else {
        None
    }
}

/// Whether this would count costs in pounds of another year than the file does.
fn changes_price_year(tree: &Node, steps: &[Step], action: &Action) -> bool {
    let words: Vec<&str> = steps.iter().map(Step::written).collect();
    let there = tree.child("costs").and_then(|it| it.child("price_year"));
    match (words.as_slice(), there, action) {
        (["costs", "price_year"], Some(there), Action::Put(value)) => {
            there.written() != value.written()
        }
        _ => false,
    }
}

fn nowhere(at: &At, lost: &Lost) -> Finding {
    lost.finding(at.place)
        .caused_by(at.place, at.path.clone(), "leads nowhere")
}

/// The values to set: of a table each of its keys, so that those not named stay as they are. Keys
/// written without quotes (`set.demand.growth_a_year`) mean the same as those with.
fn leaves(target: Target, value: &Node) -> Vec<(Target, Node)> {
    let kind = follow(&Kind::Table(ScenarioFile::describe), &target.steps);
    let is_opened = matches!(kind, Ok(Kind::Table(_) | Kind::Tables(..) | Kind::Map(..)));
    let Some(entries) = value.entries().filter(|_| is_opened) else {
        return vec![(target, value.clone())];
    };
    let below = |entry: &Entry| {
        let step = match entry.key.as_str() {
            "*" => Step::Every,
            word => Step::Word(word.to_owned()),
        };
        let at = At {
            place: entry.key_place,
            path: crate::scenario::path::join(&target.at.path, &entry.key),
        };
        let steps = target.steps.iter().cloned().chain([step]).collect();
        leaves(Target { at, steps }, &entry.node)
    };
    entries.iter().flat_map(below).collect()
}

fn remove(tree: &mut Node, option: &OptionTable, findings: &mut Findings) {
    let mut removal = Removal::default();
    for path in option.remove.items() {
        let Some(target) = target(path, findings) else {
            continue;
        };
        expand(tree, &target.steps);
        if let Err(lost) = removal.mark(tree, &target.steps) {
            findings.add(nowhere(&target.at, &lost));
        }
    }
    removal.make(tree);
}

fn add(tree: &mut Node, option: &OptionTable) {
    let Some(added) = option.add.peek() else {
        return;
    };
    for (key, list) in added.arrays() {
        expand(tree, &[Step::Word(key.to_owned())]);
        put_behind(tree, key, &list.value, list.at.place);
    }
}

/// Puts the tables of `list` behind those of the array `key`, which is made if it is absent.
fn put_behind(tree: &mut Node, key: &str, list: &Node, place: Place) {
    if let Some(there) = tree.child_mut(key) {
        // What is no array is refused by whoever reads it.
        if let Value::List(items) = &mut there.value {
            items.extend_from_slice(list.items().unwrap_or_default());
        }
    } else if let Value::Table(entries) = &mut tree.value {
        entries.push(Entry {
            key: key.to_owned(),
            key_place: place,
            node: list.clone(),
        });
    }
}
