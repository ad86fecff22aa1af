//! From a path and options to a checked scenario.

use super::command::ScenarioArguments;
use super::failure::Failure;
use crate::report::Story;
use crate::report::answer::target_names;
use crate::report::folder::{Folder, FolderError, MANIFEST};
use crate::report::manifest::{Manifest, sha256};
use crate::scenario::{BASE, Files, LARGEST_FILE, Override, Scenario, read};
use std::fs;
use std::io::{Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

/// The scenario's copy in a results folder.
pub const SCENARIO: &str = "scenario.toml";

/// A scenario as read.
pub struct Input {
    /// The file, byte by byte.
    pub bytes: Vec<u8>,
    /// What is run: the file, checked, or an option of it.
    pub scenario: Scenario,
    /// The name of the option, or "base".
    pub option: String,
    /// What the option changes, in words; nothing for the file itself.
    pub changes: Vec<String>,
    /// The names of all options of the file.
    pub options: Vec<String>,
    /// What was given on the command line in place of what the file says, the option last.
    pub overrides: Vec<String>,
}

impl Input {
    /// Reads and checks the scenario of `arguments`; `settings` are options of the command line that
    /// stand for keys.
    ///
    /// # Errors
    /// When the file cannot be read, or is refused.
    pub fn read(
        arguments: &ScenarioArguments,
        settings: &[(&str, String)],
    ) -> Result<Self, Failure> {
        let bytes = read_limited(&arguments.file)?;
        let mut overrides = arguments.overrides.clone();
        overrides.extend(arguments.seed.map(|seed| format!("experiment.seed={seed}")));
        overrides.extend(settings.iter().map(|(key, value)| format!("{key}={value}")));
        let parsed: Vec<Override> = overrides
            .iter()
            .map(|text| {
                Override::parse(text).map_err(|why| Failure::Usage(format!("--set {text}: {why}")))
            })
            .collect::<Result<_, _>>()?;
        let folder = FolderOfScenario::of(&arguments.file);
        let name = arguments.file.to_string_lossy();
        let scenario = read(&bytes, &name, &parsed, &folder, &target_names())?;
        let options = scenario.options.iter().map(|it| it.name.clone());
        Ok(Self {
            bytes,
            option: BASE.to_owned(),
            changes: Vec::new(),
            options: options.collect(),
            scenario,
            overrides,
        })
    }

    /// The option of this name in place of the file itself, if one is named.
    ///
    /// # Errors
    /// When the file has no such option.
    pub fn into_option(self, name: Option<&str>) -> Result<Self, Failure> {
        let Some(name) = name.filter(|name| *name != BASE) else {
            return Ok(self);
        };
        let mut of_option = self.scenario.options.iter();
        let changes = of_option.find(|it| it.name == name);
        let changes = changes.map(|it| it.changes.clone()).unwrap_or_default();
        let scenario = self.scenario.into_option(name);
        let no_option = |why| Failure::Usage(format!("--option \"{name}\": {why}"));
        let mut overrides = self.overrides;
        overrides.push(format!("option={name}"));
        Ok(Self {
            scenario: scenario.map_err(no_option)?,
            option: name.to_owned(),
            changes,
            overrides,
            ..self
        })
    }

    /// What `command` runs, of these replications if not of all; how many there were is put in
    /// when it is known.
    #[must_use]
    pub fn manifest(&self, command: &str, replications: Option<Range<u64>>) -> Manifest {
        let files = self.scenario.files.iter();
        Manifest {
            program: env!("CARGO_PKG_NAME").to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            schema: self.scenario.schema as u32,
            command: command.to_owned(),
            scenario_sha256: sha256(&self.bytes),
            inputs: files
                .map(|file| (file.name.clone(), sha256(&file.bytes)))
                .collect(),
            seed: self.scenario.experiment.seed,
            replication_range: replications.map(|range| [range.start, range.end]),
            replications: 0,
            overrides: self.overrides.clone(),
        }
    }

    /// Writes what made the results into their folder: the scenario, the files that it refers to,
    /// and the manifest.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn copy_into(&self, folder: &Folder, manifest: &Manifest) -> Result<(), FolderError> {
        folder.write(SCENARIO, |file| file.write_all(&self.bytes))?;
        for referred in &self.scenario.files {
            folder.write(&format!("inputs/{}", referred.name), |file| {
                file.write_all(&referred.bytes)
            })?;
        }
        folder.write(MANIFEST, |file| {
            file.write_all(manifest.to_text().as_bytes())
        })
    }

    /// What a reader should know besides the model.
    #[must_use]
    pub fn story(&self) -> Story {
        let story = story(&self.scenario);
        match self.option.as_str() {
            BASE => story,
            option => Story {
                title: format!("{}; option: {option}", story.title),
                ..story
            },
        }
    }
}

