//! Checks against the published targets, where they lie beside the checkout.
//!
//! Tests only: reading the list, and the loop over it. What a target's model gives here is in a
//! file for each [`Family`] of models. The tables themselves are also tested as literals beside
//! each formula, so that a checkout without the targets checks the same models.

mod hours;
mod networks;
mod one_station;

use serde_json::Value;

/// Each family of models; a new one is its file and a line here.
const FAMILIES: [Family; 3] = [one_station::FAMILY, networks::FAMILY, hours::FAMILY];

/// Some models: what they give for a target, and how many targets they must know.
struct Family {
    /// The value for a target; `None` where the model is of another family, or nowhere here.
    computed: fn(&Target) -> Option<f64>,
    /// Fewer targets than this with a value is a failure: a value has been lost.
    at_least: usize,
}

/// One published number.
struct Target {
    /// Model, case and metric, with points between: "MMC1.Wq".
    id: String,
    /// What the model is given: "lam=4/w mu=5/w c=1".
    parameters: String,
    value: f64,
}

impl Target {
    fn of(value: &Value) -> Self {
        let text = |key: &str| value[key].as_str().expect("a text").to_owned();
        Self {
            id: text("id"),
            parameters: text("params"),
            value: value["value"].as_f64().expect("a value"),
        }
    }

    /// The id up to its first point.
    fn model(&self) -> &str {
        self.id.split('.').next().expect("an id is not empty")
    }

    /// The id after its last point; of an id without points all of it.
    fn metric(&self) -> &str {
        self.id.rsplit('.').next().expect("an id is not empty")
    }

    /// The text after `name=`: up to a space, or between brackets.
    fn text(&self, name: &str) -> &str {
        let start = (self.parameters.match_indices(name))
            .find_map(|(at, _)| {
                let begins = at == 0 || self.parameters[..at].ends_with([' ', ',']);
                let rest = self.parameters[at + name.len()..].strip_prefix('=')?;
                begins.then_some(rest)
            })
            .expect("the parameter is there");
        match start.strip_prefix('(') {
            Some(inside) => inside.split(')').next(),
            None => start.split_whitespace().next(),
        }
        .expect("a part")
    }

    /// The number after `name=`.
    fn parameter(&self, name: &str) -> f64 {
        parse(self.text(name).trim_end_matches(','))
    }

    /// The numbers after `name=`, with commas between.
    fn parameters(&self, name: &str) -> Vec<f64> {
        self.text(name).split(',').map(parse).collect()
    }
}

/// A number as the targets write them: with a unit a week or in weeks, and fractions.
fn parse(text: &str) -> f64 {
    let number = text.trim().trim_end_matches('w').trim_end_matches('/');
    let plain = |digits: &str| digits.parse().expect("a number");
    match number.split_once('/') {
        Some((top, bottom)) => plain(top) / plain(bottom),
        // 1/13, as it was printed.
        None if number == "0.0769231" => 1.0 / 13.0,
        None => plain(number),
    }
}

/// Asserts agreement to 6 significant digits, or to 6 decimals as the printed tables have them.
pub fn assert_six_digits(value: f64, target: f64) {
    let tolerance = 5.1e-7 * target.abs().max(1.0);
    assert!(
        (value - target).abs() < tolerance,
        "{value} is not {target}"
    );
}

/// The targets; none when they are not there.
fn targets() -> Vec<Target> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/theory/targets.json");
    let Ok(text) = std::fs::read_to_string(path) else {
        return Vec::new();
    };
    let list: Vec<Value> = serde_json::from_str(&text).expect("targets are a list");
    list.iter().map(Target::of).collect()
}

#[test]
fn every_target_of_these_models_is_met_to_six_digits() {
    let targets = targets();
    for family in &FAMILIES {
        let mut checked = 0;
        for target in &targets {
            if let Some(computed) = (family.computed)(target) {
                let error = (computed / target.value - 1.0).abs();
                let (id, value) = (&target.id, target.value);
                assert!(error < 5e-7, "{id}: {computed} is not {value}");
                checked += 1;
            }
        }
        let at_least = family.at_least;
        assert!(
            targets.is_empty() || checked >= at_least,
            "only {checked} of {at_least} were checked"
        );
    }
}
