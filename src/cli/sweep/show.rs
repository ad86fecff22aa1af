//! What a whole study leaves for people: figures, the workbook, the page.

use crate::cli::failure::Failure;
use crate::cli::input::story;
use crate::cli::rests::about_scenario;
use crate::cli::study::not_drawn;
use crate::report::manifest::Manifest;
use crate::report::page::{SweepTold, of_sweep};
use crate::report::plots::rasterise;
use crate::report::sweep::{Sweep, SweepFolder};
use crate::report::workbook::{Front, WORKBOOK, workbook};
use crate::scenario::{Override, Scenario};
use std::io::Write;

/// Overrides of the manifest that are of the study, not of its scenario.
const OF_THE_STUDY: [&str; 2] = ["sweep.", "shard="];

/// Writes them into the folder in which the tables stand by now; nothing while points are missing, and
/// nothing of a part.
///
/// # Errors
/// When a figure cannot be drawn, or something cannot be written.
pub fn show(
    folder: &SweepFolder,
    sweep: &Sweep,
    manifest: &Manifest,
    (scenario, text): (&Scenario, &[u8]),
) -> Result<(), Failure> {
    if !sweep.is_whole() {
        return Ok(());
    }
    let story = story(scenario);
    let figures = sweep.figures(&story.targets);
    let figures = figures.map_err(|error| not_drawn(&error))?;
    for (name, svg) in &figures {
        let png = rasterise(svg).map_err(|error| not_drawn(&error))?;
        folder.write(&format!("plots/{name}.svg"), |file| {
            file.write_all(svg.as_bytes())
        })?;
        folder.write(&format!("plots/{name}.png"), |file| file.write_all(&png))?;
    }
    let front = Front {
        story: &story,
        answer: sweep.answer(&story.targets),
        careful: sweep.cautions(),
        targets: Vec::new(),
        model: &scenario.model,
        manifest,
    };
    folder.write(WORKBOOK, |file| {
        file.write_all(&workbook(&front, &|name| folder.read(name))?)
    })?;
    let about = about_scenario((scenario, text), &changes(manifest), manifest, &figures);
    let told = SweepTold {
        sweep,
        story: &story,
        model: &scenario.model,
    };
    let page = of_sweep(&told, &about).saved();
    folder.write("report.html", |file| file.write_all(page.html.as_bytes()))?;
    folder.write("stress-des.md", |file| {
        file.write_all(page.stress_des.as_bytes())
    })?;
    Ok(())
}

/// What was given in place of the scenario's values, by the manifest of a study.
pub fn changes(manifest: &Manifest) -> Vec<Override> {
    let of_scenario = |it: &&String| !OF_THE_STUDY.iter().any(|begin| it.starts_with(begin));
    let overrides = manifest.overrides.iter().filter(of_scenario);
    overrides
        .filter_map(|it| Override::parse(it).ok())
        .collect()
}
