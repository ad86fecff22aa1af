//! Tests of the whole: one module a law, the program as a user meets it.

mod bad_years;
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
mod uncertainty;
mod unsettled;
mod validation;
mod verification;
