//! The JSON Schemas of the scenario file and of the study file, for editors that complete and check while one types.
//!
//! It is made from the declarations of `file`. What only `resolve` can know (shares that sum to 1,
//! names that must exist) is not in it.

use std::collections::BTreeSet;
use std::ops::Bound;

use serde_json::{Map, Value, json};

use super::file::{Forms, ScenarioFile, StudyFile};
use super::kind::{KeyDescription, Kind, Lengths, Range, TableDescription};
use super::node::{self, Node};
use super::presence::Presence;
use super::reader::{Table as _, own_value};
use super::uncertain::ALWAYS_CERTAIN;

const DISTRIBUTION: &str = "#/$defs/distribution";
const UNCERTAIN: &str = "#/$defs/uncertain";

/// The JSON Schema (draft 2020-12) of the scenario file.
#[must_use]
pub fn json_schema() -> Value {
    let mut schema = object(&ScenarioFile::describe());
    let uncertain = json!({
        "description": "A number that is not known, and how it is distributed.",
        "properties": { "uncertain": { "$ref": DISTRIBUTION } },
        "required": ["uncertain"],
        "additionalProperties": false,
    });
    let head = [
        (
            "$schema",
            json!("https://json-schema.org/draft/2020-12/schema"),
        ),
        ("title", json!("splw-sim scenario, version 1")),
        (
            "$defs",
            json!({ "distribution": distribution(), "uncertain": uncertain }),
        ),
    ];
    schema.extend(head.map(|(key, value)| (key.to_owned(), value)));
    for key in ALWAYS_CERTAIN {
        if let Some(table) = schema["properties"].get_mut(key) {
            make_certain(table);
        }
    }
    Value::Object(schema)
}

/// The JSON Schema (draft 2020-12) of the study file. Nothing in a study is uncertain: what is not known
/// varies.
#[must_use]
pub fn study_json_schema() -> Value {
    let mut schema = object(&StudyFile::describe());
    let head = [
        (
            "$schema",
            json!("https://json-schema.org/draft/2020-12/schema"),
        ),
        ("title", json!("splw-sim study, version 1")),
        ("$defs", json!({ "distribution": distribution() })),
    ];
    schema.extend(head.map(|(key, value)| (key.to_owned(), value)));
    let mut schema = Value::Object(schema);
    make_certain(&mut schema);
    schema
}

/// A distribution: a table of one form.
fn distribution() -> Map<String, Value> {
    let mut distribution = object(&Forms::describe());
    distribution.insert("minProperties".to_owned(), json!(1));
    distribution.insert("maxProperties".to_owned(), json!(1));
    distribution
}

/// A number, or a table that says that it is not known. The limits of numbers say nothing of tables,
/// nor the schema referred to of numbers.
fn or_uncertain(mut schema: Map<String, Value>) -> Map<String, Value> {
    let of_number = schema.remove("type");
    schema.insert("type".to_owned(), json!([of_number, "object"]));
    schema.insert("$ref".to_owned(), json!(UNCERTAIN));
    schema
}

/// Takes out of a part of the schema that its numbers may be uncertain.
fn make_certain(schema: &mut Value) {
    if schema.get("$ref") == Some(&json!(UNCERTAIN))
        && let Value::Object(map) = schema
    {
        map.remove("$ref");
        let of_number = map["type"][0].clone();
        map.insert("type".to_owned(), of_number);
    }
    match schema {
        Value::Object(map) => map.values_mut().for_each(make_certain),
        Value::Array(list) => list.iter_mut().for_each(make_certain),
        _ => {}
    }
}

fn object(table: &TableDescription) -> Map<String, Value> {
    let required: Vec<&str> = table
        .keys
        .iter()
        .filter(|key| matches!(key.presence, Presence::Required))
        .map(|key| key.key)
        .collect();
    let keys = table
        .keys
        .iter()
        .map(|key| (key.key.to_owned(), Value::Object(property(key))));
    let mut schema = Map::new();
    schema.insert("type".to_owned(), json!("object"));
    schema.insert("description".to_owned(), json!(table.about));
    schema.insert("properties".to_owned(), Value::Object(keys.collect()));
    schema.insert("required".to_owned(), json!(required));
    schema.insert("additionalProperties".to_owned(), json!(false));
    if !table.alternatives.is_empty() {
        let not_both = |pair: [&str; 2]| json!({ "not": { "required": pair } });
        let all: BTreeSet<[&str; 2]> = table.alternatives.iter().flat_map(|it| pairs(it)).collect();
        let groups: Vec<Value> = all.into_iter().map(not_both).collect();
        schema.insert("allOf".to_owned(), json!(groups));
    }
    schema
}

/// Each two of a group, of which one alone may be given.
fn pairs<'a>(group: &'a [&'a str]) -> impl Iterator<Item = [&'a str; 2]> {
    let all = group.iter().enumerate();
    all.flat_map(move |(at, one)| group[at + 1..].iter().map(move |other| [*one, *other]))
}

