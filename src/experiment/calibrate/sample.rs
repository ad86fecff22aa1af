//! Numbers that a service would have observed, from replications of its model.
//!
//! All points meet the same people and the same absences, replication by replication (common random
//! numbers), so that what differs between points is due to the inputs. Points and replications are worked
//! off side by side and kept in order; what a point gave is remembered.

use super::axes::Axis;
use crate::experiment::many::side_by_side;
use crate::experiment::replications::{Experiment, Replications, Stop, Stopping, run};
use crate::measure::{Scope, entity_name};
use crate::model::Model;
use crate::stats::symmetric::Matrix;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::AtomicBool;

/// Replications that a thread takes at a time: of so many, weekly values are always kept.
const AT_ONCE: u64 = 20;
/// Share of replications in which numbers may be undefined before a point is of no use.
const MOST_UNDEFINED: f64 = 0.1;

/// Which number of a replication was observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// Whom it is about.
    pub scope: Scope,
    /// Which practice, post, case type or source; "PCN" of the whole.
    pub name: String,
    /// Name of the measure, or of the weekly series.
    pub measure: String,
    /// Weeks of the period, from 0, over which a weekly series is averaged; `None` for a measure of the
    /// whole period.
    pub weeks: Option<Range<usize>>,
}

/// What the replications of one point gave; only those in which every number is defined.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Number and numbers of each replication.
    rows: BTreeMap<u64, Vec<f64>>,
}

/// A model for the values of the inputs; for none, the model as the file has it. `None` where the values
/// do not fit together.
pub type ModelAt<'a> = &'a (dyn Fn(Option<&[f64]>) -> Option<Model> + Sync);

/// Simulates points and remembers them.
pub struct Sampler<'a> {
    axes: Vec<Axis>,
    numbers: Vec<Number>,
    model: ModelAt<'a>,
    seed: u64,
    threads: usize,
    stop: &'a AtomicBool,
    progress: &'a (dyn Fn(u64) + Sync),
    known: BTreeMap<(Vec<u64>, u64), Option<Sample>>,
    /// Replications made so far.
    pub replications: u64,
    /// Events simulated so far.
    pub events: u64,
    /// How often each number was undefined.
    pub undefined: Vec<u64>,
}

/// Who asks a sampler to stop, and who is told how many replications are done.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Ends the work when it becomes true.
    pub stop: &'a AtomicBool,
    /// Is told the replications done so far.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

impl<'a> Sampler<'a> {
    /// Simulates these numbers with this seed.
    #[must_use]
    pub fn new(
        (axes, numbers): (&[Axis], &[Number]),
        model: ModelAt<'a>,
        (seed, threads): (u64, usize),
        watch: Watch<'a>,
    ) -> Self {
        Self {
            axes: axes.to_vec(),
            undefined: vec![0; numbers.len()],
            numbers: numbers.to_vec(),
            model,
            seed,
            threads,
            stop: watch.stop,
            progress: watch.progress,
            known: BTreeMap::new(),
            replications: 0,
            events: 0,
        }
    }

    /// The inputs.
    #[must_use]
    pub fn axes(&self) -> &[Axis] {
        &self.axes
    }

    /// So many replications of the file as it is.
    ///
    /// # Errors
    /// When somebody interrupts.
    pub fn base(&mut self, replications: u64) -> Result<Option<Sample>, Stop> {
        let samples = self.simulate(&[(self.model)(None)], replications)?;
        Ok(samples.into_iter().next().flatten())
    }

