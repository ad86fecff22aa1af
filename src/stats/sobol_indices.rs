//! Which inputs a result's variance comes from: Sobol' indices, first-order and total.
//!
//! The first-order index of an input is the share of the variance that would go if it were known; the
//! total index the share that would stay if all others were. Their difference is interaction. Two sets
//! of points, A and B, and for each input A with that input's column from B: points x (inputs + 2) runs in
//! all. No generator is built here; the caller hands in the points and, for the intervals, uniform numbers.
//!
//! Sources: Sobol' (1993), Mathematical Modelling and Computational Experiments 1(4) 407-414; Saltelli,
//! Annoni, Azzini, Campolongo, Ratto & Tarantola (2010), Variance based sensitivity analysis of model
//! output, Computer Physics Communications 181(2) 259-270, table 2 (b) for first-order indices and (f), after
//! Jansen (1999), for total ones; Archer, Saltelli & Sobol' (1997), Journal of Statistical Computation and
//! Simulation 58(2) 99-120, for the bootstrap.

/// A share of the variance with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The estimate; a little below 0 where there is nothing to find.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// The indices of one input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Indices {
    /// First-order: what the input explains by itself.
    pub first: Share,
    /// Total: what it explains by itself or together with others.
    pub total: Share,
}

/// Runs of one base point: A, B, and A with each input from B in turn.
#[must_use]
pub const fn runs_of_a_point(inputs: usize) -> usize {
    inputs + 2
}

/// The points to run: for each of `base` points A, B and the mixed ones, `[run][input]`. `coordinate` gives
/// the coordinate of a base point in one of 2 x inputs dimensions, A's first.
///
/// Worked: of one point (a, b, c, d) and two inputs: (a, b), (c, d), (c, b), (a, d).
#[must_use]
pub fn design(
    base: usize,
    inputs: usize,
    coordinate: impl Fn(usize, usize) -> f64,
) -> Vec<Vec<f64>> {
    let mut runs = Vec::with_capacity(base * runs_of_a_point(inputs));
    for point in 0..base {
        let a: Vec<f64> = (0..inputs).map(|input| coordinate(point, input)).collect();
        let b: Vec<f64> = (0..inputs)
            .map(|input| coordinate(point, inputs + input))
            .collect();
        let mixed = (0..inputs).map(|input| {
            let mut mixed = a.clone();
            mixed[input] = b[input];
            mixed
        });
        let mixed: Vec<Vec<f64>> = mixed.collect();
        runs.extend([a.clone(), b]);
        runs.extend(mixed);
    }
    runs
}

/// The indices of each input from the outcomes of [`design`], run by run, with intervals of confidence
/// 1 - `alpha` from `resamples` bootstrap samples of the base points (basic percentiles). `None` where
/// the outcome does not vary, for fewer than two base points, and where outcomes are missing.
///
/// First-order, of input i: mean of f(B) (f(A with i from B) - f(A)) over the variance; total: half the mean of
/// (f(A) - f(A with i from B))^2 over the variance. The variance and the mean are those of A and B
/// together; outcomes are taken from the mean first, which leaves the expectation and lowers the error.
#[must_use]
pub fn indices(
    outcomes: &[f64],
    inputs: usize,
    (resamples, alpha): (usize, f64),
    mut uniform: impl FnMut() -> f64,
) -> Option<Vec<Indices>> {
    let points: Vec<&[f64]> = outcomes.chunks(runs_of_a_point(inputs)).collect();
    let whole = points
        .iter()
        .all(|point| point.len() == runs_of_a_point(inputs));
    if points.len() < 2 || !whole || outcomes.iter().any(|it| !it.is_finite()) {
        return None;
    }
    let all: Vec<usize> = (0..points.len()).collect();
    let found = estimates(&points, &all, inputs)?;
    let mut samples: Vec<Vec<[f64; 2]>> = vec![Vec::with_capacity(resamples); inputs];
    for _ in 0..resamples {
        let draw = |_| ((uniform() * points.len() as f64) as usize).min(points.len() - 1);
        let chosen: Vec<usize> = all.iter().map(draw).collect();
        // A sample of points that are all the same says nothing.
        let Some(estimates) = estimates(&points, &chosen, inputs) else {
            continue;
        };
        for (sample, estimate) in samples.iter_mut().zip(estimates) {
            sample.push(estimate);
        }
    }
    let of_input = |(found, sample): (&[f64; 2], &Vec<[f64; 2]>)| {
        let [first, total] = [0, 1].map(|which| {
            let values = sample.iter().map(|it| it[which]).collect();
            share(found[which], values, alpha)
        });
        Some(Indices {
            first: first?,
            total: total?,
        })
    };
    found.iter().zip(&samples).map(of_input).collect()
}

