//! Published dates, the one-off years, and tables against slow loops.

use jiff::civil::date;

use super::bank_holidays::easter_sunday;
use super::*;

/// England and Wales as gov.uk/bank-holidays.json published them in August 2025.
const PUBLISHED: [(i16, i8, i8); 32] = [
    (2024, 1, 1),
    (2024, 3, 29),
    (2024, 4, 1),
    (2024, 5, 6),
    (2024, 5, 27),
    (2024, 8, 26),
    (2024, 12, 25),
    (2024, 12, 26),
    (2025, 1, 1),
    (2025, 4, 18),
    (2025, 4, 21),
    (2025, 5, 5),
    (2025, 5, 26),
    (2025, 8, 25),
    (2025, 12, 25),
    (2025, 12, 26),
    (2026, 1, 1),
    (2026, 4, 3),
    (2026, 4, 6),
    (2026, 5, 4),
    (2026, 5, 25),
    (2026, 8, 31),
    (2026, 12, 25),
    (2026, 12, 28),
    (2027, 1, 1),
    (2027, 3, 26),
    (2027, 3, 29),
    (2027, 5, 3),
    (2027, 5, 31),
    (2027, 8, 30),
    (2027, 12, 27),
    (2027, 12, 28),
];

#[test]
fn the_published_years_come_out() {
    let published: Vec<Date> = PUBLISHED.iter().map(|&(y, m, d)| date(y, m, d)).collect();
    let ours: Vec<Date> = (2024..=2027).flat_map(bank_holidays).collect();
    assert_eq!(ours, published);
}

/// The file itself, where the shared material lies beside the checkout.
#[test]
#[expect(clippy::print_stderr, reason = "a test that skips says so")]
fn the_published_file_comes_out() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../shared/data/bank-holidays_govuk_published_2025-08.json"
    );
    let Ok(text) = std::fs::read_to_string(path) else {
        eprintln!("skipped: {path} is not there");
        return;
    };
    let file: serde_json::Value = serde_json::from_str(&text).expect("the file is JSON");
    let events = file["england-and-wales"]["events"]
        .as_array()
        .expect("the file lists events");
    let published: Vec<Date> = events
        .iter()
        .filter_map(|event| event["date"].as_str())
        .map(|text| text.parse().expect("dates are in ISO 8601"))
        .collect();
    let first = published.first().expect("there are events").year();
    let last = published.last().expect("there are events").year();
    let ours: Vec<Date> = (first..=last).flat_map(bank_holidays).collect();
    assert_eq!(ours, published);
}

#[track_caller]
fn assert_year(year: i16, days: &[(i8, i8)]) {
    let expected: Vec<Date> = days.iter().map(|&(m, d)| date(year, m, d)).collect();
    assert_eq!(bank_holidays(year), expected);
}

#[test]
fn years_with_one_off_changes_come_out() {
    #[rustfmt::skip]
    let years: [(i16, &[(i8, i8)]); 6] = [
        (2002, &[(1, 1), (3, 29), (4, 1), (5, 6), (6, 3), (6, 4), (8, 26), (12, 25), (12, 26)]),
        (2011, &[(1, 3), (4, 22), (4, 25), (4, 29), (5, 2), (5, 30), (8, 29), (12, 26), (12, 27)]),
        (2012, &[(1, 2), (4, 6), (4, 9), (5, 7), (6, 4), (6, 5), (8, 27), (12, 25), (12, 26)]),
        (2020, &[(1, 1), (4, 10), (4, 13), (5, 8), (5, 25), (8, 31), (12, 25), (12, 28)]),
        (2022, &[(1, 3), (4, 15), (4, 18), (5, 2), (6, 2), (6, 3), (8, 29), (9, 19), (12, 26),
                 (12, 27)]),
        (2023, &[(1, 2), (4, 7), (4, 10), (5, 1), (5, 8), (5, 29), (8, 28), (12, 25), (12, 26)]),
    ];
    for (year, days) in years {
        assert_year(year, days);
    }
}

