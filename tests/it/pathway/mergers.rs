//! Practices that become one, worked out by hand: who is offered a place, by whom, in which order,
//! and for which practice it counts.

use splw_sim::engine::Activity::{Accepted, Assigned, Completed};
use splw_sim::engine::Plan;
use splw_sim::engine::observations::Count;
use splw_sim::experiment::PaperLoads;
use splw_sim::measure::Scope;

use crate::support::{ORDINARY, Told, assert_lines, read, tell_of};

const ELM: usize = 0;
const OAK: usize = 1;

/// Elm with W1, Oak with W2, each worker with one place; a call of 10 days is the whole case. The
/// clock starts on Monday 3 January 2000.
fn service(more: &str) -> String {
    let people = "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n";
    ORDINARY
        .replace(people, "")
        .replace("attempt_minutes = 10", "attempt_minutes = 14400")
        .replace("contacts = 3", "contacts = 0")
        .replace("caseload_cap = 1", "caseload_cap = 1\nserves = [\"Elm\"]")
        + "[[posts]]\nname = \"Link worker 2\"\nlike = \"Link worker 1\"\nserves = [\"Oak\"]\n\
           [[practices]]\nname = \"Oak\"\nlist_size = 1000\n"
        + more
}

fn waiting(practice: &str, days: &str) -> String {
    format!("[[start.waiting]]\npractice = \"{practice}\"\nwaited_days = [{days}]\n")
}

fn oak_into_elm(date: &str) -> String {
    format!("[[mergers]]\ndate = {date}\npractices = [\"Elm\", \"Oak\"]\ninto = \"Elm\"\n")
}

fn received(told: &Told) -> [u64; 2] {
    [ELM, OAK].map(|index| told.seen.practices[index].count(Count::Received))
}

/// Three wait at Oak, and W2 has one place. When Oak becomes Elm on the 8th, W1, who was idle,
/// takes the second at once; W2 keeps the case in hand and gets no other. All count for Oak.
#[test]
fn whoever_waits_is_offered_a_place_at_once() {
    let told = tell_of(
        &service(&(waiting("Oak", "9, 8, 7") + &oak_into_elm("2000-01-08"))),
        &[],
        1,
    );
    assert_lines(
        &told.only(&[Assigned, Completed]),
        "0d 00:00 a Assigned W2 2|1
         5d 00:00 b Assigned W1 1|2
         10d 00:00 a Completed W2 1|1
         15d 00:00 b Completed W1 1|0
         15d 00:00 c Assigned W1 0|1
         25d 00:00 c Completed W1 0|0",
    );
    let completed = |index: usize| told.seen.practices[index].count(Count::Completed);
    assert_eq!((completed(ELM), completed(OAK)), (0, 3));
}

/// Without the merger W2 takes all three.
#[test]
fn without_a_merger_practices_keep_their_own() {
    let told = tell_of(&service(&waiting("Oak", "9, 8, 7")), &[], 1);
    let lines = told.only(&[Assigned]);
    assert!(lines.iter().all(|line| line.contains("W2")), "{lines:?}");
}

/// Elm's people have waited 20, 5 and 1 days, Oak's 15 and 3. W1 and W2 take the longest of
/// each; from the 8th on W1 takes all others in order of receipt.
#[test]
fn lists_become_one_in_order_of_receipt() {
    let people = waiting("Elm", "20, 5, 1") + &waiting("Oak", "15, 3");
    let told = tell_of(
        &service(&(people + &oak_into_elm("2000-01-08"))),
        &["period.days=45"],
        1,
    );
    // a and b are the first of Elm and Oak; then 5 days (Elm), 3 (Oak), 1 (Elm).
    let assigned: Vec<(u64, u32)> = told
        .log
        .iter()
        .filter(|row| row.activity == Assigned)
        .map(|row| {
            (
                row.time.seconds() / 86_400,
                row.referral.expect("somebody").0.0,
            )
        })
        .collect();
    assert_eq!(assigned, [(0, 0), (0, 1), (10, 0), (20, 1), (30, 0)]);
}

/// Referrals of Oak after the merger come when Oak opens, count for Elm and are W1's; those before
/// are Oak's and W2's. The case keeps the practice that referred it.
#[test]
fn referrals_are_received_as_of_the_practice_that_stands_for_all() {
    let batch = |date: &str| {
        format!("[[demand.batches]]\ndate = {date}\nreferrals = 1\npractices = [\"Oak\"]\n")
    };
    let more = batch("2000-01-06") + &batch("2000-01-10") + &oak_into_elm("2000-01-08");
    let keys = ["practices.Oak.opening_hours=[\"10:30\", \"12:00\"]"];
    let told = tell_of(&service(&more), &keys, 1);
    assert_lines(
        &told.only(&[Accepted, Assigned]),
        "3d 10:30 a Accepted - 0|0
         3d 10:30 a Assigned W2 0|1
         7d 10:30 b Accepted - 0|1
         7d 10:30 b Assigned W1 0|2",
    );
    assert_eq!(received(&told), [1, 1]);
    let practices = told.log.iter().filter_map(|row| row.referral);
    assert!(
        practices
            .into_iter()
            .all(|(practice, ..)| practice.index() == OAK)
    );
    let waits = |index| told.value(Scope::Practice, index, "referrals_accepted");
    assert_eq!((waits(ELM), waits(OAK)), (Some(1.0), Some(1.0)));
}

