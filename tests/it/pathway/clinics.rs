//! Booked clinics: who is seen in which slot, what a missed or an overbooked slot does, and what
//! becomes of bookings when nobody holds the clinic.

use splw_sim::engine::Activity::{
    Assigned, AttemptBegins, Booked, BookingCancelled, ContactBegins, ContactHeld, Missed,
    WindowCloses, WindowOpens,
};
use splw_sim::engine::observations::{Clock, Wait, WaitEnd};
use splw_sim::measure::Scope;

use crate::support::{IN_ENGLAND, ORDINARY, Told, assert_lines, tell_of};

/// [`ORDINARY`] in England with a second practice, Oak, places for ten, and these clinics. Client
/// time is from 09:00 to 13:30; Monday is day 0.
fn tell_clinics(clinics: &str, overrides: &[&str]) -> Told {
    let text = ORDINARY.replace("dna_share = 0\n", "").replace(
        "[[posts]]",
        "[[practices]]\nname = \"Oak\"\nlist_size = 1000\n[[posts]]",
    );
    let clinics = format!("posts.0.clinics={clinics}");
    let keys = [
        IN_ENGLAND,
        &[&clinics, "posts.0.caseload_cap=10"],
        overrides,
    ];
    let mut keys = keys.concat();
    if !keys.iter().any(|key| key.starts_with("case_types.0.dna")) {
        keys.push("case_types.0.dna_share=0");
    }
    tell_of(&text, &keys, 1)
}

fn sorted(told: &Told) -> Vec<String> {
    told.only(&[AttemptBegins, ContactBegins, ContactHeld, Missed])
}

/// Called on Monday at 09:00 to 09:10. The first appointment, due on Wednesday, takes the first slot
/// from then on that is as long as 45 minutes: on Thursday (day 3) the second one, 09:20 to 10:05.
/// The follow-ups of 20 minutes, due on Thursdays at 10:05 and 09:20, take the first slot of the day.
#[test]
fn contacts_take_the_first_slot_that_is_long_enough() {
    let told = tell_clinics(
        "[{ weekday = \"thursday\", slots_minutes = [20, 45, 20] }]",
        &[],
    );
    assert_lines(
        &sorted(&told),
        "0d 09:00 a AttemptBegins W1 0|1
         3d 09:20 a ContactBegins W1 0|1
         3d 10:05 a ContactHeld W1 0|1
         10d 09:00 a ContactBegins W1 0|1
         10d 09:20 a ContactHeld W1 0|1
         17d 09:00 a ContactBegins W1 0|1
         17d 09:20 a ContactHeld W1 0|1",
    );
    // 60 days are Thursdays 3, 10, ..., 59: 9 clinics of 3 slots.
    for scope in [Scope::Pcn, Scope::Post] {
        let slots = ["offered", "used", "missed"]
            .map(|what| told.value(scope, 0, &format!("clinic_slots_{what}")));
        assert_eq!(slots, [Some(27.0), Some(3.0), Some(0.0)]);
    }
}

/// A contact lasts as long as its slot, and what is full goes on to the next week: three people for
/// two slots of 60 minutes.
#[test]
fn a_full_clinic_goes_on_to_the_next_week() {
    let told = tell_clinics(
        "[{ weekday = \"thursday\", opens = \"10:00\", slots_minutes = [60, 60] }]",
        &[
            "case_types.0.contacts=1",
            "start.waiting.0.waited_days=[2, 1, 0]",
        ],
    );
    assert_lines(
        &told.only(&[ContactBegins, ContactHeld]),
        "3d 10:00 a ContactBegins W1 0|3
         3d 11:00 a ContactHeld W1 0|3
         3d 11:00 b ContactBegins W1 0|2
         3d 12:00 b ContactHeld W1 0|2
         10d 10:00 c ContactBegins W1 0|1
         10d 11:00 c ContactHeld W1 0|1",
    );
}

/// A clinic is for people of its practice, or for anybody's.
#[test]
fn a_clinic_is_for_its_practice() {
    let told = tell_clinics(
        "[{ practice = \"Oak\", weekday = \"tuesday\", slots_minutes = [45] }, \
          { practice = \"Elm\", weekday = \"thursday\", slots_minutes = [45] }]",
        &[
            "case_types.0.contacts=1",
            "first_contact.days_to_first_appointment=0",
        ],
    );
    assert_lines(
        &told.only(&[ContactBegins]),
        "3d 09:00 a ContactBegins W1 0|1",
    );
    let told = tell_clinics(
        "[{ weekday = \"tuesday\", slots_minutes = [45] }, \
          { practice = \"Elm\", weekday = \"thursday\", slots_minutes = [45] }]",
        &[
            "case_types.0.contacts=1",
            "first_contact.days_to_first_appointment=0",
        ],
    );
    assert_lines(
        &told.only(&[ContactBegins]),
        "1d 09:00 a ContactBegins W1 0|1",
    );
}

