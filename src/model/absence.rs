//! Rules of absence that all posts share.

/// How leave and sickness fall over the year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AbsenceRules {
    /// Share of the workers who serve a practice that may take the same whole week of leave, at
    /// least one of them; 1 is no rule.
    pub on_leave_together_share: f64,
    /// How much more often spells of sickness begin from December to February; 1 is no season.
    pub winter_sickness_factor: f64,
}

impl AbsenceRules {
    /// Each worker is away by chance alone, whatever the others do and whatever the season.
    pub const NONE: Self = Self {
        on_leave_together_share: 1.0,
        winter_sickness_factor: 1.0,
    };
}
