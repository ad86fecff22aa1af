//! Booked clinics at the edges: a post that ends with bookings or with people in the room, and slots
//! at the edge of the period.

use splw_sim::engine::Activity::{
    Booked, BookingCancelled, ContactBegins, ContactHeld, PostEnds, ReturnedToList,
};

use crate::support::{IN_ENGLAND, ORDINARY, assert_lines, tell_of};

/// The post ends on Wednesday (day 2) with a case booked for Thursday. The booking is cancelled, and
/// the other post takes the case over at once and books it anew, on Fridays, with one contact more
/// than planned.
#[test]
fn bookings_end_with_the_post() {
    let text = ORDINARY.to_owned() + "\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\n";
    let keys = [
        IN_ENGLAND,
        &[
            "posts.0.clinics=[{ weekday = \"thursday\", slots_minutes = [45, 45] }]",
            "posts.1.clinics=[{ weekday = \"friday\", slots_minutes = [45, 45] }]",
            "posts.0.ends=2026-10-07",
            "posts.0.lost_at_handover_share=0",
            "case_types.0.contacts=1",
            "period.days=20",
        ],
    ];
    let told = tell_of(&text, &keys.concat(), 1);
    let about_bookings = [
        Booked,
        BookingCancelled,
        ReturnedToList,
        ContactBegins,
        ContactHeld,
    ];
    assert_lines(
        &told.only(&about_bookings),
        "0d 09:10 a Booked W1 0|1
         2d 00:00 a BookingCancelled W1 0|1
         2d 00:00 a ReturnedToList W1 0|0
         2d 00:00 a Booked W2 0|1
         4d 09:00 a ContactBegins W2 0|1
         4d 09:45 a ContactHeld W2 0|1
         4d 09:45 a Booked W2 0|1
         11d 09:00 a ContactBegins W2 0|1
         11d 09:45 a ContactHeld W2 0|1",
    );
}

/// Two slots of 3 h 30 min on Tuesday (day 1) from 14:00, both overbooked: a and c are seen in them, b
/// and d after the last, from 21:00 on. The post ends at midnight. The contact in hand is finished at
/// 00:30; d, who is in the room, has no turn any more and is the other post's, which starts then.
#[test]
fn who_is_in_the_room_as_the_post_ends_has_no_turn() {
    let text = ORDINARY.to_owned() + "\n[[posts]]\nname = \"Link worker 2\"\nwte = 1\n";
    let clinic = "posts.0.clinics=[{ weekday = \"tuesday\", opens = \"14:00\", \
                  slots_minutes = [210, 210], overbooked = 2 }]";
    let keys = [
        clinic,
        "posts.0.client_share=1",
        "posts.0.caseload_cap=4",
        "posts.0.ends=2026-10-07",
        "posts.0.lost_at_handover_share=0",
        "posts.1.starts=2026-10-07",
        "case_types.0.contacts=1",
        "first_contact.days_to_first_appointment=0",
        "start.waiting.0.waited_days=[3, 2, 1, 0]",
        "period.days=3",
    ];
    let told = tell_of(&text, &[IN_ENGLAND, &keys].concat(), 1);
    let rows = told
        .told(|row| [ContactBegins, ContactHeld, ReturnedToList, PostEnds].contains(&row.activity));
    assert_lines(
        &rows,
        "1d 14:00 a ContactBegins W1 0|4
         1d 17:30 a ContactHeld W1 0|4
         1d 17:30 c ContactBegins W1 0|3
         1d 21:00 c ContactHeld W1 0|3
         1d 21:00 b ContactBegins W1 0|2
         2d 00:00 PostEnds W1 0|2
         2d 00:00 d ReturnedToList W1 0|1
         2d 00:30 b ContactHeld W1 0|2
         2d 09:00 d ContactBegins W2 0|1
         2d 09:45 d ContactHeld W2 0|1",
    );
}

/// The period opens on Monday 5 October at 00:00, after a week of warm-up, just as a slot begins. Slots of
/// its 14 days: two Mondays of one, two Thursdays of two. Those of the warm-up are not counted.
#[test]
fn slots_of_the_period_are_counted_from_its_first_instant() {
    let text = ORDINARY.split("[[start").next().unwrap_or(ORDINARY);
    let clinics = "posts.0.clinics=[{ weekday = \"monday\", opens = \"00:00\", slots_minutes = [60] }, \
                   { weekday = \"thursday\", slots_minutes = [45, 45] }]";
    let keys = [clinics, "period.warm_up_days=7", "period.days=14"];
    let told = tell_of(text, &[IN_ENGLAND, &keys].concat(), 1);
    assert_eq!(told.seen.posts[0].clinic_slots_offered, 6);
}
