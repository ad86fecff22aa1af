//! How two options differ, pair by pair: both were run with the same random numbers.

use super::design::Design;
use super::estimates::Estimates;
use super::replications::Replications;
use super::uncertainty::{means_of_hypercubes, means_over_draws};
use super::unknowns::points_over_draws;
use crate::measure::{Better, Column, Scope, entity_name};
use crate::model::Model;
use crate::stats::{ALPHA, Comparison, Estimate, Preference, bonferroni, probability_better};
use std::collections::BTreeMap;

/// A service and what its replications gave: one of the two that are compared.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The model.
    pub model: &'a Model,
    /// Its replications.
    pub replications: &'a Replications,
    /// Their summary: what it withholds has no difference either.
    pub estimates: &'a Estimates,
}

/// The intervals that are to hold together: of chosen measures of the PCN, for every option.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    /// Names of the measures.
    pub measures: Vec<String>,
    /// Options, each compared with the same base.
    pub options: usize,
    /// Of all intervals together.
    pub confidence: f64,
}

/// One measure of an option less the same of another.
#[derive(Clone, Copy, Debug)]
pub struct DifferenceRow {
    /// What it is; the entity is counted in the model of the option.
    pub column: Column,
    /// Pairs in which it is defined for both.
    pub n: u64,
    /// Mean difference with its 95% confidence interval, which includes what is not known where inputs
    /// were drawn; `None` where there are no pairs, and where the mean of either is withheld.
    pub estimate: Option<Estimate>,
    /// The mean of what it is compared with, where that is told.
    pub base_mean: Option<f64>,
    /// The mean of the option, where that is told.
    pub option_mean: Option<f64>,
    /// The interval that holds together with all others of the family; `None` for what is not in it.
    pub simultaneous: Option<Estimate>,
    /// Correlation over the pairs; `None` where one of the two does not vary.
    pub correlation: Option<f64>,
    /// How many times as many replications two independent sets would need for the same interval;
    /// `None` where the difference does not vary.
    pub variance_reduction: Option<f64>,
    /// Share of pairs in which the option is better, equal ones counting half; `None` for measures
    /// without a better direction.
    pub probability_better: Option<f64>,
    /// In how many draws of uncertain inputs the option is better on average; `None` without such draws,
    /// and for measures without a better direction.
    pub draws: Option<DrawsBetter>,
    /// 10%, 50% and 90% points of the difference from draw to draw of uncertain inputs, chance taken
    /// out as far as can be: what it may be if one of the draws is the truth. `None` without such draws.
    pub over_draws: Option<[f64; 3]>,
}

impl Family {
    /// How many intervals there are.
    #[must_use]
    pub const fn intervals(&self) -> usize {
        self.measures.len() * self.options
    }

    /// One less the confidence of each of them (Bonferroni). Worked: 5 measures, 10 options and 95%:
    /// 0.001.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        bonferroni(1.0 - self.confidence, self.intervals())
    }

    fn has(&self, column: &Column) -> bool {
        let name = column.measure.name;
        column.scope == Scope::Pcn && self.measures.iter().any(|it| it == name)
    }
}

/// `option` less `versus`, measure by measure, over the replications that both have. Rows are of the
/// practices, posts, case types and sources that both have by name; the others have nothing to be
/// compared with.
#[must_use]
pub fn differences(
    option: &Side<'_>,
    versus: &Side<'_>,
    family: Option<&Family>,
) -> Vec<DifferenceRow> {
    let theirs = positions(versus);
    let columns = option.replications.columns.iter().enumerate();
    let pairs = columns.filter_map(|(index, column)| {
        let other = theirs.get(&identity(option.model, column))?;
        Some((column, index, *other))
    });
    let row = |(column, index, other): (&Column, usize, usize)| {
        let alpha = family.filter(|it| it.has(column)).map(Family::alpha);
        let is_told = |side: &Side, at: usize| side.estimates.rows[at].estimate.is_some();
        let with_means = |row: DifferenceRow| DifferenceRow {
            base_mean: versus.estimates.rows[other].mean(),
            option_mean: option.estimates.rows[index].mean(),
            ..row
        };
        if !is_told(option, index) || !is_told(versus, other) {
            return with_means(withheld(column));
        }
        let pairs = paired(versus, other, option, index);
        let row = with_means(difference(column, &pairs, alpha));
        match &option.replications.design {
            Some(design) => over_draws(row, design, &pairs, alpha),
            None => row,
        }
    };
    pairs.map(row).collect()
}

/// The values of both, replication by replication; `None` where one of the two is undefined.
pub(super) type Pairs = Vec<Option<(f64, f64)>>;

/// The columns that both have a mean of, each with its values in the replications that both have.
pub(super) fn pairs_of_both<'a>(option: &Side<'a>, versus: &Side<'a>) -> Vec<(&'a Column, Pairs)> {
    let theirs = positions(versus);
    let is_told = |side: &Side, at: usize| side.estimates.rows[at].estimate.is_some();
    let columns = option.replications.columns.iter().enumerate();
    columns
        .filter_map(|(index, column)| {
            let other = *theirs.get(&identity(option.model, column))?;
            let both = is_told(option, index) && is_told(versus, other);
            both.then(|| (column, paired(versus, other, option, index)))
        })
        .collect()
}

/// What a column is called, whatever its position.
type Identity<'a> = (Scope, &'a str, &'a str);

fn identity<'a>(model: &'a Model, column: &Column) -> Identity<'a> {
    let name = entity_name(model, column.scope, column.entity);
    (column.scope, name, column.measure.name)
}

