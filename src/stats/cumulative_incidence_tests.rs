//! Tests of the cumulative incidence, apart from it because both are long.

use super::super::risk_sets::ExitKind;
use super::*;
use proptest::prelude::*;

fn exits(records: &[(u64, char)]) -> Vec<Exit> {
    let kind = |letter| match letter {
        'e' => ExitKind::Event,
        'c' => ExitKind::Competing,
        _ => ExitKind::Censored,
    };
    records
        .iter()
        .map(|(time, letter)| Exit {
            time: *time,
            kind: kind(*letter),
        })
        .collect()
}

fn curve(records: &[(u64, char)], late_entries: &[u64]) -> Curve {
    let mut curve = Curve::new();
    cumulative_incidence(&exits(records), late_entries, &mut curve);
    curve
}

fn assert_near(value: f64, target: f64) {
    assert!((value - target).abs() < 1e-12, "{value} is not {target}");
}

#[test]
fn competing_causes_and_censoring_by_hand() {
    // Ten people. t=1: 1 of 10, free 0.9. t=2: competing 1 of 9, free 0.8; 2 censored leave 6.
    // t=4: 2 of 6: 0.8 x 2/6 = 0.266667, free 0.533333; t=5: competing 1 of 4, free 0.4; censored 1.
    // t=7: 1 of 2: 0.4 x 1/2 = 0.2, free 0.2; t=9: censored.
    let records = [
        (1, 'e'),
        (2, 'c'),
        (2, '-'),
        (2, '-'),
        (4, 'e'),
        (4, 'e'),
        (5, 'c'),
        (5, '-'),
        (7, 'e'),
        (9, '-'),
    ];
    let curve = curve(&records, &[]);
    assert_eq!(curve.steps().count(), 3);
    for (time, share) in [
        (0, 0.0),
        (1, 0.1),
        (3, 0.1),
        (4, 0.1 + 0.8 / 3.0),
        (6, 0.1 + 0.8 / 3.0),
        (7, 0.3 + 0.8 / 3.0),
        (u64::MAX, 0.3 + 0.8 / 3.0),
    ] {
        assert_near(curve.at(time), share);
    }
    assert_near(curve.plateau().expect("records"), 0.3 + 0.8 / 3.0);
    assert_eq!(curve.quantile(0.1), Some(1));
    assert_eq!(curve.quantile(0.3), Some(4));
    assert_eq!(curve.quantile(0.5), Some(7));
    assert_eq!(curve.quantile(0.6), None);
}

#[test]
fn the_worked_example_of_the_documentation() {
    let curve = curve(&[(1, 'e'), (2, '-'), (2, 'c'), (3, 'e'), (5, 'e')], &[]);
    assert_near(curve.at(1), 0.2);
    assert_near(curve.at(3), 0.5);
    assert_near(curve.at(5), 0.8);
}

#[test]
fn late_entries_by_hand() {
    // Six people, three of them late at 2, 3 and 3. t=1: 1 of 3, free 2/3. t=2: 1 of 2 (who comes
    // at 2 is not yet at risk): 1/3, free 1/3. t=3: competing 1 of 2, free 1/6; t=6: 1 of 3 (two
    // came at 3): 1/18, free 1/9; t=8: 1 of 2: 1/18; t=9: censored.
    let records = [(1, 'e'), (2, 'e'), (3, 'c'), (6, 'e'), (8, 'e'), (9, '-')];
    let curve = curve(&records, &[2, 3, 3]);
    for (time, share) in [
        (1, 1.0 / 3.0),
        (2, 2.0 / 3.0),
        (5, 2.0 / 3.0),
        (6, 13.0 / 18.0),
        (8, 7.0 / 9.0),
    ] {
        assert_near(curve.at(time), share);
    }
}

#[test]
fn all_late_and_nobody_at_risk_in_between() {
    // Two late at 5, out at 6 (event of 2) and 7 (censored); one more late at 9, event at 10.
    let gap = curve(&[(6, 'e'), (7, '-'), (10, 'e')], &[5, 5, 9]);
    assert_near(gap.at(6), 0.5);
    assert_near(gap.at(10), 1.0);
    // The only one at risk early has the event: nothing is left for the late to share.
    let early = curve(&[(1, 'e'), (8, 'e'), (9, 'c')], &[4, 4]);
    assert_near(early.at(1), 1.0);
    assert_near(early.at(9), 1.0);
    let competing = curve(&[(1, 'c'), (8, 'e'), (9, 'e')], &[4, 4]);
    assert_near(competing.plateau().expect("records"), 0.0);
}

