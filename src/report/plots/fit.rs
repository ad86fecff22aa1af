//! How far observed numbers lie from simulated ones, before and after the inputs were fitted: a row for
//! each number, in standard deviations.
//!
//! Draws distances; must not know how any was computed.

use super::FigureError;
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::glyphs::shorten;
use super::style::{Colour, LABEL, MARGIN, NOTE, WIDTH, Weight};
use super::wording::{closed, number};

/// Rows at most.
const MOST_ROWS: usize = 40;
/// Height of a row, in user units like all lengths below.
const ROW: f64 = 26.0;
/// Left and right edge of the distances: names are before, values after.
const PANEL: (f64, f64) = (300.0, WIDTH - 200.0);
/// Right edges of the two columns of values, from the right edge of the panel.
const COLUMNS: [f64; 2] = [86.0, 176.0];
/// Distances from which every second tick is left out.
const MANY: f64 = 4.0;
/// Space above the rows for the words at the top.
const HEADING: f64 = 30.0;
/// Space between the words at the side and the panel.
const BESIDE: f64 = 12.0;
/// How far distances are drawn at most: what is further stands at the edge, with an arrow.
const FURTHEST: f64 = 6.0;
/// How opaque the band is.
const OPACITY: f64 = 0.14;
/// Radius of a dot.
const RADIUS: f64 = 5.0;

/// What the figure shows.
#[derive(Clone, Debug, PartialEq)]
pub struct FitFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// The numbers; the first 40 are drawn.
    pub rows: Vec<FitRow>,
    /// Distance within which 95% of numbers lie, in standard deviations.
    pub usual: f64,
}

/// One number.
#[derive(Clone, Debug, PartialEq)]
pub struct FitRow {
    /// What it is called.
    pub name: String,
    /// Observed less simulated with the file as it was, in standard deviations; `None` where unknown.
    pub before: Option<f64>,
    /// The same with the inputs that fit best.
    pub after: f64,
    /// What was observed, and what is simulated with the inputs that fit best.
    pub said: [String; 2],
    /// Whether it was held back.
    pub is_held_back: bool,
}

