//! What `calibrate` found: which inputs reproduce what was observed, how surely, what cannot be known, and
//! how the numbers that were held back come out.

mod figure;
mod table;
mod words;

use super::Story;
use super::number::{counted, readable};
use super::prose::listed;
use crate::experiment::calibrate::{Bound, Calibrated, InputFit, NumberFit};
use jiff::civil::Date;
use words::{probability, shown};

/// Condition number from which inputs are said to be hard to tell apart (Belsley, Kuh & Welsch 1980).
const HARD: f64 = 30.0;

/// Probability below which numbers held back are said not to fit together.
const HELD_BACK: f64 = 0.05;

/// The answer to which inputs reproduce what was observed.
pub struct Calibration<'a> {
    /// Title, question and assumptions.
    pub story: &'a Story,
    /// The inputs, in the order of the answer's.
    pub inputs: Vec<Input>,
    /// The numbers, in the order of the answer's.
    pub numbers: Vec<ObservedNumber>,
    /// The answer.
    pub answer: &'a Calibrated,
    /// Weeks of the time in which the numbers were observed, and its first day.
    pub period: (usize, Date),
    /// Replications of each point, and in all.
    pub replications: (u64, u64),
    /// Whether the scenario starts from a state of its own.
    pub is_from_today: bool,
    /// How many other inputs are uncertain; they have their central values.
    pub uncertain: usize,
}

/// An input in words.
#[derive(Clone, Debug)]
pub struct Input {
    /// Path of its key.
    pub key: String,
    /// Its value before, in words.
    pub before: String,
    /// Its value before, if it is one number.
    pub start: Option<f64>,
    /// The bounds.
    pub bounds: (f64, f64),
    /// Grade of the evidence, where one is given.
    pub grade: Option<char>,
    /// Whether it was adjusted although its evidence is graded A or B.
    pub overrides_evidence: bool,
}

/// An observed number in words.
#[derive(Clone, Debug)]
pub struct ObservedNumber {
    /// Whom it is about: the column `scope`.
    pub scope: &'static str,
    /// Which practice, post, case type or source.
    pub name: String,
    /// Name of the measure.
    pub measure: String,
    /// Its unit in the files.
    pub unit: &'static str,
    /// Of a series: the days that say which weeks.
    pub dates: Option<(Date, Option<Date>)>,
}

