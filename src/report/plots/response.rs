//! A measure along one key: the mean at each point with its interval, what 8 in 10 runs give, and the
//! target.
//!
//! Numbers are joined by a line and a band; words stand apart. Must not know how any value was computed.

use super::FigureError;
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::{Point, Rect};
use super::glyphs::shorten_inside;
use super::keys::{self, Limit, LimitKind};
use super::marks;
use super::panel::{Ink, Panel};
use super::style::{BAND_OPACITY, Colour, HAIRLINE, LABEL, MARGIN, MEAN_LINE, WIDTH, Weight};
use super::ticks::{FARTHEST, fine_around};
use super::wording::{Alike, closed};

/// Height of the panel, in user units like all lengths below.
const HEIGHT: f64 = 300.0;
/// Width of the line of an interval.
const INTERVAL: f64 = 2.0;
/// Half the width of what 8 in 10 runs give, of points that stand apart.
const HALF_BAR: f64 = 0.12;

/// What the figure of one key shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// What the key is called.
    pub across: String,
    /// What is drawn upwards.
    pub up: String,
    /// Whether that is a share, 0 to 1.
    pub is_share: bool,
    /// Whether the values of the key are numbers, between which there are others.
    pub is_ordered: bool,
    /// The points, from the left.
    pub points: Vec<ResponsePoint>,
    /// The target with its words, if there is one.
    pub goal: Option<(f64, String)>,
    /// Runs behind each point.
    pub replications: usize,
}

/// One point.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponsePoint {
    /// Where it is on the axis.
    pub at: f64,
    /// The value of the key in words.
    pub label: String,
    /// Mean, ends of its 95% interval, 10% and 90% point of single runs; `None` where undefined.
    pub value: Option<[f64; 5]>,
}

