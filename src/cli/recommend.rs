//! `splw-sim recommend`: the cheapest plan that surely meets the targets, or that none does.

mod plans;

use super::command::{Format, RecommendArguments};
use super::failure::Failure;
use super::input::Input;
use super::interrupt;
use super::output::{print, tell};
use super::rests;
use super::study::{self, Outcome, not_drawn};
use crate::experiment::recommend::{
    Ending, Found, Goal, Grid, GridKey, Question, recommend as search,
};
use crate::experiment::{DifferenceRow, Experiment, Stopping, differences};
use crate::measure::{Measure, all_measures};
use crate::report::Story;
use crate::report::folder::Folder;
use crate::report::page::{Drawing, RecommendTold, of_recommendation};
use crate::report::plots::frontier;
use crate::report::recommendation::{Advice, CostsFrom, PlanWords};
use crate::report::tables::{self, Variant};
use crate::report::workbook::Front;
use crate::scenario::{BASE, PlanCosts, Recommendation, Scenario};
use plans::Plans;
use std::path::Path;
use std::time::Instant;

/// What the tables call the plan recommended.
const RECOMMENDED: &str = "recommended";

/// What was asked of which plans.
struct Task<'a> {
    recommendation: &'a Recommendation,
    measures: Vec<&'static Measure>,
    question: Question,
    grid: Grid,
}

/// What was found, and the base beside it.
struct Results {
    story: Story,
    /// Uncertain inputs, which have their central values.
    uncertain: usize,
    found: Found,
    /// The plan recommended, or the cheapest that is known to be enough.
    chosen: Option<Outcome>,
    base: Outcome,
    /// Posts and WTE of the plans looked at.
    plans: Plans,
}

/// Recommends a plan.
///
/// # Errors
/// When the scenario is refused or has no `[recommend]`, the results cannot be written, or somebody
/// interrupts.
pub fn recommend(arguments: &RecommendArguments) -> Result<(), Failure> {
    let clock = (jiff::Timestamp::now(), Instant::now());
    let study = &arguments.study;
    let input = Input::read(&study.scenario, &study::settings(study))?;
    let task = task(&input.scenario)?;
    let experiment = study::experiment(study, None, &input);
    let mut manifest = input.manifest("recommend", None);
    let out = study::folder_for(study, None);
    let folder = Folder::begin(&out, &manifest, study.overwrite)?;
    let results = simulate(&task, &input, &experiment, study.quiet)?;
    manifest.replications = results.base.replications.count() as u64;
    study::write_tables(&folder, study, &input, &results.variants(), &manifest)?;
    let differences = results.differences();
    results.write_differences(&folder, differences.as_deref())?;
    results.with_advice(&task, |advice| {
        folder.write("plans.csv", |file| advice.plans(file))?;
        let front = Front {
            story: advice.story,
            answer: advice.sentences(),
            careful: advice.cautions(),
            targets: Vec::new(),
            model: &results.base.model,
            manifest: &manifest,
        };
        study::write_workbook(&folder, &front)?;
        let figure = advice.figure().map(|it| frontier::draw(&it));
        let figure = figure.transpose().map_err(|error| not_drawn(&error))?;
        let figures = figure.map(|figure| ("frontier".to_owned(), figure));
        let figures: Vec<Drawing> = figures.into_iter().collect();
        study::write_figures(&folder, experiment.threads, &figures)?;
        let told = results.told(advice, differences.as_deref());
        let about = rests::about(&input, &manifest, &figures);
        rests::write_page(&folder, &of_recommendation(&told, &about))
    })?;
    let replications = results.base.replications.count() as u64 + results.found.replications;
    let events = results.base.replications.events + results.plans.events;
    study::write_log(&folder, clock, experiment.threads, (replications, events))?;
    if interrupt::asked() {
        return Err(Failure::Interrupted);
    }
    let out = folder.finish()?;
    if study.quiet {
        return Ok(());
    }
    results.with_advice(&task, |advice| report(arguments.study.format, advice, &out))
}

/// What a scenario asks, and of which plans.
fn task(scenario: &Scenario) -> Result<Task<'_>, Failure> {
    let Some(recommendation) = &scenario.recommendation else {
        let what = "the scenario has no [recommend]: nothing is said of what may change";
        return Err(Failure::Unreadable(what.to_owned()));
    };
    let goal = |target: &crate::scenario::Target| {
        let measure = all_measures().iter().find(|it| it.name == target.measure)?;
        Some((*measure, Goal::of(measure, target.value)?))
    };
    let (measures, goals) = scenario.targets.iter().filter_map(goal).unzip();
    let key = |vary: &crate::scenario::Vary| GridKey {
        costs_pounds_a_year: vary.costs_pounds_a_year.clone(),
        ranks: vary.ranks.clone(),
    };
    Ok(Task {
        recommendation,
        measures,
        question: Question {
            goals,
            share_of_years: recommendation.share_of_years,
            confidence: recommendation.confidence,
            budget: recommendation.budget_replications,
        },
        grid: Grid::new(recommendation.vary.iter().map(key).collect()),
    })
}

fn simulate(
    task: &Task,
    input: &Input,
    experiment: &Experiment,
    quiet: bool,
) -> Result<Results, Failure> {
    let scenario = &input.scenario;
    let budget = task.question.budget;
    let mut plans = Plans::new(
        scenario,
        task.recommendation,
        &task.measures,
        experiment,
        (budget, quiet),
    );
    let found = search(&task.question, &task.grid, &mut plans)?;
    plans.finish();
    let base = plans::without_effects(scenario.model.clone(), scenario);
    let base = Outcome::of(base, experiment, "replications of the base", quiet)?;
    let same = Experiment {
        stopping: Stopping::Range(base.replications.numbers()),
        ..experiment.clone()
    };
    let plan = match found.ending {
        Ending::Recommended(plan) => Some(plan),
        Ending::Undecided { surely, .. } => surely,
        Ending::NoneMeets { .. } => None,
    };
    let chosen = match plan {
        Some(plan) => {
            let model = plans.model(plan)?.clone();
            Some(Outcome::of(
                model,
                &same,
                "replications of the plan",
                quiet,
            )?)
        }
        None => None,
    };
    Ok(Results {
        story: input.story(),
        uncertain: scenario.uncertainty.inputs.len(),
        found,
        chosen,
        base,
        plans,
    })
}

