//! Plans and what they reach, in words.

use super::{Advice, Staff};
use crate::experiment::recommend::{Examined, Verdict};
use crate::measure::{Better, Unit};
use crate::report::number::{counted, grouped, percent_to_a_decimal, readable};

/// Ways of sharing work, in words.
const SHARING: [(&str, &str); 3] = [
    ("pooled", "one list for all practices"),
    (
        "dedicated",
        "each practice its own worker, or each worker their own practices",
    ),
    (
        "chained",
        "each worker their own practices and the first of the next worker",
    ),
];

/// WTE that differ by less are the same.
const SAME: f64 = 1e-6;

impl Staff {
    /// So many posts, for which these workers stand, in their order: of each post above 1 WTE whole ones
    /// and one for the rest.
    #[must_use]
    pub fn of(posts: usize, workers: &[f64]) -> Self {
        let wte: f64 = workers.iter().sum();
        let each = wte / posts.max(1) as f64;
        // If all posts are alike, so are their first workers, their second ones, and so on.
        let of_one = workers.len() / posts.max(1);
        let is_alike = posts * of_one == workers.len()
            && (0..workers.len()).all(|at| (workers[at] - workers[at % of_one]).abs() < SAME)
            && workers
                .iter()
                .take(of_one.saturating_sub(1))
                .all(|it| (it - 1.0).abs() < SAME);
        Self {
            posts,
            wte,
            each: is_alike.then_some(each),
        }
    }

    /// "4 WTE in all: 5 posts of 0.8 WTE each".
    #[must_use]
    pub fn words(&self) -> String {
        let all = format!("{} WTE in all", wte(self.wte));
        match self.each {
            Some(each) if self.posts > 1 => {
                format!("{all}: {} posts of {} WTE each", self.posts, wte(each))
            }
            _ => format!("{all}, in {}", counted(self.posts, "post")),
        }
    }
}

impl Advice<'_> {
    /// A plan: its WTE and posts, what is set, what it costs.
    pub(in crate::report) fn name(&self, plan: usize) -> String {
        let (staff, cost) = self.staff_and_cost(plan);
        format!("{staff}, at {cost}")
    }

    /// A plan as the subject of a sentence.
    pub(super) fn subject(&self, plan: usize) -> String {
        let (staff, cost) = self.staff_and_cost(plan);
        format!("{staff}, at {cost},")
    }

    fn staff_and_cost(&self, plan: usize) -> (String, String) {
        let words = (self.plan)(plan);
        let set = settings(self.keys, &words.values);
        let staff = words.staff.map_or_else(
            || format!("The plan {set}"),
            |staff| format!("{} ({set})", staff.words()),
        );
        (staff, self.cost(words.cost_pounds_a_year))
    }

    /// What ways of sharing work mean, where plans differ in them.
    pub(in crate::report) fn ways_of_sharing(&self) -> Option<String> {
        let at = self.keys.iter().position(|key| key == "sharing")?;
        let values = || (0..self.plans).map(|plan| bare(&(self.plan)(plan).values[at]).to_owned());
        let is_met = |way: &str| values().any(|value| value == way);
        let ways = SHARING.iter().filter(|(way, _)| is_met(way));
        let ways: Vec<String> = ways.map(|(way, means)| format!("{way}: {means}")).collect();
        (!ways.is_empty()).then(|| format!("Sharing, {}.", ways.join("; ")))
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
    pub(in crate::report) fn what(&self, requirement: usize) -> String {
        self.measures.get(requirement).map_or_else(
            || "share of replications that meet every target".to_owned(),
            |measure| measure.name.replace('_', " "),
        )
    }

    pub(in crate::report) fn show(&self, requirement: usize, value: f64) -> String {
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
    pub(in crate::report) fn asked(&self, requirement: usize) -> String {
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

    /// `contacted within 7 days is 57.5%, and at least 80.0% is asked`.
    pub(super) fn reaches_briefly(&self, it: &Examined, requirement: usize) -> String {
        let mean = it.requirements[requirement].mean;
        let mean = mean.map_or("without a value".to_owned(), |mean| {
            self.show(requirement, mean)
        });
        format!(
            "{} is {mean}, and {} is asked",
            self.what(requirement),
            self.asked(requirement)
        )
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

/// A value without the quotes of the file.
pub(in crate::report) fn bare(value: &str) -> &str {
    value.trim_matches('"')
}

/// WTE in at most two decimals: "4", "5.5", "0.75".
pub(in crate::report) fn wte(wte: f64) -> String {
    let text = grouped(wte, 2);
    let text = text.trim_end_matches('0');
    text.trim_end_matches('.').to_owned()
}

/// `posts.*.wte = 0.9, sharing = "pooled"`.
pub(super) fn settings(keys: &[String], values: &[String]) -> String {
    let each = keys
        .iter()
        .zip(values)
        .map(|(key, value)| format!("{key} = {value}"));
    each.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn staff_are_posts_of_the_file_and_their_wte() {
        // Five posts of 1.1 WTE stand as ten workers.
        let split: Vec<f64> = (0..10).map(|at| [1.0, 0.1][at % 2]).collect();
        assert_eq!(
            Staff::of(5, &split).words(),
            "5.5 WTE in all: 5 posts of 1.1 WTE each"
        );
        assert_eq!(
            Staff::of(2, &[0.8, 1.0]).words(),
            "1.8 WTE in all, in 2 posts"
        );
        // 2 WTE and 0.5, as three workers.
        assert_eq!(Staff::of(2, &[1.0, 1.0, 0.5]).each, None);
        assert_eq!(Staff::of(0, &[]).words(), "0 WTE in all, in 0 posts");
        let said = |posts, wte, each| Staff { posts, wte, each }.words();
        assert_eq!(
            said(5, 5.5, Some(1.1)),
            "5.5 WTE in all: 5 posts of 1.1 WTE each"
        );
        assert_eq!(said(1, 5.0, Some(5.0)), "5 WTE in all, in 1 post");
        assert_eq!(said(2, 1.75, None), "1.75 WTE in all, in 2 posts");
        assert_eq!(wte(10.0), "10");
    }
}
