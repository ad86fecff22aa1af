//! Which design a study has, of how many points, and whether what it says belongs to that design.

use super::StudyDesign;
use crate::scenario::file::{DesignWord, MOST_POINTS, SweepTable};
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::kind::grouped;
use crate::scenario::reader::{At, Field};

/// Walks of a Morris design where the study does not say.
const TRAJECTORIES: u64 = 10;
/// Levels of a Morris design where the study does not say.
const LEVELS: u64 = 4;

/// Reports what belongs to other designs.
pub fn check_words(table: &SweepTable, design: DesignWord, findings: &mut Findings) {
    use DesignWord::{Csv, LatinHypercube, Morris, Sobol};
    let words: [(Option<&At>, &[DesignWord], &str); 5] = [
        (
            place(&table.points),
            &[LatinHypercube, Sobol],
            "of \"latin-hypercube\" and \"sobol\"",
        ),
        (place(&table.trajectories), &[Morris], "of \"morris\""),
        (place(&table.levels), &[Morris], "of \"morris\""),
        (place(&table.file), &[Csv], "of \"csv\""),
        (
            place(&table.vary),
            &[DesignWord::Grid, LatinHypercube, Sobol, Morris],
            "of the other designs",
        ),
    ];
    for (at, designs, whose) in words {
        if let Some(at) = at.filter(|_| !designs.contains(&design)) {
            let what = format!("is {whose}, and the design is another");
            let hint = match design {
                Csv => "with \"csv\" the keys are the columns of the file",
                _ => "take it out, or change `sweep.design`",
            };
            findings.add(Finding::at(at, what).hint(hint));
        }
    }
}

fn place<T>(field: &Field<T>) -> Option<&At> {
    field.given().map(|given| &given.at)
}

/// The design and its points; `None` where something is wrong, which is reported. `counts` are the
/// values of each key, and `rows` those of the file.
pub fn design(
    table: &SweepTable,
    design: DesignWord,
    (counts, rows): (&[usize], usize),
    findings: &mut Findings,
) -> Option<(StudyDesign, usize)> {
    let keys = counts.len() as u64;
    let (design, points) = match design {
        DesignWord::Grid => {
            let points = counts.iter().map(|it| *it as f64).product::<f64>();
            (StudyDesign::Grid, points as u64)
        }
        DesignWord::Csv => (StudyDesign::Listed, rows as u64),
        DesignWord::LatinHypercube => {
            let points = required(table, findings)?;
            (StudyDesign::LatinHypercube(points as usize), points)
        }
        DesignWord::Sobol => {
            let points = required(table, findings)?;
            sobol(table, (points, keys), findings)?;
            (StudyDesign::Sobol(points as usize), points * (keys + 2))
        }
        DesignWord::Morris => {
            let walks = table.trajectories.peek().copied().unwrap_or(TRAJECTORIES);
            let levels = table.levels.peek().copied().unwrap_or(LEVELS);
            if let Some(given) = table.levels.given().filter(|it| it.value % 2 == 1) {
                let finding = Finding::at(&given.at, "is odd").found(given.value.to_string());
                findings.add(finding.hint("an even number of levels is met equally often"));
                return None;
            }
            (
                StudyDesign::Morris(walks as usize, levels as usize),
                walks * (keys + 1),
            )
        }
    };
    if points > MOST_POINTS {
        let finding = Finding::at(&table.at, "has too many points");
        let most = format!("at most {} points", grouped(MOST_POINTS as f64));
        findings.add(finding.found(grouped(points as f64)).allowed(most));
        return None;
    }
    Some((design, points as usize))
}

/// Something if not too many rows would be kept: a row for each point and measure.
pub fn check_rows(
    table: &SweepTable,
    (points, measures): (usize, usize),
    findings: &mut Findings,
) -> Option<()> {
    /// Rows that a spreadsheet program or a data frame still opens, and that fit in memory here.
    const MOST_ROWS: usize = 5_000_000;
    if points.saturating_mul(measures) <= MOST_ROWS {
        return Some(());
    }
    let at = table.measures.given().map_or(&table.at, |it| &it.at);
    let finding = Finding::at(at, "keeps too much: so many measures of so many points");
    let most = format!(
        "at most {} points times measures",
        grouped(MOST_ROWS as f64)
    );
    findings.add(
        finding
            .found(grouped((points * measures) as f64))
            .allowed(most),
    );
    None
}

/// `points`, which the design must have.
fn required(table: &SweepTable, findings: &mut Findings) -> Option<u64> {
    let points = table.points.peek().copied();
    if points.is_none() && !table.points.is_wrong() {
        let finding = Finding::at(&table.at, "does not say how many points");
        findings.add(finding.hint("add points = 128, for example"));
    }
    points
}

/// Something if a Sobol' design can have so many points and keys.
fn sobol(table: &SweepTable, (points, keys): (u64, u64), findings: &mut Findings) -> Option<()> {
    /// Half of the dimensions for which direction numbers are known here.
    const MOST_KEYS: u64 = 20;
    if keys > MOST_KEYS {
        let finding = Finding::at(&table.at, "varies too many keys for a Sobol' design");
        let allowed = format!("at most {MOST_KEYS}");
        let hint = "screen them first with design = \"morris\"";
        findings.add(finding.found(keys.to_string()).allowed(allowed).hint(hint));
        return None;
    }
    if !points.is_power_of_two() {
        let near = points.next_power_of_two();
        let at = table.points.given().map_or(&table.at, |it| &it.at);
        let finding = Finding::at(at, "is no power of two").found(points.to_string());
        let hint = format!(
            "Sobol' points are even only in such numbers: {} or {near}",
            near / 2
        );
        findings.add(finding.hint(hint));
        return None;
    }
    Some(())
}
