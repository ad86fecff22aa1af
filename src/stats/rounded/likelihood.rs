//! Parameters by maximum likelihood, with standard errors from the curvature there (observed information),
//! and the choice between laws by Akaike's criterion (1974, IEEE Transactions on Automatic Control 19,
//! 716-723).

use super::Sample;
use super::law::{Family, Law};

/// Steps of the search at most.
const MOST_STEPS: usize = 400;
/// The search ends when its corners differ by no more, in logarithms of the parameters.
const NARROW: f64 = 1e-7;
/// Length of its first steps, in logarithms.
const FIRST_STEP: f64 = 0.25;
/// Step of the numerical second derivatives, in logarithms.
const STEP: f64 = 1e-3;
/// Logarithms of coefficients of variation, and of the shape of Weibull, may not leave these.
const BOUND: f64 = 4.0;
/// Standard errors that a 95% interval reaches.
pub(super) const REACH: f64 = 1.959_963_985;

/// One parameter, or the mean, as it was estimated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// What it is called.
    pub name: &'static str,
    /// Its value, above 0.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
}

impl Parameter {
    /// The 95% interval, as wide by factors to both sides, so that it stays above 0.
    #[must_use]
    pub fn interval(&self) -> (f64, f64) {
        let factor = libm::exp(REACH * self.standard_error / self.value);
        (self.value / factor, self.value * factor)
    }
}

/// A law as it was fitted.
#[derive(Clone, Debug, PartialEq)]
pub struct LawFit {
    /// The law.
    pub law: Law,
    /// Its parameters with their standard errors.
    pub parameters: Vec<Parameter>,
    /// Its mean.
    pub mean: Parameter,
    /// Logarithm of the likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion: twice the number of parameters less twice the log likelihood.
    pub aic: f64,
}

impl Sample {
    /// Fits a law; `None` where nothing was seen, or the likelihood has no peak with curvature.
    ///
    /// Worked (Freireich's 21 remissions on 6-MP, 9 seen in 359 weeks): the closed form for exponential times
    /// without rounding is 359 / 9 = 39.9 weeks, with a standard error of 39.9 / 3 = 13.3.
    #[must_use]
    pub fn fit(&self, family: Family) -> Option<LawFit> {
        if self.events() == 0 {
            return None;
        }
        let value =
            |logs: &[f64]| -self.log_likelihood(&law_of(family, logs)) + leash(logs, family);
        let best = search(&self.beginning(family), &value);
        let covariance = covariance(&best, &value)?;
        let law = law_of(family, &best);
        let log_likelihood = self.log_likelihood(&law);
        let parameters = named(&law, &covariance);
        let mean = mean_of(family, &best, &covariance);
        let number = best.len() as f64;
        let is_known = log_likelihood.is_finite() && mean.standard_error.is_finite();
        is_known.then_some(LawFit {
            law,
            parameters,
            mean,
            log_likelihood,
            aic: 2.0 * number - 2.0 * log_likelihood,
        })
    }

    /// The first of the laws, unless another has a criterion lower by more than `margin`; then the one with
    /// the lowest.
    #[must_use]
    pub fn best(&self, families: &[Family], margin: f64) -> Option<LawFit> {
        let mut fits = families.iter().filter_map(|family| self.fit(*family));
        let first = fits.next()?;
        let best = fits.min_by(|a, b| a.aic.total_cmp(&b.aic));
        Some(match best {
            Some(best) if best.aic + margin < first.aic => best,
            _ => first,
        })
    }

    /// Logarithm of the likelihood of a law.
    #[must_use]
    pub fn log_likelihood(&self, law: &Law) -> f64 {
        let log = |probability: f64| libm::log(probability.max(1e-300));
        let each = self.counts.iter();
        each.map(|(value, it)| {
            let mut sum = 0.0;
            if it.seen > 0 {
                sum += it.seen as f64 * log(law.probability(*value));
            }
            if it.passed > 0 {
                sum += it.passed as f64 * log(law.above(f64::from(*value)));
            }
            if it.beyond > 0 {
                sum += it.beyond as f64 * log(law.above(f64::from(*value) + 0.5));
            }
            sum
        })
        .sum()
    }

    /// Logarithms of parameters to begin with: of total over events, and of a middling spread.
    fn beginning(&self, family: Family) -> Vec<f64> {
        let mean = (self.total() / self.events() as f64).max(0.1);
        match family {
            Family::Exponential | Family::Poisson => vec![libm::log(mean)],
            Family::Geometric => vec![libm::log((mean - 1.0).max(0.05))],
            Family::Gamma | Family::Lognormal => vec![libm::log(mean), libm::log(0.6)],
            Family::Weibull => vec![0.2, libm::log(mean)],
        }
    }
}

