//! One problem of a scenario: where it is, what was found, what is allowed.
//!
//! Everything that is shown of a planner's file goes through [`quoted`], so that no control
//! character reaches a terminal and nothing that looks like an NHS number is echoed. How problems
//! are found is not known here.

use std::fmt;

use serde::Serialize;

use super::text::quoted;

/// One thing that is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Where it is.
    pub place: ProblemPlace,
    /// Path of the key, as `--set` takes it: `posts.0.wte`; empty for the file as a whole.
    pub key: String,
    /// What is wrong, in a few words that follow the key: `is out of range`.
    pub what: String,
    /// What the file says.
    pub found: Option<String>,
    /// What it may say.
    pub allowed: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// Line and column of the earlier value that this one collides with.
    pub first_given: Option<(usize, usize)>,
}

/// Where a problem is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemPlace {
    /// In the scenario file.
    Line {
        /// Counted from 1.
        line: usize,
        /// Characters from the beginning of the line, counted from 1.
        column: usize,
        /// Characters concerned, at least 1.
        width: usize,
        /// The line, perhaps shortened.
        text: String,
        /// Characters of `text` before those concerned.
        before: usize,
    },
    /// In an override, shown as it was given: `--set posts.0.wte=-1`.
    Override(String),
    /// The file as a whole.
    WholeFile,
}

impl Problem {
    /// Line in the file, counted from 1, if the problem has one.
    #[must_use]
    pub const fn line(&self) -> Option<usize> {
        match self.place {
            ProblemPlace::Line { line, .. } => Some(line),
            _ => None,
        }
    }

    /// Column in the line, counted from 1 in characters, if the problem has one.
    #[must_use]
    pub const fn column(&self) -> Option<usize> {
        match self.place {
            ProblemPlace::Line { column, .. } => Some(column),
            _ => None,
        }
    }

    /// `found -1; allowed: a number above 0`, or what there is of it.
    fn explanation(&self) -> String {
        let found = self.found.as_ref().map(|found| format!("found {found}"));
        let allowed = self.allowed.as_ref().map(|it| format!("allowed: {it}"));
        [found, allowed]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn render(&self, file: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.as_str() {
            "" => writeln!(f, "error: {}", self.what)?,
            key => writeln!(f, "error: `{key}` {}", self.what)?,
        }
        let gutter = self.render_place(file, f)?;
        if let Some((line, column)) = self.first_given {
            writeln!(f, "{gutter} = first given at {file}:{line}:{column}")?;
        }
        if let Some(hint) = &self.hint {
            writeln!(f, "{gutter} = hint: {hint}")?;
        }
        Ok(())
    }

    /// Renders the place and the explanation; returns the blank that stands under line numbers.
    fn render_place(&self, file: &str, f: &mut fmt::Formatter<'_>) -> Result<String, fmt::Error> {
        let explanation = self.explanation();
        let plain = |f: &mut fmt::Formatter<'_>, place: &str| {
            writeln!(f, " --> {place}")?;
            match explanation.as_str() {
                "" => Ok(()),
                some => writeln!(f, "  = {some}"),
            }
        };
        match &self.place {
            ProblemPlace::Line {
                line,
                column,
                width,
                text,
                before,
            } => {
                let gutter = " ".repeat(line.to_string().len());
                writeln!(f, "{gutter}--> {file}:{line}:{column}")?;
                writeln!(f, "{gutter} |")?;
                writeln!(f, "{line} | {text}")?;
                let marks = format!("{}{}", " ".repeat(*before), "^".repeat(*width));
                writeln!(
                    f,
                    "{}",
                    format!("{gutter} | {marks} {explanation}").trim_end()
                )?;
                Ok(gutter)
            }
            ProblemPlace::Override(text) => plain(f, text).map(|()| " ".to_owned()),
            ProblemPlace::WholeFile => plain(f, file).map(|()| " ".to_owned()),
        }
    }
}

/// Everything that is wrong with a scenario, in the order of the file; never empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problems {
    file: String,
    problems: Vec<Problem>,
    not_shown: usize,
}

impl Problems {
    /// The problems of `file`, in order. `not_shown` more were found and set aside.
    pub(super) fn new(file: &str, problems: Vec<Problem>, not_shown: usize) -> Self {
        debug_assert!(!problems.is_empty(), "a refusal has a reason");
        Self {
            file: quoted(file),
            problems,
            not_shown,
        }
    }

    /// A problem of the file as a whole.
    pub(super) fn of_file(file: &str, what: &str, hint: Option<String>) -> Self {
        let problem = Problem {
            place: ProblemPlace::WholeFile,
            key: String::new(),
            what: what.to_owned(),
            found: None,
            allowed: None,
            hint,
            first_given: None,
        };
        Self::new(file, vec![problem], 0)
    }

    /// The problems, in the order of the file, those of overrides last.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.problems.iter()
    }

    /// Number of problems found, those not listed included.
    #[must_use]
    pub fn count(&self) -> usize {
        self.problems.len() + self.not_shown
    }

    /// Name of the file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            problem.render(&self.file, f)?;
        }
        match self.not_shown {
            0 => Ok(()),
            more => writeln!(f, "\n{more} more problems are not shown"),
        }
    }
}

impl std::error::Error for Problems {}
