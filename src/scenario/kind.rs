//! What a key may hold, described: for messages, for the JSON Schema and for the reference.
//!
//! Descriptions come from the same declarations (`file`) that read the file, so they cannot
//! promise what is not accepted.

use std::ops::Bound;

use super::presence::Presence;

/// A table: what it is about and its keys.
#[derive(Clone, Debug)]
pub struct TableDescription {
    /// What it is about.
    pub about: &'static str,
    /// The keys, in the order of the reference.
    pub keys: Vec<KeyDescription>,
    /// Keys that belong to another kind of file.
    pub elsewhere: &'static [&'static str],
    /// Keys that stand for one another: at most one of each group may be given.
    pub alternatives: &'static [&'static [&'static str]],
}

/// One key of a table.
#[derive(Clone, Debug)]
pub struct KeyDescription {
    /// The key.
    pub key: &'static str,
    /// Unit or nature of the value in a word or two.
    pub unit: &'static str,
    /// What it may hold.
    pub kind: Kind,
    /// Whether it must be there and what stands when it is not.
    pub presence: Presence,
    /// What it means.
    pub meaning: &'static str,
}

/// What a key may hold.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A finite number.
    Number(Range),
    /// A whole number between two, both included.
    Whole(u64, u64),
    /// One of some words.
    Words(Vec<&'static str>),
    /// A date.
    Date,
    /// A time of day, as text.
    Time,
    /// A financial year, as text.
    FinancialYear,
    /// Text of at most so many characters.
    Text(usize),
    /// A name.
    Name,
    /// An ODS code.
    Code,
    /// A list.
    List(Box<Kind>, Lengths),
    /// One of several kinds, the usual one last.
    Either(Vec<Kind>),
    /// A constant of 0 to so much, or a distribution.
    Distribution(f64),
    /// A table.
    Table(fn() -> TableDescription),
    /// An array of at most so many tables.
    Tables(fn() -> TableDescription, usize),
    /// A table whose keys the user chooses, described by a word.
    Map(&'static str, Box<Kind>),
    /// More tables of the array at the top of the file that has this key.
    More(&'static str),
    /// Whatever some other key may hold.
    Anything,
}

/// How many items a list may have.
#[derive(Clone, Copy, Debug)]
pub enum Lengths {
    /// One of these numbers.
    OneOf(&'static [usize]),
    /// At most so many.
    UpTo(usize),
}

/// The numbers that a key may hold. NaN lies in none, because the test is written positively.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    /// Lower end.
    pub low: Bound<f64>,
    /// Upper end.
    pub high: Bound<f64>,
}

impl Range {
    /// Whether a number lies in the range.
    #[must_use]
    pub fn holds(&self, number: f64) -> bool {
        let above = match self.low {
            Bound::Unbounded => true,
            Bound::Included(low) => number >= low,
            Bound::Excluded(low) => number > low,
        };
        let below = match self.high {
            Bound::Unbounded => true,
            Bound::Included(high) => number <= high,
            Bound::Excluded(high) => number < high,
        };
        number.is_finite() && above && below
    }

    /// The range in words: `a number above 0 and at most 50`.
    #[must_use]
    pub fn wording(&self) -> String {
        if let (Bound::Included(low), Bound::Included(high)) = (self.low, self.high) {
            return format!("a number from {} to {}", grouped(low), grouped(high));
        }
        let low = match self.low {
            Bound::Unbounded => None,
            Bound::Included(low) => Some(format!("of at least {}", grouped(low))),
            Bound::Excluded(low) => Some(format!("above {}", grouped(low))),
        };
        let high = match self.high {
            Bound::Unbounded => None,
            Bound::Included(high) => Some(format!("at most {}", grouped(high))),
            Bound::Excluded(high) => Some(format!("below {}", grouped(high))),
        };
        let ends: Vec<String> = low.into_iter().chain(high).collect();
        format!("a number {}", ends.join(" and "))
            .trim_end()
            .to_owned()
    }
}

impl Lengths {
    /// Whether a list may be so long.
    #[must_use]
    pub fn hold(self, length: usize) -> bool {
        match self {
            Self::OneOf(lengths) => lengths.contains(&length),
            Self::UpTo(most) => length <= most,
        }
    }
}

impl Kind {
    /// What is allowed, in words.
    #[must_use]
    pub fn allowed(&self) -> String {
        match self {
            Self::Number(range) => range.wording(),
            Self::Whole(low, high) if low == high => low.to_string(),
            Self::Whole(low, high) => {
                format!(
                    "a whole number from {} to {}",
                    grouped_digits(&low.to_string()),
                    grouped_digits(&high.to_string())
                )
            }
            Self::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
                words.join(" or ")
            }
            Self::Date => "a date such as 2026-10-05, without quotes".to_owned(),
            Self::Time => "a time from \"00:00\" to \"24:00\"".to_owned(),
            Self::FinancialYear => "a financial year such as \"2026/27\", in quotes".to_owned(),
            Self::Text(most) => format!("text of at most {} characters", grouped(*most as f64)),
            Self::Name => {
                "text of 1 to 200 characters that does not begin with = + - or @".to_owned()
            }
            Self::Code => {
                "an ODS code of 3 to 12 letters and digits, such as \"F81061\"".to_owned()
            }
            Self::List(of, lengths) => list_wording(of, *lengths),
            Self::Either(kinds) => kinds
                .iter()
                .map(Self::allowed)
                .collect::<Vec<_>>()
                .join(" or "),
            Self::Distribution(most) => format!(
                "a number from 0 to {} or a distribution such as {{ exponential = {{ mean = 9 }} }}",
                grouped(*most)
            ),
            Self::Table(_) => "a table".to_owned(),
            Self::Tables(_, most) => format!("at most {} tables", grouped(*most as f64)),
            Self::Map(keys, of) => format!("a table of {keys} = {}", of.allowed()),
            Self::More(key) => format!("a list of tables such as those of [[{key}]]"),
            Self::Anything => "what the key may hold".to_owned(),
        }
    }

    /// The type in a word or two, for the reference.
    #[must_use]
    pub fn type_name(&self) -> String {
        match self {
            Self::Number(_) => "number".to_owned(),
            Self::Whole(..) => "whole number".to_owned(),
            Self::Words(_) => "word".to_owned(),
            Self::Date => "date".to_owned(),
            Self::Time => "time".to_owned(),
            Self::FinancialYear => "financial year".to_owned(),
            Self::Text(_) | Self::Name | Self::Code => "text".to_owned(),
            Self::List(of, _) => format!("list of {}s", of.type_name()),
            Self::Either(kinds) => kinds
                .iter()
                .map(Self::type_name)
                .collect::<Vec<_>>()
                .join(" or "),
            Self::Distribution(_) => "number or distribution".to_owned(),
            Self::Table(_) | Self::Map(..) => "table".to_owned(),
            Self::Tables(..) | Self::More(_) => "tables".to_owned(),
            Self::Anything => "value".to_owned(),
        }
    }
}

fn list_wording(of: &Kind, lengths: Lengths) -> String {
    let each = of.allowed();
    match lengths {
        Lengths::UpTo(_) => format!("a list, each {each}"),
        Lengths::OneOf(lengths) => {
            let lengths: Vec<String> = lengths.iter().map(ToString::to_string).collect();
            format!("a list of {}, each {each}", lengths.join(" or "))
        }
    }
}

/// A number for people, with commas between thousands.
#[must_use]
pub fn grouped(number: f64) -> String {
    let plain = format!("{number}");
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |rest| ("-", rest));
    match digits.split_once('.') {
        Some((whole, fraction)) => format!("{sign}{}.{fraction}", grouped_digits(whole)),
        None => format!("{sign}{}", grouped_digits(digits)),
    }
}

/// Digits with commas between thousands.
fn grouped_digits(digits: &str) -> String {
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
