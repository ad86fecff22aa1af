//! Posts: contracted time, windows, places, and posts above 1 WTE as several workers.

use super::Resolver;
use super::clock::Clock;
use super::names::{Names, practices};
use super::sharing;
use crate::model::time::SECONDS_PER_HOUR;
use crate::model::{CalendarKind, Post, Practice, SimDuration, SimTime};
use crate::scenario::file::{Hours, MOST_POSTS, PostTable, ScenarioFile};
use crate::scenario::finding::Finding;
use crate::scenario::kind::grouped;
use crate::scenario::reader::{At, Field, Written};

/// Contracted hours of 1 WTE on a working day, 37.5 a week (evidence, section B).
const HOURS_A_DAY: f64 = 7.5;
/// How far `wte` and `hours` may differ, as a share of `wte`.
const WTE_TOLERANCE: f64 = 0.005;
/// Below this share of a WTE nobody stands.
const NOBODY: f64 = 1e-9;
/// Practices served, summed over posts, at most.
const MOST_SERVED: usize = 10_000_000;

/// The workers of a team, in the order of the posts that they fill.
#[derive(Debug, Default)]
pub struct Team {
    workers: Vec<Post>,
    /// For each post of the file the positions of its workers.
    of_post: Vec<std::ops::Range<usize>>,
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
    pub fn find(&self, name: &Written<String>, r: &mut Resolver) -> std::ops::Range<usize> {
        match self.names.find(name, &mut r.findings) {
            Some(post) if post < self.post_count => self.of_post.get(post).cloned().unwrap_or(0..0),
            Some(worker) => worker - self.post_count..worker - self.post_count + 1,
            None => 0..0,
        }
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
    r: &mut Resolver,
) -> Team {
    let tables = file.posts.items();
    let mut team = Team {
        names: Names::of("post"),
        post_count: tables.len(),
        ..Team::default()
    };
    for (position, table) in tables.iter().enumerate() {
        team.names.add(table.name.given().map(|it| &it.value), position, &mut r.findings);
    }
    let mut links = 0;
    for table in tables {
        let first = team.workers.len();
        let serves = serves(table, file, served.len(), practice_names, r);
        let whole = whole_post(table, clock, serves, r);
        team.workers.extend(workers(table, &whole, r));
        team.of_post.push(first..team.workers.len());
        links += (team.workers.len() - first) * whole.serves.len();
        if team.workers.len() > MOST_POSTS || links > MOST_SERVED {
            refuse_size(file, r);
            return team;
        }
    }
    name_workers(tables, &mut team, r);
    if let Field::Given(sharing) = &file.sharing {
        sharing::share(sharing.value, &mut team.workers, served);
    }
    team
}

fn refuse_size(file: &ScenarioFile, r: &mut Resolver) {
    let place = file.posts.given().map_or(file.at.place, |it| it.at.place);
    let finding = Finding::new(place, "posts", "are more than can be simulated");
    r.findings.add(finding.allowed("at most 10,000 workers, who serve at most 10,000,000 practices in sum"));
}

/// Adds the names of second and further workers, which must not be names of posts.
fn name_workers(tables: &[PostTable], team: &mut Team, r: &mut Resolver) {
    for (table, workers) in tables.iter().zip(team.of_post.clone()) {
        let Some(name) = table.name.given().map(|it| &it.value) else {
            continue;
        };
        for position in workers.skip(1) {
            let worker = Written {
                value: team.workers[position].name.clone(),
                at: name.at.clone(),
            };
            team.names.add(Some(&worker), team.post_count + position, &mut r.findings);
        }
    }
}

fn serves(
    table: &PostTable,
    file: &ScenarioFile,
    count: usize,
    names: &Names,
    r: &mut Resolver,
) -> Vec<crate::model::PracticeId> {
    if let (Field::Given(sharing), Field::Given(serves)) = (&file.sharing, &table.serves) {
        let finding = Finding::new(serves.at.place, &serves.at.path, "stands together with `sharing`");
        r.findings.add(finding.hint("remove one of the two").first_given(sharing.at.place));
    }
    let listed = match file.sharing.is_in_file() {
        true => table.serves.peek().cloned(),
        false => table.serves.used(&mut r.ledger),
    };
    practices(listed.flatten().as_ref(), names, count, &mut r.findings)
}

/// A post of the file as if one person of its whole WTE held it.
fn whole_post(
    table: &PostTable,
    clock: &Clock,
    serves: Vec<crate::model::PracticeId>,
    r: &mut Resolver,
) -> Post {
    let hours = hours(table, clock, r);
    let wte = wte(table, &hours, clock, r);
    let hours = hours.unwrap_or_else(|| usual_hours(wte, clock.kind));
    let client_share = table.client_share.used_or(&mut r.ledger, 0.0);
    let time = |share: f64| hours.map(|hours| SimDuration::from_units(hours * share, SECONDS_PER_HOUR));
    let (starts, ends) = in_post(table, clock, r);
    let lost_at_handover_share = match ends {
        Some(_) => table.lost_at_handover_share.used_or(&mut r.ledger, 0.0),
        None => table.lost_at_handover_share.peek().copied().unwrap_or_default(),
    };
    Post {
        name: table.name.given().map(|it| it.value.value.clone()).unwrap_or_default(),
        wte,
        serves,
        client_time: time(client_share),
        contracted_time: time(1.0),
        window_opens: match clock.kind {
            CalendarKind::England => SimDuration::from_seconds(9 * SECONDS_PER_HOUR),
            CalendarKind::AlwaysOpen => SimDuration::ZERO,
        },
        caseload_cap: table.caseload_cap.used(&mut r.ledger).flatten().map(|cap| cap as u32),
        starts,
        ends,
        lost_at_handover_share,
        annual_leave_days: table.annual_leave_days.used_or(&mut r.ledger, 0.0),
        training_days: table.training_days.used_or(&mut r.ledger, 0.0),
        sickness_share: table.sickness_share.used_or(&mut r.ledger, 0.0),
    }
}

/// Hours by weekday if the file gives them; hours on days that are never worked are reported.
fn hours(table: &PostTable, clock: &Clock, r: &mut Resolver) -> Option<[f64; 7]> {
    let Written { value: it, at } = table.hours.given()?;
    let weekend = [&it.saturday, &it.sunday];
    let by_day = by_weekday(it);
    if clock.kind == CalendarKind::England {
        let worked = weekend.into_iter().filter_map(Field::given).find(|hours| hours.value > 0.0);
        if let Some(hours) = worked {
            let finding = Finding::new(hours.at.place, &hours.at.path, "is not a working day");
            r.findings.add(finding.allowed("hours from Monday to Friday on the England calendar"));
        }
    }
    let sum: f64 = by_day.iter().sum();
    let is_known = !is_any_wrong(it);
    if is_known && !(sum > 0.0) {
        r.findings.add(Finding::new(at.place, &at.path, "has no hours at all"));
    }
    Some(by_day)
}

fn by_weekday(hours: &Hours) -> [f64; 7] {
    [
        &hours.monday,
        &hours.tuesday,
        &hours.wednesday,
        &hours.thursday,
        &hours.friday,
        &hours.saturday,
        &hours.sunday,
    ]
    .map(|day| day.peek().copied().unwrap_or_default())
}

fn is_any_wrong(hours: &Hours) -> bool {
    let days = [&hours.monday, &hours.tuesday, &hours.wednesday, &hours.thursday, &hours.friday];
    let weekend = [&hours.saturday, &hours.sunday];
    days.into_iter().chain(weekend).any(Field::is_wrong)
}

fn usual_hours(wte: f64, kind: CalendarKind) -> [f64; 7] {
    match kind {
        CalendarKind::AlwaysOpen => [24.0 * wte; 7],
        CalendarKind::England => std::array::from_fn(|day| if day < 5 { HOURS_A_DAY * wte } else { 0.0 }),
    }
}

/// Contracted time as a share of a full week; 1 where it was refused.
fn wte(table: &PostTable, hours: &Option<[f64; 7]>, clock: &Clock, r: &mut Resolver) -> f64 {
    let full_week: f64 = usual_hours(1.0, clock.kind).iter().sum();
    let given = table.wte.given().or_else(|| table.fte.given());
    let of_hours = hours.map(|hours| hours.iter().sum::<f64>() / full_week);
    match (given, of_hours) {
        (Some(given), Some(of_hours)) => {
            if (given.value - of_hours).abs() > WTE_TOLERANCE * given.value {
                let hours = grouped((of_hours * 10_000.0).round() / 10_000.0);
                r.findings.add(
                    Finding::new(given.at.place, &given.at.path, "does not agree with `hours`")
                        .found(grouped(given.value))
                        .allowed(format!("{hours}, which is what `hours` come to; or remove one of the two")),
                );
            }
            given.value
        }
        (Some(given), None) => given.value,
        (None, Some(of_hours)) => of_hours,
        (None, None) => {
            if ![table.wte.is_wrong(), table.fte.is_wrong(), table.hours.is_wrong()].contains(&true) {
                let path = format!("{}.wte", table.at.path);
                let finding = Finding::new(table.at.place, &path, "is missing");
                r.findings.add(finding.allowed("`wte`, or `hours` by weekday"));
            }
            1.0
        }
    }
}

/// When the post is held: from, and until.
fn in_post(table: &PostTable, clock: &Clock, r: &mut Resolver) -> (Option<SimTime>, Option<SimTime>) {
    let starts = match table.advertised.given() {
        Some(advertised) => {
            let weeks = table.time_to_hire_weeks.used_or(&mut r.ledger, 0.0);
            Some((clock.day_of(advertised.value) + (weeks * 7.0).round() as i64, &advertised.at))
        }
        None => table.starts.given().map(|date| (clock.day_of(date.value), &date.at)),
    };
    let ends = table.ends.given().map(|date| (clock.day_of(date.value), &date.at));
    check_order(starts, ends, r);
    note_never_held(table, clock, starts, ends, r);
    if table.time_to_hire_weeks.given().is_some() && !table.advertised.is_in_file() {
        r.notes.push(format!("{}: `time_to_hire_weeks` has no effect without `advertised`.", name_of(table)));
    }
    let starts = starts.filter(|(day, _)| *day > 0).map(|(day, _)| clock.midnight(day));
    (starts, ends.map(|(day, _)| clock.midnight(day)))
}

fn check_order(starts: Option<(i64, &At)>, ends: Option<(i64, &At)>, r: &mut Resolver) {
    if let (Some((first, starts)), Some((after, ends))) = (starts, ends)
        && after <= first
    {
        let finding = Finding::new(ends.place, &ends.path, "is not after the post's first day");
        r.findings.add(finding.allowed("a later date").first_given(starts.place));
    }
}

fn note_never_held(
    table: &PostTable,
    clock: &Clock,
    starts: Option<(i64, &At)>,
    ends: Option<(i64, &At)>,
    r: &mut Resolver,
) {
    let name = name_of(table);
    if starts.is_some_and(|(day, _)| clock.is_after_all(day)) {
        r.notes.push(format!("{name} starts only after the simulated time: it is never filled."));
    }
    if ends.is_some_and(|(day, _)| day <= 0) {
        r.notes.push(format!("{name} ended before the simulated time: it is never filled."));
    }
}

fn name_of(table: &PostTable) -> &str {
    table.name.given().map_or(table.at.path.as_str(), |it| it.value.value.as_str())
}

/// The workers who stand for a post: whole ones, and one for the rest.
fn workers(table: &PostTable, whole: &Post, r: &mut Resolver) -> Vec<Post> {
    let parts = parts(whole.wte);
    let is_default = matches!(table.caseload_cap, Field::Default(..));
    let workers: Vec<Post> = parts
        .iter()
        .enumerate()
        .map(|(position, part)| worker(whole, position, *part, is_default || parts.len() > 1))
        .collect();
    for worker in &workers {
        check_window(table, worker, r);
    }
    if workers.len() > 1 {
        r.notes.push(note_of_split(whole, &workers, is_default));
    }
    workers
}

/// WTE of each worker: ones, and the rest.
fn parts(wte: f64) -> Vec<f64> {
    if wte <= 1.0 + NOBODY {
        return vec![wte];
    }
    let ones = (wte + NOBODY).floor();
    let rest = wte - ones;
    let rest = Some(rest).filter(|rest| *rest > NOBODY);
    std::iter::repeat_n(1.0, ones as usize).chain(rest).collect()
}

fn worker(whole: &Post, position: usize, wte: f64, cap_is_per_wte: bool) -> Post {
    let part = |time: SimDuration| SimDuration::from_units(time.seconds() as f64 * (wte / whole.wte), 1);
    let cap = |cap: u32| match cap_is_per_wte {
        true => ((f64::from(cap) * wte).round() as u32).max(1),
        false => cap,
    };
    Post {
        name: match position {
            0 => whole.name.clone(),
            _ => format!("{} ({})", whole.name, position + 1),
        },
        wte,
        client_time: whole.client_time.map(part),
        contracted_time: whole.contracted_time.map(part),
        caseload_cap: whole.caseload_cap.map(cap),
        ..whole.clone()
    }
}

/// Reports a worker whose time on some weekday reaches past midnight.
fn check_window(table: &PostTable, worker: &Post, r: &mut Resolver) {
    let longest = worker.client_time.iter().max().copied().unwrap_or(SimDuration::ZERO);
    let contracted = worker.contracted_time.iter().max().copied().unwrap_or(SimDuration::ZERO);
    if worker.window_opens + longest > SimDuration::DAY || contracted > SimDuration::DAY {
        let at = table.hours.given().map_or(&table.at, |hours| &hours.at);
        let opens = worker.window_opens.hours();
        r.findings.add(
            Finding::new(at.place, &at.path, "has a day whose client time reaches past midnight")
                .found(format!("{} h of client time on one day", grouped(longest.hours())))
                .allowed(format!("at most {} h a day from {opens}:00", 24.0 - opens)),
        );
    }
}

fn note_of_split(whole: &Post, workers: &[Post], is_default: bool) -> String {
    let count = workers.len();
    let wte = grouped(whole.wte);
    let caps: Vec<String> = workers
        .iter()
        .map(|worker| worker.caseload_cap.map_or_else(|| "no cap".to_owned(), |cap| cap.to_string()))
        .collect();
    let places = match (whole.caseload_cap, is_default) {
        (None, _) => String::new(),
        (Some(cap), true) => format!(" Places: {} ({cap} per WTE).", places(&caps)),
        (Some(cap), false) => format!(" `caseload_cap` = {cap} is taken per WTE: places {}.", places(&caps)),
    };
    format!("Post {} of {wte} WTE stands as {count} workers.{places}", whole.name)
}

/// Caps in a sentence: each of the whole ones alike, the last perhaps less.
fn places(caps: &[String]) -> String {
    match caps {
        [first, .., last] if first != last => format!("{first} each, {last} for the last"),
        [first, ..] => format!("{first} each"),
        [] => String::new(),
    }
}
