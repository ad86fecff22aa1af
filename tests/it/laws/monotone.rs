//! Law 6: with caps of 1, no contacts after the first, pooled posts, nobody lapsing and no absence,
//! one more post makes no referral's first contact later; nor does one more caseload place, where
//! moreover there is one call to each person, taken by whoever is free first (or by the only post).
//!
//! Places need the stricter conditions. With several calls, a worker with a second place may be on
//! the telephone with the second person when the next call to the first falls due; with several
//! posts and a case that stays with its worker, a person given the second place of a worker may
//! wait for that worker's long call while another would have become free.

use std::cell::Cell;
use std::collections::BTreeMap;

use splw_sim::engine::Activity::{self, Answered, AttemptBegins};

use super::chance::{Chance, Choices};
use super::random::always;
use crate::support::tell_of;

/// A pooled service with these caps, which has one call to each person where `once` is true.
fn service(choices: &Choices, caps: &[u64], once: bool) -> String {
    let mut it = Chance::new(choices);
    let (rate, minutes, gap) = (it.between(50.0, 900.0), it.around(600.0), it.around(1.5));
    let (answered, attempts) = (it.between(1.0, 0.3), 1 + it.below(4));
    let attempts = if once { 1 } else { attempts };
    let rule = it.pick(&["least-loaded", "longest-idle", "own-practice-first"]);
    let (dispersion, waiting, practices) = (it.between(1.0, 4.0), it.below(20), 1 + it.below(3));
    let continuity = match once && caps.len() > 1 || it.yes(30) {
        true => "any-worker",
        false => "same-worker",
    };
    let mut text = format!(
        "schema = 1\ntitle = \"Pooled\"\nassignment = \"{rule}\"\ncontinuity = \"{continuity}\"\n\
         [period]\ndays = 30\ncalendar = \"always-open\"\n\
         [demand]\nreferrals_per_1000_a_year = {rate}\ndispersion = {dispersion}\n\
         [first_contact]\nattempts = {attempts}\nattempt_minutes = {minutes}\n\
         answered_share = {answered}\ndays_between_attempts = {gap}\n\
         [[case_types]]\nname = \"call\"\ncontacts = 0\n"
    );
    for practice in 0..practices {
        text += &format!("[[practices]]\nname = \"P{practice}\"\nlist_size = 1000\n");
    }
    for (post, cap) in caps.iter().enumerate() {
        text += &format!("[[posts]]\nname = \"W{post}\"\nwte = 1\ncaseload_cap = {cap}\n");
    }
    text + &format!("[[start.waiting]]\npractice = \"P0\"\ncount = {waiting}\nwaited_days = 1\n")
}

/// When something happened to each person. People of the start have numbers of their own, which
/// arriving ones have as well: the times of a number are in order.
fn times(text: &str, choices: &Choices, what: Activity) -> BTreeMap<(u32, u64), Vec<u64>> {
    let told = tell_of(text, &[], choices.seed());
    let mut times: BTreeMap<_, Vec<u64>> = BTreeMap::new();
    for row in told.log.iter().filter(|row| row.activity == what) {
        let who = row.referral.expect("it happens to somebody");
        let seconds = row.time.seconds();
        times.entry((who.0.0, who.1)).or_default().push(seconds);
    }
    times
}

/// Nobody is later in `after` than in `before`; adds up who is sooner, and of how many.
fn compare(
    before: &BTreeMap<(u32, u64), Vec<u64>>,
    after: &BTreeMap<(u32, u64), Vec<u64>>,
    [sooner, compared]: [&Cell<u64>; 2],
) {
    for (who, times) in before {
        let then = after.get(who).map_or(&[][..], Vec::as_slice);
        assert!(then.len() >= times.len(), "{who:?} is not contacted");
        for (before, after) in times.iter().zip(then) {
            assert!(after <= before, "{who:?}: {before} and {after}");
            sooner.set(sooner.get() + u64::from(after < before));
            compared.set(compared.get() + 1);
        }
    }
}

fn posts(choices: &Choices) -> usize {
    let mut chance = Chance::new(choices);
    chance.enter(1);
    1 + chance.below(6) as usize
}

#[test]
fn one_more_post_makes_nobody_later() {
    let (sooner, compared) = (Cell::new(0), Cell::new(0));
    let text = |it: &Choices| service(it, &vec![1; posts(it)], false);
    always(2_000, text, |choices| {
        let [fewer, more] = [posts(choices), posts(choices) + 1].map(|posts| {
            let text = service(choices, &vec![1; posts], false);
            times(&text, choices, Answered)
        });
        compare(&fewer, &more, [&sooner, &compared]);
    });
    let seen = (sooner.get(), compared.get());
    assert!(seen.0 > 30_000 && seen.1 > 100_000, "{seen:?}");
}

#[test]
fn one_more_place_makes_nobody_later() {
    let (sooner, compared) = (Cell::new(0), Cell::new(0));
    let caps = |choices: &Choices| -> Vec<u64> {
        let mut chance = Chance::new(choices);
        chance.enter(2);
        (0..posts(choices)).map(|_| 1 + chance.below(3)).collect()
    };
    let text = |it: &Choices| service(it, &caps(it), true);
    always(2_000, text, |choices| {
        let before = caps(choices);
        let mut after = before.clone();
        after[0] += 1;
        let [fewer, more] = [before, after].map(|caps| {
            let text = service(choices, &caps, true);
            times(&text, choices, AttemptBegins)
        });
        compare(&fewer, &more, [&sooner, &compared]);
    });
    assert!(compared.get() > 100_000, "{compared:?}");
}
