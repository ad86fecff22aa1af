//! `[compare]`: how options are held against the service as it is.

use crate::scenario::kind::Lengths;
use crate::scenario::presence::{default, optional};
use crate::scenario::ranges::{INNER_SHARE, above, between};
use crate::scenario::reader::Written;
use crate::scenario::spec::{List, Number, Whole};
use crate::scenario::table::table;
use crate::scenario::words::Name;

/// Measures that are chosen at most: each makes the simultaneous intervals of all others wider.
const MOST_MEASURES: usize = 20;
const MEASURES: List<Name> = List(Name, Lengths::UpTo(MOST_MEASURES));
/// Above 0.5: the toss of a coin has as much.
const CONFIDENCE: Number = above(0.5, 0.9999);

table! {
    /// What `splw-sim compare` looks at. Nothing of it changes what is simulated.
    CompareTable {
        /// Measures of the PCN that are shown for each option. Their intervals hold together: over all
        /// of them and all options (Bonferroni). If absent: the share contacted within the days of the
        /// strictest such target (28 without one), the share ever contacted, the mean wait to first
        /// contact, the mean waiting list, and weeks at risk of each post a year.
        measures: Vec<Written<String>> = ("measures", MEASURES, optional("five that matter most")),
        /// Measure of the PCN by which base and options are ranked to find the best one, or
        /// "net_benefit_pounds": what the people contacted (`extra_person_contacted`) are worth
        /// less what it costs, a year.
        rank_by: Written<String> = ("measure", Name, optional("nothing is ranked")),
        /// The smallest difference of `rank_by` that matters, in its unit: of two that differ by less
        /// either is good enough. The smaller, the more replications.
        indifference_zone: f64 = (
            "unit of rank_by",
            above(0.0, 1e12),
            optional("required with `rank_by`"),
        ),
        /// Confidence of all intervals of the chosen measures together, and of the ranking.
        confidence: f64 = ("share", CONFIDENCE, default("0.95")),
        /// Go on until the 95% interval of the difference from the base reaches at most this share of
        /// the base's mean to either side, for each option: of `rank_by` if that is a measure, else of
        /// the mean wait to first contact.
        difference_precision: f64 = (
            "share",
            INNER_SHARE,
            optional("`experiment.replications` are made, no more"),
        ),
        /// Replications of base and each option at most, where `difference_precision` or `rank_by` asks
        /// for more.
        budget_replications: u64 = (
            "count",
            Whole(10, 1_000_000),
            optional("`experiment.max_replications`"),
        ),
        /// What one more person contacted is worth: a judgement, not a fact. With it the net benefit of
        /// each option is told, of those contacted in time and of those ever contacted.
        pounds_per_extra_person_contacted: f64 = (
            "pounds",
            between(0.0, 1e9),
            optional("not known; no net benefit is told"),
        ),
        /// Who counts as contacted where money is told: the measure "contacted_within_7_days",
        /// "contacted_within_14_days", "contacted_within_28_days" or "share_contacted_ever". If absent:
        /// the first of them in `measures`; else that of the strictest target; else within 28 days.
        extra_person_contacted: Written<String> = (
            "measure",
            Name,
            optional("as the measures and targets say"),
        ),
    }
}
