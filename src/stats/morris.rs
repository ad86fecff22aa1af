//! Screening many inputs with few runs: elementary effects after Morris.
//!
//! A trajectory walks through a grid and changes one input a step; the change of the outcome over the
//! change of the input is an elementary effect. Of several trajectories the mean of an input's absolute
//! effects says how much it matters, and their spread how much that depends on where one stands: on
//! itself (curvature) or on other inputs (interaction), which one of them cannot be told. No generator is
//! built here; the caller hands in uniform numbers.
//!
//! Sources: Morris (1991), Factorial sampling plans for preliminary computational experiments,
//! Technometrics 33(2) 161-174; Campolongo, Cariboni & Saltelli (2007), An effective screening design for
//! sensitivity analysis of large models, Environmental Modelling & Software 22(10) 1509-1518 (mu*).

/// How much an input matters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Screening {
    /// Mean effect: of an input moved over its whole range, were its effect the same everywhere.
    pub mu: f64,
    /// Mean absolute effect, in which effects of either sign do not cancel.
    pub mu_star: f64,
    /// Standard deviation of the effects; 0 where the effect is the same everywhere.
    pub sigma: f64,
}

/// The points of `trajectories` walks over `inputs` inputs on a grid of `levels` levels (even) from 0 to
/// 1: inputs + 1 points each, one after the other, `[point][input]`. A step is
/// levels / (2 (levels - 1)), so that all levels are as likely. `uniform` gives independent numbers between 0
/// and 1: for each trajectory 2 inputs for the beginning and 1 fewer than there are inputs for the order.
///
/// Worked: with 4 levels the step is 2/3 and a walk begins at 0 or 1/3, or ends there.
///
/// # Panics
/// For an odd number of levels or fewer than 2.
#[must_use]
pub fn walks(
    inputs: usize,
    trajectories: usize,
    levels: usize,
    mut uniform: impl FnMut() -> f64,
) -> Vec<Vec<f64>> {
    assert!(
        levels >= 2 && levels.is_multiple_of(2),
        "an even number of levels"
    );
    let last = (levels - 1) as f64;
    let step = levels as f64 / (2.0 * last);
    let mut points = Vec::with_capacity(trajectories * (inputs + 1));
    for _ in 0..trajectories {
        // Where each input begins, and by how much it will change.
        let ends: Vec<(f64, f64)> = (0..inputs)
            .map(|_| {
                let low =
                    ((uniform() * (levels / 2) as f64) as usize).min(levels / 2 - 1) as f64 / last;
                if uniform() < 0.5 {
                    (low, step)
                } else {
                    (low + step, -step)
                }
            })
            .collect();
        let mut order: Vec<usize> = (0..inputs).collect();
        for at in (1..inputs).rev() {
            order.swap(at, ((uniform() * (at + 1) as f64) as usize).min(at));
        }
        let mut point: Vec<f64> = ends.iter().map(|(begin, _)| *begin).collect();
        points.push(point.clone());
        for input in order {
            point[input] += ends[input].1;
            points.push(point.clone());
        }
    }
    points
}

/// The effects of each input, one from each trajectory: `[input][trajectory]`. A trajectory with an
/// outcome that is not known gives none for the two steps that meet it.
#[must_use]
pub fn elementary_effects(points: &[Vec<f64>], outcomes: &[Option<f64>]) -> Vec<Vec<f64>> {
    let inputs = points.first().map_or(0, Vec::len);
    let mut effects = vec![Vec::new(); inputs];
    for (walk, outcomes) in points.chunks(inputs + 1).zip(outcomes.chunks(inputs + 1)) {
        for (pair, outcome) in walk.windows(2).zip(outcomes.windows(2)) {
            let changes = pair[1]
                .iter()
                .zip(&pair[0])
                .map(|(after, before)| after - before);
            let Some((input, change)) = changes.enumerate().find(|(_, change)| change.abs() > 0.0)
            else {
                continue;
            };
            if let (Some(before), Some(after)) = (outcome[0], outcome[1]) {
                effects[input].push((after - before) / change);
            }
        }
    }
    effects
}

