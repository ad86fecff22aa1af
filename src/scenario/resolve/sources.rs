//! Sources of referrals, and shares that must sum to 1.

use super::Resolver;
use super::names::Names;
use crate::model::Source;
use crate::scenario::file::{DemandTable, SourceTable};
use crate::scenario::finding::Finding;
use crate::scenario::reader::{Field, Written};

/// How far written shares may miss 1 in sum.
const SHARE_TOLERANCE: f64 = 1e-6;

/// The sources; without any in the file, one.
pub fn sources(
    field: &Field<Vec<SourceTable>>,
    demand: &DemandTable,
    r: &mut Resolver,
) -> Vec<Source> {
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
        names.add(table.name.name(), position, &mut r.findings);
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
        name: table.name.text().unwrap_or_default(),
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
        r.findings
            .add(Finding::new(at.place, what, "is empty").allowed("at least one table"));
        return;
    }
    let known: Option<f64> = shares.clone().map(|share| share.peek().copied()).sum();
    let off = known.filter(|sum| (sum - 1.0).abs() > SHARE_TOLERANCE);
    if let (Some(sum), Some(first)) = (off, shares.filter_map(Field::given).next()) {
        let words = format!("and the other shares of `{what}` do not sum to 1");
        let finding = Finding::at(&first.at, words).found(format!("a sum of {}", rounded(sum)));
        r.findings.add(finding.allowed("shares that sum to 1"));
    }
}

/// A sum to six places, without zeros at its end.
fn rounded(sum: f64) -> f64 {
    (sum * 1e6).round() / 1e6
}
