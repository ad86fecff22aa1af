//! Posts: who fills them, whom they serve, and how much time and how many places they have.

use std::ops::Range;

use super::absence::protected_time;
use super::clock::Clock;
use super::contracted::{hours, usual_hours, wte};
use super::names::{Names, practices};
use super::tenure::{InPost, in_post};
use super::workers::workers;
use super::{Resolver, clinics, rota, sharing};
use crate::model::time::SECONDS_PER_HOUR;
use crate::model::{CalendarKind, CaseTypeId, Post, PostKind, Practice, PracticeId, SimDuration};
use crate::scenario::file::{MOST_POSTS, PostTable, ScenarioFile, Sharing};
use crate::scenario::finding::Finding;
use crate::scenario::reader::{Field, Written};

/// Practices served, summed over posts, at most.
const MOST_SERVED: usize = 10_000_000;

/// The workers of a team, in the order of the posts that they fill.
#[derive(Debug, Default)]
pub struct Team {
    workers: Vec<Post>,
    /// For each post of the file the positions of its workers.
    of_post: Vec<Range<usize>>,
    /// Posts of the file and workers by name.
    names: Names,
    post_count: usize,
}

impl Team {
    /// The workers.
    #[must_use]
    pub fn into_workers(self) -> Vec<Post> {
        self.workers
    }

    /// The workers who stand for a post of the file, or the one worker of that name; an unknown
    /// name is reported.
    pub fn find(&self, name: &Written<String>, r: &mut Resolver) -> Range<usize> {
        match self.names.find(name, &mut r.findings) {
            Some(post) if post < self.post_count => self.of_post.get(post).cloned().unwrap_or(0..0),
            Some(worker) => worker - self.post_count..worker - self.post_count + 1,
            None => 0..0,
        }
    }

    /// Positions of the workers who stand for a post of the file; none where it was not reached.
    #[must_use]
    pub fn workers_of(&self, post: usize) -> Range<usize> {
        self.of_post.get(post).cloned().unwrap_or(0..0)
    }

    /// The worker at a position.
    #[must_use]
    pub fn worker(&self, position: usize) -> Option<&Post> {
        self.workers.get(position)
    }
}

/// The team of a scenario.
pub fn posts(
    file: &ScenarioFile,
    clock: &Clock,
    served: &[Practice],
    practice_names: &Names,
    type_names: &Names,
    r: &mut Resolver,
) -> Team {
    let tables = file.posts.items();
    let mut team = Team {
        names: Names::of("post"),
        post_count: tables.len(),
        ..Team::default()
    };
    for (position, table) in tables.iter().enumerate() {
        team.names.add(table.name.name(), position, &mut r.findings);
    }
    let mut links = 0;
    for table in tables {
        let first = team.workers.len();
        let serves = serves(table, file, served.len(), practice_names, r);
        let whole = whole_post(table, clock, serves, type_names, r);
        team.workers.extend(workers(table, &whole, r));
        team.of_post.push(first..team.workers.len());
        let each = match file.sharing.peek() {
            Some(Sharing::Pooled) => served.len(),
            _ => whole.serves.len(),
        };
        links += (team.workers.len() - first) * each;
        if team.workers.len() > MOST_POSTS || links > MOST_SERVED {
            refuse_size(file, r);
            return team;
        }
    }
    name_workers(tables, &mut team, r);
    if let Field::Given(sharing) = &file.sharing {
        sharing::share(sharing.value, &mut team.workers, served);
    }
    for (table, workers) in tables.iter().zip(&team.of_post) {
        let workers = &mut team.workers[workers.clone()];
        rota::give_rota(table, workers, served, practice_names, r);
        clinics::give_clinics(table, workers, practice_names, r);
    }
    rota::check_continuity(file, r);
    team
}

fn refuse_size(file: &ScenarioFile, r: &mut Resolver) {
    let place = file.posts.given().map_or(file.at.place, |it| it.at.place);
    let finding = Finding::new(place, "posts", "are more than can be simulated");
    r.findings.add(
        finding.allowed("at most 10,000 workers, who serve at most 10,000,000 practices in sum"),
    );
}

/// Adds the names of second and further workers, which must not be names of posts.
fn name_workers(tables: &[PostTable], team: &mut Team, r: &mut Resolver) {
    for (table, workers) in tables.iter().zip(team.of_post.clone()) {
        let Some(name) = table.name.name() else {
            continue;
        };
        for position in workers.skip(1) {
            let worker = Written {
                value: team.workers[position].name.clone(),
                at: name.at.clone(),
            };
            team.names
                .add(Some(&worker), team.post_count + position, &mut r.findings);
        }
    }
}

