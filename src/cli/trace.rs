//! `splw-sim trace`: the event log of one replication, written while it runs.

use super::command::{Format, TraceArguments};
use super::failure::Failure;
use super::input::Input;
use super::interrupt;
use super::output::{not_printed, print, tell};
use crate::engine::{Entry, Observer, Origin, Plan, ReplicationKey, Simulation};
use crate::model::demand::number_in_batch;
use crate::report::folder::Folder;
use crate::report::trace::{Row, Trace};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Name of the log within its folder.
const TRACE: &str = "trace.csv";

/// Bytes gathered before they are handed to stdout.
const BUFFER: usize = 1 << 16;

/// Writes the event log of one replication.
///
/// # Errors
/// When the scenario is refused, the log cannot be written, or somebody interrupts.
pub fn trace(arguments: &TraceArguments) -> Result<(), Failure> {
    let input = Input::read(&arguments.scenario, &[])?.into_option(arguments.option.as_deref())?;
    match &arguments.out {
        Some(out) => into_folder(out, arguments, &input),
        None => onto_stdout(arguments, &input),
    }
}

fn onto_stdout(arguments: &TraceArguments, input: &Input) -> Result<(), Failure> {
    interrupt::rows_go_to_stdout();
    let mut stdout = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    let written = write_rows(&mut stdout, arguments, input).and_then(|_| stdout.flush());
    if let Err(error) = written {
        // What could not be written is not tried again when the buffer goes.
        let _ = stdout.into_parts();
        return Err(not_printed(&error));
    }
    if interrupt::asked() {
        return Err(Failure::Interrupted);
    }
    Ok(())
}

fn into_folder(out: &Path, arguments: &TraceArguments, input: &Input) -> Result<(), Failure> {
    let number = arguments.replication;
    let mut manifest = input.manifest("trace", Some(number..number + 1));
    manifest.replications = 1;
    let folder = Folder::begin(out, &manifest, arguments.overwrite)?;
    let mut rows = 0;
    folder.write(TRACE, |file| {
        rows = write_rows(file, arguments, input)?;
        Ok(())
    })?;
    input.copy_into(&folder, &manifest)?;
    if interrupt::asked() {
        return Err(Failure::Interrupted);
    }
    let out = folder.finish()?;
    let place = out.join(TRACE).display().to_string();
    match arguments.format {
        Format::Text => tell(&format!(
            "{rows} rows of replication {number} are in {place}\n"
        )),
        Format::Json => {
            let told = serde_json::json!({ "rows": rows, "replication": number, "file": place });
            print(&format!("{told:#}\n"))
        }
    }
}

/// Runs the replication and writes its rows; gives their number.
fn write_rows(into: impl Write, arguments: &TraceArguments, input: &Input) -> io::Result<u64> {
    let model = &input.scenario.model;
    let plan = Plan::new(model);
    let writer = Writer {
        trace: Trace::begin(into, model)?,
        cases_only: arguments.cases_only,
        failed: None,
    };
    let mut simulation = Simulation::new(&plan, writer);
    simulation.run(ReplicationKey {
        seed: input.scenario.experiment.seed,
        replication: arguments.replication,
    });
    let writer = simulation.observer();
    match writer.failed.take() {
        Some(error) => Err(error),
        None => writer.trace.flush().map(|()| writer.trace.count()),
    }
}

/// Writes what it is told, until that fails.
struct Writer<'m, W: Write> {
    trace: Trace<'m, W>,
    cases_only: bool,
    failed: Option<io::Error>,
}

impl<W: Write> Observer for Writer<'_, W> {
    const WATCHES: bool = true;

    fn record(&mut self, entry: Entry) {
        let is_wanted = entry.referral.is_some() || !self.cases_only;
        if self.failed.is_some() || !is_wanted {
            return;
        }
        let number = number_of(&entry);
        let case = entry.referral.map(|(practice, _, _)| practice);
        let row = Row {
            time: entry.time,
            activity: entry.activity.name(),
            case: case.map(|practice| (practice, number.as_str())),
            post: entry.post,
            waiting: entry.waiting,
            open_cases: entry.open,
        };
        self.failed = self.trace.row(&row).err();
    }

    fn has_ended(&self) -> bool {
        self.failed.is_some() || interrupt::asked()
    }
}

/// What sets a case apart among those of its practice: `12`; `w3` if it was on the waiting list at
/// the start; `p2o3` if it was the third case open at the second post then; `b2n12` if it was the
/// twelfth person of the second batch; and each with `.1`, `.2` and so on when the person is
/// referred again.
fn number_of(entry: &Entry) -> String {
    let Some((_, ordinal, generation)) = entry.referral else {
        return String::new();
    };
    let number = match entry.origin {
        Origin::Arrived => ordinal.to_string(),
        Origin::WaitingAtStart => format!("w{ordinal}"),
        Origin::OpenAtStart(post) => format!("p{}o{ordinal}", post.0 + 1),
        Origin::Batch(batch) => format!("b{batch}n{}", number_in_batch(ordinal)),
    };
    match generation {
        0 => number,
        again => format!("{number}.{again}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::command::{Arguments, Command};
    use super::*;
    use clap::Parser;

    /// Takes so many bytes, then nothing more, and counts how often it is asked in vain.
    struct Full {
        room: usize,
        refused: usize,
    }

    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.room < bytes.len() {
                self.refused += 1;
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.room -= bytes.len();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// Rayleigh's log has some megabytes. Once more the writer tries to get rid of its last bytes
    /// when it goes.
    #[test]
    fn a_log_that_cannot_be_written_fails_and_is_broken_off() {
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/rayleigh.toml");
        let arguments = Arguments::try_parse_from(["splw-sim", "trace", file]);
        let Ok(Command::Trace(arguments)) = arguments.map(|typed| typed.command) else {
            panic!("it is a trace");
        };
        let input = Input::read(&arguments.scenario, &[]).expect("it is right");
        let mut full = Full {
            room: 100_000,
            refused: 0,
        };
        let error = write_rows(&mut full, &arguments, &input).expect_err("there is no room");
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!((1..=2).contains(&full.refused), "{} times", full.refused);
    }
}
