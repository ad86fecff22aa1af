//! How much keys matter, to the right, against how much that depends on where one stands, upwards.
//!
//! Draws named points and the line of equal values; must not know how either was computed.

use super::FigureError;
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::{Point, Rect};
use super::glyphs::shorten_inside;
use super::marks::{self, Sign};
use super::panel::{Ink, Panel};
use super::style::{Colour, HAIRLINE, LABEL, MARGIN, WIDTH, Weight};
use super::ticks::{FARTHEST, signed_ticks};
use super::wording::{Alike, closed};

/// Points that are drawn.
const MOST_POINTS: usize = 20;
/// Height of the panel, in user units like all lengths below.
const HEIGHT: f64 = 340.0;
/// Width of the widest name.
const NAME: f64 = 240.0;

/// What the plane shows.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectsFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// What both axes are in.
    pub unit: String,
    /// Whether values are shares, 0 to 1.
    pub is_share: bool,
    /// The keys, the one that matters most first; the first 20 are drawn.
    pub points: Vec<EffectsPoint>,
}

/// One key.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectsPoint {
    /// What it is called.
    pub name: String,
    /// Mean absolute effect, mu*.
    pub effect: f64,
    /// Standard deviation of its effects, sigma.
    pub spread: f64,
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &EffectsFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let points = shown(figure);
    let effects = signed_ticks(0.0, points.iter().fold(0.0, |most, it| most.max(it.effect)));
    let spreads = signed_ticks(0.0, points.iter().fold(0.0, |most, it| most.max(it.spread)));
    let (across, up) = (not_below(effects), not_below(spreads));
    let (of_across, of_up) = (
        Alike::telling_apart(&across, figure.is_share),
        Alike::telling_apart(&up, figure.is_share),
    );
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let widest = up.iter().map(|it| letters.width(&of_up.write(*it)));
    let left = MARGIN + widest.fold(0.0, f64::max) + 10.0;
    let panel = Panel {
        area: Rect {
            x: left,
            y: edge + 44.0,
            width: WIDTH - MARGIN - 24.0 - left,
            height: HEIGHT,
        },
        across: padded(&across),
        up: padded(&up),
    };
    canvas.layer(&panel.draw(&inks(&panel, &across, &up))?);
    let words = format!(
        "How much that differs from place to place (sigma, {})",
        figure.unit
    );
    canvas.text((MARGIN, edge + 24.0), Anchor::Start, letters, &words);
    for value in &up {
        let (x, y) = panel.at((panel.across.start, *value));
        let label = of_up.write(*value);
        canvas.text((x - 8.0, y + 4.7), Anchor::End, letters, &label);
    }
    for value in &across {
        let (x, y) = panel.at((*value, panel.up.start));
        let label = of_across.write(*value);
        canvas.text((x, y + 18.0), Anchor::Middle, letters, &label);
    }
    let words = format!("How much the key matters (mu*, {})", figure.unit);
    let at = (panel.area.right(), panel.area.bottom() + 38.0);
    canvas.text(at, Anchor::End, letters, &words);
    for point in &points {
        marks::dot(&mut canvas, panel.at((point.effect, point.spread)));
    }
    name(&mut canvas, &panel, &points);
    let end = canvas.note(panel.area.bottom() + 50.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

fn shown(figure: &EffectsFigure) -> Vec<&EffectsPoint> {
    let is_drawable = |it: &&EffectsPoint| {
        [it.effect, it.spread]
            .iter()
            .all(|at| (0.0..=FARTHEST).contains(at))
    };
    let points = figure.points.iter().filter(is_drawable);
    points.take(MOST_POINTS).collect()
}

fn not_below(ticks: Vec<f64>) -> Vec<f64> {
    ticks.into_iter().filter(|it| *it >= 0.0).collect()
}

/// The range of an axis, with room for marks on its ends.
fn padded(ticks: &[f64]) -> std::ops::Range<f64> {
    let last = ticks[ticks.len() - 1];
    -0.04 * last..last * 1.04
}

fn inks(panel: &Panel, across: &[f64], up: &[f64]) -> Vec<Ink> {
    let end = panel.across.end.min(panel.up.end);
    vec![
        Ink::Grid {
            xs: across.to_vec(),
            ys: up.to_vec(),
        },
        Ink::Line {
            points: vec![(0.0, 0.0), (end, end)],
            colour: Colour::Guidance,
            width: HAIRLINE * 1.5,
        },
    ]
}

fn name(canvas: &mut Canvas, panel: &Panel, points: &[&EffectsPoint]) {
    let letters = Lettering::bold(LABEL, Colour::MainText);
    let signs = points.iter().map(|point| {
        let at = panel.at((point.effect, point.spread));
        Sign {
            at,
            area: marks::area(at),
            label: shorten_inside(&point.name, LABEL, Weight::Bold, NAME),
            letters,
        }
    });
    let groups: Vec<Vec<Sign>> = signs.map(|sign| vec![sign]).collect();
    let end = panel.across.end.min(panel.up.end);
    let line = (0..=60).map(|nth| {
        let at = end * f64::from(nth) / 60.0;
        (at, at)
    });
    let curves: Vec<Vec<Point>> = vec![panel.all(line)];
    marks::name(canvas, panel.area, &curves, &groups);
}

fn note(figure: &EffectsFigure) -> String {
    let drawn = shown(figure).len();
    let more = match figure.points.len() > drawn {
        true => format!(" {drawn} of {} keys are shown.", figure.points.len()),
        false => String::new(),
    };
    format!(
        "Far to the right: a key matters. High up: how much depends on its own value or on other keys. Above the green \
         line that is more than the effect itself.{more}"
    )
}

fn description(figure: &EffectsFigure) -> String {
    let alike = |pick: fn(&EffectsPoint) -> f64| {
        let values: Vec<f64> = shown(figure).into_iter().map(pick).collect();
        Alike::telling_apart(&values, figure.is_share)
    };
    let (effects, spreads) = (alike(|it| it.effect), alike(|it| it.spread));
    let each = shown(figure).into_iter().map(|it| {
        let (effect, spread) = (effects.write(it.effect), spreads.write(it.spread));
        format!("{}: mu* {effect}, sigma {spread}. ", it.name)
    });
    format!(
        "Effects of keys. {}{} {}",
        each.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
