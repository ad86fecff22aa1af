//! Calibrations: a file that names a scenario, says what was observed of the service, and which inputs
//! may be adjusted.
//!
//! Like a study it is read in two steps, because its scenario is a file of its own: [`open_calibration`]
//! says which, [`OpenCalibration::read`] reads both together and tells what is wrong with either. Values
//! of the inputs become a scenario when somebody asks for it, and at the end a text in which they stand in
//! the place of those before ([`Calibration::rewritten`]). Nothing here simulates, or knows what fits.

mod keys;
mod observed;
mod rewrite;

use std::collections::BTreeMap;

use super::checked::{Files, Override, ReferredFile, Scenario};
use super::file::{CalibrateTable, CalibrationFile};
use super::finding::{Finding, Findings};
use super::node::{Node, Place};
use super::path::{Step, parse};
use super::problem::Problems;
use super::reader::Reader;
use super::source::Source;
use super::uncertain::Unknowns;
use super::vary::{Put, Trunk, first_words, trunk};
use super::{NoFiles, Quantiles, door, named, overrides, read, syntax};
use crate::model::Model;

pub use keys::CalibrationKey;
pub use observed::{KnownNumber, Observed};

/// Points of the first look for each key, and besides.
const POINTS: (u64, u64) = (10, 10);
/// Replications that a covariance of so many numbers takes, for each.
const REPLICATIONS_A_NUMBER: u64 = 4;

/// A calibration that was read and checked.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// Version of the format of the file.
    pub schema: u64,
    /// The inputs that may be adjusted, in the order of the file.
    pub keys: Vec<CalibrationKey>,
    /// What was observed, in the order of the file.
    pub observed: Vec<Observed>,
    /// Share held back of the numbers that do not say themselves whether they are.
    pub hold_back_share: f64,
    /// Points of the first look.
    pub points: u64,
    /// Replications of each point.
    pub replications: u64,
    /// Where the random numbers begin.
    pub seed: u64,
    trunk: Trunk,
    /// The time in which the numbers were observed, where it is not the scenario's.
    period: Vec<(Vec<Step>, Node)>,
    /// The scenario's text, what was given in place of some of its values, and the files it refers to.
    text: String,
    set: Vec<Override>,
    files: Vec<ReferredFile>,
    targets: Vec<String>,
}

impl Calibration {
    /// The scenario with these values of the inputs, in the order of the keys, over the time of the
    /// observed numbers; without values as its file has it. Uncertain numbers have their centre.
    ///
    /// # Errors
    /// Why there is none: the values are right one by one, but not together.
    pub fn scenario(&self, values: Option<&[f64]>) -> Result<Scenario, String> {
        let nodes: Vec<Node> = values
            .unwrap_or_default()
            .iter()
            .map(|value| Node::of_number(Place::Whole, *value))
            .collect();
        let values = self.keys.iter().zip(&nodes).map(|(key, node)| Put {
            steps: &key.steps,
            node,
        });
        let period = self.period.iter().map(|(steps, node)| Put { steps, node });
        let puts: Vec<Put<'_>> = period.chain(values).collect();
        self.trunk.with(&puts).map_err(first_words)
    }

    /// The text of the scenario with these values in place of its own, comments and all else kept; `notes`
    /// says of each key, in `[provenance]`, where its value is from.
    ///
    /// # Errors
    /// Why it cannot be written.
    pub fn rewritten(&self, values: &[f64], notes: &[Note]) -> Result<String, String> {
        let mut edits: Vec<(Vec<Step>, Node)> = Vec::new();
        for set in &self.set {
            let node = overrides::value_of(&set.value, Place::Whole);
            edits.push((parse(&set.path)?, node));
        }
        for (key, value) in self.keys.iter().zip(values) {
            edits.push((key.steps.clone(), Node::of_number(Place::Whole, *value)));
        }
        let keys: Vec<&str> = self.keys.iter().map(|key| key.name.as_str()).collect();
        let sources: Vec<(&str, String)> = keys
            .into_iter()
            .zip(notes)
            .map(|(key, note)| (key, note.written()))
            .collect();
        let impossible = || {
            "the file writes a value in a way that cannot be changed in place: as a preset, a dotted key or \
             by `like`"
                .to_owned()
        };
        let text = rewrite::rewritten(&self.text, &edits, &sources).ok_or_else(impossible)?;
        let puts: Vec<Put<'_>> = edits
            .iter()
            .map(|(steps, node)| Put { steps, node })
            .collect();
        let wanted = self.trunk.with(&puts).map_err(first_words)?.model;
        let targets: Vec<&str> = self.targets.iter().map(String::as_str).collect();
        let made = read(
            text.as_bytes(),
            "calibrated.toml",
            &[],
            &self.files,
            &targets,
        );
        match made {
            Ok(made) if made.model == wanted => Ok(text),
            _ => Err(impossible()),
        }
    }
}

