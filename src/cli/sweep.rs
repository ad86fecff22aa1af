//! `splw-sim sweep`: a scenario at many points; what is finished stays, and nothing is run twice.

mod pilot;
mod show;
mod task;

use super::command::{Format, SweepArguments};
use super::failure::Failure;
use super::interrupt;
use super::output::print;
use super::progress::Progress;
use super::study::{self, failure_of};
use crate::experiment::side_by_side;
use crate::report::sweep::{Done, Journal, Sweep, SweepFolder};
use crate::scenario::Scenario;
pub use show::{changes, show};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};
use task::Task;
pub use task::Texts;

/// Points that a power cut may cost are those finished within this time.
const MADE_DURABLE: Duration = Duration::from_secs(1);

/// Refused points that are told.
const REFUSED_TOLD: usize = 20;

/// Runs a study.
///
/// # Errors
/// When the study, its scenario or a point is refused (nothing is run then), results cannot be written,
/// or somebody interrupts.
pub fn sweep(arguments: &SweepArguments) -> Result<(), Failure> {
    let clock = (jiff::Timestamp::now(), Instant::now());
    let task = Task::read(arguments)?;
    let own: Vec<usize> = (0..task.facts.points)
        .filter(|point| task.facts.holds(*point))
        .collect();
    check_points(&task, &own)?;
    if arguments.dry_run {
        return pilot::pilot(&task, &own, arguments);
    }
    let (folder, journal, mut done) = SweepFolder::open(
        &folder_for(arguments),
        (&task.manifest, &task.facts),
        (arguments.overwrite, arguments.resume),
    )?;
    task.copy_into(&folder)?;
    let before = done.len();
    let missing: Vec<usize> = own
        .into_iter()
        .filter(|point| !done.contains_key(point))
        .collect();
    interrupt::points_are_counted(before, task.facts.own_points());
    let ran = run_points(&task, &missing, journal, arguments)?;
    let events = ran.iter().map(|done| done.events).sum();
    let replications = ran.len() as u64 * task.facts.replications;
    done.extend(ran.into_iter().map(|done| (done.point, done)));
    let sweep = task.sweep(&done);
    folder.write_tables(&sweep)?;
    show(&folder, &sweep, &task.manifest, task.read_from())?;
    let log = study::log(clock, task.threads, (replications, events));
    folder.write("run.log", |file| file.write_all(log.as_bytes()))?;
    let targets = targets(task.read_from().0);
    report((&sweep, &targets), before, folder.path(), arguments)
}

/// The folder that was asked for, or `output/` and the stem of the study's name, with its part.
fn folder_for(arguments: &SweepArguments) -> PathBuf {
    if let Some(out) = &arguments.out {
        return out.clone();
    }
    let stem = arguments
        .file
        .file_stem()
        .unwrap_or(arguments.file.as_os_str());
    let mut name = stem.to_owned();
    if let Some((part, parts)) = arguments.shard {
        name.push(format!("-shard-{part}-of-{parts}"));
    }
    Path::new("output").join(name)
}

/// Reads the scenario of every point before any is run, and tells those that are refused.
fn check_points(task: &Task, own: &[usize]) -> Result<(), Failure> {
    let progress = Progress::of("points read", task.quiet);
    let checked = side_by_side(
        (own.len(), task.threads),
        interrupt::flag(),
        &|index| Ok::<_, Failure>(task.scenario(own[index]).err().map(|why| (own[index], why))),
        &|done| progress.show(done as u64, own.len() as u64),
    );
    progress.finish();
    let refused = checked.map_err(failure_of)??;
    let refused: Vec<(usize, String)> = refused.into_iter().flatten().collect();
    if refused.is_empty() {
        return Ok(());
    }
    let mut text: Vec<String> = refused
        .iter()
        .take(REFUSED_TOLD)
        .map(|(point, why)| {
            let point = task.point_in_words(*point);
            format!("error: {point} is refused: {why}")
        })
        .collect();
    text.push(format!(
        "{} of {} points are refused; none was run",
        refused.len(),
        own.len()
    ));
    Err(Failure::RefusedFolder(text.join("\n")))
}

/// Runs the points that are missing, as many as there is time for.
fn run_points(
    task: &Task,
    missing: &[usize],
    journal: Journal,
    arguments: &SweepArguments,
) -> Result<Vec<Done>, Failure> {
    let most = arguments.max_points.map_or(missing.len(), |it| it as usize);
    let missing = &missing[..most.min(missing.len())];
    let time = arguments
        .max_minutes
        .map(|it| Duration::from_secs(60 * u64::from(it)));
    let began = Instant::now();
    let journal = Mutex::new((journal, began));
    let progress = Progress::of("points", task.quiet);
    let ran = side_by_side(
        (missing.len(), task.threads),
        interrupt::flag(),
        &|index| {
            if time.is_some_and(|time| began.elapsed() >= time) {
                return Ok::<_, Failure>(None);
            }
            let done = task.run(missing[index])?;
            keep(&journal, &done)?;
            interrupt::a_point_is_finished();
            Ok(Some(done))
        },
        &|done| progress.show(done as u64, missing.len() as u64),
    );
    progress.finish();
    let ran: Vec<Option<Done>> = ran.map_err(failure_of)??;
    Ok(ran.into_iter().flatten().collect())
}

/// Adds what came of a point to the journal; at least once a second it is made to survive a power cut.
fn keep(journal: &Mutex<(Journal, Instant)>, done: &Done) -> Result<(), Failure> {
    let failed = |why: String| Failure::Other(format!("cannot write journal.txt: {why}"));
    let mut held = journal
        .lock()
        .map_err(|_| failed("another thread failed".to_owned()))?;
    let (journal, made_durable) = &mut *held;
    let is_time = made_durable.elapsed() >= MADE_DURABLE;
    journal
        .add(done, is_time)
        .map_err(|why| failed(why.to_string()))?;
    if is_time {
        *made_durable = Instant::now();
    }
    Ok(())
}

/// Targets of a scenario: measure and value.
type Targets<'a> = &'a [(String, f64)];

/// The targets of a scenario.
pub fn targets(scenario: &Scenario) -> Vec<(String, f64)> {
    let targets = scenario.targets.iter();
    targets.map(|it| (it.measure.clone(), it.value)).collect()
}

/// Tells what came of it.
///
/// # Errors
/// When it cannot be printed.
pub fn report(
    sweep: (&Sweep, Targets),
    before: usize,
    out: &Path,
    arguments: &SweepArguments,
) -> Result<(), Failure> {
    if arguments.quiet {
        return Ok(());
    }
    print(&told(sweep, before, out, arguments.format))
}

/// What came of a study, as it is printed.
pub fn told(
    (sweep, targets): (&Sweep, Targets),
    before: usize,
    out: &Path,
    format: Format,
) -> String {
    match format {
        Format::Text => format!(
            "{}\nResults are in {}\n",
            sweep.text(before, targets),
            out.display()
        ),
        Format::Json => format!(
            "{:#}\n",
            serde_json::json!({
                "title": sweep.facts.title,
                "keys": sweep.facts.keys,
                "points": sweep.facts.own_points(),
                "points_done": sweep.done.len(),
                "points_of_earlier_goes": before,
                "events": sweep.events(),
                "answer": sweep.sentences(before, targets),
                "be_careful": sweep.cautions(),
                "folder": out.display().to_string(),
            })
        ),
    }
}

/// The points of a study that are done, for its tables.
type DonePoints = BTreeMap<usize, Done>;
