//! Changes at the end of a path: a value put in place of another, or a number multiplied.

use super::file::ScenarioFile;
use super::finding::Finding;
use super::keys::{Astray, Below, below, key};
use super::kind::{KeyDescription, Kind, TableDescription};
use super::nearest::nearest;
use super::node::{Entry, Node, Place, Value};
use super::path::{Step, join};
use super::presence::Presence;
use super::reader::{Table as _, own_value};

/// Parameters of distributions that grow with what is drawn.
const GROWING: [&str; 8] = [
    "mean", "min", "max", "mode", "sd", "scale", "means", "values",
];

/// A path that led nowhere: how far it went, and why no further.
pub struct Lost {
    /// The path so far.
    pub path: String,
    /// Why no further.
    pub astray: Astray,
}

impl Lost {
    /// The finding about a path that was given at `place`.
    #[must_use]
    pub fn finding(&self, place: Place) -> Finding {
        let finding = Finding::new(place, &self.path, self.astray.what.clone());
        match &self.astray.hint {
            Some(hint) => finding.hint(hint.clone()),
            None => finding.did_you_mean(self.astray.meant.as_deref()),
        }
    }

    /// Nothing is at `path`, for this reason.
    #[must_use]
    pub fn at(path: &str, what: &str) -> Self {
        Self {
            path: path.to_owned(),
            astray: Astray::new(what, None),
        }
    }
}

/// What is done at the end of the path.
pub enum Action {
    /// This value is put there.
    Put(Node),
    /// The number there is multiplied; where the file gives none, its default, which may depend on
    /// whether the calendar is always open.
    Multiply {
        /// By so much.
        by: f64,
        /// Whether the calendar is always open.
        always_open: bool,
    },
}

/// A change and where it is written.
pub struct Setting {
    /// Where it is written.
    pub place: Place,
    /// What it does.
    pub action: Action,
}

impl Setting {
    /// Changes what the steps lead to from the top of the file.
    ///
    /// # Errors
    /// When they lead nowhere, or to something that cannot be multiplied.
    pub fn make(&self, root: &mut Node, steps: &[Step]) -> Result<(), Lost> {
        self.walk(root, &Kind::Table(ScenarioFile::describe), steps, "")
    }

    /// Changes what the steps lead to from `node`, which stands at `path` and is of `kind`.
    fn walk(&self, node: &mut Node, kind: &Kind, steps: &[Step], path: &str) -> Result<(), Lost> {
        let Some((step, rest)) = steps.split_first() else {
            return self.act(node, kind, path);
        };
        let here = |astray| Lost {
            path: path.to_owned(),
            astray,
        };
        match below(kind).map_err(here)? {
            Below::Keys(table) => self.walk_key(node, &table, step, rest, path),
            Below::Tables(_) => self.walk_tables(node, kind, step, rest, path),
            Below::Anything(of) => {
                let none = Presence::Optional("");
                self.walk_child(node, (step.written(), &of, none), rest, path)
            }
        }
    }

    fn act(&self, node: &mut Node, kind: &Kind, path: &str) -> Result<(), Lost> {
        match &self.action {
            Action::Put(value) => *node = value.clone(),
            Action::Multiply { by, .. } => {
                if !multiply(node, kind, *by, Some(self.place)) {
                    let what =
                        "cannot be multiplied: it is no number and no distribution of numbers";
                    return Err(Lost::at(path, what));
                }
            }
        }
        Ok(())
    }

    fn walk_key(
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
        if rest.is_empty() && matches!(self.action, Action::Put(_)) {
            forget_rivals(node, table, known);
        }
        let child = (known.key, &known.kind, known.presence);
        self.walk_child(node, child, rest, path)
    }

    /// Goes on below a key, making it if it is absent.
    fn walk_child(
        &self,
        node: &mut Node,
        (key, kind, presence): (&str, &Kind, Presence),
        rest: &[Step],
        path: &str,
    ) -> Result<(), Lost> {
        let path = join(path, key);
        if let Some(child) = node.child_mut(key) {
            return self.walk(child, kind, rest, &path);
        }
        let mut made = self.beginning(presence, rest, &path)?;
        self.walk(&mut made, kind, rest, &path)?;
        if node.entries().is_none() {
            *node = Node::empty_table(self.place);
        }
        if let Value::Table(entries) = &mut node.value {
            entries.push(Entry {
                key: key.to_owned(),
                key_place: self.place,
                node: made,
            });
        }
        Ok(())
    }

