//! How options differ from the service as it is: a panel for each measure, a row for each option.
//!
//! Draws means and intervals on both sides of no difference; must not know how any was computed.

use super::FigureError;
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::glyphs::shorten;
use super::labels::apart;
use super::panel::{Ink, Panel};
use super::style::{Colour, DIRECT, HAIRLINE, LABEL, MARGIN, NOTE, WIDTH, Weight};
use super::ticks::{FARTHEST, signed_label, signed_ticks};
use super::wording::{closed, number};

/// Rows that a panel holds.
const MOST_ROWS: usize = 12;
/// Height of a row, in user units like all lengths below.
const ROW: f64 = 22.0;
/// Left edge of the panels, before which the names are, at least and at most.
const LEFT: (f64, f64) = (180.0, 375.0);
/// Space between a name and the panel.
const BESIDE: f64 = 10.0;
/// Right edge of the panels: after it are the means.
const RIGHT: f64 = WIDTH - 172.0;
/// Height of a panel's heading.
const HEADING: f64 = 46.0;
/// Space under a panel for its axis.
const AXIS: f64 = 28.0;
/// Width of the line of the 95% interval.
const THICK: f64 = 5.0;
/// Width of the line of the interval that holds together with others.
const THIN: f64 = 1.5;

/// Half the height of the mark of a mean, in rows.
const MARK: f64 = 0.3;

/// What the figure of differences shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Forest {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// The measures.
    pub panels: Vec<ForestPanel>,
    /// What dots and lines are, as a sentence.
    pub note: String,
}

/// One measure.
#[derive(Clone, Debug, PartialEq)]
pub struct ForestPanel {
    /// What it is called.
    pub heading: String,
    /// What its differences are counted in.
    pub unit: String,
    /// Whether more of it is better; `None` where neither side is.
    pub is_more_better: Option<bool>,
    /// The options; the first 12 are drawn.
    pub rows: Vec<ForestRow>,
}

/// One option.
#[derive(Clone, Debug, PartialEq)]
pub struct ForestRow {
    /// What it is called.
    pub name: String,
    /// Mean difference; `None` where there is none.
    pub mean: Option<f64>,
    /// What is written beside it: the value that comes of it, and the mean.
    pub said: String,
    /// Whether it is surely better, or surely worse; `None` where neither is sure.
    pub is_better: Option<bool>,
    /// The 95% interval of the mean, low and high.
    pub interval: Option<(f64, f64)>,
    /// The interval that holds together with the others.
    pub together: Option<(f64, f64)>,
}

impl ForestRow {
    /// The colour of its lines, and of its words.
    const fn colours(&self) -> (Colour, Colour) {
        match self.is_better {
            Some(true) => (Colour::Main, Colour::MainText),
            Some(false) => (Colour::Limit, Colour::LimitText),
            None => (Colour::Neutral, Colour::Muted),
        }
    }

    /// All finite values of the row.
    fn values(&self) -> impl Iterator<Item = f64> + '_ {
        let ends = [self.interval, self.together];
        let ends = ends
            .into_iter()
            .flatten()
            .flat_map(|(low, high)| [low, high]);
        self.mean.into_iter().chain(ends).filter(is_drawable)
    }
}

/// Whether a value can be drawn. Written so that what is no number cannot.
fn is_drawable(value: &f64) -> bool {
    value.abs() <= FARTHEST
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &Forest) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let mut edge = canvas.heading(&figure.title, &figure.subtitle) + 8.0;
    let left = left(figure);
    for panel in &figure.panels {
        edge = draw_panel(&mut canvas, panel, (left, edge))?;
    }
    if figure.panels.is_empty() {
        let area = Rect {
            x: MARGIN,
            y: edge,
            width: WIDTH - 2.0 * MARGIN,
            height: 80.0,
        };
        canvas.empty(area, "No difference to show");
        edge = area.bottom();
    }
    let end = canvas.note(edge + 8.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

/// The left edge of the panels, so that the names have the room that they need.
fn left(figure: &Forest) -> f64 {
    let rows = figure
        .panels
        .iter()
        .flat_map(|it| it.rows.iter().take(MOST_ROWS));
    // A name beyond reason is as wide as the limit without being measured.
    let letters = Lettering::plain(LABEL, Colour::Ink);
    let width = |name: &str| match name.len() {
        0..=200 => letters.width(name),
        _ => LEFT.1,
    };
    let widest = rows.map(|row| width(&row.name)).fold(0.0, f64::max);
    (MARGIN + widest + BESIDE + 2.0).clamp(LEFT.0, LEFT.1)
}

/// One measure from the left and upper edge; gives the edge below it.
fn draw_panel(
    canvas: &mut Canvas,
    panel: &ForestPanel,
    (left, top): (f64, f64),
) -> Result<f64, FigureError> {
    let rows = &panel.rows[..panel.rows.len().min(MOST_ROWS)];
    let values = rows.iter().flat_map(ForestRow::values);
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), value| {
        (low.min(value), high.max(value))
    });
    let ticks = signed_ticks(low, high);
    let (first, last) = (ticks[0], ticks[ticks.len() - 1]);
    let pad = (last - first) * 0.02;
    let axes = Panel {
        area: Rect {
            x: left,
            y: top + HEADING,
            width: RIGHT - left,
            height: ROW * rows.len().max(1) as f64,
        },
        across: first - pad..last + pad,
        up: 0.0..rows.len().max(1) as f64,
    };
    head(canvas, panel, (left, top));
    canvas.layer(&axes.draw(&inks(&axes, rows, &ticks))?);
    let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
    let room = left - BESIDE - MARGIN;
    let names = apart(&names, LABEL, Weight::Regular, room);
    for (at, row) in rows.iter().enumerate() {
        beside(canvas, &axes, rows.len() - 1 - at, (row, &names[at]));
    }
    axis(canvas, &axes, &ticks);
    Ok(axes.area.bottom() + AXIS)
}

