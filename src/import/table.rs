//! Rows of a CSV, as it is or in a zip, with the columns that were asked for.
//!
//! Read as a stream, in one pass. Text is UTF-8, with or without its mark, or Windows-1252 (as the
//! workforce files were in 2020 to 2022), which is decided field by field. A value that looks like
//! an NHS number is refused wherever it stands, and not shown.

use super::fault::{Fault, Faults};
use super::kinds::{Kind, compared};
use super::zip;
use crate::scenario::file::writing::{holds_nhs_number, quoted};
use csv::{ByteRecord, ReaderBuilder};
use std::borrow::Cow;
use std::io::{Cursor, Read};

/// A file as it was given.
#[derive(Clone, Debug)]
pub struct Given {
    /// What it is called, without its folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Bytes that are looked at to tell what a file is.
const BEGINNING: usize = 4_096;

const SAVE_AS_UTF8: &str = "save it as CSV UTF-8";

/// One row, with the columns of its kind.
pub struct Row<'a> {
    record: &'a ByteRecord,
    places: &'a [Option<usize>],
    kind: &'static Kind,
    file: &'a str,
    /// Row in the file; the header is row 1.
    pub number: u64,
}

impl Row<'_> {
    /// The text of a column without blanks around it; empty where there is none.
    #[must_use]
    pub fn text(&self, column: usize) -> Cow<'_, str> {
        let place = self.places.get(column).copied().flatten();
        let bytes = place.and_then(|place| self.record.get(place));
        decoded(bytes.unwrap_or_default().trim_ascii())
    }

    /// What is wrong with the value of a column.
    #[must_use]
    pub fn fault(&self, column: usize, what: impl Into<String>) -> Fault {
        let name = self.kind.columns.get(column);
        Fault {
            row: Some(self.number),
            column: name.map(|it| it.names[0].to_owned()),
            ..Fault::of_file(self.file, what)
        }
    }

    /// The same with what was found: `is no number of patients: found "many"`.
    #[must_use]
    pub fn wrong(&self, column: usize, what: &str) -> Fault {
        let text = self.text(column);
        match text.is_empty() {
            true => self.fault(column, format!("{what}: it is empty")),
            false => self.fault(column, format!("{what}: found \"{}\"", quoted(&text))),
        }
    }
}

/// Reads the rows of a file of this kind, telling each to `each`; what the file is called in
/// messages, or nothing where it could not be read at all.
pub fn read(
    given: &Given,
    kind: &'static Kind,
    faults: &mut Faults,
    each: impl FnMut(&Row<'_>, &mut Faults),
) -> Option<String> {
    match read_either(given, kind, faults, each) {
        Ok(file) => Some(file),
        Err(fault) => {
            faults.add(fault);
            None
        }
    }
}

/// Reads a CSV as it is or the one in a zip.
fn read_either(
    given: &Given,
    kind: &'static Kind,
    faults: &mut Faults,
    each: impl FnMut(&Row<'_>, &mut Faults),
) -> Result<String, Fault> {
    if !zip::is_zip(&given.bytes) {
        let stream = Cursor::new(&given.bytes);
        return rows(stream, &given.name, kind, faults, each).map(|()| given.name.clone());
    }
    let refused = |what: String| Fault::of_file(&given.name, what);
    let (mut archive, members) = zip::members(&given.bytes).map_err(refused)?;
    let member = chosen(&members, kind)
        .map_err(|what| refused(what).hint(format!("wanted: {}", kind.from)))?;
    let stream = zip::open(&mut archive, member).map_err(refused)?;
    let within = member.name.rsplit('/').next().unwrap_or_default();
    let file = format!("{}, {within}", given.name);
    let mut own = Faults::default();
    let read = rows(stream, &file, kind, &mut own, each);
    // Damage looks like wrong rows until the end is reached, where the checksum stands.
    if read.is_err() || !own.is_empty() {
        zip::check(&mut archive, member).map_err(refused)?;
    }
    faults.append(own);
    read.map(|()| file)
}

/// The member of an archive that is of a kind: by its name, or the only CSV that there is.
fn chosen<'a>(members: &'a [zip::Member], kind: &Kind) -> Result<&'a zip::Member, String> {
    if members.iter().any(|it| it.name == "[Content_Types].xml") {
        return Err("is a workbook, not a CSV; save the sheet as CSV UTF-8".to_owned());
    }
    let is_csv = |it: &&zip::Member| it.name.to_lowercase().ends_with(".csv");
    let is_hidden = |it: &zip::Member| it.name.starts_with("__MACOSX") || it.name.contains("/.");
    let (hidden, tables): (Vec<&zip::Member>, Vec<&zip::Member>) =
        members.iter().filter(is_csv).partition(|it| is_hidden(it));
    for part in kind.members {
        let is_meant = |it: &&&zip::Member| compared(&it.name).contains(&compared(part));
        let meant: Vec<_> = tables.iter().filter(is_meant).collect();
        if let [one] = meant[..] {
            return Ok(one);
        }
    }
    match tables[..] {
        [one] => Ok(one),
        [] if hidden.is_empty() => Err("is a zip without a CSV".to_owned()),
        [] => Err(
            "is a zip whose CSV is hidden or has a path that leads out of it; unpack it and give the CSV".to_owned(),
        ),
        _ => {
            let names: Vec<&str> = tables.iter().map(|it| it.name.as_str()).collect();
            let names = quoted(&names.join(", "));
            Err(format!(
                "is a zip of several CSVs ({names}), of which none is surely the {}; unpack it and give that one",
                kind.what
            ))
        }
    }
}

