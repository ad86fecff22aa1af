//! Link workers by cases a year, in the bins of the national survey: a bar for each.
//!
//! Draws shares with their intervals beside what guidance and the survey say; must not know how any
//! was computed.

use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::glyphs::wrap;
use super::style::{Colour, DIRECT, LABEL, MARGIN, NOTE, WIDTH, Weight};
use super::wording::{closed, number, percent};
use super::{Band, FigureError};

/// Height of the plotting area, in user units like all lengths below.
const PLOT_HEIGHT: f64 = 240.0;
/// Room above the plotting area for words about single bins.
const WORDS: f64 = 74.0;
/// Width of a bar as a share of its bin.
const BAR: f64 = 0.62;
/// Shares that the vertical axis names.
const SHARES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];
/// Opacity of the ground behind a bin that guidance names.
const GROUND: f64 = 0.14;

/// What the figure of bins shows.
#[derive(Clone, Debug, PartialEq)]
pub struct BinsFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// What the bins are of: "Cases a year per WTE".
    pub across: String,
    /// The bins, in order.
    pub bins: Vec<Bin>,
    /// What must be known of survey and guidance, as a sentence.
    pub note: String,
    /// Replications behind each value; with one there is no interval.
    pub replications: usize,
}

/// One bin.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// Its ends in words: "201 to 250".
    pub label: String,
    /// Share (0 to 1) of posts, and the ends of its 95% interval; `None` where there is none.
    pub share: Option<Band>,
    /// What is known of it from elsewhere, in a few words, and of what kind.
    pub known: Option<(String, Known)>,
}

/// Who says something of a bin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Published guidance.
    Guidance,
    /// A survey.
    Survey,
}

impl Known {
    const fn colours(self) -> (Colour, Colour) {
        match self {
            Self::Guidance => (Colour::Guidance, Colour::GuidanceText),
            Self::Survey => (Colour::Limit, Colour::LimitText),
        }
    }
}

/// The figure as SVG.
///
/// # Errors
///
/// None so far; the signature is that of all figures.
pub fn draw(figure: &BinsFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let area = Rect {
        x: MARGIN + 46.0,
        y: edge + 40.0 + WORDS,
        width: WIDTH - 2.0 * MARGIN - 46.0,
        height: PLOT_HEIGHT,
    };
    axes(&mut canvas, figure, area);
    for at in 0..figure.bins.len() {
        bin(&mut canvas, figure, area, at);
    }
    let end = canvas.note(area.bottom() + 54.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

fn axes(canvas: &mut Canvas, figure: &BinsFigure, area: Rect) {
    let letters = Lettering::plain(LABEL, Colour::Muted);
    canvas.text(
        (MARGIN, area.y - WORDS - 12.0),
        Anchor::Start,
        letters,
        "Share of posts",
    );
    for share in SHARES {
        let y = height(area, share);
        let colour = if share > 0.0 {
            Colour::Grid
        } else {
            Colour::Axis
        };
        canvas.line((area.x, y), (area.right(), y), colour);
        canvas.text(
            (area.x - 8.0, y + 4.7),
            Anchor::End,
            letters,
            &percent(share),
        );
    }
    let middle = (area.x + area.width / 2.0, area.bottom() + 40.0);
    canvas.text(middle, Anchor::Middle, letters, &figure.across);
}

fn height(area: Rect, share: f64) -> f64 {
    area.bottom() - share.clamp(0.0, 1.0) * area.height
}

/// One bin: its ground, its bar, its interval and its words.
fn bin(canvas: &mut Canvas, figure: &BinsFigure, area: Rect, at: usize) {
    let bin = &figure.bins[at];
    let width = area.width / figure.bins.len() as f64;
    let (left, middle) = (
        area.x + at as f64 * width,
        area.x + (at as f64 + 0.5) * width,
    );
    let letters = Lettering::plain(LABEL, Colour::Muted);
    canvas.text(
        (middle, area.bottom() + 19.0),
        Anchor::Middle,
        letters,
        &bin.label,
    );
    if let Some((words, known)) = &bin.known {
        let (ground, text) = known.colours();
        let full = path(left + 2.0, area.y - WORDS, width - 4.0, area.height + WORDS);
        canvas.area(&full, ground, GROUND);
        let lines = wrap(words, NOTE, Weight::Regular, width - 10.0, 3);
        let letters = Lettering::plain(NOTE, text);
        for (line, words) in lines.iter().enumerate() {
            let y = area.y - WORDS + 14.0 + line as f64 * letters.height();
            canvas.text((middle, y), Anchor::Middle, letters, words);
        }
    }
    let Some(band) = bin.share.and_then(Band::defined) else {
        return;
    };
    let top = height(area, band.mean);
    let bar = path(
        middle - BAR * width / 2.0,
        top,
        BAR * width,
        area.bottom() - top,
    );
    canvas.area(&bar, Colour::Main, 0.8);
    let has_interval = figure.replications > 1 && band.p90 > band.p10;
    if has_interval {
        let (low, high) = (height(area, band.p10), height(area, band.p90));
        canvas.line((middle, low), (middle, high), Colour::Ink);
        for y in [low, high] {
            canvas.line((middle - 5.0, y), (middle + 5.0, y), Colour::Ink);
        }
    }
    let highest = if has_interval {
        height(area, band.p90).min(top)
    } else {
        top
    };
    let words = percent(band.mean);
    let bold = Lettering::bold(DIRECT, Colour::MainText);
    // Beside the interval, so that it hides neither.
    let place = Rect {
        x: middle - bold.width(&words) / 2.0,
        y: (highest - bold.height() - 1.0).max(area.y - bold.height()),
        width: bold.width(&words),
        height: bold.height(),
    };
    canvas.label(place, bold, &words);
}

fn path(x: f64, y: f64, width: f64, height: f64) -> String {
    format!("M{x:.1} {y:.1}h{width:.1}v{height:.1}h-{width:.1}Z")
}

fn note(figure: &BinsFigure) -> String {
    let bars = match figure.replications > 1 {
        true => format!(
            "Bars: means of {} runs; thin lines: their 95% intervals.",
            number(figure.replications as f64)
        ),
        false => "A single run, so the figure cannot show how much runs differ.".to_owned(),
    };
    format!("{bars} {}", figure.note)
}

fn description(figure: &BinsFigure) -> String {
    let bins = figure.bins.iter().map(|bin| {
        let share = bin
            .share
            .map_or("no value".to_owned(), |it| percent(it.mean));
        let known = bin.known.as_ref().map(|(words, _)| format!(" ({words})"));
        format!("{}: {share}{}. ", bin.label, known.unwrap_or_default())
    });
    format!(
        "Bar chart of the share of posts by {}. {}{} {}",
        figure.across.to_lowercase(),
        bins.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
