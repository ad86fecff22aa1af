//! What a log says of one key of the scenario: estimates with their errors, how many rows are behind them,
//! whether the law fits, and whether the key takes them.

use crate::import::words::{grouped, number};
use crate::scenario::file::editing::Step;
use crate::stats::chi_squared::Goodness;
use crate::stats::rounded::Parameter;

/// Standard errors that a 95% interval reaches.
const REACH: f64 = 1.959_963_985;

/// A fitted key of the scenario, or one that the log says too little of.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The way to it in the scenario.
    pub path: Vec<Step>,
    /// The key as it stands in `[provenance]` and in the tables.
    pub key: String,
    /// What it is, in plain words.
    pub label: String,
    /// Unit of the estimates.
    pub unit: &'static str,
    /// What was estimated.
    pub estimates: Vec<Estimate>,
    /// How.
    pub method: &'static str,
    /// Rows behind it.
    pub rows: Rows,
    /// Rows that it takes.
    pub needed: u64,
    /// What was tested, and what came of it.
    pub test: Option<(&'static str, Goodness)>,
    /// Whether the scenario takes it.
    pub verdict: Verdict,
    /// Quantiles, as the law has them and as the log has them.
    pub pairs: Vec<(f64, f64)>,
    /// What it rests on that the log does not say.
    pub assumption: Option<Assumption>,
}

/// Something that a log does not say, and that an estimate rests on besides the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// What, as a sentence without its end, the same for every input that rests on it.
    pub what: &'static str,
    /// What it does to the number.
    pub effect: String,
}

/// Rows behind an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// So many.
    Of(u64),
    /// All of the practice at this position, which the table of counts shows.
    OfPractice(usize, u64),
    /// All of the log, which the table of counts shows.
    All(u64),
}

impl Rows {
    /// How many.
    #[must_use]
    pub const fn count(self) -> u64 {
        match self {
            Self::Of(count) | Self::OfPractice(_, count) | Self::All(count) => count,
        }
    }
}

/// Whether the scenario takes an input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It does: the value, as TOML.
    Used(String),
    /// Its own value stays, because there are too few rows.
    TooFew,
    /// Its own value stays for this reason.
    Stays(String),
}

/// One number with its error.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// What it is: value, mean, January.
    pub name: String,
    /// The number.
    pub value: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// The 95% interval.
    pub interval: (f64, f64),
}

impl Estimate {
    /// A number above 0, whose interval is as wide by factors to both sides.
    #[must_use]
    pub fn positive(name: &str, value: f64, standard_error: f64) -> Self {
        let factor = libm::exp(REACH * standard_error / value);
        Self {
            name: name.to_owned(),
            value,
            standard_error,
            interval: (value / factor, value * factor),
        }
    }

    /// Any number, whose interval is as wide to both sides.
    #[must_use]
    pub fn plain(name: &str, value: f64, standard_error: f64) -> Self {
        let wide = REACH * standard_error;
        Self {
            name: name.to_owned(),
            value,
            standard_error,
            interval: (value - wide, value + wide),
        }
    }

    /// A share strictly between 0 and 1, whose interval is as wide to both sides in log odds.
    #[must_use]
    pub fn share(name: &str, value: f64, standard_error: f64) -> Self {
        let odds = libm::log(value / (1.0 - value));
        let wide = REACH * standard_error / (value * (1.0 - value));
        let back = |odds: f64| 1.0 / (1.0 + libm::exp(-odds));
        Self {
            name: name.to_owned(),
            value,
            standard_error,
            interval: (back(odds - wide), back(odds + wide)),
        }
    }

    /// The share of `of` who are `such`, as if each were drawn alone.
    #[must_use]
    pub fn share_of(name: &str, such: u64, of: u64) -> Self {
        let share = such as f64 / of as f64;
        let standard_error = (share * (1.0 - share) / of as f64).sqrt();
        Self::share(name, share, standard_error)
    }

    /// A parameter of a law.
    #[must_use]
    pub fn of(parameter: &Parameter) -> Self {
        Self {
            name: parameter.name.to_owned(),
            value: parameter.value,
            standard_error: parameter.standard_error,
            interval: parameter.interval(),
        }
    }

    /// A number of this estimate with as many figures as it deserves: to the second figure of the standard
    /// error. More would say nothing, and would let counts be worked back.
    ///
    /// Worked: 20.1342 with a standard error of 0.8372 is 20.13; 91.37 with 12.2 is 91.
    #[must_use]
    pub fn to_error(&self, value: f64) -> String {
        number(rounded(value, self.standard_error))
    }

