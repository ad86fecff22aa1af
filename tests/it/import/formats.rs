//! Every release format gives the same scenario.

use super::archive::{Packed, zip};
use super::{AGE_BANDS, ELM, Files, MAP, TOTALS, WORKFORCE};

/// The scenario without the lines that name the files.
fn content(files: &Files) -> String {
    let text = files.import(&ELM).succeeded().text("out.toml");
    let lines = text.lines().filter(|line| !line.starts_with("#   "));
    lines.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn assert_same(files: &Files) {
    assert_eq!(content(&Files::new()), content(files));
}

#[test]
fn line_ends_and_marks_do_not_matter() {
    let crlf = |text: &str| text.replace('\n', "\r\n").into_bytes();
    let marked = [b"\xef\xbb\xbf", &crlf(WORKFORCE)[..]].concat();
    let files = Files::new().with_map(crlf(MAP)).with_lists(crlf(TOTALS));
    assert_same(&files.with_workforce(marked));
}

#[test]
fn both_styles_of_dates_are_read() {
    let map = MAP.replace("01Jul2026", "2026-07-01");
    let lists = TOTALS.replace("2026-07-01", "01Jul2026");
    assert_same(&Files::new().with_map(map).with_lists(lists));
    assert_same(&Files::new().with_workforce(WORKFORCE.replace(",2026,6,", ",2026,June,")));
}

#[test]
fn age_bands_hold_the_totals_too() {
    assert_same(&Files::new().with_lists(AGE_BANDS));
    let by_year = AGE_BANDS.replace("AGE_GROUP_5", "AGE");
    assert_same(&Files::new().with_lists(by_year));
}

#[test]
fn columns_had_other_names_before_2022() {
    let map = MAP
        .replace("SUB_ICB_LOCATION", "CCG")
        .replace("ICB_CODE", "STP_CODE")
        .replace("ICB_NAME", "STP_NAME");
    let workforce = WORKFORCE
        .replace("CENSUS_YEAR", "YEAR")
        .replace("CENSUS_MONTH", "MONTH")
        .replace("SUB_ICB", "CCG")
        .replace("ICB_CODE", "STP_CODE");
    assert_same(&Files::new().with_map(map).with_workforce(workforce));
}

#[test]
fn columns_may_stand_in_any_order() {
    let turned: String = TOTALS
        .lines()
        .map(|line| line.split(',').rev().collect::<Vec<_>>().join(",") + "\n")
        .collect();
    assert_same(&Files::new().with_lists(turned));
}

#[test]
fn windows_1252_is_read() {
    let map = MAP.replace("O'BRIEN", "O\u{1}BRIEN").into_bytes();
    let map: Vec<u8> = map
        .into_iter()
        .map(|byte| if byte == 1 { 0x92 } else { byte })
        .collect();
    let import = Files::new().with_map(map);
    let import = import
        .import(&["--pcn", "U90002", "--out", "out.toml"])
        .succeeded();
    let name = import.scenario("out.toml").model.practices[1].name.clone();
    assert_eq!(name, "Dr O’Brien & Partners");
}

#[test]
fn zips_are_read_as_downloaded() {
    let mut files = Files::new();
    files.map = (
        "gp-reg-pat-prac-map.zip".to_owned(),
        zip(&[("gp-reg-pat-prac-map.csv", MAP.as_bytes(), Packed::Deflated)]),
    );
    files.lists = (
        "lists.zip".to_owned(),
        zip(&[(
            "gp-reg-pat-prac-quin-age.csv",
            AGE_BANDS.as_bytes(),
            Packed::Stored,
        )]),
    );
    for member in [
        "1.Primary Care Networks - June 2026 Individual Level.csv",
        "Primary Care Networks, Individual-Level CSV June 2021.csv",
        "data/3.PCN_individual_level.CSV",
    ] {
        files.workforce = (
            "PCNWFIndividualCSV.062026.zip".to_owned(),
            zip(&[
                (
                    "0.Guide to using Pivot Tables with the Individual-level CSV.pdf",
                    b"%PDF",
                    Packed::Deflated,
                ),
                ("data/", b"", Packed::Stored),
                (
                    "2.Primary Care Networks - June 2026 High Level.csv",
                    b"A,B\n1,2\n",
                    Packed::Deflated,
                ),
                (member, WORKFORCE.as_bytes(), Packed::Deflated),
            ]),
        );
        assert_same(&files);
    }
}
