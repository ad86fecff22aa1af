//! A table for each chosen measure: the base, and how each option differs.

use super::{Compared, Comparison, words};
use crate::measure::Unit;
use crate::report::prose::aligned;

/// Letters of a name in a table: the terminal is 80 wide.
pub(super) const NAME: usize = 24;

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
        let header = match self.draws() {
            None => ["", "mean", "difference", "95% interval", "together"].map(str::to_owned),
            Some(_) => ["", "mean", "difference", "8 in 10 draws", "better in"].map(str::to_owned),
        };
        let mean = self.base_mean(name);
        let base = vec![
            "As things are".to_owned(),
            mean.map_or("-".to_owned(), |mean| words::value(unit, mean)),
        ];
        let options = self.options.iter().enumerate();
        let rows: Vec<Vec<String>> = std::iter::once(header.to_vec())
            .chain(std::iter::once(base))
            .chain(options.map(|(at, option)| self.row(name, unit, at, option)))
            .collect();
        format!("\n{heading}\n{}", aligned(&rows))
    }

    fn row(&self, measure: &str, unit: Unit, at: usize, option: &Compared) -> Vec<String> {
        let mut cells = vec![numbered(at, option.variant.option)];
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
            let points = row.over_draws;
            let ends = points.map(|[low, _, high]| words::ends(unit, Some(low), Some(high)));
            cells.push(ends.unwrap_or_else(|| "-".to_owned()));
            cells.push(self.draws_better(row).unwrap_or_else(|| "-".to_owned()));
            return cells;
        }
        cells.push(words::ends(unit, difference.low, difference.high));
        let together = row.and_then(|row| row.simultaneous);
        cells.push(together.map_or("-".to_owned(), |it| words::ends(unit, it.low, it.high)));
        cells
    }
}

/// An option by its number and as much of its name as there is room for.
pub(super) fn numbered(at: usize, name: &str) -> String {
    words::shortened(&format!("{} {name}", at + 1), NAME)
}
