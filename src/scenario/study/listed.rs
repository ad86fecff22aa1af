//! Points from a CSV file: a column for each key, a row for each point.

use super::keys::{Key, is_found, marked, way};
use crate::scenario::door::text_of;
use crate::scenario::empirical::bytes_of;
use crate::scenario::file::MOST_POINTS;
use crate::scenario::finding::{Finding, Findings};
use crate::scenario::node::{Node, Place};
use crate::scenario::overrides::value_of;
use crate::scenario::reader::{At, Reader, Written};
use crate::scenario::text::quoted;
use crate::scenario::vary::{Met, Trunk};

/// Faults of rows that are told.
const MOST_TOLD: usize = 20;

/// A row: the line in which it begins, from 1, and its values.
pub type Row = (usize, Vec<Node>);

/// The keys and the rows of the file of this name; `None` if something is wrong with it, which is
/// reported.
pub fn read(
    name: &Written<String>,
    trunks: &[(String, Trunk)],
    reader: &mut Reader<'_>,
) -> Option<(Vec<Key>, Vec<Row>)> {
    let bytes = bytes_of(name, reader)?;
    let text = match text_of(&bytes) {
        Ok(text) => text.to_owned(),
        Err(refusal) => {
            let what = format!("cannot be read: {}", refusal.what);
            reader.findings.add(Finding::at(&name.at, what));
            return None;
        }
    };
    reader.referred.insert(name.value.clone(), bytes);
    let rows = records(&text);
    let mut rows = rows
        .into_iter()
        .filter(|(_, cells)| cells.iter().any(|it| !it.trim().is_empty()));
    let (_, header) = rows.next()?;
    if let [one] = &header[..]
        && one.contains([';', '\t'])
        && !one.contains('"')
    {
        let what = "has columns that are not set apart by commas";
        let finding = Finding::at(&name.at, what).hint("save it as CSV UTF-8, with commas");
        reader.findings.add(finding);
        return None;
    }
    let (points, faults) = points(rows, header.len());
    for what in faults.iter().take(MOST_TOLD) {
        reader.findings.add(Finding::at(&name.at, what.clone()));
    }
    if points.is_empty() {
        reader
            .findings
            .add(Finding::at(&name.at, "has no row below its headings"));
    }
    let keys = keys(&header, &points, (name, trunks), &mut reader.findings)?;
    (faults.is_empty() && !points.is_empty()).then_some((keys, points))
}

/// The values of each row; and what is wrong with rows.
fn points(
    rows: impl Iterator<Item = (usize, Vec<String>)>,
    width: usize,
) -> (Vec<Row>, Vec<String>) {
    let (mut points, mut faults) = (Vec::new(), Vec::new());
    for (line, cells) in rows {
        let empty = cells.iter().position(|cell| cell.trim().is_empty());
        if cells.len() != width {
            let found = cells.len();
            faults.push(format!(
                "has {found} values in line {line} under {width} headings"
            ));
        } else if let Some(column) = empty {
            faults.push(format!(
                "has no value in line {line}, column {}",
                column + 1
            ));
        } else if points.len() as u64 >= MOST_POINTS {
            faults.push(format!("has more than {MOST_POINTS} rows"));
            break;
        } else {
            let value = |cell: &String| marked(value_of(cell.trim(), Place::Whole));
            points.push((line, cells.iter().map(value).collect()));
        }
    }
    (points, faults)
}

fn keys(
    header: &[String],
    points: &[Row],
    (name, trunks): (&Written<String>, &[(String, Trunk)]),
    findings: &mut Findings,
) -> Option<Vec<Key>> {
    let mut met = Met::default();
    let mut keys = Vec::new();
    for (column, word) in header.iter().enumerate() {
        let path = format!(
            "{} (column {}, `{}`)",
            name.at.path,
            column + 1,
            quoted(word.trim())
        );
        let at = At {
            place: name.at.place,
            path,
        };
        let key = Written {
            value: word.trim().to_owned(),
            at,
        };
        let made = way(&key, findings).and_then(|steps| {
            let first = points.first().map(|(_, row)| row[column].clone());
            Some(Key::listed(key.value.clone(), steps, vec![first?]))
        });
        let made = made.filter(|_| met.is_new(&key, findings));
        let made = made.filter(|made| is_found(trunks, &key, made, &mut met, findings).is_some());
        keys.push(made);
    }
    keys.into_iter().collect()
}

/// The rows of a CSV text with the line in which each begins, from 1. Cells may stand in double
/// quotes, two of which stand for one.
fn records(text: &str) -> Vec<(usize, Vec<String>)> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut begins, mut quoted) = (1, 1, false);
    let mut characters = text.chars().filter(|it| *it != '\r').peekable();
    while let Some(character) = characters.next() {
        line += usize::from(character == '\n');
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => {
                cell.push('"');
                characters.next();
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\n' if !quoted => {
                row.push(std::mem::take(&mut cell));
                rows.push((begins, std::mem::take(&mut row)));
                begins = line;
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((begins, row));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_know_their_lines_and_quotes_hold_commas() {
        let rows = records("a,b\r\n1,\"x, \"\"y\"\"\"\n\n\"two\nlines\",2");
        let expected = [
            (1, vec!["a", "b"]),
            (2, vec!["1", "x, \"y\""]),
            (3, vec![""]),
            (4, vec!["two\nlines", "2"]),
        ];
        let told: Vec<(usize, Vec<&str>)> = rows
            .iter()
            .map(|(line, cells)| (*line, cells.iter().map(String::as_str).collect()))
            .collect();
        assert_eq!(told, expected);
    }
}
