//! Rust sources read as text: their tokens, the paths in them, and what is there for tests alone.
//!
//! No parser: just enough to find every path that begins with `crate`, or climbs with `super`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A piece of code: an identifier, a string literal with its quotes, or one other character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    pub line: usize,
}

/// A source file outside tests.
pub struct Source {
    /// Path within `src/`, with slashes.
    pub name: String,
    /// Its code.
    pub tokens: Vec<Token>,
}

impl Source {
    pub fn new(name: &str, text: &str) -> Self {
        Self {
            name: name.to_owned(),
            tokens: without_tests(tokens(text)),
        }
    }

    /// The first folder or file below `src/`; the roots of library and program are in no room.
    pub fn room(&self) -> Option<&str> {
        let first = self.name.split('/').next()?;
        let room = first.strip_suffix(".rs").unwrap_or(first);
        (!["lib", "main"].contains(&room)).then_some(room)
    }

    /// The modules that the file is in, from the root of the crate.
    fn modules(&self) -> Vec<String> {
        let path = self.name.strip_suffix(".rs").unwrap_or(&self.name);
        let path = path.strip_suffix("/mod").unwrap_or(path);
        path.split('/').map(str::to_owned).collect()
    }

    /// Every path to something of this crate, from its root, with its line.
    pub fn paths(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut modules = self.modules();
        // Depths of braces at which an inner module was opened.
        let mut inner: Vec<usize> = Vec::new();
        let mut depth = 0;
        let mut at = 0;
        while at < self.tokens.len() {
            let token = &self.tokens[at];
            let before = at
                .checked_sub(1)
                .map(|before| self.tokens[before].text.as_str());
            match token.text.as_str() {
                "{" => depth += 1,
                "}" => {
                    depth -= 1;
                    if inner.last() == Some(&depth) {
                        inner.pop();
                        modules.pop();
                    }
                }
                "mod" if self.text(at + 2) == Some("{") => {
                    inner.push(depth);
                    modules.extend(self.text(at + 1).map(str::to_owned));
                }
                "crate" | "splw_sim" if before != Some(":") && self.is_path(at + 1) => {
                    at = self.tree(at + 3, &[], token.line, &mut found);
                    continue;
                }
                "super" if before != Some(":") && self.is_path(at + 1) => {
                    at = self.climb(at, &modules, &mut found);
                    continue;
                }
                _ => {}
            }
            at += 1;
        }
        found
    }

    fn text(&self, at: usize) -> Option<&str> {
        self.tokens.get(at).map(|token| token.text.as_str())
    }

    fn is_path(&self, at: usize) -> bool {
        self.text(at) == Some(":") && self.text(at + 1) == Some(":")
    }

    /// Follows `super::super::...` from `at`.
    fn climb(&self, at: usize, modules: &[String], found: &mut Vec<(usize, String)>) -> usize {
        let line = self.tokens[at].line;
        let mut at = at;
        let mut base = modules.to_vec();
        while self.text(at) == Some("super") && self.is_path(at + 1) {
            base.pop();
            at += 3;
        }
        self.tree(at, &base, line, found)
    }

    /// Notes the paths of the tree at `at`, which stands below `base`; gives where it ends.
    fn tree(
        &self,
        at: usize,
        base: &[String],
        line: usize,
        found: &mut Vec<(usize, String)>,
    ) -> usize {
        let mut path = base.to_vec();
        let mut at = at;
        loop {
            match self.text(at) {
                Some("{") => {
                    at += 1;
                    while !matches!(self.text(at), Some("}") | None) {
                        at = self.tree(at, &path, line, found);
                        while matches!(self.text(at), Some("as" | ",")) {
                            at += 1 + usize::from(self.text(at) == Some("as"));
                        }
                    }
                    return at + 1;
                }
                Some(name) if is_name(name) || name == "*" => path.push(name.to_owned()),
                _ => break,
            }
            at += 1;
            if !self.is_path(at) {
                break;
            }
            at += 2;
        }
        found.push((line, path.join("::")));
        // A tree that could not be read must not stand still.
        at.max(1)
    }
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Cuts out every item that stands behind `#[cfg(test)]`.
fn without_tests(tokens: Vec<Token>) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        let closes = token.text == "]";
        kept.push(token);
        if closes && ends_with_test_attribute(&kept) {
            kept.truncate(kept.len() - TEST_ATTRIBUTE.len());
            skip_item(&mut tokens);
        }
    }
    kept
}

const TEST_ATTRIBUTE: [&str; 7] = ["#", "[", "cfg", "(", "test", ")", "]"];

fn ends_with_test_attribute(tokens: &[Token]) -> bool {
    tokens.len() >= TEST_ATTRIBUTE.len()
        && tokens[tokens.len() - TEST_ATTRIBUTE.len()..]
            .iter()
            .map(|token| token.text.as_str())
            .eq(TEST_ATTRIBUTE)
}

/// Passes over an item: to its semicolon, or to the end of its braces.
fn skip_item(tokens: &mut impl Iterator<Item = Token>) {
    let mut depth = 0;
    for token in tokens {
        match token.text.as_str() {
            "{" => depth += 1,
            "}" if depth == 1 => return,
            "}" => depth -= 1,
            ";" if depth == 0 => return,
            _ => {}
        }
    }
}

