//! Proof against closed forms: systems whose answers theory knows, run as any scenario is run.
//!
//! Each [`System`] is a scenario file of `scenarios/verification/`, read by the reader of scenario
//! files with overrides as `--set` takes them, simulated by the engine and measured like any other;
//! nothing here reaches into the engine. Its [`Point`]s say which measure equals what, the
//! value coming from `theory`. Verdicts are simultaneous: all of them together are wrong with
//! probability [`FAMILY_ALPHA`] at most if the engine is right (Bonferroni), and an interval that is
//! too wide proves nothing and is said to be so.
//!
//! What this proves and what not is told in `docs/verification.md`.

mod point;
mod proof;
mod system;
mod systems;

pub use point::{Point, Reading, Row};
pub use proof::{Finding, Form, Proof, SystemProof, Verdict, prove};
pub use system::{FIRST_SEED, System};
pub use systems::all as all_systems;

/// Probability, if the engine is right, that any verdict at all is against it.
pub const FAMILY_ALPHA: f64 = 0.001;
