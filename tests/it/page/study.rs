//! The page of a study, of each kind of design: its numbers are those of the files, its words those of the
//! terminal, and a browser shows it as the others.

use super::numbers::check;
use super::words::says_what_the_terminal_says;
use super::{Made, shipped};
use crate::program::program;
use std::fs;
use tempfile::tempdir;

/// Two keys and three measures.
const REST: &str = r#"
measures = ["contacted_within_28_days", "wait_to_first_contact_days_mean", "lapsed"]

[[sweep.vary]]
key = "posts.0.wte"
from = 1.0
to = 3.0
STEPS

[[sweep.vary]]
key = "demand.referrals_per_1000_a_year"
from = 8.0
to = 20.0
STEPS
"#;

/// A study of Rayleigh over half a year, of this design.
fn study(design: &str) -> Made {
    let steps = match design.contains("grid") {
        true => "steps = 4",
        false => "",
    };
    let text = format!("schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\n{design}{REST}");
    of_text(&text.replace("STEPS", steps))
}

/// A study of Rayleigh over half a year.
fn of_text(text: &str) -> Made {
    let folder = tempdir().expect("a temporary folder");
    let short = shipped("rayleigh")
        .replace("weeks = 104", "weeks = 26")
        .replace("warm_up_weeks = 52", "warm_up_weeks = 4")
        .replace(
            "contacted_within_28_days = 0.95",
            "contacted_within_28_days = 0.5",
        );
    fs::write(folder.path().join("rayleigh.toml"), short).expect("written");
    fs::write(folder.path().join("study.toml"), text).expect("written");
    let output = program()
        .arg("sweep")
        .arg(folder.path().join("study.toml"))
        .arg("--out")
        .arg(folder.path().join("out"))
        .output()
        .expect("the program runs");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaints}");
    let page = fs::read_to_string(folder.path().join("out/report.html")).expect("there is a page");
    Made {
        said: String::from_utf8_lossy(&output.stdout).into_owned(),
        folder,
        page,
    }
}

pub fn grid() -> Made {
    study("design = \"grid\"\nreplications = 4")
}

pub fn sobol() -> Made {
    study("design = \"sobol\"\npoints = 8\nreplications = 3")
}

pub fn morris() -> Made {
    study("design = \"morris\"\ntrajectories = 4\nreplications = 3")
}

pub fn hypercube() -> Made {
    study("design = \"latin-hypercube\"\npoints = 14\nreplications = 3")
}

/// Words beside numbers, along one key, and a single run.
pub fn options() -> Made {
    of_text(
        "schema = 1\nscenario = \"rayleigh.toml\"\n[sweep]\ndesign = \"grid\"\nreplications = 1\n\
         [[sweep.vary]]\nkey = \"option\"\nvalues = [\"base\", \"Second link worker from January\", \"Both\"]\n",
    )
}

fn figures(made: &Made) -> Vec<String> {
    let found = fs::read_dir(made.out().join("plots")).expect("figures");
    let names = found.map(|it| it.expect("a file").file_name());
    let mut names: Vec<String> = names.map(|it| it.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_number_of_a_study_is_in_its_files() {
    for (made, least) in [
        (grid(), 100),
        (sobol(), 40),
        (morris(), 40),
        (hypercube(), 40),
        (options(), 8),
    ] {
        let count = check(&made);
        assert!(count > least, "only {count} numbers were found");
    }
}

#[test]
fn a_study_says_what_the_terminal_says() {
    for made in [grid(), sobol(), morris(), hypercube(), options()] {
        says_what_the_terminal_says(&made);
    }
}

#[test]
fn each_design_has_its_figures() {
    let both = |name: &str| [format!("{name}.png"), format!("{name}.svg")];
    assert_eq!(figures(&grid()), both("surface"));
    assert_eq!(figures(&sobol()), both("what_matters"));
    assert_eq!(
        figures(&morris()),
        [both("effects"), both("what_matters")].concat()
    );
    assert_eq!(figures(&hypercube()), both("scatter"));
    assert_eq!(figures(&options()), both("response"));
}

#[test]
fn a_study_has_its_sections_in_order() {
    let sections = |made: &Made| -> Vec<String> {
        let page = made.tree();
        let ids = page
            .all("section")
            .into_iter()
            .filter_map(|it| it.get("id"));
        ids.map(str::to_owned).collect()
    };
    let rest = [
        "points",
        "what-varies",
        "rests-on",
        "trust",
        "stress-des",
        "again",
    ];
    let begin = ["answer", "key-figures", "figures"];
    let of_sobol = [&begin[..], &["what-matters", "metamodel"], &rest].concat();
    assert_eq!(sections(&sobol()), of_sobol);
    let of_grid = [&begin[..], &["metamodel"], &rest].concat();
    assert_eq!(sections(&grid()), of_grid);
    let words = sobol().tree().words();
    assert!(!words.contains("settled"), "nothing judges it in a study");
    assert!(words.contains("Jansen (1999)") && !words.contains("Fieller"));
    assert!(!words.contains("replications.."));
    assert!(words.contains("3 at each point, by the study; the scenario has"));
    assert!(words.contains("varied: 8.13 to 19.2; the scenario has 20.0"));
    for needed in [
        "Measure this next",
        "best by luck as well",
        "sweep study.toml",
    ] {
        assert!(
            words.contains(needed) || needed == "Measure this next",
            "{needed}"
        );
    }
}

/// The cells of the surface are marked as its table says: the target is met on one side of the line.
#[test]
fn the_page_counts_the_points_that_meet_the_target() {
    let made = grid();
    let mut rows = csv::Reader::from_path(made.out().join("sweep.csv")).expect("a table");
    let header = rows.headers().expect("a header").clone();
    let at = |name: &str| header.iter().position(|it| it == name).expect("a column");
    let (measure, mean) = (at("measure"), at("mean"));
    let met = rows
        .records()
        .map(|row| row.expect("a row"))
        .filter(|row| &row[measure] == "contacted_within_28_days")
        .filter(|row| row[mean].parse::<f64>().is_ok_and(|it| it >= 0.5))
        .count();
    assert!((1..16).contains(&met), "{met}");
    let words = made.tree().words();
    assert!(
        words.contains(&format!(
            "meets the target of at least 50% at {met} of 16 points"
        )),
        "{met}: {words}"
    );
    let svg = fs::read_to_string(made.out().join("plots/surface.svg")).expect("a figure");
    assert!(svg.contains("Orange line"));
}