impl Calibration<'_> {
    /// The whole text.
    #[must_use]
    pub fn text(&self) -> String {
        let evidence = format!("\n{}", self.tables());
        self.story
            .told(&self.sentences(), &evidence, &self.cautions())
    }

    /// The answer, sentence by sentence.
    #[must_use]
    pub fn sentences(&self) -> Vec<String> {
        let mut sentences = vec![self.verdict()];
        if self.answer.is_reproduced() {
            sentences.extend(self.found());
        }
        sentences.extend(self.not_known());
        sentences.extend(self.at_bounds());
        sentences.extend(self.held_back());
        sentences.extend(self.others());
        sentences.push(self.how_found());
        sentences
    }

    /// Whether the fitted scenario may be used.
    #[must_use]
    pub fn is_usable(&self) -> bool {
        self.answer.is_reproduced()
    }

    fn used(&self) -> impl Iterator<Item = (&ObservedNumber, &NumberFit)> {
        let all = self.numbers.iter().zip(&self.answer.numbers);
        all.filter(|(_, fit)| !fit.observed.is_held_back)
    }

    fn held(&self) -> impl Iterator<Item = (&ObservedNumber, &NumberFit)> {
        let all = self.numbers.iter().zip(&self.answer.numbers);
        all.filter(|(_, fit)| fit.observed.is_held_back)
    }

    fn verdict(&self) -> String {
        let misfit = &self.answer.misfit;
        let many = counted(self.used().count(), "number");
        if !self.answer.is_reproduced() {
            let worst = self.used().max_by(|one, other| {
                one.1
                    .standardised
                    .abs()
                    .total_cmp(&other.1.standardised.abs())
            });
            let worst = worst.map_or(String::new(), |(number, fit)| {
                format!(
                    " Furthest off is {}: {} observed, {} simulated at best.",
                    number.label(),
                    shown(number.unit, fit.observed.value),
                    shown(number.unit, fit.after)
                )
            });
            return format!(
                "No values within the bounds reproduce the {many}: what is left over is more than chance ({}).{worst} \
                 The model, the numbers or the bounds are wrong somewhere; no calibrated scenario is written.",
                probability(misfit.p_value)
            );
        }
        match misfit.degrees {
            0 => format!(
                "The model reproduces the {many}, which is no test: as many inputs as numbers can always be found \
                 to fit, unless bounds forbid it."
            ),
            _ => format!(
                "The model reproduces the {many}: what is left over is no more than chance ({}).",
                probability(misfit.p_value)
            ),
        }
    }

    /// What each input that is known came to.
    fn found(&self) -> Option<String> {
        let known = self.inputs.iter().zip(&self.answer.inputs);
        let said = known.filter_map(|(input, fit)| {
            let (low, high) = fit.interval?;
            Some(format!(
                "{} {} (95% interval {} to {}; {} before)",
                input.key,
                readable(fit.estimate),
                readable(low),
                readable(high),
                input.before
            ))
        });
        let said: Vec<String> = said.collect();
        (!said.is_empty()).then(|| format!("What fits best is {}.", listed(&said)))
    }

    /// Inputs of which the numbers say nothing, alone or together.
    fn not_known(&self) -> Vec<String> {
        let key = |at: usize| self.inputs[at].key.as_str();
        let mut said: Vec<String> = Vec::new();
        for direction in &self.answer.not_known {
            said.push(match direction.as_slice() {
                [] => continue,
                // That it stands at a bound is said, and says more.
                [(only, _)] if self.answer.inputs[*only].bound.is_some() => continue,
                [(only, _)] => format!(
                    "These numbers say next to nothing of {}: values all the way between its bounds fit about as well.",
                    key(*only)
                ),
                [first, rest @ ..] => {
                    let with = |(at, by): &(usize, f64)| match (by * first.1).is_sign_positive() {
                        true => format!("more of {}", key(*at)),
                        false => format!("less of {}", key(*at)),
                    };
                    let all: Vec<String> = direction.iter().map(|(at, _)| key(*at).to_owned()).collect();
                    let rest: Vec<String> = rest.iter().map(with).collect();
                    format!(
                        "{} cannot be told apart by these numbers: more of {} and {} fit about as well. Fix one of \
                         them from other knowledge, or observe something that they change differently.",
                        listed(&all),
                        key(first.0),
                        listed(&rest)
                    )
                }
            });
        }
        for (one, other, correlation) in &self.answer.alike {
            said.push(format!(
                "{} and {} are hard to tell apart: their estimates have a correlation of {correlation:.2}.",
                key(*one),
                key(*other)
            ));
        }
        said
    }

    fn at_bounds(&self) -> Vec<String> {
        let all = self.inputs.iter().zip(&self.answer.inputs);
        let said = |(input, fit): (&Input, &InputFit)| {
            let which = match fit.bound? {
                Bound::Low => "lower",
                Bound::High => "upper",
            };
            Some(format!(
                "{} stands at its {which} bound, {}: a value beyond it would fit better, so do not rely on it. \
                 Widen its bounds, or ask why.",
                input.key,
                readable(fit.estimate)
            ))
        };
        all.filter_map(said).collect()
    }

    /// Whether chance may be as far off as the numbers held back are, together.
    fn is_held_back_chance(&self) -> Option<bool> {
        let together = self.answer.held_back?;
        Some(together.p_value >= HELD_BACK)
    }

    fn held_back(&self) -> Option<String> {
        let together = self.answer.held_back?;
        let is_chance = self.is_held_back_chance()?;
        let many = self.held().count();
        let off: Vec<String> = self
            .held()
            .filter(|(_, fit)| !fit.is_met())
            .map(|(number, fit)| {
                format!(
                    "{} ({} observed, {} to {} foretold)",
                    number.label(),
                    shown(number.unit, fit.observed.value),
                    number.end(fit.interval.0),
                    number.end(fit.interval.1)
                )
            })
            .collect();
        let held = match many {
            1 => "The number held back, which the search did not see,".to_owned(),
            _ => format!("Of {many} numbers held back, which the search did not see,"),
        };
        Some(match (off.is_empty(), is_chance, many) {
            (true, true, 1) => format!("{held} lies where the fit foretold it."),
            (true, true, _) => format!(
                "{held} all lie where the fit foretold them ({}).",
                probability(together.p_value)
            ),
            (true, false, _) => format!(
                "{held} each lies where the fit foretold it, but together they do not ({}, below the level of 5%): do not trust the fit for \
                 what it was not fitted to.",
                probability(together.p_value)
            ),
            (false, _, _) => {
                let level = match is_chance {
                    true => "not below",
                    false => "below",
                };
                let verdict = match is_chance {
                    true if many > 1 => "of so many that may be chance",
                    _ => "do not trust the fit for what it was not fitted to",
                };
                let lies = if many == 1 {
                    "does not lie"
                } else {
                    "these do not lie"
                };
                format!(
                    "{held} {lies} where the fit foretold: {} ({}, {level} the level of 5%): {verdict}.",
                    listed(&off),
                    probability(together.p_value)
                )
            }
        })
    }

    fn others(&self) -> Option<String> {
        let other = self.answer.others.first()?;
        let values = self.inputs.iter().zip(other);
        let said: Vec<String> = values
            .map(|(input, value)| format!("{} {}", input.key, readable(*value)))
            .collect();
        Some(format!(
            "Other values, far from these, fit about as well: {}.",
            listed(&said)
        ))
    }

    fn how_found(&self) -> String {
        let (weeks, first) = self.period;
        let (each, all) = self.replications;
        let unsettled = match self.answer.is_settled {
            true => "",
            false => " The search ended before it had settled; more `points` may find better.",
        };
        format!(
            "Compared over {} from {first}, with {} of each point and {} in all, the same people at every point.{unsettled}",
            counted(weeks, "week"),
            counted(each as usize, "replication"),
            counted(all as usize, "replication")
        )
    }

    /// What to be careful of.
    #[must_use]
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = vec![
            "A fit is no proof: other models and other inputs may give the same numbers. Inputs that were not adjusted are \
             taken as they stand in the file, right or wrong."
                .to_owned(),
            "Intervals take each number for what one run of the period gave by chance, plus its standard error. A number \
             that was counted otherwise than the model counts it pulls the inputs with it."
                .to_owned(),
        ];
        let against: Vec<String> = self
            .inputs
            .iter()
            .filter(|it| it.overrides_evidence && matches!(it.grade, Some('A' | 'B')))
            .map(|it| format!("{} (grade {})", it.key, it.grade.unwrap_or('A')))
            .collect();
        if !against.is_empty() {
            cautions.push(format!(
                "Adjusted against evidence, as asked: {}. Say why this service differs.",
                listed(&against)
            ));
        }
        if self.answer.condition > HARD && self.answer.not_known.is_empty() {
            cautions.push(format!(
                "The effects of the inputs are much alike: their scaled condition number is {}, and above {HARD} small errors \
                 in the numbers move the inputs a long way.",
                readable(self.answer.condition)
            ));
        }
        if self.held().count() == 0 {
            cautions.push(
                "No number was held back, so that nothing has tested the fit. Use hold_back = \"yes\" or hold_back_share."
                    .to_owned(),
            );
        }
        if self.is_from_today {
            cautions.push(
                "The scenario begins with the list and caseloads of [start]; the numbers must be of the weeks after that day."
                    .to_owned(),
            );
        }
        if self.uncertain > 0 {
            cautions.push(format!(
                "{} of the scenario had the central value throughout.",
                counted(self.uncertain, "other uncertain input")
            ));
        }
        cautions
    }
}
