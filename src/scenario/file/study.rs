//! A study: a file of its own that names a scenario and says at which points it is run.

use std::ops::Bound::Unbounded;

use super::distribution::DistributionSpec;
use super::options::Untouched;
use crate::model::Distribution;
use crate::scenario::kind::{Lengths, Range};
use crate::scenario::node::Node;
use crate::scenario::presence::{default, optional, required};
use crate::scenario::reader::Written;
use crate::scenario::spec::{List, Number, Whole, Words, nested, tables};
use crate::scenario::table::table;
use crate::scenario::words::{Name, Text};

/// Points of a study at most.
pub const MOST_POINTS: u64 = 100_000;
/// Keys that vary at most.
pub const MOST_KEYS: usize = 100;
/// Values of one key at most.
const MOST_VALUES: usize = 1_000;
/// Measures at most.
const MOST_MEASURES: usize = 200;
/// Largest value of a distribution's parameters.
const LARGEST: f64 = 1e9;
/// Seeds at most: whole numbers that TOML has.
const MOST_SEED: u64 = i64::MAX as u64;

const ANY_NUMBER: Number = Number(Range {
    low: Unbounded,
    high: Unbounded,
});
const VALUES: List<Untouched> = List(Untouched, Lengths::UpTo(MOST_VALUES));
const MEASURES: List<Name> = List(Name, Lengths::UpTo(MOST_MEASURES));

/// How points are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DesignWord {
    /// Every choice of one value of each key.
    Grid,
    /// Spread evenly in every key, and away from each other.
    LatinHypercube,
    /// For shares of the variance.
    Sobol,
    /// For screening many keys.
    Morris,
    /// Listed in a file.
    Csv,
}

const DESIGNS: Words<DesignWord> = Words(&[
    ("grid", DesignWord::Grid),
    ("latin-hypercube", DesignWord::LatinHypercube),
    ("sobol", DesignWord::Sobol),
    ("morris", DesignWord::Morris),
    ("csv", DesignWord::Csv),
]);

/// Whether points share their random numbers.
const STREAMS: Words<bool> = Words(&[("common", false), ("independent", true)]);

table! {
    /// A study: a scenario, run at many points.
    StudyFile {
        /// Version of this format.
        schema: u64 = ("version", Whole(1, 1), required()),
        /// The scenario file: in the folder of the study, or in the one that holds it.
        scenario: Written<String> = ("file", Text(1_000), required()),
        /// At which points it is run, and how often.
        sweep: SweepTable = ("table", nested::<SweepTable>(), required()),
    }
}

table! {
    /// Which points, and what is kept of each.
    SweepTable {
        /// How points are chosen: every choice of values ("grid"), spread evenly ("latin-hypercube"),
        /// for shares of the variance ("sobol"), for screening ("morris"), or from a file ("csv").
        design: DesignWord = ("word", DESIGNS, required()),
        /// Replications of each point.
        replications: u64 = ("replications", Whole(1, 100_000), default("50")),
        /// Of latin-hypercube the points; of sobol the base points, a power of two, each of which is run
        /// so many times as there are keys, and twice more.
        points: u64 = ("points", Whole(2, MOST_POINTS), optional("required by latin-hypercube and sobol")),
        /// Of morris: walks through the levels, of one more point than there are keys.
        trajectories: u64 = ("walks", Whole(2, 10_000), optional("10 of morris")),
        /// Of morris: levels of each key, an even number.
        levels: u64 = ("levels", Whole(2, 100), optional("4 of morris")),
        /// Of csv: the file, with a column for each key and a row for each point.
        file: Written<String> = ("file", Text(1_000), optional("required by csv")),
        /// Where the random numbers begin, of the points and of the replications.
        seed: u64 = ("number", Whole(0, MOST_SEED), optional("`experiment.seed` of the scenario")),
        /// Whether all points meet the same people and the same absences ("common"), or each others of
        /// its own ("independent").
        streams: bool = ("word", STREAMS, default("\"common\"")),
        /// Measures of the PCN that are kept; points are told by the first.
        measures: Vec<Written<String>> = ("measures", MEASURES, optional("fourteen that matter most")),
        /// What varies.
        vary: Vec<SweepVaryTable> = (
            "tables",
            tables::<SweepVaryTable>(MOST_KEYS),
            optional("required but by csv"),
        ),
    }
}

table! {
    /// A key that varies.
    SweepVaryTable {
        /// Path of the key, perhaps with `*` for every table of an array: "posts.*.wte"; or "option", for
        /// the options of the scenario by name.
        key: Written<String> = ("path", Text(1_000), required()),
        /// The values that it may take.
        values: Vec<Node> = ("values", VALUES, optional("`from` and `to`, or `distribution`")),
        /// The least value.
        from: f64 = ("unit of the key", ANY_NUMBER, optional("`values` or `distribution`")),
        /// The greatest value.
        to: f64 = ("unit of the key", ANY_NUMBER, optional("`values` or `distribution`")),
        /// Of grid: how many values, both ends included.
        steps: u64 = ("values", Whole(2, MOST_VALUES as u64), optional("required by grid with `from`")),
        /// What is known about the value; points are spread evenly over its shares.
        distribution: Distribution = (
            "unit of the key",
            DistributionSpec(LARGEST),
            optional("`values`, or `from` and `to`"),
        ),
    }
    alternatives [
        ["values", "from", "distribution"],
        ["values", "to", "distribution"],
        ["values", "steps"],
    ]
}
