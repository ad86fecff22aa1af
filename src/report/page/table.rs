//! Tables of the page: what a cell shows, the exact value behind it, and where in the files that
//! stands.

use super::markup::{Attribute, Markup};
use crate::experiment::SummaryRow;
use crate::measure::Unit;
use crate::report::answer::show;
use crate::report::number::for_file;
use crate::stats::Estimate;

/// What is written where there is no value.
pub(super) const NONE: &str = "–";

/// Where in the files the numbers of a table, a column or a row stand. What a row says goes before
/// what its column says, and that before what the table says.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// Values of columns of the file by which its row is found: `scope`, `practice`.
    pub(super) keys: Vec<(&'static str, String)>,
    /// The column of the file with the value; the mean where nothing is said.
    pub(super) field: Option<&'static str>,
    /// The columns with the ends of the interval; those of the 95% interval where nothing is said.
    pub(super) ends: Option<&'static str>,
}

impl Place {
    /// Found by these columns.
    pub(super) fn by(keys: &[(&'static str, &str)]) -> Self {
        let own = keys.iter().map(|(key, value)| (*key, (*value).to_owned()));
        Self {
            keys: own.collect(),
            ..Self::default()
        }
    }

    /// The PCN under this option, whatever the measure.
    pub(super) fn of_pcn(option: &str) -> Self {
        Self::by(&[("option", option), ("scope", "pcn"), ("name", "PCN")])
    }

    /// Found by this column too.
    pub(super) fn and(mut self, key: &'static str, value: &str) -> Self {
        self.keys.push((key, value.to_owned()));
        self
    }

    /// In another column than the mean.
    pub(super) const fn in_field(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    /// With its ends in other columns.
    pub(super) const fn between(mut self, ends: &'static str) -> Self {
        self.ends = Some(ends);
        self
    }

    pub(super) fn attributes(&self) -> Vec<(String, &str)> {
        let keys = self.keys.iter();
        let keys = keys.map(|(key, value)| (format!("data-{key}"), value.as_str()));
        let field = self.field.map(|it| ("data-field".to_owned(), it));
        let ends = self.ends.map(|it| ("data-ends".to_owned(), it));
        keys.chain(field).chain(ends).collect()
    }
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Its `id`.
    pub(super) id: String,
    /// What it shows, as a sentence.
    pub(super) caption: String,
    /// The file that has its numbers exactly; nothing where it holds words.
    pub(super) file: Option<&'static str>,
    /// Where in the file.
    pub(super) place: Place,
    /// The columns; the first is of names.
    pub(super) columns: Vec<Column>,
    /// The rows.
    pub(super) rows: Vec<Row>,
    /// What must be known to read it.
    pub(super) note: String,
}

/// A column.
#[derive(Clone, Debug, Default)]
pub(super) struct Column {
    /// Its heading.
    pub(super) heading: String,
    /// Where its numbers stand.
    pub(super) place: Place,
    /// Whether it holds numbers, which stand at the right.
    pub(super) is_number: bool,
}

impl Column {
    /// A column of words.
    pub(super) fn of_words(heading: &str) -> Self {
        Self {
            heading: heading.to_owned(),
            ..Self::default()
        }
    }

    /// A column of numbers.
    pub(super) fn of_numbers(heading: &str, place: Place) -> Self {
        Self {
            heading: heading.to_owned(),
            place,
            is_number: true,
        }
    }
}

/// A row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// What it is about.
    pub(super) name: String,
    /// Where its numbers stand.
    pub(super) place: Place,
    /// Its cells, without the name.
    pub(super) cells: Vec<Cell>,
}

/// A cell.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    /// Words.
    Words(String),
    /// A number of the file.
    Number(Number),
    /// A number of the file, of the point of a study with this number.
    OfPoint(Number, String),
    /// A number that is an input, not a result.
    Input(String, f64),
    /// No value.
    Nothing,
}

/// A number as it is shown and as it is.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// As shown.
    pub(super) shown: String,
    /// Exactly.
    pub(super) exact: f64,
    /// The ends of its interval: as shown, and exactly.
    pub(super) ends: Option<(String, f64, f64)>,
}

impl Cell {
    /// The mean of a measure, with its interval if there is one.
    pub(super) fn of(row: Option<&SummaryRow>) -> Self {
        let found = row.and_then(|row| Some((row.column.unit(), row.estimate?)));
        found.map_or(Self::Nothing, |(unit, estimate)| {
            Self::of_estimate(&estimate, |value| show(unit, value))
        })
    }

    /// The mean of a measure without its interval.
    pub(super) fn bare(row: Option<&SummaryRow>) -> Self {
        let found = row.and_then(|row| Some((row.column.unit(), row.mean()?)));
        found.map_or(Self::Nothing, |(unit, mean)| {
            Self::value(mean, show(unit, mean))
        })
    }

