//! Wrong files: told with file, row and column, and nothing written.

use super::{AGE_BANDS, DEPRIVATION, ELM, Files, MAP, TOTALS, WORKFORCE};

fn with_map(map: impl Into<Vec<u8>>) -> super::Import {
    Files::new().with_map(map).import(&ELM)
}

fn with_lists(lists: impl Into<Vec<u8>>) -> super::Import {
    Files::new().with_lists(lists).import(&ELM)
}

fn with_workforce(workforce: impl Into<Vec<u8>>) -> super::Import {
    Files::new().with_workforce(workforce).import(&ELM)
}

#[test]
fn swapped_files_are_told_apart() {
    let files = Files::new().with_map(TOTALS).with_lists(WORKFORCE);
    let import = files.with_workforce(MAP).import(&ELM);
    import.refused(
        1,
        &[
            "map.csv, row 1: is not the practice-to-PCN map: it has no columns PRACTICE_CODE",
            "it is the file of list sizes: give it with --lists",
            "it is the individual-level file of the PCN workforce: give it with --workforce",
            "it is the practice-to-PCN map: give it with --map",
        ],
    );
}

#[test]
fn wrong_columns_are_named() {
    with_map(MAP.replacen("PCN_CODE", "NETWORK", 1)).refused(
        1,
        &[
            "it has no column PCN_CODE",
            "NETWORK",
            "gp-reg-pat-prac-map",
        ],
    );
    with_map(MAP.replace(',', ";")).refused(1, &["not set apart by commas"]);
    with_map(MAP.replacen("PRACTICE_POSTCODE", "PCN_CODE", 1))
        .refused(1, &["row 1: has column PCN_CODE twice"]);
}

#[test]
fn mixed_months_are_refused_unless_they_are_asked_for() {
    let april = TOTALS.replace("2026-07-01", "2026-04-01");
    let files = Files::new().with_lists(april);
    files.import(&ELM).refused(
        1,
        &["is of 1 April 2026", "is of 1 July 2026", "--mixed-months"],
    );
    let arguments = [&ELM[..], &["--mixed-months"]].concat();
    let import = files.import(&arguments).succeeded();
    let told = import.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("The map is of 1 July 2026, the list sizes are of 1 April 2026"));
    assert!(import.text("out.toml").contains("the list sizes are of"));
    let two = MAP.replacen("01Jul2026", "01Jun2026", 1);
    with_map(two).refused(
        1,
        &[
            "row 3, column EXTRACT_DATE",
            "is of 1 July 2026, rows before",
        ],
    );
}

#[test]
fn a_workforce_of_another_year_is_told() {
    let old = WORKFORCE.replace(",2026,6,", ",2025,12,");
    let import = with_workforce(old).succeeded();
    let told = import.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("the workforce is of 31 December 2025: months apart"),
        "{told}"
    );
}

#[test]
fn duplicates_are_refused_with_both_rows() {
    let row = MAP.lines().nth(1).expect("there is a row");
    let twice = format!("{MAP}{row}\n");
    // Whatever lines end with.
    for map in [twice.replace('\n', "\r\n"), twice] {
        with_map(map).refused(
            1,
            &["row 12, column PRACTICE_CODE: P90001 is there a second time, first in row 2"],
        );
    }
    let row = TOTALS.lines().nth(2).expect("there is a row");
    with_lists(format!("{TOTALS}{row}\n")).refused(
        1,
        &["column ORG_CODE: P90002 is there a second time, first in row 3"],
    );
}

