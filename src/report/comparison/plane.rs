//! The cost-effectiveness plane: which numbers it shows, and the finding in its title.

use super::Comparison;
use crate::experiment::{CostEffect, Gain};
use crate::report::plots::{FigureError, Plane, PlanePoint, plane as plot};
use crate::stats::Estimate;

/// The plane of extra people contacted in time as SVG; `None` where no cost is known.
///
/// # Errors
/// When it cannot be drawn.
pub fn plane(comparison: &Comparison, worth: Option<f64>) -> Result<Option<String>, FigureError> {
    let is_people = |effect: &&CostEffect| matches!(effect.gain, Gain::ContactedInTime { .. });
    let options = comparison.options.iter();
    let points: Vec<PlanePoint> = options
        .filter_map(|option| {
            let effect = option.money.iter().find(is_people)?;
            Some(PlanePoint {
                name: option.variant.option.to_owned(),
                gain: spread(&effect.gained),
                cost: spread(&effect.cost),
            })
        })
        .collect();
    if points.is_empty() {
        return Ok(None);
    }
    let both = points
        .iter()
        .filter(|point| point.gain.1 > 0.0 && point.cost.2 <= 0.0)
        .count();
    let title = match both {
        0 => "What each option costs, and whom it reaches in time".to_owned(),
        1 => "One option reaches more people in time and costs no more".to_owned(),
        many => format!("{many} options reach more people in time and cost no more"),
    };
    let figure = Plane {
        title,
        subtitle: format!(
            "Pounds a year and people contacted within {} days a year, compared with things as they are. {}",
            comparison.in_time_days, comparison.story.title
        ),
        points,
        worth,
        note: format!(
            "Lines: 95% intervals of the means over {} of runs; a cost that is given outright has none.",
            comparison.pairs()
        ),
    };
    plot::draw(&figure).map(Some)
}

/// Mean and ends; without an interval the ends are the mean.
fn spread(estimate: &Estimate) -> (f64, f64, f64) {
    let mean = estimate.mean;
    (
        mean,
        estimate.low.unwrap_or(mean),
        estimate.high.unwrap_or(mean),
    )
}
