//! Pieces of work side by side, each taken as soon as those before it have been.
//!
//! Nobody waits for a batch to be complete: the thread that asked is one of the workers, and between
//! two pieces of its own takes what is done, in order. How far others may be ahead of that is bounded,
//! and so is memory.

use super::replications::Stop;
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Pieces that a worker may be ahead of what has been taken.
const AHEAD_PER_WORKER: u64 = 16;

/// How long a worker that is too far ahead sleeps before it asks again whether to go on at all.
const NAP: Duration = Duration::from_millis(20);

/// Does `work` for each of `numbers` with so many workers, one on this thread and each of the others
/// on one of its own, and hands what comes of it to `take`, in order, until that breaks or `stop`
/// becomes true. A worker is made by `begin` on its own thread, so that no two have memory side by
/// side, where each would wait for what the other writes.
///
/// # Errors
/// [`Stop::NoThreads`] when a thread could not be started, [`Stop::Interrupted`] when `stop` became
/// true.
pub fn in_order<W, T: Send>(
    workers: u64,
    begin: &(impl Fn() -> W + Sync),
    (numbers, stop): (Range<u64>, &AtomicBool),
    work: &(impl Fn(&mut W, u64) -> T + Sync),
    take: &mut impl FnMut(T) -> ControlFlow<()>,
) -> Result<(), Stop> {
    let most_ahead = AHEAD_PER_WORKER * workers;
    let line = Line {
        next: AtomicU64::new(numbers.start),
        end: numbers.end,
        most_ahead,
        taken: Mutex::new(numbers.start),
        moved: Condvar::new(),
        is_over: AtomicBool::new(false),
        stop,
    };
    std::thread::scope(|scope| {
        let (sender, receiver) = channel();
        for _ in 1..workers {
            let (sender, line) = (sender.clone(), &line);
            let begun = std::thread::Builder::new()
                .spawn_scoped(scope, move || line.work_along(begin, work, &sender));
            if begun.is_err() {
                line.is_over.store(true, Ordering::Relaxed);
                return Err(Stop::NoThreads);
            }
        }
        drop(sender);
        line.work_and_take(&mut begin(), work, &receiver, take);
        line.is_over.store(true, Ordering::Relaxed);
        Ok(())
    })?;
    match stop.load(Ordering::Relaxed) {
        true => Err(Stop::Interrupted),
        false => Ok(()),
    }
}

/// Nobody wants any more once a worker has panicked: its piece will never come.
struct Guard<'a>(&'a AtomicBool);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.fetch_or(std::thread::panicking(), Ordering::Relaxed);
    }
}

/// The pieces: who does which, and up to which they have been taken.
struct Line<'s> {
    next: AtomicU64,
    end: u64,
    most_ahead: u64,
    /// Number of the piece that is to be taken next.
    taken: Mutex<u64>,
    moved: Condvar,
    /// Nobody wants any more.
    is_over: AtomicBool,
    stop: &'s AtomicBool,
}

