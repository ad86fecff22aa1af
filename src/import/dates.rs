//! Dates as the publications have written them over the years.

use jiff::civil::Date;

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// A day: `2026-07-01`, `01Jul2026`, `1 July 2026`, `01-Jul-2026` or `01/07/2026`; a time of day
/// after it is let go.
#[must_use]
pub fn day(text: &str) -> Option<Date> {
    let text = text
        .split(['T', ' '])
        .next()
        .filter(|it| is_iso(it))
        .unwrap_or(text);
    if is_iso(text) {
        return text.parse().ok();
    }
    let mut parts = pieces(text).into_iter();
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let is_year = year.len() == 4 && parts.next().is_none();
    Date::new(
        year.parse().ok().filter(|_| is_year)?,
        month_number(month)?,
        day.parse().ok()?,
    )
    .ok()
}

/// The last day of a month given as a year and a month, the month as a number or a word.
#[must_use]
pub fn month_end(year: &str, month: &str) -> Option<Date> {
    let year: i16 = year
        .parse()
        .ok()
        .filter(|year| (2000..3000).contains(year))?;
    let first = Date::new(year, month_number(month)?, 1).ok()?;
    Some(first.last_of_month())
}

fn is_iso(text: &str) -> bool {
    text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-'
}

/// The month of a number or of a word that begins as its name does.
fn month_number(text: &str) -> Option<i8> {
    if let Ok(number) = text.parse::<i8>() {
        return Some(number).filter(|number| (1..=12).contains(number));
    }
    let beginning = text.get(..3)?.to_lowercase();
    let position = MONTHS.iter().position(|month| *month == beginning)?;
    i8::try_from(position + 1).ok()
}

/// Runs of digits and runs of letters: `01Jul2026` has three.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    for part in text.split(|it: char| !it.is_ascii_alphanumeric()) {
        let mut start = 0;
        for (at, pair) in part.as_bytes().windows(2).enumerate() {
            if pair[0].is_ascii_digit() != pair[1].is_ascii_digit() {
                pieces.push(&part[start..=at]);
                start = at + 1;
            }
        }
        pieces.push(&part[start..]);
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// A date as people write it: 1 July 2026.
#[must_use]
pub fn in_words(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_style_is_the_same_day() {
        for text in [
            "2026-07-01",
            "01Jul2026",
            "01JUL2026",
            "1 July 2026",
            "01-Jul-2026",
            "01/07/2026",
            "2026-07-01T00:00:00",
            "2026-07-01 00:00",
        ] {
            assert_eq!(day(text), Some(date(2026, 7, 1)), "{text}");
        }
        for text in [
            "",
            "Jul2026",
            "31/02/2026",
            "2026-13-01",
            "01Jul26",
            "07/2026",
            "é",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn a_month_ends_on_its_last_day() {
        assert_eq!(month_end("2026", "6"), Some(date(2026, 6, 30)));
        assert_eq!(month_end("2024", "February"), Some(date(2024, 2, 29)));
        assert_eq!(month_end("2026", "13"), None);
        assert_eq!(month_end("26", "6"), None);
    }
}
