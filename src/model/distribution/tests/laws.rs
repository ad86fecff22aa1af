//! A million draws of every kind against the textbook's mean, variance and distribution function.
//!
//! Tolerances: the mean's standard error is sd / sqrt(n), that of the variance
//! sqrt((fourth central moment - variance^2) / n); 4.9 of them are passed by chance once in a
//! million times. So a mean is known to 0.005 standard deviations; the variance must be known to
//! 5% or the row fails as too coarse, in which case the moments of the values cut at a quantile
//! are tested instead, to 12% (the sample variance of a lognormal of cv 10 tells nothing). The shape is
//! tested by Kolmogorov and Smirnov's distance, whose critical value of 0.0027 is itself the
//! precision floor, and by chi-square for separate values.

use super::textbook::{KINDS, Law, Moments};
use super::*;
use crate::goodness::{SEED, assert_follows, assert_frequencies, standard_errors};

const DRAWS: usize = 1_000_000;
/// Coarsest test of a variance, relative to it.
const COARSEST_VARIANCE: f64 = 0.05;
/// The same for heavy tails that have been cut.
const COARSEST_CUT_VARIANCE: f64 = 0.12;
/// Draws that a cell of the chi-square expects at least.
const CELL: f64 = 1_000.0;
/// Where heavy tails are cut: a thousand draws lie beyond.
const CUT_AT: f64 = 0.999;

/// Rows beside those of [`continuous`] and [`discrete`]: the limits.
fn extremes() -> Vec<Distribution> {
    vec![
        Constant(0.0),
        Constant(14.5),
        Exponential { mean: 1e-3 },
        Gamma {
            mean: 60.0,
            cv: 0.01,
        },
        // Shape 0.9 and 0.25: the boosted sampler near its end and far from it.
        Gamma {
            mean: 3.0,
            cv: 1.054_092_553_389_46,
        },
        Gamma { mean: 3.0, cv: 2.0 },
        Lognormal {
            mean: 60.0,
            cv: 0.01,
        },
        Weibull {
            shape: 50.0,
            scale: 7.0,
        },
        Weibull {
            shape: 1.0,
            scale: 7.0,
        },
        Uniform { min: 0.0, max: 1.0 },
        Uniform {
            min: 1_000.0,
            max: 1_000.5,
        },
        Triangular {
            min: 0.0,
            mode: 1e-6,
            max: 1.0,
        },
        Erlang {
            stages: 2,
            mean: 0.01,
        },
        Erlang {
            stages: 1_000_000,
            mean: 30.0,
        },
        Hyperexponential {
            shares: vec![0.2, 0.5, 0.3],
            means: vec![9.0, 1.0, 3.0],
        },
        Hyperexponential {
            shares: vec![1.0],
            means: vec![5.0],
        },
        Geometric { mean: 1.05 },
        Poisson { mean: 0.02 },
        Poisson { mean: 3.0 },
        Poisson { mean: 100.0 },
        Discrete {
            values: vec![2.5, 2.5, 1.0, 9.0, 0.0],
            shares: vec![0.1, 0.2, 0.3, 0.0, 0.4],
        },
        Discrete {
            values: vec![6.0],
            shares: vec![1.0],
        },
        Empirical(vec![0.0]),
        Empirical((0..97).map(|value| f64::from(value * value)).collect()),
    ]
}

/// Rows whose variance a million draws do not tell to 5%.
fn heavy() -> Vec<Distribution> {
    vec![
        Gamma {
            mean: 3.0,
            cv: 10.0,
        },
        Lognormal {
            mean: 60.0,
            cv: 10.0,
        },
        Lognormal { mean: 5.0, cv: 3.0 },
        Weibull {
            shape: 0.1,
            scale: 2.0,
        },
        Weibull {
            shape: 0.4,
            scale: 2.0,
        },
        Hyperexponential {
            shares: vec![0.999, 0.001],
            means: vec![1.0, 1_000.0],
        },
    ]
}

