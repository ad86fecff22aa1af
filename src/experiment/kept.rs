//! The values that replications leave: in memory while they are few, in a temporary file beyond.
//!
//! A run of ten thousand replications has millions of values, each of which is needed again for spreads
//! and differences. They are written a stretch of replications at a time, column by column, to a file
//! without a name that goes with the program; where none can be made they stay in memory. What is
//! read does not depend on where it was.

use crate::measure::Value;
use std::fs::File;
use std::io::{Read, Result, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Values that stay in memory: 4 MB.
const IN_MEMORY: usize = 1 << 19;

/// Rows that are read together.
const ROWS_AT_ONCE: usize = 64;

/// Bytes of a value.
const BYTES: usize = size_of::<f64>();

/// The values of replications, a row for each.
#[derive(Clone, Debug)]
pub(super) struct Kept {
    width: usize,
    count: usize,
    in_memory: usize,
    stretches: Vec<Stretch>,
    /// Rows after the last stretch, one after the other.
    recent: Vec<Value>,
}

/// Consecutive rows, laid out column by column.
#[derive(Clone, Debug)]
struct Stretch {
    rows: Range<usize>,
    values: Place,
}

#[derive(Clone, Debug)]
enum Place {
    Memory(Arc<Vec<Value>>),
    File(Arc<Mutex<File>>),
}

impl Kept {
    /// No rows yet, of `width` values each.
    pub(super) const fn new(width: usize) -> Self {
        Self::keeping(width, IN_MEMORY)
    }

    /// The same with so many values in memory at most.
    const fn keeping(width: usize, in_memory: usize) -> Self {
        Self {
            width,
            count: 0,
            in_memory,
            stretches: Vec::new(),
            recent: Vec::new(),
        }
    }

    pub(super) const fn count(&self) -> usize {
        self.count
    }

    /// Values in memory.
    pub(super) fn in_memory(&self) -> usize {
        let of = |stretch: &Stretch| match &stretch.values {
            Place::Memory(values) => values.len(),
            Place::File(_) => 0,
        };
        self.recent.len() + self.stretches.iter().map(of).sum::<usize>()
    }

    pub(super) fn add(&mut self, row: &[Value]) {
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
        let values = by_column(&self.recent, self.width);
        let values = match written(&values) {
            Ok(file) => Place::File(Arc::new(Mutex::new(file))),
            Err(_) => Place::Memory(Arc::new(values)),
        };
        self.stretches.push(Stretch {
            rows: begin..self.count,
            values,
        });
        self.recent.clear();
    }

    /// The rows, one after the other.
    pub(super) fn rows(&self) -> impl Iterator<Item = Vec<Value>> + '_ {
        let away = self.stretches.iter().flat_map(move |stretch| {
            let rows = stretch.rows.clone();
            let begins = rows.clone().step_by(ROWS_AT_ONCE);
            begins.flat_map(move |begin| {
                stretch.whole_rows(self.width, begin..rows.end.min(begin + ROWS_AT_ONCE))
            })
        });
        let recent = self.recent.chunks_exact(self.width.max(1));
        away.chain(recent.map(<[Value]>::to_vec))
    }

    /// The values of one column, row by row.
    pub(super) fn column(&self, column: usize) -> Vec<Value> {
        let mut values = Vec::with_capacity(self.count);
        for stretch in &self.stretches {
            values.extend(stretch.read(column, stretch.rows.clone()));
        }
        let recent = self.recent.iter().skip(column).step_by(self.width.max(1));
        values.extend(recent);
        values
    }
}

impl Stretch {
    /// Some of its rows.
    fn whole_rows(&self, width: usize, rows: Range<usize>) -> Vec<Vec<Value>> {
        let columns: Vec<Vec<Value>> = (0..width)
            .map(|column| self.read(column, rows.clone()))
            .collect();
        let row = |at: usize| columns.iter().map(|column| column[at]).collect();
        (0..rows.len()).map(row).collect()
    }

    /// The values of some of its rows in one column.
    fn read(&self, column: usize, rows: Range<usize>) -> Vec<Value> {
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
fn by_column(rows: &[Value], width: usize) -> Vec<Value> {
    let columns = 0..width;
    columns
        .flat_map(|column| rows.iter().skip(column).step_by(width).copied())
        .collect()
}

/// A file without a name that holds these values.
fn written(values: &[Value]) -> Result<File> {
    let mut file = tempfile::tempfile()?;
    let bytes: Vec<u8> = values.iter().flat_map(|it| it.to_bytes()).collect();
    file.write_all(&bytes)?;
    Ok(file)
}

fn read(mut file: MutexGuard<'_, File>, first: usize, count: usize) -> Result<Vec<Value>> {
    file.seek(SeekFrom::Start((first * BYTES) as u64))?;
    let mut bytes = vec![0; count * BYTES];
    file.read_exact(&mut bytes)?;
    let (values, _) = bytes.as_chunks::<BYTES>();
    Ok(values.iter().map(|it| Value::from_bytes(*it)).collect())
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

    fn kept(rows: usize, in_memory: usize) -> Kept {
        let mut kept = Kept::keeping(WIDTH, in_memory);
        (0..rows).for_each(|number| kept.add(&row(number)));
        kept
    }

    fn defined(values: Vec<Value>) -> Vec<Option<u64>> {
        let bits = |value: Value| value.defined().map(f64::to_bits);
        values.into_iter().map(bits).collect()
    }

    fn assert_same(kept: &Kept, rows: usize) {
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
        assert!(few.in_memory() < 300 + WIDTH, "{}", few.in_memory());
        assert_eq!(kept(90, 300).in_memory(), 90 * WIDTH, "few need no file");
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
}
