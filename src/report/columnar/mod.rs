//! The largest tables in columns (Apache Parquet), for Python and R.
//!
//! Such a file takes its rows as the CSV does, as the same cells in the same order, so that no number in it can
//! differ from the one there: words as dictionaries, numbers as 64-bit floats, empty cells as missing. What the
//! file is stands in its key-value metadata. It has no time and no name of a machine, so that the same rows give
//! the same bytes; a new version of the writer may change them without changing a value. Rows are written in
//! groups of a fixed size, so that memory does not grow with their number.

mod about;
mod field;
mod group;
mod words;

pub use about::About;
pub use field::Field;

use field::{Kind, schema};
use group::Group;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of a group: some megabytes in memory.
const ROWS_OF_A_GROUP: usize = 32_768;

/// A table in columns that is being written.
pub struct Columnar<W: Write + Send> {
    file: SerializedFileWriter<W>,
    group: Group,
}

impl<W: Write + Send> Columnar<W> {
    /// A table with these columns and no row yet.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn begin(into: W, fields: &[Field], about: &About) -> io::Result<Self> {
        let layout = Arc::new(layout(fields));
        let mut file = SerializedFileWriter::new(into, schema(fields), layout).map_err(of_file)?;
        for (key, value) in about.entries(fields) {
            file.append_key_value_metadata(KeyValue::new(key, value));
        }
        let group = Group::of(fields);
        Ok(Self { file, group })
    }

    /// Adds a row, of a cell for each column.
    ///
    /// # Errors
    /// When there are more or fewer cells, one is not of its column's kind, or the file cannot be written.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> io::Result<()> {
        self.group.add(cells)?;
        match self.group.rows() {
            ROWS_OF_A_GROUP => self.group.write(&mut self.file),
            _ => Ok(()),
        }
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn end(mut self) -> io::Result<()> {
        if self.group.rows() > 0 {
            self.group.write(&mut self.file)?;
        }
        self.file.close().map_err(of_file)?;
        Ok(())
    }
}

/// How a file is laid out, all of it fixed. The least and greatest word of a group says nothing to a reader who
/// looks for some, since nearly every group has all of them.
fn layout(fields: &[Field]) -> WriterProperties {
    let whole = WriterProperties::builder()
        .set_created_by(format!(
            "{} version {}",
            env!("CARGO_PKG_NAME"),
            env!("CARGO_PKG_VERSION")
        ))
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::SNAPPY);
    let words = fields.iter().filter(|it| it.kind == Kind::Text);
    let of_words = words.map(|it| ColumnPath::new(vec![it.name.clone()]));
    of_words
        .fold(whole, |layout, column| {
            layout.set_column_statistics_enabled(column, EnabledStatistics::None)
        })
        .build()
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

#[cfg(test)]
mod tests;
