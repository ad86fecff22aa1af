//! Demand: factors, season, shocks, ramps and sources.

use super::Resolver;
use super::clock::Clock;
use super::names::{Names, practices};
use crate::model::{CalendarKind, Demand, Distribution, Model, Pattern, Ramp, Shock, SimDuration, SimTime, Source};
use crate::scenario::file::{DemandTable, RampTable, ScenarioFile, ShockTable, SourceTable};
use crate::scenario::finding::Finding;
use crate::scenario::kind::grouped;
use crate::scenario::reader::{Field, Written};

/// How far written shares may miss 1 in sum.
pub const SHARE_TOLERANCE: f64 = 1e-6;
/// Referrals expected in one replication at most.
const MOST_REFERRALS: f64 = 100_000_000.0;

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
    let is_used = table.re_referral_share.peek().is_some_and(|share| *share > 0.0);
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
        let finding = Finding::new(at.place, &at.path, "has nothing above 0");
        r.findings.add(finding.allowed("factors of which at least one is above 0"));
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
        CalendarKind::AlwaysOpen => (7, "7 factors, Monday to Sunday, on the always-open calendar"),
    };
    if let Field::Given(Written { value, at }) = field
        && value.len() != count
    {
        let finding = Finding::new(at.place, &at.path, "has the wrong number of factors");
        r.findings.add(finding.found(format!("a list of {}", value.len())).allowed(days));
    }
}

fn shocks(
    tables: &[ShockTable],
    clock: &Clock,
    names: &Names,
    count: usize,
    r: &mut Resolver,
) -> Vec<Shock> {
    let read = tables.iter().filter_map(|table| {
        let practices = concerned(&table.practices, names, count, r);
        let factor = *table.factor.peek()?;
        let (starts, ends) = (table.starts.given()?, table.ends.given()?);
        if ends.value < starts.value {
            let finding = Finding::new(ends.at.place, &ends.at.path, "is before `starts`");
            r.findings.add(finding.found(ends.value.to_string()).allowed("a date not before `starts`"));
        }
        let (first, after) = (clock.day_of(starts.value), clock.day_of(ends.value) + 1);
        if after <= 0 || clock.is_after_all(first) {
            r.notes.push(format!("{} lies outside the simulated time and has no effect.", table.at.path));
            return None;
        }
        Some(Shock {
            factor,
            starts: clock.midnight(first),
            ends: clock.midnight(after),
            practices,
        })
    });
    read.collect()
}

fn ramps(
    tables: &[RampTable],
    clock: &Clock,
    names: &Names,
    count: usize,
    r: &mut Resolver,
) -> Vec<Ramp> {
    let read = tables.iter().filter_map(|table| {
        let practices = concerned(&table.practices, names, count, r);
        let (from, to) = (*table.from_factor.peek()?, *table.to_factor.peek()?);
        let days = *table.weeks.peek()? * 7.0;
        let first = clock.day_of(table.starts.given()?.value);
        Some(ramp(from, to, first, days, clock, practices))
    });
    read.collect()
}

/// A ramp of `days` days from the day `first`, which may lie before the first simulated day. What
/// is left of it then begins with the value that it has reached, so its slope is kept; one that is
/// over leaves a constant.
fn ramp(
    from: f64,
    to: f64,
    first: i64,
    days: f64,
    clock: &Clock,
    practices: Vec<crate::model::PracticeId>,
) -> Ramp {
    let elapsed = (-(first.min(0)) as f64 / days).min(1.0);
    let left = SimDuration::from_days(days * (1.0 - elapsed)).max(SimDuration::from_seconds(1));
    let starts = clock.midnight(first);
    Ramp {
        // Written so that a ramp that is over gives `to` exactly.
        from_factor: from * (1.0 - elapsed) + to * elapsed,
        to_factor: to,
        starts,
        ends: starts + left,
        practices,
    }
}

