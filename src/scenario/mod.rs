//! Text in, checked model out. The only place that knows the format of scenario files.
//!
//! The stages: `door` (bytes to text), `node` (text to a tree with places), `overrides`, `like` and
//! `presets` (which change the tree), `options` (each a changed tree, read like another file), `file` (every key, declared once) read by `reader` and
//! `spec`, and `resolve` (the file as written to the model as meant). Problems are collected in all
//! stages and reported at once. Nothing here opens a file, prints, or knows how a model is simulated.

mod checked;
mod depth;
mod door;
mod empirical;
mod file;
mod finding;
mod keys;
mod kind;
mod like;
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
mod syntax;
mod table;
mod text;
mod words;

pub use checked::{
    DefaultTaken, Experiment, Files, NoFiles, OptionScenario, Override, Provenance, ReferredFile,
    Scenario, Target,
};
pub use door::LARGEST_FILE;
pub use problem::{Problem, ProblemPlace, Problems};
pub use recommend::{Recommendation, Vary};
pub use reference::reference_markdown;
pub use resolve::BASE;
pub use schema::json_schema;

use finding::Findings;
use node::Node;
use reader::Reader;
use resolve::{Resolver, resolve};
use source::Source;
use std::collections::BTreeMap;

/// Reads and checks a scenario.
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
    let text = door::text_of(text).map_err(|it| Problems::of_file(name, &it.what, it.hint))?;
    let source = Source::new(name, text, overrides);
    let mut findings = Findings::default();
    let Some(mut root) = syntax::tree(text, &mut findings) else {
        return Err(findings.into_problems(&source));
    };
    overrides::apply(&mut root, overrides, &mut findings);
    like::apply(&mut root, &mut findings);
    let trunk = options::trunk(&root);
    let written = root.child("recommend").map(|_| root.clone());
    presets::expand_pathway(&mut root);
    let outside = Outside { files, targets };
    let mut base = checked(&root, &outside, BTreeMap::new(), findings);
    let options = match (trunk, root.child("options")) {
        (Some(trunk), Some(written)) => options::read(&trunk, written, &mut base, &outside),
        _ => Vec::new(),
    };
    let recommendation = written.and_then(|written| recommend::read(&written, &mut base, &outside));
    match base.scenario {
        Some(scenario) if base.findings.is_empty() => Ok(Scenario {
            options,
            recommendation,
            files: referred_files(base.referred),
            ..scenario
        }),
        _ => Err(base.findings.into_problems(&source)),
    }
}

/// What a scenario is held against that is not in the file.
struct Outside<'a> {
    files: &'a dyn Files,
    targets: &'a [&'a str],
}

/// A tree as read and checked.
struct Checked {
    /// The scenario, without its options and files: of use only if there are no findings.
    scenario: Option<Scenario>,
    /// The options as written.
    options: Vec<file::OptionTable>,
    /// What may be changed to meet the targets, as written.
    recommend: Option<file::RecommendTable>,
    /// What is wrong.
    findings: Findings,
    /// Files that were read, by name.
    referred: BTreeMap<String, Vec<u8>>,
}

/// Reads and checks a tree; files that are known by name already are not read again.
fn checked(
    root: &Node,
    outside: &Outside<'_>,
    known: BTreeMap<String, Vec<u8>>,
    findings: Findings,
) -> Checked {
    let mut reader = Reader::new(presets::is_always_open(root), outside.files);
    reader.findings = findings;
    reader.referred = known;
    let file = reader.table::<file::ScenarioFile>(root, "");
    let mut resolver = Resolver {
        findings: reader.findings,
        ..Resolver::default()
    };
    let read = file.as_ref();
    let scenario = read.map(|file| resolve(file, outside.targets, &mut resolver));
    let defaults = resolver.ledger.into_rows(&reader.tables);
    Checked {
        scenario: scenario.map(|it| Scenario { defaults, ..it }),
        options: read.map_or_else(Vec::new, |file| file.options.items().to_vec()),
        recommend: read.and_then(|file| file.recommend.peek().cloned()),
        findings: resolver.findings,
        referred: reader.referred,
    }
}

fn referred_files(referred: BTreeMap<String, Vec<u8>>) -> Vec<ReferredFile> {
    let file = |(name, bytes)| ReferredFile { name, bytes };
    referred.into_iter().map(file).collect()
}
