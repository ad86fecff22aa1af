//! The CSV files: one row a fact, ASCII headers, UTF-8, LF, undefined is empty. The column `option` has
//! the name of the option, or `base`.

mod replications;

pub use replications::replications;

use super::entity_name;
use super::number::{for_file, optional_for_file};
use crate::experiment::{
    CostEffect, DifferenceRow, EquityGap, Estimates, Gain, Ranking, Replications, Side, bad_years,
};
use crate::measure::{Better, CURVE_CLOCKS, Scope};
use crate::model::Model;
use crate::model::{Day, SimDuration};
use crate::stats::Estimate;
use std::io::{Result, Write};

/// The scenario or one option of it, with its results.
#[derive(Clone, Copy, Debug)]
pub struct Variant<'a> {
    /// `base`, or the option's name.
    pub option: &'a str,
    /// The model.
    pub model: &'a Model,
    /// The replications.
    pub replications: &'a Replications,
    /// Their summary.
    pub estimates: &'a Estimates,
    /// Gaps between practices.
    pub gaps: &'a [EquityGap],
}

impl<'a> Variant<'a> {
    /// The same as one of two that are compared.
    #[must_use]
    pub const fn side(&self) -> Side<'a> {
        Side {
            model: self.model,
            replications: self.replications,
            estimates: self.estimates,
        }
    }
}

/// A table being written.
pub(super) struct Table<W: Write>(csv::Writer<W>);

impl<W: Write> Table<W> {
    pub(super) fn begin(into: W, header: &str) -> Result<Self> {
        Self::headed(into, header.split(','))
    }

    /// A table with these headings, which may hold commas.
    pub(super) fn headed<'a>(into: W, header: impl IntoIterator<Item = &'a str>) -> Result<Self> {
        let mut table = Self(csv::Writer::from_writer(into));
        table.row(header)?;
        Ok(table)
    }

    /// Writes a row. The error is the one of the file, so that a full disk is told as such.
    pub(super) fn row<'a>(&mut self, cells: impl IntoIterator<Item = &'a str>) -> Result<()> {
        self.0
            .write_record(cells)
            .map_err(|error| match error.into_kind() {
                csv::ErrorKind::Io(error) => error,
                other => std::io::Error::other(format!("{other:?}")),
            })
    }

    /// Hands on what is still held back.
    pub(super) fn flush(&mut self) -> Result<()> {
        self.0.flush()
    }

    pub(super) fn end(mut self) -> Result<()> {
        self.flush()
    }
}

/// `summary.csv`.
///
/// # Errors
/// When `into` cannot be written.
pub fn summary(into: impl Write, variants: &[Variant]) -> Result<()> {
    let header = "option,scope,name,measure,unit,n,mean,ci95_low,ci95_high,p10,p50,p90";
    let mut writer = Table::begin(into, header)?;
    for variant in variants {
        write_summary(&mut writer, variant)?;
    }
    writer.end()
}

fn write_summary(writer: &mut Table<impl Write>, variant: &Variant) -> Result<()> {
    let model = variant.model;
    for row in &variant.estimates.rows {
        let column = &row.column;
        let interval = |end: fn(&crate::stats::Estimate) -> Option<f64>| {
            optional_for_file(row.estimate.as_ref().and_then(end))
        };
        let spread = |index: usize| optional_for_file(row.spread.map(|spread| spread[index]));
        writer.row([
            variant.option,
            column.scope.name(),
            entity_name(model, column.scope, column.entity),
            column.measure.name,
            column.unit().name(),
            &row.n.to_string(),
            &optional_for_file(row.mean()),
            &interval(|estimate| estimate.low),
            &interval(|estimate| estimate.high),
            &spread(0),
            &spread(1),
            &spread(2),
        ])?;
    }
    for gap in variant.gaps {
        write_gap(writer, variant.option, gap)?;
    }
    Ok(())
}

