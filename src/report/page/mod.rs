//! `report.html`: one page that answers the question, shows the evidence and says what it rests on.
//!
//! One file that asks nothing of any network, opens on a locked-down laptop, prints on A4 and works
//! without script, with the keyboard and with a screen reader. It estimates nothing: every number is
//! one of the tables beside it, rounded as on the terminal, and carries the exact value and where in
//! the tables it stands (`data-` attributes), so that a test can hold page and files together.
//!
//! | to change | open |
//! | --- | --- |
//! | what the page of a command holds | `run`, `compare`, `recommend`, `sweep` (its tables: `study_tables`) |
//! | the numbers behind figures | `behind` |
//! | the service as a whole, by practice, post and case type; who loses; what it costs | `overall`, `service`, `losing`, `money` |
//! | what it rests on, how far to trust it, how to run it again | `rests`, `trust`, `again` |
//! | the STRESS-DES checklist | `checklist` (what is said), `stress` (how it is written) |
//! | how parts become HTML | `markup`, `table`, `figure`, `whole` |
//! | how it looks, what the script does | `page.css`, `page.js` |

mod again;
mod behind;
mod checklist;
mod compare;
mod figure;
mod lead;
mod losing;
mod markup;
mod money;
mod overall;
mod policy;
mod recommend;
mod rests;
mod run;
mod service;
pub mod stress;
mod study_tables;
mod sweep;
mod table;
mod trust;
mod whole;

pub use compare::of_comparison;
pub use recommend::{RecommendTold, of_recommendation};
pub use run::{RunTold, of_run};
pub use sweep::{SweepTold, of_sweep};
pub use whole::{Page, Saved};

use super::manifest::Manifest;

/// The name of a figure and its SVG.
pub type Drawing = (String, String);

/// What the page says of the scenario and the run besides the results, in plain rows.
#[derive(Clone, Debug)]
pub struct About<'a> {
    /// What was run.
    pub manifest: &'a Manifest,
    /// Every input with its value and where it is from.
    pub inputs: Vec<InputRow>,
    /// What the option that was run changes, in words; nothing for the service as it is.
    pub changes: Vec<String>,
    /// Uncertain inputs: key, central value, 10% and 90% point.
    pub uncertain: Vec<(String, [f64; 3])>,
    /// The figures, in the order of the folder.
    pub figures: &'a [Drawing],
}

/// An input of the scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputRow {
    /// Its key, with `*` for every table of an array.
    pub key: String,
    /// Its value, as a file says it.
    pub value: String,
    /// The value in short, where it is a long list.
    pub summary: Option<String>,
    /// Who gave it.
    pub origin: Origin,
    /// Where the value is from, if anything says.
    pub source: String,
    /// Date of the source, if anything says.
    pub date: String,
    /// Grade of the evidence, if anything says.
    pub grade: Option<char>,
}

/// Who gave an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The scenario file.
    File,
    /// The command line, in place of what the file says.
    CommandLine,
    /// Nobody: the default of the program was filled in.
    Default,
}

impl Origin {
    /// As tables say it.
    const fn words(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::CommandLine => "command line",
            Self::Default => "default",
        }
    }
}
