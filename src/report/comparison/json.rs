//! A comparison for programs.

use super::{Compared, Comparison};
use crate::experiment::{CostEffect, DifferenceRow, Gain};
use crate::report::entity_name;
use crate::stats::Estimate;
use serde_json::{Value, json};

/// Everything that the text says, and every difference.
#[must_use]
pub fn json(comparison: &Comparison, folder: &str) -> Value {
    let family = comparison.family;
    let variants = comparison.variants();
    let names: Vec<&str> = variants.iter().map(|it| it.option).collect();
    let targets = comparison.target_lines();
    json!({
        "title": comparison.story.title,
        "question": comparison.story.question,
        "answer": comparison.sentences(),
        "be_careful": comparison.cautions(),
        "targets": targets.iter().map(|it| it.json(&names)).collect::<Vec<_>>(),
        "replications": comparison.base.replications.count(),
        "family": {
            "measures": family.measures,
            "options": family.options,
            "intervals": family.intervals(),
            "confidence": family.confidence,
        },
        "options": comparison.options.iter().map(option).collect::<Vec<_>>(),
        "ranking": ranking(comparison),
        "folder": folder,
    })
}

fn option(option: &Compared) -> Value {
    json!({
        "name": option.variant.option,
        "changes": option.changes,
        "replications": option.variant.replications.count(),
        "differences": option.rows.iter().map(|row| difference(option, row)).collect::<Vec<_>>(),
        "cost": {
            "pounds_a_year_outright": option.cost.outright,
            "pounds_a_year_by_posts": option.cost.by_posts,
            "parts": option.cost.parts,
            "not_known": option.cost.unknown,
        },
        "money": option.money.iter().map(money).collect::<Vec<_>>(),
    })
}

fn difference(option: &Compared, row: &DifferenceRow) -> Value {
    let column = &row.column;
    json!({
        "scope": column.scope.name(),
        "name": entity_name(option.variant.model, column.scope, column.entity),
        "measure": column.measure.name,
        "unit": column.unit().name(),
        "n": row.n,
        "mean_difference": row.estimate.map(|it| it.mean),
        "ci95_low": row.estimate.and_then(|it| it.low),
        "ci95_high": row.estimate.and_then(|it| it.high),
        "simultaneous_low": row.simultaneous.and_then(|it| it.low),
        "simultaneous_high": row.simultaneous.and_then(|it| it.high),
        "correlation": row.correlation,
        "variance_reduction": row.variance_reduction,
        "probability_better": row.probability_better,
        "share_of_draws_better": row.draws.and_then(|it| it.share_better()),
        "share_of_draws_same": row.draws.and_then(|it| it.share_same()),
        "draws_p10": row.over_draws.map(|it| it[0]),
        "draws_p50": row.over_draws.map(|it| it[1]),
        "draws_p90": row.over_draws.map(|it| it[2]),
    })
}

fn money(effect: &CostEffect) -> Value {
    let (gain, days) = match effect.gain {
        Gain::ContactedInTime { days } => ("people_contacted_in_time", Some(days)),
        Gain::ContactedEver => ("people_ever_contacted", None),
        Gain::WaitWeeksRemoved => ("wait_weeks_removed", None),
    };
    json!({
        "gain": gain,
        "within_days": days,
        "cost_pounds_a_year": estimate(&effect.cost),
        "gained_a_year": estimate(&effect.gained),
        "gained_draws_p10": effect.over_draws.map(|it| it[0]),
        "gained_draws_p50": effect.over_draws.map(|it| it[1]),
        "gained_draws_p90": effect.over_draws.map(|it| it[2]),
        "pounds_per_unit": effect.ratio.map(|it| json!({
            "ratio": it.ratio, "ci95_low": it.low, "ci95_high": it.high,
        })),
        "net_benefit_pounds_a_year": effect.net_benefit.as_ref().map(estimate),
        "quadrants": effect.quadrants.map(|it| json!({
            "better_and_dearer": it.more_for_more,
            "better_and_cheaper": it.more_for_less,
            "worse_and_dearer": it.less_for_more,
            "worse_and_cheaper": it.less_for_less,
        })),
    })
}

fn estimate(estimate: &Estimate) -> Value {
    json!({
        "mean": estimate.mean, "ci95_low": estimate.low, "ci95_high": estimate.high,
    })
}

fn ranking(comparison: &Comparison) -> Value {
    let Some(ranked) = comparison.ranking else {
        return Value::Null;
    };
    let name = |system: usize| match system.checked_sub(1) {
        None => comparison.base.option,
        Some(at) => comparison.options[at].variant.option,
    };
    let standings = ranked.outcome.map(|it| {
        let systems = it.standings.iter().enumerate();
        let each = systems.map(|(system, standing)| {
            json!({
                "name": name(system),
                "mean": standing.mean,
                "replications": standing.replications,
                "behind": standing.behind.map(name),
            })
        });
        each.collect::<Vec<_>>()
    });
    json!({
        "measure": ranked.measure,
        "indifference_zone": ranked.zone,
        "confidence": comparison.family.confidence,
        "best": ranked.outcome.and_then(|it| it.best).map(name),
        "standings": standings,
    })
}
