//! How much more counts vary than chance alone would have it.
//!
//! Counts of mean `m` whose rate is multiplied by a gamma variate of mean 1 and variance `(d - 1) / m` are
//! negative binomial with variance `d m`, whatever `m` is (the linear form, NB1; Cameron and Trivedi 2013,
//! "Regression Analysis of Count Data", section 3.3). Then Pearson's statistic over its degrees of freedom
//! estimates `d`, and its standard error follows from the fourth moment.

use crate::stats::chi_squared::Goodness;
use statrs::function::beta::beta_reg;
use statrs::function::gamma::gamma_ur;

/// Ends of the ranges of the test of fit, as shares below.
const ENDS: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];
/// Dispersion that is taken for Poisson.
const NEARLY_ONE: f64 = 1.0 + 1e-9;
/// Counts that are looked through for a quantile.
const FARTHEST: u32 = 1_000_000;

/// A count and what was expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// How many were counted.
    pub seen: u64,
    /// How many were expected, above 0.
    pub expected: f64,
}

/// Variance over mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dispersion {
    /// Pearson's statistic over its degrees of freedom; may lie below 1 by chance.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Whether chance alone (Poisson) would do.
    pub poisson: Goodness,
    /// Whether counts are where the negative binomial law says.
    pub goodness: Option<Goodness>,
}

/// The dispersion of cells whose expectations took so many parameters; `None` where there are no more cells
/// than that.
///
/// Worked: 8 and 12 where 10 and 10 were expected, one parameter: (0.4 + 0.4) / 1 = 0.8.
#[must_use]
pub fn dispersion(cells: &[Cell], parameters: u32) -> Option<Dispersion> {
    let degrees = u32::try_from(cells.len()).ok()?.checked_sub(parameters)?;
    let squares = |cell: &Cell| {
        let off = cell.seen as f64 - cell.expected;
        off * off / cell.expected
    };
    let statistic: f64 = cells.iter().map(squares).sum();
    let poisson = Goodness::of(statistic, degrees)?;
    let value = statistic / f64::from(degrees);
    let at_least_one = value.max(1.0);
    let variance: f64 = cells
        .iter()
        .map(|it| square_variance(it.expected, at_least_one))
        .sum();
    Some(Dispersion {
        value,
        standard_error: variance.sqrt() / f64::from(degrees),
        poisson,
        goodness: goodness(cells, at_least_one),
    })
}

/// Variance of (count - m)^2 / m: d^2 (2 + excess kurtosis), the last being 6 (d - 1) / m + 1 / (d m).
fn square_variance(expected: f64, dispersion: f64) -> f64 {
    let excess = 6.0 * (dispersion - 1.0) / expected + 1.0 / (dispersion * expected);
    dispersion * dispersion * (2.0 + excess)
}

/// Chi-squared of how many cells lie in each range of their own law.
fn goodness(cells: &[Cell], dispersion: f64) -> Option<Goodness> {
    let mut seen = [0.0; ENDS.len() + 1];
    let mut expected = [0.0; ENDS.len() + 1];
    for cell in cells {
        let law = LinearVariance {
            mean: cell.expected,
            dispersion,
        };
        let mut below = 0.0;
        for count in 0..FARTHEST {
            let reached = law.at_most(count);
            let range = range_of(f64::midpoint(below, reached));
            expected[range] += reached - below;
            if u64::from(count) == cell.seen {
                seen[range] += 1.0;
            }
            if reached > 1.0 - 1e-9 && u64::from(count) >= cell.seen {
                break;
            }
            below = reached;
        }
    }
    if expected.iter().any(|it| *it < 5.0) {
        return None;
    }
    let each = seen.iter().zip(expected);
    let statistic = each.map(|(seen, expected)| (seen - expected) * (seen - expected) / expected);
    Goodness::of(statistic.sum(), ENDS.len() as u32 - 1)
}

fn range_of(share: f64) -> usize {
    ENDS.iter().filter(|end| share > **end).count()
}

/// The negative binomial law of a mean and a variance of `dispersion` times the mean; Poisson at 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearVariance {
    /// Mean, above 0.
    pub mean: f64,
    /// Variance over mean, at least 1.
    pub dispersion: f64,
}

