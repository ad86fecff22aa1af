//! What a terminal shows and a file does not: bold headings, a colour for targets met and missed (beside
//! the word), and plain letters where it has no others.
//!
//! Headings are known by their place: they stand at the left margin above what is indented.

use std::io::IsTerminal;

const BOLD: &str = "\u{1b}[1m";
const GREEN: &str = "\u{1b}[32m";
const RED: &str = "\u{1b}[31m";
const RESET: &str = "\u{1b}[0m";

/// The heading of the section whose verdicts have a colour.
const TARGETS: &str = "Targets";

/// Verdicts that are sure, and their colours.
const VERDICTS: [(&str, &str); 2] = [("met", GREEN), ("missed", RED)];

/// Letters that not every terminal has, and what stands for them there.
const PLAIN: [(char, &str); 14] = [
    ('▁', "_"),
    ('▂', "."),
    ('▃', "-"),
    ('▄', "~"),
    ('▅', "="),
    ('▆', "+"),
    ('▇', "*"),
    ('█', "#"),
    ('£', "GBP "),
    ('…', "..."),
    ('•', "-"),
    ('–', "-"),
    ('−', "-"),
    ('×', "x"),
];

/// Text as this terminal can show it; as it is where stdout is none.
#[must_use]
pub fn legible(text: &str) -> String {
    if std::io::stdout().is_terminal() && !shows_utf8(|name| std::env::var(name).ok()) {
        plain(text)
    } else {
        text.to_owned()
    }
}

/// Whether a terminal with these variables shows UTF-8: what the first of them that is set says of the
/// language. Windows says nothing of it, but its newer terminal does.
fn shows_utf8(variable: impl Fn(&str) -> Option<String>) -> bool {
    let said = |name: &&str| variable(name).filter(|value| !value.is_empty());
    if cfg!(windows) {
        return said(&"WT_SESSION").is_some();
    }
    let language = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(said);
    let language = language.unwrap_or_default().to_uppercase();
    language.contains("UTF-8") || language.contains("UTF8")
}

fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match PLAIN.iter().find(|(it, _)| *it == letter) {
            Some((_, instead)) => plain.push_str(instead),
            None => plain.push(letter),
        }
    }
    plain
}

/// Text with bold headings and coloured verdicts.
#[must_use]
pub fn painted(text: &str) -> String {
    let mut painted = String::with_capacity(text.len() + 256);
    let mut is_of_targets = false;
    let mut lines = text.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        let stands_out = !line.is_empty() && !line.starts_with(' ');
        let is_above = lines.peek().is_some_and(|(_, next)| next.starts_with("  "));
        if stands_out {
            is_of_targets = line == TARGETS;
        }
        if stands_out && (at == 0 || is_above) {
            painted += &format!("{BOLD}{line}{RESET}");
        } else if is_of_targets {
            painted += &verdicts(line);
        } else {
            painted += line;
        }
        painted.push('\n');
    }
    painted
}

/// A row of a table with its sure verdicts in colour: words that end a cell.
fn verdicts(line: &str) -> String {
    let mut painted = String::new();
    let mut rest = line;
    while let Some((at, word, colour)) = next_verdict(rest) {
        let (before, after) = rest.split_at(at);
        painted += &format!("{before}{colour}{word}{RESET}");
        rest = &after[word.len()..];
    }
    painted + rest
}

/// The first sure verdict of a row: after a blank, and before two blanks or the end.
fn next_verdict(line: &str) -> Option<(usize, &'static str, &'static str)> {
    let found = VERDICTS.iter().flat_map(|(word, colour)| {
        let places = line.match_indices(word);
        let is_whole = |at: &usize| {
            let after = &line[at + word.len()..];
            line[..*at].ends_with(' ') && (after.is_empty() || after.starts_with("  "))
        };
        let places = places.map(|(at, _)| at).filter(is_whole);
        places.map(|at| (at, *word, *colour)).collect::<Vec<_>>()
    });
    found.min_by_key(|(at, ..)| *at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_says_whether_there_are_other_letters() {
        let with = |set: &'static [(&str, &str)]| {
            let set = move |name: &str| {
                let found = set.iter().find(|(it, _)| *it == name);
                found.map(|(_, value)| (*value).to_owned())
            };
            shows_utf8(set)
        };
        if cfg!(windows) {
            assert!(with(&[("WT_SESSION", "1")]) && !with(&[("LANG", "en_GB.UTF-8")]));
            return;
        }
        assert!(with(&[("LANG", "en_GB.UTF-8")]));
        assert!(with(&[
            ("LC_ALL", ""),
            ("LC_CTYPE", "C.utf8"),
            ("LANG", "C")
        ]));
        assert!(!with(&[("LC_ALL", "C"), ("LANG", "en_GB.UTF-8")]));
        assert!(!with(&[]));
    }

    #[test]
    fn plain_letters_stand_for_others() {
        assert_eq!(plain("£12 … ▁▄█ • a"), "GBP 12 ... _~# - a");
    }

    #[test]
    fn headings_are_bold_and_sure_verdicts_have_a_colour() {
        let text = "Title\nQuestion?\n\n  It is missed\n\nTargets\n  one   80.0%   met\n  two   missed   met on average\n\
                    \nBe careful\n  - of targets missed\nResults are in x\n";
        let expected = "\u{1b}[1mTitle\u{1b}[0m\nQuestion?\n\n  It is missed\n\n\u{1b}[1mTargets\u{1b}[0m\n  \
                        one   80.0%   \u{1b}[32mmet\u{1b}[0m\n  two   \u{1b}[31mmissed\u{1b}[0m   met on average\n\
                        \n\u{1b}[1mBe careful\u{1b}[0m\n  - of targets missed\nResults are in x\n";
        assert_eq!(painted(text), expected);
    }
}
