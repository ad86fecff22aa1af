//! Quantiles of Student's t: how many standard errors a confidence interval reaches.
//!
//! Total functions: an argument for which no finite quantile exists gives an infinite one, so that
//! an interval without information is unbounded rather than wrong. Knows nothing of samples.

use statrs::function::beta::beta_reg;
use statrs::function::erf::erfc_inv;
use statrs::function::gamma::ln_gamma;

/// Degrees of freedom above which the expansion about the normal is used: the incomplete beta
/// function loses digits for huge ones, and the expansion is exact to 12 of them from here on.
const EXPANSION_ABOVE: f64 = 10_000.0;

/// Newton steps after which the quantile is taken as it is; 4 to 8 are usual.
const MOST_STEPS: usize = 50;

/// The t with probability `alpha` outside (-t, t), for `df` degrees of freedom.
///
/// The half-width of a two-sided 100(1 - `alpha`)% interval of a mean is this times sd / sqrt(n),
/// with `df` = n - 1. For m simultaneous intervals use `alpha` / m (Bonferroni).
///
/// Worked: `two_sided(0.05, 29.0)` = 2.045230; `two_sided(0.05 / 10.0, 29.0)` = 3.038047.
///
/// Edges: `df` below 1 or `alpha` not above 0 (or NaN) gives infinity, `alpha` of 1 or more gives
/// 0. `df` may be fractional (Welch) or infinite (the normal).
#[must_use]
pub fn two_sided(alpha: f64, df: f64) -> f64 {
    if alpha >= 1.0 {
        0.0
    } else if !(alpha > 0.0 && df >= 1.0) {
        f64::INFINITY
    } else if df > EXPANSION_ABOVE {
        about_the_normal(alpha, df)
    } else {
        exact(alpha, df)
    }
}

/// The t with probability `alpha` above it, for `df` degrees of freedom; negative for `alpha`
/// above one half.
///
/// Worked: `one_sided(0.025, 9.0)` = 2.262157; `one_sided(0.05, 9.0)` = 1.833113.
///
/// Edges: `df` below 1 or `alpha` not above 0 (or NaN) gives infinity, `alpha` of 1 or more gives
/// minus infinity.
#[must_use]
pub fn one_sided(alpha: f64, df: f64) -> f64 {
    if alpha > 0.5 {
        -two_sided(2.0 * (1.0 - alpha), df)
    } else {
        two_sided(2.0 * alpha, df)
    }
}

/// P(|T| > `t`): the regularised incomplete beta I_y(df/2, 1/2) at y = df / (df + t^2).
fn outside(t: f64, df: f64) -> f64 {
    beta_reg(df / 2.0, 0.5, df / (df + t * t))
}

/// The density of T at `t`.
fn density(t: f64, df: f64) -> f64 {
    let scale = ln_gamma(df.midpoint(1.0)) - ln_gamma(df / 2.0);
    let tail = -df.midpoint(1.0) * (t * t / df).ln_1p();
    (scale + tail).exp() / (std::f64::consts::PI * df).sqrt()
}

/// The quantile by Newton's method on the logarithms of probability and t.
///
/// The one is a falling, concave function of the other, so the second step is beyond the quantile
/// wherever the first was and the steps then close in on it. (The inverse in statrs loses digits
/// for few degrees of freedom and small `alpha`.)
fn exact(alpha: f64, df: f64) -> f64 {
    let mut t = normal(alpha);
    for _ in 0..MOST_STEPS {
        let probability = outside(t, df);
        let step = (probability / alpha).ln() * probability / (2.0 * t * density(t, df));
        t *= step.exp();
        if step.abs() < 1e-13 {
            break;
        }
    }
    t
}

/// The normal's quantile: z with probability `alpha` outside (-z, z).
fn normal(alpha: f64) -> f64 {
    std::f64::consts::SQRT_2 * erfc_inv(alpha)
}

