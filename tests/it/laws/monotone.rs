//! Law 6: with caps of 1, no contacts after the first, pooled posts, nobody lapsing and no absence,
//! one more post makes no referral's first contact later.

use std::collections::BTreeMap;

use splw_sim::engine::Activity::Answered;

use super::chance::Chance;
use crate::support::tell_of;

fn service(number: u64, posts: u64) -> String {
    let mut it = Chance::new(900_000 + number);
    let (rate, minutes, gap) = (it.between(50.0, 900.0), it.around(600.0), it.around(1.5));
    let (answered, attempts) = (it.between(0.3, 1.0), 1 + it.below(4));
    let rule = it.pick(&["least-loaded", "longest-idle", "own-practice-first"]);
    let (dispersion, waiting, practices) = (it.between(1.0, 4.0), it.below(20), 1 + it.below(3));
    let mut text = format!(
        "schema = 1\ntitle = \"Pooled\"\nassignment = \"{rule}\"\n\
         [period]\ndays = 60\ncalendar = \"always-open\"\n\
         [demand]\nreferrals_per_1000_a_year = {rate}\ndispersion = {dispersion}\n\
         [first_contact]\nattempts = {attempts}\nattempt_minutes = {minutes}\n\
         answered_share = {answered}\ndays_between_attempts = {gap}\n\
         [[case_types]]\nname = \"call\"\ncontacts = 0\n"
    );
    for practice in 0..practices {
        text += &format!("[[practices]]\nname = \"P{practice}\"\nlist_size = 1000\n");
    }
    for post in 0..posts {
        text += &format!("[[posts]]\nname = \"W{post}\"\nwte = 1\ncaseload_cap = 1\n");
    }
    text + &format!("[[start.waiting]]\npractice = \"P0\"\ncount = {waiting}\nwaited_days = 1\n")
}

#[test]
fn one_more_post_makes_nobody_later() {
    let (mut sooner, mut compared) = (0, 0);
    for number in 0..150 {
        let posts = 1 + number % 6;
        let contacts = |posts| -> BTreeMap<_, _> {
            let told = tell_of(&service(number, posts), &[], number);
            let waiting = u64::from(
                told.seen
                    .pcn
                    .count(splw_sim::engine::observations::Count::WaitingAtStart)
                    > 0,
            );
            // People of the start have numbers of their own, which arriving ones have as well: the
            // n-th contact of a number is compared with the n-th.
            let mut times: BTreeMap<_, Vec<u64>> = BTreeMap::new();
            for row in told.log.iter().filter(|row| row.activity == Answered) {
                let who = row.referral.expect("somebody answers");
                times
                    .entry((who.0.0, who.1, waiting))
                    .or_default()
                    .push(row.time.seconds());
            }
            times
        };
        let (fewer, more) = (contacts(posts), contacts(posts + 1));
        for (who, times) in fewer {
            let with_more = &more[&who];
            assert!(with_more.len() >= times.len(), "service {number}: {who:?}");
            for (before, after) in times.iter().zip(with_more) {
                assert!(after <= before, "service {number}: {who:?}");
                sooner += u64::from(after < before);
                compared += 1;
            }
        }
    }
    assert!(
        compared > 10_000 && sooner > 3_000,
        "{sooner} of {compared}"
    );
}
