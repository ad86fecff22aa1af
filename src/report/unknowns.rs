//! What is not known and what is chance: tables, the tornado and a few sentences.

use super::answer::show;
use super::apart::{Foremost, Ranked};
use super::entity_name;
use super::number::{counted, for_file, grouped, optional_for_file, percent, readable};
use super::plots::{FigureError, TornadoFigure, TornadoRow, tornado};
use super::prose::{aligned, bullet, paragraph};
use super::tables::Table;
use crate::experiment::{Bar, Design, DrawnInput, Tornado, UncertaintyRow};
use crate::measure::{Measure, Scope, Unit, all_measures};
use crate::model::Model;
use std::io::{Result, Write};

/// Measures whose tornado is told, the first that has one; a target's goes before.
const TOLD: [&str; 4] = [
    "contacted_within_28_days",
    "share_contacted_ever",
    "wait_to_first_contact_days_mean",
    "utilisation",
];

/// Where straight lines explain a smaller share of what differs between draws, the figure has no clear
/// finding.
const LEAST_EXPLAINED: f64 = 0.5;

/// The header of `uncertainty.csv`.
pub(super) const UNCERTAINTY: &str = "option,scope,name,measure,unit,draws,mean,ci95_low,ci95_high,p10_of_draws,p50_of_draws,p90_of_draws,sd_not_known,sd_chance,share_not_known,share_not_known_low,share_not_known_high,share_chance";

/// The header of `tornado.csv`.
pub(super) const TORNADO: &str =
    "option,measure,unit,input,input_p10,input_p90,change,ci95_low,ci95_high,explained_by_all";

/// A share that changes by less than this, half a point, is not worth telling.
const LEAST_OF_A_SHARE: f64 = 0.005;

/// Rows of the short table.
const SHORT: [(&str, &str); 6] = [
    ("share_contacted_ever", "Share ever contacted"),
    ("contacted_within_28_days", "Contacted within 28 days"),
    (
        "wait_to_first_contact_days_mean",
        "Wait to first contact, days",
    ),
    ("waiting_list_mean", "People on the waiting list"),
    ("caseload_mean", "Open cases"),
    ("utilisation", "Client time in use (1 is all)"),
];

/// Uncertain inputs as they were drawn.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// Keys of the inputs.
    pub keys: Vec<String>,
    /// The inputs as drawn, in the same order.
    pub inputs: Vec<DrawnInput>,
    /// How they were drawn.
    pub design: Design,
}

/// What draws of the inputs gave, of one option.
#[derive(Clone, Debug)]
pub struct Unknowns {
    /// The inputs.
    pub drawn: Drawn,
    /// Every measure over the draws.
    pub rows: Vec<UncertaintyRow>,
    /// The tornados of the PCN's measures that have one.
    pub tornados: Vec<Tornado>,
    /// Draws without a steady state.
    pub without_steady_state: usize,
}

