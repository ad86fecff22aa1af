//! How the sheets look: fonts, fills and number formats, in one place.

use crate::measure::Unit;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Blue of the figures: means and links.
pub const MAIN: Color = Color::RGB(0x00_72_B2);
/// Lighter blue: bands of what happens in 8 of 10 runs.
pub const BAND: Color = Color::RGB(0xBF_DC_EC);
/// Grid lines.
pub const GRID: Color = Color::RGB(0xE4_E7_EB);
/// Secondary text.
const MUTED: Color = Color::RGB(0x57_5F_69);
/// Behind headings of tables.
const HEAD: Color = Color::RGB(0xE4_EE_F5);

/// Lines of options in charts (Okabe and Ito 2008, which most eyes can tell apart), the first for the
/// service as it is.
pub const LINES: [Color; 6] = [
    MAIN,
    Color::RGB(0xD5_5E_00),
    Color::RGB(0x00_9E_73),
    Color::RGB(0xCC_79_A7),
    Color::RGB(0x86_8F_99),
    Color::RGB(0xE6_9F_00),
];

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// 1,234.
    Count,
    /// 1234: a name that is a number.
    Number,
    /// 12.3%.
    Percent,
    /// 0.85.
    TwoDecimals,
    /// 1,234.5; two decimals below 1.
    OneDecimal,
    /// £1,234.
    Pounds,
    /// As it comes.
    General,
}

impl Shown {
    /// How values of a unit are shown.
    pub const fn of(unit: Unit) -> Self {
        match unit {
            Unit::Share => Self::Percent,
            Unit::Ratio => Self::TwoDecimals,
            Unit::Pounds => Self::Pounds,
            _ => Self::OneDecimal,
        }
    }

    /// The spreadsheet's words for it.
    pub const fn code(self, value: f64) -> &'static str {
        match self {
            Self::Count => "#,##0",
            Self::Number => "0",
            Self::Percent => "0.0%",
            Self::TwoDecimals => "0.00",
            Self::OneDecimal if value.abs() > 0.0 && value.abs() < 1.0 => "0.00",
            Self::OneDecimal => "#,##0.0",
            Self::Pounds => "[$£-809]#,##0;-[$£-809]#,##0",
            Self::General => "General",
        }
    }

    /// The format of a cell that shows `value`.
    pub fn format(self, value: f64) -> Format {
        Format::new()
            .set_num_format(self.code(value))
            .set_align(FormatAlign::Top)
    }
}

/// Formats of text.
pub struct Styles {
    /// Title of the front sheet.
    pub title: Format,
    /// What a sheet is.
    pub sheet_title: Format,
    /// A heading on the front sheet.
    pub heading: Format,
    /// A sentence.
    pub sentence: Format,
    /// Secondary text.
    pub muted: Format,
    /// Headings of columns.
    pub head: Format,
    /// Headings of columns of numbers.
    pub head_right: Format,
    /// Text in a table.
    pub text: Format,
    /// Text in a table, over several lines where it has to be.
    pub wrapped: Format,
    /// A number in words, to the right.
    pub right: Format,
    /// A day.
    pub date: Format,
    /// A link within the workbook.
    pub link: Format,
}

impl Default for Styles {
    fn default() -> Self {
        let top = Format::new().set_align(FormatAlign::Top);
        let wrapped = top.clone().set_text_wrap();
        let head = top
            .clone()
            .set_bold()
            .set_text_wrap()
            .set_background_color(HEAD)
            .set_border_bottom(FormatBorder::Thin)
            .set_border_bottom_color(MAIN);
        Self {
            title: wrapped.clone().set_bold().set_font_size(16),
            sheet_title: Format::new().set_bold().set_font_size(12),
            heading: Format::new()
                .set_bold()
                .set_font_size(12)
                .set_font_color(MAIN),
            sentence: wrapped.clone(),
            muted: wrapped.clone().set_font_color(MUTED),
            head_right: head.clone().set_align(FormatAlign::Right),
            head,
            text: top.clone(),
            wrapped,
            right: top.clone().set_align(FormatAlign::Right),
            date: top.clone().set_num_format("d mmm yyyy"),
            link: top
                .set_font_color(MAIN)
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
        }
    }
}