/// The name of the measure, and under it which side is better.
fn head(canvas: &mut Canvas, panel: &ForestPanel, (start, top): (f64, f64)) {
    let bold = Lettering::bold(DIRECT, Colour::Ink);
    let heading = shorten(&panel.heading, DIRECT, Weight::Bold, WIDTH - 2.0 * MARGIN);
    canvas.text((MARGIN, top + 20.0), Anchor::Start, bold, &heading);
    let plain = Lettering::plain(NOTE, Colour::Muted);
    let words = format!("In {}", panel.unit);
    let words = shorten(&words, NOTE, Weight::Regular, start - MARGIN - BESIDE);
    canvas.text((MARGIN, top + 36.0), Anchor::Start, plain, &words);
    let (better, worse) = (Colour::MainText, Colour::LimitText);
    let sides = match panel.is_more_better {
        Some(true) => [("← worse", worse), ("better →", better)],
        Some(false) => [("← better", better), ("worse →", worse)],
        None => [("← less", Colour::Muted), ("more →", Colour::Muted)],
    };
    let [(left, of_left), (right, of_right)] = sides;
    let at = |x: f64| (x, top + 36.0);
    canvas.text(
        at(start),
        Anchor::Start,
        Lettering::bold(NOTE, of_left),
        left,
    );
    canvas.text(
        at(RIGHT),
        Anchor::End,
        Lettering::bold(NOTE, of_right),
        right,
    );
}

/// Grid, the line of no difference, and the rows from the top down.
fn inks(axes: &Panel, rows: &[ForestRow], ticks: &[f64]) -> Vec<Ink> {
    let upright = |x: f64| vec![(x, axes.up.start), (x, axes.up.end)];
    let mut inks = vec![Ink::Grid {
        xs: ticks.to_vec(),
        ys: Vec::new(),
    }];
    inks.push(Ink::Line {
        points: upright(0.0),
        colour: Colour::Axis,
        width: HAIRLINE * 1.5,
    });
    for (at, row) in rows.iter().enumerate() {
        let y = (rows.len() - 1 - at) as f64 + 0.5;
        for (ends, width) in [(row.together, THIN), (row.interval, THICK)] {
            let ends = ends.filter(|(low, high)| is_drawable(low) && is_drawable(high));
            inks.extend(ends.map(|(low, high)| Ink::Line {
                points: vec![(low, y), (high, y)],
                colour: row.colours().0,
                width,
            }));
        }
        let mean = row.mean.filter(is_drawable);
        inks.extend(mean.map(|mean| Ink::Line {
            points: vec![(mean, y - MARK), (mean, y + MARK)],
            colour: Colour::Ink,
            width: HAIRLINE * 1.5,
        }));
    }
    inks
}

/// The name left of a row and its mean at the right.
fn beside(canvas: &mut Canvas, axes: &Panel, place: usize, (row, name): (&ForestRow, &str)) {
    let (_, y) = axes.at((axes.across.start, place as f64 + 0.5));
    let plain = Lettering::plain(LABEL, Colour::Ink);
    let left = axes.area.x - BESIDE;
    canvas.text((left, y + 4.7), Anchor::End, plain, name);
    let bold = Lettering::bold(LABEL, row.colours().1);
    let words = shorten(&row.said, LABEL, Weight::Bold, WIDTH - RIGHT - 12.0);
    canvas.text((RIGHT + 8.0, y + 4.7), Anchor::Start, bold, &words);
}

/// A number with its sign, nothing without.
pub(super) fn signed(value: f64) -> String {
    let text = number(value);
    match value > 0.0 && text != "0" {
        true => format!("+{text}"),
        false => text,
    }
}

/// The labels under a panel.
fn axis(canvas: &mut Canvas, axes: &Panel, ticks: &[f64]) {
    let letters = Lettering::plain(NOTE, Colour::Muted);
    let step = ticks[1] - ticks[0];
    for tick in ticks {
        let (x, y) = axes.at((*tick, 0.0));
        let label = signed_label(*tick, step);
        canvas.text((x, y + 16.0), Anchor::Middle, letters, &label);
    }
}

fn note(figure: &Forest) -> String {
    let most = figure.panels.iter().map(|it| it.rows.len()).max();
    match most.filter(|rows| *rows > MOST_ROWS) {
        Some(rows) => format!(
            "{} The first {MOST_ROWS} of {rows} options are shown.",
            figure.note
        ),
        None => figure.note.clone(),
    }
}

fn description(figure: &Forest) -> String {
    let panels = figure.panels.iter().map(|panel| {
        let rows = panel.rows.iter().take(MOST_ROWS).map(|row| {
            let ends = row.interval.map_or(String::new(), |(low, high)| {
                format!(", 95% interval {} to {}", signed(low), signed(high))
            });
            format!("{}: {}{ends}. ", row.name, row.said)
        });
        format!(
            "{}, difference in {}. {}",
            panel.heading,
            panel.unit,
            rows.collect::<String>()
        )
    });
    format!(
        "Differences of options from the service as it is. {}{} {}",
        panels.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
