//! Figures of the page: the SVG of the folder, with names of its own for a screen reader and the
//! numbers behind it.

use super::markup::{Attribute, Markup, id_of};
use super::table::Table;
use crate::report::plots::escape;

/// A figure with what stands behind it.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    /// Its name in the folder.
    pub(super) name: String,
    /// Its SVG.
    pub(super) svg: String,
    /// The numbers behind it, and how the pointer finds them.
    pub(super) behind: Option<(Table, Hover)>,
}

/// How a place in a figure leads to the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hover {
    /// Along its panel: the rows of the table, first to last.
    Rows,
    /// As [`Hover::Rows`], and each panel has a column of its own.
    RowsByPanel,
    /// Across and down: columns and rows of the table.
    Grid,
    /// It does not: the figure says all of them.
    None,
}

impl Hover {
    const fn name(self) -> &'static str {
        match self {
            Self::Rows => "rows",
            Self::RowsByPanel => "panels",
            Self::Grid => "grid",
            Self::None => "none",
        }
    }
}

impl Shown {
    /// Writes it; `with_numbers` says whether the numbers behind it have room.
    pub(super) fn write(&self, with_numbers: bool, into: &mut Markup) {
        let id = format!("figure-{}", id_of(&self.name));
        let behind = self.behind.as_ref().filter(|_| with_numbers);
        let pointed = behind.filter(|(_, hover)| *hover != Hover::None);
        let hover = pointed.map(|(table, hover)| (hover.name(), table.id.clone()));
        let mut attributes = vec![("id", id.as_str()), ("class", "figure")];
        if let Some((hover, table)) = &hover {
            attributes.extend([("data-hover", *hover), ("data-numbers", table)]);
        }
        into.open("figure", &attributes);
        let title = inside(&self.svg, "title");
        told(&[("class", "told title")], &title, into);
        let region = [
            ("class", "sideways"),
            ("role", "region"),
            ("aria-label", title.as_str()),
            ("tabindex", "0"),
        ];
        into.open("div", &region);
        into.raw(&accessible(&self.svg, &id));
        into.close("div");
        describe(&inside(&self.svg, "desc"), into);
        let file = format!("plots/{}.svg", self.name);
        match behind {
            None => into.with_text("figcaption", &[], &format!("Also in {file} and as PNG.")),
            Some((table, _)) => {
                into.open("figcaption", &[]);
                into.open("details", &[]);
                into.with_text(
                    "summary",
                    &[],
                    &format!("The numbers behind this figure ({file})"),
                );
                table.write(into);
                into.close("details");
                into.close("figcaption");
            }
        }
        into.close("figure");
    }
}

/// Letters of a description that a phone has room for at once.
const MOST_LETTERS: usize = 700;

/// What a narrow screen shows of the picture as words, because it shows but a part of the picture.
/// Screen readers have the same words from the picture.
fn told(attributes: &[Attribute], words: &str, into: &mut Markup) {
    let attributes = [attributes, &[("aria-hidden", "true")]].concat();
    into.with_text("p", &attributes, words);
}

/// The description of the picture, which has its values and its note, for a narrow screen.
fn describe(description: &str, into: &mut Markup) {
    let class = [("class", "told")];
    let hint =
        "The picture is wider than the screen: it can be moved sideways. What it shows, in words:";
    told(&class, hint, into);
    if description.chars().count() <= MOST_LETTERS {
        return told(&class, description, into);
    }
    into.open("details", &class);
    into.with_text("summary", &[], "All of it in words");
    into.with_text("p", &[], description);
    into.close("details");
}

/// The text of the figure's title or description, as the SVG has it but without markup.
fn inside(svg: &str, element: &str) -> String {
    let (open, close) = (format!("<{element}>"), format!("</{element}>"));
    let rest = svg.split_once(&open).map_or("", |(_, rest)| rest);
    let text = rest.split_once(&close).map_or("", |(text, _)| text);
    unescape(text)
}

/// The SVG with title and description under ids of the page's own, and a size that follows the page.
///
/// Only what [`crate::report::plots`] draws comes here: an outermost element with a title and a
/// description of its own, and no ids.
fn accessible(svg: &str, id: &str) -> String {
    let (title, description) = (format!("{id}-title"), format!("{id}-desc"));
    let names = format!(
        "<svg class=\"plot\" focusable=\"false\" aria-labelledby=\"{} {}\"",
        escape(&title),
        escape(&description)
    );
    svg.replacen("<svg", &names, 1)
        .replacen("<title>", &format!("<title id=\"{title}\">"), 1)
        .replacen("<desc>", &format!("<desc id=\"{description}\">"), 1)
}

/// Text again of what [`escape`] made.
fn unescape(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_has_names_of_its_own() {
        let svg = "<svg role=\"img\"><title>A &amp; B</title>\n<desc>c</desc></svg>";
        let told = accessible(svg, "figure-x");
        assert!(told.contains("aria-labelledby=\"figure-x-title figure-x-desc\""));
        assert!(told.contains("<title id=\"figure-x-title\">A &amp; B</title>"));
        assert!(told.contains("<desc id=\"figure-x-desc\">c</desc>"));
        assert_eq!(inside(svg, "title"), "A & B");
    }
}
