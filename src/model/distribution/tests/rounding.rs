//! Tables of whole numbers against draws that are rounded, and their limits.

use std::collections::BTreeMap;

use super::super::to_count;
use super::*;

fn mean_of(entries: &[(u32, f64)]) -> f64 {
    entries
        .iter()
        .map(|(number, share)| f64::from(*number) * share)
        .sum()
}

fn probability_sum(entries: &[(u32, f64)]) -> f64 {
    entries.iter().map(|(_, share)| share).sum()
}

#[test]
fn halves_round_up() {
    let counts = [0.0, 0.49, 0.5, 2.4, 2.5, -3.0, f64::NAN, 1e300].map(to_count);
    assert_eq!(counts, [0, 0, 1, 2, 3, 0, 0, u32::MAX]);
}

#[test]
fn a_constant_is_one_number() {
    assert_eq!(Constant(7.5).rounded(), [(8, 1.0)]);
}

#[test]
fn listed_values_are_gathered_by_number() {
    let values = vec![2.5, 3.0, 1.0, 8.0];
    let shares = vec![0.25, 0.25, 0.5, 0.0];
    let expected = [(1, 0.5), (3, 0.5)];
    assert_eq!(Discrete { values, shares }.rounded(), expected);
    assert_eq!(Empirical(vec![2.5, 3.0, 1.0, 0.6]).rounded(), expected);
}

#[test]
fn whole_numbers_keep_their_probabilities() {
    let entries = Geometric { mean: 4.0 }.rounded();
    for (index, (number, share)) in entries.iter().take(40).enumerate() {
        assert_eq!(*number, index as u32 + 1);
        let expected = 0.25 * 0.75_f64.powi(index as i32);
        assert!((share - expected).abs() < 1e-12, "{number}: {share}");
    }
    let entries = Poisson { mean: 5.0 }.rounded();
    assert_eq!(entries[0].0, 0);
    assert!((entries[2].1 - 12.5 * (-5.0_f64).exp()).abs() < 1e-12);
    assert!((mean_of(&entries) - 5.0).abs() < 1e-9);
}

/// 200,000 draws, each cell within 5 standard errors.
#[test]
fn rounded_draws_have_the_tables_frequencies() {
    const DRAWS: u32 = 200_000;
    for distribution in continuous().into_iter().chain(discrete()) {
        let entries = distribution.rounded();
        assert!(
            (probability_sum(&entries) - 1.0).abs() < 1e-9,
            "{distribution:?}"
        );
        assert!(entries.is_sorted_by(|one, next| one.0 < next.0));
        if entries.len() > 1_000 {
            continue;
        }
        let sampler = distribution.sampler();
        let mut rng = SplitMix(3);
        let mut seen = BTreeMap::new();
        for _ in 0..DRAWS {
            *seen
                .entry(to_count(sampler.sample(&mut rng)))
                .or_insert(0_u32) += 1;
        }
        for (number, share) in &entries {
            let count = f64::from(seen.remove(number).unwrap_or(0));
            let expected = share * f64::from(DRAWS);
            let limit = 5.0 * (expected * (1.0 - share)).sqrt() + 2.0;
            assert!(
                (count - expected).abs() <= limit,
                "{distribution:?} at {number}"
            );
        }
        assert!(
            seen.is_empty(),
            "{distribution:?}: drawn and not listed: {seen:?}"
        );
    }
}

/// Wide and heavy-tailed distributions stay within the size and keep their mean.
#[test]
fn wide_distributions_are_lumped() {
    let wide = [
        Uniform { min: 0.0, max: 1e6 },
        Normal { mean: 1e9, sd: 1e8 },
        Poisson { mean: 1e9 },
        Exponential { mean: 1e7 },
        Lognormal {
            mean: 8.0,
            cv: 10.0,
        },
        Weibull {
            shape: 0.2,
            scale: 1.0,
        },
    ];
    for distribution in wide {
        let entries = distribution.rounded();
        assert!(entries.len() <= 100_000, "{distribution:?}");
        assert!(
            (probability_sum(&entries) - 1.0).abs() < 1e-9,
            "{distribution:?}"
        );
        let error = (mean_of(&entries) / distribution.mean() - 1.0).abs();
        // Rounding itself moves the mean of the skewed ones by up to half a unit in eight.
        let limit = if distribution.mean() < 1e3 {
            0.02
        } else {
            1e-4
        };
        assert!(
            error < limit,
            "{distribution:?}: the mean is off by {error}"
        );
    }
}
