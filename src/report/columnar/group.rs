//! A group of rows, held column by column until it is written.

use super::field::{Field, Kind, number};
use super::of_file;
use super::words::Words;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use std::io::{Error, ErrorKind, Result, Write};

/// Rows on their way into a file.
pub struct Group {
    columns: Vec<Column>,
    rows: usize,
}

/// The cells of one column that are there, and for each row whether its cell is (1) or not (0).
enum Column {
    Text(Words, Vec<ByteArray>, Vec<i16>),
    Whole(Vec<i64>),
    Number(Vec<f64>, Vec<i16>),
}

impl Group {
    /// A group without rows.
    pub fn of(fields: &[Field]) -> Self {
        let columns = fields.iter().map(|field| match field.kind {
            Kind::Text => Column::Text(Words::default(), Vec::new(), Vec::new()),
            Kind::Whole => Column::Whole(Vec::new()),
            Kind::Number => Column::Number(Vec::new(), Vec::new()),
        });
        Self {
            columns: columns.collect(),
            rows: 0,
        }
    }

    /// Rows that are held.
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Adds a row.
    ///
    /// # Errors
    /// When there are more or fewer cells than columns, or one is not of its kind.
    pub fn add<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> Result<()> {
        let mut cells = cells.into_iter();
        for column in &mut self.columns {
            column.add(cells.next().ok_or_else(other_columns)?)?;
        }
        self.rows += 1;
        match cells.next() {
            None => Ok(()),
            Some(_) => Err(other_columns()),
        }
    }

    /// Writes all rows and holds none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write<W: Write + Send>(&mut self, file: &mut SerializedFileWriter<W>) -> Result<()> {
        let mut group = file.next_row_group().map_err(of_file)?;
        for column in &mut self.columns {
            let writer = group.next_column().map_err(of_file)?;
            column.write(writer.expect("the schema has every column"))?;
        }
        group.close().map_err(of_file)?;
        self.rows = 0;
        Ok(())
    }
}

impl Column {
    fn add(&mut self, cell: &str) -> Result<()> {
        let strange = || {
            let what = format!("the table has {cell:?} where a number should stand");
            Error::new(ErrorKind::InvalidData, what)
        };
        match self {
            Self::Text(_, _, there) | Self::Number(_, there) if cell.is_empty() => there.push(0),
            Self::Text(words, values, there) => {
                values.push(words.shared(cell));
                there.push(1);
            }
            Self::Number(values, there) => {
                values.push(number(cell).ok_or_else(strange)?);
                there.push(1);
            }
            Self::Whole(values) => values.push(cell.parse().map_err(|_| strange())?),
        }
        Ok(())
    }

    fn write(&mut self, into: SerializedColumnWriter) -> Result<()> {
        match self {
            Self::Text(words, values, there) => {
                words.clear();
                write::<ByteArrayType>(into, values, Some(there))
            }
            Self::Whole(values) => write::<Int64Type>(into, values, None),
            Self::Number(values, there) => write::<DoubleType>(into, values, Some(there)),
        }
    }
}

fn other_columns() -> Error {
    let what = "the row has other columns than the table";
    Error::new(ErrorKind::InvalidData, what)
}

/// Writes a column's values and forgets them.
fn write<T: DataType>(
    mut into: SerializedColumnWriter,
    values: &mut Vec<T::T>,
    there: Option<&mut Vec<i16>>,
) -> Result<()> {
    let levels = there.as_deref().map(Vec::as_slice);
    into.typed::<T>()
        .write_batch(values, levels, None)
        .map_err(of_file)?;
    into.close().map_err(of_file)?;
    values.clear();
    if let Some(there) = there {
        there.clear();
    }
    Ok(())
}
