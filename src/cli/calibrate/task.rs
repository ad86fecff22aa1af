//! A calibration with its scenario, read and laid out: what is asked of the search, and what is written of
//! its answer.

use crate::cli::command::CalibrateArguments;
use crate::cli::failure::Failure;
use crate::cli::input::{FolderOfScenario, SCENARIO, read_limited, scenario_of};
use crate::experiment::calibrate::{Axis, Calibrated, Number, Observation, Question, held_back};
use crate::measure::{Frame, Scope, columns, weekly_columns};
use crate::model::Model;
use crate::report::answer::target_names;
use crate::report::calibration as told;
use crate::report::folder::{Folder, FolderError, MANIFEST};
use crate::report::manifest::{Manifest, sha256};
use crate::report::{Story, entity_name};
use crate::scenario::{
    Beside, Calibration, CalibrationKey, KnownNumber, Note, Observed, Override, Scenario,
    open_calibration,
};
use std::io::Write;

/// The calibration's copy in a results folder.
const CALIBRATION: &str = "calibration.toml";

/// A calibration, ready to be run.
pub struct Task {
    /// What is asked.
    pub calibration: Calibration,
    /// Threads to use.
    pub threads: usize,
    scenario: Scenario,
    /// The scenario over the time of the numbers.
    timed: Model,
    /// The calibration and the scenario, byte by byte.
    texts: (Vec<u8>, Vec<u8>),
}

impl Task {
    /// Reads a calibration and its scenario.
    ///
    /// # Errors
    /// When either is refused.
    pub fn read(arguments: &CalibrateArguments) -> Result<Self, Failure> {
        let set = overrides(arguments)?;
        let text = read_limited(&arguments.file)?;
        let name = arguments.file.to_string_lossy().into_owned();
        let open = open_calibration(&text, &name)?;
        let Some(named) = open.scenario() else {
            return Err(Failure::Refused(open.without_scenario(None)));
        };
        let path = match scenario_of(&arguments.file, &named) {
            Ok(path) => path,
            Err(why) => return Err(Failure::Refused(open.without_scenario(Some(&why)))),
        };
        let scenario_text = read_limited(&path)?;
        let (title, files) = (path.to_string_lossy(), FolderOfScenario::of(&path));
        let beside = Beside {
            set: &set,
            files: &files,
            targets: &target_names(),
            known: &known,
        };
        let read = open.read((&scenario_text, &title), &beside);
        let (scenario, mut calibration) = read.map_err(|mut all| match all.len() {
            1 => Failure::Refused(all.remove(0)),
            _ => {
                let texts: Vec<String> = all.iter().map(ToString::to_string).collect();
                Failure::RefusedFolder(texts.join("\n").trim_end().to_owned())
            }
        })?;
        calibration.seed = arguments.seed.unwrap_or(calibration.seed);
        let replications = arguments.replications.unwrap_or(calibration.replications);
        calibration.replications = replications;
        let timed = calibration.scenario(None).map_err(Failure::Other)?.model;
        let all = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Ok(Self {
            threads: arguments.threads.map_or(all, usize::from),
            calibration,
            scenario,
            timed,
            texts: (text, scenario_text),
        })
    }

    /// The inputs between their bounds.
    pub fn axes(&self) -> Vec<Axis> {
        let axis = |key: &CalibrationKey| Axis {
            from: key.from,
            to: key.to,
            is_logarithmic: key.is_logarithmic,
            is_whole: key.is_whole,
        };
        self.calibration.keys.iter().map(axis).collect()
    }

    /// Which numbers of a replication were observed.
    pub fn numbers(&self) -> Vec<Number> {
        let number = |it: &Observed| Number {
            scope: scope(it.scope),
            name: it.name.clone(),
            measure: it.measure.to_owned(),
            weeks: it.weeks.clone(),
        };
        self.calibration.observed.iter().map(number).collect()
    }

    /// What is asked of the search.
    pub fn question(&self) -> Question {
        let calibration = &self.calibration;
        let free = calibration
            .observed
            .iter()
            .filter(|it| it.is_held_back.is_none());
        let share = calibration.hold_back_share;
        let mut drawn = held_back(free.count(), share, calibration.seed).into_iter();
        let observation = |it: &Observed| Observation {
            value: it.value,
            standard_error: it.standard_error,
            is_held_back: match it.is_held_back {
                Some(is_held_back) => is_held_back,
                None => drawn.next().unwrap_or(false),
            },
        };
        Question {
            observed: calibration.observed.iter().map(observation).collect(),
            start: calibration.keys.iter().map(|key| key.start).collect(),
            points: calibration.points as usize,
            replications: calibration.replications,
            seed: calibration.seed,
        }
    }

    /// Replications that a search takes, about.
    pub fn about(&self) -> u64 {
        let calibration = &self.calibration;
        let round = 2 * calibration.keys.len() as u64 + 2;
        let few = calibration.replications / 4;
        calibration.points * few + 12 * round * few + 8 * round * calibration.replications
    }

    /// What a reader should know besides the model.
    pub fn story(&self) -> Story {
        let scenario = &self.scenario;
        Story {
            title: scenario.title.clone(),
            question: Some("Which inputs reproduce what was observed?".to_owned()),
            ..Story::default()
        }
    }