impl Drawn {
    /// `draws.csv`: the value of each input in each draw.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write(&self, into: impl Write) -> Result<()> {
        let mut table = Table::begin(into, "draw,hypercube,input,value")?;
        for draw in 0..self.design.draws {
            let hypercube = (draw / self.design.points()).to_string();
            for (key, input) in self.keys.iter().zip(&self.inputs) {
                let value = for_file(input.values[draw]);
                table.row([draw.to_string().as_str(), &hypercube, key, &value])?;
            }
        }
        table.end()
    }

    /// The rows of `tornado.csv` of one measure.
    pub(super) fn cells(&self, option: &str, tornado: &Tornado) -> Vec<Vec<String>> {
        let row = |bar: &Bar| {
            let input = &self.inputs[bar.input];
            let words = [option, tornado.measure, tornado.unit, &self.keys[bar.input]];
            let numbers = [
                input.low,
                input.high,
                bar.change,
                bar.low,
                bar.high,
                tornado.explained,
            ];
            let numbers = numbers.map(for_file);
            words
                .map(str::to_owned)
                .into_iter()
                .chain(numbers)
                .collect()
        };
        tornado.bars.iter().map(row).collect()
    }

    /// The input that matters most, or those of which it cannot be told.
    pub(super) fn foremost(&self, tornado: &Tornado) -> Option<Foremost> {
        let names: Vec<String> = tornado.bars.iter().map(|bar| self.name(bar)).collect();
        // As far from nought as either end is, whichever way it goes.
        let size = |bar: &Bar| match bar.change < 0.0 {
            true => (-bar.high, -bar.low),
            false => (bar.low, bar.high),
        };
        let bars = names.iter().zip(&tornado.bars);
        let ranked: Vec<Ranked> = bars.map(|(name, bar)| (name.as_str(), size(bar))).collect();
        Foremost::of(&ranked)
    }

    /// What is added where others cannot be told from the input that comes first.
    pub(super) fn not_alone(&self, tornado: &Tornado) -> &'static str {
        match self.foremost(tornado) {
            Some(Foremost::Either(_) | Foremost::Many(_)) => "; others cannot be told from it",
            _ => "",
        }
    }

    /// The figure of a tornado as SVG.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub(super) fn draw(
        &self,
        told: &Tornado,
        title: String,
        subtitle: String,
    ) -> std::result::Result<String, FigureError> {
        let unit = measure_of(told.measure).map_or(Unit::Ratio, |it| it.unit);
        tornado::draw(&TornadoFigure {
            title,
            subtitle,
            rows: told.bars.iter().map(|bar| self.row(bar, unit)).collect(),
            draws: self.design.draws,
            method: format!(
                "Straight lines fitted to the draws; together they explain {} of what differs between draws.",
                percent(told.explained)
            ),
        })
    }

    fn row(&self, bar: &Bar, unit: Unit) -> TornadoRow {
        let input = &self.inputs[bar.input];
        TornadoRow {
            label: self.name(bar),
            range: format!("{} to {}", readable(input.low), readable(input.high)),
            change: bar.change,
            low: bar.low,
            high: bar.high,
            said: change(unit, bar.change),
            interval: format!("{} to {}", bare(unit, bar.low), bare(unit, bar.high)),
        }
    }

    /// How much what is told changes with the input of a bar: "from 0.53 to 0.67 of that it changes by
    /// +3.1 points (95% interval 2.8 to 3.4)".
    pub(super) fn by(&self, told: &Tornado, bar: &Bar) -> String {
        let unit = measure_of(told.measure).map_or(Unit::Ratio, |it| it.unit);
        let input = &self.inputs[bar.input];
        format!(
            "from {} to {} of that it changes by {} (95% interval {} to {})",
            readable(input.low),
            readable(input.high),
            change(unit, bar.change),
            bare(unit, bar.low),
            bare(unit, bar.high)
        )
    }

    /// What the input of a bar is called.
    pub(super) fn name(&self, bar: &Bar) -> String {
        words_of(&self.keys[bar.input])
    }
}

