//! The inputs that may be adjusted: where they lead, between which bounds, and on what evidence they
//! stand.

use crate::scenario::checked::Scenario;
use crate::scenario::file::{CalibrateTable, CalibrateVaryTable};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::keys::follow;
use crate::scenario::node::{Node, Place, Value};
use crate::scenario::path::{Step, parse};
use crate::scenario::reader::Written;
use crate::scenario::uncertain::Limits;
use crate::scenario::vary::{
    Address, Met, Put, Trunk, expand_for, kind_of_file, lost, places, steps,
};

/// The time is that of the observed numbers.
const POINTS: (&[&str], &str) = (&["period", "start", "costs"], "points of a calibration");
/// What comes of adjusting a value twice.
const TWICE: &str = "adjust each value once: the later key would undo what the earlier one did";
/// Where a bound stands that is tried: in none of the scenario's places.
const TRIED: Place = Place::Override(usize::MAX);
/// Grades that are not adjusted unasked.
const GOOD: [char; 2] = ['A', 'B'];

/// An input that may be adjusted.
#[derive(Clone, Debug)]
pub struct CalibrationKey {
    /// Its path.
    pub name: String,
    /// The least value.
    pub from: f64,
    /// The greatest value.
    pub to: f64,
    /// Whether equal steps are equal factors.
    pub is_logarithmic: bool,
    /// Whether it holds whole numbers only.
    pub is_whole: bool,
    /// The scenario's own value, if it is one number.
    pub start: Option<f64>,
    /// The scenario's own value in words.
    pub start_words: String,
    /// Grade of its evidence, where one is given.
    pub grade: Option<char>,
    /// From where the value before is.
    pub source: Option<String>,
    /// Whether it is adjusted although its evidence is graded A or B.
    pub overrides_evidence: bool,
    pub(super) steps: Vec<Step>,
}

