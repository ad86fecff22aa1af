//! Checks against the published targets, where they lie beside the checkout.
//!
//! Tests only. The values are also tested as literals beside each estimator, so that a checkout
//! without the targets checks the same.

use super::student_t::two_sided;
use super::{MSER_5, kim_nelson_h2, mser, order_statistic_interval};
use serde_json::Value;

/// The targets; none when they are not there.
fn targets() -> Vec<Value> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/theory/targets.json");
    std::fs::read_to_string(path)
        .map(|text| serde_json::from_str(&text).expect("targets are a list"))
        .unwrap_or_default()
}

/// The value of the estimator that an id names; `None` for what is not here. Ids read `OA.t.5`
/// (n), `OA.bonf.5` (n, ten comparisons), `OA.q.30.0.9.lo` (n, p, which), `OA.mser5.step`,
/// `OA.KN.5.10.0.05` (k, n0, alpha).
fn computed(id: &str) -> Option<f64> {
    let (family, rest) = id.strip_prefix("OA.")?.split_once('.')?;
    match family {
        "t" => Some(two_sided(0.05, parse(rest) - 1.0)),
        "bonf" => Some(two_sided(0.05 / 10.0, parse(rest) - 1.0)),
        "q" => {
            let (n, rest) = rest.split_once('.')?;
            let (p, which) = rest.rsplit_once('.')?;
            quantile_interval(n.parse().expect("a whole number"), parse(p), which)
        }
        "KN" => {
            let (systems, rest) = rest.split_once('.')?;
            let (first_stages, alpha) = rest.split_once('.')?;
            let systems = systems.parse().expect("a whole number");
            let first_stages = first_stages.parse().expect("a whole number");
            kim_nelson_h2(systems, first_stages, parse(alpha))
        }
        "mser5" => {
            let after = (0..450).map(|i| f64::from(i % 2));
            let series: Vec<f64> = std::iter::repeat_n(10.0, 50).chain(after).collect();
            Some(mser(&series, MSER_5)?.drop as f64)
        }
        _ => None,
    }
}

/// Ranks are counted from 1; n + 1 stands for unbounded above.
fn quantile_interval(n: usize, p: f64, which: &str) -> Option<f64> {
    let interval = order_statistic_interval(n, p, 0.05)?;
    match which {
        "lo" => Some(interval.low.unwrap_or(0) as f64),
        "hi" => Some(interval.high.unwrap_or(n + 1) as f64),
        "cov" => Some(interval.coverage),
        _ => None,
    }
}

fn parse(number: &str) -> f64 {
    number.parse().expect("a number")
}

#[test]
fn every_target_of_these_estimators_is_met() {
    let targets = targets();
    let mut checked = 0;
    for target in &targets {
        let id = target["id"].as_str().expect("an id");
        let value = target["value"].as_f64().expect("a value");
        if let Some(computed) = computed(id) {
            let error = (computed / value - 1.0).abs();
            assert!(error < 1e-9, "{id}: {computed} is not {value}");
            checked += 1;
        }
    }
    // 3 of t, 3 of Bonferroni, 9 of order statistics, 3 of selection, 1 of MSER-5.
    assert!(
        targets.is_empty() || checked >= 19,
        "only {checked} were checked"
    );
}