fn property(key: &KeyDescription) -> Map<String, Value> {
    let mut schema = of_kind(&key.kind);
    schema.insert("description".to_owned(), json!(description(key)));
    if let Presence::Default(fallback) = key.presence
        && fallback.per.is_none()
    {
        schema.insert("default".to_owned(), plain(&own_value(fallback.written)));
    }
    schema
}

/// The meaning with the unit and the default, for whoever hovers over a key.
fn description(key: &KeyDescription) -> String {
    let default = match key.presence {
        Presence::Required => " Required.".to_owned(),
        Presence::Section => String::new(),
        Presence::Optional("") => String::new(),
        Presence::Optional(effect) => format!(" If absent: {effect}."),
        Presence::Default(fallback) => {
            let grade = fallback
                .grade
                .map(|grade| format!(" (grade {grade}: {})", fallback.source));
            format!(
                " Default: {}{}.",
                fallback.words(),
                grade.unwrap_or_default()
            )
        }
    };
    let unit = match key.kind {
        Kind::Number(_) | Kind::Whole(..) | Kind::Distribution(_) => format!(" [{}]", key.unit),
        _ => String::new(),
    };
    format!("{}{unit}{default}", key.meaning)
}

fn of_kind(kind: &Kind) -> Map<String, Value> {
    let schema = match kind {
        Kind::Number(range) => return or_uncertain(number(*range)),
        Kind::Whole(low, high) => {
            let whole = json!({ "type": "integer", "minimum": low, "maximum": high });
            return or_uncertain(into_map(whole));
        }
        Kind::Words(words) => json!({ "type": "string", "enum": words }),
        Kind::Date => json!({ "type": "string", "format": "date" }),
        Kind::Time => {
            json!({ "type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$" })
        }
        Kind::FinancialYear => json!({ "type": "string", "pattern": "^[1-9][0-9]{3}/[0-9]{2}$" }),
        Kind::Text(most) => json!({ "type": "string", "minLength": 1, "maxLength": most }),
        Kind::Name => {
            json!({ "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[^=+@-]" })
        }
        Kind::Code => json!({ "type": "string", "pattern": "^[A-Za-z0-9]{3,12}$" }),
        Kind::List(of, lengths) => return list(of, *lengths),
        Kind::Either(kinds) => json!({ "anyOf": kinds.iter().map(of_kind).collect::<Vec<_>>() }),
        Kind::Distribution(most) => json!({ "anyOf": [
            or_uncertain(into_map(json!({ "type": "number", "minimum": 0, "maximum": most }))),
            { "$ref": DISTRIBUTION },
        ] }),
        Kind::Table(describe) => return object(&describe()),
        Kind::Tables(describe, most) => {
            json!({ "type": "array", "maxItems": most, "items": object(&describe()) })
        }
        Kind::Map(_, of) => json!({ "type": "object", "additionalProperties": of_kind(of) }),
        Kind::More(key) => json!({ "$ref": format!("#/properties/{key}") }),
        Kind::Anything => json!({}),
    };
    into_map(schema)
}

fn into_map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn number(range: Range) -> Map<String, Value> {
    let mut schema = into_map(json!({ "type": "number" }));
    match range.low {
        Bound::Included(low) => schema.insert("minimum".to_owned(), json!(low)),
        Bound::Excluded(low) => schema.insert("exclusiveMinimum".to_owned(), json!(low)),
        Bound::Unbounded => None,
    };
    match range.high {
        Bound::Included(high) => schema.insert("maximum".to_owned(), json!(high)),
        Bound::Excluded(high) => schema.insert("exclusiveMaximum".to_owned(), json!(high)),
        Bound::Unbounded => None,
    };
    schema
}

fn list(of: &Kind, lengths: Lengths) -> Map<String, Value> {
    let mut schema = into_map(json!({ "type": "array", "items": of_kind(of) }));
    let exactly = |length: &usize| json!({ "minItems": length, "maxItems": length });
    match lengths {
        Lengths::UpTo(most) => schema.extend(into_map(json!({ "maxItems": most }))),
        Lengths::OneOf([length]) => schema.extend(into_map(exactly(length))),
        Lengths::OneOf(several) => {
            let each: Vec<Value> = several.iter().map(exactly).collect();
            schema.extend(into_map(json!({ "anyOf": each })));
        }
    }
    schema
}

/// A TOML value as JSON.
fn plain(node: &Node) -> Value {
    match &node.value {
        node::Value::Text(text) | node::Value::Moment(text) => json!(text),
        node::Value::Number {
            whole: Some(whole), ..
        } => json!(whole),
        node::Value::Number { value, .. } => json!(value),
        node::Value::Truth(truth) => json!(truth),
        node::Value::Date(date) => json!(date.to_string()),
        node::Value::List(items) => items.iter().map(plain).collect(),
        node::Value::Table(entries) => {
            let entries = entries
                .iter()
                .map(|entry| (entry.key.clone(), plain(&entry.node)));
            Value::Object(entries.collect())
        }
    }
}
