//! Quantiles of chi-square and of Fisher's F: how far a variance, or the ratio of two, may lie from
//! what was seen.
//!
//! Total functions: probabilities outside 0 to 1 and degrees of freedom that are not above 0 give
//! NaN, for no quantile exists. Knows nothing of samples.

use statrs::function::beta::beta_reg;
use statrs::function::gamma::gamma_lr;

/// Logarithms of the quantiles that are looked for, either way.
const FURTHEST: f64 = 700.0;

/// Halvings of the interval; the last digit is reached in some 60.
const MOST_HALVINGS: usize = 200;

/// The x with probability `p` below it, for chi-square with `df` degrees of freedom.
///
/// Worked: `chi_square_quantile(0.975, 10.0)` = 20.483177; with two degrees of freedom it is
/// -2 ln(1 - p).
#[must_use]
pub fn chi_square_quantile(p: f64, df: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && df > 0.0) {
        return f64::NAN;
    }
    solve(|ln| gamma_lr(df / 2.0, ln.exp() / 2.0) < p).exp()
}

/// The x with probability `p` below it, for F with `above` degrees of freedom in the numerator and
/// `below` in the denominator.
///
/// Worked: `f_quantile(0.975, 4.0, 10.0)` = 4.468342; with one degree in the numerator it is the
/// square of t: `f_quantile(0.95, 1.0, 9.0)` = 2.262157^2.
#[must_use]
pub fn f_quantile(p: f64, above: f64, below: f64) -> f64 {
    if !(p > 0.0 && p < 1.0 && above > 0.0 && below > 0.0) {
        return f64::NAN;
    }
    // P(F < x) = I_y(above/2, below/2) with y = above x / (above x + below). Of this and its
    // complement the smaller is asked for, which has the digits.
    let is_below = |ln: f64| {
        let odds = above / below * ln.exp();
        if p < 0.5 {
            beta_reg(above / 2.0, below / 2.0, odds / (1.0 + odds)) < p
        } else {
            beta_reg(below / 2.0, above / 2.0, 1.0 / (1.0 + odds)) > 1.0 - p
        }
    };
    solve(is_below).exp()
}

/// The probability above `x`, for F with `above` degrees of freedom in the numerator and `below` in the
/// denominator: how surprising a ratio of variances as great as this would be. 1 for `x` of 0 or less.
///
/// Worked: `f_above(4.468342, 4.0, 10.0)` = 0.025.
#[must_use]
pub fn f_above(x: f64, above: f64, below: f64) -> f64 {
    if !(above > 0.0 && below > 0.0) || x.is_nan() {
        return f64::NAN;
    }
    if x <= 0.0 {
        return 1.0;
    }
    beta_reg(below / 2.0, above / 2.0, below / (above * x + below))
}

/// The logarithm at which `is_below`, true for small ones, ceases to be, by bisection.
fn solve(is_below: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (-FURTHEST, FURTHEST);
    for _ in 0..MOST_HALVINGS {
        let middle = f64::midpoint(low, high);
        if is_below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::student_t::two_sided;

    fn assert_near(value: f64, target: f64) {
        assert!(
            (value / target - 1.0).abs() < 1e-8,
            "{value} is not {target}"
        );
    }

    /// Printed tables, with more digits from a continued fraction and a power series of our own.
    #[test]
    fn quantiles_match_tables() {
        for (p, above, below, target) in [
            (0.975, 4.0, 10.0, 4.468_341_578),
            (0.025, 4.0, 10.0, 0.113_072_530),
            (0.975, 2.0, 3.0, 16.044_106_429),
            (0.95, 19.0, 80.0, 1.718_025_549),
            (0.999, 9.0, 40.0, 4.024_261_400),
        ] {
            assert_near(f_quantile(p, above, below), target);
        }
        for (p, df, target) in [
            (0.975, 10.0, 20.483_177_351),
            (0.025, 10.0, 3.246_972_780),
            (0.95, 1.0, 3.841_458_821),
            (0.5, 100.0, 99.334_129_236),
        ] {
            assert_near(chi_square_quantile(p, df), target);
        }
    }

    #[test]
    fn some_have_closed_forms() {
        for p in [1e-6, 0.025, 0.5, 0.975, 0.999_9] {
            let tail = 1.0_f64 - p;
            assert_near(chi_square_quantile(p, 2.0), -2.0 * tail.ln());
            for df in [1.0, 7.0, 80.0] {
                assert_near(
                    f_quantile(p, 2.0, df),
                    df / 2.0 * (tail.powf(-2.0 / df) - 1.0),
                );
                if p > 1e-3 {
                    assert_near(f_quantile(p, 1.0, df), two_sided(tail, df).powi(2));
                }
                assert_near(f_quantile(p, 5.0, df), 1.0 / f_quantile(tail, df, 5.0));
            }
        }
    }

    #[test]
    fn the_tail_is_what_the_quantile_leaves() {
        for (p, above, below) in [(0.975, 4.0, 10.0), (0.5, 1.0, 99.0), (0.001, 7.0, 30.0)] {
            assert_near(f_above(f_quantile(p, above, below), above, below), 1.0 - p);
        }
        assert!((f_above(0.0, 2.0, 3.0) - 1.0).abs() < f64::EPSILON);
        assert!(f_above(1e12, 2.0, 30.0) < 1e-12 && f_above(1.0, 0.0, 3.0).is_nan());
    }

    #[test]
    fn there_is_none_beyond_the_edges() {
        assert!(f_quantile(0.0, 1.0, 1.0).is_nan() && f_quantile(0.5, 0.0, 1.0).is_nan());
        assert!(f_quantile(0.5, 1.0, f64::NAN).is_nan() && f_quantile(1.0, 1.0, 1.0).is_nan());
        assert!(chi_square_quantile(1.0, 1.0).is_nan() && chi_square_quantile(0.5, 0.0).is_nan());
    }
}
