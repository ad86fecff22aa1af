//! Numbers and comments as they stand in a scenario that people read.

/// A number as it is in a file for people: at most six decimals, none that are zero.
///
/// ```text
/// 0.786666667   becomes   0.786667
/// ```
#[must_use]
pub fn number(value: f64) -> String {
    // An empty sum is -0.
    let text = format!("{:.6}", value + 0.0);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The same, with a decimal place at least.
#[must_use]
pub fn decimal(value: f64) -> String {
    let text = number(value);
    match text.contains('.') {
        true => text,
        false => format!("{text}.0"),
    }
}

/// A number of at most two decimals, with thousands set apart by commas: 2,752.5.
#[must_use]
pub fn grouped_number(value: f64) -> String {
    let text = number((value * 100.0).round() / 100.0);
    let (whole, decimals) = text.split_at(text.find('.').unwrap_or(text.len()));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), grouped);
    whole + decimals
}

/// With thousands set apart by commas.
#[must_use]
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 practice`, `6 practices`.
#[must_use]
pub fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {what}{plural}", grouped(count as u64))
}

/// A count as a word up to ten, in digits above.
#[must_use]
pub fn in_words_to_ten(count: usize) -> String {
    const WORDS: [&str; 11] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    WORDS
        .get(count)
        .map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// Text as lines of comment of at most 100 characters.
#[must_use]
pub fn comment(text: &str) -> String {
    let mut lines = String::new();
    let mut line = String::from("#");
    for word in text.split_whitespace() {
        if line.chars().count() + 1 + word.chars().count() > 100 {
            lines += &line;
            lines.push('\n');
            line = String::from("#");
        }
        line.push(' ');
        line += word;
    }
    lines += &line;
    lines.push('\n');
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_can_be() {
        assert_eq!(number(0.786_666_667), "0.786667");
        assert_eq!(decimal(2.0), "2.0");
        assert_eq!(number(-0.0), "0");
        assert_eq!(grouped(2_087_618), "2,087,618");
        assert_eq!(grouped_number(2_752.504), "2,752.5");
        assert_eq!(in_words_to_ten(11), "11");
    }

    #[test]
    fn comments_are_not_too_wide() {
        let lines = comment(&"word ".repeat(50));
        assert!(
            lines
                .lines()
                .all(|line| line.starts_with("# word") && line.len() <= 100)
        );
        assert_eq!(lines.matches("word").count(), 50);
    }
}
