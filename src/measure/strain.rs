//! Strain of posts, leavers and vacancies.
//!
//! What is at risk is the caseload of a post, never a named person.

use super::catalogue as measures;
use super::sheet::{Sheet, ratio};
use crate::engine::Observations;
use crate::engine::observations::PostTally;
use crate::model::time::{DAYS_PER_YEAR, SECONDS_PER_DAY, SECONDS_PER_WEEK};

/// Strain, leavers and vacancies of the PCN: over post-weeks, and of the posts together.
pub fn of_pcn(seen: &Observations, sheet: &mut Sheet) {
    let posts = seen.posts.iter();
    let sum: f64 = posts.clone().map(|post| post.strain.sum).sum();
    let weeks: u64 = posts.clone().map(|post| post.strain.weeks).sum();
    let at_risk: u64 = posts.clone().map(|post| post.strain.weeks_at_risk).sum();
    let longest = posts.clone().map(|post| post.strain.longest_spell).max();
    let is_any = posts.clone().any(|post| post.strain.had_many_weeks);
    let leavers = posts.clone().map(|post| post.leavers).sum();
    let vacant: u64 = posts.clone().map(|post| post.vacant.area).sum();
    let held: u64 = posts.map(|post| post.held.area).sum();
    put(sum, weeks, at_risk, longest.unwrap_or(0), sheet);
    sheet.count(&measures::ANY_POST_AT_RISK_OVER_12_WEEKS, u64::from(is_any));
    let post_years = (held + vacant) as f64 / (SECONDS_PER_DAY as f64 * DAYS_PER_YEAR);
    let a_post_year = ratio(at_risk as f64, post_years);
    sheet.put(&measures::WEEKS_AT_RISK_A_POST_YEAR, a_post_year);
    put_leavers(leavers, vacant, sheet);
}

/// Strain, leavers and vacancies of a post.
pub fn of_post(tally: &PostTally, sheet: &mut Sheet) {
    let strain = &tally.strain;
    put(
        strain.sum,
        strain.weeks,
        strain.weeks_at_risk,
        strain.longest_spell,
        sheet,
    );
    put_leavers(tally.leavers, tally.vacant.area, sheet);
}

fn put(sum: f64, weeks: u64, at_risk: u64, longest: u64, sheet: &mut Sheet) {
    sheet.put(&measures::STRAIN_MEAN, ratio(sum, weeks as f64));
    sheet.count(&measures::WEEKS_AT_RISK, at_risk);
    sheet.count(&measures::LONGEST_SPELL_AT_RISK_WEEKS, longest);
}

fn put_leavers(leavers: u64, vacant_seconds: u64, sheet: &mut Sheet) {
    sheet.count(&measures::LEAVERS, leavers);
    let weeks = vacant_seconds as f64 / SECONDS_PER_WEEK as f64;
    sheet.put(&measures::VACANCY_WEEKS, Some(weeks));
}
