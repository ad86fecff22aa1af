//! Whether the service still changes through the results collection period of a run that asks for
//! a typical year.
//!
//! MSER-5 looks at the mean over replications of a weekly series. Where the cut would have to lie
//! as far in as it may, nothing has settled. MSER alone would also speak of noise, because lists
//! have a long memory, and of what nobody would notice; so the change must besides be sure over
//! replications and be worth a planner's while. A season is no change: with one, the series is that
//! of rolling years, and less than two years say nothing.

use super::replications::Replications;
use crate::measure::Scope;
use crate::model::{Demand, Model, Pattern};
use crate::stats::{Estimate, MSER_5, mean, mser};
use std::ops::Range;

/// Series that are looked at, the first one that drifts being told.
const WATCHED: [&str; 2] = ["waiting_list", "caseload"];

/// Weeks of a year with its season.
pub(super) const YEAR: usize = 52;

/// Batches of weeks below which a series is too short to judge.
const FEWEST_BATCHES: usize = 10;

/// One minus the confidence that there is a change at all.
const ALPHA: f64 = 0.001;

/// Change that is worth a line, as a share of the later level.
const NOTABLE_SHARE: f64 = 0.05;

/// Change that is worth a line, in people.
const NOTABLE_PEOPLE: f64 = 1.0;

/// A weekly series of the PCN that has not settled within the period.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// Name of the series.
    pub measure: &'static str,
    /// Mean over the first part of the period.
    pub from: f64,
    /// Mean over the last part, which is as long.
    pub to: f64,
    /// Whether the parts are years, the demand having a season; halves otherwise.
    pub years: bool,
}

/// The first of the waiting list and the caseload that drifts; `None` where neither does, where
/// the run is not one of a steady state, and where the period or the replications are too few to
/// say.
#[must_use]
pub fn drift(replications: &Replications, model: &Model) -> Option<Drift> {
    if !model.is_steady_state() {
        return None;
    }
    let years = has_season(&model.demand);
    WATCHED
        .iter()
        .find_map(|measure| drift_of(replications, measure, years))
}

fn drift_of(replications: &Replications, measure: &'static str, years: bool) -> Option<Drift> {
    let column = replications
        .weekly_columns
        .iter()
        .position(|column| column.scope == Scope::Pcn && column.measure == measure)?;
    let weeks = replications.weeks();
    let series: Option<Vec<f64>> = (0..weeks)
        .map(|week| replications.week_mean(week, column))
        .collect();
    let series = series?;
    let part = if years { YEAR } else { weeks / 2 };
    if weeks < 2 * part || !is_unsettled(&series, years) {
        return None;
    }
    let (from, to) = (mean(&series[..part])?, mean(&series[weeks - part..])?);
    let notable = (to - from).abs() > NOTABLE_PEOPLE.max(NOTABLE_SHARE * to);
    let parts = (0..part, weeks - part..weeks);
    (notable && is_sure((replications, column), parts, ALPHA)).then_some(Drift {
        measure,
        from,
        to,
        years,
    })
}

/// Whether MSER-5 would cut as far in as it may: for years, the series of their rolling means.
fn is_unsettled(series: &[f64], years: bool) -> bool {
    let window = if years { YEAR } else { 1 };
    let rolling: Vec<f64> = series.windows(window).filter_map(mean).collect();
    rolling.len() / MSER_5 >= FEWEST_BATCHES
        && mser(&rolling, MSER_5).is_some_and(|truncation| truncation.hit_bound)
}

/// Whether a later part of a weekly column differs from an earlier one by more than chance, one difference
/// a replication.
pub(super) fn is_sure(
    (replications, column): (&Replications, usize),
    (earlier, later): (Range<usize>, Range<usize>),
    alpha: f64,
) -> bool {
    let changes: Vec<f64> = replications
        .weekly_of(column)
        .filter_map(|series| {
            let from = mean(series.get(earlier.clone())?)?;
            Some(mean(series.get(later.clone())?)? - from)
        })
        .filter(|change| change.is_finite())
        .collect();
    Estimate::at_level(&changes, alpha)
        .is_some_and(|change| change.low.is_some() && !change.covers(0.0))
}

/// Whether demand rises and falls within the year by itself.
pub(super) fn has_season(demand: &Demand) -> bool {
    match &demand.pattern {
        Pattern::Factors { month, .. } => {
            month.iter().any(|factor| (factor - month[0]).abs() > 0.0)
        }
        Pattern::Seasonal { amplitude, .. } => *amplitude > 0.0,
    }
}
