//! The plans that were looked at, for people and as `plans.csv`.

use super::Advice;
use super::words::{bare, wte};
use crate::experiment::recommend::{Examined, Judged, SHOWN, Verdict, frontier};
use crate::measure::all_measures;
use crate::report::comparison::words::pounds;
use crate::report::number::{counted, for_file, grouped, optional_for_file};
use crate::report::prose::{aligned, paragraph, wrapped};
use crate::report::tables::Table;
use std::io::{Result, Write};

/// Plans that the terminal shows at most; the file has them all.
const MOST_ROWS: usize = 20;

impl Advice<'_> {
    /// The targets, and a row for each plan that was simulated.
    pub(super) fn table(&self) -> String {
        let mut text = String::new();
        let requirements = self.requirements().len();
        for at in 0..requirements {
            text += &wrapped(
                "  ",
                &format!("Target {}: {} {}", at + 1, self.what(at), self.asked(at)),
            );
        }
        let simulated = self.found.examined.iter().filter(|it| it.replications > 0);
        let simulated: Vec<&Examined> = simulated.collect();
        if simulated.is_empty() {
            return text;
        }
        let mut rows = vec![self.headings(requirements)];
        rows.extend(self.shown(&simulated).iter().map(|it| self.row(it)));
        text += &aligned(&rows);
        text += &paragraph(self.how_to_read());
        if simulated.len() > MOST_ROWS {
            let more = counted(simulated.len() - MOST_ROWS, "more plan");
            text += &format!("  and {more} in plans.csv\n");
        }
        if let Some(ways) = self.ways_of_sharing() {
            text += &paragraph(&ways);
        }
        text
    }

    /// The cheapest plans, but always the one recommended.
    fn shown<'a>(&self, simulated: &[&'a Examined]) -> Vec<&'a Examined> {
        let is_answer = |it: &&&Examined| self.recommended_plan() == Some(it.plan);
        let answer = simulated.iter().position(|it| is_answer(&it));
        let from = answer.map_or(0, |at| (at + 1).saturating_sub(MOST_ROWS));
        let shown = simulated.iter().skip(from).take(MOST_ROWS);
        shown.copied().collect()
    }

    const fn how_to_read(&self) -> &'static str {
        match self.recommended_plan() {
            Some(_) => {
                "-> is the plan recommended. yes: the target is surely met; no: surely missed; ?: not known."
            }
            None => "yes: the target is surely met; no: surely missed; ?: not known.",
        }
    }

    fn headings(&self, requirements: usize) -> Vec<String> {
        let keys = format!("   {}", self.keys.join(", "));
        let targets = (1..=requirements).map(|at| format!("target {at}"));
        [keys, "WTE".to_owned(), "a year".to_owned()]
            .into_iter()
            .chain(targets)
            .chain(std::iter::once("runs".to_owned()))
            .collect()
    }

    fn row(&self, it: &Examined) -> Vec<String> {
        let words = (self.plan)(it.plan);
        let mark = match self.recommended_plan() == Some(it.plan) {
            true => "->",
            false => "  ",
        };
        let values: Vec<&str> = words.values.iter().map(|it| bare(it)).collect();
        let plan = format!("{mark} {}", values.join(", "));
        let wte = words.staff.map_or("-".to_owned(), |it| wte(it.wte));
        let cost = self.known(words.cost_pounds_a_year);
        let cost = cost.map_or("-".to_owned(), pounds);
        let reached = |(at, judged): (usize, &Judged)| {
            let word = match judged.verdict {
                Verdict::Meets => "yes",
                Verdict::Fails => "no ",
                Verdict::Undecided => "?  ",
            };
            let mean = judged.mean.map(|mean| self.show(at, mean));
            format!("{} {word}", mean.unwrap_or("-".to_owned()))
        };
        let reached = it.requirements.iter().enumerate().map(reached);
        [plan, wte, cost]
            .into_iter()
            .chain(reached)
            .chain(std::iter::once(grouped(it.replications as f64, 0)))
            .collect()
    }

    /// `plans.csv`: a row for each plan that was looked at and each target, then the mean wait and
    /// strain. The bounds of targets hold together with the confidence asked; those of wait and
    /// strain are 95% intervals.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn plans(&self, into: impl Write) -> Result<()> {
        let rest = "cost_pounds_a_year,plan_verdict,on_frontier,measure,unit,target,mean,low,high,verdict,replications,wte_in_all,recommended";
        let keys = self.keys.iter().map(String::as_str);
        let header = std::iter::once("plan").chain(keys).chain(rest.split(','));
        let mut writer = Table::headed(into, header)?;
        let on_frontier = frontier(&self.found.examined);
        for (it, on_frontier) in self.found.examined.iter().zip(on_frontier) {
            for facts in self.facts(it) {
                let words = (self.plan)(it.plan);
                let head = std::iter::once((it.plan + 1).to_string());
                let values = words.values.iter().map(|value| bare(value).to_owned());
                let on_frontier = if on_frontier { "yes" } else { "no" };
                let plan = [
                    optional_for_file(self.known(words.cost_pounds_a_year)),
                    verdict(it).to_owned(),
                    on_frontier.to_owned(),
                ];
                let is_answer = self.recommended_plan() == Some(it.plan);
                let end = [
                    it.replications.to_string(),
                    optional_for_file(words.staff.map(|it| it.wte)),
                    if is_answer { "yes" } else { "no" }.to_owned(),
                ];
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
pub(in crate::report) fn verdict(it: &Examined) -> &'static str {
    match it.on_paper {
        Some(_) => "fails on paper",
        None => word(it.verdict),
    }
}

pub(in crate::report) const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Meets => "meets",
        Verdict::Fails => "fails",
        Verdict::Undecided => "undecided",
    }
}
