//! The three clocks in calendar and working days, service levels and censoring, all worked out
//! again from the event log.

use std::collections::BTreeMap;

use splw_sim::engine::Activity::{self, Accepted, Answered, Assigned, ContactBegins, Missed};
use splw_sim::engine::observations::{Clock, WaitEnd};

use crate::support::{IN_ENGLAND, ORDINARY, Told, tell_of};

/// A service in England that is too small: one link worker, a few hundred referrals, calls answered
/// half the time, patience, missed contacts. October 2026 to January 2027 holds bank holidays.
fn busy() -> Told {
    let text = ORDINARY.replace(
        "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n",
        "",
    );
    tell_of(
        &text,
        &[
            IN_ENGLAND,
            &[
                "period.days=120",
                "demand.referrals_per_1000_a_year=600",
                "demand.inappropriate_share=0.1",
                "waiting_list.patience_days={ exponential = { mean = 30 } }",
                "first_contact.answered_share=0.5",
                "case_types.0.dna_share=0.3",
                "case_types.0.contacts=2",
                "posts.0.caseload_cap=12",
            ],
        ]
        .concat(),
        5,
    )
}

const DAY: u64 = 86_400;

/// First time of an activity of each person.
fn first(told: &Told, activity: Activity) -> BTreeMap<u64, u64> {
    let mut times = BTreeMap::new();
    for row in told.log.iter().filter(|row| row.activity == activity) {
        let (_, ordinal, _) = row.referral.expect("it is about a person");
        times.entry(ordinal).or_insert(row.time.seconds());
    }
    times
}

/// Beginning of the first contact that was held: the last beginning before the first `ContactHeld`.
fn first_appointments(told: &Told) -> BTreeMap<u64, u64> {
    let (mut begun, mut held) = (BTreeMap::new(), BTreeMap::new());
    for row in &told.log {
        let Some((_, ordinal, _)) = row.referral else {
            continue;
        };
        match row.activity {
            ContactBegins => drop(begun.insert(ordinal, row.time.seconds())),
            Missed => drop(begun.remove(&ordinal)),
            Activity::ContactHeld => {
                held.entry(ordinal).or_insert(begun[&ordinal]);
            }
            _ => {}
        }
    }
    // A contact in hand when the period closes has begun, but nobody knows yet that it is held: the
    // engine does, as it decides when a contact begins.
    held
}

/// Working days by hand: Monday 5 October 2026 is day 0; days 81 (25 December), 84 (28 December, for
/// Boxing Day) and 88 (1 January) are bank holidays.
fn is_worked(day: u64) -> bool {
    day % 7 < 5 && ![81, 84, 88].contains(&day)
}

fn working_seconds(from: u64, to: u64) -> u64 {
    (from / DAY..=to / DAY)
        .filter(|day| is_worked(*day))
        .map(|day| to.min((day + 1) * DAY) - from.max(day * DAY))
        .sum()
}

fn check_clock(told: &Told, clock: Clock, happened: &BTreeMap<u64, u64>, mean: &str) {
    let received = first(told, Accepted);
    let mut expected: Vec<(u64, u64)> = happened
        .iter()
        .map(|(who, at)| (at - received[who], working_seconds(received[who], *at)))
        .collect();
    expected.sort_unstable();
    let waits = &told.seen.waits[clock as usize];
    let mut seen: Vec<(u64, u64)> = waits
        .iter()
        .filter(|wait| wait.end == WaitEnd::Happened)
        .map(|wait| (wait.seconds, wait.working_seconds))
        .collect();
    seen.sort_unstable();
    assert!(seen.len() > 50, "{}", seen.len());
    assert_eq!(seen, expected);
    let n = expected.len() as f64;
    for (unit, total) in [
        ("days", expected.iter().map(|it| it.0).sum::<u64>()),
        ("working_days", expected.iter().map(|it| it.1).sum::<u64>()),
    ] {
        let name = format!("{mean}_{unit}_mean");
        let by_hand = total as f64 / DAY as f64 / n;
        assert!((told.of_pcn(&name) - by_hand).abs() < 1e-9, "{name}");
    }
    assert_eq!(
        waits.len(),
        received.len(),
        "everybody accepted has one end on each clock"
    );
}

#[test]
fn waits_on_the_list_run_from_receipt_to_assignment() {
    let told = busy();
    check_clock(
        &told,
        Clock::OnList,
        &first(&told, Assigned),
        "wait_on_list",
    );
}

#[test]
fn waits_to_first_contact_run_to_the_beginning_of_the_answered_call() {
    let told = busy();
    check_clock(
        &told,
        Clock::ToFirstContact,
        &first(&told, Answered),
        "wait_to_first_contact",
    );
}

