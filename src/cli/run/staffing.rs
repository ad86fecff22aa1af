//! `splw-sim run DIR --wte-needed`: how many WTE a scenario of the folder needs to meet its targets.

use super::super::failure::Failure;
use super::super::input::Input;
use super::super::study::Outcome;
use crate::engine::Plan;
use crate::experiment::staffing::{Reached, STEP_WTE, pattern, search, with_more};
use crate::experiment::{Experiment, PaperLoads};
use crate::import::starter::{Service, starter};
use crate::measure::{Measure, all_measures};
use crate::model::{Model, Post};
use crate::report::answer::target_names;
use crate::report::batch::Tried;
use crate::report::paper::Loads;
use crate::scenario::{NoFiles, read};
use std::collections::BTreeMap;

/// Most WTE that are tried, as a multiple of what the load on paper asks for.
const TIMES_THE_LOAD: f64 = 4.0;
/// Most WTE that are tried where little is asked for.
const AT_LEAST: f64 = 10.0;
/// Steps with which the load is found out, so that a service without posts has one: 1 WTE.
const FIRST: u32 = 4;

/// Tries staffings of a scenario until it is known how many WTE it needs: what came of each, by the
/// steps above what there is. Nothing without targets. Uncertain inputs have their central values.
///
/// # Errors
/// When somebody interrupts, or no thread can be started.
pub fn staffing(input: &Input, experiment: &Experiment) -> Result<BTreeMap<u32, Tried>, Failure> {
    let targets = targets(input);
    let mut tried = BTreeMap::new();
    if targets.is_empty() {
        return Ok(tried);
    }
    let mut model = input.scenario.model.clone();
    if input.scenario.compares_feedback {
        model.strain.feedback = None;
    }
    let pattern = pattern(&model).cloned().unwrap_or_else(usual_post);
    let limits = limits(&model, &pattern, experiment.seed);
    search(limits, &mut |steps| {
        let more = with_more(&model, &pattern, steps);
        let outcome = Outcome::of(more, experiment, "replications", true)?;
        let reached = Reached::of(&outcome.estimates, &targets);
        tried.insert(steps, (reached, outcome.estimates));
        Ok::<_, Failure>(reached)
    })?;
    Ok(tried)
}

fn targets(input: &Input) -> Vec<(&'static Measure, f64)> {
    let measure = |name: &str| all_measures().iter().copied().find(|it| it.name == name);
    let targets = input.scenario.targets.iter();
    targets
        .filter_map(|target| Some((measure(&target.measure)?, target.value)))
        .collect()
}

/// The post of somebody who says no more than its WTE.
fn usual_post() -> Post {
    let text = starter(&Service {
        name: "A service".to_owned(),
        lists: vec![10_000],
        wte: vec![1.0],
        rate: None,
        start: jiff::civil::date(2026, 10, 5),
    });
    let scenario = read(text.as_bytes(), "usual", &[], &NoFiles, &target_names());
    let mut posts = scenario.expect("what is usual is right").model.posts;
    posts.remove(0)
}

/// How many steps the load on paper asks for, and how many are tried at most.
fn limits(model: &Model, pattern: &Post, seed: u64) -> (u32, u32) {
    let more = with_more(model, pattern, FIRST);
    let load = Loads::of(&PaperLoads::of(&Plan::new(&more), seed)).greatest();
    let wte: f64 = model.posts.iter().map(|post| post.wte).sum();
    let first = f64::from(FIRST) * STEP_WTE;
    let asked_for = load.clamp(0.0, 1_000.0) * (wte + first);
    let steps = |wte_in_all: f64| ((wte_in_all - wte) / STEP_WTE).ceil().max(1.0) as u32;
    (
        steps(asked_for),
        steps(wte + AT_LEAST + TIMES_THE_LOAD * asked_for),
    )
}
