//! Uncertain numbers: `{ uncertain = { triangular = { .. } } }` in the place of a number.
//!
//! While a file is read, each stands for one value: its mean, or where the caller says how far up
//! its distribution it is to lie, that quantile. So every draw of what is not known is a scenario of
//! its own, and nothing behind the reader knows of uncertainty. Defaults graded C and D can be made
//! uncertain over the range that their declaration has.
//!
//! One statement of the file is one input, wherever it is copied to (`like`, a `*` in a path, an
//! option). An input is known by its key, with names in place of positions; the key is what its
//! random numbers hang on.

mod ends;
mod limits;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::checked::DefaultTaken;
use super::file::DistributionSpec;
use super::finding::Finding;
use super::kind::Kind;
use super::node::{Node, Place, Value};
use super::path::{Step, join, parse, pattern};
use super::presence::Fallback;
use super::reader::Reader;
use super::setting::multiply;
use super::spec::Spec as _;
use crate::model::Distribution;
pub use ends::try_ends;
pub use limits::Limits;

/// Uncertain inputs at most: each is drawn, told and drawn in figures.
pub const MOST_INPUTS: usize = 100;
/// Values lie between this share and one less this share of their distribution, so that
/// distributions without end have ends that can be checked.
pub const TAIL: f64 = 1e-6;
/// Largest value that a parameter may have.
const LARGEST: f64 = 1e9;
/// Tables and keys that are the same in all draws.
pub const ALWAYS_CERTAIN: [&str; 11] = [
    "schema",
    "experiment",
    "uncertainty",
    "period",
    "targets",
    "options",
    "compare",
    "recommend",
    "provenance",
    "sweep",
    "calibrate",
];

/// Where the values of a draw lie: by key of the input the share of its distribution that is below,
/// between 0 and 1. An input that is not named has its central value.
pub type Quantiles = BTreeMap<String, f64>;

/// How what is not known is drawn, and what that is.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty {
    /// Draws of the inputs, in all.
    pub draws: u32,
    /// Independent Latin hypercubes that the draws are divided into.
    pub hypercubes: u32,
    /// Replications of each draw.
    pub replications: u32,
    /// Whether defaults graded C and D are uncertain too.
    pub includes_defaults: bool,
    /// Whether uncertain numbers are drawn; otherwise all have their central values.
    pub is_drawn: bool,
    /// The inputs, in the order in which they were read; none where central values are asked for.
    pub inputs: Vec<UncertainInput>,
}

/// A number that is not known.
#[derive(Clone, Debug, PartialEq)]
pub struct UncertainInput {
    /// Path of its key, with names in place of positions: `posts."Link worker 1".wte`. Where it
    /// stands for several, the first; a default that is uncertain stands for all: `posts.*.wte`.
    pub key: String,
    /// What is known about it.
    pub distribution: Distribution,
    /// Whether only whole numbers are meant; values are rounded to the nearest.
    pub is_whole: bool,
    /// The value that stands where nothing is drawn: the mean, or the default.
    pub central: f64,
    /// Grade of the evidence, where it is a default.
    pub default_grade: Option<char>,
}

impl UncertainInput {
    /// The value that lies above this share of its distribution (0 to 1; at least a millionth is
    /// left at either end).
    ///
    /// Worked: uniform from 10 to 30 and 0.25: 15.
    #[must_use]
    pub fn value(&self, quantile: f64) -> f64 {
        let value = self.distribution.quantile(quantile.clamp(TAIL, 1.0 - TAIL));
        self.rounded(value)
    }

    fn rounded(&self, value: f64) -> f64 {
        if self.is_whole { value.round() } else { value }
    }

    /// Whether it was declared as uncertain by the file, and not as a default.
    #[must_use]
    pub const fn is_written(&self) -> bool {
        self.default_grade.is_none()
    }
}

/// An input and where it was written.
#[derive(Clone, Debug)]
pub struct Found {
    /// The input.
    pub input: UncertainInput,
    /// Its statement in the file; [`Place::Whole`] for a default.
    pub place: Place,
    /// The first value in the statement, by which copies of it are known.
    leaf: Place,
}

/// What is uncertain in a tree, as far as it was read.
#[derive(Debug)]
pub struct Unknowns<'a> {
    root: &'a Node,
    quantiles: &'a Quantiles,
    /// Keys of statements that were met in the file itself, for its options.
    known: &'a BTreeMap<Place, String>,
    /// Whether defaults graded C and D are uncertain.
    graded: bool,
    /// Whether central values are asked for.
    is_central: bool,
    /// Whether the parameters of an uncertain number are being read.
    inside: bool,
    found: Vec<Found>,
}

