//! The largest tables in columns (Apache Parquet), for Python and R.
//!
//! Such a file is made from the CSV that has just been written, so that no number in it can differ from
//! the one there: the same rows in the same order, words as dictionaries, numbers as 64-bit floats, empty
//! cells as missing. What the file is stands in its key-value metadata. It has no time and no name of a machine,
//! so that the same CSV gives the same bytes; a new version of the writer may change them without changing a
//! value. Rows are written in groups of a fixed size, so that memory does not grow with their number.

mod about;
mod field;
mod group;

pub use about::About;
pub use field::Field;

use field::schema;
use group::Group;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::Arc;

/// Rows of a group: some megabytes in memory.
const ROWS_OF_A_GROUP: usize = 32_768;

/// Writes the columns of a CSV table, whose heading has the names of `fields` in their order.
///
/// # Errors
/// When the table cannot be read, is not of these fields, or `into` cannot be written.
pub fn columnar(
    into: impl Write + Send,
    table: impl Read,
    fields: &[Field],
    about: &About,
) -> io::Result<()> {
    let mut rows = csv::Reader::from_reader(table);
    check_heading(rows.headers().map_err(of_csv)?, fields)?;
    let mut writer =
        SerializedFileWriter::new(into, schema(fields), Arc::new(properties())).map_err(of_file)?;
    let mut group = Group::of(fields);
    let mut units = Units::of(fields);
    let mut row = csv::StringRecord::new();
    while rows.read_record(&mut row).map_err(of_csv)? {
        group.add(&row)?;
        units.note(&row);
        if group.rows() == ROWS_OF_A_GROUP {
            group.write(&mut writer)?;
        }
    }
    if group.rows() > 0 {
        group.write(&mut writer)?;
    }
    for (key, value) in about.entries(fields, &units.of_measures) {
        writer.append_key_value_metadata(parquet::file::metadata::KeyValue::new(key, value));
    }
    writer.close().map_err(of_file)?;
    Ok(())
}

/// How a file is laid out, all of it fixed.
fn properties() -> WriterProperties {
    WriterProperties::builder()
        .set_created_by(format!(
            "{} version {}",
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION")
        ))
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::SNAPPY)
        .build()
}

fn check_heading(heading: &csv::StringRecord, fields: &[Field]) -> io::Result<()> {
    let is_same = heading.iter().eq(fields.iter().map(|it| it.name.as_str()));
    match is_same {
        true => Ok(()),
        false => Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the table has other columns than it should have",
        )),
    }
}

/// The unit of each measure, as the rows have it.
struct Units {
    places: Option<(usize, usize)>,
    of_measures: BTreeMap<String, String>,
}

impl Units {
    fn of(fields: &[Field]) -> Self {
        let place = |name: &str| fields.iter().rposition(|it| it.name == name);
        Self {
            places: place("measure").zip(place("unit")),
            of_measures: BTreeMap::new(),
        }
    }

    fn note(&mut self, row: &csv::StringRecord) {
        let Some((measure, unit)) = self.places else {
            return;
        };
        if !self.of_measures.contains_key(&row[measure]) {
            self.of_measures
                .insert(row[measure].to_owned(), row[unit].to_owned());
        }
    }
}

/// The error of the file beneath, so that a full disk is told as such.
fn of_file(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(io) => *io,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}

fn of_csv(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::new(io::ErrorKind::InvalidData, format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests;
