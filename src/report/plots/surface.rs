//! A measure over two keys: a cell for each choice of values, darker for more, with the value in it, and
//! a line between where a target is met and where it is missed. A third key has a panel for each value.
//!
//! Draws cells whose values and verdicts arrive ready; must not know what the keys are.

use super::FigureError;
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::glyphs::{shorten, shorten_inside};
use super::labels::apart_inside;
use super::style::{Colour, DIRECT, LABEL, MARGIN, NOTE, WIDTH, Weight, shade};
use super::wording::{Alike, closed};

/// Rows, and columns, that a panel holds.
pub const MOST_CELLS: usize = 40;
/// Panels that a figure holds.
pub const MOST_PANELS: usize = 6;
/// Widest that the labels of rows may be, in user units like all lengths below.
const NAMES: f64 = 170.0;
/// Space between those labels and the panel.
const BESIDE: f64 = 8.0;
/// Space above a panel for its heading or the name of its rows.
const ABOVE: f64 = 26.0;
/// Space below a panel for the values of its columns and their name.
const BELOW: f64 = 46.0;
/// Heights of rows, the first that keeps a panel below the height after it.
const ROWS: [(f64, f64); 3] = [(36.0, 330.0), (26.0, 420.0), (18.0, f64::INFINITY)];
/// Least height of a row with values in it.
const LEAST_WITH_TEXT: f64 = 18.0;
/// Widest that a cell may be.
const WIDEST: f64 = 150.0;
/// Width of the line around what meets the target.
const EDGE: f64 = 3.0;
/// The darkest shade, on which dark letters can still be read.
const DARKEST: f64 = 0.55;
/// Steps of the key.
const STEPS: usize = 5;

/// What the figure of two keys shows.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfaceFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// What a value is, for the key.
    pub measure: String,
    /// Whether values are shares, 0 to 1.
    pub is_share: bool,
    /// The key of the columns and its values, from the left.
    pub across: SurfaceAxis,
    /// The key of the rows and its values, from the top.
    pub down: SurfaceAxis,
    /// A panel, or one for each value of a third key; the first six are drawn.
    pub panels: Vec<SurfacePanel>,
    /// What is asked of the measure, if anything: "at least 95%".
    pub goal: Option<String>,
}

/// A key and its values in words.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfaceAxis {
    /// What the key is called.
    pub name: String,
    /// Its values; the first 40 are drawn.
    pub values: Vec<String>,
}

/// One panel.
#[derive(Clone, Debug, PartialEq)]
pub struct SurfacePanel {
    /// Which value the third key has; nothing where there is none.
    pub heading: String,
    /// The cells, row by row; `None` where the measure has no value.
    pub cells: Vec<Vec<Option<SurfaceCell>>>,
}

/// One choice of values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SurfaceCell {
    /// The mean there.
    pub mean: f64,
    /// Whether the mean meets the target, if there is one.
    pub is_met: Option<bool>,
    /// Whether the whole interval says the same.
    pub is_sure: bool,
}

/// The figure as SVG.
///
/// # Errors
///
/// None so far; the signature is that of all figures.
pub fn draw(figure: &SurfaceFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let scene = Scene::new(figure);
    scene.key(&mut canvas, edge + 14.0);
    let mut top = edge + 40.0;
    for panel in figure.panels.iter().take(MOST_PANELS) {
        top = scene.panel(&mut canvas, panel, top);
    }
    if figure.panels.is_empty() || scene.columns == 0 || scene.rows == 0 {
        let area = Rect {
            x: MARGIN,
            y: top,
            width: WIDTH - 2.0 * MARGIN,
            height: 120.0,
        };
        canvas.empty(area, "No point to show");
        top += 130.0;
    }
    let end = canvas.note(top, &note(figure));
    Ok(canvas.finish(
        end + MARGIN - 6.0,
        &figure.title,
        &description(figure, &scene),
    ))
}

