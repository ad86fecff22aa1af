//! A formula in place of the simulation: a full quadratic in the keys of a study, fitted to the means.
//!
//! Numbers are scaled to run from -1 to 1 over the points, so that coefficients can be held against each
//! other; words (a choice of rules, an option) each have a step of their own. The response is taken as it
//! is, by its logarithm where all means are above nothing, or by the logarithm of its odds where all lie
//! between 0 and 1: whichever foretells points that it has not seen best, in the unit of the measure.

use crate::stats::LinearModel;
use std::collections::BTreeSet;

/// Keys beyond which a full quadratic has too many terms to be of use.
const MOST_KEYS: usize = 20;
/// Points for each term at least.
const POINTS_A_TERM: f64 = 1.5;
/// Points times terms beyond which fitting takes more memory than a laptop should spare (40 MB).
const MOST_CELLS: usize = 5_000_000;
/// What the points differ by, relative to their size, below which they do not vary.
const NO_VARIATION: f64 = 1e-12;

/// The values of one key over the points.
#[derive(Clone, Debug, PartialEq)]
pub enum KeyValues {
    /// Numbers.
    Numbers(Vec<f64>),
    /// Words: of each point the position of its word among them.
    Words(Vec<String>, Vec<usize>),
}

/// How the response is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transform {
    /// As it is.
    Identity,
    /// Its natural logarithm.
    Log,
    /// The logarithm of its odds, `ln(y / (1 - y))`.
    Logit,
}

impl Transform {
    /// Its name in files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "none",
            Self::Log => "log",
            Self::Logit => "logit",
        }
    }

    /// The response so taken; `None` where one value has no such thing.
    fn of(self, value: f64) -> Option<f64> {
        match self {
            Self::Identity => Some(value),
            Self::Log => (value > 0.0).then(|| libm::log(value)),
            Self::Logit => {
                (value > 0.0 && value < 1.0).then(|| libm::log(value) - libm::log1p(-value))
            }
        }
    }

    /// Back to the unit of the measure.
    fn back(self, taken: f64) -> f64 {
        match self {
            Self::Identity => taken,
            Self::Log => libm::exp(taken),
            Self::Logit => 1.0 / (1.0 + libm::exp(-taken)),
        }
    }
}

/// One factor of a term.
#[derive(Clone, Debug, PartialEq)]
pub enum Factor {
    /// The value of a number less `middle`, over `half`: -1 to 1 over the points.
    Scaled {
        /// Which key.
        key: usize,
        /// Half way between its least and its greatest value.
        middle: f64,
        /// From there to either.
        half: f64,
    },
    /// 1 where the key has this word, else 0.
    Is {
        /// Which key.
        key: usize,
        /// The word, by its position.
        word: usize,
    },
}

/// A product of no, one or two factors; the constant has none.
pub type Term = Vec<Factor>;

/// One value of one key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A word, by its position.
    Word(usize),
}

/// Terms at the points of a study, to be fitted to each of its measures.
#[derive(Clone, Debug)]
pub struct Surface {
    terms: Vec<Term>,
    model: LinearModel,
    points: usize,
}

/// Why there is no metamodel of any measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSurface {
    /// Nothing that varies.
    NothingVaries,
    /// More keys than a full quadratic is for.
    TooManyKeys,
    /// More points and terms than are fitted.
    TooLarge,
    /// Fewer points than its terms ask for.
    TooFewPoints {
        /// Points there are.
        points: usize,
        /// Terms of the quadratic.
        terms: usize,
        /// Points that they ask for.
        needed: usize,
    },
}

/// A metamodel of one measure.
#[derive(Clone, Debug, PartialEq)]
pub struct Metamodel {
    /// How the measure is taken.
    pub transform: Transform,
    /// Its terms with coefficient and standard error, in the unit of the measure as taken; `None` for
    /// one that others determine.
    pub terms: Vec<(Term, Option<(f64, f64)>)>,
    /// Points behind it.
    pub points: usize,
    /// Share of the variance over the points that it explains, in the unit of the measure.
    pub explained: f64,
    /// The same of points left out one by one: R squared of prediction, below 0 where the mean of all
    /// points would foretell them better.
    pub foretold: f64,
    /// Root mean square of how far off it is at a point left out, in the unit of the measure.
    pub left_out_rmse: f64,
}

