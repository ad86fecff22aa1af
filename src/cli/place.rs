//! Where a written scenario goes: one file, or a folder of them; whole or not at all.

use super::failure::Failure;
use super::interrupt;
use crate::report::batch::NETWORKS;
use crate::report::folder::{FolderError, copy};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What did not match.
pub const NOT_MATCHED: &str = "not_matched.csv";

/// What was fitted to a log.
pub const FITS: &str = "fits.csv";

/// What an import writes into a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imported {
    /// A scenario a PCN.
    Networks,
    /// A scenario fitted to a log, its tables and figures.
    Log,
}

impl Imported {
    /// The file by which its folder is known.
    const fn mark(self) -> &'static str {
        match self {
            Self::Networks => NETWORKS,
            Self::Log => FITS,
        }
    }

    /// What its folder holds, in words.
    const fn holds(self) -> &'static str {
        match self {
            Self::Networks => "imported scenarios",
            Self::Log => "inputs fitted to a log",
        }
    }

    /// Names of what an earlier import wrote.
    fn written_before(self, folder: &Path) -> Vec<String> {
        match self {
            Self::Networks => networks_before(folder),
            Self::Log => OF_LOG.map(str::to_owned).to_vec(),
        }
    }
}

/// What stands at the top of the folder of a log.
const OF_LOG: [&str; 6] = [
    "scenario.toml",
    FITS,
    "counts.csv",
    "set_aside.csv",
    "plots",
    "inputs",
];

/// Refuses a place where a file cannot or should not be written.
///
/// # Errors
/// Why not.
pub fn check_file(path: &Path, overwrite: bool) -> Result<(), Failure> {
    let shown = path.display();
    if path.is_dir() {
        let example = path.join("scenario.toml");
        return Err(Failure::Usage(format!(
            "{shown} is a folder; name the file, for example --out {}",
            example.display()
        )));
    }
    if path.file_name().is_none() {
        return Err(Failure::Usage(format!("--out {shown} names no file")));
    }
    if path.exists() && !overwrite {
        return Err(Failure::Other(format!(
            "{shown} exists already; add --overwrite to replace it, or give another file with --out"
        )));
    }
    Ok(())
}

/// Writes a file, through another one beside it.
///
/// # Errors
/// When it cannot be written; what was there before is then still there.
pub fn write_file(path: &Path, text: &[u8]) -> Result<(), Failure> {
    let failed = |error| Failure::from(FolderError::Io(path.to_owned(), error));
    let parent = folder_of(path);
    fs::create_dir_all(&parent).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let staging = parent.join(format!(".{name}.partial-{}", std::process::id()));
    let written = write_through(&staging, text).and_then(|()| match interrupt::asked() {
        true => Ok(false),
        false => fs::rename(&staging, path).map(|()| true),
    });
    if !matches!(written, Ok(true)) {
        // Nothing can be done where it cannot be removed; the error says the rest.
        let _ = fs::remove_file(&staging);
    }
    match written.map_err(failed)? {
        true => Ok(()),
        false => Err(Failure::Interrupted),
    }
}

fn write_through(path: &Path, text: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    file.write_all(text)?;
    file.flush()
}

/// Refuses a folder that holds something else, or scenarios that are not to be replaced.
///
/// # Errors
/// Why not.
pub fn check_folder(path: &Path, overwrite: bool, imported: Imported) -> Result<(), Failure> {
    let shown = path.display();
    let is_file = |place: &&Path| place.exists() && !place.is_dir();
    if let Some(file) = path.ancestors().find(is_file) {
        return Err(FolderError::IsAFile(file.to_owned()).into());
    }
    let failed = |error| Failure::from(FolderError::Io(path.to_owned(), error));
    if !path.exists() || fs::read_dir(path).map_err(failed)?.next().is_none() {
        return Ok(());
    }
    let holds = imported.holds();
    if !path.join(imported.mark()).is_file() {
        return Err(Failure::Other(format!(
            "the folder {shown} holds other things and no {holds}; give an empty or new one with --out"
        )));
    }
    match overwrite {
        true => Ok(()),
        false => Err(Failure::Other(format!(
            "the folder {shown} holds {holds} already; add --overwrite to replace them \
             (changes that you made in them are lost), or give another folder with --out"
        ))),
    }
}

/// Writes a folder: these files in place of those that an earlier import wrote; whatever else is in
/// it stays.
///
/// # Errors
/// When it cannot be written; what was there before is then still there.
pub fn write_folder(
    path: &Path,
    files: &[(String, Vec<u8>)],
    imported: Imported,
) -> Result<(), Failure> {
    let failed = |error| Failure::from(FolderError::Io(path.to_owned(), error));
    let parent = folder_of(path);
    fs::create_dir_all(&parent).map_err(failed)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let staging = parent.join(format!(".{name}.partial-{}", std::process::id()));
    let written = fill(&staging, path, files, imported).and_then(|is_whole| match is_whole {
        true => put_in_place(&staging, path).map(|()| true),
        false => Ok(false),
    });
    if !matches!(written, Ok(true)) {
        let _ = fs::remove_dir_all(&staging);
    }
    match written.map_err(failed)? {
        true => Ok(()),
        false => Err(Failure::Interrupted),
    }
}

/// Fills the folder in the making; whether nobody interrupted.
fn fill(
    staging: &Path,
    last: &Path,
    files: &[(String, Vec<u8>)],
    imported: Imported,
) -> io::Result<bool> {
    fs::create_dir(staging)?;
    for (name, bytes) in files {
        if interrupt::asked() {
            return Ok(false);
        }
        let file = staging.join(name);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, bytes)?;
    }
    if !last.exists() {
        return Ok(true);
    }
    let replaced = imported.written_before(last);
    for entry in fs::read_dir(last)? {
        let entry = entry?;
        let is_replaced = replaced
            .iter()
            .any(|name| entry.file_name() == name.as_str());
        let into = staging.join(entry.file_name());
        if !is_replaced && !into.exists() {
            copy(&entry.path(), &into)?;
        }
    }
    Ok(true)
}

/// Names of the files that an earlier import of PCNs wrote.
fn networks_before(folder: &Path) -> Vec<String> {
    let table = fs::read(folder.join(NETWORKS)).unwrap_or_default();
    let mut reader = csv::Reader::from_reader(&table[..]);
    let code = |row: csv::StringRecord| row.get(0).map(|code| format!("{code}.toml"));
    let scenarios = reader.records().filter_map(Result::ok).filter_map(code);
    let tables = [NETWORKS, NOT_MATCHED].map(str::to_owned);
    scenarios.chain(tables).collect()
}

fn put_in_place(staging: &Path, last: &Path) -> io::Result<()> {
    if !last.exists() {
        return fs::rename(staging, last);
    }
    let before = staging.with_extension("before");
    fs::rename(last, &before)?;
    if let Err(error) = fs::rename(staging, last) {
        fs::rename(&before, last)?;
        return Err(error);
    }
    fs::remove_dir_all(&before)
}

/// The folder that a path lies in.
fn folder_of(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|it| !it.as_os_str().is_empty());
    parent.unwrap_or(Path::new(".")).to_owned()
}