#[test]
fn numbers_that_are_none_are_refused() {
    for wrong in [
        "",
        "NaN",
        "-8000",
        "8000.5",
        "8e3",
        "1e400",
        "99999999999",
        "8,000",
    ] {
        let cell = if wrong.contains(',') {
            format!("\"{wrong}\"")
        } else {
            wrong.to_owned()
        };
        let found = match wrong {
            "" => "it is empty".to_owned(),
            _ => format!("found \"{wrong}\""),
        };
        with_lists(TOTALS.replacen("ALL,ALL,8000", &format!("ALL,ALL,{cell}"), 1)).refused(
            1,
            &[
                "all.csv, row 2, column NUMBER_OF_PATIENTS: is no number of patients",
                &found,
            ],
        );
    }
    for wrong in ["", "NaN", "-0.5", "inf", "101", "half"] {
        with_workforce(WORKFORCE.replacen("0.786666667", wrong, 1)).refused(
            1,
            &["workforce.csv, row 2, column FTE: is no full-time equivalent"],
        );
    }
}

#[test]
fn every_fault_of_every_file_is_told_at_once() {
    let files = Files::new()
        .with_map(MAP.replace("P90004", "P9").replacen("01Jul2026", "soon", 1))
        .with_lists(TOTALS.replacen("8000", "many", 1))
        .with_workforce(WORKFORCE.replacen(",2026,6,", ",2026,66,", 1));
    files.import(&ELM).refused(
        1,
        &[
            "map.csv, row 2, column EXTRACT_DATE: is no date: found \"soon\"",
            "map.csv, row 5, column PRACTICE_CODE: is no practice code: found \"P9\"",
            "all.csv, row 2, column NUMBER_OF_PATIENTS",
            "workforce.csv, row 2, column CENSUS_MONTH: is no month: found \"66\"",
        ],
    );
    let all_wrong = AGE_BANDS.replace("ALL,ALL,", "ALL,ALL,x");
    assert!(all_wrong.matches("ALL,ALL,x").count() < 20);
    let many: String = (0..50)
        .map(|it| format!("A,2026-07-01,GP,1,2,P{it:05},Z,ALL,ALL,x\n"))
        .collect();
    let header = TOTALS.lines().next().expect("a header");
    with_lists(format!("{header}\n{many}")).refused(1, &["30 more of this kind are not shown"]);
}

#[test]
fn codes_that_are_none_are_refused() {
    for (right, wrong, column) in [
        (
            "U90001",
            "../U9",
            "PCN_CODE: is no PCN code: found \"../U9\"",
        ),
        (
            ",Q9A,",
            ",=1+1,",
            "ICB_CODE: is no ICB code: found \"=1+1\"",
        ),
        (
            ",91A,",
            ",9 A,",
            "SUB_ICB_LOCATION_CODE: is no sub-ICB code: found \"9 A\"",
        ),
        (
            "P90001",
            "P9 1",
            "PRACTICE_CODE: is no practice code: found \"P9 1\"",
        ),
    ] {
        let told = format!("map.csv, row 2, column {column}");
        with_map(MAP.replacen(right, wrong, 1)).refused(1, &[&told]);
    }
}

#[test]
fn nothing_that_looks_like_an_nhs_number_is_echoed() {
    // The example of the NHS Data Dictionary.
    for number in ["9434765919", "943 476 5919"] {
        for import in [
            with_map(MAP.replacen("THE SURGERY", number, 1)),
            with_map(MAP.replacen("ZZ9 9ZZ", number, 1)),
            with_lists(TOTALS.replacen("8000", number, 1)),
            with_workforce(WORKFORCE.replacen("777001", number, 1)),
        ] {
            import.refused(1, &["row 2, column", "looks like an NHS number"]);
            assert!(!import.errors.contains(number), "{}", import.errors);
            assert!(!import.errors.contains("9434765919"), "{}", import.errors);
        }
    }
    let header = with_map(MAP.replacen("PCN_CODE", "9434765919", 1));
    header.refused(1, &["it has no column PCN_CODE"]);
    assert!(!header.errors.contains("9434765919"), "{}", header.errors);
}

