//! The keys that may change: which they are, which values they take and what these cost.

use std::collections::BTreeMap;

use super::reach::{Address, places, shared};
use super::{Vary, kind_of_file, monotone};
use crate::scenario::file::{RecommendTable, VaryTable};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::keys::follow;
use crate::scenario::kind::Kind;
use crate::scenario::node::{Node, Place, Value};
use crate::scenario::path::{Step, join, parse};
use crate::scenario::presets;
use crate::scenario::reader::Written;
use crate::scenario::setting::{Action, Setting};
use crate::scenario::text::quoted;

/// Tables and keys that are the same for all plans: what is asked, over which time, of which people, and
/// how it is found out.
const FIXED: [&str; 11] = [
    "schema",
    "title",
    "question",
    "experiment",
    "uncertainty",
    "period",
    "targets",
    "options",
    "compare",
    "recommend",
    "provenance",
];

/// The keys that may change; `None` if something is wrong with one, which is reported.
pub fn vary(
    table: &RecommendTable,
    trunk: &Node,
    targets: &[&str],
    findings: &mut Findings,
) -> Option<Vec<Vary>> {
    if table.vary.is_wrong() {
        return None;
    }
    let tables = table.vary.items();
    if tables.is_empty() {
        let at = table.vary.given().map_or(&table.at, |it| &it.at);
        let finding = Finding::at(at, "says nothing that may change");
        findings.add(finding.allowed("at least one [[recommend.vary]]"));
        return None;
    }
    let mut first: BTreeMap<&str, Place> = BTreeMap::new();
    let mut reached: Vec<(Vec<Address>, Place)> = Vec::new();
    let mut read = Vec::new();
    for it in tables {
        let key = it.key.name();
        let earlier = key.and_then(|key| Some((key, first.get(key.value.trim())?)));
        if let Some((key, place)) = earlier {
            let finding = Finding::at(&key.at, "is varied for the second time");
            findings.add(finding.first_given(*place));
            read.push(None);
            continue;
        }
        first.extend(key.map(|key| (key.value.trim(), key.at.place)));
        let vary = one(it, trunk, targets, findings);
        if let (Some((vary, places)), Some(key)) = (&vary, key) {
            let again = reached
                .iter()
                .find_map(|(earlier, place)| Some((shared(earlier, places)?, *place)));
            if let Some((path, place)) = again {
                let what = "leads to what is varied already";
                let finding = Finding::at(&key.at, what).found(format!("{} for {path}", vary.key));
                let hint = "vary each value once: plans would be told apart, and paid for, that are the same";
                findings.add(finding.first_given(place).hint(hint));
                read.push(None);
                continue;
            }
            reached.push((places.clone(), key.at.place));
        }
        read.push(vary.map(|(vary, _)| vary));
    }
    read.into_iter().collect()
}

/// A key that may change, and the places to which it leads.
fn one(
    table: &VaryTable,
    trunk: &Node,
    targets: &[&str],
    findings: &mut Findings,
) -> Option<(Vary, Vec<Address>)> {
    let key = table.key.name();
    let steps = key.and_then(|key| steps(key, findings));
    let values = values(table, findings);
    let (key, steps, nodes) = (key?, steps?, values?);
    let mut tree = trunk.clone();
    if matches!(steps.first(), Some(Step::Word(first)) if first == "case_types") {
        presets::expand_pathway(&mut tree);
    }
    let places = places(&tree, &kind_of_file(), &steps);
    if let Some(lost) = lost(tree, key, &steps, &nodes) {
        findings.add(lost);
        return None;
    }
    let vary = Vary {
        key: key.value.trim().to_owned(),
        values: nodes.iter().map(Node::written).collect(),
        costs_pounds_a_year: costs(table, &nodes, places.len(), findings)?,
        says_costs: table.cost_pounds_a_year_each.is_in_file()
            || table.costs_pounds_a_year.is_in_file(),
        ranks: monotone::ranks(&steps, &nodes, targets),
        steps,
        nodes,
    };
    Some((vary, places))
}

/// Why the first value cannot be put where the path leads: to a post that the file does not have.
fn lost(mut tree: Node, key: &Written<String>, steps: &[Step], nodes: &[Node]) -> Option<Finding> {
    let place = key.at.place;
    let mut put = |node: &Node| {
        let action = Action::Put(node.clone());
        Setting { place, action }.make(&mut tree, steps)
    };
    let lost = nodes.first().and_then(|node| put(node).err())?;
    let path = key.at.path.clone();
    Some(lost.finding(place).caused_by(place, path, "leads nowhere"))
}