    /// So many replications of each point, which has a share of the way for each input; `None` where a
    /// point's values do not fit together or its numbers are not defined.
    ///
    /// # Errors
    /// When somebody interrupts.
    pub fn at(
        &mut self,
        points: &[Vec<f64>],
        replications: u64,
    ) -> Result<Vec<Option<Sample>>, Stop> {
        let key = |point: &Vec<f64>| {
            let bits: Vec<u64> = point.iter().map(|share| share.to_bits()).collect();
            (bits, replications)
        };
        let mut missing: Vec<&Vec<f64>> = Vec::new();
        for point in points {
            if !self.known.contains_key(&key(point)) && !missing.contains(&point) {
                missing.push(point);
            }
        }
        let models: Vec<Option<Model>> = missing.iter().map(|it| self.model_at(it)).collect();
        let found = self.simulate(&models, replications)?;
        for (point, sample) in missing.into_iter().zip(found) {
            self.known.insert(key(point), sample);
        }
        let known = points.iter().map(|it| self.known.get(&key(it)).cloned());
        Ok(known.map(Option::flatten).collect())
    }

    fn model_at(&self, point: &[f64]) -> Option<Model> {
        let values = self.axes.iter().zip(point);
        let values: Vec<f64> = values.map(|(axis, share)| axis.value(*share)).collect();
        (self.model)(Some(&values))
    }

    /// So many replications of each model.
    fn simulate(
        &mut self,
        models: &[Option<Model>],
        replications: u64,
    ) -> Result<Vec<Option<Sample>>, Stop> {
        let parts = replications.div_ceil(AT_ONCE) as usize;
        let work = |task: usize| {
            let Some(model) = &models[task / parts] else {
                return Ok(Part::default());
            };
            let from = (task % parts) as u64 * AT_ONCE;
            let experiment = Experiment {
                seed: self.seed,
                stopping: Stopping::Range(from..replications.min(from + AT_ONCE)),
                threads: 1,
            };
            let part = run(model, &experiment, self.stop, &|_, _| {})?;
            Ok::<_, Stop>(self.read(model, &part))
        };
        let before = self.replications;
        let done = |done: usize| (self.progress)(before + done as u64 * AT_ONCE.min(replications));
        let all = (models.len() * parts, self.threads);
        let found = side_by_side(all, self.stop, &work, &done)??;
        let samples = found
            .chunks(parts)
            .zip(models)
            .map(|(found, model)| model.as_ref().and_then(|_| joined(found, replications)))
            .collect();
        for part in &found {
            self.events += part.events;
            for (count, more) in self.undefined.iter_mut().zip(&part.undefined) {
                *count += more;
            }
        }
        self.replications += models.iter().flatten().count() as u64 * replications;
        Ok(samples)
    }

    /// The numbers of some replications.
    fn read(&self, model: &Model, replications: &Replications) -> Part {
        let places: Vec<Where> = self
            .numbers
            .iter()
            .map(|number| Where::of(number, model, replications))
            .collect();
        let mut part = Part {
            events: replications.events,
            undefined: vec![0; self.numbers.len()],
            ..Part::default()
        };
        let numbers: Vec<Vec<Option<f64>>> = places
            .iter()
            .map(|place| place.values(replications))
            .collect();
        for index in 0..replications.count() {
            let values: Vec<Option<f64>> = numbers.iter().map(|it| it[index]).collect();
            for (at, value) in values.iter().enumerate() {
                part.undefined[at] += u64::from(value.is_none());
                // A point of a distribution that some replication never reaches has no mean.
                part.is_unusable |= value.is_none() && places[at].must_be_defined();
            }
            if let Some(values) = values.into_iter().collect::<Option<Vec<f64>>>() {
                part.rows.push((replications.first + index as u64, values));
            }
        }
        part
    }
}

/// The numbers of some replications of one point.
#[derive(Default)]
struct Part {
    rows: Vec<(u64, Vec<f64>)>,
    undefined: Vec<u64>,
    is_unusable: bool,
    events: u64,
}

/// The parts of one point put together.
fn joined(parts: &[Part], replications: u64) -> Option<Sample> {
    let rows = parts.iter().flat_map(|part| part.rows.iter().cloned());
    let rows: BTreeMap<u64, Vec<f64>> = rows.collect();
    let least = (1.0 - MOST_UNDEFINED) * replications as f64;
    let is_usable = !parts.iter().any(|part| part.is_unusable);
    (is_usable && rows.len() as f64 >= least && rows.len() > 1).then_some(Sample { rows })
}

