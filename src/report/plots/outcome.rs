//! Where the referrals went, as a flow from all received to each outcome.
//!
//! Draws ribbons whose heights are the mean numbers of people; must not know how they were
//! counted, nor what makes an outcome good.

use super::canvas::{Canvas, Lettering, lines};
use super::geometry::Rect;
use super::glyphs::wrap;
use super::style::{Colour, DIRECT, LABEL, MARGIN, WIDTH, Weight};
use super::wording::{closed, number, percent, range};
use super::{Band, FigureError};

/// Left edge of the bar of all received, in user units like all lengths below.
const SOURCE: f64 = 168.0;
/// Left edge of the bars of the outcomes.
const TARGET: f64 = 478.0;
/// Width of the bars.
const BAR: f64 = 14.0;
/// Height of the bar of all received.
const SOURCE_HEIGHT: f64 = 300.0;
/// Least height at which a flow is drawn.
const THINNEST: f64 = 1.5;
/// Space between neighbouring outcomes.
const BETWEEN: f64 = 14.0;
/// Opacity of ribbons.
const RIBBON: f64 = 0.35;

/// What the figure of outcomes shows.
#[derive(Clone, Debug, PartialEq)]
pub struct OutcomeFigure {
    /// The finding, as a sentence.
    pub title: String,
    /// What is drawn, and where.
    pub subtitle: String,
    /// People at the left, all outcomes together.
    pub received: Band,
    /// Who they are, in a few words: "people referred".
    pub received_label: String,
    /// Where they went, in the order drawn; together as many as were received.
    pub outcomes: Vec<Outcome>,
    /// Replications behind each value; with one there is no band.
    pub replications: usize,
}

/// One way in which referrals end.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What it is called.
    pub label: String,
    /// People for whom it was so; with a mean of nought it is not drawn.
    pub count: Band,
    /// Whether it is what the service is for.
    pub kind: OutcomeKind,
}

/// Whether an outcome is what the service is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutcomeKind {
    /// It is.
    Good,
    /// Neither.
    Neutral,
    /// It is not.
    Bad,
}

impl OutcomeKind {
    fn colour(self) -> Colour {
        match self {
            Self::Good => Colour::Main,
            Self::Neutral => Colour::Neutral,
            Self::Bad => Colour::Limit,
        }
    }
}

/// The figure as SVG.
///
/// # Errors
///
/// None so far; the signature is that of all figures.
pub fn draw(figure: &OutcomeFigure) -> Result<String, FigureError> {
    let mut canvas = Canvas::default();
    let edge = canvas.heading(&figure.title, &figure.subtitle);
    let flows = flows(figure, edge + 18.0);
    let bottom = match flows.last() {
        Some(flow) => {
            let top = source_top(&flows);
            received(&mut canvas, figure, top);
            for flow in &flows {
                flow.draw(&mut canvas);
            }
            flow.slot.bottom().max(top + SOURCE_HEIGHT)
        }
        None => nothing(&mut canvas, figure, edge),
    };
    let end = canvas.note(bottom + 16.0, &note(figure));
    Ok(canvas.finish(end + MARGIN - 6.0, &figure.title, &description(figure)))
}

/// One outcome with where it is drawn.
struct Flow<'a> {
    outcome: &'a Outcome,
    /// Where its bar and label may be.
    slot: Rect,
    /// Upper and lower edge where it leaves the bar of all received.
    leaves: (f64, f64),
    /// Its label, line by line.
    said: Vec<(Lettering, String)>,
}

/// The outcomes that happen, from the upper edge `top` down, each with room for its label.
fn flows(figure: &OutcomeFigure, top: f64) -> Vec<Flow<'_>> {
    let shown = figure.outcomes.iter().filter(|outcome| happens(outcome));
    let people: f64 = shown.clone().map(|outcome| outcome.count.mean).sum();
    // Whatever was received and not accounted for stays visible as a part without a ribbon.
    let whole = people.max(figure.received.mean);
    let (mut edge, mut left) = (top, 0.0);
    let mut flows = Vec::new();
    for outcome in shown {
        let tall = outcome.count.mean / whole * SOURCE_HEIGHT;
        let said = said(outcome, figure);
        let words: f64 = said.iter().map(|(letters, _)| letters.height()).sum();
        let slot = Rect {
            x: TARGET,
            y: edge,
            width: BAR,
            height: words.max(tall),
        };
        flows.push(Flow {
            outcome,
            slot,
            leaves: (left, left + tall),
            said,
        });
        edge = slot.bottom() + BETWEEN;
        left += tall;
    }
    let source = source_top(&flows);
    for flow in &mut flows {
        flow.leaves = (flow.leaves.0 + source, flow.leaves.1 + source);
    }
    flows
}

fn happens(outcome: &Outcome) -> bool {
    outcome.count.defined().is_some() && outcome.count.mean > 0.0
}

