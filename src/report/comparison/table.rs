//! A table for each chosen measure: the base, and how each option differs.

use super::{Compared, Comparison, words};
use crate::measure::Unit;
use crate::report::prose::{WIDTH, aligned};

/// Letters of a name in a table at least, however wide the rest is.
const LEAST_NAME: usize = 20;
/// Letters between columns.
const BETWEEN: usize = 3;
/// Letters before the first column.
const INDENT: usize = 2;

impl Comparison<'_> {
    pub(super) fn table(&self, name: &str) -> String {
        let Some(measure) = words::of_name(name) else {
            return String::new();
        };
        let unit = measure.unit;
        let heading = format!(
            "{}, {}; {}",
            words::measure(name).heading,
            words::unit(unit),
            words::better(measure.better)
        );
        let interval = format!("{} interval", words::confidence(self.family.confidence));
        let header = match self.draws() {
            None => vec!["", "mean", "difference", &interval],
            Some(_) => vec!["", "mean", "difference", "8 in 10 draws", "better in"],
        };
        let header = header.into_iter().map(str::to_owned).collect();
        let mean = self.base_mean(name);
        let base = vec![
            "As things are".to_owned(),
            mean.map_or("-".to_owned(), |mean| words::value(unit, mean)),
        ];
        let options = self.options.iter().enumerate();
        let rows: Vec<Vec<String>> = std::iter::once(header)
            .chain(std::iter::once(base))
            .chain(options.map(|(at, option)| self.row(name, unit, at, option)))
            .collect();
        format!("\n{heading}\n{}", aligned(&fitted(rows)))
    }

    fn row(&self, measure: &str, unit: Unit, at: usize, option: &Compared) -> Vec<String> {
        let mut cells = vec![named(at, option)];
        let row = option.row(measure);
        let Some(difference) = row.and_then(|row| row.estimate) else {
            cells.push("-".to_owned());
            return cells;
        };
        let mean = option
            .variant
            .estimates
            .of_pcn(measure)
            .and_then(|it| it.mean());
        cells.push(mean.map_or("-".to_owned(), |mean| words::value(unit, mean)));
        cells.push(words::signed(unit, difference.mean));
        if let Some(row) = row.filter(|_| self.draws().is_some()) {
            match row.over_draws {
                Some([low, _, high]) if low < high => {
                    cells.push(words::ends(unit, Some(low), Some(high)));
                    cells.push(self.draws_better(row).unwrap_or_else(|| "-".to_owned()));
                }
                Some(_) => cells.push("chance alone".to_owned()),
                None => cells.push("-".to_owned()),
            }
            return cells;
        }
        let together = row.and_then(|row| row.simultaneous);
        cells.push(together.map_or("-".to_owned(), |it| words::ends(unit, it.low, it.high)));
        cells
    }
}

/// An option by its number and name.
pub(super) fn named(at: usize, option: &Compared) -> String {
    let yardstick = if option.what_if { " (what if)" } else { "" };
    format!("{} {}{yardstick}", at + 1, option.variant.option)
}

/// The rows with as much of each name as there is room for beside the other columns.
pub(super) fn fitted(mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let wide = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0) + BETWEEN
    };
    let rest: usize = (1..columns).map(wide).sum();
    let room = WIDTH.saturating_sub(INDENT + rest).max(LEAST_NAME);
    for name in rows.iter_mut().filter_map(|row| row.first_mut()) {
        *name = words::shortened(name, room);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_the_room_that_the_numbers_leave() {
        let row = |name: &str, cells: &[&str]| {
            let cells = cells.iter().map(|it| (*it).to_owned());
            std::iter::once(name.to_owned()).chain(cells).collect()
        };
        let long = "1 Four link workers, each with a practice of their own";
        let rows = fitted(vec![row(long, &["1"]), row("As things are", &["103"])]);
        assert_eq!(rows[0][0], long);
        let wide = "x".repeat(40);
        let rows = fitted(vec![row(long, &[&wide]), row("As things are", &["103"])]);
        let widest = aligned(&rows).lines().map(|it| it.chars().count()).max();
        assert_eq!(widest, Some(WIDTH));
        assert!(rows[0][0].ends_with('…'), "{rows:?}");
    }
}
