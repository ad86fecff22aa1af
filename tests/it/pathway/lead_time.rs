//! Missed contacts by booking lead time, and reminders.

use std::collections::BTreeMap;

use splw_sim::engine::Activity::{Answered, ContactBegins, ContactHeld, Missed};
use splw_sim::model::Workload;

use crate::support::{IN_ENGLAND, ORDINARY, Told, assert_lines, read, tell, tell_of};

/// Never missed under 5 days ahead, nearly always from 5 days on.
const STEPS: &str =
    "case_types.0.dna_by_days_ahead=[{ days = 0, share = 0 }, { days = 5, share = 0.999 }]";

/// [`ORDINARY`] without its own missed share, which stands in the way of steps.
fn tell_steps(overrides: &[&str]) -> Told {
    tell_of(&ORDINARY.replace("dna_share = 0\n", ""), overrides, 1)
}

/// The first appointment is booked 2 days ahead and held. Follow-ups are booked 7 days ahead and
/// missed; what follows a missed one (4 days ahead) is held. With three contacts in all: each of the
/// two follow-ups is missed once.
#[test]
fn the_step_of_each_booking_decides() {
    let told = tell_steps(&[STEPS, "case_types.0.days_after_dna=4"]);
    assert_lines(
        &told.only(&[Answered, ContactBegins, ContactHeld, Missed]),
        "0d 00:00 a Answered W1 0|1
         2d 00:10 a ContactBegins W1 0|1
         2d 00:55 a ContactHeld W1 0|1
         9d 00:55 a ContactBegins W1 0|1
         9d 01:15 a Missed W1 0|1
         13d 01:15 a ContactBegins W1 0|1
         13d 01:35 a ContactHeld W1 0|1
         20d 01:35 a ContactBegins W1 0|1
         20d 01:55 a Missed W1 0|1
         24d 01:55 a ContactBegins W1 0|1
         24d 02:15 a ContactHeld W1 0|1",
    );
}

/// A lead of exactly 5 days is on the step of 5 days; a minute less is not.
#[test]
fn a_step_begins_at_its_days() {
    for (days, missed) in [("5", 3), ("4.9993", 0)] {
        let told = tell_steps(&[
            STEPS,
            "case_types.0.contacts=1",
            &format!("first_contact.days_to_first_appointment={days}"),
            "case_types.0.days_after_dna=5",
        ]);
        assert_eq!(told.only(&[Missed]).len(), missed, "{days} days");
    }
}

/// The lead runs to the beginning, not to the due time: due on Saturday (4.5 days after the call on
/// Monday at 09:10), begun on Monday at 09:00, 6 days and 23:50 ahead.
#[test]
fn the_lead_runs_until_the_contact_begins() {
    let keys = [
        IN_ENGLAND,
        &[
            STEPS,
            "case_types.0.contacts=1",
            "first_contact.days_to_first_appointment=4.5",
        ],
    ]
    .concat();
    let told = tell_steps(&keys);
    assert_lines(
        &told.only(&[ContactBegins, Missed])[..2],
        "7d 09:00 a ContactBegins W1 0|1
         7d 09:45 a Missed W1 0|1",
    );
}

/// 2,000 people with one contact each, 10% missed and never tried again, with a reminder of 0.5 and
/// without. Whoever misses it despite the reminder would also have missed it without (the draws are
/// the same), and half of those who would have missed it come: with about 200 misses without the
/// reminder the number with it is binomial, 100 +- 5 x sqrt(200 x 0.25) = 35.
#[test]
fn a_reminder_takes_its_share_of_the_same_misses() {
    let missed = |factor: &str| {
        let told = tell(&[
            "case_types.0.dna_share=0.1",
            "case_types.0.dna_limit=1",
            "case_types.0.contacts=1",
            "case_types.0.first_appointment_minutes=1",
            "first_contact.attempt_minutes=1",
            "posts.0.caseload_cap=\"none\"",
            &format!("case_types.0.reminder_factor={factor}"),
            "start.waiting.0={ practice = \"Elm\", count = 2000, waited_days = 0 }",
        ]);
        let people = told.log.iter().filter(|row| row.activity == Missed);
        let people: BTreeMap<_, _> = people
            .map(|row| (row.referral.map(|it| it.1), ()))
            .collect();
        people
    };
    let (without, with) = (missed("1"), missed("0.5"));
    assert!(with.keys().all(|person| without.contains_key(person)));
    let (without, with) = (without.len() as f64, with.len() as f64);
    assert!((without - 200.0).abs() < 5.0 * 180_f64.sqrt(), "{without}");
    let sd = (without * 0.25).sqrt();
    assert!(
        (with - without / 2.0).abs() < 5.0 * sd,
        "{with} of {without}"
    );
    assert!(
        sd < 0.1 * without,
        "precise enough to tell a half from a third"
    );
}

/// On paper: first appointments 2 days ahead (share 0.1), follow-ups 7 days ahead (0.4), tries after
/// a missed one 4 days ahead (0.1), closed after two running; halved by the reminder: 0.05, 0.2, 0.05.
/// Held: 1 - 0.05 x 0.05 = 0.9975 of firsts, 1 - 0.2 x 0.05 = 0.99 of follow-ups; missed slots
/// 0.05 x 1.05 = 0.0525 and 0.2 x 1.05 = 0.21.
#[test]
fn the_paper_load_takes_the_share_at_the_mean_lead() {
    let scenario = read(
        &ORDINARY.replace("dna_share = 0\n", ""),
        &[
            "case_types.0.dna_by_days_ahead=[{ days = 0, share = 0.1 }, { days = 5, share = 0.4 }]",
            "case_types.0.reminder_factor=0.5",
            "case_types.0.days_after_dna=4",
            "case_types.0.dna_limit=2",
            "case_types.0.contacts=2",
        ],
    );
    let load = Workload::of_type(&scenario.model, 0);
    let held = 0.9975 + 0.9975 * 0.99;
    let missed = 0.0525 + 0.9975 * 0.21;
    assert!((load.contacts_held - held).abs() < 1e-12);
    assert!((load.pieces_of_work - 1.0 - held - missed).abs() < 1e-12);
    let minutes = 10.0 + (0.9975 + 0.0525) * 45.0 + 0.9975 * (0.99 + 0.21) * 20.0;
    assert!((load.client_hours - minutes / 60.0).abs() < 1e-12);
}
