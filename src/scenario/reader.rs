//! Reads the tables of a scenario from the tree, collecting every problem on the way.
//!
//! The reader knows no key: `file` declares them. A value that was wrong becomes [`Field::Wrong`],
//! so that what depends on it is not reported as wrong too.

use std::collections::BTreeMap;

use toml::de::DeValue;

use super::checked::{DefaultTaken, Files};
use super::finding::{Finding, Findings};
use super::kind::Kind;
use super::nearest::nearest;
use super::node::{Entry, Node, Place};
use super::path::join;
use super::presence::{Fallback, Presence};
use super::spec::Spec;
use super::text::quoted;
use super::uncertain::{self, Unknowns};

/// Where a value was written and the path of its key.
#[derive(Clone, Debug, PartialEq)]
pub struct At {
    /// Where it was written.
    pub place: Place,
    /// Path of the key.
    pub path: String,
}

/// A value as written, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Written<T> {
    /// The value.
    pub value: T,
    /// Where it was written.
    pub at: At,
}

/// What the file says about one key.
#[derive(Clone, Debug)]
pub enum Field<T> {
    /// Nothing, and nothing stands instead.
    Absent,
    /// Something that was refused, and reported.
    Wrong,
    /// A value.
    Given(Written<T>),
    /// Nothing, so the default stands; the row is there if it is one that a planner should know.
    Default(T, Option<DefaultTaken>),
}

/// A type that is declared by `table!`.
pub trait Table: Sized {
    /// Its keys.
    const KEYS: &'static [&'static str];
    /// Keys that belong to another kind of file.
    const ELSEWHERE: &'static [&'static str];
    /// Keys that stand for one another.
    const ALTERNATIVES: &'static [&'static [&'static str]];
    /// Reads the keys of a table, of which it is known that they are right.
    fn read(node: &Node, path: &str, reader: &mut Reader<'_>) -> Self;
    /// What the table may hold.
    fn describe() -> super::kind::TableDescription;
}

/// Reads tables and collects problems.
pub struct Reader<'a> {
    /// Whether the calendar is always open, which some defaults depend on.
    pub always_open: bool,
    /// Where files come from that the scenario refers to.
    pub files: &'a dyn Files,
    /// Problems so far.
    pub findings: Findings,
    /// Files that were read, by name.
    pub referred: BTreeMap<String, Vec<u8>>,
    /// What is uncertain, and its values in this draw.
    pub unknowns: Unknowns<'a>,
    /// How many tables each array of tables has, by path.
    pub tables: BTreeMap<String, usize>,
    /// Defaults that were read already.
    fallbacks: BTreeMap<&'static str, Node>,
    /// Keys that unknown keys of the present table were probably meant to be.
    meant: Vec<&'static str>,
}

impl<T> Field<T> {
    /// The value as written, if there is one.
    #[must_use]
    pub const fn given(&self) -> Option<&Written<T>> {
        match self {
            Self::Given(written) => Some(written),
            _ => None,
        }
    }

    /// Whether the key is in the file, right or wrong.
    #[must_use]
    pub const fn is_in_file(&self) -> bool {
        matches!(self, Self::Given(_) | Self::Wrong)
    }

    /// Whether the key is in the file and was refused, or should be in the file and is not.
    #[must_use]
    pub const fn is_wrong(&self) -> bool {
        matches!(self, Self::Wrong)
    }

    /// The value, written or default, without noting that the default was used.
    #[must_use]
    pub const fn peek(&self) -> Option<&T> {
        match self {
            Self::Given(Written { value, .. }) | Self::Default(value, _) => Some(value),
            Self::Absent | Self::Wrong => None,
        }
    }
}

impl Field<Written<String>> {
    /// The name or text with its own place, if it is written and right.
    #[must_use]
    pub const fn name(&self) -> Option<&Written<String>> {
        match self {
            Self::Given(written) => Some(&written.value),
            _ => None,
        }
    }

    /// The text alone, if it is written and right.
    #[must_use]
    pub fn text(&self) -> Option<String> {
        self.name().map(|name| name.value.clone())
    }
}

impl<T> Field<Vec<T>> {
    /// The items, none if the key is absent.
    #[must_use]
    pub fn items(&self) -> &[T] {
        self.peek().map_or(&[], Vec::as_slice)
    }
}

impl<'a> Reader<'a> {
    /// A reader that has read nothing yet.
    #[must_use]
    pub fn new(always_open: bool, files: &'a dyn Files, unknowns: Unknowns<'a>) -> Self {
        Self {
            always_open,
            files,
            unknowns,
            findings: Findings::default(),
            referred: BTreeMap::new(),
            tables: BTreeMap::new(),
            fallbacks: BTreeMap::new(),
            meant: Vec::new(),
        }
    }

