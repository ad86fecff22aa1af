//! Quasi-birth-death chains: a number that moves by one at a time (the level) beside a few
//! circumstances (the phase), such as people present beside posts filled.
//!
//! Levels may differ, up to one from which they either repeat without end or stop. With pi_n the
//! row of probabilities of level n, pi_n = pi_(n-1) R_n, where R_n = A_up (-U_n)^-1 and
//! U_n = A_within + R_(n+1) A_down, from the top down; above the repeating level R is one matrix,
//! so that the tail is exactly geometric (Neuts 1981, chapter 3; Latouche & Ramaswami 1999,
//! chapters 6, 8 and 12). Nothing is cut off.

use super::linear::{self, Matrix, identity, multiply};
use super::quasi_birth_death::{level_ratio, negative};

/// R leaves at most this share of the greatest rate in its equation.
const RESIDUAL: f64 = 1e-10;
/// Weights above this are scaled down on the way up.
const GREAT: f64 = 1e200;

/// A rate from one phase to another, of the same or a neighbouring level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Flow {
    pub from: usize,
    pub to: usize,
    pub rate: f64,
}

/// The rates out of one level, each from another state than it goes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Level {
    pub phases: usize,
    pub up: Vec<Flow>,
    pub within: Vec<Flow>,
    pub down: Vec<Flow>,
}

/// What is above the last level given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Above {
    /// The same as the last level, without end.
    TheSame,
    /// Nothing; the last level has no flow up.
    Nothing,
}

/// Probabilities, by phase.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stationary {
    /// Of each level below the last.
    pub below: Vec<Vec<f64>>,
    /// Of the last level and all above it together.
    pub last: Vec<f64>,
    /// Mean number of levels above the last: the sum over i of i P(i levels above, phase).
    pub excess: Vec<f64>,
}

/// The stationary distribution; `None` where there is none that a computer finds: a chain that
/// drifts up, or rates that differ by more than its digits.
pub(super) fn stationary(levels: &[Level], above: Above) -> Option<Stationary> {
    let (top, lower) = levels.split_last()?;
    let tail = match above {
        Above::TheSame => growth(top)?,
        Above::Nothing => zero(top.phases),
    };
    let mut leaving = leaving(top, &returns(&tail, &top.down, top.phases));
    let mut growths = Vec::with_capacity(lower.len());
    for (level, next) in lower.iter().zip(&levels[1..]).rev() {
        let rises = rises(level, next.phases, linear::inverse(leaving)?);
        leaving = self::leaving(level, &returns(&rises, &next.down, level.phases));
        growths.push(rises);
    }
    let mut rows = vec![null_vector(&leaving)?];
    for rises in growths.iter().rev() {
        let next = row_times(rows.last()?, rises);
        rows.push(next);
        tame(&mut rows);
    }
    scaled(rows, tail)
}

/// Makes probabilities of the weights of the levels.
fn scaled(mut rows: Vec<Vec<f64>>, tail: Matrix) -> Option<Stationary> {
    // The sum of R^i over all i, which is (I - R)^-1.
    let all_levels = linear::inverse(linear::add(identity(tail.len()), -1.0, &tail))?;
    let mut last = row_times(&rows.pop()?, &all_levels);
    let mut excess = row_times(&row_times(&last, &tail), &all_levels);
    let total: f64 = rows.iter().flatten().chain(&last).sum();
    let every = rows
        .iter_mut()
        .flatten()
        .chain(&mut last)
        .chain(&mut excess);
    every.for_each(|weight| *weight /= total);
    // Rounding may leave a trace below 0 in states that are hardly ever visited.
    let proper = |weight: &f64| *weight > -1e-12 && weight.is_finite();
    let all_proper = rows
        .iter()
        .flatten()
        .chain(&last)
        .chain(&excess)
        .all(proper);
    (all_proper && total > 0.0).then_some(Stationary {
        below: rows,
        last,
        excess,
    })
}

