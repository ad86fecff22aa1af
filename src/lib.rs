//! How many link workers are enough?
//!
//! splw-sim simulates NHS social prescribing services: people are referred by the practices of a
//! primary care network, wait for a link worker with a free caseload place, are contacted, seen a
//! number of times and discharged, while leave, sickness and missed appointments go on. It says how
//! long people wait, how many are never seen, how full the caseloads are, and how sure that is.
//!
//! # The way of the data
//!
//! Data only moves down; each arrow is one function, each box one type that can be printed.
//!
//! ```text
//! scenario file  --scenario::read-->            Scenario (with its Model), or every problem at once
//! Model          --engine::Plan::new-->         Plan, shared by all threads
//! Plan, key      --engine::Simulation::run-->   Observations of one replication: whole numbers
//! Observations   --measure::measure-->          values of one replication, with units
//! values         --experiment::run-->           Replications, in order, on any number of threads
//! Replications   --experiment::Estimates::of--> means with intervals
//! all of it      --report-->                    tables, figures, words
//! ```
//!
//! # The rooms
//!
//! - [`model`]: the service as an immutable description.
//! - [`scenario`]: text in, checked model out; the only place that knows the file format.
//! - [`engine`]: one replication.
//! - [`measure`]: what is said of one replication, one definition each.
//! - [`stats`]: estimators on plain numbers.
//! - [`theory`]: closed forms.
//! - `experiment`: many replications; the only place with threads.
//! - `import`: published NHS files in, a scenario file out.
//! - `verification`: systems with known answers, and whether the engine reproduces them.
//! - `report`: what a run leaves behind.
//! - `cli`: the command line; the only place with the terminal.
//!
//! The last five stand behind the default feature `program`; the library without it is what a
//! browser or another language would use.

#[cfg(feature = "program")]
pub mod cli;
pub mod engine;
#[cfg(feature = "program")]
pub mod experiment;
#[cfg(feature = "program")]
pub mod import;
pub mod measure;
pub mod model;
#[cfg(feature = "program")]
pub mod report;
pub mod scenario;
pub mod stats;
pub mod theory;
#[cfg(feature = "program")]
pub mod verification;

#[cfg(test)]
#[path = "../tests/it/goodness.rs"]
mod goodness;
