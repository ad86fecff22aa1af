//! Something about each practice in each month: a row for each practice, a column for each month, darker
//! for more.
//!
//! Draws shades of one colour, the key to them, and beside each row its mean; must not know how any
//! value was computed.

use jiff::civil::Date;

use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::labels::apart_inside;
use super::style::{Colour, LABEL, MARGIN, NOTE, WIDTH, Weight, shade};
use super::wording::{Alike, closed, month, number};
use super::{Band, FigureError};

/// Rows that a figure holds.
pub const MOST_ROWS: usize = 40;
/// Height of a row, in user units like all lengths below.
const ROW: f64 = 18.0;
/// Widest that names may be.
const NAMES: f64 = 190.0;
/// Room at the right for means, at least.
const MEANS: f64 = 132.0;
/// Space between the names and the panel.
const BESIDE: f64 = 8.0;
/// Steps of the key.
const STEPS: usize = 6;

/// What the figure of practices by month shows.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatMapFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// What a value is, for the key: "people waiting per 1,000 patients".
    pub measure: String,
    /// What the columns are: "month".
    pub column_word: &'static str,
    /// The first day of each column, in order.
    pub months: Vec<Date>,
    /// The practices, in the order drawn; the first 40 are.
    pub rows: Vec<HeatRow>,
    /// Replications behind each value.
    pub replications: usize,
}

/// One practice.
#[derive(Clone, Debug, PartialEq)]
pub struct HeatRow {
    /// What it is called.
    pub name: String,
    /// The value of each month; `None` where undefined.
    pub values: Vec<Option<f64>>,
    /// The value over the whole period, with its spread over runs.
    pub whole: Option<Band>,
}

/// The figure as SVG.
///
/// # Errors
///
/// None so far; the signature is that of all figures.
pub fn draw(figure: &HeatMapFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let scene = Scene::new(figure, edge + 40.0);
    scene.key(&mut canvas, edge + 14.0);
    scene.cells(&mut canvas);
    scene.names(&mut canvas);
    scene.months(&mut canvas);
    let below = scene.area.bottom() + 34.0;
    let end = canvas.note(below, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(&scene)))
}

/// Where things are.
struct Scene<'a> {
    figure: &'a HeatMapFigure,
    rows: &'a [HeatRow],
    area: Rect,
    highest: f64,
    alike: Alike,
    means: Vec<Option<String>>,
}

impl<'a> Scene<'a> {
    fn new(figure: &'a HeatMapFigure, top: f64) -> Self {
        let rows = &figure.rows[..figure.rows.len().min(MOST_ROWS)];
        let values = rows.iter().flat_map(|row| row.values.iter().flatten());
        let values = values.copied().filter(|value| value.is_finite());
        let highest = values.fold(0.0, f64::max);
        let left = MARGIN + NAMES + BESIDE;
        let alike = Alike::of(&[highest], false);
        let means: Vec<Option<String>> = rows
            .iter()
            .map(|row| mean_of(row, alike, figure.replications))
            .collect();
        Self {
            figure,
            rows,
            area: Rect {
                x: left,
                y: top,
                width: WIDTH - MARGIN - room_for(&means) - left,
                height: ROW * rows.len().max(1) as f64,
            },
            highest,
            alike,
            means,
        }
    }

    /// Steps of the shades with their values, above the panel at its right end.
    fn key(&self, canvas: &mut Canvas, top: f64) {
        if self.highest <= 0.0 {
            return;
        }
        let letters = Lettering::plain(NOTE, Colour::Muted);
        let words = format!("{}:", self.figure.measure);
        canvas.text((MARGIN, top + 10.0), Anchor::Start, letters, &words);
        let mut x = MARGIN + letters.width(&words) + 8.0;
        for step in 0..STEPS {
            let share = step as f64 / (STEPS - 1) as f64;
            canvas.tile(
                Rect {
                    x,
                    y: top,
                    width: 16.0,
                    height: 12.0,
                },
                &shade(share),
            );
            let label = self.alike.write(share * self.highest);
            canvas.text((x + 20.0, top + 10.0), Anchor::Start, letters, &label);
            x += 20.0 + letters.width(&label) + 10.0;
        }
    }

    fn cells(&self, canvas: &mut Canvas) {
        let width = self.area.width / self.figure.months.len().max(1) as f64;
        canvas.begin_panel(self.area);
        for (row, y) in self.rows.iter().zip(self.tops()) {
            for (at, value) in row.values.iter().enumerate() {
                let Some(value) = value.filter(|value| value.is_finite()) else {
                    continue;
                };
                let share = if self.highest > 0.0 {
                    value / self.highest
                } else {
                    0.0
                };
                let cell = Rect {
                    x: self.area.x + at as f64 * width,
                    y,
                    width: (width - 1.0).max(0.5),
                    height: ROW - 1.0,
                };
                canvas.tile(cell, &shade(share));
            }
        }
        canvas.end_panel();
        if self.rows.is_empty() || self.figure.months.is_empty() {
            canvas.empty(self.area, "No practice to show");
        }
    }

