//! Whether a scenario is small enough to be simulated at all.

use super::Resolver;
use crate::model::time::DAYS_PER_YEAR;
use crate::model::{Demand, Model, Ramp, SimTime};
use crate::scenario::file::ScenarioFile;
use crate::scenario::finding::Finding;
use crate::scenario::kind::grouped;

/// Referrals expected in one replication at most.
const MOST_REFERRALS: f64 = 100_000_000.0;

/// People x practices of all batches at most.
const MOST_DEALT: f64 = 1_000_000_000.0;

/// Refuses a scenario with more referrals than a computer can simulate in reasonable time. The
/// count is a bound from above: the whole time at the highest rate.
pub fn check_size(model: &Model, file: &ScenarioFile, r: &mut Resolver) {
    let years = (model.period.closes - SimTime::ZERO).days() / DAYS_PER_YEAR;
    let a_year: f64 = model.practices.iter().map(|it| it.referrals_a_year()).sum();
    let growth = (1.0 + model.demand.growth_a_year).max(1.0).powf(years);
    let batches: f64 = model
        .demand
        .batches
        .iter()
        .map(|it| it.referrals.mean())
        .sum();
    let most = a_year * years * growth * highest_factor(&model.demand) + batches;
    check_dealt(model, file, r);
    let is_small = most <= MOST_REFERRALS;
    if !is_small {
        let place = file
            .practices
            .given()
            .map_or(file.at.place, |it| it.at.place);
        r.findings.add(
            Finding::new(
                place,
                "practices",
                "refer more people than can be simulated",
            )
            .found(format!(
                "up to {} referrals in one replication",
                grouped(most.round())
            ))
            .allowed("at most 100,000,000"),
        );
    }
}

/// Refuses batches of more people and practices than can be dealt: each person is, over all
/// practices of the batch.
fn check_dealt(model: &Model, file: &ScenarioFile, r: &mut Resolver) {
    let batches = model.demand.batches.iter();
    let dealt: f64 = batches
        .map(|it| it.referrals.mean() * it.practices.len() as f64)
        .sum();
    let demand = file.demand.peek();
    if let Some(written) = demand.and_then(|it| it.batches.given())
        && dealt > MOST_DEALT
    {
        let finding = Finding::at(
            &written.at,
            "have more people than can be dealt to practices",
        );
        r.findings.add(
            finding
                .found(format!("{} people x practices", grouped(dealt.round())))
                .allowed("at most 1,000,000,000 people x practices, over all batches"),
        );
    }
}

/// The highest that shocks and ramps together multiply the rate by, as if all concerned all
/// practices. It is reached where one of them begins or ends.
fn highest_factor(demand: &Demand) -> f64 {
    let shocks = demand.shocks.iter().flat_map(|it| [it.starts, it.ends]);
    let ramps = demand.ramps.iter().flat_map(|it| [it.starts, it.ends]);
    let instants = shocks.chain(ramps).chain([SimTime::ZERO]);
    instants
        .map(|time| factor_at(demand, time))
        .fold(0.0, f64::max)
}

fn factor_at(demand: &Demand, time: SimTime) -> f64 {
    let is_on = |starts, ends| starts <= time && time < ends;
    let shocks = demand.shocks.iter().filter(|it| is_on(it.starts, it.ends));
    let shocks: f64 = shocks.map(|it| it.factor).product();
    let ramp = |it: &Ramp| match (it.starts > time, it.ends <= time) {
        (true, _) => it.from_factor,
        (_, true) => it.to_factor,
        // In between the rate may be anything between the two.
        _ => it.from_factor.max(it.to_factor),
    };
    shocks * demand.ramps.iter().map(ramp).product::<f64>()
}
