//! The two main figures as charts of the spreadsheet's own, each beside the numbers that it is drawn
//! from: people waiting week by week, and the share contacted by day.

use super::sheet::{for_print, reader, unreadable};
use super::style::{BAND, GRID, LINES, MAIN, Styles};
use super::{Open, not_made};
use crate::measure::Scope;
use csv::StringRecord;
use rust_xlsxwriter::{
    Chart, ChartAxis, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartSolidFill,
    ChartTitle, ChartType, ExcelDateTime, Workbook, Worksheet, XlsxError,
};
use std::io;

/// Names of the two sheets, and what each is.
pub const SHEETS: [(&str, &str); 2] = [
    (
        "Waiting list",
        "Chart: people on the waiting list, week by week",
    ),
    (
        "Contacted by day",
        "Chart: the share of everyone accepted who are contacted, by day since referral",
    ),
];

/// The tables that they are drawn from; without its table there is no sheet.
pub const TABLES: [&str; 2] = ["weekly.csv", "waits.csv"];

/// Row of the headings of the numbers.
const HEADINGS: u32 = 2;
/// Column of the first value of the sheet about people waiting.
const FIRST_VALUE: u16 = 2;
/// Columns that its band takes.
const BAND_COLUMNS: u16 = 3;
/// Size of a chart in pixels.
const SIZE: (u32, u32) = (860, 430);

type Written = Result<(), XlsxError>;

/// The waiting list of each variant, by week: mean, and the points that 1 run in 10 is below and above.
struct Weeks {
    dates: Vec<String>,
    of: Vec<(String, Vec<[Option<f64>; 3]>)>,
}

/// Writes the sheet about people waiting.
pub fn waiting_list(book: &mut Workbook, styles: &Styles, open: Open) -> io::Result<()> {
    let Some(file) = open(TABLES[0])? else {
        return Ok(());
    };
    let mut weeks = Weeks {
        dates: Vec::new(),
        of: Vec::new(),
    };
    for row in reader(file).records() {
        let row = row.map_err(unreadable)?;
        if row.get(3) != Some(Scope::Pcn.name()) || row.get(5) != Some("waiting_list") {
            continue;
        }
        let points = [7, 8, 10].map(|at| value(&row, at));
        let is_first = push(&mut weeks.of, &row, points);
        if is_first {
            weeks.dates.push(row.get(2).unwrap_or_default().to_owned());
        }
    }
    weeks.write(book.add_worksheet(), styles).map_err(not_made)
}

/// Writes the sheet about the share contacted by day.
pub fn contacted(book: &mut Workbook, styles: &Styles, open: Open) -> io::Result<()> {
    let Some(file) = open(TABLES[1])? else {
        return Ok(());
    };
    let mut of: Vec<(String, Vec<Option<f64>>)> = Vec::new();
    for row in reader(file).records() {
        let row = row.map_err(unreadable)?;
        if row.get(1) == Some(Scope::Pcn.name()) && row.get(3) == Some("to_first_contact") {
            push(&mut of, &row, value(&row, 5));
        }
    }
    days(book.add_worksheet(), styles, &of).map_err(not_made)
}

fn value(row: &StringRecord, at: usize) -> Option<f64> {
    row.get(at)?.parse().ok()
}

/// Adds a point to the variant of its row; says whether that is the first variant.
fn push<T>(of: &mut Vec<(String, Vec<T>)>, row: &StringRecord, point: T) -> bool {
    let option = row.get(0).unwrap_or_default();
    if of.last().is_none_or(|(name, _)| name != option) {
        of.push((option.to_owned(), Vec::new()));
    }
    let variants = of.len();
    if let Some((_, points)) = of.last_mut() {
        points.push(point);
    }
    variants == 1
}

impl Weeks {
    fn write(&self, sheet: &mut Worksheet, styles: &Styles) -> Written {
        let headings = self.headings();
        begin(sheet, styles, 0, (&headings, self.of.len()))?;
        for (week, date) in self.dates.iter().enumerate() {
            let row = HEADINGS + 1 + week as u32;
            sheet.write_number(row, 0, week as f64 + 1.0)?;
            let date = ExcelDateTime::parse_from_str(date)?;
            sheet.write_datetime_with_format(row, 1, date, &styles.date)?;
            for (column, value) in self.values(week).into_iter().enumerate() {
                number(sheet, (row, FIRST_VALUE + column as u16), value, "#,##0.0")?;
            }
        }
        if !self.dates.is_empty() {
            insert(sheet, &self.chart(), headings.len())?;
        }
        Ok(())
    }

