//! Booked clinics: when they are, and whether everybody fits into them.

use super::Resolver;
use super::names::Names;
use super::rota::WEEKDAYS;
use crate::model::{CaseType, Clinic, Model, Post, PracticeId, SimDuration};
use crate::scenario::file::{ClinicTable, PostTable, ScenarioFile};
use crate::scenario::finding::Finding;
use crate::scenario::kind::grouped;
use crate::scenario::reader::Written;
use crate::scenario::text::quoted;

/// Gives the workers of a post its clinics, if the file has any. Whom they serve must be known.
pub fn give_clinics(table: &PostTable, workers: &mut [Post], names: &Names, r: &mut Resolver) {
    let Some(tables) = table.clinics.given() else {
        return;
    };
    for worker in workers {
        let mut clinics: Vec<Clinic> = Vec::with_capacity(tables.value.len());
        for table in &tables.value {
            if let Some(clinic) = clinic(table, worker, &clinics, names, r) {
                clinics.push(clinic);
            }
        }
        if clinics.len() == tables.value.len() {
            check_time(tables, worker, &clinics, r);
        }
        worker.clinics = clinics;
    }
}

/// One clinic after those before it; `None` when it was refused.
fn clinic(
    table: &ClinicTable,
    worker: &Post,
    before: &[Clinic],
    names: &Names,
    r: &mut Resolver,
) -> Option<Clinic> {
    let weekday = *table.weekday.peek()?;
    let minutes = table.slots_minutes.given()?;
    if minutes.value.is_empty() {
        let finding = Finding::at(&minutes.at, "has no slots");
        r.findings
            .add(finding.allowed("the length of each slot in minutes"));
        return None;
    }
    if worker.client_time[weekday] == SimDuration::ZERO {
        let what = format!("is a day on which {} has no client time", worker.name);
        let place = table.weekday.given().map_or(&table.at, |day| &day.at);
        r.findings.add(Finding::at(place, what));
        return None;
    }
    let same_day = before.iter().rfind(|clinic| clinic.weekday == weekday);
    let after = same_day.map_or(worker.window_opens, Clinic::closes);
    let practice = practice(table, worker, names, r)?;
    Some(Clinic {
        practice,
        weekday,
        opens: table.opens.peek().copied().unwrap_or(after),
        slots: minutes
            .value
            .iter()
            .map(|minutes| SimDuration::from_minutes(*minutes))
            .collect(),
        overbooked: overbooked(table, minutes.value.len(), r)?,
        places: table.places.peek().copied().unwrap_or(1) as u32,
    })
}

/// The practice of a clinic (`Some(None)`: any); `None` when it was refused.
fn practice(
    table: &ClinicTable,
    worker: &Post,
    names: &Names,
    r: &mut Resolver,
) -> Option<Option<PracticeId>> {
    let Some(name) = table.practice.name() else {
        return (!table.practice.is_wrong()).then_some(None);
    };
    let practice = PracticeId(names.find(name, &mut r.findings)? as u32);
    if !worker.serves.contains(&practice) {
        let what = format!("is a practice that {} does not serve", worker.name);
        let found = quoted(&format!("\"{}\"", name.value));
        let finding = Finding::at(&name.at, what).found(found);
        r.findings
            .add(finding.allowed("practices that the post serves"));
        return None;
    }
    Some(Some(practice))
}

/// Slots given to two people; more than there are, or in groups, is refused.
fn overbooked(table: &ClinicTable, slots: usize, r: &mut Resolver) -> Option<u32> {
    let overbooked = *table.overbooked.peek()?;
    let is_group = *table.places.peek()? > 1;
    let Some(given) = table.overbooked.given().filter(|_| overbooked > 0) else {
        return Some(0);
    };
    let finding = |what| Finding::at(&given.at, what).found(overbooked.to_string());
    if is_group {
        let finding = finding("cannot stand together with `places` above 1");
        r.findings.add(finding.allowed("0 for a group"));
        return None;
    }
    if overbooked as usize > slots {
        let finding = finding("is more than there are slots");
        r.findings.add(finding.allowed(format!("at most {slots}")));
        return None;
    }
    Some(overbooked as u32)
}

