//! Where the marks of plans stand, and where their names may.

use super::super::Band;
use super::super::geometry::{Point, Rect};
use super::super::marks;
use super::super::panel::Panel;
use super::super::places::Place;
use super::{FrontierFigure, PlanMark, RADIUS, RING, THOUSAND};

/// Least space between a name and the mark of another plan.
const APART: f64 = 7.0;
/// How far a mark is set aside at a time.
const ASIDE: f64 = 5.0;
/// Times that it is set aside at most, to either side.
const MOST_ASIDE: i32 = 12;

/// A plan in a panel.
#[derive(Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) plan: &'a PlanMark,
    pub(super) band: Band,
    /// How far its mark is set aside of its cost, in thousands of pounds, so that none hides another.
    aside: f64,
}

impl Placed<'_> {
    pub(super) fn cost(&self) -> f64 {
        self.plan.cost_pounds_a_year / THOUSAND + self.aside
    }
}

/// The plans that have a value in a panel.
pub(super) fn placed(figure: &FrontierFigure, side: usize) -> Vec<Placed<'_>> {
    let value = |plan: &PlanMark| plan.values.get(side).copied().flatten();
    let plans = figure.plans.iter();
    plans
        .filter_map(|plan| {
            let band = value(plan).and_then(Band::defined)?;
            let aside = 0.0;
            Some(Placed { plan, band, aside })
        })
        .collect()
}

/// The plans with marks that would hide one another set side by side; that of the plan recommended stays
/// where it is.
pub(super) fn side_by_side<'a>(panel: &Panel, plans: &[Placed<'a>]) -> Vec<Placed<'a>> {
    let pound = (panel.across.end - panel.across.start) / panel.area.width;
    let mut placed = plans.to_vec();
    let mut order: Vec<usize> = (0..plans.len()).collect();
    order.sort_by_key(|at| !plans[*at].plan.is_recommended);
    let mut taken: Vec<Rect> = Vec::new();
    for at in order {
        let moved = |step: i32| Placed {
            aside: f64::from(step) * ASIDE * pound,
            ..plans[at]
        };
        let steps = std::iter::once(0).chain((1..=MOST_ASIDE).flat_map(|step| [step, -step]));
        let is_free = |it: &Placed| {
            let area = covered(panel, it);
            panel.across.contains(&it.cost()) && !taken.iter().any(|other| other.overlaps(area))
        };
        placed[at] = steps.map(moved).find(is_free).unwrap_or(plans[at]);
        taken.push(covered(panel, &placed[at]));
    }
    placed
}

pub(super) fn at(panel: &Panel, it: &Placed) -> Point {
    panel.at((it.cost(), it.band.mean))
}

/// The places of a plan's name that nobody takes for that of another plan; all of them where there is none.
pub(super) fn beside_no_other(
    panel: &Panel,
    (it, plans): (&Placed, &[Placed]),
    all: Vec<Place>,
) -> Vec<Place> {
    let others = plans
        .iter()
        .filter(|other| !std::ptr::eq(other.plan, it.plan));
    let others: Vec<Rect> = others.map(|other| covered(panel, other)).collect();
    let is_clear = |place: &&Place| {
        let near = place.text.grown(APART);
        let passes = |other: &Rect| place.leader.is_some_and(|leader| leader.overlaps(*other));
        !others
            .iter()
            .any(|other| near.overlaps(*other) || passes(other))
    };
    let clear: Vec<Place> = all.iter().filter(is_clear).copied().collect();
    if clear.is_empty() { all } else { clear }
}

/// What the mark of a plan covers, with its ring if it has one.
pub(super) fn covered(panel: &Panel, it: &Placed) -> Rect {
    let area = marks::area(at(panel, it));
    match it.plan.is_recommended {
        true => area.grown(RING - RADIUS),
        false => area,
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::examples::plans_by_cost;
    use super::super::draw;
    use super::*;

    /// A plan of the same cost that reaches nearly as much was hidden, and had no name in any panel.
    #[test]
    fn plans_that_are_nearly_alike_stand_side_by_side_with_their_names() {
        let mut figure = plans_by_cost();
        let best = figure.plans.iter().find(|plan| plan.is_recommended);
        let best = best.expect("one is recommended").clone();
        for nth in 0..3 {
            figure.plans.push(PlanMark {
                name: format!("other {nth}"),
                is_recommended: false,
                ..best.clone()
            });
        }
        let panel = Panel {
            area: Rect {
                x: 0.0,
                y: 0.0,
                width: 300.0,
                height: 200.0,
            },
            across: 80.0..400.0,
            up: 0.0..100.0,
        };
        let plans = side_by_side(&panel, &placed(&figure, 0));
        for (nth, one) in plans.iter().enumerate() {
            assert!(!one.plan.is_recommended || one.aside.abs() < 1e-9);
            for other in &plans[nth + 1..] {
                assert!(!covered(&panel, one).overlaps(covered(&panel, other)));
            }
        }
        let near = 150_000.0..280_000.0;
        figure
            .plans
            .retain(|plan| near.contains(&plan.cost_pounds_a_year));
        let svg = draw(&figure).expect("it draws");
        for nth in 0..3 {
            assert!(svg.contains(&format!(">other {nth}<")), "{nth}");
        }
    }
}
