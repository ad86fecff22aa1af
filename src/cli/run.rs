//! `splw-sim run`: simulate a scenario, leave a folder of results, print the answer.

mod batch;
mod staffing;

use super::command::{Format, RunArguments};
use super::failure::Failure;
use super::input::Input;
use super::interrupt;
use super::output::{print, tell};
use super::progress::Progress;
use super::rests;
use super::study::{self, Outcome, failure_of, not_drawn};
use super::uncertain::{self, Draws};
use crate::experiment::{
    DifferenceRow, Estimates, Experiment, KnifeEdge, Stopping, both, differences, knife_edges,
};
use crate::model::Model;
use crate::report::answer::Answer;
use crate::report::figures::Figures;
use crate::report::folder::Folder;
use crate::report::manifest::Manifest;
use crate::report::options::which_was_run;
use crate::report::page::{Drawing, Page, RunTold, of_run};
use crate::report::tables::Variant;
use crate::report::unknowns::Unknowns;
use crate::report::workbook::Front;
use crate::report::{Story, tables};
use crate::scenario::BASE;
use std::path::Path;
use std::time::Instant;

/// What the option is called in which strain has effects, where the scenario is run both ways.
const WITH_EFFECTS: &str = "effects of strain";

/// Results and what they are read with.
struct Results {
    story: Story,
    /// [`BASE`], or the option that is run in its place.
    option: String,
    base: Outcome,
    /// The same service with the effects of strain, and the differences.
    with_effects: Option<(Outcome, Vec<DifferenceRow>)>,
    knife_edges: Vec<KnifeEdge>,
    /// What is not known and what is chance, where inputs are uncertain.
    unknowns: Option<Unknowns>,
}

impl Results {
    /// The base, and where there is one the option.
    fn variants(&self) -> Vec<Variant<'_>> {
        let option = self.with_effects.iter();
        std::iter::once(self.base.named(&self.option))
            .chain(option.map(|(outcome, _)| outcome.named(WITH_EFFECTS)))
            .collect()
    }

    /// What is said of the base.
    fn answer(&self) -> Answer<'_> {
        let base = &self.base;
        Answer {
            story: &self.story,
            model: &base.model,
            replications: &base.replications,
            estimates: &base.estimates,
            gaps: &base.gaps,
            knife_edges: &self.knife_edges,
            loads: &base.loads,
            effects: self.with_effects.as_ref().map_or(&[], |(_, rows)| rows),
        }
    }

    /// The first sheet of the workbook.
    fn front<'a>(&'a self, manifest: &'a Manifest) -> Front<'a> {
        let answer = self.answer();
        let unknowns = self.unknowns.iter();
        let not_known = unknowns.flat_map(|it| it.sentences(&self.story.targets));
        Front {
            story: &self.story,
            answer: answer.sentences().into_iter().chain(not_known).collect(),
            careful: answer.cautions(),
            targets: answer.target_lines(),
            model: &self.base.model,
            manifest,
        }
    }
}

/// Runs a scenario, or every scenario of a folder.
///
/// # Errors
/// When a scenario is refused, the results cannot be written, or somebody interrupts.
pub fn run(arguments: &RunArguments) -> Result<(), Failure> {
    match arguments.study.scenario.file.is_dir() {
        true => batch::run(arguments),
        false => run_file(arguments),
    }
}

fn run_file(arguments: &RunArguments) -> Result<(), Failure> {
    let clock = (jiff::Timestamp::now(), Instant::now());
    let study = &arguments.study;
    let input = Input::read(&study.scenario, &study::settings(study))?
        .into_option(arguments.option.as_deref())?;
    let range = arguments.replication_range.as_ref();
    let experiment = study::experiment(study, range, &input);
    let draws = Draws::of(&input, study, (experiment.threads, range.is_some()))?;
    let mut manifest = input.manifest("run", range.cloned());
    let out = study::folder_for(study, study::slug(&input).as_deref());
    let folder = Folder::begin(&out, &manifest, study.overwrite)?;
    let results = match &draws {
        Some(draws) => simulate_draws(arguments, &input, draws)?,
        None => simulate(arguments, &input, &experiment)?,
    };
    let replications = &results.base.replications;
    manifest.replications = replications.count() as u64;
    write_in_full(&folder, (arguments, &input), &results, &manifest)?;
    let counted = (replications.count() as u64, replications.events);
    study::write_log(&folder, clock, experiment.threads, counted)?;
    if interrupt::asked() {
        return Err(Failure::Interrupted);
    }
    let out = folder.finish()?;
    if study.quiet {
        return Ok(());
    }
    report(arguments, &input, &results, &out)
}

