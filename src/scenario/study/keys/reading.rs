//! Reading of the keys that vary: where each leads, and which values are given for it.

use super::{Key, TRIED, Values, marked, stepped};
use crate::scenario::file::{DesignWord, SweepTable, SweepVaryTable};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::keys::follow;
use crate::scenario::node::{Node, Place};
use crate::scenario::path::{Step, join};
use crate::scenario::reader::Written;
use crate::scenario::uncertain::Limits;
use crate::scenario::vary::{
    Met, Put, Trunk, distinct, expand_for, kind_of_file, lost, places, steps,
};

/// The key that stands for the options of the scenario.
const OPTION: &str = "option";

/// Values are tried in points; no table is the same for all of them but those that always are.
const POINTS: (&[&str], &str) = (&[], "points");

/// What comes of varying a value twice.
const TWICE: &str = "vary each value once: the later key would undo what the earlier one did";

/// Why a value cannot be uncertain, and what to do.
const UNCERTAIN: (&str, &str) = (
    "cannot be uncertain: a point is one value of each key",
    "to spread points over what is known, give `distribution` in place of `values`",
);

/// The keys of a study; `None` if something is wrong with one, which is reported.
pub fn read(
    table: &SweepTable,
    design: DesignWord,
    trunks: &[(String, Trunk)],
    findings: &mut Findings,
) -> Option<Vec<Key>> {
    if table.vary.is_wrong() {
        return None;
    }
    if table.vary.items().is_empty() {
        let at = table.vary.given().map_or(&table.at, |it| &it.at);
        let finding = Finding::at(at, "says nothing that varies");
        findings.add(finding.allowed("at least one [[sweep.vary]]"));
        return None;
    }
    let mut reading = Reading {
        design,
        trunks,
        met: Met::default(),
        findings,
    };
    let keys: Vec<Option<Key>> = table
        .vary
        .items()
        .iter()
        .map(|it| reading.one(it))
        .collect();
    keys.into_iter().collect()
}

/// Reading of one key after the other.
struct Reading<'a> {
    design: DesignWord,
    trunks: &'a [(String, Trunk)],
    met: Met,
    findings: &'a mut Findings,
}

impl Reading<'_> {
    fn one(&mut self, table: &SweepVaryTable) -> Option<Key> {
        let key = table.key.name();
        if key.is_some_and(|key| !self.met.is_new(key, self.findings)) {
            return None;
        }
        let way = key.and_then(|key| way(key, self.findings));
        let is_whole = way.as_ref().is_some_and(|it| is_whole(it));
        let values = self.values(table, is_whole);
        let (key, steps, values) = (key?, way?, values?);
        let made = Key {
            name: key.value.trim().to_owned(),
            steps,
            values,
        };
        match made.is_option() {
            true => self.known_options(table, &made)?,
            false => {
                is_found(self.trunks, key, &made, &mut self.met, self.findings)?;
                self.try_alone(table, &made)?;
            }
        }
        Some(made)
    }

    /// The values of a key, in the way that the design asks for.
    fn values(&mut self, table: &SweepVaryTable, is_whole: bool) -> Option<Values> {
        let is_grid = self.design == DesignWord::Grid;
        if let Some(given) = table.steps.given().filter(|_| !is_grid) {
            let finding = Finding::at(&given.at, "is of the grid");
            let hint = "the other designs take values anywhere between `from` and `to`";
            self.findings.add(finding.hint(hint));
            return None;
        }
        if let Some(given) = table.values.given() {
            return distinct(given, UNCERTAIN, self.findings).map(Values::Listed);
        }
        let steps = table.steps.peek().map(|it| *it as usize);
        let values = match (&table.from, &table.to) {
            (from, to) if from.is_in_file() || to.is_in_file() => {
                between(table, is_whole, self.findings)?
            }
            _ => match table.distribution.given() {
                Some(given) => Values::Drawn {
                    distribution: given.value.clone(),
                    is_whole,
                },
                None => {
                    if !table.values.is_wrong() && !table.distribution.is_wrong() {
                        let finding = Finding::at(&table.at, "does not say which values");
                        let allowed = "`values`, or `from` and `to`, or `distribution`";
                        self.findings.add(finding.allowed(allowed));
                    }
                    return None;
                }
            },
        };
        match (is_grid, steps) {
            (false, _) => Some(values),
            (true, Some(steps)) => Some(Values::Listed(stepped(&values, steps))),
            (true, None) => {
                if !table.steps.is_wrong() {
                    let finding = Finding::at(&table.at, "does not say how many values");
                    self.findings
                        .add(finding.hint("a grid needs `steps`, or `values`"));
                }
                None
            }
        }
    }

    /// Something if the values are names of options.
    fn known_options(&mut self, table: &SweepVaryTable, key: &Key) -> Option<()> {
        let Values::Listed(values) = &key.values else {
            let finding = Finding::at(&table.at, "varies the options without their names");
            self.findings
                .add(finding.hint("give values = [\"base\", ...]"));
            return None;
        };
        let names: Vec<&str> = self.trunks.iter().map(|(name, _)| name.as_str()).collect();
        let mut is_right = true;
        for (position, node) in values.iter().enumerate() {
            if !node.text().is_some_and(|name| names.contains(&name)) {
                let path = join(&join(&table.at.path, "values"), &position.to_string());
                let finding = Finding::new(node.place, &path, "is no option of the scenario");
                let named: Vec<String> = names.iter().map(|it| format!("\"{it}\"")).collect();
                let finding = finding.found_value(node);
                self.findings.add(finding.allowed(named.join(" or ")));
                is_right = false;
            }
        }
        is_right.then_some(())
    }

    /// Something if the scenario is right with each value alone: with each of those listed, or with
    /// both ends.
    fn try_alone(&mut self, table: &SweepVaryTable, key: &Key) -> Option<()> {
        let path = |word: &str| join(&table.at.path, word);
        let place = table.at.place;
        let tried: Vec<(Place, String, Node)> = match (&key.values, table.values.given()) {
            (Values::Listed(values), Some(_)) => {
                let values = values.iter().enumerate();
                let of = |(position, node): (usize, &Node)| {
                    (
                        node.place,
                        join(&path("values"), &position.to_string()),
                        node.clone(),
                    )
                };
                values.map(of).collect()
            }
            (Values::Listed(values), None) => {
                let ends = values.first().into_iter().chain(values.last());
                let of = |node: &Node| (place, table.at.path.clone(), node.clone());
                ends.map(of).collect()
            }
            (Values::Between { .. }, _) => {
                let end = |word: &str, at: Option<&Written<f64>>, share: f64| {
                    let place = at.map_or(place, |it| it.at.place);
                    (place, path(word), key.at(share, true))
                };
                let ends = [
                    end("from", table.from.given(), 0.0),
                    end("to", table.to.given(), 1.0),
                ];
                ends.to_vec()
            }
            // Where the points lie is known only when they are read.
            (Values::Drawn { .. }, _) => vec![(place, path("distribution"), key.at(0.5, false))],
        };
        let (_, trunk) = self.trunks.first()?;
        let mut is_right = true;
        for (place, path, node) in tried {
            let node = marked(node);
            let put = Put {
                steps: &key.steps,
                node: &node,
            };
            if let Err(wrong) = trunk.with(&[put]) {
                is_right = false;
                for finding in wrong.into_list().0 {
                    let of_value = finding.place() == TRIED;
                    let finding = match of_value {
                        true => finding,
                        false => finding.caused_by(place, path.clone(), "does not fit the rest"),
                    };
                    self.findings
                        .add(finding.in_other_file(place, path.clone()));
                }
            }
        }
        is_right.then_some(())
    }
}

