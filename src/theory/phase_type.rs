//! Several servers whose services are made of exponential phases: M/PH/c, exactly.
//!
//! Poisson arrivals, first come first served. With phases in a row services are more regular than
//! exponential ones, with phases to choose from less. Rates and times in any one unit of time. From
//! two moments alone, approximately: [`super::approximations`].

use super::linear::{Matrix, add, identity, inverse, multiply, solve};
use super::quasi_birth_death::{level_ratio, negative};
use super::service::{balanced_phases, shares};
use std::collections::BTreeMap;

/// More ways than this for all servers to be in their phases are refused, and as many servers: the
/// time goes with the cube, and is about a second here.
const MOST_CONFIGURATIONS: usize = 200;

/// A service time made of exponential phases.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseType {
    phases: Vec<Phase>,
}

#[derive(Clone, Debug, PartialEq)]
struct Phase {
    /// Share of services that begin here.
    starts: f64,
    /// 1 / the mean time here.
    rate: f64,
    /// Where it goes on; `None` where the service ends.
    next: Option<usize>,
}

impl PhaseType {
    /// The sum of `stages` alike exponential times, of mean `mean` in all; `None` unless that is
    /// positive and finite and there is a stage, and at most 200.
    #[must_use]
    pub fn erlang(stages: u32, mean: f64) -> Option<Self> {
        let last = stages.checked_sub(1)? as usize;
        let phase = |at: usize| Phase {
            starts: f64::from(u8::from(at == 0)),
            rate: f64::from(stages) / mean,
            next: (at < last).then_some(at + 1),
        };
        // No more stages than can be worked with, so that none are laid out in vain.
        (last < MOST_CONFIGURATIONS)
            .then(|| Self::of((0..=last).map(phase).collect()))
            .flatten()
    }

    /// Exponential with one of the `means`, drawn with the probabilities that `shares` are in
    /// proportion to; `None` where those or a mean are improper.
    #[must_use]
    pub fn hyperexponential(shares_of: &[f64], means: &[f64]) -> Option<Self> {
        let starts = shares(shares_of)?;
        let phases = starts.iter().zip(means).map(|(&starts, mean)| Phase {
            starts,
            rate: 1.0 / mean,
            next: None,
        });
        (starts.len() == means.len())
            .then(|| Self::of(phases.collect()))
            .flatten()
    }

    /// Hyperexponential of two phases with balanced means: see [`balanced_phases`].
    #[must_use]
    pub fn balanced_hyperexponential(mean: f64, cv2: f64) -> Option<Self> {
        let (shares, means) = balanced_phases(mean, cv2)?;
        Self::hyperexponential(&shares, &means)
    }

    /// Mean service time.
    #[must_use]
    pub fn mean(&self) -> f64 {
        let from = |phase: &Phase| {
            let mut time = 1.0 / phase.rate;
            let mut next = phase.next;
            while let Some(at) = next {
                time += 1.0 / self.phases[at].rate;
                next = self.phases[at].next;
            }
            time
        };
        let begun = self.phases.iter().filter(|phase| phase.starts > 0.0);
        begun.map(|phase| phase.starts * from(phase)).sum()
    }

    fn of(phases: Vec<Phase>) -> Option<Self> {
        let proper = |phase: &Phase| phase.rate > 0.0 && phase.rate.is_finite();
        phases.iter().all(proper).then_some(Self { phases })
    }
}

/// M/PH/c in its steady state, from its Markov chain (Neuts 1981, "Matrix-geometric
/// solutions in stochastic models").
///
/// The chain knows how many are present and how many servers are in each phase. While all servers
/// are busy the levels look alike, and p(n + 1) = p(n) R; below, each level follows from the one
/// above it in the same way. No state is cut off.
///
/// Worked, with E S = 1 and load 0.8: 2 servers, services of two stages: `mean_wait` 1.342391;
/// 5 servers, balanced hyperexponential services of cv2 4: 1.254151.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhaseTypeServers {
    /// Share of time that a server is busy.
    pub utilisation: f64,
    /// P(wait > 0): share of time with all servers busy.
    pub wait_probability: f64,
    /// Mean wait of everybody, those who do not wait included.
    pub mean_wait: f64,
    /// Mean number waiting.
    pub mean_queue: f64,
}

impl PhaseTypeServers {
    /// The steady state; `None` unless the rate is positive, the utilisation below 1, and all
    /// servers busy can be in their phases in at most 200 ways: one or two phases and 199 servers,
    /// three and 18. `None` too where the utilisation is so near 1 that rounding hides the rest.
    #[must_use]
    pub fn new(arrival_rate: f64, service: &PhaseType, servers: u32) -> Option<Self> {
        let utilisation = arrival_rate * service.mean() / f64::from(servers);
        if !(arrival_rate > 0.0 && utilisation < 1.0) {
            return None;
        }
        let chain = Chain::new(arrival_rate, service, servers as usize)?;
        let (wait_probability, mean_queue) = chain.waiting()?;
        Some(Self {
            utilisation,
            wait_probability,
            mean_wait: mean_queue / arrival_rate,
            mean_queue,
        })
    }
}

/// How many servers are in each phase.
type Configuration = Vec<u32>;

/// The rates of the chain, level by level.
struct Chain<'a> {
    arrival_rate: f64,
    phases: &'a [Phase],
    /// For 0 to c busy servers all configurations, with their places in order.
    levels: Vec<BTreeMap<Configuration, usize>>,
}

