//! Sharing graphs that one word stands for. They are made of workers, so that a post of 3 WTE can
//! be dedicated to three practices.

use std::cmp::Ordering;

use crate::model::{Post, Practice, PracticeId};
use crate::scenario::file::Sharing;

/// Sets whom every worker serves.
pub fn share(sharing: Sharing, workers: &mut [Post], practices: &[Practice]) {
    let served = match sharing {
        Sharing::Pooled => vec![(0..practices.len()).collect(); workers.len()],
        Sharing::Dedicated => dedicated(workers, practices),
        Sharing::Chained => chained(dedicated(workers, practices), practices.len()),
    };
    for (worker, mut served) in workers.iter_mut().zip(served) {
        served.sort_unstable();
        served.dedup();
        worker.serves = served
            .into_iter()
            .map(|practice| PracticeId(practice as u32))
            .collect();
    }
}

/// Positions of the practices of each worker, so that each practice has one worker or each worker
/// one practice, and list per WTE is as even as taking the largest first makes it.
fn dedicated(workers: &[Post], practices: &[Practice]) -> Vec<Vec<usize>> {
    match workers.len().cmp(&practices.len()) {
        Ordering::Equal => (0..workers.len()).map(|position| vec![position]).collect(),
        Ordering::Less => practices_to_workers(workers, practices),
        Ordering::Greater => workers_to_practices(workers, practices),
    }
}

/// Each practice, the largest first, goes to the worker with the least list per WTE so far.
fn practices_to_workers(workers: &[Post], practices: &[Practice]) -> Vec<Vec<usize>> {
    let mut served = vec![Vec::new(); workers.len()];
    let mut lists = vec![0.0; workers.len()];
    for practice in by_decreasing_list(practices) {
        let load = |worker: usize| lists[worker] / workers[worker].wte;
        let Some(worker) = first_least(workers.len(), load) else {
            break;
        };
        lists[worker] += practices[practice].list_size;
        served[worker].push(practice);
    }
    served
}

/// Each worker goes to the practice with the most list per WTE so far; practices without anybody
/// come first, the largest of them first.
fn workers_to_practices(workers: &[Post], practices: &[Practice]) -> Vec<Vec<usize>> {
    const NOBODY: f64 = 1e-12;
    let mut wte = vec![NOBODY; practices.len()];
    let chosen = workers.iter().map(|worker| {
        let need = |practice: usize| -practices[practice].list_size / wte[practice];
        let practice = first_least(practices.len(), need)?;
        wte[practice] += worker.wte;
        Some(practice)
    });
    chosen
        .map(|practice| practice.into_iter().collect())
        .collect()
}

/// Each worker also covers a practice of the next: the first practice of the next worker, or where
/// workers share practices, the next practice. Round to the beginning, so that all are linked.
fn chained(mut served: Vec<Vec<usize>>, practices: usize) -> Vec<Vec<usize>> {
    let count = served.len();
    let firsts: Vec<Option<usize>> = served.iter().map(|it| it.iter().min().copied()).collect();
    for (position, served) in served.iter_mut().enumerate() {
        let next = match count > practices {
            true => firsts[position].map(|own| (own + 1) % practices),
            false => firsts[(position + 1) % count],
        };
        served.extend(next);
    }
    served
}

fn by_decreasing_list(practices: &[Practice]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..practices.len()).collect();
    order.sort_by(|a, b| practices[*b].list_size.total_cmp(&practices[*a].list_size));
    order
}

/// The first position whose value is least.
fn first_least(count: usize, value: impl Fn(usize) -> f64) -> Option<usize> {
    (0..count).min_by(|a, b| value(*a).total_cmp(&value(*b)))
}