/// What a reader should know of a scenario besides the model.
#[must_use]
pub fn story(scenario: &Scenario) -> Story {
    let assumed = scenario
        .provenance
        .iter()
        .filter(|provenance| provenance.grade == Some('D'));
    let defaults = scenario
        .defaults
        .iter()
        .filter(|default| default.grade == 'D');
    Story {
        title: scenario.title.clone(),
        question: scenario.question.clone(),
        targets: scenario
            .targets
            .iter()
            .map(|target| (target.measure.clone(), target.value))
            .collect(),
        assumptions: assumed.map(|provenance| provenance.key.clone()).collect(),
        assumed_defaults: defaults.count(),
        notes: scenario.notes.clone(),
    }
}

/// The whole file, if it is a file and not too large.
pub fn read_limited(path: &Path) -> Result<Vec<u8>, Failure> {
    let unreadable =
        |why: &str| Failure::Unreadable(format!("cannot read {}: {why}", path.display()));
    let metadata = fs::metadata(path).map_err(|error| unreadable(&in_plain_words(&error)))?;
    if metadata.is_dir() {
        return Err(unreadable(
            "it is a folder; name one scenario file (`splw-sim run` takes a folder of them)",
        ));
    }
    if !metadata.is_file() {
        return Err(unreadable("it is not a regular file"));
    }
    if metadata.len() > LARGEST_FILE as u64 {
        return Err(unreadable(
            "it is larger than 10 MB; a scenario is a few kilobytes of text",
        ));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(LARGEST_FILE as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(&in_plain_words(&error)))?;
    Ok(bytes)
}

/// Where the scenario of a study or a calibration is: in its folder or the one that holds it, after links are resolved.
/// In a results folder it is the copy there, whatever the file calls it.
///
/// # Errors
/// Why it cannot be had, in words.
pub fn scenario_of(study: &Path, named: &str) -> Result<PathBuf, String> {
    let parent = study.parent().filter(|it| !it.as_os_str().is_empty());
    let folder = parent.unwrap_or(Path::new("."));
    let copy = folder.join(SCENARIO);
    if folder.join(MANIFEST).is_file() && copy.is_file() {
        return Ok(copy);
    }
    let resolved = |path: &Path| fs::canonicalize(path).map_err(|error| in_plain_words(&error));
    let (home, path) = (resolved(folder)?, resolved(&folder.join(named))?);
    let is_near = path.starts_with(&home) || path.parent() == home.parent();
    match is_near {
        true => Ok(folder.join(named)),
        false => {
            Err("it lies neither in the file's folder nor in the one that holds it".to_owned())
        }
    }
}

/// What a planner can do about a file that cannot be read.
pub fn in_plain_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it".to_owned(),
        _ => error.to_string(),
    }
}

/// Files that a scenario refers to: inside its folder after links are resolved, or in the folder
/// `inputs` there, where a run leaves its copies.
pub struct FolderOfScenario {
    folder: PathBuf,
}

impl FolderOfScenario {
    /// The folder of the file at this path.
    pub fn of(scenario: &Path) -> Self {
        let parent = scenario
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        Self {
            folder: parent.unwrap_or(Path::new(".")).to_owned(),
        }
    }

    fn find(&self, name: &str) -> Result<PathBuf, String> {
        let folder = fs::canonicalize(&self.folder).map_err(|error| in_plain_words(&error))?;
        let direct = folder.join(name);
        let copied = folder.join("inputs").join(name);
        let path = if direct.exists() || !copied.exists() {
            direct
        } else {
            copied
        };
        let path = fs::canonicalize(path).map_err(|error| in_plain_words(&error))?;
        if path.starts_with(&folder) {
            Ok(path)
        } else {
            Err("it lies outside the scenario's folder".to_owned())
        }
    }
}

impl Files for FolderOfScenario {
    fn read(&self, name: &str) -> Result<Vec<u8>, String> {
        let path = self.find(name)?;
        read_limited(&path).map_err(|failure| match failure {
            Failure::Unreadable(text) => text,
            _ => "it cannot be read".to_owned(),
        })
    }
}
