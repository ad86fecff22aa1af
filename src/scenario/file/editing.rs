//! Values put into a scenario file as it stands: everything else of it, comments included, stays as it was.
//!
//! A value that is there is replaced where it is, and the comment behind it, which spoke of the old value,
//! gives way to one that says where the new value is from and what stood there. A key that is not there
//! comes after the last one of its table, a table that is not there at the end of the file. What the text
//! means is not looked at here: whoever edits reads the result as a scenario before it is kept.

use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Longest old value that a comment repeats, in characters.
const LONGEST_BEFORE: usize = 60;

/// One step from the root to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The key of a table.
    Key(String),
    /// The table of an array, from 0.
    At(usize),
}

/// A value to be put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The way to it; the last step is a key.
    pub path: Vec<Step>,
    /// The value, as TOML.
    pub value: String,
    /// What is said behind it, in one line; nothing: no comment.
    pub comment: String,
}

/// Why a value could not be put in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EditError {
    /// The text is no TOML.
    NotToml,
    /// There is no room for this key: its table is written in a way that cannot be added to.
    NoRoom(String),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotToml => write!(f, "the scenario is not TOML"),
            Self::NoRoom(key) => write!(
                f,
                "{key} cannot be put into the scenario: write the table it belongs to under a heading of its own"
            ),
        }
    }
}

impl std::error::Error for EditError {}

/// The text with these changes.
///
/// # Errors
/// When the text is no TOML, or a key cannot be added.
pub fn edited(text: &str, changes: &[Change]) -> Result<String, EditError> {
    let document = DeTable::parse(text).map_err(|_| EditError::NotToml)?;
    let mut edits = Vec::new();
    let mut new_tables: Vec<(String, String)> = Vec::new();
    for change in changes {
        match edit(text, document.get_ref(), change)? {
            Placed::Within(edit) => edits.push(edit),
            Placed::InNewTable(table, line) => match new_tables.iter_mut().find(|it| it.0 == table)
            {
                Some((_, lines)) => lines.push_str(&line),
                None => new_tables.push((table, line)),
            },
        }
    }
    // From the end, so that places before stay what they are; at one place in the order they were given.
    edits.reverse();
    edits.sort_by_key(|(range, _)| std::cmp::Reverse((range.start, range.end)));
    let mut edited = text.to_owned();
    for (range, with) in edits {
        edited.replace_range(range, &with);
    }
    for (table, lines) in new_tables {
        if !edited.ends_with('\n') {
            edited.push('\n');
        }
        edited += &format!("\n[{table}]\n{lines}");
    }
    Ok(edited)
}

/// Whether a text has a key.
#[must_use]
pub fn holds(text: &str, path: &[Step]) -> bool {
    let Some((Step::Key(key), way)) = path.split_last() else {
        return false;
    };
    let document = DeTable::parse(text);
    document.is_ok_and(|root| {
        let table = follow(root.get_ref(), way);
        table.is_some_and(|(table, _)| table.contains_key(key.as_str()))
    })
}

enum Placed {
    Within((Range<usize>, String)),
    InNewTable(String, String),
}

fn edit(text: &str, root: &DeTable<'_>, change: &Change) -> Result<Placed, EditError> {
    let no_room = || EditError::NoRoom(written(&change.path));
    let Some((Step::Key(key), way)) = change.path.split_last() else {
        return Err(no_room());
    };
    let line = line(key, change);
    let Some((table, span)) = follow(root, way) else {
        return match way {
            [Step::Key(table)] if !root.contains_key(table.as_str()) => {
                Ok(Placed::InNewTable(bare_or_quoted(table), line))
            }
            _ => Err(no_room()),
        };
    };
    if let Some(value) = table.get(key.as_str()) {
        return Ok(Placed::Within(replaced(text, value.span(), change)));
    }
    let opening = span.clone().and_then(|span| text[span].chars().next());
    let last = table
        .values()
        .filter(|it| is_inside(text, it))
        .map(|it| it.span().end)
        .max();
    let at = match (opening, span, last) {
        (Some('{'), Some(span), _) => {
            let comma = if table.is_empty() { "" } else { ", " };
            let addition = format!("{comma}{} = {}", bare_or_quoted(key), change.value);
            let inside = text[..span.end - 1].trim_end().len();
            return Ok(Placed::Within((inside..inside, addition)));
        }
        (Some('['), _, Some(last)) => line_end(text, last),
        (Some('['), Some(span), None) => line_end(text, span.end),
        _ => return Err(no_room()),
    };
    let line = match text[..at].ends_with('\n') {
        true => line,
        false => format!("\n{}", line.trim_end()),
    };
    Ok(Placed::Within((at..at, line)))
}

/// `key = value    # comment`
fn line(key: &str, change: &Change) -> String {
    let key = bare_or_quoted(key);
    match change.comment.is_empty() {
        true => format!("{key} = {}\n", change.value),
        false => format!("{key} = {}    # {}\n", change.value, change.comment),
    }
}

/// The edit that replaces a value, and the comment behind it.
fn replaced(text: &str, span: Range<usize>, change: &Change) -> (Range<usize>, String) {
    let end = line_end(text, span.end);
    let rest = &text[span.end..end];
    let is_last = rest.trim().is_empty() || rest.trim_start().starts_with('#');
    if !is_last || change.comment.is_empty() {
        return (span, change.value.clone());
    }
    let before: String = text[span.clone()]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let before = match before.chars().count() > LONGEST_BEFORE || before.contains('#') {
        true => String::new(),
        false => format!("; was {before}"),
    };
    let kept = rest.trim_end_matches(['\r', '\n']).len();
    let with = format!("{}    # {}{before}", change.value, change.comment);
    (span.start..span.end + kept, with)
}

