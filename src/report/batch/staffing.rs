//! The WTE that would do: the staffings that were tried of one scenario as a table, what it says, and
//! what that comes to over scenarios.

use super::super::number::{counted, for_file, grouped, optional_for_file, readable};
use super::super::tables::Table;
use super::{Batch, Line};
use crate::experiment::staffing::{Needed, Reached, STEP_WTE};
use crate::experiment::{Estimates, SummaryRow};
use crate::measure::Scope;
use std::collections::BTreeMap;
use std::io::{Error, Result, Write};

/// The table in the folder of a scenario.
pub const STAFFING: &str = "staffing.csv";

const HEADER: &str = "wte_more,wte,reached,measure,target,n,mean,ci95_low,ci95_high";
/// Places of what is read again.
const MORE: usize = 0;
const WTE: usize = 1;
const REACHED: usize = 2;

/// One staffing that was tried: what came of it.
pub type Tried = (Reached, Estimates);

/// The WTE that a service needs in all to meet its targets.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WteNeeded {
    /// The least at which every mean meets its target; `None` where nothing that was tried did.
    pub mean: Option<f64>,
    /// The least that does not surely miss.
    pub at_least: Option<f64>,
    /// The least that surely meets every target.
    pub surely: Option<f64>,
}

/// Writes the staffings that were tried: a row for each and target.
///
/// # Errors
/// When `into` cannot be written.
pub fn write_staffing(
    into: impl Write,
    wte: f64,
    targets: &[(String, f64)],
    tried: &BTreeMap<u32, Tried>,
) -> Result<()> {
    let mut table = Table::begin(into, HEADER)?;
    for (steps, (reached, estimates)) in tried {
        let more = f64::from(*steps) * STEP_WTE;
        for (measure, target) in targets {
            let row = of_pcn(estimates, measure);
            let estimate = row.and_then(|row| row.estimate.as_ref());
            let cells = [
                for_file(more),
                for_file(wte + more),
                reached.word().to_owned(),
                measure.clone(),
                for_file(*target),
                row.map_or(0, |row| row.n).to_string(),
                optional_for_file(estimate.map(|it| it.mean)),
                optional_for_file(estimate.and_then(|it| it.low)),
                optional_for_file(estimate.and_then(|it| it.high)),
            ];
            table.row(cells.iter().map(String::as_str))?;
        }
    }
    table.end()
}

fn of_pcn<'a>(estimates: &'a Estimates, measure: &str) -> Option<&'a SummaryRow> {
    let mut rows = estimates.rows.iter();
    rows.find(|row| row.column.scope == Scope::Pcn && row.column.measure.name == measure)
}

impl WteNeeded {
    /// What a table of staffings says; `None` of one without rows, where nothing was asked.
    ///
    /// # Errors
    /// When it is no such table.
    pub fn read(text: &[u8]) -> Result<Option<Self>> {
        let mut tried = BTreeMap::new();
        let mut there_is = None;
        for row in csv::Reader::from_reader(text).records() {
            let row = row.map_err(Error::other)?;
            let number = |at: usize| row.get(at)?.parse::<f64>().ok();
            let read = || {
                let more = number(MORE)?;
                let reached = Reached::of_word(row.get(REACHED)?)?;
                Some((
                    (more / STEP_WTE).round() as u32,
                    reached,
                    number(WTE)? - more,
                ))
            };
            let (steps, reached, wte) = read()
                .ok_or_else(|| Error::other("a table of staffings with a row that is none"))?;
            tried.insert(steps, reached);
            there_is = Some(wte);
        }
        Ok(there_is.map(|wte| {
            let needed = Needed::of(&tried);
            let in_all = |steps: u32| wte + f64::from(steps) * STEP_WTE;
            Self {
                mean: needed.on_the_mean.map(in_all),
                at_least: needed.at_least.map(in_all),
                surely: needed.surely.map(in_all),
            }
        }))
    }
}

/// What is needed in several scenarios together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Together {
    /// Scenarios whose need is known.
    pub scenarios: usize,
    /// Those of them that have less than they need.
    pub short: usize,
    /// Patients of those scenarios.
    pub patients: f64,
    /// WTE there are in them.
    pub wte: f64,
    /// WTE with which every mean meets its target.
    pub needed: f64,
    /// WTE with which none surely misses.
    pub at_least: f64,
    /// WTE with which all surely meet every target; `None` where one never does.
    pub surely: Option<f64>,
}

impl Together {
    /// The sums over those of `lines` whose need is known.
    pub fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Self {
        let begin = Self {
            surely: Some(0.0),
            ..Self::default()
        };
        lines.fold(begin, |sum, line| {
            let Some((needed, mean)) = line.needed.and_then(|it| Some((it, it.mean?))) else {
                return sum;
            };
            Self {
                scenarios: sum.scenarios + 1,
                short: sum.short + usize::from(mean > line.facts.wte),
                patients: sum.patients + line.facts.patients,
                wte: sum.wte + line.facts.wte,
                needed: sum.needed + mean,
                at_least: sum.at_least + needed.at_least.unwrap_or(mean),
                surely: sum.surely.zip(needed.surely).map(|(sum, it)| sum + it),
            }
        })
    }

    /// WTE needed for each 10,000 patients of those scenarios; `None` where there are none.
    #[must_use]
    pub fn per_10_000(&self) -> Option<f64> {
        (self.patients > 0.0).then(|| self.needed / self.patients * 10_000.0)
    }
}

impl Batch {
    /// What the scenarios with known posts need to meet their targets; nothing where nobody asked.
    pub(super) fn needed(&self) -> Option<String> {
        self.lines.iter().find(|line| line.needed.is_some())?;
        let together = Together::of(self.known());
        let asked = self.known().filter(|line| line.needed.is_some()).count();
        let out_of_reach = match asked - together.scenarios {
            0 => String::new(),
            some => format!(
                " In {} no staffing that was tried reaches all targets; these are left out.",
                grouped(some as f64, 0)
            ),
        };
        let surely = together.surely.map_or_else(String::new, |surely| {
            format!("; with {} all surely meet them", readable(surely))
        });
        Some(format!(
            "To meet every target on the mean, {} of {} need more than they have: {} WTE in all where there are {} (with {}              none surely misses{surely}).{out_of_reach}",
            grouped(together.short as f64, 0),
            counted(together.scenarios, "scenario"),
            readable(together.needed),
            readable(together.wte),
            readable(together.at_least),
        ))
    }
}
