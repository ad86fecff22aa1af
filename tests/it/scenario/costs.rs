//! `[costs]`: what it means, and how what is wrong is told.

use super::{refused_for, scenario, small_and, small_with};
use splw_sim::model::FinancialYear;

/// The small scenario with costs, and more below the heading.
fn with(more: &str) -> String {
    small_and(&format!("[costs]\nprice_year = \"2025/26\"\n{more}"))
}

/// The same with a salary and reimbursement of these financial years.
fn reimbursed(years: &[&str]) -> String {
    let tables = years.iter().map(|year| {
        format!(
            "[[costs.reimbursement]]\nfinancial_year = \"{year}\"\nmaximum_pounds_a_year_per_wte = 40159\n"
        )
    });
    with(&format!(
        "salary_pounds_a_year = 33487\n{}",
        tables.collect::<String>()
    ))
}

#[test]
fn a_wte_costs_salary_and_on_costs() {
    let read = scenario(&with("salary_pounds_a_year = 33487"));
    let costs = read.model.costs.expect("there are costs");
    assert_eq!(costs.price_year, FinancialYear::beginning_in(2025));
    assert!((costs.posts[0].pounds_a_year_per_wte - 33_487.0 * 1.271).abs() < 1e-9);
    assert!(costs.posts[0].is_reimbursed && costs.posts[0].is_paid);
    let taken = |key: &str| {
        read.defaults
            .iter()
            .any(|row| row.key == key && row.grade == 'B')
    };
    assert!(taken("costs.on_costs_share"), "{:?}", read.defaults);
    assert!(scenario(&small_and("")).model.costs.is_none());
}

/// A post of 2.5 WTE stands as three workers, who all cost what the post says; what is like it does too.
#[test]
fn every_worker_of_a_post_costs_what_the_post_says() {
    let text = with("").replace(
        "wte = 1.0",
        "wte = 2.5\ncost_pounds_a_year_per_wte = 50000\n\n[[posts]]\nname = \"Second\"\nlike = \"Link worker\"\nreimbursed = \"no\"",
    );
    let costs = scenario(&text).model.costs.expect("there are costs");
    let pounds: Vec<f64> = costs
        .posts
        .iter()
        .map(|it| it.pounds_a_year_per_wte)
        .collect();
    assert_eq!(pounds, [50_000.0; 6]);
    let reimbursed: Vec<bool> = costs.posts.iter().map(|it| it.is_reimbursed).collect();
    assert_eq!(reimbursed, [true, true, true, false, false, false]);
    assert!(costs.pay.is_none() && costs.posts[0].is_outright);
}

#[test]
fn the_financial_years_of_the_period_are_found() {
    let read = scenario(&reimbursed(&["2025/26", "2026/27", "2027/28"]));
    let costs = read.model.costs.expect("there are costs");
    let days: Vec<(String, u32, u32)> = costs
        .reimbursement
        .iter()
        .map(|it| (it.year.to_string(), it.begins.day().0, it.ends.day().0))
        .collect();
    // From 5 October 2026: 178 days to 1 April 2027, 366 more to 1 April 2028.
    let expected = [
        ("2026/27".to_owned(), 0, 178),
        ("2027/28".to_owned(), 178, 544),
    ];
    assert_eq!(days, expected);
}

#[test]
fn every_financial_year_of_the_period_must_be_there() {
    refused_for(
        &reimbursed(&["2026/27"]),
        "costs.reimbursement",
        "none for 2027/28",
    );
    refused_for(
        &reimbursed(&["2025/26"]),
        "costs.reimbursement",
        "none for 2026/27, 2027/28",
    );
}

#[test]
fn financial_years_are_each_there_once_in_order() {
    let words = "does not come after the financial year of the table before";
    let key = "costs.reimbursement.1.financial_year";
    refused_for(&reimbursed(&["2026/27", "2026/27", "2027/28"]), key, words);
    refused_for(&reimbursed(&["2027/28", "2026/27"]), key, words);
}

#[test]
fn a_financial_year_is_two_years_that_follow_one_another() {
    for bad in [
        "2026-27",
        "2026/28",
        "2026/2027",
        "26/27",
        "2026/7",
        "2026",
        "2026/27 ",
        "0999/00",
        "",
        "+026/27",
    ] {
        refused_for(
            &reimbursed(&[bad, "2027/28"]),
            "costs.reimbursement.0.financial_year",
            "a financial year such as \"2026/27\"",
        );
        let text = with("salary_pounds_a_year = 1").replace("2025/26", bad);
        refused_for(&text, "costs.price_year", "is no financial year");
    }
    let text = with("salary_pounds_a_year = 1").replace("\"2025/26\"", "2025");
    refused_for(&text, "costs.price_year", "is of the wrong kind");
    let century = with("salary_pounds_a_year = 1").replace("2025/26", "1999/00");
    assert!(scenario(&century).model.costs.is_some());
}

