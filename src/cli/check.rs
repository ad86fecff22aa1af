//! `splw-sim check`: is this file right, what will be run, is the service overloaded on paper.

use super::command::{CheckArguments, Format};
use super::failure::Failure;
use super::input::Input;
use super::output::{print, tell};
use super::rests;
use crate::engine::{Plan, ReplicationKey, simulate};
use crate::experiment::PaperLoads;
use crate::measure::ContractedHours;
use crate::model::time::DAYS_PER_YEAR;
use crate::model::{Costs, Model};
use crate::report::costs::costs_on_paper;
use crate::report::options::{Variant, options_on_paper};
use crate::report::paper::{Binding, Loads, on_paper};
use crate::report::plain::{defaults_taken, not_known, read_back};
use crate::report::year::where_time_goes;
use crate::scenario::{BASE, Scenario, Uncertainty};

/// Referrals in a replication that is simulated to see where the time goes.
const MOST_REFERRALS: f64 = 1e6;
/// Pounds a year that are no difference of costs.
const HALF_A_PENNY: f64 = 0.005;

/// Checks a scenario and prints what was read.
///
/// # Errors
/// When the scenario is refused or stdout cannot be written.
pub fn check(arguments: &CheckArguments) -> Result<(), Failure> {
    let base = Input::read(&arguments.scenario, &[])?;
    let variants = variants(&base.scenario);
    let input = base.into_option(arguments.option.as_deref())?;
    let paper = on_paper_of(&input.scenario);
    match arguments.format {
        Format::Text => tell(&text(&input, &paper, &variants)),
        Format::Json => print(&format!("{:#}\n", json(&input, &paper, &variants))),
    }
}

fn on_paper_of(scenario: &Scenario) -> PaperLoads {
    PaperLoads::of(&Plan::new(&scenario.model), scenario.experiment.seed)
}

/// The service as it is and its options, on paper; nothing where there are no options.
fn variants(base: &Scenario) -> Vec<Variant> {
    if base.options.is_empty() {
        return Vec::new();
    }
    let options = base.options.iter().map(|option| {
        let cost = option.cost_pounds_a_year;
        let cost = cost.or_else(|| costs_more(&option.scenario.model, &base.model));
        let paper = on_paper_of(&option.scenario);
        Variant::new(&option.name, &option.changes, cost, &paper)
    });
    std::iter::once(Variant::new(BASE, &[], None, &on_paper_of(base)))
        .chain(options)
        .collect()
}

/// Pounds a year that the posts of `option` cost more than those of `base`, all filled; `None` where
/// one of the two counts no money, or they cost the same.
fn costs_more(option: &Model, base: &Model) -> Option<f64> {
    let all = |model: &Model| {
        let wte = model.posts.iter().map(|post| post.wte);
        Some(model.costs.as_ref()?.full_pounds_a_year(wte))
    };
    let more = all(option)? - all(base)?;
    (more.abs() > HALF_A_PENNY).then_some(more)
}

fn text(input: &Input, paper: &PaperLoads, variants: &[Variant]) -> String {
    let scenario = &input.scenario;
    let experiment = &scenario.experiment;
    let mut text = read_back(
        &input.story(),
        &scenario.model,
        experiment.replications,
        experiment.seed,
    );
    text += &defaults_taken(&rests::defaults(&input.scenario));
    text += &uncertain_inputs(&scenario.uncertainty);
    text += "\n";
    text += &on_paper(&scenario.model, paper);
    text += &costs_on_paper(&scenario.model);
    text += &options_on_paper(variants);
    if let Some(hours) = first_replication(input, paper) {
        text += "\n";
        text += &where_time_goes(&scenario.model, &hours);
    }
    text
}

/// The uncertain inputs, if there are any, and how they are drawn.
fn uncertain_inputs(uncertainty: &Uncertainty) -> String {
    let rows = rests::uncertain(uncertainty);
    not_known(&rows, uncertainty.draws, uncertainty.replications)
}

