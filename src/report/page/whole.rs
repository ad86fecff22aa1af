//! The page as a whole: its parts in order, within the size that travels by email.

use super::figure::Shown;
use super::lead::Key;
use super::markup::Markup;
use super::policy::policy;
use super::stress;
use super::table::Table;
use crate::report::plots::{escape, isolated};

/// Bytes of a page at most, so that it can be sent and opened anywhere.
const MOST_BYTES: usize = 1_000_000;

/// How it looks.
const STYLE: &str = include_str!("page.css");
/// What hovering, sorting and keys do; the page says all it has to say without.
const SCRIPT: &str = include_str!("page.js");

/// A page.
#[derive(Clone, Debug)]
pub struct Page {
    /// What the scenario is.
    pub(super) title: String,
    /// What is asked.
    pub(super) question: Option<String>,
    /// The answer, the sentence that matters most first.
    pub(super) answer: Vec<String>,
    /// What to be careful of.
    pub(super) cautions: Vec<String>,
    /// Three to five key figures.
    pub(super) keys: Vec<Key>,
    /// Where the exact values of the key figures are.
    pub(super) keys_file: &'static str,
    /// The figures.
    pub(super) figures: Vec<Shown>,
    /// What follows them.
    pub(super) sections: Vec<Section>,
    /// The STRESS-DES checklist.
    pub(super) checklist: Vec<stress::Item>,
    /// Which program and version made it.
    pub(super) program: String,
}

/// A page as files.
#[derive(Clone, Debug)]
pub struct Saved {
    /// `report.html`.
    pub html: String,
    /// `stress-des.md`.
    pub stress_des: String,
}

/// A part of the page with a heading.
#[derive(Clone, Debug)]
pub(super) struct Section {
    /// Its `id`.
    pub(super) id: &'static str,
    /// Its heading.
    pub(super) heading: String,
    /// What it says.
    pub(super) parts: Vec<Part>,
}

/// What a section holds.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// A paragraph.
    Words(String),
    /// A list.
    List(Vec<String>),
    /// A table.
    Table(Table),
    /// What is typed.
    Code(String),
    /// The checklist of STRESS-DES.
    Checklist,
}

/// How much of the figures the page holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// The figures with the numbers behind them.
    All,
    /// The figures alone.
    Figures,
    /// Neither.
    None,
}

impl Page {
    /// The page and the checklist as files. What would make the page larger than it may be is left in
    /// the folder, first the numbers behind the figures, then the figures.
    #[must_use]
    pub fn saved(&self) -> Saved {
        let pages = [Detail::All, Detail::Figures, Detail::None].map(|it| move || self.html(it));
        let mut html = String::new();
        for page in pages {
            html = page();
            if html.len() <= MOST_BYTES {
                break;
            }
        }
        Saved {
            html,
            stress_des: stress::markdown(&self.title, &self.program, &self.checklist),
        }
    }

    fn html(&self, detail: Detail) -> String {
        let mut page = Markup::default();
        page.raw("<!DOCTYPE html>\n<html lang=\"en-GB\">\n");
        self.head(&mut page);
        page.raw("<body>\n<a class=\"skip\" href=\"#answer\">Go to the answer</a>\n");
        page.open("header", &[]);
        page.with_text("h1", &[], &self.title);
        if let Some(question) = &self.question {
            page.with_text("p", &[("class", "question")], question);
        }
        page.close("header");
        self.contents(&mut page);
        page.open("main", &[]);
        self.answer(&mut page);
        self.key_figures(&mut page);
        self.figures(detail, &mut page);
        for section in &self.sections {
            section.write(&self.checklist, &mut page);
        }
        page.close("main");
        page.with_text("footer", &[], &format!("Made by {}.", self.program));
        page.raw("<script>");
        page.raw(SCRIPT);
        page.raw("</script>\n</body>\n</html>\n");
        page.into_text()
    }