/// The keys of a calibration; `None` if something is wrong with one, which is reported. `timed` is the
/// scenario over the time of the observed numbers, with the changes that make it so.
pub fn read(
    table: &CalibrateTable,
    trunk: &Trunk,
    timed: (&Scenario, &[Put<'_>]),
    findings: &mut Findings,
) -> Option<Vec<CalibrationKey>> {
    if table.vary.is_wrong() {
        return None;
    }
    if table.vary.items().is_empty() {
        let at = table.vary.given().map_or(&table.at, |it| &it.at);
        let finding = Finding::at(at, "says nothing that may be adjusted");
        findings.add(finding.allowed("at least one [[calibrate.vary]]"));
        return None;
    }
    let mut met = Met::default();
    let mut read = Vec::new();
    for it in table.vary.items() {
        let is_new = it.key.name().is_none_or(|key| met.is_new(key, findings));
        read.push(match is_new {
            true => one(it, trunk, timed, &mut met, findings),
            false => None,
        });
    }
    read.into_iter().collect()
}

fn one(
    table: &CalibrateVaryTable,
    trunk: &Trunk,
    (scenario, period): (&Scenario, &[Put<'_>]),
    met: &mut Met,
    findings: &mut Findings,
) -> Option<CalibrationKey> {
    let key = table.key.name();
    let steps = key.and_then(|key| steps(key, POINTS, findings));
    let ends = ends(table, steps.as_deref(), findings);
    let (key, steps, (from, to, is_whole)) = (key?, steps?, ends?);
    let mut tree = trunk.tree.clone();
    expand_for(&steps, &mut tree);
    let node = Node::of_number(TRIED, from);
    let put = Put {
        steps: &steps,
        node: &node,
    };
    if let Some(lost) = lost(&tree, key, put) {
        findings.add(lost.in_other_file(key.at.place, key.at.path.clone()));
        return None;
    }
    let places = places(&tree, &kind_of_file(), &steps);
    if !met.leads_elsewhere(key, &places, TWICE, findings) {
        return None;
    }
    let own = Own::of(key, (&tree, &places), (scenario, &steps));
    refuse_distribution(key, &own, findings)?;
    let made = CalibrationKey {
        name: key.value.trim().to_owned(),
        from,
        to,
        is_logarithmic: *table.scale.peek()?,
        is_whole,
        start: own.number,
        start_words: own.words,
        grade: own.grade,
        source: own.source,
        overrides_evidence: *table.override_evidence.peek()?,
        steps,
    };
    refuse_evidence(key, &made, findings)?;
    try_ends(table, trunk, (&made, period), findings)?;
    Some(made)
}

/// The bounds, and whether only whole numbers lie between them.
fn ends(
    table: &CalibrateVaryTable,
    steps: Option<&[Step]>,
    findings: &mut Findings,
) -> Option<(f64, f64, bool)> {
    let (from, to) = (table.from.given()?, table.to.given()?);
    if from.value >= to.value {
        let finding = Finding::at(&to.at, "is not more than `from`");
        let finding = finding.found(to.value.to_string());
        findings.add(finding.first_given(from.at.place));
        return None;
    }
    if table.scale.peek() == Some(&true) && from.value <= 0.0 {
        let finding = Finding::at(&from.at, "is not above 0, where factors begin");
        let finding = finding.found(from.value.to_string());
        findings.add(finding.hint("give a least value above 0, or scale = \"linear\""));
        return None;
    }
    let kind = steps.and_then(|steps| follow(&kind_of_file(), steps).ok())?;
    let Some(limits) = Limits::of(&kind) else {
        let at = table.key.name().map_or(&table.at, |key| &key.at);
        findings.add(Finding::at(
            at,
            "holds no number, so that it cannot be adjusted",
        ));
        return None;
    };
    for end in [from, to] {
        if limits.is_whole() && end.value.fract().abs() > 0.0 {
            let finding = Finding::at(&end.at, "is no whole number, and the key holds no other");
            findings.add(finding.found(end.value.to_string()));
            return None;
        }
    }
    Some((from.value, to.value, limits.is_whole()))
}

/// What the scenario says of a key.
struct Own {
    number: Option<f64>,
    words: String,
    /// The name of the distribution that stands there.
    distribution: Option<String>,
    grade: Option<char>,
    source: Option<String>,
}

impl Own {
    fn of(
        key: &Written<String>,
        (tree, places): (&Node, &[Address]),
        (scenario, steps): (&Scenario, &[Step]),
    ) -> Self {
        let nodes: Vec<Option<&Node>> = places.iter().map(|place| at(tree, place)).collect();
        let default = scenario.defaults.iter().find(|it| is_same(&it.key, steps));
        let given: Vec<&Node> = nodes.iter().copied().flatten().collect();
        let numbers = given.iter().map(|node| match node.value {
            Value::Number { value, .. } => Some(value),
            _ => None,
        });
        let numbers: Option<Vec<f64>> = numbers.collect();
        let numbers = numbers.filter(|it| !it.is_empty() && it.len() == nodes.len());
        let one = numbers.and_then(|it| {
            let first = *it.first()?;
            it.iter()
                .all(|it| it.total_cmp(&first).is_eq())
                .then_some(first)
        });
        let by_default = || default.filter(|_| given.is_empty());
        let mut words: Vec<String> = given.iter().map(|node| node.written()).collect();
        words.dedup();
        let evidence = evidence(scenario, key.value.trim());
        Self {
            number: one.or_else(|| by_default()?.value.parse().ok()),
            words: match (words.is_empty(), by_default()) {
                (false, _) => words.join(" or "),
                (true, Some(default)) => default.value.clone(),
                (true, None) => "not given".to_owned(),
            },
            distribution: given.iter().find_map(|node| form_of(node)),
            grade: evidence
                .as_ref()
                .map_or_else(|| by_default().map(|it| it.grade), |(grade, _)| *grade),
            source: evidence
                .map(|(_, source)| source)
                .or_else(|| by_default().map(|it| it.source.clone())),
        }
    }
}

/// Grade and source of a key: those of the provenance that is nearest to it, and of several the best.
fn evidence(scenario: &Scenario, key: &str) -> Option<(Option<char>, String)> {
    let about = scenario.provenance.iter().filter(|it| it.is_about(key));
    let depth = |key: &str| parse(key).map_or(0, |steps| steps.len());
    let best = about.min_by_key(|it| (usize::MAX - depth(&it.key), it.grade.unwrap_or('Z')));
    best.map(|it| (it.grade, it.source.clone()))
}

/// The node at a place.
fn at<'a>(tree: &'a Node, place: &Address) -> Option<&'a Node> {
    place
        .iter()
        .try_fold(tree, |node, step| match node.items() {
            Some(items) => items.get(step.parse::<usize>().ok()?),
            None => node.child(step),
        })
}

/// Whether a key of a default is that of these steps, positions and `*` aside.
fn is_same(key: &str, steps: &[Step]) -> bool {
    let Ok(own) = parse(key) else {
        return false;
    };
    let is_one = |(one, other): (&Step, &Step)| one == other || *one == Step::Every;
    own.len() == steps.len() && own.iter().zip(steps).all(is_one)
}

/// The name of the distribution that a value is; none for one number, uncertain or not.
fn form_of(node: &Node) -> Option<String> {
    let first = node.entries()?.first()?;
    (first.key != "uncertain").then(|| first.key.clone())
}

fn refuse_distribution(key: &Written<String>, own: &Own, findings: &mut Findings) -> Option<()> {
    let Some(form) = &own.distribution else {
        return Some(());
    };
    let parameter = match form.as_str() {
        "weibull" => "scale",
        "uniform" | "triangular" => "max",
        _ => "mean",
    };
    let finding = Finding::at(
        &key.at,
        "is a distribution in the scenario, and a number would be none",
    );
    let path = format!("{}.{form}.{parameter}", key.value.trim());
    findings.add(finding.hint(format!("adjust one of its parameters: \"{path}\"")));
    None
}

/// Inputs that rest on good evidence are not bent to make the rest fit, unless asked.
fn refuse_evidence(
    key: &Written<String>,
    made: &CalibrationKey,
    findings: &mut Findings,
) -> Option<()> {
    let grade = made
        .grade
        .filter(|it| GOOD.contains(it) && !made.overrides_evidence);
    let Some(grade) = grade else {
        return Some(());
    };
    let what = format!("rests on evidence of grade {grade}, which is not adjusted unasked");
    let source = made.source.clone().unwrap_or_default();
    let finding = Finding::at(&key.at, what).found(source);
    let hint = "adjust inputs graded C or D; if this service is known to differ, add override_evidence = \
                \"yes\" here";
    findings.add(finding.hint(hint));
    None
}

/// Something if the scenario is right with each bound alone.
fn try_ends(
    table: &CalibrateVaryTable,
    trunk: &Trunk,
    (made, period): (&CalibrationKey, &[Put<'_>]),
    findings: &mut Findings,
) -> Option<()> {
    let mut is_right = true;
    for end in [table.from.given()?, table.to.given()?] {
        let node = Node::of_number(TRIED, end.value);
        let own = Put {
            steps: &made.steps,
            node: &node,
        };
        let puts: Vec<Put<'_>> = period.iter().copied().chain([own]).collect();
        let Err(wrong) = trunk.with(&puts) else {
            continue;
        };
        is_right = false;
        for finding in wrong.into_list().0 {
            let finding = match finding.place() == TRIED {
                true => finding,
                false => {
                    finding.caused_by(end.at.place, end.at.path.clone(), "does not fit the rest")
                }
            };
            findings.add(finding.in_other_file(end.at.place, end.at.path.clone()));
        }
    }
    is_right.then_some(())
}