#[test]
fn a_weekend_at_christmas_or_new_year_gives_substitute_days() {
    #[rustfmt::skip]
    // New Year's Day on a Saturday (2000); Christmas on a Saturday (2021).
    let years: [(i16, &[(i8, i8)]); 2] = [
        (2000, &[(1, 3), (4, 21), (4, 24), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26)]),
        (2021, &[(1, 1), (4, 2), (4, 5), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28)]),
    ];
    for (year, days) in years {
        assert_year(year, days);
    }
}

#[test]
fn every_year_has_eight_weekdays_and_the_one_offs() {
    for year in 2000..=2100 {
        let days = bank_holidays(year);
        let expected = match year {
            2002 | 2011 | 2012 | 2023 => 9,
            2022 => 10,
            _ => 8,
        };
        assert_eq!(days.len(), expected, "{year}");
        assert!(days.is_sorted_by(|one, next| one < next), "{year}");
        assert!(days.iter().all(|day| day.year() == year));
        assert!(days.iter().all(|day| weekday_of(*day) < 5), "{year}");
    }
}

#[test]
fn years_outside_follow_the_standing_rules() {
    assert_eq!(bank_holidays(1999).len(), 8);
    assert_eq!(bank_holidays(2101).len(), 8);
    assert_eq!(bank_holidays(9999).len(), 8);
    assert_eq!(bank_holidays(-9999).len(), 8);
    assert_eq!(bank_holidays(i16::MIN), []);
}

/// The algorithm of Lilius and Clavius as in Knuth, *The Art of Computer Programming*, section
/// 1.3.2, exercise 14: a second way to the same day.
fn easter_by_knuth(year: i32) -> Date {
    let golden = year % 19 + 1;
    let century = year / 100 + 1;
    let dropped_leap_years = 3 * century / 4 - 12;
    let moon_correction = (8 * century + 5) / 25 - 5;
    let sunday = 5 * year / 4 - dropped_leap_years - 10;
    let mut epact = (11 * golden + 20 + moon_correction - dropped_leap_years).rem_euclid(30);
    if (epact == 25 && golden > 11) || epact == 24 {
        epact += 1;
    }
    let mut full_moon = 44 - epact;
    if full_moon < 21 {
        full_moon += 30;
    }
    let march_day = full_moon + 7 - (sunday + full_moon) % 7;
    date(year as i16, 3, 1)
        .saturating_add(SignedDuration::from_hours(24 * i64::from(march_day - 1)))
}

#[test]
fn easter_falls_on_the_known_dates() {
    let known = [
        date(1818, 3, 22), // the earliest there is
        date(1943, 4, 25), // the latest there is
        date(1954, 4, 18), // 1954, 1981, 2049 and 2076 are where Gauss's first rule failed
        date(1981, 4, 19),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2011, 4, 24),
        date(2024, 3, 31),
        date(2038, 4, 25),
        date(2049, 4, 18),
        date(2076, 4, 19),
        date(2100, 3, 28),
    ];
    for expected in known {
        assert_eq!(easter_sunday(expected.year()), Some(expected));
    }
    for year in 1583..=9999 {
        assert_eq!(easter_sunday(year), Some(easter_by_knuth(i32::from(year))));
    }
}

const DAYS: u32 = 800;

/// Both kinds, from a Thursday, over three new years, with a closed Wednesday and a closed Sunday.
fn calendars() -> [Calendar; 2] {
    let closed = [date(2027, 2, 10), date(2026, 11, 15)];
    [CalendarKind::England, CalendarKind::AlwaysOpen]
        .map(|kind| Calendar::new(kind, date(2026, 10, 1), DAYS, &closed))
}

#[test]
fn working_days_are_weekdays_that_are_not_closed() {
    let [england, open] = calendars();
    for day in (0..DAYS + MARGIN_DAYS).map(Day) {
        let date = england.date(day);
        let closed = date == jiff::civil::date(2027, 2, 10);
        let holiday = bank_holidays(date.year()).contains(&date);
        assert_eq!(
            england.is_working_day(day),
            england.weekday(day) < 5 && !holiday && !closed,
            "{date}"
        );
        assert_eq!(england.is_bank_holiday(date), holiday || closed, "{date}");
        let closed_sunday = date == jiff::civil::date(2026, 11, 15);
        assert_eq!(
            open.is_working_day(day),
            !closed && !closed_sunday,
            "{date}"
        );
        assert_eq!(open.is_bank_holiday(date), closed, "{date}");
    }
}