    /// The upper edge of each row.
    fn tops(&self) -> impl Iterator<Item = f64> {
        let top = self.area.y;
        (0..self.rows.len()).map(move |row| top + row as f64 * ROW)
    }

    /// Names at the left, means at the right.
    fn names(&self, canvas: &mut Canvas) {
        let name = Lettering::plain(NOTE, Colour::Ink);
        let mean = Lettering::plain(NOTE, Colour::MainText);
        let names: Vec<&str> = self.rows.iter().map(|row| row.name.as_str()).collect();
        let names = apart_inside(&names, NOTE, Weight::Regular, NAMES);
        for ((said, whole), top) in names.iter().zip(&self.means).zip(self.tops()) {
            let base = top + ROW / 2.0 + 4.0;
            canvas.text((self.area.x - BESIDE, base), Anchor::End, name, said);
            if let Some(whole) = whole {
                canvas.text((self.area.right() + 6.0, base), Anchor::Start, mean, whole);
            }
        }
    }

    /// As many months as fit, under the panel.
    fn months(&self, canvas: &mut Canvas) {
        let letters = Lettering::plain(LABEL, Colour::Muted);
        let all = self.figure.months.len();
        let width = self.area.width / all.max(1) as f64;
        let label = |date: &Date| month(*date);
        let widest = self
            .figure
            .months
            .iter()
            .map(|it| letters.width(&label(it)));
        let widest = widest.fold(1.0, f64::max) + 14.0;
        let step = (widest / width).ceil().max(1.0) as usize;
        for (at, date) in self.figure.months.iter().enumerate().step_by(step) {
            let x = self.area.x + at as f64 * width;
            let right = WIDTH - MARGIN;
            let words = label(date);
            if x + letters.width(&words) <= right {
                let y = self.area.bottom();
                canvas.line((x, y), (x, y + 4.0), Colour::Axis);
                canvas.text((x, y + 19.0), Anchor::Start, letters, &words);
            }
        }
    }
}

/// The mean of a practice over the whole period, with its spread where there is one.
fn mean_of(row: &HeatRow, alike: Alike, replications: usize) -> Option<String> {
    let band = row.whole.and_then(Band::defined)?;
    let [middle, low, high] = [band.mean, band.p10, band.p90].map(|it| alike.write(it));
    Some(match replications > 1 {
        true => format!("{middle} ({low} to {high})"),
        false => middle,
    })
}

/// Room at the right for these means: none is cut, because the ends of a spread say how sure it is.
fn room_for(means: &[Option<String>]) -> f64 {
    let letters = Lettering::plain(NOTE, Colour::MainText);
    let widths = means.iter().flatten().map(|it| letters.width(it) + 6.0);
    widths.fold(MEANS, f64::max)
}

fn note(figure: &HeatMapFigure) -> String {
    let shown = match figure.rows.len() > MOST_ROWS {
        true => format!(" The first {MOST_ROWS} of {} practices.", figure.rows.len()),
        false => String::new(),
    };
    let word = figure.column_word;
    match figure.replications > 1 {
        true => format!(
            "Shades: means of {} runs in each {word}. At the right: the mean over the whole period, in brackets 8 in 10 runs. One \
             {word} of one run can be far from its mean.{shown}",
            number(figure.replications as f64)
        ),
        false => format!(
            "A single run, so the figure cannot show how much runs differ. At the right: the mean over the whole period.{shown}"
        ),
    }
}

fn description(scene: &Scene) -> String {
    let figure = scene.figure;
    let rows = figure.rows.iter().take(MOST_ROWS).filter_map(|row| {
        let band = row.whole.and_then(Band::defined)?;
        Some(format!("{}: {}. ", row.name, scene.alike.write(band.mean)))
    });
    format!(
        "Heat map of practices by {}: {}. {}{} {}",
        figure.column_word,
        figure.measure,
        rows.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neither_the_title_nor_a_mean_loses_a_number() {
        let values = vec![Some(0.004); 12];
        let whole = Band {
            mean: 0.003,
            p10: 0.001,
            p90: 0.009,
        };
        let long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch";
        let figure = HeatMapFigure {
            title: format!("{long} {long} {long} brings 9.36 more people, for £2,137 each"),
            subtitle: String::new(),
            measure: "people".to_owned(),
            column_word: "month",
            months: (1..=12)
                .map(|month| Date::constant(2026, month, 1))
                .collect(),
            rows: vec![HeatRow {
                name: "Elm".to_owned(),
                values,
                whole: Some(whole),
            }],
            replications: 10,
        };
        let svg = draw(&figure).expect("the figure draws");
        let texts: Vec<&str> = svg.lines().filter(|it| it.starts_with("<text")).collect();
        for number in [">0.003 (0.001 to 0.009)<", "£2,137 each<"] {
            assert!(texts.iter().any(|it| it.contains(number)), "{svg}");
        }
    }
}
