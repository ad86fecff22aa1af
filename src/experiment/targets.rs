//! Whether a service meets the targets of the file: surely, surely not, or not known.

use super::differences::Side;
use super::recommend::{Goal, Judged, Verdict};
use super::uncertainty::means_of_hypercubes_over;
use crate::measure::{Measure, Scope};
use crate::stats::bonferroni;

/// A target and what is known of it.
#[derive(Clone, Copy, Debug)]
pub struct TargetRow {
    /// The measure of the PCN.
    pub measure: &'static Measure,
    /// What is asked of its expectation.
    pub goal: Goal,
    /// What its replications say.
    pub judged: Judged,
}

/// The error that each bound may have where so many services are held against so many targets: all
/// verdicts then hold at once with `confidence` (Bonferroni). Of two bounds only the one towards the
/// target can mislead, so each has the whole of it.
///
/// Worked: base and four options, two targets, 95%: 0.005.
#[must_use]
pub fn level_of_targets(confidence: f64, targets: usize, services: usize) -> f64 {
    bonferroni(1.0 - confidence, targets * services)
}

/// Each target that has a better side and a mean here; one whose mean is withheld is not known. With
/// uncertain inputs the expectation is over all that they may be.
#[must_use]
pub fn targets_of(
    side: &Side<'_>,
    targets: &[(&'static Measure, f64)],
    level: f64,
) -> Vec<TargetRow> {
    let row = |(measure, value): &(&'static Measure, f64)| {
        let goal = Goal::of(measure, *value)?;
        let columns = &side.replications.columns;
        let at = columns
            .iter()
            .position(|column| column.scope == Scope::Pcn && column.measure.name == measure.name)?;
        let values = values(side, at);
        let is_withheld =
            side.estimates.steady_state_refused && side.estimates.rows[at].estimate.is_none();
        let is_empty = values.iter().all(Option::is_none) && !goal.is_endless_if_undefined;
        let judged = match is_withheld || is_empty {
            true => Judged::UNSEEN,
            false => Judged::UNSEEN.after(&goal, &values, level),
        };
        Some(TargetRow {
            measure,
            goal,
            judged,
        })
    };
    targets.iter().filter_map(row).collect()
}

/// The values of a column that are independent of each other: of replications, or of hypercubes.
fn values(side: &Side<'_>, at: usize) -> Vec<Option<f64>> {
    let all = side.replications.column(at).map(|value| value.defined());
    let all: Vec<Option<f64>> = all.collect();
    match &side.replications.design {
        None => all,
        Some(design) => {
            let means = means_of_hypercubes_over(design, &all);
            means.into_iter().map(Some).collect()
        }
    }
}

/// Whether all of them are surely met; nothing where there is none.
#[must_use]
pub fn meets_all(rows: &[TargetRow]) -> Option<bool> {
    let meets = |row: &TargetRow| row.judged.verdict == Verdict::Meets;
    (!rows.is_empty()).then(|| rows.iter().all(meets))
}
