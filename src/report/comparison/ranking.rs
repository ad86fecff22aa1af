//! Which is the best, or that it is undecided.

use super::table::{fitted, named};
use super::{Comparison, Ranked, words};
use crate::measure::Unit;
use crate::report::number::{counted, grouped};
use crate::report::prose::{aligned, listed, paragraph};

impl Comparison<'_> {
    /// The best in a sentence, where it was looked for.
    pub(super) fn best_in_a_sentence(&self) -> Option<String> {
        let ranked = self.ranking?;
        let by = words::measure(ranked.measure).phrase;
        let Some(outcome) = ranked.outcome else {
            return Some(format!(
                "The best by {by} cannot be told: it is undefined in some runs."
            ));
        };
        let zone = difference_in_unit(&ranked, ranked.zone);
        Some(match outcome.best {
            Some(best) => format!(
                "By {by} the best is {}: if any is better than all others by {zone} or more, it is this one with at least \
                 {} confidence.",
                self.named(best),
                self.sure()
            ),
            None => format!(
                "Which is the best by {by} is undecided within {}: {} are left, and may differ by less than {zone}.",
                counted(outcome.budget as usize, "replication"),
                listed(&self.left(&ranked))
            ),
        })
    }

    /// The table of the ranking.
    pub(super) fn best(&self) -> String {
        let Some((ranked, outcome)) = self.ranking.and_then(|it| Some((it, it.outcome?))) else {
            return String::new();
        };
        let heading = words::measure(ranked.measure).heading;
        let header = [heading.as_str(), "mean", "runs", ""].map(str::to_owned);
        let systems = outcome.standings.iter().enumerate();
        let rows = systems.map(|(system, standing)| {
            let how = match standing.behind {
                Some(by) => format!("behind {}", self.short(by)),
                None if outcome.best == Some(system) => "the best".to_owned(),
                None => "left".to_owned(),
            };
            vec![
                self.short_name(system),
                in_unit(&ranked, standing.mean),
                grouped(standing.replications as f64, 0),
                how,
            ]
        });
        let rows: Vec<Vec<String>> = std::iter::once(header.to_vec()).chain(rows).collect();
        let note = format!(
            "Judged from {} runs of each on (Kim and Nelson's procedure, 2001); whoever is clearly behind is run no more. Differences \
             below {} do not matter here.",
            grouped(outcome.first_stages as f64, 0),
            difference_in_unit(&ranked, ranked.zone)
        );
        format!("\nThe best\n{}{}", aligned(&fitted(rows)), paragraph(&note))
    }

    fn left(&self, ranked: &Ranked) -> Vec<String> {
        let standings = ranked.outcome.map_or(&[][..], |it| &it.standings);
        let left = standings.iter().enumerate();
        left.filter(|(_, standing)| standing.behind.is_none())
            .map(|(system, _)| self.named(system))
            .collect()
    }

    /// A system by its name: the first is the base.
    fn named(&self, system: usize) -> String {
        match system.checked_sub(1) {
            None => "the service as it is".to_owned(),
            Some(at) => format!("\"{}\"", self.options[at].variant.option),
        }
    }

    fn short_name(&self, system: usize) -> String {
        match system.checked_sub(1) {
            None => "As things are".to_owned(),
            Some(at) => named(at, &self.options[at]),
        }
    }

    fn short(&self, system: usize) -> String {
        match system {
            0 => "things as they are".to_owned(),
            number => number.to_string(),
        }
    }
}

/// A value of the measure with its unit: "12.3 days", "45.2%", "£1,200".
fn in_unit(ranked: &Ranked, value: f64) -> String {
    match words::of_name(ranked.measure) {
        None => words::pounds(value),
        Some(measure) => words::with_unit(measure.unit, value),
    }
}

/// A difference of the measure with its unit: "12.3 days", "2.0 percentage points".
fn difference_in_unit(ranked: &Ranked, value: f64) -> String {
    match words::of_name(ranked.measure) {
        Some(measure) if measure.unit == Unit::Share => format!(
            "{} {}",
            words::value(measure.unit, value),
            words::of_difference(measure.unit)
        ),
        _ => in_unit(ranked, value),
    }
}
