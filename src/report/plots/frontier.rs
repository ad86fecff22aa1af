//! Plans by what they cost: a panel for what each target asks, with the target as a line, and one for each
//! thing besides.
//!
//! Draws each plan as a mark with its name and interval; must not know how plans were found or judged.

use super::axes::widest_label;
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::glyphs::shorten;
use super::keys::{self, Limit, LimitKind};
use super::panel::{Ink, Panel};
use super::placement::Placement;
use super::places::{self, Place};
use super::style::{Colour, HAIRLINE, LABEL, MARGIN, NOTE, WIDTH, Weight};
use super::ticks::{Tick, around};
use super::tiling::Tiling;
use super::wording::{closed, number};
use super::{Band, FigureError};

mod placed;

use placed::{Placed, at, beside_no_other, covered, placed, side_by_side};

/// Radius of the mark of a plan, in user units like all lengths below.
const RADIUS: f64 = 4.5;
/// Radius of the ring around the plan recommended.
const RING: f64 = 9.0;
/// Width of the ring.
const RING_WIDTH: f64 = 3.5;
/// Width of the widest name.
const NAME: f64 = 150.0;
/// Plans whose names are written; beside more they would stand in each other's way.
const MOST_NAMED: usize = 16;
/// Longest line from a name to its mark, but for the plan recommended.
const LINE: f64 = 40.0;
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
    /// What is drawn upwards: the targets, then what else is told.
    pub sides: Vec<FrontierSide>,
    /// The plans.
    pub plans: Vec<PlanMark>,
}

/// One of the panels.
#[derive(Clone, Debug, PartialEq)]
pub struct FrontierSide {
    /// What it shows, with its unit.
    pub name: String,
    /// The value that is a limit or asked for, and what it is called.
    pub limit: Option<(f64, String)>,
}

/// One plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanMark {
    /// What it is called, in a few letters.
    pub name: String,
    /// What it costs, in pounds a year.
    pub cost_pounds_a_year: f64,
    /// For each panel the mean with the ends of its interval; `None` where there is none.
    pub values: Vec<Option<Band>>,
    /// What was found of it.
    pub kind: PlanKind,
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

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &FrontierFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let heights: Vec<Vec<f64>> = (0..figure.sides.len())
        .map(|at| heights(figure, at))
        .collect();
    let widest = heights.iter().map(|values| widest_label(values));
    let tiling = Tiling {
        panels: figure.sides.len(),
        left: MARGIN + widest.fold(0.0, f64::max) + 10.0,
        top: edge + 62.0,
    };
    let costs = costs(figure);
    for (at, values) in heights.iter().enumerate() {
        draw_side(&mut canvas, figure, at, (&tiling, &costs, values))?;
    }
    let letters = Lettering::plain(LABEL, Colour::Muted);
    let middle = (WIDTH / 2.0, tiling.bottom() + 44.0);
    canvas.text(middle, Anchor::Middle, letters, "Thousand pounds a year");
    let end = canvas.note(tiling.bottom() + 56.0, NOTE_WORDS);
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

/// Ticks upwards, which hold all means, intervals and the limit.
fn heights(figure: &FrontierFigure, side: usize) -> Vec<f64> {
    let limit = figure.sides[side].limit.iter().map(|(at, _)| *at);
    let bands = placed(figure, side);
    let ends = bands
        .iter()
        .flat_map(|it| [it.band.mean, it.band.p10, it.band.p90]);
    around(ends.chain(limit))
}

/// Ticks of the axis of costs, in thousands of pounds.
fn costs(figure: &FrontierFigure) -> Vec<f64> {
    let costs = figure
        .plans
        .iter()
        .map(|plan| plan.cost_pounds_a_year / THOUSAND);
    around(costs)
}

