//! Programs of other people that a test runs. Where one is not there the test says that it skipped, unless
//! it is required: then it fails. `.ci/run` installs and requires all of them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Where programs for administrators are, which need not be on the path.
const FOR_ADMINISTRATORS: [&str; 3] = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/// The paths of these programs, in their order; nothing where one is not there and `variable` does not say
/// `required`.
///
/// # Panics
/// Where they are required and one is not there.
pub fn tools<const N: usize>(variable: &str, names: [&str; N]) -> Option<[PathBuf; N]> {
    let paths = names.map(found);
    let missing = names.iter().zip(&paths).find(|(_, path)| path.is_none());
    if let Some((name, _)) = missing {
        skipped(variable, &format!("there is no {name} on the path"));
        return None;
    }
    Some(paths.map(|path| path.expect("none is missing")))
}

/// Says that a test skipped, and why.
///
/// # Panics
/// Where it must not, because `variable` says `required`.
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
pub fn skipped(variable: &str, why: &str) {
    let is_required = std::env::var_os(variable).is_some_and(|it| it == "required");
    assert!(!is_required, "{variable}=required, but {why}");
    eprintln!("skipped: {why}");
}

fn found(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let places: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let more = FOR_ADMINISTRATORS.iter().map(PathBuf::from);
    let mut all = places.into_iter().chain(more).map(|it| it.join(name));
    all.find(|it| it.is_file())
}

/// What a command prints.
///
/// # Panics
/// Where it fails; what it said is told.
pub fn printed(command: &mut Command) -> String {
    let output = command.output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, errors) = (text(&output.stdout), text(&output.stderr));
    assert!(
        output.status.success(),
        "{command:?} ended with {}:\n{out}{errors}",
        output.status
    );
    out
}

/// The search path with the built program first, as where it has been installed.
pub fn path_with_program() -> std::ffi::OsString {
    let program = assert_cmd::cargo::cargo_bin("splw-sim");
    let first = program.parent().map(Path::to_path_buf);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let all = first.into_iter().chain(std::env::split_paths(&path));
    std::env::join_paths(all).expect("folders without a colon")
}
