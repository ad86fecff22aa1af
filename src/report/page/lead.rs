//! The key figures at the head of the page: few, large, and each with how sure it is.

use super::markup::{Attribute, Markup};
use super::table::{Number, Place, range};
use crate::experiment::SummaryRow;
use crate::report::answer::show;
use crate::report::number::for_file;

/// A key figure.
#[derive(Clone, Debug)]
pub(super) struct Key {
    /// What it is.
    pub(super) label: String,
    /// The figure.
    pub(super) figure: Figure,
    /// What else is said of it.
    pub(super) more: Vec<String>,
}

/// What a key figure shows.
#[derive(Clone, Debug)]
pub(super) enum Figure {
    /// A number of a file, and where it stands; with the points of its spread.
    Number(Number, Place, Option<[f64; 2]>),
    /// Words.
    Words(String),
}

impl Key {
    /// The mean of a measure, its 95% interval and its spread over runs; `None` where it has none.
    pub(super) fn of(label: &str, row: Option<&SummaryRow>, place: Place) -> Option<Self> {
        let (row, estimate) = (row?, row?.estimate?);
        let write = |value: f64| show(row.column.unit(), value);
        let ends = estimate.low.zip(estimate.high);
        let spread = row
            .spread
            .filter(|_| estimate.n > 1)
            .map(|it| [it[0], it[2]]);
        let mut more = Vec::new();
        more.extend(
            ends.map(|(low, high)| format!("95% interval {}", range(&write(low), &write(high)))),
        );
        more.extend(
            spread.map(|[low, high]| format!("8 in 10 runs {}", range(&write(low), &write(high)))),
        );
        if ends.is_none() {
            more.push("one run gives no interval".to_owned());
        }
        let number = Number {
            shown: write(estimate.mean),
            exact: estimate.mean,
            ends: ends.map(|(low, high)| (String::new(), low, high)),
        };
        Some(Self {
            label: label.to_owned(),
            figure: Figure::Number(number, place, spread),
            more,
        })
    }

    /// A key figure in words.
    pub(super) fn of_words(label: &str, words: String, more: Vec<String>) -> Self {
        Self {
            label: label.to_owned(),
            figure: Figure::Words(words),
            more,
        }
    }

    /// Writes it as a term and what is said of it.
    pub(super) fn write(&self, into: &mut Markup) {
        into.open("div", &[]);
        into.with_text("dt", &[], &self.label);
        match &self.figure {
            Figure::Words(words) => into.with_text("dd", &[("class", "big")], words),
            Figure::Number(number, place, spread) => write_number(number, place, *spread, into),
        }
        for more in &self.more {
            into.with_text("dd", &[], more);
        }
        into.close("div");
    }
}

fn write_number(number: &Number, place: &Place, spread: Option<[f64; 2]>, into: &mut Markup) {
    let exact = for_file(number.exact);
    let ends = number
        .ends
        .as_ref()
        .map(|(_, low, high)| [for_file(*low), for_file(*high)]);
    let spread = spread.map(|it| it.map(for_file));
    let own = place.attributes();
    let mut attributes: Vec<Attribute> = vec![("class", "big"), ("data-v", &exact)];
    if let Some([low, high]) = &ends {
        attributes.extend([("data-l", low.as_str()), ("data-h", high.as_str())]);
    }
    if let Some([low, high]) = &spread {
        attributes.extend([("data-p10", low.as_str()), ("data-p90", high.as_str())]);
    }
    attributes.extend(own.iter().map(|(name, value)| (name.as_str(), *value)));
    into.with_text("dd", &attributes, &number.shown);
}
