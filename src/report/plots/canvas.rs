//! The sheet that a figure is written on: heading, labels, plain shapes, note, and the SVG
//! element around them.
//!
//! Lines and bands come ready from [`super::panel`] as a layer. Must not know what is drawn.

use std::fmt::Write as _;

use super::directions::isolated;
use super::geometry::{Point, Rect, spread};
use super::glyphs::{balance, escape, width, wrap};
use super::places::Place;
use super::style::{
    Colour, FONTS, HAIRLINE, MARGIN, NOTE, SUBTITLE, TITLE, WIDTH, Weight, line_height,
};

/// Lines that a title may take: enough for the longest name that a scenario may have.
const TITLE_LINES: usize = 8;
/// Lines that a subtitle or a note may take.
const SMALL_LINES: usize = 3;
/// How far letters rise above their base line, for each unit of font size (DejaVu's capitals).
pub(super) const CAPITAL: f64 = 0.73;

/// Which end of a text its position names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lettering {
    /// Font size in user units.
    pub(super) size: f64,
    /// Plain or bold.
    pub(super) weight: Weight,
    /// Colour of the letters.
    pub(super) colour: Colour,
}

impl Lettering {
    /// Plain letters.
    pub(super) const fn plain(size: f64, colour: Colour) -> Self {
        Self {
            size,
            weight: Weight::Regular,
            colour,
        }
    }

    /// Bold letters.
    pub(super) const fn bold(size: f64, colour: Colour) -> Self {
        Self {
            size,
            weight: Weight::Bold,
            colour,
        }
    }

    /// Width of `text` in these letters, in user units.
    pub(super) fn width(self, text: &str) -> f64 {
        width(text, self.size, self.weight)
    }

    /// Height of a line of these letters, in user units.
    pub(super) fn height(self) -> f64 {
        line_height(self.size)
    }
}

/// Lines of text with the height on which they wish to be centred.
pub(super) type Block = (f64, Vec<(Lettering, String)>);

/// A figure being written, from the top down.
#[derive(Clone, Debug, Default)]
pub(super) struct Canvas {
    body: String,
}

impl Canvas {
    /// Writes `text` with its base line at `at`.
    pub(super) fn text(&mut self, at: Point, anchor: Anchor, letters: Lettering, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let weight = match letters.weight {
            Weight::Regular => "",
            Weight::Bold => " font-weight=\"bold\"",
        };
        self.push(format_args!(
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"{anchor}\" font-size=\"{}\"{weight} fill=\"{}\">{}</text>",
            at.0,
            at.1,
            letters.size,
            letters.colour.hex(),
            escape(&isolated(text)),
        ));
    }

    /// Writes `text` into `area`, with a rim of paper that keeps it readable over lines.
    pub(super) fn label(&mut self, area: Rect, letters: Lettering, text: &str) {
        self.push(format_args!(
            "<g stroke=\"{}\" stroke-width=\"4\" stroke-linejoin=\"round\" paint-order=\"stroke\">",
            Colour::Paper.hex()
        ));
        let base = area.y + area.height / 2.0 + letters.size * CAPITAL / 2.0;
        self.text((area.x, base), Anchor::Start, letters, text);
        self.push(format_args!("</g>"));
    }

    /// Writes `text` at a place that was found for it, with its leader.
    pub(super) fn placed(&mut self, place: Place, letters: Lettering, text: &str) {
        if let Some(leader) = place.leader {
            let x = leader.x + leader.width / 2.0;
            self.line((x, leader.y), (x, leader.bottom()), letters.colour);
        }
        self.label(place.text, letters, text);
    }

    /// Writes lines under each other from the upper edge `top`; gives the edge below them.
    pub(super) fn block(&mut self, left: f64, top: f64, lines: &[(Lettering, String)]) -> f64 {
        let mut edge = top;
        for (letters, text) in lines {
            let height = letters.height();
            let base = edge + height / 2.0 + letters.size * CAPITAL / 2.0;
            self.text((left, base), Anchor::Start, *letters, text);
            edge += height;
        }
        edge
    }

    /// Writes blocks of lines under each other, each centred on its own height as nearly as
    /// keeps them apart and between `top` and `bottom`. The blocks are in order of height.
    pub(super) fn column(&mut self, left: f64, blocks: &[Block], top: f64, bottom: f64) {
        let centres: Vec<f64> = blocks.iter().map(|(centre, _)| *centre).collect();
        let tall = |(_, lines): &Block| lines.iter().map(|(letters, _)| letters.height()).sum();
        let heights: Vec<f64> = blocks.iter().map(tall).collect();
        let edges = spread(&centres, &heights, 6.0, top, bottom);
        for (edge, (_, lines)) in edges.into_iter().zip(blocks) {
            self.block(left, edge, lines);
        }
    }

