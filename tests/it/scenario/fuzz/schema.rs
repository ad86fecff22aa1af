//! Scenarios and overrides made from the published schema: keys that exist with values of the right
//! kind, most of them in range.

use crate::dice::Dice;
use serde_json::{Map, Value};
use splw_sim::scenario::Override;

/// Values that hardly any key allows.
pub const WILD: [&str; 34] = [
    "nan",
    "-nan",
    "inf",
    "-inf",
    "0",
    "-0",
    "-0.0",
    "-1",
    "1e308",
    "-1e308",
    "5e-324",
    "1e-300",
    "9223372036854775807",
    "-9223372036854775808",
    "99999999999999999999",
    "0x7fffffffffffffff",
    "\"\"",
    "\" \"",
    "\"all\"",
    "\"none\"",
    "\"=1+1\"",
    "\"\\u0000\"",
    "\"9434765919\"",
    "[]",
    "{}",
    "[[]]",
    "true",
    "1979-05-27",
    "0001-01-01",
    "9999-12-31",
    "07:32:00",
    "1979-05-27T07:32:00Z",
    "{ uncertain = 1 }",
    "[1, \"a\", 2000-01-01]",
];

/// Names that things are given and referred to by.
const NAMES: [&str; 5] = ["A", "B", "C", "Mill Lane", "Link worker 1"];
/// Dates around the seeds' periods, and at the ends of what is possible.
const DATES: [&str; 7] = [
    "2026-10-05",
    "2026-10-20",
    "2027-03-28",
    "2000-01-01",
    "2024-02-29",
    "2100-12-31",
    "2026-12-25",
];

/// The schema.
pub struct Schema(Value);

impl Schema {
    pub fn new(schema: Value) -> Self {
        Self(schema)
    }

    /// A document with all that is required and some of the rest.
    pub fn document(&self, chance: &mut Dice) -> String {
        let keys = self.keys(chance, &self.0, 0);
        let lines = keys.iter().map(|(key, value)| format!("{key} = {value}\n"));
        lines.collect()
    }

    /// An override of a key that exists, with a value that it may have or may not.
    pub fn set(&self, chance: &mut Dice) -> Override {
        let mut path = String::new();
        let mut at = &self.0;
        loop {
            at = self.resolved(at);
            let properties = at.get("properties").and_then(Value::as_object);
            let next = match (properties, at.get("items")) {
                (Some(properties), _) if path.is_empty() || chance.yes(92) => {
                    let (key, schema) = any(chance, properties);
                    path = joined(&path, key);
                    schema
                }
                (None, Some(items)) if items.get("properties").is_some() && chance.yes(92) => {
                    path = joined(
                        &path,
                        chance.pick(&["0", "0", "*", "1", "\"A\"", "99", "-1"]),
                    );
                    items
                }
                _ => break,
            };
            at = next;
        }
        let value = self.value(chance, at, 0);
        Override { path, value }
    }