    /// What stands for an absent key before it is changed.
    fn beginning(&self, presence: Presence, rest: &[Step], path: &str) -> Result<Node, Lost> {
        match (&self.action, presence) {
            (Action::Multiply { always_open, .. }, Presence::Default(fallback))
                if fallback.per.is_none() =>
            {
                Ok(own_value(fallback.on(*always_open)))
            }
            (Action::Multiply { .. }, _) if rest.is_empty() => {
                let what = "is not given in the file, so there is nothing to multiply";
                Err(Lost::at(path, what))
            }
            _ => Ok(Node::empty_table(self.place)),
        }
    }

    /// Goes on below one table of an array, or all.
    fn walk_tables(
        &self,
        node: &mut Node,
        kind: &Kind,
        step: &Step,
        rest: &[Step],
        path: &str,
    ) -> Result<(), Lost> {
        let Kind::Tables(describe, _) = kind else {
            return Ok(());
        };
        let chosen = chosen_tables(node, &describe(), step, path)?;
        let Value::List(items) = &mut node.value else {
            return Ok(());
        };
        let table = Kind::Table(*describe);
        for index in chosen {
            let path = join(path, &index.to_string());
            self.walk(&mut items[index], &table, rest, &path)?;
        }
        Ok(())
    }
}

/// Takes out of a table what the key stands for as well.
fn forget_rivals(node: &mut Node, table: &TableDescription, known: &KeyDescription) {
    let groups = table
        .alternatives
        .iter()
        .filter(|group| group.contains(&known.key));
    let rivals: Vec<&str> = groups.flat_map(|group| group.iter().copied()).collect();
    if let Value::Table(entries) = &mut node.value {
        entries.retain(|entry| entry.key == known.key || !rivals.contains(&&*entry.key));
    }
}

/// Positions of the tables of the array `node`, at `path`, that a step means.
///
/// # Errors
/// When it means none.
pub fn chosen_tables(
    node: &Node,
    table: &TableDescription,
    step: &Step,
    path: &str,
) -> Result<Vec<usize>, Lost> {
    let lost = |astray| Lost {
        path: join(path, step.written()),
        astray,
    };
    if table.keys.iter().any(|key| key.key == step.written()) {
        return Err(lost(Astray::new(
            "needs a position, a name or * before it",
            None,
        )));
    }
    let Some(items) = node.items() else {
        return Err(lost(Astray::new("is not there: the file has none", None)));
    };
    chosen(items, step).map_err(lost)
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

/// Multiplies a number, or whatever grows of a distribution; gives whether there was anything. What
/// is made so stands at `place`, or where it stood.
///
/// Of an uncertain number its distribution is multiplied, so that it has the same quantile of it;
/// the places stay, by which it is known to be the same input.
pub fn multiply(node: &mut Node, kind: &Kind, by: f64, place: Option<Place>) -> bool {
    if let Some(said) = node.child_mut("uncertain") {
        return multiply_unknown(said, by);
    }
    match &mut node.value {
        Value::Number { value, .. } => {
            *node = Node::of_number(place.unwrap_or(node.place), *value * by);
            true
        }
        Value::Table(forms) if is_distribution(kind) => {
            let parameters = forms
                .iter_mut()
                .flat_map(|form| match &mut form.node.value {
                    Value::Table(parameters) => parameters.as_mut_slice(),
                    _ => &mut [],
                });
            let growing = parameters.filter(|it| GROWING.contains(&&*it.key));
            let done = growing.map(|it| multiply_all(&mut it.node, by, place));
            done.filter(|is_done| *is_done).count() > 0
        }
        _ => false,
    }
}

/// Multiplies what grows of the distribution of an uncertain number.
fn multiply_unknown(said: &mut Node, by: f64) -> bool {
    // Counts have no distribution of the same kind with another mean and the same quantiles.
    let is_count = ["poisson", "geometric"]
        .iter()
        .any(|form| said.child(form).is_some());
    !is_count && multiply(said, &Kind::Distribution(f64::MAX), by, None)
}

/// Multiplies a number or every number of a list; gives whether there was any.
fn multiply_all(node: &mut Node, by: f64, place: Option<Place>) -> bool {
    let one = |node: &mut Node| multiply(node, &Kind::Anything, by, place);
    match &mut node.value {
        // Counted, and not asked whether there is any, so that it does not stop at the first.
        Value::List(items) => items.iter_mut().map(one).filter(|it| *it).count() > 0,
        _ => one(node),
    }
}

fn is_distribution(kind: &Kind) -> bool {
    match kind {
        Kind::Distribution(_) => true,
        Kind::Either(kinds) => kinds.last().is_some_and(is_distribution),
        _ => false,
    }
}
