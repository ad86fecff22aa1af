//! Overrides: values from `--set` put into the tree before it is read.

use toml::de::DeValue;

use super::checked::Override;
use super::file::ScenarioFile;
use super::finding::{Finding, Findings};
use super::keys::{Astray, Below, below, key};
use super::kind::{Kind, TableDescription};
use super::nearest::nearest;
use super::node::{Entry, Node, Place, Value};
use super::path::{Step, join, parse};
use super::presets;
use super::reader::Table as _;

/// Puts every override into the tree, in order; those that lead nowhere are reported.
pub fn apply(root: &mut Node, overrides: &[Override], findings: &mut Findings) {
    // The pathway comes first, because others may reach into the case types that it stands for.
    let is_pathway = |it: &Override| it.path.trim() == "pathway";
    let all = || overrides.iter().enumerate();
    let pathways = all().filter(|(_, it)| is_pathway(it));
    for (index, it) in pathways.chain(all().filter(|(_, it)| !is_pathway(it))) {
        let place = Place::Override(index);
        match parse(&it.path) {
            Err(what) => findings.add(Finding::new(place, &it.path, what)),
            Ok(steps) => {
                if matches!(steps.as_slice(), [Step::Word(first), _, ..] if first == "case_types") {
                    presets::expand_pathway(root);
                }
                let setting = Setting {
                    place,
                    value: value_of(&it.value, place),
                };
                if let Err(lost) =
                    setting.set(root, &Kind::Table(ScenarioFile::describe), &steps, "")
                {
                    findings.add(finding(place, &lost));
                }
            }
        }
    }
}

/// A path that led nowhere: how far it went, and why no further.
struct Lost {
    path: String,
    astray: Astray,
}

fn finding(place: Place, lost: &Lost) -> Finding {
    let finding = Finding::new(place, &lost.path, lost.astray.what.clone());
    match &lost.astray.hint {
        Some(hint) => finding.hint(hint.clone()),
        None => finding.did_you_mean(lost.astray.meant.as_deref()),
    }
}

/// The value of an override: TOML, or else text.
fn value_of(written: &str, place: Place) -> Node {
    let (value, errors) = DeValue::parse_recoverable(written);
    match errors.is_empty() {
        true => Node::of_value(&value, &|_, _| place),
        false => Node {
            place,
            value: Value::Text(written.to_owned()),
        },
    }
}

/// A value and where it comes from.
struct Setting {
    place: Place,
    value: Node,
}

impl Setting {
    /// Puts the value where the steps lead from `node`, which stands at `path` and is of `kind`.
    fn set(&self, node: &mut Node, kind: &Kind, steps: &[Step], path: &str) -> Result<(), Lost> {
        let Some((step, rest)) = steps.split_first() else {
            *node = self.value.clone();
            return Ok(());
        };
        let here = |astray| Lost {
            path: path.to_owned(),
            astray,
        };
        match below(kind).map_err(here)? {
            Below::Keys(table) => self.set_key(node, &table, step, rest, path),
            Below::Tables(_) => self.set_tables(node, kind, step, rest, path),
            Below::Anything(of) => self.set_child(node, step.written(), &of, rest, path),
        }
    }

    fn set_key(
        &self,
        node: &mut Node,
        table: &TableDescription,
        step: &Step,
        rest: &[Step],
        path: &str,
    ) -> Result<(), Lost> {
        let known = key(table, step).map_err(|astray| Lost {
            path: join(path, step.written()),
            astray,
        })?;
        if rest.is_empty() {
            let groups = table
                .alternatives
                .iter()
                .filter(|group| group.contains(&known.key));
            let rivals: Vec<&str> = groups.flat_map(|group| group.iter().copied()).collect();
            forget(node, |key| key != known.key && rivals.contains(&key));
        }
        self.set_child(node, known.key, &known.kind, rest, path)
    }

    /// Goes on below a key, making it if it is absent.
    fn set_child(
        &self,
        node: &mut Node,
        key: &str,
        kind: &Kind,
        rest: &[Step],
        path: &str,
    ) -> Result<(), Lost> {
        if node.entries().is_none() {
            *node = Node::empty_table(self.place);
        }
        let path = join(path, key);
        if let Some(child) = node.child_mut(key) {
            return self.set(child, kind, rest, &path);
        }
        let mut made = Node::empty_table(self.place);
        self.set(&mut made, kind, rest, &path)?;
        if let Value::Table(entries) = &mut node.value {
            entries.push(Entry {
                key: key.to_owned(),
                key_place: self.place,
                node: made,
            });
        }
        Ok(())
    }

    /// Goes on below one table of an array, or all.
    fn set_tables(
        &self,
        node: &mut Node,
        kind: &Kind,
        step: &Step,
        rest: &[Step],
        path: &str,
    ) -> Result<(), Lost> {
        let lost = |astray| Lost {
            path: join(path, step.written()),
            astray,
        };
        let Kind::Tables(describe, _) = kind else {
            return Ok(());
        };
        let table = Kind::Table(*describe);
        if describe().keys.iter().any(|key| key.key == step.written()) {
            return Err(lost(Astray::new(
                "needs a position, a name or * before it",
                None,
            )));
        }
        let Value::List(items) = &mut node.value else {
            return Err(lost(Astray::new("is not there: the file has none", None)));
        };
        let chosen = chosen(items, step).map_err(lost)?;
        for index in chosen {
            let path = join(path, &index.to_string());
            self.set(&mut items[index], &table, rest, &path)?;
        }
        Ok(())
    }
}

fn forget(node: &mut Node, is_forgotten: impl Fn(&str) -> bool) {
    if let Value::Table(entries) = &mut node.value {
        entries.retain(|entry| !is_forgotten(&entry.key));
    }
}

/// Positions of the tables that a step means: by position, by name, or all.
fn chosen(items: &[Node], step: &Step) -> Result<Vec<usize>, Astray> {
    let Step::Word(word) = step else {
        return Ok((0..items.len()).collect());
    };
    let last = items.len().saturating_sub(1);
    if let Ok(position) = word.parse::<usize>() {
        let range = format!("is not there: positions are 0 to {last}");
        return match position <= last && !items.is_empty() {
            true => Ok(vec![position]),
            false => Err(Astray::new(&range, None)),
        };
    }
    let texts = |key| move |item: &'_ Node| item.child(key).and_then(Node::text).map(str::to_owned);
    let has = |item: &Node| {
        [texts("name")(item), texts("ods_code")(item)]
            .into_iter()
            .flatten()
            .any(|it| it == *word)
    };
    items
        .iter()
        .position(has)
        .map(|position| vec![position])
        .ok_or_else(|| {
            let names: Vec<String> = items.iter().filter_map(texts("name")).collect();
            let meant = nearest(word, names.iter().map(String::as_str));
            Astray::new("is not there: nothing here has that name", meant)
        })
}
