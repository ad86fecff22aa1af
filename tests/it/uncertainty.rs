//! What is not known and what is chance: the law of total variance on a system with a known answer,
//! draws that are scenarios of their own, and options that meet the same draws.

use splw_sim::experiment::{
    Design, DifferenceRow, DrawnInput, DrawnModel, Estimates, Experiment, Family, Nested,
    Replications, Side, Stopping, differences, run, run_draws, tornado, uncertainty_rows,
};
use splw_sim::measure::{Column, Scope};
use splw_sim::model::Model;
use splw_sim::scenario::{NoFiles, Quantiles, Scenario, read, read_drawn};
use splw_sim::stats::mean;
use std::sync::atomic::AtomicBool;

/// A year of referrals at random to one practice of 1,000: the count is Poisson with the rate as mean.
const COUNTED: &str = r#"
schema = 1
title = "A count whose rate is not known"
[period]
days = 365.25
calendar = "always-open"
[demand]
referrals_per_1000_a_year = { uncertain = { uniform = { min = 50, max = 150 } } }
[waiting_list]
gp_reversion_share = { uncertain = { uniform = { min = 0.2, max = 0.8 } } }
[[case_types]]
name = "short"
contacts = 0
[[practices]]
name = "Elm"
list_size = 1000
[[posts]]
name = "Link worker 1"
wte = 1
client_share = 0.01
caseload_cap = 1
[[options]]
name = "Fewer"
scale."demand.referrals_per_1000_a_year" = 0.5
[[options]]
name = "The same"
set."posts.0.wte" = 1
"#;
const RATE: &str = "demand.referrals_per_1000_a_year";
const REVERSION: &str = "waiting_list.gp_reversion_share";
const SEED: u64 = 20_261_005;
const DESIGN: Design = Design {
    seed: SEED,
    draws: 400,
    hypercubes: 10,
    replications: 10,
};
/// For laws that hold for every draw: fewer will do.
const SMALL: Design = Design {
    draws: 20,
    replications: 3,
    ..DESIGN
};

fn central(text: &str) -> Scenario {
    read(text.as_bytes(), "test.toml", &[], &NoFiles, &[])
        .unwrap_or_else(|problems| panic!("refused:\n{problems}"))
}

/// The model of an option in one draw.
fn model(text: &str, design: &Design, draw: usize, option: &str) -> Model {
    let inputs = central(text).uncertainty.inputs;
    let quantile = |key: &str| (key.to_owned(), design.quantiles(key)[draw]);
    let quantiles: Quantiles = inputs.iter().map(|input| quantile(&input.key)).collect();
    let read = read_drawn(text.as_bytes(), "test.toml", &[], &NoFiles, &[], &quantiles);
    let read = read.unwrap_or_else(|problems| panic!("refused:\n{problems}"));
    read.into_option(option).expect("the option is there").model
}

fn nested_of(text: &str, design: &Design, option: &str, threads: usize) -> Nested {
    let base = central(text)
        .into_option(option)
        .expect("the option is there");
    let of_draw = |draw| {
        Ok::<_, ()>(DrawnModel {
            model: model(text, design, draw, option),
            has_no_steady_state: false,
        })
    };
    let never = AtomicBool::new(false);
    run_draws(&base.model, (design, threads), &of_draw, &never, &|_, _| {}).expect("it runs")
}

fn column(replications: &Replications, name: &str) -> usize {
    let is_meant = |it: &Column| it.scope == Scope::Pcn && it.measure.name == name;
    let mut columns = replications.columns.iter();
    columns.position(is_meant).expect("a measure of the PCN")
}

fn bits(replications: &Replications) -> Vec<Option<u64>> {
    replications
        .rows()
        .flatten()
        .map(|value| value.defined().map(f64::to_bits))
        .collect()
}

/// The values of an input as drawn.
fn drawn(design: &Design, key: &str, (min, max): (f64, f64)) -> DrawnInput {
    let at = |quantile: f64| min + quantile * (max - min);
    DrawnInput {
        low: at(0.1),
        high: at(0.9),
        values: design.quantiles(key).into_iter().map(at).collect(),
    }
}