fn simulate(
    arguments: &RunArguments,
    input: &Input,
    experiment: &Experiment,
) -> Result<Results, Failure> {
    let scenario = &input.scenario;
    let quiet = arguments.study.quiet;
    let mut model = scenario.model.clone();
    if scenario.compares_feedback {
        model.strain.feedback = None;
    }
    let base = Outcome::of(model, experiment, "replications", quiet)?;
    let with_effects = match scenario.compares_feedback {
        true => {
            let same = Experiment {
                stopping: Stopping::Range(base.replications.numbers()),
                ..experiment.clone()
            };
            let option = Outcome::of(scenario.model.clone(), &same, "replications", quiet)?;
            let rows = differences(&option.side(), &base.side(), None);
            Some((option, rows))
        }
        false => None,
    };
    let progress = Progress::of("replications with small changes", quiet);
    let knife_edges = knife_edges(
        &base.model,
        experiment,
        &base.replications,
        interrupt::flag(),
        &|done, most| progress.show(done, most),
    );
    progress.finish();
    Ok(Results {
        story: input.story(),
        option: input.option.clone(),
        base,
        with_effects,
        knife_edges: knife_edges.map_err(failure_of)?,
        unknowns: None,
    })
}

/// As [`simulate`], over draws of the uncertain inputs. Knife-edges are not looked for: the draws go
/// further than 5% from the centre, and the tornado tells what that does.
fn simulate_draws(
    arguments: &RunArguments,
    input: &Input,
    draws: &Draws,
) -> Result<Results, Failure> {
    let quiet = arguments.study.quiet;
    let seed = input.scenario.experiment.seed;
    let compares_feedback = input.scenario.compares_feedback;
    let without_effects = |model: &mut Model| {
        if compares_feedback {
            model.strain.feedback = None;
        }
    };
    let service = (input.option.as_str(), &input.scenario.model);
    let (model, nested) = draws.run(service, ("replications", quiet), &without_effects)?;
    let estimates = Estimates::of_draws(&nested);
    let unknowns = draws.unknowns(&nested, &estimates);
    let base = uncertain::outcome(model, nested, estimates, seed);
    let with_effects = match compares_feedback {
        true => {
            let (model, option) = draws.run(service, ("replications", quiet), &|_| {})?;
            let estimates = Estimates::of_draws(&option);
            let option = uncertain::outcome(model, option, estimates, seed);
            let rows = differences(&option.side(), &base.side(), None);
            Some((option, rows))
        }
        false => None,
    };
    Ok(Results {
        story: input.story(),
        option: input.option.clone(),
        unknowns: Some(unknowns),
        base,
        with_effects,
        knife_edges: Vec::new(),
    })
}

/// Writes every table and figure of a run: tables and what shows them on one thread, figures and the
/// page on the others.
fn write_in_full(
    folder: &Folder,
    (arguments, input): (&RunArguments, &Input),
    results: &Results,
    manifest: &Manifest,
) -> Result<(), Failure> {
    let threads = study::threads(&arguments.study);
    let tables = || {
        let variants = results.variants();
        study::write_tables(folder, &arguments.study, input, &variants, manifest)?;
        write_differences(folder, results)?;
        if let Some(unknowns) = &results.unknowns {
            uncertain::write_tables(folder, unknowns, &results.option, &results.base.model)?;
        }
        study::write_workbook(folder, &results.front(manifest))
    };
    let drawings = || {
        let figures = figures(results)?;
        study::write_figures(folder, threads.saturating_sub(1), &figures)?;
        rests::write_page(folder, &page(results, input, manifest, &figures))
    };
    let (tables, drawings) = both(threads, tables, drawings).map_err(failure_of)?;
    tables.and(drawings)
}

