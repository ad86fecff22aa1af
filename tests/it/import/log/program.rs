//! `splw-sim import log` as a planner uses it: files in, a folder out, clear words where something is wrong.

use super::made::{HEADER, TRUTH, log};
use crate::program::{done, files, names};
use splw_sim::scenario::{NoFiles, Scenario, read};
use std::fs;
use std::path::Path;
use tempfile::{TempDir, tempdir};

const SEED: u64 = 20_261_005;

/// The scenario of the practices of the made-up logs.
const SCENARIO: &str = r#"# My comment.
schema = 1
title = "Four practices"

[period]
start = 2026-10-05
weeks = 52
warm_up_weeks = 26
calendar = "england"

[demand]
# What is usual.
referrals_per_1000_a_year = 20.0        # Bu et al. 2025, derived
month_factors = [1.05, 1.05, 1.05, 1.0, 1.0, 1.0, 0.95, 0.85, 1.0, 1.05, 1.05, 0.95]
dispersion = 2.0
re_referral_share = 0.12

[waiting_list]
patience_days = { exponential = { mean = 91 } }     # days, 13 weeks. D

[[case_types]]
name = "light"
share = 0.58
contacts = 2

[[case_types]]
name = "full"
share = 0.42
contacts = { triangular = { min = 6, mode = 8, max = 12 } }

[[practices]]
name = "Elm Surgery"
ods_code = "F81000"
list_size = 12000

[[practices]]
name = "Oak Surgery"
ods_code = "F81001"
list_size = 9000

[[practices]]
name = "Ash Surgery"
ods_code = "F81002"
list_size = 8000

[[practices]]
name = "Yew Surgery"
ods_code = "F81003"
list_size = 15000

[[posts]]
name = "Link worker 1"
wte = 1.0

[targets]
contacted_within_28_days = 0.95

[provenance]
"demand.referrals_per_1000_a_year" = { source = "Bu et al. 2025", grade = "A" }
"#;

struct Import {
    folder: TempDir,
    code: Option<i32>,
    told: String,
    errors: String,
}

impl Import {
    fn of(log: impl Into<Vec<u8>>, scenario: &str, arguments: &[&str]) -> Self {
        let folder = tempdir().expect("a temporary folder");
        fs::write(folder.path().join("log.csv"), log.into()).expect("a log");
        fs::write(folder.path().join("four.toml"), scenario).expect("a scenario");
        Self::again(folder, arguments)
    }

    fn again(folder: TempDir, arguments: &[&str]) -> Self {
        let given = [
            "import",
            "log",
            "--referrals",
            "log.csv",
            "--scenario",
            "four.toml",
            "--out",
            "fitted",
        ];
        let (code, told, errors) = done(folder.path(), &[&given[..], arguments].concat());
        Self {
            folder,
            code,
            told,
            errors,
        }
    }

    #[track_caller]
    fn text(&self, name: &str) -> String {
        let path = self.folder.path().join("fitted").join(name);
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{name}: {error}; {}", self.errors))
    }

    #[track_caller]
    fn refused(&self, code: i32, words: &[&str]) {
        assert_eq!(self.code, Some(code), "{} {}", self.told, self.errors);
        for word in words {
            assert!(
                self.errors.contains(word),
                "\"{word}\" is not in: {}",
                self.errors
            );
        }
        assert!(
            !self.folder.path().join("fitted").exists(),
            "nothing is written"
        );
    }
}

fn scenario_of(text: &str) -> Scenario {
    let targets = ["contacted_within_28_days"];
    read(text.as_bytes(), "fitted.toml", &[], &NoFiles, &targets)
        .unwrap_or_else(|problems| panic!("{problems}"))
}

/// The first lines of a log.
fn first(lines: usize) -> String {
    // In the order of time, as exports are.
    let all = log(&TRUTH, SEED);
    let every = all.lines().count() / lines;
    let kept = all
        .lines()
        .enumerate()
        .filter(|(number, _)| *number == 0 || number % every == 1);
    kept.map(|(_, line)| format!("{line}\n")).collect()
}

