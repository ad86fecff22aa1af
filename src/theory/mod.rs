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
//! | [`loss`] | one list with a limited number of places |
//! | [`service`], [`single_server`] | services of any kind, by their moments; one server: Pollaczek and Khinchine |
//! | [`fixed_service`], [`clinic`], [`bulk_queue`] | services of one length; clinics with slots at fixed times |
//! | [`phase_type`] | several servers and services made of phases, exactly |
//! | [`renewal_arrivals`] | arrivals more or less regular than a Poisson stream |
//! | [`approximations`] | means and bounds from two moments: Kingman, Allen and Cunneen, Cosmetatos |
//! | [`priorities`] | urgent first: Cobham |
//! | [`feedback`] | people who come back, and who go on: Jackson |
//! | [`case_manager`] | workers with a number of caseload places: one alone (greatest throughput; mean value analysis) or a team with one list |
//! | [`erlang_r`] | cases that return for contacts, without a cap: steady, and under a yearly rate |
//! | [`infinite_server`] | numbers present where nobody waits, under a rate that changes ([`sinusoid`], [`stay`]) |
//! | [`compatibility`] | posts that each serve some practices: dedicated, chained, pooled |
//! | [`pause`] | a list that closes to referrals when it is long |
//! | [`vacancies`] | a team whose posts fall vacant |
//! | [`sharing`] | which pools of demand the posts that serve them cannot carry |
//! | [`capacity`] | hours of a working year, hours of a case, and referrals that these serve |
//! | [`little`] | Little's law: number present, rate and time, each from the two others |

pub mod approximations;
pub mod bulk_queue;
pub mod capacity;
pub mod case_manager;
pub mod clinic;
pub mod compatibility;
pub mod erlang;
pub mod erlang_a;
pub mod erlang_r;
pub mod feedback;
pub mod fixed_service;
pub mod infinite_server;
mod level_chain;
mod linear;
pub mod little;
pub mod loss;
mod max_flow;
pub mod pause;
pub mod phase_type;
pub mod priorities;
mod quasi_birth_death;
pub mod renewal_arrivals;
pub mod service;
pub mod sharing;
pub mod single_server;
pub mod sinusoid;
pub mod stay;
pub mod vacancies;

pub use approximations::{allen_cunneen, cosmetatos, kingman_approximation, kingman_bound};
pub use capacity::{WorkingYear, case_hours, referrals_per_wte, referrals_served};
pub use case_manager::{CaseManager, CaseTeam, ClosedNetwork, TeamLoad, Ties, mean_value_analysis};
pub use clinic::Clinic;
pub use compatibility::{Compatibility, CompatibleWaits};
pub use erlang::{ErlangC, erlang_b};
pub use erlang_a::ErlangA;
pub use erlang_r::{ErlangR, OfferedLoad};
pub use feedback::{Feedback, Station, Tandem, effective_rate};
pub use fixed_service::{constant_service_mean_wait, wait_at_most};
pub use infinite_server::{RateStep, number_under};
pub use little::{WEEKS_PER_GREGORIAN_YEAR, number_present, rate, time_present};
pub use loss::LimitedPlaces;
pub use pause::ReferralPause;
pub use phase_type::{PhaseType, PhaseTypeServers};
pub use priorities::{priority_waits, priority_waits_of_servers};
pub use renewal_arrivals::{Gaps, RenewalArrivals};
pub use service::Service;
pub use sharing::{CriticalLoad, critical_load};
pub use single_server::SingleServer;
pub use sinusoid::Sinusoid;
pub use stay::Stay;
pub use vacancies::{Team, Vacancies};

#[cfg(test)]
mod targets;
