//! The period week by week: lists, caseloads, work and referrals.

use super::Frame;
use super::sheet::{Scope, Value, ratio};
use crate::engine::Observations;
use crate::engine::observations::WeekRow;

/// What one weekly series is.
#[derive(Clone, Copy, Debug)]
pub struct WeeklyColumn {
    /// Whom it is about.
    pub scope: Scope,
    /// Which practice or post; 0 for the PCN.
    pub entity: usize,
    /// Name in the output file.
    pub measure: &'static str,
    /// Unit in the output file.
    pub unit: &'static str,
    value: fn(&WeekRow) -> Option<f64>,
}

type Series = (&'static str, &'static str, fn(&WeekRow) -> Option<f64>);

/// Mean over the week.
const WAITING_LIST: Series = ("waiting_list", "people", |row| {
    ratio(row.waiting_area as f64, row.length as f64)
});
const CASELOAD: Series = ("caseload", "people", |row| {
    ratio(row.open_area as f64, row.length as f64)
});
const UTILISATION: Series = ("utilisation", "share", |row| {
    ratio(row.busy_seconds as f64, row.available_seconds as f64)
});
const POSTS_FILLED: Series = ("posts_filled", "posts", |row| {
    ratio(row.held_area as f64, row.length as f64)
});
const RECEIVED: Series = ("referrals_received", "people", |row| {
    Some(row.received as f64)
});
const CONTACTS: Series = ("contacts_held", "contacts", |row| {
    Some(row.contacts_held as f64)
});

const LOAD: Series = ("load", "ratio", |row| row.load);
/// At the end of the week; of the PCN the mean over the posts that are held.
const STRAIN: Series = ("strain", "ratio", |row| row.strain);

const OF_PCN: [Series; 8] = [
    WAITING_LIST,
    CASELOAD,
    UTILISATION,
    POSTS_FILLED,
    RECEIVED,
    CONTACTS,
    LOAD,
    STRAIN,
];
const OF_PRACTICE: [Series; 4] = [WAITING_LIST, CASELOAD, RECEIVED, CONTACTS];
const OF_POST: [Series; 6] = [CASELOAD, UTILISATION, POSTS_FILLED, CONTACTS, LOAD, STRAIN];

/// The weekly series of a model, in the order of [`weekly`] within a week.
#[must_use]
pub fn weekly_columns(frame: &Frame) -> Vec<WeeklyColumn> {
    let column = |scope, entity| {
        move |(measure, unit, value): &Series| WeeklyColumn {
            scope,
            entity,
            measure,
            unit,
            value: *value,
        }
    };
    let mut columns: Vec<_> = OF_PCN.iter().map(column(Scope::Pcn, 0)).collect();
    for entity in 0..frame.model.practices.len() {
        columns.extend(OF_PRACTICE.iter().map(column(Scope::Practice, entity)));
    }
    for entity in 0..frame.model.posts.len() {
        columns.extend(OF_POST.iter().map(column(Scope::Post, entity)));
    }
    columns
}

/// The weekly values of one replication: weeks x columns.
#[must_use]
pub fn weekly(frame: &Frame, columns: &[WeeklyColumn], seen: &Observations) -> Vec<Value> {
    let practices = frame.model.practices.len();
    let scopes = seen.scopes_a_week();
    seen.weeks
        .chunks(scopes)
        .flat_map(|week| {
            columns.iter().map(move |column| {
                let row = match column.scope {
                    Scope::Practice => 1 + column.entity,
                    Scope::Post => 1 + practices + column.entity,
                    Scope::Pcn | Scope::CaseType | Scope::Source => 0,
                };
                Value::new((column.value)(&week[row]))
            })
        })
        .collect()
}
