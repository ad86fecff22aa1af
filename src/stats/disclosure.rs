//! Counts of real people made fit to publish: small ones withheld, the others rounded, and as many more
//! withheld as it takes so that none of the small ones can be had by subtraction.
//!
//! The rule for single counts is that of NHS Digital, now NHS England ("Disclosure control methodology for
//! Hospital Episode Statistics and Emergency Care Data Set", from September 2018): below the level of the
//! country 1 to 7 are shown as `*`, 0 as 0, and all others rounded to the nearest 5; totals are added up
//! first and rounded then. It relies on the rounding alone to hide what subtraction might give. Here that is
//! checked, and where it does not do further counts are withheld (secondary suppression; Cox 1980,
//! "Suppression methodology and statistical disclosure control", Journal of the American Statistical
//! Association 75, 377-385).
//!
//! A count is safe when it may be anything from 1 to 7 as far as all that is published says: rows, columns,
//! totals and the rule together (a total, anything from the number of its counts that are not 0). A table with its totals is a flow through a network, from each row to each
//! column, so that the range of a withheld count is found exactly: by how far the true table can be changed
//! within what is published (Ford and Fulkerson 1962).
//!
//! Worked: of `[[3, 40], [50, 60]]` the 3 is withheld. Its row has the total 43, shown as 45, which is 43 to
//! 47, and 40, which is 38 to 42: the 3 is 1 to 9, and its column says no more. All is as rounded: `* 40`
//! (45), `50 60` (110), totals `55 100` (155).

use std::collections::VecDeque;
use std::fmt;

/// The largest count that is withheld.
pub const LARGEST_SMALL: u64 = 7;

/// What the others are rounded to.
pub const ROUNDED_TO: u64 = 5;

/// More than any count may be changed by, for what has no upper end.
const NO_END: u64 = u64::MAX / 4;

/// A count as it may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// 0, or a multiple of 5 from 10.
    Count(u64),
    /// Withheld: small itself, or so that a small one cannot be worked out.
    Withheld,
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Count(count) => write!(f, "{count}"),
            Self::Withheld => write!(f, "*"),
        }
    }
}

/// A table of counts as it may be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedTable {
    /// The counts, row by row.
    pub rows: Vec<Vec<Published>>,
    /// The total of each row.
    pub row_totals: Vec<Published>,
    /// The total of each column.
    pub column_totals: Vec<Published>,
    /// The total of all.
    pub total: Published,
}

/// A single count: 1 to 7 withheld, others to the nearest 5.
///
/// Worked: 0 is 0, 7 is withheld, 8 and 12 are 10, 13 is 15.
#[must_use]
pub const fn published(count: u64) -> Published {
    match count {
        0 => Published::Count(0),
        1..=LARGEST_SMALL => Published::Withheld,
        _ => Published::Count(rounded(count)),
    }
}

const fn rounded(count: u64) -> u64 {
    (count + ROUNDED_TO / 2) / ROUNDED_TO * ROUNDED_TO
}

/// A table with its totals; `None` where the rows are not all equally long, or the counts too large to be
/// added up. No count from 1 to 7, of the table or of its totals, can be narrowed down from what comes back.
#[must_use]
pub fn published_table(counts: &[Vec<u64>]) -> Option<PublishedTable> {
    let mut table = WithTotals::of(counts)?;
    while let Some(entry) = table.unsafe_entry() {
        table.withhold_beside(entry);
    }
    table.restore_what_can_be();
    Some(table.into_published())
}

/// All together; `None` where that is too large.
fn total(mut counts: impl Iterator<Item = u64>) -> Option<u64> {
    let total = counts.try_fold(0_u64, u64::checked_add)?;
    (total < NO_END).then_some(total)
}

/// Row and column; the last of each are totals.
type Entry = (usize, usize);

/// A table with its totals as the last row and the last column, and what of it is withheld.
struct WithTotals {
    counts: Vec<Vec<u64>>,
    withheld: Vec<Vec<bool>>,
}

impl WithTotals {
    fn of(counts: &[Vec<u64>]) -> Option<Self> {
        let columns = counts.first().map_or(0, Vec::len);
        if counts.iter().any(|row| row.len() != columns) {
            return None;
        }
        let mut all = Vec::with_capacity(counts.len() + 1);
        for row in counts {
            let mut row = row.clone();
            row.push(total(row.iter().copied())?);
            all.push(row);
        }
        let totals = (0..=columns).map(|column| total(all.iter().map(|row| row[column])));
        let totals = totals.collect::<Option<Vec<u64>>>()?;
        all.push(totals);
        let is_small = |count: &u64| published(*count) == Published::Withheld;
        let withheld = all.iter().map(|row| row.iter().map(is_small).collect());
        Some(Self {
            withheld: withheld.collect(),
            counts: all,
        })
    }

