//! Chance for the making of random services, apart from the generator that is tested: a list of
//! choices, from which every decision takes one.
//!
//! 0 is always the simplest choice (a feature off, the shortest, the fewest), and a list that has
//! come to its end gives 0. So a list with more zeros makes a simpler service, and to shrink the
//! list is to shrink the service. The list is in *rooms*: each part of a service (a post, a case
//! type) has a room of its own, so that one part's becoming simpler changes no other.

use crate::dice::Dice;
use proptest::prelude::RngExt as _;
use proptest::strategy::{NewTree, Strategy, ValueTree};
use proptest::test_runner::TestRunner;

/// Choices in a room; no part of a service takes more.
const ROOM: usize = 80;
/// Rooms.
const ROOMS: usize = 24;
/// Bits of a choice.
const BITS: usize = 16;

/// A list of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choices(Vec<u16>);

impl Choices {
    /// The list of this number, for whoever wants a service and nothing to shrink.
    pub fn numbered(number: u64) -> Self {
        let mut dice = Dice::new(number);
        let any = || u16::try_from(dice.below(1 << BITS)).expect("it has 16 bits");
        Self(std::iter::repeat_with(any).take(ROOM * ROOMS).collect())
    }

    /// A number of their own, for the seed of the simulation.
    pub fn seed(&self) -> u64 {
        u64::from(self.0.first().copied().unwrap_or(0))
    }

    /// Choices that are not the simplest.
    pub fn not_simple(&self) -> usize {
        self.0.iter().skip(1).filter(|it| **it > 0).count()
    }
}

/// Decisions, taken from a list of choices.
pub struct Chance {
    left: std::vec::IntoIter<u16>,
    choices: Choices,
}

impl Chance {
    /// The decisions of this list; the first choice is its seed's.
    pub fn new(choices: &Choices) -> Self {
        let left = choices.0.get(1..ROOM).unwrap_or_default().to_vec();
        Self {
            left: left.into_iter(),
            choices: choices.clone(),
        }
    }

    /// Goes on with the choices of this room.
    pub fn enter(&mut self, room: usize) {
        assert!(room < ROOMS, "there are {ROOMS} rooms");
        let room = self.choices.0.get(room * ROOM..(room + 1) * ROOM);
        self.left = room.unwrap_or_default().to_vec().into_iter();
    }

    fn next(&mut self) -> u64 {
        u64::from(self.left.next().unwrap_or(0))
    }

    /// From 0 to `many` - 1; the smaller the choice, the smaller the number.
    pub fn below(&mut self, many: u64) -> u64 {
        (self.next() * many) >> BITS
    }

    /// Yes with this many in 100; no is simpler.
    pub fn yes(&mut self, in_100: u64) -> bool {
        self.below(100) >= 100 - in_100
    }

    /// From `low` to `high` in hundredths of the way; the low is simpler.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        let value = low + (high - low) * self.below(101) as f64 / 100.0;
        (value * 1e4).round() / 1e4
    }

    /// One of them; the first is the simplest.
    pub fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }

    /// A constant, or a distribution of one of the kinds of the file format, around `mean`.
    pub fn around(&mut self, mean: f64) -> String {
        let (kind, cv) = (self.below(16), self.between(0.2, 1.5));
        let (half, twice, over) = (mean / 2.0, mean * 2.0, mean.max(1.0));
        let body = match kind {
            0..=2 => return format!("{mean}"),
            3 => format!("exponential = {{ mean = {mean} }}"),
            4 => format!("gamma = {{ mean = {mean}, cv = {cv} }}"),
            5 => format!("lognormal = {{ mean = {mean}, cv = {cv} }}"),
            6 => format!("weibull = {{ shape = {}, scale = {mean} }}", 0.5 + cv),
            7 => format!("uniform = {{ min = 0, max = {twice} }}"),
            8 => format!("triangular = {{ min = 0, mode = {mean}, max = {twice} }}"),
            9 => format!("normal = {{ mean = {mean}, sd = {half} }}"),
            10 => format!("erlang = {{ stages = 3, mean = {mean} }}"),
            11 => {
                format!("hyperexponential = {{ shares = [0.4, 0.6], means = [{half}, {twice}] }}")
            }
            12 => format!("geometric = {{ mean = {over} }}"),
            13 => format!("poisson = {{ mean = {mean} }}"),
            14 => format!("discrete = {{ values = [{half}, {mean}], shares = [0.3, 0.7] }}"),
            _ => "empirical = { file = \"observed.csv\", column = \"observed\" }".to_owned(),
        };
        format!("{{ {body} }}")
    }
}

