//! What a file gives: every key with its value, for whoever reports what a result rests on.
//!
//! One row stands for a key of all tables of an array, so that sixty practices are one row of sixty
//! values. Knows no key but those that are no input: what a scenario is called, what is asked of it,
//! and where its values are from.

use super::checked::{Override, Provenance};
use super::door;
use super::finding::Findings;
use super::like;
use super::node::{Entry, Node, Place, Value};
use super::overrides;
use super::path::{Step, join, parse};
use super::syntax;

/// Keys of the top level that are no input of the service.
const NO_INPUT: [&str; 8] = [
    "schema",
    "title",
    "question",
    "targets",
    "options",
    "compare",
    "recommend",
    "provenance",
];

/// Keys that name a table of an array, the first of which labels its values.
const LABELS: [&str; 4] = ["name", "practice", "post", "into"];

/// Characters of a value at most; the file itself has the rest.
const LONGEST_VALUE: usize = 6_000;

/// Values at most that a row of a table has room for: those of the months of a year.
const MOST_VALUES: usize = 12;

/// A key that the file or an override gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenInput {
    /// Its path, with `*` for every table of an array.
    pub key: String,
    /// Its value as a file would say it; of several tables that differ, each after the table's name.
    pub value: String,
    /// How many values there are and between what they lie, where there are too many to read.
    pub summary: Option<String>,
    /// Whether any of it was given in place of what the file says.
    pub is_override: bool,
}

/// Every key that is given, in the order of the file; nothing for a text that is no scenario.
///
/// Worked: two practices with lists of 900 and 1,100 are one row `practices.*.list_size` with the
/// value "Elm 900; Oak 1100".
#[must_use]
pub fn given_inputs(text: &[u8], changes: &[Override]) -> Vec<GivenInput> {
    let mut findings = Findings::default();
    let tree = door::text_of(text).ok();
    let Some(mut root) = tree.and_then(|text| syntax::tree(text, &mut findings)) else {
        return Vec::new();
    };
    overrides::apply(&mut root, changes, &mut findings);
    like::apply(&mut root, &mut findings);
    let mut rows = Vec::new();
    for entry in root.entries().unwrap_or_default() {
        if NO_INPUT.contains(&entry.key.as_str()) {
            continue;
        }
        match &entry.node.value {
            Value::Table(entries) => {
                for inner in entries {
                    add(&join(&entry.key, &inner.key), &inner.node, &mut rows);
                }
            }
            _ => add(&entry.key, &entry.node, &mut rows),
        }
    }
    rows
}

/// Adds the rows of one key: one, or for an array of tables one for each key of theirs.
fn add(path: &str, node: &Node, rows: &mut Vec<GivenInput>) {
    match tables(node) {
        Some(tables) => rows.extend(rows_of_array(path, &tables)),
        None => rows.push(GivenInput {
            summary: summary(&node.items().unwrap_or_default().iter().collect::<Vec<_>>()),
            ..row(path.to_owned(), node.written(), is_override(node))
        }),
    }
}

fn row(key: String, value: String, is_override: bool) -> GivenInput {
    let value = match value.chars().count() > LONGEST_VALUE {
        true => {
            let kept: String = value.chars().take(LONGEST_VALUE).collect();
            format!("{kept}… (scenario.toml has the rest)")
        }
        false => value,
    };
    GivenInput {
        key,
        value,
        summary: None,
        is_override,
    }
}

/// "60 values from 900 to 14,000"; nothing where there are few.
fn summary(values: &[&Node]) -> Option<String> {
    let many = Some(values.len()).filter(|many| *many > MOST_VALUES)?;
    let number = |node: &&Node| match &node.value {
        Value::Number { value, written, .. } => Some((*value, written.clone())),
        _ => None,
    };
    let numbers: Option<Vec<(f64, String)>> = values.iter().map(number).collect();
    let Some(mut numbers) = numbers else {
        return Some(format!("{many} values"));
    };
    numbers.sort_by(|one, other| one.0.total_cmp(&other.0));
    let ends = numbers.first().zip(numbers.last());
    ends.map(|((_, low), (_, high))| format!("{many} values from {low} to {high}"))
}

/// The tables of an array of tables; `None` where it is something else.
fn tables(node: &Node) -> Option<Vec<&[Entry]>> {
    let items = node.items().filter(|items| !items.is_empty())?;
    items.iter().map(Node::entries).collect()
}

fn rows_of_array(path: &str, tables: &[&[Entry]]) -> Vec<GivenInput> {
    let mut keys: Vec<&str> = Vec::new();
    for entry in tables.iter().flat_map(|table| table.iter()) {
        if !keys.contains(&entry.key.as_str()) {
            keys.push(&entry.key);
        }
    }
    let is_label = |key: &&str| LABELS.contains(key) || *key == "like";
    let keys = keys.into_iter().filter(|key| !is_label(key));
    keys.map(|key| row_of_key(path, tables, key)).collect()
}

