//! Text in, checked model out. The only place that knows the format of scenario files.
//!
//! The stages: `door` (bytes to text), `node` (text to a tree with places), `overrides`, `like` and
//! `presets` (which change the tree), `uncertain` (numbers that stand for a distribution), `options` (each a changed tree, read like another file), `file` (every key, declared once) read by `reader` and
//! `spec`, and `resolve` (the file as written to the model as meant). Problems are collected in all
//! stages and reported at once. Nothing here opens a file, prints, or knows how a model is simulated.

mod calibrate;
mod checked;
mod depth;
mod door;
mod empirical;
pub(crate) mod file;
mod finding;
mod inputs;
mod keys;
mod kind;
mod like;
mod named;
mod nearest;
mod node;
mod options;
mod overrides;
mod path;
mod presence;
mod presets;
mod problem;
mod ranges;
mod reader;
mod recommend;
mod reference;
mod resolve;
mod schema;
mod setting;
mod source;
mod spec;
mod study;
mod syntax;
mod table;
mod text;
mod uncertain;
mod vary;
mod words;

pub use calibrate::{
    Beside, Calibration, CalibrationKey, KnownNumber, Note, Observed, OpenCalibration,
    open_calibration,
};
pub use checked::{
    CONTACTED, Comparison, DefaultTaken, Experiment, Files, NET_BENEFIT, NoFiles, OptionScenario,
    Override, Provenance, RankBy, ReferredFile, Scenario, Target,
};
pub use door::LARGEST_FILE;
pub use inputs::{GivenInput, given_inputs};
pub use problem::{Problem, ProblemPlace, Problems};
pub use recommend::{PlanCosts, Recommendation, Vary};
pub use reference::reference_markdown;
pub use resolve::BASE;
pub use schema::{json_schema, study_json_schema};
pub use study::{OpenStudy, Point, Study, StudyDesign, open_study};
pub use uncertain::{MOST_INPUTS, Quantiles, UncertainInput, Uncertainty};

use finding::Findings;
use node::{Node, Place};
use reader::Reader;
use resolve::{Resolver, resolve};
use source::Source;
use std::collections::BTreeMap;
use uncertain::Unknowns;

/// Reads and checks a scenario. What is uncertain has its central value, and is held against the
/// rest at both ends of what it may be as well.
///
/// `name` is what the file is called in messages, `overrides` are put in place of what the file
/// says, `files` gives the files that the scenario refers to, and `targets` are the names of the
/// measures that `[targets]` may use.
///
/// # Errors
/// Everything that is wrong with it, in the order of the file.
pub fn read(
    text: &[u8],
    name: &str,
    overrides: &[Override],
    files: &dyn Files,
    targets: &[&str],
) -> Result<Scenario, Problems> {
    let central = Quantiles::new();
    let outside = Outside {
        files,
        targets,
        quantiles: &central,
    };
    let ends = |root: &Node, base: &mut Checked| {
        let inputs = std::mem::take(&mut base.found);
        let mut known = std::mem::take(&mut base.referred);
        uncertain::try_ends(&inputs, &mut base.findings, |quantiles| {
            let outside = Outside {
                quantiles,
                ..outside
            };
            let files = std::mem::take(&mut known);
            let read = of_tree(root.clone(), &outside, files, Findings::default());
            known = read.referred;
            read.findings
        });
        base.referred = known;
    };
    read_with(text, name, overrides, &outside, ends)
}

/// Reads and checks a scenario with the values of one draw of what is uncertain, options included;
/// everything else is as in [`read`], whose inputs have the keys that `quantiles` may have.
///
/// # Errors
/// Everything that is wrong with it in this draw, in the order of the file.
pub fn read_drawn(
    text: &[u8],
    name: &str,
    overrides: &[Override],
    files: &dyn Files,
    targets: &[&str],
    quantiles: &Quantiles,
) -> Result<Scenario, Problems> {
    let outside = Outside {
        files,
        targets,
        quantiles,
    };
    read_with(text, name, overrides, &outside, |_, _| {})
}

