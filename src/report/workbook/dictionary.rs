//! The last sheet: every column of every sheet and every measure, with unit and definition.

use super::columns::column;
use super::sheet::for_print;
use super::style::Styles;
use crate::measure::{Better, Unit, all_measures};
use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

/// The sheet's name, and what it is.
pub const SHEET: (&str, &str) = (
    "Dictionary",
    "Every column and every measure: what it is, and in which unit",
);

/// Row of the headings.
const HEADINGS: u32 = 2;
const HEADING: [&str; 6] = [
    "Kind",
    "In the files",
    "Heading here",
    "Unit",
    "Better is",
    "What it is",
];
const WIDTHS: [f64; 6] = [16.0, 42.0, 30.0, 22.0, 10.0, 90.0];
/// Characters of a definition on one line.
const LINE: usize = 100;

/// Series of weekly.csv that have no definition among the measures: name, unit, what it is.
const OF_WEEKS: [(&str, &str, &str); 8] = [
    (
        "waiting_list",
        "people",
        "Mean number of people on the waiting list in the week",
    ),
    (
        "caseload",
        "people",
        "Mean number of open cases in the week",
    ),
    (
        "utilisation",
        "share",
        "Client time worked in the week / client time available",
    ),
    (
        "posts_filled",
        "posts",
        "Mean number of posts held in the week",
    ),
    (
        "referrals_received",
        "people",
        "Referrals received in the week",
    ),
    (
        "contacts_held",
        "contacts",
        "Contacts that ended in the week",
    ),
    (
        "load",
        "ratio",
        "Load of the week: work asked for / what the post can bear; 1 is exactly full",
    ),
    (
        "strain",
        "ratio",
        "Strain at the end of the week: the load averaged over past weeks; of the PCN the mean over posts held",
    ),
];

/// Measures that are worked out from several: name's ending, what it is.
const OF_PRACTICES: [(&str, &str); 2] = [
    (
        "..._gap_between_practices",
        "The measure in the practice where it is greatest less the practice where it is least",
    ),
    (
        "..._gap_between_practices_by_chance",
        "The same gap if people were dealt out to practices by chance",
    ),
];

type Written = Result<(), XlsxError>;

/// Writes the dictionary of sheets with these columns.
pub fn write(book: &mut Workbook, styles: &Styles, columns: &[String]) -> Written {
    let sheet = book.add_worksheet();
    sheet.set_name(SHEET.0)?;
    sheet.write_string_with_format(0, 0, SHEET.1, &styles.sheet_title)?;
    sheet.write_string(
        1,
        0,
        "A measure is found on the sheets in the column Measure; its unit stands beside it in every row.",
    )?;
    for (at, (heading, width)) in HEADING.iter().zip(WIDTHS).enumerate() {
        sheet.write_string_with_format(HEADINGS, at as u16, *heading, &styles.head)?;
        sheet.set_column_width(at as u16, width)?;
    }
    let rows = entries(columns);
    for (at, row) in rows.iter().enumerate() {
        write_row(sheet, styles, HEADINGS + 1 + at as u32, row)?;
    }
    sheet.autofilter(HEADINGS, 0, HEADINGS + rows.len() as u32, 5)?;
    sheet.set_freeze_panes(HEADINGS + 1, 2)?;
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    for_print(sheet);
    Ok(())
}

fn write_row(sheet: &mut Worksheet, styles: &Styles, at: u32, row: &[String; 6]) -> Written {
    for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
        sheet.write_string_with_format(at, column as u16, cell, &styles.wrapped)?;
    }
    let lines = row[5].chars().count().div_ceil(LINE).max(1);
    sheet.set_row_height(at, 15.0 * lines as f64)?;
    Ok(())
}

/// Columns in the order in which the sheets have them, then measures, then series of weeks.
fn entries(columns: &[String]) -> Vec<[String; 6]> {
    let mut rows: Vec<[String; 6]> = Vec::new();
    for name in columns {
        if rows.iter().all(|row| row[1] != *name) {
            rows.push(of_column(name));
        }
    }
    let measures = all_measures().iter().map(|measure| {
        let better = match measure.better {
            Some(Better::Higher) => "more",
            Some(Better::Lower) => "less",
            None => "",
        };
        entry(
            ["Measure", measure.name, "", in_words(measure.unit), better],
            measure.definition,
        )
    });
    let gaps = OF_PRACTICES
        .iter()
        .map(|(name, what)| entry(["Measure", name, "", "that of the measure", ""], what));
    let weeks = OF_WEEKS
        .iter()
        .map(|(name, unit, what)| entry(["Weekly series", name, "", unit, ""], what));
    rows.extend(measures.chain(gaps).chain(weeks));
    rows
}

fn of_column(name: &str) -> [String; 6] {
    match column(name) {
        Some(it) => entry(["Column", name, it.heading, it.unit(), ""], it.what),
        None => entry(
            ["Column", name, name, "that of the key", ""],
            "The value that this key of the scenario file has in the plan, or at the point",
        ),
    }
}

fn entry(cells: [&str; 5], what: &str) -> [String; 6] {
    let [kind, name, heading, unit, better] = cells.map(str::to_owned);
    [kind, name, heading, unit, better, what.to_owned()]
}

/// A unit in words.
const fn in_words(unit: Unit) -> &'static str {
    match unit {
        Unit::WorkingDays => "working days",
        Unit::Share => "share, shown as %",
        Unit::Ratio => "ratio, 1 is full",
        Unit::PerYear => "cases a year per WTE",
        Unit::Appointments => "GP appointments",
        Unit::Pounds => "pounds of the price year",
        other => other.name(),
    }
}
