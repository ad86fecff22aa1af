//! Tests of the whole: one module a law, the program as a user meets it.

mod golden;
mod program;
mod reference;
mod scenario;
