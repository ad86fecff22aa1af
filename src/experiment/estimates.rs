//! What the replications say together: a row a measure, never a number without its interval.

use super::replications::Replications;
use super::uncertainty::{Nested, means_of_draws, means_of_hypercubes};
use crate::measure::{Column, Unit};
use crate::stats::{Estimate, sample_quantiles, share_interval};

/// One measure over the replications.
#[derive(Clone, Debug)]
pub struct SummaryRow {
    /// What it is.
    pub column: Column,
    /// Replications in which it is defined.
    pub n: u64,
    /// Mean with its 95% confidence interval; `None` where undefined or refused.
    pub estimate: Option<Estimate>,
    /// 10%, 50% and 90% points across replications: a prediction for one run, not for the mean.
    pub spread: Option<[f64; 3]>,
}

/// The summary of a run.
#[derive(Clone, Debug)]
pub struct Estimates {
    /// One row a column.
    pub rows: Vec<SummaryRow>,
    /// Whether means that have no steady state were withheld.
    pub steady_state_refused: bool,
    /// Whether they are of draws of what is not known, which the intervals then include.
    pub of_draws: bool,
}

impl Estimates {
    /// Sums up `replications`. `refuse_steady_state` withholds means of what grows without bound:
    /// waits and the waiting list of an overloaded service that nobody leaves.
    #[must_use]
    pub fn of(replications: &Replications, refuse_steady_state: bool) -> Self {
        let mut values = Vec::with_capacity(replications.count());
        let rows = replications
            .columns
            .iter()
            .enumerate()
            .map(|(index, column)| {
                values.clear();
                values.extend(
                    replications
                        .column(index)
                        .filter_map(|value| value.defined()),
                );
                let withheld = refuse_steady_state && has_no_steady_state(column);
                row(column, &mut values, replications.count(), withheld)
            })
            .collect();
        Self {
            rows,
            steady_state_refused: refuse_steady_state,
            of_draws: false,
        }
    }

    /// Sums up the replications of draws of what is not known: means with intervals from the means of
    /// the hypercubes, which include what is not known, and spreads over all replications of all draws.
    /// Where a draw has no steady state, there is none to speak of.
    #[must_use]
    pub fn of_draws(nested: &Nested) -> Self {
        let mut estimates = Self::of(&nested.replications, nested.without_steady_state > 0);
        for (index, row) in estimates.rows.iter_mut().enumerate() {
            if row.estimate.is_some() {
                let means = means_of_draws(&nested.by_draw(index));
                let means = means_of_hypercubes(&nested.design, &means);
                row.estimate = interval_of(row.column.unit(), &means);
            }
        }
        estimates.of_draws = true;
        estimates
    }

    /// The row of a measure of the PCN.
    #[must_use]
    pub fn of_pcn(&self, measure: &str) -> Option<&SummaryRow> {
        self.of_entity(crate::measure::Scope::Pcn, 0, measure)
    }

    /// The row of a measure of one practice, post, case type or source.
    #[must_use]
    pub fn of_entity(
        &self,
        scope: crate::measure::Scope,
        entity: usize,
        measure: &str,
    ) -> Option<&SummaryRow> {
        self.rows.iter().find(|row| {
            row.column.scope == scope
                && row.column.entity == entity
                && row.column.measure.name == measure
        })
    }
}

impl SummaryRow {
    /// The mean, where there is one.
    #[must_use]
    pub fn mean(&self) -> Option<f64> {
        self.estimate.map(|estimate| estimate.mean)
    }
}

/// The mean of independent values of a unit, with its 95% interval.
pub(super) fn interval_of(unit: Unit, values: &[f64]) -> Option<Estimate> {
    match unit {
        Unit::Share => share_interval(values),
        _ => Estimate::of(values),
    }
}

fn row(column: &Column, values: &mut [f64], replications: usize, withheld: bool) -> SummaryRow {
    let n = values.len() as u64;
    // A quantile that some replication never reaches has no mean: leaving that one out would
    // make the service look faster than it is.
    let incomplete = column.measure.is_quantile_of_waits() && values.len() < replications;
    let shown = !withheld && !incomplete && !values.is_empty();
    let estimate = shown.then(|| interval_of(column.unit(), values)).flatten();
    SummaryRow {
        column: *column,
        n,
        estimate,
        spread: shown
            .then(|| sample_quantiles(values, [0.1, 0.5, 0.9]))
            .flatten(),
    }
}

/// Measures that grow without bound where the list does.
fn has_no_steady_state(column: &Column) -> bool {
    let name = column.measure.name;
    name.starts_with("wait_")
        || (name.starts_with("waiting_list_") && name != "waiting_list_growth_per_week")
        || name == "awaiting_first_contact_mean"
        || name == "share_contacted_ever"
}