/// Where a number stands in replications.
enum Where {
    Nowhere,
    Period { column: usize, is_quantile: bool },
    Weeks { column: usize, weeks: Range<usize> },
}

impl Where {
    fn of(number: &Number, model: &Model, replications: &Replications) -> Self {
        let is_it = |scope: Scope, entity: usize, measure: &str| {
            scope == number.scope
                && measure == number.measure
                && entity_name(model, scope, entity) == number.name
        };
        let found = match &number.weeks {
            None => {
                let mut columns = replications.columns.iter().enumerate();
                let found = columns.find(|(_, it)| is_it(it.scope, it.entity, it.measure.name));
                found.map(|(column, it)| Self::Period {
                    column,
                    is_quantile: it.measure.is_quantile_of_waits(),
                })
            }
            Some(weeks) => {
                let mut columns = replications.weekly_columns.iter();
                let found = columns.position(|it| is_it(it.scope, it.entity, it.measure));
                found.map(|column| Self::Weeks {
                    column,
                    weeks: weeks.clone(),
                })
            }
        };
        found.unwrap_or(Self::Nowhere)
    }

    const fn must_be_defined(&self) -> bool {
        matches!(
            self,
            Self::Period {
                is_quantile: true,
                ..
            }
        )
    }

    /// The number in each replication; of weeks the mean over those in which it is defined.
    fn values(&self, replications: &Replications) -> Vec<Option<f64>> {
        match self {
            Self::Nowhere => vec![None; replications.count()],
            Self::Period { column, .. } => replications
                .column(*column)
                .map(|value| value.defined())
                .collect(),
            Self::Weeks { column, weeks } => {
                let series = replications.weekly_of(*column);
                let mut values: Vec<Option<f64>> =
                    series.map(|all| mean_of_weeks(&all, weeks)).collect();
                values.resize(replications.count(), None);
                values
            }
        }
    }
}

/// The mean over these weeks of a series where it is defined.
fn mean_of_weeks(series: &[f64], weeks: &Range<usize>) -> Option<f64> {
    let values = weeks.clone().filter_map(|week| series.get(week));
    let values = values.filter(|it| !it.is_nan());
    let (sum, many) = values.fold((0.0, 0_u32), |(sum, n), it| (sum + it, n + 1));
    (many > 0).then(|| sum / f64::from(many))
}

impl Sample {
    /// Replications in which every number is defined.
    #[must_use]
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// The numbers of each replication, in order.
    pub fn rows(&self) -> impl Iterator<Item = &[f64]> + '_ {
        self.rows.values().map(Vec::as_slice)
    }

    /// The mean of each number.
    #[must_use]
    pub fn means(&self) -> Vec<f64> {
        let width = self.rows.values().next().map_or(0, Vec::len);
        let mut sums = vec![0.0; width];
        for row in self.rows.values() {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += value;
            }
        }
        sums.into_iter()
            .map(|it| it / self.count() as f64)
            .collect()
    }

    /// The covariance of the numbers of one replication.
    #[must_use]
    pub fn covariance(&self) -> Matrix {
        let means = self.means();
        let mut result = vec![vec![0.0; means.len()]; means.len()];
        for row in self.rows.values() {
            let off: Vec<f64> = row.iter().zip(&means).map(|(it, mean)| it - mean).collect();
            for (line, left) in result.iter_mut().zip(&off) {
                for (cell, right) in line.iter_mut().zip(&off) {
                    *cell += left * right / (self.count() as f64 - 1.0);
                }
            }
        }
        result
    }

    /// Of each replication that both have, how the numbers differ, as if the way between were `width`.
    #[must_use]
    pub fn slopes(&self, low: &Self, width: f64) -> BTreeMap<u64, Vec<f64>> {
        let both = self.rows.iter().filter_map(|(number, high)| {
            let low = low.rows.get(number)?;
            let differences = high.iter().zip(low).map(|(high, low)| (high - low) / width);
            Some((*number, differences.collect()))
        });
        both.collect()
    }
}
