//! What surrounds a panel: the labels of its axes, its grid, and the words at its right end.
//!
//! Must not know which figure a panel belongs to.

use super::Band;
use super::canvas::{Anchor, Canvas, Lettering, lines};
use super::glyphs::wrap;
use super::panel::{Ink, Panel};
use super::style::{Colour, DIRECT, HAIRLINE, LABEL, Weight};
use super::ticks::Tick;
use super::wording::{number, range};

/// The letters of axes.
const LETTERS: Lettering = Lettering::plain(LABEL, Colour::Muted);

/// Width of the widest label of a value axis, in user units.
pub(super) fn widest_label(values: &[f64]) -> f64 {
    let widths = values.iter().map(|value| LETTERS.width(&number(*value)));
    widths.fold(0.0, f64::max)
}

/// Light level lines at `values`.
pub(super) fn grid(values: &[f64]) -> Ink {
    Ink::Grid {
        xs: Vec::new(),
        ys: values
            .iter()
            .copied()
            .filter(|value| *value > 0.0)
            .collect(),
    }
}

/// The line on which the values stand.
pub(super) fn base_line(panel: &Panel) -> Ink {
    Ink::Line {
        points: vec![(panel.across.start, 0.0), (panel.across.end, 0.0)],
        colour: Colour::Axis,
        width: HAIRLINE,
    }
}

/// The labels left of a panel.
pub(super) fn value_axis(canvas: &mut Canvas, panel: &Panel, values: &[f64]) {
    for value in values {
        let (x, y) = panel.at((panel.across.start, *value));
        canvas.text((x - 8.0, y + 4.7), Anchor::End, LETTERS, &number(*value));
    }
}

/// The labels under a panel, none of which reaches beyond `right`.
pub(super) fn date_axis(canvas: &mut Canvas, panel: &Panel, dates: &[Tick], right: f64) {
    for (position, label) in dates {
        let (x, y) = panel.at((*position, 0.0));
        canvas.line((x, y), (x, y + 5.0), Colour::Axis);
        let half = LETTERS.width(label) / 2.0;
        let middle = x.min(right - half).max(half + 2.0);
        canvas.text((middle, y + 20.0), Anchor::Middle, LETTERS, label);
    }
}

/// A mean and its band in words, as lines no wider than `room` for the right end of a line.
pub(super) fn end_lines(
    band: Band,
    replications: usize,
    write: fn(f64) -> String,
    room: f64,
) -> Vec<(Lettering, String)> {
    let main = Lettering::bold(DIRECT, Colour::MainText);
    let small = Lettering::plain(LABEL, Colour::MainText);
    if replications < 2 {
        return vec![(main, write(band.mean)), (small, "one run".to_owned())];
    }
    let mean = format!("mean {}", write(band.mean));
    let mut said = lines(main, wrap(&mean, DIRECT, Weight::Bold, room, 2));
    said.push((small, "8 in 10 runs:".to_owned()));
    let range = wrap(&range(band, write), LABEL, Weight::Regular, room, 2);
    said.extend(lines(small, range));
    said
}