impl<'a> Chain<'a> {
    fn new(arrival_rate: f64, service: &'a PhaseType, servers: usize) -> Option<Self> {
        let phases = &service.phases[..];
        if servers >= MOST_CONFIGURATIONS {
            return None;
        }
        let mut chain = Self {
            arrival_rate,
            phases,
            levels: vec![BTreeMap::from([(vec![0; phases.len()], 0)])],
        };
        for busy in 0..servers {
            let level = chain.one_busier(busy);
            if level.len() > MOST_CONFIGURATIONS {
                return None;
            }
            chain.levels.push(level);
        }
        Some(chain)
    }

    /// The configurations with one server more in some phase.
    fn one_busier(&self, busy: usize) -> BTreeMap<Configuration, usize> {
        let mut level = BTreeMap::new();
        for configuration in self.levels[busy].keys() {
            for phase in 0..self.phases.len() {
                level.insert(changed(configuration, None, Some(phase)), 0);
            }
        }
        level.values_mut().zip(0..).for_each(|(at, n)| *at = n);
        level
    }

    /// A matrix from the configurations of `busy` servers to those of `then` ones, summed from
    /// (rate, configuration reached).
    fn matrix<M>(&self, busy: usize, then: usize, moves: M) -> Matrix
    where
        M: Fn(&Configuration) -> Vec<(f64, Configuration)>,
    {
        let to = &self.levels[then];
        let row = |from: &Configuration| {
            let mut row = vec![0.0; to.len()];
            for (rate, reached) in moves(from) {
                row[to[&reached]] += rate;
            }
            row
        };
        self.levels[busy].keys().map(row).collect()
    }

    /// Shares in which the next service begins in each phase.
    fn begin(&self, busy: usize) -> Matrix {
        self.matrix(busy, busy + 1, |from| {
            let begun = self.phases.iter().enumerate();
            begun
                .map(|(phase, begun)| (begun.starts, changed(from, None, Some(phase))))
                .collect()
        })
    }

    /// Rates at which one of `busy` services ends.
    fn end(&self, busy: usize) -> Matrix {
        self.matrix(busy, busy - 1, |from| {
            let ending = in_phases(self.phases, from).filter(|(_, phase, _)| phase.next.is_none());
            ending
                .map(|(at, _, rate)| (rate, changed(from, Some(at), None)))
                .collect()
        })
    }

    /// Rates from phase to phase of `busy` services; on the diagonal those of leaving, negative.
    fn within(&self, busy: usize) -> Matrix {
        self.matrix(busy, busy, |from| {
            let working: f64 = in_phases(self.phases, from).map(|(.., rate)| rate).sum();
            let going_on = in_phases(self.phases, from).filter_map(|(at, phase, rate)| {
                Some((rate, changed(from, Some(at), Some(phase.next?))))
            });
            let leaving = (-self.arrival_rate - working, from.clone());
            going_on.chain([leaving]).collect()
        })
    }

    /// P(all servers busy) and the mean number waiting.
    fn waiting(&self) -> Option<(f64, f64)> {
        let servers = self.levels.len() - 1;
        let rate = self.arrival_rate;
        let size = self.levels[servers].len();
        let up = times(rate, identity(size));
        // Somebody who waited takes the place of who was served.
        let down = multiply(&self.end(servers), &self.begin(servers - 1));
        let ratio = level_ratio(&up, &self.within(servers), &down)?;

        // From the level of all servers down to one: p(n) = p(n - 1) ratio(n).
        let mut ratios = Vec::with_capacity(servers);
        let mut returning = multiply(&ratio, &down);
        for busy in (1..=servers).rev() {
            let leaving = negative(add(self.within(busy), 1.0, &returning));
            let begin = times(rate, self.begin(busy - 1));
            let ratio = multiply(&begin, &inverse(leaving)?);
            returning = multiply(&ratio, &self.end(busy));
            ratios.push(ratio);
        }
        // And up again, in units of the probability that nobody is there.
        let mut level = vec![vec![1.0]];
        let mut below = 0.0;
        for ratio in ratios.iter().rev() {
            below += level[0].iter().sum::<f64>();
            level = multiply(&level, ratio);
        }
        let (busy, queue) = sums_above(&level[0], &ratio)?;
        Some((busy / (below + busy), queue / (below + busy)))
    }
}

/// Sums over n of p R^n and of n p R^n.
fn sums_above(level: &[f64], ratio: &Matrix) -> Option<(f64, f64)> {
    let rest = add(identity(level.len()), -1.0, ratio);
    let once = solve(rest.clone(), vec![1.0; level.len()])?;
    let twice = solve(rest, once.clone())?;
    let total = |weights: &[f64]| -> f64 { level.iter().zip(weights).map(|(p, w)| p * w).sum() };
    let columns: Matrix = twice.into_iter().map(|value| vec![value]).collect();
    let queue: Vec<f64> = multiply(ratio, &columns).into_iter().flatten().collect();
    Some((total(&once), total(&queue)))
}

/// Of the phases in which any server is: its place, the phase, and the rate of all servers there.
fn in_phases<'a>(
    phases: &'a [Phase],
    configuration: &'a Configuration,
) -> impl Iterator<Item = (usize, &'a Phase, f64)> {
    let busy = phases.iter().zip(configuration).enumerate();
    busy.filter(|(_, (_, servers))| **servers > 0)
        .map(|(at, (phase, servers))| (at, phase, f64::from(*servers) * phase.rate))
}

/// The configuration after one server less in a phase and one more in another.
fn changed(from: &Configuration, left: Option<usize>, entered: Option<usize>) -> Configuration {
    let mut to = from.clone();
    if let Some(phase) = left {
        to[phase] -= 1;
    }
    if let Some(phase) = entered {
        to[phase] += 1;
    }
    to
}

fn times(factor: f64, mut matrix: Matrix) -> Matrix {
    matrix
        .iter_mut()
        .flatten()
        .for_each(|value| *value *= factor);
    matrix
}

#[cfg(test)]
mod tests;