    /// The value so.
    #[must_use]
    pub fn shown(&self) -> String {
        self.to_error(self.value)
    }

    /// The standard error with two figures.
    #[must_use]
    pub fn error_shown(&self) -> String {
        self.to_error(self.standard_error)
    }
}

/// A value to the second figure of its standard error, at most six decimals.
fn rounded(value: f64, standard_error: f64) -> f64 {
    let has_error = standard_error > 0.0 && standard_error.is_finite();
    if !has_error {
        return value;
    }
    let figures = 1.0 - libm::log10(standard_error).floor();
    let scale = libm::pow(10.0, figures.clamp(-6.0, 6.0));
    (value * scale).round() / scale
}

/// Estimates as a list in TOML.
#[must_use]
pub fn list(estimates: &[Estimate]) -> String {
    let shown: Vec<String> = estimates.iter().map(Estimate::shown).collect();
    format!("[{}]", shown.join(", "))
}

/// That there are too few rows; never how many, which is rounded and may look like enough.
#[must_use]
pub fn fewer_than(needed: u64) -> String {
    format!("fewer than {} rows", grouped(needed))
}

/// A key below the root: `demand`, `dispersion`.
#[must_use]
pub fn path(table: &str, key: &str) -> Vec<Step> {
    vec![Step::Key(table.to_owned()), Step::Key(key.to_owned())]
}

/// A key of a table of an array.
#[must_use]
pub fn path_at(array: &str, index: usize, key: &str) -> Vec<Step> {
    vec![
        Step::Key(array.to_owned()),
        Step::At(index),
        Step::Key(key.to_owned()),
    ]
}

impl Input {
    /// An input of which nothing is known yet.
    #[must_use]
    pub fn new(path: Vec<Step>, key: &str, label: &str, unit: &'static str) -> Self {
        Self {
            path,
            key: key.to_owned(),
            label: label.to_owned(),
            unit,
            estimates: Vec::new(),
            method: "",
            rows: Rows::Of(0),
            needed: 0,
            test: None,
            verdict: Verdict::TooFew,
            pairs: Vec::new(),
            assumption: None,
        }
    }

    /// With the rows behind it, and how many it takes.
    #[must_use]
    pub fn from_rows(mut self, rows: Rows, needed: u64) -> Self {
        (self.rows, self.needed) = (rows, needed);
        self
    }

    /// How it was estimated.
    #[must_use]
    pub fn by(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    /// With what was estimated; the scenario takes `value` if there are rows enough.
    #[must_use]
    pub fn with(mut self, estimates: Vec<Estimate>, value: String) -> Self {
        let is_finite = estimates
            .iter()
            .all(|it| it.value.is_finite() && it.standard_error.is_finite());
        if self.rows.count() >= self.needed && is_finite && !estimates.is_empty() {
            self.verdict = Verdict::Used(value);
            self.estimates = estimates;
        }
        self
    }

    /// With a single number.
    #[must_use]
    pub fn with_one(self, estimate: Estimate) -> Self {
        let value = estimate.shown();
        self.with(vec![estimate], value)
    }

    /// With a test.
    #[must_use]
    pub fn tested(mut self, what: &'static str, goodness: Option<Goodness>) -> Self {
        self.test = goodness.filter(|_| self.is_used()).map(|it| (what, it));
        self
    }

    /// The scenario's own value stays, whatever the rows.
    #[must_use]
    pub fn stays(mut self, why: &str) -> Self {
        self.verdict = Verdict::Stays(why.to_owned());
        self
    }

    /// Whether the scenario takes it.
    #[must_use]
    pub const fn is_used(&self) -> bool {
        matches!(self.verdict, Verdict::Used(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_as_many_figures_as_they_deserve() {
        for (value, error, shown) in [
            (20.1342, 0.8372, "20.13"),
            (91.37, 12.2, "91"),
            (0.08123, 0.0049, "0.0812"),
            (1234.5, 250.0, "1230"),
            (2.0, 0.0, "2"),
        ] {
            let estimate = Estimate::positive("", value, error);
            assert_eq!(estimate.shown(), shown);
        }
    }

    #[test]
    fn shares_stay_within_0_and_1() {
        let it = Estimate::share_of("", 29, 30);
        assert!(it.interval.0 > 0.7 && it.interval.1 < 1.0, "{it:?}");
        assert!((it.standard_error - 0.0328).abs() < 1e-4);
    }
}
