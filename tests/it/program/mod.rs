//! The built program, run as a user runs it: folders, exit codes, messages.

mod batch;
mod calibrate;
mod cautions;
mod compare;
mod folders;
mod money;
mod options;
mod priced;
mod recommend;
mod refusals;
mod safety;
mod same_bytes;
mod scopes;
pub mod sweep;
mod targets;
mod terminal;
mod trace;
mod uncertain;
mod verify;
mod workbook;

use assert_cmd::Command;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The program, started in the package's folder.
pub fn program() -> Command {
    let mut command = Command::cargo_bin("splw-sim").expect("the program is built with the tests");
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

/// Exit code, stdout and stderr of the program, started in that folder.
pub fn done(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = program()
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// The shipped scenario of the README.
pub fn rayleigh() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/rayleigh.toml")
}

/// A run of Rayleigh with these further options into `out`.
pub fn run_rayleigh(out: &Path, options: &[&str]) -> Command {
    let mut command = program();
    command
        .arg("run")
        .arg(rayleigh())
        .arg("--out")
        .arg(out)
        .args(options);
    command
}

/// Every file below `folder` by its path there, but for the log of what varies.
pub fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    collect(folder, folder, &mut found);
    found.remove("run.log");
    found
}

fn collect(root: &Path, folder: &Path, found: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("the entry can be read").path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path
                .strip_prefix(root)
                .expect("below the root")
                .to_string_lossy()
                .into_owned();
            found.insert(name, std::fs::read(&path).expect("the file can be read"));
        }
    }
}

/// The names in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder can be read")
        .map(|entry| {
            entry
                .expect("the entry can be read")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}
