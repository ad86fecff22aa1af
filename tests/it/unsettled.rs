//! A typical year is asked for and the period has none: when the answer says so, and when not.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use splw_sim::experiment::{
    Course, Drift, Experiment, Part, Replications, Stopping, course, drift, run,
};
use splw_sim::model::Model;
use tempfile::tempdir;

use crate::program::{program, rayleigh};
use crate::support::read;

const SEED: u64 = 20_261_005;

/// Month factors of a strong season: from 0.4 in summer to 1.6 in winter.
const SEASON: &str =
    "demand.month_factors=[1.6, 1.5, 1.3, 1.0, 0.7, 0.5, 0.4, 0.5, 0.7, 1.0, 1.3, 1.5]";
const NO_SEASON: &str = "demand.month_factors=[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]";

/// A shipped scenario with overrides, and its replications.
fn ran(scenario: &str, overrides: &[&str], replications: u64, seed: u64) -> (Replications, Model) {
    let file = format!("scenarios/{scenario}.toml");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file));
    let model = read(&text.expect("the scenario is there"), overrides).model;
    let experiment = Experiment {
        seed,
        stopping: Stopping::Range(0..replications),
        threads: 2,
    };
    let all = run(&model, &experiment, &AtomicBool::new(false), &|_, _| {}).expect("it runs");
    (all, model)
}

/// What is said of a shipped scenario with overrides.
fn said(scenario: &str, overrides: &[&str], replications: u64, seed: u64) -> Option<Drift> {
    let (all, model) = ran(scenario, overrides, replications, seed);
    drift(&all, &model)
}

/// What is said of Rayleigh with 50 replications.
fn of_rayleigh(overrides: &[&str]) -> Option<Drift> {
    said("rayleigh", overrides, 50, SEED)
}

/// Those with a warm-up of a year have settled; the new service begins empty on purpose.
#[test]
fn the_shipped_scenarios_are_not_told() {
    for scenario in [
        "rayleigh",
        "shared-three-surgeries",
        "six-practice-solo",
        "team-of-five-50k",
        "two-for-35k",
    ] {
        assert_eq!(said(scenario, &[], 200, SEED), None, "{scenario}");
    }
}

/// Months of filling that a warm-up of two weeks leaves in the period.
#[test]
fn a_list_that_still_fills_is_told() {
    let patient = "waiting_list.patience_days={ exponential = { mean = 365 } }";
    let told = of_rayleigh(&["period.warm_up_weeks=2", patient]).expect("it fills");
    assert_eq!((told.measure, told.years), ("waiting_list", true));
    assert!(told.to > 1.2 * told.from, "{told:?}");
    // The new service, asked as if it were a typical one.
    let told = said("two-for-35k", &["period.warm_up_weeks=1"], 50, SEED).expect("it fills");
    assert!(told.to > 1.5 * told.from, "{told:?}");
}

/// Where hardly anybody waits it shows in the caseload.
#[test]
fn a_caseload_that_still_grows_is_told() {
    let growing = ["demand.growth_a_year=0.2"];
    let told = said("team-of-five-50k", &growing, 50, SEED).expect("it grows");
    assert_eq!(told.measure, "caseload");
    assert!(told.to > 1.1 * told.from, "{told:?}");
}

#[test]
fn a_list_that_shrinks_is_told() {
    let told = of_rayleigh(&["demand.growth_a_year=-0.3"]).expect("it shrinks");
    assert!(told.to < 0.9 * told.from, "{told:?}");
}

/// A strong season, whatever the month in which the period opens, and however long it is.
#[test]
fn a_season_alone_is_not_told() {
    for start in ["2026-01-05", "2026-04-06", "2026-07-06", "2026-10-05"] {
        let start = format!("period.start={start}");
        for weeks in ["period.weeks=39", "period.weeks=104", "period.weeks=130"] {
            let told = of_rayleigh(&[SEASON, &start, weeks]);
            assert_eq!(told, None, "{start} {weeks}");
        }
    }
}

/// Half a year of few referrals and half a year of many: a step in the middle of the period, for
/// whoever takes no notice of the season.
#[test]
fn two_halves_of_one_year_are_not_told() {
    let impatient = "waiting_list.patience_days={ exponential = { mean = 20 } }";
    let period = ["period.start=2026-01-05", "period.weeks=52", impatient];
    let halves = "demand.month_factors=[1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]";
    let told = of_rayleigh(&[&period[..], &[halves]].concat());
    assert_eq!(told, None);
}

/// A trend is seen through the season.
#[test]
fn growth_within_a_season_is_told() {
    for start in ["period.start=2026-01-05", "period.start=2026-07-06"] {
        let told = of_rayleigh(&[SEASON, start, "demand.growth_a_year=0.2"]);
        assert!(
            told.is_some_and(|it| it.years && it.to > it.from),
            "{told:?}"
        );
    }
}

