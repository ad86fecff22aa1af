//! What a result rests on: every input, who gave it, and how good the evidence for it is.

use super::table::{Cell, Column, Row, Table};
use super::whole::{Part, Section};
use super::{About, InputRow, Origin};
use crate::report::number::{counted, readable};
use crate::report::prose::listed;

/// What the grades mean.
const GRADES: [(char, &str); 4] = [
    ('A', "official statistics or a large study"),
    ('B', "official guidance or a small study"),
    ('C', "trade press, grey literature or a single site"),
    ('D', "an assumption"),
];

/// The section.
pub(super) fn section(about: &About, notes: &[String]) -> Section {
    let mut parts = vec![Part::Words(summary(&about.inputs))];
    if !about.changes.is_empty() {
        parts.push(Part::Words("The option that was run changes:".to_owned()));
        parts.push(Part::List(about.changes.clone()));
    }
    parts.push(Part::Table(inputs(&about.inputs)));
    if !about.uncertain.is_empty() {
        parts.push(Part::Table(uncertain(&about.uncertain)));
    }
    if !notes.is_empty() {
        parts.push(Part::Words("Noticed when the file was read:".to_owned()));
        parts.push(Part::List(notes.to_vec()));
    }
    Section {
        id: "rests-on",
        heading: "What it rests on".to_owned(),
        parts,
    }
}

/// How many inputs there are of each grade.
fn summary(inputs: &[InputRow]) -> String {
    let of = |origin: Origin| inputs.iter().filter(|it| it.origin == origin).count();
    let graded = GRADES.iter().filter_map(|(grade, meaning)| {
        let many = inputs.iter().filter(|it| it.grade == Some(*grade)).count();
        (many > 0).then(|| format!("{many} of grade {grade} ({meaning})"))
    });
    let graded: Vec<String> = graded.collect();
    let without = inputs.iter().filter(|it| it.grade.is_none()).count();
    let by_hand = match of(Origin::CommandLine) {
        0 => String::new(),
        many => format!(", {many} by the command line"),
    };
    let grades = match graded.is_empty() {
        true => String::new(),
        false => format!(": {}", listed(&graded)),
    };
    format!(
        "{} decide the result; {} given by the file{by_hand}, {} filled in from the program's defaults{grades}; of {without} no \
         grade is given. A key with * holds for every practice, post or case type.",
        counted(inputs.len(), "input"),
        of(Origin::File),
        of(Origin::Default),
    )
}

fn inputs(inputs: &[InputRow]) -> Table {
    let headings = ["Input", "Value", "Given by", "Source", "Date", "Grade"];
    let rows = inputs.iter().map(|it| {
        let words = |text: &str| Cell::Words(text.to_owned());
        let grade = it.grade.map(String::from).unwrap_or_default();
        Row {
            name: it.key.clone(),
            place: super::table::Place::default(),
            cells: vec![
                it.summary.as_ref().map_or_else(
                    || words(&it.value),
                    |short| Cell::Long(short.clone(), it.value.clone()),
                ),
                words(it.origin.words()),
                words(&it.source),
                words(&it.date),
                words(&grade),
            ],
        }
    });
    Table {
        id: "inputs".to_owned(),
        caption: "Every input: its value, who gave it, where it is from".to_owned(),
        columns: headings.iter().map(|it| Column::of_words(it)).collect(),
        rows: rows.collect(),
        note: "Grades: A official statistics or a large study, B official guidance or a small study, C trade press, grey \
               literature or a single site, D assumption. An empty source: the file says none. scenario.toml has the \
               file with its comments, and every value of a long list."
            .to_owned(),
        ..Table::default()
    }
}

fn uncertain(inputs: &[(String, [f64; 3])]) -> Table {
    let number = |heading: &str| Column {
        is_number: true,
        ..Column::of_words(heading)
    };
    let input = |value: f64| Cell::Input(readable(value), value);
    let rows = inputs.iter().map(|(key, values)| Row {
        name: key.clone(),
        place: super::table::Place::default(),
        cells: values.map(input).to_vec(),
    });
    Table {
        id: "uncertain".to_owned(),
        caption: "Uncertain inputs: the central value, and between what 8 in 10 draws lie"
            .to_owned(),
        columns: vec![
            Column::of_words("Input"),
            number("Central"),
            number("10% point"),
            number("90% point"),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}
