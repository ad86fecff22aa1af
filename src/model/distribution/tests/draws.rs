//! A million draws of every kind against its mean, its variance and its cumulative distribution.

use statrs::function::gamma::gamma_ur;

use super::*;

const DRAWS: usize = 1_000_000;
/// Probability that a true sampler fails one test of shape.
const ALPHA: f64 = 1e-4;

fn drawn(distribution: &Distribution) -> Vec<f64> {
    let sampler = distribution.sampler();
    let mut rng = SplitMix(20_261_005);
    let mut values: Vec<f64> = (0..DRAWS).map(|_| sampler.sample(&mut rng)).collect();
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// Mean and variance within 5 standard errors; and, so that no large error passes for noise, five
/// standard errors are within 1% of the mean and 5% of the variance.
fn check_moments(distribution: &Distribution, values: &[f64]) {
    let n = values.len() as f64;
    let (mean, variance) = (distribution.mean(), distribution.variance());
    let moment = |power| values.iter().map(|x| (x - mean).powi(power)).sum::<f64>() / n;
    let limit = 5.0 * (variance / n).sqrt();
    let error = moment(1).abs();
    assert!(
        error <= limit,
        "mean of {distribution:?}: off by {error} > {limit}"
    );
    assert!(
        limit <= 0.01 * mean,
        "mean of {distribution:?}: too coarse a test"
    );
    let limit = 5.0 * ((moment(4) - variance * variance) / n).sqrt();
    let error = (moment(2) - variance).abs();
    assert!(
        error <= limit,
        "variance of {distribution:?}: off by {error} > {limit}"
    );
    assert!(
        limit <= 0.05 * variance,
        "variance of {distribution:?}: too coarse a test"
    );
}

/// Kolmogorov and Smirnov: the largest distance of the empirical from the true distribution has
/// the asymptotic critical value sqrt(-ln(alpha / 2) / 2n). Every tenth value is looked at, which
/// hides a distance of 10 / n at most.
fn check_distance(distribution: &Distribution, values: &[f64]) {
    let n = values.len() as f64;
    let distance = (0..values.len())
        .step_by(10)
        .fold(0.0_f64, |largest, index| {
            let below = distribution.cdf(values[index]);
            largest.max((below - (index as f64 + 0.5) / n).abs())
        });
    let critical = (-(ALPHA / 2.0).ln() / (2.0 * n)).sqrt();
    assert!(
        distance < critical,
        "{distribution:?}: distance {distance} >= {critical}"
    );
}

/// Pearson's chi-square over cells of neighbouring values that expect at least 1,000 draws.
fn check_frequencies(distribution: &Distribution, values: &[f64]) {
    let n = values.len() as f64;
    let (mut statistic, mut cells) = (0.0, 0_u32);
    let (mut cell_start, mut cell_below) = (0, 0.0);
    for end in 1..=values.len() {
        let is_last = end == values.len();
        if !is_last && values[end].to_bits() == values[end - 1].to_bits() {
            continue;
        }
        let below = if is_last {
            1.0
        } else {
            distribution.cdf(values[end - 1])
        };
        let expected = n * (below - cell_below);
        let left = n * (1.0 - below);
        if (expected >= 1_000.0 && left >= 1_000.0) || is_last {
            statistic += ((end - cell_start) as f64 - expected).powi(2) / expected;
            cells += 1;
            (cell_start, cell_below) = (end, below);
        }
    }
    let p_value = match cells - 1 {
        0 => 1.0,
        freedom => gamma_ur(f64::from(freedom) / 2.0, statistic / 2.0),
    };
    assert!(
        p_value > ALPHA,
        "{distribution:?}: p = {p_value} with {cells} cells"
    );
}

#[test]
fn continuous_draws_have_the_mean_variance_and_shape_they_should() {
    for distribution in continuous() {
        let values = drawn(&distribution);
        check_moments(&distribution, &values);
        check_distance(&distribution, &values);
    }
}

#[test]
fn discrete_draws_have_the_mean_variance_and_shape_they_should() {
    for distribution in discrete() {
        let values = drawn(&distribution);
        if distribution.variance() > 0.0 {
            check_moments(&distribution, &values);
        }
        check_frequencies(&distribution, &values);
    }
}

#[test]
fn a_constant_leaves_the_generator_alone() {
    let mut rng = SplitMix(1);
    let value = Constant(14.0).sampler().sample(&mut rng);
    assert_eq!(value.to_bits(), 14.0_f64.to_bits());
    assert_eq!(rng.next_u64(), SplitMix(1).next_u64());
}

#[test]
fn the_order_of_a_list_does_not_matter() {
    let one = Discrete {
        values: vec![20.0, 0.0, 45.0],
        shares: vec![0.7, 0.05, 0.25],
    };
    let other = Discrete {
        values: vec![45.0, 20.0, 0.0],
        shares: vec![0.25, 0.7, 0.05],
    };
    let observed = [
        Empirical(vec![3.0, 1.0, 2.0]),
        Empirical(vec![2.0, 3.0, 1.0]),
    ];
    for [one, other] in [[one, other], observed] {
        let (one, other) = (one.sampler(), other.sampler());
        let (mut left, mut right) = (SplitMix(5), SplitMix(5));
        for _ in 0..1_000 {
            let (one, other) = (one.sample(&mut left), other.sample(&mut right));
            assert_eq!(one.to_bits(), other.to_bits());
        }
    }
}

/// A generator that gives one word for ever.
struct Stuck(u64);

impl TryRng for Stuck {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.0 >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.0)
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Infallible> {
        destination.fill(self.0 as u8);
        Ok(())
    }
}

