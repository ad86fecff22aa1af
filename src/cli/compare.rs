//! `splw-sim compare`: base and options on the same numbers, how they differ, and which is best.

mod asked;
mod best;
mod costs;

use super::command::{CompareArguments, Format};
use super::failure::Failure;
use super::input::Input;
use super::interrupt;
use super::output::{print, tell};
use super::progress::Progress;
use super::rests;
use super::study::{self, Outcome, failure_of, not_drawn};
use super::uncertain::{self, Draws};
use crate::experiment::{
    DifferencePrecision, DrawnDifferences, Estimates, Experiment, Gain, Ranking, Stopping,
    UncertaintyRow, cost_effect, differences, drawn_differences, uncertainty_rows, until_precise,
};
use crate::model::Model;
use crate::report::Story;
use crate::report::comparison::{
    Compared, Comparison, DrawnComparison, Ranked, forest, json, plane,
};
use crate::report::folder::Folder;
use crate::report::manifest::Manifest;
use crate::report::page::{Drawing, of_comparison};
use crate::report::tables;
use crate::report::unknowns::Drawn;
use crate::report::workbook::Front;
use crate::scenario::{BASE, Scenario};
use crate::stats;
use asked::{Asked, models};
use best::Search;
use costs::Known;
use std::path::Path;
use std::time::Instant;

/// The measure whose differences said how long to go on, the half-width that was asked for, and how
/// each option ended; `None` where they were not asked.
type Precise = Option<(String, Option<f64>, Vec<stats::Progress>)>;

/// What was simulated.
struct Simulated {
    /// The base, then the options.
    outcomes: Vec<Outcome>,
    /// The half-width that was asked for, and how each option ended, where differences decided.
    precise: Precise,
    /// The search for the best; none where it was not asked for or cannot be told.
    ranking: Option<Ranking>,
    /// What draws of uncertain inputs gave beside the means.
    drawn: Option<DrawnResults>,
}

/// What draws of uncertain inputs gave beside the means.
struct DrawnResults {
    /// The inputs.
    drawn: Drawn,
    /// Every measure over the draws, of the base and of each option.
    levels: Vec<Vec<UncertaintyRow>>,
    /// How each option differs from the base.
    differences: Vec<DrawnDifferences>,
}

/// Compares the options of a scenario.
///
/// # Errors
/// When the scenario is refused or has no options, the results cannot be written, or somebody
/// interrupts.
pub fn compare(arguments: &CompareArguments) -> Result<(), Failure> {
    let clock = (jiff::Timestamp::now(), Instant::now());
    let study = &arguments.study;
    let mut settings = study::settings(study);
    let precision = arguments.difference_precision;
    settings.extend(precision.map(|it| ("compare.difference_precision", it.to_string())));
    let input = Input::read(&study.scenario, &settings)?;
    let asked = Asked::of(&input.scenario, study);
    asked.check(&input.scenario)?;
    let experiment = study::experiment(study, None, &input);
    let draws = Draws::of(&input, study, (experiment.threads, false))?;
    if draws.is_some() {
        asked.refuse_what_draws_cannot_give()?;
    }
    let manifest = input.manifest("compare", None);
    let out = study::folder_for(study, None);
    let folder = Folder::begin(&out, &manifest, study.overwrite)?;
    let simulated = match &draws {
        Some(draws) => simulate_draws(&input.scenario, draws, study.quiet)?,
        None => simulate(&input.scenario, &asked, &experiment, study.quiet)?,
    };
    let story = input.story();
    let options = compared(&input.scenario, &asked, &simulated);
    let base_targets = asked.targets_of(&simulated.outcomes[0].side());
    let told = told(&story, &input.scenario, &asked, &simulated, &options);
    let comparison = Comparison {
        base_targets: &base_targets,
        ..told
    };
    let manifest = Manifest {
        replications: comparison.base.replications.count() as u64,
        ..manifest
    };
    let variants = comparison.variants();
    study::write_tables(&folder, study, &input, &variants, &manifest)?;
    let figures = write_comparison(&folder, experiment.threads, &comparison)?;
    study::write_workbook(&folder, &front(&comparison, &manifest))?;
    let about = rests::about(&input, &manifest, &figures);
    rests::write_page(&folder, &of_comparison(&comparison, &about))?;
    study::write_log(&folder, clock, experiment.threads, counted(&simulated))?;
    if interrupt::asked() {
        return Err(Failure::Interrupted);
    }
    let out = folder.finish()?;
    if study.quiet {
        return Ok(());
    }
    report(&comparison, study.format, &out)
}

fn report(comparison: &Comparison, format: Format, out: &Path) -> Result<(), Failure> {
    let out = out.display().to_string();
    match format {
        Format::Text => tell(&format!("{}\nResults are in {out}\n", comparison.text())),
        Format::Json => print(&format!("{:#}\n", json(comparison, &out))),
    }
}

