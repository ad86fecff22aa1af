//! Scores of deprivation by practice, and the fifths that they make.
//!
//! The score of a practice is the average of the Index of Multiple Deprivation of where its patients
//! live (OHID Fingertips); higher is more deprived. A fifth is a fifth of the practices (or PCNs)
//! in the file, by score: 1 the most deprived.

use crate::import::fault::{Fault, Faults};
use crate::import::kinds::{DEPRIVATION, deprivation as column};
use crate::import::names::{for_table, is_code};
use crate::import::table::{Given, Row, read as read_table};
use std::collections::BTreeMap;

/// Scores by practice.
#[derive(Clone, Debug)]
pub struct Deprivation {
    /// What the file is called.
    pub file: String,
    /// The year of the index, as the file writes it; empty where it does not say.
    pub year: String,
    /// Scores by ODS code.
    pub scores: BTreeMap<String, f64>,
}

impl Deprivation {
    /// The fifth of a practice among those of the file: 1 the most deprived.
    #[must_use]
    pub fn fifths(&self) -> BTreeMap<String, u8> {
        fifths(&self.scores)
    }
}

/// The fifth of each key by its score, 1 the highest scores; equal scores are in one fifth.
///
/// With 10 scores the two highest are in fifth 1, the two lowest in fifth 5.
#[must_use]
pub fn fifths(scores: &BTreeMap<String, f64>) -> BTreeMap<String, u8> {
    let mut highest_first: Vec<f64> = scores.values().copied().collect();
    highest_first.sort_by(|a, b| b.total_cmp(a));
    let count = highest_first.len().max(1);
    let fifth = |score: &f64| {
        let higher = highest_first.partition_point(|it| it > score);
        u8::try_from(higher * 5 / count + 1).unwrap_or(5).min(5)
    };
    scores
        .iter()
        .map(|(code, score)| (code.clone(), fifth(score)))
        .collect()
}

/// Reads the scores; nothing where they could not be read.
pub fn read(given: &Given, faults: &mut Faults) -> Option<Deprivation> {
    let mut scores: BTreeMap<String, (String, f64, u64)> = BTreeMap::new();
    let mut own = Faults::default();
    let file = read_table(given, &DEPRIVATION, &mut own, |row, faults| {
        if is_about_a_practice(row) {
            take_score(row, &mut scores, faults);
        }
    });
    if let Some(file) = &file
        && scores.is_empty()
        && own.is_empty()
    {
        let what = "has no score of deprivation of any practice";
        let hint = "from Fingertips, take the indicator Deprivation score (IMD) for GPs";
        own.add(Fault::of_file(file, what).hint(hint));
    }
    faults.append(own);
    let latest = scores.values().map(|(year, ..)| year.clone()).max();
    let year = latest.unwrap_or_default();
    let of_year = scores.into_iter().filter(|(_, (its, ..))| *its == year);
    Some(Deprivation {
        file: file?,
        scores: of_year.map(|(code, (_, score, _))| (code, score)).collect(),
        year,
    })
}

/// Whether a row of Fingertips is about deprivation and about a practice.
fn is_about_a_practice(row: &Row<'_>) -> bool {
    let area = row.text(column::AREA_TYPE).to_lowercase();
    let indicator = row.text(column::INDICATOR).to_lowercase();
    let is_practice = area.is_empty() || area.starts_with("gp") || area.contains("practice");
    let is_score =
        indicator.is_empty() || indicator.contains("deprivation") || indicator.contains("imd");
    is_practice && is_score
}

fn take_score(
    row: &Row<'_>,
    scores: &mut BTreeMap<String, (String, f64, u64)>,
    faults: &mut Faults,
) {
    let code = row.text(column::CODE).to_uppercase();
    if !is_code(&code) {
        faults.add(row.wrong(column::CODE, "is no practice code"));
        return;
    }
    let text = row.text(column::SCORE);
    if text.is_empty() {
        // Not known, which is no fault of the file's.
        return;
    }
    let score: Option<f64> = text.parse().ok();
    let Some(score) = score.filter(|score| (0.0..=100.0).contains(score)) else {
        faults.add(row.wrong(column::SCORE, "is no score from 0 to 100"));
        return;
    };
    let year = for_table(&row.text(column::YEAR));
    match scores.get(&code) {
        Some((known, _, _)) if *known > year => {}
        Some((known, other, first)) if *known == year && (other - score).abs() > 1e-9 => {
            let what = format!("{code} has another score in row {first}");
            faults.add(row.fault(column::SCORE, what));
        }
        _ => {
            scores.insert(code, (year, score, row.number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_scores_make_five_pairs() {
        let scores: BTreeMap<String, f64> = (0..10)
            .map(|rank| (format!("P{rank}"), f64::from(rank)))
            .collect();
        let fifths = fifths(&scores);
        assert_eq!(fifths["P9"], 1);
        assert_eq!(fifths["P8"], 1);
        assert_eq!(fifths["P7"], 2);
        assert_eq!(fifths["P0"], 5);
    }
}
