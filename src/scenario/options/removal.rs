//! Tables of arrays taken out of a tree: all are found before the first goes, so that positions are
//! those of the file.

use std::collections::{BTreeMap, BTreeSet};

use crate::scenario::file::ScenarioFile;
use crate::scenario::keys::{Below, below, key};
use crate::scenario::kind::Kind;
use crate::scenario::node::{Node, Value};
use crate::scenario::path::{Step, join};
use crate::scenario::reader::Table as _;
use crate::scenario::setting::{Lost, chosen_tables};

const NO_TABLE: &str = "is no table of an array, such as `posts.0`: only those can be removed";

/// Tables to remove: positions by the address of their array.
#[derive(Debug, Default)]
pub struct Removal(BTreeMap<Vec<Turn>, BTreeSet<usize>>);

/// One turn on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Key(&'static str),
    Item(usize),
}

impl Removal {
    /// Marks the tables that a path leads to.
    ///
    /// # Errors
    /// When it leads to none.
    pub fn mark(&mut self, tree: &Node, steps: &[Step]) -> Result<(), Lost> {
        let kind = Kind::Table(ScenarioFile::describe);
        self.walk(tree, &kind, steps, (Vec::new(), String::new()))
    }

    fn walk(
        &mut self,
        node: &Node,
        kind: &Kind,
        steps: &[Step],
        (address, path): (Vec<Turn>, String),
    ) -> Result<(), Lost> {
        let Some((step, rest)) = steps.split_first() else {
            return Err(Lost::at(&path, NO_TABLE));
        };
        match (below(kind), kind) {
            (Ok(Below::Keys(table)), _) => {
                let here = join(&path, step.written());
                let lost = |astray| Lost {
                    path: here.clone(),
                    astray,
                };
                let known = key(&table, step).map_err(lost)?;
                let missing = || Lost::at(&here, "is not there: the file has none");
                let child = node.child(known.key).ok_or_else(missing)?;
                let address = [address, vec![Turn::Key(known.key)]].concat();
                self.walk(child, &known.kind, rest, (address, here.clone()))
            }
            (Ok(Below::Tables(table)), Kind::Tables(describe, _)) => {
                let chosen = chosen_tables(node, &table, step, &path)?;
                if rest.is_empty() {
                    self.0.entry(address).or_default().extend(chosen);
                    return Ok(());
                }
                for index in chosen {
                    let item = &node.items().unwrap_or_default()[index];
                    let address = [address.clone(), vec![Turn::Item(index)]].concat();
                    let path = join(&path, &index.to_string());
                    self.walk(item, &Kind::Table(*describe), rest, (address, path))?;
                }
                Ok(())
            }
            _ => Err(Lost::at(&join(&path, step.written()), NO_TABLE)),
        }
    }

    /// Removes what is marked. An array that is left without tables goes as well.
    pub fn make(self, tree: &mut Node) {
        // Arrays within tables come after the arrays around them, and so go first.
        for (address, positions) in self.0.into_iter().rev() {
            let Some((Turn::Key(array), way)) = address.split_last() else {
                continue;
            };
            if let Some(table) = follow(tree, way) {
                take_out(table, array, &positions);
            }
        }
    }
}

fn follow<'a>(tree: &'a mut Node, way: &[Turn]) -> Option<&'a mut Node> {
    way.iter().try_fold(tree, |node, turn| match turn {
        Turn::Key(key) => node.child_mut(key),
        Turn::Item(index) => match &mut node.value {
            Value::List(items) => items.get_mut(*index),
            _ => None,
        },
    })
}

fn take_out(table: &mut Node, array: &str, positions: &BTreeSet<usize>) {
    let Value::Table(entries) = &mut table.value else {
        return;
    };
    entries.retain_mut(|entry| {
        if entry.key != array {
            return true;
        }
        let Value::List(items) = &mut entry.node.value else {
            return true;
        };
        let mut position = 0;
        items.retain(|_| {
            position += 1;
            !positions.contains(&(position - 1))
        });
        !items.is_empty()
    });
}
