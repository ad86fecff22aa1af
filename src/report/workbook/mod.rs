//! `results.xlsx`: the tables of a folder for people who live in a spreadsheet.
//!
//! The workbook is made from the very files that the run has just written, so that no number in it can
//! differ from the one in the CSV. In front stand the question, the answer and what it rests on; then
//! two charts, a sheet a table, and a dictionary of every column and measure. Text is written as text,
//! never as a formula. Bytes are the same from run to run: the properties carry no date of today.

mod charts;
mod columns;
mod dictionary;
mod front;
mod kept;
mod sheet;
mod style;
mod tables;

pub use front::{Front, TargetLine};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::io::{self, Read};
use style::Styles;

/// Name of the workbook within a results folder.
pub const WORKBOOK: &str = "results.xlsx";

/// Opens a file of the folder by its name; `None` where the run has left none of that name.
pub type Open<'a> = &'a dyn Fn(&str) -> io::Result<Option<Box<dyn Read>>>;

/// A format without dates has this one: the day from which spreadsheets on every system agree.
const NO_DAY: (u16, u8, u8) = (1980, 1, 1);

/// What stands in the column of that name, in words.
pub(super) fn meaning_of(name: &str) -> Option<&'static str> {
    columns::column(name).map(|it| it.what)
}

/// The workbook of a folder, as bytes.
///
/// # Errors
/// When a table cannot be read back or the workbook cannot be put together.
pub fn workbook(front: &Front, open: Open) -> io::Result<Vec<u8>> {
    let mut book = Workbook::new();
    let styles = Styles::default();
    book.set_properties(&properties(front).map_err(not_made)?);
    front::write(&mut book, &styles, front, open)?;
    charts::waiting_list(&mut book, &styles, open)?;
    charts::contacted(&mut book, &styles, open)?;
    let mut columns = Vec::new();
    for table in &tables::TABLES {
        let of_sheet = sheet::write(&mut book, &styles, table, open)?;
        columns.extend(of_sheet.into_iter().flatten());
    }
    dictionary::write(&mut book, &styles, &columns).map_err(not_made)?;
    book.save_to_buffer().map_err(not_made)
}

fn properties(front: &Front) -> Result<DocProperties, XlsxError> {
    let (year, month, day) = NO_DAY;
    let made_by = format!("{} {}", front.manifest.program, front.manifest.version);
    Ok(DocProperties::new()
        .set_title(&front.story.title)
        .set_subject(front.story.question.clone().unwrap_or_default())
        .set_author(made_by)
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, month, day)?))
}

/// A workbook that cannot be put together, as the error of a file.
fn not_made(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
