//! How many WTE of link workers a service needs to meet its targets: like posts are added, a quarter
//! of a WTE at a time, until it does.
//!
//! All staffings meet the same people (common random numbers), so that more staff is hardly ever less
//! by chance, and halving the distance finds the first that is enough. Where some staffing that was
//! tried does worse than a smaller one, what is found is still one that was simulated and reached.

use super::estimates::Estimates;
use super::recommend::Goal;
use crate::measure::{Better, Measure, Scope};
use crate::model::time::SimDuration;
use crate::model::{Model, Post, PostKind, PracticeId};
use std::collections::BTreeMap;

/// WTE of one step.
pub const STEP_WTE: f64 = 0.25;

/// What the replications say of one staffing and all targets, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reached {
    /// At least one target is missed by the whole 95% interval of its mean, or the mean is withheld.
    SurelyNot,
    /// At least one mean misses its target.
    NotOnTheMean,
    /// Every mean meets its target.
    OnTheMean,
    /// Every 95% interval lies where it is wanted.
    Surely,
}

impl Reached {
    /// Its word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SurelyNot => "surely not",
            Self::NotOnTheMean => "not on the mean",
            Self::OnTheMean => "on the mean",
            Self::Surely => "surely",
        }
    }

    /// What this word of a table says.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let all = [
            Self::SurelyNot,
            Self::NotOnTheMean,
            Self::OnTheMean,
            Self::Surely,
        ];
        all.into_iter().find(|it| it.word() == word)
    }

    /// What `estimates` say of the targets; of none, that they are met.
    #[must_use]
    pub fn of(estimates: &Estimates, targets: &[(&'static Measure, f64)]) -> Self {
        let of_one = |(measure, value): &(&'static Measure, f64)| {
            let goal = Goal::of(measure, *value)?;
            let row = estimates.rows.iter().find(|row| {
                row.column.scope == Scope::Pcn && row.column.measure.name == measure.name
            });
            let Some(estimate) = row.and_then(|row| row.estimate.as_ref()) else {
                return Some(Self::SurelyNot);
            };
            let (low, high) = (estimate.low?, estimate.high?);
            // The same with every sign turned, where lower is better.
            let [worst, mean, best, value] = match goal.better {
                Better::Lower => [-high, -estimate.mean, -low, -goal.value],
                Better::Higher => [low, estimate.mean, high, goal.value],
            };
            Some(match () {
                () if worst >= value => Self::Surely,
                () if mean >= value => Self::OnTheMean,
                () if best >= value => Self::NotOnTheMean,
                () => Self::SurelyNot,
            })
        };
        let all = targets.iter().filter_map(of_one);
        all.min().unwrap_or(Self::Surely)
    }
}

/// The smallest numbers of steps that were tried and reached so much; `None` where none did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Needed {
    /// The first that does not surely miss.
    pub at_least: Option<u32>,
    /// The first whose means meet every target.
    pub on_the_mean: Option<u32>,
    /// The first that surely meets every target.
    pub surely: Option<u32>,
}

impl Needed {
    /// What is needed, of all that was tried.
    #[must_use]
    pub fn of(tried: &BTreeMap<u32, Reached>) -> Self {
        let first = |wanted| {
            let mut enough = tried.iter().filter(|(_, reached)| **reached >= wanted);
            enough.next().map(|(steps, _)| *steps)
        };
        Self {
            at_least: first(Reached::NotOnTheMean),
            on_the_mean: first(Reached::OnTheMean),
            surely: first(Reached::Surely),
        }
    }
}

/// Tries numbers of steps, from `guess` up to `most`, until it is known how many are needed; each is
/// tried once at most.
///
/// # Errors
/// What `reached` fails with.
pub fn search<E>(
    (guess, most): (u32, u32),
    reached: &mut dyn FnMut(u32) -> Result<Reached, E>,
) -> Result<BTreeMap<u32, Reached>, E> {
    let mut tried = BTreeMap::from([(0, reached(0)?)]);
    for wanted in [Reached::OnTheMean, Reached::NotOnTheMean, Reached::Surely] {
        while let Some(steps) = next(&tried, wanted, (guess, most)) {
            tried.insert(steps, reached(steps)?);
        }
    }
    Ok(tried)
}

/// The number of steps to try next, until the first that reaches so much is known.
fn next(tried: &BTreeMap<u32, Reached>, wanted: Reached, (guess, most): (u32, u32)) -> Option<u32> {
    let enough = tried.iter().find(|(_, reached)| **reached >= wanted);
    let short = |up_to: u32| {
        let mut short = tried.range(..up_to).filter(|(_, it)| **it < wanted);
        short.next_back().map(|(steps, _)| *steps)
    };
    match enough {
        Some((&high, _)) => {
            let low = short(high)?;
            (high - low > 1).then(|| low + (high - low) / 2)
        }
        None => {
            let low = short(u32::MAX)?;
            let further = match low < guess {
                true => guess,
                // A quarter more, and one step at least.
                false => low + (low / 4).max(1),
            };
            (low < most).then(|| further.min(most))
        }
    }
}

