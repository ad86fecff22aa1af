//! Whether a law fits what was seen: quantiles of the one against those of the other.
//!
//! Draws pairs that arrive computed, and the line on which they agree; must not know of what they are.

use super::FigureError;
use super::axes::{value_axis, widest_label};
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::panel::{Ink, Panel};
use super::style::{Colour, HAIRLINE, LABEL, MARGIN, WIDTH};
use super::ticks::{FARTHEST, value_ticks};
use super::wording::{closed, number};

/// Height of the panel, in user units like all lengths below.
const HEIGHT: f64 = 400.0;
/// Width of the panel: nearly a square, so that the line of agreement is steep enough to judge by.
const PANEL_WIDTH: f64 = 520.0;
/// Room for the labels of the vertical axis at least.
const LEFT: f64 = 40.0;

/// What the figure shows.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantilesFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn.
    pub subtitle: String,
    /// What the axes show, with its unit: "days".
    pub unit: String,
    /// Pairs, as the law has it and as it was seen, at rising shares.
    pub pairs: Vec<(f64, f64)>,
    /// What a dot is, as a sentence.
    pub note: String,
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &QuantilesFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let pairs = shown(figure);
    let highest = pairs
        .iter()
        .fold(0.0_f64, |most, it| most.max(it.0).max(it.1));
    let ticks = value_ticks(highest);
    let end = ticks.last().copied().unwrap_or(1.0);
    let panel = Panel {
        area: Rect {
            x: MARGIN + widest_label(&ticks).max(LEFT) + 10.0,
            y: edge + 44.0,
            width: PANEL_WIDTH,
            height: HEIGHT,
        },
        across: 0.0..end,
        up: 0.0..end,
    };
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let up = format!("Seen in the log, {}", figure.unit);
    canvas.text((MARGIN, edge + 24.0), Anchor::Start, letters, &up);
    if pairs.is_empty() {
        canvas.empty(panel.area, "Too few rows to show");
    } else {
        canvas.layer(&panel.draw(&inks(&pairs, &ticks, end))?);
        axes(&mut canvas, &panel, &ticks);
        agreement(&mut canvas, &panel);
    }
    let across = format!("As the law has it, {}", figure.unit);
    let below = panel.area.bottom();
    canvas.text(
        (panel.area.right(), below + 42.0),
        Anchor::End,
        letters,
        &across,
    );
    let end = canvas.note(below + 58.0, &figure.note);
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

/// Pairs that can be drawn. Written so that what is no number cannot.
fn shown(figure: &QuantilesFigure) -> Vec<(f64, f64)> {
    let is_drawable = |value: f64| (0.0..=FARTHEST).contains(&value);
    let pairs = figure.pairs.iter().copied();
    pairs
        .filter(|it| is_drawable(it.0) && is_drawable(it.1))
        .collect()
}

fn inks(pairs: &[(f64, f64)], ticks: &[f64], end: f64) -> Vec<Ink> {
    let line = |points: Vec<(f64, f64)>, colour: Colour| Ink::Line {
        points,
        colour,
        width: HAIRLINE * 1.5,
    };
    let mut inks = vec![
        Ink::Grid {
            xs: ticks.to_vec(),
            ys: ticks.to_vec(),
        },
        line(vec![(0.0, 0.0), (end, end)], Colour::Axis),
    ];
    inks.extend(pairs.iter().map(|at| Ink::Dot {
        at: *at,
        colour: Colour::Main,
    }));
    inks
}

fn axes(canvas: &mut Canvas, panel: &Panel, ticks: &[f64]) {
    let letters = Lettering::plain(LABEL, Colour::Muted);
    value_axis(canvas, panel, ticks);
    for tick in ticks {
        let (x, y) = panel.at((*tick, 0.0));
        canvas.text((x, y + 20.0), Anchor::Middle, letters, &number(*tick));
    }
}

/// What the line is, beside its upper end.
fn agreement(canvas: &mut Canvas, panel: &Panel) {
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let x = panel.area.right() + 10.0;
    let lines = ["On the line", "law and log", "agree"];
    let room = WIDTH - MARGIN - x;
    for (nth, line) in lines.iter().enumerate() {
        if letters.width(line) <= room {
            let y = panel.area.y + 10.0 + 17.0 * nth as f64;
            canvas.text((x, y), Anchor::Start, letters, line);
        }
    }
}

fn description(figure: &QuantilesFigure) -> String {
    let each = shown(figure)
        .into_iter()
        .map(|(law, seen)| format!("{} and {}; ", number(law), number(seen)));
    format!(
        "Quantiles of the law and of what was seen, in {}: {}{} {}",
        figure.unit,
        each.collect::<String>(),
        closed(&figure.subtitle),
        figure.note
    )
}
