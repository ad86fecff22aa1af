//! The pathway of a referral (model, sections 3 to 7) in cases small enough to work out by hand.
//!
//! Every expected log was written from the model's pages before the engine was asked.

mod again;
mod assignment;
mod attempts;
mod away;
mod batches;
mod clinic_days;
mod clinics;
mod clocks;
mod continuity;
mod deprivation;
mod ending;
mod england;
mod handover;
mod handover_chance;
mod hours;
mod lead_time;
mod leaving;
mod loads;
mod measures;
mod mergers;
mod missed;
mod money;
mod never;
mod order;
mod ordinary;
mod overrun;
mod patience;
mod pause;
mod places;
mod rota;
mod sources;
mod start;
mod strain;
mod swings;
mod ties;
mod triage;
mod volunteers;
mod waits;
