//! Bad years: a quantile across replications, with its interval, or a refusal.

use std::sync::atomic::AtomicBool;

use splw_sim::experiment::{
    BadYear, Estimates, Experiment, Replications, Stopping, bad_years, run,
};
use splw_sim::measure::Scope;

use crate::support::{ORDINARY, read};

/// A year of referrals at random to a practice of 1,000, so many times.
fn replications(count: u64) -> Replications {
    let text = ORDINARY.split("[[start").next().unwrap_or(ORDINARY);
    let keys = ["period.days=365", "demand.referrals_per_1000_a_year=100"];
    let experiment = Experiment {
        seed: 20_261_005,
        stopping: Stopping::Range(0..count),
        threads: 2,
    };
    let model = read(text, &keys).model;
    run(&model, &experiment, &AtomicBool::new(false), &|_, _| {}).expect("it runs")
}

fn of(replications: &Replications, measure: &str, one_in: u32) -> BadYear {
    let all = bad_years(replications, &Estimates::of(replications, false));
    let is_it = |it: &&BadYear| it.column.measure.name == measure && it.one_in == one_in;
    *all.iter().find(is_it).expect("it has a better side")
}

fn sorted(replications: &Replications, measure: &str) -> Vec<f64> {
    let is_it =
        |it: &splw_sim::measure::Column| it.scope == Scope::Pcn && it.measure.name == measure;
    let column = replications.columns.iter().position(is_it);
    let values = replications.column(column.expect("there is such a measure"));
    let mut values: Vec<f64> = values.filter_map(|it| it.defined()).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Of 100 values the interval of the 90% point is from the 84th to the 96th (statistics, order
/// statistics): of a list, where more is worse. Of a share that is better the larger, the 10% point is the
/// mirror of it: from the 5th to the 17th.
#[test]
fn a_bad_year_is_on_the_worse_side() {
    let all = replications(100);
    let list = of(&all, "waiting_list_mean", 10).value.expect("bounded");
    let values = sorted(&all, "waiting_list_mean");
    assert_eq!((list.low, list.high), (values[83], values[95]));
    let share = of(&all, "share_contacted_ever", 10).value.expect("bounded");
    let values = sorted(&all, "share_contacted_ever");
    assert_eq!((share.low, share.high), (values[4], values[16]));
}

/// 35 cannot bound one in ten and 36 can; one in twenty takes 72.
#[test]
fn too_few_replications_say_nothing() {
    let value = |count, one_in| of(&replications(count), "waiting_list_mean", one_in).value;
    assert_eq!(value(35, 10), None);
    assert!(value(36, 10).is_some());
    assert_eq!(value(71, 20), None);
    assert!(value(72, 20).is_some());
}
