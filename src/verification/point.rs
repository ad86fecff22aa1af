//! One known answer: how it is read from a replication, and what theory says it is.

use crate::measure::{Column, Scope, Value};
use std::fmt;

/// The values of one replication, with what they are.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    /// What the values are.
    pub columns: &'r [Column],
    /// The values.
    pub values: &'r [Value],
    /// Length of the results collection period in days.
    pub days: f64,
}

impl Row<'_> {
    /// The value of a measure; `None` where it is undefined.
    fn value(&self, scope: Scope, entity: usize, measure: &str) -> Option<f64> {
        let at = self.columns.iter().position(|column| {
            column.scope == scope && column.entity == entity && column.measure.name == measure
        })?;
        self.values[at].defined()
    }

    fn of_pcn(&self, measure: &str) -> Option<f64> {
        self.value(Scope::Pcn, 0, measure)
    }
}

/// How a number is read from one replication; it is written as users would work it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A measure of the PCN.
    Pcn(&'static str),
    /// A measure of the practice at this place of the file, counted from 0.
    Practice(usize, &'static str),
    /// A measure of the source at this place of the file, counted from 0.
    Source(usize, &'static str),
    /// A measure of the PCN divided by another.
    Share(&'static str, &'static str),
    /// The sum of two measures of the PCN.
    Sum(&'static str, &'static str),
    /// A measure of the PCN divided by the days of the period.
    PerDay(&'static str),
    /// A measure of the PCN divided by a number of posts.
    PerPost(&'static str, u32),
    /// Mean time on the list of everybody accepted, those who gave up included, in days: the mean
    /// list divided by the accepted a day (Little's law).
    WaitOfAll,
}

impl Reading {
    /// Its value in one replication; `None` where it is undefined.
    #[must_use]
    pub fn of(self, row: &Row) -> Option<f64> {
        match self {
            Self::Pcn(measure) => row.of_pcn(measure),
            Self::Practice(entity, measure) => row.value(Scope::Practice, entity, measure),
            Self::Source(entity, measure) => row.value(Scope::Source, entity, measure),
            Self::Share(part, whole) => Some(row.of_pcn(part)? / row.of_pcn(whole)?),
            Self::Sum(one, other) => Some(row.of_pcn(one)? + row.of_pcn(other)?),
            Self::PerDay(measure) => Some(row.of_pcn(measure)? / row.days),
            Self::PerPost(measure, posts) => Some(row.of_pcn(measure)? / f64::from(posts)),
            Self::WaitOfAll => {
                let a_day = row.of_pcn("referrals_accepted")? / row.days;
                Some(row.of_pcn("waiting_list_mean")? / a_day)
            }
        }
    }
}

impl fmt::Display for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pcn(measure) => f.write_str(measure),
            Self::Practice(entity, measure) => write!(f, "{measure}, practice {}", entity + 1),
            Self::Source(entity, measure) => write!(f, "{measure}, source {}", entity + 1),
            Self::Share(part, whole) => write!(f, "{part} / {whole}"),
            Self::Sum(one, other) => write!(f, "{one} + {other}"),
            Self::PerDay(measure) => write!(f, "{measure} / day"),
            Self::PerPost(measure, posts) => write!(f, "{measure} / {posts} posts"),
            Self::WaitOfAll => f.write_str("waiting_list_mean / (accepted / day)"),
        }
    }
}

/// One known answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// How it is read.
    pub reading: Reading,
    /// What theory says, in the unit of the reading.
    pub theory: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::{Frame, columns};

    #[test]
    fn readings_are_worked_out_as_they_are_written() {
        let scenario = crate::verification::all_systems()[0].scenario();
        let frame = Frame::new(&scenario.model);
        let columns = columns(&frame);
        let values: Vec<Value> = columns
            .iter()
            .map(|column| {
                Value::new(match (column.scope, column.measure.name) {
                    (Scope::Pcn, "waiting_list_mean") => Some(6.0),
                    (Scope::Pcn, "referrals_accepted") => Some(30.0),
                    (Scope::Pcn, "lapsed") => Some(3.0),
                    (Scope::Practice, "lapsed") => Some(2.0),
                    _ => None,
                })
            })
            .collect();
        let row = Row {
            columns: &columns,
            values: &values,
            days: 10.0,
        };
        let near = |reading: Reading, expected: f64| {
            let value = reading.of(&row).expect("it is defined");
            assert!((value - expected).abs() < 1e-12, "{reading}: {value}");
        };
        near(Reading::Pcn("lapsed"), 3.0);
        near(Reading::Practice(0, "lapsed"), 2.0);
        near(Reading::Share("lapsed", "referrals_accepted"), 0.1);
        near(Reading::PerDay("lapsed"), 0.3);
        near(Reading::PerPost("lapsed", 2), 1.5);
        near(Reading::WaitOfAll, 2.0);
        assert_eq!(Reading::Pcn("completed").of(&row), None);
        assert_eq!(Reading::Practice(7, "lapsed").of(&row), None);
    }
}
