//! Little's law, L = lambda W (Little 1961): mean number present = arrival rate x mean time each.
//!
//! True of any stable system, whatever its order of service and distributions, so a check of every
//! replication. The unit of time of rates and times must be the same: weeks here, because caseloads
//! are spoken of in weeks.

/// Weeks in a mean Gregorian year of 365.2425 days, which the published worked numbers use. (The
/// model's own year of 365.25 days gives 0.002% fewer people for the same yearly rate.)
pub const WEEKS_PER_GREGORIAN_YEAR: f64 = 365.2425 / 7.0;

/// Mean number present: `rate_per_week` x `weeks_each`.
///
/// Worked: 225 cases a year of 12 weeks each are 51.746442 open cases.
#[must_use]
pub fn number_present(rate_per_week: f64, weeks_each: f64) -> f64 {
    rate_per_week * weeks_each
}

/// Mean weeks that each stays: `number` / `rate_per_week`; `None` unless the rate is positive.
#[must_use]
pub fn time_present(number: f64, rate_per_week: f64) -> Option<f64> {
    (rate_per_week > 0.0).then(|| number / rate_per_week)
}

/// Rate a week at which `number` present who stay `weeks_each` come and go; `None` unless the time
/// is positive.
///
/// Worked: 30 places and cases of 10 weeks allow at most 3 new cases a week.
#[must_use]
pub fn rate(number: f64, weeks_each: f64) -> Option<f64> {
    (weeks_each > 0.0).then(|| number / weeks_each)
}

#[cfg(test)]
mod tests {
    use super::super::targets::assert_six_digits;
    use super::*;

    #[test]
    fn caseloads_match_c9() {
        for (a_year, weeks, target) in [
            (200.0, 12.0, 45.996_838),
            (225.0, 12.0, 51.746_442),
            (250.0, 12.0, 57.496_047),
            (225.0, 6.0, 25.873_221),
            (225.0, 16.0, 68.995_257),
        ] {
            let rate_per_week = a_year / WEEKS_PER_GREGORIAN_YEAR;
            let number = number_present(rate_per_week, weeks);
            assert_six_digits(number, target);
            assert_six_digits(time_present(number, rate_per_week).expect("a rate"), weeks);
            assert_six_digits(rate(number, weeks).expect("a time"), rate_per_week);
        }
    }

    #[test]
    fn nothing_coming_or_no_time_leaves_the_other_unknown() {
        assert_eq!(time_present(3.0, 0.0), None);
        assert_eq!(rate(3.0, 0.0), None);
        assert_eq!(rate(3.0, f64::NAN), None);
    }
}
