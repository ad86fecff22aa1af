//! Law 3: busy plus idle plus travel plus what makes up for earlier overruns equals client time
//! available plus overrun, for every post, exactly; client time available is the nominal one; and
//! contracted time is client time and whatever it was lost to.

use std::cell::Cell;

use splw_sim::model::{CalendarKind, Day, Post, SimDuration, SimTime};

use super::random::on_services;
use crate::support::Told;

fn check_time(told: &Told, number: u64) {
    for (index, post) in told.seen.posts.iter().enumerate() {
        assert_eq!(
            post.busy_seconds + post.idle_seconds + post.travel_seconds + post.taken_back_seconds,
            post.available_seconds + post.overrun_seconds,
            "service {number}, post {index}: {post:?}"
        );
        assert!(
            post.taken_back_seconds <= post.available_seconds,
            "service {number}"
        );
        let year = &post.year;
        let elsewhere = year.non_client
            + year.closed
            + year.leave
            + year.training
            + year.sickness
            + year.not_turned_up
            + year.vacancy
            + year.ramp;
        assert_eq!(
            year.contracted,
            post.available_seconds + elsewhere,
            "service {number}, post {index}: {post:?}"
        );
        assert!(
            post.overrun_seconds <= post.busy_seconds + post.travel_seconds,
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
            let is_held = post.exists_at(from);
            let (from, to): (SimTime, SimTime) = (from.max(opens), to.min(closes));
            if is_held { to.since(from).seconds() } else { 0 }
        })
        .sum()
}

#[test]
fn busy_and_idle_add_up_to_the_time_available() {
    let seen_of = Cell::new([0_u64; 4]);
    on_services(2_500, |service| {
        let (told, number) = (service.tell(), service.seed);
        check_time(&told, number);
        for (post, seen) in told.model.posts.iter().zip(&told.seen.posts) {
            let nominal = nominal_seconds(&told, post);
            // A day with clinics has its time at other hours, which an edge of the period may cut off.
            if !post.clinics.is_empty() {
                continue;
            }
            let tenure = &post.tenure;
            let is_away = post.sickness_share + post.annual_leave_days + post.training_days > 0.0
                || post.turn_up_share < 1.0
                || tenure.leaving_rate_a_year > 0.0
                || tenure.contract.is_some()
                || tenure.ramp > SimDuration::ZERO && post.starts.is_some()
                || post.advertised.is_some();
            if is_away {
                assert!(seen.available_seconds <= nominal, "service {number}");
            } else {
                assert_eq!(seen.available_seconds, nominal, "service {number}");
            }
            let england = told.model.calendar.kind() == CalendarKind::England;
            let [overrun, taken_back, exact, travel] = seen_of.get();
            seen_of.set([
                overrun + u64::from(seen.overrun_seconds > 0),
                taken_back + u64::from(seen.taken_back_seconds > 0),
                exact + u64::from(england && !is_away),
                travel + u64::from(seen.travel_seconds > 0),
            ]);
        }
    });
    let seen = seen_of.get();
    let [overrun, taken_back, exact, travel] = seen;
    assert!(overrun > 500 && taken_back > 500, "{seen:?}");
    assert!(exact > 200 && travel > 50, "{seen:?}");
}