/// Where contracted time went in the first replication; `None` where it would take more than a moment.
fn first_replication(input: &Input, paper: &PaperLoads) -> Option<Vec<ContractedHours>> {
    let scenario = &input.scenario;
    let years = f64::from(scenario.model.days()) / DAYS_PER_YEAR;
    let key = ReplicationKey {
        seed: scenario.experiment.seed,
        replication: 0,
    };
    let is_short = paper.accepted_a_year * years <= MOST_REFERRALS;
    is_short.then(|| {
        let seen = simulate(&scenario.model, key);
        seen.posts.iter().map(ContractedHours::of).collect()
    })
}

fn json(input: &Input, paper: &PaperLoads, variants: &[Variant]) -> serde_json::Value {
    let scenario = &input.scenario;
    let loads = Loads::of(paper);
    let finite = |value: f64| value.is_finite().then_some(value);
    let defaults: Vec<serde_json::Value> = scenario
        .defaults
        .iter()
        .map(|default| {
            serde_json::json!({
                "key": default.key,
                "value": default.value,
                "grade": default.grade.to_string(),
                "source": default.source,
            })
        })
        .collect();
    let mut told = serde_json::json!({
        "title": scenario.title,
        "question": scenario.question,
        "overrides": input.overrides,
        "option": input.option,
        "options": variants.iter().skip(1).map(json_of_option).collect::<Vec<_>>(),
        "replications": scenario.experiment.replications,
        "seed": scenario.experiment.seed,
        "notes": scenario.notes,
        "defaults": defaults,
        "first_referrals_a_year": paper.first_referrals_a_year,
        "accepted_a_year": paper.accepted_a_year,
        "client_hours_asked_a_year": paper.hours_asked.iter().sum::<f64>(),
        "client_hours_available_a_year": paper.hours_available.iter().sum::<f64>(),
        "places_asked": paper.places_asked.iter().sum::<f64>(),
        "places": finite(paper.places.iter().sum::<f64>()),
        "hours_load": finite(paper.hours_load()),
        "places_load": finite(paper.places_load()),
        "hours_load_where_greatest": finite(loads.hours.load),
        "places_load_where_greatest": finite(loads.places.load),
        "binding": match loads.binding() { Binding::Places => "places", Binding::Hours => "hours" },
        "overloaded": loads.greatest() >= 1.0,
        "contracted_seconds_in_the_first_replication": first_replication(input, paper)
            .map(|hours| accounts(&scenario.model, &hours)),
    });
    if let Some(costs) = &scenario.model.costs {
        told["costs"] = json_of_costs(&scenario.model, costs);
    }
    told
}

/// What the service costs with all posts filled.
fn json_of_costs(model: &Model, costs: &Costs) -> serde_json::Value {
    let posts = model.posts.iter().zip(&costs.posts).map(|(post, cost)| {
        serde_json::json!({
            "post": post.name,
            "wte": post.wte,
            "pounds_a_year_per_wte": cost.pounds_a_year_per_wte,
        })
    });
    let wte = model.posts.iter().map(|post| post.wte);
    serde_json::json!({
        "price_year": costs.price_year.to_string(),
        "posts": posts.collect::<Vec<_>>(),
        "all_posts_filled_pounds_a_year": costs.full_pounds_a_year(wte),
    })
}

/// Where the contracted time of each post goes.
fn accounts(model: &Model, hours: &[ContractedHours]) -> Vec<serde_json::Value> {
    let posts = model.posts.iter().zip(hours);
    posts
        .map(|(post, hours)| {
            let parts = hours
                .parts
                .map(|(what, seconds)| (what.to_owned(), seconds.into()));
            serde_json::json!({
                "post": post.name,
                "contracted": hours.contracted,
                "parts": serde_json::Map::from_iter(parts),
            })
        })
        .collect()
}

fn json_of_option(option: &Variant) -> serde_json::Value {
    let finite = |value: f64| value.is_finite().then_some(value);
    serde_json::json!({
        "name": option.name,
        "cost_pounds_a_year": option.cost_pounds_a_year,
        "changes": option.changes,
        "hours_load": finite(option.hours_load),
        "places_load": option.places_load.and_then(finite),
    })
}