impl Line<'_> {
    /// One of the others: the next piece that nobody has, until there is none.
    fn work_along<W, T>(
        &self,
        begin: &impl Fn() -> W,
        work: &impl Fn(&mut W, u64) -> T,
        done: &Sender<(u64, T)>,
    ) {
        let _guard = Guard(&self.is_over);
        let mut worker = begin();
        loop {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if number >= self.end || !self.may_begin(number) {
                return;
            }
            if done.send((number, work(&mut worker, number))).is_err() {
                return;
            }
        }
    }

    /// Waits while `number` is too far ahead; whether it is wanted.
    fn may_begin(&self, number: u64) -> bool {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if self.is_over.load(Ordering::Relaxed) || self.stop.load(Ordering::Relaxed) {
                return false;
            }
            if number < *taken + self.most_ahead {
                return true;
            }
            let nap = self.moved.wait_timeout(taken, NAP);
            taken = nap.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// The thread that asked: the next piece that nobody has, or where there is none now, what others
    /// have done; then all that can be taken in order.
    fn work_and_take<W, T>(
        &self,
        worker: &mut W,
        work: &impl Fn(&mut W, u64) -> T,
        done: &Receiver<(u64, T)>,
        take: &mut impl FnMut(T) -> ControlFlow<()>,
    ) {
        let _guard = Guard(&self.is_over);
        let mut early = BTreeMap::new();
        let mut due = *self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let piece = match self.begin(due) {
                Some(number) => Some((number, work(worker, number))),
                None => done.recv().ok(),
            };
            if piece.is_none() {
                return;
            }
            early.extend(piece.into_iter().chain(done.try_iter()));
            while let Some(result) = early.remove(&due) {
                due += 1;
                if self.stop.load(Ordering::Relaxed) || take(result).is_break() {
                    return;
                }
            }
            *self.taken.lock().unwrap_or_else(PoisonError::into_inner) = due;
            self.moved.notify_all();
        }
    }

    /// A piece for the thread that asked, if there is one that is not too far ahead of what is `due`:
    /// it must not wait for itself.
    fn begin(&self, due: u64) -> Option<u64> {
        let is_wanted = !self.is_over.load(Ordering::Relaxed) && !self.stop.load(Ordering::Relaxed);
        let next = self.next.load(Ordering::Relaxed);
        let is_there = next < self.end && next < due + self.most_ahead;
        let number = (is_wanted && is_there).then(|| self.next.fetch_add(1, Ordering::Relaxed));
        number.filter(|number| *number < self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers taken of `0..count` by so many workers; every seventh piece is slow, and taking
    /// ends with `last`.
    fn taken(workers: u64, count: u64, last: u64, stop: &AtomicBool) -> Result<Vec<u64>, Stop> {
        let mut all = Vec::new();
        let work = |(): &mut (), number: u64| {
            if number.is_multiple_of(7) {
                std::thread::sleep(Duration::from_micros(300));
            }
            number
        };
        let mut take = |number| {
            all.push(number);
            match number == last {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        in_order(workers, &|| (), (0..count, stop), &work, &mut take)?;
        Ok(all)
    }

    #[test]
    fn pieces_are_taken_in_order_by_any_number_of_workers() {
        let stop = AtomicBool::new(false);
        // Several times with five: who begins first is chance.
        for workers in [1, 2].into_iter().chain([5; 20]) {
            let all = taken(workers, 300, u64::MAX, &stop);
            assert_eq!(all, Ok((0..300).collect()), "{workers}");
            assert_eq!(taken(workers, 0, u64::MAX, &stop), Ok(Vec::new()));
        }
    }

    #[test]
    fn whoever_takes_can_end_it() {
        let stop = AtomicBool::new(false);
        for workers in [1, 3] {
            let all = taken(workers, 100_000, 40, &stop);
            assert_eq!(all, Ok((0..=40).collect()), "{workers}");
        }
    }

    #[test]
    fn somebody_can_stop_it() {
        let stop = AtomicBool::new(true);
        for workers in [1, 2] {
            let all = taken(workers, 100, u64::MAX, &stop);
            assert_eq!(all, Err(Stop::Interrupted), "{workers}");
        }
    }

    /// Whoever panics, this thread or another; this one waits until the other has a piece.
    #[test]
    fn a_panic_is_not_waited_for() {
        let asking = std::thread::current().id();
        for in_another in [false, true] {
            let has_begun = AtomicBool::new(false);
            let work = |(): &mut (), _: u64| {
                let is_another = std::thread::current().id() != asking;
                has_begun.fetch_or(is_another, Ordering::Relaxed);
                assert_ne!(is_another, in_another, "a piece that fails");
                while in_another && !has_begun.load(Ordering::Relaxed) {
                    std::thread::yield_now();
                }
            };
            let stop = AtomicBool::new(false);
            let mut take = |()| ControlFlow::Continue(());
            let run = || in_order(2, &|| (), (0..1_000, &stop), &work, &mut take);
            let ended = std::panic::catch_unwind(std::panic::AssertUnwindSafe(run));
            assert!(ended.is_err(), "{in_another}");
        }
    }

    /// One thread is slow at its first piece, this one or the other: nobody runs ahead without end.
    #[test]
    fn workers_do_not_get_too_far_ahead() {
        let asking = std::thread::current().id();
        for slow_is_asking in [true, false] {
            let (begun, has_slept) = (AtomicU64::new(0), AtomicBool::new(false));
            let work = |(): &mut (), _: u64| {
                begun.fetch_add(1, Ordering::Relaxed);
                let is_slow = (std::thread::current().id() == asking) == slow_is_asking;
                let sleeps = is_slow && !has_slept.swap(true, Ordering::Relaxed);
                std::thread::sleep(Duration::from_micros(if sleeps { 50_000 } else { 100 }));
                while !slow_is_asking && !has_slept.load(Ordering::Relaxed) {
                    std::thread::yield_now();
                }
            };
            let (mut taken, mut most_ahead) = (0, 0);
            let mut take = |()| {
                most_ahead = begun
                    .load(Ordering::Relaxed)
                    .saturating_sub(taken)
                    .max(most_ahead);
                taken += 1;
                ControlFlow::Continue(())
            };
            let stop = AtomicBool::new(false);
            let ended = in_order(2, &|| (), (0..1_000, &stop), &work, &mut take);
            assert_eq!(ended, Ok(()), "nobody stopped it");
            assert!(has_slept.load(Ordering::Relaxed), "each had a piece");
            assert!(most_ahead <= 2 * AHEAD_PER_WORKER + 1, "{most_ahead}");
            assert_eq!(taken, 1_000);
        }
    }
}
