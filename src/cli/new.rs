//! `splw-sim new`: a scenario to begin with.

mod asked;
mod shipped;

use super::command::NewArguments;
use super::failure::Failure;
use super::output::{print, remark};
use super::place::{check_file, write_file};
use crate::import::starter::{Service, starter};
use crate::report::answer::target_names;
use crate::scenario::{NoFiles, read};
use jiff::civil::{Date, date};
use std::io::IsTerminal;
use std::path::Path;

/// The first day where none is given: as in the shipped scenarios.
pub const START: Date = date(2026, 10, 5);

/// Writes or prints a scenario to begin with.
///
/// # Errors
/// When there is no such scenario, too little is given, or it cannot be written.
pub fn new(arguments: &NewArguments) -> Result<(), Failure> {
    if arguments.list {
        return print(&shipped::listed());
    }
    if let Some(out) = &arguments.out {
        check_file(out, arguments.overwrite)?;
    }
    let text = match &arguments.name {
        Some(name) => shipped::by_name(name).map_err(Failure::Usage)?.to_owned(),
        None => starter(&service(arguments)?),
    };
    let name = arguments
        .out
        .as_deref()
        .unwrap_or(Path::new("scenario.toml"));
    read(
        text.as_bytes(),
        &name.to_string_lossy(),
        &[],
        &NoFiles,
        &target_names(),
    )?;
    let Some(out) = &arguments.out else {
        return print(&text);
    };
    write_file(out, text.as_bytes())?;
    let out = out.display();
    remark(&format!(
        "The scenario is in {out}. Read it, put in what you know, then\n  splw-sim check {out}\n  splw-sim run {out}"
    ));
    Ok(())
}

/// What is known of the service: from the options, or else by question.
fn service(arguments: &NewArguments) -> Result<Service, Failure> {
    let is_given = arguments.title.is_some()
        || arguments.lists.is_some()
        || arguments.wte.is_some()
        || arguments.rate.is_some();
    if !is_given && std::io::stdin().is_terminal() {
        return asked::service(arguments.start.unwrap_or(START));
    }
    let Some(lists) = arguments.lists.clone() else {
        return Err(Failure::Usage(
            "say what the service is: splw-sim new --lists 9500,8200 --wte 1,0.6 --out my.toml; \
             or name a shipped scenario (splw-sim new --list)"
                .to_owned(),
        ));
    };
    let wte = arguments.wte.clone().unwrap_or_else(|| vec![1.0]);
    asked::check_lists(&lists).map_err(|why| Failure::Usage(format!("--lists {why}")))?;
    asked::check_wte(&wte).map_err(|why| Failure::Usage(format!("--wte {why}")))?;
    if let Some(rate) = arguments.rate {
        asked::check_rate(rate).map_err(|why| Failure::Usage(format!("--rate {why}")))?;
    }
    let title = arguments
        .title
        .clone()
        .unwrap_or_else(|| "Our service".to_owned());
    Ok(Service {
        name: title.trim().to_owned(),
        lists,
        wte: wte.into_iter().filter(|wte| *wte > 0.0).collect(),
        rate: arguments.rate,
        start: arguments.start.unwrap_or(START),
    })
}
