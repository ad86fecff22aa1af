//! The first sheet: the question, the answer, the key figures, what to be careful of, what was run, and
//! where to find the rest.

use super::sheet::{for_print, of_measure, reader, unreadable};
use super::style::Styles;
use super::tables::TABLES;
use super::{Open, charts, dictionary, not_made};
use crate::measure::{Scope, Unit};
use crate::model::Model;
use crate::report::Story;
use crate::report::manifest::Manifest;
use crate::report::plain::period;
use crate::report::workbook::style::Shown;
use rust_xlsxwriter::{Url, Workbook, Worksheet, XlsxError};
use std::io;

/// What is shown of the whole PCN on the first sheet, and kept of tables that are too long.
pub const KEY_FIGURES: [(&str, &str); 12] = [
    ("referrals_accepted", "Referrals accepted, people"),
    (
        "share_contacted_ever",
        "Ever contacted, share of those accepted",
    ),
    ("contacted_within_7_days", "Contacted within 7 days"),
    ("contacted_within_14_days", "Contacted within 14 days"),
    ("contacted_within_28_days", "Contacted within 28 days"),
    (
        "wait_to_first_contact_days_mean",
        "Wait to first contact, days, mean",
    ),
    (
        "wait_to_first_appointment_days_mean",
        "Wait to first appointment, days, mean",
    ),
    ("waiting_list_mean", "People on the waiting list"),
    ("lapsed", "Gave up before first contact, people"),
    ("caseload_mean", "Open cases"),
    (
        "weeks_at_risk_a_post_year",
        "Weeks at risk of each post a year",
    ),
    ("cost_pounds", "Cost in the period, pounds"),
];

/// The sheet's name.
pub const SHEET: &str = "Answer";

/// Columns that text goes across.
const ACROSS: u16 = 6;
/// Width of the first column, in characters.
const FIRST_WIDTH: f64 = 44.0;
/// Width of the others.
const OTHER_WIDTH: f64 = 15.0;
/// Characters of a sentence on one line: the columns together, less a little for wide letters.
const LINE: usize = 116;
/// Characters on one line of what stands beside the first column.
const LINE_BESIDE: usize = 82;
/// Height of a line, in points.
const LINE_HEIGHT: f64 = 15.0;

/// What the first sheet says besides the tables.
pub struct Front<'a> {
    /// Title and question.
    pub story: &'a Story,
    /// The answer, sentence by sentence.
    pub answer: Vec<String>,
    /// What to be careful of.
    pub careful: Vec<String>,
    /// The targets and what is reached of each.
    pub targets: Vec<TargetLine>,
    /// The service, of which the period and the year of prices are told.
    pub model: &'a Model,
    /// What was run.
    pub manifest: &'a Manifest,
}

/// A target and what each variant reaches of it, in the order of the summary.
#[derive(Clone, Debug)]
pub struct TargetLine {
    /// Name of the measure in the files.
    pub name: &'static str,
    /// The measure in words.
    pub measure: String,
    /// Its unit.
    pub unit: Unit,
    /// Whether it is to be reached or kept below: "at least" or "at most".
    pub side: &'static str,
    /// The value to reach.
    pub value: f64,
    /// The mean and the verdict.
    pub reached: Vec<(Option<f64>, String)>,
}

impl TargetLine {
    /// For programs; `names` are those of the variants.
    #[must_use]
    pub fn json(&self, names: &[&str]) -> serde_json::Value {
        let reached = names.iter().zip(&self.reached);
        let reached = reached.map(|(name, (mean, verdict))| {
            serde_json::json!({ "option": name, "mean": mean, "verdict": verdict })
        });
        serde_json::json!({
            "measure": self.name,
            "unit": self.unit.name(),
            "side": self.side,
            "target": self.value,
            "reached": reached.collect::<Vec<_>>(),
        })
    }
}

/// One measure of the PCN, of each variant: mean, ends of the interval, and of what 8 in 10 runs give.
struct Figure {
    label: &'static str,
    shown: Shown,
    of: Vec<[Option<f64>; 5]>,
}

/// Writes the first sheet.
pub fn write(book: &mut Workbook, styles: &Styles, front: &Front, open: Open) -> io::Result<()> {
    let (variants, figures) = key_figures(open)?;
    let mut there = Vec::new();
    for (chart, table) in charts::SHEETS.iter().zip(charts::TABLES) {
        if open(table)?.is_some() {
            there.push(*chart);
        }
    }
    for table in &TABLES {
        if open(table.file)?.is_some() {
            there.push((table.sheet, table.what));
        }
    }
    let sheet = book.add_worksheet();
    let mut page = Page {
        sheet,
        styles,
        row: 0,
    };
    page.write(front, (&variants, &figures), &there)
        .map_err(not_made)
}

