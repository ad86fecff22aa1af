//! Running the systems and judging what they gave.

use super::point::{Point, Row};
use super::{FAMILY_ALPHA, System};
use crate::experiment::{Experiment, Replications, Stop, Stopping, run};
use crate::stats::{ALPHA, Estimate};
use std::sync::atomic::AtomicBool;

/// How long a proof may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A quarter of each file's replications, without the long systems: under a minute on two cores.
    Quick,
    /// All replications of every file: twice as sharp.
    Full,
}

impl Form {
    /// In a word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Full => "full",
        }
    }

    /// Replications of a file that asks for `all`.
    #[must_use]
    pub const fn replications(self, all: u32) -> u64 {
        match self {
            Self::Quick => (all / 4) as u64,
            Self::Full => all as u64,
        }
    }

    /// Greatest half-width of the 95% interval, as a share of the answer; above it a point proves
    /// too little.
    #[must_use]
    pub const fn floor(self) -> f64 {
        match self {
            Self::Quick => 0.02,
            Self::Full => 0.01,
        }
    }
}

/// What is said of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The simultaneous interval holds the answer, and is narrow enough to mean something.
    Holds,
    /// The simultaneous interval does not hold the answer.
    Fails,
    /// The interval is too wide to say, or undefined.
    TooWide,
}

impl Verdict {
    /// In a word or two.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Fails => "FAILS",
            Self::TooWide => "TOO WIDE",
        }
    }
}

/// What came out for one point.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    /// The point.
    pub point: Point,
    /// Mean over replications with its 95% interval; `None` where a replication left it undefined.
    pub ours: Option<Estimate>,
    /// The same with the simultaneous interval, by which the verdict goes.
    pub simultaneous: Option<Estimate>,
    /// The verdict.
    pub verdict: Verdict,
}

impl Finding {
    /// Judges the values of one point, one a replication.
    #[must_use]
    pub fn judge(point: Point, values: &[Option<f64>], points: usize, floor: f64) -> Self {
        let defined: Option<Vec<f64>> = values.iter().copied().collect();
        let at = |alpha: f64| Estimate::at_level(defined.as_ref()?, alpha);
        let (ours, simultaneous) = (at(ALPHA), at(FAMILY_ALPHA / points as f64));
        let narrow = ours
            .and_then(|ours| ours.half_width())
            .is_some_and(|half| half <= floor * point.theory);
        let verdict = match simultaneous {
            Some(interval) if interval.sd.is_some() => match interval.covers(point.theory) {
                true if narrow => Verdict::Holds,
                true => Verdict::TooWide,
                false => Verdict::Fails,
            },
            _ => Verdict::TooWide,
        };
        Self {
            point,
            ours,
            simultaneous,
            verdict,
        }
    }

    /// Half the length of the 95% interval as a share of the answer.
    #[must_use]
    pub fn relative_half_width(&self) -> Option<f64> {
        Some(self.ours?.half_width()? / self.point.theory)
    }

    /// How many standard errors ours lies above the answer.
    #[must_use]
    pub fn standard_errors(&self) -> Option<f64> {
        let ours = self.ours?;
        let error = ours.sd? / (ours.n as f64).sqrt();
        (error > 0.0).then(|| (ours.mean - self.point.theory) / error)
    }
}

/// What came out for one system.
#[derive(Clone, Debug)]
pub struct SystemProof {
    /// The system.
    pub system: System,
    /// Replications run.
    pub replications: u64,
    /// One for each of its points.
    pub findings: Vec<Finding>,
}

/// What came out for all.
#[derive(Clone, Debug)]
pub struct Proof {
    /// How it was done.
    pub form: Form,
    /// The seed from which those of the systems are made.
    pub first_seed: u64,
    /// Points judged together, whether or not all systems were run.
    pub points: usize,
    /// The systems run.
    pub systems: Vec<SystemProof>,
}

impl Proof {
    /// Every finding.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.systems.iter().flat_map(|system| &system.findings)
    }

    /// Whether every point holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.findings()
            .all(|finding| finding.verdict == Verdict::Holds)
    }
}

