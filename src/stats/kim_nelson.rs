//! Choosing the best of several systems: the fully sequential procedure KN of Kim & Nelson.
//!
//! Fed one value of each system still in, stage by stage, it drops those that have fallen clearly
//! behind and ends with one. With probability at least 1 - alpha that is the best, if the best is
//! better than each other by at least the indifference zone. (Where others lie within the zone, one
//! that is nearly as good is chosen as a rule; nothing is promised.) This holds for normal values
//! that are independent from stage to stage. Within a stage they may depend on each other: common
//! random numbers are allowed, and end the search sooner, because all that counts is the variance
//! of differences.
//!
//! Knows nothing of what is measured or of how values are made. Source: Kim & Nelson (2001), A
//! fully sequential procedure for indifference-zone selection in simulation, ACM Transactions on
//! Modeling and Computer Simulation 11(3) 251-273, with c = 1.

use super::comparison::Preference;
use super::estimate::{ALPHA, Accumulator};

/// Values of each system before which nothing is judged, at least: the variances of the
/// differences are estimated from them and from nothing later.
pub const FEWEST_FIRST_STAGES: u64 = 10;

/// How the best is to be found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SelectionRule {
    /// The smallest difference that matters, in the unit of the values; above 0.
    pub indifference: f64,
    /// Which values are the better ones.
    pub preference: Preference,
    /// One minus the probability that the best is chosen where it is better by `indifference`;
    /// above 0 and below 1 - 1/k, what the toss of a die would do.
    pub alpha: f64,
    /// n0, stages before the first judgement; at least [`FEWEST_FIRST_STAGES`].
    pub first_stages: u64,
    /// The most stages that may be run; at least `first_stages`.
    pub budget: u64,
}

impl SelectionRule {
    /// 95%, judged from the tenth stage on, at most 1,000 stages.
    #[must_use]
    pub const fn new(indifference: f64, preference: Preference) -> Self {
        Self {
            indifference,
            preference,
            alpha: ALPHA,
            first_stages: FEWEST_FIRST_STAGES,
            budget: 1_000,
        }
    }

    /// Whether the procedure is defined for `systems`. Written so that NaN is not.
    fn is_sound(&self, systems: usize) -> bool {
        let highest = match systems {
            0 => return false,
            1 => 1.0,
            many => 1.0 - 1.0 / many as f64,
        };
        self.indifference > 0.0
            && self.indifference.is_finite()
            && self.alpha > 0.0
            && self.alpha < highest
            && self.first_stages >= FEWEST_FIRST_STAGES
            && self.budget >= self.first_stages
    }
}

/// Where the search stands. Systems are counted from 0 in the order in which they were given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selection {
    /// Run another stage of the survivors.
    Continue,
    /// This one. (Were others exactly as good to the end, they are survivors too and this is the
    /// first of them.)
    Best(usize),
    /// As many stages were run as may be and several are left: the survivors.
    Undecided,
}

/// A system that was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Elimination {
    /// Which.
    pub system: usize,
    /// After how many stages.
    pub stage: u64,
    /// By which other; where several did, by the one furthest ahead beyond its margin.
    pub by: usize,
}

/// The procedure in progress.
///
/// It keeps sums only: for each pair the variance of the first stages, for each system the mean.
///
/// ```
/// use splw_sim::stats::{KimNelson, Preference, Selection, SelectionRule};
///
/// let rule = SelectionRule::new(1.0, Preference::Smaller);
/// let mut search = KimNelson::new(3, rule).expect("a sound rule");
/// let mut selection = Selection::Continue;
/// let mut stage = 0.0;
/// while selection == Selection::Continue {
///     // Waits under the same conditions; the middle system is five less than the others.
///     let waits = [20.0 + stage, 15.0 + stage, 20.0 + stage];
///     let values: Vec<f64> = search.survivors().iter().map(|system| waits[*system]).collect();
///     selection = search.push(&values);
///     stage += 1.0;
/// }
/// assert_eq!(selection, Selection::Best(1));
/// assert!(search.eliminated().iter().all(|it| it.by == 1 && it.stage == 10));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct KimNelson {
    rule: SelectionRule,
    h2: f64,
    stage: u64,
    means: Vec<Accumulator>,
    /// Differences of each pair in the first stages, by [`pair`].
    differences: Vec<Accumulator>,
    survivors: Vec<usize>,
    eliminated: Vec<Elimination>,
    selection: Selection,
}

