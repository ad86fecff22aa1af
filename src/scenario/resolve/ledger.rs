//! The defaults that were used, noted at the moment of use.

use std::collections::BTreeMap;

use crate::scenario::checked::DefaultTaken;
use crate::scenario::file::ScenarioFile;
use crate::scenario::path::pattern;
use crate::scenario::reader::{Field, Table as _, Written};

/// The defaults that were used.
#[derive(Debug, Default)]
pub struct Ledger {
    rows: Vec<DefaultTaken>,
}

impl Ledger {
    /// Notes defaults that hang on something other than an absent key.
    pub fn note(&mut self, rows: Vec<DefaultTaken>) {
        self.rows.extend(rows);
    }

    /// The rows in the order of the reference; where all tables of an array took the same default,
    /// one row stands for all. `tables` says how many tables each array has.
    #[must_use]
    pub fn into_rows(mut self, tables: &BTreeMap<String, usize>) -> Vec<DefaultTaken> {
        self.rows.sort_by_key(|row| {
            let first = row.key.split('.').next().unwrap_or_default();
            ScenarioFile::KEYS.iter().position(|key| *key == first)
        });
        let mut order: Vec<(String, String)> = Vec::new();
        let mut groups: BTreeMap<(String, String), Vec<DefaultTaken>> = BTreeMap::new();
        for row in self.rows {
            let group = (pattern(&row.key), row.value.clone());
            if !groups.contains_key(&group) {
                order.push(group.clone());
            }
            groups.entry(group).or_default().push(row);
        }
        let merged = order.into_iter().flat_map(|group| {
            let rows = groups.remove(&group).unwrap_or_default();
            let array = group.0.split_once(".*").map(|(array, _)| array);
            match array.and_then(|array| tables.get(array)) {
                Some(count) if *count == rows.len() => one_for_all(group.0, rows),
                _ => rows,
            }
        });
        merged.collect()
    }
}

fn one_for_all(key: String, mut rows: Vec<DefaultTaken>) -> Vec<DefaultTaken> {
    rows.truncate(1);
    for row in &mut rows {
        row.key.clone_from(&key);
    }
    rows
}

impl<T: Clone> Field<T> {
    /// The value, written or default; that a default was used is noted.
    pub fn used(&self, ledger: &mut Ledger) -> Option<T> {
        match self {
            Self::Given(Written { value, .. }) => Some(value.clone()),
            Self::Default(value, row) => {
                ledger.rows.extend(row.clone());
                Some(value.clone())
            }
            Self::Absent | Self::Wrong => None,
        }
    }

    /// The value, or `otherwise` where there is none: when the key is absent, or was refused, so
    /// that the rest can still be checked although nothing will come of it.
    pub fn used_or(&self, ledger: &mut Ledger, otherwise: T) -> T {
        self.used(ledger).unwrap_or(otherwise)
    }
}
