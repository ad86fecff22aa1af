//! Linear regression by ordinary least squares: how much a response changes with each of several
//! inputs, the others held fixed.
//!
//! Solved by reflections of the centred and scaled inputs (see `householder`). Inputs that do not vary, or
//! that others determine, have no slope.

use super::householder::{Column, DEPENDENT, length, reflect, solved, standard_errors};
use super::student_t::two_sided;

/// A slope and how surely it is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slope {
    /// Change of the response for a change of the input by 1.
    pub value: f64,
    /// Half the length of its 100(1 - alpha)% t interval.
    pub half_width: f64,
}

/// A regression.
#[derive(Clone, Debug, PartialEq)]
pub struct Regression {
    /// The slope of each input; `None` for one that does not vary or that others determine.
    pub slopes: Vec<Option<Slope>>,
    /// Share of the response's variance that the inputs explain together (R squared), 0 to 1.
    pub explained: f64,
}

impl Regression {
    /// The regression of `response` on `inputs`, each a column of as many values; with a constant.
    /// `None` where there are not at least two observations more than there are unknowns, or where the
    /// response does not vary.
    ///
    /// Worked: response 1, 3, 2, 5, 4 on input 1 to 5: slope 0.8 with half-width 1.102688 at 95%
    /// (t with 3 degrees of freedom 3.182446, standard error 0.346410), explained 0.64.
    #[must_use]
    pub fn of(response: &[f64], inputs: &[Vec<f64>], alpha: f64) -> Option<Self> {
        let mut y = centred(response);
        let all = length(&y);
        if all <= 0.0 {
            return None;
        }
        let mut reflected: Vec<Column> = Vec::new();
        let mut used: Vec<Option<usize>> = Vec::with_capacity(inputs.len());
        for input in inputs {
            let column = column_of(input, &reflected);
            used.push(column.as_ref().map(|_| reflected.len()));
            reflected.extend(column);
        }
        let unknowns = reflected.len() + 1;
        let df = response.len().checked_sub(unknowns).filter(|df| *df >= 2)? as f64;
        reflect(&reflected, &mut y);
        let residual = length(&y[reflected.len()..]);
        let t = two_sided(alpha, df) * residual / df.sqrt();
        let slopes = solved(&reflected, &y);
        let errors = standard_errors(&reflected);
        let slope = |index: usize| Slope {
            value: slopes[index] / reflected[index].length,
            half_width: t * errors[index] / reflected[index].length,
        };
        Some(Self {
            slopes: used.into_iter().map(|it| it.map(slope)).collect(),
            explained: (1.0 - (residual / all).powi(2)).clamp(0.0, 1.0),
        })
    }
}

/// The column of an input, centred; `None` where it does not vary, as far as its digits can tell, or where
/// nothing is left of it.
fn column_of(input: &[f64], before: &[Column]) -> Option<Column> {
    let values = centred(input);
    let largest = input.iter().fold(0.0_f64, |most, it| most.max(it.abs()));
    let is_constant = length(&values) <= DEPENDENT * largest;
    // The mean has taken one observation.
    let are_enough = before.len() + 1 < values.len();
    match are_enough && !is_constant {
        true => Column::of(values, before),
        false => None,
    }
}

fn centred(values: &[f64]) -> Vec<f64> {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    values.iter().map(|value| value - mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::ALPHA;

    fn near(value: f64, expected: f64) {
        assert!(
            (value - expected).abs() < 1e-6,
            "{value} and not {expected}"
        );
    }

    #[test]
    fn a_line_has_the_textbook_slope() {
        let one = Regression::of(
            &[1.0, 3.0, 2.0, 5.0, 4.0],
            &[vec![1.0, 2.0, 3.0, 4.0, 5.0]],
            ALPHA,
        );
        let one = one.expect("it has a slope");
        let slope = one.slopes[0].expect("the input varies");
        near(slope.value, 0.8);
        near(slope.half_width, 3.182_446 * 0.346_410_16);
        near(one.explained, 0.64);
    }

    /// y = 2 + 3 a - b + e, e orthogonal to both and to the constant: slopes are exact, the residual is e.
    #[test]
    fn two_inputs_are_told_apart() {
        let a = vec![1.0, 1.0, -1.0, -1.0, 1.0, 1.0, -1.0, -1.0];
        let b = vec![1.0, -1.0, 1.0, -1.0, 2.0, 0.0, 2.0, 0.0];
        let e = [0.5, -0.5, -0.5, 0.5, 0.5, -0.5, -0.5, 0.5];
        let y: Vec<f64> = (0..8).map(|i| 2.0 + 3.0 * a[i] - b[i] + e[i]).collect();
        let both = Regression::of(&y, &[a, b], ALPHA).expect("slopes");
        near(both.slopes[0].expect("a varies").value, 3.0);
        near(both.slopes[1].expect("b varies").value, -1.0);
        // Residual variance 8 x 0.25 / 5; the sum of squares of a is 8, b (mean 0.5) has 10.
        let half = |squares: f64| 2.570_582 * (0.4_f64 / squares).sqrt();
        near(both.slopes[0].expect("a varies").half_width, half(8.0));
        near(both.slopes[1].expect("b varies").half_width, half(10.0));
    }

    #[test]
    fn what_does_not_vary_or_depends_has_no_slope() {
        let a = vec![1.0, 2.0, 3.0, 4.0, 5.0, 7.0];
        let twice: Vec<f64> = a.iter().map(|it| 2.0 * it + 1.0).collect();
        let y = [1.0, 2.0, 2.0, 4.0, 4.0, 6.0];
        let all = Regression::of(&y, &[vec![0.1; 6], a, twice], ALPHA).expect("one slope");
        assert!(all.slopes[0].is_none() && all.slopes[1].is_some() && all.slopes[2].is_none());
    }

    #[test]
    fn too_few_values_or_none_that_vary_give_nothing() {
        let line = vec![1.0, 2.0, 3.0];
        assert!(Regression::of(&[1.0, 2.0, 4.0], std::slice::from_ref(&line), ALPHA).is_none());
        assert!(Regression::of(&[1.0; 5], &[vec![1.0, 2.0, 3.0, 4.0, 5.0]], ALPHA).is_none());
    }
}
