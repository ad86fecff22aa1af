//! How holders of a post come and go: resignation, notice, hiring, the first weeks, contracts.

use super::distribution::Distribution;
use super::time::{SimDuration, SimTime};

/// How holders of a post come and go.
#[derive(Clone, Debug, PartialEq)]
pub struct Tenure {
    /// Rate at which a holder resigns, per year of 365.25 days: of many holders `1 - exp(-rate)`
    /// resign within a year. 0: nobody ever does.
    pub leaving_rate_a_year: f64,
    /// From resignation to the last day; the post is advertised meanwhile.
    pub notice: SimDuration,
    /// Weeks from advertisement to a new holder's first day.
    pub weeks_to_hire: Distribution,
    /// How long a new holder takes to work at full speed; zero: from the first day.
    pub ramp: SimDuration,
    /// Share of client time that a new holder has on the first day.
    pub ramp_from_share: f64,
    /// A fixed term, if the post has one.
    pub contract: Option<Contract>,
}

impl Tenure {
    /// Share of the client time that somebody has who began `since` ago: from
    /// [`Tenure::ramp_from_share`] in a straight line to 1. Half of a ramp from 0.5 gives 0.75.
    #[must_use]
    pub fn client_time_share(&self, since: SimDuration) -> f64 {
        if since >= self.ramp {
            return 1.0;
        }
        let done = since.seconds() as f64 / self.ramp.seconds() as f64;
        self.ramp_from_share + (1.0 - self.ramp_from_share) * done
    }
}

/// A fixed term: when it ends, the post is renewed or is no more.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contract {
    /// First instant after the term.
    pub ends: SimTime,
    /// Probability that it is renewed then.
    pub renewal_share: f64,
    /// How long a renewed term lasts; after it the same happens again.
    pub renewed_for: SimDuration,
}
