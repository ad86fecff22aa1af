//! Tests of the whole: one module a law, the program as a user meets it.

mod analysis;
mod bad_years;
mod cluster;
mod coverage;
mod dice;
mod docs;
mod golden;
mod goodness;
mod import;
mod knife_edges;
mod laws;
mod layers;
mod page;
mod pathway;
mod program;
mod reference;
mod scenario;
mod staffing;
mod support;
mod tools;
mod uncertainty;
mod unsettled;
mod validation;
mod verification;