    /// A mean with its interval.
    pub(super) fn of_estimate(estimate: &Estimate, write: impl Fn(f64) -> String) -> Self {
        let ends = estimate.low.zip(estimate.high);
        Self::Number(Number {
            shown: write(estimate.mean),
            exact: estimate.mean,
            ends: ends.map(|(low, high)| (range(&write(low), &write(high)), low, high)),
        })
    }

    /// A value without an interval.
    pub(super) const fn value(exact: f64, shown: String) -> Self {
        Self::Number(Number {
            shown,
            exact,
            ends: None,
        })
    }

    /// A value that may be missing.
    pub(super) fn optional(unit: Unit, value: Option<f64>) -> Self {
        value.map_or(Self::Nothing, |it| Self::value(it, show(unit, it)))
    }

    fn write(&self, into: &mut Markup) {
        match self {
            Self::Words(words) => into.with_text("td", &[], words),
            Self::Nothing => into.with_text("td", &[("class", "n")], NONE),
            Self::Input(shown, exact) => {
                let exact = for_file(*exact);
                into.with_text("td", &[("class", "n"), ("data-i", &exact)], shown);
            }
            Self::Number(number) => number.write(None, into),
            Self::OfPoint(number, point) => number.write(Some(point), into),
        }
    }
}

impl Number {
    fn write(&self, point: Option<&str>, into: &mut Markup) {
        let exact = for_file(self.exact);
        let ends = self
            .ends
            .as_ref()
            .map(|(shown, low, high)| (shown, for_file(*low), for_file(*high)));
        let mut attributes: Vec<Attribute> = vec![("class", "n"), ("data-v", &exact)];
        if let Some((_, low, high)) = &ends {
            attributes.extend([("data-l", low.as_str()), ("data-h", high.as_str())]);
        }
        attributes.extend(point.map(|it| ("data-point", it)));
        into.open("td", &attributes);
        into.text(&self.shown);
        if let Some((shown, ..)) = &ends {
            into.raw(" ");
            into.with_text("small", &[], shown);
        }
        into.close("td");
    }
}

/// "270 to 350".
pub(super) fn range(low: &str, high: &str) -> String {
    format!("{low} to {high}")
}

impl Table {
    /// Writes it, in a place of its own that can be moved sideways where it is wider than the page.
    pub(super) fn write(&self, into: &mut Markup) {
        if self.rows.is_empty() {
            return;
        }
        let caption = format!("{}-caption", self.id);
        let label: [Attribute; 4] = [
            ("class", "sideways"),
            ("role", "region"),
            ("aria-labelledby", &caption),
            ("tabindex", "0"),
        ];
        into.open("div", &label);
        self.head(&caption, into);
        into.open("tbody", &[]);
        for row in &self.rows {
            row.write(into);
        }
        into.close("tbody");
        into.close("table");
        into.close("div");
        let is_said = self.note.contains(".csv");
        let exactly = self.file.filter(|_| !is_said);
        let exactly = exactly.map(|file| format!("Exactly in {file}."));
        let notes = [self.note.clone(), exactly.unwrap_or_default()];
        let note = notes.join(" ");
        if !note.trim().is_empty() {
            into.with_prose("p", &[("class", "note")], note.trim());
        }
    }

    fn head(&self, caption: &str, into: &mut Markup) {
        let own = self.place.attributes();
        let mut attributes: Vec<Attribute> = vec![("id", &self.id)];
        attributes.extend(self.file.map(|file| ("data-file", file)));
        attributes.extend(own.iter().map(|(name, value)| (name.as_str(), *value)));
        into.open("table", &attributes);
        into.with_text("caption", &[("id", caption)], &self.caption);
        into.open("thead", &[]);
        into.open("tr", &[]);
        for column in &self.columns {
            let own = column.place.attributes();
            let mut attributes: Vec<Attribute> = vec![("scope", "col")];
            attributes.extend(column.is_number.then_some(("class", "n")));
            attributes.extend(own.iter().map(|(name, value)| (name.as_str(), *value)));
            into.with_text("th", &attributes, &column.heading);
        }
        into.close("tr");
        into.close("thead");
    }
}

impl Row {
    fn write(&self, into: &mut Markup) {
        let own = self.place.attributes();
        let own: Vec<Attribute> = own
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        into.open("tr", &own);
        into.open("th", &[("scope", "row")]);
        match self.name.contains(' ') {
            true => into.text(&self.name),
            false => into.key(&self.name),
        }
        into.close("th");
        for cell in &self.cells {
            cell.write(into);
        }
        into.close("tr");
    }
}
