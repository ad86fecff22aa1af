//! Places for small panels in a tidy grid, row by row.
//!
//! Knows sizes only, not what the panels show.

use super::geometry::Rect;
use super::style::{MARGIN, WIDTH};

/// Space between neighbouring panels across, which holds the last value of the left one.
pub(super) const BETWEEN: f64 = 58.0;
/// Space between rows of panels, which holds the headings of the lower ones.
const BETWEEN_ROWS: f64 = 64.0;
/// Room at the right of a lone panel, for its labels.
pub(super) const LONE_RIGHT: f64 = 116.0;
/// Room at the right of the last of several panels.
pub(super) const LAST_RIGHT: f64 = 40.0;

/// A grid of panels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tiling {
    /// Panels in all, at least one.
    pub(super) panels: usize,
    /// Left edge of the first column, in user units.
    pub(super) left: f64,
    /// Upper edge of the first row, in user units.
    pub(super) top: f64,
}

impl Tiling {
    /// Panels beside each other.
    pub(super) fn columns(self) -> usize {
        match self.panels {
            0 | 1 => 1,
            2 | 4 => 2,
            _ => 3,
        }
    }

    /// Where the panel at `place` (row by row, from 0) is.
    pub(super) fn area(self, place: usize) -> Rect {
        let columns = self.columns();
        let (row, column) = (place / columns, place % columns);
        let right = if columns == 1 { LONE_RIGHT } else { LAST_RIGHT };
        let room = WIDTH - MARGIN - right - self.left;
        let width = (room - BETWEEN * (columns - 1) as f64) / columns as f64;
        let height = self.height();
        Rect {
            x: self.left + column as f64 * (width + BETWEEN),
            y: self.top + row as f64 * (height + BETWEEN_ROWS),
            width,
            height,
        }
    }

    /// The edge below the last row.
    pub(super) fn bottom(self) -> f64 {
        self.area(self.panels.max(1) - 1).bottom()
    }

    /// Whether the panel at `place` is in the first column.
    pub(super) fn is_first(self, place: usize) -> bool {
        place.is_multiple_of(self.columns())
    }

    /// Whether no panel is below the one at `place`.
    pub(super) fn is_lowest(self, place: usize) -> bool {
        place + self.columns() >= self.panels
    }

    /// Height of each panel.
    fn height(self) -> f64 {
        match (self.panels.div_ceil(self.columns()), self.columns()) {
            (_, 1) => 280.0,
            (1, _) => 220.0,
            (2, _) => 160.0,
            _ => 125.0,
        }
    }
}
