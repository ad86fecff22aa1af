//! Client time and contacts: what there was, what was asked for, what was done, how late.

use super::Frame;
use super::catalogue as measures;
use super::sheet::{Scope, Sheet, ratio};
use crate::engine::Observations;
use crate::engine::observations::{Count, PostTally, ScopeTally};

const SECONDS_PER_HOUR: f64 = 3_600.0;

/// Contacts of the PCN, a practice, a case type or a source; hours and loads of the PCN.
pub fn of_scope(
    frame: &Frame,
    scope: Scope,
    seen: &Observations,
    tally: &ScopeTally,
    sheet: &mut Sheet,
) {
    contacts(tally, sheet);
    if scope == Scope::Pcn {
        let sum = |seconds: fn(&PostTally) -> u64| seen.posts.iter().map(seconds).sum::<u64>();
        let hours = |seconds: u64| seconds as f64 / SECONDS_PER_HOUR;
        let available = hours(sum(|post| post.available_seconds));
        let travel = hours(sum(|post| post.travel_seconds));
        put_hours(
            available,
            hours(sum(|post| post.busy_seconds)),
            hours(sum(|post| post.overrun_seconds)),
            sheet,
        );
        sheet.put(
            &measures::HOURS_LOAD,
            ratio(hours_demanded(frame, seen), available - travel),
        );
        sheet.put(&measures::PLACES_LOAD, places_load(frame, seen));
        sheet.count(&measures::SICKNESS_DAYS, sum(|post| post.sickness_days));
        let held: f64 = seen.posts.iter().map(|post| post.held.area as f64).sum();
        sheet.put(
            &measures::POSTS_FILLED_MEAN,
            ratio(held, frame.model.period.length().seconds() as f64),
        );
        put_travel(frame, travel, sheet);
        let slots = [
            sum(|post| post.clinic_slots_offered),
            sum(|post| post.clinic_slots_used),
            sum(|post| post.clinic_slots_missed),
        ];
        put_slots(frame, slots, sheet);
    }
}

/// Contacts and hours of a post.
pub fn of_post(frame: &Frame, tally: &PostTally, sheet: &mut Sheet) {
    contacts(&tally.scope, sheet);
    let hours = |seconds: u64| seconds as f64 / SECONDS_PER_HOUR;
    put_hours(
        hours(tally.available_seconds),
        hours(tally.busy_seconds),
        hours(tally.overrun_seconds),
        sheet,
    );
    sheet.count(&measures::SICKNESS_DAYS, tally.sickness_days);
    let seconds = frame.model.period.length().seconds() as f64;
    sheet.put(
        &measures::POSTS_FILLED_MEAN,
        ratio(tally.held.area as f64, seconds),
    );
    put_travel(frame, hours(tally.travel_seconds), sheet);
    let slots = [
        tally.clinic_slots_offered,
        tally.clinic_slots_used,
        tally.clinic_slots_missed,
    ];
    put_slots(frame, slots, sheet);
}

/// Clinic slots offered, used and missed, where some post has clinics.
fn put_slots(frame: &Frame, slots: [u64; 3], sheet: &mut Sheet) {
    if frame
        .model
        .posts
        .iter()
        .any(|post| !post.clinics.is_empty())
    {
        let [offered, used, missed] = slots;
        sheet.count(&measures::CLINIC_SLOTS_OFFERED, offered);
        sheet.count(&measures::CLINIC_SLOTS_USED, used);
        sheet.count(&measures::CLINIC_SLOTS_MISSED, missed);
    }
}

/// Travel, where some post has a rota.
fn put_travel(frame: &Frame, hours: f64, sheet: &mut Sheet) {
    if frame.model.posts.iter().any(|post| post.rota.is_some()) {
        sheet.put(&measures::TRAVEL_HOURS, Some(hours));
    }
}

fn contacts(tally: &ScopeTally, sheet: &mut Sheet) {
    let (held, missed) = (
        tally.count(Count::ContactsHeld),
        tally.count(Count::ContactsMissed),
    );
    let lateness = &tally.follow_up_lateness;
    let days = lateness.seconds as f64 / 86_400.0;
    sheet.put(
        &measures::FOLLOW_UP_LATENESS_DAYS_MEAN,
        ratio(days, lateness.count as f64),
    );
    sheet.count(&measures::CONTACTS_HELD, held);
    sheet.put(
        &measures::DNA_SHARE,
        ratio(missed as f64, (held + missed) as f64),
    );
}

fn put_hours(available: f64, used: f64, overrun: f64, sheet: &mut Sheet) {
    sheet.put(&measures::CLIENT_HOURS_AVAILABLE, Some(available));
    sheet.put(&measures::CLIENT_HOURS_USED, Some(used));
    sheet.put(&measures::UTILISATION, ratio(used, available));
    sheet.put(&measures::OVERRUN_HOURS, Some(overrun));
}

/// Client hours that the referrals of the period would take if nobody gave up, and triage.
fn hours_demanded(frame: &Frame, seen: &Observations) -> f64 {
    let cases: f64 = seen
        .case_types
        .iter()
        .zip(&frame.workloads)
        .map(|(tally, workload)| tally.count(Count::Accepted) as f64 * workload.client_hours)
        .sum();
    let triage = frame.model.demand.triage_minutes.mean() / 60.0;
    cases + seen.pcn.count(Count::Inappropriate) as f64 * triage
}

/// Accepted referrals a day x mean days a place is held / places; `None` where a post that was held
/// has no cap. The mean is by Little's law, open person-time / the mean of places taken and places
/// freed: the mean over places freed alone would be short where caseloads are still filling.
fn places_load(frame: &Frame, seen: &Observations) -> Option<f64> {
    let mut place_seconds = 0.0;
    let mut taken = 0;
    for (post, tally) in frame.model.posts.iter().zip(&seen.posts) {
        let held = tally.held.area as f64;
        if held > 0.0 {
            place_seconds += f64::from(post.caseload_cap?) * held;
        }
        taken += tally.scope.count(Count::Assigned) + tally.scope.count(Count::TransferredIn);
    }
    let turned_over = (taken + seen.pcn.count(Count::PlacesFreed)) as f64 / 2.0;
    let mean_held = ratio(seen.pcn.open.area as f64, turned_over)?;
    let accepted = seen.pcn.count(Count::Accepted) as f64;
    ratio(accepted * mean_held, place_seconds)
}
