//! The page says what the terminal says, in its order, with everything that a reader needs; and so does
//! the checklist.

use super::{Made, usual_comparison, usual_recommendation, usual_run};
use crate::program::{files, rayleigh, run_rayleigh};
use std::fs;
use tempfile::tempdir;

/// On one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Every sentence of the answer and every caution is on the terminal too.
pub(super) fn says_what_the_terminal_says(made: &Made) {
    let said = flat(&made.said).replace('`', "");
    let page = made.tree();
    let answer = page.by_id("answer").expect("an answer");
    let careful = page.by_id("key-figures").expect("key figures");
    let told = answer.all("p").into_iter().chain(careful.all("li"));
    let told: Vec<String> = told.map(|it| flat(&it.words())).collect();
    assert!(told.len() >= 4, "{told:?}");
    for sentence in told {
        assert!(
            said.contains(&sentence),
            "the terminal does not say: {sentence}\n{said}"
        );
    }
}

#[test]
fn the_answer_is_that_of_the_terminal() {
    says_what_the_terminal_says(&usual_run());
    says_what_the_terminal_says(&usual_comparison());
    says_what_the_terminal_says(&usual_recommendation());
}

#[test]
fn everything_is_there_in_its_order() {
    let made = usual_run();
    let page = made.tree();
    let sections: Vec<&str> = page
        .all("section")
        .iter()
        .filter_map(|it| it.get("id"))
        .collect();
    let expected = [
        "answer",
        "key-figures",
        "figures",
        "service",
        "practices",
        "posts",
        "case-types",
        "options",
        "costs",
        "rests-on",
        "trust",
        "stress-des",
        "again",
    ];
    assert_eq!(sections, expected);
    let keys = page
        .by_id("key-figures")
        .expect("key figures")
        .all("dt")
        .len();
    assert!((3..=5).contains(&keys), "{keys} key figures");
    assert_eq!(page.get("lang"), Some("en-GB"));
    let command = page
        .by_id("again")
        .expect("how to run it again")
        .all("code");
    assert_eq!(
        command[0].words(),
        "splw-sim run scenario.toml --set experiment.replications=16 --out again"
    );
}

#[test]
fn the_command_on_the_page_gives_the_folder_again() {
    let made = usual_run();
    let words = "run scenario.toml --set experiment.replications=16 --out again";
    let (code, _, complaints) =
        crate::program::done(&made.out(), &words.split(' ').collect::<Vec<_>>());
    assert_eq!(code, Some(0), "{complaints}");
    let again = files(&made.out().join("again"));
    assert_eq!(again["report.html"], made.page.as_bytes());
}

#[test]
fn the_figures_are_those_of_the_folder() {
    for made in [usual_run(), usual_comparison(), usual_recommendation()] {
        let mut count = 0;
        for (name, bytes) in files(&made.out()) {
            if name.ends_with(".svg") {
                let svg = String::from_utf8(bytes).expect("text");
                let (_, inside) = svg.split_once("</desc>").expect("a description");
                assert!(made.page.contains(inside), "{name} is not on the page");
                count += 1;
            }
        }
        assert!(count > 0);
    }
}

#[test]
fn ids_are_unique_and_lead_somewhere() {
    for made in [usual_run(), usual_comparison(), usual_recommendation()] {
        let page = made.tree();
        let mut ids = page.ids();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "an id stands twice");
        for link in page.all("a") {
            let to = link
                .get("href")
                .and_then(|it| it.strip_prefix('#'))
                .expect("a place of the page");
            assert!(page.by_id(to).is_some(), "#{to} is nowhere");
        }
        for table in page.all("table") {
            assert_eq!(table.all("caption").len(), 1);
            assert!(table.all("th").iter().all(|it| it.get("scope").is_some()));
        }
        for figure in page.all("svg") {
            let names = figure.get("aria-labelledby").expect("a name");
            assert_eq!(figure.get("role"), Some("img"));
            assert!(
                names
                    .split(' ')
                    .all(|id| page.by_id(id).is_some_and(|it| !it.words().is_empty()))
            );
        }
    }
}

#[test]
fn inputs_have_their_value_source_and_grade() {
    let made = usual_run();
    let page = made.tree();
    let inputs = page.by_id("inputs").expect("a table of inputs");
    let rows: Vec<Vec<String>> = inputs.all("tbody")[0]
        .all("tr")
        .iter()
        .map(|row| row.cells().iter().map(|it| it.words()).collect())
        .collect();
    let row = |key: &str| {
        rows.iter()
            .find(|row| row[0] == key)
            .unwrap_or_else(|| panic!("{key} is missing: {rows:?}"))
    };
    let lists = row("practices.*.list_size");
    assert!(
        lists[1].starts_with("Conner & Partners 7993; William Harvey Surgery 4313;"),
        "{lists:?}"
    );
    assert_eq!(
        lists[2..],
        [
            "file",
            "Patients Registered at a GP Practice, NHS England",
            "2026-07-01",
            "A"
        ]
    );
    let runs = row("experiment.replications");
    assert_eq!(runs[1..3], ["16", "command line"]);
    let strain = row("strain.memory_weeks");
    assert_eq!(
        strain[1..],
        ["8", "default", "assumption: 4 to 16", "", "D"]
    );
}

#[test]
fn the_checklist_has_all_items_and_says_what_only_the_author_knows() {
    let made = usual_run();
    let text = fs::read_to_string(made.out().join("stress-des.md")).expect("a checklist");
    let items = text.lines().filter(|line| line.starts_with("### "));
    assert_eq!(items.count(), 20);
    for number in [
        "### 1.1 ", "### 2.5 ", "### 3.4 ", "### 4.3 ", "### 5.4 ", "### 6.1 ",
    ] {
        assert!(text.contains(number), "{number}");
    }
    assert!(text.matches("**For the author:**").count() >= 6);
    assert!(text.contains("16 replications with seed 20261005"));
    let page = made.tree();
    let on_page = page
        .by_id("stress-des")
        .expect("a checklist")
        .all("dt")
        .len();
    assert_eq!(on_page, 20);
}

#[test]
fn nothing_on_the_page_varies_from_run_to_run() {
    let place = tempdir().expect("a temporary folder");
    let made = |name: &str, threads: &str| {
        let out = place.path().join(name);
        run_rayleigh(
            &out,
            &["--replications", "20", "--threads", threads, "--quiet"],
        )
        .assert()
        .success();
        files(&out)
    };
    assert!(rayleigh().exists());
    let (one, three) = (made("one", "1"), made("three", "3"));
    assert_eq!(one["report.html"], three["report.html"]);
    assert_eq!(one["stress-des.md"], three["stress-des.md"]);
}
