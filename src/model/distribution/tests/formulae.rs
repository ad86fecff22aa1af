//! Means, variances and cumulative distributions against each other and against hand formulae.

use statrs::function::gamma::{gamma_lr, gamma_ur};

use super::*;

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let error = (found - expected).abs();
    assert!(error <= tolerance, "{found} is {error:e} from {expected}");
}

/// E X = integral of P(X > x), E X^2 = integral of 2x P(X > x): by the midpoint rule in sqrt(x), on
/// 200,000 cells up to 400 standard deviations above the mean.
#[test]
fn moments_agree_with_the_cumulative_distribution() {
    const CELLS: u32 = 200_000;
    for distribution in continuous() {
        let (mean, variance) = (distribution.mean(), distribution.variance());
        let width = (mean + 400.0 * variance.sqrt()).sqrt() / f64::from(CELLS);
        let (mut first, mut second) = (0.0, 0.0);
        for cell in 0..CELLS {
            let root = (f64::from(cell) + 0.5) * width;
            let x = root * root;
            let above = (1.0 - distribution.cdf(x)) * 2.0 * root * width;
            first += above;
            second += 2.0 * x * above;
        }
        let (first, second) = (first / mean - 1.0, second / (variance + mean * mean) - 1.0);
        assert!(
            first.abs() < 1e-5,
            "{distribution:?}: mean off by {first:e}"
        );
        assert!(
            second.abs() < 1e-5,
            "{distribution:?}: square off by {second:e}"
        );
    }
}

#[test]
fn cumulative_distributions_rise_from_0_to_1() {
    for distribution in continuous().into_iter().chain(discrete()) {
        let end = 2.0 * distribution.mean() + 1.0;
        let mut last = 0.0;
        for step in 0..=2_000 {
            let below = distribution.cdf(end * f64::from(step) / 2_000.0);
            assert!(below >= last - 1e-12, "{distribution:?}");
            last = below;
        }
        assert_near(distribution.cdf(-1e-9), 0.0, 0.0);
        assert_near(distribution.cdf(1e12), 1.0, 1e-9);
    }
}

#[test]
fn cumulative_distributions_have_their_known_values() {
    let e = |x: f64| x.exp();
    let known = [
        (Exponential { mean: 2.0 }, 3.0, 1.0 - e(-1.5)),
        (Gamma { mean: 3.0, cv: 1.0 }, 3.0, 1.0 - e(-1.0)),
        // Shape 2, scale 3.5: 1 - (1 + y) exp(-y).
        (
            Erlang {
                stages: 2,
                mean: 7.0,
            },
            7.0,
            1.0 - 3.0 * e(-2.0),
        ),
        // The median of a lognormal is mean / sqrt(1 + cv^2).
        (
            Lognormal {
                mean: 10.0,
                cv: 1.0,
            },
            10.0 / 2.0_f64.sqrt(),
            0.5,
        ),
        (
            Weibull {
                shape: 2.0,
                scale: 3.0,
            },
            6.0,
            1.0 - e(-4.0),
        ),
        (Uniform { min: 3.0, max: 5.0 }, 3.5, 0.25),
        (
            Triangular {
                min: 6.0,
                mode: 8.0,
                max: 12.0,
            },
            8.0,
            1.0 / 3.0,
        ),
        (
            Triangular {
                min: 6.0,
                mode: 8.0,
                max: 12.0,
            },
            10.0,
            5.0 / 6.0,
        ),
        // Half-normal: erf(1 / sqrt 2).
        (Normal { mean: 0.0, sd: 2.0 }, 2.0, 0.682_689_492_137_085_9),
        (Geometric { mean: 4.0 }, 2.9, 1.0 - 0.75 * 0.75),
        (Poisson { mean: 2.0 }, 2.0, 5.0 * e(-2.0)),
        (
            Discrete {
                values: vec![1.0, 2.0],
                shares: vec![0.3, 0.7],
            },
            1.0,
            0.3,
        ),
        (Empirical(vec![1.0, 2.0, 2.0, 5.0]), 2.0, 0.75),
    ];
    for (distribution, x, expected) in known {
        assert_near(distribution.cdf(x), expected, 1e-10);
    }
}

#[test]
fn moments_have_their_known_values() {
    let known = [
        (Constant(3.0), 3.0, 0.0),
        (Gamma { mean: 4.0, cv: 0.5 }, 4.0, 4.0),
        (
            Weibull {
                shape: 1.0,
                scale: 3.0,
            },
            3.0,
            9.0,
        ),
        (Uniform { min: 2.0, max: 5.0 }, 3.5, 0.75),
        (
            Triangular {
                min: 6.0,
                mode: 8.0,
                max: 12.0,
            },
            26.0 / 3.0,
            14.0 / 9.0,
        ),
        // Half-normal: sqrt(2 / pi) and 1 - 2 / pi.
        (
            Normal { mean: 0.0, sd: 1.0 },
            0.797_884_560_802_865_4,
            0.363_380_227_632_418_6,
        ),
        (
            Erlang {
                stages: 4,
                mean: 8.0,
            },
            8.0,
            16.0,
        ),
        (
            Hyperexponential {
                shares: vec![0.5, 0.5],
                means: vec![1.0, 3.0],
            },
            2.0,
            6.0,
        ),
        (Geometric { mean: 4.0 }, 4.0, 12.0),
        (Poisson { mean: 4.0 }, 4.0, 4.0),
        (
            Discrete {
                values: vec![0.0, 4.0],
                shares: vec![0.75, 0.25],
            },
            1.0,
            3.0,
        ),
        (Empirical(vec![1.0, 3.0]), 2.0, 1.0),
    ];
    for (distribution, mean, variance) in known {
        assert_near(distribution.mean(), mean, 1e-10);
        assert_near(distribution.variance(), variance, 1e-10);
    }
}

/// Where the expansion takes over, the series still holds.
#[test]
fn the_expansion_for_large_shapes_agrees_with_the_series() {
    let stages = 200_000;
    let shape = f64::from(stages);
    for step in -60..=60 {
        let x = shape + f64::from(step) / 10.0 * shape.sqrt();
        let erlang = Erlang {
            stages,
            mean: shape,
        };
        assert_near(erlang.cdf(x), gamma_lr(shape, x), 1e-9);
        let poisson = Poisson { mean: shape };
        assert_near(poisson.cdf(x), gamma_ur(x.floor() + 1.0, shape), 1e-9);
    }
}
