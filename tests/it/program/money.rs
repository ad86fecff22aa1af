//! What `run` and `check` say of money, and that they say nothing where there is none.

use super::program;
use super::refusals::SMALL;
use serde_json::Value;
use tempfile::tempdir;

const COSTS: &str = r#"
[costs]
price_year = "2025/26"
salary_pounds_a_year = 33487
gp_appointment_pounds = 42
gp_appointments_avoided_per_completed_case = 1

[[costs.reimbursement]]
financial_year = "2026/27"
maximum_pounds_a_year_per_wte = 40159

[[options]]
name = "Half a post more"
set."posts.*.wte" = 1.5

[[options]]
name = "By contract"
cost_pounds_a_year = 12000
set."posts.*.wte" = 1.5
"#;

/// Stdout of the program on the small scenario with this at its end.
fn said(more: &str, arguments: &[&str]) -> String {
    let place = tempdir().expect("a temporary folder");
    std::fs::write(place.path().join("s.toml"), format!("{SMALL}{more}")).expect("a scenario");
    let mut command = program();
    let output = command.current_dir(place.path()).args(arguments).output();
    let output = output.expect("the program runs");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A post that is filled all four weeks costs at the rate of 42,562 a year.
#[test]
fn a_run_tells_what_the_service_costs_a_year() {
    let run = ["run", "s.toml", "--replications", "3"];
    let text = said(COSTS, &run);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Pounds a year, in prices of 2025/26",
        "Staff, while posts are filled 42,562 42,562 to 42,562",
        "Reimbursement not spent",
        "Cost per person contacted, pounds",
        "taken at 1 for each completed case: weak evidence",
    ] {
        assert!(text.contains(words), "no \"{words}\" in\n{text}");
    }
    assert!(!said("", &run).contains("Pounds"));
}

/// 33,487 x 1.271 is 42,562; half a post more costs half of it, unless the option says what it costs.
#[test]
fn check_tells_what_a_full_establishment_costs() {
    let text = said(COSTS, &["check", "s.toml"]);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "Pounds a year, in prices of 2025/26 WTE a WTE a year Link worker 1 42,562 42,562",
        "All posts, filled all year 1 42,562",
        "salary 33,487, on-costs 9,075 (27.1%); together 42,562 pounds.",
        "Reimbursed in 2026/27: at most 40,159 pounds a WTE, 40,159 in all; of posts filled all year 40,159.",
        "GP appointments avoided are taken at 1 for each completed case: weak evidence.",
        "Half a post more: posts.*.wte = 1.5; costs 21,281 pounds a year.",
        "By contract: posts.*.wte = 1.5; costs 12,000 pounds a year.",
    ] {
        assert!(text.contains(words), "no \"{words}\" in\n{text}");
    }
    assert!(!said("", &["check", "s.toml"]).contains("Pounds"));
}

#[test]
fn check_tells_programs_too() {
    let json = |more: &str| -> Value {
        let text = said(more, &["check", "s.toml", "--format", "json"]);
        serde_json::from_str(&text).expect("JSON")
    };
    let costs = &json(COSTS)["costs"];
    assert_eq!(costs["price_year"], "2025/26");
    assert_eq!(costs["posts"][0]["wte"], 1.0);
    let all = costs["all_posts_filled_pounds_a_year"].as_f64();
    assert!((all.expect("a number") - 42_561.977).abs() < 1e-6);
    assert!(json("").get("costs").is_none());
}