/// What all panels share.
struct Scene<'a> {
    figure: &'a SurfaceFigure,
    rows: usize,
    columns: usize,
    ends: Option<(f64, f64)>,
    alike: Alike,
    left: f64,
    cell: (f64, f64),
}

impl<'a> Scene<'a> {
    fn new(figure: &'a SurfaceFigure) -> Self {
        let rows = figure.down.values.len().min(MOST_CELLS);
        let columns = figure.across.values.len().min(MOST_CELLS);
        let values: Vec<f64> = cells(figure).map(|cell| cell.mean).collect();
        let ends = (!values.is_empty()).then(|| {
            let least = values.iter().copied().fold(f64::INFINITY, f64::min);
            let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            (least, most)
        });
        let letters = Lettering::plain(LABEL, Colour::Ink);
        let widest = figure.down.values.iter().take(rows);
        let widest = widest.map(|it| letters.width(it)).fold(0.0, f64::max);
        let left = MARGIN + widest.min(NAMES) + BESIDE;
        let width = (WIDTH - MARGIN - left) / columns.max(1) as f64;
        let fits = |(height, most): &&(f64, f64)| height * rows as f64 <= *most;
        let height = ROWS.iter().find(fits).map_or(18.0, |(height, _)| *height);
        Self {
            figure,
            rows,
            columns,
            ends,
            alike: Alike::telling_apart(&values, figure.is_share),
            left,
            cell: (width.min(WIDEST), height),
        }
    }

    /// How dark a value is.
    fn shade(&self, value: f64) -> String {
        let (least, most) = self.ends.unwrap_or_default();
        let share = match most > least {
            true => (value - least) / (most - least),
            false => 0.5,
        };
        shade(share * DARKEST)
    }

    /// Steps of the shades with their values.
    fn key(&self, canvas: &mut Canvas, top: f64) {
        let Some((least, most)) = self.ends else {
            return;
        };
        let letters = Lettering::plain(NOTE, Colour::Muted);
        let measure = format!("{}:", self.figure.measure);
        let words = shorten(&measure, NOTE, Weight::Regular, WIDTH / 2.0);
        canvas.text((MARGIN, top + 10.0), Anchor::Start, letters, &words);
        let mut x = MARGIN + letters.width(&words) + 8.0;
        let steps = if most > least { STEPS } else { 1 };
        for step in 0..steps {
            let value = least + (most - least) * step as f64 / (STEPS - 1) as f64;
            let tile = Rect {
                x,
                y: top,
                width: 16.0,
                height: 12.0,
            };
            canvas.tile(tile, &self.shade(value));
            let label = self.alike.write(value);
            canvas.text((x + 20.0, top + 10.0), Anchor::Start, letters, &label);
            x += 20.0 + letters.width(&label) + 10.0;
        }
    }

    /// Draws a panel from `top`; gives the edge below it.
    fn panel(&self, canvas: &mut Canvas, panel: &SurfacePanel, top: f64) -> f64 {
        let heading = Lettering::bold(DIRECT, Colour::Ink);
        let mut y = top;
        if !panel.heading.is_empty() {
            let words = shorten(&panel.heading, DIRECT, Weight::Bold, WIDTH - 2.0 * MARGIN);
            canvas.text((MARGIN, y + 14.0), Anchor::Start, heading, &words);
            y += 22.0;
        }
        let area = Rect {
            x: self.left,
            y: y + ABOVE,
            width: self.cell.0 * self.columns as f64,
            height: self.cell.1 * self.rows as f64,
        };
        self.axes(canvas, area);
        canvas.begin_panel(area);
        for (row, column, cell) in self.of_panel(panel) {
            self.tile(canvas, self.place(area, row, column), cell);
        }
        canvas.end_panel();
        self.edges(canvas, area, panel);
        self.values(canvas, area, panel);
        area.bottom() + BELOW
    }

