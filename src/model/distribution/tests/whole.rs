//! What rounding makes of a law: whole contacts and whole seconds, against exact probabilities.

use super::super::to_count;
use super::textbook::Law;
use super::*;
use crate::goodness::{SEED, assert_frequencies};
use crate::model::SimDuration;
use crate::model::time::SECONDS_PER_DAY;

const DRAWS: u32 = 1_000_000;

/// P(k - 1/2 <= X < k + 1/2) for k = 0, 1, …, until 1e-12 is left: halves go up.
fn exact(law: &Law) -> Vec<f64> {
    let below = |x: f64| match law {
        // A half itself goes up, which matters where it has a probability of its own.
        Law::Atoms(_) => law.below(x - 1e-9),
        Law::Smooth(_) => law.below(x),
    };
    let mut shares = Vec::new();
    let mut under = 0.0;
    while 1.0 - under > 1e-12 && shares.len() < 100_000 {
        let next = below(shares.len() as f64 + 0.5);
        shares.push(next - under);
        under = next;
    }
    shares
}

/// The table that the workload is worked out from, entry by entry, within 1e-9.
#[test]
fn the_table_of_a_rounded_law_is_exact() {
    let mut compared = 0;
    for distribution in continuous().into_iter().chain(discrete()) {
        let table = distribution.rounded();
        if table.len() > 40_000 || distribution.mean() > 10_000.0 {
            continue;
        }
        let exact = exact(&distribution.textbook());
        let mut found = vec![0.0; exact.len()];
        for (number, share) in table {
            match found.get_mut(number as usize) {
                Some(place) => *place = share,
                None => assert!(share < 1e-9, "{distribution:?} at {number}: {share}"),
            }
        }
        // Beyond shape 100,000 the textbook's own expansion is good to 1e-5 only.
        let is_rough = matches!(distribution, Gamma { cv, .. } if cv < 0.003);
        let tolerance = if is_rough { 1e-5 } else { 1e-9 };
        for (number, (one, other)) in found.iter().zip(&exact).enumerate() {
            assert!(
                (one - other).abs() < tolerance,
                "{distribution:?} at {number}: {one} for {other}"
            );
        }
        compared += 1;
    }
    assert!(compared >= 27, "{compared}");
}

/// An exponential time of mean m, rounded, is 0 with probability 1 - exp(-1/2m) and has the mean
/// 1 / (2 sinh(1/2m)): 0.9595 for m = 1.
#[test]
fn a_rounded_exponential_has_its_closed_form() {
    for mean in [0.3_f64, 1.0, 7.0] {
        let half = 0.5 / mean;
        let table = Exponential { mean }.rounded();
        assert!((table[0].1 - (1.0 - (-half).exp())).abs() < 1e-12);
        let found: f64 = table.iter().map(|(k, share)| f64::from(*k) * share).sum();
        let expected = 1.0 / (2.0 * half.sinh());
        assert!((found - expected).abs() < 1e-9, "{found} for {expected}");
    }
}

/// A million draws, rounded by `to_whole`, against the exact probabilities of the law in the whole
/// unit.
fn check_rounding(distribution: &Distribution, in_units: &Law, to_whole: impl Fn(f64) -> u64) {
    let exact = exact(in_units);
    let sampler = distribution.sampler();
    let mut rng = SplitMix(SEED);
    let mut counts = vec![0_u32; exact.len() + 1];
    for _ in 0..DRAWS {
        let whole = to_whole(sampler.sample(&mut rng)) as usize;
        counts[whole.min(exact.len())] += 1;
    }
    assert_eq!(counts.pop(), Some(0), "{distribution:?}: beyond its law");
    let n = f64::from(DRAWS);
    let mut cells = vec![(0.0, 0.0)];
    for (count, share) in counts.iter().zip(&exact) {
        if cells
            .last()
            .is_some_and(|(_, expected)| *expected >= 1_000.0)
        {
            cells.push((0.0, 0.0));
        }
        let cell = cells.last_mut().expect("never empty");
        *cell = (cell.0 + f64::from(*count), cell.1 + share * n);
    }
    if cells.len() > 1
        && cells
            .last()
            .is_some_and(|(_, expected)| *expected < 1_000.0)
    {
        let (count, expected) = cells.pop().expect("more than one");
        let last = cells.last_mut().expect("more than one");
        *last = (last.0 + count, last.1 + expected);
    }
    assert_frequencies(&cells, &format!("{distribution:?}"));
}

#[test]
fn whole_contacts_have_their_probabilities() {
    let rows = [
        Triangular {
            min: 3.0,
            mode: 6.0,
            max: 9.0,
        },
        Gamma { mean: 6.0, cv: 0.6 },
        Gamma { mean: 1.2, cv: 1.5 },
        Lognormal { mean: 6.0, cv: 0.5 },
        Normal { mean: 2.0, sd: 2.0 },
        Geometric { mean: 4.0 },
        Poisson { mean: 5.0 },
        Poisson { mean: 12.0 },
        Weibull {
            shape: 1.5,
            scale: 4.0,
        },
        Erlang {
            stages: 3,
            mean: 2.0,
        },
        Hyperexponential {
            shares: vec![0.5, 0.5],
            means: vec![0.4, 6.0],
        },
        // Halves of their own: 0.5 is 1, 2.5 is 3.
        Discrete {
            values: vec![0.5, 2.5, 1.0, 0.49],
            shares: vec![0.4, 0.3, 0.2, 0.1],
        },
        Empirical(vec![0.5, 1.5, 3.5, 2.4, 7.0]),
    ];
    for row in rows {
        check_rounding(&row, &row.textbook(), |value| u64::from(to_count(value)));
    }
}

/// From 0 to 3, a sixth, two thirds in the middle, a sixth: by hand.
#[test]
fn a_uniform_count_has_half_cells_at_its_ends() {
    let table = Uniform { min: 0.0, max: 3.0 }.rounded();
    let expected = [1.0 / 6.0, 1.0 / 3.0, 1.0 / 3.0, 1.0 / 6.0];
    assert_eq!(table.len(), 4);
    for ((number, share), (index, wanted)) in table.iter().zip(expected.iter().enumerate()) {
        assert_eq!(*number as usize, index);
        assert!((share - wanted).abs() < 1e-12, "{number}: {share}");
    }
}

/// Minutes and days as whole seconds, for lengths of a few seconds, where rounding shows. The law
/// in seconds is the same kind with its lengths multiplied.
#[test]
fn whole_seconds_have_their_probabilities() {
    let day = SECONDS_PER_DAY as f64;
    for seconds in [0.7, 4.0, 40.0] {
        let kinds: [fn(f64) -> Distribution; 4] = [
            |mean| Exponential { mean },
            |mean| Gamma { mean, cv: 0.4 },
            |mean| Lognormal { mean, cv: 0.8 },
            |mean| Uniform {
                min: 0.0,
                max: 2.0 * mean,
            },
        ];
        for kind in kinds {
            let law = kind(seconds).textbook();
            check_rounding(&kind(seconds / 60.0), &law, |minutes| {
                SimDuration::from_minutes(minutes).seconds()
            });
            check_rounding(&kind(seconds / day), &law, |days| {
                SimDuration::from_days(days).seconds()
            });
        }
    }
}
