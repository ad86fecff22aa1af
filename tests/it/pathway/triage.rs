//! Inappropriate referrals: minutes of a worker's time, without a caseload place.

use splw_sim::engine::Activity::{Inappropriate, Returned, TriageBegins};

use crate::support::{ORDINARY, assert_lines, clock, tell, tell_of};

const ALL_INAPPROPRIATE: &[&str] = &[
    "demand.referrals_per_1000_a_year=1461",
    "demand.inappropriate_share=1",
    "demand.triage_minutes=30",
];

/// The worker is on a call of 20 days, the only place is taken. Referrals of those days (4 a day
/// are expected) are triaged one after the other from 20d 00:00, 30 minutes each, first come first
/// served, and none of them is accepted or needs a place.
#[test]
fn triage_waits_for_the_worker_but_not_for_a_place() {
    let told = tell(
        &[
            ALL_INAPPROPRIATE,
            &["first_contact.attempt_minutes=28800", "period.days=20.5"],
        ]
        .concat(),
    );
    let received: Vec<_> = told
        .log
        .iter()
        .filter(|row| row.activity == Inappropriate)
        .collect();
    let triaged: Vec<_> = told
        .log
        .iter()
        .filter(|row| row.activity == TriageBegins)
        .collect();
    let before = received.iter().filter(|row| row.time.day().0 < 20).count();
    assert!(before > 40, "{before}");
    assert!(
        triaged.len() > 20 && triaged.len() <= 25,
        "12 hours hold 24: {}",
        triaged.len()
    );
    for (index, row) in triaged.iter().enumerate() {
        assert_eq!(row.referral, received[index].referral);
        assert_eq!(
            clock(row.time.seconds()),
            clock(20 * 86_400 + 1_800 * index as u64)
        );
        assert_eq!((row.waiting, row.open), (0, 1));
    }
    assert!((told.of_pcn("inappropriate") - received.len() as f64).abs() < 1e-9);
    assert!((told.of_pcn("referrals_accepted")).abs() < 1e-9);
}

/// A free worker triages at once and returns the referral 30 minutes later; no time at all when
/// triage costs nothing.
#[test]
fn a_free_worker_triages_at_once() {
    let text = ORDINARY.replace(
        "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n",
        "",
    );
    let told = tell_of(
        &text,
        &[ALL_INAPPROPRIATE, &["demand.referrals_per_1000_a_year=20"]].concat(),
        1,
    );
    let rows: Vec<_> = told
        .log
        .iter()
        .filter(|row| row.referral.is_some())
        .collect();
    assert!(rows.len() >= 4, "{}", rows.len());
    let mut expected = String::new();
    for row in rows.iter().filter(|row| row.activity == Inappropriate) {
        let at = row.time.seconds();
        expected += &format!(
            "{0} inappropriate\n{0} begins\n{1} returned\n",
            clock(at),
            clock(at + 1_800)
        );
    }
    let told_words: Vec<String> = rows
        .iter()
        .filter_map(|row| {
            let word = match row.activity {
                Inappropriate => "inappropriate",
                TriageBegins => "begins",
                Returned => "returned",
                _ => return None,
            };
            Some(format!("{} {word}", clock(row.time.seconds())))
        })
        .collect();
    assert_lines(&told_words, &expected);
}

/// Triage costs nothing by default: no work arises.
#[test]
fn without_minutes_there_is_no_work() {
    let told = tell(&[
        "demand.referrals_per_1000_a_year=1461",
        "demand.inappropriate_share=1",
        "case_types.0.contacts=0",
    ]);
    assert!(told.of_pcn("inappropriate") > 100.0);
    assert_eq!(
        told.seen.posts[0].busy_seconds, 600,
        "the call of the person of the start"
    );
}

/// Triage that takes no time, and that of a practice that nobody serves, is nobody's work.
#[test]
fn there_is_no_triage_without_time_or_without_anybody() {
    let text = format!("{ORDINARY}\n[[practices]]\nname = \"Oak\"\nlist_size = 1000\n");
    let serves = "posts.0.serves=[\"Elm\"]";
    let of = |practice: &str, minutes: &str| {
        let batch = format!(
            "demand.batches=[{{ date = 2000-01-04, referrals = 1, practices = [\"{practice}\"] }}]"
        );
        let keys = [serves, &batch, minutes, "demand.inappropriate_share=1"];
        let told = tell_of(&text, &keys, 1);
        assert_eq!(told.only(&[Inappropriate]).len(), 1);
        told.only(&[TriageBegins]).len()
    };
    assert_eq!(of("Elm", "demand.triage_minutes=30"), 1);
    assert_eq!(of("Elm", "demand.triage_minutes=0"), 0);
    assert_eq!(of("Oak", "demand.triage_minutes=30"), 0);
}
