//! Observed values from a column of a CSV file that the scenario refers to.
//!
//! Such files may be about people: what is wrong with one is told by row and column, never by
//! content.

use super::checked::Files;
use super::door::text_of;
use super::finding::Finding;
use super::nearest::nearest;
use super::reader::{Reader, Written};

/// Values taken from one file at most.
const MOST_VALUES: usize = 1_000_000;

/// The values of a column of a file; problems are reported.
pub fn values(file: &Written<String>, column: &Written<String>, reader: &mut Reader<'_>) -> Option<Vec<f64>> {
    if !is_inside(&file.value) {
        let finding = Finding::new(file.at.place, &file.at.path, "leads out of the scenario's folder");
        let allowed = "a file in the scenario's folder or below it, with / between folders";
        reader.findings.add(finding.found(format!("\"{}\"", file.value)).allowed(allowed));
        return None;
    }
    let bytes = match read(&file.value, reader) {
        Ok(bytes) => bytes,
        Err(fault) => return refuse(file, &format!("cannot be read: {fault}"), reader),
    };
    let text = match text_of(&bytes) {
        Ok(text) => text,
        Err(refusal) => return refuse(file, &format!("cannot be read: {}", refusal.what), reader),
    };
    match column_of(text, &column.value) {
        Ok(values) => {
            reader.referred.insert(file.value.clone(), bytes);
            Some(values)
        }
        Err(Fault::NoColumn(right)) => {
            let finding = Finding::new(column.at.place, &column.at.path, "is no column of the file");
            reader.findings.add(finding.did_you_mean(right.as_deref()));
            None
        }
        Err(Fault::Content(what)) => refuse(file, &what, reader),
    }
}

fn refuse<T>(file: &Written<String>, what: &str, reader: &mut Reader<'_>) -> Option<T> {
    reader.findings.add(Finding::new(file.at.place, &file.at.path, what));
    None
}

/// The bytes of a file, from what was read already or through the reader that was passed in.
fn read(name: &str, reader: &Reader<'_>) -> Result<Vec<u8>, String> {
    match reader.referred.get(name) {
        Some(bytes) => Ok(bytes.clone()),
        None => Files::read(reader.files, name),
    }
}

/// Whether a name stays inside the folder. (Links are resolved by whoever opens files.)
fn is_inside(name: &str) -> bool {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    !name.contains(['\\', ':']) && name.split('/').all(is_plain)
}

/// What is wrong with a file.
enum Fault {
    /// It has no such column; perhaps this one was meant.
    NoColumn(Option<String>),
    /// Its content is wrong.
    Content(String),
}

fn column_of(text: &str, column: &str) -> Result<Vec<f64>, Fault> {
    let mut csv = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let unreadable = |_| Fault::Content("cannot be read as CSV".to_owned());
    let headers = csv.headers().map_err(unreadable)?.clone();
    let Some(position) = headers.iter().position(|header| header.trim() == column) else {
        return Err(Fault::NoColumn(nearest(column, headers.iter()).map(str::to_owned)));
    };
    let mut values = Vec::new();
    for (row, record) in csv.records().enumerate() {
        let record = record.map_err(unreadable)?;
        let value = record.get(position).and_then(|cell| cell.trim().parse::<f64>().ok());
        match value {
            Some(value) if value >= 0.0 && value.is_finite() => values.push(value),
            _ => {
                let what = format!("has no number of at least 0 in row {}, column `{column}`", row + 2);
                return Err(Fault::Content(what));
            }
        }
    }
    match values.len() {
        0 => Err(Fault::Content("has no rows".to_owned())),
        many if many > MOST_VALUES => Err(Fault::Content("has more than 1,000,000 rows".to_owned())),
        _ => Ok(values),
    }
}
