//! How much a result changes with each of several inputs: bars about a middle line, the longest on
//! top.
//!
//! Draws bars whose lengths and words arrive ready; must not know what an input is.

use super::FigureError;
use super::canvas::{Canvas, Lettering, lines};
use super::geometry::Rect;
use super::glyphs::wrap;
use super::style::{Colour, DIRECT, LABEL, MARGIN, WIDTH, Weight};
use super::wording::{closed, number};

/// Where the names of inputs end, in user units like all lengths below.
const NAMES_END: f64 = 318.0;
/// Left and right end of the bars.
const BARS: (f64, f64) = (334.0, 600.0);
/// Where the words about a bar begin.
const WORDS: f64 = 616.0;
/// Height of a bar.
const BAR: f64 = 18.0;
/// Space between neighbouring rows.
const BETWEEN: f64 = 14.0;
/// Rows that are drawn at most.
const MOST_ROWS: usize = 12;
/// Opacity of bars, so that the line of the interval shows on them.
const OPACITY: f64 = 0.55;

/// What the figure of inputs shows.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn.
    pub subtitle: String,
    /// The inputs, the one that matters most first.
    pub rows: Vec<TornadoRow>,
    /// Draws behind the figure.
    pub draws: usize,
    /// What the reader should know of the method, as a sentence.
    pub method: String,
}

/// One input.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoRow {
    /// What it is called.
    pub label: String,
    /// From what to what it goes: "0.53 to 0.67".
    pub range: String,
    /// How much the result changes then.
    pub change: f64,
    /// Lower end of the 95% interval of the change.
    pub low: f64,
    /// Upper end of the 95% interval of the change.
    pub high: f64,
    /// The change in words: "+12 points".
    pub said: String,
    /// The interval in words: "9 to 15".
    pub interval: String,
}

impl TornadoRow {
    fn is_defined(&self) -> bool {
        self.change.is_finite() && self.low.is_finite() && self.high.is_finite()
    }
}

/// The figure as SVG.
///
/// # Errors
///
/// None so far; the signature is that of all figures.
pub fn draw(figure: &TornadoFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle) + 16.0;
    let shown: Vec<&TornadoRow> = shown(figure).collect();
    let mut bottom = edge;
    if shown.is_empty() {
        bottom += 120.0;
        let area = Rect {
            x: MARGIN,
            y: edge,
            width: WIDTH - 2.0 * MARGIN,
            height: 120.0,
        };
        canvas.empty(area, "No input to show");
    } else {
        let scale = Scale::of(&shown);
        let rows: Vec<Row> = shown.iter().map(|row| Row::of(row)).collect();
        let tall: f64 = rows.iter().map(|row| row.height + BETWEEN).sum();
        let middle = scale.at(0.0);
        canvas.line(
            (middle, edge),
            (middle, edge + tall - BETWEEN),
            Colour::Axis,
        );
        for (row, words) in shown.iter().zip(&rows) {
            words.draw(&mut canvas, bottom, (row, &scale));
            bottom += words.height + BETWEEN;
        }
    }
    let end = canvas.note(bottom + 4.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

fn shown(figure: &TornadoFigure) -> impl Iterator<Item = &TornadoRow> {
    let rows = figure.rows.iter().filter(|row| row.is_defined());
    rows.take(MOST_ROWS)
}

/// From changes to places: as far to the right as to the left.
struct Scale {
    reach: f64,
}

impl Scale {
    fn of(rows: &[&TornadoRow]) -> Self {
        let reach = rows.iter().fold(0.0_f64, |most, row| {
            most.max(row.low.abs())
                .max(row.high.abs())
                .max(row.change.abs())
        });
        Self {
            reach: if reach > 0.0 { reach } else { 1.0 },
        }
    }

    fn at(&self, change: f64) -> f64 {
        let middle = f64::midpoint(BARS.0, BARS.1);
        middle + change / self.reach * (BARS.1 - BARS.0) / 2.0
    }
}

/// The words of one row, and how high it is.
struct Row {
    left: Vec<(Lettering, String)>,
    right: Vec<(Lettering, String)>,
    height: f64,
}

impl Row {
    fn of(row: &TornadoRow) -> Self {
        let bold = Lettering::bold(DIRECT, Colour::Ink);
        let plain = Lettering::plain(LABEL, Colour::Muted);
        let name = wrap(&row.label, DIRECT, Weight::Bold, NAMES_END - MARGIN, 2);
        let range = wrap(&row.range, LABEL, Weight::Regular, NAMES_END - MARGIN, 1);
        let left = [lines(bold, name), lines(plain, range)].concat();
        let room = WIDTH - MARGIN - WORDS;
        let said = wrap(&row.said, DIRECT, Weight::Bold, room, 1);
        let interval = format!("({})", row.interval);
        let interval = wrap(&interval, LABEL, Weight::Regular, room, 2);
        let right = [lines(bold, said), lines(plain, interval)].concat();
        Self {
            height: tall(&left).max(tall(&right)).max(BAR),
            left,
            right,
        }
    }

    fn draw(&self, canvas: &mut Canvas, top: f64, (row, scale): (&TornadoRow, &Scale)) {
        let middle = top + self.height / 2.0;
        canvas.block(MARGIN, middle - tall(&self.left) / 2.0, &self.left);
        canvas.block(WORDS, middle - tall(&self.right) / 2.0, &self.right);
        let (from, to) = (scale.at(0.0), scale.at(row.change));
        let (left, right) = (from.min(to), from.max(to));
        let (upper, lower) = (middle - BAR / 2.0, middle + BAR / 2.0);
        let outline = format!("M{left:.1} {upper:.1}H{right:.1}V{lower:.1}H{left:.1}Z");
        canvas.area(&outline, Colour::Main, OPACITY);
        let (low, high) = (scale.at(row.low), scale.at(row.high));
        canvas.line((low, middle), (high, middle), Colour::Ink);
        for end in [low, high] {
            canvas.line((end, middle - 4.0), (end, middle + 4.0), Colour::Ink);
        }
    }
}

fn tall(words: &[(Lettering, String)]) -> f64 {
    words.iter().map(|(letters, _)| letters.height()).sum()
}

fn note(figure: &TornadoFigure) -> String {
    let more = figure.rows.len().saturating_sub(MOST_ROWS);
    let more = match more {
        0 => String::new(),
        1 => " One input that matters less is left out.".to_owned(),
        many => format!(" {many} inputs that matter less are left out."),
    };
    let draws = number(figure.draws as f64);
    format!(
        "{draws} draws. Line and brackets: 95% interval. {}{more}",
        figure.method
    )
}

fn description(figure: &TornadoFigure) -> String {
    let each = shown(figure).map(|row| {
        format!(
            "{}, {}: {} ({}). ",
            row.label, row.range, row.said, row.interval
        )
    });
    format!(
        "Bar chart of inputs. {}{} {}",
        each.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