/// The gap between practices and what chance would give, as two rows of the PCN.
fn write_gap(writer: &mut Table<impl Write>, option: &str, gap: &EquityGap) -> Result<()> {
    let name = format!("{}_gap_between_practices", gap.measure);
    writer.row([
        option,
        Scope::Pcn.name(),
        "PCN",
        &name,
        gap.unit,
        &gap.replications.to_string(),
        &for_file(gap.gap),
        "",
        "",
        "",
        "",
        "",
    ])?;
    let (mean, [p10, p50, p90]) = gap.by_chance;
    writer.row([
        option,
        Scope::Pcn.name(),
        "PCN",
        &format!("{name}_by_chance"),
        gap.unit,
        &gap.permutations.to_string(),
        &for_file(mean),
        "",
        "",
        &for_file(p10),
        &for_file(p50),
        &for_file(p90),
    ])?;
    Ok(())
}

/// `differences.csv`: each option less `versus`. The simultaneous interval is that of a comparison of
/// several options, and empty elsewhere.
///
/// # Errors
/// When `into` cannot be written.
pub fn differences(
    into: impl Write,
    versus: &str,
    options: &[(&Variant, &[DifferenceRow])],
) -> Result<()> {
    let header = "option,versus,scope,name,measure,unit,n,mean_difference,ci95_low,ci95_high,correlation,probability_better,simultaneous_low,simultaneous_high,variance_reduction,share_of_draws_better,share_of_draws_same,base_mean,option_mean,verdict,shown,draws_p10,draws_p50,draws_p90";
    let mut writer = Table::begin(into, header)?;
    for (option, rows) in options {
        for row in *rows {
            write_difference(&mut writer, option, versus, row)?;
        }
    }
    writer.end()
}

/// `bad_years.csv`: what one replication in ten, and one in twenty, is worse than; empty where there are
/// too few to bound it.
///
/// # Errors
/// When `into` cannot be written.
pub fn bad_years_table(into: impl Write, variants: &[Variant]) -> Result<()> {
    let header = "option,scope,name,measure,unit,n,one_in,value,ci95_low,ci95_high";
    let mut writer = Table::begin(into, header)?;
    for variant in variants {
        for year in bad_years(variant.replications, variant.estimates) {
            let column = &year.column;
            writer.row([
                variant.option,
                column.scope.name(),
                entity_name(variant.model, column.scope, column.entity),
                column.measure.name,
                column.unit().name(),
                &year.n.to_string(),
                &year.one_in.to_string(),
                &optional_for_file(year.value.map(|it| it.value)),
                &optional_for_file(year.value.map(|it| it.low)),
                &optional_for_file(year.value.map(|it| it.high)),
            ])?;
        }
    }
    writer.end()
}

/// Better or worse where the 95% interval says so; nothing where neither side is better.
fn verdict(row: &DifferenceRow) -> &'static str {
    let Some((better, estimate)) = row.column.measure.better.zip(row.estimate) else {
        return "";
    };
    match (estimate.low, estimate.high, better) {
        (Some(low), _, Better::Higher) if low > 0.0 => "better",
        (_, Some(high), Better::Higher) if high < 0.0 => "worse",
        (_, Some(high), Better::Lower) if high < 0.0 => "better",
        (Some(low), _, Better::Lower) if low > 0.0 => "worse",
        _ => "not sure",
    }
}

