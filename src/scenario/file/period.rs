//! `[period]`, `[experiment]` and the rows of `[provenance]`.

use jiff::civil::Date;

use crate::model::CalendarKind;
use crate::scenario::kind::Lengths;
use crate::scenario::presence::{default, optional, required};
use crate::scenario::ranges::{INNER_SHARE, above};
use crate::scenario::reader::Written;
use crate::scenario::spec::{Day, List, Whole, Words};
use crate::scenario::table::table;
use crate::scenario::words::Text;

/// Days simulated at most, warm-up included: 100 years.
pub const MOST_DAYS: f64 = 36_525.0;
const MOST_WEEKS: f64 = 5_217.0;

/// The calendars by their words.
pub const CALENDARS: Words<CalendarKind> = Words(&[
    ("england", CalendarKind::England),
    ("always-open", CalendarKind::AlwaysOpen),
]);

/// Whether graded defaults are uncertain.
const UNCERTAIN_DEFAULTS: Words<bool> = Words(&[("none", false), ("graded-c-and-d", true)]);
/// Whether what is uncertain is drawn.
const UNCERTAIN_VALUES: Words<bool> = Words(&[("drawn", true), ("central", false)]);

const GRADES: Words<char> = Words(&[("A", 'A'), ("B", 'B'), ("C", 'C'), ("D", 'D')]);

table! {
    /// The results collection period, the warm-up before it, and the calendar. At most 100 years in
    /// all.
    PeriodTable {
        /// The day that opens the results collection period; the warm-up lies before it.
        start: Date = ("date", Day, optional("required on the England calendar, else 2000-01-03")),
        /// Length of the results collection period; this or `days`.
        weeks: f64 = ("weeks", above(0.0, MOST_WEEKS), optional("`days` is given")),
        /// Length of the results collection period in days, which may be a fraction; this or
        /// `weeks`.
        days: f64 = ("days", above(0.0, MOST_DAYS), optional("`weeks` is given")),
        /// Time simulated before the period and not counted, so that the service has filled up.
        warm_up_weeks: u64 = ("weeks", Whole(0, 5_217), optional("0")),
        /// The warm-up in days; this or `warm_up_weeks`.
        warm_up_days: u64 = ("days", Whole(0, 36_525), optional("0")),
        /// Which days are worked: Monday to Friday less England's bank holidays (2000 to 2100), or
        /// every hour of every day as in textbook queues.
        calendar: CalendarKind = ("word", CALENDARS, default("\"england\"")),
        /// Days on which everything is closed besides the calendar's own.
        closed_days: Vec<Date> = ("dates", List(Day, Lengths::UpTo(10_000)), optional("none")),
    }
    alternatives [["weeks", "days"], ["warm_up_weeks", "warm_up_days"]]
}

table! {
    /// How often the period is simulated, each time with chance of its own.
    ExperimentTable {
        /// Replications.
        replications: u64 = ("count", Whole(1, 1_000_000), default("100")),
        /// Where the random numbers begin: the same seed gives the same results to the last digit.
        seed: u64 = ("count", Whole(0, i64::MAX as u64), default("1")),
        /// Go on until the 95% interval of the mean wait is at most this share of it to either
        /// side.
        precision: f64 = ("share", INNER_SHARE, optional("`replications` are made, no more")),
        /// Replications at most when `precision` is given.
        max_replications: u64 = ("count", Whole(1, 1_000_000), default("1000")),
    }
}

table! {
    /// How what is not known is drawn: the numbers given as { uncertain = { .. } }, and defaults if
    /// `defaults` says so. Each draw is a scenario of its own, simulated several times; the draws
    /// are those of Latin hypercubes.
    UncertaintyTable {
        /// Draws in all, a multiple of `hypercubes`.
        draws: u64 = ("count", Whole(10, 100_000), default("100")),
        /// Independent Latin hypercubes that the draws are divided into: 95% intervals are made from
        /// their means.
        hypercubes: u64 = ("count", Whole(10, 1_000), default("10")),
        /// Replications of each draw.
        replications: u64 = ("count", Whole(2, 10_000), default("10")),
        /// Whether defaults in use that are graded C or D, and have a low and a high value in this
        /// reference, are uncertain too: triangular between the two, most likely the default.
        defaults: bool = ("word", UNCERTAIN_DEFAULTS, default("\"none\"")),
        /// Whether uncertain numbers are drawn, or all have their central values: the means, and
        /// the defaults.
        values: bool = ("word", UNCERTAIN_VALUES, default("\"drawn\"")),
    }
}

table! {
    /// Where a value is from.
    ProvenanceTable {
        /// Document, person or the word assumption.
        source: Written<String> = ("text", Text(1_000), required()),
        /// Date of the source.
        date: Date = ("date", Day, optional("none")),
        /// A official statistics or large study; B official guidance or small study; C trade press,
        /// grey literature, single site; D assumption.
        grade: char = ("grade", GRADES, optional("none")),
        /// Anything a reader should know.
        note: Written<String> = ("text", Text(1_000), optional("none")),
    }
}
