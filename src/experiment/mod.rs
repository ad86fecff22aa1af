//! Many replications: run in parallel, kept in order, summed up.
//!
//! Parallelism is invisible: a replication depends on its key alone, results are put in order
//! before anything is added up, and so the same scenario and seed give the same bytes on any
//! number of threads. This is the only place with threads.

mod bad_years;
pub mod calibrate;
mod course;
mod design;
mod differences;
mod drift;
mod equity;
mod estimates;
mod in_order;
mod kept;
mod knife_edge;
mod many;
mod metamodel;
mod money;
mod paper;
mod precise;
mod ranking;
pub mod recommend;
mod replications;
mod sensitivity;
mod series;
mod spread;
pub mod staffing;
mod targets;
mod uncertainty;
mod unknowns;

pub use bad_years::{BadYear, ONE_IN, bad_years};
pub use course::{Course, Part, course};
pub use design::Design;
pub use differences::{DifferenceRow, DrawsBetter, Family, Side, differences, preference};
pub use drift::{Drift, drift};
pub use equity::{EquityGap, equity_gaps};
pub use estimates::{Estimates, SummaryRow};
pub use knife_edge::{Change, KnifeEdge, knife_edges};
pub use many::{both, side_by_side};
pub use metamodel::{Factor, KeyValues, Metamodel, NoSurface, Surface, Term, Transform, Value};
pub use money::{COST, Cost, CostEffect, Gain, cost_a_year, cost_effect, has_costs, values};
pub use paper::PaperLoads;
pub use precise::{DifferencePrecision, PreciseRuns, until_precise};
pub use ranking::{Ranking, Standing, Values, rank};
pub use replications::{Experiment, Replications, Stop, Stopping, run, run_more};
pub use sensitivity::Sensitivity;
pub use series::{CurvePoint, WeekPoint};
pub use spread::Spread;
pub use targets::{TargetRow, level_of_targets, meets_all, targets_of};
pub use uncertainty::{DrawnModel, Nested, NoDraws, run_draws};
pub use unknowns::{
    Bar, DrawnDifferences, DrawnInput, Tornado, UncertaintyRow, drawn_differences, tornado,
    uncertainty_rows,
};