#[test]
fn wrong_records_give_no_nan() {
    // Nobody is at risk at 4; the two who left there are not at risk later either.
    let at_entry = curve(&[(4, 'e'), (4, '-'), (6, 'e'), (7, 'e')], &[4, 4, 4, 4]);
    assert!(at_entry.steps().eq([(6, 0.5), (7, 1.0)]));
    // One at risk and two leaving.
    let too_many = curve(&[(4, 'e'), (4, 'c'), (6, 'e')], &[4, 5]);
    assert!(too_many.steps().eq([(4, 0.5), (6, 0.5)]));
    let more_entries_than_exits = curve(&[(4, 'e')], &[1, 2, 3]);
    assert_near(more_entries_than_exits.at(4), 1.0);
}

#[test]
fn events_come_before_censorings_of_the_same_time() {
    assert_near(
        curve(&[(3, '-'), (3, 'e'), (3, '-'), (3, 'c')], &[]).at(3),
        0.25,
    );
}

#[test]
fn no_records_have_no_plateau_and_no_events_one_of_zero() {
    let mut reused = curve(&[(1, 'e')], &[]);
    cumulative_incidence(&[], &[], &mut reused);
    assert_eq!(
        (
            reused.plateau(),
            reused.quantile(0.5),
            reused.steps().count()
        ),
        (None, None, 0)
    );
    assert_near(reused.at(9), 0.0);
    let quiet = curve(&[(1, 'c'), (2, '-')], &[]);
    assert_eq!(quiet.plateau(), Some(0.0));
    assert_eq!(quiet.quantile(1e-9), None);
    assert_eq!(curve(&[(0, 'e')], &[]).quantile(0.0), None);
    assert_eq!(curve(&[(0, 'e')], &[]).quantile(1.0), Some(0));
}

#[test]
fn without_censoring_the_share_is_the_plain_fraction() {
    for n in [3_u64, 10, 49, 1_000, 7_919] {
        let records: Vec<_> = (1..=n)
            .map(|i| (i, if i % 3 == 0 { 'c' } else { 'e' }))
            .collect();
        let curve = curve(&records, &[]);
        let mut events = 0;
        for (time, kind) in records {
            events += u64::from(kind == 'e');
            assert_near(curve.at(time), events as f64 / n as f64);
            let share = events as f64 / n as f64;
            let first = curve.quantile(share).expect("reached");
            assert!(curve.at(first) >= share - 1e-12 && first <= time);
            assert_eq!(first, if kind == 'e' { time } else { time - 1 });
        }
    }
}

#[test]
fn rounding_does_not_hide_that_a_share_is_reached() {
    // 1 of 9, one censored, 7 of the 7 left: 1/9 + 8/9, which is 0.9999999999999998 in floats.
    let mut records = vec![(1, 'e'), (2, '-')];
    records.resize(9, (3, 'e'));
    assert_eq!(curve(&records, &[]).quantile(1.0), Some(3));
}

#[test]
fn variance_is_binomial_without_censoring() {
    let records: Vec<_> = (1..=20)
        .map(|i| (i, if i % 4 == 0 { 'c' } else { 'e' }))
        .collect();
    for time in [0, 1, 4, 11, 19, 20] {
        let share = curve(&records, &[]).at(time);
        let variance = cumulative_incidence_variance(&exits(&records), &[], time).expect("records");
        assert_near(variance, share * (1.0 - share) / 20.0);
    }
    assert_eq!(cumulative_incidence_variance(&[], &[], 5), None);
}

#[test]
fn variance_is_greenwoods_without_competing_causes() {
    // At risk 6, 4, 3 with 1, 1, 1 events: S = 5/6 x 3/4 x 2/3 = 5/12 and
    // Greenwood's S^2 (1/(6 x 5) + 1/(4 x 3) + 1/(3 x 2)).
    let records = exits(&[(1, 'e'), (2, '-'), (3, 'e'), (4, 'e'), (5, '-'), (6, '-')]);
    let variance = cumulative_incidence_variance(&records, &[], 4).expect("records");
    let sum = 1.0 / 30.0 + 1.0 / 12.0 + 1.0 / 6.0;
    assert_near(variance, 25.0 / 144.0 * sum);
}

#[test]
fn variance_with_a_competing_cause_by_hand() {
    // Event 1 of 4; censored 1; competing 1 of 2 (free 3/4); then event 1 of 1 (free 3/8).
    // F: 1/4, 1/4, 5/8. At t=4: R = 3/8, 3/8, 0:
    // (9/64)/(4 x 3) + 3/64 - 2 (3/8)/16  +  (9/64)/2  +  0.
    let records = exits(&[(1, 'e'), (2, '-'), (3, 'c'), (4, 'e')]);
    let variance = cumulative_incidence_variance(&records, &[], 4).expect("records");
    assert_near(
        variance,
        9.0 / 768.0 + 3.0 / 64.0 - 3.0 / 64.0 + 9.0 / 128.0,
    );
}

