//! Tests of the selection of the best, apart from it because both are long.

use super::*;
use proptest::prelude::*;

fn larger(indifference: f64) -> SelectionRule {
    SelectionRule::new(indifference, Preference::Larger)
}

/// Feeds the survivors' values of `values(stage)`, stages counted from 1, until the end.
fn search(
    systems: usize,
    rule: SelectionRule,
    values: impl Fn(u64) -> Vec<f64>,
) -> (Selection, KimNelson) {
    let mut search = KimNelson::new(systems, rule).expect("a sound rule");
    while search.selection() == Selection::Continue {
        let all = values(search.stage() + 1);
        let theirs: Vec<f64> = search.survivors().iter().map(|i| all[*i]).collect();
        search.push(&theirs);
    }
    (search.selection(), search)
}

fn told(search: &KimNelson) -> Vec<(usize, u64, usize)> {
    let eliminated = search.eliminated().iter();
    eliminated.map(|it| (it.system, it.stage, it.by)).collect()
}

#[test]
fn the_constants_of_published_settings() {
    for (systems, first_stages, alpha, h2) in [
        (2, 10, 0.05, 6.012_905),
        (5, 10, 0.05, 11.429_411),
        (10, 20, 0.05, 11.511_485),
        (12, 20, 0.1, 9.970_079),
    ] {
        let ours = kim_nelson_h2(systems, first_stages, alpha).expect("several systems");
        assert!((ours - h2).abs() < 5e-7, "{ours} is not {h2}");
    }
    let eta = kim_nelson_eta(2, 10, 0.05).expect("two systems");
    assert!((eta - 0.334_050_3).abs() < 5e-8, "{eta}");
    assert_eq!(kim_nelson_h2(1, 10, 0.05), None);
    assert_eq!(kim_nelson_eta(2, 1, 0.05), None);
}

/// Values of two systems whose difference has the sum 0 and the variance 4 in the first ten stages
/// and is 1 in each later one.
fn two(stage: u64) -> Vec<f64> {
    let swing = 3.6_f64.sqrt();
    let difference = match stage {
        ..=10 if stage.is_multiple_of(2) => swing,
        ..=10 => -swing,
        _ => 1.0,
    };
    vec![100.0, 100.0 + difference]
}

/// h2 S2 / delta^2 = 6.012905 x 4 = 24.05, so that W is 0 from 25 on. The second leads by (r - 10)
/// / r and W is (24.05 - r) / (2 r): the first is dropped when 2 (r - 10) > 24.05 - r, which 15 is
/// the first whole number to do (14.68).
#[test]
fn two_systems_by_hand() {
    let mut by_hand = KimNelson::new(2, larger(1.0)).expect("a sound rule");
    assert_eq!(by_hand.latest_end(), None);
    for stage in 1..15 {
        assert_eq!(by_hand.push(&two(stage)), Selection::Continue, "{stage}");
    }
    assert_eq!(by_hand.latest_end(), Some(25));
    assert_eq!(by_hand.push(&two(15)), Selection::Best(1));
    assert_eq!(told(&by_hand), [(0, 15, 1)]);
    assert_eq!(by_hand.survivors(), [1]);
    assert!(
        by_hand
            .mean(1)
            .is_some_and(|mean| (mean - 100.0 - 1.0 / 3.0).abs() < 1e-9)
    );
    // The end stands.
    assert_eq!(by_hand.push(&[1.0]), Selection::Best(1));
    assert_eq!(by_hand.stage(), 15);
}

/// The same seen from below, and a zone of 2: 24.05 / 4 < 10, so W is 0 at once and the sign of
/// the tenth mean decides.
#[test]
fn smaller_values_and_a_wide_zone() {
    let smaller = SelectionRule::new(1.0, Preference::Smaller);
    let (best, search_below) = search(2, smaller, |stage| {
        two(stage).iter().map(|value| -value).collect()
    });
    assert_eq!(best, Selection::Best(1));
    assert_eq!(told(&search_below), [(0, 15, 1)]);
    let (best, wide) = search(2, SelectionRule::new(2.0, Preference::Smaller), |stage| {
        let values = two(stage);
        vec![values[0] + 0.01, values[1]]
    });
    assert_eq!((best, wide.stage()), (Selection::Best(1), 10));
}

/// A second program, which keeps all values and recomputes everything by the paper's formulas, on
/// values that anybody can make again: system i in stage j has
/// i/4 + (((7919 j + 13 + m i^2) mod 101) / 50 - 1) (1 + (j mod 7) / 7).
#[test]
fn eliminations_match_another_program() {
    let values = |m: u64| {
        move |j: u64| -> Vec<f64> {
            let value = |i: u64| {
                let wave = ((7_919 * j + 13 + m * i * i) % 101) as f64 / 50.0 - 1.0;
                0.25 * i as f64 + wave * (1.0 + (j % 7) as f64 / 7.0)
            };
            (0..5).map(value).collect()
        }
    };
    for (m, zone, expected) in [
        (37, 0.3, [(0, 10, 4), (1, 10, 3), (2, 66, 4), (3, 103, 4)]),
        (37, 0.6, [(0, 10, 4), (1, 10, 3), (2, 26, 3), (3, 36, 4)]),
        (11, 0.3, [(0, 10, 3), (1, 34, 3), (2, 47, 4), (3, 79, 4)]),
        (11, 0.6, [(0, 10, 3), (1, 12, 3), (2, 17, 4), (3, 27, 4)]),
    ] {
        let (best, by_us) = search(5, larger(zone), values(m));
        assert_eq!(best, Selection::Best(4));
        assert_eq!(told(&by_us), expected, "{m} {zone}");
    }
}

