//! The systems themselves, by what they are about.
//!
//! | file | systems |
//! | --- | --- |
//! | `one_list` | one list before one or several like servers |
//! | `classes` | priorities; people who come back |
//! | `sharing` | who may serve whom |
//! | `open_cases` | cases that stay open, and come back for contacts |
//! | `places` | link workers with a number of caseload places |
//! | `workforce` | pauses; holders who leave and are replaced |
//! | `clinics` | booked clinics |
//!
//! Rates are per day, the day being the unit of time of the files, unless a name says otherwise.

mod classes;
mod clinics;
mod one_list;
mod open_cases;
mod places;
mod sharing;
mod workforce;

use super::System;

/// A shipped scenario of `scenarios/verification/`: its name and its text.
macro_rules! shipped {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../../../scenarios/verification/", $name)),
        )
    };
}
use shipped;

/// Every system, in the order of the table.
#[must_use]
pub fn all() -> Vec<System> {
    let mut systems = one_list::systems();
    systems.extend(classes::systems());
    systems.extend(sharing::systems());
    systems.extend(open_cases::systems());
    systems.extend(places::systems());
    systems.extend(workforce::systems());
    systems.extend(clinics::systems());
    systems
}

/// Key of the rate of referrals.
const RATE: &str = "demand.referrals_per_1000_a_year";

/// Days of the year in a rate.
const DAYS_A_YEAR: f64 = 365.25;

/// The rate of a practice of 1,000 patients who refer `a_day` a day, as the key has it: to a
/// millionth, which is far below what any run can tell.
fn per_year(a_day: f64) -> f64 {
    (a_day * DAYS_A_YEAR * 1e6).round() / 1e6
}
