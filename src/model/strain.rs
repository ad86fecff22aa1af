//! Strain: how load adds up over weeks, and what it may do to those who bear it.
//!
//! Formulae and grades: evidence, section E. The load ratio of a post in a working week is
//! `L = max(client hours booked / available, full-case equivalents open / (reference x WTE))`;
//! strain follows it as `z <- z + (L - z) / memory`; overload is `o = clip(z - 1, 0, 1)`.

/// A case of this many contacts is one full-case equivalent.
pub const CONTACTS_OF_A_FULL_CASE: f64 = 8.0;

/// Weeks running with strain above 1 after which a post is at risk.
pub const WEEKS_UNTIL_AT_RISK: u32 = 4;

/// Practices from which on a post counts as spread over several.
pub const SEVERAL_PRACTICES: usize = 3;

/// How strain is measured and what it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Strain {
    /// Full-case equivalents open per WTE that are a load of 1.
    pub reference_caseload_per_wte: f64,
    /// Weeks over which load is averaged.
    pub memory_weeks: f64,
    /// What strain does to leaving, sickness and contacts; `None`: nothing.
    pub feedback: Option<Feedback>,
}

/// What strain does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Feedback {
    /// The leaving rate is multiplied by this to the power of overload.
    pub leaving_hazard_ratio: f64,
    /// Spells of sickness begin `1 + increase x overload` times as often.
    pub sickness_increase: f64,
    /// The leaving rate without supervision, relative to that with it.
    pub no_supervision_factor: f64,
    /// The leaving rate of posts that serve [`SEVERAL_PRACTICES`] or more, relative to others.
    pub several_practices_factor: f64,
    /// Contacts of a case are `1 - share x overload` of those planned.
    pub light_touch_share: f64,
}

impl Strain {
    /// Strain at the end of a week that began with `strain` and had the load ratio `load`. From
    /// 1.0, a week of load 1.8 gives 1.1 with a memory of 8 weeks.
    #[must_use]
    pub fn after_a_week(&self, strain: f64, load: f64) -> f64 {
        strain + (load - strain) / self.memory_weeks
    }
}

/// Overload, 0 to 1, of strain: 1.3 gives 0.3.
#[must_use]
pub fn overload(strain: f64) -> f64 {
    (strain - 1.0).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strain_follows_load_with_its_memory() {
        let strain = Strain {
            reference_caseload_per_wte: 52.0,
            memory_weeks: 8.0,
            feedback: None,
        };
        assert!((strain.after_a_week(1.0, 1.8) - 1.1).abs() < 1e-12);
        // Under a load of 2 for ever, strain is 2 (1 - (7/8)^n) after n weeks: above 1 from 6 on.
        let mut z = 0.0;
        let weeks = (1..).find(|_| {
            z = strain.after_a_week(z, 2.0);
            z > 1.0
        });
        assert_eq!(weeks, Some(6));
    }

    #[test]
    fn overload_lies_between_nothing_and_one() {
        for (strain, expected) in [(0.2, 0.0), (1.0, 0.0), (1.25, 0.25), (2.0, 1.0), (9.0, 1.0)] {
            assert!((overload(strain) - expected).abs() < 1e-12);
        }
    }
}
