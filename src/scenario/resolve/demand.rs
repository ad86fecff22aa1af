//! Demand: rates, season and re-referral.

use super::Resolver;
use super::batches::batches;
use super::clock::Clock;
use super::names::Names;
use super::sources::sources;
use super::swings::{ramps, shocks};
use crate::model::{CalendarKind, Demand, Distribution, Pattern};
use crate::scenario::file::{DemandTable, ScenarioFile, SourceTable};
use crate::scenario::finding::Finding;
use crate::scenario::reader::{Field, Written};

/// Everything about demand that the practices share.
pub fn demand(file: &ScenarioFile, clock: &Clock, names: &Names, r: &mut Resolver) -> Demand {
    let count = file.practices.items().len();
    match file.demand.peek() {
        Some(table) => Demand {
            pattern: pattern(table, clock, r),
            growth_a_year: table.growth_a_year.used_or(&mut r.ledger, 0.0),
            dispersion: table.dispersion.used_or(&mut r.ledger, 1.0),
            shocks: shocks(table.shocks.items(), clock, names, count, r),
            ramps: ramps(table.ramps.items(), clock, names, count, r),
            batches: batches(file, table.batches.items(), clock, names, r),
            sources: sources(&file.sources, table, r),
            triage_minutes: triage(file, table, r),
            re_referral_share: table.re_referral_share.used_or(&mut r.ledger, 0.0),
            re_referral_delay_days: delay(table, r),
        },
        None => nothing(),
    }
}

/// Demand to go on with when the table was refused.
const fn nothing() -> Demand {
    Demand {
        pattern: Pattern::Factors {
            month: [1.0; 12],
            weekday: [1.0; 7],
        },
        growth_a_year: 0.0,
        dispersion: 1.0,
        shocks: Vec::new(),
        ramps: Vec::new(),
        batches: Vec::new(),
        sources: Vec::new(),
        triage_minutes: Distribution::Constant(0.0),
        re_referral_share: 0.0,
        re_referral_delay_days: Distribution::Constant(0.0),
    }
}

/// Triage minutes; the default counts as used only where something may be inappropriate.
fn triage(file: &ScenarioFile, table: &DemandTable, r: &mut Resolver) -> Distribution {
    let some = |share: &Field<f64>| share.peek().is_some_and(|share| *share > 0.0);
    let of_source = |source: &SourceTable| some(&source.inappropriate_share);
    let is_used = some(&table.inappropriate_share) || file.sources.items().iter().any(of_source);
    used_if(is_used, &table.triage_minutes, r)
}

fn delay(table: &DemandTable, r: &mut Resolver) -> Distribution {
    let is_used = table
        .re_referral_share
        .peek()
        .is_some_and(|share| *share > 0.0);
    used_if(is_used, &table.re_referral_delay_days, r)
}

/// The distribution of a key; a default is noted only if the key matters.
pub fn used_if(is_used: bool, field: &Field<Distribution>, r: &mut Resolver) -> Distribution {
    let nothing = Distribution::Constant(0.0);
    match is_used {
        true => field.used_or(&mut r.ledger, nothing),
        false => field.peek().cloned().unwrap_or(nothing),
    }
}

fn pattern(table: &DemandTable, clock: &Clock, r: &mut Resolver) -> Pattern {
    if let Field::Given(seasonal) = &table.seasonal {
        let part = |field: &Field<f64>| field.peek().copied().unwrap_or_default();
        return Pattern::Seasonal {
            amplitude: part(&seasonal.value.amplitude),
            period_days: part(&seasonal.value.period_days),
            peak_day: part(&seasonal.value.peak_day),
        };
    }
    let mut month = [1.0; 12];
    fill(&mut month, &factors(&table.month_factors, r));
    let mut weekday = match clock.kind {
        CalendarKind::England => [0.0; 7],
        CalendarKind::AlwaysOpen => [1.0; 7],
    };
    fill(&mut weekday, &factors(&table.weekday_factors, r));
    check_weekdays(&table.weekday_factors, clock, r);
    Pattern::Factors { month, weekday }
}

/// Factors as written; that all are zero is reported.
fn factors(field: &Field<Vec<f64>>, r: &mut Resolver) -> Vec<f64> {
    let factors = field.used_or(&mut r.ledger, Vec::new());
    if let Field::Given(Written { at, .. }) = field
        && !factors.iter().any(|factor| *factor > 0.0)
    {
        let finding = Finding::at(at, "has nothing above 0");
        r.findings
            .add(finding.allowed("factors of which at least one is above 0"));
    }
    factors
}

fn fill(factors: &mut [f64], given: &[f64]) {
    for (factor, given) in factors.iter_mut().zip(given) {
        *factor = *given;
    }
}

fn check_weekdays(field: &Field<Vec<f64>>, clock: &Clock, r: &mut Resolver) {
    let (count, days) = match clock.kind {
        CalendarKind::England => (5, "5 factors, Monday to Friday, on the England calendar"),
        CalendarKind::AlwaysOpen => (
            7,
            "7 factors, Monday to Sunday, on the always-open calendar",
        ),
    };
    if let Field::Given(Written { value, at }) = field
        && value.len() != count
    {
        let finding = Finding::at(at, "has the wrong number of factors");
        r.findings.add(
            finding
                .found(format!("a list of {}", value.len()))
                .allowed(days),
        );
    }
}
