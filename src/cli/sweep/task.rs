//! A study with its scenario, read and laid out: which points, and what one point gives.

use super::DonePoints;
use crate::cli::command::SweepArguments;
use crate::cli::failure::Failure;
use crate::cli::input::{FolderOfScenario, SCENARIO, read_limited, scenario_of};
use crate::cli::interrupt;
use crate::cli::study::failure_of;
use crate::engine::Plan;
use crate::experiment::{
    Estimates, Experiment, PaperLoads, Replications, Spread, Stopping, run as replicate,
};
use crate::measure::all_measures;
use crate::report::answer::target_names;
use crate::report::folder::FolderError;
use crate::report::manifest::{Manifest, sha256};
use crate::report::paper::Loads;
use crate::report::sweep::{Done, Facts, Sweep, SweepFolder, USUAL_MEASURES};
use crate::scenario::{Override, Point, ReferredFile, Scenario, Study, StudyDesign, open_study};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

/// A study, ready to be run.
pub struct Task {
    /// What it is.
    pub facts: Facts,
    /// What it is, to the byte.
    pub manifest: Manifest,
    /// Threads to use.
    pub threads: usize,
    /// Whether nothing is printed but errors.
    pub quiet: bool,
    study: Study,
    /// The scenario as it stands.
    as_it_stands: Scenario,
    /// Where each point lies; empty where the design is not spread.
    places: Vec<Vec<f64>>,
    /// Of walks, where each point lies once its values are rounded.
    realised: Vec<Vec<f64>>,
    values: Vec<Vec<String>>,
    /// The study and the scenario, byte by byte.
    texts: (Vec<u8>, Vec<u8>),
    files: Vec<ReferredFile>,
}

impl Task {
    /// Reads a study and its scenario, and lays out its points.
    ///
    /// # Errors
    /// When either is refused.
    pub fn read(arguments: &SweepArguments) -> Result<Self, Failure> {
        let read = Texts::read(&arguments.file, &overrides(arguments)?)?;
        let (scenario, mut study) = (read.scenario, read.study);
        study.seed = arguments.seed.unwrap_or(study.seed);
        study.replications = arguments.replications.unwrap_or(study.replications);
        let places = places(&study);
        let nowhere = Vec::new();
        let at = |number: usize| places.get(number).unwrap_or(&nowhere);
        let values = (0..study.points())
            .map(|number| study.point(number, at(number)).values())
            .collect();
        let facts = facts(&scenario, &study, arguments.shard);
        let realised = realised(&study, &facts);
        let files = files(&scenario, &study)?;
        let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            manifest: manifest(arguments, &study, (&read.texts.0, &read.texts.1), &files),
            threads: arguments.threads.map_or(all, usize::from),
            quiet: arguments.quiet,
            texts: read.texts,
            as_it_stands: scenario,
            facts,
            files,
            study,
            places,
            realised,
            values,
        })
    }

    /// The scenario as it stands, with the text that it was read from.
    pub fn read_from(&self) -> (&Scenario, &[u8]) {
        (&self.as_it_stands, &self.texts.1)
    }

    fn point(&self, number: usize) -> Point {
        let place = self.places.get(number).map_or(&[] as &[f64], Vec::as_slice);
        self.study.point(number, place)
    }

    /// The scenario at a point.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn scenario(&self, number: usize) -> Result<Scenario, String> {
        self.study.scenario(&self.point(number))
    }

    /// What a point is in a message: where it stands, its number, its values.
    pub fn point_in_words(&self, number: usize) -> String {
        let line = self.study.line(number);
        let line = line.map_or_else(String::new, |line| format!("{line}: "));
        format!("{line}point {} ({})", number + 1, self.words(number))
    }

    /// The values of a point in words.
    pub fn words(&self, number: usize) -> String {
        let keys = self.facts.keys.iter().zip(&self.values[number]);
        let words: Vec<String> = keys
            .map(|(key, value)| format!("{key} = {value}"))
            .collect();
        words.join(", ")
    }

    /// The replications of a point, so many of them.
    ///
    /// # Errors
    /// When somebody interrupts.
    pub fn replications(
        &self,
        number: usize,
        scenario: &Scenario,
        count: u64,
    ) -> Result<Replications, Failure> {
        let first = match self.study.is_independent {
            true => number as u64 * self.study.replications,
            false => 0,
        };
        let experiment = Experiment {
            seed: self.study.seed,
            stopping: Stopping::Range(first..first + count),
            threads: 1,
        };
        replicate(&scenario.model, &experiment, interrupt::flag(), &|_, _| {}).map_err(failure_of)
    }

    /// Runs a point and sums it up.
    ///
    /// # Errors
    /// When somebody interrupts.
    pub fn run(&self, number: usize) -> Result<Done, Failure> {
        let scenario = self
            .scenario(number)
            .map_err(|why| Failure::Other(format!("point {} is refused: {why}", number + 1)))?;
        let replications = self.replications(number, &scenario, self.study.replications)?;
        let model = &scenario.model;
        let loads = Loads::of(&PaperLoads::of(&Plan::new(model), self.study.seed));
        let estimates = Estimates::of(&replications, loads.has_no_steady_state(model));
        let counted = (number, replications.events);
        Ok(Done::of(counted, &estimates, &self.facts.measures))
    }

    /// The study with what came of it.
    pub fn sweep<'a>(&'a self, done: &'a DonePoints) -> Sweep<'a> {
        Sweep {
            facts: &self.facts,
            values: &self.values,
            realised: &self.realised,
            done,
        }
    }

    /// Writes what made the results into their folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn copy_into(&self, folder: &SweepFolder) -> Result<(), FolderError> {
        folder.write("study.toml", |file| file.write_all(&self.texts.0))?;
        folder.write(SCENARIO, |file| file.write_all(&self.texts.1))?;
        for referred in &self.files {
            folder.write(&format!("inputs/{}", referred.name), |file| {
                file.write_all(&referred.bytes)
            })?;
        }
        Ok(())
    }
}

