//! The finding in the title of the waiting list: what its weekly means do, in words to read aloud.

use super::{Figures, readable_people};
use crate::experiment::{Course, Part, course};
use crate::report::tables::week_begins;

/// Fewer people than this are almost nobody.
const ALMOST_NOBODY: f64 = 1.0;

/// A list that is never so many times as long as its mean, nor so many times shorter, stands.
const STANDS: f64 = 1.5;

impl Figures<'_> {
    /// What the list does, as a sentence.
    pub(super) fn finding_of_list(&self) -> String {
        match course(self.replications, self.model) {
            None => "The waiting list".to_owned(),
            Some(Course::Peak {
                from,
                top,
                week,
                to,
            }) => {
                let when = week_begins(self.model, week).strftime("%B %Y").to_string();
                peak([from, top, to], &when)
            }
            Some(Course::Change { from, to, part }) => changes(from, to, part),
            Some(Course::Level { mean, least, most }) => {
                let mean = self.mean("waiting_list_mean").unwrap_or(mean);
                stands(mean, least, most)
            }
        }
    }
}

fn peak([from, top, to]: [f64; 3], when: &str) -> String {
    format!(
        "The waiting list rises from {} to {} people in {when} and falls back to {}",
        people(from),
        readable_people(top),
        people(to)
    )
}

fn changes(from: f64, to: f64, part: Part) -> String {
    let way = if to > from { "grows" } else { "falls" };
    let part = match part {
        Part::Quarter => "quarter of the period",
        Part::Half => "half of the period",
        Part::Year => "year",
    };
    format!(
        "The waiting list {way} from {} in the first {part} to {} in the last, on average",
        people(from),
        people(to)
    )
}

/// What is said of a list that neither rises nor falls for sure.
fn stands(mean: f64, least: f64, most: f64) -> String {
    if most < ALMOST_NOBODY {
        return "Almost nobody waits on the list".to_owned();
    }
    let is_wide = (most - mean).max(mean - least) >= ALMOST_NOBODY
        && (most > STANDS * mean || mean > STANDS * least);
    match is_wide {
        true => format!(
            "The waiting list has {} people on average, between {} and {} from week to week",
            readable_people(mean),
            readable_people(least),
            readable_people(most)
        ),
        false => format!(
            "The waiting list stands at about {} people on average",
            readable_people(mean)
        ),
    }
}

fn people(people: f64) -> String {
    match people < ALMOST_NOBODY {
        true => "almost nobody".to_owned(),
        false => format!("{} people", readable_people(people)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_read_as_sentences() {
        assert_eq!(
            peak([0.5, 157.0, 20.0], "June 2027"),
            "The waiting list rises from almost nobody to 157 people in June 2027 and falls back to 20 people"
        );
        assert_eq!(
            changes(12.3, 3.81, Part::Half),
            "The waiting list falls from 12 people in the first half of the period to 3.81 people in the last, on average"
        );
        assert!(
            changes(3.0, 12.0, Part::Year)
                .starts_with("The waiting list grows from 3 people in the first year to 12")
        );
    }

    #[test]
    fn a_list_that_wanders_is_told_with_how_far() {
        assert_eq!(
            stands(22.0, 18.0, 26.0),
            "The waiting list stands at about 22 people on average"
        );
        assert_eq!(
            stands(22.0, 14.0, 30.0),
            "The waiting list has 22 people on average, between 14 and 30 from week to week"
        );
        assert_eq!(stands(0.4, 0.1, 0.9), "Almost nobody waits on the list");
        assert!(stands(0.4, 0.0, 2.64).ends_with("between 0 and 2.64 from week to week"));
    }
}
