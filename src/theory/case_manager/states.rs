//! The states of a [`CaseTeam`] and the rates between them, by level: open cases and people on
//! the list together.

use super::super::level_chain::{Flow, Level};
use super::team::{CaseTeam, Ties};
use std::collections::BTreeMap;

/// More pairs of states of one level than this, over all levels, are refused.
const MOST_PAIRS: f64 = 2e7;
/// More states than this in one level, places or people on a list are refused.
const MOST_STATES: usize = 2_000;
/// More workers than this are refused.
const MOST_WORKERS: u32 = 8;

/// What each worker has, by worker.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct State {
    open: Vec<u32>,
    needing: Vec<u32>,
    /// Workers in the order that decides ties: with [`Ties::LongestSinceFreed`] whose place was
    /// freed longest ago comes first.
    order: Vec<u8>,
}

impl State {
    /// Open cases and cases that need a contact of each worker.
    pub fn workers(&self) -> impl Iterator<Item = (u32, u32)> {
        self.open.iter().copied().zip(self.needing.iter().copied())
    }

    /// With one more case at a worker, needing its first contact.
    fn with_case(&self, worker: usize) -> Self {
        let mut state = self.needs_contact(worker);
        state.open[worker] += 1;
        state
    }

    fn needs_contact(&self, worker: usize) -> Self {
        let mut state = self.clone();
        state.needing[worker] += 1;
        state
    }

    fn after_contact(&self, worker: usize) -> Self {
        let mut state = self.clone();
        state.needing[worker] -= 1;
        state
    }

    /// After a contact that closes its case.
    fn closed(&self, worker: usize, ties: Ties) -> Self {
        let mut state = self.after_contact(worker);
        state.open[worker] -= 1;
        if ties == Ties::LongestSinceFreed {
            state.order.retain(|other| usize::from(*other) != worker);
            state.order.push(worker as u8);
        }
        state
    }

    /// Who may take the next case, each with the same probability.
    fn takers(&self, ties: Ties) -> Vec<usize> {
        let fewest = self.open.iter().min();
        let least_loaded = self.order.iter().map(|worker| usize::from(*worker));
        let least_loaded = least_loaded.filter(|worker| Some(&self.open[*worker]) == fewest);
        match ties {
            Ties::Random => least_loaded.collect(),
            Ties::First | Ties::LongestSinceFreed => least_loaded.take(1).collect(),
        }
    }
}

/// The states of one level and their places in it, in the order in which they were met.
#[derive(Debug, Default)]
struct Places {
    states: Vec<State>,
    places: BTreeMap<State, usize>,
}

impl Places {
    fn of(&mut self, state: State) -> usize {
        let next = self.states.len();
        *self.places.entry(state).or_insert_with_key(|state| {
            self.states.push(state.clone());
            next
        })
    }
}

/// The chain of a team.
pub(super) struct Chain<'a> {
    team: &'a CaseTeam,
    /// By level up to the one with every place taken and nobody on the list.
    places: Vec<Places>,
    /// The rates, by level up to the one with the longest list.
    pub levels: Vec<Level>,
}

impl<'a> Chain<'a> {
    /// All states that can be reached from an empty team, with lists up to the longest; `None`
    /// where they are too many.
    pub fn of(team: &'a CaseTeam, longest_list: u32) -> Option<Self> {
        if !fits(team, longest_list) {
            return None;
        }
        let all_full = team.workers * team.places;
        let empty = State {
            open: vec![0; team.workers as usize],
            needing: vec![0; team.workers as usize],
            order: (0..team.workers as u8).collect(),
        };
        let mut chain = Self {
            team,
            places: (0..=all_full).map(|_| Places::default()).collect(),
            levels: vec![Level::default(); (all_full + longest_list) as usize + 1],
        };
        chain.places[0].of(empty);
        chain.reach_all();
        chain.add_lists();
        Some(chain)
    }

    /// The states of the workers at a level.
    pub fn states(&self, level: usize) -> &[State] {
        &self.places[level.min(self.full())].states
    }

    /// The level with every place taken and nobody on the list.
    fn full(&self) -> usize {
        self.places.len() - 1
    }

    /// Meets the states one after another and notes where each leads without a list, until no level
    /// has one that has not been met.
    fn reach_all(&mut self) {
        let mut done = vec![0; self.places.len()];
        while let Some(level) =
            (0..done.len()).find(|level| done[*level] < self.places[*level].states.len())
        {
            self.leave(level, done[level]);
            done[level] += 1;
        }
        for (level, places) in self.levels.iter_mut().zip(&self.places) {
            level.phases = places.states.len();
        }
    }

