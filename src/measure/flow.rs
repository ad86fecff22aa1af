//! Counts of events in the period and stocks at both ends; they balance exactly.
//!
//! For the PCN, each practice, each case type and each source: waiting and open at the start +
//! accepted = lapsed + not reached + disengaged + dropped out + completed + lost at handover +
//! waiting and open at the end. For a post: open at the start + assigned + transferred in = the
//! ways out + transferred out + open at the end.

use super::catalogue as measures;
use super::sheet::{Scope, Sheet};
use crate::engine::observations::{Count, PostTally, ScopeTally};

/// The flow of the PCN, a practice, a case type or a source. Inappropriate referrals have no case
/// type.
pub fn of_scope(scope: Scope, tally: &ScopeTally, sheet: &mut Sheet) {
    if scope != Scope::CaseType {
        sheet.count(&measures::REFERRALS_RECEIVED, tally.count(Count::Received));
        sheet.count(&measures::INAPPROPRIATE, tally.count(Count::Inappropriate));
    }
    sheet.count(&measures::REFUSED, tally.count(Count::Refused));
    sheet.count(&measures::REFERRALS_ACCEPTED, tally.count(Count::Accepted));
    sheet.count(&measures::FIRST_CONTACTS, tally.count(Count::FirstContacts));
    sheet.count(&measures::ESCALATED, tally.count(Count::Escalated));
    ways_out(tally, sheet);
    sheet.count(
        &measures::WAITING_AT_START,
        tally.count(Count::WaitingAtStart),
    );
    sheet.count(&measures::OPEN_AT_START, tally.count(Count::OpenAtStart));
    sheet.count(
        &measures::STILL_WAITING_AT_END,
        tally.count(Count::WaitingAtEnd),
    );
    sheet.count(&measures::OPEN_AT_END, tally.count(Count::OpenAtEnd));
    sheet.count(
        &measures::GP_APPOINTMENTS_FROM_LAPSES,
        tally.count(Count::RevertedToGp),
    );
    sheet.count(
        &measures::GP_APPOINTMENTS_FROM_REFUSALS,
        tally.count(Count::RefusedToGp),
    );
}

/// The flow of a post.
pub fn of_post(tally: &PostTally, sheet: &mut Sheet) {
    let scope = &tally.scope;
    sheet.count(&measures::ASSIGNED, scope.count(Count::Assigned));
    sheet.count(&measures::TRANSFERRED_IN, scope.count(Count::TransferredIn));
    sheet.count(
        &measures::TRANSFERRED_OUT,
        scope.count(Count::TransferredOut),
    );
    sheet.count(&measures::FIRST_CONTACTS, scope.count(Count::FirstContacts));
    sheet.count(&measures::ESCALATED, scope.count(Count::Escalated));
    ways_out(scope, sheet);
    sheet.count(&measures::OPEN_AT_START, scope.count(Count::OpenAtStart));
    sheet.count(&measures::OPEN_AT_END, scope.count(Count::OpenAtEnd));
}

fn ways_out(tally: &ScopeTally, sheet: &mut Sheet) {
    sheet.count(&measures::LAPSED, tally.count(Count::Lapsed));
    sheet.count(&measures::NOT_REACHED, tally.count(Count::NotReached));
    sheet.count(&measures::DISENGAGED, tally.count(Count::Disengaged));
    sheet.count(&measures::DROPPED_OUT, tally.count(Count::DroppedOut));
    sheet.count(&measures::COMPLETED, tally.count(Count::Completed));
    sheet.count(
        &measures::LOST_AT_HANDOVER,
        tally.count(Count::LostAtHandover),
    );
}
