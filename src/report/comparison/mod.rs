//! What a commissioner reads of options: how much, compared with what, how sure, and what it rests
//! on. First one sentence, then a table for each chosen measure, then money, the best, and what to be
//! careful of.

mod besides;
mod cautions;
mod dated;
mod forest;
mod headline;
mod json;
pub(super) mod money;
mod plane;
mod ranking;
mod table;
pub(super) mod targets;
mod unknowns;
pub mod words;

pub use forest::forest;
pub use json::json;
pub use plane::plane;
pub use unknowns::DrawnComparison;

use super::Story;
use super::number::grouped;
use super::prose::{paragraph, wrapped};
use super::tables::Variant;
use crate::experiment::{CostEffect, DifferenceRow, Family, Gain, Ranking, TargetRow};
use crate::measure::Scope;
use crate::stats::Progress;

/// The service as it is, its options, and how they differ.
pub struct Comparison<'a> {
    /// Title, question, targets and assumptions.
    pub story: &'a Story,
    /// The service as it is.
    pub base: Variant<'a>,
    /// The options, in the order of the file.
    pub options: &'a [Compared<'a>],
    /// The intervals that hold together.
    pub family: &'a Family,
    /// What the service as it is reaches of each target of the file.
    pub base_targets: &'a [TargetRow],
    /// Who counts as contacted where money is told: in time, or ever.
    pub counted: Gain,
    /// What one more person contacted is worth in pounds, if the file says.
    pub worth: Option<f64>,
    /// What draws of uncertain inputs gave; `None` where there are none.
    pub drawn: Option<DrawnComparison<'a>>,
    /// The search for the best, if there was one: by what, the zone, and what it came to.
    pub ranking: Option<Ranked<'a>>,
    /// Half-width that was asked for of which measure, where the differences said how long to go on.
    pub asked: Option<(&'a str, Option<f64>)>,
    /// Whether everything is simulated with the effects of strain, which the file asks to see with
    /// and without.
    pub with_strain: bool,
}

/// One option.
pub struct Compared<'a> {
    /// Name, model and results.
    pub variant: Variant<'a>,
    /// What it changes, in words.
    pub changes: &'a [String],
    /// How it differs from the base.
    pub rows: Vec<DifferenceRow>,
    /// What it costs and gains; nothing where its cost is not known.
    pub money: Vec<CostEffect>,
    /// Whether all of its cost is known.
    pub has_cost: bool,
    /// From where its cost is known.
    pub cost: CostTold<'a>,
    /// How it ended, where the differences said how long to go on.
    pub ended: Option<Progress>,
    /// Whether it is a yardstick, not a choice.
    pub what_if: bool,
    /// What it reaches of each target.
    pub targets: Vec<TargetRow>,
}

/// From where the cost of an option is known.
#[derive(Clone, Debug)]
pub struct CostTold<'a> {
    /// Pounds a year that the file says outright, for it or for options that it combines.
    pub outright: Option<f64>,
    /// Pounds a year that the file says of the option itself.
    pub says: Option<f64>,
    /// Pounds a year that its posts cost more than the base's on average, where the file says what posts
    /// cost.
    pub by_posts: Option<f64>,
    /// The options whose costs add up to its own.
    pub parts: Vec<&'a str>,
    /// Those of them of which nothing is known.
    pub unknown: Vec<&'a str>,
}

/// A search for the best.
#[derive(Clone, Copy, Debug)]
pub struct Ranked<'a> {
    /// Name of the measure.
    pub measure: &'a str,
    /// The smallest difference that matters.
    pub zone: f64,
    /// What came out; `None` where the measure is not defined in every replication.
    pub outcome: Option<&'a Ranking>,
}

impl<'a> Comparison<'a> {
    /// The base, then the options.
    #[must_use]
    pub fn variants(&self) -> Vec<Variant<'a>> {
        let options = self.options.iter().map(|it| it.variant);
        std::iter::once(self.base).chain(options).collect()
    }
}

