//! The places that a label could take around what it names.
//!
//! Knows rectangles and points, not what they mean, nor which place is taken.

use super::geometry::{Point, Rect};

/// Space kept free around each label, in user units.
pub(super) const CLEARANCE: f64 = 2.0;
/// Space between a sign and a label close by, in user units.
const OFF: f64 = 3.0;
/// Distance between neighbouring places above or below a point, in user units.
const STEP: f64 = 7.0;
/// Places tried above a point, and below it.
const STEPS: u32 = 36;

/// A place that a label could take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    /// What the text would cover.
    pub(super) text: Rect,
    /// The upright line from the label to what it names, if it is not beside it.
    pub(super) leader: Option<Rect>,
    /// How unwelcome the place is, in user units of distance.
    pub(super) cost: f64,
}

impl Place {
    /// Whether neither text nor leader touch `area`.
    pub(super) fn clears(&self, area: Rect) -> bool {
        !area.overlaps(self.text.grown(CLEARANCE))
            && !self.leader.is_some_and(|leader| area.overlaps(leader))
    }

    /// Whether the two can both be taken.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        let leader =
            |place: &Self, area: Rect| place.leader.is_none_or(|line| !area.overlaps(line));
        self.clears(other.text)
            && leader(other, self.text.grown(CLEARANCE))
            && leader(self, other.text.grown(CLEARANCE))
    }
}

/// The places for a label of `width` by `height` that names the point `at`, whose own sign
/// covers `sign`: beside the sign, or above or below it at the end of a leader.
pub(super) fn around(at: Point, sign: Rect, width: f64, height: f64) -> Vec<Place> {
    let (x, y) = at;
    let text = |left: f64, top: f64| Rect {
        x: left,
        y: top,
        width,
        height,
    };
    let beside = |left: f64, cost: f64| Place {
        text: text(left, y - height / 2.0),
        leader: None,
        cost,
    };
    let mut places = vec![
        beside(sign.right() + OFF, 0.0),
        beside(sign.x - OFF - width, 12.0),
    ];
    for step in 0..STEPS {
        let away = OFF + STEP * f64::from(step);
        for share in [0.0, 0.5, 0.75, 1.0] {
            let left = x - 3.0 - share * (width - 6.0);
            let above = text(left, sign.y - away - height);
            let below = text(left, sign.bottom() + away);
            let cost = away + 16.0 * share;
            places.extend([above, below].map(|text| flag(x, sign, text, cost)));
        }
    }
    places
}

/// A place above or below `sign`, with a leader at `x` where it is not close by.
fn flag(x: f64, sign: Rect, text: Rect, cost: f64) -> Place {
    let (from, to) = if text.y < sign.y {
        (text.bottom() + 1.0, sign.y - 1.0)
    } else {
        (sign.bottom() + 1.0, text.y - 1.0)
    };
    let leader = Rect {
        x: x - 0.5,
        y: from,
        width: 1.0,
        height: to - from,
    };
    Place {
        text,
        leader: (leader.height > 4.0).then_some(leader),
        cost,
    }
}
