//! What stands around the model: the experiment, targets and provenance.

use super::Resolver;
use crate::scenario::checked::{Experiment, Provenance, Target};
use crate::scenario::file::{ExperimentTable, ProvenanceTable, ScenarioFile, UncertaintyTable};
use crate::scenario::finding::Finding;
use crate::scenario::keys::{Astray, follow};
use crate::scenario::kind::Kind;
use crate::scenario::nearest::nearest;
use crate::scenario::path::parse;
use crate::scenario::reader::{Field, Table as _, Written};
use crate::scenario::text::{holds_nhs_number, quoted};
use crate::scenario::uncertain::Uncertainty;

/// Replications of all draws together at most.
const MOST_NESTED: u64 = 1_000_000;

/// How often the period is simulated.
pub fn experiment(field: &Field<ExperimentTable>, r: &mut Resolver) -> Experiment {
    let Some(table) = field.peek() else {
        return Experiment {
            replications: 1,
            seed: 1,
            precision: None,
            max_replications: 1,
        };
    };
    let replications = table.replications.used_or(&mut r.ledger, 1);
    let precision = table.precision.used(&mut r.ledger);
    let most = table.max_replications.used_or(&mut r.ledger, 1);
    if let Field::Given(most) = &table.max_replications
        && precision.is_some()
        && most.value < replications
    {
        let finding = Finding::at(&most.at, "is below `replications`");
        r.findings.add(
            finding
                .found(most.value.to_string())
                .allowed(format!("at least {replications}")),
        );
    }
    Experiment {
        replications: replications as u32,
        seed: table.seed.used_or(&mut r.ledger, 1),
        precision,
        max_replications: most.max(replications) as u32,
    }
}

/// How what is not known is drawn; the inputs are put in by the caller.
pub fn uncertainty(field: &Field<UncertaintyTable>, r: &mut Resolver) -> Uncertainty {
    let number = |field: Option<&Field<u64>>| field.and_then(Field::peek).copied().unwrap_or(10);
    let table = field.peek();
    let draws = number(table.map(|it| &it.draws));
    let hypercubes = number(table.map(|it| &it.hypercubes));
    let replications = number(table.map(|it| &it.replications));
    if let Some(table) = table {
        let at = |field: &Field<u64>| field.given().map_or(table.at.clone(), |it| it.at.clone());
        if !draws.is_multiple_of(hypercubes) {
            let finding = Finding::at(&at(&table.draws), "cannot be divided into the hypercubes");
            let allowed = format!("a multiple of {hypercubes}, the number of hypercubes");
            r.findings
                .add(finding.found(draws.to_string()).allowed(allowed));
        }
        if draws * replications > MOST_NESTED {
            let what = "times the replications of each draw is more than can be kept";
            let finding = Finding::at(&at(&table.draws), what);
            let found = (draws * replications).to_string();
            r.findings
                .add(finding.found(found).allowed("at most 1,000,000"));
        }
    }
    Uncertainty {
        draws: draws as u32,
        hypercubes: hypercubes as u32,
        replications: replications as u32,
        includes_defaults: table.and_then(|it| it.defaults.peek().copied()) == Some(true),
        is_drawn: table.and_then(|it| it.values.peek().copied()) != Some(false),
        inputs: Vec::new(),
    }
}

/// Targets; names that are no measures are reported.
pub fn targets(
    field: &Field<Vec<(Written<String>, f64)>>,
    measures: &[&str],
    r: &mut Resolver,
) -> Vec<Target> {
    let target = |(name, value): &(Written<String>, f64)| {
        let is_known = measures.contains(&name.value.as_str());
        if !is_known && r.findings.has_room() {
            let finding = Finding::at(&name.at, "is no measure that a target may have");
            let right = nearest(&name.value, measures.iter().copied());
            r.findings.add(match right {
                Some(_) => finding.did_you_mean(right),
                None => finding.allowed(format!("one of `{}`", measures.join("`, `"))),
            });
        }
        check_size(name, *value, r);
        if is_known {
            check_sign(name, *value, r);
        }
        Target {
            measure: name.value.clone(),
            value: *value,
        }
    };
    field.items().iter().map(target).collect()
}

/// Reports a share that is not one: 80 where 80% is meant.
fn check_size(name: &Written<String>, value: f64, r: &mut Resolver) {
    if !is_share(&name.value) || (0.0..=1.0).contains(&value) || !r.findings.has_room() {
        return;
    }
    let finding = Finding::at(&name.at, "is out of range: it is a share");
    let finding = finding
        .found(value.to_string())
        .allowed("a number from 0 to 1");
    r.findings.add(match value {
        percent if percent > 1.0 && percent <= 100.0 => {
            finding.hint(format!("{} for {percent}%", percent / 100.0))
        }
        _ => finding,
    });
}

/// Whether the measure of this name is a share, which measures say by their names.
#[must_use]
pub fn is_share(measure: &str) -> bool {
    let ends = ["_share", "_share_of_time"];
    let begins = ["share_", "contacted_within_", "any_"];
    begins.iter().any(|it| measure.starts_with(it)) || ends.iter().any(|it| measure.ends_with(it))
}

/// Reports a target below 0 of what is counted from 0, which nothing can miss or nothing can reach. Money
/// may be gained, and a list may shrink; of shares see above.
fn check_sign(name: &Written<String>, value: f64, r: &mut Resolver) {
    let measure = name.value.as_str();
    let is_signed = measure.ends_with("_pounds") || measure.contains("growth");
    if is_signed || is_share(measure) || value >= 0.0 || !r.findings.has_room() {
        return;
    }
    let finding = Finding::at(&name.at, "is out of range: it is never below 0");
    let finding = finding.found(value.to_string());
    r.findings.add(finding.allowed("a number from 0 on"));
}

/// Sources of values; paths that lead to no key are reported.
pub fn provenance(
    field: &Field<Vec<(Written<String>, ProvenanceTable)>>,
    r: &mut Resolver,
) -> Vec<Provenance> {
    let row = |(key, table): &(Written<String>, ProvenanceTable)| {
        check_path(key, r);
        let text = |field: &Field<Written<String>>| field.text();
        Provenance {
            key: key.value.clone(),
            source: text(&table.source).unwrap_or_default(),
            date: table.date.peek().copied(),
            grade: table.grade.peek().copied(),
            note: text(&table.note),
        }
    };
    field.items().iter().map(row).collect()
}

fn check_path(key: &Written<String>, r: &mut Resolver) {
    let report = |what: String| Finding::at(&key.at, what);
    if holds_nhs_number(&key.value) {
        return r
            .findings
            .add(report("holds what looks like an NHS number".to_owned()));
    }
    let steps = match parse(&key.value) {
        Ok(steps) => steps,
        Err(what) => return r.findings.add(report(what)),
    };
    if let Err((number, Astray { what, meant, hint })) =
        follow(&Kind::Table(ScenarioFile::describe), &steps)
    {
        let lost = steps.get(number).map_or("", |step| step.written());
        let finding = report(format!("leads to no key: `{}` {what}", quoted(lost)));
        r.findings.add(match hint {
            Some(hint) => finding.hint(hint),
            None => finding.did_you_mean(meant.as_deref()),
        });
    }
}
