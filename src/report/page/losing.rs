//! Who gains and who loses: what options change of the waits at each practice.

use super::service::{Differing, MOST_ROWS, WAIT};
use super::table::{Cell, Column, Place, Row, Table};
use super::whole::Part;
use crate::experiment::DifferenceRow;
use crate::measure::{Better, Scope, Unit};
use crate::report::answer::show;
use crate::report::comparison::words;
use crate::report::entity_name;
use crate::report::prose::listed;
use crate::report::tables::Variant;

/// Options beside each other in a table at most.
const MOST_OPTIONS: usize = 6;

/// Practices named in a sentence at most.
const MOST_NAMED: usize = 4;

/// What options change of the waits by practice: who gains, who loses.
pub(super) fn parts(variant: &Variant, options: &[Differing], order: &[usize]) -> Vec<Part> {
    if options.is_empty() || order.len() < 2 {
        return Vec::new();
    }
    let shown = &options[..options.len().min(MOST_OPTIONS)];
    let mut parts: Vec<Part> = Vec::new();
    let losers = shown.iter().map(who_loses).collect();
    parts.push(Part::List(losers));
    let found = |differing: &Differing, practice: &str| {
        let row = difference(differing, practice);
        row.and_then(|row| row.estimate)
            .map_or(Cell::Nothing, |it| {
                Cell::of_estimate(&it, |value| words::signed(Unit::Days, value))
            })
    };
    let rows = order.iter().take(MOST_ROWS).map(|entity| {
        let name = entity_name(variant.model, Scope::Practice, *entity);
        Row {
            name: name.to_owned(),
            place: Place::by(&[("name", name)]),
            cells: shown.iter().map(|it| found(it, name)).collect(),
        }
    });
    let columns = shown.iter().map(|(variant, _)| {
        Column::of_numbers(variant.option, Place::by(&[("option", variant.option)]))
    });
    let cut = match options.len() > shown.len() {
        true => format!(
            " The first {MOST_OPTIONS} of {} options are shown.",
            options.len()
        ),
        false => String::new(),
    };
    parts.push(Part::Table(Table {
        id: "practices-by-option".to_owned(),
        caption: "Change of the mean wait to first contact, days, with each option: who gains (-) and who loses (+)"
            .to_owned(),
        file: Some("differences.csv"),
        place: Place::by(&[("scope", "practice"), ("measure", WAIT)]).in_field("mean_difference"),
        columns: std::iter::once(Column::of_words("Practice")).chain(columns).collect(),
        rows: rows.collect(),
        note: format!("With 95% intervals, one by one.{cut}"),
    }));
    parts
}

/// The difference of the wait at a practice, which an option may have at another position.
fn difference<'a>((option, rows): &Differing<'a>, practice: &str) -> Option<&'a DifferenceRow> {
    rows.iter().find(|row| {
        let column = &row.column;
        let is_wait = column.scope == Scope::Practice && column.measure.name == WAIT;
        is_wait && entity_name(option.model, column.scope, column.entity) == practice
    })
}

/// Which practices surely wait longer with an option.
fn who_loses((variant, rows): &Differing) -> String {
    let option = variant.option;
    let of_practices = rows
        .iter()
        .filter(|row| row.column.scope == Scope::Practice);
    let waits = of_practices.filter(|row| row.column.measure.name == WAIT);
    let told: Vec<&DifferenceRow> = waits.filter(|row| row.estimate.is_some()).collect();
    let worse = |row: &&&DifferenceRow| {
        let low = row.estimate.and_then(|it| it.low);
        row.column.measure.better == Some(Better::Lower) && low.is_some_and(|low| low > 0.0)
    };
    let losers: Vec<&&DifferenceRow> = told.iter().filter(worse).collect();
    let named = losers.iter().take(MOST_NAMED).map(|row| {
        let name = entity_name(variant.model, Scope::Practice, row.column.entity);
        let by = row.estimate.map(|it| show(row.column.unit(), it.mean));
        format!("{name} (+{} days)", by.unwrap_or_default())
    });
    let named: Vec<String> = named.collect();
    let more = losers.len().saturating_sub(named.len());
    let more = match more {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match (told.is_empty(), named.is_empty()) {
        (true, _) => format!("{option}: no practice has a mean wait to compare."),
        (_, true) => format!("{option}: people of no practice surely wait longer."),
        _ => format!(
            "{option}: people surely wait longer at {}{more}.",
            listed(&named)
        ),
    }
}
