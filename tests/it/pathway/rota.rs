//! Days at particular practices: face-to-face contacts wait for the day, telephone ones do not, and
//! the way between two sites takes client time.

use splw_sim::engine::Activity::{
    AttemptBegins, ContactBegins, ContactHeld, TravelBegins, TravelEnds, TriageBegins,
    WindowCloses, WindowOpens,
};
use splw_sim::measure::Scope;

use crate::support::{IN_ENGLAND, ORDINARY, Told, assert_lines, tell_of};

/// [`ORDINARY`] in England with two more practices, Oak and Ash; everybody meets face to face. Client time is
/// from 09:00 to 13:30.
fn tell_rota(rota: &str, overrides: &[&str]) -> Told {
    let text = ORDINARY.replace(
        "[[posts]]",
        "[[practices]]\nname = \"Oak\"\nods_code = \"F81001\"\nlist_size = 1000\n\
         [[practices]]\nname = \"Ash\"\nlist_size = 10\n[[posts]]",
    );
    let rota = format!("posts.0.rota={rota}");
    let keys = [
        IN_ENGLAND,
        &[&rota, "case_types.0.face_to_face_share=1"],
        overrides,
    ];
    tell_of(&text, &keys.concat(), 1)
}

/// Called on Monday at 09:00 to 09:10. Elm is visited on Thursdays (days 3, 10, 17). The first
/// appointment, due on Wednesday at 09:10, waits for Thursday 09:00; the follow-up, due a week after
/// its end, is due on the day at 09:45, the next at 10:05.
#[test]
fn face_to_face_contacts_wait_for_the_day() {
    let told = tell_rota("{ thursday = [\"Elm\"] }", &[]);
    assert_lines(
        &told.only(&[AttemptBegins, ContactBegins, ContactHeld]),
        "0d 09:00 a AttemptBegins W1 0|1
         3d 09:00 a ContactBegins W1 0|1
         3d 09:45 a ContactHeld W1 0|1
         10d 09:45 a ContactBegins W1 0|1
         10d 10:05 a ContactHeld W1 0|1
         17d 10:05 a ContactBegins W1 0|1
         17d 10:25 a ContactHeld W1 0|1",
    );
}

/// By telephone nothing waits for the day; nor do contacts of a practice that no day visits.
#[test]
fn telephone_contacts_and_unvisited_practices_do_not_wait() {
    let expected = "2d 09:10 a ContactBegins W1 0|1
                    9d 09:55 a ContactBegins W1 0|1
                    16d 10:15 a ContactBegins W1 0|1";
    let by_telephone = tell_rota(
        "{ thursday = [\"Elm\"] }",
        &["case_types.0.face_to_face_share=0"],
    );
    assert_lines(&by_telephone.only(&[ContactBegins]), expected);
    let unvisited = tell_rota("{ thursday = [\"F81001\"] }", &[]);
    assert_lines(&unvisited.only(&[ContactBegins]), expected);
}

/// Lateness is from falling due to beginning, the wait for the site included: with an interval of 6
/// days the follow-ups fall due on Wednesday at 09:45 and at 10:05 and wait until Thursday 09:00: 23
/// h 15 min and, after a contact from 09:00 to 09:20, Wednesday 09:20 to Thursday 09:00, 23 h 40 min.
#[test]
fn the_wait_for_the_site_is_lateness() {
    let told = tell_rota(
        "{ thursday = [\"Elm\"] }",
        &["case_types.0.days_between_contacts=6"],
    );
    let mean = (23.25 + (23.0 + 40.0 / 60.0)) / 2.0 / 24.0;
    let late = told.of_pcn("follow_up_lateness_days_mean");
    assert!((late - mean).abs() < 1e-9, "{late} days, not {mean}");
    // What waits in the diary of a site is in the internal queue.
    assert!(told.seen.due_accrued > 2 * 23 * 3_600);
    assert_eq!(told.seen.due.area, told.seen.due_accrued);
}