/// Runs `systems` in a form, with chance made from `first_seed`, and judges them as part of a family
/// of `points`. `stop` ends it when it becomes
/// true; `progress` is told how many systems are done.
///
/// # Errors
/// [`Stop`], with nothing kept.
pub fn prove(
    systems: Vec<System>,
    points: usize,
    (form, first_seed): (Form, u64),
    threads: usize,
    stop: &AtomicBool,
    progress: &(dyn Fn(u64, u64) + Sync),
) -> Result<Proof, Stop> {
    let most = systems.len() as u64;
    let mut proofs = Vec::with_capacity(systems.len());
    for (done, system) in systems.into_iter().enumerate() {
        progress(done as u64, most);
        proofs.push(prove_one(
            system,
            points,
            (form, first_seed),
            threads,
            stop,
        )?);
    }
    Ok(Proof {
        form,
        first_seed,
        points,
        systems: proofs,
    })
}

fn prove_one(
    system: System,
    points: usize,
    (form, first_seed): (Form, u64),
    threads: usize,
    stop: &AtomicBool,
) -> Result<SystemProof, Stop> {
    let scenario = system.scenario();
    let replications = form.replications(scenario.experiment.replications);
    let experiment = Experiment {
        seed: system.seed(first_seed),
        stopping: Stopping::Range(0..replications),
        threads,
    };
    let all = run(&scenario.model, &experiment, stop, &|_, _| {})?;
    let days = scenario.model.period.length().days();
    let findings = system
        .points
        .iter()
        .zip(values_of(&system.points, &all, days))
        .map(|(point, values)| {
            let floor = system.widest.unwrap_or(form.floor());
            Finding::judge(*point, &values, points, floor)
        })
        .collect();
    Ok(SystemProof {
        system,
        replications,
        findings,
    })
}

/// What each point reads of every replication.
fn values_of(points: &[Point], all: &Replications, days: f64) -> Vec<Vec<Option<f64>>> {
    let mut values = vec![Vec::with_capacity(all.count()); points.len()];
    for row in all.rows() {
        let row = Row {
            columns: &all.columns,
            values: &row,
            days,
        };
        for (values, point) in values.iter_mut().zip(points) {
            values.push(point.reading.of(&row));
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::super::point::Reading;
    use super::*;

    fn judged(values: &[Option<f64>], theory: f64) -> Finding {
        let reading = Reading::Pcn("lapsed");
        Finding::judge(Point { reading, theory }, values, 100, 0.02)
    }

    /// 20 values of mean 10 and standard deviation `spread` x 1.026.
    fn around_ten(spread: f64) -> Vec<Option<f64>> {
        (0..20)
            .map(|index| Some(10.0 + if index % 2 == 0 { spread } else { -spread }))
            .collect()
    }

    #[test]
    fn a_narrow_interval_decides_by_the_simultaneous_one() {
        // Standard error 0.1 x 1.026 / sqrt(20) = 0.02294; t of 19 degrees of freedom at
        // alpha = 0.001 / 100: 5.96 (two-sided), so that the interval is 10 -+ 0.137.
        let values = around_ten(0.1);
        assert_eq!(judged(&values, 10.13).verdict, Verdict::Holds);
        assert_eq!(judged(&values, 10.15).verdict, Verdict::Fails);
        assert_eq!(judged(&values, 9.85).verdict, Verdict::Fails);
    }

    #[test]
    fn a_wide_interval_is_no_proof_and_never_hides_a_miss() {
        // 95%: 2.093 x 1.026 / sqrt(20) x spread = 0.48 spread; 2% of 10 is 0.2.
        assert_eq!(judged(&around_ten(0.5), 10.0).verdict, Verdict::TooWide);
        assert_eq!(judged(&around_ten(0.4), 10.0).verdict, Verdict::Holds);
        assert_eq!(judged(&around_ten(0.5), 20.0).verdict, Verdict::Fails);
    }

    #[test]
    fn an_undefined_value_proves_nothing() {
        let mut values = around_ten(0.1);
        values[3] = None;
        let finding = judged(&values, 10.0);
        assert_eq!(finding.verdict, Verdict::TooWide);
        assert!(finding.ours.is_none() && finding.relative_half_width().is_none());
        assert_eq!(judged(&[], 10.0).verdict, Verdict::TooWide);
        assert_eq!(judged(&[Some(10.0)], 10.0).verdict, Verdict::TooWide);
    }

    #[test]
    fn distances_are_in_standard_errors() {
        let finding = judged(&around_ten(0.1), 9.95);
        let distance = finding.standard_errors().expect("there is a spread");
        assert!((distance - 0.05 / 0.022_942).abs() < 1e-3, "{distance}");
    }
}