fn write_differences(folder: &Folder, results: &Results) -> Result<(), Failure> {
    if let Some((option, rows)) = &results.with_effects {
        let option = option.named(WITH_EFFECTS);
        folder.write("differences.csv", |file| {
            tables::differences(file, &results.option, &[(&option, rows)])
        })?;
    }
    Ok(())
}

/// The figures of the base by name, and of the option the one about strain.
fn figures(results: &Results) -> Result<Vec<(String, String)>, Failure> {
    let drawn = |outcome: &Outcome| {
        let figures = Figures {
            story: &results.story,
            model: &outcome.model,
            replications: &outcome.replications,
            estimates: &outcome.estimates,
        };
        figures.draw().map_err(|error| not_drawn(&error))
    };
    let mut figures: Vec<(String, String)> = drawn(&results.base)?
        .into_iter()
        .map(|(name, svg)| (name.to_owned(), svg))
        .collect();
    if let Some((option, _)) = &results.with_effects {
        let strain = drawn(option)?
            .into_iter()
            .filter(|(name, _)| *name == "strain");
        figures.extend(strain.map(|(name, svg)| (format!("{name}_with_effects"), svg)));
    }
    if let Some(unknowns) = &results.unknowns {
        let drawn = unknowns.draw(&results.story.title, &results.story.targets);
        let tornado = drawn.map_err(|error| not_drawn(&error))?;
        figures.extend(tornado.map(|svg| ("tornado".to_owned(), svg)));
    }
    Ok(figures)
}

/// The page of the run.
fn page(results: &Results, input: &Input, manifest: &Manifest, figures: &[Drawing]) -> Page {
    let with_effects = results.with_effects.as_ref();
    let others = input.options.iter().filter(|it| **it != results.option);
    let told = RunTold {
        answer: &results.answer(),
        service: results.base.named(&results.option),
        with_effects: with_effects.map(|(option, _)| option.named(WITH_EFFECTS)),
        unknowns: results.unknowns.as_ref(),
        other_options: others.cloned().collect(),
    };
    of_run(&told, &rests::about(input, manifest, figures))
}

fn report(
    arguments: &RunArguments,
    input: &Input,
    results: &Results,
    out: &Path,
) -> Result<(), Failure> {
    let answer = results.answer();
    let targets = &results.story.targets;
    let unknowns = results.unknowns.as_ref();
    match arguments.study.format {
        Format::Text => tell(&format!(
            "{}{}\n{}Results are in {}\n",
            answer.text(),
            unknowns.map(|it| it.text(targets)).unwrap_or_default(),
            which_was_run(&input.option, BASE, &input.options),
            out.display()
        )),
        Format::Json => {
            let mut json = json(&answer, input, out);
            if let Some(unknowns) = unknowns {
                json["not_known"] = unknowns.sentences(targets).into();
            }
            print(&format!("{json:#}\n"))
        }
    }
}

fn json(answer: &Answer, input: &Input, out: &Path) -> serde_json::Value {
    let measures: Vec<serde_json::Value> = answer
        .estimates
        .rows
        .iter()
        .map(|row| {
            let column = &row.column;
            serde_json::json!({
                "scope": column.scope.name(),
                "name": crate::report::entity_name(answer.model, column.scope, column.entity),
                "measure": column.measure.name,
                "unit": column.unit().name(),
                "n": row.n,
                "mean": row.mean(),
                "ci95_low": row.estimate.and_then(|estimate| estimate.low),
                "ci95_high": row.estimate.and_then(|estimate| estimate.high),
                "p10": row.spread.map(|spread| spread[0]),
                "p50": row.spread.map(|spread| spread[1]),
                "p90": row.spread.map(|spread| spread[2]),
            })
        })
        .collect();
    serde_json::json!({
        "title": answer.story.title,
        "question": answer.story.question,
        "option": input.option,
        "options": input.options,
        "answer": answer.sentences(),
        "be_careful": answer.cautions(),
        "targets": answer.target_lines().iter().map(|it| it.json(&[&input.option])).collect::<Vec<_>>(),
        "price_year": answer.model.costs.as_ref().map(|costs| costs.price_year.to_string()),
        "replications": answer.replications.count(),
        "measures": measures,
        "folder": out.display().to_string(),
    })
}