impl KimNelson {
    /// Nothing run yet; `None` where `rule` is not sound for so many systems. One system is the
    /// best at once.
    #[must_use]
    pub fn new(systems: usize, rule: SelectionRule) -> Option<Self> {
        if !rule.is_sound(systems) {
            return None;
        }
        let selection = match systems {
            1 => Selection::Best(0),
            _ => Selection::Continue,
        };
        Some(Self {
            rule,
            h2: kim_nelson_h2(systems, rule.first_stages, rule.alpha).unwrap_or(0.0),
            stage: 0,
            means: vec![Accumulator::new(); systems],
            differences: vec![Accumulator::new(); systems * (systems - 1) / 2],
            survivors: (0..systems).collect(),
            eliminated: Vec::new(),
            selection,
        })
    }

    /// Takes in the next stage: one finite value of each survivor, in the order of
    /// [`KimNelson::survivors`]. After the end nothing is taken in and the answer stands.
    ///
    /// After r >= n0 stages system i stays while for every other survivor l
    ///
    /// mean_i(r) >= mean_l(r) - W_il(r), W_il(r) = max(0, delta / (2 r) (h2 S2_il / delta^2 - r)),
    ///
    /// larger being better, with S2_il the sample variance of the difference in the first n0
    /// stages. All are judged against those who were in before the stage.
    ///
    /// # Panics
    ///
    /// When the number of values is not that of the survivors.
    pub fn push(&mut self, values: &[f64]) -> Selection {
        if self.selection != Selection::Continue {
            return self.selection;
        }
        assert_eq!(
            values.len(),
            self.survivors.len(),
            "one value of each survivor"
        );
        self.stage += 1;
        self.take_in(values);
        if self.stage >= self.rule.first_stages {
            self.screen();
            self.selection = self.judged();
        }
        self.selection
    }

    /// Who is still in, ascending.
    #[must_use]
    pub fn survivors(&self) -> &[usize] {
        &self.survivors
    }

    /// Who was dropped, in the order in which it happened and ascending within a stage.
    #[must_use]
    pub fn eliminated(&self) -> &[Elimination] {
        &self.eliminated
    }

    /// Where the search stands.
    #[must_use]
    pub const fn selection(&self) -> Selection {
        self.selection
    }

    /// Stages run.
    #[must_use]
    pub const fn stage(&self) -> u64 {
        self.stage
    }

    /// The mean of a system over the stages in which it was in; `None` before the first stage and
    /// for a system that does not exist.
    #[must_use]
    pub fn mean(&self, system: usize) -> Option<f64> {
        self.means.get(system)?.mean()
    }

    /// By which stage the search ends at the latest, were there no budget: when every W between
    /// survivors is 0, at int(max h2 S2 / delta^2) + 1. `None` until the first stages are run and
    /// after the end.
    #[must_use]
    pub fn latest_end(&self) -> Option<u64> {
        let is_known = self.stage >= self.rule.first_stages;
        (is_known && self.selection == Selection::Continue).then(|| self.end_of_margins())
    }

    /// The stage from which on every W between survivors is 0.
    fn end_of_margins(&self) -> u64 {
        let pairs = self.survivors.iter().flat_map(|i| {
            let others = self.survivors.iter().filter(move |l| *l > i);
            others.map(|l| self.reach(*i, *l))
        });
        // A reach beyond the largest whole number becomes that number.
        let longest = pairs.fold(0.0, f64::max) as u64;
        longest.saturating_add(1)
    }

