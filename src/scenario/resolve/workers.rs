//! A post above 1 WTE as several workers, and the windows of each.

use super::Resolver;
use crate::model::{Post, ProtectedTime, SimDuration};
use crate::scenario::file::PostTable;
use crate::scenario::finding::Finding;
use crate::scenario::kind::grouped;
use crate::scenario::reader::Field;

/// Below this share of a WTE nobody stands.
const NOBODY: f64 = 1e-9;

/// The workers who stand for a post: whole ones, and one for the rest.
pub fn workers(table: &PostTable, whole: &Post, r: &mut Resolver) -> Vec<Post> {
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
    std::iter::repeat_n(1.0, ones as usize)
        .chain(rest)
        .collect()
}

fn worker(whole: &Post, position: usize, wte: f64, cap_is_per_wte: bool) -> Post {
    let part =
        |time: SimDuration| SimDuration::from_units(time.seconds() as f64 * (wte / whole.wte), 1);
    let cap = |cap: u32| match cap_is_per_wte {
        true => ((f64::from(cap) * wte).round() as u32).max(1),
        false => cap,
    };
    let of_part = |part: &ProtectedTime| ProtectedTime {
        name: part.name.clone(),
        hours_a_week: part.hours_a_week * (wte / whole.wte),
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
        protected_time: whole.protected_time.iter().map(of_part).collect(),
        ..whole.clone()
    }
}

/// Reports a worker whose time on some weekday reaches past midnight.
fn check_window(table: &PostTable, worker: &Post, r: &mut Resolver) {
    let longest = worker
        .client_time
        .iter()
        .max()
        .copied()
        .unwrap_or(SimDuration::ZERO);
    let contracted = worker
        .contracted_time
        .iter()
        .max()
        .copied()
        .unwrap_or(SimDuration::ZERO);
    if worker.window_opens + longest > SimDuration::DAY || contracted > SimDuration::DAY {
        let at = table.hours.given().map_or(&table.at, |hours| &hours.at);
        let opens = worker.window_opens.hours();
        r.findings.add(
            Finding::at(at, "has a day whose client time reaches past midnight")
                .found(format!(
                    "{} h of client time on one day",
                    grouped(longest.hours())
                ))
                .allowed(format!("at most {} h a day from {opens}:00", 24.0 - opens)),
        );
    }
}

fn note_of_split(whole: &Post, workers: &[Post], is_default: bool) -> String {
    let count = workers.len();
    let wte = grouped(whole.wte);
    let caps: Vec<String> = workers
        .iter()
        .map(|worker| {
            worker
                .caseload_cap
                .map_or_else(|| "no cap".to_owned(), |cap| cap.to_string())
        })
        .collect();
    let places = match (whole.caseload_cap, is_default) {
        (None, _) => String::new(),
        (Some(cap), true) => format!(" Places: {} ({cap} per WTE).", places(&caps)),
        (Some(cap), false) => format!(
            " `caseload_cap` = {cap} is taken per WTE: places {}.",
            places(&caps)
        ),
    };
    format!(
        "Post {} of {wte} WTE stands as {count} workers.{places}",
        whole.name
    )
}

/// Caps in a sentence: each of the whole ones alike, the last perhaps less.
fn places(caps: &[String]) -> String {
    match caps {
        [first, .., last] if first != last => format!("{first} each, {last} for the last"),
        [first, ..] => format!("{first} each"),
        [] => String::new(),
    }
}
