//! From the file as written to the model as meant, collecting every problem on the way.
//!
//! Where a value was refused, something stands in for it so that the rest can be checked too;
//! nothing that was made so leaves [`super::read`].

mod around;
mod clock;
mod contacts;
mod demand;
mod ledger;
mod names;
mod places;
mod posts;
mod sharing;
mod start;

pub use ledger::Ledger;

use super::checked::Scenario;
use super::file::ScenarioFile;
use super::finding::Findings;
use super::presets;
use super::reader::Field;
use crate::model::{Model, Post};

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
    let model = model(file, r);
    Scenario {
        schema: file.schema.peek().copied().unwrap_or_default(),
        title: file.title.given().map(|it| it.value.value.clone()).unwrap_or_default(),
        question: file.question.given().map(|it| it.value.value.clone()),
        experiment: around::experiment(&file.experiment, r),
        targets: around::targets(&file.targets, measures, r),
        provenance: around::provenance(&file.provenance, r),
        defaults: Vec::new(),
        notes: std::mem::take(&mut r.notes),
        files: Vec::new(),
        model,
    }
}

fn model(file: &ScenarioFile, r: &mut Resolver) -> Model {
    let clock = clock::clock(file.period.given(), file.start.is_in_file(), r);
    let practice_names = names::of_practices(file.practices.items(), &mut r.findings);
    let demand = demand::demand(file, &clock, &practice_names, r);
    if let Field::Given(pathway) = &file.pathway {
        r.ledger.note(presets::taken_with(pathway.value));
    }
    let (case_types, type_names) = contacts::case_types(file, r);
    let first_contact = contacts::first_contact(&file.first_contact, r);
    let practices = places::practices(file, &case_types, &type_names, r);
    let team = posts::posts(file, &clock, &practices, &practice_names, r);
    let lists = start::Lists {
        practices: &practice_names,
        posts: &team,
        case_types: &type_names,
    };
    let start = start::start(&file.start, &lists, r);
    let policy = contacts::policy(file, r);
    let closed_days = file.period.peek().map_or(&[][..], |period| period.closed_days.items());
    let calendar = clock.calendar(closed_days);
    let model = Model {
        period: clock.period,
        calendar,
        practices,
        case_types,
        demand,
        first_contact,
        posts: team.into_workers(),
        policy,
        start,
    };
    demand::check_size(&model, file, r);
    note_idle(&model, r);
    model
}

/// Notes practices that nobody serves and posts that serve nobody.
fn note_idle(model: &Model, r: &mut Resolver) {
    if model.posts.is_empty() {
        r.notes.push("There are no posts: nobody is ever contacted.".to_owned());
        return;
    }
    let mut is_served = vec![false; model.practices.len()];
    for practice in model.posts.iter().flat_map(|post| &post.serves) {
        if let Some(served) = is_served.get_mut(practice.index()) {
            *served = true;
        }
    }
    let unserved = model.practices.iter().zip(&is_served).filter(|(_, served)| !**served);
    let unserved: Vec<&str> = unserved.map(|(practice, _)| practice.name.as_str()).collect();
    if !unserved.is_empty() {
        r.notes.push(format!("No post serves {}: their people are never contacted.", listed(&unserved)));
    }
    let serves_nobody = |post: &&Post| post.serves.is_empty();
    let idle: Vec<&str> = model.posts.iter().filter(serves_nobody).map(|post| post.name.as_str()).collect();
    if !idle.is_empty() {
        r.notes.push(format!("No practice is served by {}: no work will come.", listed(&idle)));
    }
}

/// Names in a sentence, the first few if there are many.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 5;
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}
