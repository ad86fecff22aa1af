//! The heading of a small panel: its name, and a key to the limits drawn in it.
//!
//! A key above the panel never hides a curve. Must not know what the limits are.

use super::canvas::{Anchor, Canvas, Lettering};
use super::geometry::Rect;
use super::glyphs::shorten;
use super::panel::Panel;
use super::style::{Colour, DIRECT, NOTE, Weight};
use super::tiling::BETWEEN;

/// Width of the sign of a limit, in user units.
const SIGN: f64 = 16.0;

/// A limit drawn in a panel, and what it is called.
#[derive(Clone, Debug)]
pub(super) struct Limit {
    /// How it is drawn.
    pub(super) kind: LimitKind,
    /// Its height on the vertical axis; of a range, the middle.
    pub(super) at: f64,
    /// What it is called, with its value.
    pub(super) words: String,
}

/// How a limit is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LimitKind {
    /// As a dashed line.
    Line,
    /// As a pale range.
    Range,
}

impl LimitKind {
    /// The colour of words about such a limit.
    pub(super) fn text(self) -> Colour {
        match self {
            Self::Line => Colour::LimitText,
            Self::Range => Colour::GuidanceText,
        }
    }
}

/// Writes the name of a panel above it, and under the name the key to its limits.
pub(super) fn above(canvas: &mut Canvas, panel: &Panel, name: &str, limits: &[Limit]) {
    let area = panel.area;
    let end = area.right() + BETWEEN - 12.0;
    let letters = Lettering::bold(DIRECT, Colour::Ink);
    let name = shorten(name, DIRECT, Weight::Bold, end - area.x);
    canvas.text((area.x, area.y - 30.0), Anchor::Start, letters, &name);
    let (mut x, base) = (area.x, area.y - 13.0);
    for limit in limits {
        let letters = Lettering::plain(NOTE, limit.kind.text());
        let words = shorten(&limit.words, NOTE, Weight::Regular, end - x - SIGN - 4.0);
        if words.is_empty() {
            return;
        }
        let sign = Rect {
            x,
            y: base - 9.0,
            width: SIGN,
            height: 10.0,
        };
        draw_sign(canvas, limit.kind, sign);
        canvas.text((x + SIGN + 4.0, base), Anchor::Start, letters, &words);
        x += SIGN + 4.0 + letters.width(&words) + 12.0;
    }
}

fn draw_sign(canvas: &mut Canvas, kind: LimitKind, area: Rect) {
    let Rect {
        x,
        y,
        width,
        height,
    } = area;
    match kind {
        LimitKind::Line => {
            let middle = y + height / 2.0;
            let dash = |left: f64| format!("M{left:.1} {:.1}h6v1.5h-6Z", middle - 0.7);
            canvas.area(&dash(x), Colour::Limit, 1.0);
            canvas.area(&dash(x + 10.0), Colour::Limit, 1.0);
        }
        LimitKind::Range => {
            let outline = format!("M{x:.1} {y:.1}h{width}v{height}h-{width}Z");
            canvas.area(&outline, Colour::Guidance, 0.3);
        }
    }
}
