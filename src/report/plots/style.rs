//! How the figures look: colours, sizes and fonts, in one place.
//!
//! Colours are those of Okabe and Ito (2008), which people with the common kinds of colour
//! blindness can tell apart; no meaning is carried by colour alone. Text colours are darkened to
//! a contrast of at least 4.5 to 1 on white (WCAG 2.2, AA). Must not know any figure.

use plotters::style::RGBColor;

/// Width of every figure in SVG user units, which are CSS pixels at full size.
pub(super) const WIDTH: f64 = 800.0;
/// Pixels of the PNG for each user unit: 1,600 pixels across.
pub(super) const PNG_SCALE: f32 = 2.0;
/// Plotters' pixels for each user unit. It rounds to whole pixels; eighths make lines smooth.
pub(super) const FINENESS: f64 = 8.0;
/// Space kept free along the figure's edges, in user units.
pub(super) const MARGIN: f64 = 20.0;

/// Font size of the title, in user units like all sizes below.
pub(super) const TITLE: f64 = 20.0;
/// Font size of the subtitle.
pub(super) const SUBTITLE: f64 = 14.0;
/// Font size of direct labels on the drawing.
pub(super) const DIRECT: f64 = 14.0;
/// Font size of axis labels and second lines.
pub(super) const LABEL: f64 = 13.0;
/// Font size of the note under the drawing.
pub(super) const NOTE: f64 = 12.0;
/// Height of a line of text for each unit of its font size.
pub(super) const LEADING: f64 = 1.3;

/// Width of the line of a mean.
pub(super) const MEAN_LINE: f64 = 2.5;
/// Width of thin lines: grid, brackets, leaders.
pub(super) const HAIRLINE: f64 = 1.0;
/// How far a band lets through what is behind it (0 to 1).
pub(super) const BAND_OPACITY: f64 = 0.22;

/// The fonts, best first. The first is embedded for the PNG; Verdana has nearly its widths.
pub(super) const FONTS: &str = "DejaVu Sans, Verdana, Geneva, Arial, sans-serif";
/// The family name of the embedded font.
pub(super) const EMBEDDED: &str = "DejaVu Sans";

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// Plain letters.
    Regular,
    /// Bold letters.
    Bold,
}

/// A colour of the palette, named for its use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colour {
    /// Paper.
    Paper,
    /// Titles and main labels.
    Ink,
    /// Secondary text.
    Muted,
    /// Grid lines.
    Grid,
    /// The base line of an axis.
    Axis,
    /// What the model says: means and their bands; good outcomes.
    Main,
    /// Text about the mean.
    MainText,
    /// A limit or a target; bad outcomes.
    Limit,
    /// Text about a limit or a target.
    LimitText,
    /// Published guidance.
    Guidance,
    /// Text about published guidance.
    GuidanceText,
    /// Outcomes that are neither good nor bad.
    Neutral,
}

impl Colour {
    /// Red, green and blue, 0 to 255.
    pub(super) fn rgb(self) -> RGBColor {
        match self {
            Self::Paper => RGBColor(0xff, 0xff, 0xff),
            Self::Ink => RGBColor(0x1c, 0x21, 0x28),
            Self::Muted => RGBColor(0x57, 0x5f, 0x69),
            Self::Grid => RGBColor(0xe4, 0xe7, 0xeb),
            Self::Axis => RGBColor(0x8b, 0x93, 0x9d),
            Self::Main => RGBColor(0x00, 0x72, 0xb2),
            Self::MainText => RGBColor(0x00, 0x5a, 0x8e),
            Self::Limit => RGBColor(0xd5, 0x5e, 0x00),
            Self::LimitText => RGBColor(0xa8, 0x47, 0x00),
            Self::Guidance => RGBColor(0x00, 0x9e, 0x73),
            Self::GuidanceText => RGBColor(0x00, 0x66, 0x4b),
            Self::Neutral => RGBColor(0x86, 0x8f, 0x99),
        }
    }

    /// The colour as SVG writes it, `#rrggbb`.
    pub(super) fn hex(self) -> String {
        let RGBColor(red, green, blue) = self.rgb();
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A shade of the main colour as SVG writes it: palest for 0, darkest for 1. Lightness falls all the
/// way, so that the order shows without colour too.
pub(super) fn shade(share: f64) -> String {
    const PALEST: [f64; 3] = [238.0, 244.0, 249.0];
    const DARKEST: [f64; 3] = [0.0, 60.0, 98.0];
    let share = share.clamp(0.0, 1.0);
    let mixed = |at: usize| (PALEST[at] + (DARKEST[at] - PALEST[at]) * share).round() as u8;
    format!("#{:02x}{:02x}{:02x}", mixed(0), mixed(1), mixed(2))
}

/// The height of a line of text of `size`, in user units.
pub(super) fn line_height(size: f64) -> f64 {
    size * LEADING
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance (WCAG 2.2).
    fn luminance(colour: Colour) -> f64 {
        let RGBColor(red, green, blue) = colour.rgb();
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    #[test]
    fn text_is_readable_on_paper() {
        for colour in [
            Colour::Ink,
            Colour::Muted,
            Colour::MainText,
            Colour::LimitText,
            Colour::GuidanceText,
        ] {
            let contrast = 1.05 / (luminance(colour) + 0.05);
            assert!(contrast >= 4.5, "{colour:?} has a contrast of {contrast}");
        }
    }
}
