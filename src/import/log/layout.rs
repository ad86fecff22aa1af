//! How a log is laid out: what sets columns apart, which of them are read and where they are, which row is
//! which.

use crate::import::counted;
use crate::import::fault::Fault;
use crate::import::kinds::{Kind, LOG};
use crate::scenario::file::writing::nearest;
use csv::{ByteRecord, ReaderBuilder};

/// A reader of rows that may be of any length.
#[must_use]
pub fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes)
}

/// Comma, semicolon or tab: whichever the first line has most of.
#[must_use]
pub fn delimiter(beginning: &[u8]) -> u8 {
    let first = beginning
        .split(|it| *it == b'\n')
        .next()
        .unwrap_or_default();
    let number = |delimiter: u8| first.iter().filter(|it| **it == delimiter).count();
    let most = [b'\t', b';', b','].into_iter().max_by_key(|it| number(*it));
    most.unwrap_or(b',')
}

/// Where the documented columns are.
///
/// # Errors
/// When a column that is needed is not there, or one that is read is there twice.
pub fn places(header: &[String], file: &str) -> Result<Vec<Option<usize>>, Fault> {
    let header: Vec<String> = header
        .iter()
        .map(|it| it.trim_matches('_').to_owned())
        .collect();
    let missing = LOG.missing(&header);
    let first_row = |what: String| Fault {
        row: Some(1),
        ..Fault::of_file(file, what)
    };
    if !missing.is_empty() {
        let missing: Vec<String> = missing.iter().map(|it| it.to_lowercase()).collect();
        let twice = twice(&header, &LOG.places(&header));
        let what = format!(
            "is not the {}: it has no column {}{}",
            LOG.what,
            missing.join(" and no column "),
            twice.map_or_else(String::new, |name| format!(", and has column {name} twice"))
        );
        // Without a header the first row is somebody's: nothing of it is shown.
        let hint = match Kind::of(&header) {
            Some(other) => format!("it is the {}, which import pcn takes", other.what),
            None => format!(
                "{}; {}the first row has to have the names of the columns, and commas between them",
                found(&header),
                misspelt(&header)
            ),
        };
        return Err(first_row(what).hint(hint));
    }
    let places = LOG.places(&header);
    match twice(&header, &places) {
        Some(name) => Err(first_row(format!("has column {name} twice"))),
        None => Ok(places),
    }
}

/// The first of the columns that are read which is there twice: one of the documented names, nobody's own words.
fn twice(header: &[String], places: &[Option<usize>]) -> Option<String> {
    let mut read = places.iter().flatten().map(|place| &header[*place]);
    let twice = read.find(|name| header.iter().filter(|it| it == name).count() > 1);
    twice.map(|name| name.to_lowercase())
}

/// The needed columns whose names are nearly there; what stands there is not shown.
fn misspelt(header: &[String]) -> String {
    let places = LOG.places(header);
    let columns = LOG.columns.iter().zip(&places);
    let missing = columns.filter(|(column, place)| column.is_needed && place.is_none());
    let hints = missing.filter_map(|(column, _)| {
        let names = || column.names.iter().copied();
        let near = header.iter().enumerate();
        let (at, name) = near
            .filter_map(|(at, it)| Some((at, nearest(it, names())?)))
            .next()?;
        let name = name.to_lowercase().replace('_', " ");
        Some(format!("did you mean {name} in column {}? ", at + 1))
    });
    hints.collect()
}

/// Which of the documented columns there are.
fn found(header: &[String]) -> String {
    let places = LOG.places(header);
    let known = (0..places.len()).filter(|column| places[*column].is_some());
    let known: Vec<String> = known.map(|column| name_of(column).to_lowercase()).collect();
    let all = counted(header.len(), "column");
    match known.is_empty() {
        true => format!("it has {all}, none of them of a log"),
        false => format!("it has {all}, of which known are {}", known.join(", ")),
    }
}

/// The documented name of a column.
#[must_use]
pub fn name_of(column: usize) -> &'static str {
    let names = LOG.columns.get(column).map(|it| it.names);
    names.and_then(|it| it.first()).copied().unwrap_or_default()
}

/// Numbers of rows as a spreadsheet counts them: blank rows count, line ends within quotation marks do not.
pub struct RowNumbers<'a> {
    bytes: &'a [u8],
    /// Where the last row begins.
    at: usize,
    /// Line ends before it.
    lines: u64,
    /// Those of them that are within quotation marks.
    within: u64,
}

impl<'a> RowNumbers<'a> {
    /// Before the first row.
    #[must_use]
    pub const fn of(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            lines: 0,
            within: 0,
        }
    }

    /// The number of the row that was just read.
    pub fn next(&mut self, record: &ByteRecord) -> u64 {
        let from = record
            .position()
            .map_or(0, |it| it.byte() as usize)
            .max(self.at);
        // What is left of the line end before, and blank rows, stand before the row itself.
        let ends = self.bytes[from..]
            .iter()
            .take_while(|it| matches!(it, b'\r' | b'\n'));
        let start = from + ends.count();
        let ends_in = |part: &[u8]| part.iter().filter(|it| **it == b'\n').count() as u64;
        self.lines += ends_in(&self.bytes[self.at..start]);
        self.at = start;
        let number = self.lines + 1 - self.within.min(self.lines);
        self.within += record.iter().map(ends_in).sum::<u64>();
        number
    }
}
