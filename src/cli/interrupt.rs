//! Ctrl-C: ends promptly, with nothing half-written.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

static STOP: AtomicBool = AtomicBool::new(false);

/// Whether rows go to stdout while the command runs, where they cannot be taken back.
static ROWS_ON_STDOUT: AtomicBool = AtomicBool::new(false);

/// Whether work is finished piece by piece, which stays.
static FINISHED_WORK_STAYS: AtomicBool = AtomicBool::new(false);

/// Pieces that are finished, and how many there are in all; 0 where nobody counts them.
static FINISHED: (AtomicUsize, AtomicUsize) = (AtomicUsize::new(0), AtomicUsize::new(0));

/// How long a command has to end by itself before it is ended.
const GRACE: Duration = Duration::from_millis(1_500);

/// Whether somebody asked to stop.
pub fn asked() -> bool {
    STOP.load(Ordering::Relaxed)
}

/// The flag, for whoever has to look at it often.
pub fn flag() -> &'static AtomicBool {
    &STOP
}

/// From now on rows go to stdout as they come.
pub fn rows_go_to_stdout() {
    ROWS_ON_STDOUT.store(true, Ordering::Relaxed);
}

/// From now on each piece of work that is finished stays, whatever comes.
pub fn finished_work_stays() {
    FINISHED_WORK_STAYS.store(true, Ordering::Relaxed);
}

/// So many points are finished before it begins, of so many in all.
pub fn points_are_counted(finished: usize, all: usize) {
    FINISHED.0.store(finished, Ordering::Relaxed);
    FINISHED.1.store(all, Ordering::Relaxed);
}

/// One more point is finished.
pub fn a_point_is_finished() {
    FINISHED.0.fetch_add(1, Ordering::Relaxed);
}

/// What is left of a command that was interrupted, in words.
pub fn what_is_left() -> String {
    let (finished, all) = (&FINISHED.0, &FINISHED.1);
    match (
        finished.load(Ordering::Relaxed),
        all.load(Ordering::Relaxed),
    ) {
        (_, 0) => left().to_owned(),
        (finished, all) => format!(
            "interrupted: {finished} of {all} points are finished and stay; the same command goes on from there"
        ),
    }
}

/// The same where no points are counted.
fn left() -> &'static str {
    if ROWS_ON_STDOUT.load(Ordering::Relaxed) {
        "interrupted: the rows end early"
    } else if FINISHED_WORK_STAYS.load(Ordering::Relaxed) {
        "interrupted: what is finished stays; the same command goes on from there"
    } else {
        "interrupted: nothing was written"
    }
}

/// Listens for Ctrl-C from now on.
pub fn listen() {
    let handler = || {
        STOP.store(true, Ordering::Relaxed);
        std::thread::sleep(GRACE);
        crate::report::folder::abandon();
        super::output::remark(&what_is_left());
        std::process::exit(130);
    };
    if ctrlc::set_handler(handler).is_err() {
        super::output::remark("warning: Ctrl-C will end the program at once");
    }
}