/// A study and its scenario as read.
pub struct Texts {
    /// The study and the scenario, byte by byte.
    pub texts: (Vec<u8>, Vec<u8>),
    /// The scenario.
    pub scenario: Scenario,
    study: Study,
}

impl Texts {
    /// Where the points of walks lie once their values are rounded.
    pub fn realised(&self, facts: &Facts) -> Vec<Vec<f64>> {
        realised(&self.study, facts)
    }

    /// Reads the study in this file and its scenario, with these changes to the scenario.
    ///
    /// # Errors
    /// When either is refused.
    pub fn read(file: &Path, overrides: &[Override]) -> Result<Self, Failure> {
        let text = read_limited(file)?;
        let (name, beside) = (
            file.to_string_lossy().into_owned(),
            FolderOfScenario::of(file),
        );
        let open = open_study(&text, &name, &beside)?;
        let Some(named) = open.scenario() else {
            return Err(Failure::Refused(open.without_scenario(None)));
        };
        let path = match scenario_of(file, &named) {
            Ok(path) => path,
            Err(why) => return Err(Failure::Refused(open.without_scenario(Some(&why)))),
        };
        let scenario_text = read_limited(&path)?;
        let (title, files) = (path.to_string_lossy(), FolderOfScenario::of(&path));
        let measures: Vec<&str> = all_measures().iter().map(|it| it.name).collect();
        let read = open.read(
            (&scenario_text, &title),
            overrides,
            &files,
            (&target_names(), &measures),
        );
        let (scenario, study) = read.map_err(|mut all| match all.len() {
            1 => Failure::Refused(all.remove(0)),
            _ => {
                let texts: Vec<String> = all.iter().map(ToString::to_string).collect();
                Failure::RefusedFolder(texts.join("\n").trim_end().to_owned())
            }
        })?;
        Ok(Self {
            texts: (text, scenario_text),
            scenario,
            study,
        })
    }
}

/// What is given in place of the scenario's values.
fn overrides(arguments: &SweepArguments) -> Result<Vec<Override>, Failure> {
    let parse = |text: &String| {
        let parsed = Override::parse(text);
        let parsed = parsed.map_err(|why| Failure::Usage(format!("--set {text}: {why}")))?;
        match parsed.path.starts_with("sweep") {
            true => Err(Failure::Usage(format!(
                "--set {text}: --set is for keys of the scenario; change the study file"
            ))),
            false => Ok(parsed),
        }
    };
    arguments.overrides.iter().map(parse).collect()
}

