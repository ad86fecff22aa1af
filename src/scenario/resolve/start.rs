//! Today's waiting list and open caseloads.

use super::Resolver;
use super::names::Names;
use super::posts::Team;
use crate::model::{
    CaseTypeId, Post, PostId, PracticeId, SimTime, Start, StartOpen, StartWaiting, Waited,
};
use crate::scenario::file::{OpenTable, StartTable, WaitingTable};
use crate::scenario::finding::Finding;
use crate::scenario::reader::{Field, Written};

/// People waiting and open cases at the start, at most.
const MOST_AT_START: u64 = 1_000_000;

/// What the rows refer to.
pub struct Lists<'a> {
    /// Practices by name and code.
    pub practices: &'a Names,
    /// The team.
    pub posts: &'a Team,
    /// Case types by name.
    pub case_types: &'a Names,
}

/// Where the run starts, if the file says so.
pub fn start(field: &Field<StartTable>, lists: &Lists<'_>, r: &mut Resolver) -> Option<Start> {
    let table = &field.given()?.value;
    let people = people_at_start(table);
    if people > MOST_AT_START {
        let finding = Finding::new(
            table.at.place,
            "start",
            "holds more people than can be simulated",
        );
        let finding = finding.found(format!("{people} waiting or open"));
        r.findings.add(finding.allowed("at most 1,000,000 in all"));
        return None;
    }
    let waiting = table
        .waiting
        .items()
        .iter()
        .filter_map(|row| waiting(row, lists, r))
        .collect();
    let mut taken = Taken::default();
    let open = table
        .open
        .items()
        .iter()
        .flat_map(|row| open(row, lists, &mut taken, r))
        .collect();
    Some(Start { waiting, open })
}

fn people_at_start(table: &StartTable) -> u64 {
    let listed = |waited: Option<&Waited>| match waited {
        Some(Waited::Each(each)) => each.len() as u64,
        _ => 0,
    };
    let count = |count: &Field<u64>| count.peek().copied().unwrap_or_default();
    let waiting = table.waiting.items().iter();
    let waiting: u64 = waiting
        .map(|row| count(&row.count) + listed(row.waited_days.peek()))
        .sum();
    let open: u64 = table.open.items().iter().map(|row| count(&row.count)).sum();
    waiting + open
}

fn waiting(row: &WaitingTable, lists: &Lists<'_>, r: &mut Resolver) -> Option<StartWaiting> {
    let case_type = case_type(&row.case_type, lists, r);
    let waited_days = waited(row, r);
    let practice = lists
        .practices
        .find(&row.practice.given()?.value, &mut r.findings)?;
    Some(StartWaiting {
        practice: PracticeId(practice as u32),
        waited_days: waited_days?,
        case_type,
    })
}

/// How long the people of a row have waited, with their number put in.
fn waited(row: &WaitingTable, r: &mut Resolver) -> Option<Waited> {
    match (row.waited_days.peek()?, &row.count) {
        (Waited::Each(_), Field::Given(count)) => {
            let finding = Finding::at(
                &count.at,
                "cannot stand together with a list of `waited_days`",
            );
            r.findings
                .add(finding.hint("a list has one figure a person: remove `count`"));
            None
        }
        (Waited::Drawn(..), Field::Absent) => {
            let path = format!("{}.count", row.at.path);
            let finding = Finding::new(row.at.place, &path, "is missing");
            r.findings
                .add(finding.allowed("how many people, because `waited_days` is not a list"));
            None
        }
        (Waited::Each(each), _) => Some(Waited::Each(each.clone())),
        (Waited::Drawn(_, drawn), count) => {
            Some(Waited::Drawn(*count.peek()? as u32, drawn.clone()))
        }
    }
}

fn case_type(
    field: &Field<Written<String>>,
    lists: &Lists<'_>,
    r: &mut Resolver,
) -> Option<CaseTypeId> {
    let position = lists
        .case_types
        .find(&field.given()?.value, &mut r.findings)?;
    Some(CaseTypeId(position as u16))
}

