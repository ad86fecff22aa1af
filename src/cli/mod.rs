//! The command line: the only place with arguments, the terminal, exit codes and the wall clock.
//!
//! One file a command; each calls what exists in the library and turns its result into text.

mod calibrate;
mod check;
mod command;
mod compare;
mod completions;
mod failure;
mod import;
mod input;
mod interrupt;
mod merge;
mod new;
mod output;
mod place;
mod progress;
mod recommend;
mod rests;
mod run;
mod schema;
mod study;
mod sweep;
mod terminal;
mod trace;
mod uncertain;
mod verify;

use clap::Parser;
use command::{Arguments, Command};

use std::process::ExitCode;

/// Runs the program and says how it went.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    interrupt::listen();
    let done = match &arguments.command {
        Command::Run(arguments) => run::run(arguments),
        Command::Compare(arguments) => compare::compare(arguments),
        Command::Recommend(arguments) => recommend::recommend(arguments),
        Command::Sweep(arguments) => sweep::sweep(arguments),
        Command::Merge(arguments) => merge::merge(arguments),
        Command::Check(arguments) => check::check(arguments),
        Command::Verify(arguments) => verify::verify(arguments),
        Command::Calibrate(arguments) => calibrate::calibrate(arguments),
        Command::Trace(arguments) => trace::trace(arguments),
        Command::Import(arguments) => import::import(arguments),
        Command::New(arguments) => new::new(arguments),
        Command::Schema(arguments) => schema::schema(arguments),
        Command::Completions(arguments) => completions::completions(arguments),
        Command::Man(arguments) => completions::man(arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// Help and version go to stdout and are no failure; anything else is wrong usage.
fn usage(error: &clap::Error) -> ExitCode {
    // Where even this cannot be printed, the exit code still says it.
    let _ = error.print();
    if error.use_stderr() {
        ExitCode::from(failure::WRONG_USAGE)
    } else {
        ExitCode::SUCCESS
    }
}
