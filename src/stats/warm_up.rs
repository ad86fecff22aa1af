//! Where a series settles: how much of its beginning to leave out, and whether that is enough.
//!
//! MSER leaves out as much of the beginning as makes the standard error of the mean of the rest
//! smallest, a beginning that differs adding more to the spread than its length is worth. Sources:
//! White (1997), An effective truncation heuristic for bias reduction in simulation output,
//! Simulation 69(6) 323-334; White, Cobb & Spratt (2000) for means of batches of five (MSER-5).

use super::moments::mean;

/// Values in a batch of MSER-5.
pub const MSER_5: usize = 5;

/// Batches below which nothing is said: the half that may not be dropped needs at least two.
const FEWEST_BATCHES: usize = 4;

/// Where to cut off the beginning of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Truncation {
    /// Values to leave out at the beginning, a multiple of the batch.
    pub drop: usize,
    /// The most that may be left out: half of the whole batches, in values.
    pub bound: usize,
    /// Whether `drop` is that most. Then the series has not settled within its first half, and
    /// there is no telling whether it has later: it should be longer, or begin later. (A change
    /// that comes in the second half alone is no matter of the beginning and is not seen.)
    pub hit_bound: bool,
}

/// Where to cut off the beginning of `series`, by means of `batch` consecutive values; `None` when
/// `batch` is 0 or there are fewer than four whole batches.
///
/// With batch means y(1) to y(n): d* = argmin over 0 <= d <= n/2 of var(y(d+1) to y(n)) / (n - d),
/// var having the divisor n - d, and the least d where several are equal. What is left over at the
/// end and fills no batch is not used. Noise in the series is to be small beside the changes looked
/// for: average over replications first. All values are finite.
///
/// Worked: 10 fifty times, then 0 and 1 in turns 450 times, in batches of 5: 50 are dropped, which
/// is less than the bound of 250. A straight line hits the bound.
#[must_use]
pub fn mser(series: &[f64], batch: usize) -> Option<Truncation> {
    if batch == 0 || series.len() / batch < FEWEST_BATCHES {
        return None;
    }
    let batches: Vec<f64> = series.chunks_exact(batch).filter_map(mean).collect();
    let most = batches.len() / 2;
    let errors = squared_errors(&batches, most);
    let best = (1..=most).fold(0, |best, d| if errors[d] < errors[best] { d } else { best });
    Some(Truncation {
        drop: best * batch,
        bound: most * batch,
        hit_bound: best == most,
    })
}

