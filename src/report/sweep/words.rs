//! What a study comes to, in words of 80 columns.

use super::super::number::{counted, grouped};
use super::super::prose::{bullet, listed, paragraph, wrapped};
use super::{Sweep, measure_of, said};
use crate::measure::{Better, Unit};
use crate::report::answer::show;

/// Keys whose values are told with a point; more are left to the table.
const KEYS_TOLD: usize = 4;

/// Replications of a point below which its interval is a rough guess.
const FEW: u64 = 10;

/// Share of the points that are most of them.
const MOST: f64 = 0.8;

/// How near to 0 or 1 a share is taken for it: what is shown as 0.0% or 100.0%.
const NEARLY: f64 = 0.000_5;

/// A point with a value of the measure that points are told by.
#[derive(Clone, Copy)]
pub(in crate::report) struct Told {
    /// Its number, from 0.
    pub(in crate::report) point: usize,
    /// Its mean.
    pub(in crate::report) mean: f64,
    /// The 95% interval of that.
    pub(in crate::report) interval: Option<(f64, f64)>,
}

impl Sweep<'_> {
    /// The summary for the terminal; `before` points had been finished by an earlier go, and these are
    /// the scenario's targets.
    #[must_use]
    pub fn text(&self, before: usize, targets: &[(String, f64)]) -> String {
        let mut text = wrapped("", &self.facts.title);
        text += "\n";
        for sentence in self.sentences(before, targets) {
            text += &paragraph(&sentence);
        }
        text += &self.what_matters();
        if self.is_whole() {
            let sentence = self.foretold().unwrap_or_else(|why| why);
            text += &paragraph(&sentence);
        }
        text += "\nBe careful\n";
        for caution in self.cautions() {
            text += &bullet(&caution);
        }
        text
    }

    /// The answer of a whole study: where the target is met or from what to what the measure goes, then
    /// what it depends on, how well a formula foretells it, and the best and worst points.
    #[must_use]
    pub fn answer(&self, targets: &[(String, f64)]) -> Vec<String> {
        let mut answer = vec![format!("{}.", self.finding(targets))];
        if let Some(found) = self.sensitivities(0) {
            answer.extend(self.to_find_out(&found));
            answer.extend(self.too_few(&found));
        }
        answer.extend(self.extremes());
        answer.extend(self.foretold().ok());
        answer
    }

    /// What was run and what came of it, as sentences.
    #[must_use]
    pub fn sentences(&self, before: usize, targets: &[(String, f64)]) -> Vec<String> {
        let mut sentences = vec![self.what_was_run()];
        let own = self.facts.own_points();
        if let Some((part, parts)) = self.facts.shard {
            sentences.push(format!(
                "This is part {part} of {parts}, with {} of them; `splw-sim merge` joins the parts.",
                grouped(own as f64, 0)
            ));
        }
        if !self.is_complete() {
            sentences.push(format!(
                "{} of {} are done so far; the same command goes on from there.",
                grouped(self.done.len() as f64, 0),
                counted(own, "point")
            ));
        }
        if before > 0 {
            sentences.push(format!(
                "{} had been finished by an earlier go and {} not run again.",
                counted(before, "point"),
                if before == 1 { "was" } else { "were" }
            ));
        }
        if self.is_whole() {
            sentences.push(format!("{}.", self.finding(targets)));
        }
        sentences.extend(self.extremes());
        sentences
    }

    pub(in crate::report) fn what_was_run(&self) -> String {
        let facts = self.facts;
        let keys = match facts.keys.len() {
            many if many > KEYS_TOLD => counted(many, "key"),
            _ => listed(&facts.keys),
        };
        format!(
            "{}: {} over {keys}, each run with {}.",
            facts.design,
            counted(facts.points, "point"),
            counted(facts.replications as usize, "replication")
        )
    }

    /// The points with a value of the first measure.
    pub(in crate::report) fn told(&self) -> Vec<Told> {
        let of = |(point, done): (&usize, &super::Done)| {
            let (mean, interval) = done.measured(0)?;
            Some(Told {
                point: *point,
                mean,
                interval,
            })
        };
        self.done.iter().filter_map(of).collect()
    }

    /// The best and the worst point by the first measure; the highest and the lowest where neither way
    /// is better.
    fn extremes(&self) -> Vec<String> {
        let told = self.told();
        let Some((name, measure)) = self.facts.measures.first().zip(self.first_measure()) else {
            return Vec::new();
        };
        let least = told.iter().min_by(|a, b| a.mean.total_cmp(&b.mean));
        // Of equal ones the first, as of the least.
        let most = told.iter().rev().max_by(|a, b| a.mean.total_cmp(&b.mean));
        let (Some(least), Some(most)) = (least, most) else {
            return vec![format!("No point has a value of {name}.")];
        };
        if most.mean <= least.mean {
            return vec![format!(
                "Every point has the same {name}: {}.",
                show(measure.unit, most.mean)
            )];
        }
        let (first, second) = match measure.better {
            Some(Better::Lower) => (("best", least), ("worst", most)),
            Some(Better::Higher) => (("best", most), ("worst", least)),
            None => (("highest", most), ("lowest", least)),
        };
        let way = match measure.better {
            Some(Better::Lower) => " (less is better)",
            Some(Better::Higher) => " (more is better)",
            None => "",
        };
        let tied = |told: &Told| match self.tied(told.point) {
            0 | 1 => String::new(),
            many => format!("at {}, the first is ", counted(many, "point")),
        };
        let told = |told: &Told| format!("{}{}", tied(told), self.words(told, measure.unit));
        vec![
            format!("By {name}{way}, the {} point is {}", first.0, told(first.1)),
            format!("The {} is {}", second.0, told(second.1)),
        ]
    }

    /// Points with the very mean of this one, itself included.
    pub(in crate::report) fn tied(&self, point: usize) -> usize {
        let told = self.told();
        let Some(mean) = told.iter().find(|it| it.point == point).map(|it| it.mean) else {
            return 0;
        };
        let same = told.iter().filter(|it| it.mean.total_cmp(&mean).is_eq());
        same.count()
    }

    pub(super) fn first_measure(&self) -> Option<&'static crate::measure::Measure> {
        measure_of(self.facts.measures.first()?)
    }

    /// A point with its values and what came of it, to the full stop.
    fn words(&self, told: &Told, unit: Unit) -> String {
        let keys = self.facts.keys.iter().zip(&self.values[told.point]);
        let values: Vec<String> = keys
            .map(|(key, value)| format!("{key} = {}", said(value)))
            .collect();
        let values = match values.len() {
            many if many > KEYS_TOLD => String::new(),
            _ => format!(" ({})", values.join(", ")),
        };
        let interval = told.interval.map_or_else(String::new, |(low, high)| {
            format!(
                " (95% interval {} to {})",
                show(unit, low),
                show(unit, high)
            )
        });
        format!(
            "{}{values}, with {}{interval}.",
            told.point + 1,
            show(unit, told.mean)
        )
    }

    /// What a reader has to bear in mind, one by one.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let facts = self.facts;
        let mut cautions = vec![
            "The best of many points is best by luck as well: run it again with another --seed before \
             you rely on its value."
                .to_owned(),
            match facts.is_independent {
                true => "Each point has random numbers of its own, so that two points differ by luck as \
                         well as by their values."
                    .to_owned(),
                false => "All points meet the same people and the same absences, so that differences between \
                          points are mostly surer than their intervals, which hold one at a time, suggest."
                    .to_owned(),
            },
        ];
        if facts.replications < FEW {
            cautions.push(match facts.replications {
                1 => "One replication a point gives no interval: nothing says how sure its values are."
                    .to_owned(),
                few => format!(
                    "{few} replications a point are few: the intervals are wide and themselves uncertain."
                ),
            });
        }
        if facts.uncertain > 0 {
            cautions.push(format!(
                "{} of the scenario {} uncertain and {} the central value at every point, unless varied.",
                counted(facts.uncertain, "input"),
                if facts.uncertain == 1 { "is" } else { "are" },
                if facts.uncertain == 1 { "has" } else { "have" }
            ));
        }
        let missing = self.done.len() - self.told().len();
        if let Some(name) = facts.measures.first().filter(|_| missing > 0) {
            cautions.push(format!(
                "{} no value of {name} (more is asked for than there is and nobody gives up, or \
                 nothing was measured) and {} not among the best and worst.",
                match missing {
                    1 => "1 point has".to_owned(),
                    many => format!("{} points have", grouped(many as f64, 0)),
                },
                if missing == 1 { "is" } else { "are" }
            ));
        }
        cautions.extend(self.at_an_end());
        let nowhere = self.measures_without_a_value();
        if !nowhere.is_empty() {
            cautions.push(format!(
                "At no point is there a value of {}: a share of people that not every run reaches, a measure of posts or \
                 practices alone, or of what the scenario does not have.",
                listed(&nowhere)
            ));
        }
        if self.has_sensitivities() {
            cautions.push(
                "What matters depends on how far each key was varied: a key with a wide range matters more. What is left \
                 of chance in the points counts as variation."
                    .to_owned(),
            );
        }
        cautions.push(
            "What was not varied is as in the scenario; nothing is said of values beyond those run."
                .to_owned(),
        );
        cautions
    }

    /// That most points have nobody, or everybody, by the first measure, where that is a share.
    fn at_an_end(&self) -> Option<String> {
        let measure = self.first_measure()?;
        let told = self.told();
        if measure.unit != Unit::Share || told.is_empty() {
            return None;
        }
        let at = |end: f64| {
            let there = told.iter().filter(|it| (it.mean - end).abs() < NEARLY);
            there.count()
        };
        let (many, end) = [(at(0.0), "0%"), (at(1.0), "100%")].into_iter().max()?;
        (many as f64 >= MOST * told.len() as f64).then(|| {
            format!(
                "{} has {end} at {} of {} points, which hardly tells them apart: another measure as the first of `measures`, such as \
                 {}, would tell more.",
                measure.name,
                grouped(many as f64, 0),
                grouped(told.len() as f64, 0),
                match measure.name {
                    "share_contacted_ever" => "wait_to_first_contact_days_mean",
                    _ => "share_contacted_ever",
                }
            )
        })
    }

    /// Measures kept, but for the first, of which no point that is done has a value.
    fn measures_without_a_value(&self) -> Vec<String> {
        let has_none = |position: usize| {
            let mut done = self.done.values();
            done.all(|done| done.measured(position).is_none())
        };
        let measures = self.facts.measures.iter().enumerate().skip(1);
        let without = measures.filter(|(position, _)| !self.done.is_empty() && has_none(*position));
        without.map(|(_, name)| name.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Done, Facts};
    use super::*;
    use std::collections::BTreeMap;

    /// Points with these shares of people contacted within 28 days.
    fn told<T>(means: &[f64], say: impl Fn(&Sweep) -> T) -> T {
        let facts = Facts {
            title: String::new(),
            design: "A grid".to_owned(),
            spread: None,
            seed: 1,
            keys: vec!["one".to_owned()],
            points: means.len(),
            replications: 20,
            is_independent: false,
            measures: vec!["contacted_within_28_days".to_owned()],
            uncertain: 0,
            shard: None,
        };
        let values: Vec<Vec<String>> = (0..means.len()).map(|it| vec![it.to_string()]).collect();
        let point = |(point, mean): (usize, &f64)| (point, Done::with_means(point, &[*mean]));
        let done: BTreeMap<usize, Done> = means.iter().enumerate().map(point).collect();
        say(&Sweep {
            facts: &facts,
            values: &values,
            realised: &[],
            done: &done,
        })
    }

    #[test]
    fn of_equal_points_the_first_is_told_and_how_many_there_are() {
        let said = told(&[0.5, 0.0, 0.7, 0.0], |sweep| sweep.extremes());
        assert!(
            said[0].contains("the best point is 3 (one = 2), with"),
            "{said:?}"
        );
        assert!(
            said[1].starts_with("The worst is at 2 points, the first is 2 (one = 1)"),
            "{said:?}"
        );
    }

    #[test]
    fn a_measure_that_hardly_tells_points_apart_is_named() {
        let at_an_end = |means: &[f64]| told(means, |sweep| sweep.at_an_end());
        let said = at_an_end(&[0.0, 0.0, 0.000_1, 0.0, 0.4]).expect("a caution");
        assert!(
            said.contains("0% at 4 of 5 points") && said.contains("share_contacted_ever"),
            "{said}"
        );
        assert!(at_an_end(&[1.0; 5]).is_some_and(|it| it.contains("100% at 5 of 5")));
        assert_eq!(at_an_end(&[0.0, 0.0, 0.0, 0.3, 0.4]), None);
    }
}
