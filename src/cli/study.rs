//! What the commands that simulate have in common: how often, into which folder, and what one model
//! gives.

use super::command::StudyArguments;
use super::failure::Failure;
use super::input::Input;
use super::interrupt;
use super::progress::Progress;
use crate::engine::Plan;
use crate::experiment::{
    EquityGap, Estimates, Experiment, PaperLoads, Replications, Side, Stop, Stopping, both,
    equity_gaps, run as replicate, side_by_side,
};
use crate::model::Model;
use crate::report::folder::Folder;
use crate::report::manifest::Manifest;
use crate::report::paper::Loads;
use crate::report::plots::{FigureError, rasterise};
use crate::report::tables::{self, Variant};
use crate::report::workbook::{Front, WORKBOOK, workbook};
use std::io::Write;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// The table of single replications, and the same in columns.
const REPLICATIONS: [&str; 2] = ["replications.csv", "replications.parquet"];

/// Above this many replications their values are written only if asked for.
const REPLICATIONS_WRITTEN: usize = 1_000;

/// Characters of an option's name in the name of a folder at most: file systems take 255 bytes.
const LONGEST_SLUG: usize = 50;

/// A model and what its replications gave.
pub struct Outcome {
    /// The model.
    pub model: Model,
    /// Its replications.
    pub replications: Replications,
    /// Their summary.
    pub estimates: Estimates,
    /// Gaps between practices.
    pub gaps: Vec<EquityGap>,
    /// Its loads on paper.
    pub loads: Loads,
}

impl Outcome {
    /// Replicates a model; `what` is said beside the progress bar.
    ///
    /// # Errors
    /// When somebody interrupts, or no thread can be started.
    pub fn of(
        model: Model,
        experiment: &Experiment,
        what: &str,
        quiet: bool,
    ) -> Result<Self, Failure> {
        let progress = Progress::of(what, quiet);
        let replications = replicate(&model, experiment, interrupt::flag(), &|done, most| {
            progress.show(done, most)
        });
        progress.finish();
        let replications = replications.map_err(failure_of)?;
        Self::from(model, replications, (experiment.seed, experiment.threads))
    }

    /// What these replications of a model come to, worked out on so many threads.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn from(
        model: Model,
        replications: Replications,
        (seed, threads): (u64, usize),
    ) -> Result<Self, Failure> {
        let summed_up = || {
            let loads = Loads::of(&PaperLoads::of(&Plan::new(&model), seed));
            let refused = loads.has_no_steady_state(&model);
            (Estimates::of(&replications, refused), loads)
        };
        let gaps = || equity_gaps(&replications, seed);
        let ((estimates, loads), gaps) = both(threads, summed_up, gaps).map_err(failure_of)?;
        Ok(Self {
            estimates,
            gaps,
            loads,
            replications,
            model,
        })
    }

    /// One of two that are compared.
    #[must_use]
    pub const fn side(&self) -> Side<'_> {
        Side {
            model: &self.model,
            replications: &self.replications,
            estimates: &self.estimates,
        }
    }

    /// What the tables show of it, under the name of its option.
    #[must_use]
    pub fn named<'a>(&'a self, option: &'a str) -> Variant<'a> {
        Variant {
            option,
            model: &self.model,
            replications: &self.replications,
            estimates: &self.estimates,
            gaps: &self.gaps,
        }
    }
}

/// Why nothing came back.
#[must_use]
pub fn failure_of(stop: Stop) -> Failure {
    match stop {
        Stop::Interrupted => Failure::Interrupted,
        Stop::NoThreads => Failure::Other("no thread could be started; try --threads 1".to_owned()),
    }
}

/// Why no figure was drawn.
#[must_use]
pub fn not_drawn(error: &FigureError) -> Failure {
    Failure::Other(error.to_string())
}

/// Options of the command line that stand for keys of the file.
#[must_use]
pub fn settings(arguments: &StudyArguments) -> Vec<(&'static str, String)> {
    let replications = arguments
        .replications
        .map(|n| ("experiment.replications", n.to_string()));
    let precision = arguments
        .precision
        .map(|p| ("experiment.precision", p.to_string()));
    let central = arguments
        .central
        .then(|| ("uncertainty.values", "central".to_owned()));
    replications
        .into_iter()
        .chain(precision)
        .chain(central)
        .collect()
}

/// Which replications, on how many threads; `range` is a part of them.
#[must_use]
pub fn experiment(
    arguments: &StudyArguments,
    range: Option<&Range<u64>>,
    input: &Input,
) -> Experiment {
    let asked = &input.scenario.experiment;
    let stopping = match (range, asked.precision) {
        (Some(range), _) => Stopping::Range(range.clone()),
        (None, Some(relative)) if arguments.replications.is_none() => Stopping::Precision {
            relative,
            budget: u64::from(asked.max_replications),
        },
        _ => Stopping::Range(0..u64::from(asked.replications)),
    };
    Experiment {
        seed: asked.seed,
        stopping,
        threads: threads(arguments),
    }
}

