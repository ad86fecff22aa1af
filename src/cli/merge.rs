//! `splw-sim merge`: the parts of a study that were run apart, joined to the folder of the whole.

use super::command::MergeArguments;
use super::failure::Failure;
use super::output::print;
use super::study;
use super::sweep::{Texts, changes, show, targets, told};
use crate::report::folder::FolderError;
use crate::report::sweep::{Parts, Sweep, SweepFolder, join_shards};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

/// Joins parts.
///
/// # Errors
/// When they are not all the parts of one study, or the whole cannot be written.
pub fn merge(arguments: &MergeArguments) -> Result<(), Failure> {
    let clock = (jiff::Timestamp::now(), Instant::now());
    let parts = join_shards(&arguments.folders)
        .map_err(|error| Failure::RefusedFolder(error.to_string()))?;
    let read = Texts::read(&parts.first.join("study.toml"), &changes(&parts.manifest))?;
    let folder = SweepFolder::afresh(&arguments.out, &parts.manifest, arguments.overwrite)?;
    copy(&parts, &folder)?;
    let realised = read.realised(&parts.facts);
    let sweep = Sweep {
        facts: &parts.facts,
        values: &parts.values,
        realised: &realised,
        done: &parts.done,
    };
    folder.write_tables(&sweep)?;
    show(
        &folder,
        &sweep,
        &parts.manifest,
        (&read.scenario, &read.texts.1),
    )?;
    let log = study::log(clock, 1, (parts.manifest.replications, sweep.events()));
    folder.write("run.log", |file| file.write_all(log.as_bytes()))?;
    match arguments.quiet {
        true => Ok(()),
        false => print(&told(
            (&sweep, &targets(&read.scenario)),
            0,
            folder.path(),
            arguments.format,
        )),
    }
}

/// Copies the study, its scenario and the files that they refer to, which are the same in all parts.
fn copy(parts: &Parts, folder: &SweepFolder) -> Result<(), Failure> {
    copy_file(&parts.first, "study.toml", folder)?;
    copy_file(&parts.first, "scenario.toml", folder)?;
    for name in parts
        .manifest
        .inputs
        .keys()
        .filter(|it| *it != "study.toml")
    {
        copy_file(&parts.first, &format!("inputs/{name}"), folder)?;
    }
    Ok(())
}

fn copy_file(from: &Path, name: &str, folder: &SweepFolder) -> Result<(), FolderError> {
    folder.write(name, |file| {
        let bytes = fs::read(from.join(name))?;
        file.write_all(&bytes)
    })
}
