//! The JSON Schema and the reference say what the reader accepts.

use super::{RAYLEIGH, refusal};
use serde_json::Value;
use splw_sim::scenario::{json_schema, reference_markdown, study_json_schema};

fn keys(schema: &Value) -> Vec<String> {
    let properties = schema["properties"].as_object().expect("properties");
    properties.keys().cloned().collect()
}

#[test]
fn the_schema_has_every_key_of_the_interface() {
    let schema = json_schema();
    let document: toml::Table = RAYLEIGH.parse().expect("TOML");
    for (key, value) in &document {
        let known = &schema["properties"][key];
        assert!(known.is_object(), "{key}");
        let inner = match value {
            toml::Value::Array(tables) => Some((&tables[0], &known["items"])),
            toml::Value::Table(_) => Some((value, known)),
            _ => None,
        };
        if let Some((toml::Value::Table(table), known)) = inner
            && known["properties"].is_object()
        {
            for key in table.keys() {
                assert!(keys(known).contains(key), "{key}");
            }
        }
    }
}

/// The shipped studies have no key that their schema does not know, nor two that exclude each other.
#[test]
fn the_schema_of_studies_has_every_key_of_those_shipped() {
    let schema = study_json_schema();
    let sweep = &schema["properties"]["sweep"];
    let vary = &sweep["properties"]["vary"]["items"];
    let studies = [
        include_str!("../../../scenarios/studies/rayleigh-staff-and-referrals.toml"),
        include_str!("../../../scenarios/studies/rayleigh-what-matters.toml"),
    ];
    for text in studies {
        let document: toml::Table = text.parse().expect("TOML");
        let known = |schema: &Value, table: &toml::Table| {
            let names = keys(schema);
            assert!(table.keys().all(|key| names.contains(key)), "{table}");
            let required = schema["required"].as_array().expect("a list");
            let mut required = required.iter().filter_map(Value::as_str);
            assert!(required.all(|key| table.contains_key(key)), "{table}");
        };
        known(&schema, &document);
        let of_sweep = document["sweep"].as_table().expect("a table");
        known(sweep, of_sweep);
        let designs = sweep["properties"]["design"]["enum"]
            .as_array()
            .expect("words");
        assert!(
            designs
                .iter()
                .any(|it| it.as_str() == of_sweep["design"].as_str())
        );
        for it in of_sweep["vary"].as_array().expect("tables") {
            let it = it.as_table().expect("a table");
            known(vary, it);
            for group in vary["allOf"].as_array().expect("a list") {
                let pair = group["not"]["required"].as_array().expect("a pair");
                let mut pair = pair.iter().filter_map(Value::as_str);
                assert!(!pair.all(|key| it.contains_key(key)), "{it}");
            }
        }
    }
    assert_eq!(vary["allOf"].as_array().map(Vec::len), Some(6));
    assert_eq!(schema["properties"]["schema"]["type"], "integer");
    assert_eq!(
        vary["properties"]["distribution"]["anyOf"][1]["$ref"],
        "#/$defs/distribution"
    );
}

#[test]
fn the_schema_forbids_what_it_does_not_know() {
    fn check(path: &str, schema: &Value) {
        if schema["type"] == "object" {
            assert!(!schema["additionalProperties"].is_null(), "{path}");
        }
        match schema {
            Value::Object(map) => map
                .iter()
                .for_each(|(key, value)| check(&format!("{path}.{key}"), value)),
            Value::Array(list) => list.iter().for_each(|value| check(path, value)),
            _ => {}
        }
    }
    let schema = json_schema();
    check("", &schema);
    assert_eq!(
        schema["$schema"],
        "https://json-schema.org/draft/2020-12/schema"
    );
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn the_schema_carries_ranges_words_and_defaults() {
    let schema = json_schema();
    let post = &schema["properties"]["posts"]["items"]["properties"];
    assert_eq!(post["wte"]["exclusiveMinimum"], 0.0);
    assert_eq!(post["wte"]["maximum"], 50.0);
    assert_eq!(post["sickness_share"]["default"], 0.05);
    // The default is per WTE, so no one number.
    assert!(post["caseload_cap"]["default"].is_null());
    assert!(
        post["caseload_cap"]["description"]
            .as_str()
            .is_some_and(|it| it.contains("80 per WTE (grade D"))
    );
    let period = &schema["properties"]["period"]["properties"];
    assert_eq!(
        period["calendar"]["enum"],
        serde_json::json!(["england", "always-open"])
    );
    assert_eq!(period["start"]["format"], "date");
    let delay = &schema["properties"]["demand"]["properties"]["re_referral_delay_days"];
    assert_eq!(delay["default"]["gamma"]["mean"], 150);
    assert_eq!(delay["anyOf"][1]["$ref"], "#/$defs/distribution");
    assert_eq!(keys(&schema["$defs"]["distribution"]).len(), 13);
}

#[test]
fn the_reader_knows_exactly_the_keys_of_the_schema() {
    // The reader lists its keys when none is near a mistyped one.
    let told = refusal("banana = 1\n");
    let unknown = told.iter().find(|it| it.key == "banana").expect("told");
    let allowed = unknown.allowed.as_deref().expect("a list");
    for key in keys(&json_schema()) {
        assert!(allowed.contains(&format!("`{key}`")), "{key}");
    }
}

#[test]
fn the_reference_has_a_row_for_every_key() {
    fn check(schema: &Value, reference: &str) {
        for (key, below) in schema["properties"].as_object().into_iter().flatten() {
            assert!(reference.contains(&format!("\n| `{key}` | ")), "{key}");
            check(below, reference);
            check(&below["items"], reference);
            check(&below["additionalProperties"], reference);
        }
    }
    let reference = reference_markdown();
    check(&json_schema(), &reference);
    assert!(reference.contains("splw-sim schema --reference"));
    // Tables stay tables: every row of one has as many cells as its head.
    let cells = |line: &str| line.replace("\\|", "").matches('|').count();
    let mut head = 0;
    for line in reference.lines() {
        match line.starts_with('|') {
            true if head == 0 => head = cells(line),
            true => assert_eq!(cells(line), head, "{line}"),
            false => head = 0,
        }
    }
}