/// R of the repeating levels: the expected time in the phases of the next level up per unit of
/// time in a phase. `None` where the levels drift up: unless the phases, on their own, go down
/// faster than up (Neuts 1981, theorem 3.1.1).
fn growth(level: &Level) -> Option<Matrix> {
    let (up, down) = (
        dense(level.phases, &level.up),
        dense(level.phases, &level.down),
    );
    let out = linear::add(leaving(level, &up), 1.0, &up);
    let phases = Level {
        phases: level.phases,
        within: [&level.up[..], &level.within, &level.down].concat(),
        ..Level::default()
    };
    let share = null_vector(&leaving(&phases, &zero(level.phases)))?;
    let pace = |flows: &[Flow]| flows.iter().map(|flow| share[flow.from] * flow.rate).sum();
    let (rise, fall): (f64, f64) = (pace(&level.up), pace(&level.down));
    let found = (rise < fall).then(|| level_ratio(&up, &negative(out.clone()), &down))??;
    let residual = linear::add(up, -1.0, &multiply(&found, &out));
    let residual = linear::add(residual, 1.0, &multiply(&found, &multiply(&found, &down)));
    (greatest(&residual) <= RESIDUAL * greatest(&out)).then_some(found)
}

/// Minus U: the generator of the chain watched only while at or below a level, given the rates at
/// which the phases of that level `return` to it from above. Everything that leaves a phase for
/// good goes down, so that its diagonal is a sum of rates and never a difference, which would lose
/// all digits on a steep way up (Grassmann, Taksar & Heyman 1985).
fn leaving(level: &Level, returns: &Matrix) -> Matrix {
    let mut leaving = linear::add(zero(level.phases), -1.0, returns);
    for (place, row) in leaving.iter_mut().enumerate() {
        row[place] = 0.0;
    }
    for flow in level.within.iter().filter(|flow| flow.from != flow.to) {
        leaving[flow.from][flow.to] -= flow.rate;
    }
    for (place, row) in leaving.iter_mut().enumerate() {
        row[place] = -row.iter().sum::<f64>();
    }
    for flow in &level.down {
        leaving[flow.from][flow.from] += flow.rate;
    }
    leaving
}

fn zero(size: usize) -> Matrix {
    vec![vec![0.0; size]; size]
}

fn dense(size: usize, flows: &[Flow]) -> Matrix {
    let mut matrix = zero(size);
    for flow in flows {
        matrix[flow.from][flow.to] += flow.rate;
    }
    matrix
}

/// R: the flows up of a level times the expected times `above`.
fn rises(level: &Level, phases_above: usize, above: Matrix) -> Matrix {
    let mut rises = vec![vec![0.0; phases_above]; level.phases];
    for flow in &level.up {
        for (time, other) in rises[flow.from].iter_mut().zip(&above[flow.to]) {
            *time += flow.rate * other;
        }
    }
    rises
}

/// R times the flows down from the next level, whose ends are so many phases.
fn returns(rises: &Matrix, down: &[Flow], phases: usize) -> Matrix {
    let one = |times: &Vec<f64>| {
        let mut row = vec![0.0; phases];
        for flow in down {
            row[flow.to] += times[flow.from] * flow.rate;
        }
        row
    };
    rises.iter().map(one).collect()
}

fn row_times(row: &[f64], matrix: &Matrix) -> Vec<f64> {
    multiply(&[row.to_vec()], matrix).remove(0)
}

/// The greatest absolute value; NaN where there is one.
fn greatest(matrix: &Matrix) -> f64 {
    matrix.iter().flatten().fold(0.0, |greatest: f64, value| {
        if value.abs() > greatest || value.is_nan() {
            value.abs()
        } else {
            greatest
        }
    })
}

/// The x with x Q = 0 whose sum is 1, for minus a generator Q. One equation follows from the others,
/// and gives way to the sum.
fn null_vector(leaving: &Matrix) -> Option<Vec<f64>> {
    let size = leaving.len();
    let mut equations: Matrix = (0..size)
        .map(|column| leaving.iter().map(|row| row[column]).collect())
        .collect();
    equations.first_mut()?.fill(1.0);
    let mut right = vec![0.0; size];
    right[0] = 1.0;
    linear::solve(equations, right)
}

