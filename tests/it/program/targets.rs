//! Targets in `compare`: who meets them, and shares that are none.

use super::compare::{place, rows};
use super::refusals::SMALL;
use super::{done, names};
use std::collections::BTreeMap;

/// A worker for many more people than one can see, and options that do little, much, and nothing.
const OPTIONS: &str = r#"
[targets]
contacted_within_28_days = 0.80
wait_to_first_contact_days_mean = 30

[[options]]
name = "Ten more, one of whom has a name that is much too long for any table"
add.posts = [{ name = "Ten", wte = 10.0 }]

[[options]]
name = "Somewhat less missed"
scale."case_types.*.dna_share" = 0.9

[[options]]
name = "Nothing"
set."posts.0.wte" = 1.0

[[options]]
name = "No illness"
what_if = "yes"
set."posts.*.sickness_share" = 0.0
add.posts = [{ name = "Twelve", wte = 12.0 }]
"#;

fn busy(more: &str) -> String {
    let text = SMALL
        .replace("weeks = 4", "weeks = 26")
        .replace("list_size = 3000", "list_size = 90000");
    format!("{text}{OPTIONS}{more}")
}

/// Ten more workers than are needed surely meet both; one alone surely misses both. The verdicts are in
/// the answer, in a table and in a file, and the bounds are on the side of the target that they say.
#[test]
fn who_meets_the_targets_is_told_of_every_option() {
    let place = place(&busy(""));
    let (code, text, stderr) = done(place.path(), &["compare", "s.toml", "--replications", "10"]);
    assert_eq!((code, stderr.as_str()), (Some(0), ""), "{text}");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Only \"Ten more, one of whom has a name that is much too long for any table\" surely meets both targets of the file.",
        "Target 1: Contacted within 28 days, at least 80.0%",
        "Target 2: Mean wait to first contact, at most 30 days",
        "with 95% confidence all 10 hold at once",
        "No illness (a yardstick, not a choice)",
        "It changes nothing: in every run all is as it was.",
        "Of the 3 options, \"Ten more",
    ] {
        assert!(flat.contains(words), "no \"{words}\" in\n{text}");
    }
    assert!(
        text.lines().all(|line| line.chars().count() <= 80),
        "{text}"
    );
    let told = rows(&place, "targets.csv");
    assert_eq!(told.len(), 10, "two targets of base and four options");
    for row in &told {
        let number = |key: &str| -> f64 { row[key].parse().expect("a number") };
        let is_large = row["option"].starts_with("Ten") || row["option"] == "No illness";
        let (verdict, is_more) = (row["verdict"].as_str(), row["better"] == "more");
        assert_eq!(verdict, if is_large { "met" } else { "missed" }, "{row:?}");
        assert!(number("low") <= number("mean") && number("mean") <= number("high"));
        let is_above = number("low") >= number("target");
        assert_eq!(is_above, is_more == is_large, "{row:?}");
    }
}

/// Base and option means stand beside the difference, which is that of the two where all pairs have
/// both; the measures of the tables are marked.
#[test]
fn a_difference_has_both_means_and_a_verdict() {
    let place = place(&busy(""));
    let (code, ..) = done(place.path(), &["compare", "s.toml", "--replications", "6"]);
    assert_eq!(code, Some(0));
    let differences = rows(&place, "differences.csv");
    let mut held = 0;
    for row in differences.iter().filter(|row| row["n"] == "6") {
        let number = |key: &str| row[key].parse::<f64>().ok();
        let Some((base, option)) = number("base_mean").zip(number("option_mean")) else {
            continue;
        };
        let difference = number("mean_difference").expect("a difference");
        let size = 1.0 + base.abs() + option.abs();
        assert!((option - base - difference).abs() < 1e-6 * size, "{row:?}");
        held += 1;
    }
    assert!(held > 200, "only {held}");
    let of = |option: &str, measure: &str| {
        let is_it = |row: &&BTreeMap<String, String>| {
            row["option"].starts_with(option) && row["scope"] == "pcn" && row["measure"] == measure
        };
        let row = differences.iter().find(is_it).expect("the row").clone();
        (row["verdict"].clone(), row["shown"].clone())
    };
    let pair = |verdict: &str, shown: &str| (verdict.to_owned(), shown.to_owned());
    assert_eq!(of("Ten", "share_contacted_ever"), pair("better", "yes"));
    let wait = "wait_to_first_contact_days_mean";
    assert_eq!(of("Ten", wait), pair("better", "yes"));
    assert_eq!(of("Ten", "weeks_at_risk_a_post_year").1, "yes");
    assert_eq!(of("Nothing", "lapsed"), pair("not sure", "no"));
    assert_eq!(of("Ten", "contacts_held"), pair("", "no"));
}

