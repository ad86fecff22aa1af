//! How scenarios spread, as figures: the share contacted in time, and the load.

use super::super::number::{counted, grouped, percent};
use super::super::plots::{FigureError, Spread, SpreadRow, SpreadUnit, spread};
use super::{Batch, Line, Measured};
use crate::stats::sample_quantile;

impl Batch {
    /// The figures by name, as SVG.
    ///
    /// # Errors
    /// When a figure cannot be drawn.
    pub fn draw(&self) -> Result<Vec<(String, String)>, FigureError> {
        let contacted = self.figure(SpreadUnit::Share, &|line| {
            line.of("contacted_within_28_days")
        });
        let load = self.figure(SpreadUnit::Ratio, &|line| line.load());
        let mut figures = vec![
            (
                "contacted_within_28_days".to_owned(),
                spread::draw(&contacted)?,
            ),
            ("load".to_owned(), spread::draw(&load)?),
        ];
        if let Some(by_icb) = self.figure_by_icb() {
            figures.push(("by_icb".to_owned(), spread::draw(&by_icb)?));
        }
        if self.lines.iter().any(|line| line.needed.is_some()) {
            let needed = self.figure(SpreadUnit::Times, &needed_over_wte);
            figures.push(("wte_needed".to_owned(), spread::draw(&needed)?));
        }
        Ok(figures)
    }

    /// The share contacted in time by ICB; nothing where there are not several.
    fn figure_by_icb(&self) -> Option<Spread> {
        let groups = self.contacted_by_icb();
        let mut shares: Vec<f64> = groups
            .iter()
            .filter_map(|(_, it)| Some(it.as_ref()?.mean))
            .collect();
        shares.sort_unstable_by(f64::total_cmp);
        let (least, most) = (shares.first()?, shares.last()?);
        let is_default = self.lines.iter().all(|it| it.facts.has_default_demand);
        let demand = match is_default {
            true => " Demand is the default everywhere: what differs is staff for patients.",
            false => "",
        };
        (groups.len() > 1).then(|| Spread {
            title: format!(
                "From {} to {} are contacted within 28 days, by ICB",
                percent(*least),
                percent(*most)
            ),
            subtitle: format!(
                "Of the people accepted by PCNs whose posts are known.{demand} Scenarios of \u{2018}{}\u{2019}",
                self.name
            ),
            unit: SpreadUnit::Share,
            rows: groups
                .into_iter()
                .map(|(name, it)| SpreadRow {
                    name: name.replace("NHS ", "").replace(" Integrated Care Board", ""),
                    mean: it.map(|it| it.mean),
                    interval: it.and_then(|it| it.interval),
                    instead: "posts not known",
                })
                .collect(),
        })
    }

    /// How many ask for more than they have, of those whose posts are known as everywhere; those without a
    /// post have no load that could be drawn.
    fn finding_of_loads(&self) -> String {
        let full = self.known().filter(|line| line.is_overloaded()).count();
        let known = counted(self.known().count(), "scenario");
        let without = match self.known().filter(|line| line.facts.posts == 0).count() {
            0 => String::new(),
            1 => "; 1 of these has no post".to_owned(),
            some => format!("; {} of these have no post", grouped(some as f64, 0)),
        };
        let full = grouped(full as f64, 0);
        format!("In {full} of {known} more is asked for than there is{without}")
    }

    fn figure(&self, unit: SpreadUnit, of: &dyn Fn(&Line) -> Option<Measured>) -> Spread {
        let rows = self.lines.iter().map(|line| {
            let measured = of(line).filter(|_| !line.facts.posts_not_known);
            SpreadRow {
                name: line.facts.name.clone(),
                mean: measured.map(|it| it.mean),
                interval: measured.and_then(|it| it.interval),
                instead: match line.facts.posts {
                    _ if line.facts.posts_not_known => "posts not known",
                    0 => "no post",
                    _ if unit == SpreadUnit::Times && line.needed.is_none() => "no target",
                    _ if unit == SpreadUnit::Times => "out of reach",
                    _ => "no value",
                },
            }
        });
        let rows: Vec<SpreadRow> = rows.collect();
        let mut means: Vec<f64> = rows.iter().filter_map(|row| row.mean).collect();
        means.sort_unstable_by(f64::total_cmp);
        let middle = sample_quantile(&means, 0.5);
        let count = counted(means.len(), "scenario");
        let title = match (unit, middle) {
            (_, None) => format!("{} without a value", counted(rows.len(), "scenario")),
            (SpreadUnit::Share, Some(middle)) => {
                format!(
                    "In half of {count} at most {} are contacted within 28 days",
                    percent(middle)
                )
            }
            (SpreadUnit::Times, Some(middle)) => {
                format!("Half of {count} would need {middle:.1} times their link workers or more")
            }
            (SpreadUnit::Ratio, Some(_)) => self.finding_of_loads(),
        };
        let subtitle = match unit {
            SpreadUnit::Share => "Share of people contacted within 28 days of referral",
            SpreadUnit::Times => {
                "WTE of link workers with which every target is met on the mean, over those there are"
            }
            SpreadUnit::Ratio => {
                "Load: caseload places or client hours asked for, whichever is scarcer, over those there are"
            }
        };
        Spread {
            title,
            subtitle: format!("{subtitle}. Scenarios of \u{2018}{}\u{2019}", self.name),
            unit,
            rows,
        }
    }
}

/// What is needed over what there is; nothing where there is nobody, or nothing tried was enough.
fn needed_over_wte(line: &Line) -> Option<Measured> {
    let needed = line.needed?;
    let over = |wte: f64| (line.facts.wte > 0.0).then(|| wte / line.facts.wte);
    Some(Measured {
        mean: over(needed.mean?)?,
        // Where nothing that was tried is surely enough there is no upper end.
        interval: needed
            .at_least
            .and_then(over)
            .map(|low| (low, needed.surely.and_then(over).unwrap_or(f64::INFINITY))),
    })
}
