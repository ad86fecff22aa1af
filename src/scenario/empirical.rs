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
pub fn values(
    file: &Written<String>,
    column: &Written<String>,
    reader: &mut Reader<'_>,
) -> Option<Vec<f64>> {
    let bytes = bytes_of(file, reader)?;
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
            let finding = Finding::at(&column.at, "is no column of the file");
            reader.findings.add(finding.did_you_mean(right.as_deref()));
            None
        }
        Err(Fault::Content(what)) => refuse(file, &what, reader),
    }
}

/// The bytes of a file in the scenario's folder, if it can be had.
pub fn bytes_of(file: &Written<String>, reader: &mut Reader<'_>) -> Option<Vec<u8>> {
    if !is_inside(&file.value) {
        let finding = Finding::at(&file.at, "leads out of the scenario's folder");
        let finding = finding.found(format!("\"{}\"", file.value));
        let allowed = "a file in the scenario's folder or below it, with / between folders";
        reader.findings.add(finding.allowed(allowed));
        return None;
    }
    match read(&file.value, reader) {
        Ok(bytes) => Some(bytes),
        Err(fault) => refuse(file, &format!("cannot be read: {fault}"), reader),
    }
}

fn refuse<T>(file: &Written<String>, what: &str, reader: &mut Reader<'_>) -> Option<T> {
    reader.findings.add(Finding::at(&file.at, what));
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
pub fn is_inside(name: &str) -> bool {
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
    let mut rows = Rows { rest: text };
    let headers = rows.next().unwrap_or_default();
    let Some(position) = headers.iter().position(|header| header.trim() == column) else {
        let headers = headers.iter().map(|header| header.trim());
        return Err(Fault::NoColumn(nearest(column, headers).map(str::to_owned)));
    };
    let mut values = Vec::new();
    for (row, cells) in rows.enumerate().filter(|(_, cells)| !is_blank(cells)) {
        let cell = cells.get(position).map(|cell| cell.trim());
        match cell.and_then(|cell| cell.parse::<f64>().ok()) {
            Some(value) if value >= 0.0 && value.is_finite() => values.push(value),
            _ => {
                let row = row + 2;
                let what = format!("has no number of at least 0 in row {row}, column `{column}`");
                return Err(Fault::Content(what));
            }
        }
    }
    match values.len() {
        0 => Err(Fault::Content("has no rows".to_owned())),
        many if many > MOST_VALUES => {
            Err(Fault::Content("has more than 1,000,000 rows".to_owned()))
        }
        _ => Ok(values),
    }
}

/// An empty line.
fn is_blank(cells: &[String]) -> bool {
    matches!(cells, [only] if only.trim().is_empty())
}

/// The rows of a CSV text (RFC 4180), each as its cells. It stands here, and not the csv crate,
/// because the library reads scenarios also where that crate is not: without the program.
struct Rows<'a> {
    rest: &'a str,
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut cells = vec![String::new()];
        let mut is_quoted = false;
        let mut characters = self.rest.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let is_doubled = matches!(characters.peek(), Some((_, '"')));
            match (character, is_quoted) {
                ('"', true) if is_doubled => {
                    characters.next();
                    push(&mut cells, '"');
                }
                ('"', _) => is_quoted = !is_quoted,
                (',', false) => cells.push(String::new()),
                ('\n', false) => {
                    self.rest = &self.rest[at + 1..];
                    return Some(cells);
                }
                (other, _) => push(&mut cells, other),
            }
        }
        self.rest = "";
        Some(cells)
    }
}

fn push(cells: &mut [String], character: char) {
    if let Some(cell) = cells.last_mut() {
        cell.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rest: &str) -> Vec<Vec<String>> {
        Rows { rest }.collect()
    }

    #[test]
    fn quotes_keep_commas_line_ends_and_quotes() {
        let text = "a,\"b, \"\"c\"\"\n d\",e\n1,,\"\"\n";
        assert_eq!(
            rows(text),
            [vec!["a", "b, \"c\"\n d", "e"], vec!["1", "", ""]]
        );
        assert_eq!(rows("a\r\nb"), [["a\r"], ["b"]]);
        assert!(rows("").is_empty());
    }
}
