//! Open cases, and cases a year: two different things that both go by "caseload".

use super::Frame;
use super::catalogue as measures;
use super::sheet::{Scope, Sheet, ratio};
use crate::engine::Observations;
use crate::engine::observations::{Count, PostTally, ScopeTally};
use crate::model::time::DAYS_PER_YEAR;

/// Upper ends of the national survey's bins of cases a year (NHS England 2024); the last is open.
const SURVEY_BINS: [(f64, &super::Measure); 7] = [
    (50.0, &measures::POSTS_AT_0_50_CASES_A_YEAR),
    (100.0, &measures::POSTS_AT_51_100_CASES_A_YEAR),
    (150.0, &measures::POSTS_AT_101_150_CASES_A_YEAR),
    (200.0, &measures::POSTS_AT_151_200_CASES_A_YEAR),
    (250.0, &measures::POSTS_AT_201_250_CASES_A_YEAR),
    (300.0, &measures::POSTS_AT_251_300_CASES_A_YEAR),
    (f64::INFINITY, &measures::POSTS_AT_OVER_300_CASES_A_YEAR),
];

/// Open cases of the PCN, a practice, a case type or a source; cases a year and posts by bin for
/// the PCN.
pub fn of_scope(
    frame: &Frame,
    scope: Scope,
    seen: &Observations,
    tally: &ScopeTally,
    sheet: &mut Sheet,
) {
    let seconds = frame.model.period.length().seconds() as f64;
    sheet.put(
        &measures::CASELOAD_MEAN,
        ratio(tally.open.area as f64, seconds),
    );
    sheet.put(
        &measures::CASE_DURATION_DAYS_MEAN,
        mean_days(tally.case_duration.seconds, tally.case_duration.count),
    );
    if scope == Scope::Pcn {
        let posts = 0..seen.posts.len();
        let wte_seconds: f64 = posts
            .clone()
            .map(|post| wte_seconds(frame, post, &seen.posts[post]))
            .sum();
        sheet.put(
            &measures::CASES_A_YEAR_PER_WTE,
            cases_a_year(tally, wte_seconds),
        );
        let cases = posts.map(|post| cases_a_year_of_post(frame, post, &seen.posts[post]));
        let bins: Vec<_> = cases.flatten().map(survey_bin).collect();
        for (index, (_, measure)) in SURVEY_BINS.iter().enumerate() {
            sheet.count(
                measure,
                bins.iter().filter(|bin| **bin == index).count() as u64,
            );
        }
    }
}

/// Open cases and cases a year of a post.
pub fn of_post(frame: &Frame, entity: usize, tally: &PostTally, sheet: &mut Sheet) {
    let seconds = frame.model.period.length().seconds() as f64;
    let open = &tally.scope.open;
    sheet.put(&measures::CASELOAD_MEAN, ratio(open.area as f64, seconds));
    sheet.put(&measures::CASELOAD_P95, caseload_not_exceeded(tally, 0.95));
    sheet.count(&measures::CASELOAD_MAX, most_open(tally));
    let duration = &tally.scope.case_duration;
    sheet.put(
        &measures::CASE_DURATION_DAYS_MEAN,
        mean_days(duration.seconds, duration.count),
    );
    sheet.put(
        &measures::CASES_A_YEAR_PER_WTE,
        cases_a_year_of_post(frame, entity, tally),
    );
}

fn mean_days(seconds: u64, count: u64) -> Option<f64> {
    ratio(seconds as f64 / 86_400.0, count as f64)
}

/// The least number of open cases that is not exceeded for `share` of the time.
fn caseload_not_exceeded(tally: &PostTally, share: f64) -> Option<f64> {
    let total: u64 = tally.seconds_at_caseload.iter().sum();
    let mut passed = 0;
    tally
        .seconds_at_caseload
        .iter()
        .position(|seconds| {
            passed += seconds;
            total > 0 && passed as f64 >= share * total as f64
        })
        .map(|open| open as f64)
}

/// The most open cases at one time, however short that was; at an instant are those after all that
/// happens at it.
fn most_open(tally: &PostTally) -> u64 {
    let seconds = &tally.seconds_at_caseload;
    seconds
        .iter()
        .rposition(|seconds| *seconds > 0)
        .unwrap_or(0) as u64
}

fn wte_seconds(frame: &Frame, entity: usize, tally: &PostTally) -> f64 {
    frame.model.posts[entity].wte * tally.held.area as f64
}

fn cases_a_year(tally: &ScopeTally, wte_seconds: f64) -> Option<f64> {
    let wte_years = wte_seconds / 86_400.0 / DAYS_PER_YEAR;
    ratio(tally.count(Count::FirstContacts) as f64, wte_years)
}

fn cases_a_year_of_post(frame: &Frame, entity: usize, tally: &PostTally) -> Option<f64> {
    cases_a_year(&tally.scope, wte_seconds(frame, entity, tally))
}

fn survey_bin(cases_a_year: f64) -> usize {
    SURVEY_BINS
        .iter()
        .position(|(upper, _)| cases_a_year.round() <= *upper)
        .unwrap_or(SURVEY_BINS.len() - 1)
}
