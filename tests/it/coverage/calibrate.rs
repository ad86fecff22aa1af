//! Calibrations where the truth is known: what one run of a queue gave, fitted again and again, through
//! file, engine, measures and search.

use super::{SEED, assert_coverage};
use splw_sim::experiment::calibrate::{
    Axis, Calibrated, Number, Observation, Question, Sampler, Watch, calibrate, held_back,
};
use splw_sim::measure::{Frame, Scope, columns};
use splw_sim::model::Model;
use splw_sim::scenario::{Beside, Calibration, KnownNumber, NoFiles, open_calibration};
use std::sync::atomic::AtomicBool;

/// Runs of the queue that are each fitted. Of 100 with a coverage of 95% some 90 are the fewest to be
/// expected: 95 less 3.29 standard errors of 2.2 is 88.
const TRIALS: u64 = 100;
/// What the runs are made with.
const RATE: f64 = 2_900.0;
const PATIENCE_DAYS: f64 = 0.9;

const QUEUE: &str = r#"
schema = 1
title = "A queue that people leave"
[period]
days = 14
warm_up_days = 2
calendar = "always-open"
[demand]
referrals_per_1000_a_year = 2900
[waiting_list]
patience_days = { exponential = { mean = 0.9 } }
lapse_until = "assignment"
[first_contact]
attempts = 1
answered_share = 1
attempt_minutes = { exponential = { mean = 180 } }
[[case_types]]
name = "customer"
contacts = 0
[[practices]]
name = "Source"
list_size = 1000
[[posts]]
name = "Server"
wte = 1
caseload_cap = 1
"#;

const ASKED: &str = r#"
schema = 1
scenario = "queue.toml"
[calibrate]
points = 12
replications = 40
[[calibrate.vary]]
key = "demand.referrals_per_1000_a_year"
from = 1000
to = 8000
scale = "log"
[[calibrate.vary]]
key = "waiting_list.patience_days.exponential.mean"
from = 0.2
to = 5.0
scale = "log"
[[calibrate.observed]]
measure = "referrals_received"
value = 318
[[calibrate.observed]]
measure = "lapsed"
value = 60
[[calibrate.observed]]
measure = "waiting_list_mean"
value = 1
[[calibrate.observed]]
measure = "first_contacts"
value = 258
hold_back = "yes"
"#;

fn known(model: &Model) -> Vec<KnownNumber> {
    let columns = columns(&Frame::new(model)).into_iter();
    let of_pcn = columns.filter(|it| it.scope == Scope::Pcn);
    of_pcn
        .map(|column| KnownNumber {
            scope: column.scope.name(),
            name: "PCN".to_owned(),
            measure: column.measure.name,
            unit: column.unit().name(),
            is_weekly: false,
        })
        .collect()
}

fn asked(text: &str) -> Calibration {
    let open = open_calibration(text.as_bytes(), "asked.toml").expect("it is a calibration");
    let beside = Beside {
        set: &[],
        files: &NoFiles,
        targets: &[],
        known: &known,
    };
    let read = open.read((QUEUE.as_bytes(), "queue.toml"), &beside);
    read.map_err(|all| all[0].to_string())
        .expect("it is right")
        .1
}

/// Does something with a sampler of a calibration.
fn with_sampler<T>(
    calibration: &Calibration,
    seed: u64,
    then: impl FnOnce(&mut Sampler) -> T,
) -> T {
    let axes: Vec<Axis> = calibration
        .keys
        .iter()
        .map(|key| Axis {
            from: key.from,
            to: key.to,
            is_logarithmic: key.is_logarithmic,
            is_whole: key.is_whole,
        })
        .collect();
    let numbers: Vec<Number> = calibration
        .observed
        .iter()
        .map(|it| Number {
            scope: Scope::Pcn,
            name: it.name.clone(),
            measure: it.measure.to_owned(),
            weeks: it.weeks.clone(),
        })
        .collect();
    let model = |values: Option<&[f64]>| calibration.scenario(values).ok().map(|it| it.model);
    let stop = AtomicBool::new(false);
    let watch = Watch {
        stop: &stop,
        progress: &|_| {},
    };
    then(&mut Sampler::new(
        (&axes, &numbers),
        &model,
        (seed, 2),
        watch,
    ))
}

/// The question about these values.
fn question(calibration: &Calibration, values: &[f64]) -> Question {
    let observed = calibration.observed.iter().zip(values);
    let observed = observed.map(|(it, value)| Observation {
        value: *value,
        standard_error: it.standard_error,
        is_held_back: it.is_held_back == Some(true),
    });
    Question {
        observed: observed.collect(),
        start: calibration.keys.iter().map(|key| key.start).collect(),
        points: calibration.points as usize,
        replications: calibration.replications,
        seed: SEED,
    }
}

