//! The pathway of a referral: first contact, case types and the rules of the service.

use super::Resolver;
use super::demand::used_if;
use super::missed::missed_share;
use super::names::Names;
use super::sources::check_sum;
use crate::model::{
    Assignment, CaseType, Continuity, Distribution, FirstContact, LapseUntil, OrderOfWork, Pause,
    PauseScope, Policy,
};
use crate::scenario::file::{CaseTypeTable, FirstContactTable, ScenarioFile, WaitingList};
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
            group_share: 0.0,
        };
    };
    let ledger = &mut r.ledger;
    FirstContact {
        attempts: table.attempts.used_or(ledger, 1) as u32,
        attempt_minutes: table.attempt_minutes.used_or(ledger, NOTHING),
        answered_share: table.answered_share.used_or(ledger, 1.0),
        days_between_attempts: table.days_between_attempts.used_or(ledger, NOTHING),
        days_to_first_appointment: table.days_to_first_appointment.used(ledger),
        // Whoever does not ask for groups need not be told that there are none.
        group_share: table.group_share.peek().copied().unwrap_or_default(),
    }
}

/// The case types and their names.
pub fn case_types(file: &ScenarioFile, r: &mut Resolver) -> (Vec<CaseType>, Names) {
    check_presence(file, r);
    let tables = file.case_types.items();
    let mut names = Names::of("case type");
    for (position, table) in tables.iter().enumerate() {
        names.add(table.name.name(), position, &mut r.findings);
    }
    // The only case type need not say that it is the only one.
    let share = match tables {
        [only] if !only.share.is_in_file() => 1.0,
        _ => {
            check_shares(file, r);
            0.0
        }
    };
    let has_rota = file.posts.items().iter().any(|post| post.rota.is_in_file());
    let types = tables
        .iter()
        .map(|table| case_type(table, share, has_rota, r));
    (types.collect(), names)
}

fn check_shares(file: &ScenarioFile, r: &mut Resolver) {
    let tables = file.case_types.items();
    for table in tables.iter().filter(|table| !table.share.is_in_file()) {
        let path = format!("{}.share", table.at.path);
        let finding = Finding::new(table.at.place, &path, "is missing");
        let allowed = "a number from 0 to 1, because there are several case types";
        r.findings.add(finding.allowed(allowed));
    }
    let shares = tables.iter().map(|table| &table.share);
    check_sum("case_types", &file.case_types, shares, r);
}

/// Reports that there are no case types, or two descriptions of them.
fn check_presence(file: &ScenarioFile, r: &mut Resolver) {
    let given = file.case_types.given();
    let written = given.filter(|types| types.at.place != Place::Whole);
    match (&file.pathway, written) {
        (Field::Given(pathway), Some(types)) => r.findings.add(
            Finding::new(
                types.at.place,
                "case_types",
                "cannot stand together with `pathway`",
            )
            .hint("remove one of the two")
            .first_given(pathway.at.place),
        ),
        (Field::Absent, None) if !file.case_types.is_in_file() => r.findings.add(
            Finding::new(file.at.place, "case_types", "is missing")
                .allowed("[[case_types]], or pathway = \"observed-mix\" or \"guidance\""),
        ),
        _ => {}
    }
}

