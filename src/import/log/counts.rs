//! The one table of real counts that is written: referrals by practice and calendar year, fit to publish.
//!
//! Several tables of the same people can say more together than each alone; so there is one, and every other
//! place that tells how many rows are behind something takes its number from here, or rounds it.

use super::current::Current;
use super::input::Rows;
use super::reader::Log;
use crate::import::names::for_table;
use crate::stats::disclosure::{Published, PublishedTable, published, published_table};

/// Referrals by practice and year, 1 to 7 withheld, others to the nearest 5.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    practices: Vec<String>,
    years: Vec<i16>,
    table: PublishedTable,
}

/// The counts of a log; `None` where they are too large to be added up.
#[must_use]
pub fn counts(log: &Log, now: &Current<'_>) -> Option<Counts> {
    let years: Vec<i16> = (log.from.year()..=log.to.year()).collect();
    let mut table = vec![vec![0_u64; years.len()]; now.practices.len()];
    for entry in &log.entries {
        let year = usize::try_from(entry.received.year() - log.from.year()).ok()?;
        *table.get_mut(entry.practice)?.get_mut(year)? += 1;
    }
    Some(Counts {
        practices: now.practices.iter().map(|it| for_table(&it.name)).collect(),
        years,
        table: published_table(&table)?,
    })
}

impl Counts {
    /// How many rows are behind an input, as it may be told.
    #[must_use]
    pub fn rows(&self, rows: Rows) -> Published {
        match rows {
            Rows::Of(count) => published(count),
            Rows::All(_) => self.table.total,
            Rows::OfPractice(index, _) => {
                let totals = self.table.row_totals.get(index).copied();
                totals.unwrap_or(Published::Withheld)
            }
        }
    }

    /// All rows of the period.
    #[must_use]
    pub const fn all(&self) -> Published {
        self.table.total
    }

    /// Rows of practice, year and count; `all` stands for totals.
    pub fn each(&self) -> impl Iterator<Item = [String; 3]> + '_ {
        let years = self
            .years
            .iter()
            .map(ToString::to_string)
            .chain(["all".to_owned()]);
        let years: Vec<String> = years.collect();
        let totals = self.table.row_totals.iter();
        let rows = self.table.rows.iter().zip(totals).map(|(row, total)| {
            let mut row = row.clone();
            row.push(*total);
            row
        });
        let mut last = self.table.column_totals.clone();
        last.push(self.table.total);
        let names = self.practices.iter().cloned().chain(["all".to_owned()]);
        let rows = names.zip(rows.chain([last]));
        rows.flat_map(move |(name, row)| {
            let each: Vec<[String; 3]> = years
                .iter()
                .zip(row)
                .map(|(year, count)| [name.clone(), year.clone(), count.to_string()])
                .collect();
            each
        })
    }
}
