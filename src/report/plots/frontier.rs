//! Plans by what they cost: the wait in one panel, strain in the other.
//!
//! Draws each plan as a mark with its interval; must not know how plans were found or judged.

use super::axes::{base_line, date_axis, grid, value_axis, widest_label};
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::keys::{self, Limit, LimitKind};
use super::panel::{Ink, Panel};
use super::style::{Colour, LABEL, MARGIN, WIDTH};
use super::ticks::{Tick, ratio_ticks, value_ticks};
use super::tiling::{BETWEEN, Tiling};
use super::wording::number;
use super::{Band, FigureError};

/// Radius of the mark of a plan that another one beats all round, in user units.
const SMALL: f64 = 3.2;
/// Radius of the mark of a plan on the frontier.
const LARGE: f64 = 5.5;
/// Least space between the labels of costs.
const BETWEEN_LABELS: f64 = 14.0;
/// Pounds for each unit of the axis of costs.
const THOUSAND: f64 = 1_000.0;

/// What the figure of plans shows.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontierFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// The plans.
    pub plans: Vec<PlanMark>,
}

/// One plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanMark {
    /// What it costs, in pounds a year.
    pub cost_pounds_a_year: f64,
    /// Mean wait in days with the ends of its interval; `None` where there is none.
    pub wait_days: Option<Band>,
    /// Mean strain with the ends of its interval; `None` where there is none.
    pub strain: Option<Band>,
    /// What was found of it.
    pub kind: PlanKind,
    /// Whether no other plan is better all round.
    pub is_on_frontier: bool,
    /// Whether it is the one recommended.
    pub is_recommended: bool,
}

/// What was found of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanKind {
    /// It surely meets every target.
    Meets,
    /// It surely misses one.
    Fails,
    /// Neither is sure.
    Undecided,
}

impl PlanKind {
    fn colour(self) -> Colour {
        match self {
            Self::Meets => Colour::Main,
            Self::Fails => Colour::Limit,
            Self::Undecided => Colour::Neutral,
        }
    }
}

