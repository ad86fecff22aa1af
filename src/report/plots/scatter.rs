//! A measure against each of several keys, panel by panel: a mark for each point, and a line.
//!
//! Draws points and lines that arrive ready; must not know what a line is.

use super::FigureError;
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Point;
use super::glyphs::{shorten, shorten_inside};
use super::panel::{Ink, Panel};
use super::style::{Colour, DIRECT, HAIRLINE, LABEL, MARGIN, MEAN_LINE, WIDTH, Weight};
use super::ticks::{FARTHEST, fine_around};
use super::tiling::{BETWEEN, Tiling};
use super::wording::{Alike, closed};

/// Panels that are drawn.
pub const MOST_PANELS: usize = 9;
/// Radius of a mark, in user units.
const RADIUS: f64 = 2.6;

/// What the figure of keys shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ScatterFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// What is drawn upwards.
    pub up: String,
    /// Whether that is a share, 0 to 1.
    pub is_share: bool,
    /// A panel for each key; the first nine are drawn.
    pub panels: Vec<ScatterPanel>,
    /// What marks and lines are, as a sentence.
    pub note: String,
}

/// One key.
#[derive(Clone, Debug, PartialEq)]
pub struct ScatterPanel {
    /// What it is called.
    pub name: String,
    /// The points: value of the key, value of the measure.
    pub points: Vec<(f64, f64)>,
    /// The line, from the left; empty where there is none.
    pub line: Vec<(f64, f64)>,
    /// What places of the axis are called, where they are words; empty where they are numbers.
    pub words: Vec<String>,
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &ScatterFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let panels = &figure.panels[..figure.panels.len().min(MOST_PANELS)];
    let values = panels
        .iter()
        .flat_map(|it| drawn(&it.points).map(|it| it.1));
    let ticks = fine_around(&values.collect::<Vec<f64>>());
    let alike = Alike::telling_apart(&ticks, figure.is_share);
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let widest = ticks.iter().map(|it| letters.width(&alike.write(*it)));
    let tiling = Tiling {
        panels: panels.len(),
        left: MARGIN + widest.fold(0.0, f64::max) + 10.0,
        top: edge + 64.0,
    };
    canvas.text((MARGIN, edge + 22.0), Anchor::Start, letters, &figure.up);
    for (at, panel) in panels.iter().enumerate() {
        draw_panel(&mut canvas, panel, &tiling.place(at), (&ticks, &alike))?;
    }
    if panels.is_empty() {
        canvas.empty(tiling.area(0), "No key to show");
    }
    let end = canvas.note(tiling.bottom() + 34.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

/// Where a panel is, and whether the labels of its values stand beside it.
struct Spot {
    area: super::geometry::Rect,
    is_first: bool,
}

impl Tiling {
    fn place(&self, at: usize) -> Spot {
        Spot {
            area: self.area(at),
            is_first: self.is_first(at),
        }
    }
}

/// The points that can be drawn.
fn drawn(points: &[(f64, f64)]) -> impl Iterator<Item = Point> {
    let is_drawable = |it: &Point| it.0.abs() <= FARTHEST && it.1.abs() <= FARTHEST;
    points.iter().copied().filter(is_drawable)
}

fn draw_panel(
    canvas: &mut Canvas,
    it: &ScatterPanel,
    spot: &Spot,
    (ticks, alike): (&[f64], &Alike),
) -> Result<(), FigureError> {
    let places: Vec<f64> = match it.words.is_empty() {
        true => drawn(&it.points).map(|it| it.0).collect(),
        false => vec![-0.5, it.words.len() as f64 - 0.5],
    };
    let low = places.iter().copied().fold(f64::INFINITY, f64::min);
    let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let (low, high) = match low < high {
        true => (low, high),
        false => (0.0, 1.0),
    };
    let pad = (high - low) * 0.03;
    let panel = Panel {
        area: spot.area,
        across: low - pad..high + pad,
        up: ticks[0]..ticks[ticks.len() - 1],
    };
    let inks = vec![
        Ink::Grid {
            xs: Vec::new(),
            ys: ticks[1..].to_vec(),
        },
        Ink::Line {
            points: vec![(panel.across.start, ticks[0]), (panel.across.end, ticks[0])],
            colour: Colour::Axis,
            width: HAIRLINE,
        },
    ];
    canvas.layer(&panel.draw(&inks)?);
    for point in drawn(&it.points) {
        canvas.dot(panel.at(point), RADIUS, Colour::Neutral);
    }
    // A fitted line may leave the axis, which holds the points.
    let line: Vec<Point> = drawn(&it.line)
        .map(|(x, y)| (x, y.clamp(panel.up.start, panel.up.end)))
        .collect();
    if line.len() > 1 {
        let line = Ink::Line {
            points: line,
            colour: Colour::Main,
            width: MEAN_LINE,
        };
        canvas.layer(&panel.draw(&[line])?);
    }
    let letters = Lettering::plain(LABEL, Colour::Muted);
    if spot.is_first {
        for tick in ticks {
            let (x, y) = panel.at((panel.across.start, *tick));
            canvas.text(
                (x - 8.0, y + 4.7),
                Anchor::End,
                letters,
                &alike.write(*tick),
            );
        }
    }
    heading(canvas, &panel, &it.name);
    labels(canvas, &panel, it, (low, high));
    Ok(())
}

fn heading(canvas: &mut Canvas, panel: &Panel, name: &str) {
    let area = panel.area;
    let end = (area.right() + BETWEEN - 12.0).min(WIDTH - MARGIN);
    let letters = Lettering::bold(DIRECT, Colour::Ink);
    let name = shorten_inside(name, DIRECT, Weight::Bold, end - area.x);
    canvas.text((area.x, area.y - 12.0), Anchor::Start, letters, &name);
}

/// Both ends of the axis, or the words on it that fit.
fn labels(canvas: &mut Canvas, panel: &Panel, it: &ScatterPanel, (low, high): (f64, f64)) {
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let area = panel.area;
    let base = area.bottom() + 18.0;
    if it.words.is_empty() {
        let alike = Alike::telling_apart(&[low, high], false);
        let half = area.width / 2.0 - 6.0;
        let said = |value: f64| shorten(&alike.write(value), LABEL, Weight::Regular, half);
        canvas.text((area.x, base), Anchor::Start, letters, &said(low));
        canvas.text((area.right(), base), Anchor::End, letters, &said(high));
        return;
    }
    let room = area.width / it.words.len() as f64 - 6.0;
    if room < 30.0 {
        let words = format!("{} values", it.words.len());
        canvas.text((area.x, base), Anchor::Start, letters, &words);
        return;
    }
    for (place, word) in it.words.iter().enumerate() {
        let (x, _) = panel.at((place as f64, panel.up.start));
        let word = shorten_inside(word, LABEL, Weight::Regular, room);
        canvas.text((x, base), Anchor::Middle, letters, &word);
    }
}

fn note(figure: &ScatterFigure) -> String {
    let more = match figure.panels.len() > MOST_PANELS {
        true => format!(" {MOST_PANELS} of {} keys are shown.", figure.panels.len()),
        false => String::new(),
    };
    format!("{}{more}", figure.note)
}

fn description(figure: &ScatterFigure) -> String {
    let names = figure.panels.iter().take(MOST_PANELS);
    let names: Vec<&str> = names.map(|it| it.name.as_str()).collect();
    format!(
        "{} against {}. {} {}",
        figure.up,
        names.join(", "),
        closed(&figure.subtitle),
        note(figure)
    )
}
