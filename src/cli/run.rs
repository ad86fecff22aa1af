//! `splw-sim run`: simulate a scenario, leave a folder of results, print the answer.

use super::command::{Format, RunArguments};
use super::failure::Failure;
use super::input::Input;
use super::interrupt;
use super::output::print;
use super::progress::Progress;
use crate::engine::Plan;
use crate::experiment::{
    DifferenceRow, EquityGap, Estimates, Experiment, KnifeEdge, PaperLoads, Replications, Stop,
    Stopping, differences, equity_gaps, knife_edges, run as replicate,
};
use crate::model::Model;
use crate::report::answer::Answer;
use crate::report::figures::Figures;
use crate::report::folder::Folder;
use crate::report::manifest::Manifest;
use crate::report::options::which_was_run;
use crate::report::paper::Loads;
use crate::report::plots::rasterise;
use crate::report::tables::Variant;
use crate::report::{Story, tables};
use crate::scenario::BASE;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Above this many replications their values are written only if asked for.
const REPLICATIONS_WRITTEN: usize = 1_000;

/// What the option is called in which strain has effects, where the scenario is run both ways.
const WITH_EFFECTS: &str = "effects of strain";
/// Characters of an option's name in the name of a folder at most: file systems take 255 bytes.
const LONGEST_SLUG: usize = 50;

/// Results and what they are read with.
struct Results {
    story: Story,
    /// [`BASE`], or the option that is run in its place.
    option: String,
    base: Outcome,
    /// The same service with the effects of strain, and the differences.
    with_effects: Option<(Outcome, Vec<DifferenceRow>)>,
    knife_edges: Vec<KnifeEdge>,
}

/// A model and what its replications gave.
struct Outcome {
    model: Model,
    replications: Replications,
    estimates: Estimates,
    gaps: Vec<EquityGap>,
    loads: Loads,
}

impl Outcome {
    fn named<'a>(&'a self, option: &'a str) -> Variant<'a> {
        Variant {
            option,
            model: &self.model,
            replications: &self.replications,
            estimates: &self.estimates,
            gaps: &self.gaps,
        }
    }
}

impl Results {
    /// The base, and where there is one the option.
    fn variants(&self) -> Vec<Variant<'_>> {
        let option = self.with_effects.iter();
        std::iter::once(self.base.named(&self.option))
            .chain(option.map(|(outcome, _)| outcome.named(WITH_EFFECTS)))
            .collect()
    }
}

/// Runs a scenario.
///
/// # Errors
/// When the scenario is refused, the results cannot be written, or somebody interrupts.
pub fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let began = Instant::now();
    let at = jiff::Timestamp::now();
    let input = Input::read(&arguments.scenario, &settings(arguments))?;
    let experiment = experiment(arguments, &input);
    let mut manifest = input.manifest("run", arguments.replication_range.clone());
    let out = arguments
        .out
        .clone()
        .unwrap_or_else(|| default_folder(&arguments.scenario.file, &input));
    let folder = Folder::begin(&out, &manifest, arguments.overwrite)?;
    let results = simulate(arguments, &input, &experiment)?;
    manifest.replications = results.base.replications.count() as u64;
    write_tables(&folder, arguments, &input, &results, &manifest)?;
    write_figures(&folder, &results)?;
    let log = log_text(at, began, experiment.threads, &results.base.replications);
    folder.write("run.log", |file| file.write_all(log.as_bytes()))?;
    if interrupt::asked() {
        return Err(Failure::Interrupted);
    }
    let out = folder.finish()?;
    if arguments.quiet {
        return Ok(());
    }
    report(arguments, &input, &results, &out)
}

/// Options of the command line that stand for keys of the file.
fn settings(arguments: &RunArguments) -> Vec<(&'static str, String)> {
    let replications = arguments
        .replications
        .map(|n| ("experiment.replications", n.to_string()));
    let precision = arguments
        .precision
        .map(|p| ("experiment.precision", p.to_string()));
    replications.into_iter().chain(precision).collect()
}

fn experiment(arguments: &RunArguments, input: &Input) -> Experiment {
    let asked = &input.scenario.experiment;
    let stopping = match (&arguments.replication_range, asked.precision) {
        (Some(range), _) => Stopping::Range(range.clone()),
        (None, Some(relative)) if arguments.replications.is_none() => Stopping::Precision {
            relative,
            budget: u64::from(asked.max_replications),
        },
        _ => Stopping::Range(0..u64::from(asked.replications)),
    };
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Experiment {
        seed: asked.seed,
        stopping,
        threads: arguments.threads.map_or(all, usize::from),
    }
}

/// `output/` and the stem of the scenario's name, with the option's name if one is run.
fn default_folder(scenario: &Path, input: &Input) -> PathBuf {
    let stem = scenario.file_stem().unwrap_or(scenario.as_os_str());
    let mut name = stem.to_owned();
    if let Some(position) = input.options.iter().position(|it| *it == input.option) {
        name.push(format!("-{}", slug(&input.option, position)));
    }
    Path::new("output").join(name)
}

/// The letters and digits of an option's name in lower case, with a hyphen for whatever lies between
/// them; its number in the file where it has none.
fn slug(option: &str, position: usize) -> String {
    let words = option.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    match words.is_empty() {
        true => format!("option-{}", position + 1),
        false => words.join("-").chars().take(LONGEST_SLUG).collect(),
    }
}

