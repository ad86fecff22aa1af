//! The commands and their options, as typed.

mod scenarios;

pub use scenarios::{Import, ImportArguments, LogArguments, NewArguments, PcnArguments};

use crate::verification::FIRST_SEED;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::ops::Range;
use std::path::PathBuf;

/// How many link workers are enough? Simulates a social prescribing service and says who waits,
/// how long, and how sure we are.
#[derive(Debug, Parser)]
#[command(name = "splw-sim", version, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what will happen: waits, caseloads and the share of people ever seen, with intervals
    Run(RunArguments),
    /// Say how the options of a scenario differ from things as they are, pair by pair, and what they cost
    Compare(CompareArguments),
    /// Say whether a scenario is right, what will be run, and whether the service is overloaded on paper
    Check(CheckArguments),
    /// Say which is the cheapest plan that surely meets the targets, or that none does
    Recommend(RecommendArguments),
    /// Run a scenario at many points, as a study file says; what is finished stays, whatever comes
    Sweep(SweepArguments),
    /// Join the parts of a study that were run apart with `sweep --shard`
    Merge(MergeArguments),
    /// Say which inputs reproduce what a service observed, how surely, and which cannot be known
    Calibrate(CalibrateArguments),
    /// Write the event log of one replication as CSV, one row an event: what happened to whom, and when
    Trace(TraceArguments),
    /// Prove it: run systems with known answers and hold the results against theory
    Verify(VerifyArguments),
    /// Write scenarios of real PCNs from the files that NHS England publishes
    Import(ImportArguments),
    /// Write a scenario to begin with: one that is shipped, or one of your own by question
    New(NewArguments),
    /// Print the JSON Schema of the scenario file, for editors
    Schema(SchemaArguments),
    /// Print what a shell needs to complete commands and options when Tab is pressed
    Completions(CompletionsArguments),
    /// Print the manual page of the program or of one command, for `man -l -`
    Man(ManArguments),
}

/// Which scenario, with which changes.
#[derive(Clone, Debug, Args)]
pub struct ScenarioArguments {
    /// The scenario file; `run` also takes a folder of them
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Use this value instead of the file's: any key of it, as often as needed
    #[arg(long = "set", value_name = "key.path=value")]
    pub overrides: Vec<String>,
    /// Base seed of the random numbers
    #[arg(long, value_name = "S")]
    pub seed: Option<u64>,
}

