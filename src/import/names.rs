//! Names out of files in capitals, as people write them, and safe to write anywhere.
//!
//! The rules are about what stands in the lists of July 2026 (6,139 practices, 1,298 PCNs): initials
//! and abbreviations stay in capitals, small words in the middle do not get one. A name is never
//! used to find anything, so that a wrong guess is a matter of looks.

use crate::scenario::file::writing::{LONGEST_NAME, fault_of_name, is_unprintable};

/// Words without a capital in the middle of a name.
const SMALL: [&str; 17] = [
    "and", "at", "by", "cum", "de", "en", "for", "in", "le", "of", "on", "or", "super", "the",
    "to", "upon", "with",
];
/// Words that stay in capitals although they could be spoken.
const CAPITALS: [&str; 28] = [
    "AWC", "HIP", "PCN", "NHS", "GP", "CIC", "PMS", "GMS", "APMS", "LLP", "UK", "II", "III", "IV",
    "ABC", "ACF", "AIC", "ARC", "APL", "IMP", "NEL", "SEOXHA", "HOSMS", "IW", "SE", "SW", "NE",
    "NW",
];
/// Words that are written in their own way.
const OWN_WAY: [(&str, &str); 9] = [
    ("GPS", "GPs"),
    ("PCNS", "PCNs"),
    ("LTD", "Ltd"),
    ("DR", "Dr"),
    ("DRS", "Drs"),
    ("MR", "Mr"),
    ("MRS", "Mrs"),
    ("ST", "St"),
    ("CTR", "Ctr"),
];
/// Abbreviations without a vowel that are spoken as words.
const WORDS: [&str; 20] = [
    "RD", "GT", "LT", "HTH", "FLT", "PK", "SQ", "GRP", "TCE", "MT", "SURG", "HLTH", "PTNR",
    "PTNRS", "CNTR", "CNT", "CTRS", "PRT", "GRV", "DRV",
];
/// Words of two letters; any other two are somebody's initials.
const OF_TWO_LETTERS: [&str; 14] = [
    "AL", "EL", "LA", "DI", "MY", "GO", "UP", "ME", "WE", "BE", "NO", "SO", "OX", "JO",
];

/// Longest name, in characters: titles are longer by what follows the name.
const LONGEST: usize = LONGEST_NAME - 80;

/// A name in the case that people use: `THE SURGERY @ AYLESTONE` becomes `The Surgery @ Aylestone`.
/// A name that has small letters already is left as it is.
#[must_use]
pub fn in_proper_case(name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.chars().any(char::is_lowercase) {
        return name;
    }
    let mut after_doctor = false;
    let mut proper = String::with_capacity(name.len());
    for word in pieces(&name) {
        let is_first =
            proper.is_empty() || proper.ends_with(['(', ':', '@']) || proper.ends_with(" - ");
        proper.push_str(&word_in_case(word, is_first, after_doctor));
        after_doctor |= matches!(word, "DR" | "DRS");
    }
    proper
}

/// Words and what stands between them, in turn.
fn pieces(name: &str) -> Vec<&str> {
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '\'' | '’' | '+');
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, character) in name.char_indices() {
        let is_word = is_part(character);
        if last.is_some_and(|last| last != is_word) {
            pieces.push(&name[start..at]);
            start = at;
        }
        last = Some(is_word);
    }
    pieces.push(&name[start..]);
    pieces
}

fn word_in_case(word: &str, is_first: bool, after_doctor: bool) -> String {
    let bare = word.trim_matches(['\'', '’']);
    let letters = bare.chars().filter(|it| it.is_alphabetic()).count();
    let small = bare.to_lowercase();
    if let Some((_, own)) = OWN_WAY.iter().find(|(capitals, _)| *capitals == bare) {
        return word.replace(bare, own);
    }
    if !is_first && SMALL.contains(&small.as_str()) && !(after_doctor && bare.len() == 2) {
        return word.to_lowercase();
    }
    let has_digit = bare.chars().any(|it| it.is_ascii_digit());
    if has_digit && bare.chars().next().is_some_and(|it| it.is_ascii_digit()) && letters == 2 {
        return word.to_lowercase();
    }
    let is_spoken = bare.chars().any(|it| "AEIOUY".contains(it)) || WORDS.contains(&bare);
    let are_initials = letters == 2 && !OF_TWO_LETTERS.contains(&bare) && !WORDS.contains(&bare);
    let is_short = has_digit || letters <= 1 || (letters <= 5 && !is_spoken) || are_initials;
    if is_short || CAPITALS.contains(&bare) {
        return word.to_owned();
    }
    capitalised(word)
}

