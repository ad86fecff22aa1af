//! From the file as written to the model as meant, collecting every problem on the way.
//!
//! Where a value was refused, something stands in for it so that the rest can be checked too;
//! nothing that was made so leaves [`super::read`].

mod absence;
mod around;
mod batches;
mod clinics;
mod clock;
mod compare;
mod contacts;
mod contracted;
mod costs;
mod demand;
mod deprivation;
mod ledger;
mod mergers;
mod missed;
mod names;
mod notes;
mod options;
mod posts;
mod practices;
mod rota;
mod service;
mod sharing;
mod size;
mod sources;
mod start;
mod strain;
mod swings;
mod tenure;
mod workers;

pub use ledger::Ledger;
pub use options::{BASE, plans};

use super::checked::Scenario;
use super::file::ScenarioFile;
use super::finding::Findings;

/// What comes up on the way.
#[derive(Debug, Default)]
pub struct Resolver {
    /// Problems.
    pub findings: Findings,
    /// Defaults that were used.
    pub ledger: Ledger,
    /// Things worth a planner's attention.
    pub notes: Vec<String>,
}

/// The scenario that a file describes. Its defaults and files are put in by the caller.
pub fn resolve(file: &ScenarioFile, measures: &[&str], r: &mut Resolver) -> Scenario {
    let (model, compares_feedback) = service::model(file, r);
    let experiment = around::experiment(&file.experiment, r);
    Scenario {
        schema: file.schema.peek().copied().unwrap_or_default(),
        title: file.title.text().unwrap_or_default(),
        question: file.question.text(),
        experiment,
        uncertainty: around::uncertainty(&file.uncertainty, r),
        targets: around::targets(&file.targets, measures, r),
        comparison: compare::comparison(&file.compare, &experiment, measures, r),
        provenance: around::provenance(&file.provenance, r),
        defaults: Vec::new(),
        notes: std::mem::take(&mut r.notes),
        files: Vec::new(),
        options: Vec::new(),
        recommendation: None,
        model,
        compares_feedback,
    }
}
