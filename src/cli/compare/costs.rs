//! How the cost of each option is known: said outright, counted by what posts cost, added up over the
//! options that it combines, or not known.

use super::super::study::Outcome;
use crate::experiment::{Cost, Side};
use crate::report::comparison::CostTold;
use crate::scenario::{OptionScenario, Scenario};

/// From where the cost of an option is known.
pub(super) struct Known {
    /// Pounds a year that the file says outright, for it or for options that it combines.
    pub(super) outright: f64,
    /// Whether the file says any of it outright.
    pub(super) is_outright: bool,
    /// Positions of the options of which the difference in what posts cost is added.
    pub(super) counted: Vec<usize>,
    /// Positions of the options of which nothing is known.
    pub(super) unknown: Vec<usize>,
}

impl Known {
    /// From where the cost of the option at this position is known.
    pub(super) fn of(scenario: &Scenario, at: usize) -> Self {
        let parts = &scenario.options[at].cost_parts;
        let says = |part: &usize| scenario.options[*part].cost_pounds_a_year;
        let outright: Vec<f64> = parts.iter().filter_map(says).collect();
        let rest = parts.iter().filter(|part| says(part).is_none()).copied();
        let is_counted = |part: &usize| is_counted(scenario, &scenario.options[*part]);
        let known = |counted: Vec<usize>, unknown: Vec<usize>| Self {
            outright: outright.iter().sum(),
            is_outright: !outright.is_empty(),
            counted,
            unknown,
        };
        if outright.is_empty() && is_counted(&at) {
            return known(vec![at], Vec::new());
        }
        // What an option changes besides those that it combines cannot be counted apart from them.
        let (counted, unknown) = rest.partition(|part| is_counted(part) && *part != at);
        known(counted, unknown)
    }

    /// Whether all of it is known.
    pub(super) const fn is_whole(&self) -> bool {
        self.unknown.is_empty()
    }

    /// The cost, where all of it is known.
    pub(super) fn cost<'a>(&self, options: &'a [Outcome]) -> Option<Cost<'a>> {
        let counted = self.counted.iter();
        self.is_whole().then(|| Cost {
            outright: self.outright,
            counted: counted.map(|part| options[*part].side()).collect(),
        })
    }
}

/// What is told of how the cost of the option at this position is known.
pub(super) fn told<'a>(
    scenario: &'a Scenario,
    at: usize,
    (option, base): (&Side<'_>, &Side<'_>),
) -> CostTold<'a> {
    let known = Known::of(scenario, at);
    let named = |parts: &[usize]| {
        let each = parts
            .iter()
            .map(|part| scenario.options[*part].name.as_str());
        each.collect()
    };
    let itself = Cost {
        outright: 0.0,
        counted: vec![*option],
    };
    let by_posts = itself.more_than(base, base.replications.count());
    CostTold {
        outright: known.is_outright.then_some(known.outright),
        says: scenario.options[at].cost_pounds_a_year,
        by_posts: by_posts.and_then(|pounds| crate::stats::mean(&pounds)),
        parts: named(&scenario.options[at].cost_parts),
        unknown: named(&known.unknown),
    }
}

/// Whether the file says what posts cost, with the option and without.
fn is_counted(scenario: &Scenario, option: &OptionScenario) -> bool {
    scenario.model.costs.is_some() && option.scenario.model.costs.is_some()
}
