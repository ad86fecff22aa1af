//! A practice: its registered list, how it refers and when it is open.

use super::ids::EntityKey;
use super::time::{SECONDS_PER_DAY, SimDuration};

/// A GP practice with a registered list.
#[derive(Clone, Debug, PartialEq)]
pub struct Practice {
    /// Name as in the scenario file.
    pub name: String,
    /// ODS code, for example `F81061`.
    pub ods_code: Option<String>,
    /// Registered patients.
    pub list_size: f64,
    /// First referrals per 1,000 registered patients per year of 365.25 days, deprivation included.
    pub referrals_per_1000_a_year: f64,
    /// When referrals arrive on a working day.
    pub opening: OpeningHours,
    /// Share of each case type, in the order of [`super::Model::case_types`]; sums to 1.
    pub case_type_shares: Vec<f64>,
    /// What multiplies the share of missed contacts of every case type; 1 without deprivation.
    pub dna_factor: f64,
}

/// The part of a working day in which referrals arrive, as offsets from midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpeningHours {
    /// Opening, from midnight.
    pub opens: SimDuration,
    /// Closing, from midnight; later than opening, at most 24 h.
    pub closes: SimDuration,
}

impl OpeningHours {
    /// Midnight to midnight.
    pub const ALL_DAY: Self = Self {
        opens: SimDuration::ZERO,
        closes: SimDuration::from_seconds(SECONDS_PER_DAY),
    };

    /// Seconds open on a working day.
    #[must_use]
    pub const fn length(self) -> SimDuration {
        self.closes.saturating_sub(self.opens)
    }
}

impl Practice {
    /// What keys this practice's random streams: its ODS code, else its name.
    #[must_use]
    pub fn key(&self) -> EntityKey {
        EntityKey::of(self.ods_code.as_deref().unwrap_or(&self.name))
    }

    /// First referrals a year of 365.25 days before any factor.
    #[must_use]
    pub fn referrals_a_year(&self) -> f64 {
        self.list_size / 1_000.0 * self.referrals_per_1000_a_year
    }
}