#[test]
fn a_target_of_80_is_no_share() {
    let refused = |text: &str, command: &str| {
        let place = place(text);
        let (code, _, stderr) = done(place.path(), &[command, "s.toml", "--quiet"]);
        assert_eq!(code, Some(1), "{stderr}");
        assert_eq!(names(place.path()), ["s.toml"]);
        stderr
    };
    for (value, words) in [
        (
            "80",
            &[
                "`targets.contacted_within_28_days` is out of range: it is a share",
                "found 80; allowed: a number from 0 to 1",
                "hint: 0.8 for 80%",
            ][..],
        ),
        ("95.5", &["hint: 0.955 for 95.5%"]),
        ("-0.1", &["found -0.1"]),
        ("1000", &["found 1000"]),
    ] {
        let text = busy("").replace("28_days = 0.80", &format!("28_days = {value}"));
        for command in ["run", "compare"] {
            let told = refused(&text, command);
            for words in words {
                assert!(told.contains(words), "no \"{words}\" in\n{told}");
            }
        }
    }
}

/// The reader of scenarios does not know measures: it tells shares by their names.
#[test]
fn shares_are_told_by_their_names() {
    for measure in splw_sim::measure::all_measures() {
        let text = format!("{SMALL}\n[targets]\n{} = 1.5\n", measure.name);
        let place = place(&text);
        let (code, _, stderr) = done(place.path(), &["check", "s.toml"]);
        if measure.better.is_none() || stderr.contains("price") {
            continue;
        }
        let is_share = measure.unit == splw_sim::measure::Unit::Share;
        let is_refused = stderr.contains("it is a share");
        assert_eq!(is_refused, is_share, "{}: {code:?} {stderr}", measure.name);
    }
}

/// What people type for a number, and what they are told.
#[test]
fn pounds_commas_and_per_cent_signs_are_explained() {
    for (written, words) in [
        (
            "\"£42,575\"",
            "hint: write 42575, without quotes, signs and commas",
        ),
        (
            "\"5%\"",
            "hint: write 0.05, without quotes, signs and commas",
        ),
        ("42,575", "hint: write a number without commas"),
        ("£42575", "hint: write a number without commas"),
    ] {
        let more = format!(
            "\n[[options]]\nname = \"Dear\"\ncost_pounds_a_year = {written}\nset.\"posts.0.wte\" = 0.9\n"
        );
        let place = place(&busy(&more));
        let (code, _, stderr) = done(place.path(), &["compare", "s.toml"]);
        assert_eq!(code, Some(1));
        assert!(stderr.contains(words), "no \"{words}\" in\n{stderr}");
    }
}

/// A post like one that is not there lacks nothing else.
#[test]
fn a_misspelt_like_is_one_problem() {
    let more =
        "\n[[options]]\nname = \"Two\"\nadd.posts = [{ name = \"B\", like = \"Link woker\" }]\n";
    let place = place(&busy(more));
    let (code, _, stderr) = done(place.path(), &["compare", "s.toml"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("did you mean `Link worker`?"), "{stderr}");
    assert!(!stderr.contains("is missing"), "{stderr}");
}

#[test]
fn a_measure_is_found_by_the_words_on_the_screen() {
    let more = "\n[compare]\nrank_by = \"Ever contacted\"\nindifference_zone = 0.02\n";
    let place = place(&busy(more));
    let (code, _, stderr) = done(place.path(), &["compare", "s.toml"]);
    assert_eq!(code, Some(1));
    assert!(
        stderr.contains("did you mean `share_contacted_ever`?"),
        "{stderr}"
    );
}