/// Where the points lie, of a design that is spread.
fn places(study: &Study) -> Vec<Vec<f64>> {
    let spread = spread(study);
    spread.map_or_else(Vec::new, |it| it.places(study.keys().len(), study.seed))
}

/// Where the points of walks lie once their values are rounded to what the keys may have; nothing of other
/// designs.
fn realised(study: &Study, facts: &Facts) -> Vec<Vec<f64>> {
    let walks = facts.spread.filter(|it| matches!(it, Spread::Morris(..)));
    let places = walks.map(|it| it.places(facts.keys.len(), facts.seed));
    let places = places.unwrap_or_default();
    places.iter().map(|place| study.realised(place)).collect()
}

/// How the points are spread; `None` where they are not.
const fn spread(study: &Study) -> Option<Spread> {
    match study.design {
        StudyDesign::Grid | StudyDesign::Listed => None,
        StudyDesign::LatinHypercube(points) => Some(Spread::LatinHypercube(points)),
        StudyDesign::Sobol(base) => Some(Spread::Sobol(base)),
        StudyDesign::Morris(walks, levels) => Some(Spread::Morris(walks, levels)),
    }
}

fn facts(scenario: &Scenario, study: &Study, shard: Option<(usize, usize)>) -> Facts {
    let measures = match study.measures.is_empty() {
        true => USUAL_MEASURES.map(str::to_owned).to_vec(),
        false => study.measures.clone(),
    };
    Facts {
        title: scenario.title.clone(),
        design: match study.design {
            StudyDesign::Grid => "A grid".to_owned(),
            StudyDesign::LatinHypercube(_) => "A Latin hypercube".to_owned(),
            StudyDesign::Sobol(base) => format!("A Sobol' design from {base} base points"),
            StudyDesign::Morris(walks, levels) => {
                format!("A Morris design of {walks} walks through {levels} levels")
            }
            StudyDesign::Listed => "Points from a file".to_owned(),
        },
        spread: spread(study),
        seed: study.seed,
        keys: study.keys().into_iter().map(str::to_owned).collect(),
        points: study.points(),
        replications: study.replications,
        is_independent: study.is_independent,
        uncertain: scenario.uncertainty.inputs.len(),
        measures,
        shard,
    }
}

/// The files that study and scenario refer to.
fn files(scenario: &Scenario, study: &Study) -> Result<Vec<ReferredFile>, Failure> {
    let mut files = scenario.files.clone();
    for file in &study.files {
        match files.iter().find(|it| it.name == file.name) {
            Some(same) if same.bytes == file.bytes => {}
            Some(_) => {
                return Err(Failure::Unreadable(format!(
                    "the study and its scenario refer to two files called {}; rename one",
                    file.name
                )));
            }
            None => files.push(file.clone()),
        }
    }
    Ok(files)
}

fn manifest(
    arguments: &SweepArguments,
    study: &Study,
    (study_text, scenario_text): (&[u8], &[u8]),
    files: &[ReferredFile],
) -> Manifest {
    let mut inputs: BTreeMap<String, String> = files
        .iter()
        .map(|file| (file.name.clone(), sha256(&file.bytes)))
        .collect();
    inputs.insert("study.toml".to_owned(), sha256(study_text));
    let mut overrides = arguments.overrides.clone();
    let given = [
        ("sweep.seed", arguments.seed),
        ("sweep.replications", arguments.replications),
    ];
    overrides.extend(
        given
            .iter()
            .filter_map(|(key, value)| Some(format!("{key}={}", (*value)?))),
    );
    overrides.extend(
        arguments
            .shard
            .map(|(part, of)| format!("shard={part}/{of}")),
    );
    Manifest {
        program: env!("CARGO_PKG_NAME").to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        schema: study.schema as u32,
        command: "sweep".to_owned(),
        scenario_sha256: sha256(scenario_text),
        inputs,
        seed: study.seed,
        replication_range: None,
        replications: study.replications * study.points() as u64,
        overrides,
    }
}
