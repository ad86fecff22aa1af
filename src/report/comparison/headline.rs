//! The answer in a sentence that can be read aloud: how much, compared with what, how sure, and what
//! it rests on.

use super::{Compared, Comparison, words};
use crate::experiment::{Design, DifferenceRow};
use crate::measure::{Better, Unit};
use crate::report::number::{counted, grouped};
use crate::stats::Estimate;

/// The option that does most for a measure.
pub(super) struct Most<'a> {
    /// The measure.
    pub(super) measure: &'a str,
    /// The option.
    pub(super) option: &'a Compared<'a>,
    /// What it changes, with the interval that holds together with all others.
    pub(super) difference: Estimate,
    /// Whether it surely improves it.
    pub(super) is_sure: bool,
    /// What is said of it.
    pub(super) answer: String,
}

impl Comparison<'_> {
    /// The answer, and what it rests on.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let Some(measure) = self.headline_measure() else {
            return Vec::new();
        };
        let told = self.most_for(measure);
        let elsewhere = match &told {
            Some(told) if told.is_sure => None,
            _ => self.what_is_sure_elsewhere(measure),
        };
        let answer = told.as_ref().map_or_else(
            || {
                format!(
                    "Nothing can be said of {}: it has no mean in the base or in any option.",
                    words::measure(measure).phrase
                )
            },
            |told| told.answer.clone(),
        );
        // What is sure is said first, then what is not.
        let (first, second) = match &elsewhere {
            Some(sure) => (sure.answer.clone(), Some(answer)),
            None => (answer, None),
        };
        let sure = elsewhere.or(told).filter(|told| told.is_sure);
        let besides = sure.map(|told| self.besides(&told)).unwrap_or_default();
        std::iter::once(first)
            .chain(besides)
            .chain(second)
            .chain(self.who_meets_the_targets())
            .chain(self.best_in_a_sentence())
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

    /// Where the first measure tells of no improvement: the first of the others that does.
    fn what_is_sure_elsewhere(&self, measure: &str) -> Option<Most<'_>> {
        let others = self.family.measures.iter().filter(|it| *it != measure);
        let mut told = others.filter_map(|it| self.most_for(it));
        told.find(|told| told.is_sure)
    }

    /// What can be said first: which option surely does most for the measure of the first sentence, or
    /// else for another one.
    pub(super) fn surely_most(&self) -> Option<Most<'_>> {
        let measure = self.headline_measure()?;
        let told = self.most_for(measure).filter(|told| told.is_sure);
        told.or_else(|| self.what_is_sure_elsewhere(measure))
    }

    /// What is said of the measure of the first sentence.
    pub(super) fn first_told(&self) -> Option<Most<'_>> {
        self.most_for(self.headline_measure()?)
    }

    /// Which option does most for a measure, and whether it surely improves it. Yardsticks are no choice.
    fn most_for<'b>(&'b self, measure: &'b str) -> Option<Most<'b>> {
        // Of a cost less is better, though no measure says so.
        let better = words::of_name(measure)?.better.unwrap_or(Better::Lower);
        let mut best: Option<(&Compared, Estimate)> = None;
        let choices = self.options.iter().filter(|it| !it.what_if);
        let told = choices.filter_map(|option| {
            let estimate = option.row(measure)?.simultaneous?;
            Some((option, estimate))
        });
        for (option, estimate) in told {
            let beats =
                |(_, best): &(&Compared, Estimate)| gain(better, &estimate) > gain(better, best);
            if best.as_ref().is_none_or(beats) {
                best = Some((option, estimate));
            }
        }
        let (option, difference) = best?;
        let is_sure = surely(&difference) && gain(better, &difference) > 0.0;
        Some(Most {
            measure,
            option,
            difference,
            is_sure,
            answer: self.said(measure, better, option, &difference),
        })
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
        let shown = |value: f64| words::with_unit(unit, value);
        let name = option.variant.option;
        let choices = self.options.iter().filter(|it| !it.what_if).count();
        let alone = choices == 1;
        let by =
            self.how_much_and_how_sure(unit, difference) + &self.over_draws(option.row(measure));
        match (surely(difference), gain(better, difference) > 0.0) {
            (true, true) => {
                let of_all = match alone {
                    true => String::new(),
                    false => format!("Of the {choices} options, "),
                };
                let most = if alone { "improves" } else { "does most for" };
                format!(
                    "{of_all}\"{name}\" {most} {phrase}{}: {} instead of {} as things are, {by}.",
                    option.cost_in_a_sentence(),
                    shown(base + difference.mean),
                    shown(base),
                )
            }
            (true, false) => format!(
                "No option improves {phrase} ({} as things are): the least bad is \"{name}\", {by}.",
                shown(base)
            ),
            (false, false) => format!(
                "No option improves {phrase} ({} as things are).",
                shown(base)
            ),
            (false, true) if shown(base) == shown(base + difference.mean) => format!(
                "No option surely improves {phrase}: it is {} as things are, and with any of them.",
                shown(base)
            ),
            (false, true) => format!(
                "No option surely improves {phrase}: it is {} as things are, and {} with \"{name}\", which seems to do most; \
                 that may be chance.",
                shown(base),
                shown(base + difference.mean)
            ),
        }
    }

    /// "a difference of +33.1 percentage points (+30.2 to +36.0 with 95% confidence, in 200 pairs of
    /// simulated runs and if the inputs are right)".
    fn how_much_and_how_sure(&self, unit: Unit, difference: &Estimate) -> String {
        let change = words::signed(unit, difference.mean);
        let of = match words::of_difference(unit) {
            none if none.is_empty() => none,
            unit => format!(" {unit}"),
        };
        let sure = match (difference.low, difference.high) {
            (Some(low), Some(high)) => format!(
                "{} to {} with {} confidence",
                words::signed(unit, low),
                words::signed(unit, high),
                words::confidence(self.family.confidence)
            ),
            _ => "one run says nothing of how sure".to_owned(),
        };
        format!(
            "a difference of {change}{of}{} ({sure}, from {} of simulated runs{})",
            if self.draws().is_some() {
                " on average over what is not known"
            } else {
                ""
            },
            self.pairs(),
            if self.draws().is_some() {
                ""
            } else {
                ", if the file's inputs are right"
            }
        )
    }

    /// ". In 8 of 10 draws of the uncertain inputs the difference is +20.1 to +32.0 percentage points, and
    /// in 100 of 100 it is for the better"; nothing where none were drawn.
    fn over_draws(&self, row: Option<&DifferenceRow>) -> String {
        let Some((row, [low, _, high])) = row.and_then(|row| Some((row, row.over_draws?))) else {
            return String::new();
        };
        if low >= high {
            return "; from draw to draw of the uncertain inputs it differs no more than chance explains".to_owned();
        }
        let unit = row.column.unit();
        let of = words::of_difference(unit);
        let same = match row.draws {
            Some(draws) if draws.same > 0 => {
                format!(", the same in {}", grouped(draws.same as f64, 0))
            }
            _ => String::new(),
        };
        let better = self.draws_better(row).map_or(String::new(), |draws| {
            format!(", and it is for the better in {draws}{same}")
        });
        format!(
            "; in 8 of 10 draws of the uncertain inputs the difference is {} {of}{better}",
            words::ends(unit, Some(low), Some(high))
        )
    }

    /// In how many draws the option is better: "99 of 100".
    pub(super) fn draws_better(&self, row: &DifferenceRow) -> Option<String> {
        let draws = row.draws.filter(|it| it.all > 0)?;
        let [better, all] = [draws.better, draws.all].map(|it| grouped(it as f64, 0));
        Some(format!("{better} of {all}"))
    }

    /// How uncertain inputs were drawn, if they were.
    pub(in crate::report) const fn draws(&self) -> Option<&Design> {
        self.base.replications.design.as_ref()
    }

    /// What the answer rests on, in a sentence.
    fn what_it_rests_on(&self) -> String {
        let weeks = counted(self.base.model.period.weeks(), "week");
        let assumed = self.story.unmeasured();
        let drawn = self.draws().map_or(String::new(), |design| {
            format!(
                "; the uncertain ones were drawn {} times",
                grouped(design.draws as f64, 0)
            )
        });
        let given = self.options.iter().filter(|it| it.has_cost).count();
        let money = if given > 0 { " and costs" } else { "" };
        format!(
            "It rests on runs of {weeks} in which base and options meet the same people and the same absences, and on the \
             file's inputs{money}{assumed}{drawn}."
        )
    }
}

/// How much better the difference makes it.
pub(super) fn gain(better: Better, difference: &Estimate) -> f64 {
    match better {
        Better::Higher => difference.mean,
        Better::Lower => -difference.mean,
    }
}

/// Whether the interval leaves out 0.
pub(super) fn surely(difference: &Estimate) -> bool {
    difference.low.is_some() && !difference.covers(0.0)
}
