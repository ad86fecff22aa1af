//! How a measure spreads over scenarios: a row for each of a few, a curve of many.
//!
//! A few stand in the order in which they come; of many the curve says how large a share lies below a
//! value, and names none. Must not know how any value was computed.

use super::FigureError;
use super::axes::base_line;
use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::glyphs::width;
use super::labels::apart;
use super::panel::{Ink, Panel};
use super::style::{BAND_OPACITY, Colour, DIRECT, LABEL, MARGIN, MEAN_LINE, WIDTH, Weight};
use super::ticks::ratio_ticks;
use super::wording::{closed, number, percent};

/// Rows that are drawn one by one at most: England's 42 ICBs, and a few more.
const MOST_ROWS: usize = 45;
/// Height of a row, in user units like all lengths below.
const ROW: f64 = 22.0;
/// Left edge of the panel of rows, before which the names are.
const NAMES_END: f64 = 250.0;
/// Room at the right for what each row says.
const SAID: f64 = 150.0;
/// Height of the panel of a curve.
const CURVE: f64 = 300.0;
/// Ratios up to which the axis is fine.
const MOST_FINE: f64 = 2.0;
/// The axis of greater ones: what lies beyond is drawn at its end, and said.
const WIDE_RATIOS: [f64; 5] = [0.0, 1.0, 2.0, 3.0, 4.0];
/// Shares that an axis names.
const SHARES: [f64; 5] = [0.0, 0.25, 0.5, 0.75, 1.0];

/// What is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn.
    pub subtitle: String,
    /// What the values are.
    pub unit: SpreadUnit,
    /// The scenarios.
    pub rows: Vec<SpreadRow>,
}

/// What the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SpreadUnit {
    /// Shares, 0 to 1.
    Share,
    /// Ratios of which 1 is full.
    Ratio,
    /// What is needed over what there is: 1 is enough.
    Times,
}

/// One scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct SpreadRow {
    /// What it is called.
    pub name: String,
    /// Its value; `None` where undefined.
    pub mean: Option<f64>,
    /// The 95% interval of the value; without an upper end where that is infinite.
    pub interval: Option<(f64, f64)>,
    /// What is said where there is no value.
    pub instead: &'static str,
}

/// A value that can be drawn, with its interval (the value itself where there is none).
type Drawn = (f64, (f64, f64));

impl SpreadRow {
    fn drawn(&self) -> Option<Drawn> {
        let mean = self.mean.filter(|mean| mean.is_finite())?;
        let (low, high) = self.interval.unwrap_or((mean, mean));
        Some((mean, (low.min(mean), high.max(mean))))
    }
}

/// The figure as SVG.
///
/// # Errors
///
/// When the charting library refuses to draw.
pub fn draw(figure: &Spread) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let scale = Scale::of(figure);
    let bottom = match figure.rows.len() <= MOST_ROWS {
        true => rows(&mut canvas, figure, &scale, edge + 16.0)?,
        false => curve(&mut canvas, figure, &scale, edge + 44.0)?,
    };
    let end = canvas.note(bottom, &note(figure, &scale));
    Ok(canvas.finish(
        end + MARGIN - 6.0,
        &figure.title,
        &description(figure, &scale),
    ))
}

/// The axis of the values.
struct Scale {
    unit: SpreadUnit,
    ticks: Vec<f64>,
}

impl Scale {
    fn of(figure: &Spread) -> Self {
        let highest = figure
            .rows
            .iter()
            .filter_map(SpreadRow::drawn)
            .map(|(mean, (_, high))| high.max(mean));
        Self {
            unit: figure.unit,
            ticks: match figure.unit {
                SpreadUnit::Share => SHARES.to_vec(),
                SpreadUnit::Ratio | SpreadUnit::Times => {
                    match highest.filter(|it| it.is_finite()).fold(1.0, f64::max) {
                        beyond if beyond > MOST_FINE => WIDE_RATIOS.to_vec(),
                        highest => ratio_ticks(highest),
                    }
                }
            },
        }
    }

    /// A value and its interval as far as the axis reaches.
    fn within(&self, (mean, (low, high)): Drawn) -> Drawn {
        let cut = |value: f64| value.clamp(0.0, self.top());
        (cut(mean), (cut(low), cut(high)))
    }

