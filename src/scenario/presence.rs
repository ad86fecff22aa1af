//! Whether a key must be there, and what stands when it is not.

/// Whether a key must be there, and what stands when it is not.
#[derive(Clone, Copy, Debug)]
pub enum Presence {
    /// It must be there.
    Required,
    /// It may be absent, with the effect that the words say.
    Optional(&'static str),
    /// A table that may be absent, and then is read as if it were there and empty.
    Section,
    /// It may be absent, and then this stands.
    Default(Fallback),
}

/// What stands for an absent key.
#[derive(Clone, Copy, Debug)]
pub struct Fallback {
    /// The value in TOML, as a user would write it.
    pub written: &'static str,
    /// The value on the always-open calendar, where it differs.
    pub always_open: Option<&'static str>,
    /// The value as people read it, where TOML says it badly.
    pub shown: Option<&'static str>,
    /// What the value is multiplied by, if it stands for so much of each of something.
    pub per: Option<&'static str>,
    /// Grade of its evidence, A to D; `None` where there is nothing to grade.
    pub grade: Option<char>,
    /// Where it is from.
    pub source: &'static str,
    /// Low and high end of what it may be, where the evidence gives them: of a distribution the
    /// mean's. The default lies between them.
    pub range: Option<(f64, f64)>,
}

/// The key must be there.
#[must_use]
pub const fn required() -> Presence {
    Presence::Required
}

/// The key may be absent, with the effect that the words say.
#[must_use]
pub const fn optional(effect: &'static str) -> Presence {
    Presence::Optional(effect)
}

/// The table may be absent; its keys then have their defaults.
#[must_use]
pub const fn section() -> Presence {
    Presence::Section
}

/// When the key is absent, this value stands (in TOML).
#[must_use]
pub const fn default(written: &'static str) -> Presence {
    Presence::Default(Fallback {
        written,
        always_open: None,
        shown: None,
        per: None,
        grade: None,
        source: "",
        range: None,
    })
}

impl Presence {
    /// With a grade and a source of the default.
    #[must_use]
    pub const fn graded(self, grade: char, source: &'static str) -> Self {
        match self {
            Self::Default(fallback) => Self::Default(Fallback {
                grade: Some(grade),
                source,
                ..fallback
            }),
            other => other,
        }
    }

    /// With a range, for whoever asks that defaults graded C and D be uncertain.
    #[must_use]
    pub const fn ranged(self, low: f64, high: f64) -> Self {
        match self {
            Self::Default(fallback) => Self::Default(Fallback {
                range: Some((low, high)),
                ..fallback
            }),
            other => other,
        }
    }

    /// With another default on the always-open calendar.
    #[must_use]
    pub const fn when_always_open(self, written: &'static str) -> Self {
        match self {
            Self::Default(fallback) => Self::Default(Fallback {
                always_open: Some(written),
                ..fallback
            }),
            other => other,
        }
    }

    /// With words that say the default better than TOML does.
    #[must_use]
    pub const fn shown_as(self, shown: &'static str) -> Self {
        match self {
            Self::Default(fallback) => Self::Default(Fallback {
                shown: Some(shown),
                ..fallback
            }),
            other => other,
        }
    }

    /// With what the default is multiplied by.
    #[must_use]
    pub const fn per(self, unit: &'static str) -> Self {
        match self {
            Self::Default(fallback) => Self::Default(Fallback {
                per: Some(unit),
                ..fallback
            }),
            other => other,
        }
    }
}

impl Fallback {
    /// The default as people read it, on the England calendar.
    #[must_use]
    pub fn words(&self) -> String {
        let value = self.shown.unwrap_or(self.written);
        match self.per {
            Some(unit) => format!("{value} per {unit}"),
            None => value.to_owned(),
        }
    }

    /// The default in TOML on a calendar.
    #[must_use]
    pub fn on(&self, always_open: bool) -> &'static str {
        match self.always_open {
            Some(written) if always_open => written,
            _ => self.written,
        }
    }
}
