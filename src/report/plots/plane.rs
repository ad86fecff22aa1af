//! The cost-effectiveness plane: what each option gains, to the right, and costs, upwards.
//!
//! Draws points with their intervals around the service as it is; must not know how any was computed.

use super::FigureError;
use super::canvas::{Anchor, Canvas, Lettering};
use super::forest::signed;
use super::geometry::{Point, Rect};
use super::glyphs::shorten;
use super::labels::apart;
use super::marks::{self, Sign};
use super::panel::{Ink, Panel};
use super::style::{Colour, HAIRLINE, LABEL, MARGIN, NOTE, WIDTH, Weight};
use super::ticks::{FARTHEST, signed_label, signed_ticks};
use super::wording::{closed, number};

/// Options that are drawn.
const MOST_POINTS: usize = 12;
/// Height of the panel, in user units like all lengths below.
const HEIGHT: f64 = 380.0;
/// Width of the widest name.
const NAME: f64 = 300.0;
/// Width of the lines of intervals.
const INTERVAL: f64 = 2.0;

/// What the plane shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// What the horizontal axis shows.
    pub across: String,
    /// The options; the first 12 are drawn.
    pub points: Vec<PlanePoint>,
    /// What a unit of gain is worth, in pounds, if somebody has said so.
    pub worth: Option<f64>,
    /// What the lines are, as a sentence.
    pub note: String,
}

/// One option.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanePoint {
    /// What it is called.
    pub name: String,
    /// What each unit of gain costs, in a few words, if that can be said.
    pub each: Option<String>,
    /// What it gains: mean, low and high.
    pub gain: (f64, f64, f64),
    /// What it costs in pounds: mean, low and high.
    pub cost: (f64, f64, f64),
}

impl PlanePoint {
    /// Whether all of it can be drawn. Written so that what is no number cannot.
    fn is_drawable(&self) -> bool {
        let (gain, cost) = (self.gain, self.cost);
        let all = [gain.0, gain.1, gain.2, cost.0, cost.1, cost.2];
        all.iter().all(|value| value.abs() <= FARTHEST)
    }
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &Plane) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let points = shown(figure);
    let gains = ticks(points.iter().map(|it| it.gain));
    let costs = ticks(points.iter().map(|it| it.cost));
    let muted = Lettering::plain(LABEL, Colour::Muted);
    let widest = costs.iter().map(|it| muted.width(&pounds(*it)));
    let left = MARGIN + widest.fold(0.0, f64::max) + 10.0;
    let panel = Panel {
        area: Rect {
            x: left,
            y: edge + 50.0,
            width: WIDTH - MARGIN - 14.0 - left,
            height: HEIGHT,
        },
        across: padded(&gains),
        up: padded(&costs),
    };
    let axis = "Pounds a year more than things as they are";
    canvas.text((MARGIN, edge + 24.0), Anchor::Start, muted, axis);
    canvas.layer(&panel.draw(&inks(&panel, figure, &points, &gains, &costs))?);
    quadrants(&mut canvas, &panel);
    axes(&mut canvas, &panel, (&gains, &costs), &figure.across);
    name(&mut canvas, &panel, &points);
    let end = canvas.note(panel.area.bottom() + 56.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

fn shown(figure: &Plane) -> Vec<&PlanePoint> {
    let points = figure.points.iter().filter(|it| it.is_drawable());
    points.take(MOST_POINTS).collect()
}

/// Ticks that hold all intervals and nothing.
fn ticks(values: impl Iterator<Item = (f64, f64, f64)>) -> Vec<f64> {
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), (_, from, to)| {
        (low.min(from), high.max(to))
    });
    signed_ticks(low, high)
}

/// The range of an axis, with room beyond the last ticks for points on them.
fn padded(ticks: &[f64]) -> std::ops::Range<f64> {
    let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
    let pad = (last - first) * 0.08;
    first - pad..last + pad
}

fn inks(
    panel: &Panel,
    figure: &Plane,
    points: &[&PlanePoint],
    gains: &[f64],
    costs: &[f64],
) -> Vec<Ink> {
    let (across, up) = (&panel.across, &panel.up);
    let line = |points: Vec<Point>, colour: Colour, width: f64| Ink::Line {
        points,
        colour,
        width,
    };
    let mut inks = vec![Ink::Grid {
        xs: gains.to_vec(),
        ys: costs.to_vec(),
    }];
    inks.extend(worth(panel, figure.worth).map(|ends| line(ends, Colour::Guidance, 1.5)));
    inks.push(line(
        vec![(across.start, 0.0), (across.end, 0.0)],
        Colour::Axis,
        HAIRLINE * 1.5,
    ));
    inks.push(line(
        vec![(0.0, up.start), (0.0, up.end)],
        Colour::Axis,
        HAIRLINE * 1.5,
    ));
    for point in points {
        let (gain, cost) = (point.gain, point.cost);
        let level = vec![(gain.1, cost.0), (gain.2, cost.0)];
        let upright = vec![(gain.0, cost.1), (gain.0, cost.2)];
        inks.push(line(level, Colour::Main, INTERVAL));
        inks.push(line(upright, Colour::Main, INTERVAL));
        inks.push(Ink::Dot {
            at: (gain.0, cost.0),
            colour: Colour::Main,
        });
    }
    inks
}

