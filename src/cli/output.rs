//! Printing on stdout, where the reader may have gone and the disk may be full.

use super::failure::Failure;
use super::terminal::{legible, painted};
use std::io::{self, ErrorKind, Write};

/// Prints `text` on stdout.
///
/// # Errors
/// When it cannot be written. A reader that has closed the pipe has read enough.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut stdout = io::stdout().lock();
    let written = stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush());
    written.map_err(|error| not_printed(&error))
}

/// Prints what people read: on a terminal with bold headings, unless `NO_COLOR`, `CLICOLOR=0` or a dumb
/// terminal say otherwise; into a pipe or a file the letters alone.
///
/// # Errors
/// As [`print()`].
pub fn tell(text: &str) -> Result<(), Failure> {
    let mut stdout = anstream::stdout().lock();
    let written = stdout
        .write_all(painted(&legible(text)).as_bytes())
        .and_then(|()| stdout.flush());
    written.map_err(|error| not_printed(&error))
}

/// Why something could not be written to stdout.
pub fn not_printed(error: &io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::NobodyReads,
        _ => Failure::Other(format!("cannot write to stdout: {error}")),
    }
}

/// Prints a line on stderr; nothing can be done where that fails.
pub fn remark(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}