    fn resolved<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema.get("$ref") {
            // What may be uncertain is a number first of all.
            Some(to) if schema.get("type").is_none() => {
                let to = to.as_str().expect("a pointer").trim_start_matches('#');
                self.0.pointer(to).expect("it leads somewhere")
            }
            _ => schema,
        }
    }

    fn keys(&self, chance: &mut Dice, schema: &Value, depth: u32) -> Vec<(String, String)> {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
            return Vec::new();
        };
        if schema.get("maxProperties").is_some() {
            let (key, value) = any(chance, properties);
            return vec![(key.clone(), self.value(chance, value, depth + 1))];
        }
        let required: Vec<&str> = schema["required"].as_array().map_or(Vec::new(), |it| {
            it.iter().filter_map(Value::as_str).collect()
        });
        let some = 2 + chance.below(18);
        let mut keys = Vec::new();
        for (key, of) in properties {
            if chance.yes(if required.contains(&key.as_str()) {
                97
            } else {
                some
            }) {
                keys.push((key.clone(), self.value(chance, of, depth + 1)));
            }
        }
        keys
    }

    fn value(&self, chance: &mut Dice, schema: &Value, depth: u32) -> String {
        let schema = self.resolved(schema);
        if chance.yes(3) || depth > 8 {
            return chance.pick(&WILD).to_owned();
        }
        if let Some(any_of) = schema.get("anyOf").and_then(Value::as_array)
            && schema.get("items").is_none()
        {
            let chosen = &any_of[chance.below(any_of.len() as u64) as usize];
            return self.value(chance, chosen, depth);
        }
        let types = schema.get("type");
        if schema.get("$ref").is_some() && chance.yes(3) {
            let distribution = &self.0["$defs"]["distribution"];
            return format!(
                "{{ uncertain = {} }}",
                self.value(chance, distribution, depth + 1)
            );
        }
        match types.and_then(|it| it.as_str().or_else(|| it.get(0)?.as_str())) {
            Some("number") => number(chance, schema),
            Some("integer") => whole(chance, schema),
            Some("string") => text(chance, schema),
            Some("array") => self.list(chance, schema, depth),
            _ => self.table(chance, schema, depth),
        }
    }

    fn list(&self, chance: &mut Dice, schema: &Value, depth: u32) -> String {
        let length = |schema: &Value| schema.get("minItems").and_then(Value::as_u64);
        let exact = length(schema).or_else(|| {
            let several = schema.get("anyOf")?.as_array()?;
            length(&several[chance.below(several.len() as u64) as usize])
        });
        let many = exact.unwrap_or_else(|| chance.below(4)) + u64::from(chance.yes(2));
        let items = (0..many).map(|_| self.value(chance, &schema["items"], depth + 1));
        format!("[{}]", items.collect::<Vec<_>>().join(", "))
    }

    fn table(&self, chance: &mut Dice, schema: &Value, depth: u32) -> String {
        let mut keys = self.keys(chance, schema, depth);
        if let Some(of) = schema
            .get("additionalProperties")
            .filter(|it| it.is_object())
        {
            for _ in 0..chance.below(3) {
                let chosen = [
                    "contacted_within_7_days",
                    "\"posts.*.wte\"",
                    "x",
                    "\"demand\"",
                ];
                let key = chance.pick(&chosen).to_owned();
                keys.push((key, self.value(chance, of, depth + 1)));
            }
        }
        let keys = keys.iter().map(|(key, value)| format!("{key} = {value}"));
        format!("{{ {} }}", keys.collect::<Vec<_>>().join(", "))
    }
}

fn joined(path: &str, step: &str) -> String {
    match path {
        "" => step.to_owned(),
        _ => format!("{path}.{step}"),
    }
}

fn any<'a>(chance: &mut Dice, of: &'a Map<String, Value>) -> (&'a String, &'a Value) {
    let at = chance.below(of.len() as u64) as usize;
    of.iter().nth(at).expect("a table has keys")
}

/// The ends of the range, a little beyond them, or something within: small more often than large.
fn number(chance: &mut Dice, schema: &Value) -> String {
    let end = |key: &str| schema.get(key).and_then(Value::as_f64);
    let low = end("minimum").or(end("exclusiveMinimum")).unwrap_or(-1e6);
    let high = end("maximum").or(end("exclusiveMaximum")).unwrap_or(1e6);
    let value = match chance.below(20) {
        0 => low,
        1 => high,
        2 => low - 1e-9,
        3 => high * 1.001 + 1e-9,
        4 => low + f64::MIN_POSITIVE,
        5..=12 => low + (high - low).min(20.0) * chance.between(0.0, 1.0),
        13..=16 => low + (high - low).min(1.0) * chance.between(0.0, 1.0),
        _ => low + (high - low) * chance.between(0.0, 1.0),
    };
    format!("{value:?}")
}

fn whole(chance: &mut Dice, schema: &Value) -> String {
    let end = |key: &str| schema.get(key).and_then(Value::as_u64).unwrap_or(0);
    let (low, high) = (end("minimum"), end("maximum"));
    match chance.below(12) {
        0 => low.to_string(),
        1 => high.to_string(),
        2 => (i128::from(low) - 1).to_string(),
        3 => (u128::from(high) + 1).to_string(),
        _ => (low + chance.below((high - low).min(12) + 1)).to_string(),
    }
}

fn text(chance: &mut Dice, schema: &Value) -> String {
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words[chance.below(words.len() as u64) as usize].to_string();
    }
    if schema.get("format").is_some() {
        return chance.pick(&DATES).to_owned();
    }
    let pattern = schema.get("pattern").and_then(Value::as_str).unwrap_or("");
    if pattern.contains("24:00") {
        return chance
            .pick(&[
                "\"00:00\"",
                "\"08:00\"",
                "\"18:30\"",
                "\"24:00\"",
                "\"24:01\"",
            ])
            .to_owned();
    }
    if pattern.contains("{3,12}") {
        return chance
            .pick(&["\"A10001\"", "\"B10002\"", "\"ab\"", "\"C\""])
            .to_owned();
    }
    format!("\"{}\"", chance.pick(&NAMES))
}
