//! What a result rests on, as the plain rows that the report shows: inputs with their sources, defaults
//! with theirs, and what is uncertain.

use super::input::Input;
use crate::report::folder::Folder;
use crate::report::manifest::Manifest;
use crate::report::page::{About, Drawing, InputRow, Origin, Page};
use crate::scenario::{Override, Provenance, Scenario, Uncertainty, given_inputs};
use std::io::Write;

/// Every default that was filled in: key, value, grade, source.
#[must_use]
pub fn defaults(scenario: &Scenario) -> Vec<[String; 4]> {
    let defaults = scenario.defaults.iter();
    let rows = defaults.map(|it| {
        let grade = it.grade.to_string();
        [it.key.clone(), it.value.clone(), grade, it.source.clone()]
    });
    rows.collect()
}

/// Uncertain inputs: the key, the central value, and the 10% and 90% points.
#[must_use]
pub fn uncertain(uncertainty: &Uncertainty) -> Vec<(String, [f64; 3])> {
    let rows = uncertainty.inputs.iter().map(|input| {
        let values = [input.central, input.value(0.1), input.value(0.9)];
        (input.key.clone(), values)
    });
    rows.collect()
}

/// What the page says of the scenario and the run.
#[must_use]
pub fn about<'a>(input: &Input, manifest: &'a Manifest, figures: &'a [Drawing]) -> About<'a> {
    let changes = input.overrides.iter();
    let changes = changes.filter(|it| !it.starts_with("option="));
    let changes: Vec<Override> = changes.filter_map(|it| Override::parse(it).ok()).collect();
    let read = (&input.scenario, input.bytes.as_slice());
    About {
        changes: input.changes.clone(),
        ..about_scenario(read, &changes, manifest, figures)
    }
}

/// What the page says of a scenario, read from this text with these changes, and of the run.
#[must_use]
pub fn about_scenario<'a>(
    (scenario, text): (&Scenario, &[u8]),
    changes: &[Override],
    manifest: &'a Manifest,
    figures: &'a [Drawing],
) -> About<'a> {
    let given = given_inputs(text, changes).into_iter().map(|it| {
        let (source, date, grade) = match it.is_override {
            true => (String::new(), String::new(), None),
            false => source(&it.key, &scenario.provenance),
        };
        InputRow {
            key: it.key,
            value: it.value,
            summary: it.summary,
            origin: if it.is_override {
                Origin::CommandLine
            } else {
                Origin::File
            },
            source,
            date,
            grade,
        }
    });
    let defaults = defaults(scenario).into_iter();
    let defaults = defaults.map(|[key, value, grade, source]| InputRow {
        key,
        value,
        summary: None,
        origin: Origin::Default,
        source,
        date: String::new(),
        grade: grade.chars().next(),
    });
    About {
        manifest,
        inputs: given.chain(defaults).collect(),
        changes: Vec::new(),
        uncertain: uncertain(&scenario.uncertainty),
        figures,
    }
}

/// Where the value of a key is from: source with note, date and grade. Of several sources for tables of
/// one array all are said, with the worst grade.
fn source(key: &str, provenance: &[Provenance]) -> (String, String, Option<char>) {
    let about: Vec<&Provenance> = provenance.iter().filter(|it| it.is_about(key)).collect();
    // What is said of the key itself goes before what is said of its table.
    let depth = |it: &Provenance| it.key.matches('.').count();
    let deepest = about.iter().map(|it| depth(it)).max();
    let about: Vec<&&Provenance> = about
        .iter()
        .filter(|it| Some(depth(it)) == deepest)
        .collect();
    let said = about.iter().map(|it| {
        let note = it.note.as_ref().map(|note| format!(" ({note})"));
        let whose = if about.len() > 1 {
            format!("{}: ", it.key)
        } else {
            String::new()
        };
        format!("{whose}{}{}", it.source, note.unwrap_or_default())
    });
    let dates = about
        .iter()
        .filter_map(|it| it.date)
        .map(|date| date.to_string());
    (
        said.collect::<Vec<_>>().join("; "),
        dates.collect::<Vec<_>>().join("; "),
        about.iter().filter_map(|it| it.grade).max(),
    )
}

/// Writes the page and the checklist.
///
/// # Errors
/// When one cannot be written.
pub fn write_page(folder: &Folder, page: &Page) -> Result<(), super::failure::Failure> {
    let saved = page.saved();
    folder.write("report.html", |file| file.write_all(saved.html.as_bytes()))?;
    folder.write("stress-des.md", |file| {
        file.write_all(saved.stress_des.as_bytes())
    })?;
    Ok(())
}
