//! `[recommend]`: what may be changed, and how surely the targets must be met.

use std::ops::Bound::{Excluded, Included};

use super::options::Untouched;
use crate::scenario::kind::{Lengths, Range};
use crate::scenario::node::Node;
use crate::scenario::presence::{default, optional, required};
use crate::scenario::ranges::between;
use crate::scenario::reader::Written;
use crate::scenario::spec::{List, Number, Whole, tables};
use crate::scenario::table::table;
use crate::scenario::words::Text;

/// Values of one key at most.
const MOST_VALUES: usize = 1_000;
/// Keys that may change at most.
const MOST_KEYS: usize = 10;
/// Replications of the first look at a plan: a smaller budget could not look at any.
const FIRST_LOOK: u64 = 20;
/// Replications in all at most.
const MOST_REPLICATIONS: u64 = 1_000_000;
/// Pounds a year that a value may cost, or save.
const POUNDS: Number = between(-1e9, 1e9);
const COSTS: List<Number> = List(POUNDS, Lengths::UpTo(MOST_VALUES));
const VALUES: List<Untouched> = List(Untouched, Lengths::UpTo(MOST_VALUES));
/// Coin-tossing is no confidence, and certainty cannot be had.
const CONFIDENCE: Number = Number(Range {
    low: Included(0.5),
    high: Excluded(1.0),
});
const SHARE_OF_YEARS: Number = Number(Range {
    low: Excluded(0.0),
    high: Excluded(1.0),
});

table! {
    /// What `recommend` may change. It looks for the cheapest plan, one value of each key, whose
    /// expectation meets every one of [targets].
    RecommendTable {
        /// Confidence with which everything that is said about plans holds at once.
        confidence: f64 = ("share", CONFIDENCE, default("0.95")),
        /// Share of replications, each one run of the whole period, that must meet every target
        /// as well.
        share_of_years: f64 = ("share", SHARE_OF_YEARS, optional("only the expectation counts")),
        /// Replications of all plans together at most; when they do not suffice, the answer is
        /// "undecided within budget".
        budget_replications: u64 = (
            "replications",
            Whole(FIRST_LOOK, MOST_REPLICATIONS),
            default("20000"),
        ),
        /// What may change. A plan is one value of each; at most 100,000 plans in all.
        vary: Vec<VaryTable> = ("tables", tables::<VaryTable>(MOST_KEYS), required()),
    }
}

table! {
    /// A key that `recommend` may change.
    VaryTable {
        /// Path of the key, perhaps with `*` for every table of an array: "posts.*.wte". Posts
        /// stand as they are after `like`: a change to one of them changes no other.
        key: Written<String> = ("path", Text(1_000), required()),
        /// The values that it may take. Between plans of equal cost the earlier value is preferred.
        values: Vec<Node> = ("values", VALUES, required()),
        /// What each unit of a value costs. Where no key says what it costs and the file has [costs], a
        /// plan costs what all its posts cost by these, filled all year. Else a plan costs this times the value, times the number of
        /// places to which a path with `*` leads.
        cost_pounds_a_year_each: f64 = (
            "pounds a year",
            POUNDS,
            optional("by [costs] if no key has a cost, else 0"),
        ),
        /// What each of the values costs, in their order, where they are no numbers or cost by the
        /// piece.
        costs_pounds_a_year: Vec<f64> = (
            "pounds a year",
            COSTS,
            optional("by [costs] if no key has a cost, else 0"),
        ),
    }
    alternatives [["cost_pounds_a_year_each", "costs_pounds_a_year"]]
}
