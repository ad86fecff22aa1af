//! What the scenario says already, as far as the fits need it.

use crate::model::calendar::Calendar;
use jiff::civil::Date;

/// What the scenario says.
#[derive(Clone, Debug)]
pub struct Current<'a> {
    /// Which days are working days.
    pub calendar: &'a Calendar,
    /// First day of the results collection period, from which growth is counted.
    pub start: Date,
    /// Its practices, in order.
    pub practices: Vec<PracticeNow>,
    /// Its case types, in order; none where one word stands for them.
    pub case_types: Vec<TypeNow>,
    /// Its sources, in order; none where there is one alone.
    pub sources: Vec<String>,
    /// Factors of months and of Monday to Friday; `None` where it has a sinusoid.
    pub factors: Option<([f64; 12], [f64; 5])>,
    /// Growth a year.
    pub growth: f64,
    /// Variance over mean of monthly counts.
    pub dispersion: f64,
    /// Calls made until a referral is closed as not reached.
    pub attempts: u32,
    /// Whether completed cases are referred again on top of the rate.
    pub refers_again: bool,
}

/// A practice of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct PracticeNow {
    /// Its name.
    pub name: String,
    /// Its ODS code.
    pub code: Option<String>,
    /// Registered patients.
    pub list_size: f64,
}

/// A case type of the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeNow {
    /// Its name.
    pub name: String,
    /// Contacts on average.
    pub contacts: f64,
    /// Share of booked contacts that are missed, on average.
    pub missed_share: f64,
    /// Whether the share missed depends on how long ahead a contact was booked.
    pub missed_by_lead: bool,
}
