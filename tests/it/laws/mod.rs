//! The laws that the engine always obeys (model, section 10), on random services, and what it must
//! reproduce of the calendar. What it must reproduce of theory is in `verification`.

mod absence;
mod areas;
mod arrivals;
mod availability;
pub mod chance;
mod course;
mod facts;
mod flow;
mod independence;
mod money;
mod monotone;
mod nothing;
mod one_key;
mod options;
mod pairing;
mod parts;
mod people;
mod places;
mod random;
mod rescaling;
mod same_bytes;
pub mod services;
mod time;
mod whereabouts;
mod work;
