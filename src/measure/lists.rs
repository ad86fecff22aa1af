//! The waiting list over the period: mean, greatest, last and growth.

use super::Frame;
use super::catalogue as measures;
use super::sheet::{Scope, Sheet, ratio};
use crate::engine::observations::{Count, ScopeTally};

/// The list of the PCN, a practice, a case type or a source. Means are person-seconds / seconds.
/// Pauses are of practices, and over them of the PCN.
pub fn of_scope(frame: &Frame, scope: Scope, tally: &ScopeTally, sheet: &mut Sheet) {
    let seconds = frame.model.period.length().seconds() as f64;
    let mean = |area: u64| ratio(area as f64, seconds);
    let end = tally.count(Count::WaitingAtEnd) as f64;
    let start = tally.count(Count::WaitingAtStart) as f64;
    sheet.put(&measures::WAITING_LIST_MEAN, mean(tally.waiting.area));
    sheet.count(&measures::WAITING_LIST_MAX, tally.most_waiting);
    sheet.put(&measures::WAITING_LIST_END, Some(end));
    sheet.put(
        &measures::WAITING_LIST_GROWTH_PER_WEEK,
        ratio(end - start, frame.days() / 7.0),
    );
    sheet.put(
        &measures::AWAITING_FIRST_CONTACT_MEAN,
        mean(tally.awaiting_first_contact.area),
    );
    let practices = match scope {
        Scope::Pcn => frame.model.practices.len(),
        Scope::Practice => 1,
        Scope::CaseType | Scope::Source | Scope::Post => return,
    };
    sheet.put(
        &measures::PAUSED_SHARE_OF_TIME,
        ratio(tally.paused.area as f64, seconds * practices as f64),
    );
}
