//! Practices.

use super::Resolver;
use super::deprivation::{Tilt, tilt};
use super::names::Names;
use crate::model::{CaseType, OpeningHours, Practice};
use crate::scenario::file::{PracticeTable, ScenarioFile};
use crate::scenario::finding::Finding;
use crate::scenario::reader::{Field, Written};

/// The practices.
pub fn practices(
    file: &ScenarioFile,
    case_types: &[CaseType],
    type_names: &Names,
    r: &mut Resolver,
) -> Vec<Practice> {
    if let Field::Given(Written { value, at }) = &file.practices
        && value.is_empty()
    {
        let finding = Finding::new(at.place, "practices", "is empty");
        r.findings
            .add(finding.allowed("at least one [[practices]]"));
    }
    let tables = file.practices.items();
    let usual = Usual {
        rate: usual_rate(file, r),
        opening: usual_opening(file, r),
        tilt: tilt(file, case_types, type_names, r),
    };
    tables
        .iter()
        .map(|table| practice(table, &usual, case_types, type_names, r))
        .collect()
}

/// What stands where a practice says nothing of its own.
struct Usual {
    rate: f64,
    opening: OpeningHours,
    tilt: Tilt,
}

/// The rate of practices that give none; the default counts as used if there are such.
fn usual_rate(file: &ScenarioFile, r: &mut Resolver) -> f64 {
    let is_used = file
        .practices
        .items()
        .iter()
        .any(|it| !it.referrals_per_1000_a_year.is_in_file());
    let rate = file
        .demand
        .peek()
        .map(|demand| &demand.referrals_per_1000_a_year);
    let used = rate
        .filter(|_| is_used)
        .and_then(|rate| rate.used(&mut r.ledger));
    used.unwrap_or_default()
}

fn usual_opening(file: &ScenarioFile, r: &mut Resolver) -> OpeningHours {
    let is_used = file
        .practices
        .items()
        .iter()
        .any(|it| !it.opening_hours.is_in_file());
    let hours = file.demand.peek().map(|demand| &demand.opening_hours);
    let used = hours
        .filter(|_| is_used)
        .and_then(|hours| hours.used(&mut r.ledger));
    used.unwrap_or(OpeningHours::ALL_DAY)
}

fn practice(
    table: &PracticeTable,
    usual: &Usual,
    case_types: &[CaseType],
    type_names: &Names,
    r: &mut Resolver,
) -> Practice {
    let factors = usual.tilt.of(table);
    Practice {
        name: table.name.text().unwrap_or_default(),
        ods_code: table.ods_code.text(),
        list_size: table.list_size.peek().copied().unwrap_or_default(),
        referrals_per_1000_a_year: table
            .referrals_per_1000_a_year
            .peek()
            .copied()
            .unwrap_or(usual.rate * factors.rate),
        opening: table.opening_hours.peek().copied().unwrap_or(usual.opening),
        case_type_shares: shares(table, &factors.case_types, case_types, type_names, r),
        dna_factor: factors.dna,
    }
}

/// The shares of the case types, tilted by deprivation and by the practice, and normalised.
fn shares(
    table: &PracticeTable,
    of_fifth: &[f64],
    case_types: &[CaseType],
    names: &Names,
    r: &mut Resolver,
) -> Vec<f64> {
    let untilted = case_types.iter().map(|it| it.share);
    let mut shares: Vec<f64> = untilted
        .zip(of_fifth)
        .map(|(share, of)| share * of)
        .collect();
    for (name, factor) in table.case_type_tilt.items() {
        let position = names.find(name, &mut r.findings);
        if let Some(share) = position.and_then(|position| shares.get_mut(position)) {
            *share *= factor;
        }
    }
    let sum: f64 = shares.iter().sum();
    let untilted: f64 = case_types.iter().map(|it| it.share).sum();
    let tilt = table.case_type_tilt.given().map(|it| &it.at);
    let tilted_by = tilt.or_else(|| table.deprivation_fifth.given().map(|it| &it.at));
    if let Some(at) = tilted_by
        && untilted > 0.0
        && sum <= 0.0
    {
        let finding = Finding::at(at, "leaves no case type with a share above 0");
        r.findings.add(finding);
    }
    for share in &mut shares {
        *share = if sum > 0.0 { *share / sum } else { 0.0 };
    }
    shares
}
