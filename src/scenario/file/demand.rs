//! `[demand]` with its shocks, ramps and season, and `[[sources]]`.

use jiff::civil::Date;

use std::ops::Bound::{Excluded, Included};

use super::DistributionSpec;
use crate::model::demand::MOST_IN_BATCH;
use crate::model::{Distribution, OpeningHours};
use crate::scenario::finding::Finding;
use crate::scenario::kind::{Kind, Lengths, Range};
use crate::scenario::node::Node;
use crate::scenario::presence::{default, optional, required};
use crate::scenario::ranges::{FACTOR, SHARE, above, between};
use crate::scenario::reader::{Reader, Written};
use crate::scenario::spec::{Day, List, Map, Number, Or, Spec, Whole, nested, tables};
use crate::scenario::table::table;
use crate::scenario::words::{Name, Time};

/// Growth a year: at worst nearly everything goes, at most it doubles.
const GROWTH: Number = Number(Range {
    low: Excluded(-1.0),
    high: Included(1.0),
});
/// Referrals per 1,000 a year.
pub const RATE: Number = between(0.0, 100_000.0);
const MONTHS: List<Number> = List(FACTOR, Lengths::OneOf(&[12]));
const WEEKDAYS: List<Number> = List(FACTOR, Lengths::OneOf(&[5, 7]));
const FIFTHS: List<Number> = List(FACTOR, Lengths::OneOf(&[5]));
const ALL_ONE: &str = "[1,1,1,1,1]";
const NO_TILT: &str = "assumption: fifths alike";
/// Names or ODS codes of practices, or all.
pub const PRACTICES: Or<List<Name>> = Or("all", List(Name, Lengths::UpTo(super::MOST_PRACTICES)));

table! {
    /// How referrals arise. Rates are of first referrals, a year being 365.25 days; factors are
    /// relative, and normalised so that the annual rate means what it says.
    DemandTable {
        /// First referrals per 1,000 registered patients a year.
        referrals_per_1000_a_year: f64 = (
            "referrals",
            RATE,
            default("20")
                .graded(
                    'A',
                    "Bu et al., Lancet Public Health 2025, derived: 1.3 of 62.5 million in 2023",
                ),
        ),
        /// Relative rates of January to December.
        month_factors: Vec<f64> = (
            "factors",
            MONTHS,
            default("[1,1,1,1,1,1,1,1,1,1,1,1]")
                .shown_as("all 1")
                .graded('D', "assumption: no season"),
        ),
        /// Relative rates of Monday to Friday; to Sunday (7 factors) on the always-open calendar.
        weekday_factors: Vec<f64> = (
            "factors",
            WEEKDAYS,
            default("[1,1,1,1,1]")
                .when_always_open("[1,1,1,1,1,1,1]")
                .shown_as("all 1")
                .graded('D', "assumption: weekdays alike"),
        ),
        /// A sinusoid instead of month and weekday factors.
        seasonal: Seasonal = ("table", nested::<Seasonal>(), optional("the factors")),
        /// Growth of the rate a year, compound, counted from `period.start`; 0.1 is 10%.
        growth_a_year: f64 = ("share", GROWTH, default("0").graded('D', "assumption: no growth").ranged(0.0, 0.25)),
        /// Variance-to-mean ratio of monthly counts of a practice; 1 is pure chance (Poisson).
        dispersion: f64 = (
            "ratio",
            between(1.0, 1_000.0),
            default("1").graded('D', "assumption: Poisson").ranged(1.0, 4.0),
        ),
        /// Share of referrals that are inappropriate: triaged and returned.
        inappropriate_share: f64 = ("share", SHARE, default("0").graded('D', "assumption: none")),
        /// Minutes that an inappropriate referral costs a worker.
        triage_minutes: Distribution = (
            "minutes",
            DistributionSpec(100_000.0),
            default("0").graded('D', "assumption: none"),
        ),
        /// Share of completed cases that are referred again.
        re_referral_share: f64 = ("share", SHARE, default("0").graded('D', "assumption: none")),
        /// Days from completion to the new referral.
        re_referral_delay_days: Distribution = (
            "days",
            DistributionSpec(36_525.0),
            default("{ gamma = { mean = 150, cv = 0.5 } }").graded('D', "assumption"),
        ),
        /// When referrals arrive on a working day: opening and closing.
        opening_hours: OpeningHours = (
            "times",
            Opening,
            default("[\"08:00\", \"18:30\"]")
                .when_always_open("[\"00:00\", \"24:00\"]")
                .graded('D', "core hours of general practice"),
        ),
        /// Times during which the rate is multiplied.
        shocks: Vec<ShockTable> = ("tables", tables::<ShockTable>(1_000), optional("none")),
        /// Rates that move linearly from one factor to another.
        ramps: Vec<RampTable> = ("tables", tables::<RampTable>(1_000), optional("none")),
        /// People who are referred together on a date, for example by proactive outreach; on top
        /// of the rate.
        batches: Vec<BatchTable> = ("tables", tables::<BatchTable>(1_000), optional("none")),
        /// What a practice's deprivation does to its referrals.
        deprivation: DeprivationTable = (
            "table",
            nested::<DeprivationTable>(),
            optional("no tilt"),
        ),
    }
    alternatives [["seasonal", "month_factors"], ["seasonal", "weekday_factors"]]
}