/// The steps to a key that may change.
fn steps(key: &Written<String>, findings: &mut Findings) -> Option<Vec<Step>> {
    let steps = match parse(&key.value) {
        Ok(steps) => steps,
        Err(what) => {
            findings.add(Finding::at(&key.at, what));
            return None;
        }
    };
    if let Some(Step::Word(first)) = steps.first()
        && FIXED.contains(&first.as_str())
    {
        let what = format!("cannot be varied: `{first}` is the same for all plans");
        findings.add(Finding::at(&key.at, what));
        return None;
    }
    if let Some(why) = label(&steps) {
        findings.add(Finding::at(&key.at, format!("cannot be varied: {why}")));
        return None;
    }
    match follow(&kind_of_file(), &steps) {
        Ok(Kind::Table(_) | Kind::Tables(..) | Kind::Map(..)) => {
            let finding = Finding::at(&key.at, "cannot be varied: it is a table");
            findings.add(finding.hint("name one key of it, for example posts.*.wte"));
            None
        }
        Ok(_) => Some(steps),
        Err((number, astray)) => {
            let lost = steps.get(number).map_or("", |step| step.written());
            let what = format!("leads to no key: `{}` {}", quoted(lost), astray.what);
            let finding = Finding::at(&key.at, what);
            findings.add(match astray.hint {
                Some(hint) => finding.hint(hint),
                None => finding.did_you_mean(astray.meant.as_deref()),
            });
            None
        }
    }
}

/// Why no plan differs by a key that says what something is called or in which pounds it is counted.
fn label(steps: &[Step]) -> Option<&'static str> {
    let words: Vec<&str> = steps.iter().map(Step::written).collect();
    match words.as_slice() {
        ["costs", "price_year"] => Some("pounds of two years cannot be compared"),
        [_, _, "name"] => {
            Some("a name is what things are told apart by, and their luck hangs on it")
        }
        _ => None,
    }
}

/// The values, none of them twice and none uncertain.
fn values(table: &VaryTable, findings: &mut Findings) -> Option<Vec<Node>> {
    let given = table.values.given()?;
    if given.value.is_empty() {
        let finding = Finding::at(&given.at, "has no values");
        findings.add(finding.allowed("at least one value that the key may have"));
        return None;
    }
    let mut first: BTreeMap<String, Place> = BTreeMap::new();
    let mut is_right = true;
    for (position, node) in given.value.iter().enumerate() {
        let path = join(&given.at.path, &position.to_string());
        if is_uncertain(node) {
            let what = "cannot be uncertain: a plan is one value of each key";
            let hint = "give one value here; what plans have in common may be uncertain where the file gives it, and \
                        plans are then judged at its central value";
            findings.add(Finding::new(node.place, &path, what).hint(hint));
            is_right = false;
        }
        if let Some(place) = first.insert(same(node), node.place) {
            let finding = Finding::new(node.place, &path, "is given for the second time");
            findings.add(finding.found_value(node).first_given(place));
            is_right = false;
        }
    }
    is_right.then(|| given.value.clone())
}

/// Whether something in a value is uncertain.
fn is_uncertain(node: &Node) -> bool {
    let entries = node.entries().unwrap_or_default();
    let items = node.items().unwrap_or_default();
    node.child("uncertain").is_some()
        || entries.iter().any(|entry| is_uncertain(&entry.node))
        || items.iter().any(is_uncertain)
}

/// What makes two values the same: 1 and 1.0 are.
fn same(node: &Node) -> String {
    match &node.value {
        Value::Number { value, .. } => value.to_string(),
        _ => node.written(),
    }
}

/// What each value costs, in pounds a year; a price of each unit counts for every place.
fn costs(
    table: &VaryTable,
    nodes: &[Node],
    places: usize,
    findings: &mut Findings,
) -> Option<Vec<f64>> {
    if let Some(each) = table.cost_pounds_a_year_each.given() {
        let cost = |node: &Node| match node.value {
            Value::Number { value, .. } => Some(each.value * value * places as f64),
            _ => None,
        };
        let costs: Option<Vec<f64>> = nodes.iter().map(cost).collect();
        if costs.is_none() {
            let finding = Finding::at(&each.at, "is for values that are numbers");
            findings.add(finding.hint("give costs_pounds_a_year, one for each value"));
        }
        return costs;
    }
    let Some(given) = table.costs_pounds_a_year.given() else {
        let is_wrong =
            table.costs_pounds_a_year.is_wrong() || table.cost_pounds_a_year_each.is_wrong();
        return (!is_wrong).then(|| vec![0.0; nodes.len()]);
    };
    if given.value.len() != nodes.len() {
        let finding = Finding::at(&given.at, "is not one cost for each value");
        let finding = finding.found(format!("a list of {}", given.value.len()));
        findings.add(finding.allowed(format!("a list of {}", nodes.len())));
        return None;
    }
    Some(given.value.clone())
}