    fn top(&self) -> f64 {
        self.ticks.last().copied().unwrap_or(1.0)
    }

    fn tick(&self, value: f64) -> String {
        match self.unit {
            SpreadUnit::Share => percent(value),
            _ if value.fract() > 0.01 => format!("{value:.1}"),
            _ => number(value),
        }
    }

    fn said(&self, value: f64) -> String {
        match self.unit {
            SpreadUnit::Share => percent(value),
            SpreadUnit::Ratio | SpreadUnit::Times => format!("{value:.2}"),
        }
    }

    /// What 1 says, for ratios.
    fn one(&self) -> Option<&'static str> {
        match self.unit {
            SpreadUnit::Share => None,
            SpreadUnit::Ratio => Some("1: full"),
            SpreadUnit::Times => Some("1: as many as there are"),
        }
    }
}

/// A row for each scenario, in the order given; where the note may begin.
fn rows(canvas: &mut Canvas, figure: &Spread, scale: &Scale, top: f64) -> Result<f64, FigureError> {
    let count = figure.rows.len().max(1) as f64;
    let panel = Panel {
        area: Rect {
            x: NAMES_END,
            y: top,
            width: WIDTH - MARGIN - SAID - NAMES_END,
            height: count * ROW,
        },
        across: 0.0..scale.top(),
        up: 0.0..count,
    };
    let mut inks = vec![
        Ink::Grid {
            xs: scale.ticks.clone(),
            ys: Vec::new(),
        },
        base_line(&panel),
    ];
    if scale.one().is_some() {
        inks.push(Ink::Line {
            points: vec![(1.0, 0.0), (1.0, count)],
            colour: Colour::Limit,
            width: 1.5,
        });
    }
    let plain = Lettering::plain(LABEL, Colour::Muted);
    let names: Vec<&str> = figure.rows.iter().map(|row| row.name.as_str()).collect();
    let names = apart(&names, DIRECT, Weight::Regular, NAMES_END - MARGIN - 12.0);
    for (nth, (row, name)) in figure.rows.iter().zip(&names).enumerate() {
        let middle = count - 0.5 - nth as f64;
        let (_, y) = panel.at((0.0, middle));
        let ink = Lettering::plain(DIRECT, Colour::Ink);
        canvas.text((MARGIN, y + 5.0), Anchor::Start, ink, name);
        let said = match row.drawn().map(|drawn| scale.within(drawn)) {
            Some((mean, (low, high))) => {
                inks.push(Ink::Line {
                    points: vec![(low, middle), (high, middle)],
                    colour: Colour::Main,
                    width: MEAN_LINE,
                });
                inks.push(Ink::Dot {
                    at: (mean, middle),
                    colour: Colour::Main,
                });
                words(row, scale)
            }
            None => row.instead.to_owned(),
        };
        canvas.text(
            (panel.area.right() + 12.0, y + 4.7),
            Anchor::Start,
            plain,
            &said,
        );
    }
    canvas.layer(&panel.draw(&inks)?);
    for tick in &scale.ticks {
        let (x, y) = panel.at((*tick, 0.0));
        canvas.text((x, y + 18.0), Anchor::Middle, plain, &scale.tick(*tick));
    }
    Ok(panel.area.bottom() + 40.0)
}

/// "31% (30% to 32%)", "4.75 (3.00 or more)".
fn words(row: &SpreadRow, scale: &Scale) -> String {
    let mean = row.mean.map(|mean| scale.said(mean)).unwrap_or_default();
    match row.interval {
        Some((low, high)) if high.is_infinite() => format!("{mean} ({} or more)", scale.said(low)),
        Some((low, high)) => format!("{mean} ({} to {})", scale.said(low), scale.said(high)),
        None => mean,
    }
}