/// One of the two panels.
struct Side {
    place: usize,
    name: &'static str,
    value: fn(&PlanMark) -> Option<Band>,
    values: Vec<f64>,
    limits: Vec<Limit>,
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &FrontierFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let sides = sides(figure);
    let widest = sides.iter().map(|side| widest_label(&side.values));
    let tiling = Tiling {
        panels: sides.len(),
        left: MARGIN + widest.fold(0.0, f64::max) + 8.0,
        top: edge + 62.0,
    };
    let costs = costs(figure);
    for side in &sides {
        draw_side(&mut canvas, figure, side, &tiling, &costs)?;
    }
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let middle = (WIDTH / 2.0, tiling.bottom() + 44.0);
    canvas.text(middle, Anchor::Middle, letters, "Thousand pounds a year");
    let end = canvas.note(tiling.bottom() + 56.0, &note());
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

fn sides(figure: &FrontierFigure) -> [Side; 2] {
    let wait = |plan: &PlanMark| plan.wait_days.and_then(Band::defined);
    let strain = |plan: &PlanMark| plan.strain.and_then(Band::defined);
    let top = |value: fn(&PlanMark) -> Option<Band>| {
        let bands = figure.plans.iter().filter_map(value);
        bands.fold(0.0, |top: f64, band| top.max(band.p90).max(band.mean)) * 1.05
    };
    [
        Side {
            place: 0,
            name: "Mean wait, days",
            value: wait,
            values: value_ticks(top(wait)),
            limits: Vec::new(),
        },
        Side {
            place: 1,
            name: "Strain",
            value: strain,
            values: ratio_ticks(top(strain)),
            limits: vec![Limit {
                kind: LimitKind::Line,
                at: 1.0,
                words: "limit 1".to_owned(),
            }],
        },
    ]
}

/// Ticks of the axis of costs, in thousands of pounds, on both sides of nought where some plan saves.
fn costs(figure: &FrontierFigure) -> Vec<f64> {
    let costs = figure
        .plans
        .iter()
        .map(|plan| plan.cost_pounds_a_year / THOUSAND);
    let (least, most) = costs
        .filter(|cost| cost.is_finite())
        .fold((0.0, 0.0), |(least, most): (f64, f64), cost| {
            (least.min(cost), most.max(cost))
        });
    let above = value_ticks(most);
    let below = if least < 0.0 {
        value_ticks(-least)
    } else {
        Vec::new()
    };
    let below = below.into_iter().skip(1).map(|tick| -tick).rev();
    below.chain(above).collect()
}

fn draw_side(
    canvas: &mut Canvas,
    figure: &FrontierFigure,
    side: &Side,
    tiling: &Tiling,
    costs: &[f64],
) -> Result<(), FigureError> {
    let ends = |ticks: &[f64]| {
        ticks
            .first()
            .copied()
            .zip(ticks.last().copied())
            .unwrap_or((0.0, 1.0))
    };
    let ((least, most), (_, top)) = (ends(costs), ends(&side.values));
    // A little air, so that the cheapest and the dearest do not sit on the frame.
    let air = (most - least) * 0.03;
    let panel = Panel {
        area: tiling.area(side.place),
        across: least - air..most + air,
        up: 0.0..top,
    };
    value_axis(canvas, &panel, &side.values);
    let ticks: Vec<Tick> = costs.iter().map(|cost| (*cost, number(*cost))).collect();
    date_axis(
        canvas,
        &panel,
        &that_fit(ticks, panel.area.width),
        panel.area.right() + BETWEEN / 2.0,
    );
    let mut inks = vec![grid(&side.values), base_line(&panel)];
    inks.extend(side.limits.iter().map(|limit| Ink::Level {
        at: limit.at,
        colour: Colour::Limit,
    }));
    let marks = || {
        figure
            .plans
            .iter()
            .filter_map(|plan| Some((plan, (side.value)(plan)?)))
    };
    inks.extend(marks().map(|(plan, band)| interval(plan, band)));
    canvas.layer(&panel.draw(&inks)?);
    keys::above(canvas, &panel, side.name, &side.limits);
    for (plan, band) in marks().filter(|(plan, _)| plan.is_recommended) {
        point_out(canvas, &panel, plan, band);
    }
    // Where marks lie on each other the one recommended is seen, and those that meet before others.
    for rank in 0..=2 {
        for (plan, band) in marks().filter(|(plan, _)| standing(plan) == rank) {
            mark(canvas, &panel, plan, band);
        }
    }
    if marks().count() == 0 {
        canvas.empty(panel.area, "No value");
    }
    Ok(())
}

/// So many of evenly spaced ticks that their labels stay apart in `room`.
fn that_fit(ticks: Vec<Tick>, room: f64) -> Vec<Tick> {
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let widest = ticks.iter().map(|(_, label)| letters.width(label));
    let widest = widest.fold(0.0, f64::max) + BETWEEN_LABELS;
    let apart = room / ticks.len().max(2) as f64;
    let step = (widest / apart).ceil().max(1.0) as usize;
    ticks.into_iter().step_by(step).collect()
}

fn interval(plan: &PlanMark, band: Band) -> Ink {
    let x = plan.cost_pounds_a_year / THOUSAND;
    Ink::Line {
        points: vec![(x, band.p10), (x, band.p90)],
        colour: plan.kind.colour(),
        width: 1.5,
    }
}

/// How far in front a mark stands, from 0.
const fn standing(plan: &PlanMark) -> u8 {
    match (plan.is_recommended, plan.kind) {
        (true, _) => 2,
        (false, PlanKind::Meets) => 1,
        (false, _) => 0,
    }
}

fn mark(canvas: &mut Canvas, panel: &Panel, plan: &PlanMark, band: Band) {
    let at = panel.at((plan.cost_pounds_a_year / THOUSAND, band.mean));
    let radius = if plan.is_on_frontier { LARGE } else { SMALL };
    match plan.kind {
        PlanKind::Meets => canvas.dot(at, radius, plan.kind.colour()),
        _ => canvas.diamond(at, radius, plan.kind.colour()),
    }
}

/// A line from the top of the panel down to the plan recommended, with the word beside its upper end,
/// where no mark is in the way.
fn point_out(canvas: &mut Canvas, panel: &Panel, plan: &PlanMark, band: Band) {
    let (x, y) = panel.at((plan.cost_pounds_a_year / THOUSAND, band.mean));
    let letters = Lettering::bold(LABEL, Colour::MainText);
    let (width, height) = (letters.width("recommended"), letters.height());
    let top = panel.area.y + 4.0;
    let left = (x - width / 2.0).clamp(panel.area.x, panel.area.right() - width);
    if y - LARGE > top + height {
        canvas.line((x, top + height), (x, y - LARGE - 2.0), Colour::MainText);
        let area = Rect {
            x: left,
            y: top,
            width,
            height,
        };
        return canvas.label(area, letters, "recommended");
    }
    // It stands at the top itself: the word goes below it.
    let area = Rect {
        x: left,
        y: y + LARGE + 4.0,
        width,
        height,
    };
    canvas.label(area, letters, "recommended");
}

fn note() -> String {
    "Round marks: plans that surely meet every target. Hollow marks: plans that miss one (orange) or of which it is not \
     known (grey). Upright lines: 95% intervals of the means. Large marks: no other plan has less cost, wait and \
     strain."
        .to_owned()
}

fn description(figure: &FrontierFigure) -> String {
    let each = figure.plans.iter().map(|plan| {
        let value = |band: Option<Band>| {
            band.and_then(Band::defined)
                .map_or("no value".to_owned(), |band| number(band.mean))
        };
        let found = match plan.kind {
            PlanKind::Meets => "meets every target",
            PlanKind::Fails => "misses a target",
            PlanKind::Undecided => "undecided",
        };
        format!(
            "{} thousand pounds a year: wait {} days, strain {}, {found}. ",
            number(plan.cost_pounds_a_year / THOUSAND),
            value(plan.wait_days),
            value(plan.strain)
        )
    });
    format!(
        "Two panels with a mark for each plan by its cost. {}{} {}",
        each.collect::<String>(),
        figure.subtitle,
        note()
    )
}

#[cfg(test)]
mod tests {
    use super::super::examples::plans_by_cost;
    use super::*;

    /// A plan that misses a target lies on the one recommended: whoever looks must see the latter.
    #[test]
    fn the_plan_recommended_is_seen_where_marks_lie_on_each_other() {
        let mut figure = plans_by_cost();
        let best = figure.plans.iter().find(|plan| plan.is_recommended);
        let best = best.expect("one is recommended").clone();
        let missing = PlanMark {
            kind: PlanKind::Fails,
            is_recommended: false,
            ..best.clone()
        };
        figure.plans = vec![best, missing];
        let svg = draw(&figure).expect("it draws");
        let dots = svg.match_indices("<circle").map(|(at, _)| at);
        let diamonds = svg.match_indices("stroke-width=\"1.8\"").map(|(at, _)| at);
        let (dots, diamonds): (Vec<usize>, Vec<usize>) = (dots.collect(), diamonds.collect());
        assert_eq!((dots.len(), diamonds.len()), (2, 2), "one of each a panel");
        for (dot, diamond) in dots.iter().zip(&diamonds) {
            assert!(dot > diamond);
        }
    }
}
