//! The workbook, opened by a reader that has nothing to do with its writer: the numbers are those of the
//! tables, text is text, and everything in it is explained.

use super::{done, files, names, rayleigh, run_rayleigh};
use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use std::collections::BTreeSet;
use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use tempfile::{TempDir, tempdir};

type Book = Xlsx<BufReader<fs::File>>;

/// Sheets with a table and the file that each is made from.
const TABLES: [(&str, &str); 16] = [
    ("Points", "sweep.csv"),
    ("What matters", "sensitivity.csv"),
    ("Metamodel", "metamodel.csv"),
    ("Summary", "summary.csv"),
    ("Targets", "targets.csv"),
    ("Differences", "differences.csv"),
    ("Money", "cost_effectiveness.csv"),
    ("Ranking", "ranking.csv"),
    ("Plans", "plans.csv"),
    ("Bad years", "bad_years.csv"),
    ("Weekly", "weekly.csv"),
    ("Waits", "waits.csv"),
    ("Not known", "uncertainty.csv"),
    ("Inputs that matter", "tornado.csv"),
    ("Draws", "draws.csv"),
    ("Replications", "replications.csv"),
];

/// Rows above the first of a table: what the sheet is, which rows it has, the headings.
const ABOVE: usize = 3;

fn book(folder: &Path) -> Book {
    open_workbook(folder.join("results.xlsx")).expect("the workbook is there")
}

fn sheet(book: &mut Book, name: &str) -> Range<Data> {
    book.worksheet_range(name).expect("the sheet can be read")
}

/// Header and rows of a table of the folder.
fn table(folder: &Path, file: &str) -> (Vec<String>, Vec<Vec<String>>) {
    let mut reader = csv::Reader::from_path(folder.join(file)).expect("the table is there");
    let cells = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect();
    let header = cells(reader.headers().expect("a header"));
    let rows = reader.records().map(|row| cells(&row.expect("a row")));
    (header, rows.collect())
}

/// A folder made by these arguments.
fn made(arguments: &[&str]) -> (TempDir, PathBuf) {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    let mut all = arguments.to_vec();
    let path = out.to_string_lossy().into_owned();
    all.extend(["--quiet", "--out", &path]);
    let (code, _, told) = done(Path::new(env!("CARGO_MANIFEST_DIR")), &all);
    assert_eq!(code, Some(0), "{told}");
    (place, out)
}

/// Fails unless a cell says what the table says: the same number to the last digit, the same day, the
/// same words, or nothing.
#[track_caller]
fn assert_cell(cell: &Data, expected: &str, what: &str) {
    match cell {
        Data::Empty => assert_eq!(expected, "", "{what}"),
        Data::String(text) => assert_eq!(text, expected, "{what}"),
        Data::Float(value) => {
            let expected: f64 = expected.parse().expect(what);
            assert!(
                (value - expected).abs() <= 0.0,
                "{what}: {value} and not {expected}"
            );
        }
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            assert_eq!(format!("{year:04}-{month:02}-{day:02}"), expected, "{what}");
        }
        other => panic!("{what}: {other:?} stands for {expected}"),
    }
}

/// Fails unless every sheet has the rows of its table, all or as many as it says. Gives how many cells
/// were compared.
fn assert_same_numbers(folder: &Path) -> usize {
    let mut book = book(folder);
    let there: Vec<String> = book.sheet_names();
    let mut compared = 0;
    for (name, file) in TABLES {
        let has_file = folder.join(file).exists();
        assert_eq!(there.iter().any(|it| it == name), has_file, "{name}");
        if !has_file {
            continue;
        }
        let range = sheet(&mut book, name);
        let (header, rows) = table(folder, file);
        let kept = rows_kept(&range, &header, &rows);
        assert_eq!(range.height(), kept.len() + ABOVE, "{name}: rows");
        assert_eq!(range.width(), header.len(), "{name}: columns");
        for (at, row) in kept.iter().enumerate() {
            for (column, expected) in row.iter().enumerate() {
                let cell = range.get((at + ABOVE, column)).unwrap_or(&Data::Empty);
                assert_cell(
                    cell,
                    expected,
                    &format!("{name}, {}, row {at}", header[column]),
                );
                compared += 1;
            }
        }
    }
    compared
}