impl Surface {
    /// The full quadratic in these keys: constant, each key, squares of numbers of three values or more,
    /// and products of numbers. A word has a step for each but its first.
    ///
    /// # Errors
    /// When there are too few points (fewer than 1.5 for each term), too many keys, or more points and terms
    /// than are fitted (5,000,000 cells).
    pub fn of(keys: &[KeyValues]) -> Result<Self, NoSurface> {
        let points = keys.first().map_or(0, KeyValues::len);
        if keys.iter().filter(|it| it.varies()).count() > MOST_KEYS {
            return Err(NoSurface::TooManyKeys);
        }
        let terms = terms(keys);
        if terms.len() < 2 {
            return Err(NoSurface::NothingVaries);
        }
        if points.saturating_mul(terms.len()) > MOST_CELLS {
            return Err(NoSurface::TooLarge);
        }
        let needed = (POINTS_A_TERM * terms.len() as f64).ceil() as usize;
        let too_few = NoSurface::TooFewPoints {
            points,
            terms: terms.len(),
            needed,
        };
        if points < needed {
            return Err(too_few);
        }
        let column = |term: &Term| -> Vec<f64> {
            (0..points)
                .map(|point| product(term, |key| keys[key].at(point)))
                .collect()
        };
        let columns: Vec<Vec<f64>> = terms.iter().map(column).collect();
        let model = LinearModel::of(&columns).ok_or(too_few)?;
        Ok(Self {
            terms,
            model,
            points,
        })
    }

    /// The metamodel of these outcomes, one for each point: with the transform that foretells points
    /// left out best; of equal ones the first of as it is, logarithm, logarithm of the odds. `None` where an
    /// outcome is missing, where they do not vary, or where a point decides itself.
    #[must_use]
    pub fn fit(&self, outcomes: &[Option<f64>]) -> Option<Metamodel> {
        let outcomes: Vec<f64> = outcomes.iter().copied().collect::<Option<_>>()?;
        let transforms = [Transform::Identity, Transform::Log, Transform::Logit];
        let fits = transforms.into_iter();
        let fits = fits.filter_map(|transform| self.fit_as(transform, &outcomes));
        fits.reduce(|best, it| match it.left_out_rmse < best.left_out_rmse {
            true => it,
            false => best,
        })
    }

    fn fit_as(&self, transform: Transform, outcomes: &[f64]) -> Option<Metamodel> {
        let taken = outcomes.iter().map(|it| transform.of(*it));
        let taken: Vec<f64> = taken.collect::<Option<_>>()?;
        let mean = outcomes.iter().sum::<f64>() / outcomes.len() as f64;
        let squares: f64 = outcomes.iter().map(|it| (it - mean).powi(2)).sum();
        let size = outcomes.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
        if squares.sqrt() <= NO_VARIATION * size {
            return None;
        }
        let fit = self.model.fit(&taken)?;
        let off = |told: &[f64]| -> f64 {
            let pairs = told.iter().zip(outcomes);
            pairs
                .map(|(told, seen)| (transform.back(*told) - seen).powi(2))
                .sum()
        };
        let left_out: Vec<f64> = fit.left_out.iter().copied().collect::<Option<_>>()?;
        let press = off(&left_out);
        let terms = self.terms.iter().cloned().zip(fit.coefficients);
        let metamodel = Metamodel {
            transform,
            terms: terms.collect(),
            points: self.points,
            explained: 1.0 - off(&fit.fitted) / squares,
            foretold: 1.0 - press / squares,
            left_out_rmse: (press / self.points as f64).sqrt(),
        };
        metamodel.left_out_rmse.is_finite().then_some(metamodel)
    }
}

impl Metamodel {
    /// What it says of a point with these values, one for each key, in the unit of the measure.
    #[must_use]
    pub fn at(&self, values: &[Value]) -> f64 {
        let parts = self.terms.iter().filter_map(|(term, found)| {
            let (coefficient, _) = (*found)?;
            Some(coefficient * product(term, |key| values[key]))
        });
        self.transform.back(parts.sum())
    }
}

