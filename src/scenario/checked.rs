//! What reading a scenario gives: the model with everything around it, and what is passed in.

use jiff::civil::Date;

use super::nearest::nearest;
use super::recommend::Recommendation;
use super::resolve::BASE;
use super::uncertain::Uncertainty;
use crate::model::Model;

/// A scenario that was read and checked.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Version of the format of the file.
    pub schema: u64,
    /// What it is, in one line.
    pub title: String,
    /// The question it is to answer.
    pub question: Option<String>,
    /// The service.
    pub model: Model,
    /// How often it is simulated.
    pub experiment: Experiment,
    /// What is not known, and how it is drawn. The model has the values of one draw, the central
    /// ones unless it was read with others.
    pub uncertainty: Uncertainty,
    /// Values that measures should reach, in the order of the file.
    pub targets: Vec<Target>,
    /// How options are held against it.
    pub comparison: Comparison,
    /// Where values are from, in the order of the file.
    pub provenance: Vec<Provenance>,
    /// Defaults that were used because the file does not say, in the order of the reference.
    pub defaults: Vec<DefaultTaken>,
    /// Things worth a planner's attention, as sentences.
    pub notes: Vec<String>,
    /// Whether it is to be run with and without the effects of strain, and the difference told; the
    /// model has them on.
    pub compares_feedback: bool,
    /// Files that the scenario and its options refer to, by name.
    pub files: Vec<ReferredFile>,
    /// Variants of it, in the order of the file.
    pub options: Vec<OptionScenario>,
    /// What may be changed to meet the targets; `None` if the file does not say, and of options.
    pub recommendation: Option<Recommendation>,
}

/// An option of a scenario: another scenario, with the same people and the same time.
#[derive(Clone, Debug)]
pub struct OptionScenario {
    /// Its name, another for each option and never [`BASE`].
    pub name: String,
    /// Pounds a year that it costs more than the scenario itself, below 0 if it saves; `None` if
    /// the file does not say.
    pub cost_pounds_a_year: Option<f64>,
    /// Whether it is a yardstick, something that nobody can choose: compared, never called the best.
    pub what_if: bool,
    /// Positions of the options whose costs add up to its own: of those that it combines, as far as it
    /// says no cost itself, and its own where it says one or changes something itself.
    pub cost_parts: Vec<usize>,
    /// Its changes in words, one after the other: `posts.*.wte = 0.8`.
    pub changes: Vec<String>,
    /// The scenario with these changes. It has no options; its files are among those of the
    /// scenario that it is an option of.
    pub scenario: Box<Scenario>,
}

impl Scenario {
    /// The scenario of the option of this name in place of the scenario itself, with all files; the
    /// scenario as it is for [`BASE`].
    ///
    /// # Errors
    /// When there is no such option: which there are, in words that follow the name.
    pub fn into_option(mut self, name: &str) -> Result<Self, String> {
        if name == BASE {
            return Ok(self);
        }
        let Some(position) = self.options.iter().position(|it| it.name == name) else {
            return Err(self.no_option(name));
        };
        let option = self.options.swap_remove(position);
        Ok(Self {
            files: self.files,
            ..*option.scenario
        })
    }

    fn no_option(&self, name: &str) -> String {
        let names = || self.options.iter().map(|it| it.name.as_str());
        let all: Vec<String> = names().map(|name| format!("\"{name}\"")).collect();
        match (all.is_empty(), nearest(name, names())) {
            (true, _) => "the file has no options".to_owned(),
            (_, Some(meant)) => {
                format!(
                    "there is no such option; did you mean \"{meant}\"? The options are {}",
                    all.join(", ")
                )
            }
            (_, None) => format!(
                "there is no such option; the options are {}",
                all.join(", ")
            ),
        }
    }
}

/// How often the period is simulated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Experiment {
    /// Replications to make, or to make at first when a precision is asked for.
    pub replications: u32,
    /// Where the random numbers begin.
    pub seed: u64,
    /// Relative half-width to reach, between 0 and 1; `None`: no more than `replications`.
    pub precision: Option<f64>,
    /// Replications at most, when a precision is asked for.
    pub max_replications: u32,
}

/// A value that a measure should reach.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// Name of the measure.
    pub measure: String,
    /// The value.
    pub value: f64,
}