/// Reports clinics that overlap, reach past midnight or are longer than the day's client time.
fn check_time(
    tables: &Written<Vec<ClinicTable>>,
    worker: &Post,
    clinics: &[Clinic],
    r: &mut Resolver,
) {
    for (weekday, name) in WEEKDAYS.iter().enumerate() {
        let mut today: Vec<(&Clinic, &ClinicTable)> = clinics
            .iter()
            .zip(&tables.value)
            .filter(|(clinic, _)| clinic.weekday == weekday)
            .collect();
        today.sort_by_key(|(clinic, _)| clinic.opens);
        for pair in today.windows(2) {
            if pair[1].0.opens < pair[0].0.closes() {
                let finding = Finding::at(&pair[1].1.at, "overlaps with another clinic of the day");
                r.findings.add(finding.first_given(pair[0].1.at.place));
                return;
            }
        }
        let Some((last, table)) = today.last() else {
            continue;
        };
        if last.closes() > SimDuration::DAY {
            r.findings
                .add(Finding::at(&table.at, "reaches past midnight"));
            return;
        }
        let hours: f64 = today
            .iter()
            .map(|(clinic, _)| clinic.length().hours())
            .sum();
        let client = worker.client_time[weekday].hours();
        if hours > client {
            let what = format!(
                "makes clinics longer than the client time of {}",
                worker.name
            );
            let finding = Finding::at(&table.at, what);
            let found = format!("{} h of clinics on a {name}", rounded(hours));
            let finding = finding.found(found);
            r.findings
                .add(finding.allowed(format!("at most {} h", rounded(client))));
            return;
        }
    }
    note_no_free_time(worker, clinics, r);
}

fn rounded(hours: f64) -> String {
    grouped((hours * 100.0).round() / 100.0)
}

/// Notes a worker who has nothing but clinics: nobody is ever called.
fn note_no_free_time(worker: &Post, clinics: &[Clinic], r: &mut Resolver) {
    let is_full = |weekday: usize| {
        let today = clinics.iter().filter(|clinic| clinic.weekday == weekday);
        let booked: u64 = today.map(|clinic| clinic.length().seconds()).sum();
        booked >= worker.client_time[weekday].seconds()
    };
    if (0..7).all(is_full) {
        r.notes.push(format!(
            "The clinics of {} take all of its client time: it never makes a call.",
            worker.name
        ));
    }
}

/// Reports contacts that fit into no slot of a post that may hold them, and notes groups that nobody
/// goes to or that nobody holds.
pub fn check_lengths(model: &Model, file: &ScenarioFile, r: &mut Resolver) {
    for post in model.posts.iter().filter(|post| !post.clinics.is_empty()) {
        let tables = file.posts.items().iter();
        let mut tables = tables.filter(|table| {
            let name = table.name.text().unwrap_or_default();
            post.name == name || post.name.starts_with(&format!("{name} ("))
        });
        let at = tables.find_map(|table| table.clinics.given());
        if let Some(at) = at
            && let Some(what) = misfit(model, post)
        {
            r.findings.add(
                Finding::at(&at.at, what).allowed("a slot for everybody whom the post serves"),
            );
            return;
        }
    }
    let has_groups = model
        .posts
        .iter()
        .flat_map(|post| &post.clinics)
        .any(Clinic::is_group);
    match (has_groups, model.first_contact.group_share > 0.0) {
        (true, false) => r.notes.push(
            "Clinics with several places in a slot stay empty: `first_contact.group_share` is 0."
                .to_owned(),
        ),
        (false, true) => r.notes.push(
            "`first_contact.group_share` has no effect: no clinic has several places in a slot."
                .to_owned(),
        ),
        _ => {}
    }
}

/// What fits into no slot of a post, if anything.
fn misfit(model: &Model, post: &Post) -> Option<String> {
    for practice in &post.serves {
        let name = &model.practices[practice.index()].name;
        let shares = &model.practices[practice.index()].case_type_shares;
        for (case, share) in model.case_types.iter().zip(shares) {
            let Some(minutes) = longest_contact(case).filter(|_| *share > 0.0) else {
                continue;
            };
            let fits = |clinic: &&Clinic| {
                clinic.practice.is_none_or(|of| of == *practice) && !clinic.is_group()
            };
            let slots = post.clinics.iter().filter(fits).flat_map(|it| &it.slots);
            let Some(longest) = slots.max() else {
                return Some(format!(
                    "have no slot for people of {name}, whom {} serves",
                    post.name
                ));
            };
            if *longest < SimDuration::from_minutes(minutes) {
                let minutes = grouped((minutes * 100.0).round() / 100.0);
                return Some(format!(
                    "have no slot of {} that is long enough for a contact of {minutes} minutes (case type {})",
                    post.name, case.name
                ));
            }
        }
    }
    None
}

/// Mean minutes of the longest kind of contact that a case type has, if it has contacts.
fn longest_contact(case: &CaseType) -> Option<f64> {
    let most = case
        .contacts
        .rounded()
        .into_iter()
        .map(|(contacts, _)| contacts)
        .max()?;
    let first = case.first_appointment_minutes.mean();
    match most {
        0 => None,
        1 => Some(first),
        _ => Some(first.max(case.follow_up_minutes.mean())),
    }
}
