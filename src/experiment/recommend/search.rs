//! Which plans are looked at, and when the search ends.
//!
//! Of the plans that may still be the answer, those with the fewest replications come first, so that only
//! plans near a target are replicated often. Among these the next is the one whose verdict, whichever it
//! is, rules out the most: if it meets, all that come later by cost; if it fails, all that have no more
//! of what is never worse to have (bisection, generalised to several keys). That more is
//! never worse is an assumption: the plans one step below the answer are simulated for themselves, and where
//! one of them meets, or anything else contradicts it, it is given up and every cheaper plan is tried.

use super::judge::{Judged, Verdict, of_plan, years};
use super::{FIRST_LOOK, Goal, Grid, Question, SHOWN, Sampler};
use crate::stats::Estimate;
use std::collections::BTreeMap;

/// Plans weighed against each other as the next one, at most.
const MOST_PIVOTS: usize = 32;

/// How a search ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// This plan meets every target, and every plan before it by cost does not.
    Recommended(usize),
    /// No plan meets every target.
    NoneMeets {
        /// The plan, of those simulated, whose greatest shortfall is smallest, and the requirement
        /// that it misses by most.
        nearest: Option<(usize, usize)>,
    },
    /// The budget is spent.
    Undecided {
        /// The cheapest plan that surely meets every target.
        surely: Option<usize>,
        /// Plans before it by cost of which it is not known.
        open: Vec<usize>,
    },
}

/// A plan that was looked at.
#[derive(Clone, Debug)]
pub struct Examined {
    /// Its position in the grid.
    pub plan: usize,
    /// Pounds a year.
    pub cost_pounds_a_year: f64,
    /// Replications made.
    pub replications: u64,
    /// What is known of it.
    pub verdict: Verdict,
    /// Each requirement: the goals, then the share of years if one is asked for.
    pub requirements: Vec<Judged>,
    /// [`SHOWN`], each with its 95% interval.
    pub shown: Vec<Option<Estimate>>,
    /// Why it fails without simulation.
    pub on_paper: Option<String>,
}

/// What a search found.
#[derive(Clone, Debug)]
pub struct Found {
    /// How it ended.
    pub ending: Ending,
    /// The plans looked at, the cheapest first.
    pub examined: Vec<Examined>,
    /// Replications of all plans together.
    pub replications: u64,
    /// Plans that were not simulated, because one with more failed.
    pub ruled_out: usize,
    /// Plans that were not simulated, because a cheaper one meets the targets.
    pub dearer: usize,
    /// Whether nothing contradicted that more is never worse.
    pub is_ordered: bool,
}

/// What is known of a plan in the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Open,
    Met,
    Failed,
    /// A plan with at least as much failed.
    RuledOut,
}

/// The values of one plan so far, by column, and what they say.
struct Study {
    columns: Vec<Vec<Option<f64>>>,
    requirements: Vec<Judged>,
    on_paper: Option<String>,
}

impl Study {
    fn replications(&self) -> u64 {
        self.columns.first().map_or(0, Vec::len) as u64
    }

    fn verdict(&self) -> Verdict {
        match self.on_paper {
            Some(_) => Verdict::Fails,
            None => of_plan(&self.requirements),
        }
    }
}

struct Search<'a, S> {
    question: &'a Question,
    requirements: Vec<Goal>,
    grid: &'a Grid,
    sampler: &'a mut S,
    level: f64,
    /// Plans by cost, and the place of each among them.
    order: Vec<usize>,
    place: Vec<usize>,
    standing: Vec<Standing>,
    studies: BTreeMap<usize, Study>,
    used: u64,
    is_ordered: bool,
}

/// Searches the cheapest plan that surely meets every target.
///
/// # Errors
/// What the sampler says.
pub fn recommend<S: Sampler>(
    question: &Question,
    grid: &Grid,
    sampler: &mut S,
) -> Result<Found, S::Error> {
    let order = grid.in_order();
    let mut place = vec![0; order.len()];
    for (at, plan) in order.iter().enumerate() {
        place[*plan] = at;
    }
    let mut search = Search {
        question,
        requirements: question.requirements(),
        grid,
        sampler,
        level: question.level(order.len()),
        standing: vec![Standing::Open; order.len()],
        order,
        place,
        studies: BTreeMap::new(),
        used: 0,
        is_ordered: true,
    };
    loop {
        while let Some(plan) = search.next() {
            search.look(plan)?;
            search.settle(plan);
        }
        if !search.contradicted_by_neighbours()? {
            return Ok(search.found());
        }
    }
}