/// Code without comments and character literals.
fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '/' if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' => {
                let length = string_length(rest);
                found.push(Token {
                    text: rest[..length].to_owned(),
                    line,
                });
                length
            }
            '\'' => character_length(rest),
            _ if raw_string_length(rest).is_some() => raw_string_length(rest).unwrap_or(1),
            _ if is_name(rest) => {
                let is_end = |c: char| !(c.is_alphanumeric() || c == '_');
                let length = rest.find(is_end).unwrap_or(rest.len());
                found.push(Token {
                    text: rest[..length].to_owned(),
                    line,
                });
                length
            }
            _ => {
                if !first.is_whitespace() {
                    found.push(Token {
                        text: first.to_string(),
                        line,
                    });
                }
                first.len_utf8()
            }
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    found
}

/// Length of the string literal at the beginning.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of the raw string literal at the beginning, if there is one.
fn raw_string_length(text: &str) -> Option<usize> {
    let after = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].strip_prefix('"')?;
    let opening = text.len() - after.len() + hashes + 1;
    let closing = format!("\"{}", "#".repeat(hashes));
    let end = text[opening..].find(&closing)?;
    Some(opening + end + closing.len())
}

/// Length of the character literal at the beginning; of a lifetime, of its quote alone.
fn character_length(text: &str) -> usize {
    let mut characters = text.char_indices().skip(1);
    match (characters.next(), characters.next()) {
        (Some((_, '\\')), Some((escaped, _))) => text[escaped + 1..]
            .find('\'')
            .map_or(text.len(), |end| escaped + end + 2),
        (Some(_), Some((end, '\''))) => end + 1,
        _ => 1,
    }
}

/// Paths, without extension, of the modules that a file declares for tests: `#[cfg(test)] mod name;`,
/// perhaps with a `#[path = "..."]` between.
pub fn test_modules(name: &str, text: &str) -> Vec<PathBuf> {
    let path = Path::new(name);
    let beside = path.parent().unwrap_or(path);
    let below = match path.file_stem().and_then(|stem| stem.to_str()) {
        Some("mod" | "lib" | "main") => beside.to_owned(),
        _ => path.with_extension(""),
    };
    let tokens = tokens(text);
    let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
    let declared = (0..texts.len()).filter_map(|at| {
        let after = texts[at..].strip_prefix(&TEST_ATTRIBUTE)?;
        match after {
            ["mod", name, ";", ..] => Some(below.join(name)),
            ["#", "[", "path", "=", file, "]", "mod", _, ";", ..] => {
                Some(beside.join(file.trim_matches('"')).with_extension(""))
            }
            _ => None,
        }
    });
    declared.collect()
}

/// The paths of a source as one line, for the tests of this test.
fn paths_of(name: &str, text: &str) -> String {
    let mut line = String::new();
    for (number, path) in Source::new(name, text).paths() {
        let _ = write!(line, "{number}:{path} ");
    }
    line.trim_end().to_owned()
}

#[test]
fn paths_are_found_in_whatever_form() {
    let text = "use crate::engine::Plan;\nuse crate::{model::{self, Day}, stats::*};\n\
                fn f(at: &crate::theory::Load<'_>) -> char { 'x' }\n";
    assert_eq!(
        paths_of("measure/waits.rs", text),
        "1:engine::Plan 2:model::self 2:model::Day 2:stats::* 3:theory::Load"
    );
    let text = "use super::super::cli::run;\nuse super::events::{self as e, Slot};\n\
                pub(crate) mod inner { use super::super::Frame; }\nuse super::Sheet;";
    assert_eq!(
        paths_of("engine/diary.rs", text),
        "1:cli::run 2:engine::events::self 2:engine::events::Slot 3:engine::Frame 4:engine::Sheet"
    );
}

#[test]
fn comments_strings_and_tests_are_passed_over() {
    let text = "//! crate::cli::run\n/* crate::cli */\nconst A: &str = \"crate::cli::run \\\" crate::cli\";\n\
                const B: &str = r#\"crate::cli::run \" \"#;\nconst C: [char; 2] = ['\"', '\\''];\n\
                #[cfg(test)]\nmod tests { use crate::cli::run; fn f() {} }\n\
                #[cfg(test)]\nuse crate::cli::run;\nuse crate::model::Day;";
    assert_eq!(paths_of("model/time.rs", text), "10:model::Day");
}

#[test]
fn test_files_are_those_declared_for_tests() {
    let text = "#[cfg(test)]\nmod tests;\nmod sampler;";
    assert_eq!(
        test_modules("model/distribution/mod.rs", text),
        [Path::new("model/distribution/tests")]
    );
    assert_eq!(
        test_modules("engine/streams.rs", text),
        [Path::new("engine/streams/tests")]
    );
    let text = "#[cfg(test)]\n#[path = \"curve_tests.rs\"]\nmod tests;";
    assert_eq!(
        test_modules("stats/curve.rs", text),
        [Path::new("stats/curve_tests")]
    );
}