/// How options are held against the service as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// Names of measures of the PCN that are chosen; none: the usual ones.
    pub measures: Vec<String>,
    /// How the best is found; `None`: nothing is ranked.
    pub ranking: Option<RankBy>,
    /// Of all intervals of the chosen measures together, and of the ranking: above 0.5 and below 1.
    pub confidence: f64,
    /// Half-width to reach of the 95% interval of the difference, as a share of the base's mean;
    /// `None`: no more than the experiment's replications.
    pub difference_precision: Option<f64>,
    /// Replications of each at most, where more are asked for; at least the experiment's.
    pub budget_replications: u32,
    /// What one more person contacted is worth, in pounds.
    pub pounds_per_extra_person_contacted: Option<f64>,
    /// The measure that says who counts as contacted, one of [`CONTACTED`]; `None` if the file does not
    /// say.
    pub extra_person_contacted: Option<String>,
}

/// Measures that say who counts as contacted, the strictest first.
pub const CONTACTED: [&str; 4] = [
    "contacted_within_7_days",
    "contacted_within_14_days",
    "contacted_within_28_days",
    "share_contacted_ever",
];

/// What the best is the best by.
#[derive(Clone, Debug, PartialEq)]
pub struct RankBy {
    /// Name of the measure, or [`NET_BENEFIT`].
    pub measure: String,
    /// The smallest difference that matters, in the unit of the measure; above 0.
    pub indifference_zone: f64,
}

/// What people contacted in time are worth less what it costs, in pounds a year: no measure of a
/// replication, because it takes a judgement.
pub const NET_BENEFIT: &str = "net_benefit_pounds";

/// Where a value is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Path of the key, perhaps with `*` for every table of an array.
    pub key: String,
    /// Document, person or the word assumption.
    pub source: String,
    /// Date of the source.
    pub date: Option<Date>,
    /// Grade of the evidence, A to D.
    pub grade: Option<char>,
    /// Anything a reader should know.
    pub note: Option<String>,
}

/// A default that was taken because the file does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DefaultTaken {
    /// Path of the key; `posts.*.sickness_share` when all posts took it.
    pub key: String,
    /// The value, as the file would say it.
    pub value: String,
    /// Grade of the evidence, A to D.
    pub grade: char,
    /// Where the value is from.
    pub source: String,
}

/// A file that the scenario refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferredFile {
    /// Name as in the scenario, relative to its folder.
    pub name: String,
    /// Content.
    pub bytes: Vec<u8>,
}

/// A value that overrides the file's: `--set path=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// Path of a key: `posts.0.wte`, `posts."Link worker 1".wte`, `posts.*.wte`.
    pub path: String,
    /// The value in TOML; what is not TOML is taken as text.
    pub value: String,
}

impl Override {
    /// The override in `path=value`, as it follows `--set`. The first `=` outside quotes divides.
    ///
    /// # Errors
    /// When there is no `=`.
    pub fn parse(argument: &str) -> Result<Self, String> {
        let divides = dividing_sign(argument).or_else(|| argument.find('='));
        let at = divides.ok_or("an override is key.path=value, for example posts.0.wte=1.5")?;
        Ok(Self {
            path: argument[..at].trim().to_owned(),
            value: argument[at + 1..].trim().to_owned(),
        })
    }
}

/// The first `=` that is not between quotes.
fn dividing_sign(argument: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in argument.char_indices() {
        match (quote, character) {
            (None, '=') => return Some(at),
            (None, '"' | '\'') => quote = Some(character),
            (Some(open), it) if it == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Where the files come from that a scenario refers to. The library itself opens nothing.
pub trait Files {
    /// The content of the file of this name, relative to the scenario's folder.
    ///
    /// # Errors
    /// Why it cannot be had, in words that follow "cannot be read: ".
    fn read(&self, name: &str) -> Result<Vec<u8>, String>;
}

/// Files that were read before.
impl Files for Vec<ReferredFile> {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        let known = self.iter().find(|file| file.name == name);
        let known = known.map(|file| file.bytes.clone());
        known.ok_or_else(|| "it was not read before".to_owned())
    }
}

/// No files at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl Files for NoFiles {
    fn read(&self, _name: &str) -> Result<Vec<u8>, String> {
        Err("no files are at hand here".to_owned())
    }
}
