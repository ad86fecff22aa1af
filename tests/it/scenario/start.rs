//! `[start]`: today's waiting list and open caseloads.

use super::{refused_for, scenario, small_and, small_with};
use splw_sim::model::{CaseTypeId, Distribution, PostId, PracticeId, Start, Waited};

fn start(rows: &str) -> Start {
    scenario(&small_and(rows)).model.start.expect("a start")
}

#[test]
fn people_wait_with_listed_or_drawn_ages() {
    let rows = "[[start.waiting]]\npractice = \"A10001\"\nwaited_days = [3, 14.5]
[[start.waiting]]\npractice = \"High Street\"\ncount = 5\nwaited_days = { exponential = { mean = 20 } }\ncase_type = \"full\"";
    let waiting = start(rows).waiting;
    assert_eq!(waiting[0].practice, PracticeId(0));
    assert_eq!(waiting[0].waited_days, Waited::Each(vec![3.0, 14.5]));
    assert_eq!(waiting[0].case_type, None);
    assert_eq!(
        waiting[1].waited_days,
        Waited::Drawn(5, Distribution::Exponential { mean: 20.0 })
    );
    assert_eq!(waiting[1].case_type, Some(CaseTypeId(0)));
}

#[test]
fn open_cases_are_spread_over_the_workers_of_a_post() {
    let rows = "[[start.open]]\npost = \"Link worker\"\ncount = 10\ncontacts_left = 3
[[start.open]]\npost = \"Link worker (2)\"\ncount = 1";
    let text = small_and(rows).replace("wte = 1.0", "wte = 1.5\ncaseload_cap = 8");
    let open = scenario(&text).model.start.expect("a start").open;
    let cases: Vec<(PostId, u32)> = open.iter().map(|it| (it.post, it.count)).collect();
    // By WTE the 10 fall 7 to 3; of the half worker's 4 places one is left for the second row.
    assert_eq!(cases, [(PostId(0), 7), (PostId(1), 3), (PostId(1), 1)]);
    assert_eq!(open[1].contacts_left, Some(Distribution::Constant(3.0)));
    assert_eq!(open[2].contacts_left, None);
}

#[test]
fn no_more_cases_than_places() {
    let rows = "[[start.open]]\npost = \"Link worker\"\ncount = 80\n[[start.open]]\npost = \"Link worker\"\ncount = 1";
    refused_for(
        &small_and(rows),
        "start.open.1.count",
        "more than the post has places",
    );
    let uncapped = small_and(rows).replace("wte = 1.0", "wte = 1.0\ncaseload_cap = \"none\"");
    assert_eq!(
        scenario(&uncapped).model.start.expect("a start").open.len(),
        2
    );
}

#[test]
fn rows_must_hang_together() {
    let waiting = |keys: &str| {
        small_and(&format!(
            "[[start.waiting]]\npractice = \"High Street\"\n{keys}"
        ))
    };
    refused_for(
        &waiting("waited_days = 3"),
        "start.waiting.0.count",
        "is missing",
    );
    refused_for(
        &waiting("waited_days = [3]\ncount = 1"),
        "start.waiting.0.count",
        "cannot stand together",
    );
    refused_for(
        &waiting("waited_days = [-3]"),
        "start.waiting.0.waited_days.0",
        "found -3",
    );
    refused_for(
        &waiting("count = 3"),
        "start.waiting.0.waited_days",
        "is missing",
    );
    refused_for(
        &waiting("waited_days = [3]\ncase_type = \"ful\""),
        "start.waiting.0.case_type",
        "did you mean `full`?",
    );
    let open = |keys: &str| small_and(&format!("[[start.open]]\n{keys}"));
    refused_for(
        &open("post = \"Link werker\"\ncount = 1"),
        "start.open.0.post",
        "did you mean `Link worker`?",
    );
    refused_for(
        &open("post = \"Link worker\"\ncount = 1\ncontacts_left = 0"),
        "start.open.0.contacts_left",
        "at least 1",
    );
    let later = open("post = \"Link worker\"\ncount = 1")
        .replace("wte = 1.0", "wte = 1.0\nstarts = 2026-10-06");
    refused_for(
        &later,
        "start.open.0.post",
        "not in post when the run starts",
    );
}

#[test]
fn a_start_makes_a_run_terminating() {
    assert!(!scenario(&small_and("[start]")).model.is_steady_state());
    assert!(
        scenario(&small_with("weeks = 52", "weeks = 52\nwarm_up_weeks = 1"))
            .model
            .is_steady_state()
    );
    scenario(&small_and("[start]").replace("weeks = 52", "weeks = 52\nwarm_up_weeks = 0"));
}

#[test]
fn a_start_has_its_size() {
    let rows = "[[start.waiting]]\npractice = \"High Street\"\ncount = 100000\nwaited_days = 1\n"
        .repeat(11);
    refused_for(
        &small_and(&format!("[start]\n{rows}")),
        "start",
        "at most 1,000,000",
    );
}