fn variance(values: &[f64]) -> f64 {
    splw_sim::stats::sample_sd(values)
        .expect("several values")
        .powi(2)
}

/// Given the rate r the count is Poisson: variance within a draw E[r] = 100, between draws Var(r) =
/// 100^2 / 12 = 833.3.
///
/// Tolerances, four standard deviations of what the inner replications add: the draws' means are r_d +
/// e_d with Var(e_d) = r_d / 10, so that the variance between is that of the rates drawn plus 2 cov(r,
/// e), whose sd is 2 sqrt(833 x 10 / 400) = 9.1: 37, or 4.4%. The mean square within has an sd of
/// sqrt(2 / 3600) x 100 = 2.4: 9.5, or 9.5%. The rates drawn are stratified: their variance is the true
/// one to 2%.
#[test]
fn variance_is_split_as_the_law_of_total_variance_says() {
    let nested = nested_of(COUNTED, &DESIGN, "base", 2);
    let index = column(&nested.replications, "referrals_received");
    let row = uncertainty_rows((&nested.design, &nested.replications), |_| true)[index];
    let parts = row.parts.expect("every replication has a count");
    let rates = drawn(&DESIGN, RATE, (50.0, 150.0)).values;
    let rates_vary = variance(&rates);
    assert!((rates_vary / 833.333 - 1.0).abs() < 0.02, "{rates_vary}");
    assert!(
        (parts.between() - rates_vary).abs() < 37.0,
        "{}",
        parts.between()
    );
    let within = parts.mean_square_within;
    assert!((within - 100.0).abs() < 9.5, "{within}");
    let share = row.share_not_known().expect("it varies").value;
    assert!((share - 0.892_857).abs() < 0.02, "{share}");
    // The mean's interval is of hypercubes: chance of 400 replications each, sd 0.5, and hardly any of
    // what is not known, whose strata are all there. Ten such means: half-width 2.26 x 0.5 / sqrt(10)
    // = 0.36, give or take a quarter (chi of 9 degrees of freedom); one of single draws would be 3.0.
    let mean = row.estimate.expect("it is shown");
    let half = mean.half_width().expect("ten hypercubes");
    assert!(
        (mean.mean - 100.0).abs() < 4.0 * 0.16 && (0.1..0.8).contains(&half),
        "{mean:?}"
    );
    // Draws' means spread as the rates do: 60 to 140, with a little chance at either end.
    let [p10, _, p90] = row.spread.expect("it is shown");
    assert!(
        (p10 - 60.0).abs() < 4.0 && (p90 - 140.0).abs() < 6.0,
        "{p10} {p90}"
    );
}

/// The count changes by 1 for each referral a year, by 80 from the rate's 10% to its 90% point. The
/// slope's standard error is that of 400 means whose chance has a variance of 10: sqrt(10 / (400 x
/// 833)) = 0.0055, of the bar 0.44. Its half-width is 1.97 of those, 0.86.
#[test]
fn the_tornado_finds_the_input_that_matters() {
    let nested = nested_of(COUNTED, &DESIGN, "base", 2);
    let inputs = [
        drawn(&DESIGN, REVERSION, (0.2, 0.8)),
        drawn(&DESIGN, RATE, (50.0, 150.0)),
    ];
    let tornado = tornado(&nested, "referrals_received", &inputs).expect("it varies");
    let order: Vec<usize> = tornado.bars.iter().map(|bar| bar.input).collect();
    assert_eq!(order, [1, 0]);
    let [rate, other] = [tornado.bars[0], tornado.bars[1]];
    assert!((rate.change - 80.0).abs() < 4.0 * 0.44, "{rate:?}");
    assert!((0.7..1.05).contains(&(rate.high - rate.change)), "{rate:?}");
    assert!(other.change.abs() < 4.0 * 0.44, "{other:?}");
    // Between draws the variance is 843, of which the rate has 833.
    assert!(
        (tornado.explained - 833.3 / 843.3).abs() < 0.01,
        "{}",
        tornado.explained
    );
}

