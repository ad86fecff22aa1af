//! Where contracted time goes, one way of losing it at a time. A worker of 37.5 h a week in England
//! has 7.5 h on each of the 260 weekdays of 52 weeks, 4.5 h of them for people. The log tells on which
//! days a window opened; all other working days must stand under the one way in which they were lost.

use splw_sim::engine::Activity::{HolderLeaves, PostFilled, WindowOpens};
use splw_sim::engine::observations::ContractedTime;
use splw_sim::model::Day;
use splw_sim::model::time::SECONDS_PER_DAY;

use crate::support::{IN_ENGLAND, Told, tell};

const A_DAY: u64 = 27_000;
const FOR_PEOPLE: u64 = 16_200;

fn told(more: &[&str]) -> Told {
    let keys = ["start.waiting=[]", "period.days=364"];
    tell(&[IN_ENGLAND, &keys, more].concat())
}

fn working_days(told: &Told, days: std::ops::Range<u32>) -> u64 {
    let calendar = &told.model.calendar;
    days.filter(|day| calendar.is_working_day(Day(*day)))
        .count() as u64
}

/// Fails unless contracted time is 260 days, and of these closed days, `lost` and days at work are
/// what the calendar and the log say.
#[track_caller]
fn check(told: &Told, lost: impl Fn(&ContractedTime) -> u64) {
    let windows = told.log.iter().filter(|row| row.activity == WindowOpens);
    let at_work = windows.count() as u64;
    let working = working_days(told, 0..364);
    let post = &told.seen.posts[0];
    assert!(at_work > 20, "{at_work} days at work");
    assert_eq!(post.year.contracted, 260 * A_DAY);
    assert_eq!(post.year.closed, (260 - working) * A_DAY);
    assert_eq!(post.available_seconds, at_work * FOR_PEOPLE);
    assert_eq!(post.year.non_client, at_work * (A_DAY - FOR_PEOPLE));
    assert_eq!(lost(&post.year), (working - at_work) * A_DAY);
}

/// From October 2026 to September 2027 eight weekdays are bank holidays.
#[test]
fn closed_days_are_lost() {
    let told = told(&[]);
    check(&told, |_| 0);
    assert_eq!(told.seen.posts[0].year.closed, 8 * A_DAY);
}

#[test]
fn leave_is_lost() {
    let told = told(&["posts.0.annual_leave_days=27"]);
    check(&told, |year| year.leave);
    assert!(told.seen.posts[0].year.leave > 20 * A_DAY);
}

#[test]
fn training_is_lost() {
    let told = told(&["posts.0.training_days=10"]);
    check(&told, |year| year.training);
    assert!(told.seen.posts[0].year.training > 5 * A_DAY);
}

#[test]
fn sickness_is_lost() {
    let told = told(&["posts.0.sickness_share=0.2"]);
    check(&told, |year| year.sickness);
    let sickness = told.seen.posts[0].year.sickness;
    assert!(sickness > 10 * A_DAY);
    assert_eq!(told.seen.posts[0].sickness_days, sickness / A_DAY);
}

#[test]
fn days_not_turned_up_are_lost() {
    let told = told(&["posts.0.turn_up_share=0.5"]);
    check(&told, |year| year.not_turned_up);
    assert!(told.seen.posts[0].year.not_turned_up > 80 * A_DAY);
}

/// Days of the log on which somebody left and on which the next began.
fn vacancies(told: &Told) -> Vec<std::ops::Range<u32>> {
    let days = |activity| {
        let rows = told.log.iter().filter(move |row| row.activity == activity);
        rows.map(|row| row.time.day().0)
    };
    days(HolderLeaves)
        .zip(days(PostFilled).chain([364]))
        .map(|(from, to)| from..to)
        .collect()
}

const LEAVING: [&str; 4] = [
    "posts.0.leaving_rate_a_year=6",
    "posts.0.notice_weeks=1",
    "posts.0.time_to_hire_weeks=6",
    "posts.0.ramp_weeks=0",
];

/// Vacancy takes whole days, closed ones included.
#[test]
fn vacancy_is_lost() {
    let told = told(&LEAVING);
    let calendar = &told.model.calendar;
    let weekdays = vacancies(&told)
        .into_iter()
        .flatten()
        .filter(|day| calendar.weekday(Day(*day)) < 5)
        .count() as u64;
    let year = &told.seen.posts[0].year;
    assert!(weekdays > 30, "{weekdays} days");
    assert_eq!(year.vacancy, weekdays * A_DAY);
    assert_eq!(year.contracted, 260 * A_DAY);
}

/// A vacancy that lasts until the period closes is counted up to there.
#[test]
fn vacancy_is_lost_up_to_the_end() {
    let keys = [LEAVING[0], LEAVING[1], "posts.0.time_to_hire_weeks=100"];
    let told = told(&keys);
    let spells = vacancies(&told);
    let [spell] = &spells[..] else {
        panic!("one vacancy, without end: {spells:?}");
    };
    let calendar = &told.model.calendar;
    let weekdays = spell.clone().filter(|day| calendar.weekday(Day(*day)) < 5);
    let year = &told.seen.posts[0].year;
    assert!(spell.start > 7 && spell.end == 364, "{spell:?}");
    assert_eq!(year.vacancy, weekdays.count() as u64 * A_DAY);
    assert_eq!(year.contracted, 260 * A_DAY);
}

/// A post that is no more has no contracted time, vacant or not: 13 weeks, three of whose weekdays are
/// closed, and nothing from Monday 4 January 2027 on.
#[test]
fn nothing_is_lost_after_the_end_of_a_post() {
    let told = told(&["posts.0.ends=2027-01-04"]);
    let year = &told.seen.posts[0].year;
    assert_eq!((year.contracted, year.closed), (65 * A_DAY, 3 * A_DAY));
    assert_eq!(year.vacancy, 0);
}

/// Round the clock contracted time is the time held and the time vacant, to the second.
#[test]
fn vacancy_round_the_clock_is_lost() {
    let told = tell(&[&LEAVING[..], &["start.waiting=[]", "period.days=364"]].concat());
    let post = &told.seen.posts[0];
    assert!(post.year.vacancy > 30 * SECONDS_PER_DAY);
    assert_eq!(post.year.contracted, 364 * SECONDS_PER_DAY);
    assert_eq!(
        post.available_seconds + post.year.vacancy,
        post.year.contracted
    );
}
