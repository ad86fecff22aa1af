//! The share of contacts missed: one share, or steps by booking lead time, and reminders.

use super::Resolver;
use crate::model::{MissedShare, SimDuration};
use crate::scenario::file::{CaseTypeTable, MissedStep};
use crate::scenario::finding::Finding;
use crate::scenario::kind::grouped;
use crate::scenario::reader::Written;

/// The share of booked contacts that people of a case type miss, reminders included.
pub fn missed_share(table: &CaseTypeTable, r: &mut Resolver) -> MissedShare {
    let share = match table.dna_by_days_ahead.given() {
        Some(steps) => by_lead(steps, r),
        None => MissedShare::constant(table.dna_share.used_or(&mut r.ledger, 0.0)),
    };
    // Where nothing was said about reminders, none is assumed and nothing need be told.
    let factor = table.reminder_factor.peek().copied().unwrap_or(1.0);
    share.times(factor)
}

/// Steps that begin at 0 days and rise; others are reported.
fn by_lead(steps: &Written<Vec<MissedStep>>, r: &mut Resolver) -> MissedShare {
    let mut rising: Vec<(SimDuration, f64)> = Vec::with_capacity(steps.value.len());
    for step in &steps.value {
        let (Some(days), Some(share)) = (step.days.given(), step.share.peek()) else {
            return MissedShare::constant(0.0);
        };
        let from = SimDuration::from_days(days.value);
        let finding = |what: &str| Finding::at(&days.at, what).found(grouped(days.value));
        match rising.last() {
            None if from > SimDuration::ZERO => {
                let what = "leaves out contacts booked less far ahead";
                r.findings.add(finding(what).allowed("0 in the first step"));
                return MissedShare::constant(0.0);
            }
            Some((before, _)) if from <= *before => {
                let allowed = format!("more than {} days", grouped(before.days()));
                let what = "is not above that of the step before";
                r.findings.add(finding(what).allowed(allowed));
                return MissedShare::constant(0.0);
            }
            _ => rising.push((from, *share)),
        }
    }
    if rising.is_empty() {
        let finding = Finding::at(&steps.at, "has no steps");
        r.findings
            .add(finding.allowed("a first step with days = 0"));
        return MissedShare::constant(0.0);
    }
    MissedShare::by_lead(rising)
}