fn draw_side(
    canvas: &mut Canvas,
    figure: &FrontierFigure,
    at: usize,
    (tiling, costs, values): (&Tiling, &[f64], &[f64]),
) -> Result<(), FigureError> {
    let side = &figure.sides[at];
    let ends = |ticks: &[f64]| (ticks[0], ticks[ticks.len() - 1]);
    let ((least, most), (bottom, top)) = (ends(costs), ends(values));
    // A little air, so that the cheapest and the dearest do not sit on the frame.
    let air = (most - least) * 0.06;
    let panel = Panel {
        area: tiling.area(at),
        across: least - air..most + air,
        up: bottom..top,
    };
    let plans = side_by_side(&panel, &placed(figure, at));
    let limits: Vec<Limit> = side.limit.iter().map(limit).collect();
    let costs = if tiling.is_lowest(at) { costs } else { &[] };
    axes(canvas, &panel, costs, values);
    let level = |y: f64| vec![(panel.across.start, y), (panel.across.end, y)];
    let mut inks = vec![
        Ink::Grid {
            xs: Vec::new(),
            ys: values[1..].to_vec(),
        },
        Ink::Line {
            points: level(bottom),
            colour: Colour::Axis,
            width: HAIRLINE,
        },
    ];
    inks.extend(limits.iter().map(|limit| Ink::Level {
        at: limit.at,
        colour: Colour::Limit,
    }));
    inks.extend(plans.iter().map(interval));
    canvas.layer(&panel.draw(&inks)?);
    keys::above(canvas, &panel, &side.name, &limits);
    for is_answer in [false, true] {
        for it in plans
            .iter()
            .filter(|it| it.plan.is_recommended == is_answer)
        {
            mark(canvas, &panel, it);
        }
    }
    name(canvas, &panel, &plans, &limits);
    if plans.is_empty() {
        canvas.empty(panel.area, "No value");
    }
    Ok(())
}

fn limit((at, words): &(f64, String)) -> Limit {
    Limit {
        kind: LimitKind::Line,
        at: *at,
        words: words.clone(),
    }
}