    /// The answer with everything that is told of it.
    pub fn told<'a>(
        &self,
        story: &'a Story,
        answer: &'a Calibrated,
        replications: u64,
    ) -> told::Calibration<'a> {
        let period = &self.timed.period;
        let adjusted = |key: &str| self.calibration.keys.iter().any(|it| it.name == key);
        let uncertain = self.scenario.uncertainty.inputs.iter();
        told::Calibration {
            story,
            inputs: self.calibration.keys.iter().map(input).collect(),
            numbers: self.calibration.observed.iter().map(number).collect(),
            answer,
            period: (period.weeks(), self.timed.calendar.date(period.opens.day())),
            replications: (self.calibration.replications, replications),
            is_from_today: self.timed.start.is_some(),
            uncertain: uncertain.filter(|it| !adjusted(&it.key)).count(),
        }
    }

    /// What the observed numbers are called.
    pub fn labels(&self) -> Vec<String> {
        let observed = self.calibration.observed.iter();
        observed.map(|it| number(it).label()).collect()
    }

    /// The scenario with the values that fit best.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn rewritten(&self, calibration: &told::Calibration) -> Result<String, Failure> {
        let inputs = &calibration.answer.inputs;
        let values: Vec<f64> = inputs.iter().map(|it| it.estimate).collect();
        let keys = self.calibration.keys.iter().zip(&calibration.inputs);
        let notes: Vec<Note> = keys
            .zip(inputs)
            .map(|((key, input), fit)| Note {
                source: calibration.source(),
                // A single site's own numbers are worth no more than a C.
                grade: key.grade.map(|grade| grade.max('C')),
                note: input.note(fit, key.source.as_deref()),
            })
            .collect();
        self.calibration
            .rewritten(&values, &notes)
            .map_err(Failure::Other)
    }

    /// What is run, to the byte.
    pub fn manifest(&self, arguments: &CalibrateArguments) -> Manifest {
        let files = self.scenario.files.iter();
        let files = files.map(|file| (file.name.clone(), sha256(&file.bytes)));
        let own = (CALIBRATION.to_owned(), sha256(&self.texts.0));
        let given = [
            ("calibrate.seed", arguments.seed),
            ("calibrate.replications", arguments.replications),
        ];
        let given = given
            .into_iter()
            .filter_map(|(key, value)| Some(format!("{key}={}", value?)));
        Manifest {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            schema: self.calibration.schema as u32,
            command: "calibrate".to_owned(),
            scenario_sha256: sha256(&self.texts.1),
            inputs: files.chain([own]).collect(),
            seed: self.calibration.seed,
            replication_range: None,
            replications: 0,
            overrides: arguments.overrides.iter().cloned().chain(given).collect(),
        }
    }

    /// Writes what made the results into their folder.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn copy_into(&self, folder: &Folder, manifest: &Manifest) -> Result<(), FolderError> {
        folder.write(CALIBRATION, |file| file.write_all(&self.texts.0))?;
        folder.write(SCENARIO, |file| file.write_all(&self.texts.1))?;
        for referred in &self.scenario.files {
            folder.write(&format!("inputs/{}", referred.name), |file| {
                file.write_all(&referred.bytes)
            })?;
        }
        folder.write(MANIFEST, |file| {
            file.write_all(manifest.to_text().as_bytes())
        })
    }
}

fn input(key: &CalibrationKey) -> told::Input {
    told::Input {
        key: key.name.clone(),
        before: key.start_words.clone(),
        start: key.start,
        bounds: (key.from, key.to),
        grade: key.grade,
        overrides_evidence: key.overrides_evidence,
    }
}

fn number(observed: &Observed) -> told::ObservedNumber {
    told::ObservedNumber {
        scope: observed.scope,
        name: observed.name.clone(),
        measure: observed.measure.to_owned(),
        unit: observed.unit,
        dates: observed.dates,
    }
}

/// What is given in place of the scenario's values.
fn overrides(arguments: &CalibrateArguments) -> Result<Vec<Override>, Failure> {
    let parse = |text: &String| {
        let parsed = Override::parse(text);
        let parsed = parsed.map_err(|why| Failure::Usage(format!("--set {text}: {why}")))?;
        match parsed.path.starts_with("calibrate") {
            true => Err(Failure::Usage(format!(
                "--set {text}: --set is for keys of the scenario; change the calibration file"
            ))),
            false => Ok(parsed),
        }
    };
    arguments.overrides.iter().map(parse).collect()
}

/// The numbers that a model gives.
fn known(model: &Model) -> Vec<KnownNumber> {
    let frame = Frame::new(model);
    let of_period = columns(&frame).into_iter().map(|column| KnownNumber {
        scope: column.scope.name(),
        name: entity_name(model, column.scope, column.entity).to_owned(),
        measure: column.measure.name,
        unit: column.unit().name(),
        is_weekly: false,
    });
    let by_week = weekly_columns(&frame)
        .into_iter()
        .map(|column| KnownNumber {
            scope: column.scope.name(),
            name: entity_name(model, column.scope, column.entity).to_owned(),
            measure: column.measure,
            unit: column.unit,
            is_weekly: true,
        });
    of_period.chain(by_week).collect()
}

/// The scope of this name.
fn scope(name: &str) -> Scope {
    let all = [Scope::Practice, Scope::Post, Scope::CaseType, Scope::Source];
    all.into_iter()
        .find(|it| it.name() == name)
        .unwrap_or(Scope::Pcn)
}
