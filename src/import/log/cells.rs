//! Dates and counts as they stand in cells.

use crate::import::dates;
use jiff::civil::Date;

/// The first and the last year that a log may be of.
const YEARS: std::ops::RangeInclusive<i16> = 2000..=2100;
/// Contacts, calls or missed contacts of one referral at most.
const MOST: u32 = 1_000;

/// Why a cell is no date.
pub const NO_DATE: &str =
    "is no date: day/month/year with four figures for the year, or year-month-day";
const SERIAL: &str =
    "is a number in place of a date: give the column a date format before saving as CSV";
const NO_COUNT: &str = "is no whole number from 0 to 1,000";

/// A date, with or without a time of day after it; `None` for an empty cell.
///
/// # Errors
/// Why it is none.
pub fn date(text: &str) -> Result<Option<Date>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.parse::<f64>().is_ok() {
        return Err(SERIAL);
    }
    let date = dates::day(without_time(text)).ok_or(NO_DATE)?;
    match YEARS.contains(&date.year()) {
        true => Ok(Some(date)),
        false => Err("is a date before 2000 or after 2100"),
    }
}

/// Without a time of day: `03/04/2025 14:30:00`, `3 Apr 2025 2:30 pm`, `2025-04-03T14:30Z`.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else {
        return text;
    };
    let before = text[..colon].trim_end_matches(|it: char| it.is_ascii_digit());
    before.trim_end_matches(['T', ' ', ','])
}

/// A whole number; `None` for an empty cell.
///
/// # Errors
/// Why it is none.
pub fn count(text: &str) -> Result<Option<u32>, &'static str> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let number = whole.parse::<u32>().ok().filter(|it| *it <= MOST);
    number.map(Some).ok_or(NO_COUNT)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_and_programs_write_them() {
        let wanted = Ok(Some(jiff::civil::date(2025, 4, 3)));
        for text in [
            "03/04/2025",
            "3/4/2025",
            "2025-04-03",
            "03/04/2025 14:30",
            "03/04/2025 14:30:00",
            "2025-04-03T09:05:00Z",
            "2025-04-03 09:05",
            "3 Apr 2025, 2:30 pm",
            "03-Apr-2025",
            " 03.04.2025 ",
        ] {
            assert_eq!(date(text), wanted, "{text}");
        }
        assert_eq!(date("  "), Ok(None));
        for text in [
            "04/25/2025",
            "03/04/25",
            "soon",
            "31/02/2025",
            "45750",
            "03/04/1925",
        ] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn counts_are_whole() {
        assert_eq!(count("7"), Ok(Some(7)));
        assert_eq!(count("7.0"), Ok(Some(7)));
        assert_eq!(count(""), Ok(None));
        for text in ["-1", "1.5", "many", "1001"] {
            assert!(count(text).is_err(), "{text}");
        }
    }
}
