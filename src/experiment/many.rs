//! Pieces of work side by side: many in order, as a folder of scenarios, each on one thread, or two that
//! have nothing to do with each other.

use super::replications::Stop;
use rayon::prelude::*;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Does `work` for each number below `count` on so many threads and gives what came of it, in order.
/// The first failure (by number, of those that had begun) ends the rest; `done` is told how many
/// pieces are finished.
///
/// # Errors
/// [`Stop`] when `stop` became true or no thread could be started; within it, the failure.
pub fn side_by_side<T: Send, E: Send>(
    (count, threads): (usize, usize),
    stop: &AtomicBool,
    work: &(dyn Fn(usize) -> Result<T, E> + Sync),
    done: &(dyn Fn(usize) + Sync),
) -> Result<Result<Vec<T>, E>, Stop> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.clamp(1, count.max(1)))
        .build()
        .map_err(|_| Stop::NoThreads)?;
    let (next, finished) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let failed = AtomicBool::new(false);
    let take_turns = |_| {
        let mut results = Vec::new();
        while !stop.load(Ordering::Relaxed) && !failed.load(Ordering::Relaxed) {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                break;
            }
            let result = work(number);
            failed.fetch_or(result.is_err(), Ordering::Relaxed);
            results.push((number, result));
            done(finished.fetch_add(1, Ordering::Relaxed) + 1);
        }
        results
    };
    let takers = 0..pool.current_num_threads();
    let mut results: Vec<(usize, Result<T, E>)> =
        pool.install(|| takers.into_par_iter().flat_map_iter(take_turns).collect());
    if stop.load(Ordering::Relaxed) {
        return Err(Stop::Interrupted);
    }
    results.sort_unstable_by_key(|(number, _)| *number);
    Ok(results.into_iter().map(|(_, result)| result).collect())
}

/// Does two pieces of work, at the same time where there are `threads` for both, else one after the
/// other.
///
/// # Errors
/// [`Stop::NoThreads`] when a thread could not be started.
pub fn both<A: Send, B: Send>(
    threads: usize,
    one: impl FnOnce() -> A,
    other: impl FnOnce() -> B + Send,
) -> Result<(A, B), Stop> {
    if threads < 2 {
        let first = one();
        return Ok((first, other()));
    }
    std::thread::scope(|scope| {
        let begun = std::thread::Builder::new().spawn_scoped(scope, other);
        let begun = begun.map_err(|_| Stop::NoThreads)?;
        let first = one();
        let second = begun.join();
        let second = second.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        Ok((first, second))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Duration;

    /// Each hears from the other while it is at work.
    #[test]
    fn two_pieces_are_done_at_the_same_time_if_there_are_threads() {
        let ((to_one, at_one), (to_other, at_other)) = (channel(), channel());
        let meet = |to: Sender<()>, at: Receiver<()>| {
            let told = to.send(());
            told.is_ok() && at.recv_timeout(Duration::from_secs(60)).is_ok()
        };
        let (one, other) = (|| meet(to_other, at_one), || meet(to_one, at_other));
        assert_eq!(both(2, one, other), Ok((true, true)));
        let asking = std::thread::current().id();
        let is_here = || std::thread::current().id() == asking;
        assert_eq!(both(1, is_here, is_here), Ok((true, true)));
        assert_eq!(both(2, is_here, is_here), Ok((true, false)));
    }

    fn squares(threads: usize) -> Result<Result<Vec<usize>, String>, Stop> {
        let work = |number: usize| Ok(number * number);
        side_by_side((100, threads), &AtomicBool::new(false), &work, &|_| {})
    }

    #[test]
    fn results_are_in_order_on_any_number_of_threads() {
        let expected: Vec<usize> = (0..100).map(|number| number * number).collect();
        for threads in [0, 1, 3] {
            assert_eq!(squares(threads), Ok(Ok(expected.clone())));
        }
    }

    #[test]
    fn every_piece_is_told_once() {
        let told = AtomicUsize::new(0);
        let work = |_| -> Result<(), ()> { Ok(()) };
        let done = |finished| {
            told.fetch_add(finished, Ordering::Relaxed);
        };
        let all = side_by_side((10, 2), &AtomicBool::new(false), &work, &done);
        assert_eq!(all, Ok(Ok(vec![(); 10])));
        assert_eq!(told.load(Ordering::Relaxed), (1..=10).sum::<usize>());
    }

    #[test]
    fn a_failure_ends_the_rest_and_is_told() {
        let begun = AtomicUsize::new(0);
        let work = |number: usize| -> Result<usize, String> {
            begun.fetch_add(1, Ordering::Relaxed);
            match number {
                3 => Err("the fourth".to_owned()),
                _ => Ok(number),
            }
        };
        let all = side_by_side((1_000, 1), &AtomicBool::new(false), &work, &|_| {});
        assert_eq!(all, Ok(Err("the fourth".to_owned())));
        assert_eq!(begun.load(Ordering::Relaxed), 4);
    }

    #[test]
    fn somebody_can_stop_it() {
        let stop = AtomicBool::new(true);
        let work = |_| -> Result<(), ()> { Ok(()) };
        let all = side_by_side((10, 2), &stop, &work, &|_| {});
        assert_eq!(all, Err(Stop::Interrupted));
    }

    #[test]
    fn nothing_to_do_is_done() {
        let work = |_| -> Result<(), ()> { Err(()) };
        let all = side_by_side((0, 2), &AtomicBool::new(false), &work, &|_| {});
        assert_eq!(all, Ok(Ok(Vec::new())));
    }
}
