//! The cost-effectiveness plane: which numbers it shows, and the finding in its title.

use super::money::whom;
use super::words::pounds;
use super::{Compared, Comparison};
use crate::experiment::{CostEffect, Gain};
use crate::report::number::readable;
use crate::report::plots::{FigureError, Plane, PlanePoint, plane as plot};
use crate::report::prose::listed;
use crate::stats::Estimate;

/// A cost below this, in pounds a year, is none.
const NO_COST: f64 = 0.5;

/// The plane of the people that are gained as SVG; `None` where no cost is known.
///
/// # Errors
/// When it cannot be drawn.
pub fn plane(comparison: &Comparison) -> Result<Option<String>, FigureError> {
    let gain = comparison.principal();
    let options = || comparison.options.iter();
    let points: Vec<PlanePoint> = options()
        .filter_map(|option| Some((option, effect(option, gain)?)))
        .map(|(option, effect)| PlanePoint {
            name: option.variant.option.to_owned(),
            each: each(option, effect),
            gain: spread(&effect.gained),
            cost: spread(&effect.cost),
        })
        .collect();
    if points.is_empty() {
        return Ok(None);
    }
    let unknown: Vec<String> = options()
        .filter(|it| !it.has_cost)
        .map(|it| format!("\"{}\"", it.variant.option))
        .collect();
    let unknown = match unknown.is_empty() {
        true => String::new(),
        false => format!(
            " Not shown, as their cost is not known: {}.",
            listed(&unknown)
        ),
    };
    let figure = Plane {
        title: title(comparison, gain),
        subtitle: format!(
            "Pounds a year and {} a year, compared with things as they are. {}",
            whom(gain),
            comparison.story.title
        ),
        across: format!("More {} a year than as things are", whom(gain)),
        points,
        worth: comparison.worth,
        note: format!(
            "Lines: 95% intervals of the means over {} of runs; a cost that is given outright has none.{unknown}",
            comparison.pairs()
        ),
    };
    plot::draw(&figure).map(Some)
}

fn effect<'a>(option: &'a Compared, gain: Gain) -> Option<&'a CostEffect> {
    option.money.iter().find(|it| it.gain == gain)
}

/// What one more costs: "£143 each"; that it costs nothing, by the file, or that nothing is counted.
fn each(option: &Compared, effect: &CostEffect) -> Option<String> {
    let ratio = effect
        .ratio
        .filter(|it| it.ratio > 0.0 && effect.gained.mean > 0.0);
    match effect.cost.mean.abs() < NO_COST {
        true if option.cost.outright.is_some() => Some("no cost".to_owned()),
        true => Some("no cost counted".to_owned()),
        false => ratio.map(|it| format!("{} each", pounds(it.ratio))),
    }
}

/// The finding: who saves and reaches more, or who reaches each one more for least, or that nobody
/// surely reaches more.
fn title(comparison: &Comparison, gain: Gain) -> String {
    let options = comparison.options.iter();
    let told: Vec<(&Compared, &CostEffect)> = options
        .filter_map(|option| Some((option, effect(option, gain)?)))
        .filter(|(_, effect)| effect.gained.low.is_some_and(|low| low > 0.0))
        .collect();
    let saves = told
        .iter()
        .find(|(_, it)| it.cost.high.is_some_and(|high| high < -NO_COST));
    let priced = told.iter().filter_map(|(option, it)| {
        let ratio = it
            .ratio
            .filter(|ratio| ratio.ratio > 0.0 && it.cost.mean >= NO_COST)?;
        Some((option, it, ratio.ratio))
    });
    let priced: Vec<_> = priced.collect();
    let cheapest = priced.iter().min_by(|one, other| one.2.total_cmp(&other.2));
    let more = |it: &CostEffect| format!("{} more {} a year", readable(it.gained.mean), whom(gain));
    match (saves, cheapest, told.first()) {
        (Some((option, it)), ..) => format!(
            "\"{}\" saves {} a year and brings {}{}",
            option.variant.option,
            pounds(-it.cost.mean),
            more(it),
            catch(option)
        ),
        (None, Some((option, it, ratio)), _) => {
            let most = match priced.len() {
                1 => "",
                _ => ", the least of all options",
            };
            format!(
                "\"{}\" brings {}, for {} each{most}{}",
                option.variant.option,
                more(it),
                pounds(*ratio),
                catch(option)
            )
        }
        (None, None, Some((option, it))) => format!(
            "\"{}\" brings {}; {}{}",
            option.variant.option,
            more(it),
            match option.cost.outright {
                Some(_) => "it costs no more",
                None => "no cost is counted for it",
            },
            catch(option)
        ),
        (None, None, None) => {
            format!(
                "No option whose cost is known surely brings more {}",
                whom(gain)
            )
        }
    }
}

/// What an option surely makes worse, of the other gains.
fn catch(option: &Compared) -> String {
    let is_worse = |it: &&CostEffect| it.gained.high.is_some_and(|high| high < 0.0);
    let worse = option
        .money
        .iter()
        .filter(is_worse)
        .map(|it| match it.gain {
            Gain::WaitWeeksRemoved => {
                format!("{} weeks of waiting more", readable(-it.gained.mean))
            }
            gain => format!("{} fewer {}", readable(-it.gained.mean), whom(gain)),
        });
    let worse: Vec<String> = worse.collect();
    match worse.is_empty() {
        true => String::new(),
        false => format!(", but {}", listed(&worse)),
    }
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
