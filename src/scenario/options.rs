//! Options: each is applied to the tree of the file, which is then read like a file of its own.
//!
//! The models of all options are made at once and kept: whoever compares needs them all, and what
//! is wrong with one is told together with everything else. What that may cost in memory is limited
//! here.

mod blame;
mod changes;
mod removal;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use super::checked::{OptionScenario, Scenario};
use super::file::OptionTable;
use super::finding::{Finding, Findings};
use super::kind::grouped;
use super::node::{Node, Place};
use super::resolve::plans;
use super::{Checked, Outside, checked, like, presets, uncertain};
use blame::Blame;
use changes::Changes;

/// Values of the file in all its options together at most.
const MOST_VALUES: usize = 5_000_000;
/// Practices that workers serve, in sum over workers and options, at most.
const MOST_SERVED: usize = 20_000_000;

/// The tree that options change: the file without its options, each post complete without `like`, so
/// that changing or removing one post does not change another. `None` in a file without options.
#[must_use]
pub fn trunk(root: &Node) -> Option<Node> {
    root.child("options")?;
    let mut trunk = root.clone();
    trunk.forget("options");
    trunk.forget("recommend");
    like::forget(&mut trunk);
    Some(trunk)
}

/// The scenarios of the options that `written` has, in its order. What is wrong with one, and not
/// with the file itself, is added to the findings of the file.
pub fn read(
    trunk: &Node,
    written: &Node,
    base: &mut Checked,
    outside: &Outside<'_>,
) -> Vec<OptionScenario> {
    let nodes = written.items().unwrap_or_default();
    let tables = std::mem::take(&mut base.options);
    if nodes.len() != tables.len() {
        // One was no table at all, and the others no longer stand at their positions.
        return Vec::new();
    }
    let plans = plans(&tables, &mut base.findings);
    let mut reading = Reading {
        trunk,
        keys: uncertain::keys_of(&base.found),
        tables: &tables,
        blame: Blame::of(nodes),
        left: Left {
            values: MOST_VALUES,
            served: MOST_SERVED,
        },
        consequences: vec![BTreeSet::new(); tables.len()],
        told: BTreeSet::new(),
    };
    let mut read: Vec<Option<OptionScenario>> = vec![None; tables.len()];
    for plan in shortest_first(&plans) {
        match reading.one(plan, base, outside) {
            Went::Right(index, option) => {
                let cost_parts = cost_parts(&tables, index).into_iter().collect();
                read[index] = Some(OptionScenario {
                    cost_parts,
                    ..*option
                });
            }
            Went::Wrong => {}
            Went::TooLarge => break,
        }
    }
    read.into_iter().flatten().collect()
}

/// The tree of every option by its name, as it is before the pathway's case types. Nothing is wrong
/// with the options of a file that was read.
#[must_use]
pub fn trees(root: &Node, tables: &[OptionTable]) -> Vec<(String, Node)> {
    let Some(trunk) = trunk(root) else {
        return Vec::new();
    };
    let mut nothing = Findings::default();
    let plans = plans(tables, &mut nothing);
    let tree = |plan: &Vec<usize>| {
        let parts: Vec<&OptionTable> = plan.iter().map(|it| &tables[*it]).collect();
        let mut tree = trunk.clone();
        let changes = Changes {
            always_open: presets::is_always_open(&trunk),
            most_values: MOST_VALUES,
            parts: &parts,
        };
        changes.make(&mut tree, &mut Findings::default());
        Some((parts.last()?.name.text()?, tree))
    };
    plans.iter().flatten().filter_map(tree).collect()
}

/// Plans of options before those of options that combine them.
fn shortest_first(plans: &[Option<Vec<usize>>]) -> Vec<&[usize]> {
    let mut plans: Vec<&[usize]> = plans.iter().flatten().map(Vec::as_slice).collect();
    plans.sort_by_key(|plan| plan.len());
    plans
}

/// What one option came to.
enum Went {
    /// It is right, and stands at this position.
    Right(usize, Box<OptionScenario>),
    /// Something is wrong with it or the file, which was told.
    Wrong,
    /// It is one too many, which was told.
    TooLarge,
}

/// What the options yet to come may still take.
struct Left {
    values: usize,
    served: usize,
}

/// Reading of one option after the other.
struct Reading<'a> {
    trunk: &'a Node,
    /// Keys of what is uncertain in the file itself: its options meet the same draws.
    keys: BTreeMap<Place, String>,
    tables: &'a [OptionTable],
    blame: Blame,
    left: Left,
    /// By option, what it makes wrong elsewhere in the file: whoever combines it does so as well.
    consequences: Vec<BTreeSet<(Place, String, String)>>,
    /// Keys of options about which something was told.
    told: BTreeSet<(Place, String)>,
}

