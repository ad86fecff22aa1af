//! The known answers in the comments of `scenarios/verification/` are those that are checked.
//!
//! `SPLW_SIM_REFRESH=1 cargo test --release known_answers` writes them anew before comparing.

use splw_sim::verification::{FIRST_SEED, System, all_systems};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// The line that opens the answers; they end at the first line that is no comment.
const MARK: &str =
    "# Known answers, against which `splw-sim verify` holds the engine (time in days):\n";

/// The answers of all systems of a file.
fn answers(file: &str) -> String {
    let mut text = MARK.to_owned();
    for system in all_systems().iter().filter(|system| system.file == file) {
        describe(&mut text, system).expect("a string takes everything");
    }
    text
}

fn describe(text: &mut String, system: &System) -> std::fmt::Result {
    let form = if system.long { " (full form only)" } else { "" };
    writeln!(
        text,
        "#\n#   {}{form}\n#     --seed {}",
        system.name,
        system.seed(FIRST_SEED)
    )?;
    for change in &system.overrides {
        writeln!(text, "#     --set '{change}'")?;
    }
    for point in &system.points {
        let reading = point.reading.to_string();
        writeln!(text, "#       {reading:<38} {}", six_digits(point.theory))?;
    }
    Ok(())
}

/// Six significant digits.
fn six_digits(value: f64) -> String {
    let decimals = (5 - value.abs().log10().floor() as i32).clamp(0, 12) as usize;
    format!("{value:.decimals$}")
}

/// A file with its answers written anew.
fn rewritten(file: &str, text: &str) -> String {
    let begin = text
        .find(MARK)
        .unwrap_or_else(|| panic!("{file} has no known answers"));
    let end = text[begin..].find("\n\n").expect("the comment ends") + 1;
    format!(
        "{}{}{}",
        &text[..begin],
        answers(file),
        &text[begin + end..]
    )
}

#[test]
fn files_give_the_answers_that_are_checked() {
    let mut files: Vec<&str> = all_systems().iter().map(|system| system.file).collect();
    files.sort_unstable();
    files.dedup();
    for file in files {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join("scenarios/verification")
            .join(file);
        let text = fs::read_to_string(&path).expect("the file is there");
        let right = rewritten(file, &text);
        if std::env::var_os("SPLW_SIM_REFRESH").is_some() {
            fs::write(&path, &right).expect("the file can be written");
        } else {
            assert!(
                text == right,
                "{file} gives other answers; see the head of this file"
            );
        }
    }
}
