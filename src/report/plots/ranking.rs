//! Which keys a result depends on: for each a bar, or two, from nothing to the right, the key that
//! matters most on top.
//!
//! Draws bars whose lengths and words arrive ready; must not know what a key is.

use super::FigureError;
use super::canvas::{Canvas, Lettering, lines};
use super::geometry::Rect;
use super::glyphs::{shorten, wrap};
use super::style::{Colour, DIRECT, LABEL, MARGIN, WIDTH, Weight};
use super::wording::closed;

/// Where the names of keys end, in user units like all lengths below.
const NAMES_END: f64 = 300.0;
/// Left and right end of the bars.
const BARS: (f64, f64) = (316.0, 560.0);
/// Where the words about a bar begin.
const WORDS: f64 = 576.0;
/// Height of a bar.
const BAR: f64 = 16.0;
/// From one bar of a row to the next.
const NEXT: f64 = 20.0;
/// Space between neighbouring rows.
const BETWEEN: f64 = 14.0;
/// Rows that are drawn at most.
const MOST_ROWS: usize = 15;
/// Opacities of the first bar and of the others.
const OPACITIES: [f64; 2] = [0.7, 0.28];

/// What the figure of keys shows.
#[derive(Clone, Debug, PartialEq)]
pub struct RankingFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn.
    pub subtitle: String,
    /// The keys, the one that matters most first; the first 15 are drawn.
    pub rows: Vec<RankingRow>,
    /// What the bars are, as a sentence.
    pub note: String,
}

/// One key.
#[derive(Clone, Debug, PartialEq)]
pub struct RankingRow {
    /// What it is called.
    pub label: String,
    /// From what to what it goes.
    pub range: String,
    /// Its bars.
    pub bars: Vec<RankingBar>,
}

/// One bar.
#[derive(Clone, Debug, PartialEq)]
pub struct RankingBar {
    /// How long it is; what is below nothing is drawn as nothing.
    pub value: f64,
    /// The 95% interval of that.
    pub interval: Option<(f64, f64)>,
    /// What is said of it: "by itself 43% (38% to 49%)".
    pub said: String,
}

/// The figure as SVG.
///
/// # Errors
///
/// None so far; the signature is that of all figures.
pub fn draw(figure: &RankingFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle) + 16.0;
    let rows: Vec<Row> = figure.rows.iter().take(MOST_ROWS).map(Row::of).collect();
    let tall: f64 = rows.iter().map(|row| row.height + BETWEEN).sum();
    let mut bottom = edge;
    if rows.is_empty() {
        bottom += 120.0;
        let area = Rect {
            x: MARGIN,
            y: edge,
            width: WIDTH - 2.0 * MARGIN,
            height: 120.0,
        };
        canvas.empty(area, "No key to show");
    } else {
        let foot = (BARS.0, edge + tall - BETWEEN);
        canvas.line((BARS.0, edge), foot, Colour::Axis);
    }
    let reach = reach(figure);
    for row in &rows {
        row.draw(&mut canvas, bottom, reach);
        bottom += row.height + BETWEEN;
    }
    let end = canvas.note(bottom + 4.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

/// The longest bar or interval.
fn reach(figure: &RankingFigure) -> f64 {
    let rows = figure.rows.iter().take(MOST_ROWS);
    let bars = rows.flat_map(|row| &row.bars);
    let ends = bars.flat_map(|bar| {
        let high = bar.interval.map_or(bar.value, |(_, high)| high);
        [bar.value, high]
    });
    let reach = ends.filter(|it| it.is_finite()).fold(0.0, f64::max);
    if reach > 0.0 { reach } else { 1.0 }
}

/// One key with its words, and how high it is.
struct Row<'a> {
    row: &'a RankingRow,
    left: Vec<(Lettering, String)>,
    height: f64,
}

impl<'a> Row<'a> {
    fn of(row: &'a RankingRow) -> Self {
        let bold = Lettering::bold(DIRECT, Colour::Ink);
        let plain = Lettering::plain(LABEL, Colour::Muted);
        let room = NAMES_END - MARGIN;
        let name = wrap(&row.label, DIRECT, Weight::Bold, room, 2);
        let range = wrap(&row.range, LABEL, Weight::Regular, room, 1);
        let left = [lines(bold, name), lines(plain, range)].concat();
        let tall: f64 = left.iter().map(|(letters, _)| letters.height()).sum();
        Self {
            height: tall.max(row.bars.len() as f64 * NEXT),
            left,
            row,
        }
    }

    fn draw(&self, canvas: &mut Canvas, top: f64, reach: f64) {
        let tall: f64 = self.left.iter().map(|(letters, _)| letters.height()).sum();
        canvas.block(MARGIN, top + (self.height - tall) / 2.0, &self.left);
        let first = top + (self.height - self.row.bars.len() as f64 * NEXT) / 2.0;
        for (nth, bar) in self.row.bars.iter().enumerate() {
            draw_bar(canvas, bar, (first + nth as f64 * NEXT, nth), reach);
        }
    }
}

fn draw_bar(canvas: &mut Canvas, bar: &RankingBar, (top, nth): (f64, usize), reach: f64) {
    let middle = top + NEXT / 2.0;
    let at = |value: f64| BARS.0 + (value / reach).clamp(0.0, 1.0) * (BARS.1 - BARS.0);
    if bar.value.is_finite() {
        let (upper, lower) = (middle - BAR / 2.0, middle + BAR / 2.0);
        let (left, right) = (BARS.0, at(bar.value));
        let outline = format!("M{left:.1} {upper:.1}H{right:.1}V{lower:.1}H{left:.1}Z");
        canvas.area(&outline, Colour::Main, OPACITIES[nth.min(1)]);
    }
    let finite = |(low, high): &(f64, f64)| low.is_finite() && high.is_finite();
    if let Some((low, high)) = bar.interval.filter(finite) {
        let (low, high) = (at(low), at(high));
        canvas.line((low, middle), (high, middle), Colour::Ink);
        for end in [low, high] {
            canvas.line((end, middle - 4.0), (end, middle + 4.0), Colour::Ink);
        }
    }
    let letters = Lettering::plain(LABEL, Colour::Ink);
    let said = shorten(&bar.said, LABEL, Weight::Regular, WIDTH - MARGIN - WORDS);
    let lines = [(letters, said)];
    canvas.block(WORDS, middle - letters.height() / 2.0, &lines);
}

fn note(figure: &RankingFigure) -> String {
    let more = figure.rows.len().saturating_sub(MOST_ROWS);
    let more = match more {
        0 => String::new(),
        1 => " One key that matters less is left out.".to_owned(),
        many => format!(" {many} keys that matter less are left out."),
    };
    format!("{}{more}", figure.note)
}

fn description(figure: &RankingFigure) -> String {
    let each = figure.rows.iter().take(MOST_ROWS).map(|row| {
        let said: Vec<&str> = row.bars.iter().map(|bar| bar.said.as_str()).collect();
        format!("{}, {}: {}. ", row.label, row.range, said.join(", "))
    });
    format!(
        "Bar chart of keys. {}{} {}",
        each.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
