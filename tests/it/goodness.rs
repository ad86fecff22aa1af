//! How well draws follow a law: Kolmogorov and Smirnov's distance, Pearson's chi-square, and
//! correlation; each with the chance that a true law fails and with the smallest fault that cannot
//! pass. The library's own tests use this file too (`lib.rs`).

use std::f64::consts::SQRT_2;

use statrs::function::erf::erfc_inv;
use statrs::function::gamma::{gamma_lr, gamma_ur};

/// Probability that draws of the true law fail one test.
pub const ALPHA: f64 = 1e-6;
/// Seed of everything that is drawn.
pub const SEED: u64 = 20_261_005;
/// The largest root mean square of the cells' relative errors that a chi-square test may miss.
const COARSEST_CELLS: f64 = 0.1;

/// Standard errors by which a normal estimate misses with probability [`ALPHA`], on either side:
/// 4.89.
#[must_use]
pub fn standard_errors() -> f64 {
    SQRT_2 * erfc_inv(ALPHA)
}

/// The distance between a distribution function and that of `n` draws from it which is passed
/// with probability [`ALPHA`]: x / sqrt(n), where Kolmogorov's limiting distribution (1933),
/// P(sqrt(n) D > x) = 2 sum of (-1)^(k-1) exp(-2 k^2 x^2), is solved for x by bisection (x = 2.694;
/// 0.0027 for a million draws). It is the precision floor as well: whatever shifts the
/// distribution function by twice as much at any point is caught.
#[must_use]
pub fn critical_distance(n: usize) -> f64 {
    let beyond = |x: f64| {
        let term = |k: i32| (-2.0 * f64::from(k * k) * x * x).exp() * f64::from(2 * (k % 2) - 1);
        2.0 * (1..=20).map(term).sum::<f64>()
    };
    let (mut low, mut high) = (0.5, 5.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if beyond(middle) > ALPHA {
            low = middle;
        } else {
            high = middle;
        }
    }
    high / (n as f64).sqrt()
}

/// Kolmogorov and Smirnov: draws in ascending order against the distribution function `below`.
/// Beyond 100,000 draws every tenth is looked at; the distance that this can hide, 10 / n, counts
/// as found.
#[track_caller]
pub fn assert_follows(sorted: &[f64], below: impl Fn(f64) -> f64, what: &str) {
    let n = sorted.len() as f64;
    let step = if sorted.len() > 100_000 { 10 } else { 1 };
    let distance = (0..sorted.len())
        .step_by(step)
        .map(|index| (below(sorted[index]) - (index as f64 + 0.5) / n).abs())
        .fold(0.0, f64::max)
        + step as f64 / n;
    let critical = critical_distance(sorted.len());
    assert!(
        distance < critical,
        "{what}: the distribution functions are {distance} apart, beyond {critical}"
    );
}

/// Pearson's chi-square of cells (count, expected count), which must be neither too large nor too
/// small: counts that are more even than chance are as wrong as uneven ones. Fails as well if it
/// could miss cells that are wrong by a tenth: such errors add n x 0.1^2 to the statistic, which
/// must be twice what chance is allowed, 4.75 sqrt(2 d) + 15 for d degrees of freedom (Wilson and
/// Hilferty, rounded up).
#[track_caller]
pub fn assert_frequencies(cells: &[(f64, f64)], what: &str) {
    let freedom = cells.len().saturating_sub(1) as f64;
    let n: f64 = cells.iter().map(|(_, expected)| expected).sum();
    let floor = (2.0 * (4.75 * (2.0 * freedom).sqrt() + 15.0) / n).sqrt();
    assert!(floor < COARSEST_CELLS, "{what}: misses errors of {floor}");
    let statistic: f64 = cells
        .iter()
        .map(|(count, expected)| (count - expected).powi(2) / expected)
        .sum();
    if freedom < 1.0 {
        assert!(statistic < 1e-9 * n, "{what}: {cells:?}");
        return;
    }
    let uneven = gamma_ur(freedom / 2.0, statistic / 2.0);
    // With few cells exact agreement is nothing strange.
    let even = if freedom < 10.0 {
        1.0
    } else {
        gamma_lr(freedom / 2.0, statistic / 2.0)
    };
    assert!(
        uneven > ALPHA && even > ALPHA,
        "{what}: chi-square {statistic} with {freedom} degrees of freedom"
    );
}

/// Cells that all expect the same.
#[track_caller]
pub fn assert_even(counts: &[u32], what: &str) {
    let all: f64 = counts.iter().map(|count| f64::from(*count)).sum();
    let expected = all / counts.len() as f64;
    let cells: Vec<(f64, f64)> = counts
        .iter()
        .map(|count| (f64::from(*count), expected))
        .collect();
    assert_frequencies(&cells, what);
}

/// The correlation of pairs, whose standard error is 1 / sqrt(n) if they are independent. Twice
/// the limit is always caught: 3% for 100,000 pairs.
#[track_caller]
pub fn assert_uncorrelated(pairs: impl Iterator<Item = (f64, f64)>, what: &str) {
    let (mut n, mut x, mut y) = (0.0, 0.0, 0.0);
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (one, other) in pairs {
        n += 1.0;
        (x, y) = (x + one, y + other);
        (xx, xy, yy) = (xx + one * one, xy + one * other, yy + other * other);
    }
    let covariance = xy - x * y / n;
    let correlation = covariance / ((xx - x * x / n) * (yy - y * y / n)).sqrt();
    let limit = standard_errors() / n.sqrt();
    assert!(
        limit < 0.05,
        "{what}: {n} pairs are too few to tell anything"
    );
    assert!(
        correlation.abs() < limit,
        "{what}: correlation {correlation}, beyond {limit}"
    );
}
