//! The fields of a table in columns: their names and kinds.

use parquet::basic::{ConvertedType, LogicalType, Repetition, Type as Physical};
use parquet::schema::types::{Type, TypePtr};
use std::sync::Arc;

/// What stands in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Words (UTF-8); an empty cell is missing.
    Text,
    /// A whole number in every row.
    Whole,
    /// A number (64-bit float); an empty cell is missing.
    Number,
}

/// One column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name, which is that of the CSV.
    pub name: String,
    /// What stands in it.
    pub(super) kind: Kind,
}

impl Field {
    /// A column that every table has the same: what stands in it is known by its name.
    #[must_use]
    pub fn usual(name: &str) -> Self {
        let kind = match name {
            "option" | "scope" | "name" | "measure" | "unit" => Kind::Text,
            "replication" | "point" | "n" => Kind::Whole,
            _ => Kind::Number,
        };
        Self {
            name: name.to_owned(),
            kind,
        }
    }

    /// The values of a key of a study: numbers if every one of them is a number, else words.
    #[must_use]
    pub fn of_key<'a>(name: &str, mut values: impl Iterator<Item = &'a str>) -> Self {
        let kind = match values.all(|value| number(value).is_some()) {
            true => Kind::Number,
            false => Kind::Text,
        };
        Self {
            name: name.to_owned(),
            kind,
        }
    }
}

/// The number that a cell holds: digits, perhaps with sign, point and exponent. Words that Rust reads as
/// floats (`nan`, `inf`) are words, and all that it reads so are not finite.
pub fn number(cell: &str) -> Option<f64> {
    let value = cell.parse::<f64>().ok()?;
    value.is_finite().then_some(value)
}

/// The schema of a file with these fields. Dots in a name are part of it.
pub fn schema(fields: &[Field]) -> TypePtr {
    let columns = fields.iter().map(|field| Arc::new(column(field))).collect();
    let group = Type::group_type_builder("table").with_fields(columns);
    Arc::new(group.build().expect("a group of columns is a schema"))
}

fn column(field: &Field) -> Type {
    let (physical, repetition) = match field.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Repetition::OPTIONAL),
        Kind::Whole => (Physical::INT64, Repetition::REQUIRED),
        Kind::Number => (Physical::DOUBLE, Repetition::OPTIONAL),
    };
    let builder = Type::primitive_type_builder(&field.name, physical).with_repetition(repetition);
    let builder = match field.kind {
        Kind::Text => builder
            .with_logical_type(Some(LogicalType::String))
            .with_converted_type(ConvertedType::UTF8),
        Kind::Whole | Kind::Number => builder,
    };
    builder.build().expect("these types go together")
}
