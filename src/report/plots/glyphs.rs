//! Text as letters with widths: measuring, wrapping, shortening and escaping.
//!
//! Widths are those of the embedded font, by plotters' own font reader. Must not know where text
//! goes.

use std::sync::Once;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use super::style::{EMBEDDED, Weight};

/// The font size at which text is measured; whole pixels then are a thousandth of a letter.
const MEASURED_AT: f64 = 1_000.0;
/// The font reader's size is the height from the lowest to the highest point of a line, which in
/// DejaVu Sans is (1,901 + 483) of 2,048 units an em (its `hhea` table).
const HEIGHT_PER_EM: f64 = 2_384.0 / 2_048.0;

/// Width of `text` at font size `size`, in the unit of `size`.
pub(super) fn width(text: &str, size: f64, weight: Weight) -> f64 {
    register_embedded();
    let style = match weight {
        Weight::Regular => FontStyle::Normal,
        Weight::Bold => FontStyle::Bold,
    };
    let font = FontDesc::new(
        FontFamily::Name(EMBEDDED),
        MEASURED_AT * HEIGHT_PER_EM,
        style,
    );
    let (measured, _) = font
        .box_size(text)
        .expect("the embedded font is registered before it is used");
    f64::from(measured) / MEASURED_AT * size
}

/// Tells plotters about the embedded font, once a process.
fn register_embedded() {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        for (style, bytes) in [
            (FontStyle::Normal, dejavu::sans::regular()),
            (FontStyle::Bold, dejavu::sans::bold()),
        ] {
            register_font(EMBEDDED, style, bytes)
                .ok()
                .expect("the embedded font is a font");
        }
    });
}

/// `text` in at most `most` lines no wider than `limit`; what does not fit ends in an ellipsis.
pub(super) fn wrap(text: &str, size: f64, weight: Weight, limit: f64, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let full = lines.len() == most;
        match lines.last_mut() {
            Some(line) if full || fits(&format!("{line} {word}"), size, weight, limit) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    let shortened = lines.iter().map(|line| shorten(line, size, weight, limit));
    shortened.collect()
}

/// Like [`wrap`], with lines of nearly the same length instead of a last word on its own.
pub(super) fn balance(
    text: &str,
    size: f64,
    weight: Weight,
    limit: f64,
    most: usize,
) -> Vec<String> {
    let widest = wrap(text, size, weight, limit, most);
    let narrower = (1..=20).map(|step| limit * (1.0 - 0.02 * f64::from(step)));
    let same = narrower
        .map(|limit| wrap(text, size, weight, limit, most))
        .take_while(|lines| lines.len() == widest.len() && lines.join(" ") == widest.join(" "));
    let balanced = if widest.len() > 1 { same.last() } else { None };
    balanced.unwrap_or(widest)
}

/// `text` no wider than `limit`: whole, or cut and ended with an ellipsis, never inside a number
/// unless it begins with that.
pub(super) fn shorten(text: &str, size: f64, weight: Weight, limit: f64) -> String {
    // No letter is narrower than a fifth of its size; this bounds the search below.
    let most = (limit / size * 5.0) as usize + 2;
    if text.chars().take(most).count() < most && fits(text, size, weight, limit) {
        return text.to_owned();
    }
    let letters: Vec<char> = text.chars().take(most).collect();
    let cut = |kept: usize| {
        let head: String = letters[..kept].iter().collect();
        format!(
            "{}…",
            head.trim_end_matches(|it: char| it.is_whitespace() || it == '£')
        )
    };
    let mut fitting = (0..letters.len())
        .rev()
        .filter(|kept| fits(&cut(*kept), size, weight, limit));
    let widest = fitting.next();
    let best = widest
        .into_iter()
        .chain(fitting)
        .find(|kept| !is_inside_number(&letters, *kept));
    match best.filter(|kept| *kept > 0).or(widest) {
        Some(kept) => cut(kept),
        None => String::new(),
    }
}

/// Whether a cut before the letter `at` would leave a part of a number, which looks like another.
fn is_inside_number(letters: &[char], at: usize) -> bool {
    let is_of_number = |letter: &char| letter.is_ascii_digit() || matches!(letter, ',' | '.');
    let before = at.checked_sub(1).and_then(|at| letters.get(at));
    let after = letters
        .get(at)
        .is_some_and(|it| is_of_number(it) || *it == '%');
    let digits = letters[..at].iter().rev().take_while(|it| is_of_number(it));
    after && before.is_some_and(is_of_number) && digits.into_iter().any(char::is_ascii_digit)
}

/// `text` no wider than `limit`: whole, or with an ellipsis in its middle, so that names that differ at
/// their ends still do.
pub(super) fn shorten_inside(text: &str, size: f64, weight: Weight, limit: f64) -> String {
    let letters: Vec<char> = text.chars().collect();
    let whole = shorten(text, size, weight, limit);
    if whole == text {
        return whole;
    }
    let cut = |kept: usize| {
        let tail: String = letters[letters.len() - kept / 2..].iter().collect();
        let head: String = letters[..kept - kept / 2].iter().collect();
        format!("{}…{}", head.trim_end(), tail.trim_start())
    };
    let kept = whole.chars().count().min(letters.len());
    let found = (1..=kept)
        .rev()
        .map(cut)
        .find(|it| fits(it, size, weight, limit));
    found.unwrap_or(whole)
}

pub(super) fn fits(text: &str, size: f64, weight: Weight, limit: f64) -> bool {
    width(text, size, weight) <= limit
}

/// `text` as XML content or attribute value. White space becomes a space; characters that XML
/// 1.0 cannot hold become U+FFFD.
pub(in crate::report) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_to_the_limit_and_lose_no_word() {
        let text = "Most people referred to the link worker are never contacted at all";
        let lines = wrap(text, 14.0, Weight::Regular, 150.0, 20);
        assert!(lines.len() > 2);
        assert_eq!(lines.join(" "), text);
        for line in lines {
            assert!(fits(&line, 14.0, Weight::Regular, 150.0), "{line}");
        }
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        let lines = wrap(&"word ".repeat(50), 14.0, Weight::Bold, 150.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().skip(1).all(|line| line.ends_with('…')));
        let long = shorten(&"m".repeat(10_000), 14.0, Weight::Bold, 100.0);
        assert!(long.ends_with('…') && fits(&long, 14.0, Weight::Bold, 100.0));
        assert_eq!(shorten("short", 14.0, Weight::Bold, 100.0), "short");
        let money = "brings more people a year, for £2,137 each";
        let room = width("brings more people a year, for £2,1…", 14.0, Weight::Bold);
        assert_eq!(
            shorten(money, 14.0, Weight::Bold, room),
            "brings more people a year, for…"
        );
        let digits = shorten(&"7".repeat(99), 14.0, Weight::Bold, 100.0);
        assert!(digits.starts_with("77"), "{digits}");
        let [one, other] = ["17", "18"].map(|number| {
            let name = format!("Practice of Saint Somebody the Elder number {number}");
            shorten_inside(&name, 12.0, Weight::Regular, 150.0)
        });
        assert!(
            one.ends_with("17") && other.ends_with("18"),
            "{one} {other}"
        );
        assert!(fits(&one, 12.0, Weight::Regular, 150.0) && one.contains('…'));
        assert_eq!(shorten_inside("Elm", 12.0, Weight::Regular, 150.0), "Elm");
    }

    #[test]
    fn markup_is_text() {
        assert_eq!(
            escape("A & B <i> \"x\" 'y'\u{1}\n"),
            "A &amp; B &lt;i&gt; &quot;x&quot; &#39;y&#39;\u{fffd} "
        );
    }
}
