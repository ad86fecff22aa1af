//! Coverage of the estimators on samples whose truth is known, apart from the engine.

use splw_sim::stats::{
    Estimate, PrecisionTarget, Progress, ReplicationsAlgorithm, mean, order_statistic_interval,
    paired_difference, share_interval,
};

use super::{SEED, Z, assert_coverage};
use crate::dice::Dice;

const EXPERIMENTS: usize = 20_000;

/// In how many samples of `n` values of `draw` the interval of `estimate` covers `truth`.
fn covering(
    n: usize,
    truth: f64,
    estimate: fn(&[f64]) -> Option<Estimate>,
    mut draw: impl FnMut(&mut Dice) -> f64,
) -> usize {
    (0..EXPERIMENTS)
        .filter(|experiment| {
            let mut chance = Dice::new(SEED + *experiment as u64);
            let values: Vec<f64> = (0..n).map(|_| draw(&mut chance)).collect();
            estimate(&values).expect("some values").covers(truth)
        })
        .count()
}

/// The t interval is exact on normal values, however few. A divisor n in place of n - 1 would give
/// 92.8% for three values and 93.2% for five, the normal's 1.96 81.1% and 87.8%.
#[test]
fn t_intervals_cover_exactly_on_normal_values() {
    for n in [2, 3, 5, 10] {
        let covered = covering(n, 7.0, Estimate::of, |chance| 7.0 + 3.0 * chance.normal());
        assert_coverage(covered, EXPERIMENTS, 0.95, 0.95, &format!("n = {n}"));
    }
}

/// On skewed values t intervals cover a little less than they say, which is why replications are to
/// be long: for ten exponential values 90.0% (of a million samples drawn by NumPy: 90.03%).
#[test]
fn t_intervals_cover_less_on_skewed_values_by_a_known_amount() {
    let covered = covering(10, 1.0, Estimate::of, Dice::exponential);
    assert_coverage(covered, EXPERIMENTS, 0.895, 0.905, "exponential");
}

/// Shares of some people to each of whom it happens with a chance that differs from replication to
/// replication: uniform from 0 to twice the mean. The coverage is held against 200,000 samples drawn
/// by NumPy with the same formula; the plain t interval would cover 91.9, 93.7 and 94.8% of the
/// first three, and miss four times as often upwards as downwards.
#[test]
fn share_intervals_cover_near_an_edge() {
    let share = |mean: f64, people: u32| {
        move |chance: &mut Dice| {
            let p = 2.0 * mean * chance.uniform();
            let happened = (0..people).filter(|_| chance.uniform() < p).count();
            happened as f64 / f64::from(people)
        }
    };
    for (mean, n, people, known) in [
        (0.02, 5, 100, 0.9632),
        (0.03, 20, 40, 0.9520),
        (0.06, 50, 40, 0.9518),
    ] {
        let covered = covering(n, mean, share_interval, share(mean, people));
        assert_coverage(
            covered,
            EXPERIMENTS,
            known,
            known,
            &format!("{mean} of {n}"),
        );
        let mirrored = |chance: &mut Dice| 1.0 - share(mean, people)(chance);
        let again = covering(n, 1.0 - mean, share_interval, mirrored);
        assert!(again.abs_diff(covered) <= 2, "{again} and {covered}");
    }
    let covered = covering(20, 0.4, share_interval, share(0.4, 40));
    assert_coverage(covered, EXPERIMENTS, 0.945, 0.955, "the plain interval");
}

/// Order statistics cover exactly what they say, whatever the distribution.
#[test]
fn order_statistics_cover_what_they_say() {
    for (n, p) in [(100, 0.9), (30, 0.9), (100, 0.5), (50, 0.25)] {
        let interval = order_statistic_interval(n, p, 0.05).expect("a proper share");
        let truth = -(1.0_f64 - p).ln();
        let covered = (0..EXPERIMENTS)
            .filter(|experiment| {
                let mut chance = Dice::new(SEED + *experiment as u64);
                let mut values: Vec<f64> = (0..n).map(|_| chance.exponential()).collect();
                values.sort_unstable_by(f64::total_cmp);
                let (low, high) = interval.ends(&values);
                low.is_none_or(|low| low <= truth) && high.is_none_or(|high| truth < high)
            })
            .count();
        let exact = interval.coverage;
        assert!(exact >= 0.95);
        assert_coverage(covered, EXPERIMENTS, exact, exact, &format!("{n} {p}"));
    }
}

/// Pairs with correlation 0.8 and equal spread: Var(difference) = 2 (1 - 0.8) = 0.4, a fifth of that
/// of independent pairs. Its estimate from ten has the standard deviation 0.4 sqrt(2/9), the mean of
/// 20,000 of them 0.00133.
#[test]
fn paired_differences_cover_and_are_narrow() {
    let mut variances = Vec::with_capacity(EXPERIMENTS);
    let mut covered = 0;
    for experiment in 0..EXPERIMENTS {
        let mut chance = Dice::new(SEED + experiment as u64);
        let mut pair = || {
            let shared = chance.normal();
            (shared, 1.5 + 0.8 * shared + 0.6 * chance.normal())
        };
        let (before, after): (Vec<f64>, Vec<f64>) = (0..10).map(|_| pair()).unzip();
        let difference = paired_difference(&before, &after).expect("ten pairs");
        covered += usize::from(difference.covers(1.5));
        variances.push(difference.sd.expect("ten pairs").powi(2));
    }
    assert_coverage(covered, EXPERIMENTS, 0.95, 0.95, "paired");
    let variance = mean(&variances).expect("many");
    assert!((variance - 0.4).abs() < Z * 0.00133, "{variance}");
}

/// Runs until 10% is reached: how many of the intervals then cover 1, and the mean number run.
fn replicating(draw: impl Fn(&mut Dice) -> f64) -> (usize, f64) {
    const RUNS: usize = 3_000;
    let (mut covered, mut run) = (0, 0);
    for experiment in 0..RUNS {
        let mut chance = Dice::new(SEED + experiment as u64);
        let mut algorithm = ReplicationsAlgorithm::new(PrecisionTarget {
            relative: 0.1,
            budget: 10_000,
            ..PrecisionTarget::default()
        });
        let mut progress = Progress::Continue;
        while progress == Progress::Continue {
            progress = algorithm.push(draw(&mut chance));
        }
        assert!(matches!(progress, Progress::Reached { .. }));
        let estimate = algorithm.estimate().expect("some values");
        assert!(estimate.half_width().expect("several") <= 0.1 * estimate.mean * (1.0 + 1e-9));
        covered += usize::from(estimate.covers(1.0));
        run += algorithm.run();
    }
    (covered, run as f64 / RUNS as f64)
}

/// Stopping when the interval is narrow stops too soon too often, so the coverage is below 95%
/// (Hoad, Robinson & Davies 2010 report the same); the look-ahead keeps it above 90%. Normal values
/// with a coefficient of variation of 0.4 need about (1.96 x 0.4 / 0.1)^2 = 61, exponential ones
/// (1.96 / 0.1)^2 = 384, and as many more as the look-ahead has.
#[test]
fn the_replications_algorithm_reaches_precision_and_covers() {
    let (covered, run) = replicating(|chance| 1.0 + 0.4 * chance.normal());
    assert_coverage(covered, 3_000, 0.91, 0.95, "normal");
    assert!((60.0..75.0).contains(&run), "{run}");
    let (covered, run) = replicating(Dice::exponential);
    assert_coverage(covered, 3_000, 0.91, 0.95, "exponential");
    assert!((370.0..420.0).contains(&run), "{run}");
}
