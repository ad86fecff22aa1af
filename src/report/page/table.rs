//! Tables of the page: what a cell shows, the exact value behind it, and where in the files that
//! stands.

use super::markup::{Attribute, Markup, longest_word};
use crate::experiment::SummaryRow;
use crate::measure::Unit;
use crate::report::answer::show;
use crate::report::number::for_file;
use crate::stats::Estimate;

/// Letters that a line of a table has room for on paper.
const PAPER: usize = 96;
/// Columns of words from which on each row becomes a block where the screen is narrow.
const MANY_WORDS: usize = 4;
/// Letters of the names at the left of a table, at least.
const NAMES: usize = 10;

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
    /// Words in short, and the whole of them for whoever asks.
    Long(String, String),
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

    /// What is shown of it at least.
    const fn shown(&self) -> &str {
        match self {
            Self::Words(words) | Self::Long(words, _) | Self::Input(words, _) => words.as_str(),
            Self::Number(number) | Self::OfPoint(number, _) => number.shown.as_str(),
            Self::Nothing => NONE,
        }
    }

    /// Writes it, with these attributes besides its own.
    fn write(&self, label: &[Attribute], into: &mut Markup) {
        match self {
            Self::Words(words) => into.with_words("td", label, words),
            Self::Long(short, whole) => long(label, short, whole, into),
            Self::Nothing => into.with_text("td", &both(&[("class", "n")], label), NONE),
            Self::Input(shown, exact) => {
                let exact = for_file(*exact);
                into.with_words(
                    "td",
                    &both(&[("class", "n"), ("data-i", &exact)], label),
                    shown,
                );
            }
            Self::Number(number) => number.write(None, label, into),
            Self::OfPoint(number, point) => number.write(Some(point), label, into),
        }
    }
}

/// These attributes and those.
fn both<'a>(own: &[Attribute<'a>], more: &[Attribute<'a>]) -> Vec<Attribute<'a>> {
    [own, more].concat()
}

/// A cell with words in short; the whole of them opens below.
fn long(attributes: &[Attribute], short: &str, whole: &str, into: &mut Markup) {
    into.open("td", attributes);
    into.words(short);
    into.open("details", &[]);
    into.with_text("summary", &[], "All of them");
    into.with_words("div", &[], whole);
    into.close("details");
    into.close("td");
}

impl Number {
    fn write(&self, point: Option<&str>, label: &[Attribute], into: &mut Markup) {
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
        attributes.extend(label);
        into.open("td", &attributes);
        into.words(&self.shown);
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
        let headings = self.columns.iter().skip(1);
        let headings: Vec<&str> = headings.map(|it| it.heading.as_str()).collect();
        for row in &self.rows {
            row.write(self.form().map(|_| headings.as_slice()), into);
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

    /// How its rows become blocks, in which each cell says its heading; nothing where they never do.
    fn form(&self) -> Option<&'static str> {
        let is_of_words = !self.columns.iter().any(|it| it.is_number);
        match self.letters() > PAPER {
            _ if is_of_words && self.columns.len() >= MANY_WORDS => Some("blocks"),
            true => Some("flows"),
            false => None,
        }
    }

    /// Letters that its columns need side by side, each as wide as its longest word.
    fn letters(&self) -> usize {
        let columns = self.columns.iter().enumerate().map(|(at, column)| {
            let inside = self.rows.iter().filter_map(|row| match at.checked_sub(1) {
                None => Some(row.name.as_str()),
                Some(at) => row.cells.get(at).map(Cell::shown),
            });
            let texts = inside.chain(std::iter::once(column.heading.as_str()));
            1 + texts.map(longest_word).max().unwrap_or_default()
        });
        NAMES.max(columns.clone().next().unwrap_or_default()) + columns.skip(1).sum::<usize>()
    }

    fn head(&self, caption: &str, into: &mut Markup) {
        let own = self.place.attributes();
        let mut attributes: Vec<Attribute> = vec![("id", &self.id)];
        attributes.extend(self.form().map(|form| ("class", form)));
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
            into.with_words("th", &attributes, &column.heading);
        }
        into.close("tr");
        into.close("thead");
    }
}

impl Row {
    /// Writes it; where it may become a block, each cell says its heading.
    fn write(&self, headings: Option<&[&str]>, into: &mut Markup) {
        let own = self.place.attributes();
        let own: Vec<Attribute> = own
            .iter()
            .map(|(name, value)| (name.as_str(), *value))
            .collect();
        into.open("tr", &own);
        into.open("th", &[("scope", "row")]);
        match self.name.contains(' ') {
            true => into.words(&self.name),
            false => into.key(&self.name),
        }
        into.close("th");
        for (at, cell) in self.cells.iter().enumerate() {
            let heading = headings.and_then(|it| it.get(at));
            let label = heading.map(|it| ("data-label", *it));
            cell.write(label.as_slice(), into);
        }
        into.close("tr");
    }
}
