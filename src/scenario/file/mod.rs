//! The scenario file as written: every table and key, with its meaning, unit, range and default.
//!
//! This is the one place where keys are declared; the reader, the JSON Schema and the reference all
//! come from it. What a key means for the simulation is decided in `resolve`.

mod absence;
mod calibrate;
mod compare;
mod contacts;
mod costs;
mod demand;
mod distribution;
#[cfg(feature = "program")]
pub mod editing;
mod forms;
mod mergers;
mod options;
mod period;
mod places;
mod recommend;
mod root;
mod start;
mod strain;
mod study;
#[cfg(feature = "program")]
pub mod writing;

pub use absence::{AbsenceTable, ProtectedTimeTable};
pub use calibrate::{CalibrateTable, CalibrateVaryTable, CalibrationFile, ObservedTable};
pub use compare::CompareTable;
pub use contacts::{CaseTypeTable, FirstContactTable, MissedStep, WaitingList};
pub use costs::{CostsTable, ReimbursementTable};
pub use demand::{BatchTable, DemandTable, DeprivationTable, RampTable, ShockTable, SourceTable};
pub use distribution::DistributionSpec;
pub use forms::Forms;
pub use mergers::MergerTable;
pub use options::OptionTable;
pub use period::{ExperimentTable, MOST_DAYS, PeriodTable, ProvenanceTable, UncertaintyTable};
pub use places::{ClinicTable, Hours, PostTable, PracticeTable, RotaTable};
pub use recommend::{RecommendTable, VaryTable};
pub use root::{MOST_POSTS, MOST_PRACTICES, PATHWAYS, Pathway, ScenarioFile, Sharing};
pub use start::{OpenTable, StartTable, WaitingTable};
pub use strain::{FeedbackWord, StrainTable};
pub use study::{DesignWord, MOST_POINTS, StudyFile, SweepTable, SweepVaryTable};
