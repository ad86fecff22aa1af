//! Every number on the page is the one of the files, rounded as it says.

use super::html::Node;
use super::{Made, usual_comparison, usual_recommendation, usual_run};
use std::collections::BTreeMap;
use std::path::Path;

/// How far a value of nine digits may be from the one that it was made from.
const NINE_DIGITS: f64 = 2e-8;

/// A table of a folder: its columns and its rows.
struct Csv {
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Csv {
    fn of(path: &Path) -> Self {
        let mut reader =
            csv::Reader::from_path(path).unwrap_or_else(|why| panic!("{path:?}: {why}"));
        let columns = reader
            .headers()
            .expect("a header")
            .iter()
            .map(str::to_owned)
            .collect();
        let rows = reader
            .records()
            .map(|row| row.expect("a row").iter().map(str::to_owned).collect());
        let rows = rows.collect();
        Self { columns, rows }
    }

    fn column(&self, name: &str) -> usize {
        let found = self.columns.iter().position(|it| it == name);
        found.unwrap_or_else(|| panic!("there is no column {name}"))
    }
}

/// Where a number says that it stands.
type Keys = BTreeMap<String, String>;

/// The keys of an element: its attributes that begin with `data-`, but for the heading it repeats.
fn keys_of(node: &Node, into: &mut Keys) {
    for (name, value) in &node.attributes {
        let key = name.strip_prefix("data-");
        if let Some(key) = key.filter(|it| *it != "label") {
            into.insert(key.to_owned(), value.clone());
        }
    }
}

/// A number of the page.
struct Told {
    keys: Keys,
    shown: String,
}

/// Every number of the page, and every dash where one would stand.
fn told(page: &Node) -> Vec<Told> {
    let mut found = Vec::new();
    for table in page.all("table") {
        let heads: Vec<&Node> = table
            .all("thead")
            .iter()
            .flat_map(|it| it.all("th"))
            .collect();
        let rows = table.all("tbody").into_iter().flat_map(|it| it.all("tr"));
        for row in rows {
            for (head, cell) in heads.iter().zip(row.cells()).skip(1) {
                let is_number = cell.get("class") == Some("n") && cell.get("data-i").is_none();
                if table.get("data-file").is_some() && is_number {
                    let mut keys = Keys::new();
                    for node in [table, head, row, cell] {
                        keys_of(node, &mut keys);
                    }
                    found.push(Told {
                        keys,
                        shown: cell.words(),
                    });
                }
            }
        }
    }
    for list in page.all("dl") {
        for number in list
            .all("dd")
            .iter()
            .filter(|it| it.get("data-v").is_some())
        {
            let mut keys = Keys::new();
            keys_of(list, &mut keys);
            keys_of(number, &mut keys);
            found.push(Told {
                keys,
                shown: number.words(),
            });
        }
    }
    found
}

/// What the files say at a place: the values of these fields.
fn found(
    files: &mut BTreeMap<String, Csv>,
    out: &Path,
    keys: &Keys,
    field: &str,
) -> Vec<Option<f64>> {
    const OWN: [&str; 13] = [
        "file", "field", "ends", "over", "from", "to", "v", "l", "h", "p10", "p90", "numbers",
        "hover",
    ];
    let file = &keys["file"];
    if !files.contains_key(file) {
        files.insert(file.clone(), Csv::of(&out.join(file)));
    }
    let csv = &files[file];
    let wanted: Vec<(usize, &String)> = keys
        .iter()
        .filter(|(key, _)| !OWN.contains(&key.as_str()))
        .map(|(key, value)| (csv.column(key), value))
        .collect();
    let at = csv.column(field);
    let is_in = |row: &Vec<String>| {
        let Some(from) = keys.get("from") else {
            return true;
        };
        let date = &row[csv.column("date")];
        date >= from && keys.get("to").is_none_or(|to| to.is_empty() || date < to)
    };
    let rows = csv.rows.iter();
    let rows =
        rows.filter(|row| wanted.iter().all(|(at, value)| row[*at] == **value) && is_in(row));
    rows.map(|row| row[at].parse().ok()).collect()
}

/// The value that a number should have.
fn expected(
    files: &mut BTreeMap<String, Csv>,
    out: &Path,
    keys: &Keys,
    field: &str,
) -> Option<f64> {
    let values: Vec<f64> = found(files, out, keys, field)
        .into_iter()
        .flatten()
        .collect();
    assert!(
        keys.contains_key("from") || keys["file"] == "plans.csv" || values.len() <= 1,
        "{keys:?} is not one row"
    );
    if values.is_empty() {
        return None;
    }
    let mean = match keys.contains_key("from") {
        true => values.iter().sum::<f64>() / values.len() as f64,
        false => values[0],
    };
    let over = keys
        .get("over")
        .map_or(1.0, |it| it.parse().expect("a number"));
    Some(mean / over)
}

/// The first number of a text, and how many decimals it has.
fn first_number(text: &str) -> Option<(f64, usize)> {
    let from = text.find(|c: char| c.is_ascii_digit())?;
    let before = &text[..from];
    let rest = &text[from..];
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'));
    let digits = rest[..end.unwrap_or(rest.len())]
        .trim_end_matches(['.', ','])
        .replace(',', "");
    let decimals = digits.split_once('.').map_or(0, |(_, part)| part.len());
    let value: f64 = digits.parse().ok()?;
    let is_negative = before.ends_with('-') || before.ends_with("-£");
    Some((if is_negative { -value } else { value }, decimals))
}

/// Whether a number rounds to what is shown; shares are shown in per cent or in points.
fn rounds(shown: &str, exact: f64) -> bool {
    let Some((value, decimals)) = first_number(shown) else {
        return false;
    };
    let half = 0.5 * 10_f64.powi(-(decimals as i32)) * (1.0 + 1e-6) + 1e-9;
    [exact, 100.0 * exact]
        .iter()
        .any(|it| (value - it).abs() <= half)
}

fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() <= NINE_DIGITS * other.abs().max(1e-9)
}