/// The values in ascending order, each at the share of scenarios below it; where the note may begin.
fn curve(
    canvas: &mut Canvas,
    figure: &Spread,
    scale: &Scale,
    top: f64,
) -> Result<f64, FigureError> {
    let panel = Panel {
        area: Rect {
            x: MARGIN + 46.0,
            y: top,
            width: WIDTH - 2.0 * MARGIN - 66.0,
            height: CURVE,
        },
        across: 0.0..1.0,
        up: 0.0..scale.top(),
    };
    canvas.layer(&panel.draw(&curve_inks(figure, scale, &panel))?);
    let plain = Lettering::plain(LABEL, Colour::Muted);
    for tick in &scale.ticks {
        let (x, y) = panel.at((0.0, *tick));
        canvas.text((x - 8.0, y + 4.7), Anchor::End, plain, &scale.tick(*tick));
    }
    for share in SHARES {
        let (x, y) = panel.at((share, 0.0));
        canvas.line((x, y), (x, y + 5.0), Colour::Axis);
        canvas.text((x, y + 20.0), Anchor::Middle, plain, &percent(share));
    }
    let (middle, below) = (
        panel.area.x + panel.area.width / 2.0,
        panel.area.bottom() + 39.0,
    );
    canvas.text(
        (middle, below),
        Anchor::Middle,
        plain,
        "Share of scenarios that lie lower",
    );
    if let Some(one) = scale.one() {
        let limit = Lettering::plain(LABEL, Colour::LimitText);
        let (at, anchor) = place_of_one(figure, &panel, one);
        canvas.text(at, anchor, limit, one);
    }
    Ok(panel.area.bottom() + 58.0)
}

/// Where it is said what 1 is, clear of the curve: above its line at the left while the curve is below
/// there, else below its line at the right, where the curve is above.
fn place_of_one(figure: &Spread, panel: &Panel, one: &str) -> ((f64, f64), Anchor) {
    const GAP: f64 = 6.0;
    let share = (GAP + width(one, LABEL, Weight::Regular)) / panel.area.width;
    let sorted = ascending(figure);
    let beside = (share * sorted.len() as f64).ceil() as usize;
    let is_below = |(_, (_, high)): &Drawn| *high < 1.0;
    match sorted.iter().take(beside).all(is_below) {
        true => {
            let (x, y) = panel.at((0.0, 1.0));
            ((x + GAP, y - GAP), Anchor::Start)
        }
        false => {
            let (x, y) = panel.at((1.0, 1.0));
            ((x - GAP, y + GAP + LABEL), Anchor::End)
        }
    }
}

fn curve_inks(figure: &Spread, scale: &Scale, panel: &Panel) -> Vec<Ink> {
    let sorted: Vec<Drawn> = ascending(figure)
        .into_iter()
        .map(|it| scale.within(it))
        .collect();
    let share = |nth: usize| nth as f64 / (sorted.len().max(2) - 1) as f64;
    let at = |end: fn(&Drawn) -> f64| {
        sorted
            .iter()
            .enumerate()
            .map(move |(nth, it)| (share(nth), end(it)))
    };
    let high = at(|(_, (_, high))| *high).rev();
    let outline = at(|(_, (low, _))| *low).chain(high).collect();
    let mut inks = vec![
        Ink::Grid {
            xs: SHARES.to_vec(),
            ys: scale.ticks.clone(),
        },
        base_line(panel),
        Ink::Area {
            outline,
            colour: Colour::Main,
            opacity: BAND_OPACITY,
        },
        Ink::Line {
            points: at(|(mean, _)| *mean).collect(),
            colour: Colour::Main,
            width: MEAN_LINE,
        },
    ];
    inks.extend(scale.one().map(|_| Ink::Level {
        at: 1.0,
        colour: Colour::Limit,
    }));
    inks
}

fn ascending(figure: &Spread) -> Vec<Drawn> {
    let mut sorted: Vec<Drawn> = figure.rows.iter().filter_map(SpreadRow::drawn).collect();
    sorted.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    sorted
}

fn note(figure: &Spread, scale: &Scale) -> String {
    let what = match (figure.rows.len() <= MOST_ROWS, figure.unit) {
        (true, SpreadUnit::Times) => {
            "Dot: every mean meets its target. Line: from where none is surely missed to where all are surely met."
        }
        (false, SpreadUnit::Times) => {
            "Line: each scenario, in ascending order. Band: from where no target is surely missed to where all are surely met."
        }
        (true, _) => "Dot: mean. Line: 95% interval of the mean.",
        (false, _) => {
            "Line: mean of each scenario, in ascending order. Band: 95% intervals of these means."
        }
    };
    let beyond = ascending(figure)
        .iter()
        .filter(|(mean, _)| *mean > scale.top())
        .count();
    let beyond = match beyond {
        0 => String::new(),
        some => format!(
            " {} beyond {}, drawn at the end.",
            number(some as f64),
            scale.tick(scale.top())
        ),
    };
    let open = figure.rows.iter().filter_map(|row| row.interval);
    let open = match open.filter(|(_, high)| high.is_infinite()).count() {
        0 => String::new(),
        some => format!(
            " {} without an upper end: nothing that was tried surely meets all.",
            number(some as f64)
        ),
    };
    format!("{what}{open}{beyond}{}", not_drawn(figure))
}

