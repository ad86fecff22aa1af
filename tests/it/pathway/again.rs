//! Re-referral: the same person again, after completion, at the next opening.

use splw_sim::engine::Activity::{Accepted, Assigned, Completed};

use crate::support::{IN_ENGLAND, assert_lines, tell};

/// Complete at 00:10; referred again exactly 5 days later; and again after that.
#[test]
fn a_completed_case_comes_back_after_the_delay() {
    let told = tell(&[
        "case_types.0.contacts=0",
        "demand.re_referral_share=1",
        "demand.re_referral_delay_days=5",
        "period.days=11",
    ]);
    assert_lines(
        &told.only(&[Accepted, Assigned, Completed]),
        "0d 00:00 a Assigned W1 0|1
         0d 00:10 a Completed W1 0|0
         5d 00:10 a' Accepted - 0|0
         5d 00:10 a' Assigned W1 0|1
         5d 00:20 a' Completed W1 0|0
         10d 00:20 a'' Accepted - 0|0
         10d 00:20 a'' Assigned W1 0|1
         10d 00:30 a'' Completed W1 0|0",
    );
    // The person of the start is not of the cohort; the two referrals are.
    assert!((told.of_pcn("referrals_received") - 2.0).abs() < 1e-9);
    assert!((told.of_pcn("waited_share")).abs() < 1e-9);
}

/// England, Monday 5 October 2026: complete at 09:10 (call from 09:00). Five days later it is
/// Saturday: the practice opens again on Monday (day 7) at 08:00. Complete at 09:10 there; 5 days
/// later it is Saturday again.
#[test]
fn it_arrives_at_the_next_opening() {
    let told = tell(
        &[
            IN_ENGLAND,
            &[
                "case_types.0.contacts=0",
                "demand.re_referral_share=1",
                "demand.re_referral_delay_days=5",
                "period.days=11",
            ],
        ]
        .concat(),
    );
    assert_lines(
        &told.only(&[Accepted, Assigned, Completed]),
        "0d 00:00 a Assigned W1 0|1
         0d 09:10 a Completed W1 0|0
         7d 08:00 a' Accepted - 0|0
         7d 08:00 a' Assigned W1 0|1
         7d 09:10 a' Completed W1 0|0",
    );
}

/// During opening hours it arrives at once: Monday 09:10 + 1.25 days is Tuesday 15:10. After
/// closing time at 18:30 it is the next morning: Monday 09:10 + 0.5 days is 21:10.
#[test]
fn it_arrives_at_once_while_the_practice_is_open() {
    for (delay, expected) in [
        ("1.25", "1d 15:10 a' Accepted - 0|0"),
        ("0.5", "1d 08:00 a' Accepted - 0|0"),
        // Monday 09:10 + 9 h 20 min is 18:30, when it closes.
        ("0.3888888888888889", "1d 08:00 a' Accepted - 0|0"),
    ] {
        let told = tell(
            &[
                IN_ENGLAND,
                &[
                    "case_types.0.contacts=0",
                    "demand.re_referral_share=1",
                    &format!("demand.re_referral_delay_days={delay}"),
                    "period.days=2",
                ],
            ]
            .concat(),
        );
        assert_lines(&told.only(&[Accepted]), expected);
    }
}

/// Only completed cases come back: not those never reached.
#[test]
fn people_not_reached_do_not_come_back() {
    let told = tell(&[
        "first_contact.answered_share=0",
        "demand.re_referral_share=1",
        "demand.re_referral_delay_days=1",
    ]);
    assert!(told.only(&[Accepted]).is_empty());
}

/// Calls of a minute, each the whole case, and a quarter of an hour (0.01 days, 864 s) between them:
/// in a year somebody could be referred 35,000 times, and is 10,000 times after the first.
#[test]
fn nobody_is_referred_again_without_end() {
    let told = tell(&[
        "case_types.0.contacts=0",
        "first_contact.attempt_minutes=1",
        "demand.re_referral_share=1",
        "demand.re_referral_delay_days=0.01",
        "period.days=365",
    ]);
    assert!((told.of_pcn("referrals_received") - 10_000.0).abs() < 1e-9);
    assert!((told.of_pcn("completed") - 10_001.0).abs() < 1e-9);
}
