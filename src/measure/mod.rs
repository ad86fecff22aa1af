//! Measures of one replication: one definition each, unit in the name.
//!
//! Every family of measures is one file. A family writes its measures for each scope into a sheet,
//! always the same ones in the same order for one model, so that the columns of a
//! scenario are known before the first replication ([`columns`]) and a replication is one row of
//! values ([`measure`]).

mod caseload;
mod catalogue;
mod contracted;
mod flow;
mod lists;
mod money;
mod sheet;
mod strain;
mod waits;
mod weekly;
mod work;

pub use catalogue::{Better, Measure, Unit, all as all_measures};
pub use contracted::ContractedHours;
pub use sheet::{Column, Scope, Value};
pub use waits::{CURVE_CLOCKS, Curves};
pub use weekly::{WeeklyColumn, weekly, weekly_columns};

use crate::engine::Observations;
use crate::engine::observations::ScopeTally;
use crate::model::{Model, Workload};
use sheet::Sheet;

/// Everything that the measures of a model need besides the observations, worked out once.
#[derive(Clone, Debug)]
pub struct Frame<'m> {
    /// The model.
    pub model: &'m Model,
    /// Expected workload of a referral of each case type.
    pub workloads: Vec<Workload>,
    /// Days of the curves of waits.
    pub curve_days: usize,
}

impl<'m> Frame<'m> {
    /// The frame of `model`; curves reach to the end of the period, at most a year.
    #[must_use]
    pub fn new(model: &'m Model) -> Self {
        let days = model.period.length().days().floor();
        Self {
            model,
            workloads: (0..model.case_types.len())
                .map(|index| Workload::of_type(model, index))
                .collect(),
            curve_days: (days as usize).min(364),
        }
    }

    /// Length of the results collection period in days.
    #[must_use]
    pub fn days(&self) -> f64 {
        self.model.period.length().days()
    }
}

/// The columns of a model's measures.
#[must_use]
pub fn columns(frame: &Frame) -> Vec<Column> {
    let nothing = Observations::new(frame.model);
    let mut sheet = Sheet::with_columns();
    let mut curves = Curves::default();
    fill(frame, &nothing, &mut curves, &mut sheet);
    sheet.into_columns()
}

/// The measures of one replication, in the order of [`columns`], and its curves of waits.
pub fn measure(frame: &Frame, seen: &Observations, curves: &mut Curves) -> Vec<Value> {
    let mut sheet = Sheet::values_only();
    fill(frame, seen, curves, &mut sheet);
    sheet.into_values()
}

/// The name of an entity in the model; "PCN" of the whole. Names of one scope are all different.
#[must_use]
pub fn entity_name(model: &Model, scope: Scope, entity: usize) -> &str {
    match scope {
        Scope::Pcn => "PCN",
        Scope::Practice => &model.practices[entity].name,
        Scope::Post => &model.posts[entity].name,
        Scope::CaseType => &model.case_types[entity].name,
        Scope::Source => &model.demand.sources[entity].name,
    }
}

fn fill<'a>(frame: &Frame, seen: &'a Observations, curves: &mut Curves, sheet: &mut Sheet) {
    let summaries = waits::Summaries::new(frame, seen, curves);
    let of = |scope: Scope, tallies: &'a [ScopeTally]| {
        let numbered = tallies.iter().enumerate();
        numbered.map(move |(entity, tally)| (scope, entity, tally))
    };
    let scopes = std::iter::once((Scope::Pcn, 0, &seen.pcn))
        .chain(of(Scope::Practice, &seen.practices))
        .chain(of(Scope::CaseType, &seen.case_types))
        .chain(of(Scope::Source, &seen.sources));
    for (scope, entity, tally) in scopes {
        sheet.turn_to(scope, entity);
        flow::of_scope(scope, tally, sheet);
        summaries.of_scope(frame, scope, entity, tally, sheet);
        lists::of_scope(frame, scope, tally, sheet);
        caseload::of_scope(frame, scope, seen, tally, sheet);
        work::of_scope(frame, scope, seen, tally, sheet);
        if scope == Scope::Pcn {
            strain::of_pcn(seen, sheet);
            money::of_pcn(frame, seen, sheet);
        }
    }
    for (entity, tally) in seen.posts.iter().enumerate() {
        sheet.turn_to(Scope::Post, entity);
        flow::of_post(tally, sheet);
        waits::of_post(tally, sheet);
        caseload::of_post(frame, entity, tally, sheet);
        work::of_post(frame, tally, sheet);
        strain::of_post(tally, sheet);
        money::of_post(frame, entity, tally, sheet);
    }
}
