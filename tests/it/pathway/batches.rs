//! People who are referred together on a day.

use std::collections::{BTreeMap, BTreeSet};

use splw_sim::engine::Activity::Accepted;
use splw_sim::engine::Origin;
use splw_sim::engine::Plan;
use splw_sim::engine::observations::Count;
use splw_sim::experiment::PaperLoads;
use splw_sim::measure::Scope;

use crate::support::{IN_ENGLAND, ORDINARY, Told, assert_lines, read, tell_of};

/// The ordinary service with nobody there at the start, and more.
fn nobody_and(more: &str) -> String {
    let people = "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n";
    ORDINARY.replace(people, "") + more
}

fn batch(date: &str, more: &str) -> String {
    format!("[[demand.batches]]\ndate = {date}\n{more}\n")
}

/// Two people on Wednesday 7 October 2026, of a practice that opens at 08:00. The one place goes
/// to the first; the call is at 09:00, when the window opens, and is the whole case.
#[test]
fn people_of_a_batch_arrive_when_their_practice_opens() {
    let text = nobody_and(&batch("2026-10-07", "referrals = 1.6"));
    let told = tell_of(
        &text,
        &[IN_ENGLAND, &["case_types.0.contacts=0"]].concat(),
        1,
    );
    assert_lines(
        &told.people(),
        "2d 08:00 a Accepted - 0|0
         2d 08:00 a Assigned W1 0|1
         2d 08:00 b Accepted - 0|1
         2d 09:00 a AttemptBegins W1 1|1
         2d 09:00 a Answered W1 1|1
         2d 09:10 a Completed W1 1|0
         2d 09:10 b Assigned W1 0|1
         2d 09:10 b AttemptBegins W1 0|1
         2d 09:10 b Answered W1 0|1
         2d 09:20 b Completed W1 0|0",
    );
}

/// Each practice has its own hour.
#[test]
fn each_practice_opens_in_its_own_time() {
    let more =
        "[[practices]]\nname = \"Oak\"\nlist_size = 1000\nopening_hours = [\"10:30\", \"12:00\"]\n";
    let text = nobody_and(&(more.to_owned() + &batch("2000-01-05", "referrals = 40")));
    let told = tell_of(&text, &[], 1);
    let received = told.log.iter().filter(|row| row.activity == Accepted);
    let at: BTreeSet<(u32, u64)> = received
        .map(|row| (row.referral.expect("somebody").0.0, row.time.seconds()))
        .collect();
    assert_eq!(at, BTreeSet::from([(0, 172_800), (1, 172_800 + 37_800)]));
}

/// The numbers of a batch by practice.
fn numbers(told: &Told) -> BTreeMap<String, BTreeSet<u64>> {
    let mut numbers: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for row in told.log.iter().filter(|row| row.activity == Accepted) {
        let (practice, ordinal, _) = row.referral.expect("somebody");
        let name = told.model.practices[practice.index()].name.clone();
        numbers.entry(name).or_default().insert(ordinal & 0xffff);
    }
    numbers
}

fn practices(of: &[(&str, u32)]) -> String {
    of.iter()
        .map(|(name, list)| format!("[[practices]]\nname = \"{name}\"\nlist_size = {list}\n"))
        .collect()
}

/// 20,000 people of lists of 1,000, 3,000 and 6,000: 2,000, 6,000 and 12,000, binomial, with
/// standard deviations of 42.4, 64.8 and 69.3; five of them are less than half a percent of all.
/// Nobody is dealt twice, and the order of the file says nothing.
#[test]
fn people_are_dealt_in_proportion_to_lists() {
    let of = |lists: &[(&str, u32)]| {
        let text = nobody_and(&practices(lists))
            .replace("[[practices]]\nname = \"Elm\"\nlist_size = 1000\n", "")
            + &batch("2000-01-05", "referrals = 20000");
        numbers(&tell_of(&text, &["period.days=3"], 20_261_005))
    };
    let dealt = of(&[("A", 1_000), ("B", 3_000), ("C", 6_000)]);
    for (name, expected, sd) in [
        ("A", 2_000.0, 42.4),
        ("B", 6_000.0, 64.8),
        ("C", 12_000.0, 69.3),
    ] {
        let off = dealt[name].len() as f64 - expected;
        assert!(off.abs() < 5.0 * sd, "{name}: {off} away");
    }
    let all: BTreeSet<u64> = dealt.values().flatten().copied().collect();
    assert_eq!(
        (all.len(), all.first(), all.last()),
        (20_000, Some(&1), Some(&20_000))
    );
    let turned = of(&[("C", 6_000), ("A", 1_000), ("B", 3_000)]);
    assert_eq!(dealt, turned);
    let with_another = of(&[("A", 1_000), ("D", 9_000), ("B", 3_000), ("C", 6_000)]);
    for name in ["A", "B", "C"] {
        assert!(
            with_another[name].is_subset(&dealt[name]),
            "{name} only loses people"
        );
    }
    let off = with_another["D"].len() as f64 - 20_000.0 * 9.0 / 19.0;
    assert!(
        off.abs() < 5.0 * (20_000.0_f64 * 9.0 * 10.0 / 361.0).sqrt(),
        "D: {off} away"
    );
}