/// Where a calibrated value is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What it was calibrated to.
    pub source: String,
    /// Grade of the evidence, if there was one.
    pub grade: Option<char>,
    /// How surely it is known, and what it was before.
    pub note: String,
}

impl Note {
    /// As a row of `[provenance]`.
    fn written(&self) -> String {
        let grade = self
            .grade
            .map_or(String::new(), |it| format!("grade = \"{it}\", "));
        format!(
            "{{ source = {}, {grade}note = {} }}",
            rewrite::literal(&self.source),
            rewrite::literal(&self.note)
        )
    }
}

/// A calibration of which its scenario is still to be read.
pub struct OpenCalibration<'a> {
    source: Source<'a>,
    findings: Findings,
    file: Option<CalibrationFile>,
}

/// Reads the text of a calibration; `name` is what it is called in messages.
///
/// # Errors
/// When it is no TOML, or another kind of file.
pub fn open_calibration<'a>(
    text: &'a [u8],
    name: &'a str,
) -> Result<OpenCalibration<'a>, Problems> {
    let text = door::text_of(text).map_err(|it| Problems::of_file(name, &it.what, it.hint))?;
    let source = Source::new(name, text, &[]);
    let mut findings = Findings::default();
    let Some(root) = syntax::tree(text, &mut findings) else {
        return Err(findings.into_problems(&source));
    };
    let other = [
        ("practices", "this is a scenario, not a calibration of one"),
        ("sweep", "this is a study, not a calibration"),
    ];
    let is_other = |(key, _): &&(&str, &str)| root.child(key).is_some();
    if let Some((_, what)) = other.iter().find(is_other)
        && root.child("calibrate").is_none()
    {
        let hint = "write a file that names the scenario: scenario = \"...\" and [calibrate] \
                    (docs/calibration.md)";
        return Err(Problems::of_file(name, what, Some(hint.to_owned())));
    }
    let (central, none) = (Quantiles::new(), BTreeMap::new());
    let mut reader = Reader::new(false, &NoFiles, Unknowns::of(&root, &central, &none));
    reader.findings = findings;
    let file: Option<CalibrationFile> = reader.table(&root, "");
    Ok(OpenCalibration {
        source,
        findings: reader.findings,
        file,
    })
}

/// What a calibration is held against that is not in the files.
pub struct Beside<'a> {
    /// Values in place of the scenario's.
    pub set: &'a [Override],
    /// Files that the scenario refers to.
    pub files: &'a dyn Files,
    /// Measures that may be targets.
    pub targets: &'a [&'a str],
    /// The numbers that a model gives.
    pub known: &'a dyn Fn(&Model) -> Vec<KnownNumber>,
}

impl OpenCalibration<'_> {
    /// The scenario that the calibration names, as written; `None` where it names none, or one that lies
    /// elsewhere than in its folder or the one that holds it.
    #[must_use]
    pub fn scenario(&self) -> Option<String> {
        named::place(&self.file.as_ref()?.scenario)
    }

    /// What is wrong with a calibration whose scenario cannot be had, `why` if it is known.
    #[must_use]
    pub fn without_scenario(mut self, why: Option<&str>) -> Problems {
        let scenario = self.file.as_ref().map(|file| &file.scenario);
        let missing = scenario.and_then(|it| named::missing(it, "calibration", why));
        self.findings.extend(missing);
        self.findings.into_problems(&self.source)
    }

    /// Reads the scenario, from this text of a file with this name, and the calibration with it.
    ///
    /// # Errors
    /// What is wrong with the scenario, and what with the calibration.
    pub fn read(
        mut self,
        (text, name): (&[u8], &str),
        beside: &Beside<'_>,
    ) -> Result<(Scenario, Calibration), Vec<Problems>> {
        let scenario = match read(text, name, beside.set, beside.files, beside.targets) {
            Ok(scenario) => scenario,
            Err(problems) => {
                return Err(named::both_wrong(problems, self.findings, &self.source));
            }
        };
        let calibration = self.calibration(&scenario, text, beside);
        match calibration.filter(|_| self.findings.is_empty()) {
            Some(calibration) => Ok((scenario, calibration)),
            None => Err(vec![self.findings.into_problems(&self.source)]),
        }
    }

    fn calibration(
        &mut self,
        scenario: &Scenario,
        text: &[u8],
        beside: &Beside<'_>,
    ) -> Option<Calibration> {
        let file = self.file.take()?;
        let table = file.calibrate.peek()?;
        let (written, trunk) = trunk_of(text, beside, &scenario.files)?;
        let period = period(table, &trunk, &mut self.findings);
        let puts: Vec<Put<'_>> = period
            .iter()
            .map(|(steps, node)| Put { steps, node })
            .collect();
        let timed = trunk.with(&puts);
        let base = match timed {
            Ok(base) => base,
            Err(wrong) => {
                let what = format!("does not fit the scenario: {}", first_words(wrong));
                self.findings.add(Finding::at(&table.at, what));
                return None;
            }
        };
        let keys = keys::read(table, &trunk, (&base, &puts), &mut self.findings);
        let known = (beside.known)(&base.model);
        let observed = observed::read(table, &known, &base.model, &mut self.findings);
        let (keys, observed) = (keys?, observed?);
        let points = POINTS.0 * keys.len() as u64 + POINTS.1;
        let calibration = Calibration {
            schema: *file.schema.peek()?,
            hold_back_share: table.hold_back_share.peek().copied().unwrap_or(0.0),
            points: table.points.peek().copied().unwrap_or(points),
            replications: *table.replications.peek()?,
            seed: table
                .seed
                .peek()
                .copied()
                .unwrap_or(scenario.experiment.seed),
            keys,
            observed,
            trunk,
            period,
            text: written,
            set: beside.set.to_vec(),
            files: scenario.files.clone(),
            targets: beside.targets.iter().map(|it| (*it).to_owned()).collect(),
        };
        check_size(table, &calibration, &mut self.findings);
        check_rewriting(table, &calibration, &mut self.findings);
        Some(calibration)
    }
}