/// Whom a post serves; with `sharing`, nobody yet.
fn serves(
    table: &PostTable,
    file: &ScenarioFile,
    count: usize,
    names: &Names,
    r: &mut Resolver,
) -> Vec<PracticeId> {
    if let (Field::Given(sharing), Field::Given(serves)) = (&file.sharing, &table.serves) {
        let finding = Finding::at(&serves.at, "cannot stand together with `sharing`");
        r.findings.add(
            finding
                .hint("remove one of the two")
                .first_given(sharing.at.place),
        );
    }
    if file.sharing.is_in_file() {
        return Vec::new();
    }
    let listed = table.serves.used(&mut r.ledger).flatten();
    practices(listed.as_ref(), names, count, &mut r.findings)
}

/// A post of the file as if one person of its whole WTE held it.
fn whole_post(
    table: &PostTable,
    clock: &Clock,
    serves: Vec<PracticeId>,
    type_names: &Names,
    r: &mut Resolver,
) -> Post {
    let hours = hours(table, clock, r);
    let wte = wte(table, &hours, clock, r);
    let hours = hours.unwrap_or_else(|| usual_hours(wte, clock.kind));
    let client_share = table.client_share.used_or(&mut r.ledger, 0.0);
    let time =
        |share: f64| hours.map(|hours| SimDuration::from_units(hours * share, SECONDS_PER_HOUR));
    let protected_time = protected_time(table, &time(1.0), client_share, r);
    let InPost {
        starts,
        ends,
        advertised,
        tenure,
    } = in_post(table, clock, r);
    let someone_leaves =
        ends.is_some() || tenure.leaving_rate_a_year > 0.0 || tenure.contract.is_some();
    let lost_at_handover_share = match someone_leaves {
        true => table.lost_at_handover_share.used_or(&mut r.ledger, 0.0),
        false => table
            .lost_at_handover_share
            .peek()
            .copied()
            .unwrap_or_default(),
    };
    Post {
        name: table.name.text().unwrap_or_default(),
        wte,
        serves,
        client_time: time(client_share),
        contracted_time: time(1.0),
        window_opens: match clock.kind {
            CalendarKind::England => SimDuration::from_seconds(9 * SECONDS_PER_HOUR),
            CalendarKind::AlwaysOpen => SimDuration::ZERO,
        },
        caseload_cap: table
            .caseload_cap
            .used(&mut r.ledger)
            .flatten()
            .map(|cap| cap as u32),
        starts,
        ends,
        advertised,
        tenure,
        kind: table.kind.used_or(&mut r.ledger, PostKind::LinkWorker),
        case_types: case_types(table, type_names, r),
        turn_up_share: turn_up_share(table, r),
        escalation_share: escalation_share(table, r),
        is_supervised: table.supervision.peek().copied().unwrap_or(true),
        lost_at_handover_share,
        annual_leave_days: table.annual_leave_days.used_or(&mut r.ledger, 0.0),
        training_days: table.training_days.used_or(&mut r.ledger, 0.0),
        sickness_share: table.sickness_share.used_or(&mut r.ledger, 0.0),
        protected_time,
        rota: None,
        clinics: Vec::new(),
    }
}

/// The case types that a post may take, in order; `None`: all.
fn case_types(table: &PostTable, names: &Names, r: &mut Resolver) -> Option<Vec<CaseTypeId>> {
    let Written { value, at } = table.case_types.given()?;
    let listed = value.as_ref()?;
    if listed.is_empty() {
        let finding = Finding::at(at, "is empty: the post could take nobody");
        r.findings
            .add(finding.allowed("names of case types, or \"all\""));
    }
    let mut types: Vec<CaseTypeId> = listed
        .iter()
        .filter_map(|name| names.find(name, &mut r.findings))
        .map(|position| CaseTypeId(position as u16))
        .collect();
    types.sort_unstable();
    types.dedup();
    Some(types)
}

/// Share of days turned up; that everybody always does is an assumption about volunteers only.
fn turn_up_share(table: &PostTable, r: &mut Resolver) -> f64 {
    match table.kind.peek() {
        Some(PostKind::Volunteer) => table.turn_up_share.used_or(&mut r.ledger, 1.0),
        _ => table.turn_up_share.peek().copied().unwrap_or(1.0),
    }
}

/// The share passed on; only volunteers pass on cases.
fn escalation_share(table: &PostTable, r: &mut Resolver) -> f64 {
    let share = table.escalation_share.peek().copied().unwrap_or(0.0);
    let is_volunteer = matches!(table.kind.peek(), Some(PostKind::Volunteer));
    match &table.escalation_share {
        Field::Given(given) if share > 0.0 && !is_volunteer => {
            let finding = Finding::at(&given.at, "is of a post that is no volunteer's");
            r.findings.add(
                finding
                    .hint("only volunteers pass on cases: add kind = \"volunteer\", or remove it"),
            );
            0.0
        }
        field if is_volunteer => field.used_or(&mut r.ledger, 0.0),
        _ => 0.0,
    }
}