impl<S: Sampler> Search<'_, S> {
    /// The cheapest plan that meets every target, of those known.
    fn best(&self) -> Option<usize> {
        let is_met = |plan: &&usize| self.standing[**plan] == Standing::Met;
        self.order.iter().find(is_met).copied()
    }

    /// Plans of which it is not known, and which come before the best by cost; in order of cost.
    fn candidates(&self) -> Vec<usize> {
        let end = self
            .best()
            .map_or(self.order.len(), |best| self.place[best]);
        let is_open = |plan: &usize| self.standing[*plan] == Standing::Open;
        self.order[..end].iter().copied().filter(is_open).collect()
    }

    fn replications(&self, plan: usize) -> u64 {
        self.studies.get(&plan).map_or(0, Study::replications)
    }

    /// Replications that the next look at a plan takes.
    fn needs(&self, plan: usize) -> u64 {
        self.replications(plan).max(FIRST_LOOK)
    }

    fn can_afford(&self, plan: usize) -> bool {
        self.used + self.needs(plan) <= self.question.budget
    }

    /// Whether a plan meets what is asked in so far as can be told, and only more of the same can tell the rest.
    fn is_promising(&self, plan: usize) -> bool {
        let Some(study) = self.studies.get(&plan) else {
            return false;
        };
        let open = |it: &(&Goal, &Judged)| it.1.verdict == Verdict::Undecided;
        let mut open = self
            .requirements
            .iter()
            .zip(&study.requirements)
            .filter(open)
            .peekable();
        open.peek().is_some() && open.all(|(goal, it)| it.is_promising(goal))
    }

    /// The next plan to look at; `None` when nothing is left that could matter or be afforded.
    fn next(&self) -> Option<usize> {
        let candidates = self.candidates();
        // What a promising plan rules out must not wait until all others are as far.
        let mut promising = candidates
            .iter()
            .copied()
            .filter(|plan| self.is_promising(*plan));
        if let Some(plan) = promising.find(|plan| self.can_afford(*plan)) {
            return Some(plan);
        }
        let affordable = || {
            candidates
                .iter()
                .copied()
                .filter(|plan| self.can_afford(*plan))
        };
        let fewest = affordable().map(|plan| self.replications(plan)).min()?;
        let pool: Vec<usize> = affordable()
            .filter(|plan| self.replications(*plan) == fewest)
            .collect();
        let step = pool.len().div_ceil(MOST_PIVOTS);
        let pivots = pool.iter().copied().skip((step - 1) / 2).step_by(step);
        let score = |plan: usize| {
            let is_later = |other: &&usize| self.place[**other] >= self.place[plan];
            let later = candidates.iter().filter(is_later).count();
            let has_less =
                |other: &&usize| self.is_ordered && self.grid.has_at_least(plan, **other);
            let less = candidates.iter().filter(has_less).count().max(1);
            later.min(less)
        };
        // Of equal scores the cheapest, which comes first.
        pivots
            .map(|plan| (score(plan), plan))
            .reduce(|best, it| if it.0 > best.0 { it } else { best })
            .map(|(_, plan)| plan)
    }

    /// Replicates a plan up to its next look, and judges it.
    fn look(&mut self, plan: usize) -> Result<(), S::Error> {
        let (from, more) = (self.replications(plan), self.needs(plan));
        let width = self.question.goals.len() + SHOWN.len();
        if !self.studies.contains_key(&plan) {
            let study = Study {
                columns: vec![Vec::new(); width],
                requirements: vec![Judged::UNSEEN; self.requirements.len()],
                on_paper: self.sampler.on_paper(plan)?,
            };
            let is_known = study.on_paper.is_some();
            self.studies.insert(plan, study);
            if is_known {
                return Ok(());
            }
        }
        let rows = self.sampler.sample(plan, from..from + more)?;
        self.used += more;
        let Some(study) = self.studies.get_mut(&plan) else {
            return Ok(());
        };
        for row in rows {
            for (column, value) in study.columns.iter_mut().zip(row) {
                column.push(value);
            }
        }
        let years = years(self.question, &study.columns);
        let goals = self.question.goals.len();
        for (index, goal) in self.requirements.iter().enumerate() {
            let values = if index < goals {
                &study.columns[index]
            } else {
                &years
            };
            let before = study.requirements[index];
            study.requirements[index] = before.after(goal, values, self.level);
        }
        Ok(())
    }

    /// Draws the consequences of what is now known of a plan.
    fn settle(&mut self, plan: usize) {
        match self.studies.get(&plan).map(Study::verdict) {
            Some(Verdict::Meets) => self.standing[plan] = Standing::Met,
            Some(Verdict::Fails) => self.fails(plan),
            _ => {}
        }
    }

    /// A plan fails, and with it all that have no more; unless one of these is known to meet.
    fn fails(&mut self, plan: usize) {
        self.standing[plan] = Standing::Failed;
        if !self.is_ordered {
            return;
        }
        let grid = self.grid;
        let below = |other: &usize| *other != plan && grid.has_at_least(plan, *other);
        let below: Vec<usize> = (0..self.standing.len()).filter(below).collect();
        if below
            .iter()
            .any(|other| self.standing[*other] == Standing::Met)
        {
            return self.give_up_order();
        }
        for other in below {
            if self.standing[other] == Standing::Open {
                self.standing[other] = Standing::RuledOut;
            }
        }
    }

    /// More was worse after all: nothing is ruled out by it any longer.
    fn give_up_order(&mut self) {
        self.is_ordered = false;
        for standing in &mut self.standing {
            if *standing == Standing::RuledOut {
                *standing = Standing::Open;
            }
        }
        let studied: Vec<usize> = self.studies.keys().copied().collect();
        for plan in studied {
            self.settle(plan);
        }
    }

    /// Simulates the plans one step below the best that were only ruled out; whether one of them
    /// meets the targets, so that the search must go on.
    fn contradicted_by_neighbours(&mut self) -> Result<bool, S::Error> {
        let below = self.best().map(|best| self.grid.one_less(best));
        for plan in below.unwrap_or_default() {
            while self.standing[plan] == Standing::RuledOut && self.can_afford(plan) {
                self.look(plan)?;
                match self.studies.get(&plan).map(Study::verdict) {
                    Some(Verdict::Fails) => self.standing[plan] = Standing::Failed,
                    Some(Verdict::Meets) => {
                        self.give_up_order();
                        return Ok(true);
                    }
                    _ => {}
                }
            }
        }
        Ok(false)
    }

    fn found(self) -> Found {
        let open = self.candidates();
        let ending = match (self.best(), open.is_empty()) {
            (Some(best), true) => Ending::Recommended(best),
            (None, true) => Ending::NoneMeets {
                nearest: self.nearest(),
            },
            (surely, false) => Ending::Undecided { surely, open },
        };
        let unseen = |standing: Standing| {
            let plans = self.standing.iter().enumerate();
            let is = |(plan, it): &(usize, &Standing)| {
                **it == standing && !self.studies.contains_key(plan)
            };
            plans.filter(is).count()
        };
        let (ruled_out, left) = (unseen(Standing::RuledOut), unseen(Standing::Open));
        let still_open = match &ending {
            Ending::Undecided { open, .. } => open
                .iter()
                .filter(|plan| !self.studies.contains_key(plan))
                .count(),
            _ => 0,
        };
        let mut examined: Vec<Examined> = self
            .studies
            .iter()
            .map(|(plan, study)| self.examined(*plan, study))
            .collect();
        examined.sort_by_key(|it| self.place[it.plan]);
        Found {
            ending,
            examined,
            replications: self.used,
            ruled_out,
            dearer: left - still_open,
            is_ordered: self.is_ordered,
        }
    }

    fn examined(&self, plan: usize, study: &Study) -> Examined {
        let shown = study.columns.iter().skip(self.question.goals.len());
        let estimate = |column: &Vec<Option<f64>>| {
            let values: Vec<f64> = column.iter().copied().flatten().collect();
            Estimate::of(&values)
        };
        Examined {
            plan,
            cost_pounds_a_year: self.grid.cost(plan),
            replications: study.replications(),
            verdict: study.verdict(),
            requirements: study.requirements.clone(),
            shown: shown.map(estimate).collect(),
            on_paper: study.on_paper.clone(),
        }
    }

    /// Of the plans that fail, the one that misses by least, and what it misses by most.
    fn nearest(&self) -> Option<(usize, usize)> {
        let worst = |study: &Study| {
            let goals = self.requirements.iter().zip(&study.requirements);
            let short =
                goals.map(|(goal, it)| it.mean.map_or(f64::INFINITY, |it| goal.shortfall(it)));
            short
                .enumerate()
                .max_by(|(_, one), (_, other)| one.total_cmp(other))
        };
        let simulated = self.order.iter().filter_map(|plan| {
            let study = self
                .studies
                .get(plan)
                .filter(|study| study.replications() > 0)?;
            let (requirement, shortfall) = worst(study)?;
            Some((shortfall, *plan, requirement))
        });
        simulated
            .min_by(|(one, ..), (other, ..)| one.total_cmp(other))
            .map(|(_, plan, requirement)| (plan, requirement))
    }
}
