//! The top level of the file.

use super::{
    AbsenceTable, CaseTypeTable, CompareTable, CostsTable, DemandTable, ExperimentTable,
    FirstContactTable, MergerTable, OptionTable, PeriodTable, PostTable, PracticeTable,
    ProvenanceTable, RecommendTable, SourceTable, StartTable, StrainTable, UncertaintyTable,
    WaitingList,
};
use crate::model::{Assignment, Continuity, OrderOfWork};
use crate::scenario::presence::{default, optional, required, section};
use crate::scenario::reader::Written;
use crate::scenario::spec::{Map, Number, Tables, Whole, Words, nested, tables};
use crate::scenario::table::table;
use crate::scenario::words::{Name, Text};
use std::ops::Bound::Unbounded;

/// Practices at most.
pub const MOST_PRACTICES: usize = 10_000;
/// Posts at most.
pub const MOST_POSTS: usize = 10_000;
/// Case types at most.
pub const MOST_CASE_TYPES: usize = 100;

/// Options at most.
pub const MOST_OPTIONS: usize = 100;

/// Any finite number.
const ANY_NUMBER: Number = Number(crate::scenario::kind::Range {
    low: Unbounded,
    high: Unbounded,
});
const CASE_TYPES: Tables<CaseTypeTable> = tables(MOST_CASE_TYPES);

/// A pathway that one word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pathway {
    /// What a large study observed: most people need little.
    ObservedMix,
    /// What guidance describes: everybody is a full case.
    Guidance,
}

/// A sharing graph that one word stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Everybody serves every practice.
    Pooled,
    /// Each practice has its own worker, or each worker its own practices.
    Dedicated,
    /// Dedicated, and each worker also covers the neighbour's first practice.
    Chained,
}

/// The pathways by their words.
pub const PATHWAYS: Words<Pathway> = Words(&[
    ("observed-mix", Pathway::ObservedMix),
    ("guidance", Pathway::Guidance),
]);

const SHARINGS: Words<Sharing> = Words(&[
    ("pooled", Sharing::Pooled),
    ("dedicated", Sharing::Dedicated),
    ("chained", Sharing::Chained),
]);

const ASSIGNMENTS: Words<Assignment> = Words(&[
    ("least-loaded", Assignment::LeastLoaded),
    ("longest-idle", Assignment::LongestIdle),
    ("own-practice-first", Assignment::OwnPracticeFirst),
]);

const ORDERS_OF_WORK: Words<OrderOfWork> = Words(&[
    ("follow-ups-first", OrderOfWork::FollowUpsFirst),
    ("new-first", OrderOfWork::NewFirst),
    ("oldest-due-first", OrderOfWork::OldestDueFirst),
]);

const CONTINUITIES: Words<Continuity> = Words(&[
    ("same-worker", Continuity::SameWorker),
    ("any-worker", Continuity::AnyWorker),
]);

/// Source of the rules of a service that nothing else is known about.
const USUAL: &str = "assumption: the usual arrangement";

