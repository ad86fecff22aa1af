//! The README's output and its table of scenarios: what this program says.
//!
//! `SPLW_SIM_REFRESH=1 cargo test --release docs::readme` writes them anew before comparing.

use super::{MAIN, output_of, place_with_scenarios, read, root};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// The shipped scenarios in the order of the README's table.
const SCENARIOS: [&str; 13] = [
    "six-practice-solo",
    "rayleigh",
    "shared-three-surgeries",
    "two-for-35k",
    "team-of-five-50k",
    "lambeth-busiest",
    "covid-shock",
    "referral-pause",
    "volunteer-half-days",
    "short-long-slots",
    "fixed-term-cliff",
    "burnout-spiral",
    "recruit-to-target",
];

#[test]
fn the_readme_says_what_the_program_says() {
    let place = place_with_scenarios();
    let output = output_of(place.path(), &["run", MAIN]);
    assert!(output.status.success());
    let printed = block(&String::from_utf8(output.stdout).expect("text is UTF-8"));
    let answers = table(place.path());
    let proof = proof(place.path());
    if std::env::var_os("SPLW_SIM_REFRESH").is_some() {
        let readme = replaced(&read("README.md"), "output", &printed);
        let readme = replaced(&readme, "scenarios", &answers);
        let readme = replaced(&readme, "verify", &proof);
        fs::write(root().join("README.md"), readme).expect("the README can be written");
    }
    let readme = read("README.md");
    compare("output", generated(&readme, "output"), &printed);
    compare("scenarios", generated(&readme, "scenarios"), &answers);
    compare("verify", generated(&readme, "verify"), &proof);
}

fn compare(what: &str, shown: &str, printed: &str) {
    let nothing = || std::iter::repeat("");
    let pairs = shown
        .lines()
        .chain(nothing())
        .zip(printed.lines().chain(nothing()))
        .take(shown.lines().count().max(printed.lines().count()));
    for (shown, printed) in pairs {
        assert_eq!(
            shown, printed,
            "the README's {what} is not what the program says; see the head of this file"
        );
    }
}

/// What stands between the marks of a generated part of the README.
fn generated<'a>(readme: &'a str, what: &str) -> &'a str {
    parts(readme, what).1
}

fn replaced(readme: &str, what: &str, text: &str) -> String {
    let (before, _, after) = parts(readme, what);
    format!("{before}{text}{after}")
}

/// The README up to the first mark, between the marks, and from the second one on.
fn parts<'a>(readme: &'a str, what: &str) -> (&'a str, &'a str, &'a str) {
    let mark = format!("<!-- {what}: made by tests/it/docs/readme.rs -->\n");
    let begin = readme.find(&mark).expect("the README has the mark") + mark.len();
    let mark = format!("<!-- end of {what} -->");
    let end = begin
        + readme[begin..]
            .find(&mark)
            .expect("the README has the end mark");
    (&readme[..begin], &readme[begin..end], &readme[end..])
}

fn block(text: &str) -> String {
    format!("```text\n{text}```\n")
}

/// The shipped scenarios with their questions and answers.
fn table(place: &Path) -> String {
    let rows = SCENARIOS.map(|scenario| row(place, scenario));
    format!(
        "| scenario | it asks | ever contacted | mean wait of those, days | hours load | places load |\n\
         | --- | --- | --- | --- | --- | --- |\n{}",
        rows.concat()
    )
}

fn row(place: &Path, scenario: &str) -> String {
    let file = format!("scenarios/{scenario}.toml");
    let out = format!("table/{scenario}");
    let output = output_of(place, &["run", &file, "--format", "json", "--out", &out]);
    assert!(output.status.success(), "{file}");
    let answer: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mean = |measure: &str| {
        let rows = answer["measures"].as_array().expect("a list of measures");
        let is_it = |row: &&Value| row["scope"] == "pcn" && row["measure"] == measure;
        let row = rows.iter().find(is_it).expect("a measure of the PCN");
        row["mean"].as_f64().expect("a mean")
    };
    format!(
        "| [{scenario}]({file}) | {} | {:.0}% | {:.0} | {:.2} | {:.2} |\n",
        answer["question"].as_str().expect("a question"),
        100.0 * mean("share_contacted_ever"),
        mean("wait_to_first_contact_days_mean"),
        mean("hours_load"),
        mean("places_load"),
    )
}

/// The first known answer of each model, as `verify --quick` gives it, and how many there are.
fn proof(place: &Path) -> String {
    let output = output_of(place, &["verify", "--quick", "--format", "json"]);
    assert!(output.status.success(), "every known answer holds");
    let proof: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let points = proof["points"].as_array().expect("a list of points");
    let mut rows = String::new();
    let mut models: Vec<&str> = Vec::new();
    for point in points {
        let model = point["model"].as_str().expect("a model");
        if !models.contains(&model) {
            models.push(model);
            rows += &proof_row(point);
        }
    }
    format!(
        "| model | system | measure | theory | ours | 95% interval | verdict |\n\
         | --- | --- | --- | --- | --- | --- | --- |\n{rows}\n\
         All in all {} known answers of {} models.\n",
        points.len(),
        models.len()
    )
}

fn proof_row(point: &Value) -> String {
    let text = |key: &str| point[key].as_str().expect("a text").to_owned();
    let number = |key: &str| {
        let value = point[key].as_f64().expect("a number");
        let decimals = (3 - value.abs().log10().floor() as i32).clamp(0, 9) as usize;
        format!("{value:.decimals$}")
    };
    format!(
        "| {} | {} | `{}` | {} | {} | {} to {} | {} |\n",
        text("model"),
        text("system"),
        text("measure"),
        number("theory"),
        number("mean"),
        number("ci95_low"),
        number("ci95_high"),
        text("verdict")
    )
}