impl Reading<'_> {
    /// Reads the option that is the last of the plan, with the others that it combines.
    fn one(&mut self, plan: &[usize], base: &mut Checked, outside: &Outside<'_>) -> Went {
        let Some(&index) = plan.last() else {
            return Went::Wrong;
        };
        let table = &self.tables[index];
        let mut tree = self.trunk.clone();
        let mut findings = Findings::default();
        let parts: Vec<&OptionTable> = plan.iter().map(|it| &self.tables[*it]).collect();
        let changes = Changes {
            parts: &parts,
            always_open: presets::is_always_open(self.trunk),
            most_values: self.left.values,
        };
        changes.make(&mut tree, &mut findings);
        presets::expand_pathway(&mut tree);
        let Some(left) = self.left.values.checked_sub(tree.size()) else {
            return too_large(table, "values, in all options together", MOST_VALUES, base);
        };
        self.left.values = left;
        // A file that the scenario refers to is read once, whoever refers to it.
        let known = std::mem::take(&mut base.referred);
        let read = checked(&tree, outside, &self.keys, known, findings);
        base.referred = read.referred;
        for found in read.found {
            let is_new = |it: &uncertain::Found| it.input.key != found.input.key;
            if base.found.iter().all(is_new) {
                base.found.push(found);
            }
        }
        let scenario = match (read.findings.is_empty(), read.scenario) {
            (true, Some(scenario)) => scenario,
            _ => {
                self.tell(read.findings, plan, base);
                return Went::Wrong;
            }
        };
        let served: usize = scenario.model.posts.iter().map(|it| it.serves.len()).sum();
        let Some(left) = self.left.served.checked_sub(served) else {
            let what = "practices that workers serve, in all options together";
            return too_large(table, what, MOST_SERVED, base);
        };
        self.left.served = left;
        Went::Right(index, Box::new(finished(table, scenario)))
    }

    /// Adds to the findings of the file those that it does not have itself, each about what is to
    /// blame: the place in an option, or else the option as a whole.
    fn tell(&mut self, findings: Findings, plan: &[usize], base: &mut Checked) {
        let (list, not_listed) = findings.into_list();
        if base.findings.is_empty() {
            base.findings.count_unlisted(not_listed);
        }
        let Some((&index, parts)) = plan.split_last() else {
            return;
        };
        for finding in list {
            if base.findings.knows(&finding) {
                continue;
            }
            if let Some(key) = self.blame.key_of(&finding) {
                let is_new = self.told.insert((finding.place(), key.clone()));
                // With others, what is wrong may be told in other words.
                if is_new || parts.is_empty() {
                    base.findings.add(finding.about(key));
                }
                continue;
            }
            let identity = finding.identity();
            let is_of_part = |part: &usize| self.consequences[*part].contains(&identity);
            if !parts.iter().any(is_of_part) {
                let at = &self.tables[index].at;
                let key = self.blame.key_of_option(at);
                base.findings
                    .add(finding.caused_by(at.place, key, "does not fit the rest"));
            }
            self.consequences[index].insert(identity);
        }
    }
}

fn too_large(table: &OptionTable, what: &str, most: usize, base: &mut Checked) -> Went {
    let finding = Finding::at(&table.at, "is one option too many for a file of this size");
    let allowed = format!("at most {} {what}", grouped(most as f64));
    base.findings.add(finding.allowed(allowed));
    Went::TooLarge
}

/// The options whose costs add up to that of the one at this position; each once, though several of
/// those that it combines may combine it.
fn cost_parts(tables: &[OptionTable], index: usize) -> BTreeSet<usize> {
    let table = &tables[index];
    let others = table.combine.items();
    let says = table.cost_pounds_a_year.is_in_file();
    let changes_itself = table.changes_itself();
    if says || others.is_empty() {
        return BTreeSet::from([index]);
    }
    let named = |name: &str| {
        tables
            .iter()
            .position(|it| it.name.text().as_deref() == Some(name))
    };
    let parts = others.iter().filter_map(|other| named(&other.value));
    let parts = parts.flat_map(|part| cost_parts(tables, part));
    parts.chain(changes_itself.then_some(index)).collect()
}

fn finished(table: &OptionTable, scenario: Scenario) -> OptionScenario {
    OptionScenario {
        name: table.name.text().unwrap_or_default(),
        cost_pounds_a_year: table.cost_pounds_a_year.peek().copied(),
        what_if: table.what_if.peek().copied() == Some(true),
        cost_parts: Vec::new(),
        changes: wording::changes(table),
        scenario: Box::new(scenario),
    }
}
