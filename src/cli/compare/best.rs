//! Which of base and options is the best: what each is ranked by, and further runs of those left.

use super::super::failure::Failure;
use super::super::interrupt;
use super::super::progress::Progress;
use super::super::study::{Outcome, failure_of};
use super::asked::Asked;
use super::costs::Known;
use crate::experiment::{
    COST, Experiment, Gain, Ranking, Replications, Side, Stop, Stopping, Values, cost_a_year,
    has_costs, preference, rank, run, values,
};
use crate::report::comparison::words;
use crate::scenario::{NET_BENEFIT, RankBy, Scenario};
use crate::stats::{self, Preference, SelectionRule};
use std::ops::Range;

/// Replications before which nothing is ranked.
const FEWEST: u64 = stats::kim_nelson::FEWEST_FIRST_STAGES;

/// The first of them where the precision of differences says how many there are: a number that does
/// not depend on what they show.
const FIRST_ROUND: u64 = 20;

/// A search for the best of base and options.
pub(super) struct Search<'a> {
    /// The scenario with its options.
    pub(super) scenario: &'a Scenario,
    /// What is asked.
    pub(super) asked: &'a Asked<'a>,
    /// What the best is the best by.
    pub(super) by: &'a RankBy,
    /// What base and options gave.
    pub(super) outcomes: &'a [Outcome],
    /// Seed and threads.
    pub(super) experiment: &'a Experiment,
    /// Whether how many replications there are does not depend on what they show.
    pub(super) is_number_fixed: bool,
}

impl Search<'_> {
    /// The ranking; `None` where a value is undefined in some replication.
    ///
    /// # Errors
    /// When somebody interrupts, or no thread can be started.
    pub(super) fn best(&self, quiet: bool) -> Result<Option<Ranking>, Failure> {
        let scores = Scores::of(self);
        let made = self.made();
        let rule = self.rule(made, scores.preference);
        let progress = Progress::of("replications of those that may be the best", quiet);
        let mut more = |system: usize, range: Range<u64>| {
            progress.show(range.end, rule.budget);
            self.more(&scores, system, range)
        };
        let mut first: Vec<Values> = Vec::new();
        for (system, outcome) in self.outcomes.iter().enumerate() {
            let values = scores.values(system, outcome, &outcome.replications);
            let mut values = values.map(|it| it[..made as usize].to_vec());
            if made < rule.first_stages {
                let others = more(system, made..rule.first_stages).map_err(failure_of)?;
                values = values
                    .zip(others)
                    .map(|(values, others)| [values, others].concat());
            }
            first.push(values);
        }
        let ranking = rank(&first, rule, &mut more).map_err(failure_of);
        progress.finish();
        ranking
    }

    /// Replications that everybody has.
    fn made(&self) -> u64 {
        let counts = self.outcomes.iter().map(|it| it.replications.count());
        counts.min().unwrap_or(0) as u64
    }

    /// Judged from all replications that everybody has, or from the first few where their number
    /// depends on what they show.
    fn rule(&self, made: u64, preference: Preference) -> SelectionRule {
        let first = match self.is_number_fixed {
            true => made,
            false => FIRST_ROUND.min(made),
        };
        let first_stages = first.max(FEWEST);
        SelectionRule {
            alpha: 1.0 - self.asked.family.confidence,
            first_stages,
            budget: self.asked.budget.max(first_stages).max(made),
            ..SelectionRule::new(self.by.indifference_zone, preference)
        }
    }

    /// The values of one system in further replications.
    fn more(&self, scores: &Scores, system: usize, range: Range<u64>) -> Result<Values, Stop> {
        let outcome = &self.outcomes[system];
        let experiment = Experiment {
            stopping: Stopping::Range(range),
            ..self.experiment.clone()
        };
        let replications = run(&outcome.model, &experiment, interrupt::flag(), &|_, _| {})?;
        Ok(scores.values(system, outcome, &replications))
    }
}

/// What each is ranked by, replication by replication.
struct Scores<'a> {
    measure: &'a str,
    preference: Preference,
    worth: f64,
    gain: Gain,
    costs: Vec<CostOf>,
}

impl<'a> Scores<'a> {
    fn of(search: &Search<'a>) -> Self {
        let (asked, by) = (search.asked, search.by);
        let better = words::of_name(&by.measure).and_then(|it| it.better);
        let preference = match by.measure.as_str() {
            NET_BENEFIT => Preference::Larger,
            _ => better.map_or(Preference::Smaller, preference),
        };
        Self {
            measure: &by.measure,
            preference,
            worth: asked.worth.unwrap_or_default(),
            gain: asked.counted,
            costs: costs(search.scenario, search.outcomes),
        }
    }

    /// The values of a system in these replications of it; `None` where one is undefined.
    fn values(&self, system: usize, outcome: &Outcome, these: &Replications) -> Values {
        let side = Side {
            replications: these,
            ..outcome.side()
        };
        if self.measure == NET_BENEFIT {
            let reached = self.gain.a_year(&side);
            let costs = self.costs(system, &side);
            let each = reached.into_iter().zip(costs);
            return each
                .map(|(people, cost)| Some(self.worth * people? - cost?))
                .collect();
        }
        if self.measure == COST {
            return self.costs(system, &side).into_iter().collect();
        }
        values(&side, self.measure).into_iter().collect()
    }

    fn costs(&self, system: usize, side: &Side) -> Vec<Option<f64>> {
        match self.costs[system] {
            CostOf::Outright(pounds) => vec![Some(pounds); side.replications.count()],
            CostOf::Simulated => cost_a_year(side),
        }
    }
}

/// What a system costs in each replication.
#[derive(Clone, Copy)]
enum CostOf {
    /// So many pounds a year.
    Outright(f64),
    /// As the posts that are filled cost.
    Simulated,
}

/// What base and options cost a year. What is given outright comes on top of what the base costs on
/// average; where nothing is simulated, that is nothing.
fn costs(scenario: &Scenario, outcomes: &[Outcome]) -> Vec<CostOf> {
    let side = outcomes[0].side();
    let is_simulated = has_costs(&side);
    let simulated: Vec<f64> = cost_a_year(&side).into_iter().flatten().collect();
    let of_base = stats::mean(&simulated).unwrap_or(0.0);
    let own = match is_simulated {
        true => CostOf::Simulated,
        false => CostOf::Outright(0.0),
    };
    let more = |at: usize| {
        let known = Known::of(scenario, at);
        let cost = known.cost(&outcomes[1..]).filter(|_| known.is_outright)?;
        let count = side.replications.count();
        stats::mean(&cost.more_than(&side, count)?)
    };
    let options = (0..scenario.options.len()).map(more);
    std::iter::once(own)
        .chain(options.map(|more| more.map_or(own, |more| CostOf::Outright(more + of_base))))
        .collect()
}