impl Unknowns {
    /// `uncertainty.csv`: one row a measure, with the two parts of the variance of one replication.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_table(&self, into: impl Write, option: &str, model: &Model) -> Result<()> {
        let mut table = Table::begin(into, UNCERTAINTY)?;
        for row in &self.rows {
            let cells = uncertainty_cells(option, model, row);
            table.row(cells.iter().map(String::as_str))?;
        }
        table.end()
    }

    /// `tornado.csv`: how each measure of the PCN changes from the 10% to the 90% point of each input.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_tornado(&self, into: impl Write, option: &str) -> Result<()> {
        let mut table = Table::begin(into, TORNADO)?;
        for tornado in &self.tornados {
            for cells in self.drawn.cells(option, tornado) {
                table.row(cells.iter().map(String::as_str))?;
            }
        }
        table.end()
    }

    /// The tornado that is told: of the first target on which some input has an effect worth telling,
    /// or of a usual measure; of the first that there is where none has.
    #[must_use]
    pub fn told(&self, targets: &[(String, f64)]) -> Option<&Tornado> {
        let targets = targets.iter().map(|(measure, _)| measure.as_str());
        let wanted = targets.chain(TOLD);
        let there = wanted.filter_map(|name| self.tornados.iter().find(|it| it.measure == name));
        let there: Vec<&Tornado> = there.collect();
        let notable = there.iter().find(|it| is_notable(it));
        notable.or(there.first()).copied()
    }

    /// The figure of the tornado that is told.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn draw(
        &self,
        title: &str,
        targets: &[(String, f64)],
    ) -> std::result::Result<Option<String>, FigureError> {
        let Some(told) = self.told(targets) else {
            return Ok(None);
        };
        let subtitle = format!(
            "Change of {} of the PCN when an input goes from its 10% to its 90% point, the others held fixed. {title}",
            in_words(told.measure)
        );
        self.drawn
            .draw(told, self.finding(told), subtitle)
            .map(Some)
    }

    fn finding(&self, told: &Tornado) -> String {
        match told.bars.first() {
            Some(bar) if is_sure(bar) && told.explained < LEAST_EXPLAINED => format!(
                "No clear picture: of what differs between draws, straight lines explain only {}; most of that goes with {}",
                percent(told.explained),
                self.drawn.name(bar)
            ),
            Some(bar) if is_sure(bar) => format!(
                "Of the inputs that are not known, {}",
                match self.drawn.foremost(told) {
                    Some(Foremost::Either(names)) =>
                        format!("one of these matters most, which cannot be told: {names}"),
                    Some(Foremost::Many(many)) =>
                        format!("{many} come first and cannot be told apart"),
                    _ => format!("this matters most: {}", self.drawn.name(bar)),
                }
            ),
            _ => "No uncertain input surely matters by itself".to_owned(),
        }
    }
    /// The section of the answer.
    #[must_use]
    pub fn text(&self, targets: &[(String, f64)]) -> String {
        let mut text = "\nWhat is not known, and what is chance\n".to_owned();
        for sentence in self.sentences(targets) {
            text += &paragraph(&sentence);
        }
        text += "\n";
        text += &self.short_table();
        if self.without_steady_state > 0 {
            text += &bullet(&format!(
                "In {} of {} the service has no steady state: means that have none are left out.",
                self.without_steady_state,
                counted(self.drawn.design.draws, "draw")
            ));
        }
        text
    }

    /// The section in sentences.
    #[must_use]
    pub fn sentences(&self, targets: &[(String, f64)]) -> Vec<String> {
        let design = &self.drawn.design;
        let mut sentences = vec![format!(
            "{} drawn {} times, each draw simulated {} times. All 95% intervals include what is not known; \"8 in 10 \
             runs\" is over all draws.",
            match self.drawn.keys.len() {
                1 => "1 uncertain input is".to_owned(),
                many => format!("{many} uncertain inputs are"),
            },
            grouped(design.draws as f64, 0),
            design.replications
        )];
        sentences.extend(self.told(targets).map(|told| self.most(told)));
        sentences
    }

    /// Which input matters most, for the measure that is told.
    fn most(&self, told: &Tornado) -> String {
        let row = self.of_pcn(told.measure);
        let share = row.and_then(UncertaintyRow::share_not_known);
        let share = share.map(|it| {
            format!(
                "Of what makes {} differ from run to run, {} is what is not known ({} to {}), the rest chance. ",
                in_words(told.measure),
                percent(it.value),
                percent(it.low),
                percent(it.high)
            )
        });
        let most = match told.bars.first().filter(|bar| is_sure(bar)) {
            Some(bar) => format!(
                "It depends most on {}: {}{}.",
                self.drawn.name(bar),
                self.drawn.by(told, bar),
                self.drawn.not_alone(told)
            ),
            None => "No input by itself surely changes it.".to_owned(),
        };
        share.unwrap_or_default() + &most
    }

    fn of_pcn(&self, measure: &str) -> Option<&UncertaintyRow> {
        let mut rows = self.rows.iter();
        rows.find(|row| row.column.scope == Scope::Pcn && row.column.measure.name == measure)
    }

    fn short_table(&self) -> String {
        let mut rows = vec![
            ["", "8 in 10 draws", "not known", "chance"]
                .map(str::to_owned)
                .to_vec(),
        ];
        for (measure, label) in SHORT {
            let Some(row) = self.of_pcn(measure) else {
                continue;
            };
            let unit = row.column.unit();
            let spread = row
                .spread
                .map(|it| format!("{} to {}", show(unit, it[0]), show(unit, it[2])));
            let share = row.share_not_known().map(|it| it.value);
            let dash = || "-".to_owned();
            rows.push(vec![
                label.to_owned(),
                spread.unwrap_or_else(dash),
                share.map_or_else(dash, percent),
                share.map_or_else(dash, |it| percent(1.0 - it)),
            ]);
        }
        aligned(&rows)
    }
}

