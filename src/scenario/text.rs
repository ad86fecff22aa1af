//! Text of a scenario as it may be shown and as it may be used in names.
//!
//! NHS numbers: ten digits whose last is a check digit modulo 11 (NHS Data Dictionary, "NHS
//! number"). One number in eleven passes by chance, so only names are refused for holding one; what
//! is merely shown has it blotted out.

/// Longest piece of a file that is shown in one message, in characters.
const LONGEST_SHOWN: usize = 100;

/// Text as it may be shown: no control characters, no NHS numbers, not too long.
#[must_use]
pub fn quoted(text: &str) -> String {
    let clean = blotted(text);
    if clean.chars().count() <= LONGEST_SHOWN {
        return clean;
    }
    let shown: String = clean.chars().take(LONGEST_SHOWN).collect();
    // The cut may have made ten digits out of more.
    format!("{}...", blotted(&shown))
}

/// Text without control characters and with NHS numbers blotted out, each character for one.
#[must_use]
pub fn blotted(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().map(harmless).collect();
    for range in nhs_numbers(&characters) {
        for character in &mut characters[range] {
            if character.is_ascii_digit() {
                *character = 'X';
            }
        }
    }
    characters.into_iter().collect()
}

/// Whether something in the text looks like an NHS number.
#[must_use]
pub fn holds_nhs_number(text: &str) -> bool {
    !nhs_numbers(&text.chars().collect::<Vec<_>>()).is_empty()
}

/// Whether a character is a control character or changes how the text around it is shown.
#[must_use]
pub fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}')
}

/// A tab as a blank, anything unprintable as the replacement character.
fn harmless(character: char) -> char {
    match character {
        '\t' => ' ',
        other if is_unprintable(other) => '\u{fffd}',
        other => other,
    }
}

/// Where ten digits, together or as 3-3-4 with blanks or hyphens, end in their check digit.
fn nhs_numbers(characters: &[char]) -> Vec<std::ops::Range<usize>> {
    let is_digit = |index: usize| characters.get(index).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut start = 0;
    while start < characters.len() {
        let begins = is_digit(start) && (start == 0 || !is_digit(start - 1));
        match begins.then(|| ten_digits(&characters[start..])).flatten() {
            Some((digits, length)) if !is_digit(start + length) && has_check_digit(digits) => {
                found.push(start..start + length);
                start += length;
            }
            _ => start += 1,
        }
    }
    found
}

/// The first ten digits and how many characters they take up, if the text begins with ten.
fn ten_digits(characters: &[char]) -> Option<([u32; 10], usize)> {
    let mut digits = [0; 10];
    let mut length = 0;
    for (position, digit) in digits.iter_mut().enumerate() {
        let separates = matches!(characters.get(length), Some(' ' | '-'));
        if separates && (position == 3 || position == 6) {
            length += 1;
        }
        *digit = characters.get(length)?.to_digit(10)?;
        length += 1;
    }
    Some((digits, length))
}

/// Whether the last digit is the check digit of the nine before it.
fn has_check_digit(digits: [u32; 10]) -> bool {
    let weighted: u32 = digits[..9]
        .iter()
        .zip((2..=10).rev())
        .map(|(d, w)| d * w)
        .sum();
    let check = (11 - weighted % 11) % 11;
    check == digits[9]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nhs_numbers_are_recognised_by_their_check_digit() {
        // The example of the NHS Data Dictionary, whole and in its printed form.
        assert!(holds_nhs_number("patient 9434765919"));
        assert!(holds_nhs_number("943 476 5919"));
        assert!(holds_nhs_number("943-476-5919."));
        assert!(!holds_nhs_number("9434765918"));
        assert!(!holds_nhs_number("94347659190"));
        assert!(!holds_nhs_number("F81061, 1 July 2026"));
    }

    #[test]
    fn what_is_shown_is_harmless() {
        assert_eq!(blotted("a 943 476 5919 b\u{7}"), "a XXX XXX XXXX b\u{fffd}");
        assert_eq!(quoted(&"x".repeat(200)).len(), 103);
        let cut = quoted(&format!("{}94347659191", "x".repeat(90)));
        assert!(cut.ends_with("xXXXXXXXXXX..."), "{cut}");
    }
}
