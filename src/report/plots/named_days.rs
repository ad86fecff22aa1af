//! The named days of the figure of first contacts, with their shares and targets.
//!
//! Must not know how a share was computed, nor why a target is set.

use super::canvas::{Canvas, Lettering};
use super::contacted::Mark;
use super::geometry::{Point, Rect};
use super::marks::{self, Sign};
use super::panel::Panel;
use super::series::Series;
use super::style::{Colour, LABEL};
use super::wording::{number, percent};

/// Distance within which a mark and its target share a label, in user units.
const CLOSE: f64 = 40.0;

/// The marks that can be shown, in order of day.
pub(super) fn shown(marks: &[Mark]) -> Vec<Mark> {
    let share = |share: f64| share.is_finite().then(|| share.clamp(0.0, 1.0));
    let shown = marks
        .iter()
        .filter(|mark| mark.day.is_finite() && mark.day >= 0.0);
    let shown = shown.filter_map(|mark| {
        share(mark.share).map(|value| Mark {
            share: value,
            target: mark.target.and_then(share),
            ..*mark
        })
    });
    let mut marks: Vec<Mark> = shown.collect();
    marks.sort_by(|left, right| left.day.total_cmp(&right.day));
    marks
}

/// A number of days: "7 days".
pub(super) fn days(day: f64) -> String {
    let unit = if (day - 1.0).abs() < 1e-9 {
        "day"
    } else {
        "days"
    };
    format!("{} {unit}", number(day))
}

/// Draws the named days and their targets on `panel`, off the curves of `series`.
pub(super) fn draw(canvas: &mut Canvas, panel: &Panel, series: &Series, named: &[Mark]) {
    let curves = series.curves().into_iter();
    let curves: Vec<Vec<Point>> = curves.map(|curve| panel.all(curve)).collect();
    // From the right, which leaves the labels most room.
    let order = || named.iter().rev();
    let apart = order().filter(|mark| distance(panel, mark) > CLOSE);
    let targets = apart.filter_map(|mark| target(panel, mark)).collect();
    let values = order().map(|mark| match distance(panel, mark) > CLOSE {
        true => value(panel, mark),
        false => both(panel, mark),
    });
    let groups = [values.collect(), targets];
    // Off the labels of the axes.
    let bounds = Rect {
        height: panel.area.height + 7.0,
        ..panel.area.grown(8.0)
    };
    marks::name(canvas, bounds, &curves, &groups);
    // Targets first, so that a value that lies on its target is seen.
    for (mark, target) in named.iter().filter_map(|mark| Some((mark, mark.target?))) {
        marks::diamond(canvas, panel.at((mark.day, target)));
    }
    for mark in named {
        marks::dot(canvas, panel.at((mark.day, mark.share)));
    }
}

/// How far a mark is from its target, in user units; infinite without one.
fn distance(panel: &Panel, mark: &Mark) -> f64 {
    mark.target.map_or(f64::INFINITY, |target| {
        (mark.share - target).abs() * panel.area.height
    })
}

fn value(panel: &Panel, mark: &Mark) -> Sign {
    let at = panel.at((mark.day, mark.share));
    Sign {
        at,
        area: marks::area(at),
        label: format!("{}: {}", days(mark.day), percent(mark.share)),
        letters: Lettering::bold(LABEL, Colour::MainText),
    }
}

fn target(panel: &Panel, mark: &Mark) -> Option<Sign> {
    let target = mark.target?;
    let at = panel.at((mark.day, target));
    Some(Sign {
        at,
        area: marks::area(at),
        label: format!("target {}", percent(target)),
        letters: Lettering::plain(LABEL, Colour::LimitText),
    })
}

/// A mark with its target in one label, where they are close to each other.
fn both(panel: &Panel, mark: &Mark) -> Sign {
    let value = value(panel, mark);
    let Some(target) = target(panel, mark) else {
        return value;
    };
    Sign {
        area: value.area.with(target.area),
        label: format!("{} ({})", value.label, target.label),
        ..value
    }
}
