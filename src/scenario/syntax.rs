//! TOML: text to tree, and what is wrong with the text as TOML.

use toml::de::{DeTable, DeValue};

use super::depth::too_deep;
use super::finding::{Finding, Findings};
use super::node::{Node, Place};

/// Texts longer than this are read only up to their first mistake: keeping every mistake of a large
/// file that is not TOML at all would take much memory for nothing.
const READ_ON_BELOW: usize = 1_000_000;

/// Longest key in bytes. The longest that is of use is a path of `[provenance]` with a name in it.
/// Every problem below a key tells its path, so that a longer one would be told over and over.
const LONGEST_KEY: usize = 1_000;

/// The tree of a text, if it is TOML so far that looking at its keys makes sense. Mistakes are
/// reported.
pub fn tree(text: &str, findings: &mut Findings) -> Option<Node> {
    if let Some(at) = too_deep(text) {
        let what = "the keys are nested too deeply";
        findings.add(Finding::new(Place::File(at, at + 1), "", what));
        return None;
    }
    if text.len() >= READ_ON_BELOW
        && let Err(error) = DeTable::parse(text)
    {
        report(&error, text, findings);
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        report(error, text, findings);
    }
    if let Some(at) = long_key(table.get_ref()) {
        let what = format!("a key is longer than {LONGEST_KEY} characters");
        findings.add(Finding::new(at, "", what));
        return None;
    }
    // Of a key that is given twice the first value is kept, so nothing else seems to be missing.
    let is_whole = errors.iter().all(is_duplicate);
    is_whole.then(|| Node::of_document(table.get_ref(), &Place::File))
}

/// The place of a key that is too long, if there is one.
fn long_key(table: &DeTable<'_>) -> Option<Place> {
    table.iter().find_map(|(key, value)| {
        let (start, end) = (key.span().start, key.span().end);
        let is_long = key.get_ref().len() > LONGEST_KEY;
        is_long
            .then_some(Place::File(start, end))
            .or_else(|| long_key_in(value.get_ref()))
    })
}

fn long_key_in(value: &DeValue<'_>) -> Option<Place> {
    match value {
        DeValue::Table(table) => long_key(table),
        DeValue::Array(list) => list.iter().find_map(|item| long_key_in(item.get_ref())),
        _ => None,
    }
}

fn is_duplicate(error: &toml::de::Error) -> bool {
    error.message().starts_with("duplicate key")
}

/// Whether the line has a value such as 42,575, £42,575 or 5%, which people write and TOML does not know.
fn has_comma_in_number(text: &str, place: Place) -> bool {
    let Place::File(at, _) = place else {
        return false;
    };
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = after.lines().next().unwrap_or_default();
    let line = format!("{}{rest}", &before[start..]);
    let value = line.split_once('=').map(|(_, value)| value.trim());
    let value = value
        .and_then(|value| value.split([' ', '#']).next())
        .unwrap_or_default();
    let has_digit = value.bytes().any(|it| it.is_ascii_digit());
    let is_number = |it: char| it.is_ascii_digit() || ",.£%".contains(it);
    has_digit && value.chars().all(is_number) && value.contains([',', '£', '%'])
}

fn report(error: &toml::de::Error, text: &str, findings: &mut Findings) {
    let span = error.span().unwrap_or_default();
    let place = Place::File(span.start, span.end);
    let key = text.get(span).unwrap_or_default();
    findings.add(match is_duplicate(error) {
        true => Finding::new(place, key, "is given twice").hint("remove one of the two"),
        false => {
            let finding = Finding::new(place, "", format!("this is not TOML: {}", error.message()));
            match has_comma_in_number(text, place) {
                true => finding
                    .hint("write a number without commas, and without a pound or per cent sign"),
                false => finding,
            }
        }
    });
}