fn case_type(table: &CaseTypeTable, share: f64, has_rota: bool, r: &mut Resolver) -> CaseType {
    let onward = table
        .onward_wait_share
        .peek()
        .is_some_and(|share| *share > 0.0);
    let onward_wait_days = used_if(onward, &table.onward_wait_days, r);
    let missed_share = missed_share(table, r);
    // Without a rota it does not matter who meets face to face.
    let face_to_face_share = match has_rota {
        true => table.face_to_face_share.used_or(&mut r.ledger, 0.0),
        false => table.face_to_face_share.peek().copied().unwrap_or_default(),
    };
    let ledger = &mut r.ledger;
    CaseType {
        name: table.name.text().unwrap_or_default(),
        share: table.share.used_or(ledger, share),
        contacts: table.contacts.used_or(ledger, NOTHING),
        first_appointment_minutes: table.first_appointment_minutes.used_or(ledger, NOTHING),
        follow_up_minutes: table.follow_up_minutes.used_or(ledger, NOTHING),
        days_between_contacts: table.days_between_contacts.used_or(ledger, NOTHING),
        missed_share,
        dna_minutes: table.dna_minutes.used(ledger),
        days_after_dna: table.days_after_dna.used(ledger),
        dna_limit: table
            .dna_limit
            .used(ledger)
            .flatten()
            .map(|limit| limit as u32),
        drop_out_share: table.drop_out_share.used_or(ledger, 0.0),
        face_to_face_share,
        onward_wait_share: table.onward_wait_share.used_or(ledger, 0.0),
        onward_wait_days,
    }
}

/// When referrals are paused; thresholds that miss their partner or stand the wrong way round are
/// reported.
fn pause(table: &WaitingList, r: &mut Resolver) -> Option<Pause> {
    let missing = |key: &str, other: &str| {
        let path = format!("waiting_list.{key}");
        Finding::new(table.at.place, &path, "is missing")
            .allowed(format!("a whole number, because `{other}` is given"))
    };
    if let Field::Given(Written { value: None, .. }) = &table.pause_at {
        return None;
    }
    let (pause, resume) = match (&table.pause_at, &table.resume_at) {
        (Field::Given(pause), Field::Given(resume)) => (pause, resume),
        (Field::Given(_), Field::Absent) => {
            r.findings.add(missing("resume_at", "pause_at"));
            return None;
        }
        (Field::Absent, Field::Given(_)) => {
            r.findings.add(missing("pause_at", "resume_at"));
            return None;
        }
        _ => return None,
    };
    let pause_at = pause.value?;
    if resume.value >= pause_at {
        let finding = Finding::at(&resume.at, "is not below `pause_at`");
        let most = pause_at - 1;
        r.findings.add(
            finding
                .found(resume.value.to_string())
                .allowed(format!("a whole number from 0 to {most}"))
                .first_given(pause.at.place),
        );
    }
    Some(Pause {
        pause_at,
        resume_at: resume.value,
        scope: table
            .pause_scope
            .used_or(&mut r.ledger, PauseScope::Practice),
    })
}

/// The rules of the service.
pub fn policy(file: &ScenarioFile, r: &mut Resolver) -> Policy {
    let pause = file.waiting_list.peek().and_then(|it| pause(it, r));
    let ledger = &mut r.ledger;
    let waiting = file.waiting_list.peek();
    let patience_days = waiting
        .and_then(|it| it.patience_days.used(ledger))
        .flatten();
    // With nobody giving up or refused, what happens to those who do is no assumption.
    let (reversion, lapse_until) = match (&patience_days, waiting) {
        (Some(_), Some(it)) => (
            it.gp_reversion_share.used(ledger),
            it.lapse_until.used(ledger),
        ),
        (None, Some(it)) if pause.is_some() => (
            it.gp_reversion_share.used(ledger),
            it.lapse_until.peek().copied(),
        ),
        (_, Some(it)) => (
            it.gp_reversion_share.peek().copied(),
            it.lapse_until.peek().copied(),
        ),
        _ => (None, None),
    };
    Policy {
        assignment: file.assignment.used_or(ledger, Assignment::LeastLoaded),
        order_of_work: file
            .order_of_work
            .used_or(ledger, OrderOfWork::FollowUpsFirst),
        continuity: file.continuity.used_or(ledger, Continuity::SameWorker),
        lapse_until: lapse_until.unwrap_or(LapseUntil::FirstContact),
        patience_days,
        gp_reversion_share: reversion.unwrap_or(0.0),
        pause,
    }
}