/// A capital at the beginning, after `O'` and after `Mc`, small letters elsewhere.
fn capitalised(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let is_scottish = word.starts_with("MC") && letters.len() > 4;
    let mut proper = String::with_capacity(word.len());
    for (at, letter) in letters.iter().enumerate() {
        let after_prefix = at == 2
            && letters.len() > 4
            && matches!(letters[1], '\'' | '’')
            && matches!(letters[0], 'O' | 'D');
        let begins = !letters[..at].iter().any(|it| it.is_alphabetic());
        if begins || after_prefix || (is_scottish && at == 2) {
            proper.push(*letter);
        } else {
            proper.extend(letter.to_lowercase());
        }
    }
    proper
}

/// A name that a scenario may hold, or why the code has to stand in its place.
///
/// # Errors
/// What is wrong with the name, in words that follow it.
pub fn safe(name: &str) -> Result<String, &'static str> {
    let proper = in_proper_case(name);
    match fault_of_name(&proper) {
        Some(what) => Err(what),
        None if proper.chars().count() > LONGEST => Err("is too long"),
        None => Ok(proper),
    }
}

/// Whether text is a code that may stand in file names: letters and digits, 1 to 12.
#[must_use]
pub fn is_code(text: &str) -> bool {
    (1..=12).contains(&text.len()) && text.bytes().all(|it| it.is_ascii_alphanumeric())
}

/// Text for a column of words: nothing unprintable, nothing that a spreadsheet would calculate, not
/// too long.
#[must_use]
pub fn for_table(text: &str) -> String {
    let clean: String = text
        .trim_start_matches(['=', '+', '-', '@', ' '])
        .chars()
        .filter(|it| !is_unprintable(*it))
        .take(LONGEST_NAME)
        .collect();
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_people_write_them() {
        for (capitals, proper) in [
            ("RAYLEIGH AND DISTRICT PCN", "Rayleigh and District PCN"),
            ("CONNER & PARTNERS", "Conner & Partners"),
            ("THE SURGERY @ AYLESTONE", "The Surgery @ Aylestone"),
            ("KES@NORTHGATE", "Kes@Northgate"),
            ("BD4+ PCN", "BD4+ PCN"),
            ("CITY - OX3+ PCN", "City - OX3+ PCN"),
            ("BRENT SOUTH KWH PCN", "Brent South KWH PCN"),
            ("ST JOHN'S MEDICAL CENTRE", "St John's Medical Centre"),
            ("DR O'BRIEN & PARTNERS", "Dr O'Brien & Partners"),
            ("DR JA SMITH", "Dr JA Smith"),
            ("STOCKTON-ON-TEES", "Stockton-on-Tees"),
            (
                "THE OLD SURGERY (DR MCCARTHY)",
                "The Old Surgery (Dr McCarthy)",
            ),
            ("4TH AVENUE", "4th Avenue"),
            ("ST. MARY'S MED.CTR.", "St. Mary's Med.Ctr."),
            ("AL-SHAFA (IP JONES)", "Al-Shafa (IP Jones)"),
            ("HARINGEY - NORTH EAST PCN", "Haringey - North East PCN"),
            ("HIGH ROAD GPS", "High Road GPs"),
            (
                "Leicester City and University PCN",
                "Leicester City and University PCN",
            ),
        ] {
            assert_eq!(in_proper_case(capitals), proper);
        }
    }

    #[test]
    fn a_name_that_a_spreadsheet_would_calculate_is_refused() {
        assert!(safe("=1+1").is_err());
        assert!(safe("@ THE SURGERY").is_err());
        assert!(safe("").is_err());
        assert_eq!(safe("  ELM  SURGERY "), Ok("Elm Surgery".to_owned()));
        assert_eq!(for_table("=HYPERLINK"), "HYPERLINK");
    }
}