    fn last_row(&self) -> usize {
        self.counts.len() - 1
    }

    fn last_column(&self) -> usize {
        self.counts[0].len() - 1
    }

    fn entries(&self) -> impl Iterator<Item = Entry> + use<> {
        let columns = self.last_column();
        (0..=self.last_row()).flat_map(move |row| (0..=columns).map(move |column| (row, column)))
    }

    fn count(&self, (row, column): Entry) -> u64 {
        self.counts[row][column]
    }

    /// By how much more and less an entry may be, as far as its own publication says.
    fn slack(&self, entry: Entry) -> (u64, u64) {
        let count = self.count(entry);
        if self.withheld[entry.0][entry.1] {
            return (NO_END, count - 1);
        }
        if count == 0 {
            return (0, 0);
        }
        let middle = rounded(count);
        let half = ROUNDED_TO / 2;
        let least = (middle - half).max(LARGEST_SMALL + 1);
        (middle + half - count, count - least)
    }

    /// A small count that can be narrowed down, if there is one.
    fn unsafe_entry(&self) -> Option<Entry> {
        let small = |entry: &Entry| (1..=LARGEST_SMALL).contains(&self.count(*entry));
        self.entries().filter(small).find(|entry| {
            let count = self.count(*entry);
            let least = self.least(*entry).min(count);
            let may_be_less = Changes::of(self).may(*entry, Way::Less, count - least);
            !may_be_less || !Changes::of(self).may(*entry, Way::More, LARGEST_SMALL - count)
        })
    }

    /// What an entry is at least, for all that anybody could withhold: zeros are shown, so that a total has one
    /// for each count in it that is none.
    fn least(&self, (row, column): Entry) -> u64 {
        let rows = 0..self.last_row();
        let columns = 0..self.last_column();
        let within = |at: usize, last: usize| if at == last { 0..last } else { at..at + 1 };
        let rows = within(row, rows.end);
        let columns = within(column, columns.end);
        let cells = rows.flat_map(|row| columns.clone().map(move |column| (row, column)));
        let many = cells.filter(|entry| self.count(*entry) > 0).count();
        many.max(1) as u64
    }

    /// Withholds one more count that helps to hide `entry`, the smallest of the kind that costs least: a count
    /// of its own row or column; one whose row and column both have one withheld, which closes a ring; a
    /// total of its row or column; any other. Zeros stay.
    fn withhold_beside(&mut self, entry: Entry) {
        let is_shown = |it: &Entry| self.count(*it) > 0 && !self.withheld[it.0][it.1];
        let cost = |it: &Entry| (self.rank(entry, *it), self.count(*it), *it);
        let next = self.entries().filter(is_shown).min_by_key(cost);
        // With everything withheld but zeros, every count may be anything.
        let (row, column) = next.expect("a table of which nothing is shown gives nothing away");
        self.withheld[row][column] = true;
    }

    /// Shows again what has been withheld for others' sake and need not be: totals first, then the largest.
    fn restore_what_can_be(&mut self) {
        let is_total = |it: &Entry| it.0 == self.last_row() || it.1 == self.last_column();
        let for_others = |it: &Entry| self.withheld[it.0][it.1] && self.count(*it) > LARGEST_SMALL;
        let mut entries: Vec<Entry> = self.entries().filter(for_others).collect();
        entries.sort_by_key(|it| (!is_total(it), u64::MAX - self.count(*it)));
        for (row, column) in entries {
            self.withheld[row][column] = false;
            self.withheld[row][column] = self.unsafe_entry().is_some();
        }
    }

    /// How readily `other` is withheld for `entry`, the most readily first.
    fn rank(&self, entry: Entry, other: Entry) -> usize {
        let is_total = |it: Entry| it.0 == self.last_row() || it.1 == self.last_column();
        let is_beside = entry.0 == other.0 || entry.1 == other.1;
        let is_withheld = |row: usize, column: usize| self.withheld[row][column];
        let closes_a_ring = || {
            (0..self.last_column()).any(|column| is_withheld(other.0, column))
                && (0..self.last_row()).any(|row| is_withheld(row, other.1))
        };
        match (is_beside, is_total(other)) {
            (true, false) => 0,
            (true, true) if is_total(entry) => 0,
            (false, false) if closes_a_ring() => 1,
            (true, true) => 2,
            (false, false) => 3,
            (false, true) => 4,
        }
    }

    fn into_published(self) -> PublishedTable {
        let entry = |count: &u64, withheld: &bool| match withheld {
            true => Published::Withheld,
            false => published(*count),
        };
        let rows = self.counts.iter().zip(&self.withheld);
        let mut rows: Vec<Vec<Published>> = rows
            .map(|(counts, withheld)| {
                counts
                    .iter()
                    .zip(withheld)
                    .map(|(count, it)| entry(count, it))
                    .collect()
            })
            .collect();
        let mut column_totals = rows.pop().unwrap_or_default();
        let total = column_totals.pop().unwrap_or(Published::Count(0));
        let row_totals = rows.iter_mut().filter_map(Vec::pop).collect();
        PublishedTable {
            rows,
            row_totals,
            column_totals,
            total,
        }
    }
}

