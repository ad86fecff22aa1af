//! The committed reference and the schemas of scenarios and studies are those that the program prints.

use std::path::Path;

fn committed(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("docs")
        .join(name);
    std::fs::read_to_string(path).expect("the file is committed")
}

#[test]
fn the_reference_is_in_step() {
    let message = "regenerate it: splw-sim schema --reference > docs/scenario-reference.md";
    assert!(
        committed("scenario-reference.md") == splw_sim::scenario::reference_markdown(),
        "{message}"
    );
}

#[test]
fn the_schema_of_studies_is_in_step() {
    let message = "regenerate it: splw-sim schema --study > docs/study.schema.json";
    let printed = format!("{:#}\n", splw_sim::scenario::study_json_schema());
    assert!(committed("study.schema.json") == printed, "{message}");
}

#[test]
fn the_schema_is_in_step() {
    let message = "regenerate it: splw-sim schema > docs/scenario.schema.json";
    let printed = format!("{:#}\n", splw_sim::scenario::json_schema());
    assert!(committed("scenario.schema.json") == printed, "{message}");
}