impl Screening {
    /// Of the effects of an input; `None` for fewer than two.
    ///
    /// Worked: effects 1 and -3: mu -1, mu* 2, sigma 2.828427.
    #[must_use]
    pub fn of(effects: &[f64]) -> Option<Self> {
        let count = effects.len() as f64;
        if effects.len() < 2 {
            return None;
        }
        let mu = effects.iter().sum::<f64>() / count;
        let squares: f64 = effects.iter().map(|effect| (effect - mu).powi(2)).sum();
        Some(Self {
            mu,
            mu_star: effects.iter().map(|effect| effect.abs()).sum::<f64>() / count,
            sigma: (squares / (count - 1.0)).sqrt(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::congruence::numbers;
    use super::*;

    #[test]
    fn a_walk_changes_each_input_once_by_a_step_on_the_grid() {
        let points = walks(5, 20, 4, numbers(1));
        assert_eq!(points.len(), 120);
        for walk in points.chunks(6) {
            let mut changed = Vec::new();
            for pair in walk.windows(2) {
                let changes = pair[0].iter().zip(&pair[1]).enumerate();
                let changes: Vec<(usize, f64)> = changes
                    .map(|(input, (before, after))| (input, after - before))
                    .filter(|(_, change)| change.abs() > 0.0)
                    .collect();
                assert_eq!(changes.len(), 1);
                assert!((changes[0].1.abs() - 2.0 / 3.0).abs() < 1e-12);
                changed.push(changes[0].0);
            }
            changed.sort_unstable();
            assert_eq!(changed, [0, 1, 2, 3, 4]);
            let on_grid = |value: &f64| {
                (value * 3.0 - (value * 3.0).round()).abs() < 1e-12
                    && (-1e-12..=1.0 + 1e-12).contains(value)
            };
            assert!(walk.iter().flatten().all(on_grid));
        }
    }

    #[test]
    fn all_levels_are_as_likely() {
        let points = walks(2, 6_000, 4, numbers(2));
        for level in 0..4 {
            let there = points
                .iter()
                .flatten()
                .filter(|value| ((*value * 3.0).round() as usize) == level);
            let share = there.count() as f64 / 36_000.0;
            // Values of one walk depend on each other: at most three are the same draw, so that the standard
            // error is at most sqrt(3 x 0.1875 / 36,000) = 0.004.
            assert!((share - 0.25).abs() < 0.016, "{level}: {share}");
        }
    }

    #[test]
    fn half_of_all_steps_rise() {
        let points = walks(3, 2_000, 4, numbers(5));
        let rises = points
            .chunks(4)
            .flat_map(|walk| walk.windows(2))
            .filter(|pair| pair[1].iter().sum::<f64>() > pair[0].iter().sum::<f64>());
        // Of 6,000 steps: standard error 0.0065.
        let share = rises.count() as f64 / 6_000.0;
        assert!((share - 0.5).abs() < 0.026, "{share}");
    }

    #[test]
    fn a_linear_outcome_has_its_slopes_and_no_spread() {
        let points = walks(3, 8, 6, numbers(3));
        let outcomes: Vec<Option<f64>> = points
            .iter()
            .map(|x| Some(2.0 * x[0] - 5.0 * x[1]))
            .collect();
        let effects = elementary_effects(&points, &outcomes);
        for (effects, slope) in effects.iter().zip([2.0, -5.0, 0.0]) {
            let found = Screening::of(effects).expect("eight effects");
            assert!(
                (found.mu - slope).abs() < 1e-12 && (found.mu_star - slope.abs()).abs() < 1e-12
            );
            assert!(found.sigma < 1e-12);
        }
    }

    /// x0 x1 has an effect of x1 on x0: 1/2 on average, spread over the levels; x2 has none.
    #[test]
    fn interaction_shows_as_spread() {
        let points = walks(3, 2_000, 4, numbers(4));
        let outcomes: Vec<Option<f64>> = points.iter().map(|x| Some(x[0] * x[1])).collect();
        let effects = elementary_effects(&points, &outcomes);
        let found: Vec<Screening> = effects.iter().filter_map(|it| Screening::of(it)).collect();
        // The sd of a level is sqrt(5)/6 = 0.3727; of a mean of 2,000 0.0083.
        assert!((found[0].mu - 0.5).abs() < 0.034, "{found:?}");
        assert!(
            (found[0].sigma - 5_f64.sqrt() / 6.0).abs() < 0.02,
            "{found:?}"
        );
        assert!(found[2].mu_star < 1e-12 && found[2].sigma < 1e-12);
    }

    #[test]
    fn what_is_not_known_gives_no_effect() {
        let points = vec![vec![0.0, 0.0], vec![1.0, 0.0], vec![1.0, 1.0]];
        let effects = elementary_effects(&points, &[Some(1.0), Some(4.0), None]);
        assert_eq!(effects, [vec![3.0], vec![]]);
        assert_eq!(Screening::of(&effects[0]), None);
    }

    #[test]
    fn the_worked_example() {
        let found = Screening::of(&[1.0, -3.0]).expect("two effects");
        assert!((found.mu + 1.0).abs() < 1e-12 && (found.mu_star - 2.0).abs() < 1e-12);
        assert!((found.sigma - 2.828_427).abs() < 5e-7);
    }
}
