//! How referrals arise over time: factors, growth, shocks, ramps, sources and re-referral.
//!
//! Only the description is here; `engine::arrivals` turns it into instants.

use jiff::civil::Date;

use super::distribution::Distribution;
use super::ids::{PracticeId, SourceId};
use super::time::{Day, SimTime};

/// Everything about demand that the practices share.
#[derive(Clone, Debug, PartialEq)]
pub struct Demand {
    /// The shape of the year.
    pub pattern: Pattern,
    /// Growth of the rate a year, compound and continuous, counted from `period.start`
    /// (0.1 = 10% a year). Before `period.start` the same curve is followed backwards.
    pub growth_a_year: f64,
    /// Variance-to-mean ratio of monthly counts; 1 is Poisson.
    pub dispersion: f64,
    /// Multipliers between two dates.
    pub shocks: Vec<Shock>,
    /// Multipliers that move linearly between two values.
    pub ramps: Vec<Ramp>,
    /// People who are referred together on a day, on top of the rate.
    pub batches: Vec<Batch>,
    /// Where referrals come from; shares sum to 1.
    pub sources: Vec<Source>,
    /// Minutes that an inappropriate referral costs a serving post.
    pub triage_minutes: Distribution,
    /// Share of completed cases that are referred again.
    pub re_referral_share: f64,
    /// Days from completion to the new referral.
    pub re_referral_delay_days: Distribution,
}

impl Demand {
    /// The sources that measures tell apart: all of them where there are several, none where there
    /// is one, which would say of itself what the PCN says already.
    #[must_use]
    pub fn sources_told_apart(&self) -> &[Source] {
        match self.sources.as_slice() {
            [_] => &[],
            sources => sources,
        }
    }
}

/// The shape of the year.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// Month and weekday factors, normalised over each calendar year.
    Factors {
        /// January to December.
        month: [f64; 12],
        /// Monday to Sunday; days that are not working days count for nothing.
        weekday: [f64; 7],
    },
    /// 1 + amplitude x cos(2 pi (t - peak) / period), with mean 1 over its own period.
    Seasonal {
        /// Between 0 and 1.
        amplitude: f64,
        /// Days from one peak to the next.
        period_days: f64,
        /// Days from `period.start` to a peak.
        peak_day: f64,
    },
}

/// A multiplier of the rate between two instants.
#[derive(Clone, Debug, PartialEq)]
pub struct Shock {
    /// Multiplier, 0 or more.
    pub factor: f64,
    /// First instant.
    pub starts: SimTime,
    /// First instant after.
    pub ends: SimTime,
    /// Practices concerned.
    pub practices: Vec<PracticeId>,
}

/// A multiplier that is `from_factor` before `starts`, moves linearly, and stays at `to_factor`
/// from `ends` on.
#[derive(Clone, Debug, PartialEq)]
pub struct Ramp {
    /// Multiplier before.
    pub from_factor: f64,
    /// Multiplier after.
    pub to_factor: f64,
    /// When it begins to move.
    pub starts: SimTime,
    /// When it has arrived; later than `starts`.
    pub ends: SimTime,
    /// Practices concerned.
    pub practices: Vec<PracticeId>,
}

/// Most people in one batch; a drawn number beyond it is cut to it.
pub const MOST_IN_BATCH: u32 = 50_000;

/// Bits of a person's number within a batch, and of a batch's number on its day.
const PERSON_BITS: u32 = 16;
const BATCH_BITS: u32 = 10;

/// The number within its batch of the person that `code` keys, from 1.
#[must_use]
pub const fn number_in_batch(code: u64) -> u64 {
    code & ((1 << PERSON_BITS) - 1)
}

/// People who are referred together when their practice opens on a day.
///
/// A batch is known by its date and its number among those of that date, so that another batch on
/// another day changes nobody in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Batch {
    /// Position among the batches of the scenario file, from 1.
    pub number: u32,
    /// The day.
    pub day: Day,
    /// What keys it: below 2^48, with the last 16 bits free for its people.
    pub key: u64,
    /// How many people, to the nearest whole number and at most [`MOST_IN_BATCH`].
    pub referrals: Distribution,
    /// Practices whose people they are, in proportion to list size.
    pub practices: Vec<PracticeId>,
    /// Where they come from; `None`: drawn for each.
    pub source: Option<SourceId>,
}

impl Batch {
    /// The key of the batch number `of_day` (from 0, below 1,024) of `date`.
    #[must_use]
    pub fn key_of(date: Date, of_day: u64) -> u64 {
        let days = date.duration_since(jiff::civil::date(1, 1, 1)).as_hours() / 24;
        (days as u64) << (PERSON_BITS + BATCH_BITS) | of_day << PERSON_BITS
    }

    /// What keys the person of that number, from 1.
    #[must_use]
    pub const fn person(&self, number: u32) -> u64 {
        self.key | number as u64
    }

    /// Whether `code` keys somebody of this batch.
    #[must_use]
    pub const fn has(&self, code: u64) -> bool {
        code >> PERSON_BITS == self.key >> PERSON_BITS
    }

    /// Expected number of people: of `referrals` rounded and cut.
    #[must_use]
    pub fn expected(&self) -> f64 {
        let numbers = self.referrals.rounded().into_iter();
        numbers
            .map(|(number, probability)| f64::from(number.min(MOST_IN_BATCH)) * probability)
            .sum()
    }
}

/// A source of referrals: GP, self, proactive outreach and so on.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Name as in the scenario file.
    pub name: String,
    /// Share of referrals.
    pub share: f64,
    /// Share of this source's referrals that are inappropriate.
    pub inappropriate_share: f64,
    /// Priority class; 0 is served first.
    pub priority: u8,
}