fn simulate(
    arguments: &RunArguments,
    input: &Input,
    experiment: &Experiment,
) -> Result<Results, Failure> {
    let scenario = &input.scenario;
    let mut model = scenario.model.clone();
    if scenario.compares_feedback {
        model.strain.feedback = None;
    }
    let base = outcome(arguments, model, experiment)?;
    let with_effects = match scenario.compares_feedback {
        true => {
            let same = Experiment {
                stopping: Stopping::Range(base.replications.numbers()),
                ..experiment.clone()
            };
            let option = outcome(arguments, scenario.model.clone(), &same)?;
            let rows = differences(&option.replications, &base.replications);
            Some((option, rows))
        }
        false => None,
    };
    let knife_edges = knife_edges(
        &base.model,
        experiment,
        &base.replications,
        interrupt::flag(),
    );
    Ok(Results {
        story: input.story(),
        option: input.option.clone(),
        base,
        with_effects,
        knife_edges: knife_edges.map_err(failure_of)?,
    })
}

fn outcome(
    arguments: &RunArguments,
    model: Model,
    experiment: &Experiment,
) -> Result<Outcome, Failure> {
    let progress = Progress::of("replications", arguments.quiet);
    let replications = replicate(&model, experiment, interrupt::flag(), &|done, most| {
        progress.show(done, most)
    });
    progress.finish();
    let replications = replications.map_err(failure_of)?;
    let paper = PaperLoads::of(&Plan::new(&model), experiment.seed);
    let loads = Loads::of(&paper);
    let refused = loads.has_no_steady_state(&model);
    Ok(Outcome {
        estimates: Estimates::of(&replications, refused),
        loads,
        gaps: equity_gaps(&replications, experiment.seed),
        replications,
        model,
    })
}

fn failure_of(stop: Stop) -> Failure {
    match stop {
        Stop::Interrupted => Failure::Interrupted,
        Stop::NoThreads => Failure::Other("no thread could be started; try --threads 1".to_owned()),
    }
}

fn write_tables(
    folder: &Folder,
    arguments: &RunArguments,
    input: &Input,
    results: &Results,
    manifest: &Manifest,
) -> Result<(), Failure> {
    let variants = results.variants();
    input.copy_into(folder, manifest)?;
    folder.write("summary.csv", |file| tables::summary(file, &variants))?;
    let count = results.base.replications.count();
    if count <= REPLICATIONS_WRITTEN || arguments.keep_replications {
        folder.write("replications.csv", |file| {
            tables::replications(file, &variants)
        })?;
    }
    folder.write("weekly.csv", |file| tables::weekly(file, &variants))?;
    folder.write("waits.csv", |file| tables::waits(file, &variants))?;
    if let Some((option, rows)) = &results.with_effects {
        let option = option.named(WITH_EFFECTS);
        folder.write("differences.csv", |file| {
            tables::differences(file, &option, &results.option, rows)
        })?;
    }
    Ok(())
}

/// The figures of the base, and of the option the one about strain.
fn write_figures(folder: &Folder, results: &Results) -> Result<(), Failure> {
    let failed = |error: crate::report::plots::FigureError| Failure::Other(error.to_string());
    let drawn = |outcome: &Outcome| {
        let figures = Figures {
            story: &results.story,
            model: &outcome.model,
            replications: &outcome.replications,
            estimates: &outcome.estimates,
        };
        figures.draw().map_err(failed)
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
    for (name, svg) in figures {
        let png = rasterise(&svg).map_err(failed)?;
        folder.write(&format!("plots/{name}.svg"), |file| {
            file.write_all(svg.as_bytes())
        })?;
        folder.write(&format!("plots/{name}.png"), |file| file.write_all(&png))?;
    }
    Ok(())
}

/// Everything that varies from run to run.
fn log_text(
    at: jiff::Timestamp,
    began: Instant,
    threads: usize,
    replications: &Replications,
) -> String {
    let seconds = began.elapsed().as_secs_f64();
    format!(
        "began: {at:.0}\nseconds: {seconds:.3}\nthreads: {threads}\nsystem: {} {}\nreplications: {}\nevents: {}\n\
         events a second: {:.0}\n",
        std::env::consts::OS,
        std::env::consts::ARCH,
        replications.count(),
        replications.events,
        replications.events as f64 / seconds
    )
}

fn report(
    arguments: &RunArguments,
    input: &Input,
    results: &Results,
    out: &Path,
) -> Result<(), Failure> {
    let base = &results.base;
    let answer = Answer {
        story: &results.story,
        model: &base.model,
        replications: &base.replications,
        estimates: &base.estimates,
        gaps: &base.gaps,
        knife_edges: &results.knife_edges,
        loads: &base.loads,
        effects: results.with_effects.as_ref().map_or(&[], |(_, rows)| rows),
    };
    match arguments.format {
        Format::Text => print(&format!(
            "{}\n{}Results are in {}\n",
            answer.text(),
            which_was_run(&input.option, BASE, &input.options),
            out.display()
        )),
        Format::Json => print(&format!("{:#}\n", json(&answer, input, out))),
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
        "replications": answer.replications.count(),
        "measures": measures,
        "folder": out.display().to_string(),
    })
}