/// The post that more like it are made from: the paid one with the most WTE; `None` where there is none.
#[must_use]
pub fn pattern(model: &Model) -> Option<&Post> {
    let paid = model.posts.iter();
    paid.filter(|it| it.kind == PostKind::LinkWorker)
        .reduce(|most, it| if it.wte > most.wte { it } else { most })
}

/// The service with so many steps more of posts like `pattern`: whole ones and one for the rest, there
/// from the beginning, for all practices and kinds of case, with the hours of a week spread evenly
/// over the working days. No money is counted.
#[must_use]
pub fn with_more(model: &Model, pattern: &Post, steps: u32) -> Model {
    let mut more = model.clone();
    more.costs = None;
    let (whole, rest) = (steps / 4, f64::from(steps % 4) * STEP_WTE);
    let parts = std::iter::repeat_n(1.0, whole as usize).chain((rest > 0.0).then_some(rest));
    let posts = parts
        .enumerate()
        .map(|(position, wte)| worker(model, pattern, (position, wte)));
    more.posts.extend(posts);
    more
}

fn worker(model: &Model, pattern: &Post, (position, wte): (usize, f64)) -> Post {
    let share = wte / pattern.wte;
    let works_weekends = pattern.contracted_time[5..]
        .iter()
        .any(|time| *time > SimDuration::ZERO);
    let days = if works_weekends { 7 } else { 5 };
    let evenly = |time: &[SimDuration; 7]| {
        let week: u64 = time.iter().map(|it| it.seconds()).sum();
        let a_day = SimDuration::from_units(week as f64 * share / days as f64, 1);
        std::array::from_fn(|day| if day < days { a_day } else { SimDuration::ZERO })
    };
    Post {
        name: format!("More link workers {}", position + 1),
        wte,
        serves: (0..model.practices.len() as u32).map(PracticeId).collect(),
        client_time: evenly(&pattern.client_time),
        contracted_time: evenly(&pattern.contracted_time),
        caseload_cap: pattern
            .caseload_cap
            .map(|cap| ((f64::from(cap) * share).round() as u32).max(1)),
        starts: None,
        ends: None,
        advertised: None,
        case_types: None,
        protected_time: Vec::new(),
        rota: None,
        clinics: Vec::new(),
        ..pattern.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is reached where `at_least`, `enough` and `surely` steps are needed for more and more.
    fn searched(
        [at_least, enough, surely]: [u32; 3],
        (guess, most): (u32, u32),
    ) -> (BTreeMap<u32, Reached>, Needed) {
        let tried = search::<()>((guess, most), &mut |steps| {
            Ok(match () {
                () if steps >= surely => Reached::Surely,
                () if steps >= enough => Reached::OnTheMean,
                () if steps >= at_least => Reached::NotOnTheMean,
                () => Reached::SurelyNot,
            })
        });
        let tried = tried.expect("nothing fails");
        let needed = Needed::of(&tried);
        (tried, needed)
    }

    #[test]
    fn the_first_that_is_enough_is_found_whatever_the_guess() {
        for wanted in [[0, 0, 0], [1, 1, 1], [3, 7, 8], [9, 10, 15], [0, 2, 30]] {
            for guess in [0, 1, 5, 9, 25, 60] {
                let (tried, needed) = searched(wanted, (guess, 60));
                let [at_least, enough, surely] = wanted.map(Some);
                let expected = Needed {
                    at_least,
                    on_the_mean: enough,
                    surely,
                };
                assert_eq!(needed, expected, "guess {guess}: {tried:?}");
                assert!(tried.len() <= 22, "guess {guess}: {}", tried.len());
            }
        }
    }

    #[test]
    fn what_is_out_of_reach_is_tried_to_the_end_and_not_found() {
        let (tried, needed) = searched([4, 50, 60], (8, 40));
        assert_eq!(tried.keys().next_back(), Some(&40));
        assert_eq!((needed.at_least, needed.on_the_mean), (Some(4), None));
    }

    #[test]
    fn where_nothing_is_needed_only_what_there_is_is_tried() {
        let (tried, _) = searched([0, 0, 0], (12, 40));
        assert_eq!(tried.len(), 1);
    }

    #[test]
    fn a_failure_ends_the_search() {
        let mut tried = 0;
        let searched = search((4, 40), &mut |steps| {
            tried += 1;
            if steps == 0 {
                Ok(Reached::SurelyNot)
            } else {
                Err("interrupted")
            }
        });
        assert_eq!((searched, tried), (Err("interrupted"), 2));
    }
}
