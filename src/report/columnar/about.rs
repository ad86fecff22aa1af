//! What a table in columns says of itself: version, scenario, seed, units, how to cite it.

use super::super::manifest::Manifest;
use super::super::workbook;
use super::Field;
use std::collections::BTreeMap;

/// How the program asks to be cited; `CITATION.cff` says the same.
const AUTHORS_AND_TITLE: &str =
    "splw-sim contributors. splw-sim: how many social prescribing link workers are enough?";

/// What a table is of.
#[derive(Debug)]
pub struct About<'a> {
    manifest: &'a Manifest,
    units: BTreeMap<&'a str, &'a str>,
}

impl<'a> About<'a> {
    /// A table of the folder that has this manifest; `units` has the unit of each measure in it.
    #[must_use]
    pub const fn of(manifest: &'a Manifest, units: BTreeMap<&'a str, &'a str>) -> Self {
        Self { manifest, units }
    }

    /// The entries, by their keys.
    pub(super) fn entries(&self, fields: &[Field]) -> Vec<(String, String)> {
        let manifest = self.manifest;
        let columns = fields.iter().map(|it| it.name.as_str());
        let columns = columns.map(|name| (name, meaning(name))).collect();
        let entries = [
            ("program", manifest.program.clone()),
            ("version", manifest.version.clone()),
            ("command", manifest.command.clone()),
            ("seed", manifest.seed.to_string()),
            ("scenario_sha256", manifest.scenario_sha256.clone()),
            ("manifest", manifest.to_text()),
            ("columns", object(&columns)),
            ("units", object(&self.units)),
            ("citation", citation(&manifest.version)),
        ];
        entries.map(|(key, value)| (key.to_owned(), value)).into()
    }
}

/// What stands in a column.
fn meaning(name: &str) -> &'static str {
    match name {
        "point" => "Number of the point, from 1",
        "measure" => "What is measured; the entry units has its unit",
        known => workbook::meaning_of(known)
            .unwrap_or("Value at the point of this key of the scenario; its unit is in its name"),
    }
}

/// How a version is cited.
fn citation(version: &str) -> String {
    format!("{AUTHORS_AND_TITLE} Version {version}.")
}

/// A JSON object of texts, in the order of its keys.
fn object(entries: &BTreeMap<&str, &str>) -> String {
    serde_json::to_string(entries).expect("texts are JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_cited_as_the_citation_file_says() {
        let file = include_str!("../../../CITATION.cff");
        let said = |key: &str| {
            let line = file.lines().find_map(|line| line.trim().strip_prefix(key));
            line.expect("the file has the key")
                .trim()
                .trim_matches('"')
                .to_owned()
        };
        let expected = format!(
            "{}. {} Version {}.",
            said("- name:"),
            said("title:"),
            said("version:")
        );
        assert_eq!(citation(env!("CARGO_PKG_VERSION")), expected);
    }
}
