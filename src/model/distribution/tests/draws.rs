//! What draws do besides following their law (`laws`): constants, lists, ends, limits.

use super::*;

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
