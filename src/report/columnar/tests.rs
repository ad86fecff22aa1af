//! What is written is read back by the crate's own reader; that other programs read it is for
//! `tests/it/analysis`.

use super::field::number;
use super::*;
use crate::report::manifest::Manifest;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field as Cell;
use std::collections::BTreeMap;

fn manifest() -> Manifest {
    Manifest {
        program: "splw-sim".to_owned(),
        version: "0.1.0".to_owned(),
        schema: 1,
        command: "sweep".to_owned(),
        scenario_sha256: "ab12".to_owned(),
        inputs: BTreeMap::new(),
        seed: 20_261_005,
        replication_range: None,
        replications: 2,
        overrides: Vec::new(),
    }
}

/// The file of a table with a whole number, words, a key and a value.
fn written(rows: &str) -> io::Result<Vec<u8>> {
    let fields = [
        Field::usual("point"),
        Field::of_key("posts.0.wte", ["1.0", "2"].into_iter()),
        Field::usual("measure"),
        Field::usual("unit"),
        Field::usual("mean"),
    ];
    let mut file = Vec::new();
    let units = BTreeMap::from([("lapsed", "people"), ("seen", "days")]);
    let mut table = Columnar::begin(&mut file, &fields, &About::of(&manifest(), units))?;
    let mut given = csv::ReaderBuilder::new();
    let given = given.has_headers(false).flexible(true);
    for row in given.from_reader(rows.as_bytes()).records() {
        table.row(&row.expect("a row"))?;
    }
    table.end()?;
    Ok(file)
}

fn reader(bytes: Vec<u8>) -> SerializedFileReader<std::fs::File> {
    let mut file = tempfile::tempfile().expect("a temporary file");
    file.write_all(&bytes).expect("written");
    SerializedFileReader::new(file).expect("a file in columns")
}

/// Every row with its cells by column.
fn rows(file: Vec<u8>) -> Vec<Vec<Cell>> {
    let rows = reader(file).into_iter().map(|row| row.expect("a row"));
    rows.map(|row| {
        row.get_column_iter()
            .map(|(_, cell)| cell.clone())
            .collect()
    })
    .collect()
}

#[test]
fn rows_are_those_of_the_table() {
    let file =
        written("1,1.0,lapsed,people,0.1\n2,2,\"a, \"\"b\"\" \u{e9}\",days,\n").expect("written");
    let text = |text: &str| Cell::Str(text.to_owned());
    let expected = [
        [
            Cell::Long(1),
            Cell::Double(1.0),
            text("lapsed"),
            text("people"),
            Cell::Double(0.1),
        ],
        [
            Cell::Long(2),
            Cell::Double(2.0),
            text("a, \"b\" \u{e9}"),
            text("days"),
            Cell::Null,
        ],
    ];
    assert_eq!(rows(file), expected);
}

/// More rows than a group takes: none is lost at the seam, nor is their order.
#[test]
fn groups_follow_each_other_without_a_seam() {
    let count = ROWS_OF_A_GROUP + 3;
    let table: String = (1..=count)
        .map(|row| format!("{row},1.5,m{},share,{}\n", row % 7, row as f64 / 8.0))
        .collect();
    let file = written(&table).expect("written");
    let groups = reader(file.clone()).metadata().num_row_groups();
    assert_eq!(groups, 2);
    let rows = rows(file);
    assert_eq!(rows.len(), count);
    for (at, row) in rows.iter().enumerate() {
        let number = at + 1;
        assert_eq!(row[0], Cell::Long(number as i64));
        assert_eq!(row[2], Cell::Str(format!("m{}", number % 7)));
        assert_eq!(row[4], Cell::Double(number as f64 / 8.0));
    }
}

#[test]
fn a_table_without_rows_is_a_file() {
    assert!(rows(written("").expect("written")).is_empty());
}

#[test]
fn the_same_table_gives_the_same_bytes() {
    let table = "1,1.0,lapsed,people,0.1\n2,2,seen,days,3\n";
    assert_eq!(
        written(table).expect("written"),
        written(table).expect("written")
    );
}

#[test]
fn the_file_says_what_it_is() {
    let file = written("1,1.0,seen,days,3\n1,1.0,lapsed,people,0.1\n").expect("written");
    let reader = reader(file);
    let metadata = reader.metadata().file_metadata();
    assert_eq!(
        metadata.created_by(),
        Some(concat!("splw-sim version ", env!("CARGO_PKG_VERSION")))
    );
    let entries = metadata.key_value_metadata().expect("entries");
    let said = |key: &str| {
        let entry = entries.iter().find(|entry| entry.key == key);
        entry
            .and_then(|entry| entry.value.clone())
            .expect("an entry")
    };
    assert_eq!(said("seed"), "20261005");
    assert_eq!(said("version"), "0.1.0");
    assert_eq!(said("scenario_sha256"), "ab12");
    assert_eq!(said("units"), r#"{"lapsed":"people","seen":"days"}"#);
    assert_eq!(
        Manifest::from_text(said("manifest").as_bytes()),
        Some(manifest())
    );
    assert!(said("columns").contains(r#""posts.0.wte":"Value at the point of this key"#));
    assert!(said("citation").starts_with("splw-sim contributors"));
}

#[test]
fn a_key_with_a_value_that_is_no_number_is_words() {
    let number_or_words = |values: &[&str]| Field::of_key("k", values.iter().copied()).kind;
    assert_eq!(number_or_words(&["1", "2.5", "-1e3"]), field::Kind::Number);
    for words in [
        &["1", "inf"][..],
        &["nan"],
        &["{ gamma = 3 }"],
        &["true"],
        &["base"],
        &[""],
    ] {
        assert_eq!(number_or_words(words), field::Kind::Text, "{words:?}");
    }
    assert_eq!(number("1e999"), None);
}

#[test]
fn a_table_that_is_another_is_refused() {
    for rows in [
        "x,1.0,m,u,1\n",
        "1,one,m,u,1\n",
        "1,1.0,m,u,NaN\n",
        "1,1.0,m\n",
        "1,1.0,m,u,1,2\n",
    ] {
        let error = written(rows).expect_err("refused");
        assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{rows}");
    }
}

/// A file that takes a few bytes and is then full.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        match taken {
            0 => Err(io::ErrorKind::StorageFull.into()),
            some => Ok(some),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told_as_such() {
    let fields = [Field::usual("point")];
    let (manifest, units) = (manifest(), BTreeMap::new());
    let about = About::of(&manifest, units);
    for room in [0, 4, 40, 200] {
        let written = || {
            let mut table = Columnar::begin(Full(room), &fields, &about)?;
            table.row(["1"])?;
            table.end()
        };
        let error = written().expect_err("it is full");
        assert_eq!(error.kind(), io::ErrorKind::StorageFull, "{room}");
    }
}