fn drawn(distribution: &Distribution) -> Vec<f64> {
    let sampler = distribution.sampler();
    let mut rng = SplitMix(SEED);
    let mut values: Vec<f64> = (0..DRAWS).map(|_| sampler.sample(&mut rng)).collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

fn check_moments(values: &[f64], law: Moments, coarsest: f64, what: &str) {
    let n = values.len() as f64;
    let moment = |power: i32| {
        values
            .iter()
            .map(|x| (x - law.mean).powi(power))
            .sum::<f64>()
            / n
    };
    let error = moment(1).abs();
    let limit = standard_errors() * (law.variance / n).sqrt();
    // Rounding in a sum of a million; alone where there is no variance.
    let rounding = 1e-12 * law.mean;
    assert!(
        error <= limit + rounding,
        "mean of {what}: off by {error}, beyond {limit}"
    );
    let spread = (law.fourth - law.variance * law.variance).max(0.0);
    let limit = standard_errors() * (spread / n).sqrt();
    let error = (moment(2) - law.variance).abs();
    assert!(
        limit <= coarsest * law.variance,
        "variance of {what}: too coarse a test, {limit} of {}",
        law.variance
    );
    assert!(
        error <= limit + rounding * rounding + 1e-6 * law.variance,
        "variance of {what}: off by {error}, beyond {limit}"
    );
}

/// Cells of neighbouring values that expect [`CELL`] draws at least. A value that the law does not
/// have fails.
fn check_atoms(values: &[f64], atoms: &[(f64, f64)], what: &str) {
    let n = values.len() as f64;
    let mut cells: Vec<(f64, f64)> = vec![(0.0, 0.0)];
    let mut rest = values;
    for (atom, share) in atoms {
        let end = rest.partition_point(|value| *value <= *atom);
        let strange = rest[..end]
            .iter()
            .find(|value| value.to_bits() != atom.to_bits());
        assert_eq!(strange, None, "{what}: drawn near {atom}");
        rest = &rest[end..];
        if cells.last().is_some_and(|(_, expected)| *expected >= CELL) {
            cells.push((0.0, 0.0));
        }
        let cell = cells.last_mut().expect("never empty");
        *cell = (cell.0 + end as f64, cell.1 + share * n);
    }
    assert!(rest.is_empty(), "{what}: drawn beyond the law: {rest:?}");
    if cells.len() > 1 && cells.last().is_some_and(|(_, expected)| *expected < CELL) {
        let (count, expected) = cells.pop().expect("more than one");
        let last = cells.last_mut().expect("more than one");
        *last = (last.0 + count, last.1 + expected);
    }
    assert_frequencies(&cells, what);
}

fn check_shape(values: &[f64], law: &Law, what: &str) {
    match law {
        Law::Smooth(_) => assert_follows(values, |x| law.below(x), what),
        Law::Atoms(atoms) => check_atoms(values, atoms, what),
    }
}

/// The module's own formulae, far inside what draws can tell: the mean to 1e-4 standard
/// deviations, the variance to 1e-3 of itself.
fn check_formulae(distribution: &Distribution, law: Moments) {
    let sd = law.variance.sqrt();
    let error = (distribution.mean() - law.mean).abs();
    assert!(
        error <= 1e-4 * sd + 1e-12 * law.mean,
        "mean of {distribution:?}: off by {error}"
    );
    let error = (distribution.variance() - law.variance).abs();
    assert!(
        error <= 1e-3 * law.variance,
        "variance of {distribution:?}: off by {error}"
    );
}

fn check(distribution: &Distribution) {
    let what = format!("{distribution:?}");
    let law = distribution.textbook();
    let moments = law.moments(f64::INFINITY, distribution.variance().sqrt());
    check_formulae(distribution, moments);
    let values = drawn(distribution);
    check_moments(&values, moments, COARSEST_VARIANCE, &what);
    check_shape(&values, &law, &what);
}

#[test]
fn continuous_draws_follow_their_law() {
    for distribution in continuous() {
        check(&distribution);
    }
}

#[test]
fn discrete_draws_follow_their_law() {
    for distribution in discrete() {
        check(&distribution);
    }
}

#[test]
fn draws_of_extreme_parameters_follow_their_law() {
    for distribution in extremes() {
        check(&distribution);
    }
}

/// The shape of all values, and the moments of the smaller of each and the quantile of 99.9%.
#[test]
fn draws_with_heavy_tails_follow_their_law() {
    for distribution in heavy() {
        let what = format!("{distribution:?}");
        let law = distribution.textbook();
        let values = drawn(&distribution);
        check_shape(&values, &law, &what);
        let cut = law.quantile(CUT_AT, 1e12);
        let values: Vec<f64> = values.into_iter().map(|value| value.min(cut)).collect();
        check_moments(&values, law.moments(cut, cut), COARSEST_CUT_VARIANCE, &what);
    }
}

#[test]
fn every_kind_has_its_rows() {
    let rows = [continuous(), discrete(), extremes(), heavy()].concat();
    for kind in KINDS {
        let count = rows.iter().filter(|row| row.kind() == kind).count();
        assert!(count >= 2, "{kind}: {count} rows");
    }
    for row in &rows {
        assert_eq!(row.check(), Ok(()), "{row:?}");
    }
}