fn write_difference(
    writer: &mut Table<impl Write>,
    option: &Variant,
    versus: &str,
    row: &DifferenceRow,
) -> Result<()> {
    let column = &row.column;
    let ends = |estimate: Option<Estimate>| {
        let end = |end: Option<f64>| optional_for_file(end);
        (
            end(estimate.and_then(|it| it.low)),
            end(estimate.and_then(|it| it.high)),
        )
    };
    let (one, together) = (ends(row.estimate), ends(row.simultaneous));
    writer.row([
        option.option,
        versus,
        column.scope.name(),
        entity_name(option.model, column.scope, column.entity),
        column.measure.name,
        column.unit().name(),
        &row.n.to_string(),
        &optional_for_file(row.estimate.map(|estimate| estimate.mean)),
        &one.0,
        &one.1,
        &optional_for_file(row.correlation),
        &optional_for_file(row.probability_better),
        &together.0,
        &together.1,
        &optional_for_file(row.variance_reduction),
        &optional_for_file(row.draws.and_then(|it| it.share_better())),
        &optional_for_file(row.draws.and_then(|it| it.share_same())),
        &optional_for_file(row.base_mean),
        &optional_for_file(row.option_mean),
        verdict(row),
        if row.simultaneous.is_some() {
            "yes"
        } else {
            "no"
        },
        &optional_for_file(row.over_draws.map(|it| it[0])),
        &optional_for_file(row.over_draws.map(|it| it[1])),
        &optional_for_file(row.over_draws.map(|it| it[2])),
    ])
}

/// `cost_effectiveness.csv`: what each option costs and gains a year beyond `versus`.
///
/// # Errors
/// When `into` cannot be written.
pub fn cost_effectiveness(
    into: impl Write,
    versus: &str,
    options: &[(&Variant, &[CostEffect])],
) -> Result<()> {
    let header = "option,versus,gain,unit,n,cost_pounds_a_year,cost_ci95_low,cost_ci95_high,gained_a_year,gained_ci95_low,gained_ci95_high,pounds_per_unit,ratio_ci95_low,ratio_ci95_high,net_benefit_pounds_a_year,net_benefit_ci95_low,net_benefit_ci95_high,better_and_dearer,better_and_cheaper,worse_and_dearer,worse_and_cheaper,gained_draws_p10,gained_draws_p50,gained_draws_p90";
    let mut writer = Table::begin(into, header)?;
    for (option, effects) in options {
        for effect in *effects {
            write_cost_effect(&mut writer, option.option, versus, effect)?;
        }
    }
    writer.end()
}

/// A gain as `cost_effectiveness.csv` names it.
pub(super) fn gain_name(gain: Gain) -> String {
    match gain {
        Gain::ContactedInTime { days } => format!("contacted_within_{days}_days"),
        Gain::ContactedEver => "contacted_ever".to_owned(),
        Gain::WaitWeeksRemoved => "wait_weeks_removed".to_owned(),
    }
}

fn write_cost_effect(
    writer: &mut Table<impl Write>,
    option: &str,
    versus: &str,
    effect: &CostEffect,
) -> Result<()> {
    let gain = gain_name(effect.gain);
    let unit = match effect.gain {
        Gain::ContactedInTime { .. } | Gain::ContactedEver => "people",
        Gain::WaitWeeksRemoved => "person_weeks",
    };
    let estimate = |it: Option<Estimate>| {
        [
            it.map(|it| it.mean),
            it.and_then(|it| it.low),
            it.and_then(|it| it.high),
        ]
    };
    let ratio = effect.ratio;
    let ratio = [
        ratio.map(|it| it.ratio),
        ratio.map(|it| it.low),
        ratio.map(|it| it.high),
    ];
    let quadrants = effect.quadrants.map_or([None; 4], |it| {
        [
            it.more_for_more,
            it.more_for_less,
            it.less_for_more,
            it.less_for_less,
        ]
        .map(Some)
    });
    let numbers = [
        estimate(Some(effect.cost)),
        estimate(Some(effect.gained)),
        ratio,
        estimate(effect.net_benefit),
    ];
    let over_draws = effect.over_draws.map_or([None; 3], |it| it.map(Some));
    let numbers = numbers
        .into_iter()
        .flatten()
        .chain(quadrants)
        .chain(over_draws);
    let numbers: Vec<String> = numbers.map(optional_for_file).collect();
    let n = effect.gained.n.to_string();
    let words = [option, versus, &gain, unit, &n];
    writer.row(words.into_iter().chain(numbers.iter().map(String::as_str)))
}