fn row_of_key(path: &str, tables: &[&[Entry]], key: &str) -> GivenInput {
    let given = tables.iter().enumerate().filter_map(|(at, table)| {
        let entry = table.iter().find(|entry| entry.key == key)?;
        Some((label(table, at), &entry.node))
    });
    let given: Vec<(String, &Node)> = given.collect();
    let written: Vec<String> = given.iter().map(|(_, node)| node.written()).collect();
    let is_same = written.windows(2).all(|pair| pair[0] == pair[1]);
    let nodes: Vec<&Node> = given.iter().map(|(_, node)| *node).collect();
    let mut summary = summary(&nodes);
    let value = match (is_same && given.len() == tables.len(), written.first()) {
        (true, Some(all)) => {
            summary = None;
            all.clone()
        }
        _ => {
            let each = given.iter().zip(&written);
            let each = each.map(|((label, _), value)| format!("{label} {value}"));
            each.collect::<Vec<_>>().join("; ")
        }
    };
    let changed = given.iter().any(|(_, node)| is_override(node));
    GivenInput {
        summary,
        ..row(join(&format!("{path}.*"), key), value, changed)
    }
}

/// What a table of an array is called, or its position from 0.
fn label(table: &[Entry], at: usize) -> String {
    let name = LABELS.iter().find_map(|label| {
        let entry = table.iter().find(|entry| entry.key == *label)?;
        entry.node.text()
    });
    name.map_or_else(|| at.to_string(), str::to_owned)
}

/// Whether any of a value was given in place of the file's.
fn is_override(node: &Node) -> bool {
    let own = matches!(node.place, Place::Override(_));
    own || match &node.value {
        Value::List(items) => items.iter().any(is_override),
        Value::Table(entries) => entries.iter().any(|entry| is_override(&entry.node)),
        _ => false,
    }
}

impl Provenance {
    /// Whether it says where the value of this key is from, `*` standing for any table of an array.
    #[must_use]
    pub fn is_about(&self, key: &str) -> bool {
        let (Ok(own), Ok(key)) = (parse(&self.key), parse(key)) else {
            return false;
        };
        let is_same = |(one, other): (&Step, &Step)| {
            one == other || *one == Step::Every || *other == Step::Every
        };
        own.len() <= key.len() && own.iter().zip(&key).all(is_same)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
schema = 1
title = "t"
[demand]
dispersion = 2.0
re_referral_delay_days = { gamma = { mean = 150, cv = 0.5 } }
[[practices]]
name = "Elm"
list_size = 900
deprivation = 3
[[practices]]
name = "Oak"
list_size = 1100
deprivation = 3
[targets]
waited_share = 0.5
"#;

    fn rows(overrides: &[&str]) -> Vec<(String, String, bool)> {
        let parsed: Vec<Override> = overrides
            .iter()
            .map(|it| Override::parse(it).expect("an override"))
            .collect();
        let rows = given_inputs(FILE.as_bytes(), &parsed).into_iter();
        rows.map(|it| (it.key, it.value, it.is_override)).collect()
    }

    #[test]
    fn one_row_stands_for_a_key_of_all_tables() {
        let rows = rows(&["practices.Oak.list_size=1200"]);
        let told: Vec<(&str, &str, bool)> = rows
            .iter()
            .map(|(key, value, changed)| (key.as_str(), value.as_str(), *changed))
            .collect();
        assert_eq!(
            told,
            [
                ("demand.dispersion", "2.0", false),
                (
                    "demand.re_referral_delay_days",
                    "{ gamma = { mean = 150, cv = 0.5 } }",
                    false
                ),
                ("practices.*.list_size", "Elm 900; Oak 1200", true),
                ("practices.*.deprivation", "3", false),
            ]
        );
    }

    #[test]
    fn a_source_is_of_its_key_and_of_what_lies_below() {
        let of = |key: &str| Provenance {
            key: key.to_owned(),
            source: "s".to_owned(),
            date: None,
            grade: None,
            note: None,
        };
        assert!(of("practices.*.list_size").is_about("practices.*.list_size"));
        assert!(of("posts.\"Link worker 1\".wte").is_about("posts.*.wte"));
        assert!(of("demand").is_about("demand.dispersion"));
        assert!(!of("posts.*.wte").is_about("posts.*.client_share"));
        assert!(!of("demand.dispersion").is_about("demand"));
    }
    #[test]
    fn many_values_are_told_by_their_number_and_ends() {
        let lists: String = (1..=60)
            .map(|at| {
                format!(
                    "[[practices]]\nname = \"P {at}\"\nlist_size = {}\nserves = [\"a\"]\n",
                    900 + at
                )
            })
            .collect();
        let rows = given_inputs(lists.as_bytes(), &[]);
        let lists = &rows[0];
        assert_eq!(lists.summary.as_deref(), Some("60 values from 901 to 960"));
        assert!(lists.value.ends_with("P 60 960"));
        assert_eq!(rows[1].summary, None, "all alike");
        let hours = "[demand]\nmonth_factors = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\nbusy = [3, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
        let rows = given_inputs(hours.as_bytes(), &[]);
        assert_eq!(rows[0].summary, None);
        assert_eq!(rows[1].summary.as_deref(), Some("13 values from 1 to 3"));
    }
}
