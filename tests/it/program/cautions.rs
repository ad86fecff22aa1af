//! What the answer of a shipped scenario tells its reader to be careful of.

use super::program;
use tempfile::tempdir;

/// The answer of a shipped scenario with these settings, on one line.
fn answer(scenario: &str, settings: &[&str]) -> String {
    let place = tempdir().expect("a temporary folder");
    let mut command = program();
    command
        .arg("run")
        .arg(format!("scenarios/{scenario}.toml"))
        .args(["--replications", "2", "--out"])
        .arg(place.path().join("out"));
    for setting in settings {
        command.args(["--set", setting]);
    }
    let output = command.output().expect("the program runs");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("text is UTF-8");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One practice of the five is overloaded, and the PCN as a whole is not.
#[test]
fn a_whole_that_hides_an_overloaded_part_says_so() {
    let text = answer("lambeth-busiest", &[]);
    assert!(text.contains("Neither queue is overloaded"), "{text}");
    let part = "On paper a part is overloaded. The load is greatest, 1.16, for Practice 1";
    assert!(text.contains(part), "{text}");
    let text = answer("team-of-five-50k", &[]);
    assert!(!text.contains("a part is overloaded"), "{text}");
}

/// Effects of strain that are on are named as an assumption; off, or shown by their difference, not.
#[test]
fn effects_of_strain_are_called_an_assumption() {
    let said = |feedback: &str| {
        let text = answer("burnout-spiral", &[&format!("strain.feedback={feedback}")]);
        text.contains("how much more is an assumption ([strain]). feedback = \"both\" shows")
    };
    assert!(said("on"));
    assert!(!said("off") && !said("both"));
}