/// Whether a value is written among the keys of its table, not under a heading of its own.
fn is_inside(text: &str, value: &Spanned<DeValue<'_>>) -> bool {
    match value.get_ref() {
        DeValue::Table(_) => text[value.span()].starts_with('{'),
        DeValue::Array(list) => !list.iter().any(|it| {
            matches!(it.get_ref(), DeValue::Table(_)) && text[it.span()].starts_with('[')
        }),
        _ => true,
    }
}

/// The table at the end of a way, and where it is written.
fn follow<'a, 'b>(
    root: &'a DeTable<'b>,
    way: &[Step],
) -> Option<(&'a DeTable<'b>, Option<Range<usize>>)> {
    let (mut table, mut span) = (root, None);
    let mut steps = way.iter();
    while let Some(step) = steps.next() {
        let Step::Key(key) = step else {
            return None;
        };
        let mut value = table.get(key.as_str())?;
        if let DeValue::Array(list) = value.get_ref() {
            let Some(Step::At(index)) = steps.next() else {
                return None;
            };
            value = list.get(*index)?;
        }
        let DeValue::Table(next) = value.get_ref() else {
            return None;
        };
        (table, span) = (next, Some(value.span()));
    }
    Some((table, span))
}

/// Where the line that holds a place ends, its end included.
fn line_end(text: &str, at: usize) -> usize {
    text[at..]
        .find('\n')
        .map_or(text.len(), |found| at + found + 1)
}

fn bare_or_quoted(key: &str) -> String {
    let is_bare = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '-';
    match !key.is_empty() && key.chars().all(is_bare) {
        true => key.to_owned(),
        false => super::writing::literal(key),
    }
}

/// A way as people write it.
fn written(path: &[Step]) -> String {
    let steps = path.iter().map(|step| match step {
        Step::Key(key) => bare_or_quoted(key),
        Step::At(index) => index.to_string(),
    });
    steps.collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
title = \"A\"          # the title

[demand]
# Rates.
rate = 20.0        # as usual
shape = { mean = 3, cv = 0.5 }  # shape

[[practices]]
name = \"Elm\"
list_size = 10 # people

[[practices]]
name = \"Oak\"

[provenance]
\"a.*.b\" = { source = \"x\" }
";

    fn change(path: &[Step], value: &str, comment: &str) -> Change {
        Change {
            path: path.to_vec(),
            value: value.to_owned(),
            comment: comment.to_owned(),
        }
    }

    fn key(key: &str) -> Step {
        Step::Key(key.to_owned())
    }

    #[test]
    fn values_and_their_comments_are_replaced_and_all_else_stays() {
        let changes = [
            change(&[key("demand"), key("rate")], "12.5", "the log"),
            change(&[key("demand"), key("shape")], "{ mean = 4 }", "the log"),
            change(&[key("demand"), key("growth")], "0.1", "new"),
            change(&[key("practices"), Step::At(0), key("rate")], "7", "own"),
            change(&[key("practices"), Step::At(1), key("rate")], "8", ""),
            change(
                &[key("provenance"), key("a.*.b")],
                "{ source = \"log\" }",
                "",
            ),
            change(&[key("provenance"), key("c.d")], "{ source = \"log\" }", ""),
            change(&[key("first"), key("calls")], "2", ""),
            change(&[key("first"), key("share")], "0.5", "why"),
        ];
        let text = edited(FILE, &changes).expect("edits");
        let wanted = "\
title = \"A\"          # the title

[demand]
# Rates.
rate = 12.5    # the log; was 20.0
shape = { mean = 4 }    # the log; was { mean = 3, cv = 0.5 }
growth = 0.1    # new

[[practices]]
name = \"Elm\"
list_size = 10 # people
rate = 7    # own

[[practices]]
name = \"Oak\"
rate = 8

[provenance]
\"a.*.b\" = { source = \"log\" }
\"c.d\" = { source = \"log\" }

[first]
calls = 2
share = 0.5    # why
";
        assert_eq!(text, wanted);
    }

    #[test]
    fn inline_tables_and_files_without_a_last_line_end_are_added_to() {
        let text = "demand = { rate = 1 }\r\nempty = {}\n[a]\nb = 1";
        let changes = [
            change(&[key("demand"), key("growth")], "0.1", "lost"),
            change(&[key("demand"), key("rate")], "2", "lost"),
            change(&[key("empty"), key("x")], "1", ""),
            change(&[key("a"), key("c")], "2", "why"),
        ];
        let wanted =
            "demand = { rate = 2, growth = 0.1 }\r\nempty = {x = 1}\n[a]\nb = 1\nc = 2    # why";
        assert_eq!(edited(text, &changes).as_deref(), Ok(wanted));
    }

    #[test]
    fn a_table_in_dotted_keys_has_no_room() {
        let changes = [change(&[key("demand"), key("growth")], "0.1", "")];
        let refused = edited("demand.rate = 1\n", &changes);
        assert_eq!(refused, Err(EditError::NoRoom("demand.growth".to_owned())));
        assert_eq!(edited("= 1", &changes), Err(EditError::NotToml));
        let nowhere = [change(&[key("practices"), Step::At(3), key("x")], "1", "")];
        assert!(matches!(
            edited("[[practices]]\n", &nowhere),
            Err(EditError::NoRoom(_))
        ));
    }
}
