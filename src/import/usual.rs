//! What is usually taken for a service of which only lists and posts are known: part of every
//! scenario that is written here.
//!
//! The numbers and their sources are those of the shipped scenario of Rayleigh (`pathway.toml`, with
//! sources in `sources.toml`); a test holds the two together.

use super::words::{decimal, number};
use crate::scenario::file::writing::literal;
use jiff::civil::Date;

/// Demand, waiting list, first contact and case types.
const PATHWAY: &str = include_str!("pathway.toml");
/// Where the numbers of [`PATHWAY`] and of the posts are from.
const SOURCES: &str = include_str!("sources.toml");

/// What would be good enough.
pub const TARGETS: &str = "\
# What would be good enough. An example: put your own.
[targets]
contacted_within_14_days = 0.80         # share of accepted referrals
contacted_within_28_days = 0.90         # the same; more than 0.94 three calls do not reach

";

/// Caseload places of a whole-time post.
const PLACES: f64 = 80.0;

/// Where the comments of a table begin.
const MARGIN: usize = 28;

/// The period, from a day that was chosen for this reason, and the experiment.
#[must_use]
pub fn period(start: Date, why: &str) -> String {
    format!(
        "# A typical pair of years: one year of warm-up, in which the caseload and the list fill up and\n\
         # nothing is counted, then two years observed. A choice, not a fact.\n\
         [period]\n\
         start = {start}          # {why}\n\
         weeks = 104\n\
         warm_up_weeks = 52\n\
         calendar = \"england\"        # Monday to Friday less England's bank holidays\n\n\
         [experiment]\n\
         replications = 200          # runs of the same period, each with chance of its own\n\
         seed = 20261005             # where chance begins; the same seed gives the same results\n"
    )
}

/// The pathway, with these tables below `[demand]`.
#[must_use]
pub fn pathway(below_demand: &str) -> String {
    let (demand, rest) = PATHWAY
        .split_once("\n[waiting_list]")
        .expect("the pathway has a waiting list");
    format!("{demand}{below_demand}\n[waiting_list]{rest}")
}

/// A post, with all its keys or like another; `remark` follows its hours a week.
#[must_use]
pub fn post(name: &str, wte: f64, remark: &str, like: Option<&str>) -> String {
    let hours = number((wte * 37.5 * 100.0).round() / 100.0);
    let mut text = format!("[[posts]]\nname = {}\n", literal(name));
    if let Some(like) = like {
        text += &format!("like = {}\n", literal(like));
    }
    text += &commented(
        &format!("wte = {}", decimal(wte)),
        &format!("{hours} hours a week{remark}"),
    );
    let places = (PLACES * wte).round().max(1.0);
    text += &commented(
        &format!("caseload_cap = {places}"),
        "open cases at most: 80 a WTE. D",
    );
    if like.is_none() {
        text += "serves = \"all\"              # one list for the whole PCN. D: who serves whom is not published\n\
                 client_share = 0.6          # share of paid time for calls and contacts. D: no time study found\n\
                 annual_leave_days = 27      # working days a year, bank holidays on top. B\n\
                 training_days = 5           # working days a year. D: 3 to 10\n\
                 sickness_share = 0.05       # share of working days. A, but of hospital trust staff: 0.043 to 0.057\n";
    }
    text
}

fn commented(key: &str, comment: &str) -> String {
    format!("{key:<MARGIN$}# {comment}\n")
}

/// The rows of `[provenance]` of all that is usual, those of posts where there are any.
#[must_use]
pub fn sources(has_posts: bool) -> String {
    let is_wanted = |line: &&str| has_posts || !line.starts_with("\"posts.");
    let lines = SOURCES.lines().filter(is_wanted);
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_post_of_few_hours_has_a_place_at_least() {
        assert!(post("Link worker 1", 0.5, "", None).contains("caseload_cap = 40 "));
        assert!(post("Link worker 1", 0.001, "", None).contains("caseload_cap = 1 "));
    }
}
