//! Which keys may take other values, each of them once.

use std::collections::BTreeMap;

use super::reach::{Address, shared};
use super::{Put, changed, kind_of_file};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::keys::follow;
use crate::scenario::kind::Kind;
use crate::scenario::node::{Node, Place, Value};
use crate::scenario::path::{Step, join, parse};
use crate::scenario::reader::Written;
use crate::scenario::text::quoted;

/// Tables and keys that are always the same: what is asked, of which people, and how it is found out.
const FIXED: [&str; 10] = [
    "schema",
    "title",
    "question",
    "experiment",
    "uncertainty",
    "targets",
    "options",
    "compare",
    "recommend",
    "provenance",
];

/// The steps to a key that may take other values; `also_fixed` tables may not either, and `those` are
/// what values are tried in: plans, or points.
pub fn steps(
    key: &Written<String>,
    (also_fixed, those): (&[&str], &str),
    findings: &mut Findings,
) -> Option<Vec<Step>> {
    let steps = match parse(&key.value) {
        Ok(steps) => steps,
        Err(what) => {
            findings.add(Finding::at(&key.at, what));
            return None;
        }
    };
    if let Some(Step::Word(first)) = steps.first()
        && (FIXED.contains(&first.as_str()) || also_fixed.contains(&first.as_str()))
    {
        let what = format!("cannot be varied: `{first}` is the same for all {those}");
        findings.add(Finding::at(&key.at, what));
        return None;
    }
    if let Some(why) = label(&steps) {
        findings.add(Finding::at(&key.at, format!("cannot be varied: {why}")));
        return None;
    }
    match follow(&kind_of_file(), &steps) {
        Ok(Kind::Table(_) | Kind::Tables(..) | Kind::Map(..)) => {
            let finding = Finding::at(&key.at, "cannot be varied: it is a table");
            findings.add(finding.hint("name one key of it, for example posts.*.wte"));
            None
        }
        Ok(_) => Some(steps),
        Err((number, astray)) => {
            let lost = steps.get(number).map_or("", |step| step.written());
            let what = format!("leads to no key: `{}` {}", quoted(lost), astray.what);
            let finding = Finding::at(&key.at, what);
            findings.add(match astray.hint {
                Some(hint) => finding.hint(hint),
                None => finding.did_you_mean(astray.meant.as_deref()),
            });
            None
        }
    }
}

/// Why nothing differs by a key that says what something is called or in which pounds it is counted.
fn label(steps: &[Step]) -> Option<&'static str> {
    let words: Vec<&str> = steps.iter().map(Step::written).collect();
    match words.as_slice() {
        ["costs", "price_year"] => Some("pounds of two years cannot be compared"),
        [_, _, "name"] => {
            Some("a name is what things are told apart by, and their luck hangs on it")
        }
        _ => None,
    }
}

/// Why a value cannot be put where the path leads: to a post that the file does not have.
#[must_use]
pub fn lost(trunk: &Node, key: &Written<String>, put: Put<'_>) -> Option<Finding> {
    let mut findings = Findings::default();
    changed(trunk, &[put], &mut findings);
    let first = findings.into_list().0.into_iter().next()?;
    Some(first.caused_by(key.at.place, key.at.path.clone(), "leads nowhere"))
}

/// The values of a list, none of them twice and none uncertain: why that cannot be, and what to do.
pub fn distinct(
    given: &Written<Vec<Node>>,
    (why_not, hint): (&str, &str),
    findings: &mut Findings,
) -> Option<Vec<Node>> {
    if given.value.is_empty() {
        let finding = Finding::at(&given.at, "has no values");
        findings.add(finding.allowed("at least one value that the key may have"));
        return None;
    }
    let mut first: BTreeMap<String, Place> = BTreeMap::new();
    let mut is_right = true;
    for (position, node) in given.value.iter().enumerate() {
        let path = join(&given.at.path, &position.to_string());
        if is_uncertain(node) {
            findings.add(Finding::new(node.place, &path, why_not).hint(hint));
            is_right = false;
        }
        if let Some(place) = first.insert(same(node), node.place) {
            let finding = Finding::new(node.place, &path, "is given for the second time");
            findings.add(finding.found_value(node).first_given(place));
            is_right = false;
        }
    }
    is_right.then(|| given.value.clone())
}

/// Whether something in a value is uncertain.
#[must_use]
pub fn is_uncertain(node: &Node) -> bool {
    let entries = node.entries().unwrap_or_default();
    let items = node.items().unwrap_or_default();
    node.child("uncertain").is_some()
        || entries.iter().any(|entry| is_uncertain(&entry.node))
        || items.iter().any(is_uncertain)
}

/// What makes two values the same: 1 and 1.0 are.
#[must_use]
pub fn same(node: &Node) -> String {
    match &node.value {
        Value::Number { value, .. } => value.to_string(),
        _ => node.written(),
    }
}

/// The keys met so far, so that none is varied twice, however it is spelt.
#[derive(Debug, Default)]
pub struct Met {
    first: BTreeMap<String, Place>,
    reached: Vec<(Vec<Address>, Place)>,
}

impl Met {
    /// Notes a key; a second time it is reported.
    pub fn is_new(&mut self, key: &Written<String>, findings: &mut Findings) -> bool {
        let word = key.value.trim();
        if let Some(place) = self.first.get(word) {
            let finding = Finding::at(&key.at, "is varied for the second time");
            findings.add(finding.first_given(*place));
            return false;
        }
        self.first.insert(word.to_owned(), key.at.place);
        true
    }

    /// Notes the places to which a key leads; one that another leads to as well is reported, with a
    /// hint that says what comes of it.
    pub fn leads_elsewhere(
        &mut self,
        key: &Written<String>,
        places: &[Address],
        hint: &str,
        findings: &mut Findings,
    ) -> bool {
        let mut earlier = self.reached.iter();
        let again = earlier.find_map(|(earlier, place)| Some((shared(earlier, places)?, *place)));
        if let Some((path, place)) = again {
            let finding = Finding::at(&key.at, "leads to what is varied already");
            let finding = finding.found(format!("{} for {path}", key.value.trim()));
            findings.add(finding.first_given(place).hint(hint));
            return false;
        }
        self.reached.push((places.to_vec(), key.at.place));
        true
    }
}