/// Reports open cases of a type that their post may not take.
fn check_may_take(
    row: &OpenTable,
    case_type: Option<CaseTypeId>,
    held: &[(usize, &Post)],
    r: &mut Resolver,
) {
    if let (Some(case_type), Some(given)) = (case_type, row.case_type.given())
        && held.iter().any(|(_, post)| !post.takes(case_type))
    {
        let finding = Finding::at(&given.value.at, "is no case type that the post may take");
        r.findings
            .add(finding.allowed("one of the post's `case_types`"));
    }
}

/// Places already taken at the start, by worker.
#[derive(Debug, Default)]
struct Taken(std::collections::BTreeMap<usize, u32>);

impl Taken {
    fn free(&self, position: usize, worker: &Post) -> u32 {
        let taken = self.0.get(&position).copied().unwrap_or(0);
        worker
            .caseload_cap
            .unwrap_or(u32::MAX)
            .saturating_sub(taken)
    }
}

/// The open cases of a row, spread over the workers of its post.
fn open(row: &OpenTable, lists: &Lists<'_>, taken: &mut Taken, r: &mut Resolver) -> Vec<StartOpen> {
    let case_type = case_type(&row.case_type, lists, r);
    check_contacts_left(row, r);
    let held = held(row, lists, r);
    check_may_take(row, case_type, &held, r);
    let (Some(count), false) = (row.count.given(), held.is_empty()) else {
        return Vec::new();
    };
    let spread = spread(count.value as u32, &held, taken);
    let placed: u64 = spread.iter().map(|(_, cases)| u64::from(*cases)).sum();
    if placed < count.value {
        let finding = Finding::at(&count.at, "is more than the post has places");
        let finding = finding.found(count.value.to_string());
        r.findings
            .add(finding.allowed("open cases up to `caseload_cap`, over all rows of the post"));
    }
    let row_of = |(position, count)| StartOpen {
        post: PostId(position as u32),
        count,
        contacts_left: row.contacts_left.peek().cloned(),
        case_type,
    };
    spread.into_iter().map(row_of).collect()
}

/// The workers of a row's post; that none of them is in post when the run starts is reported.
fn held<'a>(row: &OpenTable, lists: &Lists<'a>, r: &mut Resolver) -> Vec<(usize, &'a Post)> {
    let Some(name) = row.post.given() else {
        return Vec::new();
    };
    let workers = lists.posts.find(&name.value, r);
    let is_known = !workers.is_empty();
    let workers = workers.filter_map(|it| Some((it, lists.posts.worker(it)?)));
    let held: Vec<_> = workers
        .filter(|(_, it)| it.exists_at(SimTime::ZERO) && it.advertised.is_none())
        .collect();
    if held.is_empty() && is_known {
        r.findings
            .add(Finding::at(&name.at, "is not in post when the run starts"));
    }
    held
}

fn check_contacts_left(row: &OpenTable, r: &mut Resolver) {
    if let Field::Given(contacts) = &row.contacts_left
        && contacts.value.is_constant().is_some_and(|left| left < 1.0)
    {
        let finding = Finding::at(&contacts.at, "is out of range");
        r.findings
            .add(finding.allowed("at least 1: a case without contacts to come is not open"));
    }
}

/// Cases by worker: one at a time to whoever has the fewest per WTE and a free place.
fn spread(count: u32, workers: &[(usize, &Post)], taken: &mut Taken) -> Vec<(usize, u32)> {
    let mut given = vec![0_u32; workers.len()];
    for _ in 0..count {
        let has_room =
            |index: &usize| taken.free(workers[*index].0, workers[*index].1) > given[*index];
        let load = |index: &usize| f64::from(given[*index]) / workers[*index].1.wte;
        let next = (0..workers.len())
            .filter(has_room)
            .min_by(|a, b| load(a).total_cmp(&load(b)));
        let Some(next) = next else { break };
        given[next] += 1;
    }
    let spread = workers
        .iter()
        .zip(given)
        .map(|((position, _), cases)| (*position, cases));
    let spread: Vec<(usize, u32)> = spread.filter(|(_, cases)| *cases > 0).collect();
    for (position, cases) in &spread {
        *taken.0.entry(*position).or_insert(0) += cases;
    }
    spread
}
