//! What a reader of the first sentence must know besides: what the option makes worse, and whether
//! another one does nearly as much for less.

use super::headline::{Most, gain, surely};
use super::{Compared, Comparison, words};
use crate::measure::Better;
use crate::report::prose::listed;

/// What an option makes worse is told of so many measures at most.
const MOST_WORSE: usize = 2;
/// Another option does nearly as much if it does at least this share of it,
const NEARLY: f64 = 0.75;
/// at no more than this share of the cost.
const CHEAPER: f64 = 0.75;

impl Comparison<'_> {
    /// Sentences about the option that does most.
    pub(super) fn besides(&self, most: &Most) -> Vec<String> {
        let worse = self.what_it_makes_worse(most.option);
        worse.into_iter().chain(self.nearly_as_much(most)).collect()
    }

    /// What of the chosen measures the option surely makes worse.
    fn what_it_makes_worse(&self, option: &Compared) -> Option<String> {
        let measures = self.family.measures.iter();
        let worse = measures.filter_map(|name| {
            let (measure, difference) = (words::of_name(name)?, option.row(name)?.simultaneous?);
            let is_worse = surely(&difference) && gain(measure.better?, &difference) < 0.0;
            let base = self.base_mean(name).filter(|_| is_worse)?;
            Some(format!(
                "{} from {} to {}",
                words::measure(name).phrase,
                words::value(measure.unit, base),
                words::with_unit(measure.unit, base + difference.mean)
            ))
        });
        let worse: Vec<String> = worse.take(MOST_WORSE).collect();
        (!worse.is_empty()).then(|| format!("The catch: it surely takes {}.", listed(&worse)))
    }

    /// Another option that does nearly as much and costs clearly less, or whose cost is known where that
    /// of the first is not.
    fn nearly_as_much(&self, most: &Most) -> Option<String> {
        let measure = words::of_name(most.measure)?;
        let better = measure.better.unwrap_or(Better::Lower);
        let dear = cost(most.option);
        let others = self
            .options
            .iter()
            .filter(|it| !it.what_if && it.variant.option != most.option.variant.option);
        let nearly = others.filter_map(|it| {
            let (difference, cost) = (it.row(most.measure)?.simultaneous?, cost(it)?);
            let is_cheaper = dear.is_none_or(|dear| dear > 0.0 && cost <= CHEAPER * dear);
            let share = gain(better, &difference) / gain(better, &most.difference);
            (is_cheaper && share >= NEARLY).then_some((it, difference, cost))
        });
        let by_gain = |one: &f64, other: &f64| one.total_cmp(other);
        let (it, difference, cost) = nearly.max_by(|(_, one, _), (_, other, _)| {
            by_gain(&gain(better, one), &gain(better, other))
        })?;
        let base = self.base_mean(most.measure)?;
        let dearer = match dear {
            Some(dear) => format!("{} a year less", words::pounds(dear - cost)),
            None => format!(
                "{} a year more than as things are; what \"{}\" costs is not known",
                words::pounds(cost),
                most.option.variant.option
            ),
        };
        Some(format!(
            "Nearly as much does \"{}\": {}, for {dearer}.",
            it.variant.option,
            words::with_unit(measure.unit, base + difference.mean)
        ))
    }
}

/// Pounds a year that an option costs more, where that is known.
fn cost(option: &Compared) -> Option<f64> {
    option.money.first().map(|it| it.cost.mean)
}
