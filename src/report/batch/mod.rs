//! Many scenarios in one go: a row for each, what they come to together, and how they spread.
//!
//! Each scenario has its own summary in its own folder; what is told here is read from those, so that
//! scenarios of an earlier, interrupted go are told like those just run. Nothing here ranks them.

mod figure;
mod folder;
mod groups;
mod networks;
mod staffing;
mod words;

pub use folder::BatchFolder;
pub use networks::{NETWORKS, Network, networks};
pub use staffing::{STAFFING, Tried, WteNeeded, write_staffing};

use super::number::{for_file, optional_for_file};
use super::tables::Table;
use std::io::{Error, Result, Write};

/// What is told of each scenario: measure of the PCN, and what it is called.
const MEASURES: [(&str, &str); 13] = [
    ("referrals_accepted", "Accepted in the period"),
    ("first_contacts", "Contacted in the period"),
    ("share_contacted_ever", "Share ever contacted"),
    ("contacted_within_14_days", "Contacted within 14 days"),
    ("contacted_within_28_days", "Contacted within 28 days"),
    (
        "wait_to_first_contact_days_mean",
        "Wait to first contact, days",
    ),
    ("waiting_list_mean", "People on the waiting list"),
    ("caseload_mean", "Open cases"),
    ("cases_a_year_per_wte", "Cases a year per WTE"),
    ("utilisation", "Client time in use (1 is all)"),
    ("hours_load", "Hours load (1 is full)"),
    ("places_load", "Places load (1 is full)"),
    ("strain_mean", "Strain (1 is the limit)"),
];

/// What a scenario is, without its results.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Stem of its file.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The practices by ODS code, or by name where they have none.
    pub practices: Vec<String>,
    /// Registered patients.
    pub patients: f64,
    /// Posts.
    pub posts: usize,
    /// Their WTE.
    pub wte: f64,
    /// Years of 365.25 days that results are collected for.
    pub years: f64,
    /// Targets: measure of the PCN, value, and whether lower is better.
    pub targets: Vec<(String, f64, bool)>,
    /// Whether its referral rate is the usual one, of which nobody knows whether it is right there.
    pub has_default_demand: bool,
    /// The ICB, where an import says so.
    pub icb: Option<String>,
    /// Fifth of deprivation, 1 the most deprived, where an import says so.
    pub fifth: Option<String>,
    /// Whether an import says that nobody knows its posts; it then stands there without any.
    pub posts_not_known: bool,
}

/// A mean over replications with its 95% interval, where it has one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measured {
    /// The mean, in the unit of its measure.
    pub mean: f64,
    /// Low and high end.
    pub interval: Option<(f64, f64)>,
}

impl Measured {
    /// Whether it is surely (`Some`) on the wanted side of `target` or on the other.
    fn reaches(&self, target: f64, lower_is_better: bool) -> Option<bool> {
        let (low, high) = self.interval?;
        match lower_is_better {
            true if high <= target => Some(true),
            true if low > target => Some(false),
            false if low >= target => Some(true),
            false if high < target => Some(false),
            _ => None,
        }
    }
}

/// A scenario with what came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is.
    pub facts: Facts,
    /// In the order of the measures told; `None` where undefined.
    measured: Vec<Option<Measured>>,
    /// Targets surely met, and surely missed.
    targets: (usize, usize),
    /// The WTE that would do, where it was asked for and there are targets.
    needed: Option<WteNeeded>,
}

impl Line {
    fn of(&self, measure: &str) -> Option<Measured> {
        let at = MEASURES.iter().position(|(name, _)| *name == measure)?;
        self.measured[at]
    }

    /// Whether more is asked for than there is, or nobody is there to do it; no where that is not known.
    fn is_overloaded(&self) -> bool {
        !self.facts.posts_not_known && self.facts.posts == 0
            || self.load().is_some_and(|load| load.mean >= 1.0)
    }

    /// The greater of the two loads.
    fn load(&self) -> Option<Measured> {
        let loads = [self.of("hours_load"), self.of("places_load")];
        let greater = |a: Measured, b: Measured| if b.mean > a.mean { b } else { a };
        loads.into_iter().flatten().reduce(greater)
    }
}

/// Rows of `summary.csv` of the PCN in one scenario's folder.
struct Summary {
    rows: Vec<csv::StringRecord>,
}

/// Places of the cells in `summary.csv`: scope, measure, mean and the ends of its interval.
const SCOPE: usize = 1;
const MEASURE: usize = 3;
const MEAN: usize = 6;
const ENDS: [usize; 2] = [7, 8];

impl Summary {
    fn read(text: &[u8]) -> Result<Self> {
        let mut reader = csv::Reader::from_reader(text);
        let rows: std::result::Result<Vec<_>, _> = reader.records().collect();
        let of_pcn = |row: &csv::StringRecord| row.get(SCOPE) == Some("pcn");
        let mut rows = rows.map_err(Error::other)?;
        rows.retain(of_pcn);
        Ok(Self { rows })
    }

    fn measured(&self, measure: &str) -> Option<Measured> {
        let row = self
            .rows
            .iter()
            .find(|row| row.get(MEASURE) == Some(measure))?;
        let number = |at: usize| row.get(at)?.parse::<f64>().ok();
        let [low, high] = ENDS.map(number);
        Some(Measured {
            mean: number(MEAN)?,
            interval: low.zip(high),
        })
    }
}

/// The scenarios with what came of them.
#[derive(Clone, Debug)]
pub struct Batch {
    /// What the folder of scenarios is called.
    pub name: String,
    /// A line for each scenario, in the order of their files.
    pub lines: Vec<Line>,
}

