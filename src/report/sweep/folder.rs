//! The results folder of a study: what it is of, the journal that grows, and the tables made from it.

use super::super::folder::{
    FolderError, MANIFEST, check_place, manifest_of, open_if_there, remove, remove_ours,
    write_whole,
};
use super::super::manifest::Manifest;
use super::super::workbook::WORKBOOK;
use super::{Done, Facts, Journal, Sweep};
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The journal.
pub const JOURNAL: &str = "journal.txt";
/// The table of all points.
const SWEEP: &str = "sweep.csv";
/// The same in columns.
const IN_COLUMNS: &str = "sweep.parquet";
/// The table of the points that are done, while some are not.
const SO_FAR: &str = "sweep-so-far.csv";

/// The table of what the results depend on.
const SENSITIVITY: &str = "sensitivity.csv";

/// The table of the formulas in place of the simulation.
const METAMODEL: &str = "metamodel.csv";

/// What is made anew by each go.
const MADE_ANEW: [&str; 11] = [
    "points.csv",
    SWEEP,
    IN_COLUMNS,
    SO_FAR,
    SENSITIVITY,
    METAMODEL,
    "plots",
    "report.html",
    "stress-des.md",
    WORKBOOK,
    "run.log",
];

/// The results folder of a study.
#[derive(Debug)]
pub struct SweepFolder {
    at: PathBuf,
    manifest: Manifest,
}

impl SweepFolder {
    /// Opens the folder at `path` for the study of `manifest`, with what earlier goes have finished.
    /// With `overwrite` nothing of them stays; with `resume` there must be some.
    ///
    /// # Errors
    /// When something else stands there (unless it is a results folder and `overwrite` is set), another
    /// version or seed began it, somebody else is writing there, or it cannot be written.
    pub fn open(
        path: &Path,
        (manifest, facts): (&Manifest, &Facts),
        (overwrite, resume): (bool, bool),
    ) -> Result<(Self, Journal, BTreeMap<usize, Done>), FolderError> {
        check_place(path, manifest, overwrite)?;
        let folder = Self {
            at: path.to_owned(),
            manifest: manifest.clone(),
        };
        let there = manifest_of(path);
        match &there {
            Some(there) if !overwrite => is_of_the_same(path, there, manifest)?,
            None if resume => return Err(FolderError::NothingBegun(path.to_owned())),
            _ => {}
        }
        let failed = |error| FolderError::Io(path.to_owned(), error);
        folder.clear(overwrite).map_err(failed)?;
        folder.write(MANIFEST, |file| {
            file.write_all(manifest.to_text().as_bytes())
        })?;
        let opened = Journal::open(&path.join(JOURNAL), facts);
        let opened = opened.map_err(|error| FolderError::Io(path.join(JOURNAL), error))?;
        let (journal, done) = opened.ok_or_else(|| FolderError::InUse(path.to_owned()))?;
        Ok((folder, journal, done))
    }

    /// A folder for parts that are joined, which holds nothing.
    ///
    /// # Errors
    /// As of [`SweepFolder::open`].
    pub fn afresh(path: &Path, manifest: &Manifest, overwrite: bool) -> Result<Self, FolderError> {
        check_place(path, manifest, overwrite)?;
        let folder = Self {
            at: path.to_owned(),
            manifest: manifest.clone(),
        };
        let failed = |error| FolderError::Io(path.to_owned(), error);
        folder.clear(true).map_err(failed)?;
        folder.write(MANIFEST, |file| {
            file.write_all(manifest.to_text().as_bytes())
        })?;
        Ok(folder)
    }

    /// Takes out what this go makes anew, and what a go that was killed left in the making.
    /// With `all` everything that is not the user's, of whatever command.
    fn clear(&self, all: bool) -> io::Result<()> {
        fs::create_dir_all(&self.at)?;
        if all {
            remove_ours(&self.at)?;
        }
        for name in MADE_ANEW {
            remove(&self.at.join(name))?;
        }
        for name in MADE_ANEW
            .into_iter()
            .chain([JOURNAL, MANIFEST, "study.toml", "scenario.toml"])
        {
            remove(&self.at.join(name).with_extension("partial"))?;
        }
        Ok(())
    }

    /// Writes a file: whole, or not at all under its name.
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

    /// Writes the tables: of all points when all are done, and then the journal in the order of the
    /// points; else of the points so far, under another name.
    ///
    /// # Errors
    /// When one cannot be written.
    pub fn write_tables(&self, sweep: &Sweep) -> Result<(), FolderError> {
        self.write("points.csv", |file| sweep.write_points(file))?;
        if !sweep.is_complete() {
            return self.write(SO_FAR, |file| sweep.write_sweep(file));
        }
        self.write(SWEEP, |file| sweep.write_sweep(file))?;
        self.write(IN_COLUMNS, |file| {
            sweep.write_sweep_in_columns(file, &self.manifest)
        })?;
        if sweep.has_sensitivities() {
            self.write(SENSITIVITY, |file| sweep.write_sensitivity(file))?;
        }
        if sweep.is_whole() && sweep.metamodels().is_ok() {
            self.write(METAMODEL, |file| sweep.write_metamodel(file))?;
        }
        self.write(JOURNAL, |file| file.write_all(sweep.journal().as_bytes()))
    }

    /// Opens a file that has been written to the folder; `None` where there is none of that name.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn read(&self, name: &str) -> io::Result<Option<Box<dyn io::Read>>> {
        open_if_there(&self.at.join(name))
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.at
    }
}

/// Results of two versions, or of two seeds, are not mixed.
fn is_of_the_same(path: &Path, there: &Manifest, manifest: &Manifest) -> Result<(), FolderError> {
    let other = |whose: String| Err(FolderError::OfAnotherVersion(path.to_owned(), whose));
    if there.version != manifest.version {
        return other(there.version.clone());
    }
    if (there.seed, there.replications) != (manifest.seed, manifest.replications) {
        return other(format!("with seed {}", there.seed));
    }
    Ok(())
}
