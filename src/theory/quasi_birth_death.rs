//! Chains of levels that all look alike from some level on: how the higher levels follow from it.

use super::linear::{Matrix, add, identity, inverse, multiply, solve_all};

/// The matrix R with p(n + 1) = p(n) R for the steady state of a chain that goes from a level `up`
/// one, `local`ly within it or `down` one at these rates, the same at every level; `local` has
/// the rates of leaving on its diagonal, negative. `None` where a system of equations has no
/// answer, as without a steady state it may not.
///
/// G, the states in which the level below is first reached, comes from the logarithmic reduction of
/// Latouche & Ramaswami (1993), whose k-th round looks 2^k levels up; then R = up (-local -
/// up G)^-1 (Neuts 1981).
pub(crate) fn level_ratio(up: &Matrix, local: &Matrix, down: &Matrix) -> Option<Matrix> {
    let first = first_passage_down(up, local, down)?;
    let leaving = add(multiply(up, &first), 1.0, local);
    Some(multiply(up, &inverse(negative(leaving))?))
}

/// G, to rounding.
fn first_passage_down(up: &Matrix, local: &Matrix, down: &Matrix) -> Option<Matrix> {
    let leaving = negative(local.clone());
    let mut rise = solve_all(leaving.clone(), up.clone())?;
    let mut fall = solve_all(leaving, down.clone())?;
    let mut passage = fall.clone();
    let mut risen = rise.clone();
    // Sixty doublings are more levels than any sum in `f64` can tell from no end.
    for _ in 0..60 {
        let back = add(multiply(&rise, &fall), 1.0, &multiply(&fall, &rise));
        let stay = add(identity(back.len()), -1.0, &back);
        rise = solve_all(stay.clone(), multiply(&rise, &rise))?;
        fall = solve_all(stay, multiply(&fall, &fall))?;
        let later = multiply(&risen, &fall);
        passage = add(passage, 1.0, &later);
        if later.iter().flatten().all(|&share| share < NEGLIGIBLE) {
            break;
        }
        risen = multiply(&risen, &rise);
    }
    Some(passage)
}

/// A probability that the sum of it and 1 does not show.
const NEGLIGIBLE: f64 = 1e-17;

pub(crate) fn negative(matrix: Matrix) -> Matrix {
    let turned = |row: Vec<f64>| row.into_iter().map(|value| -value).collect();
    matrix.into_iter().map(turned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One state a level: M/M/1, whose ratio is the load.
    #[test]
    fn one_state_a_level_is_geometric() {
        for load in [1e-6, 0.5, 0.99, 0.999_999] {
            let (up, down) = (vec![vec![load]], vec![vec![1.0]]);
            let ratio = level_ratio(&up, &vec![vec![-1.0 - load]], &down).expect("regular");
            assert!((ratio[0][0] / load - 1.0).abs() < 1e-9);
        }
    }

    /// The defining equation: up + R local + R^2 down = 0, at a load of 0.96 and unlike states.
    #[test]
    fn the_ratio_solves_the_balance_of_a_level() {
        let up = vec![vec![1.0, 0.0], vec![0.0, 1.4]];
        let down = vec![vec![0.9, 0.3], vec![0.0, 1.6]];
        let local = vec![vec![-2.5, 0.3], vec![0.7, -3.7]];
        let ratio = level_ratio(&up, &local, &down).expect("regular");
        let square = multiply(&ratio, &ratio);
        let balance = add(multiply(&ratio, &local), 1.0, &multiply(&square, &down));
        let balance = add(balance, 1.0, &up);
        assert!(balance.iter().flatten().all(|value| value.abs() < 1e-12));
        // The smallest solution: its powers vanish. (Another one has an eigenvalue of 1.)
        let mut power = ratio;
        for _ in 0..12 {
            power = multiply(&power, &power);
        }
        assert!(power.iter().flatten().all(|value| value.abs() < 1e-9));
    }
}