/// Parameters from the logarithms that are searched; the geometric law has its mean less 1 there.
fn law_of(family: Family, logs: &[f64]) -> Law {
    let mut parameters: Vec<f64> = logs.iter().map(|it| libm::exp(*it)).collect();
    if family == Family::Geometric {
        parameters[0] += 1.0;
    }
    Law { family, parameters }
}

/// What keeps a spread that the sample says nothing of from running away.
fn leash(logs: &[f64], family: Family) -> f64 {
    let spread = match family {
        Family::Gamma | Family::Lognormal => logs[1],
        Family::Weibull => logs[0],
        _ => return 0.0,
    };
    let over = (spread.abs() - BOUND).max(0.0);
    1e3 * over * over
}

fn named(law: &Law, covariance: &[Vec<f64>]) -> Vec<Parameter> {
    let names = law.family.parameters().iter().zip(&law.parameters);
    names
        .enumerate()
        .map(|(index, (name, value))| {
            // The derivative of the value by its logarithm; of the geometric mean it is mean - 1.
            let slope = match law.family {
                Family::Geometric => value - 1.0,
                _ => *value,
            };
            Parameter {
                name,
                value: *value,
                standard_error: slope * covariance[index][index].sqrt(),
            }
        })
        .collect()
}

/// The mean with its standard error, by the delta method with numerical derivatives.
fn mean_of(family: Family, logs: &[f64], covariance: &[Vec<f64>]) -> Parameter {
    let mean = |logs: &[f64]| law_of(family, logs).mean();
    let slopes: Vec<f64> = (0..logs.len())
        .map(|index| {
            (mean(&moved(logs, index, STEP)) - mean(&moved(logs, index, -STEP))) / (2.0 * STEP)
        })
        .collect();
    let mut variance = 0.0;
    for (row, a) in covariance.iter().zip(&slopes) {
        for (entry, b) in row.iter().zip(&slopes) {
            variance += a * entry * b;
        }
    }
    Parameter {
        name: "mean",
        value: mean(logs),
        standard_error: variance.sqrt(),
    }
}

fn moved(at: &[f64], index: usize, by: f64) -> Vec<f64> {
    let mut moved = at.to_vec();
    moved[index] += by;
    moved
}

/// The inverse of the matrix of second derivatives of `value` at its least; `None` where it is no valley.
fn covariance(at: &[f64], value: &impl Fn(&[f64]) -> f64) -> Option<Vec<Vec<f64>>> {
    let middle = value(at);
    let second = |i: usize| {
        (value(&moved(at, i, STEP)) - 2.0 * middle + value(&moved(at, i, -STEP))) / (STEP * STEP)
    };
    match at.len() {
        1 => {
            let curvature = second(0);
            (curvature > 0.0).then(|| vec![vec![1.0 / curvature]])
        }
        _ => {
            let corner = |a: f64, b: f64| value(&moved(&moved(at, 0, a * STEP), 1, b * STEP));
            let mixed = (corner(1.0, 1.0) - corner(1.0, -1.0) - corner(-1.0, 1.0)
                + corner(-1.0, -1.0))
                / (4.0 * STEP * STEP);
            let (first, last) = (second(0), second(1));
            let determinant = first * last - mixed * mixed;
            (first > 0.0 && determinant > 0.0).then(|| {
                vec![
                    vec![last / determinant, -mixed / determinant],
                    vec![-mixed / determinant, first / determinant],
                ]
            })
        }
    }
}

/// The place of the least value near `from` (Nelder and Mead 1965, Computer Journal 7, 308-313).
pub(super) fn search(from: &[f64], value: &impl Fn(&[f64]) -> f64) -> Vec<f64> {
    let mut corners: Vec<(f64, Vec<f64>)> = vec![(value(from), from.to_vec())];
    for index in 0..from.len() {
        let corner = moved(from, index, FIRST_STEP);
        corners.push((value(&corner), corner));
    }
    let last = from.len();
    for _ in 0..MOST_STEPS {
        corners.sort_by(|a, b| a.0.total_cmp(&b.0));
        if width(&corners) < NARROW {
            break;
        }
        let middle = middle(&corners[..last]);
        let along = |by: f64| -> (f64, Vec<f64>) {
            let worst = corners[last].1.iter().zip(&middle);
            let place: Vec<f64> = worst.map(|(worst, it)| it + by * (worst - it)).collect();
            (value(&place), place)
        };
        let reflected = along(-1.0);
        let next = if reflected.0 < corners[0].0 {
            let farther = along(-2.0);
            if farther.0 < reflected.0 {
                farther
            } else {
                reflected
            }
        } else if reflected.0 < corners[last - 1].0 {
            reflected
        } else if reflected.0 < corners[last].0 {
            along(-0.5)
        } else {
            along(0.5)
        };
        if next.0 < corners[last].0 {
            corners[last] = next;
        } else {
            shrink(&mut corners, value);
        }
    }
    corners.sort_by(|a, b| a.0.total_cmp(&b.0));
    corners.swap_remove(0).1
}

