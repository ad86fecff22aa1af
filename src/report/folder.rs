//! The results folder: written whole or not at all.
//!
//! Everything is written into a folder beside the final one, which is put in its place by renaming
//! when all is there. What stood there before is kept until then; files in it that are not ours
//! are carried over.

use super::manifest::Manifest;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// Name of the manifest within a results folder.
pub const MANIFEST: &str = "manifest.json";

/// Everything that a command may leave at the top of its folder; other files there are the user's.
const OURS: [&str; 39] = [
    "scenario.toml",
    "study.toml",
    "calibration.toml",
    "calibrated.toml",
    "calibration.csv",
    "fit.csv",
    "points.csv",
    "sweep.csv",
    "sweep.parquet",
    "sensitivity.csv",
    "metamodel.csv",
    "sweep-so-far.csv",
    "journal.txt",
    MANIFEST,
    "inputs",
    "summary.csv",
    "replications.csv",
    "replications.parquet",
    "weekly.csv",
    "waits.csv",
    "bad_years.csv",
    "scenarios.csv",
    "groups.csv",
    "staffing.csv",
    "differences.csv",
    "targets.csv",
    "cost_effectiveness.csv",
    "ranking.csv",
    "uncertainty.csv",
    "draws.csv",
    "tornado.csv",
    "plans.csv",
    "trace.csv",
    "verification.csv",
    "results.xlsx",
    "plots",
    "report.html",
    "stress-des.md",
    "run.log",
];

/// What the manifest of a folder of scenarios says of its command.
pub const RUN_OF_A_FOLDER: &str = "run DIR";

/// Where the scenarios of a folder have their own folders: ours where the manifest says so, else the
/// user's.
pub(super) const SCENARIOS: &str = "scenarios";

/// The folders in the making, for [`abandon`].
static IN_THE_MAKING: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes the folders in the making, whoever is writing them: for a program about to be ended.
pub fn abandon() {
    if let Ok(mut staging) = IN_THE_MAKING.lock() {
        for folder in staging.drain(..) {
            // Nobody is left to be told of a failure.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// Why a folder cannot take results.
#[derive(Debug)]
pub enum FolderError {
    /// It holds something that is not a results folder.
    NotOurs(PathBuf),
    /// It holds the results of something else.
    OfAnotherRun(PathBuf),
    /// A file of it is open in another program, which has left the lock file beside it.
    HeldOpen(PathBuf, PathBuf),
    /// Another program holds something in it open, so that it cannot be replaced.
    CannotBeReplaced(PathBuf),
    /// It holds what another version of the program, or another seed, has begun.
    OfAnotherVersion(PathBuf, String),
    /// Somebody else is writing there.
    InUse(PathBuf),
    /// There is nothing to go on with.
    NothingBegun(PathBuf),
    /// The path is a file.
    IsAFile(PathBuf),
    /// Reading or writing failed.
    Io(PathBuf, io::Error),
}

impl std::fmt::Display for FolderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotOurs(path) => write!(
                f,
                "the folder {} holds other things and no results of splw-sim; give an empty or new one with --out",
                path.display()
            ),
            Self::OfAnotherRun(path) => write!(
                f,
                "the folder {} holds the results of another scenario, command or set of overrides; \
                 add --overwrite to replace them, or give another folder with --out",
                path.display()
            ),
            Self::HeldOpen(path, lock) => write!(
                f,
                "{} is open in another program; close it and run again, nothing is lost (if it is not open, delete {})",
                path.display(),
                lock.display()
            ),
            Self::CannotBeReplaced(path) => write!(
                f,
                "the folder {} cannot be replaced: a file in it is open in another program, a spreadsheet perhaps; \
                 close it and run again, nothing is lost",
                path.display()
            ),
            Self::OfAnotherVersion(path, whose) => write!(
                f,
                "the folder {} holds what splw-sim {whose} has begun, and results of two are not mixed; \
                 add --overwrite to begin again, or give another folder with --out",
                path.display()
            ),
            Self::InUse(path) => write!(
                f,
                "another splw-sim is writing to the folder {}; wait for it, or give another folder with --out",
                path.display()
            ),
            Self::NothingBegun(path) => write!(
                f,
                "there is nothing to go on with in {}; leave out --resume to begin",
                path.display()
            ),
            Self::IsAFile(path) => write!(f, "{} is a file, not a folder", path.display()),
            Self::Io(path, error) => write!(
                f,
                "cannot write {}: {}",
                path.display(),
                in_plain_words(error)
            ),
        }
    }
}

impl std::error::Error for FolderError {}

