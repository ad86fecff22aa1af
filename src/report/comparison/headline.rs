//! The answer in a sentence that can be read aloud: how much, compared with what, how sure, and what
//! it rests on.

use super::{Compared, Comparison, words};
use crate::measure::{Better, Unit};
use crate::report::number::counted;
use crate::stats::Estimate;

impl Comparison<'_> {
    /// The answer, and what it rests on.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let Some(measure) = self.headline_measure() else {
            return Vec::new();
        };
        let told = self.most_for(measure);
        let answer = told.unwrap_or_else(|| {
            format!(
                "Nothing can be said of {}: it has no mean in the base or in any option.",
                words::measure(measure).phrase
            )
        });
        let best = self.best_in_a_sentence();
        std::iter::once(answer)
            .chain(best)
            .chain(std::iter::once(self.what_it_rests_on()))
            .collect()
    }

    /// The measure of the first sentence: what is ranked by if it is shown, else the first chosen.
    fn headline_measure(&self) -> Option<&str> {
        let ranked = self.ranking.map(|it| it.measure);
        let shown = |name: &&str| self.family.measures.iter().any(|it| it == name);
        let first = self.family.measures.first().map(String::as_str);
        ranked.filter(shown).or(first)
    }

    /// Which option does most for a measure, and how surely.
    fn most_for(&self, measure: &str) -> Option<String> {
        // Of a cost less is better, though no measure says so.
        let better = words::of_name(measure)?.better.unwrap_or(Better::Lower);
        let mut best: Option<(&Compared, Estimate)> = None;
        let told = self.options.iter().filter_map(|option| {
            let estimate = option.row(measure)?.simultaneous?;
            Some((option, estimate))
        });
        for (option, estimate) in told {
            let beats = |(_, best): &(&Compared, Estimate)| gain(better, &estimate) > gain(better, best);
            if best.as_ref().is_none_or(beats) {
                best = Some((option, estimate));
            }
        }
        let (option, difference) = best?;
        Some(self.said(measure, better, option, &difference))
    }

    fn said(
        &self,
        measure: &str,
        better: Better,
        option: &Compared,
        difference: &Estimate,
    ) -> String {
        let unit = words::of_name(measure).map_or(Unit::People, |it| it.unit);
        let phrase = words::measure(measure).phrase;
        let base = self.base_mean(measure).unwrap_or_default();
        let name = option.variant.option;
        let shown = |value: f64| match unit {
            Unit::Share => format!("{}%", words::value(unit, value)),
            _ => words::value(unit, value),
        };
        let of = words::of_difference(unit);
        let ends = match (difference.low, difference.high) {
            (Some(low), Some(high)) => {
                format!("{} to {}", words::signed(unit, low), words::signed(unit, high))
            }
            _ => "no interval with one run".to_owned(),
        };
        let change = words::signed(unit, difference.mean);
        let sure = words::confidence(self.family.confidence);
        let alone = self.options.len() == 1;
        let of_all = match alone {
            true => String::new(),
            false => format!("Of the {} options, ", self.options.len()),
        };
        let surely = surely(difference);
        match (surely, gain(better, difference) > 0.0) {
            (true, true) => {
                let most = if alone { "improves" } else { "does most for" };
                format!(
                    "{of_all}\"{name}\" {most} {phrase}: {} instead of {} as things are, a difference of {change} {of} \
                     ({ends}, with {sure} confidence).",
                    shown(base + difference.mean),
                    shown(base),
                )
            }
            (true, false) => format!(
                "No option improves {phrase} ({} as things are): the least bad is \"{name}\", with a difference of \
                 {change} {of} ({ends}, with {sure} confidence).",
                shown(base)
            ),
            (false, _) => format!(
                "No option surely improves {phrase} ({} as things are): the one that seems to do most is \"{name}\", with a \
                 difference of {change} {of} that may be nothing ({ends}, with {sure} confidence).",
                shown(base)
            ),
        }
    }

    /// What the answer rests on, in a sentence.
    fn what_it_rests_on(&self) -> String {
        let weeks = counted(self.base.model.period.weeks(), "week");
        let assumed = self.story.assumptions.len() + self.story.assumed_defaults;
        let assumed = match assumed {
            0 => String::new(),
            many => format!(", of which {} nobody has measured", counted(many, "input")),
        };
        let given = self.options.iter().filter(|it| it.has_cost).count();
        let money = if given > 0 { " and costs" } else { "" };
        format!(
            "This rests on {} of simulated runs of {weeks} with the same people and the same absences, and on the \
             file's inputs{money}{assumed}.",
            self.pairs()
        )
    }
}

/// How much better the difference makes it.
fn gain(better: Better, difference: &Estimate) -> f64 {
    match better {
        Better::Higher => difference.mean,
        Better::Lower => -difference.mean,
    }
}

/// Whether the interval leaves out 0.
fn surely(difference: &Estimate) -> bool {
    difference.low.is_some() && !difference.covers(0.0)
}