    /// Draws a thin straight line.
    pub(super) fn line(&mut self, from: Point, to: Point, colour: Colour) {
        self.push(format_args!(
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{HAIRLINE}\"/>",
            from.0,
            from.1,
            to.0,
            to.1,
            colour.hex(),
        ));
    }

    /// Draws an area with the outline `outline` (SVG path data).
    pub(super) fn area(&mut self, outline: &str, colour: Colour, opacity: f64) {
        self.push(format_args!(
            "<path d=\"{outline}\" fill=\"{}\" fill-opacity=\"{opacity}\"/>",
            colour.hex()
        ));
    }

    /// Draws a full rectangle of a shade.
    pub(super) fn tile(&mut self, area: Rect, shade: &str) {
        self.push(format_args!(
            "<rect x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{shade}\"/>",
            area.x, area.y, area.width, area.height,
        ));
    }

    /// Begins a panel that is drawn here, so that whoever points at it can be told what is there.
    pub(super) fn begin_panel(&mut self, area: Rect) {
        self.push(format_args!("<g data-panel=\"{}\">", area.told()));
    }

    /// Ends the panel.
    pub(super) fn end_panel(&mut self) {
        self.push(format_args!("</g>"));
    }

    /// Draws a full round mark.
    pub(super) fn dot(&mut self, at: Point, radius: f64, colour: Colour) {
        self.push(format_args!(
            "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.5\"/>",
            at.0,
            at.1,
            colour.hex(),
            Colour::Paper.hex(),
        ));
    }

    /// Draws a hollow mark standing on a corner.
    pub(super) fn diamond(&mut self, at: Point, radius: f64, colour: Colour) {
        let (x, y) = at;
        self.push(format_args!(
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}L{:.1} {:.1}Z\" fill=\"{}\" stroke=\"{}\" stroke-width=\"1.8\"/>",
            x - radius,
            y,
            x,
            y - radius,
            x + radius,
            y,
            x,
            y + radius,
            Colour::Paper.hex(),
            colour.hex(),
        ));
    }

    /// Adds a layer of finished SVG.
    pub(super) fn layer(&mut self, svg: &str) {
        self.body.push_str(svg);
    }

    /// Writes title and subtitle at the top; gives the edge below them.
    pub(super) fn heading(&mut self, title: &str, subtitle: &str) -> f64 {
        let room = WIDTH - 2.0 * MARGIN;
        let bold = Lettering::bold(TITLE, Colour::Ink);
        let plain = Lettering::plain(SUBTITLE, Colour::Muted);
        let title = balance(title, TITLE, Weight::Bold, room, TITLE_LINES);
        let subtitle = wrap(subtitle, SUBTITLE, Weight::Regular, room, SMALL_LINES);
        let edge = self.block(MARGIN, MARGIN - 4.0, &lines(bold, title));
        self.block(MARGIN, edge + 4.0, &lines(plain, subtitle))
    }

    /// Writes the note from the upper edge `top`; gives the edge below it.
    pub(super) fn note(&mut self, top: f64, note: &str) -> f64 {
        let letters = Lettering::plain(NOTE, Colour::Muted);
        let room = WIDTH - 2.0 * MARGIN;
        let note = wrap(note, NOTE, Weight::Regular, room, SMALL_LINES);
        self.block(MARGIN, top, &lines(letters, note))
    }

    /// Writes `words` in the middle of `area`, for a figure with nothing to show.
    pub(super) fn empty(&mut self, area: Rect, words: &str) {
        let middle = (area.x + area.width / 2.0, area.y + area.height / 2.0);
        let letters = Lettering::plain(SUBTITLE, Colour::Muted);
        self.text(middle, Anchor::Middle, letters, words);
    }

    /// The whole figure as SVG, down to `height`. `title` and `description` are read aloud by
    /// screen readers.
    pub(super) fn finish(self, height: f64, title: &str, description: &str) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{WIDTH}\" height=\"{height:.0}\" viewBox=\"0 0 {WIDTH} {height:.0}\" font-family=\"{FONTS}\">\n<title>{}</title>\n<desc>{}</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\n{}</svg>\n",
            escape(&isolated(title)),
            escape(&isolated(description)),
            Colour::Paper.hex(),
            self.body,
        )
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        writeln!(self.body, "{element}").expect("a string takes all that is written to it");
    }
}

/// Each of `texts` in the same letters.
pub(super) fn lines(letters: Lettering, texts: Vec<String>) -> Vec<(Lettering, String)> {
    texts.into_iter().map(|text| (letters, text)).collect()
}