    /// The defined cells of a panel with their places.
    fn of_panel<'p>(
        &self,
        panel: &'p SurfacePanel,
    ) -> impl Iterator<Item = (usize, usize, &'p SurfaceCell)> {
        let (rows, columns) = (self.rows, self.columns);
        let rows = panel.cells.iter().take(rows).enumerate();
        let cells = rows.flat_map(move |(row, cells)| {
            let cells = cells.iter().take(columns).enumerate();
            cells.map(move |(column, cell)| (row, column, cell.as_ref()))
        });
        cells.filter_map(|(row, column, cell)| {
            Some((row, column, cell.filter(|it| it.mean.is_finite())?))
        })
    }

    fn place(&self, area: Rect, row: usize, column: usize) -> Rect {
        Rect {
            x: area.x + column as f64 * self.cell.0,
            y: area.y + row as f64 * self.cell.1,
            width: self.cell.0,
            height: self.cell.1,
        }
    }

    fn tile(&self, canvas: &mut Canvas, place: Rect, cell: &SurfaceCell) {
        let inner = Rect {
            width: place.width - 1.0,
            height: place.height - 1.0,
            ..place
        };
        canvas.tile(inner, &self.shade(cell.mean));
    }

    /// What stands in a cell.
    fn said(&self, cell: &SurfaceCell) -> (Lettering, String) {
        let value = self.alike.write(cell.mean);
        match (cell.is_met, cell.is_sure) {
            (Some(true), true) => (Lettering::bold(LABEL, Colour::Ink), value),
            (Some(_), false) => (Lettering::plain(LABEL, Colour::Ink), format!("{value}?")),
            _ => (Lettering::plain(LABEL, Colour::Ink), value),
        }
    }

    /// The values, if there is room for all of them.
    fn values(&self, canvas: &mut Canvas, area: Rect, panel: &SurfacePanel) {
        let all: Vec<_> = self.of_panel(panel).collect();
        let widths = all.iter().map(|(_, _, cell)| {
            let (letters, text) = self.said(cell);
            letters.width(&text)
        });
        let widest = widths.fold(0.0, f64::max);
        if widest + 6.0 > self.cell.0 || self.cell.1 < LEAST_WITH_TEXT {
            return;
        }
        for (row, column, cell) in all {
            let place = self.place(area, row, column);
            let (letters, text) = self.said(cell);
            let at = (
                place.x + place.width / 2.0,
                place.y + place.height / 2.0 + 4.5,
            );
            canvas.text(at, Anchor::Middle, letters, &text);
        }
    }

    /// The line between cells whose mean meets the target and those whose does not.
    fn edges(&self, canvas: &mut Canvas, area: Rect, panel: &SurfacePanel) {
        let met = |row: usize, column: usize| {
            let cell = panel.cells.get(row)?.get(column)?.as_ref()?;
            cell.is_met
        };
        let differs = |one: Option<bool>, other: Option<bool>| {
            one.zip(other).is_some_and(|(one, other)| one != other)
        };
        let half = EDGE / 2.0;
        for row in 0..self.rows {
            for column in 0..self.columns {
                let place = self.place(area, row, column);
                if differs(met(row, column), met(row, column + 1)) {
                    let (x, y) = (place.right() - 0.5 - half, place.y - half - 0.5);
                    let tall = place.height + EDGE;
                    let outline = format!("M{x:.1} {y:.1}h{EDGE}v{tall:.1}h-{EDGE}Z");
                    canvas.area(&outline, Colour::Limit, 1.0);
                }
                if differs(met(row, column), met(row + 1, column)) {
                    let (x, y) = (place.x - half - 0.5, place.bottom() - 0.5 - half);
                    let wide = place.width + EDGE;
                    let outline = format!("M{x:.1} {y:.1}h{wide:.1}v{EDGE}h-{wide:.1}Z");
                    canvas.area(&outline, Colour::Limit, 1.0);
                }
            }
        }
    }

    /// The values of both keys, and what these are called.
    fn axes(&self, canvas: &mut Canvas, area: Rect) {
        let (plain, bold) = (
            Lettering::plain(LABEL, Colour::Ink),
            Lettering::bold(LABEL, Colour::Muted),
        );
        let room = WIDTH - 2.0 * MARGIN;
        let name = shorten_inside(&self.figure.down.name, LABEL, Weight::Bold, room);
        canvas.text((MARGIN, area.y - 9.0), Anchor::Start, bold, &name);
        let values = self.figure.down.values.iter().take(self.rows);
        let values: Vec<&str> = values.map(String::as_str).collect();
        let values = apart_inside(&values, LABEL, Weight::Regular, NAMES);
        for (row, said) in values.iter().enumerate() {
            let place = self.place(area, row, 0);
            let base = place.y + place.height / 2.0 + 4.5;
            canvas.text((area.x - BESIDE, base), Anchor::End, plain, said);
        }
        self.columns(canvas, area, plain);
        let room = WIDTH - MARGIN - area.x;
        let name = shorten_inside(&self.figure.across.name, LABEL, Weight::Bold, room);
        let base = area.bottom() + 34.0;
        canvas.text((area.x, base), Anchor::Start, bold, &name);
    }

    /// As many values of the columns as there is room for.
    fn columns(&self, canvas: &mut Canvas, area: Rect, letters: Lettering) {
        let labels = self.figure.across.values.iter().take(self.columns);
        let most = (self.cell.0 - 6.0).max(90.0);
        let labels: Vec<&str> = labels.map(String::as_str).collect();
        let labels = apart_inside(&labels, LABEL, Weight::Regular, most);
        let widest = labels
            .iter()
            .map(|it| letters.width(it))
            .fold(0.0, f64::max);
        let step = ((widest + 6.0) / self.cell.0).ceil().max(1.0) as usize;
        for (column, label) in labels.iter().enumerate().step_by(step) {
            let half = letters.width(label) / 2.0;
            let middle = area.x + (column as f64 + 0.5) * self.cell.0;
            let middle = middle.min(WIDTH - 2.0 - half);
            let at = (middle, area.bottom() + 16.0);
            canvas.text(at, Anchor::Middle, letters, label);
        }
    }
}

