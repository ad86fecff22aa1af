//! The laws that the engine always obeys (model, section 10), on random services, and what it must
//! reproduce of theory and of the calendar.

mod areas;
mod arrivals;
mod availability;
pub mod chance;
mod closed_forms;
mod facts;
mod flow;
mod independence;
mod monotone;
mod nothing;
mod rescaling;
mod same_bytes;
pub mod services;
mod time;