/// The threads that were asked for, or as many as there are processors.
#[must_use]
pub fn threads(arguments: &StudyArguments) -> usize {
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.threads.map_or(all, usize::from)
}

/// The folder that was asked for, or `output/` and the stem of the scenario's name, with what
/// `suffix` says.
#[must_use]
pub fn folder_for(arguments: &StudyArguments, suffix: Option<&str>) -> PathBuf {
    if let Some(out) = &arguments.out {
        return out.clone();
    }
    let scenario = &arguments.scenario.file;
    let stem = scenario.file_stem().unwrap_or(scenario.as_os_str());
    let mut name = stem.to_owned();
    if let Some(suffix) = suffix {
        name.push(format!("-{suffix}"));
    }
    Path::new("output").join(name)
}

/// What the folder of an option ends in: the letters and digits of its name in lower case, with a
/// hyphen for whatever lies between them; its number in the file where it has none. `None` for the
/// service as it is.
#[must_use]
pub fn slug(input: &Input) -> Option<String> {
    let position = input.options.iter().position(|it| *it == input.option)?;
    let words = input.option.split(|c: char| !c.is_alphanumeric());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    Some(match words.is_empty() {
        true => format!("option-{}", position + 1),
        false => words.join("-").chars().take(LONGEST_SLUG).collect(),
    })
}

/// Writes the scenario and the tables that every study has.
///
/// # Errors
/// When one cannot be written.
pub fn write_tables(
    folder: &Folder,
    arguments: &StudyArguments,
    input: &Input,
    variants: &[Variant],
    manifest: &Manifest,
) -> Result<(), Failure> {
    input.copy_into(folder, manifest)?;
    folder.write("summary.csv", |file| tables::summary(file, variants))?;
    let mut counts = variants.iter().map(|it| it.replications.count());
    let is_small = counts.all(|count| count <= REPLICATIONS_WRITTEN);
    if is_small || arguments.keep_replications {
        folder.write_both(REPLICATIONS, |file, beside| {
            tables::replications(file, (beside, manifest), variants)
        })?;
    }
    folder.write("weekly.csv", |file| tables::weekly(file, variants))?;
    folder.write("waits.csv", |file| tables::waits(file, variants))?;
    folder.write("bad_years.csv", |file| {
        tables::bad_years_table(file, variants)
    })?;
    Ok(())
}

/// Writes the workbook of the tables that stand in the folder by now.
///
/// # Errors
/// When it cannot be put together or written.
pub fn write_workbook(folder: &Folder, front: &Front) -> Result<(), Failure> {
    folder.write(WORKBOOK, |file| {
        file.write_all(&workbook(front, &|name| folder.open(name))?)
    })?;
    Ok(())
}

/// Writes figures as SVG and PNG, by their names.
///
/// # Errors
/// When one cannot be drawn or written.
pub fn write_figures(
    folder: &Folder,
    threads: usize,
    figures: &[(String, String)],
) -> Result<(), Failure> {
    let raster = |number: usize| rasterise(&figures[number].1);
    let never = AtomicBool::new(false);
    let pngs = side_by_side((figures.len(), threads), &never, &raster, &|_| {})
        .map_err(failure_of)?
        .map_err(|error| not_drawn(&error))?;
    for ((name, svg), png) in figures.iter().zip(pngs) {
        folder.write(&format!("plots/{name}.svg"), |file| {
            file.write_all(svg.as_bytes())
        })?;
        folder.write(&format!("plots/{name}.png"), |file| file.write_all(&png))?;
    }
    Ok(())
}

/// Writes everything that varies from run to run: when it was, how long it took, where.
///
/// # Errors
/// When it cannot be written.
pub fn write_log(
    folder: &Folder,
    clock: (jiff::Timestamp, Instant),
    threads: usize,
    counted: (u64, u64),
) -> Result<(), Failure> {
    let log = log(clock, threads, counted);
    folder.write("run.log", |file| file.write_all(log.as_bytes()))?;
    Ok(())
}

/// The text of `run.log`: when it began, and how many replications and events there were.
#[must_use]
pub fn log(
    (at, began): (jiff::Timestamp, Instant),
    threads: usize,
    (replications, events): (u64, u64),
) -> String {
    let seconds = began.elapsed().as_secs_f64();
    format!(
        "began: {at:.0}\nseconds: {seconds:.3}\nthreads: {threads}\nsystem: {} {}\nreplications: {replications}\n\
         events: {events}\nevents a second: {:.0}\n",
        std::env::consts::OS,
        std::env::consts::ARCH,
        events as f64 / seconds
    )
}
