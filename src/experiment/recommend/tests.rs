//! The search against plans whose truth is known: normal values around a mean that the test chooses.
//!
//! Values of one replication are the same draw for all plans (common random numbers), as in the
//! engine, which is the hardest case for statements about many plans at once.

mod rare;

use super::*;
use std::cell::Cell;

const SEED: u64 = 20_261_005;

/// Sums of uniforms: near enough to normal, with mean 0 and variance 1.
fn draw(seed: u64, replication: u64) -> f64 {
    let mut state =
        seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ replication.wrapping_mul(0xD1B5_4A32_D192_ED03);
    let mut sum = 0.0;
    for _ in 0..12 {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        sum += ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
    }
    sum - 6.0
}

/// Plans with these means of one measure, and noise.
struct Known<'a> {
    means: &'a [f64],
    sd: f64,
    seed: u64,
    simulated: Cell<u64>,
}

impl<'a> Known<'a> {
    fn new(means: &'a [f64], sd: f64, seed: u64) -> Self {
        let simulated = Cell::new(0);
        Self {
            means,
            sd,
            seed,
            simulated,
        }
    }
}

impl Sampler for Known<'_> {
    type Error = String;

    fn on_paper(&mut self, _: usize) -> Result<Option<String>, String> {
        Ok(None)
    }

    fn sample(&mut self, plan: usize, range: Range<u64>) -> Result<Vec<Vec<Option<f64>>>, String> {
        self.simulated
            .set(self.simulated.get() + range.end - range.start);
        let value = |replication| self.means[plan] + self.sd * draw(self.seed, replication);
        Ok(range.map(|it| vec![Some(value(it)), None, None]).collect())
    }
}

const AT_MOST_TEN: Goal = Goal {
    value: 10.0,
    better: Better::Lower,
    is_share: false,
    ends: (f64::NEG_INFINITY, f64::INFINITY),
    is_endless_if_undefined: false,
};

fn question(budget: u64) -> Question {
    Question {
        goals: vec![AT_MOST_TEN],
        share_of_years: None,
        confidence: 0.95,
        budget,
    }
}

/// So many amounts in order, each costing one pound more than the one before, times words at no cost.
fn grid(amounts: usize, words: usize) -> Grid {
    let costs = |many: usize, each: f64| (0..many).map(|nth| nth as f64 * each).collect();
    Grid::new(vec![
        GridKey {
            costs_pounds_a_year: costs(amounts, 1.0),
            ranks: Some((0..amounts).collect()),
        },
        GridKey {
            costs_pounds_a_year: costs(words, 0.0),
            ranks: None,
        },
    ])
}

fn found(means: &[f64], grid: &Grid, budget: u64) -> Found {
    let mut sampler = Known::new(means, 1.0, SEED);
    let found = recommend(&question(budget), grid, &mut sampler).expect("nobody stops it");
    assert_eq!(
        found.replications,
        sampler.simulated.get(),
        "all are counted"
    );
    assert!(found.replications <= budget, "the budget is kept");
    found
}

/// Every plan that meets the target truly, the cheapest first of the grid's order.
fn cheapest(means: &[f64], grid: &Grid) -> Option<usize> {
    grid.in_order()
        .into_iter()
        .find(|plan| means[*plan] <= 10.0)
}

#[test]
fn the_search_agrees_with_trying_everything_and_looks_at_few() {
    for shift in 0..30 {
        // Three words of thirteen amounts: waits fall with amount, at another place for each word.
        let mean = |plan: usize| {
            let (amount, word) = ((plan / 3) as f64, (plan % 3) as f64);
            40.0 + 1.3 * f64::from(shift) + 9.5 * word - 6.0 * amount + 0.5
        };
        let means: Vec<f64> = (0..39).map(mean).collect();
        let grid = grid(13, 3);
        let found = found(&means, &grid, 20_000);
        match cheapest(&means, &grid) {
            Some(plan) => assert_eq!(found.ending, Ending::Recommended(plan), "shift {shift}"),
            None => assert!(
                matches!(found.ending, Ending::NoneMeets { .. }),
                "shift {shift}"
            ),
        }
        // Trying everything takes at least one look at each of 39 plans.
        let looked = found.examined.len();
        assert!(
            looked <= 9,
            "{looked} plans were looked at with shift {shift}"
        );
        let all = looked + found.ruled_out + found.dearer;
        assert_eq!(all, 39, "every plan is accounted for");
    }
}

