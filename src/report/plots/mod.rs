//! The figures of the report, each drawn as SVG text that a browser shows and that
//! [`rasterise`] turns into a PNG.
//!
//! A figure draws; it computes nothing. Every number arrives computed, in plain structures that
//! know no other part of this crate: no model, no measure, no statistics. The same input gives
//! the same bytes. Axes, lines and bands are drawn by plotters (nothing outside this folder may
//! use it); headings, labels and ribbons are written beside them (`canvas`), because plotters
//! places text by whole pixels and cannot keep labels apart.
//!
//! | to change | open |
//! | --- | --- |
//! | a figure | the file of its name: `waiting_list`, `contacted`, `posts`, `outcome`, `fit`, `forest`, `frontier`, `heat_map`, `bins`, `plane`, `quantiles`, `spread`, `tornado`, and of studies `surface`, `response`, `ranking`, `effects`, `scatter` |
//! | colours, sizes, fonts | `style` |
//! | how a number or a date is written | `wording` |
//! | names short enough and never alike | `labels` |
//! | where labels go | `places`, `placement`, `marks` (on a curve), `keys` (above a panel) |
//! | names that run from right to left | `directions` |
//! | how panels are tiled | `tiling` |
//! | which ticks an axis has, what surrounds a panel | `ticks`, `axes` |
//! | lines and bands | `series` (what), `panel` (how, by plotters) |

mod axes;
pub mod bins;
mod canvas;
pub mod contacted;
mod directions;
pub mod effects;
pub mod fit;
pub mod forest;
pub mod frontier;
mod geometry;
mod glyphs;
pub mod heat_map;
mod keys;
mod labels;
mod marks;
mod named_days;
pub mod outcome;
mod panel;
mod placement;
mod places;
pub mod plane;
pub mod posts;
pub mod quantiles;
pub mod ranking;
mod raster;
pub mod response;
pub mod scatter;
mod series;
pub mod spread;
mod style;
pub mod surface;
mod ticks;
mod tiling;
pub mod tornado;
pub mod waiting_list;
mod wording;

#[cfg(test)]
mod edges;
#[cfg(test)]
mod examples;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod study_examples;

use std::fmt;

pub use bins::{Bin, BinsFigure, Known};
pub use contacted::{ContactedFigure, Mark};
pub(super) use directions::{isolated, parts as parts_by_direction};
pub use effects::{EffectsFigure, EffectsPoint};
pub use fit::{FitFigure, FitRow};
pub use forest::{Forest, ForestPanel, ForestRow};
pub use frontier::{FrontierFigure, FrontierSide, PlanKind, PlanMark};
pub(super) use glyphs::escape;
pub use heat_map::{HeatMapFigure, HeatRow};
pub use outcome::{Outcome, OutcomeFigure, OutcomeKind};
pub use plane::{Plane, PlanePoint};
pub use posts::{PostSeries, PostsFigure};
pub use quantiles::QuantilesFigure;
pub use ranking::{RankingBar, RankingFigure, RankingRow};
pub use raster::rasterise;
pub use response::{ResponseFigure, ResponsePoint};
pub use scatter::{ScatterFigure, ScatterPanel};
pub use spread::{Spread, SpreadRow, SpreadUnit};
pub use surface::{SurfaceAxis, SurfaceCell, SurfaceFigure, SurfacePanel};
pub use tornado::{TornadoFigure, TornadoRow};
pub use waiting_list::WaitingListFigure;

/// A value across replications: its mean and its 80% prediction band.
///
/// The unit is that of the figure's field. A value that is not finite is treated as undefined
/// and leaves a gap.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// Mean across replications.
    pub mean: f64,
    /// 10th percentile across replications.
    pub p10: f64,
    /// 90th percentile across replications.
    pub p90: f64,
}

impl Band {
    /// This band if all its values are finite.
    fn defined(self) -> Option<Self> {
        let finite = self.mean.is_finite() && self.p10.is_finite() && self.p90.is_finite();
        finite.then_some(self)
    }

    /// This band moved into the range from `low` to `high`.
    fn within(self, low: f64, high: f64) -> Self {
        Self {
            mean: self.mean.clamp(low, high),
            p10: self.p10.clamp(low, high),
            p90: self.p90.clamp(low, high),
        }
    }
}

/// Why a figure could not be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureError {
    /// The charting library refused to draw.
    Drawing(String),
    /// The text to rasterise is not a picture in SVG.
    NotSvg(String),
    /// The picture could not be turned into a PNG.
    Png(String),
}

impl fmt::Display for FigureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Drawing(why) => write!(f, "the figure could not be drawn: {why}"),
            Self::NotSvg(why) => write!(f, "the figure is not valid SVG: {why}"),
            Self::Png(why) => write!(f, "the figure could not be written as PNG: {why}"),
        }
    }
}

impl std::error::Error for FigureError {}