impl Comparison<'_> {
    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        let tables = self.family.measures.iter().map(|it| self.table(it));
        let evidence = [
            self.what_they_change(),
            self.targets(),
            format!("\n{}", paragraph(&self.how_to_read())),
            tables.collect(),
            self.what_it_depends_on()
                .map_or(String::new(), |it| format!("\n{}", paragraph(&it))),
            self.money(),
            self.best(),
        ];
        self.story
            .told(&self.sentences(), &evidence.concat(), &self.cautions())
    }

    /// Each option by its number: what it changes.
    fn what_they_change(&self) -> String {
        let mut text = String::from("\nThe options\n");
        for (at, option) in self.options.iter().enumerate() {
            let (changes, more) = option.changes.split_at(option.changes.len().min(4));
            let more = match more.len() {
                0 => String::new(),
                many => format!("; and {many} more"),
            };
            let changes = changes.join("; ");
            let yardstick = match option.what_if {
                true => " (a yardstick, not a choice)",
                false => "",
            };
            let mut said = format!("{}{yardstick}: {changes}{more}.", option.variant.option);
            if option.changes_nothing() {
                said += " It changes nothing: in every run all is as it was.";
            }
            text += &wrapped(&format!("  {} ", at + 1), &said);
        }
        text
    }

    /// What the intervals of the tables are, before the first of them.
    pub(in crate::report) fn how_to_read(&self) -> String {
        let family = self.family;
        if let Some(design) = self.draws() {
            return format!(
                "8 in 10 draws: of {} draws of what is not known, one in ten has a smaller and one in ten a larger \
                 difference; the chance of the {} runs of each draw is taken out, and where that leaves \
                 nothing it says so. Better in: draws in which the option is better on average, not those in which it is the same. Intervals of the difference \
                 averaged over all draws are in differences.csv.",
                grouped(design.draws as f64, 0),
                design.replications
            );
        }
        format!(
            "In the tables below all {} intervals hold at once with {} confidence ({} {}, {} {}; widened for that by \
             Bonferroni's rule). differences.csv has narrower ones that hold one by one (95%), of every measure, and how \
             much it helped to run in pairs.",
            family.intervals(),
            words::confidence(family.confidence),
            family.measures.len(),
            plural(family.measures.len(), "measure"),
            family.options,
            plural(family.options, "option"),
        )
    }

    /// Pairs of runs, in words: "200 pairs of runs", or from how many to how many.
    fn pairs(&self) -> String {
        let counts = || {
            self.options
                .iter()
                .map(|it| it.variant.replications.count())
        };
        let (least, most) = (
            counts().min().unwrap_or_default(),
            counts().max().unwrap_or_default(),
        );
        match least == most {
            true => format!("{} {}", grouped(most as f64, 0), plural(most, "pair")),
            false => format!(
                "{} to {} pairs",
                grouped(least as f64, 0),
                grouped(most as f64, 0)
            ),
        }
    }

    /// The mean of a measure of the PCN as it is, where it is told.
    pub(in crate::report) fn base_mean(&self, measure: &str) -> Option<f64> {
        self.base.estimates.of_pcn(measure)?.mean()
    }
}

impl Compared<'_> {
    /// Whether not one measure is different in one run.
    pub(in crate::report) fn changes_nothing(&self) -> bool {
        let mut told = self.rows.iter().filter_map(|row| row.estimate);
        let is_nothing = |it: crate::stats::Estimate| {
            it.mean.abs() <= 0.0 && it.sd.is_none_or(|sd| sd.abs() <= 0.0)
        };
        self.rows.iter().any(|row| row.n > 0) && told.all(is_nothing)
    }

    /// The difference of a measure of the PCN.
    #[must_use]
    pub fn row(&self, measure: &str) -> Option<&DifferenceRow> {
        let mut rows = self.rows.iter();
        rows.find(|row| row.column.scope == Scope::Pcn && row.column.measure.name == measure)
    }
}

/// "option" or "options".
fn plural(number: usize, what: &str) -> String {
    match number {
        1 => what.to_owned(),
        _ => format!("{what}s"),
    }
}
