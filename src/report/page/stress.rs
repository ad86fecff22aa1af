//! The STRESS-DES checklist as a part of the page and as Markdown; `checklist` fills it in.
//!
//! Source of the items: Monks, Currie, Onggo, Robinson, Kunc and Taylor (2019), "Strengthening the
//! reporting of empirical simulation studies: introducing the STRESS guidelines", Journal of
//! Simulation 13(1), 55-67: 20 items in six sections. What the program cannot know is marked for the
//! author, never made up.

use super::markup::Markup;

/// What stands before what the author has to write.
const AUTHOR: &str = "For the author: ";

/// An item of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its number: `2.3`.
    pub number: &'static str,
    /// What it asks for, in short.
    pub asks: &'static str,
    /// What the program knows of it.
    pub known: Vec<String>,
    /// What only the author knows.
    pub author: Option<&'static str>,
}

const SECTIONS: [(&str, &str); 6] = [
    ("1", "Objectives"),
    ("2", "Logic"),
    ("3", "Data"),
    ("4", "Experimentation"),
    ("5", "Implementation"),
    ("6", "Code access"),
];

/// The items of a section.
fn of_section<'a>(items: &'a [Item], section: &'a str) -> impl Iterator<Item = &'a Item> {
    items
        .iter()
        .filter(move |it| it.number.starts_with(section))
}

/// The checklist as a part of the page.
pub(super) fn html(items: &[Item], page: &mut Markup) {
    for (section, heading) in SECTIONS {
        page.with_text("h3", &[], &format!("{section} {heading}"));
        page.open("dl", &[]);
        for item in of_section(items, section) {
            page.open("dt", &[]);
            page.with_text("strong", &[], &format!("{} {}", item.number, item.asks));
            page.close("dt");
            for known in &item.known {
                page.with_prose("dd", &[], known);
            }
            if let Some(author) = item.author {
                page.open("dd", &[]);
                page.with_text("span", &[("class", "author")], AUTHOR.trim_end());
                page.text(&format!(" {author}"));
                page.close("dd");
            }
        }
        page.close("dl");
    }
}

/// The checklist as Markdown.
pub(super) fn markdown(title: &str, program: &str, items: &[Item]) -> String {
    let mut text = format!(
        "# STRESS-DES: {}\n\nThe checklist of Monks et al. (2019), filled in by {program} from the scenario and the run. What \
         begins with **{}** only you can know.\n",
        plain(title),
        AUTHOR.trim_end()
    );
    for (section, heading) in SECTIONS {
        text += &format!("\n## {section} {heading}\n");
        for item in of_section(items, section) {
            text += &format!("\n### {} {}\n\n", item.number, item.asks);
            for known in &item.known {
                text += &format!("- {}\n", plain(known));
            }
            if let Some(author) = item.author {
                text += &format!("- **{}** {author}\n", AUTHOR.trim_end());
            }
        }
    }
    text
}

/// Text in which nothing is markup, on one line. What stands between backticks is left as it is.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let has_pairs = text.matches('`').count().is_multiple_of(2);
    let mut is_code = false;
    for letter in text.chars() {
        match letter {
            '`' if has_pairs => is_code = !is_code,
            '`' | '\\' | '*' | '_' | '<' | '>' | '[' | ']' | '#' | '|' if !is_code => {
                plain.push('\\')
            }
            _ => {}
        }
        plain.push(if letter.is_control() { ' ' } else { letter });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_markup() {
        assert_eq!(plain("a_b <i> [x]"), "a\\_b \\<i\\> \\[x\\]");
        assert_eq!(plain("run `a_b`\n"), "run `a_b` ");
        assert_eq!(plain("a ` b"), "a \\` b");
    }
}
