//! Overrides: values from `--set` put into the tree before it is read.

use toml::de::DeValue;

use super::checked::Override;
use super::finding::{Finding, Findings};
use super::node::{Node, Place, Value};
use super::path::{Step, parse};
use super::presets;
use super::setting::{Action, Setting};

/// Puts every override into the tree, in order; those that lead nowhere are reported.
pub fn apply(root: &mut Node, overrides: &[Override], findings: &mut Findings) {
    // The pathway comes first, because others may reach into the case types that it stands for.
    let is_pathway = |it: &Override| it.path.trim() == "pathway";
    let all = || overrides.iter().enumerate();
    let pathways = all().filter(|(_, it)| is_pathway(it));
    for (index, it) in pathways.chain(all().filter(|(_, it)| !is_pathway(it))) {
        let place = Place::Override(index);
        match parse(&it.path) {
            Err(what) => findings.add(Finding::new(place, &it.path, what)),
            Ok(steps) => {
                if matches!(steps.as_slice(), [Step::Word(first), _, ..] if first == "case_types") {
                    presets::expand_pathway(root);
                }
                let setting = Setting {
                    place,
                    action: Action::Put(value_of(&it.value, place)),
                };
                if let Err(lost) = setting.make(root, &steps) {
                    findings.add(lost.finding(place));
                }
            }
        }
    }
}

/// The value of an override: TOML, or else text.
#[must_use]
pub fn value_of(written: &str, place: Place) -> Node {
    let (value, errors) = DeValue::parse_recoverable(written);
    match errors.is_empty() {
        true => Node::of_value(&value, &|_, _| place),
        false => Node {
            place,
            value: Value::Text(written.to_owned()),
        },
    }
}
