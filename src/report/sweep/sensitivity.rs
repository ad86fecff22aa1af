//! Which keys the results of a study depend on: `sensitivity.csv`, and a ranked table for the terminal.

use super::super::apart::{Foremost, Ranked};
use super::super::number::{for_file, grouped, optional_for_file, percent, readable};
use super::super::prose::{aligned, listed, paragraph};
use super::super::tables::Table;
use super::{Sweep, measure_of};
use crate::experiment::Sensitivity;
use crate::stats::sobol_indices::Share;
use std::io::{Result, Write};

/// Keys that the terminal shows.
const SHOWN: usize = 10;

/// An estimate or a bound of a share beyond this says that there are too few base points.
const TOO_MUCH: f64 = 1.1;

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

/// The interval that keys are told apart by: that of what they are ranked by.
fn ends(found: &Sensitivity) -> (f64, f64) {
    match found {
        Sensitivity::Indices(it) => (it.total.low, it.total.high),
        Sensitivity::Effects {
            screening,
            interval,
        } => interval.unwrap_or((screening.mu_star, screening.mu_star)),
    }
}

impl Sweep<'_> {
    /// The key that matters most, or those of which it cannot be told.
    pub(in crate::report) fn foremost(&self, found: &[Sensitivity]) -> Option<Foremost> {
        let order = ranked(found);
        let key = |key: &usize| (self.facts.keys[*key].as_str(), ends(&found[*key]));
        Foremost::of(&order.iter().map(key).collect::<Vec<Ranked>>())
    }

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
        let mut said = String::new();
        for sentence in self.to_find_out(&found).iter().chain(&self.too_few(&found)) {
            said += &paragraph(sentence);
        }
        format!("\n{}{said}", aligned(&rows))
    }

    /// The keys of which there are too few base points to tell how much they matter, in a sentence;
    /// nothing where there are none.
    pub(in crate::report) fn too_few(&self, found: &[Sensitivity]) -> Option<String> {
        let keys = self.facts.keys.iter().zip(found);
        let keys = keys.filter(|(_, found)| is_too_much(found));
        let keys: Vec<String> = keys.map(|(key, _)| key.clone()).collect();
        (!keys.is_empty()).then(|| {
            format!(
                "Too few points to tell how much of the variance depends on {}: a share or its interval goes beyond all there is. More \
                 base points would tell.",
                listed(&keys)
            )
        })
    }

    /// The key whose better knowledge would narrow the answer most, of those that surely would; of effects
    /// nothing.
    pub(in crate::report) fn to_find_out(&self, found: &[Sensitivity]) -> Option<String> {
        let firsts = first_orders(found);
        let name = |key: usize| self.facts.keys[key].as_str();
        let (greatest, _) = greatest(&firsts, |_| true)?;
        let Some((key, index)) = surest(found) else {
            return Some(
                "No key surely takes away part of the variance by itself: more base points or more replications would tell."
                    .to_owned(),
            );
        };
        let other = match greatest == key {
            true => String::new(),
            false => format!(
                " {} has a greater share, which cannot be told from chance.",
                name(greatest)
            ),
        };
        Some(format!(
            "To know {} would take away most: {} of the variance over these points by itself \
             (95% interval {} to {}).{other}",
            name(key),
            share(index.value),
            share(index.low),
            share(index.high)
        ))
    }
}

/// The key with the greatest first-order index of those whose interval is above nothing.
pub(in crate::report) fn surest(found: &[Sensitivity]) -> Option<(usize, Share)> {
    greatest(&first_orders(found), |index| index.low > 0.0)
}

/// The first-order indices; of effects nothing.
fn first_orders(found: &[Sensitivity]) -> Vec<Share> {
    let first = |found: &Sensitivity| match found {
        Sensitivity::Indices(it) => Some(it.first),
        Sensitivity::Effects { .. } => None,
    };
    found.iter().filter_map(first).collect()
}

fn greatest(firsts: &[Share], counts: impl Fn(&Share) -> bool) -> Option<(usize, Share)> {
    let all = firsts.iter().copied().enumerate();
    let all = all.filter(|(_, index)| counts(index));
    all.max_by(|one, other| one.1.value.total_cmp(&other.1.value))
}

