//! England's calendar: work falls due at any hour and waits for the next window, from 09:00 on
//! working days, whose length is the day's contracted time x client share.

use splw_sim::engine::Activity::{
    Accepted, Assigned, AttemptBegins, Completed, ContactBegins, ContactHeld, Inappropriate,
};

use crate::support::{IN_ENGLAND, assert_lines, tell};

fn in_england(overrides: &[&str]) -> crate::support::Told {
    tell(&[IN_ENGLAND, overrides].concat())
}

/// Monday 5 October 2026. Assigned at midnight, called at 09:00 to 09:10. First appointment due
/// Wednesday 09:10, inside the window. Follow-ups of 7 days after the end of the last stay inside
/// it: day 9 at 09:55, day 16 at 10:15.
#[test]
fn a_case_runs_in_windows() {
    assert_lines(
        &in_england(&[]).people(),
        "0d 00:00 a Assigned W1 0|1
         0d 09:00 a AttemptBegins W1 0|1
         0d 09:00 a Answered W1 0|1
         2d 09:10 a ContactBegins W1 0|1
         2d 09:55 a ContactHeld W1 0|1
         9d 09:55 a ContactBegins W1 0|1
         9d 10:15 a ContactHeld W1 0|1
         16d 10:15 a ContactBegins W1 0|1
         16d 10:35 a ContactHeld W1 0|1
         16d 10:35 a Completed W1 0|0",
    );
}

/// Windows: 7.5 h x WTE / 5 days x client share: 09:00 to 13:30 for 1 WTE at 0.6, to 11:15 for half,
/// to 12:45 at 0.5. Monday to Friday only (days 5 and 6 are a weekend).
#[test]
fn the_window_is_contracted_time_times_client_share() {
    for (keys, closes) in [
        (["posts.0.wte=1", "posts.0.client_share=0.6"], "13:30"),
        (["posts.0.wte=0.5", "posts.0.client_share=0.6"], "11:15"),
        (["posts.0.wte=1", "posts.0.client_share=0.5"], "12:45"),
    ] {
        let told = in_england(
            &[
                &keys[..],
                &["period.days=9", "start.waiting.0.waited_days=[]"],
            ]
            .concat(),
        );
        let mut expected = String::from("0d 00:00 PostStarts W1 0|0\n");
        for day in [0, 1, 2, 3, 4, 7, 8] {
            expected +=
                &format!("{day}d 09:00 WindowOpens W1 0|0\n{day}d {closes} WindowCloses W1 0|0\n");
        }
        assert_lines(&told.posts(), &expected);
    }
}

/// Hours by weekday: 7.5 h on Tuesday (day 1) and 3 h on Friday (day 4), 10.5 h of 37.5 are 0.28
/// WTE; at 0.6 the windows are 4.5 h and 1.8 h.
#[test]
fn a_weekly_pattern_has_its_own_windows() {
    let told = tell(
        &[
            IN_ENGLAND,
            &[
                "posts.0.hours={ tuesday = 7.5, friday = 3 }",
                "posts.0.wte=0.28",
                "period.days=9",
                "start.waiting.0.waited_days=[]",
            ],
        ]
        .concat(),
    );
    assert_lines(
        &told.posts(),
        "0d 00:00 PostStarts W1 0|0
         1d 09:00 WindowOpens W1 0|0
         1d 13:30 WindowCloses W1 0|0
         4d 09:00 WindowOpens W1 0|0
         4d 10:48 WindowCloses W1 0|0
         8d 09:00 WindowOpens W1 0|0
         8d 13:30 WindowCloses W1 0|0",
    );
    assert_eq!(told.seen.posts[0].available_seconds, (2 * 270 + 108) * 60);
}

/// The first appointment falls due on Saturday at 09:10 (5 days after the call on Monday) and waits
/// for Monday 09:00; the follow-up 7 days after 09:45 is in the window of the Monday after.
#[test]
fn a_weekend_is_waited_out() {
    assert_lines(
        &in_england(&[
            "first_contact.days_to_first_appointment=5",
            "case_types.0.contacts=2",
        ])
        .only(&[ContactBegins, ContactHeld]),
        "7d 09:00 a ContactBegins W1 0|1
         7d 09:45 a ContactHeld W1 0|1
         14d 09:45 a ContactBegins W1 0|1
         14d 10:05 a ContactHeld W1 0|1",
    );
}

