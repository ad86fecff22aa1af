//! The pathway of a referral (model, sections 3 to 7) in cases small enough to work out by hand.
//!
//! Every expected log was written from the model's pages before the engine was asked.

mod again;
mod assignment;
mod attempts;
mod away;
mod clinics;
mod clocks;
mod continuity;
mod ending;
mod england;
mod handover;
mod handover_chance;
mod lead_time;
mod loads;
mod measures;
mod missed;
mod never;
mod order;
mod ordinary;
mod overrun;
mod patience;
mod places;
mod rota;
mod sources;
mod start;
mod ties;
mod triage;