/// How many scenarios have no mark, and why: " Not drawn: 192 (no post), 27 (posts not known)."
fn not_drawn(figure: &Spread) -> String {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for row in figure.rows.iter().filter(|row| row.drawn().is_none()) {
        match reasons
            .iter_mut()
            .find(|(reason, _)| *reason == row.instead)
        {
            Some((_, count)) => *count += 1,
            None => reasons.push((row.instead, 1)),
        }
    }
    if reasons.is_empty() {
        return String::new();
    }
    let each = reasons.iter();
    let each = each.map(|(reason, count)| format!("{} ({reason})", number(*count as f64)));
    let each: Vec<String> = each.collect();
    format!(" Not drawn: {}.", each.join(", "))
}

fn description(figure: &Spread, scale: &Scale) -> String {
    let sorted = ascending(figure);
    let ends = match (sorted.first(), sorted.last()) {
        (Some((least, _)), Some((most, _))) => {
            let middle = sorted[sorted.len() / 2].0;
            let [least, middle, most] = [*least, middle, *most].map(|it| scale.said(it));
            format!("From {least} to {most}, {middle} in the middle. ")
        }
        _ => "No value to show. ".to_owned(),
    };
    format!(
        "Chart of {} scenarios. {ends}{} {}",
        number(figure.rows.len() as f64),
        closed(&figure.subtitle),
        note(figure, scale)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values in even steps between these two.
    fn figure(least: f64, most: f64) -> Spread {
        let row = |nth: u32| SpreadRow {
            name: String::new(),
            mean: Some(least + (most - least) * f64::from(nth) / 99.0),
            interval: None,
            instead: "",
        };
        Spread {
            title: String::new(),
            subtitle: String::new(),
            unit: SpreadUnit::Times,
            rows: (0..100).map(row).collect(),
        }
    }

    /// A dot alone looked like a value that is known for sure.
    #[test]
    fn an_interval_without_an_upper_end_is_drawn_and_said() {
        let mut figure = figure(1.0, 3.0);
        figure.rows.truncate(2);
        figure.rows[0].interval = Some((0.75, f64::INFINITY));
        figure.rows[1] = SpreadRow {
            mean: None,
            instead: "no post",
            ..figure.rows[1].clone()
        };
        let svg = draw(&figure).expect("it draws");
        assert!(svg.contains("1.00 (0.75 or more)"), "{svg}");
        assert!(svg.contains("1 without an upper end"), "{svg}");
        assert!(svg.contains("Not drawn: 1 (no post)."), "{svg}");
        let scale = Scale::of(&figure);
        let drawn = figure.rows[0].drawn().map(|it| scale.within(it));
        assert_eq!(drawn, Some((1.0, (0.75, scale.top()))));
        assert_eq!(not_drawn(&self::figure(1.0, 3.0)), "");
    }

    #[test]
    fn what_one_is_stands_clear_of_the_curve() {
        let panel = Panel {
            area: Rect {
                x: 0.0,
                y: 0.0,
                width: 700.0,
                height: 300.0,
            },
            across: 0.0..1.0,
            up: 0.0..4.0,
        };
        for (least, most, expected) in [
            (1.0, 4.0, Anchor::End),
            (0.9, 4.0, Anchor::End),
            (0.0, 3.0, Anchor::Start),
            (0.2, 0.9, Anchor::Start),
        ] {
            let figure = figure(least, most);
            let ((_, y), anchor) = place_of_one(&figure, &panel, "1: as many as there are");
            assert_eq!(anchor, expected, "{least} to {most}");
            assert_eq!(y > 225.0, expected == Anchor::End, "{y}");
        }
    }
}
