//! Work in hand at closing is finished, and the overrun shortens the next window.

use splw_sim::engine::Activity::{AttemptBegins, Completed, WindowCloses, WindowOpens};

use crate::support::{IN_ENGLAND, Told, assert_lines, tell};

/// Calls of 200 minutes, each the whole case, one after the other; windows of 270 minutes.
fn calls(minutes: &str, people: usize, days: &str) -> Told {
    let waited: Vec<String> = (0..people)
        .map(|index| (people - index).to_string())
        .collect();
    tell(
        &[
            IN_ENGLAND,
            &[
                &format!("first_contact.attempt_minutes={minutes}"),
                "case_types.0.contacts=0",
                &format!("start.waiting.0.waited_days=[{}]", waited.join(", ")),
                &format!("period.days={days}"),
            ],
        ]
        .concat(),
    )
}

/// Monday: a 09:00 to 12:20, b 12:20 to 15:40, 2 h 10 min beyond 13:30. Tuesday's window is 2 h 20
/// min, to 11:20: c 09:00 to 12:20, an hour beyond. Wednesday's is 3 h 30 min, to 12:30: d 09:00 to
/// 12:20, and e 12:20 to 15:40. Thursday: 270 - 190 = 80 minutes, idle.
#[test]
fn the_overrun_shortens_the_next_window() {
    let told = calls("200", 5, "4");
    assert_lines(
        &told.only(&[AttemptBegins, Completed]),
        "0d 09:00 a AttemptBegins W1 4|1
         0d 12:20 a Completed W1 4|0
         0d 12:20 b AttemptBegins W1 3|1
         0d 15:40 b Completed W1 3|0
         1d 09:00 c AttemptBegins W1 2|1
         1d 12:20 c Completed W1 2|0
         2d 09:00 d AttemptBegins W1 1|1
         2d 12:20 d Completed W1 1|0
         2d 12:20 e AttemptBegins W1 0|1
         2d 15:40 e Completed W1 0|0",
    );
    assert_lines(
        &told.told(|row| matches!(row.activity, WindowOpens | WindowCloses)),
        "0d 09:00 WindowOpens W1 4|1
         0d 13:30 WindowCloses W1 3|1
         1d 09:00 WindowOpens W1 2|1
         1d 11:20 WindowCloses W1 2|1
         2d 09:00 WindowOpens W1 1|1
         2d 12:30 WindowCloses W1 0|1
         3d 09:00 WindowOpens W1 0|0
         3d 10:20 WindowCloses W1 0|0",
    );
    // Minutes: available 4 x 270; worked 5 x 200; beyond 130 + 60 + 190; taken back the same; idle
    // 80 on Thursday: 1,000 + 80 + 380 = 1,080 + 380.
    let post = &told.seen.posts[0];
    let minutes = [
        post.available_seconds,
        post.busy_seconds,
        post.overrun_seconds,
        post.taken_back_seconds,
        post.idle_seconds,
    ]
    .map(|seconds| seconds as f64 / 60.0);
    let expected = [1_080.0, 1_000.0, 380.0, 380.0, 80.0];
    for (told, expected) in minutes.into_iter().zip(expected) {
        assert!((told - expected).abs() < 1e-9, "{minutes:?}");
    }
}

/// A call of 10 h: 09:00 to 19:00, 330 minutes beyond the window. Tuesday's 270 are all taken back
/// (no window at all), and 60 of Wednesday's: b from 09:00, window to 12:30, call to 19:00: 390
/// beyond. Thursday is taken, and 120 of Friday's 270: c at 09:00.
#[test]
fn a_long_overrun_takes_more_than_one_window() {
    let told = calls("600", 3, "5");
    assert_lines(
        &told.told(|row| matches!(row.activity, WindowOpens | WindowCloses | AttemptBegins)),
        "0d 09:00 WindowOpens W1 2|1
         0d 09:00 a AttemptBegins W1 2|1
         0d 13:30 WindowCloses W1 2|1
         2d 09:00 WindowOpens W1 1|1
         2d 09:00 b AttemptBegins W1 1|1
         2d 12:30 WindowCloses W1 1|1
         4d 09:00 WindowOpens W1 0|1
         4d 09:00 c AttemptBegins W1 0|1
         4d 11:30 WindowCloses W1 0|1",
    );
    assert_eq!(told.seen.posts[0].available_seconds, 5 * 270 * 60);
}

/// Friday's overrun shortens Monday's window: a call of 300 minutes on Friday 9 October.
#[test]
fn fridays_overrun_is_taken_from_monday() {
    let told = tell(
        &[
            IN_ENGLAND,
            &[
                "period.start=2026-10-09",
                "first_contact.attempt_minutes=300",
                "case_types.0.contacts=0",
                "period.days=4",
            ],
        ]
        .concat(),
    );
    assert_lines(
        &told.told(|row| matches!(row.activity, WindowOpens | WindowCloses)),
        "0d 09:00 WindowOpens W1 0|1
         0d 13:30 WindowCloses W1 0|1
         3d 09:00 WindowOpens W1 0|0
         3d 13:00 WindowCloses W1 0|0",
    );
}

/// Work that would begin at the very instant of closing waits: three calls of 135 minutes, two of
/// which fill the window of 270.
#[test]
fn nothing_begins_at_the_instant_of_closing() {
    let told = calls("135", 3, "2");
    assert_lines(
        &told.only(&[AttemptBegins]),
        "0d 09:00 a AttemptBegins W1 2|1
         0d 11:15 b AttemptBegins W1 1|1
         1d 09:00 c AttemptBegins W1 0|1",
    );
    assert_eq!(told.seen.posts[0].overrun_seconds, 0);
}
