//! Deprivation: who refers more, misses more and needs more.

use splw_sim::engine::Activity::{ContactHeld, Missed};
use splw_sim::model::{PracticeId, Workload};

use crate::support::{ORDINARY, Told, read, tell_of};

/// Elm of the most deprived fifth, Oak of none in particular; the same people of each wait at the
/// start, and miss two contacts in five.
fn service(factors: &str) -> String {
    let oak = "[[practices]]\nname = \"Oak\"\nlist_size = 1000\n\n[[posts]]";
    ORDINARY
        .replace("[[posts]]", oak)
        .replace(
            "list_size = 1000",
            "list_size = 1000\ndeprivation_fifth = 1",
        )
        .replace(
            "Oak\"\nlist_size = 1000\ndeprivation_fifth = 1",
            "Oak\"\nlist_size = 1000",
        )
        + &format!("[demand.deprivation]\n{factors}\n")
}

/// Whether each contact was missed, in the order of the people, of a practice.
fn bookings(told: &Told, practice: u32) -> Vec<(u64, bool)> {
    let rows = told
        .log
        .iter()
        .filter(|row| matches!(row.activity, ContactHeld | Missed));
    rows.filter_map(|row| Some((row.referral?, row.activity == Missed)))
        .filter(|((of, ..), _)| *of == PracticeId(practice))
        .map(|((_, ordinal, _), missed)| (ordinal, missed))
        .collect()
}

/// Of two contacts in five, twice as many are missed: 0.8 of the bookings of one person each (one
/// contact, until it is held). With 4,000 people they are a geometric number, of mean 1 / (1 - p):
/// misses are p / (1 - p) a person with standard deviation sqrt(p) / (1 - p), so 4 +- 0.0707 at
/// Elm and 0.667 +- 0.0167 at Oak; five of these are allowed.
#[test]
fn people_of_deprived_practices_miss_more() {
    let keys = [
        "period.days=2000",
        "demand.referrals_per_1000_a_year=0",
        "case_types.0.dna_share=0.4",
        "case_types.0.dna_limit=none",
        "case_types.0.contacts=1",
        "case_types.0.first_appointment_minutes=1",
        "first_contact.attempt_minutes=1",
        "posts.0.caseload_cap=none",
        "posts.*.serves=all",
    ];
    let people = |name: &str| {
        format!("[[start.waiting]]\npractice = \"{name}\"\ncount = 4000\nwaited_days = 1\n")
    };
    let told = |factors: &str| {
        let text = service(factors) + &people("Elm") + &people("Oak");
        tell_of(&text, &keys, 20_261_005)
    };
    let misses = |told: &Told, practice| {
        let missed = bookings(told, practice).iter().filter(|it| it.1).count();
        missed as f64 / 4_000.0
    };
    let (plain, tilted) = (told(""), told("dna_factors = [2, 1, 1, 1, 0.5]"));
    assert!(
        (misses(&tilted, 0) - 4.0).abs() < 5.0 * 0.0707,
        "{}",
        misses(&tilted, 0)
    );
    assert!(
        (misses(&plain, 0) - 0.4 / 0.6).abs() < 5.0 * 0.0167,
        "{}",
        misses(&plain, 0)
    );
    // Whoever is not of a fifth is as before.
    let sorted = |told: &Told| {
        let mut of_oak = bookings(told, 1);
        of_oak.sort_unstable();
        of_oak
    };
    assert_eq!(sorted(&plain), sorted(&tilted));
}

/// A call of 10 minutes and one contact of 60, of which a tenth is missed, at Elm a fifth, again and
/// again: 1 / 0.8 and 1 / 0.9 slots. Elm makes three referrals of four.
#[test]
fn the_work_of_a_referral_is_that_of_its_practice() {
    let keys = [
        "case_types.0.dna_share=0.1",
        "case_types.0.dna_limit=none",
        "case_types.0.contacts=1",
        "case_types.0.first_appointment_minutes=60",
        "demand.referrals_per_1000_a_year=10",
    ];
    let text = service("dna_factors = [2, 1, 1, 1, 1]\nrate_factors = [3, 1, 1, 1, 1]");
    let model = read(&text, &keys).model;
    let hours = |practice: usize| Workload::of(&model, &model.practices[practice], 0).client_hours;
    let call = 1.0 / 6.0;
    assert!((hours(0) - call - 1.25).abs() < 1e-12);
    assert!((hours(1) - call - 1.0 / 0.9).abs() < 1e-12);
    let average = call + 0.75 * 1.25 + 0.25 / 0.9;
    assert!((Workload::of_type(&model, 0).client_hours - average).abs() < 1e-12);
    assert!((Workload::average(&model).client_hours - average).abs() < 1e-12);
}
