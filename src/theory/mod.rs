//! Closed forms: what queueing theory says a service does, without simulating it.
//!
//! For checks (the engine must reproduce these when configured down to them) and for first
//! answers. Everything is a rate, a probability, a mean or a number of people on plain `f64`s;
//! nothing else of this crate is imported. Rates and times are in any one unit of time, named by the
//! caller, unless a name says otherwise. What has no finite answer is `None` or infinite, as each
//! item says.
//!
//! | file | model |
//! | --- | --- |
//! | [`erlang`], [`erlang_a`] | one list and several servers: Erlang B (loss) and C (waiting); A (impatience) |
//! | [`case_manager`] | one worker with a number of caseload places: greatest throughput; mean value analysis |
//! | [`sharing`] | which pools of demand the posts that serve them cannot carry |
//! | [`little`] | Little's law: number present, rate and time, each from the two others |

pub mod case_manager;
pub mod erlang;
pub mod erlang_a;
pub mod little;
mod max_flow;
pub mod sharing;

pub use case_manager::{CaseManager, ClosedNetwork, mean_value_analysis};
pub use erlang::{ErlangC, erlang_b};
pub use erlang_a::ErlangA;
pub use little::{WEEKS_PER_GREGORIAN_YEAR, number_present, rate, time_present};
pub use sharing::{CriticalLoad, critical_load};

#[cfg(test)]
mod targets;