/// Twenty people, twelve of them late: (entry, exit, how).
const LATE: [(Option<u64>, u64, char); 20] = [
    (None, 2, 'e'),
    (None, 3, 'c'),
    (None, 3, '-'),
    (None, 5, 'e'),
    (None, 8, '-'),
    (None, 9, 'e'),
    (None, 13, 'c'),
    (None, 16, '-'),
    (Some(1), 4, 'e'),
    (Some(1), 7, 'c'),
    (Some(2), 9, 'e'),
    (Some(2), 11, '-'),
    (Some(4), 9, 'c'),
    (Some(4), 14, 'e'),
    (Some(5), 12, 'e'),
    (Some(6), 15, 'c'),
    (Some(6), 18, '-'),
    (Some(8), 10, 'e'),
    (Some(8), 17, 'e'),
    (Some(10), 18, '-'),
];

/// Worked out twice apart from this program. In fractions: the product-integral of the transition
/// matrix and, step by step, the covariance of its first row with multinomial increments (Andersen,
/// Borgan, Gill & Keiding 1993, section 4.4). By lifelines 0.30.3 (`AalenJohansenFitter` with
/// `entry` half a unit later, for it counts those who come in at a time as at risk at that time):
/// the same to the 6 digits that it prints.
#[test]
fn left_truncation_and_its_variance_agree_with_the_matrix_form_and_with_lifelines() {
    let mut records: Vec<(u64, char)> = LATE.iter().map(|it| (it.1, it.2)).collect();
    records.sort_by_key(|it| it.0);
    let mut entries: Vec<u64> = LATE.iter().filter_map(|it| it.0).collect();
    entries.sort_unstable();
    let curve = curve(&records, &entries);
    for (time, share, variance) in [
        (2, 1.0 / 10.0, 9.0 / 1_000.0),
        (5, 29.0 / 110.0, 22_599.0 / 1_331_000.0),
        (9, 4.0 / 11.0, 163_507.0 / 9_583_200.0),
        (10, 91.0 / 220.0, 359_351.0 / 21_296_000.0),
        (12, 51.0 / 110.0, 24_757.0 / 1_497_375.0),
        (14, 113.0 / 220.0, 3_074_351.0 / 191_664_000.0),
        (18, 383.0 / 660.0, 27_402_431.0 / 1_724_976_000.0),
    ] {
        assert_near(curve.at(time), share);
        let told = cumulative_incidence_variance(&exits(&records), &entries, time);
        assert_near(told.expect("records"), variance);
    }
}

/// Remission of 21 children on 6-mercaptopurine, in weeks (Freireich et al. 1963); the survival and
/// its Greenwood standard error as every textbook prints them (Kalbfleisch & Prentice 1980, chapter
/// 1; R's `survfit`).
#[test]
fn the_published_kaplan_meier_curve_and_its_standard_errors() {
    let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|week| (week, 'e'));
    let censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|week| (week, '-'));
    let mut records: Vec<(u64, char)> = ended.into_iter().chain(censored).collect();
    records.sort_by_key(|it| it.0);
    let curve = curve(&records, &[]);
    for (week, survival, error) in [
        (6, 0.857, 0.0764),
        (7, 0.807, 0.0869),
        (10, 0.753, 0.0963),
        (13, 0.690, 0.1068),
        (16, 0.627, 0.1141),
        (22, 0.538, 0.1282),
        (23, 0.448, 0.1346),
    ] {
        assert!((1.0 - curve.at(week) - survival).abs() < 5e-4, "{week}");
        let variance = cumulative_incidence_variance(&exits(&records), &[], week);
        assert!(
            (variance.expect("records").sqrt() - error).abs() < 5.1e-5,
            "{week}"
        );
    }
}

/// The definition, time by time and person by person: the curve at `time` from all (entry, exit),
/// entry `None` for those watched from the beginning.
fn by_definition(people: &[(Option<u64>, Exit)], time: u64) -> f64 {
    let (mut free, mut share) = (1.0, 0.0);
    for now in 0..=time {
        let at_risk = people
            .iter()
            .filter(|(entry, exit)| entry.is_none_or(|entry| entry < now) && exit.time >= now)
            .count() as f64;
        let count = |kind| {
            people
                .iter()
                .filter(|(_, exit)| *exit == Exit { time: now, kind })
                .count()
        };
        let (events, competing) = (count(ExitKind::Event), count(ExitKind::Competing));
        if events + competing > 0 {
            share += free * events as f64 / at_risk;
            free *= 1.0 - (events + competing) as f64 / at_risk;
        }
    }
    share
}

