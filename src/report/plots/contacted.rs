//! How soon people are contacted: the share reached by each day since referral.
//!
//! Draws the curve with its band, named days with their targets, and the share that is never
//! reached; must not know how any of them was computed.

use super::axes::{base_line, end_lines};
use super::canvas::{Anchor, Block, Canvas, Lettering, lines};
use super::geometry::Rect;
use super::glyphs::wrap;
use super::named_days::{self, days};
use super::panel::{Ink, Panel};
use super::series::Series;
use super::style::{Colour, DIRECT, LABEL, MARGIN, WIDTH, Weight};
use super::ticks::{Tick, day_ticks};
use super::wording::{closed, line_and_band, percent, range, sentence};
use super::{Band, FigureError};

/// Height of the plotting area, in user units.
const PLOT_HEIGHT: f64 = 300.0;
/// Room at the right for labels, in user units.
const END_LABELS: f64 = 128.0;
/// Shares that the vertical axis names.
const SHARES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// What the figure of first contacts shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ContactedFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// Days since referral, in order, with the share (0 to 1) of people contacted by then.
    pub days: Vec<(f64, Band)>,
    /// The days that are named.
    pub marks: Vec<Mark>,
    /// Share (0 to 1) of people who are never contacted within what was observed.
    pub never: Option<Band>,
    /// Replications behind each value; with one there is no band.
    pub replications: usize,
}

/// A day that is named on the curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// Days since referral.
    pub day: f64,
    /// Mean share (0 to 1) of people contacted by then.
    pub share: f64,
    /// The share (0 to 1) that is aimed at, if any.
    pub target: Option<f64>,
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &ContactedFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let scene = Scene::new(figure, edge + 44.0);
    scene.axes(&mut canvas);
    canvas.layer(&scene.panel.draw(&scene.inks())?);
    named_days::draw(&mut canvas, &scene.panel, &scene.series, &scene.marks);
    scene.ends(&mut canvas);
    let end = canvas.note(scene.panel.area.bottom() + 54.0, &scene.note());
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &scene.description()))
}

/// The figure's axes with what they show.
struct Scene<'a> {
    figure: &'a ContactedFigure,
    panel: Panel,
    series: Series,
    marks: Vec<Mark>,
    ticks: Vec<Tick>,
}

impl<'a> Scene<'a> {
    fn new(figure: &'a ContactedFigure, top: f64) -> Self {
        let share = |band: &Band| band.defined().map(|band| band.within(0.0, 1.0));
        let days = figure.days.iter().filter(|(day, _)| day.is_finite());
        let series = Series::new(days.map(|(day, band)| (*day, share(band))));
        let days = figure.days.iter().map(|(day, _)| *day);
        let days = days.chain(figure.marks.iter().map(|mark| mark.day));
        let last = days.filter(|day| day.is_finite()).fold(1.0, f64::max);
        let area = Rect {
            x: MARGIN + 46.0,
            y: top,
            width: WIDTH - MARGIN * 2.0 - 46.0 - END_LABELS,
            height: PLOT_HEIGHT,
        };
        let marks = named_days::shown(&figure.marks);
        let wanted: Vec<f64> = marks.iter().map(|mark| mark.day).collect();
        Self {
            figure,
            panel: Panel {
                area,
                across: 0.0..last,
                up: 0.0..1.0,
            },
            series,
            ticks: day_ticks(&wanted, last, area.width),
            marks,
        }
    }

    fn inks(&self) -> Vec<Ink> {
        let mut inks = vec![
            Ink::Grid {
                xs: self.marks.iter().map(|mark| mark.day).collect(),
                ys: SHARES.to_vec(),
            },
            base_line(&self.panel),
        ];
        inks.extend(self.series.inks(self.figure.replications > 1));
        inks
    }

    fn axes(&self, canvas: &mut Canvas) {
        let letters = Lettering::plain(LABEL, Colour::Muted);
        let area = self.panel.area;
        for share in SHARES {
            let (x, y) = self.panel.at((0.0, share));
            canvas.text((x - 8.0, y + 4.7), Anchor::End, letters, &percent(share));
        }
        for (day, label) in &self.ticks {
            let (x, y) = self.panel.at((*day, 0.0));
            canvas.line((x, y), (x, y + 5.0), Colour::Axis);
            canvas.text((x, y + 20.0), Anchor::Middle, letters, label);
        }
        let above = (MARGIN, area.y - 16.0);
        canvas.text(above, Anchor::Start, letters, "Share of people contacted");
        let below = (area.x + area.width / 2.0, area.bottom() + 39.0);
        canvas.text(below, Anchor::Middle, letters, "Days since referral");
        if self.series.last().is_none() {
            canvas.empty(area, "No share to show");
        }
    }

    /// What is said right of the panel: where the curve ends, and who is never reached.
    fn ends(&self, canvas: &mut Canvas) {
        let area = self.panel.area;
        let mut blocks: Vec<Block> = Vec::new();
        if let Some(never) = self.never() {
            let (_, foot) = self.panel.at((0.0, 1.0 - never.mean));
            self.bracket(canvas, area.y, foot);
            blocks.push(((area.y + foot) / 2.0, self.never_lines(never)));
        }
        if let Some((day, band)) = self.series.last() {
            let (_, y) = self.panel.at((day, band.mean));
            let room = END_LABELS - 18.0;
            blocks.push((y, end_lines(band, self.figure.replications, percent, room)));
        }
        let (top, bottom) = (area.y - 10.0, area.bottom() + 30.0);
        canvas.column(area.right() + 18.0, &blocks, top, bottom);
    }

    fn bracket(&self, canvas: &mut Canvas, top: f64, foot: f64) {
        let (inner, outer) = (
            self.panel.area.right() + 5.0,
            self.panel.area.right() + 11.0,
        );
        if foot - top > 4.0 {
            canvas.line((outer, top), (outer, foot), Colour::Muted);
            canvas.line((inner, top), (outer, top), Colour::Muted);
            canvas.line((inner, foot), (outer, foot), Colour::Muted);
        }
    }

    fn never_lines(&self, never: Band) -> Vec<(Lettering, String)> {
        let bold = Lettering::bold(DIRECT, Colour::Ink);
        let plain = Lettering::plain(LABEL, Colour::Muted);
        let words = format!("{} are never contacted", percent(never.mean));
        let mut said = lines(
            bold,
            wrap(&words, DIRECT, Weight::Bold, END_LABELS - 18.0, 3),
        );
        if self.figure.replications > 1 {
            said.push((plain, "8 in 10 runs:".to_owned()));
            said.push((plain, range(never, percent)));
        }
        said
    }

    fn never(&self) -> Option<Band> {
        let never = self.figure.never.and_then(Band::defined)?;
        Some(never.within(0.0, 1.0))
    }

    fn note(&self) -> String {
        let observed = "Never: not within the time observed.";
        format!("{} {observed}", line_and_band(self.figure.replications))
    }

    fn description(&self) -> String {
        let each = self.marks.iter().map(|mark| {
            let target = mark
                .target
                .map(|target| format!(" (target {})", percent(target)));
            let share = percent(mark.share);
            format!(
                "By {}: {share}{}. ",
                days(mark.day),
                target.unwrap_or_default()
            )
        });
        let never = self.never().map(|never| {
            let said = sentence(never, self.figure.replications, percent);
            format!("Never contacted: {said}. ")
        });
        format!(
            "Line chart of the share of people contacted by days since referral. {}{}{} {}",
            each.collect::<String>(),
            never.unwrap_or_default(),
            closed(&self.figure.subtitle),
            self.note()
        )
    }
}
