//! A progress bar, on a terminal and nowhere else.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;

/// A bar that may be invisible.
pub struct Progress(ProgressBar);

impl Progress {
    /// A bar for so many of `what`; invisible where `quiet` or stderr is not a terminal.
    pub fn of(what: &str, quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template(&format!(
            "{{bar:30}} {{pos}} of {{len}} {what}, {{eta}} left"
        )) {
            // Signs that every terminal has.
            bar.set_style(style.progress_chars("=>-"));
        }
        Self(bar)
    }

    /// `done` of `most` are done.
    pub fn show(&self, done: u64, most: u64) {
        self.0.set_length(most);
        self.0.set_position(done);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }
}