table! {
    /// A scenario of splw-sim: one complete description of a social prescribing service and of the
    /// question asked of it.
    ScenarioFile {
        /// Version of this format.
        schema: u64 = ("version", Whole(1, 1), required()),
        /// What the scenario is, in one line; it heads every report.
        title: Written<String> = ("text", Name, required()),
        /// The question that the scenario is to answer, in the words of whoever asked it.
        question: Written<String> = ("text", Text(2_000), optional("none")),
        /// Case types that one word stands for: "observed-mix" (10% signposted at first contact,
        /// 52% two contacts, 38% eight) or "guidance" (everybody eight contacts). Not together
        /// with [[case_types]].
        pathway: Pathway = ("word", PATHWAYS, optional("none: the case types are given")),
        /// Who serves whom: every worker every practice ("pooled"); each practice its own worker,
        /// or each worker its own practices ("dedicated"); dedicated plus the first practice of
        /// the next worker ("chained"). Not together with `serves` of any post.
        sharing: Sharing = ("word", SHARINGS, optional("each post's `serves`")),
        /// Which of several workers with room takes a new referral: the one with the fewest open
        /// cases per WTE, the one whose last place was freed longest ago, or one that serves the
        /// fewest practices.
        assignment: Assignment = (
            "word",
            ASSIGNMENTS,
            default("\"least-loaded\"").graded('D', USUAL),
        ),
        /// What a free worker does first.
        order_of_work: OrderOfWork = (
            "word",
            ORDERS_OF_WORK,
            default("\"follow-ups-first\"").graded('D', USUAL),
        ),
        /// Who holds the contacts of an open case: the worker who took it, or whoever is free
        /// first.
        continuity: Continuity = (
            "word",
            CONTINUITIES,
            default("\"same-worker\"").graded('D', USUAL),
        ),
        /// The time observed, and the calendar.
        period: PeriodTable = ("table", nested::<PeriodTable>(), required()),
        /// How often the period is simulated.
        experiment: ExperimentTable = ("table", nested::<ExperimentTable>(), section()),
        /// How what is not known is drawn.
        uncertainty: UncertaintyTable = ("table", nested::<UncertaintyTable>(), section()),
        /// How referrals arise.
        demand: DemandTable = ("table", nested::<DemandTable>(), section()),
        /// Where referrals come from.
        sources: Vec<SourceTable> = (
            "tables",
            tables::<SourceTable>(100),
            optional("one source, \"all\""),
        ),
        /// What happens to people who wait.
        waiting_list: WaitingList = ("table", nested::<WaitingList>(), section()),
        /// How a link worker first reaches a person.
        first_contact: FirstContactTable = ("table", nested::<FirstContactTable>(), section()),
        /// Classes of referrals by work content.
        case_types: Vec<CaseTypeTable> = (
            "tables",
            CASE_TYPES,
            optional("required unless `pathway` is given"),
        ),
        /// The practices that refer.
        practices: Vec<PracticeTable> = (
            "tables",
            tables::<PracticeTable>(MOST_PRACTICES),
            required(),
        ),
        /// Practices that become one.
        mergers: Vec<MergerTable> = ("tables", tables::<MergerTable>(1_000), optional("none")),
        /// The posts that serve them.
        posts: Vec<PostTable> = (
            "tables",
            tables::<PostTable>(MOST_POSTS),
            optional("nobody serves"),
        ),
        /// Rules of leave and sickness.
        absence: AbsenceTable = ("table", nested::<AbsenceTable>(), section()),
        /// Today's waiting list and open caseloads, for a run that starts from today.
        start: StartTable = ("table", nested::<StartTable>(), optional("the service starts empty")),
        /// How strain of posts is measured, and whether it has effects.
        strain: StrainTable = ("table", nested::<StrainTable>(), section()),
        /// What posts cost, what is reimbursed, and what GP appointments are worth.
        costs: CostsTable = ("table", nested::<CostsTable>(), optional("no money is counted")),
        /// Targets: names of measures and the values they should reach.
        targets: Vec<(Written<String>, f64)> = (
            "table",
            Map("measure", ANY_NUMBER),
            optional("none"),
        ),
        /// Variants of the service, each a list of changes to this file.
        options: Vec<OptionTable> = (
            "tables",
            tables::<OptionTable>(MOST_OPTIONS),
            optional("none"),
        ),
        /// How `splw-sim compare` holds the options against this file.
        compare: CompareTable = (
            "table",
            nested::<CompareTable>(),
            optional("the usual measures, without a ranking"),
        ),
        /// What may be changed to meet the targets, for `splw-sim recommend`.
        recommend: RecommendTable = (
            "table",
            nested::<RecommendTable>(),
            optional("nothing is recommended"),
        ),
        /// Where values are from: quoted paths of keys, with `*` for every table of an array.
        provenance: Vec<(Written<String>, ProvenanceTable)> = (
            "table",
            Map("\"key.path\"", nested::<ProvenanceTable>()),
            optional("none"),
        ),
    }
    elsewhere [
        "sweep", "scenario", "calibrate",
    ]
}
