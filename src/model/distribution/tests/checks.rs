//! What the check refuses, and what it says.

use super::*;

#[test]
fn every_sensible_distribution_passes() {
    for distribution in continuous().into_iter().chain(discrete()) {
        assert_eq!(distribution.check(), Ok(()), "{distribution:?}");
    }
}

/// Every kind with one parameter replaced, for every parameter.
fn with_parameter(x: f64) -> Vec<Distribution> {
    let shares = || vec![0.5, 0.5];
    vec![
        Constant(x),
        Exponential { mean: x },
        Gamma { mean: x, cv: 1.0 },
        Gamma { mean: 1.0, cv: x },
        Lognormal { mean: x, cv: 1.0 },
        Lognormal { mean: 1.0, cv: x },
        Weibull {
            shape: x,
            scale: 1.0,
        },
        Weibull {
            shape: 1.0,
            scale: x,
        },
        Uniform { min: x, max: 2.0 },
        Uniform { min: 1.0, max: x },
        Triangular {
            min: x,
            mode: 2.0,
            max: 3.0,
        },
        Triangular {
            min: 1.0,
            mode: x,
            max: 3.0,
        },
        Triangular {
            min: 1.0,
            mode: 2.0,
            max: x,
        },
        Normal { mean: x, sd: 1.0 },
        Normal { mean: 1.0, sd: x },
        Erlang { stages: 2, mean: x },
        Hyperexponential {
            shares: vec![x, 1.0 - x],
            means: vec![1.0, 2.0],
        },
        Hyperexponential {
            shares: shares(),
            means: vec![1.0, x],
        },
        Geometric { mean: x },
        Poisson { mean: x },
        Discrete {
            values: vec![1.0, 2.0],
            shares: vec![x, 1.0 - x],
        },
        Discrete {
            values: vec![x, 2.0],
            shares: shares(),
        },
        Empirical(vec![1.0, x]),
    ]
}

#[test]
fn no_parameter_may_be_negative_endless_or_not_a_number() {
    for wrong in [
        -1.0,
        -f64::MIN_POSITIVE,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        1.1e9,
    ] {
        for distribution in with_parameter(wrong) {
            // A share too small to matter may be missing from 1, but not negative.
            assert!(distribution.check().is_err(), "{distribution:?}");
        }
    }
}

/// A mean, spread or scale of 0 is a constant, which has a spelling of its own.
#[test]
fn what_has_no_spread_is_written_as_a_number() {
    let refused = [
        Exponential { mean: 0.0 },
        Gamma { mean: 0.0, cv: 1.0 },
        Gamma { mean: 1.0, cv: 0.0 },
        Lognormal { mean: 1.0, cv: 0.0 },
        Weibull {
            shape: 1.0,
            scale: 0.0,
        },
        Normal { mean: 1.0, sd: 0.0 },
        Erlang {
            stages: 2,
            mean: 0.0,
        },
        Poisson { mean: 0.0 },
    ];
    for distribution in refused {
        assert!(distribution.check().is_err(), "{distribution:?}");
    }
}

#[test]
fn lists_must_match_and_shares_sum_to_one() {
    let refused = [
        Empirical(Vec::new()),
        Discrete {
            values: Vec::new(),
            shares: Vec::new(),
        },
        Discrete {
            values: vec![1.0, 2.0],
            shares: vec![1.0],
        },
        Discrete {
            values: vec![1.0, 2.0],
            shares: vec![0.5, 0.499],
        },
        Hyperexponential {
            shares: vec![0.5, 0.5],
            means: vec![1.0],
        },
        Hyperexponential {
            shares: vec![0.5, 0.5],
            means: vec![1.0, 0.0],
        },
        Erlang {
            stages: 0,
            mean: 1.0,
        },
        Uniform { min: 2.0, max: 2.0 },
        Triangular {
            min: 2.0,
            mode: 2.0,
            max: 2.0,
        },
        Geometric { mean: 0.999 },
        // In order each by itself, with a mean of 3.6 x 10^9.
        Weibull {
            shape: 0.1,
            scale: 1e3,
        },
    ];
    for distribution in refused {
        assert!(distribution.check().is_err(), "{distribution:?}");
    }
    let thirds = vec![0.333_333_333, 0.333_333_333, 0.333_333_333];
    let values = vec![1.0, 2.0, 3.0];
    assert_eq!(
        Discrete {
            values,
            shares: thirds
        }
        .check(),
        Ok(())
    );
}

#[test]
fn all_problems_are_told_at_once_in_plain_words() {
    let problems = Triangular {
        min: -1.0,
        mode: 9.0,
        max: f64::NAN,
    }
    .check();
    assert_eq!(
        problems,
        Err("min must be from 0 to 1000000000, but is -1; \
             max must be from 0 to 1000000000, but is NaN; \
             min must be below max, but min is -1 and max is NaN; \
             mode must be from min to max, but is 9"
            .to_owned())
    );
}

/// A file of records may hold anything, an NHS number in the wrong column included.
#[test]
fn observed_values_are_never_repeated() {
    let problems = Empirical(vec![3.0, 9_434_765_919.0, -2.0]).check();
    assert_eq!(
        problems,
        Err("values must each be at least 0 and at most 1000000000, \
             but number 2 in the list is not (and 1 more)"
            .to_owned())
    );
}
