//! Workers who hold many cases at once, each case alternating contacts with pauses: one worker
//! with every place taken ([`CaseManager`]), and a team that takes cases from one list
//! ([`CaseTeam`]).

mod one;
mod states;
mod team;

pub use one::{CaseManager, ClosedNetwork, mean_value_analysis};
pub use team::{CaseTeam, TeamLoad, Ties};
