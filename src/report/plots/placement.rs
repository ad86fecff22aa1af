//! Where labels go so that none covers another.
//!
//! Labels choose among candidate places that are inside the bounds and free; covering a curve is
//! allowed but costs. A beam search keeps the cheapest arrangements while labels are added one by
//! one. A label for which no place is free is left out, never overlapped. Knows rectangles and
//! points, not what they mean.

use super::geometry::{Point, Rect};
use super::places::{CLEARANCE, Place};

/// What each point of a curve under a label costs, in user units of distance.
const CURVE_COST: f64 = 40.0;
/// What each sign behind which a leader passes costs, in user units of distance.
const SIGN_COST: f64 = 150.0;
/// What a label costs that is left out, in user units of distance.
const LOST: f64 = 100_000.0;
/// Arrangements kept while labels are added.
const BEAM: usize = 60;
/// Arrangements looked at for those.
const LOOKED_AT: usize = 3_000;

/// What is in the way of labels.
#[derive(Clone, Debug)]
pub(super) struct Placement {
    bounds: Rect,
    signs: Vec<Rect>,
    taken: Vec<Rect>,
    curve: Vec<Point>,
}

/// Places for some labels, in order, and what they cost together.
#[derive(Clone, Debug, Default)]
pub(super) struct Arrangement {
    /// The place of each label, or `None` where none is free.
    pub(super) places: Vec<Option<Place>>,
    /// The cost of all, in user units of distance.
    pub(super) cost: f64,
}

impl Placement {
    /// Nothing in the way yet, within `bounds`.
    pub(super) fn new(bounds: Rect) -> Self {
        Self {
            bounds,
            signs: Vec::new(),
            taken: Vec::new(),
            curve: Vec::new(),
        }
    }

    /// Forbids labels on `area`; leaders may pass behind it.
    pub(super) fn block(&mut self, area: Rect) {
        self.signs.push(area);
    }

    /// Forbids other labels where those of `arrangement` are.
    pub(super) fn keep(&mut self, arrangement: &Arrangement) {
        for place in arrangement.places.iter().flatten() {
            self.taken.push(place.text);
            self.taken.extend(place.leader);
        }
    }

    /// Makes places on the line through `points` unwelcome.
    pub(super) fn avoid(&mut self, points: &[Point]) {
        for pair in points.windows(2) {
            if let [from, to] = pair {
                self.curve.extend(between(*from, *to));
            }
        }
    }

    /// A cheap arrangement of labels, given the candidate places of each; the first of equals.
    ///
    /// Labels given from the right find most room, since they stand clear of each other like
    /// flags; where one is lost, the other order may still do.
    pub(super) fn arrange(&self, wishes: &[Vec<Place>]) -> Arrangement {
        let forth = self.search(wishes.iter());
        if !forth.is_short() {
            return forth;
        }
        let mut back = self.search(wishes.iter().rev());
        back.places.reverse();
        if back.cost < forth.cost { back } else { forth }
    }

    fn search<'a>(&self, wishes: impl Iterator<Item = &'a Vec<Place>>) -> Arrangement {
        let free = |places: &Vec<Place>| -> Vec<Place> {
            let free = places.iter().filter(|place| self.is_free(place));
            free.map(|place| self.priced(*place)).collect()
        };
        let free: Vec<Vec<Place>> = wishes.map(free).collect();
        let mut beam = vec![Arrangement::default()];
        for (nth, places) in free.iter().enumerate() {
            let later = free.get(nth + 1..).unwrap_or_default();
            let longer = beam.iter().flat_map(|shorter| shorter.extended(places));
            beam = cheapest(longer.collect(), later);
        }
        let by_cost = |left: &Arrangement, right: &Arrangement| left.cost.total_cmp(&right.cost);
        beam.into_iter().min_by(by_cost).unwrap_or_default()
    }

    fn is_free(&self, place: &Place) -> bool {
        let text = place.text.grown(CLEARANCE);
        self.bounds.holds(place.text)
            && !self.signs.iter().any(|sign| sign.overlaps(text))
            && self.taken.iter().all(|area| place.clears(*area))
    }

    /// `place` with what it costs to cover the curve there, and to pass behind signs.
    fn priced(&self, place: Place) -> Place {
        let text = place.text.grown(CLEARANCE);
        let covered = self.curve.iter().filter(|point| text.covers(**point));
        let passes = |sign: &&Rect| place.leader.is_some_and(|leader| sign.overlaps(leader));
        let passed = self.signs.iter().filter(passes);
        let cost = CURVE_COST * covered.count() as f64 + SIGN_COST * passed.count() as f64;
        Place {
            cost: place.cost + cost,
            ..place
        }
    }
}