fn person() -> impl Strategy<Value = (Option<u64>, Exit)> {
    let kind = prop_oneof![
        3 => Just(ExitKind::Event),
        1 => Just(ExitKind::Competing),
        1 => Just(ExitKind::Censored),
    ];
    let entry = proptest::option::weighted(0.3, 0..20_u64);
    (entry, 0..15_u64, kind).prop_map(|(entry, watched, kind)| {
        let time = entry.map_or(watched, |entry| entry + 1 + watched);
        (entry, Exit { time, kind })
    })
}

/// People as the estimator wants them.
fn sorted(people: &[(Option<u64>, Exit)]) -> (Vec<Exit>, Vec<u64>) {
    let mut exits: Vec<Exit> = people.iter().map(|person| person.1).collect();
    let mut entries: Vec<u64> = people.iter().filter_map(|person| person.0).collect();
    exits.sort_by_key(|exit| exit.time);
    entries.sort_unstable();
    (exits, entries)
}

proptest! {
    #[test]
    fn one_pass_agrees_with_the_definition(people in proptest::collection::vec(person(), 1..60)) {
        let (exits, entries) = sorted(&people);
        let mut curve = Curve::new();
        cumulative_incidence(&exits, &entries, &mut curve);
        for time in 0..40 {
            prop_assert!((curve.at(time) - by_definition(&people, time)).abs() < 1e-12);
        }
        prop_assert!(curve.steps().is_sorted_by(|left, right| left.0 < right.0 && left.1 <= right.1));
        let one_after_the_other: Vec<f64> = curve.at_each(0..40).collect();
        let each: Vec<f64> = (0..40).map(|time| curve.at(time)).collect();
        prop_assert_eq!(one_after_the_other, each);
    }

    /// In the same bits, whoever comes first, and used again.
    #[test]
    fn a_watch_on_people_who_leave_one_by_one_sees_the_same_curve(
        first in proptest::collection::vec(person(), 0..60),
        second in proptest::collection::vec(person(), 0..60),
    ) {
        let mut watch = Watch::default();
        for people in [first, second] {
            let (mut exits, entries) = sorted(&people);
            let mut curve = Curve::new();
            cumulative_incidence(&exits, &entries, &mut curve);
            watch.clear();
            people.iter().for_each(|person| watch.come(person.0));
            watch.begin();
            exits.sort_by_key(|exit| (exit.time, exit.kind == ExitKind::Censored));
            exits.into_iter().for_each(|exit| watch.leave(exit));
            let last_at_each_time: std::collections::BTreeMap<u64, u64> =
                watch.curve().steps().map(|(time, share)| (time, share.to_bits())).collect();
            prop_assert!(last_at_each_time.into_iter().eq(
                curve.steps().map(|(time, share)| (time, share.to_bits()))
            ));
            prop_assert_eq!(watch.curve().plateau(), curve.plateau());
            for p in [0.1, 0.5, 0.9, 1.0] {
                prop_assert_eq!(watch.curve().quantile(p), curve.quantile(p));
            }
        }
    }

    #[test]
    fn without_competing_causes_it_is_one_minus_kaplan_meier(
        people in proptest::collection::vec(person(), 1..60),
    ) {
        let people: Vec<_> = people
            .into_iter()
            .filter(|person| person.1.kind != ExitKind::Competing && person.0.is_none())
            .collect();
        let (exits, _) = sorted(&people);
        let mut curve = Curve::new();
        cumulative_incidence(&exits, &[], &mut curve);
        let mut survival = 1.0;
        for time in 0..40 {
            let here = exits.iter().filter(|exit| exit.time == time);
            let events = here.filter(|exit| exit.kind == ExitKind::Event).count();
            let at_risk = exits.iter().filter(|exit| exit.time >= time).count();
            if at_risk > 0 {
                survival *= 1.0 - events as f64 / at_risk as f64;
            }
            prop_assert!((curve.at(time) - (1.0 - survival)).abs() < 1e-12);
        }
    }

    #[test]
    fn variance_is_never_negative_or_undefined(people in proptest::collection::vec(person(), 1..60)) {
        let (exits, entries) = sorted(&people);
        for time in 0..40 {
            let variance = cumulative_incidence_variance(&exits, &entries, time).expect("records");
            prop_assert!(variance >= -1e-15, "{variance}");
        }
    }
}
