//! Something about each post over time, as small panels that share their axes: open cases, strain.
//!
//! Draws each post's mean and band with its limit and the published guidance; must not know how
//! any of them was computed.

use jiff::civil::Date;

use super::axes::{base_line, date_axis, end_lines, grid, value_axis, widest_label};
use super::canvas::{Anchor, Block, Canvas, Lettering, lines};
use super::glyphs::{balance, shorten};
use super::keys::{self, Limit, LimitKind};
use super::panel::{Ink, Panel};
use super::series::Series;
use super::style::{Colour, LABEL, MARGIN, WIDTH, Weight};
use super::ticks::{Tick, date_ticks, days_between, ratio_ticks, value_ticks};
use super::tiling::{BETWEEN, LAST_RIGHT, LONE_RIGHT, Tiling};
use super::wording::{closed, line_and_band, number, sentence};
use super::{Band, FigureError};

/// Panels that a figure holds.
const MOST_PANELS: usize = 12;
/// Opacity of the range of the guidance.
const GUIDANCE_OPACITY: f64 = 0.16;

/// What a figure of posts shows.
#[derive(Clone, Debug, PartialEq)]
pub struct PostsFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// What the values are: `Open cases`.
    pub measure: &'static str,
    /// What a post's limit is called: `cap`.
    pub limit_word: &'static str,
    /// Whether the values are ratios around 1, not counts.
    pub is_ratio: bool,
    /// The posts; the first 12 are drawn.
    pub posts: Vec<PostSeries>,
    /// What the limits are and whose, as a sentence.
    pub guidance_note: String,
    /// Replications behind each value; with one there is no band.
    pub replications: usize,
}

/// One post's values over time.
#[derive(Clone, Debug, PartialEq)]
pub struct PostSeries {
    /// What the post is called.
    pub name: String,
    /// A value that should not be passed: the most cases that the post may hold open at once.
    pub cap: Option<f64>,
    /// Values that published guidance implies for this post, from and to; not numbers where there is
    /// none.
    pub guidance: (f64, f64),
    /// The value at each date, in order of date; `None` where undefined.
    pub weeks: Vec<(Date, Option<Band>)>,
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &PostsFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let scene = Scene::new(figure, edge);
    let above = Lettering::plain(LABEL, Colour::Muted);
    let axis = match figure.posts.as_slice() {
        [only] => format!("{}, {}", figure.measure, only.name),
        _ => figure.measure.to_owned(),
    };
    let axis = shorten(&axis, LABEL, Weight::Regular, WIDTH - 2.0 * MARGIN);
    canvas.text((MARGIN, edge + 27.0), Anchor::Start, above, &axis);
    for (place, post) in figure.posts.iter().take(MOST_PANELS).enumerate() {
        scene.post(&mut canvas, place, post)?;
    }
    if figure.posts.is_empty() {
        canvas.empty(scene.tiling.area(0), "No post to show");
    }
    let end = canvas.note(scene.tiling.bottom() + 34.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

/// The panels' places and the axes that they share.
struct Scene<'a> {
    figure: &'a PostsFigure,
    tiling: Tiling,
    values: Vec<f64>,
    period: Option<(Date, Date)>,
}

impl<'a> Scene<'a> {
    fn new(figure: &'a PostsFigure, edge: f64) -> Self {
        let posts = figure.posts.iter().take(MOST_PANELS);
        let panels = posts.len().max(1);
        let top = posts.clone().map(highest).fold(0.0, f64::max);
        let values = match figure.is_ratio {
            true => ratio_ticks(top),
            false => value_ticks(top),
        };
        let dates = posts.flat_map(|post| post.weeks.iter().map(|(date, _)| *date));
        let period = dates.fold(None, |period: Option<(Date, Date)>, date| {
            let (first, last) = period.unwrap_or((date, date));
            Some((first.min(date), last.max(date)))
        });
        let tiling = Tiling {
            panels,
            left: MARGIN + widest_label(&values) + 8.0,
            // Several panels have a heading and a key above them; a lone one has a heading.
            top: edge + if panels > 1 { 86.0 } else { 42.0 },
        };
        Self {
            figure,
            tiling,
            values,
            period,
        }
    }

    fn post(
        &self,
        canvas: &mut Canvas,
        place: usize,
        post: &PostSeries,
    ) -> Result<(), FigureError> {
        let panel = Panel {
            area: self.tiling.area(place),
            across: self.across(),
            up: 0.0..self.values.last().copied().unwrap_or(1.0),
        };
        let points = post.weeks.iter();
        let series = Series::new(points.map(|(date, band)| (self.position(*date), *band)));
        self.axes(canvas, place, &panel);
        canvas.layer(&panel.draw(&self.inks(&panel, post, &series))?);
        if self.tiling.panels > 1 {
            let limits = limits(post, self.figure.limit_word);
            keys::above(canvas, &panel, &post.name, &limits);
            last_value(canvas, &panel, &series);
        } else {
            self.beside(canvas, &panel, post, &series);
        }
        if series.last().is_none() {
            canvas.empty(panel.area, "No value");
        }
        Ok(())
    }

    fn inks(&self, panel: &Panel, post: &PostSeries, series: &Series) -> Vec<Ink> {
        let mut inks: Vec<Ink> = guidance(post)
            .map(|range| shade(panel, range))
            .into_iter()
            .collect();
        inks.extend([grid(&self.values), base_line(panel)]);
        if let Some(at) = cap(post) {
            let colour = Colour::Limit;
            inks.push(Ink::Level { at, colour });
        }
        inks.extend(series.inks(self.figure.replications > 1));
        inks
    }