#[test]
fn a_draw_is_a_scenario_of_its_own_with_replications_of_its_own() {
    let nested = nested_of(COUNTED, &SMALL, "base", 2);
    assert_eq!(nested.replications.count(), 60);
    for draw in [0, 7, 19] {
        let first = 3 * draw as u64;
        let experiment = Experiment {
            seed: SEED,
            stopping: Stopping::Range(first..first + 3),
            threads: 1,
        };
        let never = AtomicBool::new(false);
        let alone = run(
            &model(COUNTED, &SMALL, draw, "base"),
            &experiment,
            &never,
            &|_, _| {},
        );
        let alone = bits(&alone.expect("it runs"));
        let width = nested.replications.columns.len();
        let here = &bits(&nested.replications)[3 * draw * width..3 * (draw + 1) * width];
        assert_eq!(alone, here, "draw {draw}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let one = nested_of(COUNTED, &SMALL, "base", 1);
    let three = nested_of(COUNTED, &SMALL, "base", 3);
    assert_eq!(bits(&one.replications), bits(&three.replications));
    assert_eq!(one.replications.events, three.replications.events);
}

/// How an option differs from the base, both of [`COUNTED`].
fn differences_of(option: &Nested, base: &Nested, options: usize) -> Vec<DifferenceRow> {
    let family = Family {
        measures: vec!["referrals_received".to_owned()],
        options,
        confidence: 0.95,
    };
    let model = central(COUNTED).model;
    let summaries = [option, base].map(Estimates::of_draws);
    let option = Side {
        model: &model,
        replications: &option.replications,
        estimates: &summaries[0],
    };
    let base = Side {
        model: &model,
        replications: &base.replications,
        estimates: &summaries[1],
    };
    differences(&option, &base, Some(&family))
}

/// The rate is halved in every draw, so each pair differs; the interval is that of the means of ten
/// hypercubes, by hand.
#[test]
fn options_are_compared_within_each_draw() {
    let base = nested_of(COUNTED, &SMALL, "base", 2);
    let fewer = nested_of(COUNTED, &SMALL, "Fewer", 2);
    let index = column(&base.replications, "referrals_received");
    let values = |nested: &Nested| -> Vec<f64> {
        let values = nested.replications.column(index);
        values.filter_map(|value| value.defined()).collect()
    };
    let pairs = values(&fewer).into_iter().zip(values(&base));
    let differences: Vec<f64> = pairs.map(|(fewer, base)| fewer - base).collect();
    let hypercubes: Vec<f64> = differences.chunks(6).filter_map(mean).collect();
    let by_hand = splw_sim::stats::Estimate::of(&hypercubes).expect("ten");
    let all = differences_of(&fewer, &base, 2);
    let of_pcn = |name: &str| {
        let mut rows = all.iter();
        *rows
            .find(|it| it.column.scope == Scope::Pcn && it.column.measure.name == name)
            .expect("a row")
    };
    let row = of_pcn("referrals_received");
    let estimate = row.estimate.expect("pairs");
    assert_eq!((row.n, estimate.n), (60, 10));
    assert!((estimate.mean - by_hand.mean).abs() < 1e-9);
    assert!(
        (estimate.half_width().expect("ten") - by_hand.half_width().expect("ten")).abs() < 1e-9
    );
    // With fewer people, fewer lapse or wait in every draw.
    let draws = of_pcn("waiting_list_mean").draws;
    assert_eq!(draws.and_then(|it| it.share_better()), Some(1.0));
    // Two intervals hold together: each has 97.5%.
    let together = splw_sim::stats::Estimate::at_level(&hypercubes, 0.025).expect("ten");
    let simultaneous = row.simultaneous.expect("it is of the family");
    assert!((simultaneous.low.expect("ten") - together.low.expect("ten")).abs() < 1e-9);
}

#[test]
fn an_option_that_changes_nothing_differs_in_nothing() {
    let base = nested_of(COUNTED, &SMALL, "base", 2);
    let same = nested_of(COUNTED, &SMALL, "The same", 2);
    assert_eq!(bits(&base.replications), bits(&same.replications));
    let all = differences_of(&same, &base, 1);
    assert!(all.iter().all(|it| {
        it.draws
            .is_none_or(|draws| draws.better == 0 && draws.same == draws.all)
    }));
}

/// Above one WTE a post is two workers: draws have other columns, and the central ones are kept.
#[test]
fn draws_with_more_workers_keep_the_columns_of_the_centre() {
    let wte = "wte = { uncertain = { uniform = { min = 0.8, max = 1.2 } } }";
    let text = COUNTED.replace("wte = 1\nclient_share = 0.01\ncaseload_cap = 1", wte) + "\n";
    let text = text.replace(
        "[[options]]\nname = \"The same\"\nset.\"posts.0.wte\" = 1\n",
        "",
    );
    let nested = nested_of(&text, &SMALL, "base", 2);
    let base = central(&text).model;
    assert_eq!(base.posts.len(), 1);
    let wtes = SMALL.quantiles("posts.\"Link worker 1\".wte");
    let columns = &nested.replications.columns;
    let post = |name: &str| {
        let is_meant = |it: &Column| it.scope == Scope::Post && it.measure.name == name;
        columns
            .iter()
            .position(is_meant)
            .expect("a measure of posts")
    };
    let (hours, all) = (
        post("client_hours_available"),
        column(&nested.replications, "client_hours_available"),
    );
    let rows = nested.replications.rows().step_by(3);
    for ((draw, quantile), row) in wtes.iter().enumerate().zip(rows) {
        let [first, all] = [hours, all].map(|index| row[index].defined().expect("hours"));
        match *quantile > 0.5 {
            true => assert!(all > first, "two workers in draw {draw}"),
            false => assert!((all - first).abs() < 1e-9, "one worker in draw {draw}"),
        }
    }
}

/// A measure that is there only where an input is not nought: draws without it keep the others in place.
#[test]
fn draws_that_lack_a_measure_keep_the_others_in_place() {
    let costs = "[costs]\nprice_year = \"2026/27\"\nsalary_pounds_a_year = 30000\n\
                 gp_appointments_avoided_per_completed_case = \
                 { uncertain = { discrete = { values = [0, 4], shares = [0.5, 0.5] } } }\n[[case_types]]";
    let text = COUNTED.replace("[[case_types]]", costs);
    let nested = nested_of(&text, &SMALL, "base", 2);
    let here = &nested.replications;
    let name = |it: &Column| (it.scope, it.entity, it.measure.name);
    let avoided = here
        .columns
        .iter()
        .position(|it| it.measure.name == "gp_appointments_avoided");
    let avoided = avoided.expect("the centre is 2");
    let mut without = 0;
    for draw in 0..SMALL.draws {
        let first = 3 * draw as u64;
        let experiment = Experiment {
            seed: SEED,
            stopping: Stopping::Range(first..first + 1),
            threads: 1,
        };
        let never = AtomicBool::new(false);
        let alone = run(
            &model(&text, &SMALL, draw, "base"),
            &experiment,
            &never,
            &|_, _| {},
        );
        let alone = alone.expect("it runs");
        let row = here.rows().nth(3 * draw).expect("it was run");
        without += usize::from(row[avoided].defined().is_none());
        for (column, value) in alone.columns.iter().zip(alone.rows().flatten()) {
            let at = here.columns.iter().position(|it| name(it) == name(column));
            let kept = row[at.expect("the centre has all")].defined();
            assert_eq!(
                kept.map(f64::to_bits),
                value.defined().map(f64::to_bits),
                "{column:?}"
            );
        }
    }
    assert_eq!(without, 10, "one draw of two in each hypercube");
}

#[test]
fn a_draw_that_fails_is_told_and_a_stop_is_obeyed() {
    let base = central(COUNTED).model;
    let of_draw = |draw| match draw {
        0..=4 => Ok(DrawnModel {
            model: base.clone(),
            has_no_steady_state: false,
        }),
        _ => Err(draw),
    };
    let never = AtomicBool::new(false);
    let failed = run_draws(&base, (&SMALL, 2), &of_draw, &never, &|_, _| {});
    assert_eq!(failed.err(), Some(splw_sim::experiment::NoDraws::Draw(5)));
    let now = AtomicBool::new(true);
    let stopped = run_draws(&base, (&SMALL, 2), &of_draw, &now, &|_, _| {});
    let stop = splw_sim::experiment::NoDraws::Stop(splw_sim::experiment::Stop::Interrupted);
    assert_eq!(stopped.err(), Some(stop));
}