/// The variants in their order, and the key figures of each, from the summary.
fn key_figures(open: Open) -> io::Result<(Vec<String>, Vec<Figure>)> {
    let mut variants: Vec<String> = Vec::new();
    let figure = |(name, label): &(&str, &'static str)| Figure {
        label,
        shown: of_measure(name),
        of: Vec::new(),
    };
    let mut figures: Vec<Figure> = KEY_FIGURES.iter().map(figure).collect();
    let Some(file) = open("summary.csv")? else {
        return Ok((variants, Vec::new()));
    };
    for row in reader(file).records() {
        let row = row.map_err(unreadable)?;
        let cell = |at: usize| row.get(at).unwrap_or_default();
        if cell(1) != Scope::Pcn.name() {
            continue;
        }
        if variants.last().is_none_or(|last| last != cell(0)) {
            variants.push(cell(0).to_owned());
        }
        let Some(at) = KEY_FIGURES.iter().position(|(name, _)| *name == cell(3)) else {
            continue;
        };
        let of = &mut figures[at].of;
        of.resize(variants.len(), [None; 5]);
        of[variants.len() - 1] = [6, 7, 8, 9, 11].map(|column| cell(column).parse().ok());
    }
    figures.retain(|it| it.of.iter().flatten().any(Option::is_some));
    Ok((variants, figures))
}

/// The sheet, and the row that comes next.
struct Page<'a> {
    sheet: &'a mut Worksheet,
    styles: &'a Styles,
    row: u32,
}

type Written = Result<(), XlsxError>;

