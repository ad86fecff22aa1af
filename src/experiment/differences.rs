//! How two options differ, pair by pair: both were run with the same random numbers.

use super::replications::Replications;
use crate::measure::{Better, Column};
use crate::stats::{Estimate, correlation, paired_difference};

/// One measure of an option less the same of another.
#[derive(Clone, Copy, Debug)]
pub struct DifferenceRow {
    /// What it is.
    pub column: Column,
    /// Pairs in which it is defined for both.
    pub n: u64,
    /// Mean difference with its 95% confidence interval; `None` where there are no pairs.
    pub estimate: Option<Estimate>,
    /// Correlation over the pairs; `None` where one of the two does not vary.
    pub correlation: Option<f64>,
    /// Share of pairs in which the option is better, equal ones counting half; `None` for measures
    /// without a better direction.
    pub probability_better: Option<f64>,
}

/// `option` less `versus`, measure by measure. Both must be replications of models with the same
/// practices, posts, case types and sources, with the same numbers.
#[must_use]
pub fn differences(option: &Replications, versus: &Replications) -> Vec<DifferenceRow> {
    let columns = option.columns.iter().enumerate();
    columns
        .map(|(index, column)| {
            let pairs = versus.column(index).zip(option.column(index));
            let pairs =
                pairs.filter_map(|(before, after)| Some((before.defined()?, after.defined()?)));
            let (before, after): (Vec<f64>, Vec<f64>) = pairs.unzip();
            DifferenceRow {
                column: *column,
                n: before.len() as u64,
                estimate: paired_difference(&before, &after),
                correlation: correlation(&before, &after),
                probability_better: column
                    .measure
                    .better
                    .and_then(|better| probability(better, &before, &after)),
            }
        })
        .collect()
}

pub(super) fn probability(better: Better, before: &[f64], after: &[f64]) -> Option<f64> {
    let score = |(before, after): (&f64, &f64)| match (after.total_cmp(before), better) {
        (std::cmp::Ordering::Equal, _) => 0.5,
        (std::cmp::Ordering::Less, Better::Lower)
        | (std::cmp::Ordering::Greater, Better::Higher) => 1.0,
        _ => 0.0,
    };
    let sum: f64 = before.iter().zip(after).map(score).sum();
    (!before.is_empty()).then(|| sum / before.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn better_is_counted_by_direction_and_ties_by_half() {
        let (before, after) = ([1.0, 2.0, 3.0, 4.0], [0.0, 2.0, 2.0, 5.0]);
        assert_eq!(probability(Better::Lower, &before, &after), Some(0.625));
        assert_eq!(probability(Better::Higher, &before, &after), Some(0.375));
        assert_eq!(probability(Better::Higher, &[], &[]), None);
    }
}
