//! Bank holidays of England and Wales: the standing rules, Easter, and every one-off change.

use jiff::SignedDuration;
use jiff::civil::{Date, Weekday};

/// A year in which the bank holidays departed from the rules, by royal proclamation.
struct OneOff {
    year: i16,
    /// The regular day that was moved, as month and day.
    moved: Option<(i8, i8)>,
    /// Where it went, and days that were added.
    added: &'static [(i8, i8)],
}

/// Every departure from 2000 to the coronation, as announced on gov.uk and in the London Gazette.
/// (31 December 1999, for the millennium, lies before.)
const ONE_OFFS: [OneOff; 6] = [
    // Golden Jubilee on Monday 3 June; the spring holiday went to the Tuesday.
    OneOff {
        year: 2002,
        moved: Some((5, 27)),
        added: &[(6, 3), (6, 4)],
    },
    // Wedding of Prince William and Catherine Middleton.
    OneOff {
        year: 2011,
        moved: None,
        added: &[(4, 29)],
    },
    // The spring holiday went to Monday 4 June; Diamond Jubilee on the Tuesday.
    OneOff {
        year: 2012,
        moved: Some((5, 28)),
        added: &[(6, 4), (6, 5)],
    },
    // Early May went to Friday 8 May, 75 years after the end of the war in Europe.
    OneOff {
        year: 2020,
        moved: Some((5, 4)),
        added: &[(5, 8)],
    },
    // The spring holiday went to Thursday 2 June; Platinum Jubilee on the Friday; state funeral of
    // Queen Elizabeth II on Monday 19 September.
    OneOff {
        year: 2022,
        moved: Some((5, 30)),
        added: &[(6, 2), (6, 3), (9, 19)],
    },
    // Coronation of King Charles III.
    OneOff {
        year: 2023,
        moved: None,
        added: &[(5, 8)],
    },
];

/// Bank holidays of England and Wales in a year from 2000 to 2100, in order, each on the weekday
/// on which it is kept: a substitute day stands for a holiday that falls on a weekend.
///
/// The rules are those of the Banking and Financial Dealings Act 1971 with New Year's Day (since
/// 1974) and early May (since 1978). Days that may yet be proclaimed are unknown here and can be
/// given as extra closed days. For other years the same rules are applied without one-off changes,
/// as if they had always held, up to the last date there is (the year 9999); beyond that there are
/// none.
#[must_use]
pub fn bank_holidays(year: i16) -> Vec<Date> {
    let mut days = regular_holidays(year).unwrap_or_default();
    if let Some(one_off) = ONE_OFFS.iter().find(|one_off| one_off.year == year) {
        days.retain(|date| Some((date.month(), date.day())) != one_off.moved);
        let added = one_off.added.iter();
        days.extend(added.filter_map(|&(month, day)| Date::new(year, month, day).ok()));
    }
    days.sort_unstable();
    days
}

/// The eight holidays that every year has; `None` for a year that has no dates.
fn regular_holidays(year: i16) -> Option<Vec<Date>> {
    let date = |month, day| Date::new(year, month, day).ok();
    let easter = easter_sunday(year)?;
    let new_year = weekday_from(date(1, 1)?)?;
    let early_may = date(5, 1)?.nth_weekday_of_month(1, Weekday::Monday).ok()?;
    let spring = date(5, 1)?.nth_weekday_of_month(-1, Weekday::Monday).ok()?;
    let summer = date(8, 1)?.nth_weekday_of_month(-1, Weekday::Monday).ok()?;
    // Christmas Day and Boxing Day with their substitutes are always the first two weekdays from
    // 25 December: Saturday and Sunday give Monday and Tuesday; Sunday and Monday give Monday
    // (Boxing Day) and Tuesday; Friday and Saturday give Friday and Monday.
    let christmas = weekday_from(date(12, 25)?)?;
    let boxing = weekday_from(christmas.tomorrow().ok()?)?;
    let good_friday = date_before(easter, 2)?;
    let easter_monday = easter.tomorrow().ok()?;
    Some(vec![
        new_year,
        good_friday,
        easter_monday,
        early_may,
        spring,
        summer,
        christmas,
        boxing,
    ])
}

/// The date `days` before `date`.
fn date_before(date: Date, days: i64) -> Option<Date> {
    date.checked_sub(SignedDuration::from_hours(24 * days)).ok()
}

/// The first Monday to Friday on or after `date`.
fn weekday_from(date: Date) -> Option<Date> {
    match date.weekday() {
        Weekday::Saturday | Weekday::Sunday => date.nth_weekday(1, Weekday::Monday).ok(),
        _ => Some(date),
    }
}

/// Easter Sunday in the Gregorian calendar.
///
/// The anonymous algorithm of *Nature* (1876), as in Meeus, *Astronomical Algorithms* (1991),
/// chapter 8, whose letters are kept: it has no exceptions, and checking it against the page is
/// easier with them.
pub(super) fn easter_sunday(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let a = year_number.rem_euclid(19);
    let b = year_number.div_euclid(100);
    let c = year_number.rem_euclid(100);
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    Date::new(year, (n / 31) as i8, (n % 31 + 1) as i8).ok()
}
