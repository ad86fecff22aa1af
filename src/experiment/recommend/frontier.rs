//! Plans that no other plan beats in everything: cost, wait and strain.

use super::Examined;

/// For each plan whether it is on the frontier: no other has no greater cost, wait and strain and less of
/// one of them. Plans without a wait or a strain are not.
#[must_use]
pub fn frontier(examined: &[Examined]) -> Vec<bool> {
    let points: Vec<Option<Vec<f64>>> = examined.iter().map(point).collect();
    let is_beaten = |point: &Vec<f64>| points.iter().flatten().any(|other| beats(other, point));
    points
        .iter()
        .map(|point| point.as_ref().is_some_and(|point| !is_beaten(point)))
        .collect()
}

fn point(it: &Examined) -> Option<Vec<f64>> {
    let shown: Option<Vec<f64>> = it
        .shown
        .iter()
        .map(|shown| shown.map(|estimate| estimate.mean))
        .collect();
    Some([vec![it.cost_pounds_a_year], shown?].concat())
}

fn beats(one: &[f64], other: &[f64]) -> bool {
    let pairs = || one.iter().zip(other);
    pairs().all(|(one, other)| one <= other) && pairs().any(|(one, other)| one < other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::recommend::Verdict;
    use crate::stats::Estimate;

    fn plan(cost: f64, wait: f64, strain: f64) -> Examined {
        Examined {
            plan: 0,
            cost_pounds_a_year: cost,
            replications: 1,
            verdict: Verdict::Undecided,
            requirements: Vec::new(),
            shown: vec![Estimate::of(&[wait]), Estimate::of(&[strain])],
            on_paper: None,
        }
    }

    #[test]
    fn a_plan_is_on_the_frontier_unless_another_is_better_all_round() {
        let plans = [
            plan(1.0, 9.0, 1.2),
            plan(2.0, 5.0, 1.0),
            plan(3.0, 6.0, 1.0),
            plan(3.0, 6.0, 0.9),
            plan(2.0, 5.0, 1.0),
        ];
        assert_eq!(frontier(&plans), [true, true, false, true, true]);
        let mut unknown = plan(0.0, 0.0, 0.0);
        unknown.shown[0] = None;
        assert_eq!(frontier(&[unknown]), [false]);
    }
}
