//! `splw-sim calibrate`: inputs that reproduce what a service observed, and what cannot be known.

mod task;

use super::command::{CalibrateArguments, Format};
use super::failure::Failure;
use super::interrupt;
use super::output::{print, tell};
use super::progress::Progress;
use super::study::{self, failure_of, not_drawn};
use crate::experiment::calibrate::{
    Calibrated, ModelAt, Sampler, Unanswered, Watch, calibrate as search,
};
use crate::model::Model;
use crate::report::calibration::Calibration;
use crate::report::folder::Folder;
use crate::report::plots::fit;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;
use task::Task;

/// Calibrates a scenario.
///
/// # Errors
/// When the calibration or its scenario is refused, there is no answer, results cannot be written, or
/// somebody interrupts.
pub fn calibrate(arguments: &CalibrateArguments) -> Result<(), Failure> {
    let clock = (jiff::Timestamp::now(), Instant::now());
    let task = Task::read(arguments)?;
    let out = folder_for(arguments);
    let mut manifest = task.manifest(arguments);
    let folder = Folder::begin(&out, &manifest, arguments.overwrite)?;
    let (answer, counted) = simulate(&task, arguments)?;
    manifest.replications = counted.0;
    let story = task.story();
    let calibration = task.told(&story, &answer, counted.0);
    task.copy_into(&folder, &manifest)?;
    write(&folder, &task, &calibration)?;
    study::write_log(&folder, clock, task.threads, counted)?;
    if interrupt::asked() {
        return Err(Failure::Interrupted);
    }
    let out = folder.finish()?;
    match arguments.quiet {
        true => Ok(()),
        false => report(arguments.format, &calibration, &out),
    }
}

/// The folder that was asked for, or `output/` and the stem of the file's name.
fn folder_for(arguments: &CalibrateArguments) -> PathBuf {
    let file = &arguments.file;
    let stem = file.file_stem().unwrap_or(file.as_os_str());
    let usual = || Path::new("output").join(stem);
    arguments.out.clone().unwrap_or_else(usual)
}

/// The answer, with how many replications and events it took.
fn simulate(
    task: &Task,
    arguments: &CalibrateArguments,
) -> Result<(Calibrated, (u64, u64)), Failure> {
    let question = task.question();
    let axes = task.axes();
    let numbers = task.numbers();
    let model = |values: Option<&[f64]>| -> Option<Model> {
        let scenario = task.calibration.scenario(values).ok()?;
        let mut model = scenario.model;
        // Where the effects of strain are told apart, the service is taken without them.
        if scenario.compares_feedback {
            model.strain.feedback = None;
        }
        Some(model)
    };
    let model: ModelAt<'_> = &model;
    let progress = Progress::of("replications, about", arguments.quiet);
    let about = task.about();
    let watch = Watch {
        stop: interrupt::flag(),
        progress: &|done| progress.show(done, about.max(done)),
    };
    let mut sampler = Sampler::new(
        (&axes, &numbers),
        model,
        (task.calibration.seed, task.threads),
        watch,
    );
    let answer = search(&question, &mut sampler);
    progress.finish();
    let answer = answer.map_err(|why| unanswered(&why, task))?;
    Ok((answer, (sampler.replications, sampler.events)))
}

/// Why there is no answer, in words.
fn unanswered(why: &Unanswered, task: &Task) -> Failure {
    let name = |at: usize| task.labels()[at].clone();
    match why {
        Unanswered::Stopped(stop) => failure_of(*stop),
        Unanswered::NeverDefined(None) => Failure::Unreadable(
            "at no point that was looked at do the values of the keys fit together; narrow `from` and `to`".to_owned(),
        ),
        Unanswered::NeverDefined(Some(at)) => Failure::Unreadable(format!(
            "`{}` is not defined in every run, at any point that was looked at: nobody is counted, or a point of \
             the waits is never reached; leave it out, or observe something else",
            name(*at)
        )),
        Unanswered::NeverVaries(at) => Failure::Unreadable(format!(
            "`{}` is the same in every run, so that nothing says how far it may be off by chance; give it a \
             standard_error, or leave it out",
            name(*at)
        )),
    }
}

fn write(folder: &Folder, task: &Task, calibration: &Calibration) -> Result<(), Failure> {
    if calibration.is_usable() {
        let text = task.rewritten(calibration)?;
        folder.write("calibrated.toml", |file| file.write_all(text.as_bytes()))?;
    }
    folder.write("calibration.csv", |file| calibration.inputs_table(file))?;
    folder.write("fit.csv", |file| calibration.numbers_table(file))?;
    let figure = fit::draw(&calibration.figure()).map_err(|error| not_drawn(&error))?;
    study::write_figures(folder, 1, &[("fit".to_owned(), figure)])
}

fn report(format: Format, calibration: &Calibration, out: &Path) -> Result<(), Failure> {
    match format {
        Format::Text => {
            let next = match calibration.is_usable() {
                true => format!(
                    "\nThe scenario with these values is {}\n",
                    out.join("calibrated.toml").display()
                ),
                false => "\n".to_owned(),
            };
            tell(&format!(
                "{}{next}Results are in {}\n",
                calibration.text(),
                out.display()
            ))
        }
        Format::Json => print(&format!(
            "{:#}\n",
            calibration.json(&out.display().to_string())
        )),
    }
}