#[test]
fn days_and_dates_map_to_each_other() {
    for calendar in calendars() {
        let end = DAYS + MARGIN_DAYS;
        let mut date = calendar.first();
        for day in (0..end).map(Day) {
            assert_eq!(calendar.date(day), date);
            assert_eq!(calendar.day_of(date), Some(day));
            assert_eq!(calendar.weekday(day), weekday_of(date));
            assert_eq!(calendar.is_working_date(date), calendar.is_working_day(day));
            date = date.tomorrow().expect("the dates go on");
        }
        assert_eq!(calendar.day_of(date), None);
        assert_eq!(calendar.date(Day(end)), date);
        let before = calendar.first().yesterday().expect("there is a day before");
        assert_eq!(calendar.day_of(before), None);
    }
}

#[test]
fn dates_off_the_tables_go_by_rule() {
    let [england, open] = calendars();
    assert!(
        !england.is_working_date(date(2026, 8, 31)),
        "summer holiday"
    );
    assert!(england.is_working_date(date(2026, 9, 1)));
    assert!(!england.is_working_date(date(2026, 9, 5)), "Saturday");
    assert!(!england.is_working_date(date(2040, 12, 25)));
    assert!(open.is_working_date(date(2040, 12, 25)));
    let closed_before = [date(2026, 9, 1)];
    let closed = Calendar::new(
        CalendarKind::AlwaysOpen,
        date(2026, 10, 1),
        7,
        &closed_before,
    );
    assert!(!closed.is_working_date(date(2026, 9, 1)));
}

#[test]
fn the_next_working_day_is_the_first_one_later() {
    for calendar in calendars() {
        let end = DAYS + MARGIN_DAYS;
        for day in 0..end + 3 {
            let slow = (day + 1..end)
                .map(Day)
                .find(|day| calendar.is_working_day(*day));
            assert_eq!(calendar.next_working_day(Day(day)), slow);
        }
        assert_eq!(calendar.next_working_day(Day(u32::MAX)), None);
    }
}

/// Seconds of `[from, to)` on each working day, added day by day.
fn slow_working_seconds(calendar: &Calendar, from: u64, to: u64) -> u64 {
    (0..DAYS + MARGIN_DAYS)
        .map(Day)
        .filter(|day| calendar.is_working_day(*day))
        .map(|day| {
            let opens = day.opens().seconds();
            let closes = day.next().opens().seconds();
            to.min(closes).saturating_sub(from.max(opens))
        })
        .sum()
}

#[test]
fn working_time_agrees_with_a_loop_over_days() {
    // A multiplicative sequence modulo 2^31 - 1 (Park and Miller 1988) picks the instants; it
    // reaches 40 weeks past the tables.
    let span = u64::from(DAYS + MARGIN_DAYS + 280) * SECONDS_PER_DAY;
    let mut state = 12_345_u64;
    let mut instant = || {
        state = state * 16_807 % 2_147_483_647;
        state * 40 % span
    };
    for calendar in calendars() {
        for round in 0..1_000 {
            // Every fourth pair begins at midnight and every third ends there.
            let mut from = instant();
            let mut to = instant();
            from -= if round % 4 == 0 {
                from % SECONDS_PER_DAY
            } else {
                0
            };
            to -= if round % 3 == 0 {
                to % SECONDS_PER_DAY
            } else {
                0
            };
            let fast = calendar
                .working_time_between(SimTime::from_seconds(from), SimTime::from_seconds(to));
            let slow = slow_working_seconds(&calendar, from, to);
            assert_eq!(fast.seconds(), slow, "from {from} to {to}");
        }
    }
}

#[test]
fn tables_that_meet_the_end_of_time_hold() {
    let calendar = Calendar::new(CalendarKind::England, Date::MAX, 10, &[]);
    assert_eq!(calendar.date(Day(5)), Date::MAX);
    assert_eq!(calendar.day_of(Date::MAX), Some(Day(0)));
}