/// Whether a share, or an end of its interval, is more than there can be.
pub(in crate::report) fn is_too_much(found: &Sensitivity) -> bool {
    match found {
        Sensitivity::Indices(it) => [it.first, it.total]
            .iter()
            .any(|it| it.value.max(it.high) > TOO_MUCH),
        Sensitivity::Effects { .. } => false,
    }
}

/// A share of the variance as it was estimated, which may lie below nothing or above all.
pub(in crate::report) fn share(value: f64) -> String {
    match value {
        value if value.abs() < 0.000_5 => percent(0.0),
        value if value < 0.0 => format!("-{}", percent(-value)),
        value if value > 1.0 => format!("{}%", grouped(100.0 * value, 0)),
        value => percent(value),
    }
}

fn cells(found: &Sensitivity) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::super::Facts;
    use super::*;
    use crate::experiment::Spread;
    use crate::stats::sobol_indices::Indices;
    use std::collections::BTreeMap;

    fn told<T>(say: impl Fn(&Sweep) -> T) -> T {
        let facts = Facts {
            title: String::new(),
            design: String::new(),
            spread: Some(Spread::Sobol(4)),
            seed: 1,
            keys: ["one", "other"].map(str::to_owned).to_vec(),
            points: 16,
            replications: 2,
            is_independent: false,
            measures: vec!["lapsed".to_owned()],
            uncertain: 0,
            shard: None,
        };
        say(&Sweep {
            facts: &facts,
            values: &[],
            realised: &[],
            done: &BTreeMap::new(),
        })
    }

    fn key([value, low, high]: [f64; 3], total: f64) -> Sensitivity {
        Sensitivity::Indices(Indices {
            first: Share { value, low, high },
            total: Share {
                value: total,
                low: 0.1,
                high: total,
            },
        })
    }

    #[test]
    fn what_is_to_be_found_out_is_the_greatest_of_what_is_sure() {
        let found = [key([0.6, -0.1, 0.9], 0.9), key([0.2, 0.1, 0.3], 0.3)];
        let said = told(|sweep| sweep.to_find_out(&found)).expect("a sentence");
        assert!(
            said.contains("know other would take away most: 20% of")
                && said.contains("(95% interval 10% to 30%)")
                && said.ends_with("one has a greater share, which cannot be told from chance."),
            "{said}"
        );
        let said = told(|sweep| sweep.to_find_out(&found[..1])).expect("a sentence");
        assert!(said.starts_with("No key surely"), "{said}");
        let said = told(|sweep| sweep.to_find_out(&found[1..])).expect("a sentence");
        assert!(!said.contains("chance"), "{said}");
    }

    /// Titles named one key of two that the intervals do not tell apart.
    #[test]
    fn keys_that_cannot_be_told_apart_are_named_together() {
        let found = [key([0.6, 0.5, 0.7], 0.68), key([0.2, 0.1, 0.3], 0.73)];
        let either = Some(Foremost::Either("other or one".to_owned()));
        assert_eq!(told(|sweep| sweep.foremost(&found)), either);
        let apart = [key([0.6, 0.5, 0.7], 0.08), key([0.2, 0.1, 0.3], 0.73)];
        let one = Some(Foremost::One("other".to_owned()));
        assert_eq!(told(|sweep| sweep.foremost(&apart)), one);
    }

    #[test]
    fn shares_beyond_all_there_is_are_told_as_they_are_and_said_to_be_no_answer() {
        let found = [key([0.2, -0.05, 0.3], 5.011), key([0.2, 0.1, 0.3], 1.05)];
        let cells = cells(&found[0]);
        assert_eq!(cells[1..3], ["-5% to 30%", "501%"]);
        let said = told(|sweep| sweep.too_few(&found)).expect("a sentence");
        assert!(said.contains("depends on one:"), "{said}");
        assert_eq!(told(|sweep| sweep.too_few(&found[1..])), None);
        assert_eq!(
            (share(-0.000_1), share(1.2)),
            ("0%".to_owned(), "120%".to_owned())
        );
    }
}