/// What the commands that simulate have in common.
#[derive(Clone, Debug, Args)]
pub struct StudyArguments {
    /// The scenario and its changes.
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Folder for the results [default: output/ and the name of the file]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of another scenario or other settings in that folder
    #[arg(long)]
    pub overwrite: bool,
    /// How many replications
    #[arg(long, value_name = "N", conflicts_with = "precision")]
    pub replications: Option<u32>,
    /// Replicate until the mean wait is known to this share of itself, for example 0.05
    #[arg(long, value_name = "P")]
    pub precision: Option<f64>,
    /// Give every uncertain input its central value, and draw none
    #[arg(long)]
    pub central: bool,
    /// Threads to use; the results do not depend on it [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Write replications.csv even above 1,000 replications
    #[arg(long)]
    pub keep_replications: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// `splw-sim run`.
#[derive(Clone, Debug, Args)]
pub struct RunArguments {
    /// The scenario, and how often and into which folder.
    #[command(flatten)]
    pub study: StudyArguments,
    /// Use this option of the file in place of the service as it is; the folder ends in its name
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,
    /// Only replications A up to but not including B, the same as in the whole run
    #[arg(long, value_name = "A..B", value_parser = range, conflicts_with = "precision")]
    pub replication_range: Option<Range<u64>>,
    /// Of a folder: leave for each scenario all that a run of its own leaves, weekly values, waits and
    /// figures too
    #[arg(long)]
    pub in_full: bool,
    /// Of a folder: find out how many WTE of link workers each scenario needs to meet its targets, by
    /// adding posts like its own a quarter of a WTE at a time; takes some ten times as long
    #[arg(long)]
    pub wte_needed: bool,
}

/// `splw-sim compare`.
#[derive(Debug, Args)]
pub struct CompareArguments {
    /// The scenario, and how often and into which folder.
    #[command(flatten)]
    pub study: StudyArguments,
    /// Replicate until each difference from the base is known to this share of the base's mean, for
    /// example 0.05 or 5%
    #[arg(long, value_name = "P", value_parser = share_of_mean, conflicts_with_all = ["replications", "precision"])]
    pub difference_precision: Option<f64>,
}

/// `splw-sim recommend`.
#[derive(Debug, Args)]
pub struct RecommendArguments {
    /// The scenario, and how often the base and the plan are run for the tables.
    #[command(flatten)]
    pub study: StudyArguments,
}

/// `splw-sim sweep`.
#[derive(Clone, Debug, Args)]
pub struct SweepArguments {
    /// The study file, which names its scenario
    #[arg(value_name = "STUDY")]
    pub file: PathBuf,
    /// Use this value instead of the scenario's: any key of it, as often as needed
    #[arg(long = "set", value_name = "key.path=value")]
    pub overrides: Vec<String>,
    /// Base seed of the random numbers, of points and replications
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub seed: Option<u64>,
    /// How many replications of each point
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub replications: Option<u64>,
    /// Say how many points there are and about how long they take, and run a pilot alone
    #[arg(long, conflicts_with_all = ["resume", "overwrite"])]
    pub dry_run: bool,
    /// Only part I of N, from 1: every N-th point; `splw-sim merge` joins the parts
    #[arg(long, value_name = "I/N", value_parser = shard)]
    pub shard: Option<(usize, usize)>,
    /// Stop after so many minutes; the points begun are finished, and the same command goes on
    #[arg(long, value_name = "M", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_minutes: Option<u32>,
    /// Run so many points at most; the same command goes on
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_points: Option<u32>,
    /// Go on with what is there, as the same command does anyway, and fail if there is nothing
    #[arg(long, conflicts_with = "overwrite")]
    pub resume: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Folder for the results [default: output/ and the name of the file]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Begin again, and replace whatever results are in that folder
    #[arg(long)]
    pub overwrite: bool,
    /// Threads to use, each for a point; the results do not depend on it [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// `splw-sim calibrate`.
#[derive(Clone, Debug, Args)]
pub struct CalibrateArguments {
    /// The calibration file, which names its scenario and says what was observed
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Use this value instead of the scenario's: any key of it, as often as needed
    #[arg(long = "set", value_name = "key.path=value")]
    pub overrides: Vec<String>,
    /// Base seed of the random numbers, of points and replications
    #[arg(long, value_name = "S", value_parser = clap::value_parser!(u64).range(..=i64::MAX as u64))]
    pub seed: Option<u64>,
    /// How many replications of each point
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(40..=10_000))]
    pub replications: Option<u64>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Folder for the results [default: output/ and the name of the file]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of another calibration or other settings in that folder
    #[arg(long)]
    pub overwrite: bool,
    /// Threads to use; the results do not depend on it [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// `splw-sim merge`.
#[derive(Clone, Debug, Args)]
pub struct MergeArguments {
    /// The folders of all parts
    #[arg(value_name = "DIR", required = true)]
    pub folders: Vec<PathBuf>,
    /// Folder for the whole
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Replace whatever results are in that folder
    #[arg(long)]
    pub overwrite: bool,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// `splw-sim check`.
#[derive(Debug, Args)]
pub struct CheckArguments {
    /// The scenario and its changes.
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Use this option of the file in place of the service as it is
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// `splw-sim trace`.
#[derive(Debug, Args)]
pub struct TraceArguments {
    /// The scenario and its changes.
    #[command(flatten)]
    pub scenario: ScenarioArguments,
    /// Use this option of the file in place of the service as it is
    #[arg(long, value_name = "NAME")]
    pub option: Option<String>,
    /// Which replication, the same as in `run`
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u64).range(..MOST_REPLICATIONS))]
    pub replication: u64,
    /// Only rows about cases, without those of posts
    #[arg(long)]
    pub cases_only: bool,
    /// Folder for trace.csv and what made it [default: the rows go to stdout]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace the results of another scenario or other settings in that folder
    #[arg(long, requires = "out")]
    pub overwrite: bool,
    /// How it is told what is in the folder
    #[arg(long, value_enum, default_value_t = Format::Text, requires = "out")]
    pub format: Format,
}