/// The figure as SVG.
///
/// # Errors
/// Never, but for the sake of the others like it.
pub fn draw(figure: &FitFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let top = canvas.heading(&figure.title, &figure.subtitle) + 10.0;
    let rows = &figure.rows[..figure.rows.len().min(MOST_ROWS)];
    let scale = Scale::of(figure, rows);
    let area = Rect {
        x: PANEL.0,
        y: top + HEADING,
        width: PANEL.1 - PANEL.0,
        height: ROW * rows.len().max(1) as f64,
    };
    background(&mut canvas, area, &scale, figure.usual);
    for (at, row) in rows.iter().enumerate() {
        draw_row(&mut canvas, area.y + ROW * (at as f64 + 0.5), row, &scale);
    }
    let end = canvas.note(area.bottom() + 34.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

/// From distances to places, as far to the right as to the left.
struct Scale {
    reach: f64,
}

impl Scale {
    fn of(figure: &FitFigure, rows: &[FitRow]) -> Self {
        let distances = rows
            .iter()
            .flat_map(|row| row.before.into_iter().chain([row.after]));
        let most = distances.fold(figure.usual, |most, it| most.max(it.abs()));
        Self {
            reach: (most * 1.08).clamp(3.0, FURTHEST),
        }
    }

    fn at(&self, distance: f64) -> f64 {
        let middle = f64::midpoint(PANEL.0, PANEL.1);
        middle + distance.clamp(-self.reach, self.reach) / self.reach * (PANEL.1 - PANEL.0) / 2.0
    }
}

/// The band of chance, the line of what was observed, and the words around them.
fn background(canvas: &mut Canvas, area: Rect, scale: &Scale, usual: f64) {
    let (left, right) = (scale.at(-usual), scale.at(usual));
    let (upper, lower) = (area.y, area.bottom());
    let outline = format!("M{left:.1} {upper:.1}H{right:.1}V{lower:.1}H{left:.1}Z");
    canvas.area(&outline, Colour::Main, OPACITY);
    let whole = scale.reach.floor() as i32;
    let muted = Lettering::plain(NOTE, Colour::Muted);
    let step = if scale.reach > MANY { 2 } else { 1 };
    for tick in (-whole..=whole).filter(|tick| tick % step == 0) {
        let x = scale.at(f64::from(tick));
        let colour = if tick == 0 {
            Colour::Axis
        } else {
            Colour::Grid
        };
        canvas.line((x, upper), (x, lower), colour);
        let label = match tick {
            0 => "0".to_owned(),
            more if more > 0 => format!("+{more}"),
            less => format!("\u{2212}{}", less.abs()),
        };
        canvas.text((x, lower + 16.0), Anchor::Middle, muted, &label);
    }
    for (edge, heading) in COLUMNS.into_iter().zip(["observed", "simulated"]) {
        canvas.text((PANEL.1 + edge, area.y - 10.0), Anchor::End, muted, heading);
    }
    let words = (area.y - 10.0, muted);
    let (start, end) = (area.x, area.x + area.width);
    canvas.text(
        (start, words.0),
        Anchor::Start,
        words.1,
        "\u{2190} observed less",
    );
    canvas.text(
        (end, words.0),
        Anchor::End,
        words.1,
        "observed more \u{2192}",
    );
}

fn draw_row(canvas: &mut Canvas, y: f64, row: &FitRow, scale: &Scale) {
    let name = match row.is_held_back {
        true => format!("{} (held back)", row.name),
        false => row.name.clone(),
    };
    let name = shorten(&name, LABEL, Weight::Regular, PANEL.0 - MARGIN - BESIDE);
    let plain = Lettering::plain(LABEL, Colour::Ink);
    canvas.text((PANEL.0 - BESIDE, y + 4.5), Anchor::End, plain, &name);
    let colour = colour_of(row);
    let after = scale.at(row.after);
    if let Some(before) = row.before.map(|it| scale.at(it)) {
        canvas.line((before, y), (after, y), Colour::Neutral);
        canvas.dot((before, y), RADIUS, Colour::Neutral);
        canvas.dot((before, y), RADIUS - 2.0, Colour::Paper);
    }
    match row.is_held_back {
        true => canvas.diamond((after, y), RADIUS + 1.5, colour),
        false => canvas.dot((after, y), RADIUS, colour),
    }
    for (edge, value) in COLUMNS.into_iter().zip(&row.said) {
        canvas.text((PANEL.1 + edge, y + 4.5), Anchor::End, plain, value);
    }
}

const fn colour_of(row: &FitRow) -> Colour {
    match row.is_held_back {
        true => Colour::Limit,
        false => Colour::Main,
    }
}

fn note(figure: &FitFigure) -> String {
    let held = match figure.rows.iter().any(|row| row.is_held_back) {
        true => " Diamonds: numbers held back, which the search did not see.",
        false => "",
    };
    let more = match figure.rows.len() > MOST_ROWS {
        true => format!(
            " The first {MOST_ROWS} of {} numbers are shown.",
            figure.rows.len()
        ),
        false => String::new(),
    };
    format!(
        "Observed less simulated, in standard deviations of what chance and counting may make of it. Rings: the file \
         as it was; full: the inputs that fit best. Shaded: where 95 of 100 such numbers lie. What is further \
         than the figure stands at its edge.{held}{more}"
    )
}

fn description(figure: &FitFigure) -> String {
    let rows = figure.rows.iter().take(MOST_ROWS).map(|row| {
        let before = row
            .before
            .map_or(String::new(), |it| format!("before {}, ", number(it)));
        format!(
            "{}: {}; {before}after {} standard deviations off. ",
            row.name,
            row.said.join(" observed, simulated "),
            number(row.after)
        )
    });
    format!(
        "Distances of simulated from observed numbers. {}{} {}",
        rows.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