/// Everybody else arrives and is who they were; a batch of another day is the same people.
#[test]
fn a_batch_changes_nobody_else() {
    let rate = "demand.referrals_per_1000_a_year=400";
    let told = |more: &str| {
        let text = nobody_and(&format!("{}{more}", practices(&[("Oak", 2_000)])));
        let told = tell_of(&text, &[rate, "posts.0.caseload_cap=none"], 5);
        let rows = told.log.iter().filter(|row| row.activity == Accepted);
        rows.map(|row| (row.time.seconds(), row.referral, row.origin))
            .collect::<Vec<_>>()
    };
    let of = |rows: &[(u64, _, Origin)], is_wanted: &dyn Fn(Origin) -> bool| {
        let rows = rows.iter().filter(|(_, _, origin)| is_wanted(*origin));
        rows.copied().collect::<Vec<_>>()
    };
    let is_arrived = |origin| origin == Origin::Arrived;
    let (first, second) = (
        batch("2000-01-20", "referrals = { poisson = { mean = 30 } }"),
        batch("2000-01-10", "referrals = { poisson = { mean = 30 } }"),
    );
    let (none, one, both) = (told(""), told(&first), told(&(first.clone() + &second)));
    assert!(
        none.len() > 50 && one.len() > none.len() + 10,
        "{} and {}",
        none.len(),
        one.len()
    );
    assert_eq!(none, of(&one, &is_arrived));
    assert_eq!(none, of(&both, &is_arrived));
    let is_first = |origin| origin == Origin::Batch(1);
    assert_eq!(of(&one, &is_first), of(&both, &is_first));
    assert!(!of(&both, &|origin| origin == Origin::Batch(2)).is_empty());
}

/// Two batches of one day are different people, told apart in the log.
#[test]
fn two_batches_of_one_day_are_different_people() {
    let one = batch("2000-01-10", "referrals = 20");
    let told = tell_of(
        &nobody_and(&(one.clone() + &one)),
        &["posts.0.caseload_cap=none"],
        5,
    );
    let who: BTreeSet<_> = told
        .log
        .iter()
        .filter(|row| row.activity == Accepted)
        .map(|row| {
            row.referral
                .map(|(practice, ordinal, _)| (practice, ordinal))
        })
        .collect();
    assert_eq!(who.len(), 40);
    let patience = told.log.iter().filter(|row| row.origin == Origin::Batch(2));
    assert!(patience.count() > 20);
}

/// A batch of the warm-up is referred and not counted; one of the period is on top of the rate, in
/// the simulation and on paper; one of a named source is of that source.
#[test]
fn batches_count_where_they_fall() {
    let sources = "[[sources]]\nname = \"GP\"\nshare = 1\n[[sources]]\nname = \"outreach\"\nshare = 0\n\
                   inappropriate_share = 0.5\n";
    let text = nobody_and(sources)
        + &batch("2000-01-20", "referrals = 300\nsource = \"outreach\"")
        + &batch("1999-12-30", "referrals = 7");
    let told = tell_of(&text, &["period.warm_up_days=10"], 5);
    assert_eq!(told.seen.pcn.count(Count::Received), 300);
    let received = |source| told.value(Scope::Source, source, "referrals_received");
    assert_eq!((received(0), received(1)), (Some(0.0), Some(300.0)));
    // Binomial with mean 150 and standard deviation 8.66: five of them.
    let inappropriate = told.seen.pcn.count(Count::Inappropriate) as f64;
    assert!((inappropriate - 150.0).abs() < 43.3, "{inappropriate}");
    let model = read(&text, &["period.warm_up_days=10"]).model;
    let paper = PaperLoads::of(&Plan::new(&model), 1);
    // 300 in 60 days is 300 / 60 x 365.25 a year, half of them accepted.
    assert!((paper.first_referrals_a_year - 1_826.25).abs() < 1e-6);
    assert!((paper.accepted_a_year - 913.125).abs() < 1e-6);
}