/// Client time of 4.5 h on Monday less a clinic from 10:00 to 12:00: calls from 09:00 to 10:00 and
/// from 12:00 to 13:30. Calls of 65 minutes: a from 09:00, beyond 10:00; b at 12:00; c at 13:05; the
/// clinic is empty. Two windows in one: the worker is on duty from 09:00 to 13:30.
#[test]
fn calls_are_made_in_the_time_that_is_left() {
    let told = tell_clinics(
        "[{ weekday = \"monday\", opens = \"10:00\", slots_minutes = [60, 60] }]",
        &[
            "first_contact.attempt_minutes=65",
            "first_contact.days_to_first_appointment=1",
            "start.waiting.0.waited_days=[2, 1, 0]",
            "period.days=1",
        ],
    );
    assert_lines(
        &told.only(&[AttemptBegins]),
        "0d 09:00 a AttemptBegins W1 0|3
         0d 12:00 b AttemptBegins W1 0|3
         0d 13:05 c AttemptBegins W1 0|3",
    );
    let windows = told.told(|row| [WindowOpens, WindowCloses].contains(&row.activity));
    assert_lines(
        &windows,
        "0d 09:00 WindowOpens W1 0|3\n0d 13:30 WindowCloses W1 0|3",
    );
    let post = &told.seen.posts[0];
    // 13:05 to 14:10 is 40 minutes beyond the window; idle from 10:05 to 12:00.
    assert_eq!(post.available_seconds, 270 * 60);
    assert_eq!(post.busy_seconds, 3 * 65 * 60);
    assert_eq!(post.overrun_seconds, 40 * 60);
    assert_eq!(post.idle_seconds, 115 * 60);
}

/// A clinic in the afternoon: free from 09:00 to 12:00, then the clinic from 14:00 to 15:30.
const AFTERNOON: &str =
    "[{ weekday = \"monday\", opens = \"14:00\", slots_minutes = [45, 45], overbooked = 1 }]";
/// Two people, called from 09:00 and 09:10, who want their only contact on the day of the call.
const TWO_AT_ONCE: &[&str] = &[
    "case_types.0.contacts=1",
    "first_contact.days_to_first_appointment=0",
    "start.waiting.0.waited_days=[1, 0]",
    "period.days=2",
];

/// Both are booked at 14:00 and both come: the second is seen after the last slot, from 15:30 to
/// 16:15, although the second slot was empty. 45 minutes of overrun are taken off Tuesday.
#[test]
fn the_second_person_of_an_overbooked_slot_is_seen_after_the_last() {
    let told = tell_clinics(AFTERNOON, TWO_AT_ONCE);
    assert_lines(
        &told.told(|row| {
            [
                WindowOpens,
                WindowCloses,
                Booked,
                ContactBegins,
                ContactHeld,
            ]
            .contains(&row.activity)
        }),
        "0d 09:00 WindowOpens W1 0|2
         0d 09:10 a Booked W1 0|2
         0d 09:20 b Booked W1 0|2
         0d 12:00 WindowCloses W1 0|2
         0d 14:00 WindowOpens W1 0|2
         0d 14:00 a ContactBegins W1 0|2
         0d 14:45 a ContactHeld W1 0|2
         0d 15:30 WindowCloses W1 0|1
         0d 15:30 b ContactBegins W1 0|1
         0d 16:15 b ContactHeld W1 0|1
         1d 09:00 WindowOpens W1 0|0
         1d 12:45 WindowCloses W1 0|0",
    );
    let post = &told.seen.posts[0];
    assert_eq!(
        (post.overrun_seconds, post.taken_back_seconds),
        (45 * 60, 45 * 60)
    );
    assert_eq!((post.clinic_slots_offered, post.clinic_slots_used), (2, 1));
}

