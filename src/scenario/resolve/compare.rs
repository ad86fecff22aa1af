//! How options are held against the service as it is.

use std::collections::BTreeMap;

use super::Resolver;
use crate::scenario::checked::{CONTACTED, Comparison, Experiment, NET_BENEFIT, RankBy};
use crate::scenario::file::CompareTable;
use crate::scenario::finding::Finding;
use crate::scenario::nearest::nearest;
use crate::scenario::reader::{Field, Written};

/// One less the share of times that the intervals may miss, where the file does not say.
const CONFIDENCE: f64 = 0.95;

/// How options are compared; names that are no measures are reported, and what does not fit.
pub fn comparison(
    field: &Field<CompareTable>,
    experiment: &Experiment,
    measures: &[&str],
    r: &mut Resolver,
) -> Comparison {
    let Some(table) = field.peek() else {
        return Comparison {
            measures: Vec::new(),
            ranking: None,
            confidence: CONFIDENCE,
            difference_precision: None,
            budget_replications: experiment.max_replications,
            pounds_per_extra_person_contacted: None,
            extra_person_contacted: None,
        };
    };
    Comparison {
        measures: chosen(table, measures, r),
        ranking: ranking(table, measures, r),
        confidence: table.confidence.used_or(&mut r.ledger, CONFIDENCE),
        difference_precision: table.difference_precision.used(&mut r.ledger),
        budget_replications: budget(table, experiment, r),
        pounds_per_extra_person_contacted: table
            .pounds_per_extra_person_contacted
            .used(&mut r.ledger),
        extra_person_contacted: who_counts(table, r),
    }
}

/// The measures chosen, each once.
fn chosen(table: &CompareTable, measures: &[&str], r: &mut Resolver) -> Vec<String> {
    if let Field::Given(list) = &table.measures
        && list.value.is_empty()
    {
        let finding = Finding::at(&list.at, "names no measure");
        r.findings
            .add(finding.hint("leave the key out to see the usual ones"));
    }
    let mut met = BTreeMap::new();
    for name in table.measures.items() {
        check_name(name, measures, &[], r);
        if let Some(first) = met.insert(name.value.as_str(), name.at.place) {
            let finding = Finding::at(&name.at, "names a measure for the second time");
            r.findings.add(finding.first_given(first));
        }
    }
    let names = table.measures.items().iter();
    names.map(|name| name.value.clone()).collect()
}

/// The measure that says who counts as contacted, if the file names one; another is reported.
fn who_counts(table: &CompareTable, r: &mut Resolver) -> Option<String> {
    let name = table.extra_person_contacted.name()?;
    if CONTACTED.contains(&name.value.as_str()) {
        return Some(name.value.clone());
    }
    let finding = Finding::at(&name.at, "does not say who counts as contacted");
    let finding = finding.found(format!("{:?}", name.value));
    let all = format!("one of `{}`", CONTACTED.join("`, `"));
    r.findings.add(finding.allowed(all));
    None
}

fn ranking(table: &CompareTable, measures: &[&str], r: &mut Resolver) -> Option<RankBy> {
    let zone = table.indifference_zone.used(&mut r.ledger);
    match (table.rank_by.given(), table.indifference_zone.given()) {
        (Some(by), None) if !table.indifference_zone.is_wrong() => {
            let finding = Finding::at(&by.at, "stands without `indifference_zone`");
            r.findings.add(finding.hint(
                "say how small a difference does not matter, for example indifference_zone = 1.0",
            ));
        }
        (None, Some(zone)) if !table.rank_by.is_wrong() => {
            let finding = Finding::at(&zone.at, "stands without `rank_by`");
            r.findings
                .add(finding.hint("name the measure to rank by, or leave both out"));
        }
        _ => {}
    }
    let by = table.rank_by.name()?;
    check_name(by, measures, &[NET_BENEFIT], r);
    let is_priced = table.pounds_per_extra_person_contacted.given().is_some();
    if by.value == NET_BENEFIT && !is_priced {
        let finding = Finding::at(&by.at, "needs `pounds_per_extra_person_contacted`");
        r.findings
            .add(finding.hint("say what one more person contacted in time is worth"));
    }
    Some(RankBy {
        measure: by.value.clone(),
        indifference_zone: zone?,
    })
}

/// Reports a name that is neither a measure with a better side nor one of `others`.
fn check_name(name: &Written<String>, measures: &[&str], others: &[&str], r: &mut Resolver) {
    let known = || measures.iter().chain(others).copied();
    if known().any(|it| it == name.value) || !r.findings.has_room() {
        return;
    }
    let finding = Finding::at(
        &name.at,
        "is no measure of which one side is better than the other",
    );
    let finding = finding.found(format!("{:?}", name.value));
    let right = nearest(&name.value, known()).or_else(|| of_words(&name.value, known()));
    let all: Vec<&str> = known().collect();
    r.findings.add(match right {
        Some(_) => finding.did_you_mean(right),
        None => finding.allowed(format!("one of `{}`", all.join("`, `"))),
    });
}

/// The shortest candidate that has all the words that were typed: "share ever contacted" is
/// `share_contacted_ever`.
fn of_words<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    let words: Vec<&str> = typed
        .split([' ', '_', '-'])
        .filter(|it| !it.is_empty())
        .collect();
    let has_all = |candidate: &&str| {
        let mut words = words.iter();
        words.all(|word| candidate.split('_').any(|it| it == *word))
    };
    let of = candidates.filter(has_all);
    of.min_by_key(|candidate| candidate.len())
        .filter(|_| !words.is_empty())
}

/// Replications at most. A budget that is given must do for the replications that are made anyway.
fn budget(table: &CompareTable, experiment: &Experiment, r: &mut Resolver) -> u32 {
    let least = u64::from(experiment.replications);
    let Some(budget) = table.budget_replications.given() else {
        return experiment.max_replications;
    };
    if budget.value < least {
        let finding = Finding::at(&budget.at, "is below `experiment.replications`");
        r.findings.add(
            finding
                .found(budget.value.to_string())
                .allowed(format!("at least {least}")),
        );
    }
    budget.value.max(least) as u32
}
