//! One pair of axes, drawn by plotters at a finer scale than the figure's.
//!
//! The only file that speaks to plotters' charts. Knows positions and ink, not what is drawn.

use std::ops::Range;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::combinators::WithKeyPoints;
use plotters::coord::ranged1d::BoldPoints;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::FigureError;
use super::geometry::{Point, Rect};
use super::style::{Colour, FINENESS, HAIRLINE};

/// What is drawn in a panel, in the units of its axes, in the order given.
#[derive(Clone, Debug)]
pub(super) enum Ink {
    /// Light lines across the panel at positions on either axis.
    Grid {
        /// Positions on the horizontal axis.
        xs: Vec<f64>,
        /// Positions on the vertical axis.
        ys: Vec<f64>,
    },
    /// A full area inside an outline.
    Area {
        /// The outline's corners.
        outline: Vec<Point>,
        /// Its colour.
        colour: Colour,
        /// Its opacity, 0 to 1.
        opacity: f64,
    },
    /// A line through points.
    Line {
        /// The points.
        points: Vec<Point>,
        /// Its colour.
        colour: Colour,
        /// Its width in user units.
        width: f64,
    },
    /// A dashed level line across the panel.
    Level {
        /// Its height on the vertical axis.
        at: f64,
        /// Its colour.
        colour: Colour,
    },
    /// A round mark.
    Dot {
        /// Its centre.
        at: Point,
        /// Its colour.
        colour: Colour,
    },
}

/// A pair of axes on the figure.
#[derive(Clone, Debug)]
pub(super) struct Panel {
    /// Where the panel is, in user units.
    pub(super) area: Rect,
    /// What its width shows, in the horizontal axis' unit.
    pub(super) across: Range<f64>,
    /// What its height shows, in the vertical axis' unit.
    pub(super) up: Range<f64>,
}

type Ticked = WithKeyPoints<RangedCoordf64>;
type Axes<'a> = DrawingArea<SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

impl Panel {
    /// Where a point of the axes is on the figure, in user units.
    pub(super) fn at(&self, (x, y): Point) -> Point {
        let (right, down) = self.axes().translate(&(x, y));
        (
            self.area.x + f64::from(right) / FINENESS,
            self.area.y + f64::from(down) / FINENESS,
        )
    }

    /// Where points of the axes are on the figure, in user units.
    pub(super) fn all(&self, points: impl IntoIterator<Item = Point>) -> Vec<Point> {
        points.into_iter().map(|point| self.at(point)).collect()
    }

    /// The panel with `inks`, as a layer of SVG.
    pub(super) fn draw(&self, inks: &[Ink]) -> Result<String, FigureError> {
        let mut document = String::new();
        {
            let size = (fine(self.area.width) as u32, fine(self.area.height) as u32);
            let root = SVGBackend::with_string(&mut document, size).into_drawing_area();
            for ink in inks {
                self.lay(&root, ink).map_err(drawing)?;
            }
            root.present().map_err(drawing)?;
        }
        Ok(format!(
            "<g data-panel=\"{}\" transform=\"translate({:.1} {:.1}) scale({})\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n{}</g>\n",
            self.area.told(),
            self.area.x,
            self.area.y,
            1.0 / FINENESS,
            inside(&document),
        ))
    }

    fn lay(&self, root: &DrawingArea<SVGBackend<'_>, Shift>, ink: &Ink) -> Result<(), Refusal> {
        let axes = root.apply_coord_spec(self.axes());
        match ink {
            Ink::Grid { xs, ys } => self.grid(root, xs, ys),
            Ink::Area {
                outline,
                colour,
                opacity,
            } => axes.draw(&Polygon::new(outline.clone(), colour.rgb().mix(*opacity))),
            Ink::Line {
                points,
                colour,
                width,
            } => line(&axes, points, pen(*colour, *width)),
            Ink::Level { at, colour } => self.level(root, *at, *colour),
            Ink::Dot { at, colour } => {
                axes.draw(&Circle::new(*at, fine(3.5), colour.rgb().filled()))
            }
        }
    }

    fn grid(
        &self,
        root: &DrawingArea<SVGBackend<'_>, Shift>,
        xs: &[f64],
        ys: &[f64],
    ) -> Result<(), Refusal> {
        let across = self.across.clone().with_key_points(xs.to_vec());
        let up = self.up.clone().with_key_points(ys.to_vec());
        let axes: Cartesian2d<Ticked, Ticked> = Cartesian2d::new(across, up, self.actual());
        let style = pen(Colour::Grid, HAIRLINE);
        let bold = || BoldPoints(xs.len().max(ys.len()));
        root.apply_coord_spec(axes).draw_mesh(
            |backend, line| line.draw(backend, &style),
            bold(),
            bold(),
        )
    }

    fn level(
        &self,
        root: &DrawingArea<SVGBackend<'_>, Shift>,
        at: f64,
        colour: Colour,
    ) -> Result<(), Refusal> {
        let ends = [(self.across.start, at), (self.across.end, at)];
        let style = pen(colour, 1.5);
        ChartBuilder::on(root)
            .build_cartesian_2d(self.across.clone(), self.up.clone())?
            .draw_series(DashedLineSeries::new(ends, fine(6.0), fine(4.0), style))
            .map(|_| ())
    }

    fn axes(&self) -> Cartesian2d<RangedCoordf64, RangedCoordf64> {
        Cartesian2d::new(self.across.clone(), self.up.clone(), self.actual())
    }

    /// The panel in plotters' pixels, from left to right and from bottom to top.
    fn actual(&self) -> (Range<i32>, Range<i32>) {
        (0..fine(self.area.width), fine(self.area.height)..0)
    }
}

/// Plotters' way to refuse.
type Refusal = DrawingAreaErrorKind<std::io::Error>;

fn line(axes: &Axes<'_>, points: &[Point], pen: ShapeStyle) -> Result<(), Refusal> {
    axes.draw(&PathElement::new(points, pen))
}

fn pen(colour: Colour, width: f64) -> ShapeStyle {
    colour.rgb().stroke_width(fine(width) as u32)
}

/// User units in plotters' pixels.
fn fine(units: f64) -> i32 {
    (units * FINENESS).round() as i32
}

fn drawing(refusal: Refusal) -> FigureError {
    FigureError::Drawing(refusal.to_string())
}

/// What is inside the outermost element of `document`.
fn inside(document: &str) -> &str {
    let opened = document.find('>').map_or(0, |end| end + 1);
    let closes = document.rfind("</svg>").unwrap_or(document.len());
    document
        .get(opened..closes)
        .unwrap_or_default()
        .trim_start()
}