#[test]
fn what_is_no_table_is_told_as_what_it_is() {
    with_map("").refused(1, &["map.csv: is empty"]);
    with_map("\u{feff}\r\n").refused(1, &["map.csv: is empty"]);
    with_map("<!DOCTYPE html><html></html>").refused(1, &["is a web page"]);
    with_map("%PDF-1.7\n").refused(1, &["is no text"]);
    with_map(b"\xd0\xcf\x11\xe0\xa1\xb1".to_vec()).refused(1, &["is a workbook"]);
    let utf16: Vec<u8> = MAP.encode_utf16().flat_map(u16::to_le_bytes).collect();
    with_map(utf16.clone()).refused(1, &["is UTF-16", "save it as CSV UTF-8"]);
    with_map([b"\xff\xfe", &utf16[..]].concat()).refused(1, &["is UTF-16"]);
    let header = MAP.lines().next().expect("a header");
    with_map(header).refused(1, &["map.csv: has no row besides its header"]);
    with_lists(TOTALS.replace(",GP,", ",PCN,")).refused(1, &["has no row of a practice"]);
    with_workforce(WORKFORCE.replace("Social Prescribing", "Other"))
        .refused(1, &["has no link worker in any row"]);
}

#[test]
fn a_file_that_was_cut_off_is_told() {
    let cut = &MAP[..MAP.len() - 40];
    with_map(cut).refused(
        1,
        &["row 11: has", "columns, the header 17", "download it again"],
    );
    with_map(MAP.replacen("THE SURGERY", "\"THE SURGERY", 1)).refused(1, &["quotation mark"]);
    // Cut between two rows, the lists lack practices of the map.
    let without = |codes: &[&str]| -> String {
        let is_kept = |line: &&str| !codes.iter().any(|code| line.contains(code));
        let kept = TOTALS.lines().filter(is_kept);
        kept.map(|line| format!("{line}\n")).collect()
    };
    let most = "all.csv: has no list size of 3 of the 10 practices of the practice-to-PCN map (map.csv): more than one in 5";
    with_lists(without(&["P90008", "P90009"])).refused(1, &[most, "are both whole"]);
    // As many as may open and close between two months are a caution.
    let import = with_lists(without(&["P90002"])).succeeded();
    assert!(
        import.told.contains("P90002) has no list size"),
        "{}",
        import.told
    );
    let told = import.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("2 of 10 practices of the map have no list size: is the file"),
        "{told}"
    );
    let none = TOTALS.replace("P900", "X900");
    with_lists(none).refused(1, &["has the list size of no practice"]);
}

/// Of age bands the file has totals of areas, which its practices have to add up to.
#[test]
fn list_sizes_that_contradict_their_own_totals_are_refused() {
    let files = |lists: &str| Files::new().with_lists(lists).import(&ELM);
    let without: String = AGE_BANDS
        .lines()
        .filter(|line| !line.contains("GP,P90002"))
        .map(|line| format!("{line}\n"))
        .collect();
    let of_all = "all.csv: contradicts itself: 59,100 patients in its 1 row of type COMM_REGION (row 2), 53,100 in its \
                  9 rows of practices (rows 4 to 44)";
    let of_pcn = "all.csv, row 3, column NUMBER_OF_PATIENTS: PCN U90001 has 26,500 patients here, but its practices of \
                  the map have 20,500 (rows 4, 9; without a row: P90002)";
    files(&without).refused(1, &[of_all, of_pcn, "download it again"]);
    // A wrong number, where no row is missing.
    let wrong = AGE_BANDS.replacen(
        "PCN,U90001,,,ALL,ALL,26500",
        "PCN,U90001,,,ALL,ALL,26400",
        1,
    );
    files(&wrong).refused(
        1,
        &["has 26,400 patients here", "have 26,500 (rows 4, 9, 14)"],
    );
    let icb = AGE_BANDS.replacen("PCN,U90001,,,ALL,ALL,26500", "ICB,Q9A,,,ALL,ALL,99", 1);
    files(&icb).refused(
        1,
        &["row 3, column NUMBER_OF_PATIENTS: ICB Q9A has 99 patients here"],
    );
    let none = AGE_BANDS.replacen("ALL,ALL,26500", "ALL,ALL,many", 1);
    files(&none).refused(
        1,
        &["row 3, column NUMBER_OF_PATIENTS: is no number of patients"],
    );
    // In a map of a part of the practices a PCN may lack some: what it lacks is in the lists.
    let part: String = MAP
        .lines()
        .filter(|line| !line.contains("P90002"))
        .map(|line| format!("{line}\n"))
        .collect();
    let import = Files::new()
        .with_map(part)
        .with_lists(AGE_BANDS)
        .import(&ELM);
    import.succeeded();
}