impl<'a> Unknowns<'a> {
    /// Nothing read yet of the tree at `root`.
    #[must_use]
    pub fn of(
        root: &'a Node,
        quantiles: &'a Quantiles,
        known: &'a BTreeMap<Place, String>,
    ) -> Self {
        let word = |key| root.child("uncertainty")?.child(key)?.text();
        Self {
            root,
            quantiles,
            known,
            graded: word("defaults") == Some("graded-c-and-d"),
            is_central: word("values") == Some("central"),
            inside: false,
            found: Vec::new(),
        }
    }

    /// Notes an input, once for each statement; gives its value in this draw.
    fn note(&mut self, found: Found) -> f64 {
        let value = match self.quantiles.get(&found.input.key) {
            Some(quantile) if !self.is_central => found.input.value(*quantile),
            _ => found.input.central,
        };
        let is_new = !self.found.iter().any(|it| it.input.key == found.input.key);
        if is_new {
            self.found.push(found);
        }
        value
    }

    /// The key of the statement with this first value that was read at `path`.
    fn key_of(&self, leaf: Place, path: &str) -> String {
        let here = self.found.iter().find(|it| it.leaf == leaf);
        let here = here.map(|it| &it.input.key);
        let key = here.or_else(|| self.known.get(&leaf)).cloned();
        key.unwrap_or_else(|| named(self.root, path))
    }
}

/// What was found and is in use: defaults only where they were taken. The rows of those say their
/// range.
#[must_use]
pub fn in_use(unknowns: Unknowns<'_>, taken: &mut [DefaultTaken]) -> Vec<Found> {
    let mut found = unknowns.found;
    found.retain(|it| !unknowns.is_central && (it.input.is_written() || say_range(it, taken)));
    found
}

/// Adds the range of an uncertain default to the rows of those that took it; gives whether any did.
fn say_range(found: &Found, taken: &mut [DefaultTaken]) -> bool {
    let Distribution::Triangular { min, max, .. } = found.input.distribution else {
        return false;
    };
    let rows = taken.iter_mut();
    let rows = rows.filter(|row| pattern(&row.key) == found.input.key);
    rows.map(|row| row.value += &format!(", uncertain: {min} to {max}"))
        .count()
        > 0
}

/// Whether a tree may hold something uncertain.
#[must_use]
pub fn is_mentioned(root: &Node) -> bool {
    fn is_within(node: &Node) -> bool {
        let entries = node.entries().unwrap_or_default().iter();
        let mut below = node.items().unwrap_or_default().iter();
        node.child("uncertain").is_some()
            || below.any(is_within)
            || entries.map(|entry| &entry.node).any(is_within)
    }
    root.child("uncertainty").is_some() || is_within(root)
}

/// Keys of statements by their first values, for whatever is read of copies of them.
#[must_use]
pub fn keys_of(found: &[Found]) -> BTreeMap<Place, String> {
    let written = found.iter().filter(|it| it.input.is_written());
    written.map(|it| (it.leaf, it.input.key.clone())).collect()
}

/// The node itself, or the number that stands for it where it is uncertain; `None` where it was
/// refused, which is then reported.
pub fn settled<'n>(
    reader: &mut Reader<'_>,
    node: &'n Node,
    path: &str,
    kind: &dyn Fn() -> Kind,
) -> Option<Cow<'n, Node>> {
    let Some(said) = node.child("uncertain") else {
        return Some(Cow::Borrowed(node));
    };
    let kind = kind();
    let is_alone = node.entries().is_some_and(|entries| entries.len() == 1);
    match (Limits::of(&kind), &kind) {
        (_, Kind::Anything | Kind::Map(..) | Kind::More(_)) => Some(Cow::Borrowed(node)),
        (None, Kind::Table(_) | Kind::Tables(..)) if !is_alone => Some(Cow::Borrowed(node)),
        (None, _) => {
            refuse(reader, node, path, "cannot be uncertain: only a number can");
            None
        }
        (Some(_), _) if !is_alone => {
            let what = "has something beside `uncertain`";
            let allowed = "only { uncertain = { .. } } with a distribution in it";
            let finding = Finding::new(node.place, path, what).allowed(allowed);
            reader.findings.add(finding);
            None
        }
        (Some(limits), _) => number(reader, (node, said), path, limits)
            .map(|value| Cow::Owned(Node::of_number(node.place, value))),
    }
}