fn rows(
    mut stream: impl Read,
    file: &str,
    kind: &'static Kind,
    faults: &mut Faults,
    mut each: impl FnMut(&Row<'_>, &mut Faults),
) -> Result<(), Fault> {
    let refused = |what: String| Fault::of_file(file, what);
    let mut beginning = Vec::new();
    let taken = stream
        .by_ref()
        .take(BEGINNING as u64)
        .read_to_end(&mut beginning);
    taken.map_err(|error| refused(error.to_string()))?;
    check_beginning(&beginning, file, kind.from)?;
    // The reader takes a line to end at its carriage return, and counts it at the line feed after that.
    let uncounted = u64::from(ends_lines_with_two(&beginning));
    let whole = Cursor::new(beginning).chain(stream);
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(whole);
    let mut record = ByteRecord::new();
    let failed = |error: csv::Error| match error.into_kind() {
        csv::ErrorKind::Io(error) => refused(error.to_string()),
        _ => refused("cannot be read as a CSV".to_owned()),
    };
    reader.read_byte_record(&mut record).map_err(failed)?;
    let header = header(&record);
    let places = places(&header, file, kind)?;
    while reader.read_byte_record(&mut record).map_err(failed)? {
        let row = Row {
            record: &record,
            places: &places,
            kind,
            file,
            number: record.position().map_or(0, csv::Position::line) + uncounted,
        };
        match why_not(&row, &header) {
            _ if record.iter().all(|it| it.trim_ascii().is_empty()) => {}
            Some(fault) => faults.add(fault),
            None => each(&row, faults),
        }
    }
    Ok(())
}

/// Whether the first line ends with carriage return and line feed.
fn ends_lines_with_two(beginning: &[u8]) -> bool {
    let feed = beginning.iter().position(|byte| *byte == b'\n');
    feed.is_some_and(|at| beginning[..at].ends_with(b"\r"))
}

/// Refuses what is no text in columns.
///
/// # Errors
/// What it is instead, and what to do.
pub fn check_beginning(beginning: &[u8], file: &str, from: &str) -> Result<(), Fault> {
    let refused = |what: &str, hint: &str| Err(Fault::of_file(file, what).hint(hint));
    let wanted = format!("wanted: {from}");
    let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning);
    let nuls = text.iter().filter(|byte| **byte == 0).count();
    let has_mark = text.starts_with(b"\xff\xfe") || text.starts_with(b"\xfe\xff");
    if text.trim_ascii().is_empty() {
        refused("is empty", &wanted)
    } else if has_mark || nuls * 3 > text.len() {
        refused("is UTF-16", SAVE_AS_UTF8)
    } else if text.starts_with(b"\xd0\xcf\x11\xe0") {
        refused("is a workbook, not a CSV", "save the sheet as CSV UTF-8")
    } else if nuls > 0 || text.starts_with(b"%PDF") {
        refused("is no text", &wanted)
    } else if text.trim_ascii_start().starts_with(b"<") {
        refused(
            "is a web page, not a CSV",
            "open the page and download the file that it links to",
        )
    } else {
        Ok(())
    }
}

