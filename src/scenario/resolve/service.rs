//! The service as a whole, in the order in which its parts depend on one another.

use super::{
    Resolver, absence, clinics, clock, contacts, costs, demand, mergers, names, notes, posts,
    practices, size, start, strain,
};
use crate::model::Model;
use crate::scenario::file::ScenarioFile;
use crate::scenario::presets;
use crate::scenario::reader::Field;

/// The model that a file describes, and whether it is to be run with and without the effects of
/// strain.
pub fn model(file: &ScenarioFile, r: &mut Resolver) -> (Model, bool) {
    let clock = clock::clock(file.period.given(), file.start.is_in_file(), r);
    let practice_names = names::of_practices(file.practices.items(), &mut r.findings);
    let demand = demand::demand(file, &clock, &practice_names, r);
    if let Field::Given(pathway) = &file.pathway {
        r.ledger.note(presets::taken_with(pathway.value));
    }
    let (case_types, type_names) = contacts::case_types(file, r);
    let first_contact = contacts::first_contact(&file.first_contact, r);
    let practices = practices::practices(file, &case_types, &type_names, r);
    let mergers = mergers::mergers(file, &clock, &practice_names, r);
    let team = posts::posts(file, &clock, &practices, &practice_names, &type_names, r);
    let lists = start::Lists {
        practices: &practice_names,
        posts: &team,
        case_types: &type_names,
    };
    let start = start::start(&file.start, &lists, r);
    let policy = contacts::policy(file, r);
    let (strain, compares_feedback) = strain::strain(&file.strain, r);
    let costs = costs::costs(file, &clock, &team, r);
    let posts = team.into_workers();
    let absence = absence::absence(&file.absence, &posts, r);
    let closed_days = file
        .period
        .peek()
        .map_or(&[][..], |period| period.closed_days.items());
    let calendar = clock.calendar(closed_days);
    let model = Model {
        period: clock.period,
        calendar,
        practices,
        mergers,
        case_types,
        demand,
        first_contact,
        posts,
        absence,
        policy,
        start,
        strain,
        costs,
    };
    size::check_size(&model, file, r);
    clinics::check_lengths(&model, file, r);
    notes::note_idle(&model, r);
    (model, compares_feedback)
}