/// Holds every number of a page against the files; gives how many there were.
pub(super) fn check(made: &Made) -> usize {
    let page = made.tree();
    let mut files = BTreeMap::new();
    let out = made.out();
    let mut count = 0;
    for it in told(&page) {
        let field = it
            .keys
            .get("field")
            .map_or("mean", String::as_str)
            .to_owned();
        let value = expected(&mut files, &out, &it.keys, &field);
        let Some(exact) = it.keys.get("v") else {
            assert_eq!(
                value, None,
                "a dash stands where there is a value: {:?}",
                it.keys
            );
            continue;
        };
        let exact: f64 = exact.parse().expect("a number");
        let value = value.unwrap_or_else(|| panic!("{:?} is in no file", it.keys));
        assert!(
            is_same(exact, value),
            "{exact} and not {value}: {:?}",
            it.keys
        );
        assert!(
            rounds(&it.shown, exact),
            "{exact} is shown as {}: {:?}",
            it.shown,
            it.keys
        );
        count += 1 + check_ends(&mut files, &out, &it, &field);
    }
    count
}

/// The ends of an interval and of a spread.
fn check_ends(files: &mut BTreeMap<String, Csv>, out: &Path, it: &Told, field: &str) -> usize {
    let ends = it
        .keys
        .get("ends")
        .map_or("ci95_low ci95_high", String::as_str);
    let (low, high) = ends.split_once(' ').expect("two columns");
    let named = [("l", low), ("h", high), ("p10", "p10"), ("p90", "p90")];
    let mut count = 0;
    for (key, field_of_end) in named {
        let Some(exact) = it.keys.get(key) else {
            continue;
        };
        // A column of points has no ends of its own.
        assert_ne!(field, "p10");
        let exact: f64 = exact.parse().expect("a number");
        let value = expected(files, out, &it.keys, field_of_end);
        let value =
            value.unwrap_or_else(|| panic!("{field_of_end} of {:?} is in no file", it.keys));
        assert!(
            is_same(exact, value),
            "{exact} and not {value}: {key} of {:?}",
            it.keys
        );
        count += 1;
    }
    if let Some((_, ends)) = it
        .shown
        .split_once(' ')
        .filter(|(_, ends)| ends.contains(" to "))
    {
        let (low, high) = ends.rsplit_once(" to ").expect("two ends");
        let low = low.rsplit(' ').next().expect("an end");
        for (shown, key) in [(low, "l"), (high, "h")] {
            let exact: f64 = it.keys[key].parse().expect("a number");
            assert!(
                rounds(shown, exact),
                "{exact} is shown as {shown}: {:?}",
                it.keys
            );
        }
    }
    count
}

#[test]
fn every_number_of_a_run_is_in_its_files() {
    let count = check(&usual_run());
    assert!(count > 500, "only {count} numbers were found");
}

#[test]
fn every_number_of_a_comparison_is_in_its_files() {
    let count = check(&usual_comparison());
    assert!(count > 150, "only {count} numbers were found");
}

#[test]
fn every_number_of_a_recommendation_is_in_its_files() {
    let count = check(&usual_recommendation());
    assert!(count > 150, "only {count} numbers were found");
}

#[test]
fn so_is_every_number_with_costs_with_strain_and_with_what_is_not_known() {
    let priced = Made::of_shipped("run", "recruit-to-target", &["--replications", "8"]);
    assert!(check(&priced) > 300);
    let strained = Made::of_shipped(
        "run",
        "burnout-spiral",
        &["--replications", "8", "--set", "strain.feedback=both"],
    );
    assert!(check(&strained) > 300);
    let uncertain = super::shipped("rayleigh").replace(
        "client_share = 0.6",
        "client_share = { uncertain = { triangular = { min = 0.5, mode = 0.6, max = 0.7 } } }",
    );
    let few = [
        "--set",
        "uncertainty.draws=20",
        "--set",
        "uncertainty.replications=2",
    ];
    assert!(check(&Made::of("run", &uncertain, &few)) > 300);
    assert!(check(&Made::of("compare", &uncertain, &few)) > 100);
}

#[test]
fn numbers_are_read_as_they_are_shown() {
    assert!(rounds("29.6%", 0.295_512));
    assert!(!rounds("29.6%", 0.294));
    assert!(rounds("+33.1 30.0 to 36.0", 0.331_2));
    assert!(rounds("-£1,200", -1_199.7));
    assert!(!rounds("£1,200", -1_199.7));
}
