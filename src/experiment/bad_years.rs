//! Bad years: what one replication in ten, or in twenty, is worse than.
//!
//! Not the 90% point of a person's wait within a year, which each replication has one of, but a
//! quantile across replications, with an interval from order statistics; none where there are too few
//! of them to bound it.

use super::estimates::Estimates;
use super::replications::Replications;
use crate::measure::{Better, Column, Scope};
use crate::stats::{ALPHA, QuantileEstimate, quantile_estimate};

/// One replication in so many is worse.
pub const ONE_IN: [u32; 2] = [10, 20];

/// What one replication in so many is worse than, by one measure of the PCN.
#[derive(Clone, Copy, Debug)]
pub struct BadYear {
    /// What it is.
    pub column: Column,
    /// One replication in so many is worse.
    pub one_in: u32,
    /// Replications.
    pub n: u64,
    /// The value with its 95% interval; `None` where so few replications cannot bound it.
    pub value: Option<QuantileEstimate>,
}

/// The bad years of every measure of the PCN that has a better direction and a value in every
/// replication. None where inputs were drawn: replications then are not independent of each other.
#[must_use]
pub fn bad_years(replications: &Replications, estimates: &Estimates) -> Vec<BadYear> {
    if replications.design.is_some() {
        return Vec::new();
    }
    let columns = replications.columns.iter().enumerate();
    columns
        .filter(|(index, column)| {
            column.scope == Scope::Pcn && estimates.rows[*index].estimate.is_some()
        })
        .filter_map(|(index, column)| {
            let better = column.measure.better?;
            let values = replications.column(index).map(|value| value.defined());
            let mut values: Vec<f64> = values.collect::<Option<_>>()?;
            values.sort_unstable_by(f64::total_cmp);
            Some(ONE_IN.map(|one_in| bad_year(column, &values, better, one_in)))
        })
        .flatten()
        .collect()
}

fn bad_year(column: &Column, sorted: &[f64], better: Better, one_in: u32) -> BadYear {
    let share = 1.0 / f64::from(one_in);
    let p = match better {
        Better::Lower => 1.0 - share,
        Better::Higher => share,
    };
    BadYear {
        column: *column,
        one_in,
        n: sorted.len() as u64,
        value: quantile_estimate(sorted, p, ALPHA),
    }
}
