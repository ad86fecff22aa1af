//! HTML being written: tags, and text that is always escaped.
//!
//! The page is written as XML would have it (every element closed, every attribute quoted), so that a
//! small checker can say whether it is well formed. Must not know what the page says.

use crate::report::plots::{escape, parts_by_direction};
use std::fmt::Write as _;

/// HTML in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Markup {
    text: String,
}

/// An attribute and its value, which is escaped.
pub(super) type Attribute<'a> = (&'a str, &'a str);

impl Markup {
    /// Opens an element.
    pub(super) fn open(&mut self, name: &str, attributes: &[Attribute]) {
        self.tag(name, attributes, ">");
    }

    /// Closes an element.
    pub(super) fn close(&mut self, name: &str) {
        let _ = writeln!(self.text, "</{name}>");
    }

    /// An element that holds nothing.
    pub(super) fn void(&mut self, name: &str, attributes: &[Attribute]) {
        self.tag(name, attributes, "/>");
    }

    /// An element that holds text.
    pub(super) fn with_text(&mut self, name: &str, attributes: &[Attribute], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close(name);
    }

    /// Text; names that run from right to left are set apart from what is beside them.
    pub(super) fn text(&mut self, text: &str) {
        for (is_name, part) in parts_by_direction(text) {
            match is_name {
                true => self.inline("bdi", &[], part),
                false => self.text += &escape(part),
            }
        }
    }

    /// The words of a cell of a table. None is broken but one that no column is wide enough for.
    pub(super) fn words(&mut self, text: &str) {
        for (is_name, part) in parts_by_direction(text) {
            if is_name {
                self.inline("bdi", &[], part);
                continue;
            }
            for word in part.split_inclusive(char::is_whitespace) {
                let (word, space) = word.split_at(word.trim_end().len());
                match how_broken(word) {
                    Some(class) => self.inline("span", &[("class", class)], word),
                    None => self.text += &escape(word),
                }
                self.text += &escape(space);
            }
        }
    }

    /// A cell of a table with words in it.
    pub(super) fn with_words(&mut self, name: &str, attributes: &[Attribute], text: &str) {
        self.open(name, attributes);
        self.words(text);
        self.close(name);
    }

    /// Text in an element within a line.
    fn inline(&mut self, name: &str, attributes: &[Attribute], text: &str) {
        self.open(name, attributes);
        self.text += &escape(text);
        let _ = write!(self.text, "</{name}>");
    }

    /// Markup that was made elsewhere and is right.
    pub(super) fn raw(&mut self, markup: &str) {
        self.text += markup;
    }

    /// Text in which what stands between backticks is what is typed.
    pub(super) fn prose(&mut self, text: &str) {
        let parts: Vec<&str> = text.split('`').collect();
        if parts.len().is_multiple_of(2) {
            return self.text(text);
        }
        for (at, part) in parts.into_iter().enumerate() {
            match at % 2 {
                0 => self.text(part),
                _ => {
                    self.open("code", &[]);
                    self.text(part);
                    self.raw("</code>");
                }
            }
        }
    }

    /// A paragraph, or another element of prose.
    pub(super) fn with_prose(&mut self, name: &str, attributes: &[Attribute], text: &str) {
        self.open(name, attributes);
        self.prose(text);
        self.close(name);
    }

    /// Text of keys and paths, which may be broken after a dot or an underscore.
    pub(super) fn key(&mut self, text: &str) {
        for part in text.split_inclusive(['.', '_']) {
            self.words(part);
            if part.ends_with(['.', '_']) {
                self.raw("<wbr/>");
            }
        }
    }

    /// A list with a bullet for each text.
    pub(super) fn list(&mut self, items: &[String]) {
        self.open("ul", &[]);
        for item in items {
            self.with_prose("li", &[], item);
        }
        self.close("ul");
    }

    /// All that was written.
    pub(super) fn into_text(self) -> String {
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[Attribute], end: &str) {
        let _ = write!(self.text, "<{name}");
        for (attribute, value) in attributes {
            let _ = write!(self.text, " {attribute}=\"{}\"", escape(value));
        }
        self.text += end;
    }
}

/// Letters of the longest word that a column is always made wide enough for.
const LONGEST_WORD: usize = 22;

/// Letters of the longest word of a text that is not broken; a longer one may be after each letter.
pub(super) fn longest_word(text: &str) -> usize {
    let words = text.split_whitespace().map(|word| word.chars().count());
    let words = words.map(|letters| if letters > LONGEST_WORD { 8 } else { letters });
    words.max().unwrap_or_default()
}

/// The class that says how a word may be broken: anywhere where it is very long, nowhere where it is
/// a date or a range, which browsers break after a hyphen; none where browsers do as they should.
fn how_broken(word: &str) -> Option<&'static str> {
    let has_digit = word.contains(|letter: char| letter.is_ascii_digit());
    match word.chars().count() > LONGEST_WORD {
        true => Some("long"),
        false if has_digit && word.contains(['-', '/']) => Some("whole"),
        false => None,
    }
}

/// A name as an `id`: letters, digits and hyphens.
pub(super) fn id_of(name: &str) -> String {
    name.chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_text() {
        let mut markup = Markup::default();
        markup.with_text(
            "p",
            &[("title", "a \"b\" & c")],
            "<script>alert(1)</script>",
        );
        assert_eq!(
            markup.into_text(),
            "<p title=\"a &quot;b&quot; &amp; c\">&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"
        );
    }
    #[test]
    fn names_from_right_to_left_are_set_apart() {
        let mut markup = Markup::default();
        markup.with_text("p", &[], "to \"خيار\": 10 <");
        assert_eq!(
            markup.into_text(),
            "<p>to &quot;<bdi>خيار</bdi>&quot;: 10 &lt;</p>\n"
        );
    }

    #[test]
    fn only_words_too_long_for_a_column_may_be_broken_anywhere() {
        let mut markup = Markup::default();
        markup.words("an assumption of 2026-07-01, Llanfairpwllgwyngyllgogerychwyrndrobwll");
        assert_eq!(
            markup.into_text(),
            "an assumption of <span class=\"whole\">2026-07-01,</span> \
             <span class=\"long\">Llanfairpwllgwyngyllgogerychwyrndrobwll</span>"
        );
    }
}