/// The rows that a sheet says to have.
fn rows_kept<'a>(
    range: &Range<Data>,
    header: &[String],
    rows: &'a [Vec<String>],
) -> Vec<&'a Vec<String>> {
    let note = range
        .get((1, 0))
        .and_then(Data::get_string)
        .expect("a note");
    if note.starts_with("All ") {
        return rows.iter().collect();
    }
    assert!(note.contains("those of the PCN as a whole"), "{note}");
    let position = |name: &str| header.iter().position(|it| it == name).expect("the column");
    let scope = position("scope");
    let of_pcn = rows.iter().filter(|row| row[scope] == "pcn");
    if !note.contains("key figures") {
        return of_pcn.collect();
    }
    let measure = position("measure");
    let shown: BTreeSet<String> = range
        .rows()
        .skip(ABOVE)
        .filter_map(|row| row[measure].get_string().map(str::to_owned))
        .collect();
    assert!(
        shown.contains("share_contacted_ever") && shown.len() >= 8,
        "{shown:?}"
    );
    of_pcn.filter(|row| shown.contains(&row[measure])).collect()
}

#[test]
fn every_number_of_a_run_is_that_of_its_table() {
    let rayleigh = rayleigh();
    let (_place, out) = made(&["run", &rayleigh.to_string_lossy(), "--replications", "6"]);
    assert!(assert_same_numbers(&out) > 50_000);
}

#[test]
fn every_number_of_a_comparison_is_that_of_its_table() {
    let file = rayleigh();
    let (_place, out) = made(&["compare", &file.to_string_lossy(), "--replications", "40"]);
    let sheets = book(&out).sheet_names();
    assert!(
        ["Targets", "Differences", "Money"]
            .iter()
            .all(|it| sheets.contains(&(*it).to_owned()))
    );
    let mut book = book(&out);
    let replications = sheet(&mut book, "Replications");
    let note = replications.get((1, 0)).and_then(Data::get_string);
    assert!(
        note.is_some_and(|it| it.ends_with("The others are in that file.")),
        "{note:?}"
    );
    assert!(assert_same_numbers(&out) > 50_000);
}

#[test]
fn every_number_of_a_recommendation_is_that_of_its_table() {
    let file = "scenarios/recruit-to-target.toml";
    let few = "recommend.budget_replications=200";
    let (_place, out) = made(&["recommend", file, "--replications", "4", "--set", few]);
    assert!(book(&out).sheet_names().contains(&"Plans".to_owned()));
    assert_same_numbers(&out);
}

#[test]
fn every_number_of_a_study_is_that_of_its_table() {
    let place = tempdir().expect("a temporary folder");
    let scenario = fs::read_to_string(rayleigh()).expect("the scenario");
    let short = scenario
        .replace("weeks = 104", "weeks = 26")
        .replace("warm_up_weeks = 52", "warm_up_weeks = 4");
    fs::write(place.path().join("rayleigh.toml"), short).expect("written");
    let text = "schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\ndesign = \"sobol\"\npoints = 8\nreplications = 2\n\
                [[sweep.vary]]\nkey = \"posts.0.wte\"\nfrom = 1.0\nto = 3.0\n\
                [[sweep.vary]]\nkey = \"posts.0.caseload_cap\"\nfrom = 60\nto = 100\n";
    let file = place.path().join("study.toml");
    fs::write(&file, text).expect("written");
    let (_place, out) = made(&["sweep", &file.to_string_lossy()]);
    let sheets = book(&out).sheet_names();
    let expected = [
        "Answer",
        "Points",
        "What matters",
        "Metamodel",
        "Dictionary",
    ];
    assert_eq!(sheets, expected);
    assert!(assert_same_numbers(&out) > 6_000);
    let mut book = book(&out);
    let front = words(&sheet(&mut book, "Answer")).join(" ");
    assert!(
        front.contains("Runs of all points")
            && !front.contains("Waiting list")
            && !front.contains("Key figures"),
        "{front}"
    );
}

const UNCERTAIN: &str =
    "posts.0.client_share={ uncertain = { uniform = { min = 0.5, max = 0.7 } } }";

#[test]
fn every_number_of_draws_is_that_of_its_table() {
    let file = rayleigh();
    let few = ["uncertainty.draws=10", "uncertainty.replications=2"];
    let file = file.to_string_lossy();
    let mut arguments = vec!["run", &file, "--set", UNCERTAIN];
    arguments.extend(few.iter().flat_map(|it| ["--set", it]));
    let (_place, out) = made(&arguments);
    assert!(book(&out).sheet_names().contains(&"Draws".to_owned()));
    assert_same_numbers(&out);
}

/// The cells of a sheet that are words.
fn words(range: &Range<Data>) -> Vec<String> {
    let cells = range.used_cells();
    cells
        .filter_map(|(_, _, cell)| cell.get_string().map(str::to_owned))
        .collect()
}