/// Without a season a period of a year is enough, and its halves are compared.
#[test]
fn without_a_season_halves_are_compared() {
    let patient = "waiting_list.patience_days={ exponential = { mean = 365 } }";
    let filling = [
        NO_SEASON,
        patient,
        "period.warm_up_weeks=2",
        "period.weeks=52",
    ];
    let told = of_rayleigh(&filling).expect("it fills");
    assert!(!told.years && told.to > told.from, "{told:?}");
}

/// Three years, of which less than the first is spent filling: MSER-5 finds the end of it well before
/// its bound, so there is a steady state in sight.
#[test]
fn what_settles_early_is_not_told() {
    let filling = [NO_SEASON, "period.warm_up_weeks=1", "period.weeks=156"];
    assert_eq!(of_rayleigh(&filling), None);
}

/// Lists have a long memory and wander; few replications do not make that a trend. At a confidence
/// of 99.9% one of 40 runs would be told with probability below 0.08 even if MSER-5 always were at
/// its bound and 5% were nothing.
#[test]
fn wandering_is_not_told() {
    for seed in SEED..SEED + 20 {
        for replications in [3, 10] {
            let told = said("shared-three-surgeries", &[NO_SEASON], replications, seed);
            assert_eq!(told, None, "{seed} {replications}");
        }
    }
}

/// The answer's words of a run of Rayleigh, on one line.
fn answer(settings: &[&str]) -> String {
    let place = tempdir().expect("a temporary folder");
    let mut command = program();
    command
        .arg("run")
        .arg(rayleigh())
        .args(["--replications", "20"]);
    for setting in settings {
        command.args(["--set", setting]);
    }
    let output = command.arg("--out").arg(place.path().join("out")).output();
    let printed = output.expect("it runs").stdout;
    let text = String::from_utf8(printed).expect("text is UTF-8");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_answer_says_so_in_words() {
    let short = "period.warm_up_weeks=1";
    let text = answer(&[short]);
    assert!(text.contains("- The waiting list still rises through the period, from 1"));
    assert!(text.contains(
        "in its last: the means are of a service that changes; lengthen warm_up_weeks, or read the \
         weekly figures."
    ));
    let text = answer(&[short, "demand.growth_a_year=0.1"]);
    assert!(text.contains("demand changes too, so read the weekly figures."));
    let text = answer(&["demand.growth_a_year=-0.3"]);
    assert!(text.contains("- The waiting list still falls through the period"));
    assert!(!answer(&[]).contains("through the period"));
}

/// Where the list grows for ever the answer says so at its head, and a longer warm-up is no advice.
#[test]
fn a_list_that_grows_for_ever_is_not_told_twice() {
    let text = answer(&["waiting_list.patience_days=none"]);
    assert!(text.contains("so the wait has no steady mean"));
    assert!(!text.contains("through the period"));
}

/// The title of the figure said "almost nobody waits" or "grows" of a list that rises to 157 people in
/// between, and the direction followed the seed where nothing changes.
#[test]
fn the_course_of_the_list_is_what_the_figure_shows() {
    let of = |scenario: &str, overrides: &[&str], replications, seed| {
        let (all, model) = ran(scenario, overrides, replications, seed);
        course(&all, &model).expect("a course")
    };
    for (weeks, replications) in [("period.weeks=140", 60), ("period.weeks=156", 8)] {
        match of("covid-shock", &[weeks], replications, SEED) {
            Course::Peak {
                from,
                top,
                week,
                to,
            } => {
                assert!(from < 1.0 && to < 10.0 && top > 140.0, "{from} {top} {to}");
                assert!((30..45).contains(&week), "{week}");
            }
            other => panic!("{other:?}"),
        }
    }
    for (replications, seed) in [(30, 1), (30, 2), (30, 3), (8, SEED), (1, SEED)] {
        let told = of("lambeth-busiest", &[], replications, seed);
        assert!(matches!(told, Course::Level { .. }), "{seed}: {told:?}");
    }
    match of("two-for-35k", &[], 200, SEED) {
        Course::Change { from, to, part } => {
            assert!(from < 1.0 && to > 2.0 && part == Part::Quarter);
        }
        other => panic!("{other:?}"),
    }
}

/// Title and caution say the same, in the same numbers.
#[test]
fn the_course_of_the_list_is_that_of_the_caution() {
    let (all, model) = ran("rayleigh", &["demand.growth_a_year=-0.3"], 50, SEED);
    let drift = drift(&all, &model).expect("it shrinks");
    let told = course(&all, &model);
    assert_eq!(drift.measure, "waiting_list");
    let (from, to, part) = (drift.from, drift.to, Part::Year);
    assert_eq!(told, Some(Course::Change { from, to, part }));
}