/// The names of the columns, as they are compared.
#[must_use]
pub fn header(record: &ByteRecord) -> Vec<String> {
    let name = |(position, bytes): (usize, &[u8])| {
        let bytes = match position {
            0 => bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes),
            _ => bytes,
        };
        compared(decoded(bytes).trim_matches('"'))
    };
    record.iter().enumerate().map(name).collect()
}

/// Where the columns of the kind are, if those that are needed are there.
fn places(header: &[String], file: &str, kind: &Kind) -> Result<Vec<Option<usize>>, Fault> {
    let missing = kind.missing(header);
    if missing.is_empty() {
        let twice = header
            .iter()
            .enumerate()
            .find(|(position, name)| !name.is_empty() && header[..*position].contains(name));
        return match twice {
            Some((_, name)) => Err(Fault {
                row: Some(1),
                ..Fault::of_file(file, format!("has column {} twice", quoted(name)))
            }),
            None => Ok(kind.places(header)),
        };
    }
    let several = if missing.len() > 1 {
        "columns"
    } else {
        "column"
    };
    let what = format!(
        "is not the {}: it has no {several} {}",
        kind.what,
        missing.join(", ")
    );
    let hint = match Kind::of(header) {
        Some(other) => format!("it is the {}: give it with {}", other.what, other.flag),
        None if header.len() == 1 && header[0].contains("_CODE_") => {
            format!("its columns are not set apart by commas; {SAVE_AS_UTF8}")
        }
        None => format!(
            "its columns are {}; wanted: {}",
            quoted(&header.join(", ")),
            kind.from
        ),
    };
    let fault = Fault::of_file(file, what).hint(hint);
    Err(Fault {
        row: Some(1),
        ..fault
    })
}

/// Why a row cannot be taken as it is, if it cannot.
fn why_not(row: &Row<'_>, header: &[String]) -> Option<Fault> {
    let whole = |what: String| Fault {
        row: Some(row.number),
        ..Fault::of_file(row.file, what)
    };
    for (position, field) in row.record.iter().enumerate() {
        let long_enough = field.len() >= 10;
        if long_enough && holds_nhs_number(&decoded(field)) {
            return Some(Fault {
                column: header.get(position).map(|name| quoted(name)),
                ..whole("holds what looks like an NHS number".to_owned())
                    .hint("published files hold none; use no file about people")
            });
        }
    }
    if row.record.iter().any(|field| field.contains(&b'\n')) {
        let what = "has a line break within a value".to_owned();
        return Some(whole(what).hint("a quotation mark is not closed; download it again"));
    }
    (row.record.len() != header.len()).then(|| {
        let (has, wanted) = (row.record.len(), header.len());
        whole(format!("has {has} columns, the header {wanted}")).hint(
            "the file may have been cut off, or a quotation mark is not closed; download it again",
        )
    })
}

/// UTF-8, or else Windows-1252.
#[must_use]
pub fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => Cow::Owned(bytes.iter().copied().map(windows_1252).collect()),
    }
}

/// A character of Windows-1252: Latin-1 but for 0x80 to 0x9f.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž',
        '\u{fffd}', '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ',
        '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte) - 0x80],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_files_have_their_own_quotation_marks() {
        assert_eq!(decoded(b"St John\x92s"), "St John’s");
        assert_eq!(decoded("Café".as_bytes()), "Café");
        assert_eq!(decoded(b"Caf\xe9"), "Café");
    }
}
