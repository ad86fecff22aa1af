//! One table of the folder as one sheet: what it is, which rows it has, headings, rows.

use super::columns::{Kind, column};
use super::kept::{Count, Told};
use super::style::{Shown, Styles};
use super::tables::Table;
use super::{Open, not_made};
use crate::measure::{Unit, all_measures};
use csv::{Reader, StringRecord};
use rust_xlsxwriter::{ExcelDateTime, Workbook, Worksheet, XlsxError};
use std::io::{self, Read};

/// Row of the headings; above it stand what the sheet is and which rows it has.
pub const HEADINGS: u32 = 2;

/// Characters that a column takes at most.
const WIDEST: usize = 44;
/// Characters that a column of numbers takes at least.
const NUMBER_WIDTH: usize = 11;
/// Characters that a heading may have on one line.
const HEADING_WIDTH: usize = 16;
/// Rows that say how wide a column has to be.
const ROWS_LOOKED_AT: usize = 2_000;

/// How the values of each column are shown.
struct Layout {
    kinds: Vec<Kind>,
    told: Told,
    unit: Option<usize>,
    index: Option<usize>,
}

impl Layout {
    fn of(headers: &StringRecord) -> Self {
        let position = |name: &str| headers.iter().position(|it| it == name);
        let general = Kind::Always(Shown::General);
        Self {
            kinds: headers
                .iter()
                .map(|name| column(name).map_or(general, |it| it.kind))
                .collect(),
            told: Told {
                scope: position("scope"),
                measure: position("measure"),
            },
            unit: position("unit"),
            index: position("index"),
        }
    }

    /// How values of this row are shown: by its unit, or by that of its measure.
    fn shown(&self, row: &StringRecord) -> Shown {
        // Indices are shares of a variance, whatever they are of.
        let index = self.index.and_then(|at| row.get(at));
        if index.is_some_and(|it| it == "first_order" || it == "total") {
            return Shown::Percent;
        }
        if let Some(unit) = self.unit.and_then(|at| row.get(at)) {
            return of_unit(unit);
        }
        let measure = self.told.measure.and_then(|at| row.get(at));
        measure.map_or(Shown::General, of_measure)
    }
}

/// How values of the unit of that name are shown.
pub fn of_unit(name: &str) -> Shown {
    let share_like = [Unit::Share, Unit::Ratio, Unit::Pounds];
    let unit = share_like.into_iter().find(|unit| unit.name() == name);
    unit.map_or(Shown::OneDecimal, Shown::of)
}

/// How values of the measure of that name are shown.
pub fn of_measure(name: &str) -> Shown {
    let measure = all_measures().iter().find(|it| it.name == name);
    measure.map_or(Shown::General, |it| Shown::of(it.unit))
}

/// A table as it stands in the folder.
pub fn reader(file: Box<dyn Read>) -> Reader<Box<dyn Read>> {
    csv::ReaderBuilder::new().from_reader(file)
}