/// The smallest and the largest uniform give the ends of what is drawn by inversion, and never a
/// value of share 0.
#[test]
fn the_outermost_uniforms_give_the_outermost_values() {
    let thirds = vec![1.0 / 3.0; 3];
    let ends = [
        (Uniform { min: 3.0, max: 5.0 }, 3.0, 5.0),
        (
            Triangular {
                min: 3.0,
                mode: 4.0,
                max: 5.0,
            },
            3.0,
            5.0,
        ),
        (
            Discrete {
                values: vec![7.0, 1.0, 4.0],
                shares: thirds,
            },
            1.0,
            7.0,
        ),
        (
            Discrete {
                values: vec![0.0, 2.0, 9.0],
                shares: vec![0.0, 1.0, 0.0],
            },
            2.0,
            2.0,
        ),
        (Empirical(vec![6.0, 2.0, 4.0]), 2.0, 6.0),
    ];
    for (distribution, least, most) in ends {
        let sampler = distribution.sampler();
        let smallest = sampler.sample(&mut Stuck(0));
        let largest = sampler.sample(&mut Stuck(u64::MAX));
        assert!(
            (smallest - least).abs() < 1e-7,
            "{distribution:?}: {smallest}"
        );
        assert!((largest - most).abs() < 1e-7, "{distribution:?}: {largest}");
        assert!(largest <= most, "{distribution:?}: {largest}");
    }
}

/// What is drawn by inversion inverts the cumulative distribution at every uniform.
#[test]
fn inversion_inverts() {
    let inverted = continuous();
    for distribution in inverted
        .iter()
        .filter(|distribution| matches!(distribution, Uniform { .. } | Triangular { .. }))
    {
        let sampler = distribution.sampler();
        for step in 0..1_000 {
            let word = (2 * step + 1) * (u64::MAX / 2_000);
            let uniform = word as f64 / u64::MAX as f64;
            let below = distribution.cdf(sampler.sample(&mut Stuck(word)));
            assert!(
                (below - uniform).abs() < 1e-12,
                "{distribution:?} at {uniform}"
            );
        }
    }
}

/// Parameters at the limits of the check.
#[test]
fn whatever_the_check_allows_can_be_drawn() {
    let (tiny, huge) = (f64::MIN_POSITIVE, 1e9);
    let mut extremes = vec![
        Constant(0.0),
        Constant(huge),
        Uniform {
            min: 0.0,
            max: tiny,
        },
        Triangular {
            min: 0.0,
            mode: huge,
            max: huge,
        },
        Normal {
            mean: 0.0,
            sd: huge,
        },
        Normal {
            mean: huge,
            sd: tiny,
        },
        Weibull {
            shape: 0.1,
            scale: 1.0,
        },
        Weibull {
            shape: 1e3,
            scale: huge / 2.0,
        },
        Geometric { mean: huge },
        Hyperexponential {
            shares: vec![1.0],
            means: vec![huge],
        },
        Discrete {
            values: vec![huge],
            shares: vec![1.0],
        },
    ];
    for mean in [tiny, huge] {
        extremes.push(Exponential { mean });
        extremes.push(Poisson { mean });
        extremes.push(Erlang {
            stages: 1_000_000,
            mean,
        });
        for cv in [1e-6, 1e3] {
            extremes.push(Gamma { mean, cv });
            extremes.push(Lognormal { mean, cv });
        }
    }
    for distribution in extremes {
        assert_eq!(distribution.check(), Ok(()), "{distribution:?}");
        let sampler = distribution.sampler();
        let mut rng = SplitMix(9);
        for _ in 0..2_000 {
            let value = sampler.sample(&mut rng);
            assert!(
                value.is_finite() && value >= 0.0,
                "{distribution:?}: {value}"
            );
        }
        assert!(distribution.mean().is_finite() && distribution.variance().is_finite());
        let middle = distribution.cdf(distribution.mean());
        assert!((0.0..=1.0).contains(&middle), "{distribution:?}: {middle}");
    }
}