/// A clinic of one slot, overbooked, and another that opens as it ends: the second person of the first
/// clinic is seen before the second clinic begins, which is 45 minutes late.
#[test]
fn the_end_of_a_clinic_is_the_beginning_of_the_next() {
    let told = tell_clinics(
        "[{ weekday = \"monday\", opens = \"14:00\", slots_minutes = [45], overbooked = 1 }, \
          { weekday = \"monday\", opens = \"14:45\", slots_minutes = [45] }]",
        &[
            "case_types.0.contacts=1",
            "first_contact.days_to_first_appointment=0",
            "start.waiting.0.waited_days=[2, 1, 0]",
            "period.days=2",
        ],
    );
    assert_lines(
        &told.only(&[ContactBegins]),
        "0d 14:00 a ContactBegins W1 0|3
         0d 14:45 b ContactBegins W1 0|2
         0d 15:30 c ContactBegins W1 0|1",
    );
}

/// Slots of 200 minutes: the second person of Monday's is seen from 17:20 to 20:40. Of the 200
/// minutes owed Tuesday's free time of 270 less 90 takes back 180, so that no window opens before
/// the clinic at 14:00, and Wednesday the other 20.
#[test]
fn free_time_may_be_owed_altogether() {
    let told = tell_clinics(
        "[{ weekday = \"monday\", opens = \"14:00\", slots_minutes = [200], overbooked = 1 }, \
          { weekday = \"tuesday\", opens = \"14:00\", slots_minutes = [90] }]",
        &[TWO_AT_ONCE, &["period.days=3"]].concat(),
    );
    let windows = told.told(|row| [WindowOpens, WindowCloses].contains(&row.activity));
    assert_lines(
        &windows[2..],
        "0d 14:00 WindowOpens W1 0|2
         0d 17:20 WindowCloses W1 0|1
         1d 14:00 WindowOpens W1 0|0
         1d 15:30 WindowCloses W1 0|0
         2d 09:00 WindowOpens W1 0|0
         2d 13:10 WindowCloses W1 0|0",
    );
    assert_eq!(told.seen.posts[0].taken_back_seconds, 200 * 60);
}

/// Two places, and a third person waits. Both booked into the slot miss it for the last time: the one
/// whose turn wastes the slot frees a place at 14:45, the other at once.
#[test]
fn a_place_freed_by_who_takes_no_time_is_filled_at_once() {
    let told = tell_clinics(
        AFTERNOON,
        &[
            TWO_AT_ONCE,
            &[
                "start.waiting.0.waited_days=[3, 2, 1, 0]",
                "posts.0.caseload_cap=2",
                "case_types.0.dna_share=0.999",
                "case_types.0.dna_limit=1",
            ],
        ]
        .concat(),
    );
    assert_lines(
        &told.only(&[Missed, Assigned])[2..],
        "0d 14:00 b Missed W1 2|2
         0d 14:00 c Assigned W1 1|2
         0d 14:45 a Missed W1 1|2
         0d 14:45 d Assigned W1 0|2",
    );
}

/// The wait for a first appointment ends as it begins, if it is held: on Monday at 14:00.
#[test]
fn a_first_appointment_in_a_clinic_ends_the_wait_for_it() {
    let ends = |overrides: &[&str]| -> Vec<(u64, bool)> {
        let keys = ["start.waiting.0.waited_days=[0]"];
        let told = tell_clinics(AFTERNOON, &[TWO_AT_ONCE, &keys, overrides].concat());
        let waits = &told.seen.waits[Clock::ToFirstAppointment as usize];
        let end = |wait: &Wait| (wait.seconds, matches!(wait.end, WaitEnd::Happened));
        waits.iter().map(end).collect()
    };
    assert_eq!(ends(&[]), [(14 * 3_600, true)]);
    let missed = ["case_types.0.dna_share=0.999", "case_types.0.dna_limit=1"];
    assert_eq!(ends(&missed), [((14 * 60 + 45) * 60, false)]);
}

