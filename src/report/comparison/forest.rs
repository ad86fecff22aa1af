//! The figure of differences: which numbers it shows, and the finding in its title.

use super::{Compared, Comparison, words};
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
            "Difference from things as they are, each option. {}",
            comparison.story.title
        ),
        panels: measures.filter_map(|it| panel(comparison, it)).collect(),
        note: format!(
            "Upright: mean difference of {} of runs. Thick line: 95% interval. Thin line: interval that holds together with \
             the {} others.",
            comparison.pairs(),
            comparison.family.intervals().saturating_sub(1)
        ),
    })
}

/// How many options surely improve the first measure.
fn title(comparison: &Comparison) -> String {
    let Some((name, measure)) = comparison
        .family
        .measures
        .first()
        .and_then(|name| Some((name, words::of_name(name)?)))
    else {
        return "Differences".to_owned();
    };
    let is_better = |option: &&Compared| {
        let together = option.row(name).and_then(|row| row.simultaneous);
        together.is_some_and(|it| surely_better(measure.better, &it))
    };
    let many = comparison.options.iter().filter(is_better).count();
    let phrase = words::measure(name).phrase;
    let of = comparison.options.len();
    match (many, of) {
        (0, _) => format!("No option surely improves {phrase}"),
        (1, 1) => format!("The option improves {phrase}"),
        (many, of) if many == of => format!("All {of} options improve {phrase}"),
        (many, of) => format!("{many} of {of} options surely improve {phrase}"),
    }
}

fn surely_better(better: Option<Better>, difference: &Estimate) -> bool {
    match better {
        Some(Better::Higher) => difference.low.is_some_and(|low| low > 0.0),
        Some(Better::Lower) => difference.high.is_some_and(|high| high < 0.0),
        None => false,
    }
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
            name: option.variant.option.to_owned(),
            mean: estimate.map(|it| it.mean * scale),
            said: estimate.map_or("no value".to_owned(), |it| {
                words::signed(measure.unit, it.mean)
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