/// Upper edge of the bar of all received: the outcomes are spread evenly around it.
fn source_top(flows: &[Flow<'_>]) -> f64 {
    let (first, last) = (flows.first(), flows.last());
    let top = first.map_or(0.0, |flow| flow.slot.y);
    let bottom = last.map_or(0.0, |flow| flow.slot.bottom());
    top + ((bottom - top - SOURCE_HEIGHT) / 2.0).max(0.0)
}

/// What is written beside an outcome: its label, people and percentage, and their range.
fn said(outcome: &Outcome, figure: &OutcomeFigure) -> Vec<(Lettering, String)> {
    let room = WIDTH - MARGIN - (TARGET + BAR + 10.0);
    let bold = Lettering::bold(DIRECT, Colour::Ink);
    let mut said = lines(bold, wrap(&outcome.label, DIRECT, Weight::Bold, room, 2));
    let plain = Lettering::plain(LABEL, Colour::Muted);
    let people = people(outcome, figure);
    said.extend(lines(plain, wrap(&people, LABEL, Weight::Regular, room, 2)));
    said
}

/// An outcome's people, percentage and range: "412 people, 37% (380 to 450)".
fn people(outcome: &Outcome, figure: &OutcomeFigure) -> String {
    let count = number(outcome.count.mean);
    let noun = if count == "1" { "person" } else { "people" };
    let mut words = format!("{count} {noun}");
    if figure.received.mean > 0.0 {
        let share = percent(outcome.count.mean / figure.received.mean);
        words.push_str(&format!(", {share}"));
    }
    if figure.replications > 1 {
        words.push_str(&format!(" ({})", range(outcome.count, number)));
    }
    words
}

impl Flow<'_> {
    fn draw(&self, canvas: &mut Canvas) {
        let colour = self.outcome.kind.colour();
        let (from, to) = thick(self.leaves);
        let middle = self.slot.y + self.slot.height / 2.0;
        let half = (to - from) / 2.0;
        let (upper, lower) = (middle - half, middle + half);
        let (left, right) = (SOURCE + BAR, TARGET);
        let bend = (left + right) / 2.0;
        let outline = format!(
            "M{left:.1} {from:.1}C{bend:.1} {from:.1} {bend:.1} {upper:.1} {right:.1} {upper:.1}L{right:.1} {lower:.1}C{bend:.1} {lower:.1} {bend:.1} {to:.1} {left:.1} {to:.1}Z"
        );
        canvas.area(&outline, colour, RIBBON);
        canvas.area(&bar(TARGET, upper, lower), colour, 1.0);
        let words: f64 = self.said.iter().map(|(letters, _)| letters.height()).sum();
        canvas.block(TARGET + BAR + 10.0, middle - words / 2.0, &self.said);
    }
}

/// The bar of all received, with its label at its left.
fn received(canvas: &mut Canvas, figure: &OutcomeFigure, top: f64) {
    let bottom = top + SOURCE_HEIGHT;
    canvas.area(&bar(SOURCE, top, bottom), Colour::Ink, 1.0);
    let large = Lettering::bold(22.0, Colour::Ink);
    let plain = Lettering::plain(LABEL, Colour::Muted);
    let room = SOURCE - MARGIN - 10.0;
    let people = number(figure.received.mean);
    let mut said = lines(large, wrap(&people, 22.0, Weight::Bold, room, 2));
    said.extend(lines(
        plain,
        wrap(&figure.received_label, LABEL, Weight::Regular, room, 4),
    ));
    if figure.replications > 1 {
        let range = format!("({})", range(figure.received, number));
        said.extend(lines(plain, wrap(&range, LABEL, Weight::Regular, room, 3)));
    }
    let words: f64 = said.iter().map(|(letters, _)| letters.height()).sum();
    canvas.block(MARGIN, (top + bottom - words) / 2.0, &said);
}

/// Says that there is nothing to draw; gives the edge below.
fn nothing(canvas: &mut Canvas, figure: &OutcomeFigure, top: f64) -> f64 {
    let area = Rect {
        x: MARGIN,
        y: top,
        width: WIDTH - 2.0 * MARGIN,
        height: 120.0,
    };
    let words = if figure.received.mean > 0.0 || figure.received.defined().is_none() {
        "No outcome to show"
    } else {
        "Nobody was referred"
    };
    canvas.empty(area, words);
    area.bottom()
}

fn bar(left: f64, top: f64, bottom: f64) -> String {
    format!("M{left:.1} {top:.1}h{BAR}V{bottom:.1}h-{BAR}Z")
}

/// The edges of a flow, moved apart where it would be too thin to see.
fn thick((from, to): (f64, f64)) -> (f64, f64) {
    let short = (THINNEST - (to - from)).max(0.0) / 2.0;
    (from - short, to + short)
}

fn note(figure: &OutcomeFigure) -> String {
    let key = "Blue: intended. Grey: neutral. Orange: to be avoided.";
    if figure.replications > 1 {
        let runs = number(figure.replications as f64);
        format!("Means of {runs} runs; in brackets: 8 in 10 runs. {key}")
    } else {
        format!("A single run, so the figure cannot show how much runs differ. {key}")
    }
}

fn description(figure: &OutcomeFigure) -> String {
    let outcomes = figure.outcomes.iter().filter(|outcome| happens(outcome));
    let each = outcomes.map(|outcome| format!("{}: {}. ", outcome.label, people(outcome, figure)));
    format!(
        "Flow chart of {} {}. {}{} {}",
        number(figure.received.mean),
        figure.received_label,
        each.collect::<String>(),
        closed(&figure.subtitle),
        note(figure)
    )
}
