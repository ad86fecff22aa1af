//! Numbers as people and programs read them.

/// For files: at most nine significant digits, in the shortest form; programs read it back.
#[must_use]
pub fn for_file(value: f64) -> String {
    if value.abs() < 1e-300 {
        return "0".to_owned();
    }
    // Most values are counts, and those of at most nine digits need no rounding.
    if value.abs() < 1e9 && value.fract().abs() <= 0.0 {
        return (value as i64).to_string();
    }
    let digits = 8 - value.abs().log10().floor() as i32;
    if !(-290..=290).contains(&digits) {
        return format!("{value}");
    }
    // Decimal text rounds correctly where multiplying by a power of ten would not.
    let text = format!("{value:.*}", digits.max(0) as usize);
    match text.parse::<f64>() {
        Ok(rounded) => format!("{rounded}"),
        Err(_) => text,
    }
}

/// An optional number for files: empty where there is none.
#[must_use]
pub fn optional_for_file(value: Option<f64>) -> String {
    value.map(for_file).unwrap_or_default()
}

/// With thousands separated by commas and this many decimals.
#[must_use]
pub fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let is_zero = !text.contains(|c: char| ('1'..='9').contains(&c));
    let sign = if value < 0.0 && !is_zero { "-" } else { "" };
    format!("{sign}{grouped}{fraction}")
}

/// About three significant digits: 0.04, 3.27, 45.1, 80, 812, 1,034.
#[must_use]
pub fn readable(value: f64) -> String {
    let is_whole = (value - value.round()).abs() < 1e-9;
    let decimals = match value.abs() {
        size if size >= 99.95 || is_whole => 0,
        size if size >= 9.995 => 1,
        _ => 2,
    };
    grouped(value, decimals)
}

/// A share as a percentage: whole per cent, with one decimal below 10% and above 99% where it
/// matters, and never 0% or 100% for what is not exactly that.
#[must_use]
pub fn percent(share: f64) -> String {
    let percent = share * 100.0;
    let text = if (10.0..=99.0).contains(&percent) {
        format!("{percent:.0}")
    } else {
        let text = format!("{percent:.1}");
        text.strip_suffix(".0").unwrap_or(&text).to_owned()
    };
    match text.as_str() {
        "0" if share > 0.0 => "<0.1%".to_owned(),
        "100" if share < 1.0 => ">99.9%".to_owned(),
        _ => format!("{text}%"),
    }
}

/// A number of things in words: "1 replication", "200 replications".
#[must_use]
pub fn counted(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(number as f64, 0))
}

/// A share as a percentage with one decimal, for tables and the ends of intervals.
#[must_use]
pub fn percent_to_a_decimal(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_get_nine_digits_and_no_noise() {
        assert_eq!(for_file(0.1 + 0.2), "0.3");
        assert_eq!(for_file(1_234_567.891_234_5), "1234567.89");
        assert_eq!(for_file(-2.0), "-2");
        assert_eq!(for_file(0.0), "0");
        assert_eq!(for_file(-0.0), "0");
        assert_eq!(for_file(1.5e-9), "0.0000000015");
        assert_eq!(for_file(999_999_999.0), "999999999");
        assert_eq!(for_file(-1_234_567_891.0), "-1234567891");
    }

    #[test]
    fn people_get_separators_and_few_digits() {
        assert_eq!(grouped(1_234_567.0, 0), "1,234,567");
        assert_eq!(grouped(-0.04, 1), "0.0");
        assert_eq!(readable(1_034.4), "1,034");
        assert_eq!(readable(45.123), "45.1");
        assert_eq!(readable(80.0), "80");
        assert_eq!(readable(3.271), "3.27");
    }

    #[test]
    fn a_small_share_is_not_called_none() {
        assert_eq!(percent(0.0), "0%");
        assert_eq!(percent(0.0001), "<0.1%");
        assert_eq!(percent(0.9999), ">99.9%");
        assert_eq!(percent(0.372), "37%");
        assert_eq!(percent(0.047), "4.7%");
        assert_eq!(percent(1.0), "100%");
    }
}
