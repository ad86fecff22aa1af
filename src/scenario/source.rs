//! The text of a scenario with its overrides, to turn places in bytes into lines for people.

use super::checked::Override;
use super::node::Place;
use super::problem::ProblemPlace;
use super::text::{blotted, quoted};

/// Longest line shown whole, in characters.
const LONGEST_LINE: usize = 100;
/// Characters shown before the place in a line that is too long.
const CONTEXT: usize = 40;
/// Bytes looked at on each side of a place: more than are shown, so that what looks like an NHS
/// number is seen whole, and no more, because a file may be one line of 10 MB.
const AROUND: usize = 1_000;

/// A scenario's text and overrides.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    name: &'a str,
    text: &'a str,
    overrides: &'a [Override],
    /// Where each line begins.
    lines: Vec<usize>,
}

impl<'a> Source<'a> {
    /// The source of the file called `name`.
    #[must_use]
    pub fn new(name: &'a str, text: &'a str, overrides: &'a [Override]) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0)
            .chain(ends.map(|(at, _)| at + 1))
            .collect();
        Self {
            name,
            text,
            overrides,
            lines,
        }
    }

    /// Name of the file.
    #[must_use]
    pub const fn name(&self) -> &'a str {
        self.name
    }

    /// A place as people find it.
    #[must_use]
    pub fn locate(&self, place: Place) -> ProblemPlace {
        match place {
            Place::Whole => ProblemPlace::WholeFile,
            Place::File(start, end) => self.line_place(start, end),
            Place::Override(index) => self
                .overrides
                .get(index)
                .map_or(ProblemPlace::WholeFile, |it| {
                    ProblemPlace::Override(quoted(&format!("--set {}={}", it.path, it.value)))
                }),
        }
    }

    /// Line and column of a place, counted from 1.
    #[must_use]
    pub fn line_and_column(&self, place: Place) -> Option<(usize, usize)> {
        match place {
            Place::File(start, _) => {
                let (line, begins) = self.line_of(start);
                Some((line, self.column(begins, start)))
            }
            _ => None,
        }
    }

    /// Column of a byte in the line that begins at `begins`, in characters from 1.
    fn column(&self, begins: usize, byte: usize) -> usize {
        self.text[begins..self.on_boundary(byte)].chars().count() + 1
    }

    /// Number of the line that holds a byte, from 1, and where it begins.
    fn line_of(&self, byte: usize) -> (usize, usize) {
        let line = self.lines.partition_point(|begins| *begins <= byte).max(1);
        (line, self.lines[line - 1])
    }

    /// The nearest byte at or before `byte` at which a character begins.
    fn on_boundary(&self, byte: usize) -> usize {
        let mut byte = byte.min(self.text.len());
        while !self.text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    }

    fn line_place(&self, start: usize, end: usize) -> ProblemPlace {
        let start = self.on_boundary(start);
        let (line, begins) = self.line_of(start);
        let column = self.column(begins, start);
        let ends = begins + self.text[begins..].lines().next().unwrap_or_default().len();
        let from = self.on_boundary(start.saturating_sub(AROUND)).max(begins);
        let to = self.on_boundary(start + AROUND).min(ends).max(start);
        let width = self.text[start..self.on_boundary(end).clamp(start, to)]
            .chars()
            .count();
        let ahead = column - self.column(from, start);
        let shown = cropped(column, ahead, width, &blotted(&self.text[from..to]));
        ProblemPlace::Line {
            line,
            column,
            width: shown.width,
            text: shown.text,
            before: shown.before,
        }
    }
}

/// A piece of a line and the characters concerned in it.
struct Shown {
    text: String,
    before: usize,
    width: usize,
}

/// The place at a column, shortened around it when the line is long. `text` is the line, or the part
/// of it that begins after so many characters as are `ahead`.
fn cropped(column: usize, ahead: usize, width: usize, text: &str) -> Shown {
    let length = ahead + text.chars().count();
    let skipped = match length > LONGEST_LINE {
        true => (column - 1).saturating_sub(CONTEXT),
        false => 0,
    };
    let dots = |is_cut: bool| if is_cut { "..." } else { "" };
    let shown = text.chars().skip(skipped - ahead).take(LONGEST_LINE);
    // The cut may have made ten digits out of more.
    let shown = blotted(&shown.collect::<String>());
    let (left, right) = (dots(skipped > 0), dots(skipped + LONGEST_LINE < length));
    let before = left.len() + column - 1 - skipped;
    Shown {
        width: width.clamp(1, (left.len() + LONGEST_LINE).saturating_sub(before).max(1)),
        text: format!("{left}{shown}{right}"),
        before,
    }
}
