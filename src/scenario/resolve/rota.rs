//! Rotas: the practices at which a post is on which weekday.

use std::collections::BTreeMap;

use super::Resolver;
use super::demand::used_if;
use super::names::Names;
use crate::model::{Continuity, Post, Practice, PracticeId, Rota, SimDuration};
use crate::scenario::file::{PostTable, RotaTable, ScenarioFile};
use crate::scenario::finding::Finding;
use crate::scenario::node::Place;
use crate::scenario::reader::{At, Field, Written};
use crate::scenario::text::quoted;

/// Weekdays as they are named in messages, Monday first.
pub const WEEKDAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// Gives the workers of a post their rota, if the file has one. Whom they serve must be known.
pub fn give_rota(
    table: &PostTable,
    workers: &mut [Post],
    practices: &[Practice],
    names: &Names,
    r: &mut Resolver,
) {
    let Some(rota) = table.rota.given() else {
        return;
    };
    let days = by_weekday(&rota.value).map(|day| sites(day, names, r));
    let mut written = by_weekday(&rota.value).into_iter();
    if written.all(|day| day.items().is_empty() && !day.is_wrong()) {
        // An option may take a rota away so.
        return;
    }
    let travels = days.iter().any(|day| day.len() > 1);
    let travel_minutes = used_if(travels, &table.travel_minutes, r);
    for worker in workers.iter_mut() {
        check_days(table, worker, r);
        check_served(&rota.value, worker, names, r);
        worker.rota = Some(Rota::new(&days, travel_minutes.clone()));
        note_unvisited(worker, practices, r);
    }
}

/// Rotas and clinics are of one worker: with any-worker continuity they are refused.
pub fn check_continuity(file: &ScenarioFile, r: &mut Resolver) {
    if file.continuity.peek() != Some(&Continuity::AnyWorker) {
        return;
    }
    let at = |post: &PostTable| -> Option<At> {
        let rota = post.rota.given().map(|rota| rota.at.clone());
        rota.or_else(|| post.clinics.given().map(|clinics| clinics.at.clone()))
    };
    for at in file.posts.items().iter().filter_map(at) {
        let finding = Finding::at(
            &at,
            "cannot stand together with `continuity = \"any-worker\"`",
        );
        let finding = finding.allowed("rotas and clinics where people keep their worker");
        r.findings.add(match file.continuity.given() {
            Some(continuity) => finding.first_given(continuity.at.place),
            None => finding,
        });
    }
}

fn by_weekday(rota: &RotaTable) -> [&Field<Vec<Written<String>>>; 7] {
    [
        &rota.monday,
        &rota.tuesday,
        &rota.wednesday,
        &rota.thursday,
        &rota.friday,
        &rota.saturday,
        &rota.sunday,
    ]
}

/// The practices of a day in its order; unknown ones and repetitions are reported.
fn sites(day: &Field<Vec<Written<String>>>, names: &Names, r: &mut Resolver) -> Vec<PracticeId> {
    let mut places: BTreeMap<usize, Place> = BTreeMap::new();
    let mut sites = Vec::new();
    for name in day.items() {
        let Some(position) = names.find(name, &mut r.findings) else {
            continue;
        };
        match places.insert(position, name.at.place) {
            Some(first) => r.findings.add(
                Finding::at(&name.at, "names a practice for the second time on one day")
                    .first_given(first),
            ),
            None => sites.push(PracticeId(position as u32)),
        }
    }
    sites
}

/// Reports days of the rota on which the worker has no hours.
fn check_days(table: &PostTable, worker: &Post, r: &mut Resolver) {
    let Some(rota) = table.rota.given() else {
        return;
    };
    for (weekday, day) in by_weekday(&rota.value).into_iter().enumerate() {
        let Some(day) = day.given().filter(|day| !day.value.is_empty()) else {
            continue;
        };
        if worker.client_time[weekday] == SimDuration::ZERO {
            let name = WEEKDAYS[weekday];
            let finding = Finding::at(
                &day.at,
                format!("is a day on which {} has no client time", worker.name),
            );
            r.findings
                .add(finding.allowed(format!("weekdays with client time; {name} has none")));
        }
    }
}

/// Reports practices of the rota that the worker does not serve.
fn check_served(rota: &RotaTable, worker: &Post, names: &Names, r: &mut Resolver) {
    for name in by_weekday(rota).into_iter().flat_map(Field::items) {
        let Some(position) = names.position(name) else {
            continue;
        };
        if !worker.serves.contains(&PracticeId(position as u32)) {
            let what = format!("is a practice that {} does not serve", worker.name);
            let finding = Finding::at(&name.at, what).found(quoted(&format!("\"{}\"", name.value)));
            r.findings
                .add(finding.allowed("practices that the post serves"));
        }
    }
}

/// Notes practices that the worker serves and no day of the rota visits.
fn note_unvisited(worker: &Post, practices: &[Practice], r: &mut Resolver) {
    let Some(rota) = &worker.rota else { return };
    let unvisited = worker
        .serves
        .iter()
        .filter(|id| rota.site_of(**id).is_none());
    let unvisited: Vec<&str> = unvisited
        .filter_map(|id| practices.get(id.index()))
        .map(|practice| practice.name.as_str())
        .collect();
    if !unvisited.is_empty() {
        r.notes.push(format!(
            "No day of the rota of {} visits {}: their face-to-face contacts are held wherever the worker is.",
            worker.name,
            super::notes::listed(&unvisited)
        ));
    }
}