impl Page<'_> {
    fn write(
        &mut self,
        front: &Front,
        (variants, figures): (&[String], &[Figure]),
        there: &[(&str, &str)],
    ) -> Written {
        self.sheet.set_name(SHEET)?;
        self.sheet.set_column_width(0, FIRST_WIDTH)?;
        let columns = ACROSS.max(variants.len() as u16 + 1);
        self.sheet
            .set_column_range_width(1, columns - 1, OTHER_WIDTH)?;
        self.across(
            &front.story.title,
            &self.styles.title.clone(),
            LINE * 2 / 3,
            22.0,
        )?;
        if let Some(question) = &front.story.question {
            self.across(question, &self.styles.muted.clone(), LINE, LINE_HEIGHT)?;
        }
        self.heading("The answer")?;
        for sentence in &front.answer {
            self.sentence(sentence)?;
        }
        self.targets(&front.targets, variants)?;
        if !figures.is_empty() {
            self.figures(figures, variants)?;
        }
        self.heading("Be careful")?;
        for caution in &front.careful {
            self.sentence(&format!("\u{2022} {caution}"))?;
        }
        self.what_was_run(front.manifest, front.model)?;
        self.what_is_where(there)?;
        self.sheet.set_screen_gridlines(false);
        for_print(self.sheet);
        Ok(())
    }

    fn heading(&mut self, text: &str) -> Written {
        self.row += 1;
        let format = &self.styles.heading;
        self.sheet
            .write_string_with_format(self.row, 0, text, format)?;
        self.row += 1;
        Ok(())
    }

    fn sentence(&mut self, text: &str) -> Written {
        self.across(text, &self.styles.sentence.clone(), LINE, LINE_HEIGHT)
    }

    /// Text over all columns, in as many lines as it takes.
    fn across(
        &mut self,
        text: &str,
        format: &rust_xlsxwriter::Format,
        line: usize,
        height: f64,
    ) -> Written {
        let lines = text.chars().count().div_ceil(line).max(1);
        self.sheet
            .merge_range(self.row, 0, self.row, ACROSS - 1, text, format)?;
        self.sheet.set_row_height(self.row, lines as f64 * height)?;
        self.row += 1;
        Ok(())
    }

    /// Headings of a small table.
    fn head(&mut self, first: &str, others: &[&str]) -> Written {
        let (left, right) = (&self.styles.head, &self.styles.head_right);
        self.sheet
            .write_string_with_format(self.row, 0, first, left)?;
        for (at, heading) in others.iter().enumerate() {
            self.sheet
                .write_string_with_format(self.row, at as u16 + 1, *heading, right)?;
        }
        let longest = others.iter().map(|it| it.chars().count()).max();
        let lines = longest.unwrap_or_default().div_ceil(13).clamp(1, 5);
        self.sheet
            .set_row_height(self.row, lines as f64 * LINE_HEIGHT)?;
        self.row += 1;
        Ok(())
    }

    fn number(&mut self, column: u16, value: Option<f64>, shown: Shown) -> Written {
        if let Some(value) = value {
            let format = shown.format(value);
            self.sheet
                .write_number_with_format(self.row, column, value, &format)?;
        }
        Ok(())
    }

    fn targets(&mut self, targets: &[TargetLine], variants: &[String]) -> Written {
        if targets.is_empty() {
            return Ok(());
        }
        self.heading("Targets")?;
        let names = variants.iter().map(|name| named(name));
        let others: Vec<&str> = std::iter::once("target").chain(names).collect();
        self.head("Mean over runs, and verdict", &others)?;
        for line in targets {
            let what = format!("{}, {}", line.measure, line.side);
            self.sheet
                .write_string_with_format(self.row, 0, what, &self.styles.text)?;
            let shown = Shown::of(line.unit);
            self.number(1, Some(line.value), shown)?;
            for (at, (mean, _)) in line.reached.iter().enumerate() {
                self.number(at as u16 + 2, *mean, shown)?;
            }
            self.row += 1;
            for (at, (_, verdict)) in line.reached.iter().enumerate() {
                let (column, format) = (at as u16 + 2, &self.styles.right);
                let format = format.clone().set_text_wrap();
                self.sheet
                    .write_string_with_format(self.row, column, verdict, &format)?;
            }
            let longest = line.reached.iter().map(|it| it.1.chars().count()).max();
            let lines = longest.unwrap_or_default().div_ceil(15).max(1);
            self.sheet
                .set_row_height(self.row, lines as f64 * LINE_HEIGHT)?;
            self.row += 1;
        }
        Ok(())
    }

    /// Of one variant with intervals; of several side by side.
    fn figures(&mut self, figures: &[Figure], variants: &[String]) -> Written {
        self.heading("Key figures of the whole PCN")?;
        if let [_] = variants {
            let ends = [
                "mean",
                "95% interval, from",
                "95% interval, to",
                "8 in 10 runs, from",
                "8 in 10 runs, to",
            ];
            self.head("", &ends)?;
        } else {
            let names: Vec<&str> = variants.iter().map(|name| named(name)).collect();
            self.head("Mean over runs; intervals are on the sheets", &names)?;
        }
        for figure in figures {
            self.sheet
                .write_string_with_format(self.row, 0, figure.label, &self.styles.text)?;
            let values: Vec<Option<f64>> = match figure.of.as_slice() {
                [one] if variants.len() == 1 => one.to_vec(),
                several => several.iter().map(|it| it[0]).collect(),
            };
            for (at, value) in values.into_iter().enumerate() {
                self.number(at as u16 + 1, value, figure.shown)?;
            }
            self.row += 1;
        }
        Ok(())
    }

    fn what_was_run(&mut self, manifest: &Manifest, model: &Model) -> Written {
        self.heading("What was run")?;
        let costs = model.costs.as_ref();
        let prices = costs.map(|it| it.price_year.to_string());
        let rows = [
            ("Period", period(model)),
            ("Prices of", prices.unwrap_or_default()),
            (
                "Program",
                format!(
                    "{} {}, command {}",
                    manifest.program, manifest.version, manifest.command
                ),
            ),
            (runs_of(manifest), manifest.replications.to_string()),
            ("Seed", manifest.seed.to_string()),
            ("Changed on the command line", manifest.overrides.join("; ")),
            (
                "Files that the scenario refers to",
                manifest
                    .inputs
                    .keys()
                    .cloned()
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
            (
                "SHA-256 of the scenario file",
                manifest.scenario_sha256.clone(),
            ),
        ];
        for (what, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
            self.sheet
                .write_string_with_format(self.row, 0, *what, &self.styles.text)?;
            let (row, last, format) = (self.row, ACROSS - 1, &self.styles.wrapped);
            self.sheet.merge_range(row, 1, row, last, value, format)?;
            let lines = value.chars().count().div_ceil(LINE_BESIDE).max(1);
            self.sheet.set_row_height(row, lines as f64 * LINE_HEIGHT)?;
            self.row += 1;
        }
        self.sentence("All numbers are simulated: they count nobody who exists.")
    }

    fn what_is_where(&mut self, there: &[(&str, &str)]) -> Written {
        self.heading("In this workbook")?;
        let all = there.iter().chain([&dictionary::SHEET]);
        for (name, what) in all {
            let url = Url::new(format!("internal:'{name}'!A1")).set_text(*name);
            self.sheet
                .write_url_with_format(self.row, 0, url, &self.styles.link)?;
            let (row, last, format) = (self.row, ACROSS - 1, &self.styles.wrapped);
            self.sheet.merge_range(row, 1, row, last, what, format)?;
            let lines = what.chars().count().div_ceil(LINE_BESIDE).max(1);
            self.sheet.set_row_height(row, lines as f64 * LINE_HEIGHT)?;
            self.row += 1;
        }
        Ok(())
    }
}

/// What the number of replications is of: a study counts those of all points together.
fn runs_of(manifest: &Manifest) -> &'static str {
    match manifest.command.as_str() {
        "sweep" => "Runs of all points",
        _ => "Runs of each variant",
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
