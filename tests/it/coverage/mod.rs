//! Whether intervals hold what they promise: experiments repeated with one seed each, and the share
//! of them whose interval covers an answer that is known exactly.
//!
//! Of N experiments with true coverage p the number that cover is binomial. A share of 1,000 is
//! asked to lie from 93 to 97%, which is 2.9 standard errors either side of 95% (passing with
//! probability 0.996 for a measure whose intervals are exact); elsewhere the band is 3.29 standard
//! errors (two-sided 0.001) about the coverage that is known or claimed. Seeds are 20261005 + i,
//! fixed before the first run.

mod best;
mod calibrate;
mod decisions;
mod estimators;
mod pipeline;
pub mod recommend;
mod survival;

/// The first seed.
const SEED: u64 = 20_261_005;

/// Standard errors of a band: two-sided 0.001.
const Z: f64 = 3.2905;

/// Fails unless `covered` of `experiments` agrees with coverage from `low` to `high`.
#[track_caller]
fn assert_coverage(covered: usize, experiments: usize, low: f64, high: f64, what: &str) {
    let n = experiments as f64;
    let share = covered as f64 / n;
    let reach = |p: f64| Z * (p * (1.0 - p) / n).sqrt();
    let (least, most) = (low - reach(low), high + reach(high));
    assert!(
        (least..=most).contains(&share),
        "{what}: {share} of {experiments} intervals cover, not {least:.4} to {most:.4}"
    );
}