    /// Notes the rates out of one state with nobody on the list.
    fn leave(&mut self, level: usize, from: usize) {
        let (team, ties) = (self.team, self.team.ties);
        let state = self.places[level].states[from].clone();
        if level < self.full() {
            let takers = state.takers(ties);
            let rate = team.arrival_rate / takers.len() as f64;
            for worker in takers {
                let to = self.places[level + 1].of(state.with_case(worker));
                self.levels[level].up.push(Flow { from, to, rate });
            }
        }
        for (worker, (open, needing)) in state.workers().enumerate() {
            if needing > 0 {
                let to = self.places[level - 1].of(state.closed(worker, ties));
                let rate = team.manager.contact_rate * team.manager.completion_probability;
                self.levels[level].down.push(Flow { from, to, rate });
                let goes_on = 1.0 - team.manager.completion_probability;
                let rate = team.manager.contact_rate * goes_on;
                self.add_within(level, from, state.after_contact(worker), rate);
            }
            let rate = f64::from(open - needing) * team.manager.return_rate;
            self.add_within(level, from, state.needs_contact(worker), rate);
        }
    }

    fn add_within(&mut self, level: usize, from: usize, to: State, rate: f64) {
        if rate > 0.0 {
            let to = self.places[level].of(to);
            self.levels[level].within.push(Flow { from, to, rate });
        }
    }

    /// The levels with a list: what frees a place brings the first on the list to it at once.
    fn add_lists(&mut self) {
        let (full, last) = (self.full(), self.levels.len() - 1);
        let phases = self.levels[full].phases;
        let join: Vec<Flow> = (0..phases)
            .map(|phase| stays(phase, self.team.arrival_rate))
            .collect();
        let replace = self.replacements();
        for level in full + 1..=last {
            let listed = (level - full) as f64;
            let leave = (0..phases).map(|phase| stays(phase, listed * self.team.abandon_rate));
            self.levels[level] = Level {
                phases,
                up: join.clone(),
                within: self.levels[full].within.clone(),
                down: replace.iter().copied().chain(leave).collect(),
            };
        }
        self.levels[full].up = join;
        // With abandonment the list ends there.
        if self.team.abandon_rate > 0.0 {
            self.levels[last].up.clear();
        }
    }

    /// A case is closed and the first on the list takes its place.
    fn replacements(&self) -> Vec<Flow> {
        let (places, below) = (&self.places[self.full()], &self.places[self.full() - 1]);
        (self.levels[self.full()].down.iter())
            .filter_map(|flow| {
                let closed = &below.states[flow.to];
                let worker = *closed.takers(Ties::First).first()?;
                let to = *places.places.get(&closed.with_case(worker))?;
                Some(Flow { to, ..*flow })
            })
            .collect()
    }
}

/// Whether there is a place and the levels are few and small enough, by counting the states that each may have.
fn fits(team: &CaseTeam, longest_list: u32) -> bool {
    let small = |number: u32| number <= MOST_STATES as u32;
    let some = team.places > 0 && (1..=MOST_WORKERS).contains(&team.workers);
    if !(some && small(team.places) && small(longest_list)) {
        return false;
    }
    // A worker with n open cases has n + 1 numbers that need a contact.
    let one: Vec<f64> = (1..=team.places + 1).map(f64::from).collect();
    let mut levels = vec![1.0];
    for _ in 0..team.workers {
        let mut more = vec![0.0; levels.len() + one.len() - 1];
        for (level, states) in levels.iter().enumerate() {
            for (open, needing) in one.iter().enumerate() {
                more[level + open] += states * needing;
            }
        }
        levels = more;
    }
    let orders: f64 = match team.ties {
        Ties::Random | Ties::First => 1.0,
        Ties::LongestSinceFreed => (1..=team.workers).map(f64::from).product(),
    };
    let full = levels.last().copied().unwrap_or(0.0);
    let listed = std::iter::repeat_n(full, longest_list as usize);
    let all = levels
        .into_iter()
        .chain(listed)
        .map(|states| states * orders);
    let (most, pairs) = all.fold((0.0, 0.0), |(most, pairs): (f64, f64), states| {
        (most.max(states), pairs + states * states)
    });
    most <= MOST_STATES as f64 && pairs <= MOST_PAIRS
}

fn stays(phase: usize, rate: f64) -> Flow {
    Flow {
        from: phase,
        to: phase,
        rate,
    }
}