/// What a planner can do about a failed write.
fn in_plain_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "this place cannot be written to; choose another with --out".to_owned()
        }
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full".to_owned(),
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => {
            "a file is held open by another program; close it and run again".to_owned()
        }
        io::ErrorKind::NotADirectory => "part of the path is a file, not a folder".to_owned(),
        _ => error.to_string(),
    }
}

/// A results folder in the making; removed again unless [`Folder::finish`] is reached.
#[derive(Debug)]
pub struct Folder {
    last: PathBuf,
    staging: PathBuf,
    finished: bool,
}

impl Folder {
    /// Begins a folder that shall stand at `path` and hold the run of `manifest`.
    ///
    /// # Errors
    /// When something else stands there (unless it is a results folder and `overwrite` is set), or
    /// the place cannot be written.
    pub fn begin(path: &Path, manifest: &Manifest, overwrite: bool) -> Result<Self, FolderError> {
        check_place(path, manifest, overwrite)?;
        let name = path
            .file_name()
            .map_or_else(|| "output".into(), |name| name.to_string_lossy());
        let parent = path
            .parent()
            .filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        let staging = parent.join(format!(".{name}.partial-{}", std::process::id()));
        let failed = |error| FolderError::Io(path.to_owned(), error);
        fs::create_dir_all(parent).map_err(failed)?;
        if staging.exists() {
            fs::remove_dir_all(&staging).map_err(failed)?;
        }
        fs::create_dir(&staging).map_err(failed)?;
        if let Ok(mut in_the_making) = IN_THE_MAKING.lock() {
            in_the_making.push(staging.clone());
        }
        Ok(Self {
            last: path.to_owned(),
            staging,
            finished: false,
        })
    }

    /// Writes a file of the folder, through a buffer.
    ///
    /// # Errors
    /// When it cannot be written in full.
    pub fn write<F>(&self, name: &str, content: F) -> Result<(), FolderError>
    where
        F: FnOnce(&mut io::BufWriter<fs::File>) -> io::Result<()>,
    {
        let written = || -> io::Result<()> {
            let mut file = self.create(name)?;
            content(&mut file)?;
            file.flush()
        };
        written().map_err(|error| FolderError::Io(self.last.join(name), error))
    }

    /// Writes two files of the folder side by side.
    ///
    /// # Errors
    /// When one cannot be written in full; it is told of the first.
    pub fn write_both<F>(&self, [name, beside]: [&str; 2], content: F) -> Result<(), FolderError>
    where
        F: FnOnce(&mut io::BufWriter<fs::File>, &mut io::BufWriter<fs::File>) -> io::Result<()>,
    {
        self.write(name, |file| {
            let mut beside = self.create(beside)?;
            content(file, &mut beside)?;
            beside.flush()
        })
    }

    fn create(&self, name: &str) -> io::Result<io::BufWriter<fs::File>> {
        let path = self.staging.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        Ok(io::BufWriter::new(fs::File::create(&path)?))
    }

    /// Opens a file that has been written to the folder; `None` where there is none of that name.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn open(&self, name: &str) -> io::Result<Option<Box<dyn io::Read>>> {
        open_if_there(&self.staging.join(name))
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// When it cannot be renamed; what stood there before is then still there.
    pub fn finish(mut self) -> Result<PathBuf, FolderError> {
        let failed = |error| FolderError::Io(self.last.clone(), error);
        if self.last.exists() {
            self.carry_over().map_err(failed)?;
            let before = self.staging.with_extension("before");
            fs::rename(&self.last, &before).map_err(|error| self.not_moved(error))?;
            if let Err(error) = fs::rename(&self.staging, &self.last) {
                // Put back what was there; the error says the rest.
                fs::rename(&before, &self.last).map_err(failed)?;
                return Err(failed(error));
            }
            fs::remove_dir_all(&before).map_err(failed)?;
        } else {
            fs::rename(&self.staging, &self.last).map_err(failed)?;
        }
        self.finished = true;
        if let Ok(mut in_the_making) = IN_THE_MAKING.lock() {
            in_the_making.retain(|folder| *folder != self.staging);
        }
        Ok(self.last.clone())
    }

    /// Why what stood there before cannot be moved out of the way. On Windows a folder stays where it is while
    /// a file in it is open: access is denied, or a sharing violation is told.
    fn not_moved(&self, error: io::Error) -> FolderError {
        const SHARING_VIOLATION: i32 = 32;
        let is_denied = matches!(
            error.kind(),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ResourceBusy
        );
        let is_held = is_denied || error.raw_os_error() == Some(SHARING_VIOLATION);
        match cfg!(windows) && is_held {
            true => FolderError::CannotBeReplaced(self.last.clone()),
            false => FolderError::Io(self.last.clone(), error),
        }
    }

