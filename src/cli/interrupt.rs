//! Ctrl-C: ends promptly, with nothing half-written.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

static STOP: AtomicBool = AtomicBool::new(false);

/// Whether rows go to stdout while the command runs, where they cannot be taken back.
static ROWS_ON_STDOUT: AtomicBool = AtomicBool::new(false);

/// Whether work is finished piece by piece, which stays.
static FINISHED_WORK_STAYS: AtomicBool = AtomicBool::new(false);

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

/// What is left of a command that was interrupted, in words.
pub fn what_is_left() -> &'static str {
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
        super::output::remark(what_is_left());
        std::process::exit(130);
    };
    if ctrlc::set_handler(handler).is_err() {
        super::output::remark("warning: Ctrl-C will end the program at once");
    }
}
