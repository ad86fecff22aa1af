//! People on the waiting list over time.
//!
//! Draws the mean line and the 80% prediction band; must not know how either was computed.

use jiff::civil::Date;

use super::axes::{base_line, date_axis, end_lines, grid, value_axis, widest_label};
use super::canvas::{Anchor, Block, Canvas, Lettering, lines};
use super::geometry::Rect;
use super::glyphs::balance;
use super::panel::{Ink, Panel};
use super::series::Series;
use super::style::{Colour, LABEL, MARGIN, WIDTH, Weight};
use super::ticks::{Tick, date_ticks, days_between, value_ticks};
use super::wording::{closed, line_and_band, month, number, sentence};
use super::{Band, FigureError};

/// Height of the plotting area, in user units.
const PLOT_HEIGHT: f64 = 280.0;
/// Widest that a label at the right end may be, in user units.
const END_LABELS: f64 = 112.0;

/// What the figure of the waiting list shows.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingListFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// People waiting at each date, in order of date.
    pub points: Vec<(Date, Band)>,
    /// People on the list that should not be passed, and whose word that is, if anybody says.
    pub target: Option<(f64, String)>,
    /// Replications behind each value; with one there is no band.
    pub replications: usize,
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &WaitingListFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let scene = Scene::new(figure, edge + 42.0);
    scene.axes(&mut canvas);
    canvas.layer(&scene.panel.draw(&scene.inks())?);
    scene.end_label(&mut canvas);
    let below = scene.panel.area.bottom() + 34.0;
    let end = canvas.note(below, &line_and_band(figure.replications));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &scene.description()))
}

/// The figure's axes with what they show.
struct Scene<'a> {
    figure: &'a WaitingListFigure,
    panel: Panel,
    series: Series,
    dates: Vec<Tick>,
    values: Vec<f64>,
}

impl<'a> Scene<'a> {
    fn new(figure: &'a WaitingListFigure, top: f64) -> Self {
        let start = figure.points.first().map(|(date, _)| *date);
        let position = |date: Date| start.map_or(0.0, |start| days_between(start, date));
        let points = figure.points.iter();
        let series = Series::new(points.map(|(date, band)| (position(*date), Some(*band))));
        let target = figure.target.as_ref().map_or(0.0, |(at, _)| at * 1.05);
        let values = value_ticks(series.highest().max(target));
        let area = area(top, &values);
        let last = figure
            .points
            .last()
            .map_or(0.0, |(date, _)| position(*date));
        let dates = match (figure.points.first(), figure.points.last()) {
            (Some((first, _)), Some((last, _))) => date_ticks(*first, *first, *last, area.width),
            _ => Vec::new(),
        };
        // A single week stands in the middle of an axis of its own.
        let across = if last > 0.0 { 0.0..last } else { -3.5..3.5 };
        let up = 0.0..values.last().copied().unwrap_or(1.0);
        Self {
            figure,
            panel: Panel { area, across, up },
            series,
            dates,
            values,
        }
    }

    fn inks(&self) -> Vec<Ink> {
        let mut inks = vec![grid(&self.values)];
        inks.push(base_line(&self.panel));
        if let Some((at, _)) = self.figure.target {
            let colour = Colour::Limit;
            inks.push(Ink::Level { at, colour });
        }
        inks.extend(self.series.inks(self.figure.replications > 1));
        inks
    }

    fn axes(&self, canvas: &mut Canvas) {
        let letters = Lettering::plain(LABEL, Colour::Muted);
        let above = (MARGIN, self.panel.area.y - 15.0);
        canvas.text(above, Anchor::Start, letters, "People waiting");
        value_axis(canvas, &self.panel, &self.values);
        date_axis(canvas, &self.panel, &self.dates, WIDTH - MARGIN);
        if self.series.last().is_none() {
            canvas.empty(self.panel.area, "No value in any week");
        }
    }

    /// The last value in words beside the end of its line, and the target beside its own.
    fn end_label(&self, canvas: &mut Canvas) {
        let mut blocks: Vec<Block> = Vec::new();
        if let Some((x, band)) = self.series.last() {
            let said = end_lines(band, self.figure.replications, number, END_LABELS);
            blocks.push((self.panel.at((x, band.mean)).1, said));
        }
        if let Some((at, words)) = &self.figure.target {
            let letters = Lettering::plain(LABEL, Colour::LimitText);
            let said = balance(words, LABEL, Weight::Regular, END_LABELS, 3);
            blocks.push((self.panel.at((0.0, *at)).1, lines(letters, said)));
        }
        blocks.sort_by(|(one, _), (other, _)| one.total_cmp(other));
        let area = self.panel.area;
        let (top, bottom) = (area.y - 10.0, area.bottom() + 6.0);
        canvas.column(area.right() + 8.0, &blocks, top, bottom);
    }

    fn description(&self) -> String {
        let span = match (self.figure.points.first(), self.figure.points.last()) {
            (Some((first, _)), Some((last, _))) => {
                format!("from {} to {}", month(*first), month(*last))
            }
            _ => "with no week to show".to_owned(),
        };
        let end = self.series.last().map_or(String::new(), |(_, band)| {
            let last = sentence(band, self.figure.replications, number);
            format!(" At the end: {last}.")
        });
        let target = self.figure.target.as_ref();
        let target = target.map_or(String::new(), |(_, words)| format!(" Dashed: {words}."));
        format!(
            "Line chart of people waiting, {span}.{end}{target} {} {}",
            closed(&self.figure.subtitle),
            line_and_band(self.figure.replications)
        )
    }
}

fn area(top: f64, values: &[f64]) -> Rect {
    let left = MARGIN + widest_label(values) + 8.0;
    Rect {
        x: left,
        y: top,
        width: WIDTH - MARGIN - END_LABELS - 8.0 - left,
        height: PLOT_HEIGHT,
    }
}
