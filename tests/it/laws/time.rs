//! Law 3: busy plus idle plus what makes up for earlier overruns equals client time available plus
//! overrun, for every post, exactly; and client time available is the nominal one.

use splw_sim::model::{CalendarKind, Day, Post, SimTime};

use super::services::service;
use crate::support::{Told, tell_of};

fn check_time(told: &Told, number: u64) {
    for (index, post) in told.seen.posts.iter().enumerate() {
        assert_eq!(
            post.busy_seconds + post.idle_seconds + post.taken_back_seconds,
            post.available_seconds + post.overrun_seconds,
            "service {number}, post {index}: {post:?}"
        );
        assert!(
            post.taken_back_seconds <= post.available_seconds,
            "service {number}"
        );
        assert!(
            post.overrun_seconds <= post.busy_seconds,
            "service {number}"
        );
    }
}

/// Nominal client seconds of a post that is never away: windows on working days on which it is held.
fn nominal_seconds(told: &Told, post: &Post) -> u64 {
    let (model, calendar) = (&told.model, &told.model.calendar);
    let (opens, closes) = (model.period.opens, model.period.closes);
    (0..model.days())
        .map(Day)
        .filter(|day| calendar.is_working_day(*day))
        .map(|day| {
            let from = day.opens() + post.window_opens;
            let to = from + post.client_time[calendar.weekday(day)];
            let is_held = post.is_held_at(from);
            let (from, to): (SimTime, SimTime) = (from.max(opens), to.min(closes));
            if is_held { to.since(from).seconds() } else { 0 }
        })
        .sum()
}

#[test]
fn busy_and_idle_add_up_to_the_time_available() {
    let (mut overrun, mut taken_back, mut nominal) = (0, 0, 0);
    for number in 0..400 {
        let told = tell_of(&service(number), &[], number);
        check_time(&told, number);
        for (post, seen) in told.model.posts.iter().zip(&told.seen.posts) {
            overrun += u64::from(seen.overrun_seconds > 0);
            taken_back += u64::from(seen.taken_back_seconds > 0);
            let is_away = post.sickness_share + post.annual_leave_days + post.training_days > 0.0;
            if !is_away {
                assert_eq!(
                    seen.available_seconds,
                    nominal_seconds(&told, post),
                    "service {number}"
                );
                nominal += u64::from(told.model.calendar.kind() == CalendarKind::England);
            } else {
                assert!(
                    seen.available_seconds <= nominal_seconds(&told, post),
                    "service {number}"
                );
            }
        }
    }
    assert!(
        overrun > 100 && taken_back > 100 && nominal > 20,
        "{overrun} {taken_back} {nominal}"
    );
}