/// Scales all weights down when the last ones are great.
fn tame(rows: &mut [Vec<f64>]) {
    let last = rows.last().into_iter().flatten();
    let greatest = last.fold(0.0, |greatest: f64, weight| greatest.max(*weight));
    if greatest > GREAT {
        let every = rows.iter_mut().flatten();
        every.for_each(|weight| *weight /= greatest);
    }
}

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::super::{ErlangA, ErlangC};
    use super::*;

    fn flow(from: usize, to: usize, rate: f64) -> Flow {
        Flow { from, to, rate }
    }

    /// A birth-death process: one phase.
    fn queue(arrivals: f64, departures: &[f64]) -> Vec<Level> {
        let level = |departures: &f64| Level {
            phases: 1,
            up: vec![flow(0, 0, arrivals)],
            within: Vec::new(),
            down: vec![flow(0, 0, *departures)],
        };
        let mut levels: Vec<Level> = departures.iter().map(level).collect();
        levels[0].down.clear();
        levels
    }

    #[test]
    fn one_phase_without_end_is_erlang_c() {
        let found = stationary(&queue(8.0, &[0.0, 5.0, 10.0, 10.0]), Above::TheSame);
        let found = found.expect("a steady state");
        let known = ErlangC::new(8.0, 5.0, 2).expect("a steady state");
        assert_six_digits(found.below[2][0] + found.last[0], known.wait_probability);
        assert_six_digits(found.last[0] + found.excess[0], known.mean_queue);
    }

    /// Where the weights of the levels would overflow.
    #[test]
    fn a_long_bounded_chain_is_erlang_a() {
        let departures: Vec<f64> = (0..4000)
            .map(|present: u32| {
                f64::from(present.min(1)) * 4.5 + f64::from(present.max(1) - 1) * 0.01
            })
            .collect();
        let mut levels = queue(22.0, &departures);
        levels.last_mut().expect("it has levels").up.clear();
        let found = stationary(&levels, Above::Nothing).expect("a steady state");
        let known = ErlangA::new(22.0, 4.5, 0.01, 1).expect("a steady state");
        let queue: f64 = (1..3999)
            .map(|n| f64::from(n - 1) * found.below[n as usize][0])
            .sum();
        assert_six_digits(queue, known.mean_queue);
    }

    /// A server that is away half of the time: the balance equations of every state by hand.
    #[test]
    fn every_state_is_in_balance() {
        let (arrivals, service, leave, back) = (1.0, 4.0, 0.3, 0.3);
        let level = |down: Vec<Flow>| Level {
            phases: 2,
            up: vec![flow(0, 0, arrivals), flow(1, 1, arrivals)],
            within: vec![flow(0, 1, back), flow(1, 0, leave)],
            down,
        };
        let mut levels = vec![level(Vec::new())];
        levels.extend(vec![level(vec![flow(1, 1, service)]); 5]);
        let found = stationary(&levels, Above::TheSame).expect("a steady state");
        let total: f64 = found.below.iter().flatten().chain(&found.last).sum();
        assert_six_digits(total, 1.0);
        for (n, row) in found.below.iter().enumerate().take(4) {
            let from_below = if n == 0 { 0.0 } else { found.below[n - 1][1] };
            let serving = if n == 0 { 0.0 } else { service };
            let into = from_below * arrivals + row[0] * back + found.below[n + 1][1] * service;
            let out = row[1] * (arrivals + serving + leave);
            assert!((into - out).abs() < 1e-12, "level {n}: {into} is not {out}");
        }
        let present: f64 = found.below.iter().flatten().sum();
        let there: f64 = found.below.iter().map(|row| row[1]).sum::<f64>() + found.last[1];
        assert_six_digits(there, 0.5);
        assert!(present < 1.0);
    }

    #[test]
    fn a_chain_that_drifts_up_or_is_no_chain_has_none() {
        assert_eq!(stationary(&queue(8.0, &[0.0, 5.0]), Above::TheSame), None);
        assert_eq!(stationary(&queue(8.0, &[0.0, 8.0]), Above::TheSame), None);
        assert_eq!(
            stationary(&queue(f64::NAN, &[0.0, 8.0]), Above::TheSame),
            None
        );
        assert_eq!(stationary(&[], Above::Nothing), None);
        assert_eq!(stationary(&[Level::default()], Above::Nothing), None);
    }
}
