//! The service as a whole: targets, the measures that matter, and bad years.

use super::table::{Cell, Column, Number, Place, Row, Table, range};
use super::whole::{Part, Section};
use crate::experiment::{BadYear, bad_years};
use crate::measure::Scope;
use crate::report::answer::bad_years::SHOWN as BAD_YEARS;
use crate::report::answer::{Answer, asked, show};
use crate::report::comparison::words;
use crate::report::tables::Variant;

/// Targets, the measures that matter, and bad years.
pub(super) fn section(answer: &Answer, service: &Variant) -> Section {
    let mut parts = Vec::new();
    if !answer.story.targets.is_empty() {
        parts.push(Part::Table(targets(answer, service)));
    }
    parts.push(Part::Table(measures(answer, service)));
    parts.push(Part::Table(worse_years(answer, service)));
    Section {
        id: "service",
        heading: "The service as a whole".to_owned(),
        parts,
    }
}

fn targets(answer: &Answer, service: &Variant) -> Table {
    let rows = answer
        .targets_told()
        .into_iter()
        .map(|(row, target, verdict)| Row {
            name: words::measure(row.column.measure.name).heading,
            place: Place::by(&[("measure", row.column.measure.name)]),
            cells: vec![
                Cell::Words(asked(row, target)),
                Cell::of(Some(row)),
                Cell::Words(verdict.to_owned()),
            ],
        });
    Table {
        id: "targets".to_owned(),
        caption: "Targets of the file: what is asked, what is reached, the verdict".to_owned(),
        file: Some("summary.csv"),
        place: Place::of_pcn(service.option),
        columns: vec![
            Column::of_words("Target"),
            Column::of_words("Asked"),
            Column::of_numbers("Reached", Place::default()),
            Column::of_words("Verdict"),
        ],
        rows: rows.collect(),
        note: "Met or missed is said where the whole 95% interval is on one side.".to_owned(),
    }
}

fn measures(answer: &Answer, service: &Variant) -> Table {
    let rows = answer.shown().into_iter().map(|(label, row)| {
        let point = |at: usize| row.spread.filter(|_| row.n > 1).map(|it| it[at]);
        let unit = row.column.unit();
        Row {
            name: label.to_owned(),
            place: Place::by(&[("measure", row.column.measure.name)]),
            cells: vec![
                Cell::of(Some(row)),
                Cell::optional(unit, point(0)),
                Cell::optional(unit, point(1)),
                Cell::optional(unit, point(2)),
            ],
        }
    });
    let point =
        |heading: &str, field| Column::of_numbers(heading, Place::default().in_field(field));
    Table {
        id: "measures".to_owned(),
        caption: format!(
            "{}: mean with 95% interval, and the spread over runs",
            answer.so_many_runs()
        ),
        file: Some("summary.csv"),
        place: Place::of_pcn(service.option),
        columns: vec![
            Column::of_words("Measure"),
            Column::of_numbers("Mean", Place::default()),
            point("1 run in 10 is below", "p10"),
            point("Half of runs are below", "p50"),
            point("1 run in 10 is above", "p90"),
        ],
        rows: rows.collect(),
        note: String::new(),
    }
}

fn worse_years(answer: &Answer, service: &Variant) -> Table {
    let years = bad_years(answer.replications, answer.estimates);
    let told = BAD_YEARS.into_iter().filter_map(|(measure, words)| {
        let of = |it: &&BadYear| it.column.measure.name == measure && it.column.scope == Scope::Pcn;
        let of: Vec<_> = years.iter().filter(of).collect();
        let is_told = of.iter().any(|it| it.value.is_some());
        is_told.then_some((measure, words, of))
    });
    let rows = told.map(|(measure, words, of)| Row {
        name: words.to_owned(),
        place: Place::by(&[("measure", measure)]),
        cells: of
            .iter()
            .map(|year| {
                let unit = year.column.unit();
                year.value.map_or(Cell::Nothing, |it| {
                    Cell::Number(Number {
                        shown: show(unit, it.value),
                        exact: it.value,
                        ends: Some((
                            range(&show(unit, it.low), &show(unit, it.high)),
                            it.low,
                            it.high,
                        )),
                    })
                })
            })
            .collect(),
    });
    let one_in = |heading: &str, one_in: &str| {
        Column::of_numbers(heading, Place::by(&[("one_in", one_in)]).in_field("value"))
    };
    Table {
        id: "bad-years".to_owned(),
        caption: "Bad years: what one run in ten, and one in twenty, is worse than".to_owned(),
        file: Some("bad_years.csv"),
        place: Place::of_pcn(service.option),
        columns: vec![
            Column::of_words("Measure"),
            one_in("1 in 10", "10"),
            one_in("1 in 20", "20"),
        ],
        rows: rows.collect(),
        note: "With 95% intervals.".to_owned(),
    }
}
