//! Which rows of a table its sheet has, where they are too many: a spreadsheet takes 1,048,576 rows, and
//! a mailbox far fewer.

use super::front::KEY_FIGURES;
use super::tables::Table;
use crate::measure::Scope;
use crate::report::number::grouped;
use csv::StringRecord;

/// What is left out, from nothing to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Every row is there.
    All,
    /// Rows of the PCN as a whole.
    Pcn,
    /// Rows of the PCN as a whole, of the measures of the front sheet.
    KeyFigures,
    /// The rows at the top.
    First,
}

/// How many rows a table has, and how many each way of leaving out would keep.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// All rows.
    pub all: usize,
    pcn: usize,
    key_figures: usize,
}

/// Where a table says whom a row is about and what it measures.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    /// The column `scope`.
    pub scope: Option<usize>,
    /// The column `measure`.
    pub measure: Option<usize>,
}

impl Told {
    fn is_of_pcn(self, row: &StringRecord) -> bool {
        let scope = self.scope.and_then(|at| row.get(at));
        scope == Some(Scope::Pcn.name())
    }

    fn is_key_figure(self, row: &StringRecord) -> bool {
        let measure = self.measure.and_then(|at| row.get(at));
        self.is_of_pcn(row) && KEY_FIGURES.iter().any(|(name, _)| measure == Some(*name))
    }
}

impl Count {
    /// One more row.
    pub fn add(&mut self, told: Told, row: &StringRecord) {
        self.all += 1;
        self.pcn += usize::from(told.is_of_pcn(row));
        self.key_figures += usize::from(told.is_key_figure(row));
    }

    /// What has to be left out, so that at most so many rows are kept.
    pub fn kept(&self, most: usize) -> Kept {
        let fits = |rows: usize| rows > 0 && rows <= most;
        if self.all <= most {
            Kept::All
        } else if fits(self.pcn) {
            Kept::Pcn
        } else if fits(self.key_figures) {
            Kept::KeyFigures
        } else {
            Kept::First
        }
    }
}

impl Kept {
    /// Whether a row is kept, before which so many have been.
    pub fn keeps(self, told: Told, row: &StringRecord, before: usize, most: usize) -> bool {
        match self {
            Self::All => true,
            Self::Pcn => told.is_of_pcn(row),
            Self::KeyFigures => told.is_key_figure(row),
            Self::First => before < most,
        }
    }

    /// What the sheet has, in words.
    pub fn words(self, table: &Table, count: &Count) -> String {
        let file = table.file;
        let all = grouped(count.all as f64, 0);
        let part = |rows: usize, which: &str| {
            let rows = grouped(rows as f64, 0);
            format!("{rows} of the {all} rows of {file}: {which}. The others are in that file.")
        };
        match self {
            Self::All => format!("All {all} rows of {file}."),
            Self::Pcn => part(count.pcn, "those of the PCN as a whole"),
            Self::KeyFigures => part(
                count.key_figures,
                "those of the PCN as a whole, of the key figures of the first sheet",
            ),
            Self::First => part(table.most_rows, "the first"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables::TABLES;
    use super::*;

    fn row(scope: &str, measure: &str) -> StringRecord {
        StringRecord::from(vec![scope, measure])
    }

    const TOLD: Told = Told {
        scope: Some(0),
        measure: Some(1),
    };

    #[test]
    fn rows_are_left_out_from_the_least_wanted() {
        let mut count = Count::default();
        for _ in 0..4 {
            count.add(TOLD, &row("practice", "share_contacted_ever"));
        }
        for _ in 0..3 {
            count.add(TOLD, &row("pcn", "refused"));
        }
        count.add(TOLD, &row("pcn", "share_contacted_ever"));
        assert_eq!(count.kept(8), Kept::All);
        assert_eq!(count.kept(7), Kept::Pcn);
        assert_eq!(count.kept(3), Kept::KeyFigures);
        assert_eq!(count.kept(0), Kept::First);
        let said = Kept::Pcn.words(&TABLES[0], &count);
        assert_eq!(
            said,
            "4 of the 8 rows of summary.csv: those of the PCN as a whole. The others are in that file."
        );
    }

    #[test]
    fn a_table_without_scopes_keeps_its_top() {
        let mut count = Count::default();
        let draws = StringRecord::from(vec!["0", "0", "key", "1"]);
        for _ in 0..5 {
            count.add(Told::default(), &draws);
        }
        assert_eq!(count.kept(3), Kept::First);
        assert!(Kept::First.keeps(Told::default(), &draws, 2, 3));
        assert!(!Kept::First.keeps(Told::default(), &draws, 3, 3));
    }

    #[test]
    fn no_sheet_is_longer_than_a_spreadsheet_takes() {
        const ROWS_OF_A_SPREADSHEET: usize = 1_048_576;
        assert!(
            TABLES
                .iter()
                .all(|it| it.most_rows + 10 < ROWS_OF_A_SPREADSHEET)
        );
    }
}
