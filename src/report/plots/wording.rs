//! How numbers and dates are written in figures.
//!
//! Thousands have separators, percentages no decimals, dates read "Oct 2026". Must not know any
//! figure, nor where text goes.

use jiff::civil::Date;

use super::Band;

/// Names of the months, as axes show them.
const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Scales from which on numbers are written in words, largest first.
const SCALES: [(f64, &str); 3] = [(1e12, "trillion"), (1e9, "billion"), (1e6, "million")];

/// A number: "0.4", "7", "1,234", "2.5 million", "1e20"; "no value" if it is not finite.
///
/// One decimal below 10 and in words, where it is not nought; else none.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    if !size.is_finite() {
        return "no value".to_owned();
    }
    if size >= 1e16 {
        return format!("{value:.0e}");
    }
    if let Some((scale, name)) = SCALES.into_iter().find(|(scale, _)| size >= *scale) {
        return format!("{} {name}", one_decimal(value / scale));
    }
    if size < 9.95 {
        return one_decimal(value);
    }
    separated(value)
}

/// A share (0 to 1) as a percentage without decimals: "37%".
///
/// "<1%" and ">99%" keep what is not nothing from looking like nothing, and what is not
/// everything from looking like everything.
pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.5 {
        "<1%".to_owned()
    } else if (99.5..100.0).contains(&percent) {
        ">99%".to_owned()
    } else {
        format!("{}%", separated(percent))
    }
}

/// A value in a sentence: "mean 312, 8 in 10 runs: 270 to 350", or "312" with a single run.
pub(super) fn sentence(band: Band, replications: usize, write: fn(f64) -> String) -> String {
    let mean = write(band.mean);
    if replications > 1 {
        format!("mean {mean}, 8 in 10 runs: {}", range(band, write))
    } else {
        mean
    }
}

/// The ends of a band: "270 to 350".
pub(super) fn range(band: Band, write: fn(f64) -> String) -> String {
    format!("{} to {}", write(band.p10), write(band.p90))
}

/// A month: "Oct 2026".
pub(super) fn month(date: Date) -> String {
    format!("{} {}", month_name(date), date.year())
}

/// A day: "5 Oct 2026".
pub(super) fn day(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

/// What a mean line and a band are, for a figure's note.
pub(super) fn line_and_band(replications: usize) -> String {
    if replications > 1 {
        let runs = separated(replications as f64);
        format!("Line: mean of {runs} runs. Band: 8 in 10 runs.")
    } else {
        "Line: a single run, so the figure cannot show how much runs differ.".to_owned()
    }
}

fn month_name(date: Date) -> &'static str {
    let index = usize::from(date.month().unsigned_abs()) - 1;
    MONTHS
        .get(index)
        .expect("a date's month is between 1 and 12")
}

/// At most one decimal, none where it would be nought.
fn one_decimal(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0" } else { text }.to_owned()
}

/// A whole number with a comma between thousands.
fn separated(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value <= -0.5 {
        format!("-{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators_and_few_decimals() {
        let cases = [
            (0.0, "0"),
            (-0.01, "0"),
            (0.44, "0.4"),
            (7.0, "7"),
            (9.97, "10"),
            (312.4, "312"),
            (1_234.0, "1,234"),
            (-1_234.0, "-1,234"),
            (999_999.4, "999,999"),
            (2_500_000.0, "2.5 million"),
            (3e12, "3 trillion"),
            (1e20, "1e20"),
        ];
        for (value, expected) in cases {
            assert_eq!(number(value), expected);
        }
    }

    #[test]
    fn percentages_never_round_to_none_or_all() {
        let cases = [
            (0.0, "0%"),
            (0.001, "<1%"),
            (0.374, "37%"),
            (0.996, ">99%"),
            (1.0, "100%"),
        ];
        for (share, expected) in cases {
            assert_eq!(percent(share), expected);
        }
    }

    #[test]
    fn dates_name_their_month() {
        let date = Date::constant(2026, 10, 5);
        assert_eq!(month(date), "Oct 2026");
        assert_eq!(day(date), "5 Oct 2026");
    }
}
