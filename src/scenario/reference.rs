//! The reference of the scenario file in Markdown: every table, every key.
//!
//! It is made from the declarations of `file` and kept in `docs/scenario-reference.md`.

use super::file::{Forms, ScenarioFile};
use super::kind::{KeyDescription, Kind, TableDescription};
use super::presence::Presence;
use super::reader::Table as _;

const HEAD: &str = "# Scenario file reference

<!-- Generated. Do not edit: change src/scenario/file/ and run
     splw-sim schema --reference > docs/scenario-reference.md -->

A scenario is a TOML file. The unit of a value is in its key. A key that is not in these tables is
refused, with the nearest right one; all problems of a file are reported at once.

A number may be written with or without a decimal point; a whole number may also be written as 3.0.
`nan` and `inf` are refused everywhere. Where a distribution is allowed, a number stands for a
constant. Grades of defaults: A official statistics or large study; B official guidance or small
study; C trade press, grey literature, single site; D assumption, not verified.

Any number may be uncertain, but those of `schema`, `experiment`, `uncertainty`, `period`, `targets`, `options` and
`provenance`: `{ uncertain = { triangular = { min = 0.6, mode = 1.0, max = 1.2 } } }`, with any of the distributions below,
whose values from the millionth to the last but a millionth must be what the key may hold. Whole numbers are rounded to
the nearest. One statement is one input, also where `like`, `*` or an option copy it. A default with
\"uncertain: low to high\" can be made uncertain with `uncertainty.defaults`.

Any key can be set for one run with `--set key.path=value`: `posts.0.wte` by position, counted from
0, `posts.\"Link worker 1\".wte` by name (practices also by ODS code), `posts.*.wte` for all. A
key set so replaces the keys that it stands for (`weeks` replaces `days`).

Limits: a file 10 MB; keys nested 40 deep; 10,000 workers in all, who serve at most 10,000,000
practices in sum; 1,000,000 values copied by `like`; 100,000,000 referrals expected in one
replication; 5,000,000 values of the file in all its options together, whose workers serve at most
20,000,000 practices in sum; a CSV file of observed values 10 MB and 1,000,000 rows. Other limits are in the tables.
Names and texts may not hold control characters, begin with = + - or @, or hold ten digits that look
like an NHS number.
";

/// The reference, in Markdown.
#[must_use]
pub fn reference_markdown() -> String {
    let mut page = HEAD.to_owned();
    let root = ScenarioFile::describe();
    write_table(&mut page, "The file", &root);
    write_below(&mut page, "", &root);
    write_distributions(&mut page);
    page
}

/// Writes the tables below a table, each with its own heading.
fn write_below(page: &mut String, path: &str, table: &TableDescription) {
    for key in &table.keys {
        let path = match path {
            "" => key.key.to_owned(),
            path => format!("{path}.{}", key.key),
        };
        let (heading, below) = match &key.kind {
            Kind::Table(describe) => (format!("`[{path}]`"), describe()),
            Kind::Tables(describe, _) => (format!("`[[{path}]]`"), describe()),
            Kind::Map(_, of) => match &**of {
                Kind::Table(describe) => (format!("`[{path}]`: each row"), describe()),
                _ => continue,
            },
            _ => continue,
        };
        write_table(page, &heading, &below);
        write_below(page, &path, &below);
    }
}

fn write_table(page: &mut String, heading: &str, table: &TableDescription) {
    page.push_str(&format!("\n## {heading}\n\n{}\n\n", table.about));
    page.push_str("| key | unit, type | default | grade | allowed | meaning |\n");
    page.push_str("| --- | --- | --- | --- | --- | --- |\n");
    for key in &table.keys {
        page.push_str(&row(key));
    }
    for group in table.alternatives {
        page.push_str(&format!("\nAt most one of `{}`.\n", group.join("`, `")));
    }
    if !table.elsewhere.is_empty() {
        let words = table.elsewhere.join("`, `");
        page.push_str(&format!(
            "\nOf a study or a calibration, which are files of their own: `{words}`.\n"
        ));
    }
}

fn row(key: &KeyDescription) -> String {
    let (default, grade) = match key.presence {
        Presence::Required => ("**required**".to_owned(), String::new()),
        Presence::Section => ("its defaults".to_owned(), String::new()),
        Presence::Optional(effect) => (effect.to_owned(), String::new()),
        Presence::Default(fallback) => {
            let always = fallback
                .always_open
                .map(|it| format!("; `{it}` when always open"));
            let range = fallback
                .range
                .map(|(low, high)| format!("; uncertain: {low} to {high}"));
            let default = format!(
                "`{}`{}{}",
                fallback.words(),
                always.unwrap_or_default(),
                range.unwrap_or_default()
            );
            let grade = fallback
                .grade
                .map(|grade| format!("{grade}: {}", fallback.source));
            (default, grade.unwrap_or_default())
        }
    };
    let type_name = key.kind.type_name();
    let unit = match key.unit == type_name {
        true => type_name,
        false => format!("{}, {type_name}", key.unit),
    };
    let allowed = match key.kind {
        Kind::Table(_) | Kind::Map(..) => String::new(),
        _ => key.kind.allowed(),
    };
    let cells = [&unit, &default, &grade, &allowed, key.meaning];
    let cells = cells.map(|cell| cell.replace('|', "\\|"));
    format!("| `{}` | {} |\n", key.key, cells.join(" | "))
}

/// Writes the distributions: one row each, with the parameters.
fn write_distributions(page: &mut String) {
    let forms = Forms::describe();
    page.push_str(&format!("\n## Distributions\n\n{}\n\n", forms.about));
    page.push_str("| name | parameters | meaning |\n| --- | --- | --- |\n");
    for form in &forms.keys {
        let Kind::Table(describe) = form.kind else {
            continue;
        };
        let parameters = describe().keys;
        let parameters = parameters
            .iter()
            .map(|it| format!("`{}`: {}", it.key, it.kind.allowed()));
        let parameters = parameters.collect::<Vec<_>>().join("; ");
        page.push_str(&format!(
            "| `{}` | {parameters} | {} |\n",
            form.key, form.meaning
        ));
    }
}
