//! Equity between practices: the gap between the worst and the best, beside what chance gives.
//!
//! The gap is that of the practices' means *over* replications; within one replication it would be
//! mostly noise. Even equal practices show some gap: the gap by chance is what remains when the
//! practices' labels are permuted within each replication.

use super::replications::Replications;
use crate::engine::ReplicationKey;
use crate::engine::streams::{Draws, Purpose};
use crate::measure::Scope;
use crate::model::EntityKey;
use crate::stats::{Accumulator, mean, sample_quantile};

/// The gap between the worst and the best practice in one measure.
#[derive(Clone, Debug)]
pub struct EquityGap {
    /// Measure of a practice.
    pub measure: &'static str,
    /// Unit of the measure.
    pub unit: &'static str,
    /// Practice with the greatest mean and practice with the least.
    pub greatest: usize,
    /// Practice with the least mean.
    pub least: usize,
    /// The gap between their means. An interval of just these two, which were chosen because they
    /// differ most, would find gaps that are not there; chance is the comparison.
    pub gap: f64,
    /// Replications.
    pub replications: u64,
    /// Share of permutations whose gap is at least as wide, the observed one counted in.
    pub share_by_chance: f64,
    /// Mean gap under permuted labels, and its 10%, 50% and 90% points.
    pub by_chance: (f64, [f64; 3]),
    /// Permutations.
    pub permutations: u64,
}

/// Measures whose gap is reported.
const MEASURES: [&str; 2] = ["wait_to_first_contact_days_mean", "share_contacted_ever"];

/// Least and most permutations, and the work that they may take together (values drawn).
const PERMUTATIONS: (u64, u64) = (20, 200);
const PERMUTATION_WORK: u64 = 4_000_000;

/// The gaps of a run; none with a single practice or replication.
#[must_use]
pub fn equity_gaps(replications: &Replications, seed: u64) -> Vec<EquityGap> {
    MEASURES
        .into_iter()
        .enumerate()
        .filter_map(|(index, measure)| equity_gap(replications, measure, seed, index as u64))
        .collect()
}

/// Values of one measure: replications x practices.
struct Table {
    values: Vec<Option<f64>>,
    practices: usize,
}

impl Table {
    /// The values of the practices with these columns.
    fn of(replications: &Replications, columns: &[usize]) -> Self {
        let mut values = vec![None; replications.count() * columns.len()];
        for (practice, column) in columns.iter().enumerate() {
            let of_practice = values.iter_mut().skip(practice).step_by(columns.len());
            for (value, known) in of_practice.zip(replications.column(*column)) {
                *value = known.defined();
            }
        }
        Self {
            values,
            practices: columns.len(),
        }
    }

    /// Greatest mean, least mean and their practices; `None` with fewer than two defined.
    fn extremes(&self) -> Option<((usize, f64), (usize, f64))> {
        let mut sums = vec![Accumulator::new(); self.practices];
        for row in self.values.chunks_exact(self.practices) {
            for (sum, value) in sums.iter_mut().zip(row) {
                if let Some(value) = value {
                    sum.push(*value);
                }
            }
        }
        let means: Vec<(usize, f64)> = sums
            .iter()
            .enumerate()
            .filter_map(|(practice, sum)| Some((practice, sum.mean()?)))
            .collect();
        let greatest = means.iter().copied().max_by(|a, b| a.1.total_cmp(&b.1))?;
        let least = means.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1))?;
        (means.len() > 1).then_some((greatest, least))
    }

    fn permute(&mut self, draws: &mut Draws) {
        for row in self.values.chunks_exact_mut(self.practices) {
            for index in (1..row.len()).rev() {
                let other = (draws.uniform() * (index + 1) as f64) as usize;
                row.swap(index, other);
            }
        }
    }
}

fn equity_gap(
    replications: &Replications,
    measure: &'static str,
    seed: u64,
    index: u64,
) -> Option<EquityGap> {
    let columns: Vec<usize> = (0..replications.columns.len())
        .filter(|column| {
            let column = &replications.columns[*column];
            column.scope == Scope::Practice && column.measure.name == measure
        })
        .collect();
    let practices = columns.len();
    let count = replications.count() as u64;
    if practices < 2 || count < 2 {
        return None;
    }
    let mut table = Table::of(replications, &columns);
    let ((greatest, highest), (least, lowest)) = table.extremes()?;
    let gap = highest - lowest;
    let size = practices as u64 * count;
    let permutations = (PERMUTATION_WORK / size).clamp(PERMUTATIONS.0, PERMUTATIONS.1);
    let key = ReplicationKey {
        seed,
        replication: 0,
    };
    let stream = key.stream_key(Purpose::PracticeLabels, EntityKey::of(measure));
    let mut gaps: Vec<f64> = (0..permutations)
        .filter_map(|permutation| {
            table.permute(&mut stream.draws(permutation, index));
            let ((_, greatest), (_, least)) = table.extremes()?;
            Some(greatest - least)
        })
        .collect();
    gaps.sort_unstable_by(f64::total_cmp);
    let quantile = |p| sample_quantile(&gaps, p);
    let as_wide = gaps.iter().filter(|by_chance| **by_chance >= gap).count();
    Some(EquityGap {
        measure,
        unit: replications.columns[*columns.first()?].unit().name(),
        greatest,
        least,
        gap,
        replications: count,
        share_by_chance: (as_wide + 1) as f64 / (gaps.len() + 1) as f64,
        by_chance: (
            mean(&gaps)?,
            [quantile(0.1)?, quantile(0.5)?, quantile(0.9)?],
        ),
        permutations,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three practices in two replications, the second unknown in one.
    fn table() -> Table {
        Table {
            values: [1.0, 5.0, 3.0, 2.0, f64::NAN, 7.0]
                .map(|value| Some(value).filter(|value| !value.is_nan()))
                .to_vec(),
            practices: 3,
        }
    }

    #[test]
    fn the_gap_is_between_means_over_replications() {
        // Means 1.5 (of two), 5 (of one) and 5 (of two): of equal ones the last is the greatest.
        assert_eq!(table().extremes(), Some(((2, 5.0), (0, 1.5))));
        let unknown = Table {
            values: vec![Some(1.0), None],
            practices: 2,
        };
        assert_eq!(unknown.extremes(), None);
    }

    #[test]
    fn labels_change_places_within_a_replication() {
        let stream = ReplicationKey {
            seed: 1,
            replication: 0,
        }
        .stream_key(Purpose::PracticeLabels, EntityKey::of("gap"));
        let sorted = |table: &Table| {
            let mut rows: Vec<Vec<String>> = Vec::new();
            for row in table.values.chunks_exact(3) {
                let mut row: Vec<String> = row.iter().map(|it| format!("{it:?}")).collect();
                row.sort();
                rows.push(row);
            }
            rows
        };
        let mut seen = std::collections::BTreeSet::new();
        let mut table = table();
        let before = sorted(&table);
        for permutation in 0..100 {
            table.permute(&mut stream.draws(permutation, 0));
            assert_eq!(sorted(&table), before);
            seen.insert(format!("{:?}", table.values));
        }
        // Six orders of each of two rows.
        assert!(seen.len() > 30, "{}", seen.len());
    }
}
