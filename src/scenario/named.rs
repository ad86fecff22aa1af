//! The scenario that a file of another kind names: a study of it, or a calibration of it.

use super::checked::{Override, ReferredFile};
use super::empirical::is_inside;
use super::finding::{Finding, Findings};
use super::node::Node;
use super::problem::Problems;
use super::reader::{Field, Written};
use super::source::Source;
use super::text::quoted;
use super::{door, like, overrides, syntax};
use std::collections::BTreeMap;

/// Where it lies, as written; `None` where nothing is written, or it lies elsewhere than in the folder of the
/// file that names it or the one that holds that.
pub fn place(scenario: &Field<Written<String>>) -> Option<String> {
    let name = scenario.text()?;
    is_inside(name.strip_prefix("../").unwrap_or(&name)).then_some(name)
}

/// That it cannot be had, `why` if it is known; `whose` is the kind of file that names it.
pub fn missing(
    scenario: &Field<Written<String>>,
    whose: &str,
    why: Option<&str>,
) -> Option<Finding> {
    let name = scenario.name()?;
    let what = match why {
        Some(why) => format!("cannot be read: {why}"),
        None => format!("leads out of the {whose}'s folder and the one that holds it"),
    };
    Some(Finding::at(&name.at, what).found(format!("\"{}\"", quoted(&name.value))))
}

/// What is wrong with it, and what with the file that names it.
pub fn both_wrong(scenario: Problems, findings: Findings, source: &Source) -> Vec<Problems> {
    let naming = (!findings.is_empty()).then(|| findings.into_problems(source));
    std::iter::once(scenario).chain(naming).collect()
}

/// Its tree with what was given in place of some of its values, and the files that it refers to by their names.
/// It was read before, so what is wrong with it has been told.
pub fn tree(
    text: &[u8],
    set: &[Override],
    files: &[ReferredFile],
) -> Option<(Node, BTreeMap<String, Vec<u8>>)> {
    let mut nothing = Findings::default();
    let mut root = syntax::tree(door::text_of(text).ok()?, &mut nothing)?;
    overrides::apply(&mut root, set, &mut nothing);
    like::apply(&mut root, &mut nothing);
    let by_name = |file: &ReferredFile| (file.name.clone(), file.bytes.clone());
    Some((root, files.iter().map(by_name).collect()))
}