#[test]
fn the_plan_one_step_below_is_always_simulated() {
    let means: Vec<f64> = (0..20).map(|plan| 25.5 - f64::from(plan)).collect();
    let grid = grid(20, 1);
    let found = found(&means, &grid, 20_000);
    assert_eq!(found.ending, Ending::Recommended(16));
    let below = found
        .examined
        .iter()
        .find(|it| it.plan == 15)
        .expect("it is simulated");
    assert_eq!(below.verdict, Verdict::Fails);
    assert!(below.replications >= FIRST_LOOK);
}

#[test]
fn of_equal_cost_the_earlier_value_is_preferred() {
    let grid = grid(2, 3);
    let means = [30.0, 30.0, 30.0, 30.0, 2.0, 1.0];
    assert_eq!(found(&means, &grid, 1_000).ending, Ending::Recommended(4));
}

#[test]
fn where_none_meets_the_nearest_and_what_binds_are_named() {
    let grid = grid(4, 1);
    let found = found(&[50.0, 40.0, 30.0, 20.0], &grid, 1_000);
    assert_eq!(
        found.ending,
        Ending::NoneMeets {
            nearest: Some((3, 0))
        }
    );
    assert_eq!(
        (found.examined.len(), found.ruled_out),
        (3, 1),
        "halving upwards"
    );
}

/// Two amounts at no cost, of which the greater one is worse.
#[test]
fn a_plan_one_step_below_that_meets_ends_the_trust_in_order() {
    // Two keys with order: the answer (1, 1); (0, 1) was ruled out by (0, 2), which fails, but meets.
    let key = |costs: &[f64]| GridKey {
        costs_pounds_a_year: costs.to_vec(),
        ranks: Some((0..costs.len()).collect()),
    };
    let grid = Grid::new(vec![key(&[0.0, 10.0]), key(&[0.0, 1.0, 2.0])]);
    let means = [30.0, 5.0, 30.0, 30.0, 5.0, 5.0];
    let mut sampler = Known::new(&means, 1.0, SEED);
    let found = recommend(&question(5_000), &grid, &mut sampler).expect("nobody stops it");
    assert_eq!(found.ending, Ending::Recommended(1));
    assert!(!found.is_ordered);
}

#[test]
fn a_plan_at_the_target_is_undecided_and_the_next_is_named() {
    let grid = grid(3, 1);
    let found = found(&[30.0, 10.0, 5.0], &grid, 2_000);
    let undecided = Ending::Undecided {
        surely: Some(2),
        open: vec![1],
    };
    assert_eq!(found.ending, undecided);
    let spent: u64 = found.examined.iter().map(|it| it.replications).sum();
    assert_eq!(spent, found.replications);
}

#[test]
fn the_smallest_budget_looks_at_one_plan() {
    let found = found(&[30.0, 5.0, 1.0], &grid(3, 1), FIRST_LOOK);
    assert_eq!(found.replications, FIRST_LOOK);
    assert_eq!(found.examined.len(), 1);
}

/// A plan at the target is a toss-up: declared to meet it, or to fail, is wrong by a hair. The promise is that the
/// share of experiments with a verdict is at most 5%. With 600 experiments the standard error is 0.9%,
/// and 5% + 3.09 x 0.9% is passed once in a thousand. Without division by looks it would be 5% at each
/// of nine looks, some 25% in all: the test tells the two apart.
#[test]
fn verdicts_are_wrong_no_more_often_than_promised() {
    let experiments = 600;
    let question = question(20 << 8);
    assert_eq!(question.looks(), 9);
    // A hair above the target, so that "meets" is wrong; and a hair below, so that "fails" is.
    for (mean, wrong) in [(10.0 + 1e-9, Verdict::Meets), (10.0 - 1e-9, Verdict::Fails)] {
        let mut errors = 0;
        for experiment in 0..experiments {
            let means = [mean];
            let mut sampler = Known::new(&means, 1.0, SEED + experiment);
            let found = recommend(&question, &grid(1, 1), &mut sampler).expect("nobody stops it");
            errors += u32::from(found.examined[0].verdict == wrong);
        }
        let share = f64::from(errors) / experiments as f64;
        let allowed = 0.05 + 3.09 * (0.05 * 0.95 / experiments as f64).sqrt();
        assert!(share <= allowed, "{wrong:?} in {share} of experiments");
    }
}

