//! Money by hand (model, section 9). A WTE costs 36,525 pounds a year here, which is 100 a day: a post
//! costs 100 pounds for each day that it is filled.

use splw_sim::engine::Activity::{HolderLeaves, PostFilled};
use splw_sim::measure::Scope;

use crate::support::{ORDINARY, Told, assert_close, tell_of};

const COSTS: &str = "
[costs]
price_year = \"2025/26\"
salary_pounds_a_year = 36525
on_costs_share = 0
recruitment_pounds = 500
";

/// Two financial years, of which the first pays 80 a day at most and the second 120.
const TWO_YEARS: &str = "
[[costs.reimbursement]]
financial_year = \"1999/00\"
maximum_pounds_a_year_per_wte = 29220

[[costs.reimbursement]]
financial_year = \"2000/01\"
maximum_pounds_a_year_per_wte = 43830
";

/// The ordinary service with costs: 60 days from 3 January 2000, one post of 1 WTE.
fn cost(more: &str, set: &[&str]) -> Told {
    tell_of(&format!("{ORDINARY}{COSTS}{more}"), set, 1)
}

#[track_caller]
fn assert_pounds(told: &Told, measures: &[(&str, f64)]) {
    for (measure, pounds) in measures {
        assert_close(told.of_pcn(measure), *pounds, measure);
    }
}

/// Nobody who is there from the beginning is found anew.
#[test]
fn a_filled_post_costs_its_wte_by_the_day() {
    let whole = cost("", &[]);
    assert_pounds(
        &whole,
        &[
            ("staff_cost_pounds", 6_000.0),
            ("recruitment_cost_pounds", 0.0),
            ("cost_pounds", 6_000.0),
            ("cost_per_person_contacted_pounds", 6_000.0),
        ],
    );
    let part = cost("", &["posts.0.wte=0.6"]);
    assert_pounds(&part, &[("staff_cost_pounds", 3_600.0)]);
    let of_post = part.value(Scope::Post, 0, "staff_cost_pounds");
    assert_close(of_post.expect("it is defined"), 3_600.0, "of the post");
}

/// Days 10 to 39 are 30 days; its first holder is found. Half an hour less is half an hour's money
/// less: 1/48 of a day.
#[test]
fn a_post_costs_nothing_before_it_starts_and_after_it_ends() {
    let dates = ["posts.0.starts=2000-01-13", "posts.0.ends=2000-02-12"];
    assert_pounds(
        &cost("", &dates),
        &[
            ("staff_cost_pounds", 3_000.0),
            ("recruitment_cost_pounds", 500.0),
            ("cost_pounds", 3_500.0),
        ],
    );
    let days = 29.0 + 47.0 / 48.0;
    let set = [
        format!("period.days={days}"),
        "posts.0.starts=2000-01-04".to_owned(),
    ];
    let short = cost("", &set.each_ref().map(String::as_str));
    assert_pounds(&short, &[("staff_cost_pounds", 100.0 * (days - 1.0))]);
}

/// Of 20 days of warm-up and 40 observed only these are counted; who began before is no hire of the
/// period, and who begins as it opens is one.
#[test]
fn money_is_of_the_period_alone() {
    let warm_up = |starts: &str| {
        let text = ORDINARY.replace(
            "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]",
            "",
        );
        let starts = format!("posts.0.starts={starts}");
        let set = [
            "period.days=40",
            "period.warm_up_days=20",
            "period.start=2000-01-23",
            &starts,
        ];
        tell_of(&format!("{text}{COSTS}"), &set, 1)
    };
    let before = [
        ("staff_cost_pounds", 4_000.0),
        ("recruitment_cost_pounds", 0.0),
    ];
    assert_pounds(&warm_up("2000-01-22"), &before);
    let as_it_opens = [
        ("staff_cost_pounds", 4_000.0),
        ("recruitment_cost_pounds", 500.0),
    ];
    assert_pounds(&warm_up("2000-01-23"), &as_it_opens);
}

/// A hundred years of holders who come and go: the post costs nothing while it is vacant, each new
/// holder 500; what is not spent of 80 a day is 80 for each day of vacancy.
#[test]
fn a_vacancy_costs_nothing_and_is_money_not_spent() {
    let years = (1999..2100).map(|year| {
        format!(
            "[[costs.reimbursement]]\nfinancial_year = \"{year}/{:02}\"\nmaximum_pounds_a_year_per_wte = 29220\n",
            (year + 1) % 100
        )
    });
    let leaving = [
        "posts.0.leaving_rate_a_year=0.5",
        "posts.0.notice_weeks=6",
        "posts.0.time_to_hire_weeks=14",
        "posts.0.wte=0.5",
        "period.days=36000",
    ];
    let told = cost(&years.collect::<String>(), &leaving);
    let times = |what| {
        let rows = told.log.iter().filter(move |row| row.activity == what);
        rows.map(|row| row.time.seconds() as f64 / 86_400.0)
    };
    let left = times(HolderLeaves).chain(std::iter::once(36_000.0));
    let came = std::iter::once(0.0).chain(times(PostFilled));
    let filled: f64 = left
        .zip(came)
        .map(|(left, came)| (left - came).max(0.0))
        .sum();
    let hires = times(PostFilled).count();
    assert!(hires > 20, "{hires} hires");
    assert_pounds(
        &told,
        &[
            ("staff_cost_pounds", 50.0 * filled),
            ("recruitment_cost_pounds", 500.0 * hires as f64),
            ("reimbursed_pounds", 40.0 * filled),
            ("not_reimbursed_pounds", 10.0 * filled),
            ("reimbursement_unspent_pounds", 40.0 * (36_000.0 - filled)),
        ],
    );
    let vacant = told.of_pcn("vacancy_weeks") * 7.0;
    assert_close(36_000.0 - filled, vacant, "days of vacancy");
}