/// `ranking.csv`: how far base and each option came in the search for the best.
///
/// # Errors
/// When `into` cannot be written.
pub fn ranking(into: impl Write, measure: &str, names: &[&str], ranking: &Ranking) -> Result<()> {
    let mut writer = Table::begin(into, "option,measure,n,mean,standing,behind")?;
    for (at, (name, standing)) in names.iter().zip(&ranking.standings).enumerate() {
        let (how, behind) = match standing.behind {
            Some(by) => ("behind", names[by]),
            None if ranking.best == Some(at) => ("best", ""),
            None => ("left", ""),
        };
        writer.row([
            name,
            measure,
            &standing.replications.to_string(),
            &for_file(standing.mean),
            how,
            behind,
        ])?;
    }
    writer.end()
}

/// `weekly.csv`: weeks from 1, each with the date of its first day.
///
/// # Errors
/// When `into` cannot be written.
pub fn weekly(into: impl Write, variants: &[Variant]) -> Result<()> {
    let mut writer = Table::begin(
        into,
        "option,week,date,scope,name,measure,unit,mean,p10,p50,p90",
    )?;
    for variant in variants {
        write_weeks(&mut writer, variant)?;
    }
    writer.end()
}

fn write_weeks(writer: &mut Table<impl Write>, variant: &Variant) -> Result<()> {
    let (model, replications) = (variant.model, variant.replications);
    for week in 0..replications.weeks() {
        let date = week_begins(model, week).to_string();
        for (index, column) in replications.weekly_columns.iter().enumerate() {
            let point = replications.week(week, index);
            let spread = |at: usize| optional_for_file(point.map(|point| point.spread[at]));
            writer.row([
                variant.option,
                &(week + 1).to_string(),
                &date,
                column.scope.name(),
                entity_name(model, column.scope, column.entity),
                column.measure,
                column.unit,
                &optional_for_file(point.map(|point| point.mean)),
                &spread(0),
                &spread(1),
                &spread(2),
            ])?;
        }
    }
    Ok(())
}

/// The first day of week `week` (from 0) of the results collection period.
#[must_use]
pub fn week_begins(model: &Model, week: usize) -> jiff::civil::Date {
    let begins =
        model.period.opens + SimDuration::from_seconds(week as u64 * SimDuration::WEEK.seconds());
    let day: Day = begins.day();
    model.calendar.date(day)
}

/// `waits.csv`: cumulative incidence by whole days since referral.
///
/// # Errors
/// When `into` cannot be written.
pub fn waits(into: impl Write, variants: &[Variant]) -> Result<()> {
    let mut writer = Table::begin(into, "option,scope,name,wait,day,share_contacted")?;
    for variant in variants {
        write_waits(&mut writer, variant)?;
    }
    writer.end()
}

fn write_waits(writer: &mut Table<impl Write>, variant: &Variant) -> Result<()> {
    let (model, replications) = (variant.model, variant.replications);
    let scopes = std::iter::once((Scope::Pcn, 0))
        .chain((0..model.practices.len()).map(|entity| (Scope::Practice, entity)))
        .chain((0..model.case_types.len()).map(|entity| (Scope::CaseType, entity)))
        .chain((0..model.demand.sources_told_apart().len()).map(|entity| (Scope::Source, entity)));
    for (index, (scope, entity)) in scopes.enumerate() {
        for (clock, (_, wait)) in CURVE_CLOCKS.iter().enumerate() {
            for day in 0..=replications.curve_days {
                writer.row([
                    variant.option,
                    scope.name(),
                    entity_name(model, scope, entity),
                    wait,
                    &day.to_string(),
                    &optional_for_file(replications.share_at(index, clock, day)),
                ])?;
            }
        }
    }
    Ok(())
}