    /// Values left of the first column, dates under the lowest panels.
    fn axes(&self, canvas: &mut Canvas, place: usize, panel: &Panel) {
        let area = panel.area;
        if self.tiling.is_first(place) {
            value_axis(canvas, panel, &self.values);
        }
        if self.tiling.is_lowest(place) {
            let right = (area.right() + BETWEEN / 2.0 - 4.0).min(WIDTH - 2.0);
            date_axis(canvas, panel, &self.dates(area.width), right);
        }
    }

    /// The words at the right of a lone panel: its cap, its guidance, and its last value.
    fn beside(&self, canvas: &mut Canvas, panel: &Panel, post: &PostSeries, series: &Series) {
        let room = LONE_RIGHT - 8.0;
        let mut blocks: Vec<Block> = Vec::new();
        for limit in limits(post, self.figure.limit_word) {
            let letters = Lettering::plain(LABEL, limit.kind.text());
            let words = balance(&limit.words, LABEL, Weight::Regular, room, 2);
            blocks.push((limit.at, lines(letters, words)));
        }
        if let Some((_, band)) = series.last() {
            let said = end_lines(band, self.figure.replications, number, room);
            blocks.push((band.mean, said));
        }
        blocks.sort_by(|(left, _), (right, _)| right.total_cmp(left));
        for (at, _) in &mut blocks {
            *at = panel.at((panel.across.start, *at)).1;
        }
        let (top, bottom) = (panel.area.y - 10.0, panel.area.bottom() + 24.0);
        canvas.column(panel.area.right() + 8.0, &blocks, top, bottom);
    }

    fn across(&self) -> std::ops::Range<f64> {
        match self.period {
            Some((first, last)) if first < last => 0.0..days_between(first, last),
            _ => -3.5..3.5,
        }
    }

    fn position(&self, date: Date) -> f64 {
        self.period
            .map_or(0.0, |(first, _)| days_between(first, date))
    }

    fn dates(&self, room: f64) -> Vec<Tick> {
        let ticks = |(first, last)| date_ticks(first, first, last, room);
        self.period.map(ticks).unwrap_or_default()
    }
}

/// The highest value that a post's panel has to hold.
fn highest(post: &PostSeries) -> f64 {
    let series = Series::new(post.weeks.iter().map(|(_, band)| (0.0, *band)));
    let guidance = guidance(post).map_or(0.0, |(_, to)| to);
    let limits = guidance.max(cap(post).unwrap_or(0.0));
    // A limit at the very top of a panel would look like its frame.
    series.highest().max(limits * 1.05)
}

fn cap(post: &PostSeries) -> Option<f64> {
    post.cap.filter(|cap| cap.is_finite())
}

fn guidance(post: &PostSeries) -> Option<(f64, f64)> {
    let (from, to) = post.guidance;
    (from.is_finite() && to.is_finite()).then_some((from, to))
}

/// What a post's values are held against, in words.
fn limits(post: &PostSeries, word: &str) -> Vec<Limit> {
    let cap = cap(post).map(|cap| Limit {
        kind: LimitKind::Line,
        at: cap,
        words: format!("{word} {}", number(cap)),
    });
    let guidance = guidance(post).map(|(from, to)| Limit {
        kind: LimitKind::Range,
        at: (from + to) / 2.0,
        words: format!("guidance {} to {}", number(from), number(to)),
    });
    cap.into_iter().chain(guidance).collect()
}

fn shade(panel: &Panel, (from, to): (f64, f64)) -> Ink {
    let (left, right) = (panel.across.start, panel.across.end);
    Ink::Area {
        outline: vec![(left, from), (right, from), (right, to), (left, to)],
        colour: Colour::Guidance,
        opacity: GUIDANCE_OPACITY,
    }
}

/// The last mean beside the end of its line.
fn last_value(canvas: &mut Canvas, panel: &Panel, series: &Series) {
    if let Some((x, band)) = series.last() {
        let letters = Lettering::bold(LABEL, Colour::MainText);
        let (x, y) = panel.at((x, band.mean));
        let words = number(band.mean);
        // A number that is cut short would mislead.
        if letters.width(&words) < LAST_RIGHT + MARGIN - 7.0 {
            canvas.text((x + 5.0, y + 4.7), Anchor::Start, letters, &words);
        }
    }
}

fn note(figure: &PostsFigure) -> String {
    let mut note = vec![line_and_band(figure.replications)];
    let shown = figure.posts.iter().take(MOST_PANELS);
    if figure.posts.len() > 1 {
        note.push("At the right: the last mean.".to_owned());
    }
    if shown
        .clone()
        .any(|post| post.weeks.iter().any(|(_, band)| band.is_none()))
    {
        note.push("Gaps: weeks without a value.".to_owned());
    }
    if figure.posts.len() > MOST_PANELS {
        let all = figure.posts.len();
        note.push(format!("The first {MOST_PANELS} of {all} posts are shown."));
    }
    note.push(figure.guidance_note.clone());
    note.join(" ")
}

fn description(figure: &PostsFigure) -> String {
    let each = figure.posts.iter().take(MOST_PANELS).map(|post| {
        let points = post.weeks.iter().map(|(_, band)| (0.0, *band));
        let last = Series::new(points).last();
        let end = last.map_or("no value".to_owned(), |(_, band)| {
            sentence(band, figure.replications, number)
        });
        let cap = cap(post).map_or(String::new(), |cap| {
            format!(" ({} {})", figure.limit_word, number(cap))
        });
        format!("{}{cap}: {end} at the end. ", post.name)
    });
    format!(
        "Line charts of {}, one for each post. {}{} {}",
        figure.measure.to_lowercase(),
        each.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
