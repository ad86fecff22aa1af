//! Points that are named on a curve, and their labels, which keep off each other and the curve.
//!
//! Must not know what the points are.

use super::canvas::{Canvas, Lettering};
use super::geometry::{Point, Rect};
use super::placement::{Arrangement, Placement};
use super::places::{Place, around};
use super::style::Colour;

/// Radius of a mark, in user units.
const RADIUS: f64 = 4.5;
/// What labels on both sides of a curve cost, in user units of distance.
const BOTH_SIDES: f64 = 60.0;

/// A named point on the figure.
#[derive(Clone, Debug)]
pub(super) struct Sign {
    /// Where it is.
    pub(super) at: Point,
    /// What its marks cover.
    pub(super) area: Rect,
    /// What it is called.
    pub(super) label: String,
    /// How its label is written.
    pub(super) letters: Lettering,
}

/// Names `groups` of signs within `bounds`; the labels of a group stand on the same side of
/// their points where that is possible. Earlier groups choose their places first, unless that
/// would leave a label without any.
pub(super) fn name(canvas: &mut Canvas, bounds: Rect, curves: &[Vec<Point>], groups: &[Vec<Sign>]) {
    let mut placement = Placement::new(bounds);
    for curve in curves {
        placement.avoid(curve);
    }
    for sign in groups.iter().flatten() {
        placement.block(sign.area);
    }
    let mut arrangement = in_turn(&placement, groups);
    if arrangement.is_short() {
        let wishes: Vec<Vec<Place>> = groups.iter().flatten().map(Sign::places).collect();
        let together = placement.arrange(&wishes);
        if together.cost < arrangement.cost {
            arrangement = together;
        }
    }
    for (sign, place) in groups.iter().flatten().zip(&arrangement.places) {
        if let Some(place) = place {
            canvas.placed(*place, sign.letters, &sign.label);
        }
    }
}

/// Places for all labels, group by group.
fn in_turn(placement: &Placement, groups: &[Vec<Sign>]) -> Arrangement {
    let mut placement = placement.clone();
    let mut all = Arrangement::default();
    for group in groups {
        let arrangement = best(&placement, group);
        placement.keep(&arrangement);
        all.cost += arrangement.cost;
        all.places.extend(arrangement.places);
    }
    all
}

/// Draws a full mark: a value.
pub(super) fn dot(canvas: &mut Canvas, at: Point) {
    canvas.dot(at, RADIUS, Colour::Main);
}

/// Draws a hollow mark: a target.
pub(super) fn diamond(canvas: &mut Canvas, at: Point) {
    canvas.diamond(at, RADIUS + 0.5, Colour::Limit);
}

/// The cheapest of: all labels above their points, all below, or each where it likes.
fn best(placement: &Placement, group: &[Sign]) -> Arrangement {
    let sides: [fn(&Place, &Sign) -> bool; 3] = [
        |place, sign| place.text.y < sign.area.y,
        |place, sign| place.text.bottom() > sign.area.bottom(),
        |_, _| true,
    ];
    let [above, below, mut either] = sides.map(|side| {
        let wishes = group.iter().map(|sign| {
            let places = sign.places().into_iter();
            places.filter(|place| side(place, sign)).collect()
        });
        placement.arrange(&wishes.collect::<Vec<Vec<Place>>>())
    });
    either.cost += BOTH_SIDES;
    let by_cost = |left: &Arrangement, right: &Arrangement| left.cost.total_cmp(&right.cost);
    let cheapest = [above, below, either].into_iter().min_by(by_cost);
    cheapest.unwrap_or_default()
}

impl Sign {
    fn places(&self) -> Vec<Place> {
        let width = self.letters.width(&self.label);
        around(self.at, self.area, width, self.letters.height())
    }
}

/// What a mark at `at` covers.
pub(super) fn area((x, y): Point) -> Rect {
    Rect {
        x,
        y,
        width: 0.0,
        height: 0.0,
    }
    .grown(RADIUS)
}