impl Batch {
    /// Reads what came of each scenario with `summary_of` and writes the rows of the PCNs into `into`,
    /// one scenario after the other: `summary.csv` of them all.
    ///
    /// # Errors
    /// When a summary cannot be read, or `into` cannot be written.
    pub fn collect(
        name: &str,
        facts: Vec<Facts>,
        into: impl Write,
        summary_of: impl Fn(&str) -> Result<Vec<u8>>,
    ) -> Result<Self> {
        let header =
            "scenario,option,scope,name,measure,unit,n,mean,ci95_low,ci95_high,p10,p50,p90";
        let mut table = Table::begin(into, header)?;
        let mut lines = Vec::with_capacity(facts.len());
        for facts in facts {
            let summary = Summary::read(&summary_of(&facts.name)?)?;
            for row in &summary.rows {
                table.row(std::iter::once(facts.name.as_str()).chain(row.iter()))?;
            }
            lines.push(line(facts, &summary));
        }
        table.end()?;
        Ok(Self {
            name: name.to_owned(),
            lines,
        })
    }

    /// `scenarios.csv`: a row for each scenario.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_scenarios(&self, into: impl Write) -> Result<()> {
        let mut header: Vec<String> = [
            "scenario",
            "title",
            "practices",
            "patients",
            "posts",
            "wte",
            "targets",
            "targets_met",
            "targets_missed",
            "icb",
            "deprivation_fifth",
            "posts_known",
        ]
        .map(str::to_owned)
        .into();
        for (measure, _) in MEASURES {
            header.extend(["", "_ci95_low", "_ci95_high"].map(|end| format!("{measure}{end}")));
        }
        header.extend(["", "_at_least", "_surely"].map(|end| format!("wte_needed{end}")));
        let mut table = Table::headed(into, header.iter().map(String::as_str))?;
        for line in &self.lines {
            table.row(cells(line).iter().map(String::as_str))?;
        }
        table.end()
    }

    /// Reads with `staffing_of` which staffings were tried of each scenario.
    ///
    /// # Errors
    /// When a table cannot be read.
    pub fn add_staffing(&mut self, staffing_of: impl Fn(&str) -> Result<Vec<u8>>) -> Result<()> {
        for line in &mut self.lines {
            line.needed = WteNeeded::read(&staffing_of(&line.facts.name)?)?;
        }
        Ok(())
    }

    /// What is told, for programs.
    #[must_use]
    pub fn json(&self, resumed: usize) -> serde_json::Value {
        serde_json::json!({
            "name": self.name,
            "answer": self.sentences(resumed),
            "be_careful": self.cautions(),
            "scenarios": self.lines.iter().map(json_of).collect::<Vec<_>>(),
        })
    }

    /// Whether each practice is in one scenario only, so that they add up.
    fn adds_up(&self) -> bool {
        let mut all: Vec<&str> = self
            .lines
            .iter()
            .flat_map(|line| &line.facts.practices)
            .map(String::as_str)
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        all.len() == count
    }
}

fn json_of(line: &Line) -> serde_json::Value {
    let facts = &line.facts;
    let measures = MEASURES.iter().zip(&line.measured).map(|((name, _), it)| {
        let ends = it.and_then(|it| it.interval);
        let told = serde_json::json!({
            "mean": it.map(|it| it.mean),
            "ci95_low": ends.map(|(low, _)| low),
            "ci95_high": ends.map(|(_, high)| high),
        });
        ((*name).to_owned(), told)
    });
    serde_json::json!({
        "scenario": facts.name,
        "title": facts.title,
        "practices": facts.practices.len(),
        "patients": facts.patients,
        "posts": facts.posts,
        "wte": facts.wte,
        "icb": facts.icb,
        "deprivation_fifth": facts.fifth,
        "posts_known": !facts.posts_not_known,
        "wte_needed": line.needed.map(|it| serde_json::json!({
            "mean": it.mean,
            "at_least": it.at_least,
            "surely": it.surely,
        })),
        "measures": measures.collect::<serde_json::Map<_, _>>(),
    })
}

fn line(facts: Facts, summary: &Summary) -> Line {
    let reached = |(measure, target, lower): &(String, f64, bool)| {
        summary.measured(measure)?.reaches(*target, *lower)
    };
    let count = |wanted: bool| {
        facts
            .targets
            .iter()
            .filter(|target| reached(target) == Some(wanted))
            .count()
    };
    Line {
        measured: MEASURES
            .iter()
            .map(|(name, _)| summary.measured(name))
            .collect(),
        targets: (count(true), count(false)),
        needed: None,
        facts,
    }
}

fn cells(line: &Line) -> Vec<String> {
    let facts = &line.facts;
    let mut cells = vec![
        facts.name.clone(),
        facts.title.clone(),
        facts.practices.len().to_string(),
        for_file(facts.patients),
        facts.posts.to_string(),
        for_file(facts.wte),
        facts.targets.len().to_string(),
        line.targets.0.to_string(),
        line.targets.1.to_string(),
        facts.icb.clone().unwrap_or_default(),
        facts.fifth.clone().unwrap_or_default(),
        if facts.posts_not_known { "no" } else { "yes" }.to_owned(),
    ];
    for measured in &line.measured {
        let ends = measured.and_then(|it| it.interval);
        cells.extend([
            optional_for_file(measured.map(|it| it.mean)),
            optional_for_file(ends.map(|(low, _)| low)),
            optional_for_file(ends.map(|(_, high)| high)),
        ]);
    }
    let needed = line.needed;
    cells.extend([
        optional_for_file(needed.and_then(|it| it.mean)),
        optional_for_file(needed.and_then(|it| it.at_least)),
        optional_for_file(needed.and_then(|it| it.surely)),
    ]);
    cells
}