/// 20 days of 1999/00 at 80 of 100 pounds, 40 days of 2000/01 at 100 of at most 120.
#[test]
fn reimbursement_goes_by_financial_year() {
    let told = cost(TWO_YEARS, &["period.start=2000-03-12"]);
    assert_pounds(
        &told,
        &[
            ("reimbursed_pounds", 5_600.0),
            ("not_reimbursed_pounds", 400.0),
            ("reimbursement_unspent_pounds", 800.0),
        ],
    );
    let half = [
        "period.start=2000-03-12",
        "costs.reimbursement.*.share=0.5",
        "posts.0.starts=2000-03-22",
    ];
    // 10 and 40 days at 50 pounds, of 80 and 120.
    let told = cost(TWO_YEARS, &half);
    assert_pounds(
        &told,
        &[
            ("reimbursed_pounds", 2_500.0),
            ("not_reimbursed_pounds", 2_500.0),
            ("reimbursement_unspent_pounds", 300.0 + 2_800.0),
        ],
    );
}

/// A term that is not renewed after 14 days: the post is no more, and nothing of it is unspent.
#[test]
fn a_post_that_has_ended_leaves_nothing_unspent() {
    let set = [
        "posts.0.contract_ends=2000-01-17",
        "posts.0.renewal_share=0",
    ];
    let told = cost(
        TWO_YEARS,
        &[
            &set[..],
            &["costs.reimbursement.0.maximum_pounds_a_year_per_wte=36525"],
        ]
        .concat(),
    );
    assert_pounds(
        &told,
        &[
            ("staff_cost_pounds", 1_400.0),
            ("reimbursed_pounds", 1_400.0),
            ("reimbursement_unspent_pounds", 0.0),
        ],
    );
}

/// (30,000 + 5,000) x 1.2 = 42,000 a year; where there is weighting the London maximum counts.
#[test]
fn london_weighting_has_on_costs_and_a_maximum_of_its_own() {
    let set = [
        "costs.salary_pounds_a_year=30000",
        "costs.on_costs_share=0.2",
        "costs.reimbursement.*.maximum_pounds_a_year_per_wte=30000",
        "costs.reimbursement.*.london_maximum_pounds_a_year_per_wte=40000",
    ];
    let years = 60.0 / 365.25;
    let london = [&set[..], &["costs.london_weighting_pounds_a_year=5000"]].concat();
    assert_pounds(
        &cost(TWO_YEARS, &london),
        &[
            ("staff_cost_pounds", 42_000.0 * years),
            ("reimbursed_pounds", 40_000.0 * years),
        ],
    );
    assert_pounds(
        &cost(TWO_YEARS, &set),
        &[
            ("staff_cost_pounds", 36_000.0 * years),
            ("reimbursed_pounds", 30_000.0 * years),
        ],
    );
}

/// Their own cost stands in place of pay, a volunteer has none, and neither is reimbursed: one because
/// the file says so. Nobody pays for finding a volunteer.
#[test]
fn posts_may_have_a_cost_of_their_own() {
    let more = "
[[posts]]
name = \"Outright\"
wte = 0.5
cost_pounds_a_year_per_wte = 73050
reimbursed = \"no\"

[[posts]]
name = \"Volunteer\"
wte = 1
kind = \"volunteer\"
starts = 2000-01-13
";
    let text = ORDINARY.replace("[[start.waiting]]", &format!("{more}\n[[start.waiting]]"));
    let told = tell_of(&format!("{text}{COSTS}{TWO_YEARS}"), &[], 1);
    let of_post = |post, measure: &str| {
        told.value(Scope::Post, post, measure)
            .expect("it is defined")
    };
    for (measure, posts) in [
        ("staff_cost_pounds", [6_000.0, 6_000.0, 0.0]),
        ("recruitment_cost_pounds", [0.0, 0.0, 0.0]),
        ("reimbursed_pounds", [4_800.0, 0.0, 0.0]),
        ("reimbursement_unspent_pounds", [0.0, 0.0, 0.0]),
    ] {
        for (post, pounds) in posts.into_iter().enumerate() {
            assert_close(of_post(post, measure), pounds, measure);
        }
        assert_close(told.of_pcn(measure), posts.iter().sum(), measure);
    }
}

/// One case completed, which avoids two appointments; one person who goes back to the GP for want of a
/// worker.
#[test]
fn gp_appointments_are_priced_where_the_file_has_a_price() {
    let told = cost(
        "gp_appointment_pounds = 42\ngp_appointments_avoided_per_completed_case = 2\n",
        &[],
    );
    assert_pounds(
        &told,
        &[
            ("gp_appointments_avoided", 2.0),
            ("gp_cost_pounds", -84.0),
            ("cost_pounds", 5_916.0),
            ("cost_per_person_contacted_pounds", 5_916.0),
        ],
    );
    let lapse = [
        "posts.0.starts=2000-02-12",
        "waiting_list.patience_days=5",
        "waiting_list.gp_reversion_share=1",
    ];
    let told = cost("gp_appointment_pounds = 42\n", &lapse);
    assert_pounds(
        &told,
        &[
            ("gp_cost_pounds", 42.0),
            ("cost_pounds", 2_000.0 + 500.0 + 42.0),
        ],
    );
    let nobody = told.value(Scope::Pcn, 0, "cost_per_person_contacted_pounds");
    assert_eq!(nobody, None, "nobody was contacted");
}