#[test]
fn a_log_becomes_inputs_with_their_errors() {
    let import = Import::of(log(&TRUTH, SEED), SCENARIO, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    assert!(
        import.told.lines().all(|line| line.chars().count() <= 80),
        "{}",
        import.told
    );
    let text = import.text("scenario.toml");
    let scenario = scenario_of(&text);
    let model = &scenario.model;
    assert!((model.demand.growth_a_year - 0.10).abs() < 0.08);
    assert!((model.practices[2].referrals_per_1000_a_year - 30.0).abs() < 6.0);
    assert!((model.demand.dispersion - 2.0).abs() < 0.6);
    assert!(
        model.demand.re_referral_share.abs() < 1e-12,
        "the rates count them already"
    );
    let patience = model.policy.patience_days.as_ref().map(|it| it.mean());
    assert!(
        patience.is_some_and(|mean| (mean - 80.0).abs() < 12.0),
        "{patience:?}"
    );
    assert!((model.case_types[1].contacts.mean() - 8.0).abs() < 0.6);
    // What stood there is kept beside, and so is everything else.
    assert!(
        text.contains("# My comment.")
            && text.contains("; was 20.0\n")
            && text.contains("name = \"Link worker 1\"")
    );
    assert!(text.contains("grade = \"C\"") && !text.contains("Bu et al. 2025\", grade"));
    let names = names(&import.folder.path().join("fitted"));
    for name in [
        "scenario.toml",
        "fits.csv",
        "counts.csv",
        "set_aside.csv",
        "plots",
    ] {
        assert!(
            names.iter().any(|it| it.starts_with(name)),
            "{name}: {names:?}"
        );
    }
    let plots = import.folder.path().join("fitted/plots");
    assert!(plots.join("waiting_list.patience_days.svg").is_file());
    assert!(
        plots
            .join("case_types.light.days_between_contacts.png")
            .is_file()
    );
}

#[test]
fn fits_are_told_with_rows_and_tests() {
    let import = Import::of(log(&TRUTH, SEED), SCENARIO, &[]);
    let fits = import.text("fits.csv");
    let mut reader = csv::Reader::from_reader(fits.as_bytes());
    let header = reader.headers().expect("a header").clone();
    for name in [
        "key",
        "value",
        "standard_error",
        "ci95_low",
        "method",
        "rows",
        "rows_needed",
        "p_value",
        "used",
    ] {
        assert!(header.iter().any(|it| it == name), "{name}");
    }
    let column = |name: &str| header.iter().position(|it| it == name).expect("a column");
    for row in reader.records() {
        let row = row.expect("a row");
        let rows = &row[column("rows")];
        let is_rounded = rows.parse::<u64>().is_ok_and(|it| it % 5 == 0);
        assert!(
            rows.is_empty() || rows == "*" || is_rounded,
            "{rows} of {}",
            &row[0]
        );
        if &row[column("used")] == "no" {
            assert!(
                row[column("remark")].starts_with("default stays: "),
                "{row:?}"
            );
        }
    }
}

#[test]
fn too_few_rows_leave_the_scenario_as_it_is_and_it_says_so() {
    let import = Import::of(first(24), SCENARIO, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    let fits = import.text("fits.csv");
    assert!(fits.contains("default stays: fewer than 30 rows"), "{fits}");
    assert!(!fits.contains("rows, 20 needed"), "{fits}");
    assert!(
        fits.contains("default stays: fewer than 250 rows"),
        "{fits}"
    );
    let scenario = scenario_of(&import.text("scenario.toml"));
    assert!((scenario.model.practices[0].referrals_per_1000_a_year - 20.0).abs() < 1e-9);
    assert!(
        import
            .text("scenario.toml")
            .contains("patience_days = { exponential = { mean = 91 } }     # days")
    );
    assert!(
        import.told.contains("Nothing could be fitted."),
        "{}",
        import.told
    );
}

#[test]
fn real_counts_are_fit_to_publish() {
    let mut text = log(&TRUTH, SEED);
    // Three people of a practice that has nobody else.
    let scenario = SCENARIO.replacen(
        "[[posts]]",
        "[[practices]]\nname = \"Fir Surgery\"\nlist_size = 3000\n\n[[posts]]",
        1,
    );
    text += &"03/04/2025,Fir,,light,,,,,,,\n".repeat(3);
    let import = Import::of(text, &scenario, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    let counts = import.text("counts.csv");
    assert!(
        counts.contains("\nFir Surgery,2025,*\n") && counts.contains("\nFir Surgery,all,*\n"),
        "{counts}"
    );
    // The three cannot be had from what is said of the year either.
    for line in counts.lines().skip(1) {
        let count = line.rsplit(',').next().unwrap_or_default();
        assert!(
            count == "*" || count.parse::<u64>().is_ok_and(|it| it % 5 == 0),
            "{line}"
        );
    }
    assert!(
        import
            .text("fits.csv")
            .contains("default stays: fewer than 20 rows")
    );
    assert!(
        import
            .told
            .contains("1 practice has no rows, or fewer than 20"),
        "{}",
        import.told
    );
}

/// A scenario without sources cannot take them, and nothing is wrong with the cells.
#[test]
fn a_column_that_the_scenario_has_nothing_for_is_told_once() {
    let with_source = first(200).replacen("Patient notes", "Source", 1);
    let with_source = with_source
        .replace(",,light,", ",Library,light,")
        .replace(",,Full,", ",Library,Talk,");
    let import = Import::of(with_source, SCENARIO, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    let told = import.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("source is not used, because the scenario has no sources"),
        "{told}"
    );
    assert!(!import.text("set_aside.csv").contains("source"), "{told}");
    assert!(
        told.contains("Its types are light, full; --read-as type.WORD=light says"),
        "{told}"
    );
    Import::of(first(200), SCENARIO, &["--read-as", "source.Reception=GP"])
        .refused(2, &["the scenario has no sources"]);
    Import::of(first(200), SCENARIO, &["--read-as", "type.Talk=short"])
        .refused(2, &["its types are light, full"]);
}

/// A column of which much is set aside is warned of, with what is fitted to the rest of it.
#[test]
fn what_is_fitted_to_the_rest_of_a_column_is_told() {
    let careful = |text: String| {
        let import = Import::of(text, SCENARIO, &[]);
        assert_eq!(import.code, Some(0), "{}", import.errors);
        import.told.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let whole = log(&TRUTH, SEED);
    assert!(!careful(whole.clone()).contains("More than 5% of"));
    let told = careful(whole.replace(",,Full,", ",,Talk,"));
    let (_, told) = told
        .split_once("More than 5% of cells of type are set aside.")
        .expect(&told);
    let (labels, _) = told.split_once('.').expect("labels");
    assert!(
        labels.contains("light") && !labels.contains("per 1,000"),
        "{labels}"
    );
}

/// What set_aside.csv does not list is not said to be there.
#[test]
fn blank_rows_are_told_apart_from_those_set_aside() {
    let blank = |number: usize| {
        let text = first(200) + &",,,,,,,,,,\n".repeat(number);
        let import = Import::of(text, SCENARIO, &[]);
        assert_eq!(import.code, Some(0), "{}", import.errors);
        import.told
    };
    let heading = "Set aside (row and column of each are in set_aside.csv)";
    let one = blank(1);
    assert!(one.contains(heading), "{one}");
    assert!(
        one.contains("1 blank row, which set_aside.csv does not list."),
        "{one}"
    );
    assert!(blank(2).contains("2 blank rows, which set_aside.csv does not list."));
}

/// A log that does not say how many were missed: what is taken out for them is told, with what it does.
#[test]
fn missed_contacts_that_the_log_does_not_have_are_an_assumption() {
    let between = |text: String| {
        let import = Import::of(text, SCENARIO, &[]);
        assert_eq!(import.code, Some(0), "{}", import.errors);
        let fits = import.text("fits.csv");
        let is_asked = |it: &&str| it.contains("light\"\".days_between") && it.contains(",mean,");
        let row = fits.lines().find(is_asked).expect("a row").to_owned();
        let told = import.told.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(!told.contains("as they came about"), "{told}");
        (row, told, import.text("scenario.toml"))
    };
    let told_of = "and a missed one takes an interval too";
    let (row, told, text) = between(log(&TRUTH, SEED));
    assert!(!row.contains(told_of) && !told.contains(told_of), "{row}");
    assert!(row.contains("without a missed contact"), "{row}");
    assert!(!text.contains("own log and an assumption"));
    let (row, told, text) = between(log(&TRUTH, SEED).replacen("DNAs", "Team", 1));
    assert!(
        row.contains("the log does not say how many contacts were missed"),
        "{row}"
    );
    assert!(
        told.contains(told_of) && row.contains(told_of),
        "{row} {told}"
    );
    assert!(row.contains("share of missed contacts taken out"), "{row}");
    assert!(row.contains("the interval holds nothing of that"), "{row}");
    assert!(
        told.contains("The 95% intervals hold nothing of that"),
        "{told}"
    );
    assert!(
        text.contains("own log and an assumption, see fits.csv"),
        "{text}"
    );
    // The default of 0.08: the mean is what is left of the days from one contact held to the next.
    let after = |words: &str| {
        let (_, rest) = row.split_once(words).expect(words);
        let number = rest.split_whitespace().next().unwrap_or_default();
        number.parse::<f64>().expect("a number")
    };
    let (mean, none) = (after("with its 0.08 the mean is "), after("it would be "));
    let twice = after("with none missed and ");
    assert!((mean / none - 0.92).abs() < 0.005, "{mean} {none}");
    assert!((twice / none - 0.84).abs() < 0.005, "{twice} {none}");
}

/// Results of two fits stand apart: the command names a folder, the title says what was fitted.
#[test]
fn a_fitted_scenario_and_its_results_have_names_of_their_own() {
    let import = Import::of(first(200), SCENARIO, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    let next = "splw-sim run fitted/scenario.toml --out output/fitted";
    assert!(import.told.contains(next), "{}", import.told);
    let text = import.text("scenario.toml");
    let title = "Four practices, fitted to its own log";
    assert_eq!(scenario_of(&text).title, title);
    fs::write(import.folder.path().join("four.toml"), text).expect("a scenario");
    let again = Import::again(import.folder, &["--overwrite"]);
    assert_eq!(again.code, Some(0), "{}", again.errors);
    assert_eq!(scenario_of(&again.text("scenario.toml")).title, title);
}

/// Practices that hardly refer hardly refer in the scenario too.
#[test]
fn small_practices_have_one_rate_together_and_totals_agree() {
    let mut text = log(&TRUTH, SEED);
    let added = |name: &str| format!("[[practices]]\nname = \"{name}\"\nlist_size = 9000\n\n");
    let scenario = format!(
        "{}{}{}",
        added("Fir Surgery"),
        added("Bay Surgery"),
        "[[posts]]"
    );
    let scenario = SCENARIO.replacen("[[posts]]", &scenario, 1);
    for (name, rows) in [("Fir", 12), ("Bay", 14)] {
        text += &format!("03/04/2025,{name},,light,,,,,,,\n").repeat(rows);
    }
    let import = Import::of(text, &scenario, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    let told = import.told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        told.contains("2 practices with fewer than 20 rows each have one rate"),
        "{told}"
    );
    let fitted = scenario_of(&import.text("scenario.toml")).model;
    let rate = |index: usize| fitted.practices[index].referrals_per_1000_a_year;
    assert!(
        rate(4) < 2.0 && (rate(4) - rate(5)).abs() < 1e-9,
        "{}",
        rate(4)
    );
    let (_, totals) = told.split_once("The log has ").expect("the total is told");
    let numbers = totals.replace(',', "");
    let numbers = numbers
        .split_whitespace()
        .filter_map(|it| it.parse::<f64>().ok());
    let numbers: Vec<f64> = numbers.take(2).collect();
    assert!((numbers[0] / numbers[1] - 1.0).abs() < 0.02, "{totals}");
}

#[test]
fn swapped_and_foreign_files_are_told() {
    let log = first(200);
    Import::of(SCENARIO, SCENARIO, &[]).refused(
        1,
        &["log.csv, row 1: is not the log of referrals: it has no column received and no column practice"],
    );
    Import::of(super::super::TOTALS, SCENARIO, &[])
        .refused(1, &["it is the file of list sizes, which import pcn takes"]);
    Import::of(log.clone(), &log, &[]).refused(1, &["four.toml"]);
    Import::of(log.replacen("Date received", "Made on", 1), SCENARIO, &[]).refused(
        1,
        &[
            "log.csv, row 1: is not the log of referrals: it has no column received",
            "it has 11 columns, of which known are practice, type",
        ],
    );
    Import::of(
        log.replacen("Date received", "Date Recieved", 1),
        SCENARIO,
        &[],
    )
    .refused(1, &["did you mean date received in column 1?"]);
    Import::of(log.replacen("Patient notes", "Outcome", 1), SCENARIO, &[])
        .refused(1, &["row 1: has column outcome twice"]);
    let both = log.replacen("GP Practice", "Date received", 1);
    Import::of(both, SCENARIO, &[]).refused(
        1,
        &["it has no column practice, and has column date_received twice"],
    );
    let utf16: Vec<u8> = log.encode_utf16().flat_map(u16::to_le_bytes).collect();
    Import::of([vec![0xff, 0xfe], utf16].concat(), SCENARIO, &[])
        .refused(1, &["is UTF-16", "save it as CSV UTF-8"]);
    Import::of(b"PK\x03\x04workbook".to_vec(), SCENARIO, &[])
        .refused(1, &["save the sheet as CSV UTF-8"]);
    Import::of(format!("{HEADER}\n"), SCENARIO, &[]).refused(1, &["has no row besides its header"]);
    Import::of("", SCENARIO, &[]).refused(1, &["is empty"]);
}

/// Without a header the first row is a person's, and not shown.
#[test]
fn a_file_without_a_header_is_told_without_its_first_row() {
    let row = "03/04/2025,Jane Doe,Elm,light,,,,,,,\n";
    let import = Import::of(row.repeat(3), SCENARIO, &[]);
    import.refused(
        1,
        &[
            "row 1: is not the log of referrals",
            "it has 11 columns, none of them of a log",
        ],
    );
    assert!(
        !import.errors.to_lowercase().contains("jane"),
        "{}",
        import.errors
    );
    let twice = first(100).replacen("Patient notes", "OUTCOME", 1);
    Import::of(twice, SCENARIO, &[]).refused(1, &["has column outcome twice"]);
}

#[test]
fn columns_in_the_wrong_order_are_told_with_the_first_row_of_each_reason() {
    let swapped = first(200).replacen("Date received,GP Practice", "GP Practice,Date received", 1);
    Import::of(swapped, SCENARIO, &[]).refused(
        1,
        &[
            "log.csv, row 2, column received: is no date",
            "only 0 of",
            "--read-as practice.NAME=CODE",
        ],
    );
    let other = first(200)
        .replace("F81", "Y99")
        .replace("Elm", "x")
        .replace("elm", "x");
    let other = other
        .replace("Oak", "x")
        .replace("oak", "x")
        .replace("Ash", "x")
        .replace("ash", "x");
    Import::of(other, SCENARIO, &[])
        .refused(1, &["column practice: is no practice of the scenario"]);
}

#[test]
fn what_looks_like_an_nhs_number_refuses_the_file_unseen() {
    let number = "943 476 5919";
    let row = |practice: &str, note: &str| format!("03/04/2025,{practice},{note},light,,,,,,,\n");
    let log = first(200);
    let import = Import::of(
        log.clone() + &row(&format!("Elm {number}"), ""),
        SCENARIO,
        &[],
    );
    let last = log.lines().count() + 1;
    import.refused(
        1,
        &[&format!(
            "log.csv, row {last}, column practice: holds what looks like an NHS number"
        )],
    );
    assert!(!import.errors.contains("5919"), "{}", import.errors);
    // A column that is not read is not looked at, and nothing of it comes out.
    let import = Import::of(log + &row("Elm", number), SCENARIO, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    for (name, bytes) in files(&import.folder.path().join("fitted")) {
        assert!(
            !String::from_utf8_lossy(&bytes).contains("476 5919"),
            "{name}"
        );
    }
}

#[test]
fn words_mean_what_the_user_says() {
    let log = log(&TRUTH, SEED)
        .replace("Seen/completed", "Case closed NFA")
        .replace(",light,", ",Signpost,");
    let plain = Import::of(log.clone(), SCENARIO, &[]);
    assert_eq!(plain.code, Some(0), "{}", plain.errors);
    assert!(
        plain
            .text("set_aside.csv")
            .contains("outcome,all but received and practice,is none of the words")
    );
    let said = [
        "--read-as",
        "outcome.Case closed NFA=completed",
        "--read-as",
        "type.signpost=light",
    ];
    let import = Import::of(log.clone(), SCENARIO, &said);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    assert_eq!(
        import.text("set_aside.csv").lines().count(),
        1,
        "nothing is set aside"
    );
    for (word, why) in [
        (
            "outcome.NFA=gone",
            "the meaning is none of completed, dropped out",
        ),
        ("type.A=heavy", "the scenario has no such type"),
        ("name.A=b", "the column is none of practice"),
        ("NFA", "write column.WORD=MEANING"),
    ] {
        Import::of(log.clone(), SCENARIO, &["--read-as", word]).refused(2, &[why]);
    }
}

#[test]
fn a_period_can_be_asked_for() {
    let import = Import::of(
        log(&TRUTH, SEED),
        SCENARIO,
        &["--from", "2025-04-01", "--to", "31/03/2026"],
    );
    assert_eq!(import.code, Some(0), "{}", import.errors);
    assert!(
        import
            .told
            .contains("received 1 April 2025 to 31 March 2026"),
        "{}",
        import.told
    );
    assert!(
        import.told.contains("received before or after the period"),
        "{}",
        import.told
    );
    let fits = import.text("fits.csv");
    assert!(fits.contains("the log is shorter than two years"), "{fits}");
    Import::of(
        first(100),
        SCENARIO,
        &["--from", "2026-04-01", "--to", "2025-04-01"],
    )
    .refused(2, &["--from is after --to"]);
    Import::of(first(100), SCENARIO, &["--from", "04/25/2025"]).refused(2, &["write 2025-04-01"]);
    Import::of(first(100), SCENARIO, &["--from", "2031-04-01"])
        .refused(1, &["has no referral in the period"]);
}

#[test]
fn a_folder_is_kept_unless_asked() {
    let import = Import::of(first(100), SCENARIO, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    fs::write(import.folder.path().join("fitted/mine.txt"), "mine").expect("a file");
    let before = files(&import.folder.path().join("fitted"));
    let again = Import::again(import.folder, &[]);
    assert_eq!(again.code, Some(3));
    assert!(
        again
            .errors
            .contains("holds inputs fitted to a log already; add --overwrite"),
        "{}",
        again.errors
    );
    let again = Import::again(again.folder, &["--overwrite", "--quiet"]);
    assert_eq!((again.code, again.told.as_str()), (Some(0), ""));
    assert_eq!(
        files(&again.folder.path().join("fitted")),
        before,
        "the same bytes, and mine"
    );
    let other = tempdir().expect("a temporary folder");
    fs::create_dir(other.path().join("fitted")).expect("a folder");
    fs::write(other.path().join("fitted/letter.txt"), "mine").expect("a file");
    let at = |name: &str| other.path().join(name);
    fs::write(at("log.csv"), first(100)).expect("a log");
    fs::write(at("four.toml"), SCENARIO).expect("a scenario");
    let kept = Import::again(other, &["--overwrite"]);
    assert_eq!(kept.code, Some(3));
    assert_eq!(
        fs::read_dir(kept.folder.path().join("fitted"))
            .expect("a folder")
            .count(),
        1
    );
}

#[test]
fn scenarios_that_a_log_cannot_be_put_into_are_told() {
    let open = SCENARIO.replacen("\"england\"", "\"always-open\"", 1);
    Import::of(first(100), &open, &[]).refused(2, &["always-open"]);
    let dotted = SCENARIO.replacen(
        "[waiting_list]\npatience_days = { exponential = { mean = 91 } }",
        "[first_contact]\nattempts = 3",
        1,
    );
    let import = Import::of(log(&TRUTH, SEED), &dotted, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    assert!(
        import
            .text("scenario.toml")
            .contains("\n[waiting_list]\npatience_days = ")
    );
    let word = "[[case_types]]\nname = \"light\"\nshare = 0.58\ncontacts = 2\n\n[[case_types]]\nname = \"full\"\nshare = 0.42\ncontacts = { triangular = { min = 6, mode = 8, max = 12 } }\n";
    let preset = SCENARIO.replacen(word, "", 1).replacen(
        "schema = 1",
        "schema = 1\npathway = \"observed-mix\"",
        1,
    );
    let import = Import::of(log(&TRUTH, SEED), &preset, &[]);
    assert_eq!(import.code, Some(0), "{}", import.errors);
    assert!(!import.text("fits.csv").contains("case_types"));
}

/// A folder in which `import pcn` has written a scenario: the way that the documentation shows.
#[test]
fn it_follows_import_pcn() {
    let folder = tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    for (name, text) in [
        ("map.csv", super::super::MAP),
        ("all.csv", super::super::TOTALS),
        ("staff.csv", super::super::WORKFORCE),
    ] {
        fs::write(at(name), text).expect("a file");
    }
    let pcn = [
        "import",
        "pcn",
        "--map",
        "map.csv",
        "--lists",
        "all.csv",
        "--workforce",
        "staff.csv",
        "--pcn",
        "U90001",
        "--out",
        "pcn.toml",
        "--quiet",
    ];
    let (code, _, errors) = done(folder.path(), &pcn);
    assert_eq!(code, Some(0), "{errors}");
    let text = fs::read_to_string(at("pcn.toml")).expect("a scenario");
    let name = text
        .lines()
        .find_map(|it| it.strip_prefix("ods_code = \""))
        .expect("a practice")
        .trim_end_matches('"');
    let log: String = log(&TRUTH, SEED)
        .lines()
        .enumerate()
        .map(|(number, line)| match number {
            0 => format!("{line}\n"),
            _ => {
                let cells: Vec<&str> = line.split(',').collect();
                format!("{},{name},{}\n", cells[0], cells[2..].join(","))
            }
        })
        .collect();
    fs::write(at("log.csv"), log).expect("a log");
    let fit = [
        "import",
        "log",
        "--referrals",
        "log.csv",
        "--scenario",
        "pcn.toml",
        "--out",
        "fitted",
    ];
    let (code, _, errors) = done(folder.path(), &fit);
    assert_eq!(code, Some(0), "{errors}");
    let (code, told, errors) = done(folder.path(), &["check", "fitted/scenario.toml"]);
    assert_eq!(code, Some(0), "{told}{errors}");
    assert!(Path::new(&at("fitted/plots")).is_dir());
}