/// Expansion of the quantile in 1/df about the normal's (Abramowitz & Stegun 1964, 26.7.5).
fn about_the_normal(alpha: f64, df: f64) -> f64 {
    let z = normal(alpha);
    let square = z * z;
    let first = z * (square + 1.0) / 4.0;
    let second = z * ((5.0 * square + 16.0) * square + 3.0) / 96.0;
    z + (first + second / df) / df
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assert_near(value: f64, target: f64) {
        assert!((value - target).abs() < 5e-7, "{value} is not {target}");
    }

    #[test]
    fn quantiles_match_published_tables() {
        for (n, target) in [
            (2, 12.706_205),
            (3, 4.302_653),
            (5, 2.776_445),
            (10, 2.262_157),
            (30, 2.045_230),
            (100, 1.984_217),
        ] {
            assert_near(two_sided(0.05, f64::from(n - 1)), target);
        }
        assert_near(two_sided(0.05, 1e12), 1.959_964);
        assert_near(two_sided(0.05, f64::INFINITY), 1.959_964);
        assert_near(one_sided(0.05, 9.0), 1.833_113);
    }

    /// By SciPy 1.x's `stats.t.isf`, whose inverse is another algorithm (Boost's).
    #[test]
    fn quantiles_match_another_program() {
        for (alpha, df, target) in [
            (0.05, 2.5, 3.574_654_842_003_683_4),
            (1e-6, 7.0, 15.767_009_437_482_583),
            (0.001 / 3.0, 79.0, 3.751_834_754_309_544_5),
            (0.05, 12_345.0, 1.960_156_167_600_567),
            (0.05 / 45.0, 9.0, 4.705_767_377_790_803),
            (0.01, 4.0, 4.604_094_871_349_993),
        ] {
            let t = two_sided(alpha, df);
            assert!((t / target - 1.0).abs() < 1e-10, "{t} is not {target}");
        }
    }

    #[test]
    fn bonferroni_reaches_further() {
        for (n, target) in [(5, 5.597_568), (10, 3.689_662), (30, 3.038_047)] {
            assert_near(two_sided(0.05 / 10.0, f64::from(n - 1)), target);
        }
    }

    #[test]
    fn quantiles_invert_the_distribution() {
        for df in [1.0, 2.5, 7.0, 60.0, 999.0, 9_999.0] {
            for alpha in [0.999, 0.5, 0.2, 0.05, 1e-3, 1e-6, 1e-9] {
                let share = outside(two_sided(alpha, df), df);
                assert!((share / alpha - 1.0).abs() < 1e-9, "{df} {alpha} {share}");
            }
        }
    }

    #[test]
    fn one_and_two_degrees_of_freedom_have_closed_forms() {
        for alpha in [0.999, 0.5, 0.05, 1e-3, 1e-6, 1e-9] {
            let cauchy = 1.0 / (std::f64::consts::FRAC_PI_2 * alpha).tan();
            assert!(
                (two_sided(alpha, 1.0) / cauchy - 1.0).abs() < 1e-9,
                "{alpha}"
            );
            let two = (1.0 - alpha) * (2.0 / (alpha * (2.0 - alpha))).sqrt();
            assert!((two_sided(alpha, 2.0) / two - 1.0).abs() < 1e-9, "{alpha}");
        }
    }

    #[test]
    fn the_expansion_meets_the_exact_quantile() {
        for alpha in [0.5, 0.05, 1e-3, 1e-6] {
            let exact = two_sided(alpha, EXPANSION_ABOVE);
            assert!((about_the_normal(alpha, EXPANSION_ABOVE) / exact - 1.0).abs() < 1e-9);
        }
    }

    #[test]
    fn one_sided_is_antisymmetric_and_edges_are_unbounded() {
        assert_near(one_sided(0.3, 4.0), -one_sided(0.7, 4.0));
        assert_near(one_sided(0.5, 4.0), 0.0);
        assert!(two_sided(0.05, 0.0).is_infinite());
        assert!(two_sided(0.0, 5.0).is_infinite());
        assert!(two_sided(f64::NAN, 5.0).is_infinite());
        assert!(one_sided(1.0, 5.0).is_infinite() && one_sided(1.0, 5.0) < 0.0);
        assert_near(two_sided(1.0, 5.0), 0.0);
    }
}