impl Results {
    fn variants(&self) -> Vec<Variant<'_>> {
        let chosen = self.chosen.iter().map(|it| it.named(RECOMMENDED));
        std::iter::once(self.base.named(BASE))
            .chain(chosen)
            .collect()
    }

    /// The plan less the base; `None` where there is no plan.
    fn differences(&self) -> Option<Vec<DifferenceRow>> {
        let chosen = self.chosen.as_ref()?;
        Some(differences(&chosen.side(), &self.base.side(), None))
    }

    fn write_differences(
        &self,
        folder: &Folder,
        rows: Option<&[DifferenceRow]>,
    ) -> Result<(), Failure> {
        if let Some((chosen, rows)) = self.chosen.as_ref().zip(rows) {
            folder.write("differences.csv", |file| {
                tables::differences(file, BASE, &[(&chosen.named(RECOMMENDED), rows)])
            })?;
        }
        Ok(())
    }

    /// What the page tells.
    fn told<'a>(
        &'a self,
        advice: &'a Advice<'a>,
        differences: Option<&'a [DifferenceRow]>,
    ) -> RecommendTold<'a> {
        let chosen = self.chosen.as_ref().map(|it| it.named(RECOMMENDED));
        RecommendTold {
            advice,
            base: self.base.named(BASE),
            chosen: chosen.zip(differences),
        }
    }

    /// Does something with the answer.
    fn with_advice<T>(
        &self,
        task: &Task,
        then: impl FnOnce(&Advice) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let vary = &task.recommendation.vary;
        let keys: Vec<String> = vary.iter().map(|it| it.key.clone()).collect();
        let ordered = vary.iter().filter(|it| it.ranks.is_some());
        let ordered: Vec<String> = ordered.map(|it| it.key.clone()).collect();
        let words = |plan: usize| PlanWords {
            values: task.recommendation.values(plan),
            cost_pounds_a_year: task.grid.cost(plan),
            staff: self.plans.staff(plan),
            staff_cost: self.plans.staff_cost(plan),
        };
        then(&Advice {
            story: &self.story,
            question: &task.question,
            measures: &task.measures,
            found: &self.found,
            keys: &keys,
            ordered: &ordered,
            plans: task.grid.plans(),
            plan: &words,
            one_less: &|plan| task.grid.one_less(plan),
            weeks: self.base.model.period.weeks(),
            uncertain: self.uncertain,
            met_in_runs: self.met_in_runs(task),
            costs: match task.recommendation.costs {
                PlanCosts::Given => CostsFrom::Vary,
                PlanCosts::Posts => CostsFrom::Posts,
                PlanCosts::Unknown => CostsFrom::Nowhere,
            },
        })
    }

    /// In how many of how many runs the plan recommended meets every target.
    fn met_in_runs(&self, task: &Task) -> Option<(usize, usize)> {
        let chosen = match self.found.ending {
            Ending::Recommended(_) => self.chosen.as_ref()?,
            _ => return None,
        };
        let names: Vec<&'static str> = task.measures.iter().map(|it| it.name).collect();
        let goals = &task.question.goals;
        let rows = plans::rows_of(&chosen.replications, &names);
        let is_met = |row: &Vec<Option<f64>>| {
            let mut pairs = goals.iter().zip(row);
            pairs.all(|(goal, value)| value.is_some_and(|value| goal.is_met_by(value)))
        };
        let met = rows.filter(is_met).count();
        Some((met, chosen.replications.count()))
    }
}

fn report(format: Format, advice: &Advice, out: &Path) -> Result<(), Failure> {
    match format {
        Format::Text => tell(&format!(
            "{}Results are in {}\n",
            advice.text(),
            out.display()
        )),
        Format::Json => print(&format!("{:#}\n", json(advice, out))),
    }
}

fn json(advice: &Advice, out: &Path) -> serde_json::Value {
    let found = advice.found;
    let ending = match found.ending {
        Ending::Recommended(_) => "recommended",
        Ending::NoneMeets { .. } => "none meets",
        Ending::Undecided { .. } => "undecided within budget",
    };
    let plan = |plan: usize| {
        let words = (advice.plan)(plan);
        let values = advice
            .keys
            .iter()
            .cloned()
            .zip(words.values.into_iter().map(Into::into));
        serde_json::json!({
            "plan": plan + 1,
            "values": serde_json::Map::from_iter(values),
            "cost_pounds_a_year": advice.known(words.cost_pounds_a_year),
            "by_posts": words.staff_cost.map(|it| serde_json::json!({
                "price_year": it.price_year,
                "pounds_a_year": it.pounds_a_year,
                "reimbursed_pounds_a_year": it.reimbursed_pounds_a_year,
            })),
        })
    };
    serde_json::json!({
        "title": advice.story.title,
        "question": advice.story.question,
        "ending": ending,
        "recommended": advice.recommended_plan().map(plan),
        "answer": advice.sentences(),
        "be_careful": advice.cautions(),
        "plans": advice.plans,
        "plans_looked_at": found.examined.len(),
        "replications": found.replications,
        "folder": out.display().to_string(),
    })
}
