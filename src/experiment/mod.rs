//! Many replications: run in parallel, kept in order, summed up.
//!
//! Parallelism is invisible: a replication depends on its key alone, results are put in order
//! before anything is added up, and so the same scenario and seed give the same bytes on any
//! number of threads. This is the only place with threads.

mod differences;
mod drift;
mod equity;
mod estimates;
mod knife_edge;
mod paper;
pub mod recommend;
mod replications;
mod series;

pub use differences::{DifferenceRow, differences};
pub use drift::{Drift, drift};
pub use equity::{EquityGap, equity_gaps};
pub use estimates::{Estimates, SummaryRow};
pub use knife_edge::{Change, KnifeEdge, knife_edges};
pub use paper::PaperLoads;
pub use replications::{Experiment, Replications, Stop, Stopping, run};
pub use series::{CurvePoint, WeekPoint};