table! {
    /// A sinusoid: 1 + amplitude x cos(2 pi (t - peak) / period), with mean 1 over its period.
    Seasonal {
        /// Height of the peak above the mean, relative to it.
        amplitude: f64 = ("share", SHARE, required()),
        /// Days from one peak to the next.
        period_days: f64 = ("days", between(1.0, 36_525.0), required()),
        /// Days from `period.start` to a peak.
        peak_day: f64 = ("days", between(-36_525.0, 36_525.0), default("0")),
    }
}

table! {
    /// A time during which the rate is multiplied.
    ShockTable {
        /// Multiplier of the rate.
        factor: f64 = ("factor", FACTOR, required()),
        /// First day.
        starts: Date = ("date", Day, required()),
        /// Last day, included.
        ends: Date = ("date", Day, required()),
        /// Practices concerned: names or ODS codes.
        practices: Option<Vec<Written<String>>> = ("names", PRACTICES, default("\"all\"")),
    }
}

table! {
    /// A rate that moves linearly from one factor to another, and stays there.
    RampTable {
        /// Multiplier before it begins.
        from_factor: f64 = ("factor", FACTOR, required()),
        /// Multiplier after it has arrived.
        to_factor: f64 = ("factor", FACTOR, required()),
        /// First day of the move.
        starts: Date = ("date", Day, required()),
        /// How long the move takes.
        weeks: f64 = ("weeks", above(0.0, 5_217.0), required()),
        /// Practices concerned: names or ODS codes.
        practices: Option<Vec<Written<String>>> = ("names", PRACTICES, default("\"all\"")),
    }
}

table! {
    /// People who are referred together on one day, as proactive outreach does: they arrive when
    /// their practice opens, on top of the rate.
    BatchTable {
        /// The day; a working day.
        date: Date = ("date", Day, required()),
        /// How many people, over all practices of the batch, rounded to the nearest whole number;
        /// a drawn number beyond 50,000 is cut to it.
        referrals: Distribution = ("referrals", DistributionSpec(MOST_IN_BATCH as f64), required()),
        /// Practices whose people they are, in proportion to their lists: names or ODS codes.
        practices: Option<Vec<Written<String>>> = ("names", PRACTICES, default("\"all\"")),
        /// Name of the source of all of them.
        source: Written<String> = ("name", Name, optional("drawn for each, as for any referral")),
    }
}

table! {
    /// What the fifth of deprivation of a practice does (its `deprivation_fifth`): in each list five
    /// factors, from the most deprived fifth to the least. In deprived areas needs are more complex
    /// (40% of clients in food or fuel poverty: Transformation Partners in Health and Care, London)
    /// and more appointments are missed (Ellis et al., Lancet Public Health 2017); by how much, for
    /// link workers, nobody has published. Factors apply as written: they are not normalised over
    /// the practices, so that factors other than 1 change what the PCN refers and misses in all.
    DeprivationTable {
        /// Multipliers of `demand.referrals_per_1000_a_year`; a practice that gives a rate of its
        /// own keeps it.
        rate_factors: Vec<f64> = ("factors", FIFTHS, default(ALL_ONE).shown_as("all 1").graded('D', NO_TILT)),
        /// Multipliers of the `dna_share` of every case type, which stays below 1.
        dna_factors: Vec<f64> = ("factors", FIFTHS, default(ALL_ONE).shown_as("all 1").graded('D', NO_TILT)),
        /// Multipliers of the shares of case types by name; the shares of a practice are normalised
        /// afterwards, together with its `case_type_tilt`.
        case_type_factors: Vec<(Written<String>, Vec<f64>)> = (
            "factors",
            Map("case type", FIFTHS),
            optional("no tilt"),
        ),
    }
}

table! {
    /// A source of referrals: GPs, people themselves, proactive outreach and so on.
    SourceTable {
        /// Name.
        name: Written<String> = ("name", Name, required()),
        /// Share of referrals; the shares of all sources sum to 1.
        share: f64 = ("share", SHARE, required()),
        /// Share of this source's referrals that are inappropriate.
        inappropriate_share: f64 = ("share", SHARE, optional("as `demand.inappropriate_share`")),
        /// Class on the waiting list; 1 is served first.
        priority: u64 = ("class", Whole(1, 8), default("1")),
    }
}

/// Opening and closing time.
pub struct Opening;

impl Spec for Opening {
    type Out = OpeningHours;

    fn kind(&self) -> Kind {
        List(Time, Lengths::OneOf(&[2])).kind()
    }

    fn read(&self, node: &Node, path: &str, reader: &mut Reader<'_>) -> Option<OpeningHours> {
        let times = List(Time, Lengths::OneOf(&[2])).read(node, path, reader)?;
        match times.as_slice() {
            [opens, closes] if opens < closes => Some(OpeningHours {
                opens: *opens,
                closes: *closes,
            }),
            _ => {
                let finding = Finding::new(node.place, path, "closes before it opens");
                let allowed = "an opening time and a later closing time";
                reader.findings.add(finding.allowed(allowed));
                None
            }
        }
    }
}
