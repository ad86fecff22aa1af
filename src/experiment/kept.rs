//! What replications leave: in memory while it is little, in temporary files beyond.
//!
//! A run of ten thousand replications has millions of values, and a thousand have millions of weekly ones,
//! each of which is needed again for spreads and differences. They are written a stretch of replications at a
//! time, column by column, to a file without a name that goes with the program; where none can be made
//! they stay in memory. What is read does not depend on where it was.

use crate::measure::Value;
use std::fs::File;
use std::io::{BufWriter, Read, Result, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Bytes that stay in memory: 2 MB.
const IN_MEMORY: usize = 1 << 21;

/// Rows that are read together.
const ROWS_AT_ONCE: usize = 64;

/// A value that can go to a file and come back the same to the bit.
pub(super) trait Cell: Copy {
    /// Bytes that it takes there.
    const BYTES: usize;

    fn write(self, into: &mut impl Write) -> Result<()>;

    /// The values that such bytes are, one after the other.
    fn all(bytes: &[u8]) -> Vec<Self>;
}

impl Cell for Value {
    const BYTES: usize = size_of::<f64>();

    fn write(self, into: &mut impl Write) -> Result<()> {
        into.write_all(&self.to_bytes())
    }

    fn all(bytes: &[u8]) -> Vec<Self> {
        let (values, _) = bytes.as_chunks();
        values.iter().map(|it| Self::from_bytes(*it)).collect()
    }
}

impl Cell for f32 {
    const BYTES: usize = size_of::<Self>();

    fn write(self, into: &mut impl Write) -> Result<()> {
        into.write_all(&self.to_le_bytes())
    }

    fn all(bytes: &[u8]) -> Vec<Self> {
        let (values, _) = bytes.as_chunks();
        values.iter().map(|it| Self::from_le_bytes(*it)).collect()
    }
}

/// What replications leave, a row for each; all rows are as long as the first.
#[derive(Clone, Debug)]
pub(super) struct Kept<T> {
    width: usize,
    count: usize,
    /// Values in memory at most.
    in_memory: usize,
    stretches: Vec<Stretch<T>>,
    /// Rows after the last stretch, one after the other.
    recent: Vec<T>,
}

/// Consecutive rows, laid out column by column.
#[derive(Clone, Debug)]
struct Stretch<T> {
    rows: Range<usize>,
    values: Place<T>,
}

#[derive(Clone, Debug)]
enum Place<T> {
    Memory(Arc<Vec<T>>),
    File(Arc<Mutex<File>>),
}

impl<T: Cell> Kept<T> {
    /// No rows yet.
    pub(super) const fn none() -> Self {
        Self::keeping(IN_MEMORY / T::BYTES)
    }

    /// The same with so many values in memory at most.
    const fn keeping(in_memory: usize) -> Self {
        Self {
            width: 0,
            count: 0,
            in_memory,
            stretches: Vec::new(),
            recent: Vec::new(),
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Bytes of memory that the values take.
    pub(super) fn bytes(&self) -> usize {
        let of = |stretch: &Stretch<T>| match &stretch.values {
            Place::Memory(values) => values.len(),
            Place::File(_) => 0,
        };
        let away: usize = self.stretches.iter().map(of).sum();
        (self.recent.len() + away) * T::BYTES
    }

    pub(super) fn add(&mut self, row: &[T]) {
        if self.count == 0 {
            self.width = row.len();
        }
        debug_assert_eq!(row.len(), self.width);
        self.recent.extend_from_slice(row);
        self.count += 1;
        if self.recent.len() >= self.in_memory {
            self.put_away();
        }
    }

    /// Makes a stretch of the recent rows.
    fn put_away(&mut self) {
        let begin = self.stretches.last().map_or(0, |it| it.rows.end);
        let values = match written(by_column(&self.recent, self.width)) {
            Ok(file) => Place::File(Arc::new(Mutex::new(file))),
            Err(_) => Place::Memory(Arc::new(by_column(&self.recent, self.width).collect())),
        };
        self.stretches.push(Stretch {
            rows: begin..self.count,
            values,
        });
        self.recent.clear();
    }

    /// The rows, one after the other.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<T>> + '_ {
        let away = self.stretches.iter().flat_map(move |stretch| {
            let rows = stretch.rows.clone();
            let begins = rows.clone().step_by(ROWS_AT_ONCE);
            begins.flat_map(move |begin| {
                stretch.whole_rows(self.width, begin..rows.end.min(begin + ROWS_AT_ONCE))
            })
        });
        let recent = self.recent.chunks_exact(self.width.max(1));
        away.chain(recent.map(<[T]>::to_vec))
    }

    /// The values of one column, row by row.
    pub(super) fn column(&self, column: usize) -> Vec<T> {
        let mut values = Vec::with_capacity(self.count);
        for stretch in &self.stretches {
            values.extend(stretch.read(column, stretch.rows.clone()));
        }
        let recent = self.recent.iter().skip(column).step_by(self.width.max(1));
        values.extend(recent);
        values
    }
}

impl<T: Cell> Stretch<T> {
    /// Some of its rows.
    fn whole_rows(&self, width: usize, rows: Range<usize>) -> Vec<Vec<T>> {
        let columns: Vec<Vec<T>> = (0..width)
            .map(|column| self.read(column, rows.clone()))
            .collect();
        let row = |at: usize| columns.iter().map(|column| column[at]).collect();
        (0..rows.len()).map(row).collect()
    }

    /// The values of some of its rows in one column.
    fn read(&self, column: usize, rows: Range<usize>) -> Vec<T> {
        let first = column * self.rows.len() + rows.start - self.rows.start;
        match &self.values {
            Place::Memory(values) => values[first..first + rows.len()].to_vec(),
            Place::File(file) => {
                let file = file.lock().unwrap_or_else(PoisonError::into_inner);
                read(file, first, rows.len())
                    .expect("what was written to a file of our own can be read")
            }
        }
    }
}

/// Rows one after the other as columns one after the other.
fn by_column<T: Cell>(rows: &[T], width: usize) -> impl Iterator<Item = T> {
    let columns = 0..width;
    columns.flat_map(move |column| rows.iter().skip(column).step_by(width).copied())
}

/// A file without a name that holds these values.
fn written<T: Cell>(mut values: impl Iterator<Item = T>) -> Result<File> {
    let mut file = BufWriter::new(tempfile::tempfile()?);
    values.try_for_each(|it| it.write(&mut file))?;
    Ok(file.into_inner()?)
}

fn read<T: Cell>(mut file: MutexGuard<'_, File>, first: usize, count: usize) -> Result<Vec<T>> {
    file.seek(SeekFrom::Start((first * T::BYTES) as u64))?;
    let mut bytes = vec![0; count * T::BYTES];
    file.read_exact(&mut bytes)?;
    Ok(T::all(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 3;

    fn row(number: usize) -> [Value; WIDTH] {
        std::array::from_fn(|column| match (number + column) % 5 {
            0 => Value::UNDEFINED,
            _ => Value::new(Some(number as f64 / 7.0 + column as f64)),
        })
    }

    fn kept(rows: usize, in_memory: usize) -> Kept<Value> {
        let mut kept = Kept::keeping(in_memory);
        (0..rows).for_each(|number| kept.add(&row(number)));
        kept
    }

    fn defined(values: Vec<Value>) -> Vec<Option<u64>> {
        let bits = |value: Value| value.defined().map(f64::to_bits);
        values.into_iter().map(bits).collect()
    }

    fn assert_same(kept: &Kept<Value>, rows: usize) {
        assert_eq!(kept.count(), rows);
        let all: Vec<_> = kept.rows().map(defined).collect();
        let expected: Vec<_> = (0..rows)
            .map(|number| defined(row(number).to_vec()))
            .collect();
        assert_eq!(all, expected);
        for column in 0..WIDTH {
            let expected = (0..rows).map(|number| row(number)[column]).collect();
            assert_eq!(defined(kept.column(column)), defined(expected));
        }
    }

    #[test]
    fn what_is_read_does_not_depend_on_where_it_is() {
        for in_memory in [1, 10, 30, 1_000] {
            for rows in [0, 1, 9, 10, 11, 300] {
                assert_same(&kept(rows, in_memory), rows);
            }
        }
    }

    #[test]
    fn memory_does_not_grow_with_the_rows() {
        let few = kept(1_000, 300);
        assert!(few.bytes() < (300 + WIDTH) * 8, "{}", few.bytes());
        assert_eq!(kept(90, 300).bytes(), 90 * WIDTH * 8, "few need no file");
    }

    #[test]
    fn copies_go_on_apart() {
        let mut one = kept(20, 10);
        let mut other = one.clone();
        one.add(&row(20));
        one.add(&row(21));
        (20..40).for_each(|number| other.add(&row(number)));
        assert_same(&one, 22);
        assert_same(&other, 40);
    }

    #[test]
    fn singles_come_back_to_the_bit() {
        let row = |number: u8| [f32::NAN, -0.0, f32::from(number) / 7.0];
        let mut kept = Kept::keeping(6);
        (0..5).for_each(|number| kept.add(&row(number)));
        for column in 0..3 {
            let expected: Vec<u32> = (0..5).map(|it| row(it)[column].to_bits()).collect();
            let found = kept.column(column);
            assert_eq!(
                found.iter().map(|it| it.to_bits()).collect::<Vec<_>>(),
                expected
            );
        }
        assert_eq!(kept.bytes(), 3 * 4, "the last row is in memory");
    }
}
