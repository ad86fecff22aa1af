//! Text in, checked model out. The only place that knows the format of scenario files.
//!
//! The stages: `door` (bytes to text), `node` (text to a tree with places), `overrides`, `like` and
//! `presets` (which change the tree), `file` (every key, declared once) read by `reader` and
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
mod overrides;
mod path;
mod presence;
mod presets;
mod problem;
mod ranges;
mod reader;
mod reference;
mod resolve;
mod schema;
mod source;
mod spec;
mod syntax;
mod table;
mod text;
mod words;

pub use checked::{
    DefaultTaken, Experiment, Files, NoFiles, Override, Provenance, ReferredFile, Scenario, Target,
};
pub use door::LARGEST_FILE;
pub use problem::{Problem, ProblemPlace, Problems};
pub use reference::reference_markdown;
pub use schema::json_schema;

use finding::Findings;
use node::Node;
use reader::Reader;
use resolve::{Resolver, resolve};
use source::Source;

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
    let root = match syntax::tree(text, &mut findings) {
        Some(mut root) => {
            overrides::apply(&mut root, overrides, &mut findings);
            presets::expand_pathway(&mut root);
            like::apply(&mut root, &mut findings);
            root
        }
        None => return Err(findings.into_problems(&source)),
    };
    checked_scenario(&root, files, targets, findings).map_err(|it| it.into_problems(&source))
}

fn checked_scenario(
    root: &Node,
    files: &dyn Files,
    targets: &[&str],
    findings: Findings,
) -> Result<Scenario, Findings> {
    let calendar = root
        .child("period")
        .and_then(|period| period.child("calendar"));
    let always_open = calendar.and_then(Node::text) == Some("always-open");
    let mut reader = Reader::new(always_open, files);
    reader.findings = findings;
    let Some(file) = reader.table::<file::ScenarioFile>(root, "") else {
        return Err(reader.findings);
    };
    let mut resolver = Resolver {
        findings: reader.findings,
        ..Resolver::default()
    };
    let mut scenario = resolve(&file, targets, &mut resolver);
    if !resolver.findings.is_empty() {
        return Err(resolver.findings);
    }
    scenario.defaults = resolver.ledger.into_rows(&reader.tables);
    let referred = reader.referred.into_iter();
    scenario.files = referred
        .map(|(name, bytes)| ReferredFile { name, bytes })
        .collect();
    Ok(scenario)
}