/// A row of `uncertainty.csv`.
pub(super) fn uncertainty_cells(option: &str, model: &Model, row: &UncertaintyRow) -> Vec<String> {
    let column = &row.column;
    let share = row.share_not_known();
    let spread = |at: usize| row.spread.map(|it| it[at]);
    let draws = row.draws.to_string();
    let words = [
        option,
        column.scope.name(),
        entity_name(model, column.scope, column.entity),
        column.measure.name,
        column.unit().name(),
        &draws,
    ];
    let numbers = [
        row.estimate.map(|it| it.mean),
        row.estimate.and_then(|it| it.low),
        row.estimate.and_then(|it| it.high),
        spread(0),
        spread(1),
        spread(2),
        row.parts.map(|it| it.between().sqrt()),
        row.parts.map(|it| it.mean_square_within.sqrt()),
        share.map(|it| it.value),
        share.map(|it| it.low),
        share.map(|it| it.high),
        share.map(|it| 1.0 - it.value),
    ];
    let numbers = numbers.map(optional_for_file);
    words
        .map(str::to_owned)
        .into_iter()
        .chain(numbers)
        .collect()
}

/// Whether the effect of the input that matters most is sure, and not just a trace of a share.
fn is_notable(tornado: &Tornado) -> bool {
    let is_share = tornado.unit == Unit::Share.name();
    let least = if is_share { LEAST_OF_A_SHARE } else { 0.0 };
    let first = tornado.bars.first();
    first.is_some_and(|bar| is_sure(bar) && bar.change.abs() >= least)
}

/// Whether an effect is surely not nought.
pub(super) fn is_sure(bar: &Bar) -> bool {
    bar.low > 0.0 || bar.high < 0.0
}

fn measure_of(name: &str) -> Option<&'static Measure> {
    all_measures().iter().copied().find(|it| it.name == name)
}

/// A key in words: `posts."Link worker 1".client_share` is "posts, Link worker 1, client share".
fn words_of(key: &str) -> String {
    let mut quoted = false;
    let is_end = |character: char| {
        quoted ^= character == '"';
        character == '.' && !quoted
    };
    let steps = key.split(is_end).filter(|step| *step != "*");
    let words = steps.map(|step| match step.strip_prefix('"') {
        Some(name) => name.trim_end_matches('"').to_owned(),
        None => in_words(step),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn in_words(measure: &str) -> String {
    measure.replace('_', " ")
}

/// A change with its sign and unit: "+12 points", "-3.4 days".
fn change(unit: Unit, value: f64) -> String {
    let sign = if value > 0.0 { "+" } else { "" };
    let what = match unit {
        Unit::Share => " points".to_owned(),
        Unit::Ratio => String::new(),
        other => format!(" {}", in_words(other.name())),
    };
    format!("{sign}{}{what}", bare(unit, value))
}

/// A change without its unit; of shares in points.
fn bare(unit: Unit, value: f64) -> String {
    match unit {
        Unit::Share => grouped(100.0 * value, 1),
        _ => readable(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_told_in_words() {
        let cases = [
            ("posts.*.client_share", "posts, client share"),
            ("posts.\"Dr. A_b\".wte", "posts, Dr. A_b, wte"),
            ("demand.weekday_factors.4", "demand, weekday factors, 4"),
        ];
        for (key, words) in cases {
            assert_eq!(words_of(key), words);
        }
    }

    #[test]
    fn changes_have_their_sign_and_unit() {
        assert_eq!(change(Unit::Share, 0.124), "+12.4 points");
        assert_eq!(change(Unit::Days, -3.4), "-3.40 days");
        assert_eq!(bare(Unit::Share, -0.021), "-2.1");
    }
}
