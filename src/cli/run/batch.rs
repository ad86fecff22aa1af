//! `splw-sim run DIR`: every scenario of a folder, each on one thread, and what they come to together.

use super::super::command::{Format, RunArguments};
use super::super::failure::Failure;
use super::super::input::Input;
use super::super::interrupt;
use super::super::output::{print, tell};
use super::super::progress::Progress;
use super::super::study::{self, failure_of, not_drawn};
use super::super::uncertain::Draws;
use super::staffing::staffing;
use super::{Results, simulate, simulate_draws, write_in_full};
use crate::experiment::side_by_side;
use crate::measure::{Better, all_measures};
use crate::report::batch::{
    Batch, BatchFolder, Facts, NETWORKS, Network, STAFFING, networks, write_staffing,
};
use crate::report::folder::{Folder, FolderError, RUN_OF_A_FOLDER};
use crate::report::manifest::{Manifest, sha256};
use crate::report::plots::rasterise;
use crate::report::tables;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Scenarios in a folder at most.
const MOST_SCENARIOS: usize = 10_000;

/// Refused scenarios whose problems are told.
const REFUSED_TOLD: usize = 20;

/// Referrals per 1,000 patients a year where nobody knows better: the default, and in every import.
const USUAL_RATE: f64 = 20.0;

/// A scenario of the folder, checked.
struct Member {
    /// The command as if it had been given for this file alone.
    arguments: RunArguments,
    facts: Facts,
    manifest: Manifest,
}

/// Runs every scenario of a folder.
///
/// # Errors
/// When one is refused (nothing is run then), results cannot be written, or somebody interrupts.
pub fn run(arguments: &RunArguments) -> Result<(), Failure> {
    let clock = (jiff::Timestamp::now(), Instant::now());
    refuse_what_is_for_one_file(arguments)?;
    let from = &arguments.study.scenario.file;
    let files = scenarios_in(from)?;
    let members = check_all(arguments, &files)?;
    let manifest = manifest_of(arguments, &members);
    let name = name_of(from);
    let out = arguments.study.out.clone();
    let out = out.unwrap_or_else(|| Path::new("output").join(&name));
    let folder = BatchFolder::open(&out, &manifest, arguments.study.overwrite)?;
    let (events, resumed) = run_all(arguments, &members, &folder)?;
    let replications = members.iter().map(|it| it.manifest.replications).sum();
    let known = networks(&fs::read(from.join(NETWORKS)).unwrap_or_default());
    let facts = members.into_iter().map(|it| with_network(it.facts, &known));
    let facts = facts.collect();
    let mut batch = folder.write("summary.csv", |file| {
        Batch::collect(&name, facts, file, |scenario| {
            folder.table_of(scenario, "summary.csv")
        })
    })?;
    if arguments.wte_needed {
        batch
            .add_staffing(|scenario| folder.table_of(scenario, STAFFING))
            .map_err(|error| FolderError::Io(folder.path().to_owned(), error))?;
    }
    folder.write("scenarios.csv", |file| batch.write_scenarios(file))?;
    if batch.has_groups() {
        folder.write("groups.csv", |file| batch.write_groups(file))?;
    }
    for (name, svg) in batch.draw().map_err(|error| not_drawn(&error))? {
        let png = rasterise(&svg).map_err(|error| not_drawn(&error))?;
        folder.write(&format!("plots/{name}.svg"), |file| {
            file.write_all(svg.as_bytes())
        })?;
        folder.write(&format!("plots/{name}.png"), |file| file.write_all(&png))?;
    }
    let log = study::log(clock, threads(arguments), (replications, events));
    folder.write("run.log", |file| file.write_all(log.as_bytes()))?;
    report(arguments, &batch, (resumed, folder.path()))
}

fn refuse_what_is_for_one_file(arguments: &RunArguments) -> Result<(), Failure> {
    match arguments.option {
        Some(_) => Err(Failure::Usage(
            "--option names an option of one scenario file; give the file, not a folder".to_owned(),
        )),
        None => Ok(()),
    }
}

fn threads(arguments: &RunArguments) -> usize {
    let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    arguments.study.threads.map_or(all, usize::from)
}

/// What the folder is called, whatever way it was given.
fn name_of(folder: &Path) -> String {
    let full = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    full.file_name().map_or_else(
        || "scenarios".to_owned(),
        |name| name.to_string_lossy().into_owned(),
    )
}

