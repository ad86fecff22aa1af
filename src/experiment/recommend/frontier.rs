//! Plans that no other plan beats in everything: cost, wait and strain.

use super::{Examined, Verdict};

/// For each plan whether it is on the frontier: no other has no greater cost, wait and strain and less of
/// one of them. A plan that surely misses a target beats none that does not: whoever wants the targets
/// cannot take it. Plans without a wait or a strain are not on it.
#[must_use]
pub fn frontier(examined: &[Examined]) -> Vec<bool> {
    let points: Vec<Option<Vec<f64>>> = examined.iter().map(point).collect();
    let fails = |it: &Examined| it.verdict == Verdict::Fails;
    let is_beaten = |(it, point): (&Examined, &Vec<f64>)| {
        let mut others = examined.iter().zip(&points);
        others.any(|(other, at)| {
            (fails(it) || !fails(other)) && at.as_ref().is_some_and(|at| beats(at, point))
        })
    };
    let all = examined.iter().zip(&points);
    all.map(|(it, point)| point.as_ref().is_some_and(|point| !is_beaten((it, point))))
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

    /// The plan recommended was not on it, because of one at the same cost that misses a target.
    #[test]
    fn a_plan_that_misses_a_target_beats_none_that_does_not() {
        let verdict = |verdict, plan: Examined| Examined { verdict, ..plan };
        let plans = [
            verdict(Verdict::Meets, plan(2.0, 5.0, 1.0)),
            verdict(Verdict::Fails, plan(2.0, 4.9, 0.9)),
            verdict(Verdict::Fails, plan(2.0, 5.1, 1.1)),
        ];
        assert_eq!(frontier(&plans), [true, true, false]);
    }
}
