//! The points of a study as a grid: of which keys it has every choice of values.

use super::Sweep;
use super::metamodel::number;
use std::collections::BTreeMap;

/// A full grid: the keys that vary with their values, and the point of each choice.
#[derive(Clone, Debug)]
pub(in crate::report) struct Grid {
    /// Position of each key that varies, the one with most values first.
    pub(in crate::report) keys: Vec<usize>,
    /// The values of each, numbers from the least, words as they come.
    pub(in crate::report) values: Vec<Vec<String>>,
    points: BTreeMap<Vec<usize>, usize>,
}

impl Grid {
    /// The point with these values, each by its position among the values of its key.
    pub(in crate::report) fn point(&self, choice: &[usize]) -> Option<usize> {
        self.points.get(choice).copied()
    }

    /// Whether the values of a key, by its position here, are numbers.
    pub(in crate::report) fn are_numbers(&self, at: usize) -> bool {
        self.values[at].iter().all(|it| number(it).is_some())
    }

    /// The positions of a key's values from the top of a figure: numbers from the greatest, words as they
    /// come.
    pub(in crate::report) fn upwards(&self, at: usize) -> Box<dyn Iterator<Item = usize>> {
        let all = 0..self.values[at].len();
        match self.are_numbers(at) {
            true => Box::new(all.rev()),
            false => Box::new(all),
        }
    }

    /// Whether the values of the first key are words, or numbers as far from each other all along.
    pub(in crate::report) fn are_even(&self) -> bool {
        let numbers: Vec<f64> = self.values[0].iter().filter_map(|it| number(it)).collect();
        let steps = numbers.windows(2).map(|pair| pair[1] - pair[0]);
        let (least, most) = steps.fold((f64::INFINITY, 0.0_f64), |(least, most), step| {
            (least.min(step), most.max(step))
        });
        numbers.len() < self.values[0].len() || most <= least * 1.001
    }
}

impl Sweep<'_> {
    /// The study as a grid, if its points are every choice of the values that occur, each once. Keys of
    /// one value are left out.
    pub(in crate::report) fn grid(&self) -> Option<Grid> {
        if self.facts.spread.is_some() {
            return None;
        }
        let distinct = |key: usize| {
            let mut values: Vec<String> = Vec::new();
            let mut known = std::collections::BTreeSet::new();
            for point in self.values {
                if known.insert(point[key].as_str()) {
                    values.push(point[key].clone());
                }
            }
            if values.iter().all(|it| number(it).is_some()) {
                values.sort_by(|one, other| {
                    let of = |text: &str| number(text).unwrap_or_default();
                    of(one).total_cmp(&of(other))
                });
            }
            values
        };
        let all: Vec<(usize, Vec<String>)> = (0..self.facts.keys.len())
            .map(|key| (key, distinct(key)))
            .collect();
        let mut all: Vec<(usize, Vec<String>)> =
            all.into_iter().filter(|(_, it)| it.len() > 1).collect();
        all.sort_by_key(|(_, values)| std::cmp::Reverse(values.len()));
        let choices = all
            .iter()
            .try_fold(1_usize, |all, (_, values)| all.checked_mul(values.len()));
        if all.is_empty() || choices != Some(self.values.len()) {
            return None;
        }
        let (keys, values): (Vec<usize>, Vec<Vec<String>>) = all.into_iter().unzip();
        let choice = |point: &Vec<String>| -> Option<Vec<usize>> {
            let places = keys.iter().zip(&values);
            places
                .map(|(key, values)| values.iter().position(|it| *it == point[*key]))
                .collect()
        };
        let points = self.values.iter().enumerate();
        let points: BTreeMap<Vec<usize>, usize> = points
            .filter_map(|(number, point)| Some((choice(point)?, number)))
            .collect();
        (points.len() == self.values.len()).then_some(Grid {
            keys,
            values,
            points,
        })
    }
}
