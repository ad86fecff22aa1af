//! Quantiles undo the cumulative distribution.

use super::*;

const LEVELS: [f64; 9] = [1e-6, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0 - 1e-6];

/// cdf(quantile(p)) = p: to a billionth of p or of what is left, which is as far as the special
/// functions are good to.
#[test]
fn continuous_quantiles_lie_where_the_distribution_reaches_their_level() {
    for distribution in continuous() {
        for p in LEVELS {
            let back = distribution.cdf(distribution.quantile(p));
            let near = 1e-9_f64.max(1e-7 * p.min(1.0 - p));
            assert!((back - p).abs() <= near, "{distribution:?} at {p}: {back}");
        }
    }
}

#[test]
fn whole_quantiles_are_the_smallest_numbers_that_reach_their_level() {
    for distribution in [
        Poisson { mean: 7.5 },
        Geometric { mean: 3.0 },
        Poisson { mean: 0.2 },
    ] {
        for p in LEVELS {
            let quantile = distribution.quantile(p);
            assert!(quantile.fract().abs() <= 0.0, "{distribution:?} at {p}");
            assert!(
                distribution.cdf(quantile) >= p,
                "{distribution:?} at {p}: {quantile}"
            );
            assert!(
                distribution.cdf(quantile - 1.0) < p,
                "{distribution:?} at {p}: {quantile}"
            );
        }
    }
}

#[test]
#[allow(clippy::float_cmp, reason = "values are listed, not computed")]
fn listed_quantiles_are_listed_values() {
    let discrete = Discrete {
        values: vec![3.0, 1.0, 2.0],
        shares: vec![0.25, 0.5, 0.25],
    };
    let at = |p| discrete.quantile(p);
    assert_eq!(
        [0.1, 0.5, 0.500_1, 0.75, 0.76, 0.99].map(at),
        [1.0, 1.0, 2.0, 2.0, 3.0, 3.0]
    );
    let observed = Empirical(vec![7.0, 0.0, 1.0, 2.0]);
    assert_eq!(
        [0.25, 0.26, 0.9].map(|p| observed.quantile(p)),
        [0.0, 1.0, 7.0]
    );
    assert_eq!(Constant(4.5).quantile(0.3), 4.5);
}

/// By hand: 10 ln 2; the triangle from 0 over 1 to 2 has 0.125 below 0.5; sqrt(ln 2) x 3.
#[test]
fn closed_forms_have_the_values_of_the_book() {
    let near = |distribution: Distribution, p: f64, value: f64| {
        let found = distribution.quantile(p);
        assert!(
            (found - value).abs() < 1e-12 * value.max(1.0),
            "{found} and not {value}"
        );
    };
    near(Exponential { mean: 10.0 }, 0.5, 6.931_471_805_599_453);
    let triangle = Triangular {
        min: 0.0,
        mode: 1.0,
        max: 2.0,
    };
    near(triangle.clone(), 0.125, 0.5);
    near(triangle, 0.875, 1.5);
    let weibull = Weibull {
        shape: 2.0,
        scale: 3.0,
    };
    near(weibull, 0.5, 3.0 * 0.832_554_611_157_697_7);
    let uniform = Uniform {
        min: 10.0,
        max: 30.0,
    };
    near(uniform, 0.25, 15.0);
    // The triangle whose most likely value is its least: the defaults that are nought have it.
    let from_nought = Triangular {
        min: 0.0,
        mode: 0.0,
        max: 0.25,
    };
    near(from_nought, 0.75, 0.125);
}
