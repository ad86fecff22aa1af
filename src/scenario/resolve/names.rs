//! Names: unique where they must be, and found where they are referred to.

use std::collections::BTreeMap;

use crate::model::PracticeId;
use crate::scenario::file::PracticeTable;
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::nearest::nearest;
use crate::scenario::node::Place;
use crate::scenario::reader::Written;

/// Things by name.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// What they are, for messages: `practice`.
    what: &'static str,
    by_name: BTreeMap<String, (usize, Place)>,
    /// Whether some name was refused, so that not finding one proves nothing.
    is_incomplete: bool,
}

impl Names {
    /// No names yet of things that are called `what`.
    #[must_use]
    pub fn of(what: &'static str) -> Self {
        Self {
            what,
            ..Self::default()
        }
    }

    /// Adds the name of the thing at `position`; a second thing of that name is reported.
    pub fn add(
        &mut self,
        name: Option<&Written<String>>,
        position: usize,
        findings: &mut Findings,
    ) {
        let Some(name) = name else {
            self.is_incomplete = true;
            return;
        };
        match self.by_name.get(&name.value) {
            Some((_, first)) => findings.add(
                Finding::at(
                    &name.at,
                    format!("is already taken by another {}", self.what),
                )
                .found(crate::scenario::text::quoted(&format!(
                    "\"{}\"",
                    name.value
                )))
                .first_given(*first),
            ),
            None => {
                self.by_name
                    .insert(name.value.clone(), (position, name.at.place));
            }
        }
    }

    /// The position of the thing of that name, if there is one.
    #[must_use]
    pub fn position(&self, name: &Written<String>) -> Option<usize> {
        self.by_name.get(&name.value).map(|(position, _)| *position)
    }

    /// The position of the thing of that name; that there is none is reported.
    pub fn find(&self, name: &Written<String>, findings: &mut Findings) -> Option<usize> {
        let found = self.position(name);
        if found.is_none() && !self.is_incomplete && findings.has_room() {
            let finding = Finding::at(&name.at, format!("is no {} of this file", self.what));
            let right = nearest(&name.value, self.by_name.keys().map(String::as_str));
            let finding = finding.found(crate::scenario::text::quoted(&format!(
                "\"{}\"",
                name.value
            )));
            findings.add(finding.did_you_mean(right));
        }
        found
    }
}

/// Practices by name and by ODS code.
#[must_use]
pub fn of_practices(practices: &[PracticeTable], findings: &mut Findings) -> Names {
    let mut names = Names::of("practice");
    for (position, practice) in practices.iter().enumerate() {
        names.add(practice.name.name(), position, findings);
    }
    for (position, practice) in practices.iter().enumerate() {
        let code = practice.ods_code.name();
        let is_own_name = code.is_some_and(|code| {
            practice
                .name
                .given()
                .is_some_and(|name| name.value.value == code.value)
        });
        match (code, practice.ods_code.is_wrong()) {
            (Some(code), _) if !is_own_name => names.add(Some(code), position, findings),
            (None, true) => names.is_incomplete = true,
            _ => {}
        }
    }
    names
}

/// The practices that a list names, in order; `None` in the file means all.
pub fn practices(
    listed: Option<&Vec<Written<String>>>,
    names: &Names,
    count: usize,
    findings: &mut Findings,
) -> Vec<PracticeId> {
    let Some(listed) = listed else {
        return (0..count).map(id).collect();
    };
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    for name in listed {
        let Some(position) = names.find(name, findings) else {
            continue;
        };
        match places.get(&position) {
            Some(first) => findings.add(
                Finding::at(&name.at, "names a practice for the second time").first_given(*first),
            ),
            None => {
                places.insert(position, name.at.place);
            }
        }
    }
    places.into_keys().map(id).collect()
}

const fn id(position: usize) -> PracticeId {
    PracticeId(position as u32)
}