#[test]
fn the_first_sheet_has_question_answer_cautions_and_what_was_run() {
    let place = tempdir().expect("a temporary folder");
    let out = place.path().join("out");
    let options = ["--replications", "6", "--format", "json"];
    let told = run_rayleigh(&out, &options).output().expect("it runs");
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).expect("JSON");
    let mut book = book(&out);
    assert_eq!(
        book.sheet_names().first().map(String::as_str),
        Some("Answer")
    );
    let said = words(&sheet(&mut book, "Answer"));
    let has = |text: &str| assert!(said.iter().any(|it| it.contains(text)), "{text}\n{said:?}");
    has(told["title"].as_str().expect("a title"));
    has(told["question"].as_str().expect("a question"));
    for key in ["answer", "be_careful"] {
        for sentence in told[key].as_array().expect("sentences") {
            has(sentence.as_str().expect("words"));
        }
    }
    for text in [
        "missed",
        "experiment.replications=6",
        "20261005",
        "728 days from 2026-10-05",
        "Dictionary",
    ] {
        has(text);
    }
}

#[test]
fn every_column_and_every_measure_is_in_the_dictionary() {
    let file = rayleigh();
    let (_place, out) = made(&["compare", &file.to_string_lossy(), "--replications", "20"]);
    let mut book = book(&out);
    let dictionary = sheet(&mut book, "Dictionary");
    let cell = |row: &[Data], at: usize| row[at].get_string().unwrap_or_default().to_owned();
    let explained: BTreeSet<String> = dictionary
        .rows()
        .skip(ABOVE)
        .filter(|row| {
            !cell(row, 3).is_empty()
                && cell(row, 3) != "that of the key"
                && !cell(row, 5).is_empty()
        })
        .map(|row| cell(row, 1))
        .collect();
    for (_, file) in TABLES
        .into_iter()
        .filter(|(_, file)| out.join(file).exists())
    {
        let (header, rows) = table(&out, file);
        let measure = header.iter().position(|it| it == "measure");
        let measures = rows.iter().filter_map(|row| Some(row[measure?].as_str()));
        for name in header.iter().map(String::as_str).chain(measures) {
            let is_gap = name.contains("_gap_between_practices");
            assert!(is_gap || explained.contains(name), "{file}: {name}");
        }
    }
}

/// Names that a spreadsheet could take for something else.
#[test]
fn text_is_never_a_formula() {
    let place = tempdir().expect("a temporary folder");
    let text = fs::read_to_string(rayleigh()).expect("it is there");
    let text = text
        .replace(
            "\"Conner & Partners\"",
            "\"{=1+1} \\\"<b>&amp;\\\" http://example.org/\"",
        )
        .replace(
            "How many of the people",
            "{=HYPERLINK(\\\"http://example.org\\\")} How many of the people",
        );
    fs::write(place.path().join("odd.toml"), text).expect("it can be written");
    let arguments = [
        "run",
        "odd.toml",
        "--replications",
        "2",
        "--quiet",
        "--out",
        "out",
    ];
    let (code, _, told) = done(place.path(), &arguments);
    assert_eq!(code, Some(0), "{told}");
    let out = place.path().join("out");
    let mut book = book(&out);
    for name in book.sheet_names() {
        let formulas = book
            .worksheet_formula(&name)
            .expect("the sheet can be read");
        let found: Vec<_> = formulas.used_cells().collect();
        assert!(found.is_empty(), "{name}: {found:?}");
    }
    let said = words(&sheet(&mut book, "Summary"));
    assert!(
        said.iter()
            .any(|it| it == "{=1+1} \"<b>&amp;\" http://example.org/")
    );
    let front = words(&sheet(&mut book, "Answer"));
    assert!(
        front
            .iter()
            .any(|it| it.starts_with("{=HYPERLINK(\"http://example.org\")}"))
    );
    assert_same_numbers(&out);
}

#[test]
fn there_are_two_charts_and_no_date_of_today() {
    let file = rayleigh();
    let (_place, out) = made(&["run", &file.to_string_lossy(), "--replications", "2"]);
    let bytes = &files(&out)["results.xlsx"];
    let names_part = |name: &[u8]| bytes.windows(name.len()).any(|it| it == name);
    assert!(names_part(b"xl/charts/chart1.xml") && names_part(b"xl/charts/chart2.xml"));
    assert!(!names_part(b"xl/charts/chart3.xml"));
    // The time of a zip's entries is 1 January 1980, 00:00, in the header of each.
    let local_headers = bytes.windows(14).filter(|it| it.starts_with(b"PK\x03\x04"));
    let mut times = local_headers.map(|header| &header[10..14]);
    assert!(times.all(|time| time == [0, 0, 0x21, 0]));
    assert!(bytes.len() < 1_000_000, "{} bytes", bytes.len());
    assert!(names(&out).contains(&"results.xlsx".to_owned()));
}
