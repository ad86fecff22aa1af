//! Names in scripts that run from right to left, set apart so that the numbers beside them stay
//! where they were written.
//!
//! Browsers order a line by its letters: "89.6%" beside a name in Arabic would else be moved to its
//! other side. Must not know what the text says, nor how it is marked up.

/// Whether a letter runs from right to left: Hebrew, Arabic and their neighbours.
const fn runs_left(letter: char) -> bool {
    matches!(
        letter,
        '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{fefc}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

/// Whether a letter between two words of a name belongs to the name.
fn joins(letter: char) -> bool {
    letter.is_whitespace() || letter.is_ascii_digit() || "-'\u{2019}".contains(letter)
}

/// `text` in parts, each with whether it is a name that runs from right to left; one part where
/// nothing does.
pub(in crate::report) fn parts(text: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(runs_left) {
        let (before, from) = rest.split_at(start);
        let (name, after) = from.split_at(end_of_name(from));
        parts.extend([(false, before), (true, name)]);
        rest = after;
    }
    parts.push((false, rest));
    parts.retain(|(_, part)| !part.is_empty());
    parts
}

/// Where the name that `text` begins with ends: after its last letter that runs from right to left.
fn end_of_name(text: &str) -> usize {
    let name = text
        .char_indices()
        .take_while(|(_, letter)| runs_left(*letter) || joins(*letter));
    let letters = name.filter(|(_, letter)| runs_left(*letter));
    letters
        .last()
        .map_or(0, |(at, letter)| at + letter.len_utf8())
}

/// `text` with an isolate of Unicode around each such name, for places that take no markup.
pub(in crate::report) fn isolated(text: &str) -> String {
    let parts = parts(text)
        .into_iter()
        .map(|(is_name, part)| match is_name {
            true => format!("\u{2068}{part}\u{2069}"),
            false => part.to_owned(),
        });
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_set_apart_from_the_numbers_beside_them() {
        assert_eq!(
            parts("From \"A\" to \"خيار 2 آخر\": 10,000 more"),
            [
                (false, "From \"A\" to \""),
                (true, "خيار 2 آخر"),
                (false, "\": 10,000 more")
            ]
        );
        assert_eq!(
            isolated("שלום, 2; עולם 3"),
            "\u{2068}שלום\u{2069}, 2; \u{2068}עולם\u{2069} 3"
        );
        for plain in ["", "Étoile 12", "日本語診療所"] {
            assert_eq!(isolated(plain), plain);
        }
    }
}