#[test]
fn pounds_and_shares_lie_in_their_ranges() {
    for bad in ["-1", "nan", "inf", "1000001"] {
        for key in [
            "london_weighting_pounds_a_year",
            "recruitment_pounds",
            "gp_appointment_pounds",
            "gp_appointments_avoided_per_completed_case",
            "on_costs_share",
        ] {
            let text = with(&format!("salary_pounds_a_year = 1\n{key} = {bad}"));
            refused_for(&text, &format!("costs.{key}"), "a number from 0 to");
        }
        let salary = with(&format!("salary_pounds_a_year = {bad}"));
        refused_for(&salary, "costs.salary_pounds_a_year", "a number from 0 to");
        let post = with("").replace(
            "wte = 1.0",
            &format!("wte = 1.0\ncost_pounds_a_year_per_wte = {bad}"),
        );
        refused_for(
            &post,
            "posts.0.cost_pounds_a_year_per_wte",
            "a number from 0 to",
        );
    }
    let share = reimbursed(&["2026/27", "2027/28"]) + "share = 1.5\n";
    refused_for(
        &share,
        "costs.reimbursement.1.share",
        "a number from 0 to 1",
    );
}

/// The price year, the cost of every paid post, and [costs] itself wherever there are pounds.
#[test]
fn what_money_cannot_be_counted_without_is_asked_for() {
    refused_for(
        &small_and("[costs]\nsalary_pounds_a_year = 1"),
        "costs.price_year",
        "is missing",
    );
    refused_for(
        &with("recruitment_pounds = 1"),
        "costs.salary_pounds_a_year",
        "no cost of post \"Link worker\"",
    );
    refused_for(
        &small_with("wte = 1.0", "wte = 1.0\ncost_pounds_a_year_per_wte = 1"),
        "posts.0.cost_pounds_a_year_per_wte",
        "needs [costs]",
    );
    let text = small_and("[targets]\ncost_pounds = 1").replace("\r", "");
    let told = super::refusal(&text).to_string();
    assert!(
        told.contains("needs [costs]: without it no money is counted"),
        "{told}"
    );
    let volunteer = small_with("wte = 1.0", "wte = 1.0\nkind = \"volunteer\"");
    let costs = scenario(&format!("{volunteer}\n[costs]\nprice_year = \"2025/26\"\n"))
        .model
        .costs;
    let post = costs.expect("there are costs").posts[0];
    assert!(!post.is_paid && !post.is_reimbursed);
}

#[test]
fn what_has_no_effect_is_noted() {
    let notes = |text: &str| scenario(text).notes.join(" ");
    let outright = with("salary_pounds_a_year = 1")
        .replace("wte = 1.0", "wte = 1.0\ncost_pounds_a_year_per_wte = 42575");
    assert!(notes(&outright).contains("`costs.salary_pounds_a_year` has no effect"));
    let london =
        reimbursed(&["2026/27", "2027/28"]) + "london_maximum_pounds_a_year_per_wte = 45000\n";
    assert!(notes(&london).contains("there is no London weighting"));
    let weighted = london.replace("salary", "london_weighting_pounds_a_year = 5000\nsalary");
    assert!(!notes(&weighted).contains("London"));
    let costs = scenario(&weighted).model.costs.expect("there are costs");
    let most: Vec<f64> = costs
        .reimbursement
        .iter()
        .map(|it| it.maximum_pounds_a_year_per_wte)
        .collect();
    assert_eq!(most, [40_159.0, 45_000.0]);
}

/// Pounds of two years cannot be subtracted from each other.
#[test]
fn an_option_leaves_the_year_of_prices_alone() {
    let option = |year: &str| {
        let set = format!("set.\"costs.price_year\" = \"{year}\"");
        with(&format!(
            "salary_pounds_a_year = 33487\n[[options]]\nname = \"Try\"\n{set}\n"
        ))
    };
    let key = "options.Try.set.\"costs.price_year\"";
    refused_for(&option("2020/21"), key, "pounds of two years");
    assert_eq!(scenario(&option("2025/26")).options.len(), 1);
}