/// The value of an uncertain number in this draw.
fn number(
    reader: &mut Reader<'_>,
    (node, said): (&Node, &Node),
    path: &str,
    limits: Limits,
) -> Option<f64> {
    let first = path.split('.').next().unwrap_or_default();
    if ALWAYS_CERTAIN.contains(&first) {
        let what = format!("cannot be uncertain: `{first}` is the same in all draws");
        let hint = match first {
            "options" => {
                "give one value; what an option sets or adds may be uncertain, its cost and its factors may not"
            }
            _ => "give one value",
        };
        let finding = Finding::new(node.place, path, what);
        reader.findings.add(finding.hint(hint));
        return None;
    }
    if reader.unknowns.inside {
        refuse(reader, node, path, "is uncertain within what is uncertain");
        return None;
    }
    let distribution = distribution(reader, said, path)?;
    let leaf = leaf(said).place;
    let input = UncertainInput {
        key: reader.unknowns.key_of(leaf, path),
        central: distribution.mean(),
        distribution,
        is_whole: limits.is_whole(),
        default_grade: None,
    };
    let input = UncertainInput {
        central: input.rounded(input.central),
        ..input
    };
    limits.check(&input, node, path, &mut reader.findings)?;
    let place = node.place;
    let value = reader.unknowns.note(Found { input, place, leaf });
    if reader.unknowns.found.len() > MOST_INPUTS {
        let allowed = format!("at most {MOST_INPUTS} uncertain inputs");
        let finding = Finding::new(node.place, path, "is one uncertain input too many");
        reader.findings.add(finding.allowed(allowed));
        return None;
    }
    Some(value)
}

/// What stands behind `uncertain`: a distribution.
fn distribution(reader: &mut Reader<'_>, said: &Node, path: &str) -> Option<Distribution> {
    let path = join(path, "uncertain");
    if said.entries().is_none() {
        let finding = Finding::new(said.place, &path, "is no distribution");
        let allowed = "a distribution such as { triangular = { min = 1, mode = 2, max = 3 } }";
        reader
            .findings
            .add(finding.found_value(said).allowed(allowed));
        return None;
    }
    reader.unknowns.inside = true;
    let read = DistributionSpec(LARGEST).read(said, &path, reader);
    reader.unknowns.inside = false;
    read
}

fn refuse(reader: &mut Reader<'_>, node: &Node, path: &str, what: &str) {
    let finding = Finding::new(node.place, path, what);
    reader.findings.add(finding.hint("give one value"));
}

/// The first value that is neither table nor list: no two statements of a file share its place.
fn leaf(node: &Node) -> &Node {
    let below = match &node.value {
        Value::Table(entries) => entries.first().map(|entry| &entry.node),
        Value::List(items) => items.first(),
        _ => None,
    };
    below.map_or(node, leaf)
}

/// A path with names in place of positions, where what it leads through has names.
fn named(root: &Node, path: &str) -> String {
    let mut at = Some(root);
    let mut told = String::new();
    for step in parse(path).unwrap_or_default() {
        let Step::Word(word) = step else { continue };
        let item = at.and_then(Node::items);
        let item = item.and_then(|items| items.get(word.parse::<usize>().ok()?));
        at = item.or_else(|| at.and_then(|node| node.child(&word)));
        let name = item
            .and_then(|item| item.child("name"))
            .and_then(Node::text);
        told = join(&told, name.unwrap_or(&word));
    }
    told
}

/// The value of a default in this draw: itself, unless it is graded C or D, has a range and such
/// defaults are to be uncertain. Of a distribution everything that grows with it moves alike.
pub fn default_value(reader: &mut Reader<'_>, path: &str, fallback: &Fallback, own: Node) -> Node {
    let graded = fallback.grade.filter(|grade| matches!(grade, 'C' | 'D'));
    let (Some(grade), Some((low, high))) = (graded, fallback.range) else {
        return own;
    };
    let first = path.split('.').next().unwrap_or_default();
    if !reader.unknowns.graded || ALWAYS_CERTAIN.contains(&first) {
        return own;
    }
    let Some(central) = central(reader, &own) else {
        return own;
    };
    let input = UncertainInput {
        key: pattern(path),
        distribution: Distribution::Triangular {
            min: low,
            mode: central,
            max: high,
        },
        is_whole: false,
        central,
        default_grade: Some(grade),
    };
    let (place, leaf) = (Place::Whole, Place::Whole);
    let value = reader.unknowns.note(Found { input, place, leaf });
    let mut drawn = own;
    match drawn.value {
        Value::Number { .. } => Node::of_number(Place::Whole, value),
        // 0 would have no share of the default; no range has 0 at its centre for a distribution.
        _ => {
            multiply(
                &mut drawn,
                &Kind::Distribution(LARGEST),
                value / central,
                None,
            );
            drawn
        }
    }
}

/// The mean of a default.
fn central(reader: &mut Reader<'_>, own: &Node) -> Option<f64> {
    match own.value {
        Value::Number { value, .. } => Some(value),
        Value::Table(_) => {
            let read = DistributionSpec(LARGEST).read(own, "", reader)?;
            Some(read.mean())
        }
        _ => None,
    }
}
