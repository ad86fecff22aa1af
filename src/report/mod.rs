//! What a run leaves behind: tables, figures, a manifest, and words for the terminal.
//!
//! Everything here turns results that exist into bytes or text; nothing simulates or estimates.

pub mod answer;
mod apart;
pub mod batch;
pub mod calibration;
pub mod columnar;
pub mod comparison;
pub mod costs;
pub mod figures;
pub mod folder;
pub mod manifest;
mod number;
pub mod options;
pub mod page;
pub mod paper;
pub mod plain;
pub mod plots;
pub mod prose;
pub mod recommendation;
pub mod sweep;
pub mod tables;
pub mod trace;
pub mod unknowns;
pub mod verification;
pub mod workbook;
pub mod year;

pub use crate::measure::entity_name;
use prose::{bullet, paragraph, wrapped};

/// What a reader should know of a scenario besides its model.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Title of the scenario.
    pub title: String,
    /// The question that it asks.
    pub question: Option<String>,
    /// Targets: measure of the PCN and value.
    pub targets: Vec<(String, f64)>,
    /// Inputs of the file that it grades D.
    pub assumptions: Vec<String>,
    /// Defaults graded D that were filled in.
    pub assumed_defaults: usize,
    /// What the reader of the scenario file noticed.
    pub notes: Vec<String>,
}

impl Story {
    /// An answer as the terminal shows it: title and question, what it says in `sentences`, the
    /// tables of `evidence` and, one by one, the `cautions`.
    fn told(&self, sentences: &[String], evidence: &str, cautions: &[String]) -> String {
        let mut text = wrapped("", &self.title);
        if let Some(question) = &self.question {
            text += &wrapped("", question);
        }
        text += "\n";
        for sentence in sentences {
            text += &paragraph(sentence);
        }
        text += evidence;
        text += "\nBe careful\n";
        for caution in cautions {
            text += &bullet(caution);
        }
        text
    }

    /// How many inputs nobody has measured, as the end of a clause about inputs; nothing where all
    /// have been.
    fn unmeasured(&self) -> String {
        match self.assumptions.len() + self.assumed_defaults {
            0 => String::new(),
            many => format!(
                ", of which {} nobody has measured (`splw-sim check` lists them)",
                number::counted(many, "input")
            ),
        }
    }
}
