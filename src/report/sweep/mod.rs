//! A study: a scenario at many points, a row for each point and measure.
//!
//! What came of a point is kept as the cells of its rows, in a journal that grows as points finish;
//! tables and words are made from that, so that points of an earlier go, or of another machine, are
//! told like those just run. Nothing here simulates or estimates.
//!
//! | to change | open |
//! | --- | --- |
//! | what is kept of a point, `sweep.csv`, `points.csv` | this file |
//! | what stays after a stop | `journal`, `folder` |
//! | parts run apart | `shards` |
//! | `sensitivity.csv`, `metamodel.csv` | `sensitivity`, `metamodel` |
//! | which figures there are and what they show | `figures` (numbers), `grid` (where points are one), `target` |
//! | words | `words`; of the page `report::page::sweep` |

mod figures;
mod folder;
mod grid;
mod journal;
mod metamodel;
mod sensitivity;
mod shards;
mod target;
mod words;

pub(super) use figures::short;
pub use folder::SweepFolder;
pub(super) use grid::Grid;
pub(super) use metamodel::{CONSTANT, Metamodels, number, off, said};
pub(super) use sensitivity::{is_too_much, ranked, surest};

pub use journal::Journal;
pub use shards::{Parts, ShardError, join_shards};

use super::columnar::{About, Columnar, Field};
use super::manifest::Manifest;
use super::number::{for_file, optional_for_file};
use super::tables::Table;
use crate::experiment::{Estimates, Spread};
use crate::measure::{Measure, Scope, all_measures};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{Result, Write};

/// Measures of the PCN that are kept where a study names none; points are told by the first.
pub const USUAL_MEASURES: [&str; 14] = [
    "contacted_within_28_days",
    "contacted_within_14_days",
    "share_contacted_ever",
    "wait_to_first_contact_days_mean",
    "wait_to_first_contact_days_p90",
    "waiting_list_mean",
    "first_contacts",
    "lapsed",
    "caseload_mean",
    "cases_a_year_per_wte",
    "utilisation",
    "hours_load",
    "places_load",
    "strain_mean",
];

/// Columns of `sweep.csv` after those of the keys.
const MEASURED: [&str; 11] = [
    "scope",
    "name",
    "measure",
    "unit",
    "n",
    "mean",
    "ci95_low",
    "ci95_high",
    "p10",
    "p50",
    "p90",
];

/// Cells of a row that are of the point: n, mean, both ends of its interval, p10, p50, p90.
const CELLS: usize = 7;

/// What a study is, without its results.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Title of its scenario.
    pub title: String,
    /// Its design in words: `a grid`.
    pub design: String,
    /// How its points are spread; `None` of a grid and of points from a file.
    pub spread: Option<Spread>,
    /// Base seed, of points and replications.
    pub seed: u64,
    /// Paths of the keys that vary.
    pub keys: Vec<String>,
    /// Points in all.
    pub points: usize,
    /// Replications of each.
    pub replications: u64,
    /// Whether each point has random numbers of its own.
    pub is_independent: bool,
    /// Names of the measures kept.
    pub measures: Vec<String>,
    /// Uncertain inputs of the scenario, which have their central values.
    pub uncertain: usize,
    /// Which part of how many, from 1; `None` for the whole.
    pub shard: Option<(usize, usize)>,
}

impl Facts {
    /// Whether a point, numbered from 0, belongs to this part.
    #[must_use]
    pub fn holds(&self, point: usize) -> bool {
        self.shard
            .is_none_or(|(part, parts)| point % parts == part - 1)
    }

    /// Points of this part.
    #[must_use]
    pub fn own_points(&self) -> usize {
        (0..self.points).filter(|point| self.holds(*point)).count()
    }
}

/// What came of a point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Number of the point, from 0.
    pub point: usize,
    /// Events simulated.
    pub events: u64,
    /// For each measure the cells of its row, as the table has them.
    rows: Vec<[String; CELLS]>,
}

impl Done {
    /// What came of a point, of which these measures are kept; empty where the model has no such
    /// measure.
    #[must_use]
    pub fn of((point, events): (usize, u64), estimates: &Estimates, measures: &[String]) -> Self {
        let row = |measure: &String| {
            let Some(row) = estimates.of_pcn(measure) else {
                let mut cells = [const { String::new() }; CELLS];
                cells[0] = "0".to_owned();
                return cells;
            };
            let end = |end: fn(&crate::stats::Estimate) -> Option<f64>| {
                optional_for_file(row.estimate.as_ref().and_then(end))
            };
            let spread = |index: usize| {
                row.spread
                    .map_or_else(String::new, |it| for_file(it[index]))
            };
            [
                row.n.to_string(),
                optional_for_file(row.mean()),
                end(|it| it.low),
                end(|it| it.high),
                spread(0),
                spread(1),
                spread(2),
            ]
        };
        Self {
            point,
            events,
            rows: measures.iter().map(row).collect(),
        }
    }