    /// The band has three columns: from where, how wide, to where. A stacked area is drawn from the first
    /// two.
    fn headings(&self) -> Vec<String> {
        let band = ["1 in 10 below", "8 in 10 runs, width", "1 in 10 above"];
        let base = self.of.first().map_or("", |(name, _)| named(name));
        let band = band.map(|what| format!("{base}: {what}"));
        let means = self
            .of
            .iter()
            .map(|(name, _)| format!("{}: mean", named(name)));
        ["Week", "First day"]
            .map(str::to_owned)
            .into_iter()
            .chain(band)
            .chain(means)
            .collect()
    }

    /// The values of a week under the headings, after the first two.
    fn values(&self, week: usize) -> Vec<Option<f64>> {
        let point = |points: &Vec<[Option<f64>; 3]>| points.get(week).copied().unwrap_or_default();
        let base = self.of.first();
        let [_, low, high] = base.map(|(_, points)| point(points)).unwrap_or_default();
        let width = low.zip(high).map(|(low, high)| high - low);
        let means = self.of.iter().map(|(_, points)| point(points)[0]);
        [low, width, high].into_iter().chain(means).collect()
    }

    /// The band of what 8 in 10 runs of the service as it is give, and the mean of each variant.
    fn chart(&self) -> Chart {
        let last = HEADINGS + self.dates.len() as u32;
        let range = |column: u16| (SHEETS[0].0, HEADINGS + 1, column, last, column);
        let mut band = Chart::new(ChartType::AreaStacked);
        let below = ChartFormat::new().set_no_fill().set_no_line().clone();
        let within = ChartFormat::new()
            .set_solid_fill(ChartSolidFill::new().set_color(BAND))
            .set_no_line()
            .clone();
        let areas = [(2, "below", below), (3, "8 in 10 runs", within)];
        for (column, name, format) in areas {
            band.add_series()
                .set_name(name)
                .set_categories(range(1))
                .set_values(range(column))
                .set_format(&mut format.clone());
        }
        let mut lines = Chart::new(ChartType::Line);
        for (at, (name, _)) in self.of.iter().enumerate().take(LINES.len()) {
            let mut format = line(LINES[at], 2.25);
            lines
                .add_series()
                .set_name(format!("mean, {}", named(name)).as_str())
                .set_categories(range(1))
                .set_values(range(FIRST_VALUE + BAND_COLUMNS + at as u16))
                .set_format(&mut format);
        }
        band.combine(&lines);
        title(band.title(), "People on the waiting list");
        band.x_axis().set_date_axis(true).set_num_format("mmm yyyy");
        band.x_axis()
            .set_major_unit(3)
            .set_major_unit_date_type(rust_xlsxwriter::ChartAxisDateUnitType::Months);
        plain(band.y_axis(), "#,##0", "people");
        band.legend()
            .set_position(ChartLegendPosition::Bottom)
            .delete_entries(&[0]);
        band.set_alt_text(
            "People on the waiting list week by week: mean, and the band in which 8 in 10 runs lie. \
             The numbers stand beside it.",
        );
        band
    }
}

