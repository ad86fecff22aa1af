//! Plans and what they reach, in words.

use super::Advice;
use crate::experiment::recommend::{Examined, Verdict};
use crate::measure::{Better, Unit};
use crate::report::number::{counted, grouped, percent_to_a_decimal, readable};

impl Advice<'_> {
    /// A plan: its posts and WTE, what is set, what it costs.
    pub(super) fn name(&self, plan: usize) -> String {
        let words = (self.plan)(plan);
        let set = settings(self.keys, &words.values);
        let cost = grouped(words.cost_pounds_a_year, 0);
        match words.staff {
            Some((posts, wte)) => format!(
                "{} of {} WTE in all ({set}), at {cost} pounds a year,",
                counted(posts, "post"),
                readable(wte)
            ),
            None => format!("The plan {set}, at {cost} pounds a year,"),
        }
    }

    /// What is set otherwise in the second plan than in the first.
    pub(super) fn differing(&self, plan: usize, other: usize) -> String {
        let (plan, other) = ((self.plan)(plan).values, (self.plan)(other).values);
        let all = self.keys.iter().zip(plan.iter().zip(&other));
        let set = all.filter(|(_, (plan, other))| plan != other);
        let set = set.map(|(key, (_, other))| format!("{key} = {other}"));
        set.collect::<Vec<_>>().join(", ")
    }

    /// What a requirement is called.
    pub(super) fn what(&self, requirement: usize) -> String {
        self.measures.get(requirement).map_or_else(
            || "share of replications that meet every target".to_owned(),
            |measure| measure.name.replace('_', " "),
        )
    }

    pub(super) fn show(&self, requirement: usize, value: f64) -> String {
        let unit = self
            .measures
            .get(requirement)
            .map_or(Unit::Share, |measure| measure.unit);
        match unit {
            Unit::Share => percent_to_a_decimal(value),
            Unit::Ratio => format!("{value:.2}"),
            _ => readable(value),
        }
    }

    /// `at least 80.0%`.
    pub(super) fn asked(&self, requirement: usize) -> String {
        let goal = self.requirements()[requirement];
        let side = match goal.better {
            Better::Higher => "at least",
            Better::Lower => "at most",
        };
        format!("{side} {}", self.show(requirement, goal.value))
    }

    /// What a plan reaches of each requirement, and what was asked.
    pub(super) fn reached(&self, it: &Examined) -> Vec<String> {
        (0..it.requirements.len())
            .map(|at| self.reaches(it, at))
            .collect()
    }

    /// `contacted within 7 days is 84.1% (83.2% to 85.0%; at least 80.0% is asked)`.
    pub(super) fn reaches(&self, it: &Examined, requirement: usize) -> String {
        let judged = it.requirements[requirement];
        let asked = self.asked(requirement);
        let what = self.what(requirement);
        let show = |value: Option<f64>| value.map(|value| self.show(requirement, value));
        match (show(judged.mean), show(judged.low), show(judged.high)) {
            (Some(mean), low, high) if judged.is_same && (low.is_none() || high.is_none()) => {
                let runs = grouped(it.replications as f64, 0);
                format!("{what} is {mean} in all {runs} runs ({asked} is asked)")
            }
            (Some(mean), Some(low), Some(high)) => {
                format!("{what} is {mean} ({low} to {high}; {asked} is asked)")
            }
            (Some(mean), ..) => format!("{what} is {mean} ({asked} is asked)"),
            _ => {
                let runs = if judged.has_values {
                    "some runs"
                } else {
                    "any run"
                };
                format!("{what} has no value in {runs} ({asked} is asked)")
            }
        }
    }

    /// That the plans one step below the answer were simulated, if they were.
    pub(super) fn checked_below(&self) -> &'static str {
        let below = self.recommended_plan().map(self.one_less);
        let is_simulated = |plan: &usize| {
            let it = self.examined(*plan);
            it.is_some_and(|it| it.replications > 0)
        };
        match below {
            Some(below) if !below.is_empty() && below.iter().all(is_simulated) => {
                " The plan one step below the answer was simulated for itself."
            }
            _ => "",
        }
    }

    /// What a plan that fails misses by most, or why it fails without simulation.
    pub(super) fn missed(&self, it: &Examined) -> Option<String> {
        if let Some(reason) = &it.on_paper {
            return Some(reason.trim_end_matches('.').to_owned());
        }
        let goals = self.requirements();
        let short = |at: &usize| {
            let mean = it.requirements[*at].mean;
            mean.map_or(f64::INFINITY, |mean| goals[*at].shortfall(mean))
        };
        let fails = |at: &usize| it.requirements[*at].verdict == Verdict::Fails;
        let worst = (0..goals.len()).filter(fails);
        let worst = worst.max_by(|one, other| short(one).total_cmp(&short(other)))?;
        Some(self.reaches(it, worst))
    }

    /// The undecided requirement that falls short by most.
    pub(super) fn least_sure(&self, it: &Examined) -> usize {
        let goals = self.requirements();
        let short = |at: &usize| {
            let mean = it.requirements[*at].mean;
            mean.map_or(f64::INFINITY, |mean| goals[*at].shortfall(mean))
        };
        let is_open = |at: &usize| it.requirements[*at].verdict == Verdict::Undecided;
        let open = (0..goals.len()).filter(is_open);
        open.max_by(|one, other| short(one).total_cmp(&short(other)))
            .unwrap_or_default()
    }
}

/// `posts.*.wte = 0.9, sharing = "pooled"`.
pub(super) fn settings(keys: &[String], values: &[String]) -> String {
    let each = keys
        .iter()
        .zip(values)
        .map(|(key, value)| format!("{key} = {value}"));
    each.collect::<Vec<_>>().join(", ")
}
