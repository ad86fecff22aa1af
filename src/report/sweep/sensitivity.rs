//! Which keys the results of a study depend on: `sensitivity.csv`, and a ranked table for the terminal.

use super::super::number::{for_file, optional_for_file, percent, readable};
use super::super::prose::{aligned, paragraph};
use super::super::tables::Table;
use super::{Sweep, measure_of};
use crate::experiment::Sensitivity;
use std::io::{Result, Write};

/// Keys that the terminal shows.
const SHOWN: usize = 10;

/// A number of a row: its name, its value and its interval.
type Figure = (&'static str, f64, Option<(f64, f64)>);

fn figures(found: &Sensitivity) -> Vec<Figure> {
    match found {
        Sensitivity::Indices(it) => vec![
            (
                "first_order",
                it.first.value,
                Some((it.first.low, it.first.high)),
            ),
            ("total", it.total.value, Some((it.total.low, it.total.high))),
        ],
        Sensitivity::Effects {
            screening,
            interval,
        } => vec![
            ("mu_star", screening.mu_star, *interval),
            ("mu", screening.mu, None),
            ("sigma", screening.sigma, None),
        ],
    }
}

/// Positions of the keys, the one that matters most first.
pub(in crate::report) fn ranked(found: &[Sensitivity]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by(|one, other| found[*other].weight().total_cmp(&found[*one].weight()));
    order
}

impl Sweep<'_> {
    /// Whether the design is for sensitivity and all its points are done.
    #[must_use]
    pub fn has_sensitivities(&self) -> bool {
        self.is_for_sensitivity() && self.is_whole()
    }

    /// How much a measure, by its position, depends on each key.
    pub(in crate::report) fn sensitivities(&self, measure: usize) -> Option<Vec<Sensitivity>> {
        if !self.has_sensitivities() {
            return None;
        }
        let outcomes: Vec<Option<f64>> = self
            .done
            .values()
            .map(|done| done.measured(measure).map(|(mean, _)| mean))
            .collect();
        let keys = self.facts.keys.len();
        self.facts
            .spread?
            .sensitivities((keys, self.facts.seed), self.realised, &outcomes)
    }

    /// `sensitivity.csv`: for each measure and key its indices or effects, the key that matters most
    /// first. Measures that do not vary, or have no value somewhere, have no rows.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_sensitivity(&self, into: impl Write) -> Result<()> {
        let header = "measure,unit,rank,key,index,value,ci95_low,ci95_high";
        let mut table = Table::begin(into, header)?;
        for (position, measure) in self.facts.measures.iter().enumerate() {
            let unit = measure_of(measure).map_or("", |it| it.unit.name());
            let found = self.sensitivities(position).unwrap_or_default();
            for (rank, key) in ranked(&found).into_iter().enumerate() {
                for (index, value, interval) in figures(&found[key]) {
                    table.row([
                        measure.as_str(),
                        unit,
                        &(rank + 1).to_string(),
                        &self.facts.keys[key],
                        index,
                        &for_file(value),
                        &optional_for_file(interval.map(|(low, _)| low)),
                        &optional_for_file(interval.map(|(_, high)| high)),
                    ])?;
                }
            }
        }
        table.end()
    }

    /// The keys that the first measure depends on, as a table for the terminal, and what to find out
    /// next; nothing where the design is for something else.
    pub(super) fn what_matters(&self) -> String {
        let (Some(found), Some(name)) = (self.sensitivities(0), self.facts.measures.first()) else {
            return String::new();
        };
        let heads = match found.first() {
            Some(Sensitivity::Indices(_)) => {
                ["by itself", "95% interval", "in all", "95% interval"]
            }
            _ => ["effect", "95% interval", "", "spread"],
        };
        let mut rows = vec![
            std::iter::once(format!("{name} depends on"))
                .chain(heads.map(str::to_owned))
                .collect(),
        ];
        let order = ranked(&found);
        for key in order.iter().take(SHOWN) {
            let cells = cells(&found[*key]);
            rows.push(
                std::iter::once(self.facts.keys[*key].clone())
                    .chain(cells)
                    .collect::<Vec<String>>(),
            );
        }
        let next = self.to_find_out(&found);
        let next = next.map_or_else(String::new, |it| paragraph(&it));
        format!("\n{}{next}", aligned(&rows))
    }

    /// The key whose better knowledge would narrow the answer most.
    pub(in crate::report) fn to_find_out(&self, found: &[Sensitivity]) -> Option<String> {
        // Only what is surely above nothing.
        let first = |key: &usize| match found[*key] {
            Sensitivity::Indices(it) if it.first.low > 0.0 => Some(it.first.value),
            _ => None,
        };
        let best = (0..found.len()).filter_map(|key| Some((key, first(&key)?)));
        let (key, share) = best.max_by(|one, other| one.1.total_cmp(&other.1))?;
        Some(format!(
            "To know {} would take away most: {} of the variance over these points.",
            self.facts.keys[key],
            percent(share.clamp(0.0, 1.0))
        ))
    }
}

fn cells(found: &Sensitivity) -> Vec<String> {
    let share = |value: f64| percent(value.clamp(0.0, 1.0));
    let range = |low: String, high: String| format!("{low} to {high}");
    match found {
        Sensitivity::Indices(it) => vec![
            share(it.first.value),
            range(share(it.first.low), share(it.first.high)),
            share(it.total.value),
            range(share(it.total.low), share(it.total.high)),
        ],
        Sensitivity::Effects {
            screening,
            interval,
        } => vec![
            readable(screening.mu_star),
            interval.map_or_else(
                || "-".to_owned(),
                |(low, high)| range(readable(low), readable(high)),
            ),
            if screening.mu < 0.0 { "down" } else { "up" }.to_owned(),
            readable(screening.sigma),
        ],
    }
}
