//! What draws of the inputs say: how much of the spread is what is not known, which input matters
//! most.

use super::design::Design;
use super::differences::{Side, pairs_of_both};
use super::estimates::interval_of;
use super::replications::Replications;
use super::uncertainty::{Nested, means_of_draws, means_of_hypercubes};
use crate::measure::{Column, Scope};
use crate::stats::{ALPHA, Estimate, Part, Regression, VarianceComponents, sample_quantiles};

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
pub fn uncertainty_rows(
    (design, replications): (&Design, &Replications),
    is_shown: impl Fn(usize) -> bool,
) -> Vec<UncertaintyRow> {
    let columns = replications.columns.iter().enumerate();
    columns
        .map(|(index, column)| {
            let values = replications.column(index).map(|it| it.defined());
            let by_draw = by_draw(design, values);
            let estimate = |hypercubes: &[f64]| interval_of(column.unit(), hypercubes);
            row(
                column,
                design,
                &by_draw,
                is_shown(index).then_some(&estimate),
            )
        })
        .collect()
}

/// Makes the interval from the means of the hypercubes.
type Interval<'a> = dyn Fn(&[f64]) -> Option<Estimate> + 'a;

/// The row of one column; `estimate` makes the interval from the means of the hypercubes, and is not
/// there where nothing is told.
fn row(
    column: &Column,
    design: &Design,
    by_draw: &[Vec<f64>],
    estimate: Option<&Interval<'_>>,
) -> UncertaintyRow {
    let means = means_of_draws(by_draw);
    let hypercubes = means_of_hypercubes(design, &means);
    let shown = estimate.is_some();
    UncertaintyRow {
        column: *column,
        draws: means.iter().flatten().count() as u64,
        estimate: estimate.and_then(|estimate| estimate(&hypercubes)),
        parts: shown
            .then(|| VarianceComponents::of(by_draw, ALPHA))
            .flatten(),
        spread: shown
            .then(|| points(means.into_iter().flatten().collect()))
            .flatten(),
    }
}

/// Values of single replications, in their order, draw by draw; what is undefined is left out.
fn by_draw(design: &Design, values: impl Iterator<Item = Option<f64>>) -> Vec<Vec<f64>> {
    let values: Vec<Option<f64>> = values.collect();
    let draws = values.chunks(design.replications);
    draws
        .map(|draw| draw.iter().copied().flatten().collect())
        .collect()
}

/// How an option differs from another over the draws of what is not known.
#[derive(Clone, Debug)]
pub struct DrawnDifferences {
    /// Every measure that both have a mean of.
    pub rows: Vec<UncertaintyRow>,
    /// Of each measure of the PCN that has a better side and a tornado: how much the *difference*
    /// changes with each input.
    pub tornados: Vec<Tornado>,
}

/// `option` less `versus` over the draws of these inputs; the intervals are those of [`super::differences`].
#[must_use]
pub fn drawn_differences(
    option: &Side<'_>,
    versus: &Side<'_>,
    design: &Design,
    inputs: &[DrawnInput],
) -> DrawnDifferences {
    let mut rows = Vec::new();
    let mut tornados = Vec::new();
    for (column, pairs) in pairs_of_both(option, versus) {
        let differences = pairs
            .iter()
            .map(|pair| pair.map(|(before, after)| after - before));
        let by_draw = by_draw(design, differences);
        rows.push(row(column, design, &by_draw, Some(&Estimate::of)));
        if column.scope == Scope::Pcn && column.measure.better.is_some() {
            tornados.extend(tornado_of(column, &by_draw, inputs));
        }
    }
    DrawnDifferences { rows, tornados }
}

/// The 10%, 50% and 90% points of where a difference lies from draw to draw, from the values of its
/// replications, with the chance that a draw's few replications leave in its mean taken out
/// ([`VarianceComponents::without_chance`]). Where a replication lacks a value it cannot be, and stays in. A
/// draw whose replications all have the same difference (none, for the most part) has no chance in it and
/// stays where it is, unless chance explains how all of them differ.
#[must_use]
pub fn points_over_draws(design: &Design, values: &[Option<f64>]) -> Option<[f64; 3]> {
    let by_draw = by_draw(design, values.iter().copied());
    let means: Vec<f64> = means_of_draws(&by_draw).into_iter().flatten().collect();
    let parts = VarianceComponents::of(&by_draw, ALPHA);
    points(match parts {
        Some(parts) => {
            let drawn_in = parts.without_chance(&means);
            let stays = |draw: &[f64]| parts.between() > 0.0 && is_one_value(draw);
            let draws = by_draw.iter().zip(means.iter().zip(drawn_in));
            draws
                .map(|(draw, (mean, drawn_in))| if stays(draw) { *mean } else { drawn_in })
                .collect()
        }
        None => means,
    })
}

/// Whether there is no more than one value, to the bit.
fn is_one_value(values: &[f64]) -> bool {
    values
        .windows(2)
        .all(|two| two[0].to_bits() == two[1].to_bits())
}

/// 10%, 50% and 90% points.
fn points(mut values: Vec<f64>) -> Option<[f64; 3]> {
    sample_quantiles(&mut values, [0.1, 0.5, 0.9])
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
    tornado_of(&columns[index], &nested.by_draw(index), inputs)
}

fn tornado_of(column: &Column, by_draw: &[Vec<f64>], inputs: &[DrawnInput]) -> Option<Tornado> {
    let means = means_of_draws(by_draw);
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
        measure: column.measure.name,
        unit: column.unit().name(),
        bars,
        explained: regression.explained,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DESIGN: Design = Design {
        seed: 1,
        draws: 20,
        hypercubes: 10,
        replications: 2,
    };

    /// Two replications of each of twenty draws.
    fn values(of_draw: impl Fn(usize) -> [f64; 2]) -> Vec<Option<f64>> {
        (0..20).flat_map(of_draw).map(Some).collect()
    }

    #[test]
    fn draws_in_which_nothing_differs_stay_at_nothing() {
        let half = values(|draw| match draw % 2 {
            0 => [0.0, 0.0],
            _ => [draw as f64 - 0.5, draw as f64 + 0.5],
        });
        let [low, middle, high] = points_over_draws(&DESIGN, &half).expect("values");
        assert!(low.abs() < 1e-12, "{low}");
        assert!(middle >= 0.0 && high > 10.0, "{middle} {high}");
    }

    #[test]
    fn what_chance_explains_is_one_point() {
        let chance = values(|draw| match draw {
            0 => [5.0, -5.0],
            1 => [3.0, -4.0],
            _ => [0.0, 0.0],
        });
        let [low, _, high] = points_over_draws(&DESIGN, &chance).expect("values");
        assert!((high - low).abs() < 1e-12, "{low} to {high}");
    }
}