fn positions<'a>(side: &Side<'a>) -> BTreeMap<Identity<'a>, usize> {
    let columns = side.replications.columns.iter().enumerate();
    columns
        .map(|(at, column)| (identity(side.model, column), at))
        .collect()
}

/// The values of both, replication by replication; `None` where one of the two is undefined.
fn paired(
    versus: &Side<'_>,
    other: usize,
    option: &Side<'_>,
    index: usize,
) -> Vec<Option<(f64, f64)>> {
    let (before, after) = (
        versus.replications.column(other),
        option.replications.column(index),
    );
    before
        .zip(after)
        .map(|(before, after)| Some((before.defined()?, after.defined()?)))
        .collect()
}

const fn withheld(column: &Column) -> DifferenceRow {
    DifferenceRow {
        column: *column,
        n: 0,
        base_mean: None,
        option_mean: None,
        estimate: None,
        simultaneous: None,
        correlation: None,
        variance_reduction: None,
        probability_better: None,
        draws: None,
        over_draws: None,
    }
}

fn difference(column: &Column, pairs: &[Option<(f64, f64)>], alpha: Option<f64>) -> DifferenceRow {
    let (before, after): (Vec<f64>, Vec<f64>) = pairs.iter().copied().flatten().unzip();
    let (before, after) = (&before[..], &after[..]);
    let comparison = Comparison::of(before, after, ALPHA);
    let together = |alpha| Comparison::of(before, after, alpha);
    DifferenceRow {
        column: *column,
        n: before.len() as u64,
        base_mean: None,
        option_mean: None,
        estimate: comparison.map(|it| it.difference),
        simultaneous: alpha.and_then(together).map(|it| it.difference),
        correlation: comparison.and_then(|it| it.correlation),
        variance_reduction: comparison.and_then(|it| it.variance_reduction),
        probability_better: column
            .measure
            .better
            .and_then(|better| probability_better(before, after, preference(better))),
        draws: None,
        over_draws: None,
    }
}

/// The row with intervals that include what is not known, from the mean differences of the hypercubes,
/// where the differences of the draws lie, and in how many of them the option is better.
fn over_draws(
    row: DifferenceRow,
    design: &Design,
    pairs: &[Option<(f64, f64)>],
    alpha: Option<f64>,
) -> DifferenceRow {
    let differences: Vec<Option<f64>> = pairs
        .iter()
        .map(|pair| pair.map(|(before, after)| after - before))
        .collect();
    let points = points_over_draws(design, &differences);
    let draws = means_over_draws(design, &differences);
    let hypercubes = means_of_hypercubes(design, &draws);
    let defined: Vec<f64> = draws.into_iter().flatten().collect();
    let better = row.column.measure.better;
    DifferenceRow {
        estimate: Estimate::of(&hypercubes),
        simultaneous: alpha.and_then(|alpha| Estimate::at_level(&hypercubes, alpha)),
        draws: better.map(|better| DrawsBetter::of(better, &defined)),
        over_draws: points,
        ..row
    }
}

/// In how many draws of uncertain inputs an option is better on average.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DrawsBetter {
    /// Draws in which it is better.
    pub better: usize,
    /// Draws in which it is the same, to the bit.
    pub same: usize,
    /// Draws in which the difference is defined.
    pub all: usize,
}

impl DrawsBetter {
    fn of(better: Better, differences: &[f64]) -> Self {
        let count = |is_it: fn(f64) -> bool| differences.iter().filter(|it| is_it(**it)).count();
        let (more, fewer) = (count(|it| it > 0.0), count(|it| it < 0.0));
        Self {
            better: match better {
                Better::Higher => more,
                Better::Lower => fewer,
            },
            same: differences.len() - more - fewer,
            all: differences.len(),
        }
    }

    /// Share of the draws in which it is better; `None` without any.
    #[must_use]
    pub fn share_better(&self) -> Option<f64> {
        (self.all > 0).then(|| self.better as f64 / self.all as f64)
    }

    /// Share of the draws in which it is the same; `None` without any.
    #[must_use]
    pub fn share_same(&self) -> Option<f64> {
        (self.all > 0).then(|| self.same as f64 / self.all as f64)
    }
}

/// Which values are the better ones, in the words of statistics.
#[must_use]
pub const fn preference(better: Better) -> Preference {
    match better {
        Better::Higher => Preference::Larger,
        Better::Lower => Preference::Smaller,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_is_counted_by_direction_and_ties_by_half() {
        let (before, after) = ([1.0, 2.0, 3.0, 4.0], [0.0, 2.0, 2.0, 5.0]);
        let share = |better| probability_better(&before, &after, preference(better));
        assert_eq!(share(Better::Lower), Some(0.625));
        assert_eq!(share(Better::Higher), Some(0.375));
    }

    #[test]
    fn draws_that_are_the_same_are_neither_better_nor_worse() {
        let differences = [2.0, 0.0, -1.0, 0.0, 3.0];
        for (side, better) in [(Better::Higher, 2), (Better::Lower, 1)] {
            let draws = DrawsBetter::of(side, &differences);
            assert_eq!((draws.better, draws.same, draws.all), (better, 2, 5));
            assert_eq!(draws.share_same(), Some(0.4));
        }
        assert_eq!(DrawsBetter::of(Better::Lower, &[]).share_better(), None);
    }

    #[test]
    fn every_interval_of_the_family_shares_in_what_may_be_missed() {
        let family = Family {
            measures: ["a", "b", "c", "d", "e"].map(str::to_owned).to_vec(),
            options: 10,
            confidence: 0.95,
        };
        assert_eq!(family.intervals(), 50);
        assert!((family.alpha() - 0.001).abs() < 1e-12);
    }
}