fn concerned(
    field: &Field<Option<Vec<Written<String>>>>,
    names: &Names,
    count: usize,
    r: &mut Resolver,
) -> Vec<crate::model::PracticeId> {
    let listed = field.peek().and_then(Option::as_ref);
    practices(listed, names, count, &mut r.findings)
}

fn sources(field: &Field<Vec<SourceTable>>, demand: &DemandTable, r: &mut Resolver) -> Vec<Source> {
    if !field.is_in_file() {
        return vec![Source {
            name: "all".to_owned(),
            share: 1.0,
            inappropriate_share: demand.inappropriate_share.used_or(&mut r.ledger, 0.0),
            priority: 0,
        }];
    }
    let tables = field.items();
    let mut names = Names::of("source");
    for (position, table) in tables.iter().enumerate() {
        names.add(table.name.given().map(|it| &it.value), position, &mut r.findings);
    }
    check_sum("sources", field, tables.iter().map(|table| &table.share), r);
    let sources = tables.iter().map(|table| source(table, demand, r));
    sources.collect()
}

fn source(table: &SourceTable, demand: &DemandTable, r: &mut Resolver) -> Source {
    let inappropriate = match &table.inappropriate_share {
        Field::Absent => demand.inappropriate_share.used_or(&mut r.ledger, 0.0),
        own => own.used_or(&mut r.ledger, 0.0),
    };
    Source {
        name: table.name.given().map(|it| it.value.value.clone()).unwrap_or_default(),
        share: table.share.used_or(&mut r.ledger, 0.0),
        inappropriate_share: inappropriate,
        priority: table.priority.used_or(&mut r.ledger, 1).saturating_sub(1) as u8,
    }
}

/// Reports shares that do not sum to 1, or an array without tables.
pub fn check_sum<'a, T>(
    what: &str,
    field: &Field<Vec<T>>,
    shares: impl Iterator<Item = &'a Field<f64>> + Clone,
    r: &mut Resolver,
) {
    let Some(Written { value, at }) = field.given() else {
        return;
    };
    if value.is_empty() {
        r.findings.add(Finding::new(at.place, what, "is empty").allowed("at least one table"));
        return;
    }
    let known: Option<f64> = shares.clone().map(|share| share.peek().copied()).sum();
    let off = known.filter(|sum| (sum - 1.0).abs() > SHARE_TOLERANCE);
    if let Some(sum) = off {
        let first = shares.filter_map(Field::given).next();
        let (place, path) = first.map_or((at.place, what.to_owned()), |it| (it.at.place, it.at.path.clone()));
        let sum = format!("{sum:.6}").trim_end_matches('0').trim_end_matches('.').to_owned();
        r.findings.add(
            Finding::new(place, &path, format!("and the other shares of `{what}` do not sum to 1"))
                .found(format!("a sum of {sum}"))
                .allowed("shares that sum to 1"),
        );
    }
}

/// Refuses a scenario with more referrals than a computer can simulate in reasonable time.
pub fn check_size(model: &Model, file: &ScenarioFile, r: &mut Resolver) {
    let days = (model.period.closes - SimTime::ZERO).days();
    let years = days / crate::model::time::DAYS_PER_YEAR;
    let a_year: f64 = model.practices.iter().map(|it| it.referrals_a_year()).sum();
    let shocks = model.demand.shocks.iter().map(|it| it.factor);
    let ramps = model.demand.ramps.iter().map(|it| it.from_factor.max(it.to_factor));
    let factor: f64 = shocks.chain(ramps).filter(|factor| *factor > 1.0).product();
    let growth = (1.0 + model.demand.growth_a_year).max(1.0).powf(years);
    let most = a_year * years * factor * growth;
    if !(most <= MOST_REFERRALS) {
        let place = file.practices.given().map_or(file.at.place, |it| it.at.place);
        r.findings.add(
            Finding::new(place, "practices", "refer more people than can be simulated")
                .found(format!("up to {} referrals in one replication", grouped(most.round())))
                .allowed("at most 100,000,000"),
        );
    }
}
