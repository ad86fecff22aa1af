//! `splw-sim compare`: from where the costs of options are known, who counts, and what is said of it.

use super::compare::{OPTIONS, busy, compared, place, rows};
use super::done;
use serde_json::Value;
use std::collections::BTreeMap;

/// The small scenario with what posts cost.
fn with_costs(options: &str) -> String {
    let costs =
        "[costs]\nprice_year = \"2025/26\"\nsalary_pounds_a_year = 30000\non_costs_share = 0.2\n";
    format!("{}\n{costs}{options}", busy("").replace(OPTIONS, ""))
}

fn flowing(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

const HALF: &str = "\n[[options]]\nname = \"Half missed\"\nset.\"case_types.*.dna_share\" = 0.04\n";

/// A post of 13 of the 26 weeks with 20,000 pounds in every year: right for 40,000 in a full one.
#[test]
fn an_outright_cost_of_a_post_for_a_part_of_the_period_is_questioned() {
    let second = |dates: &str| {
        let option = format!(
            "\n[[options]]\nname = \"Second\"\ncost_pounds_a_year = 20000\n\
             add.posts = [{{ name = \"B\", like = \"Link worker\"{dates} }}]\n"
        );
        let place = place(&format!("{}{option}", busy("").replace(OPTIONS, "")));
        flowing(&compared(&place, &["--replications", "4"]))
    };
    let text = second(", starts = 2027-01-04");
    let words = "is charged £20,000 in every year of the 26 weeks, as the file says, but B is there for 13 of them. \
                 That is right if a full year of it costs £40,000. If £20,000 is what a full year costs, write \
                 cost_pounds_a_year = 10000";
    assert!(text.contains(words), "{text}");
    assert!(!second("").contains("is charged"), "there throughout");
}

/// Both cost what their parts cost together: said outright, or the one outright and the other counted.
#[test]
fn what_combines_others_costs_what_they_cost_together() {
    let second = |cost: &str| {
        format!(
            "\n[[options]]\nname = \"Second\"\n{cost}add.posts = [{{ name = \"B\", like = \"Link worker\" }}]\n"
        )
    };
    let both = "\n[[options]]\nname = \"Both\"\ncombine = [\"Second\", \"Half missed\"]\n";
    let half = HALF.replace("set.", "cost_pounds_a_year = 5000\nset.");
    let costs = |text: &str| -> BTreeMap<String, f64> {
        let place = place(text);
        compared(&place, &["--replications", "4"]);
        let rows = rows(&place, "cost_effectiveness.csv");
        rows.iter()
            .map(|row| {
                (
                    row["option"].clone(),
                    row["cost_pounds_a_year"].parse().expect("a number"),
                )
            })
            .collect()
    };
    let alone = busy("").replace(OPTIONS, "");
    let said = costs(&format!(
        "{alone}{}{half}{both}",
        second("cost_pounds_a_year = 40000\n")
    ));
    assert!((said["Both"] - 45_000.0).abs() < 1e-6, "{said:?}");
    // 36,000 pounds a year while the post is filled, and 5,000 besides.
    let mixed = costs(&with_costs(&format!("{}{half}{both}", second(""))));
    assert!(
        (30_000.0..=36_000.0).contains(&mixed["Second"]),
        "{mixed:?}"
    );
    assert!(
        (mixed["Both"] - mixed["Second"] - 5_000.0).abs() < 1e-6,
        "{mixed:?}"
    );
    // Of one part nothing is known: neither is the whole, but what is known is said.
    let place = place(&format!(
        "{alone}{}{HALF}{both}",
        second("cost_pounds_a_year = 40000\n")
    ));
    let text = flowing(&compared(&place, &["--replications", "4"]));
    let words = "\"Both\" costs £40,000, and what \"Half missed\" costs, which is not known.";
    assert!(text.contains(words), "{text}");
    assert!(
        rows(&place, "cost_effectiveness.csv")
            .iter()
            .all(|row| row["option"] == "Second")
    );
}

#[test]
fn two_ways_of_knowing_a_cost_and_none_counted_are_told() {
    let second = "\n[[options]]\nname = \"Second\"\ncost_pounds_a_year = 50000\n\
                  add.posts = [{ name = \"B\", like = \"Link worker\" }]\n";
    let place = place(&with_costs(&format!("{second}{HALF}")));
    let text = flowing(&compared(&place, &["--replications", "6"]));
    for words in [
        "Costs are known in two ways: \"Second\" £50,000 ([costs] counts £3",
        "Half missed: no cost is counted for it: [costs] knows of posts, not of what else it may take.",
    ] {
        assert!(text.contains(words), "no \"{words}\" in {text}");
    }
    assert!(
        !text.contains("for nothing") && !text.contains("costs as much"),
        "{text}"
    );
}

/// Who counts is what the file says, and the sign of the net benefit may turn on it.
#[test]
fn the_file_says_who_counts_as_contacted() {
    let net = |more: &str| {
        let place = place(&busy(&format!(
            "[compare]\npounds_per_extra_person_contacted = 300\n{more}"
        )));
        let text = compared(&place, &["--replications", "10", "--format", "json"]);
        serde_json::from_str::<Value>(&text).expect("JSON")
    };
    let priced = |told: &Value, gain: &str| -> f64 {
        let money = told["options"][0]["money"]
            .as_array()
            .expect("gains")
            .clone();
        let effect = money
            .into_iter()
            .find(|it| it["gain"] == gain)
            .expect("the gain");
        let (net, gained) = (
            &effect["net_benefit_pounds_a_year"]["mean"],
            &effect["gained_a_year"]["mean"],
        );
        let wanted = 300.0 * gained.as_f64().expect("a mean") - 42_575.0;
        let net = net.as_f64().expect("a net benefit");
        assert!((net - wanted).abs() < 1e-6 * (1.0 + wanted.abs()));
        net
    };
    let told = net("extra_person_contacted = \"share_contacted_ever\"\n");
    let (ever, in_time) = (
        priced(&told, "people_ever_contacted"),
        priced(&told, "people_contacted_in_time"),
    );
    assert!((ever - in_time).abs() > 1.0);
    let text = busy("[compare]\nextra_person_contacted = \"completed\"\n");
    let (code, _, stderr) = done(place(&text).path(), &["compare", "s.toml"]);
    assert_eq!(code, Some(1));
    assert!(
        stderr.contains("does not say who counts as contacted"),
        "{stderr}"
    );
}
