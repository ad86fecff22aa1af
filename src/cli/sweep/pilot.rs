//! `--dry-run`: how much a study is, and about how long it takes, from a timed pilot.

use super::Task;
use crate::cli::command::{Format, SweepArguments};
use crate::cli::failure::Failure;
use crate::cli::output::print;
use crate::report::prose::{paragraph, wrapped};
use std::time::Instant;

/// Replications of each point that is timed at most.
const TIMED: u64 = 5;

/// What a pilot found.
struct Found {
    /// Seconds to read and sum up a point, and of a replication.
    seconds: (f64, f64),
    /// Bytes of a replication.
    bytes: f64,
    events: f64,
}

/// Runs one or two points for a moment and says what all would take; nothing is written.
///
/// # Errors
/// When somebody interrupts.
pub fn pilot(task: &Task, own: &[usize], arguments: &SweepArguments) -> Result<(), Failure> {
    let mut timed: Vec<usize> = own
        .first()
        .into_iter()
        .chain(own.get(own.len() / 2))
        .copied()
        .collect();
    timed.dedup();
    if timed.is_empty() {
        return print("There are fewer points than parts, and this part has none.\n");
    }
    let found: Vec<Found> = timed
        .iter()
        .map(|point| time(task, *point))
        .collect::<Result<_, _>>()?;
    let mean = |of: fn(&Found) -> f64| found.iter().map(of).sum::<f64>() / found.len() as f64;
    let replications = task.facts.replications as f64;
    let a_point = mean(|it| it.seconds.0) + replications * mean(|it| it.seconds.1);
    let points = own.len() as f64;
    let threads = task.threads.min(own.len());
    let seconds = a_point * points / threads as f64;
    let kept = points * (task.facts.measures.len() * 200 + task.facts.keys.len() * 60) as f64;
    let megabytes = (threads as f64 * replications * mean(|it| it.bytes) + kept) / 1e6;
    let events = points * replications * mean(|it| it.events);
    if arguments.quiet {
        return Ok(());
    }
    match arguments.format {
        Format::Json => print(&format!(
            "{:#}\n",
            serde_json::json!({
                "title": task.facts.title,
                "keys": task.facts.keys,
                "points": own.len(),
                "replications": points * replications,
                "events_about": events.round(),
                "seconds_about": seconds,
                "megabytes_about": megabytes,
                "threads": threads,
            })
        )),
        Format::Text => {
            let mut text = wrapped("", &task.facts.title);
            text += "\n";
            text += &paragraph(&format!(
                "{}: {} points over {} keys, each run with {} replications: {} replications in all, about {:.1} \
                 million events.",
                task.facts.design,
                own.len(),
                task.facts.keys.len(),
                task.facts.replications,
                points * replications,
                events / 1e6
            ));
            text += &paragraph(&format!(
                "From {} timed for a moment, about {} on {threads} thread{} and {:.0} MB of memory. Points \
                 that are busier than those take longer.",
                if timed.len() == 1 {
                    "one point"
                } else {
                    "two points"
                },
                words(seconds),
                if threads == 1 { "" } else { "s" },
                megabytes.max(1.0)
            ));
            text += &paragraph("Nothing was written. Every point was read, and none is refused.");
            print(&text)
        }
    }
}

fn time(task: &Task, point: usize) -> Result<Found, Failure> {
    let begun = Instant::now();
    let scenario = task
        .scenario(point)
        .map_err(|why| Failure::Other(format!("point {} is refused: {why}", point + 1)))?;
    let read = begun.elapsed().as_secs_f64();
    let count = TIMED.min(task.facts.replications);
    let begun = Instant::now();
    let replications = task.replications(point, &scenario, count)?;
    let ran = begun.elapsed().as_secs_f64();
    Ok(Found {
        seconds: (read, ran / count as f64),
        bytes: replications.bytes() as f64 / count as f64,
        events: replications.events as f64 / count as f64,
    })
}

/// A time that somebody waits, in words.
fn words(seconds: f64) -> String {
    match seconds {
        short if short < 90.0 => format!("{:.0} seconds", short.max(1.0)),
        some if some < 5_400.0 => format!("{:.0} minutes", some / 60.0),
        long if long < 172_800.0 => format!("{:.1} hours", long / 3_600.0),
        days => format!("{:.1} days", days / 86_400.0),
    }
}
