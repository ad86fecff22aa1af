//! Rates that swing, as the shipped scenarios need: a shock followed by a smaller one, and a rate that
//! rises while a service becomes known. Counts by the day of receipt, against sums done by hand.

use splw_sim::engine::Activity::Accepted;

use crate::support::{ORDINARY, tell_of};

/// 100,000 patients at 73.05 in 1,000 a year are 20 a day.
fn counts(swings: &str, windows: &[(u64, u64)]) -> Vec<f64> {
    let people = "[[start.waiting]]\npractice = \"Elm\"\nwaited_days = [0]\n";
    let text = ORDINARY.replace(people, "") + swings;
    let keys = [
        "demand.referrals_per_1000_a_year=73.05",
        "practices.0.list_size=100000",
        "period.days=600",
        "posts.0.ends=2000-01-04",
    ];
    let told = tell_of(&text, &keys, 20_261_005);
    let days = told.log.iter().filter(|row| row.activity == Accepted);
    let days: Vec<u64> = days.map(|row| row.time.seconds() / 86_400).collect();
    let count = |(from, to): &(u64, u64)| days.iter().filter(|it| (from..to).contains(it)).count();
    windows.iter().map(|window| count(window) as f64).collect()
}

/// Within 4.5 Poisson standard deviations, which are to be below 4% of what is expected.
#[track_caller]
fn assert_counts(counts: &[f64], expected: &[f64]) {
    for (count, expected) in counts.iter().zip(expected) {
        let sd = expected.sqrt();
        assert!(sd < 0.04 * expected, "too few to tell: {expected}");
        assert!(
            (count - expected).abs() < 4.5 * sd,
            "{count} in place of {expected}"
        );
    }
}

/// 1.7 times the rate for 26 weeks from day 42, 1.3 times for the 26 weeks after.
#[test]
fn a_shock_is_followed_by_a_smaller_one() {
    let swings = "[[demand.shocks]]\nfactor = 1.7\nstarts = 2000-02-14\nends = 2000-08-13\n\
                  [[demand.shocks]]\nfactor = 1.3\nstarts = 2000-08-14\nends = 2001-02-11\n";
    let windows = [(0, 42), (42, 224), (224, 406), (406, 600)];
    let expected = [840.0, 20.0 * 182.0 * 1.7, 20.0 * 182.0 * 1.3, 20.0 * 194.0];
    assert_counts(&counts(swings, &windows), &expected);
}

/// A quarter of the rate until day 70, then a straight line to the whole of it in 26 weeks: over
/// its halves the mean factors are 0.25 + 0.75 x 1/4 and 0.25 + 0.75 x 3/4.
#[test]
fn a_service_becomes_known_in_half_a_year() {
    let swings =
        "[[demand.ramps]]\nfrom_factor = 0.25\nto_factor = 1\nstarts = 2000-03-13\nweeks = 26\n";
    let windows = [(0, 70), (70, 161), (161, 252), (252, 600)];
    let half = 20.0 * 91.0;
    let expected = [
        20.0 * 70.0 * 0.25,
        half * (0.25 + 0.75 * 0.25),
        half * (0.25 + 0.75 * 0.75),
        20.0 * 348.0,
    ];
    let counted = counts(swings, &windows);
    assert_counts(&counted[1..], &expected[1..]);
    assert!((counted[0] - expected[0]).abs() < 4.5 * expected[0].sqrt());
}