/// `splw-sim verify`.
#[derive(Debug, Args)]
pub struct VerifyArguments {
    /// A quarter of the replications: under a minute on two cores, intervals twice as wide
    #[arg(long)]
    pub quick: bool,
    /// Seed from which the systems' own are made: another one is independent evidence
    #[arg(long, value_name = "S", default_value_t = FIRST_SEED, value_parser = clap::value_parser!(u64).range(..=MOST_SEED))]
    pub seed: u64,
    /// Only the systems of this scenario of scenarios/verification, for example erlang-c
    #[arg(long, value_name = "NAME")]
    pub only: Option<String>,
    /// Folder for the table as verification.csv [default: none is written]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace other results in that folder
    #[arg(long, requires = "out")]
    pub overwrite: bool,
    /// Threads to use; the results do not depend on it [default: all]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Print nothing but errors; the exit code says whether all holds
    #[arg(long, short)]
    pub quiet: bool,
}

/// `splw-sim schema`.
#[derive(Debug, Args)]
pub struct SchemaArguments {
    /// Print the reference of all keys in Markdown instead
    #[arg(long)]
    pub reference: bool,
    /// Of the study file (docs/sweeps.md) instead
    #[arg(long, conflicts_with = "reference")]
    pub study: bool,
}

/// `splw-sim completions`.
#[derive(Debug, Args)]
pub struct CompletionsArguments {
    /// For which shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,
}

/// `splw-sim man`.
#[derive(Debug, Args)]
pub struct ManArguments {
    /// Of which command [default: of the program]
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// How a result is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
}

/// `A..B` with A below B.
fn range(text: &str) -> Result<Range<u64>, String> {
    let wanted = "give two whole numbers as A..B, A below B, for example 0..100";
    let (from, to) = text.split_once("..").ok_or(wanted)?;
    let number = |text: &str| text.trim().parse::<u64>().map_err(|_| wanted.to_owned());
    let range = number(from)?..number(to)?;
    if range.start < range.end && range.end <= MOST_REPLICATIONS {
        Ok(range)
    } else if range.start < range.end {
        Err(format!(
            "replications are numbered below {MOST_REPLICATIONS}"
        ))
    } else {
        Err(wanted.to_owned())
    }
}

/// Part I of N.
fn shard(text: &str) -> Result<(usize, usize), String> {
    let wanted = "give a part and how many there are, for example 1/7 to 7/7; at most 100,000";
    let parts = text.split_once('/');
    let parts = parts.and_then(|(part, of)| Some((part.parse().ok()?, of.parse().ok()?)));
    parts
        .filter(|(part, of)| (1..=*of).contains(part) && *of <= 100_000)
        .ok_or_else(|| wanted.to_owned())
}

/// Seeds of `verify` at most: the systems' own are up to a million more.
const MOST_SEED: u64 = 1 << 60;

/// Replications are numbered below this.
const MOST_REPLICATIONS: u64 = 1_000_000;

/// A share of a mean: 0.05, or 5%.
fn share_of_mean(text: &str) -> Result<f64, String> {
    let (number, divisor) = match text.trim().strip_suffix('%') {
        Some(number) => (number, 100.0),
        None => (text.trim(), 1.0),
    };
    let share = number.trim_end().parse::<f64>().map(|it| it / divisor);
    match share {
        Ok(share) if share > 0.0 && share < 1.0 => Ok(share),
        Ok(share) if divisor < 2.0 && (1.0..100.0).contains(&share) => Err(format!(
            "a share of the base's mean between 0 and 1; for {text}% write {} or {text}%",
            share / 100.0
        )),
        _ => Err("a share of the base's mean between 0 and 1, for example 0.05 or 5%".to_owned()),
    }
}