/// Booked 4 h 50 min and 4 h 40 min ahead, that is 0.201 and 0.194 days: with a step at 0.2 days one
/// of them misses it (nearly surely). If the first does, the second has the slot; if the second
/// does, no time is lost; if both do, the slot is wasted once.
#[test]
fn whoever_comes_to_an_overbooked_slot_has_it() {
    let case = |near: &str, far: &str| {
        let steps = format!(
            "case_types.0.dna_by_days_ahead=[{{ days = 0, share = {near} }}, {{ days = 0.2, share = {far} }}]"
        );
        let keys = [TWO_AT_ONCE, &[&steps, "case_types.0.dna_limit=1"]];
        tell_clinics(AFTERNOON, &keys.concat())
    };
    let told = case("0", "0.999");
    assert_lines(
        &told.only(&[ContactBegins, ContactHeld, Missed]),
        "0d 14:00 a ContactBegins W1 0|2
         0d 14:00 a Missed W1 0|2
         0d 14:00 b ContactBegins W1 0|1
         0d 14:45 b ContactHeld W1 0|1",
    );
    let told = case("0.999", "0");
    assert_lines(
        &told.only(&[ContactBegins, ContactHeld, Missed]),
        "0d 14:00 b ContactBegins W1 0|2
         0d 14:00 b Missed W1 0|2
         0d 14:00 a ContactBegins W1 0|1
         0d 14:45 a ContactHeld W1 0|1",
    );
    let told = case("0.999", "0.999");
    assert_lines(
        &told.only(&[ContactBegins, ContactHeld, Missed]),
        "0d 14:00 b ContactBegins W1 0|2
         0d 14:00 b Missed W1 0|2
         0d 14:00 a ContactBegins W1 0|1
         0d 14:45 a Missed W1 0|1",
    );
    let post = &told.seen.posts[0];
    assert_eq!(post.busy_seconds, (20 + 45) * 60);
    assert_eq!((post.clinic_slots_used, post.clinic_slots_missed), (0, 1));
}

/// A clinic from 10:00, two slots of 45 minutes, calls of 50 minutes: a is called at 09:00, b at
/// 09:50 until 10:40. The clinic starts late, in order: a at 10:40, b (booked into the slot of 10:45)
/// at 11:25 until 12:10, in the free time from 11:30 on; then c is called.
const LATE: &[&str] = &[
    "first_contact.attempt_minutes=50",
    "first_contact.days_to_first_appointment=0",
    "case_types.0.contacts=1",
    "start.waiting.0.waited_days=[2, 1, 0]",
    "period.days=8",
];
const FROM_TEN: &str = "[{ weekday = \"monday\", opens = \"10:00\", slots_minutes = [45, 45] }]";

#[test]
fn a_clinic_that_begins_late_runs_late_in_order() {
    let told = tell_clinics(FROM_TEN, LATE);
    assert_lines(
        &sorted(&told),
        "0d 09:00 a AttemptBegins W1 0|3
         0d 09:50 b AttemptBegins W1 0|3
         0d 10:40 a ContactBegins W1 0|3
         0d 11:25 a ContactHeld W1 0|3
         0d 11:25 b ContactBegins W1 0|2
         0d 12:10 b ContactHeld W1 0|2
         0d 12:10 c AttemptBegins W1 0|1
         7d 10:00 c ContactBegins W1 0|1
         7d 10:45 c ContactHeld W1 0|1",
    );
}

/// A missed contact wastes what is left of its slot: 10:40 to 10:45, by which the clinic catches up.
#[test]
fn a_missed_slot_lasts_no_longer_than_the_slot() {
    let keys = [
        LATE,
        &["case_types.0.dna_share=0.999", "case_types.0.dna_limit=1"],
    ];
    let told = tell_clinics(FROM_TEN, &keys.concat());
    assert_lines(
        &told.only(&[ContactBegins, Missed])[..4],
        "0d 10:40 a ContactBegins W1 0|3
         0d 10:45 a Missed W1 0|3
         0d 10:45 b ContactBegins W1 0|2
         0d 11:30 b Missed W1 0|2",
    );
    assert_eq!(told.seen.posts[0].clinic_slots_missed, 3);
}

