//! The waiting list week by week, in one line of blocks: whether it grows, falls or swings.

use super::Answer;
use crate::measure::Scope;
use crate::report::number::readable;
use crate::report::prose::paragraph;
use crate::report::tables::week_begins;

/// Blocks from the lowest to the highest; the output replaces them where a terminal cannot show them.
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Blocks of a line at most.
const MOST_BLOCKS: usize = 60;

impl Answer<'_> {
    /// A line of blocks and what it says in numbers; nothing where nobody ever waits or there are too few
    /// weeks to see anything.
    pub(super) fn waiting_week_by_week(&self) -> String {
        let weeks = self.waiting();
        let most = weeks
            .iter()
            .copied()
            .enumerate()
            .max_by(|a, b| a.1.total_cmp(&b.1));
        let (Some((at, most)), [first, .., last]) = (most, weeks.as_slice()) else {
            return String::new();
        };
        if most <= 0.0 {
            return String::new();
        }
        let date = week_begins(self.model, at).strftime("%-d %B %Y");
        let said = format!(
            "Mean over runs: {} in the first week, {} at most (the week of {date}), {} in the last. Blocks are as \
             high as the list is long, from 0.",
            readable(*first),
            readable(most),
            readable(*last)
        );
        let blocks = blocks(&weeks, most);
        format!(
            "\nPeople on the waiting list, week by week\n  {blocks}\n{}",
            paragraph(&said)
        )
    }

    /// People on the waiting list of the PCN in each week, mean over runs.
    fn waiting(&self) -> Vec<f64> {
        let replications = self.replications;
        let columns = &replications.weekly_columns;
        let is_it = |scope, measure| scope == Scope::Pcn && measure == "waiting_list";
        let Some(column) = columns.iter().position(|it| is_it(it.scope, it.measure)) else {
            return Vec::new();
        };
        let week = |week| replications.week(week, column).map(|point| point.mean);
        (0..replications.weeks()).filter_map(week).collect()
    }
}

/// One block for each week, or for the mean of several where there are many; `most` is a full block.
fn blocks(weeks: &[f64], most: f64) -> String {
    let each = weeks.len().div_ceil(MOST_BLOCKS).max(1);
    let block = |weeks: &[f64]| {
        let mean = weeks.iter().sum::<f64>() / weeks.len() as f64;
        let level = (mean / most * BLOCKS.len() as f64).round() as usize;
        BLOCKS[level.clamp(1, BLOCKS.len()) - 1]
    };
    weeks.chunks(each).map(block).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_as_high_as_the_list_is_long() {
        assert_eq!(blocks(&[0.0, 1.0, 2.0, 4.0, 8.0], 8.0), "▁▁▂▄█");
        assert_eq!(blocks(&[8.0, 8.0], 8.0), "██");
    }

    #[test]
    fn many_weeks_share_blocks() {
        let weeks: Vec<f64> = (0..104).map(f64::from).collect();
        let line = blocks(&weeks, 103.0);
        assert_eq!(line.chars().count(), 52);
        assert!(line.starts_with('▁') && line.ends_with('█'));
    }
}