/// Reads a text. What is right at first, and holds something uncertain, is looked at more closely by
/// `closely`, which has the tree to read again.
fn read_with(
    text: &[u8],
    name: &str,
    overrides: &[Override],
    outside: &Outside<'_>,
    closely: impl FnOnce(&Node, &mut Checked),
) -> Result<Scenario, Problems> {
    let text = door::text_of(text).map_err(|it| Problems::of_file(name, &it.what, it.hint))?;
    let source = Source::new(name, text, overrides);
    let mut findings = Findings::default();
    let Some(mut root) = syntax::tree(text, &mut findings) else {
        return Err(findings.into_problems(&source));
    };
    let others = [("sweep", "a study"), ("calibrate", "a calibration")];
    let other = others.iter().find(|(key, _)| root.child(key).is_some());
    if let Some((command, file)) = other.filter(|_| root.child("scenario").is_some()) {
        let what = format!("this is {file} of a scenario, not a scenario");
        let hint = format!("run it with `splw-sim {command}`, or give the scenario that it names");
        return Err(Problems::of_file(name, &what, Some(hint)));
    }
    overrides::apply(&mut root, overrides, &mut findings);
    like::apply(&mut root, &mut findings);
    let written = root.child("recommend").map(|_| root.clone());
    let spare = uncertain::is_mentioned(&root).then(|| root.clone());
    let mut base = of_tree(root, outside, BTreeMap::new(), findings);
    if let Some(root) = spare.filter(|_| base.findings.is_empty()) {
        closely(&root, &mut base);
    }
    // Plans are made at the central values.
    let recommendation = written
        .filter(|_| outside.quantiles.is_empty())
        .and_then(|written| recommend::read(&written, &mut base, outside));
    match base.scenario {
        Some(scenario) if base.findings.is_empty() => Ok(Scenario {
            recommendation,
            files: referred_files(base.referred),
            ..scenario
        }),
        _ => Err(base.findings.into_problems(&source)),
    }
}

/// What a scenario is held against that is not in the file.
#[derive(Clone, Copy)]
struct Outside<'a> {
    files: &'a dyn Files,
    targets: &'a [&'a str],
    /// Where the values of what is uncertain lie.
    quantiles: &'a Quantiles,
}

/// A tree as read and checked.
struct Checked {
    /// The scenario, without its files: of use only if there are no findings.
    scenario: Option<Scenario>,
    /// The options as written.
    options: Vec<file::OptionTable>,
    /// What is uncertain in it and in its options.
    found: Vec<uncertain::Found>,
    /// What may be changed to meet the targets, as written.
    recommend: Option<file::RecommendTable>,
    /// What is wrong.
    findings: Findings,
    /// Files that were read, by name.
    referred: BTreeMap<String, Vec<u8>>,
}

/// Reads and checks a tree with its options; files that are known by name already are not read
/// again.
fn of_tree(
    mut root: Node,
    outside: &Outside<'_>,
    known: BTreeMap<String, Vec<u8>>,
    findings: Findings,
) -> Checked {
    let trunk = options::trunk(&root);
    presets::expand_pathway(&mut root);
    let mut base = checked(&root, outside, &BTreeMap::new(), known, findings);
    if let (Some(trunk), Some(written)) = (trunk, root.child("options")) {
        let options = options::read(&trunk, written, &mut base, outside);
        base.scenario = base.scenario.map(|it| Scenario { options, ..it });
    }
    base
}

/// Reads and checks a tree alone. `keys` are those of uncertain numbers that it may have copies of.
fn checked(
    root: &Node,
    outside: &Outside<'_>,
    keys: &BTreeMap<Place, String>,
    known: BTreeMap<String, Vec<u8>>,
    findings: Findings,
) -> Checked {
    let unknowns = Unknowns::of(root, outside.quantiles, keys);
    let mut reader = Reader::new(presets::is_always_open(root), outside.files, unknowns);
    reader.findings = findings;
    reader.referred = known;
    let file = reader.table::<file::ScenarioFile>(root, "");
    let mut resolver = Resolver {
        findings: reader.findings,
        ..Resolver::default()
    };
    let read = file.as_ref();
    let scenario = read.map(|file| resolve(file, outside.targets, &mut resolver));
    let mut defaults = resolver.ledger.into_rows(&reader.tables);
    let found = uncertain::in_use(reader.unknowns, &mut defaults);
    let inputs: Vec<UncertainInput> = found.iter().map(|it| it.input.clone()).collect();
    Checked {
        scenario: scenario.map(|it| Scenario {
            defaults,
            uncertainty: Uncertainty {
                inputs,
                ..it.uncertainty
            },
            ..it
        }),
        recommend: read.and_then(|file| file.recommend.peek().cloned()),
        options: read.map_or_else(Vec::new, |file| file.options.items().to_vec()),
        found,
        findings: resolver.findings,
        referred: reader.referred,
    }
}

fn referred_files(referred: BTreeMap<String, Vec<u8>>) -> Vec<ReferredFile> {
    let file = |(name, bytes)| ReferredFile { name, bytes };
    referred.into_iter().map(file).collect()
}