    /// A point with these means, and nothing else known of it.
    #[cfg(test)]
    fn with_means(point: usize, means: &[f64]) -> Self {
        let row = |mean: &f64| {
            let mut cells = [const { String::new() }; CELLS];
            cells[1] = for_file(*mean);
            cells
        };
        Self {
            point,
            events: 0,
            rows: means.iter().map(row).collect(),
        }
    }

    /// Mean of a measure by its position, with its interval where it has one.
    pub(super) fn measured(&self, measure: usize) -> Option<(f64, Option<(f64, f64)>)> {
        let cells = self.rows.get(measure)?;
        let number = |index: usize| cells[index].parse::<f64>().ok();
        Some((number(1)?, number(2).zip(number(3))))
    }

    /// The 10% and 90% points of a measure over single runs.
    pub(super) fn spread(&self, measure: usize) -> Option<[f64; 2]> {
        let cells = self.rows.get(measure)?;
        Some([cells[4].parse().ok()?, cells[6].parse().ok()?])
    }
}

/// A study with what came of it so far.
#[derive(Debug)]
pub struct Sweep<'a> {
    /// What it is.
    pub facts: &'a Facts,
    /// Of every point the value of each key, as written.
    pub values: &'a [Vec<String>],
    /// Of walks where every point lies once its values are rounded to what the keys may have, each from 0 to
    /// 1 of the way from one end to the other; empty of other designs.
    pub realised: &'a [Vec<f64>],
    /// What came of points, by number.
    pub done: &'a BTreeMap<usize, Done>,
}

impl Sweep<'_> {
    /// Whether all points of this part are done.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.done.len() == self.facts.own_points()
    }

    /// Whether all points of the whole study are done, not of a part alone.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.facts.shard.is_none() && self.is_complete()
    }

    /// Whether the design is for what results depend on.
    #[must_use]
    pub fn is_for_sensitivity(&self) -> bool {
        self.facts.spread.is_some_and(|it| it.is_for_sensitivity())
    }

    /// Events simulated.
    #[must_use]
    pub fn events(&self) -> u64 {
        self.done.values().map(|done| done.events).sum()
    }

    /// `points.csv`: a row for each point, numbered from 1, whether it belongs to this part or not.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_points(&self, into: impl Write) -> Result<()> {
        let keys = self.facts.keys.iter().map(String::as_str);
        let mut table = Table::headed(into, std::iter::once("point").chain(keys))?;
        for (point, values) in self.values.iter().enumerate() {
            let number = (point + 1).to_string();
            let values = values.iter().map(String::as_str);
            table.row(std::iter::once(number.as_str()).chain(values))?;
        }
        table.end()
    }

    /// `sweep.csv`: a row for each point and measure, of the points that are done.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_sweep(&self, into: impl Write) -> Result<()> {
        let keys = self.facts.keys.iter().map(String::as_str);
        let header = std::iter::once("point").chain(keys).chain(MEASURED);
        let mut table = Table::headed(into, header)?;
        self.each_row(|cells| table.row(cells.iter().copied()))?;
        table.end()
    }

    /// `sweep.parquet`: the rows of `sweep.csv` in columns.
    fn write_sweep_in_columns(&self, into: impl Write + Send, manifest: &Manifest) -> Result<()> {
        let measures = self.facts.measures.iter().map(String::as_str);
        let units = measures.map(|name| (name, unit_of(name))).collect();
        let mut table = Columnar::begin(into, &self.fields(), &About::of(manifest, units))?;
        self.each_row(|cells| table.row(cells.iter().copied()))?;
        table.end()
    }

    /// Hands on the cells of each row of `sweep.csv`.
    fn each_row(&self, mut take: impl FnMut(&[&str]) -> Result<()>) -> Result<()> {
        for (point, done) in self.done {
            let number = (point + 1).to_string();
            for (name, cells) in self.facts.measures.iter().zip(&done.rows) {
                let mut row = vec![number.as_str()];
                row.extend(self.values[*point].iter().map(String::as_str));
                row.extend([Scope::Pcn.name(), "PCN", name, unit_of(name)]);
                row.extend(cells.iter().map(String::as_str));
                take(&row)?;
            }
        }
        Ok(())
    }

    /// The columns of `sweep.csv` and what stands in them: of a key numbers if it has them at every point, else
    /// words.
    fn fields(&self) -> Vec<Field> {
        let values = |key: usize| self.values.iter().map(move |values| values[key].as_str());
        let keys = self.facts.keys.iter().enumerate();
        let keys = keys.map(|(at, key)| Field::of_key(key, values(at)));
        let begin = std::iter::once(Field::usual("point"));
        begin
            .chain(keys)
            .chain(MEASURED.map(Field::usual))
            .collect()
    }

    /// The whole of `journal.txt`, points in their order.
    #[must_use]
    pub fn journal(&self) -> String {
        let lines = self.done.values().map(journal::line);
        let begin = std::iter::once(journal::line(self.facts));
        begin.chain(lines).collect()
    }
}

/// The unit of a measure; empty of one that is not known.
fn unit_of(name: &str) -> &'static str {
    measure_of(name).map_or("", |it| it.unit.name())
}

pub(super) fn measure_of(name: &str) -> Option<&'static Measure> {
    all_measures().iter().copied().find(|it| it.name == name)
}