/// Tuesday (day 1): 09:00 to 13:30 is divided among three sites, so that the changes are at 10:30 and
/// 12:00; each way takes 20 minutes, which are neither idle nor worked.
#[test]
fn a_day_of_several_sites_is_divided_equally_and_travelled() {
    let told = tell_rota(
        "{ tuesday = [\"Oak\", \"Elm\", \"Ash\"] }",
        &[
            "posts.0.travel_minutes=20",
            "start.waiting.0.waited_days=[]",
            "period.days=3",
        ],
    );
    assert_lines(
        &told.posts()[3..],
        "1d 09:00 WindowOpens W1 0|0
         1d 10:30 TravelBegins W1 0|0
         1d 10:50 TravelEnds W1 0|0
         1d 12:00 TravelBegins W1 0|0
         1d 12:20 TravelEnds W1 0|0
         1d 13:30 WindowCloses W1 0|0
         2d 09:00 WindowOpens W1 0|0
         2d 13:30 WindowCloses W1 0|0",
    );
    let post = &told.seen.posts[0];
    assert_eq!(post.travel_seconds, 40 * 60);
    assert_eq!(post.available_seconds, 3 * 270 * 60);
    assert_eq!(post.idle_seconds, (3 * 270 - 40) * 60);
    for scope in [Scope::Pcn, Scope::Post] {
        let hours = told
            .value(scope, 0, "travel_hours")
            .expect("there is a rota");
        assert!((hours - 40.0 / 60.0).abs() < 1e-12);
    }
}

/// The way is no time for people: two referrals ask for 95 minutes each, and there are 3 x 270 - 40.
#[test]
fn the_way_is_not_in_the_hours_that_the_load_is_held_against() {
    let told = tell_rota(
        "{ tuesday = [\"Oak\", \"Elm\", \"Ash\"] }",
        &[
            "posts.0.travel_minutes=20",
            "posts.0.caseload_cap=2",
            "start.waiting.0.waited_days=[]",
            "demand.batches=[{ date = 2026-10-05, referrals = 2, practices = [\"Elm\"] }]",
            "period.days=3",
        ],
    );
    let load = told.of_pcn("hours_load");
    assert!((load - 190.0 / 770.0).abs() < 1e-12, "{load}");
}

/// Two people of Elm, both due at Elm on Monday: sites Elm until 11:15, then Oak. Calls of 60 minutes
/// from 09:00 and 10:00; the first appointments (at once after the call) are of 45 minutes. The call
/// to b (rank new, due at 00:00) comes before the appointment of a (due at 10:00), which begins at
/// 11:00 and goes on beyond 11:15: it is finished at 11:45, then the worker travels 30 minutes. The
/// appointment of b, due at 11:00, waits for the next day at Elm, the Tuesday, from 09:00 on.
#[test]
fn work_in_hand_is_finished_before_the_way() {
    let told = tell_rota(
        "{ monday = [\"Elm\", \"Oak\"], tuesday = [\"Elm\"] }",
        &[
            "posts.0.travel_minutes=30",
            "posts.0.caseload_cap=2",
            "case_types.0.contacts=1",
            "first_contact.attempt_minutes=60",
            "first_contact.days_to_first_appointment=0",
            "start.waiting.0.waited_days=[1, 0]",
            "period.days=3",
        ],
    );
    let rows = told.told(|row| {
        let told = [
            AttemptBegins,
            ContactBegins,
            ContactHeld,
            TravelBegins,
            TravelEnds,
        ];
        told.contains(&row.activity)
    });
    assert_lines(
        &rows,
        "0d 09:00 a AttemptBegins W1 0|2
         0d 10:00 b AttemptBegins W1 0|2
         0d 11:00 a ContactBegins W1 0|2
         0d 11:45 a ContactHeld W1 0|2
         0d 11:45 TravelBegins W1 0|1
         0d 12:15 TravelEnds W1 0|1
         1d 09:00 b ContactBegins W1 0|1
         1d 09:45 b ContactHeld W1 0|1",
    );
}

/// A call of 200 minutes from 09:00 to 12:20 outlasts two changes (10:30 and 12:00): the worker goes
/// straight to the last site, once.
#[test]
fn sites_that_were_missed_are_not_visited() {
    let told = tell_rota(
        "{ monday = [\"Elm\", \"Oak\", \"Ash\"] }",
        &[
            "posts.0.travel_minutes=30",
            "first_contact.attempt_minutes=200",
            "period.days=1",
        ],
    );
    assert_lines(
        &told.told(|row| row.referral.is_none())[1..],
        "0d 09:00 WindowOpens W1 0|1
         0d 12:20 TravelBegins W1 0|1
         0d 12:50 TravelEnds W1 0|1
         0d 13:30 WindowCloses W1 0|1",
    );
}