impl KeyValues {
    /// How many points there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(values) => values.len(),
            Self::Words(_, at) => at.len(),
        }
    }

    /// Whether there is no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its least and its greatest value, of numbers that vary.
    #[must_use]
    pub fn ends(&self) -> Option<(f64, f64)> {
        let Self::Numbers(values) = self else {
            return None;
        };
        let low = values.iter().copied().fold(f64::INFINITY, f64::min);
        let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        (low < high).then_some((low, high))
    }

    /// The value at a point.
    #[must_use]
    pub fn at(&self, point: usize) -> Value {
        match self {
            Self::Numbers(values) => Value::Number(values[point]),
            Self::Words(_, at) => Value::Word(at[point]),
        }
    }

    fn varies(&self) -> bool {
        match self {
            Self::Numbers(_) => self.ends().is_some(),
            Self::Words(words, _) => words.len() > 1,
        }
    }

    /// Whether a square of it can be told from a constant: three values or more.
    fn bends(&self) -> bool {
        match self {
            Self::Numbers(values) => {
                let distinct: BTreeSet<u64> = values.iter().map(|it| it.to_bits()).collect();
                distinct.len() > 2
            }
            Self::Words(..) => false,
        }
    }
}

/// The terms of the full quadratic.
fn terms(keys: &[KeyValues]) -> Vec<Term> {
    let scaled = keys.iter().enumerate().filter_map(|(key, values)| {
        let (low, high) = values.ends()?;
        let (middle, half) = (f64::midpoint(low, high), (high - low) / 2.0);
        Some(Factor::Scaled { key, middle, half })
    });
    let scaled: Vec<Factor> = scaled.collect();
    let steps = keys.iter().enumerate().flat_map(|(key, values)| {
        let words = match values {
            KeyValues::Words(words, _) => words.len(),
            KeyValues::Numbers(_) => 0,
        };
        (1..words).map(move |word| vec![Factor::Is { key, word }])
    });
    let mut terms: Vec<Term> = vec![Vec::new()];
    terms.extend(scaled.iter().map(|it| vec![it.clone()]));
    terms.extend(steps);
    let squares = scaled.iter().filter(|it| match it {
        Factor::Scaled { key, .. } => keys[*key].bends(),
        Factor::Is { .. } => false,
    });
    terms.extend(squares.map(|it| vec![it.clone(), it.clone()]));
    for (at, one) in scaled.iter().enumerate() {
        let later = scaled[at + 1..].iter();
        terms.extend(later.map(|other| vec![one.clone(), other.clone()]));
    }
    terms
}

