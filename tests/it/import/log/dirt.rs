//! A log with all kinds of dirt gives the right numbers and a list of what was set aside, without a word of what
//! stood there.

use super::made::{HEADER, TRUTH, calendar, current, log, read_text};
use splw_sim::import::Given;
use splw_sim::import::log::{Lost, Meanings, Period, inputs, read, set_aside_csv};

const SEED: u64 = 20_261_005;

/// Rows that are no referrals: what they are like, the column that is told, a part of the reason.
const NO_ROWS: [(&str, &str, &str); 13] = [
    (",Elm,,light,,,,,,,", "RECEIVED", "is empty"),
    ("soon,Elm,,light,,,,,,,", "RECEIVED", "is no date"),
    ("31/02/2025,Elm,,light,,,,,,,", "RECEIVED", "is no date"),
    ("04/25/2025,Elm,,light,,,,,,,", "RECEIVED", "is no date"),
    ("03/04/25,Elm,,light,,,,,,,", "RECEIVED", "is no date"),
    (
        "45750,Elm,,light,,,,,,,",
        "RECEIVED",
        "is a number in place of a date",
    ),
    ("Total,1234,,,,,,,,,", "RECEIVED", "is no date"),
    (
        "03/04/2025,Beech Tree House,,light,,,,,,,",
        "PRACTICE",
        "is no practice of the scenario",
    ),
    ("03/04/2025,,,light,,,,,,,", "PRACTICE", "is empty"),
    ("03/04/2025,Elm,,light", "", "more or fewer columns"),
    (
        "03/04/2025,Elm,,light,,,,,,,,Smith",
        "",
        "more or fewer columns",
    ),
    (HEADER, "", "is the header again"),
    ("03/04/2052,Elm,,light,,,,,,,", "RECEIVED", "180 days apart"),
];

/// Rows whose pathway cannot be believed; they were received on 3 April 2025 at Elm.
const NO_PATHWAYS: [(&str, &str, &str); 9] = [
    (
        "05/04/2025,,,,,01/04/2025,completed",
        "DISCHARGED",
        "is before receipt",
    ),
    ("05/04/2025,,lots,,,,", "CONTACTS", "is no whole number"),
    ("05/04/2025,,-3,,,,", "CONTACTS", "is no whole number"),
    (
        "05/04/2025,,,,,05/05/2025,NFA",
        "OUTCOME",
        "is none of the words",
    ),
    ("05/04/2025,,,,,05/05/2025,", "OUTCOME", "is empty although"),
    (
        "05/04/2025,,,,,,completed",
        "DISCHARGED",
        "is empty although",
    ),
    (
        "05/04/2025,04/04/2025,,,,,",
        "FIRST_APPOINTMENT",
        "is before the first contact",
    ),
    (
        "01/04/2025,,,,,,",
        "FIRST_CONTACT",
        "is before the day of receipt",
    ),
    (
        "05/04/2025,,,,,05/05/2062,completed",
        "DISCHARGED",
        "more than three years after",
    ),
];

/// Words that stand in the dirt and must not be repeated.
const WORDS: [&str; 9] = [
    "soon", "Beech", "Smith", "lots", "NFA", "2062", "2052", "45750", "Benefits",
];

fn clean() -> String {
    log(&TRUTH, SEED)
}

/// The clean log with dirt in every hundredth place, and how many rows of each kind were set aside.
fn dirty() -> String {
    let pathways = NO_PATHWAYS.map(|(rest, _, _)| format!("03/04/2025,Elm,,light,{rest}"));
    let rows = NO_ROWS.iter().map(|(row, _, _)| (*row).to_owned());
    let mut dirt: Vec<String> = rows.chain(pathways).collect();
    dirt.push("03/04/2025,Elm,,Benefits advice,,,,,,,".to_owned());
    dirt.push(",,,,,,,,,,".to_owned());
    let mut dirt = dirt.into_iter();
    let mut text = String::new();
    for (number, line) in clean().lines().enumerate() {
        text += line;
        text.push('\n');
        if number % 20 == 10
            && let Some(row) = dirt.next()
        {
            text += &row;
            text.push('\n');
        }
    }
    assert_eq!(dirt.next(), None, "all of the dirt is in");
    text
}

#[test]
fn dirt_is_set_aside_and_the_numbers_are_right() {
    let calendar = calendar();
    let now = current(&calendar);
    let read = read_text(&dirty(), &now);
    // What was received on 3 April 2025 counts as received, whatever became of it.
    let bare = "03/04/2025,Elm,,,,,,,,,\n".repeat(NO_PATHWAYS.len() + 1);
    let received = inputs(&read_text(&(clean() + &bare), &now), &now);
    let pathways = inputs(
        &read_text(&(clean() + "03/04/2025,Elm,,,,,,,,,\n"), &now),
        &now,
    );
    let found = inputs(&read, &now);
    let is_demand = |key: &str| {
        (key.starts_with("demand") && !key.contains("inappropriate"))
            || key.starts_with("practices")
    };
    for ((found, received), pathway) in found.iter().zip(&received).zip(&pathways) {
        match is_demand(&found.key) {
            true => assert_eq!(found, received),
            false => assert_eq!(found, pathway),
        }
    }
    assert_eq!(read.blank, 1);
    assert_eq!(read.rows, dirty().lines().count() - 2);
}