/// Due at 15:10 (2.25 days after 09:10), after the window has closed: the next morning at 09:00.
#[test]
fn work_due_in_the_evening_waits_for_the_morning() {
    assert_lines(
        &in_england(&[
            "first_contact.days_to_first_appointment=2.25",
            "case_types.0.contacts=1",
        ])
        .only(&[ContactBegins]),
        "3d 09:00 a ContactBegins W1 0|1",
    );
}

/// From Thursday 24 December 2026: due on Christmas Day (Friday, day 1), a weekend follows, and
/// Monday 28 December is the substitute for Boxing Day: Tuesday, day 5, at 09:00.
#[test]
fn bank_holidays_with_their_substitutes_are_waited_out() {
    let told = in_england(&[
        "period.start=2026-12-24",
        "first_contact.days_to_first_appointment=1",
        "case_types.0.contacts=1",
        "period.days=9",
    ]);
    assert_lines(
        &told.only(&[AttemptBegins, ContactBegins]),
        "0d 09:00 a AttemptBegins W1 0|1
         5d 09:00 a ContactBegins W1 0|1",
    );
    // Windows on 24, 29, 30, 31 December; 1 January 2027 is a bank holiday (Friday, day 8).
    assert_eq!(told.seen.posts[0].available_seconds, 4 * 270 * 60);
}

/// A day closed besides the calendar's own: Tuesday 6 October.
#[test]
fn a_closed_day_is_waited_out() {
    let told = in_england(&[
        "period.closed_days=[2026-10-06]",
        "first_contact.days_to_first_appointment=1",
        "case_types.0.contacts=1",
    ]);
    assert_lines(
        &told.only(&[ContactBegins]),
        "2d 09:00 a ContactBegins W1 0|1",
    );
}

/// A discharge frees a place for the next at once, also when the work ends after the window (a call
/// of 5 h: 09:00 to 14:00); the call to the next person waits for the morning.
#[test]
fn a_place_is_filled_outside_windows_too() {
    let told = in_england(&[
        "first_contact.attempt_minutes=300",
        "case_types.0.contacts=0",
        "start.waiting.0.waited_days=[1, 0]",
    ]);
    assert_lines(
        &told.only(&[Assigned, AttemptBegins, Completed]),
        "0d 00:00 a Assigned W1 1|1
         0d 09:00 a AttemptBegins W1 1|1
         0d 14:00 a Completed W1 1|0
         0d 14:00 b Assigned W1 0|1
         1d 09:00 b AttemptBegins W1 0|1
         1d 14:00 b Completed W1 0|0",
    );
}

/// Referrals arrive from 08:00 to 18:30 on working days, or within the hours given.
#[test]
fn referrals_arrive_within_opening_hours() {
    for (hours, opens, closes) in [
        ("[\"08:00\", \"18:30\"]", 480, 1_110),
        ("[\"12:00\", \"13:00\"]", 720, 780),
    ] {
        let told = in_england(&[
            "demand.referrals_per_1000_a_year=2000",
            &format!("demand.opening_hours={hours}"),
            "demand.inappropriate_share=0.2",
            "period.days=35",
        ]);
        let arrivals: Vec<_> = told
            .log
            .iter()
            .filter(|row| matches!(row.activity, Accepted | Inappropriate))
            .collect();
        assert!(arrivals.len() > 120, "{}", arrivals.len());
        for row in &arrivals {
            let minute = row.time.seconds() % 86_400 / 60;
            assert!((opens..closes).contains(&minute), "{minute}");
            assert!(row.time.day().0 % 7 < 5, "a weekend");
        }
        let in_first_quarter = arrivals
            .iter()
            .filter(|row| row.time.seconds() % 86_400 / 60 < opens + (closes - opens) / 4)
            .count();
        let share = in_first_quarter as f64 / arrivals.len() as f64;
        assert!((share - 0.25).abs() < 5.0 * (0.1875 / arrivals.len() as f64).sqrt());
    }
}