/// The defined cells of the figure.
fn cells(figure: &SurfaceFigure) -> impl Iterator<Item = &SurfaceCell> {
    let panels = figure.panels.iter().take(MOST_PANELS);
    let rows = panels.flat_map(|panel| panel.cells.iter().take(MOST_CELLS));
    let cells = rows.flat_map(|row| row.iter().take(MOST_CELLS).flatten());
    cells.filter(|cell| cell.mean.is_finite())
}

fn note(figure: &SurfaceFigure) -> String {
    let mut note = "Each cell: the mean over the runs of a point.".to_owned();
    if let Some(goal) = &figure.goal {
        let (mut met, mut missed) = (false, false);
        for cell in cells(figure) {
            met |= cell.is_met == Some(true);
            missed |= cell.is_met == Some(false);
        }
        note += &match (met, missed) {
            (true, true) => format!(
                " Orange line: on one side of it the mean meets the target ({goal}), on the other it does not. Bold: surely \
                 met; ?: the 95% interval reaches across the target."
            ),
            (true, false) => format!(" The target ({goal}) is met in every cell; bold: surely."),
            _ => format!(" The target ({goal}) is met in no cell; ?: the 95% interval reaches it."),
        };
    }
    let longest = figure.across.values.len().max(figure.down.values.len());
    if longest > MOST_CELLS || figure.panels.len() > MOST_PANELS {
        note += " Not all values have room.";
    }
    note
}

fn description(figure: &SurfaceFigure, scene: &Scene) -> String {
    let ends = scene.ends.map_or_else(String::new, |(least, most)| {
        format!(
            " From {} to {}.",
            scene.alike.write(least),
            scene.alike.write(most)
        )
    });
    format!(
        "{} over {} and {}.{ends} {} {}",
        figure.measure,
        figure.across.name,
        figure.down.name,
        closed(&figure.subtitle),
        note(figure)
    )
}