#[test]
fn everything_set_aside_is_listed_by_row_column_and_reason() {
    let calendar = calendar();
    let now = current(&calendar);
    let text = dirty();
    let read = read_text(&text, &now);
    let wanted = NO_ROWS.iter().map(|it| (it, Lost::Row));
    let wanted = wanted.chain(NO_PATHWAYS.iter().map(|it| (it, Lost::Pathway)));
    for ((row, column, reason), lost) in wanted {
        let rows = text
            .lines()
            .enumerate()
            .skip(1)
            .filter(|(_, line)| match lost {
                Lost::Row => line == row,
                _ => line.strip_prefix("03/04/2025,Elm,,light,") == Some(row),
            });
        for (index, _) in rows {
            let number = index as u64 + 1;
            let aside = read.asides.iter().find(|it| it.row == number);
            let aside = aside.unwrap_or_else(|| panic!("row {number} ({row}) is not listed"));
            assert_eq!(aside.column.unwrap_or(""), *column, "{row}");
            assert!(aside.reason.contains(reason), "{row}: {}", aside.reason);
            assert_eq!(aside.lost, lost, "{row}");
        }
    }
    assert_eq!(read.asides.len(), NO_ROWS.len() + NO_PATHWAYS.len() + 1);
    let table = String::from_utf8(set_aside_csv(&read.asides)).expect("text");
    for word in WORDS {
        assert!(!table.contains(word), "{word} is repeated");
    }
    assert!(table.starts_with("row,column,set_aside,reason\n"));
    assert!(
        table.contains(",type,the cell,is no case type of the scenario\n"),
        "{table}"
    );
}

#[test]
fn rows_are_counted_as_a_spreadsheet_counts_them() {
    let calendar = calendar();
    let now = current(&calendar);
    let note = "\"first line\nsecond, \"\"quoted\"\" line\r\nthird\"";
    let row = format!("02/04/2025,Elm,{note},light,,,,,,,\n");
    let text = format!("{HEADER}\n{row}{row}\n{row}soon,Elm,,light,,,,,,,\n");
    let read = read_text(&text, &now);
    // The header, two rows, a row without anything, a row, and then it.
    assert_eq!(read.asides.iter().map(|it| it.row).collect::<Vec<_>>(), [6]);
    assert_eq!(read.entries.len(), 3);
}

#[test]
fn marks_line_ends_separators_and_old_encodings_are_taken() {
    let calendar = calendar();
    let now = current(&calendar);
    let entries = read_text(&clean(), &now).entries;
    let crlf = format!("\u{feff}{}", clean().replace('\n', "\r\n"));
    assert!(read_text(&crlf, &now).entries == entries, "line ends");
    assert!(
        read_text(&clean().replace(',', ";"), &now).entries == entries,
        "semicolons"
    );
    assert!(
        read_text(&clean().replace(',', "\t"), &now).entries == entries,
        "tabs"
    );
    let cells = clean().replacen(",,light", ",caf\u{1},light", 1);
    let bytes: Vec<u8> = cells
        .bytes()
        .map(|it| if it == 1 { 0xe9 } else { it })
        .collect();
    let given = Given {
        name: "log.csv".to_owned(),
        bytes,
    };
    let read = read(&given, &Meanings::of(&now), Period::default()).expect("a log");
    assert!(read.entries == entries, "Windows-1252");
}

/// Whatever bytes are changed, it is read or refused; nothing panics and nothing of it is repeated.
#[test]
fn changed_bytes_do_no_harm() {
    let calendar = calendar();
    let now = current(&calendar);
    let clean: Vec<u8> = clean()
        .lines()
        .take(60)
        .collect::<Vec<_>>()
        .join("\n")
        .into_bytes();
    let mut dice = crate::dice::Dice::new(SEED);
    for _ in 0..1_500 {
        let mut bytes = clean.clone();
        for _ in 0..=dice.below(6) {
            let at = dice.below(bytes.len() as u64) as usize;
            match dice.below(4) {
                0 => bytes[at] = dice.below(256) as u8,
                1 => bytes.truncate(at.max(1)),
                2 => bytes.insert(at, b"\",\n;0-/"[dice.below(7) as usize]),
                _ => drop(bytes.remove(at)),
            }
            if bytes.is_empty() {
                bytes.push(b'x');
            }
        }
        let given = Given {
            name: "log.csv".to_owned(),
            bytes,
        };
        if let Ok(read) = read(&given, &Meanings::of(&now), Period::default()) {
            let _ = inputs(&read, &now);
        }
    }
}