/// The scenario files of a folder, in order of their names; not those of folders within it.
fn scenarios_in(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let unreadable = |error: std::io::Error| {
        Failure::Unreadable(format!("cannot read {}: {error}", folder.display()))
    };
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let hidden = path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden && path.extension().is_some_and(|ending| ending == "toml") && !path.is_dir() {
            files.push(path);
        }
    }
    files.sort_unstable();
    match files.len() {
        0 => Err(Failure::Unreadable(format!(
            "there is no scenario in {}: no file whose name ends in .toml",
            folder.display()
        ))),
        many if many > MOST_SCENARIOS => Err(Failure::Unreadable(format!(
            "there are {many} scenarios in {}, more than {MOST_SCENARIOS}; run them in several folders",
            folder.display()
        ))),
        _ => Ok(files),
    }
}

/// Checks every scenario before any is run, and tells the problems of all.
fn check_all(arguments: &RunArguments, files: &[PathBuf]) -> Result<Vec<Member>, Failure> {
    let checked = side_by_side(
        (files.len(), threads(arguments)),
        interrupt::flag(),
        &|number| Ok::<_, Failure>(check(arguments, &files[number])),
        &|_| {},
    );
    let checked = checked.map_err(failure_of)??;
    let (mut members, mut refused) = (Vec::new(), Vec::new());
    for result in checked {
        match result {
            Ok(member) => members.push(member),
            Err(failure @ (Failure::Refused(_) | Failure::Unreadable(_))) => {
                refused.push(failure.text())
            }
            Err(failure) => return Err(failure),
        }
    }
    if refused.is_empty() {
        return Ok(members);
    }
    let count = refused.len();
    let mut text: Vec<String> = refused.into_iter().take(REFUSED_TOLD).collect();
    text.push(format!(
        "{count} of {} scenarios are refused; none was run",
        files.len()
    ));
    Err(Failure::RefusedFolder(text.join("\n\n")))
}

fn check(arguments: &RunArguments, file: &Path) -> Result<Member, Failure> {
    let mut arguments = arguments.clone();
    arguments.study.scenario.file = file.to_owned();
    arguments.study.quiet = true;
    arguments.study.threads = Some(1);
    let input = Input::read(
        &arguments.study.scenario,
        &study::settings(&arguments.study),
    )?;
    let mut manifest = input.manifest("run", arguments.replication_range.clone());
    manifest.replications = u64::from(input.scenario.experiment.replications);
    Ok(Member {
        facts: facts(file, &input),
        manifest,
        arguments,
    })
}

fn facts(file: &Path, input: &Input) -> Facts {
    let (scenario, model) = (&input.scenario, &input.scenario.model);
    let is_lower_better = |name: &str| {
        let found = all_measures().iter().find(|it| it.name == name);
        found.is_some_and(|it| it.better == Some(Better::Lower))
    };
    let practices = model.practices.iter();
    Facts {
        name: file
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default(),
        title: scenario.title.clone(),
        practices: practices
            .map(|it| it.ods_code.clone().unwrap_or_else(|| it.name.clone()))
            .collect(),
        patients: model.practices.iter().map(|it| it.list_size).sum(),
        posts: model.posts.len(),
        wte: model.posts.iter().map(|it| it.wte).sum(),
        years: model.period.years(),
        targets: scenario
            .targets
            .iter()
            .map(|it| (it.measure.clone(), it.value, is_lower_better(&it.measure)))
            .collect(),
        icb: None,
        fifth: None,
        posts_not_known: false,
        has_default_demand: model
            .practices
            .iter()
            .all(|it| (it.referrals_per_1000_a_year - USUAL_RATE).abs() < 1e-9),
    }
}

/// The facts with what an import says of the network.
fn with_network(facts: Facts, known: &BTreeMap<String, Network>) -> Facts {
    let network = known.get(&facts.name).cloned().unwrap_or_default();
    Facts {
        icb: network.icb,
        fifth: network.fifth,
        // Posts that the user has put in are known, whatever the import found.
        posts_not_known: network.posts_not_known && facts.posts == 0,
        ..facts
    }
}

