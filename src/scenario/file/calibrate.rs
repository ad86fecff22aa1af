//! A calibration: a file of its own that names a scenario, says what was observed of the service, and
//! which inputs may be adjusted until the model gives the same.

use std::ops::Bound::Unbounded;

use jiff::civil::Date;

use super::places::YES_OR_NO;
use crate::scenario::kind::Range;
use crate::scenario::presence::{default, optional, required};
use crate::scenario::ranges::above;
use crate::scenario::reader::Written;
use crate::scenario::spec::{Day, Number, Whole, Words, nested, tables};
use crate::scenario::table::table;
use crate::scenario::words::{Name, Text};

/// Inputs that may be adjusted at most.
pub const MOST_KEYS: usize = 10;
/// Observed numbers at most.
pub const MOST_OBSERVED: usize = 100;
/// Seeds at most: whole numbers that TOML has.
const MOST_SEED: u64 = i64::MAX as u64;
/// Largest number of people of whom a share may be known.
const MOST_PEOPLE: u64 = 100_000_000;

const ANY_NUMBER: Number = Number(Range {
    low: Unbounded,
    high: Unbounded,
});

/// Whether equal steps of an input are equal factors.
const SCALES: Words<bool> = Words(&[("linear", false), ("log", true)]);

table! {
    /// A calibration of a scenario to what was observed.
    CalibrationFile {
        /// Version of this format.
        schema: u64 = ("version", Whole(1, 1), required()),
        /// The scenario file: in the folder of this file, or in the one that holds it.
        scenario: Written<String> = ("file", Text(1_000), required()),
        /// What was observed, and what may be adjusted.
        calibrate: CalibrateTable = ("table", nested::<CalibrateTable>(), required()),
    }
}

table! {
    /// What was observed, what may be adjusted, and how long is searched.
    CalibrateTable {
        /// The first day of the time in which the numbers were observed.
        start: Date = ("date", Day, optional("`period.start` of the scenario")),
        /// How many weeks that time had. The longer it was, the less chance there is in its numbers.
        weeks: f64 = ("weeks", above(0.0, 5_217.0), optional("`period.weeks` of the scenario")),
        /// Time simulated before it, so that the service has filled up.
        warm_up_weeks: u64 = (
            "weeks",
            Whole(0, 5_217),
            optional("`period.warm_up_weeks` of the scenario"),
        ),
        /// Points of the first look, spread over all bounds.
        points: u64 = ("points", Whole(2, 10_000), optional("10, and 10 more for each key")),
        /// Replications of each point; a quarter of them in the first look.
        replications: u64 = ("replications", Whole(40, 10_000), default("200")),
        /// Where the random numbers begin.
        seed: u64 = ("number", Whole(0, MOST_SEED), optional("`experiment.seed` of the scenario")),
        /// Share of the numbers that do not say so themselves that are held back to test the fit, chosen
        /// by the seed.
        hold_back_share: f64 = ("share", above(0.0, 0.9), optional("none")),
        /// What may be adjusted.
        vary: Vec<CalibrateVaryTable> = (
            "tables",
            tables::<CalibrateVaryTable>(MOST_KEYS),
            required(),
        ),
        /// What was observed.
        observed: Vec<ObservedTable> = (
            "tables",
            tables::<ObservedTable>(MOST_OBSERVED),
            required(),
        ),
    }
}

table! {
    /// An input that may be adjusted.
    CalibrateVaryTable {
        /// Path of the key, perhaps with `*` for every table of an array, all of which then have one
        /// value: "posts.*.client_share". Of a distribution one of its parameters:
        /// "waiting_list.patience_days.exponential.mean".
        key: Written<String> = ("path", Text(1_000), required()),
        /// The least value.
        from: f64 = ("unit of the key", ANY_NUMBER, required()),
        /// The greatest value.
        to: f64 = ("unit of the key", ANY_NUMBER, required()),
        /// Whether the search takes equal steps ("linear") or equal factors ("log"), as for rates and
        /// times of which the order of magnitude is not known.
        scale: bool = ("word", SCALES, default("\"linear\"")),
        /// Adjust it although its evidence is graded A or B.
        override_evidence: bool = ("word", YES_OR_NO, default("\"no\"")),
    }
}

table! {
    /// A number that was observed.
    ObservedTable {
        /// A measure as in summary.csv, or with `date` a series as in weekly.csv.
        measure: Written<String> = ("measure", Name, required()),
        /// The practice that it is of.
        practice: Written<String> = ("name", Name, optional("the whole PCN")),
        /// The post that it is of.
        post: Written<String> = ("name", Name, optional("the whole PCN")),
        /// The case type that it is of.
        case_type: Written<String> = ("name", Name, optional("the whole PCN")),
        /// The source of referrals that it is of.
        source: Written<String> = ("name", Name, optional("the whole PCN")),
        /// The number: a share from 0 to 1, days, people, in the unit of the measure.
        value: f64 = ("unit of the measure", ANY_NUMBER, required()),
        /// Of a series: the week that has this day.
        date: Date = ("date", Day, optional("the whole period")),
        /// Of a series: the mean over the weeks from that of `date` to the one that has this day.
        until: Date = ("date", Day, optional("one week")),
        /// How far counting itself may be off, as a standard error, besides chance: for rounding, for records
        /// that are not complete.
        standard_error: f64 = (
            "unit of the measure",
            above(0.0, 1e9),
            optional("the number is counted without error"),
        ),
        /// Of a share: how many people it was counted of, where that was a sample of them.
        sampled: u64 = ("people", Whole(2, MOST_PEOPLE), optional("all were counted")),
        /// Whether it is held back to test the fit, or fitted to.
        hold_back: bool = ("word", YES_OR_NO, optional("as `hold_back_share` chooses, else no")),
    }
    alternatives [
        ["practice", "post", "case_type", "source"],
        ["standard_error", "sampled"],
    ]
}
