//! How text is read: names, codes, free text, times of day and financial years.

use super::finding::Finding;
use super::kind::Kind;
use super::node::Node;
use super::reader::{At, Reader, Written};
use super::spec::{Spec, refuse_kind, refuse_range};
use super::text::{holds_nhs_number, is_unprintable};
use crate::model::time::SECONDS_PER_HOUR;
use crate::model::{FinancialYear, SimDuration};

/// Longest name, in characters.
pub const LONGEST_NAME: usize = 200;

/// A name, with its place so that it can be looked up later.
pub struct Name;
/// An ODS code, with its place.
pub struct Code;
/// Text of at most so many characters.
pub struct Text(pub usize);
/// A time of day, as a duration from midnight.
pub struct Time;
/// A financial year: `2026/27`.
pub struct Year;

impl Spec for Name {
    type Out = Written<String>;

    fn kind(&self) -> Kind {
        Kind::Name
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Self::Out> {
        read_text(node, path, &self.kind(), fault_of_name, reader)
    }
}

impl Spec for Text {
    type Out = Written<String>;

    fn kind(&self) -> Kind {
        Kind::Text(self.0)
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Self::Out> {
        // Free text may have several lines.
        let is_right = |text: &str| fault_of(&text.replace(['\n', '\r'], " "), self.0);
        read_text(node, path, &self.kind(), is_right, reader)
    }
}

impl Spec for Code {
    type Out = Written<String>;

    fn kind(&self) -> Kind {
        Kind::Code
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<Self::Out> {
        let written = read_text(node, path, &self.kind(), fault_of_name, reader)?;
        let code = written.value.as_bytes();
        let is_code = (3..=12).contains(&code.len()) && code.iter().all(u8::is_ascii_alphanumeric);
        if !is_code {
            refuse_range(node, path, &self.kind(), reader);
        }
        is_code.then_some(written)
    }
}

/// Text that may go into tables, workbooks and file names; whatever else is refused and reported.
fn read_text(
    node: &Node,
    path: &str,
    kind: &Kind,
    fault: impl Fn(&str) -> Option<&'static str>,
    reader: &mut Reader<'_>,
) -> Option<Written<String>> {
    let Some(text) = node.text() else {
        refuse_kind(node, path, kind, reader);
        return None;
    };
    if let Some(what) = fault(text) {
        let finding = Finding::new(node.place, path, what).allowed(kind.allowed());
        reader.findings.add(match what {
            HOLDS_NHS_NUMBER => finding.hint("names are of roles and places, never of people"),
            _ => finding.found_value(node),
        });
        return None;
    }
    let at = At {
        place: node.place,
        path: path.to_owned(),
    };
    Some(Written {
        value: text.to_owned(),
        at,
    })
}

/// With what a spreadsheet takes a text for a formula; some take the wide forms too.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

const HOLDS_NHS_NUMBER: &str = "holds what looks like an NHS number";

/// What is wrong with a name, if anything.
pub fn fault_of_name(name: &str) -> Option<&'static str> {
    let is_trimmed = name.trim() == name;
    let fault = (!is_trimmed).then_some("begins or ends with a blank");
    fault_of(name, LONGEST_NAME).or(fault)
}

/// What is wrong with a text of at most so many characters, if anything.
fn fault_of(text: &str, most: usize) -> Option<&'static str> {
    if text.trim().is_empty() {
        Some("is empty")
    } else if text.chars().count() > most {
        Some("is too long")
    } else if text.chars().any(is_unprintable) {
        Some("holds a control character")
    } else if text.trim_start().starts_with(FORMULA) {
        Some("begins with = + - or @, which a spreadsheet would read as a formula")
    } else if holds_nhs_number(text) {
        Some(HOLDS_NHS_NUMBER)
    } else {
        None
    }
}

impl Spec for Time {
    type Out = SimDuration;

    fn kind(&self) -> Kind {
        Kind::Time
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<SimDuration> {
        let Some(text) = node.text() else {
            refuse_kind(node, path, &self.kind(), reader);
            return None;
        };
        let time = time_of(text);
        if time.is_none() {
            refuse_range(node, path, &self.kind(), reader);
        }
        time
    }
}

/// `08:30` as a duration from midnight, `24:00` included.
fn time_of(text: &str) -> Option<SimDuration> {
    let two_digits = |text: &str| -> Option<u64> {
        let is_two = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_two.then(|| text.parse().ok()).flatten()
    };
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
    let is_time = minutes < 60 && (hours < 24 || (hours == 24 && minutes == 0));
    is_time.then(|| SimDuration::from_seconds(hours * SECONDS_PER_HOUR + minutes * 60))
}

impl Spec for Year {
    type Out = FinancialYear;

    fn kind(&self) -> Kind {
        Kind::FinancialYear
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<FinancialYear> {
        let Some(text) = node.text() else {
            refuse_kind(node, path, &self.kind(), reader);
            return None;
        };
        let year = year_of(text);
        if year.is_none() {
            let finding = Finding::new(node.place, path, "is no financial year");
            let finding = finding.found_value(node).allowed(self.kind().allowed());
            reader.findings.add(finding);
        }
        year
    }
}

/// `2026/27`, and no two years that do not follow one another.
fn year_of(text: &str) -> Option<FinancialYear> {
    let digits = |text: &str, count: usize| -> Option<i16> {
        let is_so_long = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
        is_so_long.then(|| text.parse().ok()).flatten()
    };
    let (begins, ends) = text.split_once('/')?;
    let (begins, ends) = (digits(begins, 4)?, digits(ends, 2)?);
    let is_year = (1_000..9_999).contains(&begins) && (begins + 1) % 100 == ends;
    is_year.then_some(FinancialYear::beginning_in(begins))
}