/// What is in the map and has no list size is not told as what is not in the map.
#[test]
fn a_pcn_of_the_map_without_list_sizes_is_told_as_such() {
    let kept = TOTALS.lines().filter(|line| !line.contains("P90009"));
    let lists: String = kept.map(|line| format!("{line}\n")).collect();
    let files = Files::new().with_lists(lists);
    let import = files.import(&["--pcn", "U90004", "--out", "out.toml"]);
    let told = "map.csv, row 10: has PCN U90004, Twin PCN, but of its 1 practice none has a list size above 0 in all.csv";
    import.refused(1, &[told]);
    let lists = TOTALS
        .replace(",9000\n", ",900\n")
        .replace(",7000\n", ",0\n");
    let import = Files::new()
        .with_lists(lists)
        .import(&["--icb", "Q9B5C", "--out", "out.toml"]);
    import.refused(
        1,
        &[
            "map.csv, row 6: has ICB Q9B5C",
            "but of its 2 PCNs 1 has no practice with a list size above 0 in all.csv, and 1 has most patients in another ICB",
        ],
    );
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let typed = [
        "import",
        "pcn",
        "--map",
        ".",
        "--lists",
        "none.csv",
        "--workforce",
        "w",
    ];
    let typed = [&typed[..], &ELM].concat();
    let (code, _, errors) = crate::program::done(folder.path(), &typed);
    assert_eq!(code, Some(1), "{errors}");
    assert!(errors.contains("cannot read .: it is a folder"), "{errors}");
    assert!(
        errors.contains("cannot read none.csv: there is no such file"),
        "{errors}"
    );
}

#[test]
fn a_code_that_does_not_exist_has_a_nearest() {
    let files = Files::new();
    let asked = |which: [&str; 2]| files.import(&[which[0], which[1], "--out", "out.toml"]);
    asked(["--pcn", "U90010"]).refused(
        2,
        &["no PCN \"U90010\"", "the nearest is U90001, Elm Valley PCN"],
    );
    asked(["--pcn", "elm vale"]).refused(2, &["the nearest is U90001"]);
    asked(["--pcn", "943 476 5919"]).refused(2, &["no PCN \"XXX XXX XXXX\""]);
    asked(["--pcn", "twin"]).refused(
        2,
        &[
            "fits 2 PCNs",
            "U90003  Twin PCN, NHS Ash, Oak and Yew",
            "U90004  Twin PCN, NHS Elmshire",
        ],
    );
    asked(["--icb", "Q9C"]).refused(2, &["no ICB \"Q9C\"", "the nearest is Q9A"]);
    let by_name = asked(["--pcn", "elm valley"]).succeeded();
    assert!(
        by_name.told.starts_with("Elm Valley PCN (U90001)"),
        "{}",
        by_name.told
    );
}

#[test]
fn factors_need_a_file_and_five_of_them() {
    let with = |factors: &str| {
        let files = Files::new().with_deprivation(DEPRIVATION);
        files.import(&[&ELM[..], &["--rate-factors", factors]].concat())
    };
    for wrong in ["1,1", "1,1,1,1,-1", "a,b,c,d,e", "NaN,1,1,1,1"] {
        with(wrong).refused(2, &["five factors"]);
    }
    let arguments = [&ELM[..], &["--rate-factors", "1,1,1,1,1"]].concat();
    Files::new()
        .import(&arguments)
        .refused(2, &["--deprivation"]);
    Files::new()
        .import(&["--out", "out.toml"])
        .refused(2, &["--england"]);
}