impl LinearVariance {
    /// P(X <= count).
    ///
    /// Worked: mean 2 and dispersion 2 is negative binomial of size 2 and probability 1/2: 1/4 at 0.
    #[must_use]
    pub fn at_most(&self, count: u32) -> f64 {
        let next = f64::from(count) + 1.0;
        match self.dispersion > NEARLY_ONE {
            true => beta_reg(
                self.mean / (self.dispersion - 1.0),
                next,
                1.0 / self.dispersion,
            ),
            false => gamma_ur(next, self.mean),
        }
    }

    /// The share below a count, half of those at it included.
    #[must_use]
    pub fn middle(&self, count: u64) -> f64 {
        let count = u32::try_from(count).unwrap_or(u32::MAX - 1);
        let below = count.checked_sub(1).map_or(0.0, |it| self.at_most(it));
        f64::midpoint(below, self.at_most(count))
    }

    /// The count of which a share `p` lies below, half-way marks joined by straight lines.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let mut below = 0.0;
        for count in 0..FARTHEST {
            let reached = self.at_most(count);
            if reached >= p {
                let part = (p - below) / (reached - below).max(f64::MIN_POSITIVE);
                let start = (f64::from(count) - 0.5).max(0.0);
                return start + part * (f64::from(count) + 0.5 - start);
            }
            below = reached;
        }
        f64::from(FARTHEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_is_the_negative_binomial() {
        let law = LinearVariance {
            mean: 2.0,
            dispersion: 2.0,
        };
        // Size 2, probability 1/2: (k + 1) / 2^(k + 2).
        let mut sum = 0.0;
        for count in 0..6 {
            sum += f64::from(count + 1) / f64::from(1_u32 << (count + 2));
            assert!((law.at_most(count) - sum).abs() < 1e-12);
        }
        let poisson = LinearVariance {
            mean: 2.0,
            dispersion: 1.0,
        };
        assert!((poisson.at_most(0) - 0.135_335_283).abs() < 1e-9);
        assert!((law.middle(0) - 0.125).abs() < 1e-12);
    }

    #[test]
    fn two_cells_by_hand() {
        let cells = [8, 12].map(|seen| Cell {
            seen,
            expected: 10.0,
        });
        let it = dispersion(&cells, 1).expect("one degree");
        assert!((it.value - 0.8).abs() < 1e-12 && it.poisson.degrees == 1);
        assert_eq!(dispersion(&cells, 2), None);
    }

    /// Bromley by Bow and St Paul's Way, half a year each (the evidence of the default): 3.83 and 0.91.
    #[test]
    fn published_series_have_their_published_ratios() {
        for (counts, ratio) in [([14, 23, 18, 3, 9, 20], 3.83), ([4, 3, 8, 8, 7, 9], 0.91)] {
            let mean = counts.iter().sum::<u64>() as f64 / 6.0;
            let cells = counts.map(|seen| Cell {
                seen,
                expected: mean,
            });
            let it = dispersion(&cells, 1).expect("five degrees");
            assert!((it.value - ratio).abs() < 0.006, "{}", it.value);
        }
    }

    #[test]
    fn counts_at_their_quantiles_fit_and_even_ones_do_not() {
        let law = LinearVariance {
            mean: 10.0,
            dispersion: 3.0,
        };
        let cell = |seen: f64| Cell {
            seen: seen.round() as u64,
            expected: 10.0,
        };
        let spread = (0..200).map(|it| cell(law.quantile((f64::from(it) + 0.5) / 200.0)));
        let spread = dispersion(&spread.collect::<Vec<_>>(), 1).expect("degrees");
        assert!((spread.value - 3.0).abs() < 0.1, "{spread:?}");
        assert!(spread.goodness.is_some_and(|it| it.p > 0.9) && spread.poisson.p < 1e-6);
        let even: Vec<Cell> = (0..200).map(|_| cell(10.0)).collect();
        let even = dispersion(&even, 1).expect("degrees");
        assert!(even.value < 0.01 && even.goodness.is_some_and(|it| it.p < 1e-6));
    }
}
