//! The pathway of a referral: first contact, case types and the rules of the service.

use super::Resolver;
use super::demand::{check_sum, used_if};
use super::names::Names;
use crate::model::{Assignment, CaseType, Continuity, Distribution, FirstContact, LapseUntil, OrderOfWork, Policy};
use crate::scenario::file::{CaseTypes, FirstContactTable, ScenarioFile};
use crate::scenario::finding::Finding;
use crate::scenario::node::Place;
use crate::scenario::reader::{Field, Written};

/// A distribution to go on with when one was refused.
const NOTHING: Distribution = Distribution::Constant(0.0);

/// How first contact is made.
pub fn first_contact(field: &Field<FirstContactTable>, r: &mut Resolver) -> FirstContact {
    let Some(table) = field.peek() else {
        return FirstContact {
            attempts: 1,
            attempt_minutes: NOTHING,
            answered_share: 1.0,
            days_between_attempts: NOTHING,
            days_to_first_appointment: None,
        };
    };
    let ledger = &mut r.ledger;
    FirstContact {
        attempts: table.attempts.used_or(ledger, 1) as u32,
        attempt_minutes: table.attempt_minutes.used_or(ledger, NOTHING),
        answered_share: table.answered_share.used_or(ledger, 1.0),
        days_between_attempts: table.days_between_attempts.used_or(ledger, NOTHING),
        days_to_first_appointment: table.days_to_first_appointment.used(ledger),
    }
}

/// The case types and their names.
pub fn case_types(file: &ScenarioFile, r: &mut Resolver) -> (Vec<CaseType>, Names) {
    check_presence(file, r);
    let tables = file.case_types.items();
    let mut names = Names::of("case type");
    for (position, table) in tables.iter().enumerate() {
        names.add(table.name.given().map(|it| &it.value), position, &mut r.findings);
    }
    let lone = tables.len() == 1 && !tables[0].share.is_in_file();
    if !lone {
        for table in tables.iter().filter(|table| !table.share.is_in_file()) {
            let finding = Finding::new(table.at.place, &format!("{}.share", table.at.path), "is missing");
            r.findings.add(finding.allowed("a number from 0 to 1, because there are several case types"));
        }
        check_sum("case_types", &file.case_types, tables.iter().map(|table| &table.share), r);
    }
    let otherwise = if lone { 1.0 } else { 0.0 };
    (tables.iter().map(|table| case_type(table, otherwise, r)).collect(), names)
}

/// Reports that there are no case types, or two descriptions of them.
fn check_presence(file: &ScenarioFile, r: &mut Resolver) {
    let given = file.case_types.given();
    let written = given.filter(|types| types.at.place != Place::Whole);
    match (&file.pathway, written) {
        (Field::Given(pathway), Some(types)) => r.findings.add(
            Finding::new(types.at.place, "case_types", "stands together with `pathway`")
                .hint("remove one of the two")
                .first_given(pathway.at.place),
        ),
        (Field::Absent, None) if !file.case_types.is_in_file() => r.findings.add(
            Finding::new(file.at.place, "case_types", "is missing")
                .allowed("[[case_types]] with name and contacts, or pathway = \"observed-mix\" or \"guidance\""),
        ),
        _ => {}
    }
}

fn case_type(table: &CaseTypes, share: f64, r: &mut Resolver) -> CaseType {
    let onward = table.onward_wait_share.peek().is_some_and(|share| *share > 0.0);
    let onward_wait_days = used_if(onward, &table.onward_wait_days, r);
    let ledger = &mut r.ledger;
    CaseType {
        name: table.name.given().map(|it| it.value.value.clone()).unwrap_or_default(),
        share: table.share.used_or(ledger, share),
        contacts: table.contacts.used_or(ledger, NOTHING),
        first_appointment_minutes: table.first_appointment_minutes.used_or(ledger, NOTHING),
        follow_up_minutes: table.follow_up_minutes.used_or(ledger, NOTHING),
        days_between_contacts: table.days_between_contacts.used_or(ledger, NOTHING),
        dna_share: table.dna_share.used_or(ledger, 0.0),
        dna_minutes: table.dna_minutes.used(ledger),
        days_after_dna: table.days_after_dna.used(ledger),
        dna_limit: table.dna_limit.used(ledger).flatten().map(|limit| limit as u32),
        drop_out_share: table.drop_out_share.used_or(ledger, 0.0),
        onward_wait_share: table.onward_wait_share.used_or(ledger, 0.0),
        onward_wait_days,
    }
}

/// The rules of the service.
pub fn policy(file: &ScenarioFile, r: &mut Resolver) -> Policy {
    let ledger = &mut r.ledger;
    let waiting = file.waiting_list.peek();
    let patience_days = waiting.and_then(|it| it.patience_days.used(ledger)).flatten();
    // With nobody giving up, what happens to those who do is no assumption.
    let (reversion, lapse_until) = match (&patience_days, waiting) {
        (Some(_), Some(it)) => (it.gp_reversion_share.used(ledger), it.lapse_until.used(ledger)),
        (_, Some(it)) => (it.gp_reversion_share.peek().copied(), it.lapse_until.peek().copied()),
        _ => (None, None),
    };
    Policy {
        assignment: file.assignment.used_or(ledger, Assignment::LeastLoaded),
        order_of_work: file.order_of_work.used_or(ledger, OrderOfWork::FollowUpsFirst),
        continuity: file.continuity.used_or(ledger, Continuity::SameWorker),
        lapse_until: lapse_until.unwrap_or(LapseUntil::FirstContact),
        patience_days,
        gp_reversion_share: reversion.unwrap_or(0.0),
    }
}

/// The value of a written field with a place, for whoever must report it.
pub fn place_of<T>(field: &Field<T>) -> Option<&Written<T>> {
    field.given()
}