fn width(corners: &[(f64, Vec<f64>)]) -> f64 {
    let best = &corners[0].1;
    let others = corners.iter().skip(1);
    let distances = others.flat_map(|(_, it)| it.iter().zip(best).map(|(a, b)| (a - b).abs()));
    distances.fold(0.0, f64::max)
}

fn middle(corners: &[(f64, Vec<f64>)]) -> Vec<f64> {
    let number = corners.len() as f64;
    let dimensions = corners[0].1.len();
    (0..dimensions)
        .map(|index| corners.iter().map(|(_, it)| it[index]).sum::<f64>() / number)
        .collect()
}

fn shrink(corners: &mut [(f64, Vec<f64>)], value: &impl Fn(&[f64]) -> f64) {
    let best = corners[0].1.clone();
    for (at, corner) in corners.iter_mut().skip(1) {
        for (it, best) in corner.iter_mut().zip(&best) {
            *it = f64::midpoint(*it, *best);
        }
        *at = value(corner);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::leukaemia;
    use super::*;

    /// 359 weeks and 9 relapses: the closed form is 39.89 for exact times, and rounding changes little.
    #[test]
    fn the_exponential_law_has_its_closed_form() {
        let fit = leukaemia().fit(Family::Exponential).expect("a fit");
        let closed = 359.0 / 9.0;
        assert!(
            (fit.mean.value / closed - 1.0).abs() < 1e-3,
            "{}",
            fit.mean.value
        );
        assert!((fit.mean.standard_error / (closed / 3.0) - 1.0).abs() < 2e-3);
    }

    /// R's survreg of the same (`Surv(time, status) ~ 1, dist = "weibull"`): shape 1.35, scale 33.8.
    #[test]
    fn the_weibull_law_is_that_of_others() {
        let fit = leukaemia().fit(Family::Weibull).expect("a fit");
        assert!(
            (fit.parameters[0].value - 1.35).abs() < 0.06,
            "{:?}",
            fit.parameters
        );
        assert!(
            (fit.parameters[1].value - 33.8).abs() < 1.0,
            "{:?}",
            fit.parameters
        );
    }

    /// Quantiles of a gamma law of mean 14 and coefficient of variation 0.3 give it back.
    #[test]
    fn even_quantiles_give_the_law_back() {
        let law = Law {
            family: Family::Gamma,
            parameters: vec![14.0, 0.3],
        };
        let mut sample = Sample::default();
        for step in 0..2_000 {
            let p = (f64::from(step) + 0.5) / 2_000.0;
            sample.seen(law.rounded_quantile(p).round() as u32);
        }
        let fit = sample.best(&[Family::Gamma, Family::Lognormal, Family::Weibull], 4.0);
        let fit = fit.expect("a fit");
        assert_eq!(fit.law.family, Family::Gamma);
        assert!((fit.mean.value - 14.0).abs() < 0.02, "{fit:?}");
        assert!((fit.parameters[1].value - 0.3).abs() < 0.003, "{fit:?}");
        // Of a mean: sd / sqrt(n) = 4.2 / 44.7.
        assert!(
            (fit.mean.standard_error / 0.0939 - 1.0).abs() < 0.02,
            "{fit:?}"
        );
    }

    #[test]
    fn whole_numbers_have_their_mean() {
        let mut sample = Sample::default();
        for (value, times) in [(1, 50), (2, 30), (3, 12), (4, 8)] {
            (0..times).for_each(|_| sample.seen(value));
        }
        for family in [Family::Poisson, Family::Geometric] {
            let fit = sample.fit(family).expect("a fit");
            assert!((fit.mean.value - 1.78).abs() < 1e-4, "{fit:?}");
        }
    }

    #[test]
    fn nothing_is_fitted_to_nothing() {
        let mut sample = Sample::default();
        assert_eq!(sample.fit(Family::Exponential), None);
        sample.beyond(30);
        assert_eq!(sample.fit(Family::Weibull), None);
    }
}
