//! One replication: a model and a key in, observations out.
//!
//! The engine knows no threads, no files and no averages. It draws random numbers only through
//! [`streams`], moves people only by the transitions of [`simulation`]'s one match, and reports
//! whole numbers ([`observations`]).

pub mod arrivals;
mod assignment;
mod batches;
mod bookings;
mod caseload;
mod clinics;
mod diary;
mod draws;
pub mod event_list;
pub mod events;
mod hours;
pub mod log;
mod mergers;
pub mod observations;
mod parts;
mod pause;
mod peaks;
pub mod plan;
mod reception;
mod register;
mod rota;
mod shifts;
pub mod simulation;
mod start;
mod strain;
pub mod streams;
mod tallies;
mod tenure;
mod volunteers;
mod waiting_list;
mod weeks;
pub mod workforce;

pub use log::{Activity, Entry, Observer, Origin, Unobserved};
pub use observations::Observations;
pub use plan::Plan;
pub use simulation::Simulation;
pub use streams::ReplicationKey;

use crate::model::Model;

/// Runs one replication of `model` and reports what it saw.
#[must_use]
pub fn simulate(model: &Model, key: ReplicationKey) -> Observations {
    let plan = Plan::new(model);
    Simulation::new(&plan, Unobserved).run(key).clone()
}