impl ResponsePoint {
    fn drawn(&self) -> Option<(f64, [f64; 5])> {
        let value = self.value?;
        let is_drawable = value.iter().all(|it| it.abs() <= FARTHEST);
        (is_drawable && self.at.abs() <= FARTHEST).then_some((self.at, value))
    }
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &ResponseFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let points = figure.points.iter().filter_map(ResponsePoint::drawn);
    let points: Vec<(f64, [f64; 5])> = points.collect();
    let goal = figure.goal.iter().map(|(at, _)| *at);
    let values = points.iter().flat_map(|(_, value)| *value).chain(goal);
    let ticks = fine_around(&values.collect::<Vec<f64>>());
    let alike = Alike::telling_apart(&ticks, figure.is_share);
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let widest = ticks.iter().map(|it| letters.width(&alike.write(*it)));
    let left = MARGIN + widest.fold(0.0, f64::max) + 10.0;
    let panel = Panel {
        area: Rect {
            x: left,
            y: edge + 50.0,
            width: WIDTH - MARGIN - 40.0 - left,
            height: HEIGHT,
        },
        across: across(figure),
        up: ticks[0]..ticks[ticks.len() - 1],
    };
    canvas.layer(&panel.draw(&inks(figure, &panel, &points, &ticks))?);
    let limits = figure.goal.iter().map(|(at, words)| Limit {
        kind: LimitKind::Line,
        at: *at,
        words: words.clone(),
    });
    let limits: Vec<Limit> = limits.collect();
    keys::above(&mut canvas, &panel, &figure.up, &limits);
    for (at, value) in &points {
        marks::dot(&mut canvas, panel.at((*at, value[0])));
    }
    for tick in &ticks {
        let (x, y) = panel.at((panel.across.start, *tick));
        canvas.text(
            (x - 8.0, y + 4.7),
            Anchor::End,
            letters,
            &alike.write(*tick),
        );
    }
    labels(&mut canvas, figure, &panel);
    if points.is_empty() {
        canvas.empty(panel.area, "No point to show");
    }
    let end = canvas.note(panel.area.bottom() + 54.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

/// The axis of the key, with room beside its ends.
fn across(figure: &ResponseFigure) -> std::ops::Range<f64> {
    let places = figure.points.iter().map(|it| it.at);
    let places: Vec<f64> = places.filter(|it| it.abs() <= FARTHEST).collect();
    let low = places.iter().copied().fold(f64::INFINITY, f64::min);
    let high = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    match low < high {
        true => {
            let share = if figure.is_ordered { 0.03 } else { 0.1 };
            let pad = (high - low) * share;
            low - pad..high + pad
        }
        false if places.is_empty() => 0.0..1.0,
        false => low - 1.0..low + 1.0,
    }
}

fn inks(
    figure: &ResponseFigure,
    panel: &Panel,
    points: &[(f64, [f64; 5])],
    ticks: &[f64],
) -> Vec<Ink> {
    let mut inks = vec![
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
    inks.extend(figure.goal.iter().map(|(at, _)| Ink::Level {
        at: *at,
        colour: Colour::Limit,
    }));
    if figure.replications > 1 {
        inks.extend(bands(figure, points));
    }
    if figure.is_ordered && points.len() > 1 {
        inks.push(Ink::Line {
            points: points.iter().map(|(at, value)| (*at, value[0])).collect(),
            colour: Colour::Main,
            width: MEAN_LINE,
        });
    }
    inks.extend(points.iter().map(|(at, value)| Ink::Line {
        points: vec![(*at, value[1]), (*at, value[2])],
        colour: Colour::Ink,
        width: INTERVAL,
    }));
    inks
}

/// What 8 in 10 runs give: a band along numbers, a bar at each word.
fn bands(figure: &ResponseFigure, points: &[(f64, [f64; 5])]) -> Vec<Ink> {
    let area = |outline: Vec<Point>| Ink::Area {
        outline,
        colour: Colour::Main,
        opacity: BAND_OPACITY,
    };
    if figure.is_ordered {
        let upper = points.iter().map(|(at, value)| (*at, value[4]));
        let lower = points.iter().rev().map(|(at, value)| (*at, value[3]));
        return match points.len() > 1 {
            true => vec![area(upper.chain(lower).collect())],
            false => Vec::new(),
        };
    }
    let bar = |(at, value): &(f64, [f64; 5])| {
        let (left, right) = (at - HALF_BAR, at + HALF_BAR);
        let (low, high) = (value[3], value[4]);
        area(vec![(left, low), (left, high), (right, high), (right, low)])
    };
    points.iter().map(bar).collect()
}

/// The values of the key that fit, and what it is called.
fn labels(canvas: &mut Canvas, figure: &ResponseFigure, panel: &Panel) {
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let base = panel.area.bottom() + 19.0;
    let room = panel.area.width / figure.points.len().max(1) as f64 - 8.0;
    let mut free = 0.0;
    for point in &figure.points {
        let (x, y) = panel.at((point.at, panel.up.start));
        let most = if figure.is_ordered {
            90.0
        } else {
            room.max(30.0)
        };
        let label = shorten_inside(&point.label, LABEL, Weight::Regular, most);
        let half = letters.width(&label) / 2.0;
        if !x.is_finite() || x - half < free || x + half > WIDTH - 2.0 || label.is_empty() {
            continue;
        }
        canvas.line((x, y), (x, y + 5.0), Colour::Axis);
        canvas.text((x, base), Anchor::Middle, letters, &label);
        free = x + half + 10.0;
    }
    let bold = Lettering::bold(LABEL, Colour::Muted);
    let name = shorten_inside(&figure.across, LABEL, Weight::Bold, panel.area.width);
    let at = (panel.area.right(), panel.area.bottom() + 39.0);
    canvas.text(at, Anchor::End, bold, &name);
}

fn note(figure: &ResponseFigure) -> String {
    match (figure.replications > 1, figure.is_ordered) {
        (true, true) => "Marks: mean at each point, with its 95% interval upright. Band: 8 in 10 runs. Between the points \
                         nothing was simulated."
            .to_owned(),
        (true, false) => {
            "Marks: mean at each point, with its 95% interval upright. Bars: 8 in 10 runs.".to_owned()
        }
        (false, _) => {
            "A single run of each point, so the figure cannot show how much runs differ.".to_owned()
        }
    }
}

fn description(figure: &ResponseFigure) -> String {
    let means: Vec<f64> = figure
        .points
        .iter()
        .filter_map(|it| Some(it.value?[0]))
        .collect();
    let alike = Alike::telling_apart(&means, figure.is_share);
    let each = figure.points.iter().filter_map(|it| {
        let mean = alike.write(it.value?[0]);
        Some(format!("{}: {mean}. ", it.label))
    });
    format!(
        "{} along {}. {}{} {}",
        figure.up,
        figure.across,
        each.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
