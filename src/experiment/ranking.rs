//! Which of base and options is the best: replications are spent on those that may still be.

use super::replications::Stop;
use crate::stats::{KimNelson, Selection, SelectionRule};
use std::ops::Range;

/// Replications of each survivor between two looks.
const ROUND: u64 = 32;

/// What the search for the best came to. Systems are counted from 0 in the order given.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The best; `None` where several are left when the budget is spent.
    pub best: Option<usize>,
    /// Each system.
    pub standings: Vec<Standing>,
    /// Replications after which was judged for the first time.
    pub first_stages: u64,
    /// Replications of each at most.
    pub budget: u64,
}

/// How far one system came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Mean over the replications in which it was in.
    pub mean: f64,
    /// How many these are.
    pub replications: u64,
    /// The system that it fell behind; `None` for those that are left.
    pub behind: Option<usize>,
}

/// Values of one system, replication by replication; `None` where one of them is undefined.
pub type Values = Option<Vec<f64>>;

/// Ranks systems by the procedure of Kim and Nelson (2001). `first` has the values of the first
/// replications of each, at least as many as the rule's `first_stages`; `more` gives those of the
/// replications of this range of one system, and is asked for survivors alone. `Ok(None)` where a
/// value is undefined, or the rule is unsound for so many systems.
///
/// # Errors
/// What `more` says.
pub fn rank(
    first: &[Values],
    rule: SelectionRule,
    more: &mut dyn FnMut(usize, Range<u64>) -> Result<Values, Stop>,
) -> Result<Option<Ranking>, Stop> {
    let Some(mut search) = KimNelson::new(first.len(), rule) else {
        return Ok(None);
    };
    let Some(values) = first.iter().cloned().collect::<Option<Vec<Vec<f64>>>>() else {
        return Ok(None);
    };
    push(&mut search, &values);
    while search.selection() == Selection::Continue {
        let from = search.stage();
        let round = from..rule.budget.min(from + ROUND);
        let mut values = vec![Vec::new(); first.len()];
        for system in search.survivors() {
            match more(*system, round.clone())? {
                Some(theirs) if theirs.len() as u64 == round.end - round.start => {
                    values[*system] = theirs;
                }
                _ => return Ok(None),
            }
        }
        push(&mut search, &values);
    }
    Ok(Some(outcome(&search, first.len(), rule)))
}

/// Takes in stage after stage of those who are in, until there is no more or the search ends.
fn push(search: &mut KimNelson, values: &[Vec<f64>]) {
    let stages = search.survivors().iter().map(|it| values[*it].len()).min();
    let mut stage = 0;
    while stage < stages.unwrap_or(0) && search.selection() == Selection::Continue {
        let survivors = search.survivors().iter();
        let theirs: Vec<f64> = survivors.map(|it| values[*it][stage]).collect();
        search.push(&theirs);
        stage += 1;
    }
}

fn outcome(search: &KimNelson, systems: usize, rule: SelectionRule) -> Ranking {
    let standing = |system: usize| {
        let out = search.eliminated().iter().find(|it| it.system == system);
        Standing {
            mean: search.mean(system).unwrap_or(f64::NAN),
            replications: out.map_or(search.stage(), |it| it.stage),
            behind: out.map(|it| it.by),
        }
    };
    Ranking {
        best: match search.selection() {
            Selection::Best(system) => Some(system),
            Selection::Continue | Selection::Undecided => None,
        },
        standings: (0..systems).map(standing).collect(),
        first_stages: rule.first_stages,
        budget: rule.budget,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Preference;

    fn rule(budget: u64) -> SelectionRule {
        SelectionRule {
            budget,
            ..SelectionRule::new(1.0, Preference::Smaller)
        }
    }

    /// System i in replication j has 10 + 2 i and a swing that differs from system to system.
    fn value(system: usize, j: u64) -> f64 {
        let swing = ((7_919 * j + 13 * (system as u64 + 1)) % 101) as f64 / 10.0 - 5.0;
        10.0 + 2.0 * system as f64 + swing
    }

    fn values(system: usize, range: Range<u64>) -> Values {
        Some(range.map(|j| value(system, j)).collect())
    }

    #[test]
    fn replications_are_spent_on_survivors_alone() {
        let first: Vec<Values> = (0..4).map(|system| values(system, 0..10)).collect();
        let mut asked = vec![10; 4];
        let ranking = rank(&first, rule(1_000), &mut |system, range| {
            assert_eq!(range.start, asked[system], "from where it stopped");
            asked[system] = range.end;
            Ok(values(system, range))
        });
        let ranking = ranking.expect("nobody interrupts").expect("all is defined");
        assert_eq!(ranking.best, Some(0));
        for (system, standing) in ranking.standings.iter().enumerate() {
            let own: f64 = (0..standing.replications).map(|j| value(system, j)).sum();
            assert!((standing.mean - own / standing.replications as f64).abs() < 1e-9);
            assert!(standing.replications <= asked[system]);
            assert!(asked[system] < standing.replications + ROUND + 10);
        }
        assert!(
            asked[3] < asked[0],
            "the worst is dropped before: {asked:?}"
        );
        assert_eq!(ranking.standings[0].behind, None);
    }

    #[test]
    fn a_budget_that_is_spent_leaves_it_undecided() {
        let alike = |range: Range<u64>, by: u64| -> Values {
            Some(range.map(|j| value(0, j + by)).collect())
        };
        let first = [alike(0..20, 0), alike(0..20, 50)];
        let ranking = rank(&first, rule(30), &mut |system, range| {
            assert_eq!(range.end, 30);
            Ok(alike(range, 50 * system as u64))
        });
        let ranking = ranking.expect("nobody interrupts").expect("all is defined");
        assert_eq!(ranking.best, None);
        assert!(ranking.standings.iter().all(|it| it.replications == 30));
    }

    #[test]
    fn undefined_values_and_interruptions_are_told() {
        let first = [values(0, 0..10), values(1, 0..10)];
        let undefined = rank(&first, rule(99), &mut |_, _| Ok(None));
        assert_eq!(undefined, Ok(None));
        assert_eq!(
            rank(&[None, None], rule(99), &mut |_, _| Ok(None)),
            Ok(None)
        );
        let stopped = rank(&first, rule(99), &mut |_, _| Err(Stop::Interrupted));
        assert_eq!(stopped, Err(Stop::Interrupted));
    }
}