#[test]
fn waits_to_first_appointment_run_to_the_beginning_of_the_one_held() {
    let told = busy();
    check_clock(
        &told,
        Clock::ToFirstAppointment,
        &first_appointments(&told),
        "wait_to_first_appointment",
    );
}

/// Contacted within 7, 14 and 28 days: of everybody accepted at least that long before the end,
/// whether they lapsed, were not reached or still wait.
#[test]
fn service_levels_count_everybody_received_early_enough() {
    let told = busy();
    let (received, contacted) = (first(&told, Accepted), first(&told, Answered));
    for days in [7, 14, 28] {
        let early: Vec<_> = received
            .iter()
            .filter(|(_, at)| *at + days * DAY <= 120 * DAY)
            .collect();
        let met = early
            .iter()
            .filter(|(who, at)| {
                contacted
                    .get(who)
                    .is_some_and(|then| then - **at <= days * DAY)
            })
            .count();
        assert!(
            met > 5 && early.len() > met + 20,
            "{met} of {}",
            early.len()
        );
        let share = met as f64 / early.len() as f64;
        let name = format!("contacted_within_{days}_days");
        assert!((told.of_pcn(&name) - share).abs() < 1e-12, "{name}");
    }
}

/// At the end those on the list, and those assigned but not reached, are censored on the clocks
/// that still run; those who lapsed or were not reached have left.
#[test]
fn only_those_still_waiting_are_censored() {
    let told = busy();
    let ended = |activities: &[Activity]| {
        told.log
            .iter()
            .filter(|row| activities.contains(&row.activity))
            .count()
    };
    let counted = |clock: Clock, end: WaitEnd| {
        let waits = &told.seen.waits[clock as usize];
        waits.iter().filter(|wait| wait.end == end).count()
    };
    let (received, assigned) = (first(&told, Accepted), first(&told, Assigned));
    let waiting_at_end = told.of_pcn("still_waiting_at_end");
    assert!(waiting_at_end > 5.0);
    assert!((counted(Clock::OnList, WaitEnd::Censored) as f64 - waiting_at_end).abs() < 1e-9);
    assert_eq!(counted(Clock::OnList, WaitEnd::Happened), assigned.len());
    let gone_uncontacted = ended(&[Activity::Lapsed, Activity::NotReached]);
    assert_eq!(
        counted(Clock::ToFirstContact, WaitEnd::Left),
        gone_uncontacted
    );
    let contacted = first(&told, Answered).len();
    assert_eq!(
        counted(Clock::ToFirstContact, WaitEnd::Censored),
        received.len() - contacted - gone_uncontacted
    );
}

/// The share not assigned at once is of the whole cohort: whoever lapsed on the list or is still on
/// it was not assigned at once either.
#[test]
fn everybody_not_assigned_at_once_has_waited() {
    let told = busy();
    let (received, assigned) = (first(&told, Accepted), first(&told, Assigned));
    let at_once = assigned
        .iter()
        .filter(|(who, at)| received[who] == **at)
        .count();
    assert!(at_once > 5, "{at_once}");
    let share = 1.0 - at_once as f64 / received.len() as f64;
    let told_share = told.of_pcn("waited_share");
    assert!(
        (told_share - share).abs() < 1e-12,
        "{told_share} in place of {share}"
    );
}

/// The only wait there is has days that are not worked: referred on Friday 9 October (day 4) to a worker of
/// Mondays, reached on Monday at 09:00. In working days it is two days shorter.
#[test]
fn a_single_wait_over_a_weekend_is_shorter_in_working_days() {
    let text = ORDINARY.split("[[start").next().unwrap_or(ORDINARY);
    let keys = [
        "period.days=28",
        "demand.batches=[{ date = 2026-10-09, referrals = 1 }]",
        "posts.0.hours={ monday = 7.5 }",
        "posts.0.wte=0.2",
    ];
    let told = tell_of(text, &[IN_ENGLAND, &keys].concat(), 1);
    let times = first(&told, Accepted);
    let received = *times.values().next().expect("somebody is referred");
    assert_eq!((times.len(), received / DAY), (1, 4));
    let wait = (7 * DAY + 9 * 3_600 - received) as f64 / DAY as f64;
    for (unit, expected) in [("days", wait), ("working_days", wait - 2.0)] {
        let mean = told.of_pcn(&format!("wait_to_first_contact_{unit}_mean"));
        assert!((mean - expected).abs() < 1e-12, "{unit}: {mean}");
    }
}
