//! The commands that write scenarios: `import` and `new`.

use clap::{Args, Subcommand};
use std::path::PathBuf;

/// `splw-sim import`.
#[derive(Debug, Args)]
pub struct ImportArguments {
    /// What to import.
    #[command(subcommand)]
    pub what: Import,
}

/// What to import.
#[derive(Debug, Subcommand)]
pub enum Import {
    /// Practices, list sizes and link workers of one PCN, of an ICB's or of all, from published files
    Pcn(PcnArguments),
    /// Inputs of a scenario fitted to a service's own log of referrals, with their errors
    Log(LogArguments),
}

/// `splw-sim import pcn`.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["pcn", "icb", "england"])))]
pub struct PcnArguments {
    /// Which practice is in which PCN: gp-reg-pat-prac-map of Patients Registered at a GP Practice,
    /// the zip as downloaded or the CSV in it
    #[arg(long, value_name = "FILE")]
    pub map: PathBuf,
    /// List sizes: gp-reg-pat-prac-all or gp-reg-pat-prac-quin-age of the same month, zip or CSV
    #[arg(long, value_name = "FILE")]
    pub lists: PathBuf,
    /// Link workers: the individual-level CSV of Primary Care Network Workforce, zip or CSV
    #[arg(long, value_name = "FILE")]
    pub workforce: PathBuf,
    /// Deprivation scores by practice (IMD), from OHID Fingertips
    #[arg(long, value_name = "FILE")]
    pub deprivation: Option<PathBuf>,
    /// One PCN, by its code or a part of its name
    #[arg(long, value_name = "CODE")]
    pub pcn: Option<String>,
    /// Every PCN of one ICB, by its code or a part of its name
    #[arg(long, value_name = "CODE")]
    pub icb: Option<String>,
    /// Every PCN in England
    #[arg(long)]
    pub england: bool,
    /// The scenario file; with --icb or --england the folder for them
    #[arg(long, value_name = "FILE|DIR")]
    pub out: PathBuf,
    /// Replace what an earlier import wrote there
    #[arg(long)]
    pub overwrite: bool,
    /// Leave out link workers in mental health, whom the file counts in roles of their own
    #[arg(long)]
    pub without_mental_health: bool,
    /// Multiply the rate of referrals by fifth of deprivation, the most deprived first, for example
    /// 1.2,1.1,1,0.9,0.8 (nobody has published a slope)
    #[arg(long, value_name = "A,B,C,D,E", value_parser = five_factors, requires = "deprivation")]
    pub rate_factors: Option<[f64; 5]>,
    /// Join a map and list sizes of two months
    #[arg(long)]
    pub mixed_months: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// `splw-sim import log`.
#[derive(Debug, Args)]
pub struct LogArguments {
    /// The log: a CSV with a row a referral and the columns received and practice; also source, type,
    /// first contact, first appointment, contacts, missed, attempts, discharged, outcome. Other columns
    /// are not looked at
    #[arg(long, value_name = "FILE")]
    pub referrals: PathBuf,
    /// The scenario of the same practices whose inputs are fitted, for example of `import pcn`
    #[arg(long, value_name = "FILE")]
    pub scenario: PathBuf,
    /// Folder for the fitted scenario, its tables and figures
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// First day of receipt that counts [default: the first in the log]
    #[arg(long, value_name = "DATE", value_parser = day_of_receipt)]
    pub from: Option<jiff::civil::Date>,
    /// Last day of receipt that counts [default: the last in the log]
    #[arg(long, value_name = "DATE", value_parser = day_of_receipt)]
    pub to: Option<jiff::civil::Date>,
    /// What a word of the log means, as often as needed: outcome.NFA=completed,
    /// type.Signposting=light, practice.Elm=F81061, source.Reception=GP
    #[arg(long = "read-as", value_name = "COLUMN.WORD=MEANING")]
    pub read_as: Vec<String>,
    /// Replace what an earlier import of a log wrote there
    #[arg(long)]
    pub overwrite: bool,
    /// Print nothing but errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// `splw-sim new`.
#[derive(Debug, Args)]
pub struct NewArguments {
    /// A shipped scenario, for example rayleigh; without one, and without options, questions are
    /// asked
    #[arg(value_name = "NAME", conflicts_with_all = ["list", "title", "lists", "wte", "rate"])]
    pub name: Option<String>,
    /// List the shipped scenarios
    #[arg(long, conflicts_with_all = ["title", "lists", "wte", "rate", "out"])]
    pub list: bool,
    /// What the service is called
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// Registered patients of each practice, for example 9500,8200,12000
    #[arg(long, value_name = "N,N,..", value_delimiter = ',')]
    pub lists: Option<Vec<u64>>,
    /// WTE of each link worker, for example 1,0.6; 0 for none
    #[arg(long, value_name = "W,W,..", value_delimiter = ',')]
    pub wte: Option<Vec<f64>>,
    /// Referrals per 1,000 registered patients a year
    #[arg(long, value_name = "R")]
    pub rate: Option<f64>,
    /// First day of the run, a Monday for example [default: 2026-10-05]
    #[arg(long, value_name = "DATE")]
    pub start: Option<jiff::civil::Date>,
    /// The scenario file [default: it is printed]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long, requires = "out")]
    pub overwrite: bool,
}

/// Five factors set apart by commas.
fn five_factors(text: &str) -> Result<[f64; 5], String> {
    let wanted =
        "give five factors from 0 to 100, the most deprived fifth first: 1.2,1.1,1,0.9,0.8";
    let factor = |text: &str| text.trim().parse::<f64>().ok();
    let factors: Option<Vec<f64>> = text.split(',').map(factor).collect();
    let factors = factors.and_then(|it| <[f64; 5]>::try_from(it).ok());
    let is_right = |it: &[f64; 5]| it.iter().all(|it| (0.0..=100.0).contains(it));
    factors.filter(is_right).ok_or_else(|| wanted.to_owned())
}

/// A day as the log may write it: `2025-04-01` or `01/04/2025`.
fn day_of_receipt(text: &str) -> Result<jiff::civil::Date, String> {
    crate::import::day(text.trim()).ok_or_else(|| "write 2025-04-01 or 01/04/2025".to_owned())
}