impl Arrangement {
    /// Whether a label has no place.
    pub(super) fn is_short(&self) -> bool {
        self.places.iter().any(Option::is_none)
    }

    /// This arrangement with each of `places` that is free in it, and without the next label.
    fn extended(&self, places: &[Place]) -> Vec<Self> {
        let taken = || self.places.iter().flatten();
        let free = places
            .iter()
            .filter(|place| taken().all(|other| place.agrees(other)));
        let mut longer: Vec<Self> = free
            .map(|place| self.with(Some(*place), place.cost))
            .collect();
        longer.push(self.with(None, LOST));
        longer
    }

    /// Whether any of `places` is free in this arrangement.
    fn admits(&self, places: &[Place]) -> bool {
        let agrees = |place: &Place| {
            self.places
                .iter()
                .flatten()
                .all(|other| place.agrees(other))
        };
        places.iter().any(agrees)
    }

    fn with(&self, place: Option<Place>, cost: f64) -> Self {
        let mut places = self.places.clone();
        places.push(place);
        Self {
            places,
            cost: self.cost + cost,
        }
    }
}

/// The cheapest of `arrangements`; those that leave a place for each label of `later` first.
fn cheapest(mut arrangements: Vec<Arrangement>, later: &[Vec<Place>]) -> Vec<Arrangement> {
    arrangements.sort_by(|left, right| left.cost.total_cmp(&right.cost));
    let (open, shut): (Vec<Arrangement>, Vec<Arrangement>) = arrangements
        .into_iter()
        .take(LOOKED_AT)
        .partition(|arrangement| later.iter().all(|places| arrangement.admits(places)));
    open.into_iter().chain(shut).take(BEAM).collect()
}

/// Points along a line, at most 3 user units apart.
fn between(from: Point, to: Point) -> impl Iterator<Item = Point> {
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let steps = (length / 3.0).ceil().clamp(1.0, 1_000.0);
    (0..=steps as usize).map(move |step| {
        let share = step as f64 / steps;
        (
            from.0 + (to.0 - from.0) * share,
            from.1 + (to.1 - from.1) * share,
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::places::around;
    use super::*;

    const BOUNDS: Rect = Rect {
        x: 0.0,
        y: 0.0,
        width: 500.0,
        height: 300.0,
    };

    fn sign((x, y): Point) -> Rect {
        Rect {
            x,
            y,
            width: 0.0,
            height: 0.0,
        }
        .grown(4.0)
    }

    fn placed(points: impl Iterator<Item = Point>) -> Vec<Place> {
        let wishes: Vec<Vec<Place>> = points.map(|at| around(at, sign(at), 90.0, 16.0)).collect();
        let arrangement = Placement::new(BOUNDS).arrange(&wishes);
        arrangement.places.into_iter().flatten().collect()
    }

    #[test]
    fn labels_never_overlap_however_their_points_bunch() {
        for points in [1, 2, 3, 5, 9, 40] {
            for (spacing, height) in [(0.0, 2.0), (3.0, 150.0), (20.0, 298.0), (80.0, 150.0)] {
                let along = (0..points).map(|nth| (20.0 + spacing * f64::from(nth % 7), height));
                let placed = placed(along);
                assert!(!placed.is_empty());
                for (nth, one) in placed.iter().enumerate() {
                    assert!(BOUNDS.holds(one.text));
                    for other in placed.iter().skip(nth + 1) {
                        assert!(one.agrees(other));
                        assert!(!one.text.overlaps(other.text));
                    }
                }
            }
        }
    }

    #[test]
    fn a_few_bunched_labels_all_find_a_place() {
        for height in [2.0, 60.0, 150.0, 298.0] {
            let near = (0..6)
                .rev()
                .map(|nth| (40.0 + 21.0 * f64::from(nth), height));
            assert_eq!(placed(near).len(), 6, "at {height}");
        }
    }

    #[test]
    fn a_label_keeps_off_a_curve_when_there_is_room() {
        let mut placement = Placement::new(BOUNDS);
        placement.avoid(&[(0.0, 150.0), (500.0, 150.0)]);
        let arrangement =
            placement.arrange(&[around((250.0, 150.0), sign((250.0, 150.0)), 60.0, 16.0)]);
        let place = arrangement.places[0].expect("there is room");
        assert!(place.text.bottom() < 150.0 || place.text.y > 150.0);
    }
}
