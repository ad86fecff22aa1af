//! The results folder of many scenarios: a folder for each, finished one by one, and tables over them.
//!
//! What is finished stays when the rest is interrupted; the next go takes it as it is.

use super::super::folder::{
    FolderError, MANIFEST, SCENARIOS, check_place, manifest_of, remove, remove_ours, write_whole,
};
use super::super::manifest::Manifest;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The tables and figures over all scenarios, which an earlier go may have left.
const OVER_ALL: [&str; 5] = [
    "scenarios.csv",
    "summary.csv",
    "groups.csv",
    "plots",
    "run.log",
];

/// The results folder of a folder of scenarios.
#[derive(Debug)]
pub struct BatchFolder {
    at: PathBuf,
}

impl BatchFolder {
    /// Opens the folder at `path` for the scenarios of `manifest`. What an earlier go of the same has
    /// finished stays, unless `overwrite` is set.
    ///
    /// # Errors
    /// When something else stands there (unless it is a results folder and `overwrite` is set), or the
    /// place cannot be written.
    pub fn open(path: &Path, manifest: &Manifest, overwrite: bool) -> Result<Self, FolderError> {
        check_place(path, manifest, overwrite)?;
        let folder = Self {
            at: path.to_owned(),
        };
        let cleared = || -> io::Result<()> {
            OVER_ALL
                .iter()
                .try_for_each(|name| remove(&path.join(name)))?;
            if overwrite {
                remove_ours(path)?;
            }
            fs::create_dir_all(path.join(SCENARIOS))?;
            remove_unfinished(&path.join(SCENARIOS))
        };
        cleared().map_err(|error| FolderError::Io(path.to_owned(), error))?;
        folder.write(MANIFEST, |file| {
            file.write_all(manifest.to_text().as_bytes())
        })?;
        Ok(folder)
    }

    /// Where the results of the scenario `name` go.
    #[must_use]
    pub fn of(&self, name: &str) -> PathBuf {
        self.at.join(SCENARIOS).join(name)
    }

    /// Whether the scenario `name` has been finished as `manifest` says, with all of `files`.
    #[must_use]
    pub fn has(&self, name: &str, manifest: &Manifest, files: &[&str]) -> bool {
        let folder = self.of(name);
        let there = manifest_of(&folder);
        let same = |there: Manifest| {
            there.is_of_the_same_run_as(manifest)
                && (there.version, there.seed) == (manifest.version.clone(), manifest.seed)
        };
        there.is_some_and(same) && files.iter().all(|file| folder.join(file).is_file())
    }

    /// A table of the scenario `name`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn table_of(&self, name: &str, table: &str) -> io::Result<Vec<u8>> {
        fs::read(self.of(name).join(table))
    }

    /// Writes a file over all scenarios: whole, or not at all under its name.
    ///
    /// # Errors
    /// When it cannot be written in full.
    pub fn write<T>(
        &self,
        name: &str,
        content: impl FnOnce(&mut io::BufWriter<fs::File>) -> io::Result<T>,
    ) -> Result<T, FolderError> {
        write_whole(&self.at, name, content)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.at
    }
}

/// Removes what a go that was ended without warning left in the making.
fn remove_unfinished(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') && name.contains(".partial-") {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}