    /// Reads a table, or reports why it is none.
    pub fn table<T: Table>(&mut self, node: &Node, path: &str) -> Option<T> {
        let Some(entries) = node.entries() else {
            let finding = Finding::new(node.place, path, "is not a table");
            self.findings.add(
                finding
                    .found_value(node)
                    .allowed("a table of keys and values"),
            );
            return None;
        };
        let mut meant = Vec::new();
        for entry in entries {
            meant.extend(self.check_key::<T>(entry, path));
        }
        self.check_alternatives::<T>(node, path);
        // Each table has its own mistyped keys; those of the table around it come back afterwards.
        let around = std::mem::replace(&mut self.meant, meant);
        let read = T::read(node, path, self);
        self.meant = around;
        Some(read)
    }

    /// Reads one key of a table that is known to be one.
    pub fn field<S: Spec>(
        &mut self,
        table: &Node,
        path: &str,
        key: &'static str,
        spec: &S,
        presence: Presence,
    ) -> Field<S::Out> {
        let path = join(path, key);
        match (table.child(key), presence) {
            (Some(node), _) => self.given(node, path, spec),
            // It is there under a mistyped name, which was reported.
            (None, _) if self.meant.contains(&key) => Field::Wrong,
            (None, Presence::Required) => {
                let finding = Finding::new(table.place, &path, "is missing");
                self.findings.add(finding.allowed(match spec.kind() {
                    Kind::Table(_) => format!("a table headed [{path}]"),
                    Kind::Tables(..) => format!("tables headed [[{path}]]"),
                    other => other.allowed(),
                }));
                Field::Wrong
            }
            (None, Presence::Optional(_)) => Field::Absent,
            (None, Presence::Section) => self.given(&Node::empty_table(Place::Whole), path, spec),
            (None, Presence::Default(fallback)) => self.fallback(path, spec, &fallback),
        }
    }

    fn given<S: Spec>(&mut self, node: &Node, path: String, spec: &S) -> Field<S::Out> {
        let Some(settled) = uncertain::settled(self, node, &path, &|| spec.kind()) else {
            return Field::Wrong;
        };
        match spec.read(&settled, &path, self) {
            Some(value) => Field::Given(Written {
                value,
                at: At {
                    place: node.place,
                    path,
                },
            }),
            None => Field::Wrong,
        }
    }

    fn fallback<S: Spec>(&mut self, path: String, spec: &S, fallback: &Fallback) -> Field<S::Out> {
        let written = fallback.on(self.always_open);
        let node = match self.fallbacks.get(written) {
            Some(node) => node.clone(),
            None => {
                let node = own_value(written);
                self.fallbacks.insert(written, node.clone());
                node
            }
        };
        let is_usual = !(self.always_open && fallback.always_open.is_some());
        let row = fallback
            .grade
            .filter(|_| is_usual)
            .map(|grade| DefaultTaken {
                key: path.clone(),
                value: fallback.words(),
                grade,
                source: fallback.source.to_owned(),
            });
        let node = match is_usual {
            true => uncertain::default_value(self, &path, fallback, node),
            false => node,
        };
        match spec.read(&node, &path, self) {
            Some(value) => Field::Default(value, row),
            None => Field::Wrong,
        }
    }

    /// Reports a key that is unknown or of another kind of file; returns what was probably meant.
    fn check_key<T: Table>(&mut self, entry: &Entry, path: &str) -> Option<&'static str> {
        let key = entry.key.as_str();
        if T::KEYS.contains(&key) || !self.findings.has_room() {
            return None;
        }
        let finding = |what: &str| Finding::new(entry.key_place, &join(path, key), what);
        if T::ELSEWHERE.contains(&key) {
            let (what, hint) = match key {
                "calibrate" => (
                    "belongs to a calibration, which is a file of its own",
                    "remove it to run this file; `splw-sim calibrate` takes a file that names the scenario",
                ),
                _ => (
                    "belongs to a study, which is a file of its own",
                    "remove it to run this file; `splw-sim sweep` runs a study",
                ),
            };
            self.findings.add(finding(what).hint(hint));
            return None;
        }
        let meant = nearest(key, T::KEYS.iter().copied());
        let finding = finding("is not a known key").found(quoted(&format!("`{key}`")));
        self.findings.add(match meant {
            Some(_) => finding.did_you_mean(meant),
            None => finding.allowed(format!("one of `{}`", T::KEYS.join("`, `"))),
        });
        meant
    }

    fn check_alternatives<T: Table>(&mut self, node: &Node, path: &str) {
        for group in T::ALTERNATIVES {
            let given: Vec<&Entry> = group.iter().filter_map(|key| node.entry(key)).collect();
            if let [first, .., last] = given.as_slice() {
                let what = format!("cannot stand together with `{}`", first.key);
                self.findings.add(
                    Finding::new(last.key_place, &join(path, &last.key), what)
                        .allowed(format!("one of `{}`", group.join("`, `")))
                        .first_given(first.key_place),
                );
            }
        }
    }
}

/// The tree of a TOML value that the program itself contains.
#[must_use]
pub fn own_value(written: &'static str) -> Node {
    let (value, errors) = DeValue::parse_recoverable(written);
    debug_assert!(
        errors.is_empty(),
        "the program's own TOML is right: {written}"
    );
    Node::of_value(&value, &|_, _| Place::Whole)
}