/// First-order and total index of each input from the chosen points.
fn estimates(points: &[&[f64]], chosen: &[usize], inputs: usize) -> Option<Vec<[f64; 2]>> {
    let count = chosen.len() as f64;
    let of = |which: usize| chosen.iter().map(move |point| points[*point][which]);
    let mean = (of(0).sum::<f64>() + of(1).sum::<f64>()) / (2.0 * count);
    let squares: f64 = of(0).chain(of(1)).map(|it| (it - mean).powi(2)).sum();
    let variance = squares / (2.0 * count - 1.0);
    if variance <= 0.0 {
        return None;
    }
    let of_input = |input: usize| {
        let (mut first, mut total) = (0.0, 0.0);
        for point in chosen {
            let (a, b, mixed) = (
                points[*point][0],
                points[*point][1],
                points[*point][2 + input],
            );
            first += (b - mean) * (mixed - a);
            total += (a - mixed).powi(2) / 2.0;
        }
        [first / count / variance, total / count / variance]
    };
    Some((0..inputs).map(of_input).collect())
}

/// The interval between the quantiles of the bootstrap values; `None` without any.
fn share(value: f64, mut values: Vec<f64>, alpha: f64) -> Option<Share> {
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |p: f64| values[((last as f64 * p).round() as usize).min(last)];
    Some(Share {
        value,
        low: at(alpha / 2.0),
        high: at(1.0 - alpha / 2.0),
    })
}

#[cfg(test)]
mod tests {
    use super::super::congruence::numbers;
    use super::super::sobol_sequence::{direction_numbers, owen_scrambled, sobol_point};
    use super::*;
    use std::f64::consts::PI;