#[test]
fn one_system_is_the_best_at_once_and_none_is_refused() {
    let mut one = KimNelson::new(1, larger(1.0)).expect("a sound rule");
    assert_eq!(one.selection(), Selection::Best(0));
    assert_eq!(one.push(&[]), Selection::Best(0));
    assert_eq!((one.stage(), one.mean(0)), (0, None));
    assert_eq!(KimNelson::new(0, larger(1.0)), None);
}

/// Identical systems have differences of variance 0: W is 0 from the first judgement on, and what
/// is equal stays equal however long one goes on.
#[test]
fn identical_systems_are_tied_and_survive() {
    let (best, tied) = search(4, larger(0.1), |stage| {
        let value = (stage as f64).sin();
        vec![value - 0.001, value, value, value - 7.0]
    });
    assert_eq!((best, tied.stage()), (Selection::Best(1), 10));
    assert_eq!(tied.survivors(), [1, 2]);
    assert_eq!(told(&tied), [(0, 10, 1), (3, 10, 1)]);
    assert_eq!(tied.latest_end(), None, "it is over");
}

#[test]
fn the_budget_leaves_the_survivors() {
    let rule = SelectionRule {
        budget: 14,
        ..larger(1.0)
    };
    let (undecided, spent) = search(3, rule, |stage| {
        let pair = two(stage);
        vec![pair[0], pair[0] - 50.0, pair[1]]
    });
    assert_eq!((undecided, spent.stage()), (Selection::Undecided, 14));
    assert_eq!(spent.survivors(), [0, 2]);
    // Both are 50 ahead of it; the first at each stage alike, with no margin.
    assert_eq!(told(&spent), [(1, 10, 0)]);
    // The last stage of the budget may still decide.
    let rule = SelectionRule { budget: 15, ..rule };
    assert_eq!(search(2, rule, two).0, Selection::Best(1));
}

#[test]
fn unsound_rules_are_refused() {
    let sound = larger(1.0);
    for (systems, alpha) in [(2, 0.499), (5, 0.799), (1, 0.9)] {
        assert!(KimNelson::new(systems, SelectionRule { alpha, ..sound }).is_some());
    }
    for (systems, alpha) in [(2, 0.5), (5, 0.8), (2, 0.0), (2, f64::NAN), (1, 1.0)] {
        assert_eq!(
            KimNelson::new(systems, SelectionRule { alpha, ..sound }),
            None
        );
    }
    for indifference in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(KimNelson::new(2, larger(indifference)), None);
    }
    let hasty = SelectionRule {
        first_stages: 9,
        ..sound
    };
    assert_eq!(KimNelson::new(2, hasty), None);
    let poor = SelectionRule { budget: 9, ..sound };
    assert_eq!(KimNelson::new(2, poor), None);
}

#[test]
#[should_panic(expected = "one value of each survivor")]
fn a_stage_has_one_value_of_each_survivor() {
    let mut search = KimNelson::new(3, larger(1.0)).expect("a sound rule");
    search.push(&[1.0, 2.0]);
}

proptest! {
    /// Whatever the values: everybody is either in or told of, who dropped them was in at the time,
    /// and the search ends when it said that it would.
    #[test]
    fn everybody_is_accounted_for(
        rows in proptest::collection::vec(proptest::collection::vec(-9..9_i32, 4), 12..40),
        zone in 0.5..4.0_f64,
    ) {
        let values = |stage: u64| -> Vec<f64> {
            let row = &rows[(stage as usize - 1) % rows.len()];
            row.iter().copied().map(f64::from).collect()
        };
        let mut search = KimNelson::new(4, SelectionRule { budget: 100_000, ..larger(zone) })
            .expect("a sound rule");
        let mut latest = u64::MAX;
        while search.selection() == Selection::Continue {
            let all = values(search.stage() + 1);
            let theirs: Vec<f64> = search.survivors().iter().map(|i| all[*i]).collect();
            search.push(&theirs);
            latest = search.latest_end().map_or(latest, |end| end.min(latest));
        }
        prop_assert!(search.stage() <= latest);
        let mut everybody: Vec<usize> = search.survivors().to_vec();
        everybody.extend(search.eliminated().iter().map(|it| it.system));
        everybody.sort_unstable();
        prop_assert_eq!(everybody, vec![0, 1, 2, 3]);
        for it in search.eliminated() {
            let gone = search.eliminated().iter().find(|other| other.system == it.by);
            prop_assert!(gone.is_none_or(|gone| gone.stage >= it.stage));
            prop_assert!(it.stage >= 10 && it.system != it.by);
        }
    }
}
