//! `[strain]`: how strain is measured, and what it may do.

use crate::scenario::presence::default;
use crate::scenario::ranges::{SHARE, above, between};
use crate::scenario::spec::Words;
use crate::scenario::table::table;

/// Whether strain has effects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedbackWord {
    /// Strain is measured and does nothing.
    Off,
    /// Strain has effects.
    On,
    /// The scenario is run both ways and the difference told.
    Both,
}

const FEEDBACK: Words<FeedbackWord> = Words(&[
    ("off", FeedbackWord::Off),
    ("on", FeedbackWord::On),
    ("both", FeedbackWord::Both),
]);

table! {
    /// Strain of posts, and whether it makes people leave and fall ill. That it does is told by
    /// many; how much is an assumption.
    StrainTable {
        /// Open cases per WTE, a full case of 8 contacts counting 1 and a light one less, that are
        /// a load of 1.
        reference_caseload_per_wte: f64 = (
            "cases",
            above(0.0, 100_000.0),
            default("52").graded('B', "derived: guidance of 200 to 250 cases a year of 12 weeks"),
        ),
        /// Weeks over which the load is averaged: the longer, the slower strain follows it.
        memory_weeks: f64 = (
            "weeks",
            between(1.0, 520.0),
            default("8").graded('D', "assumption: 4 to 16").ranged(4.0, 16.0),
        ),
        /// Whether strain has effects: "off", "on", or "both" to run the scenario both ways and see
        /// the difference.
        feedback: FeedbackWord = ("word", FEEDBACK, default("\"off\"")),
        /// Under full overload people resign this many times as often.
        leaving_hazard_ratio: f64 = (
            "ratio",
            between(1.0, 20.0),
            default("2.5")
                .graded('D', "assumption: 1 to 5; ceiling 5.07 from nurses who intend to leave, PLoS ONE 2022")
                .ranged(1.0, 5.0),
        ),
        /// Under full overload spells of sickness begin this much more often: 0.5 is half as many
        /// again.
        sickness_increase: f64 = (
            "share",
            between(0.0, 10.0),
            default("0.5").graded('D', "assumption: 0 to 1").ranged(0.0, 1.0),
        ),
        /// How much more often people without supervision resign.
        no_supervision_factor: f64 = (
            "factor",
            between(1.0, 10.0),
            default("1.3").graded('D', "assumption: 1 to 1.6; direction from NALW 2020").ranged(1.0, 1.6),
        ),
        /// How much more often people resign whose post serves three practices or more.
        several_practices_factor: f64 = (
            "factor",
            between(1.0, 10.0),
            default("1.2").graded('D', "assumption: 1 to 1.6; direction sourced").ranged(1.0, 1.6),
        ),
        /// Under full overload cases get this share of contacts less: practice shifts to a lighter
        /// touch. 0.25 is a central value, 0 leaves it out.
        light_touch_share: f64 = (
            "share",
            SHARE,
            default("0").graded('D', "assumption: left out; direction from BJGP 2023").ranged(0.0, 0.4),
        ),
    }
}