/// What the folder is of: every scenario by its name and SHA-256, and what is given in place of theirs.
fn manifest_of(arguments: &RunArguments, members: &[Member]) -> Manifest {
    let scenarios: BTreeMap<String, String> = members
        .iter()
        .map(|it| (it.facts.name.clone(), it.manifest.scenario_sha256.clone()))
        .collect();
    let listed: String = scenarios
        .iter()
        .map(|(name, sum)| format!("{sum}  {name}\n"))
        .collect();
    let first = &members[0].manifest;
    Manifest {
        command: RUN_OF_A_FOLDER.to_owned(),
        scenario_sha256: sha256(listed.as_bytes()),
        inputs: scenarios,
        replications: members.iter().map(|it| it.manifest.replications).sum(),
        replication_range: arguments
            .replication_range
            .clone()
            .map(|range| [range.start, range.end]),
        ..first.clone()
    }
}

/// Runs what has not been finished before: events simulated, and how many were there already.
fn run_all(
    arguments: &RunArguments,
    members: &[Member],
    folder: &BatchFolder,
) -> Result<(u64, usize), Failure> {
    let mut files = vec!["summary.csv"];
    files.extend(arguments.in_full.then_some("weekly.csv"));
    files.extend(arguments.wte_needed.then_some(STAFFING));
    let missing: Vec<&Member> = members
        .iter()
        .filter(|it| !folder.has(&it.facts.name, &it.manifest, &files))
        .collect();
    interrupt::finished_work_stays();
    let progress = Progress::of("scenarios", arguments.study.quiet);
    let ran = side_by_side(
        (missing.len(), threads(arguments)),
        interrupt::flag(),
        &|number| run_one(missing[number], folder),
        &|done| progress.show(done as u64, missing.len() as u64),
    );
    progress.finish();
    let events = ran.map_err(failure_of)??;
    Ok((events.into_iter().sum(), members.len() - missing.len()))
}

/// Runs one scenario into its own folder; how many events were simulated.
fn run_one(member: &Member, folder: &BatchFolder) -> Result<u64, Failure> {
    let clock = (jiff::Timestamp::now(), Instant::now());
    let arguments = &member.arguments;
    let study = &arguments.study;
    let input = Input::read(&study.scenario, &study::settings(study))?;
    let mut manifest = input.manifest("run", arguments.replication_range.clone());
    if manifest.scenario_sha256 != member.manifest.scenario_sha256 {
        let file = study.scenario.file.display();
        return Err(Failure::Other(format!(
            "{file} was changed while the folder was run; run it again"
        )));
    }
    let experiment = study::experiment(study, arguments.replication_range.as_ref(), &input);
    let draws = Draws::of(
        &input,
        study,
        (experiment.threads, arguments.replication_range.is_some()),
    )?;
    let results: Results = match &draws {
        Some(draws) => simulate_draws(arguments, &input, draws)?,
        None => simulate(arguments, &input, &experiment)?,
    };
    let tried = match arguments.wte_needed {
        true => Some(staffing(&input, &experiment)?),
        false => None,
    };
    let replications = &results.base.replications;
    let counted = (replications.count() as u64, replications.events);
    manifest.replications = counted.0;
    let own = Folder::begin(&folder.of(&member.facts.name), &manifest, true)?;
    if arguments.in_full {
        write_in_full(&own, (arguments, &input), &results, &manifest)?;
        study::write_log(&own, clock, 1, counted)?;
    } else {
        input.copy_into(&own, &manifest)?;
        own.write("summary.csv", |file| {
            tables::summary(file, &results.variants())
        })?;
    }
    if let Some(tried) = tried {
        let targets = &results.story.targets;
        own.write(STAFFING, |file| {
            write_staffing(file, member.facts.wte, targets, &tried)
        })?;
    }
    if interrupt::asked() {
        return Err(Failure::Interrupted);
    }
    own.finish()?;
    Ok(counted.1)
}

fn report(
    arguments: &RunArguments,
    batch: &Batch,
    (resumed, out): (usize, &Path),
) -> Result<(), Failure> {
    if arguments.study.quiet {
        return Ok(());
    }
    match arguments.study.format {
        Format::Text => tell(&format!(
            "{}\nResults are in {}\n",
            batch.text(resumed),
            out.display()
        )),
        Format::Json => {
            let mut json = batch.json(resumed);
            json["folder"] = out.display().to_string().into();
            print(&format!("{json:#}\n"))
        }
    }
}