/// A row that cannot be read back, as the error of a file.
pub fn unreadable(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes the sheet of a table and gives the names of its columns; nothing where the run has left no such
/// table.
pub fn write(
    book: &mut Workbook,
    styles: &Styles,
    table: &'static Table,
    open: Open,
) -> io::Result<Option<Vec<String>>> {
    let Some(file) = open(table.file)? else {
        return Ok(None);
    };
    let mut rows = reader(file);
    let headers = rows.headers().map_err(unreadable)?.clone();
    let layout = Layout::of(&headers);
    let mut count = Count::default();
    let mut widths = Widths::of(&headers, &layout.kinds);
    for row in rows.records() {
        let row = row.map_err(unreadable)?;
        if count.all < ROWS_LOOKED_AT {
            widths.see(&row);
        }
        count.add(layout.told, &row);
    }
    let sheet = added(book);
    let kept = count.kept(table.most_rows);
    begin(sheet, styles, table, &kept.words(table, &count)).map_err(not_made)?;
    headings(sheet, styles, &headers, &layout).map_err(not_made)?;
    let Some(file) = open(table.file)? else {
        return Ok(None);
    };
    let mut written = 0;
    for row in reader(file).records() {
        let row = row.map_err(unreadable)?;
        if kept.keeps(layout.told, &row, written, table.most_rows) {
            let at = HEADINGS + 1 + written as u32;
            write_row(sheet, styles, at, &row, &layout).map_err(not_made)?;
            written += 1;
        }
    }
    finish(sheet, &headers, &widths, written as u32).map_err(not_made)?;
    Ok(Some(headers.iter().map(str::to_owned).collect()))
}

/// A further sheet, whose rows leave memory for a temporary file as they are written, top to bottom; where
/// no such file can be made they stay, and the same cells have other bytes.
fn added(book: &mut Workbook) -> &mut Worksheet {
    let sheet = book.new_worksheet_with_low_memory();
    let sheet = sheet.unwrap_or_else(|_| Worksheet::new());
    book.push_worksheet(sheet);
    let last = book.worksheets_mut().last_mut();
    last.expect("one has just been added")
}

/// Name of the sheet, what it is, which rows it has.
fn begin(
    sheet: &mut Worksheet,
    styles: &Styles,
    table: &Table,
    which_rows: &str,
) -> Result<(), XlsxError> {
    sheet.set_name(table.sheet)?;
    sheet.write_string_with_format(0, 0, table.what, &styles.sheet_title)?;
    sheet.write_string(1, 0, which_rows)?;
    Ok(())
}

fn headings(
    sheet: &mut Worksheet,
    styles: &Styles,
    headers: &StringRecord,
    layout: &Layout,
) -> Result<(), XlsxError> {
    for (at, (name, kind)) in headers.iter().zip(&layout.kinds).enumerate() {
        let heading = column(name).map_or(name, |it| it.heading);
        let format = match kind {
            Kind::Text => &styles.head,
            _ => &styles.head_right,
        };
        sheet.write_string_with_format(HEADINGS, at as u16, heading, format)?;
    }
    sheet.set_row_height(HEADINGS, 32)?;
    Ok(())
}

fn write_row(
    sheet: &mut Worksheet,
    styles: &Styles,
    at: u32,
    row: &StringRecord,
    layout: &Layout,
) -> Result<(), XlsxError> {
    let of_unit = layout.shown(row);
    for (column, (cell, kind)) in row.iter().zip(&layout.kinds).enumerate() {
        let place = (at, column as u16);
        match kind {
            _ if cell.is_empty() => {}
            Kind::Text => words(sheet, styles, place, cell)?,
            Kind::Date => match ExcelDateTime::parse_from_str(cell) {
                Ok(date) => {
                    sheet.write_datetime_with_format(place.0, place.1, date, &styles.date)?;
                }
                Err(_) => words(sheet, styles, place, cell)?,
            },
            Kind::OfUnit => number(sheet, styles, place, cell, of_unit)?,
            Kind::Always(shown) => number(sheet, styles, place, cell, *shown)?,
        }
    }
    Ok(())
}

/// Writes words, as text even if they look like a formula.
fn words(
    sheet: &mut Worksheet,
    styles: &Styles,
    (row, column): (u32, u16),
    cell: &str,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(row, column, cell, &styles.text)?;
    Ok(())
}

/// Writes a number; what is none, such as a date among the values of plans, as words.
fn number(
    sheet: &mut Worksheet,
    styles: &Styles,
    (row, column): (u32, u16),
    cell: &str,
    shown: Shown,
) -> Result<(), XlsxError> {
    match cell.parse::<f64>().ok().filter(|value| value.is_finite()) {
        Some(value) => {
            sheet.write_number_with_format(row, column, value, &shown.format(value))?;
        }
        None => {
            sheet.write_string_with_format(row, column, cell, &styles.right)?;
        }
    }
    Ok(())
}

/// Characters that each column needs.
struct Widths {
    are_words: Vec<bool>,
    longest: Vec<usize>,
}

impl Widths {
    fn of(headers: &StringRecord, kinds: &[Kind]) -> Self {
        let words = |name: &str| {
            let heading = column(name).map_or(name, |it| it.heading);
            let longest_word = heading.split(' ').map(|word| word.chars().count());
            let whole = heading.chars().count().min(HEADING_WIDTH);
            longest_word.max().unwrap_or_default().max(whole)
        };
        Self {
            are_words: kinds.iter().map(|kind| *kind == Kind::Text).collect(),
            longest: headers.iter().map(words).collect(),
        }
    }

    fn see(&mut self, row: &StringRecord) {
        for (at, cell) in row.iter().enumerate() {
            let least = if self.are_words[at] {
                cell.chars().count()
            } else {
                NUMBER_WIDTH
            };
            self.longest[at] = self.longest[at].max(least);
        }
    }
}

/// Widths, the filter, what stays in sight, and how it prints.
fn finish(
    sheet: &mut Worksheet,
    headers: &StringRecord,
    widths: &Widths,
    rows: u32,
) -> Result<(), XlsxError> {
    for (at, longest) in widths.longest.iter().enumerate() {
        // Two more for the button of the filter.
        let width = (longest + 2).min(WIDEST) as f64;
        sheet.set_column_width(at as u16, width)?;
    }
    let last = headers.len().saturating_sub(1) as u16;
    sheet.autofilter(HEADINGS, 0, HEADINGS + rows, last)?;
    sheet.set_freeze_panes(HEADINGS + 1, 0)?;
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    for_print(sheet);
    Ok(())
}

/// A4 on its side, as wide as the page, with the sheet's name and the page's number below.
pub fn for_print(sheet: &mut Worksheet) {
    const A4: u8 = 9;
    sheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(1, 0)
        .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)
        .set_footer("&L&F, &A&RPage &P of &N");
}
