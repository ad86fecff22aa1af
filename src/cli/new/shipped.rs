//! The shipped scenarios, inside the program.

use crate::report::answer::target_names;
use crate::report::prose::wrapped;
use crate::scenario::file::writing::{nearest, quoted};
use crate::scenario::{NoFiles, read};

macro_rules! shipped {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../scenarios/", $name, ".toml")),
        )
    };
}

/// Names and texts, in the order of the README.
const SHIPPED: [(&str, &str); 13] = [
    shipped!("six-practice-solo"),
    shipped!("rayleigh"),
    shipped!("shared-three-surgeries"),
    shipped!("two-for-35k"),
    shipped!("team-of-five-50k"),
    shipped!("lambeth-busiest"),
    shipped!("covid-shock"),
    shipped!("referral-pause"),
    shipped!("volunteer-half-days"),
    shipped!("short-long-slots"),
    shipped!("fixed-term-cliff"),
    shipped!("burnout-spiral"),
    shipped!("recruit-to-target"),
];

/// The text of a shipped scenario.
///
/// # Errors
/// That there is none of this name, with those that there are.
pub fn by_name(name: &str) -> Result<&'static str, String> {
    let plain = name.strip_suffix(".toml").unwrap_or(name);
    let found = SHIPPED
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(plain));
    if let Some((_, text)) = found {
        return Ok(text);
    }
    let meant = nearest(plain, SHIPPED.iter().map(|(known, _)| *known));
    let meant = meant.map_or_else(String::new, |meant| format!(" (did you mean {meant}?)"));
    Err(format!(
        "no shipped scenario is called \"{}\"{meant}; splw-sim new --list names them all",
        quoted(plain)
    ))
}

/// The names of all, each with its question.
pub fn listed() -> String {
    let widest = SHIPPED
        .iter()
        .map(|(name, _)| name.len())
        .max()
        .unwrap_or(0);
    let line = |(name, text): &(&str, &str)| {
        let scenario = read(text.as_bytes(), name, &[], &NoFiles, &target_names()).ok();
        let question = scenario.and_then(|it| it.question).unwrap_or_default();
        wrapped(&format!("{name:<widest$}  "), &question)
    };
    SHIPPED.iter().map(line).collect()
}
