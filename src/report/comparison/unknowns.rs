//! What is not known and what an option changes: how far the difference itself depends on the
//! uncertain inputs, in tables, in a figure and in a sentence.

use super::{Compared, Comparison, words};
use crate::experiment::{DrawnDifferences, Tornado, UncertaintyRow};
use crate::report::apart::Foremost;
use crate::report::number::percent;
use crate::report::plots::FigureError;
use crate::report::tables::{Table, Variant};
use crate::report::unknowns::{Drawn, TORNADO, UNCERTAINTY, is_sure, uncertainty_cells};
use std::io::{Result, Write};

/// Straight lines that explain less than this of what differs between draws are not told.
const LEAST_EXPLAINED: f64 = 0.5;

/// What the draws of uncertain inputs gave, beside the tables of means.
pub struct DrawnComparison<'a> {
    /// The inputs.
    pub drawn: &'a Drawn,
    /// Every measure over the draws, of the base and of each option.
    pub levels: &'a [Vec<UncertaintyRow>],
    /// How each option differs over the draws.
    pub differences: &'a [DrawnDifferences],
}

impl DrawnComparison<'_> {
    /// `uncertainty.csv`: as of a run, for the base and each option, and then for the difference of
    /// each option from the base, which has the base's name as `versus`.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_table(&self, into: impl Write, variants: &[Variant]) -> Result<()> {
        let mut table = Table::begin(into, &format!("{UNCERTAINTY},versus"))?;
        let levels = variants.iter().zip(self.levels);
        let levels = levels.map(|(variant, rows)| (variant, rows.as_slice(), ""));
        let versus = variants.first().map_or("", |it| it.option);
        let differences = variants.iter().skip(1).zip(self.differences);
        let differences = differences.map(|(variant, it)| (variant, it.rows.as_slice(), versus));
        for (variant, rows, versus) in levels.chain(differences) {
            for row in rows {
                let cells = uncertainty_cells(variant.option, variant.model, row);
                table.row(cells.iter().map(String::as_str).chain([versus]))?;
            }
        }
        table.end()
    }

    /// `tornado.csv`: how much the difference of each option from the base changes from the 10% to the
    /// 90% point of each input, measure by measure of the PCN.
    ///
    /// # Errors
    /// When `into` cannot be written.
    pub fn write_tornado(&self, into: impl Write, variants: &[Variant]) -> Result<()> {
        let mut table = Table::begin(into, &format!("{TORNADO},versus"))?;
        let versus = variants.first().map_or("", |it| it.option);
        for (variant, it) in variants.iter().skip(1).zip(self.differences) {
            for tornado in &it.tornados {
                for cells in self.drawn.cells(variant.option, tornado) {
                    table.row(cells.iter().map(String::as_str).chain([versus]))?;
                }
            }
        }
        table.end()
    }
}

impl Comparison<'_> {
    /// The option and the measure that the answer is about, and the tornado of that difference.
    fn leading(&self) -> Option<(&DrawnComparison<'_>, &Compared<'_>, &Tornado)> {
        let drawn = self.drawn.as_ref()?;
        let most = self.surely_most().or_else(|| self.first_told())?;
        let is_it = |it: &Compared| it.variant.option == most.option.variant.option;
        let at = self.options.iter().position(is_it)?;
        let tornados = &drawn.differences.get(at)?.tornados;
        let tornado = tornados.iter().find(|it| it.measure == most.measure)?;
        Some((drawn, &self.options[at], tornado))
    }

    /// What the difference depends on most; `None` where no inputs were drawn.
    pub(in crate::report) fn what_it_depends_on(&self) -> Option<String> {
        let (drawn, option, told) = self.leading()?;
        let what = format!(
            "How much \"{}\" changes {}",
            option.variant.option,
            words::measure(told.measure).phrase
        );
        let explained = percent(told.explained);
        let most = told.bars.first().filter(|bar| is_sure(bar));
        Some(match most.filter(|_| told.explained >= LEAST_EXPLAINED) {
            Some(bar) => format!(
                "{what} depends most on {}: {}{}. Straight lines in all uncertain inputs explain {explained} of what \
                 differs between draws. Every difference is in tornado.csv.",
                drawn.drawn.name(bar),
                drawn.drawn.by(told, bar),
                drawn.drawn.not_alone(told)
            ),
            None => format!(
                "{what} depends on no uncertain input so much that these draws tell: straight lines in all of them \
                 explain {explained} of what differs between draws."
            ),
        })
    }

    /// The figure of what the difference depends on, as SVG; `None` where no inputs were drawn.
    ///
    /// # Errors
    /// When it cannot be drawn.
    pub fn tornado(&self) -> std::result::Result<Option<String>, FigureError> {
        let Some((drawn, option, told)) = self.leading() else {
            return Ok(None);
        };
        let name = option.variant.option;
        let most = told.bars.first().filter(|bar| is_sure(bar));
        let title = match most.filter(|_| told.explained >= LEAST_EXPLAINED) {
            Some(bar) => match drawn.drawn.foremost(told) {
                Some(Foremost::Either(names)) => {
                    format!("What \"{name}\" does depends most on one of: {names}")
                }
                Some(Foremost::Many(many)) => {
                    format!(
                        "What \"{name}\" does depends on {many} inputs that cannot be told apart"
                    )
                }
                _ => format!(
                    "What \"{name}\" does depends most on: {}",
                    drawn.drawn.name(bar)
                ),
            },
            None => format!("No uncertain input by itself says what \"{name}\" does"),
        };
        let subtitle = format!(
            "Change of the difference that \"{name}\" makes to {}, when an input goes from its 10% to its 90% point, \
             the others held fixed. {}",
            words::measure(told.measure).phrase,
            self.story.title
        );
        drawn.drawn.draw(told, title, subtitle).map(Some)
    }
}
