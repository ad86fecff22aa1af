//! How referrals arise over time: factors, growth, shocks, ramps, sources and re-referral.
//!
//! Only the description is here; `engine::arrivals` turns it into instants.

use super::distribution::Distribution;
use super::ids::PracticeId;
use super::time::SimTime;

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