    fn head(&self, page: &mut Markup) {
        page.open("head", &[]);
        page.raw("<meta charset=\"utf-8\"/>\n");
        let policy = policy(STYLE, SCRIPT);
        let allowed = [
            ("http-equiv", "Content-Security-Policy"),
            ("content", policy.as_str()),
        ];
        page.void("meta", &allowed);
        let phone = [
            ("name", "viewport"),
            ("content", "width=device-width, initial-scale=1"),
        ];
        page.void("meta", &phone);
        page.void("meta", &[("name", "generator"), ("content", &self.program)]);
        page.void("meta", &[("name", "color-scheme"), ("content", "light")]);
        // A title takes no markup.
        page.open("title", &[]);
        page.raw(&escape(&isolated(&self.title)));
        page.close("title");
        page.raw("<style>");
        page.raw(STYLE);
        page.raw("</style>\n");
        page.close("head");
    }

    fn contents(&self, page: &mut Markup) {
        page.open("nav", &[("aria-label", "Contents")]);
        page.open("ul", &[]);
        let first = [
            ("answer", "Answer"),
            ("key-figures", "Key figures"),
            ("figures", "Figures"),
        ];
        let first = first
            .into_iter()
            .filter(|(id, _)| *id != "figures" || !self.figures.is_empty());
        let rest = self.sections.iter().map(|it| (it.id, it.heading.as_str()));
        for (id, heading) in first.chain(rest) {
            page.open("li", &[]);
            page.with_text("a", &[("href", &format!("#{id}"))], heading);
            page.close("li");
        }
        page.close("ul");
        page.close("nav");
    }

    fn answer(&self, page: &mut Markup) {
        begin("answer", "Answer", page);
        let (first, rest) = self.answer.split_at(self.answer.len().min(1));
        for sentence in first {
            page.with_prose("p", &[("class", "lead")], sentence);
        }
        for sentence in rest {
            page.with_prose("p", &[], sentence);
        }
        page.close("section");
    }

    fn key_figures(&self, page: &mut Markup) {
        begin("key-figures", "Key figures", page);
        let file = [("class", "keys"), ("data-file", self.keys_file)];
        page.open("dl", &file);
        for key in &self.keys {
            key.write(page);
        }
        page.close("dl");
        if !self.cautions.is_empty() {
            page.open("div", &[("class", "careful")]);
            page.with_text("h3", &[], "Be careful");
            page.list(&self.cautions);
            page.close("div");
        }
        page.close("section");
    }

    fn figures(&self, detail: Detail, page: &mut Markup) {
        if self.figures.is_empty() {
            return;
        }
        begin("figures", "Figures", page);
        match detail {
            Detail::None => page.with_text(
                "p",
                &[],
                "The figures of so large a service do not fit into one page; they are in the folder plots.",
            ),
            _ => {
                for figure in &self.figures {
                    figure.write(detail == Detail::All, page);
                }
            }
        }
        page.close("section");
    }
}

impl Section {
    fn write(&self, checklist: &[stress::Item], page: &mut Markup) {
        begin(self.id, &self.heading, page);
        for part in &self.parts {
            match part {
                Part::Words(words) => page.with_prose("p", &[], words),
                Part::List(items) => page.list(items),
                Part::Table(table) => table.write(page),
                Part::Code(code) => {
                    page.open("pre", &[("tabindex", "0"), ("aria-label", "Command")]);
                    page.with_text("code", &[], code);
                    page.close("pre");
                }
                Part::Checklist => stress::html(checklist, page),
            }
        }
        page.close("section");
    }
}

/// Opens a section with its heading.
fn begin(id: &str, heading: &str, page: &mut Markup) {
    let label = format!("{id}-heading");
    page.open("section", &[("id", id), ("aria-labelledby", &label)]);
    page.with_text("h2", &[("id", &label)], heading);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_and_script_hold_nothing_that_would_end_them() {
        for text in [STYLE, SCRIPT] {
            assert!(!text.contains("</") && !text.contains("<!--"));
            assert!(
                !text.contains("http") && !text.contains("url("),
                "nothing is asked of any network"
            );
        }
    }
}