/// The labels left of a panel and below it.
fn axes(canvas: &mut Canvas, panel: &Panel, costs: &[f64], values: &[f64]) {
    let letters = Lettering::plain(LABEL, Colour::Muted);
    for value in values {
        let (x, y) = panel.at((panel.across.start, *value));
        canvas.text((x - 8.0, y + 4.7), Anchor::End, letters, &number(*value));
    }
    let ticks: Vec<Tick> = costs.iter().map(|cost| (*cost, number(*cost))).collect();
    for (cost, label) in that_fit(ticks, panel.area.width) {
        let (x, y) = panel.at((cost, panel.up.start));
        canvas.line((x, y), (x, y + 5.0), Colour::Axis);
        canvas.text((x, y + 20.0), Anchor::Middle, letters, &label);
    }
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

fn interval(it: &Placed) -> Ink {
    let x = it.cost();
    Ink::Line {
        points: vec![(x, it.band.p10), (x, it.band.p90)],
        colour: it.plan.kind.colour(),
        width: 1.5,
    }
}

/// A round mark or a hollow one; the plan recommended in a ring that covers what lies under it.
fn mark(canvas: &mut Canvas, panel: &Panel, it: &Placed) {
    let (plan, at) = (it.plan, at(panel, it));
    if plan.is_recommended {
        canvas.dot(at, RING, Colour::MainText);
        canvas.dot(at, RING - RING_WIDTH, Colour::Paper);
    }
    match plan.kind {
        PlanKind::Meets => canvas.dot(at, RADIUS, plan.kind.colour()),
        _ => canvas.diamond(at, RADIUS, plan.kind.colour()),
    }
}

/// The names beside the marks. Only that of the plan recommended may stand far apart with a line to its mark:
/// many such lines would run through other marks; those of others are short. A name without a place is left out.
fn name(canvas: &mut Canvas, panel: &Panel, plans: &[Placed], limits: &[Limit]) {
    let is_named = |it: &&Placed| it.plan.is_recommended || plans.len() <= MOST_NAMED;
    let mut named: Vec<&Placed> = plans.iter().filter(is_named).collect();
    named.sort_by_key(|it| !it.plan.is_recommended);
    let mut placement = Placement::new(panel.area);
    for limit in limits {
        let (from, to) = (panel.across.start, panel.across.end);
        let along = (0..=40).map(|nth| (from + (to - from) * f64::from(nth) / 40.0, limit.at));
        placement.avoid(&panel.all(along));
    }
    for it in plans {
        placement.block(covered(panel, it));
        let ends = [it.band.p10, it.band.p90];
        placement.avoid(&panel.all(ends.map(|end| (it.cost(), end))));
    }
    let labels: Vec<(Lettering, String)> = named.iter().map(|it| label(it)).collect();
    let wishes = |longest: f64| -> Vec<Vec<Place>> {
        let each = named.iter().zip(&labels);
        let places = each.map(|(it, (letters, label))| {
            let size = (letters.width(label), letters.height());
            let places = places::around(at(panel, it), covered(panel, it), size.0, size.1);
            let is_short = |line: Rect| line.height <= longest;
            let is_allowed =
                |place: &Place| it.plan.is_recommended || place.leader.is_none_or(is_short);
            let allowed: Vec<Place> = places.into_iter().filter(is_allowed).collect();
            beside_no_other(panel, (it, plans), allowed)
        });
        places.collect()
    };
    let mut arranged = placement.arrange(&wishes(0.0));
    if arranged.is_short() {
        let apart = placement.arrange(&wishes(LINE));
        if apart.cost < arranged.cost {
            arranged = apart;
        }
    }
    for ((it, (letters, label)), place) in named.iter().zip(&labels).zip(arranged.places) {
        if let Some(place) = place {
            canvas.placed(beyond_interval(panel, it, place), *letters, label);
        }
    }
}

/// A place whose line begins where the interval of its mark ends: the interval leads as far.
fn beyond_interval(panel: &Panel, it: &Placed, place: Place) -> Place {
    let end = |value: f64| panel.at((it.cost(), value)).1;
    let (top, bottom) = (end(it.band.p90), end(it.band.p10));
    let leader = place.leader.and_then(|line| {
        let (from, to) = match line.y < at(panel, it).1 {
            true => (line.y, line.bottom().min(top)),
            false => (line.y.max(bottom), line.bottom()),
        };
        let rest = Rect {
            y: from,
            height: to - from,
            ..line
        };
        (rest.height > 0.0).then_some(rest)
    });
    Place { leader, ..place }
}

/// The name of a plan, as it is written.
fn label(it: &Placed) -> (Lettering, String) {
    let (letters, weight) = match it.plan.is_recommended {
        true => (Lettering::bold(NOTE, Colour::MainText), Weight::Bold),
        false => (Lettering::plain(NOTE, Colour::Muted), Weight::Regular),
    };
    (letters, shorten(&it.plan.name, NOTE, weight, NAME))
}

/// What the marks are.
const NOTE_WORDS: &str = "In a ring: the plan recommended. Round marks: plans that surely meet every target. Hollow marks: \
                          plans that miss one (orange), or of which it is not known (grey). Upright lines: intervals of the \
                          means. Marks that would hide one another stand side by side.";

fn description(figure: &FrontierFigure) -> String {
    let each = figure.plans.iter().map(|plan| {
        let found = match plan.kind {
            PlanKind::Meets => "meets every target",
            PlanKind::Fails => "misses a target",
            PlanKind::Undecided => "undecided",
        };
        let sides = figure.sides.iter().zip(&plan.values);
        let values = sides.map(|(side, value)| {
            let value = value.and_then(Band::defined);
            let value = value.map_or("no value".to_owned(), |band| number(band.mean));
            format!("{}: {value}, ", side.name)
        });
        format!(
            "{} at {} thousand pounds a year: {}{found}. ",
            plan.name,
            number(plan.cost_pounds_a_year / THOUSAND),
            values.collect::<String>()
        )
    });
    format!(
        "Panels with a mark for each plan by its cost. {}{} {NOTE_WORDS}",
        each.collect::<String>(),
        closed(&figure.subtitle),
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
        // The ring is two of them.
        assert_eq!((dots.len(), diamonds.len()), (9, 3), "of each panel");
        for (dots, diamond) in dots.chunks(3).zip(&diamonds) {
            assert!(dots.iter().all(|dot| dot > diamond));
        }
    }

    #[test]
    fn axes_begin_near_their_values_where_nought_is_far() {
        let around = |values: &[f64]| around(values.iter().copied());
        assert_eq!(
            around(&[77.0, 96.0, 80.0]),
            [75.0, 80.0, 85.0, 90.0, 95.0, 100.0]
        );
        assert!(around(&[1.0, 4.0])[0].abs() < 1e-12, "from nought");
        let saves = around(&[-42.6, 85.2]);
        assert!(saves[0] <= -42.6 && saves[saves.len() - 1] >= 85.2);
        for odd in [&[][..], &[5.0], &[1e15, 1e15], &[f64::NAN]] {
            assert!(around(odd).len() >= 2, "{odd:?}");
        }
    }

    #[test]
    fn a_target_is_a_line_with_its_words() {
        let svg = draw(&plans_by_cost()).expect("it draws");
        assert!(svg.contains("at least 80%"), "{svg}");
        assert!(
            svg.contains("5, pooled"),
            "the plan recommended has its name"
        );
    }
}