    fn take_in(&mut self, values: &[f64]) {
        for (at, i) in self.survivors.iter().enumerate() {
            self.means[*i].push(values[at]);
            if self.stage <= self.rule.first_stages {
                for (l, value) in self.survivors.iter().zip(values).take(at) {
                    self.differences[pair(*i, *l)].push(values[at] - value);
                }
            }
        }
    }

    /// Drops all who have fallen behind somebody.
    fn screen(&mut self) {
        let behind = |i: &usize| self.beaten_by(*i).map(|by| (*i, by));
        let dropped: Vec<(usize, usize)> = self.survivors.iter().filter_map(behind).collect();
        for (system, by) in dropped {
            self.survivors.retain(|survivor| *survivor != system);
            self.eliminated.push(Elimination {
                system,
                stage: self.stage,
                by,
            });
        }
    }

    /// The survivor that is ahead of `i` by most beyond the margin.
    fn beaten_by(&self, i: usize) -> Option<usize> {
        let others = self.survivors.iter().filter(|l| **l != i);
        let ahead = others.map(|l| (*l, self.lead(*l, i) - self.margin(i, *l)));
        ahead
            .filter(|(_, excess)| *excess > 0.0)
            .reduce(|most, next| if next.1 > most.1 { next } else { most })
            .map(|(l, _)| l)
    }

    /// By how much the mean of `l` is better than that of `i`.
    fn lead(&self, l: usize, i: usize) -> f64 {
        let lead = self.means[l].mean().zip(self.means[i].mean());
        let (left, right) = lead.expect("survivors have values");
        match self.rule.preference {
            Preference::Larger => left - right,
            Preference::Smaller => right - left,
        }
    }

    /// h2 S2 / delta^2: the number of stages from which on W is 0.
    fn reach(&self, i: usize, l: usize) -> f64 {
        let sd = self.differences[pair(i, l)].sd();
        let ratio = sd.expect("the first stages are run") / self.rule.indifference;
        self.h2 * ratio * ratio
    }

    /// W.
    fn margin(&self, i: usize, l: usize) -> f64 {
        let r = self.stage as f64;
        (self.rule.indifference / (2.0 * r) * (self.reach(i, l) - r)).max(0.0)
    }

    fn judged(&self) -> Selection {
        let is_settled = self.stage >= self.end_of_margins();
        match self.survivors.as_slice() {
            [only] => Selection::Best(*only),
            // All that are left are equal to the last digit.
            [first, ..] if is_settled => Selection::Best(*first),
            _ if self.stage >= self.rule.budget => Selection::Undecided,
            _ => Selection::Continue,
        }
    }
}

/// The constant eta of the procedure, ((2 alpha / (k - 1))^(-2 / (n0 - 1)) - 1) / 2, which makes
/// the probability of a wrong elimination alpha / (k - 1) for each pair; `None` for k or n0 below
/// 2.
///
/// Worked: k = 2, n0 = 10, alpha = 0.05 gives 0.334050.
#[must_use]
pub fn kim_nelson_eta(systems: usize, first_stages: u64, alpha: f64) -> Option<f64> {
    if systems < 2 || first_stages < 2 {
        return None;
    }
    let (pairs, df) = ((systems - 1) as f64, (first_stages - 1) as f64);
    Some(0.5 * ((2.0 * alpha / pairs).powf(-2.0 / df) - 1.0))
}

/// h2 = 2 eta (n0 - 1): how many stages a pair takes at most, in units of S2 / delta^2.
///
/// Worked: k = 2, n0 = 10, alpha = 0.05 gives 6.012905; k = 5 gives 11.429411.
#[must_use]
pub fn kim_nelson_h2(systems: usize, first_stages: u64, alpha: f64) -> Option<f64> {
    let eta = kim_nelson_eta(systems, first_stages, alpha)?;
    Some(2.0 * eta * (first_stages - 1) as f64)
}

/// Where a pair stands among the pairs: below the diagonal, row by row.
const fn pair(i: usize, l: usize) -> usize {
    let (high, low) = if i > l { (i, l) } else { (l, i) };
    high * (high - 1) / 2 + low
}

#[cfg(test)]
#[path = "kim_nelson_tests.rs"]
mod tests;
