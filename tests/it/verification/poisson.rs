//! The number of open cases of an infinite server is Poisson (Eick, Massey & Whitt 1993): its
//! variance over replications is its mean, through the seasons too.

use splw_sim::experiment::{Experiment, Stopping, run};
use splw_sim::measure::Scope;
use splw_sim::verification::all_systems;
use std::sync::atomic::AtomicBool;

use crate::support::read;

/// Replications.
const N: u64 = 6_000;

/// With n values the index of dispersion of a Poisson number of mean m has a standard error of
/// sqrt((2 + 1/m) / n), here 1.8%; 4.5 of them are allowed (1 in 150,000 on either side). So a
/// variance that is off by 12% is noticed, and a mean that is off by 0.8%.
#[test]
fn open_cases_vary_as_poisson_numbers_do() {
    let is_it = |it: &_| {
        let it: &splw_sim::verification::System = it;
        it.file == "seasonal-open-cases.toml" && it.name == "constant, weeks 13 and 39"
    };
    let system = all_systems().into_iter().find(is_it).expect("it is there");
    // Cases stay 12 weeks to the day: what came in before that has gone.
    let mut overrides: Vec<&str> = system.overrides.iter().map(String::as_str).collect();
    overrides.push("period.warm_up_weeks=13");
    let model = read(system.text, &overrides).model;
    let experiment = Experiment {
        seed: 20_261_005,
        stopping: Stopping::Range(0..N),
        threads: 2,
    };
    let all = run(&model, &experiment, &AtomicBool::new(false), &|_, _| {}).expect("it runs");
    for (point, name) in system.points.iter().zip(["open_at_start", "open_at_end"]) {
        let column = all
            .columns
            .iter()
            .position(|it| it.scope == Scope::Pcn && it.measure.name == name)
            .expect("the measure exists");
        let values: Vec<f64> = all
            .column(column)
            .map(|it| it.defined().expect("a count"))
            .collect();
        let n = N as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values
            .iter()
            .map(|value| (value - point.theory).powi(2))
            .sum();
        let dispersion = squares / n / point.theory;
        let (of_mean, of_dispersion) = (
            1.0 / (n * point.theory).sqrt(),
            ((2.0 + 1.0 / point.theory) / n).sqrt(),
        );
        assert!(
            (mean / point.theory - 1.0).abs() < 4.5 * of_mean,
            "{name}: {mean}, not {}",
            point.theory
        );
        assert!(
            (dispersion - 1.0).abs() < 4.5 * of_dispersion,
            "{name}: variance / mean is {dispersion}"
        );
    }
}