/// Groups of three on Tuesdays, single slots on Fridays. Everybody is drawn to a group: three people
/// are seen together on Tuesday (day 1) for an hour, the fourth on the next; follow-ups are single,
/// due a week after the group, in the order in which they were booked.
#[test]
fn groups_are_first_appointments_of_several_at_once() {
    let told = tell_clinics(
        "[{ weekday = \"tuesday\", slots_minutes = [60], places = 3 }, \
          { weekday = \"friday\", slots_minutes = [45, 45, 45] }]",
        &[
            "first_contact.group_share=1",
            "first_contact.days_to_first_appointment=0",
            "case_types.0.contacts=2",
            "start.waiting.0.waited_days=[3, 2, 1, 0]",
            "period.days=15",
        ],
    );
    assert_lines(
        &told.only(&[ContactBegins, ContactHeld]),
        "1d 09:00 a ContactBegins W1 0|4
         1d 09:00 b ContactBegins W1 0|4
         1d 09:00 c ContactBegins W1 0|4
         1d 10:00 a ContactHeld W1 0|4
         1d 10:00 b ContactHeld W1 0|4
         1d 10:00 c ContactHeld W1 0|4
         8d 09:00 d ContactBegins W1 0|4
         8d 10:00 d ContactHeld W1 0|4
         11d 09:00 a ContactBegins W1 0|4
         11d 09:45 a ContactHeld W1 0|4
         11d 09:45 b ContactBegins W1 0|3
         11d 10:30 b ContactHeld W1 0|3
         11d 10:30 c ContactBegins W1 0|2
         11d 11:15 c ContactHeld W1 0|2",
    );
    assert_eq!(
        told.seen.posts[0].busy_seconds,
        (4 * 10 + 2 * 60 + 3 * 45) * 60
    );
    // Whoever is not drawn to a group is seen alone.
    let alone = tell_clinics(
        "[{ weekday = \"tuesday\", slots_minutes = [60], places = 3 }, \
          { weekday = \"friday\", slots_minutes = [45, 45, 45] }]",
        &[
            "first_contact.days_to_first_appointment=0",
            "case_types.0.contacts=1",
        ],
    );
    assert_lines(
        &alone.only(&[ContactBegins]),
        "4d 09:00 a ContactBegins W1 0|1",
    );
}

/// Half a year with leave and much sickness. Nobody is booked on a day of planned leave or training,
/// so bookings are cancelled on days of sickness alone, as the clinic would have begun, and made anew
/// at once. Contacts are held on days on which the worker is there.
#[test]
fn sickness_cancels_and_leave_is_avoided() {
    let told = tell_clinics(
        "[{ weekday = \"monday\", slots_minutes = [45, 45, 20] }, \
          { weekday = \"thursday\", slots_minutes = [45, 45, 20] }]",
        &[
            "period.days=360",
            "posts.0.sickness_share=0.4",
            "posts.0.annual_leave_days=60",
            "posts.0.caseload_cap=9",
            "demand.referrals_per_1000_a_year=18",
        ],
    );
    let mut at_work = std::collections::BTreeSet::new();
    let (mut cancelled, mut held) = (0, 0);
    let mut rows = told.log.iter().peekable();
    while let Some(row) = rows.next() {
        match row.activity {
            WindowOpens => drop(at_work.insert(row.time.day())),
            ContactBegins => {
                assert!(at_work.contains(&row.time.day()), "{row:?}");
                held += 1;
            }
            BookingCancelled => {
                assert!(!at_work.contains(&row.time.day()), "{row:?}");
                assert_eq!(row.time.seconds() % 86_400, 9 * 3_600, "{row:?}");
                let next = rows.peek().expect("it is booked anew");
                assert!(
                    next.activity == Booked && next.referral == row.referral,
                    "{next:?}"
                );
                cancelled += 1;
            }
            _ => {}
        }
    }
    assert!(
        cancelled > 20 && held > 60,
        "{cancelled} cancelled, {held} held"
    );
    assert!(told.of_pcn("sickness_days") > 20.0);
}

/// Of ten people half are drawn to the group on Tuesday (day 1), the others are seen alone on Friday: all
/// or none in a group would be a chance of 2 in 1,024.
#[test]
fn some_are_drawn_to_a_group() {
    let told = tell_clinics(
        "[{ weekday = \"tuesday\", slots_minutes = [60], places = 10 }, \
          { weekday = \"friday\", slots_minutes = [20, 20, 20, 20, 20, 20, 20, 20, 20, 20] }]",
        &[
            "first_contact.group_share=0.5",
            "first_contact.days_to_first_appointment=0",
            "case_types.0.contacts=1",
            "case_types.0.first_appointment_minutes=20",
            "start.waiting.0.waited_days=[9, 8, 7, 6, 5, 4, 3, 2, 1, 0]",
            "period.days=7",
        ],
    );
    let begun = told.log.iter().filter(|row| row.activity == ContactBegins);
    let days: Vec<u32> = begun.map(|row| row.time.day().0).collect();
    let in_group = days.iter().filter(|day| **day == 1).count();
    assert_eq!(days.len(), 10);
    assert!((1..=9).contains(&in_group), "{in_group}");
}
