//! How values are read: each [`Spec`] turns a tree into a typed value or reports why not.

use jiff::civil::Date;

use super::finding::Finding;
use super::kind::{Kind, Lengths, Range, grouped};
use super::nearest::nearest;
use super::node::{Node, Value};
use super::path::join;
use super::reader::{At, Reader, Table, Written};
use super::uncertain;

/// Keys that the user may choose in one table at most; each is held against the whole format.
const MOST_ENTRIES: usize = 10_000;

/// What a key may hold, and how it is read.
pub trait Spec {
    /// What it becomes.
    type Out;
    /// The description.
    fn kind(&self) -> Kind;
    /// Reads a value; `None` when it was refused, which is then reported.
    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Self::Out>;
}

/// A finite number in a range.
pub struct Number(pub Range);
/// A whole number between two, both included.
pub struct Whole(pub u64, pub u64);
/// One of some words, each with what it stands for.
pub struct Words<T: 'static>(pub &'static [(&'static str, T)]);
/// A date.
pub struct Day;
/// A list.
pub struct List<S>(pub S, pub Lengths);
/// A word that stands for `None`, or something else.
pub struct Or<S>(pub &'static str, pub S);
/// A table.
pub struct Nested<T>(pub std::marker::PhantomData<T>);
/// An array of at most so many tables.
pub struct Tables<T>(pub usize, pub std::marker::PhantomData<T>);
/// A table whose keys the user chooses; the word says what the keys are.
pub struct Map<S>(pub &'static str, pub S);

/// A table declared by `table!`.
#[must_use]
pub const fn nested<T: Table>() -> Nested<T> {
    Nested(std::marker::PhantomData)
}

/// At most `most` tables declared by `table!`.
#[must_use]
pub const fn tables<T: Table>(most: usize) -> Tables<T> {
    Tables(most, std::marker::PhantomData)
}

/// The number that a text with a pound or per cent sign, or with commas, stands for.
fn meant(text: &str) -> Option<String> {
    let text = text.trim();
    let (number, factor) = match text.strip_suffix('%') {
        Some(number) => (number, 0.01),
        None => (text, 1.0),
    };
    let plain = without_commas(&number.replace(['£', '_', ' '], ""))?;
    let is_decorated = plain != text;
    let digits = plain.bytes().any(|it| it.is_ascii_digit());
    let value = plain.parse::<f64>().ok()? * factor;
    // Ten digits are more than a person has typed by mistake, and keep what is echoed short.
    let value = (value * 1e6).round() / 1e6;
    (is_decorated && digits && plain.len() <= 10).then(|| value.to_string())
}

/// A number without the commas that set thousands apart, or with a point in place of one that stands for it;
/// `None` where it may be either or neither.
fn without_commas(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(',').unwrap_or((text, ""));
    let is_digits = |part: &str| part.bytes().all(|it| it.is_ascii_digit());
    let whole = rest.split_once('.').map_or(rest, |(whole, _)| whole);
    let are_thousands = whole
        .split(',')
        .all(|group| group.len() == 3 && is_digits(group));
    match () {
        () if rest.is_empty() => Some(text.to_owned()).filter(|it| !it.contains(',')),
        () if are_thousands => Some(text.replace(',', "")),
        () if is_digits(rest) => Some(format!("{first}.{rest}")),
        () => None,
    }
}

/// Reports that a value is not of the right kind.
pub fn refuse_kind(node: &Node, path: &str, kind: &Kind, reader: &mut Reader<'_>) {
    let finding = Finding::new(node.place, path, "is of the wrong kind");
    let finding = finding.found_value(node).allowed(kind.allowed());
    let is_list = matches!(kind, Kind::List(..) | Kind::Either(_));
    reader.findings.add(match (&node.value, is_list) {
        (Value::Text(text), false) if text.trim().parse::<f64>().is_ok() => {
            finding.hint("write the number without quotes")
        }
        (Value::Text(text), false) if meant(text).is_some() => {
            let number = meant(text).unwrap_or_default();
            finding.hint(format!("write {number}, without quotes, signs and commas"))
        }
        (Value::Text(text), _) if text.trim().parse::<Date>().is_ok() => {
            finding.hint("write the date without quotes")
        }
        _ => finding,
    });
}

/// Reports that a value of the right kind is not among those allowed.
pub fn refuse_range(node: &Node, path: &str, kind: &Kind, reader: &mut Reader<'_>) {
    let finding = Finding::new(node.place, path, "is out of range");
    reader
        .findings
        .add(finding.found_value(node).allowed(kind.allowed()));
}

impl Spec for Number {
    type Out = f64;

    fn kind(&self) -> Kind {
        Kind::Number(self.0)
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<f64> {
        match node.value {
            // Adding zero turns -0 into 0.
            Value::Number { value, .. } if self.0.holds(value) => Some(value + 0.0),
            Value::Number { .. } => {
                refuse_range(node, path, &self.kind(), reader);
                None
            }
            _ => {
                refuse_kind(node, path, &self.kind(), reader);
                None
            }
        }
    }
}

impl Spec for Whole {
    type Out = u64;

    fn kind(&self) -> Kind {
        Kind::Whole(self.0, self.1)
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<u64> {
        let Value::Number { whole, .. } = node.value else {
            refuse_kind(node, path, &self.kind(), reader);
            return None;
        };
        let count = whole.and_then(|whole| u64::try_from(whole).ok());
        let count = count.filter(|count| (self.0..=self.1).contains(count));
        if count.is_none() {
            refuse_range(node, path, &self.kind(), reader);
        }
        count
    }
}

impl<T: Copy> Spec for Words<T> {
    type Out = T;

    fn kind(&self) -> Kind {
        Kind::Words(self.0.iter().map(|(word, _)| *word).collect())
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<T> {
        let Some(text) = node.text() else {
            refuse_kind(node, path, &self.kind(), reader);
            return None;
        };
        let meant = self.0.iter().find(|(word, _)| *word == text);
        if meant.is_none() {
            let right = nearest(text, self.0.iter().map(|(word, _)| *word));
            let finding = Finding::new(node.place, path, "is none of the allowed words");
            let finding = finding.found_value(node).allowed(self.kind().allowed());
            reader.findings.add(finding.did_you_mean(right));
        }
        meant.map(|(_, value)| *value)
    }
}

impl Spec for Day {
    type Out = Date;

    fn kind(&self) -> Kind {
        Kind::Date
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Date> {
        match node.value {
            Value::Date(date) => Some(date),
            _ => {
                refuse_kind(node, path, &self.kind(), reader);
                None
            }
        }
    }
}

impl<S: Spec> Spec for List<S> {
    type Out = Vec<S::Out>;

    fn kind(&self) -> Kind {
        Kind::List(Box::new(self.0.kind()), self.1)
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Self::Out> {
        let Some(items) = node.items() else {
            refuse_kind(node, path, &self.kind(), reader);
            return None;
        };
        if !self.1.hold(items.len()) {
            refuse_range(node, path, &self.kind(), reader);
            return None;
        }
        let mut read = Vec::with_capacity(items.len());
        for (index, item) in items.iter().enumerate() {
            let path = join(path, &index.to_string());
            let settled = uncertain::settled(reader, item, &path, &|| self.0.kind());
            read.extend(settled.and_then(|item| self.0.read(&item, &path, reader)));
        }
        (read.len() == items.len()).then_some(read)
    }
}

impl<S: Spec> Spec for Or<S> {
    type Out = Option<S::Out>;

    fn kind(&self) -> Kind {
        Kind::Either(vec![Kind::Words(vec![self.0]), self.1.kind()])
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Self::Out> {
        match &node.value {
            Value::Text(text) if text == self.0 => Some(None),
            Value::Text(text) => {
                let finding = Finding::new(node.place, path, "is of the wrong kind");
                let finding = finding.found_value(node).allowed(self.kind().allowed());
                let right = nearest(text, [self.0]);
                reader.findings.add(match self.1.kind() {
                    Kind::List(..) if right.is_none() => {
                        finding.hint("write one name as a list of one, in [ ]")
                    }
                    _ => finding.did_you_mean(right),
                });
                None
            }
            _ => self.1.read(node, path, reader).map(Some),
        }
    }
}

impl<T: Table> Spec for Nested<T> {
    type Out = T;

    fn kind(&self) -> Kind {
        Kind::Table(T::describe)
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<T> {
        reader.table(node, path)
    }
}

impl<T: Table> Spec for Tables<T> {
    type Out = Vec<T>;

    fn kind(&self) -> Kind {
        Kind::Tables(T::describe, self.0)
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Vec<T>> {
        let Some(items) = node.items() else {
            let finding = Finding::new(node.place, path, "is not an array of tables");
            let hint = format!("head each of its tables with [[{path}]]");
            reader.findings.add(finding.found_value(node).hint(hint));
            return None;
        };
        if items.len() > self.0 {
            refuse_range(node, path, &self.kind(), reader);
            return None;
        }
        reader.tables.insert(path.to_owned(), items.len());
        let read = items.iter().enumerate();
        let read =
            read.filter_map(|(index, item)| reader.table(item, &join(path, &index.to_string())));
        Some(read.collect())
    }
}

impl<S: Spec> Spec for Map<S> {
    type Out = Vec<(Written<String>, S::Out)>;

    fn kind(&self) -> Kind {
        Kind::Map(self.0, Box::new(self.1.kind()))
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Self::Out> {
        let Some(entries) = node.entries() else {
            refuse_kind(node, path, &self.kind(), reader);
            return None;
        };
        if entries.len() > MOST_ENTRIES {
            let finding = Finding::new(node.place, path, "has too many keys");
            let finding = finding.found(entries.len().to_string());
            let most = grouped(MOST_ENTRIES as f64);
            reader
                .findings
                .add(finding.allowed(format!("at most {most}")));
            return None;
        }
        let mut read = Vec::with_capacity(entries.len());
        for entry in entries {
            let path = join(path, &entry.key);
            let settled = uncertain::settled(reader, &entry.node, &path, &|| self.1.kind());
            if let Some(value) = settled.and_then(|node| self.1.read(&node, &path, reader)) {
                let at = At {
                    place: entry.key_place,
                    path,
                };
                let key = Written {
                    value: entry.key.clone(),
                    at,
                };
                read.push((key, value));
            }
        }
        (read.len() == entries.len()).then_some(read)
    }
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_comma_is_read_as_whoever_typed_it_meant() {
        let cases = [
            ("1,5", Some("1.5")),
            ("0,05", Some("0.05")),
            ("42,575", Some("42575")),
            ("£1,042,575.50", Some("1042575.5")),
            ("5%", Some("0.05")),
            ("1,5,2", None),
            ("1,50.5", None),
            ("12", None),
        ];
        for (typed, wanted) in cases {
            assert_eq!(meant(typed).as_deref(), wanted, "{typed}");
        }
    }
}