/// More or less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    More,
    Less,
}

/// How the true table may still be changed without contradicting anything published.
///
/// Every row and every column is a place through which people flow: from its row to its column where the
/// entry is a count, into the row where it is the row's total, out of the column where it is the column's,
/// and from the last row to the last column where it is the total of all. What flows in flows out.
struct Changes<'a> {
    table: &'a WithTotals,
    /// What is left of more and of less, for each entry.
    left: Vec<Vec<(u64, u64)>>,
}

impl<'a> Changes<'a> {
    fn of(table: &'a WithTotals) -> Self {
        let columns = table.last_column();
        let row = |row| {
            (0..=columns)
                .map(|column| table.slack((row, column)))
                .collect()
        };
        Self {
            left: (0..=table.last_row()).map(row).collect(),
            table,
        }
    }

    fn places(&self) -> usize {
        self.table.last_row() + self.table.last_column() + 2
    }

    /// From which place to which the flow of an entry goes: rows come first, then columns.
    fn ends(&self, (row, column): Entry) -> (usize, usize) {
        let (of_row, of_column) = (row, self.table.last_row() + 1 + column);
        let is_row_total = column == self.table.last_column();
        let is_column_total = row == self.table.last_row();
        if is_row_total == is_column_total {
            (of_row, of_column)
        } else {
            (of_column, of_row)
        }
    }

    /// Whether an entry may be more or less by so much, all else allowing.
    fn may(mut self, entry: Entry, way: Way, by: u64) -> bool {
        let (more, less) = self.left[entry.0][entry.1];
        let own = if way == Way::More { more } else { less };
        if own < by {
            return false;
        }
        // The change comes back to where it began by other ways.
        self.left[entry.0][entry.1] = (0, 0);
        let (from, to) = self.ends(entry);
        let (begin, end) = if way == Way::More {
            (to, from)
        } else {
            (from, to)
        };
        let mut done = 0;
        while done < by {
            match self.push(begin, end, by - done) {
                0 => return false,
                pushed => done += pushed,
            }
        }
        true
    }

    /// Sends at most so much from one place to another by one path; says how much.
    fn push(&mut self, begin: usize, end: usize, most: u64) -> u64 {
        let Some(path) = self.path(begin, end) else {
            return 0;
        };
        let room = |(entry, way): &(Entry, Way)| {
            let (more, less) = self.left[entry.0][entry.1];
            if *way == Way::More { more } else { less }
        };
        let pushed = path.iter().map(room).min().unwrap_or(0).min(most);
        for (entry, way) in path {
            let (more, less) = &mut self.left[entry.0][entry.1];
            let (taken, given) = match way {
                Way::More => (more, less),
                Way::Less => (less, more),
            };
            *taken -= pushed;
            *given = (*given + pushed).min(NO_END);
        }
        pushed
    }

    /// The shortest path on which something can still be changed.
    fn path(&self, begin: usize, end: usize) -> Option<Vec<(Entry, Way)>> {
        let mut came: Vec<Option<(usize, Entry, Way)>> = vec![None; self.places()];
        let mut next = VecDeque::from([begin]);
        while let Some(place) = next.pop_front() {
            if place == end {
                break;
            }
            for (to, entry, way) in self.ways_from(place) {
                if to != begin && came[to].is_none() {
                    came[to] = Some((place, entry, way));
                    next.push_back(to);
                }
            }
        }
        let mut path = Vec::new();
        let mut at = end;
        while at != begin {
            let (from, entry, way) = came[at]?;
            path.push((entry, way));
            at = from;
        }
        Some(path)
    }

    /// Where a change can go from a place: along entries that may be more, and back along those that may be
    /// less.
    fn ways_from(&self, place: usize) -> impl Iterator<Item = (usize, Entry, Way)> {
        let (rows, columns) = (self.table.last_row() + 1, self.table.last_column() + 1);
        let is_row = place < rows;
        let many = if is_row { columns } else { rows };
        (0..many).filter_map(move |other| {
            let entry = if is_row {
                (place, other)
            } else {
                (other, place - rows)
            };
            let (more, less) = self.left[entry.0][entry.1];
            let (from, to) = self.ends(entry);
            if from == place {
                (more > 0).then_some((to, entry, Way::More))
            } else {
                (less > 0).then_some((from, entry, Way::Less))
            }
        })
    }
}

#[cfg(test)]
#[path = "disclosure_tests.rs"]
mod tests;