/// Everything that is told.
fn told<'a>(
    story: &'a Story,
    scenario: &Scenario,
    asked: &'a Asked<'_>,
    simulated: &'a Simulated,
    options: &'a [Compared<'a>],
) -> Comparison<'a> {
    let precise = simulated.precise.as_ref();
    Comparison {
        story,
        base: simulated.outcomes[0].named(BASE),
        options,
        family: &asked.family,
        base_targets: &[],
        counted: asked.counted,
        worth: asked.worth,
        drawn: simulated.drawn.as_ref().map(|it| DrawnComparison {
            drawn: &it.drawn,
            levels: &it.levels,
            differences: &it.differences,
        }),
        ranking: asked.ranking.map(|by| Ranked {
            measure: &by.measure,
            zone: by.indifference_zone,
            outcome: simulated.ranking.as_ref(),
        }),
        asked: precise.map(|(measure, half_width, _)| (measure.as_str(), *half_width)),
        with_strain: scenario.compares_feedback,
    }
}

/// Replications and events.
fn counted(simulated: &Simulated) -> (u64, u64) {
    let runs = || simulated.outcomes.iter().map(|it| &it.replications);
    let replications: usize = runs().map(|it| it.count()).sum();
    (replications as u64, runs().map(|it| it.events).sum())
}

fn simulate(
    scenario: &Scenario,
    asked: &Asked,
    experiment: &Experiment,
    quiet: bool,
) -> Result<Simulated, Failure> {
    let (outcomes, precise) = match asked.precision {
        Some(relative) => until_differences_are(scenario, asked, experiment, relative, quiet)?,
        None => (one_after_the_other(scenario, experiment, quiet)?, None),
    };
    let ranking = match asked.ranking {
        Some(by) => {
            let is_fixed = matches!(experiment.stopping, Stopping::Range(_));
            let search = Search {
                scenario,
                asked,
                by,
                outcomes: &outcomes,
                experiment,
                is_number_fixed: is_fixed && precise.is_none(),
            };
            search.best(quiet)?
        }
        None => None,
    };
    Ok(Simulated {
        outcomes,
        precise,
        ranking,
        drawn: None,
    })
}

/// Base and options over the same draws of the uncertain inputs.
fn simulate_draws(scenario: &Scenario, draws: &Draws, quiet: bool) -> Result<Simulated, Failure> {
    let seed = scenario.experiment.seed;
    let of = scenario.options.len() + 1;
    let mut outcomes = Vec::with_capacity(of);
    for (at, (name, central)) in models(scenario).enumerate() {
        let what = progress_of(name, at, of);
        let (model, nested) = draws.run((name, central), (&what, quiet), &|_| {})?;
        let estimates = Estimates::of_draws(&nested);
        outcomes.push(uncertain::outcome(model, nested, estimates, seed));
    }
    let drawn = drawn_results(draws.inputs(), &outcomes);
    Ok(Simulated {
        outcomes,
        precise: None,
        ranking: None,
        drawn: Some(drawn),
    })
}

/// The spread of measures and of differences over the draws.
fn drawn_results(drawn: Drawn, outcomes: &[Outcome]) -> DrawnResults {
    let design = drawn.design;
    let levels = outcomes.iter().map(|it| {
        let is_shown = |index: usize| it.estimates.rows[index].estimate.is_some();
        uncertainty_rows((&design, &it.replications), is_shown)
    });
    let base = outcomes[0].side();
    let options = outcomes[1..].iter();
    let differences =
        options.map(|it| drawn_differences(&it.side(), &base, &design, &drawn.inputs));
    DrawnResults {
        levels: levels.collect(),
        differences: differences.collect(),
        drawn,
    }
}

/// What the progress bar says of one of so many, whose name stands in a template where braces have a
/// meaning.
fn progress_of(name: &str, at: usize, of: usize) -> String {
    let plain = name.replace(['{', '}'], " ");
    format!("replications of {plain} ({} of {of})", at + 1)
}

/// The base, then each option in the same replications.
fn one_after_the_other(
    scenario: &Scenario,
    experiment: &Experiment,
    quiet: bool,
) -> Result<Vec<Outcome>, Failure> {
    let mut outcomes: Vec<Outcome> = Vec::new();
    let of = scenario.options.len() + 1;
    for (at, (name, model)) in models(scenario).enumerate() {
        let same = match outcomes.first() {
            None => experiment.clone(),
            Some(base) => Experiment {
                stopping: Stopping::Range(base.replications.numbers()),
                ..experiment.clone()
            },
        };
        let what = progress_of(name, at, of);
        outcomes.push(Outcome::of(model.clone(), &same, &what, quiet)?);
    }
    Ok(outcomes)
}

