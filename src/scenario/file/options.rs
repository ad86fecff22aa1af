//! `[[options]]`: variants of the service, each told by what it changes.

use crate::scenario::finding::Finding;
use crate::scenario::kind::{Kind, Lengths};
use crate::scenario::node::{Node, Value};
use crate::scenario::presence::{default, optional, required};
use crate::scenario::ranges::{FACTOR, between};
use crate::scenario::reader::{Field, Reader, Written};
use crate::scenario::spec::{List, Map, Number, Spec, nested};
use crate::scenario::table::table;
use crate::scenario::words::{Name, Text};

use super::places::YES_OR_NO;

/// Paths that one option removes at most.
const MOST_REMOVED: usize = 1_000;
const PATHS: List<Text> = List(Text(1_000), Lengths::UpTo(MOST_REMOVED));
const OTHERS: List<Name> = List(Name, Lengths::UpTo(super::root::MOST_OPTIONS));
/// Pounds a year that an option may cost, or save.
const POUNDS: Number = between(-1e9, 1e9);

/// Any value: what it may be, the key says that it is for.
pub struct Untouched;

impl Spec for Untouched {
    type Out = Node;

    fn kind(&self) -> Kind {
        Kind::Anything
    }

    fn read(&self, node: &Node, _path: &str, _reader: &mut Reader<'_>) -> Option<Node> {
        Some(node.clone())
    }
}

/// A multiplier of what stands at a quoted path.
pub struct Factor;

impl Spec for Factor {
    type Out = f64;

    fn kind(&self) -> Kind {
        FACTOR.kind()
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<f64> {
        if node.entries().is_none() {
            return FACTOR.read(node, path, reader);
        }
        let finding = Finding::new(node.place, path, "is of the wrong kind");
        let finding = finding.found_value(node).allowed(self.kind().allowed());
        let hint = "put the whole path in quotes: scale.\"case_types.*.contacts\" = 0.5";
        reader.findings.add(finding.hint(hint));
        None
    }
}

/// Tables for the array at the top of the file that has this key. What they hold is read when they
/// stand there.
pub struct More(pub &'static str);

impl Spec for More {
    type Out = Node;

    fn kind(&self) -> Kind {
        Kind::More(self.0)
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Node> {
        if matches!(node.value, Value::List(_)) {
            return Some(node.clone());
        }
        let finding = Finding::new(node.place, path, "is not a list of tables");
        let hint = format!("write add.{} = [{{ ... }}]", self.0);
        reader.findings.add(finding.found_value(node).hint(hint));
        None
    }
}

table! {
    /// A variant of the service: the file with some changes. In one option the values are set
    /// first, then scaled, then tables are removed, then added; positions are those before the
    /// removal. Posts stand as they are after `like`: a change to one of them changes no other.
    OptionTable {
        /// Name, another for each option.
        name: Written<String> = ("name", Name, required()),
        /// What the option costs more than the service as it is, in an average year of the whole period;
        /// less than 0 if it saves. Of a post that is there for half of the period, half of what it costs
        /// in a full year. An option that says none and combines others costs what they cost together.
        cost_pounds_a_year: f64 = ("pounds a year", POUNDS, optional("not known")),
        /// Whether it is a yardstick, something that happens or does not and that nobody can choose, such
        /// as no pandemic: it is compared, but never said to do most.
        what_if: bool = ("word", YES_OR_NO, default("\"no\"")),
        /// Values to set, by quoted path of the key: `set."posts.*.wte" = 0.8`. Of a table only the
        /// keys that are named are set.
        set: Vec<(Written<String>, Node)> = (
            "values",
            Map("\"key.path\"", Untouched),
            optional("none"),
        ),
        /// Factors to multiply by, by quoted path of the key: a number, or the mean, min, mode, max,
        /// sd, scale, means and values of a distribution, but not its cv, shape, stages and shares.
        scale: Vec<(Written<String>, f64)> = (
            "factors",
            Map("\"key.path\"", Factor),
            optional("none"),
        ),
        /// Tables to add: `add.posts = [{ name = "Link worker 2", like = "Link worker 1" }]`.
        add: AddTable = ("table", nested::<AddTable>(), optional("none")),
        /// Paths of tables to remove: `remove = ["posts.Link worker 2"]`.
        remove: Vec<Written<String>> = ("paths", PATHS, optional("none")),
        /// Names of other options, whose changes are made first, in order, each once.
        combine: Vec<Written<String>> = ("names", OTHERS, optional("none")),
    }
}

impl OptionTable {
    /// Whether it changes something besides what the options that it combines change.
    #[must_use]
    pub fn changes_itself(&self) -> bool {
        let keys = self.set.items().len() + self.scale.items().len() + self.remove.items().len();
        let added = self.add.peek().map_or(0, |add| add.arrays().len());
        keys + added > 0
    }
}

table! {
    /// Tables that an option adds.
    AddTable {
        /// Sources of referrals.
        sources: Node = ("tables", More("sources"), optional("none")),
        /// Case types.
        case_types: Node = ("tables", More("case_types"), optional("none")),
        /// Practices.
        practices: Node = ("tables", More("practices"), optional("none")),
        /// Mergers.
        mergers: Node = ("tables", More("mergers"), optional("none")),
        /// Posts; `like` may name any other.
        posts: Node = ("tables", More("posts"), optional("none")),
    }
}

impl AddTable {
    fn fields(&self) -> [(&'static str, &Field<Node>); 5] {
        [
            ("sources", &self.sources),
            ("case_types", &self.case_types),
            ("practices", &self.practices),
            ("mergers", &self.mergers),
            ("posts", &self.posts),
        ]
    }

    /// Key and tables of everything that is added.
    #[must_use]
    pub fn arrays(&self) -> Vec<(&'static str, &Written<Node>)> {
        let fields = self.fields().into_iter();
        fields
            .filter_map(|(key, field)| Some((key, field.given()?)))
            .collect()
    }

    /// Whether something was refused that was to be added.
    #[must_use]
    pub fn is_wrong(&self) -> bool {
        self.fields().iter().any(|(_, field)| field.is_wrong())
    }
}
