//! The upper tail of the chi-squared distribution, and what a goodness-of-fit test says.

use statrs::function::gamma::gamma_ur;

/// How well something fits: a chi-squared statistic and how often chance alone gives one as large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Goodness {
    /// The statistic.
    pub statistic: f64,
    /// Degrees of freedom, at least 1.
    pub degrees: u32,
    /// Probability of a statistic at least as large where the fit is right.
    pub p: f64,
}

impl Goodness {
    /// The test of a statistic; `None` without a degree of freedom, or where it is no number.
    #[must_use]
    pub fn of(statistic: f64, degrees: u32) -> Option<Self> {
        (degrees > 0 && statistic >= 0.0 && statistic.is_finite()).then(|| Self {
            statistic,
            degrees,
            p: chi_squared_above(statistic, degrees),
        })
    }
}

/// P(X > x) of chi-squared with so many degrees of freedom (at least 1), x not below 0: the regularised
/// upper incomplete gamma function Q(degrees / 2, x / 2).
///
/// Worked: 3.841459 with one degree gives 0.05; 16.918978 with nine gives 0.05.
#[must_use]
pub fn chi_squared_above(x: f64, degrees: u32) -> f64 {
    match x > 0.0 {
        true => gamma_ur(f64::from(degrees) / 2.0, x / 2.0),
        false => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Upper 5% points of NIST/SEMATECH e-Handbook, table 1.3.6.7.4.
    #[test]
    fn upper_points_are_those_of_the_tables() {
        for (x, degrees) in [(3.841, 1), (5.991, 2), (16.919, 9), (43.773, 30)] {
            let p = chi_squared_above(x, degrees);
            assert!((p - 0.05).abs() < 2e-5, "{x}, {degrees}: {p}");
        }
    }

    #[test]
    fn nothing_is_tested_without_a_degree_of_freedom() {
        assert_eq!(Goodness::of(1.0, 0), None);
        assert_eq!(Goodness::of(f64::NAN, 3), None);
        assert!(Goodness::of(0.0, 3).is_some_and(|it| it.p >= 1.0));
    }
}
