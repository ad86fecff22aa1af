//! The figure of differences: which numbers it shows, and the finding in its title.

use super::headline::{gain, surely};
use super::{Comparison, words};
use crate::experiment::DifferenceRow;
use crate::measure::{Better, Unit};
use crate::report::plots::{FigureError, Forest, ForestPanel, ForestRow, forest as plot};
use crate::stats::Estimate;

/// The figure as SVG.
///
/// # Errors
/// When it cannot be drawn.
pub fn forest(comparison: &Comparison) -> Result<String, FigureError> {
    let measures = comparison.family.measures.iter();
    plot::draw(&Forest {
        title: title(comparison),
        subtitle: format!(
            "What each option changes, compared with things as they are. {}",
            comparison.story.title
        ),
        panels: measures.filter_map(|it| panel(comparison, it)).collect(),
        note: format!(
            "Blue: surely better; orange: surely worse; grey: not sure. On the right: the mean with the option, and the \
             difference. Thick line: 95% interval of the difference, from {} of runs; thin line: wider, so that all {} in the \
             figure hold at once.",
            comparison.pairs(),
            comparison.family.intervals()
        ),
    })
}

/// What can be said first, with the name of the option.
fn title(comparison: &Comparison) -> String {
    let Some(most) = comparison.surely_most() else {
        return "No option surely improves any of these".to_owned();
    };
    let (unit, base) = (
        words::of_name(most.measure).map_or(Unit::People, |it| it.unit),
        comparison.base_mean(most.measure).unwrap_or_default(),
    );
    format!(
        "\"{}\" takes {} from {} to {}",
        most.option.variant.option,
        words::measure(most.measure).phrase,
        match unit {
            Unit::Share => words::with_unit(unit, base),
            _ => words::value(unit, base),
        },
        words::with_unit(unit, base + most.difference.mean)
    )
}

fn panel(comparison: &Comparison, name: &str) -> Option<ForestPanel> {
    let measure = words::of_name(name)?;
    let scale = match measure.unit {
        Unit::Share => 100.0,
        _ => 1.0,
    };
    let rows = comparison.options.iter().map(|option| {
        let row = option.row(name);
        let ends = |it: Option<Estimate>| {
            let it = it?;
            Some((it.low? * scale, it.high? * scale))
        };
        let estimate = row.and_then(|row| row.estimate);
        ForestRow {
            name: match option.what_if {
                true => format!("{} (what if)", option.variant.option),
                false => option.variant.option.to_owned(),
            },
            mean: estimate.map(|it| it.mean * scale),
            said: said(measure.unit, row).unwrap_or("no value".to_owned()),
            is_better: row.and_then(|row| {
                let sure = row.simultaneous.filter(surely)?;
                Some(gain(measure.better?, &sure) > 0.0)
            }),
            interval: ends(estimate),
            together: ends(row.and_then(|row| row.simultaneous)),
        }
    });
    let of = match measure.unit {
        Unit::Share => "percentage points".to_owned(),
        unit => words::unit(unit),
    };
    let base = comparison.base_mean(name).map_or(String::new(), |mean| {
        format!(", {} as things are", words::with_unit(measure.unit, mean))
    });
    Some(ForestPanel {
        heading: format!("{}{base}", words::measure(name).heading),
        unit: of,
        is_more_better: measure.better.map(|it| it == Better::Higher),
        rows: rows.collect(),
    })
}

/// "55.3% (+25.7)".
fn said(unit: Unit, row: Option<&DifferenceRow>) -> Option<String> {
    let (row, estimate) = (row?, row?.estimate?);
    let reached = row.option_mean.map(|mean| match unit {
        Unit::Share => words::with_unit(unit, mean),
        _ => words::value(unit, mean),
    });
    let difference = words::signed(unit, estimate.mean);
    Some(reached.map_or_else(|| difference.clone(), |it| format!("{it} ({difference})")))
}
