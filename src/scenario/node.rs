//! The scenario as a tree of values that know where they were written.
//!
//! The tree stands between TOML and the typed file so that overrides, `like` and presets can change
//! it before anything is checked. It knows no key.

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use super::text::quoted;

/// Where something was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Nowhere in particular: the file as a whole, or a text of the program's own.
    Whole,
    /// From this byte of the file to before that one.
    File(usize, usize),
    /// In the override of this number.
    Override(usize),
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Where the value was written; for a table with a header, the header.
    pub place: Place,
    /// The value.
    pub value: Value,
}

/// A TOML value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A string.
    Text(String),
    /// An integer or a float.
    Number {
        /// As a float.
        value: f64,
        /// As an integer, if it is whole.
        whole: Option<i64>,
        /// As written.
        written: String,
    },
    /// A boolean.
    Truth(bool),
    /// A date without a time.
    Date(Date),
    /// A time, or a date with one, as written.
    Moment(String),
    /// An array.
    List(Vec<Node>),
    /// A table, in the order of the file.
    Table(Vec<Entry>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key was written.
    pub key_place: Place,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// A table without keys.
    #[must_use]
    pub const fn empty_table(place: Place) -> Self {
        Self {
            place,
            value: Value::Table(Vec::new()),
        }
    }

    /// A number that was computed. It is kept to 12 digits, so that 80 x 1.1 is the whole number 88.
    #[must_use]
    pub fn of_number(place: Place, value: f64) -> Self {
        let value = format!("{value:.11e}").parse().unwrap_or(value);
        Self {
            place,
            value: number(value, whole_of(value), format!("{value}")),
        }
    }

    /// The tree of a parsed document.
    #[must_use]
    pub fn of_document(table: &DeTable<'_>, place_of: &dyn Fn(usize, usize) -> Place) -> Self {
        Self {
            place: Place::Whole,
            value: table_value(table, place_of),
        }
    }

    /// The tree of a parsed value. `place_of` says what a range of bytes stands for.
    #[must_use]
    pub fn of_value(
        value: &Spanned<DeValue<'_>>,
        place_of: &dyn Fn(usize, usize) -> Place,
    ) -> Self {
        let span = value.span();
        let typed = match value.get_ref() {
            DeValue::String(text) => Value::Text(text.clone().into_owned()),
            DeValue::Integer(it) => {
                let whole = i64::from_str_radix(it.as_str(), it.radix()).ok();
                // An integer beyond 64 bits is no number: no range holds NaN.
                let value = whole.map_or(f64::NAN, |whole| whole as f64);
                number(value, whole, it.to_string())
            }
            DeValue::Float(it) => {
                let value = it.as_str().parse().unwrap_or(f64::NAN);
                number(value, whole_of(value), it.to_string())
            }
            DeValue::Boolean(truth) => Value::Truth(*truth),
            DeValue::Datetime(moment) => date_value(moment),
            DeValue::Array(list) => Value::List(
                list.iter()
                    .map(|item| Self::of_value(item, place_of))
                    .collect(),
            ),
            DeValue::Table(table) => table_value(table, place_of),
        };
        Self {
            place: place_of(span.start, span.end),
            value: typed,
        }
    }

    /// The entries, if this is a table.
    #[must_use]
    pub fn entries(&self) -> Option<&[Entry]> {
        match &self.value {
            Value::Table(entries) => Some(entries),
            _ => None,
        }
    }

    /// The entry of a key, if this is a table that has it.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries()?.iter().find(|entry| entry.key == key)
    }

    /// The value of a key, if this is a table that has it.
    #[must_use]
    pub fn child(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.node)
    }

    /// The value of a key, to be changed.
    pub fn child_mut(&mut self, key: &str) -> Option<&mut Self> {
        match &mut self.value {
            Value::Table(entries) => {
                let entry = entries.iter_mut().find(|entry| entry.key == key);
                entry.map(|entry| &mut entry.node)
            }
            _ => None,
        }
    }

    /// Takes the entry of a key out, if this is a table that has it.
    pub fn forget(&mut self, key: &str) {
        if let Value::Table(entries) = &mut self.value {
            entries.retain(|entry| entry.key != key);
        }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn items(&self) -> Option<&[Self]> {
        match &self.value {
            Value::List(items) => Some(items),
            _ => None,
        }
    }

    /// The value as a file would say it, on one line.
    #[must_use]
    pub fn written(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("\"{text}\""),
            Value::Number { written, .. } | Value::Moment(written) => written.clone(),
            Value::Truth(truth) => truth.to_string(),
            Value::Date(date) => date.to_string(),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(Self::written).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Table(entries) => {
                let entries = entries.iter();
                let entries = entries.map(|it| format!("{} = {}", it.key, it.node.written()));
                format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// What was found, in a few words.
    #[must_use]
    pub fn found(&self) -> String {
        match &self.value {
            Value::Text(text) => quoted(&format!("\"{text}\"")),
            Value::Number { written, .. } => quoted(written),
            Value::Truth(truth) => truth.to_string(),
            Value::Date(date) => format!("the date {date}"),
            Value::Moment(written) => format!("the time {written}"),
            Value::List(items) if items.len() == 1 => "a list of one".to_owned(),
            Value::List(items) => format!("a list of {}", items.len()),
            Value::Table(_) => "a table".to_owned(),
        }
    }

    /// Values in this tree, itself included.
    #[must_use]
    pub fn size(&self) -> usize {
        match &self.value {
            Value::List(items) => 1 + items.iter().map(Self::size).sum::<usize>(),
            Value::Table(entries) => 1 + entries.iter().map(|e| e.node.size()).sum::<usize>(),
            _ => 1,
        }
    }
}

const fn number(value: f64, whole: Option<i64>, written: String) -> Value {
    Value::Number {
        value,
        whole,
        written,
    }
}

/// A float as an integer if it is one, up to where floats still tell integers apart.
fn whole_of(value: f64) -> Option<i64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_whole = value.abs() <= EXACT && value.fract().abs() <= 0.0;
    is_whole.then_some(value as i64)
}

fn date_value(moment: &Datetime) -> Value {
    let date = match moment {
        Datetime {
            date: Some(date),
            time: None,
            offset: None,
        } => Date::new(date.year as i16, date.month as i8, date.day as i8).ok(),
        _ => None,
    };
    date.map_or_else(|| Value::Moment(moment.to_string()), Value::Date)
}

/// The entries of a table in the order in which they were written.
fn table_value(table: &DeTable<'_>, place_of: &dyn Fn(usize, usize) -> Place) -> Value {
    let mut entries: Vec<(usize, Entry)> = table
        .iter()
        .map(|(key, value)| {
            let span = key.span();
            let entry = Entry {
                key: key.get_ref().clone().into_owned(),
                key_place: place_of(span.start, span.end),
                node: Node::of_value(value, place_of),
            };
            (span.start, entry)
        })
        .collect();
    entries.sort_by_key(|(start, _)| *start);
    Value::Table(entries.into_iter().map(|(_, entry)| entry).collect())
}
