//! The plans that were looked at, for people and as `plans.csv`.

use super::Advice;
use crate::experiment::recommend::{Examined, SHOWN, Verdict, frontier};
use crate::measure::all_measures;
use crate::report::number::{counted, for_file, grouped, optional_for_file};
use crate::report::prose::{aligned, wrapped};
use crate::report::tables::Table;
use std::io::{Result, Write};

/// Plans that the terminal shows at most; the file has them all.
const MOST_ROWS: usize = 20;

impl Advice<'_> {
    /// The targets, and a row for each plan that was looked at.
    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        let requirements = self.requirements().len();
        for at in 0..requirements {
            text += &wrapped(
                "  ",
                &format!("Target {}: {} {}", at + 1, self.what(at), self.asked(at)),
            );
        }
        let mut rows = vec![self.headings(requirements)];
        let (examined, on_frontier) = (&self.found.examined, frontier(&self.found.examined));
        let shown = examined.iter().zip(&on_frontier).take(MOST_ROWS);
        rows.extend(shown.map(|(it, on_frontier)| self.row(it, *on_frontier)));
        text += &aligned(&rows);
        if on_frontier.contains(&true) {
            text += "  * no other plan here has less cost, mean wait and strain\n";
        }
        if examined.len() > MOST_ROWS {
            let more = counted(examined.len() - MOST_ROWS, "more plan");
            text += &format!("  and {more} in plans.csv\n");
        }
        text
    }

    fn headings(&self, requirements: usize) -> Vec<String> {
        let keys = self.keys.join(", ");
        let targets = (1..=requirements).map(|at| format!("target {at}"));
        let ends = ["verdict", "runs"].map(str::to_owned);
        [keys, "pounds a year".to_owned()]
            .into_iter()
            .chain(targets)
            .chain(ends)
            .collect()
    }

    fn row(&self, it: &Examined, on_frontier: bool) -> Vec<String> {
        let words = (self.plan)(it.plan);
        let star = if on_frontier { " *" } else { "" };
        let plan = format!("{}{star}", words.values.join(", "));
        let cost = self.known(words.cost_pounds_a_year);
        let cost = cost.map_or("-".to_owned(), |it| grouped(it, 0));
        let mean = |(at, judged): (usize, &crate::experiment::recommend::Judged)| {
            judged
                .mean
                .map_or("-".to_owned(), |mean| self.show(at, mean))
        };
        let means = it.requirements.iter().enumerate().map(mean);
        let ends = [verdict(it).to_owned(), grouped(it.replications as f64, 0)];
        [plan, cost].into_iter().chain(means).chain(ends).collect()
    }

    /// `plans.csv`: a row for each plan that was looked at and each target, then the mean wait and
    /// strain. The bounds of targets hold together with the confidence asked; those of wait and
    /// strain are 95% intervals.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn plans(&self, into: impl Write) -> Result<()> {
        let rest = "cost_pounds_a_year,plan_verdict,on_frontier,measure,unit,target,mean,low,high,verdict,replications";
        let keys = self.keys.iter().map(String::as_str);
        let header = std::iter::once("plan").chain(keys).chain(rest.split(','));
        let mut writer = Table::headed(into, header)?;
        let on_frontier = frontier(&self.found.examined);
        for (it, on_frontier) in self.found.examined.iter().zip(on_frontier) {
            for facts in self.facts(it) {
                let words = (self.plan)(it.plan);
                let head = std::iter::once((it.plan + 1).to_string());
                let values = words
                    .values
                    .iter()
                    .map(|value| value.trim_matches('"').to_owned());
                let on_frontier = if on_frontier { "yes" } else { "no" };
                let plan = [
                    optional_for_file(self.known(words.cost_pounds_a_year)),
                    verdict(it).to_owned(),
                    on_frontier.to_owned(),
                ];
                let end = std::iter::once(it.replications.to_string());
                let cells: Vec<String> = head
                    .chain(values)
                    .chain(plan)
                    .chain(facts)
                    .chain(end)
                    .collect();
                writer.row(cells.iter().map(String::as_str))?;
            }
        }
        writer.end()
    }

    /// Measure, unit, target, mean, low, high and verdict of each requirement, then what is shown.
    fn facts(&self, it: &Examined) -> Vec<[String; 7]> {
        let goals = self.requirements();
        let requirements = it.requirements.iter().enumerate().map(|(at, judged)| {
            let measure = self.measures.get(at);
            let name = measure.map_or("share_of_replications_meeting_all", |it| it.name);
            let unit = measure.map_or("share", |it| it.unit.name());
            [
                name.to_owned(),
                unit.to_owned(),
                for_file(goals[at].value),
                optional_for_file(judged.mean),
                optional_for_file(judged.low),
                optional_for_file(judged.high),
                word(judged.verdict).to_owned(),
            ]
        });
        let shown = SHOWN.iter().zip(&it.shown).map(|(name, estimate)| {
            let measure = all_measures().iter().find(|measure| measure.name == *name);
            let end = |value: Option<f64>| optional_for_file(value);
            [
                (*name).to_owned(),
                measure.map_or("", |it| it.unit.name()).to_owned(),
                String::new(),
                end(estimate.map(|it| it.mean)),
                end(estimate.and_then(|it| it.low)),
                end(estimate.and_then(|it| it.high)),
                String::new(),
            ]
        });
        requirements.chain(shown).collect()
    }
}

/// The verdict on a plan in a word or two.
pub(super) fn verdict(it: &Examined) -> &'static str {
    match it.on_paper {
        Some(_) => "fails on paper",
        None => word(it.verdict),
    }
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Meets => "meets",
        Verdict::Fails => "fails",
        Verdict::Undecided => "undecided",
    }
}