/// What single runs of the queue gave, with a seed that no fit has.
fn runs(calibration: &Calibration) -> Vec<Vec<f64>> {
    with_sampler(calibration, SEED + 1, |sampler| {
        let sample = sampler
            .base(TRIALS)
            .expect("it runs")
            .expect("it is defined");
        sample.rows().map(<[f64]>::to_vec).collect()
    })
}

/// How many of many are so.
fn count(all: &[Calibrated], is_so: impl Fn(&Calibrated) -> bool) -> usize {
    all.iter().filter(|it| is_so(it)).count()
}

#[test]
fn the_inputs_of_a_run_are_found_again_as_surely_as_is_said() {
    let calibration = asked(ASKED);
    let runs = runs(&calibration);
    assert_eq!(runs.len(), TRIALS as usize);
    let fitted: Vec<Calibrated> = with_sampler(&calibration, SEED, |sampler| {
        let fit = |run: &Vec<f64>| calibrate(&question(&calibration, run), sampler);
        let all = runs.iter().map(fit);
        all.collect::<Result<_, _>>().expect("there is an answer")
    });
    let trials = TRIALS as usize;
    for (at, truth) in [RATE, PATIENCE_DAYS].into_iter().enumerate() {
        let covers = |it: &Calibrated| {
            let interval = it.inputs[at].interval;
            interval.is_some_and(|(low, high)| (low..=high).contains(&truth))
        };
        let what = &calibration.keys[at].name;
        assert_coverage(count(&fitted, covers), trials, 0.93, 0.97, what);
        // A pass that says little is none: the interval is short beside the bounds.
        let mean = fitted
            .iter()
            .map(|it| it.inputs[at].standard_error.unwrap_or(truth));
        let mean = mean.sum::<f64>() / trials as f64;
        assert!(mean < 0.45 * truth, "{what}: a standard error of {mean}");
    }
    let held = count(&fitted, |it| it.numbers[3].is_met());
    assert_coverage(held, trials, 0.93, 0.97, "the number held back");
    let surprised = count(&fitted, |it| it.misfit.p_value < 0.05);
    assert_coverage(trials - surprised, trials, 0.93, 0.97, "the test of misfit");
    assert!(fitted.iter().all(|it| it.not_known.is_empty()));
}

/// The number of people and their rate of referral count only as their product.
#[test]
fn inputs_that_do_the_same_are_named_together() {
    let same = ASKED.replace(
        "key = \"waiting_list.patience_days.exponential.mean\"\nfrom = 0.2\nto = 5.0",
        "key = \"practices.0.list_size\"\nfrom = 300\nto = 3000",
    );
    assert_ne!(same, ASKED);
    let calibration = asked(&same);
    let run = &runs(&calibration)[0];
    let fitted = with_sampler(&calibration, SEED, |sampler| {
        calibrate(&question(&calibration, run), sampler).expect("there is an answer")
    });
    assert!(fitted.is_reproduced(), "{:?}", fitted.misfit);
    let [direction] = fitted.not_known.as_slice() else {
        panic!("one direction and not {:?}", fitted.not_known);
    };
    let [(0, one), (1, other)] = direction.as_slice() else {
        panic!("both inputs and not {direction:?}");
    };
    assert!(
        one * other < 0.0,
        "more of the one and less of the other: {direction:?}"
    );
    assert!(
        fitted
            .inputs
            .iter()
            .all(|it| !it.is_known && it.interval.is_none())
    );
    let product = fitted.inputs[0].estimate * fitted.inputs[1].estimate / 1_000.0;
    assert!((product / RATE - 1.0).abs() < 0.15, "{product}");
}

#[test]
fn a_share_held_back_is_of_the_right_size_and_keeps_to_its_seed() {
    let marks = held_back(10, 0.3, SEED);
    assert_eq!(marks.iter().filter(|it| **it).count(), 3);
    assert_eq!(marks, held_back(10, 0.3, SEED));
    let others = (1..20).map(|more| held_back(10, 0.3, SEED + more));
    assert!(others.into_iter().any(|it| it != marks));
    // Each is held back about as often as any other: 300 of 1,000, within 3.29 standard errors of 14.5.
    for at in 0..10 {
        let often = (0..1_000)
            .filter(|seed| held_back(10, 0.3, *seed)[at])
            .count();
        assert!((252..=348).contains(&often), "{at}: {often}");
    }
}