/// The value of a term where `value` says what each key is.
fn product(term: &Term, value: impl Fn(usize) -> Value) -> f64 {
    let factors = term.iter().map(|factor| match factor {
        Factor::Scaled { key, middle, half } => match value(*key) {
            Value::Number(number) => (number - middle) / half,
            Value::Word(_) => 0.0,
        },
        Factor::Is { key, word } => f64::from(value(*key) == Value::Word(*word)),
    });
    factors.product()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of 6 by 5 places.
    fn keys() -> Vec<KeyValues> {
        let all = (0..30).map(|at| (f64::from(at % 6) / 5.0, 10.0 + f64::from(at / 6) * 5.0));
        let (a, b): (Vec<f64>, Vec<f64>) = all.unzip();
        vec![KeyValues::Numbers(a), KeyValues::Numbers(b)]
    }

    fn outcomes(keys: &[KeyValues], f: impl Fn(f64, f64) -> f64) -> Vec<Option<f64>> {
        let number = |key: &KeyValues, point| match key.at(point) {
            Value::Number(number) => number,
            Value::Word(word) => word as f64,
        };
        (0..keys[0].len())
            .map(|point| Some(f(number(&keys[0], point), number(&keys[1], point))))
            .collect()
    }

    fn near(value: f64, expected: f64) {
        assert!(
            (value - expected).abs() < 1e-9,
            "{value} and not {expected}"
        );
    }

    #[test]
    fn a_quadratic_is_found_again_and_foretells_every_point() {
        let keys = keys();
        let truth = |a: f64, b: f64| 3.0 - 2.0 * a + 0.1 * b + a * a - 0.01 * b * b + 0.2 * a * b;
        let surface = Surface::of(&keys).expect("30 points for 6 terms");
        let it = surface.fit(&outcomes(&keys, truth)).expect("it varies");
        assert_eq!(it.transform, Transform::Identity);
        assert_eq!(it.terms.len(), 6);
        near(it.left_out_rmse, 0.0);
        near(it.foretold, 1.0);
        for (a, b) in [(0.0, 10.0), (0.33, 17.0), (1.0, 30.0)] {
            near(it.at(&[Value::Number(a), Value::Number(b)]), truth(a, b));
        }
    }

    #[test]
    fn the_transform_is_the_one_that_foretells_best() {
        let keys = keys();
        let surface = Surface::of(&keys).expect("enough points");
        let linear = |a: f64, b: f64| 0.4 * a - 0.2 * (b - 20.0) + 0.3 * a * a;
        let of = |f: &dyn Fn(f64) -> f64| {
            let found = surface.fit(&outcomes(&keys, |a, b| f(linear(a, b))));
            found.expect("it varies")
        };
        let log = of(&|it| it.exp());
        assert_eq!(log.transform, Transform::Log);
        near(log.foretold, 1.0);
        let logit = of(&|it| 1.0 / (1.0 + (-it).exp()));
        assert_eq!(logit.transform, Transform::Logit);
        near(logit.left_out_rmse, 0.0);
        // What is below nothing has no logarithm.
        assert_eq!(of(&|it| it.sinh()).transform, Transform::Identity);
    }

    /// A grid of 3 words by 6 numbers: each word has a step, and the first is what they are held against.
    #[test]
    fn words_have_a_step_each() {
        let words = ["base", "less", "more"].map(str::to_owned).to_vec();
        let at: Vec<usize> = (0..18).map(|point| point / 6).collect();
        let numbers = (0..18).map(|point| f64::from(point % 6)).collect();
        let keys = [KeyValues::Words(words, at), KeyValues::Numbers(numbers)];
        let steps = [1.0, -2.0, 4.0];
        let y = outcomes(&keys, |word, x| steps[word as usize] + 0.5 * x * x);
        let it = Surface::of(&keys).expect("enough").fit(&y).expect("varies");
        near(it.left_out_rmse, 0.0);
        near(it.at(&[Value::Word(2), Value::Number(3.0)]), 8.5);
        let step = |word| {
            let term = vec![Factor::Is { key: 0, word }];
            let found = it.terms.iter().find(|(it, _)| *it == term);
            found.and_then(|(_, found)| *found).expect("a step").0
        };
        near(step(1), -3.0);
        near(step(2), 3.0);
    }

    #[test]
    fn what_cannot_be_fitted_says_why() {
        let numbers = |values: &[f64]| KeyValues::Numbers(values.to_vec());
        let few = Surface::of(&[numbers(&[1.0, 2.0, 3.0]), numbers(&[1.0, 3.0, 2.0])]);
        let expected = NoSurface::TooFewPoints {
            points: 3,
            terms: 6,
            needed: 9,
        };
        assert_eq!(few.err(), Some(expected));
        assert_eq!(
            Surface::of(&[numbers(&[1.0; 9])]).err(),
            Some(NoSurface::NothingVaries)
        );
        let many: Vec<KeyValues> = (0..21).map(|_| numbers(&[1.0, 2.0, 3.0])).collect();
        assert_eq!(Surface::of(&many).err(), Some(NoSurface::TooManyKeys));
        let keys = keys();
        let surface = Surface::of(&keys).expect("enough");
        assert_eq!(surface.fit(&outcomes(&keys, |_, _| 0.3)), None);
        let mut missing = outcomes(&keys, |a, _| a);
        missing[7] = None;
        assert_eq!(surface.fit(&missing), None);
    }

    /// A number of two values has no square, which would be the constant again.
    #[test]
    fn two_values_do_not_bend() {
        let two = (0..12).map(|at| f64::from(at % 2)).collect();
        let six = (0..12).map(|at| f64::from(at / 2)).collect();
        let surface = Surface::of(&[KeyValues::Numbers(two), KeyValues::Numbers(six)]);
        assert_eq!(surface.expect("12 points for 5 terms").terms.len(), 5);
    }
}