/// A way that outlasts the window is overrun and taken off the next one. On Monday the change is at
/// 11:15 and the way takes 180 minutes, until 14:15: 45 minutes of overrun. Tuesday closes at 12:45.
#[test]
fn a_way_beyond_the_window_is_overrun() {
    let told = tell_rota(
        "{ monday = [\"Elm\", \"Oak\"] }",
        &[
            "posts.0.travel_minutes=180",
            "start.waiting.0.waited_days=[]",
            "period.days=2",
        ],
    );
    assert_lines(
        &told.told(|row| [WindowOpens, WindowCloses, TravelEnds].contains(&row.activity)),
        "0d 09:00 WindowOpens W1 0|0
         0d 13:30 WindowCloses W1 0|0
         0d 14:15 TravelEnds W1 0|0
         1d 09:00 WindowOpens W1 0|0
         1d 12:45 WindowCloses W1 0|0",
    );
    let post = &told.seen.posts[0];
    assert_eq!(post.overrun_seconds, 45 * 60);
    assert_eq!(post.taken_back_seconds, 45 * 60);
    assert_eq!(post.travel_seconds, 180 * 60);
}

/// On the always-open calendar windows are whole days. From Monday 5 October; Tuesday is divided at
/// noon; the way of 13 hours ends on Wednesday at 01:00, when the rota has the worker nowhere.
#[test]
fn a_way_past_midnight_ends_nowhere() {
    let told = tell_rota(
        "{ tuesday = [\"Oak\", \"Elm\"], thursday = [\"Elm\"] }",
        &[
            "period.calendar=always-open",
            "posts.0.client_share=1",
            "posts.0.travel_minutes=780",
            "first_contact.days_to_first_appointment=1.5",
            "case_types.0.contacts=1",
            "period.days=4",
        ],
    );
    let rows = told.told(|row| {
        [ContactBegins, TravelBegins, TravelEnds, TriageBegins].contains(&row.activity)
    });
    assert_lines(
        &rows,
        "1d 12:00 TravelBegins W1 0|1
         2d 01:00 TravelEnds W1 0|1
         3d 00:00 a ContactBegins W1 0|1",
    );
    let post = &told.seen.posts[0];
    assert_eq!(post.overrun_seconds, 0);
    assert_eq!(
        post.busy_seconds + post.idle_seconds + post.travel_seconds,
        4 * 86_400
    );
}

/// Drawn ways are keyed by the post, the date and the destination: whoever else waits, and however
/// the day's work goes, the way of a day takes as long.
#[test]
fn ways_are_paired_between_options() {
    let lengths = |overrides: &[&str]| -> Vec<u64> {
        let keys = [
            &[
                "posts.0.travel_minutes={ uniform = { min = 10, max = 40 } }",
                "period.days=30",
            ],
            overrides,
        ];
        let told = tell_rota("{ monday = [\"Elm\", \"Oak\"] }", &keys.concat());
        let mut began = 0;
        let mut lengths = Vec::new();
        for row in &told.log {
            match row.activity {
                TravelBegins => began = row.time.seconds(),
                TravelEnds => lengths.push(row.time.seconds() - began),
                _ => {}
            }
        }
        lengths
    };
    let quiet = lengths(&["start.waiting.0.waited_days=[]"]);
    let busy = lengths(&["first_contact.attempt_minutes=170"]);
    assert_eq!(quiet.len(), 5);
    assert_eq!(quiet, busy);
    let mut distinct = quiet.clone();
    distinct.dedup();
    assert_eq!(distinct.len(), 5, "{quiet:?}");
}

/// The two ways of one day have a draw each: they are never equally long (to the second, of 1,800).
#[test]
fn each_way_of_a_day_has_a_draw_of_its_own() {
    let told = tell_rota(
        "{ monday = [\"Elm\", \"Oak\", \"Ash\"] }",
        &[
            "posts.0.travel_minutes={ uniform = { min = 10, max = 40 } }",
            "start.waiting.0.waited_days=[]",
            "period.days=30",
        ],
    );
    let at = |what| {
        let rows = told.log.iter().filter(move |row| row.activity == what);
        rows.map(|row| row.time.seconds())
    };
    let lengths = at(TravelEnds)
        .zip(at(TravelBegins))
        .map(|(to, from)| to - from);
    let lengths: Vec<u64> = lengths.collect();
    assert_eq!(lengths.len(), 10);
    for ways in lengths.chunks(2) {
        assert_ne!(ways[0], ways[1], "{lengths:?}");
    }
}

/// The way is no time for clients: a week of 5 x 4.5 h with 40 minutes of travel and one call of 10.
#[test]
fn strain_knows_what_travel_leaves() {
    let told = tell_rota(
        "{ tuesday = [\"Oak\", \"Elm\", \"Ash\"] }",
        &[
            "posts.0.travel_minutes=20",
            "case_types.0.contacts=0",
            "strain.reference_caseload_per_wte=100000",
            "period.days=7",
        ],
    );
    let load = told.seen.weeks.last().and_then(|week| week.load);
    let expected = 10.0 / f64::from(5 * 270 - 40);
    assert!((load.expect("hours were available") - expected).abs() < 1e-12);
}