/// var(y(d+1) to y(n)) / (n - d) for d from 0 to `most`, in one pass from the end (Welford 1962,
/// so that a large mean does not drown the spread).
fn squared_errors(values: &[f64], most: usize) -> Vec<f64> {
    let mut errors = vec![0.0; most + 1];
    let (mut n, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for (d, value) in values.iter().enumerate().rev() {
        n += 1.0;
        let before = value - mean;
        mean += before / n;
        squares += before * (value - mean);
        if let Some(error) = errors.get_mut(d) {
            *error = squares / (n * n);
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition, term by term.
    fn by_definition(series: &[f64], batch: usize) -> Vec<f64> {
        let n = series.len() / batch;
        let batches: Vec<f64> = (0..n)
            .map(|k| series[k * batch..(k + 1) * batch].iter().sum::<f64>() / batch as f64)
            .collect();
        let error = |d: usize| {
            let rest = &batches[d..];
            let m = rest.len() as f64;
            let mean = rest.iter().sum::<f64>() / m;
            rest.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / m / m
        };
        (0..=n / 2).map(error).collect()
    }

    fn step(level: f64, long: usize, rest: usize) -> Vec<f64> {
        let after = (0..rest).map(|i| f64::from(u8::from(i % 2 == 1)));
        std::iter::repeat_n(level, long).chain(after).collect()
    }

    #[test]
    fn a_step_is_cut_off_where_it_ends() {
        let truncation = mser(&step(10.0, 50, 450), MSER_5).expect("a hundred batches");
        let expected = Truncation {
            drop: 50,
            bound: 250,
            hit_bound: false,
        };
        assert_eq!(truncation, expected);
        // In the middle of a batch: the mixed batch goes too.
        assert_eq!(
            mser(&step(10.0, 52, 448), MSER_5).map(|it| it.drop),
            Some(55)
        );
    }

    /// Batches of one: 4, 0, 1, 0, 1. d = 0: mean 1.2, squares 10.8, 10.8 / 25 = 0.432; d = 1: mean
    /// 0.5, squares 1, 1 / 16 = 0.0625; d = 2: mean 2/3, squares 2/3, 2/27 = 0.0741.
    #[test]
    fn five_values_by_hand() {
        let errors = squared_errors(&[4.0, 0.0, 1.0, 0.0, 1.0], 2);
        for (error, target) in errors.iter().zip([0.432, 0.0625, 2.0 / 27.0]) {
            assert!((error - target).abs() < 1e-12, "{error} is not {target}");
        }
        let truncation = mser(&[4.0, 0.0, 1.0, 0.0, 1.0], 1).expect("five batches");
        assert_eq!((truncation.drop, truncation.hit_bound), (1, false));
    }

    /// The rest of a line of n has the variance (m^2 - 1)/12 for m = n - d, and (m^2 - 1)/(12 m)
    /// falls with d: the bound.
    #[test]
    fn what_never_settles_hits_the_bound() {
        let line: Vec<f64> = (0..100).map(f64::from).collect();
        let truncation = mser(&line, MSER_5).expect("twenty batches");
        assert_eq!((truncation.drop, truncation.bound), (50, 50));
        assert!(truncation.hit_bound);
        // Half of the way after 69: slower than its half.
        let slow: Vec<f64> = (0..100).map(|i| (-0.01 * f64::from(i)).exp()).collect();
        assert!(mser(&slow, MSER_5).is_some_and(|it| it.hit_bound));
        // It is about beginnings: a change that comes late is not seen.
        let late = mser(&step(10.0, 70, 30), MSER_5).expect("twenty batches");
        assert_eq!((late.drop, late.hit_bound), (0, false));
    }

    #[test]
    fn few_values_say_nothing_and_equal_ones_lose_nothing() {
        assert_eq!(mser(&[1.0; 19], MSER_5), None);
        assert_eq!(mser(&[1.0; 20], 0), None);
        assert_eq!(mser(&[], MSER_5), None);
        let flat = mser(&[7.3; 20], MSER_5).expect("four batches");
        assert_eq!((flat.drop, flat.bound, flat.hit_bound), (0, 10, false));
    }

    #[test]
    fn a_large_mean_does_not_drown_the_step() {
        let series: Vec<f64> = step(10.0, 50, 450).iter().map(|y| y + 1e9).collect();
        assert_eq!(mser(&series, MSER_5).map(|it| it.drop), Some(50));
    }

    proptest! {
        #[test]
        fn no_other_truncation_has_a_smaller_error(
            series in proptest::collection::vec(-50.0..50.0_f64, 4..120), batch in 1..7_usize,
        ) {
            let Some(truncation) = mser(&series, batch) else {
                prop_assert!(series.len() / batch < FEWEST_BATCHES);
                return Ok(());
            };
            let errors = by_definition(&series, batch);
            prop_assert_eq!(truncation.bound, (errors.len() - 1) * batch);
            prop_assert_eq!(truncation.hit_bound, truncation.drop == truncation.bound);
            prop_assert_eq!(truncation.drop % batch, 0);
            let least = errors[truncation.drop / batch];
            for error in &errors {
                prop_assert!(least <= error + 1e-9 * (1.0 + error));
            }
        }

        #[test]
        fn neither_unit_nor_level_nor_a_broken_batch_moves_it(
            series in proptest::collection::vec(-50..50_i32, 20..100), shift in -9..9_i32,
        ) {
            // Whole numbers and a factor of 2, so that both are exact; a batch of 1 for the same reason.
            let plain: Vec<f64> = series.iter().copied().map(f64::from).collect();
            let halved: Vec<f64> = plain.iter().map(|y| 0.5 * y).collect();
            prop_assert_eq!(mser(&plain, 1), mser(&halved, 1));
            let mirrored: Vec<f64> = plain.iter().map(|y| -y).collect();
            prop_assert_eq!(mser(&plain, MSER_5), mser(&mirrored, MSER_5));
            let mut longer = plain.clone();
            longer.truncate(plain.len() / MSER_5 * MSER_5);
            let whole = mser(&longer, MSER_5);
            longer.extend([f64::from(shift); MSER_5 - 1]);
            prop_assert_eq!(mser(&longer, MSER_5), whole);
        }
    }
}
