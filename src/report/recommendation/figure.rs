//! The figure of plans: which numbers it shows, and the finding in its title.

use super::Advice;
use super::words::{bare, wte};
use crate::experiment::recommend::{Ending, Examined, SHOWN, Verdict};
use crate::report::comparison::words;
use crate::report::plots::{Band, FrontierFigure, FrontierSide, PlanKind, PlanMark};
use crate::stats::Estimate;

/// Targets that have a panel at most.
const MOST_TARGETS: usize = 4;
/// What is drawn besides ([`SHOWN`]), and its limit.
const BESIDES: [(&str, Option<(f64, &str)>); SHOWN.len()] = [
    ("Mean wait to first contact, days", None),
    (
        "Strain (load / what a post can bear)",
        Some((1.0, "1: no more can be borne for long")),
    ),
];

impl Advice<'_> {
    /// The plans that were simulated: what each reaches of the targets, by cost, then wait and strain;
    /// `None` where no plan was.
    #[must_use]
    pub fn figure(&self) -> Option<FrontierFigure> {
        let plans = self.found.examined.iter().filter(|it| it.replications > 0);
        let plans: Vec<PlanMark> = plans.map(|it| self.mark(it)).collect();
        let besides = BESIDES.map(|(name, limit)| FrontierSide {
            name: name.to_owned(),
            limit: limit.map(|(at, words)| (at, words.to_owned())),
        });
        let targets = (0..self.targets_drawn()).map(|at| self.side(at));
        (!plans.is_empty()).then(|| FrontierFigure {
            title: self.finding(),
            subtitle: format!(
                "What the plans that were simulated cost, and what they reach. {}",
                self.story.title
            ),
            sides: targets.chain(besides).collect(),
            plans,
        })
    }

    /// Targets that have a panel.
    fn targets_drawn(&self) -> usize {
        self.requirements().len().min(MOST_TARGETS)
    }

    fn side(&self, at: usize) -> FrontierSide {
        let name = match self.measures.get(at) {
            Some(measure) => format!(
                "{}, {}",
                words::measure(measure.name).heading,
                words::unit(measure.unit)
            ),
            None => "Runs that meet every target, %".to_owned(),
        };
        let goal = self.requirements()[at];
        FrontierSide {
            name,
            limit: Some((goal.value * scale(goal.is_share), self.asked(at))),
        }
    }

    fn finding(&self) -> String {
        match &self.found.ending {
            Ending::Recommended(plan) => {
                let words = (self.plan)(*plan);
                let cost = self.cost(words.cost_pounds_a_year);
                let set: Vec<&str> = words.values.iter().map(|it| bare(it)).collect();
                let what = words.staff.map_or_else(
                    || set.join(", "),
                    |staff| format!("{} WTE ({})", wte(staff.wte), set.join(", ")),
                );
                format!("{what} at {cost} is the cheapest plan that meets every target")
            }
            Ending::NoneMeets { nearest } => {
                let worst = nearest.and_then(|(plan, at)| Some((self.examined(plan)?, at)));
                let worst =
                    worst.map(|(it, at)| format!(": at best {}", self.reaches_briefly(it, at)));
                format!("No plan meets every target{}", worst.unwrap_or_default())
            }
            Ending::Undecided { .. } => {
                "Which plan is the cheapest that meets every target is undecided".to_owned()
            }
        }
    }

    fn mark(&self, it: &Examined) -> PlanMark {
        let goals = self.requirements();
        let judged = it
            .requirements
            .iter()
            .zip(&goals)
            .take(self.targets_drawn());
        let targets = judged.map(|(judged, goal)| {
            let scale = scale(goal.is_share);
            let mean = judged.mean? * scale;
            Some(Band {
                mean,
                p10: judged.low.map_or(mean, |low| low * scale),
                p90: judged.high.map_or(mean, |high| high * scale),
            })
        });
        let shown = it.shown.iter().map(|shown| shown.map(band));
        let words = (self.plan)(it.plan);
        let values: Vec<&str> = words.values.iter().map(|it| bare(it)).collect();
        PlanMark {
            name: values.join(", "),
            cost_pounds_a_year: it.cost_pounds_a_year,
            values: targets.chain(shown).collect(),
            kind: match it.verdict {
                Verdict::Meets => PlanKind::Meets,
                Verdict::Fails => PlanKind::Fails,
                Verdict::Undecided => PlanKind::Undecided,
            },
            is_recommended: self.recommended_plan() == Some(it.plan),
        }
    }
}

/// Shares are drawn as percentages.
const fn scale(is_share: bool) -> f64 {
    if is_share { 100.0 } else { 1.0 }
}

/// The mean with the ends of its interval.
fn band(estimate: Estimate) -> Band {
    Band {
        mean: estimate.mean,
        p10: estimate.low.unwrap_or(estimate.mean),
        p90: estimate.high.unwrap_or(estimate.mean),
    }
}
