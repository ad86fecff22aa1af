//! TOML: text to tree, and what is wrong with the text as TOML.

use toml::de::DeTable;

use super::depth::too_deep;
use super::finding::{Finding, Findings};
use super::node::{Node, Place};

/// Texts longer than this are read only up to their first mistake: keeping every mistake of a large
/// file that is not TOML at all would take much memory for nothing.
const READ_ON_BELOW: usize = 1_000_000;

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
    // Of a key that is given twice the first value is kept, so nothing else seems to be missing.
    let is_whole = errors.iter().all(is_duplicate);
    is_whole.then(|| Node::of_document(table.get_ref(), &Place::File))
}

fn is_duplicate(error: &toml::de::Error) -> bool {
    error.message().starts_with("duplicate key")
}

fn report(error: &toml::de::Error, text: &str, findings: &mut Findings) {
    let span = error.span().unwrap_or_default();
    let place = Place::File(span.start, span.end);
    let key = text.get(span).unwrap_or_default();
    findings.add(match is_duplicate(error) {
        true => Finding::new(place, key, "is given twice").hint("remove one of the two"),
        false => Finding::new(place, "", format!("this is not TOML: {}", error.message())),
    });
}