/// The same for a share of years: with a mean at the target, half of the years meet it.
#[test]
fn the_share_of_years_is_counted_and_bounded() {
    let asks = |share| Question {
        share_of_years: Some(share),
        ..question(4_000)
    };
    let ending = |mean: f64, share: f64| {
        let means = [mean];
        let mut sampler = Known::new(&means, 1.0, SEED);
        recommend(&asks(share), &grid(1, 1), &mut sampler)
            .expect("nobody stops it")
            .ending
    };
    // Mean 9 meets the target of 10 in 84% of years (P(Z <= 1)).
    assert_eq!(ending(9.0, 0.75), Ending::Recommended(0));
    assert_eq!(
        ending(9.0, 0.92),
        Ending::NoneMeets {
            nearest: Some((0, 1))
        }
    );
    assert!(matches!(ending(9.0, 0.841), Ending::Undecided { .. }));
}

fn judged(goal: &Goal, values: &[Option<f64>]) -> Judged {
    Judged::UNSEEN.after(goal, values, 1e-4)
}

#[test]
fn shares_that_are_nought_or_one_are_counts() {
    let goal = Goal {
        value: 0.1,
        is_share: true,
        ends: (0.0, 1.0),
        ..AT_MOST_TEN
    };
    // Never in 20 runs: up to 1 - 0.0001^(1/20) = 0.369 of runs may still be so.
    let never = judged(&goal, &[Some(0.0); 20]);
    assert_eq!(never.verdict, Verdict::Undecided);
    assert!((never.high.expect("a bound") - 0.369_043).abs() < 5e-7);
    assert_eq!(judged(&goal, &[Some(0.0); 100]).verdict, Verdict::Meets);
    // Values between are no counts; all the same, they may hide others up to 1.
    let mut between = [Some(0.05); 20];
    assert_eq!(judged(&goal, &between).verdict, Verdict::Undecided);
    for (nth, value) in between.iter_mut().enumerate() {
        *value = Some(0.04 + 0.001 * nth as f64);
    }
    assert_eq!(judged(&goal, &between).verdict, Verdict::Meets);
}

#[test]
fn what_is_never_reached_is_missed() {
    let endless = Goal {
        is_endless_if_undefined: true,
        ..AT_MOST_TEN
    };
    let mut values = vec![Some(1.0), Some(1.1), Some(0.9), None];
    assert_eq!(judged(&endless, &values).verdict, Verdict::Fails);
    assert_eq!(judged(&endless, &values).mean, None);
    assert_eq!(judged(&AT_MOST_TEN, &values[..3]).verdict, Verdict::Meets);
    values = vec![None; 4];
    assert_eq!(judged(&AT_MOST_TEN, &values).verdict, Verdict::Fails);
    assert_eq!(
        judged(&AT_MOST_TEN, &[Some(1.0), None]).verdict,
        Verdict::Undecided
    );
}

#[test]
fn a_verdict_stands_and_bounds_only_tighten() {
    let first = judged(&AT_MOST_TEN, &[Some(1.0), Some(1.1), Some(0.9), Some(1.0)]);
    assert_eq!(first.verdict, Verdict::Meets);
    let wild = [Some(1.0), Some(99.0), Some(-97.0), Some(1.0)];
    let later = first.after(&AT_MOST_TEN, &wild, 1e-4);
    assert_eq!(
        (later.low, later.high, later.verdict),
        (first.low, first.high, Verdict::Meets)
    );
}

#[test]
fn shortfalls_by_hand() {
    let at_least = Goal {
        value: 0.8,
        better: Better::Higher,
        ..AT_MOST_TEN
    };
    assert!((at_least.shortfall(0.6) - 0.25).abs() < 1e-12);
    assert!((AT_MOST_TEN.shortfall(12.0) - 0.2).abs() < 1e-12);
    assert!(AT_MOST_TEN.shortfall(9.0) < 0.0);
    let nought = Goal {
        value: 0.0,
        ..AT_MOST_TEN
    };
    assert!((nought.shortfall(3.0) - 3.0).abs() < 1e-12);
    assert!(
        AT_MOST_TEN.is_met_by(10.0) && at_least.is_met_by(0.8),
        "the target itself meets it"
    );
}

#[test]
fn the_level_is_divided_by_plans_requirements_and_looks() {
    let both = Question {
        share_of_years: Some(0.8),
        ..question(20_000)
    };
    assert_eq!(both.looks(), 10);
    assert!((both.level(39) - 0.05 / (39.0 * 2.0 * 10.0)).abs() < 1e-15);
    assert_eq!(question(19).looks(), 1);
    assert_eq!(question(40).looks(), 2);
}