    /// Copies the user's own files from the folder that is replaced.
    fn carry_over(&self) -> io::Result<()> {
        let ours = ours(&self.last);
        for entry in fs::read_dir(&self.last)? {
            let entry = entry?;
            if !ours.iter().any(|name| entry.file_name() == *name) {
                copy(&entry.path(), &self.staging.join(entry.file_name()))?;
            }
        }
        Ok(())
    }
}

/// Opens a file; `None` where there is none.
pub(super) fn open_if_there(path: &Path) -> io::Result<Option<Box<dyn io::Read>>> {
    match fs::File::open(path) {
        Ok(file) => Ok(Some(Box::new(io::BufReader::new(file)))),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Copies a file, or a folder with all that is in it.
///
/// # Errors
/// When something in it cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.finished {
            // Nothing can be done about a failure here, and the run has failed already.
            let _ = fs::remove_dir_all(&self.staging);
        }
    }
}

/// A table or workbook of the folder that a spreadsheet has open, and the lock file that says so: LibreOffice
/// leaves `.~lock.results.xlsx#`, Excel `~$results.xlsx`. Told before anything is simulated.
fn held_open(path: &Path) -> Option<(PathBuf, PathBuf)> {
    let locks = OURS.iter().flat_map(|name| {
        let locks = [format!(".~lock.{name}#"), format!("~${name}")];
        locks.map(|lock| (path.join(name), path.join(lock)))
    });
    let mut locks = locks.filter(|(file, _)| file.exists());
    locks.find(|(_, lock)| lock.exists())
}

pub(super) fn check_place(
    path: &Path,
    manifest: &Manifest,
    overwrite: bool,
) -> Result<(), FolderError> {
    if let Some(file) = path
        .ancestors()
        .find(|place| place.exists())
        .filter(|place| !place.is_dir())
    {
        return Err(FolderError::IsAFile(file.to_owned()));
    }
    if !path.exists() {
        return Ok(());
    }
    let failed = |error| FolderError::Io(path.to_owned(), error);
    if fs::read_dir(path).map_err(failed)?.next().is_none() {
        return Ok(());
    }
    if let Some((file, lock)) = held_open(path) {
        return Err(FolderError::HeldOpen(file, lock));
    }
    match manifest_of(path) {
        None => Err(FolderError::NotOurs(path.to_owned())),
        Some(there) if overwrite || there.is_of_the_same_run_as(manifest) => Ok(()),
        Some(_) => Err(FolderError::OfAnotherRun(path.to_owned())),
    }
}

/// The manifest of a results folder; `None` where it has none.
pub(super) fn manifest_of(path: &Path) -> Option<Manifest> {
    let text = fs::read(path.join(MANIFEST)).ok()?;
    Manifest::from_text(&text)
}

/// The names in a results folder that are not the user's.
fn ours(path: &Path) -> Vec<&'static str> {
    let there = manifest_of(path);
    let of_a_folder = there.is_some_and(|it| it.command == RUN_OF_A_FOLDER);
    let scenarios = of_a_folder.then_some(SCENARIOS);
    OURS.into_iter().chain(scenarios).collect()
}

/// Takes everything out of a results folder but what is the user's: what is written there next may be of
/// another kind.
pub(super) fn remove_ours(path: &Path) -> io::Result<()> {
    ours(path)
        .into_iter()
        .try_for_each(|name| remove(&path.join(name)))
}

/// Removes a file or a folder with all that is in it; it need not be there.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    let removed = match path.is_dir() {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// Writes the file `name` of the folder `at`: whole, or not at all under its name.
pub(super) fn write_whole<T>(
    at: &Path,
    name: &str,
    content: impl FnOnce(&mut io::BufWriter<fs::File>) -> io::Result<T>,
) -> Result<T, FolderError> {
    let path = at.join(name);
    let partial = path.with_extension("partial");
    let written = || -> io::Result<T> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        let mut file = io::BufWriter::new(fs::File::create(&partial)?);
        let result = content(&mut file)?;
        file.flush()?;
        // On the disk before it has its name, so that a power cut leaves the old file or the new.
        file.get_ref().sync_data()?;
        fs::rename(&partial, &path)?;
        Ok(result)
    };
    written().map_err(|error| {
        // The failure to write is what is told, not that of tidying up after it.
        let _ = fs::remove_file(&partial);
        FolderError::Io(path, error)
    })
}
