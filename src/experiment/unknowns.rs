//! What draws of the inputs say: how much of the spread is what is not known, which input matters
//! most.

use super::estimates::interval_of;
use super::uncertainty::{Nested, means_of_draws, means_of_hypercubes};
use crate::measure::{Column, Scope};
use crate::stats::{ALPHA, Estimate, Part, Regression, VarianceComponents, sample_quantile};

/// One measure over the draws.
#[derive(Clone, Copy, Debug)]
pub struct UncertaintyRow {
    /// What it is.
    pub column: Column,
    /// Draws in which it is defined.
    pub draws: u64,
    /// Mean over all draws with its 95% interval, from the means of the hypercubes; `None` where
    /// undefined or withheld.
    pub estimate: Option<Estimate>,
    /// The variance of one replication in its two parts; `None` where a replication lacks a value.
    pub parts: Option<VarianceComponents>,
    /// 10%, 50% and 90% points of the draws' means, chance of their few replications included.
    pub spread: Option<[f64; 3]>,
}

impl UncertaintyRow {
    /// The share of the variance that is what is not known, with its 95% interval.
    #[must_use]
    pub fn share_not_known(&self) -> Option<Part> {
        self.parts?.share_between(ALPHA)
    }
}

/// The rows of all columns. `is_shown` says of a column whether it has a mean at all.
#[must_use]
pub fn uncertainty_rows(nested: &Nested, is_shown: impl Fn(usize) -> bool) -> Vec<UncertaintyRow> {
    let columns = nested.replications.columns.iter().enumerate();
    columns
        .map(|(index, column)| {
            let by_draw = nested.by_draw(index);
            let means = means_of_draws(&by_draw);
            let shown = is_shown(index);
            let hypercubes = means_of_hypercubes(&nested.design, &means);
            UncertaintyRow {
                column: *column,
                draws: means.iter().flatten().count() as u64,
                estimate: shown
                    .then(|| interval_of(column.unit(), &hypercubes))
                    .flatten(),
                parts: shown
                    .then(|| VarianceComponents::of(&by_draw, ALPHA))
                    .flatten(),
                spread: shown.then(|| points(means)).flatten(),
            }
        })
        .collect()
}

/// 10%, 50% and 90% points of what is defined.
fn points(values: Vec<Option<f64>>) -> Option<[f64; 3]> {
    let mut sorted: Vec<f64> = values.into_iter().flatten().collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let at = |p| sample_quantile(&sorted, p);
    Some([at(0.1)?, at(0.5)?, at(0.9)?])
}

/// An uncertain input as it was drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct DrawnInput {
    /// Its 10% point.
    pub low: f64,
    /// Its 90% point.
    pub high: f64,
    /// Its value in each draw.
    pub values: Vec<f64>,
}

/// How much a measure of the PCN changes with each input.
#[derive(Clone, Debug, PartialEq)]
pub struct Tornado {
    /// Name of the measure.
    pub measure: &'static str,
    /// Unit of the measure.
    pub unit: &'static str,
    /// One bar an input, the longest first.
    pub bars: Vec<Bar>,
    /// Share of the variance between the draws' means that straight lines in all inputs explain, 0
    /// to 1.
    pub explained: f64,
}

/// The change of a measure with one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Which input, in their order.
    pub input: usize,
    /// Change of the measure from the input's 10% to its 90% point, the others held fixed.
    pub change: f64,
    /// Lower end of its 95% interval.
    pub low: f64,
    /// Upper end of its 95% interval.
    pub high: f64,
}

/// The tornado of a measure of the PCN: a linear regression of the draws' means on the inputs.
///
/// It is of first order: it sees neither curves nor inputs that matter only together; how much it
/// misses is what [`Tornado::explained`] falls short of 1, chance of the few replications included.
/// `None` where the measure is not defined in every draw, does not vary, or there are too few draws.
#[must_use]
pub fn tornado(nested: &Nested, measure: &str, inputs: &[DrawnInput]) -> Option<Tornado> {
    let columns = &nested.replications.columns;
    let is_meant = |it: &Column| it.scope == Scope::Pcn && it.measure.name == measure;
    let index = columns.iter().position(is_meant)?;
    let means = means_of_draws(&nested.by_draw(index));
    let means: Vec<f64> = means.into_iter().collect::<Option<_>>()?;
    let values: Vec<Vec<f64>> = inputs.iter().map(|input| input.values.clone()).collect();
    let regression = Regression::of(&means, &values, ALPHA)?;
    let bar = |(input, drawn): (usize, &DrawnInput)| {
        let reach = drawn.high - drawn.low;
        let (change, half) = regression.slopes[input].map_or((0.0, 0.0), |slope| {
            (slope.value * reach, slope.half_width * reach)
        });
        Bar {
            input,
            change,
            low: change - half,
            high: change + half,
        }
    };
    let mut bars: Vec<Bar> = inputs.iter().enumerate().map(bar).collect();
    bars.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()));
    Some(Tornado {
        measure: columns[index].measure.name,
        unit: columns[index].unit().name(),
        bars,
        explained: regression.explained,
    })
}
