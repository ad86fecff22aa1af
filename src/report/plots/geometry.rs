//! Points, rectangles, and blocks kept apart.
//!
//! Must not know what is drawn.

/// A point: right and down from the figure's top left corner, in user units.
pub(super) type Point = (f64, f64);

/// An upright rectangle in user units; `y` grows downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rect {
    /// Left edge.
    pub(super) x: f64,
    /// Upper edge.
    pub(super) y: f64,
    /// Width.
    pub(super) width: f64,
    /// Height.
    pub(super) height: f64,
}

impl Rect {
    /// Left, top, width and height, as a panel tells where it is.
    pub(super) fn told(self) -> String {
        let Self {
            x,
            y,
            width,
            height,
        } = self;
        format!("{x:.1} {y:.1} {width:.1} {height:.1}")
    }

    /// Right edge.
    pub(super) fn right(self) -> f64 {
        self.x + self.width
    }

    /// Lower edge.
    pub(super) fn bottom(self) -> f64 {
        self.y + self.height
    }

    /// This rectangle with `by` more on every side.
    pub(super) fn grown(self, by: f64) -> Self {
        Self {
            x: self.x - by,
            y: self.y - by,
            width: self.width + 2.0 * by,
            height: self.height + 2.0 * by,
        }
    }

    /// The smallest rectangle that holds both.
    pub(super) fn with(self, other: Self) -> Self {
        let (x, y) = (self.x.min(other.x), self.y.min(other.y));
        Self {
            x,
            y,
            width: self.right().max(other.right()) - x,
            height: self.bottom().max(other.bottom()) - y,
        }
    }

    /// Whether the two share any area.
    pub(super) fn overlaps(self, other: Self) -> bool {
        self.x < other.right()
            && other.x < self.right()
            && self.y < other.bottom()
            && other.y < self.bottom()
    }

    /// Whether `other` lies wholly in this.
    pub(super) fn holds(self, other: Self) -> bool {
        other.x >= self.x
            && other.y >= self.y
            && other.right() <= self.right()
            && other.bottom() <= self.bottom()
    }

    /// Whether `point` lies in this.
    pub(super) fn covers(self, (x, y): Point) -> bool {
        x >= self.x && x <= self.right() && y >= self.y && y <= self.bottom()
    }
}

/// Upper edges for blocks of `heights` that wish to be centred on `centres` (in order), moved
/// as little as keeps them `gap` apart and, where they fit, between `top` and `bottom`.
pub(super) fn spread(
    centres: &[f64],
    heights: &[f64],
    gap: f64,
    top: f64,
    bottom: f64,
) -> Vec<f64> {
    let mut edges: Vec<f64> = Vec::new();
    let mut floor = top;
    for (centre, height) in centres.iter().zip(heights) {
        let edge = (centre - height / 2.0).max(floor);
        edges.push(edge);
        floor = edge + height + gap;
    }
    let mut ceiling = bottom;
    for (edge, height) in edges.iter_mut().zip(heights).rev() {
        *edge = edge.min(ceiling - height);
        ceiling = *edge - gap;
    }
    edges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_spread_apart_and_stay_within() {
        let edges = spread(&[50.0, 52.0, 299.0], &[20.0, 20.0, 20.0], 4.0, 0.0, 300.0);
        assert!(edges[1] - edges[0] >= 24.0);
        assert!(edges[2] <= 280.0);
        let squeezed = spread(&[299.0, 299.0], &[20.0, 20.0], 4.0, 0.0, 300.0);
        assert!(squeezed[1] - squeezed[0] >= 24.0 - 1e-9 && squeezed[1] <= 280.0);
    }
}