/// The share contacted by day, one line a variant.
fn days(sheet: &mut Worksheet, styles: &Styles, of: &[(String, Vec<Option<f64>>)]) -> Written {
    let names = of.iter().map(|(name, _)| named(name).to_owned());
    let headings: Vec<String> = std::iter::once("Day".to_owned()).chain(names).collect();
    begin(sheet, styles, 1, (&headings, of.len()))?;
    let days = of.iter().map(|(_, points)| points.len()).max().unwrap_or(0);
    for day in 0..days {
        let row = HEADINGS + 1 + day as u32;
        sheet.write_number(row, 0, day as f64)?;
        for (at, (_, points)) in of.iter().enumerate() {
            let share = points.get(day).copied().flatten();
            number(sheet, (row, at as u16 + 1), share, "0.0%")?;
        }
    }
    if days == 0 {
        return Ok(());
    }
    let last = HEADINGS + days as u32;
    let range = |column: u16| (SHEETS[1].0, HEADINGS + 1, column, last, column);
    let mut chart = Chart::new(ChartType::ScatterStraight);
    for (at, (name, _)) in of.iter().enumerate().take(LINES.len()) {
        chart
            .add_series()
            .set_name(named(name))
            .set_categories(range(0))
            .set_values(range(at as u16 + 1))
            .set_format(&mut line(LINES[at], 2.25));
    }
    title(
        chart.title(),
        "Share of people accepted who have been contacted",
    );
    plain(chart.x_axis(), "0", "days since referral");
    chart
        .x_axis()
        .set_min(0)
        .set_max(days.saturating_sub(1).max(1) as u32);
    chart.x_axis().set_major_unit(28).set_major_gridlines(false);
    plain(chart.y_axis(), "0%", "");
    chart.y_axis().set_min(0).set_max(1);
    match of.len() {
        1 => chart.legend().set_hidden(),
        _ => chart.legend().set_position(ChartLegendPosition::Bottom),
    };
    chart.set_alt_text(
        "Share of everyone accepted who have been contacted, by day since referral. The numbers stand beside it.",
    );
    insert(sheet, &chart, headings.len())
}

/// Name, what it is, headings.
fn begin(
    sheet: &mut Worksheet,
    styles: &Styles,
    which: usize,
    (headings, variants): (&[String], usize),
) -> Written {
    let (name, what) = SHEETS[which];
    sheet.set_name(name)?;
    sheet.write_string_with_format(0, 0, what, &styles.sheet_title)?;
    if variants > LINES.len() {
        let shown = LINES.len();
        let note = format!(
            "The chart has the first {shown} of {variants}; the numbers of all stand here."
        );
        sheet.write_string(1, 0, note)?;
    }
    for (at, heading) in headings.iter().enumerate() {
        sheet.write_string_with_format(HEADINGS, at as u16, heading, &styles.head_right)?;
        sheet.set_column_width(at as u16, if at == 0 { 7.0 } else { 14.0 })?;
    }
    let longest = headings.iter().map(|it| it.chars().count()).max();
    let lines = longest.unwrap_or_default().div_ceil(12).clamp(2, 6);
    sheet.set_row_height(HEADINGS, 15.0 * lines as f64)?;
    sheet.set_freeze_panes(HEADINGS + 1, 0)?;
    sheet.set_repeat_rows(HEADINGS, HEADINGS)?;
    for_print(sheet);
    Ok(())
}

fn number(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: Option<f64>,
    code: &str,
) -> Written {
    if let Some(value) = value {
        let format = rust_xlsxwriter::Format::new().set_num_format(code);
        sheet.write_number_with_format(row, column, value, &format)?;
    }
    Ok(())
}

/// Puts a chart to the right of the numbers.
fn insert(sheet: &mut Worksheet, chart: &Chart, columns: usize) -> Written {
    let mut chart = chart.clone();
    chart.set_width(SIZE.0).set_height(SIZE.1);
    sheet.insert_chart(HEADINGS + 1, columns as u16 + 1, &chart)?;
    Ok(())
}

fn line(colour: rust_xlsxwriter::Color, width: f64) -> ChartFormat {
    ChartFormat::new()
        .set_line(ChartLine::new().set_color(colour).set_width(width))
        .clone()
}

fn title(title: &mut ChartTitle, text: &str) {
    title.set_name(text);
    title.set_font(ChartFont::new().set_size(13).set_bold().set_color(MAIN));
}

/// An axis with light lines across, numbers shown so, and what they count.
fn plain(axis: &mut ChartAxis, code: &str, name: &str) {
    axis.set_num_format(code);
    axis.set_major_gridlines(true);
    axis.set_major_gridlines_line(ChartLine::new().set_color(GRID));
    if !name.is_empty() {
        axis.set_name(name);
    }
}

/// A variant by its name, the base in words.
fn named(name: &str) -> &str {
    if name == "base" {
        "as things are"
    } else {
        name
    }
}
