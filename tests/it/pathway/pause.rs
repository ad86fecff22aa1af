//! Referral pauses: held against the log of a service whose list goes up and down past both
//! thresholds.

use std::collections::BTreeMap;

use splw_sim::engine::Activity::{Accepted, Assigned, Inappropriate, Lapsed, Refused};
use splw_sim::model::time::SECONDS_PER_DAY;

use crate::support::{ORDINARY, Told, tell_of};

/// Two practices and one link worker who can take half of those who come.
fn told(more: &[&str]) -> Told {
    let text = format!("{ORDINARY}\n[[practices]]\nname = \"Oak\"\nlist_size = 500\n");
    let keys = [
        "demand.referrals_per_1000_a_year=730",
        "demand.inappropriate_share=0.2",
        "first_contact.attempt_minutes={ exponential = { mean = 1440 } }",
        "case_types.0.contacts=0",
        "waiting_list.patience_days={ exponential = { mean = 30 } }",
        "waiting_list.pause_at=6",
        "waiting_list.resume_at=2",
        "period.days=400",
    ];
    tell_of(&text, &[&keys[..], more].concat(), 1)
}

/// Follows the log with lists and pauses of its own; gives the seconds paused, summed over
/// practices, and the refused.
fn follow(told: &Told, is_of_pcn: bool) -> (u64, u64) {
    // One person is on the list from the start.
    let mut lists: BTreeMap<u32, i64> = BTreeMap::from([(0, 1), (1, 0)]);
    let mut paused: BTreeMap<u32, Option<u64>> = BTreeMap::from([(0, None), (1, None)]);
    let (mut seconds, mut refused) = (0, 0);
    let end = told.model.period.closes.seconds();
    let rows = told.log.iter().peekable();
    for row in rows {
        let Some((practice, _, _)) = row.referral else {
            continue;
        };
        let is_paused = paused[&practice.0].is_some();
        match row.activity {
            Accepted => {
                assert!(!is_paused, "accepted in a pause: {row:?}");
                *lists.get_mut(&practice.0).expect("known") += 1;
            }
            Refused => {
                assert!(is_paused, "refused without a pause: {row:?}");
                refused += 1;
            }
            Inappropriate => {}
            Assigned => *lists.get_mut(&practice.0).expect("known") -= 1,
            Lapsed if row.post.is_none() => *lists.get_mut(&practice.0).expect("known") -= 1,
            _ => {}
        }
        for index in 0..2 {
            let waiting = match is_of_pcn {
                true => lists.values().sum(),
                false => lists[&index],
            };
            let since = paused.get_mut(&index).expect("known");
            match *since {
                None if waiting >= 6 => *since = Some(row.time.seconds()),
                Some(began) if waiting <= 2 => {
                    seconds += row.time.seconds() - began;
                    *since = None;
                }
                _ => {}
            }
        }
    }
    let open = paused.values().flatten().map(|began| end - began);
    (seconds + open.sum::<u64>(), refused)
}

#[track_caller]
fn check(is_of_pcn: bool, scope: &str) {
    let told = told(&[scope]);
    let (seconds, refused) = follow(&told, is_of_pcn);
    assert!(refused > 20, "{refused} refused");
    assert!((told.of_pcn("refused") - refused as f64).abs() < 1e-9);
    let share = seconds as f64 / (2.0 * 400.0 * SECONDS_PER_DAY as f64);
    assert!((told.of_pcn("paused_share_of_time") - share).abs() < 1e-9);
    let received = told.of_pcn("referrals_received");
    let sum = told.of_pcn("referrals_accepted") + told.of_pcn("inappropriate") + refused as f64;
    assert!((received - sum).abs() < 1e-9);
}

#[test]
fn each_practice_pauses_its_own() {
    check(false, "waiting_list.pause_scope=practice");
}

#[test]
fn the_list_of_the_pcn_pauses_all() {
    check(true, "waiting_list.pause_scope=pcn");
}

/// The refused stay in the denominator of every service level: with everybody refused but the first
/// few, the share falls, although those accepted are no slower.
#[test]
fn the_refused_count_as_misses() {
    let told = told(&[]);
    let seen = &told.seen.pcn;
    let within = told.of_pcn("contacted_within_28_days");
    let (met, of) = (seen.service_level_met[2], seen.service_level_of[2]);
    assert!((within - met as f64 / of as f64).abs() < 1e-12);
    let last = told.model.period.closes.seconds() - 28 * SECONDS_PER_DAY;
    let in_time = told
        .log
        .iter()
        .filter(|row| matches!(row.activity, Accepted | Refused) && row.time.seconds() <= last);
    assert_eq!(of as usize, in_time.count());
}

/// Ten people are referred as the warm-up of ten days begins, one finds a place for good: referrals have
/// been paused for a while when the period opens, and are paused until it closes. Nobody is accepted.
#[test]
fn a_pause_goes_on_as_the_period_opens() {
    let text = ORDINARY.split("[[start").next().unwrap_or(ORDINARY);
    let keys = [
        "period.warm_up_days=10",
        "period.days=35",
        "demand.batches=[{ date = 1999-12-24, referrals = 10 }]",
        "demand.referrals_per_1000_a_year=730",
        "case_types.0.contacts=100",
        "waiting_list.pause_at=6",
        "waiting_list.resume_at=2",
    ];
    let told = tell_of(text, &keys, 1);
    assert!((told.of_pcn("paused_share_of_time") - 1.0).abs() < 1e-12);
    assert!(told.of_pcn("referrals_accepted").abs() < 1e-12);
    assert!(told.of_pcn("refused") > 20.0);
}

/// Of the refused as many go back to their GP as of those who lapse: here all.
#[test]
fn the_refused_go_back_to_their_gp() {
    let told = told(&["waiting_list.gp_reversion_share=1"]);
    let refused = told.of_pcn("refused");
    assert!((told.of_pcn("gp_appointments_from_refusals") - refused).abs() < 1e-9);
}