fn until_differences_are(
    scenario: &Scenario,
    asked: &Asked,
    experiment: &Experiment,
    relative: f64,
    quiet: bool,
) -> Result<(Vec<Outcome>, Precise), Failure> {
    let models: Vec<&Model> = models(scenario).map(|(_, model)| model).collect();
    let wanted = DifferencePrecision {
        relative,
        budget: asked.budget,
        measure: asked.watched().to_owned(),
    };
    let progress = Progress::of("replications of base and options", quiet);
    let flag = interrupt::flag();
    let precise = until_precise(&models, experiment, &wanted, flag, &|done, most| {
        progress.show(done, most);
    });
    progress.finish();
    let precise = precise.map_err(failure_of)?;
    let runs = precise.runs.into_iter().zip(&models);
    let outcomes = runs
        .map(|(run, model)| {
            let on = (experiment.seed, experiment.threads);
            Outcome::from((*model).clone(), run, on)
        })
        .collect::<Result<_, _>>()?;
    Ok((
        outcomes,
        Some((wanted.measure, precise.half_width, precise.ends)),
    ))
}

/// The options with all that is told of them.
fn compared<'a>(
    scenario: &'a Scenario,
    asked: &Asked,
    simulated: &'a Simulated,
) -> Vec<Compared<'a>> {
    let base = simulated.outcomes[0].side();
    let options = scenario.options.iter().zip(&simulated.outcomes[1..]);
    options
        .enumerate()
        .map(|(at, (option, outcome))| {
            let side = outcome.side();
            let cost = Known::of(scenario, at).cost(&simulated.outcomes[1..]);
            let gains = [
                Gain::ContactedInTime {
                    days: asked.in_time_days,
                },
                Gain::WaitWeeksRemoved,
                Gain::ContactedEver,
            ];
            let effect = |gain| cost_effect(gain, cost.as_ref()?, &side, &base, asked.worth);
            let ends = simulated.precise.as_ref().map(|(_, _, ends)| ends);
            Compared {
                variant: outcome.named(&option.name),
                changes: &option.changes,
                rows: differences(&side, &base, Some(&asked.family)),
                money: gains.into_iter().filter_map(effect).collect(),
                has_cost: cost.is_some(),
                cost: costs::told(scenario, at, (&side, &base)),
                ended: ends.and_then(|ends| ends.get(at).copied()),
                what_if: option.what_if,
                targets: asked.targets_of(&side),
            }
        })
        .collect()
}

/// The first sheet of the workbook.
fn front<'a>(comparison: &'a Comparison, manifest: &'a Manifest) -> Front<'a> {
    Front {
        story: comparison.story,
        answer: comparison.sentences(),
        careful: comparison.cautions(),
        targets: comparison.target_lines(),
        model: comparison.base.model,
        manifest,
    }
}

/// Writes the tables and figures of the comparison itself, and gives the figures.
fn write_comparison(
    folder: &Folder,
    threads: usize,
    comparison: &Comparison,
) -> Result<Vec<Drawing>, Failure> {
    let options = comparison.options;
    let rows: Vec<_> = options
        .iter()
        .map(|it| (&it.variant, it.rows.as_slice()))
        .collect();
    folder.write("differences.csv", |file| {
        tables::differences(file, BASE, &rows)
    })?;
    if !comparison.base_targets.is_empty() {
        folder.write("targets.csv", |file| comparison.targets_table(file))?;
    }
    if options.iter().any(|it| it.has_cost) {
        let money: Vec<_> = options
            .iter()
            .map(|it| (&it.variant, it.money.as_slice()))
            .collect();
        folder.write("cost_effectiveness.csv", |file| {
            tables::cost_effectiveness(file, BASE, &money)
        })?;
    }
    if let Some((ranked, outcome)) = comparison.ranking.and_then(|it| Some((it, it.outcome?))) {
        let options = options.iter().map(|it| it.variant.option);
        let names: Vec<&str> = std::iter::once(BASE).chain(options).collect();
        folder.write("ranking.csv", |file| {
            tables::ranking(file, ranked.measure, &names, outcome)
        })?;
    }
    if let Some(drawn) = &comparison.drawn {
        let variants = comparison.variants();
        folder.write("uncertainty.csv", |file| drawn.write_table(file, &variants))?;
        folder.write("draws.csv", |file| drawn.drawn.write(file))?;
        folder.write("tornado.csv", |file| drawn.write_tornado(file, &variants))?;
    }
    let drawn = forest(comparison).map_err(|error| not_drawn(&error))?;
    let mut figures = vec![("differences".to_owned(), drawn)];
    let plane = plane(comparison).map_err(|error| not_drawn(&error))?;
    figures.extend(plane.map(|svg| ("cost_effectiveness".to_owned(), svg)));
    let tornado = comparison.tornado().map_err(|error| not_drawn(&error))?;
    figures.extend(tornado.map(|svg| ("tornado".to_owned(), svg)));
    study::write_figures(folder, threads, &figures)?;
    Ok(figures)
}
