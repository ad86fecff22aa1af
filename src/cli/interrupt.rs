//! Ctrl-C: ends promptly, with nothing half-written.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

static STOP: AtomicBool = AtomicBool::new(false);

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

/// Listens for Ctrl-C from now on.
pub fn listen() {
    let handler = || {
        STOP.store(true, Ordering::Relaxed);
        std::thread::sleep(GRACE);
        crate::report::folder::abandon();
        super::output::remark("interrupted: nothing was written");
        std::process::exit(130);
    };
    if ctrlc::set_handler(handler).is_err() {
        super::output::remark("warning: Ctrl-C will end the program at once");
    }
}
