//! The distribution function of two numbers that follow Student's t together.
//!
//! Both are correlated normals over the same independent estimate of their spread. Total: no
//! argument gives NaN but NaN itself.

use statrs::function::beta::beta_reg;
use std::f64::consts::{FRAC_PI_2, TAU};

/// Nodes to either side of the middle of an integral.
const NODES: i32 = 120;

/// Distance of the nodes before the change of variable; twice it loses digits from the ninth on
/// where h and k nearly agree.
const STEP: f64 = 1.0 / 32.0;

/// P(T <= `t`) for Student's t with `df` degrees of freedom, above 0.
///
/// Worked: `below(1.0, 1.0)` = 3/4 (Cauchy); `below(2.262157, 9.0)` = 0.975.
#[must_use]
pub fn below(t: f64, df: f64) -> f64 {
    let tail = 0.5 * beta_reg(df / 2.0, 0.5, df / (df + t * t));
    if t > 0.0 { 1.0 - tail } else { tail }
}

/// P(X <= `h` and Y <= `k`) for the bivariate t with `df` degrees of freedom and correlation `rho`
/// from -1 to 1.
///
/// The derivative with respect to rho is (1 + (h^2 + k^2 - 2 h k rho) / (df (1 - rho^2)))^(-df/2)
/// over 2 pi sqrt(1 - rho^2) (Dunnett & Sobel 1954, Biometrika 41 153-169; Genz 2004, Statistics
/// and Computing 14 251-260). With rho = sin(angle) it is integrated from the nearer of -1 and 1,
/// where the two are one number: P = below(min(h, k)) at 1 and max(0, below(h) + below(k) - 1) at
/// -1.
///
/// Worked: at h = k = 0 it is 1/4 + asin(rho) / (2 pi) whatever `df` is: 1/3 for rho = 1/2.
#[must_use]
pub fn both_below(h: f64, k: f64, rho: f64, df: f64) -> f64 {
    let rho = rho.clamp(-1.0, 1.0);
    let angle = rho.asin();
    let slope = |from_edge: f64| {
        // At this angle from the edge: 1 - |rho| = 2 sin^2(half), cos^2 = sin^2(from_edge).
        let cosine = from_edge.sin();
        let apart = 2.0 * (from_edge / 2.0).sin().powi(2);
        let (near, far) = if rho < 0.0 {
            (h + k, -h * k)
        } else {
            (h - k, h * k)
        };
        // h^2 + k^2 - 2 h k rho = (h -+ k)^2 +- 2 h k (1 -+ rho), so that nothing cancels.
        let distance = (near * near + 2.0 * far * apart) / (cosine * cosine);
        (-0.5 * df * (distance.max(0.0) / df).ln_1p()).exp()
    };
    let rest = integral(slope, FRAC_PI_2 - angle.abs()) / TAU;
    let share = if rho < 0.0 {
        (below(h, df) - below(-k, df)).max(0.0) + rest
    } else {
        below(h.min(k), df) - rest
    };
    share.clamp(0.0, 1.0)
}

/// The integral of `f` from 0 to `length`, by the double exponential rule (Takahasi & Mori 1974),
/// whose nodes crowd at both ends: near 0 `f` may change as quickly as it likes.
fn integral(f: impl Fn(f64) -> f64, length: f64) -> f64 {
    let node = |i: i32| {
        let t = STEP * f64::from(i);
        let (sinh, cosh) = (FRAC_PI_2 * t.sinh(), FRAC_PI_2 * t.cosh());
        // x = length / (1 + exp(-2 sinh)), written so that it is exact near 0.
        let share = 1.0 / (1.0 + (-2.0 * sinh).exp());
        let weight = 0.5 * cosh / (sinh.cosh() * sinh.cosh());
        let x = length * share;
        if x > 0.0 && weight > 0.0 {
            weight * f(x)
        } else {
            0.0
        }
    };
    (-NODES..=NODES).map(node).sum::<f64>() * STEP * length
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::student_t::one_sided;

    fn assert_near(value: f64, target: f64) {
        assert!((value - target).abs() < 1e-9, "{value} is not {target}");
    }

    /// By another route: the bivariate normal of both over their spread, integrated over the
    /// distribution of the spread, each by Simpson's rule.
    #[test]
    fn probabilities_worked_out_apart() {
        for (h, k, rho, df, target) in [
            (0.5, -0.3, 0.4, 5.0, 0.315_764_412_7),
            (1.2, 0.7, -0.8, 9.0, 0.619_540_592_5),
            (2.0, 1.9, 0.95, 29.0, 0.960_678_835_8),
            (-1.0, 0.4, 0.99, 4.0, 0.186_943_397_4),
            (1.0, -1.1, -0.97, 12.0, 0.013_704_228_7),
            (0.1, 0.2, 0.6, 99.0, 0.412_798_659_3),
        ] {
            assert_near(both_below(h, k, rho, df), target);
            assert_near(both_below(k, h, rho, df), target);
        }
    }

    #[test]
    fn the_middle_has_a_closed_form() {
        for rho in [-1.0, -0.999, -0.5, 0.0, 0.3, 0.5, 0.999_999, 1.0_f64] {
            for df in [1.0, 4.0, 300.0] {
                let target = 0.25 + rho.asin() / TAU;
                assert_near(both_below(0.0, 0.0, rho, df), target);
            }
        }
    }

    /// P(X <= h) = P(X <= h, Y <= k) + P(X <= h, -Y <= -k): the one is integrated from rho = 1, the
    /// other from -1.
    #[test]
    fn halves_add_up_to_the_margin() {
        for (h, k) in [
            (0.0, 1.0),
            (1.0, 1.0),
            (1.0, 1.000_1),
            (-2.0, 0.5),
            (30.0, -0.4),
        ] {
            for rho in [0.0, 0.2, -0.7, 0.999, 0.999_999_9] {
                for df in [1.0, 9.0, 999.0] {
                    let halves = both_below(h, k, rho, df) + both_below(h, -k, -rho, df);
                    assert_near(halves, below(h, df));
                }
            }
        }
    }

    #[test]
    fn perfect_correlation_leaves_one_number() {
        assert_near(both_below(0.3, 1.1, 1.0, 7.0), below(0.3, 7.0));
        assert_near(
            both_below(0.3, 1.1, -1.0, 7.0),
            below(0.3, 7.0) - below(-1.1, 7.0),
        );
        assert_near(both_below(0.3, -1.1, -1.0, 7.0), 0.0);
        assert_near(both_below(0.3, 1.1, 1.000_000_1, 7.0), below(0.3, 7.0));
    }

    #[test]
    fn one_of_them_is_students() {
        assert_near(below(1.0, 1.0), 0.75);
        assert_near(below(0.0, 5.0), 0.5);
        for (alpha, df) in [(0.025, 9.0), (0.3, 3.0), (1e-6, 50.0)] {
            let t = one_sided(alpha, df);
            assert!((below(-t, df) / alpha - 1.0).abs() < 1e-9);
            assert_near(below(t, df), 1.0 - alpha);
        }
    }
}