/// The line through nothing on which gains are worth what they cost, as far as it is in the panel.
fn worth(panel: &Panel, worth: Option<f64>) -> Option<Vec<Point>> {
    let worth = worth.filter(|it| it.is_finite() && *it > 0.0)?;
    let from = panel.across.start.max(panel.up.start / worth);
    let to = panel.across.end.min(panel.up.end / worth);
    Some(vec![(from, from * worth), (to, to * worth)])
}

/// What each corner means, in those that there are.
fn quadrants(canvas: &mut Canvas, panel: &Panel) {
    let area = panel.area;
    let (zero_x, zero_y) = panel.at((0.0, 0.0));
    let letters = Lettering::plain(NOTE, Colour::Muted);
    let (left, right) = (zero_x - area.x, area.right() - zero_x);
    let (above, below) = (zero_y - area.y, area.bottom() - zero_y);
    let corners = [
        ("better and dearer", right, above, Anchor::End, true),
        ("worse and dearer", left, above, Anchor::Start, true),
        ("better and cheaper", right, below, Anchor::End, false),
        ("worse and cheaper", left, below, Anchor::Start, false),
    ];
    for (words, wide, high, anchor, is_above) in corners {
        if letters.width(words) + 12.0 > wide || high < 30.0 {
            continue;
        }
        let x = match anchor {
            Anchor::End => area.right() - 4.0,
            Anchor::Start | Anchor::Middle => area.x + 4.0,
        };
        let y = match is_above {
            true => area.y - 5.0,
            false => area.bottom() + 14.0,
        };
        canvas.text((x, y), anchor, letters, words);
    }
}

fn axes(canvas: &mut Canvas, panel: &Panel, (gains, costs): (&[f64], &[f64]), across: &str) {
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let area = panel.area;
    for cost in costs {
        let (_, y) = panel.at((panel.across.start, *cost));
        canvas.text(
            (area.x - 8.0, y + 4.7),
            Anchor::End,
            letters,
            &pounds(*cost),
        );
    }
    let step = gains[1] - gains[0];
    for gain in gains {
        let (x, _) = panel.at((*gain, panel.up.start));
        let at = (x, area.bottom() + 30.0);
        canvas.text(at, Anchor::Middle, letters, &signed_label(*gain, step));
    }
    let at = (area.right(), area.bottom() + 46.0);
    canvas.text(at, Anchor::End, letters, across);
}

/// The names of the options beside their points.
fn name(canvas: &mut Canvas, panel: &Panel, points: &[&PlanePoint]) {
    let letters = Lettering::bold(LABEL, Colour::MainText);
    let names: Vec<&str> = points.iter().map(|point| point.name.as_str()).collect();
    let names = apart(&names, LABEL, Weight::Bold, NAME);
    let signs = points.iter().zip(names).map(|(point, name)| {
        let at = panel.at((point.gain.0, point.cost.0));
        Sign {
            at,
            area: marks::area(at),
            label: label(point, &name),
            letters,
        }
    });
    let groups: Vec<Vec<Sign>> = signs.map(|sign| vec![sign]).collect();
    let axes = [
        panel.all((0..=100).map(|nth| (along(&panel.across, nth), 0.0))),
        panel.all((0..=100).map(|nth| (0.0, along(&panel.up, nth)))),
    ];
    let curves: Vec<Vec<Point>> = points
        .iter()
        .flat_map(|point| crosses(panel, point))
        .chain(axes)
        .collect();
    marks::name(canvas, panel.area, &curves, &groups);
}

/// The name and what each unit of gain costs.
fn label(point: &PlanePoint, name: &str) -> String {
    match &point.each {
        None => name.to_owned(),
        Some(each) => format!("{name}, {each}"),
    }
}

/// The point of a range at so many hundredths of it.
fn along(range: &std::ops::Range<f64>, hundredths: u32) -> f64 {
    range.start + (range.end - range.start) * f64::from(hundredths) / 100.0
}

/// Points along the intervals, which labels keep off.
fn crosses(panel: &Panel, point: &PlanePoint) -> [Vec<Point>; 2] {
    let along =
        |from: f64, to: f64| (0..=20).map(move |nth| from + (to - from) * f64::from(nth) / 20.0);
    let (gain, cost) = (point.gain, point.cost);
    [
        panel.all(along(gain.1, gain.2).map(|x| (x, cost.0))),
        panel.all(along(cost.1, cost.2).map(|y| (gain.0, y))),
    ]
}

/// Pounds with their sign: "£42,575", "-£1,200".
fn pounds(value: f64) -> String {
    let text = number(value.abs());
    match value < 0.0 && text != "0" {
        true => format!("-£{text}"),
        false => format!("£{text}"),
    }
}

fn note(figure: &Plane) -> String {
    let mut note = figure.note.clone();
    if let Some(worth) = figure.worth {
        note += &format!(
            " Green line: one more person is worth {}; below it an option is worth its cost.",
            pounds(worth)
        );
    }
    let drawn = shown(figure).len();
    if figure.points.len() > drawn {
        note += &format!(" {drawn} of {} options are shown.", figure.points.len());
    }
    note
}

fn description(figure: &Plane) -> String {
    let each = shown(figure).into_iter().map(|point| {
        format!(
            "{}: {} people, {}. ",
            label(point, &shorten(&point.name, LABEL, Weight::Bold, NAME)),
            signed(point.gain.0),
            pounds(point.cost.0)
        )
    });
    format!(
        "Cost-effectiveness plane. {}{} {}",
        each.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