/// Completed on day 10 at Oak and referred again 3 days later, after the merger: at Elm.
#[test]
fn people_who_come_back_come_back_to_the_new_practice() {
    let keys = [
        "demand.re_referral_share=1",
        "demand.re_referral_delay_days=3",
        "period.days=20",
    ];
    let text = service(&(waiting("Oak", "9") + &oak_into_elm("2000-01-14")));
    let told = tell_of(&text, &keys, 1);
    assert_lines(
        &told.only(&[Accepted, Assigned, Completed]),
        "0d 00:00 a Assigned W2 0|1
         10d 00:00 a Completed W2 0|0
         13d 00:00 a' Accepted - 0|0
         13d 00:00 a' Assigned W1 0|1",
    );
    assert_eq!(received(&told), [1, 0]);
}

/// W2 ends on day 12, after the merger, with a case that awaits its appointment: it is W1's then.
#[test]
fn a_case_that_is_handed_over_goes_to_the_new_practice() {
    let text = service(&(waiting("Oak", "9") + &oak_into_elm("2000-01-08")));
    let keys = [
        "posts.1.ends=2000-01-15",
        "posts.1.lost_at_handover_share=0",
        "first_contact.attempt_minutes=10",
        "first_contact.days_to_first_appointment=30",
        "case_types.0.contacts=1",
    ];
    let told = tell_of(&text, &keys, 1);
    assert_lines(
        &told.only(&[Assigned]),
        "0d 00:00 a Assigned W2 0|1
         12d 00:00 a Assigned W1 0|1",
    );
}

/// A merger of last year: W1 has both practices' people from the beginning, and W2 nobody.
#[test]
fn a_merger_before_the_simulated_time_is_there_from_the_beginning() {
    let people = waiting("Elm", "2") + &waiting("Oak", "9");
    let told = tell_of(&service(&(people + &oak_into_elm("1999-06-01"))), &[], 1);
    let assigned: Vec<(u64, u32)> = told
        .log
        .iter()
        .filter(|row| row.activity == Assigned)
        .map(|row| {
            (
                row.time.seconds() / 86_400,
                row.referral.expect("somebody").0.0,
            )
        })
        .collect();
    assert_eq!(assigned, [(0, 1), (10, 0)]);
    let of_w2 = told.seen.posts[1].scope.count(Count::Assigned);
    assert_eq!(of_w2, 0);
}

/// On paper too, Oak's referrals are W2's work for 15 days of 60 and W1's for the other 45.
#[test]
fn the_work_on_paper_moves_with_the_people() {
    let keys = ["practices.Oak.referrals_per_1000_a_year=1000"];
    let model = read(&service(&oak_into_elm("2000-01-18")), &keys).model;
    let paper = PaperLoads::of(&Plan::new(&model), 1);
    let (of_elm, of_oak) = (paper.hours_asked[0], paper.hours_asked[1]);
    assert!(
        (of_oak / (of_elm + of_oak) - 0.25).abs() < 1e-9,
        "{of_elm} and {of_oak}"
    );
    assert!((paper.first_referrals_a_year - 1_000.0).abs() < 1e-6);
}

/// People of Oak, of the most deprived fifth, are as they were when they are received at Elm: with
/// 0.45 x 2.2 = 0.99 of contacts missed, whoever is referred misses three running.
#[test]
fn people_stay_who_they_were() {
    let more = oak_into_elm("2000-01-05")
        + "[[demand.batches]]\ndate = 2000-01-06\nreferrals = 5\npractices = [\"Oak\"]\n\
           [demand.deprivation]\ndna_factors = [2.2, 1, 1, 1, 0]\n";
    let keys = [
        "practices.Oak.deprivation_fifth=1",
        "practices.Elm.deprivation_fifth=5",
        "first_contact.attempt_minutes=10",
        "case_types.0.dna_share=0.45",
        "case_types.0.contacts=1",
        "posts.*.caseload_cap=none",
    ];
    let told = tell_of(&service(&more), &keys, 1);
    assert_eq!(told.seen.practices[ELM].count(Count::Disengaged), 5);
}
