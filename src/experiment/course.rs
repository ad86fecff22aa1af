//! What course the waiting list takes through the period: what may be said of its weekly means.
//!
//! A rise or a fall is one only where it is beyond noise, one difference a replication as in
//! [`super::drift`], and where the season alone would not make it. The means of weeks wander even where
//! nothing changes, so the first and the last of them say nothing by themselves.

use super::drift::{YEAR, drift, has_season, is_sure};
use super::replications::Replications;
use crate::measure::Scope;
use crate::model::Model;
use crate::stats::mean;

/// The series that is looked at.
const LIST: &str = "waiting_list";

/// Weeks at either end that a peak is held against.
const END: usize = 4;

/// A peak is at least so many times as high as either end.
const FAR_ABOVE: f64 = 1.5;

/// And so many people higher.
const FAR_ABOVE_PEOPLE: f64 = 5.0;

/// Change that is worth telling, as a share of the higher level.
const NOTABLE_SHARE: f64 = 0.1;

/// Change that is worth telling, in people.
const NOTABLE_PEOPLE: f64 = 1.0;

/// One minus the confidence that there is a peak: the highest of many weeks is high by luck as well.
const ALPHA_OF_PEAK: f64 = 0.001;

/// One minus the confidence that there is a rise or a fall.
const ALPHA_OF_CHANGE: f64 = 0.01;

/// What the weekly means of the waiting list do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Course {
    /// They rise far above both ends.
    Peak {
        /// Mean of the first weeks.
        from: f64,
        /// The highest mean of a week.
        top: f64,
        /// The week of that, from 0.
        week: usize,
        /// Mean of the last weeks.
        to: f64,
    },
    /// They are higher or lower in the last part of the period than in the first.
    Change {
        /// Mean of the first part.
        from: f64,
        /// Mean of the last.
        to: f64,
        /// What the parts are.
        part: Part,
    },
    /// Neither is sure.
    Level {
        /// Mean of all weeks.
        mean: f64,
        /// The lowest mean of a week.
        least: f64,
        /// The highest.
        most: f64,
    },
}

/// Parts of the period that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Of the whole period.
    Quarter,
    /// Of the whole period.
    Half,
    /// The first 52 weeks and the last.
    Year,
}

/// The course of the list; `None` where it has no value in some week, or there are no weeks.
#[must_use]
pub fn course(replications: &Replications, model: &Model) -> Option<Course> {
    let columns = &replications.weekly_columns;
    let column = columns
        .iter()
        .position(|column| column.scope == Scope::Pcn && column.measure == LIST)?;
    let weeks = 0..replications.weeks();
    let series: Option<Vec<f64>> = weeks
        .map(|week| replications.week_mean(week, column))
        .collect();
    let series = series?;
    let of = (replications, column, series.as_slice());
    let told = peak(of).or_else(|| change(of, model));
    told.or_else(|| level(&series))
}

/// The replications, which column it is, and its weekly means.
type Series<'a> = (&'a Replications, usize, &'a [f64]);

fn peak((replications, column, series): Series) -> Option<Course> {
    let weeks = series.len();
    let inner = series.get(END..weeks.checked_sub(END)?)?;
    let (at, top) = inner
        .iter()
        .enumerate()
        .max_by(|(_, one), (_, other)| one.total_cmp(other))?;
    let week = at + END;
    let (from, to) = (mean(&series[..END])?, mean(&series[weeks - END..])?);
    let end = from.max(to);
    let is_far = *top >= FAR_ABOVE * end && *top >= end + FAR_ABOVE_PEOPLE;
    let of = (replications, column);
    let is_sure = |end| is_sure(of, (end, week..week + 1), ALPHA_OF_PEAK);
    (is_far && is_sure(0..END) && is_sure(weeks - END..weeks)).then_some(Course::Peak {
        from,
        top: *top,
        week,
        to,
    })
}

fn change(of: Series, model: &Model) -> Option<Course> {
    let (replications, column, series) = of;
    // What the caution about a service that changes rests on is told here in the same numbers.
    if let Some(it) = drift(replications, model).filter(|it| it.measure == LIST) {
        let part = if it.years { Part::Year } else { Part::Half };
        let (from, to) = (it.from, it.to);
        return Some(Course::Change { from, to, part });
    }
    let weeks = series.len();
    let in_years = model.is_steady_state() && has_season(&model.demand);
    let (part, length) = match in_years {
        true => (Part::Year, YEAR),
        false => (Part::Quarter, weeks / 4),
    };
    if length == 0 || weeks < 2 * length {
        return None;
    }
    let (from, to) = (mean(&series[..length])?, mean(&series[weeks - length..])?);
    let is_notable = (to - from).abs() >= NOTABLE_PEOPLE.max(NOTABLE_SHARE * from.max(to));
    let parts = (0..length, weeks - length..weeks);
    let is_change = is_notable && is_sure((replications, column), parts, ALPHA_OF_CHANGE);
    is_change.then_some(Course::Change { from, to, part })
}

fn level(series: &[f64]) -> Option<Course> {
    let least = series.iter().copied().fold(f64::INFINITY, f64::min);
    let most = series.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mean = mean(series)?;
    Some(Course::Level { mean, least, most })
}
