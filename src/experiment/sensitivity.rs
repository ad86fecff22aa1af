//! Which keys of a study a result depends on: Sobol' indices, or Morris' effects.
//!
//! Outcomes are means over replications, so that what is left of chance counts as variation: with common
//! random numbers little of it differs from point to point, and more replications make it less. It raises
//! total indices and the spread of effects, and hardly first-order indices.

use super::spread::{Spread, stream};
use crate::stats::morris::{Screening, elementary_effects};
use crate::stats::sobol_indices::{Indices, indices};
use crate::stats::{ALPHA, Estimate};

/// Bootstrap samples behind the intervals of indices.
const RESAMPLES: usize = 1_000;

/// How much a result depends on one key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sensitivity {
    /// Shares of the variance over the points.
    Indices(Indices),
    /// Effects, in the unit of the result, of moving the key from one end to the other.
    Effects {
        /// Mean, mean absolute value and standard deviation of the effects.
        screening: Screening,
        /// 95% t interval of the mean absolute effect; `None` where effects do not vary.
        interval: Option<(f64, f64)>,
    },
}

impl Sensitivity {
    /// What keys are ranked by: the total index, or the mean absolute effect.
    #[must_use]
    pub const fn weight(&self) -> f64 {
        match self {
            Self::Indices(it) => it.total.value,
            Self::Effects { screening, .. } => screening.mu_star,
        }
    }
}

impl Spread {
    /// How much outcomes, one for each point in the order of the design, depend on each key. `realised` are
    /// the points of walks with their values rounded as they were run, each from 0 to 1 of the way through
    /// its key: a step that was rounded to nothing has no effect, and one that was rounded to more is
    /// divided by more. `None` of a design that is for something else, of outcomes that do not vary, and
    /// where one is missing.
    #[must_use]
    pub fn sensitivities(
        self,
        (keys, seed): (usize, u64),
        realised: &[Vec<f64>],
        outcomes: &[Option<f64>],
    ) -> Option<Vec<Sensitivity>> {
        match self {
            Self::LatinHypercube(_) => None,
            Self::Sobol(_) => {
                let outcomes: Vec<f64> = outcomes.iter().copied().collect::<Option<_>>()?;
                let mut draws = stream(seed, "sobol bootstrap").draws(0, 0);
                let found = indices(&outcomes, keys, (RESAMPLES, ALPHA), || draws.uniform())?;
                Some(found.into_iter().map(Sensitivity::Indices).collect())
            }
            Self::Morris(..) => {
                if outcomes.iter().any(Option::is_none) {
                    return None;
                }
                let effects = elementary_effects(realised, outcomes);
                Some(effects.iter().map(|effects| of_effects(effects)).collect())
            }
        }
    }
}

/// Of the effects of a key; of fewer than two without spread and interval, and of none nothing at all.
fn of_effects(effects: &[f64]) -> Sensitivity {
    let absolute: Vec<f64> = effects.iter().map(|effect| effect.abs()).collect();
    let ends = Estimate::of(&absolute).and_then(|it| it.low.zip(it.high));
    let only = effects.first().copied().unwrap_or_default();
    Sensitivity::Effects {
        screening: Screening::of(effects).unwrap_or(Screening {
            mu: only,
            mu_star: only.abs(),
            sigma: 0.0,
        }),
        interval: ends.map(|(low, high)| (low.max(0.0), high)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEED: u64 = 20_261_005;

    fn of(spread: Spread, keys: usize, f: impl Fn(&[f64]) -> f64) -> Vec<Sensitivity> {
        let places = spread.places(keys, SEED);
        let outcomes: Vec<Option<f64>> = places.iter().map(|place| Some(f(place))).collect();
        spread
            .sensitivities((keys, SEED), &places, &outcomes)
            .expect("outcomes that vary")
    }

    /// x + 2 y: y has 4/5 of the variance, by itself.
    #[test]
    fn indices_are_those_of_the_design_as_laid_out() {
        let found = of(Spread::Sobol(512), 3, |x| x[0] + 2.0 * x[1]);
        for (found, truth) in found.iter().zip([0.2, 0.8, 0.0]) {
            let Sensitivity::Indices(it) = found else {
                panic!("{found:?}");
            };
            assert!((it.first.value - truth).abs() < 0.01, "{it:?}");
            assert!((it.total.value - truth).abs() < 0.01, "{it:?}");
            assert!(
                it.first.low <= truth + 0.01 && it.first.high >= truth - 0.01,
                "{it:?}"
            );
        }
    }

    #[test]
    fn effects_are_those_of_the_walks_as_laid_out() {
        let found = of(Spread::Morris(10, 4), 3, |x| 2.0 * x[0] - 5.0 * x[1]);
        for (found, slope) in found.iter().zip([2.0, -5.0, 0.0_f64]) {
            let Sensitivity::Effects { screening, .. } = found else {
                panic!("{found:?}");
            };
            assert!((screening.mu - slope).abs() < 1e-9, "{screening:?}");
            assert!((found.weight() - slope.abs()).abs() < 1e-9 && screening.sigma < 1e-9);
        }
    }

    /// A whole number from 2 to 4, measured as it is: a step of two thirds of the way is all of it or half, and
    /// either end is 2 away from the other whatever the step. A key that is rounded to one value has no effects.
    #[test]
    fn effects_are_over_the_steps_as_rounded() {
        let walks = Spread::Morris(10, 4);
        let places = walks.places(2, SEED);
        let value = |place: &Vec<f64>| (2.0 + 3.0 * place[0]).floor().min(4.0);
        let outcomes: Vec<Option<f64>> = places.iter().map(|it| Some(value(it))).collect();
        let realised: Vec<Vec<f64>> = places
            .iter()
            .map(|it| vec![(value(it) - 2.0) / 2.0, 0.0])
            .collect();
        let found = walks.sensitivities((2, SEED), &realised, &outcomes);
        for (found, effect) in found.expect("effects").iter().zip([2.0, 0.0]) {
            let Sensitivity::Effects { screening, .. } = found else {
                panic!("{found:?}");
            };
            assert!((screening.mu_star - effect).abs() < 1e-12, "{screening:?}");
            assert!(screening.sigma < 1e-12, "{screening:?}");
        }
    }

    #[test]
    fn other_designs_missing_outcomes_and_no_variation_give_none() {
        let same = vec![Some(1.0); 12];
        assert_eq!(Spread::Sobol(4).sensitivities((1, SEED), &[], &same), None);
        assert_eq!(
            Spread::LatinHypercube(12).sensitivities((1, SEED), &[], &same),
            None
        );
        let mut missing: Vec<Option<f64>> = (0..12).map(|it| Some(f64::from(it))).collect();
        missing[5] = None;
        assert_eq!(
            Spread::Sobol(4).sensitivities((1, SEED), &[], &missing),
            None
        );
        assert_eq!(
            Spread::Morris(6, 4).sensitivities((1, SEED), &[], &missing),
            None
        );
    }
}
