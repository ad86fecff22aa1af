//! Exact one-sided bounds of a probability from independent trials.
//!
//! Knows successes and trials only. Total functions: no trial gives no bound, which is 0 below and 1
//! above.

use statrs::function::beta::beta_reg;

/// Halvings of the interval from 0 to 1: to the last digit of a float.
const HALVINGS: usize = 60;

/// The lower bound of a probability with confidence 1 - `alpha`, from `successes` in `trials`
/// (Clopper and Pearson 1934): the p with P(X >= successes) = `alpha`; 0 where there is no success.
///
/// Worked: 20 of 20 at 0.05 gives 0.05^(1/20) = 0.860892; 8 of 10 gives 0.493099.
#[must_use]
pub fn proportion_low(successes: u64, trials: u64, alpha: f64) -> f64 {
    if successes == 0 || trials == 0 {
        return 0.0;
    }
    let (a, b) = (successes as f64, (trials - successes) as f64 + 1.0);
    // P(X >= k) is the incomplete beta function I_p(k, n - k + 1), which rises with p.
    crossing(|p| beta_reg(a, b, p) > alpha)
}

/// The upper bound of a probability with confidence 1 - `alpha`, from `successes` in `trials`; 1
/// where all are successes.
///
/// Worked: 0 of 20 at 0.05 gives 1 - 0.05^(1/20) = 0.139108; 2 of 10 gives 0.506901.
#[must_use]
pub fn proportion_high(successes: u64, trials: u64, alpha: f64) -> f64 {
    1.0 - proportion_low(trials - successes.min(trials), trials, alpha)
}

/// The point between 0 and 1 from which on `is_beyond` is true.
fn crossing(is_beyond: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if is_beyond(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    // The end that errs on the side of caution.
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(value: f64, target: f64) {
        assert!((value - target).abs() < 5e-7, "{value} is not {target}");
    }

    /// Closed forms, and SciPy 1.x's `stats.beta.ppf`.
    #[test]
    fn bounds_match_closed_forms_and_another_program() {
        assert_near(proportion_low(20, 20, 0.05), 0.05_f64.powf(0.05));
        assert_near(proportion_high(0, 20, 0.05), 1.0 - 0.05_f64.powf(0.05));
        assert_near(proportion_low(8, 10, 0.05), 0.493_099);
        assert_near(proportion_high(2, 10, 0.05), 0.506_901);
        assert_near(proportion_low(1, 50, 0.05), 1.0 - 0.95_f64.powf(0.02));
    }

    #[test]
    fn nothing_is_known_of_what_was_never_tried_or_never_happened() {
        assert_near(proportion_low(0, 20, 0.05), 0.0);
        assert_near(proportion_high(20, 20, 0.05), 1.0);
        assert_near(proportion_low(0, 0, 0.05), 0.0);
        assert_near(proportion_high(0, 0, 0.05), 1.0);
    }
}
