//! The keys that may change: which they are, which values they take and what these cost.

use super::{Vary, monotone};
use crate::scenario::file::{RecommendTable, VaryTable};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::node::{Node, Value};
use crate::scenario::vary::{
    Address, Met, Put, distinct, expand_for, kind_of_file, lost, places, steps,
};

/// The time is the same for all plans, besides what always is.
const PLANS: (&[&str], &str) = (&["period"], "plans");

/// What comes of varying a value twice.
const TWICE: &str =
    "vary each value once: plans would be told apart, and paid for, that are the same";

/// Why a value cannot be uncertain, and what to do.
const UNCERTAIN: (&str, &str) = (
    "cannot be uncertain: a plan is one value of each key",
    "give one value here; what plans have in common may be uncertain where the file gives it, and plans are then \
     judged at its central value",
);

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
    let mut met = Met::default();
    let mut read = Vec::new();
    for it in tables {
        let key = it.key.name();
        if key.is_some_and(|key| !met.is_new(key, findings)) {
            read.push(None);
            continue;
        }
        let vary = one(it, trunk, targets, findings);
        let is_new = match (&vary, key) {
            (Some((_, places)), Some(key)) => met.leads_elsewhere(key, places, TWICE, findings),
            _ => true,
        };
        read.push(vary.filter(|_| is_new).map(|(vary, _)| vary));
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
    let steps = key.and_then(|key| steps(key, PLANS, findings));
    let values = table.values.given();
    let values = values.and_then(|it| distinct(it, UNCERTAIN, findings));
    let (key, steps, nodes) = (key?, steps?, values?);
    let mut tree = trunk.clone();
    expand_for(&steps, &mut tree);
    let places = places(&tree, &kind_of_file(), &steps);
    let first = nodes.first().map(|node| Put {
        steps: &steps,
        node,
    });
    if let Some(lost) = first.and_then(|put| lost(&tree, key, put)) {
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
