//! Checks against the published targets, where they lie beside the checkout.
//!
//! Tests only. The tables themselves are also tested as literals beside each formula, so that a
//! checkout without the targets checks the same models.

use super::{CaseManager, ErlangA, ErlangC, WEEKS_PER_GREGORIAN_YEAR, erlang_b, number_present};
use serde_json::Value;

/// Asserts agreement to 6 significant digits, or to 6 decimals as the printed tables have them.
pub fn assert_six_digits(value: f64, target: f64) {
    let tolerance = 5.1e-7 * target.abs().max(1.0);
    assert!(
        (value - target).abs() < tolerance,
        "{value} is not {target}"
    );
}

/// The targets; none when they are not there.
fn targets() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/theory/targets.json");
    std::fs::read_to_string(path)
        .map(|text| serde_json::from_str(&text).expect("targets are a list"))
        .unwrap_or_default()
}

/// The number after `name=` in a target's parameters: "lam=4/w mu=5/w c=1".
fn parameter(target: &Value, name: &str) -> f64 {
    let text = target["params"].as_str().expect("parameters are text");
    let word = text
        .split_whitespace()
        .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
        .expect("the parameter is there");
    let number = word.trim_end_matches("/w");
    match number.split_once('/') {
        Some((top, bottom)) => parse(top) / parse(bottom),
        // 1/13, as it was printed.
        None if number == "0.0769231" => 1.0 / 13.0,
        None => parse(number),
    }
}

fn parse(number: &str) -> f64 {
    number.parse().expect("a number")
}

/// The value that the target's model gives here; `None` for models that are not here.
fn computed(target: &Value) -> Option<f64> {
    let of = |name: &str| parameter(target, name);
    let id = target["id"].as_str().expect("an id");
    let (model, metric) = (id.split('.').next()?, id.rsplit('.').next()?);
    if model.starts_with("MMCM") {
        let model = ErlangA::new(of("lam"), of("mu"), of("theta"), of("c") as u32)?;
        return Some(erlang_a_metric(&model, metric));
    }
    if model.starts_with("MMC") {
        let model = ErlangC::new(of("lam"), of("mu"), of("c") as u32)?;
        return Some(erlang_c_metric(&model, metric));
    }
    match model {
        "ERLB" => Some(erlang_b(of("c") as u32, of("a"))),
        "SCM" => {
            let manager = CaseManager {
                contact_rate: of("mu"),
                completion_probability: of("p"),
                return_rate: of("theta"),
            };
            manager.saturated_throughput(of("M") as u32)
        }
        "LITTLE" => {
            let mut parts = id.split('.').skip(1).map(parse);
            let rate_per_week = parts.next()? / WEEKS_PER_GREGORIAN_YEAR;
            Some(number_present(rate_per_week, parts.next()?))
        }
        _ => None,
    }
}

fn erlang_c_metric(model: &ErlangC, metric: &str) -> f64 {
    match metric {
        "C" => model.wait_probability,
        "Wq" => model.mean_wait,
        "Lq" => model.mean_queue,
        "tail" => model.wait_exceeds(0.25),
        _ => f64::NAN,
    }
}

fn erlang_a_metric(model: &ErlangA, metric: &str) -> f64 {
    match metric {
        "Pw" => model.wait_probability,
        "Pab" => model.abandon_probability,
        "Lq" => model.mean_queue,
        "Wq" => model.mean_wait,
        "util" => model.utilisation,
        _ => f64::NAN,
    }
}

#[test]
fn every_target_of_these_models_is_met_to_six_digits() {
    let targets = targets();
    let mut checked = 0;
    for target in &targets {
        let value = target["value"].as_f64().expect("a value");
        if let Some(computed) = computed(target) {
            let error = (computed / value - 1.0).abs();
            assert!(error < 5e-7, "{}: {computed} is not {value}", target["id"]);
            checked += 1;
        }
    }
    assert!(
        targets.is_empty() || checked >= 40,
        "only {checked} were checked"
    );
}