/// The text of a scenario, and its tree with what was given in place of some of its values.
fn trunk_of(text: &[u8], beside: &Beside<'_>, files: &[ReferredFile]) -> Option<(String, Trunk)> {
    let (root, referred) = named::tree(text, beside.set, files)?;
    let tree = Trunk::of(trunk(&root), &referred, beside.targets);
    Some((door::text_of(text).ok()?.to_owned(), tree))
}

/// The time in which the numbers were observed, as changes of the scenario's.
fn period(
    table: &CalibrateTable,
    trunk: &Trunk,
    findings: &mut Findings,
) -> Vec<(Vec<Step>, Node)> {
    let steps = |key: &str| vec![Step::Word("period".to_owned()), Step::Word(key.to_owned())];
    let mut changes = Vec::new();
    if let Some(start) = table.start.given() {
        changes.push((
            steps("start"),
            overrides::value_of(&start.value.to_string(), start.at.place),
        ));
    }
    if let Some(weeks) = table.weeks.given() {
        changes.push((steps("weeks"), Node::of_number(weeks.at.place, weeks.value)));
    }
    if let Some(weeks) = table.warm_up_weeks.given() {
        let node = Node::of_number(weeks.at.place, weeks.value as f64);
        changes.push((steps("warm_up_weeks"), node));
    }
    let moved = [
        table.start.given().map(|it| &it.at),
        table.warm_up_weeks.given().map(|it| &it.at),
    ];
    if let Some(at) = moved.into_iter().flatten().next()
        && trunk.tree.child("start").is_some()
    {
        let what =
            "cannot be: the scenario has [start], the list and caseloads of its own first day";
        let hint = "calibrate a copy of the scenario without [start], with warm_up_weeks, or keep its period";
        findings.add(Finding::at(at, what).hint(hint));
        changes.clear();
    }
    changes
}

/// Reports fewer numbers than keys, and fewer replications than their covariance takes.
fn check_size(table: &CalibrateTable, calibration: &Calibration, findings: &mut Findings) {
    let (fixed, free): (Vec<&Observed>, Vec<&Observed>) = calibration
        .observed
        .iter()
        .partition(|it| it.is_held_back.is_some());
    let held = (free.len() as f64 * calibration.hold_back_share).round() as usize;
    let marked = fixed.iter().filter(|it| it.is_held_back == Some(true));
    let used = calibration.observed.len() - held - marked.count();
    let at = table.observed.given().map_or(&table.at, |it| &it.at);
    if used < calibration.keys.len() {
        let what = "has fewer numbers to fit to than there are keys to adjust";
        let found = format!("{used} for {} keys", calibration.keys.len());
        let hint = "adjust fewer keys, or observe more: each number can settle one key at most";
        findings.add(Finding::at(at, what).found(found).hint(hint));
    }
    let least = REPLICATIONS_A_NUMBER * calibration.observed.len() as u64;
    if calibration.replications < least {
        let at = table.replications.given().map_or(at, |it| &it.at);
        let what = "are too few to say how so many numbers go together";
        let finding = Finding::at(at, what).found(calibration.replications.to_string());
        findings.add(finding.allowed(format!("at least {least}")));
    }
}

/// Reports a scenario into which values cannot be written, before anything is simulated.
fn check_rewriting(table: &CalibrateTable, calibration: &Calibration, findings: &mut Findings) {
    if !findings.is_empty() {
        return;
    }
    let values: Vec<f64> = calibration.keys.iter().map(|key| key.from).collect();
    let note = Note {
        source: "a try".to_owned(),
        grade: None,
        note: "a try".to_owned(),
    };
    let notes = vec![note; values.len()];
    if let Err(why) = calibration.rewritten(&values, &notes) {
        let at = table.vary.given().map_or(&table.at, |it| &it.at);
        let finding = Finding::at(at, format!("cannot be written into the scenario: {why}"));
        findings.add(finding.hint("write the keys out in the scenario, each in its own table"));
    }
}