/// Every list of choices is as likely as any other.
#[derive(Debug)]
pub struct AnyChoices;

impl Strategy for AnyChoices {
    type Tree = Shrinking;
    type Value = Choices;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        let list = (0..ROOM * ROOMS).map(|_| runner.rng().random()).collect();
        Ok(Shrinking::of(Choices(list)))
    }
}

/// One way of making a list simpler, tried everywhere in it.
#[derive(Clone, Copy)]
enum Pass {
    /// Runs of so many choices are set to 0.
    Clear(usize),
    /// A room is taken out, and those behind it move up.
    TakeOut,
    /// Single choices lose a half of themselves, a quarter and so on down to 1.
    Lower,
}

/// A list of choices becoming simpler by one pass after another, the longest runs first; round and
/// round until nothing more can go.
pub struct Shrinking {
    now: Choices,
    /// The list before the change under trial.
    before: Option<Choices>,
    passes: Vec<Pass>,
    pass: usize,
    /// Number of the next change of this pass.
    next: usize,
    /// Whether any change of this round stayed.
    gained: bool,
}

impl Shrinking {
    fn of(choices: Choices) -> Self {
        let longest = choices.0.len().next_power_of_two();
        let runs = std::iter::successors(Some(longest), |run| (*run > 1).then_some(run / 2));
        Self {
            now: choices,
            before: None,
            passes: runs
                .map(Pass::Clear)
                .chain([Pass::TakeOut, Pass::Lower])
                .collect(),
            pass: 0,
            next: 0,
            gained: false,
        }
    }

    /// The list after change number `number` of a pass; `None` where the pass has no such change.
    fn changed(&self, pass: Pass, number: usize) -> Option<Vec<u16>> {
        let mut list = self.now.0.clone();
        let length = list.len();
        match pass {
            Pass::Clear(run) => {
                let from = number * run;
                let to = length.min(from + run);
                list.get_mut(from..to)?.fill(0);
                (from < to).then_some(list)
            }
            Pass::TakeOut => {
                let from = (number + 1) * ROOM;
                list.drain((from < length).then_some(from..from + ROOM)?);
                list.resize(length, 0);
                Some(list)
            }
            Pass::Lower => {
                let choice = list.get_mut(number / BITS)?;
                *choice -= *choice >> (number % BITS);
                Some(list)
            }
        }
    }

    /// Makes the next change that changes anything.
    fn try_next(&mut self) -> bool {
        loop {
            let pass = self.passes[self.pass];
            let Some(list) = self.changed(pass, self.next) else {
                self.next = 0;
                self.pass = (self.pass + 1) % self.passes.len();
                if self.pass == 0 && !std::mem::take(&mut self.gained) {
                    return false;
                }
                continue;
            };
            self.next += 1;
            if list != self.now.0 {
                self.before = Some(std::mem::replace(&mut self.now, Choices(list)));
                return true;
            }
        }
    }
}

impl ValueTree for Shrinking {
    type Value = Choices;

    fn current(&self) -> Choices {
        self.now.clone()
    }

    /// The law still fails: the change stays, and the next is tried.
    fn simplify(&mut self) -> bool {
        self.gained |= self.before.take().is_some();
        self.try_next()
    }

    /// The law holds: the change is taken back, and the next is tried.
    fn complicate(&mut self) -> bool {
        if let Some(before) = self.before.take() {
            self.now = before;
        }
        self.try_next()
    }
}