/// The steps to a key, none for the options.
pub fn way(key: &Written<String>, findings: &mut Findings) -> Option<Vec<Step>> {
    match key.value.trim() {
        OPTION => Some(Vec::new()),
        _ => steps(key, POINTS, findings),
    }
}

/// Something if a key leads somewhere in the scenario, or in one of its options, where no other leads.
pub fn is_found(
    trunks: &[(String, Trunk)],
    key: &Written<String>,
    made: &Key,
    met: &mut Met,
    findings: &mut Findings,
) -> Option<()> {
    if made.is_option() {
        return Some(());
    }
    let node = made.value(0);
    let mut first = None;
    for (_, trunk) in trunks {
        let mut tree = trunk.tree.clone();
        expand_for(&made.steps, &mut tree);
        let put = Put {
            steps: &made.steps,
            node: &node,
        };
        match lost(&tree, key, put) {
            Some(lost) => first = first.or(Some(lost)),
            None => {
                let places = places(&tree, &kind_of_file(), &made.steps);
                return met
                    .leads_elsewhere(key, &places, TWICE, findings)
                    .then_some(());
            }
        }
    }
    let place = key.at.place;
    findings.extend(first.map(|it| it.in_other_file(place, key.at.path.clone())));
    None
}

/// Whether a key holds whole numbers only.
fn is_whole(steps: &[Step]) -> bool {
    let kind = follow(&kind_of_file(), steps).ok();
    let limits = kind.as_ref().and_then(Limits::of);
    limits.is_some_and(|limits| limits.is_whole())
}

/// The ends of a key's values.
fn between(table: &SweepVaryTable, is_whole: bool, findings: &mut Findings) -> Option<Values> {
    let (from, to) = match (table.from.given(), table.to.given()) {
        (Some(from), Some(to)) => (from, to),
        (given, other) => {
            let at = given.or(other).map_or(&table.at, |it| &it.at);
            if !table.from.is_wrong() && !table.to.is_wrong() {
                let finding = Finding::at(at, "has no other end");
                findings.add(finding.allowed("`from` and `to`"));
            }
            return None;
        }
    };
    if from.value >= to.value {
        let finding = Finding::at(&to.at, "is not more than `from`");
        findings.add(
            finding
                .found(to.value.to_string())
                .first_given(from.at.place),
        );
        return None;
    }
    for end in [from, to] {
        if is_whole && end.value.fract().abs() > 0.0 {
            let finding = Finding::at(&end.at, "is no whole number, and the key holds no other");
            findings.add(finding.found(end.value.to_string()));
            return None;
        }
    }
    Some(Values::Between {
        from: from.value,
        to: to.value,
        is_whole,
    })
}