    /// A scrambled Sobol' design of so many base points.
    fn scrambled(base: usize, inputs: usize) -> Vec<Vec<f64>> {
        let numbers: Vec<_> = (0..2 * inputs).map(direction_numbers).collect();
        let coin = |dimension: usize| {
            move |known: u32, before: u32| {
                let mixed =
                    (u64::from(before) << 8 ^ u64::from(known) ^ (dimension as u64 + 7) << 48)
                        .wrapping_mul(0x9E37_79B9_7F4A_7C15);
                let mixed = (mixed ^ mixed >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                mixed >> 40 & 1 == 1
            }
        };
        design(base, inputs, |point, dimension| {
            owen_scrambled(
                sobol_point(point as u32, &numbers[dimension]),
                coin(dimension),
            )
        })
    }

    fn found(base: usize, inputs: usize, f: impl Fn(&[f64]) -> f64) -> Vec<Indices> {
        let outcomes: Vec<f64> = scrambled(base, inputs).iter().map(|x| f(x)).collect();
        indices(&outcomes, inputs, (500, 0.05), numbers(9)).expect("an outcome that varies")
    }

    /// Every truth lies in its interval, and no interval is wide.
    fn assert_holds(found: &[Indices], truths: &[[f64; 2]], width: f64) {
        for (input, (found, truths)) in found.iter().zip(truths).enumerate() {
            for (share, truth) in [found.first, found.total].iter().zip(truths) {
                let holds = (share.low..=share.high).contains(truth);
                assert!(holds, "input {input}: {share:?} without {truth}");
                assert!(share.high - share.low < width, "input {input}: {share:?}");
            }
        }
    }

    /// Ishigami & Homma (1990) with a = 7, b = 0.1: closed forms.
    #[test]
    fn ishigami() {
        let f = |x: &[f64]| {
            let [x, y, z] = [x[0], x[1], x[2]].map(|u| (2.0 * u - 1.0) * PI);
            x.sin() + 7.0 * y.sin().powi(2) + 0.1 * z.powi(4) * x.sin()
        };
        let truths = [
            [0.313_905, 0.557_589],
            [0.442_411, 0.442_411],
            [0.0, 0.243_684],
        ];
        let found = found(4_096, 3, f);
        assert_holds(&found, &truths, 0.12);
        for (found, truth) in found.iter().zip(truths) {
            assert!((found.first.value - truth[0]).abs() < 0.02, "{found:?}");
            assert!((found.total.value - truth[1]).abs() < 0.02, "{found:?}");
        }
    }

    /// Sobol's g-function with a = 0, 1, 4.5, 9, 99, 99, 99, 99: closed forms.
    #[test]
    fn g_function() {
        let a = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0];
        let f = |x: &[f64]| {
            x.iter()
                .zip(a)
                .map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a))
                .product()
        };
        let part = a.map(|a: f64| 1.0 / (3.0 * (1.0 + a).powi(2)));
        let variance = part.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
        let truths = part.map(|v| {
            let others = (variance + 1.0) / (1.0 + v);
            [v / variance, v * others / variance]
        });
        assert!((truths[0][0] - 0.716_192).abs() < 5e-7 && (truths[0][1] - 0.787_144).abs() < 5e-7);
        let found = found(2_048, 8, f);
        for (found, truth) in found.iter().zip(truths) {
            assert!(
                (found.first.value - truth[0]).abs() < 0.02,
                "{found:?} {truth:?}"
            );
            assert!(
                (found.total.value - truth[1]).abs() < 0.02,
                "{found:?} {truth:?}"
            );
        }
        assert_holds(&found[..2], &truths[..2], 0.15);
    }

    /// Of a sum each input has the share of its own variance, and no interaction.
    #[test]
    fn a_sum_has_no_interaction() {
        let found = found(1_024, 2, |x| x[0] + 2.0 * x[1]);
        for (found, truth) in found.iter().zip([0.2, 0.8]) {
            assert!((found.first.value - truth).abs() < 0.01, "{found:?}");
            assert!((found.total.value - truth).abs() < 0.01, "{found:?}");
        }
    }

    /// Random points, 400 times: the 95% interval of each index holds the truth in 95% of them, the
    /// standard error of which is 1.1%; the bootstrap of 64 points is a little short of it.
    #[test]
    fn intervals_hold_about_as_often_as_they_say() {
        let (mut uniform, mut resample) = (numbers(11), numbers(12));
        let (mut held, mut below, mut above) = ([0; 2], 0, 0);
        for _ in 0..400 {
            let coordinates: Vec<f64> = (0..64 * 4).map(|_| uniform()).collect();
            let runs = design(64, 2, |point, dimension| coordinates[point * 4 + dimension]);
            let outcomes: Vec<f64> = runs.iter().map(|x| x[0] + 2.0 * x[1]).collect();
            let found = indices(&outcomes, 2, (200, 0.05), &mut resample).expect("it varies");
            for (held, share) in held.iter_mut().zip([found[1].first, found[1].total]) {
                *held += u32::from((share.low..=share.high).contains(&0.8));
                below += u32::from(share.high < 0.8);
                above += u32::from(share.low > 0.8);
            }
        }
        for held in held {
            assert!((364..=396).contains(&held), "{held} of 400");
        }
        // Neither end misses much more often than the other: 20 of 800 each are expected.
        assert!(below <= 45 && above <= 45, "{below} below, {above} above");
    }

    #[test]
    fn the_design_by_hand() {
        let runs = design(1, 2, |_, dimension| [0.1, 0.2, 0.3, 0.4][dimension]);
        assert_eq!(runs, [[0.1, 0.2], [0.3, 0.4], [0.3, 0.2], [0.1, 0.4]]);
    }

    #[test]
    fn what_does_not_vary_or_is_missing_has_no_indices() {
        let of = |outcomes: &[f64]| indices(outcomes, 1, (10, 0.05), numbers(1));
        assert_eq!(of(&[1.0; 6]), None);
        assert_eq!(of(&[1.0, 2.0, 3.0]), None, "one point");
        assert_eq!(of(&[1.0, 2.0, 3.0, 4.0]), None, "half a point");
        assert_eq!(of(&[1.0, 2.0, f64::NAN, 4.0, 5.0, 6.0]), None);
    }
}
